"""Wrong answers of a further hand, half of them with two mistakes or three, written from the task texts alone."""
# ruff: noqa: B006, B007, E501, E701, E702, E731, E741, F811, F841
import math

import numpy as np

from lstmlib.cells import State, Tape, join, lstm_back, lstm_step, sigmoid

from . import wrong


# 1: plus instead of minus via tanh: scale missing
@wrong("first_gate", "slip")
def f(a):
    return 0.5 * (np.tanh(a) + 1)


# 1: only scalars: math.exp
@wrong("first_gate", "crash")
def f(a):
    return 1 / (1 + math.exp(-a))


# 1: if on an array
@wrong("first_gate", "crash")
def f(a):
    if a >= 0:
        return 1 / (1 + np.exp(-a))
    return np.exp(a) / (1 + np.exp(a))


# 2: numerator and sign: e^a/(1+e^-a)
@wrong("first_gate", "slip")
def f(a):
    return np.exp(a) / (1 + np.exp(-a))


# 1: hard sigmoid as in Keras
@wrong("first_gate")
def f(a):
    return np.clip(0.2 * a + 0.5, 0, 1)


# 1: minus one in the denominator
@wrong("first_gate", "slip")
def f(a):
    e = np.exp(-a)
    return 1 / (e - 1)


# 1: forgets return, prints
@wrong("first_gate", "printed")
def f(a):
    s = 1 / (1 + np.exp(-a))
    print(s)


# 2: derivative of sigmoid, with wrong sign on exp irrelevant: derivative, scaled by 4
@wrong("first_gate", "slip")
def f(a):
    s = 1 / (1 + np.exp(-a))
    return 4 * s * (1 - s)


# 1: base 2
@wrong("first_gate", "slip")
def f(a):
    return 1 / (1 + 2.0 ** (-a))


# 2: x first and sigmoid
@wrong("rnn_step", "x-over-h + sigma-for-tanh")
def f(W, b, h, x):
    inp = np.concatenate((x, h), axis=0)
    return 1 / (1 + np.exp(-(np.matmul(W, inp) + b)))


# 1: batch-first result
@wrong("rnn_step", "shape")
def f(W, b, h, x):
    B = x.shape[1]
    out = []
    for k in range(B):
        out.append(np.tanh(W @ np.concatenate([h[:, k], x[:, k]]) + b[:, 0]))
    return np.array(out)


# 2: bias outside tanh, minus
@wrong("rnn_step", "minus-bias + bias-outside")
def f(W, b, h, x):
    return np.tanh(W.dot(join(h, x))) - b


# 1: residual: adds old state
@wrong("rnn_step", "slip")
def f(W, b, h, x):
    return h + np.tanh(W @ join(h, x) + b)


# 2: leaky average and no bias
@wrong("rnn_step")
def f(W, b, h, x):
    new = np.tanh(W @ join(h, x))
    return (h + new) / 2


# 1: in place on the state
@wrong("rnn_step", "changed")
def f(W, b, h, x):
    a = W @ join(h, x) + b
    h[:] = np.tanh(a)
    return h


# 1: integers cast: float16
@wrong("rnn_step", "dtype")
def f(W, b, h, x):
    return np.tanh(W @ join(h, x) + b).astype(np.float16)


# 2: relu and bias twice
@wrong("rnn_step", "bias-twice + relu")
def f(W, b, h, x):
    a = W @ join(h, x) + b
    a += b
    return np.maximum(a, 0)


# 1: tanh of the parts summed
@wrong("rnn_step", "each-part-bent")
def f(W, b, h, x):
    H = h.shape[0]
    return np.tanh(W[:, :H] @ h) + np.tanh(W[:, H:] @ x + b)


# 3: x first, no bias, sigmoid
@wrong("rnn_step", "x-over-h + no-bias + sigma-for-tanh")
def f(W, b, h, x):
    return sigmoid(W @ np.r_[x, h])


# 2: starts from zeros and x first
@wrong("rnn_forward", "h0-ignored + x-over-h")
def f(W, b, xs, h0):
    h = np.zeros_like(h0)
    out = []
    for x in xs:
        h = np.tanh(W @ np.vstack((x, h)) + b)
        out.append(h)
    return np.stack(out)


# 2: Keras batch first (B, T, H), and from zeros
@wrong("rnn_forward", "h0-ignored + batch-first")
def f(W, b, xs, h0):
    h, out = 0 * h0, []
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        out.append(h.T)
    return np.stack(out, axis=1)


# 2: no bias; tanh doubled (input squashed again)
@wrong("rnn_forward", "no-bias + tanh-twice")
def f(W, b, xs, h0):
    h, out = h0, []
    for x in xs:
        h = np.tanh(np.tanh(W @ join(h, x)))
        out.append(h)
    return np.array(out)


# 2: always the first input; h0 kept
@wrong("rnn_forward", "h0-in-the-result + same-x")
def f(W, b, xs, h0):
    out = [h0]
    for t in range(len(xs)):
        out.append(np.tanh(W @ join(out[t], xs[0]) + b))
    return np.array(out)


# 1: returns tuple (hs, last) as PyTorch
@wrong("rnn_forward", "structure")
def f(W, b, xs, h0):
    h, out = h0, []
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        out.append(h)
    return np.array(out), h


# 2: teacher: previous pre-activation carried on instead of h, returned squashed
@wrong("rnn_forward", "tanh-only-at-the-output")
def f(W, b, xs, h0):
    a, out = h0, []
    for x in xs:
        a = W @ join(a, x) + b
        out.append(np.tanh(a))
    return np.array(out)


# 3: wrong order x first, no bias, h0 at the front
@wrong("rnn_forward")
def f(W, b, xs, h0):
    hs = [h0]
    for x in xs[:-1]:
        hs.append(np.tanh(W @ np.concatenate([x, hs[-1]])))
    return np.array(hs)


# 2: softmax over it, minus bias
@wrong("read_out")
def f(V, b_y, h):
    y = V @ h - b_y
    e = np.exp(y - y.max(0))
    return e / e.sum(0)


# 1: bias added once for each hidden unit (inside the loop)
@wrong("read_out")
def f(V, b_y, h):
    K, H = V.shape
    y = np.zeros((K, h.shape[1]))
    for k in range(K):
        for j in range(H):
            y[k] += V[k, j] * h[j] + b_y[k]
    return y


