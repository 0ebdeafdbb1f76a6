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


@pytest.mark.parametrize("change, complaint", [
    ({"bias_hh_l1": None}, "the state_dict has no bias_hh_l1; it has weight_ih_l0"),
    ({"weight_ih_l0": None}, "the state_dict has no weight_ih_l0; it has weight_hh_l0"),
    ({"weight_ih_l0_reverse": np.zeros((16, 2))}, "weight_ih_l0_reverse has no place in the LSTM of this"),
    ({"weight_hh_l0": np.zeros((12, 4))}, "weight_hh_l0 has shape (12, 4); expected (16, 4)"),
    ({"weight_ih_l1": np.zeros((12, 4))}, "weight_ih_l1 has shape (12, 4); expected (16, 4)"),
    ({"bias_ih_l0": np.zeros(4)}, "bias_ih_l0 has shape (4,); expected (16,)"),
    ({"bias_hh_l0": np.zeros((16, 1))}, "bias_hh_l0 has shape (16, 1); expected (16,)"),
])
def test_a_state_dict_that_does_not_fit_is_refused(change, complaint):
    layers = [random_weights(LSTM, np.random.default_rng(k), D=2 + 2 * k) for k in range(2)]
    state_dict = to_torch(LSTM, layers) | change
    state_dict = {name: w for name, w in state_dict.items() if w is not None}
    with pytest.raises(ValueError, match=re.escape(complaint)):
        from_torch(LSTM, state_dict)


@pytest.mark.parametrize("cell, k, shape, complaint", [
    (LSTM, 0, (2, 12), "kernel has shape (2, 12); expected (2, 16)"),
    (LSTM, 1, (4, 12), "recurrent_kernel has shape (4, 12); expected (4, 16)"),
    (LSTM, 2, (2, 16), "bias has shape (2, 16); expected (16,)"),
    (GRU, 2, (12,), "bias has shape (12,); expected (2, 12)"),
])
def test_keras_weights_that_do_not_fit_are_refused(cell, k, shape, complaint):
    weights = to_keras(cell, random_weights(cell, np.random.default_rng(0)))
    weights[k] = np.zeros(shape)
    with pytest.raises(ValueError, match=re.escape(complaint)):
        from_keras(cell, weights)
    with pytest.raises(ValueError, match="weights holds 2 arrays; expected kernel, recurrent_kernel and"):
        from_keras(cell, weights[:2])
