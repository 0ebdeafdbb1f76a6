"""The learner is the judge: a test of theirs is given the right answer to an exercise, and every known wrong one.

    def my_test(forget_gate):                     # True where it seems right
        return np.allclose(forget_gate(W, b, h, x), 0.5)

    be_the_judge("forget_gate", my_test)

says how many of the wrong ones slip through, and shows the line of one of them. The best of all tries is kept.
"""
import difflib
import time
from html import escape

import numpy as np

from . import exercises, judge, progress
from .judge.calls import Crash, Ear, TooLong, outcome, within
from .judge.known import edited, text_of, with_mistake
from .judge.run import cases
from .widgets import Note
from .words import language, say

SECONDS = 1                        # that a test may take for one answer
PATIENCE = 30                      # for all of them


def suspects(task):
    """{number of a mistake: the right answer with it}: those that run, and give something else than the right one."""
    found = {}
    with Ear(loud=False), np.errstate(all="ignore"):
        for k in range(len(task.mistakes)):
            wrong = edited(task, (k,))
            if wrong and not any(isinstance(outcome(task.play, wrong, *given), Crash) for _, given in cases(task)[:1]):
                found[k] = wrong
    return found


def accepts(test, answer):
    """(Whether a test says that an answer is right, why not): what it raises is a no, and so is a test without end."""
    with Ear(loud=False), np.errstate(all="ignore"):
        try:
            said = outcome(within, SECONDS, test, answer)
        except TooLong:
            return False, say("it was still running after {n} second[s]", n=SECONDS)
    if isinstance(said, Crash):
        return False, f"{type(said.error).__name__}: {said.error}"
    if not isinstance(said, bool | np.bool_):
        return False, say("it returned {what}, where True or False is expected", what=type(said).__name__)
    return bool(said), say("it said False")


def changed(task, mistake):
    """The lines in which the right answer and one with a mistake differ: (right, wrong)."""
    texts = [text.split("\n") for text in (text_of(task.right), with_mistake(text_of(task.right), mistake))]
    pairs = [line for line in difflib.ndiff(*texts) if line[:1] in "-+"]
    return tuple("\n".join(line[2:].strip() for line in pairs if line[0] == sign) for sign in "-+")


def be_the_judge(name, test):
    """Tries a test, a function of an answer that returns True or False, on all known answers to an exercise.

    ValueError for a name that no exercise has.
    """
    task = exercises.book().get(name)
    if not isinstance(task, judge.Exercise):
        raise ValueError(f"name is {name!r}; expected an exercise, one of {', '.join(exercises.book())}")
    innocent, why = accepts(test, task.right)
    if not innocent:
        return told(say("Your test does not accept the right answer: {why}.", why=why))
    wrong, end = suspects(task), time.monotonic() + PATIENCE
    slipped, tried = [], 0
    for k, answer in wrong.items():
        if time.monotonic() > end:
            break
        tried += 1
        if accepts(test, answer)[0]:
            slipped.append(k)
    caught = tried - len(slipped)
    best = max(caught, progress.read()[0]["trials"].get(name, {}).get("best", 0))
    lines = [say("Your test accepts the right answer, and catches {caught} of {n} wrong ones.", caught=caught, n=tried)]
    if tried < len(wrong):
        lines.append(say("After {n} second[s] it was stopped: make it quicker, with smaller arrays.", n=PATIENCE))
    lines += filter(None, [progress.keep("trials", name, best=best)])
    if best > caught:
        lines.append(say("Your best so far: {best}.", best=best))
    if not slipped:
        return told(*lines)
    lines.append(say("The right line, and that of a wrong answer which slips through:"))
    return told(*lines, code=changed(task, task.mistakes[slipped[0]]))


def told(*lines, code=()):
    """Sentences, and pieces of code below them."""
    page = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page += "".join(f"<pre><code>{escape(piece)}</code></pre>" for piece in code)
    return Note("\n".join([*lines, *code]), f'<div lang="{language()}">{page}</div>')
