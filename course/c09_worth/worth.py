"""What is each part of the cell worth? Ten cells learn seven tasks.

    python -m course.c09_worth.worth FILE.csv        a long run; stopped, it goes on from what the file holds
"""
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from course.shared.variants import LINEAR, counted
from lstmlib import tasks
from lstmlib.cells import CIFG, GRU, LSTM, PEEPHOLE, RNN
from lstmlib.sweep import SEEDS, asked, cases, report, trained

VARIANTS = {                             # name: cell, pinned gates
    "LSTM": (LSTM, {}),
    "RNN": (RNN, {}),
    "f = 0": (LSTM, {"f": 0}),
    "f = 1": (LSTM, {"f": 1}),
    "i = 1": (LSTM, {"i": 1}),
    "o = 1": (LSTM, {"o": 1}),
    "h = o * c": (LINEAR, {}),
    "CIFG": (CIFG, {}),
    "GRU": (GRU, {}),
    "peephole": (PEEPHOLE, {}),
}


class Lesson(NamedTuple):
    """What the variants learn, and how: the same for all, chosen for the LSTM, which so plays at home."""
    task: tasks.Task
    H: int
    updates: int
    forget_bias: float
    lr: float
    score: Callable              # of a model


LESSONS = {
    "recall": Lesson(tasks.recall(50), 32, 300, 5, 1e-2, asked(tasks.recall(50))),
    "endless": Lesson(tasks.episodes(), 16, 500, 3, 1e-2, asked(tasks.episodes(2000), 20)),
    "marked": Lesson(tasks.marked_symbol(), 16, 500, 3, 1e-2, asked(tasks.marked_symbol())),
    "counting": Lesson(tasks.counting(), 4, 800, 3, 1e-2, counted),
    "secret": Lesson(tasks.secret(), 1, 800, 1, 6e-2, asked(tasks.secret())),
    "adding": Lesson(tasks.adding(), 16, 700, 3, 1e-2, asked(tasks.adding())),
    "Reber": Lesson(tasks.embedded_reber(), 16, 600, 1, 1e-2, asked(tasks.embedded_reber())),
}


def ablation(variant, task, seed):
    """The score of one variant after one of the LESSONS."""
    (cell, gates), (lesson, H, updates, bias, lr, score) = VARIANTS[variant], LESSONS[task]
    return score(trained(cell, lesson, H, updates, seed, lr, bias, **gates))


CASES = cases(variant=VARIANTS, task=LESSONS, seed=SEEDS)

if __name__ == "__main__":
    here = import_module("course.c09_worth.worth")               # as other processes find it
    report(here.ablation, CASES, sys.argv[1])
