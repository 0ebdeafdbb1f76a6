# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 10 · Summary
#
# The whole course on one sheet, of which you have seen every line at work. Here you walk through the cell once more, step by step, see in which
# order it is *read* and in which it is *computed*, face twenty questions, and look at what came after it.
#
# By the end you can draw the cell from memory, name every part in two languages, and place the newer networks beside it. The rest of the chapter
# is for looking things up: the sheet line by line, a page to print, a glossary, and the papers.
#
# *You need*: chapters 00 to 09, or as many of them as you like. *It takes*: about an hour; the computing, some seconds.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 10 · Résumé
#
# Tout le cours tient sur une fiche, dont vous avez vu chaque ligne à l'œuvre. Dans ce chapitre, vous parcourez la cellule une dernière fois, pas
# à pas ; vous voyez dans quel ordre elle se *lit* et dans quel ordre elle se *calcule* ; vous répondez à vingt questions, et découvrez ce qui l'a
# suivie.
#
# À la fin, vous saurez dessiner la cellule de mémoire, nommer chaque pièce dans les deux langues, et situer par rapport à elle les réseaux plus
# récents. Le reste du chapitre est à consulter : la fiche ligne par ligne, une page à imprimer, un glossaire, et les articles.
#
# *Il vous faut* : les chapitres 00 à 09, ou ceux que vous voulez. *Durée* : une heure environ, dont quelques secondes de calcul.

# %% id="imports"
from itertools import permutations

import numpy as np

from lstmlib import LSTM, State, forward, softmax, weights
from workbook import cheatsheet, expect, explorers, mine, plots, predict, quiz, say, sheet, value

# %% [markdown] id="sheet" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · The sheet
#
# This is the page that the course was made from, with the numbers and formulas that you have met since chapter 00. `sheet()` opens it in any
# notebook.

# %% [markdown] id="sheet" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · La fiche
#
# Voici la page dont le cours est né, avec les numéros et les formules que vous rencontrez depuis le chapitre 00. `sheet()` l'ouvre dans n'importe
# quel cahier.

# %% id="sheet-itself"
sheet()

# %% [markdown] id="alive" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · The sheet, alive
#
# Six lines of part 5 are the whole cell:
#
# $$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f) \qquad i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$$
#
# $$\tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c) \qquad o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$$
#
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t \qquad h_t = o_t * \tanh(c_t)$$
#
# Compute one step in your head, before the machine does.

# %% [markdown] id="alive" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · La fiche, vivante
#
# La cellule entière tient en six lignes de la partie 5 :
#
# $$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f) \qquad i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$$
#
# $$\tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c) \qquad o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$$
#
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t \qquad h_t = o_t * \tanh(c_t)$$
#
# Calculez un pas de tête, avant la machine.

# %% id="predict-one-step"
predict("10-one-step")

# %% id="one-step"
c, f, i, g, o = 2, .5, 1, .5, .5
c = f * c + i * g
h = o * np.tanh(c)
print(say("; ").join([f"c = {plots.number(c)}", f"h = {plots.number(h)}"]))

# %% [markdown] id="ask-order" lang="en" slideshow={"slide_type": "subslide"}
# The sheet sums the cell up in a column: input, forget, input gate, cell state, output, one arrow from each to the next. An arrow is read as
# "first this, then that". Is the cell computed in that order?

# %% [markdown] id="ask-order" lang="fr" slideshow={"slide_type": "subslide"}
# La fiche résume la cellule en une colonne : entrée, oubli, porte d'entrée, état de cellule, sortie, et une flèche de chacun au suivant. Une
# flèche se lit « d'abord ceci, ensuite cela ». La cellule se calcule-t-elle dans cet ordre ?

# %% id="predict-order"
predict("10-who-first")

# %% [markdown] id="step-through" lang="en" slideshow={"slide_type": "subslide"}
# **Step through it.** The arrow keys, or Play (▶), move stage by stage through three inputs. On the left you see how far a reader of the sheet has
# come; on the right, what can be computed by then. Watch two things: how many boxes light up at once at stage 1, and which ones have to wait for
# others. At the next input, h and c come back on the left of the graph, as *before*.

# %% [markdown] id="step-through" lang="fr" slideshow={"slide_type": "subslide"}
# **Parcourez-la.** Les flèches du clavier, ou Lecture (▶), font avancer d'une étape à l'autre, sur trois entrées. À gauche, on voit où en est
# quelqu'un qui lit la fiche ; à droite, ce qui peut être calculé à ce stade. Observez deux choses : combien de cases s'allument d'un coup à l'étape
# 1, et lesquelles doivent en attendre d'autres. À l'entrée suivante, h et c reviennent dans le graphe, marqués *avant*.

# %% id="flow-order"
explorers.flow_order()

# %% [markdown] id="ask-orders" lang="en"
# That was one drawing, for one set of weights. To be sure, take your own functions of chapters 04 to 07 (or the library's, where yours is
# missing), and let f, i, c̃ and o be computed in every order there is. If one of them waited for another, some orders would fail.

# %% [markdown] id="ask-orders" lang="fr"
# Ce n'était qu'un dessin, avec un seul jeu de poids. Pour en être sûr, prenez vos propres fonctions des chapitres 04 à 07 (ou celles de la
# bibliothèque, là où il en manque), et faites calculer f, i, c̃ et o dans tous les ordres possibles. Si l'une de ces quantités en attendait une
# autre, certains ordres échoueraient.

# %% id="orders"
parts = "forget_gate", "candidate", "cell_update", "hidden"
gate, candidate, cell_update, hidden = map(mine, parts)
line = {"f": gate, "i": gate, "o": gate, "g": candidate}     # one line, three sets of weights

rng = np.random.default_rng(9)
p, x = weights(LSTM, 3, 5, rng), rng.normal(size=(3, 2))
s = State(h=rng.normal(size=(5, 2)), c=rng.normal(size=(5, 2)))
expected, _ = LSTM.step(p, s, x)
orders, apart = list(permutations(LSTM.gates)), 0
for order in orders:
    now = {q: line[q](p["W"][k], p["b"][k], s.h, x) for q in order for k in [LSTM.gates.index(q)]}
    c = cell_update(now["f"], s.c, now["i"], now["g"])
    h = hidden(now["o"], c)
    apart = max(apart, np.abs(np.subtract((h, c), expected)).max())
expect(value(say("largest difference from the library's step, over {n} orders", n=len(orders)),
             apart) < 1e-12)

