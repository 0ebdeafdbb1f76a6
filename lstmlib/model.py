"""A pile of cells under a linear read-out, what it costs to be wrong, and how to learn from it."""

import os
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

import numpy as np

from .cells import CIFG, GRU, LSTM, PEEPHOLE, RNN
from .unroll import Run, _finite, _match, _numbers, _weights, backward, forward, weights

watchers = []                    # each is told of every update of any training, see(k, step): a progress bar, say


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

    cell, D, H, K: the cell, its inputs, units, outputs; layers: how many are stacked; seed: of the weights;
    dtype: float32 or float64; forget_bias: see unroll.weights. params: a dict of weights for each layer, the
    lowest first, then the read-out {"V" (K, H), "b_y" (K, 1)}.
    Raises ValueError if D, H, K or layers is no positive whole number, or dtype another than these two.
    """

    def __init__(self, cell, D, H, K, layers=1, seed=0, dtype=np.float32, forget_bias=1.0):
        for name, n in (("layers", layers), ("K", K)):
            if not isinstance(n, int | np.integer) or n < 1:
                raise ValueError(f"Model: {name} = {n!r}; expected a whole number ≥ 1")
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise ValueError(f"Model: dtype = {np.dtype(dtype)}; expected float32 or float64")
        rng = np.random.default_rng(seed)
        params = [weights(cell, D if k == 0 else H, H, rng, forget_bias) for k in range(layers)]
        params += [{"V": rng.normal(size=(K, H)) / np.sqrt(H), "b_y": np.zeros((K, 1))}]
        self.cell = cell
        self.params = [{name: w.astype(dtype) for name, w in p.items()} for p in params]

    def __call__(self, x, s0=None, mask=None):
        """Reads x (T, D, B), or ids (T, B), into a Trace; s0: the first state of each layer (default: zeros).

        mask (T, B), and the ValueErrors: see unroll.forward.
        """
        *cells, out = self.params
        runs = []
        for p, s in zip(cells, _one_each("s0", s0, cells)):
            runs.append(forward(self.cell, p, x, s, mask))
            x = runs[-1].h
        return Trace(out["V"] @ x + out["b_y"], runs)

    def gradients(self, trace, dy, ds=None):
        """From dy (T, K, B) back to the gradients of params, of x (None for ids) and of the first states.

        ds: the blame on the last state of each layer, from whatever reads on from there (default: none).
        Raises ValueError if dy or ds has not the shape of what it blames.
        """
        if np.shape(dy) != trace.y.shape:
            raise ValueError(f"dy has shape {np.shape(dy)}; expected {trace.y.shape}, the shape of y")
        *cells, out = self.params
        h = trace.runs[-1].h
        grads = [{"V": np.tensordot(dy, h, ((0, 2), (0, 2))), "b_y": dy.sum((0, 2))[:, None]}]
        d, ds0 = out["V"].T @ dy, []
        for p, run, ds_last in list(zip(cells, trace.runs, _one_each("ds", ds, cells)))[::-1]:
            dp, d, ds_first = backward(self.cell, p, run, d, ds_last)
            grads.insert(0, dp)
            ds0.insert(0, ds_first)
        return grads, d, ds0


def _one_each(name, states, cells):
    """The states given, or None, for each layer."""
    if states is not None and len(states) != len(cells):
        raise ValueError(f"{name} holds {len(states)} states; expected one for each of {len(cells)} layers")
    return states or [None] * len(cells)


def save(path, model, **more):
    """Keeps a model in one .npz file, without pickle; more: arrays to keep beside it, such as a vocabulary.

    Raises ValueError for arrays of Python objects, which only pickle could keep.
    """
    arrays = {f"{k}.{name}": w for k, p in enumerate(model.params) for name, w in p.items()}
    arrays |= {f"more.{name}": np.asarray(array) for name, array in more.items()}
    if odd := [name for name, array in arrays.items() if array.dtype.hasobject]:
        raise ValueError(f"save: {odd[0]} is an array of objects; expected one of numbers or of texts")
    np.savez(new := f"{path}.new.npz", cell=np.array(model.cell.name), **arrays)
    os.replace(new, path)                        # now it is whole, it takes the old one's place


def load(path, cell=None):
    """Returns the model that save kept, and the dict of what was kept beside it.

    cell: for a cell of one's own; the five cells of this course are known by name.
    Raises ValueError, naming the file, for whatever save has not written, whole and uncompressed; for another
    cell's name; for weights that are missing, misshapen or not finite. Nothing in a file is executed, and no
    size that it declares is believed: memory is taken for what it holds. OSError if it cannot be opened.
    """
    with open(path, "rb") as file:
        try:
            return _model(_arrays(file), cell)
        except Exception as error:       # on foreign bytes zipfile and NumPy raise a dozen kinds
            raise ValueError(f"{path} is no model that load can read: {error}") from error


def _arrays(file):
    """{name: array} of an open .npz, or a ValueError if save has not written it so."""
    size = file.seek(0, 2)
    with ZipFile(file) as archive:
        members = archive.infolist()
        said, named = sum(m.file_size + m.compress_size for m in members), {m.filename for m in members}
        if said > 2 * size or any(m.compress_type for m in members) or len(named) < len(members):
            raise ValueError("it is compressed, declares more than it holds, or has two arrays of one name")
        return {m.filename.removesuffix(".npy"): _array(archive.read(m)) for m in members}


def _array(data):
    """The array in the bytes of an .npy file, in this machine's order of bytes."""
    head = BytesIO(data)
    kind = "read_array_header_{}_{}".format(*np.lib.format.read_magic(head))
    shape, fortran, dtype = getattr(np.lib.format, kind)(head)
    array = np.frombuffer(data, dtype, offset=head.tell()).reshape(shape, order="F" if fortran else "C")
    return array.astype(dtype.newbyteorder("="))


