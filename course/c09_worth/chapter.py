# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 09 · What each part is worth
#
# Your cell learns, and you watch its gates as it does. Then you take its parts away, one at a time: first from a trained model, then from the first
# update on. The two experiments do not say the same thing.
#
# By the end you can say what each part of the LSTM is worth, on which task, and how sure that is.
#
# *You need*: chapter 08. *It takes*: two hours; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 09 · Ce que vaut chaque pièce
#
# Votre cellule apprend, et vous observez ses portes pendant ce temps. Puis vous lui ôtez ses pièces, une à la fois : d'abord dans un modèle déjà
# entraîné, ensuite dès la première mise à jour. Les deux expériences ne disent pas la même chose.
#
# À la fin, vous saurez dire ce que vaut chaque pièce du LSTM, sur quelle tâche, et avec quelle certitude.
#
# *Il vous faut* : le chapitre 08. *Durée* : deux heures, dont moins d'une demi-minute de calcul.

# %% id="imports"
import numpy as np

from lstmlib import (
    LSTM, Model, State, Tape, backward, central_difference, exam, forward, one_hot, tasks, trained,
)
from workbook import (
    LESSONS, LINEAR, cell_diagram, check, choose, expect, explore, explorers, kept, median,
    mine, plots, predict, progress_bar, quiz, say, value,
)

# %% [markdown] id="own" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · Your cell learns
#
# `my_cell` holds your `lstm_step` and your `lstm_back` of chapter 08. The task is a classic: the *embedded Reber grammar*. A word begins with B and
# T or P, then goes through a little maze of letters, up to 26 of them, and ends with *the same* T or P, then E. At each letter the network predicts
# the next one. Only the last but one needs a long memory; chance is 0.5 there.
#
# In the film the cell reads one word up to where that letter is asked for, and one gradient is followed back: that of the score of T less the score
# of P. (The gradient of the loss would not do: it shrinks as the network becomes sure of its answer, whatever it remembers.) With the slider, watch
# the gates as they learn, and how much of the gradient comes back to the T or P at the second letter.

# %% [markdown] id="own" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Votre cellule apprend
#
# `my_cell` contient votre `lstm_step` et votre `lstm_back` du chapitre 08. La tâche est un classique : la *grammaire de Reber emboîtée*. Un mot
# commence par B et T ou P, traverse un petit labyrinthe de lettres, jusqu'à 26, et finit par *le même* T ou P, puis E. À chaque lettre, il faut
# prédire la suivante. Seule l'avant-dernière demande une longue mémoire ; le hasard y donne 0,5.
#
# Dans le film, la cellule lit un mot jusqu'à l'endroit où cette lettre est demandée, et l'on suit un gradient à rebours : celui du score de T moins
# le score de P. (Le gradient de la perte ne conviendrait pas : il diminue à mesure que le réseau devient sûr de sa réponse, quoi qu'il retienne.)
# Avec le curseur, regardez les portes au fil de l'apprentissage, et la part du gradient qui revient jusqu'à la deuxième lettre, T ou P.

# %% id="my-cell"
my_step, my_back = mine("lstm_step"), mine("lstm_back")


def step(p, s, x):
    s, tape = my_step(p, s, x)
    return State(*s), Tape(*tape)


def back(p, ds, tape):
    dp, ds, dx = my_back(p, ds, tape)
    return dp, State(*ds), dx


my_cell = LSTM._replace(name="my LSTM", step=step, back=back)

# %% id="own-code"
reber = tasks.embedded_reber()
word = next(reber.batches(np.random.default_rng(8), 1)).x[:-1]           # (T, 1): ids of letters
letters = [tasks.LETTERS[k] for k in word[:, 0]]
T_or_P = [tasks.LETTERS.index(letter) for letter in "TP"]
model = Model(my_cell, reber.D, H=16, K=reber.K)
with progress_bar(300):
    learning = explorers.training_film(model, reber, word, letters, T_or_P,
                                       at=(0, 50, 100, 200, 300), lr=2e-2)
