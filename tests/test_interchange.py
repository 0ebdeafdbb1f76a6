"""PyTorch's numbers and ours, forwards and backwards; Keras's layout; and what does not fit."""
import re
from pathlib import Path

import numpy as np
import pytest
from samples import CELLS, close, gap, random_weights
from torch_numbers import numbers

from lstmlib.cells import GRU, LSTM, RNN, sigmoid
from lstmlib.interchange import from_keras, from_torch, to_keras, to_torch
from lstmlib.model import Model
from lstmlib.unroll import forward

TWINS = {"RNN": RNN, "LSTM": LSTM, "GRU": GRU}


def kept():
    with np.load(Path(__file__).parent / "torch_numbers.npz") as file:
        return dict(file)


def under(prefix, arrays):
    """The arrays whose names start with a prefix, without it."""
    return {name.removeprefix(prefix): w for name, w in arrays.items() if name.startswith(prefix)}


def columns(x):
    """(T, B, ·) as (T, ·, B)."""
    return x.swapaxes(1, 2)


def agrees_with_torch(cell, layers, its, to=1e-10):
    """Our layers, given PyTorch's weights and blame, say what it said, forwards and backwards."""
    T, B, D = its["x"].shape
    H = its["out"].shape[2]
    model = Model(cell, D, H, K=H, layers=layers, dtype=np.float64)
    model.params[:-1] = from_torch(cell, under("w.", its))
    model.params[-1] = {"V": np.eye(H), "b_y": np.zeros((H, 1))}           # the read-out hands h on

    def states(name):
        """A state for each layer."""
        return [cell.state(*(its[name.format(q)][k].T for q in cell.state._fields)) for k in range(layers)]

    trace = model(columns(its["x"]), states("{}0"))
    assert gap(trace.y, columns(its["out"])) < to
    assert close(trace.s, states("{}_last"), to)

    grads, dx, ds0 = model.gradients(trace, columns(its["dout"]), states("d{}_last"))
    assert gap(dx, columns(its["dx"])) < to
    assert close(ds0, states("d{}0"), to)
    ours, theirs = to_torch(cell, grads[:-1]), under("dw.", its)
    for name in theirs:
        if not name.startswith("bias_hh"):                  # of two biases that are summed, one is ours
            assert gap(ours[name], theirs[name]) < to, name
        elif cell is GRU:
            assert gap(ours[name][-H:], theirs[name][-H:]) < to, name


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("name", TWINS)
def test_forwards_and_backwards_the_numbers_are_those_of_pytorch(name, layers):
    its = under(f"{name}.{layers}.", kept())
    assert its["x"].shape[0] >= 5
    agrees_with_torch(TWINS[name], layers, its)


def test_the_numbers_kept_are_those_of_the_pytorch_that_is_installed():
    torch = pytest.importorskip("torch")
    fresh = numbers(torch)
    assert fresh.keys() == kept().keys()
    for name in TWINS:
        for layers in (1, 2):
            agrees_with_torch(TWINS[name], layers, under(f"{name}.{layers}.", fresh))
    if torch.__version__.split("+")[0] == "2.13.0":
        assert close(fresh, kept(), 1e-10)


@pytest.mark.parametrize("name", TWINS)
def test_there_and_back_nothing_is_lost(name):
    cell = TWINS[name]
    layers = [random_weights(cell, np.random.default_rng(k), D=2 + 2 * k) for k in range(2)]
    assert close(from_torch(cell, to_torch(cell, layers)), layers, 0)
    assert close(from_keras(cell, to_keras(cell, layers[0])), layers[0], 0)
    assert to_torch(cell, layers).keys() == under("w.", under(f"{name}.2.", kept())).keys()
    p = {name: w.astype(np.float32) for name, w in layers[0].items()}
    assert {w.dtype for w in (*to_torch(cell, [p]).values(), *to_keras(cell, p))} == {np.dtype(np.float32)}


# --- Keras: its documented formulas, in its documented layout ---------------------------------------