# 2: no bias, argmax
@wrong("read_out", "slip")
def f(V, b_y, h):
    return np.argmax(V @ h, axis=0)


# 2: bias multiplied, h squashed again
@wrong("read_out", "slip")
def f(V, b_y, h):
    return V @ np.tanh(h) * b_y


# 2: h squashed again, no bias
@wrong("read_out", "no-bias + state-squashed-again")
def f(V, b_y, h):
    return V @ np.tanh(h)


# 1: mean instead of sum over hidden
@wrong("read_out", "slip")
def f(V, b_y, h):
    return (V[:, :, None] * h[None]).mean(axis=1) + b_y


# 2: overflow and sum over everything
@wrong("softmax", "overflow-over-everything")
def f(y):
    return np.exp(y) / np.exp(y).sum()


# 2: divided by the largest instead of the sum; no max subtraction
@wrong("softmax")
def f(y):
    e = np.exp(y)
    return e / e.max(0)


# 2: log softmax, with global sum
@wrong("softmax", "over-everything + one-maximum-for-all + logarithm")
def f(y):
    m = y.max()
    return y - m - np.log(np.exp(y - m).sum())


# 2: minus sign and rows
@wrong("softmax")
def f(y):
    e = np.exp(y.min(1, keepdims=True) - y)
    return e / e.sum(1, keepdims=True)


# 1: clips at 500
@wrong("softmax")
def f(y):
    y = np.minimum(y, 500)
    e = np.exp(y)
    return e / e.sum(0)


# 1: in place on y
@wrong("softmax", "changed")
def f(y):
    y -= y.max(axis=0)
    np.exp(y, out=y)
    y /= y.sum(axis=0)
    return y


# 2: overflow; epsilon in the denominator
@wrong("softmax")
def f(y):
    e = np.exp(y)
    return e / (e.sum(0) + 1e-3)


# 1: per step mean then mean
@wrong("masked_loss")
def f(losses, mask):
    return ((losses * mask).sum(1) / mask.sum(1)).mean()


# 2: inverted mask; mean over all
@wrong("masked_loss")
def f(losses, mask):
    return (losses * (1 - mask)).mean()


# 2: divides by T and sums over B
@wrong("masked_loss", "divided-by-t")
def f(losses, mask):
    T, B = losses.shape
    return (losses * mask).sum(0).sum() / T


# 1: drops losses that are 0 (nonzero mean)
@wrong("masked_loss", "slip")
def f(losses, mask):
    kept = losses * mask
    return kept[kept != 0].mean()


# 1: median
@wrong("masked_loss", "slip")
def f(losses, mask):
    return np.median(losses[mask > 0])


# 2: only last step, and over all
@wrong("masked_loss")
def f(losses, mask):
    return (losses[-1] * mask[-1]).mean()


# 1: +1 smoothing in denominator
@wrong("masked_loss", "slip")
def f(losses, mask):
    return (losses * mask).sum() / (mask.sum() + 1)


# 2: 2 to the sum
@wrong("perplexity", "shape")
def f(losses):
    return 2 ** sum(losses)


# 2: base 2 with minus
@wrong("perplexity", "slip")
def f(losses):
    return np.power(2, -np.mean(losses))


# 1: product root of the losses (geometric mean of losses, not exp)
@wrong("perplexity")
def f(losses):
    return np.prod(losses) ** (1 / len(losses))


# 1: rounded to a whole number of words
@wrong("perplexity", "rounded")
def f(losses):
    return int(round(np.exp(np.mean(losses))))


# 1: n-1
@wrong("perplexity", "slip")
def f(losses):
    return np.exp(np.sum(losses) / (np.size(losses) - 1))


# 2: log instead of exp; median
@wrong("perplexity", "median + log")
def f(losses):
    return np.log(np.median(losses))


# 2: temperature forgotten and overflow
@wrong("sample", "temperature-ignored")
def f(y, temperature, rng):
    p = np.exp(y) / np.sum(np.exp(y))
    return int(rng.choice(len(y), p=p))


# 2: multiplies and minus
@wrong("sample", "multiplied + worst-first")
def f(y, temperature, rng):
    z = -y * temperature
    p = np.exp(z - z.max())
    return int(rng.choice(len(y), p=p / p.sum()))


# 1: own generator np.random.choice
@wrong("sample", "rng")
def f(y, temperature, rng):
    z = y / temperature
    p = np.exp(z - z.max())
    p /= p.sum()
    return int(np.random.choice(len(y), p=p))


# 1: one-based: Matlab
@wrong("sample", "structure")
def f(y, temperature, rng):
    z = y / temperature
    p = np.exp(z - z.max())
    p /= p.sum()
    return 1 + int(rng.choice(len(y), p=p))


# 1: returns one-hot (multinomial)
@wrong("sample", "structure")
def f(y, temperature, rng):
    z = y / temperature
    p = np.exp(z - z.max())
    p /= p.sum()
    return rng.multinomial(1, p)


# 1: returns array size 1 of score (value not index)
@wrong("sample", "structure")
def f(y, temperature, rng):
    z = y / temperature
    p = np.exp(z - z.max())
    p /= p.sum()
    return rng.choice(y, p=p)


# 2: gaussian noise scaled by T, argmax
@wrong("sample")
def f(y, temperature, rng):
    return int(np.argmax(y + temperature * rng.normal(size=len(y))))


# 1: gumbel with wrong sign
@wrong("sample")
def f(y, temperature, rng):
    g = np.log(-np.log(rng.random(len(y))))
    return int(np.argmax(y / temperature + g))


# 1: cumsum with <= off by one: always one less
@wrong("sample")
def f(y, temperature, rng):
    z = y / temperature
    p = np.exp(z - z.max())
    p /= p.sum()
    c = np.cumsum(p)
    u = rng.random()
    k = 0
    while k < len(p) - 1 and c[k + 1] < u:
        k += 1
    return k


# 2: probabilities to the power T; unsoftmaxed
@wrong("sample", "multiplied")
def f(y, temperature, rng):
    p = np.exp(y - y.max())
    p = p / p.sum()
    p = p ** temperature
    return int(rng.choice(len(y), p=p / p.sum()))


