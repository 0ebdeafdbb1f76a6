"""One moment of each cell: its formula, its slopes, and what a gate can do that is pinned or held still."""
import math
import warnings

import numpy as np
import pytest
from samples import CELLS, B, H, asked, close, gap, moment, σ

from lstmlib.cells import (
    CIFG,
    GRU,
    LSTM,
    PEEPHOLE,
    RNN,
    Hidden,
    State,
    hold,
    join,
    pin,
    pinned,
    sigmoid,
    unblamed,
)
from lstmlib.gradcheck import complex_step

each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
GATED = {name: cell for name, cell in CELLS.items() if cell is not RNN}
each_gated = pytest.mark.parametrize("cell", GATED.values(), ids=GATED)


# --- formulas, written once more for one unit and one example at a time -----------------------------


def rnn(p, s, x, j, e):
    return {"h": math.tanh(asked(p, 0, j, s, x, e))}


def lstm(p, s, x, j, e):
    a_f, a_i, a_o, a_g = (asked(p, k, j, s, x, e) for k in range(4))
    f, i, o, g = σ(a_f), σ(a_i), σ(a_o), math.tanh(a_g)
    c = f * s.c[j, e] + i * g
    return {"f": f, "i": i, "o": o, "g": g, "c_prev": s.c[j, e], "c": c, "h": o * math.tanh(c)}


def peephole(p, s, x, j, e):
    a_f, a_i, a_o, a_g = (asked(p, k, j, s, x, e) for k in range(4))
    P_f, P_i, P_o = p["P"][:, j, 0]
    f, i, g = σ(a_f + P_f * s.c[j, e]), σ(a_i + P_i * s.c[j, e]), math.tanh(a_g)
    c = f * s.c[j, e] + i * g
    o = σ(a_o + P_o * c)
    return {"f": f, "i": i, "o": o, "g": g, "c_prev": s.c[j, e], "c": c, "h": o * math.tanh(c)}


def cifg(p, s, x, j, e):
    a_f, a_o, a_g = (asked(p, k, j, s, x, e) for k in range(3))
    f, o, g = σ(a_f), σ(a_o), math.tanh(a_g)
    c = f * s.c[j, e] + (1 - f) * g
    return {"f": f, "i": 1 - f, "o": o, "g": g, "c_prev": s.c[j, e], "c": c, "h": o * math.tanh(c)}


def gru(p, s, x, j, e):
    r, u = σ(asked(p, 0, j, s, x, e)), σ(asked(p, 1, j, s, x, e))
    past = float(p["W"][2, j, :H] @ s.h[:, e] + p["b_h"][j, 0])
    n = math.tanh(float(p["W"][2, j, H:] @ x[:, e] + p["b"][2, j, 0]) + r * past)
    return {"r": r, "u": u, "n": n, "past": past, "h": u * s.h[j, e] + (1 - u) * n}


FORMULAS = {"rnn": rnn, "lstm": lstm, "peephole": peephole, "cifg": cifg, "gru": gru}


@pytest.mark.parametrize("name", CELLS)
def test_a_step_is_the_formula_of_its_paper(name):
    p, s, x, _ = moment(CELLS[name])
    new, tape = CELLS[name].step(p, s, x)
    for j in range(H):
        for e in range(B):
            for field, value in FORMULAS[name](p, s, x, j, e).items():
                assert getattr(tape, field)[j, e] == pytest.approx(value, rel=1e-12), field
    assert np.array_equal(tape.z, np.concatenate([s.h, x]))
    for field, q in new._asdict().items():
        assert np.array_equal(q, getattr(tape, field))


@each_cell
def test_the_way_back_agrees_with_the_complex_step(cell):
    p, s, x, ds = moment(cell)

    def loss(p, s, x):
        new, _ = cell.step(p, s, x)
        return sum((q * d).sum() for q, d in zip(new, ds))

    dp, ds_prev, dx = cell.back(p, ds, cell.step(p, s, x)[1])
    for name in p:
        numeric = complex_step(lambda w, name=name: loss(p | {name: w}, s, x), p[name])
        assert gap(dp[name], numeric) < 1e-12, name
    for name in s._fields:
        numeric = complex_step(lambda q, name=name: loss(p, s._replace(**{name: q}), x), getattr(s, name))
        assert gap(getattr(ds_prev, name), numeric) < 1e-12, name
    assert gap(dx, complex_step(lambda x: loss(p, s, x), x)) < 1e-12


@each_cell
def test_a_step_and_its_way_back_change_nothing_that_they_are_given(cell):
    p, s, x, ds = moment(cell)
    before = [q.copy() for q in (*p.values(), *s, x, *ds)]
    cell.back(p, ds, cell.step(p, s, x)[1])
    assert all(map(np.array_equal, before, (*p.values(), *s, x, *ds)))


