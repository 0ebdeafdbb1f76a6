"""Cells unrolled through time: every slope, every property that must hold, every complaint at the door."""
import re
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CELLS, B, D, H, T, a_few, blamed, close, gap, random_weights, sample

from lstmlib.cells import GRU, LSTM, PEEPHOLE, RNN, hold, pin
from lstmlib.gradcheck import complex_step
from lstmlib.model import adam
from lstmlib.unroll import backward, forward, inputs, one_hot, walk_back, weights, zeros

each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
masked = pytest.mark.parametrize("masked", [False, True], ids=["whole", "masked"])
sizes = given(name=st.sampled_from(sorted(CELLS)), seed=st.integers(0, 999), T=st.integers(1, 6),
              B=st.integers(1, 4), D=st.integers(1, 4), H=st.integers(1, 4))


def there_and_back(cell, a, mask=None):
    """h, the last state, dp, dx, ds0."""
    run = forward(cell, a.p, a.x, a.s0, mask)
    return run.h, run.s, *backward(cell, a.p, run, a.dh, a.ds)


def like(p, w):
    """The weights p in the precision of w."""
    return {name: q.astype(w) for name, q in p.items()}


# --- slopes -----------------------------------------------------------------------------------------


@each_cell
@masked
def test_every_slope_agrees_with_the_complex_step(cell, masked):
    a = sample(cell)
    mask = a.mask if masked else None
    _, _, dp, dx, ds0 = there_and_back(cell, a, mask)

    def loss(p=a.p, x=a.x, s0=a.s0):
        return blamed(forward(cell, p, x, s0, mask), a.dh, a.ds)

    for name in a.p:
        numeric = complex_step(lambda w, name=name: loss(p=a.p | {name: w}), a.p[name])
        assert gap(dp[name], numeric) < 1e-12, name
    assert gap(dx, complex_step(lambda x: loss(x=x), a.x)) < 1e-12
    for name, q in a.s0._asdict().items():
        numeric = complex_step(lambda q, name=name: loss(s0=a.s0._replace(**{name: q})), q)
        assert gap(getattr(ds0, name), numeric) < 1e-12, name


@each_cell
def test_a_pinned_gate_has_the_slopes_of_the_complex_step_and_gives_no_warning(cell):
    a = sample(cell)
    gates = {gate: k % 2 for k, gate in enumerate(set(cell.gates) & set("fu"))}
    p = pin(cell, a.p, **gates)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dp, dx, _ = backward(cell, p, forward(cell, p, a.x, a.s0), a.dh, a.ds)
        for name in p:
            def loss(w, name=name):
                return blamed(forward(cell, p | {name: w}, a.x, a.s0), a.dh, a.ds)
            assert gap(dp[name], complex_step(loss, p[name])) < 1e-12, name
    assert np.isfinite(dx).all()


@each_cell
def test_the_blame_adds_up(cell):
    """The way back is linear in the blame: on h at each step, on the last state."""
    a = sample(cell)
    run = forward(cell, a.p, a.x, a.s0)
    whole = backward(cell, a.p, run, a.dh, a.ds)
    from_h = backward(cell, a.p, run, a.dh)
    from_s = backward(cell, a.p, run, 0 * a.dh, a.ds)
    assert gap(from_h[1], whole[1]) > 1e-3 and gap(from_s[1], whole[1]) > 1e-3
    assert gap(from_h[1] + from_s[1], whole[1]) < 1e-12
    for name in a.p:
        assert gap(from_h[0][name] + from_s[0][name], whole[0][name]) < 1e-12


# --- properties -------------------------------------------------------------------------------------


