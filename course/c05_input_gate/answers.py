"""Exercises of chapter 05, the input gate."""

import numpy as np

from course.shared.inputs import gate_corners, gate_inputs, rows_of_symbols
from lstmlib.cells import join, sigmoid
from workbook.judge import Exercise, Puzzle

# --- exercises and puzzles ----------------------------------------------------------------------------------


def input_gate(W_i, b_i, h, x):
    """The input gate i = σ(W_i·[h, x] + b_i): whether to store.

    W_i (H, H+D), b_i (H, 1), h (H, B) the hidden state of the moment before, x (D, B) the input; returns i
    (H, B), each number between 0 (nothing is written) and 1 (all is).
    """
    return sigmoid(W_i @ join(h, x) + b_i)


def candidate(W_g, b_g, h, x):
    """The candidate g = tanh(W_g·[h, x] + b_g), c̃ on the sheet: what to store, if it is stored.

    W_g (H, H+D), b_g (H, 1), h (H, B), x (D, B); returns g (H, B), each number between -1 and 1.
    """
    return np.tanh(W_g @ join(h, x) + b_g)


def written(i, g):
    """What is added to the memory: the candidate g, let through by the input gate i, unit by unit.

    i (H, B) between 0 and 1, g (H, B) between -1 and 1; returns an array (H, B).
    """
    return i * g


def gate_and_candidate(rng, n):
    """i between 0 and 1, g between -1 and 1."""
    yield rng.uniform(0.05, 0.95, (n.H, n.B)), rng.uniform(-1, 1, (n.H, n.B))


def written_corners(rng, n):
    """Gates shut and wide open; candidates at their ends and at 0."""
    yield np.array([[0.0], [1.0], [1.0]]), np.array([[1.0], [-1.0], [0.0]])


EXERCISES = (
    Exercise(input_gate, gate_inputs, gate_corners, "i", "(H, B)", line="input"),
    Exercise(candidate, gate_inputs, gate_corners, "g", "(H, B)", line="candidate"),
    Exercise(written, gate_and_candidate, written_corners, "written", "(H, B)", line="written"),
)


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
    Puzzle(first_symbol_weights, {"W": (2, 2, 4), "b": (2, 2, 1)}, first_symbol),
)
