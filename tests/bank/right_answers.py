"""Right answers, as nobody would print them in a book."""
# ruff: noqa: E731, F811, B006, E741, E501
import functools
import itertools
import math
import types
from collections import namedtuple

import numpy as np

from lstmlib.cells import LSTM, State, Tape, join, lstm_back, lstm_step, sigmoid
from lstmlib.unroll import backward, forward

from . import right


def keep(name, answer):
    right(name)(answer)


# --- 00 -----------------------------------------------------------------------------------------------------

keep("first_gate", lambda a: np.reciprocal(1 + np.exp(-a)))
keep("first_gate", sigmoid)
keep("first_gate", lambda values, steepness=1: 0.5 * (1 + np.tanh(steepness * values / 2)))
keep("first_gate", np.vectorize(lambda v: 1 / (1 + math.exp(-v))))
keep("first_gate", lambda a: (1 / (1 + np.exp(-a.astype(np.float32)))))
keep("first_gate", functools.partial(lambda k, a: np.exp(a) / (k + np.exp(a)), 1))


@right("first_gate")
def first_gate(a):
    out = np.empty_like(a)
    for k, v in np.ndenumerate(a):
        if v >= 0:
            out[k] = 1 / (1 + np.exp(-v))
        else:
            out[k] = np.exp(v) / (1 + np.exp(v))
    return out


@right("first_gate")
def first_gate(a):
    print("looking at a of shape", a.shape)
    return np.array([[1 / (1 + 2.718281828459045 ** -v) for v in row] for row in a])


# --- 01 -----------------------------------------------------------------------------------------------------

keep("rnn_step", lambda W, b, h, x: np.tanh(W[:, :len(h)] @ h + W[:, len(h):] @ x + b))
keep("rnn_step", lambda W, b, h, x: np.tanh(np.einsum("ij,jk->ik", W, np.vstack((h, x))) + b))
keep("rnn_step", lambda W, b, h, x: np.tanh(np.c_[h.T, x.T] @ W.T + b.T).T)
keep("read_out", lambda V, b_y, h: np.einsum("kh,hb->kb", V, h) + b_y)
keep("read_out", lambda V, b, h: (h.T @ V.T + b.T).T)
keep("read_out", lambda V, b, h: np.hstack([V, b]) @ np.vstack([h, np.ones((1, h.shape[1]))]))
keep("rnn_step", lambda W, b, h, x: 2 * sigmoid(2 * (W @ join(h, x) + b)) - 1)


@right("rnn_step")
def rnn_step(weights, bias, previous, current):
    H, B = previous.shape
    out = np.zeros((H, B))
    for k in range(B):
        column = np.concatenate([previous[:, k], current[:, k]])
        for j in range(H):
            s = bias[j, 0]
            for m, v in enumerate(column):
                s += weights[j, m] * v
            out[j, k] = math.tanh(s)
    return out


@right("rnn_step")
def rnn_step(W, b, h, x):
    Wb = np.concatenate([W, b], axis=1)
    z = np.concatenate([h, x, np.ones((1, h.shape[1]))])
    return np.tanh(Wb @ z)


@right("rnn_step")
def rnn_step(*args):
    W, b, h, x = (a.astype(np.float32) for a in args)
    return np.tanh(W @ np.r_[h, x] + b)


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    steps = itertools.accumulate(xs, lambda h, x: np.tanh(W @ join(h, x) + b), initial=h0)
    return np.array(list(steps)[1:])


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    T, H, B = len(xs), *h0.shape
    hs = np.zeros((T + 1, H, B))
    hs[0] = h0
    for t in range(T):
        hs[t + 1] = np.tanh(W[:, :H] @ hs[t] + W[:, H:] @ xs[t] + b)
    return hs[1:]


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    H = h0.shape[0]
    Wx = np.tensordot(xs, W[:, H:], axes=(1, 1)).transpose(0, 2, 1) + b
    h, out = h0, np.empty(Wx.shape)
    for t in range(len(xs)):
        out[t] = h = np.tanh(W[:, :H] @ h + Wx[t])
    return out


