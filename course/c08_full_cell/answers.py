"""Exercises of chapter 08, the full cell."""

import numpy as np

from lstmlib.cells import LSTM, State, Tape, join, sigmoid
from lstmlib.unroll import forward
from workbook.judge import Exercise

# --- exercises and puzzles ----------------------------------------------------------------------------------


def gradient_check(loss, w, eps):
    """The gradient of a loss by central differences: (loss(w + eps) - loss(w - eps)) / 2 eps, for one weight
    after the other.

    loss: a function of an array of the shape of w, which returns one number; w: an array of any shape; eps: a
    small number. Returns dw, of the shape of w: dw[k] is how the loss answers to w[k] alone. w must be left
    as it is.
    """
    dw = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[k] += eps
        down[k] -= eps
        dw[k] = (loss(up) - loss(down)) / (2 * eps)
    return dw


def lstm_step(p, s, x):
    """One moment of an LSTM.

    p: the weights, p["W"] (4, H, H+D) and p["b"] (4, H, 1), in the order f, i, o, g; s: State(h, c), both (H,
    B); x (D, B). Returns State(h, c), the new ones, and the tape of the moment, Tape(z, f, i, o, g, c_prev,
    c, h): z = [h; x] (H+D, B), the rest (H, B). Plain tuples in this order will do. s must be left as it is.
    """
    W, b = p["W"], p["b"]
    h, c = s
    z = join(h, x)
    f = sigmoid(W[0] @ z + b[0])
    i = sigmoid(W[1] @ z + b[1])
    o = sigmoid(W[2] @ z + b[2])
    g = np.tanh(W[3] @ z + b[3])
    c_new = f * c + i * g
    h_new = o * np.tanh(c_new)
    return State(h_new, c_new), Tape(z, f, i, o, g, c, c_new, h_new)


def lstm_forward(p, s, x):
    """An LSTM reads a whole sequence.

    p, s: as for lstm_step; x (T, D, B). Returns three things: h (T, H, B), the hidden states after each
    moment; the last State(h, c); and the tape, Tape(z, f, i, o, g, c_prev, c, h), each field stacked over
    time, (T, ·, B): with a list of the T tapes, Tape(*map(np.stack, zip(*tapes))). Your own lstm_step may be
    used.
    """
    W, b = p["W"], p["b"]
    h, c = s
    hs, tapes = [], []
    for x_t in x:
        z = join(h, x_t)
        f = sigmoid(W[0] @ z + b[0])
        i = sigmoid(W[1] @ z + b[1])
        o = sigmoid(W[2] @ z + b[2])
        g = np.tanh(W[3] @ z + b[3])
        c_new = f * c + i * g
        h_new = o * np.tanh(c_new)
        hs.append(h_new)
        tapes.append(Tape(z, f, i, o, g, c, c_new, h_new))
        h, c = h_new, c_new
    return np.stack(hs), State(h, c), Tape(*map(np.stack, zip(*tapes)))


def lstm_back(p, ds, tape):
    """One moment of an LSTM, backwards: who is to blame for the loss?

    p: as for lstm_step; ds: State(dh, dc), the blame on the new h and on the new c, (H, B) each, dc being
    that which comes along the belt from later moments; tape: what lstm_step kept. Returns three things: dp, a
    dict {"W" (4, H, H+D), "b" (4, H, 1)}, summed over the batch; the State(dh, dc) before this moment, (H, B)
    each; and dx (D, B).
    """
    z, f, i, o, g, c_prev, c, h = tape
    dh, dc_next = ds
    do = dh * np.tanh(c)
    dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
    df = dc * c_prev
    di = dc * g
    dg = dc * i
    da_f = df * f * (1 - f)
    da_i = di * i * (1 - i)
    da_o = do * o * (1 - o)
    da_g = dg * (1 - g ** 2)
    da = np.stack([da_f, da_i, da_o, da_g])
    dW = da @ z.T
    db = da.sum(-1, keepdims=True)
    W_f, W_i, W_o, W_g = p["W"]
    dz = W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ da_g
    H = len(c)
    return {"W": dW, "b": db}, State(dz[:H], dc * f), dz[H:]