# %% [markdown] id="explain-order" lang="en"
# **Explain.** None of the four reads another; all of them read $[h_{t-1}, x_t]$. That is why libraries compute them in *one* matrix product, four
# times as high. Only $c_t$ waits for f, i and c̃, and only $h_t$ waits for $c_t$ and o. (In the peephole LSTM of chapter 09, o looks at the new
# c; there it does wait.)
#
# One wait remains: the gates of the next step read $h_t$. Therefore an LSTM has to read in order, one step after another, and cannot make use of a
# machine that could compute all steps at once. Many of the networks that came later (section 4) do away with this wait.
#
# So the column of the sheet is a good order in which to explain the cell, and not the order of a program.

# %% [markdown] id="explain-order" lang="fr"
# **Expliquez.** Aucune de ces quatre quantités n'en lit une autre ; toutes lisent $[h_{t-1}, x_t]$. Voilà pourquoi les bibliothèques les calculent
# en *un seul* produit matriciel, quatre fois plus haut. Seul $c_t$ attend f, i et c̃ ; seul $h_t$ attend $c_t$ et o. (Dans le LSTM à
# connexions *peephole*, ou judas, du chapitre 09, o regarde le nouveau c : là, il attend bel et bien.)
#
# Il reste une attente : les portes du pas suivant lisent $h_t$. Un LSTM doit donc lire dans l'ordre, un pas après l'autre, et ne tire aucun parti
# d'une machine capable de calculer tous les pas à la fois. Beaucoup de réseaux venus ensuite (section 4) suppriment cette attente.
#
# La colonne de la fiche est donc un bon ordre pour expliquer la cellule, et non l'ordre d'un programme.

# %% [markdown] id="ask-quiz" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · The final quiz
#
# Twenty questions from all chapters. A wrong answer tells you where to look again: that is what it is for.

# %% [markdown] id="ask-quiz" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Le quiz final
#
# Vingt questions sur tous les chapitres. Une réponse fausse vous dit où retourner voir : elle est là pour cela.

# %% id="quiz"
quiz("10")

# %% [markdown] id="next" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · Where next
#
# The papers are listed in full at the end.
#
# **Bidirectional** (Schuster and Paliwal, 1997). A second network reads the sequence from its end, and both states are joined: each word then knows
# what comes after it. That is good for labelling a finished sentence, but of no use where the answer is due while the words come in. The test below
# changes the last input only, and looks at the first state.

# %% [markdown] id="next" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Et après ?
#
# Les articles sont tous cités en entier à la fin.
#
# **Bidirectionnel** (Schuster et Paliwal, 1997). Un second réseau lit la séquence depuis la fin, et l'on réunit les deux états : chaque mot sait
# alors ce qui le suit. C'est parfait pour étiqueter une phrase complète, mais inutilisable quand il faut répondre pendant que les mots arrivent. Le
# test ci-dessous ne change que la dernière entrée, et regarde le premier état.

# %% id="bidirectional"
there, back = (weights(LSTM, 3, 4, np.random.default_rng(seed)) for seed in (1, 2))


def both_ways(x):                                        # (T, D, B) -> (T, 2H, B)
    return np.concatenate([forward(LSTM, there, x).h, forward(LSTM, back, x[::-1]).h[::-1]], axis=1)


x = np.random.default_rng(3).normal(size=(6, 3, 1))
other_end = x.copy()
other_end[-1] += 1                                       # only the last step differs
one = np.abs(forward(LSTM, there, x).h[0] - forward(LSTM, there, other_end).h[0]).max()
both = np.abs(both_ways(x)[0] - both_ways(other_end)[0]).max()
expect(value(say("change of the first state with the last word, one way"), one) < 1e-12,
       value(say("change of the first state with the last word, both ways"), both) > 1e-3)

# %% [markdown] id="stacked" lang="en"
# **Stacked** (Graves, Mohamed and Hinton, 2013). The h of one layer is the x of the next: `Model(…, layers=2)`. Deeper layers see what shallower
# ones have made of the input, as in networks for images.
#
# **Attention** (Bahdanau, Cho and Bengio, 2015). A translator that has to keep a whole sentence in one state of fixed size may well run out of
# room: so they conjectured. Let the decoder look back at *all* states of the encoder and mix them, with weights that it chooses anew for each
# word. The path from any word to the answer is then one step long. They score each state with a small network; here, in three lines, a product
# does it:

# %% [markdown] id="stacked" lang="fr"
# **Empilé** (Graves, Mohamed et Hinton, 2013). Le h d'une couche devient le x de la suivante : `Model(…, layers=2)`. Les couches profondes voient
# ce que les premières ont fait de l'entrée, comme dans les réseaux pour les images.
#
# **L'attention** (Bahdanau, Cho et Bengio, 2015). Un traducteur qui doit faire tenir une phrase entière dans un seul état de taille fixe risque de
# manquer de place : c'était leur conjecture. Laissons le décodeur se retourner vers *tous* les états de l'encodeur et les mélanger, avec des poids
# qu'il choisit de nouveau pour chaque mot. De n'importe quel mot à la réponse, le chemin ne fait alors plus qu'un pas. Chez eux, un petit réseau
# attribue une note à chaque état ; ici, en trois lignes, un produit suffit :

# %% id="attention"
def attend(h, query):                                    # (T, H, B), (H, B)
    looks = softmax((h * query).sum(1))                  # (T, B): how much each step is looked at
    return looks, (looks[:, None] * h).sum(0)            # (H, B): what was seen


for T in (5, 50):
    h = forward(LSTM, there, np.random.default_rng(T).normal(size=(T, 3, 1))).h
    looks, seen = attend(h, query=h[-1])
    print(h.shape, looks.shape, seen.shape)

# %% [markdown] id="after-attention" lang="en" slideshow={"slide_type": "subslide"}
# The sequence grows, the answer keeps its size. Attention weights show *where* the decoder looked. To know whether a word mattered for the answer,
# take it away and see what changes, as we did with gates.
#
# **Transformers** (Vaswani and seven others, 2017). Attention alone, without any recurrence. No step waits for the one before, so all positions are
# computed at once in training. The price is work that grows with the square of the length; and since nothing is read in order any more, the
# position of each word has to be given as an input of its own.
#
# **Gates that look at x alone.** There is another way to get rid of the wait, and it stays close to your cell: take $h_{t-1}$ away from the gates
# and the candidate. All f, i and c̃ are then known before the first step, and $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ is linear in c. It can be
# written down for all t without a loop: with $F_t$, the product of the first t forget gates, $c_t$ is $F_t$ times the sum of all
# $i_s * \tilde c_s$ divided by $F_s$. Compare:

