"""What a kernel does before the first cell of a notebook that notebooks.py runs."""


def _begin():
    import os
    import sys
    from pathlib import Path

    import numpy as np

    sys.path.insert(0, str(Path(__file__).parent))
    from shake import moved, shaken
    from shared_training import shared
    del sys.path[0]
    from lstmlib import model, unroll

    if number := int(os.environ["LSTM_SHAKE"]):
        first = unroll.weights
        unroll.weights = lambda *args, **how: {
            name: moved(np.random.default_rng(number), w) for name, w in first(*args, **how).items()}
        model.Model.__init__ = shaken(model.Model, number)
    model.train = shared(model.train, os.environ["LSTM_SHARED"])


_begin()
del _begin
