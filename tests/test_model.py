"""Stacked cells under a read-out: slopes, losses, optimizers (against PyTorch's numbers), training, files."""
import io
import pickle
import re
import tracemalloc
import warnings
import zipfile
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from samples import CELLS, B, D, H, K, T, close, gap, random_state

from lstmlib.cells import GRU, LSTM, RNN, hold
from lstmlib.gradcheck import complex_step
from lstmlib.model import (
    Model,
    Step,
    accuracy,
    adam,
    clip,
    cross_entropy,
    exam,
    global_norm,
    load,
    r2,
    save,
    sgd,
    softmax,
    squared_error,
    train,
)
from lstmlib.tasks import Batch, Task, adding, again, which_came_first
from lstmlib.unroll import forward

each_cell = pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)


def torch_numbers(prefix):
    with np.load(Path(__file__).parent / "torch_numbers.npz") as file:
        return {name.removeprefix(prefix): w for name, w in file.items() if name.startswith(prefix)}


def rich(cell, layers, seed=0):
    """A float64 model none of whose weights is 0, and all that it can be given."""
    rng = np.random.default_rng(seed)
    model = Model(cell, D, H, K, layers, dtype=np.float64)
    for p in model.params:
        for name in p:
            p[name] = rng.normal(size=p[name].shape)
    mask = (np.arange(T)[:, None] < np.linspace(1, T, B).round()).astype(float)
    states = [[random_state(cell, rng) for _ in range(layers)] for _ in range(2)]
    return model, rng.normal(size=(T, D, B)), states, mask, rng.normal(size=(T, K, B))


# --- the stack --------------------------------------------------------------------------------------


@each_cell
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("masked", [False, True], ids=["whole", "masked"])
def test_every_slope_of_a_stack_agrees_with_the_complex_step(cell, layers, masked):
    model, x, (s0, ds), mask, dy = rich(cell, layers)
    mask = mask if masked else None

    def loss(x=x, s0=s0):
        trace = model(x, s0, mask)
        return (trace.y * dy).sum() + sum((q * d).sum() for pair in zip(trace.s, ds) for q, d in zip(*pair))

    grads, dx, ds0 = model.gradients(model(x, s0, mask), dy, ds)
    assert len(grads) == layers + 1
    for p, dp in zip(model.params, grads):
        assert p.keys() == dp.keys()
        for name in p:
            def with_weight(w, p=p, name=name):
                kept, p[name] = p[name], w
                value = loss()
                p[name] = kept
                return value
            assert gap(dp[name], complex_step(with_weight, p[name])) < 1e-12, name
    assert gap(dx, complex_step(lambda x: loss(x=x), x)) < 1e-12
    for k in range(layers):
        for name, q in s0[k]._asdict().items():
            def with_state(q, k=k, name=name):
                return loss(s0=[*s0[:k], s0[k]._replace(**{name: q}), *s0[k + 1:]])
            assert gap(getattr(ds0[k], name), complex_step(with_state, q)) < 1e-12


@each_cell
def test_each_layer_reads_what_the_one_below_says(cell):
    model, x, (s0, _), mask, _ = rich(cell, 2)
    trace = model(x, s0, mask)
    low = forward(cell, model.params[0], x, s0[0], mask)
    top = forward(cell, model.params[1], low.h, s0[1], mask)
    out = model.params[2]
    assert close(trace.s, [low.s, top.s]) and close([run.h for run in trace.runs], [low.h, top.h])
    assert close(trace.y, np.stack([out["V"] @ h + out["b_y"] for h in top.h]))


def test_ids_may_be_read_too():
    model = Model(LSTM, 5, H, K, layers=2)
    trace = model(np.array([[0, 4, 2], [1, 1, 3]]))
    grads, dx, ds0 = model.gradients(trace, np.ones_like(trace.y))
    assert trace.y.shape == (2, K, 3) and dx is None and len(ds0) == 2


