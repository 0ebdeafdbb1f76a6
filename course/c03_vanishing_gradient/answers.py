"""Exercises of chapter 03, the vanishing gradient."""

import numpy as np

from workbook.judge import Exercise, Puzzle

# --- exercises and puzzles ----------------------------------------------------------------------------------


def jacobian(Wh, h):
    """How an RNN's state answers to the state before it: ∂h_t/∂h_{t-1}, where h_t = tanh(Wh·h_{t-1} + …).

    Wh (H, H) the recurrent weights; h (H,) the *new* state h_t of one example, whose slope is 1 - h²; returns
    J (H, H): row j, column k is ∂h_t[j]/∂h_{t-1}[k].
    """
    return (1 - h[:, None] ** 2) * Wh


def gradient_norms(Wh, hs):
    """How much of a gradient is left after 1, 2, … steps back in time.

    Wh (H, H), hs (T, H) the states of one example, hs[T-1] the last. Returns norms (T,): norms[k-1] is the
    norm of the product of the last k Jacobians, J_T · J_{T-1} · … (k factors), J_t = jacobian(Wh, hs[t-1]),
    that is of the derivative of the last state by the state k steps before it. The norm is the largest factor
    by which that matrix can stretch a vector: np.linalg.norm(P, 2).
    """
    norms = []
    P = np.eye(len(Wh))
    for h in hs[::-1]:
        P = P @ ((1 - h[:, None] ** 2) * Wh)
        norms.append(np.linalg.norm(P, 2))
    return np.array(norms)


def clip(grads, max_norm):
    """Gradients that are never longer than max_norm, all of them taken together as one long vector.

    grads: a list of arrays of any shapes; max_norm: a number > 0. Returns a list of arrays of the same
    shapes: all shortened by the same factor if their common norm, the root of the sum of all squares, exceeds
    max_norm; else as they were. The arrays that came in must be left as they are. Pascanu et al. (2013)
    """
    norm = np.sqrt(sum((g ** 2).sum() for g in grads))
    factor = min(1, max_norm / norm)
    return [factor * g for g in grads]


def rnn_back(W, z, h, dh):
    """One step of backpropagation through time: from the gradient on the new state to that on the old one.

    The step was h = tanh(W·z + b), with z = [h_{t-1}, x_t]. W (H, H+D), z (H+D, B), h (H, B) the *new* state,
    dh (H, B) the gradient of the loss on it. Returns two things: dW (H, H+D), the term that this step adds to
    dL/dW, summed over the batch; and dh_prev (H, B), the gradient on h_{t-1}.
    """
    da = dh * (1 - h ** 2)
    dW = da @ z.T
    dz = W.T @ da
    return dW, dz[:len(h)]


def jacobian_inputs(rng, n):
    """Recurrent weights and one state."""
    yield rng.normal(size=(n.H, n.H)), rng.uniform(-0.95, 0.95, n.H)


def jacobian_corners(rng, n):
    """A state at 0, one at its ends, where nothing passes, and a single unit."""
    Wh = rng.normal(size=(n.H, n.H))
    yield Wh, np.zeros(n.H)
    yield Wh, np.array([1.0, -1.0, 0.5])
    yield Wh[:1, :1], np.array([0.5])


def norms_inputs(rng, n):
    """Recurrent weights and the states of one example."""
    yield rng.normal(size=(n.H, n.H)) / np.sqrt(n.H), rng.uniform(-0.8, 0.8, (n.T, n.H))


def norms_corners(rng, n):
    """A single step, a single unit, and a moment that lets nothing through."""
    Wh, hs = rng.normal(size=(n.H, n.H)), rng.uniform(-0.8, 0.8, (4, n.H))
    yield Wh, hs[:1]
    yield Wh[:1, :1], hs[:, :1]
    yield Wh, np.where(np.arange(4)[:, None] == 1, 1.0, hs)