expect(learning, value(say("share of 500 new words whose last letter but one is right"),
                       exam(model, reber)) > .9)

# %% [markdown] id="explain-own" lang="en"
# **Explain.** Before training, the gradient that comes back grows weaker from step to step. After training, more of it comes back to the second
# letter than before, on nearly all seeds that learn the task: the network has opened the way along which it can be told what to keep.

# %% [markdown] id="explain-own" lang="fr"
# **Expliquez.** Avant l'entraînement, le gradient qui revient faiblit de pas en pas. Après, il en revient davantage qu'avant jusqu'à la deuxième
# lettre, pour presque toutes les graines qui apprennent la tâche : le réseau a ouvert le chemin par lequel on peut lui apprendre ce qu'il faut
# garder.

# %% [markdown] id="film" lang="en" slideshow={"slide_type": "subslide"}
# **The film of its gates**, along one word. Look for units whose f stays dark from the third letter on; then show the states and look at their c.
# In at least one unit these f's multiply to more than 0.5, so most of what it stored by then survives to the end. With the slider, follow
# it alone.

# %% [markdown] id="film" lang="fr" slideshow={"slide_type": "subslide"}
# **Le film de ses portes**, le long d'un mot. Cherchez des unités dont f reste foncé à partir de la troisième lettre ; affichez ensuite les états
# et regardez leur c. Dans une unité au moins, le produit de ces f dépasse 0,5 : la plus grande part de ce que cette unité contenait à ce moment-là
# subsiste jusqu'au bout. Avec le curseur, suivez-la seule.

# %% id="film-code"
left = model(word).runs[0].tape.f[2:].prod(0)
expect(explorers.gate_film(model, word, letters),
       value(say("share left at the end, in the unit that keeps most"), left.max()) > .5)

# %% [markdown] id="your-machine" lang="en"
# **Your trained cell, as the machine**: the same word, the same weights. Step from letter to letter, unit by unit, both ways.

# %% [markdown] id="your-machine" lang="fr"
# **Votre cellule entraînée, dans la machine** : le même mot, les mêmes poids. Avancez lettre par lettre, unité par unité, dans les deux sens.

# %% id="your-machine-code"
cell_diagram(model.params[0], one_hot(word, reber.D)[..., 0], letters)

# %% [markdown] id="worth" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · What is each part worth?
#
# First on your trained model: pin one gate at a value, train nothing more, and ask again for the last letter but one, T or P. Some gates can be
# kept constant without harm, others cannot; which ones differs from one trained model to the next. This shows what this particular model relies on.
# It does not tell whether another model could learn without the gate.

# %% [markdown] id="worth" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Que vaut chaque pièce ?
#
# D'abord sur votre modèle entraîné : fixez une porte à une valeur, sans plus rien entraîner, et redemandez l'avant-dernière lettre, T ou P.
# Certaines portes peuvent rester constantes sans dommage, d'autres non, et ce ne sont pas les mêmes d'un modèle entraîné à l'autre. On voit ainsi
# de quoi ce modèle-là se sert. Cela ne dit pas si un autre modèle pourrait apprendre sans la porte.

# %% id="pinned"
batch = next(reber.batches(np.random.default_rng(5), 100))
at = np.arange(len(batch.mask))[:, None] == batch.mask.sum(0) - 2         # the last but one alone
explorers.live_ablation(model, batch._replace(mask=at.astype(np.float32)), among=T_or_P)

# %% [markdown] id="small" lang="en" slideshow={"slide_type": "subslide"}
# So the question is: *what if the part had never been there?* Then it must be pinned while the rest learns, so that the rest can find a way round.
# Watch five variants learn two tasks, shortened: *the marked symbol* of chapter 05 (accuracy, eight units) and *the secret* of chapter 07
# (R², one unit).

