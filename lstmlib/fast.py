"""The LSTM once more, for speed: the numbers and the tape of cells.lstm_step and lstm_back, looped by unroll.

unroll goes this way by itself where the cell is the LSTM of cells.py, numbers are real and nothing is masked.
What makes it quick: fewer calls, as the rows c g f i o of a step lie so that one serves several (the last argument
of a call is where its result goes); on the way back, what can wait is computed for many steps at once.

Memory: the tape, (6H + D + 1)·B numbers a step, as h lies in z and c_prev in c; back, dx and a little scratch.
"""

from math import prod

import numpy as np
from numpy import add, divide, exp, multiply, subtract, tanh

from .cells import State, Tape

COLUMNS = 512                    # in the product that makes dW: what waits, waits for so many, that is for a few steps
AVX512 = {"X86_V4", "AVX512_SKX"} & {*np.show_config("dicts").get("SIMD Extensions", {}).get("found", ())}
SMALL = 10**6 if AVX512 else np.inf     # multiplications: with AVX-512 OpenBLAS does so few without copying W first
TANH = (1, .5, .5, .5), (1, .5, .5, .5), (0, .5, .5, .5)    # of g f i o: factors of a, of the curve; what is added:
EXP = (-2, -1, -1, -1), (2, 1, 1, 1), (-1, 0, 0, 0)         # ½ tanh(a/2) + ½, or 2 / (1 + exp(-2a)) - 1: the faster


def forward(p, x, s0):
    """From the weights, x (T, D, B) or ids (T, B), the first state: h (T, H, B), the last state, the tape."""
    most = np.finfo(p["W"].dtype).max / 2       # stands for ∞: BLAS multiplies what it is given by zeros, too
    W = np.concatenate([p["W"], p["b"].clip(-most, most)], axis=-1).take([3, 0, 1, 2], axis=0)    # g f i o
    (_, H, width), T, B = W.shape, len(x), x.shape[-1]
    scale, *rest = np.array(TANH if AVX512 else EXP, W.dtype)
    (product, shape), one = _product((W.T * scale).T.reshape(4 * H, width), B), np.array(1, W.dtype)
    times, plus = (q.repeat(H * B).reshape(shape) for q in rest)
    z, film, both = _empty(W.dtype, (T + 1, width, B), (T + 1, 5, H, B), (2, H, B))          # z = [h; x; 1]
    hs, (c, g, f, i, o), (kept, new) = z[1:, :H], film.swapaxes(0, 1), both
    z[:-1, H:-1] = x if x.ndim == 3 else x[:, None] == np.arange(width - 1 - H)[:, None]
    z[0, :H], c[0], z[:, -1] = *s0, 1
    a = film[:, 1:].reshape(T + 1, *shape)
    with np.errstate(over="ignore"):                              # exp may be ∞: 1 / (1 + ∞) is the right 0
        for z_t, a_t, fi, cg, c_t, o_t, h in zip(z, a, film[:, 2:4], film[:, :2], c[1:], o, hs):
            product(z_t, a_t)
            multiply(times, tanh(a_t, a_t), a_t) if AVX512 else divide(times, add(exp(a_t, a_t), one, a_t), a_t)
            add(a_t, plus, a_t)
            multiply(fi, cg, both)                                # f * c and i * g
            add(kept, new, c_t)
            multiply(o_t, tanh(c_t, new), h)
    return hs, State(hs[-1].copy(), c[-1].copy()), Tape(*(q[:-1] for q in (z[:, :-1], f, i, o, g, c)), c[1:], hs)


