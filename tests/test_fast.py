"""The fast path and the readable one: the same numbers, the same tape; when it is taken; what it costs."""
import tracemalloc
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from products import watch
from samples import CELLS, a_few, close, gap, sample

from lstmlib import fast, unroll
from lstmlib.cells import LSTM, hold, pin
from lstmlib.model import Model
from lstmlib.unroll import backward, forward, weights

READABLE = LSTM._replace(step=lambda p, s, x: LSTM.step(p, s, x))       # unroll does not know it for the LSTM


def both_ways(a, p=None, x=None, cells=(LSTM, READABLE)):
    """Run and gradients of the fast path, and of the readable one."""
    p, x = p or a.p, a.x if x is None else x
    for cell in cells:
        run = forward(cell, p, x, a.s0)
        yield run, *backward(cell, p, run, a.dh, a.ds)


def agree(a, to, **given):
    (run, dp, dx, ds0), (slow_run, slow_dp, slow_dx, slow_ds0) = both_ways(a, **given)
    assert close(run.h, slow_run.h, to) and close(run.s, slow_run.s, to)
    for name in run.tape._fields:
        assert close(getattr(run.tape, name), getattr(slow_run.tape, name), to), name
    assert close(dp, slow_dp, to) and close(ds0, slow_ds0, to)
    assert dx is slow_dx is None or close(dx, slow_dx, to)
    assert run.h.dtype == slow_run.h.dtype
    assert {q.dtype for q in (*run.s, *run.tape, *dp.values(), *ds0)} == {run.h.dtype}


sizes = given(seed=st.integers(0, 9999), T=st.integers(1, 40), B=st.integers(1, 6), D=st.integers(1, 5),
              H=st.integers(1, 7))


@a_few
@sizes
def test_both_ways_lead_to_the_same_numbers(seed, T, B, D, H):
    agree(sample(LSTM, seed, T, B, D, H), 1e-12)


@a_few
@sizes
def test_both_ways_lead_to_the_same_numbers_in_float32(seed, T, B, D, H):
    a = sample(LSTM, seed, T, B, D, H)
    agree(a, 3e-4, p={name: w.astype(np.float32) for name, w in a.p.items()})


@a_few
@sizes
def test_both_ways_read_ids_alike(seed, T, B, D, H):
    agree(sample(LSTM, seed, T, B, D, H), 1e-12, x=np.random.default_rng(seed).integers(0, D, (T, B)))


@a_few
@given(seed=st.integers(0, 99), values=st.dictionaries(st.sampled_from("fio"), st.integers(0, 1), min_size=1))
def test_both_ways_lead_to_the_same_numbers_where_gates_are_pinned(seed, values):
    a = sample(LSTM, seed)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        agree(a, 1e-12, p=pin(LSTM, a.p, **values))


@pytest.mark.parametrize("scale", [1e-3, 30, 1e4])
def test_both_ways_agree_where_gates_are_all_but_still(scale):
    """Half open, or so far open or shut that exp overflows."""
    a = sample(LSTM, T=8)
    p = {"W": a.p["W"] * min(1, scale), "b": a.p["b"] * scale}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        agree(a, 1e-12, p=p)
        agree(a, 1e-4, p={name: w.astype(np.float32) for name, w in p.items()})


@pytest.mark.parametrize("held", [{"f": 1}, {"i": 0.3, "o": 0}])
def test_a_cell_with_held_gates_goes_the_same_two_ways(held):
    agree(sample(LSTM), 1e-12, cells=(hold(LSTM, **held), hold(READABLE, **held)))


@pytest.mark.parametrize("columns", [1, 9, 14, 2**16])
def test_the_way_back_may_be_cut_into_blocks_of_any_size(monkeypatch, columns):
    monkeypatch.setattr(fast, "COLUMNS", columns)
    agree(sample(LSTM, T=11), 1e-12)


@pytest.mark.parametrize("small", [10**3, 10**4, np.inf])
def test_products_may_be_cut_into_pieces_of_any_size(monkeypatch, small):
    monkeypatch.setattr(fast, "SMALL", small)
    agree(sample(LSTM, T=5, B=4, D=3, H=48), 1e-12)


@pytest.mark.parametrize("wide", [set(), {"X86_V4"}])
def test_both_ways_to_a_sigmoid_lead_to_the_same_numbers(monkeypatch, wide):
    monkeypatch.setattr(fast, "AVX512", wide)
    a = sample(LSTM)
    agree(a, 1e-5, p={name: w.astype(np.float32) for name, w in a.p.items()})


def test_the_size_of_numpys_buffer_is_as_it_was():
    before, a = np.getbufsize(), sample(LSTM)
    backward(LSTM, a.p, forward(LSTM, a.p, a.x), a.dh)
    assert np.getbufsize() == before