# %% [markdown] id="after-attention" lang="fr" slideshow={"slide_type": "subslide"}
# La séquence s'allonge, la réponse garde sa taille. Les poids d'attention montrent *où* le décodeur a regardé. Pour savoir si un mot a pesé dans la
# réponse, retirez-le et voyez ce qui change, comme nous l'avons fait pour les portes.
#
# **Les transformeurs** (Vaswani et sept autres, 2017). L'attention seule, sans aucune récurrence. Aucun pas n'attend le précédent ; à
# l'entraînement, toutes les positions se calculent donc à la fois. Le prix à payer est un travail qui croît comme le carré de la longueur ; et
# puisque plus rien n'est lu dans l'ordre, il faut fournir la position de chaque mot, comme une entrée de plus.
#
# **Des portes qui ne regardent que x.** Il y a une autre façon de supprimer l'attente, et elle reste proche de votre cellule : ôtez $h_{t-1}$ aux
# portes et au candidat. Tous les f, i et c̃ sont alors connus avant le premier pas, et $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ est linéaire en
# c. On peut l'écrire pour tout t, sans boucle : avec $F_t$, le produit des t premières portes d'oubli, $c_t$ vaut $F_t$ fois la somme de tous les
# $i_s * \tilde c_s$ divisés par $F_s$. Comparez :

# %% id="scan"
deaf = {"W": np.where(np.arange(7) < 4, 0, there["W"]), "b": there["b"]}       # no column for h
tape = forward(LSTM, deaf, np.random.default_rng(2).normal(size=(20, 3, 1))).tape
F = np.cumprod(tape.f, axis=0)
expect(value(say("largest difference between the loop and the sum"),
             np.abs(F * np.cumsum(tape.i * tape.g / F, axis=0) - tape.c).max()) < 1e-9)

# %% [markdown] id="after-scan" lang="en"
# (For long sequences F becomes too small to divide by; a *scan* computes the same by halves, and safely.) Several new networks are relatives of
# this cell:
#
# * **minLSTM** (Feng et al., 2024) is nearly what you have just run: f and i of x alone, scaled so that they add up to 1, no tanh, no o. In
#   [chapter 12](12-what-came-after.ipynb) you write its last line, and the step on which the scan rests.
# * **State-space models.** In S4 (Gu, Goel and Ré, 2022) the belt is linear, $s_t = A s_{t-1} + B x_t$, with A and B the same at every step; it
#   can then also be computed as a convolution. In Mamba (Gu and Dao, 2023) what is kept and what is written depend on the input, as with your f
#   and i. That is called *selective*; only a scan is possible then. In its simplest case it is a forget gate that looks at x alone, with i = 1 −
#   f.
# * **xLSTM** (Beck and eight others, 2024). Your cell, nearly thirty years on: an input gate with an exponential in place of σ, so that a new
#   thing can outweigh all that was stored, and a second state by which the memory is divided so that it does not run away; in one variant a
#   memory that is a matrix, whose gates do not read $h_{t-1}$.
#
# **The same cell, with fewer parts.** JANET (van der Westhuizen and Lasenby, 2018) keeps the forget gate alone, with biases chosen for the lags of
# the task, and does better than the LSTM on some benchmarks. These biases are the *chrono initialisation* of Tallec and Ollivier (2018): for lags
# up to T they draw $b_f$ as the logarithm of a random number between 1 and T − 1, so that the units have half-lives of all lengths, and set $b_i$
# to its opposite. The rule of thumb on the cheat sheet is a close relative of it.
#
# **Trained on real text**, some single cells of an LSTM turned out to hold something that one can name: the length of the line, or whether one is
# inside quotation marks (Karpathy, Johnson and Fei-Fei, 2015).

# %% [markdown] id="after-scan" lang="fr"
# (Sur de longues séquences, F devient trop petit pour qu'on puisse diviser par lui ; un *scan*, ou balayage, calcule la même chose par moitiés,
# sans danger.) Plusieurs réseaux récents sont apparentés à cette cellule :
#
# * **minLSTM** (Feng et al., 2024) est presque ce que vous venez d'exécuter : f et i ne dépendent que de x et sont normalisés pour que leur somme
#   soit 1 ; pas de tanh, pas de o. Au [chapitre 12](12-what-came-after.ipynb), vous en écrirez la dernière ligne, et le pas sur lequel repose le
#   balayage.
# * **Les modèles à espace d'états.** Dans S4 (Gu, Goel et Ré, 2022), le tapis roulant est linéaire, $s_t = A s_{t-1} + B x_t$, avec A et B
#   identiques à chaque pas ; on peut alors aussi le calculer par convolution. Dans Mamba (Gu et Dao, 2023), ce qu'on garde et ce qu'on écrit
#   dépendent de l'entrée, comme pour vos f et i. On parle de modèle *sélectif* ; seul le balayage reste possible. Dans le cas le plus simple, c'est
#   une porte d'oubli qui ne regarde que x, avec i = 1 − f.
# * **xLSTM** (Beck et huit autres, 2024). Votre cellule, près de trente ans après : une porte d'entrée avec une exponentielle à la place de σ,
#   pour qu'une nouveauté puisse l'emporter sur tout ce qui était gardé, et un second état par lequel on divise la mémoire pour qu'elle ne
#   s'emballe pas ; dans une variante, une mémoire qui est une matrice, et dont les portes ne lisent pas $h_{t-1}$.
#
# **La même cellule, avec moins de pièces.** JANET (van der Westhuizen et Lasenby, 2018) ne garde que la porte d'oubli, avec des biais choisis pour
# les retards de la tâche, et fait mieux que le LSTM sur certaines tâches de référence. Ces biais sont l'*initialisation chrono* de Tallec et
# Ollivier (2018) : pour des retards allant jusqu'à T, $b_f$ est le logarithme d'un nombre tiré au hasard entre 1 et T − 1, de sorte que les unités
# aient des demi-vies de toutes les durées, et $b_i$ est son opposé. La règle simple de l'aide-mémoire en est une proche parente.
#
# **Entraîné sur de vrais textes**, un LSTM s'est révélé contenir quelques cellules dont chacune retient une chose que l'on sait nommer : la
# longueur de la ligne, ou le fait d'être entre guillemets (Karpathy, Johnson et Fei-Fei, 2015).

# %% [markdown] id="honest" lang="en" slideshow={"slide_type": "slide"}
# ## 5 · Where it does not matter
#
# Before you reach for an LSTM, or for anything that came after it, try the simplest method that could work, on several seeds, and look at what it
# gets. In this course a plain RNN did as well over a few steps, even in strong noise, and the nearest neighbour did better on pictures seen whole. On
# most tasks whose state is set to 0 before each sequence the cell of 1997 is enough, and where there are units to spare most tasks are learned
# without an output gate, too, though not on every seed.
#
# Hochreiter and Schmidhuber (1997) were honest in the same way: some of the tasks that were then used to show the worth of recurrent networks,
# they wrote, are solved faster by drawing weights at random than by training, even that of an LSTM.