# %% [markdown] id="small" lang="fr" slideshow={"slide_type": "subslide"}
# La question est donc : *et si la pièce n'avait jamais été là ?* Il faut alors la fixer pendant que le reste apprend, pour qu'il puisse trouver un
# détour. Regardez cinq variantes apprendre deux tâches, raccourcies : *le symbole marqué* du chapitre 05 (exactitude, huit unités) et *le secret*
# du chapitre 07 (R², une unité).

# %% id="small-code"
marked, secret = tasks.marked_symbol(18, first=6), tasks.secret(12, .15, .25)
variants = {"LSTM": {}, "f = 0": {"f": 0}, "f = 1": {"f": 1}, "i = 1": {"i": 1}, "o = 1": {"o": 1}}


def learned(task, H, seeds, **how):
    return {name: [max(0, exam(trained(LSTM, task, H, 150, seed, **how, **pins), task))
                   for seed in range(seeds)]
            for name, pins in variants.items()}


with progress_bar(150, networks=(3 + 6) * len(variants)):
    by_mark = learned(marked, 8, 3, lr=2e-2, forget_bias=3)
    by_secret = learned(secret, 1, 6, lr=6e-2)

# %% id="small-picture"
m = {name: median(name, found) for name, found in by_mark.items()}
expect(plots.spread(by_mark, ylabel=say("accuracy"), title=say("the marked symbol"), chance=.25,
                    text=say("Five variants learn the marked symbol; a dot for each seed.")),
       m["LSTM"] > .9, m["f = 1"] > .9, m["o = 1"] > .8, m["i = 1"] < .8, m["f = 0"] < .4)

# %% id="small-secret"
s = {name: median(name, found) for name, found in by_secret.items()}
picture = plots.spread(by_secret, ylabel="R²", title=say("the secret"), text=say(
    "Five variants learn the secret with one unit; a dot for each seed. Below 0 is drawn at 0."))
expect(picture, s["LSTM"] > .85, *(s[name] < .8 for name in ("f = 0", "f = 1", "o = 1")))

# %% [markdown] id="explain-small" lang="en"
# **Explain.** Without i the marked symbol drowns among the others; o = 1 and f = 1 still learn it. The secret asks for o, and for an f that can let
# go of the old number. These six seeds do not settle whether it needs i: look at the dots of the variant i = 1. The whole LSTM loses a seed now and
# then, too; that is why we look at several.

# %% [markdown] id="explain-small" lang="fr"
# **Expliquez.** Sans i, le symbole marqué se noie parmi les autres ; les variantes o = 1 et f = 1 l'apprennent quand même. Le secret demande o, et
# un f capable de lâcher l'ancien nombre. A-t-il besoin de i ? Ces six graines ne permettent pas de trancher : regardez les points de la variante
# i = 1. Le LSTM complet perd lui aussi une graine de temps en temps ; voilà pourquoi on en regarde plusieurs.

# %% [markdown] id="table" lang="en" slideshow={"slide_type": "subslide"}
# **Seven tasks, ten cells.** Two tasks are few. *Recall*: name a symbol after fifty steps of noise. *Endless*: the stream of chapter 04. *Marked*:
# the symbol with the mark. *Counting*: the share of words aⁿbⁿ right at n = 11 … 50. *Secret*: the number, when asked. *Adding*, which is new: the sum of two
# marked numbers among fifty. *Reber*: the last letter but one. Secret and adding are R², shown as 0 where it is below; the others are
# accuracies.
#
# The last four rows: `h = o * c` has lost the output's tanh; *CIFG* sets i = 1 − f (chapter 05); the *GRU* has one state and two gates; in
# the *peephole* LSTM the gates see c as well. All cells of a column have the settings below, chosen for the LSTM, which gives it the advantage: a
# cell that needs another learning rate looks worse here than it is.

