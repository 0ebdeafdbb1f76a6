# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 01 · RNN basics
#
# Text, sound and film come one moment after the other. To understand them, a network must carry something along: a *state*.
#
# By the end you have written such a network, seen what one without a state cannot know, and with the same five lines of code
# trained networks to read letters, to hear a pitch rise and to see which way a dot moves.
#
# *You need*: chapter 00. *It takes*: an hour and a half; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 01 · Les bases des RNN
#
# Texte, son, film : tout cela arrive un instant après l'autre. Pour le comprendre, un réseau doit emporter quelque chose d'un
# instant au suivant : un *état*.
#
# À la fin, vous aurez écrit un tel réseau, vu ce qu'un réseau sans état ne peut pas savoir et, avec les mêmes cinq lignes de
# code, entraîné des réseaux à lire des lettres, à entendre un son qui monte et à voir où va un point.
#
# *Il vous faut* : le chapitre 00. *Durée* : une heure et demie, dont moins d'une demi-minute de calcul.

# %% id="imports"
from itertools import islice

import numpy as np

from lstmlib import RNN, Model, exam, forward, join, softmax, tasks, train
from workbook import (
    check, every, expect, explorers, median, play, plots, predict, progress_bar, quiz, say,
    text_input, true,
)

# %% [markdown] id="state" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · A network that carries something along
#
# An ordinary (feed-forward) network answers each input as if it were the first. A *recurrent neural network*, RNN, has a hidden
# state $h$. At each step it makes a new one out of the old one and of what comes in:
#
# $$h_t = f(h_{t-1}, x_t)$$
#
# This $f$ is any function (it is *not* the forget gate of chapter 04). The simplest that works is Elman's, of 1990: stack the
# old state over the input, multiply by one matrix, add a bias, squash:
#
# $$h_t = \tanh(W \cdot [h_{t-1}, x_t] + b)$$
#
# The same $W$ and $b$ serve at every step. That is the whole idea. (Elman squashed to between 0 and 1; tanh, from −1 to 1, is usual
# today.)

# %% [markdown] id="state" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Un réseau qui emporte quelque chose
#
# Un réseau ordinaire (*feedforward*) répond à chaque entrée comme si c'était la première. Un *réseau de neurones récurrent*, ou
# RNN, possède un état caché $h$. À chaque pas, il en fabrique un nouveau à partir de l'ancien et de ce qui arrive :
#
# $$h_t = f(h_{t-1}, x_t)$$
#
# Ce $f$ est une fonction quelconque (ce n'est *pas* la porte d'oubli du chapitre 04). La plus simple qui marche est celle
# d'Elman, en 1990 : empiler l'ancien état sur l'entrée, multiplier par une matrice, ajouter un biais, écraser :
#
# $$h_t = \tanh(W \cdot [h_{t-1}, x_t] + b)$$
#
# Les mêmes $W$ et $b$ servent à tous les pas. Toute l'idée est là. (Elman écrasait entre 0 et 1 ; l'usage est aujourd'hui à tanh, de
# −1 à 1.)

# %% [markdown] id="orbit" lang="en" slideshow={"slide_type": "subslide"}
# **The two-unit RNN.** Two units, four weights, one push at the first step: then the network is left to itself. Can you make it
# remember the push for 30 steps? Forget it at once? Swing? (Tick *show the net unrolled* to see that the picture with many
# boxes and the picture with a loop are the same network.)

# %% [markdown] id="orbit" lang="fr" slideshow={"slide_type": "subslide"}
# **Le RNN à deux unités.** Deux unités, quatre poids, une impulsion au premier pas : ensuite, le réseau est livré à lui-même.
# Saurez-vous lui faire retenir l'impulsion pendant 30 pas ? L'oublier aussitôt ? Osciller ? (Cochez *montrer le réseau déplié*
# pour voir que le dessin aux nombreuses boîtes et le dessin avec une boucle sont le même réseau.)

# %% id="two-units"
explorers.two_unit_rnn()

