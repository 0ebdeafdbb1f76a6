# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 11 · Out into the world
#
# You know what happens inside an LSTM. Elsewhere you will rarely write one: you will call `nn.LSTM`, and others will have chosen the layouts, the
# orders and the starting values. This chapter takes your cell to PyTorch and to Keras, shows the mistakes that people make there, and ends with real
# data: three centuries of sunspots, and serious rivals.
#
# By the end you can read and set the weights of `nn.LSTM`, feed it sequences of different lengths, carry its state from piece to piece, and tell
# a forecast from a curve that only looks like one.
#
# *You need*: chapter 08; some Python with PyTorch or Keras helps, but is not needed. *It takes*: two hours; the computing, some seconds.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 11 · Dans le monde réel
#
# Vous savez ce qui se passe dans un LSTM. Ailleurs, vous en écrirez rarement un : vous appellerez `nn.LSTM`, et d'autres auront choisi la disposition
# des tableaux, l'ordre des portes et les valeurs de départ. Ce chapitre emmène votre cellule dans PyTorch et dans Keras, montre les fautes qu'on y
# commet, et finit sur des données réelles : trois siècles de taches solaires, et des rivaux sérieux.
#
# À la fin, vous saurez lire et fixer les poids de `nn.LSTM`, lui donner des séquences de longueurs différentes, transmettre son état d'un morceau
# au suivant, et distinguer une prévision d'une courbe qui n'en a que l'air.
#
# *Il vous faut* : le chapitre 08 ; un peu de Python avec PyTorch ou Keras aide, sans être nécessaire. *Durée* : deux heures, dont quelques
# secondes de calcul.

# %% id="imports"
from io import BytesIO

import numpy as np

from lstmlib import (
    LSTM, Model, State, forward, from_torch, one_hot, sigmoid, to_keras, to_torch, trained,
)
from workbook import (
    AHEAD, EXAM, REHEARSAL, borrow, by_model, check, error, expect, explorers, kept, mine,
    persistence, plots, predict, progress_bar, quiz, regression, rehearse, say, season, sunspots,
    true, value, windows,
)

# %% [markdown] id="same" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · Your cell and `nn.LSTM`
#
# The course needs no PyTorch. Some cells of this chapter *borrow* it: where it is installed they run, and where it is not they say so and show what
# they gave when the course was built. You can copy each of them into a program of your own, with `import torch` in place of the line
# `if torch := borrow("torch"):`.
#
# Here your `lstm_forward` of chapter 08 and `torch.nn.LSTM` read the same numbers with the same weights. `to_torch` puts our weights into PyTorch's
# order. The layer always returns `output, (h_n, c_n)`:
#
# | name | shape | what it is |
# |---|---|---|
# | `output` | (T, B, H) | the hidden states h of *every* step, of the *topmost* layer |
# | `h_n` | (layers, B, H) | the hidden state after the *last* step, of *every* layer |
# | `c_n` | (layers, B, H) | the cell state after the last step, of every layer; that of the steps before is not kept |
#
# So with one layer `output[-1]` and `h_n[0]` are the same numbers. The layer has no read-out: the line $y = V h + b_y$ is a `torch.nn.Linear` that
# you put behind it.

# %% [markdown] id="same" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Votre cellule et `nn.LSTM`
#
# Le cours se passe de PyTorch. Certaines cellules de ce chapitre l'*empruntent* : là où il est installé, elles s'exécutent ; sinon, elles le disent
# et montrent le résultat obtenu à la construction du cours. Vous pouvez recopier chacune d'elles dans vos propres programmes, avec `import torch` à
# la place de la ligne `if torch := borrow("torch"):`.
#
# Ici, votre `lstm_forward` du chapitre 08 et `torch.nn.LSTM` lisent les mêmes nombres avec les mêmes poids. `to_torch` range nos poids dans l'ordre
# de PyTorch. La couche renvoie toujours `output, (h_n, c_n)` :
#
# | nom | forme | ce que c'est |
# |---|---|---|
# | `output` | (T, B, H) | les états cachés h à *tous* les pas, dans la couche *du haut* |
# | `h_n` | (couches, B, H) | l'état caché après le *dernier* pas, dans *toutes* les couches |
# | `c_n` | (couches, B, H) | l'état de cellule après le dernier pas, dans toutes les couches ; celui des pas précédents n'est pas gardé |
#
# Avec une seule couche, `output[-1]` et `h_n[0]` sont donc les mêmes nombres. La couche ne contient pas de lecture : la ligne $y = V h + b_y$ est un
# `torch.nn.Linear`, que vous placez derrière elle.

# %% id="same-code"
p = Model(LSTM, D=4, H=10, K=1).params[0]                    # float32, as PyTorch has it
x = np.random.default_rng(11).normal(size=(7, 3, 4)).astype(np.float32)
nothing = np.zeros((10, 3), np.float32)
h, last, _ = mine("lstm_forward")(p, State(nothing, nothing), x.swapaxes(1, 2))

if torch := borrow("torch"):
    lstm = torch.nn.LSTM(4, 10)
    lstm.load_state_dict({k: torch.tensor(w) for k, w in to_torch(LSTM, [p]).items()})
    output, (h_n, c_n) = lstm(torch.tensor(x))
    print("output", tuple(output.shape), "h_n", tuple(h_n.shape), "c_n", tuple(c_n.shape))
    apart = [np.abs(ours.swapaxes(-1, -2) - theirs.detach().numpy()).max()
             for ours, theirs in ((h, output), (last[0], h_n[0]), (last[1], c_n[0]))]
    expect(value(say("largest difference: output, h_n, c_n"), max(apart)) < 1e-6)