# %% [markdown] id="table" lang="fr" slideshow={"slide_type": "subslide"}
# **Sept tâches, dix cellules.** Deux tâches, c'est peu. *Nommer* : dire un symbole après cinquante pas de bruit. *Sans fin* : le flux du
# chapitre 04. *Marqué* : le symbole qui porte la marque. *Compter* : la part des mots aⁿbⁿ réussis pour n = 11 … 50. *Secret* : le nombre, quand on
# le demande. *Addition*, une tâche nouvelle : la somme de deux nombres marqués parmi cinquante. *Reber* : l'avant-dernière lettre. Secret et
# addition sont des R², portés à 0 s'ils sont négatifs ; les autres sont des exactitudes.
#
# Les quatre dernières lignes : `h = o * c` a perdu la tanh de sortie ; *CIFG* impose i = 1 − f (chapitre 05) ; le *GRU* a un seul état et deux
# portes ; dans le LSTM à connexions *peephole*, les portes voient aussi c. Toutes les cellules d'une colonne ont les réglages ci-dessous, choisis
# pour le LSTM, qui en tire avantage : une cellule à laquelle conviendrait un autre taux d'apprentissage paraît ici moins bonne qu'elle n'est.

# %% id="settings"
names = {"recall": say("recall"), "endless": say("endless"), "marked": say("marked"),
         "counting": say("counting"), "secret": say("secret"), "adding": say("adding"),
         "Reber": "Reber"}
heads = say("task"), say("units"), say("updates"), say("forget bias"), "lr"
print("".join(f"{head:>14}" for head in heads))
for task, (_, H, updates, bias, lr, _) in LESSONS.items():
    print("".join(f"{v:>14}" for v in (names[task], H, updates, bias, plots.number(lr))))

# %% id="predict-part"
predict("09-which-part")

# %% id="predict-rnn"
predict("09-plain-rnn")

# %% [markdown] id="observe" lang="en" slideshow={"slide_type": "subslide"}
# **Observe.** Medians of five seeds. A median hides failures: where a seed ends more than 0.1 below it, the table says how many of the five do not.
# The table takes minutes, so it was computed beforehand; you can remake it with `python -m course.c09_worth.worth table.csv`, which goes on where
# it was if you stop it. Below the table, choose a task and see its five seeds.

# %% [markdown] id="observe" lang="fr" slideshow={"slide_type": "subslide"}
# **Observez.** Ce sont les médianes de cinq graines. Une médiane cache les échecs : quand une graine finit à plus de 0,1 au-dessous d'elle, la case
# dit combien des cinq font mieux que cela. Le tableau demande plusieurs minutes de calcul ; il a donc été calculé d'avance. Vous pouvez le refaire
# avec `python -m course.c09_worth.worth table.csv`, qui reprend où il en était si vous l'arrêtez. Au-dessous du tableau, choisissez une tâche et
# voyez ses cinq graines.

# %% id="table-picture"
table = kept("ablation")
rows = list(dict.fromkeys(v for v, _ in table))
middle = {case: max(0, np.median(found)) for case, found in table.items()}
near = {case: int((found > middle[case] - .1).sum()) for case, found in table.items()}
plots.heat([[middle[v, task] for task in LESSONS] for v in rows],
           [*map(say, rows)], [names[task] for task in LESSONS],
           under=[["" if near[v, task] == 5 else say("{n} of 5", n=near[v, task])
                   for task in LESSONS] for v in rows])

# %% id="table-seeds"
def seeds_of(task):
    return plots.spread({say(v): np.maximum(table[v, task], 0) for v in rows},
                        ylabel=say("score"), title=names[task])


explore(seeds_of, task=choose([(names[task], task) for task in LESSONS], label=say("task")))

# %% id="table-claims"
behind = {(v, task): middle["LSTM", task] - found for (v, task), found in middle.items()}
least = {v: min(behind[v, task] for task in LESSONS) for v in rows}
no_memory = least.pop("f = 0")


def lag(v, task):
    return value(say("LSTM less {cell}, {task}", cell=v, task=names[task]), behind[v, task])