@each_cell
def test_a_cell_says_of_itself_what_it_is(cell):
    p, s, x, _ = moment(cell)
    new, tape = cell.step(p, s, x)
    assert type(new) is cell.state and type(tape) is cell.tape
    assert len(p["W"]) == len(cell.gates) and (cell.keep == "" or cell.keep in cell.gates)
    for gate in cell.gates.replace("a", ""):
        assert getattr(tape, gate).shape == (H, B)


# --- the sigmoid ------------------------------------------------------------------------------------


def test_the_sigmoid_is_the_logistic_function():
    a = np.linspace(-30, 30, 121)
    assert np.allclose(sigmoid(a), 1 / (1 + np.exp(-a)), rtol=0, atol=1e-15)
    assert sigmoid(np.array(0.0)) == 0.5


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_sigmoid_cannot_overflow_and_ends_at_0_and_1(dtype):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        at = sigmoid(np.array([-np.inf, -1e30, 1e30, np.inf], dtype))
    assert at.dtype == dtype and at.tolist() == [0, 0, 1, 1]


def test_join_puts_the_past_above_the_present():
    assert join(np.array([[1, 2]]), np.array([[3, 4], [5, 6]])).tolist() == [[1, 2], [3, 4], [5, 6]]


# --- one cell inside another ------------------------------------------------------------------------


def test_a_peephole_lstm_that_does_not_look_is_an_lstm():
    p, s, x, ds = moment(PEEPHOLE)
    p["P"][:] = 0
    new, tape = PEEPHOLE.step(p, s, x)
    plain, plain_tape = LSTM.step(p, s, x)
    assert close(new, plain) and close(tape, plain_tape)
    dp, *rest = PEEPHOLE.back(p, ds, tape)
    plain_dp, *plain_rest = LSTM.back(p, ds, tape)
    assert close({name: dp[name] for name in "Wb"}, plain_dp) and close(rest, plain_rest)


def test_a_cifg_is_an_lstm_whose_input_gate_asks_the_opposite():
    p, s, x, _ = moment(CIFG)
    f, o, g = range(3)
    twin = {name: np.stack([p[name][f], -p[name][f], p[name][o], p[name][g]]) for name in "Wb"}
    assert close(CIFG.step(p, s, x), LSTM.step(twin, s, x))


def test_a_gru_that_neither_keeps_nor_resets_is_an_rnn():
    p, s, x, _ = moment(GRU)
    p["b_h"][:] = 0
    h = GRU.step(pin(GRU, p, u=0, r=1), s, x)[0].h
    assert gap(h, RNN.step({name: p[name][2:] for name in "Wb"}, s, x)[0].h) < 1e-14


def test_a_gru_that_keeps_keeps():
    p, s, x, _ = moment(GRU)
    assert np.array_equal(GRU.step(pin(GRU, p, u=1), s, x)[0].h, s.h)


def test_an_lstm_with_f_1_and_i_0_keeps_its_memory_to_the_last_bit():
    p, s, x, _ = moment(LSTM)
    new, _ = LSTM.step(pin(LSTM, p, f=1, i=0), s, x)
    assert np.array_equal(new.c, s.c)


# --- pin and hold -----------------------------------------------------------------------------------


def sigmoids(cell):
    return [gate for gate in cell.gates if gate in "fioru"]


@pytest.mark.parametrize("name", GATED)
@pytest.mark.parametrize("value", [0, 1, 0.25])
def test_a_pinned_gate_has_its_value_whatever_comes_in_and_the_others_theirs(name, value):
    cell = CELLS[name]
    p, s, x, _ = moment(cell)
    _, free = cell.step(p, s, x)
    for gate in sigmoids(cell):
        _, tape = cell.step(pin(cell, p, **{gate: value}), s, x)
        assert np.allclose(getattr(tape, gate), value, rtol=0, atol=1e-15 * (value == 0.25))
        sees = {("gru", "r"): "n", ("peephole", "f"): "o", ("peephole", "i"): "o"}.get((name, gate), "")
        for other in set(cell.gates) - {gate, sees}:
            assert np.array_equal(getattr(tape, other), getattr(free, other)), (gate, other)


@each_gated
def test_pin_leaves_the_weights_that_it_was_given_alone(cell):
    p, *_ = moment(cell)
    before = {name: w.copy() for name, w in p.items()}
    gates = dict.fromkeys(sigmoids(cell), 1)
    pinned = pin(cell, p, **gates)
    assert all(np.array_equal(p[name], before[name]) for name in p)
    for k, gate in enumerate(cell.gates):
        assert (pinned["b"][k] == np.inf).all() == (gate in gates)
        assert (pinned["W"][k] == 0).all() == (gate in gates)
        assert gate in gates or np.array_equal(pinned["W"][k], p["W"][k])


