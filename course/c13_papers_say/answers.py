"""The exercise of chapter 13, a rule of success of 1997; and words that are right and wrong in every way."""
import numpy as np

from workbook.judge import Exercise

# --- the exercise -------------------------------------------------------------------------------------------


def words_right(y, legal, mask):
    """Which words are right at every letter, by the rule of 1997.

    y (T, K, B): how active each letter is, as the next one; legal (T, K, B): True for the letters that may come next,
    at each step at least one and not all; mask (T, B): 1.0 where a step counts, 0.0 after the end of a word, whatever
    y and legal hold there. A step is right if each letter that may come next is more active than each that may not.
    Returns right (B,): 1.0 for a word that is right at every step that counts, 0.0 for any other.
    """
    least = np.where(legal, y, np.inf).min(axis=1)
    most = np.where(legal, -np.inf, y).max(axis=1)
    step = (least > most) | (mask == 0)
    right = step.all(axis=0)
    return right.astype(float)


# --- the inputs ---------------------------------------------------------------------------------------------

RIGHT, SECOND, ALL_WRONG, LAST, FIRST, AFTER, TIE, ONE = range(8)     # what befalls a word


def words(rng, n, kinds, full=False):
    """One word for each of these kinds, (y, legal, mask): activities around 0, below it at the second word."""
    B, T = len(kinds), n.T
    two = np.argsort(rng.normal(size=(T, n.K, B)), axis=1) < 2
    y = rng.uniform(0.1, 1, (T, n.K, B)) + 2 * two - 1.2 * rng.uniform(0, 1, B)
    length = np.full(B, T) if full else rng.integers(max(1, T - 2), T, B)
    mask = (np.arange(T)[:, None] < length).astype(float)
    for b, kind in enumerate(kinds):
        last, after = length[b] - 1, slice(length[b], T)
        legal, other = (np.flatnonzero(two[0, :, b] == so) for so in (True, False))
        if kind == SECOND:                             # the most active may come next, the second may not
            y[0, other[0], b] = y[0, legal, b].mean()
        elif kind == TIE:
            y[0, other[0], b] = y[0, legal, b].min()
        elif kind == ALL_WRONG:
            y[:length[b], :, b] *= -1
        elif kind == FIRST:
            y[0, :, b] *= -1
        elif kind == ONE:                              # one step is right
            y[1:length[b], :, b] *= -1
        elif kind == LAST:
            y[last, :, b] *= -1
        elif kind == AFTER:
            y[after, :, b] *= -1
    return y, two, mask


def spoken(rng, n):
    """Every kind of word, as many at a time as there are examples; words that fill the rectangle."""
    kinds = [AFTER, SECOND, RIGHT, LAST, FIRST, ALL_WRONG, TIE, RIGHT, SECOND, AFTER, ONE, LAST, RIGHT]
    for k in range(0, len(kinds), n.B):
        yield words(rng, n, [kinds[(k + b) % len(kinds)] for b in range(n.B)])
    yield words(rng, n, [(RIGHT, LAST, FIRST)[b % 3] for b in range(n.B)], full=True)


def spoken_corners(rng, n):
    """One step; a word that fills the rectangle; one step alone that counts; activities close together, far above 0."""
    yield words(rng, n, [RIGHT], full=True)
    yield words(rng, n, [SECOND], full=True)
    yield words(rng, n._replace(T=4), [RIGHT, TIE, LAST], full=True)
    y, legal, mask = words(rng, n, [RIGHT, SECOND], full=True)
    yield 10 + y / 10, legal, mask


EXERCISES = (
    Exercise(words_right, spoken, spoken_corners, "right", "(B,)", line="criterion"),
)

PUZZLES = ()
