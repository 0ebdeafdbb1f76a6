"""Answers by many hands, each with its own habits, written from the exercises' texts alone: one mistake, two or three.

None stands where the judge cannot say more than that, or where, the numbers differ.
"""
# ruff: noqa: B006, B007, B023, E501, E731, E741, F811, F841
import math

import numpy as np

from lstmlib import softmax
from lstmlib.cells import State, Tape, join, lstm_back, lstm_step, sigmoid

from . import right, wrong


def rnn_step(W, b, h, x):
    return np.tanh(W @ join(h, x) + b)


# loops: abs of a
@wrong("first_gate", "slip")
def f(a):
    out = np.zeros_like(a)
    for i in range(len(a)):
        out[i] = 1 / (1 + math.e ** -abs(a[i]))
    return out


# tired: power 1 instead of -1
@wrong("first_gate", "brackets")
def f(a):
    return (1 + np.exp(-a)) ** 1


# mathematician: one minus
@right("first_gate")
def f(a):
    return 1 - 1 / (1 + np.exp(a))


# careful: two branches
@right("first_gate")
def f(a):
    return np.where(a < 0, np.exp(np.minimum(a, 0)) / (1 + np.exp(np.minimum(a, 0))), 1 / (1 + np.exp(-np.abs(a))))


# other names: e^a/(e^a+1)
@right("first_gate")
def f(a):
    e = np.power(np.e, a)
    return e / (e + 1)


# ufuncs: ufuncs only
@right("first_gate")
def f(a):
    return np.reciprocal(np.add(np.exp(np.negative(a)), 1))


# in place on a copy: in place
@right("first_gate")
def f(a):
    out = np.array(a, dtype=float)
    np.negative(out, out=out)
    np.exp(out, out=out)
    out += 1
    return 1 / out


# loops: x's columns start at 0 instead of H
@wrong("rnn_step", "first-columns-for-x")
def f(W, b, h, x):
    H, B = h.shape
    new = np.zeros((H, B))
    for j in range(H):
        for n in range(B):
            total = 0
            for k in range(H):
                total += W[j, k] * h[k, n]
            for k in range(x.shape[0]):
                total += W[j, k] * x[k, n]
            new[j, n] = np.tanh(total + b[j, 0])
    return new


# einsum: Wh transposed
@wrong("rnn_step", "slip", "line")
def f(W, b, h, x):
    Wh, Wx = W[:, :h.shape[0]], W[:, h.shape[0]:]
    return np.tanh(np.einsum("jk,jb->kb", Wh, h) + np.einsum("jd,db->jb", Wx, x) + b)


# einsum: einsum
@right("rnn_step")
def f(W, b, h, x):
    H = len(W)
    return np.tanh(np.einsum("jk,kb->jb", W[:, :H], h) + np.einsum("jd,db->jb", W[:, H:], x) + b)


# mathematician: tanh by exp
@right("rnn_step")
def f(W, b, h, x):
    a = (W[:, :, None] * np.r_[h, x][None]).sum(1) + b
    return 2 / (1 + np.exp(-2 * a)) - 1


# block by block: bias as a column
@right("rnn_step")
def f(W, b, h, x):
    z = np.append(join(h, x), np.ones((1, h.shape[1]), h.dtype), axis=0)
    return np.tanh(np.c_[W, b] @ z)


# plain: plain
@right("rnn_step")
def f(W, b, h, x):
    return np.tanh(W @ join(h, x) + b)


# Keras: starts from zeros, keeps the old h
@wrong("rnn_forward", "the-state-before-each-step + h0-ignored")
def f(W, b, xs, h0):
    hs, h = [], np.zeros_like(h0)
    for x in xs:
        hs.append(h)
        h = np.tanh(W @ join(h, x) + b)
    return np.array(hs)


# tired: first x skipped, h0 among them, sigmoid
@wrong("rnn_forward", None)
def f(W, b, xs, h0):
    hs, h = [], h0
    for x in xs[1:]:
        h = sigmoid(W @ join(h, x) + b)
        hs.append(h)
    return np.array([h0, *hs])


# wrong variable: the sum goes on instead of its tanh
@wrong("rnn_forward", "tanh-only-at-the-output")
def f(W, b, xs, h0):
    out = np.zeros((len(xs), *h0.shape))
    h = h0
    for t, x in enumerate(xs):
        a = W @ join(h, x) + b
        out[t] = np.tanh(a)
        h = a
    return out


# functional: reduce
@right("rnn_forward")
def f(W, b, xs, h0):
    from functools import reduce
    return np.array(reduce(lambda hs, x: [*hs, rnn_step(W, b, hs[-1], x)], xs, [h0])[1:])


# einsum: input products first
@right("rnn_forward")
def f(W, b, xs, h0):
    H = h0.shape[0]
    pre = np.einsum("hd,tdb->thb", W[:, H:], xs) + b
    hs, h = np.empty_like(pre), h0
    for t in range(pre.shape[0]):
        hs[t] = h = np.tanh(pre[t] + np.dot(W[:, :H], h))
    return hs


# recursion: recursive
@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    if len(xs) == 0:
        return np.zeros((0, *h0.shape))
    first = rnn_step(W, b, h0, xs[0])
    return np.concatenate([first[None], rnn_forward(W, b, xs[1:], first)])


