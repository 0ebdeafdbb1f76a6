"""Tasks of 1997 and 2000 by their papers' own rules of success, the papers' figures, and ours beside them.

    python -m course.c13_papers_say.papers FILE.csv      a long run; stopped, it goes on from what the file holds
"""
import sys
from importlib import import_module
from itertools import islice
from typing import NamedTuple

import numpy as np

from lstmlib import tasks
from lstmlib.cells import LSTM, RNN, pin
from lstmlib.model import Model, softmax, train
from lstmlib.sweep import SEEDS, report
from lstmlib.tasks import LETTERS, REBER, Batch, Task
from lstmlib.unroll import one_hot

from .answers import words_right

# --- the tasks --------------------------------------------------------------------------------------------


def temporal_order():
    """E, letters a to d, B; at steps 10-20 and 50-60 an X or a Y: which two, in which order? Four classes.

    Hochreiter & Schmidhuber (1997), experiment 6a: 100 to 110 letters; here each batch has one length.
    """
    def batch(rng, B):
        T, order = rng.integers(100, 111), rng.integers(0, 2, (2, B))
        w = rng.integers(4, 8, (T, B))
        w[0], w[-1] = 2, 3
        np.put_along_axis(w, np.stack([rng.integers(10, 21, B), rng.integers(50, 61, B)]), order, axis=0)
        return tasks.at_the_end(one_hot(w, 8), order[0] * 2 + order[1])
    return Task("temporal order", 8, 4, tasks.again(batch))


