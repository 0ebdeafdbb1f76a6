"""The cells of chapter 12 and what surrounds them: formulas, slopes, a scan equal to the loop, looks, tasks."""
import math
import time
from functools import partial
from itertools import product

import numpy as np
import pytest
from samples import B, D, H, K, T, asked, blamed, gap, moment, random_weights, sample, σ

from course.c12_what_came_after.around import Attending, Bidirectional, attention, attention_back
from course.c12_what_came_after.asked import brackets, cloakroom, faster, learned, parity, practised, size
from course.c12_what_came_after.newer import (
    BLIND,
    BLIND_CANDIDATE,
    BLIND_GATES,
    BLIND_SLSTM,
    BLIND_TURNING,
    BOUNDED,
    MINLSTM,
    SLSTM,
    Weighed,
    log_sigmoid,
    scan,
    shares,
)
from lstmlib.cells import LSTM, Hidden, pin, sigmoid
from lstmlib.gradcheck import central_difference, complex_step
from lstmlib.model import Model, exam
from lstmlib.unroll import backward, forward

BLINDED = {"fiog": BLIND, "fio": BLIND_GATES, "g": BLIND_CANDIDATE}
CELLS = {"minlstm": MINLSTM, "slstm": SLSTM, "bounded": BOUNDED, "blind slstm": BLIND_SLSTM, "turning": BLIND_TURNING,
         **BLINDED}
each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)


# --- formulas, written once more for one unit and one example at a time -----------------------------


def minlstm(p, s, x, j, e):
    a_f, a_i, g = (sum(float(w) * float(q) for w, q in zip(p["W"][k, j, H:], x[:, e])) + float(p["b"][k, j, 0])
                   for k in range(3))
    f, i = σ(a_f) / (σ(a_f) + σ(a_i)), σ(a_i) / (σ(a_f) + σ(a_i))
    return {"f": σ(a_f), "i": σ(a_i), "g": g, "h": f * s.h[j, e] + i * g}


def slstm(p, s, x, j, e, bounded=False, blind=False):
    a_f, a_e, a_o, a_g = (asked(p, k, j, Hidden(0 * s.h) if blind else s, x, e) for k in range(4))
    a_e = math.log(σ(a_e)) if bounded else a_e
    m = max(math.log(σ(a_f)) + s.m[j, e], a_e)
    k, w = math.exp(math.log(σ(a_f)) + s.m[j, e] - m), math.exp(a_e - m)
    c, n = k * s.c[j, e] + w * math.tanh(a_g), k * s.n[j, e] + w
    return {"f": σ(a_f), "e": w, "o": σ(a_o), "g": math.tanh(a_g), "k": k, "c_prev": s.c[j, e],
            "n_prev": s.n[j, e], "c": c, "n": n, "m": m, "h": σ(a_o) * c / n}


def blinded(letters, p, s, x, j, e, bend=σ):
    a_f, a_i, a_o, a_g = (asked(p, k, j, Hidden(0 * s.h) if letter in letters else s, x, e)
                          for k, letter in enumerate("fiog"))
    c = bend(a_f) * s.c[j, e] + σ(a_i) * math.tanh(a_g)
    return {"f": bend(a_f), "i": σ(a_i), "o": σ(a_o), "g": math.tanh(a_g), "c": c, "h": σ(a_o) * math.tanh(c)}


FORMULAS = {"minlstm": minlstm, "slstm": slstm, "bounded": partial(slstm, bounded=True),
            "blind slstm": partial(slstm, blind=True), "turning": partial(blinded, "fiog", bend=math.tanh),
            **{letters: partial(blinded, letters) for letters in BLINDED}}


@pytest.mark.parametrize("name", CELLS)
def test_a_step_is_the_formula_of_its_paper(name):
    p, s, x, _ = moment(CELLS[name])
    new, tape = CELLS[name].step(p, s, x)
    for j in range(H):
        for e in range(B):
            for field, value in FORMULAS[name](p, s, x, j, e).items():
                assert getattr(tape, field)[j, e] == pytest.approx(value, rel=1e-12), field
    assert type(new) is CELLS[name].state and type(tape) is CELLS[name].tape
    for field, q in new._asdict().items():
        assert np.array_equal(q, getattr(tape, field))


def test_log_sigmoid_is_right_for_numbers_of_any_size():
    a = np.array([-1e4, -200, -3, -1e-3, 0, 1e-3, 3, 200, 1e4])
    expected = [-1e4, -200, *(math.log(σ(q)) for q in a[2:7]), -math.exp(-200), 0]
    for dtype in (np.float32, np.float64, complex):
        found = log_sigmoid(a.astype(dtype))
        assert found.dtype == dtype
        np.testing.assert_allclose(found.real, expected, rtol=1e-6, atol=1e-80)