def test_a_fresh_model_is_what_it_is_said_to_be():
    model = Model(LSTM, D, 40, 30, layers=3, seed=1, forget_bias=2)
    assert [sorted(p) for p in model.params] == [["W", "b"]] * 3 + [["V", "b_y"]]
    assert [p["W"].shape for p in model.params[:-1]] == [(4, 40, 40 + D), (4, 40, 80), (4, 40, 80)]
    assert all((p["b"][0] == 2).all() and not p["b"][1:].any() for p in model.params[:-1])
    out = model.params[-1]
    assert out["V"].shape == (30, 40) and out["b_y"].shape == (30, 1) and not out["b_y"].any()
    assert np.var(out["V"]) == pytest.approx(1 / 40, rel=0.15)
    assert {w.dtype for p in model.params for w in p.values()} == {np.dtype(np.float32)}
    assert Model(RNN, D, H, K, dtype=np.float64).params[0]["W"].dtype == np.float64
    assert (Model(LSTM, D, H, K).params[0]["b"][0] == 1).all() and len(Model(LSTM, D, H, K).params) == 2


def test_the_seed_alone_decides_the_weights_and_no_two_layers_are_alike():
    one, same, other = (Model(LSTM, H, H, K, 2, seed) for seed in (0, 0, 1))
    assert close(one.params, same.params, 0) and not close(one.params, other.params)
    assert not close(one.params[0], one.params[1]) and close(one.params, Model(LSTM, H, H, K, 2).params, 0)


@pytest.mark.parametrize("sizes, complaint", [
    ({"K": 0}, "Model: K = 0; expected a whole number ≥ 1"),
    ({"K": 1.0}, "Model: K = 1.0; expected a whole number ≥ 1"),
    ({"layers": 0}, "Model: layers = 0; expected a whole number ≥ 1"),
    ({"H": 0}, "weights: H = 0; expected a whole number ≥ 1"),
    ({"dtype": np.float16}, "Model: dtype = float16; expected float32 or float64"),
    ({"dtype": int}, "Model: dtype = int64; expected float32 or float64"),
])
def test_a_model_that_cannot_be_is_refused(sizes, complaint):
    with pytest.raises(ValueError, match=re.escape(complaint)):
        Model(LSTM, **({"D": D, "H": H, "K": K} | sizes))


def test_states_and_blame_must_fit_the_stack():
    model, x, (s0, ds), _, dy = rich(LSTM, 2)
    trace = model(x)
    for complaint, go in (
        ("s0 holds 1 states; expected one for each of 2 layers", lambda: model(x, s0[:1])),
        ("ds holds 3 states; expected one for each of 2", lambda: model.gradients(trace, dy, ds + ds[:1])),
        ("dy has shape (4, 6, 3); expected (5, 6, 3), the shape", lambda: model.gradients(trace, dy[1:])),
        ("x has shape (5, 3, 3); expected (T, D, B) with D = 2", lambda: model(np.zeros((T, 3, B)))),
        ("mask has shape (5, 1); expected (5, 3)", lambda: model(x, mask=np.ones((T, 1)))),
    ):
        with pytest.raises(ValueError, match=re.escape(complaint)):
            go()


# --- losses and scores ------------------------------------------------------------------------------


def test_losses_and_their_slopes_are_those_of_pytorch():
    its = torch_numbers("losses.")
    y, goal = its["y"].swapaxes(1, 2), its["goal"].swapaxes(1, 2)
    loss, dy = cross_entropy(y, its["target"])
    assert loss == pytest.approx(float(its["entropy"]), rel=1e-12)
    assert gap(dy, its["d_entropy"].swapaxes(1, 2)) < 1e-12
    loss, dy = squared_error(y, goal)
    assert loss == pytest.approx(float(its["squared"]), rel=1e-12)
    assert gap(dy, its["d_squared"].swapaxes(1, 2)) < 1e-12


def questions(seed=0):
    rng = np.random.default_rng(seed)
    mask = (rng.random((T, B)) < 0.5) * rng.uniform(0.5, 2, (T, B))
    return rng.normal(size=(T, K, B)), rng.integers(0, K, (T, B)), rng.normal(size=(T, K, B)), mask


@pytest.mark.parametrize("masked", [False, True], ids=["whole", "masked"])
@pytest.mark.parametrize("loss", [cross_entropy, squared_error])
def test_the_slope_of_a_loss_agrees_with_the_complex_step(loss, masked):
    y, classes, numbers, mask = questions()
    target, mask = classes if loss is cross_entropy else numbers, mask if masked else None
    _, dy = loss(y, target, mask)
    assert gap(dy, complex_step(lambda y: loss(y, target, mask)[0], y)) < 1e-12


