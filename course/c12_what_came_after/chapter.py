# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 12 · What came after
#
# Lately two papers took up the cell of this course again. One asks what may be left out: its gates see the input alone, and all steps are computed at
# once. The other asks what was missing: an input gate without an upper bound. You know enough to write both cells, and to measure what each change
# gains and what it costs.
#
# By the end you have written how a minLSTM and an sLSTM renew their memory, and how attention looks back; computed a thousand steps in ten rounds;
# and found a task at which a minLSTM fails, in however many layers, and two ways out.
#
# *You need*: chapter 08; chapter 10 says where these cells stand among others. *It takes*: an hour; the computing, less than half
# a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 12 · Ce qui est venu après
#
# Récemment, deux articles ont repris la cellule de ce cours. L'un demande ce qu'on peut en retirer : ses portes ne voient que l'entrée, et tous les
# pas se calculent à la fois. L'autre demande ce qui lui manquait : une porte d'entrée sans borne supérieure. Vous en savez assez pour écrire les deux
# cellules, et pour mesurer ce que chaque changement apporte et ce qu'il coûte.
#
# À la fin, vous aurez écrit comment un minLSTM et un sLSTM renouvellent leur mémoire, et comment l'attention regarde en arrière ; vous aurez calculé
# mille pas en dix tours, et trouvé une tâche à laquelle un minLSTM échoue, quel que soit le nombre de couches, ainsi que deux remèdes.
#
# *Il vous faut* : le chapitre 08 ; le chapitre 10 dit où se placent ces cellules parmi les autres. *Durée* : une heure, dont moins d'une
# demi-minute de calcul.

# %% id="imports"
from math import comb

import numpy as np

from lstmlib import LSTM, Model, exam, forward, pin, softmax, tasks, weights
from workbook import (
    BLIND, BLIND_CANDIDATE, BLIND_GATES, BLIND_TURNING, MINLSTM, SLSTM, Attending, Bidirectional,
    brackets, check, cloakroom, every, expect, faster, learned, loudest, median, mine, parity,
    plots, practised, predict, progress_bar, quiz, say, scan, shares, size, value,
)

# %% [markdown] id="blind" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · Gates that cannot see h
#
# Why is an LSTM slow? Its gates read $h_{t-1}$, and $h_{t-1}$ is known only when the step before is done: each of a thousand steps waits for the one
# before it. The *minLSTM* (Feng et al., 2024) hides h from the gates and from the candidate, and leaves only linear operations on the way of the
# memory:
#
# $$f_t = \sigma(W_f x_t + b_f) \qquad i_t = \sigma(W_i x_t + b_i) \qquad g_t = W_g x_t + b_g$$
#
# $$h_t = \frac{f_t}{f_t + i_t} * h_{t-1} + \frac{i_t}{f_t + i_t} * g_t$$
#
# There is one memory, h, no output gate and no tanh. To keep h within bounds no tanh is needed: the two shares add up to 1, so that h is a *weighted
# mean* of what was there and what is new, and a mean always lies between the values that it is taken of.
#
# **Exercise 12.1 · `min_update(f, i, g, h)`.** The last line: the new h, from the gates f and i as they come out of σ, the candidate g and the old
# h, all (H, B).

# %% [markdown] id="blind" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Des portes qui ne voient pas h
#
# Pourquoi un LSTM est-il lent ? Ses portes lisent $h_{t-1}$, et $h_{t-1}$ n'est connu que lorsque le pas précédent est terminé : sur mille pas,
# chacun attend celui d'avant. Le *minLSTM* (Feng et al., 2024) cache h aux portes et au candidat, et ne laisse que des opérations linéaires sur le
# chemin de la mémoire :
#
# $$f_t = \sigma(W_f x_t + b_f) \qquad i_t = \sigma(W_i x_t + b_i) \qquad g_t = W_g x_t + b_g$$
#
# $$h_t = \frac{f_t}{f_t + i_t} * h_{t-1} + \frac{i_t}{f_t + i_t} * g_t$$
#
# Il y a une seule mémoire, h, pas de porte de sortie et pas de tanh. Pour que h reste borné, une tanh n'est pas nécessaire : la somme des deux parts
# est 1, donc h est une *moyenne pondérée* de ce qui était là et de ce qui arrive, et une moyenne est toujours comprise entre les valeurs dont elle est
# tirée.
#
# **Exercice 12.1 · `min_update(f, i, g, h)`.** La dernière ligne : le nouveau h, à partir des portes f et i telles qu'elles sortent de σ, du candidat g
# et de l'ancien h, tous de forme (H, B).

# %% id="min-update"
def min_update(f, i, g, h):
    raise NotImplementedError


check("min_update", min_update)

# %% [markdown] id="whole-loop" lang="en"
# A thousand steps, one after the other: your line against the library's loop.

# %% [markdown] id="whole-loop" lang="fr"
# Mille pas, l'un après l'autre : votre ligne face à la boucle de la bibliothèque.

# %% id="loop-code"
rng = np.random.default_rng(12)
p, x = weights(MINLSTM, D=4, H=8, rng=rng), rng.normal(size=(1000, 4, 1))
loop = forward(MINLSTM, p, x)
update, h = mine("min_update"), np.zeros((8, 1))
for f, i, g in zip(loop.tape.f, loop.tape.i, loop.tape.g):
    h = update(f, i, g, h)
expect(value(say("largest difference from the library's last h"),
             np.abs(h - loop.s.h).max()) < 1e-12)

# %% id="predict-rounds"
predict("12-rounds")

# %% [markdown] id="scan" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · All steps at once
#
# Each step now has the form $h_t = a_t * h_{t-1} + b_t$, and all a and b are known before the first step: they depend on x alone. Two such steps in a
# row are again such a step. So let every step swallow the one before it: now each does the work of two. Once more, and each does the work of four,
# then of eight. When a step reaches back to the beginning, where h is 0, its b is its h. Each round is one operation on the whole sequence. This is a
# *scan*.
#
# **Exercise 12.2 · `two_in_one(a1, b1, a2, b2)`.** First comes h → a1 * h + b1, then h → a2 * h + b2. Return the a and the b of the single step that
# does both; all are (H, B).

