"""How an answer is judged.

An exercise is the right answer, the mistakes we know, and inputs that tell them apart. A mistake is an edit
of the right answer's text, so it can be run: a wrong answer is recognised by finding which mistake gives the
same numbers, and two mistakes compose. A puzzle is judged by what its weights do. Either way one call gives
one Verdict, never an exception.

task what an exercise is, and a puzzle known mistakes, run calls calling what a learner wrote clues what else
can be said results reading what it returned
"""

import inspect
import re
import textwrap
import warnings
from base64 import b64encode
from collections import Counter
from copy import deepcopy
from html import escape

import numpy as np

from ..words import language, say
from . import clues, known
from .calls import Crash, Ear, TooLong, limit, outcome
from .results import same, what
from .task import Exercise, Mistake, Puzzle, Said, Sizes, gate_inputs, own, rows_of_symbols

__all__ = ["Exercise", "Mistake", "Puzzle", "Said", "Sizes", "Verdict", "gate_inputs", "judge", "on_verdict", "own",
           "rows_of_symbols"]

SECONDS = 3                        # that an answer may take
on_verdict = []                    # called with each Verdict and the answer: progress listens here
_asked = Counter()                 # how often the same has been said in this session


class Verdict:
    """What is said about an answer. kind: one word; steps: what is wrong, then hints; source: its text."""

    def __init__(self, name, kind, steps, source=None, picture=None, step=1):
        self.name, self.kind, self.steps, self.source = name, kind, steps, source
        self.picture, self.step = picture, min(step, len(steps))

    @property
    def passed(self):
        """Whether the answer is right."""
        return self.kind == "right"

    def __repr__(self):
        alt = f" [{self.picture[1]}]" if self.picture else ""
        return f"{'✓' if self.passed else '✗'} {self.name}{say(':')} {' '.join(self.steps[:self.step])}{alt}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        sign, colour = ("✓", "#009E73") if self.passed else ("✗", "#D55E00")
        html = f"<p><strong>{sign} {escape(self.name)}</strong>{say(':')} {_html(self.steps[0])}</p>"
        for k, text in enumerate(self.steps[1:], 2):
            title = say("Where to look") if k == 2 else say("On the course sheet")
            html += (f"<details{' open' if k <= self.step else ''}><summary>{escape(title)}</summary>"
                     f"<p>{_html(text)}</p></details>")
        if self.picture:
            svg, alt = self.picture
            data = b64encode(svg.encode()).decode()
            html += f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}"/>'
            html += f"<p><small>{say('Yours − expected. Blue: too small; orange: too large.')}</small></p>"
        style = f"border-left:.3em solid {colour};padding:.1em .8em"
        return {"text/plain": repr(self),
                "text/html": f'<div role="status" lang="{language()}" style="{style}">{html}</div>'}


def _html(text):
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


def judge(task, answer):
    """The Verdict on an answer, a function, to an Exercise or a Puzzle. The same mistake again opens the next
    hint.
    """
    name = task.trial.__name__ if isinstance(task, Puzzle) else task.right.__name__
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            steps = _judge_puzzle(task, answer) if isinstance(task, Puzzle) else _judge_exercise(task, answer)
            kind, picture = "right", None
    except Said as said:
        kind, steps, picture = said.args
    except TooLong:
        kind, picture = "endless", None
        steps = (say("your function was still running after {n} seconds and was stopped. Does its loop ever "
                     "end?", n=SECONDS),)
    if language() == "fr":
        steps = tuple(map(_decimal_comma, steps))
    try:
        source = textwrap.dedent(inspect.getsource(answer))
    except Exception:                        # it may be anything
        source = None
    _asked[name, steps[0]] += 1
    verdict = Verdict(name, kind, steps, source, picture, step=_asked[name, steps[0]])
    for listener in on_verdict:
        listener(verdict, answer)
    return verdict


