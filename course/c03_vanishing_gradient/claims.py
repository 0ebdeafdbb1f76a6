"""What chapter 03 claims of gradients that vanish, and the controls."""
from itertools import islice

import numpy as np

from lstmlib import Model, exam, forward, tasks, train, weights
from lstmlib.cells import GRU, LSTM, RNN, pin
from lstmlib.sweep import SEEDS, asked
from lstmlib.unroll import backward
from workbook import kept
from workbook.claims import claim, scores
from workbook.expected import every, median

from .pictures import BENT, gradient_norms

FAR = tasks.recall(50)


def log_gradients(cell, loudness=1.0, stretch=1.0, forget_bias=0.0, **gates):
    """log10 of |∂h_T/∂s_t| at lags 10, 50, 100, a row for each lag; s is c, or h where there is no c.

    Before training, 32 units, noise of that loudness; Wh is orthogonal and stretched; the greatest stretch.
    """
    H, rows = 32, []
    for seed in SEEDS:
        p = pin(cell, Model(cell, 4, H, 4, seed=seed, dtype=float, forget_bias=forget_bias).params[0], **gates)
        p["W"][..., :H] *= stretch
        x = loudness * np.random.default_rng([seed, 3]).normal(size=(201, 4, 1))
        row = []
        for lag in (10, 50, 100):
            s = cell.state(*(np.repeat(q, H, axis=1) for q in forward(cell, p, x[:-lag]).s))
            run = forward(cell, p, np.repeat(x[-lag:], H, axis=2), s)
            dh = np.zeros(run.h.shape)
            dh[-1] = np.eye(H)                              # one column for each unit of h_T
            _, _, ds = backward(cell, p, run, dh)
            row.append(np.log10(np.linalg.norm(ds[-1], 2)))
        rows.append(row)
    return np.array(rows).T


@claim("Without input the gradient goes as the radius to the power of the lag; with strong input it vanishes even "
       "where the radius is 1.5.",
       "Sans entrée, le gradient varie comme le rayon à la puissance du retard ; avec des entrées fortes, il "
       "s'évanouit même pour un rayon de 1,5.",
       control=("no input; noise of 0.1", "sans entrée ; un bruit de 0,1"))
def the_radius_is_not_all():
    radii, driven = (0.5, 0.9, 1.0, 1.1, 1.5), {}
    silent = [every(f"radius {r}: log10 of gradient / radius ** lag",
                    np.abs(log_gradients(RNN, 0, r) - np.log10(r) * np.array([[10], [50], [100]]))) < 1e-6
              for r in radii]
    for r in radii:
        ten, fifty, hundred = log_gradients(RNN, 1, r)
        driven[r] = (every(f"radius {r}: from lag 10 to lag 50", fifty - ten) < 0,
                     every(f"radius {r}: from lag 50 to lag 100", hundred - fifty) < 0,
                     every(f"radius {r}: log10 of the gradient at lag 100", hundred) < -2)
    quiet = log_gradients(RNN, 0.1, 1.5)[2]
    return *silent, *sum(driven.values(), ()), every("radius 1.5, noise of 0.1: log10 at lag 100", quiet) > 1


@claim("What helps the gradient is f near 1, not that the cell is an LSTM; in weak noise an LSTM of bias 0 does "
       "worse than an RNN.",
       "Ce qui aide le gradient, c'est un f proche de 1, et non le seul fait que la cellule est un LSTM ; dans un "
       "bruit faible, un LSTM de biais 0 fait moins bien qu'un RNN.",
       control=("RNN, GRU and LSTM with other biases in the same noise; a tenth of the noise",
                "dans le même bruit, RNN, GRU et LSTM avec d'autres biais ; un bruit dix fois plus faible"))
def it_is_f_near_1():
    def at_100(name, *case, **gates):
        return every("log10 of the gradient at lag 100: " + name, log_gradients(*case, **gates)[2])
    return (at_100("RNN", RNN) < -13, at_100("GRU, bias 0", GRU) < -13, at_100("LSTM, bias 0", LSTM) < -15,
            at_100("LSTM, bias 1", LSTM, 1, 1, 1) < -6, at_100("LSTM, bias 3", LSTM, 1, 1, 3) > -3,
            at_100("LSTM, bias 5", LSTM, 1, 1, 5) > -3, at_100("LSTM, f = 1", LSTM, f=1) > -3,
            at_100("RNN, noise of 0.1", RNN, .1) > -4, at_100("LSTM, bias 0, noise of 0.1", LSTM, .1) < -9)


