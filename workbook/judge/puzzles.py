"""What can be said of the weights that a learner chose for a puzzle."""

import numpy as np

from ..words import say
from .calls import Crash
from .results import what
from .task import Said, own


def weighed(ran):
    """Are they such weights, and do they do their job? Always raises Said."""
    task, weights, names = ran.task, ran.results[0], list(ran.task.shapes)
    if isinstance(weights, Crash):
        error = f"{type(weights.error).__name__}: {weights.error}"
        raise Said("crash", say("it stopped with {error}.", error=error))
    if len(names) == 1 and not isinstance(weights, tuple):
        weights = (weights,)
    if not isinstance(weights, tuple | list) or len(weights) != len(names):
        raise Said("structure", say("`return {names}` is expected; yours is {what}.",
                                    names=", ".join(names), what=what(weights)))
    arrays = [_weights(name, w, task.shapes[name]) for name, w in zip(names, weights)]
    if failure := task.trial(*arrays):
        raise Said("fails", own(failure), *own((task.en, task.fr)))
    raise Said("right", say("solved: it did its job on every input tried."))


def _weights(name, value, shape):
    """A weight as an array of its shape; axes of length 1 may be left out. Said if it is none."""
    try:
        w = np.array(value, float)
    except Exception:                        # it may be anything
        raise Said("structure", say("`{label}` is {what}, where numbers are expected.", label=name,
                                    what=what(value))) from None
    if [n for n in w.shape if n > 1] != [n for n in shape if n > 1]:
        raise Said("shape", say("`{label}` has the shape {a}; expected is {b}.", label=name, a=w.shape, b=shape))
    if np.isnan(w).any():
        raise Said("nan", say("`{label}` holds `nan`.", label=name))
    return w.reshape(shape)
