"""What chapter 01 claims of plain RNNs, and the controls."""
import numpy as np

from lstmlib import exam, tasks
from lstmlib.cells import RNN
from lstmlib.sweep import SEEDS, asked
from workbook.claims import claim, scores
from workbook.expected import every, median


def from_half(score, task, H, updates):
    """How far the score is from one half, for each seed."""
    return np.abs(scores(score, RNN, task, H, updates) - 0.5)


@claim("A bag of letters does not know which came first.",
       "Un sac de lettres ne sait pas laquelle est venue en premier.",
       control=("a window: the same ten letters side by side", "une fenêtre : les mêmes dix lettres côte à côte"))
def a_bag_does_not_know_the_order():
    ten = tasks.which_came_first(10, 10)
    bag, window = tasks.bag(ten), tasks.row(ten, 10)
    return (every("bag of letters, from one half", from_half(asked(bag, 2000), bag, 16, 600)) < 0.06,
            every("window", scores(asked(window), RNN, window, 16, 600)) > 0.97)


@claim("Who learned from sequences of 3 to 20 letters is right at 50.",
       "Qui a appris sur des séquences de 3 à 20 lettres répond juste à 50.",
       control=("one length only: 10, asked at 30, and 20, asked at 50; short ones, 3 to 12, asked at 50",
                "une seule longueur : 10, interrogé à 30, et 20, interrogé à 50 ; de courtes, 3 à 12, interrogé à 50"))
def long_sequences_teach_a_rule_that_goes_on():
    def at(*lengths):
        return lambda model: [exam(model, tasks.which_came_first(T, T)) for T in lengths]
    long = tasks.which_came_first(50, 50)
    ten, thirty = scores(at(10, 30), RNN, tasks.which_came_first(10, 10), 16, 600).T
    twelve, fifty = scores(at(12, 50), RNN, tasks.which_came_first(3, 12), 16, 1000).T
    return (every("asked at 50", scores(asked(long), RNN, tasks.which_came_first(), 16, 1000)) > 0.95,
            median("learned at 20, asked at 50",
                   scores(asked(long), RNN, tasks.which_came_first(20, 20), 16, 1000)) > 0.95,
            every("learned at 10, asked at 10", ten) > 0.97, median("learned at 10, asked at 30", thirty) < 0.75,
            median("learned at 3..12, asked at 12", twelve) > 0.97,
            median("learned at 3..12, asked at 50", fifty) < 0.8)


@claim("Asked at the end alone, it is certain of the wrong answer between the two letters.",
       "Interrogé à la fin seulement, il est sûr de la mauvaise réponse entre les deux lettres.",
       control=("the same sequences, asked at each step from the first of the two letters on",
                "les mêmes séquences, interrogé à chaque pas à partir de la première des deux lettres"))
def an_output_means_something_where_it_was_asked():
    def at_each_step(task):
        def batches(rng, B):
            for batch in task.batches(rng, B):
                met = batch.x[:, :2].sum(1).cumsum(0) > 0
                yield batch._replace(mask=met.astype(np.float32))
        return task._replace(batches=batches)

    def right(model):
        batch = next(tasks.which_came_first(20, 20).batches(np.random.default_rng(3), 500))
        met, so = batch.x[:, :2].sum(1).cumsum(0), model(batch.x).y.argmax(1) == batch.target
        return so[met == 1].mean(), so[-1].mean()
    letters = tasks.which_came_first()
    before, after = scores(right, RNN, letters, 16, 1000).T
    always, last = scores(right, RNN, at_each_step(letters), 16, 1000).T
    return (every("asked at the end, between", before) < 0.1, every("asked at the end, at the end", after) > 0.95,
            every("asked at each step, between", always) > 0.9, every("asked at each step, at the end", last) > 0.85,
            median("asked at each step, at the end", last) > 0.95)