@right("rnn_forward")
def rnn_forward_recursive(W, b, xs, h0):
    if len(xs) == 0:
        return np.zeros((0, *h0.shape))
    before = rnn_forward_recursive(W, b, xs[:-1], h0)
    last = before[-1] if len(before) else h0
    return np.concatenate([before, np.tanh(W @ join(last, xs[-1]) + b)[None]])


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    def states():
        h = h0
        for x in xs:
            h = np.tanh(W @ join(h, x) + b)
            yield h
    return np.stack([*states()])


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    h = h0.copy()
    out = []
    for x in xs:
        h[...] = np.tanh(W @ join(h, x) + b)
        out.append(h.copy())
    return np.asarray(out, dtype=np.float32)


keep("softmax", lambda y: np.exp(y - np.logaddexp.reduce(y, axis=0)))
keep("softmax", lambda y: (lambda e: e / e.sum(0))(np.exp(y - y.max(0))))
keep("softmax", lambda y: np.stack([np.exp(c - max(c)) / sum(np.exp(c - max(c))) for c in y.T], axis=1))
keep("softmax", lambda y: 1 / np.exp(np.clip(y[None] - y[:, None], None, 700)).sum(1))


@right("softmax")
def softmax(y):
    z = y - np.amax(y, axis=-2, keepdims=True) - 3
    np.exp(z, out=z)
    z /= np.add.reduce(z, axis=-2, keepdims=True)
    return z


# --- 02 -----------------------------------------------------------------------------------------------------


@right("greedy")
def greedy(step, s, start, stop, longest):
    out = []
    for _ in range(longest):
        s, y = step(s, out[-1] if out else start)
        best = max(range(len(y)), key=lambda k: y[k])
        if best == stop:
            return out
        out += [best]
    return out


@right("greedy")
def greedy(step, s, start, stop, longest):
    def words(s, w):
        while True:
            s, y = step(s, w)
            w = np.argmax(y)
            yield w
    return np.array(list(itertools.islice(itertools.takewhile(lambda w: w != stop, words(s, start)), longest)), dtype=int)


@right("greedy")
def greedy_recursive(step, s, start, stop, longest):
    if longest == 0:
        return []
    s, y = step(s, start)
    w = int(y.argmax())
    return [] if w == stop else [w] + greedy_recursive(step, s, w, stop, longest - 1)


@right("greedy")
def greedy(step, s, start, stop, longest):
    out, w = (), start
    while len(out) != longest:
        s, y = step(s, w)
        w = np.flatnonzero(y == y.max())[0]
        if w == stop:
            break
        out += (w,)
    return out


@right("sample")
def sample(y, temperature, rng):
    z = y / temperature
    return np.argmax(z + rng.gumbel(size=len(z)))


@right("sample")
def sample(y, temperature, rng):
    p = np.exp((y - y.max()) / temperature)
    p /= p.sum()
    u, k = rng.random(), 0
    while u > p[:k + 1].sum() and k < len(p) - 1:
        k += 1
    return k


@right("sample")
def sample(y, temperature, rng):
    p = np.exp(y - max(y)) / np.exp(y - max(y)).sum()
    p = p ** (1 / temperature)
    return int(rng.multinomial(1, p / p.sum()).argmax())


@right("sample")
def sample(y, temperature, rng):
    p = np.exp((y - np.max(y)) / temperature)
    return rng.choice(list(range(len(y))), p=p / sum(p))


@right("sample")
def sample(y, temperature, rng):
    e = np.exp((y - np.max(y)) / temperature)
    return int(np.searchsorted(np.cumsum(e), rng.uniform(0, e.sum())))


keep("perplexity", lambda losses: math.exp(losses.sum() / losses.size))
keep("perplexity", lambda losses: np.prod(np.exp(losses)) ** (1 / losses.size))
keep("perplexity", lambda losses: 2 ** np.mean(losses / np.log(2)))
keep("perplexity", lambda losses: np.array(math.e ** sum(float(v) for v in losses.ravel()) ** 1) ** (1 / losses.size))
keep("masked_loss", lambda losses, mask: losses[mask == 1].mean())
keep("masked_loss", lambda losses, mask: np.average(losses, weights=mask))
keep("masked_loss", lambda losses, mask: np.nanmean(np.where(mask > 0, losses, np.nan)))
keep("masked_loss", lambda losses, mask: float(np.vdot(losses, mask) / np.count_nonzero(mask)))


@right("masked_loss")
def masked_loss(losses, mask):
    total = count = 0
    for row, keep_row in zip(losses, mask):
        for loss, keep in zip(row, keep_row):
            if keep:
                total, count = total + loss, count + 1
    return total / count


