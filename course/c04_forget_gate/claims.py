"""What chapter 04 claims of the forget gate, and the controls."""
import numpy as np

from lstmlib import tasks
from lstmlib.cells import GRU, LSTM, RNN, hold, pin
from lstmlib.sweep import asked
from workbook.claims import claim, scores
from workbook.expected import every, median

ENDLESS, ACCOUNT = tasks.episodes(), tasks.account()
on_a_long_stream = asked(tasks.episodes(2000), 20)
over_a_year = asked(tasks.account(1000), 30)


def endless(score=on_a_long_stream, cell=LSTM, updates=500, **how):
    return scores(score, cell, ENDLESS, 16, updates, **how)


def closings():
    """Twenty accounts of 1000 steps, x (T, D, B), and the steps at which one is closed, (T, B)."""
    x = next(tasks.account(1000).batches(np.random.default_rng(5), 20)).x
    return x, x[:, 1] > 0


def account(score=over_a_year, cell=LSTM, updates=300, **gates):
    return scores(score, cell, ACCOUNT, 1, updates, lr=4e-2, **gates)


@claim("On a stream without end an LSTM with a learned forget gate is right on every seed; with f = 1 its memory "
       "overflows, with f = 0 it is at chance.",
       "Sur un flux sans fin, un LSTM dont la porte d'oubli est apprise répond juste pour chaque graine ; avec "
       "f = 1, sa mémoire déborde, et avec f = 0 il répond au hasard.",
       control=("f = 1 and f = 0 from the first update on",
                "f = 1 et f = 0 dès la première mise à jour"), source="Gers et al. 2000")
def something_must_be_forgotten():
    def score_and_size(model):
        stream = next(tasks.episodes(20_000).batches(np.random.default_rng(0), 4))
        return on_a_long_stream(model), np.abs(model(stream.x).s[0].c).mean()
    right, size = endless(score_and_size, f=1).T
    return (*(every(f"learned f, bias {bias}", endless(forget_bias=bias)) > 0.85 for bias in (1, 3)),
            median("f = 1", right) < 0.5, median("f = 1: mean |c|", size) > 1000, every("f = 0", endless(f=0)) < 0.32)


@claim("On this stream a leak that listens to nothing does as well, if it is of the right size.",
       "Sur ce flux, une fuite qui n'écoute rien fait aussi bien, si elle a la bonne taille.",
       control=("f held at 0.9, and at 0.5, from the first update on",
                "f maintenu à 0,9, et à 0,5, dès la première mise à jour"))
def a_constant_leak_will_do():
    return (every("f = 0.9, held", endless(cell=hold(LSTM, f=.9))) > 0.95,
            median("f = 0.5, held", endless(cell=hold(LSTM, f=.5))) < 0.75)


@claim("Without their leak the trained networks are lost; with each f frozen at its mean most of their answers stay "
       "right.",
       "Sans leur fuite, les réseaux entraînés sont perdus ; si l'on fige chaque f à sa moyenne, la plupart de leurs "
       "réponses restent justes.",
       control=("without more training: each unit's f frozen at its mean; f set to 1",
                "sans autre apprentissage : le f de chaque unité figé à sa moyenne ; f mis à 1"))
def taken_away_afterwards():
    x = next(tasks.episodes(1000).batches(np.random.default_rng(8), 10)).x

    def intervened(model):
        kept, f = model.params[0], model(x).runs[0].tape.f.mean((0, 2))
        frozen = pin(LSTM, kept, f=.5)
        frozen["b"][0] = np.log(f / (1 - f))[:, None]
        found = []
        for model.params[0] in (frozen, pin(LSTM, kept, f=1)):
            found.append(on_a_long_stream(model))
        return found
    frozen, never = endless(intervened, forget_bias=3).T
    return median("f frozen at its mean", frozen) > 0.75, every("f set to 1 afterwards", never) < 0.5


@claim("One unit keeps an account better, after as many updates, if its gate listens than with any constant f: the "
       "gate falls at a closing and stays up at other steps.",
       "Une unité tient mieux un compte, après autant de mises à jour, si sa porte écoute qu'avec un f constant : la "
       "porte tombe à la clôture et reste haute aux autres pas.",
       control=("f held at 0.9, 0.95 and 0.98, f = 1, f = 0 from the first update on; the learned f frozen at its mean",
                "f maintenu à 0,9 ; à 0,95 ; à 0,98 ; f = 1 et f = 0 dès la première mise à jour ; le f appris figé à "
                "sa moyenne"))