# %% [markdown] id="write-step" lang="en"
# **Exercise 1.1 · `rnn_step(W, b, h, x)`.** One moment. Shapes: `W` (H, H+D), `b` (H, 1), `h` (H, B), `x` (D, B); each of the B
# columns is one example. `join(h, x)` stacks h over x. The result, the new state, is (H, B).

# %% [markdown] id="write-step" lang="fr"
# **Exercice 1.1 · `rnn_step(W, b, h, x)`.** Un seul instant. Formes : `W` (H, H+D), `b` (H, 1), `h` (H, B), `x` (D, B) ; chacune
# des B colonnes est un exemple. `join(h, x)` empile h au-dessus de x. Le résultat, le nouvel état, est de forme (H, B).

# %% id="rnn-step"
def rnn_step(W, b, h, x):
    raise NotImplementedError


check("rnn_step", rnn_step)

# %% [markdown] id="write-forward" lang="en"
# **Exercise 1.2 · `rnn_forward(W, b, xs, h0)`.** The whole sequence, `xs` (T, D, B). Start from `h0`, go from moment to moment,
# and return the T hidden states in one array (T, H, B). `h0` itself is not among them.

# %% [markdown] id="write-forward" lang="fr"
# **Exercice 1.2 · `rnn_forward(W, b, xs, h0)`.** Toute la séquence, `xs` (T, D, B). Partez de `h0`, avancez d'instant en instant,
# et renvoyez les T états cachés dans un seul tableau (T, H, B). `h0` n'en fait pas partie.

# %% id="rnn-forward"
def rnn_forward(W, b, xs, h0):
    raise NotImplementedError


check("rnn_forward", rnn_forward)

# %% [markdown] id="same" lang="en"
# The library says the same with `forward`. Here it reads five random moments, and we repeat its last step by the formula.

# %% [markdown] id="same" lang="fr"
# La bibliothèque dit la même chose avec `forward`. Elle lit ici cinq instants tirés au hasard, et nous refaisons son dernier pas
# avec la formule.

# %% id="same-code"
p = Model(RNN, D=3, H=4, K=2, dtype=float).params[0]
x = np.random.default_rng(1).normal(size=(5, 3, 2))
run = forward(RNN, p, x)
h_4 = np.tanh(p["W"][0] @ join(run.h[3], x[4]) + p["b"][0])
expect(run.h.shape, true(say("its last step follows the formula"), np.allclose(run.h[4], h_4)))

# %% [markdown] id="output" lang="en" slideshow={"slide_type": "subslide"}
# ## 2 · What it says at each step
#
# The state is for the network itself. What it says is read off it at each step, by one more matrix:
#
# $$y_t = V h_t + b_y$$
#
# So the output depends on the present input *and* on the memory. For a choice between K classes, softmax turns the K scores
# into probabilities: positive, and together 1.

# %% [markdown] id="output" lang="fr" slideshow={"slide_type": "subslide"}
# ## 2 · Ce qu'il dit à chaque pas
#
# L'état, le réseau le garde pour lui. Ce qu'il dit s'y lit à chaque pas, par une matrice de plus :
#
# $$y_t = V h_t + b_y$$
#
# La sortie dépend donc de l'entrée présente *et* de la mémoire. Pour choisir entre K classes, softmax transforme les K scores en
# probabilités : positives, et de somme 1.

# %% [markdown] id="write-softmax" lang="en"
# **Exercise 1.3 · `softmax(y)`.** $p_k = e^{y_k} / \sum_j e^{y_j}$ for scores `y` (K, B): each column is one example. Scores of
# 1000 must not overflow; adding the same number to all scores of a column changes nothing. (Yours is called `my_softmax` here: the
# library's own `softmax` serves below.)

# %% [markdown] id="write-softmax" lang="fr"
# **Exercice 1.3 · `softmax(y)`.** $p_k = e^{y_k} / \sum_j e^{y_j}$ pour des scores `y` (K, B) : chaque colonne est un exemple. Des
# scores de 1000 ne doivent pas déborder ; ajouter le même nombre à tous les scores d'une colonne ne change rien. (Votre
# fonction s'appelle ici `my_softmax`, car le `softmax` de la bibliothèque sert plus bas.)

