"""Exercises of chapter 06, the cell state."""

import numpy as np

from course.shared.inputs import rows_of_symbols
from lstmlib.cells import sigmoid
from workbook.judge import Exercise, Puzzle

# --- exercises and puzzles ----------------------------------------------------------------------------------


def cell_update(f, c, i, g):
    """The new memory: what is kept of the old one, and what is added, unit by unit.

    f, i (H, B) the forget and the input gate, c (H, B) the old cell state, g (H, B) the candidate; returns
    the new cell state (H, B), of any size: nothing is squashed. The old c must be left as it is.
    """
    return f * c + i * g


def carousel(fs):
    """How far a change of the memory is still felt at the last step, along the belt: ∂c_T/∂c_t, for all t.

    fs (T, H, B): fs[t] is the forget gate that made c[t] out of c[t-1]. Returns d (T, H, B), d[t] =
    ∂c[T-1]/∂c[t] along c alone (the paths through the gates are left out): the product of fs[t+1] … fs[T-1].
    So d[T-1] is 1.
    """
    d = np.ones_like(fs)
    for t in reversed(range(len(fs) - 1)):
        d[t] = d[t + 1] * fs[t + 1]
    return d


def cell_inputs(rng, n):
    """f, c, i, g: gates between 0 and 1, a memory beyond 1, a candidate between -1 and 1."""
    f, i = rng.uniform(0.05, 0.95, (2, n.H, n.B))
    yield f, 2 * rng.normal(size=(n.H, n.B)), i, rng.uniform(-1, 1, (n.H, n.B))


def cell_corners(rng, n):
    """Gates shut and wide open, a memory of 1000, and none."""
    yield np.array([[0.0], [1.0], [1.0]]), np.array([[1000.0], [-1000.0], [0.0]]), np.array(
        [[1.0], [1.0], [0.0]]), np.array([[-1.0], [1.0], [0.5]])


def belt_inputs(rng, n):
    """Forget gates that let something through."""
    yield (rng.uniform(0.3, 1.0, (n.T, n.H, n.B)),)


def belt_corners(rng, n):
    """One moment alone; gates shut for a moment, and gates always open."""
    fs = rng.uniform(0.3, 1.0, (5, n.H, n.B))
    yield (fs[:1],)
    yield (np.where(np.arange(5)[:, None, None] == [[2], [0], [4]], 0.0, fs),)
    yield (np.ones_like(fs),)


EXERCISES = (
    Exercise(cell_update, cell_inputs, cell_corners, "c", "(H, B)", line="cell"),
    Exercise(carousel, belt_inputs, belt_corners, "d", "(T, H, B)", line="cell",
             look=lambda f, fs: {"d": np.asarray(f(fs))}, backwards=True),
)


def brackets(W, b):
    """A counter of brackets, which rings when all that were opened are closed.

    At each step comes an opening bracket, x = [1, 0], a closing one, x = [0, 1], or another letter, x = [0,
    0]; never more are closed than were opened. One unit: c_t = f_t * c_{t-1} + i_t * g_t, h_t = tanh(c_t),
    both 0 at the start. You choose f, i = σ(…) and g = tanh(…) of W[k]·[h, x] + b[k]. After every step h must
    be below 0.5 if no bracket is open (the bell), above 0.5 if one or more are; up to ten deep, for 40 steps.
    Returns W (3, 1, 3), for f, i, g, whose columns meet h, x[0], x[1]; and b (3, 1, 1).
    """
    rng = np.random.default_rng(6)
    walks = [rows[:, _well_formed(rows)] for rows in rows_of_symbols(3, 7, rng)] + [_walk(rng, 40, 200)]
    for rows in walks:
        c, depth = np.zeros(rows.shape[1]), np.zeros(rows.shape[1], int)
        for t, symbol in enumerate(rows):
            a = W @ np.stack([np.tanh(c), symbol == 1, symbol == 2]) + b
            f, i = sigmoid(a[:2, 0])
            c = f * c + i * np.tanh(a[2, 0])
            depth = depth + (symbol == 1) - (symbol == 2)
            h = np.tanh(c)
            bad = np.flatnonzero((h > 0.5) != (depth > 0))
            if bad.size:
                k = bad[0]
                row = "".join("a()"[s] for s in rows[:t + 1, k])
                return (f"after “{row}” {depth[k]} are open and h is {h[k]:.2f}: "
                        + ("the bell rings too early." if depth[k] else
                           "the bell should ring, and does not."),
                        f"après « {row} », {depth[k]} restent ouvertes et h vaut {h[k]:.2f} : "
                        + ("la cloche sonne trop tôt." if depth[k] else
                           "la cloche devrait sonner, et ne sonne pas."))
    return None


def _well_formed(rows):
    return ((np.cumsum((rows == 1).astype(int) - (rows == 2), axis=0)) >= 0).all(0)


def _walk(rng, T, B):
    """Random rows that go up to ten deep and never below the ground."""
    rows, depth = np.zeros((T, B), int), np.zeros(B, int)
    for t in range(T):
        rows[t] = rng.choice(3, B, p=[0.1, 0.55, 0.35] if t < T // 2 else [0.1, 0.25, 0.65])
        rows[t] = np.where((rows[t] == 2) & (depth == 0) | (rows[t] == 1) & (depth == 10), 0, rows[t])
        depth += (rows[t] == 1).astype(int) - (rows[t] == 2)
    return rows


def brackets_weights():
    """An accepted answer."""
    W, b = np.zeros((3, 1, 3)), np.zeros((3, 1, 1))
    b[:2] = 20                                   # nothing is forgotten, everything is written
    W[2, 0] = 0, 5, -5                           # one up, one down
    return W, b


PUZZLES = (
    Puzzle(brackets_weights, {"W": (3, 1, 3), "b": (3, 1, 1)}, brackets),
)
