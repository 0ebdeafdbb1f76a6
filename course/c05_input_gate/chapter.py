# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 05 · The input gate
#
# A memory into which everything is written remembers nothing in particular. The input gate decides *whether* something is
# stored; the candidate says *what*.
#
# By the end you have written both, seen a memory drown because its door stood open, and set two units by hand that keep the
# first thing they see.
#
# *You need*: chapter 04. *It takes*: three quarters of an hour; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 05 · La porte d'entrée
#
# Une mémoire où tout s'inscrit ne retient rien de particulier. La porte d'entrée décide *si* l'on écrit ; le candidat dit *quoi*.
#
# À la fin, vous les aurez écrits tous les deux, vous aurez vu une mémoire se noyer parce que sa porte restait ouverte, et réglé à la
# main deux unités qui gardent la première chose qu'elles voient.
#
# *Il vous faut* : le chapitre 04. *Durée* : trois quarts d'heure, dont moins d'une demi-minute de calcul.

# %% id="imports"
from itertools import islice

import numpy as np

from lstmlib import CIFG, LSTM, Model, exam, forward, hold, join, pin, sigmoid, tasks, train
from workbook import (
    check, every, expect, explorers, median, plots, predict, progress_bar, quiz, say, value,
)

# %% [markdown] id="two" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · Whether, and what
#
# At each step the cell prepares something that it might store, the *candidate* $\tilde c_t$ (in code: `g`), and decides how much
# of it to store, the *input gate* $i_t$:
#
# $$i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i) \qquad \tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$$
#
# What is added to the memory is their product, $i_t * \tilde c_t$, unit by unit. The gate uses σ, because it is a share, from 0 to 1.
# The candidate uses tanh, because it must be able to *take away* as well: from −1 to 1.

# %% [markdown] id="two" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Si, et quoi
#
# À chaque pas, la cellule prépare ce qu'elle pourrait retenir, le *candidat* $\tilde c_t$ (dans le code : `g`), et décide quelle part
# en retenir, la *porte d'entrée* $i_t$ :
#
# $$i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i) \qquad \tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$$
#
# On ajoute à la mémoire leur produit, $i_t * \tilde c_t$, unité par unité. La porte utilise σ, car c'est une part, entre 0 et 1. Le
# candidat utilise tanh, car il doit pouvoir aussi *retirer* : de −1 à 1.

# %% id="predict-keys"
predict("05-two-keys")

# %% [markdown] id="lock" lang="en" slideshow={"slide_type": "subslide"}
# **The two-key lock.** Nothing is written unless both keys turn: an open gate, and a candidate with something to say. Find two
# different ways to write nothing. Then bring c, on the right, down by 6 in twelve steps: that would empty a memory of +6.

# %% [markdown] id="lock" lang="fr" slideshow={"slide_type": "subslide"}
# **La serrure à deux clés.** Rien ne s'écrit si les deux clés ne tournent pas : une porte ouverte, et un candidat qui a quelque chose
# à dire. Trouvez deux façons différentes de ne rien écrire. Puis, à droite, faites descendre c de 6 en douze pas : de quoi vider une
# mémoire de +6.

# %% id="two-keys"
explorers.two_keys()

# %% [markdown] id="write-gate" lang="en"
# **Exercise 5.1 · `input_gate(W_i, b_i, h, x)`.** Shapes as for the forget gate: `W_i` (H, H+D), `b_i` (H, 1), `h` (H, B), `x` (D, B).

# %% [markdown] id="write-gate" lang="fr"
# **Exercice 5.1 · `input_gate(W_i, b_i, h, x)`.** Mêmes formes que pour la porte d'oubli : `W_i` (H, H+D), `b_i` (H, 1), `h` (H, B),
# `x` (D, B).

# %% id="input-gate"
def input_gate(W_i, b_i, h, x):
    raise NotImplementedError


check("input_gate", input_gate)

# %% [markdown] id="write-candidate" lang="en"
# **Exercise 5.2 · `candidate(W_g, b_g, h, x)`.** The same reading, with weights of its own and another squashing. `W_g`
# and `b_g` are the $W_c$ and $b_c$ of the formula.

# %% [markdown] id="write-candidate" lang="fr"
# **Exercice 5.2 · `candidate(W_g, b_g, h, x)`.** La même lecture, avec ses propres poids et un autre écrasement. `W_g` et
# `b_g` sont les $W_c$ et $b_c$ de la formule.

# %% id="candidate"
def candidate(W_g, b_g, h, x):
    raise NotImplementedError


check("candidate", candidate)

# %% [markdown] id="write-written" lang="en"
# **Exercise 5.3 · `written(i, g)`.** What is added to the memory.

# %% [markdown] id="write-written" lang="fr"
# **Exercice 5.3 · `written(i, g)`.** Ce qui s'ajoute à la mémoire.

# %% id="written"
def written(i, g):
    raise NotImplementedError


check("written", written)

# %% [markdown] id="same" lang="en"
# The library's cell does just that. From one of its films we take what was kept, $f * c_{t-1}$, away from the new memory: what is
# left is what was written.