# %% [markdown] id="scan" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Tous les pas à la fois
#
# Chaque pas a maintenant la forme $h_t = a_t * h_{t-1} + b_t$, et tous les a et les b sont connus avant le premier pas : ils ne dépendent que de x.
# Deux pas de cette forme, à la suite, font encore un pas de cette forme. Faisons donc absorber à chaque pas le précédent : chacun fait alors le
# travail de deux. Recommençons, et chacun fait le travail de quatre, puis de huit. Quand un pas remonte jusqu'au début, où h vaut 0, son b est son h.
# Chaque tour est une seule opération sur la séquence entière. C'est un *balayage* (*scan*).
#
# **Exercice 12.2 · `two_in_one(a1, b1, a2, b2)`.** D'abord vient h → a1 * h + b1, puis h → a2 * h + b2. Renvoyez le a et le b du pas unique qui fait
# les deux ; tous sont de forme (H, B).

# %% id="two-in-one"
def two_in_one(a1, b1, a2, b2):
    raise NotImplementedError


check("two_in_one", two_in_one)

# %% id="rounds-code"
def doubled(a, b, combine):
    reach, rounds = 1, 0                             # each step does the work of so many
    while reach < len(a):
        more = combine(a[:-reach], b[:-reach], a[reach:], b[reach:])
        a, b = (np.concatenate([q[:reach], rest]) for q, rest in zip((a, b), more))
        reach, rounds = 2 * reach, rounds + 1
    return b, rounds


hs, rounds = doubled(*shares(p, x), mine("two_in_one"))      # shares: a and b of every step
print(say("{steps} steps in {rounds} rounds", steps=len(hs), rounds=rounds))
expect(value(say("largest difference from the loop, at any step"),
             np.abs(hs - loop.h).max()) < 1e-12)

# %% id="reach-picture"
steps = np.arange(1, 9)
plots.heat([np.minimum(2**r, steps) / steps for r in range(4)],
           [say("after {n} round[s]", n=r) for r in range(4)], [str(t) for t in steps],
           xlabel=say("step t"), title=say("The share of all steps so far that stands in each"))

# %% [markdown] id="speed" lang="en" slideshow={"slide_type": "subslide"}
# **Is it faster?** The rounds are few, but each of them goes over nearly the whole sequence, and to join two steps takes two multiplications where
# the loop needs one: for a thousand steps the scan does about eighteen times as many. Below both are timed on your machine, in turn: with one narrow
# sequence, and with 64 units and a batch of 32.

# %% [markdown] id="speed" lang="fr" slideshow={"slide_type": "subslide"}
# **Est-ce plus rapide ?** Les tours sont peu nombreux, mais chacun parcourt presque toute la séquence, et réunir deux pas demande deux
# multiplications là où la boucle n'en fait qu'une : pour mille pas, le balayage en fait environ dix-huit fois plus. Ci-dessous, on chronomètre les
# deux sur votre machine, en alternance : avec une seule séquence étroite, puis avec 64 unités et un lot de 32.

# %% id="speed-code"
def by_loop(a, b):
    h, hs = np.zeros(b.shape[1:]), np.empty(b.shape)
    for t in range(len(b)):
        hs[t] = h = a[t] * h + b[t]
    return hs


def ratio(H, B):
    a, b = rng.random((2, 1000, H, B))
    return faster(lambda: by_loop(a, b), lambda: scan(a, b, np.zeros((H, B))))


products = 2 * sum(1000 - 2**r for r in range(rounds))
print(say("multiplications, for each of the loop's: {n}", n=plots.number(products / 1000, 2)))
expect(value(say("time of the loop over that of the scan: 8 units, 1 sequence"), ratio(8, 1)) > 2,
       value(say("the same: 64 units, 32 sequences"), ratio(64, 32)) < 1)

# %% [markdown] id="explain-speed" lang="en"
# **Explain.** Where the arrays are small, the loop spends its time on a thousand calls, and the scan needs a few dozen: it wins. Where they are
# large, one processor core works through each number in turn, and the scan, which has more of them, loses. It is made for a graphics card, where
# thousands of numbers are worked on at the same time and what counts is how often one has to *wait*: ten times instead of a thousand. That is the
# gain that Feng et al. (2024) are after. Backpropagation is a scan as well, from the other end.

# %% [markdown] id="explain-speed" lang="fr"
# **Expliquez.** Quand les tableaux sont petits, la boucle passe son temps à faire mille appels, et le balayage n'en demande que quelques dizaines :
# il gagne. Quand ils sont grands, un cœur de processeur traite les nombres l'un après l'autre, et le balayage, qui en a davantage, perd. Il est fait
# pour une carte graphique, où des milliers de nombres sont traités en même temps et où ce qui compte est le nombre de fois où il faut *attendre* :
# dix au lieu de mille. C'est le gain que cherchent Feng et al. (2024). La rétropropagation est elle aussi un balayage, qui part de l'autre bout.

# %% id="predict-parity"
predict("12-parity")

# %% [markdown] id="parity" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · What a cell that sees x alone loses
#
# A push-button switch: each press turns the light on if it was off, and off if it was on. At every step: is it on? To know what a press means, one
# has to know whether the light was on.
#
# Six kinds of networks are trained on it, three seeds each, on sequences of 12 steps: an LSTM, a minLSTM, a minLSTM of two layers, and three LSTMs
# from which nothing but h is hidden. The *blind LSTM* sees h nowhere: if it fails too, it is not for want of an output gate or a tanh that the minLSTM
# fails. Of the other two, one has *blind gates* and sees h in its candidate alone; one has a *blind candidate* and sees h in its gates alone. The exam
# has 100 steps.