# %% id="softmax"
def my_softmax(y):
    raise NotImplementedError


check("softmax", my_softmax)

# %% [markdown] id="first" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Which came first?
#
# In each row of letters there is one A and one B, in random places. *Was the A before the B?* A question of order and of nothing
# else. Three networks are asked:
#
# * the **bag** sees which letters occur, and how often, not where (a network without memory on the sum of all moments);
# * the **window** sees all ten letters side by side, with weights of its own for each place;
# * the **RNN** sees one letter at a time.

# %% [markdown] id="first" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Lequel est venu en premier ?
#
# Chaque rangée de lettres contient un A et un B, à des places tirées au hasard. *Le A était-il avant le B ?* Seul l'ordre
# compte. Nous interrogeons trois réseaux :
#
# * le **sac** voit quelles lettres sont là, et combien de fois, mais pas où (un réseau sans mémoire, sur la somme des instants) ;
# * la **fenêtre** voit les dix lettres côte à côte, avec des poids propres à chaque place ;
# * le **RNN** voit une lettre à la fois.

# %% id="predict-bag"
predict("01-bag-chance")

# %% id="learn"
def learn(task, seed, H=16, updates=600):
    model = Model(RNN, task.D, H, task.K, seed=seed)
    for step in islice(train(model, task, lr=1e-2, seed=seed), updates):
        pass
    return model


seeds = range(3)
ten = tasks.which_came_first(10, 10)                     # rows of ten letters
bag, window = tasks.bag(ten), tasks.row(ten, 10)
with progress_bar(600, networks=2 * len(seeds)):
    bags, windows = ([learn(task, seed) for seed in seeds] for task in (bag, window))

# %% [markdown] id="lengths" lang="en"
# The five lines of `learn` are all of it. They know nothing of letters; soon they will train on sound and film. The RNN is shown
# rows of 3 to 20 letters, and never more.

# %% [markdown] id="lengths" lang="fr"
# Les cinq lignes de `learn` suffisent. Elles ne savent rien des lettres ; bientôt, elles serviront aux sons et aux films. Le RNN
# voit des rangées de 3 à 20 lettres, jamais davantage.

# %% id="learn-letters"
with progress_bar(1000, networks=len(seeds)):
    readers = [learn(tasks.which_came_first(3, 20), seed, updates=1000) for seed in seeds]

# %% id="predict-longer"
predict("01-longer")

# %% [markdown] id="asked-at-50" lang="en" slideshow={"slide_type": "subslide"}
# **Asked at 50.** Each dot is one *seed* on fresh rows: one training with random numbers of its own, for the first weights and for the
# rows. The bar is the median of the three.

# %% [markdown] id="asked-at-50" lang="fr" slideshow={"slide_type": "subslide"}
# **Interrogé sur 50 lettres.** Chaque point est une *graine*, sur de nouvelles rangées : un entraînement qui a ses propres nombres
# au hasard, pour les poids de départ et pour les rangées. Le trait est la médiane des trois.

# %% id="asked-picture"
fifty = tasks.which_came_first(50, 50)
score = {say("bag, 10 letters"): [exam(m, bag, 2000) for m in bags],
         say("window, 10 letters"): [exam(m, window) for m in windows],
         say("RNN, 10 letters"): [exam(m, ten) for m in readers],
         say("RNN, 50 letters"): [exam(m, fifty) for m in readers]}
sack, *others = (every(*found) for found in score.items())
expect(plots.spread(score, ylabel=say("accuracy"), chance=.5,
                    text=say("Was A before B? Three seeds each.")),
       sack < .6, *(other > .9 for other in others))

# %% [markdown] id="explain-first" lang="en"
# **Explain.** Turn a row round: the bag stays the same, the right answer does not. So the bag is at chance *by construction*.
# The window knows the order, and answers well: order alone is no argument against it. But it has weights for ten places, and
# none for the eleventh. The RNN uses the same weights at each step, and goes on as long as letters come.

