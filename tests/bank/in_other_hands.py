"""Answers in other hands: loops, einsum, batch first, another order of the gates; many a wrong one has two mistakes."""
# ruff: noqa: B007, E501, E731, E741, F811, F841
import math
from functools import reduce

import numpy as np

from lstmlib import State, Tape, join, sigmoid

from . import right, wrong


@wrong("first_gate", "brackets")
def f(a):
    return 1 / 1 + np.exp(-a)


@wrong("first_gate", "slip")
def f(a):
    return 1 / (2 + np.exp(a))


@right("first_gate")
def f(a):
    return np.exp(-np.logaddexp(0, -a))


@wrong("rnn_step", "bias-outside")
def f(W, b, h, x):
    z = np.concatenate([h, x], axis=0)
    return np.tanh(W @ z) + b


@wrong("rnn_step", "x-over-h + no-bias")
def f(W, b, h, x):
    D = x.shape[0]
    Wx, Wh = W[:, :D], W[:, D:]
    return np.tanh(Wx @ x + Wh @ h)


@right("rnn_step")
def f(W, b, h, x):
    z = np.hstack([h.T, x.T])
    return np.tanh(z @ W.T + b.ravel()).T


@wrong("rnn_forward", "the-state-before-each-step")
def f(W, b, xs, h0):
    hs = [h0]
    for x in xs[:-1]:
        hs.append(np.tanh(W @ join(hs[-1], x) + b))
    return np.array(hs)


@wrong("rnn_forward", "time-last + no-tanh")
def f(W, b, xs, h0):
    h = h0
    res = []
    for x in xs:
        h = W @ join(h, x) + b
        res.append(h)
    return np.stack(res, axis=-1)


@right("rnn_forward")
def f(W, b, xs, h0):
    from itertools import accumulate
    return np.stack(list(accumulate(xs, lambda h, x: np.tanh(W @ join(h, x) + b), initial=h0))[1:])


@wrong("read_out", "minus-bias")
def f(V, b_y, h):
    return np.einsum('kh,hb->kb', V, h) - b_y


@wrong("read_out", "no-bias + state-squashed-again")
def f(V, b_y, h):
    return V @ np.tanh(h)


@right("read_out")
def f(V, b_y, h):
    return np.hstack([V, b_y]) @ np.vstack([h, np.ones((1, h.shape[1]))])


@wrong("softmax", "over-everything")
def f(y):
    e = np.exp(y - y.max())
    return e / e.sum()


@wrong("softmax", "sum-over-the-batch + maximum-divides")
def f(y):
    y = y / y.max(axis=0)
    e = np.exp(y)
    return e / e.sum(axis=1, keepdims=True)


@right("softmax")
def f(y):
    return np.exp(y - np.logaddexp.reduce(y, axis=0))


@wrong("greedy", "start-read-again")
def f(step, s, start, stop, longest):
    out = []
    for _ in range(longest):
        s, y = step(s, start)
        w = int(np.argmax(y))
        if w == stop:
            break
        out.append(w)
    return out


@wrong("greedy", "state-not-carried + start-included")
def f(step, s, start, stop, longest):
    words = [start]
    while len(words) < longest:
        new, y = step(s, words[-1])
        w = int(np.argmax(y))
        if w == stop:
            break
        words.append(w)
    return words


@wrong("sample", "overflow")
def f(y, temperature, rng):
    e = np.exp(y / temperature)
    return rng.choice(np.arange(len(y)), p=e / np.sum(e))


@right("sample")
def f(y, temperature, rng):
    return int(np.argmax(y / temperature + rng.gumbel(size=len(y))))


@wrong("perplexity", "base-2")
def f(losses):
    return 2 ** np.mean(losses)


@wrong("perplexity", "sum + sign")
def f(losses):
    return float(np.exp(-np.sum(losses)))


@wrong("masked_loss", "divided-by-all")
def f(losses, mask):
    return np.mean(losses * mask)


@wrong("masked_loss", "sum-only + padding-in-the-sum")
def f(losses, mask):
    return np.sum(losses * (1 - mask))


@right("masked_loss")
def f(losses, mask):
    return np.average(losses, weights=mask)


@wrong("nearest_caption", "absolute-differences")
def f(x, seen, captions):
    d = np.abs(seen - x[:, None]).sum(axis=0)
    return captions[:, d.argmin()]


@wrong("nearest_caption", "not-squared")
def f(x, seen, captions):
    best, where = -np.inf, 0
    for n in range(seen.shape[1]):
        d = sum(x - seen[:, n])
        if d > best:
            best, where = d, n
    return captions[:, where]


