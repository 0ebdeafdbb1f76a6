"""What chapter 07 claims of the output gate, and the controls."""
import numpy as np

from lstmlib import tasks
from lstmlib.cells import LSTM
from lstmlib.sweep import asked
from workbook.claims import claim, scores
from workbook.expected import every, median

say_it_when_asked = asked(tasks.secret())


def secret(H=1, score=say_it_when_asked, **how):
    return scores(score, LSTM, tasks.secret(), H, 800, lr=6e-2, **how)


@claim("One unit keeps a secret until it is asked only with an output gate.",
       "Une seule unité ne garde un secret jusqu'à la question qu'avec une porte de sortie.",
       control=("o held at 1, from the first update on", "o maintenu à 1 dès la première mise à jour"))
def one_unit_needs_o():
    learned, open_ = secret(), secret(o=1)
    return (median("1 unit, o learned", learned) > 0.9, median("1 unit, o = 1", open_) < 0.75,
            median("1 unit, o learned", learned) > every("1 unit, o = 1", open_))


@claim("With four units the difference is gone.",
       "Avec quatre unités, la différence a disparu.",
       control=("four units with o held at 1", "quatre unités, o maintenu à 1"))
def four_units_do_not():
    return every("4 units, o learned", secret(4)) > 0.95, median("4 units, o = 1", secret(4, o=1)) > 0.95


@claim("The gate opens when asked.",
       "La porte s'ouvre quand on pose la question.",
       control=("the same gate at all other steps", "la même porte à tous les autres pas"))
def the_gate_opens_when_asked():
    x = next(tasks.secret().batches(np.random.default_rng(3), 200)).x
    ask = x[:, 2] > 0

    def opens(model):
        o = model(x).runs[0].tape.o[:, 0]
        return o[ask].mean(), o[~ask].mean()
    asked_, else_ = secret(score=opens).T
    return median("mean o when asked", asked_) > 0.5, median("mean o else", else_) < 0.25
