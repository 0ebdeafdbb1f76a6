"""Wrong answers, in the styles that students write in."""
# ruff: noqa: E731, F811, F841, B006, E741, E501
import math

import numpy as np

from . import wrong


def sig(v):
    return 1.0 / (1.0 + np.exp(-v))


def concat(*parts):
    return np.concatenate(parts, axis=0)


W_f = np.ones((3, 7))                # what a notebook leaves lying about
x = np.zeros((4, 2))
memory = []

# --- 00 -----------------------------------------------------------------------------------------------------


@wrong("first_gate", "plus-for-minus")
def first_gate(a):
    return 1 / (1 + np.e ** a)


@wrong("first_gate", "brackets")
def first_gate(a):
    denominator = np.exp(-a)
    return 1 / 1 + denominator


@wrong("first_gate", "crash")
def first_gate(a):
    return 1 / (1 + math.exp(-a))


@wrong("first_gate", "printed")
def first_gate(a):
    print(1 / (1 + np.exp(-a)))


@wrong("first_gate", "tanh")
def first_gate(a):
    e = np.exp(2 * a)
    return (e - 1) / (e + 1)


@wrong("first_gate", "rounded")
def first_gate(a):
    return np.round(1 / (1 + np.exp(-a)), 3)


@wrong("first_gate", "slope")
def first_gate(a):
    s = 1 / (1 + np.exp(-a))
    return s * (1 - s)


@wrong("first_gate", "one-number", "shape")
def first_gate(a):
    return float((1 / (1 + np.exp(-a))).mean())


@wrong("first_gate", "crash")
def first_gate(a):
    return sigmoid(a)                    # noqa: F821


# --- 01 -----------------------------------------------------------------------------------------------------


@wrong("rnn_step", "x-over-h")
def rnn_step(W, b, h, x):
    inp = np.vstack((x, h))
    return np.tanh(np.matmul(W, inp) + b)


@wrong("rnn_step", "no-bias")
def rnn_step(W, b, h, x):
    z = np.concatenate((h, x), 0)
    return np.tanh(W.dot(z))


@wrong("rnn_step", "sigma-for-tanh")
def rnn_step(W, b, h, x):
    z = np.concatenate((h, x), 0)
    return sig(W.dot(z) + b)


@wrong("rnn_step", "elementwise-product", "crash")
def rnn_step(W, b, h, x):
    z = np.concatenate((h, x), 0)
    return np.tanh(W * z + b)


@wrong("rnn_step", "x-ignored")
def rnn_step(W, b, h, x):
    n = h.shape[0]
    U = W[:, :n]
    return np.tanh(U @ h + b)


@wrong("rnn_step", "x-over-h")
def rnn_step(W, b, h, x):
    d = x.shape[0]
    Wx, Wh = W[:, :d], W[:, d:]
    return np.tanh(Wx @ x + Wh @ h + b)


@wrong("rnn_step", "bias-outside")
def rnn_step(W, b, h, x):
    return np.tanh(W @ np.r_[h, x]) + b


@wrong("rnn_step", "no-tanh")
def rnn_step(W, b, h, x):
    return W @ np.r_[h, x] + b


@wrong("rnn_step", "side-by-side", "crash")
def rnn_step(W, b, h, x):
    return np.tanh(W @ np.hstack([h, x]) + b)


@wrong("rnn_step", "bias-along-the-batch", "crash")
def rnn_step(W, b, h, x):
    return np.tanh(W @ np.r_[h, x] + b.squeeze())


@wrong("rnn_step", "crash")
def rnn_step(W, b, h, x):
    z = [h, x]
    return np.tanh(W @ z + b)


@wrong("rnn_step", "changed")
def rnn_step(W, b, h, x):
    h[:] = np.tanh(W @ np.concatenate([h, x]) + b)
    return h


@wrong("rnn_step", "forgotten")
def rnn_step(W, b, h, x):
    h = np.tanh(W @ np.concatenate([h, x]) + b)


@wrong("rnn_step", "crash", "global")
def rnn_step(h, x):
    return np.tanh(W_f @ np.concatenate([h, x]))


@wrong("rnn_step", "shape")
def rnn_step(W, b, h, x):
    """turned over at the end"""
    return np.tanh(W @ np.concatenate([h, x]) + b).T


@wrong("read_out", "bias-forgotten", "no-bias", "two", None)
def read_out(V, b_y, h):
    return V.dot(h)


@wrong("read_out", "squashed", "tanh", "two", None)
def read_out(V, b_y, h):
    scores = V @ h + b_y
    return np.tanh(scores)


@wrong("rnn_forward", "h0-at-every-step")
def rnn_forward(W, b, xs, h0):
    out = np.zeros((len(xs),) + h0.shape)
    for t in range(len(xs)):
        out[t] = np.tanh(W @ concat(h0, xs[t]) + b)
    return out


@wrong("rnn_forward", "h0-in-the-result")
def rnn_forward(W, b, xs, h0):
    hs = [h0]
    for t in range(xs.shape[0]):
        hs.append(np.tanh(W @ concat(hs[-1], xs[t]) + b))
    return np.array(hs)


@wrong("rnn_forward", "last-state-only")
def rnn_forward(W, b, xs, h0):
    h = h0
    for x in xs:
        h = np.tanh(W @ concat(h, x) + b)
    return h


@wrong("rnn_forward", "h0-ignored")
def rnn_forward(W, b, xs, h0):
    T, D, B = xs.shape
    H = b.shape[0]
    h = np.zeros((H, B))
    states = np.empty((T, H, B))
    for t in range(T):
        h = np.tanh(W @ concat(h, xs[t]) + b)
        states[t] = h
    return states


@wrong("rnn_forward", "one-array-for-all")
def rnn_forward(W, b, xs, h0):
    h = h0.copy()
    hs = []
    for x in xs:
        h[:] = np.tanh(W @ concat(h, x) + b)
        hs.append(h)
    return np.stack(hs)


@wrong("rnn_forward", "structure")
def rnn_forward(W, b, xs, h0):
    hs, h = [], h0
    for x in xs:
        h = np.tanh(W @ concat(h, x) + b)
        hs.append(h)
    return hs


@wrong("rnn_forward", "x-of-the-moment-before")
def rnn_forward(W, b, xs, h0):
    h, hs = h0, []
    for t in range(len(xs)):
        h = np.tanh(W @ concat(h, xs[t - 1]) + b)
        hs.append(h)
    return np.stack(hs)


@wrong("rnn_forward", "time-in-the-middle", "time-last", "shape")
def rnn_forward(W, b, xs, h0):
    T = len(xs)
    hs = np.zeros((h0.shape[0], T, h0.shape[1]))
    h = h0
    for t in range(T):
        h = np.tanh(W @ concat(h, xs[t]) + b)
        hs[:, t] = h
    return hs


@wrong("rnn_forward", "last-x-left-out")
def rnn_forward(W, b, xs, h0):
    h, hs = h0, []
    for t in range(len(xs) - 1):
        h = np.tanh(W @ concat(h, xs[t]) + b)
        hs.append(h)
    return np.stack(hs)


@wrong("rnn_forward", "the-state-before-each-step")
def rnn_forward(W, b, xs, h0):
    h, hs = h0, []
    for x in xs:
        hs.append(h)
        h = np.tanh(W @ concat(h, x) + b)
    return np.stack(hs)


@wrong("rnn_forward", "returned-in-the-loop", "returned-in-the-loop-unstacked")
def rnn_forward(W, b, xs, h0):
    h, hs = h0, []
    for x in xs:
        h = np.tanh(W @ concat(h, x) + b)
        hs.append(h)
        return np.stack(hs)


@wrong("rnn_forward", "no-bias + h0-at-every-step")
def rnn_forward(W, b, xs, h0):
    return np.stack([np.tanh(W @ concat(h0, x)) for x in xs])


@wrong("rnn_forward", "x-over-h + h0-ignored")
def rnn_forward(W, b, xs, h0):
    h, hs = np.zeros_like(h0), []
    for x in xs:
        h = np.tanh(W @ concat(x, h) + b)
        hs.append(h)
    return np.stack(hs)


@wrong("softmax", "overflow")
def softmax(y):
    return np.exp(y) / np.sum(np.exp(y), axis=0)


@wrong("softmax", "overflow-over-everything")
def softmax(y):
    return np.exp(y) / np.sum(np.exp(y))


