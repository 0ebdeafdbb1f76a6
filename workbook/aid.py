"""Help where the learner is: a solution after a try, another way after success, a fresh chapter, the course sheet.

It listens to verdicts as progress does; grading judges where nobody listens.
"""
import ast
import os
import re
import subprocess
import sys
from collections import Counter
from html import escape
from pathlib import Path

from . import exercises, judge, progress
from .judge.known import text_of
from .progress import check as check  # taken from here, it is a check whose failures are counted
from .questions import Asked, Prompt, page
from .quizzes import CHAPTERS
from .room import COURSE
from .widgets import Note
from .words import language, say, typeset

ENOUGH = 3                         # wrong answers: then a verdict offers the solution
_wrong = Counter()                 # honest tries that failed, in this session


def count(verdict, answer):
    """Counts an answer that was tried and failed. From the third on, its verdict offers the solution."""
    if verdict.kind in ("right", "blank", "no function"):
        return
    _wrong[verdict.name] += 1
    if _wrong[verdict.name] >= ENOUGH:
        verdict.offer = offered(verdict)


def go_on(verdict, answer):
    """After success: another way to write it, folded, and one more question."""
    after = exercises.after(verdict.name) if verdict.passed else None
    if after:
        task = exercises.book()[verdict.name]
        ways = [way for way in (task_text(verdict.name, task), after.other) if not alike(way, verdict.source)]
        folded = "".join(f"<pre><code>{escape(way)}</code></pre>" for way in ways if way)
        verdict.more = (f"<details><summary>{escape(say('Another way to write it'))}</summary>{folded}</details>" *
                        bool(folded) + f"<p>{escape(say('One more question:'))} {page(judge.own(after.ask))}</p>")


def alike(a, b):
    """Whether two texts of a function are the same but for its name, docstring, comments and layout."""
    return bool(a and b) and plain(a) == plain(b)


def plain(text):
    """A function's text without its name, docstring, comments and layout; as it is where Python cannot read it."""
    try:
        (made,) = ast.parse(text).body
        made.name = ""
        made.body = made.body[ast.get_docstring(made) is not None:]
        return ast.unparse(made)
    except (SyntaxError, ValueError, AttributeError):
        return text


judge.on_verdict += [count, go_on]


def offered(verdict):
    """The verdict and, below it, a button that shows the solution."""
    def show(_):
        button.said, button.closed = solved(verdict.name).page, True

    button = Prompt(show, options=[{"text": page(say("Show a solution"))}])
    return Asked([Prompt(said=verdict.page()), button], Note(repr(verdict), verdict.page()), "lstm-offer")


def solution(name):
    """A solution of an exercise or a puzzle, once it was tried; that it was seen is kept, unless yours had passed.

    ValueError for an exercise that does not exist.
    """
    if name not in exercises.book():
        raise ValueError(f"name is {name!r}; expected an exercise, one of {', '.join(exercises.book())}")
    kept = progress.read()[0]
    if _wrong[name] or any(name in kept[kind] for kind in ("exercises", "puzzles", "helped")):
        return solved(name)
    return Note(say("Try {name} yourself first: a wrong answer is enough, its check says what is wrong with it. "
                    "Then ask again.", name=name))


def solved(name):
    """The text of a solution, and the line of the sheet that it rests on, or the first hint of a puzzle."""
    task, kept = exercises.book()[name], progress.read()[0]
    own = name in kept["exercises"] or name in kept["puzzles"]
    text = task_text(name, task)
    why = judge.own(task.line) if isinstance(task, judge.Exercise) else judge.own((task.en, task.fr))[0]
    told = [why, "" if own else progress.keep("helped", name)]
    body = "".join(f"<p>{page(line)}</p>" for line in told if line)
    return Note("\n\n".join([text, *filter(None, told)]),
                f'<div lang="{language()}"><pre><code>{escape(text)}</code></pre>{body}</div>')


class Sheet(Note):
    """A text in Markdown, which JupyterLab sets with its formulas."""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/markdown": self.text, "text/plain": self.text}


def task_text(name, task):
    """The text of the right answer to a task, under the task's own name."""
    return re.sub(r"^def \w+", f"def {name}", text_of(getattr(task, "shown", None) or task.right), count=1)


def sheet():
    """The course sheet, a page of the guide; here its links lead to the chapters beside this one."""
    name, ours = language(), {"en": "sheet", "fr": "fiche"}
    text = (COURSE.parent / "guide" / f"{ours[name]}.md").read_text(encoding="utf-8")
    text = re.sub(r"\[[^]]*\]\(\w+\.md\)\n\n", "", text).replace(f"../chapters/{name}/", "")
    return Sheet(typeset(text) if name == "fr" else text)


def fresh(code=None):
    """A fresh copy of a chapter, such as "04", by default of the notebook that this is asked in; the old one is kept.

    ValueError for another code.
    """
    code = code or Path(os.environ.get("JPY_SESSION_NAME", "")).name[:2]       # the notebook's, says JupyterLab
    if code not in CHAPTERS:
        raise ValueError(f"code is {code!r}; expected a chapter, one of {', '.join(CHAPTERS)}")
    if not progress.work_folder():
        return Note(say("This is no work folder: there is no copy of yours to keep."))
    if sys.platform == "emscripten":           # in a browser, where JupyterLite keeps what a file was at first
        return Note(say("Delete the chapter in the list of files: it comes back there as it was at first."))
    command = [sys.executable, str(COURSE.parent / "start.py"), "fresh", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace",
                          env=os.environ | {"PYTHONIOENCODING": "utf-8"})
    told = (done.stdout + done.stderr).strip()
    if not done.returncode:
        told += "\n" + say("If it is this very notebook: menu File, Reload Notebook from Disk.")
    return Note(told, "".join(f"<p>{escape(line)}</p>" for line in told.split("\n")))