needs = {"f = 1": "endless", "i = 1": "adding", "o = 1": "secret", "RNN": "recall"}
expect(*(lag(v, task) > .1 for v, task in needs.items()),
       value(say("LSTM less f = 0, where that is least"), no_memory) > .1,
       value(say("LSTM less any other cell, where that is least"), max(least.values())) < .02,
       lag("f = 1", "counting") < -.3, lag("RNN", "Reber") < .05,
       value(say("letters in a word of Reber, median"), np.median(batch.mask.sum(0) + 1)) < 13)

# %% [markdown] id="papers" lang="en"
# **What larger studies found.** Greff et al. (2015, 2017) took parts away from the LSTM on speech, handwriting and music: none of the variants was
# clearly better than the whole LSTM; taking away the forget gate or the output's tanh hurt most; coupling i = 1 − f made no significant difference,
# nor did leaving out the peepholes, which their LSTM has. Of the settings, the learning rate mattered most. Jozefowicz et al. (2015) tried more
# than ten thousand cells, and found none that was better everywhere. Of the LSTM's own gates f mattered most, except in language models, and o
# least; a forget bias of 1 closed the gap to the GRU. In these studies, “without f” means f = 1. Our f = 1 loses on *endless* and *secret*,
# wins *counting* and ties the rest, but for one seed that learns nothing on *adding*: a milder verdict. (Their variants do not include f = 0, which
# loses everywhere here.) As for the output's tanh, look at *counting*, and in *endless* and *secret* at the seeds that are lost. Why it hurts to leave it out was not tested here; Greff et al. suppose
# that h, like c, then has no bound, and that this upsets learning.
#
# *K. Greff and four others (2017), <cite>LSTM: A search space odyssey</cite>, IEEE Transactions on Neural Networks and Learning Systems 28(10), 2222–2232,*
# [arXiv:1503.04069](https://arxiv.org/abs/1503.04069). *R. Jozefowicz, W. Zaremba, I. Sutskever (2015), An empirical exploration of recurrent
# network architectures, ICML, 2342–2350.*
#
# **Be honest about Reber.** It is often shown as a task that needs an LSTM. The authors of 1997 said themselves that older networks do not fail on it
# altogether (they asked for every letter, not only the last but one, and found that output gates help there), and in our table the plain RNN gets nearly all of it: half of the words have no more than 12 letters.
#
# *No cell wins every column. Each part has a task that needs it, and each but the memory itself, f = 0, one that does not.* For o, the task that
# needs it is the secret with *one* unit: with four units an LSTM learns it without o (chapter 07), and a GRU needs only two. There the gate saves
# units.

