"""What the tests of the engine read: all sizes different, states and biases random, blame at every step."""
import math
from typing import NamedTuple

import numpy as np
from hypothesis import settings

from lstmlib.cells import CIFG, GRU, LSTM, PEEPHOLE, RNN

CELLS = {"rnn": RNN, "lstm": LSTM, "peephole": PEEPHOLE, "cifg": CIFG, "gru": GRU}
T, B, D, H, K = 5, 3, 2, 4, 6
a_few = settings(max_examples=25, deadline=None, derandomize=True)


class Sample(NamedTuple):
    """All that forward and backward can be given."""
    p: dict
    x: np.ndarray
    s0: tuple
    mask: np.ndarray
    dh: np.ndarray
    ds: tuple


def random_weights(cell, rng, D=D, H=H):
    """Weights of a cell, none of them 0."""
    G = len(cell.gates)
    p = {"W": rng.normal(size=(G, H, H + D)), "b": rng.normal(size=(G, H, 1))}
    return p | {name: rng.normal(size=(*shape, H, 1)) for name, shape in cell.own.items()}


def random_state(cell, rng, B=B, H=H):
    """A state, or the blame on one."""
    return cell.state(*(rng.normal(size=(H, B)) for _ in cell.state._fields))


def moment(cell, seed=0):
    """Weights, a state, an input, the blame on the new state."""
    rng = np.random.default_rng(seed)
    p, s, ds = random_weights(cell, rng), random_state(cell, rng), random_state(cell, rng)
    return p, s, rng.normal(size=(D, B)), ds


def sample(cell, seed=0, T=T, B=B, D=D, H=H):
    """Weights, a batch of sequences that end at different times (the first at once), states, and blame."""
    rng = np.random.default_rng(seed)
    mask = (np.arange(T)[:, None] < np.linspace(0, T, B).round()).astype(float)
    return Sample(random_weights(cell, rng, D, H), rng.normal(size=(T, D, B)), random_state(cell, rng, B, H),
                  mask, rng.normal(size=(T, H, B)), random_state(cell, rng, B, H))


def σ(a):
    """The sigmoid of a number, in plain Python."""
    return 1 / (1 + math.exp(-a))


def asked(p, k, j, s, x, e):
    """W_k·[h, x] + b_k for unit j and example e, in plain Python."""
    z = [*s.h[:, e], *x[:, e]]
    return sum(float(w) * float(q) for w, q in zip(p["W"][k, j], z)) + float(p["b"][k, j, 0])


def blamed(run, dh, ds):
    """The loss whose slope is dh on every hidden state and ds on the last state."""
    return (run.h * dh).sum() + sum((q * d).sum() for q, d in zip(run.s, ds))


def gap(a, b):
    """The largest difference between two arrays, in units of the larger one's size."""
    return float(np.abs(a - b).max()) / max(float(np.abs(a).max()), float(np.abs(b).max()), 1e-300)


def close(a, b, to=1e-12):
    """Two dicts, tuples or arrays hold the same numbers, up to a share of the largest of them."""
    if isinstance(a, dict):
        assert a.keys() == b.keys()
        return all(close(a[name], b[name], to) for name in a)
    if isinstance(a, tuple | list):
        assert len(a) == len(b)
        return all(close(x, y, to) for x, y in zip(a, b))
    return a.shape == b.shape and gap(a, b) <= to