# %% [markdown] id="explain-first" lang="fr"
# **Expliquez.** Retournez une rangée : le sac est le même, la bonne réponse ne l'est plus. Le sac en est donc réduit au hasard *par
# construction*. La fenêtre connaît l'ordre et répond bien : l'ordre seul n'est pas un argument contre elle. Mais elle a des poids
# pour dix places, et aucun pour la onzième. Le RNN emploie les mêmes poids à chaque pas, et continue tant qu'il vient des lettres.

# %% [markdown] id="own" lang="en" slideshow={"slide_type": "subslide"}
# **Your own sentence.** Type a sentence with an *a* and a *b* in it. The network reads it character by character (only the first
# a and the first b count; every other character is one of the letters C to F to it). The curve is its belief that a came first.

# %% [markdown] id="own" lang="fr" slideshow={"slide_type": "subslide"}
# **Votre propre phrase.** Tapez une phrase qui contient un *a* et un *b*. Le réseau la lit caractère par caractère (seuls comptent
# le premier a et le premier b ; tout autre caractère est pour lui une des lettres C à F). La courbe est sa conviction que le a est
# venu en premier.

# %% id="own-sentence"
def which_first(sentence):
    letters = sentence.lower()[:60] or "·"
    ids = [2 + ord(c) % 4 for c in letters]
    for k, letter in enumerate("ab"):
        if letter in letters:
            ids[letters.index(letter)] = k
    belief = softmax(readers[0](np.array(ids)[:, None]).y)[:, 1, 0]
    name = say("the belief that a came first")
    return plots.curves({name: belief}, y=(0, 1), xlabel=say("character"), ylabel=name, text=say(
        "The belief that a came first, after each character. "
        "Read to the end, the network says: {answer}.",
        answer="a" if belief[-1] > .5 else "b"))


text_input(which_first, say("tomorrow, a letter by boat"), label=say("your sentence"))

# %% [markdown] id="senses" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · Three senses, one code
#
# **Sound.** Does the pitch rise or fall? What you hear below are two such sounds, stretched to a second for the ear. The network
# reads 128 samples of a similar sound, with noise, cut into 16 frames of 8 numbers.

# %% [markdown] id="senses" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Trois sens, un seul code
#
# **Le son.** Monte-t-il ou descend-il ? Vous entendez ci-dessous deux sons de ce genre, étirés à une seconde pour l'oreille. Le
# réseau, lui, lit 128 échantillons bruités d'un son semblable, découpés en 16 trames de 8 nombres.

# %% id="listen-up"
t = np.arange(8000) / 8000
rising = .5 * np.sin(2 * np.pi * (200 * t + 600 * t**2 / 2))
play(rising, text=say("A sound that rises, from 200 to 800 hertz in a second"))

# %% id="listen-down"
play(rising[::-1], text=say("The same sound, played backwards: it falls"))

# %% id="sound-picture"
sound = tasks.sweep_of_pitch()
batch = next(sound.batches(np.random.default_rng(3), 64))
up, down = (np.flatnonzero(batch.target[-1] == k)[0] for k in (1, 0))
plots.curves({say("rising"): batch.x[:, :, up].ravel(),
              say("falling"): batch.x[:, :, down].ravel()},
             xlabel=say("sample"), ylabel=say("air pressure"))

# %% [markdown] id="film" lang="en"
# **Film.** A dot moves over a screen of 5 × 5, one place each moment, to the left, to the right, up or down; what leaves on one
# side comes back on the other. Six noisy pictures, one question: which way?

# %% [markdown] id="film" lang="fr"
# **Le film.** Un point se déplace sur un écran de 5 × 5, d'une case à chaque instant, vers la gauche, la droite, le haut ou le bas ;
# ce qui sort d'un côté rentre de l'autre. Six images bruitées, une question : dans quelle direction ?

# %% id="film-picture"
dot = tasks.moving_dot()
batch = next(dot.batches(np.random.default_rng(5), 1))
plots.gallery(batch.x[:, :, 0].reshape(6, 5, 5), [say("step {t}", t=t) for t in range(6)])