# %% [markdown] id="papers" lang="fr"
# **Ce qu'ont trouvé des études plus vastes.** Greff et al. (2015, 2017) ont ôté des pièces au LSTM sur de la parole, de l'écriture et de la
# musique : aucune variante n'était nettement meilleure que le LSTM complet ; ce qui coûtait le plus, c'était d'ôter la porte d'oubli ou la tanh de
# sortie ; coupler i = 1 − f ne faisait pas de différence significative, pas plus que renoncer aux connexions *peephole*, que leur LSTM possède.
# Parmi les réglages, le taux d'apprentissage comptait le plus. Jozefowicz et al. (2015) ont essayé plus de dix mille cellules, sans en trouver une
# qui soit meilleure partout. Parmi les portes du LSTM, f comptait le plus, sauf pour les modèles de langue, et o le moins ; un biais d'oubli de 1
# comblait l'écart avec le GRU. Dans ces études, « sans f » veut dire f = 1. Notre f = 1 perd dans *sans fin* et *secret*, gagne dans *compter* et
# fait jeu égal ailleurs, sauf pour une graine qui n'apprend rien dans *addition* : un verdict plus doux. (Leurs variantes ne comprennent pas f = 0,
# qui perd partout ici.) Pour la tanh de sortie, regardez *compter*,
# puis, dans *sans fin* et *secret*, les graines perdues. Pourquoi son absence nuit, nous ne l'avons pas vérifié ici ; Greff et al. supposent que h
# n'a alors, comme c, plus de borne, et que cela perturbe l'apprentissage.
#
# *K. Greff et quatre autres (2017), <cite>LSTM: A search space odyssey</cite>, IEEE Transactions on Neural Networks and Learning Systems 28(10), 2222–2232,*
# [arXiv:1503.04069](https://arxiv.org/abs/1503.04069). *R. Jozefowicz, W. Zaremba, I. Sutskever (2015), An empirical exploration of recurrent
# network architectures, ICML, 2342–2350.*
#
# **Soyons honnêtes sur la grammaire de Reber.** On la présente souvent comme une tâche pour laquelle il faut un LSTM. Les auteurs de 1997 disaient
# eux-mêmes que les réseaux plus anciens n'y échouent pas tout à fait (eux demandaient chaque lettre, pas seulement l'avant-dernière, et trouvaient
# que les portes de sortie y sont utiles) ; dans notre tableau, le RNN simple la réussit presque entièrement : la moitié des mots n'ont pas plus de
# 12 lettres.
#
# *Aucune cellule ne gagne dans toutes les colonnes. Chaque pièce a une tâche qui en a besoin, et chacune, sauf la mémoire elle-même (f = 0), une
# tâche qui s'en passe.* Pour o, la tâche qui en a besoin est le secret avec *une* unité : avec quatre unités, un LSTM l'apprend sans o (chapitre
# 07), et il en suffit de deux à un GRU. La porte y économise des unités.

# %% [markdown] id="puzzle" lang="en"
# ## 3 · Two puzzles
#
# **An accumulator that empties on command.** One LSTM unit, no training. At each step comes x = [v, empty]; v is −1, 0 or 1. With empty = 1 the sum starts anew, with this very v. After every
# step the *cell state* c must be within 0.5 of the sum of all v since then, for 40 steps. `W` is (4, 1, 3), for f, i, o, g; its columns multiply h,
# v, empty. `b` is (4, 1, 1).

# %% [markdown] id="puzzle" lang="fr"
# ## 3 · Deux énigmes
#
# **Un accumulateur qui se vide sur commande.** Une unité LSTM, sans entraînement. À chaque pas arrive x = [v, vide] ; v vaut −1, 0 ou 1. Avec
# vide = 1, la somme repart de zéro, ce v-là compris. Après chaque pas, l'*état de cellule* c doit être à moins de 0,5 de la somme de tous les v
# reçus depuis, pendant 40 pas. `W` est de forme (4, 1, 3), pour f, i, o, g ; ses colonnes multiplient h, v, vide. `b` est de forme (4, 1, 1).

# %% id="accumulator"
def weights():
    raise NotImplementedError


check("accumulator", weights)

# %% [markdown] id="ask-toggle" lang="en"
# **A switch.** Again one LSTM unit. Each 1 turns it over, each 0 leaves it as it is: x is one number, 0 or 1, and after every step the *hidden
# state* h must be above 0.5 if the number of ones so far is odd, and below 0.5 if it is even, for 40 steps. That is the exclusive or (XOR) of all
# that was read. No single tanh unit can do it: at a 0 its new h must grow with the old one, at a 1 it must fall, and one weight cannot do both. `W`
# is (4, 1, 2): its columns multiply h and x. `b` is (4, 1, 1).

# %% [markdown] id="ask-toggle" lang="fr"
# **Un interrupteur.** Encore une unité LSTM. Chaque 1 le bascule, chaque 0 le laisse comme il est : x est un nombre, 0 ou 1, et après chaque pas
# l'*état caché* h doit être au-dessus de 0,5 s'il a été basculé un nombre impair de fois, au-dessous de 0,5 sinon, pendant 40 pas. C'est le ou
# exclusif (XOR) de tout ce qui a été lu. Une seule unité tanh n'y arrive pas : pour un 0, son nouveau h doit croître avec l'ancien, pour un 1, il
# doit décroître, et un même poids ne peut faire les deux. `W` est de forme (4, 1, 2) : ses colonnes multiplient h et x. `b` est de forme (4, 1, 1).