@a_few
@sizes
def test_a_batch_is_a_loop_over_its_examples(name, seed, T, B, D, H):
    cell = CELLS[name]
    a = sample(cell, seed, T, B, D, H)
    h, s, dp, dx, ds0 = there_and_back(cell, a, a.mask)
    alone = []
    for e in range(B):
        one = a._replace(x=a.x[:, :, [e]], s0=cell.state(*(q[:, [e]] for q in a.s0)), dh=a.dh[:, :, [e]],
                         ds=cell.state(*(q[:, [e]] for q in a.ds)))
        alone.append(there_and_back(cell, one, a.mask[:, [e]]))
    hs, ss, dps, dxs, ds0s = zip(*alone)
    assert gap(h, np.concatenate(hs, axis=2)) < 1e-12 and gap(dx, np.concatenate(dxs, axis=2)) < 1e-12
    for field in cell.state._fields:
        for whole, parts in ((s, ss), (ds0, ds0s)):
            parts = np.concatenate([getattr(q, field) for q in parts], axis=1)
            assert gap(getattr(whole, field), parts) < 1e-12
    assert close(dp, {name: sum(q[name] for q in dps) for name in dp})


@a_few
@sizes
def test_a_sequence_in_two_pieces_is_one_pass(name, seed, T, B, D, H):
    cell, cut = CELLS[name], 1 + seed % T
    T += 1
    a = sample(cell, seed, T, B, D, H)
    h, s, dp, dx, ds0 = there_and_back(cell, a, a.mask)
    first = forward(cell, a.p, a.x[:cut], a.s0, a.mask[:cut])
    second = forward(cell, a.p, a.x[cut:], first.s, a.mask[cut:])
    assert np.array_equal(h, np.concatenate([first.h, second.h])) and close(second.s, s, 0)
    dp_2, dx_2, between = backward(cell, a.p, second, a.dh[cut:], a.ds)
    dp_1, dx_1, start = backward(cell, a.p, first, a.dh[:cut], between)
    assert close(start, ds0) and gap(np.concatenate([dx_1, dx_2]), dx) < 1e-12
    assert close({name: dp_1[name] + dp_2[name] for name in dp}, dp)


@a_few
@sizes
def test_units_in_another_order_have_their_slopes_in_that_order(name, seed, T, B, D, H):
    """Which unit stands first has no meaning: units may be shuffled, if all that belongs to them is."""
    cell = CELLS[name]
    a = sample(cell, seed, T, B, D, H)
    order = np.random.default_rng(seed).permutation(H)
    columns = np.concatenate([order, np.arange(H, H + D)])

    def shuffled(p):
        p = {name: w[..., order, :] for name, w in p.items()}
        return p | {"W": p["W"][..., columns]}

    other = a._replace(p=shuffled(a.p), s0=cell.state(*(q[order] for q in a.s0)), dh=a.dh[:, order],
                       ds=cell.state(*(q[order] for q in a.ds)))
    _, _, dp, dx, _ = there_and_back(cell, a)
    _, _, other_dp, other_dx, _ = there_and_back(cell, other)
    assert close(shuffled(dp), other_dp) and gap(dx, other_dx) < 1e-12


@a_few
@given(seed=st.integers(0, 999), order=st.permutations("fiog"))
def test_gates_in_another_order_have_their_slopes_in_that_order(seed, order):
    rows = ["fiog".index(gate) for gate in order]
    back = list(np.argsort(rows))

    def straight(p):
        return {name: w[back] for name, w in p.items()}

    def step(p, s, x):
        return LSTM.step(straight(p), s, x)

    def to_the_back(p, ds, tape):
        dp, ds, dx = LSTM.back(straight(p), ds, tape)
        return {name: w[rows] for name, w in dp.items()}, ds, dx

    other = LSTM._replace(gates="".join(order), step=step, back=to_the_back)
    a = sample(LSTM, seed)
    h, s, dp, dx, ds0 = there_and_back(LSTM, a)
    permuted = there_and_back(other, a._replace(p={name: w[rows] for name, w in a.p.items()}))
    assert close((h, s, {name: w[rows] for name, w in dp.items()}, dx, ds0), permuted)


