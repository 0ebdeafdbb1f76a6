"""Two later cells in the form of lstmlib.cells, so that forward, train and gradcheck take them, and a scan.

The letters are those of the LSTM; e is an exponential input gate, k what is kept.
"""

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy import tanh

from lstmlib.cells import LSTM, Cell, Hidden, State, Tape, blame, join, sigmoid

# --- gates that cannot see h: the minLSTM of Feng et al. 2024 ---------------------------------------


class MinTape(NamedTuple):
    """One moment of a minLSTM."""
    z: np.ndarray
    f: np.ndarray
    i: np.ndarray
    g: np.ndarray
    h: np.ndarray


def minlstm_step(p, s, x):
    """h = (f * h + i * g) / (f + i)       f, i, g of x alone       Feng et al. (2024), "minLSTM".

    The columns of W that meet h stand idle, so that W has the shape of every other cell's.
    """
    H = len(s.h)
    a = p["W"][..., H:] @ x + p["b"]
    f, i = sigmoid(a[:2])
    g = a[2]
    h = (f * s.h + i * g) / (f + i)
    return Hidden(h), MinTape(join(s.h, x), f, i, g, h)


def minlstm_back(p, ds, tape):
    """The way back through minlstm_step: no blame comes to the old h but along the belt."""
    z, f, i, g, h = tape
    H = len(h)
    d = ds.h / (f + i)
    da = np.stack([
        d        * (z[:H] - h)   * f * (1 - f),
        d        * (g - h)       * i * (1 - i),
        d        * i,
    ])
    dp, _, dx = blame(p["W"], da, z)
    dp["W"][..., :H] = 0
    return dp, Hidden(d * f), dx


# --- an exponential gate: the sLSTM of Beck et al. 2024 ---------------------------------------------


class Weighed(NamedTuple):
    """The state of an sLSTM: h (H, B) is said, c is a sum, n the sum of its weights, both in units of exp(m)."""
    h: np.ndarray
    c: np.ndarray
    n: np.ndarray
    m: np.ndarray


class SLSTMTape(NamedTuple):
    """One moment of an sLSTM: k is what is kept and e what is written, f and exp(a_e) in the new unit exp(m)."""
    z: np.ndarray
    f: np.ndarray
    e: np.ndarray
    o: np.ndarray
    g: np.ndarray
    k: np.ndarray
    c_prev: np.ndarray
    n_prev: np.ndarray
    c: np.ndarray
    n: np.ndarray
    m: np.ndarray
    h: np.ndarray


def log_sigmoid(a):
    """log σ(a), and neither log 0 where σ is tiny nor exp of much where it is 1."""
    below = a.real < 0
    return np.where(below, a, 0) - np.log1p(np.exp(np.where(below, a, -a)))


def slstm_step(p, s, x, bounded=False):
    """c = f * c + exp(a_e) * g      n = f * n + exp(a_e)      h = o * c / n        Beck et al. (2024), "sLSTM".

    m keeps exp small: c and n are multiplied by the same exp(-m), which h = o * c / n does not show. So m is a
    choice, made by real parts, and nothing is learned from it. bounded: the input gate is σ(a_e), as in an LSTM.
    """
    z = join(s.h, x)
    a_f, a_e, a_o, a_g = p["W"] @ z + p["b"]
    f, o = sigmoid(a_f), sigmoid(a_o)
    g = tanh(a_g)
    if bounded:
        a_e = log_sigmoid(a_e)
    with np.errstate(divide="ignore"):           # a gate that is shut: log 0 = -∞
        a_k = np.log(f) + s.m
    m = np.maximum(a_k.real, a_e.real).astype(a_e.dtype)
    k, e = np.exp(a_k - m), np.exp(a_e - m)
    c = k * s.c + e * g
    n = k * s.n + e
    h = o * c / n
    return Weighed(h, c, n, m), SLSTMTape(z, f, e, o, g, k, s.c, s.n, c, n, m, h)