@pytest.mark.parametrize("loss", [cross_entropy, squared_error])
def test_only_the_steps_that_the_mask_keeps_count_each_alike(loss):
    y, classes, numbers, _ = questions()
    target = classes if loss is cross_entropy else numbers
    keep = np.zeros((T, B))
    keep[1, 0] = keep[3, 2] = 1
    alone = [loss(y[[t]][..., [e]], target[[t]][..., [e]])[0] for t, e in ((1, 0), (3, 2))]
    value, dy = loss(y, target, keep)
    assert value == pytest.approx(np.mean(alone))
    assert dy.any(1).astype(float).tolist() == keep.tolist()
    assert loss(y, target)[0] == pytest.approx(loss(y, target, np.ones((T, B), bool))[0])


@pytest.mark.parametrize("loss", [cross_entropy, squared_error])
def test_a_loss_keeps_the_precision_of_what_it_judges(loss):
    y, classes, numbers, mask = questions()
    _, dy = loss(y.astype(np.float32), classes if loss is cross_entropy else numbers, mask)
    assert dy.dtype == np.float32


def test_cross_entropy_is_the_surprise():
    y = np.log(np.array([0.5, 0.25, 0.25]))[None, :, None] + 7
    assert cross_entropy(y, [[1]])[0] == pytest.approx(np.log(4))
    assert np.isfinite(cross_entropy(np.array([[[1000.0], [-1000.0]]]), [[1]])[0])


def test_softmax_is_a_share_of_each_class_in_every_column():
    y, *_ = questions()
    p = softmax(y)
    assert np.allclose(p.sum(1), 1) and gap(p, softmax(y + 100)) < 1e-12
    assert gap(p[2], softmax(y[2])) < 1e-15
    assert np.allclose(p, np.exp(y) / np.exp(y).sum(1, keepdims=True))
    assert softmax(np.array([[1e4], [0]])).tolist() == [[1], [0]]


def test_accuracy_is_the_share_of_right_answers_among_those_asked():
    y = np.array([[[3, 0], [1, 5.]], [[0, 1], [2, 0.]]])           # says 0, 1, then 1, 0
    target = np.array([[0, 0], [1, 0]])
    assert accuracy(y, target) == 0.75
    assert accuracy(y, target, np.array([[1, 1], [0, 0]])) == 0.5
    assert isinstance(accuracy(y, target), float)


def test_r2_is_1_for_the_truth_0_for_its_mean_and_less_for_worse():
    _, _, target, mask = questions()
    mean = (target * mask[:, None]).sum((0, 2), keepdims=True) / mask.sum()
    assert r2(target, target, mask) == 1
    assert r2(mean + 0 * target, target, mask) == pytest.approx(0, abs=1e-12)
    assert r2(2 * mean - target, target, mask) == pytest.approx(-3)
    assert r2(target + (mask == 0)[:, None], target, mask) == 1
    assert r2(target.mean((0, 2), keepdims=True) + 0 * target, target) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("loss", [cross_entropy, squared_error])
@pytest.mark.parametrize("mask, complaint", [
    (np.ones((T, 1)), "mask has shape (5, 1) and keeps 5 answers; expected shape (5, 3) and at least one"),
    (np.zeros((T, B)), "mask has shape (5, 3) and keeps 0 answers; expected shape (5, 3) and at least one"),
])
def test_a_mask_keeps_at_least_one_answer(loss, mask, complaint):
    y, classes, numbers, _ = questions()
    with pytest.raises(ValueError, match=re.escape(complaint)):
        loss(y, classes if loss is cross_entropy else numbers, mask)


@pytest.mark.parametrize("change, complaint", [
    (lambda c: c[:4], "target has shape (4, 3); expected (5, 3)"),
    (lambda c: c[:, None], "target has shape (5, 1, 3); expected (5, 3)"),
    (lambda c: c[:, :1], "target has shape (5, 1); expected (5, 3)"),
    (lambda c: c[0], "target has shape (3,); expected (5, 3)"),
    (lambda c: 1, "target has shape (); expected (5, 3)"),
    (lambda c: c + 1, "target holds 6; expected classes 0 to 5"),
    (lambda c: c - 1, "target holds -1; expected classes 0 to 5"),
    (lambda c: c / 2, "target holds 2.5; expected classes 0 to 5"),
    (lambda c: np.where(c == 5, np.nan, c), "target holds nan; expected classes 0 to 5"),
])
@pytest.mark.parametrize("judge", [cross_entropy, accuracy])
def test_a_target_is_a_class(judge, change, complaint):
    y, classes, *_ = questions()
    classes[:] = 2 * (classes > 2)
    classes[:2, 0] = 0, 5
    with pytest.raises(ValueError, match=f"^{re.escape(complaint)}$"):
        judge(y, change(classes))


