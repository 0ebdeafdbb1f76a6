"""The smallest case on which an answer differs: sizes from 1, whole numbers, as many zeros as can be; by hand."""

import itertools
from collections.abc import Mapping

import numpy as np

from ..words import say
from .calls import Crash, TooLong, thread_time
from .results import close, pairs
from .run import due, parameters
from .task import Said, Sizes

PATIENCE = 0.02                    # seconds of computing for the search
MOST = 16                          # numbers that a case may be told in, and still be done by hand
GROWING = [Sizes(T, B, D, H, K) for T, B, D, H, K in (
    (1, 1, 1, 1, 1), (1, 1, 1, 1, 2), (2, 1, 1, 1, 2), (1, 2, 1, 1, 2), (1, 1, 1, 2, 2), (1, 1, 2, 1, 3),
    (2, 1, 1, 2, 3), (3, 1, 1, 1, 3), (3, 2, 1, 2, 3), (3, 2, 3, 2, 4))]


class Plain:
    """Stands for a random generator, and draws the numbers of a list: what is beyond its end is -2, -1, 1 or 2."""

    def __init__(self, drawn, rng):
        self.drawn, self.rng, self.used = drawn, rng, 0

    def _take(self, size):
        n = int(np.prod(size if size is not None else ()))
        while len(self.drawn) < self.used + n:
            self.drawn.append(int(self.rng.choice([-2, -1, 1, 2])))
        self.used += n
        return np.array(self.drawn[self.used - n:self.used], float).reshape(size if size is not None else ())

    def normal(self, loc=0.0, scale=1.0, size=None):
        return self._take(size)

    def uniform(self, low=0.0, high=1.0, size=None):
        """About the middle for 0, about the ends for -2 and 2: one digit that counts, where that is in between."""
        digits = np.vectorize(lambda v: float(f"{v:.1g}"))(low + (high - low) * (self._take(size) + 2) / 4)
        return np.clip(digits, low, high)

    def integers(self, low, high=None, size=None):
        low, high = (0, low) if high is None else (low, high)
        return low + (self._take(size).astype(int) + 2) % (high - low)

    def choice(self, a, size=None):
        return np.array(a)[self.integers(len(a), size=size)]

    def permutation(self, a):
        return np.array(a)


def smallest(ran):
    """In words: the case, what the answer gives there and what is expected. "" where none was found in time, or
    where an argument is no number.
    """
    if not all(_plain(arg) for arg in ran.inputs[0]):
        return ""
    end = thread_time() + PATIENCE
    if all(ran.ordinary):                    # so it is wrong at a corner
        return _told(ran, ran.inputs[ran.right.index(False)])
    for n, seed in itertools.product(GROWING, range(2)):
        drawn = []
        if (k := _differing(ran, n, drawn, seed)) is None:
            if thread_time() > end:
                return ""
            continue
        for j, value in itertools.product(range(len(drawn)), (0, 1)):
            if drawn[j] in (0, value) or thread_time() > end:
                continue
            kept, drawn[j] = drawn[j], value
            if _differing(ran, n, drawn, seed, k) is None:
                drawn[j] = kept
        return _told(ran, _cases(ran, n, drawn, seed)[k])
    return ""


def _cases(ran, n, drawn, seed):
    """The inputs of these sizes, made of what is drawn."""
    return list(ran.task.inputs(Plain(drawn, np.random.default_rng(seed)), n))


def _differing(ran, n, drawn, seed, only=None):
    """The number of the first case that the answer does not get right; None if there is none, or no such sizes."""
    try:
        cases = _cases(ran, n, drawn, seed)
    except (ValueError, IndexError, ZeroDivisionError):
        return None
    for k, args in enumerate(cases):
        if only in (None, k) and _difference(ran, args):
            return k
    return None


def _difference(ran, args):
    """(name, yours, expected) of the number that differs most; None if none does, or if that would say nothing."""
    try:
        yours, theirs = ran.anew(args), due(ran.task, args)
        rows = [] if Crash in (type(yours), type(theirs)) else pairs(ran.task.gives, yours, theirs)
    except (Said, TooLong):
        return None
    if not all(a is not None and b is not None and np.isfinite(b).all() and a.shape == b.shape for _, a, b in rows):
        return None
    for name, a, b in rows:
        if not close(a, b, ran.task.tolerance):
            off = np.abs(a - b)
            at = tuple(map(int, np.unravel_index(np.argmax(np.where(np.isfinite(off), off, np.inf)), off.shape)))
            return f"{name}[{', '.join(map(str, at))}]" if a.size > 1 else name, a[at], b[at]
    return None


def _plain(value):
    """Whether a value is numbers, whatever holds them."""
    if isinstance(value, Mapping):
        return all(map(_plain, value.values()))
    return all(map(_plain, value)) if isinstance(value, tuple | list) else isinstance(value, np.ndarray | float | int)


def _told(ran, args):
    given = [row for label, value in zip(parameters(ran.task.right), args) for row in pairs(label, value, value)]
    printed = sum(q.size if q.size <= 4 else np.count_nonzero(q) for _, q, _ in given if q.any())
    if printed > MOST or not (found := _difference(ran, args)):
        return ""
    name, yours, theirs = found
    zeros = [label for label, q, _ in given if not q.any()]
    told = [f"{' = '.join(zeros)} = 0"] * bool(zeros) + [_numbers(label, q) for label, q, _ in given if q.any()]
    return say("A small case by hand: {given}. Yours is `{name} = {a}`, expected {b}.",
               given=", ".join(f"`{row}`" for row in told), name=name, a=f"{yours:.4g}", b=f"{theirs:.4g}")


def _numbers(label, q):
    """An array that is not all zero, in a line."""
    if q.size == 1:
        return f"{label} = {q.item():.4g}"
    if q.size <= 4:
        return f"{label} = {_listed(np.squeeze(q))}"
    return ", ".join(f"{label}[{', '.join(map(str, at))}] = {q[tuple(at)]:.4g}" for at in np.argwhere(q))


def _listed(q):
    """An array as Python would write it, no longer than need be."""
    return f"[{', '.join(map(_listed, q))}]" if q.ndim else f"{q:.4g}"
