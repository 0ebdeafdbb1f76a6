# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 05 · The input gate
#
# A memory into which everything is written remembers nothing in particular. The input gate decides *whether* something is
# stored; the candidate says *what*.
#
# By the end you have written the candidate, chosen by hand the weights of a product that no single tanh can imitate, seen a memory drown
# because its gate stood open, and found out by an intervention that a trained network does not always work as its picture suggests.
#
# *You need*: chapter 04. *It takes*: an hour; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 05 · La porte d'entrée
#
# Une mémoire où tout s'inscrit ne retient rien de particulier. La porte d'entrée décide *si* l'on écrit ; le candidat dit *quoi*.
#
# À la fin, vous aurez écrit le candidat, choisi à la main les poids d'un produit qu'aucune tanh ne peut imiter à elle seule, vu une mémoire se noyer
# parce que sa porte restait ouverte, et découvert par une intervention qu'un réseau entraîné ne procède pas toujours comme son image le laisse
# croire.
#
# *Il vous faut* : le chapitre 04. *Durée* : une heure, dont moins d'une demi-minute de calcul.

# %% id="imports"
from itertools import chain, islice

import numpy as np

from lstmlib import CIFG, LSTM, Model, State, exam, forward, hold, join, pin, sigmoid, tasks, train
from workbook import (
    check, every, expect, explorers, median, mine, plots, predict, progress_bar, quiz, say,
    value, whole_cell,
)

# %% [markdown] id="today" lang="en"
# The whole cell, as at the end of chapter 03. Today's part is lit: the input gate and the candidate.

# %% [markdown] id="today" lang="fr"
# La cellule entière, comme à la fin du chapitre 03. La partie du jour est en couleur : la porte d'entrée et le candidat.

# %% id="whole-cell"
whole_cell("ig")

# %% [markdown] id="two" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · Whether, and what
#
# At each step the cell prepares something that it might store, the *candidate* $\tilde c_t$ (in code: `g`), and decides how much
# of it to store, the *input gate* $i_t$:
#
# $$i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i) \qquad \tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$$
#
# What is added to the memory is their product, $i_t * \tilde c_t$, unit by unit. The gate uses σ, because it stands for a share, from 0 to 1. The
# candidate uses tanh, because it must be able to *take away* as well: from −1 to 1.
#
# Why two of them? Hochreiter and Schmidhuber (1997) describe an *input weight conflict*: without a gate, one and the same weight has to let in
# what is to be stored, and to keep out whatever comes later and would disturb it. The two tasks pull it in opposite directions. The gate has
# weights of its own, and they have to learn one thing only: *when*.

# %% [markdown] id="two" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Faut-il écrire ? Et quoi ?
#
# À chaque pas, la cellule prépare ce qu'elle pourrait retenir, le *candidat* $\tilde c_t$ (dans le code : `g`), et fixe la part qu'elle en retient,
# la *porte d'entrée* $i_t$ :
#
# $$i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i) \qquad \tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$$
#
# On ajoute à la mémoire leur produit, $i_t * \tilde c_t$, unité par unité. La porte utilise σ, car elle exprime une part, entre 0 et 1. Le candidat
# utilise tanh, car il doit pouvoir aussi *retirer* : de −1 à 1.
#
# Pourquoi en faut-il deux ? Hochreiter et Schmidhuber (1997) décrivent un *conflit des poids d'entrée* : sans porte, un seul et même poids
# devrait laisser entrer ce qui est à retenir, et tenir à l'écart ce qui arrive plus tard et le perturberait. Les deux tâches le tirent en sens
# contraires. La porte a ses propres poids, et ils n'ont qu'une chose à apprendre : *quand*.

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

