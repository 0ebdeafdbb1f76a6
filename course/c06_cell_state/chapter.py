# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 06 · The cell state
#
# A conveyor belt: what lies on it travels on unchanged, unless a gate takes it off or puts something on. Nothing on the way squashes
# it. That is why it can *count*, and why the gradient comes back.
#
# By the end you have written the update of the cell state and the gradient that comes back along it, and measured how far two units count beyond what
# they were taught.
#
# *You need*: chapters 03, 04 and 05. *It takes*: an hour; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 06 · L'état de cellule
#
# Un tapis roulant : ce qui est posé dessus voyage sans changer, sauf si une porte l'enlève ou y pose autre chose. Rien ne l'écrase en
# chemin. Voilà pourquoi il peut *compter*, et pourquoi le gradient revient.
#
# À la fin, vous aurez écrit la mise à jour de l'état de cellule et le gradient qui revient le long de cet état, et mesuré jusqu'où deux unités comptent
# au-delà de ce qu'on leur a appris.
#
# *Il vous faut* : les chapitres 03, 04 et 05. *Durée* : une heure, dont moins d'une demi-minute de calcul.

# %% id="imports"
import numpy as np

from lstmlib import GRU, LSTM, RNN, Model, State, backward, forward, pin, tasks, trained
from workbook import (
    LINEAR, check, every, expect, explorers, median, plots, predict, progress_bar, quiz, say,
    true, value, whole_cell,
)

# %% [markdown] id="today" lang="en"
# The whole cell once more. Today's part is lit: the cell state, and what happens to it on its way.

# %% [markdown] id="today" lang="fr"
# Encore une fois la cellule entière. La partie du jour est en couleur : l'état de cellule, et ce qui lui arrive en chemin.

# %% id="whole-cell"
whole_cell("c")

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
# est pas* : pas de matrice, pas de tanh autour de l'ensemble.

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
# **Explain.** With a weight up to 1 the RNN's number wears away, for tanh squashes it at every step. With a weight above 1 it drifts to a value that
# depends on the weight alone: only the sign of what was written is left. On the belt, f = 1 keeps the number as it is.

# %% [markdown] id="explain-belt" lang="fr"
# **Expliquez.** Avec un poids d'au plus 1, le nombre du RNN s'use, car tanh l'écrase à chaque pas. Avec un poids supérieur à 1, il dérive vers une
# valeur qui ne dépend que du poids : de ce qu'on a écrit, il ne reste que le signe. Sur le tapis, f = 1 garde le nombre tel quel.

# %% [markdown] id="write-update" lang="en"
# **Exercise 6.1 · `cell_update(f, c, i, g)`.** All four arrays are (H, B). Return the new cell state, and leave the old one as it is.

# %% [markdown] id="write-update" lang="fr"
# **Exercice 6.1 · `cell_update(f, c, i, g)`.** Les quatre tableaux sont de forme (H, B). Renvoyez le nouvel état de cellule, sans modifier l'ancien.

# %% id="cell-update"
def cell_update(f, c, i, g):
    raise NotImplementedError


check("cell_update", cell_update)

# %% [markdown] id="carousel" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · The constant error carousel
#
# Along the belt, if the gates and the candidate are treated as given numbers, the way back is as plain as the way forth: each step multiplies by its
# f. Over many steps the f's multiply:
#
# $$\left(\frac{\partial c_T}{\partial c_t}\right)_{f, \, i, \, \tilde c} = f_{t+1} * f_{t+2} * \cdots * f_T$$
#
# The index says what is held fixed. With f = 1 the gradient goes round and round undiminished. Hochreiter and Schmidhuber (1997) called it the
# *constant error carousel*. With f = 0.9 it fades away.

# %% [markdown] id="carousel" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Le carrousel à erreur constante
#
# Le long du tapis, si l'on traite les portes et le candidat comme des nombres donnés, le retour est aussi simple que l'aller : chaque pas multiplie
# par son f. Sur plusieurs pas, les f se multiplient :
#
# $$\left(\frac{\partial c_T}{\partial c_t}\right)_{f, \, i, \, \tilde c} = f_{t+1} * f_{t+2} * \cdots * f_T$$
#
# L'indice dit ce qui est tenu fixe. Avec f = 1, le gradient tourne sans jamais faiblir. Hochreiter et Schmidhuber (1997) ont nommé cela le *carrousel
# à erreur constante*. Avec f = 0,9, il s'éteint.