keep("nearest_caption", lambda x, seen, captions: captions.T[np.linalg.norm(seen.T - x, axis=1).argmin()])
keep("nearest_caption", lambda x, seen, captions: captions[:, np.argmax(2 * x @ seen - (seen**2).sum(0))])


@right("nearest_caption")
def nearest_caption(x, seen, captions):
    best, where = math.inf, None
    for k in range(seen.shape[1]):
        far = sum((float(a) - float(b))**2 for a, b in zip(seen[:, k], x))
        if far < best:
            best, where = far, k
    return [row[where] for row in captions]


# --- 03 -----------------------------------------------------------------------------------------------------

keep("jacobian", lambda Wh, h: np.diag(1 - h**2) @ Wh)
keep("jacobian", lambda Wh, h: (Wh.T * (1 - h**2)).T)
keep("jacobian", lambda Wh, h: np.einsum("j,jk->jk", 1 - np.square(h), Wh))
keep("jacobian", lambda Wh, h: np.array([[(1 - a) * (1 + a) * w for w in row] for a, row in zip(h, Wh)]))
keep("jacobian", lambda Wh, h: Wh / np.cosh(np.arctanh(h))[:, None] ** 2)


@right("gradient_norms")
def gradient_norms(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for t in reversed(range(len(hs))):
        P = P @ np.diag(1 - hs[t] ** 2) @ Wh
        out.append(np.linalg.svd(P, compute_uv=False)[0])
    return out


@right("gradient_norms")
def gradient_norms(Wh, hs):
    Js = [np.diag(1 - h**2) @ Wh for h in hs]
    return np.array([np.linalg.norm(functools.reduce(np.dot, Js[::-1][:k + 1]), 2) for k in range(len(hs))])


@right("gradient_norms")
def gradient_norms(Wh, hs):
    Q, out = np.eye(len(Wh)), np.zeros(len(hs))
    for k, h in enumerate(hs[::-1]):
        Q = Wh.T @ ((1 - h**2)[:, None] * Q)                 # the transpose has the same norm
        out[k] = np.sqrt(np.linalg.eigvalsh(Q.T @ Q).max())
    return out


@right("gradient_norms")
def gradient_norms(Wh, hs):
    Js = (1 - hs[:, :, None] ** 2) * Wh
    return tuple(np.linalg.norm(np.linalg.multi_dot([np.eye(len(Wh)), *Js[:-k - 1:-1]]), 2) for k in range(1, len(hs) + 1))


@right("clip")
def clip(grads, max_norm):
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in grads]))
    return [g / max(1, norm / max_norm) for g in grads]


@right("clip")
def clip(grads, max_norm):
    squares = sum(np.vdot(g, g) for g in grads)
    if squares <= max_norm**2:
        return grads
    return tuple(g * (max_norm / np.sqrt(squares)) for g in grads)


@right("clip")
def clip(grads, max_norm, eps=1e-12):
    norm = math.hypot(*(v for g in grads for v in g.flat))
    out = [g.copy() for g in grads]
    if norm > max_norm:
        for g in out:
            g *= max_norm / (norm + eps)
    return out


@right("clip")
def clip(grads, max_norm):
    norm = np.float32(np.sqrt(np.sum([np.sum(g**2) for g in grads])))
    return list(map(lambda g: np.where(norm > max_norm, g * max_norm / norm, g), grads))


keep("rnn_back", lambda W, z, h, dh: (dh * (1 - h**2) @ z.T, (W.T @ (dh * (1 - h**2)))[:len(h)]))
keep("rnn_back", lambda W, z, h, dh: (np.einsum("jb,kb->jk", dh * (1 - h) * (1 + h), z), W[:, :len(W)].T @ (dh - dh * h * h)))


@right("rnn_back")
def rnn_back(W, z, h, dh):
    dW, before = np.zeros_like(W), np.zeros_like(h)
    for b in range(h.shape[1]):
        da = np.diag(1 - h[:, b] ** 2) @ dh[:, b]
        dW += np.outer(da, z[:, b])
        before[:, b] = da @ W[:, :len(h)]
    return dW, before


# --- 04 -----------------------------------------------------------------------------------------------------

