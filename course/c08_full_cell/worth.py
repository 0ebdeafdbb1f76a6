"""What is each part of the cell worth? Ten cells learn seven tasks.

    python -m course.c08_full_cell.worth FILE.csv        a long run; stopped, it goes on from what the file holds
"""
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

import numpy as np

from lstmlib import tasks
from lstmlib.cells import CIFG, GRU, LSTM, PEEPHOLE, RNN, State, Tape, blame, join, sigmoid, tanh
from lstmlib.sweep import SEEDS, asked, cases, report, trained


def linear_step(p, s, x):
    """The LSTM without the tanh on its way out: h = o * c."""
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = tanh(a[3])
    c = f * s.c + i * g
    h = o * c
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


def linear_back(p, ds, tape):
    """The way back through linear_step."""
    z, f, i, o, g, c_prev, c, _ = tape
    dc = ds.c + ds.h * o
    da = np.stack([
        dc       * c_prev        * f * (1 - f),
        dc       * g             * i * (1 - i),
        ds.h     * c             * o * (1 - o),
        dc       * i             * (1 - g**2),
    ])
    dp, dh, dx = blame(p["W"], da, z)
    return dp, State(dh, dc * f), dx


LINEAR = LSTM._replace(name="LSTM, h = o * c", step=linear_step, back=linear_back)

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


def counted(model):
    """The share of the words aⁿbⁿ, n = 11 to 50, that a model gets right at every letter."""
    return tasks.counts(model, 50)[10:].mean()


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
    here = import_module("course.c08_full_cell.worth")               # as other processes find it
    report(here.ablation, CASES, sys.argv[1])
