"""What the text expects of an experiment stands beside it as data, and is answered in words.

    expect(picture, every("learned f", scores) > .85, median("f = 1", others) < .6)

shows the picture, and then says "as the text says" or what the text says and what came instead. Nothing is raised:
whoever trains longer, or on another processor, sees their picture and is told what differs. The measured values
stand in the page only, marked as such: they differ from machine to machine, so no test compares them; what is
expected is compared, and the build refuses a notebook that is not as its text says.
"""
import html
from typing import NamedTuple

import numpy as np

from .plots import number
from .words import say


class Measured:
    """Numbers and what they are of; compared with a bound, or with another Measured, they give an Expectation."""

    def __init__(self, what, values, least, most):
        """least, most: which single number must be above a bound, and which below it."""
        self.what, self.values = what, np.asarray(values, float).ravel()
        if not self.values.size:
            raise ValueError(f"{what}: values is empty; expected at least one number")
        self.least, self.most = least, most

    def __gt__(self, bound):
        return Expectation(self, True, bound)

    def __lt__(self, bound):
        return Expectation(self, False, bound)


def every(what, values):
    """Values of several seeds, each of which must be above (or below) what it is compared with."""
    return Measured(what, values, np.min, np.max)


def median(what, values):
    """Values of several seeds, whose median must be above (or below) what it is compared with."""
    return Measured(what, values, np.median, np.median)


def value(what, number):
    """One number."""
    return Measured(what, [number], np.max, np.max)


class Expectation(NamedTuple):
    """What was measured is above, or below, a bound: a number or something else that was measured."""
    measured: Measured
    above: bool
    bound: float | Measured

    @property
    def margin(self):
        """How far it is on the right side; below 0: not as expected."""
        m, b = self.measured, self.bound
        here = (m.least if self.above else m.most)(m.values)
        if isinstance(b, Measured):
            b = (b.most if self.above else b.least)(b.values)
        return float(here - b if self.above else b - here)

    @property
    def held(self):
        return self.margin > 0                                   # a NaN is not held

    def __bool__(self):
        raise TypeError("an expectation is shown by expect(…); it is neither true nor false by itself")

    def rule(self):
        """What is expected, in words: "above 0.9 on every seed"."""
        bound = self.bound.what if isinstance(self.bound, Measured) else short(self.bound, 3)
        words = say("above {bound}", bound=bound) if self.above else say("below {bound}", bound=bound)
        how = {np.min: say("{rule} on every seed", rule=words), np.median: say("{rule} in the median", rule=words)}
        return how.get(self.measured.least, words)

    def came(self):
        """The measured values, two digits each."""
        both = [self.measured, *[self.bound] * isinstance(self.bound, Measured)]
        return " / ".join(listed(m.values) for m in both)


class Fact(NamedTuple):
    """Something that is so or is not."""
    what: str
    held: bool


def true(what, so):
    """A statement, and whether it is so."""
    return Fact(what, bool(so))


def short(v, digits=2):
    """A number in few digits; of a power of ten, the power alone."""
    return number(v, digits) if f"{v:.9e}"[:11] != "1.000000000" else number(v, 1).removeprefix("1×")


def listed(values):
    """Up to five values, or the least and the greatest."""
    if len(values) > 5:
        return say("from {low} to {high}", low=short(values.min()), high=short(values.max()))
    return say("; ").join(map(short, values))


class Answer:
    """What the text expects, and whether it came so."""

    def __init__(self, *expected):
        self.expected = expected
        self.held = all(e.held for e in expected)

    def lines(self):
        """For each expectation: what it says (all machines alike), and what was measured here ("" if nothing)."""
        for e in self.expected:
            if isinstance(e, Fact):
                yield (e.what if e.held else say("the text says: {what}; here it is not so", what=e.what)), ""
            elif e.held:
                yield say("{what}: {rule}", what=e.measured.what, rule=e.rule()), f" ({e.came()})"
            else:
                yield say("{what}: the text says {rule}; yours: {came}", what=e.measured.what, rule=e.rule(),
                          came=e.came()), ""

    def frame(self):
        """The sentence before the lines and, where something differs, the one after them."""
        if self.held:
            return say("As the text says:"), ""
        return say("Not as the text says:"), say(
            "What did you change? (If nothing: another processor computes other last digits; try another seed.)")

    def __repr__(self):
        first, last = self.frame()
        return "\n".join(filter(None, [first, *(f"  {line}" for line, _ in self.lines()), last]))

    def _repr_mimebundle_(self, include=None, exclude=None):
        first, last = map(html.escape, self.frame())
        items = "".join(f'<li>{html.escape(line)}<span class="measured">{html.escape(came)}</span></li>'
                        for line, came in self.lines())
        page = (f'<div class="lstm-expected" data-held="{"yes" if self.held else "no"}">{first}'
                f'<ul style="margin:0">{items}</ul>{last}</div>')
        return {"text/html": page, "text/plain": repr(self)}


def expect(*shown):
    """Shows pictures (or whatever else can be shown), then what the text expects of them, and whether it came so."""
    from IPython.display import display
    expected = [e for e in shown if isinstance(e, Expectation | Fact)]
    for thing in shown:
        if not isinstance(thing, Expectation | Fact):
            display(thing)
    display(Answer(*expected))
