"""What chapter 05 claims of the input gate, and the controls."""
from itertools import chain, islice

import numpy as np

from lstmlib import Model, State, exam, tasks, train
from lstmlib.cells import CIFG, LSTM, hold, pin
from lstmlib.sweep import SEEDS
from workbook.claims import claim
from workbook.expected import every, median

MARKED = tasks.marked_symbol()
BATCH = next(MARKED.batches(np.random.default_rng(3), 500))
MARK = BATCH.x[:, 4] == 1
AFTER = np.cumsum(MARK, 0) - MARK


def marked(cell=LSTM, updates=300, score=lambda model: exam(model, MARKED), alone=False, **gates):
    """score(model) for each seed; alone: gates and candidate hear x alone."""
    return np.array([score(learned(cell, seed, updates, alone, **gates)) for seed in SEEDS])


def learned(cell, seed, updates, alone, H=16, task=MARKED, lr=1e-2, **gates):
    model = Model(cell, task.D, H, task.K, seed=seed, forget_bias=3.0)
    model.params[0] = pin(cell, model.params[0], **gates)
    for _ in chain([None], islice(train(model, task, lr=lr, seed=seed), updates)):
        if alone:
            model.params[0]["W"][..., :H] = 0
    return model


def shut(*opens):
    """Score: the share of right answers of a model, f = 1, with its input gate shut where open_ (T, B) is 0."""
    def score(model):
        cell, out = model.params
        right = []
        for open_ in opens:
            s = State(*np.zeros((2, 16, 500), np.float32))
            for x, key in zip(BATCH.x, open_):
                tape = LSTM.step(cell, s, x)[1]
                c = s.c + key * tape.i * tape.g
                s = State(tape.o * np.tanh(c), c)
            right.append(np.mean((out["V"] @ s.h + out["b_y"]).argmax(0) == BATCH.target[-1]))
        return right
    return score


@claim("Where all is kept, gates that hear x alone store the marked symbol within 300 updates.",
       "Quand tout est gardé, des portes qui n'entendent que x retiennent le symbole marqué en 300 mises à jour.",
       control=("i = 1; i = 0.1, for as many updates", "i = 1 ; i = 0,1, avec autant de mises à jour"))
def a_gate_that_looks_is_quick():
    return (every("i learned", marked(alone=True, f=1)) > 0.9, every("i = 1", marked(alone=True, f=1, i=1)) < 0.5,
            every("i = 0.1", marked(hold(LSTM, i=0.1), alone=True, f=1)) < 0.7)


@claim("A constant is slow, not hopeless: with several times the updates i = 0.1 is mostly right.",
       "Une constante est lente, mais pas sans espoir : avec plusieurs fois plus de mises à jour, i = 0,1 a le plus "
       "souvent raison.",
       control=("the same constant after 300 updates", "la même constante après 300 mises à jour"))
def a_constant_gets_there_later():
    return (median("i = 0.1, 1200 updates", marked(hold(LSTM, i=0.1), 1200, alone=True, f=1)) > 0.85,
            median("i = 0.1, 300 updates", marked(hold(LSTM, i=0.1), alone=True, f=1)) < 0.6)


@claim("To find its balance a constant needs several units.",
       "Pour trouver son équilibre, une constante a besoin de plusieurs unités.",
       control=("two symbols only: i = 0.1 with one unit and with four; learned i with one unit, its best seed",
                "deux symboles seulement : i = 0,1 avec une unité et avec quatre ; i appris avec une unité, sa "
                "meilleure graine"))
def a_constant_needs_several_units():
    two = tasks.marked_symbol(symbols=2)

    def right(H, cell=LSTM):
        return [exam(learned(cell, seed, 600, True, H, two, 3e-2, f=1), two) for seed in SEEDS]
    faint = hold(LSTM, i=0.1)
    return (every("1 unit, i = 0.1", right(1, faint)) < 0.75, median("4 units, i = 0.1", right(4, faint)) > 0.85,
            every("1 unit, i learned, best seed", [max(right(1))]) > 0.95)


@claim("Gates that hear x alone write at the mark, and only there.",
       "Des portes qui n'entendent que x écrivent à la marque, et seulement là.",
       control=("in the trained net, i shut at all steps but the mark; i shut at the mark",
                "dans le réseau entraîné, i fermé à tous les pas sauf à la marque ; i fermé à la marque"))
def alone_it_writes_at_the_mark():
    at_mark, else_ = marked(score=shut(MARK, ~MARK), alone=True, f=1).T
    return every("open at the mark only", at_mark) > 0.9, every("shut at the mark only", else_) < 0.6


@claim("The whole cell writes the marked symbol after the mark: it repeats it to itself through h.",
       "La cellule entière écrit le symbole marqué après la marque : elle se le répète par h.",
       control=("in the trained net, i shut after the mark, at all steps but the mark, and before the mark",
                "dans le réseau entraîné, i fermé après la marque, à tous les pas sauf à la marque, avant la marque"))
def the_whole_cell_repeats_it():
    right, before, after, except_ = marked(
        score=shut(MARK | True, MARK + AFTER, 1 - AFTER, MARK), f=1).T
    return (every("i free", right) > 0.9, every("i shut before the mark", before) > 0.85,
            median("i shut after the mark", after) < 0.6, median("i shut but at the mark", except_) < 0.6)


@claim("After the mark, what c holds of the symbol stands still where gates hear x alone, and climbs in the whole "
       "cell.",
       "Après la marque, ce que c contient du symbole ne bouge plus là où les portes n'entendent que x, et monte dans "
       "la cellule entière.",
       control=("the same measure, one step and twenty steps after the mark; the trained whole cell, its candidate or "
                "its input gate made deaf to h",
                "la même mesure, un pas et vingt pas après la marque ; la cellule entière entraînée, dont le candidat "
                "ou la porte d'entrée n'entend plus h"))
def what_is_held_climbs():
    def grows(model):
        when = MARK.argmax(0)[:, None] + [1, 20]
        c = model(BATCH.x).runs[0].tape.c_prev[when, :, np.arange(500)[:, None]]
        early, late = np.std([c[BATCH.target[-1] == k].mean(0) for k in range(4)], 0).max(-1)
        return late / early

    def deafened(model):
        W, found = model.params[0]["W"], [grows(model)]
        learned = W.copy()
        for part in (3, 1):                                  # the candidate, then the input gate
            W[:] = learned
            W[part, :, :16] = 0
            found.append(grows(model))
        return found
    whole, no_candidate, no_gate = marked(score=deafened, f=1).T
    return (every("hears x alone", marked(score=grows, alone=True, f=1)) < 2,
            every("hears x and h", whole) > 4, every("candidate deaf to h", no_candidate) < 2,
            every("input gate deaf to h", no_gate) > 4)


@claim("With a learned forget gate the two gates are partly redundant.",
       "Avec une porte d'oubli apprise, les deux portes sont en partie redondantes.",
       control=("CIFG, i = 1 − f; i = 0.1; i = 1", "CIFG, i = 1 − f ; i = 0,1 ; i = 1"))
def f_can_stand_in():
    return (median("f and i learned", marked()) > 0.9, median("CIFG", marked(CIFG)) > 0.9,
            median("f learned, i = 0.1", marked(hold(LSTM, i=0.1))) > 0.6,
            median("f learned, i = 1", marked(i=1)) < 0.6)