@a_few
@sizes
def test_padding_that_is_masked_changes_nothing(name, seed, T, B, D, H):
    cell = CELLS[name]
    a = sample(cell, seed, T, B, D, H)
    h, s, dp, dx, ds0 = there_and_back(cell, a)
    rng = np.random.default_rng(seed)
    pad = a._replace(x=np.concatenate([a.x, rng.normal(size=(3, D, B))]),
                     dh=np.concatenate([a.dh, np.zeros((3, H, B))]))
    mask = np.concatenate([np.ones((T, B)), np.zeros((3, B))])
    h_pad, s_pad, dp_pad, dx_pad, ds0_pad = there_and_back(cell, pad, mask)
    assert close((h, s, dp, dx, ds0), (h_pad[:T], s_pad, dp_pad, dx_pad[:T], ds0_pad))
    assert all(np.array_equal(h_pad[t], s_pad.h) for t in range(T, T + 3))
    assert not dx_pad[T:].any()


@each_cell
def test_where_the_mask_is_0_the_state_passes_and_the_blame_goes_around(cell):
    a = sample(cell)
    mask = np.zeros((T, B))
    h, s, dp, dx, ds0 = there_and_back(cell, a, mask)
    assert all(np.array_equal(h_t, a.s0.h) for h_t in h) and close(s, a.s0, 0)
    assert not dx.any() and not any(w.any() for w in dp.values())
    assert gap(ds0.h, a.ds.h + a.dh.sum(0)) < 1e-15
    assert close(ds0[1:], a.ds[1:], 0)


@each_cell
def test_a_mask_of_ones_or_of_truths_is_no_mask(cell):
    a = sample(cell)
    plain = there_and_back(cell, a)
    assert close(plain, there_and_back(cell, a, np.ones((T, B))), 1e-14)
    assert close(there_and_back(cell, a, a.mask), there_and_back(cell, a, a.mask == 1), 0)


@a_few
@given(name=st.sampled_from(sorted(CELLS)), seed=st.integers(0, 999))
def test_an_id_is_a_one_hot_column_and_picks_a_column_of_W(name, seed):
    cell, D = CELLS[name], 5
    a = sample(cell, seed, D=D)
    ids = np.random.default_rng(seed).integers(0, D, (T, B))
    by_id = forward(cell, a.p, ids, a.s0)
    by_column = forward(cell, a.p, one_hot(ids, D), a.s0)
    assert close(by_id.h, by_column.h) and close(by_id.s, by_column.s) and by_id.x is ids
    dp, dx, ds0 = backward(cell, a.p, by_id, a.dh, a.ds)
    dp_column, _, ds0_column = backward(cell, a.p, by_column, a.dh, a.ds)
    assert dx is None and close(dp, dp_column) and close(ds0, ds0_column)
    never = H + np.setdiff1d(np.arange(D), ids)
    assert not dp["W"][:, :, never].any()

    picked = {"W": a.p["W"][:, :, :H], "b": a.p["b"] + a.p["W"][:, :, [H + ids[0, 0]]]} | {
        name: a.p[name] for name in cell.own}
    one = cell.state(*(q[:, [0]] for q in a.s0))
    step = cell.step(picked, one, np.zeros((0, 1)))[0]                           # the column serves as a bias
    assert gap(step.h, by_id.h[0][:, [0]]) < 1e-12


@a_few
@given(name=st.sampled_from(sorted(CELLS.keys() - {"rnn"})), seed=st.integers(0, 99), value=st.integers(0, 1))
def test_a_pinned_gate_stays_pinned_while_the_rest_learns(name, seed, value):
    cell = CELLS[name]
    a = sample(cell, seed)
    gate = "r" if cell is GRU else "f"                       # a GRU with u = 1 has nothing to learn
    p = pin(cell, a.p, **{gate: value})
    start = {name: w.copy() for name, w in p.items()}
    update, k = adam([p], 0.1), cell.gates.index(gate)
    for _ in range(5):
        run = forward(cell, p, a.x, a.s0)
        assert (getattr(run.tape, gate) == value).all()
        update([backward(cell, p, run, a.dh, a.ds)[0]])
    assert all(np.array_equal(p[name][k], start[name][k]) for name in p.keys() - {"b_h"})
    assert (p["W"] != start["W"]).any()


