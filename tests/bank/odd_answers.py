"""More wrong answers, chosen to be odd: at first sight, half of them had no specific hint."""

# ruff: noqa: E501, E701, E702, E731, E741, F811
import math

import numpy as np

from lstmlib.cells import State, Tape, join, lstm_back, lstm_step, sigmoid

from . import wrong


# np.dot for * in c
@wrong("lstm_step", "crash")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = np.dot(f, c) + np.dot(i, g)
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h2)


# concat axis 1
@wrong("lstm_step", "crash")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x], axis=1)
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h2)


# sigmoid of all
@wrong("lstm_step", "sigma-on-the-candidate")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o, g = sigmoid(p["W"] @ z + p["b"])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h2)


# bias outside of sigma
@wrong("lstm_step", "biases-outside")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o = sigmoid(p["W"][:3] @ z) + p["b"][:3]
    g = np.tanh(p["W"][3] @ z) + p["b"][3]
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h2)


# c into z of o (peephole)
@wrong("lstm_step", None)
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    W = p["W"]
    b = p["b"]
    f = sigmoid(W[0] @ z + b[0])
    i = sigmoid(W[1] @ z + b[1])
    g = np.tanh(W[3] @ z + b[3])
    c2 = f * c + i * g
    o = sigmoid(W[2] @ np.concatenate([c2, x]) + b[2])
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h2)


# h new in tape but h returned old c*...
@wrong("lstm_step", "candidate-bent-twice")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * np.tanh(g)
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h2)


# raw a on the tape
@wrong("lstm_step", "sums-on-the-tape")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, a[0], a[1], a[2], a[3], c, c2, h2)


# tanh(c) on the tape
@wrong("lstm_step", "tanh-c-on-the-tape")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, np.tanh(c2), h2)


# h_prev on tape end
@wrong("lstm_step", "old-h-on-the-tape")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h)


# h instead of z
@wrong("lstm_step", "x-for-z-on-the-tape")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(x, f, i, o, g, c, c2, h2)


# three returned
@wrong("lstm_step", "structure")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return h2, c2, Tape(z, f, i, o, g, c, c2, h2)


# order i f o g / names
@wrong("lstm_step", "f-and-i-swapped")
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"] @ z + p["b"]
    i, f, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h2)


# c_tilde with Wo, all gates same W f
@wrong("lstm_step", None)
def f(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    a = p["W"][0] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return State(h2, c2), Tape(z, f, i, o, g, c, c2, h2)


def fw(p, s, x, step=lstm_step):
    hs = []
    ts = []
    for x_t in x:
        s, t = step(p, s, x_t)
        hs.append(s.h)
        ts.append(t)
    return np.stack(hs), s, Tape(*map(np.stack, zip(*ts)))


# peeks h list c
@wrong("lstm_forward", "c-listed-for-h")
def f(p, s, x):
    h, s, t = fw(p, s, x)
    return t.c, s, t


# returns hs, cs, tape
@wrong("lstm_forward", "all-c-for-the-state")
def f(p, s, x):
    h, s, t = fw(p, s, x)
    return h, t.c, t


# batch first
@wrong("lstm_forward", "examples-first")
def f(p, s, x):
    h, s, t = fw(p, s, x)
    return h.transpose(2, 0, 1), s, t


# h0 included
@wrong("lstm_forward", "h-with-the-first-state")
def f(p, s, x):
    h, s2, t = fw(p, s, x)
    return np.concatenate([s.h[None], h]), s2, t


# aliased in place
@wrong("lstm_forward", "one-array-for-all")
def f(p, s, x):
    h = s.h.copy()
    c = s.c.copy()
    hs = []
    ts = []
    for x_t in x:
        (hn, cn), t = lstm_step(p, State(h, c), x_t)
        h[:] = hn
        c[:] = cn
        hs.append(h)
        ts.append(t)
    return np.stack(hs), State(h, c), Tape(*map(np.stack, zip(*ts)))


# preallocated int
@wrong("lstm_forward", "dtype")
def f(p, s, x):
    h, s, t = fw(p, s, x)
    return h.astype(int), s, t


# list of h
@wrong("lstm_forward", "structure")
def f(p, s, x):
    h, s, t = fw(p, s, x)
    return list(h), s, t


# iterates x.T
@wrong("lstm_forward", "crash")
def f(p, s, x):
    return fw(p, s, x.transpose(2, 1, 0))


# only swaps: new h with old c
@wrong("lstm_forward", "c-not-carried-but-returned")
def f(p, s, x):
    hs = []
    ts = []
    for x_t in x:
        n, t = lstm_step(p, s, x_t)
        s = State(n.h, s.c)
        hs.append(n.h)
        ts.append(t)
    return np.stack(hs), n, Tape(*map(np.stack, zip(*ts)))


def core(p, ds, tape, **k):
    z, f, i, o, g, cp, c, h = tape
    dh, dcn = ds
    t = np.tanh(c)
    dc = dcn + dh * o * (1 - t**2)
    da = [dc * cp * f * (1 - f), dc * g * i * (1 - i), dh * t * o * (1 - o), dc * i * (1 - g**2)]
    return z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da


def fin(p, da, z, dcp, H):
    da = np.stack(da)
    dz = (p["W"].mT @ da).sum(0)
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:H], dcp), dz[H:]


