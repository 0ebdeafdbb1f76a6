"""Many runs side by side: nothing lost, nothing done twice, the same on a cluster."""
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import joblib
import numpy as np
import pytest

from lstmlib import sweep, tasks
from lstmlib.cells import LSTM
from lstmlib.model import exam

ROOT = Path(__file__).resolve().parent.parent
CASES = sweep.cases(name=("one", "two"), k=(1, 2, 3))


def length(name, k):
    return len(name) + 10 * k


def only_once(name, k):
    raise AssertionError(f"{name}, {k} was done before")


def test_every_case_is_run_and_kept(tmp_path):
    path = tmp_path / "found.csv"
    found = list(sweep.sweep(length, CASES, path, jobs=2))
    assert sorted(score for _, score in found) == sorted(length(**case) for case in CASES)
    assert path.read_text().splitlines() == ["name,k,score", "one,1,13.0", "one,2,23.0", "one,3,33.0",
                                             "two,1,13.0", "two,2,23.0", "two,3,33.0"]
    again = list(sweep.sweep(only_once, CASES, path, jobs=1))
    assert again == [(case, length(**case)) for case in CASES]
    path.write_text("cell,seed,score\na,100,3\nb,100,1\na,101,2\n")
    assert {case: scores.tolist() for case, scores in sweep.kept(path).items()} == {("a",): [3, 2], ("b",): [1]}


def slowly(name, k):
    time.sleep(0.2)
    return length(name, k)


def test_a_killed_sweep_goes_on_where_it_was(tmp_path):
    path = tmp_path / "found.csv"
    code = ("from tests.test_sweep import CASES, slowly, sweep\n"
            f"list(sweep.sweep(slowly, CASES, {str(path)!r}, jobs=1))")
    killed = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    while not path.exists() or len(path.read_text().splitlines()) < 4:
        assert killed.poll() is None
        time.sleep(0.02)
    killed.kill()
    killed.wait()
    kept = len(path.read_text().splitlines()) - 1
    assert 3 <= kept < len(CASES)
    with path.open("a") as file:
        file.write("two,3,1")                                      # a row that was cut off in the middle

    done_before = list(islice(sweep.sweep(only_once, CASES, path, jobs=1), kept))
    assert done_before == [(case, length(**case)) for case in CASES[:kept]]
    assert list(sweep.sweep(length, CASES, path, jobs=1)) == [(case, length(**case)) for case in CASES]


def test_results_of_another_sweep_are_not_touched(tmp_path):
    path = tmp_path / "found.csv"
    path.write_text("L,seed,score\n50,1,0.5\n")
    with pytest.raises(ValueError, match="another sweep, of L, seed, score; expected name, k, score"):
        next(sweep.sweep(length, CASES, path))
    assert path.read_text() == "L,seed,score\n50,1,0.5\n"
    with pytest.raises(ValueError, match="expected at least one, and the same names"):
        next(sweep.sweep(length, [{"name": "one"}, {"k": 1}], path))


def test_the_same_line_runs_on_a_dask_cluster(tmp_path):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, processes=False, dashboard_address=None) as cluster, \
            distributed.Client(cluster), joblib.parallel_config("dask"):
        found = list(sweep.sweep(length, CASES, tmp_path / "found.csv"))
    assert sorted(score for _, score in found) == sorted(length(**case) for case in CASES)


def test_a_model_trained_here_is_a_model_trained_by_hand():
    task = tasks.recall(3)
    model = sweep.trained(LSTM, task, 8, 150, seed=3, lr=3e-2, forget_bias=2, f=1)
    assert np.isinf(model.params[0]["b"][0]).all() and exam(model, task) > 0.9