# %% [markdown] id="write-sheet" lang="en"
# **Weights from there.** You will meet the opposite, too: a file of weights that others have trained. A layer of PyTorch has `weight_ih_l0`, which
# multiplies x, and `weight_hh_l0`, which multiplies h; in each the four matrices lie one below the other, in the order **i, f, g, o**. And it has two
# biases, one beside each matrix. There are two for the sake of cuDNN, a library for graphics cards; only their sum matters.
#
# **Exercise 11.1 · `torch_to_sheet(W_ih, W_hh, b_ih, b_hh)`.** Return `W` (4, H, H+D) and `b` (4, H, 1) as the course has them: in the order
# **f, i, o, g**, the columns for h before those for x, one bias.

# %% [markdown] id="write-sheet" lang="fr"
# **Des poids venus d'ailleurs.** Vous rencontrerez aussi l'inverse : un fichier de poids que d'autres ont entraînés. Une couche de PyTorch a
# `weight_ih_l0`, qui multiplie x, et `weight_hh_l0`, qui multiplie h ; dans chacune, les quatre matrices sont l'une sous l'autre, dans l'ordre
# **i, f, g, o**. Et elle a deux biais, un à côté de chaque matrice. S'il y en a deux, c'est à cause de cuDNN, une bibliothèque pour cartes
# graphiques ; seule leur somme compte.
#
# **Exercice 11.1 · `torch_to_sheet(W_ih, W_hh, b_ih, b_hh)`.** Renvoyez `W` (4, H, H+D) et `b` (4, H, 1) tels que le cours les range : dans l'ordre
# **f, i, o, g**, les colonnes pour h avant celles pour x, un seul biais.

# %% id="sheet-code"
def torch_to_sheet(W_ih, W_hh, b_ih, b_hh):
    raise NotImplementedError


check("torch_to_sheet", torch_to_sheet)

# %% [markdown] id="parity" lang="en"
# Try it on the numbers that PyTorch once gave for chapter 08, with your function in place of `from_torch`.

# %% [markdown] id="parity" lang="fr"
# Essayez-la sur les nombres que PyTorch avait donnés pour le chapitre 08, en la mettant à la place de `from_torch`.

# %% id="parity-code"
its = kept("torch_lstm")
parts = "weight_ih", "weight_hh", "bias_ih", "bias_hh"
W, b = mine("torch_to_sheet")(*(its[f"w.{part}_l0"] for part in parts))
start = State(its["h0"][0].T, its["c0"][0].T)
run = forward(LSTM, {"W": W, "b": b}, its["x"].swapaxes(1, 2), start)
expect(value(say("largest difference from PyTorch's outputs"),
             np.abs(run.h.swapaxes(1, 2) - its["out"]).max()) < 1e-12)

# %% [markdown] id="axes" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · Which axis is time?
#
# Our inputs are (T, D, B). PyTorch reads (T, B, D), or with `batch_first=True` (B, T, D); Keras always (B, T, D). To a program the three axes look
# alike: if they come in the wrong order, the layer reads the examples as if they were steps, and no error is raised. And `batch_first` concerns the
# input and `output` alone: `h_n` and `c_n` stay (layers, B, H).

# %% [markdown] id="axes" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Quel axe est le temps ?
#
# Nos entrées sont de forme (T, D, B). PyTorch lit (T, B, D) ou, avec `batch_first=True`, (B, T, D) ; Keras toujours (B, T, D). Pour un programme, les
# trois axes se ressemblent : s'ils arrivent dans le mauvais ordre, la couche lit les exemples comme si c'étaient des pas, et aucune erreur n'est
# levée. De plus, `batch_first` ne concerne que l'entrée et `output` : `h_n` et `c_n` restent (couches, B, H).

# %% id="axes-code"
if torch := borrow("torch"):
    first = torch.nn.LSTM(4, 10, batch_first=True)
    first.load_state_dict(lstm.state_dict())
    turned = first(torch.tensor(x.swapaxes(0, 1)))[0].swapaxes(0, 1)
    mixed_up, (h_mixed, _) = first(torch.tensor(x))          # 7 steps taken for 7 examples
    print("h_n", tuple(h_mixed.shape))
    expect(value(say("axes turned: largest difference from above"),
                 (turned - output).abs().max().item()) < 1e-6,
           value(say("axes mixed up, and no error message"),
                 (mixed_up - output).abs().max().item()) > .1)

# %% id="predict-fresh"
predict("11-fresh-forget")

# %% [markdown] id="biases" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Set the forget bias
#
# A new layer of PyTorch draws all its numbers, biases too, evenly from $-1/\sqrt H$ to $1/\sqrt H$. So f starts near one half, and a memory is halved
# at every step: chapter 04 showed what is then left of one meant to last. (Keras starts f's bias at 1: `unit_forget_bias=True`.) You have to set it,
# and here people slip: the bias of f is the *second* quarter of both bias vectors, and these are added.
#
# **Exercise 11.2 · `set_forget_bias(b_ih, b_hh, value)`.** Both biases hold 4·H numbers. Return both, with the value for f in `b_ih`, a 0 for f in
# `b_hh`, and all else as it was. Do not change the arrays that came in.

# %% [markdown] id="biases" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Réglez le biais d'oubli
#
# Une couche neuve de PyTorch tire tous ses nombres, biais compris, uniformément entre $-1/\sqrt H$ et $1/\sqrt H$. Au départ, f vaut donc un demi
# environ, et une mémoire perd la moitié à chaque pas : le chapitre 04 a montré ce qu'il en reste quand elle doit durer. (Keras fait partir le biais
# de f à 1 : `unit_forget_bias=True`.) C'est à vous de le régler, et c'est là qu'on se trompe : le biais de f est le *deuxième* quart de chacun des
# deux vecteurs de biais, et ceux-ci s'additionnent.
#
# **Exercice 11.2 · `set_forget_bias(b_ih, b_hh, value)`.** Chacun des deux biais contient 4·H nombres. Renvoyez-les tous deux, avec la valeur pour f
# dans `b_ih`, un 0 pour f dans `b_hh`, et tout le reste comme avant. Ne modifiez pas les tableaux reçus.