@wrong("softmax", "over-the-batch")
def softmax(y):
    y = y - y.max(axis=1, keepdims=True)
    return np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)


@wrong("softmax", "sum-over-everything")
def softmax(y):
    e = np.exp(y - np.max(y, axis=0))
    return e / e.sum()


@wrong("softmax", "maximum-divides")
def softmax(y):
    y = y / np.max(y, axis=0)
    return np.exp(y) / np.exp(y).sum(axis=0)


@wrong("softmax", "not-normalised")
def softmax(y):
    y = y - np.max(y, axis=0)
    return np.exp(y)


@wrong("softmax", "overflow-over-the-batch", "crash")
def softmax(y):
    out = []
    for row in y:
        out.append(np.exp(row) / np.exp(row).sum())
    return np.array(out)


@wrong("softmax", "no-exp", "no-exp-shifted")
def softmax(y):
    y = y - y.max(axis=0)
    return y / y.sum(axis=0)


@wrong("softmax", "overflow", "mean")
def softmax(y):
    m = np.mean(y, axis=0)
    e = np.exp(y - m)
    return e / e.sum(axis=0)


@wrong("softmax", "logarithm")
def softmax(y):
    m = y.max(axis=0)
    return y - m - np.log(np.exp(y - m).sum(axis=0))


