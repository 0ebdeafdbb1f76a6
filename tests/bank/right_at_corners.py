"""Right answers of a further hand, in unusual form, and right at the corners."""
# ruff: noqa: B006, B007, E501, E701, E702, E731, E741, F811, F841
import math

import numpy as np

from lstmlib.cells import State, Tape, join, lstm_back, lstm_step, sigmoid

from . import right


# tanh identity
@right("first_gate")
def f(a):
    return .5 * (1 + np.tanh(a / 2))


# both sides with where, stable
@right("first_gate")
def f(a):
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1 / (1 + e), e / (1 + e))


# logaddexp
@right("first_gate")
def f(a):
    return np.exp(-np.logaddexp(0, -np.asarray(a)))


# vectorized math
@right("first_gate")
def f(a):
    return np.vectorize(lambda v: 1 / (1 + math.exp(-v)) if v > -700 else 0.0, otypes=[float])(a)


# split matrices
@right("rnn_step")
def f(W, b, h, x):
    H = h.shape[0]
    return np.tanh(W[:, :H] @ h + W[:, H:] @ x + b)


# batch-first and back
@right("rnn_step")
def f(W, b, h, x):
    return np.tanh(np.hstack([h.T, x.T]) @ W.T + b.T).T


# pure python loops
@right("rnn_step")
def f(W, b, h, x):
    z = np.r_[h, x]
    out = np.empty_like(h)
    for j in range(h.shape[0]):
        for k in range(h.shape[1]):
            out[j, k] = math.tanh(sum(W[j, n] * z[n, k] for n in range(len(z))) + b[j, 0])
    return out


# recursion
@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    h = np.tanh(W @ join(h0, xs[0]) + b)
    rest = [] if len(xs) == 1 else list(rnn_forward(W, b, xs[1:], h))
    return np.array([h, *rest])


# accumulate
@right("rnn_forward")
def f(W, b, xs, h0):
    from itertools import accumulate
    steps = accumulate(xs, lambda h, x: np.tanh(W @ join(h, x) + b), initial=h0)
    return np.array(list(steps)[1:])


# input part in one product
@right("rnn_forward")
def f(W, b, xs, h0):
    H = len(h0)
    drive = np.einsum("hd,tdb->thb", W[:, H:], xs) + b
    hs = np.empty_like(drive)
    for t in range(len(xs)):
        hs[t] = np.tanh(drive[t] + W[:, :H] @ (hs[t - 1] if t else h0))
    return hs


# column of ones
@right("read_out")
def f(V, b_y, h):
    return np.hstack([V, b_y]) @ np.vstack([h, np.ones((1, h.shape[1]))])


# Matlab: repmat
@right("read_out")
def f(V, b_y, h):
    return V.dot(h) + np.tile(b_y, (1, h.shape[1]))


# transposed
@right("read_out")
def f(V, b_y, h):
    return (h.T @ V.T + b_y.ravel()).T


# log-sum-exp
@right("softmax")
def f(y):
    m = y.max(axis=0)
    return np.exp(y - m - np.log(np.exp(y - m).sum(axis=0)))


# logaddexp.reduce
@right("softmax")
def f(y):
    return np.exp(y - np.logaddexp.reduce(y, axis=0, keepdims=True))


# one column at a time
@right("softmax")
def f(y):
    out = np.zeros(y.shape)
    for k in range(y.shape[1]):
        col = y[:, k]
        e = np.exp(col - max(col))
        out[:, k] = e / sum(e)
    return out


# differences of pairs 1/sum exp(yj-yk), stable because overflow gives inf
@right("softmax")
def f(y):
    return 1 / np.exp(y[:, None] - y[None]).sum(0)


# subtracts max then transposes
@right("softmax")
def f(y):
    t = y.T - y.T.max(axis=-1, keepdims=True)
    e = np.exp(t)
    return (e / e.sum(-1, keepdims=True)).T


# np.average with weights
@right("masked_loss")
def f(losses, mask):
    return np.average(losses, weights=mask)


# boolean index
@right("masked_loss")
def f(losses, mask):
    return losses[mask.astype(bool)].mean()


# python loop
@right("masked_loss")
def f(losses, mask):
    kept = [l for row, m in zip(losses, mask) for l, on in zip(row, m) if on]
    return sum(kept) / len(kept)


