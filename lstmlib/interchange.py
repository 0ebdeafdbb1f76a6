"""The weights of PyTorch and of Keras, there and back: the same numbers, packed in another order.

Both keep the weights for x and those for h apart, and all gates of a cell in one long array.
"""

import numpy as np

TORCH = {"RNN": "a", "LSTM": "ifgo", "GRU": "run"}       # the order of the gates, in our letters
KERAS = {"RNN": "a", "LSTM": "ifgo", "GRU": "urn"}
PARTS = "weight_ih", "weight_hh", "bias_ih", "bias_hh"


def from_torch(cell, state_dict):
    """The layers of a torch.nn.RNN, LSTM or GRU: from its state_dict() a list of p, the lowest layer first.

    state_dict: weight_ih_l0 (G·H, D), weight_hh_l0 (G·H, H), bias_ih_l0, bias_hh_l0 (G·H,); then those of l1.
    PyTorch's two biases are one here, their sum; the GRU alone needs the second, for its candidate.
    Raises ValueError for wrong shapes, missing names and others (a layer read backwards, a projection).
    """
    order = _order(cell, TORCH, "PyTorch")
    arrays = {name: np.asarray(w) for name, w in state_dict.items()}
    layers = []
    while not layers or f"weight_ih_l{len(layers)}" in arrays:
        names = [f"{name}_l{len(layers)}" for name in PARTS]
        missing = [name for name in names if name not in arrays]
        if missing:
            raise ValueError(f"the state_dict has no {', '.join(missing)}; it has {', '.join(state_dict)}")
        Wx, Wh, b_x, b_h = found = [arrays.pop(name) for name in names]
        H, D = Wh.shape[-1], Wx.shape[-1]
        GH = len(order) * H
        for name, w, shape in zip(names, found, ((GH, D), (GH, H), (GH,), (GH,))):
            _match(name, w, shape)
        layers.append(_pack(cell, order, Wx, Wh, b_x, b_h))
    if arrays:
        raise ValueError(f"{', '.join(arrays)} has no place in the {cell.name} of this library")
    return layers


def to_torch(cell, layers):
    """The state_dict, as arrays, of the torch.nn layer that computes what these layers do: see from_torch."""
    order = _order(cell, TORCH, "PyTorch")
    return {f"{name}_l{k}": w for k, p in enumerate(layers)
            for name, w in zip(PARTS, _unpack(cell, order, p))}


def from_keras(cell, weights):
    """p from layer.get_weights() of a Keras SimpleRNN, LSTM or GRU.

    weights: kernel (D, G·H), recurrent_kernel (H, G·H), bias (G·H,); for the GRU, bias (2, G·H).
    Raises ValueError for wrong shapes, such as those of a GRU with reset_after=False, which is another cell.
    """
    order = _order(cell, KERAS, "Keras")
    if len(weights) != 3:
        raise ValueError(f"weights holds {len(weights)} arrays; expected kernel, recurrent_kernel and bias")
    kernel, recurrent, bias = map(np.asarray, weights)
    D, H, two = len(kernel), len(recurrent), "b_h" in cell.own
    GH = len(order) * H
    _match("kernel", kernel, (D, GH))
    _match("recurrent_kernel", recurrent, (H, GH))
    _match("bias", bias, (2, GH) if two else (GH,))
    return _pack(cell, order, kernel.T, recurrent.T, *(bias if two else (bias, np.zeros_like(bias))))


def to_keras(cell, p):
    """The arrays for layer.set_weights() of the Keras layer that computes what p does: see from_keras."""
    Wx, Wh, b_x, b_h = _unpack(cell, _order(cell, KERAS, "Keras"), p)
    return [Wx.T, Wh.T, np.stack([b_x, b_h]) if "b_h" in cell.own else b_x]


def _order(cell, orders, whose):
    if cell.name not in orders:
        raise ValueError(f"{whose} has no {cell.name}; expected one of {', '.join(orders)}")
    return orders[cell.name]


def _match(name, w, shape):
    if w.shape != shape:
        raise ValueError(f"{name} has shape {w.shape}; expected {shape}")


def _pack(cell, order, Wx, Wh, b_x, b_h):
    """p from long arrays, in which the gates stand in another order."""
    G, H = len(order), Wh.shape[1]
    rows = [order.index(gate) for gate in cell.gates]
    Wx, Wh, b_x, b_h = (w.reshape(G, H, -1)[rows] for w in (Wx, Wh, b_x, b_h))
    p = {"W": np.concatenate([Wh, Wx], axis=-1), "b": b_x + b_h}
    if "b_h" in cell.own:          # the GRU's candidate, its last gate, resets the past with its bias
        p["b"][-1], p["b_h"] = b_x[-1], b_h[-1]
    return p


def _unpack(cell, order, p):
    """Wx (G·H, D), Wh (G·H, H), b_x and b_h (G·H,) of p, with the gates in another order."""
    G, H, _ = p["W"].shape
    rows = [cell.gates.index(gate) for gate in order]
    b_h = np.zeros_like(p["b"])
    if "b_h" in cell.own:
        b_h[-1] = p["b_h"]
    W = p["W"][rows].reshape(G * H, -1)
    return W[:, H:], W[:, :H], p["b"][rows].ravel(), b_h[rows].ravel()
