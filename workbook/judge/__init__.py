"""How an answer is judged.

An exercise is the right answer, the mistakes we know, and inputs that tell them apart. A mistake is an edit
of the right answer's text, so it can be run: a wrong answer is recognised by finding which mistake gives the
same numbers, and two mistakes compose. A puzzle is judged by what its weights do. Either way one call gives
one Verdict, never an exception.

task what an exercise is, and a puzzle · calls calling what a learner wrote · results reading what it returned
run the one place where an answer runs · known, slips, crashes, dress, differences, puzzles what can be said of it ·
line the learner's own line
"""

import inspect
import re
import textwrap
import warnings
from base64 import b64encode
from collections import Counter
from html import escape

import numpy as np

from ..words import language, say
from . import crashes, differences, dress, known, puzzles, slips
from .calls import TooLong, approached
from .line import own_line
from .run import Ran
from .task import Exercise, Mistake, Puzzle, Said, Sizes, Wrong, own

__all__ = ["Exercise", "Mistake", "Puzzle", "Said", "Sizes", "Verdict", "judge", "on_verdict", "own"]

SECONDS = 3                        # that an answer may take
on_verdict = []                    # called with each Verdict and the answer: progress listens here
_asked = Counter()                 # how often the same has been said in this session

# Each looks at what an answer left, raises Said if it knows, else returns. The last of a row always knows.
EXERCISE = (
    crashes.written, known.right, crashes.arguments, known.mistake, dress.comma, crashes.returned, crashes.crashed,
    dress.order, dress.built, crashes.notebook, dress.turned, dress.rounded, slips.one, dress.scaled, dress.related,
    known.two_mistakes, known.three_mistakes, slips.others, lambda ran: dress.order(ran, any), differences.impure,
    differences.partly, dress.shaped, dress.numbers, differences.first_moment, differences.first_array)
TRIED_OUT = slips.one, slips.others                         # these run the answer's text: never in grading
NUMBERS = {"mistake", "two", "differs", "some", "scaled", "nearly", "nan"}      # kinds of verdict on numbers
PUZZLE = crashes.written, crashes.returned, puzzles.weighed


class Verdict:
    """What is said about an answer. kind: one word; steps: what is wrong, then hints, of which so many are
    open; source: its text; picture: svg, alt; mistakes: the ids of the known ones that it shows; line: what is
    said of a line of its text, "" where no single one is at fault.
    A listener may add more to it, HTML that stands below; and put an offer in its place, with more than it says.
    """

    offer, more = None, ""

    def __init__(self, name, kind, steps, source=None, picture=None, step=1, mistakes=(), line=""):
        self.name, self.kind, self.steps, self.source = name, kind, steps, source
        self.picture, self.step, self.mistakes, self.line = picture, min(step, len(steps)), mistakes, line

    @property
    def passed(self):
        """Whether the answer is right."""
        return self.kind == "right"

    def __repr__(self):
        alt = f" [{self.picture[1]}]" if self.picture else ""
        return f"{'✓' if self.passed else '✗'} {self.name}{say(':')} {' '.join(self.steps[:self.step])}{alt}"

    def page(self):
        """The same as HTML. Where asked.js runs, it is read out."""
        sign, colour = ("✓", "#009E73") if self.passed else ("✗", "#D55E00")
        html = f"<p><strong>{sign} {escape(self.name)}</strong>{say(':')} {_html(self.steps[0])}</p>"
        for k, text in enumerate(self.steps[1:], 2):
            title = say("Where to look") if k == 2 else say("On the course sheet")
            html += (f"<details{' open' if k <= self.step else ''}><summary>{escape(title)}</summary>"
                     f"<p>{_html(text)}</p></details>")
        if self.line:
            html += (f"<details{' open' if self.step > 1 else ''}><summary>{escape(say('Your line'))}</summary>"
                     f"<p>{_html(self.line)}</p></details>")
        if self.picture:
            svg, alt = self.picture
            data = b64encode(svg.encode()).decode()
            html += f'<img alt="{escape(alt)}" style="min-width:0" src="data:image/svg+xml;base64,{data}"/>'
            html += f"<p><small>{say('Yours − expected. Blue: too small; orange: too large.')}</small></p>"
        style = f"border-left:.3em solid {colour};padding:.1em .8em"
        return f'<div class="lstm-verdict" role="status" lang="{language()}" style="{style}">{html}{self.more}</div>'

    def _repr_mimebundle_(self, include=None, exclude=None):
        if self.offer:
            return self.offer._repr_mimebundle_()
        return {"text/plain": repr(self), "text/html": self.page()}


def _html(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def judge(task, answer):
    """The Verdict on an answer, a function, to a task. The same mistake again opens the next hint."""
    answer = approached(answer)
    said = _said(task, answer)
    steps, picture = tuple(map(_numbers, said.steps)), said.picture and (said.picture[0], _numbers(said.picture[1]))
    try:
        source = textwrap.dedent(inspect.getsource(answer))
    except Exception:                        # it may be anything
        source = None
    name = (task.trial if isinstance(task, Puzzle) else task.right).__name__
    _asked[same := (name, said.mistakes or steps[0])] += 1
    verdict = Verdict(name, said.kind, steps, source, picture, _asked[same], said.mistakes, _numbers(said.line))
    for listener in on_verdict:
        listener(verdict, answer)
    return verdict


def _said(task, answer):
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ran = Ran(task, answer, SECONDS)
            for diagnosis in PUZZLE if isinstance(task, Puzzle) else EXERCISE:
                if on_verdict or diagnosis not in TRIED_OUT:             # in grading nobody listens
                    diagnosis(ran)
    except Said as said:
        said.steps += (own(task.line),) if isinstance(said, Wrong) else ()
        if on_verdict and said.kind in NUMBERS and not task.tolerance:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                said.line = own_line(ran, len(said.mistakes))
            if said.line and said.kind in ("differs", "some", "nan"):        # that says more
                first = f"{said.line[0].lower()}{said.line[1:]} {said.steps[0][0].upper()}{said.steps[0][1:]}"
                said.kind, said.steps, said.line = "line", (first, *said.steps[1:]), ""
        return said
    except TooLong:
        return Said("endless", say("your function was still running after {n} second[s] and was stopped. Does "
                                   "its loop ever end?", n=SECONDS))


def _numbers(text):
    """Numbers as they are printed, with a true minus and a French comma; but not those in `code`."""
    parts = text.split("`")
    parts[::2] = [re.sub(r"(?<![\w-])-(?=\d)", "−", part) for part in parts[::2]]
    if language() == "fr":
        parts[::2] = [re.sub(r"(?<=\d)\.(?=\d)", ",", part) for part in parts[::2]]
    return "`".join(parts)
