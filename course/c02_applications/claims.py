"""What chapter 02 claims of its five applications, each beside its rivals."""
from itertools import islice

import numpy as np

from lstmlib import Model, exam, train
from lstmlib.cells import LSTM, RNN
from lstmlib.sweep import SEEDS
from workbook.claims import claim
from workbook.expected import every, median, value

from . import applications, corpora, inputs
from .answers import nearest_caption


def learned(make, task, updates, lr, seeds=SEEDS):
    """A model for each seed."""
    models = [make(seed) for seed in seeds]
    for seed, model in zip(seeds, models):
        for _ in islice(train(model, task, lr=lr, seed=seed), updates):
            pass
    return models


def reader(corpus, H, K=None, cell=LSTM):
    return lambda seed: Model(cell, len(corpus.words), H, K or len(corpus.words), seed=seed)


def writer(corpus, H, cell=LSTM):
    return lambda seed: applications.EncoderDecoder(
        len(corpus.source or ()) or corpus.learn.D, H, len(corpus.words), cell, seed)


def exact(models, task):
    return np.array([applications.exact(model, task, 1000) for model in models])


@claim("A network judges reviews that a bag of words cannot, and does not negate what it has never read negated.",
       "Un réseau juge des critiques qu'un sac de mots ne peut pas juger, et ne nie pas ce qu'il n'a jamais lu nié.",
       control=("a bag of words; a simple RNN, which does as well as the LSTM",
                "un sac de mots ; un RNN simple, qui fait aussi bien que le LSTM"))
def sentiment(lang):
    corpus, found = corpora.sentiment(), [value("bag of words", applications.bag_of_words(corpora.sentiment())) < 0.65]
    for cell in (LSTM, RNN):
        models = learned(reader(corpus, 32, 2, cell), corpus.learn, 300, 1e-2)
        scores, odd = np.array([[exam(model, task) for model in models] for task in (corpus.exam, corpus.new)])
        found += [every(f"{cell.name}: exam", scores) > 0.95, every(f"{cell.name}: never negated", odd) < 0.25]
    return found


@claim("A network that reads word by word makes the verb agree with a subject further back; the home, twenty words "
       "back, is not learned in 300 updates.",
       "Un réseau qui lit mot à mot accorde le verbe avec un sujet plus éloigné ; le lieu, vingt mots plus haut, n'est "
       "pas appris en 300 mises à jour.",
       control=("pairs of words; a simple RNN, which agrees as well as the LSTM",
                "les paires de mots ; un RNN simple, qui accorde aussi bien que le LSTM"))
def next_word(lang):
    corpus = corpora.tales()
    batch = next(corpus.exam.batches(np.random.default_rng(5), 400))
    verbs, forms = corpora.agreement(batch, corpus.words)
    homes = corpus.words.ids({"en": "lake mill bridge hill", "fr": "lac moulin forêt rivière"}[lang].split())
    late = batch._replace(mask=batch.mask * (np.cumsum(np.isin(batch.target, homes), 0) == 2))

    def measured(y):
        return (corpora.perplexity(y, batch.target, batch.mask), applications.recalled(y, verbs, forms),
                applications.recalled(y, late, homes))
    pairs = measured(applications.bigram(corpus, batch.x))
    found = [value("agreement: pairs", pairs[1]) < 0.3]
    for cell, lr in ((LSTM, 2e-2), (RNN, 1e-2)):
        models = learned(reader(corpus, 48, cell=cell), corpus.learn, 300, lr)
        hesitates, agree, home = np.array([measured(model(batch.x).y) for model in models]).T
        found += [every(f"{cell.name}: perplexity / that of pairs", hesitates / pairs[0]) < 0.7,
                  every(f"{cell.name}: agreement", agree) > 0.9, every(f"{cell.name}: the home", home) < 0.7]
    return found


@claim("On real text, letter by letter, the LSTM hesitates less than pairs of letters do.",
       "Sur un vrai texte, lettre à lettre, le LSTM hésite moins que les paires de lettres.",
       control=("pairs of letters, counted in the same text", "les paires de lettres, comptées dans le même texte"))