# %% [markdown] id="write-candidate" lang="en"
# You already have the line of the input gate: it is that of the forget gate, with weights of its own. The candidate is new.
#
# **Exercise 5.1 · `candidate(W_g, b_g, h, x)`.** The same sum, squashed by another function. `W_g` (H, H+D) and `b_g` (H, 1) are the $W_c$ and $b_c$
# of the formula; `h` is (H, B), `x` (D, B).

# %% [markdown] id="write-candidate" lang="fr"
# Vous avez déjà la ligne de la porte d'entrée : c'est celle de la porte d'oubli, avec ses propres poids. Le candidat est nouveau.
#
# **Exercice 5.1 · `candidate(W_g, b_g, h, x)`.** La même somme, écrasée par une autre fonction. `W_g` (H, H+D) et `b_g` (H, 1) sont les $W_c$ et
# $b_c$ de la formule ; `h` est de forme (H, B), `x` de forme (D, B).

# %% id="candidate"
def candidate(W_g, b_g, h, x):
    raise NotImplementedError


check("candidate", candidate)

# %% [markdown] id="same" lang="en"
# The library's cell adds just that. From one of its films we take what was kept, $f * c_{t-1}$, away from the new memory: what is
# left should be what your two functions write.

# %% [markdown] id="same" lang="fr"
# La cellule de la bibliothèque ajoute exactement cela. Dans un de ses films, ôtons de la nouvelle mémoire ce qui était gardé,
# $f * c_{t-1}$ : il doit rester ce qu'écrivent vos deux fonctions.

# %% id="same-code"
input_gate, prepared = mine("forget_gate"), mine("candidate")
p = Model(LSTM, D=3, H=5, K=1, dtype=float).params[0]
tape = forward(LSTM, p, np.random.default_rng(5).normal(size=(6, 3, 2))).tape
left = tape.c - tape.f * tape.c_prev
(_, W_i, _, W_g), (_, b_i, _, b_g) = p["W"], p["b"]
added = [input_gate(W_i, b_i, z[:5], z[5:]) * prepared(W_g, b_g, z[:5], z[5:]) for z in tape.z]
expect(value(say("largest difference between what is left and i * g"),
             np.abs(left - added).max()) < 1e-12)

# %% [markdown] id="and" lang="en" slideshow={"slide_type": "subslide"}
# **Why a product?** At each step comes an A or a B; some of them carry a mark. A marked A must move the memory up, a marked B down, and what has no
# mark must leave it as it is. Can a candidate do that by itself? It is one tanh of a sum, in which A brings $w_A$, B brings $w_B$ and the mark $w_m$:
#
# * an A without a mark must give 0, so $w_A + b = 0$; a B without a mark must give 0, so $w_B + b = 0$;
# * hence $w_A = w_B$. But then $w_A + w_m + b = w_B + w_m + b$: with a mark, A and B move the memory alike.
#
# No weights can do it, and a part of h in the sum would not help, since it is the same number whichever symbol comes now. What is asked for is an
# *and*: to write only where there is a mark, **and** in the direction of the symbol. A sum cannot express an *and*; a product can. That is what the
# gate is for.
#
# **Puzzle: “and” by hand.** One unit, one step. x = [A, B, mark] holds three numbers, 0 or 1. Choose the weights of $i = \sigma(W[0] \cdot x + b[0])$
# and $g = \tanh(W[1] \cdot x + b[1])$ so that $i \cdot g$ is above 0.9 for a marked A, below −0.9 for a marked B, and closer to 0 than 0.05
# without a mark. `W` is (2, 1, 3), `b` (2, 1, 1).