# %% [markdown] id="parity" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Ce que perd une cellule qui ne voit que x
#
# Un bouton-poussoir : chaque pression allume la lampe si elle était éteinte, et l'éteint si elle était allumée. À chaque pas : est-elle allumée ?
# Pour savoir ce que veut dire une pression, il faut savoir si la lampe était déjà allumée.
#
# Six sortes de réseaux s'y entraînent, avec trois graines chacune, sur des séquences de 12 pas : un LSTM, un minLSTM, un minLSTM à deux couches, et
# trois LSTM auxquels on ne cache que h. Le LSTM *aveugle* ne voit h nulle part : s'il échoue aussi, ce n'est pas faute de porte de sortie ou de tanh
# que le minLSTM échoue. Des deux autres, l'un a des *portes aveugles* et ne voit h que dans son candidat ; l'autre a un *candidat aveugle* et ne voit
# h que dans ses portes. L'examen compte 100 pas.

# %% id="parity-train"
kinds = {"LSTM": (LSTM, 1), say("blind gates"): (BLIND_GATES, 1),
         say("blind candidate"): (BLIND_CANDIDATE, 1), say("blind LSTM"): (BLIND, 1),
         "minLSTM": (MINLSTM, 1), say("minLSTM, two layers"): (MINLSTM, 2)}
with progress_bar(120, networks=18):
    models = {name: [learned(cell, parity(12), 6, 120, seed, layers=n) for seed in range(3)]
              for name, (cell, n) in kinds.items()}

# %% id="parity-exam"
score = {name: [exam(model, parity(100)) for model in found] for name, found in models.items()}
seeing, blind = [*score.items()][:3], [*score.items()][3:]
expect(plots.spread(score, ylabel=say("accuracy"), chance=.5, text=say(
           "The switch: accuracy over 100 steps of six kinds of networks; a dot for each seed.")),
       *(median(*one) > .85 for one in seeing), *(every(*one) < .6 for one in blind))

# %% [markdown] id="pressed" lang="en"
# **Why?** Press the switch at *every* step. Here is what the first LSTM and the first minLSTM say of the light.

# %% [markdown] id="pressed" lang="fr"
# **Pourquoi ?** Appuyez à *chaque* pas. Voici ce que le premier LSTM et le premier minLSTM disent de la lampe.

# %% id="pressed-code"
pressed = np.ones((24, 1, 1), np.float32)
light = {name: softmax(models[name][0](pressed).y)[:, 1, 0] for name in ("LSTM", "minLSTM")}
change = {name: np.abs(np.diff(on)) for name, on in light.items()}
expect(plots.curves(light, np.arange(1, 25), ylabel=say("probability that it is on"), y=(0, 1),
                    text=say("Pressed at every step: the LSTM's answer goes up and down, "
                             "the minLSTM's comes to rest.")),
       value(say("LSTM: the smallest change from step to step"), change["LSTM"].min()) > .3,
       value(say("minLSTM: the largest change in the last 12 steps"),
             change["minLSTM"][-12:].max()) < .1)

# %% [markdown] id="explain-parity" lang="en"
# **Explain.** When the input is the same at every step, so are f, i and g. A mean with fixed shares brings h nearer to g at every step, always from
# the same side: h comes to rest, but the light has to change at every step. (In the blind LSTM it is c that comes to rest, for its f is then a fixed
# number between 0 and 1.) A second layer reads an h that comes to rest, so it comes to rest in its turn. More layers, more units or more updates can at
# most put off the step from which on this shows; there always is one. Whoever sees $h_{t-1}$ can answer one and the same input now in this way, now in
# that; and it does not matter where: in the gates alone or in the candidate alone, h is enough. It is not even a matter of gates: a plain RNN, which
# has none, mostly learns the switch too, if it is given five times the updates (a test of this course checks that).

# %% [markdown] id="explain-parity" lang="fr"
# **Expliquez.** Quand l'entrée est la même à chaque pas, f, i et g le sont aussi. Une moyenne à parts fixes rapproche h de g à chaque pas, toujours
# du même côté : h se stabilise, alors que la lampe doit changer à chaque pas. (Dans le LSTM aveugle, c'est c qui se stabilise, car son f est alors un
# nombre fixe entre 0 et 1.) Une deuxième couche lit un h qui se stabilise ; elle se stabilise donc à son tour. Davantage de couches, d'unités ou de
# mises à jour peuvent tout au plus faire reculer le pas à partir duquel cela se voit ; il y en a toujours un. Une cellule qui voit $h_{t-1}$ peut
# répondre à une même entrée tantôt d'une façon, tantôt d'une autre ; et peu importe où elle le voit : dans ses seules portes ou dans son seul
# candidat, h suffit. Ce n'est pas même une affaire de portes : un RNN simple, qui n'en a pas, apprend lui aussi l'interrupteur le plus souvent, si on
# lui accorde cinq fois plus de mises à jour (un test du cours le vérifie).

# %% [markdown] id="turned" lang="en" slideshow={"slide_type": "subslide"}
# **Is it h, and nothing else, that is needed?** The argument has one more premise: what is kept is multiplied by a number between 0 and
# 1, so that its sign never changes. Leave the blind LSTM blind, and change one thing: in place of σ let its f come out of tanh, so that it lies between
# −1 and 1. What do you expect of it at the switch?

# %% [markdown] id="turned" lang="fr" slideshow={"slide_type": "subslide"}
# **Est-ce h, et rien d'autre, qu'il faut ?** Le raisonnement suppose encore une chose : ce qui est gardé est multiplié par un nombre
# compris entre 0 et 1, et ne change donc jamais de signe. Laissez le LSTM aveugle et ne changez qu'une chose : qu'au lieu de σ, son f sorte d'une tanh,
# et soit donc compris entre −1 et 1. Qu'en attendez-vous devant l'interrupteur ?