@pytest.mark.parametrize("change, complaint", [
    (lambda goal: goal[:, 0], "target has shape (5, 3); expected (5, 6, 3)"),
    (lambda goal: goal[:, :1], "target has shape (5, 1, 3); expected (5, 6, 3)"),
    (lambda goal: goal[..., :1], "target has shape (5, 6, 1); expected (5, 6, 3)"),
    (lambda goal: 0.5, "target has shape (); expected (5, 6, 3)"),
    (lambda goal: goal.astype(str), "target is <U32; expected numbers"),
    (lambda goal: np.where(goal == goal[3, 2, 1], np.nan, goal), "target[3, 2, 1] is nan; expected finite"),
    (lambda goal: np.where(goal == goal[3, 2, 1], np.inf, goal), "target[3, 2, 1] is inf; expected finite"),
])
@pytest.mark.parametrize("judge", [squared_error, r2])
def test_a_target_of_numbers_has_the_shape_of_y_and_is_finite(judge, change, complaint):
    y, _, goal, _ = questions()
    with pytest.raises(ValueError, match=f"^{re.escape(complaint)}"):
        judge(y, change(goal))


@pytest.mark.parametrize("judge", [cross_entropy, accuracy, squared_error, r2])
def test_what_is_judged_has_three_axes(judge):
    y, classes, *_ = questions()
    with pytest.raises(ValueError, match=re.escape("y has shape (6, 3); expected (T, K, B)")):
        judge(y[0], classes)


@pytest.mark.parametrize("judge", [cross_entropy, accuracy, squared_error, r2])
@pytest.mark.parametrize("anything", [np.nan, np.inf, -np.inf, -100, 1e300])
def test_what_a_target_holds_under_a_mask_of_0_does_not_count(judge, anything):
    y, classes, goal, mask = questions()
    y = y.astype(np.float32)
    target = classes.astype(float) if judge in (cross_entropy, accuracy) else goal
    padded = np.where(mask[:, None] if target is goal else mask, target, anything)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours, plain = judge(y, padded, mask), judge(y, target, mask)
    for a, b in zip(*(q if isinstance(q, tuple) else (q,) for q in (ours, plain))):
        assert np.isfinite(b).all() and np.array_equal(a, b)


def test_r2_of_a_target_without_variance_is_refused():
    y, _, goal, mask = questions()
    goal = np.where(mask[:, None] > 0, np.linspace(0.1, 0.6, K)[:, None], goal)
    with pytest.raises(ValueError, match=rf"target is \[0.1 .*0.6\] at each of the {np.sum(mask > 0)} steps "
                                         "that count; expected numbers that differ"):
        r2(y, goal, mask)
    with pytest.raises(ValueError, match="at each of the 1 steps"):
        r2(y[:1, :, :1], goal[:1, :, :1])
    goal[np.nonzero(mask)[0][0], 0, np.nonzero(mask)[1][0]] += 1
    assert np.isfinite(r2(y, goal, mask))


# --- clipping and the optimizers --------------------------------------------------------------------


@pytest.mark.parametrize("name, optimizer", [("SGD", sgd), ("Adam", adam)])
def test_the_optimizers_go_where_those_of_pytorch_go(name, optimizer):
    its = torch_numbers(f"{name}.")
    params = [{"w": its["start.0"].copy()}, {"w": its["start.1"].copy()}]
    update = optimizer(params, 0.05)
    for k in range(5):
        update([{"w": its[f"grad.{k}.{j}"]} for j in range(2)])
        assert close(params, [{"w": its[f"after.{k}.{j}"]} for j in range(2)])