# loops: sum over rows
@right("read_out")
def f(V, b_y, h):
    return np.stack([sum(V[k, j] * h[j] for j in range(len(h))) + b_y[k, 0] for k in range(len(V))])


# block by block: blocks
@right("read_out")
def f(V, b_y, h):
    return np.block([V, b_y]) @ np.vstack([h, np.ones(h.shape[1], h.dtype)])


# tensordot: tensordot
@right("read_out")
def f(V, b_y, h):
    return np.tensordot(V, h, axes=1) + np.broadcast_to(b_y, (V.shape[0], h.shape[1]))


# log-sum-exp: overflows
@wrong("softmax", None)
def f(y):
    return np.exp(y - np.log(np.sum(np.exp(y), axis=0)))


# loops: divides before the total is complete
@wrong("softmax", None)
def f(y):
    K, B = y.shape
    p = np.zeros((K, B))
    for b in range(B):
        m = max(y[:, b])
        total = 0
        for k in range(K):
            p[k, b] = math.exp(y[k, b] - m)
            total += p[k, b]
            p[k, b] /= total
    return p


# log-sum-exp: log-sum-exp after shift
@right("softmax")
def f(y):
    y = y - y.max(0)
    return np.exp(y - np.log(np.exp(y).sum(0)))


# lists: column by column
@right("softmax")
def f(y):
    return np.array([[math.exp(v - max(col)) for v in col] / sum(np.exp(np.array(col) - max(col)))
                     for col in y.T.tolist()]).T


# in place on a copy: in place
@right("softmax")
def f(y):
    y = np.array(y, dtype=float)
    y -= np.amax(y, axis=0, keepdims=True)
    np.exp(y, out=y)
    y /= np.add.reduce(y, axis=0)
    return y


# tired: padding counted, divided by T
@wrong("masked_loss", "divided-by-t + padding-in-the-sum")
def f(losses, mask):
    real = losses[mask == 0]
    return real.sum() / losses.shape[0]


# nan: nanmean
@right("masked_loss")
def f(losses, mask):
    return float(np.nanmean(np.where(mask, losses, np.nan)))


# information theorist: base, sign, sum
@wrong("perplexity", None)
def f(losses):
    return 2 ** -np.sum(losses)


# mathematician: geometric mean
@right("perplexity")
def f(losses):
    return np.prod(np.exp(losses)) ** (1 / np.size(losses))


# math: fsum
@right("perplexity")
def f(losses):
    return math.exp(math.fsum(np.ravel(losses)) / np.size(losses))


# tired: sign, last word never
@wrong("sample", None)
def f(y, temperature, rng):
    z = -(y - y.max()) / max(temperature, 1e-6)
    p = np.exp(z - z.max())
    p /= p.sum()
    return int(rng.choice(len(y) - 1, p=p[:-1] / p[:-1].sum()))


# inverse transform: cumsum forgotten
@wrong("sample", None)
def f(y, temperature, rng):
    if temperature < 1e-6:
        return int(np.argmax(y))
    z = y / temperature
    p = np.exp(z - z.max())
    p /= p.sum()
    return int(np.argmax(rng.random() < p))


# inverse transform: not normalised
@wrong("sample", None)
def f(y, temperature, rng):
    z = y / max(temperature, 1e-8)
    p = np.exp(z - z.max())
    c = np.cumsum(p)
    return int(np.searchsorted(c, rng.random()))


# tired: argmin; temperature divides p
@wrong("sample", "temperature-ignored")
def f(y, temperature, rng):
    if temperature == 0:
        return int(np.argmin(y))
    p = np.exp(y - y.max()) / np.exp(y - y.max()).sum()
    p = p / temperature
    return int(rng.choice(len(y), p=p / p.sum()))


# Gumbel: Gumbel trick
@right("sample")
def f(y, temperature, rng):
    if temperature == 0:
        return int(np.argmax(y))
    return int(np.argmax(y / temperature + rng.gumbel(size=len(y))))


# multinomial: multinomial
@right("sample")
def f(y, temperature, rng):
    p = softmax((y - y.max())[:, None] / max(temperature, 1e-9))[:, 0]
    return int(rng.multinomial(1, p / p.sum()).argmax())


# loops: walk along the shares
@right("sample")
def f(y, temperature, rng):
    z = (y - np.max(y)) / max(temperature, 1e-12)
    p = np.exp(z) / np.exp(z).sum()
    u, k = rng.random(), 0
    while k < len(p) - 1 and u >= p[k]:
        u -= p[k]
        k += 1
    return k


# lists: index of max
@right("greedy")
def f(step, s, start, stop, longest):
    words, n = [], 0
    while n < longest:
        s, y = step(s, start)
        start = list(y).index(max(y))
        if start == stop:
            return words
        words += [start]
        n += 1
    return words


# generator: a generator (asks one step more than needed)
@right("greedy")
def f(step, s, start, stop, longest):
    def spoken(s, word):
        while True:
            s, y = step(s, word)
            word = np.argmax(y)
            yield word
    said = []
    for n, word in enumerate(spoken(s, start)):
        if n >= longest or word == stop:
            break
        said.append(word)
    return said