def test_a_gate_held_at_a_half_does_not_learn_and_one_pinned_there_does():
    a = sample(LSTM)
    still = hold(LSTM, f=0.5)
    for cell, stays in ((still, True), (LSTM, False)):
        p = pin(LSTM, a.p, f=0.5)
        update = adam([p], 0.1)
        for _ in range(5):
            run = forward(cell, p, a.x, a.s0)
            update([backward(cell, p, run, a.dh, a.ds)[0]])
        assert (forward(cell, p, a.x, a.s0).tape.f == 0.5).all() == stays


@pytest.mark.parametrize("cell", [LSTM, PEEPHOLE, GRU, LSTM._replace(step=lambda *given: LSTM.step(*given))],
                         ids=["fast", "peephole", "gru", "readable"])
@masked
def test_a_held_gate_is_a_pinned_one_that_nobody_blames(cell, masked):
    a = sample(cell)
    gate = "r" if cell is GRU else "f"
    still, k, mask = hold(cell, **{gate: 0.3}), cell.gates.index(gate), a.mask if masked else None
    pinned = a._replace(p=pin(cell, a.p, **{gate: 0.3}))
    h, s, dp, dx, ds0 = there_and_back(still, a, mask)
    free = there_and_back(cell, pinned, mask)
    assert free[2]["b"][k].any()
    for name in free[2].keys() & {"W", "b", "P"}:
        free[2][name][k] = 0
    assert close((h, s, dp, dx, ds0), free, 0)
    if not masked:
        run = forward(still, a.p, a.x, a.s0)
        assert not any(back.dp["b"][k].any() for back in walk_back(still, a.p, run, a.dh, a.ds))


def test_another_step_may_take_the_place_of_a_held_cells_own():
    def step(p, s, x):
        read.append(x)
        return LSTM.step(p, s, x)

    a, read = sample(LSTM), []
    run = forward(hold(LSTM, f=0.5)._replace(step=step), a.p, a.x)
    assert len(read) == T and (run.tape.f == 0.5).all()


# --- what a run holds -------------------------------------------------------------------------------


@each_cell
@masked
def test_the_tape_is_the_film_of_every_step(cell, masked):
    a = sample(cell)
    run = forward(cell, a.p, a.x, a.s0, a.mask if masked else None)
    s = a.s0
    for t in range(T):
        new, tape = cell.step(a.p, s, a.x[t])
        assert close(tape, cell.tape(*(q[t] for q in run.tape)))
        s = cell.state(*(np.where(a.mask[t], n, q) for n, q in zip(new, s))) if masked else new
        assert gap(run.h[t], s.h) < 1e-12
    assert close(run.s, s) and run.s0 is not None and (run.mask is not None) == masked


@each_cell
def test_without_a_first_state_it_is_zeros(cell):
    a = sample(cell)
    s0 = zeros(cell, H, B)
    assert [q.shape for q in s0] == [(H, B)] * len(cell.state._fields) and not any(q.any() for q in s0)
    assert np.array_equal(forward(cell, a.p, a.x).h, forward(cell, a.p, a.x, s0).h)
    assert zeros(cell, H, B, np.float32).h.dtype == np.float32