# %% id="turned-code"
with progress_bar(120, networks=3):
    turning = [learned(BLIND_TURNING, parity(12), 6, 120, seed) for seed in range(3)]
fs = [np.tanh(p["W"][0, :, 6:] * [0, 1] + p["b"][0])     # f of each unit: not pressed, pressed
      for p, _ in (model.params for model in turning)]
lowest = np.array([f[f[:, 1].argmin()] for f in fs])     # the unit of the lowest f, if pressed
right = {say("blind LSTM"): score[say("blind LSTM")],
         say("blind, f out of tanh"): [exam(model, parity(100)) for model in turning],
         "LSTM": score["LSTM"]}
expect(plots.spread(right, ylabel=say("accuracy"), chance=.5, text=say(
           "The switch: accuracy over 100 steps of two blind LSTMs and of an LSTM that sees h; "
           "a dot for each seed.")),
       every(say("blind, f out of tanh"), right[say("blind, f out of tanh")]) > .7,
       every(say("the lowest f of a unit, pressed"), lowest[:, 1]) < -.9,
       every(say("the same unit's f, not pressed"), lowest[:, 0]) > .9)

# %% [markdown] id="explain-turned" lang="en"
# **Explain.** Each of these networks has a unit whose f is near −1 when the switch is pressed and near 1 when it is not. A press turns over what that
# unit keeps, whatever it is: nobody has to look. And as f still depends on x alone, a scan can still compute all steps at once. What the minLSTM lacks
# at the switch is therefore h, or else a factor that may be negative: either will do. Grazzi et al. (2025) prove that linear networks with positive
# factors alone cannot solve this task, and solve it with negative ones, in Mamba among others. (Here f never quite reaches −1 or 1, so that what is
# kept fades: over 12 steps these networks are nearly always right, over 100 less often than the LSTM. A test of this course checks that.)

# %% [markdown] id="explain-turned" lang="fr"
# **Expliquez.** Chacun de ces réseaux a une unité dont le f est proche de −1 quand on appuie, et proche de 1 quand on n'appuie pas. Une pression
# retourne ce que cette unité garde, quel qu'en soit le contenu : personne n'a besoin de regarder. Et comme f ne dépend toujours que de x, un balayage
# peut encore calculer tous les pas à la fois. Ce qui manque au minLSTM devant l'interrupteur, c'est donc h, ou bien un facteur qui puisse être négatif :
# l'un ou l'autre suffit. Grazzi et al. (2025) démontrent que les réseaux linéaires dont tous les facteurs sont positifs ne peuvent pas accomplir cette
# tâche, et l'accomplissent avec des facteurs négatifs, dans Mamba entre autres. (Ici, f n'atteint jamais tout à fait −1 ni 1, si bien que ce qui est
# gardé s'efface : sur 12 pas, ces réseaux ont presque toujours raison ; sur 100, moins souvent que le LSTM. Un test du cours le vérifie.)

# %% [markdown] id="recall" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · Where nothing is lost
#
# Often a gate needs nothing but the input: a symbol to keep looks different from the noise that follows. This is the task of chapter 03, with 20
# steps of noise: which symbol was it? Both cells start with memories of about that length, $b_f = \ln 20$ and $b_i = -\ln 20$, which is the chrono
# initialisation of chapter 10 without the random draw. (It matters here: at its usual start a minLSTM keeps $f / (f + i)$, hardly more than half.)

# %% [markdown] id="recall" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Là où l'on ne perd rien
#
# Souvent, l'entrée suffit à une porte : un symbole à garder ne ressemble pas au bruit qui suit. Voici la tâche du chapitre 03, avec 20 pas de bruit :
# quel était le symbole ? Les deux cellules partent avec des mémoires de cette durée environ, $b_f = \ln 20$ et $b_i = -\ln 20$ : c'est
# l'initialisation *chrono* du chapitre 10, sans le tirage au hasard. (Cela compte ici : à son initialisation habituelle, un minLSTM garde
# $f / (f + i)$, à peine plus de la moitié.)

# %% id="recall-code"
task = tasks.recall(20)
with progress_bar(100, networks=10):
    found = {cell.name: [exam(learned(cell, task, 8, 100, seed, lag=20), task) for seed in range(5)]
             for cell in (LSTM, MINLSTM)}
expect(plots.spread(found, ylabel=say("accuracy"), chance=.25, text=say(
           "Which symbol came 20 steps ago? Accuracy of LSTM and minLSTM; a dot for each seed.")),
       *(median(*each) > .95 for each in found.items()))

# %% [markdown] id="slstm" lang="en" slideshow={"slide_type": "slide"}
# ## 5 · A gate without an upper bound
#
# Now the other paper. An input gate is at most 1: something new, however important, can never weigh more than what an open gate wrote before and the
# cell has kept. In the *sLSTM* (Beck and eight others, 2024) the input gate is an exponential. f, o and g remain those of the LSTM, h in them
# included (the paper also allows an exponential for f):
#
# $$c_t = f_t * c_{t-1} + e^{a_t} * g_t \qquad n_t = f_t * n_{t-1} + e^{a_t} \qquad h_t = o_t * \frac{c_t}{n_t}$$
#
# with $a_t = W_i \cdot [h_{t-1}, x_t] + b_i$. The *normaliser* n adds up the weights alone; so c / n is a weighted mean of all g, and needs no tanh. One
# difficulty is left: $e^{1000}$ is too large for a computer. But only c / n is ever used, and both may be divided by the same number, $e^{m_t}$.
# The *stabiliser* is $m_t = \max(\ln f_t + m_{t-1},\ a_t)$: then neither exponent exceeds 0.
#
# **Exercise 12.3 · `weigh(log_f, a, g, c, n, m)`.** c and n come divided by $e^m$ with the old m; return the new c, n, m, all (H, B), c and n divided by
# $e^m$ with the new one.

