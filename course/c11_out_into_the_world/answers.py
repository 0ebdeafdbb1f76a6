"""Exercises of chapter 11, out into the world: PyTorch's weights and outputs, judged without it; and a rival."""
import numpy as np

from workbook.judge import Exercise

# --- exercises ----------------------------------------------------------------------------------------------


def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    """The weights of one layer of torch.nn.LSTM, in the order of the course.

    W_ih (4·H, D), W_hh (4·H, H), b_ih (4·H,), b_hh (4·H,): the four matrices lie one below the other, H rows
    each, in the order i, f, g, o. Returns two things: W (4, H, H+D), in the order f, i, o, g, whose columns
    meet h first, then x; and b (4, H, 1), one bias where PyTorch adds two.
    """
    H = W_hh.shape[1]
    W = np.concatenate([W_hh, W_ih], axis=1)
    b = b_ih + b_hh
    i, f, g, o = W.reshape(4, H, -1)
    b_i, b_f, b_g, b_o = b.reshape(4, H, 1)
    return np.stack([f, i, o, g]), np.stack([b_f, b_i, b_o, b_g])


def set_forget_bias(b_ih, b_hh, value):
    """The two biases of torch.nn.LSTM, with that of the forget gate set.

    b_ih (4·H,), b_hh (4·H,): the biases of i, f, g, o, H numbers each; PyTorch adds the two. value: a number.
    Returns b_ih and b_hh, of the same shapes: b_ih holds the value for every unit's forget gate, b_hh a 0 there,
    and all the rest is as it was. What comes in must be left as it is.
    """
    H = len(b_ih) // 4
    b_ih, b_hh = b_ih.copy(), b_hh.copy()
    b_ih[H:2 * H] = value
    b_hh[H:2 * H] = 0
    return b_ih, b_hh


def last_outputs(output, lengths):
    """What an LSTM says at the last true step of each sequence.

    output (B, T, H): the hidden states, batch first; lengths (B,): how many steps of each sequence are real,
    whole numbers from 1 to T; the steps after them are padding. Returns last (B, H).
    """
    rows = np.arange(len(lengths))
    last = output[rows, lengths - 1]
    return last


def loss_of_scores(scores, target, mask):
    """Cross-entropy of raw scores, over the steps that count.

    scores (B, T, K): not squashed in any way; target (B, T): the number of the right class of each step, 0 to
    K-1; mask (B, T): 1.0 where a step counts, 0.0 on padding, whatever target holds there. Each step that counts
    has the same weight. Returns one number, the mean of -log p(the right class), where p is the softmax of the
    scores over the classes.
    """
    a = scores - scores.max(axis=-1, keepdims=True)
    log_p = a - np.log(np.exp(a).sum(axis=-1, keepdims=True))
    right = np.take_along_axis(log_p, target[:, :, None], axis=-1)[:, :, 0]
    return -(right * mask).sum() / mask.sum()


def autoregression(x, p, h):
    """The weights by which the last p numbers of a series best tell the one that comes h steps later.

    x: a series, one axis; p: how many numbers are weighted; h: how many steps ahead. Returns w, one axis of p + 1
    numbers: of all weights those for which w[0] + w[1]·x[t] + w[2]·x[t-1] + … + w[p]·x[t-p+1] comes closest to
    x[t+h], in the sum of the squares over all t where both are known. np.linalg.lstsq(A, y)[0] gives the w for
    which A @ w comes closest to y.
    """
    t = np.arange(p - 1, len(x) - h)
    past = np.stack([np.ones(len(t)), *(x[t - k] for k in range(p))], axis=1)
    w = np.linalg.lstsq(past, x[t + h], rcond=None)[0]
    return w


# --- the inputs ---------------------------------------------------------------------------------------------


def layer_inputs(rng, n):
    """Weights and biases of one layer, all random."""
    yield (*(rng.normal(size=(4 * n.H, columns)) for columns in (n.D, n.H)), *rng.normal(size=(2, 4 * n.H)))


def layer_corners(rng, n):
    """One unit that reads one number; no bias at all."""
    yield (*rng.normal(size=(2, 4, 1)), *rng.normal(size=(2, 4)))
    yield (*(rng.normal(size=(4 * n.H, columns)) for columns in (n.D, n.H)), *np.zeros((2, 4 * n.H)))


def bias_inputs(rng, n):
    """Two biases, none of them 0, and a value."""
    yield (*rng.uniform(0.1, 0.9, (2, 4 * n.H)), 1.5)
    yield (*rng.uniform(-0.9, -0.1, (2, 4 * n.H)), float(n.K))


def bias_corners(rng, n):
    """A value of 0, and one below it; a single unit."""
    yield (*rng.normal(size=(2, 4 * n.H)), 0.0)
    yield (*rng.normal(size=(2, 4)), -3.0)


def padded_outputs(rng, n):
    """Sequences of which none fills the rectangle, each with a length of its own where there are enough."""
    lengths = 1 + rng.permutation(n.T - 1)[np.arange(n.B) % (n.T - 1)]
    yield rng.normal(size=(n.B, n.T, n.H)), lengths


def padded_corners(rng, n):
    """No padding at all; one step each; a single sequence."""
    yield rng.normal(size=(n.K, n.H, n.D)), np.full(n.K, n.H)
    yield rng.normal(size=(n.K, n.H, n.D)), np.ones(n.K, int)
    yield rng.normal(size=(1, n.K, n.H)), np.array([2])


def scored(rng, n):
    """Scores of a rectangle with padding, on which the scores are as wrong as can be."""
    lengths = rng.integers(1, n.T, n.B)
    lengths[0] = n.T - 2
    mask = (np.arange(n.T) < lengths[:, None]).astype(float)
    yield 2 * rng.normal(size=(n.B, n.T, n.K)) + rng.normal(), rng.integers(0, n.K, (n.B, n.T)), mask


def scored_corners(rng, n):
    """Scores so large that exp overflows; no padding; a single step that counts."""
    shape, one = (n.H, n.K, n.D), np.zeros((n.H, n.K))
    one[1, 2] = 1
    target = rng.integers(0, n.D, shape[:2])
    yield 2000 * rng.normal(size=shape), target, np.ones(shape[:2])
    yield rng.normal(size=shape), target, one


def series(rng, n):
    """A wave with noise around a number that is not 0, of forty steps and more."""
    for p, h in ((3, 2), (4, 3)):
        t = np.arange(30 + 4 * n.T)
        yield 2 + np.sin(t) + 0.5 * np.cos(1.7 * t) + 0.3 * rng.normal(size=len(t)), p, h


def series_corners(rng, n):
    """One weight, one step ahead; as few equations as there are weights and one more."""
    yield rng.normal(size=20), 1, 1
    yield rng.normal(size=9), 3, 2


EXERCISES = (
    Exercise(torch_to_sheet, layer_inputs, layer_corners, "W, b", "(4, H, H+D) and (4, H, 1)", line="packed"),
    Exercise(set_forget_bias, bias_inputs, bias_corners, "b_ih, b_hh", "those of b_ih and b_hh", line="forget"),
    Exercise(last_outputs, padded_outputs, padded_corners, "last", "(B, H)", line="padding"),
    Exercise(loss_of_scores, scored, scored_corners, "loss", "()", line="scores"),
    Exercise(autoregression, series, series_corners, "w", "p + 1 numbers", line="rival"),
)

PUZZLES = ()