@pytest.mark.parametrize("taken, cell, change", [
    (True, LSTM, {}),
    (True, LSTM._replace(name="another name"), {}),
    (False, READABLE, {}),
    (False, LSTM._replace(back=lambda p, ds, tape: LSTM.back(p, ds, tape)), {}),
    (True, hold(LSTM, i=0.5), {}),
    (False, hold(READABLE, i=0.5), {}),
    (False, CELLS["peephole"], {}),
    (False, CELLS["rnn"], {}),
    (False, LSTM, {"mask": np.ones((5, 3))}),
    (False, LSTM, {"x": np.ones((5, 2, 3), complex)}),
    (False, LSTM, {"s0": LSTM.state(np.ones((4, 3), complex), np.ones((4, 3)))}),
    (False, LSTM, {"s0": LSTM.state(np.ones((4, 3)), np.ones((4, 3), complex))}),
])
def test_when_the_fast_path_is_taken(monkeypatch, taken, cell, change):
    ways = []
    for way in (fast.forward, fast.backward):
        def noted(*given, way=way):
            ways.append(way.__name__)
            return way(*given)
        monkeypatch.setattr(unroll.fast, way.__name__, noted)
    a = sample(cell)
    run = forward(cell, a.p, **({"x": a.x, "s0": a.s0} | change))
    backward(cell, a.p, run, a.dh, a.ds)
    assert ways == (["forward", "backward"] if taken else [])


@pytest.mark.parametrize("name", ["W", "b"])
def test_complex_weights_go_the_readable_way_and_give_the_same(name):
    a = sample(LSTM)
    run = forward(LSTM, a.p | {name: a.p[name].astype(complex)}, a.x, a.s0)
    assert run.h.dtype == complex and gap(run.h, forward(LSTM, a.p, a.x, a.s0).h) < 1e-14


def test_complex_blame_goes_the_readable_way():
    a = sample(LSTM)
    run = forward(LSTM, a.p, a.x, a.s0)
    _, dx, _ = backward(LSTM, a.p, run, a.dh * 1j, a.ds)
    assert gap(dx.imag, backward(LSTM, a.p, run, a.dh)[1]) < 1e-12


def test_a_bias_in_another_precision_lifts_both_ways_alike():
    a = sample(LSTM)
    agree(a, 1e-6, p={"W": a.p["W"].astype(np.float32), "b": a.p["b"]})


def test_a_last_state_does_not_keep_the_film_alive():
    """A trainer that keeps the state of each of 800 updates would else keep 800 tapes."""
    a = sample(LSTM)
    run = forward(LSTM, a.p, a.x, a.s0)
    _, _, ds0 = backward(LSTM, a.p, run, a.dh, a.ds)
    assert all(q.base is None for q in (*run.s, *ds0))


def peak(go):
    """The result, and the most bytes that were held at one time while it was made."""
    tracemalloc.start()
    result = go()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return result, most


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_memory_is_the_tape_and_nothing_more(dtype):
    """A step costs (6H + D + 1)·B numbers on the way there, and D·B, for dx, on the way back."""
    B, D, H = 16, 24, 32
    p = {name: w.astype(dtype) for name, w in weights(LSTM, D, H, np.random.default_rng(0)).items()}
    there, back = [], []
    for T in (200, 1200):
        x, dh = np.ones((T, D, B), dtype), np.ones((T, H, B), dtype)
        run, most = peak(lambda x=x: forward(LSTM, p, x))
        there.append(most)
        back.append(peak(lambda run=run, dh=dh: backward(LSTM, p, run, dh))[1])
    a_number = 1000 * B * np.dtype(dtype).itemsize
    assert (there[1] - there[0]) / a_number == pytest.approx(6 * H + D + 1, rel=0.05)
    assert (back[1] - back[0]) / a_number == pytest.approx(D, rel=0.05)


@pytest.mark.parametrize("cell", [cell for cell in CELLS.values() if cell.name != "RNN"], ids=lambda cell: cell.name)
@pytest.mark.parametrize("value", [0, 1, 0.3])
@pytest.mark.parametrize("how", [pin, hold], ids=["pinned", "held"])
def test_no_infinity_ever_enters_a_product(cell, value, how, monkeypatch):
    """A gate at 0 or 1 has a bias of ±∞. Some processors raise a flag where it meets a zero; none may see it."""
    seen = watch(monkeypatch)
    for gate in set(cell.gates) & set("fiour"):
        model = Model(cell, 3, 5, 2, layers=2)
        for k, p in enumerate(model.params[:-1]):
            model.params[k] = how(cell, p, **{gate: value}) if how is pin else p
        model.cell = how(cell, **{gate: value}) if how is hold else cell
        for x in (np.random.default_rng(1).normal(size=(4, 3, 7)), np.ones((4, 7), int)):
            trace = model(x)
            model.gradients(trace, np.ones(trace.y.shape))
        assert len(seen) > 20 and all(finite for _, finite in seen), (gate, seen)
