"""Exercises of chapter 04, the forget gate."""

import numpy as np

from course.shared.inputs import gate_corners, gate_inputs, rows_of_symbols
from lstmlib.cells import join, sigmoid
from workbook.judge import Exercise, Puzzle

# --- exercises and puzzles ----------------------------------------------------------------------------------


def forget_gate(W_f, b_f, h, x):
    """The forget gate f = σ(W_f·[h, x] + b_f).

    W_f (H, H+D), b_f (H, 1), h (H, B) the hidden state of the moment before, x (D, B) the input; returns f
    (H, B), each number between 0 (forget) and 1 (keep). `sigmoid` and `join` (h over x) are in lstmlib.
    """
    return sigmoid(W_f @ join(h, x) + b_f)


def half_life(f):
    """The half-life of a memory multiplied by f at every step: after how many steps is half of it left?

    f: one number strictly between 0 and 1; returns one number, the n with f**n = 1/2 (a fraction, not
    rounded).
    """
    return -1 / np.log2(f)


def bias_for(half_life):
    """The forget gate's bias for a memory of this half-life, if nothing else speaks to the gate: f = σ(b).

    half_life: one number of steps, > 0; returns one number b, with half_life(σ(b)) = half_life.
    """
    f = 2 ** (-1 / half_life)
    return np.log(f / (1 - f))


EXERCISES = (
    Exercise(forget_gate, gate_inputs, gate_corners, "f", "(H, B)", line="forget"),
    Exercise(half_life, lambda rng, n: ((float(f),) for f in rng.uniform(0.05, 0.995, 2)),
             lambda rng, n: ((f,) for f in (1e-9, 0.5, 1 - 1e-6)), "half_life", "()", line="filter"),
    Exercise(bias_for, lambda rng, n: ((float(half),) for half in rng.uniform(0.3, 80, 2)),
             lambda rng, n: ((half,) for half in (0.02, 1.0, 1e5)), "b", "()", line="filter"),
)


def latch(W_f, b_f):
    """A latch with reset: one unit that remembers that it was set, until it is reset.

    The memory is c_t = f_t * c_{t-1} + set_t, and h_t = tanh(c_t); it starts with c = h = 0. You choose the
    forget gate, f_t = σ(W_f·[h_{t-1}, set_t, reset_t] + b_f), where set and reset are 0 or 1. After every
    step c must be above 0.5 if there was a set since the last reset (a set in the same moment as a reset
    counts: it comes after), and below 0.5 if not. It must hold for 20 steps, and also when it was set many
    times. Returns W_f (1, 3), whose columns meet h, set, reset; and b_f (1, 1).
    """
    for rows in rows_of_symbols(4, 20, np.random.default_rng(4)):
        c = np.zeros(rows.shape[1])
        on = np.zeros(rows.shape[1], bool)
        for t, symbol in enumerate(rows):
            set_, reset = symbol % 2, symbol // 2
            f = sigmoid(W_f @ np.stack([np.tanh(c), set_, reset]) + b_f)[0]
            c = f * c + set_
            on = set_.astype(bool) | (on & (reset == 0))
            bad = np.flatnonzero((c > 0.5) != on)
            if bad.size:
                k, t = bad[0], t + 1
                en, fr = (", ".join(names[s] for s in rows[:t, k]) for names in (("nothing",
                                                                                  "set", "reset",
                                                                                  "set and reset"),
                                                                               ("rien", "set",
                                                                                "reset", "set et reset")))
                return ((f"after “{en}” the memory is {c[k]:.2f}, and should be "
                         f"{'above' if on[k] else 'below'} 0.5: "
                         + ("it leaks, or lost what it should keep." if on[k] else "it was not emptied.")),
                        (f"après « {fr} », la mémoire vaut {c[k]:.2f}" +
                         f", alors qu'elle devrait être {'au-dessus' if on[k] else 'au-dessous'} de 0,5 : "
                         + ("elle fuit, ou a perdu ce qu'elle devait garder." if on[k] else
                            "elle n'a pas été vidée.")))
    return None


def latch_weights():
    """An accepted answer."""
    W_f = np.array([[0.0, 0.0, -20.0]])
    b_f = np.array([[10.0]])
    return W_f, b_f


PUZZLES = (
    Puzzle(latch_weights, {"W_f": (1, 3), "b_f": (1, 1)}, latch),
)
