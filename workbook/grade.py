"""The exercises of a class, judged in a batch: a score for each exercise of each submission.

    python -m workbook grade [fr|en] submission.ipynb … [--json out.json] [--csv out.csv] [--pages FOLDER]

Each submission is judged in a process of its own, and each exercise in a child of that (fence.py says what holds
it), in which only those cells are run that the answer needs. Values are compared here: on the judge's inputs, and
on fresh ones that nobody can know beforehand. A submission that is no notebook, hangs, crashes or has lost cells
gets its row like all others, and the exit code is 0 all the same; it is 2 where nothing was found at all.
"""
import argparse
import inspect
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import exercises, judge, landlock, stage
from .keeper import FONTS, ROOT, Answer, Child, Gone, fonts, unheard
from .submission import chapter_of, code_cells, expected, found, names, needed, text_of
from .words import language, say, speak


class Grade(NamedTuple):
    """What one exercise of one submission is worth: 1 or 0, why, the judge's words, the mistakes that it knows.

    And the judge's page, and the text of a wrong answer.
    """
    chapter: str
    exercise: str
    score: int
    kind: str
    said: str
    mistakes: tuple = ()
    page: str = ""
    answer: str = ""


FATES = {"time": "it was stopped: it took too long.", "died": "its process ended before it had answered.",
         "disk": "it was stopped: it filled the disk."}


# --- one submission -----------------------------------------------------------------------------------

def grade(name, cells, seconds=30, memory=2000):
    """The Grade of one exercise, given a submission's code cells. seconds, memory (MiB): of its process."""
    some, every = needed(cells, name)
    verdict, stopped, lost = _judged(name, some, seconds, memory)
    if verdict.kind not in ("right", "blank") and len(some) < len(every):     # another cell may have changed a value
        again = _judged(name, every, seconds, memory)
        if lost or again[0].passed:
            verdict, stopped, _ = again
    if verdict.kind == "missing" and any(name in cell and not names(cell) for cell in cells):
        verdict = _verdict(name, "syntax", say("a cell that names it is no valid Python."))
    said = [verdict.steps[0], *(say("Here `{line}` stopped with {error}.", line=line, error=f"{kind}: {words}")
                                for kind, words, line in stopped[-2:] if line and not verdict.passed)]
    return Grade(chapter_of(name), name, int(verdict.passed), verdict.kind, " ".join(said), verdict.mistakes,
                 verdict.page(), "" if verdict.passed else text_of(some, name))


def _verdict(name, kind, said):
    return judge.Verdict(name, kind, (said,))


def _judged(name, cells, seconds, memory):
    """(Verdict on the answer that these cells give, what stopped cells, whether a name was not found)."""
    stopped, lost = [], False
    verdict = _verdict(name, "missing", say("no cell answers it."))
    if not cells:
        return verdict, stopped, lost
    with Child(seconds, memory, name) as child:
        try:
            ran = child.ask(run=cells, name=name, owned=owned(name))
            stopped = [tuple(map(str, error)) for error in ran.get("errors", ())]
            if ran.get("callable"):
                verdict = unheard(exercises.book()[name], Answer(child))
                if verdict.passed and not unheard(on_fresh_inputs(name), Answer(child)).passed:
                    verdict = _verdict(name, "by heart",
                                       say("right on inputs that are known beforehand, wrong on others."))
            elif ran.get("there"):
                verdict = _verdict(name, "no function", say("what is checked is no function."))
        except Gone:
            pass
        if child.fate:
            return _verdict(name, child.fate, say(FATES[child.fate])), stopped, False
        return verdict, stopped, child.lost or any(kind == "NameError" for kind, *_ in stopped)


@cache
def on_fresh_inputs(name):
    """The exercise with inputs of this hour. (A puzzle has none; random draws are left to the judge.)"""
    task = exercises.book()[name]
    if isinstance(task, judge.Puzzle) or task.tolerance:
        return task
    rng = np.random.default_rng()
    return task._replace(inputs=lambda _, sizes: task.inputs(rng, sizes))


@cache
def owned(name):
    """The functions of lstmlib, by name, that are no answer: called as the exercise, or passing for it as they are."""
    task = exercises.book()[name]
    if isinstance(task, judge.Puzzle):
        return []
    asked = len(inspect.signature(task.right).parameters)
    return [known for known, found in stage.functions().items() if name.endswith(found.__name__)
            or len(inspect.signature(found).parameters) == asked and unheard(task, found).passed]


def submission(path, seconds=30, memory=2000):
    """Yields the Grade of each exercise that a notebook should hold. ValueError, in words, if it has none."""
    cells = code_cells(path)
    asked = expected(path, cells)
    if not asked:
        raise ValueError(say("no exercise of the course in it"))
    for name in asked:
        try:
            yield grade(name, cells, seconds, memory)
        except Exception as why:                           # ours, not theirs: the others must still be graded
            yield Grade(chapter_of(name), name, 0, "not graded", f"{type(why).__name__}: {why}")