# %% [markdown] id="slstm" lang="fr" slideshow={"slide_type": "slide"}
# ## 5 · Une porte sans borne supérieure
#
# À présent, l'autre article. Une porte d'entrée vaut au plus 1 : une nouveauté, si importante soit-elle, ne peut jamais peser plus que ce qu'une
# porte ouverte a écrit auparavant et que la cellule a gardé. Dans le *sLSTM* (Beck et huit autres, 2024), la porte d'entrée est une exponentielle. f,
# o et g restent ceux du LSTM, y compris le h qu'ils lisent (l'article permet aussi une exponentielle pour f) :
#
# $$c_t = f_t * c_{t-1} + e^{a_t} * g_t \qquad n_t = f_t * n_{t-1} + e^{a_t} \qquad h_t = o_t * \frac{c_t}{n_t}$$
#
# avec $a_t = W_i \cdot [h_{t-1}, x_t] + b_i$. Le *normalisateur* n n'additionne que les poids ; c / n est donc une moyenne pondérée de tous les g, et se
# passe de tanh. Reste une difficulté : $e^{1000}$ est trop grand pour un ordinateur. Mais seul c / n sert, et l'on peut diviser les deux par le même
# nombre, $e^{m_t}$. Le *stabilisateur* est $m_t = \max(\ln f_t + m_{t-1},\ a_t)$ : alors aucun des deux exposants ne dépasse 0.
#
# **Exercice 12.3 · `weigh(log_f, a, g, c, n, m)`.** c et n arrivent divisés par $e^m$ avec l'ancien m ; renvoyez les nouveaux c, n, m, tous de forme
# (H, B), c et n étant divisés par $e^m$ avec le nouveau.

# %% id="weigh"
def weigh(log_f, a, g, c, n, m):
    raise NotImplementedError


check("weigh", weigh)

# %% id="unit-code"
q, x = weights(SLSTM, D=2, H=3, rng=rng), rng.normal(size=(50, 2, 4))
run, update = forward(SLSTM, q, x), mine("weigh")
a = q["W"][1] @ run.tape.z + q["b"][1]               # 1 is the row of the input gate


def weighed_mean(m):
    c = n = np.zeros((3, 4))
    for f_t, a_t, g_t in zip(run.tape.f, a, run.tape.g):
        c, n, m = update(np.log(f_t), a_t, g_t, c, n, m)
    return c / n


apart = [np.abs(run.tape.o[-1] * weighed_mean(np.full((3, 4), m)) - run.s.h).max()
         for m in (0., 30.)]
expect(value(say("largest difference from the library's last h"), apart[0]) < 1e-12,
       value(say("the same, begun with m = 30"), apart[1]) < 1e-12)

# %% [markdown] id="softmax" lang="en"
# **A softmax over time.** Let such a cell forget nothing, f = 1. Its mean then has the weights $e^{a_s} / \sum_s e^{a_s}$: the softmax of the input
# gate's pre-activations, taken over all steps so far. In chapter 10 attention weighted the steps in the same way. There each question computes new
# weights; here each step is given its weight once, as it comes, and need not be kept.

# %% [markdown] id="softmax" lang="fr"
# **Un softmax sur le temps.** Supposons que cette cellule n'oublie rien, f = 1. Les poids de sa moyenne sont alors $e^{a_s} / \sum_s e^{a_s}$ : le
# softmax des préactivations de la porte d'entrée, pris sur tous les pas lus jusqu'ici. Au chapitre 10, l'attention pondérait les pas de la même
# façon. Là, chaque question calcule de nouveaux poids ; ici, chaque pas reçoit son poids une seule fois, à son arrivée, et n'a pas à être gardé.

# %% id="softmax-code"
q = pin(SLSTM, q, f=1, o=1)
run = forward(SLSTM, q, x)
looks = softmax((q["W"][1] @ run.tape.z + q["b"][1]).swapaxes(0, 1))
expect(value(say("largest difference between the last h and the softmax's mean"),
             np.abs((looks.swapaxes(0, 1) * run.tape.g).sum(0) - run.s.h).max()) < 1e-12)

# %% [markdown] id="loudest" lang="en" slideshow={"slide_type": "subslide"}
# **What is such a gate worth?** Numbers come in, each said more or less loudly, with a loudness from 0 to 10. At every step: which number was said
# loudest so far? A new number should sometimes replace what is kept and sometimes leave no trace, depending on everything before. With weights
# $e^{a}$ and an a that grows with the loudness, the loudest is nearly the only one that counts. Both cells have 4 units.

# %% [markdown] id="loudest" lang="fr" slideshow={"slide_type": "subslide"}
# **Que vaut une telle porte ?** Des nombres arrivent, chacun dit plus ou moins fort, avec une force de 0 à 10. À chaque pas : lequel a été dit le
# plus fort jusqu'ici ? Un nouveau nombre doit tantôt remplacer ce qui est gardé, tantôt ne laisser aucune trace, selon tout ce qui précède. Avec des
# poids $e^{a}$ et un a qui croît avec la force, le plus fort est presque le seul à compter. Les deux cellules ont 4 unités.

# %% id="loudest-code"
task = loudest(10)
with progress_bar(200, networks=10):
    found = {cell.name: [exam(learned(cell, task, 4, 200, seed), task) for seed in range(5)]
             for cell in (LSTM, SLSTM)}
(_, plain), (_, weighing) = found.items()
expect(plots.spread(found, ylabel="R²", text=say(
           "Which was the loudest so far? R² of LSTM and sLSTM with four units; "
           "a dot for each seed.")),
       every("sLSTM", weighing) > .8, every("LSTM", plain) < .8, median("LSTM", plain) < .7)

# %% [markdown] id="explain-loudest" lang="en"
# **Explain.** The LSTM has to compare: its gates read what is kept and what is new, and learn when to open. That can be learned, and with more
# updates it goes on getting better. The sLSTM need not compare at all, as a mean with steep weights does it by itself: if h is hidden from it, so that
# it cannot look at what it keeps, it does as well on most seeds. Part of the gain is due to the division by n: with σ in place of the exponential, the
# same cell ends between the two (a test of this course checks all of this). But that a task suits a cell does not prove the cell to be better: here we
# chose one that asks for just what is new in the sLSTM.