@wrong("softmax", "shape")
def softmax(y):
    y = y.T
    e = np.exp(y - y.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("softmax", "one-maximum-for-all")
def softmax(y):
    e = np.exp(y - np.max(y))
    return e / np.sum(e, axis=0)                # underflows where another column is larger by 1000


# --- 02 -----------------------------------------------------------------------------------------------------


@wrong("greedy", "start-read-again", "neither-carried")
def greedy(step, s, start, stop, longest):
    out = []
    for _ in range(longest):
        s, y = step(s, start)
        w = np.argmax(y)
        if w == stop:
            return out
        out.append(w)
    return out


@wrong("greedy", "state-not-carried")
def greedy(step, s, start, stop, longest):
    w, out = start, []
    for _ in range(longest):
        new_s, y = step(s, w)
        w = np.argmax(y)
        if w == stop:
            break
        out.append(w)
    return out


@wrong("greedy", "stop-included")
def greedy(step, s, start, stop, longest):
    w, out = start, []
    while w != stop and len(out) < longest:
        s, y = step(s, w)
        w = int(np.argmax(y))
        out.append(w)
    return out


@wrong("greedy", "longest-overlooked")
def greedy(step, s, start, stop, longest):
    s, y = step(s, start)
    w, out = int(y.argmax()), []
    while w != stop:
        out.append(w)
        s, y = step(s, w)
        w = int(y.argmax())
    return out


@wrong("greedy", "stop-overlooked")
def greedy(step, s, start, stop, longest):
    w, out = start, []
    for _ in range(longest):
        s, y = step(s, w)
        w = int(np.argmax(y))
        out.append(w)
    return out


@wrong("greedy", "crash", "s-and-y-swapped")
def greedy(step, s, start, stop, longest):
    w, out = start, []
    for _ in range(longest):
        y, s = step(s, w)
        w = int(np.argmax(y))
        if w == stop:
            break
        out.append(w)
    return out


@wrong("greedy", "start-included", "start-added")
def greedy(step, s, start, stop, longest):
    out = [start]
    for _ in range(longest):
        s, y = step(s, out[-1])
        w = int(np.argmax(y))
        if w == stop:
            break
        out.append(w)
    return out


@wrong("greedy", "least-likely")
def greedy(step, s, start, stop, longest):
    w, out = start, []
    for _ in range(longest):
        s, y = step(s, w)
        w = int(np.argsort(y)[0])
        if w == stop:
            break
        out.append(w)
    return out


@wrong("greedy", "never-ends", "endless")
def greedy(step, s, start, stop, longest):
    w, out = start, []
    while w is not None:
        s, y = step(s, w)
        w = int(np.argmax(y))
        out.append(w)
    return out


@wrong("sample", "multiplied")
def sample(y, temperature, rng):
    z = y * temperature
    p = np.exp(z - z.max())
    return rng.choice(np.arange(len(y)), p=p / p.sum())


@wrong("sample", "temperature-ignored")
def sample(y, temperature, rng):
    p = np.exp(y) / np.exp(y).sum()
    p = p / temperature
    p = p / p.sum()
    return rng.choice(len(p), p=p)


@wrong("sample", "not-normalised", "crash")
def sample(y, temperature, rng):
    p = np.exp(y) / np.exp(y).sum() / temperature
    return rng.choice(len(p), p=p)


@wrong("sample", "always-the-best")
def sample(y, temperature, rng):
    return np.argmax(y / temperature)


@wrong("sample", "rng")
def sample(y, temperature, rng):
    p = np.exp(y / temperature)
    return np.random.choice(len(y), p=p / p.sum())


@wrong("sample", "structure")
def sample(y, temperature, rng):
    p = np.exp(y / temperature)
    return p / p.sum()


@wrong("sample", "multiplied")
def sample(y, temperature, rng):
    p = np.exp(y) / np.exp(y).sum()
    p = p ** temperature
    return int(rng.choice(len(y), p=p / p.sum()))


@wrong("sample", "overflow", "overflow-drawn-by-hand", "crash")
def sample(y, temperature, rng):
    p = np.exp(y) / np.exp(y).sum()
    p = p ** (1 / temperature)
    return int(rng.multinomial(1, p / p.sum()).argmax())


@wrong("sample", "overflow", "overflow-drawn-by-hand", "crash")
def sample(y, temperature, rng):
    p = np.exp(y / temperature)
    return rng.choice(list(range(len(y))), p=p / sum(p))


@wrong("sample", "overflow", "overflow-drawn-by-hand", "crash")
def sample(y, temperature, rng):
    e = np.exp(y / temperature)
    return int(np.searchsorted(np.cumsum(e), rng.uniform(0, e.sum())))


@wrong("perplexity", "base-2")
def perplexity(losses):
    return 2 ** (losses.sum() / losses.size)


@wrong("perplexity", "mean-of-exp")
def perplexity(losses):
    return np.exp(losses).mean()


@wrong("perplexity", "divided-by-the-length")
def perplexity(losses):
    return math.exp(losses.sum() / len(losses))


@wrong("perplexity", "sign")
def perplexity(losses):
    return np.exp(-losses.mean())


@wrong("perplexity", "base-2")
def perplexity(losses):
    return np.power(2, np.average(losses))


@wrong("perplexity", "structure", "crash", "sum", "divided-by-the-length", "one-axis", "shape")
def perplexity(losses):
    return np.exp(sum(losses) / len(losses))


@wrong("masked_loss", "divided-by-all")
def masked_loss(losses, mask):
    return np.mean(losses * mask)


@wrong("masked_loss", "each-sequence-alike")
def masked_loss(losses, mask):
    total = 0
    for k in range(losses.shape[1]):
        total += (losses[:, k] * mask[:, k]).sum() / mask[:, k].sum()
    return total / losses.shape[1]


@wrong("masked_loss", "mask-as-an-index", "crash")
def masked_loss(losses, mask):
    return losses[mask].mean()


@wrong("masked_loss", "sum-only")
def masked_loss(losses, mask):
    return np.einsum("tb,tb->", losses, mask)


@wrong("masked_loss", "divided-by-t")
def masked_loss(losses, mask):
    s = 0
    for t in range(len(losses)):
        s += np.sum(losses[t] * mask[t])
    return s / len(losses)


@wrong("masked_loss", "one-for-each-sequence", "shape")
def masked_loss(losses, mask):
    return np.sum(losses * mask, axis=0) / np.sum(mask, axis=0)


@wrong("masked_loss", "mask-turned-round")
def masked_loss(losses, mask):
    return losses[mask == 0].mean()


@wrong("masked_loss", "changed")
def masked_loss(losses, mask):
    losses *= mask
    return losses.sum() / mask.sum()


@wrong("nearest_caption", "not-squared", "squared-sum")
def nearest_caption(x, seen, captions):
    far = [abs((column - x).sum()) for column in seen.T]
    return captions[:, np.argmin(far)]


@wrong("nearest_caption", "absolute-differences")
def nearest_caption(x, seen, captions):
    return captions[:, np.argmin(np.linalg.norm(seen - x[:, None], 1, axis=0))]


@wrong("nearest_caption", "least-alike")
def nearest_caption(x, seen, captions):
    far = np.linalg.norm(seen.T - x, axis=1)
    return captions[:, np.argsort(far)[-1]]


@wrong("nearest_caption", "number-for-caption", "shape", "structure")
def nearest_caption(x, seen, captions):
    far = ((seen - x[:, None])**2).sum(0)
    return np.where(far == far.min())[0][0]


@wrong("nearest_caption", "crash")
def nearest_caption(x, seen, captions):
    far = ((seen - x)**2).sum(0)
    return captions[:, far.argmin()]


@wrong("nearest_caption", "picture-for-caption")
def nearest_caption(x, seen, captions):
    pictures = list(seen.T)
    return min(pictures, key=lambda column: ((column - x)**2).sum())


# --- 03 -----------------------------------------------------------------------------------------------------


@wrong("jacobian", "slope-forgotten")
def jacobian(Wh, h):
    return Wh.copy()


@wrong("jacobian", "slope-on-the-columns")
def jacobian(Wh, h):
    return Wh @ np.diag(1 - h**2)


@wrong("jacobian", "transposed")
def jacobian(Wh, h):
    return Wh.T @ np.diag(1 - h * h)


@wrong("jacobian", "w-transposed")
def jacobian(Wh, h):
    return np.diag(1 - h * h) @ Wh.T


@wrong("jacobian", "tanh-of-tanh")
def jacobian(Wh, h):
    d = 1 - np.tanh(h) ** 2
    return np.diag(d) @ Wh


@wrong("jacobian", "slope-of-sigma")
def jacobian(Wh, h):
    n = len(h)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            J[i, j] = h[i] * (1 - h[i]) * Wh[i, j]
    return J


@wrong("jacobian", "argument-of-tanh")
def jacobian(Wh, h):
    a = Wh @ h
    return np.diag(1 - np.tanh(a) ** 2) @ Wh


@wrong("jacobian", "product")
def jacobian(Wh, h):
    return (1 - h**2) @ Wh


@wrong("jacobian", "dtype")
def jacobian(Wh, h):
    J = np.zeros(Wh.shape, dtype=int)
    for i in range(len(h)):
        J[i] = (1 - h[i] ** 2) * Wh[i]
    return J


@wrong("gradient_norms", "order-of-the-product")
def gradient_norms(Wh, hs):
    P = np.eye(len(Wh))
    out = []
    for h in reversed(hs):
        P = np.diag(1 - h**2) @ Wh @ P
        out.append(np.linalg.norm(P, ord=2))
    return np.array(out)


@wrong("gradient_norms", "frobenius")
def gradient_norms(Wh, hs):
    P = np.eye(len(Wh))
    out = []
    for h in reversed(hs):
        P = P @ np.diag(1 - h**2) @ Wh
        out.append(np.sqrt((P**2).sum()))
    return out


@wrong("gradient_norms", "from-the-first-step-other-order")
def gradient_norms(Wh, hs):
    J = np.eye(Wh.shape[0])
    norms = np.zeros(len(hs))
    for t, h in enumerate(hs):
        J = np.diag(1 - h**2) @ Wh @ J
        norms[t] = np.linalg.norm(J, 2)
    return norms


@wrong("gradient_norms", "each-alone")
def gradient_norms(Wh, hs):
    return np.array([np.linalg.norm(np.diag(1 - h**2) @ Wh, 2) for h in hs[::-1]])


@wrong("gradient_norms", "slope-forgotten")
def gradient_norms(Wh, hs):
    return np.array([np.linalg.norm(np.linalg.matrix_power(Wh, k), 2) for k in range(1, len(hs) + 1)])


@wrong("gradient_norms", "product-of-norms")
def gradient_norms(Wh, hs):
    n, norms = 1.0, []
    for h in hs[::-1]:
        n *= np.linalg.norm(np.diag(1 - h**2) @ Wh, 2)
        norms.append(n)
    return norms


@wrong("gradient_norms", "one-lag-late")
def gradient_norms(Wh, hs):
    P, norms = np.identity(len(Wh)), []
    for t in range(len(hs) - 1, -1, -1):
        norms.append(np.linalg.norm(P, 2))
        P = P.dot(np.diag(1 - hs[t] ** 2)).dot(Wh)
    return np.array(norms)


@wrong("gradient_norms", "w-transposed", "order-of-the-product")
def gradient_norms(Wh, hs):
    v = np.eye(len(Wh))
    norms = []
    for h in hs[::-1]:
        v = Wh @ (v * (1 - h**2)[:, None])
        norms.append(np.linalg.norm(v, 2))
    return np.array(norms)


@wrong("clip", "each-array-apart")
def clip(grads, max_norm):
    out = []
    for g in grads:
        n = np.linalg.norm(g)
        out.append(g * max_norm / n if n > max_norm else g)
    return out


@wrong("clip", "each-number")
def clip(grads, max_norm):
    return [np.minimum(np.maximum(g, -max_norm), max_norm) for g in grads]


@wrong("clip", "enlarges")
def clip(grads, max_norm):
    total = math.sqrt(sum(float(np.sum(g * g)) for g in grads))
    return [g / total * max_norm for g in grads]


@wrong("clip", "changed")
def clip(grads, max_norm):
    total = np.sqrt(sum(np.sum(g * g) for g in grads))
    if total > max_norm:
        for g in grads:
            g *= max_norm / total
    return grads


@wrong("clip", "no-root")
def clip(grads, max_norm):
    total = sum(np.sum(g * g) for g in grads)
    if total > max_norm:
        return [g * max_norm / total for g in grads]
    return grads


@wrong("clip", "sum-of-norms")
def clip(grads, max_norm):
    total = sum(np.linalg.norm(g) for g in grads)
    return [g * min(1, max_norm / total) for g in grads]


@wrong("clip", "norm-too", "structure")
def clip(grads, max_norm):
    total = np.sqrt(sum(np.sum(g * g) for g in grads))
    if total > max_norm:
        grads = [g * max_norm / total for g in grads]
    return grads, total


@wrong("clip", "forgotten")
def clip(grads, max_norm):
    total = np.sqrt(sum(np.sum(g * g) for g in grads))
    if total > max_norm:
        grads = [g * max_norm / total for g in grads]


@wrong("clip", "crash")
def clip(grads, max_norm):
    total = np.linalg.norm(grads)
    return [g * min(1, max_norm / total) for g in grads]


@wrong("clip", "structure", "some", "forgotten", None)
def clip(grads, max_norm):
    total = np.sqrt(sum(np.sum(g * g) for g in grads))
    if total > max_norm:
        return [g * max_norm / total for g in grads]


@wrong("rnn_back", "slope-forgotten")
def rnn_back(W, z, h, dh):
    return dh @ z.T, W[:, :len(h)].T @ dh


@wrong("rnn_back", "not-transposed")
def rnn_back(W, z, h, dh):
    da = dh * (1 - np.square(h))
    return np.dot(da, z.T), np.dot(W[:, :h.shape[0]], da)


@wrong("rnn_back", "on-the-input")
def rnn_back(W, z, h, dh):
    H, da = len(h), (1 - h * h) * dh
    return da @ z.T, (W.T @ da)[H:]


@wrong("rnn_back", "the-whole-z")
def rnn_back(W, z, h, dh):
    da = (1 - h * h) * dh
    return da @ z.T, W.T @ da


@wrong("rnn_back", "turned-round")
def rnn_back(W, z, h, dh):
    da = (1 - h**2) * dh
    return W[:, :len(W)].T @ da, np.einsum("jb,kb->jk", da, z)


@wrong("rnn_back", "slope-of-h + mean-over-the-batch")
def rnn_back(W, z, h, dh):
    da = dh / np.cosh(h) ** 2
    return da @ z.T / z.shape[1], (W.T @ da)[:len(da)]


@wrong("rnn_back", "dW-transposed")
def rnn_back(W, z, h, dh):
    da = dh * (1 - h**2)
    return np.dot(z, da.T), np.dot(W.T, da)[:len(h)]


# --- 04 -----------------------------------------------------------------------------------------------------


@wrong("forget_gate", "tanh-for-sigma")
def forget_gate(W_f, b_f, h, x):
    concatenated = np.concatenate([h, x])
    return np.tanh(np.dot(W_f, concatenated) + b_f)


@wrong("forget_gate", "1-minus-sigma")
def forget_gate(W_f, b_f, h, x):
    a = W_f @ np.vstack([h, x]) + b_f
    return 1 / (1 + np.exp(a))


@wrong("forget_gate", "no-sigma")
def forget_gate(W_f, b_f, h, x):
    return W_f @ np.vstack([h, x]) + b_f


@wrong("forget_gate", "x-over-h")
def forget_gate(W_f, b_f, h, x):
    return sig(W_f @ np.vstack([x, h]) + b_f)


@wrong("forget_gate", "bias-along-the-batch", "crash", "shape")
def forget_gate(W_f, b_f, h, x):
    return sig(W_f @ np.vstack([h, x]) + b_f.flatten())


@wrong("forget_gate", "global", "crash")
def forget_gate(W, b, h, xt):
    return sig(W_f @ np.vstack([h, x]) + b)


@wrong("forget_gate", "x-alone", "crash")
def forget_gate(W_f, b_f, h, x):
    return sig(np.dot(W_f, x) + b_f)


@wrong("forget_gate", "h-plus-x", "crash")
def forget_gate(W_f, b_f, h, x):
    return sig(W_f @ (h + x) + b_f)


@wrong("forget_gate", "softmax")
def forget_gate(W_f, b_f, h, x):
    a = W_f @ np.vstack([h, x]) + b_f
    e = np.exp(a - a.max(0))
    return e / e.sum(axis=0)


@wrong("forget_gate", "h-ignored")
def forget_gate(W_f, b_f, h, x):
    H = len(h)
    return sig(W_f[:, H:] @ x + b_f)


@wrong("forget_gate", "w-transposed", "crash")
def forget_gate(W_f, b_f, h, x):
    return sig(W_f.T @ np.vstack([h, x]) + b_f)


@wrong("forget_gate", "shape")
def forget_gate(W_f, b_f, h, x):
    z = np.concatenate([h.T, x.T], axis=1)
    return sig(z @ W_f.T + b_f.T)


@wrong("forget_gate", "no-bias + x-over-h")
def forget_gate(W_f, b_f, h, x):
    return sig(W_f @ np.vstack([x, h]))


@wrong("forget_gate", "tanh-for-sigma + no-bias")
def forget_gate(W_f, b_f, h, x):
    return np.tanh(W_f @ np.vstack([h, x]))


@wrong("forget_gate", "first only", "shape", "x-over-h", None)
def forget_gate(W_f, b_f, h, x):
    f = np.zeros(h.shape)
    f[:, 0] = sig(W_f @ np.concatenate([h[:, 0], x[:, 0]]) + b_f[:, 0])
    return f


wrong("forget_gate", "no function")(sig(x))
wrong("half_life", "no function")(68.9)


@wrong("half_life", "natural-log")
def half_life(f):
    return -1 / math.log(f)


@wrong("half_life", "sign-lost")
def half_life(f):
    return math.log(2) / math.log(f)


@wrong("half_life", "rounded-up")
def half_life(f):
    n, m = 0, 1.0
    while m > 0.5:
        m *= f
        n += 1
    return n


@wrong("half_life", "linear")
def half_life(f):
    return 1 / (2 * (1 - f))


@wrong("half_life", "not-inverted")
def half_life(f):
    return math.log(f) / math.log(1 / 2)


@wrong("half_life", "rounded", "dtype")
def half_life(f):
    return int(-1 / np.log2(f))


@wrong("half_life", "mean-life")
def half_life(f):
    return 1 / (1 - f)


@wrong("half_life", "scaled", "natural-log")
def half_life(f):
    return np.log(2) * np.log(0.5) / np.log(f)


@wrong("bias_for", "swapped")
def bias_for(half_life):
    f = 0.5 ** (1 / half_life)
    return math.log(1 / f - 1)


@wrong("bias_for", "only-f")
def bias_for(half_life):
    return 2 ** (-1 / half_life)


@wrong("bias_for", "natural")
def bias_for(half_life):
    f = math.exp(-1 / half_life)
    return math.log(f / (1 - f))


@wrong("bias_for", "log-f")
def bias_for(half_life):
    return -math.log(2) / half_life


@wrong("bias_for", "log10")
def bias_for(half_life):
    f = 0.5 ** (1 / half_life)
    return math.log10(f) - math.log10(1 - f)


@wrong("bias_for", "power", "crash")
def bias_for(half_life):
    f = (1 / 2) ** half_life
    return np.log(f) - np.log(1 - f)


# --- 05 -----------------------------------------------------------------------------------------------------


@wrong("candidate", "sigma-for-tanh")
def candidate(W_c, b_c, h, x):
    return sig(W_c @ np.concatenate([h, x]) + b_c)


@wrong("candidate", "x-over-h")
def candidate(W_c, b_c, h, x):
    return np.tanh(W_c @ np.concatenate([x, h], 0) + b_c)


@wrong("candidate", "relu")
def candidate(W_c, b_c, h, x):
    a = W_c @ np.concatenate([h, x]) + b_c
    a[a < 0] = 0
    return a


@wrong("candidate", "no-bias")
def candidate(W_c, b_c, h, x):
    a = 2 * (W_c @ np.concatenate([h, x]))
    return 2 * sig(a) - 1


@wrong("candidate", "sigma-for-tanh + no-bias")
def candidate(W_c, b_c, h, x):
    return sig(W_c @ np.concatenate([h, x]))


# --- 06 -----------------------------------------------------------------------------------------------------


@wrong("cell_update", "squashed")
def cell_update(f, c, i, g):
    c_new = np.multiply(f, c) + np.multiply(i, g)
    return np.tanh(c_new)


@wrong("cell_update", "f-on-all")
def cell_update(f, c, i, g):
    c = c + i * g
    return f * c


@wrong("cell_update", "changed")
def cell_update(f, c, i, g):
    c *= f
    c += i * g
    return c


@wrong("cell_update", "arguments")
def cell_update(f, i, c, g):
    return f * c + i * g


@wrong("cell_update", "1-minus-f")
def cell_update(f, c, i, g):
    kept = c - f * c
    return kept + i * g


@wrong("cell_update", "no-f + no-i", "two")
def cell_update(f, c, i, g):
    return c + g


@wrong("cell_update", "i-is-1-minus-f", "1-minus-f + i-is-1-minus-f")
def cell_update(f, c, i, g):
    return f * c + (1 - f) * g


@wrong("cell_update", "matrix-products", "crash")
def cell_update(f, c, i, g):
    return f @ c + i @ g


@wrong("cell_update", "shape", "differs", None)
def cell_update(f, c, i, g):
    return (f * c + i * g)[:, 0]


@wrong("carousel", "divided")
def carousel(fs):
    along = np.cumprod(fs, 0)
    return along[-1] / along


@wrong("carousel", "nan", "divided", "some")
def carousel(fs):
    logs = np.log(fs)
    return np.exp(logs.sum(0) - np.cumsum(logs, axis=0))


@wrong("carousel", "wrong-direction")
def carousel(fs):
    out, p = [], 1
    for f in fs:
        p = p * f
        out.append(p)
    return np.stack(out)


@wrong("carousel", "off-by-one")
def carousel(fs):
    T = len(fs)
    return np.stack([np.prod(fs[t:], axis=0) for t in range(T)])


@wrong("carousel", "not-turned-back")
def carousel(fs):
    out, p = [], np.ones(fs.shape[1:])
    for f in fs[::-1]:
        out.append(p)
        p = p * f
    return np.array(out)


@wrong("carousel", "structure")
def carousel(fs):
    T = len(fs)
    return [np.prod(fs[t + 1:], axis=0) for t in range(T)]


@wrong("carousel", "sum", "running-sum", "sum-from-0")
def carousel(fs):
    T = len(fs)
    return np.stack([np.sum(fs[t + 1:], axis=0) for t in range(T)])


@wrong("carousel", "along-everything", "shape")
def carousel(fs):
    return np.cumprod(fs)


@wrong("carousel", "all-of-them", "shape")
def carousel(fs):
    p = 1
    for t in range(len(fs)):
        p = p * fs[t]
    return p


@wrong("carousel", "one-factor", "differs")
def carousel(fs):
    d = np.ones(fs.shape)
    d[:-1] = fs[1:]
    return d


@wrong("carousel", "last-step-forgotten", "differs", "off-by-one")
def carousel(fs):
    d = np.ones_like(fs)
    for t in range(len(fs) - 2, -1, -1):
        d[t] = fs[t] * d[t + 1]
    return d


# --- 07 -----------------------------------------------------------------------------------------------------


@wrong("hidden", "no-tanh")
def hidden(o, c):
    return np.multiply(o, c)


@wrong("hidden", "tanh-of-the-gate")
def hidden(o, c):
    return np.tanh(o) * c


@wrong("hidden", "tanh-of-the-product")
def hidden(o, c):
    h = o * c
    return np.tanh(h)


@wrong("hidden", "sigma-for-tanh")
def hidden(o, c):
    return o * sig(c)


@wrong("hidden", "arguments")
def hidden(c, o):
    return o * np.tanh(c)


@wrong("hidden", "gate-bent-again")
def hidden(o, c):
    return sig(o) * np.tanh(c)


@wrong("hidden", "crash", "matrix-product")
def hidden(o, c):
    return o.dot(np.tanh(c))


@wrong("gate_for", "no-tanh")
def gate_for(h, c):
    return np.minimum(1, np.maximum(0, h / c))


@wrong("gate_for", "no-limits")
def gate_for(h, c):
    return h / np.tanh(c)


@wrong("gate_for", "no-lower-limit")
def gate_for(h, c):
    o = h / np.tanh(c)
    o[o > 1] = 1
    return o


@wrong("gate_for", "no-upper-limit")
def gate_for(h, c):
    o = h / np.tanh(c)
    return np.where(o < 0, 0, o)


@wrong("gate_for", "upside-down")
def gate_for(h, c):
    with np.errstate(divide="ignore"):
        return np.clip(np.tanh(c) / h, 0, 1)


@wrong("gate_for", "sizes-only")
def gate_for(h, c):
    return np.minimum(abs(h) / abs(np.tanh(c)), 1)


@wrong("gate_for", "arguments")
def gate_for(c, h):
    return np.clip(h / np.tanh(c), 0, 1)


# --- 08 -----------------------------------------------------------------------------------------------------


@wrong("gradient_check", "one-sided")
def gradient_check(loss, w, eps):
    g = np.zeros(w.shape)
    L = loss(w)
    for k in np.ndindex(*w.shape):
        v = w.copy()
        v[k] += eps
        g[k] = (loss(v) - L) / eps
    return g


@wrong("gradient_check", "one-array-twice")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(*w.shape):
        w_plus = w.copy()
        w_minus = w_plus
        w_plus[k] += eps
        w_minus[k] -= eps
        g[k] = (loss(w_plus) - loss(w_minus)) / (2 * eps)
    return g


@wrong("gradient_check", "brackets")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(*w.shape):
        d = np.zeros_like(w)
        d[k] = eps
        g[k] = (loss(w + d) - loss(w - d)) / 2 * eps
    return g


@wrong("gradient_check", "all-weights-at-once", "shape")
def gradient_check(loss, w, eps):
    return (loss(w + eps) - loss(w - eps)) / (2 * eps) * np.ones(w.shape)


@wrong("gradient_check", "shape", "all-weights-at-once")
def gradient_check(loss, w, eps):
    return (loss(w + eps) - loss(w - eps)) / (2 * eps)


@wrong("gradient_check", "left-where-it-was-moved")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(*w.shape):
        w[k] += eps
        up = loss(w)
        w[k] -= 2 * eps
        down = loss(w)
        g[k] = (up - down) / (2 * eps)
    return g


@wrong("gradient_check", "flat", "shape")
def gradient_check(loss, w, eps):
    out = []
    for k in np.ndindex(*w.shape):
        d = np.zeros_like(w)
        d[k] = eps
        out.append((loss(w + d) - loss(w - d)) / (2 * eps))
    return np.array(out)


@wrong("gradient_check", "own-eps")
def gradient_check(loss, w, eps=1e-5):
    eps = 1e-5
    g = np.zeros_like(w)
    for k in np.ndindex(*w.shape):
        d = np.zeros_like(w)
        d[k] = eps
        g[k] = (loss(w + d) - loss(w - d)) / (2 * eps)
    return g


@wrong("gradient_check", "eps-for-2-eps")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(*w.shape):
        d = np.zeros_like(w)
        d[k] = eps
        g[k] = (loss(w + d) - loss(w - d)) / eps
    return g


def gates(p, h, x):
    a = p["W"] @ np.concatenate([h, x]) + p["b"]
    return sig(a[0]), sig(a[1]), sig(a[2]), np.tanh(a[3])


@wrong("lstm_step", "no-tanh-on-c")
def lstm_step(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o, g = gates(p, h, x)
    c2 = f * c + i * g
    h2 = o * c2
    return (h2, c2), (z, f, i, o, g, c, c2, h2)


@wrong("lstm_step", "c-h")
def lstm_step(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o, g = gates(p, h, x)
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return (c2, h2), (z, f, i, o, g, c, c2, h2)


@wrong("lstm_step", "pytorchs-order")
def lstm_step(p, s, x):
    z = np.concatenate([s.h, x])
    a = np.einsum("ghk,kb->ghb", p["W"], z) + p["b"]
    i, f, g, o = sig(a[0]), sig(a[1]), np.tanh(a[2]), sig(a[3])
    c2 = f * s.c + i * g
    h2 = o * np.tanh(c2)
    return (h2, c2), (z, f, i, o, g, s.c, c2, h2)


@wrong("lstm_step", "o-and-g-swapped")
def lstm_step(p, s, x):
    z = np.concatenate([s.h, x])
    f, i, g, o = p["W"] @ z + p["b"]
    f, i, o, g = sig(f), sig(i), sig(o), np.tanh(g)
    c2 = f * s.c + i * g
    h2 = o * np.tanh(c2)
    return (h2, c2), (z, f, i, o, g, s.c, c2, h2)


@wrong("lstm_step", "sigma-on-the-candidate")
def lstm_step(p, s, x):
    z = np.concatenate([s.h, x])
    f, i, o, g = sig(p["W"] @ z + p["b"])
    c2 = f * s.c + i * g
    h2 = o * np.tanh(c2)
    return (h2, c2), (z, f, i, o, g, s.c, c2, h2)


@wrong("lstm_step", "c-prev-overwritten")
def lstm_step(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o, g = gates(p, h, x)
    c = f * c + i * g
    h = o * np.tanh(c)
    return (h, c), (z, f, i, o, g, c, c, h)


@wrong("lstm_step", "changed", "c-prev-overwritten")
def lstm_step(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o, g = gates(p, h, x)
    c *= f
    c += i * g
    h = o * np.tanh(c)
    return (h, c), (z, f, i, o, g, s.c, c, h)


@wrong("lstm_step", "tanh-of-the-old-c")
def lstm_step(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o, g = gates(p, h, x)
    h2 = o * np.tanh(c)
    c2 = f * c + i * g
    return (h2, c2), (z, f, i, o, g, c, c2, h2)


@wrong("lstm_step", "i-plus-g")
def lstm_step(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o, g = gates(p, h, x)
    c2 = f * c + (i + g)
    h2 = o * np.tanh(c2)
    return (h2, c2), (z, f, i, o, g, c, c2, h2)


@wrong("lstm_step", "no-tape", "structure")
def lstm_step(p, s, x):
    h, c = s
    f, i, o, g = gates(p, h, x)
    c2 = f * c + i * g
    return o * np.tanh(c2), c2


@wrong("lstm_step", "structure")
def lstm_step(p, s, x):
    h, c = s
    f, i, o, g = gates(p, h, x)
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return (h2, c2), (f, i, o, g, c2, h2)


@wrong("lstm_step", "no-tanh-on-c + 1-minus-f")
def lstm_step(p, s, x):
    h, c = s
    z = np.concatenate([h, x])
    f, i, o, g = gates(p, h, x)
    c2 = (1 - f) * c + i * g
    h2 = o * c2
    return (h2, c2), (z, f, i, o, g, c, c2, h2)


@wrong("lstm_step", "crash")
def lstm_step(p, s, x):
    h, c = s
    W_f, W_i, W_o, W_g = p["W"]
    f = sig(W_f @ np.concatenate([h, x]) + p["b_f"])
    return None


@wrong("lstm_step", "x-over-h + no-biases", "two", "no-biases + x-over-h")
def lstm_step(p, s, x):
    h, c = s
    z = np.concatenate([x, h])
    a = p["W"] @ z
    f, i, o, g = sig(a[0]), sig(a[1]), sig(a[2]), np.tanh(a[3])
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return (h2, c2), (z, f, i, o, g, c, c2, h2)


def one(p, h, c, x):
    z = np.concatenate([h, x])
    f, i, o, g = gates(p, h, x)
    c2 = f * c + i * g
    h2 = o * np.tanh(c2)
    return h2, c2, (z, f, i, o, g, c, c2, h2)


def packed(tapes):
    return tuple(np.stack(field) for field in zip(*tapes))


@wrong("lstm_forward", "s-ignored")
def lstm_forward(p, s, x):
    h, c = np.zeros_like(s.h), np.zeros_like(s.c)
    hs, tapes = [], []
    for t in range(len(x)):
        h, c, tape = one(p, h, c, x[t])
        hs.append(h)
        tapes.append(tape)
    return np.array(hs), (h, c), packed(tapes)


@wrong("lstm_forward", "c-not-carried")
def lstm_forward(p, s, x):
    h, c = s
    hs, tapes = [], []
    for t in range(len(x)):
        h, c_new, tape = one(p, h, c, x[t])
        hs.append(h)
        tapes.append(tape)
    return np.array(hs), (h, c), packed(tapes)


@wrong("lstm_forward", "state-not-carried", "state-not-carried-but-returned")
def lstm_forward(p, s, x):
    hs, tapes = [], []
    for t in range(len(x)):
        h, c, tape = one(p, s[0], s[1], x[t])
        hs.append(h)
        tapes.append(tape)
    return np.array(hs), (h, c), packed(tapes)


@wrong("lstm_forward", "tapes-not-stacked", "structure")
def lstm_forward(p, s, x):
    h, c = s
    hs, tapes = [], []
    for x_t in x:
        h, c, tape = one(p, h, c, x_t)
        hs.append(h)
        tapes.append(tape)
    return np.array(hs), (h, c), tapes


@wrong("lstm_forward", "structure", "no-tape", "h-and-c-of-all-moments")
def lstm_forward(p, s, x):
    h, c = s
    hs = []
    for x_t in x:
        h, c, tape = one(p, h, c, x_t)
        hs.append(h)
    return np.array(hs), (h, c)


@wrong("lstm_forward", "first-state-returned", "two", None)
def lstm_forward(p, s, x):
    hs, tapes = [], []
    state = s
    for x_t in x:
        h, c, tape = one(p, state[0], state[1], x_t)
        state = (h, c)
        hs.append(h)
        tapes.append(tape)
    return np.array(hs), s, packed(tapes)


@wrong("lstm_forward", "c-and-h-swapped-on-the-way")
def lstm_forward(p, s, x):
    h, c = s
    hs, tapes = [], []
    for x_t in x:
        h2, c2, tape = one(p, h, c, x_t)
        hs.append(h2)
        tapes.append(tape)
        c, h = h2, c2
    return np.array(hs), (h, c), packed(tapes)


@wrong("lstm_forward", "no-tanh-on-c + h0-ignored")
def lstm_forward(p, s, x):
    h, c = np.zeros_like(s[0]), s[1]
    hs, tapes = [], []
    for x_t in x:
        z = np.concatenate([h, x_t])
        f, i, o, g = gates(p, h, x_t)
        c_old, c = c, f * c + i * g
        h = o * c
        hs.append(h)
        tapes.append((z, f, i, o, g, c_old, c, h))
    return np.array(hs), (h, c), packed(tapes)


@wrong("lstm_forward", "time-reversed")
def lstm_forward(p, s, x):
    h, c = s
    hs, tapes = [], []
    for x_t in reversed(x):
        h, c, tape = one(p, h, c, x_t)
        hs.append(h)
        tapes.append(tape)
    return np.array(hs), (h, c), packed(tapes)


@wrong("lstm_forward", "c-h-at-the-end")
def lstm_forward(p, s, x):
    h, c = s
    hs, tapes = [], []
    for x_t in x:
        h, c, tape = one(p, h, c, x_t)
        hs.append(h)
        tapes.append(tape)
    return np.array(hs), (c, h), packed(tapes)


def way_back(p, dh, dc, tape):
    z, f, i, o, g, c_prev, c, h = tape
    t = np.tanh(c)
    dc = dc + dh * o * (1 - t * t)
    return np.array([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dh * t * o * (1 - o), dc * i * (1 - g * g)]), dc * f


def finish(p, da, z, dc, H):
    dz = np.einsum("ghk,ghb->kb", p["W"], da)
    return {"W": np.einsum("ghb,kb->ghk", da, z), "b": da.sum(axis=2)[:, :, None]}, (dz[:H], dc), dz[H:]


@wrong("lstm_back", "dc-overwritten")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    dh, dc = ds
    t = np.tanh(c)
    do = dh * t * o * (1 - o)
    dc = dh * o * (1 - t**2)
    da = np.array([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), do, dc * i * (1 - g**2)])
    return finish(p, da, z, dc * f, len(h))


@wrong("lstm_back", "f-missing-in-dc")
def lstm_back(p, ds, tape):
    da, dc = way_back(p, ds.h, ds.c, tape)
    return finish(p, da, tape[0], dc / tape[1], len(tape[-1]))


@wrong("lstm_back", "tanh-slope-of-g-missing")
def lstm_back(p, ds, tape):
    da, dc = way_back(p, ds.h, ds.c, tape)
    da[3] /= 1 - tape.g**2
    return finish(p, da, tape[0], dc, len(tape[-1]))


@wrong("lstm_back", "sigma-applied-again")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape

    def slope(v):
        return sig(v) * (1 - sig(v))
    dh, dc = ds
    t = np.tanh(c)
    dc = dc + dh * o * (1 - t**2)
    da = np.array([dc * c_prev * slope(f), dc * g * slope(i), dh * t * slope(o), dc * i * (1 - g**2)])
    return finish(p, da, z, dc * f, len(h))


@wrong("lstm_back", "di-and-dg-swapped")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    dh, dc = ds
    t = np.tanh(c)
    dc = dc + dh * o * (1 - t**2)
    da = np.array([dc * c_prev * f * (1 - f), dc * i * i * (1 - i), dh * t * o * (1 - o), dc * g * (1 - g**2)])
    return finish(p, da, z, dc * f, len(h))


@wrong("lstm_back", "w-not-transposed", "crash")
def lstm_back(p, ds, tape):
    da, dc = way_back(p, *ds, tape)
    dz = sum(W @ d for W, d in zip(p["W"], da))
    H = len(tape.h)
    return {"W": da @ tape.z.T, "b": da.sum(-1, keepdims=True)}, (dz[:H], dc), dz[H:]


@wrong("lstm_back", "db-has-lost-an-axis", "shape")
def lstm_back(p, ds, tape):
    da, dc = way_back(p, *ds, tape)
    dp, s, dx = finish(p, da, tape[0], dc, len(tape.h))
    return {"W": dp["W"], "b": da.sum(axis=2)}, s, dx


@wrong("lstm_back", "both-means")
def lstm_back(p, ds, tape):
    da, dc = way_back(p, *ds, tape)
    dp, s, dx = finish(p, da, tape[0], dc, len(tape.h))
    n = dx.shape[1]
    return {"W": dp["W"] / n, "b": dp["b"] / n}, s, dx


@wrong("lstm_back", "order", "structure")
def lstm_back(p, ds, tape):
    da, dc = way_back(p, *ds, tape)
    dp, s, dx = finish(p, da, tape[0], dc, len(tape.h))
    return dp, dx, s


@wrong("lstm_back", "structure")
def lstm_back(p, ds, tape):
    da, dc = way_back(p, *ds, tape)
    dp, s, dx = finish(p, da, tape[0], dc, len(tape.h))
    return dp["W"], dp["b"], s, dx


@wrong("lstm_back", "1-minus-c-squared")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    dh, dc = ds
    dc = dc + dh * o * (1 - c**2)
    da = np.array([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dh * np.tanh(c) * o * (1 - o), dc * i * (1 - g**2)])
    return finish(p, da, z, dc * f, len(h))


@wrong("lstm_back", "df-with-the-new-c")
def lstm_back(p, ds, tape):
    da, dc = way_back(p, *ds, tape)
    da[0] = da[0] / tape.c_prev * tape.c
    return finish(p, da, tape.z, dc, len(tape.h))


@wrong("lstm_back", "sigma-slope-of-f-missing + tanh-slope-of-g-missing")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    dh, dc = ds
    t = np.tanh(c)
    dc = dc + dh * o * (1 - t**2)
    da = np.array([dc * c_prev, dc * g * i * (1 - i), dh * t * o * (1 - o), dc * i])
    return finish(p, da, z, dc * f, len(h))


@wrong("lstm_back", "changed")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    dh, dc = ds
    t = np.tanh(c)
    dc += dh * o * (1 - t**2)
    da = np.array([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dh * t * o * (1 - o), dc * i * (1 - g**2)])
    return finish(p, da, z, dc * f, len(h))


def through_time(p, tape, dh, ds, carry_h=True, carry_c=True, first=True, total=True, turn=True, use=True):
    """Backpropagation through time, with a slip that a caller may ask for."""
    T = len(dh)
    dh_next, dc_next = (ds[0], ds[1]) if first else (0 * ds[0], 0 * ds[1])
    dW, db, dxs = np.zeros(p["W"].shape), np.zeros(p["b"].shape), []
    for t in range(T - 1, -1, -1):
        now = [q[t] for q in tape]
        da, dc = way_back(p, dh[t] * use + dh_next, dc_next, now)
        dp, (dh_prev, dc_prev), dx = finish(p, da, now[0], dc, dh.shape[1])
        dW, db = (dW + dp["W"], db + dp["b"]) if total else (dp["W"], dp["b"])
        dh_next = dh_prev if carry_h else 0 * dh_prev
        dc_next = dc_prev if carry_c else 0 * dc_prev
        dxs.append(dx)
    return {"W": dW, "b": db}, (dh_next, dc_next), np.stack(dxs[::-1] if turn else dxs)


@wrong("lstm_backward", "dh-next-zero", "dh-next-not-passed", "dh-next-not-added")
def lstm_backward(p, tape, dh, ds):
    return through_time(p, tape, dh, ds, carry_h=False)


@wrong("lstm_backward", "dc-next-zero", "dc-next-not-passed")
def lstm_backward(p, tape, dh, ds):
    return through_time(p, tape, dh, ds, carry_c=False)


@wrong("lstm_backward", "ds-ignored")
def lstm_backward(p, tape, dh, ds):
    return through_time(p, tape, dh, ds, first=False)


@wrong("lstm_backward", "dp-overwritten")
def lstm_backward(p, tape, dh, ds):
    return through_time(p, tape, dh, ds, total=False)


@wrong("lstm_backward", "dx-not-reversed")
def lstm_backward(p, tape, dh, ds):
    return through_time(p, tape, dh, ds, turn=False)


@wrong("lstm_backward", "dh-t-not-added")
def lstm_backward(p, tape, dh, ds):
    return through_time(p, tape, dh, ds, use=False)


@wrong("lstm_backward", "dx-not-reversed + ds-ignored")
def lstm_backward(p, tape, dh, ds):
    return through_time(p, tape, dh, ds, turn=False, first=False)


@wrong("lstm_backward", "loop-forwards", "loop-forwards-dx-in-order")
def lstm_backward(p, tape, dh, ds):
    dh_next, dc_next = ds
    dW, db, dxs = 0, 0, []
    for t in range(len(dh)):
        now = [q[t] for q in tape]
        da, dc_next = way_back(p, dh[t] + dh_next, dc_next, now)
        dp, (dh_next, dc_next), dx = finish(p, da, now[0], dc_next, dh.shape[1])
        dW, db = dW + dp["W"], db + dp["b"]
        dxs.append(dx)
    return {"W": dW, "b": db}, (dh_next, dc_next), np.stack(dxs)


@wrong("lstm_backward", "crash", "structure")
def lstm_backward(p, tape, dh, ds):
    dh_next, dc_next = ds
    for t in range(len(dh), 0, -1):
        now = [q[t] for q in tape]
        da, dc_next = way_back(p, dh[t] + dh_next, dc_next, now)
    return da


@wrong("lstm_backward", "order", "structure")
def lstm_backward(p, tape, dh, ds):
    dp, s, dx = through_time(p, tape, dh, ds)
    return dp, dx, s


@wrong("lstm_backward", "mean-over-time")
def lstm_backward(p, tape, dh, ds):
    dp, s, dx = through_time(p, tape, dh, ds)
    return {k: v / len(dh) for k, v in dp.items()}, s, dx


@wrong("lstm_backward", None)
def lstm_backward(p, tape, dh, ds):
    """truncated: the blame of two moments only"""
    dp, s, dx = through_time(p, tuple(q[-2:] for q in tape), dh[-2:], ds)
    return dp, s, np.concatenate([np.zeros((len(dh) - 2, *dx.shape[1:])), dx])


# --- 11 -----------------------------------------------------------------------------------------------------


def quarters(a):
    return np.split(a, 4)


@wrong("torch_to_sheet", "gates-as-they-came")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.hstack([W_hh, W_ih]).reshape(4, H, -1)
    b = (b_ih + b_hh).reshape(4, H, 1)
    return W, b


@wrong("torch_to_sheet", "x-before-h")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    i, f, g, o = quarters(np.hstack([W_ih, W_hh]))
    bi, bf, bg, bo = quarters((b_ih + b_hh)[:, None])
    return np.array([f, i, o, g]), np.array([bf, bi, bo, bg])


@wrong("torch_to_sheet", "order-of-keras")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    i, f, o, g = quarters(np.c_[W_hh, W_ih])
    bi, bf, bo, bg = quarters((b_ih + b_hh)[:, None])
    return np.array([f, i, o, g]), np.array([bf, bi, bo, bg])


@wrong("torch_to_sheet", "first-bias-only")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    order = [1, 0, 3, 2]
    H = len(b_ih) // 4
    return np.c_[W_hh, W_ih].reshape(4, H, -1)[order], b_ih.reshape(4, H, 1)[order]


@wrong("torch_to_sheet", "bias-without-its-axis", "shape")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    order = [1, 0, 3, 2]
    H = len(b_ih) // 4
    return np.c_[W_hh, W_ih].reshape(4, H, -1)[order], (b_ih + b_hh).reshape(4, H)[order]


@wrong("torch_to_sheet", "crash", "one-below-the-other")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    W = np.vstack([W_hh, W_ih])
    return W.reshape(4, -1, W.shape[1])[[1, 0, 3, 2]], (b_ih + b_hh).reshape(4, -1, 1)[[1, 0, 3, 2]]


@wrong("torch_to_sheet", "biases-as-they-came")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.zeros((4, H, H + W_ih.shape[1]))
    for k, at in enumerate((1, 0, 3, 2)):
        rows = slice(at * H, at * H + H)
        W[k, :, :H], W[k, :, H:] = W_hh[rows], W_ih[rows]
    return W, (b_ih + b_hh).reshape(4, H, 1)


@wrong("set_forget_bias", "on-both")
def set_forget_bias(b_ih, b_hh, value):
    H = b_ih.size // 4
    new = []
    for b in (b_ih, b_hh):
        b = np.array(b)
        b[H:2 * H] = value
        new.append(b)
    return tuple(new)


@wrong("set_forget_bias", "the-other-left")
def set_forget_bias(b_ih, b_hh, value):
    i, f, g, o = quarters(b_ih)
    return np.concatenate([i, np.full_like(f, value), g, o]), b_hh


@wrong("set_forget_bias", "input-gate")
def set_forget_bias(b_ih, b_hh, value):
    one, two = b_ih.copy(), b_hh.copy()
    n = len(one) // 4
    one[0:n], two[0:n] = value, 0
    return one, two


@wrong("set_forget_bias", "changed")
def set_forget_bias(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_ih[H:2 * H] = value
    b_hh[H:2 * H] = 0
    return b_ih, b_hh


@wrong("set_forget_bias", "all-of-it")
def set_forget_bias(b_ih, b_hh, value):
    return np.full_like(b_ih, value), np.zeros_like(b_hh)


@wrong("set_forget_bias", "half-each")
def set_forget_bias(b_ih, b_hh, value):
    mask = np.repeat([0, 1, 0, 0], len(b_ih) // 4)
    return np.where(mask, value / 2, b_ih), np.where(mask, value / 2, b_hh)


@wrong("last_outputs", "end-of-the-rectangle")
def last_outputs(output, lengths):
    return output[:, -1, :]


@wrong("last_outputs", "last-sequence", "shape")
def last_outputs(output, lengths):
    return output[-1]


@wrong("last_outputs", "one-too-far")
def last_outputs(output, lengths):
    return np.array([sequence[n] for sequence, n in zip(output, lengths)])


@wrong("last_outputs", "every-length-for-all", "shape")
def last_outputs(output, lengths):
    return output[:, lengths - 1, :]


@wrong("last_outputs", "crash", "time-first")
def last_outputs(output, lengths):
    return np.stack([output[n - 1, k] for k, n in enumerate(lengths)])


@wrong("last_outputs", "longest")
def last_outputs(output, lengths):
    return output[:, max(lengths) - 1]


@wrong("loss_of_scores", "padding-counted")
def loss_of_scores(scores, target, mask):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    p = e / e.sum(-1, keepdims=True)
    B, T = target.shape
    return -np.log(p[np.arange(B)[:, None], np.arange(T), target]).mean()


@wrong("loss_of_scores", "softmax-twice")
def loss_of_scores(scores, target, mask):
    for _ in range(2):
        e = np.exp(scores - scores.max(-1, keepdims=True))
        scores = e / e.sum(-1, keepdims=True)
    B, T = target.shape
    return (-np.log(scores[np.arange(B)[:, None], np.arange(T), target]) * mask).sum() / mask.sum()


@wrong("loss_of_scores", "sign")
def loss_of_scores(scores, target, mask):
    total = n = 0
    for y, w, m in zip(scores, target, mask):
        for t in range(len(w)):
            if m[t]:
                total += y[t, w[t]] - np.logaddexp.reduce(y[t])
                n += 1
    return total / n


@wrong("loss_of_scores", "divided-by-all")
def loss_of_scores(scores, target, mask):
    log_p = scores - np.logaddexp.reduce(scores, axis=-1)[..., None]
    mine = np.take_along_axis(log_p, target[..., None], -1)[..., 0]
    return np.mean(-mine * mask)


@wrong("loss_of_scores", "softmax-over-time")
def loss_of_scores(scores, target, mask):
    log_p = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    mine = np.take_along_axis(log_p, target[..., None], -1)[..., 0]
    return -(mine * mask).sum() / mask.sum()


@wrong("loss_of_scores", "each-sequence-alike")
def loss_of_scores(scores, target, mask):
    log_p = scores - np.logaddexp.reduce(scores, axis=-1)[..., None]
    mine = np.take_along_axis(log_p, target[..., None], -1)[..., 0]
    return np.mean([-(a * m).sum() / m.sum() for a, m in zip(mine, mask)])


@wrong("autoregression", "one-step-too-near")
def autoregression(x, p, h):
    rows = [[1, *x[t - p + 1:t + 1][::-1]] for t in range(p - 1, len(x) - h)]
    return np.linalg.lstsq(np.array(rows), x[p + h - 2:len(x) - 1])[0]


@wrong("autoregression", "oldest-first")
def autoregression(x, p, h):
    rows = [[1, *x[t - p + 1:t + 1]] for t in range(p - 1, len(x) - h)]
    return np.linalg.lstsq(np.array(rows), x[p - 1 + h:])[0]


@wrong("autoregression", "no-constant", "shape")
def autoregression(x, p, h):
    rows = [x[t - p + 1:t + 1][::-1] for t in range(p - 1, len(x) - h)]
    return np.linalg.lstsq(np.array(rows), x[p - 1 + h:])[0]


@wrong("autoregression", "always-the-next")
def autoregression(x, p, h):
    t = np.arange(p - 1, len(x) - h)
    A = np.column_stack([np.ones(len(t))] + [x[t - k] for k in range(p)])
    return np.linalg.lstsq(A, x[t + 1])[0]


@wrong("autoregression", "structure", "crash")
def autoregression(x, p, h):
    t = np.arange(p - 1, len(x) - h)
    A = np.column_stack([np.ones(len(t))] + [x[t - k] for k in range(p)])
    return np.linalg.lstsq(A, x[t + h])


# --- 12 -----------------------------------------------------------------------------------------------------


@wrong("min_update", "not-scaled")
def min_update(f, i, g, h):
    return h * f + g * i


@wrong("min_update", "changed-places")
def min_update(f, i, g, h):
    total = i + f
    return (i * h + f * g) / total


@wrong("min_update", "rest-of-f")
def min_update(f, i, g, h):
    return g + f * (h - g)


@wrong("min_update", "tanh-of-the-candidate")
def min_update(f, i, g, h):
    new = np.tanh(g)
    return (f * h + i * new) / (f + i)


@wrong("min_update", "only-f-scaled")
def min_update(f, i, g, h):
    f = f / (f + i)
    return f * h + i * g


@wrong("two_in_one", "other-order")
def two_in_one(a1, b1, a2, b2):
    return a1 * a2, b1 + a1 * b2


@wrong("two_in_one", "b-not-kept")
def two_in_one(a1, b1, a2, b2):
    return a1 * a2, np.add(b1, b2)


@wrong("two_in_one", "a-added")
def two_in_one(a1, b1, a2, b2):
    return sum((a1, a2)), b2 + b1 * a2


@wrong("two_in_one", "b-multiplied")
def two_in_one(a1, b1, a2, b2):
    return np.prod([a1, a2], axis=0), np.prod([b1, b2], axis=0)


@wrong("weigh", "m-left-out + m-without-m")
def weigh(log_f, a, g, c, n, m):
    m = np.where(a > log_f, a, log_f)
    k, e = np.exp(log_f - m), np.exp(a - m)
    return k * c + e * g, k * n + e, m


@wrong("weigh", "n-not-decayed")
def weigh(log_f, a, g, c, n, m):
    M = np.maximum(m + log_f, a)
    e = np.exp(a - M)
    return c * np.exp(log_f + m - M) + g * e, e + n, M


@wrong("weigh", "unit-not-changed")
def weigh(log_f, a, g, c, n, m):
    M = np.maximum(m + log_f, a)
    f, e = np.exp(log_f), np.exp(a - M)
    return f * c + g * e, e + f * n, M


@wrong("weigh", "n-with-g")
def weigh(log_f, a, g, c, n, m):
    M = np.maximum(m + log_f, a)
    f, e = np.exp(log_f + m - M), np.exp(a - M)
    written = e * g
    return f * c + written, f * n + written, M


@wrong("attend", "over-units")
def attend(h, q):
    e = np.exp(h * q)
    shares = e / np.sum(e, axis=1, keepdims=True)
    return np.sum(shares * h, axis=0)


@wrong("attend", "over-examples")
def attend(h, q):
    scores = np.einsum("thb,hb->tb", h, q)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares = e / e.sum(axis=-1, keepdims=True)
    return np.einsum("tb,thb->hb", shares, h)


@wrong("attend", "too-large")
def attend(h, q):
    weight = np.exp(np.sum(h * q, axis=1))
    return np.sum(weight[:, None, :] * h, axis=0) / np.sum(weight, axis=0)


@wrong("attend", "by-root")
def attend(h, q):
    scores = np.sum(h * q, axis=1) / h.shape[1] ** 0.5
    scores = scores - scores.max(axis=0)
    shares = np.exp(scores) / np.exp(scores).sum(axis=0)
    return (h * shares[:, None]).sum(axis=0)


@wrong("attend", "only-the-best")
def attend(h, q):
    best = np.argmax((h * q).sum(axis=1), axis=0)
    return np.stack([h[t, :, b] for b, t in enumerate(best)], axis=1)


@wrong("attend", "not-shares")
def attend(h, q):
    scores = (h * q).sum(axis=1)
    return (np.exp(scores - scores.max(axis=0))[:, None] * h).sum(axis=0)


@wrong("attend", "not-summed")
def attend(h, q):
    e = np.exp(h * q - (h * q).max(axis=0))
    return (e * h).sum(axis=0) / e.sum(axis=0)


@wrong("attend", "all-alike")
def attend(h, q):
    return h.mean(axis=0)


@wrong("words_right", "along-the-letters")
def words_right(y, legal, mask):
    least = np.where(legal, y, np.inf).min(axis=1)
    most = np.where(legal, -np.inf, y).max(axis=1)
    return ((least > most) | (mask == 0)).all(axis=1).astype(float)


@wrong("words_right", "all-words-together")
def words_right(y, legal, mask):
    least = np.where(legal, y, np.inf).min(axis=1)
    most = np.where(legal, -np.inf, y).max(axis=1)
    return np.array(float(np.all((least > most) | (mask == 0))))
