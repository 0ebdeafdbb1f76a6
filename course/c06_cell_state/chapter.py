# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 06 · The cell state
#
# A conveyor belt: what lies on it travels on unchanged, unless a gate takes it off or puts something on. Nothing on the way squashes
# it. That is why it can *count*, and why the gradient comes back.
#
# By the end you have written the update of the cell state and its gradient, and measured how far two units count beyond what they were taught.
#
# *You need*: chapters 04 and 05. *It takes*: an hour; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 06 · L'état de cellule
#
# Un tapis roulant : ce qui est posé dessus voyage sans changer, sauf si une porte l'enlève ou y pose autre chose. Rien ne l'écrase en
# chemin. Voilà pourquoi il peut *compter*, et pourquoi le gradient revient.
#
# À la fin, vous aurez écrit la mise à jour de l'état de cellule et son gradient, et mesuré jusqu'où deux unités comptent au-delà de ce
# qu'on leur a appris.
#
# *Il vous faut* : les chapitres 04 et 05. *Durée* : une heure, dont moins d'une demi-minute de calcul.

# %% id="imports"
import numpy as np

from lstmlib import GRU, LSTM, RNN, Model, State, backward, forward, tasks, trained
from workbook import (
    check, every, expect, explorers, median, plots, predict, progress_bar, quiz, say, true, value,
)

# %% [markdown] id="belt" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · The belt
#
# Two gates and a candidate meet in one line, the heart of the LSTM:
#
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t$$
#
# What is kept of the old, plus what is written of the new, unit by unit (the star multiplies entry by entry). Note what is *not* there:
# no matrix, no tanh around the whole.

# %% [markdown] id="belt" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Le tapis roulant
#
# Deux portes et un candidat se rejoignent en une ligne, le cœur du LSTM :
#
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t$$
#
# Ce qu'on garde de l'ancien, plus ce qu'on écrit de neuf, unité par unité (l'étoile multiplie terme à terme). Remarquez ce qui *n'y
# est pas* : pas de matrice, pas de tanh autour du tout.

# %% [markdown] id="belt-explorer" lang="en" slideshow={"slide_type": "subslide"}
# **The belt.** A number is put on it at step 3. The cell state (upper strip, blue curve) carries it. A tanh unit (lower strip, pink curve)
# tries to do the same with a weight to itself. Both begin with 0.98: which keeps more? Then try to make the RNN hold a small number for
# 40 steps: what goes wrong?

# %% [markdown] id="belt-explorer" lang="fr" slideshow={"slide_type": "subslide"}
# **Le tapis.** On y pose un nombre au pas 3. L'état de cellule (bande du haut, courbe bleue) le porte. Une unité tanh (bande du bas,
# courbe rose) essaie d'en faire autant avec un poids sur elle-même. Les deux partent de 0,98 : lequel garde le plus ? Essayez ensuite
# de faire garder au RNN un petit nombre pendant 40 pas : qu'est-ce qui ne va pas ?

# %% id="belt-picture"
explorers.belt()

# %% [markdown] id="explain-belt" lang="en"
# **Explain.** With a weight up to 1 the RNN's number wears away, for tanh squashes it at every step. With a weight above 1 it drifts to a
# height that depends on the weight alone: only the sign of what was written is left. On the belt, f = 1 keeps the number as it is.

# %% [markdown] id="explain-belt" lang="fr"
# **Expliquez.** Avec un poids d'au plus 1, le nombre du RNN s'use, car tanh l'écrase à chaque pas. Avec un poids supérieur à 1, il glisse
# vers une hauteur qui ne dépend que du poids : de ce qu'on a écrit, il ne reste que le signe. Sur le tapis, f = 1 garde le nombre tel quel.

# %% [markdown] id="write-update" lang="en"
# **Exercise 6.1 · `cell_update(f, c, i, g)`.** All four are (H, B). Return the new cell state, and leave the old one as it is.

# %% [markdown] id="write-update" lang="fr"
# **Exercice 6.1 · `cell_update(f, c, i, g)`.** Tous quatre sont de forme (H, B). Renvoyez le nouvel état de cellule, sans modifier
# l'ancien.

# %% id="cell-update"
def cell_update(f, c, i, g):
    raise NotImplementedError


check("cell_update", cell_update)