keep("forget_gate", lambda Wf, bf, h, x: 1 / (1 + np.exp(-(Wf @ np.concatenate((h, x)) + bf))))
keep("forget_gate", lambda Wf, bf, h, x: sigmoid(Wf[:, :h.shape[0]].dot(h) + Wf[:, h.shape[0]:].dot(x) + bf))
keep("forget_gate", lambda Wf, bf, h, x: sigmoid(np.matmul(Wf, np.block([[h], [x]])) + np.tile(bf, h.shape[1])))
keep("forget_gate", lambda *a: np.stack([sigmoid(a[0] @ np.r_[h, x] + a[1].ravel()) for h, x in zip(a[2].T, a[3].T)]).T)
keep("forget_gate", lambda W, b, h, x: np.float32(1) - sigmoid(-(W @ join(h, x)) - b))


class Gate:
    """An object that can be called."""

    def __call__(self, W, b, h, x):
        return np.exp(-np.log1p(np.exp(-(W @ join(h, x) + b))))


keep("forget_gate", Gate())


@right("forget_gate")
def forget_gate(W_f, b_f, h, x):
    a = b_f * np.ones((1, h.shape[1]))
    for row, column in itertools.product(range(W_f.shape[0]), range(h.shape[1])):
        a[row, column] += W_f[row] @ join(h, x)[:, column]
    return sigmoid(a)


keep("half_life", lambda f: math.log(0.5) / math.log(f))
keep("half_life", lambda f: -math.log(2, f))
keep("half_life", lambda f: np.log(2) / -np.log(f))
keep("half_life", lambda f: math.log(0.5, f))
keep("half_life", lambda f: np.array(-1 / np.log2(f)))


@right("half_life")
def half_life(f):
    low, high = 0.0, 1e6
    for _ in range(200):
        mid = (low + high) / 2
        low, high = (mid, high) if f**mid > 0.5 else (low, mid)
    return low


keep("bias_for", lambda half_life: -np.log(2 ** (1 / half_life) - 1))
keep("bias_for", lambda n: -math.log(math.expm1(math.log(2) / n)))
keep("bias_for", lambda n: 2 * np.arctanh(2 * 0.5 ** (1 / n) - 1))
keep("bias_for", lambda n: (lambda f: math.log(f) - math.log1p(-f))(0.5 ** (1 / n)))

# --- 05 -----------------------------------------------------------------------------------------------------

keep("candidate", lambda W, b, h, x: (lambda a: (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a)))(W @ join(h, x) + b))
keep("candidate", lambda W, b, h, x: np.sinh(W @ join(h, x) + b) / np.cosh(W @ join(h, x) + b))
keep("candidate", lambda Wc, bc, h_prev, x_t: np.tanh(np.add(np.dot(Wc, np.append(h_prev, x_t, axis=0)), bc)))

# --- 06 -----------------------------------------------------------------------------------------------------

keep("cell_update", lambda f, c, i, g: np.add(np.multiply(f, c), np.multiply(i, g)))
keep("cell_update", lambda f, c, i, g: (np.stack([f, i]) * np.stack([c, g])).sum(0))
keep("cell_update", lambda forget, cell, write, new: cell - (1 - forget) * cell + write * new)


@right("cell_update")
def cell_update(f, c, i, g):
    new = c.copy()
    new *= f
    new += i * g
    return new


@right("cell_update")
def cell_update(f, c, i, g):
    new = np.zeros(c.shape, np.float32)
    for k in np.ndindex(c.shape):
        new[k] = f[k] * c[k] + i[k] * g[k]
    return new


keep("carousel", lambda fs: np.stack([np.prod(fs[t + 1:], axis=0) for t in range(len(fs))]))
keep("carousel", lambda fs: np.cumprod(np.concatenate([np.ones_like(fs[:1]), fs[:0:-1]]), axis=0)[::-1])


@right("carousel")
def carousel(fs):
    out = [np.ones(fs.shape[1:])]
    for f in fs[:0:-1]:
        out.insert(0, out[0] * f)
    return np.array(out)


# --- 07 -----------------------------------------------------------------------------------------------------

keep("hidden", lambda o, c: o * (2 * sigmoid(2 * c) - 1))
keep("hidden", lambda o, c: np.where(c > 0, o * np.tanh(c), -o * np.tanh(-c)))
keep("hidden", lambda o, c: (o * np.tanh(c)).astype("f4"))
keep("hidden", lambda gate, memory: np.tanh(memory) * gate)
keep("gate_for", lambda h, c: np.minimum(np.maximum(h / np.tanh(c), 0), 1))
keep("gate_for", lambda h, c: np.where(h * c < 0, 0.0, np.minimum(np.abs(h) / np.tanh(np.abs(c)), 1)))
keep("gate_for", lambda said, memory: np.clip(said / (2 * sigmoid(2 * memory) - 1), 0.0, 1.0))