# %% id="predict-pictures"
predict("01-bag-of-pictures")

# %% id="learn-senses"
unordered, ordered = {}, {}
for sense, task, H, updates in ((say("sound"), sound, 16, 500), (say("film"), dot, 32, 600)):
    with progress_bar(updates, networks=2 * len(seeds)):
        for who, asked, score in ((say("bag"), tasks.bag(task), unordered), ("RNN", task, ordered)):
            models = [learn(asked, seed, H, updates) for seed in seeds]
            score[f"{sense}, {who}"] = [exam(model, asked, 2000) for model in models]

# %% id="senses-picture"
expect(plots.spread(unordered | ordered, ylabel=say("accuracy"), text=say(
           "Three seeds each, of sound (chance 0.5) and of film (chance 0.25).")),
       *(every(*found) < .6 for found in unordered.items()),
       *(every(*found) > .4 for found in unordered.items()),
       *(every(*found) > .9 for found in ordered.items()))

# %% [markdown] id="explain-senses" lang="en"
# **Explain.** The bag of pictures gets one half, not one quarter: a lit row or column shows the axis; which way along it, only the
# order tells. Letters, sound, film: the same five lines train them all. *What an RNN knows and a bag cannot is the order.*

# %% [markdown] id="explain-senses" lang="fr"
# **Expliquez.** Le sac d'images atteint la moitié, et non le quart : une ligne ou une colonne éclairée montre l'axe ; dans quel sens,
# seul l'ordre le dit. Lettres, son, film : les mêmes cinq lignes suffisent à tout. *Ce qu'un RNN sait, et qu'un sac ne peut pas
# savoir, c'est l'ordre.*

# %% [markdown] id="honest" lang="en" slideshow={"slide_type": "subslide"}
# ## 5 · Where it does not help
#
# An RNN is not free of length by magic. Show it rows of ten letters *only*, and ask at 30.

# %% [markdown] id="honest" lang="fr" slideshow={"slide_type": "subslide"}
# ## 5 · Là où cela n'aide pas
#
# Un RNN ne s'affranchit pas de la longueur par magie. Montrez-lui *seulement* des rangées de dix lettres, puis interrogez-le à 30.

# %% id="honest-lessons"
with progress_bar(600, networks=len(seeds)):
    narrow = [learn(ten, seed) for seed in seeds]
at_ten, at_thirty = ([exam(m, tasks.which_came_first(T, T)) for m in narrow] for T in (10, 30))
expect(every(say("learned at 10 letters, asked at 10"), at_ten) > .9,
       median(say("learned at 10 letters, asked at 30"), at_thirty) < .8)

# %% [markdown] id="explain-honest" lang="en"
# It had learned a rule that holds for ten steps. *Many lengths* in training taught the rule that goes on. What a network never
# met, it need not know.

# %% [markdown] id="explain-honest" lang="fr"
# Il avait appris une règle valable pour dix pas. C'est d'avoir vu *plusieurs longueurs* qui enseigne la règle qui continue. Ce qu'un
# réseau n'a jamais rencontré, rien ne l'oblige à le savoir.

# %% [markdown] id="puzzle" lang="en" slideshow={"slide_type": "subslide"}
# ## 6 · Puzzle: has there ever been a 1?
#
# One unit, no training: choose the weights by hand. $h_t = \tanh(W \cdot [h_{t-1}, x_t] + b)$, $x_t$ is 0 or 1, $h$ starts at 0.
# For 20 steps at least, h must be above 0.5 once a 1 has been seen, and below 0.5 as long as none has. `W` is (1, 2): its columns
# meet h and x; `b` is (1, 1).