def by_hand(task):
    """Four latches, each of which hears one symbol, and no noise."""
    model = Model(RNN, task.D, 4, task.K, dtype=float)
    p, out = model.params
    p["W"][0] = np.hstack([3 * np.eye(4), 6 * np.eye(4), np.zeros((4, 4))])
    p["b"][:], out["V"][:], out["b_y"][:] = -.5, np.eye(4), 0
    return model


@claim("An RNN can remember for a thousand steps of strong noise; in strong noise it does not learn to over fifty.",
       "Un RNN peut se souvenir malgré mille pas de bruit fort, mais dans un tel bruit il n'apprend pas à le faire, "
       "même sur cinquante pas.",
       control=("an RNN set by hand; an LSTM of bias 5; weak noise, in which an LSTM of bias 0 does not learn "
                "either",
                "un RNN réglé à la main ; un LSTM de biais 5 ; un bruit faible, où un LSTM de biais 0 n'apprend pas "
                "non plus"), source="Bengio et al. 1994")
def it_can_and_does_not_learn_to():
    weak = tasks.recall(50, loudness=.3)
    return (every("set by hand, 1000 steps", [exam(by_hand(FAR), tasks.recall(1000), 200)]) > 0.99,
            median("LSTM, bias 5", scores(asked(FAR), LSTM, FAR, 32, 400, forget_bias=5)) > 0.95,
            every("RNN", scores(asked(FAR), RNN, FAR, 32, 400)) < 0.35,
            median("RNN, noise of 0.3", scores(asked(weak), RNN, weak, 32, 400)) > 0.45,
            every("LSTM, bias 0, noise of 0.3", scores(asked(weak), LSTM, weak, 32, 400, forget_bias=0)) < 0.35)


def started(change, cell, task, lr, **how):
    """The score for each seed after 400 updates of a model of 32 units whose first weights p change(p) has changed."""
    found = []
    for seed in SEEDS:
        model = Model(cell, task.D, 32, task.K, seed=seed, **how)
        change(model.params[0])
        list(islice(train(model, task, lr=lr, seed=seed), 400))
        found.append(exam(model, task))
    return found


@claim("Nor does another learning rate, or larger weights, teach it to the RNN reliably.",
       "Changer le taux d'apprentissage ou agrandir les poids ne suffit pas non plus pour que le RNN l'apprenne de "
       "façon fiable.",
       control=("rates from 0.003 to 0.1; Wh × 1.5", "des taux de 0,003 à 0,1 ; Wh × 1,5"))
def neither_rate_nor_radius():
    def stretch(p):
        p["W"][..., :32] *= 1.5
    one_bit = (median(f"RNN, lr {lr}", scores(asked(FAR), RNN, FAR, 32, 400, lr=lr)) < 0.75 for lr in (0.03, 0.1))
    return (every("RNN, lr 0.003", scores(asked(FAR), RNN, FAR, 32, 400, lr=0.003)) < 0.35, *one_bit,
            every("RNN, Wh × 1.5, lr 0.003", started(stretch, RNN, FAR, lr=3e-3)) < 0.35)


@claim("An LSTM with a forget bias of 0 or 1 does not learn it either.",
       "Un LSTM dont le biais d'oubli vaut 0 ou 1 ne l'apprend pas non plus.",
       control=("lag 3, where the RNN and the LSTM learn", "le retard 3, où le RNN et le LSTM apprennent"))
def the_bias_decides():
    near = tasks.recall(3)
    return (*(median(f"LSTM, bias {bias}", scores(asked(FAR), LSTM, FAR, 32, 400, forget_bias=bias)) < 0.35
              for bias in (0, 1)),
            every("RNN, lag 3", scores(asked(near), RNN, near, 32, 400)) > 0.9,
            every("LSTM, bias 5, lag 3", scores(asked(near), LSTM, near, 32, 400, forget_bias=5)) > 0.9)


def starts_low(lag):
    """The scores of LSTMs whose input gate starts as low as 1 - f, bias 3."""
    def shut(p):
        p["b"][1] = -3
    return started(shut, LSTM, tasks.recall(lag), lr=1e-2, forget_bias=3.0)


@claim("With the same forget bias the cells that write 1 - f learn it over a hundred steps, and the LSTM does not; to "
       "write as little at the start helps it over fifty.",
       "Avec le même biais d'oubli, les cellules qui écrivent 1 - f l'apprennent sur cent pas, et le LSTM ne l'apprend "
       "pas ; écrire aussi peu au départ l'aide sur cinquante.",
       control=("all with a bias of 3: CIFG and GRU, which write 1 - f; LSTM; LSTM whose input gate starts as low",
                "toutes avec un biais de 3 : CIFG et GRU, qui écrivent 1 - f ; LSTM ; LSTM dont la porte d'entrée part "
                "d'aussi bas"))
