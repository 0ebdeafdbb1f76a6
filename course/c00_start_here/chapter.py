# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 00 · Start here
#
# This is a workbook about networks that remember. In it every formula can be touched, every claim is an experiment that
# runs in seconds, and every exercise checks itself and tells you what went wrong.
#
# In five minutes you will have run a cell, moved a slider, made a guess, written a formula and been corrected by a machine.
#
# *You need*: Python, a little NumPy, and to know what a derivative is. The self-test at the end tells whether it is enough.
# *It takes*: half an hour with the self-test.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 00 · Par où commencer
#
# Ceci est un cahier d'exercices sur les réseaux qui se souviennent. Chaque formule s'y manipule, chaque affirmation y est une
# expérience de quelques secondes, chaque exercice se corrige lui-même et vous dit ce qui ne va pas.
#
# En cinq minutes, vous aurez exécuté une cellule, déplacé un curseur, fait un pari, écrit une formule et reçu la correction
# d'une machine.
#
# *Il vous faut* : Python, un peu de NumPy, et savoir ce qu'est une dérivée. Le test à la fin du chapitre vous dira si cela
# suffit. *Durée* : une demi-heure avec ce test.

# %% [markdown] id="run" lang="en"
# ## 1 · Run a cell
#
# Click on the grey cell below and press **Shift + Enter**. It is a cell of imports: run it first in every chapter, and again
# when you read `NameError: name 'check' is not defined`, which is what you meet after a pause. (To run a whole chapter: menu
# *Run → Run All Cells*.)

# %% [markdown] id="run" lang="fr"
# ## 1 · Exécuter une cellule
#
# Cliquez dans la cellule grise ci-dessous, puis appuyez sur **Maj + Entrée**. C'est la cellule des importations : dans chaque
# chapitre, exécutez-la en premier, et de nouveau quand vous lisez `NameError: name 'check' is not defined`, ce qui arrive après une
# pause. (Pour exécuter tout un chapitre : menu *Exécution → Exécuter toutes les cellules*.)

# %% id="imports"
import numpy as np

from lstmlib import LSTM, Model, forward
from workbook import (
    board, check, due_today, explorers, fresh, plots, predict, quiz, sheet, solution,
)

# %% [markdown] id="film" lang="en"
# Now something to see. A network called LSTM, with four units and random weights, reads a wave of 40 numbers. Below is its
# *film*: steps from left to right, units from top to bottom. You will learn these words soon. The point for now: we can look
# inside.

# %% [markdown] id="film" lang="fr"
# Maintenant, de quoi regarder. Un réseau appelé LSTM, avec quatre unités et des poids tirés au hasard, lit une onde de 40 nombres.
# Voici son *film* : les pas de gauche à droite, les unités de haut en bas. Vous apprendrez bientôt le sens de ces mots. Ce qui
# compte pour l'instant, c'est que l'on peut regarder à l'intérieur.

# %% id="film-picture"
wave = np.sin(np.arange(40) / 3).reshape(40, 1, 1)  # (T, D, B): 40 steps of one number, one example
network = Model(LSTM, D=1, H=4, K=1, dtype=float)
tape = forward(LSTM, network.params[0], wave).tape
plots.film({"x": wave[:, :, 0], "f": tape.f[..., 0], "c": tape.c[..., 0], "h": tape.h[..., 0]})

# %% [markdown] id="slider" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · Guess first, then move
#
# A *gate* is a number between 0 (shut) and 1 (open) by which something is multiplied at every step. Chapters often ask for a guess before
# they show. A wrong guess costs nothing, and you remember best what has surprised you.

# %% [markdown] id="slider" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Pariez d'abord, bougez ensuite
#
# Une *porte* est un nombre entre 0 (fermée) et 1 (ouverte) par lequel on multiplie quelque chose à chaque pas. Les chapitres demandent
# souvent un pari avant de montrer. Se tromper ne coûte rien, et l'on retient ce qui a surpris.

# %% id="predict-ten"
predict("00-ten-times")

# %% [markdown] id="first-slider" lang="en"
# **The first slider.** It comes right after one more guess. Move it with the mouse, or click on it and use the arrow keys. The
# input *a* can be any number; the gate's value is σ(a), between 0 and 1. Go to both ends: how far does the gate still move there? (Every
# explorer of the course has the same frame: Reset puts it back; *lecture mode* makes it large.)