# %% [markdown] id="and" lang="fr" slideshow={"slide_type": "subslide"}
# **Pourquoi un produit ?** À chaque pas arrive un A ou un B ; certains portent une marque. Un A marqué doit faire monter la mémoire, un B marqué la
# faire descendre, et ce qui n'a pas de marque doit la laisser telle quelle. Un candidat y arrive-t-il seul ? C'est la tanh d'une somme, où A apporte
# $w_A$, B apporte $w_B$ et la marque $w_m$ :
#
# * un A sans marque doit donner 0, donc $w_A + b = 0$ ; un B sans marque doit donner 0, donc $w_B + b = 0$ ;
# * d'où $w_A = w_B$. Mais alors $w_A + w_m + b = w_B + w_m + b$ : avec une marque, A et B déplacent la mémoire de la même façon.
#
# Aucun poids n'y parvient, et une part de h dans la somme n'y changerait rien, puisque c'est le même nombre quel que soit le symbole qui arrive. Ce
# qu'on demande est un *et* : écrire seulement s'il y a une marque, **et** dans le sens du symbole. Une somme ne peut pas exprimer un *et* ; un
# produit le peut. C'est à cela que sert la porte.
#
# **Énigme : « et » à la main.** Une unité, un pas. x = [A, B, marque] contient trois nombres, 0 ou 1. Choisissez les poids de
# $i = \sigma(W[0] \cdot x + b[0])$ et de $g = \tanh(W[1] \cdot x + b[1])$ pour que $i \cdot g$ soit au-dessus de 0,9 pour un A marqué, au-dessous de
# −0,9 pour un B marqué, et à moins de 0,05 de 0 sans marque. `W` est de forme (2, 1, 3), `b` de forme (2, 1, 1).

# %% id="marked-and-which"
def weights():
    raise NotImplementedError


check("marked_and_which", weights)

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

# %% [markdown] id="alone" lang="en"
# **Gates that hear x alone.** We begin with a simpler cell: its gates and its candidate hear $x_t$, and not $h_{t-1}$. For that, the columns of W
# that multiply h are set to 0, before the first update and again after each. What such a cell writes at a step depends on the symbol of that step and
# on nothing else, as in the puzzle.

# %% [markdown] id="alone" lang="fr"
# **Des portes qui n'entendent que x.** Commençons par une cellule plus simple : ses portes et son candidat entendent $x_t$, mais non $h_{t-1}$. Pour
# cela, on annule les colonnes de W qui multiplient h, avant la première mise à jour, puis de nouveau après chacune. Ce qu'une telle cellule écrit à
# un pas dépend du symbole de ce pas et de rien d'autre, comme dans l'énigme.

# %% id="predict-open"
predict("05-always-open")

# %% [markdown] id="hold" lang="en"
# We compare a learned i with two constants. At 1 we pin the gate, as in chapter 04: its slope σ(1 − σ) is 0 there, so it stays. At 0.1 the slope
# is not 0, and a pinned gate would go on learning. `hold(LSTM, i=.1)` gives a cell whose input gate *is* the constant 0.1.

# %% [markdown] id="hold" lang="fr"
# Nous comparons un i appris à deux constantes. À 1, nous fixons la porte, comme au chapitre 04 : sa pente σ(1 − σ) y est nulle, elle n'en bouge
# donc plus. À 0,1, la pente n'est pas nulle, et une porte fixée continuerait d'apprendre. `hold(LSTM, i=.1)` donne une cellule dont la porte
# d'entrée *est* la constante 0,1.

# %% id="predict-constant"
predict("05-best-constant")

# %% id="learn"
def learn(cell, seed, updates=300, alone=False, bias=3.0, **pinned):
    """A model, and its exam after every hundred updates."""
    model = Model(cell, marked.D, H=16, K=marked.K, seed=seed, forget_bias=bias)
    model.params[0], scores = pin(cell, model.params[0], **pinned), []
    steps = islice(train(model, marked, lr=1e-2, seed=seed), updates)
    for k, _ in enumerate(chain([None], steps)):           # before the first update, after each
        if alone:
            model.params[0]["W"][..., :16] = 0               # no column for h
        if k % 100 == 0:
            scores.append(exam(model, marked))
    return model, scores


# %% id="learn-all"
seeds = range(3)
variants = {say("learned i"): (LSTM, {}), say("constant {i}", i=1): (LSTM, {"i": 1}),
            say("constant {i}", i=plots.number(.1)): (hold(LSTM, i=.1), {})}
