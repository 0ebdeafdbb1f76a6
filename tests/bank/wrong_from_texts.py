"""Wrong answers from the texts of the tasks alone, written without a look
at the known mistakes; above each, what is wrong.
"""
# ruff: noqa: E731, F811, F841, B006, E741, E501
import math

import numpy as np
from numpy import exp, tanh

from lstmlib import State, Tape, join, sigmoid

from . import wrong

# --- 00 first_gate ---------------------------------------------------------------------------------


# exp divided by 1 - exp
@wrong("first_gate", "minus-below")
def first_gate(a):
    e = np.exp(-a)
    return 1 / (1 - e)


# math.exp over the first number only: works on scalars only
@wrong("first_gate", "crash")
def first_gate(a):
    return 1 / (1 + math.exp(-a))


# precedence: 1/1 + exp(-a)
@wrong("first_gate", "brackets")
def first_gate(a):
    return 1 / 1 + np.exp(-a)


# tanh for sigma
@wrong("first_gate", "tanh")
def first_gate(a):
    return (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a))


# sigmoid by tanh, without the half inside
@wrong("first_gate", "slip")
def first_gate(a):
    return (np.tanh(a) + 1) / 2


# sign of a; and minus instead of plus
@wrong("first_gate", "plus-for-minus + minus-below")
def first_gate(a):
    bottom = 1 - np.exp(a)
    return 1 / bottom


# e to the power left out: a power of a
@wrong("first_gate")
def first_gate(a):
    e = 2.718
    return 1 / (1 + a ** -e)


# loops over the first axis, returns a list built of floats from a 1-d view: shape lost
@wrong("first_gate", "shape")
def first_gate(a):
    out = []
    for v in np.asarray(a).ravel():
        out.append(1 / (1 + np.exp(-v)))
    return np.array(out)


# rounds
@wrong("first_gate", "rounded")
def first_gate(a):
    return np.round(1 / (1 + np.exp(-a)), 2)


# the slope of the sigmoid instead
@wrong("first_gate", "slope")
def first_gate(a):
    s = 1 / (1 + np.exp(-a))
    return s * (1 - s)


# --- 01 rnn_step -----------------------------------------------------------------------------------


# x stacked over h
@wrong("rnn_step", "x-over-h")
def rnn_step(W, b, h, x):
    z = np.vstack((x, h))
    return np.tanh(W.dot(z) + b)


# x over h; no bias
@wrong("rnn_step", "x-over-h + no-bias")
def rnn_step(W, b, h, x):
    return np.tanh(W @ join(x, h))


# sigmoid for tanh
@wrong("rnn_step", "sigma-for-tanh")
def rnn_step(W, b, h, x):
    a = np.einsum("ij,jb->ib", W, join(h, x)) + b
    return 1 / (1 + np.exp(-a))


# sigmoid for tanh; b subtracted
@wrong("rnn_step", "minus-bias + sigma-for-tanh")
def rnn_step(W, b, h, x):
    return sigmoid(W @ join(h, x) - b)


# bias outside of tanh
@wrong("rnn_step", "bias-outside")
def rnn_step(W, b, h, x):
    pre = np.matmul(W, np.concatenate([h, x], axis=0))
    return np.tanh(pre) + b


# loop over units that forgets the bias
@wrong("rnn_step", "no-bias")
def rnn_step(W, b, h, x):
    z = join(h, x)
    new = np.zeros(h.shape)
    for j in range(W.shape[0]):
        for n in range(h.shape[1]):
            s = 0.0
            for k in range(z.shape[0]):
                s += W[j, k] * z[k, n]
            new[j, n] = np.tanh(s)
    return new


# loop that skips the last column of W
@wrong("rnn_step", "slip")
def rnn_step(W, b, h, x):
    z = join(h, x)
    a = b + 0 * h
    for k in range(len(z) - 1):
        a = a + W[:, k:k + 1] * z[k:k + 1]
    return np.tanh(a)


# batch first result (transposed)
@wrong("rnn_step", "shape")
def rnn_step(W, b, h, x):
    z = np.hstack([h.T, x.T])
    return np.tanh(z @ W.T + b.T)


# old h added (residual); no tanh
@wrong("rnn_step", "slip")
def rnn_step(W, b, h, x):
    return h + W @ join(h, x) + b


# only the x part; no bias
@wrong("rnn_step", "no-bias + h-ignored")
def rnn_step(W, b, h, x):
    H = h.shape[0]
    return np.tanh(W[:, H:] @ x)


# bias added twice, as pytorch's two
@wrong("rnn_step", "bias-twice")
def rnn_step(W, b, h, x):
    H = len(h)
    ih = W[:, H:] @ x + b
    hh = W[:, :H] @ h + b
    return np.tanh(ih + hh)


# x over h; sigmoid; no bias
@wrong("rnn_step", "x-over-h + no-bias + sigma-for-tanh")
def rnn_step(W, b, h, x):
    xh = join(x, h)
    return sigmoid(W @ xh)


# tanh of h part and x part apart
@wrong("rnn_step", "each-part-bent")
def rnn_step(W, b, h, x):
    H = len(h)
    return np.tanh(W[:, :H] @ h) + np.tanh(W[:, H:] @ x + b)


# --- 01 rnn_forward --------------------------------------------------------------------------------


# h not carried on
@wrong("rnn_forward", "h0-at-every-step")
def rnn_forward(W, b, xs, h0):
    out = []
    for x in xs:
        h = np.tanh(W @ np.concatenate([h0, x]) + b)
        out.append(h)
    return np.stack(out)


# h0 among the states, the last lost
@wrong("rnn_forward", "the-state-before-each-step")
def rnn_forward(W, b, xs, h0):
    h = h0
    hs = []
    for t in range(len(xs)):
        hs.append(h)
        h = np.tanh(W @ join(h, xs[t]) + b)
    return np.array(hs)


# h0 among the states; sigmoid
@wrong("rnn_forward", "h0-in-the-result + sigma-for-tanh")
def rnn_forward(W, b, xs, h0):
    hs = [h0]
    for x in xs:
        hs.append(sigmoid(W @ join(hs[-1], x) + b))
    return np.stack(hs)


# in-place: the same array appended
@wrong("rnn_forward", "one-array-for-all")
def rnn_forward(W, b, xs, h0):
    h = h0.copy()
    hs = []
    for x in xs:
        h[:] = np.tanh(W @ join(h, x) + b)
        hs.append(h)
    return np.stack(hs)


# changes h0 in place
@wrong("rnn_forward", "changed")
def rnn_forward(W, b, xs, h0):
    h = h0
    hs = np.empty((len(xs),) + h0.shape)
    for t, x in enumerate(xs):
        h[...] = np.tanh(W @ join(h, x) + b)
        hs[t] = h
    return hs


# starts at zeros, not h0
@wrong("rnn_forward", "h0-ignored")
def rnn_forward(W, b, xs, h0):
    h = np.zeros_like(h0)
    hs = []
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        hs.append(h)
    return np.array(hs)


# stacked on the last axis
@wrong("rnn_forward", "time-last")
def rnn_forward(W, b, xs, h0):
    h, hs = h0, []
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        hs.append(h)
    return np.stack(hs, axis=-1)


# concatenated: (T*H, B)
@wrong("rnn_forward", "joined-not-stacked")
def rnn_forward(W, b, xs, h0):
    h, hs = h0, []
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        hs.append(h)
    return np.concatenate(hs)


# reads backwards; no bias
@wrong("rnn_forward", "time-reversed + no-bias")
def rnn_forward(W, b, xs, h0):
    h, hs = h0, []
    for x in xs[::-1]:
        h = np.tanh(W @ join(h, x))
        hs.append(h)
    return np.stack(hs)


# range(1, T): the first input skipped, first row zero
@wrong("rnn_forward", "slip")
def rnn_forward(W, b, xs, h0):
    T = xs.shape[0]
    hs = np.zeros((T, *h0.shape))
    h = h0
    for t in range(1, T):
        h = np.tanh(W @ join(h, xs[t]) + b)
        hs[t] = h
    return hs


# returns inside the loop
@wrong("rnn_forward", "returned-in-the-loop")
def rnn_forward(W, b, xs, h0):
    h, hs = h0, []
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        hs.append(h)
        return np.stack(hs)


# not carried on; x above h
@wrong("rnn_forward")
def rnn_forward(W, b, xs, h0):
    return np.array([np.tanh(W @ join(x, h0) + b) for x in xs])


# returns the last state only
@wrong("rnn_forward", "last-state-only")
def rnn_forward(W, b, xs, h0):
    h = h0
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
    return h


# --- 01 read_out -----------------------------------------------------------------------------------


# softmax; no bias
@wrong("read_out")
def read_out(V, b_y, h):
    y = V @ h
    e = np.exp(y - y.max(axis=0))
    return e / e.sum(axis=0)


# tanh around it
@wrong("read_out", "squashed")
def read_out(V, b_y, h):
    return np.tanh(V @ h + b_y)


# batch first (B, K)
@wrong("read_out", "transposed")
def read_out(V, b_y, h):
    return h.T @ V.T + b_y.T


# bias within the product: V (h + b)
@wrong("read_out", "crash")
def read_out(V, b_y, h):
    return V @ (h + b_y)


# bias subtracted; sigmoid
@wrong("read_out", "slip")
def read_out(V, b_y, h):
    return sigmoid(np.dot(V, h) - b_y)


# loop adds b in every term of the sum
@wrong("read_out")
def read_out(V, b_y, h):
    K, B = len(V), h.shape[1]
    y = np.zeros((K, B))
    for k in range(K):
        for n in range(B):
            for j in range(h.shape[0]):
                y[k, n] += V[k, j] * h[j, n] + b_y[k, 0]
    return y


# argmax over classes returned
@wrong("read_out", "slip")
def read_out(V, b_y, h):
    return (V @ h + b_y).argmax(axis=0)


# --- 01 softmax ------------------------------------------------------------------------------------


# sum over the wrong axis
@wrong("softmax", "sum-over-the-batch + one-maximum-for-all")
def softmax(y):
    e = np.exp(y - y.max())
    return e / e.sum(axis=1, keepdims=True)


# global sum
@wrong("softmax", "sum-over-everything")
def softmax(y):
    e = np.exp(y - np.max(y, axis=0))
    return e / np.sum(e)


# overflow
@wrong("softmax", "overflow")
def softmax(y):
    return np.exp(y) / np.exp(y).sum(0)


# global max: a column far below underflows to 0/0
@wrong("softmax", "one-maximum-for-all")
def softmax(y):
    e = np.exp(y - y.max())
    return e / e.sum(axis=0)


# overflow and wrong axis
@wrong("softmax", "overflow-over-the-batch")
def softmax(y):
    num = np.exp(y)
    den = num.sum(axis=-1, keepdims=True)
    return num / den


# clips the scores at 500
@wrong("softmax", "clipped")
def softmax(y):
    e = np.exp(np.clip(y, -500, 500))
    return e / e.sum(0)


# min subtracted instead of max
@wrong("softmax", "minimum")
def softmax(y):
    e = np.exp(y - y.min(axis=0))
    return e / e.sum(axis=0)


# divided by the largest score instead of subtracting; sum over the wrong axis
@wrong("softmax", "sum-over-the-batch + maximum-divides")
def softmax(y):
    e = np.exp(y / y.max(axis=0))
    return e / e.sum(axis=1, keepdims=True)


# log softmax and overflow
@wrong("softmax")
def softmax(y):
    return y - np.log(np.exp(y).sum(axis=0))


