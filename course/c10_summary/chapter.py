# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 10 · Summary
#
# The whole course on one sheet, and you have earned every line of it. Here you walk through it once more, step by step, see in which
# order it is *read* and in which it is *computed*, print it, and face twenty questions.
#
# By the end you can draw the cell from memory, name every part in two languages, and say what came after it.
#
# *You need*: chapters 00 to 08, or as many of them as you like. *It takes*: about an hour; the computing, some seconds.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 10 · Résumé
#
# Tout le cours tient sur une fiche, et vous en avez gagné chaque ligne. Dans ce chapitre, vous la parcourez une dernière fois, pas à
# pas ; vous voyez dans quel ordre elle se *lit* et dans quel ordre elle se *calcule* ; vous l'imprimez ; et vous répondez à vingt questions.
#
# À la fin, vous saurez dessiner la cellule de mémoire, nommer chaque pièce dans les deux langues, et dire ce qui est venu après elle.
#
# *Il vous faut* : les chapitres 00 à 08, ou ceux que vous voulez. *Durée* : une heure environ, dont quelques secondes de calcul.

# %% id="imports"
from itertools import permutations

import numpy as np

from lstmlib import LSTM, State, forward, softmax, weights
from workbook import cheatsheet, expect, explorers, mine, plots, predict, quiz, say, value

# %% [markdown] id="alive" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · The sheet, alive
#
# Six lines are the whole cell:
#
# $$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f) \qquad i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$$
#
# $$\tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c) \qquad o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$$
#
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t \qquad h_t = o_t * \tanh(c_t)$$
#
# One step in your head, before the machine does it.

# %% [markdown] id="alive" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · La fiche, vivante
#
# La cellule entière tient en six lignes :
#
# $$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f) \qquad i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$$
#
# $$\tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c) \qquad o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$$
#
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t \qquad h_t = o_t * \tanh(c_t)$$
#
# Un pas de tête, avant que la machine ne le fasse.

# %% id="predict-one-step"
predict("10-one-step")

# %% id="one-step"
c, f, i, g, o = 2, .5, 1, .5, .5
c = f * c + i * g
h = o * np.tanh(c)
print(f"c = {plots.number(c)}, h = {plots.number(h)}")

# %% [markdown] id="ask-order" lang="en" slideshow={"slide_type": "subslide"}
# The sheet sums the cell up in a column: input, forget, input gate, cell state, output, one arrow from each to the next. An arrow looks
# like "first this, then that". Is it?

# %% [markdown] id="ask-order" lang="fr" slideshow={"slide_type": "subslide"}
# La fiche résume la cellule en une colonne : entrée, oubli, porte d'entrée, état de cellule, sortie, et une flèche de chacun au suivant.
# Une flèche, cela se lit « d'abord ceci, ensuite cela ». Est-ce vrai ?

# %% id="predict-order"
predict("10-who-first")

# %% [markdown] id="step-through" lang="en" slideshow={"slide_type": "subslide"}
# **Step through it.** The arrow keys, or Play (▶), move moment by moment through three inputs. On the left, how far a reader of the sheet has
# come. On the right, what can be computed by then. Watch two things: how many boxes light up at once at moment 1, and who has to wait
# for whom. At the next input, h and c come back on the left of the graph, as *before*.

# %% [markdown] id="step-through" lang="fr" slideshow={"slide_type": "subslide"}
# **Parcourez-la.** Les flèches du clavier, ou Lecture (▶), avancent d'un moment à l'autre, sur trois entrées. À gauche, jusqu'où en est
# quelqu'un qui lit la fiche. À droite, ce qu'on peut avoir calculé entre-temps. Observez deux choses : combien de cases s'allument d'un
# coup au moment 1, et qui doit attendre qui. À l'entrée suivante, h et c reviennent dans le graphe, marqués *avant*.

# %% id="flow-order"
explorers.flow_order()

# %% [markdown] id="ask-orders" lang="en"
# A drawing proves nothing. So take your own six functions (or the library's, where yours is missing), and let f, i, c̃ and o be computed in
# every order there is. If one of them waited for another, some orders would fail.

# %% [markdown] id="ask-orders" lang="fr"
# Un dessin ne prouve rien. Prenez donc vos six fonctions (ou celles de la bibliothèque, là où il en manque), et faites calculer f, i, c̃ et
# o dans tous les ordres possibles. Si l'un attendait l'autre, certains ordres échoueraient.