# --- 08 -----------------------------------------------------------------------------------------------------


@right("gradient_check")
def gradient_check(loss, w, eps):
    return np.array([(loss(w + eps * e) - loss(w - eps * e)) / (2 * eps)
                     for e in np.eye(w.size).reshape(w.size, *w.shape)]).reshape(w.shape)


@right("gradient_check")
def gradient_check(loss, w, eps):
    g = np.zeros(w.shape)
    it = np.nditer(w, flags=["multi_index"])
    for _ in it:
        k, keep = it.multi_index, w[it.multi_index]
        w[k] = keep + eps
        up = loss(w)
        w[k] = keep - eps
        down = loss(w)
        w[k] = keep
        g[k] = (up - down) / eps / 2
    return g


@right("gradient_check")
def gradient_check(loss, w, eps):
    flat, g = w.flatten(), []
    for k in range(len(flat)):
        left, right_ = list(flat), list(flat)
        left[k], right_[k] = left[k] - eps, right_[k] + eps
        g.append(0.5 / eps * (loss(np.reshape(right_, w.shape)) - loss(np.reshape(left, w.shape))))
    return np.reshape(g, w.shape)


@right("gradient_check")
def gradient_check(loss, w, eps):
    g = np.empty_like(w)
    for k in np.ndindex(w.shape):
        w[k] += eps
        g[k] = loss(w)
        w[k] -= 2 * eps
        g[k] -= loss(w)
        w[k] += eps
    return g / (2 * eps)


keep("lstm_step", lstm_step)
keep("lstm_step", lambda p, s, x: tuple(map(tuple, lstm_step(p, s, x))))
keep("lstm_step", lambda p, s, x: lstm_step({k: v.astype(np.float32) for k, v in p.items()}, State(*map(np.float32, s)), np.float32(x)))
keep("lstm_step", lambda p, s, x: [list(lstm_step(p, s, x)[0]), lstm_step(p, s, x)[1]._asdict()])
keep("lstm_step", lambda p, s, x: (lstm_step(p, s, x)[0], types.SimpleNamespace(**lstm_step(p, s, x)[1]._asdict())))

CState = namedtuple("CState", "c h")


@right("lstm_step")
def lstm_step_columns(p, s, x):
    """The other way round, but named."""
    h, c = s
    z = np.concatenate([h, x])
    a = np.tensordot(p["W"], z, axes=1) + p["b"]
    f, i, o = 1 / (1 + np.exp(-a[:-1]))
    g = np.tanh(a[-1])
    c1 = np.zeros_like(c)
    c1 += f * c
    c1 += i * g
    return CState(h=o * np.tanh(c1), c=c1), Tape(z=z, g=g, o=o, i=i, f=f, c_prev=c, c=c1, h=o * np.tanh(c1))


@right("lstm_forward")
def lstm_forward(p, s, x):
    run = forward(LSTM, p, x, s)
    return run.h, run.s, run.tape


@right("lstm_forward")
def lstm_forward(p, s, x):
    tapes = []
    for x_t in x:
        s, tape = lstm_step(p, s, x_t)
        tapes.append(tape)
    tape = Tape(*map(np.array, zip(*tapes)))
    return tape.h, s, tape


@right("lstm_forward")
def lstm_forward(p, s, x):
    T, H, B = len(x), *s.h.shape
    film = Tape(np.zeros((T, H + x.shape[1], B)), *(np.zeros((T, H, B)) for _ in range(7)))
    for t in range(T):
        s, now = lstm_step(p, s, x[t])
        for field, q in zip(film, now):
            field[t] = q
    return film.h, tuple(s), tuple(film)


@right("lstm_forward")
def lstm_forward(p, s, x):
    h, s, tape = [], list(s), {}
    for x_t in x:
        s, now = lstm_step(p, State(*s), x_t)
        h.append(s.h.astype(np.float32))
        for name, q in now._asdict().items():
            tape.setdefault(name, []).append(q)
    return np.stack(h), dict(h=s.h, c=s.c), {name: np.stack(q) for name, q in tape.items()}