@each_cell
@masked
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.complex128])
def test_the_precision_of_the_weights_is_kept(cell, masked, dtype):
    a = sample(cell)
    p = like(a.p, dtype)
    run = forward(cell, p, a.x, a.s0, a.mask if masked else None)
    dp, dx, ds0 = backward(cell, p, run, a.dh, a.ds)
    assert {q.dtype for q in (run.h, *run.s, *run.tape, *dp.values(), dx, *ds0)} == {np.dtype(dtype)}
    exact = there_and_back(cell, a, run.mask)
    assert close(exact, (run.h, run.s, dp, dx, ds0), 1e-5 if dtype == np.float32 else 1e-12)
    ids = forward(cell, p, np.zeros((T, B), int))
    assert {q.dtype for q in (ids.h, *ids.s, *ids.tape)} == {np.dtype(dtype)}


@each_cell
def test_reading_changes_nothing_that_it_is_given(cell):
    a = sample(cell)
    given = (*a.p.values(), a.x, *a.s0, a.mask, a.dh, *a.ds)
    before = [q.copy() for q in given]
    for mask in (None, a.mask):
        run = forward(cell, a.p, a.x, a.s0, mask)
        film = [q.copy() for q in run.tape]
        backward(cell, a.p, run, a.dh, a.ds)
        assert all(map(np.array_equal, film, run.tape))
    assert all(map(np.array_equal, before, given))


# --- weights ----------------------------------------------------------------------------------------


@each_cell
def test_initial_weights_are_what_they_are_said_to_be(cell):
    H, D, G = 40, 30, len(cell.gates)
    p = weights(cell, D, H, np.random.default_rng(0), forget_bias=2.5)
    assert p["W"].shape == (G, H, H + D) and p["b"].shape == (G, H, 1) and inputs(p) == D
    for k, gate in enumerate(cell.gates):
        Wh = p["W"][k, :, :H]
        assert np.allclose(Wh @ Wh.T, np.eye(H), atol=1e-12)
        assert np.var(p["W"][k, :, H:]) == pytest.approx(1 / D, rel=0.15)
        assert (p["b"][k] == (2.5 if gate == cell.keep else 0)).all()
    assert p.keys() == {"W", "b", *cell.own} and {w.dtype for w in p.values()} == {np.dtype(float)}
    for name, shape in cell.own.items():
        assert p[name].shape == (*shape, H, 1) and not p[name].any()
    assert G == 1 or not np.allclose(p["W"][0], p["W"][1])
    if cell.keep:
        default = weights(cell, D, H, np.random.default_rng(0))["b"]
        assert (default[cell.gates.index(cell.keep)] == 1).all()


def test_the_weights_come_from_the_generator_alone():
    one, same, other = (weights(LSTM, D, H, np.random.default_rng(seed)) for seed in (0, 0, 1))
    assert close(one, same, 0) and not close(one, other)
    assert weights(LSTM, np.int64(2), np.int32(3), np.random.default_rng(0))["W"].shape == (4, 3, 5)
    assert weights(LSTM, 1, 1, np.random.default_rng(0))["W"].shape == (4, 1, 2)


@pytest.mark.parametrize("sizes, complaint", [
    ({"D": 0, "H": 4}, "weights: D = 0; expected a whole number ≥ 1"),
    ({"D": 2, "H": -1}, "weights: H = -1; expected a whole number ≥ 1"),
    ({"D": 2.0, "H": 4}, "weights: D = 2.0; expected a whole number ≥ 1"),
])
def test_sizes_are_whole_numbers(sizes, complaint):
    with pytest.raises(ValueError, match=re.escape(complaint)):
        weights(LSTM, **sizes, rng=np.random.default_rng(0))


def test_one_hot():
    assert one_hot(np.array([2, 0]), 3).tolist() == [[0, 1], [0, 0], [1, 0]]
    many = one_hot(np.array([[0, 1, 1], [1, 0, 1]]), 2, np.float32)
    assert many.shape == (2, 2, 3) and many.dtype == np.float32
    assert many.argmax(1).tolist() == [[0, 1, 1], [1, 0, 1]] and (many.sum(1) == 1).all()


# --- the door ---------------------------------------------------------------------------------------