# masked array
@right("masked_loss")
def f(losses, mask):
    return np.ma.array(losses, mask=mask == 0).mean()


# vdot
@right("masked_loss")
def f(losses, mask):
    return np.vdot(losses, mask) / np.count_nonzero(mask)


# mean with where
@right("masked_loss")
def f(losses, mask):
    return np.mean(losses, where=mask > 0)


# geometric mean
@right("perplexity")
def f(losses):
    return math.prod(math.exp(l) ** (1 / np.size(losses)) for l in np.ravel(losses))


# power of e
@right("perplexity")
def f(losses):
    return np.e ** (np.sum(losses) / np.size(losses))


# base 2 and bits
@right("perplexity")
def f(losses):
    return 2 ** np.mean(np.asarray(losses) / np.log(2))


# expm1 + 1
@right("perplexity")
def f(losses):
    return 1 + np.expm1(np.average(losses))


# Gumbel
@right("sample")
def f(y, temperature, rng):
    return int(np.argmax(y / temperature + rng.gumbel(size=len(y))))


# inverse cdf
@right("sample")
def f(y, temperature, rng):
    z = (y - y.max()) / temperature
    c = np.cumsum(np.exp(z))
    return int(np.searchsorted(c, rng.random() * c[-1], side="right"))


# multinomial argmax
@right("sample")
def f(y, temperature, rng):
    z = (y - np.max(y)) / temperature
    p = np.exp(z)
    return rng.multinomial(1, p / p.sum()).argmax()


# exponential race
@right("sample")
def f(y, temperature, rng):
    z = (y - y.max()) / temperature
    return int(np.argmin(np.log(rng.exponential(size=y.size)) - z))


# loop over u
@right("sample")
def f(y, temperature, rng):
    p = np.exp((y - y.max()) / temperature)
    u = rng.uniform(0, p.sum())
    for k, q in enumerate(p):
        if u < q:
            return k
        u -= q
    return int(p.argmax())


# recursion
@right("greedy")
def greedy(step, s, start, stop, longest):
    if longest == 0:
        return []
    s, y = step(s, start)
    w = int(np.argmax(y))
    return [] if w == stop else [w] + greedy(step, s, w, stop, longest - 1)


# for else
@right("greedy")
def f(step, s, start, stop, longest):
    out, w = [], start
    for _ in range(longest):
        s, y = step(s, w)
        w = max(range(len(y)), key=lambda k: y[k])
        if w == stop:
            break
        out.append(w)
    return out


# numpy ints left in the list
@right("greedy")
def f(step, s, start, stop, longest):
    out = [start]
    while len(out) <= longest:
        s, y = step(s, out[-1])
        if np.argmax(y) == stop:
            break
        out += [np.argmax(y)]
    return out[1:]


# broadcast
@right("jacobian")
def f(Wh, h):
    return (1 - h[:, None] ** 2) * Wh


# factored slope
@right("jacobian")
def f(Wh, h):
    return ((1 + h) * (1 - h))[:, None] * Wh


# einsum
@right("jacobian")
def f(Wh, h):
    return np.einsum("j,jk->jk", 1 - h * h, Wh)


# transposes
@right("jacobian")
def f(Wh, h):
    return (Wh.T * (1 - np.square(h))).T


