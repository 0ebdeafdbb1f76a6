"""Sequences to learn. A task is data: what comes in, what is asked, what an error costs, how it is scored."""

from collections.abc import Callable
from itertools import islice
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
    """A batch whose one question comes at the last step: the class label (B,) of each x (T, D, B)."""
    T, _, B = x.shape
    mask = np.zeros((T, B), np.float32)
    mask[-1] = 1
    return Batch(x.astype(np.float32), np.broadcast_to(label, (T, B)), mask)


def which_came_first(shortest=3, longest=20, letters=6):
    """Letters, one of them A, one B: was A before B? Each batch has one length, from shortest to longest."""
    def batch(rng, B):
        T = rng.integers(shortest, longest + 1)
        w = rng.integers(2, letters, (T, B))
        at = np.argsort(rng.random((T, B)), axis=0)[:2]
        np.put_along_axis(w, at, [[0], [1]], axis=0)
        return at_the_end(one_hot(w, letters), (at[0] < at[1]).astype(int))
    return Task("which came first", letters, 2, again(batch))


def sweep_of_pitch(frames=16, size=8, noise=0.3):
    """A sound of frames × size samples, read in frames: does its pitch rise (1) or fall (0)?"""
    def batch(rng, B):
        t = np.arange(frames * size)[:, None] / (frames * size)
        low, high = rng.uniform(3, 8, B), rng.uniform(18, 30, B)          # periods in the whole sound
        wave = np.sin(2 * np.pi * (low * t + (high - low) * t**2 / 2 + rng.random(B)))
        rising = rng.integers(0, 2, B)
        wave = np.where(rising, wave, wave[::-1]) * rng.uniform(0.5, 1, B)
        wave = wave + noise * rng.normal(size=wave.shape)
        return at_the_end(wave.reshape(frames, size, B), rising)
    return Task("rising or falling", size, 2, again(batch))


WAYS = (0, -1), (0, 1), (-1, 0), (1, 0)          # left, right, up, down: steps in (row, column)


def moving_dot(T=6, n=5, noise=0.1):
    """T pictures n × n of a dot that moves, and comes back on the other side: left, right, up or down?"""
    def batch(rng, B):
        way = rng.integers(0, 4, B)
        at = (rng.integers(0, n, (B, 2)) + np.arange(T)[:, None, None] * np.array(WAYS)[way]) % n
        film = one_hot(at[..., 0] * n + at[..., 1], n * n)
        return at_the_end(film + noise * rng.normal(size=film.shape), way)
    return Task("which way", n * n, 4, again(batch))


def bag(task):
    """The same questions about the sum of all moments: it shows what came, but not in which order.

    An RNN that reads one moment only is a plain network without memory, trained as any other.
    """
    return _at_a_glance(task, task.D, lambda x: x.sum(0))