# log softmax
@wrong("softmax", "logarithm")
def softmax(y):
    y = y - y.max(axis=0)
    return y - np.log(np.exp(y).sum(axis=0))


# scores divided by their sum, no exp
@wrong("softmax", "no-exp")
def softmax(y):
    return y / y.sum(axis=0)


# max and sum along the wrong axis, transposed loops
@wrong("softmax", "over-the-batch")
def softmax(y):
    out = np.zeros_like(y)
    for k, row in enumerate(y):
        row = row - max(row)
        out[k] = np.exp(row) / sum(np.exp(row))
    return out


# changes y in place
@wrong("softmax", "changed")
def softmax(y):
    y -= y.max(axis=0)
    np.exp(y, out=y)
    return y / y.sum(axis=0)


# a negative sign: likeliest for the lowest
@wrong("softmax", "minus-y")
def softmax(y):
    e = np.exp(-(y - y.min(axis=0)))
    return e / e.sum(axis=0)


# --- 02 masked_loss --------------------------------------------------------------------------------


# plain mean of the product: divides by all
@wrong("masked_loss", "divided-by-all")
def masked_loss(losses, mask):
    return np.mean(losses * mask)


# no division
@wrong("masked_loss", "sum-only")
def masked_loss(losses, mask):
    total = 0
    T, B = losses.shape
    for t in range(T):
        for n in range(B):
            if mask[t, n]:
                total += losses[t, n]
    return total


# mean of the means per sequence
@wrong("masked_loss", "each-sequence-alike")
def masked_loss(losses, mask):
    each = (losses * mask).sum(axis=0) / mask.sum(axis=0)
    return each.mean()


# mask inverted
@wrong("masked_loss", "mask-turned-round")
def masked_loss(losses, mask):
    return losses[mask == 0].mean()


# one mean for each sequence
@wrong("masked_loss", "one-for-each-sequence")
def masked_loss(losses, mask):
    return (losses * mask).sum(0) / mask.sum(0)


# mean per step, then mean; padding counted in division by B
@wrong("masked_loss", "divided-by-all")
def masked_loss(losses, mask):
    T, B = losses.shape
    s = 0.0
    for t in range(T):
        s += (losses[t] * mask[t]).sum() / B
    return s / T


# index with a mask of numbers, not bools
@wrong("masked_loss", "mask-as-whole-numbers")
def masked_loss(losses, mask):
    return losses[mask.astype(int)].mean()


# mask ignored; sum instead of mean over T
@wrong("masked_loss", "only-divided + divided-by-b")
def masked_loss(losses, mask):
    return losses.sum(axis=0).mean()


# a small number in the denominator, 1
@wrong("masked_loss", "slip")
def masked_loss(losses, mask):
    return (losses * mask).sum() / (mask.sum() + 1)


# drops the losses that are 0 though they count
@wrong("masked_loss", "slip")
def masked_loss(losses, mask):
    real = losses * mask
    return real[real > 0].mean()


# --- 02 perplexity ---------------------------------------------------------------------------------


# 2 to the power
@wrong("perplexity", "base-2")
def perplexity(losses):
    return 2 ** np.mean(losses)


# mean of the exps
@wrong("perplexity", "mean-of-exp")
def perplexity(losses):
    return np.mean(np.exp(losses))


# sign
@wrong("perplexity", "sign")
def perplexity(losses):
    return math.exp(-losses.mean())


# mean along an axis: several numbers
@wrong("perplexity", "one-axis")
def perplexity(losses):
    return np.exp(losses.mean(axis=0))


# 2 and sum
@wrong("perplexity", "base-2 + sum")
def perplexity(losses):
    return 2 ** losses.sum()


# median for mean
@wrong("perplexity", "median")
def perplexity(losses):
    return np.exp(np.median(losses))


# sum over len: divides by T only
@wrong("perplexity", "divided-by-the-length")
def perplexity(losses):
    total = 0
    for row in losses:
        total = total + np.sum(row)
    return np.exp(total / len(losses))


# base 2, sign
@wrong("perplexity", "slip")
def perplexity(losses):
    return np.power(2.0, -np.mean(losses))


# --- 02 sample -------------------------------------------------------------------------------------


# temperature multiplied
@wrong("sample", "multiplied")
def sample(y, temperature, rng):
    a = y * temperature
    p = np.exp(a - a.max())
    p /= p.sum()
    return rng.choice(len(y), p=p)


# argmax
@wrong("sample", "always-the-best")
def sample(y, temperature, rng):
    p = np.exp(y / temperature - np.max(y / temperature))
    p = p / p.sum()
    return int(np.argmax(p))


# temperature ignored
@wrong("sample", "temperature-ignored")
def sample(y, temperature, rng):
    p = np.exp(y - y.max())
    return rng.choice(len(y), p=p / p.sum())


# uniform
@wrong("sample", "all-alike")
def sample(y, temperature, rng):
    return rng.integers(len(y))


# np.random instead of rng
@wrong("sample", "rng")
def sample(y, temperature, rng):
    z = y / temperature
    p = np.exp(z - z.max())
    p = p / p.sum()
    return np.random.choice(len(p), p=p)


# overflow near 0
@wrong("sample", "overflow")
def sample(y, temperature, rng):
    p = np.exp(y / temperature)
    p = p / p.sum()
    return rng.choice(np.arange(len(y)), p=p)


# max taken off before the division, after overflow... softmax then temperature on p, not normalised
@wrong("sample", "temperature-ignored")
def sample(y, temperature, rng):
    p = np.exp(y - y.max())
    p = p / p.sum()
    p = p / temperature
    p = p / p.sum()
    return rng.choice(len(y), p=p)


# returns the probability, not the index
@wrong("sample", "structure")
def sample(y, temperature, rng):
    z = (y - y.max()) / temperature
    p = np.exp(z) / np.exp(z).sum()
    k = rng.choice(len(y), p=p)
    return p[k]


# cumsum search off by one
@wrong("sample", "structure")
def sample(y, temperature, rng):
    z = (y - y.max()) / temperature
    p = np.exp(z) / np.exp(z).sum()
    u = rng.random()
    for k, total in enumerate(np.cumsum(p)):
        if u < total:
            return k + 1
    return len(y)


# temperature ignored; index from 1
@wrong("sample", "structure")
def sample(y, temperature, rng):
    p = np.exp(y - y.max())
    p /= p.sum()
    return rng.choice(len(y), p=p) + 1


# multiplied by temperature; overflow
@wrong("sample", "multiplied")
def sample(y, temperature, rng):
    p = np.exp(y * temperature)
    return rng.choice(len(y), p=p / np.sum(p))


# a one-hot from multinomial
@wrong("sample", "structure")
def sample(y, temperature, rng):
    z = (y - y.max()) / temperature
    p = np.exp(z) / np.exp(z).sum()
    return rng.multinomial(1, p)


# gumbel trick without dividing by the temperature
@wrong("sample", "temperature-ignored")
def sample(y, temperature, rng):
    g = rng.gumbel(size=len(y))
    return int(np.argmax(y + g))


# scores themselves as probabilities (abs)
@wrong("sample", "no-exp")
def sample(y, temperature, rng):
    z = np.abs(y / temperature)
    return rng.choice(len(y), p=z / z.sum())


# --- 02 greedy -------------------------------------------------------------------------------------


# stop kept in the list
@wrong("greedy", "stop-included")
def greedy(step, s, start, stop, longest):
    words = []
    w = start
    while len(words) < longest:
        s, y = step(s, w)
        w = int(np.argmax(y))
        words.append(w)
        if w == stop:
            break
    return words


# state not carried
@wrong("greedy", "state-not-carried")
def greedy(step, s, start, stop, longest):
    words, w = [], start
    for _ in range(longest):
        _, y = step(s, w)
        w = int(y.argmax())
        if w == stop:
            break
        words.append(w)
    return words


# always reads start
@wrong("greedy", "start-read-again")
def greedy(step, s, start, stop, longest):
    words = []
    for _ in range(longest):
        s, y = step(s, start)
        w = int(np.argmax(y))
        if w == stop:
            return words
        words.append(w)
    return words


# start kept in the list
@wrong("greedy", "start-added")
def greedy(step, s, start, stop, longest):
    out = [start]
    while len(out) <= longest:
        s, y = step(s, out[-1])
        w = int(np.argmax(y))
        if w == stop:
            break
        out.append(w)
    return out


# one too few: range(longest - 1)
@wrong("greedy", "one-too-few")
def greedy(step, s, start, stop, longest):
    word, out = start, []
    for _ in range(1, longest):
        s, y = step(s, word)
        word = int(np.argmax(y))
        if word == stop:
            break
        out.append(word)
    return out


# one too many
@wrong("greedy", "one-too-many")
def greedy(step, s, start, stop, longest):
    word, out = start, []
    while True:
        s, y = step(s, word)
        word = int(np.argmax(y))
        if word == stop or len(out) > longest:
            return out
        out.append(word)


# argmin
@wrong("greedy", "least-likely")
def greedy(step, s, start, stop, longest):
    word, out = start, []
    for _ in range(longest):
        s, y = step(s, word)
        word = int(np.argmin(y))
        if word == stop:
            break
        out.append(word)
    return out


# stop kept; state not carried
@wrong("greedy", "state-not-carried")
def greedy(step, s, start, stop, longest):
    out = [start]
    for _ in range(longest):
        s2, y = step(s, out[-1])
        out.append(int(np.argmax(y)))
        if out[-1] == stop:
            break
    return out[1:]


# never ends at stop
@wrong("greedy", "stop-overlooked")
def greedy(step, s, start, stop, longest):
    word, out = start, []
    for _ in range(longest):
        s, y = step(s, word)
        word = int(np.argmax(y))
        out.append(word)
    return out


# returns scores' max, not words
@wrong("greedy", "slip")
def greedy(step, s, start, stop, longest):
    word, out = start, []
    for _ in range(longest):
        s, y = step(s, word)
        word = int(np.argmax(y))
        if word == stop:
            break
        out.append(float(np.max(y)))
    return out


# skips stop rather than ending
@wrong("greedy", "goes-on-after-stop")
def greedy(step, s, start, stop, longest):
    word, out = start, []
    for _ in range(longest):
        s, y = step(s, word)
        word = int(np.argmax(y))
        if word != stop:
            out.append(word)
    return out


# --- 02 nearest_caption ----------------------------------------------------------------------------


# sum over the wrong axis
@wrong("nearest_caption", "summed-over-pictures")
def nearest_caption(x, seen, captions):
    d = ((seen - x[:, None]) ** 2).sum(axis=1)
    return captions[:, d.argmin()]


# argmax: the least alike
@wrong("nearest_caption", "least-alike")
def nearest_caption(x, seen, captions):
    d = np.linalg.norm(seen - x[:, None], axis=0)
    return captions[:, np.argmax(d)]


# differences not squared: they cancel
@wrong("nearest_caption", "not-squared")
def nearest_caption(x, seen, captions):
    d = (seen.T - x).sum(axis=1)
    return captions[:, np.argmin(d)]


# a row of captions
@wrong("nearest_caption", "row-for-column")
def nearest_caption(x, seen, captions):
    d = ((seen.T - x) ** 2).sum(axis=1)
    return captions[np.argmin(d)]


# absolute differences
@wrong("nearest_caption", "absolute-differences")
def nearest_caption(x, seen, captions):
    best, k = 1e9, 0
    for j in range(seen.shape[1]):
        d = sum(abs(x - seen[:, j]))
        if d < best:
            best, k = d, j
    return captions[:, k]


# dot product as likeness
@wrong("nearest_caption", "likest-by-product")
def nearest_caption(x, seen, captions):
    return captions[:, np.argmax(x @ seen)]


