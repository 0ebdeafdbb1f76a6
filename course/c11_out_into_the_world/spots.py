"""Chapter 11: the sunspots, and what it takes to forecast them and to judge a forecast."""
from itertools import islice
from pathlib import Path

import numpy as np

from lstmlib.cells import LSTM
from lstmlib.model import Model, r2, squared_error, train
from lstmlib.tasks import Batch, Task

AHEAD = range(1, 12)             # forecasts are for so many years ahead: up to one cycle
EXAM, REHEARSAL = 1920, 1880     # the first years of the exam, and of that by which settings are chosen


def sunspots():
    """The years (309,) and the sunspot number of each (309,)."""
    return np.loadtxt(Path(__file__).with_name("sunspots.csv"), delimiter=",", skiprows=5).T


def windows(x, T=44, warm=11):
    """A task: read T years of the series x, and after each forecast the years AHEAD; the first ones do not count."""
    def batches(rng, B):
        mask = np.repeat((np.arange(T) >= warm)[:, None], B, 1).astype(np.float32)
        while True:
            start = rng.integers(0, len(x) - T - AHEAD[-1] + 1, B)
            w = np.float32(x)[start + np.arange(T + AHEAD[-1])[:, None]]
            yield Batch(w[:T, None], np.stack([w[h:h + T] for h in AHEAD], 1), mask)
    return Task("sunspots", 1, len(AHEAD), batches, squared_error, r2)


def persistence(x):
    """As this year: one row for each year, one column for each of the years AHEAD."""
    return np.stack([x for _ in AHEAD], 1)


def season(x):
    """As eleven years earlier."""
    return np.stack([np.roll(x, AHEAD[-1] - h) for h in AHEAD], 1)


def regression(x, cut, p, seen=None):
    """By a weighted sum of the last p years, whose weights are found in the years before the index cut.

    seen: the series that is weighted, where it is not x itself.
    """
    past = np.stack([np.ones(len(x)), *(np.roll(x if seen is None else seen, k) for k in range(p))], 1)
    return np.stack([past @ np.linalg.lstsq(past[p:cut - h], x[p + h:cut], rcond=None)[0] for h in AHEAD], 1)


def by_model(model, x):
    """What a model forecasts after each year, having read all years up to then."""
    return model(np.float32(x)[:, None, None]).y[:, :, 0].astype(float)


def error(forecast, x, start, end=None):
    """For each of the years AHEAD, the root mean square error of the forecasts for the years from start to end."""
    end = len(x) if end is None else end
    return np.array([np.sqrt(np.mean((forecast[start - 1:end - h, k] - x[start - 1 + h:end])**2))
                     for k, h in enumerate(AHEAD)])


def rehearse(x, seed, at, H=8):
    """The mean error, in spots, of an LSTM after so many updates, at, of learning before the REHEARSAL: (2, len(at)).

    Once in the years that it learns from, once in those from there to the EXAM.
    """
    before, cut = REHEARSAL - 1700, EXAM - 1700
    model, found = Model(LSTM, 1, H, len(AHEAD), seed=seed), []
    for k, _ in enumerate(islice(train(model, windows(x[:before]), seed=seed), max(at)), 1):
        if k in at:
            told = by_model(model, x[:cut])
            found.append([100 * error(told, x, *years).mean() for years in ((AHEAD[-1], before), (before, cut))])
    return np.transpose(found)