# %% id="orders"
line = {"f": mine("forget_gate"), "i": mine("input_gate"),
        "o": mine("forget_gate"), "g": mine("candidate")}
cell_update, hidden = mine("cell_update"), mine("hidden")

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
# **Explain.** None of the four reads another; all of them read $[h_{t-1}, x_t]$. That is why libraries compute them in *one* matrix product,
# four times as high. Only $c_t$ waits for f, i and c̃, and only $h_t$ waits for $c_t$ and o. (In the peephole LSTM of chapter 08, o looks at
# the new c; there it does wait.)
#
# One wait remains, and no cleverness removes it here: the next step needs $h_t$. An LSTM must read in order, one moment after another. Keep
# that in mind for the last section.
#
# *The column of the sheet is the order of understanding. The graph is the order of computing.*

# %% [markdown] id="explain-order" lang="fr"
# **Expliquez.** Aucun des quatre ne lit un autre ; tous lisent $[h_{t-1}, x_t]$. Voilà pourquoi les bibliothèques les calculent en *un seul*
# produit matriciel, quatre fois plus haut. Seul $c_t$ attend f, i et c̃ ; seul $h_t$ attend $c_t$ et o. (Dans le LSTM à judas du
# chapitre 08, o regarde le nouveau c : là, elle attend bel et bien.)
#
# Il reste une attente, qu'aucune astuce ne supprime ici : le pas suivant a besoin de $h_t$. Un LSTM lit dans l'ordre, un instant après
# l'autre. Gardez cela en tête pour la dernière section.
#
# *La colonne de la fiche donne l'ordre pour comprendre. Le graphe donne l'ordre pour calculer.*

# %% [markdown] id="lines" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · The whole sheet, line by line
#
# | the sheet says | earned in | the fine print |
# |---|---|---|
# | RNNs read sequences: text, sound, video | [01](01-rnn-basics.ipynb) | one code for three senses; a window reads order too, as far as it reaches |
# | they remember past states, and these act on what they predict | [01](01-rnn-basics.ipynb) | a bag of letters cannot say which came first |
# | each cell takes the old hidden state and the present input | [01](01-rnn-basics.ipynb) | $[h_{t-1}, x_t]$: h over x, the same weights at every step |
# | the output of each step depends on input and memory | [01](01-rnn-basics.ipynb) | $y_t = V h_t + b_y$, which is not bounded by 1 |
# | $h_t = f(h_{t-1}, x_t)$ | [01](01-rnn-basics.ipynb) | this f is a whole step, tanh, and no gate |
# | applications: sentiment, translation, next word, captions | [02](02-applications.ipynb) | always beside a method without memory, which sometimes wins |
# | gradients become too small in backpropagation through time | [03](03-vanishing-gradient.ipynb) | those from far away; the near ones drown them |
# | the network forgets what is far | [03](03-vanishing-gradient.ipynb) | not to hold it and not to learn it are two things |
# | the LSTM: gates that govern a long-term memory | [03](03-vanishing-gradient.ipynb), [08](08-full-cell.ipynb) | f near 1 does it, not the name |
# | a new variable, the cell state $c_t$ | [06](06-cell-state.ipynb) | not bounded: it can count |
# | forget gate $f_t$: which of the past is forgotten | [04](04-forget-gate.ipynb) | f = 1 keeps: it might have been called the keep gate |
# | a sigmoid, from 0 (forget all) to 1 (keep all) | [04](04-forget-gate.ipynb) | in between, a half-life of $-1/\log_2 f$ steps |
# | input gate $i_t$: which of the new is stored | [05](05-input-gate.ipynb) | *whether*; one value per unit |
# | candidate $\tilde c_t$ | [05](05-input-gate.ipynb) | *what*; with tanh it can take away as well as add |
# | $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ | [06](06-cell-state.ipynb) | $*$ is entry by entry; no tanh on the way |
# | output gate $o_t$: what is said, and the new hidden state | [07](07-output-gate.ipynb) | it protects nothing: f alone decides what stays |
# | $h_t = o_t * \tanh(c_t)$ | [07](07-output-gate.ipynb) | bounded, whatever c is |
# | the drawing: input, forget, input gate, cell state, output | 10 | an order to read in; four are computed side by side |

