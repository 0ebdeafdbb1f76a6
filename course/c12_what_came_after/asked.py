"""Tasks that tell the cells of chapter 12 apart, and what surrounds them; and how they learn."""
from itertools import islice
from time import perf_counter

import numpy as np

from lstmlib.model import Model, r2, squared_error, train
from lstmlib.tasks import Batch, Task, again
from lstmlib.unroll import one_hot


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


def brackets(T=12, late=0):
    """"(" (row 0) and ")" (row 1) as they come: has each a partner (1)? Answers are due so many steps late."""
    def batch(rng, B):
        shut = rng.integers(0, 2, (T, B))
        before = np.cumsum(1 - 2 * shut, axis=0) - 1 + 2 * shut              # how many are open; below 0: too many shut
        after = before + 1 - 2 * shut
        lowest_before, lowest_after = np.minimum.accumulate(before), np.minimum.accumulate(after[::-1])[::-1]
        partner = np.where(shut, before > lowest_before, after > lowest_after)
        x, late_by = one_hot(shut, 2), ((late, 0), (0, 0))
        return Batch(np.pad(x, ((0, late), (0, 0), (0, 0))).astype(np.float32), np.pad(partner.astype(int), late_by),
                     np.pad(np.ones((T, B), np.float32), late_by))
    return Task("brackets", 2, 2, again(batch))


def cloakroom(coats=12, colours=4, asked=6):
    """Coats come in, each a number and a colour (a row for each); then come numbers alone: which colour has it?"""
    def batch(rng, B):
        number, colour = np.argsort(rng.random((coats, B)), axis=0), rng.integers(0, colours, (coats, B))
        at = np.argsort(rng.random((coats, B)), axis=0)[:asked]              # when the coat asked for came in
        shown = np.concatenate([number, np.take_along_axis(number, at, 0)])
        target = np.concatenate([colour, np.take_along_axis(colour, at, 0)])
        asks = np.arange(coats + asked)[:, None] >= coats
        x = np.concatenate([one_hot(shown, coats), one_hot(target, colours) * ~asks[:, None]], axis=1)
        return Batch(x.astype(np.float32), target, (asks * np.ones(B)).astype(np.float32))
    return Task("the cloakroom", coats + colours, colours, again(batch))


def learned(cell, task, H, updates, seed=0, lr=3e-2, layers=1, lag=None):
    """A model that has learned the task; with a lag its memories begin about that long: b_f = log lag = -b_i."""
    model = Model(cell, task.D, H, task.K, layers, seed=seed)
    if lag:
        for p in model.params[:-1]:
            p["b"][0], p["b"][1] = np.log(lag), -np.log(lag)       # f stands first in our cells, then i, or e
    return practised(model, task, updates, seed, lr)


def practised(model, task, updates, seed=0, lr=3e-2):
    """The model, after so many updates on the task."""
    for _ in islice(train(model, task, lr=lr, seed=seed), updates):
        pass
    return model


def size(model):
    """How many numbers a model has to learn."""
    return sum(w.size for p in model.params for w in p.values())


def faster(one, other, rounds=5):
    """How many times as long one takes as the other: the median of rounds in which they take turns."""
    def took(run):
        began = perf_counter()
        run()
        return perf_counter() - began
    return float(np.median([took(one) / took(other) for _ in range(rounds)]))
