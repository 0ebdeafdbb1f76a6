"""What reads and writes: an encoder whose last state begins a decoder; writing word by word; and baselines
without memory.
"""

import numpy as np

from lstmlib.cells import LSTM, State
from lstmlib.model import Model, Trace, softmax

from .corpora import END, spelled


class EncoderDecoder:
    """An encoder reads the source; its last state, all that it has kept, is the decoder's first.
    Sutskever et al. (2014).

    D, H, K: inputs of the encoder, units of both, words of the decoder; learned by train like a Model, on
    batches whose x is a pair: the source, and the ids of the words written so far.
    """

    def __init__(self, D, H, K, cell=LSTM, seed=0, dtype=np.float32):
        self.cell = cell
        self.encoder = Model(cell, D, H, 1, seed=2 * seed, dtype=dtype)
        self.decoder = Model(cell, K, H, K, seed=2 * seed + 1, dtype=dtype)

    @property
    def params(self):
        """The weights of the encoder, of the decoder and of its read-out; the encoder says nothing aloud."""
        return self.encoder.params[:1] + self.decoder.params

    def __call__(self, x, s0=None):
        """Reads x = (source, words so far); returns the Trace of the decoder, whose runs begin with the
        encoder's.
        """
        source, words = x
        thought = self.encoder(source, s0)
        said = self.decoder(words, thought.s)
        return Trace(said.y, thought.runs + said.runs)

    def gradients(self, trace, dy):
        """From dy (T, K, B) back: what the decoder blames on its first state goes to the encoder's last."""
        read, wrote = trace.runs
        grads, _, ds = self.decoder.gradients(Trace(trace.y, [wrote]), dy)
        silence = np.zeros((len(read.h), 1, read.h.shape[-1]), dy.dtype)
        return self.encoder.gradients(Trace(silence, [read]), silence, ds)[0][:1] + grads, None, None


def restored(model):
    """The EncoderDecoder whose weights were kept with save(path, it, …) and brought back, as a plain pile, by
    load(path).
    """
    read, wrote, out = model.params
    (H, D), (K, _) = (read["b"].shape[1], read["W"].shape[2] - read["W"].shape[1]), out["V"].shape
    both = EncoderDecoder(D, H, K, model.cell, dtype=out["V"].dtype)
    both.encoder.params[:1], both.decoder.params[:] = [read], [wrote, out]
    return both


# --- writing ----------------------------------------------------------------------------------------


def write(model, s, first, longest, choose=None):
    """What a model writes from the states s on, having read the ids first (B,): ids (longest, B), word by
    word.

    Each word it says is the next that it reads. choose(y) -> ids (B,): picks from the scores y (K, B);
    default: the greatest. It never stops by itself: see until_end.
    """
    said, word = [], np.asarray(first)
    for _ in range(longest):
        trace = model(word[None], s)
        s, word = trace.s, (choose or (lambda y: y.argmax(0)))(trace.y[-1])
        said.append(word)
    return np.stack(said)


def sampler(temperature, rng, draw=None):
    """A choose for write: draws each word from softmax(y / temperature); at 0 the greatest.

    draw(y (K,), temperature, rng) -> id: whoever is to draw instead, such as the learner's own sample.
    """
    def choose(y):
        if temperature <= 0:
            return y.argmax(0)
        if draw:
            return np.array([draw(scores, temperature, rng) for scores in y.T.astype(float)], int)
        p = softmax(y.astype(float) / temperature).cumsum(0)
        return (p < rng.random(p.shape[1]) * p[-1]).sum(0)
    return choose


def answer(model, source, longest=24):
    """What an EncoderDecoder writes about a source: ids (longest, B)."""
    s = model.encoder(source).s
    return write(model.decoder, s, np.zeros(s[0].h.shape[1], int), longest)


def sureness(model, source, ids):
    """How probable each word was to an EncoderDecoder that wrote ids (T, B) about a source: (T, B)."""
    before = np.concatenate([np.zeros_like(ids[:1]), ids[:-1]])
    p = softmax(model((source, before)).y.astype(float))
    return np.take_along_axis(p, ids[:, None], 1)[:, 0]


def until_end(known, ids):
    """The words of ids (T,), up to the full stop."""
    text = [known.words[k] for k in ids]
    return text[:text.index(END)] if END in text else text


def says(model, corpus, source):
    """What an EncoderDecoder says about the first column of a source, as a sentence."""
    return spelled(until_end(corpus.words, answer(model, source[..., :1])[:, 0]))


def goes_on(model, known, tokens, longest=8):
    """The likeliest words after some tokens, in the order in which a Model writes them: a list."""
    ids = known.ids(tokens)[:, None]
    before = model(ids[:-1]).s if len(ids) > 1 else None
    return [known.words[k] for k in write(model, before, ids[-1], longest)[:, 0]]


def exact(model, task, B=500, seed=999):
    """The share of B examples for which every word is right: written by the model alone, nobody helping."""
    batch = next(task.batches(np.random.default_rng(seed), B))
    said = answer(model, batch.x[0], len(batch.target))
    return float(((said == batch.target) | (batch.mask == 0)).all(0).mean())


