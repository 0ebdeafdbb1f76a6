"""What chapter 06 claims of the cell state, and the controls."""
import numpy as np

from course.shared.variants import LINEAR, counted
from lstmlib import Model, tasks
from lstmlib.cells import GRU, LSTM, RNN, pin
from workbook.claims import claim, scores
from workbook.expected import every, median

WEISS = "Weiss, Goldberg & Yahav 2018"


def counting(cell=LSTM, H=2, updates=1000, lr=1e-2, score=counted, longest=10, **how):
    return scores(score, cell, tasks.counting(1, longest), H, updates, lr=lr, **how)


def near_and_far(model):
    right = tasks.counts(model, 50)
    return right[:10].mean(), right[10:].mean()


def beyond_30(model):
    return tasks.counts(model, 50)[30:].mean()


def two_that_add(score):
    return counting(updates=600, lr=2e-2, score=score, f=1)


@claim("Two units that only add, f = 1, count far beyond lessons of n ≤ 10, on most starts.",
       "Deux unités qui ne font qu'ajouter, f = 1, comptent bien au-delà de leçons où n ≤ 10, pour la plupart des "
       "départs.",
       control=("a GRU, an RNN and an LSTM with a learned f, of more units, on the same words",
                "un GRU, un RNN et un LSTM dont f est appris, avec plus d'unités, sur les mêmes mots"))
def what_only_adds_counts():
    def far_and_reach(model):
        return counted(model), np.append(tasks.counts(model, 100), False).argmin()
    far, reach = two_that_add(far_and_reach).T
    bands = [median("f = 1, n = 11..50", far) > 0.9, median("f = 1, all right up to n =", reach) > 30]
    for name, cell, H, bias in (("GRU", GRU, 4, 1), ("RNN", RNN, 8, 1), ("learned f", LSTM, 4, 3)):
        near, far = counting(cell, H, score=near_and_far, forget_bias=bias).T
        bands += [median(f"{name}, n = 1..10", near) > 0.85, median(f"{name}, n = 11..50", far) < 0.5,
                  every(f"{name}, n = 11..50", far) < 0.8]
    return bands


@claim("The best cell follows the count, and is not squashed.",
       "La meilleure cellule suit le compte, et n'est pas écrasée.",
       control=("its hidden state, which is", "son état caché, qui l'est"))
def the_cell_follows_the_count():
    words = tasks.ab_words(np.array([50]))
    count = np.cumsum(words.x[:, 0, 0] - words.x[:, 1, 0])

    def look(model):
        tape = model(words.x).runs[0].tape
        follows = [abs(np.corrcoef(c, count)[0, 1]) for c in tape.c[..., 0].T]
        return max(follows), np.abs(tape.c[..., 0]).max(), np.abs(tape.h).max()
    follows, size, said = two_that_add(look).T
    return (median("correlation with the count, best cell", follows) > 0.99, median("the greatest |c|", size) > 10,
            every("the greatest |h|", said) < 1.0001)


@claim("Longer lessons teach a learned f to count, and not a GRU.",
       "Des leçons plus longues apprennent à compter à un f appris, mais pas à un GRU.",
       control=("words n = 31..50 after lessons to 30: the LSTM, and a GRU of its size; the LSTM after lessons to 10",
                "mots n = 31..50 après des leçons jusqu'à 30 : le LSTM, et un GRU de même taille ; le LSTM après des "
                "leçons jusqu'à 10"), source=WEISS)
def longer_lessons_teach_it():
    how = {"H": 4, "updates": 800, "lr": 2e-2, "score": beyond_30, "forget_bias": 3}
    return (median("learned f, lessons to 30", counting(longest=30, **how)) > 0.7,
            median("learned f, lessons to 10", counting(**how)) < 0.3,
            median("GRU, lessons to 30", counting(GRU, longest=30, **how)) < 0.3)


@claim("After lessons to 10, more updates do not help, and f is a part of how such a net counts.",
       "Après des leçons jusqu'à 10, plus de mises à jour n'y changent rien, et f fait partie de la façon de compter "
       "d'un tel réseau.",
       control=("five times as many updates; f pinned at 1 in the trained net",
                "cinq fois plus de mises à jour ; f fixé à 1 dans le réseau entraîné"))
def it_is_not_a_leak_alone():
    def pinned_after(model):
        other = Model(LSTM, 2, 4, 2)
        other.params = [pin(LSTM, model.params[0], f=1), model.params[1]]
        return near_and_far(other)
    near, far = counting(H=4, forget_bias=3, score=pinned_after).T
    return (median("n = 11..50, 5000 updates", counting(H=4, updates=5000, forget_bias=3)) < 0.6,
            median("f pinned at 1 afterwards, n = 1..10", near) < 0.9,
            median("f pinned at 1 afterwards, n = 11..50", far) < 0.3)


@claim("Without the tanh on its way out the cell does not count beyond its lessons.",
       "Sans la tanh à sa sortie, la cellule ne compte pas au-delà de ses leçons.",
       control=("h = o * c, f = 1, two units, on words n ≤ 10", "h = o * c, f = 1, deux unités, sur des mots n ≤ 10"))
def without_the_output_tanh():
    near, far = counting(LINEAR, score=near_and_far, f=1).T
    return median("h = o * c, n = 1..10", near) > 0.85, median("h = o * c, n = 11..50", far) < 0.6
