"""What may surround an LSTM: a second one that reads from the end, and a look back at all states so far.

Both have params, a call and gradients as a Model has, so that lstmlib's train and exam take them. x is (T, D, B), and
the sequences of a batch have one length.
"""

from typing import NamedTuple

import numpy as np

from lstmlib.cells import LSTM
from lstmlib.model import Model, softmax
from lstmlib.unroll import backward, forward


class Said(NamedTuple):
    """What was said of a batch, and how it came about."""
    y: np.ndarray                # (T, K, B)
    parts: tuple                 # what the way back needs
    looks: np.ndarray | None = None      # (B, T, T), where each step looked
    s = None                     # no state is handed on: a sequence is read as a whole


class Bidirectional:
    """y = V h + V' h' + b_y + b_y', where h' is of a second LSTM, to which x is shown from its end.

    One matrix on both states joined, as in Schuster & Paliwal (1997), is a matrix on each: so these are two Models,
    and what they say is added up. H is that of each.
    """

    def __init__(self, D, H, K, seed=0):
        self.there, self.back = (Model(LSTM, D, H, K, seed=k) for k in (seed, 1000 + seed))
        self.params = self.there.params + self.back.params

    def __call__(self, x, s0=None):
        there, back = self.there(x), self.back(x[::-1])
        return Said(there.y + back.y[::-1], (there, back))

    def gradients(self, said, dy):
        """From dy (T, K, B) back to the gradients of params and of x, as Model.gradients."""
        there, back = said.parts
        dp, dx, _ = self.there.gradients(there, dy)
        dp_back, dx_back, _ = self.back.gradients(back, dy[::-1])
        return dp + dp_back, dx + dx_back[::-1], None


def attention(h, q):
    """Step t asks q_t of all h up to h_t, each (T, H, B): looks (B, T, T), whose [b, s, t] is the share of h_s in what
    t sees, and seen (T, H, B), a mean of h in these shares.

    They are a softmax over s of the products of h_s and q_t. Bahdanau, Cho & Bengio (2015) score by a small network.
    """
    h, q = h.transpose(2, 0, 1), q.transpose(2, 0, 1)                    # (B, T, H)
    to_come = np.tri(h.shape[1]).T == 0
    looks = softmax(np.where(to_come, -np.inf, h @ q.mT))
    return looks, (looks.mT @ h).transpose(1, 2, 0)


def attention_back(h, q, looks, dseen):
    """The way back through attention: from dseen to dh and dq, all (T, H, B)."""
    h, q, dseen = (each.transpose(2, 0, 1) for each in (h, q, dseen))
    dlooks = h @ dseen.mT
    dscores = looks * (dlooks - (looks * dlooks).sum(1, keepdims=True))
    dh = looks @ dseen + dscores @ q
    dq = dscores.mT @ h
    return dh.transpose(1, 2, 0), dq.transpose(1, 2, 0)


class Attending:
    """y = V [h; seen] + b_y: each h is read out together with what it sees of all states before it.

    The first of these is the state of zeros in which the LSTM begins.
    """

    def __init__(self, D, H, K, seed=0, forget_bias=1.0):
        narrow, wide = (Model(LSTM, D, n, K, seed=seed, forget_bias=forget_bias) for n in (H, 2 * H))
        self.params = [narrow.params[0], wide.params[1]]                 # the read-out is one for 2 H units

    def __call__(self, x, s0=None):
        p, out = self.params
        run = forward(LSTM, p, x)
        past = np.concatenate([0 * run.h[:1], run.h[:-1]])
        looks, seen = attention(past, run.h)
        both = np.concatenate([run.h, seen], axis=1)
        return Said(out["V"] @ both + out["b_y"], (run, past, both), looks)

    def gradients(self, said, dy):
        """From dy (T, K, B) back to the gradients of params and of x, as Model.gradients."""
        p, out = self.params
        run, past, both = said.parts
        d_out = {"V": np.tensordot(dy, both, ((0, 2), (0, 2))), "b_y": dy.sum((0, 2))[:, None]}
        dh, dseen = np.split(out["V"].T @ dy, 2, axis=1)
        dpast, dq = attention_back(past, run.h, said.looks, dseen)
        dh += dq
        dh[:-1] += dpast[1:]
        dp, dx, _ = backward(LSTM, p, run, dh)
        return [dp, d_out], dx, None