def put(array, at, value):
    array = array.copy()
    array[at] = value
    return array


P = random_weights(LSTM, np.random.default_rng(0))
X = np.zeros((T, D, B))
S0 = zeros(LSTM, H, B)


@pytest.mark.parametrize("change, complaint", [
    ({"x": X[0]}, "x has shape (2, 3); expected (T, D, B) with D = 2, as W reads, and T, B ≥ 1"),
    ({"x": X[:, :1]}, "x has shape (5, 1, 3); expected (T, D, B) with D = 2"),
    ({"x": X[:0]}, "x has shape (0, 2, 3); expected"),
    ({"x": X[..., :0]}, "x has shape (5, 2, 0); expected"),
    ({"x": put(X, (3, 1, 2), np.nan)}, "x[3, 1, 2] is nan; expected finite numbers"),
    ({"x": put(X, (3, 0, 1), np.inf)}, "x[3, 0, 1] is inf; expected finite numbers"),
    ({"x": X.astype(str)}, "x is <U32; expected numbers"),
    ({"x": X.astype(object)}, "x is object; expected numbers"),
    ({"x": X.astype(int)}, "x holds whole numbers and has shape (5, 2, 3); expected ids (T, B), T and"),
    ({"x": np.zeros((0, 3), int)}, "x holds whole numbers and has shape (0, 3); expected ids"),
    ({"x": np.full((T, B), 2)}, "x holds ids from 2 to 2; expected 0 to 1, as W reads"),
    ({"x": np.arange(6).reshape(2, 3) - 5}, "x holds ids from -5 to 0; expected 0 to 1, as W reads"),
    ({"s0": S0[:1]}, "s0 holds 1 arrays; expected h, c"),
    ({"s0": S0._replace(c=S0.c[:, :1])}, "s0.c has shape (4, 1); expected (4, 3)"),
    ({"s0": S0._replace(h=S0.h[:3])}, "s0.h has shape (3, 3); expected (4, 3)"),
    ({"s0": S0._replace(c=put(S0.c, (2, 1), np.nan))}, "s0.c[2, 1] is nan; expected finite numbers"),
    ({"s0": S0._replace(h=put(S0.h, (0, 2), -np.inf))}, "s0.h[0, 2] is -inf; expected finite numbers"),
    ({"mask": np.ones((T, 1))}, "mask has shape (5, 1); expected (5, 3)"),
    ({"mask": np.full((T, B), 0.5)}, "mask holds other numbers than 0 and 1"),
    ({"mask": np.full((T, B), np.nan)}, "mask holds other numbers than 0 and 1"),
    ({"p": None}, "p['W'] is NoneType; expected float32, float64 or complex128"),
    ({"p": {"W": P["W"]}}, "p['b'] is NoneType; expected float32, float64 or complex128: LSTM has the"),
    ({"p": {"b": P["b"]}}, "p['W'] is NoneType; expected float32, float64 or complex128"),
    ({"p": P | {"W": P["W"].tolist()}}, "p['W'] is list; expected float32, float64 or complex128"),
    ({"p": P | {"W": P["W"].astype(int)}}, "p['W'] is int64; expected float32, float64 or complex128"),
    ({"p": P | {"b": P["b"].astype(np.float16)}}, "p['b'] is float16; expected float32, float64 or"),
    ({"p": P | {"W": P["W"][:3]}}, "p['W'] has shape (3, 4, 6); expected (G, H, H+D) with G = 4 for LSTM"),
    ({"p": P | {"W": P["W"][0]}}, "p['W'] has shape (4, 6); expected (G, H, H+D) with G = 4 for LSTM"),
    ({"p": P | {"W": P["W"][..., :4]}}, "p['W'] has shape (4, 4, 4); expected (G, H, H+D)"),
    ({"p": P | {"b": P["b"][..., 0]}}, "p['b'] has shape (4, 4); expected (4, 4, 1)"),
    ({"p": P | {"W": put(P["W"], (1, 2, 3), np.nan)}}, "p['W'][1, 2, 3] is nan; expected finite numbers"),
    ({"p": P | {"W": put(P["W"], (3, 0, 5), np.inf)}}, "p['W'][3, 0, 5] is inf; expected finite numbers"),
    ({"p": P | {"b": put(P["b"], (1, 2, 0), np.nan)}}, "p['b'][1, 2, 0] is nan; expected finite numbers"),
])
def test_what_is_wrong_is_named_at_the_door(change, complaint):
    with pytest.raises(ValueError) as error:
        forward(LSTM, **({"p": P, "x": X} | change))
    assert str(error.value).startswith(complaint)