# h prev missing: dW with x only
@wrong("lstm_back", "x-alone-in-dw")
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    r = fin(p, da, z, dc * f, len(c))
    return {"W": np.stack(da) @ z[len(c) :].T, "b": r[0]["b"]}, r[1], r[2]


# dc_prev = dc*f + ... adds dcn
@wrong("lstm_back", "dc-next-again")
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    return fin(p, da, z, dc * f + dcn, len(c))


# dh returned = ds.h + dz
@wrong("lstm_back", "dh-again")
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    r = fin(p, da, z, dc * f, len(c))
    return r[0], State(r[1].h + dh, r[1].c), r[2]


# sign flipped
@wrong("lstm_back", "minus")
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    return fin(p, [-a for a in da], z, dc * f, len(c))


# df with dcn (before h added) only f
@wrong("lstm_back", "df-from-the-old-dc")
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    da[0] = dcn * cp * f * (1 - f)
    return fin(p, da, z, dc * f, len(c))


# db shape (4,H) & mean
@wrong("lstm_back", "shape")
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    r = fin(p, da, z, dc * f, len(c))
    return {"W": r[0]["W"], "b": np.stack(da).mean(-1)}, r[1], r[2]


# keys dW db
@wrong("lstm_back", "structure")
def f(p, ds, tape):
    r = lstm_back(p, ds, tape)
    return {"dW": r[0]["W"], "db": r[0]["b"]}, r[1], r[2]


# o slope with tanh
@wrong("lstm_back", "tanh-slope-on-o")
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    da[2] = dh * t * (1 - o**2)
    return fin(p, da, z, dc * f, len(c))


# h for tanh(c) in do
@wrong("lstm_back", "do-with-h")
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    da[2] = dh * h * o * (1 - o)
    return fin(p, da, z, dc * f, len(c))


# extra i in di
@wrong("lstm_back", None)
def f(p, ds, tape):
    z, f, i, o, g, cp, c, h, dh, dcn, t, dc, da = core(p, ds, tape)
    da[0] = dc * cp * f * f * (1 - f)
    return fin(p, da, z, dc * f, len(c))


# zip in forward order of tape list, dh rev
@wrong("lstm_backward", "tape-reversed")
def f(p, tape, dh, ds):
    ds = State(*ds)
    dp = {"W": 0, "b": 0}
    dx = []
    for t in range(len(dh)):
        d, ds, q = lstm_back(p, State(ds.h + dh[-1 - t], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + d[k] for k in d}
        dx.append(q)
    return dp, ds, np.stack(dx[::-1])


# only first ds: dh_next init 0 but c kept
@wrong("lstm_backward", "ds-h-ignored")
def f(p, tape, dh, ds):
    ds = State(np.zeros_like(ds[0]), ds[1])
    dp = {"W": 0, "b": 0}
    dx = []
    for t in range(len(dh))[::-1]:
        d, ds, q = lstm_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + d[k] for k in d}
        dx.append(q)
    return dp, ds, np.stack(dx[::-1])


