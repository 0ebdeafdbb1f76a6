"""What chapter 02 claims: each application beats its rival, on five seeds by which nothing was chosen."""
from itertools import islice

import numpy as np
import pytest
from holds import holds
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from course.c02_applications import applications, corpora, inputs
from lstmlib.cells import LSTM, RNN
from lstmlib.model import Model, exam, train
from lstmlib.sweep import SEEDS
from workbook.expected import every, median, value
from workbook.words import speak

pytestmark = [pytest.mark.usefixtures("shaken"), pytest.mark.parametrize("lang", ["en", "fr"])]


@pytest.fixture(autouse=True)
def spoken(lang):
    yield speak(lang)
    speak("en")


def learned(make, corpus, updates, lr):
    """A model for each seed."""
    models = [make(seed) for seed in SEEDS]
    for seed, model in zip(SEEDS, models):
        for _ in islice(train(model, corpus.learn, lr=lr, seed=seed), updates):
            pass
    return models


def scores(score, models):
    """score(model) of each model."""
    return np.array([score(model) for model in models])


def exact(models, task, *how):
    return scores(lambda model: applications.exact(model, task, *how), models)


def table(corpus, cell, H, K=None):
    return lambda seed: Model(cell, len(corpus.words), H, K or len(corpus.words), seed=seed)


def pair(corpus, H, cell=LSTM):
    return lambda seed: applications.EncoderDecoder(corpus.learn.D, H, len(corpus.words), cell, seed)


@pytest.mark.parametrize("cell", [LSTM, RNN], ids=lambda cell: cell.name)
def test_sentiment_beats_a_bag_of_words_and_fails_on_what_was_never_negated(lang, cell):
    corpus = corpora.sentiment()
    models = learned(table(corpus, cell, 32, 2), corpus, 300, 1e-2)
    holds(value("bag of words", applications.bag_of_words(corpus)) < 0.65,
          every(f"{cell.name}: exam", scores(lambda model: exam(model, corpus.exam), models)) > 0.95,
          every(f"{cell.name}: never negated", scores(lambda model: exam(model, corpus.new), models)) < 0.25)


@pytest.mark.parametrize("cell", [LSTM, RNN], ids=lambda cell: cell.name)
def test_the_next_word_beats_pairs_of_words_near_by_and_not_far_away(lang, cell):
    corpus = corpora.tales()
    batch = next(corpus.exam.batches(np.random.default_rng(5), 400))
    verbs, forms = corpora.agreement(batch, corpus.words)
    homes = corpus.words.ids({"en": "lake mill bridge hill", "fr": "lac moulin forêt rivière"}[lang].split())
    late = batch._replace(mask=batch.mask * (np.cumsum(np.isin(batch.target, homes), 0) == 2))
    rival = applications.bigram(corpus, batch.x)
    lr = 2e-2 if cell is LSTM else 1e-2
    models = learned(table(corpus, cell, 48), corpus, 300, lr)

    def found(score):
        """Of the rival and, for each seed, of ours."""
        pairs, *ours = scores(score, [rival, *(model(batch.x).y for model in models)])
        return pairs, np.array(ours)
    pairs, ours = found(lambda y: corpora.perplexity(y, batch.target, batch.mask))
    holds(every(f"{cell.name}: perplexity / that of pairs", ours / pairs) < 0.7)
    pairs, ours = found(lambda y: applications.recalled(y, verbs, forms))
    holds(value("agreement: pairs", pairs) < 0.3, every(f"{cell.name}: agreement", ours) > 0.9)
    holds(every(f"{cell.name}: the home", found(lambda y: applications.recalled(y, late, homes))[1]) < 0.7)


def test_real_text_by_characters_beats_pairs_of_characters(lang):
    if lang == "fr":
        pytest.skip("the reference of Python is in English")
    corpus = corpora.reference(T=40)
    batch = next(corpus.exam.batches(np.random.default_rng(5), 200))
    pairs = corpora.perplexity(applications.bigram(corpus, batch.x), batch.target)
    models = learned(table(corpus, LSTM, 64), corpus, 400, 2e-2)
    ours = scores(lambda model: corpora.perplexity(model(batch.x).y, batch.target), models)
    holds(every("perplexity / that of pairs", ours / pairs) < 0.8)


def test_translation_beats_a_dictionary_and_stumbles_over_new_pairs(lang):
    corpus = corpora.translation()
    models = learned(lambda seed: applications.EncoderDecoder(
        len(corpus.source), 48, len(corpus.words), seed=seed), corpus, 800, 1e-2)
    ours, new = (exact(models, task) for task in (corpus.exam, corpus.new))
    holds(value("dictionary", applications.word_for_word(corpus)) < 0.2, median("exam", ours) > 0.8,
          every("exam less new pairs", ours - new) > 0.1)
    alike = median("neighbours of one gender",
                   scores(lambda model: inputs.thoughts(model, corpus, gender)[1], models))
    holds(alike > 0.85 if lang == "en" else alike < 0.8)


def gender(sentence):
    both = {noun: she for english, (french, she) in corpora.NOUNS.items() for noun in (english, french)}
    return str(next(both[word] for word in sentence if word in both))


def test_picture_captions_beat_the_commonest_and_not_the_nearest(lang):
    corpus, clean = corpora.digits(), corpora.digits(noise=0)
    models = learned(pair(corpus, 64), corpus, 1000, 5e-3)
    ours = exact(models, corpus.exam, 1000)
    nearest = value("nearest neighbour", applications.at_a_glance(clean, KNeighborsClassifier(1), n=12_000))
    template = applications.at_a_glance(clean, LogisticRegression(max_iter=100))
    holds(value("the commonest", applications.at_a_glance(corpus, DummyClassifier())) < 0.1,
          every("ours", ours) > 0.75, every("ours", ours) < nearest,
          value("classifier, from the median of ours", abs(template - np.median(ours))) < 0.06)


def test_film_captions_beat_the_last_frame(lang):
    corpus = corpora.films()
    models = learned(pair(corpus, 64), corpus, 1000, 5e-3)
    ours, new = (exact(models, task) for task in (corpus.exam, corpus.new))
    holds(value("last frame", applications.at_a_glance(corpus, KNeighborsClassifier(5))) < 0.15,
          every("exam", ours) > 0.85, median("new captions", new) > 0.5)
