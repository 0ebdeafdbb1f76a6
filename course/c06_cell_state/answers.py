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


def car_park(W, b):
    """A counter that stops at three: is the car park full?

    At each step a car wants in, x = [1, 0], or one comes out, x = [0, 1], or nothing happens, x = [0, 0]. There
    are three places; a car that finds them taken drives on, and out comes only what is in. One unit: c_t = f_t *
    c_{t-1} + i_t * g_t, h_t = tanh(c_t), both 0 at the start. You choose f, i = σ(…) and g = tanh(…) of
    W[k]·[h, x] + b[k]. After every step h must be above 0.5 if three cars are in, else below 0.5; for 40 steps.
    Returns W (3, 1, 3), for f, i, g, whose columns meet h, x[0], x[1]; and b (3, 1, 1).
    """
    rng = np.random.default_rng(6)
    for rows in [*rows_of_symbols(3, 7, rng), rng.choice(3, (40, 200), p=[0.1, 0.55, 0.35])]:
        c, parked = np.zeros(rows.shape[1]), np.zeros(rows.shape[1], int)
        for t, row in enumerate(rows):
            symbol = np.where((row == 2) & (parked == 0), 0, row)
            a = W @ np.stack([np.tanh(c), symbol == 1, symbol == 2]) + b
            f, i = sigmoid(a[:2, 0])
            c = f * c + i * np.tanh(a[2, 0])
            parked = np.minimum(3, parked + (symbol == 1)) - (symbol == 2)
            h, rows[t] = np.tanh(c), symbol
            bad = np.flatnonzero((h > 0.5) != (parked == 3))
            if bad.size:
                k = bad[0]
                en, fr = (", ".join(words[s] for s in rows[:t + 1, k])
                          for words in (("nothing", "in", "out"), ("rien", "entrée", "sortie")))
                return (f"after “{en}” the number of places taken is {parked[k]} of 3, and h is {h[k]:.2f}.",
                        f"après « {fr} », le nombre de places prises est de {parked[k]} sur 3, et h vaut {h[k]:.2f}.")
    return None


def car_park_weights():
    """An accepted answer."""
    W, b = np.zeros((3, 1, 3)), np.zeros((3, 1, 1))
    b[0] = 20                                    # nothing is forgotten
    W[1, 0], b[1] = (-200, 0, 200), 100          # open below h = 0.5; and whenever a car comes out
    W[2, 0, 1:] = 0.22, -0.22                    # small steps: two of them stay below 0.5, three do not
    return W, b


PUZZLES = (
    Puzzle(car_park_weights, {"W": (3, 1, 3), "b": (3, 1, 1)}, car_park),
)
