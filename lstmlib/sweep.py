"""Many runs side by side, kept as they come; and the two large tables of the course.

    python -m lstmlib.sweep ablation FILE.csv     chapter 08: what is each part of the cell worth?
    python -m lstmlib.sweep recall FILE.csv       chapter 03: who still names the symbol after L moments?

A sweep that was stopped goes on from what FILE.csv holds. The course's own results are read by kept.
"""

import csv
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import tasks
from .cells import CIFG, GRU, LSTM, PEEPHOLE, RNN, State, Tape, blame, join, pin, sigmoid, tanh
from .model import Model, exam, train


def trained(cell, task, H, updates, seed=0, lr=1e-2, forget_bias=1.0, **gates):
    """A model of H units that has learned the task, with gates pinned as by pin: trained(…, f=1)."""
    model = Model(cell, task.D, H, task.K, seed=seed, forget_bias=forget_bias)
    model.params[0] = pin(cell, model.params[0], **gates)
    for _ in islice(train(model, task, lr=lr, seed=seed), updates):
        pass
    return model


# --- side by side -----------------------------------------------------------------------------------


def sweep(run, cases, path, jobs=-1):
    """Yields (case, score), score = run(**case), as they are done; those that the file path holds come first.

    run: a function that other processes can import; cases: dicts of its arguments, all of the same names;
    path: a CSV file, which gets a row with each score, and in the end has the order of cases; jobs: how many
    processes, -1 for one on each core. The same line runs on a Dask cluster: connect, with
    client = distributed.Client(…), and put it under  with joblib.parallel_config("dask"):
    Raises ValueError if the cases differ in their names, or the file holds the results of another sweep.
    """
    from joblib import Parallel, delayed

    cases, path = list(cases), Path(path)
    if len({tuple(case) for case in cases}) != 1:
        raise ValueError(f"cases: {len(cases)} of them; expected at least one, and the same names in all")
    names = [*cases[0], "score"]
    done = {tuple(row[:-1]): float(row[-1]) for row in _rows(path, names)}
    open_ = [case for case in cases if _key(case) not in done]
    _write(path, names, done)
    yield from ((case, done[_key(case)]) for case in cases if _key(case) in done)
    runs = Parallel(n_jobs=jobs, return_as="generator_unordered")(delayed(_one)(run, case) for case in open_)
    for case, score in runs:
        done[_key(case)] = score
        with path.open("a", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow([*_key(case), score])
        yield case, score
    _write(path, names, {_key(case): done[_key(case)] for case in cases})


def kept(name):
    """The course's own results, "ablation" or "recall": {case: array of the scores of its seeds}."""
    with files("lstmlib").joinpath(f"data/{name}.csv").open(newline="", encoding="utf-8") as file:
        scores = {}
        for *case, _, score in islice(csv.reader(file), 1, None):
            scores.setdefault(tuple(case), []).append(float(score))
    return {case: np.array(values) for case, values in scores.items()}


def _one(run, case):
    return case, float(run(**case))


def _key(case):
    """A case as the file writes it."""
    return tuple(map(str, case.values()))


def _rows(path, names):
    """The whole rows of a results file; the last one may have been cut off in the middle."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader([line for line in file if line.endswith("\n")] or [",".join(names)])
    if head != names:
        raise ValueError(f"{path} holds another sweep, of {', '.join(head)}; expected {', '.join(names)}")
    return rows


def _write(path, names, done):
    """Puts the file in its place in one go, so that it is never half there."""
    new = path.with_name(path.name + ".new")
    with new.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([names, *([*key, score] for key, score in done.items())])
    new.replace(path)


# --- chapter 8: what is each part worth? ------------------------------------------------------------


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


def asked(task, B=500):
    """The score of a model in an exam on the task."""
    return lambda model: exam(model, task, B)


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


# --- chapter 3: how far back? -----------------------------------------------------------------------


MEMORIES = {                             # name: cell, forget bias, pinned gates
    "RNN": (RNN, 0, {}),
    "GRU, bias 3": (GRU, 3, {}),
    "LSTM, bias 0": (LSTM, 0, {}),
    "LSTM, bias 1": (LSTM, 1, {}),
    "LSTM, bias 3": (LSTM, 3, {}),
    "LSTM, bias 5": (LSTM, 5, {}),
    "LSTM, f = 1": (LSTM, 0, {"f": 1}),
}
LAGS = 5, 10, 20, 50, 100


def recall(memory, L, seed):
    """How often a memory of 32 units names the symbol of L moments ago, after 400 updates."""
    (cell, bias, gates), task = MEMORIES[memory], tasks.recall(L)
    return exam(trained(cell, task, 32, 400, seed, forget_bias=bias, **gates), task)


SEEDS = range(100, 105)                  # by which nothing was chosen


def cases(**values):
    """One dict for each combination: cases(L=(5, 10), seed=SEEDS)."""
    return [dict(zip(values, case)) for case in product(*values.values())]


TABLES = {
    "ablation": (ablation, cases(variant=VARIANTS, task=LESSONS, seed=SEEDS)),
    "recall": (recall, cases(memory=MEMORIES, L=LAGS, seed=SEEDS)),
}


def main(table, path):
    """Runs one of the TABLES into the file at path, and says how far it is."""
    run, todo = TABLES[table]
    for k, (case, score) in enumerate(sweep(run, todo, path), 1):
        print(f"{k:4d} of {len(todo)}   {score:6.3f}   " + ", ".join(map(str, case.values())), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in TABLES:
        sys.exit(__doc__)
    import_module("lstmlib.sweep").main(*sys.argv[1:])      # by the name under which other processes find it
