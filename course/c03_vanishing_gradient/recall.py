"""How far back? Cells learn to name the symbol of L moments ago.

    python -m course.c03_vanishing_gradient.recall FILE.csv     a long run; stopped, it goes on from what the file holds
"""
import sys
from importlib import import_module

from lstmlib import tasks
from lstmlib.cells import CIFG, GRU, LSTM, RNN
from lstmlib.model import exam
from lstmlib.sweep import SEEDS, cases, report, trained

MEMORIES = {                             # name: cell, forget bias, pinned gates
    "RNN": (RNN, 0, {}),
    "GRU, bias 3": (GRU, 3, {}),
    "LSTM, bias 0": (LSTM, 0, {}),
    "LSTM, bias 1": (LSTM, 1, {}),
    "LSTM, bias 3": (LSTM, 3, {}),
    "CIFG, bias 3": (CIFG, 3, {}),
    "LSTM, bias 5": (LSTM, 5, {}),
    "LSTM, f = 1": (LSTM, 0, {"f": 1}),
}
LAGS = 5, 10, 20, 50, 100


def recall(memory, L, seed):
    """How often a memory of 32 units names the symbol of L moments ago, after 400 updates."""
    (cell, bias, gates), task = MEMORIES[memory], tasks.recall(L)
    return exam(trained(cell, task, 32, 400, seed, forget_bias=bias, **gates), task)


CASES = cases(memory=MEMORIES, L=LAGS, seed=SEEDS)

if __name__ == "__main__":
    here = import_module("course.c03_vanishing_gradient.recall")     # as other processes find it
    report(here.recall, CASES, sys.argv[1])