# %% id="bias-code"
def set_forget_bias(b_ih, b_hh, value):
    raise NotImplementedError


check("set_forget_bias", set_forget_bias)

# %% id="bias-torch"
set_bias = mine("set_forget_bias")
if torch := borrow("torch"):
    torch.manual_seed(11)
    fresh = torch.nn.LSTM(4, 10)
    two = fresh.bias_ih_l0, fresh.bias_hh_l0

    def f_at_rest():                                         # f where x and h are 0
        return sigmoid(sum(b.detach().numpy() for b in two)[10:20])

    before = f_at_rest()
    with torch.no_grad():                                    # this change is not to be learned from
        for b, new in zip(two, set_bias(*(b.numpy() for b in two), 3.)):
            b.copy_(torch.tensor(new))
    expect(value(say("f of a new layer, the largest"), before.max()) < .7,
           value(say("f with a bias of 3, the smallest"), f_at_rest().min()) > .95)

# %% [markdown] id="padding" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · Sequences of different lengths
#
# A batch is a rectangle. Three sequences of 7, 4 and 2 steps are filled up with zeros to 7: *padding*. But a zero is an input like any other: the cell
# goes on reading, its biases go on acting, and what `output[:, -1]` and `h_n` then hold is not what it knew at the end of the sentence.
#
# **Exercise 11.3 · `last_outputs(output, lengths)`.** `output` (B, T, H) has the batch first, `lengths` (B,) says how many steps of each sequence
# are real. Return `last` (B, H): what was said at the last real step of each.

# %% [markdown] id="padding" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Des séquences de longueurs différentes
#
# Un lot est un rectangle. Trois séquences de 7, 4 et 2 pas sont complétées par des zéros jusqu'à 7 : c'est le *remplissage* (*padding*). Mais un zéro
# est une entrée comme une autre : la cellule continue de lire, ses biais continuent d'agir, et `output[:, -1]` et `h_n` ne contiennent alors plus ce
# qu'elle savait à la fin de la phrase.
#
# **Exercice 11.3 · `last_outputs(output, lengths)`.** `output` (B, T, H) a le lot en premier, `lengths` (B,) dit combien de pas de chaque séquence
# sont réels. Renvoyez `last` (B, H) : ce qui a été dit au dernier pas réel de chacune.

# %% id="last-code"
def last_outputs(output, lengths):
    raise NotImplementedError


check("last_outputs", last_outputs)

# %% [markdown] id="packing" lang="en"
# PyTorch's own way is to *pack* the batch: `pack_padded_sequence` lays the real steps of all sequences side by side, the layer never sees the
# rest, and `h_n` is right of itself. (`enforce_sorted=False` spares you the sorting by length.) Ours is a *mask* (T, B), as in chapter 02: where it
# is 0 the state passes unchanged. Three ways, one result.

# %% [markdown] id="packing" lang="fr"
# PyTorch, pour sa part, propose d'*empaqueter* le lot : `pack_padded_sequence` met côte à côte les pas réels de toutes les séquences, la couche ne
# voit jamais le reste, et `h_n` est juste de lui-même. (`enforce_sorted=False` vous épargne le tri par longueur.) Le cours, lui, emploie un *masque*
# (T, B), comme au chapitre 02 : là où il vaut 0, l'état passe inchangé. Trois façons, un seul résultat.

# %% id="packing-code"
lengths = np.array([7, 4, 2])
mask = (np.arange(7)[:, None] < lengths).astype(np.float32)
masked = forward(LSTM, p, x.swapaxes(1, 2) * mask[:, None], mask=mask).s.h.T
last_of = mine("last_outputs")
if torch := borrow("torch"):
    filled = torch.tensor((x * mask[:, :, None]).swapaxes(0, 1))
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        filled, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
    _, (h_packed, _) = first(packed)
    said, (h_filled, _) = first(filled)
    yours = last_of(said.detach().numpy(), lengths)
    others = {say("packed and yours"): yours, say("packed and masked"): masked}
    expect(*(value(what, np.abs(h_packed[0].detach().numpy() - other).max()) < 1e-6
             for what, other in others.items()),
           value(say("packed and not packed"), (h_packed - h_filled).abs().max().item()) > .1)

# %% [markdown] id="loss" lang="en" slideshow={"slide_type": "subslide"}
# **The loss has two traps of its own.** Padding must not count in it, or a network is rewarded for what it says about padding. And `CrossEntropyLoss`
# takes *raw scores* (logits) and applies the softmax itself. If the network ends in a softmax of its own, it is applied twice.
#
# **Exercise 11.4 · `loss_of_scores(scores, target, mask)`.** `scores` (B, T, K), batch first, not squashed; `target` (B, T) holds the numbers of the
# right classes; `mask` (B, T) is 1.0 where a step counts. Return the mean of −log p(the right class) over the steps that count.

# %% [markdown] id="loss" lang="fr" slideshow={"slide_type": "subslide"}
# **La perte aussi a ses deux pièges.** Le remplissage ne doit pas y compter, sinon un réseau est récompensé pour ce qu'il dit du remplissage. Et
# `CrossEntropyLoss` prend des *scores bruts* (logits) et applique elle-même le softmax. Si le réseau finit par son propre softmax, celui-ci est
# appliqué deux fois.
#
# **Exercice 11.4 · `loss_of_scores(scores, target, mask)`.** `scores` (B, T, K), le lot en premier, non écrasés ; `target` (B, T) contient les
# numéros des bonnes classes ; `mask` (B, T) vaut 1,0 là où un pas compte. Renvoyez la moyenne de −log p(la bonne classe) sur les pas qui comptent.