def test_clipping_shortens_all_gradients_alike_to_a_common_norm():
    its = torch_numbers("SGD.")
    grads = [{"w": its[f"grad.4.{j}"]} for j in range(2)]
    clipped, norm = clip(grads, 1.0)
    assert norm == pytest.approx(float(its["norm"]), rel=1e-12) and norm == global_norm(grads) > 1
    assert global_norm(clipped) == pytest.approx(1, rel=1e-12)
    its = [{"w": its[f"clipped.{j}"]} for j in range(2)]
    assert close(clipped, its, 2e-6)                               # PyTorch adds 1e-6 to the norm
    assert clip(grads, norm) == (grads, norm) and clip(grads, 1e9)[0] is grads


def test_clipping_keeps_the_precision_and_does_not_overflow_in_it():
    grads = [{"w": np.full((2, 2), 1e30, np.float32)}]
    clipped, norm = clip(grads, 1.0)
    assert norm == pytest.approx(2e30, rel=1e-6) and clipped[0]["w"].dtype == np.float32
    assert np.allclose(clipped[0]["w"], 0.5)


@pytest.mark.parametrize("optimizer", [sgd, adam])
def test_an_update_moves_the_weights_in_place_and_keeps_their_precision(optimizer):
    w = np.ones((2, 1), np.float32)
    optimizer([{"w": w}], 0.1)([{"w": np.array([[1], [-1]], np.float32)}])
    assert np.allclose(w, [[0.9], [1.1]]) and w.dtype == np.float32


# --- training ---------------------------------------------------------------------------------------


def test_training_is_the_same_each_time_and_learns():
    task = which_came_first(shortest=3, longest=5)
    tracks = []
    for _ in range(2):
        model = Model(LSTM, task.D, 8, task.K, seed=3)
        tracks.append([(step.loss, step.norm) for step in islice(train(model, task, B=16, lr=0.03), 60)])
        score = exam(model, task)
    assert tracks[0] == tracks[1] and isinstance(tracks[0][0][0], float)
    assert np.mean(tracks[0][-10:]) < 0.5 * np.mean(tracks[0][:10]) and score > 0.9
    other = islice(train(Model(LSTM, task.D, 8, task.K, seed=3), task, B=16, lr=0.03, seed=1), 1)
    assert next(other).loss != tracks[0][0][0]


def test_a_step_tells_of_the_model_before_the_update():
    task = adding(6)
    model, twin = (Model(GRU, task.D, H, task.K) for _ in range(2))
    batch = next(task.batches(np.random.default_rng(5), 4))
    trace = twin(batch.x)
    loss, dy = task.loss(trace.y, batch.target, batch.mask)
    grads, _, _ = twin.gradients(trace, dy)
    step = next(train(model, task, B=4, seed=5, max_norm=1e-3))
    assert step._fields == Step._fields == ("loss", "norm", "s")
    assert step.loss == loss and step.norm == global_norm(grads) > 1e-3 and close(step.s, trace.s, 0)


def test_what_the_optimizer_gets_is_clipped():
    seen = []

    def spy(params, lr):
        assert lr == 0.5
        return lambda grads: seen.append(global_norm(grads))

    task = adding(6)
    model = Model(LSTM, task.D, H, task.K)
    norms = [step.norm for step in islice(train(model, task, B=4, lr=0.5, max_norm=0.01, optimizer=spy), 3)]
    assert min(norms) > 0.01 and seen == pytest.approx([0.01] * 3, rel=1e-5)
    assert close(model.params, Model(LSTM, task.D, H, task.K).params, 0)


@pytest.mark.parametrize("fresh", [True, False])
def test_a_batch_that_is_not_fresh_goes_on_where_the_last_one_ended(fresh):
    x = np.random.default_rng(0).normal(size=(T, D, B)).astype(np.float32)
    mask = np.ones((T, B))
    task = Task("on and on", D, K, again(lambda rng, B: Batch(x, np.zeros((T, B), int), mask, fresh)))
    model = Model(LSTM, D, H, K)
    first, second, _ = islice(train(model, task, B=B, optimizer=lambda params, lr: lambda grads: None), 3)
    assert close(first.s, model(x).s, 0)
    assert close(second.s, model(x, None if fresh else first.s).s, 0)
    assert close(first.s, second.s) == fresh


def test_weights_that_run_away_are_reported():
    task = adding(6)
    model = Model(RNN, task.D, H, task.K)
    with pytest.raises(FloatingPointError, match=r"at update \d+ the loss is .*, its gradient's norm .*: the "
                                                 r"weights have run away; try a smaller lr than 1e\+30"):
        with np.errstate(all="ignore"):
            for _ in islice(train(model, task, B=4, lr=1e30, max_norm=np.inf, optimizer=sgd), 9):
                pass


