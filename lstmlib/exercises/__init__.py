"""The book of exercises, one file for each chapter: right answers, known mistakes, hints in both languages
side by side.
"""

from functools import cache
from importlib import import_module

from ..judge import Exercise, Verdict, judge
from ..words import say

CHAPTERS = ("c00", "c01", "c02", "c03", "c04", "c05", "c06", "c07", "c08")


@cache
def book():
    """Every exercise and puzzle, {name: Exercise or Puzzle}, in the order of the course."""
    chapters = [import_module(f"{__name__}.{chapter}") for chapter in CHAPTERS]
    return {task.right.__name__ if isinstance(task, Exercise) else task.trial.__name__: task
            for chapter in chapters for task in (*chapter.EXERCISES, *chapter.PUZZLES)}


def check(name, answer):
    """Judges an answer, a function, to the exercise or puzzle of this name, and returns a Verdict that shows
    itself.
    """
    if name not in book():
        return Verdict(str(name), "unknown", (say("there is no exercise of this name. Those there are: "
                                                  "{names}.",
                                                  names=", ".join(book())),))
    return judge(book()[name], answer)
