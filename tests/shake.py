"""Another processor is another last digit: a shake moves every first weight by up to four of its last units.

What is trained from there differs by as much as between two kernels of a BLAS. So one machine can stand for all:
whatever the course claims must hold under every shake. The claims shake themselves (conftest.py); the kernels of
notebooks do where LSTM_SHAKE holds a number (kernel.py).
"""
import numpy as np


def moved(rng, w):
    """The array w, each number a few units in its last place away: at random up to 4, up or down; 0 and ∞ stay."""
    ulp = np.spacing(np.where(np.isfinite(w), np.abs(w), 1))
    return w + (rng.integers(-4, 5, w.shape) * ulp * (w != 0)).astype(w.dtype)


def shaken(model_class, number):
    """An __init__ for the class of models: as it is, then every first weight is moved, by this shake's own luck."""
    first = model_class.__init__

    def __init__(self, *args, **how):
        first(self, *args, **how)
        rng = np.random.default_rng([number, how.get("seed", 0)])
        self.params = [{name: moved(rng, w) for name, w in p.items()} for p in self.params]

    return __init__