# %% id="predict-belt"
predict("06-belt-gradient")

# %% [markdown] id="write-carousel" lang="en"
# **Exercise 6.2 · `carousel(fs)`.** `fs` (T, H, B) holds the forget gates: `fs[t]` made `c[t]` out of `c[t-1]`. Return
# $\partial c_{T-1} / \partial c_t$ along the belt for every t, an array (T, H, B). The last of these derivatives is 1.

# %% [markdown] id="write-carousel" lang="fr"
# **Exercice 6.2 · `carousel(fs)`.** `fs` (T, H, B) contient les portes d'oubli : `fs[t]` a servi à calculer `c[t]` à partir de `c[t-1]`. Renvoyez
# $\partial c_{T-1} / \partial c_t$ le long du tapis, pour tout t, dans un tableau (T, H, B). La dernière de ces dérivées vaut 1.

# %% id="carousel-code"
def carousel(fs):
    raise NotImplementedError


check("carousel", carousel)

# %% [markdown] id="whole" lang="en"
# **And the paths through the gates?** The gates are no given numbers: they read $h_{t-1}$, so the gradient comes back through them as well. How much
# of it? Backpropagation starts here from a gradient `dc` at the last cell state of a new, untrained cell. From what it brings back to the state
# before the first step we take away `dc` times the product of all the f's. Then we cut these side paths, by setting the recurrent weights to 0; last,
# we make these weights eight times as large.

# %% [markdown] id="whole" lang="fr"
# **Et les chemins par les portes ?** Les portes ne sont pas des nombres donnés : elles lisent $h_{t-1}$, et le gradient revient donc aussi par elles.
# Dans quelle proportion ? La rétropropagation part ici d'un gradient `dc` au dernier état d'une cellule neuve, sans entraînement. De ce qu'elle
# ramène à l'état d'avant le premier pas, ôtons `dc` multiplié par le produit de tous les f. Puis coupons ces chemins latéraux, en annulant les poids
# récurrents ; enfin, rendons ces poids huit fois plus grands.

# %% id="whole-code"
rng = np.random.default_rng(6)
p = Model(LSTM, D=3, H=4, K=1, dtype=float).params[0]
x = rng.normal(size=(12, 3, 2))
dc = rng.normal(size=(4, 2))


def came_back(times):               # in all, and along the belt; recurrent weights times a factor
    W = p["W"] * np.where(np.arange(7) < 4, times, 1)        # the first four columns hear h
    run = forward(LSTM, {**p, "W": W}, x)
    q, last = {**p, "W": W}, State(np.zeros((4, 2)), dc)
    _, _, ds0 = backward(LSTM, q, run, np.zeros_like(run.h), last)
    return ds0.c, dc * run.tape.f.prod(0)


# %% id="whole-shares"
size = np.linalg.norm
(all_, belt), (cut, only_belt), (loud, faint) = map(came_back, (1, 0, 8))
expect(value(say("what comes beside the belt, as a share of all that comes"),
             size(all_ - belt) / size(all_)) > .5,
       value(say("the same, without recurrent weights"), size(cut - only_belt) / size(cut)) < 1e-12,
       value(say("all that comes, over what the belt brings, weights eight times as large"),
             size(loud) / size(faint)) > 5)

# %% [markdown] id="explain-whole" lang="en"
# **Explain.** The belt is the path that *can* be kept open, by f near 1; in a new cell it is not the only one, nor even the largest. And nothing bounds the
# others: with large recurrent weights they bring back many times what the belt brings. So the gradient of an LSTM, too, can explode,
# and is *clipped* as in chapter 03.

# %% [markdown] id="explain-whole" lang="fr"
# **Expliquez.** Le tapis est le chemin qu'on *peut* garder ouvert, par un f proche de 1 ; dans une cellule neuve, ce n'est pas le seul, ni même le plus
# large. Et rien ne borne les autres : avec de grands poids récurrents, ils ramènent plusieurs fois ce que ramène le tapis. Le gradient d'un LSTM peut donc
# exploser lui aussi, et on l'*écrête* comme au chapitre 03.