# svd
@right("gradient_norms")
def f(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        P = P * (1 - h ** 2) @ Wh
        out.append(np.linalg.svd(P, compute_uv=False)[0])
    return out


# root of largest eigenvalue
@right("gradient_norms")
def f(Wh, hs):
    P, out = np.eye(len(Wh)), np.zeros(len(hs))
    for k in range(len(hs)):
        P = P @ np.diag(1 - hs[-1 - k] ** 2) @ Wh
        out[k] = np.linalg.svd(P.T)[1].max()
    return out


# transposed product
@right("gradient_norms")
def f(Wh, hs):
    Q, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        Q = Wh.T @ np.diag(1 - h ** 2) @ Q
        out.append(np.linalg.norm(Q, ord=2))
    return np.array(out)


# multi_dot from scratch
@right("gradient_norms")
def f(Wh, hs):
    Js = [np.diag(1 - h ** 2) @ Wh for h in hs]
    out = []
    for k in range(1, len(hs) + 1):
        P = Js[-1]
        for J in Js[-k:-1][::-1]:
            P = P @ J
        out.append(np.linalg.norm(P, 2))
    return tuple(out)


# einsum
@right("rnn_back")
def f(W, z, h, dh):
    da = np.einsum("hb,hb->hb", dh, 1 - h ** 2)
    return np.einsum("hb,zb->hz", da, z), np.einsum("hz,hb->zb", W, da)[:h.shape[0]]


# loop over batch
@right("rnn_back")
def f(W, z, h, dh):
    dW, back = np.zeros_like(W), np.zeros_like(h)
    for k in range(z.shape[1]):
        da = dh[:, k] - dh[:, k] * h[:, k] ** 2
        dW += np.outer(da, z[:, k])
        back[:, k] = da @ W[:, :len(h)]
    return dW, back


# transposes
@right("rnn_back")
def f(W, z, h, dh):
    da = (dh * (1 + h) * (1 - h)).T
    return (z @ da).T, (da @ W).T[:h.shape[0]]


# min
@right("clip")
def f(grads, max_norm):
    n = np.sqrt(sum(np.vdot(g, g) for g in grads))
    factor = min(1, max_norm / n) if n > 0 else 1
    return [factor * g for g in grads]


# max in the denominator
@right("clip")
def f(grads, max_norm):
    n = np.linalg.norm([np.linalg.norm(g) for g in grads])
    return [g / max(1, n / max_norm) for g in grads]


# hypot
@right("clip")
def f(grads, max_norm):
    n = math.hypot(*(v for g in grads for v in g.ravel()))
    return grads if n <= max_norm else [np.multiply(g, max_norm / n) for g in grads]


# TensorFlow: max_norm / max(n, max_norm)
@right("clip")
def f(grads, max_norm):
    n = sum(float((g ** 2).sum()) for g in grads) ** .5
    return tuple(g * max_norm / np.maximum(n, max_norm) for g in grads)


# log2
@right("half_life")
def f(f):
    return -1 / np.log2(f)


# math base
@right("half_life")
def f(f):
    return math.log(.5, f)


# log10
@right("half_life")
def f(f):
    return np.log10(2) / -np.log10(f)


# stable
@right("bias_for")
def f(half_life):
    return -np.log(np.expm1(np.log(2) / half_life))


# logit with 1 - f
@right("bias_for")
def f(half_life):
    f = .5 ** (1 / half_life)
    return np.log(f) - np.log(1 - f)


# arctanh
@right("bias_for")
def f(half_life):
    f = 2 ** (-1 / half_life)
    return 2 * np.arctanh(2 * f - 1)


# 1/(2^(1/n) - 1)
@right("bias_for")
def f(half_life):
    return np.log(1 / (2 ** (1 / half_life) - 1))


# tanh identity
@right("forget_gate")
def f(W_f, b_f, h, x):
    return .5 + .5 * np.tanh((W_f @ join(h, x) + b_f) / 2)


# batch loop
@right("forget_gate")
def f(W_f, b_f, h, x):
    cols = [sigmoid(W_f @ np.append(a, c) + b_f[:, 0]) for a, c in zip(h.T, x.T)]
    return np.column_stack(cols)


# split
@right("forget_gate")
def f(W_f, b_f, h, x):
    Wh, Wx = np.split(W_f, [len(h)], axis=1)
    return 1 / (1 + np.exp(-Wh @ h - Wx @ x - b_f))


# 1 - sigmoid(-a)
@right("forget_gate")
def f(W_f, b_f, h, x):
    return 1 - sigmoid(-(W_f @ join(h, x) + b_f))


# 2 sigma(2a) - 1
@right("candidate")
def f(W_g, b_g, h, x):
    return 2 * sigmoid(2 * (W_g @ join(h, x) + b_g)) - 1


# odd
@right("candidate")
def f(W_g, b_g, h, x):
    return -np.tanh(-W_g @ np.vstack((h, x)) - b_g)


# ones row
@right("candidate")
def f(W_g, b_g, h, x):
    ones = np.ones((1, h.shape[1]))
    return np.tanh(np.c_[W_g, b_g] @ np.r_[h, x, ones])


# einsum of pairs
@right("cell_update")
def f(f, c, i, g):
    return np.einsum("khb,khb->hb", np.stack([f, i]), np.stack([c, g]))


# copy in place
@right("cell_update")
def f(f, c, i, g):
    new = c.copy()
    new *= f
    new += i * g
    return new


# forgetting subtracted
@right("cell_update")
def f(f, c, i, g):
    return c - (1 - f) * c + g * i


# cumprod shifted
@right("carousel")
def f(fs):
    ones = np.ones((1,) + fs.shape[1:])
    return np.cumprod(np.concatenate([fs[1:], ones])[::-1], axis=0)[::-1]


# loop prod
@right("carousel")
def f(fs):
    return np.array([np.prod(fs[t + 1:], axis=0) for t in range(len(fs))])


# backwards list
@right("carousel")
def f(fs):
    d = np.ones(fs[0].shape)
    out = [d]
    for f in fs[:0:-1]:
        d = d * f
        out = [d] + out
    return np.stack(out)


# reduce
@right("carousel")
def f(fs):
    from functools import reduce
    return np.array([reduce(np.multiply, fs[t + 1:], np.ones_like(fs[t])) for t in range(len(fs))])


# via exp
@right("hidden")
def f(o, c):
    return o * (2 / (1 + np.exp(-2 * c)) - 1)


# loops
@right("hidden")
def f(o, c):
    return np.array([[q * math.tanh(w) for q, w in zip(a, b)] for a, b in zip(o, c)])


# multiply
@right("hidden")
def f(o, c):
    return np.multiply(np.sinh(c) / np.cosh(c) if np.abs(c).max() < 300 else np.tanh(c), o)


# maximum minimum
@right("gate_for")
def f(h, c):
    return np.maximum(0, np.minimum(1, h / np.tanh(c)))


# where
@right("gate_for")
def f(h, c):
    o = h / np.tanh(c)
    return np.where(o < 0, 0, np.where(o > 1, 1, o))


# assigned
@right("gate_for")
def f(h, c):
    o = h / np.tanh(c)
    o[o < 0] = 0
    o[o > 1] = 1
    return o


# by abs
@right("gate_for")
def f(h, c):
    q = h / np.tanh(c)
    return (np.abs(q) - np.abs(q - 1) + 1) / 2


# one gate at a time
@right("lstm_step")
def f(p, s, x):
    z = join(s.h, x)
    def gate(k, squash=sigmoid):
        return squash(p["W"][k] @ z + p["b"][k])
    f, i, o, g = gate(0), gate(1), gate(2), gate(3, np.tanh)
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# einsum, plain tuples
@right("lstm_step")
def f(p, s, x):
    h, c_prev = s
    z = np.concatenate((h, x), 0)
    a = np.einsum("khz,zb->khb", p["W"], z) + p["b"]
    f, i, o = 1 / (1 + np.exp(-a[:3]))
    g = np.tanh(a[3])
    c = c_prev * f + g * i
    h = np.tanh(c) * o
    return (h, c), (z, f, i, o, g, c_prev, c, h)


# reshaped to one matrix
@right("lstm_step")
def f(p, s, x):
    W = p["W"]
    n, H, Z = W.shape
    z = join(s.h, x)
    f, i, o, g = (W.reshape(n * H, Z) @ z + p["b"].reshape(n * H, 1)).reshape(n, H, -1)
    f, i, o, g = sigmoid(f), sigmoid(i), sigmoid(o), np.tanh(g)
    c = f * s.c + i * g
    return State(h=(h := o * np.tanh(c)), c=c), Tape(z=z, f=f, i=i, o=o, g=g, c_prev=s.c, c=c, h=h)


# from the tape
@right("lstm_forward")
def f(p, s, x):
    tapes = []
    for t in range(x.shape[0]):
        s, tape = lstm_step(p, s, x[t])
        tapes += [tape]
    tape = Tape(*[np.array(q) for q in zip(*tapes)])
    return tape.h, s, tape


# preallocated
@right("lstm_forward")
def f(p, s, x):
    T = len(x)
    hs, tapes = np.zeros((T, *s.h.shape)), [None] * T
    for t in range(T):
        s, tapes[t] = lstm_step(p, s, x[t])
        hs[t] = s.h
    return hs, s, Tape(*map(np.stack, zip(*tapes)))


# whole inside, no lstm_step
@right("lstm_forward")
def f(p, s, x):
    h, c = s
    out = []
    for xt in x:
        z, c_prev = join(h, xt), c
        a = p["W"] @ z + p["b"]
        f, i, o, g = *sigmoid(a[:3]), np.tanh(a[3])
        c = f * c_prev + i * g
        h = o * np.tanh(c)
        out.append((z, f, i, o, g, c_prev, c, h))
    tape = Tape(*(np.stack(q) for q in zip(*out)))
    return tape.h.copy(), State(h, c), tape


# flat copies
@right("gradient_check")
def f(loss, w, eps):
    out = np.empty(w.size)
    for k, e in enumerate(np.eye(w.size)):
        d = eps * e.reshape(w.shape)
        out[k] = (loss(w + d) - loss(w - d)) / eps / 2
    return out.reshape(w.shape)


# restores in place
@right("gradient_check")
def f(loss, w, eps):
    out = np.zeros_like(w, dtype=float)
    for k in np.ndindex(w.shape):
        old = w[k]
        w[k] = old + eps
        up = loss(w)
        w[k] = old - eps
        down = loss(w)
        w[k] = old
        out[k] = (up - down) / (2 * eps)
    return out


# nditer
@right("gradient_check")
def f(loss, w, eps):
    v = np.array(w, dtype=float)
    slopes = np.zeros(v.shape)
    it = np.nditer(v, flags=["multi_index"])
    for value in it:
        k = it.multi_index
        old = float(value)
        v[k] = old + eps
        up = loss(v)
        v[k] = old - eps
        slopes[k] = (up - loss(v)) / (2 * eps)
        v[k] = old
    return slopes


# gate by gate
@right("lstm_back")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    t = np.tanh(c)
    dc = ds.c + ds.h * o * (1 - t * t)
    das = [dc * c_prev * f * (1 - f), dc * g * i * (1 - i), ds.h * t * o * (1 - o), dc * i * (1 - g * g)]
    dW = np.stack([a @ z.T for a in das])
    db = np.stack([a.sum(axis=1, keepdims=True) for a in das])
    dz = np.zeros_like(z)
    for W, a in zip(p["W"], das):
        dz += W.T @ a
    H = len(h)
    return {"W": dW, "b": db}, State(dz[:H], f * dc), dz[H:]


# slope of tanh from h and o avoided: uses cosh
@right("lstm_back")
def f(p, ds, tape):
    f, i, o, g = tape.f, tape.i, tape.o, tape.g
    dc = ds.c + ds.h * o / np.cosh(tape.c) ** 2
    slopes = np.stack([f - f ** 2, i - i ** 2, o - o ** 2, 1 - g ** 2])
    readers = np.stack([dc * tape.c_prev, dc * g, ds.h * np.tanh(tape.c), dc * i])
    da = slopes * readers
    dh, dx = np.split(np.einsum("khz,khb->zb", p["W"], da), [len(tape.h)])
    return {"b": np.einsum("khb->kh", da)[..., None], "W": np.einsum("khb,zb->khz", da, tape.z)}, (dh, dc * f), dx


# sums of a list
@right("lstm_backward")
def f(p, tape, dh, ds):
    all_dp, dx = [], np.zeros((len(dh), p["W"].shape[2] - p["W"].shape[1], dh.shape[2]))
    for t in range(len(dh) - 1, -1, -1):
        moment = Tape(*[q[t] for q in tape])
        dp, ds, dx[t] = lstm_back(p, State(ds.h + dh[t], ds.c), moment)
        all_dp.append(dp)
    return {k: sum(d[k] for d in all_dp) for k in p}, ds, dx


# zip reversed
@right("lstm_backward")
def f(p, tape, dh, ds):
    dp, dxs = {k: 0.0 for k in p}, []
    for d, moment in zip(dh[::-1], reversed(list(map(Tape._make, zip(*tape))))):
        step, ds, dx = lstm_back(p, ds._replace(h=ds.h + d), moment)
        for k in dp:
            dp[k] = dp[k] + step[k]
        dxs = [dx, *dxs]
    return dp, ds, np.array(dxs)