def _judge_exercise(task, answer):
    """In turn: not written, right, a known mistake, a crash, a wrong dress, two mistakes, shape, where."""
    clues.written(answer)
    sizes, inputs = zip(*known.cases(task))
    results, changed, heard = [], None, False
    with limit(SECONDS):
        for k, args in enumerate(inputs):
            own_args = deepcopy(args)
            with Ear(loud=k == 0) as ear:
                results.append(outcome(task, answer, own_args))
            heard |= ear.heard
            changed = changed or clues.changed(task, args, own_args)
            if isinstance(results[-1], Crash) and isinstance(results[-1].error, NotImplementedError):
                raise clues.blank()
    expected = [known.expected(task, k) for k in range(len(inputs))]
    right = [same(r, e, task) for r, e in zip(results, expected)]
    if all(right):
        if changed:
            raise Said("changed", say("the result is right, but your function changes its argument `{name}` "
                                      "in place: whoever "
                                      "called it finds other numbers there afterwards.", name=changed),
                       say("`a += …`, `a *= …` and `a[…] = …` write into the array that came in. Make a new "
                           "one: `a = a + …`, or "
                           "`a.copy()` first."))
        return (say("right."),)
    line = own(task.line)
    clues.arguments(task, answer, line)
    if mistake := known.recognised(task, results):
        raise Said("mistake", *_hints(task, mistake))
    clues.returned(results, heard)
    clues.crashed(task, answer, sizes, results, right, line)
    clues.built(task, results, expected, line)
    clues.notebook(task, answer, line)
    clues.nearly(task, sizes, inputs, results, expected, line)
    if two := known.two_at_once(task, results):
        (first, where, *_), (second, there, *_) = (_hints(task, mistake) for mistake in two)
        raise Said("two", say("two things at once. First: {one} Second: {two}", one=first, two=second),
                   f"{where} {there}", line)
    clues.impure(task, answer, deepcopy(inputs[0]), results[0], line)
    clues.partly(task, results, expected, right, line)
    clues.shaped(task, sizes, results, expected, line)
    clues.numbers(task, results, expected, line)
    k = right.index(False)
    clues.first_difference(task, answer, lambda: deepcopy(inputs[k]), results[k], expected[k], line)


def _hints(task, mistake):
    steps = own((mistake.en, mistake.fr))
    return steps if len(steps) > 2 else (*steps, own(task.line))


def _judge_puzzle(puzzle, answer):
    clues.written(answer)
    with limit(SECONDS), Ear(loud=True) as ear:
        weights = outcome(_CALL, answer, ())
    if isinstance(weights, Crash):
        if isinstance(weights.error, NotImplementedError):
            raise clues.blank()
        raise Said("crash", say("it stopped with {error}.", error=f"{type(weights.error).__name__}: "
                                                                  f"{weights.error}"))
    clues.returned([weights], ear.heard)
    names = list(puzzle.shapes)
    if len(names) == 1 and not isinstance(weights, tuple):
        weights = (weights,)
    if not isinstance(weights, tuple | list) or len(weights) != len(names):
        raise Said("structure", say("`return {names}` is expected; yours is {what}.", names=", ".join(names),
                                    what=what(weights)))
    arrays = [_weights(name, w, puzzle.shapes[name]) for name, w in zip(names, weights)]
    if failure := puzzle.trial(*arrays):
        raise Said("fails", own(failure), *own((puzzle.en, puzzle.fr)))
    return (say("solved: it did its job on every input tried."),)


_CALL = Exercise(None, None, "", "", (), ("", ""))


def _weights(name, value, shape):
    """A weight of a puzzle as an array of its shape; axes of length 1 may be left out. Said if it is none."""
    try:
        w = np.array(value, float)
    except Exception:                        # it may be anything
        raise Said("structure", say("`{label}` is {what}, where numbers are expected.", label=name,
                                    what=what(value))) from None
    if [n for n in w.shape if n > 1] != [n for n in shape if n > 1]:
        raise Said("shape", say("`{label}` has the shape {a}; expected is {b}.", label=name, a=w.shape,
                                b=shape))
    if np.isnan(w).any():
        raise Said("nan", say("`{label}` holds `nan`.", label=name))
    return w.reshape(shape)


def _decimal_comma(text):
    """French numbers, but not those in `code`."""
    parts = text.split("`")
    return "`".join(part if k % 2 else re.sub(r"(?<=\d)\.(?=\d)", ",", part) for k, part in enumerate(parts))