# %% [markdown] id="count" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Counting aⁿbⁿ
#
# A word is some a's and then as many b's: `aaabbb`. Read it letter by letter and say at each one whether the word ends *here*. At the
# first b one knows how many must follow, if one has counted. The lessons (the training set) show words with n up to 10. The exam (the test set) asks
# up to n = 50.

# %% [markdown] id="count" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Compter aⁿbⁿ
#
# Un mot, ce sont des a, puis autant de b : `aaabbb`. Lisez-le lettre par lettre et dites à chacune si le mot se termine *ici*. Au
# premier b, on sait combien il en faudra, à condition d'avoir compté. Les leçons (le jeu d'entraînement) montrent des mots où n va jusqu'à 10.
# L'examen (le jeu de test) va jusqu'à n = 50.

# %% id="predict-count"
predict("06-count-far")

# %% id="count-lessons"
words = tasks.counting()
cells = {"LSTM, f = 1": (LSTM, 2, 600, {"f": 1, "lr": 2e-2}),
         say("LSTM, learned f"): (LSTM, 4, 1000, {"forget_bias": 3}),
         "GRU": (GRU, 4, 600, {"lr": 2e-2}), "RNN": (RNN, 8, 600, {"lr": 2e-2})}
seeds = {name: range(6 if name == "LSTM, f = 1" else 2) for name in cells}
with progress_bar(1000, networks=sum(map(len, seeds.values()))):
    models = {name: [trained(cell, words, H, updates, seed, **how) for seed in seeds[name]]
              for name, (cell, H, updates, how) in cells.items()}

# %% [markdown] id="count-look" lang="en" slideshow={"slide_type": "subslide"}
# **Observe.** The picture shows the share of right words for n = 11 … 50, none of which was ever shown in the lessons. A word counts only if *every*
# letter is right. The LSTM with f = 1 has two units and is trained from six seeds, 600 updates each. The others have more units (four, four and
# eight) and two seeds each. The GRU and the RNN get 600 updates as well (a test of this course gives them 1000), the LSTM with a learned f gets
# 1000.

# %% [markdown] id="count-look" lang="fr" slideshow={"slide_type": "subslide"}
# **Observez.** La figure donne la part de mots justes pour n = 11 … 50, dont aucun n'a jamais été montré dans les leçons. Un mot ne compte que si
# *toutes* les lettres sont justes. Le LSTM avec f = 1 a deux unités et six graines, de 600 mises à jour chacune. Les autres ont plus d'unités
# (quatre, quatre et huit) et deux graines chacun. Le GRU et le RNN reçoivent eux aussi 600 mises à jour (un test du cours leur en donne 1000), le
# LSTM dont f est appris en reçoit 1000.

# %% id="count-picture"
score = {name: [tasks.counts(model, 50)[10:].mean() for model in fitted]
         for name, fitted in models.items()}
picture = plots.spread(score, ylabel=say("share of words right, n = 11 … 50"), text=say(
    "Words aⁿbⁿ with n from 11 to 50, after training on n up to 10; a dot for each seed."))
one, *others = score.items()
reach = [np.append(tasks.counts(model, 200), False).argmin() for model in models["LSTM, f = 1"]]
expect(picture, median(*one) > .8, *(every(*other) < .75 for other in others),
       median(say("LSTM, f = 1: right without a mistake up to n ="), reach) > 50)

# %% [markdown] id="explain-count" lang="en"
# **Explain.** With f = 1 a cell can do little else than add, and a sum goes on beyond all that was seen in training. It is no certainty: now and then
# two units do not find the trick, and then they stop soon after 10. Look at the dots, not at the bar, which hides such a failure. Nor does it follow
# that a cell counts for ever: the last line under the picture says how far each gets without a mistake.
#
# The RNN is squashed at each step, the GRU takes a mean of old and new; neither went far beyond its lessons. And the LSTM with a learned f? Up to ten
# there are many ways to be right, and it has found another than counting. Is that because its f leaks a little? Pin f at 1 in these trained nets: they are not mended,
# they break. Here f is a part of what they do. Now give it longer lessons.

