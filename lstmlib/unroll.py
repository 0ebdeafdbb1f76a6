"""A cell unrolled through time: forward, and backward (backpropagation through time, Werbos 1990).

Everything here is a loop over cell.step and cell.back: what a cell is, it alone knows. fast.py has the same
loop for the LSTM, written for speed, and is taken where it can be.
"""

from typing import NamedTuple

import numpy as np

from . import fast
from .cells import lstm_back, lstm_step, pinned, unblamed


class Run(NamedTuple):
    """What forward leaves behind: all that backward and the plots need."""
    h: np.ndarray                # (T, H, B), the hidden state after each step
    s: tuple                     # the last state
    tape: tuple                  # the film of every gate: each field (T, ·, B)
    x: np.ndarray                # what was read
    s0: tuple                    # and from which state on
    mask: np.ndarray | None      # (T, B): 0 where a sequence had ended and its state was kept


def weights(cell, D, H, rng, forget_bias=1.0):
    """Initial weights of a cell with D inputs and H units: W (G, H, H+D), b (G, H, 1), its own ones; float64.

    Each recurrent matrix is orthogonal (Saxe et al. 2014): it neither shrinks nor stretches. W_x is normal with
    variance 1/D. Biases are 0, but forget_bias on the gate that keeps: Gers et al. (2000), Jozefowicz et al. (2015).
    Raises ValueError if D or H is no positive whole number.
    """
    for name, n in (("D", D), ("H", H)):
        if not isinstance(n, int | np.integer) or n < 1:
            raise ValueError(f"weights: {name} = {n!r}; expected a whole number ≥ 1")
    G = len(cell.gates)
    Wh, _ = np.linalg.qr(rng.normal(size=(G, H, H)))
    Wx = rng.normal(size=(G, H, D)) / np.sqrt(D)
    p = {"W": np.concatenate([Wh, Wx], axis=-1), "b": np.zeros((G, H, 1))}
    p |= {name: np.zeros((*shape, H, 1)) for name, shape in cell.own.items()}
    if cell.keep:
        p["b"][cell.gates.index(cell.keep)] = forget_bias
    return p


def zeros(cell, H, B, dtype=np.float64):
    """The state of a cell that has read nothing: zeros of shape (H, B)."""
    return cell.state(*(np.zeros((H, B), dtype) for _ in cell.state._fields))


def forward(cell, p, x, s0=None, mask=None):
    """Reads x with the weights p, from the state s0 on (default: zeros), and returns a Run.

    x: (T, D, B) floats, or (T, B) whole numbers, the ids of tokens: id k means the one-hot column k, which
    picks a column of each W_x; that is all an embedding is. mask: (T, B) of 0 and 1; where it is 0 the state
    passes unchanged. Weights are float32, float64 or complex128; x and s0 are read in their precision.
    Raises ValueError, naming the argument, for wrong shapes and dtypes, NaN and ±∞ (but b may hold ±∞: pin).
    """
    x, s0, mask = _at_the_door(cell, p, x, s0, mask)
    p = pinned(cell, p)
    if _quick(cell, mask, *p.values(), x, *s0):
        return Run(*fast.forward(p, x, s0), x, s0, mask)
    s, hs, tapes = s0, [], []
    with np.errstate(invalid="ignore"):      # a pinned gate, ∞, × a complex ½ is ∞ + NaN i: its tanh is 1
        for t, x_t in enumerate(x if x.ndim == 3 else one_hot(x, inputs(p), p["W"].dtype)):
            new, tape = cell.step(p, s, x_t)
            s = new if mask is None else cell.state(*(np.where(mask[t], n, q) for n, q in zip(new, s)))
            hs.append(s.h)
            tapes.append(tape)
    return Run(np.stack(hs), s, cell.tape(*map(np.stack, zip(*tapes))), x, s0, mask)


def backward(cell, p, run, dh, ds=None):
    """From dh (T, H, B), the blame on each h, back to dp, dx, ds0: of weights, inputs and the first state.

    ds: the blame on the last state, from whatever reads on from there (default: none). dx is None for ids.
    Raises ValueError if dh or ds has not the shape of what it blames.
    """
    _, H, B = run.h.shape
    dtype = run.h.dtype
    dh = _numbers("dh", dh, run.h.shape, dtype)
    ds = zeros(cell, H, B, dtype) if ds is None else _state("ds", cell, ds, H, B, dtype)
    if _quick(cell, run.mask, *p.values(), run.h, dh, *ds):
        D = run.x.shape[1] if run.x.ndim == 3 else 0
        dp, dx, ds0 = fast.backward(pinned(cell, p), run.tape, dh, ds, D)
        return unblamed(cell, dp), dx if D else None, ds0
    dp, dxs = {name: np.zeros(w.shape, np.result_type(w, dtype, dh)) for name, w in p.items()}, []
    for back in walk_back(cell, p, run, dh, ds):
        for name in dp:
            dp[name] += back.dp[name]
        dxs.append(back.dx)
    return dp, None if run.x.ndim == 2 else np.stack(dxs[::-1]), back.ds


class Back(NamedTuple):
    """One moment of the way back."""
    t: int
    blamed: tuple                # the blame on the state after step t, dh[t] among it
    dp: dict                     # what of it falls on the weights, at this step alone
    ds: tuple                    # what is left for the state before it
    dx: np.ndarray               # what falls on the input


