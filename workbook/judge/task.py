"""What an exercise is, and what a puzzle."""

from collections.abc import Callable
from typing import NamedTuple

from ..words import language, typeset


class Sizes(NamedTuple):
    """The sizes of one set of inputs. All differ, and differ from H + D and from the 4 gates."""
    T: int
    B: int
    D: int
    H: int
    K: int


SIZES = Sizes(5, 2, 6, 3, 7), Sizes(6, 3, 2, 7, 5), Sizes(7, 6, 3, 2, 9), Sizes(5, 1, 2, 6, 3)
EDGE = Sizes(1, 1, 2, 3, 4)        # one moment, one example: the corners have these
SMALL = Sizes(2, 3, 1, 5, 7)       # soon run: where much is tried, it is tried on these first


class Mistake(NamedTuple):
    """A known mistake. en, fr: what is wrong, where to look and, where it has one, a line of the sheet."""
    id: str
    edits: tuple                   # old, new, old, new … in the text of the right answer
    en: tuple
    fr: tuple


class Exercise(NamedTuple):
    """A function to be written. The docstring of `right` is the task; mistakes edit the rest of its text."""
    right: Callable
    inputs: Callable               # rng, Sizes -> iterator of tuples of arguments
    corners: Callable              # the same, at the edge of what the task promises
    gives: str                     # what the results are called, "dp, ds, dx"
    shapes: str                    # and their shapes in words, "(H, B)"
    line: tuple | str              # the line of the sheet: its name in the room, then (English, French)
    mistakes: tuple = ()           # its room's mistakes.toml says them
    shown: Callable | None = None  # as the solutions show it, if not as right, whose text the mistakes edit
    play: Callable = lambda f, *args: f(*args)
    look: Callable | None = None   # f, *args -> {name: (T, units, B)}: inner quantities, as they are computed
    around: Callable | None = None  # *args -> {name: (T, units, B)}: what may be a factor too many
    backwards: bool = False        # they are computed from the last moment to the first
    tolerance: float = 0.0         # absolute, where an answer is drawn at random
    __hash__ = object.__hash__     # that of all its mistakes took as long as to judge one


class Puzzle(NamedTuple):
    """Weights to be chosen by hand. The docstring of `trial` is the task."""
    right: Callable                # weights that do the job
    shapes: dict                   # {"W": (4, 1, 3), …} in the order in which they are returned
    trial: Callable                # *weights -> None, or the shortest failure: (English, French)
    en: tuple = ()                 # two hints: its room's mistakes.toml says them
    fr: tuple = ()
    play: Callable = lambda f: f()


class Said(Exception):
    """Raised when the judgement is known. kind, a word; steps, what is wrong, hints; and as in a Verdict."""

    def __init__(self, kind, *steps, picture=None, mistakes=()):
        super().__init__(kind, *steps)
        self.kind, self.steps, self.picture, self.mistakes, self.line = kind, steps, picture, mistakes, ""


class Wrong(Said):
    """The same, with the exercise's own line of the course sheet as its last hint."""


def own(pair):
    """The half of (English, French) that the reader speaks: a text, or a tuple of them."""
    if language() != "fr":
        return pair[0]
    return typeset(pair[1]) if isinstance(pair[1], str) else tuple(map(typeset, pair[1]))