# 2: start and stop included
@wrong("greedy", "start-and-stop-included")
def f(step, s, start, stop, longest):
    words = [start]
    for _ in range(longest):
        s, y = step(s, words[-1])
        words.append(int(y.argmax()))
        if words[-1] == stop:
            break
    return words


# 2: returned pair swapped and break after stop appended
@wrong("greedy", "s-and-y-swapped")
def f(step, s, start, stop, longest):
    out, w = [], start
    for _ in range(longest):
        y, s = step(s, w)
        w = int(np.argmax(y))
        out.append(w)
        if w == stop:
            break
    return out


# 1: filters stop but goes on
@wrong("greedy")
def f(step, s, start, stop, longest):
    out, w = [], start
    for _ in range(longest):
        s, y = step(s, w)
        w = int(np.argmax(y))
        if w != stop:
            out.append(w)
    return out


# 1: returns only the last word
@wrong("greedy", "structure")
def f(step, s, start, stop, longest):
    w = start
    for _ in range(longest):
        s, y = step(s, w)
        if y.argmax() == stop:
            break
        w = int(y.argmax())
    return w


# 2: the word before the step is appended (start included), last one lost
@wrong("greedy", "start-included")
def f(step, s, start, stop, longest):
    out, w = [], start
    for _ in range(longest):
        out.append(w)
        s, y = step(s, w)
        w = int(np.argmax(y))
        if w == stop:
            break
    return out


# 2: state not kept, stop included
@wrong("greedy", "state-not-carried")
def f(step, s, start, stop, longest):
    out, w = [], start
    for _ in range(longest):
        w = int(np.argmax(step(s, w)[1]))
        out.append(w)
        if w == stop:
            break
    return out


# 2: tanh again and wrong axis
@wrong("jacobian", "slip", "slope-on-the-columns + tanh-of-tanh")
def f(Wh, h):
    return Wh * (1 - np.tanh(h) ** 2)


# 2: sigmoid's slope, transposed W
@wrong("jacobian", "w-transposed + slope-of-sigma")
def f(Wh, h):
    return np.diag(h * (1 - h)) @ Wh.T


# 1: elementwise times diag (Matlab .*)
@wrong("jacobian", "slip")
def f(Wh, h):
    return np.diag(1 - h ** 2) * Wh


# 2: elementwise diag, sign plus
@wrong("jacobian", "slip")
def f(Wh, h):
    return np.diag(1 + h ** 2) * Wh


# 3: 2(1-h) slope on the wrong side, W transposed
@wrong("jacobian", "transposed + square-forgotten")
def f(Wh, h):
    return Wh.T * (1 - h)[None, :]


# 2: Frobenius, wrong side
@wrong("gradient_norms", "order-of-the-product + frobenius")
def f(Wh, hs):
    P = np.eye(len(Wh))
    out = []
    for h in reversed(hs):
        P = ((1 - h ** 2)[:, None] * Wh) @ P
        out.append(np.linalg.norm(P, "fro"))
    return out