def learner(path, seconds, memory):
    """The life of the process that judges one submission: a line of JSON for the exercises asked, for each Grade."""
    def tell(what):
        print(json.dumps(what), flush=True)

    judge.SECONDS = 10 * seconds                           # the child's own limit comes first
    try:
        tell([[chapter_of(name), name] for name in expected(path, code_cells(path))])
        for given in submission(path, seconds, memory):
            tell(given)
    except ValueError as why:
        tell(str(why))


# --- a class ------------------------------------------------------------------------------------------

def row(path, options):
    """What one submission is worth, as JSON will hold it, and its Grades. Whatever ends its process costs no other."""
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "workbook.grade", language(), path, str(options.seconds), str(options.memory)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT), FONTS: fonts()})
    alarm, end = threading.Timer(options.total, worker.kill), time.monotonic() + options.total
    alarm.start()
    with worker:
        told = [json.loads(line) for line in worker.stdout if line.endswith(b"\n")]
    alarm.cancel()
    remark = next((line for line in told if isinstance(line, str)), "")
    asked, *graded = [line for line in told if isinstance(line, list)] or [[]]
    grades = [Grade(*line) for line in graded]
    fate = "time" if time.monotonic() >= end else "died"
    grades += [Grade(*task, 0, fate, say(FATES[fate])) for task in asked[len(grades):]]
    if not grades and not remark:
        remark = say(FATES[fate])
    return {"submission": str(path), "score": sum(g.score for g in grades), "of": len(grades), "remark": remark,
            "fence": "landlock" if landlock.there() else "hook only",
            "exercises": [dict(list(g._asdict().items())[:6]) for g in grades]}, grades


def _line(text, width):
    """Text on one line of a table, whatever is in it."""
    text = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return text if len(text) <= width else text[:width - 1] + "…"


def main(words):
    """The command line. Returns the exit code: 0 whatever was handed in."""
    from . import marks  # not above: the processes that judge do without its widgets

    if words[:1] in (["fr"], ["en"]):
        speak(words.pop(0))
    parser = argparse.ArgumentParser(prog="grade", description=say(
        "The exercises of a class, judged in a batch: a score for each exercise of each submission."))
    parser.add_argument("files", nargs="+", metavar="submission.ipynb", help=say("notebooks handed in"))
    for name, what in (("--json", say("where the scores go, too")), ("--csv", say("the same as a table")),
                       ("--gradescope", say("a folder for the results.json of each submission")),
                       ("--pages", say("a folder for a page to hand back to each learner")),
                       ("--report", say("a page about the class, without names")),
                       ("--boards", say("a folder with the learners' progress files, for the report"))):
        parser.add_argument(name, type=Path, metavar=say("path"), help=what)
    for name, kind, default, what in (
            ("--seconds", int, 30, say("for each exercise")), ("--memory", int, 2000, say("for each exercise, in MiB")),
            ("--total", int, 600, say("seconds for each submission")),
            ("--jobs", int, os.cpu_count(), say("submissions judged at once"))):
        parser.add_argument(name, type=kind, default=default, help=what)
    options = parser.parse_args([f"./{word}" if word[:1] == "-" and Path(word).is_file() else word for word in words])
    paths = list(dict.fromkeys(path for word in options.files for path in found(word)))
    if not any(path.exists() for path in paths):
        print(say("No notebook was found under this name."))
        return 2
    print(say("What is handed in is run behind a fence that the kernel holds (Landlock).") if landlock.there() else
          say("What is handed in is run behind Python's own fence only: this system has no Landlock. Where that is too "
              "little, grade inside a container; the guide for lecturers says how."), flush=True)
    rows, called, _ = {}, dict(zip(paths, marks.names(paths))), fonts()
    with ThreadPoolExecutor(options.jobs) as pool, ExitStack() as last:
        last.callback(pool.shutdown, cancel_futures=True)  # after Ctrl C no other is begun
        working = {pool.submit(row, path, options): path for path in paths}
        for done in as_completed(working):
            path = working[done]
            made, grades = rows[path] = done.result()
            lines = [f"  {g.chapter}  {g.exercise:16} {g.score}  {_line(g.said, 84)}" for g in grades]
            lines.append(f"  {made['remark']}" if made["remark"] else
                         say("  {score} of {n}", score=made["score"], n=made["of"]))
            print(_line(made["submission"], 110), *lines, sep="\n", flush=True)
            marks.hand_back(called[path], made, grades, options)
            marks.write([rows[path] for path in paths if path in rows], options)                       # after each
    return 0


if __name__ == "__main__":
    speak(sys.argv[1])
    learner(Path(sys.argv[2]), *map(int, sys.argv[3:]))