# --- slopes -----------------------------------------------------------------------------------------


@each_cell
@pytest.mark.parametrize("masked", [False, True], ids=["whole", "masked"])
def test_every_slope_agrees_with_the_complex_step(cell, masked):
    """In complex numbers the stabiliser is chosen by real parts: no slope of its own."""
    a = sample(cell)
    mask = a.mask if masked else None
    run = forward(cell, a.p, a.x, a.s0, mask)
    dp, dx, ds0 = backward(cell, a.p, run, a.dh, a.ds)

    def loss(p=a.p, x=a.x, s0=a.s0):
        return blamed(forward(cell, p, x, s0, mask), a.dh, a.ds)

    for name in a.p:
        assert gap(dp[name], complex_step(lambda w, name=name: loss(p=a.p | {name: w}), a.p[name])) < 1e-11, name
    assert gap(dx, complex_step(lambda x: loss(x=x), a.x)) < 1e-11
    for name in a.s0._fields:
        numeric = complex_step(lambda q, name=name: loss(s0=a.s0._replace(**{name: q})), getattr(a.s0, name))
        assert gap(getattr(ds0, name), numeric) < 1e-11, name


@each_cell
def test_every_slope_agrees_with_central_differences(cell):
    """Real numbers go through the true maximum, and what is said has the same slopes."""
    rng = np.random.default_rng(4)
    p, x, dh = random_weights(cell, rng), rng.normal(size=(6, D, B)), rng.normal(size=(6, H, B))
    dp, dx, _ = backward(cell, p, forward(cell, p, x), dh)
    for name in p:
        numeric = central_difference(lambda w, name=name: (forward(cell, p | {name: w}, x).h * dh).sum(), p[name])
        assert gap(dp[name], numeric) < 1e-7, name
    assert gap(dx, central_difference(lambda x: (forward(cell, p, x).h * dh).sum(), x)) < 1e-7


@each_cell
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_precision_of_the_weights_is_kept(cell, dtype):
    a = sample(cell)
    run = forward(cell, {name: w.astype(dtype) for name, w in a.p.items()}, a.x.astype(dtype))
    assert {q.dtype for q in (run.h, *run.s, *run.tape)} == {np.dtype(dtype)}


# --- the minLSTM ------------------------------------------------------------------------------------


def test_a_minlstm_does_not_see_h_and_says_a_mean_of_the_old_and_the_new():
    p, s, x, _ = moment(MINLSTM)
    new, tape = MINLSTM.step(p, s, x)
    for field in "fig":
        assert np.array_equal(getattr(MINLSTM.step(p, Hidden(0 * s.h), x)[1], field), getattr(tape, field))
    assert ((np.minimum(s.h, tape.g) <= new.h) & (new.h <= np.maximum(s.h, tape.g))).all()


@pytest.mark.parametrize("T", [1, 2, 3, 7, 8, 9, 100, 1000])
def test_the_scan_is_the_loop(T):
    rng = np.random.default_rng(T)
    p, x, h0 = random_weights(MINLSTM, rng), rng.normal(size=(T, D, B)), rng.normal(size=(H, B))
    assert gap(scan(*shares(p, x), h0), forward(MINLSTM, p, x, Hidden(h0)).h) < 1e-12


def test_the_way_back_along_the_belt_is_the_scan_from_the_other_end():
    """d_t = dh_t + a_{t+1} * d_{t+1}: the same kind of sum, so training needs no loop either."""
    rng = np.random.default_rng(3)
    p, x, dh = random_weights(MINLSTM, rng), rng.normal(size=(50, D, B)), rng.normal(size=(50, H, B))
    a, _ = shares(p, x)
    later = np.concatenate([a[1:], np.zeros((1, H, B))])
    d = scan(later[::-1], dh[::-1], np.zeros((H, B)))[::-1]
    _, _, ds0 = backward(MINLSTM, p, forward(MINLSTM, p, x), dh)
    assert gap(a[0] * d[0], ds0.h) < 1e-12


def test_the_scan_leaves_what_it_was_given_alone():
    a, b, h0 = np.full((5, 1, 1), 0.5), np.ones((5, 1, 1)), np.ones((1, 1))
    assert np.ravel(scan(a, b, h0)).tolist() == [1.5, 1.75, 1.875, 1.9375, 1.96875]
    assert (a == 0.5).all() and (b == 1).all() and (h0 == 1).all()


# --- the sLSTM --------------------------------------------------------------------------------------


def read(p, s, xs):
    """The h of an sLSTM at each of some steps, and its last state."""
    said = []
    for x in xs:
        s, _ = SLSTM.step(p, s, x)
        said.append(s.h)
    return np.array(said), s


