"""Many runs side by side, kept as they come: a sweep that was stopped goes on from what its file holds."""
import csv
from itertools import islice, product
from pathlib import Path

import numpy as np

from .cells import pin
from .model import Model, exam, train


def trained(cell, task, H, updates, seed=0, lr=1e-2, forget_bias=1.0, **gates):
    """A model of H units that has learned the task, with gates pinned as by pin: trained(…, f=1)."""
    model = Model(cell, task.D, H, task.K, seed=seed, forget_bias=forget_bias)
    model.params[0] = pin(cell, model.params[0], **gates)
    for _ in islice(train(model, task, lr=lr, seed=seed), updates):
        pass
    return model


def asked(task, B=500):
    """The score of a model in an exam on the task."""
    return lambda model: exam(model, task, B)


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


def kept(path):
    """The results that a sweep over seeds left in a file: {case: array of the scores of its seeds}."""
    scores = {}
    with Path(path).open(newline="", encoding="utf-8") as file:
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


SEEDS = range(100, 105)                  # by which nothing was chosen


def cases(**values):
    """One dict for each combination: cases(L=(5, 10), seed=SEEDS)."""
    return [dict(zip(values, case)) for case in product(*values.values())]


def report(run, cases, path):
    """Runs a sweep into the file at path, and says how far it is."""
    for k, (case, score) in enumerate(sweep(run, cases, path), 1):
        print(f"{k:4d} of {len(cases)}   {score:6.3f}   " + ", ".join(map(str, case.values())), flush=True)
