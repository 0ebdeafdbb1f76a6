"""Reading what an answer returned, beside what it should have."""

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache

import numpy as np

from ..words import say
from .calls import Crash
from .task import Said

RTOL, ATOL = 1e-5, 2e-6            # float32 passes, a ten-thousandth does not; ATOL: of the largest number


def close(a, b, atol=0.0):
    """Whether a is b, in shape and numbers, up to what float32 loses."""
    if a is None or b is None:
        return a is b
    if a.shape != b.shape or a.dtype.kind not in "biuf" or b.dtype.kind not in "biuf":
        return False
    b = b * 1.0                                           # as np.allclose, where all is finite at a quarter of its time
    size = np.abs(b)
    scale = size.max(initial=0)
    if np.isfinite(scale):
        return bool((np.abs(a - b) <= max(atol, ATOL * scale) + RTOL * size).all())
    scale = size.max(initial=0, where=np.isfinite(b))
    return bool(np.allclose(a, b, rtol=RTOL, atol=max(atol, ATOL * scale), equal_nan=True))


def same(yours, theirs, task):
    """Whether a result is the expected one: built alike, of the same shapes, the same numbers."""
    if isinstance(yours, Crash):
        return False
    try:
        return all(close(a, b, task.tolerance) for _, a, b in pairs(task.gives, yours, theirs))
    except Said:
        return False


def pairs(label, yours, like):
    """Every array of a result beside the expected one: (label, yours, expected). Said if built otherwise.

    A tuple may stand for a State or a Tape, as may what has its fields by name; a list of numbers for a row.
    """
    if isinstance(like, Mapping):
        if not isinstance(yours, Mapping) or not like.keys() <= yours.keys():
            raise Said("structure", say("`{label}` should be a dict with the keys {keys}; yours is {what}.",
                                        label=label, keys=", ".join(map(repr, like)), what=what(yours)))
        return [row for key in like for row in pairs(f"{label}[{key!r}]", yours[key], like[key])]
    if not isinstance(like, tuple | list):
        return [(label, *(None if q is None else array(label, q) for q in (yours, like)))]
    names, fields = [name.strip() for name in label.split(",")], getattr(like, "_fields", ())
    if fields and isinstance(yours, Mapping) and set(fields) <= yours.keys():
        yours = [yours[name] for name in fields]
    elif fields and all(hasattr(yours, name) for name in fields):
        yours = [getattr(yours, name) for name in fields]
    if isinstance(like, list) and all(isinstance(q, int | float) for q in like):
        if isinstance(yours, tuple | list) or (isinstance(yours, np.ndarray) and yours.ndim == 1):
            return [(label, array(label, list(yours)), np.array(like))]
    if not isinstance(yours, tuple | list) or len(yours) != len(like):
        told = (say("`{label}` should hold {n} thing[s]: {names}; yours is {what}.", label=label, n=len(like),
                    names=", ".join(fields), what=what(yours)) if fields else
                say("{n} things are expected: {names}; yours is {what}.", n=len(like), names=", ".join(names),
                    what=what(yours)))
        raise Said("structure", told)
    if fields:
        names = [f"{label}.{name}" for name in fields]
    elif len(names) != len(like):
        names = [f"{label}[{k}]" for k in range(len(like))]
    return [row for three in zip(names, yours, like) for row in pairs(*three)]


def array(label, value):
    """A result as an array. A list of numbers will do; a list of arrays, which has no shape, will not."""
    if isinstance(value, tuple | list) and any(
            isinstance(q, list | tuple) or (isinstance(q, np.ndarray) and q.ndim) for q in value):
        told = say("`{label}` is {what}, where one array is expected.", label=label, what=what(value))
        raise Said("structure", told, say("`np.stack` makes one array out of a list of arrays: a list has no "
                                          "shape and does no arithmetic."))
    try:
        found = np.asarray(value)
    except Exception:                        # whatever an object of one's own may do when it is looked at
        found = np.asarray(None)
    if found.dtype.kind not in "biufc":
        raise Said("structure", say("`{label}` is {what}, where numbers are expected.", label=label, what=what(value)))
    return found