def surprises(y, target):
    """-log p of what came, in nats: the loss of each step (T, B), from scores y (T, K, B)."""
    return -np.log(np.take_along_axis(softmax(y.astype(float)), target[:, None], 1)[:, 0])


def recalled(scores, batch, among):
    """Where the target is one of the ids `among`: how often is it the likeliest of them? scores (T, K, B)."""
    place = np.isin(batch.target, among) & (batch.mask > 0)
    best = np.asarray(among)[scores[:, among].argmax(1)]
    return float((best == batch.target)[place].mean())


# --- what an encoder keeps --------------------------------------------------------------------------


def kept(model, corpus, group, task, n):
    """The last state of an encoder after each of n sentences of a task, and group(words of the sentence) of each."""
    batch = next(task.batches(np.random.default_rng(3), n))
    names = [group([corpus.source.words[k] for k in column if k]) for column in batch.x[0].T]
    return model.encoder(batch.x[0]).s[0], np.array(names)


def probe(model, corpus, group, n=1000):
    """How often a linear probe reads the group of a sentence of the exam off an encoder's last c: logistic
    regression, fitted to n sentences of the lessons.
    """
    from sklearn.linear_model import LogisticRegression
    (learn, told), (exam, asked) = (kept(model, corpus, group, task, n) for task in (corpus.learn, corpus.exam))
    return float(LogisticRegression(max_iter=1000).fit(learn.c.T, told).score(exam.c.T, asked))


def pushed(model, corpus, group, rng=None, n=300):
    """The first word that is written about n sentences, and the same after a push: each last state, h and c, is
    moved along the line between the means of two groups, from its own to the other; or as far at random, by rng.
    """
    s, names = kept(model, corpus, group, corpus.exam, n)
    states, one = np.concatenate(s), names == names[0]
    push = states[:, ~one].mean(1) - states[:, one].mean(1)
    if rng:
        way = rng.normal(size=push.shape)
        push = way / np.linalg.norm(way) * np.linalg.norm(push)
    moved = (states + push[:, None] * np.where(one, 1, -1)).astype(states.dtype)
    first = (write(model.decoder, [State(*np.split(both, 2))], np.zeros(n, int), 1)[0] for both in (states, moved))
    return [[corpus.words.words[k] for k in ids] for ids in first]


# --- baselines: what can be had without memory ------------------------------------------------------


def parts(corpus, n=4000, seed=1):
    """A large batch to learn from, and one of the exam."""
    rng = np.random.default_rng(seed)
    return next(corpus.learn.batches(rng, n)), next(corpus.exam.batches(rng, 1000))


def bag_of_words(corpus):
    """Sentiment from which words there are, not their order: logistic regression on counts. The accuracy in
    the exam.
    """
    from sklearn.linear_model import LogisticRegression
    learn, exam = ((counts(batch.x, corpus.learn.D), batch.target[0]) for batch in parts(corpus))
    return LogisticRegression(max_iter=1000).fit(*learn).score(*exam)


def counts(ids, D):
    """How often each word comes in each column of ids (T, B): (B, D), gaps not counted."""
    bags = np.zeros((ids.shape[1], D))
    np.add.at(bags, (np.arange(ids.shape[1]), ids), 1)
    bags[:, 0] = 0
    return bags


def bigram(corpus, x):
    """The scores (T, K, B) of the next word after each word of x (T, B), from counts of pairs: log p, as a
    model's y.
    """
    learn, _ = parts(corpus)
    table = np.full((corpus.learn.D, corpus.learn.K), 0.01)
    np.add.at(table, (learn.x[learn.mask > 0], learn.target[learn.mask > 0]), 1)
    return np.log(table / table.sum(1, keepdims=True))[x].swapaxes(1, 2)


def word_for_word(corpus, rows=2000):
    """Translation by a dictionary: each word becomes the word it is most often seen with. Exact matches in
    the exam.
    """
    learn, exam = parts(corpus, rows)
    there = counts(learn.x[0], corpus.learn.D), counts(learn.target, corpus.learn.K)
    here, both = [(bag > 0).astype(float) for bag in there], (there[0] > 0).T @ (there[1] > 0).astype(float)
    dice = 2 * both / (here[0].sum(0)[:, None] + here[1].sum(0) + 1e-9)
    stop = corpus.words.index[END]
    dice[:, [0, 1, stop]] = 0
    said = [[*dice.argmax(1)[column[column > 0]], stop] for column in exam.x[0].T]
    right = [[*column[:column.tolist().index(stop) + 1]] for column in exam.target.T]
    return float(np.mean([a == b for a, b in zip(said, right)]))


def side_by_side(batch):
    """All that is read of each example in one column: the frames (T, D, B) of a batch as (T·D, B)."""
    return batch.x[0].reshape(-1, batch.x[0].shape[-1])


def by_likeness(caption, corpus, n=6000, B=300):
    """The share of exact captions by caption(x, seen, captions), who looks at the whole picture, or at all frames."""
    learn, exam = parts(corpus, n)
    seen, asked = side_by_side(learn), side_by_side(exam).T[:B]
    said = np.stack([caption(x, seen, learn.target) for x in asked], -1)
    return float((said == exam.target[:, :B]).all(0).mean())
