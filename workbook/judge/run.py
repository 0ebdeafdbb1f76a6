"""The one place where an answer runs, each case once; every diagnosis reads what that left."""

import ast
import inspect
import textwrap
import time
from collections.abc import Mapping
from copy import deepcopy
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np

from .calls import Ear, TooLong, outcome, within
from .results import pairs, same
from .task import EDGE, SIZES, SMALL, Puzzle, Said


def by_itself(answer):
    """(its text, its tree) of a function that can be compiled once more elsewhere; ValueError if it cannot be."""
    text = textwrap.dedent(inspect.getsource(answer))
    (made,) = ast.parse(text).body
    if not isinstance(made, ast.FunctionDef) or answer.__closure__ or hasattr(answer, "__wrapped__") or any(
            isinstance(node, ast.Global | ast.Nonlocal | ast.Yield) for node in ast.walk(made)):
        raise ValueError("not a function by itself")
    made.decorator_list = []                 # one that puts another function in its place leaves these traces
    return text, made


@cache
def cases(task):
    """The inputs on which an answer is judged, always the same: [(sizes, arguments)]; the corners last."""
    rng = np.random.default_rng(1997)
    ordinary = [(sizes, args) for sizes in SIZES for args in task.inputs(rng, sizes)]
    return ordinary + [(EDGE, args) for args in task.corners(rng, EDGE)]


@cache
def given(task, k):
    """The arguments of case k; where it is None, those of a small one."""
    if k is None:
        try:
            return next(iter(task.inputs(np.random.default_rng(1997), SMALL)))
        except (ValueError, IndexError, ZeroDivisionError, StopIteration):        # none so small
            k = 0
    return cases(task)[k][1]


@cache
def expected(task, k):
    """What the right answer gives in case k."""
    return due(task, given(task, k))


def due(task, args):
    """What the right answer gives for these arguments."""
    return outcome(task.play, task.right, *deepcopy(args))


class Row(NamedTuple):
    """An array of a result beside the right one; either may be None."""
    case: int
    name: str
    yours: np.ndarray
    right: np.ndarray


class Ran:
    """An answer, and what it leaves. It runs when a result is first asked for, as with all that costs."""

    heard, changed = False, None   # whether it has printed something; an argument that it wrote into
    tried, near = None, None       # its text, made ready for changes; known mistakes that come near, by their number

    def __init__(self, task, answer, seconds):
        self.task, self.answer, self.seconds = task, answer, seconds
        given = [(None, ())] if isinstance(task, Puzzle) else cases(task)
        self.sizes, self.inputs = zip(*((sizes, args) for sizes, args in given if sizes is not EDGE))

    expected = cached_property(lambda self: [expected(self.task, k) for k in range(len(self.inputs))])
    right = cached_property(lambda self: [same(r, e, self.task) for r, e in zip(self.results, self.expected)])
    ordinary = property(lambda self: [right for right, n in zip(self.right, self.sizes) if n is not EDGE])
    again = cached_property(lambda self: self._call(self.task.play, 0, 1))     # what a second call returns

    def _call(self, f, case, seconds, loud=False):
        args = deepcopy(self.inputs[case])
        with Ear(loud) as ear:
            result = outcome(within, seconds, f, self.answer, *args)
        self.heard |= ear.heard
        self.changed = self.changed or changed(self.task, self.inputs[case], args)
        return result

    def anew(self, args):
        """What it returns for other arguments, or a Crash."""
        with Ear(loud=False):
            return outcome(within, 1, self.task.play, self.answer, *deepcopy(args))

    @cached_property
    def results(self):
        """What it returns in each case, or a Crash."""
        end = time.monotonic() + self.seconds
        return [self._call(self.task.play, k, end - time.monotonic(), loud=k == 0) for k in range(len(self.inputs))]

    def widen(self):
        """Goes on to the corners, once all else is right."""
        before, end = len(self.inputs), time.monotonic() + self.seconds
        self.sizes, self.inputs = zip(*cases(self.task))
        self.results += [self._call(self.task.play, k, end - time.monotonic()) for k in range(before, len(self.inputs))]
        del self.expected, self.right

    @cached_property
    def rows(self):
        """A Row for each array of each result. Said if a result is built otherwise."""
        return [Row(k, *row) for k, (r, e) in enumerate(zip(self.results, self.expected))
                for row in pairs(self.task.gives, r, e)]

    @cached_property
    def arrays(self):
        """The rows, if all of them are arrays; else none."""
        return [] if any(row.yours is None or row.right is None for row in self.rows) else self.rows

    @cached_property
    def looked(self):
        """Inner quantities, in the first wrong case: (yours, right, factors too many, perhaps), or None."""
        task, k = self.task, self.right.index(False)
        if not task.look:
            return None
        theirs = task.look(task.right, *deepcopy(self.inputs[k]))
        try:
            yours = self._call(task.look, k, 1)
            if any(yours[name].dtype.kind not in "biuf" or yours[name].shape != q.shape
                   for name, q in theirs.items()):
                return None
        except (TooLong, TypeError, KeyError):            # a Crash has no names
            return None
        return yours, theirs, task.around(*self.inputs[k]) if task.around else {}


def parameters(f):
    """The names of a function's arguments; [] if Python cannot tell."""
    try:
        return list(inspect.signature(f).parameters)
    except Exception:                        # it may be anything
        return []


def changed(task, before, after):
    """The name of an argument that is no longer what it was, or None. Rounding does not count."""
    for name, a, b in zip(parameters(task.right), before, after):
        if isinstance(a, np.ndarray | Mapping | tuple | list):
            try:
                alike = all(p.shape == q.shape and np.allclose(p, q, rtol=1e-9, atol=1e-9, equal_nan=True)
                            for _, p, q in pairs(name, b, a) if p is not None)
            except Said:
                alike = False
            if not alike:
                return name
    return None