# %% [markdown] id="explain-loudest" lang="fr"
# **Expliquez.** Le LSTM doit comparer : ses portes lisent ce qui est gardé et ce qui arrive, et apprennent quand s'ouvrir. Cela s'apprend, et avec
# plus de mises à jour il continue de s'améliorer. Le sLSTM n'a pas du tout à comparer : une moyenne aux poids très inégaux le fait d'elle-même. Si on
# lui cache h, pour qu'il ne puisse pas regarder ce qu'il garde, il fait aussi bien avec la plupart des graines. Une partie du gain est due à la
# division par n : avec σ à la place de l'exponentielle, la même cellule se place entre les deux (un test du cours vérifie tout cela). Mais qu'une tâche
# convienne à une cellule ne prouve pas que la cellule soit meilleure : ici, nous en avons choisi une qui demande justement ce que le sLSTM a de
# nouveau.

# %% [markdown] id="around" lang="en" slideshow={"slide_type": "slide"}
# ## 6 · From both ends
#
# Both papers changed the cell. Two older ideas leave it as it is and change what surrounds it. Chapter 10 showed them untrained; here each learns a
# task for which it was made, against a rival without it.
#
# The first is to read in both directions: *bidirectional* (Schuster and Paliwal, 1997). A second LSTM reads the sequence from its end, and the answer
# at each step is computed from both h. The task: twelve brackets, drawn at random. For each of them: has it a partner? In `())(()` the third and the
# fourth have none. For a closing bracket this depends on what came before it, for an opening one on what is still to come.
#
# One LSTM of 9 units reads forwards and answers at once; two LSTMs of 6 units read in both directions, with about as many weights. So that the first
# one does not lose merely because it is in a hurry, it gets a second go, in which it may answer three steps late.

# %% [markdown] id="around" lang="fr" slideshow={"slide_type": "slide"}
# ## 6 · Par les deux bouts
#
# Ces deux articles ont changé la cellule. Deux idées plus anciennes la laissent telle quelle et changent ce qui l'entoure. Le chapitre 10 les a
# montrées sans entraînement ; ici, chacune apprend une tâche pour laquelle elle est faite, face à un rival qui s'en passe.
#
# La première est de lire dans les deux sens : le réseau *bidirectionnel* (Schuster et Paliwal, 1997). Un second LSTM lit la séquence depuis la fin, et
# la réponse à chaque pas se calcule à partir des deux h. La tâche : douze parenthèses, tirées au hasard. Pour chacune : a-t-elle une partenaire ? Dans
# `())(()`, la troisième et la quatrième n'en ont pas. Pour une parenthèse fermante, cela dépend de ce qui la précède ; pour une ouvrante, de ce qui est
# encore à venir.
#
# Un LSTM de 9 unités lit vers l'avant et répond aussitôt ; deux LSTM de 6 unités lisent dans les deux sens, avec à peu près autant de poids. Pour que
# le premier ne perde pas par simple précipitation, il a droit à un second essai, où il peut répondre avec trois pas de retard.

# %% id="predict-both"
predict("12-both")

# %% id="both-train"
def one_way(seed):
    return Model(LSTM, 2, 9, 2, seed=seed)


def both_ways(seed):
    return Bidirectional(2, 6, 2, seed=seed)


readers = {say("one way"): (one_way, brackets(12)), say("both ways"): (both_ways, brackets(12)),
           say("3 steps late"): (one_way, brackets(12, late=3))}
with progress_bar(80, networks=15):
    found = {name: [exam(practised(new(seed), task, 80, seed), task) for seed in range(5)]
             for name, (new, task) in readers.items()}