# %% [markdown] id="honest" lang="fr" slideshow={"slide_type": "slide"}
# ## 5 · Là où cela ne change rien
#
# Avant de prendre un LSTM, ou ce qui l'a suivi, essayez la méthode la plus simple qui puisse marcher, avec plusieurs graines, et voyez ce qu'elle
# donne. Dans ce cours, un RNN simple faisait aussi bien sur quelques pas, même dans un bruit fort, et le plus proche voisin faisait mieux sur des
# images vues d'un coup. La cellule de 1997 suffit pour la plupart des tâches où l'état est remis à 0 avant chaque séquence, et là où les unités ne
# manquent pas, la plupart des tâches s'apprennent aussi sans porte de sortie, mais pas pour toutes les graines.
#
# Hochreiter et Schmidhuber (1997) avaient la même honnêteté : certaines des tâches qui servaient alors à montrer la valeur des réseaux récurrents,
# écrivaient-ils, se résolvent plus vite en tirant des poids au hasard qu'en entraînant un réseau, fût-ce un LSTM.

# %% [markdown] id="lines" lang="en" slideshow={"slide_type": "slide"}
# ## 6 · The whole sheet, line by line
#
# | part | the sheet says | seen in | the fine print |
# |---|---|---|---|
# | 1 | RNNs read sequences: text, sound, video | [01](01-rnn-basics.ipynb) | the same code for three senses; a window reads order too, as far as it reaches |
# | 1 | what they keep of past states weighs on what they predict | [01](01-rnn-basics.ipynb) | a bag of letters cannot say which came first |
# | 1 | each cell takes the old hidden state and the present input | [01](01-rnn-basics.ipynb) | $[h_{t-1}, x_t]$: h over x, the same weights at every step |
# | 1 | the output of each step depends on input and memory | [01](01-rnn-basics.ipynb) | $y_t = V h_t + b_y$, which is not bounded by 1 |
# | 1 | $h_t = f(h_{t-1}, x_t)$ | [01](01-rnn-basics.ipynb) | this f is a whole step, tanh, and no gate |
# | 2 | sentiment, translation, next word, captions | [02](02-applications.ipynb) | always beside a method without memory, which sometimes wins |
# | 3 | gradients become too small in backpropagation | [03](03-vanishing-gradient.ipynb) | those from far away do; the near ones drown them |
# | 3 | the network forgets what is far | [03](03-vanishing-gradient.ipynb) | it may be able to hold it, and yet not learn to |
# | 4 | the LSTM: gates that govern a long-term memory | [03](03-vanishing-gradient.ipynb), [08](08-full-cell.ipynb) | it lasts where f is near 1, and an LSTM need not start there |
# | 4 | a new variable, the cell state $c_t$ | [06](06-cell-state.ipynb) | not bounded: it can count |
# | 5.1 | forget gate $f_t$: which of the past is forgotten | [04](04-forget-gate.ipynb) | f = 1 keeps: it might have been called the keep gate |
# | 5.1 | a sigmoid, from 0 (forget all) to 1 (keep all) | [04](04-forget-gate.ipynb) | in between, a half-life of $-1/\log_2 f$ steps |
# | 5.2 | input gate $i_t$: which of the new is stored | [05](05-input-gate.ipynb) | *whether* to write; one value per unit |
# | 5.2 | candidate $\tilde c_t$ | [05](05-input-gate.ipynb) | *what* to write; with tanh it can take away as well as add |
# | 5.3 | $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ | [06](06-cell-state.ipynb) | $*$ is entry by entry; no tanh on the way |
# | 5.4 | output gate $o_t$: what is said, and the new hidden state | [07](07-output-gate.ipynb) | it protects those who listen; what stays in memory, f and i decide |
# | 5.4 | $h_t = o_t * \tanh(c_t)$ | [07](07-output-gate.ipynb) | bounded, whatever c is |
# | – | the drawing: input, forget, input gate, cell state, output | 10 | an order to read in; four parts are computed side by side |

# %% [markdown] id="lines" lang="fr" slideshow={"slide_type": "slide"}
# ## 6 · Toute la fiche, ligne par ligne
#
# | partie | la fiche dit | vu au chapitre | en petits caractères |
# |---|---|---|---|
# | 1 | les RNN lisent des séquences : texte, son, vidéo | [01](01-rnn-basics.ipynb) | le même code pour trois sens ; une fenêtre lit l'ordre, elle aussi, dans la limite de sa portée |
# | 1 | ce qu'ils gardent des états passés pèse sur la prédiction | [01](01-rnn-basics.ipynb) | un sac de lettres ne sait pas laquelle est venue en premier |
# | 1 | chaque cellule prend l'ancien état caché et l'entrée présente | [01](01-rnn-basics.ipynb) | $[h_{t-1}, x_t]$ : h au-dessus de x, les mêmes poids à chaque pas |
# | 1 | la sortie de chaque pas dépend de l'entrée et de la mémoire | [01](01-rnn-basics.ipynb) | $y_t = V h_t + b_y$, qui n'est pas borné par 1 |
# | 1 | $h_t = f(h_{t-1}, x_t)$ | [01](01-rnn-basics.ipynb) | ce f est un pas entier, avec tanh ; ce n'est pas une porte |
# | 2 | sentiments, traduction, mot suivant, sous-titres | [02](02-applications.ipynb) | toujours face à une méthode sans mémoire, qui gagne parfois |
# | 3 | les gradients deviennent trop petits par rétropropagation | [03](03-vanishing-gradient.ipynb) | ceux qui viennent de loin, oui ; les proches les couvrent |
# | 3 | le réseau oublie ce qui est loin | [03](03-vanishing-gradient.ipynb) | il pourrait le retenir, et pourtant n'apprend pas à le faire |
# | 4 | le LSTM : des portes qui gèrent une mémoire à long terme | [03](03-vanishing-gradient.ipynb), [08](08-full-cell.ipynb) | elle dure là où f est proche de 1, et un LSTM ne part pas forcément de là |
# | 4 | une nouvelle variable, l'état de cellule $c_t$ | [06](06-cell-state.ipynb) | sans borne : il peut compter |
# | 5.1 | porte d'oubli $f_t$ : ce qu'on oublie du passé | [04](04-forget-gate.ipynb) | f = 1 garde : on aurait pu l'appeler porte de conservation |
# | 5.1 | une sigmoïde, de 0 (tout oublier) à 1 (tout garder) | [04](04-forget-gate.ipynb) | entre les deux, une demi-vie de $-1/\log_2 f$ pas |
# | 5.2 | porte d'entrée $i_t$ : ce qu'on retient du nouveau | [05](05-input-gate.ipynb) | *s'il faut* écrire ; une valeur par unité |
# | 5.2 | candidat $\tilde c_t$ | [05](05-input-gate.ipynb) | *quoi* écrire ; avec tanh, il peut retirer autant qu'ajouter |
# | 5.3 | $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ | [06](06-cell-state.ipynb) | $*$ : terme à terme ; pas de tanh en chemin |
# | 5.4 | porte de sortie $o_t$ : ce qui est dit, et le nouvel état caché | [07](07-output-gate.ipynb) | elle protège ceux qui écoutent ; ce qui reste en mémoire, f et i en décident |
# | 5.4 | $h_t = o_t * \tanh(c_t)$ | [07](07-output-gate.ipynb) | borné, quel que soit c |
# | – | le dessin : entrée, oubli, porte d'entrée, état, sortie | 10 | un ordre de lecture ; quatre pièces se calculent côte à côte |