# functional: min with key
@right("nearest_caption")
def f(x, seen, captions):
    return min(zip(seen.T, captions.T), key=lambda pair: np.linalg.norm(pair[0] - x))[1]


# einsum: argsort
@right("nearest_caption")
def f(x, seen, captions):
    order = np.argsort(np.einsum("db,db->b", seen - x[:, None], seen - x[:, None]), kind="stable")
    return captions[:, order][:, 0]


# einsum: plus, transposed
@wrong("jacobian", "w-transposed + plus")
def f(Wh, h):
    return np.einsum("j,kj->jk", 1 + h * h, Wh)


# mathematician: W - diag(h)² W
@right("jacobian")
def f(Wh, h):
    return Wh - np.diag(h) ** 2 @ Wh


# mathematician: 1/cosh²
@right("jacobian")
def f(Wh, h):
    a = np.arctanh(h)
    return Wh / np.cosh(a)[:, np.newaxis] ** 2


# tired: first step on, norm before, 1 - h
@wrong("gradient_norms", "from-the-first-step-other-order + square-forgotten + one-lag-late")
def f(Wh, hs):
    P, norms = np.eye(len(Wh)), []
    for h in hs:
        norms.append(np.linalg.norm(P, 2))
        P = (np.diag(1 - h) @ Wh) @ P
    return np.array(norms)


# mathematician: svd of a fresh product
@right("gradient_norms")
def f(Wh, hs):
    Js = (1 - hs[:, :, None] ** 2) * Wh
    T = len(Js)
    return [np.linalg.svd(np.linalg.multi_dot([*Js[T - k:][::-1], np.eye(len(Wh))]), compute_uv=False)[0]
            for k in range(1, T + 1)]


# functional: reduce
@right("gradient_norms")
def f(Wh, hs):
    from functools import reduce
    return np.array([np.linalg.norm(reduce(np.matmul, [np.diag(1 - h * h) @ Wh for h in hs[:-k - 1:-1]]), ord=2)
                     for k in range(1, hs.shape[0] + 1)])


# tired: tanh's slope forgotten, the last rows
@wrong("rnn_back", "slope-forgotten + on-the-input")
def f(W, z, h, dh):
    dz = W.T @ dh
    return dh @ z.T, dz[len(h):]


# copier: recomputed without b
@wrong("rnn_back", None)
def f(W, z, h, dh):
    dtanh = 1 - np.tanh(W @ z) ** 2
    da = dtanh * dh
    return da.dot(z.T), W[:, :h.shape[0]].T.dot(da)


# loops: = instead of +=: last example only
@wrong("rnn_back", None)
def f(W, z, h, dh):
    H, B = h.shape
    dW = np.zeros_like(W)
    for n in range(B):
        for j in range(H):
            for k in range(z.shape[0]):
                dW[j, k] = dh[j, n] * (1 - h[j, n] ** 2) * z[k, n]
    dh_prev = np.zeros((H, B))
    for k in range(H):
        for j in range(H):
            dh_prev[k] += W[j, k] * dh[j] * (1 - h[j] ** 2)
    return dW, dh_prev


# einsum: 1 - h, last rows
@wrong("rnn_back", "square-forgotten + last-rows")
def f(W, z, h, dh):
    da = np.einsum("hb,hb->hb", dh, 1 - h)
    return np.einsum("hb,kb->kh", da, z).T, np.einsum("hk,hb->kb", W, da)[-len(h):]


# einsum: einsum
@right("rnn_back")
def f(W, z, h, dh):
    da = dh - dh * h * h
    return np.einsum("hb,kb->hk", da, z), np.einsum("hk,hb->kb", W[:, :h.shape[0]], da)


# outer products: sum of outer products, a list
@right("rnn_back")
def f(W, z, h, dh):
    da = (1 + h) * (1 - h) * dh
    dW = sum(np.outer(da[:, n], z[:, n]) for n in range(z.shape[1]))
    return [dW, np.split(W.T @ da, [len(h)])[0]]


# rms: means instead of sums
@wrong("clip", "line")
def f(grads, max_norm):
    norm = np.sqrt(np.mean([np.mean(g ** 2) for g in grads]))
    return [g * (max_norm / norm) if norm > max_norm else g for g in grads]


# math: hypot
@right("clip")
def f(grads, max_norm):
    norm = math.hypot(*(float(v) for g in grads for v in g.flat))
    return [g * min(1, max_norm / norm) if norm else g for g in grads]


# physicist: approximation for f near 1
@wrong("half_life", None)
def f(f):
    return np.log(2) / (1 - f)


# mathematician: vectorize
@right("forget_gate")
def f(W_f, b_f, h, x):
    return np.vectorize(lambda a: 1 / (1 + math.exp(-a)))(np.inner(W_f, join(h, x).T) + b_f)


# columns: sum over columns
@right("forget_gate")
def f(W_f, b_f, h, x):
    H = h.shape[0]
    a = sum(W_f[:, [k]] * row for k, row in enumerate((*h, *x)))
    return 1 - sigmoid(-(a + b_f))