keep("lstm_back", lstm_back)
keep("lstm_back", lambda p, ds, tape: tuple(lstm_back(p, ds, tape)))


@right("lstm_back")
def lstm_back_by_hand(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    H, B = h.shape
    dW, db, dz, dc_prev = np.zeros_like(p["W"]), np.zeros_like(p["b"]), np.zeros_like(z), np.zeros_like(c)
    for k in range(B):
        for j in range(H):
            t = math.tanh(c[j, k])
            dc = ds[1][j, k] + ds[0][j, k] * o[j, k] * (1 - t * t)
            blame = (dc * c_prev[j, k] * f[j, k] * (1 - f[j, k]), dc * g[j, k] * i[j, k] * (1 - i[j, k]),
                     ds[0][j, k] * t * o[j, k] * (1 - o[j, k]), dc * i[j, k] * (1 - g[j, k] ** 2))
            for q, a in enumerate(blame):
                dW[q, j] += a * z[:, k]
                db[q, j] += a
                dz[:, k] += a * p["W"][q, j]
            dc_prev[j, k] = dc * f[j, k]
    return {"b": db, "W": dW}, (dz[:H], dc_prev), dz[H:]


@right("lstm_back")
def lstm_back_by_columns(p, ds, tape):
    """Written for one example, mapped over the batch."""
    out = [lstm_back(p, State(*(d[:, [k]] for d in ds)), Tape(*(q[:, [k]] for q in tape))) for k in range(tape.h.shape[1])]
    return ({name: sum(dp[name] for dp, _, _ in out) for name in "Wb"},
            State(*(np.hstack(d) for d in zip(*(s for _, s, _ in out)))), np.hstack([dx for _, _, dx in out]))


@right("lstm_back")
def lstm_back_complex(p, ds, tape):
    """By the complex step: no derivative is written at all."""
    H = len(tape.h)
    h, x = tape.z[:H], tape.z[H:]

    def slope(**change):
        s, _ = lstm_step({"W": change.get("W", p["W"]), "b": change.get("b", p["b"])},
                         State(change.get("h", h), change.get("c", tape.c_prev)), change.get("x", x))
        return ((s.h * ds[0] + s.c * ds[1]).sum()).imag / 1e-30

    def gradient(name, w):
        g = np.zeros(w.shape)
        for k in np.ndindex(w.shape):
            v = w.astype(complex)
            v[k] += 1e-30j
            g[k] = slope(**{name: v})
        return g
    return ({name: gradient(name, p[name]) for name in "Wb"}, State(gradient("h", h), gradient("c", tape.c_prev)), gradient("x", x))


@right("lstm_backward")
def lstm_backward(p, tape, dh, ds):
    ds, dp, dxs = State(*ds), {k: 0 for k in p}, []
    for t in range(len(dh))[::-1]:
        one, ds, dx = lstm_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + one[k] for k in p}
        dxs.insert(0, dx)
    return dp, ds, np.array(dxs)


@right("lstm_backward")
def lstm_backward_recursive(p, tape, dh, ds):
    if len(dh) == 1:
        dp, ds, dx = lstm_back(p, State(ds[0] + dh[0], ds[1]), Tape(*(q[0] for q in tape)))
        return dp, ds, dx[None]
    later, ds, dx = lstm_backward_recursive(p, tuple(q[1:] for q in tape), dh[1:], ds)
    first, ds, dx0 = lstm_backward_recursive(p, tuple(q[:1] for q in tape), dh[:1], ds)
    return {k: later[k] + first[k] for k in p}, ds, np.concatenate([dx0, dx])


@right("lstm_backward")
def lstm_backward_library(p, tape, dh, ds):
    H = dh.shape[1]
    x = tape.z[:, H:]
    run = forward(LSTM, p, x, State(tape.z[0, :H], tape.c_prev[0]))
    dp, dx, ds0 = backward(LSTM, p, run, dh, ds)
    return dp, ds0, dx


@right("lstm_backward")
def lstm_backward_float32(p, tape, dh, ds):
    p = {k: w.astype("f4") for k, w in p.items()}
    return lstm_backward(p, Tape(*(q.astype("f4") for q in tape)), dh.astype("f4"), State(*(d.astype("f4") for d in ds)))


# --- 11 -----------------------------------------------------------------------------------------------------