# %% [markdown] id="lines" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Toute la fiche, ligne par ligne
#
# | la fiche dit | gagné au chapitre | en petits caractères |
# |---|---|---|
# | les RNN lisent des séquences : texte, son, vidéo | [01](01-rnn-basics.ipynb) | un seul code pour trois sens ; une fenêtre lit l'ordre aussi, aussi loin qu'elle porte |
# | ils retiennent des états passés, qui pèsent sur la prédiction | [01](01-rnn-basics.ipynb) | un sac de lettres ne sait pas laquelle est venue en premier |
# | chaque cellule prend l'ancien état caché et l'entrée présente | [01](01-rnn-basics.ipynb) | $[h_{t-1}, x_t]$ : h au-dessus de x, les mêmes poids à chaque pas |
# | la sortie de chaque pas dépend de l'entrée et de la mémoire | [01](01-rnn-basics.ipynb) | $y_t = V h_t + b_y$, qui n'est pas borné par 1 |
# | $h_t = f(h_{t-1}, x_t)$ | [01](01-rnn-basics.ipynb) | ce f est un pas entier, avec tanh ; ce n'est pas une porte |
# | applications : sentiments, traduction, mot suivant, légendes | [02](02-applications.ipynb) | toujours face à une méthode sans mémoire, qui gagne parfois |
# | les gradients deviennent trop petits par rétropropagation | [03](03-vanishing-gradient.ipynb) | ceux qui viennent de loin ; les proches les couvrent |
# | le réseau oublie ce qui est loin | [03](03-vanishing-gradient.ipynb) | ne pas le retenir et ne pas l'apprendre, cela fait deux |
# | le LSTM : des portes qui gèrent une mémoire à long terme | [03](03-vanishing-gradient.ipynb), [08](08-full-cell.ipynb) | tout vient de f proche de 1, pas du nom |
# | une nouvelle variable, l'état de cellule $c_t$ | [06](06-cell-state.ipynb) | sans borne : il peut compter |
# | porte d'oubli $f_t$ : ce qu'on oublie du passé | [04](04-forget-gate.ipynb) | f = 1 garde : on aurait pu l'appeler porte de mémoire |
# | une sigmoïde, de 0 (tout oublier) à 1 (tout garder) | [04](04-forget-gate.ipynb) | entre les deux, une demi-vie de $-1/\log_2 f$ pas |
# | porte d'entrée $i_t$ : ce qu'on retient du nouveau | [05](05-input-gate.ipynb) | *si* l'on écrit ; une valeur par unité |
# | candidat $\tilde c_t$ | [05](05-input-gate.ipynb) | *quoi* écrire ; avec tanh, il peut retirer autant qu'ajouter |
# | $c_t = f_t * c_{t-1} + i_t * \tilde c_t$ | [06](06-cell-state.ipynb) | $*$ : terme à terme ; pas de tanh en chemin |
# | porte de sortie $o_t$ : ce qui est dit, et le nouvel état caché | [07](07-output-gate.ipynb) | elle ne protège rien : ce qui reste, f seule en décide |
# | $h_t = o_t * \tanh(c_t)$ | [07](07-output-gate.ipynb) | borné, quel que soit c |
# | le dessin : entrée, oubli, porte d'entrée, état, sortie | 10 | un ordre de lecture ; quatre pièces se calculent côte à côte |

# %% [markdown] id="print" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · The sheet to print
#
# One page for the wall, or for the exam: the cell, the six lines, the way back, the shapes, half-lives, and what to watch when you train.
# In a terminal, in the folder of the course, `python start.py cheatsheet` writes it as PDF and SVG, for A4 and Letter. From here,
# `cheatsheet.save(".")` puts the same files beside this notebook.

# %% [markdown] id="print" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · La fiche à imprimer
#
# Une page pour le mur, ou pour l'examen : la cellule, les six lignes, le chemin du retour, les formes, les demi-vies, et ce qu'il faut
# surveiller à l'entraînement. Dans un terminal, dans le dossier du cours, `python start.py fr cheatsheet` l'écrit en PDF et en SVG, aux
# formats A4 et Letter. D'ici, `cheatsheet.save(".")` pose les mêmes fichiers à côté de ce cahier.

# %% id="cheatsheet"
plots.Picture(cheatsheet.page("a4"), say(
    "The cheat sheet: the cell, its six lines forwards, the way backwards, what each gate means, "
    "shapes, forget bias and half-life, and advice for training."))