# %% id="loss-code"
def loss_of_scores(scores, target, mask):
    raise NotImplementedError


check("loss_of_scores", loss_of_scores)

# %% [markdown] id="twice" lang="en"
# **What the second softmax costs.** Four classes, answers as sure and as right as can be: first as raw scores, then as the probabilities that a
# softmax has made of them. In PyTorch, the steps that do not count get the class −100, and the classes stand on the *second* axis.

# %% [markdown] id="twice" lang="fr"
# **Ce que coûte le second softmax.** Quatre classes, des réponses aussi sûres et justes que possible : d'abord en scores bruts, puis sous la forme
# des probabilités qu'un softmax en a tirées. Dans PyTorch, les pas qui ne comptent pas reçoivent la classe −100, et les classes sont sur le
# *deuxième* axe.

# %% id="twice-code"
loss = mine("loss_of_scores")
target = np.random.default_rng(4).integers(0, 4, (3, 7))
probabilities = one_hot(target, 4).swapaxes(1, 2)            # 1 for the right class, else 0
counts = mask.T.astype(float)
expect(value(say("sure and right, raw scores"), loss(100 * probabilities, target, counts)) < 1e-6,
       value(say("the same, softmax twice: no network gets lower"),
             loss(probabilities, target, counts)) > .74)

# %% id="twice-torch"
if torch := borrow("torch"):
    scores = np.random.default_rng(5).normal(size=(3, 7, 4))
    padded_target = torch.tensor(np.where(counts, target, -100))
    theirs = torch.nn.functional.cross_entropy(torch.tensor(scores).swapaxes(1, 2), padded_target)
    expect(value(say("largest difference between your loss and PyTorch's"),
                 abs(loss(scores, target, counts) - theirs.item())) < 1e-12)

# %% [markdown] id="layers" lang="en" slideshow={"slide_type": "slide"}
# ## 5 · Layers, directions, dropout
#
# * `num_layers=2` stacks two layers: the h of the lower one are the x of the upper one. The names of the upper one's weights end in `_l1`.
# * `dropout=.5` acts *between* layers only, on the h that go up; never inside the recurrence, never after the top. With one layer it does nothing,
#   except warn. It draws anew at each reading until you call `.eval()`; forget that, and your exam is taken with half of the units switched off.
# * `bidirectional=True` adds a second LSTM, with weights of its own (`_reverse`), which reads from the end. `output` is (T, B, 2·H), forwards first.
#   At the step 0 its second half has read *everything*, its first half one step; so `output[-1]` is no longer a summary, while `h_n` holds the state
#   in which each direction ends.

# %% [markdown] id="layers" lang="fr" slideshow={"slide_type": "slide"}
# ## 5 · Couches, sens de lecture, dropout
#
# * `num_layers=2` empile deux couches : les h de celle du bas sont les x de celle du haut. Les noms des poids de celle du haut finissent en `_l1`.
# * `dropout=.5` n'agit qu'*entre* les couches, sur les h qui montent ; jamais dans la récurrence, jamais après la dernière couche. Avec une seule
#   couche, il ne fait rien, sauf avertir. Il refait un tirage à chaque lecture, jusqu'à ce que vous appeliez `.eval()` ; si vous l'oubliez, l'examen
#   se passe avec la moitié des unités éteintes.
# * `bidirectional=True` ajoute un second LSTM, avec ses propres poids (`_reverse`), qui lit depuis la fin. `output` est de forme (T, B, 2·H), le sens
#   direct d'abord. Au pas 0, sa seconde moitié a *tout* lu, la première un seul pas ; `output[-1]` n'est donc plus un résumé de la séquence, alors
#   que `h_n` contient l'état sur lequel finit chaque sens de lecture.

# %% id="layers-code"
if torch := borrow("torch"):
    torch.manual_seed(11)
    deep = torch.nn.LSTM(4, 10, num_layers=2, dropout=.5)
    at_work, again = (deep(torch.tensor(x))[0] for _ in range(2))
    deep.eval()
    at_rest, the_same = (deep(torch.tensor(x))[0] for _ in range(2))
    expect(value(say("dropout, two readings differ by"),
                 (at_work - again).abs().max().item()) > .01,
           value(say("after eval()"), (at_rest - the_same).abs().max().item()) < 1e-12)

# %% id="directions-code"
if torch := borrow("torch"):
    torch.manual_seed(11)
    both = torch.nn.LSTM(4, 10, bidirectional=True)
    read, (ends, _) = both(torch.tensor(x))
    (q,) = from_torch(LSTM, {k.removesuffix("_reverse"): w.numpy()
                             for k, w in both.state_dict().items() if k.endswith("_reverse")})
    backwards = forward(LSTM, q, x[::-1].swapaxes(1, 2)).h[::-1].swapaxes(1, 2)
    expect(value(say("your cell, reading from the end, and their second half"),
                 np.abs(backwards - read[..., 10:].detach().numpy()).max()) < 1e-6,
           true(say("h_n[1] is what the second half says at the step 0"),
                ends[1].equal(read[0, :, 10:])))

# %% [markdown] id="pieces" lang="en" slideshow={"slide_type": "slide"}
# ## 6 · Long sequences, piece by piece
#
# A text of a million letters is read in pieces (truncated backpropagation through time, chapter 03): the *state* goes on from one piece to the next,
# the *gradient* stops at the seam. In lstmlib it cannot be otherwise, since a state is an array and does not know how it was made. In PyTorch it
# does, back to the very first piece: what comes out must be cut off from its past with `.detach()`. Without it the second way back runs into the
# first piece, whose tape (the graph, as PyTorch calls it) is gone, and an error is raised. (If you answer with `retain_graph=True`, as the message
# suggests, each update goes back through all the pieces so far, and takes longer every time.) And if you start each piece from a state of zeros
# instead, there is no error, but no memory across the seam either.