def test_own_weights_are_looked_at_too():
    p, x = random_weights(PEEPHOLE, np.random.default_rng(0)), X
    for wrong in (np.nan, np.inf):
        with pytest.raises(ValueError, match=re.escape(f"p['P'][2, 3, 0] is {wrong}; expected finite")):
            forward(PEEPHOLE, p | {"P": put(p["P"], (2, 3, 0), wrong)}, x)
    with pytest.raises(ValueError, match=r"p\['P'\] is NoneType; .*: peephole LSTM has the weights W, b, P"):
        forward(PEEPHOLE, {"W": p["W"], "b": p["b"]}, x)
    with pytest.raises(ValueError, match=re.escape("p['b_h'] has shape (1, 4, 1); expected (4, 1)")):
        forward(GRU, random_weights(GRU, np.random.default_rng(0)) | {"b_h": np.zeros((1, 4, 1))}, x)


def test_only_a_bias_may_be_infinite():
    for value in (np.inf, -np.inf):
        run = forward(LSTM, P | {"b": put(P["b"], 0, value)}, X)
        assert (run.tape.f == (value > 0)).all()
    with pytest.raises(ValueError, match=re.escape("p['b'][3, 1, 0] is nan")):
        forward(LSTM, P | {"b": put(put(P["b"], 0, np.inf), (3, 1, 0), np.nan)}, X)


@pytest.mark.parametrize("change, complaint", [
    ({"dh": np.zeros((T, H, 1))}, "dh has shape (5, 4, 1); expected (5, 4, 3)"),
    ({"dh": np.full((T, H, B), "a")}, "dh is <U1; expected numbers"),
    ({"ds": S0._replace(c=S0.c[:1])}, "ds.c has shape (1, 3); expected (4, 3)"),
    ({"ds": S0[:1]}, "ds holds 1 arrays; expected h, c"),
])
def test_the_blame_has_the_shape_of_what_it_blames(change, complaint):
    run = forward(LSTM, P, X)
    with pytest.raises(ValueError) as error:
        backward(LSTM, P, run, **({"dh": np.zeros((T, H, B))} | change))
    assert str(error.value) == complaint


def test_inputs_may_be_lists_and_whole_numbers_of_any_kind():
    a = sample(RNN)
    assert np.array_equal(forward(RNN, a.p, a.x.tolist()).h, forward(RNN, a.p, a.x).h)
    ids = np.array([[0, 1, 1]])
    for dtype in (np.int8, np.uint8, np.int32, np.uint64):
        assert np.array_equal(forward(RNN, a.p, ids.astype(dtype)).h, forward(RNN, a.p, ids).h)
    ones = np.ones((H, B))
    assert np.array_equal(forward(RNN, a.p, a.x, [ones.astype(int)]).h, forward(RNN, a.p, a.x, [ones]).h)


def test_a_cell_of_ones_own_runs_in_the_machine():
    """The learner's exercise: another step in the LSTM's place."""
    def step(p, s, x):
        return LSTM.step(p, s, x)

    a = sample(LSTM)
    assert close(there_and_back(LSTM._replace(step=step), a), there_and_back(LSTM, a))
