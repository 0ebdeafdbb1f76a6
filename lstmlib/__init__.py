"""Recurrent networks and the LSTM in NumPy alone: cells, models that learn, tasks to learn.

Each name is fetched from its room when first asked for, so that `import lstmlib` is quick and light.
"""

from importlib import import_module

_ROOMS = {
    "cells": "RNN LSTM PEEPHOLE CIFG GRU Cell State Hidden Tape sigmoid join pin hold",
    "unroll": "Run weights zeros forward backward one_hot",
    "model": "Model train exam softmax cross_entropy squared_error accuracy r2 clip adam sgd save load",
    "gradcheck": "complex_step central_difference",
    "interchange": "from_torch to_torch from_keras to_keras",
    "sweep": "trained",
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name not in _HOME:
        raise AttributeError(f"lstmlib has no {name!r}")
    globals()[name] = found = getattr(import_module(f".{_HOME[name]}", __name__), name)
    return found


def __dir__():
    return __all__