# %% [markdown] id="explain-count" lang="fr"
# **Expliquez.** Avec f = 1, une cellule ne peut guère faire autre chose qu'additionner, et une somme se poursuit au-delà de tout ce qui a été vu à
# l'entraînement. Ce n'est pas une certitude : de temps en temps, deux unités ne trouvent pas l'astuce, et s'arrêtent alors peu après 10. Regardez les
# points, pas le trait, qui cache un tel échec. Et il ne s'ensuit pas qu'une cellule compte sans fin : la dernière ligne sous l'image dit jusqu'où
# chacune va sans une faute.
#
# Le RNN est écrasé à chaque pas, le GRU fait une moyenne de l'ancien et du neuf ; ni l'un ni l'autre n'est allé bien au-delà de ses leçons. Et le
# LSTM dont f est appris ? Jusqu'à dix, il y a bien des façons de répondre juste, et il en a trouvé une autre que compter. Est-ce parce que son f fuit
# un peu ? Fixez f à 1 dans ces réseaux entraînés : cela ne les répare pas, cela les casse. Ici, f fait partie de leur méthode. Donnez-lui maintenant
# des leçons plus longues.

# %% id="longer-lessons"
def pinned_at_1(model):
    other = Model(LSTM, 2, 4, 2)
    other.params = [pin(LSTM, model.params[0], f=1), model.params[1]]
    return tasks.counts(other, 10).mean()


longer = tasks.counting(1, 30)
with progress_bar(800, networks=2):
    learned_f = [trained(LSTM, longer, 4, 800, seed, lr=2e-2, forget_bias=3) for seed in range(2)]
expect(every(say("LSTM, learned f, then pinned at 1: share right, n ≤ 10"),
             [pinned_at_1(model) for model in models[say("LSTM, learned f")]]) < .9,
       every(say("LSTM, learned f, lessons to n = 30: share right, n = 31 … 50"),
             [tasks.counts(model, 50)[30:].mean() for model in learned_f]) > .7)

# %% [markdown] id="explain-longer" lang="en"
# **Explain.** Words up to 30 leave little room for other tricks, and now the LSTM with a learned f counts beyond what it was shown, too. A GRU does not (a
# test of this course trains five). That fits what Weiss, Goldberg and Yahav (2018) have shown of what these cells *can* do: with numbers of finite precision an LSTM, with ordinary learned gates,
# can count without end, and so can a network of ReLU units; a GRU or a tanh RNN cannot. What a network *learns* from lessons up to 10 is another question.

# %% [markdown] id="explain-longer" lang="fr"
# **Expliquez.** Des mots jusqu'à 30 laissent peu de place à d'autres astuces, et le LSTM dont f est appris compte à présent lui aussi au-delà de ce
# qu'on lui a montré. Un GRU, non (un test du cours en entraîne cinq). Cela s'accorde avec ce que Weiss, Goldberg et Yahav (2018) ont montré de ce que
# ces cellules *peuvent* faire : avec des nombres de précision finie, un LSTM aux portes apprises ordinaires peut compter sans fin, un réseau d'unités
# ReLU aussi ; un GRU ou un RNN à tanh ne le peut pas. Ce qu'un réseau *apprend* avec des leçons jusqu'à 10 est une autre question.

# %% id="predict-leak"
predict("06-leak")

# %% [markdown] id="picture" lang="en" slideshow={"slide_type": "subslide"}
# **Look inside.** The best of the six networks reads a⁵⁰b⁵⁰. We draw the cell state that follows the count best, and its hidden state. (It may
# count downwards: the network chooses the direction.)

# %% [markdown] id="picture" lang="fr" slideshow={"slide_type": "subslide"}
# **Regardez à l'intérieur.** Le meilleur des six réseaux lit a⁵⁰b⁵⁰. Nous dessinons l'état de cellule qui suit le mieux le compte, et son état
# caché. (Il peut compter à rebours : le sens, c'est le réseau qui le choisit.)

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
# That is what the second tanh is for: $h = o * \tanh(c)$ lets the cell *hold* 30 and *say* no more than 1. Without it, $h = o * c$ grows with the
# count, and upsets the gates, which read h. `LINEAR` is such a cell; with f = 1, two units and more updates than before it learns the same words.