def keras_lstm(kernel, recurrent, bias, x):
    """keras.layers.LSTM: gates i, f, c̃, o side by side; examples are rows."""
    h = c = np.zeros((x.shape[1], len(recurrent)))
    for x_t in x:
        i, f, g, o = np.split(x_t @ kernel + h @ recurrent + bias, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    return h


def keras_gru(kernel, recurrent, bias, x):
    """keras.layers.GRU with reset_after=True: gates z (keep), r, h̃; two biases, for x and for h."""
    h = np.zeros((x.shape[1], len(recurrent)))
    for x_t in x:
        x_z, x_r, x_h = np.split(x_t @ kernel + bias[0], 3, axis=1)
        h_z, h_r, h_h = np.split(h @ recurrent + bias[1], 3, axis=1)
        z, r = sigmoid(x_z + h_z), sigmoid(x_r + h_r)
        h = z * h + (1 - z) * np.tanh(x_h + r * h_h)
    return h


def keras_rnn(kernel, recurrent, bias, x):
    """keras.layers.SimpleRNN."""
    h = np.zeros((x.shape[1], len(recurrent)))
    for x_t in x:
        h = np.tanh(x_t @ kernel + h @ recurrent + bias)
    return h


@pytest.mark.parametrize("cell, keras", [(RNN, keras_rnn), (LSTM, keras_lstm), (GRU, keras_gru)],
                         ids=["rnn", "lstm", "gru"])
def test_keras_weights_compute_here_what_they_compute_there(cell, keras):
    rng = np.random.default_rng(3)
    T, B, D, H, G = 5, 3, 2, 4, len(cell.gates)
    weights = [rng.normal(size=(D, G * H)), rng.normal(size=(H, G * H)),
               rng.normal(size=(2, G * H) if cell is GRU else G * H)]
    x = rng.normal(size=(T, B, D))
    p = from_keras(cell, weights)
    assert gap(forward(cell, p, columns(x)).h[-1].T, keras(*weights, x)) < 1e-14
    assert gap(keras(*to_keras(cell, p), x), keras(*weights, x)) < 1e-14


# --- what does not fit ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["peephole", "cifg"])
def test_cells_that_the_others_do_not_have(name):
    cell = CELLS[name]
    p = random_weights(cell, np.random.default_rng(0))
    for whose, packed, go in (("PyTorch", [p], to_torch), ("PyTorch", {}, from_torch),
                              ("Keras", p, to_keras), ("Keras", [], from_keras)):
        with pytest.raises(ValueError, match=f"{whose} has no {cell.name}; expected one of RNN, LSTM, GRU"):
            go(cell, packed)


def stack():
    """The state_dict of an LSTM of two layers, D = 2, H = 4."""
    return to_torch(LSTM, [random_weights(LSTM, np.random.default_rng(k), D=2 + 2 * k) for k in range(2)])


ALL = ", ".join(stack())


@pytest.mark.parametrize("change, complaint", [
    ({"bias_hh_l1": ()}, "bias_ih_l1; expected " + ALL),
    ({"weight_ih_l0": ()}, "state_dict holds weight_hh_l0, bias_ih_l0, "),
    ({"weight_ih_l1": ()}, "bias_hh_l1; expected weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0: bidir"),
    ({"weight_ih_l0_reverse": np.zeros((16, 2))}, "weight_ih_l0_reverse; expected weight_ih_l0, "),
    ({"weight_hr_l0": np.zeros((3, 4)), "weight_hh_l0": np.zeros((16, 3))},
     f"weight_hr_l0; expected {ALL}: bidirectional and proj_size have no place here"),
    ({7: np.zeros(3)}, f"bias_hh_l1, 7; expected {ALL}"),
    ({"weight_hh_l0": np.zeros((12, 4))}, "weight_hh_l0 is float64 of shape (12, 4); (16, 4)"),
    ({"weight_hh_l0": np.zeros((16, 0))}, "weight_hh_l0 is float64 of shape (16, 0); (4·H, H)"),
    ({"weight_ih_l0": np.zeros((16, 0))}, "weight_ih_l0 is float64 of shape (16, 0); (16, D)"),
    ({"weight_ih_l1": np.zeros((16, 2))}, "weight_ih_l1 is float64 of shape (16, 2); (16, 4)"),
    ({"bias_ih_l0": np.zeros(4)}, "bias_ih_l0 is float64 of shape (4,); (16,)"),
    ({"bias_hh_l0": np.zeros((16, 1))}, "bias_hh_l0 is float64 of shape (16, 1); (16,)"),
    ({"bias_hh_l0": None}, "bias_hh_l0 is object of shape (); (16,)"),
    ({"weight_hh_l1": 3.0}, "weight_hh_l1 is float64 of shape (); (4·H, H)"),
    ({"weight_ih_l0": np.zeros((16, 2), int)}, "weight_ih_l0 is int64 of shape (16, 2); (16, D)"),
    ({"weight_ih_l0": "a"}, "weight_ih_l0 is <U1 of shape (); (16, D)"),
])
def test_a_state_dict_that_does_not_fit_is_refused(change, complaint):
    state_dict = {name: w for name, w in (stack() | change).items() if not isinstance(w, tuple)}
    with pytest.raises(ValueError, match=re.escape(complaint.replace("; (", "; expected floats of shape ("))):
        from_torch(LSTM, state_dict)


@pytest.mark.parametrize("go, given, complaint", [
    (from_torch, None, "state_dict is NoneType; expected a dict of arrays"),
    (from_torch, [1.0], "state_dict is list; expected a dict of arrays"),
    (from_torch, {}, "state_dict holds ; expected weight_ih_l0, weight_hh_l0: "),
    (from_torch, {f"lstm.{name}": w for name, w in stack().items()}, "state_dict holds lstm.weight_ih_l0, "),
    (to_torch, None, "layers is NoneType; expected a list, p of each layer"),
    (to_torch, {"W": 1}, "layers is dict; expected a list, p of each layer"),
    (to_torch, [None], "layers[0]['W'] is NoneType; expected float32, float64 or complex128: LSTM has the"),
    (to_torch, Model(LSTM, 2, 4, 3).params, "layers[1]['W'] is NoneType; expected float32, float64"),
    (to_torch, [{"W": np.zeros((4, 3, 5)), "b": np.zeros((4, 3))}], "layers[0]['b'] has shape (4, 3); exp"),
    (to_keras, 5, "p['W'] is NoneType; expected float32, float64 or complex128: LSTM has the weights W, b"),
    (to_keras, np.zeros(3), "p['W'] is NoneType; expected"),
    (to_keras, {"W": np.zeros((3, 3, 5)), "b": np.zeros((3, 3, 1))}, "p['W'] has shape (3, 3, 5); expected"),
    (from_keras, None, "weights holds a NoneType; expected kernel, recurrent_kernel, bias (if any)"),
    (from_keras, 3, "weights holds a int; expected kernel"),
    (from_keras, "abc", "weights holds a str; expected kernel"),
    (from_keras, [], "weights holds 0 arrays; expected kernel, recurrent_kernel, bias (if any)"),
    (from_keras, [0, 0, 0, 0, 0, 0], "weights holds 6 arrays; expected kernel"),
])
def test_what_holds_no_weights_is_named(go, given, complaint):
    with pytest.raises(ValueError, match=f"^{re.escape(complaint)}"):
        go(LSTM, given)
    with pytest.raises(ValueError, match="has no NoneType; expected one of RNN, LSTM, GRU"):
        go(None, given)


@pytest.mark.parametrize("cell, k, given, complaint", [
    (LSTM, 0, np.zeros((2, 12)), "kernel is float64 of shape (2, 12); (D, 16)"),
    (LSTM, 1, np.zeros((4, 12)), "recurrent_kernel is float64 of shape (4, 12); (4, 16)"),
    (LSTM, 1, np.zeros(16), "recurrent_kernel is float64 of shape (16,); (H, 4·H)"),
    (LSTM, 2, np.zeros((2, 16)), "bias is float64 of shape (2, 16); (16,)"),
    (GRU, 2, np.zeros(12), "bias is float64 of shape (12,); (2, 12)"),
    (LSTM, 2, None, "bias is object of shape (); (16,)"),
    (LSTM, 0, 1, "kernel is int64 of shape (); (D, 16)"),
])
def test_keras_weights_that_do_not_fit_are_refused(cell, k, given, complaint):
    weights = to_keras(cell, random_weights(cell, np.random.default_rng(0)))
    weights[k] = given
    with pytest.raises(ValueError, match=re.escape(complaint.replace("; (", "; expected floats of shape ("))):
        from_keras(cell, weights)


@pytest.mark.parametrize("name", TWINS)
def test_without_biases_they_are_0(name):
    cell = TWINS[name]
    its = under("w.", under(f"{name}.2.", kept()))
    bare = from_torch(cell, {key: w for key, w in its.items() if key.startswith("weight")})
    assert close(bare, from_torch(cell, {key: w * key.startswith("weight") for key, w in its.items()}), 0)
    assert [list(p) for p in bare] == [["W", "b", *cell.own]] * 2
    kernel, recurrent, bias = to_keras(cell, from_torch(cell, its)[0])
    bare = from_keras(cell, [kernel, recurrent])
    assert close(bare, from_keras(cell, [kernel, recurrent, 0 * bias]), 0)
    assert bare["b"].dtype == np.float64 and not bare["b"].any()
    single = {key: w.astype(np.float32) for key, w in its.items() if key.startswith("weight")}
    half = [w.astype(np.float32) for w in (kernel, recurrent)]
    for p in (*from_torch(cell, single), from_keras(cell, half)):
        assert {w.dtype for w in p.values()} == {np.dtype(np.float32)}