# %% [markdown] id="glossary" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · English and French
#
# | English | français | in a few words |
# |---|---|---|
# | accuracy | exactitude | share of right answers |
# | attention | attention | a weighted look back at all steps |
# | backpropagation through time (BPTT) | rétropropagation à travers le temps | the chain rule, from the last step to the first |
# | baseline | point de comparaison | the simple method to beat |
# | batch | lot | examples computed together, one in each column |
# | bias | biais | what a gate is asked when it hears nothing |
# | candidate | candidat | c̃ (`g` here): what may be written |
# | cell | cellule | one step of the network, used at every moment |
# | cell state | état de cellule | c: what is kept |
# | chance | hasard | what guessing scores |
# | clipping (of the gradient) | écrêtage (du gradient) | shortens a gradient that is too long |
# | constant error carousel | carrousel à erreur constante | the path along c, multiplied by f alone |
# | encoder, decoder | encodeur, décodeur | one reads, the other writes |
# | exploding gradient | explosion du gradient | grows with the lag |
# | finite differences | différences finies | the slope, measured |
# | forget gate | porte d'oubli | f: how much is kept |
# | gradient | gradient | who is to blame, and for how much |
# | gradient check | vérification du gradient | derived against measured |
# | half-life | demi-vie | steps until half is left |
# | hidden layer, hidden unit | couche cachée, unité cachée | one of the H numbers |
# | hidden state | état caché | h: what is said, and read at the next step |
# | input, output | entrée, sortie | x, y |
# | input gate | porte d'entrée | i: how much is written |
# | lag | retard | steps between cause and effect |
# | learning rate | taux d'apprentissage | the length of a step downhill |
# | long short-term memory (LSTM) | mémoire longue à court terme | a short-term memory (h, c) that lasts long |
# | loss | perte | what training brings down |
# | mask | masque | says which steps count |
# | one-hot vector | vecteur un parmi n | a 1 at the place of the symbol |
# | output gate | porte de sortie | o: how much is said |
# | overfitting | surapprentissage | learned by heart |
# | padding | remplissage | makes rows of a batch equally long |
# | peephole | judas | lets a gate see c |
# | perplexity | perplexité | among how many words it hesitates |
# | plain RNN, vanilla RNN | RNN simple | one state, no gate |
# | read-out | lecture | y = V h + b_y |
# | recurrent neural network (RNN) | réseau de neurones récurrents | reads its own past |
# | seed | graine | what the random numbers start from |
# | sequence, time step | séquence, pas de temps | a row, one moment of it |
# | sigmoid | sigmoïde | σ: any number to one between 0 and 1 |
# | spectral radius | rayon spectral | size of the largest eigenvalue |
# | teacher forcing | forçage par la référence | in training, the right word before is given |
# | training, test (held-out) set | jeu d'entraînement, de test | learned from, never seen |
# | unrolled (in time) | déplié (dans le temps) | one copy per step, the same weights |
# | vanishing gradient | gradient évanescent, évanouissement (ou disparition) du gradient | dies with the lag |
# | weight | poids | what is learned |
# | word embedding | plongement de mots | a word as a vector |