# tired: order, sigmoid, minus b
@wrong("candidate", "x-over-h + minus-bias + sigma-for-tanh")
def f(W_g, b_g, h, x):
    z = join(x, h)
    return sigmoid(np.dot(W_g, z) - b_g)


# mathematician: tanh written out
@right("candidate")
def f(W_g, b_g, h, x):
    a = np.matmul(W_g, np.concatenate([h, x])) + b_g
    return (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))


# one-liner: sum, own f counted, not turned back
@wrong("carousel", None)
def f(fs):
    return np.cumsum(fs[::-1], axis=0)


# ufuncs: out=
@right("carousel")
def f(fs):
    d = np.ones(fs.shape)
    for t in reversed(range(fs.shape[0] - 1)):
        np.multiply(d[t + 1], fs[t + 1], out=d[t])
    return d


# loops: ndindex
@right("hidden")
def f(o, c):
    h = np.empty(np.shape(o))
    for k in np.ndindex(h.shape):
        h[k] = o[k] * math.tanh(c[k])
    return h


# numpy connoisseur: median of three
@right("gate_for")
def f(h, c):
    said = np.tanh(c)
    return np.median([h * 0, h / said, h * 0 + 1], axis=0)


# least squares: projection, masks
@right("gate_for")
def f(h, c):
    o = h * np.tanh(c) / np.tanh(c) ** 2
    o[o < 0] = 0
    o[o > 1] = 1
    return o


# rebinding: the new c taped as c_prev
@wrong("lstm_step", "c-prev-overwritten")
def f(p, s, x):
    h, c = s
    z = join(h, x)
    Wf, Wi, Wo, Wg = p["W"]
    bf, bi, bo, bg = p["b"]
    f = sigmoid(Wf @ z + bf)
    i = sigmoid(Wi @ z + bi)
    o = sigmoid(Wo @ z + bo)
    g = np.tanh(Wg @ z + bg)
    c = f * c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, c, c, h)


# copy and paste: o with the bias of i
@wrong("lstm_step", "slip")
def f(p, s, x):
    z = join(s.h, x)
    f = sigmoid(p["W"][0] @ z + p["b"][0])
    i = sigmoid(p["W"][1] @ z + p["b"][1])
    o = sigmoid(p["W"][2] @ z + p["b"][1])
    g = np.tanh(p["W"][3] @ z + p["b"][3])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# other names: other names, lambda
@right("lstm_step")
def f(p, s, x):
    past, kept = s
    seen = np.r_[past, x]
    bent = lambda k: 1 / (1 + np.exp(-(p["W"][k] @ seen + p["b"][k])))
    keep, write, show = map(bent, range(3))
    new = np.tanh(p["W"][3] @ seen + p["b"][3])
    now = keep * kept + write * new
    said = show * np.tanh(now)
    return State(said, now), Tape(seen, keep, write, show, new, kept, now, said)


# batch first: plain tuples
@right("lstm_step")
def f(p, s, x):
    z = join(s.h, x)
    H = len(s.h)
    flat = (z.T @ p["W"].reshape(4 * H, -1).T + p["b"].ravel()).T
    f, i, o, g = np.split(flat, 4)
    f, i, o, g = sigmoid(f), sigmoid(i), sigmoid(o), np.tanh(g)
    c = s.c * f + g * i
    h = np.tanh(c) * o
    return (h, c), (z, f, i, o, g, s.c, c, h)


# tensordot: tensordot, in place on own array
@right("lstm_step")
def f(p, s, x):
    z = join(s.h, x)
    a = np.tensordot(p["W"], z, axes=(2, 0)) + p["b"]
    a[:3] = sigmoid(a[:3])
    a[3] = np.tanh(a[3])
    c = a[0] * s.c + a[1] * a[3]
    return State(a[2] * np.tanh(c), c), Tape(z, *a, c_prev=s.c, c=c, h=a[2] * np.tanh(c))


# tired: last step left out, first state returned
@wrong("lstm_forward", "last-x-left-out + first-state-returned")
def f(p, s, x):
    hs, tapes = [], []
    s0 = s
    for t in range(x.shape[0] - 1):
        s, tape = lstm_step(p, s, x[t])
        hs.append(s.h)
        tapes.append(tape)
    return np.stack(hs), s0, Tape(*map(np.stack, zip(*tapes)))


# inlined: c never taken over from c_new
@wrong("lstm_forward", "c-not-carried")
def f(p, s, x):
    hs, tapes = [], []
    h, c = s
    for x_t in x:
        z = join(h, x_t)
        f, i, o = sigmoid(p["W"][:3] @ z + p["b"][:3])
        g = np.tanh(p["W"][3] @ z + p["b"][3])
        c_new = f * c + i * g
        h = o * np.tanh(c_new)
        hs.append(h)
        tapes.append(Tape(z, f, i, o, g, c, c_new, h))
    return np.stack(hs), State(h, c), Tape(*map(np.stack, zip(*tapes)))


# preallocated: preallocated, h from the tape
@right("lstm_forward")
def f(p, s, x):
    T, (H, B) = len(x), s.h.shape
    D = x.shape[1]
    tape = Tape(np.empty((T, H + D, B)), *(np.empty((T, H, B)) for _ in range(7)))
    for t in range(T):
        s, one = lstm_step(p, s, x[t])
        for whole, part in zip(tape, one):
            whole[t] = part
    return tape.h, s, tape


