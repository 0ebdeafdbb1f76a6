"""What chapter 12 claims of the minLSTM and the sLSTM, and the controls."""
import numpy as np

from lstmlib import tasks
from lstmlib.cells import LSTM
from lstmlib.model import exam
from lstmlib.sweep import SEEDS
from workbook.claims import claim
from workbook.expected import every, median

from .asked import learned, loudest, parity
from .newer import BLIND, MINLSTM, SLSTM


def scores(cell, task, H, updates, asked=None, **how):
    """For each seed, the score on the task that is asked, by default the one learned."""
    return np.array([exam(learned(cell, task, H, updates, seed, **how), asked or task) for seed in SEEDS])


def switch(cell, updates=120, **how):
    return scores(cell, parity(12), 6, updates, parity(100), **how)


@claim("A switch is learned, on most seeds, by cells whose gates see h, and on none by the others.",
       "Un interrupteur s'apprend, avec la plupart des graines, par les cellules dont les portes voient h, et "
       "avec aucune par les autres.",
       control=("an LSTM to which only h is not shown; a minLSTM of two layers; one with five times the updates",
                "un LSTM auquel on ne cache que h ; un minLSTM à deux couches ; un autre avec cinq fois plus de "
                "mises à jour"))
def a_switch_needs_h():
    return (median("LSTM", switch(LSTM)) > 0.85, median("sLSTM", switch(SLSTM)) > 0.85,
            every("minLSTM", switch(MINLSTM)) < 0.6, every("LSTM that sees no h", switch(BLIND)) < 0.6,
            every("minLSTM, two layers", switch(MINLSTM, layers=2)) < 0.6,
            every("minLSTM, longer", switch(MINLSTM, 600)) < 0.6)


@claim("A minLSTM keeps a symbol over twenty steps of noise as well as an LSTM, if its memories begin that long.",
       "Un minLSTM garde un symbole pendant vingt pas de bruit aussi bien qu'un LSTM, si ses mémoires ont cette "
       "longueur au départ.",
       control=("a minLSTM and an LSTM with the usual start; the marked symbol, where the lesson is another",
                "un minLSTM et un LSTM au départ habituel ; le symbole marqué, où la leçon est autre"))
def a_minlstm_keeps_a_symbol():
    task, marked = tasks.recall(20), tasks.marked_symbol(20, 8)
    kept, ours = (scores(cell, task, 8, 100, lag=20) for cell in (MINLSTM, LSTM))
    return (every("minLSTM", kept) > 0.95, median("LSTM", ours) > 0.95,
            median("minLSTM, usual start", scores(MINLSTM, task, 8, 100)) < 0.5,
            median("LSTM, usual start", scores(LSTM, task, 8, 100)) < 0.6,
            every("minLSTM, marked symbol", scores(MINLSTM, marked, 8, 200, lag=20)) > 0.9)


@claim("Which number was said loudest so far: an sLSTM of four units says it better than an LSTM.",
       "Quel nombre a été dit le plus fort jusqu'ici : un sLSTM de quatre unités le dit mieux qu'un LSTM.",
       control=("an LSTM with three times the updates; with twice as many units; sequences four times as long",
                "un LSTM avec trois fois plus de mises à jour ; avec deux fois plus d'unités ; des séquences "
                "quatre fois plus longues"))
def an_exponential_gate_finds_the_loudest():
    task = loudest(10)
    weighing, plain = scores(SLSTM, task, 4, 200), scores(LSTM, task, 4, 200)
    far = loudest(40)
    return (every("sLSTM", weighing) > 0.8, median("LSTM", plain) < 0.7,
            every("sLSTM", weighing) > every("LSTM, 600 updates", scores(LSTM, task, 4, 600)),
            every("sLSTM", weighing) > every("LSTM, 8 units", scores(LSTM, task, 8, 200)),
            median("sLSTM, 40 steps", scores(SLSTM, task, 4, 200, far)) > median(
                "LSTM, 40 steps", scores(LSTM, task, 4, 200, far)))
