"""Right answers from the texts of the tasks alone: by other formulas, other loops, in other shapes on the way."""
# ruff: noqa: E731, F811, F841, B006, E741, E501
import math

import numpy as np

from lstmlib import State, Tape, join, sigmoid

from . import right


@right("first_gate")
def first_gate(a):                                               # its text names no size of a
    e = np.exp(a)
    return e / (1 + e)


@right("first_gate")
def first_gate(a):
    return np.exp(-np.logaddexp(0, -a))


@right("first_gate")
def first_gate(a):
    return (1 + np.tanh(a / 2)) / 2


@right("first_gate")
def first_gate(a):
    a = np.asarray(a, float)
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1 / (1 + e), e / (1 + e))


@right("rnn_step")
def rnn_step(W, b, h, x):
    H = h.shape[0]
    return np.tanh(W[:, :H] @ h + W[:, H:] @ x + b)


@right("rnn_step")
def rnn_step(W, b, h, x):
    z = np.vstack([h, x])
    out = np.empty((len(W), z.shape[1]))
    for n in range(z.shape[1]):
        out[:, n] = np.tanh(W @ z[:, n] + b[:, 0])
    return out


@right("rnn_step")
def rnn_step(W, b, h, x):
    ones = np.ones((1, h.shape[1]))
    return np.tanh(np.hstack([W, b]) @ np.vstack([h, x, ones]))


@right("rnn_step")
def rnn_step(W, b, h, x):
    return 2 * sigmoid(2 * (W @ join(h, x) + b)) - 1


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    T, _, B = xs.shape
    hs = np.zeros((T + 1, len(W), B))
    hs[0] = h0
    for t in range(T):
        hs[t + 1] = np.tanh(W @ join(hs[t], xs[t]) + b)
    return hs[1:]


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    from functools import reduce
    hs = reduce(lambda done, x: done + [np.tanh(W @ join(done[-1], x) + b)], xs, [h0])
    return np.array(hs[1:])


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    H = len(h0)
    given = W[:, H:] @ xs + b
    out = np.empty((len(xs), *h0.shape))
    for t in range(len(xs)):
        h0 = out[t] = np.tanh(given[t] + W[:, :H] @ h0)
    return out


@right("rnn_forward")
def rnn_forward(W, b, xs, h0):
    h = h0.copy()
    hs = []
    for x in xs:
        h[:] = np.tanh(W @ join(h, x) + b)
        hs.append(h.copy())
    return np.stack(hs)


@right("read_out")
def read_out(V, b_y, h):
    return np.einsum("kh,hb->kb", V, h) + b_y


@right("read_out")
def read_out(V, b_y, h):
    return (h.T @ V.T + b_y.ravel()).T


@right("read_out")
def read_out(V, b_y, h):
    return b_y + sum(V[:, j:j + 1] * h[j] for j in range(len(h)))


@right("softmax")
def softmax(y):
    m = y.max(axis=0)
    return np.exp(y - m - np.log(np.exp(y - m).sum(axis=0)))


@right("softmax")
def softmax(y):
    return np.exp(y - np.logaddexp.reduce(y, axis=0))


@right("softmax")
def softmax(y):
    return 1 / np.exp(np.minimum(y[None] - y[:, None], 700)).sum(axis=1)


@right("softmax")
def softmax(y):
    out = np.zeros(y.shape)
    for n in range(y.shape[1]):
        col = y[:, n] - max(y[:, n])
        e = np.array([math.exp(v) for v in col])
        out[:, n] = e / e.sum()
    return out


@right("masked_loss")
def masked_loss(losses, mask):
    return np.average(losses, weights=mask)


@right("masked_loss")
def masked_loss(losses, mask):
    return losses[mask > 0.5].mean()


@right("masked_loss")
def masked_loss(losses, mask):
    return np.vdot(losses, mask) / np.count_nonzero(mask)


@right("masked_loss")
def masked_loss(losses, mask):
    kept = [float(l) for row, m in zip(losses, mask) for l, on in zip(row, m) if on]
    return sum(kept) / len(kept)