# %% [markdown] id="same" lang="fr"
# La cellule de la bibliothèque ne fait rien d'autre. Dans un de ses films, ôtons de la nouvelle mémoire ce qui était gardé,
# $f * c_{t-1}$ : il reste ce qui a été écrit.

# %% id="same-code"
p = Model(LSTM, D=3, H=5, K=1, dtype=float).params[0]
tape = forward(LSTM, p, np.random.default_rng(5).normal(size=(6, 3, 2))).tape
left = tape.c - tape.f * tape.c_prev
expect(value(say("largest difference between what is left and i * g"),
             np.abs(left - tape.i * tape.g).max()) < 1e-12)

# %% [markdown] id="marked" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · The marked symbol
#
# Thirty symbols pass, each one of four. One of the first ten carries a mark. *Which was it?* is asked at the very end. We pin f at 1,
# as in the cell of 1997: what is written stays, so the input gate is the only guard. In the picture the rows are A, B, C, D and, at the
# bottom, the mark.

# %% [markdown] id="marked" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Le symbole marqué
#
# Trente symboles défilent, chacun parmi quatre. L'un des dix premiers porte une marque. La question vient tout à la fin : *lequel
# était-ce ?* Nous fixons f à 1, comme dans la cellule de 1997 : ce qui est écrit reste, la porte d'entrée est donc la seule gardienne.
# Sur l'image, les lignes sont A, B, C, D et, tout en bas, la marque.

# %% id="marked-picture"
marked = tasks.marked_symbol()
batch = next(marked.batches(np.random.default_rng(2), 1))
plots.film({"x": batch.x[:, :, 0]}, letters=["ABCD"[k] for k in batch.x[:, :4, 0].argmax(1)])

# %% id="predict-open"
predict("05-always-open")

# %% [markdown] id="hold" lang="en"
# At 1 we pin the gate, as in chapter 04: its slope σ(1 − σ) is 0 there, so it stays. At 0.1 the slope is not 0, and a pinned gate would
# go on learning. `hold(LSTM, i=.1)` gives a cell whose input gate *is* the constant 0.1.

# %% [markdown] id="hold" lang="fr"
# À 1, nous fixons la porte, comme au chapitre 04 : sa pente σ(1 − σ) y est nulle, elle n'en bouge donc plus. À 0,1, la pente
# n'est pas nulle, et une porte fixée continuerait d'apprendre. `hold(LSTM, i=.1)` donne une cellule dont la porte d'entrée *est* la
# constante 0,1.

# %% id="learn"
def learn(cell, seed, bias=3.0, **pinned):
    model = Model(cell, marked.D, H=16, K=marked.K, seed=seed, forget_bias=bias)
    model.params[0] = pin(cell, model.params[0], **pinned)
    for step in islice(train(model, marked, lr=1e-2, seed=seed), 300):
        pass
    return model


seeds = range(3)
variants = {say("learned i"): (LSTM, {}), "i = 1": (LSTM, {"i": 1}),
            f"i = {plots.number(.1)}": (hold(LSTM, i=.1), {})}
with progress_bar(300, networks=len(variants) * len(seeds)):
    models = {name: [learn(cell, seed, f=1, **pinned) for seed in seeds]
              for name, (cell, pinned) in variants.items()}

# %% id="predict-constant"
predict("05-best-constant")

# %% id="marked-scores"
score = {name: [exam(model, marked) for model in fitted] for name, fitted in models.items()}
learned, open_, faint, *_ = score.items()
picture = plots.spread(score, ylabel=say("accuracy"), chance=.25, text=say(
    "Which symbol was marked? A dot for each seed, f = 1; i learned, or held at a constant."))
expect(picture, every(*learned) > .95, median(*open_) < .6, median(*faint) < every(*learned))

# %% [markdown] id="explain-marked" lang="en"
# **Explain.** With i = 1 thirty symbols lie on one heap, the marked one somewhere among them. With i = 0.1 each is written faintly, the
# marked one too; a clever candidate can do something with that, but not enough. *No constant is as good as a gate that looks.*

# %% [markdown] id="explain-marked" lang="fr"
# **Expliquez.** Avec i = 1, trente symboles forment un seul tas, le symbole marqué quelque part au milieu. Avec i = 0,1, chacun s'écrit
# faiblement, le symbole marqué aussi ; un candidat habile en tire quelque chose, mais pas assez. *Aucune constante ne vaut une porte qui
# regarde.*

# %% [markdown] id="film" lang="en" slideshow={"slide_type": "subslide"}
# **The film of i.** The first trained model reads one row. The star stands at the mark. Find units whose gate opens there, and units
# that hardly notice.

# %% [markdown] id="film" lang="fr" slideshow={"slide_type": "subslide"}
# **Le film de i.** Le premier modèle entraîné lit une rangée. L'étoile est à la marque. Cherchez des unités dont la porte s'ouvre là, et
# d'autres qui s'en moquent.