def bag_of_spectra(task):
    """The same questions about the mean loudness of each pitch: what a heap of frames can know of a sound."""
    return _at_a_glance(task, task.D // 2 + 1, lambda x: np.abs(np.fft.rfft(x, axis=1)).mean(0))


def row(task, T):
    """The same questions about all T moments side by side: a fixed window, with weights for each place."""
    return _at_a_glance(task, T * task.D, lambda x: x.reshape(T * task.D, -1))


def _at_a_glance(task, D, view):
    """The task with every sequence x (T, D, B) shown as one moment, view(x)."""
    def batches(rng, B):
        for x, target, mask, _ in task.batches(rng, B):
            yield Batch(view(x)[None].astype(np.float32), target[-1:], mask[-1:])
    return task._replace(D=D, batches=batches)


def recall(L=50, symbols=4, noise=4, loudness=2.0):
    """A symbol, then L moments of noise of standard deviation loudness, in other rows: which symbol?"""
    def batch(rng, B):
        k = rng.integers(0, symbols, B)
        x = np.zeros((L + 1, symbols + noise, B))
        x[0, :symbols] = one_hot(k, symbols)
        x[1:, symbols:] = loudness * rng.normal(size=(L, noise, B))
        return at_the_end(x, k)
    return Task(f"recall after {L}", symbols + noise, symbols, again(batch))


def episodes(T=40, shortest=10, longest=20, symbols=4, noise=2):
    """Endless streams: a symbol, noise, a question (which symbol?), at once the next symbol; never a reset.

    A batch holds the next T moments of its B streams. Rows of x: each symbol, the question, then the noise.
    """
    def batches(rng, B):
        symbol, left = np.zeros((2, B), int)             # left: moments until the question
        while True:
            new, gap = rng.integers(symbols, size=(T, B)), rng.integers(shortest, longest + 1, (T, B))
            target, said, asked = np.empty((T, B), int), np.empty((T, B), bool), np.empty((T, B), bool)
            for t in range(T):
                said[t] = left == 0
                left = np.where(said[t], gap[t] + 1, left - 1)
                target[t] = symbol = np.where(said[t], new[t], symbol)
                asked[t] = left == 0
            signs = one_hot(target, symbols) * said[:, None], asked[:, None], rng.normal(size=(T, noise, B))
            x = np.concatenate(signs, axis=1).astype(np.float32)
            yield Batch(x, target, asked.astype(np.float32), fresh=False)
    return Task("episodes without end", symbols + 1 + noise, symbols, batches)


def account(T=40, closing=0.08):
    """Money in and out (row 0, -1 to 1), or the account is closed (row 1): at every step, the balance / 3."""
    def batch(rng, B):
        closed = rng.random((T, B)) < closing
        money = np.where(closed, 0, rng.uniform(-1, 1, (T, B)))
        balance = np.zeros((T, B))
        for t in range(T):
            balance[t] = np.where(closed[t], 0, balance[t - 1] * (t > 0) + money[t])
        x = np.stack([money, closed], axis=1).astype(np.float32)
        return Batch(x, balance[:, None].astype(np.float32) / 3, np.ones((T, B), np.float32))
    return Task("an account", 2, 1, again(batch), squared_error, r2)


def marked_symbol(T=30, first=10, symbols=4):
    """T symbols, one of the first ones marked (last row of x): at the end, which was it?"""
    def batch(rng, B):
        w, at = rng.integers(0, symbols, (T, B)), rng.integers(0, first, B)
        mark = np.arange(T)[:, None, None] == at
        return at_the_end(np.concatenate([one_hot(w, symbols), mark], axis=1), w[at, np.arange(B)])
    return Task("the marked symbol", symbols + 1, symbols, again(batch))


def counting(shortest=1, longest=10):
    """aⁿbⁿ, n from shortest to longest: at each letter, does the word end here? Gers & Schmidhuber (2001)."""
    def batch(rng, B):
        return ab_words(rng.integers(shortest, longest + 1, B))
    return Task("aⁿbⁿ", 2, 2, again(batch), score=words_right)


def ab_words(n):
    """The words aⁿbⁿ for an array n (B,), as one Batch; the shorter ones are padded at their end."""
    t = np.arange(2 * n.max())[:, None]
    x = np.stack([t < n, (n <= t) & (t < 2 * n)], axis=1).astype(np.float32)
    return Batch(x, (t == 2 * n - 1).astype(int), (t < 2 * n).astype(np.float32))


def words_right(y, target, mask):
    """The share of the words in which the answer is right at every letter."""
    return float(np.mean(((y.argmax(1) == target) | (mask == 0)).all(0)))


def counts(model, most=100):
    """For n = 1 … most: does the model get aⁿbⁿ right at every letter? An array of bools."""
    x, target, mask, _ = ab_words(np.arange(1, most + 1))
    return ((model(x).y.argmax(1) == target) | (mask == 0)).all(0)


def secret(T=40, telling=0.08, asking=0.15):
    """A number to keep (row 0, marked in row 1): when asked (row 2) say the last one, else say 0."""
    def batch(rng, B):
        told = rng.random((T, B)) < telling
        told[0] = True
        asked = (rng.random((T, B)) < asking) & ~told
        number = np.where(told, rng.uniform(-1, 1, (T, B)), 0)
        last = np.maximum.accumulate(np.arange(T)[:, None] * told)
        answer = np.where(asked, np.take_along_axis(number, last, axis=0), 0)
        x = np.stack([number, told, asked], axis=1).astype(np.float32)
        return Batch(x, answer[:, None].astype(np.float32), np.ones((T, B), np.float32))
    return Task("the secret", 3, 1, again(batch), squared_error, when_asked)


def when_asked(y, target, mask=None):
    """R² at the moments of the questions alone: only there the target is not 0."""
    return r2(y, target, target[:, 0] != 0)


def adding(T=50):
    """Numbers from 0 to 1 (row 0), two of them marked (row 1), one in each half: what is their sum?

    Hochreiter & Schmidhuber (1997), section 5.4, with marks in halves as in later work.
    """
    def batch(rng, B):
        value, mark = rng.random((T, B)), np.zeros((T, B))
        for start, stop in ((0, T // 2), (T // 2, T)):
            np.put_along_axis(mark, rng.integers(start, stop, (1, B)), 1, axis=0)
        x = np.stack([value, mark], axis=1).astype(np.float32)
        mask = (np.arange(T)[:, None] == T - 1) * np.ones(B, np.float32)
        total = np.broadcast_to((value * mark).sum(0), (T, 1, B))
        return Batch(x, total.astype(np.float32), mask.astype(np.float32))
    return Task("adding", 2, 1, again(batch), squared_error, r2)


REBER = {          # state: letter and next state, two of each        Reber (1967)
    0: "T1P2", 1: "S1X3", 2: "T2V4", 3: "X2S5", 4: "P3V5",
}
LETTERS = "BTPSXVE"


def reber_word(rng):
    """A word of Reber's grammar; each of its two ways on is as likely as the other."""
    word, state = "B", 0
    while state != 5:
        k = 2 * int(rng.integers(2))
        word, state = word + REBER[state][k], int(REBER[state][k + 1])
    return word + "E"


def embedded_reber(longest=30):
    """B, T or P, a Reber word, the same T or P again, E: which letter comes next? x (T, B): ids of LETTERS.

    Hochreiter & Schmidhuber (1997), section 5.1. Words have at most longest letters. The score is that of the
    last letter but one, which alone needs a long memory; chance is 0.5.
    """
    def words(rng):
        while True:
            k = "TP"[rng.integers(2)]
            word = f"B{k}{reber_word(rng)}{k}E"
            if len(word) <= longest:
                yield [LETTERS.index(letter) for letter in word]

    def batch(rng, B):
        drawn = list(islice(words(rng), B))
        T = max(map(len, drawn))
        ids = np.array([word + [0] * (T - len(word)) for word in drawn]).T
        mask = np.arange(1, T)[:, None] < [len(word) for word in drawn]
        return Batch(ids[:-1], ids[1:], mask.astype(np.float32))
    return Task("embedded Reber", len(LETTERS), len(LETTERS), again(batch), score=last_but_one)


def last_but_one(y, target, mask):
    """The share of the sequences (T, B) in which the last answer but one is right."""
    at = mask.sum(0).astype(int) - 2, np.arange(mask.shape[1])
    return float(np.mean(y.argmax(1)[at] == target[at]))