def letters():
    corpus = corpora.reference(T=40)
    batch = next(corpus.exam.batches(np.random.default_rng(5), 200))
    pairs = corpora.perplexity(applications.bigram(corpus, batch.x), batch.target)
    models = learned(reader(corpus, 64), corpus.learn, 400, 2e-2)
    ours = np.array([corpora.perplexity(model(batch.x).y, batch.target) for model in models])
    return every("perplexity / that of pairs", ours / pairs) < 0.8


@claim("The LSTM translates sentences that it has not read, and stumbles over new pairs of known words.",
       "Le LSTM traduit des phrases qu'il n'a pas lues, et trébuche sur des paires nouvelles de mots connus.",
       control=("a dictionary; simple RNNs with three learning rates",
                "un dictionnaire ; des RNN simples, avec trois taux d'apprentissage"),
       source="Sutskever, Vinyals & Le 2014")
def translation(lang):
    corpus = corpora.translation()
    models = learned(writer(corpus, 48), corpus.learn, 800, 1e-2)
    ours, new = (exact(models, task) for task in (corpus.exam, corpus.new))
    simple = [exact(learned(writer(corpus, 48, RNN), corpus.learn, 800, lr, [seed]), corpus.exam)
              for lr, seed in zip((1e-2, 3e-3, 1e-3), SEEDS)]
    return (value("dictionary", applications.word_for_word(corpus)) < 0.2, median("exam", ours) > 0.8,
            every("RNN", simple) < 0.15, every("exam less new pairs", ours - new) > 0.1)


@claim("A simple RNN is not unable to translate; it learns more slowly.",
       "Un RNN simple n'est pas incapable de traduire ; il apprend plus lentement.",
       control=("the same RNN with four times as many updates; the LSTM after a quarter of them",
                "le même RNN avec quatre fois plus de mises à jour ; le LSTM après un quart de celles-ci"))
def an_rnn_learns_more_slowly():
    corpus = corpora.translation("en")
    longer = exact(learned(writer(corpus, 48, RNN), corpus.learn, 3200, 3e-3, SEEDS[:2]), corpus.exam)
    ours = exact(learned(writer(corpus, 48), corpus.learn, 800, 1e-2, SEEDS[:2]), corpus.exam)
    return every("RNN, 3200 updates", longer) > 0.1, every("RNN, 3200 updates", longer) < every("LSTM, 800", ours)


def feminine(sentence):
    both = {noun: she for english, (french, she) in corpora.NOUNS.items() for noun in (english, french)}
    return str(next(both[word] for word in sentence if word in both))


def early(sentence):
    """Another half of the nouns: the first four in the alphabet."""
    nouns = sorted(french for french, _ in corpora.NOUNS.values())
    return str(next(word in nouns[:4] for word in sentence if word in nouns))


@claim("Two axes are not the state: the gender is mixed along them, and a linear probe reads it off the 48 numbers.",
       "Deux axes ne sont pas l'état : le genre s'y mêle, et une sonde linéaire le lit dans les 48 nombres.",
       control=("an untrained encoder, and another division of the nouns: the probe reads them nearly as well",
                "un encodeur non entraîné, et une autre répartition des noms : la sonde les lit presque aussi bien"))
def two_axes_are_not_the_state():
    corpus = corpora.translation("fr")
    models = learned(writer(corpus, 48), corpus.learn, 800, 1e-2)

    def probed(models, group):
        return [applications.probe(model, corpus, group) for model in models]
    return (median("neighbours of one gender, two axes",
                   [inputs.thoughts(model, corpus, feminine)[1] for model in models]) < 0.85,
            every("gender, probed", probed(models, feminine)) > 0.97,
            every("another half of the nouns, probed", probed(models, early)) > 0.9,
            every("gender, probed, untrained", probed(map(writer(corpus, 48), SEEDS), feminine)) > 0.75)


@claim("The gender of the French article follows one direction of the encoder's state.",
       "Le genre de l'article français suit une direction de l'état de l'encodeur.",
       control=("a push just as long in a random direction",
                "une poussée tout aussi longue, dans une direction au hasard"))
def a_push_turns_the_gender():
    corpus = corpora.translation("en")
    models = learned(writer(corpus, 48), corpus.learn, 800, 1e-2)
    turned = {"le": "la", "la": "le", "un": "une", "une": "un"}

    def share(model, rng):
        return np.mean([turned.get(a) == b for a, b in zip(*applications.pushed(model, corpus, feminine, rng))])
    return (every("neighbours of one gender, two axes",
                  [inputs.thoughts(model, corpus, feminine)[1] for model in models]) > 0.6,
            every("turned by the push", [share(model, None) for model in models]) > 0.85,
            every("turned at random", [share(model, np.random.default_rng(seed))
                                       for seed, model in zip(SEEDS, models)]) < 0.2)