# %% id="film-picture"
model = models[say("learned i")][0]
batch = next(marked.batches(np.random.default_rng(2), 1))
tape = model(batch.x).runs[0].tape
stars = ["*" if mark else "ABCD"[k]
         for k, mark in zip(batch.x[:, :4, 0].argmax(1), batch.x[:, 4, 0])]
plots.film({"i": tape.i[..., 0], "c": tape.c[..., 0]}, letters=stars, text=say(
    "The input gate of each unit, and its cell state, over thirty symbols; "
    "a star at the marked one."))

# %% id="film-numbers"
batch = next(marked.batches(np.random.default_rng(9), 500))
at_mark = batch.x[:, 4] == 1


def rise(model):                                             # of each unit's gate, at the mark
    i = model(batch.x).runs[0].tape.i.transpose(0, 2, 1)
    return i[at_mark].mean(0) - i[~at_mark].mean(0)


rises = [rise(model) for model in models[say("learned i")]]
expect(every(say("opening at the mark, of the unit that opens most"),
             [r.max() for r in rises]) > .3,
       every(say("change at the mark, of the unit that moves least"),
             [np.abs(r).min() for r in rises]) < .25)

# %% [markdown] id="honest" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Where it does not matter
#
# Let the forget gate learn as well. Then a cell can also let go of what it should not have written: i and f become partly
# redundant. In the extreme, Greff et al. (2015) *tie* them, $i = 1 - f$: to write is to forget. That cell, CIFG, has one gate less.

# %% [markdown] id="honest" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Là où elle ne change rien
#
# Laissons aussi la porte d'oubli apprendre. Une cellule peut alors lâcher ce qu'elle n'aurait pas dû écrire : i et f deviennent en
# partie redondantes. À l'extrême, Greff et al. (2015) les *lient*, $i = 1 - f$ : écrire, c'est oublier. Cette cellule, CIFG, a une porte
# de moins.

# %% id="honest-lessons"
with progress_bar(300, networks=len(seeds)):
    tied = [exam(learn(CIFG, seed), marked) for seed in seeds]
expect(median(say("CIFG, without an input gate of its own"), tied) > .9)

# %% [markdown] id="puzzle" lang="en"
# ## 4 · Puzzle: the first symbol
#
# Two units, no training. At each step comes an A, x = [1, 0], or a B, x = [0, 1], or nothing, x = [0, 0]. Nothing is forgotten:
# $c_t = c_{t-1} + i_t * g_t$, $h_t = \tanh(c_t)$, both 0 at the start. Set the input gate, $i = \sigma(W[0] \cdot [h, x] + b[0])$, and the
# candidate, $g = \tanh(W[1] \cdot [h, x] + b[1])$, so that for 20 steps h[0] is above 0.5 if the first symbol was an A, and h[1] if it was a
# B; else they stay below. `W` is (2, 2, 4): its rows are the two units, its columns meet h[0], h[1], x[0], x[1]. `b` is (2, 2, 1).

# %% [markdown] id="puzzle" lang="fr"
# ## 4 · Énigme : le premier symbole
#
# Deux unités, sans entraînement. À chaque pas arrive un A, x = [1, 0], ou un B, x = [0, 1], ou rien, x = [0, 0]. Rien ne s'oublie :
# $c_t = c_{t-1} + i_t * g_t$, $h_t = \tanh(c_t)$, tous deux nuls au départ. Réglez la porte d'entrée,
# $i = \sigma(W[0] \cdot [h, x] + b[0])$, et le candidat, $g = \tanh(W[1] \cdot [h, x] + b[1])$, pour que, pendant 20 pas, h[0] dépasse 0,5 si
# le premier symbole était un A, et h[1] si c'était un B ; sinon, ils restent au-dessous. `W` est de forme (2, 2, 4) : ses lignes sont les
# deux unités, ses colonnes rencontrent h[0], h[1], x[0], x[1]. `b` est de forme (2, 2, 1).

# %% id="first-symbol"
def weights():
    raise NotImplementedError


check("first_symbol", weights)

# %% [markdown] id="ask-quiz" lang="en"
# ## 5 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 5 · Quiz

# %% id="quiz"
quiz("05")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | the sheet says | you have seen |
# |---|---|
# | $i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$ | it selects what is stored; without it (i = 1, f = 1) the memory drowns |
# | $\tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$ | what might be stored; it can be negative |
# | the memory is updated with important new data | $i * \tilde c$ is added; no constant i does as well |
#
# Next: [06 · The cell state](06-cell-state.ipynb), where it is all kept.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez gagné
#
# | la fiche dit | vous l'avez vu |
# |---|---|
# | $i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$ | elle choisit ce qu'on retient ; sans elle (i = 1, f = 1), la mémoire se noie |
# | $\tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$ | ce qu'on pourrait retenir ; il peut être négatif |
# | la mémoire est mise à jour avec de nouvelles données importantes | on ajoute $i * \tilde c$ ; aucune constante i ne fait aussi bien |
#
# Suite : [06 · L'état de cellule](06-cell-state.ipynb), où tout est gardé.
