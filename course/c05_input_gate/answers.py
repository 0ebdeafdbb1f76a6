"""Exercises of chapter 05, the input gate."""

import numpy as np

from course.shared.inputs import gate_corners, gate_inputs, rows_of_symbols
from lstmlib.cells import join, sigmoid
from workbook.judge import Exercise, Puzzle

# --- exercises and puzzles ----------------------------------------------------------------------------------


def candidate(W_g, b_g, h, x):
    """The candidate g = tanh(W_g·[h, x] + b_g), c̃ on the sheet: what to store, if it is stored.

    W_g (H, H+D), b_g (H, 1), h (H, B), x (D, B); returns g (H, B), each number between -1 and 1.
    """
    return np.tanh(W_g @ join(h, x) + b_g)


EXERCISES = (
    Exercise(candidate, gate_inputs, gate_corners, "g", "(H, B)", line="candidate"),
)


def marked_and_which(W, b):
    """One unit that writes what is marked, up for an A, down for a B, and nothing else: a product says AND.

    One step. x holds three numbers, 0 or 1: it is an A, it is a B, it is marked. You choose the input gate i =
    σ(W[0]·x + b[0]) and the candidate g = tanh(W[1]·x + b[1]). i * g must be above 0.9 for a marked A, below
    -0.9 for a marked B, between -0.05 and 0.05 without a mark. Returns W (2, 1, 3), for i and g, whose columns
    meet A, B, mark; and b (2, 1, 1).
    """
    for symbol, x in enumerate(np.eye(2)):
        for mark in (0, 1):
            a = W @ np.array([[*x, mark]]).T + b
            wrote, name = (sigmoid(a[0]) * np.tanh(a[1])).item(), "AB"[symbol]
            wanted = ("-0.05 < i * g < 0.05", "i * g > 0.9", "i * g < -0.9")[mark * (1 + symbol)]
            if not (abs(wrote) < 0.05, wrote > 0.9, wrote < -0.9)[mark * (1 + symbol)]:
                en, fr = ("a marked", "marqué") if mark else ("an unmarked", "non marqué")
                return (f"for {en} {name}, i * g is {wrote:.2f}; wanted is {wanted}.",
                        f"pour un {name} {fr}, i * g vaut {wrote:.2f} ; on veut {wanted}.")
    return None


def marked_and_which_weights():
    """An accepted answer."""
    W, b = np.zeros((2, 1, 3)), np.zeros((2, 1, 1))
    W[0, 0, 2], b[0] = 20, -10                   # whether: is there a mark?
    W[1, 0] = 5, -5, 0                           # what: up for A, down for B
    return W, b


def first_symbol(W, b):
    """Two units that store the first symbol seen, A or B, and ignore the rest.

    At each step comes an A, x = [1, 0], or a B, x = [0, 1], or nothing, x = [0, 0]. Nothing is forgotten: c_t
    = c_{t-1} + i_t * g_t, h_t = tanh(c_t), both 0 at the start. You choose the input gate and the candidate
    of both units: i = σ(W[0]·[h, x] + b[0]), g = tanh(W[1]·[h, x] + b[1]). For 20 steps, after every step:
    h[0] must be above 0.5 if the first symbol was an A, else below 0.5; h[1] above 0.5 if it was a B, else
    below 0.5. Returns W (2, 2, 4), whose rows are the two units, and whose columns meet h[0], h[1], x[0],
    x[1]; and b (2, 2, 1).
    """
    for rows in rows_of_symbols(3, 20, np.random.default_rng(5)):
        c, first = np.zeros((2, rows.shape[1])), np.zeros(rows.shape[1], int)
        for t, symbol in enumerate(rows):
            z = join(np.tanh(c), np.stack([symbol == 1, symbol == 2]))
            c = c + sigmoid(W[0] @ z + b[0]) * np.tanh(W[1] @ z + b[1])
            first = np.where(first == 0, symbol, first)
            h = np.tanh(c)
            bad = np.flatnonzero(((h > 0.5) != np.stack([first == 1, first == 2])).any(0))
            if bad.size:
                k = bad[0]
                row = " ".join("–AB"[s] for s in rows[:t + 1, k])
                told, dit = (f"({h[0, k]:.2f}{mark} {h[1, k]:.2f})" for mark in (",", " ;"))
                wanted = f"h[0] {'>' if first[k] == 1 else '<'} 0.5, h[1] {'>' if first[k] == 2 else '<'} 0.5"
                en, fr = ((f"the first symbol was {'–AB'[first[k]]}", f"le premier symbole était "
                                                                      f"{'–AB'[first[k]]}") if first[k]
                          else ("nothing has come yet", "rien n'est encore venu"))
                return (f"after “{row}” (– is nothing) h is {told}; wanted is {wanted}, as {en}.",
                        f"après « {row} » (– : rien), h vaut {dit} ; on veut {wanted}, "
                        f"car {fr}.")
    return None


def first_symbol_weights():
    """An accepted answer."""
    W, b = np.zeros((2, 2, 4)), np.zeros((2, 2, 1))
    W[0, :, :2] = -20                            # whatever is remembered shuts both gates
    b[0] = 5
    W[1, 0, 2] = W[1, 1, 3] = 5                  # A goes to the first unit, B to the second
    return W, b


PUZZLES = (
    Puzzle(marked_and_which_weights, {"W": (2, 1, 3), "b": (2, 1, 1)}, marked_and_which),
    Puzzle(first_symbol_weights, {"W": (2, 2, 4), "b": (2, 2, 1)}, first_symbol),
)