# %% [markdown] id="pieces" lang="fr" slideshow={"slide_type": "slide"}
# ## 6 · De longues séquences, morceau par morceau
#
# Un texte d'un million de lettres se lit par morceaux (rétropropagation tronquée, chapitre 03) : l'*état* passe d'un morceau au suivant, le
# *gradient* s'arrête à la frontière. Dans lstmlib, il ne peut en être autrement, puisqu'un état est un tableau, qui ne sait pas d'où il vient. Dans
# PyTorch, il le sait, jusqu'au tout premier morceau : ce qui sort doit être coupé de son passé par `.detach()`. Sans cela, le deuxième retour arrive
# au premier morceau, dont la bande (le graphe, dit PyTorch) n'existe plus, et une erreur est levée. (Si vous répondez par `retain_graph=True`, comme
# le message le suggère, chaque mise à jour remonte tous les morceaux lus jusque-là, et prend chaque fois plus de temps.) Et si vous faites partir
# chaque morceau d'un état nul, il n'y a pas d'erreur, mais pas de mémoire non plus au-delà de la frontière.

# %% id="pieces-code"
if torch := borrow("torch"):
    def read_in_pieces(seam):
        state, said = None, []
        for piece in torch.tensor(x).split(3):
            out, state = lstm(piece, state)
            out.sum().backward()                             # stands for loss and update
            state = seam(state)
            said.append(out.detach())
        return torch.cat(said)

    whole = read_in_pieces(lambda state: tuple(s.detach() for s in state))
    try:
        refused = read_in_pieces(lambda state: state) is None
    except RuntimeError:
        refused = True
    afresh = read_in_pieces(lambda state: None)

# %% id="pieces-told"
if torch := borrow("torch"):
    expect(value(say("detached: difference from reading it whole"),
                 (whole - output).abs().max().item()) < 1e-6,
           true(say("not detached: the second way back is refused"), refused),
           value(say("each piece from nothing: difference"),
                 (afresh - output).abs().max().item()) > .1)

# %% [markdown] id="saving" lang="en"
# ## 7 · Saving
#
# What is kept is the `state_dict`: names and numbers, no code. Load it with `weights_only=True`; a whole pickled model can run anything on the
# machine that opens it. The arrays of the `state_dict` go to lstmlib through `from_torch`, and back through `to_torch`; lstmlib's own `save` and
# `load` write an `.npz` file.

# %% [markdown] id="saving" lang="fr"
# ## 7 · Enregistrer
#
# Ce qu'on garde, c'est le `state_dict` : des noms et des nombres, pas de code. Chargez-le avec `weights_only=True` ; un modèle entier en pickle peut
# exécuter n'importe quoi sur la machine qui l'ouvre. Les tableaux du `state_dict` passent dans lstmlib par `from_torch`, et en reviennent par
# `to_torch` ; `save` et `load` de lstmlib écrivent un fichier `.npz`.

# %% id="saving-code"
if torch := borrow("torch"):
    file = BytesIO()                                         # or the path of a file
    torch.save(lstm.state_dict(), file)
    file.seek(0)
    found = torch.load(file, weights_only=True)
    (q,) = from_torch(LSTM, {k: w.numpy() for k, w in found.items()})
    print(*found)
    expect(true(say("there and back, bit by bit the same"),
                all((q[name] == p[name]).all() for name in p)))

# %% [markdown] id="keras" lang="en" slideshow={"slide_type": "slide"}
# ## 8 · The same in Keras
#
# `keras.layers.LSTM(10)` has one bias and the order **i, f, c, o**, c being the candidate. Its matrices are ours transposed: `kernel` (D, 4·H),
# `recurrent_kernel` (H, 4·H), since there an example is a row and stands on the left of the product. Keras takes longer to load than this chapter to
# compute; so here is its formula in NumPy, with its arrays, which `to_keras` makes of ours. (The course's tests ask Keras itself.)
#
# Other habits: it returns the last h only, unless you say `return_sequences=True`; `return_state=True` gives h and c as well; a `Masking` layer or
# `Embedding(mask_zero=True)` masks the padding; `stateful=True` carries the state from batch to batch; `dropout` acts on x, `recurrent_dropout` on h.

# %% [markdown] id="keras" lang="fr" slideshow={"slide_type": "slide"}
# ## 8 · La même chose dans Keras
#
# `keras.layers.LSTM(10)` a un seul biais et l'ordre **i, f, c, o**, où c est le candidat. Ses matrices sont les nôtres, transposées : `kernel` (D,
# 4·H), `recurrent_kernel` (H, 4·H), puisqu'un exemple y est une ligne et se place à gauche du produit. Keras met plus de temps à se charger que ce
# chapitre à calculer ; voici donc sa formule en NumPy, avec ses tableaux, que `to_keras` tire des nôtres. (Les tests du cours interrogent Keras
# lui-même.)
#
# Autres habitudes : il ne renvoie que le dernier h, sauf si vous demandez `return_sequences=True` ; `return_state=True` donne aussi h et c ; une
# couche `Masking` ou `Embedding(mask_zero=True)` masque le remplissage ; `stateful=True` transmet l'état d'un lot au suivant ; `dropout` agit sur x,
# `recurrent_dropout` sur h.

# %% id="keras-code"
kernel, recurrent_kernel, bias = to_keras(LSTM, p)
h_t = c_t = np.zeros((3, 10), np.float32)                    # a row is an example
for x_t in x:
    i, f, g, o = np.split(x_t @ kernel + h_t @ recurrent_kernel + bias, 4, axis=1)
    c_t = sigmoid(f) * c_t + sigmoid(i) * np.tanh(g)
    h_t = sigmoid(o) * np.tanh(c_t)