def slstm_back(p, ds, tape, bounded=False):
    """The way back through slstm_step: whatever m was chosen, h is the same, so the new m is blamed for nothing."""
    z, f, e, o, g, k, c_prev, n_prev, c, n, m, _ = tape
    dc = ds.c + ds.h * o / n
    dn = ds.n - ds.h * o * c / n**2
    dk = dc * c_prev + dn * n_prev
    slope = 1 - e * np.exp(m) if bounded else 1
    da = np.stack([
        dk                       * k * (1 - f),
        (dc * g + dn)            * e * slope,
        ds.h     * c / n         * o * (1 - o),
        dc       * e             * (1 - g**2),
    ])
    dp, dh, dx = blame(p["W"], da, z)
    return dp, Weighed(dh, dc * k, dn * k, dk * k), dx


MINLSTM = Cell("minLSTM", "fig", Hidden, MinTape, minlstm_step, minlstm_back, keep="f")
SLSTM = Cell("sLSTM", "feog", Weighed, SLSTMTape, slstm_step, slstm_back, keep="f")
BOUNDED = SLSTM._replace(name="sLSTM with σ for exp", step=partial(slstm_step, bounded=True),
                         back=partial(slstm_back, bounded=True))


# --- an f that may be negative ----------------------------------------------------------------------


def turning_step(p, s, x):
    """The LSTM with f = tanh(a_f), from -1 to 1, so that it can turn over what is kept."""
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, g = tanh(a[[0, 3]])
    i, o = sigmoid(a[1:3])
    c = f * s.c + i * g
    h = o * tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


def turning_back(p, ds, tape):
    """The way back through turning_step."""
    z, f, i, o, g, c_prev, c, _ = tape
    dc = ds.c + ds.h * o * (1 - tanh(c)**2)
    da = np.stack([
        dc       * c_prev        * (1 - f**2),
        dc       * g             * i * (1 - i),
        ds.h     * tanh(c)       * o * (1 - o),
        dc       * i             * (1 - g**2),
    ])
    dp, dh, dx = blame(p["W"], da, z)
    return dp, State(dh, dc * f), dx


TURNING = LSTM._replace(name="LSTM, f from -1 to 1", step=turning_step, back=turning_back)


# --- cells that see no h, or not everywhere: the controls that change nothing else ------------------


def blinded(name, letters, cell=LSTM):
    """The cell from which h is hidden in these of its gates; "g" is the candidate. Their columns for h stand idle."""
    rows = [cell.gates.index(letter) for letter in letters]

    def blind(p):
        W = p["W"].copy()
        W[rows, :, :W.shape[1]] = 0
        return p | {"W": W}

    def step(p, s, x):
        return cell.step(blind(p), s, x)

    def back(p, ds, tape):
        dp, ds, dx = cell.back(blind(p), ds, tape)
        return blind(dp), ds, dx
    return cell._replace(name=name, step=step, back=back)


BLIND = blinded("LSTM that sees no h", "fiog")
BLIND_GATES = blinded("LSTM whose gates see no h", "fio")
BLIND_CANDIDATE = blinded("LSTM whose candidate sees no h", "g")
BLIND_TURNING = blinded("LSTM that sees no h, f from -1 to 1", "fiog", TURNING)
BLIND_SLSTM = blinded("sLSTM that sees no h", "feog", SLSTM)


# --- all steps at once ------------------------------------------------------------------------------


def scan(a, b, h0):
    """h (T, H, B) with h_t = a_t * h_{t-1} + b_t, by doubling; a, b (T, H, B), h0 (H, B).

    Two such steps in a row are one: first (a, b), then (a', b') is (a' * a, a' * b + b'). So each step swallows the
    one before it, then the two before, the four, the eight: log2 T rounds, each on whole arrays.
    """
    a, b = a.copy(), b.copy()
    b[0] += a[0] * h0
    reach = 1
    while reach < len(a):
        b[reach:] += a[reach:] * b[:-reach]
        a[reach:] *= a[:-reach]                  # NumPy sees that the two overlap, and reads the old numbers
        reach *= 2
    return b


def shares(p, x):
    """What a minLSTM does at every step of x (T, D, B), known before the first: h_t = a_t * h_{t-1} + b_t."""
    H = p["W"].shape[1]
    f, i, g = p["W"][:, None, :, H:] @ x + p["b"][:, None]
    f, i = sigmoid(f), sigmoid(i)
    return f / (f + i), i * g / (f + i)