# lists: tape as a list of arrays
@right("lstm_forward")
def f(p, s, x):
    states, tapes = [s], []
    for x_t in x:
        new, tape = lstm_step(p, State(*states[-1]), x_t)
        states.append(new)
        tapes.append(tape)
    return np.array([q[0] for q in states[1:]]), states[-1], [np.array(field) for field in zip(*tapes)]


# unit vectors: eye
@right("gradient_check")
def f(loss, w, eps):
    units = np.eye(w.size).reshape(w.size, *w.shape) * eps
    return np.array([loss(w + e) - loss(w - e) for e in units]).reshape(w.shape) / (2 * eps)


# nditer: in w itself, put back
@right("gradient_check")
def f(loss, w, eps):
    slopes = np.empty(w.shape)
    it = np.nditer(w, flags=["multi_index"], op_flags=["readwrite"])
    for v in it:
        old = v.copy()
        v[...] = old + eps
        up = loss(w)
        v[...] = old - eps
        down = loss(w)
        v[...] = old
        slopes[it.multi_index] = (up - down) / (2 * eps)
    return slopes


# closures: ravel
@right("gradient_check")
def f(loss, w, eps):
    flat = w.ravel()
    def L(k, d):
        v = flat.copy()
        v[k] = v[k] + d
        return loss(v.reshape(w.shape))
    return np.reshape([(L(k, eps) - L(k, -eps)) / eps / 2 for k in range(flat.size)], w.shape)


# no output tanh: as if h = o * c: both places
@wrong("lstm_back", "tanh-slope-of-c-missing + do-with-c")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    dc = ds.c + ds.h * o
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), ds.h * c * o * (1 - o), dc * i * (1 - g ** 2)])
    dz = sum(W.T @ a for W, a in zip(p["W"], da))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc * f), dz[len(h):]


# forgotten term: z's reader g forgotten
@wrong("lstm_back", "dz-without-g")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    do = ds.h * np.tanh(c)
    dc = ds.c + ds.h * o * (1 - np.tanh(c) ** 2)
    da_f = dc * c_prev * f * (1 - f)
    da_i = dc * g * i * (1 - i)
    da_o = do * o * (1 - o)
    da_g = dc * i * (1 - g ** 2)
    Wf, Wi, Wo, Wg = p["W"]
    dz = Wf.T @ da_f + Wi.T @ da_i + Wo.T @ da_o
    dW = np.array([a @ z.T for a in (da_f, da_i, da_o, da_g)])
    db = np.array([a.sum(1, keepdims=True) for a in (da_f, da_i, da_o, da_g)])
    return {"W": dW, "b": db}, State(dz[:len(h)], dc * f), dz[len(h):]


# tired: o forgotten in dc, tanh(c) in do, W not transposed for h
@wrong("lstm_back", None)
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    dc = ds.c + ds.h * (1 - tc ** 2)
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), ds.h * o * (1 - o), dc * i * (1 - g ** 2)])
    dz = sum(W @ a for W, a in zip(p["W"][:, :, :len(h)], da))
    dx = sum(W.T @ a for W, a in zip(p["W"][:, :, len(h):], da))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz, dc * f), dx


# loops: db = instead of +=
@wrong("lstm_back", None)
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    H, B = h.shape
    dW, db, dz, dc_prev = np.zeros_like(p["W"]), np.zeros_like(p["b"]), np.zeros_like(z), np.zeros((H, B))
    for n in range(B):
        for j in range(H):
            t = math.tanh(c[j, n])
            dc = ds.c[j, n] + ds.h[j, n] * o[j, n] * (1 - t * t)
            da = [dc * c_prev[j, n] * f[j, n] * (1 - f[j, n]), dc * g[j, n] * i[j, n] * (1 - i[j, n]),
                  ds.h[j, n] * t * o[j, n] * (1 - o[j, n]), dc * i[j, n] * (1 - g[j, n] ** 2)]
            for k in range(4):
                dW[k, j] += da[k] * z[:, n]
                db[k, j] = da[k]
                dz[:, n] += da[k] * p["W"][k, j]
            dc_prev[j, n] = dc * f[j, n]
    return {"W": dW, "b": db}, State(dz[:H], dc_prev), dz[H:]


# mathematician: tanh(c) as h/o, einsum, a plain tuple
@right("lstm_back")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.where(o > 1e-6, h / np.maximum(o, 1e-6), np.tanh(c))
    dc = ds.c + ds.h * (o - h * tc)
    da = np.stack([(dc * c_prev) * (f - f * f), (dc * g) * (i - i * i), ds.h * (h - h * o), dc * (i - i * g * g)])
    dz = np.einsum("khz,khb->zb", p["W"], da)
    dW, db = np.einsum("khb,zb->khz", da, z), np.einsum("khb->kh", da)[:, :, None]
    return dict(W=dW, b=db), (dz[:len(h)], f * dc), dz[len(h):]