@np.errstate()                                                    # what setbufsize says, it says in here alone
def backward(p, tape, dh, ds, D):
    """From the blame dh (T, H, B) on each h and ds on the last state: dp, dx, ds0; D = 0 if x was ids."""
    np.setbufsize(512)           # NumPy first copies what lies in shorter pieces; its own limit, 8192, is too many
    z, f, i, o, g, c_prev, _, h = tape
    (T, HD, B), H = z.shape, h.shape[1]
    W = p["W"].astype(z.dtype, copy=False).take([1, 3, 0, 2], axis=0).reshape(4 * H, -1)             # i g f o
    product, shape = _product(np.ascontiguousarray(W[:, :H + D]).T, B)
    one, tiny, steps = np.array(1, z.dtype), np.finfo(z.dtype).tiny, min(T, max(1, COLUMNS // B))
    dW, dx = 0, np.empty((T, D, B), z.dtype)
    das, zs, film, u = _empty(z.dtype, (4 * H, steps, B), (HD + 1, steps, B), (steps + 1, 6, H, B), (3 * H + D, B))
    dc, twin, d = blames = u[:3 * H].reshape(3, H, B)             # dc twice: a call is dear where one side is shorter
    (d[:], film[0, 0]), dz, dx_t, dcs, zs[HD] = ds, u[2 * H:].reshape(shape), u[3 * H:], blames[:2], 1   # dz = [d; dx]
    for stop in range(T, 0, -steps):
        now = slice(max(0, stop - steps), stop)
        F, I, O, G, h_s = f[now], i[now], o[now], g[now], h[now]      # noqa: E741
        n = len(F)
        film[n, 0] = film[0, 0]                                   # what came along c from the steps after these
        keep, di, dg, df, do, back = film[:n].swapaxes(0, 1)
        keep[:] = F
        multiply(subtract(one, F, df), multiply(F, c_prev[now], back), df)          # c_prev * f * (1 - f)
        multiply(subtract(one, I, di), multiply(I, G, back), di)                    # g * i * (1 - i)
        subtract(I, multiply(G, back, back), dg)                                    # i * (1 - g²)
        multiply(subtract(one, O, do), h_s, do)                   # tanh(c) * o * (1 - o), as h = o * tanh(c)
        divide(h_s, add(O, tiny, back), back)                     # tanh(c), or 0 where o is 0
        subtract(O, multiply(h_s, back, back), back)              # o * (1 - tanh(c)²)
        da = film[:n, 1:5].reshape(n, 4 * H, B)
        views = dh[now], back, film[1:n + 1, 0], film[:n, 2:5], film[:n, :2], da, dx[now]
        for dh_t, back_t, kept, by_all, by_c, da_t, dx_now in zip(*(q[::-1] for q in views)):
            multiply(back_t, add(d, dh_t, d), back_t)             # what c has from h
            twin[:] = add(kept, back_t, dc)                       # the constant error carousel
            multiply(by_all, blames, by_all)                      # dg, df, do
            multiply(by_c, dcs, by_c)                             # what goes on along c, di
            product(da_t, dz)
            dx_now[:] = dx_t
        das[:, :n], zs[:HD, :n] = da.swapaxes(0, 1), z[now].swapaxes(0, 1)
        da = das[:, :n].reshape(4 * H, n * B)
        dW += da @ zs[:, :n].reshape(-1, n * B).T
    dW = dW.reshape(4, H, -1).take([2, 0, 3, 1], axis=0)
    return {"W": dW[..., :HD], "b": dW[..., HD:]}, dx, State(d.copy(), film[0, 0].copy())


def _product(W, B):
    """What multiplies W by B columns, and the result's shape: a stack of blocks of rows, if products are small so."""
    rows, width = W.shape
    n = next((n for n in range(1, rows // 16 + 1) if rows % n == 0 and rows // n * width * B <= SMALL), 1)
    W = W.reshape(n, rows // n, width)
    return (W[0].dot, (rows, B)) if n == 1 else (lambda z, a: np.matmul(W, z, out=a), (*W.shape[:2], B))


def _empty(dtype, *shapes):
    """An np.empty of each shape that begins where a cache line does: numbers that straddle two are slow to read."""
    sizes = [-prod(shape) // 16 * -16 for shape in shapes]
    raw = np.empty(sum(sizes) + 16, dtype)
    start = -raw.ctypes.data % 64 // dtype.itemsize
    for shape, size in zip(shapes, sizes):
        yield raw[start:start + prod(shape)].reshape(shape)
        start += size
