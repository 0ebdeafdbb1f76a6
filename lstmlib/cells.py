"""One moment of each recurrent cell: forwards (step), and backwards (back).

The legend, used everywhere in this course
    T, B, D, H, K     steps, batch, inputs, hidden units, outputs;  G rows of gates
    x (T, D, B)       a batch of sequences; one moment x[t] is (D, B): each column is one example
    h, c (H, B)       hidden state, cell state;  s = the state of a cell: Hidden(h) or State(h, c)
    z (H+D, B)        [h; x], the old hidden state over the new input
    f i o g           forget gate, input gate, output gate, candidate (c̃ on the sheet)
    W (G, H, H+D)     one matrix per gate, acting on z: W_f·[h_{t-1}, x_t] + b_f
    b (G, H, 1)       one bias per gate
    a                 what is asked of a gate before σ or tanh bends it
    dq                ∂loss/∂q, of the shape of q

A cell is two pure functions.  step(p, s, x) -> s, tape  reads one moment; p holds its weights, by name.
back(p, ds, tape) -> dp, ds, dx  is its mirror: who is blamed × what it was multiplied by × its own slope.
The tape keeps what the way back needs, which is also what the eye wants to see.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy import tanh


def sigmoid(a):
    """σ(a) = 1 / (1 + exp(-a)), written with tanh: it cannot overflow, and σ(±∞) is exactly 1 or 0."""
    return 0.5 + 0.5 * tanh(0.5 * a)


def join(h, x):
    """z = [h; x], of shape (H+D, B): the past above, the present below."""
    return np.concatenate([h, x])


def blame(W, da, z):
    """Back through a = W z + b: returns {"W", "b"}, dh, dx from da (G, H, B) and z = [h; x]."""
    H = da.shape[1]
    dz = (W.mT @ da).sum(0)
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, dz[:H], dz[H:]


class Hidden(NamedTuple):
    """The state of a cell with one memory, h (H, B): RNN and GRU."""
    h: np.ndarray


class State(NamedTuple):
    """The state of a cell with two memories: h (H, B) is said, c (H, B) is kept."""
    h: np.ndarray
    c: np.ndarray


class Cell(NamedTuple):
    """A recurrent cell as data: everything that unrolling, training and drawing need to know of it."""
    name: str
    gates: str                   # one letter for each matrix in W
    state: type
    tape: type
    step: Callable               # p, s, x      ->  s, tape
    back: Callable               # p, ds, tape  ->  dp, ds, dx
    keep: str = ""               # the gate whose bias decides, at the start, how long a memory lives
    own: dict = {}               # weights beside W and b: their shape is (*own[name], H, 1)
    held: dict = {}              # gates that are constants: step and back want p with these pinned


# --- the RNN: Elman 1990 ----------------------------------------------------------------------------


class RNNTape(NamedTuple):
    """One moment of an RNN."""
    z: np.ndarray
    h: np.ndarray


def rnn_step(p, s, x):
    """h = tanh(W·[h, x] + b)      Elman (1990); on the sheet h_t = f(h_{t-1}, x_t), an f that is no gate."""
    z = join(s.h, x)
    (h,) = tanh(p["W"] @ z + p["b"])
    return Hidden(h), RNNTape(z, h)


def rnn_back(p, ds, tape):
    """The way back through rnn_step."""
    z, h = tape
    da = (ds.h * (1 - h**2))[None]
    dp, dh, dx = blame(p["W"], da, z)
    return dp, Hidden(dh), dx


# --- the LSTM: Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000 --------------


class Tape(NamedTuple):
    """One moment of an LSTM, of a peephole LSTM, of a CIFG."""
    z: np.ndarray
    f: np.ndarray
    i: np.ndarray
    o: np.ndarray
    g: np.ndarray
    c_prev: np.ndarray
    c: np.ndarray
    h: np.ndarray


def lstm_step(p, s, x):
    """c = f * c + i * g        h = o * tanh(c)        Hochreiter & Schmidhuber (1997), Gers et al. (2000)."""
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = tanh(a[3])
    c = f * s.c + i * g
    h = o * tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


def lstm_back(p, ds, tape):
    """The way back through lstm_step."""
    z, f, i, o, g, c_prev, c, _ = tape
    dc = ds.c + ds.h * o * (1 - tanh(c)**2)
    da = np.stack([
        # blamed × multiplied by × own slope
        dc       * c_prev        * f * (1 - f),
        dc       * g             * i * (1 - i),
        ds.h     * tanh(c)       * o * (1 - o),
        dc       * i             * (1 - g**2),
    ])
    dp, dh, dx = blame(p["W"], da, z)
    dc = dc * f                                  # the constant error carousel
    return dp, State(dh, dc), dx


# --- peepholes: Gers & Schmidhuber 2000 -------------------------------------------------------------


def peephole_step(p, s, x):
    """The gates see the memory through P: f and i the old c, o the new one.     Gers & Schmidhuber (2000)."""
    P_f, P_i, P_o = p["P"]
    z = join(s.h, x)
    a_f, a_i, a_o, a_g = p["W"] @ z + p["b"]
    f = sigmoid(a_f + P_f * s.c)
    i = sigmoid(a_i + P_i * s.c)
    g = tanh(a_g)
    c = f * s.c + i * g
    o = sigmoid(a_o + P_o * c)
    h = o * tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


def peephole_back(p, ds, tape):
    """The way back through peephole_step: c is blamed by the gates that looked at it, too."""
    P_f, P_i, P_o = p["P"]
    z, f, i, o, g, c_prev, c, _ = tape
    da_o = ds.h * tanh(c) * o * (1 - o)
    dc = ds.c + ds.h * o * (1 - tanh(c)**2) + P_o * da_o
    da_f = dc * c_prev * f * (1 - f)
    da_i = dc * g * i * (1 - i)
    da_g = dc * i * (1 - g**2)
    dp, dh, dx = blame(p["W"], np.stack([da_f, da_i, da_o, da_g]), z)
    dp["P"] = np.stack([da_f * c_prev, da_i * c_prev, da_o * c]).sum(-1, keepdims=True)
    dc = dc * f + P_f * da_f + P_i * da_i
    return dp, State(dh, dc), dx


# --- coupled input and forget gate: Greff et al. 2015 -----------------------------------------------


def cifg_step(p, s, x):
    """c = f * c + (1 - f) * g: to write is to forget.        Greff et al. (2015), "CIFG"."""
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, o = sigmoid(a[:2])
    i = 1 - f
    g = tanh(a[2])
    c = f * s.c + i * g
    h = o * tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


def cifg_back(p, ds, tape):
    """The way back through cifg_step: f is blamed for what it kept and for what it kept out."""
    z, f, i, o, g, c_prev, c, _ = tape
    dc = ds.c + ds.h * o * (1 - tanh(c)**2)
    da = np.stack([
        dc       * (c_prev - g)  * f * (1 - f),
        ds.h     * tanh(c)       * o * (1 - o),
        dc       * i             * (1 - g**2),
    ])
    dp, dh, dx = blame(p["W"], da, z)
    return dp, State(dh, dc * f), dx


# --- the GRU: Cho et al. 2014, in PyTorch's form ----------------------------------------------------


class GRUTape(NamedTuple):
    """One moment of a GRU: reset gate r, update gate u, the candidate n and what the past asked of it."""
    z: np.ndarray
    r: np.ndarray
    u: np.ndarray
    n: np.ndarray
    past: np.ndarray
    h: np.ndarray


def gru_step(p, s, x):
    """n = tanh(W_x x + b_n + r * (W_h h + b_h))        h = u * h + (1 - u) * n

    Cho et al. (2014) reset the past before its matrix, W_h (r * h); this is the form of PyTorch and cuDNN,
    which resets it after. u = 1 keeps, as in PyTorch (whose letter for it is z).
    """
    H = len(s.h)
    z = join(s.h, x)
    r, u = sigmoid(p["W"][:2] @ z + p["b"][:2])
    past = p["W"][2, :, :H] @ s.h + p["b_h"]
    n = tanh(p["W"][2, :, H:] @ x + p["b"][2] + r * past)
    h = u * s.h + (1 - u) * n
    return Hidden(h), GRUTape(z, r, u, n, past, h)


def gru_back(p, ds, tape):
    """The way back through gru_step: the candidate meets the past and the present apart."""
    z, r, u, n, past, _ = tape
    H = len(past)
    h_prev, x = z[:H], z[H:]
    da_n = ds.h * (1 - u) * (1 - n**2)
    da_u = ds.h * (h_prev - n) * u * (1 - u)
    da_r = da_n * past * r * (1 - r)
    to_past = np.stack([da_r, da_u, da_n * r])
    to_x = np.stack([da_r, da_u, da_n])
    dp = {
        "W": np.concatenate([to_past @ h_prev.T, to_x @ x.T], axis=-1),
        "b": to_x.sum(-1, keepdims=True),
        "b_h": to_past[2].sum(-1, keepdims=True),
    }
    Wh, Wx = p["W"][..., :H], p["W"][..., H:]
    return dp, Hidden(ds.h * u + (Wh.mT @ to_past).sum(0)), (Wx.mT @ to_x).sum(0)


RNN = Cell("RNN", "a", Hidden, RNNTape, rnn_step, rnn_back)
LSTM = Cell("LSTM", "fiog", State, Tape, lstm_step, lstm_back, keep="f")
PEEPHOLE = Cell("peephole LSTM", "fiog", State, Tape, peephole_step, peephole_back, keep="f", own={"P": (3,)})
CIFG = Cell("CIFG", "fog", State, Tape, cifg_step, cifg_back, keep="f")
GRU = Cell("GRU", "run", Hidden, GRUTape, gru_step, gru_back, keep="u", own={"b_h": ()})


# --- ablations are data -----------------------------------------------------------------------------


def pin(cell, p, **gates):
    """A copy of the weights p in which gates are pinned: pin(LSTM, p, f=1) is the cell of 1997.

    gates: a value in [0, 1] for each sigmoid gate. A gate pinned at 0 or 1 has the slope σ(1 - σ) = 0 and
    stays there while the rest learns; at any other value it goes on learning from there (hold keeps it).
    Raises ValueError for a gate that the cell does not have, or a value outside [0, 1].
    """
    p = {name: w.copy() for name, w in p.items()}
    for k, value in _rows(cell, gates).items():
        with np.errstate(divide="ignore"):
            p["W"][k], p["b"][k] = 0, np.log(value) - np.log1p(-value)
        if "P" in p:
            p["P"][k] = 0
    return p


def hold(cell, **gates):
    """The cell with gates that are constants, not learned: hold(LSTM, i=.1). Values and errors as for pin.

    unroll pins them, whatever p holds, and blames nothing on them; step and back are those of the free cell.
    """
    _rows(cell, gates)
    values = ", ".join(f"{gate} = {value:g}" for gate, value in gates.items())
    return cell._replace(name=f"{cell.name}, {values}", held=cell.held | gates)


def pinned(cell, p):
    """The weights p as step and back of the cell want them: its held gates are pinned."""
    return pin(cell, p, **cell.held) if cell.held else p


def unblamed(cell, dp):
    """dp, with no blame on the rows of held gates."""
    for gate in cell.held:
        for name in dp.keys() & {"W", "b", "P"}:
            dp[name][cell.gates.index(gate)] = 0
    return dp


def _rows(cell, gates):
    """{row in W: value} for {gate: value}, or the ValueError that says what is wrong with it."""
    sigmoids = [gate for gate in cell.gates if gate in "fioru"]
    for gate, value in gates.items():
        if gate not in sigmoids:
            raise ValueError(f"{cell.name} has no gate {gate!r} to pin or hold; its sigmoid gates: "
                             f"{', '.join(sigmoids) or 'none'}")
        if not 0 <= value <= 1:
            raise ValueError(f"{gate} = {value} is no value of a gate; expected a number from 0 to 1")
    return {cell.gates.index(gate): value for gate, value in gates.items()}