# dot product; smallest
@wrong("nearest_caption", "least-alike + likest-by-product")
def nearest_caption(x, seen, captions):
    return captions[:, np.argmin(x @ seen)]


# the picture returned, not the caption
@wrong("nearest_caption", "picture-for-caption")
def nearest_caption(x, seen, captions):
    d = ((seen - x.reshape(-1, 1)) ** 2).sum(0)
    return seen[:, d.argmin()]


# max of squared differences; wrong end
@wrong("nearest_caption", "slip")
def nearest_caption(x, seen, captions):
    d = ((seen - x[:, None]) ** 2).max(axis=0)
    return captions[:, d.argmax()]


# cosine likeness
@wrong("nearest_caption")
def nearest_caption(x, seen, captions):
    cos = x @ seen / (np.linalg.norm(x) * np.linalg.norm(seen, axis=0))
    return captions[:, cos.argmax()]


# --- 03 jacobian -----------------------------------------------------------------------------------


# columns scaled
@wrong("jacobian", "slope-on-the-columns")
def jacobian(Wh, h):
    return Wh * (1 - h ** 2)


# transposed: Wh.T diag
@wrong("jacobian", "transposed")
def jacobian(Wh, h):
    return Wh.T @ np.diag(1 - h ** 2)


# sigmoid's slope
@wrong("jacobian", "slope-of-sigma")
def jacobian(Wh, h):
    return np.diag(h * (1 - h)) @ Wh


# tanh taken again
@wrong("jacobian", "tanh-of-tanh")
def jacobian(Wh, h):
    return (1 - np.tanh(h) ** 2)[:, None] * Wh


# 1 - h, not squared
@wrong("jacobian", "square-forgotten")
def jacobian(Wh, h):
    J = np.zeros_like(Wh)
    for j in range(len(h)):
        for k in range(len(h)):
            J[j, k] = (1 - h[j]) * Wh[j, k]
    return J


# not squared; columns scaled
@wrong("jacobian", "slope-on-the-columns + square-forgotten")
def jacobian(Wh, h):
    return Wh @ np.diag(1 - h)


# elementwise with a diag matrix
@wrong("jacobian", "slip")
def jacobian(Wh, h):
    return np.diag(1 - h * h) * Wh


# transposed and tanh again
@wrong("jacobian", "transposed + tanh-of-tanh")
def jacobian(Wh, h):
    return (np.diag(1 - np.tanh(h) ** 2) @ Wh).T


# vector result: product with slopes
@wrong("jacobian", "product")
def jacobian(Wh, h):
    return (1 - h ** 2) @ Wh


# --- 03 gradient_norms -----------------------------------------------------------------------------


# from the first to the last
@wrong("gradient_norms", "from-the-first-step-other-order")
def gradient_norms(Wh, hs):
    P = np.eye(len(Wh))
    out = []
    for h in hs:
        P = np.diag(1 - h ** 2) @ Wh @ P
        out.append(np.linalg.norm(P, 2))
    return np.array(out)


# Frobenius
@wrong("gradient_norms", "frobenius")
def gradient_norms(Wh, hs):
    P = np.eye(Wh.shape[0])
    norms = []
    for h in reversed(hs):
        P = P @ ((1 - h ** 2)[:, None] * Wh)
        norms.append(np.linalg.norm(P))
    return norms


# multiplied from the wrong side
@wrong("gradient_norms", "order-of-the-product")
def gradient_norms(Wh, hs):
    P = np.eye(Wh.shape[0])
    norms = []
    for h in hs[::-1]:
        P = ((1 - h ** 2)[:, None] * Wh) @ P
        norms.append(np.linalg.norm(P, ord=2))
    return norms


# first to last and Frobenius
@wrong("gradient_norms", "from-the-first-step-other-order + frobenius")
def gradient_norms(Wh, hs):
    P = np.identity(len(Wh))
    out = np.zeros(len(hs))
    for t in range(len(hs)):
        J = np.diag(1 - hs[t] ** 2).dot(Wh)
        P = J.dot(P)
        out[t] = np.sqrt((P ** 2).sum())
    return out


# product of norms
@wrong("gradient_norms", "product-of-norms")
def gradient_norms(Wh, hs):
    norms = [np.linalg.norm(np.diag(1 - h ** 2) @ Wh, 2) for h in hs[::-1]]
    return np.cumprod(norms)