# 2: spectral radius (eigenvalue), product from first
@wrong("gradient_norms", "from-the-first-step-other-order + largest-eigenvalue")
def f(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs:
        P = np.diag(1 - h ** 2) @ Wh @ P
        out.append(np.abs(np.linalg.eigvals(P)).max())
    return np.array(out)


# 1: norm=1 column sum norm
@wrong("gradient_norms", "slip")
def f(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        P = P @ np.diag(1 - h ** 2) @ Wh
        out.append(np.linalg.norm(P, 1))
    return np.array(out)


# 2: single J's with tanh again, from the first
@wrong("gradient_norms", "from-the-first-step-other-order + tanh-of-tanh")
def f(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs:
        P = np.diag(1 - np.tanh(h) ** 2) @ Wh @ P
        out.append(np.linalg.norm(P, 2))
    return np.array(out)


# 3: no slope, wrong side irrelevant, Frobenius
@wrong("gradient_norms", "slope-forgotten + frobenius")
def f(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs:
        P = P @ Wh
        out.append(np.linalg.norm(P))
    return np.array(out)


# 1: last H rows (x first)
@wrong("rnn_back", "last-rows")
def f(W, z, h, dh):
    da = dh * (1 - h * h)
    return da @ z.T, (W.T @ da)[-len(h):]


# 2: mean over the batch and slope forgotten for dh
@wrong("rnn_back", "no-slope-on-the-way + mean-over-the-batch")
def f(W, z, h, dh):
    da = dh * (1 - h ** 2)
    return np.einsum("hb,zb->hz", da, z) / z.shape[1], W[:, :len(h)].T @ dh


# 2: W not transposed, sigmoid slope
@wrong("rnn_back", "not-transposed + slope-of-sigma")
def f(W, z, h, dh):
    H = len(h)
    da = h * (1 - h) * dh
    return da @ z.T, W[:, :H] @ da


# 1: outer of only first example
@wrong("rnn_back", "first-example-only")
def f(W, z, h, dh):
    da = dh * (1 - h ** 2)
    return np.outer(da[:, 0], z[:, 0]), W[:, :len(h)].T @ da


# 2: dict {"W"} and slope of plus
@wrong("rnn_back", "structure")
def f(W, z, h, dh):
    da = dh * (1 + h ** 2)
    return {"W": da @ z.T}, W[:, :len(h)].T @ da


# 1: forgets dh, uses local Jacobian only
@wrong("rnn_back", "slip")
def f(W, z, h, dh):
    da = 1 - h ** 2
    return da @ z.T, W[:, :len(h)].T @ da


# 2: in place dh *= and slope twice
@wrong("rnn_back", "slip")
def f(W, z, h, dh):
    dh *= 1 - h ** 2
    dW = dh @ z.T
    dh *= 1 - h ** 2
    return dW, W[:, :len(h)].T @ dh


# 3: slope forgotten, mean, last rows
@wrong("rnn_back", "slope-forgotten + mean-over-the-batch + last-rows")
def f(W, z, h, dh):
    B = dh.shape[1]
    return dh @ z.T / B, (W.T @ dh)[-len(h):]


# 2: root forgotten, always scaled
@wrong("clip", "enlarges + no-root")
def f(grads, max_norm):
    n = sum(np.sum(np.square(g)) for g in grads)
    return [max_norm * g / n for g in grads]


# 1: in place
@wrong("clip", "changed")
def f(grads, max_norm):
    n = np.sqrt(sum(np.sum(g ** 2) for g in grads))
    if n > max_norm:
        for g in grads:
            g *= max_norm / n
    return grads


# 1: keras epsilon and always: n+1e-6 torch's clip_coef (barely wrong)
@wrong("clip", "a-grain-too-short")
def f(grads, max_norm):
    n = np.sqrt(sum(np.sum(g ** 2) for g in grads))
    coef = max_norm / (n + 1e-2)
    return [g * min(coef, 1.0) for g in grads]


# 2: each own norm, always
@wrong("clip", "each-array-always")
def f(grads, max_norm):
    return [max_norm * g / np.linalg.norm(g) for g in grads]


# 2: abs sum (L1), divides by max_norm
@wrong("clip", "absolute-values + divided-by-the-limit")
def f(grads, max_norm):
    n = sum(np.abs(g).sum() for g in grads)
    if n > max_norm:
        return [g / max_norm for g in grads]
    return grads


# 1: factor inverted
@wrong("clip", "longer-still")
def f(grads, max_norm):
    n = np.sqrt(sum(np.sum(g ** 2) for g in grads))
    return [g * n / max_norm for g in grads] if n > max_norm else grads


# 1: rounded
@wrong("half_life", "rounded")
def f(f):
    return round(np.log(0.5) / np.log(f))


# 2: 1/e instead of half; sign
@wrong("half_life", "sign-lost-natural-log")
def f(f):
    return 1 / np.log(f)


# 1: log base mixed: log10 and log
@wrong("half_life", "slip")
def f(f):
    return np.log10(0.5) / np.log(f)


# 1: f ** .5
@wrong("half_life", "root-of-one-half")
def f(f):
    return 0.5 ** (1 / f)


# 2: treats f as bias (sigmoid first), sign
@wrong("half_life")
def f(f):
    g = 1 / (1 + np.exp(-f))
    return np.log(2) / np.log(g)


# 1: log(.5) - log(f) instead of a quotient
@wrong("half_life", "logarithm-of-the-quotient")
def f(f):
    return np.log(0.5 / f)


# 2: sign in the exponent and log f only
@wrong("bias_for", "sign-in-the-exponent + log-f")
def f(half_life):
    return np.log(2 ** (1 / half_life))


# 2: f = .5 ** n ; logit inverted
@wrong("bias_for", "swapped + power")
def f(half_life):
    f = 0.5 ** half_life
    return -np.log(f / (1 - f))


# 2: base 2 logarithm; 1/f - 1
@wrong("bias_for", "scaled")
def f(half_life):
    f = 0.5 ** (1 / half_life)
    return np.log2(1 / f - 1)


# 1: missing parentheses f/1-f
@wrong("bias_for", "brackets")
def f(half_life):
    f = 0.5 ** (1 / half_life)
    return np.log(f / 1 - f)


# 1: integer division
@wrong("bias_for", "crash")
def f(half_life):
    f = 0.5 ** (1 // half_life)
    return np.log(f / (1 - f))


# 2: linear half-life 1 - .5/n ; log10
@wrong("bias_for", "log10 + one-over-twice")
def f(half_life):
    f = 1 - .5 / half_life
    return np.log10(f / (1 - f))


# 2: x first, no bias
@wrong("forget_gate", "x-over-h + no-bias")
def f(W_f, b_f, h, x):
    return sigmoid(np.dot(W_f, np.vstack([x, h])))


# 2: minus bias; 1 - sigmoid
@wrong("forget_gate", "minus-bias + 1-minus-sigma")
def f(W_f, b_f, h, x):
    return 1 - sigmoid(W_f @ join(h, x) - b_f)


# 1: multiplies by h at once
@wrong("forget_gate", "slip")
def f(W_f, b_f, h, x):
    f = sigmoid(W_f @ join(h, x) + b_f)
    return f * h


# 2: sigmoid twice; no bias
@wrong("forget_gate", "no-bias + sigma-twice")
def f(W_f, b_f, h, x):
    return sigmoid(sigmoid(W_f @ join(h, x)))


# 2: only x; bias outside
@wrong("forget_gate", "bias-outside + h-ignored")
def f(W_f, b_f, h, x):
    return sigmoid(W_f[:, len(h):] @ x) + b_f


# 1: forget bias +1 as Keras
@wrong("forget_gate", "slip")
def f(W_f, b_f, h, x):
    return sigmoid(W_f @ join(h, x) + b_f + 1)


# 2: relu; minus bias
@wrong("candidate", "minus-bias + relu")
def f(W_g, b_g, h, x):
    return np.maximum(0, W_g @ join(h, x) - b_g)


# 1: GRU style: f * h inside not possible: sigma(h)*: reset by h*h
@wrong("candidate", "slip")
def f(W_g, b_g, h, x):
    z = np.concatenate([np.tanh(h), x])
    return np.tanh(W_g @ z + b_g)


# 2: x first and bias outside
@wrong("candidate", "x-over-h + bias-outside")
def f(W_g, b_g, h, x):
    return np.tanh(W_g @ join(x, h)) + b_g


# 2: h doubled (join(h, h)... ) only h's weights; no bias
@wrong("candidate", "no-bias + x-ignored")
def f(W_g, b_g, h, x):
    n = len(h)
    return np.tanh(W_g[:, :n] @ h)


# 1: the part of x has a sign
@wrong("candidate", "slip")
def f(W_g, b_g, h, x):
    n = len(h)
    return np.tanh(W_g[:, :n] @ h - W_g[:, n:] @ x + b_g)


# 2: scaled: LeCun tanh 1.7159 tanh(2/3 a)
@wrong("candidate", "slip")
def f(W_g, b_g, h, x):
    a = W_g @ join(h, x) + b_g
    return 1.7159 * np.tanh(2 / 3 * a)


# 1: product gate i*g already (sigmoid times tanh)
@wrong("candidate", "slip")
def f(W_g, b_g, h, x):
    a = W_g @ join(h, x) + b_g
    return sigmoid(a) * np.tanh(a)


# 3: x first, sigmoid, bias outside
@wrong("candidate", "x-over-h + bias-outside + sigma-for-tanh")
def f(W_g, b_g, h, x):
    return sigmoid(W_g @ join(x, h)) + b_g


# 2: GRU the other way round
@wrong("cell_update", "slip")
def f(f, c, i, g):
    return (1 - f) * c + f * g


# 1: in place
@wrong("cell_update", "changed")
def f(f, c, i, g):
    c *= f
    c += i * g
    return c


# 2: tanh of c, minus
@wrong("cell_update", "squashed + minus")
def f(f, c, i, g):
    return np.tanh(f * c - i * g)


# 2: 1 - f, tanh on g
@wrong("cell_update", "1-minus-f + candidate-bent-again")
def f(f, c, i, g):
    return (1 - f) * c + i * np.tanh(g)


# 1: matrix products
@wrong("cell_update", "shape")
def f(f, c, i, g):
    return f @ c.T + i @ g.T


# 1: sum over the batch
@wrong("cell_update", "shape")
def f(f, c, i, g):
    return np.einsum("hb,hb->h", f, c) + np.einsum("hb,hb->h", i, g)


# 2: i forgotten and tanh g
@wrong("cell_update")
def f(f, c, i, g):
    return f * c + np.tanh(g)


# 1: loop leaves the last unit out
@wrong("cell_update", "slip")
def f(f, c, i, g):
    new = c.copy()
    for k in range(len(c) - 1):
        new[k] = f[k] * c[k] + i[k] * g[k]
    return new


# 2: sigmoid again on both gates
@wrong("cell_update", "gates-bent-again")
def f(f, c, i, g):
    return sigmoid(f) * c + sigmoid(i) * g


# 2: forwards, shifted: f_0..f_t-1
@wrong("carousel", "before-t")
def f(fs):
    out = np.ones_like(fs)
    for t in range(1, len(fs)):
        out[t] = out[t - 1] * fs[t - 1]
    return out


# 1: wrong axis
@wrong("carousel")
def f(fs):
    out = np.ones_like(fs)
    out[:, :-1] = np.cumprod(fs[:, :0:-1], axis=1)[:, ::-1]
    return out


# 2: not turned back, one factor off
@wrong("carousel", "one-factor + not-turned-back")
def f(fs):
    out = [np.ones_like(fs[0])]
    for f in fs[::-1][:-1]:
        out.append(f)
    return np.array(out)


# 2: inclusive and T+1 long
@wrong("carousel", "a-state-too-many")
def f(fs):
    out = [np.ones_like(fs[0])]
    for f in fs[::-1]:
        out.insert(0, out[0] * f)
    return np.array(out)


# 1: ints: ones of dtype int
@wrong("carousel", "dtype")
def f(fs):
    out = np.ones(fs.shape, dtype=int)
    for t in range(len(fs) - 2, -1, -1):
        out[t] = out[t + 1] * fs[t + 1]
    return out


# 2: 1 - f factors; inclusive
@wrong("carousel")
def f(fs):
    return np.cumprod((1 - fs)[::-1], axis=0)[::-1]


# 1: in place
@wrong("carousel")
def f(fs):
    for t in range(len(fs) - 2, -1, -1):
        fs[t] = fs[t + 1]
    return fs


# 2: o squashed again, c not
@wrong("hidden", "slip")
def f(o, c):
    return sigmoid(o) * c


# 2: o squashed again, c sigmoid
@wrong("hidden", "sigma-for-tanh + gate-bent-again")
def f(o, c):
    return sigmoid(o) * sigmoid(c)


# 2: 1 - o, c bare
@wrong("hidden", "slip")
def f(o, c):
    return (1 - o) * c


# 1: matrix product
@wrong("hidden", "slip")
def f(o, c):
    return o.T @ np.tanh(c)


# 1: returns State-like tuple (h, c)
@wrong("hidden", "structure")
def f(o, c):
    return o * np.tanh(c), c


# 2: tanh twice; scaled
@wrong("hidden", "slip")
def f(o, c):
    return 2 * o * np.tanh(np.tanh(c))


# 2: neither
@wrong("gate_for", "no-tanh + no-limits")
def f(h, c):
    return h / c


# 2: abs, clipped; no tanh
@wrong("gate_for", "no-tanh + sizes-only")
def f(h, c):
    return np.clip(np.abs(h / c), 0, 1)


# 1: arctanh instead
@wrong("gate_for", "slip")
def f(h, c):
    return np.clip(np.arctanh(h) / c, 0, 1)


# 2: product, sigmoid
@wrong("gate_for", "forwards + a-sigmoid")
def f(h, c):
    return sigmoid(h * np.tanh(c))


# 1: max/min swapped: np.minimum(0)…
@wrong("gate_for", "slip")
def f(h, c):
    o = h / np.tanh(c)
    return np.maximum(np.minimum(o, 0), 1)


# 1: where negative gives nan
@wrong("gate_for", "nothing-outside")
def f(h, c):
    o = h / np.tanh(c)
    return np.where((o >= 0) & (o <= 1), o, np.nan)


# 1: impossible becomes 0, even above 1
@wrong("gate_for", "shut-outside")
def f(h, c):
    o = h / np.tanh(c)
    o[(o < 0) | (o > 1)] = 0
    return o


# 1: logit
@wrong("gate_for", "logit")
def f(h, c):
    o = h / np.tanh(c)
    o = np.clip(o, 1e-6, 1 - 1e-6)
    return np.log(o / (1 - o))


# 2: python max on scalars, loops with [0,0] only
@wrong("gate_for", "crash")
def f(h, c):
    return max(0, min(1, h / np.tanh(c)))


# 2: h = o * c and z reversed
@wrong("lstm_step", "x-over-h + no-tanh-on-c")
def f(p, s, x):
    z = np.vstack([x, s.h])
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c = f * s.c + i * g
    h = o * c
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 2: c updated with new-h confusion: uses s.h for s.c; tape prev too
@wrong("lstm_step", "h-for-c-and-on-the-tape")
def f(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = f * s.h + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.h, c, h)


# 2: g by sigmoid, bias left out
@wrong("lstm_step", "no-biases + sigma-on-the-candidate")
def f(p, s, x):
    z = join(s.h, x)
    gates = [sigmoid(W @ z) for W in p["W"]]
    f, i, o, g = gates
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 2: the tape carries pre-activations, order i,f swapped
@wrong("lstm_step", "f-and-i-swapped + sums-on-the-tape")
def f(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(a[1]), sigmoid(a[0]), sigmoid(a[2]), np.tanh(a[3])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, a[0], a[1], a[2], a[3], s.c, c, h)


# 2: tanh stored in the tape as c, h wrong: tanh twice
@wrong("lstm_step", "c-squashed")
def f(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = np.tanh(f * s.c + i * g)
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 1: peephole: o sees c? o uses old state's c added
@wrong("lstm_step", "slip")
def f(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, g = sigmoid(a[0]), sigmoid(a[1]), np.tanh(a[3])
    c = f * s.c + i * g
    o = sigmoid(a[2] + c)
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 3: gate order torch, z reversed, no tanh on c
@wrong("lstm_step", "pytorchs-order + x-over-h + no-tanh-on-c")
def f(p, s, x):
    z = np.concatenate([x, s.h])
    a = p["W"] @ z + p["b"]
    i, f, g, o = sigmoid(a[0]), sigmoid(a[1]), np.tanh(a[2]), sigmoid(a[3])
    c = f * s.c + i * g
    h = o * c
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 2: in place on s.c and c_prev aliased
@wrong("lstm_step", "c-prev-overwritten")
def f(p, s, x):
    z = join(s.h, x)
    f, i, o, g = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(f), sigmoid(i), sigmoid(o), np.tanh(g)
    c = s.c
    c *= f
    c += i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 2: zeros at start; cs returned instead of hs
@wrong("lstm_forward", "s-ignored + c-listed-for-h")
def f(p, s, x):
    s = State(np.zeros_like(s.h), np.zeros_like(s.c))
    tapes = []
    for xt in x:
        s, t = lstm_step(p, s, xt)
        tapes.append(t)
    tape = Tape(*map(np.stack, zip(*tapes)))
    return tape.c, s, tape


# 1: stacked on the last axis
@wrong("lstm_forward", "slip")
def f(p, s, x):
    tapes, hs = [], []
    for xt in x:
        s, t = lstm_step(p, s, xt)
        tapes.append(t); hs.append(s.h)
    return np.stack(hs, axis=-1), s, Tape(*map(np.stack, zip(*tapes)))


# 2: reversed time, and hs in that order; last state
@wrong("lstm_forward", "time-reversed-and-turned-back")
def f(p, s, x):
    tapes, hs = [], []
    for xt in x[::-1]:
        s, t = lstm_step(p, s, xt)
        tapes.insert(0, t); hs.insert(0, s.h)
    return np.array(hs), s, Tape(*map(np.stack, zip(*tapes)))


# 2: x[t-1] is read; h of before recorded
@wrong("lstm_forward", "old-h-listed")
def f(p, s, x):
    tapes, hs = [], []
    for t in range(len(x)):
        hs.append(s.h)
        s, tape = lstm_step(p, s, x[t])
        tapes.append(tape)
    return np.array(hs), s, Tape(*map(np.stack, zip(*tapes)))


# 2: PyTorch: returns (h_n, c_n) swapped order of results: State first
@wrong("lstm_forward", "order")
def f(p, s, x):
    tapes, hs = [], []
    for xt in x:
        s, t = lstm_step(p, s, xt)
        tapes.append(t); hs.append(s.h)
    return s, np.array(hs), Tape(*map(np.stack, zip(*tapes)))


# 1: last State is (h, h)
@wrong("lstm_forward", "h-for-c-at-the-end")
def f(p, s, x):
    tapes = []
    for xt in x:
        s, t = lstm_step(p, s, xt)
        tapes.append(t)
    T = Tape(*map(np.stack, zip(*tapes)))
    return T.h, State(T.h[-1], T.h[-1]), T


# 2: c reset to zero and same x at each step
@wrong("lstm_forward")
def f(p, s, x):
    tapes = []
    for _ in x:
        s, t = lstm_step(p, State(s.h, 0 * s.c), x[0])
        tapes.append(t)
    T = Tape(*map(np.stack, zip(*tapes)))
    return T.h, s, T


# 2: w not restored, sign
@wrong("gradient_check", "left-where-it-was-moved + sign")
def f(loss, w, eps):
    out = np.zeros(w.shape)
    for k in np.ndindex(w.shape):
        w[k] += eps
        up = loss(w)
        w[k] -= 2 * eps
        out[k] = (loss(w) - up) / (2 * eps)
    return out


# 2: one-sided and backwards (w - eps) sign
@wrong("gradient_check", "one-sided-from-below-with-the-sign")
def f(loss, w, eps):
    out = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        v = w.copy()
        v[k] -= eps
        out[k] = (loss(v) - loss(w)) / eps
    return out


# 2: one-sided, divided by 2 eps
@wrong("gradient_check", "down-not-moved-back")
def f(loss, w, eps):
    out = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        v = w.copy()
        v[k] += eps
        out[k] = (loss(v) - loss(w)) / (2 * eps)
    return out


# 1: own eps
@wrong("gradient_check")
def f(loss, w, eps):
    eps = 1e-2
    out = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        d = np.zeros_like(w)
        d[k] = eps
        out[k] = (loss(w + d) - loss(w - d)) / (2 * eps)
    return out


# 2: relative step and eps: w * eps
@wrong("gradient_check", "relative-step")
def f(loss, w, eps):
    out = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        d = np.zeros_like(w)
        d[k] = w[k] * eps
        out[k] = (loss(w + d) - loss(w - d)) / (2 * eps)
    return out


# 1: transposed order (Matlab column-major)
@wrong("gradient_check", "slip")
def f(loss, w, eps):
    out = np.zeros(w.size)
    for n in range(w.size):
        d = np.zeros(w.size)
        d[n] = eps
        d = d.reshape(w.shape, order="F")
        out[n] = (loss(w + d) - loss(w - d)) / (2 * eps)
    return out.reshape(w.shape)


# 2: f missing at end; db mean
@wrong("lstm_back", "db-mean-over-the-batch + f-missing-in-dc")
def f(p, ds, tape):
    tc = np.tanh(tape.c)
    H = len(tape.h)
    dc = ds.c + ds.h * tape.o * (1 - tc ** 2)
    da_f = dc * tape.c_prev * tape.f * (1 - tape.f)
    da_i = dc * tape.g * tape.i * (1 - tape.i)
    da_o = ds.h * tc * tape.o * (1 - tape.o)
    da_g = dc * tape.i * (1 - tape.g ** 2)
    da = np.array([da_f, da_i, da_o, da_g])
    dz = sum(p["W"][k].T @ da[k] for k in range(4))
    return {"W": da @ tape.z.T, "b": da.mean(2, keepdims=True)}, State(dz[:H], dc), dz[H:]


# 2: sigmoid's slope for g too; o's tanh forgotten
@wrong("lstm_back", "do-with-c + sigma-slope-on-g")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    dc = ds.c + ds.h * o * (1 - np.tanh(c) ** 2)
    d = [dc * c_prev, dc * g, ds.h * c, dc * i]
    da = np.stack([q * a * (1 - a) for q, a in zip(d, (f, i, o, g))])
    dz = (p["W"].transpose(0, 2, 1) @ da).sum(0)
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc * f), dz[len(h):]


# 2: 1 - h**2, and dz rows split at D
@wrong("lstm_back", "1-minus-h-squared + wrong-slices-of-dz")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    dc = ds.c + ds.h * o * (1 - h ** 2)
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), ds.h * tc * o * (1 - o), dc * i * (1 - g ** 2)])
    dz = np.tensordot(p["W"], da, axes=([0, 1], [0, 1]))
    D = len(z) - len(h)
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[D:], dc * f), dz[:D]


# 1: order of da: i f g o stacked
@wrong("lstm_back", "gates-in-pytorchs-order")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    dc = ds.c + ds.h * o * (1 - tc ** 2)
    da = np.stack([dc * g * i * (1 - i), dc * c_prev * f * (1 - f), dc * i * (1 - g ** 2), ds.h * tc * o * (1 - o)])
    dz = sum(W.T @ a for W, a in zip(p["W"], da))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc * f), dz[len(h):]


# 2: i and g swapped factors; f slope forgotten
@wrong("lstm_back", "di-and-dg-swapped + sigma-slope-of-f-missing")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    dc = ds.c + ds.h * o * (1 - tc ** 2)
    da = np.stack([dc * c_prev, dc * i * i * (1 - i), ds.h * tc * o * (1 - o), dc * g * (1 - g ** 2)])
    dz = sum(W.T @ a for W, a in zip(p["W"], da))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc * f), dz[len(h):]