def test_an_exam_asks_for_the_tasks_own_score_of_fresh_sequences():
    task = adding(6)
    model = Model(LSTM, task.D, H, task.K)
    batch = next(task.batches(np.random.default_rng(7), 20))
    assert exam(model, task, B=20, seed=7) == r2(model(batch.x).y, batch.target, batch.mask)
    assert exam(model, task) == exam(model, task, B=500, seed=999)


# --- files ------------------------------------------------------------------------------------------


@each_cell
def test_a_model_comes_back_from_its_file_to_the_last_bit(cell, tmp_path):
    model = Model(cell, D, H, K, layers=2, seed=4)
    path = tmp_path / "no suffix"
    save(path, model, words=["a", "b"], scale=2.5)
    assert [file.name for file in tmp_path.iterdir()] == ["no suffix"]
    again, more = load(path)
    assert again.cell is cell and close(again.params, model.params, 0)
    assert [list(p) for p in again.params] == [list(p) for p in model.params]
    assert again.params[0]["W"].dtype == np.float32
    assert more["words"].tolist() == ["a", "b"] and float(more["scale"]) == 2.5 and len(more) == 2
    x = np.ones((T, D, B), np.float32)
    assert np.array_equal(again(x).y, model(x).y)


@pytest.mark.parametrize("other", [
    lambda w: np.array(w, order="F"), lambda w: w.astype(w.dtype.newbyteorder(">")),
], ids=["columns first", "another machine"])
def test_a_file_from_elsewhere_holds_the_same_weights(tmp_path, other):
    (tmp_path / "m.npz").write_bytes(packed([(name, other(w)) for name, w in kept_of()]))
    model, _ = load(tmp_path / "m.npz")
    assert close(model.params, Model(LSTM, D, H, K, 2).params, 0)
    for w in (w for p in model.params for w in p.values()):
        assert w.dtype == np.float32 and w.dtype.isnative and w.flags.writeable


def test_where_no_file_is_none_is_blamed(tmp_path):
    for path, error in ((tmp_path / "none.npz", FileNotFoundError), (tmp_path, OSError)):
        with pytest.raises(error) as raised:
            load(path)
        assert not isinstance(raised.value, ValueError)


def test_many_layers_come_back_in_their_order(tmp_path):
    model = Model(RNN, 2, 3, 1, layers=12)
    save(tmp_path / "deep.npz", model)
    assert close(load(tmp_path / "deep.npz")[0].params, model.params, 0)


def test_a_cell_of_ones_own_is_named_to_load_it(tmp_path):
    still = hold(LSTM, i=0.5)
    save(tmp_path / "m.npz", Model(still, D, H, K))
    with pytest.raises(ValueError, match="m.npz is no .*: its cell is 'LSTM, i = 0.5'; pass cell=, as only "
                                         "RNN, LSTM, peephole LSTM, CIFG, GRU are known by name"):
        load(tmp_path / "m.npz")
    assert load(tmp_path / "m.npz", cell=still)[0].cell is still


def test_what_cannot_be_kept_or_was_not_kept_here_is_refused(tmp_path):
    with pytest.raises(ValueError, match="save: more.words is an array of objects; expected one of numbers"):
        save(tmp_path / "m.npz", Model(LSTM, D, H, K), words=np.array(["a", None]))
    assert not list(tmp_path.iterdir())
    np.savez(tmp_path / "other.npz", a=1, b=2)
    with pytest.raises(ValueError, match="other.npz is no model that load can read: it holds a, b; expected "
                                         "a cell and weights, as save writes"):
        load(tmp_path / "other.npz")