# %% [markdown] id="print" lang="en" slideshow={"slide_type": "slide"}
# ## 7 · The cheat sheet, to print
#
# One page for the wall, or for the exam: the cell, the six lines, the way back, the shapes, half-lives, and what to watch when you train. In a
# terminal, in the folder of the course, `python start.py cheatsheet` writes it as PDF and SVG, for A4 and Letter. From here,
# `cheatsheet.save(".")` puts the same files beside this notebook.

# %% [markdown] id="print" lang="fr" slideshow={"slide_type": "slide"}
# ## 7 · L'aide-mémoire, à imprimer
#
# Une page pour le mur, ou pour l'examen : la cellule, les six lignes, le chemin du retour, les formes, les demi-vies, et ce qu'il faut surveiller
# à l'entraînement. Dans un terminal, dans le dossier du cours, `python start.py fr cheatsheet` l'écrit en PDF et en SVG, aux formats A4 et
# Letter. D'ici, `cheatsheet.save(".")` pose les mêmes fichiers à côté de ce cahier.

# %% id="cheatsheet"
plots.Picture(cheatsheet.page("a4"), say(
    "The cheat sheet: the cell, its six lines forwards, the way backwards, what each gate means, "
    "shapes, forget bias and half-life, and advice for training."))

# %% [markdown] id="glossary" lang="en" slideshow={"slide_type": "slide"}
# ## 8 · English and French
#
# | English | français | in a few words |
# |---|---|---|
# | accuracy | exactitude | share of right answers |
# | Adam | Adam | a rule for updates: each weight has its own step, which adapts to its gradients |
# | attention | attention | a weighted look back at all steps |
# | backpropagation through time (BPTT) | rétropropagation à travers le temps | the chain rule, from the last step to the first |
# | baseline | modèle de référence | the simple method to beat |
# | batch | lot | examples computed together, one in each column |
# | bias | biais | b: a learned number, added to the weighted sum of h and x |
# | candidate | candidat | c̃ (`g` in the code): what may be written |
# | cell | cellule | one step of the network, the same at every step |
# | cell state | état de cellule | c: what is kept |
# | chance | hasard | what guessing scores |
# | clipping (of the gradient) | écrêtage (du gradient) | shortens a gradient that is too long |
# | constant error carousel | carrousel à erreur constante | the path along c: the gradient on it is multiplied by f alone, in the cell of 1997 by 1 |
# | embedding | plongement | a word or letter as a learned vector |
# | encoder, decoder | encodeur, décodeur | one reads, the other writes |
# | exploding gradient | explosion du gradient | the gradient grows with the lag |
# | feed-forward network | réseau à propagation avant | answers each input by itself |
# | finite differences | différences finies | a slope, measured between two values close together |
# | forget gate | porte d'oubli | f: how much is kept |
# | gradient | gradient | how the loss changes with each number before it |
# | gradient check | vérification du gradient | the derived gradient beside the one measured by finite differences |
# | half-life | demi-vie | steps until half is left |
# | hidden state | état caché | h: what is said, and read at the next step |
# | hidden unit | unité cachée | one of the H numbers of h and of c |
# | initialisation | initialisation | from which weights training starts |
# | input gate | porte d'entrée | i: how much is written |
# | input, output | entrée, sortie | x, y |
# | lag | retard | steps between cause and effect |
# | learning rate | taux d'apprentissage | sets how far an update goes |
# | long short-term memory (LSTM) | mémoire longue à court terme | a short-term memory (h, c) that lasts long |
# | loss | perte | how wrong the answers are, as one number, which training brings down |
# | mask | masque | says which steps count |
# | one-hot vector | vecteur un parmi n | a 1 at the place of the symbol, else 0 |
# | output gate | porte de sortie | o: how much is said |
# | overfitting | surapprentissage | good on what was learned from, worse on anything new |
# | padding | remplissage | makes the sequences of a batch equally long |
# | peephole | connexion *peephole*, judas | lets a gate see c |
# | perplexity | perplexité | among how many words it hesitates |
# | pinned gate | porte fixée | held at one value, not learned |
# | plain RNN, vanilla RNN | RNN simple | one state, no gate |
# | pre-activation | préactivation | W·[h, x] + b, before σ or tanh |
# | probe | sonde | reads something off a state, by a linear map that is fitted |
# | read-out | lecture | y = V h + b_y |
# | recurrent neural network (RNN) | réseau de neurones récurrents | reads, at each step, its own state of the step before |
# | R² | R², coefficient de détermination | share of the variance that is explained; 1 is exact |
# | seed | graine | what the random numbers start from |
# | sequence, time step | séquence, pas de temps | all the x, one after another; one of them |
# | sigmoid | sigmoïde | σ: any number to one between 0 and 1 |
# | softmax | softmax | turns scores into probabilities, which add up to 1 |
# | spectral radius | rayon spectral | the largest modulus of the eigenvalues |
# | teacher forcing | apprentissage dirigé | in training, the right word before is given |
# | training set, test set | jeu d'entraînement, jeu de test | what is learned from, and what was never seen |
# | truncated backpropagation | rétropropagation tronquée | the way back ends after some steps, the state goes on |
# | unrolled (in time) | déplié (dans le temps) | one copy per step, the same weights |
# | update, epoch | mise à jour, époque | one change of the weights; once through the training set |
# | vanishing gradient | évanouissement (ou disparition) du gradient | the gradient shrinks with the lag |
# | weight | poids | W: a learned number, by which an entry of h or x is multiplied |