print("kernel", kernel.shape, "recurrent_kernel", recurrent_kernel.shape, "bias", bias.shape)
expect(value(say("largest difference from your last h"), np.abs(h_t - last[0].T).max()) < 1e-6)

# %% [markdown] id="sun" lang="en" slideshow={"slide_type": "slide"}
# ## 9 · A real series: the spots of the sun
#
# So far we have made our tasks ourselves, and knew what there was to find. Here is a series that nobody made: how many spots the sun showed, year by
# year, from 1700 to 2008 (National Geophysical Data Center of the United States, public domain; the numbers lie in the chapter's folder). It rises
# and falls in some eleven years, never twice alike. It is *one* sequence of 309 numbers. Prices on a stock exchange come in the same form; before you
# believe a forecast of them, ask the questions that are asked here.
#
# The rule: **split in time**. What is learned is learned before 1920; the exam is from 1920 on. We forecast 1 to 11 years ahead, and the error is the
# root of the mean square error (RMSE), in spots.

# %% [markdown] id="sun" lang="fr" slideshow={"slide_type": "slide"}
# ## 9 · Une série réelle : les taches solaires
#
# Jusqu'ici, nous avons fabriqué nos tâches nous-mêmes, et nous savions ce qu'il y avait à trouver. Voici une série que personne n'a fabriquée : le
# nombre de taches observées sur le Soleil, année par année, de 1700 à 2008 (National Geophysical Data Center des États-Unis, domaine public ; les
# nombres sont dans le dossier du chapitre). Elle monte et descend en onze ans environ, jamais deux fois de la même façon. C'est *une* séquence de 309
# nombres. Les cours de la Bourse se présentent sous la même forme ; avant de croire une prévision des cours, posez les mêmes questions qu'ici.
#
# La règle : **couper dans le temps**. Ce qui s'apprend s'apprend avant 1920 ; à partir de 1920, c'est l'examen. Nous prévoyons de 1 à 11 ans
# d'avance, et l'erreur est la racine de l'erreur quadratique moyenne (RMSE), en taches.

# %% id="sun-picture"
explorers.spots_by_year()

# %% [markdown] id="rivals" lang="en" slideshow={"slide_type": "subslide"}
# **Rivals first.** Here are three that need no network:
#
# * *persistence*: as this year;
# * *season*: as eleven years earlier;
# * *autoregression*: a weighted sum of the last p years, plus a constant; the weights are found by least squares, separately for each horizon (how
#   many years ahead).
#
# **Exercise 11.5 · `autoregression(x, p, h)`.** Return the `p + 1` weights `w` for which `w[0] + w[1] * x[t] + … + w[p] * x[t-p+1]` comes closest to
# `x[t+h]`, in the sum of squares over all t where both are known. `np.linalg.lstsq(A, y)[0]` gives the `w` for which `A @ w` comes closest to `y`.

# %% [markdown] id="rivals" lang="fr" slideshow={"slide_type": "subslide"}
# **D'abord les rivaux.** En voici trois qui se passent de réseau :
#
# * la *persistance* : comme cette année ;
# * la *saison* : comme onze ans plus tôt ;
# * l'*autorégression* : une somme pondérée des p dernières années, plus une constante ; les poids se trouvent par les moindres carrés, séparément
#   pour chaque horizon (le nombre d'années d'avance).
#
# **Exercice 11.5 · `autoregression(x, p, h)`.** Renvoyez les `p + 1` poids `w` pour lesquels `w[0] + w[1] * x[t] + … + w[p] * x[t-p+1]` est le plus
# proche de `x[t+h]`, au sens de la somme des carrés sur tous les t où les deux sont connus. `np.linalg.lstsq(A, y)[0]` donne le `w` pour lequel
# `A @ w` est le plus proche de `y`.

# %% id="autoregression-code"
def autoregression(x, p, h):
    raise NotImplementedError


check("autoregression", autoregression)

# %% id="predict-wins"
predict("11-who-wins")

# %% [markdown] id="rehearsal" lang="en"
# **How many years, how many updates?** Such settings are not to be chosen by the exam, or it is one no longer. There is a *rehearsal* for that, on a
# validation set: learn before 1880, forecast 1880 to 1919. It gives p for the autoregression. The LSTM, of eight units, reads windows of 44 years;
# watch its two errors while it learns, in the years that it learns from and in those of the rehearsal.

# %% [markdown] id="rehearsal" lang="fr"
# **Combien d'années, combien de mises à jour ?** De tels réglages ne se choisissent pas d'après l'examen, sinon ce n'en est plus un. Il y a pour cela
# un *examen blanc*, sur un jeu de validation : apprendre avant 1880, prévoir de 1880 à 1919. Il donne p pour l'autorégression. Le LSTM, de huit
# unités, lit des fenêtres de 44 ans ; observez ses deux erreurs pendant qu'il apprend, sur les années d'entraînement et sur celles de l'examen blanc.

# %% id="rehearsal-code"
year, number = sunspots()
spots = number / 100                              # by a constant that knows nothing of what comes
before, cut = REHEARSAL - 1700, EXAM - 1700
p_best = min(range(1, 23), key=lambda p: error(
    regression(spots[:cut], before, p), spots[:cut], before).mean())
print(say("the rehearsal's choice of p:"), p_best)


at = range(25, 301, 25)
with progress_bar(300, networks=3):
    learning = np.array([rehearse(spots, seed, at) for seed in range(3)])