# 2: three readers; f of c * f twice
@wrong("lstm_back", "dz-without-o + f-twice-in-dc")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    dc = ds.c + ds.h * o * (1 - tc ** 2)
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), ds.h * tc * o * (1 - o), dc * i * (1 - g ** 2)])
    dz = sum(p["W"][k].T @ da[k] for k in (0, 1, 3))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc * f * f), dz[len(h):]


# 3: ds.c forgotten, old c confused, f missing at end
@wrong("lstm_back", "dc-overwritten + df-with-the-new-c + f-missing-in-dc")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    dc = ds.h * o * (1 - tc ** 2)
    da = np.stack([dc * c * f * (1 - f), dc * g * i * (1 - i), ds.h * tc * o * (1 - o), dc * i * (1 - g ** 2)])
    dz = sum(W.T @ a for W, a in zip(p["W"], da))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc), dz[len(h):]


# 2: multiplied rather than added dc; dc without o
@wrong("lstm_back")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    dc = ds.c + ds.h * (1 - tc ** 2)
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), ds.h * tc * o, dc * i * (1 - g ** 2)])
    dz = sum(W.T @ a for W, a in zip(p["W"], da))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc * f), dz[len(h):]


# 2: dW mean over batch, g's slope 1 - g
@wrong("lstm_back", "square-of-g-forgotten + dw-mean-over-the-batch")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    B = z.shape[1]
    tc = np.tanh(c)
    dc = ds.c + ds.h * o * (1 - tc ** 2)
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), ds.h * tc * o * (1 - o), dc * i * (1 - g)])
    dz = sum(W.T @ a for W, a in zip(p["W"], da))
    return {"W": da @ z.T / B, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc * f), dz[len(h):]