# %% [markdown] id="carousel" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · The constant error carousel
#
# Along the belt the way back is as plain as the way forth: $\dfrac{\partial c_t}{\partial c_{t-1}} = f_t$ (plus paths through the gates,
# since they read $h_{t-1}$). Over many steps the f's multiply:
#
# $$\frac{\partial c_T}{\partial c_t} = f_{t+1} * f_{t+2} * \cdots * f_T$$
#
# With f = 1 the blame goes round and round undiminished. Hochreiter and Schmidhuber called it the *constant error carousel*. With
# f = 0.9 it does not.

# %% [markdown] id="carousel" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Le carrousel à erreur constante
#
# Le long du tapis, le retour est aussi simple que l'aller : $\dfrac{\partial c_t}{\partial c_{t-1}} = f_t$ (plus des chemins par les
# portes, puisqu'elles lisent $h_{t-1}$). Sur plusieurs pas, les f se multiplient :
#
# $$\frac{\partial c_T}{\partial c_t} = f_{t+1} * f_{t+2} * \cdots * f_T$$
#
# Avec f = 1, l'erreur tourne sans jamais faiblir. Hochreiter et Schmidhuber l'ont appelé le *carrousel à erreur constante*. Avec
# f = 0,9, il ralentit.

# %% id="predict-belt"
predict("06-belt-gradient")

# %% [markdown] id="write-carousel" lang="en"
# **Exercise 6.2 · `carousel(fs)`.** `fs` (T, H, B) holds the forget gates: `fs[t]` made `c[t]` out of `c[t-1]`. Return
# $\partial c_{T-1} / \partial c_t$ along the belt for every t, an array (T, H, B). The last of them is 1.

# %% [markdown] id="write-carousel" lang="fr"
# **Exercice 6.2 · `carousel(fs)`.** `fs` (T, H, B) contient les portes d'oubli : `fs[t]` a fait `c[t]` à partir de `c[t-1]`. Renvoyez
# $\partial c_{T-1} / \partial c_t$ le long du tapis, pour tout t, dans un tableau (T, H, B). La dernière vaut 1.

# %% id="carousel-code"
def carousel(fs):
    raise NotImplementedError


check("carousel", carousel)

# %% [markdown] id="whole" lang="en"
# **And the paths through the gates?** We cut them by setting the recurrent weights to 0 (then no gate hears h). Backpropagation
# starts here from a gradient `dc` at the last cell state. What it brings back to the state before the first step is then exactly `dc`
# times the product of all the f's.

# %% [markdown] id="whole" lang="fr"
# **Et les chemins par les portes ?** Coupons-les en annulant les poids récurrents (aucune porte n'entend alors h). La
# rétropropagation part ici d'un gradient `dc` au dernier état de cellule. Ce qu'elle ramène à l'état d'avant le premier pas est alors
# exactement `dc` multiplié par le produit de tous les f.

# %% id="whole-code"
rng = np.random.default_rng(6)
p = Model(LSTM, D=3, H=4, K=1, dtype=float).params[0]
x = rng.normal(size=(12, 3, 2))
dc = rng.normal(size=(4, 2))
cut = {"W": p["W"].copy(), "b": p["b"]}
cut["W"][..., :4] = 0                                        # no gate hears h


def beside_the_belt(p):                  # what comes back, less dc times the product of the f's
    run = forward(LSTM, p, x)
    _, _, ds0 = backward(LSTM, p, run, np.zeros_like(run.h), State(np.zeros((4, 2)), dc))
    return np.abs(ds0.c - dc * run.tape.f.prod(0)).max()


expect(value(say("gradient that comes beside the belt"), beside_the_belt(p)) > 1e-3,
       value(say("the same, without recurrent weights"), beside_the_belt(cut)) < 1e-12)

# %% [markdown] id="count" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Counting aⁿbⁿ
#
# A word is some a's and then as many b's: `aaabbb`. Read it letter by letter and say at each one whether the word ends *here*. At the
# first b one knows how many must follow, if one has counted. Training shows words with n up to 10. We ask up to n = 50.

# %% [markdown] id="count" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Compter aⁿbⁿ
#
# Un mot, ce sont des a, puis autant de b : `aaabbb`. Lisez-le lettre par lettre et dites à chacune si le mot se termine *ici*. Au
# premier b, on sait combien il en faudra, à condition d'avoir compté. L'entraînement montre des mots où n va jusqu'à 10. Nous
# interrogeons jusqu'à n = 50.

# %% id="predict-count"
predict("06-count-far")

# %% id="count-lessons"
words = tasks.counting()
cells = {"LSTM, f = 1": (LSTM, 2, {"f": 1}),
         say("LSTM, learned f"): (LSTM, 4, {"forget_bias": 3}),
         "GRU": (GRU, 4, {}), "RNN": (RNN, 8, {})}