def scaled(s, by):
    """The same memory of an sLSTM, in another unit."""
    return s._replace(c=s.c * np.exp(-by), n=s.n * np.exp(-by), m=s.m + by)


def test_what_an_slstm_says_does_not_depend_on_its_stabiliser():
    p, s, x, _ = moment(SLSTM)
    s, xs = s._replace(n=np.abs(s.n)), np.random.default_rng(1).normal(size=(20, D, B))
    said, last = read(p, s, xs)
    for by in (-30, -1, 0.5, 30):
        other, its = read(p, scaled(s, by), xs)
        assert gap(other, said) < 1e-12
        assert gap(its.c / its.n, last.c / last.n) < 1e-12


def test_the_stabiliser_bears_gates_of_which_exp_would_be_infinite():
    p, _, x, _ = moment(SLSTM)
    s = Weighed(*np.zeros((4, H, B)))
    for a in (1e4, 2e4, 1e4):
        p["b"][1] = a
        s, tape = SLSTM.step(p, s, x)
        assert all(np.isfinite(q).all() for q in tape)


def test_with_f_1_an_slstm_says_a_softmax_over_time():
    p, _, _, _ = moment(SLSTM)
    p, s, xs = pin(SLSTM, p, f=1, o=1), Weighed(*np.zeros((4, H, B))), np.random.default_rng(2).normal(size=(9, D, B))
    p["W"][:, :, :H] = 0
    said, _ = read(p, s, xs)
    _, a, _, a_g = (p["W"][..., H:] @ xs[:, None] + p["b"]).swapaxes(0, 1)
    weight = np.exp(a) / np.exp(a).sum(0)
    assert gap(said[-1], (weight * np.tanh(a_g)).sum(0)) < 1e-12


def test_an_lstm_that_sees_no_h_is_an_lstm_with_no_weights_for_it():
    a = sample(BLIND)
    p = a.p | {"W": np.where(np.arange(H + D) < H, 0, a.p["W"])}
    assert gap(forward(BLIND, a.p, a.x, a.s0).h, forward(LSTM, p, a.x, a.s0).h) < 1e-14


# --- what surrounds the cell ------------------------------------------------------------------------

SURROUNDED = {"bidirectional": Bidirectional, "attending": Attending}
each_around = pytest.mark.parametrize("kind", SURROUNDED.values(), ids=SURROUNDED)


def random_model(kind, seed=0, dtype=float):
    """A model of random weights, biases among them; its dicts are changed in place, as an optimiser does."""
    rng, model = np.random.default_rng(seed), kind(D, H, K)
    for p in model.params:
        p.update({name: rng.normal(size=w.shape).astype(dtype) for name, w in p.items()})
    return model


@each_around
def test_every_slope_of_what_surrounds_agrees_with_the_complex_step(kind):
    rng, model = np.random.default_rng(5), random_model(kind)
    x, dy = rng.normal(size=(T, D, B)), rng.normal(size=(T, K, B))
    grads, dx, _ = model.gradients(model(x), dy)
    assert [{name: g.shape for name, g in p.items()} for p in grads] == [
        {name: w.shape for name, w in p.items()} for p in model.params]

    def said(x):
        return (model(x).y * dy).sum()

    for p in model.params:
        p.update({name: w.astype(complex) for name, w in p.items()})
    assert gap(dx, complex_step(said, x)) < 1e-11
    for p, dp in zip(model.params, grads):
        for name, real in list(p.items()):
            def loss(w, p=p, name=name):
                p[name] = w
                return said(x)
            assert gap(dp[name], complex_step(loss, real.real)) < 1e-11, name
            p[name] = real


def test_the_way_back_through_attention_agrees_with_central_differences():
    h, q, dseen = np.random.default_rng(6).normal(size=(3, T, H, B))
    looks, _ = attention(h, q)
    dh, dq = attention_back(h, q, looks, dseen)
    assert gap(dh, central_difference(lambda h: (attention(h, q)[1] * dseen).sum(), h)) < 1e-7
    assert gap(dq, central_difference(lambda q: (attention(h, q)[1] * dseen).sum(), q)) < 1e-7


def test_attention_step_by_step():
    h, q = np.random.default_rng(7).normal(size=(2, T, H, B))
    looks, seen = attention(h, q)
    for b in range(B):
        for t in range(T):
            weight = [math.exp(sum(h[s, :, b] * q[t, :, b])) for s in range(t + 1)]
            shares = np.array(weight) / sum(weight)
            assert gap(looks[b, :t + 1, t], shares) < 1e-12 and not looks[b, t + 1:, t].any()
            assert gap(seen[t, :, b], shares @ h[:t + 1, :, b]) < 1e-12