# 2: tanh(c_prev) and o's slope from do only
@wrong("lstm_back")
def f(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c_prev)
    dc = ds.c + ds.h * o * (1 - tc ** 2)
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), ds.h * tc * (1 - o), dc * i * (1 - g ** 2)])
    dz = sum(W.T @ a for W, a in zip(p["W"], da))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc * f), dz[len(h):]


# 2: dx not turned back, dp overwritten
@wrong("lstm_backward", "dp-overwritten + dx-not-reversed")
def f(p, tape, dh, ds):
    dx = []
    for t in range(len(dh))[::-1]:
        dp, ds, d = lstm_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape)))
        dx.append(d)
    return dp, ds, np.stack(dx)


# 1: first moment left out (range to 0)
@wrong("lstm_backward")
def f(p, tape, dh, ds):
    dp = {k: np.zeros_like(v) for k, v in p.items()}
    dx = np.zeros((len(dh), p["W"].shape[2] - p["W"].shape[1], dh.shape[2]))
    for t in range(len(dh) - 1, 0, -1):
        grads, ds, dx[t] = lstm_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape)))
        for k in dp: dp[k] += grads[k]
    return dp, ds, dx


# 2: starts from zero state and dh one late
@wrong("lstm_backward", "ds-ignored + dh-of-the-moment-before")
def f(p, tape, dh, ds):
    dp = {"W": 0, "b": 0}
    dx = []
    ds = State(0 * ds.h, 0 * ds.c)
    for t in reversed(range(len(dh))):
        grads, ds, d = lstm_back(p, State(ds.h + dh[t - 1], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + grads[k] for k in dp}
        dx.insert(0, d)
    return dp, ds, np.array(dx)


# 2: only the last W; mean over T
@wrong("lstm_backward", "mean-over-time + dc-dh")
def f(p, tape, dh, ds):
    dp = {"W": 0, "b": 0}
    dx = []
    for t in reversed(range(len(dh))):
        grads, ds, d = lstm_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + grads[k] / len(dh) for k in dp}
        dx.insert(0, d)
    return dp, State(ds.c, ds.h), np.array(dx)


