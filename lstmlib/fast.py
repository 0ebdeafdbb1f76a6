"""The LSTM once more, for speed: the numbers and the tape of cells.lstm_step and lstm_back, looped by unroll.

unroll goes this way by itself where the cell is the LSTM of cells.py, numbers are real and nothing is masked.
What makes it quick: every step writes straight into the tape; z ends in a row of ones, so that one product
serves all gates and their biases; the sigmoids use exp, which NumPy has twice as fast as tanh; on the way
back, what the tape alone decides is computed for many steps at once, and so is the product for dW and db.

Memory: the tape, (6H + D + 1)·B numbers a step, since h lies in z and c_prev in c. The way back adds dx, and
scratch for a few steps.
"""

import numpy as np
from numpy import tanh

from .cells import State, Tape

BLOCK = 2**15                    # numbers of each kind in the scratch of the way back: they fit a cache
COLUMNS = 128                    # at least so many columns in the product that makes dW


def forward(p, x, s0):
    """From the weights, x (T, D, B) or ids (T, B), the first state: h (T, H, B), the last state, the tape."""
    most = np.finfo(p["W"].dtype).max / 2       # stands for ∞: BLAS multiplies what it is given by zeros, too
    W = np.concatenate([p["W"], p["b"].clip(-most, most)], axis=-1)
    _, H, width = W.shape
    T, B, D = len(x), x.shape[-1], width - 1 - H
    W[:3] *= -1                                                   # σ(a) = 1 / (1 + exp(-a))
    W, one = W.reshape(4 * H, width), np.ones((), W.dtype)
    z = np.empty((T + 1, width, B), W.dtype)                      # [h; x; 1]
    gates = np.empty((T, 4 * H, B), W.dtype)
    c = np.empty((T + 1, H, B), W.dtype)
    hs, sigmoids, (f, i, o, g) = z[1:, :H], gates[:, :3 * H], gates.reshape(T, 4, H, B).swapaxes(0, 1)
    z[0, :H], c[0] = s0
    z[:-1, H:-1] = x if x.ndim == 3 else x[:, None] == np.arange(D)[:, None]
    z[:, -1] = 1
    scratch = np.empty((H, B), W.dtype)
    with np.errstate(over="ignore"):                              # exp may be ∞: 1 / (1 + ∞) is the right 0
        for z_t, a, σ, f_t, i_t, o_t, g_t, c_0, c_t, h in zip(z, gates, sigmoids, f, i, o, g, c, c[1:], hs):
            np.dot(W, z_t, out=a)
            np.exp(σ, out=σ)
            σ += one
            np.divide(one, σ, out=σ)
            tanh(g_t, out=g_t)
            np.multiply(f_t, c_0, out=c_t)
            np.multiply(i_t, g_t, out=scratch)
            c_t += scratch
            tanh(c_t, out=scratch)
            np.multiply(o_t, scratch, out=h)
    return hs, State(hs[-1].copy(), c[-1].copy()), Tape(z[:-1, :-1], f, i, o, g, c[:-1], c[1:], hs)


def backward(p, tape, dh, ds, D):
    """From the blame dh (T, H, B) on each h and ds on the last state: dp, dx, ds0; D = 0 if x was ids."""
    z, f, i, o, g, c_prev, _, h = tape
    T, HD, B = z.shape
    H = h.shape[1]
    W = p["W"][..., :H + D].reshape(4 * H, H + D).T.astype(z.dtype, order="C")
    one, tiny = np.ones((), z.dtype), np.array(np.finfo(z.dtype).tiny, z.dtype)
    dW = np.zeros((4 * H, HD + 1), z.dtype)                       # its last column is db
    dx, dz = np.empty((T, D, B), z.dtype), np.empty((H + D, B), z.dtype)
    d, dc, scratch = dz[:H], ds.c.copy(), np.empty((H, B), z.dtype)
    d[:] = ds.h
    steps = min(T, max(1, COLUMNS // B, BLOCK // (H * B)))
    da_s, back_s, more_s = (np.empty((steps, *shape), z.dtype) for shape in ((4, H, B), (H, B), (H, B)))
    das, zs = np.empty((4 * H, steps, B), z.dtype), np.ones((HD + 1, steps, B), z.dtype)
    for stop in range(T, 0, -steps):
        now = slice(max(0, stop - steps), stop)
        F, I, O, G, h_s = f[now], i[now], o[now], g[now], h[now]      # noqa: E741
        n = len(F)
        da, back, more = da_s[:n], back_s[:n], more_s[:n]
        df, di, do, dg = da.swapaxes(0, 1)
        np.subtract(one, F, out=df)
        df *= F
        df *= c_prev[now]                                         # c_prev * f * (1 - f)
        np.multiply(I, G, out=more)
        np.subtract(one, I, out=di)
        di *= more                                                # g * i * (1 - i)
        more *= G
        np.subtract(I, more, out=dg)                              # i * (1 - g²)
        np.subtract(one, O, out=do)
        do *= h_s                                                 # tanh(c) * o * (1 - o), as h = o * tanh(c)
        np.add(O, tiny, out=more)
        np.divide(h_s, more, out=more)                            # tanh(c), or 0 where o is 0
        more *= h_s
        np.subtract(O, more, out=back)                            # o * (1 - tanh(c)²)
        film = dh[now], da.reshape(n, 4 * H, B), do, back, da[:, :2], dg, F, dx[now]
        for dh_t, da_t, do_t, back_t, dfi_t, dg_t, f_t, dx_t in zip(*(q[::-1] for q in film)):
            d += dh_t
            do_t *= d
            np.multiply(d, back_t, out=scratch)
            dc += scratch
            dfi_t *= dc
            dg_t *= dc
            dc *= f_t                                             # the constant error carousel
            np.dot(W, da_t, out=dz)
            dx_t[:] = dz[H:]
        das[:, :n], zs[:-1, :n] = da.reshape(n, 4 * H, B).swapaxes(0, 1), z[now].swapaxes(0, 1)
        dW += das[:, :n].reshape(4 * H, n * B) @ zs[:, :n].reshape(HD + 1, n * B).T
    dW = dW.reshape(4, H, HD + 1)
    return {"W": dW[..., :-1], "b": dW[..., -1:]}, dx, State(d.copy(), dc)