@right("perplexity")
def perplexity(losses):
    return float(np.prod(np.exp(losses / np.size(losses))))


@right("perplexity")
def perplexity(losses):
    return math.e ** (np.sum(losses) / np.size(losses))


@right("sample")
def sample(y, temperature, rng):
    return int(np.argmax((y - y.max()) / temperature + rng.gumbel(size=y.shape)))


@right("sample")
def sample(y, temperature, rng):
    z = (y - y.max()) / temperature
    p = np.exp(z) / np.exp(z).sum()
    return min(int(np.searchsorted(np.cumsum(p), rng.random(), side="right")), len(y) - 1)


@right("sample")
def sample(y, temperature, rng):
    z = y / temperature
    z = z - z.max()
    p = np.exp(z) / np.exp(z).sum()
    return int(np.flatnonzero(rng.multinomial(1, p))[0])


@right("greedy")
def greedy(step, s, start, stop, longest):
    words = [start]
    for _ in range(longest):
        s, y = step(s, words[-1])
        k = int(np.argmax(y))
        if k == stop:
            break
        words.append(k)
    return words[1:]


@right("greedy")
def greedy(step, s, start, stop, longest):
    def after(s, word, left):
        if not left:
            return []
        s, y = step(s, word)
        k = max(range(len(y)), key=lambda j: y[j])
        return [] if k == stop else [k] + after(s, k, left - 1)
    return after(s, start, longest)


@right("greedy")
def greedy(step, s, start, stop, longest):
    words, w = [], start
    while len(words) < longest:
        s, y = step(s, w)
        w = y.argmax()
        if w == stop:
            return words
        words.append(w)
    return words


@right("nearest_caption")
def nearest_caption(x, seen, captions):
    d = (seen ** 2).sum(0) - 2 * x @ seen
    return captions.T[d.argmin()]


@right("nearest_caption")
def nearest_caption(x, seen, captions):
    k = min(range(seen.shape[1]), key=lambda j: np.linalg.norm(seen[:, j] - x))
    return captions[:, k]


@right("nearest_caption")
def nearest_caption(x, seen, captions):
    d = seen - x[:, np.newaxis]
    return captions[:, np.einsum("db,db->b", d, d).argsort(kind="stable")[0]].copy()


@right("jacobian")
def jacobian(Wh, h):
    return np.einsum("j,jk->jk", 1 - h * h, Wh)


@right("jacobian")
def jacobian(Wh, h):
    return ((1 - h) * (1 + h) * Wh.T).T


@right("gradient_norms")
def gradient_norms(Wh, hs):
    P, out = np.eye(len(Wh)), []
    for h in hs[::-1]:
        P = P * (1 - h ** 2) @ Wh
        out.append(np.linalg.svd(P, compute_uv=False)[0])
    return out


@right("gradient_norms")
def gradient_norms(Wh, hs):
    Js = (1 - hs ** 2)[:, :, None] * Wh
    out = []
    for k in range(1, len(hs) + 1):
        P = np.eye(len(Wh))
        for J in Js[-k:]:
            P = J @ P
        out.append(np.linalg.norm(P, 2))
    return np.array(out)


@right("gradient_norms")
def gradient_norms(Wh, hs):
    P, out = np.eye(len(Wh)), np.zeros(len(hs))
    for k, h in enumerate(reversed(hs)):
        P = P @ np.diag(1 - h ** 2) @ Wh
        out[k] = np.sqrt(np.linalg.eigvalsh(P.T @ P).max().clip(0))
    return out


@right("rnn_back")
def rnn_back(W, z, h, dh):
    a = np.einsum("hb,hb->hb", dh, 1 - np.square(h))
    H = h.shape[0]
    return np.einsum("hb,kb->hk", a, z), np.einsum("hk,hb->kb", W[:, :H], a)


@right("rnn_back")
def rnn_back(W, z, h, dh):
    H, B = h.shape
    dW, dp = np.zeros(W.shape), np.zeros(h.shape)
    for n in range(B):
        da = dh[:, n] - dh[:, n] * h[:, n] ** 2
        dW += np.outer(da, z[:, n])
        dp[:, n] = da @ W[:, :H]
    return [dW, dp]