# %% [markdown] id="glossary" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Français et anglais
#
# | français | English | en quelques mots |
# |---|---|---|
# | attention | attention | un regard pondéré sur tous les pas passés |
# | biais | bias | ce qu'on demande à une porte quand elle n'entend rien |
# | candidat | candidate | c̃ (`g` ici) : ce qui peut être écrit |
# | carrousel à erreur constante | constant error carousel | le chemin le long de c, que f seule multiplie |
# | cellule | cell | un pas du réseau, le même à chaque instant |
# | couche cachée, unité cachée | hidden layer, hidden unit | l'un des H nombres |
# | demi-vie | half-life | combien de pas jusqu'à la moitié |
# | déplié (dans le temps) | unrolled (in time) | une copie par pas, les mêmes poids |
# | différences finies | finite differences | la pente, mesurée |
# | écrêtage (du gradient) | (gradient) clipping | raccourcit un gradient trop long |
# | encodeur, décodeur | encoder, decoder | l'un lit, l'autre écrit |
# | entrée, sortie | input, output | x, y |
# | état caché | hidden state | h : ce qui est dit, et relu au pas suivant |
# | état de cellule | cell state | c : ce qui est gardé |
# | exactitude | accuracy | la part des bonnes réponses |
# | explosion du gradient | exploding gradient | il grandit avec le retard |
# | forçage par la référence | teacher forcing | à l'entraînement, on donne le bon mot précédent |
# | gradient | gradient | qui est responsable, et de combien |
# | gradient évanescent, évanouissement (ou disparition) du gradient | vanishing gradient | il meurt avec le retard |
# | graine | seed | d'où partent les nombres au hasard |
# | hasard | chance | ce que vaut une réponse devinée |
# | jeu d'entraînement, de test | training, test (held-out) set | ce qu'on apprend, ce qu'on n'a jamais vu |
# | judas | peephole | laisse une porte voir c |
# | lecture | read-out | y = V h + b_y |
# | lot | batch | des exemples calculés ensemble, un par colonne |
# | masque | mask | dit quels pas comptent |
# | mémoire longue à court terme (LSTM) | long short-term memory | une mémoire à court terme (h, c) qui dure longtemps |
# | pas de temps | time step | un instant de la séquence |
# | perplexité | perplexity | entre combien de mots on hésite |
# | perte | loss | ce que l'entraînement fait baisser |
# | plongement de mots | word embedding | un mot devenu vecteur |
# | poids | weight | ce qui est appris |
# | point de comparaison | baseline | la méthode simple, à battre |
# | porte d'entrée | input gate | i : combien on écrit |
# | porte de sortie | output gate | o : combien on dit |
# | porte d'oubli | forget gate | f : combien on garde |
# | rayon spectral | spectral radius | la taille de la plus grande valeur propre |
# | remplissage | padding | rend les rangées d'un lot égales en longueur |
# | réseau de neurones récurrents (RNN) | recurrent neural network | relit son propre passé |
# | retard | lag | les pas entre la cause et l'effet |
# | rétropropagation à travers le temps | backpropagation through time (BPTT) | la dérivation en chaîne, du dernier pas au premier |
# | RNN simple | plain RNN, vanilla RNN | un seul état, aucune porte |
# | séquence | sequence | une rangée d'instants |
# | sigmoïde | sigmoid | σ : d'un nombre quelconque à un nombre entre 0 et 1 |
# | surapprentissage | overfitting | appris par cœur |
# | taux d'apprentissage | learning rate | la longueur d'un pas dans la pente |
# | vecteur un parmi n | one-hot vector | un 1 à la place du symbole |
# | vérification du gradient | gradient check | le calculé face au mesuré |

# %% [markdown] id="ask-quiz" lang="en" slideshow={"slide_type": "slide"}
# ## 5 · The final quiz
#
# Twenty questions from all chapters. A wrong answer tells you where to look again: that is what it is for.

# %% [markdown] id="ask-quiz" lang="fr" slideshow={"slide_type": "slide"}
# ## 5 · Le quiz final
#
# Vingt questions sur tous les chapitres. Une réponse fausse vous dit où retourner voir : elle est là pour cela.

# %% id="quiz"
quiz("10")

# %% [markdown] id="next" lang="en" slideshow={"slide_type": "slide"}
# ## 6 · Where next
#
# **Bidirectional.** A second network reads the row from its end, and both states are joined: each word then knows what comes after it. Good for
# labelling a finished sentence; of no use where the answer is due while the words come in. *M. Schuster, K. K. Paliwal (1997), Bidirectional
# recurrent neural networks, IEEE Transactions on Signal Processing 45(11), 2673–2681.*

# %% [markdown] id="next" lang="fr" slideshow={"slide_type": "slide"}
# ## 6 · Et après ?
#
# **Bidirectionnel.** Un second réseau lit la rangée depuis la fin, et l'on réunit les deux états : chaque mot sait alors ce qui le suit. Parfait pour
# étiqueter une phrase finie ; inutilisable quand il faut répondre pendant que les mots arrivent. *M. Schuster, K. K. Paliwal (1997),
# Bidirectional recurrent neural networks, IEEE Transactions on Signal Processing 45(11), 2673–2681.*

# %% id="bidirectional"
there, back = (weights(LSTM, 3, 4, np.random.default_rng(seed)) for seed in (1, 2))


def both_ways(x):                                        # (T, D, B) -> (T, 2H, B)
    return np.concatenate([forward(LSTM, there, x).h, forward(LSTM, back, x[::-1]).h[::-1]], axis=1)