# starts with the identity's norm, off by one
@wrong("gradient_norms", "one-lag-late")
def gradient_norms(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        out.append(np.linalg.norm(P, 2))
        P = P @ np.diag(1 - h ** 2) @ Wh
    return out


# the norms in the wrong order (reversed at the end)
@wrong("gradient_norms", "in-order-of-time")
def gradient_norms(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        P = P @ np.diag(1 - h ** 2) @ Wh
        out.append(np.linalg.norm(P, 2))
    return out[::-1]


# norms of single Jacobians
@wrong("gradient_norms", "each-alone")
def gradient_norms(Wh, hs):
    return [np.linalg.norm((1 - h ** 2)[:, None] * Wh, 2) for h in hs[::-1]]


# columns scaled; first to last
@wrong("gradient_norms", "from-the-first-step-other-order + w-transposed")
def gradient_norms(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs:
        P = P @ (Wh * (1 - h ** 2))
        out.append(np.linalg.norm(P, 2))
    return out


# no slopes: powers of Wh
@wrong("gradient_norms", "slope-forgotten")
def gradient_norms(Wh, hs):
    return [np.linalg.norm(np.linalg.matrix_power(Wh, k), 2) for k in range(1, len(hs) + 1)]


# no slopes and off by one
@wrong("gradient_norms", "slope-forgotten + one-lag-late")
def gradient_norms(Wh, hs):
    return [np.linalg.norm(np.linalg.matrix_power(Wh, k), 2) for k in range(len(hs))]


# spectral radius for norm
@wrong("gradient_norms", "largest-eigenvalue")
def gradient_norms(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        P = P @ np.diag(1 - h ** 2) @ Wh
        out.append(np.abs(np.linalg.eigvals(P)).max())
    return out


# --- 03 rnn_back -----------------------------------------------------------------------------------


# tanh's slope forgotten
@wrong("rnn_back", "slope-forgotten")
def rnn_back(W, z, h, dh):
    H = len(h)
    return dh @ z.T, (W.T @ dh)[:H]


# mean over the batch
@wrong("rnn_back", "mean-over-the-batch")
def rnn_back(W, z, h, dh):
    da = dh * (1 - h ** 2)
    return da @ z.T / h.shape[1], W[:, :len(h)].T @ da


# takes the x part
@wrong("rnn_back", "last-rows")
def rnn_back(W, z, h, dh):
    da = dh * (1 - h ** 2)
    dz = W.T @ da
    return da @ z.T, dz[len(z) - len(h):]


# returns the whole dz
@wrong("rnn_back", "the-whole-z")
def rnn_back(W, z, h, dh):
    da = (1 - h * h) * dh
    return np.einsum("ib,jb->ij", da, z), np.einsum("ij,ib->jb", W, da)


# sigmoid's slope; tuple swapped
@wrong("rnn_back", "turned-round + slope-of-sigma")
def rnn_back(W, z, h, dh):
    H = h.shape[0]
    da = dh * h * (1 - h)
    dW = da @ z.T
    dz = W.T @ da
    return dz[:H], dW


# W not transposed (square part)
@wrong("rnn_back", "not-transposed")
def rnn_back(W, z, h, dh):
    H = h.shape[0]
    da = dh * (1 - h ** 2)
    return da @ z.T, W[:, :H] @ da


# W not transposed; slope forgotten
@wrong("rnn_back", "slope-forgotten + not-transposed")
def rnn_back(W, z, h, dh):
    H = h.shape[0]
    return dh @ z.T, W[:, :H] @ dh


# tanh of h again in the slope
@wrong("rnn_back", "slope-of-h")
def rnn_back(W, z, h, dh):
    H = h.shape[0]
    da = dh * (1 - np.tanh(h) ** 2)
    return da @ z.T, W[:, :H].T @ da


# mean; dh_prev without the slope
@wrong("rnn_back", "no-slope-on-the-way + mean-over-the-batch")
def rnn_back(W, z, h, dh):
    B = h.shape[1]
    da = dh * (1 - h ** 2)
    return (da @ z.T) / B, W[:, :len(h)].T @ dh


# loop overwrites dW instead of adding
@wrong("rnn_back")
def rnn_back(W, z, h, dh):
    H, B = h.shape
    da = dh * (1 - h ** 2)
    for n in range(B):
        dW = np.outer(da[:, n], z[:, n])
    return dW, (W.T @ da)[:H]


# dW transposed
@wrong("rnn_back", "dW-transposed")
def rnn_back(W, z, h, dh):
    da = dh * (1 - h ** 2)
    return z @ da.T, (W.T @ da)[:len(h)]


# sigmoid's slope; mean; x part
@wrong("rnn_back", "mean-over-the-batch + slope-of-sigma + last-rows")
def rnn_back(W, z, h, dh):
    H, B = h.shape
    da = dh * h * (1 - h)
    dz = W.T @ da
    return da @ z.T / B, dz[-H:]


# minus (a descent step)
@wrong("rnn_back", "slip")
def rnn_back(W, z, h, dh):
    da = dh * (1 - h ** 2)
    return -(da @ z.T), (W.T @ da)[:len(h)]


# --- 03 clip ---------------------------------------------------------------------------------------


# each array by itself
@wrong("clip", "each-array-apart")
def clip(grads, max_norm):
    out = []
    for g in grads:
        n = np.linalg.norm(g)
        out.append(g * max_norm / n if n > max_norm else g)
    return out


# elementwise np.clip
@wrong("clip", "each-number")
def clip(grads, max_norm):
    return [np.clip(g, -max_norm, max_norm) for g in grads]


# always scaled
@wrong("clip", "enlarges")
def clip(grads, max_norm):
    n = np.sqrt(sum((g ** 2).sum() for g in grads))
    return [g * max_norm / n for g in grads]


# no root
@wrong("clip", "no-root")
def clip(grads, max_norm):
    n = sum((g ** 2).sum() for g in grads)
    return [g * (max_norm / n) for g in grads] if n > max_norm else grads


# sum of norms
@wrong("clip", "sum-of-norms")
def clip(grads, max_norm):
    n = sum(np.linalg.norm(g) for g in grads)
    if n <= max_norm:
        return grads
    return [max_norm / n * g for g in grads]


# in place
@wrong("clip", "changed")
def clip(grads, max_norm):
    n = np.sqrt(sum(np.sum(g * g) for g in grads))
    if n > max_norm:
        for g in grads:
            g *= max_norm / n
    return grads


# divided by the norm only: length 1
@wrong("clip", "divided-by-the-norm")
def clip(grads, max_norm):
    n = np.sqrt(sum(np.sum(g * g) for g in grads))
    return [g / n for g in grads] if n > max_norm else grads


# each by itself, and always
@wrong("clip", "each-array-always")
def clip(grads, max_norm):
    return [g * max_norm / np.linalg.norm(g) for g in grads]


# first bias: epsilon 1e-2 in the denominator, like torch's 1e-6 but larger
@wrong("clip", "a-grain-too-short")
def clip(grads, max_norm):
    n = math.sqrt(sum((g ** 2).sum() for g in grads))
    c = max_norm / (n + 0.01)
    return [g * min(1, c) for g in grads]


# no root; always scaled
@wrong("clip", "enlarges + no-root")
def clip(grads, max_norm):
    total = 0
    for g in grads:
        total += (g ** 2).sum()
    return [max_norm * g / total for g in grads]


# comparison the wrong way round
@wrong("clip", "the-other-way-round")
def clip(grads, max_norm):
    n = np.sqrt(sum((g ** 2).sum() for g in grads))
    return [g * max_norm / n for g in grads] if n < max_norm else grads


# one flat vector returned
@wrong("clip", "one-long-vector")
def clip(grads, max_norm):
    v = np.concatenate([g.ravel() for g in grads])
    n = np.linalg.norm(v)
    return v * max_norm / n if n > max_norm else v


# the largest norm instead of the common; only those above
@wrong("clip", "largest-number")
def clip(grads, max_norm):
    n = max(np.abs(g).max() for g in grads)
    return [g * max_norm / n if np.abs(g).max() > max_norm else g for g in grads]


# --- 04 half_life ----------------------------------------------------------------------------------


# sign: negative
@wrong("half_life", "sign-lost")
def half_life(f):
    return np.log(2) / np.log(f)


# upside down
@wrong("half_life", "not-inverted")
def half_life(f):
    return np.log(f) / np.log(0.5)


# time constant -1/ln f
@wrong("half_life", "natural-log")
def half_life(f):
    return -1 / np.log(f)


# counts whole steps by a loop
@wrong("half_life", "rounded-up")
def half_life(f):
    n, left = 0, 1.0
    while left > 0.5:
        left *= f
        n += 1
    return n


# 1/(1-f)
@wrong("half_life", "mean-life")
def half_life(f):
    return 1 / (1 - f)


# linear decay
@wrong("half_life", "linear")
def half_life(f):
    return 0.5 / (1 - f)


# log(1/2) - log f
@wrong("half_life", "logarithm-of-the-quotient")
def half_life(f):
    return math.log(0.5) - math.log(f)


# upside down and sign
@wrong("half_life", "not-inverted")
def half_life(f):
    return -math.log(f, 2)


# log10 on one, ln on the other
@wrong("half_life", "slip")
def half_life(f):
    return np.log10(0.5) / np.log(f)


# floor
@wrong("half_life", "dtype")
def half_life(f):
    return int(np.log(0.5) / np.log(f))


# --- 04 bias_for -----------------------------------------------------------------------------------


# returns f, not its bias
@wrong("bias_for", "only-f")
def bias_for(half_life):
    return 0.5 ** (1 / half_life)


# sigmoid instead of its inverse
@wrong("bias_for", "sigma-for-its-inverse")
def bias_for(half_life):
    f = 2 ** (-1 / half_life)
    return sigmoid(f)


# logit upside down
@wrong("bias_for", "swapped")
def bias_for(half_life):
    f = 0.5 ** (1 / half_life)
    return np.log((1 - f) / f)


# exponent upside down
@wrong("bias_for", "power")
def bias_for(half_life):
    f = 0.5 ** half_life
    return np.log(f / (1 - f))


# e instead of half
@wrong("bias_for", "natural")
def bias_for(half_life):
    f = np.exp(-1 / half_life)
    return math.log(f / (1 - f))


# e instead of half; logit upside down
@wrong("bias_for", "swapped + natural")
def bias_for(half_life):
    f = np.exp(-1 / half_life)
    return -np.log(f / (1 - f))


# log f without the division by 1 - f
@wrong("bias_for", "log-f")
def bias_for(half_life):
    f = 0.5 ** (1 / half_life)
    return -np.log(1 / f - 1) if False else np.log(f)


# the approximation log(half_life)
@wrong("bias_for", "log-of-the-half-life")
def bias_for(half_life):
    return np.log(half_life)


# tanh's inverse
@wrong("bias_for", "arctanh")
def bias_for(half_life):
    f = 0.5 ** (1 / half_life)
    return np.arctanh(f)


# exponent upside down, logit upside down
@wrong("bias_for", "swapped + power")
def bias_for(half_life):
    f = 0.5 ** half_life
    return np.log(1 / f - 1)


# precedence: log(f)/(1-f)
@wrong("bias_for")
def bias_for(half_life):
    f = 0.5 ** (1 / half_life)
    return np.log(f) / (1 - f)


# --- 04 forget_gate --------------------------------------------------------------------------------


# x over h
@wrong("forget_gate", "x-over-h")
def forget_gate(W_f, b_f, h, x):
    return sigmoid(W_f @ np.concatenate((x, h), axis=0) + b_f)


# tanh
@wrong("forget_gate", "tanh-for-sigma")
def forget_gate(W_f, b_f, h, x):
    return np.tanh(W_f @ join(h, x) + b_f)


# 1 - f
@wrong("forget_gate", "1-minus-sigma")
def forget_gate(W_f, b_f, h, x):
    a = W_f @ join(h, x) + b_f
    return 1 - 1 / (1 + np.exp(-a))


# no bias; tanh
@wrong("forget_gate", "no-bias + tanh-for-sigma")
def forget_gate(W_f, b_f, h, x):
    return np.tanh(np.dot(W_f, join(h, x)))


# applied to h: the gate times h
@wrong("forget_gate", "slip")
def forget_gate(W_f, b_f, h, x):
    return sigmoid(W_f @ join(h, x) + b_f) * h


# rounded to 0 and 1 by a threshold
@wrong("forget_gate", "gate-as-a-switch")
def forget_gate(W_f, b_f, h, x):
    f = sigmoid(W_f @ join(h, x) + b_f)
    return np.where(f > 0.5, 1.0, 0.0)


# bias outside; x over h
@wrong("forget_gate", "x-over-h + bias-outside")
def forget_gate(W_f, b_f, h, x):
    return sigmoid(W_f @ join(x, h)) + b_f


# only h
@wrong("forget_gate", "x-ignored")
def forget_gate(W_f, b_f, h, x):
    return sigmoid(W_f[:, :len(h)] @ h + b_f)


# sigmoid twice
@wrong("forget_gate", "sigma-twice")
def forget_gate(W_f, b_f, h, x):
    f = sigmoid(W_f @ join(h, x) + b_f)
    return sigmoid(f)


# split at D instead of H
@wrong("forget_gate", "x-over-h")
def forget_gate(W_f, b_f, h, x):
    D = len(x)
    Wx, Wh = W_f[:, :D], W_f[:, D:]
    return sigmoid(Wx @ x + Wh @ h + b_f)


# no bias; tanh; x over h
@wrong("forget_gate", "x-over-h + no-bias + tanh-for-sigma")
def forget_gate(W_f, b_f, h, x):
    return np.tanh(W_f @ join(x, h))


# --- 05 candidate ----------------------------------------------------------------------------------


# sigmoid
@wrong("candidate", "sigma-for-tanh")
def candidate(W_g, b_g, h, x):
    return sigmoid(W_g @ join(h, x) + b_g)


# ReLU
@wrong("candidate", "relu")
def candidate(W_g, b_g, h, x):
    return np.maximum(0, W_g @ join(h, x) + b_g)


# sigmoid; without bias
@wrong("candidate", "no-bias + sigma-for-tanh")
def candidate(W_g, b_g, h, x):
    a = W_g @ join(h, x)
    return 1 / (1 + np.exp(-a))


# no squashing
@wrong("candidate", "no-tanh")
def candidate(W_g, b_g, h, x):
    z = join(h, x)
    return np.array([[sum(W_g[i, j] * z[j, n] for j in range(len(z))) + b_g[i, 0]
                      for n in range(z.shape[1])] for i in range(len(W_g))])


# x above h; bias outside
@wrong("candidate", "x-over-h + bias-outside")
def candidate(W_g, b_g, h, x):
    return tanh(W_g @ np.r_[x, h]) + b_g


# GRU habit: h scaled to half
@wrong("candidate", "slip")
def candidate(W_g, b_g, h, x):
    return np.tanh(W_g @ join(0.5 * h, x) + b_g)


# bias summed to one number
@wrong("candidate", "slip")
def candidate(W_g, b_g, h, x):
    return np.tanh(W_g @ join(h, x) + b_g.sum())


# tanh written with a sign slip: (e - 1/e)/(e - 1/e)...: sum upside down
@wrong("candidate", "nearly")
def candidate(W_g, b_g, h, x):
    a = W_g @ join(h, x) + b_g
    return (exp(a) + exp(-a)) / (exp(a) - exp(-a))


# tanh of a half: (1-e^-a)/(1+e^-a)
@wrong("candidate", "slip")
def candidate(W_g, b_g, h, x):
    e = np.exp(-(W_g @ join(h, x) + b_g))
    return (1 - e) / (1 + e)


# --- 06 cell_update --------------------------------------------------------------------------------


# f and i swapped
@wrong("cell_update", "gates-swapped")
def cell_update(f, c, i, g):
    return i * c + f * g


# matrix product
@wrong("cell_update", "matrix-products")
def cell_update(f, c, i, g):
    return f @ c + i @ g


# in place
@wrong("cell_update", "changed")
def cell_update(f, c, i, g):
    c *= f
    c += i * g
    return c


# tanh around it
@wrong("cell_update", "squashed")
def cell_update(f, c, i, g):
    return np.tanh(f * c + i * g)


# 1 - f; tanh around
@wrong("cell_update", "squashed + 1-minus-f")
def cell_update(f, c, i, g):
    return np.tanh((1 - f) * c + i * g)


# coupled: 1 - f instead of i
@wrong("cell_update", "i-is-1-minus-f")
def cell_update(f, c, i, g):
    return f * c + (1 - f) * g


# g forgotten
@wrong("cell_update", "slip")
def cell_update(f, c, i, g):
    new = np.empty_like(c)
    for j in range(c.shape[0]):
        for n in range(c.shape[1]):
            new[j, n] = f[j, n] * c[j, n] + i[j, n]
    return new


# precedence: f * (c + i) * g
@wrong("cell_update")
def cell_update(f, c, i, g):
    return f * (c + i) * g


# g squashed once more
@wrong("cell_update", "candidate-bent-again")
def cell_update(f, c, i, g):
    return f * c + i * np.tanh(g)


# minus
@wrong("cell_update", "minus")
def cell_update(f, c, i, g):
    return f * c - i * g


# --- 06 carousel -----------------------------------------------------------------------------------


# includes f[t] itself: off by one
@wrong("carousel", "off-by-one")
def carousel(fs):
    return np.cumprod(fs[::-1], axis=0)[::-1]


# from the front
@wrong("carousel")
def carousel(fs):
    out = np.ones_like(fs)
    for t in range(1, len(fs)):
        out[t] = out[t - 1] * fs[t]
    return out


# sum for product
@wrong("carousel", "slip")
def carousel(fs):
    T = len(fs)
    out = np.ones(fs.shape)
    for t in range(T - 1):
        out[t] = fs[t + 1:].sum(axis=0)
    return out


# 1 - f; off by one
@wrong("carousel")
def carousel(fs):
    keep = 1 - fs
    return np.flip(np.cumprod(np.flip(keep, 0), axis=0), 0)


# uses f[t] instead of f[t+1]
@wrong("carousel", "last-step-forgotten")
def carousel(fs):
    out = np.ones_like(fs)
    for t in range(len(fs) - 2, -1, -1):
        out[t] = out[t + 1] * fs[t]
    return out


# in reverse order
@wrong("carousel", "not-turned-back")
def carousel(fs):
    d, out = np.ones_like(fs[0]), []
    for t in range(len(fs) - 1, -1, -1):
        out.append(d)
        d = d * fs[t]
    return np.stack(out)


# only the next f, no product
@wrong("carousel", "one-factor")
def carousel(fs):
    out = np.ones_like(fs)
    out[:-1] = fs[1:]
    return out


# 1 - f
@wrong("carousel", "1-minus-f")
def carousel(fs):
    out = np.ones_like(fs)
    for t in reversed(range(len(fs) - 1)):
        out[t] = out[t + 1] * (1 - fs[t + 1])
    return out


# cumprod without an axis (flattened)
@wrong("carousel")
def carousel(fs):
    out = np.ones_like(fs)
    out[:-1] = np.cumprod(fs[:0:-1]).reshape(fs[1:].shape)[::-1]
    return out


# by division: fails where a gate is 0
@wrong("carousel", "divided")
def carousel(fs):
    total = np.cumprod(fs, axis=0)
    return total[-1] / total


# through a log: fails at 0? no, exp(-inf)=0 but the cumulative difference is nan
@wrong("carousel", "divided")
def carousel(fs):
    s = np.cumsum(np.log(fs), axis=0)
    return np.exp(s[-1] - s)


# from the front, and in place
@wrong("carousel", "wrong-direction")
def carousel(fs):
    for t in range(1, len(fs)):
        fs[t] = fs[t] * fs[t - 1]
    return fs


# last is 0
@wrong("carousel", "slip")
def carousel(fs):
    out = np.zeros_like(fs)
    for t in range(len(fs) - 1):
        out[t] = np.prod(fs[t + 1:], axis=0)
    return out


# --- 07 hidden -------------------------------------------------------------------------------------


# no tanh
@wrong("hidden", "no-tanh")
def hidden(o, c):
    return o * c


# tanh around all
@wrong("hidden", "tanh-of-the-product")
def hidden(o, c):
    return np.tanh(o * c)


# sigmoid of c
@wrong("hidden", "sigma-for-tanh")
def hidden(o, c):
    return o * sigmoid(c)


# sigmoid of o; no tanh
@wrong("hidden", "slip")
def hidden(o, c):
    return sigmoid(o) * c


# sigmoid of o again
@wrong("hidden", "gate-bent-again")
def hidden(o, c):
    return sigmoid(o) * np.tanh(c)


# tanh on the gate instead
@wrong("hidden", "tanh-of-the-gate")
def hidden(o, c):
    return np.tanh(o) * c


# sum
@wrong("hidden", "sum")
def hidden(o, c):
    return o + np.tanh(c)


# 1 - o; sigmoid
@wrong("hidden", "sigma-for-tanh + 1-minus-o")
def hidden(o, c):
    return (1 - o) * sigmoid(c)


# own tanh overflows for a large c
@wrong("hidden", "exp-overflows")
def hidden(o, c):
    e, m = np.exp(c), np.exp(-c)
    return o * (e - m) / (e + m)


# matrix product with transposed
@wrong("hidden", "slip")
def hidden(o, c):
    return o.T @ np.tanh(c)


# --- 07 gate_for -----------------------------------------------------------------------------------


# not limited
@wrong("gate_for", "no-limits")
def gate_for(h, c):
    return h / np.tanh(c)


# no tanh
@wrong("gate_for", "no-tanh")
def gate_for(h, c):
    return np.clip(h / c, 0, 1)


# limits to -1..1
@wrong("gate_for", "as-far-as-minus-1")
def gate_for(h, c):
    return np.clip(h / np.tanh(c), -1, 1)


# sigmoid instead of the limit
@wrong("gate_for", "a-sigmoid")
def gate_for(h, c):
    return sigmoid(h / np.tanh(c))


# not limited, upside down
@wrong("gate_for", "no-limits + upside-down")
def gate_for(h, c):
    return np.tanh(c) / h


# only the upper limit
@wrong("gate_for", "no-lower-limit")
def gate_for(h, c):
    return np.minimum(h / tanh(c), 1.0)


# only the lower limit
@wrong("gate_for", "no-upper-limit")
def gate_for(h, c):
    o = h / tanh(c)
    o[o < 0] = 0
    return o


# no tanh, no limit
@wrong("gate_for", "no-tanh + no-limits")
def gate_for(h, c):
    return h / c


# absolute value instead of 0 below
@wrong("gate_for", "sizes-only")
def gate_for(h, c):
    return np.minimum(np.abs(h / np.tanh(c)), 1)


# arctanh of h
@wrong("gate_for", "slip")
def gate_for(h, c):
    return np.clip(np.arctanh(h) / c, 0, 1)


# out of reach becomes 0
@wrong("gate_for", "shut-outside")
def gate_for(h, c):
    o = h / np.tanh(c)
    return np.where((o >= 0) & (o <= 1), o, 0)


# arctanh; not limited
@wrong("gate_for")
def gate_for(h, c):
    return np.arctanh(h) / c


# --- 08 lstm_step ----------------------------------------------------------------------------------


# PyTorch's order i f g o
@wrong("lstm_step", "pytorchs-order")
def lstm_step(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    i, f, o = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[3])
    g = np.tanh(a[2])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# h from the old c
@wrong("lstm_step", "tanh-of-the-old-c")
def lstm_step(p, s, x):
    z = join(s.h, x)
    af, ai, ao, ag = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(af), sigmoid(ai), sigmoid(ao), np.tanh(ag)
    c = f * s.c + i * g
    h = o * np.tanh(s.c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# State(c, h)
@wrong("lstm_step", "c-h")
def lstm_step(p, s, x):
    z = join(s.h, x)
    af, ai, ao, ag = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(af), sigmoid(ai), sigmoid(ao), np.tanh(ag)
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(c, h), Tape(z, f, i, o, g, s.c, c, h)


# tape order: c and c_prev swapped
@wrong("lstm_step", "c-and-c-prev-swapped-on-the-tape")
def lstm_step(p, s, x):
    z = join(s.h, x)
    af, ai, ao, ag = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(af), sigmoid(ai), sigmoid(ao), np.tanh(ag)
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, c, s.c, h)


# g sigmoid; no tanh(c)
@wrong("lstm_step", "sigma-on-the-candidate + no-tanh-on-c")
def lstm_step(p, s, x):
    z = join(s.h, x)
    f, i, o, g = sigmoid(p["W"] @ z + p["b"])
    c = f * s.c + i * g
    h = o * c
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# tape from the new h: z = join(h, x)
@wrong("lstm_step", "z-of-the-new-h")
def lstm_step(p, s, x):
    a = p["W"] @ join(s.h, x) + p["b"]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(join(h, x), f, i, o, g, s.c, c, h)


# no bias; o and g swapped in order (f i g o)
@wrong("lstm_step", "o-and-g-swapped + no-biases")
def lstm_step(p, s, x):
    z = join(s.h, x)
    f = sigmoid(p["W"][0] @ z)
    i = sigmoid(p["W"][1] @ z)
    g = np.tanh(p["W"][2] @ z)
    o = sigmoid(p["W"][3] @ z)
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# i and f swapped in the cell line
@wrong("lstm_step", "f-and-i-swapped-in-c")
def lstm_step(p, s, x):
    z = join(s.h, x)
    a = [p["W"][k] @ z + p["b"][k] for k in range(4)]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = i * s.c + f * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# only the new state returned
@wrong("lstm_step", "no-tape")
def lstm_step(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c)


# overwrites the state's c in place
@wrong("lstm_step", "c-prev-overwritten")
def lstm_step(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = s.c
    c *= f
    c += i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# order i f g o (torch); h without tanh; x over h
@wrong("lstm_step", "pytorchs-order + x-over-h + no-tanh-on-c")
def lstm_step(p, s, x):
    z = join(x, s.h)
    i, f, g, o = p["W"] @ z + p["b"]
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c = f * s.c + i * g
    h = o * c
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# g by sigmoid; h of the old c
@wrong("lstm_step", "sigma-on-the-candidate + tanh-of-the-old-c")
def lstm_step(p, s, x):
    z = join(s.h, x)
    f, i, o, g = (sigmoid(W @ z + b) for W, b in zip(p["W"], p["b"]))
    c = f * s.c + i * g
    h = o * tanh(s.c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# a plain tuple order of tape: activations before squashing kept
@wrong("lstm_step", "sums-on-the-tape")
def lstm_step(p, s, x):
    z = join(s.h, x)
    f, i, o, g = p["W"] @ z + p["b"]
    c = sigmoid(f) * s.c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# peephole habit: adds c to the gates
@wrong("lstm_step")
def lstm_step(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i = sigmoid(a[0] + s.c), sigmoid(a[1] + s.c)
    g = np.tanh(a[3])
    c = f * s.c + i * g
    o = sigmoid(a[2] + c)
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# c through tanh and saved so; 1 - f coupled
@wrong("lstm_step")
def lstm_step(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o, g = sigmoid(a[0]), sigmoid(a[1]), sigmoid(a[2]), np.tanh(a[3])
    c = np.tanh(f * s.c + (1 - f) * g)
    h = o * c
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# --- 08 lstm_forward -------------------------------------------------------------------------------


def one(p, s, x):
    z = join(s.h, x)
    a = p["W"] @ z + p["b"]
    f, i, o = sigmoid(a[:3])
    g = np.tanh(a[3])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


# state not carried
@wrong("lstm_forward", "state-not-carried-but-returned")
def lstm_forward(p, s, x):
    tapes, hs = [], []
    for xt in x:
        new, tape = one(p, s, xt)
        hs.append(new.h)
        tapes.append(tape)
    return np.stack(hs), new, Tape(*map(np.stack, zip(*tapes)))


# returns the first state as the last
@wrong("lstm_forward", "first-state-returned")
def lstm_forward(p, s, x):
    state, tapes = s, []
    for xt in x:
        state, tape = one(p, state, xt)
        tapes.append(tape)
    tape = Tape(*map(np.stack, zip(*tapes)))
    return tape.h, s, tape


# list of tapes, not stacked
@wrong("lstm_forward", "tapes-not-stacked")
def lstm_forward(p, s, x):
    tapes = []
    for xt in x:
        s, tape = one(p, s, xt)
        tapes.append(tape)
    return np.stack([t.h for t in tapes]), s, tapes


# c instead of h
@wrong("lstm_forward", "c-listed-for-h")
def lstm_forward(p, s, x):
    tapes = []
    for xt in x:
        s, tape = one(p, s, xt)
        tapes.append(tape)
    tape = Tape(*map(np.stack, zip(*tapes)))
    return tape.c, s, tape


# only h is carried (c starts anew); last state's c from first
@wrong("lstm_forward", "c-not-carried")
def lstm_forward(p, s, x):
    tapes, c0, h = [], s.c, s.h
    for xt in x:
        new, tape = one(p, State(h, c0), xt)
        h = new.h
        tapes.append(tape)
    tape = Tape(*map(np.stack, zip(*tapes)))
    return tape.h, State(h, c0), tape


# wrong order: last state, h, tape (torch style h, (h, c) swapped)
@wrong("lstm_forward", "order")
def lstm_forward(p, s, x):
    tapes = []
    for xt in x:
        s, tape = one(p, s, xt)
        tapes.append(tape)
    tape = Tape(*map(np.stack, zip(*tapes)))
    return s, tape.h, tape


# h the old states (those before)
@wrong("lstm_forward", "old-h-listed")
def lstm_forward(p, s, x):
    tapes, hs = [], []
    for xt in x:
        hs.append(s.h)
        s, tape = one(p, s, xt)
        tapes.append(tape)
    return np.array(hs), s, Tape(*map(np.stack, zip(*tapes)))


# zero start; c for h
@wrong("lstm_forward", "s-ignored + c-listed-for-h")
def lstm_forward(p, s, x):
    s = State(np.zeros_like(s.h), np.zeros_like(s.c))
    tapes = []
    for t in range(x.shape[0]):
        s, tape = one(p, s, x[t])
        tapes.append(tape)
    tape = Tape(*map(np.stack, zip(*tapes)))
    return tape.c, s, tape


# runs backwards in time
@wrong("lstm_forward", "time-reversed")
def lstm_forward(p, s, x):
    tapes = []
    for xt in reversed(x):
        s, tape = one(p, s, xt)
        tapes.append(tape)
    tape = Tape(*map(np.stack, zip(*tapes)))
    return tape.h, s, tape


# stacked along axis 1
@wrong("lstm_forward", "shape")
def lstm_forward(p, s, x):
    tapes = []
    for xt in x:
        s, tape = one(p, s, xt)
        tapes.append(tape)
    tape = Tape(*[np.stack(f, axis=1) for f in zip(*tapes)])
    return tape.h, s, tape


# --- 08 gradient_check -----------------------------------------------------------------------------


# one-sided
@wrong("gradient_check", "one-sided")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    L = loss(w)
    for k in np.ndindex(w.shape):
        v = w.copy()
        v[k] += eps
        g[k] = (loss(v) - L) / eps
    return g


# divided by eps, not 2 eps
@wrong("gradient_check", "eps-for-2-eps")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[k] += eps
        down[k] -= eps
        g[k] = (loss(up) - loss(down)) / eps
    return g


# w not put back (stays moved down)
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


# all weights moved at once; one number for all
@wrong("gradient_check", "all-weights-at-once")
def gradient_check(loss, w, eps):
    return np.full(w.shape, (loss(w + eps) - loss(w - eps)) / (2 * eps))


# precedence / 2 * eps
@wrong("gradient_check", "brackets")
def gradient_check(loss, w, eps):
    g = np.empty(w.shape)
    for k in np.ndindex(w.shape):
        e = np.zeros(w.shape)
        e[k] = eps
        g[k] = (loss(w + e) - loss(w - e)) / 2 * eps
    return g


# flat result
@wrong("gradient_check", "flat")
def gradient_check(loss, w, eps):
    g = []
    for k in np.ndindex(w.shape):
        e = np.zeros_like(w)
        e[k] = eps
        g.append((loss(w + e) - loss(w - e)) / (2 * eps))
    return np.array(g)


# down minus up
@wrong("gradient_check", "sign")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        e = np.zeros_like(w)
        e[k] = eps
        g[k] = (loss(w - e) - loss(w + e)) / (2 * eps)
    return g


# aliases: up and down are the same array
@wrong("gradient_check", "one-array-twice")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        up = w
        down = w
        up[k] += eps
        down[k] -= eps
        g[k] = (loss(up) - loss(down)) / (2 * eps)
    return g


# one-sided and divided by 2 eps
@wrong("gradient_check", "down-not-moved-back")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    L = loss(w)
    for k in np.ndindex(w.shape):
        v = w.copy()
        v[k] += eps
        g[k] = (loss(v) - L) / (2 * eps)
    return g


# the earlier moves stay in the copy
@wrong("gradient_check", "not-put-back")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    up, down = w.copy(), w.copy()
    for k in np.ndindex(w.shape):
        up[k] += eps
        down[k] -= eps
        g[k] = (loss(up) - loss(down)) / (2 * eps)
    return g


# rows only: for k in range(len(w))
@wrong("gradient_check", "rows")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in range(len(w)):
        e = np.zeros_like(w)
        e[k] = eps
        g[k] = (loss(w + e) - loss(w - e)) / (2 * eps)
    return g


# sign and eps
@wrong("gradient_check", "scaled")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        e = np.zeros_like(w)
        e[k] = eps
        g[k] = (loss(w - e) - loss(w + e)) / eps
    return g


# --- 08 lstm_back ----------------------------------------------------------------------------------


# ds.c forgotten
@wrong("lstm_back", "dc-overwritten")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    do = ds.h * tc
    dc = ds.h * o * (1 - tc ** 2)
    da = np.stack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), do * o * (1 - o), dc * i * (1 - g ** 2)])
    dW = da @ z.T
    db = da.sum(axis=2, keepdims=True)
    dz = sum(p["W"][k].T @ da[k] for k in range(4))
    H = len(h)
    return {"W": dW, "b": db}, State(dz[:H], dc * f), dz[H:]


# c instead of c_prev in df
@wrong("lstm_back", "df-with-the-new-c")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    do = ds.h * tc
    dc = ds.c + ds.h * o * (1 - tc ** 2)
    da = np.stack([dc * c * f * (1 - f), dc * g * i * (1 - i), do * o * (1 - o), dc * i * (1 - g ** 2)])
    dW = da @ z.T
    db = da.sum(axis=2, keepdims=True)
    dz = sum(p["W"][k].T @ da[k] for k in range(4))
    H = len(h)
    return {"W": dW, "b": db}, State(dz[:H], dc * f), dz[H:]


# tanh's slope with tanh forgotten (1 - c**2); dc not times f
@wrong("lstm_back", "1-minus-c-squared + f-missing-in-dc")
def lstm_back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * t.o * (1 - t.c ** 2)
    df, di, do, dg = dc * t.c_prev, dc * t.g, ds.h * np.tanh(t.c), dc * t.i
    da = np.stack([df * t.f * (1 - t.f), di * t.i * (1 - t.i), do * t.o * (1 - t.o), dg * (1 - t.g ** 2)])
    dz = np.einsum("ghk,ghb->kb", p["W"], da)
    H = t.h.shape[0]
    return {"W": np.einsum("ghb,kb->ghk", da, t.z), "b": da.sum(-1)[..., None]}, State(dz[:H], dc), dz[H:]


# g with a sigmoid's slope
@wrong("lstm_back", "sigma-slope-on-g")
def lstm_back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    df, di, do, dg = dc * t.c_prev, dc * t.g, ds.h * np.tanh(t.c), dc * t.i
    da = np.stack([d * q * (1 - q) for d, q in ((df, t.f), (di, t.i), (do, t.o), (dg, t.g))])
    dz = np.einsum("ghk,ghb->kb", p["W"], da)
    H = t.h.shape[0]
    return {"W": np.einsum("ghb,kb->ghk", da, t.z), "b": da.sum(-1)[..., None]}, State(dz[:H], dc * t.f), dz[H:]


# i and g swapped (di = dc*i, dg = dc*g)
@wrong("lstm_back", "di-and-dg-swapped")
def lstm_back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    df, di, do, dg = dc * t.c_prev, dc * t.i, ds.h * np.tanh(t.c), dc * t.g
    da = np.stack([df * t.f * (1 - t.f), di * t.i * (1 - t.i), do * t.o * (1 - t.o), dg * (1 - t.g ** 2)])
    dz = (p["W"].transpose(0, 2, 1) @ da).sum(0)
    H = t.h.shape[0]
    return {"W": da @ t.z.T, "b": da.sum(2, keepdims=True)}, State(dz[:H], dc * t.f), dz[H:]


# mean over the batch
@wrong("lstm_back", "both-means")
def lstm_back(p, ds, tape):
    t = tape
    B = t.h.shape[1]
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    df, di, do, dg = dc * t.c_prev, dc * t.g, ds.h * np.tanh(t.c), dc * t.i
    da = np.stack([df * t.f * (1 - t.f), di * t.i * (1 - t.i), do * t.o * (1 - t.o), dg * (1 - t.g ** 2)])
    dz = (p["W"].transpose(0, 2, 1) @ da).sum(0)
    H = t.h.shape[0]
    return {"W": da @ t.z.T / B, "b": da.mean(2, keepdims=True)}, State(dz[:H], dc * t.f), dz[H:]


# stacked in the order i f o g
@wrong("lstm_back")
def lstm_back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    df, di, do, dg = dc * t.c_prev, dc * t.g, ds.h * np.tanh(t.c), dc * t.i
    da = np.stack([di * t.i * (1 - t.i), df * t.f * (1 - t.f), do * t.o * (1 - t.o), dg * (1 - t.g ** 2)])
    dz = (p["W"].transpose(0, 2, 1) @ da).sum(0)
    H = t.h.shape[0]
    return {"W": da @ t.z.T, "b": da.sum(2, keepdims=True)}, State(dz[:H], dc * t.f), dz[H:]


# slopes of the gates forgotten; b by mean
@wrong("lstm_back", "sigma-slope-of-all-missing + tanh-slope-of-g-missing + db-mean-over-the-batch")
def lstm_back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    da = np.stack([dc * t.c_prev, dc * t.g, ds.h * np.tanh(t.c), dc * t.i])
    dz = (p["W"].transpose(0, 2, 1) @ da).sum(0)
    H = t.h.shape[0]
    return {"W": da @ t.z.T, "b": da.mean(2, keepdims=True)}, State(dz[:H], dc * t.f), dz[H:]


# dz of one gate missing (o)
@wrong("lstm_back", "dz-without-o")
def lstm_back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    daf = dc * t.c_prev * t.f * (1 - t.f)
    dai = dc * t.g * t.i * (1 - t.i)
    dao = ds.h * np.tanh(t.c) * t.o * (1 - t.o)
    dag = dc * t.i * (1 - t.g ** 2)
    Wf, Wi, Wo, Wg = p["W"]
    dz = Wf.T @ daf + Wi.T @ dai + Wg.T @ dag
    dW = np.array([d @ t.z.T for d in (daf, dai, dao, dag)])
    db = np.array([d.sum(1, keepdims=True) for d in (daf, dai, dao, dag)])
    H = len(t.h)
    return dict(W=dW, b=db), State(dz[:H], dc * t.f), dz[H:]


# o forgotten in dc; tanh(g) slope again; dx and dh swapped
@wrong("lstm_back")
def lstm_back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * (1 - np.tanh(t.c) ** 2)
    df, di, do, dg = dc * t.c_prev, dc * t.g, ds.h * np.tanh(t.c), dc * t.i
    da = np.stack([df * t.f * (1 - t.f), di * t.i * (1 - t.i), do * t.o * (1 - t.o),
                   dg * (1 - np.tanh(t.g) ** 2)])
    dz = (p["W"].transpose(0, 2, 1) @ da).sum(0)
    D = len(t.z) - len(t.h)
    return {"W": da @ t.z.T, "b": da.sum(2, keepdims=True)}, State(dz[D:], dc * t.f), dz[:D]


# State(dc, dh)
@wrong("lstm_back", "dc-dh")
def lstm_back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    df, di, do, dg = dc * t.c_prev, dc * t.g, ds.h * np.tanh(t.c), dc * t.i
    da = np.stack([df * t.f * (1 - t.f), di * t.i * (1 - t.i), do * t.o * (1 - t.o), dg * (1 - t.g ** 2)])
    dz = (p["W"].transpose(0, 2, 1) @ da).sum(0)
    H = t.h.shape[0]
    return {"W": da @ t.z.T, "b": da.sum(2, keepdims=True)}, State(dc * t.f, dz[:H]), dz[H:]


# do without tanh; dc with c_prev's f forgotten
@wrong("lstm_back", "do-with-c + f-missing-in-dc")
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    do = ds.h * c
    dc = ds.c + ds.h * o * (1 - np.tanh(c) ** 2)
    da_f = dc * c_prev * f * (1 - f)
    da_i = dc * g * i * (1 - i)
    da_o = do * o * (1 - o)
    da_g = dc * i * (1 - g ** 2)
    da = np.stack([da_f, da_i, da_o, da_g])
    dz = sum(W.T @ d for W, d in zip(p["W"], da))
    return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, State(dz[:len(h)], dc), dz[len(h):]


# --- 08 lstm_backward ------------------------------------------------------------------------------


def back(p, ds, tape):
    t = tape
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    df, di, do, dg = dc * t.c_prev, dc * t.g, ds.h * np.tanh(t.c), dc * t.i
    da = np.stack([df * t.f * (1 - t.f), di * t.i * (1 - t.i), do * t.o * (1 - t.o), dg * (1 - t.g ** 2)])
    dz = (p["W"].transpose(0, 2, 1) @ da).sum(0)
    H = t.h.shape[0]
    return {"W": da @ t.z.T, "b": da.sum(2, keepdims=True)}, State(dz[:H], dc * t.f), dz[H:]


# dW overwritten, not added up
@wrong("lstm_backward", "dp-overwritten")
def lstm_backward(p, tape, dh, ds):
    T = len(dh)
    dx = [None] * T
    for t in range(T - 1, -1, -1):
        ds = State(ds.h + dh[t], ds.c)
        dp, ds, dx[t] = back(p, ds, Tape(*(q[t] for q in tape)))
    return dp, ds, np.stack(dx)


# dh[t] replaces what came back
@wrong("lstm_backward", "dh-next-not-added")
def lstm_backward(p, tape, dh, ds):
    T = len(dh)
    dW, db = np.zeros_like(p["W"]), np.zeros_like(p["b"])
    dx = [None] * T
    for t in reversed(range(T)):
        ds = State(dh[t], ds.c)
        dp, ds, dx[t] = back(p, ds, Tape(*(q[t] for q in tape)))
        dW += dp["W"]
        db += dp["b"]
    return {"W": dW, "b": db}, ds, np.array(dx)


# forwards in time
@wrong("lstm_backward", "loop-forwards-dx-in-order")
def lstm_backward(p, tape, dh, ds):
    dW, db = np.zeros_like(p["W"]), np.zeros_like(p["b"])
    dx = []
    for t in range(len(dh)):
        ds = State(ds.h + dh[t], ds.c)
        dp, ds, d = back(p, ds, Tape(*(q[t] for q in tape)))
        dW += dp["W"]
        db += dp["b"]
        dx.append(d)
    return {"W": dW, "b": db}, ds, np.stack(dx)


# dx in reverse order
@wrong("lstm_backward", "dx-not-reversed")
def lstm_backward(p, tape, dh, ds):
    dW, db, dx = 0, 0, []
    for t in reversed(range(len(dh))):
        ds = State(ds.h + dh[t], ds.c)
        dp, ds, d = back(p, ds, Tape(*(q[t] for q in tape)))
        dW = dW + dp["W"]
        db = db + dp["b"]
        dx.append(d)
    return {"W": dW, "b": db}, ds, np.stack(dx)


# dx reversed; dh[t] ignored but for the last
@wrong("lstm_backward")
def lstm_backward(p, tape, dh, ds):
    dW, db, dx = 0, 0, []
    ds = State(ds.h + dh[-1], ds.c)
    for t in reversed(range(len(dh))):
        dp, ds, d = back(p, ds, Tape(*(q[t] for q in tape)))
        dW = dW + dp["W"]
        db = db + dp["b"]
        dx.append(d)
    return {"W": dW, "b": db}, ds, np.stack(dx)


# averaged over time
@wrong("lstm_backward", "mean-over-time")
def lstm_backward(p, tape, dh, ds):
    dW, db, dx, T = 0, 0, [], len(dh)
    for t in reversed(range(T)):
        ds = State(ds.h + dh[t], ds.c)
        dp, ds, d = back(p, ds, Tape(*(q[t] for q in tape)))
        dW, db = dW + dp["W"], db + dp["b"]
        dx.insert(0, d)
    return {"W": dW / T, "b": db / T}, ds, np.stack(dx)


# stops before t = 0
@wrong("lstm_backward", "slip")
def lstm_backward(p, tape, dh, ds):
    dW, db = np.zeros_like(p["W"]), np.zeros_like(p["b"])
    T, D = len(dh), tape.z.shape[1] - dh.shape[1]
    dx = np.zeros((T, D, dh.shape[2]))
    for t in range(T - 1, 0, -1):
        ds = State(ds.h + dh[t], ds.c)
        dp, ds, dx[t] = back(p, ds, Tape(*(q[t] for q in tape)))
        dW += dp["W"]
        db += dp["b"]
    return {"W": dW, "b": db}, ds, dx


# c's blame dropped between steps; dW overwritten
@wrong("lstm_backward", "dp-overwritten + dc-overwritten")
def lstm_backward(p, tape, dh, ds):
    T = len(dh)
    dx = [None] * T
    for t in range(T - 1, -1, -1):
        ds = State(ds.h + dh[t], np.zeros_like(ds.c))
        dp, ds, dx[t] = back(p, ds, Tape(*(q[t] for q in tape)))
    return dp, ds, np.stack(dx)


# db forgotten to add up (W is)
@wrong("lstm_backward", "db-overwritten")
def lstm_backward(p, tape, dh, ds):
    T = len(dh)
    dW = np.zeros_like(p["W"])
    dx = [None] * T
    for t in range(T - 1, -1, -1):
        ds = State(ds.h + dh[t], ds.c)
        dp, ds, dx[t] = back(p, ds, Tape(*(q[t] for q in tape)))
        dW += dp["W"]
    return {"W": dW, "b": dp["b"]}, ds, np.stack(dx)


# dh added to c's blame, too
@wrong("lstm_backward", "dh-t-into-c")
def lstm_backward(p, tape, dh, ds):
    dW, db, dx, T = 0, 0, [], len(dh)
    for t in reversed(range(T)):
        ds = State(ds.h + dh[t], ds.c + dh[t])
        dp, ds, d = back(p, ds, Tape(*(q[t] for q in tape)))
        dW, db = dW + dp["W"], db + dp["b"]
        dx.insert(0, d)
    return {"W": dW, "b": db}, ds, np.stack(dx)


# last state's blame ignored; averaged over T
@wrong("lstm_backward", "ds-ignored + mean-over-time")
def lstm_backward(p, tape, dh, ds):
    T = len(dh)
    ds = State(0 * ds.h, 0 * ds.c)
    dW, db, dx = 0, 0, []
    for t in reversed(range(T)):
        ds = State(ds.h + dh[t], ds.c)
        dp, ds, d = back(p, ds, Tape(*(q[t] for q in tape)))
        dW, db = dW + dp["W"] / T, db + dp["b"] / T
        dx.insert(0, d)
    return {"W": dW, "b": db}, ds, np.stack(dx)


# --- 11 torch_to_sheet -----------------------------------------------------------------------------


# order not changed
@wrong("torch_to_sheet", "gates-as-they-came")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.hstack([W_hh, W_ih]).reshape(4, H, -1)
    return W, (b_ih + b_hh).reshape(4, H, 1)


# x columns before h
@wrong("torch_to_sheet", "x-before-h")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.hstack([W_ih, W_hh]).reshape(4, H, -1)[[1, 0, 3, 2]]
    return W, (b_ih + b_hh).reshape(4, H, 1)[[1, 0, 3, 2]]


# only one bias
@wrong("torch_to_sheet", "first-bias-only")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.hstack([W_hh, W_ih]).reshape(4, H, -1)[[1, 0, 3, 2]]
    return W, b_ih.reshape(4, H, 1)[[1, 0, 3, 2]]


# x before h; only one bias
@wrong("torch_to_sheet", "x-before-h + second-bias-only")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    order = [1, 0, 3, 2]
    W = np.concatenate([W_ih, W_hh], axis=1).reshape(4, H, -1)[order]
    return W, b_hh.reshape(4, H, 1)[order]


# g and o not swapped (f i g o)
@wrong("torch_to_sheet", "order-of-keras")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    i, f, g, o = np.split(np.concatenate([W_hh, W_ih], axis=1), 4)
    bi, bf, bg, bo = np.split((b_ih + b_hh)[:, None], 4)
    return np.stack([f, i, g, o]), np.stack([bf, bi, bg, bo])


# mean of biases; not reordered
@wrong("torch_to_sheet", "gates-as-they-came + mean-of-the-biases")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    return np.hstack([W_hh, W_ih]).reshape(4, H, -1), ((b_ih + b_hh) / 2).reshape(4, H, 1)


# b of shape (4, H)
@wrong("torch_to_sheet", "bias-without-its-axis")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.hstack([W_hh, W_ih]).reshape(4, H, -1)[[1, 0, 3, 2]]
    return W, (b_ih + b_hh).reshape(4, H)[[1, 0, 3, 2]]


# W reordered, b not
@wrong("torch_to_sheet", "biases-as-they-came")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.hstack([W_hh, W_ih]).reshape(4, H, -1)[[1, 0, 3, 2]]
    return W, (b_ih + b_hh).reshape(4, H, 1)


# reshape (H, 4, .) as if interleaved
@wrong("torch_to_sheet", "rows-taken-in-turn")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    W = np.hstack([W_hh, W_ih]).reshape(H, 4, -1).transpose(1, 0, 2)[[1, 0, 3, 2]]
    return W, (b_ih + b_hh).reshape(H, 4, 1).transpose(1, 0, 2)[[1, 0, 3, 2]]


# inverse permutation of a wrong reading: [2, 0, 3, 1]
@wrong("torch_to_sheet")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    k = [2, 0, 3, 1]
    W = np.hstack([W_hh, W_ih]).reshape(4, H, -1)[k]
    return W, (b_ih + b_hh).reshape(4, H, 1)[k]


# --- 11 set_forget_bias ----------------------------------------------------------------------------


# first quarter
@wrong("set_forget_bias", "input-gate")
def set_forget_bias(b_ih, b_hh, value):
    H = len(b_ih) // 4
    a, b = b_ih.copy(), b_hh.copy()
    a[:H] = value
    b[:H] = 0
    return a, b


# in place
@wrong("set_forget_bias", "changed")
def set_forget_bias(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b_ih[H:2 * H] = value
    b_hh[H:2 * H] = 0
    return b_ih, b_hh


# value in both
@wrong("set_forget_bias", "on-both")
def set_forget_bias(b_ih, b_hh, value):
    H = len(b_ih) // 4
    a, b = b_ih.copy(), b_hh.copy()
    a[H:2 * H] = value
    b[H:2 * H] = value
    return a, b


# b_hh left
@wrong("set_forget_bias", "the-other-left")
def set_forget_bias(b_ih, b_hh, value):
    H = b_ih.shape[0] // 4
    a = np.array(b_ih)
    a[H:2 * H] = value
    return a, b_hh.copy()


# first quarter; b_hh left
@wrong("set_forget_bias", "input-gate-alone")
def set_forget_bias(b_ih, b_hh, value):
    H = b_ih.shape[0] // 4
    a = np.array(b_ih)
    a[:H] = value
    return a, b_hh


# added, not set
@wrong("set_forget_bias", "added")
def set_forget_bias(b_ih, b_hh, value):
    H = b_ih.shape[0] // 4
    a, b = b_ih.copy(), b_hh.copy()
    a[H:2 * H] += value
    b[H:2 * H] = 0
    return a, b


# all of b_hh to 0
@wrong("set_forget_bias", "the-other-cleared")
def set_forget_bias(b_ih, b_hh, value):
    H = b_ih.shape[0] // 4
    a = b_ih.copy()
    a[H:2 * H] = value
    return a, np.zeros_like(b_hh)


# swapped: value in b_hh
@wrong("set_forget_bias", "other-way-round")
def set_forget_bias(b_ih, b_hh, value):
    n = len(b_ih)
    a, b = b_ih.copy(), b_hh.copy()
    b[n // 4:n // 2] = value
    a[n // 4:n // 2] = 0
    return a, b


# third quarter; in place for b_hh
@wrong("set_forget_bias")
def set_forget_bias(b_ih, b_hh, value):
    n = len(b_ih)
    a = b_ih.copy()
    a[n // 2:3 * n // 4] = value
    b_hh[n // 2:3 * n // 4] = 0
    return a, b_hh


# only one number (index H)
@wrong("set_forget_bias", "first-unit")
def set_forget_bias(b_ih, b_hh, value):
    H = len(b_ih) // 4
    a, b = b_ih.copy(), b_hh.copy()
    a[H] = value
    b[H] = 0
    return a, b


# returned as their sum
@wrong("set_forget_bias", "structure")
def set_forget_bias(b_ih, b_hh, value):
    H = len(b_ih) // 4
    b = b_ih + b_hh
    b[H:2 * H] = value
    return b


# halved to both
@wrong("set_forget_bias", "half-each")
def set_forget_bias(b_ih, b_hh, value):
    H = len(b_ih) // 4
    a, b = b_ih.copy(), b_hh.copy()
    a[H:2 * H] = value / 2
    b[H:2 * H] = value / 2
    return a, b


# --- 11 last_outputs -------------------------------------------------------------------------------


# lengths, not lengths - 1
@wrong("last_outputs", "one-too-far")
def last_outputs(output, lengths):
    return np.stack([output[b, min(n, output.shape[1] - 1)] for b, n in enumerate(lengths)])


# the very last
@wrong("last_outputs", "end-of-the-rectangle")
def last_outputs(output, lengths):
    return output[:, -1, :]


# index without pairs: (B, B, H)
@wrong("last_outputs", "every-length-for-all")
def last_outputs(output, lengths):
    return output[:, lengths - 1]


# off by one by -lengths
@wrong("last_outputs", "slip")
def last_outputs(output, lengths):
    return output[np.arange(len(output)), -lengths]


# time first
@wrong("last_outputs", "time-first")
def last_outputs(output, lengths):
    return output[lengths - 1, np.arange(len(lengths))]


# mean over the real steps
@wrong("last_outputs", "mean-of-the-steps")
def last_outputs(output, lengths):
    return np.array([o[:n].mean(axis=0) for o, n in zip(output, lengths)])


# sum over real steps
@wrong("last_outputs", "sum-of-the-steps")
def last_outputs(output, lengths):
    mask = np.arange(output.shape[1]) < lengths[:, None]
    return (output * mask[:, :, None]).sum(axis=1)


# lengths - 2
@wrong("last_outputs", "one-too-early")
def last_outputs(output, lengths):
    rows = []
    for b in range(len(lengths)):
        rows.append(output[b, lengths[b] - 2])
    return np.array(rows)


# last that is not zero (search), wrong where a real output is 0 or padding is not
@wrong("last_outputs", "end-of-the-rectangle")
def last_outputs(output, lengths):
    out = []
    for o in output:
        t = len(o) - 1
        while t > 0 and not o[t].any():
            t -= 1
        out.append(o[t])
    return np.stack(out)


# all cut at the longest/shortest: lengths.min() - 1
@wrong("last_outputs", "shortest")
def last_outputs(output, lengths):
    return output[:, lengths.min() - 1]


# --- 11 loss_of_scores -----------------------------------------------------------------------------


# mean over all steps
@wrong("loss_of_scores", "divided-by-all")
def loss_of_scores(scores, target, mask):
    s = scores - scores.max(-1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(-1, keepdims=True))
    nll = -np.take_along_axis(logp, target[..., None], -1)[..., 0]
    return (nll * mask).mean()


# softmax twice
@wrong("loss_of_scores", "softmax-twice")
def loss_of_scores(scores, target, mask):
    s = np.exp(scores - scores.max(-1, keepdims=True))
    s = s / s.sum(-1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(-1, keepdims=True))
    nll = -np.take_along_axis(logp, target[..., None], -1)[..., 0]
    return (nll * mask).sum() / mask.sum()


# overflow
@wrong("loss_of_scores", "exp-overflows")
def loss_of_scores(scores, target, mask):
    e = np.exp(scores)
    p = e / e.sum(axis=2, keepdims=True)
    B, T = target.shape
    right = p[np.arange(B)[:, None], np.arange(T), target]
    return -(np.log(right) * mask).sum() / mask.sum()


# softmax over the time axis
@wrong("loss_of_scores", "softmax-over-time")
def loss_of_scores(scores, target, mask):
    s = scores - scores.max(axis=1, keepdims=True)
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    B, T = target.shape
    total = 0
    for b in range(B):
        for t in range(T):
            total -= mask[b, t] * np.log(p[b, t, target[b, t]])
    return total / mask.sum()


# sign
@wrong("loss_of_scores", "sign")
def loss_of_scores(scores, target, mask):
    s = scores - scores.max(-1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(-1, keepdims=True))
    ll = np.take_along_axis(logp, target[..., None], -1).squeeze(-1)
    return (ll * mask).sum() / mask.sum()


# sign; mean over all
@wrong("loss_of_scores", "divided-by-all + sign")
def loss_of_scores(scores, target, mask):
    s = scores - scores.max(-1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(-1, keepdims=True))
    ll = np.take_along_axis(logp, target[..., None], -1)[..., 0]
    return np.mean(ll * mask)


# mean of -p, no log
@wrong("loss_of_scores", "probability-for-surprise")
def loss_of_scores(scores, target, mask):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    p = e / e.sum(-1, keepdims=True)
    q = np.take_along_axis(p, target[..., None], -1)[..., 0]
    return -(q * mask).sum() / mask.sum()


# log of p plus 1e-3
@wrong("loss_of_scores")
def loss_of_scores(scores, target, mask):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    p = e / e.sum(-1, keepdims=True)
    q = np.take_along_axis(p, target[..., None], -1)[..., 0]
    return -(np.log(q + 1e-3) * mask).sum() / mask.sum()


# p underflows: log 0 for far scores
@wrong("loss_of_scores", "log-of-a-vanished-p")
def loss_of_scores(scores, target, mask):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    p = e / e.sum(-1, keepdims=True)
    q = np.take_along_axis(p, target[..., None], -1)[..., 0]
    return -(np.log(q) * mask).sum() / mask.sum()


# mean of each sequence, then of these
@wrong("loss_of_scores", "each-sequence-alike")
def loss_of_scores(scores, target, mask):
    m = scores.max(-1, keepdims=True)
    lse = m[..., 0] + np.log(np.exp(scores - m).sum(-1))
    right = np.take_along_axis(scores, target[..., None], -1)[..., 0]
    nll = (lse - right) * mask
    return (nll.sum(1) / mask.sum(1)).mean()


# mask forgotten; summed over time
@wrong("loss_of_scores")
def loss_of_scores(scores, target, mask):
    m = scores.max(-1, keepdims=True)
    lse = m[..., 0] + np.log(np.exp(scores - m).sum(-1))
    right = np.take_along_axis(scores, target[..., None], -1)[..., 0]
    return (lse - right).sum(axis=1).mean()


# base 2
@wrong("loss_of_scores", "slip")
def loss_of_scores(scores, target, mask):
    s = scores - scores.max(-1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(-1, keepdims=True))
    nll = -np.take_along_axis(logp, target[..., None], -1)[..., 0]
    return (nll * mask).sum() / mask.sum() / np.log(2)


# --- 11 autoregression -----------------------------------------------------------------------------


# no constant
@wrong("autoregression", "no-constant")
def autoregression(x, p, h):
    ts = range(p - 1, len(x) - h)
    A = np.array([[x[t - k] for k in range(p)] for t in ts])
    y = np.array([x[t + h] for t in ts])
    return np.linalg.lstsq(A, y, rcond=None)[0]


# constant last
@wrong("autoregression", "constant-last")
def autoregression(x, p, h):
    ts = range(p - 1, len(x) - h)
    A = np.array([[x[t - k] for k in range(p)] + [1.0] for t in ts])
    y = np.array([x[t + h] for t in ts])
    return np.linalg.lstsq(A, y, rcond=None)[0]


# oldest first
@wrong("autoregression", "oldest-first")
def autoregression(x, p, h):
    A, y = [], []
    for t in range(p - 1, len(x) - h):
        A.append([1, *x[t - p + 1:t + 1]])
        y.append(x[t + h])
    return np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0]


# constant last; oldest first
@wrong("autoregression", "nearly")
def autoregression(x, p, h):
    A, y = [], []
    for t in range(p - 1, len(x) - h):
        A.append([*x[t - p + 1:t + 1], 1])
        y.append(x[t + h])
    return np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0]


# starts at t = p: one row lost
@wrong("autoregression", "first-row-lost")
def autoregression(x, p, h):
    A, y = [], []
    for t in range(p, len(x) - h):
        A.append([1] + [x[t - k] for k in range(p)])
        y.append(x[t + h])
    return np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0]


# ends one early
@wrong("autoregression", "slip")
def autoregression(x, p, h):
    A, y = [], []
    for t in range(p - 1, len(x) - h - 1):
        A.append([1] + [x[t - k] for k in range(p)])
        y.append(x[t + h])
    return np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0]


# h ignored: one step ahead
@wrong("autoregression", "h-ignored")
def autoregression(x, p, h):
    A, y = [], []
    for t in range(p - 1, len(x) - 1):
        A.append([1] + [x[t - k] for k in range(p)])
        y.append(x[t + 1])
    return np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0]


# h ignored; no constant
@wrong("autoregression", "no-constant + h-ignored")
def autoregression(x, p, h):
    N = len(x)
    A = np.stack([x[p - 1 - k:N - 1 - k] for k in range(p)], axis=1)
    return np.linalg.lstsq(A, x[p:], rcond=None)[0]


# lags from t-1 (x[t] not used)
@wrong("autoregression", "newest-left-out")
def autoregression(x, p, h):
    A, y = [], []
    for t in range(p, len(x) - h):
        A.append([1] + [x[t - k] for k in range(1, p + 1)])
        y.append(x[t + h])
    return np.linalg.lstsq(np.array(A), np.array(y), rcond=None)[0]


# the whole lstsq tuple
@wrong("autoregression", "structure")
def autoregression(x, p, h):
    A, y = [], []
    for t in range(p - 1, len(x) - h):
        A.append([1] + [x[t - k] for k in range(p)])
        y.append(x[t + h])
    return np.linalg.lstsq(np.array(A), np.array(y), rcond=None)


# the predictions, not the weights
@wrong("autoregression", "forecast-for-weights")
def autoregression(x, p, h):
    A, y = [], []
    for t in range(p - 1, len(x) - h):
        A.append([1] + [x[t - k] for k in range(p)])
        y.append(x[t + h])
    A = np.array(A)
    return A @ np.linalg.lstsq(A, np.array(y), rcond=None)[0]


# a constant of 0 instead of 1
@wrong("autoregression", "slip")
def autoregression(x, p, h):
    n = len(x) - h - p + 1
    A = np.zeros((n, p + 1))
    for k in range(p):
        A[:, k + 1] = x[p - 1 - k:p - 1 - k + n]
    return np.linalg.lstsq(A, x[p - 1 + h:], rcond=None)[0]


# oldest first; no constant; h off by one
@wrong("autoregression", "shape")
def autoregression(x, p, h):
    A = np.lib.stride_tricks.sliding_window_view(x[:len(x) - h + 1], p)[:-1]
    y = x[p - 1 + h - 1:][:len(A)]
    return np.linalg.lstsq(A, y, rcond=None)[0]