# %% id="rehearsal-picture"
names = say("in the years it learns from"), say("in the rehearsal")
picture = plots.curves(dict(zip(names, learning.swapaxes(0, 1))), at, say("updates"),
                       say("error, in spots"), y=(0, 40), text=say(
    "Error of an LSTM while it learns, mean over one to eleven years ahead: in the years that it "
    "learns from and in the rehearsal; three seeds, and their median."))
known, new = np.median(learning, 0)
expect(picture, value(say("where it learns: after 300 updates, over that after 100"),
                      known[-1] / known[3]) < 1,
       value(say("in the rehearsal: the same"), new[-1] / new[3]) > 1.1)

# %% [markdown] id="explain-rehearsal" lang="en"
# **Explain.** In the years that it learns from, the error goes on falling. In the rehearsal it turns round after some 100 updates: from there on the
# network learns *these* waves by heart (it overfits), and there are not many of them. So we stop after 100, which is called *early stopping*, and
# then train ten networks on all the years before 1920, from different weights at the start, so that luck can be seen.

# %% [markdown] id="explain-rehearsal" lang="fr"
# **Expliquez.** Sur les années d'entraînement, l'erreur continue de baisser. À l'examen blanc, elle remonte après 100 mises à jour environ : dès
# lors, le réseau apprend *ces* vagues par cœur (c'est le surapprentissage), et il n'y en a pas beaucoup. Nous nous arrêtons donc à 100, ce qu'on
# appelle l'*arrêt précoce* (*early stopping*), puis nous entraînons, sur toutes les années d'avant 1920, dix réseaux aux poids de départ différents,
# pour voir la part de la chance.

# %% id="exam-code"
weigh, lessons = mine("autoregression"), windows(spots[:cut])
with progress_bar(100, networks=10):
    nets = [trained(LSTM, lessons, H=8, updates=100, seed=seed) for seed in range(100, 110)]
past = np.stack([np.ones(len(spots)), *(np.roll(spots, k) for k in range(p_best))], 1)
weighted = np.stack([past @ weigh(spots[:cut], p_best, h) for h in AHEAD], 1)
told = {say("persistence"): [persistence(spots)], say("season"): [season(spots)],
        say("autoregression"): [weighted], "LSTM": [by_model(net, spots) for net in nets]}
errors = {name: 100 * np.array([error(each, spots, cut) for each in forecasts])
          for name, forecasts in told.items()}

# %% id="exam-picture"
picture = plots.curves(errors, AHEAD, say("years ahead"), say("error, in spots"), y=(0, 100),
                       text=say(
    "Error of the forecasts from 1920 on, one to eleven years ahead: persistence, season, "
    "autoregression, and ten LSTMs with their median."))
same, cycle, sums, networks = (np.median(each, 0) for each in errors.values())
best = np.minimum(np.minimum(same, cycle), sums)
expect(picture,
       value(say("autoregression, over season, 1 to 3 years ahead: the largest"),
             (sums / cycle)[:3].max()) < .95,
       value(say("from 5 years on: the smallest"), (sums / cycle)[4:].min()) > .95,
       value(say("LSTM, over persistence, 2 to 8 years ahead: the largest"),
             (networks / same)[1:8].max()) < .8,
       value(say("LSTM, over the best rival of each distance: the smallest"),
             (networks / best).min()) > 1)

# %% [markdown] id="explain-exam" lang="en" slideshow={"slide_type": "subslide"}
# **Who wins?** One to three years ahead the autoregression does, most clearly at one and two. From five years on it is no better than "as eleven years
# earlier", which is one line and learns nothing. The LSTM beats persistence between two and eight years ahead; had that been its only rival, it would
# look like a success. In the median it beats the best of its rivals at no horizon, and its ten runs lie far apart. (Nor does an RNN beat them at any.
# With three times the learning rate the LSTM drew level with the weighted sum one year ahead, and was behind farther on: a test of this course checks
# all of this.)
#
# *Why?* Not because an LSTM could not do what a weighted sum does. But it has hundreds of weights to learn, and only two centuries of waves that are
# much alike to learn them from: the simpler model, which cannot do much else, guesses better. An LSTM needs *many* sequences, or long ones that hold
# more than a wave. Whenever somebody shows you a forecast, compare it with persistence, season and least squares, and look at ten seeds.

# %% [markdown] id="explain-exam" lang="fr" slideshow={"slide_type": "subslide"}
# **Qui gagne ?** D'un à trois ans d'avance, l'autorégression, le plus nettement à un et deux ans. À partir de cinq ans, elle ne vaut pas mieux que
# « comme onze ans plus tôt », qui tient en une ligne et n'apprend rien. Le LSTM bat la persistance entre deux et huit ans d'avance ; si c'était son
# seul rival, il aurait l'air d'une réussite. En médiane, il ne bat le meilleur de ses rivaux à aucun horizon, et ses dix essais sont très dispersés.
# (Un RNN ne bat pas non plus ce meilleur rival. Avec un taux d'apprentissage triple, le LSTM a fait jeu égal avec la somme pondérée à un an, et est
# resté derrière au-delà : un test du cours vérifie tout cela.)
#
# *Pourquoi ?* Ce n'est pas qu'un LSTM ne puisse faire ce que fait une somme pondérée. Mais il a des centaines de poids à apprendre, et seulement deux
# siècles de vagues qui se ressemblent beaucoup : le modèle simple, qui ne sait guère faire autre chose, devine mieux. Un LSTM a besoin de *beaucoup*
# de séquences, ou de longues séquences qui contiennent plus qu'une vague. Chaque fois qu'on vous montre une prévision, comparez-la à la persistance,
# à la saison et aux moindres carrés, et regardez dix graines.