# dh added twice
@wrong("lstm_backward", "dh-t-twice")
def f(p, tape, dh, ds):
    ds = State(*ds)
    dp = {"W": 0, "b": 0}
    dx = []
    for t in range(len(dh))[::-1]:
        d, ds, q = lstm_back(p, State(ds.h + 2 * dh[t], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + d[k] for k in d}
        dx.append(q)
    return dp, ds, np.stack(dx[::-1])


# dh[t+1] off by one (dh[t-1])
@wrong("lstm_backward", "dh-of-the-moment-before")
def f(p, tape, dh, ds):
    ds = State(*ds)
    dp = {"W": 0, "b": 0}
    dx = []
    for t in range(len(dh))[::-1]:
        d, ds, q = lstm_back(p, State(ds.h + dh[t - 1], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + d[k] for k in d}
        dx.append(q)
    return dp, ds, np.stack(dx[::-1])


# stops early range(T-1,0,-1)
@wrong("lstm_backward", "first-moment-left-out")
def f(p, tape, dh, ds):
    ds = State(*ds)
    dp = {"W": 0, "b": 0}
    dx = []
    for t in range(len(dh) - 1, 0, -1):
        d, ds, q = lstm_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + d[k] for k in d}
        dx.append(q)
    return dp, ds, np.stack(dx[::-1])


# returns ds of last
@wrong("lstm_backward", "last-blame-returned")
def f(p, tape, dh, ds):
    s = State(*ds)
    dp = {"W": 0, "b": 0}
    dx = []
    for t in range(len(dh))[::-1]:
        d, s, q = lstm_back(p, State(s.h + dh[t], s.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + d[k] for k in d}
        dx.append(q)
    return dp, ds, np.stack(dx[::-1])


# dh[t] to c
@wrong("lstm_backward", "dh-t-into-c")
def f(p, tape, dh, ds):
    s = State(*ds)
    dp = {"W": 0, "b": 0}
    dx = []
    for t in range(len(dh))[::-1]:
        d, s, q = lstm_back(p, State(s.h + dh[t], s.c + dh[t]), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + d[k] for k in d}
        dx.append(q)
    return dp, s, np.stack(dx[::-1])


# xs transposed in loop over B
@wrong("rnn_forward", "b-moments")
def f(W, b, xs, h0):
    hs = []
    h = h0
    for t in range(xs.shape[2]):
        h = np.tanh(W @ join(h, xs[t]) + b)
        hs.append(h)
    return np.stack(hs)


# h list not np, tanh missing
@wrong("rnn_forward", "tanh-only-at-the-output")
def f(W, b, xs, h0):
    hs = []
    h = h0
    for x in xs:
        h = W @ join(h, x) + b
        hs.append(np.tanh(h))
    return np.stack(hs)


# batch first
@wrong("rnn_forward", "batch-first")
def f(W, b, xs, h0):
    hs = []
    h = h0
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        hs.append(h)
    return np.stack(hs).transpose(2, 0, 1)


# stack then reshape
@wrong("rnn_forward", "reshaped")
def f(W, b, xs, h0):
    hs = []
    h = h0
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        hs.append(h)
    return np.concatenate(hs, 1).reshape(len(xs), *h0.shape)


# bias added elementwise to z
@wrong("forget_gate", "bias-on-h")
def f(W, b, h, x):
    return sigmoid(W @ join(h + b, x))


# exp overflow wrong
@wrong("forget_gate", "sigma-without-its-1-plus")
def f(W, b, h, x):
    return np.exp(W @ join(h, x) + b) / (1 + np.exp(-(W @ join(h, x) + b)))


# relu6/6
@wrong("forget_gate", "straight")
def f(W, b, h, x):
    return np.clip(W @ join(h, x) + b, 0, 1)


# tanh rescaled wrong
@wrong("forget_gate", "sigma-2a")
def f(W, b, h, x):
    return (np.tanh(W @ join(h, x) + b) + 1) / 2


# times h
@wrong("forget_gate", "nearly")
def f(W, b, h, x):
    return sigmoid(W @ join(h, x) + b) * h


# returns c*f only after loop
@wrong("cell_update", "i-plus-g")
def f(f, c, i, g):
    return f * c + i + g


# mean
@wrong("cell_update", "scaled")
def f(f, c, i, g):
    return (f * c + i * g) / 2


# f*c + i*tanh(c)
@wrong("cell_update", "c-for-the-candidate")
def f(f, c, i, g):
    return f * c + i * np.tanh(c)


# f*(c+g)
@wrong("cell_update", "two")
def f(f, c, i, g):
    return f * c + f * g


# o*(c/(1+|c|))
@wrong("hidden", None)
def f(o, c):
    return o * c / (1 + np.abs(c))


# tanh(c) - o
@wrong("hidden", None)
def f(o, c):
    return np.tanh(c) - o


# log2 of f without inverse neg
@wrong("half_life", "upside-down-with-its-sign")
def f(f):
    return np.log2(f)


# 0.5/f
@wrong("half_life", "divided")
def f(f):
    return 0.5 / f


# f/2
@wrong("half_life", "root")
def f(f):
    return f**0.5


# ln 2 mistakes
@wrong("bias_for", "log-of-the-half-life")
def f(n):
    return np.log(n)


# 1-1/n
@wrong("bias_for", "mean-life")
def f(n):
    q = 1 - 1 / n
    return math.log(q / (1 - q))


# exp of median
@wrong("perplexity", "median")
def f(l):
    return np.exp(np.median(l))


# sum of mask only 1 axis
@wrong("masked_loss", "shape")
def f(l, m):
    return (l * m).sum() / m.sum(0)


# clips if any array exceeds
@wrong("clip", "largest-norm")
def f(gs, m):
    n = max(np.linalg.norm(g) for g in gs)
    return [g * min(1, m / n) for g in gs]


# +1e-1 eps
@wrong("clip", None)
def f(gs, m):
    n = np.sqrt(sum((g**2).sum() for g in gs)) + 0.1
    return [g * min(1, m / n) for g in gs]


# always unit norm
@wrong("clip", "norm-one")
def f(gs, m):
    n = np.sqrt(sum((g**2).sum() for g in gs))
    return [g / n for g in gs]


# 1-h missing square
@wrong("gradient_norms", "square-forgotten")
def f(W, hs):
    P = np.eye(len(W))
    o = []
    for h in hs[::-1]:
        P = P @ (np.diag(1 - h) @ W)
        o.append(np.linalg.norm(P, 2))
    return o


# uses h_{t-1}
@wrong("gradient_norms", "state-before")
def f(W, hs):
    P = np.eye(len(W))
    o = []
    for t in range(len(hs) - 1, -1, -1):
        P = P @ (np.diag(1 - hs[t - 1] ** 2) @ W)
        o.append(np.linalg.norm(P, 2))
    return o


# log norms
@wrong("gradient_norms", "nearly")
def f(W, hs):
    P = np.eye(len(W))
    o = []
    for h in hs[::-1]:
        P = P @ (np.diag(1 - h**2) @ W)
        o.append(np.log(np.linalg.norm(P, 2)))
    return np.array(o)


# outer
@wrong("jacobian", "outer-product")
def f(W, h):
    return np.outer(1 - h**2, h)


# 2h
@wrong("jacobian", None)
def f(W, h):
    return np.diag(1 - 2 * h) @ W


# cumprod rev of fs[1:] shape
@wrong("carousel", "last-one-left-out")
def f(fs):
    return np.cumprod(fs[:0:-1], 0)[::-1]


# f^t
@wrong("carousel", "before-t")
def f(fs):
    return np.array([fs[:t].prod(0) for t in range(len(fs))])


# abs
@wrong("gradient_check", "magnitude")
def f(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        a = w.copy()
        a[k] += eps
        b = w.copy()
        b[k] -= eps
        g[k] = abs(loss(a) - loss(b)) / (2 * eps)
    return g


# rows only
@wrong("gradient_check", "rows")
def f(loss, w, eps):
    g = np.zeros_like(w)
    for k in range(len(w)):
        a = w.copy()
        a[k] += eps
        b = w.copy()
        b[k] -= eps
        g[k] = (loss(a) - loss(b)) / (2 * eps)
    return g


# uses sampling
@wrong("greedy", "impure")
def f(step, s, start, stop, longest):
    o = []
    w_ = start
    r = np.random.default_rng()
    for _ in range(longest):
        s, y = step(s, w_)
        p = np.exp(y)
        w_ = r.choice(len(y), p=p / p.sum())
        if w_ == stop:
            break
        o.append(w_)
    return o


# string words
@wrong("greedy", "structure")
def f(step, s, start, stop, longest):
    o = []
    w_ = start
    for _ in range(longest):
        s, y = step(s, w_)
        w_ = int(np.argmax(y))
        if w_ == stop:
            break
        o.append(str(w_))
    return o


# threshold cumsum wrong
@wrong("sample", "structure")
def f(y, t, rng):
    p = np.exp(y / t)
    p /= p.sum()
    return int(np.sum(rng.random() > p))


# axis none max, axis1
@wrong("softmax", "two")
def f(y):
    e = np.exp(y - y.max())
    return e / e.sum(1, keepdims=True)