with progress_bar(500, networks=len(variants) * len(seeds)):
    fitted = {name: [learn(cell, seed, 500, alone=True, f=1, **pinned) for seed in seeds]
              for name, (cell, pinned) in variants.items()}

# %% id="marked-scores"
score = {name: [scores for _, scores in models] for name, models in fitted.items()}
picture = plots.curves(
    score, range(0, 501, 100), say("updates"), say("accuracy"), y=(0, 1),
    level={say("chance"): .25},
    text=say("Which symbol was marked? Accuracy while the nets learn, f = 1: three seeds each, "
             "thin, and their median; i learned, or held at a constant."))
learned, open_, faint = ((name, [scores[-1] for scores in each]) for name, each in score.items())
early = say("learned i, after 300 updates"), [scores[3] for scores in score[learned[0]]]
expect(picture, every(*early) > .9, every(*open_) < .6, median(*faint) < every(*learned))

# %% [markdown] id="explain-marked" lang="en"
# **Explain.** With i = 1 thirty symbols pile up in the memory, the marked one somewhere among them. The learned gate needs 300 updates at most: it
# does the *and* of the puzzle. With i = 0.1 each unit alone is as helpless as the candidate was. Several units together are not: what one of them
# writes without need, another can take away again in the read-out. To find such a balance takes training several times as long; after 1200 updates
# even this constant is mostly right. *A gate is not the only way, but it is the shortest: it does in one unit what several must otherwise work out
# together.*

# %% [markdown] id="explain-marked" lang="fr"
# **Expliquez.** Avec i = 1, trente symboles s'entassent dans la mémoire, le symbole marqué quelque part parmi eux. Il ne faut à la porte apprise que
# 300 mises à jour au plus : elle réalise le *et* de l'énigme. Avec i = 0,1, chaque unité seule est aussi impuissante que l'était le candidat.
# Plusieurs unités ensemble ne le sont pas : ce que l'une écrit de trop, une autre peut le retrancher à la lecture. Pour trouver un tel équilibre, il
# faut un entraînement plusieurs fois plus long ; après 1200 mises à jour, même cette constante donne le plus souvent la bonne réponse. *Une porte
# n'est pas le seul moyen, mais c'est le plus court : elle fait en une unité ce que plusieurs doivent, sans elle, mettre au point ensemble.*

# %% [markdown] id="film" lang="en" slideshow={"slide_type": "subslide"}
# **The film of i.** The first of these nets reads one sequence; the star stands for the marked letter. There is a row for each unit: its gate above,
# its cell state below. Find units whose gate opens there, and look at what c does at that step, and after it. Other units add something at every
# step, so that their c runs away; does the answer need them?

# %% [markdown] id="film" lang="fr" slideshow={"slide_type": "subslide"}
# **Le film de i.** Le premier de ces réseaux lit une séquence ; l'étoile remplace la lettre marquée. Il y a une ligne par unité : en haut sa porte,
# en bas son état de cellule. Cherchez des unités dont la porte s'ouvre à cet endroit, et regardez ce que fait c à ce pas, puis après. D'autres unités
# ajoutent quelque chose à chaque pas, si bien que leur c s'emballe ; la réponse a-t-elle besoin d'elles ?

# %% id="film-picture"
hear_x = [model for model, _ in fitted[say("learned i")]]
batch = next(marked.batches(np.random.default_rng(2), 1))
tape = hear_x[0](batch.x).runs[0].tape
stars = ["*" if mark else "ABCD"[k]
         for k, mark in zip(batch.x[:, :4, 0].argmax(1), batch.x[:, 4, 0])]
plots.film({"i": tape.i[..., 0], "c": tape.c[..., 0]}, letters=stars, text=say(
    "The input gate of each unit, and its cell state, over thirty symbols; "
    "a star at the marked one."))