def _model(kept, cell):
    """The model and what was kept beside it, from the arrays that save wrote; or a ValueError."""
    more = {key.removeprefix("more."): kept.pop(key) for key in list(kept) if key.startswith("more.")}
    if "cell" not in kept:
        raise ValueError(f"it holds {', '.join(kept)}; expected a cell and weights, as save writes")
    name, known = str(kept.pop("cell")), {cell.name: cell for cell in (RNN, LSTM, PEEPHOLE, CIFG, GRU)}
    if cell is None and name not in known:
        raise ValueError(f"its cell is {name!r}; pass cell=, as only {', '.join(known)} are known by name")
    cell, layers = cell or known[name], max(1, sum(key.endswith(".W") for key in kept))
    names = [f"{k}.{name}" for k in range(layers) for name in ("W", "b", *cell.own)]
    names += [f"{layers}.V", f"{layers}.b_y"]
    if sorted(kept) != sorted(names):
        raise ValueError(f"it holds {', '.join(kept)}; expected {', '.join(names)} of {cell.name}")
    model = Model(cell, 1, 1, 1, layers)
    for key in names:
        k, name = key.split(".")
        model.params[int(k)][name] = kept[key]
    *cells, out = model.params
    for k, p in enumerate(cells):
        _, H = _weights(cell, p, f"params[{k}]")
    K = max(1, out["b_y"].size)
    for name, shape in (("V", (K, max(1, H))), ("b_y", (K, 1))):
        _finite(name, _numbers(name, out[name], shape, out[name].dtype))
    return model, more


def softmax(y):
    """exp(y) / Σ exp(y) over the classes, which are the last axis but one: y (…, K, B)."""
    e = np.exp(y - y.real.max(-2, keepdims=True))
    return e / e.sum(-2, keepdims=True)


def cross_entropy(y, target, mask=None):
    """Mean surprise -log p(target), in nats, over the steps that mask (T, B) keeps, and its slope dy.

    y (T, K, B); target (T, B) holds classes, and anything where the mask is 0: it does not count.
    Raises ValueError for wrong shapes, an unknown class where the mask is not 0, a mask that is 0 everywhere.
    """
    mask = _share(y, mask)
    right = _classes(y, target, mask)[:, None] == np.arange(y.shape[1])[:, None]
    z = y - y.real.max(1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(1, keepdims=True))
    return -(mask * right * log_p).sum(), mask * (np.exp(log_p) - right)


def squared_error(y, target, mask=None):
    """Half the squared error, summed over K, averaged over the steps that mask (T, B) keeps; and its slope.

    y and target (T, K, B); where the mask is 0, target may hold anything, such as NaN: it does not count.
    Raises ValueError for wrong shapes, a target not finite where the mask is not 0, a mask 0 everywhere.
    """
    mask = _share(y, mask)
    error = y - _goal(y, target, mask).astype(y.real.dtype)
    return 0.5 * (mask * error**2).sum(), mask * error


def accuracy(y, target, mask=None):
    """The share of the steps kept by mask (T, B) at which y (T, K, B) is largest for the class in target.

    Target (T, B), and the ValueErrors: see cross_entropy.
    """
    mask = _share(y, mask)
    return float(np.average(y.argmax(1) == _classes(y, target, mask), weights=mask[:, 0].astype(float)))