# %% id="toggle"
def weights():
    raise NotImplementedError


check("toggle", weights)

# %% [markdown] id="project" lang="en"
# ## 4 · Open project: a cell of your own
#
# A cell is two functions. Change one line of `lstm_step`, derive the line of `lstm_back` that belongs to it, let the judge speak, then let your
# cell learn. Below is a variant from the library, `LINEAR`, with h = o * c: put yours in its place, assembled as `my_cell` was above. Ideas: a
# candidate with another squashing function; i = 1 − f; one forget gate for all units; a c that h reads without a gate but with a weight. To enter
# it in the table: `from workbook import VARIANTS, ablation`, then `VARIANTS["mine"] = (variant, {})`, and `ablation("mine", "adding", seed=100)`,
# for each task and each seed from 100 to 104.

# %% [markdown] id="project" lang="fr"
# ## 4 · Projet libre : une cellule à vous
#
# Une cellule, ce sont deux fonctions. Changez une ligne de `lstm_step`, déduisez-en la ligne correspondante de `lstm_back`, laissez parler le juge,
# puis faites apprendre votre cellule. Voici une variante de la bibliothèque, `LINEAR`, avec h = o * c : mettez la vôtre à sa place, assemblée comme
# `my_cell` plus haut. Des idées : un candidat avec une autre fonction d'écrasement ; i = 1 − f ; une seule porte d'oubli pour toutes les unités ;
# un c que h lit sans porte, mais avec un poids. Pour l'inscrire au tableau : `from workbook import VARIANTS, ablation`, puis
# `VARIANTS["mine"] = (variant, {})`, et `ablation("mine", "adding", seed=100)`, pour chaque tâche et chaque graine de 100 à 104.

# %% id="project-code"
def gradient_error(cell):
    rng = np.random.default_rng(9)
    w, x = Model(cell, D=2, H=3, K=1, dtype=float).params[0], rng.normal(size=(4, 2, 2))
    run = forward(cell, w, x)
    dp, dx, _ = backward(cell, w, run, np.ones_like(run.h))
    asked = [(dp[name], v, lambda v, name=name: forward(cell, w | {name: v}, x).h.sum())
             for name, v in w.items()] + [(dx, x, lambda v: forward(cell, w, v).h.sum())]
    return max(np.abs(got - found).max() / np.abs(found).max()
               for got, v, of in asked for found in [central_difference(of, v, 1e-5)])


variant = LINEAR
score = exam(trained(variant, marked, 8, 150, lr=2e-2, forget_bias=3), marked)
expect(value(say("relative error of the gradient"), gradient_error(variant)) < 1e-7,
       value(f"{variant.name}, {say('accuracy')}", score) > .8)

# %% [markdown] id="ask-quiz" lang="en"
# ## 5 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 5 · Quiz

# %% id="quiz"
quiz("09")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | [the sheet](10-summary.ipynb), part 5 | you have seen |
# |---|---|
# | each part has its purpose | each has a task that needs it and one that does not; no cell wins everywhere |
# | gates that govern a long-term memory | pinned afterwards: what this model relies on; pinned from the start: what the task needs |
#
# Next: [10 · Summary](10-summary.ipynb), the sheet itself, alive.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 5 | vous l'avez vu |
# |---|---|
# | chaque pièce a son rôle | chacune a une tâche qui en a besoin, et une qui s'en passe ; aucune cellule ne gagne partout |
# | des portes qui gèrent une mémoire à long terme | fixées après coup : ce dont ce modèle se sert ; fixées dès le départ : ce qu'il faut à la tâche |
#
# Suite : [10 · Résumé](10-summary.ipynb), la fiche elle-même, vivante.
