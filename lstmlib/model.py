"""A pile of cells under a linear read-out, what it costs to be wrong, and how to learn from it."""

from typing import NamedTuple

import numpy as np

from .cells import CIFG, GRU, LSTM, PEEPHOLE, RNN
from .unroll import Run, backward, forward, weights


class Trace(NamedTuple):
    """What a model did with a batch."""
    y: np.ndarray                # (T, K, B)
    runs: list[Run]              # one for each layer, the lowest first

    @property
    def s(self):
        """The last state of each layer, the lowest first: what the model has kept of all it read."""
        return [run.s for run in self.runs]


class Model:
    """y = V h + b_y, where h comes out of the topmost of the stacked cells.

    cell, D, H, K: the cell, its inputs, units, outputs; layers: how many are stacked; seed: of the initial weights;
    dtype: float32 or float64; forget_bias: see unroll.weights. params: one dict of weights for each layer, the lowest
    first, then the read-out {"V" (K, H), "b_y" (K, 1)}.
    """

    def __init__(self, cell, D, H, K, layers=1, seed=0, dtype=np.float32, forget_bias=1.0):
        if layers < 1 or K < 1:
            raise ValueError(f"Model: layers = {layers}, K = {K}; expected at least 1 of each")
        rng = np.random.default_rng(seed)
        params = [weights(cell, D if k == 0 else H, H, rng, forget_bias) for k in range(layers)]
        params += [{"V": rng.normal(size=(K, H)) / np.sqrt(H), "b_y": np.zeros((K, 1))}]
        self.cell = cell
        self.params = [{name: w.astype(dtype) for name, w in p.items()} for p in params]

    def __call__(self, x, s0=None, mask=None):
        """Reads x (T, D, B), or ids (T, B); s0: the first state of each layer. Raises ValueError as unroll.forward does."""
        *cells, out = self.params
        if s0 is not None and len(s0) != len(cells):
            raise ValueError(f"s0 holds {len(s0)} states; expected one for each of the {len(cells)} layers")
        runs = []
        for p, s in zip(cells, s0 or [None] * len(cells)):
            runs.append(forward(self.cell, p, x, s, mask))
            x = runs[-1].h
        return Trace(out["V"] @ x + out["b_y"], runs)

    def gradients(self, trace, dy, ds=None):
        """From dy (T, K, B) back to the gradients of params, of x (None for token ids) and of the first states.

        ds: the blame on the last state of each layer, from whatever reads on from there. Raises ValueError for wrong shapes.
        """
        if np.shape(dy) != trace.y.shape:
            raise ValueError(f"dy has shape {np.shape(dy)}; expected {trace.y.shape}, the shape of y")
        *cells, out = self.params
        h = trace.runs[-1].h
        grads = [{"V": np.tensordot(dy, h, ((0, 2), (0, 2))), "b_y": dy.sum((0, 2))[:, None]}]
        d, ds0 = out["V"].T @ dy, []
        for p, run, ds_last in zip(cells[::-1], trace.runs[::-1], (ds or [None] * len(cells))[::-1]):
            dp, d, ds_first = backward(self.cell, p, run, d, ds_last)
            grads.insert(0, dp)
            ds0.insert(0, ds_first)
        return grads, d, ds0


def save(path, model, **more):
    """Keeps a model in one .npz file, without pickle; more: arrays to keep beside it, such as a vocabulary."""
    arrays = {f"{k}.{name}": w for k, p in enumerate(model.params) for name, w in p.items()}
    np.savez(path, cell=np.array(model.cell.name), **arrays, **{f"more.{name}": np.asarray(a) for name, a in more.items()})


def load(path, cell=None):
    """Returns the model that save kept, and the dict of what was kept beside it.

    cell: for a cell of one's own; the five cells of this course are known by name, others raise ValueError.
    """
    with np.load(path, allow_pickle=False) as kept:
        name = str(kept["cell"])
        known = {c.name: c for c in (RNN, LSTM, PEEPHOLE, CIFG, GRU)}
        if cell is None and name not in known:
            raise ValueError(f"{path} keeps a {name!r}; pass cell=, as only {', '.join(known)} are known by name")
        model = Model.__new__(Model)
        model.cell = cell or known[name]
        layers = 1 + max(int(key.split(".")[0]) for key in kept if key[0].isdigit())
        model.params = [{key.split(".")[1]: kept[key] for key in kept if key.startswith(f"{k}.")} for k in range(layers)]
        return model, {key.removeprefix("more."): kept[key] for key in kept if key.startswith("more.")}


# --- losses: the price of being wrong, and its slope ------------------------------------------------


def softmax(y):
    """exp(y) / Σ exp(y) over the classes, which are the last axis but one: y (…, K, B)."""
    e = np.exp(y - y.real.max(-2, keepdims=True))
    return e / e.sum(-2, keepdims=True)