# %% [markdown] id="puzzle" lang="fr" slideshow={"slide_type": "subslide"}
# ## 6 · Énigme : y a-t-il déjà eu un 1 ?
#
# Une seule unité, sans entraînement : choisissez les poids à la main. $h_t = \tanh(W \cdot [h_{t-1}, x_t] + b)$, $x_t$ vaut 0 ou 1,
# $h$ part de 0. Pendant 20 pas au moins, h doit dépasser 0,5 dès qu'un 1 a été vu, et rester au-dessous de 0,5 tant qu'il n'y en a
# pas eu. `W` est de forme (1, 2) : ses colonnes rencontrent h et x ; `b` est de forme (1, 1).

# %% id="remember-one"
def weights():
    raise NotImplementedError


check("remember_one", weights)

# %% [markdown] id="noise" lang="en"
# **And with noise?** Take one unit that solves the puzzle, with W = [2, 3] and b = 0. No 1 ever comes, only noise. In how many of
# 500 rows does the unit claim after 20 steps that there was one?

# %% [markdown] id="noise" lang="fr"
# **Et avec du bruit ?** Prenons une unité qui résout l'énigme, avec W = [2, 3] et b = 0. Il ne vient jamais de 1, seulement du bruit.
# Dans combien des 500 rangées l'unité prétend-elle, après 20 pas, qu'il y en a eu un ?

# %% id="noise-picture"
unit = {"W": np.array([[[2.0, 3.0]]]), "b": np.zeros((1, 1, 1))}
loudness = np.linspace(0, .5, 26)
noise = np.random.default_rng(6).normal(size=(20, 1, 500))
fooled = [(forward(RNN, unit, sd * noise).h[-1] > .5).mean() for sd in loudness]
name = say("share of rows fooled")
plots.curves({name: fooled}, x=loudness, y=(0, 1),
             xlabel=say("standard deviation of the noise"), ylabel=name)

# %% [markdown] id="explain-noise" lang="en"
# The loop that keeps a 1 keeps a whisper too: with weight 2 on itself, h = 0 is like the top of a hill. The least push sends it
# rolling, half of the time to the side of the 1. (Loud noise also shakes it off that side now and then: the curve sinks.) A
# memory that cannot tell a signal from noise needs somebody at its door. That will be the *gates*.

# %% [markdown] id="explain-noise" lang="fr"
# La boucle qui garde un 1 garde aussi un murmure : avec un poids de 2 sur elle-même, h = 0 est comme le sommet d'une colline. La
# moindre poussée l'en fait rouler, une fois sur deux du côté du 1. (Un bruit fort l'en déloge aussi parfois : la courbe baisse.)
# Une mémoire qui ne distingue pas un signal du bruit a besoin de quelqu'un à sa porte. Ce seront les *portes*.

# %% [markdown] id="ask-quiz" lang="en"
# ## 7 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 7 · Quiz

# %% id="quiz"
quiz("01")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | [the sheet](10-summary.ipynb), part 1 | you have seen |
# |---|---|
# | RNNs treat sequential data: text, audio, video | letters, sound and film, with the same five lines |
# | each cell takes the former hidden state and the present input | $h_t = \tanh(W \cdot [h_{t-1}, x_t] + b)$, written |
# | the output at each step depends on both | $y_t = V h_t + b_y$ |
# | $h_t = f(h_{t-1}, x_t)$ | what a bag cannot know, and a window not for long |
#
# Next: [02 · Applications](02-applications.ipynb), or at once [03 · The vanishing gradient](03-vanishing-gradient.ipynb).

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 1 | vous l'avez vu |
# |---|---|
# | les RNN traitent des données séquentielles : texte, audio, vidéo | lettres, son et film, avec les mêmes cinq lignes |
# | chaque cellule prend l'état caché précédent et l'entrée actuelle | $h_t = \tanh(W \cdot [h_{t-1}, x_t] + b)$, écrite de votre main |
# | la sortie à chaque pas dépend des deux | $y_t = V h_t + b_y$ |
# | $h_t = f(h_{t-1}, x_t)$ | ce qu'un sac ne peut pas savoir, ni une fenêtre bien longtemps |
#
# Suite : [02 · Applications](02-applications.ipynb), ou tout de suite [03 · Le gradient évanescent](03-vanishing-gradient.ipynb).