keep("torch_to_sheet", lambda W, U, a, b: (
    np.c_[U, W].reshape(4, U.shape[1], -1)[[1, 0, 3, 2]], (a + b).reshape(4, -1, 1)[[1, 0, 3, 2]]))
keep("set_forget_bias", lambda a, b, v: tuple(np.where(np.arange(len(q)) * 4 // len(q) == 1, w, q) for q, w in ((a, v), (b, 0))))
keep("last_outputs", lambda out, n: np.take_along_axis(out, (n - 1)[:, None, None], 1).squeeze(1))
keep("last_outputs", lambda output, lengths: np.einsum("bth,bt->bh", output, np.eye(output.shape[1])[lengths - 1]))
keep("loss_of_scores", lambda y, k, m: np.average(np.logaddexp.reduce(y, -1) - np.take_along_axis(y, k[..., None], -1)[..., 0], weights=m))


@right("torch_to_sheet")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H, D = W_hh.shape[1], W_ih.shape[1]
    W, b = np.empty((4, H, H + D)), np.empty((4, H, 1))
    for k, gate in enumerate("fiog"):
        rows = slice("ifgo".index(gate) * H, ("ifgo".index(gate) + 1) * H)
        W[k] = np.hstack((W_hh[rows], W_ih[rows]))
        b[k, :, 0] = b_ih[rows] + b_hh[rows]
    return W, b


@right("loss_of_scores")
def loss_of_scores(scores, target, mask):
    total = 0.0
    for b, t in np.argwhere(mask):
        y = scores[b, t]
        total += np.log(np.exp(y - y.max()).sum()) + y.max() - y[target[b, t]]
    return total / np.count_nonzero(mask)


@right("autoregression")
def autoregression(x, p, h):
    seen = np.lib.stride_tricks.sliding_window_view(x, p)[:len(x) - p + 1 - h, ::-1]
    A = np.insert(seen, 0, 1, axis=1)
    return np.linalg.pinv(A) @ x[p - 1 + h:]


# --- 12 -----------------------------------------------------------------------------------------------------

keep("min_update", lambda f, i, g, h: (f * h + i * g) / (f + i))
keep("min_update", lambda f, i, g, h: h + i / (i + f) * (g - h))
keep("min_update", lambda f, i, g, h: np.average([h, g], axis=0, weights=[f, i]))
keep("two_in_one", lambda a1, b1, a2, b2: (a1 * a2, b2 + b1 * a2))


@right("two_in_one")
def two_in_one(a1, b1, a2, b2):
    def both(h):
        return a2 * (a1 * h + b1) + b2
    b = both(0)
    return both(1) - b, b


@right("weigh")
def weigh(log_f, a, g, c, n, m):
    old = log_f + m
    m = np.where(old > a, old, a)
    kept, new = np.exp(old - m), np.exp(a - m)
    return c * kept + g * new, n * kept + new, m


@right("weigh")
def weigh(log_f, a, g, c, n, m):
    M = np.max([log_f + m, a], axis=0)
    k, e = np.exp(np.array([log_f + m, a]) - M)
    return [k * c + e * g, k * n + e, M]


@right("attend")
def attend(h, q):
    seen = np.empty_like(q)
    for b in range(q.shape[1]):
        scores = h[:, :, b] @ q[:, b]
        shares = np.exp(scores - max(scores))
        seen[:, b] = shares / sum(shares) @ h[:, :, b]
    return seen


@right("attend")
def attend(h, q):
    rows = h.transpose(2, 0, 1)
    scores = rows @ q.T[..., None]
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (rows.mT @ (e / e.sum(axis=1, keepdims=True)))[..., 0].T


# --- puzzles ------------------------------------------------------------------------------------------------

keep("remember_one", lambda: (np.array([[5.0, 9.0]]), np.array([[-1.0]])))
keep("remember_one", lambda: ([1.5, 4], 0))
keep("slow_fade", lambda: [[0, 0.95], [0.95, 0]])
keep("latch", lambda: (np.array([0, 1, -30]), [5]))
keep("accumulator", lambda: (np.array([[[0, 0, -50]], [[0, 0, 0]], [[3, 3, 3]], [[0, 8, 0]]], float), np.array([[[25]], [[25]], [[0]], [[0]]])))
keep("toggle", lambda: (np.array([[[0, -50]], [[0, 50]], [[0, 0]], [[-40, 0]]], float), np.array([[[25]], [[-25]], [[25]], [[12]]])))