# %% [markdown] id="tanh" lang="fr"
# C'est à cela que sert la seconde tanh : $h = o * \tanh(c)$ permet à la cellule de *contenir* 30 et de ne pas *dire* plus de 1. Sans elle,
# $h = o * c$ grandit avec le compte, et dérègle les portes, qui lisent h. `LINEAR` est une telle cellule ; avec f = 1, deux unités et plus de mises à
# jour que plus haut, elle apprend les mêmes mots.

# %% id="linear"
with progress_bar(1000):
    linear = [tasks.counts(trained(LINEAR, words, 2, 1000, f=1), 50)]
expect(every(say("h = o * c, f = 1: share right, n ≤ 10"),
             [right[:10].mean() for right in linear]) > .8,
       every(say("h = o * c, f = 1: share right, n = 11 … 50"),
             [right[10:].mean() for right in linear]) < .6)

# %% [markdown] id="honest" lang="en"
# ## 4 · Where it does not matter
#
# On the words of the lessons, n ≤ 10, a cell that counts is no better than the others.

# %% [markdown] id="honest" lang="fr"
# ## 4 · Là où cela ne change rien
#
# Sur les mots des leçons, n ≤ 10, une cellule qui compte ne fait pas mieux que les autres.

# %% id="honest-code"
near = {name: [tasks.counts(model, 10).mean() for model in fitted]
        for name, fitted in models.items()}
picture = plots.spread(near, ylabel=say("share of words right, n ≤ 10"), text=say(
    "Words aⁿbⁿ with n up to 10, as in the lessons; a dot for each seed."))
expect(picture, *(median(*each) > .85 for each in near.items()))

# %% [markdown] id="puzzle" lang="en"
# ## 5 · Puzzle: the car park
#
# One LSTM unit without an output gate, no training. A car park has three places. At each step a car wants to go in, x = [1, 0], or one comes out,
# x = [0, 1], or nothing happens, x = [0, 0]. A car that finds it full drives on; a car comes out only if there is one inside.
# $c_t = f_t * c_{t-1} + i_t * g_t$, $h_t = \tanh(c_t)$, both 0 at the start. After every step, for 40 steps, h must be above 0.5 if the car park is
# full, below 0.5 if it is not. It is a counter that must stop at three. `W` is (3, 1, 3), for f, i, g; its columns multiply h, x[0], x[1]. `b` is (3,
# 1, 1).

# %% [markdown] id="puzzle" lang="fr"
# ## 5 · Énigme : le parking
#
# Une unité LSTM sans porte de sortie, sans entraînement. Un parking a trois places. À chaque pas, une voiture veut entrer, x = [1, 0], ou une voiture
# sort, x = [0, 1], ou il ne se passe rien, x = [0, 0]. Une voiture qui le trouve complet repart ; une voiture ne sort que s'il y en a une à
# l'intérieur. $c_t = f_t * c_{t-1} + i_t * g_t$, $h_t = \tanh(c_t)$, tous deux nuls au départ. Après chaque pas, pendant 40 pas, h doit être
# au-dessus de 0,5 si le parking est complet, au-dessous de 0,5 sinon. C'est un compteur qui doit s'arrêter à trois. `W` est de forme (3, 1, 3), pour
# f, i, g ; ses colonnes multiplient h, x[0], x[1]. `b` est de forme (3, 1, 1).

# %% id="car-park"
def weights():
    raise NotImplementedError


check("car_park", weights)

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
# | $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ | what is kept of the old, plus what is let in of the new |
# | a new variable for memory, $c_t$ | unsquashed: with f = 1 it counts to 50 after lessons to 10, on most starts |
# | memory for the long term | the gradient along it is the product of the f's; other paths lead through the gates |
#
# Next: [07 · The output gate](07-output-gate.ipynb), which decides what is said.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 5.3 | vous l'avez vu |
# |---|---|
# | $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ | ce qu'on garde de l'ancien, plus ce qu'on laisse entrer de neuf |
# | une nouvelle variable mémoire, $c_t$ | jamais écrasée : avec f = 1, elle compte jusqu'à 50 après des leçons jusqu'à 10, pour la plupart des départs |
# | une mémoire à long terme | le gradient qui la parcourt est le produit des f ; d'autres chemins passent par les portes |
#
# Suite : [07 · La porte de sortie](07-output-gate.ipynb), qui décide de ce qui se dit.
