"""What chapter 11 claims of the sunspots, and the controls."""
import numpy as np

from lstmlib.cells import LSTM, RNN
from lstmlib.sweep import SEEDS, trained
from workbook.claims import claim
from workbook.expected import every, median, value

from .spots import EXAM, by_model, error, persistence, regression, rehearse, season, sunspots, windows

SPOTS, CUT, P = sunspots()[1] / 100, EXAM - 1700, 15


def judged(forecast):
    return 100 * error(forecast, SPOTS, CUT)


def networks(cell=LSTM, updates=100, lr=1e-2):
    """The errors (seeds, distances) of networks that learned before the exam."""
    lessons = windows(SPOTS[:CUT])
    return np.array([judged(by_model(trained(cell, lessons, 8, updates, seed, lr), SPOTS)) for seed in SEEDS])


@claim("On the sunspots an LSTM beats persistence from two to eight years ahead, and the best of three simple rivals "
       "at no horizon.",
       "Sur les taches solaires, un LSTM bat la persistance de deux à huit ans d'avance, mais il ne bat le meilleur de "
       "trois rivaux simples à aucun horizon.",
       control=("an RNN of as many units; the same LSTM with three times the updates; with three times the learning "
                "rate, which draws level one year ahead",
                "un RNN d'autant d'unités ; le même LSTM avec trois fois plus de mises à jour, ou avec un taux "
                "d'apprentissage triple, qui fait jeu égal à un an"))
def an_lstm_wins_nowhere():
    same, cycle, sums = judged(persistence(SPOTS)), judged(season(SPOTS)), judged(regression(SPOTS, CUT, P))
    best = np.min([same, cycle, sums], 0)
    lstm, rnn, longer, faster = (np.median(networks(*how), 0) for how in (
        (), (RNN,), (LSTM, 300), (LSTM, 75, 3e-2)))
    return (value("LSTM, over persistence, 2 to 8 years ahead: the largest", (lstm / same)[1:8].max()) < 0.8,
            value("LSTM, over the best rival: the smallest", (lstm / best).min()) > 1,
            value("RNN, over the best rival: the smallest", (rnn / best).min()) > 1,
            value("LSTM, 300 updates, over the best rival: the smallest", (longer / best).min()) > 1,
            value("LSTM, lr 0.03, over the best rival, 1 year ahead", (faster / best)[0]) > 0.85,
            value("LSTM, lr 0.03, over the best rival, from 2 years on: the smallest", (faster / best)[1:].min()) > 1)


@claim("Up to three years ahead a weighted sum of past years wins; from five years on it is no better than the "
       "season.",
       "Jusqu'à trois ans d'avance, une somme pondérée des années passées fait mieux que la saison ; à partir de "
       "cinq ans, elle ne fait pas mieux.",
       control=("sums of 9 and of 22 years in place of 15", "des sommes de 9 et de 22 ans au lieu de 15"))
def a_sum_wins_near():
    cycle = judged(season(SPOTS))
    ratio = {p: judged(regression(SPOTS, CUT, p)) / cycle for p in (9, P, 22)}
    return (*(value(f"sum of {p} years, over season, 1 to 2 years ahead", r[:2].max()) < 0.85
              for p, r in ratio.items()),
            value("sum of 15 years, over season, 3 years ahead", ratio[P][2]) < 0.95,
            *(value(f"sum of {p} years, over season, from 5 years on", r[4:].min()) > 0.92
              for p, r in ratio.items()))


@claim("After a hundred updates an LSTM goes on getting better where it learns and worse in the years that follow.",
       "Après une centaine de mises à jour, un LSTM continue de s'améliorer sur les années dont il apprend, et "
       "devient moins bon sur les années suivantes.",
       control=("the same networks after 25 updates", "les mêmes réseaux après 25 mises à jour"))
def it_learns_the_waves_by_heart():
    learned, new = np.moveaxis([rehearse(SPOTS, seed, (25, 100, 300)) for seed in SEEDS], 1, 0)
    return (every("where it learns, 300 over 100 updates", learned[:, 2] / learned[:, 1]) < 1,
            median("in the rehearsal, 300 over 100 updates", new[:, 2] / new[:, 1]) > 1.1,
            median("in the rehearsal, 100 over 25 updates", new[:, 1] / new[:, 0]) < 0.9)


@claim("Smoothing with next year makes a forecast look several times as good one year ahead, and no better far "
       "ahead.",
       "Si l'on lisse les données avec l'année suivante, une prévision paraît plusieurs fois meilleure à un an, et "
       "pas meilleure à long terme.",
       control=("smoothed as much with the two years before; scaled by all years",
                "le même lissage avec les deux années d'avant ; une mise à l'échelle d'après toutes les années"))
def a_leak_shows_near():
    after, behind = (sum(np.roll(SPOTS, k) for k in lags) / 3 for lags in ((-1, 0, 1), (0, 1, 2)))
    leaked, honest = (judged(regression(SPOTS, CUT, P, seen)) for seen in (after, behind))
    scaled = (SPOTS - SPOTS.mean()) / SPOTS.std()
    moved = 100 * SPOTS.std() * error(regression(scaled, CUT, P), scaled, CUT)
    return (value("1 year ahead, with the leak over without", leaked[0] / honest[0]) < 0.25,
            value("6 to 11 years ahead: the smallest", (leaked / honest)[5:].min()) > 0.9,
            value("scaled by all years: the errors change by",
                  np.abs(moved - judged(regression(SPOTS, CUT, P))).max()) < 1e-9)