def test_reading_from_both_ends_is_one_matrix_on_both_states():
    model, x = random_model(Bidirectional), np.random.default_rng(8).normal(size=(T, D, B))
    there, out, back, out_back = model.params
    both = np.concatenate([forward(LSTM, there, x).h, forward(LSTM, back, x[::-1]).h[::-1]], axis=1)
    V = np.concatenate([out["V"], out_back["V"]], axis=1)
    assert gap(model(x).y, V @ both + out["b_y"] + out_back["b_y"]) < 1e-12


def test_who_reads_from_both_ends_sees_what_is_to_come_and_who_looks_back_does_not():
    x = np.random.default_rng(9).normal(size=(T, D, B))
    other = x.copy()
    other[-1] += 1
    for kind, sees in (Bidirectional, True), (Attending, False):
        model = random_model(kind)
        assert (model(x).y[0] != model(other).y[0]).any() == sees


@each_around
def test_what_surrounds_keeps_its_precision_and_leaves_x_alone(kind):
    model, x = random_model(kind, dtype=np.float32), np.random.default_rng(1).normal(size=(T, D, B)).astype(np.float32)
    before = x.copy()
    grads, dx, _ = model.gradients(said := model(x), np.ones_like(said.y))
    assert {said.y.dtype, dx.dtype, *(g.dtype for p in grads for g in p.values())} == {np.dtype(np.float32)}
    assert np.array_equal(x, before) and said.s is None


def test_what_surrounds_learns_by_the_library_s_train():
    task = brackets(4)
    assert exam(practised(Bidirectional(2, 4, 2), task, 60), task) > 0.95
    model = Attending(2, 4, 2)
    before = [w.copy() for p in model.params for w in p.values()]
    practised(model, task, 1)
    assert all((a != b).any() for a, b in zip(before, (w for p in model.params for w in p.values())))


def test_rivals_are_of_one_size():
    assert size(Model(LSTM, 2, 9, 2)) == 4 * 9 * (9 + 2 + 1) + 2 * (9 + 1)
    assert 0.95 < size(Model(LSTM, 2, 9, 2)) / size(Bidirectional(2, 6, 2)) < 1.05
    assert 0.95 < size(Model(LSTM, 16, 16, 4)) / size(Attending(16, 16, 4)) < 1.05


def partners(row):
    """Which brackets of a row have one, by a stack."""
    found, open_ = [0] * len(row), []
    for k, bracket in enumerate(row):
        if bracket == "(":
            open_.append(k)
        elif open_:
            found[k] = found[open_.pop()] = 1
    return found


@pytest.mark.parametrize("late", [0, 3])
def test_brackets_are_asked_for_partners(late):
    batch = next(brackets(9, late).batches(np.random.default_rng(0), 200))
    assert batch.x.shape == (9 + late, 2, 200) and not batch.x[9:].any()
    assert (batch.x[:9].sum(1) == 1).all() and (batch.mask == (np.arange(9 + late) >= late)[:, None]).all()
    for b in range(200):
        assert batch.target[late:, b].tolist() == partners(["()"[int(k)] for k in batch.x[:9, 1, b]])


def test_from_the_left_a_bracket_is_closed_as_often_as_counted():
    """1 - C(n, n/2) / 2^n, by going through all that can still come."""
    for n in range(8):
        closed = np.mean([partners(["(", *rest])[0] for rest in product("()", repeat=n)])
        assert closed == 1 - math.comb(n, n // 2) / 2**n


def test_in_the_cloakroom_the_colour_is_that_of_the_coat():
    x, target, mask, _ = next(cloakroom(5, 3, 2).batches(np.random.default_rng(0), 50))
    number, colour = x[:, :5].argmax(1), x[:, 5:].argmax(1)
    assert x.shape == (7, 8, 50) and (x[:5].sum(1) == 2).all() and (x[5:].sum(1) == 1).all()
    assert not x[5:, 5:].any() and (mask == (np.arange(7) >= 5)[:, None]).all()
    for b in range(50):
        assert sorted(number[:5, b]) == list(range(5)) and number[5, b] != number[6, b]
        coats = dict(zip(number[:5, b], colour[:5, b]))
        assert [coats[n] for n in number[5:, b]] == target[5:, b].tolist()
# --- how they learn, and how long they take -----------------------------------------------------------


@pytest.mark.parametrize("cell", [LSTM, MINLSTM, SLSTM], ids=lambda cell: cell.name)
def test_a_memory_begins_as_long_as_is_said(cell):
    """Where nothing is heard, 20 parts of 21 are kept and one is written."""
    f, i = sigmoid(learned(cell, parity(), 3, 0, lag=20).params[0]["b"][:2])
    assert f == pytest.approx(20 / 21) and i == pytest.approx(1 / 21)


def test_the_time_of_one_is_told_over_that_of_the_other():
    assert faster(lambda: time.sleep(.02), lambda: time.sleep(.002), 3) > 2