# %% [markdown] id="first-slider" lang="fr"
# **Le premier curseur.** Encore un pari, et le voici. Déplacez-le à la souris, ou cliquez dessus et servez-vous des
# flèches. L'entrée *a* peut être n'importe quel nombre ; la porte vaut σ(a), entre 0 et 1. Allez aux deux extrémités : y
# bouge-t-elle encore beaucoup ? (Tous les explorateurs du cours ont le
# même cadre : *Réinitialiser* les remet au départ, le *mode amphi* les agrandit.)

# %% id="predict-far"
predict("00-far-end")

# %% id="slider-a"
explorers.first_slider()

# %% [markdown] id="exercise" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Write, and be answered
#
# The curve you have just moved along is the *sigmoid*, $\sigma(a) = \dfrac{1}{1 + e^{-a}}$. Somebody has tried to write it.
# Run the cell, and read what comes back.

# %% [markdown] id="exercise" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Écrivez, on vous répond
#
# La courbe que vous venez de parcourir est la *sigmoïde*, $\sigma(a) = \dfrac{1}{1 + e^{-a}}$. Quelqu'un a essayé de l'écrire.
# Exécutez la cellule et lisez la réponse.

# %% id="wrong-answer"
def somebodys_gate(a):
    return 1 / (1 + np.exp(a))


check("first_gate", somebodys_gate)

# %% [markdown] id="hints" lang="en"
# It does not say "wrong". It recognises *which* mistake gives these numbers, and its first line says so. Open the two hints
# below it only if you need them: where to look, then the line of the *course sheet* (one page of definitions and formulas, on
# which the whole course is built; chapter 10 brings it to life).
#
# **Exercise 0.1 · `first_gate(a)`.** Your turn: replace the line `raise NotImplementedError` by the right formula. `a` is an
# array of any shape; `np.exp` works on all of it at once.

# %% [markdown] id="hints" lang="fr"
# On ne vous dit pas « faux ». Le programme reconnaît *quelle* erreur donne ces nombres, et sa première ligne le dit. N'ouvrez
# les deux indices qu'au besoin : où regarder, puis la ligne de la *fiche de cours* (une page de définitions et de formules, sur
# laquelle tout le cours est bâti ; le chapitre 10 lui donne vie).
#
# **Exercice 0.1 · `first_gate(a)`.** À vous : remplacez la ligne `raise NotImplementedError` par la bonne formule. `a` est un
# tableau de forme quelconque ; `np.exp` s'applique à tous ses éléments d'un coup.

# %% id="first-gate"
def first_gate(a):
    raise NotImplementedError


check("first_gate", first_gate)

# %% [markdown] id="lost" lang="en"
# **If you are stuck**: after a try, run `solution("first_gate")` in a cell of your own (the button **+** above makes one); after
# three wrong answers the check offers it by itself. `sheet()` shows the course sheet.
#
# **If a notebook is broken beyond repair**: save it and run `fresh()`. You get a fresh copy, and the old one is kept beside it.
# Nothing of yours is ever overwritten. In any other chapter these three must be imported first:
# `from workbook import fresh, sheet, solution`.
#
# **When you come back**, `python start.py` opens the notebook where you were. What you saw is still there; to move it again,
# run its cells. All the course's commands work in a terminal here, too (menu *File → New → Terminal*):
# `python start.py progress`, `python start.py fresh 00`.

# %% [markdown] id="lost" lang="fr"
# **Si vous êtes bloqué·e** : après un essai, exécutez `solution("first_gate")` dans une cellule à vous (le bouton **+**, plus haut,
# en crée une) ; après trois mauvaises réponses, la vérification vous la propose d'elle-même. `sheet()` montre la fiche de cours.
#
# **Si un cahier ne se laisse plus réparer** : enregistrez-le et exécutez `fresh()`. Vous obtenez une copie neuve, et l'ancienne
# est gardée à côté. Rien de ce que vous avez fait n'est jamais écrasé. Dans tout autre chapitre, importez d'abord ces trois
# fonctions : `from workbook import fresh, sheet, solution`.
#
# **Quand vous reviendrez**, `python start.py` ouvrira le cahier où vous en étiez. Ce que vous aviez vu y est toujours ; pour le
# faire bouger de nouveau, exécutez ses cellules. Toutes les commandes du cours marchent aussi dans un terminal d'ici (menu
# *Fichier → Nouveau → Terminal*) : `python start.py progress`, `python start.py fresh 00`.

