"""Exercises of chapter 12, what came after: one moment of a minLSTM and of an sLSTM, two steps in one, a look back."""
import numpy as np

from workbook.judge import Exercise

# --- exercises ----------------------------------------------------------------------------------------------


def min_update(f, i, g, h):
    """What a minLSTM holds after a step.

    f, i (H, B): its gates, each between 0 and 1, not yet scaled; g (H, B) the candidate; h (H, B) what it held
    before. Returns the new h (H, B), to which the old h and g contribute in shares that add up to 1.
    """
    a = f / (f + i)
    b = i / (f + i)
    return a * h + b * g


def two_in_one(a1, b1, a2, b2):
    """Two steps h → a * h + b as a single one.

    a1, b1 (H, B): the step that comes first; a2, b2 (H, B): the one that follows. Returns a and b (H, B), such
    that a * h + b is what the two steps make of any h.
    """
    a = a2 * a1
    b = a2 * b1 + b2
    return a, b


def weigh(log_f, a, g, c, n, m):
    """What an sLSTM holds after a step, in a unit in which exp stays small.

    log_f (H, B): the logarithm of the forget gate; a (H, B): what is asked of the input gate, whose value is
    exp(a); g (H, B) the candidate; c, n (H, B) the sum and its weight, of which c * exp(m) and n * exp(m) are
    meant. Returns the new c, n, m, each (H, B), where the new m is the larger of log_f + m and a.
    """
    new = np.maximum(log_f + m, a)
    k = np.exp(log_f + m - new)
    e = np.exp(a - new)
    c = k * c + e * g
    n = k * n + e
    return c, n, new


def attend(h, q):
    """What a state sees that looks back.

    h (T, H, B): the states of all steps; q (H, B): the state that asks. The score of a step is the product of its
    h and q, summed over the units; a softmax over the steps makes shares of the scores. Returns seen (H, B), for
    each example the mean of its T states in these shares.
    """
    scores = (h * q).sum(1)
    e = np.exp(scores - scores.max(0))
    looks = e / e.sum(0)
    return (looks[:, None] * h).sum(0)


# --- the inputs ---------------------------------------------------------------------------------------------


def gates_and_memory(rng, n):
    """Two gates that do not add up to 1, a candidate beyond 1, a memory."""
    yield (*rng.uniform(0.05, 0.95, (2, n.H, n.B)), *(1.5 * rng.normal(size=(2, n.H, n.B))))


def gates_corners(rng, n):
    """Both wide open; one of them shut."""
    yield np.ones((1, 1)), np.ones((1, 1)), np.full((1, 1), 3.0), np.full((1, 1), -1.0)
    yield np.array([[0.0], [0.7]]), np.array([[0.4], [0.0]]), np.full((2, 1), 5.0), np.full((2, 1), -4.0)


def two_steps(rng, n):
    """Two steps, all numbers random."""
    yield tuple(rng.normal(size=(4, n.H, n.B)))


def two_corners(rng, n):
    """A second step that forgets all; a first one that does nothing."""
    yield (*rng.normal(size=(2, 2, 1)), np.zeros((2, 1)), np.ones((2, 1)))
    yield (np.ones((2, 1)), np.zeros((2, 1)), *rng.normal(size=(2, 2, 1)))


def weights_and_memory(rng, n):
    """Now the old outweighs the new, now the new the old."""
    shape = (n.H, n.B)
    yield (np.log(rng.uniform(0.2, 0.9, shape)), rng.normal(size=shape), rng.uniform(-0.9, 0.9, shape),
           rng.normal(size=shape), rng.uniform(0.5, 2, shape), rng.normal(size=shape))


def weights_corners(rng, n):
    """A weight of which exp would be infinite, new and old; nothing held yet."""
    one = np.ones((2, 1))
    yield -0.1 * one, 2000 * one, 0.5 * one, -0.3 * one, 2 * one, 3 * one
    yield -0.1 * one, one, 0.5 * one, -0.3 * one, 2 * one, 2000 * one
    yield -0.1 * one, -one, 0.5 * one, 0 * one, 0 * one, 0 * one


def states_and_question(rng, n):
    """All numbers random."""
    yield rng.normal(size=(n.T, n.H, n.B)), rng.normal(size=(n.H, n.B))


def look_corners(rng, n):
    """A single step; a question that fits all steps alike; scores of which exp would be infinite, or 0."""
    yield rng.normal(size=(1, 2, 1)), rng.normal(size=(2, 1))
    yield rng.normal(size=(3, 2, 1)), np.zeros((2, 1))
    for score in (900, -900):
        yield np.array([score, score - 1, score + 0.5]).reshape(3, 1, 1) / 30, np.full((1, 1), 30.0)


EXERCISES = (
    Exercise(min_update, gates_and_memory, gates_corners, "h", "(H, B)", line="shares"),
    Exercise(two_in_one, two_steps, two_corners, "a, b", "(H, B) each", line="two-steps"),
    Exercise(weigh, weights_and_memory, weights_corners, "c, n, m", "(H, B) each", line="weighed"),
    Exercise(attend, states_and_question, look_corners, "seen", "(H, B)", line="attention"),
)

PUZZLES = ()