def r2(y, target, mask=None):
    """1 - squared error / variance of the target, over the steps that mask keeps: 1 perfect, 0 a constant.

    Target (T, K, B), and the ValueErrors: see squared_error; there is one more for a target that is the same
    at all of these steps, since it has no variance to explain.
    """
    mask = _share(y, mask)
    target = _goal(y, target, mask)
    kept = target.swapaxes(1, 2)[mask[:, 0] != 0]
    if (kept == kept[0]).all():
        raise ValueError(f"target is {kept[0]} at each of the {len(kept)} steps that count; expected numbers "
                         "that differ: r2 measures by their variance, and there is none")
    mean = (mask * target).sum((0, 2), keepdims=True)
    return float(1 - (mask * (y - target) ** 2).sum() / (mask * (target - mean) ** 2).sum())


def _share(y, mask):
    """The weight of each step and example in a mean, (T, 1, B)."""
    if np.ndim(y) != 3:
        raise ValueError(f"y has shape {np.shape(y)}; expected (T, K, B)")
    T, _, B = y.shape
    mask = np.ones((T, B), y.real.dtype) if mask is None else np.asarray(mask, y.real.dtype)
    if mask.shape != (T, B) or not mask.any():
        raise ValueError(f"mask has shape {mask.shape} and keeps {np.count_nonzero(mask)} answers; "
                         f"expected shape {(T, B)} and at least one answer")
    return (mask / mask.sum())[:, None]


def _classes(y, target, mask):
    """Target (T, B) as an array, or the ValueError that says what is wrong with it where mask keeps it."""
    T, K, B = y.shape
    target = np.asarray(target)
    _match("target", target, (T, B))
    kept = target[mask[:, 0] != 0]
    unknown = kept[~np.isin(kept, np.arange(K))]
    if unknown.size:
        raise ValueError(f"target holds {unknown[0]}; expected classes 0 to {K - 1}")
    return target


def _goal(y, target, mask):
    """Target, shaped like y, with 0 where mask keeps nothing; or the ValueError that says what is wrong."""
    target = np.asarray(target)
    return _finite("target", np.where(mask, _numbers("target", target, y.shape, target.dtype), 0))


def global_norm(grads):
    """The length of all gradients together, a list of dicts, seen as one vector."""
    return float(np.sqrt(sum(np.square(g, dtype=float).sum() for p in grads for g in p.values())))


def clip(grads, max_norm):
    """The gradients, all shortened alike if their norm exceeds max_norm; and that norm.      Pascanu et al. (2013)."""
    norm = global_norm(grads)
    if norm > max_norm:
        grads = [{name: g * g.dtype.type(max_norm / norm) for name, g in p.items()} for p in grads]
    return grads, norm


def sgd(params, lr):
    """Returns update(grads), which moves the params in place against the gradient."""
    def update(grads):
        for p, dp in zip(params, grads):
            for name in p:
                p[name] -= lr * dp[name]
    return update


def adam(params, lr, b1=0.9, b2=0.999, eps=1e-8):
    """Returns update(grads), which moves the params in place, and remembers.      Kingma & Ba (2015)."""
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
    """One update: the loss before it, the norm of the gradient before clipping, each layer's last state."""
    loss: float
    norm: float
    s: list


def train(model, task, B=32, lr=1e-2, max_norm=1.0, seed=0, optimizer=adam):
    """Learns as long as somebody asks for the next Step: for step in islice(train(model, task), 800).

    Each batch starts from a state of zeros, unless it says that it is not fresh: then from where the last one
    ended (truncated backpropagation through time, Williams & Peng 1990).
    Raises FloatingPointError, naming the update, if the loss or its gradient is no longer a finite number.
    """
    update, s = optimizer(model.params, lr), None
    for k, batch in enumerate(task.batches(np.random.default_rng(seed), B)):
        trace = model(batch.x, None if batch.fresh else s)
        loss, dy = task.loss(trace.y, batch.target, batch.mask)
        grads, norm = clip(model.gradients(trace, dy)[0], max_norm)
        if not np.isfinite(loss + norm):
            raise FloatingPointError(f"at update {k} the loss is {loss}, its gradient's norm {norm}: the "
                                     f"weights have run away; try a smaller lr than {lr}")
        update(grads)
        s = trace.s
        step = Step(float(loss), norm, s)
        for see in watchers:
            see(k, step)
        yield step


def exam(model, task, B=500, seed=999):
    """The score of a model on B fresh sequences of a task: its accuracy, or whatever the task's score is."""
    batch = next(task.batches(np.random.default_rng(seed), B))
    return task.score(model(batch.x).y, batch.target, batch.mask)