# %% [markdown] id="map" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · The map
#
# | chapter | the question |
# |---|---|
# | [01 RNN basics](01-rnn-basics.ipynb) | How can a network remember at all? |
# | [02 Applications](02-applications.ipynb) | What is it good for? Sentiment, translation, words to come, captions. |
# | [03 Vanishing gradient](03-vanishing-gradient.ipynb) | Why does it forget what is far back? |
# | [04 Forget gate](04-forget-gate.ipynb) | What should be kept, and for how long? |
# | [05 Input gate](05-input-gate.ipynb) | What should be written? |
# | [06 Cell state](06-cell-state.ipynb) | Where is it kept? |
# | [07 Output gate](07-output-gate.ipynb) | What should be said? |
# | [08 The full cell](08-full-cell.ipynb) | All of it together, forwards and backwards. |
# | [09 What each part is worth](09-worth.ipynb) | What breaks when one part is taken away? |
# | [10 Summary](10-summary.ipynb) | The course sheet, alive. |
# | [11 Out into the world](11-out-into-the-world.ipynb) | What becomes of it in PyTorch, in Keras, on real numbers? |
# | [12 What came after](12-what-came-after.ipynb) | What did its newest heirs leave out, and what did they add? |
# | [13 The papers say, your machine says](13-papers-say.ipynb) | Do the tables of 1997 and 2000 come out again? |
#
# How far are you? The board is kept in your `work` folder, on your machine and nowhere else.

# %% [markdown] id="map" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · La carte
#
# | chapitre | la question |
# |---|---|
# | [01 Les bases des RNN](01-rnn-basics.ipynb) | Comment un réseau peut-il se souvenir ? |
# | [02 Applications](02-applications.ipynb) | À quoi cela sert-il ? Sentiments, traduction, mot suivant, légendes. |
# | [03 Le gradient évanescent](03-vanishing-gradient.ipynb) | Pourquoi oublie-t-il ce qui est loin ? |
# | [04 La porte d'oubli](04-forget-gate.ipynb) | Que faut-il garder, et combien de temps ? |
# | [05 La porte d'entrée](05-input-gate.ipynb) | Que faut-il écrire ? |
# | [06 L'état de cellule](06-cell-state.ipynb) | Où est-ce gardé ? |
# | [07 La porte de sortie](07-output-gate.ipynb) | Que faut-il dire ? |
# | [08 La cellule complète](08-full-cell.ipynb) | Le tout ensemble, en avant et en arrière. |
# | [09 Ce que vaut chaque pièce](09-worth.ipynb) | Qu'est-ce qui ne marche plus quand on en retire une ? |
# | [10 Résumé](10-summary.ipynb) | La fiche de cours, vivante. |
# | [11 Dans le monde réel](11-out-into-the-world.ipynb) | Que devient-il dans PyTorch, dans Keras, sur des nombres réels ? |
# | [12 Ce qui est venu après](12-what-came-after.ipynb) | Qu'ont retiré ses plus récents héritiers, et qu'ont-ils ajouté ? |
# | [13 Les articles disent, votre machine dit](13-papers-say.ipynb) | Retrouve-t-on les tableaux de 1997 et de 2000 ? |
#
# Où en êtes-vous ? Le tableau est gardé dans votre dossier `work`, sur votre machine et nulle part ailleurs.

# %% id="board"
board()

# %% [markdown] id="come-back" lang="en"
# **What you have met comes back.** A question of a quiz is asked again after a day if you missed it, later if you did not: this
# cell shows those that are due today. As long as you have answered none, it has nothing to ask.

# %% [markdown] id="come-back" lang="fr"
# **Ce que vous avez rencontré revient.** Une question d'un quiz est reposée au bout d'un jour si vous l'aviez manquée, plus tard
# sinon : cette cellule montre celles d'aujourd'hui. Tant que vous n'avez répondu à aucune, elle n'a rien à demander.

# %% id="due-today"
due_today()