def lstm_backward(p, tape, dh, ds):
    """Backpropagation through time: the whole way back, from the last moment to the first.

    p: as for lstm_step; tape: of the whole sequence, as lstm_forward gives it, each field (T, ·, B); dh (T,
    H, B): the blame that each moment's read-out puts on h[t]; ds: State(dh, dc), the blame on the last state
    from whatever reads on from there. Returns three things, as lstm_back does: dp, a dict {"W" (4, H, H+D),
    "b" (4, H, 1)}, summed over batch and time; the State(dh, dc) before the first moment; and dx (T, D, B).
    Your own lstm_back may be used.
    """
    dh_next, dc_next = ds
    W_f, W_i, W_o, W_g = p["W"]
    dW, db, dxs = 0, 0, []
    for t in reversed(range(len(dh))):
        z, f, i, o, g, c_prev, c, h = (q[t] for q in tape)
        dh_t = dh[t] + dh_next
        do = dh_t * np.tanh(c)
        dc = dc_next + dh_t * o * (1 - np.tanh(c) ** 2)
        df = dc * c_prev
        di = dc * g
        dg = dc * i
        da_f = df * f * (1 - f)
        da_i = di * i * (1 - i)
        da_o = do * o * (1 - o)
        da_g = dg * (1 - g ** 2)
        da = np.stack([da_f, da_i, da_o, da_g])
        dW = dW + da @ z.T
        db = db + da.sum(-1, keepdims=True)
        dz = W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ da_g
        H = len(c)
        dh_next, dc_next = dz[:H], dc * f
        dxs.append(dz[H:])
    return {"W": dW, "b": db}, State(dh_next, dc_next), np.stack(dxs[::-1])


# --- as the solutions show them: the equations of the sheet; mistakes edit the longer ones above --------------


def shown_step(p, s, x):
    """lstm_step, as it is shown."""
    z = join(s.h, x)
    f, i, o = sigmoid(p["W"][:3] @ z + p["b"][:3])
    g = np.tanh(p["W"][3] @ z + p["b"][3])
    c = f * s.c + i * g
    h = o * np.tanh(c)
    return State(h, c), Tape(z, f, i, o, g, s.c, c, h)


def shown_forward(p, s, x):
    """lstm_forward, as it is shown."""
    tapes = []
    for x_t in x:
        s, tape = lstm_step(p, s, x_t)
        tapes.append(tape)
    film = Tape(*map(np.stack, zip(*tapes)))
    return film.h, s, film


def shown_back(p, ds, tape):
    """lstm_back, as it is shown."""
    z, f, i, o, g, c_prev, c, _ = tape
    dc = ds.c + ds.h * o * (1 - np.tanh(c)**2)
    da = np.stack([
        dc * c_prev * f * (1 - f),
        dc * g * i * (1 - i),
        ds.h * np.tanh(c) * o * (1 - o),
        dc * i * (1 - g**2),
    ])
    dp = {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}
    dz = (p["W"].mT @ da).sum(0)
    H = len(c)
    return dp, State(dz[:H], dc * f), dz[H:]


def shown_backward(p, tape, dh, ds):
    """lstm_backward, as it is shown."""
    dW, db, dx = 0, 0, []
    for t in reversed(range(len(dh))):
        ds = State(ds.h + dh[t], ds.c)
        dp, ds, dx_t = lstm_back(p, ds, Tape(*(q[t] for q in tape)))
        dW, db = dW + dp["W"], db + dp["b"]
        dx.insert(0, dx_t)
    return {"W": dW, "b": db}, ds, np.stack(dx)


# --- the inputs: random states, biases and blame everywhere, so that no mistake can hide --------------------


class _Wavy:
    """A loss that no polynomial of low degree imitates; its gradient differs from weight to weight."""

    def __init__(self, rng, shape):
        self.a, self.k = rng.normal(size=shape), rng.uniform(0.5, 1.5, shape)

    def __call__(self, w):
        return float(np.sum(self.a * np.sin(self.k * w)) + 0.1 * np.sum(w) ** 3)


def check_inputs(rng, n):
    """A loss, weights, and an eps large enough to tell one-sided from central differences."""
    yield _Wavy(rng, (n.H, n.D)), rng.normal(size=(n.H, n.D)) / 2, 0.05
    yield _Wavy(rng, (n.K,)), rng.normal(size=n.K) / 2, 0.02


def check_corners(rng, n):
    """Weights of 0; a single one; weights of three axes."""
    yield _Wavy(rng, (n.H, n.D)), np.zeros((n.H, n.D)), 0.02
    yield _Wavy(rng, (1,)), np.array([1.5]), 0.02
    yield _Wavy(rng, (n.D, 1, n.H)), rng.normal(size=(n.D, 1, n.H)), 0.02


def lstm_weights(rng, n):
    """Weights, a state and a sequence, all random."""
    W = rng.normal(0, 1.5 / np.sqrt(n.H + n.D), (4, n.H, n.H + n.D))
    p = {"W": W, "b": rng.normal(size=(4, n.H, 1))}
    return p, State(*rng.uniform(-1, 1, (2, n.H, n.B))), rng.normal(size=(n.T, n.D, n.B))


def edges(rng, n):
    """Weights of 0 and an empty memory; f and i wide open or shut, and a memory of up to 1000."""
    p, s, x = lstm_weights(rng, n)
    yield {"W": 0 * p["W"], "b": p["b"]}, State(*np.zeros((2, n.H, n.B))), x
    b = np.where([[[True]], [[True]], [[False]], [[False]]], [[40.0], [-40.0], [40.0]], p["b"])
    yield {"W": p["W"], "b": b}, State(np.sign(s.h), 1000 * s.c), 0 * x


