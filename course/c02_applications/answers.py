"""Exercises of chapter 02, applications."""

from copy import deepcopy

import numpy as np

from workbook.judge import Exercise, Said, own
from workbook.room import shared
from workbook.words import say

# --- exercises and puzzles ----------------------------------------------------------------------------------


def greedy(step, s, start, stop, longest):
    """Lets a network write: the most likely word, then the most likely one after it, and so on.

    step(s, word) -> s, y: the network reads one word (its number) in the state s; y (K,) are the scores of
    the next word. s: the first state; start: the first word to be read; stop: the word that ends a sentence;
    longest: so many words at most are written. Returns the list of the words written, without start, without
    stop.
    """
    words, word = [], start
    while len(words) < longest:
        s, y = step(s, word)
        word = int(np.argmax(y))
        if word == stop:
            break
        words.append(word)
    return words


def sample(y, temperature, rng):
    """Draws the next word at random: word k with the probability softmax(y / temperature)[k].

    y (K,) scores; temperature > 0: near 0 the best word always wins, large ones make all alike; rng:
    np.random.default_rng(…), whose rng.choice(K, p=…) or rng.random() draws. Returns one whole number from 0
    to K-1.
    """
    y = y - y.max()              # exp cannot overflow
    p = np.exp(y / temperature)
    p = p / p.sum()
    return int(rng.choice(len(y), p=p))


def perplexity(losses):
    """Between how many equally likely words a model hesitates, on average: e to the power of its mean loss.

    losses: an array of any shape, the surprise -log p(the right word) of each step, in nats (natural
    logarithm); returns one number.
    """
    return np.exp(np.mean(losses))


def masked_loss(losses, mask):
    """The mean loss over the steps that count: padding is left out.

    losses (T, B), mask (T, B): 1.0 where a step counts, 0.0 where the sequence had ended and only padding
    stands. Each step that counts has the same weight, whichever sequence it belongs to. Returns one number.
    """
    return (losses * mask).sum() / mask.sum()


def nearest_caption(x, seen, captions):
    """Captions a picture without having learned anything: with the caption of the picture that is most like it.

    x (D,): the new picture, D numbers; seen (D, B): B pictures of the lessons, a column each; captions (T, B):
    what was said of each of them, a column of T word numbers. Most alike is the picture whose squared differences
    from x have the smallest sum. Returns its caption (T,).
    """
    far = ((seen - x[:, None])**2).sum(0)
    return captions[:, far.argmin()]


class _Writer:
    """A small network that writes, with a taste for stopping that grows from word to word."""

    def __init__(self, rng, K):
        self.E, self.A, self.V = rng.normal(size=(K, 4)), rng.normal(size=(4, 4)), 2 * rng.normal(size=(K, 4))
        self.calls = 0

    def __call__(self, s, word):
        self.calls += 1
        if self.calls > 200:
            raise RuntimeError("step was called 200 times: this sentence never ends")
        h, age = s
        h = np.tanh(self.A @ h + self.E[word])
        y = self.V @ h
        y[1] = np.sort(y)[-2] + 0.5 * (age - 4.5)
        return (h, age + 1), y


def writers(rng, n):
    """Sentences that end by themselves, and sentences that are cut short."""
    K = n.K + 6
    yield _Writer(rng, K), (rng.normal(size=4), 0), 0, 1, 30
    yield _Writer(rng, K), (rng.normal(size=4), -20), 0, 1, n.T


def writers_corners(rng, n):
    """No word at all, since none may be written or since the first one is stop; a start that is stop itself."""
    K = n.K + 6
    yield _Writer(rng, K), (rng.normal(size=4), -20), 0, 1, 0
    yield _Writer(rng, K), (rng.normal(size=4), 1000), 0, 1, 30
    yield _Writer(rng, K), (rng.normal(size=4), 0), 1, 1, 30


def scores(rng, n):
    """Scores in a random order, at a low and at a high temperature."""
    y = rng.permutation(1.2 - 0.6 * np.arange(n.K))
    yield y, 0.6, rng.spawn(1)[0]
    yield y + 1, 3.0, rng.spawn(1)[0]


def scores_corners(rng, n):
    """So cold that the best word always wins, of scores far apart; so hot that all are alike."""
    y = np.linspace(-1000, 1000, n.K)
    yield y, 0.01, rng.spawn(1)[0]
    yield y[::-1], 0.01, rng.spawn(1)[0]
    yield y / 1000, 1e6, rng.spawn(1)[0]