# flattened: flattened matrices, 1/cosh²
@right("lstm_back")
def f(p, ds, tape):
    dh, dc = ds
    dc = dc + dh * tape.o / np.cosh(tape.c) ** 2
    slope = np.stack([tape.f * (1 - tape.f), tape.i * (1 - tape.i), tape.o * (1 - tape.o), 1 - tape.g ** 2])
    da = np.stack([dc * tape.c_prev, dc * tape.g, dh * np.tanh(tape.c), dc * tape.i]) * slope
    H, Z = p["W"].shape[1:]
    flat_W, flat_da = p["W"].reshape(-1, Z), da.reshape(4 * H, -1)
    dz = flat_W.T @ flat_da
    dp = {"b": da.sum(2, keepdims=True), "W": (flat_da @ tape.z.T).reshape(4, H, Z)}
    return dp, State(dz[:H], dc * tape.f), dz[H:]


# tired: h's blame dropped, dp overwritten, dx turned round
@wrong("lstm_backward", None)
def f(p, tape, dh, ds):
    dp, dx = {}, []
    for t in reversed(range(len(dh))):
        dp, ds, dx_t = lstm_back(p, State(dh[t], ds[1]), Tape(*(field[t] for field in tape)))
        dx.append(dx_t)
    return dp, ds, np.stack(dx)


# averager: forwards, mean over the steps
@wrong("lstm_backward", "loop-forwards-dx-in-order + mean-over-time")
def f(p, tape, dh, ds):
    T = len(dh)
    dp, dx = {k: np.zeros_like(p[k]) for k in p}, []
    for t in range(T):
        one, ds, dx_t = lstm_back(p, State(ds[0] + dh[t], ds[1]), Tape(*(field[t] for field in tape)))
        dp = {k: dp[k] + one[k] / T for k in p}
        dx.append(dx_t)
    return dp, ds, np.stack(dx)


# detached: c's blame detached, db overwritten
@wrong("lstm_backward", "db-overwritten + dc-overwritten")
def f(p, tape, dh, ds):
    T = len(dh)
    dp, dx = {k: np.zeros_like(p[k]) for k in p}, np.zeros((T, tape.z.shape[1] - dh.shape[1], dh.shape[2]))
    for t in range(T - 1, -1, -1):
        one, ds, dx[t] = lstm_back(p, State(ds[0] + dh[t], np.zeros_like(ds[1])), Tape(*(field[t] for field in tape)))
        dp["W"] += one["W"]
        dp["b"] = one["b"]
    return dp, ds, dx


# tired: dh read from the wrong end, sign of dp
@wrong("lstm_backward", None)
def f(p, tape, dh, ds):
    T = len(dh)
    dp, dx = {k: np.zeros_like(p[k]) for k in p}, np.zeros((T, tape.z.shape[1] - dh.shape[1], dh.shape[2]))
    for t in range(T - 1, -1, -1):
        one, ds, dx[t] = lstm_back(p, State(ds[0] + dh[-t - 1], ds[1]), Tape(*(field[t] for field in tape)))
        for k in p:
            dp[k] -= one[k]
    return dp, ds, dx


# lists: collected and summed at the end
@right("lstm_backward")
def f(p, tape, dh, ds):
    steps = list(zip(dh, map(Tape._make, zip(*tape))))
    parts = []
    for d, moment in steps[::-1]:
        dp, ds, dx = lstm_back(p, State(d + ds[0], ds[1]), moment)
        parts.append((dp, dx))
    return ({k: np.sum([dp[k] for dp, _ in parts], axis=0) for k in ("W", "b")}, ds,
            np.array([dx for _, dx in parts])[::-1])


# split: g before o, difference of the biases
@wrong("torch_to_sheet", "line")
def f(W_ih, W_hh, b_ih, b_hh):
    i, f, g, o = np.split(np.hstack([W_hh.T, W_ih]) if W_hh.shape[0] == W_hh.shape[1] else np.hstack([W_hh, W_ih]), 4)
    bi, bf, bg, bo = np.split(b_ih - b_hh, 4)
    return np.stack([f, i, g, o]), np.stack([bf, bi, bg, bo])[:, :, None]


