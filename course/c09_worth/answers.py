"""The puzzles of chapter 09."""
import numpy as np

from course.shared.inputs import rows_of_symbols
from lstmlib.cells import LSTM, State
from workbook.judge import Puzzle

EXERCISES = ()


def accumulator(W, b):
    """One LSTM unit that adds up what it is given, until it is told to empty itself.

    At each step comes x = [v, empty]: v is -1, 0 or 1; with empty = 1 the sum starts anew, with this very v.
    After every step the cell state c must be within 0.5 of the sum of all v since then (rounded, it is the
    sum). For 40 steps; h and c are 0 at the start. Returns W (4, 1, 3), for the gates f, i, o, g, whose
    columns meet h, v, empty; and b (4, 1, 1).
    """
    rng = np.random.default_rng(8)
    for rows in (*rows_of_symbols(6, 12, rng), rng.choice(6, (40, 200), p=(0.1, 0.2, 0.6, 0.02, 0.03, 0.05))):
        B = rows.shape[1]
        s, total = State(np.zeros((1, B)), np.zeros((1, B))), np.zeros(B)
        for t, symbol in enumerate(rows):
            v, empty = symbol % 3 - 1, symbol // 3
            s, _ = LSTM.step({"W": W, "b": b}, s, np.stack([v, empty]).astype(float))
            total = np.where(empty, 0, total) + v
            bad = np.flatnonzero(np.abs(s.c[0] - total) >= 0.5)
            if bad.size:
                k = bad[0]
                row = [(f"{q % 3 - 1:+d}".replace("+0", "0"), q // 3) for q in rows[:t + 1, k]]
                en, fr = (", ".join(v + word * e for v, e in row) for word in (" and empty", " et vide"))
                return (f"after “{en}” c is {s.c[0, k]:.2f}, and should be near {int(total[k])}.",
                        f"après « {fr} », c vaut {s.c[0, k]:.2f}" + f", et devrait être proche de "
                                                                    f"{int(total[k])}.")
    return None


def accumulator_weights():
    """An accepted answer."""
    W, b = np.zeros((4, 1, 3)), np.zeros((4, 1, 1))
    W[0, 0, 2], b[0] = -40, 20                   # kept, unless empty
    b[1] = 20                                    # always written
    W[3, 0, 1] = 4                               # v itself, nearly
    return W, b


def toggle(W, b):
    """One LSTM unit that each 1 turns over.

    At each step comes x, 0 or 1. After every step the hidden state h must be above 0.5 if the number of ones so far
    is odd, and below 0.5 if it is even. For 40 steps; h and c are 0 at the start. Returns W (4, 1, 2), for the gates
    f, i, o, g, whose columns meet h and x; and b (4, 1, 1).
    """
    rng = np.random.default_rng(9)
    for rows in (*rows_of_symbols(2, 12, rng), rng.integers(2, size=(40, 200)), np.ones((40, 1), int)):
        s, ones = State(*np.zeros((2, 1, rows.shape[1]))), 0
        for t, x in enumerate(rows):
            s, _ = LSTM.step({"W": W, "b": b}, s, x[None].astype(float))
            ones = ones + x
            bad = np.flatnonzero((s.h[0] > 0.5) != ones % 2)
            if bad.size:
                k = bad[0]
                row, odd = ", ".join(map(str, rows[:t + 1, k])), ones[k] % 2
                return (f"after “{row}” h is {s.h[0, k]:.2f}, and should be {'above' if odd else 'below'} 0.5.",
                        f"après « {row} », h vaut {s.h[0, k]:.2f}, et devrait être "
                        f"{'au-dessus' if odd else 'au-dessous'} de 0,5.")
    return None


def toggle_weights():
    """An accepted answer."""
    W, b = np.zeros((4, 1, 2)), np.zeros((4, 1, 1))
    W[0, 0, 1], b[0] = -40, 20                   # forgotten at a 1, else kept
    W[1, 0, 1], b[1] = 40, -20                   # and written anew
    b[2] = 20
    W[3, 0, 0], b[3] = -40, 15                   # +1 or −1, whichever c is not
    return W, b


PUZZLES = (
    Puzzle(accumulator_weights, {"W": (4, 1, 3), "b": (4, 1, 1)}, accumulator),
    Puzzle(toggle_weights, {"W": (4, 1, 2), "b": (4, 1, 1)}, toggle),
)
