"""Exercises of chapter 00, start here."""

import numpy as np

from workbook.judge import Exercise

# --- exercises and puzzles ----------------------------------------------------------------------------------


def first_gate(a):
    """σ, the function that every gate of this course is made of: σ(a) = 1 / (1 + exp(-a)).

    a: an array of any shape; returns an array of the same shape, with numbers between 0 (shut) and 1 (open).
    """
    return 1 / (1 + np.exp(-a))


def gate_inputs(rng, n):
    """Pre-activations of ordinary size."""
    yield (2 * rng.normal(size=(n.H, n.B)),)


def gate_corners(rng, n):
    """As large as exp can take, and zero."""
    yield (np.array([[-700.0, -40.0, 0.0, 40.0, 700.0]]),)


EXERCISES = (
    Exercise(first_gate, gate_inputs, gate_corners, "f", "(H, B)", line="sigmoid"),
)

PUZZLES = ()