def packed(arrays, way=zipfile.ZIP_STORED):
    """The bytes of a zip of (name, array or bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")                            # that two members have one name
        for name, data in arrays:
            if not isinstance(data, bytes):
                raw = io.BytesIO()
                np.save(raw, data, allow_pickle=True)
                data = raw.getvalue()
            archive.writestr(f"{name}.npy", data)
    return out.getvalue()


def kept_of(cell=LSTM, layers=2):
    """What save writes of a model: [(name, array)]."""
    params = Model(cell, D, H, K, layers).params
    return [("cell", np.array(cell.name)),
            *((f"{k}.{name}", w) for k, p in enumerate(params) for name, w in p.items())]


def but(changes):
    """Those arrays with some others in their place; None: left out."""
    return packed([(name, w) for name, w in (dict(kept_of()) | changes).items() if w is not None])


def declared(shape, dtype="<f4", data=b""):
    """An .npy file that says it holds an array of this shape."""
    raw = io.BytesIO()
    np.lib.format.write_array_header_1_0(raw, {"descr": dtype, "fortran_order": False, "shape": shape})
    return raw.getvalue() + data


W = np.zeros((4, H, H + D), np.float32)


@pytest.mark.parametrize("data, complaint", [
    (b"", "File is not a zip file"),
    ("bonjour, le modèle\n".encode() * 99, "File is not a zip file"),
    (declared((3,), data=bytes(12)), "File is not a zip file"),
    (packed(kept_of())[:-30], "File is not a zip file"),
    (packed(kept_of()).replace(bytes(8), bytes(7) + b"1", 1), "Bad CRC-32 for file .0.b.npy"),
    (packed([]), "it holds ; expected a cell and weights"),
    (packed([("notes.txt", b"hello, world")]), "the magic string is not correct"),
    (packed(kept_of(), zipfile.ZIP_DEFLATED), "it is compressed, declares more than it holds"),
    (packed([*kept_of(), kept_of()[1]]), "it .* has two arrays of one name"),
    (but({"cell": None}), "it holds 0.W, 0.b, .*; expected a cell and weights"),
    (but({"cell": np.array(["LSTM"])}), r"its cell is .*; pass cell="),
    (but({"more.a": np.array(["x", None], object)}), "cannot create an OBJECT array from memory buffer"),
    (but({"0.W": None}), "it holds 0.b, 1.W.*; expected 0.W, 0.b, 1.V, 1.b_y of LSTM"),
    (but({"1.b": None}), "it holds .*; expected 0.W, 0.b, 1.W, 1.b, 2.V, 2.b_y of LSTM"),
    (but({"2.V": None}), "it holds .*; expected .*2.V"),
    (but({"2.W": W}), "it holds .*; expected .*3.V, 3.b_y"),
    (but({"0.P": W}), "it holds .*0.P; expected"),
    (but({"extra": W}), "it holds .*extra; expected"),
    (but({"cell": np.array("GRU")}), "it holds .*; expected .*0.b_h, .* of GRU"),
    (but({"cell": np.array("CIFG")}), r"params\[0\]\['W'\] has shape \(4, 4, 6\); .* with G = 3 for CIFG"),
    (but({"0.W": W[:3]}), r"params\[0\]\['W'\] has shape \(3, 4, 6\); expected \(G, H, H\+D\) with G = 4"),
    (but({"0.W": np.float32(3)}), r"params\[0\]\['W'\] has shape \(\); expected"),
    (but({"1.b": np.zeros((4, H), np.float32)}), r"params\[1\]\['b'\] has shape \(4, 4\); exp.* \(4, 4, 1"),
    (but({"0.W": W.astype(int)}), r"params\[0\]\['W'\] is int64; expected float32, float64 or complex128"),
    (but({"0.W": W.astype(str)}), r"params\[0\]\['W'\] is <U32; expected float32"),
    (but({"0.W": W + np.nan}), r"params\[0\]\['W'\]\[0, 0, 0\] is nan; expected finite numbers"),
    (but({"2.V": np.zeros((K, H + 1))}), r"V has shape \(6, 5\); expected \(6, 4\)"),
    (but({"2.V": np.full((K, H), np.inf)}), r"V\[0, 0\] is inf; expected finite numbers"),
    (but({"2.V": np.zeros((0, H)), "2.b_y": np.zeros((0, 1))}), r"V has shape \(0, 4\); expected \(1, 4"),
    (packed([("cell", np.array("LSTM")), *kept_of(layers=1)[-2:]]), "it holds 1.V, 1.b_y; expected 0.W, 0"),
    (packed([("cell", np.array("RNN")), ("0.W", np.zeros((1, 0, D))), ("0.b", np.zeros((1, 0, 1))),
             ("1.V", np.zeros((K, 0))), ("1.b_y", np.zeros((K, 1)))]), r"V has shape \(6, 0\); expected \("),
    (but({"2.b_y": np.zeros(K)}), r"b_y has shape \(6,\); expected \(6, 1\)"),
    (but({"2.b_y": np.full((K, 1), "a")}), "b_y is <U1; expected numbers"),
    (but({"0.W": declared((10**12,))}), "cannot reshape array of size 0"),
    (but({"0.W": declared((10**30,))}), "Maximum allowed dimension exceeded"),
    (but({"0.W": declared((10**15,), "<U0", b"x")}), "itemsize cannot be zero"),
    (but({"0.W": b"\x93NUMPY\x09\x00"}), ".* no attribute 'read_array_header_9_0'"),
    (but({"0.W": pickle.dumps(W)}), "the magic string is not correct"),
    (pickle.dumps(Model(LSTM, D, H, K).params), "File is not a zip file"),
])
def test_what_is_no_model_is_refused_by_name(tmp_path, data, complaint):
    path = tmp_path / "m.npz"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=f"m.npz is no model that load can read: {complaint}"):
        load(path)


def directory(data, changes):
    """A zip whose directory says something else of each of its members: {offset in the entry: (bytes)}."""
    data, at = bytearray(data), 0
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        for offset, new in changes.items():
            data[at + offset:at + offset + len(new)] = new
    return bytes(data)


def said_to_be_as_large_as_packed(array):
    """A compressed array whose directory says that it fills, unpacked, no more bytes than packed."""
    data = packed([("0.W", array)], zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return directory(data, {24: archive.infolist()[0].compress_size.to_bytes(4, "little")})


MB = 2**20


@pytest.mark.parametrize("data, complaint", [
    (lambda: packed([("0.W", np.zeros(64 * MB, np.int8))], zipfile.ZIP_DEFLATED), "it is compressed"),
    (lambda: said_to_be_as_large_as_packed(np.zeros(64 * MB, np.int8)), "it is compressed"),
    (lambda: directory(but({}), {24: b"\xff\xff\xff\x7f"}), "it is compressed"),
    (lambda: directory(but({}), {20: b"\xff\xff\xff\x7f" * 2}), "it is compressed, declares more than"),
    (lambda: but({"0.W": declared((64 * MB,))}), "cannot reshape"),
    (lambda: but({"more.a": declared((2**40,), "<U9")}), "cannot reshape"),
])
def test_a_file_that_promises_more_than_it_holds_takes_no_memory(tmp_path, data, complaint):
    path = tmp_path / "m.npz"
    path.write_bytes(data())
    tracemalloc.start()
    with pytest.raises(ValueError, match=complaint):
        load(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < MB


def mutated(rng, data):
    """Bytes with a few of them changed, cut out, put in or doubled."""
    for _ in range(rng.integers(1, 4)):
        at, n = rng.integers(len(data) + 1), int(rng.choice([1, 2, 4, 40]))
        some = data[at:at + n]
        new = rng.bytes(n), b"\xff" * n, b"", 2 * some, bytes(n) + some, b"9" * n
        data = data[:at] + new[rng.integers(len(new))] + data[at + n:]
    return data


def test_whatever_the_bytes_load_gives_a_model_that_runs_or_a_valueerror(tmp_path):
    """D = H, so that layers fit on one another in any order: load looks at each of them alone."""
    model, path, ran = Model(LSTM, H, H, K, layers=2), tmp_path / "m.npz", 0
    save(path, model, words=["a", "b"])
    good = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        members = {name.removesuffix(".npy"): archive.read(name) for name in archive.namelist()}
    rng = np.random.default_rng(0)
    for n in range(1200):
        if n % 3 == 0:
            path.write_bytes(mutated(rng, good))
        else:                                                      # changed inside, under checksums that fit
            inside, (one, other) = dict(members), rng.choice(list(members), 2)
            if n % 3 == 1:
                start = inside[one][:128]
                inside[one] = mutated(rng, start) + inside[one][128:]
            else:
                inside[one] = mutated(rng, inside[other][128:]) if n % 2 else inside[other]
            path.write_bytes(packed(inside.items()))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found, more = load(path)
            except ValueError as error:
                assert str(error).startswith(f"{path} is no model that load can read: ")
                continue
            assert found(np.ones((2, H, 1), np.float32)).y.shape == (2, K, 1)
            ran += 1
    assert 20 < ran < 300
