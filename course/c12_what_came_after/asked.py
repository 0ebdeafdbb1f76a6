"""Two tasks that tell the cells of chapter 12 apart, and how they learn."""
from itertools import islice
from time import perf_counter

import numpy as np

from lstmlib.model import Model, r2, squared_error, train
from lstmlib.tasks import Batch, Task, again


def parity(T=12, on=0.3):
    """A switch (row 0) is pressed now and then: at every step, is the light on (1) or off (0)?"""
    def batch(rng, B):
        pressed = rng.random((T, 1, B)) < on
        return Batch(pressed.astype(np.float32), pressed[:, 0].cumsum(0) % 2, np.ones((T, B), np.float32))
    return Task("parity", 1, 2, again(batch))


def loudest(T=20, loud=10.0):
    """Numbers from -1 to 1 (row 1), each said so loud (row 0): at every step, which was said loudest so far?"""
    def batch(rng, B):
        volume, number = loud * rng.random((T, B)), rng.uniform(-1, 1, (T, B))
        best = np.array([volume[:t + 1].argmax(0) for t in range(T)])
        target = np.take_along_axis(number, best, axis=0)[:, None]
        return Batch(np.stack([volume, number], 1).astype(np.float32), target.astype(np.float32),
                     np.ones((T, B), np.float32))
    return Task("the loudest", 2, 1, again(batch), squared_error, r2)


def learned(cell, task, H, updates, seed=0, lr=3e-2, layers=1, lag=None):
    """A model that has learned the task; with a lag its memories begin about that long: b_f = log lag = -b_i."""
    model = Model(cell, task.D, H, task.K, layers, seed=seed)
    if lag:
        for p in model.params[:-1]:
            p["b"][0], p["b"][1] = np.log(lag), -np.log(lag)       # f stands first in our cells, then i, or e
    for _ in islice(train(model, task, lr=lr, seed=seed), updates):
        pass
    return model


def faster(one, other, rounds=5):
    """How many times as long one takes as the other: the median of rounds in which they take turns."""
    def took(run):
        began = perf_counter()
        run()
        return perf_counter() - began
    return float(np.median([took(one) / took(other) for _ in range(rounds)]))