@right("clip")
def clip(grads, max_norm):
    n = np.linalg.norm(np.concatenate([np.ravel(g) for g in grads]))
    return [g * min(1.0, max_norm / n) if n else g for g in grads]


@right("clip")
def clip(grads, max_norm):
    n = math.hypot(*(np.linalg.norm(g) for g in grads))
    return [g / max(n / max_norm, 1) for g in grads]


@right("clip")
def clip(grads, max_norm):
    n = math.sqrt(sum(float(np.vdot(g, g)) for g in grads))
    if n <= max_norm:
        return list(grads)
    return [g * (max_norm / n) for g in grads]


@right("half_life")
def half_life(f):
    return -1 / np.log2(f)


@right("half_life")
def half_life(f):
    return math.log(0.5, f)


@right("bias_for")
def bias_for(half_life):
    return -np.log(2 ** (1 / half_life) - 1)


@right("bias_for")
def bias_for(half_life):
    return -math.log(math.expm1(math.log(2) / half_life))


@right("bias_for")
def bias_for(half_life):
    f = 0.5 ** (1 / half_life)
    return 2 * np.arctanh(2 * f - 1)


@right("forget_gate")
def forget_gate(W_f, b_f, h, x):
    H = len(h)
    a = np.einsum("ij,jb->ib", W_f[:, :H], h) + np.einsum("ij,jb->ib", W_f[:, H:], x) + b_f
    return np.exp(-np.logaddexp(0, -a))


@right("forget_gate")
def forget_gate(W_f, b_f, h, x):
    return (1 + np.tanh((W_f @ join(h, x) + b_f) / 2)) / 2


@right("forget_gate")
def forget_gate(W_f, b_f, h, x):
    return 1 - sigmoid(-W_f @ np.r_[h, x] - b_f)


@right("candidate")
def candidate(W_g, b_g, h, x):
    return 2 * sigmoid(2 * (W_g @ join(h, x) + b_g)) - 1


@right("candidate")
def candidate(W_g, b_g, h, x):
    rows = []
    for w, b in zip(W_g, b_g):
        rows.append(np.tanh(w[:len(h)] @ h + w[len(h):] @ x + b))
    return np.stack(rows)


@right("cell_update")
def cell_update(f, c, i, g):
    return np.add(np.multiply(f, c), np.multiply(i, g))


@right("cell_update")
def cell_update(f, c, i, g):
    new = c.copy()
    new *= f
    new += i * g
    return new


@right("cell_update")
def cell_update(f, c, i, g):
    return (np.stack([f, i]) * np.stack([c, g])).sum(0)


@right("carousel")
def carousel(fs):
    later = np.concatenate([fs[1:], np.ones_like(fs[:1])])
    return np.cumprod(later[::-1], axis=0)[::-1]


@right("carousel")
def carousel(fs):
    return np.stack([np.prod(fs[t + 1:], axis=0) for t in range(len(fs))])


@right("carousel")
def carousel(fs):
    rows = [np.ones(fs.shape[1:])]
    for f in fs[:0:-1]:
        rows.append(rows[-1] * f)
    return np.array(rows[::-1])


@right("hidden")
def hidden(o, c):
    return o * (2 / (1 + np.exp(-2 * np.clip(c, -300, 300))) - 1)


@right("hidden")
def hidden(o, c):
    return np.einsum("hb,hb->hb", o, np.tanh(c))


@right("gate_for")
def gate_for(h, c):
    return np.maximum(0, np.minimum(1, h / np.tanh(c)))


@right("gate_for")
def gate_for(h, c):
    t = np.tanh(np.abs(c))
    return np.minimum(np.maximum(h * np.sign(c), 0), t) / t


@right("gate_for")
def gate_for(h, c):
    o = h / np.tanh(c)
    o[o > 1] = 1
    o[o < 0] = 0
    return o


