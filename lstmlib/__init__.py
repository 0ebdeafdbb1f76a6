"""What a learner of recurrent networks and the LSTM uses: cells, models, tasks, pictures, a judge.

Each name is fetched from its room when first asked for, so that `import lstmlib` is quick and light.
"""

from importlib import import_module

_ROOMS = {
    "words": "say speak",
    "cells": "RNN LSTM PEEPHOLE CIFG GRU Cell State Hidden Tape sigmoid join pin hold",
    "unroll": "Run weights zeros forward backward one_hot",
    "model": "Model train exam softmax cross_entropy squared_error accuracy r2 clip adam sgd save load",
    "gradcheck": "complex_step central_difference",
    "widgets": "explore slider progress_bar play text_input",
    "expect": "expect every median value true",
    "progress": "check mine board",
    "questions": "predict quiz",
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
