"""The large tables that rooms keep: their variants, whether they are whole, and whether they can be made again."""
import csv
import re
from pathlib import Path

import numpy as np
import pytest

from course.c03_vanishing_gradient import recall
from course.c09_worth import worth
from course.c13_papers_say import papers
from lstmlib.cells import LSTM
from lstmlib.gradcheck import complex_step
from lstmlib.sweep import SEEDS
from lstmlib.unroll import backward, forward, weights
from workbook import kept


def test_the_way_back_without_the_tanh_is_the_derivative():
    rng, cell = np.random.default_rng(0), worth.LINEAR
    p, x, dh = weights(cell, 3, 4, rng), rng.normal(size=(5, 3, 2)), rng.normal(size=(5, 4, 2))

    def loss(p, x):
        return (forward(cell, p, x).h * dh).sum()
    dp, dx, _ = backward(cell, p, forward(cell, p, x), dh)
    np.testing.assert_allclose(dx, complex_step(lambda x: loss(p, x), x), rtol=1e-12, atol=1e-14)
    for name in p:
        dw = complex_step(lambda w, name=name: loss(p | {name: w}, x), p[name])
        np.testing.assert_allclose(dp[name], dw, rtol=1e-12, atol=1e-14)


def test_a_variant_is_what_its_name_says(monkeypatch):
    for name, (cell, gates) in worth.VARIANTS.items():
        assert gates == {gate: int(value) for gate, value in re.findall(r"^([fio]) = ([01])$", name)}
        assert name in cell.name if not gates else cell is LSTM
    monkeypatch.setattr(worth.tasks, "counts", lambda model, most: np.arange(1, most + 1))
    assert worth.counted(None) == np.mean(range(11, 51))                # n = 11 to 50


@pytest.mark.parametrize("variant", worth.VARIANTS)
def test_every_variant_can_learn_every_lesson(variant, monkeypatch):
    for task, lesson in worth.LESSONS.items():
        quick = lesson._replace(updates=2, score=lambda model: 0.5)
        monkeypatch.setitem(worth.LESSONS, task, quick)
        assert worth.ablation(variant, task, 1) == 0.5


def test_a_memory_is_what_its_name_says():
    """“LSTM, bias 3”, “LSTM, f = 1”: the cell, where its forget gate starts, and what is pinned."""
    for name, (cell, bias, gates) in recall.MEMORIES.items():
        assert name.split(",")[0] == cell.name
        assert bias == int("".join(re.findall(r"bias (\d+)", name)) or 0)
        assert gates == {gate: int(value) for gate, value in re.findall(r"([fio]) = ([01])", name)}


@pytest.mark.parametrize("program", [recall, worth, papers], ids=lambda program: program.__name__.split(".")[-1])
def test_a_table_holds_the_cases_of_its_program_and_their_seeds(program):
    (path,) = Path(program.__file__).parent.glob("*.csv")
    with path.open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    assert head == [*program.CASES[0], "score"]
    assert [tuple(row[:-1]) for row in rows] == [tuple(map(str, case.values())) for case in program.CASES]


@pytest.mark.parametrize("table, cases", [("recall", recall.CASES), ("ablation", worth.CASES)])
def test_the_kept_table_is_whole(table, cases):
    found = kept(table)
    assert list(found) == list(dict.fromkeys(tuple(map(str, case.values()))[:-1] for case in cases))
    assert all(len(scores) == len(SEEDS) and np.isfinite(scores).all() for scores in found.values())