# %% [markdown] id="intervene" lang="en"
# **A film shows what happens, an intervention what is needed.** If the net stores the symbol at the mark and only there, then it must still be right
# when we shut the input gate, in all units, at every step *but* the mark. `answers` lets a trained net read 500 sequences with i set to 0 wherever
# `open_` is 0.

# %% [markdown] id="intervene" lang="fr"
# **Un film montre ce qui se passe, une intervention ce qui est nécessaire.** Si le réseau retient le symbole à la marque et seulement là, il doit
# encore donner la bonne réponse quand on ferme la porte d'entrée, dans toutes les unités, à tous les pas *sauf* à la marque. `answers` fait lire 500
# séquences à un réseau entraîné, avec i mis à 0 partout où `open_` vaut 0.

# %% id="answers"
batch = next(marked.batches(np.random.default_rng(9), 500))
at_mark = batch.x[:, 4] == 1


def answers(model, open_):
    """The share of right answers of a net, f = 1, input gate shut where open_ (T, B) is 0."""
    cell, out = model.params
    s = State(np.zeros((16, 500), np.float32), np.zeros((16, 500), np.float32))
    for x, key in zip(batch.x, open_):
        tape = LSTM.step(cell, s, x)[1]
        c = s.c + key * tape.i * tape.g
        s = State(tape.o * np.tanh(c), c)
    return np.mean((out["V"] @ s.h + out["b_y"]).argmax(0) == batch.target[-1])


expect(every(say("hears x alone: right, open at the mark only"),
             [answers(model, at_mark) for model in hear_x]) > .9)

# %% [markdown] id="whole" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · The whole cell does otherwise
#
# The nets are still right. So what they write elsewhere is not needed, nor are the units whose c ran away: they store the symbol at the mark.
#
# Now the gates and the candidate hear $h_{t-1}$ again, as in the formula at the top. Nothing else changes: f = 1, i is learned. These nets, too, name
# the marked symbol, and in their film, too, gates open at the mark. (Once they are trained, put `hear_both[0]` in place of `hear_x[0]` in the cell of
# the film, and you see it.) Guess what the same intervention does to them.

# %% [markdown] id="whole" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · La cellule entière s'y prend autrement
#
# Les réseaux répondent toujours juste. Ce qu'ils écrivent ailleurs n'est donc pas nécessaire, pas plus que les unités dont le c s'emballait : ils
# retiennent le symbole à la marque.
#
# À présent les portes et le candidat entendent de nouveau $h_{t-1}$, comme dans la formule du début. Rien d'autre ne change : f = 1, i est appris. Ces
# réseaux nomment eux aussi le symbole marqué, et dans leur film aussi des portes s'ouvrent à la marque. (Quand ils seront entraînés, mettez
# `hear_both[0]` à la place de `hear_x[0]` dans la cellule du film, et vous le verrez.) Devinez ce que leur fait la même intervention.

# %% id="predict-whole"
predict("05-only-at-the-mark")

# %% id="learn-whole"
with progress_bar(300, networks=len(seeds)):
    hear_both = [learn(LSTM, seed, f=1)[0] for seed in seeds]

# %% id="whole-scores"
gone = np.cumsum(at_mark, 0) - at_mark                       # 1 after the mark
shut = {say("never"): 1 + 0 * gone, say("before the mark"): at_mark + gone,
        say("after the mark"): 1 - gone, say("except at the mark"): at_mark}
score = {name: [answers(model, open_) for model in hear_both] for name, open_ in shut.items()}
picture = plots.spread(score, ylabel=say("accuracy"), chance=.25, text=say(
    "Nets that hear x and h, and when their input gates are shut; a dot for each seed."))
never, before, after, except_ = score.items()
expect(picture, every(*never) > .9, every(*before) > .9, median(*after) < .6, median(*except_) < .6)