# 2: forwards in time, dp overwritten
@wrong("lstm_backward", "loop-forwards-dx-in-order + dp-overwritten")
def f(p, tape, dh, ds):
    dx = []
    for t in range(len(dh)):
        dp, ds, d = lstm_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape)))
        dx.append(d)
    return dp, ds, np.array(dx)


# 1: all moments at once by sum (dp fine?), dx (D,B) only the last
@wrong("lstm_backward", "shape")
def f(p, tape, dh, ds):
    dp = {"W": 0, "b": 0}
    for t in reversed(range(len(dh))):
        grads, ds, dx = lstm_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape)))
        dp = {k: dp[k] + grads[k] for k in dp}
    return dp, ds, dx


# 2: in place on h, no bias
@wrong("rnn_step", "no-bias")
def f(W, b, h, x):
    h[:] = np.tanh(W @ join(h, x))
    return h


# 2: bias twice, tanh
@wrong("read_out", "slip")
def f(V, b_y, h):
    return np.tanh(V @ h + b_y) + b_y


# 2: per example mean, unmasked count
@wrong("masked_loss", "shape")
def f(losses, mask):
    return (losses * mask).mean(axis=0)


# 2: mean of 2 ** losses
@wrong("perplexity")
def f(losses):
    return np.mean(2 ** np.asarray(losses))