def walk_back(cell, p, run, dh, ds):
    """Back through a run, from its last moment: yields a Back for each. dh, ds as for backward, given."""
    p = pinned(cell, p)
    for t in reversed(range(len(dh))):
        blamed = through = ds._replace(h=ds.h + dh[t])
        if run.mask is not None:             # where it is 0, the blame goes around the cell
            through, around = (cell.state(*(m * d for d in blamed)) for m in (run.mask[t], 1 - run.mask[t]))
        dp, ds, dx = cell.back(p, through, cell.tape(*(q[t] for q in run.tape)))
        if run.mask is not None:
            ds = cell.state(*map(np.add, ds, around))
        yield Back(t, blamed, unblamed(cell, dp), ds, dx)


def inputs(p):
    """D, the number of inputs that the weights p read."""
    return p["W"].shape[2] - p["W"].shape[1]


def one_hot(ids, D, dtype=np.float64):
    """Token ids (…, B) as columns of one 1 and else 0, (…, D, B)."""
    return (ids[..., None, :] == np.arange(D)[:, None]).astype(dtype)


def _quick(cell, mask, *arrays):
    """Whether fast.py can do it: for our own LSTM, gates held or not, in real numbers, without a mask."""
    ours = cell.step is lstm_step and cell.back is lstm_back
    return ours and mask is None and not any(map(np.iscomplexobj, arrays))


def _at_the_door(cell, p, x, s0, mask):
    """x, s0 and mask as forward needs them, or a ValueError that says which argument is wrong, and how."""
    D, H = _weights(cell, p)
    dtype = p["W"].dtype
    x = np.asarray(x)
    if x.dtype.kind in "iu":
        if x.ndim != 2 or not x.size:
            raise ValueError(f"x holds whole numbers and has shape {x.shape}; expected ids (T, B), T and "
                             "B ≥ 1, or floats (T, D, B)")
        if x.min() < 0 or x.max() >= D:
            raise ValueError(f"x holds ids from {x.min()} to {x.max()}; expected 0 to {D - 1}, as W reads")
    elif x.ndim != 3 or x.shape[1] != D or not x.size:
        raise ValueError(f"x has shape {x.shape}; expected (T, D, B) with D = {D}, as W reads, and T, B ≥ 1")
    else:
        x = _finite("x", _numbers("x", x, x.shape, dtype))
    T, B = x.shape[0], x.shape[-1]
    if s0 is None:
        s0 = zeros(cell, H, B, dtype)
    else:
        s0 = _state("s0", cell, s0, H, B, dtype)
        for name, q in zip(cell.state._fields, s0):
            _finite(f"s0.{name}", q)
    if mask is not None:
        mask = _numbers("mask", mask, (T, B), dtype.type().real.dtype)
        if not ((mask == 0) | (mask == 1)).all():
            raise ValueError("mask holds other numbers than 0 and 1")
    return x, s0, mask


def _weights(cell, p, its="p"):
    """D and H of the weights of a cell, or a ValueError; its: their name."""
    for name in ("W", "b", *cell.own):
        w = p.get(name) if hasattr(p, "get") else None
        if getattr(w, "dtype", None) not in (np.float32, np.float64, np.complex128):
            came = getattr(w, "dtype", type(w).__name__)
            raise ValueError(f"{its}[{name!r}] is {came}; expected float32, float64 or complex128: "
                             f"{cell.name} has the weights {', '.join(('W', 'b', *cell.own))}")
    W, G = p["W"], len(cell.gates)
    if W.ndim != 3 or len(W) != G or W.shape[2] <= W.shape[1]:
        raise ValueError(f"{its}['W'] has shape {W.shape}; expected (G, H, H+D) with G = {G} for {cell.name}")
    H = W.shape[1]
    for name, shape in {"b": (G,), **cell.own}.items():
        _match(f"{its}[{name!r}]", p[name], (*shape, H, 1))
    for name in ("W", *cell.own):
        _finite(f"{its}[{name!r}]", p[name])
    if np.isnan(p["b"]).any():
        _finite(f"{its}['b']", np.where(np.isinf(p["b"]), 0, p["b"]))
    return inputs(p), H


def _state(name, cell, s, H, B, dtype):
    """A state of a cell, or the blame on one, or a ValueError."""
    if len(s) != len(cell.state._fields):
        raise ValueError(f"{name} holds {len(s)} arrays; expected {', '.join(cell.state._fields)}")
    return cell.state(*(_numbers(f"{name}.{k}", q, (H, B), dtype) for k, q in zip(cell.state._fields, s)))


def _numbers(name, array, shape, dtype):
    """An array of this shape, in the precision of dtype (complex if it is), or a ValueError."""
    array = np.asarray(array)
    if array.dtype.kind not in "fciub":
        raise ValueError(f"{name} is {array.dtype}; expected numbers")
    _match(name, array, shape)
    return array.astype(np.result_type(dtype, np.complex64) if array.dtype.kind == "c" else dtype, copy=False)


def _match(name, array, shape):
    if np.shape(array) != shape:
        raise ValueError(f"{name} has shape {np.shape(array)}; expected {shape}")


def _finite(name, array):
    if not np.isfinite(array).all():
        where = tuple(map(int, np.argwhere(~np.isfinite(array))[0]))
        raise ValueError(f"{name}[{', '.join(map(str, where))}] is {array[where]}; expected finite numbers")
    return array