# %% [markdown] id="glossary" lang="fr" slideshow={"slide_type": "slide"}
# ## 8 · Français et anglais
#
# | français | English | en quelques mots |
# |---|---|---|
# | Adam | Adam | une règle de mise à jour : chaque poids a son propre pas, qui s'adapte à ses gradients |
# | apprentissage dirigé | teacher forcing | à l'entraînement, on donne le bon mot précédent |
# | attention | attention | un regard en arrière, pondéré, sur tous les pas |
# | biais | bias | b : un nombre appris, ajouté à la somme pondérée de h et x |
# | candidat | candidate | c̃ (`g` dans le code) : ce qui peut être écrit |
# | carrousel à erreur constante | constant error carousel | le chemin le long de c : le gradient y est multiplié par f seul, et par 1 dans la cellule de 1997 |
# | cellule | cell | un pas du réseau, le même à chaque pas |
# | connexion *peephole*, judas | peephole | laisse une porte voir c |
# | demi-vie | half-life | nombre de pas au bout desquels il reste la moitié |
# | déplié (dans le temps) | unrolled (in time) | une copie par pas, les mêmes poids |
# | différences finies | finite differences | une pente, mesurée entre deux valeurs voisines |
# | écrêtage (du gradient) | clipping (of the gradient) | raccourcit un gradient trop long |
# | encodeur, décodeur | encoder, decoder | l'un lit, l'autre écrit |
# | entrée, sortie | input, output | x, y |
# | état caché | hidden state | h : ce qui est dit, et relu au pas suivant |
# | état de cellule | cell state | c : ce qui est gardé |
# | évanouissement (ou disparition) du gradient | vanishing gradient | le gradient diminue avec le retard |
# | exactitude | accuracy | la part des bonnes réponses |
# | explosion du gradient | exploding gradient | le gradient grandit avec le retard |
# | gradient | gradient | comment la perte varie avec chaque nombre dont elle dépend |
# | graine | seed | d'où partent les nombres au hasard |
# | hasard | chance | le score d'une réponse au hasard |
# | initialisation | initialisation | de quels poids part l'entraînement |
# | jeu d'entraînement, jeu de test | training set, test set | ce dont on apprend, et ce qu'on n'a jamais vu |
# | lecture | read-out | y = V h + b_y |
# | lot | batch | des exemples calculés ensemble, un par colonne |
# | masque | mask | dit quels pas comptent |
# | mémoire longue à court terme (LSTM) | long short-term memory | une mémoire à court terme (h, c) qui dure longtemps |
# | mise à jour, époque | update, epoch | un changement des poids ; un passage sur le jeu d'entraînement |
# | modèle de référence | baseline | la méthode simple, à battre |
# | perplexité | perplexity | entre combien de mots on hésite |
# | perte | loss | l'erreur des réponses, en un seul nombre, que l'entraînement fait baisser |
# | plongement | embedding | un mot ou une lettre devenus un vecteur appris |
# | poids | weight | W : un nombre appris, qui multiplie une composante de h ou de x |
# | porte d'entrée | input gate | i : quelle part on écrit |
# | porte d'oubli | forget gate | f : quelle part on garde |
# | porte de sortie | output gate | o : quelle part on dit |
# | porte fixée | pinned gate | maintenue à une valeur, sans apprendre |
# | préactivation | pre-activation | W·[h, x] + b, avant σ ou tanh |
# | rayon spectral | spectral radius | le plus grand module des valeurs propres |
# | remplissage | padding | donne la même longueur aux séquences d'un lot |
# | réseau à propagation avant | feed-forward network | répond à chaque entrée séparément |
# | réseau de neurones récurrents (RNN) | recurrent neural network | lit à chaque pas son propre état du pas précédent |
# | retard | lag | les pas entre la cause et l'effet |
# | rétropropagation à travers le temps | backpropagation through time (BPTT) | la dérivation des fonctions composées, du dernier pas au premier |
# | rétropropagation tronquée | truncated backpropagation | le retour s'arrête après quelques pas, l'état continue |
# | RNN simple | plain RNN, vanilla RNN | un seul état, aucune porte |
# | R², coefficient de détermination | R² | part de la variance expliquée ; 1 est exact |
# | séquence, pas de temps | sequence, time step | tous les x, l'un après l'autre ; l'un d'eux |
# | sigmoïde | sigmoid | σ : d'un nombre quelconque à un nombre entre 0 et 1 |
# | softmax | softmax | change des scores en probabilités, dont la somme vaut 1 |
# | sonde | probe | lit quelque chose dans un état, par une application linéaire ajustée |
# | surapprentissage | overfitting | bon sur ce qui a servi à apprendre, moins bon sur tout ce qui est nouveau |
# | taux d'apprentissage | learning rate | règle l'ampleur d'une mise à jour |
# | unité cachée | hidden unit | l'un des H nombres de h et de c |
# | vecteur un parmi n | one-hot vector | un 1 à la place du symbole, des 0 ailleurs |
# | vérification du gradient | gradient check | le gradient obtenu par dérivation, comparé à celui que mesurent les différences finies |

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | the sheet says | you have seen |
# |---|---|
# | input → forget → input gate → cell state → output | an order to read in; f, i, c̃ and o wait for nobody |
# | six lines | in your own functions, equal to the library's step in every order |
# | two memories, c and h | all that is handed to the next step, and all that has to be kept |
#
# That was the sheet. Close it, take a blank page, and draw the cell. If a wire is missing, you know the chapter.
#
# Next: [11 · Out into the world](11-out-into-the-world.ipynb), where your cell meets PyTorch, Keras and the sun.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | la fiche dit | vous l'avez vu |
# |---|---|
# | entrée → oubli → porte d'entrée → état de cellule → sortie | un ordre de lecture ; f, i, c̃ et o n'attendent personne |
# | six lignes | dans vos propres fonctions, égales au pas de la bibliothèque dans tous les ordres |
# | deux mémoires, c et h | tout ce qui passe au pas suivant, et tout ce qu'il faut garder |
#
# C'était la fiche. Fermez-la, prenez une page blanche, et dessinez la cellule. S'il manque un fil, vous savez à quel chapitre le chercher.
#
# Suite : [11 · Dans le monde réel](11-out-into-the-world.ipynb), où votre cellule rencontre PyTorch, Keras et le soleil.

