"""What chapter 08 claims of wrong gradients, and the controls."""
import inspect

import numpy as np

from lstmlib import cells, tasks
from lstmlib.cells import LSTM
from lstmlib.sweep import asked
from lstmlib.unroll import backward, forward, weights
from workbook.claims import claim, scores
from workbook.expected import every, median, value

SHORT, LONG = tasks.recall(3, loudness=1), tasks.recall(50)


def lost(*names):
    """An LSTM whose way back has lost something: the state gradients named."""
    def back(p, ds, tape):
        dp, ds, dx = LSTM.back(p, ds, tape)
        return dp, ds._replace(**{name: 0 * getattr(ds, name) for name in names}), dx
    return LSTM._replace(name="broken", back=back)


@claim("A wrong gradient still learns a short task; without the gradient of c a long one is not learned.",
       "Avec un gradient faux, on apprend encore une tâche courte ; sans le gradient de c, on n'en apprend pas "
       "une longue.",
       control=("the right way back on the long task", "le retour juste sur la tâche longue"))
def a_wrong_gradient_learns_what_is_short():
    return (every("dh lost, recall 3", scores(asked(SHORT), lost("h"), SHORT, 16, 400)) > 0.9,
            every("dc lost, recall 50", scores(asked(LONG), lost("c"), LONG, 32, 200, forget_bias=5)) < 0.5,
            median("the right way back, recall 50", scores(asked(LONG), LSTM, LONG, 32, 400, forget_bias=5)) > 0.9)


def with_text(right, wrong):
    """The LSTM, its way back with this put in the place of that."""
    room = dict(vars(cells))
    exec(inspect.getsource(cells.lstm_back).replace(right, wrong), room)
    return LSTM._replace(back=room["lstm_back"])


@claim("Where the memory has to let go, a way back without f stays near chance on most "
       "starts; another mistake learns it.",
       "Là où la mémoire doit lâcher prise, un retour sans f reste près du hasard pour la plupart des départs ; une "
       "autre faute l'apprend.",
       control=("on the same stream: the right way back, and one whose dg has lost its slope",
                "sur le même flux : le retour juste, et un retour dont dg a perdu sa pente"))
def what_forgetting_betrays():
    stream, score = tasks.episodes(), asked(tasks.episodes(1000), 10)
    ways = {"as it is": LSTM, "dg without its slope": with_text("* i             * (1 - g**2)", "* i")}
    return (*(median(name, scores(score, cell, stream, 16, 300)) > 0.9 for name, cell in ways.items()),
            median("dc without f", scores(score, with_text("dc = dc * f", "dc = dc"), stream, 16, 300)) < 0.4)


BROKEN = (                                  # lines of lstm_back, and what a hasty hand makes of them
    ("dc = dc * f", "dc = dc"),
    (" * (1 - tanh(c)**2)", ""),
    ("dc = ds.c + ds.h", "dc = ds.h"),
    ("* f * (1 - f)", ""),
    ("* (1 - g**2)", ""),
    ("* (1 - g**2)", "* g * (1 - g)"),
    ("dc       * c_prev", "dc       * c"),
    ("dc       * i             * (1", "dc       * g             * (1"),
    ("ds.h     * tanh(c)", "ds.h     * c"),
    ("ds.h * o * (1 - tanh", "ds.h * (1 - tanh"),
    ("State(dh, dc)", "State(0 * dh, dc)"),
    ("return dp,", "return {name: w / 32 for name, w in dp.items()},"),
)


@claim("Nearly every broken way back learns a short task.",
       "Presque tous les retours faux apprennent une tâche courte.",
       control=("each is shown to give another gradient than the right one",
                "chacun donne bien un autre gradient que le bon retour"))
def nearly_every_broken_way_back_learns():
    task, learned = tasks.recall(7, loudness=1), []
    rng = np.random.default_rng(0)
    p, dh, apart = weights(LSTM, 2, 3, rng), rng.normal(size=(4, 3, 2)), []
    run = forward(LSTM, p, rng.normal(size=(4, 2, 2)))
    for right, wrong in BROKEN:
        cell = with_text(right, wrong)
        (wrong_dp, *_), (dp, *_) = (backward(c, p, run, dh) for c in (cell, LSTM))
        apart.append(np.abs(wrong_dp["W"] - dp["W"]).max() / np.abs(dp["W"]).max())
        learned.append(np.median(scores(asked(task), cell, task, 12, 400)))
    return (every("how far each gradient is from the right one", apart) > 0.01,
            value("share of the broken whose median is above 0.9", np.mean(np.array(learned) > 0.9)) > 0.8,
            value("median of the one whose dc is not passed on", learned[2]) > 0.9)