def adding_of_1997(T=100):
    """Numbers from -1 to 1 (row 0), two of them marked 1 (row 1), the ends marked -1: 0.5 + their sum / 4.

    Hochreiter & Schmidhuber (1997), experiment 4: T to T + T/10 steps, the first mark within ten, the second before
    T/2 - 1. A number at the very start counts as 0.
    """
    def batch(rng, B):
        steps = T + rng.integers(0, T // 10 + 1)
        value, mark = rng.uniform(-1, 1, (steps, B)), np.zeros((steps, B))
        first, second = rng.integers(0, 10, B), rng.integers(0, T // 2 - 2, B)
        np.put_along_axis(mark, np.stack([first, second + (second >= first)]), 1, axis=0)
        total = 0.5 + (value * mark)[1:].sum(0) / 4
        mark[0], mark[-1] = -1, -1
        x, last = np.stack([value, mark], axis=1).astype(np.float32), np.arange(steps)[:, None] == steps - 1
        target = np.broadcast_to(total, (steps, 1, B)).astype(np.float32)
        return Batch(x, target, (last * np.ones(B)).astype(np.float32))
    return Task("adding, 1997", 2, 1, tasks.again(batch), tasks.squared_error, tasks.r2)


def followers(word):
    """Which letters may follow each letter of an embedded Reber word, texts; after its E the next word begins."""
    after, state = ["TP", "B", "TP"], 0
    for letter in word[3:-3]:
        state = int(REBER[state][REBER[state].index(letter) + 1])
        after.append("E" if state == 5 else REBER[state][::2])
    return [*after, word[1], "E", "B"]


def embedded_word(rng):
    """One word of the embedded Reber grammar, of whatever length, as its author draws it."""
    k = "TP"[rng.integers(2)]
    return f"B{k}{tasks.reber_word(rng)}{k}E"


def as_batch(words):
    """Words as a Batch that asks for every next letter, and what may follow: bools (T, K, B)."""
    T = max(map(len, words)) - 1
    ids = np.array([[*map(LETTERS.index, word), *[0] * (T + 1 - len(word))] for word in words]).T
    mask = np.arange(1, T + 1)[:, None] < [len(word) for word in words]
    legal = np.zeros((T, len(LETTERS), len(words)), bool)
    for b, word in enumerate(words):
        for t, letters in enumerate(followers(word)[:-1]):
            legal[t, [*map(LETTERS.index, letters)], b] = True
    return Batch(ids[:-1], ids[1:], mask.astype(np.float32)), legal


def letters_right(y, legal):
    """At which steps (T, B) the letters that may follow are the most active ones: y, legal (T, K, B)."""
    return np.where(legal, y, np.inf).min(1) > np.where(legal, -np.inf, y).max(1)


def stream(rng, n):
    """n letters of words in a row without a gap, as ids (n,), and what may follow each, (n, K) bools."""
    text, after = "", []
    while len(text) < n:
        word = embedded_word(rng)
        text, after = text + word, after + followers(word)
    legal = np.array([[letter in letters for letter in LETTERS] for letters in after])
    return np.array([*map(LETTERS.index, text)])[:n], legal[:n]


def continual_reber(T=60, pieces=10):
    """Streams of words without a mark between them: which letter comes next? After some pieces they begin anew.

    Gers, Schmidhuber & Cummins (2000), whose streams end at the first error instead.
    """
    def batches(rng, B):
        while True:
            ids = np.stack([stream(rng, T * pieces + 1)[0] for _ in range(B)], 1)
            for k in range(0, T * pieces, T):
                yield Batch(ids[k:k + T], ids[k + 1:k + T + 1], np.ones((T, B), np.float32), fresh=k == 0)
    return Task("continual Reber", len(LETTERS), len(LETTERS), batches)


# --- the rules of success ---------------------------------------------------------------------------------


class Net(NamedTuple):
    """What learns in one row of a table, and how: a first guess, tuned no further."""
    cell: object
    H: int
    B: int                       # sequences for each update
    lr: float
    most: int                    # sequences after which it stops, whatever it has learned
    forget_bias: float = 1
    input_bias: float = 0
    gates: dict = {}             # pinned


def untaught(net, task, seed):
    """The Model of a Net before it has learned."""
    model = Model(net.cell, task.D, net.H, task.K, seed=seed, forget_bias=net.forget_bias)
    if "i" in net.cell.gates:
        model.params[0]["b"][net.cell.gates.index("i")] = net.input_bias
    model.params[0] = pin(net.cell, model.params[0], **net.gates)
    return model


def taught(net, task, seed):
    """The Model after `most` sequences."""
    model = untaught(net, task, seed)
    for _ in islice(train(model, task, net.B, net.lr, seed=seed), net.most // net.B):
        pass
    return model


def in_a_row(task, right, enough=2000):
    """A measure: sequences read until so many in a row were right, each before it was learned from; ∞: never."""
    def measure(net, seed):
        row = 0

        def watched(y, target, mask):
            nonlocal row
            wrong = np.flatnonzero(~right(y[-1], target[-1]))
            row = net.B - 1 - wrong[-1] if wrong.size else row + net.B
            return task.loss(y, target, mask)
        learning = train(untaught(net, task, seed), task._replace(loss=watched), net.B, net.lr, seed=seed)
        for n, _ in zip(range(net.B, net.most + 1, net.B), learning):
            if row >= enough:
                return n
        return np.inf
    return measure


def order_right(y, target):
    """Which sequences (B,) have all outputs within 0.3 of what they should be; y (K, B), target (B,)."""
    return (np.abs(softmax(y) - one_hot(target, len(y))) < 0.3).all(0)


def sum_right(y, target):
    """Which sequences (B,) have a sum within 0.04 of what it should be."""
    return np.abs(y - target)[0] < 0.04


def all_strings(net, seed, every=400):
    """A measure: strings read, out of 256, until these and 256 new ones are right at every letter; ∞: never."""
    rng = np.random.default_rng(seed)
    lessons = [embedded_word(rng) for _ in range(256)]
    others = (word for word in iter(lambda: embedded_word(rng), "") if word not in lessons)
    exam, legal = as_batch([*lessons, *islice(others, 256)])

    def batches(rng, B):
        while True:
            at = rng.integers(0, 256, B)
            T = int(exam.mask[:, at].sum(0).max())
            yield Batch(*(part[:T, at] for part in exam[:3]))
    task = Task("256 strings", len(LETTERS), len(LETTERS), batches)
    model = untaught(net, task, seed)
    for n, _ in zip(range(net.B, net.most + 1, net.B), train(model, task, net.B, net.lr, seed=seed)):
        if n % every == 0 and words_right(model(exam.x).y, legal, exam.mask).all():
            return n
    return np.inf


def in_streams(net, seed):
    """A measure: how many letters are right before the first wrong one, on average over ten streams."""
    model, rng = taught(net, continual_reber(), seed), np.random.default_rng(999)
    ids, legal = map(np.array, zip(*(stream(rng, LONGEST) for _ in range(10))))
    return np.mean([*map(before_an_error, letters_right(model(ids.T).y, legal.transpose(1, 2, 0)).T)])


def word_by_word(net, seed):
    """The same where somebody outside empties the state after each word, in the lessons as in the exam."""
    def words(rng, B):
        return as_batch([embedded_word(rng) for _ in range(B)])
    task = Task("word by word", len(LETTERS), len(LETTERS), tasks.again(lambda rng, B: words(rng, B)[0]))
    model, rng, found = taught(net, task, seed), np.random.default_rng(999), []
    for _ in range(10):
        batch, legal = words(rng, LONGEST // 8)
        found.append(before_an_error(letters_right(model(batch.x).y, legal).T[batch.mask.T == 1][:LONGEST]))
    return np.mean(found)


LONGEST = 10000                  # letters of a stream of the exam


def before_an_error(right):
    """How many of these bools come before the first that is False."""
    return len(right) if right.all() else right.argmin()


# --- the tables -------------------------------------------------------------------------------------------


class Table(NamedTuple):
    """What a paper says, and which of our networks stand beside it."""
    paper: dict                  # {row: its figures}
    nets: dict                   # {row: (measure, Net, seconds a seed on one core when the table was made)}


ORDER, ADDING = in_a_row(temporal_order(), order_right), in_a_row(adding_of_1997(), sum_right)
AS_1997 = {"f": 1}
TABLES = {
    "order": Table({"f = 1": (31390,)}, {
        "f = 1": (ORDER, Net(LSTM, 4, 16, 0.02, 50000, input_bias=-2, gates=AS_1997), 1),
        "bias 5": (ORDER, Net(LSTM, 4, 16, 0.02, 50000, forget_bias=5, input_bias=-2), 1),
        "bias 1": (ORDER, Net(LSTM, 4, 16, 0.02, 50000, forget_bias=1, input_bias=-2), 9),
        "RNN": (ORDER, Net(RNN, 14, 16, 0.005, 50000), 12)}),
    "Reber": Table({"f = 1": (8440, 39740)}, {
        "f = 1": (all_strings, Net(LSTM, 6, 8, 0.02, 60000, gates=AS_1997), 1),
        "f = 1, o = 1": (all_strings, Net(LSTM, 6, 8, 0.02, 60000, gates={"f": 1, "o": 1}), 3),
        "learned f": (all_strings, Net(LSTM, 6, 8, 0.02, 60000), 2),
        "RNN": (all_strings, Net(RNN, 14, 8, 0.02, 60000), 1)}),
    "stream": Table({"f = 1, reset": (31, 100000), "f = 1": (37, 1166), "learned f": (145, 39171, 100000)}, {
        "f = 1, reset": (word_by_word, Net(LSTM, 8, 80, 0.01, 96000, gates=AS_1997), 9),
        "f = 1": (in_streams, Net(LSTM, 8, 16, 0.01, 19200, gates=AS_1997), 6),
        "learned f": (in_streams, Net(LSTM, 8, 16, 0.01, 19200), 6)}),
    "adding": Table({"f = 1": (74000,)}, {
        "f = 1": (ADDING, Net(LSTM, 4, 16, 0.01, 150000, input_bias=-3, gates=AS_1997), 7),
        "learned f": (ADDING, Net(LSTM, 4, 16, 0.01, 150000, forget_bias=5, input_bias=-3), 7)}),
}


def rerun(table, row, seed):
    """What one of our networks gives: sequences until the rule of its table is met, or letters of a stream."""
    measure, net, _ = TABLES[table].nets[row]
    return measure(net, seed)


CASES = [{"table": table, "row": row, "seed": seed} for table, (_, nets) in TABLES.items() for row in nets
         for seed in SEEDS]

if __name__ == "__main__":
    here = import_module("course.c13_papers_say.papers")                  # as other processes find it
    report(here.rerun, CASES, sys.argv[1])
