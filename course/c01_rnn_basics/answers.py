"""Exercises of chapter 01, the basics of RNNs."""

import numpy as np

from course.shared.inputs import gate_corners, gate_inputs, rows_of_symbols
from lstmlib.cells import join
from workbook.judge import Exercise, Puzzle

# --- exercises and puzzles ----------------------------------------------------------------------------------


def rnn_step(W, b, h, x):
    """One step of an RNN: the new hidden state tanh(W·[h, x] + b).

    W (H, H+D), b (H, 1), h (H, B) the hidden state of the step before, x (D, B) the input of this step;
    returns the new h (H, B). `join(h, x)`, h over x, is in lstmlib.
    """
    return np.tanh(W @ join(h, x) + b)


def rnn_forward(W, b, xs, h0):
    """A whole sequence: an RNN reads xs step by step, from the state h0 on, always with the same W and b.

    W (H, H+D), b (H, 1), xs (T, D, B), h0 (H, B); returns the hidden states after each step in one array
    (T, H, B): the first is the state after xs[0] (h0 itself is not among them), the last that after xs[T-1].
    Your own rnn_step may be used.
    """
    hs = []
    h = h0
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        hs.append(h)
    return np.stack(hs)


def read_out(V, b_y, h):
    """What the network says at a step: V h + b_y, one score for each class.

    V (K, H), b_y (K, 1), h (H, B) the hidden state; returns the scores y (K, B), of any size.
    """
    return V @ h + b_y


def softmax(y):
    """Scores to probabilities: exp(y) / Σ exp(y), over the classes, for scores of any size.

    y (K, B): one column of K scores for each example; returns p (K, B), positive, each column with the sum 1.
    Scores of 1000 must not overflow: exp(1000) is infinite, but adding the same number to all scores of a
    column changes nothing.
    """
    e = np.exp(y - y.max(0, keepdims=True))
    return e / e.sum(0, keepdims=True)


def forward_inputs(rng, n):
    """W, b, xs, h0: weights small enough that every step is still seen at the end."""
    W, b = rng.normal(size=(n.H, n.H + n.D)) / np.sqrt(n.H), rng.normal(size=(n.H, 1)) / 2
    yield W, b, rng.normal(size=(n.T, n.D, n.B)), rng.uniform(-1, 1, (n.H, n.B))


def forward_corners(rng, n):
    """One step; and states driven to ±1."""
    W, b, xs, h0 = next(forward_inputs(rng, n))
    yield W, b, xs, h0
    yield 40 * W, 0 * b, np.concatenate([xs, -xs, 0 * xs]), 0 * h0


def read_out_inputs(rng, n):
    """V, b_y, h: all random, none zero."""
    yield rng.normal(size=(n.K, n.H)), rng.normal(size=(n.K, 1)), rng.uniform(-1, 1, (n.H, n.B))


def read_out_corners(rng, n):
    """One example; scores far beyond what a state can be."""
    V, b_y, h = next(read_out_inputs(rng, n))
    yield V, b_y, h[:, :1]
    yield 40 * V, 40 * b_y, np.sign(h)


def softmax_inputs(rng, n):
    """Scores of ordinary size, and of sizes that overflow: sixty-fourths, which float32 holds exactly."""
    y = np.round(64 * rng.normal(size=(n.K, n.B))) / 64
    yield (y,)
    yield (y[::-1] + 1000 * (n.B != 3) - 1500 * (n.B == 6),)
    yield (y + np.where(np.arange(n.K)[:, None] < 2, 2000, 0) + 3000 * np.arange(n.B),)


def softmax_corners(rng, n):
    """Equal scores, one class alone, and one score far above all others."""
    yield (np.full((n.K, n.B), 3.0),)
    yield (rng.normal(size=(1, 2)),)
    yield (np.where(np.arange(n.K)[:, None] == 1, 1000.0, -1000.0),)


EXERCISES = (
    Exercise(rnn_step, gate_inputs, gate_corners, "h", "(H, B)", line="rnn"),
    Exercise(rnn_forward, forward_inputs, forward_corners, "hs", "(T, H, B)", line="each-step",
             look=lambda f, *args: {"hs": np.asarray(f(*args))}),
    Exercise(read_out, read_out_inputs, read_out_corners, "y", "(K, B)", line="outputs"),
    Exercise(softmax, softmax_inputs, softmax_corners, "p", "(K, B)", line="outputs"),
)


def remember_one(W, b):
    """One tanh unit that remembers whether it has ever seen a 1.

    h_t = tanh(W·[h_{t-1}, x_t] + b), x_t is 0 or 1, and h starts at 0. After every step, for 20 steps at
    least, h must be above 0.5 if there has been a 1, and below 0.5 if not. Returns W (1, 2), whose columns
    meet h and x; and b (1, 1).
    """
    for rows in rows_of_symbols(2, 20, np.random.default_rng(1)):
        h, seen = np.zeros(rows.shape[1]), np.zeros(rows.shape[1], bool)
        for t, x in enumerate(rows):
            h = np.tanh(W @ np.stack([h, x]) + b)[0]
            seen |= x == 1
            bad = np.flatnonzero((h > 0.5) != seen)
            if bad.size:
                k = bad[0]
                row = " ".join(map(str, rows[:t + 1, k]))
                just = seen[k] and not rows[:t, k].any()
                return (f"after “{row}” the unit says {h[k]:.2f}: " + (
                            "it has not noticed the 1." if just else "it has forgotten the 1." if seen[k] else
                            "it believes in a 1 that never came."),
                        f"après « {row} », l'unité dit {h[k]:.2f} : " + (
                            "elle n'a pas remarqué le 1." if just else "elle a oublié le 1." if seen[k] else
                            "elle croit à un 1 qui n'est jamais venu."))
    return None


def remember_one_weights():
    """An accepted answer."""
    W = np.array([[2.0, 3.0]])
    b = np.array([[0.0]])
    return W, b


PUZZLES = (
    Puzzle(remember_one_weights, {"W": (1, 2), "b": (1, 1)}, remember_one),
)