x = np.random.default_rng(3).normal(size=(6, 3, 1))
other_end = x.copy()
other_end[-1] += 1                                       # only the last moment differs
one = np.abs(forward(LSTM, there, x).h[0] - forward(LSTM, there, other_end).h[0]).max()
both = np.abs(both_ways(x)[0] - both_ways(other_end)[0]).max()
expect(value(say("change of the first state with the last word, one way"), one) < 1e-12,
       value(say("change of the first state with the last word, both ways"), both) > 1e-3)

# %% [markdown] id="stacked" lang="en"
# **Stacked.** The h of one layer is the x of the next: `Model(…, layers=2)`. Deeper layers see what shallower ones have made of the input, as in
# networks for images. *A. Graves, A. Mohamed, G. Hinton (2013), Speech recognition with deep recurrent neural networks, ICASSP, 6645–6649,*
# [arXiv:1303.5778](https://arxiv.org/abs/1303.5778).
#
# **Attention.** A translator that keeps a whole sentence in one state of fixed size is asked too much. Let the decoder look back at *all* states of the
# encoder and mix them, with weights that it chooses anew for each word. The path from any word to the answer is then one step long.
# *D. Bahdanau, K. Cho, Y. Bengio (2015), Neural machine translation by jointly learning to align and translate, ICLR,*
# [arXiv:1409.0473](https://arxiv.org/abs/1409.0473). They score each state
# with a small network; here, in three lines, a product does it:

# %% [markdown] id="stacked" lang="fr"
# **Empilé.** Le h d'une couche devient le x de la suivante : `Model(…, layers=2)`. Les couches profondes voient ce que les premières ont fait de
# l'entrée, comme dans les réseaux pour les images. *A. Graves, A. Mohamed, G. Hinton (2013), Speech recognition with deep recurrent neural
# networks, ICASSP, 6645–6649,* [arXiv:1303.5778](https://arxiv.org/abs/1303.5778).
#
# **L'attention.** Tenir une phrase entière dans un seul état de taille fixe, c'est trop demander à un traducteur. Laissons le décodeur se retourner vers
# *tous* les états de l'encodeur et les mélanger, avec des poids choisis de nouveau pour chaque mot. De n'importe quel mot à la réponse, le chemin
# ne fait alors plus qu'un pas. *D. Bahdanau, K. Cho, Y. Bengio (2015), Neural machine translation by jointly learning to align and translate,
# ICLR,* [arXiv:1409.0473](https://arxiv.org/abs/1409.0473). Chez eux, un
# petit réseau note chaque état ; ici, en trois lignes, un produit suffit :

# %% id="attention"
def attend(h, query):                                    # (T, H, B), (H, B)
    looks = softmax((h * query).sum(1))                  # (T, B): how much each step is looked at
    return looks, (looks[:, None] * h).sum(0)            # (H, B): what was seen


for T in (5, 50):
    h = forward(LSTM, there, np.random.default_rng(T).normal(size=(T, 3, 1))).h
    looks, seen = attend(h, query=h[-1])
    print(h.shape, looks.shape, seen.shape)

# %% [markdown] id="after-attention" lang="en" slideshow={"slide_type": "subslide"}
# The row grows, the answer keeps its size. The looks show *where* the decoder looked, not *why* it answered; whether a look decided is to be
# tested, as with gates.
#
# **Transformers.** Attention alone, without any recurrence. No step waits for the one before, so all positions are computed at once in training.
# The price: work that grows with the square of the length, and an order that has to be told, by adding a code for each position.
# *A. Vaswani and seven others (2017), Attention is all you need, NIPS 30,* [arXiv:1706.03762](https://arxiv.org/abs/1706.03762).
#
# **xLSTM.** Your cell, nearly thirty years on. An input gate with an exponential in place of σ, so that a new thing can outweigh all that was stored;
# in one variant a memory that is a matrix, whose gates no longer read $h_{t-1}$, so that nothing waits. *M. Beck and eight others (2024), xLSTM:
# Extended long short-term memory, NeurIPS 37,* [arXiv:2405.04517](https://arxiv.org/abs/2405.04517).
#
# **State-space models.** Keep the belt, and make it linear: $s_t = A s_{t-1} + B x_t$. Without a tanh between the steps they can all be computed
# together, as a convolution or a scan, over thousands of steps. *A. Gu, K. Goel, C. Ré (2022), Efficiently modeling long sequences with structured
# state spaces, ICLR,* [arXiv:2111.00396](https://arxiv.org/abs/2111.00396). When what is kept and what is written depend on the input again, as your
# f and i do, it is called *selective*: *A. Gu, T. Dao (2023), Mamba: Linear-time sequence modeling with selective state spaces,*
# [arXiv:2312.00752](https://arxiv.org/abs/2312.00752). Read it with chapter 04 in mind: a forget gate that looks at x alone.