@claim("The same lines hear a rising pitch.",
       "Les mêmes lignes entendent un son qui monte.",
       control=("a window; the sum of all frames; the mean of their spectra",
                "une fenêtre ; la somme des trames ; la moyenne de leurs spectres"))
def they_hear_a_rising_pitch():
    sound = tasks.sweep_of_pitch()
    window, bags = tasks.row(sound, 16), {"bag": tasks.bag(sound), "bag of spectra": tasks.bag_of_spectra(sound)}
    return (every("RNN", scores(asked(sound), RNN, sound, 16, 500)) > 0.97,
            every("window", scores(asked(window), RNN, window, 16, 500)) > 0.97,
            *(every(f"{name}, from one half", from_half(asked(bag, 2000), bag, 16, 500)) < 0.06
              for name, bag in bags.items()))


@claim("They see which way a dot goes.",
       "Elles voient où va un point.",
       control=("the sum of all pictures, which shows the axis", "la somme des images, qui montre l'axe"))
def they_see_which_way_a_dot_goes():
    film = tasks.moving_dot()
    bag = tasks.bag(film)
    return (every("RNN", scores(asked(film), RNN, film, 32, 600)) > 0.95,
            every("bag, from one half", from_half(asked(bag, 2000), bag, 32, 600)) < 0.06)


def units(weights, xs):
    """h after each step of tanh units that hear xs (T, 1, B) alone; weights (3, N): to h, to x, b; (T, N, B)."""
    to_h, to_x, b = np.reshape(weights, (3, -1, 1)).astype(float)
    h, hs = np.zeros((len(b), xs.shape[-1])), []
    for x in xs:
        h = np.tanh(to_h * h + to_x * x + b)
        hs.append(h)
    return np.array(hs)


def other_weights(n=2000):
    """n choices of weights (3, n) that solve the puzzle: in silence above 0.5 from the 1 on, and not before."""
    drawn = np.random.default_rng(0).uniform([[1], [0], [-20]], [[30], [60], [0]], (3, 10 * n))
    at = np.array([0, 10])                                   # the step at which the 1 comes
    one = 1. * (np.arange(20)[:, None] == at)
    right = (units(drawn, one[:, None]) > .5) == (one.cumsum(0)[:, None] > 0)
    return drawn[:, right.all((0, 2))][:, :n]


@claim("A bias keeps quiet noise out; in louder noise a unit of fixed weights is fooled, or loses the 1, or both.",
       "Un biais tient à l'écart un bruit faible ; dans un bruit plus fort, une unité à poids fixes se laisse tromper, "
       "ou perd le 1, ou les deux.",
       control=("b = 0; two thousand other choices of weights; no noise after the 1",
                "b = 0 ; deux mille autres choix de poids ; aucun bruit après le 1"))
def one_threshold_is_not_enough():
    middle, lower, others = (2, 3, 0), (7, 10, -2), other_weights()
    first = (np.arange(20) == 0)[:, None, None]
    noises = [np.random.default_rng(seed).normal(size=(20, 1, 500)) for seed in SEEDS]

    def says_one(weights, xs):
        return (units(weights, xs)[-1] > .5).mean(1)

    def worse(weights, n):
        return np.maximum(says_one(weights, .2 * n), 1 - says_one(weights, first + .2 * n))
    return (every("b = 0, fooled", [says_one(middle, .06 * n) for n in noises]) > 0.35,
            every("b = -2, fooled", [says_one(lower, .06 * n) for n in noises]) < 0.02,
            every("b = -2, noise of 0.2, fooled", [says_one(lower, .2 * n) for n in noises]) > 0.05,
            every("b = -2, noise of 0.2, 1 kept", [says_one(lower, first + .2 * n) for n in noises]) < 0.95,
            every("best of two thousand, the more frequent of its two errors",
                  [worse(others, n).min() for n in noises[:2]]) > 0.05,
            every("no noise after the 1, 1 kept",
                  [says_one(lower, first * (1 + .2 * n)) for n in noises]) > 0.98)
