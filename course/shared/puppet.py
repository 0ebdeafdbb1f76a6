"""A cell that obeys, for the rooms' pictures: its gates are set by hand, and blame is followed back in it.

Its weights only pass on what it is asked, so that every number in a picture comes out of lstmlib's own cells.
"""
import numpy as np

from lstmlib.cells import LSTM, State
from lstmlib.unroll import forward, walk_back


def logit(p):
    """What a gate must be asked to stand at p; ±40 for 0 and 1, where σ is off by 1e-17 at most."""
    p = np.asarray(p, float)
    with np.errstate(divide="ignore"):
        return np.clip(np.log(p) - np.log1p(-p), -40, 40)


def by_hand(f, i, o, g, c0=0.):
    """One LSTM unit that reads its gates off its input: its weights, a Run. f i o g: (T,), (T, B) or one."""
    f, i, o, g = np.broadcast_arrays(*(np.reshape(v, (-1, 1)) if np.ndim(v) < 2 else v for v in (f, i, o, g)))
    obey = {"W": np.zeros((4, 1, 5)), "b": np.zeros((4, 1, 1))}
    obey["W"][range(4), 0, range(1, 5)] = 1
    with np.errstate(divide="ignore"):
        asked = np.stack([logit(f), logit(i), logit(o), np.clip(np.arctanh(g), -20, 20)], 1)
    start = State(np.zeros((1, f.shape[1])), np.full((1, f.shape[1]), float(c0)))
    return obey, forward(LSTM, obey, asked, start)


def told(q):
    """What one unit did, (T,), without the 1e-17 that a shut gate lets through."""
    return q[:, 0, 0].round(12)


def path_back(cell, p, run, last):
    """The blame on every state of a run, (T+1) of them, when only the last is blamed, by `last` (a state)."""
    blames = [last, *(back.ds for back in walk_back(cell, p, run, 0 * run.h, last))]
    return blames[::-1]