def to_write_little():
    table = kept("recall")
    return (*(every(f"kept: {name}, lag {L}", table[name, L]) < 0.4
              for L in ("50", "100") for name in ("RNN", "LSTM, bias 0")),
            every("kept: LSTM, bias 5, lag 50", table["LSTM, bias 5", "50"]) > 0.95,
            every("kept: RNN, lag 5", table["RNN", "5"]) > 0.9,
            every("kept: CIFG, bias 3, lag 100", table["CIFG, bias 3", "100"]) > 0.9,
            every("kept: GRU, bias 3, lag 100", table["GRU, bias 3", "100"]) > 0.9,
            every("kept: LSTM, bias 3, lag 100", table["LSTM, bias 3", "100"]) < 0.5,
            median("kept: LSTM, bias 3, lag 50", table["LSTM, bias 3", "50"]) < 0.85,
            median("LSTM, bias 3, input gate as low, lag 50", starts_low(50)) > 0.95,
            median("LSTM, bias 3, input gate as low, lag 100", starts_low(100)) < 0.6)


def probe(cell, L, loudness, forget_bias=0.0, stretch=1.0):
    """How often a linear read-out, fitted to h after L steps, names the symbol; the net is untrained."""
    task, found = tasks.recall(L, loudness=loudness), []
    for seed in SEEDS:
        model = Model(cell, task.D, 32, task.K, seed=seed, dtype=float, forget_bias=forget_bias)
        model.params[0]["W"][..., :32] *= stretch
        x, target, _, _ = next(task.batches(np.random.default_rng(seed), 4000))
        h = np.vstack([model(x).runs[0].h[-1], np.ones(4000)]).T
        fit, *_ = np.linalg.lstsq(h[:2000], tasks.one_hot(target[-1, :2000], 4).T)
        found.append(np.mean((h[2000:] @ fit).argmax(1) == target[-1, 2000:]))
    return found


@claim("In silence an untrained RNN still holds the symbol after fifty steps; in strong noise a linear probe no "
       "longer finds it after twenty.",
       "Dans le silence, un RNN non entraîné contient encore le symbole après cinquante pas ; dans un bruit fort, "
       "une sonde linéaire ne l'y trouve plus après vingt.",
       control=("weak noise over fewer steps; an LSTM of bias 5",
                "un bruit plus faible, sur moins de pas ; un LSTM de biais 5"))
def not_learned_is_not_forgotten():
    return (every("probe of an RNN, silence, lag 50, Wh × 0.9", probe(RNN, 50, 0, stretch=0.9)) > 0.95,
            every("probe of an RNN, noise of sd 0.5, lag 5", probe(RNN, 5, 0.5)) > 0.9,
            every("probe of an RNN, noise of sd 1, lag 20", probe(RNN, 20, 1)) < 0.35,
            median("probe of an LSTM, bias 5, noise of sd 1, lag 20", probe(LSTM, 20, 1, 5)) > 0.5)


@claim("The gradient of a ReLU network vanishes from 0.95 · I, and mostly explodes from 1.05 · I; from I most paths "
       "are cut for good.",
       "Le gradient d'un réseau ReLU s'évanouit si Wh part de 0,95 · I, et explose le plus souvent si elle part de "
       "1,05 · I ; si elle part de I, la plupart des chemins sont coupés pour de bon.",
       control=("the same network with an orthogonal Wh",
                "le même réseau avec une Wh orthogonale"), source="Le et al. 2015")
def relu_is_no_cure():
    ends, on = {name: [] for name in ("0.95", "1.05", "orthogonal")}, []
    for seed in SEEDS:
        x = np.random.default_rng([seed, 4]).normal(size=(100, 4, 1))
        p = weights(RNN, 4, 32, np.random.default_rng(seed))
        for name, found in ends.items():
            W = p["W"] if name == "orthogonal" else np.concatenate(
                [float(name) * np.eye(32)[None], p["W"][..., 32:]], axis=-1)
            found.append(gradient_norms(BENT["ReLU"], {"W": W, "b": p["b"]}, x, "h")[-1])
        W = np.concatenate([np.eye(32)[None], p["W"][..., 32:]], axis=-1)
        on.append((forward(BENT["ReLU"], {"W": W, "b": p["b"]}, x).h > 0).all(0).mean())
    return (every("0.95 · I, lag 100", ends["0.95"]) < 0.01, median("1.05 · I, lag 100", ends["1.05"]) > 100,
            every("orthogonal, lag 100", ends["orthogonal"]) < 1e-6, every("1 · I: units never off", on) < 0.5)