seeds = {name: range(5 if name == "LSTM, f = 1" else 2) for name in cells}
with progress_bar(1000, networks=sum(map(len, seeds.values()))):
    models = {name: [trained(cell, words, H, 1000, seed, **how) for seed in seeds[name]]
              for name, (cell, H, how) in cells.items()}

# %% [markdown] id="count-look" lang="en" slideshow={"slide_type": "subslide"}
# **Observe.** The share of right words among n = 11 … 50, none of which was ever shown. A word counts only if *every* letter is right.
# The LSTM with f = 1 has two units and is trained from five seeds. The others have more units (four, four and eight), and two seeds each.

# %% [markdown] id="count-look" lang="fr" slideshow={"slide_type": "subslide"}
# **Observez.** La part de mots justes parmi n = 11 … 50, dont aucun n'a jamais été montré. Un mot ne compte que si *toutes* les lettres
# sont justes. Le LSTM avec f = 1 a deux unités et cinq graines. Les autres ont plus d'unités (quatre, quatre et huit), et deux graines
# chacun.

# %% id="count-picture"
score = {name: [tasks.counts(model, 50)[10:].mean() for model in fitted]
         for name, fitted in models.items()}
picture = plots.spread(score, ylabel=say("share of words right, n = 11 … 50"), text=say(
    "Words aⁿbⁿ with n from 11 to 50, after training on n up to 10; a dot for each seed."))
one, *others = score.items()
expect(picture, median(*one) > .8, *(every(*other) < .75 for other in others))

# %% [markdown] id="explain-count" lang="en"
# **Explain.** What is only added to can count beyond all it has seen. What is squashed at each step (RNN) or leaks a little (a learned
# f, a GRU) did not: it learned to count to ten, and a bit further. Nor is f = 1 a certainty: with another seed two units may fail to find
# the trick. Look at the dots, not at the bar.
#
# Weiss, Goldberg and Yahav (2018) draw the same line: with numbers of finite precision an LSTM can count; a GRU or a tanh RNN cannot. Nor
# is a learned f hopeless: with peepholes and long training Gers and Schmidhuber (2001) had it count far beyond its lessons.

# %% [markdown] id="explain-count" lang="fr"
# **Expliquez.** Ce à quoi l'on ne fait qu'ajouter peut compter au-delà de tout ce qu'il a vu. Ce qu'on écrase à chaque pas (RNN), ou qui
# fuit un peu (un f appris, un GRU), n'y est pas arrivé : il a appris à compter jusqu'à dix, et un peu plus. Avec f = 1, ce n'est pas non
# plus une certitude : avec une autre graine, deux unités peuvent ne pas trouver l'astuce. Regardez les points, pas le trait.
#
# Weiss, Goldberg et Yahav (2018) tracent la même frontière : avec des nombres de précision finie, un LSTM peut compter ; un GRU ou un RNN
# à tanh, non. Un f appris n'est pas sans espoir non plus : avec des judas (*peepholes*) et un long entraînement, Gers et Schmidhuber (2001)
# l'ont fait compter bien au-delà de ses leçons.

# %% id="predict-leak"
predict("06-leak")

# %% [markdown] id="picture" lang="en" slideshow={"slide_type": "subslide"}
# **Look inside.** The best of the five reads a⁵⁰b⁵⁰. We draw the cell state that follows the count best, and its hidden state.
# (It may count downwards: the network chooses the direction.)

# %% [markdown] id="picture" lang="fr" slideshow={"slide_type": "subslide"}
# **Regardez à l'intérieur.** Le meilleur des cinq lit a⁵⁰b⁵⁰. Nous dessinons l'état de cellule qui suit le mieux le compte, et son état
# caché. (Il peut compter vers le bas : le sens, c'est le réseau qui le choisit.)

# %% id="inside"
best = models["LSTM, f = 1"][int(np.argmax(score["LSTM, f = 1"]))]
tape = best(tasks.ab_words(np.array([50])).x).runs[0].tape
count = np.concatenate([np.arange(1, 51), np.arange(49, -1, -1)])  # (a's so far) - (b's so far)
follows = [abs(np.corrcoef(c, count)[0, 1]) for c in tape.c[..., 0].T]
k = int(np.argmax(follows))
c, h = tape.c[:, k, 0], tape.h[:, k, 0]
picture = plots.curves({"c": c, "h": h}, ylabel=say("the state"), text=say(
    "A cell state and its hidden state, letter by letter, over fifty a's and fifty b's."))