# %% [markdown] id="leak" lang="en" slideshow={"slide_type": "slide"}
# **A leak, on purpose.** A jagged series is often smoothed before anything else: each year becomes the mean of itself and its two neighbours. That
# looks harmless, but one of the neighbours is next year. Below, the same autoregression forecasts the same true numbers, not smoothed, once from the
# smoothed series, once from one that is smoothed with the two years *before* only, as one could have done at the time. How much does the leak bring?

# %% [markdown] id="leak" lang="fr" slideshow={"slide_type": "slide"}
# **Une fuite, exprès.** On lisse souvent une série irrégulière avant toute chose : chaque année est remplacée par la moyenne d'elle-même et de ses
# deux voisines. Cela paraît innocent, mais l'une des voisines est l'année suivante. Ci-dessous, la même autorégression prévoit les mêmes vrais
# nombres, non lissés, une fois à partir de la série lissée, une fois à partir d'une série lissée avec les deux années *d'avant* seulement, comme on
# aurait pu le faire à l'époque. Combien la fuite fait-elle gagner ?

# %% id="leak-code"
with_next = (np.roll(spots, 1) + spots + np.roll(spots, -1)) / 3
with_past = (np.roll(spots, 2) + np.roll(spots, 1) + spots) / 3
leak = {name: 100 * error(regression(spots, cut, p_best, seen), spots, cut)
        for name, seen in ((say("smoothed with next year"), with_next),
                           (say("smoothed with the past"), with_past), (say("as it is"), spots))}
picture = plots.curves(leak, AHEAD, say("years ahead"), say("error, in spots"), y=(0, 50),
                       text=say(
    "Error of the autoregression, one to eleven years ahead: of the series smoothed with next "
    "year, smoothed with the past, and as it is."))
leaked, honest, plain = leak.values()
expect(picture,
       value(say("1 year ahead: with the leak, over without"), leaked[0] / honest[0]) < .25,
       value(say("5 years ahead: the same"), leaked[4] / honest[4]) > .9)

# %% id="scaled-code"
scaled = (spots - spots.mean()) / spots.std()                # by what includes the exam
moved = spots.std() * error(regression(scaled, cut, p_best), scaled, cut)
expect(value(say("scaled by mean and spread of all years: the errors change by"),
             np.abs(100 * moved - plain).max()) < 1e-9)

# %% [markdown] id="explain-leak" lang="en"
# **Explain.** One year ahead the error falls to less than a quarter: what looks like foresight is next year's number, a third of which stands in the
# input. Five years ahead the input gives nothing away, and the two errors meet again. *An error that is too good one step ahead and ordinary beyond
# is the mark of a leak.*
#
# Not every leak counts alike: scaling by the mean and the spread of *all* years lets the future in as well, and yet a least-squares forecast does not
# change at all, since constant and weights make up for it. Scale by the years before the exam all the same; you cannot know beforehand which leak is
# harmless. The usual big one, drawing lessons and exam at random from windows that overlap, puts the exam's very numbers into the lessons.

# %% [markdown] id="explain-leak" lang="fr"
# **Expliquez.** À un an d'avance, l'erreur tombe à moins du quart : ce qui a l'air de clairvoyance, c'est le nombre de l'année suivante, dont
# l'entrée contient un tiers. À cinq ans d'avance, l'entrée n'en trahit plus rien, et les deux erreurs se rejoignent. *Une erreur trop belle un pas en
# avant, et ordinaire ensuite, est la marque d'une fuite.*
#
# Toutes les fuites ne se valent pas : normaliser par la moyenne et l'écart-type de *toutes* les années laisse aussi entrer le futur, et pourtant une
# prévision par moindres carrés ne change pas du tout, car la constante et les poids le compensent. Normalisez quand même par les années d'avant
# l'examen ; on ne sait pas d'avance quelle fuite est sans effet. La plus grosse, d'ordinaire, est de tirer leçons et examen au hasard parmi des
# fenêtres qui se chevauchent : les nombres mêmes de l'examen se retrouvent alors dans les leçons.

# %% [markdown] id="ask-quiz" lang="en"
# ## 10 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 10 · Quiz

# %% id="quiz"
quiz("11")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | out there | you have seen |
# |---|---|
# | `output, (h_n, c_n)` | your h of every step; your last h and c, of every layer |
# | PyTorch's i, f, g, o and two biases; Keras's i, f, c, o and one | your W and b in another order; the bias of f has to be set, in one of the two |
# | padding | packed, masked or read off at the right step; never in the loss |
# | softmax, state, dropout | once; detached; `.eval()` before the exam |
# | a forecast | worth what it gains over the best simple rival, with a split in time, over several seeds, without a leak |
#
# The whole course in brief stands on [the sheet](10-summary.ipynb); what each part is worth, in [09 · What each part is worth](09-worth.ipynb). Next:
# [12 · What came after](12-what-came-after.ipynb), where two recent papers change your cell.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | dans le monde réel | vous l'avez vu |
# |---|---|
# | `output, (h_n, c_n)` | vos h de tous les pas ; vos derniers h et c, de toutes les couches |
# | i, f, g, o et deux biais dans PyTorch ; i, f, c, o et un seul dans Keras | vos W et b dans un autre ordre ; le biais de f est à régler, dans l'un des deux |
# | le remplissage | empaqueté, masqué ou lu au bon pas ; jamais dans la perte |
# | softmax, état, dropout | une seule fois ; détaché ; `.eval()` avant l'examen |
# | une prévision | vaut ce qu'elle gagne sur le meilleur rival simple, avec une coupure dans le temps, sur plusieurs graines, sans fuite |
#
# Tout le cours en bref est sur [la fiche](10-summary.ipynb) ; ce que vaut chaque pièce, dans [09 · Ce que vaut chaque pièce](09-worth.ipynb). Suite :
# [12 · Ce qui est venu après](12-what-came-after.ipynb), où deux articles récents changent votre cellule.