def an_account_needs_a_gate_that_listens():
    x, closed = closings()

    def look(model):
        f, right, kept = model(x).runs[0].tape.f[:, 0], over_a_year(model), model.params[0]
        model.params[0] = pin(LSTM, kept, f=float(f.mean()))
        return right, f[closed].mean(), f[~closed].mean(), over_a_year(model)
    learned, at_closing, else_, frozen = account(look).T
    constants = {f"f = {f}, held": account(cell=hold(LSTM, f=f)) for f in (.9, .95, .98)}
    constants |= {"f = 1": account(f=1), "f = 0": account(f=0), "learned f, frozen at its mean": frozen}
    return (median("learned f", learned) > 0.93, median("mean f at a closing", at_closing) < 0.2,
            median("mean f at other steps", else_) > 0.6,
            *(median("learned f", learned) > every(name, found) for name, found in constants.items()))


@claim("Taught five times as long, most cells with f = 1 clear the account by writing the opposite of what they hold; "
       "none of them reaches the learned gate.",
       "Entraînées cinq fois plus longtemps, la plupart des cellules où f = 1 soldent le compte en écrivant l'opposé "
       "de ce qu'elles contiennent ; aucune n'égale la porte apprise.",
       control=("the learned gate, taught as long; what is written at a closing beside what was held",
                "la porte apprise, entraînée aussi longtemps ; ce qui est écrit à la clôture, comparé à ce qui était "
                "gardé"))
def writing_the_opposite_comes_near():
    x, closed = closings()

    def look(model):
        tape = model(x).runs[0].tape
        written, held = (tape.i * tape.g)[:, 0][closed], tape.c_prev[:, 0][closed]
        return over_a_year(model), np.corrcoef(written, held)[0, 1]
    right, opposite = account(look, updates=1500, f=1).T
    learned = every("learned f", account(updates=1500))
    return (learned > 0.98, median("f = 1", right) > 0.9, learned > every("f = 1", right),
            median("f = 1: correlation of what is written at a closing and what was held", opposite) < -0.9)


@claim("A forget bias that starts too low or too high fails in this time; with twice the learning rate and more "
       "updates a bias of 4 succeeds.",
       "Un biais d'oubli trop bas ou trop haut au départ échoue dans ce temps ; avec un taux d'apprentissage double "
       "et plus de mises à jour, un biais de 4 réussit.",
       control=("biases of -2 and 8; twice the rate and more updates for a bias of 4",
                "des biais de -2 et de 8 ; pour un biais de 4, un taux double et plus de mises à jour"))
def the_bias_has_two_sides():
    return (every("bias -2", endless(forget_bias=-2)) < 0.32, median("bias 8", endless(forget_bias=8)) < 0.6,
            every("bias 4, lr 0.02, 1000 updates", endless(updates=1000, forget_bias=4, lr=2e-2)) > 0.95)


@claim("On the stream without end a GRU, too, is right, and an RNN is not.",
       "Sur le flux sans fin, un GRU répond juste, lui aussi ; un RNN, non.",
       control=("the same stream, units and updates", "le même flux, autant d'unités et de mises à jour"))
def other_cells_on_the_stream():
    return every("GRU", endless(cell=GRU)) > 0.97, median("RNN", endless(cell=RNN)) < 0.6


@claim("Emptied before each lesson, the cell of 1997 need not forget.",
       "Si son état est remis à zéro avant chaque leçon, la cellule de 1997 n'a pas besoin d'oublier.",
       control=("the same stream with a reset before each batch",
                "le même flux avec une remise à zéro avant chaque lot"))
def emptied_it_need_not_forget():
    def emptied(rng, B):
        return next(tasks.episodes(45).batches(rng, B))._replace(fresh=True)
    right = scores(asked(tasks.episodes(45)), LSTM, ENDLESS._replace(batches=tasks.again(emptied)), 16, 500, f=1)
    return median("emptied, f = 1", right) > 0.95, every("emptied, f = 1", right) > 0.8