# %% [markdown] id="look-whole" lang="en" slideshow={"slide_type": "subslide"}
# **Where is the symbol written?** For each net we measure how much the cell state depends on which of the four symbols was marked, from one step
# before the mark to 20 steps after it: the spread of c between sequences with a marked A, B, C and D, in the unit where it is largest.

# %% [markdown] id="look-whole" lang="fr" slideshow={"slide_type": "subslide"}
# **Où le symbole s'écrit-il ?** Pour chaque réseau, mesurons à quel point l'état de cellule dépend de celui des quatre symboles qui était marqué,
# d'un pas avant la marque jusqu'à 20 pas après : c'est la dispersion de c entre les séquences où A, B, C ou D était marqué, dans l'unité où elle est
# la plus grande.

# %% id="spread-picture"
def spread_of_c(model):
    when = at_mark.argmax(0)[:, None] + np.arange(21)    # c_prev: before the mark, then after it
    c = model(batch.x).runs[0].tape.c_prev[when, :, np.arange(500)[:, None]]
    return np.std([c[batch.target[-1] == k].mean(0) for k in range(4)], 0).max(-1)


held = {say("hears x alone"): np.array([spread_of_c(model) for model in hear_x]),
        say("hears x and h"): np.array([spread_of_c(model) for model in hear_both])}
picture = plots.curves(
    held, xlabel=say("steps from the mark on"), ylabel=say("spread of c"), text=say(
        "How far the marked symbol moves the cell state, from the mark on: three seeds each, "
        "and their median."))
(x_alone, flat), (x_and_h, climbing) = held.items()
expect(picture, every(x_alone, flat[:, 20] / flat[:, 1]) < 2,
       every(x_and_h, climbing[:, 20] / climbing[:, 1]) > 4)

# %% [markdown] id="explain-whole" lang="en"
# **Explain.** The net that hears x alone writes once, and its memory then stands still: the story that diagrams tell. The net that hears h as well
# writes at the mark only a small part of what it will hold in the end, and then goes on writing, step after step. After the mark x says nothing about
# the marked symbol any more; what is written about it then can only have come through h. *The net repeats the symbol to itself*: h says it, the
# candidate hears it, the open gate adds it once more. (In the trained net, take from the candidate its columns for h, and the curve stays flat; take
# them from the input gate, and it climbs as before. A test of this course checks that.) With f = 1 that is a good solution, for a memory that is said
# again and again outweighs what the other symbols add. Shut the gate after the mark, and most of the right answers are gone.
#
# The films of both nets show gates that open at the mark. Only the intervention told the two mechanisms apart.

# %% [markdown] id="explain-whole" lang="fr"
# **Expliquez.** Le réseau qui n'entend que x écrit une fois, puis sa mémoire ne bouge plus : c'est l'histoire que racontent les schémas. Celui qui entend
# aussi h n'écrit à la marque qu'une petite part de ce qu'il contiendra à la fin, puis continue d'écrire, pas après pas. Après la marque, x ne dit
# plus rien du symbole marqué ; ce qui s'écrit alors à son sujet ne peut venir que de h. *Le réseau se répète le symbole* : h le dit, le candidat
# l'entend, la porte ouverte l'ajoute encore une fois. (Dans le réseau entraîné, ôtez au candidat ses colonnes pour h, et la courbe reste plate ;
# ôtez-les à la porte d'entrée, et elle monte comme avant. Un test du cours le vérifie.) Avec f = 1, c'est une bonne solution, car une mémoire sans
# cesse redite l'emporte sur ce qu'ajoutent les autres symboles. Fermez la porte après la marque, et la plupart des bonnes réponses disparaissent.
#
# Les films des deux réseaux montrent des portes qui s'ouvrent à la marque. Seule l'intervention a permis de distinguer les deux mécanismes.