def cross_entropy(y, target, mask=None):
    """Mean surprise -log p(target), in nats, over the steps that mask (T, B) keeps, and its slope dy.

    y (T, K, B); target (T, B) holds classes. Raises ValueError for wrong shapes, unknown classes or an empty mask.
    """
    mask = _share(y, mask)
    if np.shape(target) != (len(y), y.shape[-1]) or np.min(target) < 0 or np.max(target) >= y.shape[1]:
        raise ValueError(f"target has shape {np.shape(target)} and classes {np.min(target)} to {np.max(target)}; "
                         f"expected shape {(len(y), y.shape[-1])} and classes 0 to {y.shape[1] - 1}")
    right = target[:, None] == np.arange(y.shape[1])[:, None]
    z = y - y.real.max(1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(1, keepdims=True))
    return -(mask * right * log_p).sum(), mask * (np.exp(log_p) - right)


def squared_error(y, target, mask=None):
    """Half the squared error, summed over K, averaged over the steps that mask (T, B) keeps; and its slope dy.

    Raises ValueError if target has not the shape of y (T, K, B), or the mask is empty.
    """
    mask = _share(y, mask)
    if np.shape(target) != y.shape:
        raise ValueError(f"target has shape {np.shape(target)}; expected {y.shape}, the shape of y")
    dy = mask * (y - target)
    return 0.5 * (dy * (y - target)).sum(), dy


def accuracy(y, target, mask=None):
    """The share of the steps kept by mask (T, B) at which the most likely class of y (T, K, B) is the target (T, B)."""
    return float(np.average(y.argmax(1) == target, weights=_share(y, mask)[:, 0].astype(float)))


def r2(y, target, mask=None):
    """1 - (squared error) / (variance of the target), over the steps that mask (T, B) keeps: 1 is perfect, 0 a constant."""
    mask = _share(y, mask)
    mean = (mask * target).sum((0, 2), keepdims=True)
    return float(1 - (mask * (y - target) ** 2).sum() / (mask * (target - mean) ** 2).sum())


def _share(y, mask):
    """The weight of each step and example in a mean, (T, 1, B)."""
    T, _, B = y.shape
    mask = np.ones((T, B), y.real.dtype) if mask is None else np.asarray(mask, y.real.dtype)
    if mask.shape != (T, B) or not mask.any():
        raise ValueError(f"mask has shape {mask.shape} and keeps {int(mask.sum())} answers; expected {(T, B)} and at least one")
    return (mask / mask.sum())[:, None]


# --- learning ---------------------------------------------------------------------------------------


def global_norm(grads):
    """The length of all gradients together, a list of dicts, seen as one vector."""
    return float(np.sqrt(sum(np.vdot(g, g) for p in grads for g in p.values())))


def clip(grads, max_norm):
    """The gradients, shortened all alike if their common norm exceeds max_norm.        Pascanu et al. (2013)."""
    norm = global_norm(grads)
    if norm <= max_norm:
        return grads
    return [{name: g * g.dtype.type(max_norm / norm) for name, g in p.items()} for p in grads]


def sgd(params, lr):
    """Returns update(grads), which moves the params in place against the gradient."""
    def update(grads):
        for p, dp in zip(params, grads):
            for name in p:
                p[name] -= lr * dp[name]
    return update


def adam(params, lr, b1=0.9, b2=0.999, eps=1e-8):
    """Returns update(grads), which moves the params in place, and remembers.        Kingma & Ba (2015), algorithm 1."""
    m = [{name: np.zeros_like(w) for name, w in p.items()} for p in params]
    v = [{name: np.zeros_like(w) for name, w in p.items()} for p in params]
    t = 0

    def update(grads):
        nonlocal t
        t += 1
        for p, dp, m_p, v_p in zip(params, grads, m, v):
            for name in p:
                m_p[name] += (1 - b1) * (dp[name] - m_p[name])
                v_p[name] += (1 - b2) * (dp[name] ** 2 - v_p[name])
                p[name] -= lr * (m_p[name] / (1 - b1**t)) / (np.sqrt(v_p[name] / (1 - b2**t)) + eps)

    return update


class Step(NamedTuple):
    """One update: the loss before it, the norm of the gradient before clipping, and the last states."""
    loss: float
    norm: float
    s: list


def train(model, task, B=32, lr=1e-2, max_norm=1.0, seed=0, optimizer=adam):
    """Learns as long as somebody asks for the next Step: for step in islice(train(model, task), 800).

    Each batch starts from a state of zeros, unless it says that it is not fresh: then from where the last one ended
    (truncated backpropagation through time, Williams & Peng 1990).
    Raises FloatingPointError, naming the update, if the loss is no longer a finite number.
    """
    update, s = optimizer(model.params, lr), None
    for k, batch in enumerate(task.batches(np.random.default_rng(seed), B)):
        trace = model(batch.x, None if batch.fresh else s)
        loss, dy = task.loss(trace.y, batch.target, batch.mask)
        if not np.isfinite(loss):
            raise FloatingPointError(f"the loss is {loss} at update {k}: the weights have run away; try a smaller lr than {lr}")
        grads, _, _ = model.gradients(trace, dy)
        update(clip(grads, max_norm))
        s = trace.s
        yield Step(float(loss), global_norm(grads), s)


def exam(model, task, B=500, seed=999):
    """The score of a model on B fresh sequences of a task: its accuracy, or whatever the task's score is."""
    batch = next(task.batches(np.random.default_rng(seed), B))
    return task.score(model(batch.x).y, batch.target, batch.mask)