# %% [markdown] id="after-attention" lang="fr" slideshow={"slide_type": "subslide"}
# La rangée s'allonge, la réponse garde sa taille. Les regards montrent *où* le décodeur a regardé, pas *pourquoi* il a répondu ; si un regard a
# décidé, il faut le tester, comme pour les portes.
#
# **Les transformeurs.** L'attention seule, sans aucune récurrence. Aucun pas n'attend le précédent ; à l'entraînement, toutes les positions se
# calculent donc à la fois. Le prix : un travail qui croît comme le carré de la longueur, et un ordre qu'il faut souffler au réseau, en ajoutant un
# code à chaque position. *A. Vaswani et sept autres (2017), Attention is all you need, NIPS 30,* [arXiv:1706.03762](https://arxiv.org/abs/1706.03762).
#
# **xLSTM.** Votre cellule, près de trente ans après. Une porte d'entrée avec une exponentielle à la place de σ, pour qu'une nouveauté puisse
# l'emporter sur tout ce qui était gardé ; dans une variante, une mémoire qui est une matrice, et dont les portes ne lisent plus $h_{t-1}$ : plus rien
# n'attend. *M. Beck et huit autres (2024), xLSTM – Extended long short-term memory, NeurIPS 37,*
# [arXiv:2405.04517](https://arxiv.org/abs/2405.04517).
#
# **Les modèles à espace d'états.** Gardons le tapis roulant, et rendons-le linéaire : $s_t = A s_{t-1} + B x_t$. Sans tanh entre les pas, on peut les
# calculer tous ensemble, par convolution ou par balayage, sur des milliers de pas. *A. Gu, K. Goel, C. Ré (2022), Efficiently modeling long sequences
# with structured state spaces, ICLR,* [arXiv:2111.00396](https://arxiv.org/abs/2111.00396). Quand ce qu'on garde et ce qu'on écrit dépendent de
# nouveau de l'entrée, comme vos f et i, on parle de modèle *sélectif* : *A. Gu, T. Dao (2023), Mamba – Linear-time sequence modeling with selective
# state spaces,* [arXiv:2312.00752](https://arxiv.org/abs/2312.00752). À lire en pensant au chapitre 04 : c'est une porte d'oubli qui ne regarde que
# x.

# %% [markdown] id="honest" lang="en" slideshow={"slide_type": "slide"}
# ## 7 · Where it does not matter
#
# A last piece of honesty. Short rows with little noise: a plain RNN will do. One picture, one look: the nearest neighbour does better. A stream
# with a reset before each lesson: the cell of 1997 will do. A few units to spare: o is hardly missed. Before you reach for an LSTM, or for anything
# that came after it, try the simplest thing that could work, on several seeds, and look at what it gets.

# %% [markdown] id="honest" lang="fr" slideshow={"slide_type": "slide"}
# ## 7 · Là où cela ne change rien
#
# Soyons honnêtes une dernière fois. Des rangées courtes et peu de bruit : un RNN simple suffit. Une image, un regard : le plus proche voisin fait
# mieux. Un flux remis à zéro avant chaque leçon : la cellule de 1997 suffit. Quelques unités de trop : on ne remarque guère l'absence de o. Avant de
# prendre un LSTM, ou ce qui l'a suivi, essayez la chose la plus simple qui puisse marcher, avec plusieurs graines, et voyez ce qu'elle donne.

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

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez gagné
#
# | la fiche dit | vous l'avez vu |
# |---|---|
# | entrée → oubli → porte d'entrée → état de cellule → sortie | un ordre de lecture ; f, i, c̃ et o n'attendent personne |
# | six lignes | dans vos propres fonctions, égales au pas de la bibliothèque dans tous les ordres |
# | deux mémoires, c et h | tout ce qui passe au pas suivant, et tout ce qu'il faut garder |
#
# C'était la fiche. Fermez-la, prenez une page blanche, et dessinez la cellule. S'il manque un fil, vous savez à quel chapitre le chercher.
