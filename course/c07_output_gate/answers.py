"""Exercises of chapter 07, the output gate."""

import numpy as np

from course.shared.inputs import rows_of_symbols
from lstmlib.cells import LSTM, State
from workbook.judge import Exercise, Puzzle

# --- exercises and puzzles ----------------------------------------------------------------------------------


def hidden(o, c):
    """What the cell says: h = o * tanh(c), unit by unit.

    o (H, B) the output gate, c (H, B) the new cell state, of any size; returns h (H, B), each number between
    -1 and 1.
    """
    return o * np.tanh(c)


def gate_and_memory(rng, n):
    """o between 0 and 1, a memory beyond 1."""
    yield rng.uniform(0.05, 0.95, (n.H, n.B)), 2 * rng.normal(size=(n.H, n.B))


def hidden_corners(rng, n):
    """Gates shut and wide open; a memory of 1000, and none."""
    yield np.array([[0.0], [1.0], [1.0]]), np.array([[1000.0], [-1000.0], [0.0]])


def gate_for(h, c):
    """The output gate at which a cell that holds c says h, or comes as near to it as a gate can.

    h (H, B) what it should say, c (H, B) the new cell state, never 0; returns o (H, B), each number between
    0 and 1.
    """
    return np.clip(h / np.tanh(c), 0, 1)


def said_and_memory(rng, n):
    """What a gate can make a memory say, what would take a louder one, and what one of the other sign."""
    c = rng.choice([-1, 1], (n.H, n.B)) * rng.uniform(0.3, 3, (n.H, n.B))
    yield rng.uniform(0.05, 0.95, (n.H, n.B)) * np.tanh(c), c
    yield rng.uniform(-1, 1, (n.H, n.B)), c


def gate_for_corners(rng, n):
    """Silence, all that there is, more than there is, and the contrary."""
    yield np.array([[0.0], [np.tanh(0.5)], [1.0], [-0.5]]), np.array([[2.0], [0.5], [0.5], [2.0]])


EXERCISES = (
    Exercise(hidden, gate_and_memory, hidden_corners, "h", "(H, B)", line="hidden"),
    Exercise(gate_for, said_and_memory, gate_for_corners, "o", "(H, B)", line="hidden"),
)


def when_asked(W, b):
    """One LSTM unit that keeps a secret, +1 or -1, and says it only when asked.

    At each step comes x = [v, store, ask]: v is +1 or -1; with store = 1 it is the new secret, which takes
    the place of the old one; else it is noise. With ask = 1 the unit must say the secret at that very step:
    h above 0.5 for +1, below -0.5 for -1 (a secret stored at the same step counts). At every other step,
    and as long as nothing has been stored, it must be silent: h between -0.2 and 0.2. For 20 steps; h and c
    are 0 at the start. Returns W (4, 1, 4), for the gates f, i, o, g, whose columns meet h, v, store, ask;
    and b (4, 1, 1).
    """
    for rows in rows_of_symbols(8, 20, np.random.default_rng(7)):
        B = rows.shape[1]
        s, secret = State(np.zeros((1, B)), np.zeros((1, B))), np.zeros(B)
        for t, symbol in enumerate(rows):
            v, store, ask = 2 * (symbol & 1) - 1, symbol >> 1 & 1, symbol >> 2
            s, _ = LSTM.step({"W": W, "b": b}, s, np.stack([v, store, ask]).astype(float))
            secret = np.where(store, v, secret)
            wanted, h = secret * ask, s.h[0]
            bad = np.flatnonzero(np.where(wanted == 0, np.abs(h) > 0.2, h * wanted <= 0.5))
            if bad.size:
                k = bad[0]
                en = ", ".join(_told(q, ("noise", "store", "ask")) for q in rows[:t + 1, k])
                fr = ", ".join(_told(q, ("bruit", "garde", "question")) for q in rows[:t + 1, k])
                told = ((f"the secret {wanted[k]:+.0f} was asked for",
                         f"on demandait le secret {wanted[k]:+.0f}")
                        if wanted[k] else ("it should be silent", "elle devrait se taire"))
                return (f"after “{en}” h is {h[k]:.2f}: {told[0]}.", f"après « {fr} », h vaut {h[k]:.2f} : "
                                                                     f"{told[1]}.")
    return None


def _told(symbol, words):
    noise, store, ask = words
    value = f"{'+' if symbol & 1 else '−'}1"
    return (f"{store} {value}" if symbol & 2 else f"{noise} {value}") + (f" + {ask}" if symbol & 4 else "")


def when_asked_weights():
    """An accepted answer."""
    W, b = np.zeros((4, 1, 4)), np.zeros((4, 1, 1))
    W[0, 0, 2], b[0] = -20, 10                   # kept, until something new is stored
    W[1, 0, 2], b[1] = 20, -10                   # written only with store
    W[2, 0, 3], b[2] = 20, -10                   # said only with ask
    W[3, 0, 1] = 5                               # what is written is v
    return W, b


PUZZLES = (
    Puzzle(when_asked_weights, {"W": (4, 1, 4), "b": (4, 1, 1)}, when_asked),
)