expect(picture, value(say("correlation of c with the count, up to the sign"), follows[k]) > .99,
       value(say("greatest size of c"), np.abs(c).max()) > 30,
       true(say("h stays between −1 and 1"), np.abs(h).max() <= 1))

# %% [markdown] id="tanh" lang="en"
# That is what the second tanh is for: $h = o * \tanh(c)$ lets the cell *hold* 30 and *say* no more than 1. Without it, $h = o * c$ grows
# with the count, and the gates, which read h, are pushed about. Chapter 08 measures it.

# %% [markdown] id="tanh" lang="fr"
# C'est à cela que sert le second tanh : $h = o * \tanh(c)$ laisse la cellule *contenir* 30 et n'en *dire* pas plus de 1. Sans lui,
# $h = o * c$ grandit avec le compte, et bouscule les portes, qui lisent h. Le chapitre 08 le mesure.

# %% [markdown] id="honest" lang="en"
# ## 4 · Where it does not matter
#
# On the words it was taught, n ≤ 10, counting on a belt is no better than anything else.

# %% [markdown] id="honest" lang="fr"
# ## 4 · Là où cela ne change rien
#
# Sur les mots appris, n ≤ 10, compter sur un tapis ne vaut pas mieux qu'autre chose.

# %% id="honest-code"
near = {name: [tasks.counts(model, 10).mean() for model in fitted]
        for name, fitted in models.items()}
picture = plots.spread(near, ylabel=say("share of words right, n ≤ 10"), text=say(
    "Words aⁿbⁿ with n up to 10, as in the lessons; a dot for each seed."))
expect(picture, *(median(*each) > .85 for each in near.items()))

# %% [markdown] id="puzzle" lang="en"
# ## 5 · Puzzle: ring when the brackets close
#
# One LSTM unit without an output gate, no training. At each step comes an opening bracket, x = [1, 0], a closing one, x = [0, 1], or another
# letter, x = [0, 0]. $c_t = f_t * c_{t-1} + i_t * g_t$, $h_t = \tanh(c_t)$. After every step h must be below 0.5 if no bracket is open (that
# is the bell), above 0.5 if one or more are; up to ten deep, for 40 steps. `W` is (3, 1, 3), for f, i, g; its columns meet h, x[0], x[1].
# `b` is (3, 1, 1).

# %% [markdown] id="puzzle" lang="fr"
# ## 5 · Énigme : sonner quand les parenthèses se ferment
#
# Une unité LSTM sans porte de sortie, sans entraînement. À chaque pas arrive une parenthèse ouvrante, x = [1, 0], une fermante,
# x = [0, 1], ou une autre lettre, x = [0, 0]. $c_t = f_t * c_{t-1} + i_t * g_t$, $h_t = \tanh(c_t)$. Après chaque pas, h doit être
# au-dessous de 0,5 si aucune parenthèse n'est ouverte (c'est la cloche), au-dessus de 0,5 s'il y en a au moins une ; jusqu'à dix
# niveaux, pendant 40 pas. `W` est de forme (3, 1, 3), pour f, i, g ; ses colonnes rencontrent h, x[0], x[1]. `b` est de forme (3, 1, 1).

# %% id="brackets"
def weights():
    raise NotImplementedError


check("brackets", weights)

# %% [markdown] id="ask-quiz" lang="en"
# ## 6 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 6 · Quiz

# %% id="quiz"
quiz("06")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | [the sheet](10-summary.ipynb), part 5.3 | you have seen |
# |---|---|
# | $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ | old, as far as kept, plus new, as far as let in |
# | a new variable for memory, $c_t$ | unsquashed: it counts to 50 after lessons to 10 |
# | memory for the long term | the gradient along it is the product of the f's, and nothing else |
#
# Next: [07 · The output gate](07-output-gate.ipynb), which decides what is said.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 5.3 | vous l'avez vu |
# |---|---|
# | $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ | l'ancien, pour ce qu'on garde, plus le neuf, pour ce qu'on laisse entrer |
# | une nouvelle variable mémoire, $c_t$ | jamais écrasée : elle compte jusqu'à 50 après des leçons jusqu'à 10 |
# | une mémoire à long terme | le gradient, le long d'elle, est le produit des f, et rien d'autre |
#
# Suite : [07 · La porte de sortie](07-output-gate.ipynb), qui décide de ce qui se dit.