class _Even:
    """A random generator that draws evenly: n draws by `choice` or `random` hit each probability up to 1/n.

    Whatever else it is asked for comes from an ordinary generator, and `fair` is False from then on.
    """

    def __init__(self, rng, n):
        self.rng, self.numbers = rng, list(rng.permutation((np.arange(n) + 0.5) / n))
        self.used, self.fair = False, True

    def random(self, size=None, **more):
        self.used = True
        if size is None and self.numbers:
            return self.numbers.pop()
        self.fair = False
        return self.rng.random(size, **more)

    def choice(self, a, size=None, replace=True, p=None, **more):
        self.used = True
        if p is None and size is None and replace:
            p = np.full(a if np.ndim(a) == 0 else len(a), 1 / (a if np.ndim(a) == 0 else len(a)))
        strange = p is None or not abs(np.sum(p) - 1) <= 1e-6 or np.min(p) < 0 or np.size(a) not in (1, np.size(p))
        if strange or size not in (None, 1):
            self.fair = False
            return self.rng.choice(a, size, replace, p, **more)
        k = min(int(np.searchsorted(np.cumsum(p), self.random())), len(p) - 1)
        word = np.asarray(k if np.ndim(a) == 0 else a[k])[()]
        return word if size is None else np.array([word])

    def __getattr__(self, name):
        self.used, self.fair = True, False
        return getattr(self.rng, name)


def how_often(f, y, temperature, rng, n=60):
    """The frequency of each word: in n even draws, or where the answer draws in its own way, in 2000."""
    even = _Even(deepcopy(rng), n)
    draws = [f(y, temperature, even) for _ in range(n)]
    for k in draws:
        if k is None or callable(k):
            return k
        if np.ndim(k) or isinstance(k, str) or k != int(k) or not 0 <= k < len(y):
            told = say("each call should return a whole number from 0 to {last}, the number of a word; yours "
                       "returned {what}.", last=len(y) - 1, what=f"`{k!r}`"[:60])
            raise Said("structure", told, own(tuple(shared("sheet")["applications"].values())))
    if not even.used and len(set(draws)) > 1:
        raise Said("rng", say("your draw does not use `rng`: with it, the same seed gives the same words "
                              "again."), own(tuple(shared("sheet")["applications"].values())))
    if not even.fair:
        n, rng = 2000, deepcopy(rng)
        draws = [f(y, temperature, rng) for _ in range(n)]
    return np.bincount(np.array(draws, int), minlength=len(y)) / n


def surprises(rng, n):
    """Losses in nats, of two shapes."""
    yield (rng.uniform(0.2, 4, (n.T, n.B)),)
    yield (rng.uniform(0.2, 2, n.K),)


def surprises_corners(rng, n):
    """A model that is always sure and right; a single loss; losses of three axes."""
    yield (np.zeros((n.T, n.K)),)
    yield (np.array(0.7),)
    yield (rng.uniform(0.2, 4, (n.H, n.D, n.K)),)


def padded(rng, n):
    """Losses in nats, large on the padding, and a mask that leaves no sequence empty."""
    ends = rng.integers(1, n.T + 1, n.B)
    ends[0] = n.T - 2
    mask = (np.arange(n.T)[:, None] < ends).astype(float)
    yield rng.uniform(0.1, 3, (n.T, n.B)) + 2 * (1 - mask), mask


def padded_corners(rng, n):
    """A sequence of padding alone among others, no padding at all, a single step that counts, losses of 0."""
    losses, one = rng.uniform(0.1, 3, (n.K, n.H)), np.zeros((n.K, n.H))
    one[2, 1] = 1
    yield losses, np.where(np.arange(n.H) == 1, 0.0, np.tri(n.K, n.H)[::-1])
    yield losses, np.ones_like(losses)
    yield losses, one
    yield 0 * losses, 1 - one


def albums(rng, n):
    """A picture near the last one seen; one near none of many; one with a large difference in one of its numbers from
    one that was seen, and two smaller ones from another, which are nearer in squares.
    """
    B = n.B + 9
    captions = rng.integers(0, 50, (n.T, B))
    captions[0] = rng.permutation(B)                                   # no two captions are the same
    seen = 2 * rng.normal(size=(n.D, B))
    yield seen[:, n.B - 1] + rng.normal(size=n.D) / 2, seen[:, :n.B], captions[:, :n.B]
    yield 2 + rng.normal(size=n.D) / 2, seen, captions
    x = rng.normal(size=n.D)
    seen = x[:, None] + 9 * rng.choice([-1, 1], (n.D, B))
    seen[:, 1:3] = x[:, None]
    seen[0, 1] += 3
    seen[:2, 2] += 2
    yield x, seen, captions


def albums_corners(rng, n):
    """A single picture was seen; the very picture was seen, and so was its negative; all are very bright."""
    _, (x, seen, captions), _ = albums(rng, n)
    yield x, seen[:, :1], captions[:, :1]
    yield -seen[:, 2], np.column_stack([seen, -seen[:, 2]]), np.column_stack([captions, captions[:, 0] + 60])
    yield x + 100, seen + 100, captions


EXERCISES = (
    Exercise(greedy, writers, writers_corners, "words", "a list of whole numbers", line="applications",
             play=lambda f, step, *rest: f(deepcopy(step), *rest)),
    Exercise(sample, scores, scores_corners, "frequencies", "one whole number", line="applications", play=how_often,
             tolerance=0.06),
    Exercise(perplexity, surprises, surprises_corners, "perplexity", "()", line="applications"),
    Exercise(masked_loss, padded, padded_corners, "loss", "()", line="applications"),
    Exercise(nearest_caption, albums, albums_corners, "caption", "(T,)", line="applications"),
)

PUZZLES = ()