def clip_inputs(rng, n):
    """Gradients too long, not too long, and too long only together."""
    grads = [rng.normal(size=(n.H, n.D)), rng.normal(size=(n.H, 1)), rng.normal(size=(n.K,))]
    norm = np.sqrt(sum((g ** 2).sum() for g in grads))
    yield [grads[1], grads[0], grads[2]], 0.05 * norm
    yield grads, 0.97 * norm
    yield [g * 0.1 for g in grads], 0.25 * norm


def clip_corners(rng, n):
    """Gradients all zero; exactly as long as they may be; one array alone."""
    yield [np.zeros((n.H, n.D)), np.zeros(n.K)], 1.0
    yield [np.array([3.0]), np.array([[0.0, 4.0]])], 5.0
    yield [rng.normal(size=(n.H, n.D))], 0.5


def back_inputs(rng, n):
    """Weights, what was read, the new state, and a gradient on it."""
    yield (rng.normal(size=(n.H, n.H + n.D)), rng.uniform(-0.9, 0.9, (n.H + n.D, n.B)),
           rng.uniform(-0.9, 0.9, (n.H, n.B)), rng.normal(size=(n.H, n.B)))


def back_corners(rng, n):
    """A silent network; units that are stuck, of which nothing passes; nothing on the way; a single unit."""
    W, z, h, dh = next(back_inputs(rng, n))
    yield W, z, np.zeros_like(h), dh
    yield W, z, np.sign(h), dh
    yield W, z, h, np.zeros_like(dh)
    yield W[:1, :2], z[:2], h[:1], dh[:1]


EXERCISES = (
    Exercise(jacobian, jacobian_inputs, jacobian_corners, "J", "(H, H)", line="vanishing"),
    Exercise(gradient_norms, norms_inputs, norms_corners, "norms", "(T,)", line="vanishing"),
    Exercise(rnn_back, back_inputs, back_corners, "dW, dh_prev", "(H, H+D), (H, B)", line="vanishing"),
    Exercise(clip, clip_inputs, clip_corners, "grads", "a list of arrays", line="vanishing"),
)


LOW, HIGH, LAG = 0.01, 0.1, 50


def slow_fade(W_h):
    """Recurrent weights whose gradient fades slowly: at lag 50 its norm must lie between 0.01 and 0.1.

    An RNN of two units, h_t = tanh(W_h·h_{t-1} + noise), runs for 200 steps on noise of standard deviation
    0.03; then the norm of ∂h_T/∂h_{T-50}, np.linalg.norm(P, 2), must lie in that band, for each of 50 random
    runs. Returns W_h (2, 2).
    """
    rng = np.random.default_rng(3)
    h, hs = np.zeros((50, 2)), []
    for _ in range(200):
        h = np.tanh(h @ W_h.T + rng.normal(0, 0.03, h.shape))
        hs.append(h)
    P, norms = np.eye(2), []
    for h in hs[:-LAG - 1:-1]:
        P = P @ ((1 - h[..., None] ** 2) * W_h)
        norms.append(np.linalg.norm(P, 2, axis=(-2, -1)))
    norms = np.array(norms)
    last = norms[-1]
    if ((LOW < last) & (last < HIGH)).all():
        return None
    k = int(np.argmax(np.maximum(LOW / np.maximum(last, 1e-300), last / HIGH)))
    end, small = last[k], last[k] <= LOW
    first = int(np.argmax(norms[:, k] < LOW)) + 1 if small else LAG
    per_step = end ** (1 / LAG)
    en = f"it is below 0.01 from lag {first} on" if small else "that is too much"
    fr = f"elle passe sous 0,01 dès le retard {first}" if small else "c'est trop"
    en = f"{en}; on average each step multiplies it by {per_step:.3f}"
    fr = f"{fr} ; en moyenne, chaque pas la multiplie par {per_step:.3f}"
    return (f"at lag {LAG} the norm is {end:.2g}: {en}.", f"au retard {LAG}, la norme vaut {end:.2g} : "
                                                         f"{fr}.")


def slow_fade_weights():
    """An accepted answer."""
    return 0.95 * np.eye(2)


PUZZLES = (
    Puzzle(slow_fade_weights, {"W_h": (2, 2)}, slow_fade),
)