def ok_step(p, s, x):
    H = len(s.h)
    z = np.r_[s.h, x]
    a = p["W"].reshape(4 * H, -1) @ z + p["b"].reshape(4 * H, 1)
    f, i, o = (sigmoid(a[k * H:(k + 1) * H]) for k in range(3))
    g = np.tanh(a[3 * H:])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


right("lstm_step")(ok_step)


@right("lstm_step")
def lstm_step(p, s, x):
    h_prev, c_prev = s
    z = join(h_prev, x)
    a = np.einsum("ghk,kb->ghb", p["W"], z) + p["b"]
    a[:3] = sigmoid(a[:3])
    a[3] = np.tanh(a[3])
    f, i, o, g = a
    c = c_prev * f + g * i
    h = np.tanh(c) * o
    return State(h=h, c=c), Tape(z=z, f=f, i=i, o=o, g=g, c_prev=c_prev, c=c, h=h)


@right("lstm_forward")
def lstm_forward(p, s, x):
    T, (H, B) = len(x), s.h.shape
    fields = [np.empty((T, H + x.shape[1], B))] + [np.empty((T, H, B)) for _ in range(7)]
    for t in range(T):
        s, tape = ok_step(p, s, x[t])
        for where, what in zip(fields, tape):
            where[t] = what
    tape = Tape(*fields)
    return tape.h.copy(), State(tape.h[-1], tape.c[-1]), tape


@right("lstm_forward")
def lstm_forward(p, s, x):
    def run(s, rest):
        if not len(rest):
            return s, []
        s, tape = ok_step(p, s, rest[0])
        end, tapes = run(s, rest[1:])
        return end, [tape, *tapes]
    end, tapes = run(s, x)
    return np.stack([t.h for t in tapes]), end, Tape(*map(np.stack, zip(*tapes)))


@right("gradient_check")
def gradient_check(loss, w, eps):
    g = np.zeros(w.size)
    for k in range(w.size):
        e = np.zeros(w.size)
        e[k] = eps
        e = e.reshape(w.shape)
        g[k] = (loss(w + e) - loss(w - e)) / (2 * eps)
    return g.reshape(w.shape)


@right("gradient_check")
def gradient_check(loss, w, eps):
    g = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        old = w[k]
        w[k] = old + eps
        up = loss(w)
        w[k] = old - eps
        down = loss(w)
        w[k] = old
        g[k] = (up - down) / eps / 2
    return g


def ok_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    tc = np.tanh(c)
    dc = ds.c + ds.h * o * (1 - tc) * (1 + tc)
    da = np.concatenate([dc * c_prev * f * (1 - f), dc * g * i * (1 - i),
                         ds.h * h * (1 - o), dc * i * (1 - g * g)])
    H = len(h)
    flat = p["W"].reshape(4 * H, -1)
    dz = flat.T @ da
    return ({"W": (da @ z.T).reshape(p["W"].shape), "b": da.sum(1).reshape(p["b"].shape)},
            State(dz[:H], dc * f), dz[H:])


right("lstm_back")(ok_back)


@right("lstm_back")
def lstm_back(p, ds, tape):
    t = tape
    H, B = t.h.shape
    dc = ds.c + ds.h * t.o * (1 - np.tanh(t.c) ** 2)
    das = [dc * t.c_prev * t.f * (1 - t.f), dc * t.g * t.i * (1 - t.i),
           ds.h * np.tanh(t.c) * t.o * (1 - t.o), dc * t.i * (1 - t.g ** 2)]
    dW, db, dz = np.zeros_like(p["W"]), np.zeros_like(p["b"]), np.zeros_like(t.z)
    for k in range(4):
        for n in range(B):
            dW[k] += np.outer(das[k][:, n], t.z[:, n])
            db[k, :, 0] += das[k][:, n]
            dz[:, n] += p["W"][k].T @ das[k][:, n]
    return {"b": db, "W": dW}, State(dz[:H], t.f * dc), dz[H:]