# %% [markdown] id="honest" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · Where it does not matter
#
# Let the forget gate learn as well. Then a cell can also let go of what it should not have written: i and f become partly redundant. In the extreme,
# Greff et al. (2015) *tie* them, $i = 1 - f$: to write is to forget. That cell, the CIFG, has one gate less.

# %% [markdown] id="honest" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Là où elle ne change rien
#
# Laissons aussi la porte d'oubli apprendre. Une cellule peut alors lâcher ce qu'elle n'aurait pas dû écrire : i et f deviennent en partie redondants.
# À l'extrême, Greff et al. (2015) les *lient*, $i = 1 - f$ : écrire, c'est oublier. Cette cellule, le CIFG, a une porte de moins.

# %% id="honest-lessons"
with progress_bar(300, networks=2):
    tied = [learn(CIFG, seed)[1][-1] for seed in range(2)]
expect(every(say("CIFG, without an input gate of its own"), tied) > .9)

# %% [markdown] id="puzzle" lang="en"
# ## 5 · Puzzle: the first symbol
#
# Two units, no training. At each step comes an A, x = [1, 0], or a B, x = [0, 1], or nothing, x = [0, 0]. Nothing is forgotten:
# $c_t = c_{t-1} + i_t * g_t$, $h_t = \tanh(c_t)$, both 0 at the start. Set the input gate, $i = \sigma(W[0] \cdot [h, x] + b[0])$, and the candidate,
# $g = \tanh(W[1] \cdot [h, x] + b[1])$, so that for 20 steps h[0] is above 0.5 if the first symbol was an A, and h[1] if it was a B; else they stay
# below. `W` is (2, 2, 4): its rows are the two units, its columns multiply h[0], h[1], x[0], x[1]. `b` is (2, 2, 1).

# %% [markdown] id="puzzle" lang="fr"
# ## 5 · Énigme : le premier symbole
#
# Deux unités, sans entraînement. À chaque pas arrive un A, x = [1, 0], ou un B, x = [0, 1], ou rien, x = [0, 0]. Rien ne s'oublie :
# $c_t = c_{t-1} + i_t * g_t$, $h_t = \tanh(c_t)$, tous deux nuls au départ. Réglez la porte d'entrée, $i = \sigma(W[0] \cdot [h, x] + b[0])$, et le
# candidat, $g = \tanh(W[1] \cdot [h, x] + b[1])$, pour que, pendant 20 pas, h[0] dépasse 0,5 si le premier symbole était un A, et h[1] si c'était un
# B ; sinon, ils restent au-dessous. `W` est de forme (2, 2, 4) : ses lignes sont les deux unités, ses colonnes multiplient h[0], h[1], x[0], x[1].
# `b` est de forme (2, 2, 1).

# %% id="first-symbol"
def weights():
    raise NotImplementedError


check("first_symbol", weights)

# %% [markdown] id="ask-quiz" lang="en"
# ## 6 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 6 · Quiz

# %% id="quiz"
quiz("05")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | [the sheet](10-summary.ipynb), part 5.2 | you have seen |
# |---|---|
# | $i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$ | it selects what is stored; without it (i = 1, f = 1) the memory drowns |
# | $\tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$ | what might be stored, and can be negative |
# | the memory is updated with important new data | $i * \tilde c$ is added: an *and*, which no single tanh of a sum can be |
#
# Next: [06 · The cell state](06-cell-state.ipynb), where it is all kept.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 5.2 | vous l'avez vu |
# |---|---|
# | $i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$ | elle choisit ce qu'on retient ; sans elle (i = 1, f = 1), la mémoire se noie |
# | $\tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$ | ce qu'on pourrait retenir, et qui peut être négatif |
# | la mémoire est mise à jour avec de nouvelles données importantes | on ajoute $i * \tilde c$ : un *et*, ce qu'aucune tanh d'une somme ne peut être |
#
# Suite : [06 · L'état de cellule](06-cell-state.ipynb), où tout est gardé.