def step_inputs(rng, n):
    """p, s, x of one moment."""
    p, s, x = lstm_weights(rng, n)
    yield p, s, x[0]


def step_corners(rng, n):
    """The same at the edges."""
    for p, s, x in edges(rng, n):
        yield p, s, x[0]


def forward_inputs(rng, n):
    """p, s, x of a sequence."""
    yield lstm_weights(rng, n)


forward_corners = edges


def back_inputs(rng, n):
    """p, ds, tape of one moment."""
    p, s, x = lstm_weights(rng, n)
    yield p, State(*rng.normal(size=(2, n.H, n.B))), LSTM.step(p, s, x[0])[1]


def back_corners(rng, n):
    """The same at the edges; and no blame at all on c, then on h."""
    for (p, s, x), blame in zip(edges(rng, n), ([1, 0], [0, 1])):
        ds = rng.normal(size=(2, n.H, n.B)) * np.array(blame)[:, None, None]
        yield p, State(*ds), LSTM.step(p, s, x[0])[1]


def backward_inputs(rng, n):
    """p, tape, dh, ds of a sequence."""
    p, s, x = lstm_weights(rng, n)
    dh, ds = rng.normal(size=(n.T, n.H, n.B)), State(*rng.normal(size=(2, n.H, n.B)))
    yield p, forward(LSTM, p, x, s).tape, dh, ds


def backward_corners(rng, n):
    """The same at the edges, where blame comes at the last moment alone, or not at all."""
    for (p, s, x), blame in zip(edges(rng, n), (1, 0)):
        dh = blame * rng.normal(size=(n.T, n.H, n.B))
        yield p, forward(LSTM, p, x, s).tape, dh, State(0 * s.h, rng.normal(size=s.c.shape))


# --- where a sequence goes wrong ----------------------------------------------------------------------------


def look_step(f, p, s, x):
    """Every quantity of one moment, in the order in which they are computed, (1, ·, B) each."""
    (h, c), tape = f(p, s, x)
    named = {f"tape.{name}": q for name, q in zip(Tape._fields, tape)} | {"s.c": c, "s.h": h}
    return {name: np.asarray(q)[None] for name, q in named.items()}


def look_forward(f, p, s, x):
    """Every quantity of every moment, in the order in which they are computed."""
    h, _, tape = f(p, s, x)
    names = "z", "f", "i", "o", "g", "c", "h"
    named = dict(zip(Tape._fields, tape))
    return {f"tape.{name}": np.asarray(named[name]) for name in names} | {"h": np.asarray(h)}


def look_back(f, p, ds, tape):
    """da of one moment, (1, H, B) for each gate."""
    def backward(p, film, _, ds):
        return f(p, ds, Tape(*(q[0] for q in film)))
    return look_backward(backward, p, Tape(*(q[None] for q in tape)), ds[0][None], ds)


def look_backward(f, p, tape, dh, ds):
    """da of every moment, (T, H, B) for each gate: where z holds a single 1, dW is the da of its moment."""
    T, H, B = dh.shape
    da = np.zeros((4, T, H, B))
    for t, k in np.ndindex(T, B):
        z = np.zeros_like(tape.z)
        z[t, 0, k] = 1
        da[:, t, :, k] = f(p, tape._replace(z=z), dh, ds)[0]["W"][:, :, 0]
    return {f"da_{gate}": da[k] for k, gate in enumerate("fiog")}


def around_back(p, ds, tape):
    """What a moment's da is made of, (1, H, B) each."""
    return {name: q[None] for name, q in tape._asdict().items() if name != "z"}


def around_backward(p, tape, dh, ds):
    """What every moment's da is made of, (T, H, B) each."""
    return {"dh": dh, **{name: q for name, q in tape._asdict().items() if name != "z"}}


# --- known mistakes of the way forward ----------------------------------------------------------------------


# --- known mistakes of the way back -------------------------------------------------------------------------


EXERCISES = (
    Exercise(gradient_check, check_inputs, check_corners, "dw", "of w", line="back"),
    Exercise(lstm_step, step_inputs, step_corners, "s, tape", "State (H, B) and Tape", line="cell-whole",
             shown=shown_step, look=look_step),
    Exercise(lstm_forward, forward_inputs, forward_corners, "h, s, tape", "(T, H, B), State (H, B), Tape (T, ·, B)",
             line="each-step", shown=shown_forward, look=look_forward),
    Exercise(lstm_back, back_inputs, back_corners, "dp, ds, dx", "those of p, s and x", line="back",
             shown=shown_back, look=look_back, around=around_back),
    Exercise(lstm_backward, backward_inputs, backward_corners, "dp, ds, dx", "those of p, s and x", line="back",
             shown=shown_backward, look=look_backward, around=around_backward, backwards=True),
)


PUZZLES = ()