@each_gated
def test_nothing_is_to_be_learned_at_a_pinned_gate(cell):
    p, s, x, ds = moment(cell)
    for gate in sigmoids(cell):
        for value in (0, 1):
            pinned = pin(cell, p, **{gate: value})
            dp, ds_prev, dx = cell.back(pinned, ds, cell.step(pinned, s, x)[1])
            k = cell.gates.index(gate)
            for name in dp.keys() & {"W", "b", "P"}:
                assert not dp[name][k].any()
            assert all(np.isfinite(q).all() for q in (*dp.values(), *ds_prev, dx))


@each_gated
def test_a_held_gate_is_a_constant_and_the_rest_learns_as_the_complex_step_says(cell):
    p, s, x, ds = moment(cell)
    for gate in sigmoids(cell):
        still = hold(cell, **{gate: 0.3})
        _, tape = still.step(pinned(still, p), s, x)
        assert np.allclose(getattr(tape, gate), 0.3, rtol=0, atol=1e-15)
        dp, ds_prev, dx = still.back(pinned(still, p), ds, tape)
        dp = unblamed(still, dp)

        def loss(p, s, x, still=still):
            new, _ = still.step(pinned(still, p), s, x)
            return sum((q * d).sum() for q, d in zip(new, ds))

        for name in p:
            numeric = complex_step(lambda w, name=name, loss=loss: loss(p | {name: w}, s, x), p[name])
            assert gap(dp[name], numeric) < 1e-12, name
        assert not dp["b"][cell.gates.index(gate)].any()
        assert gap(dx, complex_step(lambda x, loss=loss: loss(p, s, x), x)) < 1e-12
        numeric = complex_step(lambda h, loss=loss: loss(p, s._replace(h=h), x), s.h)
        assert gap(ds_prev.h, numeric) < 1e-12


def test_a_cell_with_a_held_gate_says_so_and_keeps_the_rest_of_itself():
    still = hold(LSTM, i=0.1, f=1)
    assert still.name == "LSTM, i = 0.1, f = 1" and still.held == {"i": 0.1, "f": 1} and not LSTM.held
    assert still._replace(name="LSTM", held={}) == LSTM


def test_what_is_held_is_added_to_what_was_and_the_last_word_counts():
    assert hold(hold(LSTM, i=0.1), f=1).held == hold(LSTM, i=0.1, f=1).held
    assert hold(hold(LSTM, i=0.1), i=0.5).held == {"i": 0.5}


@each_gated
def test_a_cell_that_holds_nothing_leaves_weights_and_blame_as_they_are(cell):
    p, *_ = moment(cell)
    assert pinned(cell, p) is p
    before = {name: w.copy() for name, w in p.items()}
    assert all(np.array_equal(w, before[name]) for name, w in unblamed(cell, p).items())


@pytest.mark.parametrize("how", [lambda **gates: pin(LSTM, moment(LSTM)[0], **gates),
                                 lambda **gates: hold(LSTM, **gates)], ids=["pin", "hold"])
@pytest.mark.parametrize("gates, complaint", [
    ({"g": 1}, "LSTM has no gate 'g' to pin or hold; its sigmoid gates: f, i, o"),
    ({"u": 1}, "LSTM has no gate 'u' to pin or hold; its sigmoid gates: f, i, o"),
    ({"f": 1.5}, "f = 1.5 is no value of a gate; expected a number from 0 to 1"),
    ({"f": -0.1}, "f = -0.1 is no value of a gate; expected a number from 0 to 1"),
    ({"f": 1, "o": np.nan}, "o = nan is no value of a gate; expected a number from 0 to 1"),
])
def test_a_wrong_gate_is_refused_at_once(how, gates, complaint):
    with pytest.raises(ValueError) as error:
        how(**gates)
    assert str(error.value) == complaint


def test_an_rnn_has_no_gate_to_pin():
    with pytest.raises(ValueError, match="RNN has no gate 'a' to pin or hold; its sigmoid gates: none$"):
        pin(RNN, moment(RNN)[0], a=1)


@each_gated
@pytest.mark.parametrize("dtype", [np.float32, np.complex128])
def test_a_gate_is_pinned_in_any_precision(cell, dtype):
    p, s, x, _ = moment(cell)
    p = {name: w.astype(dtype) for name, w in p.items()}
    gate = sigmoids(cell)[0]
    with np.errstate(invalid="ignore"):
        s = cell.state(*(q.astype(dtype) for q in s))
        _, tape = cell.step(pin(cell, p, **{gate: 1}), s, x.astype(dtype))
    assert getattr(tape, gate).dtype == dtype and (getattr(tape, gate) == 1).all()
    assert all(np.isfinite(q).all() for q in tape)


def test_cells_and_states_are_named():
    assert [cell.name for cell in CELLS.values()] == ["RNN", "LSTM", "peephole LSTM", "CIFG", "GRU"]
    assert Hidden._fields == ("h",) and State._fields == ("h", "c")