# %% [markdown] id="references" lang="en"
# ## References
#
# The papers that the course names, by year.
#
# * J. L. Elman (1990), <cite>Finding structure in time</cite>, Cognitive Science 14(2), 179–211.
# * P. J. Werbos (1990), <cite>Backpropagation through time: what it does and how to do it</cite>, Proceedings of the IEEE 78(10), 1550–1560.
# * S. Hochreiter (1991), <cite>Untersuchungen zu dynamischen neuronalen Netzen</cite>, diploma thesis, Technische Universität München.
# * Y. Bengio, P. Simard, P. Frasconi (1994), <cite>Learning long-term dependencies with gradient descent is difficult</cite>, IEEE Transactions on Neural
#   Networks 5(2), 157–166.
# * S. Hochreiter, J. Schmidhuber (1997), <cite>Long short-term memory</cite>, Neural Computation 9(8), 1735–1780.
# * M. Schuster, K. K. Paliwal (1997), <cite>Bidirectional recurrent neural networks</cite>, IEEE Transactions on Signal Processing 45(11), 2673–2681.
# * F. A. Gers, J. Schmidhuber, F. Cummins (2000), <cite>Learning to forget: continual prediction with LSTM</cite>, Neural Computation 12(10), 2451–2471.
# * F. A. Gers, J. Schmidhuber (2000), <cite>Recurrent nets that time and count</cite>, IJCNN 3, 189–194.
# * F. A. Gers, J. Schmidhuber (2001), <cite>LSTM recurrent networks learn simple context-free and context-sensitive languages</cite>, IEEE Transactions on
#   Neural Networks 12(6), 1333–1340.
# * A. Graves, J. Schmidhuber (2005), <cite>Framewise phoneme classification with bidirectional LSTM and other neural network architectures</cite>, Neural
#   Networks 18(5–6), 602–610.
# * R. Pascanu, T. Mikolov, Y. Bengio (2013), <cite>On the difficulty of training recurrent neural networks</cite>, ICML, 1310–1318,
#   [arXiv:1211.5063](https://arxiv.org/abs/1211.5063).
# * A. Graves, A. Mohamed, G. Hinton (2013), <cite>Speech recognition with deep recurrent neural networks</cite>, ICASSP, 6645–6649,
#   [arXiv:1303.5778](https://arxiv.org/abs/1303.5778).
# * A. M. Saxe, J. L. McClelland, S. Ganguli (2014), <cite>Exact solutions to the nonlinear dynamics of learning in deep linear neural networks</cite>, ICLR,
#   [arXiv:1312.6120](https://arxiv.org/abs/1312.6120).
# * K. Cho, B. van Merriënboer, D. Bahdanau, Y. Bengio (2014), <cite>On the properties of neural machine translation: encoder–decoder approaches</cite>,
#   SSST-8, [arXiv:1409.1259](https://arxiv.org/abs/1409.1259).
# * K. Cho and six others (2014), <cite>Learning phrase representations using RNN encoder–decoder for statistical machine translation</cite>, EMNLP,
#   [arXiv:1406.1078](https://arxiv.org/abs/1406.1078).
# * I. Sutskever, O. Vinyals, Q. V. Le (2014), <cite>Sequence to sequence learning with neural networks</cite>, NIPS 27, 3104–3112,
#   [arXiv:1409.3215](https://arxiv.org/abs/1409.3215).
# * D. Bahdanau, K. Cho, Y. Bengio (2015), <cite>Neural machine translation by jointly learning to align and translate</cite>, ICLR,
#   [arXiv:1409.0473](https://arxiv.org/abs/1409.0473).
# * D. P. Kingma, J. Ba (2015), <cite>Adam: a method for stochastic optimization</cite>, ICLR, [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
# * R. Jozefowicz, W. Zaremba, I. Sutskever (2015), <cite>An empirical exploration of recurrent network architectures</cite>, ICML, 2342–2350.
# * A. Karpathy, J. Johnson, L. Fei-Fei (2015), <cite>Visualizing and understanding recurrent networks</cite>,
#   [arXiv:1506.02078](https://arxiv.org/abs/1506.02078).
# * Q. V. Le, N. Jaitly, G. Hinton (2015), <cite>A simple way to initialize recurrent networks of rectified linear units</cite>,
#   [arXiv:1504.00941](https://arxiv.org/abs/1504.00941).
# * K. Greff, R. K. Srivastava, J. Koutník, B. R. Steunebrink, J. Schmidhuber (2015, 2017), <cite>LSTM: a search space odyssey</cite>, IEEE Transactions on
#   Neural Networks and Learning Systems 28(10), 2222–2232, [arXiv:1503.04069](https://arxiv.org/abs/1503.04069).
# * A. Vaswani and seven others (2017), <cite>Attention is all you need</cite>, NIPS 30, [arXiv:1706.03762](https://arxiv.org/abs/1706.03762).
# * G. Weiss, Y. Goldberg, E. Yahav (2018), <cite>On the practical computational power of finite precision RNNs for language recognition</cite>, ACL,
#   740–745, [arXiv:1805.04908](https://arxiv.org/abs/1805.04908).
# * C. Tallec, Y. Ollivier (2018), <cite>Can recurrent neural networks warp time?</cite>, ICLR, [arXiv:1804.11188](https://arxiv.org/abs/1804.11188).
# * J. van der Westhuizen, J. Lasenby (2018), <cite>The unreasonable effectiveness of the forget gate</cite>,
#   [arXiv:1804.04849](https://arxiv.org/abs/1804.04849).
# * A. Gu, K. Goel, C. Ré (2022), <cite>Efficiently modeling long sequences with structured state spaces</cite>, ICLR,
#   [arXiv:2111.00396](https://arxiv.org/abs/2111.00396).
# * A. Gu, T. Dao (2023), <cite>Mamba: linear-time sequence modeling with selective state spaces</cite>,
#   [arXiv:2312.00752](https://arxiv.org/abs/2312.00752).
# * M. Beck and eight others (2024), <cite>xLSTM: extended long short-term memory</cite>, NeurIPS 37, [arXiv:2405.04517](https://arxiv.org/abs/2405.04517).
# * L. Feng, F. Tung, M. O. Ahmed, Y. Bengio, H. Hajimirsadeghi (2024), <cite>Were RNNs all we needed?</cite>,
#   [arXiv:2410.01201](https://arxiv.org/abs/2410.01201).
# * R. Grazzi, J. Siems, A. Zela, J. K. H. Franke, F. Hutter, M. Pontil (2025), <cite>Unlocking state-tracking in linear RNNs through negative
#   eigenvalues</cite>, ICLR, [arXiv:2411.12537](https://arxiv.org/abs/2411.12537).

