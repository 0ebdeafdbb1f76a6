"""What chapter 07 claims of the output gate, and the controls."""
import numpy as np

from lstmlib import Model, tasks
from lstmlib.cells import LSTM, pin
from workbook.claims import claim, scores
from workbook.expected import every, median

TASK = tasks.secret()
BATCH = next(TASK.batches(np.random.default_rng(3), 500))
ASKED = BATCH.x[:, 2] > 0


def loud_and_right(model):
    """The root mean squared answer while nobody asks; R² at the questions."""
    y = model(BATCH.x).y
    return np.sqrt((y[:, 0][~ASKED] ** 2).mean()), TASK.score(y, BATCH.target)


def secret(H=1, score=loud_and_right, updates=800, **how):
    return scores(score, LSTM, TASK, H, updates, lr=6e-2, **how).T


def held(o):
    """The same of the model with its gate held at o, or at its own average."""
    def score(model):
        other = Model(LSTM, TASK.D, 1, TASK.K)
        at = model(BATCH.x).runs[0].tape.o.mean() if o == "average" else o
        other.params = [pin(LSTM, model.params[0], o=at), model.params[1]]
        return loud_and_right(other)
    return score


@claim("One unit keeps a secret and says it when asked only with an output gate.",
       "Il faut une porte de sortie pour qu'une seule unité garde un secret et ne le dise qu'à la question.",
       control=("o held at 1 from the first update on; the same with twice as many updates",
                "o maintenu à 1 dès la première mise à jour ; de même avec deux fois plus de mises à jour"))
def one_unit_needs_o():
    (_, learned), (_, open_), (_, longer) = secret(), secret(o=1), secret(updates=1600, o=1)
    return (median("1 unit, o learned", learned) > 0.9, median("1 unit, o = 1", open_) < 0.75,
            every("1 unit, o = 1, longer", longer) < 0.85,
            median("1 unit, o learned", learned) > every("1 unit, o = 1", open_))


@claim("With several units the difference is gone.",
       "Avec plusieurs unités, la différence a disparu.",
       control=("two and four units with o held at 1", "deux et quatre unités, o maintenu à 1"))
def several_units_do_not():
    return (every("4 units, o learned", secret(4)[1]) > 0.95, median("4 units, o = 1", secret(4, o=1)[1]) > 0.95,
            median("2 units, o = 1", secret(2, o=1)[1]) > 0.8)


@claim("The gate opens when asked.",
       "La porte s'ouvre quand on pose la question.",
       control=("the same gate at all other steps", "la même porte à tous les autres pas"))
def the_gate_opens_when_asked():
    def opens(model):
        o = model(BATCH.x).runs[0].tape.o[:, 0]
        return o[ASKED].mean(), o[~ASKED].mean()
    asked_, else_ = secret(score=opens)
    return median("mean o when asked", asked_) > 0.5, median("mean o else", else_) < 0.25


@claim("It is by moving at the right step that o keeps the secret.",
       "C'est en bougeant au bon pas que o garde le secret.",
       control=("in the trained unit, o held at its own average, and held open",
                "dans l'unité entraînée, o maintenu à sa moyenne, puis maintenu ouvert"))
def what_matters_is_when_o_moves():
    (still, right), (_, even), (shout, _) = secret(), secret(score=held("average")), secret(score=held(1))
    return (median("R², o free", right) > 0.9, every("R², o at its average", even) < 0.45,
            every("loudness, o free", still) < 0.1, every("loudness, o held open", shout) > 0.5)


@claim("Four units without a gate are silent by cancelling each other.",
       "Quatre unités sans porte se taisent en se compensant.",
       control=("one of the four taken out of the read-out", "l'une des quatre retirée de la lecture"))
def four_units_cancel():
    def without_one(model):
        trace = model(BATCH.x)
        said, h = trace.y[:, 0][~ASKED], trace.runs[0].tape.h.swapaxes(1, 2)[~ASKED]
        return np.sqrt((said ** 2).mean()), max(
            np.sqrt(((said - v * h[:, u]) ** 2).mean()) for u, v in enumerate(model.params[1]["V"][0]))
    whole, without = secret(4, without_one, o=1)
    return every("loudness of four", whole) < 0.05, every("loudness without one", without) > 0.1