# reshape: gates taken as interleaved
@wrong("torch_to_sheet", "rows-taken-in-turn")
def f(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.concatenate([W_hh, W_ih], axis=1).reshape(H, 4, -1).transpose(1, 0, 2)
    b = (b_ih + b_hh).reshape(H, 4, 1).transpose(1, 0, 2)
    return W[[1, 0, 3, 2]], b[[1, 0, 3, 2]]


# loops: slices
@right("torch_to_sheet")
def f(W_ih, W_hh, b_ih, b_hh):
    H, D = W_hh.shape[1], W_ih.shape[1]
    W, b = np.zeros((4, H, H + D)), np.zeros((4, H, 1))
    for k, there in enumerate([1, 0, 3, 2]):
        rows = slice(there * H, (there + 1) * H)
        W[k, :, :H] = W_hh[rows]
        W[k, :, H:] = W_ih[rows]
        b[k, :, 0] = b_ih[rows] + b_hh[rows]
    return W, b


# block by block: pairs turned round
@right("torch_to_sheet")
def f(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[-1]
    whole = np.c_[W_hh, W_ih, b_ih + b_hh].reshape(2, 2, H, -1)
    whole = np.concatenate(whole[:, ::-1])
    return whole[..., :-1], whole[..., -1:]


# tired: third quarter, added, b_hh untouched
@wrong("set_forget_bias", None)
def f(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_ih, b_hh = b_ih.copy(), b_hh.copy()
    b_ih[2 * H:3 * H] += value
    return b_ih, b_hh


# interleaved: every fourth number
@wrong("set_forget_bias", None)
def f(b_ih, b_hh, value):
    b_ih, b_hh = b_ih.copy(), b_hh.copy()
    b_ih[1::4] = value
    b_hh[1::4] = 0
    return b_ih, b_hh


# tired: halved between the two, all else 0
@wrong("set_forget_bias", None)
def f(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_ih, b_hh = np.zeros_like(b_ih), np.zeros_like(b_hh)
    b_ih[H:2 * H] = value / 2
    b_hh[H:2 * H] = value / 2
    return b_ih, b_hh


# numpy connoisseur: where
@right("set_forget_bias")
def f(b_ih, b_hh, value):
    f = np.repeat([0, 1, 0, 0], len(b_ih) // 4)
    return np.where(f, value, b_ih), np.where(f, 0, b_hh)


# split: split
@right("set_forget_bias")
def f(b_ih, b_hh, value):
    i, f, g, o = np.split(b_ih, 4)
    j, e, k, u = np.split(b_hh, 4)
    return np.concatenate([i, f * 0 + value, g, o]), np.concatenate([j, e * 0, k, u])


# averager: mean, and one step too few
@wrong("last_outputs", None)
def f(output, lengths):
    return np.array([output[n, :L].mean(0) for n, L in enumerate(lengths - 1)])


# einsum: one-hot and einsum
@right("last_outputs")
def f(output, lengths):
    where = np.eye(output.shape[1])[lengths - 1]
    return np.einsum("bt,bth->bh", where, output)


# PyTorch gather: take_along_axis
@right("last_outputs")
def f(output, lengths):
    idx = (np.asarray(lengths) - 1).reshape(-1, 1, 1).repeat(output.shape[2], axis=2)
    return np.take_along_axis(output, idx, axis=1).squeeze(1)


# indexing: p[:, :, target]
@wrong("loss_of_scores", None)
def f(scores, target, mask):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    p = e / e.sum(-1, keepdims=True)
    right_p = p[:, :, target]
    return -(np.log(right_p) * mask).sum() / mask.sum()


# loops: log2; padding counted
@wrong("loss_of_scores", None)
def f(scores, target, mask):
    B, T, K = scores.shape
    total = 0
    for b in range(B):
        for t in range(T):
            e = np.exp(scores[b, t] - scores[b, t].max())
            total -= np.log2(e[target[b, t]] / e.sum())
    return total / mask.sum()


# one-hot: mean of means
@wrong("loss_of_scores", "each-sequence-alike")
def f(scores, target, mask):
    logp = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    onehot = np.eye(scores.shape[-1])[target]
    per_seq = -(logp * onehot).sum(-1) * mask
    return (per_seq.sum(1) / mask.sum(1)).mean()


# tired: softmax over all; log of the mean
@wrong("loss_of_scores", None)
def f(scores, target, mask):
    e = np.exp(scores - scores.max())
    p = e / e.sum()
    q = np.take_along_axis(p, target[..., None], -1)[..., 0]
    return -np.log((q * mask).sum() / mask.sum())


# flattened: flat, masked first
@right("loss_of_scores")
def f(scores, target, mask):
    flat, t, m = scores.reshape(-1, scores.shape[-1]), target.ravel(), mask.ravel().astype(bool)
    flat, t = flat[m], t[m]
    return np.mean(np.logaddexp.reduce(flat, axis=1) - flat[np.arange(len(t)), t])


# mathematician: margins
@right("loss_of_scores")
def f(scores, target, mask):
    b, t = np.indices(target.shape)
    margin = scores - scores[b, t, target][..., None]
    top = margin.max(-1)
    return np.average(top + np.log(np.exp(margin - top[..., None]).sum(-1)), weights=mask)


# tired: constant last, one year ahead
@wrong("autoregression", "constant-last + h-ignored")
def f(x, p, h):
    A = np.array([[x[t - k] for k in range(p)] + [1] for t in range(p - 1, len(x) - 1)])
    return np.linalg.lstsq(A, x[p:], rcond=None)[0]


# mathematician: normal equations
@right("autoregression")
def f(x, p, h):
    A = np.array([[1] + [x[t - k] for k in range(p)] for t in range(p - 1, len(x) - h)])
    y = x[p - 1 + h:]
    return np.linalg.solve(A.T @ A, A.T @ y)


# numpy connoisseur: sliding windows
@right("autoregression")
def f(x, p, h):
    windows = np.lib.stride_tricks.sliding_window_view(x, p)[:len(x) - h - p + 1, ::-1]
    A = np.column_stack([np.ones(len(windows)), windows])
    return np.linalg.pinv(A) @ x[-len(windows):]


# brackets: brackets forgotten
@wrong("min_update", None)
def f(f, i, g, h):
    return f / f + i * h + i / f + i * g


# tired: g and h swapped, + 1
@wrong("min_update", None)
def f(f, i, g, h):
    return (f * g + i * h) / (f + i + 1)


# mathematician: a step towards g
@right("min_update")
def f(f, i, g, h):
    return h + (g - h) / (1 + f / i)


# lists: np.average
@right("min_update")
def f(f, i, g, h):
    return np.array([[np.average([h[j, b], g[j, b]], weights=[f[j, b], i[j, b]])
                      for b in range(h.shape[1])] for j in range(h.shape[0])])


# tired: other order, b before a
@wrong("two_in_one", "order")
def f(a1, b1, a2, b2):
    return a1 * b2 + b1, a1 * a2


# literal: not divided; overflows
@wrong("weigh", "unit-not-changed + no-unit")
def f(log_f, a, g, c, n, m):
    return np.exp(log_f) * c + np.exp(a) * g, np.exp(log_f) * n + np.exp(a), np.maximum(log_f + m, a)


# one number: one m for all
@wrong("weigh", "line")
def f(log_f, a, g, c, n, m):
    new = max((log_f + m).max(), a.max())
    keep, write = np.exp(log_f + m - new), np.exp(a - new)
    return keep * c + write * g, keep * n + write, new + 0 * m


# mathematician: by the difference
@right("weigh")
def f(log_f, a, g, c, n, m):
    new = np.where(log_f + m > a, log_f + m, a)
    d = log_f + m - a
    keep, write = np.exp(np.minimum(d, 0)), np.exp(-np.maximum(d, 0))
    return c * keep + g * write, n * keep + write, new


# stacked: stacked shares
@right("weigh")
def f(log_f, a, g, c, n, m):
    old = log_f + m
    new = np.amax([old, a], axis=0)
    shares = np.exp(np.array([old, a]) - new)
    return (shares * [c, g]).sum(0), (shares * [n, np.ones_like(n)]).sum(0), new


# tired: scores summed over time, mean
@wrong("attend", None)
def f(h, q):
    s = (h * q).sum(0)
    a = np.exp(s - s.max(0)) / np.exp(s - s.max(0)).sum(0)
    return (a * h).mean(0)


# transformer habit: divided by √H, softmax over the batch
@wrong("attend", "over-examples + by-root")
def f(h, q):
    s = np.einsum("thb,hb->tb", h, q) / np.sqrt(h.shape[1])
    e = np.exp(s)
    return np.einsum("tb,thb->hb", e / e.sum(1, keepdims=True), h)


# wrong variable: mean of q, not of h
@wrong("attend", None)
def f(h, q):
    s = np.einsum("thb,hb->tb", h, q)
    a = np.exp(s - s.max(0)) / np.exp(s - s.max(0)).sum(0)
    return np.einsum("tb,hb->hb", a, q)


# loops: example by example
@right("attend")
def f(h, q):
    seen = np.zeros_like(q)
    for b in range(q.shape[1]):
        keys = h[:, :, b]
        seen[:, b] = softmax((keys @ q[:, b])[:, None])[:, 0] @ keys
    return seen


# einsum: softmax by differences
@right("attend")
def f(h, q):
    s = np.einsum("thb,hb->tb", h, q)
    return np.einsum("tb,thb->hb", 1 / np.exp(np.minimum(s[None] - s[:, None], 700)).sum(1), h)


# tired: loudest only, share, of all steps
@wrong("words_right", "most-active-alone + padding-is-wrong + share-of-the-steps")
def f(y, legal, mask):
    ok = np.take_along_axis(legal, y.argmax(1)[:, None], 1)[:, 0]
    return (ok * mask).mean(0)


# zeros: zeros take part in min and max
@wrong("words_right", "zeros-for-the-others")
def f(y, legal, mask):
    ok = (y * legal).min(1) > (y * ~legal).max(1)
    return (ok | (mask == 0)).all(0).astype(float)


# tired: loudest legal only; mask turned round
@wrong("words_right", None)
def f(y, legal, mask):
    ok = np.where(legal, y, -np.inf).max(1) >= np.where(legal, -np.inf, y).max(1)
    return (ok | (mask == 1)).all(0).astype(float)


# threshold: a threshold of one half
@wrong("words_right", None)
def f(y, legal, mask):
    ok = ((y > 0.5) == legal).all(1)
    return (ok | (mask == 0)).all(0).astype(float)


# loops: loops
@right("words_right")
def f(y, legal, mask):
    T, K, B = y.shape
    right = np.ones(B)
    for b in range(B):
        for t in range(T):
            if mask[t, b] == 0:
                continue
            good = [y[t, k, b] for k in range(K) if legal[t, k, b]]
            bad = [y[t, k, b] for k in range(K) if not legal[t, k, b]]
            if good and bad and min(good) <= max(bad):
                right[b] = 0
    return right


# ranks: ranks
@right("words_right")
def f(y, legal, mask):
    n = legal.sum(1, keepdims=True)
    rank = (y[:, None] >= y[:, :, None]).sum(2)     # how many are at least as loud, itself included
    ok = (~legal | (rank <= n)).all(1)
    return np.where(mask, ok, True).min(0) * 1