# 2: exp of minus the sum
@wrong("perplexity", "sum + sign")
def f(losses):
    return float(np.exp(-np.sum(losses)))


# 2: base: log2 inverted and sign
@wrong("half_life", "upside-down-with-its-sign")
def f(f):
    return np.log2(f)


# 2: tanh on product with 1 - o
@wrong("hidden", "slip")
def f(o, c):
    return np.tanh((1 - o) * c)


# 2: inverted and not clipped
@wrong("gate_for", "no-limits + upside-down")
def f(h, c):
    return np.tanh(c) / h


# 2: minus and no clip above
@wrong("gate_for")
def f(h, c):
    return np.maximum(-h / np.tanh(c), 0)


# 2: minus bias; sigmoid
@wrong("candidate", "minus-bias + sigma-for-tanh")
def f(W_g, b_g, h, x):
    return sigmoid(W_g @ join(h, x) - b_g)


# 2: tanh, minus bias
@wrong("forget_gate", "minus-bias + tanh-for-sigma")
def f(W_f, b_f, h, x):
    return np.tanh(W_f @ join(h, x) - b_f)


# 3: tanh, x first, no bias
@wrong("forget_gate", "x-over-h + no-bias + tanh-for-sigma")
def f(W_f, b_f, h, x):
    return np.tanh(W_f @ join(x, h))


# 2: half slope: (1-h)², on the wrong side
@wrong("jacobian", "slope-on-the-columns + square-of-the-difference")
def f(Wh, h):
    return Wh @ np.diag((1 - h) ** 2)


# 2: forwards and inclusive of 1-f: product of (1-f) forwards
@wrong("carousel")
def f(fs):
    return np.cumprod(1 - fs, axis=0)


# 2: each own norm, root forgotten
@wrong("clip")
def f(grads, max_norm):
    out = []
    for g in grads:
        n = (g ** 2).sum()
        out.append(g * max_norm / n if n > max_norm else g)
    return out


# 3: each own, always, max_norm forgotten
@wrong("clip", "each-array-one")
def f(grads, max_norm):
    return [g / np.linalg.norm(g) for g in grads]


# 2: rows, overflow
@wrong("softmax", "overflow-over-the-batch")
def f(y):
    return np.exp(y) / np.exp(y).sum(axis=1)[:, None]


# 2: multiplies; greedy
@wrong("sample", "temperature-ignored")
def f(y, temperature, rng):
    return np.argmax(y * temperature + rng.gumbel(size=y.shape) * temperature)


# 2: always start fed, stop included
@wrong("greedy", "start-read-again + stop-included")
def f(step, s, start, stop, longest):
    out = []
    for _ in range(longest):
        s, y = step(s, start)
        out.append(int(np.argmax(y)))
        if out[-1] == stop:
            break
    return out


# 2: mean over batch and no slope in either
@wrong("rnn_back", "slope-forgotten + mean-in-both")
def f(W, z, h, dh):
    return (dh / dh.shape[1]) @ z.T, W[:, :len(h)].T @ (dh / dh.shape[1])


# 2: coupled gates: i = 1 - f, c bare in h
@wrong("lstm_step", "i-is-1-minus-f + no-tanh-on-c")
def f(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, o, g = sigmoid(a[0]), sigmoid(a[2]), np.tanh(a[3])
    i = 1 - f
    c = f * s.c + i * g
    h = o * c
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 2: minus bias, tanh of product
@wrong("lstm_step", "tanh-of-the-product + minus-biases")
def f(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z - p["b"]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = f * s.c + i * g
    h = np.tanh(o * c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 2: f and o swapped, i on the old c
@wrong("lstm_step", "f-and-i-swapped-in-c + f-for-o")
def f(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = i * s.c + f * g
    h = f * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# 3: .5 ** n, inverse logit, log10
@wrong("bias_for", "swapped + log10 + power")
def f(half_life):
    f = .5 ** half_life
    return np.log10((1 - f) / f)


# 2: reversed result, wrong side
@wrong("gradient_norms", "order-of-the-product + in-order-of-time")
def f(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        P = np.diag(1 - h ** 2) @ Wh @ P
        out.append(np.linalg.norm(P, 2))
    return np.array(out)[::-1]


# 2: single norms, in order of time
@wrong("gradient_norms", "from-the-first-step + each-alone")
def f(Wh, hs):
    return np.array([np.linalg.norm(np.diag(1 - h ** 2) @ Wh, 2) for h in hs])


# 3: 1 - f, no i, tanh outside
@wrong("cell_update", "squashed + 1-minus-f + no-i")
def f(f, c, i, g):
    return np.tanh((1 - f) * c + g)


# 2: h0 put in front; last dropped; tape of dicts none: stack of c as tape
@wrong("lstm_forward", "h-with-the-first-state + c-h-at-the-end")
def f(p, s, x):
    hs, tapes = [s.h], []
    for xt in x:
        s, t = lstm_step(p, s, xt)
        hs.append(s.h)
        tapes.append(t)
    return np.array(hs), State(s.c, s.h), Tape(*map(np.stack, zip(*tapes)))
