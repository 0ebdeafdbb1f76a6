"""The weights of PyTorch and of Keras, there and back: the same numbers, packed in another order.

Both keep the weights for x and those for h apart, and all gates of a cell in one long array. Weights do not
say what bends them: layers with other functions than σ and tanh (nonlinearity="relu", activation="relu",
recurrent_activation="hard_sigmoid") are taken without complaint and compute something else here.
"""

import numpy as np

from .unroll import _weights

TORCH = {"RNN": "a", "LSTM": "ifgo", "GRU": "run"}       # the order of the gates, in our letters
KERAS = {"RNN": "a", "LSTM": "ifgo", "GRU": "urn"}
PARTS = "weight_ih", "weight_hh", "bias_ih", "bias_hh"


def from_torch(cell, state_dict):
    """The layers of a torch.nn.RNN, LSTM or GRU: from its state_dict() a list of p, the lowest layer first.

    state_dict: weight_ih_l0 (G·H, D), weight_hh_l0 (G·H, H), bias_ih_l0, bias_hh_l0 (G·H,); then those of l1,
    whose D is H. PyTorch's two biases are one here, their sum; the GRU alone needs the second, for its
    candidate. With bias=False there are none, and b is 0.
    Raises ValueError for missing names and others (bidirectional, proj_size), wrong shapes, no floats.
    """
    order = _order(cell, TORCH, "PyTorch")
    if not hasattr(state_dict, "keys"):
        raise ValueError(f"state_dict is {type(state_dict).__name__}; expected a dict of arrays")
    parts = PARTS[:4 if any("bias" in str(name) for name in state_dict) else 2]
    K = max(1, sum("weight_ih" in str(name) for name in state_dict))
    names = [[f"{part}_l{k}" for part in parts] for k in range(K)]
    if set(state_dict) != set(sum(names, [])):
        raise ValueError(f"state_dict holds {', '.join(map(str, state_dict))}; expected "
                         f"{', '.join(sum(names, []))}: bidirectional and proj_size have no place here")
    D, G, layers = "D", len(order), []
    for its in names:
        H = _array(its[1], state_dict[its[1]], f"{G}·H", "H").shape[1]
        shapes = (G * H, D), (G * H, H), (G * H,), (G * H,)
        found = [_array(name, state_dict[name], *shape) for name, shape in zip(its, shapes)]
        layers.append(_pack(cell, order, *found, *[np.zeros(G * H, found[0].dtype)] * (4 - len(found))))
        D = H
    return layers


def to_torch(cell, layers):
    """The state_dict, as arrays, of the torch.nn layer that computes what these layers do: see from_torch.

    layers: a list of p, such as model.params[:-1]. Raises ValueError if one of them does not fit the cell.
    """
    order = _order(cell, TORCH, "PyTorch")
    if not isinstance(layers, list | tuple):
        raise ValueError(f"layers is {type(layers).__name__}; expected a list, p of each layer")
    return {f"{name}_l{k}": w for k, p in enumerate(layers)
            for name, w in zip(PARTS, _unpack(cell, order, p, f"layers[{k}]"))}


def from_keras(cell, weights):
    """p from layer.get_weights() of a Keras SimpleRNN, LSTM or GRU.

    weights: kernel (D, G·H), recurrent_kernel (H, G·H), bias (G·H,); for the GRU, bias (2, G·H). With
    use_bias=False there is no bias, and b is 0.
    Raises ValueError for another number of arrays (as of a Bidirectional layer) and wrong shapes, such as
    those of a GRU with reset_after=False, which is another cell; without a bias it cannot be told.
    """
    order = _order(cell, KERAS, "Keras")
    came = f"{len(weights)} arrays" if isinstance(weights, list | tuple) else f"a {type(weights).__name__}"
    if came not in ("2 arrays", "3 arrays"):
        raise ValueError(f"weights holds {came}; expected kernel, recurrent_kernel, bias (if any)")
    G, two, names = len(order), "b_h" in cell.own, ("kernel", "recurrent_kernel", "bias")
    H = len(_array("recurrent_kernel", weights[1], "H", f"{G}·H"))
    shapes = ("D", G * H), (H, G * H), (2, G * H) if two else (G * H,)
    found = [_array(name, w, *shape) for name, w, shape in zip(names, weights, shapes)]
    kernel, recurrent, bias = [*found, np.zeros(shapes[2], found[0].dtype)][:3]
    return _pack(cell, order, kernel.T, recurrent.T, *(bias if two else (bias, np.zeros_like(bias))))


def to_keras(cell, p):
    """The arrays for layer.set_weights() of the Keras layer that computes what p does: see from_keras.

    Raises ValueError if p does not fit the cell.
    """
    Wx, Wh, b_x, b_h = _unpack(cell, _order(cell, KERAS, "Keras"), p, "p")
    return [Wx.T, Wh.T, np.stack([b_x, b_h]) if "b_h" in cell.own else b_x]


def _order(cell, orders, whose):
    name = getattr(cell, "name", type(cell).__name__)
    if name not in orders:
        raise ValueError(f"{whose} has no {name}; expected one of {', '.join(orders)}")
    return orders[name]


def _array(name, w, *shape):
    """w as an array of floats of this shape, in which a letter is any number from 1 on; or a ValueError."""
    array = np.asarray(w)
    fits = [n == m or n > 0 and isinstance(m, str) for n, m in zip(array.shape, shape)]
    if array.dtype.kind != "f" or array.ndim != len(shape) or not all(fits):
        raise ValueError(f"{name} is {array.dtype} of shape {array.shape}; expected floats of shape "
                         f"{str(shape).replace(chr(39), '')}")
    return array


def _pack(cell, order, Wx, Wh, b_x, b_h):
    """p from long arrays, in which the gates stand in another order."""
    G, H = len(order), Wh.shape[1]
    rows = [order.index(gate) for gate in cell.gates]
    Wx, Wh, b_x, b_h = (w.reshape(G, H, -1)[rows] for w in (Wx, Wh, b_x, b_h))
    p = {"W": np.concatenate([Wh, Wx], axis=-1), "b": b_x + b_h}
    if "b_h" in cell.own:          # the GRU's candidate, its last gate, resets the past with its bias
        p["b"][-1], p["b_h"] = b_x[-1], b_h[-1]
    return p


def _unpack(cell, order, p, its):
    """Wx (G·H, D), Wh (G·H, H), b_x and b_h (G·H,) of p, with the gates in another order; its: name of p."""
    _weights(cell, p, its)
    G, H, _ = p["W"].shape
    rows = [cell.gates.index(gate) for gate in order]
    b_h = np.zeros_like(p["b"])
    if "b_h" in cell.own:
        b_h[-1] = p["b_h"]
    W = p["W"][rows].reshape(G * H, -1)
    return W[:, H:], W[:, :H], p["b"][rows].ravel(), b_h[rows].ravel()