# %% [markdown] id="notation" lang="en"
# ## 5 · One thing, many names
#
# Come back to this table when you read a paper or another library. In this course each *column* is one example: $x_t$ has the
# shape (D, B), D numbers for each of B examples.
#
# | on [the sheet](10-summary.ipynb) | in this course | PyTorch | Keras | in papers |
# |---|---|---|---|---|
# | $h_t$, hidden state | `h` (H, B) | `h_n`, `output` | `h` | $h_t$, $y^t$ |
# | $c_t$, cell state | `c` (H, B) | `c_n` | `c` | $c_t$, $s_c$ |
# | $\tilde c_t$, candidate | `g` | `g` | `c` (a gate's place) | $\tilde c$, $g$, $z$ |
# | $f_t, i_t, o_t$, gates | `f i o` | `f i o` | `f i o` | $f, i, o$; $y^{\varphi}, y^{in}, y^{out}$ |
# | $[h_{t-1}, x_t]$ | `join(h, x)`, h over x | apart: `weight_hh`, `weight_ih` | apart: `recurrent_kernel`, `kernel` | often $[x, h]$ |
# | order of the gates | f i o g | i f g o | i f c o | all of them |
# | one bias for each gate | `b` | two, which add up | one | one |
#
# The sheet also writes $h_t = f(h_{t-1}, x_t)$ for the plain RNN. That f is *any function*, not the forget gate $f_t$.
#
# And these are the course's own words beside the usual ones:
#
# | in this course | elsewhere |
# |---|---|
# | lessons; exam | *training set*; *test set* |
# | rival | *baseline* |
# | a row of letters, of steps | *sequence* |
# | step | *time step* |
# | what a gate is asked | *pre-activation* |
# | the way back | *backpropagation through time* |
# | bag; window | *bag of words*; *fixed window* |

# %% [markdown] id="notation" lang="fr"
# ## 5 · Une chose, plusieurs noms
#
# Revenez à ce tableau quand vous lirez un article ou une autre bibliothèque. Dans ce cours, chaque *colonne* est un exemple :
# $x_t$ est de forme (D, B), D nombres pour chacun des B exemples.
#
# | sur [la fiche](10-summary.ipynb) | dans ce cours | PyTorch | Keras | dans les articles |
# |---|---|---|---|---|
# | $h_t$, état caché | `h` (H, B) | `h_n`, `output` | `h` | $h_t$, $y^t$ |
# | $c_t$, état de cellule | `c` (H, B) | `c_n` | `c` | $c_t$, $s_c$ |
# | $\tilde c_t$, candidat | `g` | `g` | `c` (à la place d'une porte) | $\tilde c$, $g$, $z$ |
# | $f_t, i_t, o_t$, portes | `f i o` | `f i o` | `f i o` | $f, i, o$ ; $y^{\varphi}, y^{in}, y^{out}$ |
# | $[h_{t-1}, x_t]$ | `join(h, x)`, h au-dessus de x | à part : `weight_hh`, `weight_ih` | à part : `recurrent_kernel`, `kernel` | souvent $[x, h]$ |
# | ordre des portes | f i o g | i f g o | i f c o | tous |
# | un biais par porte | `b` | deux, qui s'ajoutent | un | un |
#
# La fiche écrit aussi $h_t = f(h_{t-1}, x_t)$ pour le RNN simple. Ce f est *une fonction quelconque*, pas la porte d'oubli $f_t$.
#
# Et voici les mots du cours à côté des mots usuels :
#
# | dans ce cours | ailleurs |
# |---|---|
# | leçons ; examen | *jeu d'entraînement* ; *jeu de test* |
# | rival | *modèle de référence*, *baseline* |
# | rangée de lettres, de pas | *séquence* |
# | pas | *pas de temps* |
# | ce qu'on demande à la porte | *préactivation* |
# | le chemin du retour | *rétropropagation à travers le temps* |
# | sac ; fenêtre | *sac de mots* ; *fenêtre fixe* |

# %% [markdown] id="self-test" lang="en"
# ## 6 · Are you ready?
#
# Six short questions on what the course takes for granted. Each answer says why it is right or wrong, and where the course
# needs it.

# %% [markdown] id="self-test" lang="fr"
# ## 6 · Êtes-vous prêt·e ?
#
# Six questions courtes sur ce que le cours suppose connu. Chaque réponse dit pourquoi elle est juste ou fausse, et où le cours
# en a besoin.

# %% id="quiz"
quiz("00")

# %% [markdown] id="summary" lang="en"
# ## What you have earned
#
# You can run, guess, move, write and be answered: that is all the machinery there is. Next:
# [01 · RNN basics](01-rnn-basics.ipynb).

# %% [markdown] id="summary" lang="fr"
# ## Ce que vous avez acquis
#
# Vous savez exécuter, parier, bouger, écrire et lire la réponse : il n'y a pas d'autre mécanique. Suite :
# [01 · Les bases des RNN](01-rnn-basics.ipynb).