# %% id="both-exam"
closed = np.array([1 - comb(n, n // 2) / 2**n for n in range(12)])     # n brackets still to come
most = (1 + np.maximum(closed, 1 - closed).mean()) / 2
print(say("weights: {one} one way, {both} both ways",
          one=size(one_way(0)), both=size(both_ways(0))))
one, both, late = found.items()
expect(plots.spread(found, ylabel=say("accuracy"), chance=closed.mean(), text=say(
           "Has the bracket a partner? Accuracy of three readers; a dot for each seed. "
           "Chance: who always says yes.")),
       value(say("the most that can be known from the left alone"), most) < .86,
       every(*one) < .88, every(*both) > .98, median(*late) > .9, every(*late) < .99)

# %% [markdown] id="explain-both" lang="en"
# **Explain.** Whether an opening bracket will be closed, no reader from the left can know. It can say how likely that is: with n brackets still to
# come, counting all that can follow gives $1 - \binom{n}{\lfloor n/2 \rfloor} / 2^n$. The cell above computes how far the best guess gets with this,
# and the LSTM comes close to it. More units or updates cannot take it further. To answer late helps, as far as the partner has come in by then. But
# what waits has to be kept. Try `late=8`: eight brackets then stand in line in one h, and after as many updates nothing is gained; it takes several
# times as many (a test of this course checks that). The second LSTM keeps nobody waiting: from the end, an opening bracket is as easy as a closing one
# is from the beginning.
#
# **What does it cost?** With as many units each, there are twice as many weights and twice the work at each step; and no answer can be given before the
# end. And the switch of part 3 depends on the past alone: there the second LSTM has nothing to add.

# %% [markdown] id="explain-both" lang="fr"
# **Expliquez.** Une parenthèse ouvrante sera-t-elle fermée ? Qui lit depuis la gauche ne peut pas le savoir. Mais il peut dire avec quelle
# probabilité : s'il reste n parenthèses à venir, le décompte de toutes les suites possibles donne $1 - \binom{n}{\lfloor n/2 \rfloor} / 2^n$. La
# cellule ci-dessus calcule jusqu'où cela mène celui qui devine le mieux, et le LSTM s'en approche. Plus d'unités ou de mises à jour ne peuvent pas le
# mener plus loin. Répondre en retard aide, pour autant que la partenaire soit arrivée entre-temps. Mais ce qui attend doit être gardé. Essayez
# `late=8` : huit parenthèses font alors la queue dans un seul h et, après autant de mises à jour, on n'a rien gagné ; il en faut plusieurs fois plus
# (un test du cours le vérifie). Le second LSTM ne fait attendre personne : vue depuis la fin, une parenthèse ouvrante est aussi facile qu'une fermante
# vue depuis le début.
#
# **Combien cela coûte-t-il ?** À nombre égal d'unités pour chacun, il y a deux fois plus de poids et deux fois plus de travail à chaque pas ; et aucune
# réponse ne peut être donnée avant la fin. Et l'interrupteur de la partie 3 ne dépend que du passé : là, le second LSTM n'a rien à ajouter.

# %% id="nothing-code"
with progress_bar(120, networks=3):
    pairs = [practised(Bidirectional(1, 6, 2, seed=seed), parity(12), 120, seed)
             for seed in range(3)]
expect(median(say("the switch, one way"), score["LSTM"]) > .85,
       median(say("the switch, both ways"), [exam(pair, parity(100)) for pair in pairs]) > .85,
       value(say("weights of both ways over those of one"),
             size(pairs[0]) / size(models["LSTM"][0])) > 1.9)

# %% [markdown] id="look-back" lang="en" slideshow={"slide_type": "slide"}
# ## 7 · Looking back
#
# The second idea is *attention* (Bahdanau, Cho and Bengio, 2015): the answer is computed from h and from a mean of many other states. The shares in
# this mean are computed anew at each step, according to what is asked: they are a softmax *over time*. In the paper a decoder looks at all states of
# an encoder, and a small network gives the scores. Here one LSTM looks back at its own earlier states, and as in chapter 10 the score of a step is
# the product of its h with the h that asks.
#
# **Exercise 12.4 · `attend(h, q)`.** h (T, H, B) are the states of all steps, q (H, B) is the state that asks. The score of a step is the sum over
# the units of h times q; a softmax over the steps makes shares of the scores. Return what is seen, (H, B): the mean of all h in these shares.

# %% [markdown] id="look-back" lang="fr" slideshow={"slide_type": "slide"}
# ## 7 · Regarder en arrière
#
# La seconde idée est *l'attention* (Bahdanau, Cho et Bengio, 2015) : la réponse se calcule à partir de h et d'une moyenne de nombreux autres états.
# Les parts de cette moyenne sont recalculées à chaque pas, selon ce qui est demandé : c'est un softmax *sur le temps*. Dans l'article, un
# décodeur regarde tous les états d'un encodeur, et un petit réseau donne les scores. Ici, un seul LSTM se retourne vers ses propres états passés et,
# comme au chapitre 10, le score d'un pas est le produit de son h par le h qui demande.
#
# **Exercice 12.4 · `attend(h, q)`.** h (T, H, B) contient les états de tous les pas, q (H, B) est l'état qui demande. Le score d'un pas est la somme,
# sur les unités, de h fois q ; un softmax sur les pas transforme les scores en parts. Renvoyez ce qui est vu, (H, B) : la moyenne de tous les h avec ces
# parts.

# %% id="attend"
def attend(h, q):
    raise NotImplementedError


check("attend", attend)

# %% [markdown] id="cloakroom" lang="en"
# **The cloakroom.** Twelve coats are handed in, one at each step and in any order, each with its number and one of four colours. Then six of the
# numbers are called: which colour has that coat? A plain LSTM has to hold all twelve in one state. With attention, it may look back at the state in
# which the coat came in. So its LSTM can begin forgetful, with $b_f = -2$: it need only say what is there now. The plain LSTM has the same number of
# units, and begins as usual, with $b_f = 1$. Two things are changed, then, attention and the bias; so there is a third kind, which has attention and
# begins as usual.

# %% [markdown] id="cloakroom" lang="fr"
# **Le vestiaire.** On dépose douze manteaux, un à chaque pas et dans n'importe quel ordre, chacun avec son numéro et l'une de quatre couleurs. Puis six
# des numéros sont appelés : de quelle couleur est le manteau ? Un LSTM ordinaire doit garder les douze dans un seul état. Avec l'attention, il peut se
# retourner vers l'état où le manteau est arrivé. Son LSTM peut donc être oublieux au départ, avec $b_f = -2$ : il n'a qu'à dire ce qui est là
# maintenant. Le LSTM ordinaire a le même nombre d'unités et part comme d'habitude, avec $b_f = 1$. Deux choses changent donc, l'attention et le
# biais ; il y a pour cela un troisième groupe, qui a l'attention et part comme d'habitude.

# %% id="cloakroom-train"
task = cloakroom(coats=12, colours=4, asked=6)


def plain(seed):
    return Model(LSTM, task.D, 16, task.K, seed=seed)


def looking(seed, bias=-2):
    return Attending(task.D, 16, task.K, seed=seed, forget_bias=bias)


with progress_bar(130, networks=15):
    without, attentive, usual = ([practised(new(seed), task, 130, seed) for seed in range(5)]
                                 for new in (plain, looking, lambda seed: looking(seed, 1)))

# %% id="cloakroom-exam"
batch = next(task.batches(np.random.default_rng(12), 500))
number, looks = batch.x[:, :12].argmax(1), attentive[0](batch.x).looks[:, 1:13, 12:]
asked = number[:12, None] == number[12:]                # (coats, questions, examples)
print(say("weights: {plain} without, {looking} with attention",
          plain=size(without[0]), looking=size(attentive[0])))
expect(plots.heat(looks[0].T, [say("number {n}", n=n) for n in number[12:, 0]], number[:12, 0],
                  xlabel=say("coats, in the order in which they came"), ylabel=say("called"),
                  text=say("Where six questions look: each for the most part at the coat called.")),
       every(say("right, with attention"), [exam(model, task) for model in attentive]) > .95,
       every(say("right, without"), [exam(model, task) for model in without]) < .5,
       every(say("right, with attention, begun as usual"),
             [exam(model, task) for model in usual]) < .6,
       value(say("mean share of the coat that was called"),
             (looks.transpose(1, 2, 0) * asked).sum(0).mean()) > .5)

# %% id="common-code"
common = batch.x[:12, 12:].sum(0).argmax(0)             # the most frequent colour
expect(value(say("right, naming the most frequent colour each time"),
             (batch.target[12:] == common).mean()) > .35)

# %% id="your-look"
p, out = attentive[0].params
h = forward(LSTM, p, batch.x).h
seen = mine("attend")(np.concatenate([0 * h[:1], h[:-1]]), h[-1])    # the first state is all zeros
answer = out["V"] @ np.concatenate([h[-1], seen]) + out["b_y"]
expect(value(say("largest difference from the library's last answer"),
             np.abs(answer - attentive[0](batch.x).y[-1]).max()) < 1e-3)

# %% [markdown] id="explain-look" lang="en"
# **Explain.** Nobody told the network which step belongs to which number. It has learned to write the number into h in such a way that the h with the
# same number gets the highest score. From the coat to its answer the way is one step long, however far back it lies. The plain LSTM, after the same
# updates, is right less than half of the time. By chance it would be one time in four; but whoever counts the colours, and always names the most
# frequent one, is right about as often as this LSTM: of the single coats it still knows hardly anything. With more updates it goes on learning, slowly.
#
# But look at the third kind: with attention and the usual bias the network is no better than without, *after as many updates*. Each h still holds
# much of the steps before it: neighbouring states resemble each other, and a look cannot tell them apart. After 600 updates f has sunk, and most
# seeds find the coats; the plain LSTM is then still far from that, with the one bias or the other (a test of this course checks all of this). So
# attention does it, and the bias decides how soon.
#
# The price of attention: all states are kept, and each question goes over all of them, so that the work grows with the square of the length.

# %% [markdown] id="explain-look" lang="fr"
# **Expliquez.** Personne n'a dit au réseau quel pas va avec quel numéro. Il a appris à inscrire le numéro dans h de telle sorte que le h du même numéro
# obtienne le score le plus élevé. Du manteau à sa réponse, le chemin ne fait qu'un pas, aussi loin qu'il faille remonter. Le LSTM ordinaire, après
# autant de mises à jour, a raison moins d'une fois sur deux. Au hasard, ce serait une fois sur quatre ; mais celui qui compte les couleurs, et nomme
# toujours la plus fréquente, a raison à peu près aussi souvent que ce LSTM : de chaque manteau, il ne sait encore presque rien. Avec plus de mises à
# jour, il continue d'apprendre, lentement.
#
# Mais regardez le troisième groupe : avec l'attention et le biais habituel, le réseau ne fait pas mieux que sans attention, *après autant de mises à
# jour*. Chaque h contient encore beaucoup des pas précédents : les états voisins se ressemblent, et le regard ne les distingue pas. Après 600 mises à
# jour, f a baissé, et la plupart des graines retrouvent les manteaux ; le LSTM ordinaire en est alors encore loin, avec l'un ou l'autre biais (un test
# du cours vérifie tout cela). C'est donc bien l'attention qui le permet ; le biais décide du temps qu'il faut.
#
# Le prix de l'attention : tous les états sont gardés, et chaque question les parcourt tous, si bien que le travail croît comme le carré de la longueur.

# %% [markdown] id="ask-quiz" lang="en"
# ## 8 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 8 · Quiz

# %% id="quiz"
quiz("12")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | what was changed | you have seen |
# |---|---|
# | no h in the gates and the candidate | the factors of every step are known beforehand; a scan gives what the loop gives |
# | a scan | few rounds, more work: faster where waiting costs more than computing |
# | gates from 0 to 1 that see x alone | come to rest on a constant input; cannot follow a switch, keep a symbol as well as an LSTM |
# | an f that may be negative | turns over what is kept: learns the switch, though it sees x alone |
# | an exponential input gate, n and m | a weighted mean, in any unit; with f = 1 a softmax over time |
# | a second LSTM, from the end | knows what is still to come; twice the work, and no answer before the end |
# | a look back at all states | finds one of many things, soon only if each state holds little else; work that grows with the square of the length |
#
# Next: [13 · The papers say, your machine says](13-papers-say.ipynb), where the tables of 1997 and 2000 are run again.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | ce qui a changé | vous l'avez vu |
# |---|---|
# | pas de h dans les portes ni dans le candidat | les facteurs de chaque pas sont connus d'avance ; un balayage donne ce que donne la boucle |
# | un balayage | peu de tours, plus de calculs : plus rapide là où l'attente coûte plus que le calcul |
# | des portes de 0 à 1 qui ne voient que x | se stabilisent sur une entrée constante ; ne savent pas suivre un interrupteur, gardent un symbole aussi bien qu'un LSTM |
# | un f qui peut être négatif | retourne ce qui est gardé : apprend l'interrupteur, tout en ne voyant que x |
# | une porte d'entrée exponentielle, n et m | une moyenne pondérée, dans n'importe quelle unité ; avec f = 1, un softmax sur le temps |
# | un second LSTM, depuis la fin | sait ce qui est encore à venir ; deux fois le travail, et pas de réponse avant la fin |
# | un regard en arrière vers tous les états | retrouve une chose parmi d'autres, vite si chaque état ne contient guère qu'elle ; un travail qui croît comme le carré de la longueur |
#
# Suite : [13 · Les articles disent, votre machine dit](13-papers-say.ipynb), où l'on recalcule les tableaux de 1997 et de 2000.