@right("lstm_backward")
def lstm_backward(p, tape, dh, ds):
    T, total, dx = len(dh), None, [None] * len(dh)
    h, c = ds
    for t in range(T)[::-1]:
        dp, (h, c), dx[t] = ok_back(p, State(h + dh[t], c), Tape(*[q[t] for q in tape]))
        total = dp if total is None else {k: total[k] + dp[k] for k in dp}
    return total, State(h, c), np.stack(dx)


@right("lstm_backward")
def lstm_backward(p, tape, dh, ds):
    parts = []
    for t in range(len(dh) - 1, -1, -1):
        parts.append(ok_back(p, State(ds.h + dh[t], ds.c), Tape(*(q[t] for q in tape))))
        ds = parts[-1][1]
    dp = {k: np.sum([part[0][k] for part in parts], axis=0) for k in "Wb"}
    return dp, ds, np.stack([part[2] for part in parts[::-1]])


@right("torch_to_sheet")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    i, f, g, o = zip(np.split(W_hh, 4), np.split(W_ih, 4), np.split(b_ih, 4), np.split(b_hh, 4))
    W = np.stack([np.c_[k[0], k[1]] for k in (f, i, o, g)])
    return W, np.stack([(k[2] + k[3])[:, None] for k in (f, i, o, g)])


@right("torch_to_sheet")
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    H = W_hh.shape[1]
    rows = np.r_[H:2 * H, 0:H, 3 * H:4 * H, 2 * H:3 * H]
    W = np.concatenate([W_hh, W_ih], 1)[rows]
    return W.reshape(4, H, W.shape[1]), (b_ih + b_hh)[rows].reshape(4, H, 1)


@right("set_forget_bias")
def set_forget_bias(b_ih, b_hh, value):
    k = np.arange(len(b_ih)) * 4 // len(b_ih) == 1
    return np.where(k, value, b_ih), np.where(k, 0, b_hh)


@right("set_forget_bias")
def set_forget_bias(b_ih, b_hh, value):
    a, b = b_ih.reshape(4, -1).copy(), b_hh.reshape(4, -1).copy()
    a[1], b[1] = value, 0
    return a.ravel(), b.ravel()


@right("last_outputs")
def last_outputs(output, lengths):
    return np.take_along_axis(output, (lengths - 1)[:, None, None], axis=1)[:, 0]


@right("last_outputs")
def last_outputs(output, lengths):
    on = np.arange(output.shape[1]) == np.asarray(lengths)[:, None] - 1
    return np.einsum("bt,bth->bh", on.astype(output.dtype), output)


@right("last_outputs")
def last_outputs(output, lengths):
    return np.array([o[:n][-1] for o, n in zip(output, lengths)])


@right("loss_of_scores")
def loss_of_scores(scores, target, mask):
    logp = scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    hot = np.eye(scores.shape[-1])[target]
    return -np.average((logp * hot).sum(-1), weights=mask)


@right("loss_of_scores")
def loss_of_scores(scores, target, mask):
    total = n = 0.0
    for b in range(target.shape[0]):
        for t in range(target.shape[1]):
            if mask[b, t]:
                s = scores[b, t] - scores[b, t].max()
                total += np.log(np.exp(s).sum()) - s[target[b, t]]
                n += 1
    return total / n


@right("autoregression")
def autoregression(x, p, h):
    N = len(x) - h - p + 1
    A = np.column_stack([np.ones(N)] + [x[p - 1 - k:p - 1 - k + N] for k in range(p)])
    return np.linalg.pinv(A) @ x[p - 1 + h:]


@right("autoregression")
def autoregression(x, p, h):
    A = np.lib.stride_tricks.sliding_window_view(x[:len(x) - h], p)[:, ::-1]
    A = np.insert(A, 0, 1, axis=1)
    return np.linalg.lstsq(A, x[p + h - 1:], rcond=None)[0]


@right("autoregression")
def autoregression(x, p, h):
    A = np.array([[1.0] + [x[t - k] for k in range(p)] for t in range(p - 1, len(x) - h)])
    y = np.array([x[t + h] for t in range(p - 1, len(x) - h)])
    Q, R = np.linalg.qr(A)
    return np.linalg.solve(R, Q.T @ y)