def whole(corpus, classifier, n=4000):
    """Exact captions by a classifier that sees all frames at once, and picks among the captions it has read."""
    learn, asked = applications.parts(corpus, n)
    (x, said), (y, right) = ((applications.side_by_side(batch).T, ["".join(map(chr, 32 + ids))
                                                                   for ids in batch.target.T])
                             for batch in (learn, asked))
    return float(classifier.fit(x, said).score(y, right))


@claim("The LSTM puts words to pictures of new handwriting, and the nearest neighbour does it better.",
       "Le LSTM légende des écritures nouvelles, et le plus proche voisin le fait mieux.",
       control=("the nearest neighbour; a classifier that picks among whole captions",
                "le plus proche voisin ; un classifieur qui choisit parmi les légendes entières"))
def pictures():
    from sklearn.linear_model import LogisticRegression
    corpus, clean = corpora.digits(), corpora.digits(noise=0)
    ours = exact(learned(writer(corpus, 64), corpus.learn, 1000, 5e-3), corpus.exam)
    nearest = value("nearest neighbour", applications.by_likeness(nearest_caption, clean, B=1000))
    template = whole(clean, LogisticRegression(max_iter=100))
    return (every("ours", ours) > 0.75, every("ours", ours) < nearest,
            value("classifier, from the median of ours", abs(template - np.median(ours))) < 0.06)


@claim("The LSTM puts words to films whose like it has not seen, even words that it has not read together.",
       "Le LSTM légende des films sans pareil parmi ceux qu'il a vus, même par des mots jamais lus ensemble.",
       control=("the nearest neighbour, and a feed-forward network, which see all frames at once",
                "le plus proche voisin et un réseau à propagation avant, qui voient toutes les images à la fois"))
def films():
    from sklearn.neural_network import MLPClassifier
    corpus = corpora.films()
    models = learned(writer(corpus, 64), corpus.learn, 1000, 5e-3)
    return (value("nearest neighbour", applications.by_likeness(nearest_caption, corpus)) < 0.25,
            value("feed-forward", whole(corpus, MLPClassifier(64, max_iter=60, random_state=0))) < 0.6,
            every("exam", exact(models, corpus.exam)) > 0.85, median("new captions", exact(models, corpus.new)) > 0.5)


@claim("With as many updates a simple RNN is far behind on the films.",
       "Avec autant de mises à jour, un RNN simple est loin derrière sur les films.",
       control=("the LSTM, on the same films", "le LSTM, sur les mêmes films"))
def films_of_an_rnn():
    corpus = corpora.films()
    simple = exact(learned(writer(corpus, 64, RNN), corpus.learn, 1000, 5e-3), corpus.exam)
    ours = exact(learned(writer(corpus, 64), corpus.learn, 1000, 5e-3, SEEDS[:1]), corpus.exam)
    return every("RNN", simple) < 0.8, median("RNN", simple) < 0.6, value("LSTM", ours[0]) > every("RNN", simple)


@claim("What is put together anew was read together, two by two: films with a new pair of words are captioned wrongly.",
       "Ce qui est recombiné avait été lu deux à deux : avec une paire de mots nouvelle, les légendes sont fausses.",
       control=("captions that are new only as a whole",
                "des légendes qui ne sont nouvelles que dans leur ensemble"))
def new_pairs_in_films():
    held = {(*pair, then) for pair in (("square", "left"), ("bar", "down")) for then in corpora.WAYS}
    pairs = corpora.films(held=held)
    models = learned(writer(pairs, 64), pairs.learn, 1000, 5e-3, SEEDS[:3])
    whole = corpora.films()
    known = learned(writer(whole, 64), whole.learn, 1000, 5e-3, SEEDS[:1])
    return (every("exam", exact(models, pairs.exam)) > 0.85, every("new pairs", exact(models, pairs.new)) < 0.5,
            every("new pairs", exact(models, pairs.new)) < value("new as a whole", exact(known, whole.new)[0]))