@right("nearest_caption")
def f(x, seen, captions):
    return captions.T[np.argmin((seen ** 2).sum(0) - 2 * x @ seen)]


@wrong("jacobian", "slope-on-the-columns")
def f(Wh, h):
    return Wh * (1 - h ** 2)


@wrong("jacobian", "w-transposed + slope-of-sigma")
def f(Wh, h):
    return np.diag(h * (1 - h)) @ Wh.T


@right("jacobian")
def f(Wh, h):
    return np.einsum("j,jk->jk", (1 - h) * (1 + h), Wh)


@wrong("gradient_norms", "order-of-the-product")
def f(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        P = np.diag(1 - h ** 2) @ Wh @ P
        out.append(np.linalg.norm(P, 2))
    return np.array(out)


@wrong("gradient_norms", "slope-forgotten + in-order-of-time")
def f(Wh, hs):
    P = np.eye(len(Wh))
    out = []
    for t in range(len(hs) - 1, -1, -1):
        P = P @ Wh
        out.insert(0, np.linalg.norm(P, 2))
    return np.array(out)


@right("gradient_norms")
def f(Wh, hs):
    Ps = [reduce(np.matmul, [np.diag(1 - h ** 2) @ Wh for h in hs[len(hs) - k:][::-1]]) for k in range(1, len(hs) + 1)]
    return np.array([np.linalg.svd(P, compute_uv=False)[0] for P in Ps])


@wrong("rnn_back", "slope-forgotten")
def f(W, z, h, dh):
    dW = dh @ z.T
    return dW, (W.T @ dh)[:len(h)]


@wrong("rnn_back", "mean-over-the-batch + the-whole-z")
def f(W, z, h, dh):
    B = dh.shape[1]
    da = dh * (1 - h ** 2)
    dW = np.einsum("hb,zb->hz", da, z) / B
    return dW, W.T @ da


@right("rnn_back")
def f(W, z, h, dh):
    da = (1 + h) * (1 - h) * dh
    dW = sum(np.outer(a, q) for a, q in zip(da.T, z.T))
    return [dW, np.stack([W[:, :h.shape[0]].T @ a for a in da.T], axis=1)]


@wrong("clip", "each-array-apart")
def f(grads, max_norm):
    return [g * min(1, max_norm / np.linalg.norm(g)) for g in grads]


@wrong("clip", "sum-of-norms + the-other-way-round")
def f(grads, max_norm):
    norm = sum(np.linalg.norm(g) for g in grads)
    if norm < max_norm:
        grads = [g * max_norm / norm for g in grads]
    return grads


@right("clip")
def f(grads, max_norm):
    flat = np.concatenate([g.ravel() for g in grads])
    return [g / max(1.0, np.linalg.norm(flat) / max_norm) for g in grads]


@wrong("half_life", "not-inverted")
def f(f):
    return np.log(f) / np.log(0.5)


@wrong("half_life", "scaled")
def f(f):
    return np.log10(2) / np.log(f)


@right("half_life")
def f(f):
    return math.log(0.5, f)


@wrong("bias_for", "only-f")
def f(half_life):
    return 0.5 ** (1 / half_life)


@wrong("bias_for", "slip")
def f(half_life):
    f = 0.5 ** half_life
    return np.log(f / (1 + f))


@right("bias_for")
def f(half_life):
    return -math.log(math.expm1(math.log(2) / half_life))


@wrong("forget_gate", "tanh-for-sigma")
def f(W_f, b_f, h, x):
    H = len(h)
    return np.tanh(W_f[:, :H] @ h + W_f[:, H:] @ x + b_f)


@wrong("forget_gate", "x-over-h + minus-bias")
def f(W_f, b_f, h, x):
    z = np.concatenate([x, h])
    return 1 / (1 + np.exp(-(W_f @ z - b_f)))


@right("forget_gate")
def f(W_f, b_f, h, x):
    return 0.5 * (np.tanh(0.5 * (np.c_[W_f, b_f] @ np.r_[h, x, np.ones((1, h.shape[1]))])) + 1)


@wrong("candidate", "sigma-for-tanh")
def f(W_g, b_g, h, x):
    return sigmoid(W_g @ np.r_[h, x] + b_g)


@wrong("candidate", "x-over-h + no-bias")
def f(W_g, b_g, h, x):
    return np.tanh(W_g @ join(x, h))


@right("candidate")
def f(W_g, b_g, h, x):
    a = np.tensordot(W_g, np.append(h, x, axis=0), axes=1) + b_g
    return 1 - 2 / (np.exp(2 * a) + 1)


@wrong("cell_update", "changed")
def f(f, c, i, g):
    c *= f
    c += i * g
    return c


@wrong("cell_update", "gates-swapped + minus")
def f(f, c, i, g):
    return i * c - f * g


@right("cell_update")
def f(f, c, i, g):
    return np.sum([np.multiply(f, c), np.multiply(i, g)], axis=0)


@wrong("carousel", "off-by-one")
def f(fs):
    return np.cumprod(fs[::-1], axis=0)[::-1]


@wrong("carousel", "last-step-forgotten + one-factor")
def f(fs):
    T = len(fs)
    d = np.ones(fs.shape)
    for t in range(T - 2, -1, -1):
        d[t] = fs[t]
    return d


@right("carousel")
def f(fs):
    return np.stack([fs[t + 1:].prod(0) for t in range(len(fs))])


@wrong("hidden", "tanh-of-the-product")
def f(o, c):
    return np.tanh(np.multiply(o, c))


@wrong("hidden", "sigma-for-tanh + 1-minus-o")
def f(o, c):
    return (1 - o) * sigmoid(c)


@right("hidden")
def f(o, c):
    return o * (1 - 2 / (1 + np.exp(2 * c)))


@wrong("gate_for", "no-limits")
def f(h, c):
    return h / np.tanh(c)


@right("gate_for")
def f(h, c):
    return np.vectorize(lambda a, q: sorted([0.0, a / math.tanh(q), 1.0])[1])(h, c)


@wrong("gradient_check", "one-sided")
def f(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        v = w.copy()
        v[k] += eps
        g[k] = (loss(v) - loss(w)) / eps
    return g


@wrong("gradient_check", "scaled")
def f(loss, w, eps):
    slopes = []
    for k in range(w.size):
        up, down = w.copy(), w.copy()
        up.ravel()[k] += eps
        down.ravel()[k] -= eps
        slopes.append((loss(down) - loss(up)) / eps)
    return np.array(slopes).reshape(w.shape)


@right("gradient_check")
def f(loss, w, eps):
    E = (np.eye(w.size) * eps).reshape(-1, *w.shape)
    return np.reshape([(loss(w + e) - loss(w - e)) / 2 / eps for e in E], w.shape)


@wrong("lstm_step", "pytorchs-order")
def f(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    i, f, g, o = sigmoid(a[0]), sigmoid(a[1]), np.tanh(a[2]), sigmoid(a[3])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


@wrong("lstm_step", "sigma-on-the-candidate + tanh-of-the-old-c")
def f(p, s, x):
    z = join(s.h, x)
    f, i, o, g = [sigmoid(W @ z + b) for W, b in zip(p["W"], p["b"])]
    c = f * s.c + i * g
    h = o * np.tanh(s.c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


@right("lstm_step")
def f(p, s, x):
    z = np.r_[s.h, x]
    a = np.vstack(p["W"]) @ z + np.vstack(p["b"])
    H = s.h.shape[0]
    f, i, o = (1 / (1 + np.exp(-a[k * H:(k + 1) * H])) for k in range(3))
    g = np.tanh(a[-H:])
    c = f * s.c + i * g
    return (np.tanh(c) * o, c), (z, f, i, o, g, s.c, c, np.tanh(c) * o)


@wrong("lstm_forward", "c-prev-overwritten")
def f(p, s, x):
    h, c = s
    rec = {k: [] for k in Tape._fields}
    for xt in x:
        z = join(h, xt)
        f, i, o = (sigmoid(p["W"][k] @ z + p["b"][k]) for k in range(3))
        g = np.tanh(p["W"][3] @ z + p["b"][3])
        c = f * c + i * g
        h = o * np.tanh(c)
        for k, v in zip(Tape._fields, (z, f, i, o, g, c, c, h)):
            rec[k].append(v)
    tape = Tape(**{k: np.stack(v) for k, v in rec.items()})
    return tape.h, State(h, c), tape


@wrong("lstm_back", "tanh-slope-of-c-missing")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    do = ds.h * np.tanh(c)
    dc = ds.c + ds.h * o
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), do * o * (1 - o), dc * i * (1 - g ** 2)])
    dW = np.einsum("ghb,zb->ghz", da, z)
    db = da.sum(-1, keepdims=True)
    dz = np.einsum("ghz,ghb->zb", p["W"], da)
    H = len(c)
    return {"W": dW, "b": db}, State(dz[:H], dc * f), dz[H:]


@right("lstm_back")
def f(p, ds, tape):
    z, f, i, o, g, c0, c, h = tape
    H, B = h.shape
    u = h / o
    dc = ds.c + ds.h * (o - h * u)
    da = np.concatenate([dc * c0 * f * (1 - f), dc * g * i * (1 - i), ds.h * u * o * (1 - o), dc * i * (1 - g * g)])
    dz = p["W"].reshape(4 * H, -1).T @ da
    return ({"W": (da @ z.T).reshape(4, H, -1), "b": da.sum(1).reshape(4, H, 1)}, (dz[:H], dc * f), dz[H:])


@wrong("torch_to_sheet", "gates-as-they-came")
def f(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.hstack([W_hh, W_ih]).reshape(4, H, -1)
    b = (b_ih + b_hh).reshape(4, H, 1)
    return W, b


@wrong("torch_to_sheet", "order-of-keras + first-bias-only")
def f(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    order = [1, 0, 2, 3]
    W = np.concatenate([W_hh, W_ih], 1).reshape(4, H, -1)[order]
    b = b_ih.reshape(4, H, 1)[order]
    return W, b


@right("torch_to_sheet")
def f(W_ih, W_hh, b_ih, b_hh):
    H = len(b_ih) // 4
    rows = np.concatenate([np.arange(k * H, k * H + H) for k in (1, 0, 3, 2)])
    return np.c_[W_hh, W_ih][rows].reshape(4, H, -1), (b_ih + b_hh)[rows].reshape(4, H, 1)


@wrong("set_forget_bias", "input-gate")
def f(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_ih, b_hh = b_ih.copy(), b_hh.copy()
    b_ih[:H] = value
    b_hh[:H] = 0
    return b_ih, b_hh


@wrong("set_forget_bias", "added + the-other-cleared")
def f(b_ih, b_hh, value):
    i, f, g, o = np.split(b_ih, 4)
    return np.concatenate([i, f + value, g, o]), np.zeros_like(b_hh)


@wrong("last_outputs", "one-too-far")
def f(output, lengths):
    return np.stack([output[n, min(l, output.shape[1] - 1)] for n, l in enumerate(lengths)])


@wrong("loss_of_scores", "divided-by-all")
def f(scores, target, mask):
    m = scores.max(-1, keepdims=True)
    logp = scores - m - np.log(np.exp(scores - m).sum(-1, keepdims=True))
    picked = np.take_along_axis(logp, target[..., None], -1)[..., 0]
    return -(picked * mask).mean()


@wrong("loss_of_scores", "softmax-over-time + sign")
def f(scores, target, mask):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    B, T, K = scores.shape
    q = p[np.arange(B)[:, None], np.arange(T), target]
    return np.sum(np.log(q) * mask) / np.sum(mask)


@wrong("autoregression", "oldest-first")
def f(x, p, h):
    A, y = [], []
    for t in range(p - 1, len(x) - h):
        A.append([1, *x[t - p + 1:t + 1]])
        y.append(x[t + h])
    return np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0]


@wrong("min_update", "changed-places")
def f(f, i, g, h):
    s = f + i
    return i / s * h + f / s * g


@wrong("min_update", "only-f-scaled + subtracted")
def f(f, i, g, h):
    return f / (f + i) * h - i * g


@wrong("two_in_one", "other-order")
def f(a1, b1, a2, b2):
    return a1 * a2, a1 * b2 + b1


@wrong("two_in_one", "b-not-kept + a-added")
def f(a1, b1, a2, b2):
    return a1 + a2, b1 + b2


@wrong("weigh", "smaller")
def f(log_f, a, g, c, n, m):
    new = np.minimum(log_f + m, a)
    f, i = np.exp(log_f + m - new), np.exp(a - new)
    return f * c + i * g, f * n + i, new


@wrong("weigh", "m-without-m + n-with-g")
def f(log_f, a, g, c, n, m):
    m_new = np.maximum(log_f, a)
    i, f = np.exp(a - m_new), np.exp(log_f + m - m_new)
    return f * c + i * g, f * n + i * g, m_new


@wrong("attend", "over-examples")
def f(h, q):
    score = (h * q).sum(axis=1)
    e = np.exp(score - score.max(axis=1, keepdims=True))
    share = e / e.sum(axis=1, keepdims=True)
    return (share[:, None] * h).sum(axis=0)


@wrong("attend", "not-summed + scores-for-shares")
def f(h, q):
    s = h * q
    return (s * h).sum(0)


@wrong("words_right", "most-active-alone")
def f(y, legal, mask):
    T, K, B = y.shape
    ok = np.array([[legal[t, y[t, :, b].argmax(), b] for b in range(B)] for t in range(T)])
    return (ok | (mask == 0)).all(0) * 1.0


@wrong("words_right", "most-active-alone + share-of-the-counting-steps")
def f(y, legal, mask):
    top = y.argmax(1)
    ok = np.take_along_axis(legal, top[:, None], 1)[:, 0]
    return (ok * mask).sum(0) / mask.sum(0)