def what(value):
    """A value in a few words."""
    if isinstance(value, np.ndarray):
        return say("an array of shape {shape}", shape=value.shape)
    if isinstance(value, Mapping):
        return say("a dict with the keys {keys}", keys=", ".join(map(repr, list(value)[:8])))
    if isinstance(value, tuple | list):
        kinds = {tuple: say("a tuple"), list: say("a list")}
        return say("{kind} of {n}", kind=kinds.get(type(value), type(value).__name__), n=len(value))
    return f"`{type(value).__name__}`" if value is not None else "`None`"


def leaves(value):
    """The arrays of a result in their order, whatever holds them; of a Crash, its signature."""
    if type(value) is np.ndarray:
        return [value]
    if isinstance(value, Crash):
        return value.signature
    if value is None:
        return [np.empty(0)]
    if isinstance(value, Mapping):
        return [leaf for key in sorted(value, key=str) for leaf in leaves(value[key])]
    inner = tuple | list | Mapping | np.ndarray
    if isinstance(value, tuple | list) and any(isinstance(q, inner) for q in value):
        return [leaf for q in value for leaf in leaves(q)]
    try:
        return [np.asarray(value)]
    except Exception:
        return []


def alike(yours, theirs, atol=0.0):
    """Whether two outcomes agree, given by their leaves."""
    if isinstance(yours, tuple) or isinstance(theirs, tuple) or theirs is None:
        return yours == theirs
    return len(yours) == len(theirs) and all(close(a, b, atol) for a, b in zip(yours, theirs))


def fresh(value):
    """A copy: of arrays and what holds them sooner than deepcopy makes it."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) is dict:
        return {key: fresh(q) for key, q in value.items()}
    if isinstance(value, tuple):
        return type(value)(*map(fresh, value)) if hasattr(value, "_fields") else tuple(map(fresh, value))
    return deepcopy(value)


@lru_cache
def _weights(n):
    return np.cos(np.arange(1, n + 1))


def mark(found):
    """A number that two results have in common only where they are the same; nan for what is no number."""
    try:
        q = np.ravel(found[0]) if len(found) == 1 else np.concatenate([np.ravel(leaf) for leaf in found])
        return float(_weights(len(q)) @ q) + len(q)
    except (TypeError, ValueError):
        return np.nan


def pieces(yours, theirs):
    """Which rows of the arrays of one outcome are as in another, given by their leaves: an array of bool."""
    if not isinstance(yours, list) or not isinstance(theirs, list) or len(yours) != len(theirs):
        return np.zeros(1, bool)
    rows = [(len(a) or 1, a.size // (len(a) or 1)) if a.ndim else (1, 1) for a in yours]
    starts = np.cumsum([0] + [size for n, size in rows for _ in range(n)])[:-1]
    mine, other = (np.concatenate([np.full(a.size, gap) if any(q.dtype.kind not in "biuf" for q in (a, b)) or
                                   a.shape != b.shape else np.ravel((a, b)[k]).astype(float)
                                   for a, b in zip(yours, theirs)] + [[0.0]]) for k, gap in enumerate((0.0, np.inf)))
    near = np.abs(mine - other) <= RTOL * np.abs(mine) + ATOL
    return np.logical_and.reduceat(near, starts)


def sizes_by_number(sizes):
    """{3: "H", 9: "H+D", …}: what a number in a shape stands for."""
    return dict(zip(sizes, sizes._fields)) | {sizes.H + sizes.D: "H+D"}


def shape_in_words(shape, names):
    """(3, 2) = (H, B)"""
    known = [names.get(n, str(n)) for n in shape]
    if not any(n in names for n in shape):
        return str(tuple(shape))
    return f"{tuple(shape)} = ({', '.join(known)}{',' * (len(known) == 1)})"
