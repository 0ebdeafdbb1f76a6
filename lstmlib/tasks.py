"""Sequences to learn. A task is data: what comes in, what is asked, what an error costs, how it is scored."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .model import accuracy, cross_entropy, r2, squared_error
from .unroll import one_hot


class Batch(NamedTuple):
    """Some sequences, and what should be answered when."""
    x: np.ndarray                # (T, D, B), or token ids (T, B)
    target: np.ndarray           # classes (T, B), or numbers (T, K, B)
    mask: np.ndarray             # (T, B): 1 where an answer counts, else 0
    fresh: bool = True           # False: these sequences go on where the last batch ended


class Task(NamedTuple):
    """Something to learn; batches(rng, B) goes on for ever."""
    name: str
    D: int
    K: int
    batches: Callable
    loss: Callable = cross_entropy
    score: Callable = accuracy


def again(batch):
    """The endless iterator of the batches that batch(rng, B) draws."""
    def batches(rng, B):
        while True:
            yield batch(rng, B)
    return batches


def at_the_end(x, label):
    """A batch whose one question comes at the last step: the class label (B,) of each sequence x (T, D, B)."""
    T, _, B = x.shape
    mask = np.zeros((T, B), np.float32)
    mask[-1] = 1
    return Batch(x.astype(np.float32), np.broadcast_to(label, (T, B)), mask)


# --- chapter 1: what only order tells ---------------------------------------------------------------


def which_came_first(shortest=3, longest=20, letters=6):
    """Letters, among them one A and one B: was A before B? Each batch has one length, drawn from shortest to longest."""
    def batch(rng, B):
        T = rng.integers(shortest, longest + 1)
        w = rng.integers(2, letters, (T, B))
        at = np.argsort(rng.random((T, B)), axis=0)[:2]
        np.put_along_axis(w, at, [[0], [1]], axis=0)
        return at_the_end(one_hot(w, letters), (at[0] < at[1]).astype(int))
    return Task("which came first", letters, 2, again(batch))


def sweep_of_pitch(frames=16, size=8, noise=0.3):
    """A sound of frames × size samples, read in frames: does its pitch rise (1) or fall (0)? Falling is rising, reversed."""
    def batch(rng, B):
        t = np.arange(frames * size)[:, None] / (frames * size)
        low, high = rng.uniform(3, 8, B), rng.uniform(18, 30, B)          # periods in the whole sound
        wave = np.sin(2 * np.pi * (low * t + (high - low) * t**2 / 2 + rng.random(B)))
        rising = rng.integers(0, 2, B)
        wave = np.where(rising, wave, wave[::-1]) * rng.uniform(0.5, 1, B) + noise * rng.normal(size=wave.shape)
        return at_the_end(wave.reshape(frames, size, B), rising)
    return Task("rising or falling", size, 2, again(batch))


WAYS = (0, -1), (0, 1), (-1, 0), (1, 0)          # left, right, up, down: steps in (row, column)


def moving_dot(T=6, n=5, noise=0.1):
    """A film of T pictures n × n in which a dot moves, and comes back on the other side: left, right, up or down?"""
    def batch(rng, B):
        way = rng.integers(0, 4, B)
        at = (rng.integers(0, n, (B, 2)) + np.arange(T)[:, None, None] * np.array(WAYS)[way]) % n
        film = one_hot(at[..., 0] * n + at[..., 1], n * n)
        return at_the_end(film + noise * rng.normal(size=film.shape), way)
    return Task("which way", n * n, 4, again(batch))


# --- chapter 4: streams that never end --------------------------------------------------------------


def episodes(T=40, shortest=10, longest=20, symbols=4, noise=2):
    """Endless streams: a symbol, noise, a question whose answer is the symbol, at once the next symbol; never a reset.

    A batch holds the next T moments of its B streams. x: one row for each symbol, one for the question, then the noise.
    """
    def lesson(rng, n):
        x = np.zeros((n + 2, symbols + 1 + noise))
        x[:, symbols + 1:] = rng.normal(size=(n + 2, noise))
        k = int(rng.integers(symbols))
        x[0, k] = x[-1, symbols] = 1
        return x, np.full(n + 2, k), np.arange(n + 2) == n + 1

    def stream(rng):
        pieces = lesson(rng, int(rng.integers(0, longest)))          # the streams are out of step from the start
        while True:
            while len(pieces[0]) >= T:
                yield tuple(q[:T] for q in pieces)
                pieces = tuple(q[T:] for q in pieces)
            pieces = tuple(map(np.concatenate, zip(pieces, lesson(rng, int(rng.integers(shortest, longest + 1))))))

    def batches(rng, B):
        for pieces in zip(*(stream(child) for child in rng.spawn(B))):
            x, symbol, asked = map(np.stack, zip(*pieces))
            yield Batch(x.transpose(1, 2, 0).astype(np.float32), symbol.T, asked.T.astype(np.float32), fresh=False)

    return Task("episodes without end", symbols + 1 + noise, symbols, batches)


def account(T=40, closing=0.08):
    """Money in and out (row 0, from -1 to 1), the account closed now and then (row 1): the balance / 3, at every step."""
    def batch(rng, B):
        closed = rng.random((T, B)) < closing
        money = np.where(closed, 0, rng.uniform(-1, 1, (T, B)))
        balance = np.zeros((T, B))
        for t in range(T):
            balance[t] = np.where(closed[t], 0, balance[t - 1] * (t > 0) + money[t])
        x = np.stack([money, closed], axis=1).astype(np.float32)
        return Batch(x, balance[:, None].astype(np.float32) / 3, np.ones((T, B), np.float32))
    return Task("an account", 2, 1, again(batch), squared_error, r2)


# --- chapter 8 --------------------------------------------------------------------------------------


def adding(T=50):
    """Numbers from 0 to 1 (row 0), two of them marked (row 1), one in each half: what is their sum, at the end?

    Hochreiter & Schmidhuber (1997), section 5.4, with marks in halves as in later work.
    """
    def batch(rng, B):
        value, mark = rng.random((T, B)), np.zeros((T, B))
        for start, stop in ((0, T // 2), (T // 2, T)):
            np.put_along_axis(mark, rng.integers(start, stop, (1, B)), 1, axis=0)
        x = np.stack([value, mark], axis=1).astype(np.float32)
        mask = (np.arange(T)[:, None] == T - 1) * np.ones(B, np.float32)
        return Batch(x, np.broadcast_to((value * mark).sum(0), (T, 1, B)).astype(np.float32), mask.astype(np.float32))
    return Task("adding", 2, 1, again(batch), squared_error, r2)