# %% [markdown] id="references" lang="fr"
# ## Références
#
# Les articles que cite le cours, classés par année.
#
# * J. L. Elman (1990), <cite>Finding structure in time</cite>, Cognitive Science 14(2), 179–211.
# * P. J. Werbos (1990), <cite>Backpropagation through time: what it does and how to do it</cite>, Proceedings of the IEEE 78(10), 1550–1560.
# * S. Hochreiter (1991), <cite>Untersuchungen zu dynamischen neuronalen Netzen</cite>, mémoire de fin d'études, Technische Universität München.
# * Y. Bengio, P. Simard, P. Frasconi (1994), <cite>Learning long-term dependencies with gradient descent is difficult</cite>, IEEE Transactions on Neural
#   Networks 5(2), 157–166.
# * S. Hochreiter, J. Schmidhuber (1997), <cite>Long short-term memory</cite>, Neural Computation 9(8), 1735–1780.
# * M. Schuster, K. K. Paliwal (1997), <cite>Bidirectional recurrent neural networks</cite>, IEEE Transactions on Signal Processing 45(11), 2673–2681.
# * F. A. Gers, J. Schmidhuber, F. Cummins (2000), <cite>Learning to forget: continual prediction with LSTM</cite>, Neural Computation 12(10), 2451–2471.
# * F. A. Gers, J. Schmidhuber (2000), <cite>Recurrent nets that time and count</cite>, IJCNN 3, 189–194.
# * F. A. Gers, J. Schmidhuber (2001), <cite>LSTM recurrent networks learn simple context-free and context-sensitive languages</cite>, IEEE Transactions on
#   Neural Networks 12(6), 1333–1340.
# * A. Graves, J. Schmidhuber (2005), <cite>Framewise phoneme classification with bidirectional LSTM and other neural network architectures</cite>, Neural
#   Networks 18(5–6), 602–610.
# * R. Pascanu, T. Mikolov, Y. Bengio (2013), <cite>On the difficulty of training recurrent neural networks</cite>, ICML, 1310–1318,
#   [arXiv:1211.5063](https://arxiv.org/abs/1211.5063).
# * A. Graves, A. Mohamed, G. Hinton (2013), <cite>Speech recognition with deep recurrent neural networks</cite>, ICASSP, 6645–6649,
#   [arXiv:1303.5778](https://arxiv.org/abs/1303.5778).
# * A. M. Saxe, J. L. McClelland, S. Ganguli (2014), <cite>Exact solutions to the nonlinear dynamics of learning in deep linear neural networks</cite>, ICLR,
#   [arXiv:1312.6120](https://arxiv.org/abs/1312.6120).
# * K. Cho, B. van Merriënboer, D. Bahdanau, Y. Bengio (2014), <cite>On the properties of neural machine translation: encoder–decoder approaches</cite>,
#   SSST-8, [arXiv:1409.1259](https://arxiv.org/abs/1409.1259).
# * K. Cho et six autres (2014), <cite>Learning phrase representations using RNN encoder–decoder for statistical machine translation</cite>, EMNLP,
#   [arXiv:1406.1078](https://arxiv.org/abs/1406.1078).
# * I. Sutskever, O. Vinyals, Q. V. Le (2014), <cite>Sequence to sequence learning with neural networks</cite>, NIPS 27, 3104–3112,
#   [arXiv:1409.3215](https://arxiv.org/abs/1409.3215).
# * D. Bahdanau, K. Cho, Y. Bengio (2015), <cite>Neural machine translation by jointly learning to align and translate</cite>, ICLR,
#   [arXiv:1409.0473](https://arxiv.org/abs/1409.0473).
# * D. P. Kingma, J. Ba (2015), <cite>Adam: a method for stochastic optimization</cite>, ICLR, [arXiv:1412.6980](https://arxiv.org/abs/1412.6980).
# * R. Jozefowicz, W. Zaremba, I. Sutskever (2015), <cite>An empirical exploration of recurrent network architectures</cite>, ICML, 2342–2350.
# * A. Karpathy, J. Johnson, L. Fei-Fei (2015), <cite>Visualizing and understanding recurrent networks</cite>,
#   [arXiv:1506.02078](https://arxiv.org/abs/1506.02078).
# * Q. V. Le, N. Jaitly, G. Hinton (2015), <cite>A simple way to initialize recurrent networks of rectified linear units</cite>,
#   [arXiv:1504.00941](https://arxiv.org/abs/1504.00941).
# * K. Greff, R. K. Srivastava, J. Koutník, B. R. Steunebrink, J. Schmidhuber (2015, 2017), <cite>LSTM: a search space odyssey</cite>, IEEE Transactions on
#   Neural Networks and Learning Systems 28(10), 2222–2232, [arXiv:1503.04069](https://arxiv.org/abs/1503.04069).
# * A. Vaswani et sept autres (2017), <cite>Attention is all you need</cite>, NIPS 30, [arXiv:1706.03762](https://arxiv.org/abs/1706.03762).
# * G. Weiss, Y. Goldberg, E. Yahav (2018), <cite>On the practical computational power of finite precision RNNs for language recognition</cite>, ACL,
#   740–745, [arXiv:1805.04908](https://arxiv.org/abs/1805.04908).
# * C. Tallec, Y. Ollivier (2018), <cite>Can recurrent neural networks warp time?</cite>, ICLR, [arXiv:1804.11188](https://arxiv.org/abs/1804.11188).
# * J. van der Westhuizen, J. Lasenby (2018), <cite>The unreasonable effectiveness of the forget gate</cite>,
#   [arXiv:1804.04849](https://arxiv.org/abs/1804.04849).
# * A. Gu, K. Goel, C. Ré (2022), <cite>Efficiently modeling long sequences with structured state spaces</cite>, ICLR,
#   [arXiv:2111.00396](https://arxiv.org/abs/2111.00396).
# * A. Gu, T. Dao (2023), <cite>Mamba: linear-time sequence modeling with selective state spaces</cite>,
#   [arXiv:2312.00752](https://arxiv.org/abs/2312.00752).
# * M. Beck et huit autres (2024), <cite>xLSTM: extended long short-term memory</cite>, NeurIPS 37, [arXiv:2405.04517](https://arxiv.org/abs/2405.04517).
# * L. Feng, F. Tung, M. O. Ahmed, Y. Bengio, H. Hajimirsadeghi (2024), <cite>Were RNNs all we needed?</cite>,
#   [arXiv:2410.01201](https://arxiv.org/abs/2410.01201).
# * R. Grazzi, J. Siems, A. Zela, J. K. H. Franke, F. Hutter, M. Pontil (2025), <cite>Unlocking state-tracking in linear RNNs through negative
#   eigenvalues</cite>, ICLR, [arXiv:2411.12537](https://arxiv.org/abs/2411.12537).
