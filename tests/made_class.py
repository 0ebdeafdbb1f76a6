"""A class of made-up learners: notebooks of one chapter with right and wrong answers of the bank, and their boards.

    python tests/made_class.py FOLDER [40]
"""
import ast
import inspect
import json
import sys
import textwrap
from pathlib import Path

import numpy as np
from bank import WRONG, wrong_answers

from workbook import exercises, progress, quizzes

CODE = "04"
HEAD = "\n\n".join(
    ["import math\nimport numpy as np\nfrom lstmlib import join, sigmoid\n"
     "from workbook import check", inspect.getsource(wrong_answers.sig), inspect.getsource(wrong_answers.concat)])


def text_of(function):
    """A function as a learner writes it: without decorators, without what explains it."""
    (made,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    made.decorator_list = []
    if ast.get_docstring(made):
        del made.body[0]
    return made.name, ast.unparse(made)


def answer(rng, name, task):
    """A cell that answers an exercise: of ten answers six are right, three wrong, one is not written."""
    wrong = [f for known, _, f in WRONG if known == name and inspect.isfunction(f) and f.__name__ != "<lambda>"]
    drawn = rng.random()
    if drawn < 0.1 or not hasattr(task, "right"):
        return f"def {name}(*args):\n    raise NotImplementedError\ncheck({name!r}, {name})"
    called, text = text_of(task.right if drawn < 0.7 or not wrong else wrong[rng.integers(len(wrong))])
    return f"{text}\n\ncheck({name!r}, {called})"


def board(rng):
    """A progress file: what its learner chose in the quiz."""
    chosen = {}
    for code in quizzes.CHAPTERS:
        for question in quizzes.chapter(code).QUESTIONS:
            option = question.right if rng.random() < 0.6 else question.wrong[rng.integers(len(question.wrong))]
            chosen[question.id] = {"first": option.id, "right": option is question.right, "time": "2026-01-01T12:00:00"}
    return {**progress.blank(), "answers": chosen}


def make(folder, n):
    """Writes n learners' notebooks and boards."""
    tasks = [pair for kind in exercises.chapter(CODE).values() for pair in kind.items()]
    for k in range(n):
        rng, home = np.random.default_rng(k), Path(folder) / f"learner-{k:02}"
        home.mkdir(parents=True)
        cells = [HEAD, *(answer(rng, *task) for task in tasks)]
        if k % 4 == 0:
            cells[0] += "\nimport matplotlib.pyplot as plt\nfig, (a, b) = plt.subplots(1, 2)\nplt.show()"
        book = {"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
                          for cell in cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        (home / f"{CODE}-forget-gate.ipynb").write_text(json.dumps(book), encoding="utf-8")
        (home / "progress.json").write_text(json.dumps(board(rng)), encoding="utf-8")


if __name__ == "__main__":
    make(sys.argv[1], int(*sys.argv[2:] or [40]))
