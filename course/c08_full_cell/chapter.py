# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 08 · The full cell
#
# Three gates and a candidate, two memories, six lines. You have written them all (one line serves the three gates, with three sets of weights); now
# they become one machine. Then you write the way back, and a judge that a falling loss does not deceive.
#
# By the end you have an LSTM of your own that agrees with PyTorch to the last digits, and a file, made of your two functions and others that are
# given, which learns a text of yours and needs nothing of this course. What each part is worth, and on which task, is chapter 09.
#
# *You need*: chapters 04 to 07, the chain rule. *It takes*: three hours; the computing, some seconds.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 08 · La cellule complète
#
# Trois portes et un candidat, deux mémoires, six lignes. Vous les avez toutes écrites (une même ligne sert aux trois portes, avec trois jeux de
# poids) ; elles vont former une seule machine. Vous écrirez ensuite le chemin du retour, et un juge qui ne se laisse pas abuser par une perte qui
# baisse.
#
# À la fin, vous aurez un LSTM à vous, qui concorde avec PyTorch jusqu'aux derniers chiffres, et un fichier, fait de vos deux fonctions et d'autres
# qui sont données, qui apprend un texte de votre choix et n'a plus besoin de ce cours. Ce que vaut chaque pièce, et sur quelle tâche, c'est l'objet du chapitre 09.
#
# *Il vous faut* : les chapitres 04 à 07, la dérivation des fonctions composées. *Durée* : trois heures, dont quelques secondes
# de calcul.

# %% id="imports"
import inspect

import numpy as np

from lstmlib import (
    LSTM, Model, State, Tape, backward, cells, complex_step, exam, forward, from_torch, join,
    pin, sigmoid, tasks, trained,
)
from workbook import (
    be_the_judge, cell_diagram, check, every, expect, kept, median, mine, plots, predict,
    progress_bar, quiz, red_wires, say, value, whole_cell,
)

# %% id="today"
whole_cell()

# %% [markdown] id="assembly" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · Six lines, one cell
#
# $$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f) \qquad i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$$
# $$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o) \qquad \tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$$
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t \qquad h_t = o_t * \tanh(c_t)$$
#
# The first four read the same $[h_{t-1}, x_t]$, and none of them needs the result of another. Two lines put them together.
#
# `mine("forget_gate")` fetches *your* answer, the one whose check has passed; where there is none, the library lends its own and says so.

# %% [markdown] id="assembly" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Six lignes, une cellule
#
# $$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f) \qquad i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$$
# $$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o) \qquad \tilde c_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$$
# $$c_t = f_t * c_{t-1} + i_t * \tilde c_t \qquad h_t = o_t * \tanh(c_t)$$
#
# Les quatre premières lisent le même $[h_{t-1}, x_t]$, et aucune n'a besoin du résultat d'une autre. Deux lignes les réunissent.
#
# `mine("forget_gate")` va chercher *votre* réponse, celle que la vérification a acceptée ; s'il n'y en a pas, la bibliothèque prête la
# sienne, et le dit.

# %% id="my-parts"
parts = "forget_gate", "candidate", "cell_update", "hidden"
forget_gate, candidate, cell_update, hidden = map(mine, parts)
input_gate = output_gate = forget_gate                       # the same line, its own weights

# %% id="predict-weights"
predict("08-how-many-weights")

# %% id="assembled"
def assembled(p, s, x):
    (W_f, W_i, W_o, W_g), (b_f, b_i, b_o, b_g) = p["W"], p["b"]
    f = forget_gate(W_f, b_f, s.h, x)
    i = input_gate(W_i, b_i, s.h, x)
    g = candidate(W_g, b_g, s.h, x)                          # c̃ on the sheet
    o = output_gate(W_o, b_o, s.h, x)
    c = cell_update(f, s.c, i, g)
    return State(hidden(o, c), c)


p = Model(LSTM, D=4, H=10, K=1, dtype=float).params[0]
s = t = State(np.zeros((10, 3)), np.zeros((10, 3)))
for x in np.random.default_rng(8).normal(size=(20, 4, 3)):
    s, (t, _) = assembled(p, s, x), LSTM.step(p, t, x)
print(p["W"].size + p["b"].size, say("numbers learned"))
expect(value(say("largest difference from the library's LSTM, after 20 steps"),
             np.abs(np.subtract(s, t)).max()) < 1e-12)

# %% [markdown] id="diagram" lang="en" slideshow={"slide_type": "subslide"}
# **The machine.** One unit of a small cell, with every wire's number: the larger the number, the thicker the wire; each kind of signal has its own
# colour and dash. Of the input only the length |x| is shown, of $h_{t-1}$ the number of this unit, though the gates hear all of x and all units. Go
# through its six steps, or *play* them. The sliders show the values of f, i and o; if you move one, that gate is pinned there, in every unit and at
# every step. Which numbers change at this step, and which only at the next one? *Reset* lets go of the gates. Leave *gradient* for section 3.

# %% [markdown] id="diagram" lang="fr" slideshow={"slide_type": "subslide"}
# **La machine.** Une unité d'une petite cellule, avec le nombre que porte chaque fil : plus ce nombre est grand, plus le fil est épais ; chaque
# sorte de signal a sa couleur et son type de trait. De l'entrée, on ne montre que la norme |x| ; de $h_{t-1}$, que le nombre de cette unité, alors
# que les portes entendent x en entier et toutes les unités. Parcourez ses six pas, ou lancez la *lecture*. Les curseurs donnent les valeurs de f, i
# et o ; si vous en déplacez un, cette porte reste fixée à la valeur choisie, dans toutes les unités et à tous les pas. Quels nombres changent à ce
# pas, et lesquels seulement au suivant ? *Réinitialiser* libère les portes. Gardez *gradient* pour la section 3.

# %% id="diagram-code"
cell_diagram()

# %% [markdown] id="write-step" lang="en"
# **Exercise 8.1 · `lstm_step(p, s, x)`.** The whole cell in one function. `p["W"]` is (4, H, H+D), `p["b"]` is (4, H, 1), both in the order
# **f, i, o, g**: the three sigmoids first, g is c̃. `s` is `State(h, c)`, both (H, B); `x` is (D, B). Return the new `State(h, c)`, and the
# *tape* of this step, `Tape(z, f, i, o, g, c_prev, c, h)` with `z = join(h, x)`: all that the way back will need.

# %% [markdown] id="write-step" lang="fr"
# **Exercice 8.1 · `lstm_step(p, s, x)`.** Toute la cellule en une fonction. `p["W"]` est de forme (4, H, H+D), `p["b"]` de forme (4, H, 1),
# tous deux dans l'ordre **f, i, o, g** : les trois sigmoïdes d'abord ; g, c'est c̃. `s` est `State(h, c)`, de forme (H, B) chacun ; `x` est de
# forme (D, B). Renvoyez le nouveau `State(h, c)`, et la *bande* de ce pas, `Tape(z, f, i, o, g, c_prev, c, h)` avec `z = join(h, x)` :
# tout ce dont le retour aura besoin.

# %% id="step"
def lstm_step(p, s, x):
    raise NotImplementedError


check("lstm_step", lstm_step)

# %% [markdown] id="write-forward" lang="en"
# **Exercise 8.2 · `lstm_forward(p, s, x)`.** The same cell, step after step: `x` is now (T, D, B), and each step starts from the state that
# the last one left. Return `h` (T, H, B), the last `State`, and the whole tape: `Tape(*map(np.stack, zip(*tapes)))` stacks a list of T tapes,
# field by field. You may call your `lstm_step`.

# %% [markdown] id="write-forward" lang="fr"
# **Exercice 8.2 · `lstm_forward(p, s, x)`.** La même cellule, pas après pas : `x` est maintenant de forme (T, D, B), et chaque pas part
# de l'état que le précédent a laissé. Renvoyez `h` (T, H, B), le dernier `State`, et toute la bande : `Tape(*map(np.stack, zip(*tapes)))`
# empile une liste de T bandes, champ par champ. Vous pouvez appeler votre `lstm_step`.

# %% id="forward"
def lstm_forward(p, s, x):
    raise NotImplementedError


check("lstm_forward", lstm_forward)

# %% [markdown] id="judge" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · First the judge
#
# It is easy to get a gradient wrong, and nothing warns you. So before the way back is written, we build what will judge it. The definition of a
# derivative is enough: move *one* weight a little up, then a little down, and look at the loss.
#
# $$\frac{\partial L}{\partial w_k} \approx \frac{L(w_k + \varepsilon) - L(w_k - \varepsilon)}{2 \varepsilon}$$
#
# It is slow, for it evaluates the loss twice for every weight. But it knows nothing of your formulas, so it cannot repeat their mistakes.
#
# **Exercise 8.3 · `gradient_check(loss, w, eps)`.** `loss` takes an array of the shape of `w` and returns one number. Return the array of the
# slopes, of the same shape as `w`; leave `w` as it was.

# %% [markdown] id="judge" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · D'abord le juge
#
# On se trompe facilement dans un gradient, et rien ne vous en avertit. Avant d'écrire le chemin du retour, nous construisons donc ce qui le jugera.
# La définition de la dérivée suffit : augmentez un peu *un seul* poids, puis diminuez-le d'autant, et regardez la perte.
#
# $$\frac{\partial L}{\partial w_k} \approx \frac{L(w_k + \varepsilon) - L(w_k - \varepsilon)}{2 \varepsilon}$$
#
# C'est lent : il faut calculer deux fois la perte pour chaque poids. Mais ce calcul ignore tout de vos formules, et ne peut donc pas répéter leurs
# fautes.
#
# **Exercice 8.3 · `gradient_check(loss, w, eps)`.** `loss` prend un tableau de la forme de `w` et renvoie un nombre. Renvoyez le tableau des
# pentes, de même forme que `w`, et laissez `w` tel qu'il était.

# %% id="gradient-check"
def gradient_check(loss, w, eps):
    raise NotImplementedError


check("gradient_check", gradient_check)

# %% [markdown] id="which-eps" lang="en" slideshow={"slide_type": "subslide"}
# **Which ε?** Guess before you look: does the error fall for ever as ε gets smaller? Here is a small LSTM that reads four steps. Every hidden
# state counts in its loss, and so does the last state, so that no path through the cell escapes the judge. Two more ways to ask stand beside yours.
# One looks to *one side* only, $(L(w_k + \varepsilon) - L(w_k)) / \varepsilon$, which needs half as many evaluations of the loss. The other is
# stranger: the *complex step*, which moves the weight by $i\varepsilon$, in the imaginary direction (this $i$ is no gate: $i^2 = -1$), and looks at
# $\operatorname{Im} L / \varepsilon$.

# %% [markdown] id="which-eps" lang="fr" slideshow={"slide_type": "subslide"}
# **Quel ε ?** Pariez avant de regarder : l'erreur baisse-t-elle toujours quand ε diminue ? Voici un petit LSTM qui lit quatre pas. Sa perte
# tient compte de tous les états cachés, et aussi du dernier état, pour qu'aucun chemin de la cellule n'échappe au juge. À côté de votre méthode, en
# voici deux autres. L'une ne regarde que d'*un côté*, $(L(w_k + \varepsilon) - L(w_k)) / \varepsilon$, et demande moitié moins d'évaluations de la
# perte. L'autre est plus étrange : le *pas complexe* déplace le poids de $i\varepsilon$, dans la direction imaginaire (ce $i$ n'est pas une porte :
# $i^2 = -1$), et regarde $\operatorname{Im} L / \varepsilon$.

# %% id="v-curve"
rng = np.random.default_rng(1998)
p = {"W": rng.normal(size=(4, 3, 5)), "b": rng.normal(size=(4, 3, 1))}
# what is read, how much each h counts
x, dh = rng.normal(size=(4, 2, 2)), rng.normal(size=(4, 3, 2))
s0, ds = State(*rng.normal(size=(2, 3, 2))), State(*rng.normal(size=(2, 3, 2)))


def loss(cell, x, s0, **w):
    run = forward(cell, p | w, x, s0)
    return (dh * run.h).sum() + sum((d * q).sum() for d, q in zip(ds, run.s))


def one_sided(loss, w, eps):
    return np.reshape([loss(w + eps * at.reshape(w.shape)) - loss(w)
                       for at in np.eye(w.size)], w.shape) / eps


# %% id="v-curve-errors"
slopes = mine("gradient_check")
exact = backward(LSTM, p, forward(LSTM, p, x, s0), dh, ds)[0]["W"]
eps = np.arange(-13, 0)
ways = {say("central difference"): slopes, say("one-sided difference"): one_sided,
        say("complex step"): complex_step}
error = {name: np.array([np.abs(way(lambda W: loss(LSTM, x, s0, W=W), p["W"], 10.0**e)
                                - exact).max() / np.abs(exact).max() for e in eps])
         for name, way in ways.items()}

# %% id="v-curve-picture"
picture = plots.curves({name: np.maximum(v, 1e-17) for name, v in error.items()},
                       eps, "log₁₀ ε", say("relative error"), log=True, text=say(
    "Relative error of the gradient against ε: central and one-sided difference, complex step."))
central, side, imaginary = error.values()
smallest, *_, largest = central / central.min()
expect(picture, value(say("central difference, with the best ε"), central.min()) < 1e-8,
       value(say("times worse, with the smallest ε"), smallest) > 1000,
       value(say("times worse, with the largest ε"), largest) > 1000,
       value(say("one-sided at its best, over central at its best"),
             side.min() / central.min()) > 30,
       value(say("complex step, with any ε up to 10⁻⁸"), imaginary[eps <= -8].max()) < 1e-12)

# %% [markdown] id="explain-v" lang="en"
# **Explain.** On the right, ε is too large. From one side, the curvature of the loss is in the way, and the error is proportional to ε. If one
# looks to both sides, the curvature cancels; what is left is the third derivative, and the error falls with ε², twice as steeply. On the left, ε is
# too small: two nearly equal losses are subtracted, and what is left of their sixteen digits is divided by ε. In between lies the best choice:
# here, for the central difference, an ε near $10^{-5}$. So a check never gives 0. The complex step subtracts nothing, and has no left branch.
#
# Rule of thumb, in float64, ε = $10^{-5}$: a relative error below $10^{-7}$ is a pass; $10^{-2}$ is a mistake, not "nearly right".

# %% [markdown] id="explain-v" lang="fr"
# **Expliquez.** À droite, ε est trop grand. D'un seul côté, c'est la courbure de la perte qui gêne, et l'erreur est proportionnelle à ε. Si l'on
# regarde des deux côtés, la courbure s'élimine ; il reste la dérivée troisième, et l'erreur baisse comme ε², avec une pente deux fois plus forte
# sur cette figure. À gauche, ε est trop petit : on soustrait deux pertes presque égales, et ce qui reste de leurs seize chiffres est divisé par ε.
# Entre les deux se trouve le meilleur choix : ici, pour la différence centrée, un ε proche de $10^{-5}$. Une vérification ne donne donc jamais 0.
# Le pas complexe ne soustrait rien : il n'a pas de branche gauche.
#
# Règle pratique, en float64, avec ε = $10^{-5}$ : une erreur relative au-dessous de $10^{-7}$ est un succès ; à $10^{-2}$, il y a une faute : ce
# n'est pas « presque juste ».

# %% [markdown] id="back" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · The way back
#
# Textbooks call it the *backward pass*. Write $dq$ for ∂loss/∂q: *how much is q to blame?* That is the **gradient** on q, for short its *blame*. As
# we go back through a line, each quantity gets
#
# > the blame of the result × what it was multiplied by × its own slope.
#
# The slopes: $\sigma' = \sigma (1 - \sigma)$ and $\tanh' = 1 - \tanh^2$, so each can be computed from the function's own value; f, i, o and c̃ (as
# g) are on the tape. (tanh(c) is not there, but c is: take its tanh once more.) When a quantity has *two readers*, their blames are **added**. In a
# cell that happens twice: $c_t$ is read by $h_t$ and by the next step's belt; $h_t$ by the read-out and by the next step's gates.
#
# Go back to the machine of section 1 and show the *gradient*: it comes in at the last step, on h, and runs through every wire backwards.

# %% [markdown] id="back" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Le chemin du retour
#
# Les manuels disent *passe arrière*. Notons $dq$ la dérivée ∂perte/∂q : *quelle est la part de responsabilité de q ?* C'est le **gradient** par
# rapport à q ; nous dirons, pour faire court, le *gradient sur q*. Quand on remonte une ligne, chaque quantité reçoit
#
# > le gradient du résultat × ce par quoi elle était multipliée × sa propre pente.
#
# Les pentes : $\sigma' = \sigma (1 - \sigma)$ et $\tanh' = 1 - \tanh^2$ ; chacune se calcule donc à partir de la valeur même de la fonction, et f,
# i, o et c̃ (sous le nom g) sont sur la bande. (tanh(c) n'y est pas, mais c y est : recalculez sa tanh.) Quand une quantité a *deux lecteurs*, les
# gradients qui en reviennent **s'additionnent**. Cela arrive deux fois dans une cellule : $c_t$ est lu par $h_t$ et par le tapis du pas
# suivant ; $h_t$ l'est par la couche de lecture et par les portes du pas suivant.
#
# Retournez à la machine de la section 1 et affichez le *gradient* : il entre au dernier pas, par h, et parcourt tous les fils à rebours.

# %% [markdown] id="lines" lang="en" slideshow={"slide_type": "subslide"}
# What comes in at one step is `ds`: the blame `ds.h` on the new h, and `ds.c` on the new c, from later steps. Here are four lines of the way back,
# each with its reason:
#
# | forwards | backwards | why |
# |---|---|---|
# | h = o * tanh(c) | `do = ds.h * tanh(c)` | o was multiplied by tanh(c). |
# | h = o * tanh(c), and the belt | `dc = ds.c + ds.h * o * (1 - tanh(c)**2)` | c has two readers: the belt ahead, and h through a tanh. |
# | c = f * c_prev + i * g | `df = dc * c_prev` | f was multiplied by the *old* c. |
# | f is the sigmoid of a_f | `da_f = df * f * (1 - f)` | Through the sigmoid: its own slope. |
#
# The others follow by the same rule. Derive them, each from its sentence:
#
# * In c = f * c_prev + i * g, i was multiplied by g, and g by i.
# * i and o came through a sigmoid, as f did; g through a tanh.
# * The old c was multiplied by f: that is the constant error carousel.
# * Each a = W z + b. There W was multiplied by z, once for each example of the batch: add these up. b was multiplied by 1, as often.
# * z had four readers, one for each gate and one for the candidate. The first H rows of its blame belong to the old h, the rest to x.
#
# A gate that is saturated, at 0 or at 1, has slope 0 and gets no gradient. And where f is 0, no gradient reaches what the cell held before.
#
# <details><summary>All lines, if you are stuck for long</summary>
#
# | line | its sentence |
# |---|---|
# | `di = dc * g` | i was multiplied by g … |
# | `dg = dc * i` | … and g by i. |
# | `da_g = dg * (1 - g**2)` | Through the tanh: its own slope. |
# | `dW = da @ z.T` | The sum over the batch is in the product. |
# | `db = da.sum(-1, keepdims=True)` | The sum over the batch. |
# | `dz = W_f.T @ da_f + W_i.T @ da_i + …` | Four readers: four terms. |
# | `dc = dc * f` | What goes on to the step before. |
#
# </details>

# %% [markdown] id="lines" lang="fr" slideshow={"slide_type": "subslide"}
# À un pas donné, on reçoit `ds` : le gradient `ds.h` sur le nouveau h, et `ds.c` sur le nouveau c, venu des pas suivants. Voici quatre lignes du
# retour, chacune avec sa raison :
#
# | aller | retour | pourquoi |
# |---|---|---|
# | h = o * tanh(c) | `do = ds.h * tanh(c)` | o était multiplié par tanh(c). |
# | h = o * tanh(c), et le tapis | `dc = ds.c + ds.h * o * (1 - tanh(c)**2)` | c a deux lecteurs : la suite du tapis, et h, à travers une tanh. |
# | c = f * c_prev + i * g | `df = dc * c_prev` | f était multiplié par l'*ancien* c. |
# | f est la sigmoïde de a_f | `da_f = df * f * (1 - f)` | À travers la sigmoïde : sa propre pente. |
#
# Les autres s'obtiennent par la même règle. Déduisez chacune d'elles de la phrase qui lui correspond :
#
# * Dans c = f * c_prev + i * g, i était multiplié par g, et g par i.
# * i et o sortaient d'une sigmoïde, comme f ; g sortait d'une tanh.
# * L'ancien c était multiplié par f : c'est le carrousel à erreur constante.
# * Chaque a = W z + b. W y était multipliée par z, une fois pour chaque exemple du lot : additionnez. b était multiplié par 1, autant de fois.
# * z avait quatre lecteurs, un par porte et un pour le candidat. Les H premières lignes de son gradient reviennent à l'ancien h, le reste à x.
#
# Une porte saturée, à 0 ou à 1, a une pente nulle et ne reçoit pas de gradient. Et là où f vaut 0, aucun gradient n'atteint ce que la cellule contenait avant.
#
# <details><summary>Toutes les lignes, si vous n'avancez plus</summary>
#
# | ligne | ce qu'elle dit |
# |---|---|
# | `di = dc * g` | i était multiplié par g… |
# | `dg = dc * i` | … et g par i. |
# | `da_g = dg * (1 - g**2)` | À travers la tanh : sa propre pente. |
# | `dW = da @ z.T` | Le produit fait la somme sur le lot. |
# | `db = da.sum(-1, keepdims=True)` | La somme sur le lot. |
# | `dz = W_f.T @ da_f + W_i.T @ da_i + …` | Quatre lecteurs : quatre termes. |
# | `dc = dc * f` | Ce qui passe au pas précédent. |
#
# </details>

# %% [markdown] id="write-back" lang="en"
# **Exercise 8.4 · `lstm_back(p, ds, tape)`.** One step, backwards. Return `{"W": dW, "b": db}`, of the shapes of `p`; the blame on the state
# *before*, `State(dh, dc)`; and `dx` (D, B).

# %% [markdown] id="write-back" lang="fr"
# **Exercice 8.4 · `lstm_back(p, ds, tape)`.** Un pas, à rebours. Renvoyez `{"W": dW, "b": db}`, de mêmes formes que `p` ; le gradient sur
# l'état *d'avant*, `State(dh, dc)` ; et `dx` (D, B).

# %% id="back-code"
def lstm_back(p, ds, tape):
    raise NotImplementedError


check("lstm_back", lstm_back)

# %% [markdown] id="red" lang="en"
# **On the wires.** Here is what your function returns, for one unit, on the machine of section 1. A wire with a wrong number has another dash, and
# the right number stands beside it: where do the first wrong ones lie, seen from the right?

# %% [markdown] id="red" lang="fr"
# **Sur les fils.** Voici ce que renvoie votre fonction, pour une unité, sur la machine de la section 1. Un fil qui porte un nombre faux a un autre
# type de trait, et le bon nombre est à côté : où sont les premiers fils faux, en partant de la droite ?

# %% id="red-wires"
red_wires(lstm_back)

# %% [markdown] id="judge-back" lang="en"
# **Be the judge once more.** A way back can be judged without knowing the right one: by the definition of a derivative. The test below takes the
# textbook's inputs: a state and biases of zero. See how many wrong ways back slip through; then replace the zeros by random numbers.

# %% [markdown] id="judge-back" lang="fr"
# **Encore une fois, soyez juge.** On peut juger un retour sans connaître le bon : par la définition de la dérivée. Le test ci-dessous prend les
# entrées des manuels : un état et des biais nuls. Voyez combien de retours faux passent à travers ; puis remplacez ces valeurs nulles par des
# nombres tirés au hasard.

# %% id="judge-back-code"
def my_test(back):
    rng, zero = np.random.default_rng(8), np.zeros((3, 2))
    q = Model(LSTM, D=2, H=3, K=1, dtype=float).params[0] | {"b": np.zeros((4, 3, 1))}
    s, x = State(zero, zero), rng.normal(size=(2, 2))
    out = State(*rng.normal(size=(2, 3, 2)))

    def total(W):
        new, _ = LSTM.step(q | {"W": W}, s, x)
        return (new.h * out.h + new.c * out.c).sum()

    dp, ds, dx = back(q, out, LSTM.step(q, s, x)[1])
    return np.allclose(dp["W"], slopes(total, q["W"], 1e-5), atol=1e-7)


be_the_judge("lstm_back", my_test)

# %% [markdown] id="write-backward" lang="en"
# **Exercise 8.5 · `lstm_backward(p, tape, dh, ds)`.** *Backpropagation through time*: the same, from the last step to the first. `dh` (T, H, B)
# is what the read-out blames on each h; `ds` the blame on the last state. At each t: add `dh[t]` to what came back from t + 1; go through the
# cell; **add up** `dW` and `db`, because it is one and the same W at every step. Return `dp`, the blame on the first state, and `dx` (T, D, B).

# %% [markdown] id="write-backward" lang="fr"
# **Exercice 8.5 · `lstm_backward(p, tape, dh, ds)`.** La *rétropropagation à travers le temps* : la même chose, du dernier pas au premier. `dh`
# (T, H, B) est le gradient que la lecture renvoie sur chaque h ; `ds`, le gradient sur le dernier état. À chaque t : ajoutez `dh[t]` à ce qui
# revient de t + 1 ; traversez la cellule ; **additionnez** `dW` et `db`, car c'est une seule et même W à tous les pas. Renvoyez `dp`, le
# gradient sur le premier état, et `dx` (T, D, B).

# %% id="backward-code"
def lstm_backward(p, tape, dh, ds):
    raise NotImplementedError


check("lstm_backward", lstm_backward)

# %% [markdown] id="sentence" lang="en"
# **The judge speaks.** Your check examines your way back, over the four steps of section 2: for W, for b, for the inputs and for the first state,
# since a check of W alone would let db = 0 pass. PyTorch, TensorFlow and JAX put the ways back of single operations together by themselves; a fused
# LSTM, made for speed, holds a way back that somebody wrote by hand. For whoever writes one, each of the three has a check like yours:
# `torch.autograd.gradcheck`, `tf.test.compute_gradient`, `jax.test_util.check_grads`.

# %% [markdown] id="sentence" lang="fr"
# **Le juge parle.** Votre vérification examine votre retour, sur les quatre pas de la section 2 : pour W, pour b, pour les entrées et pour le
# premier état, car une vérification de W seule laisserait passer db = 0. PyTorch, TensorFlow et JAX assemblent d'eux-mêmes les retours des
# opérations élémentaires ; un LSTM fusionné, fait pour la vitesse, contient un retour écrit à la main. À qui en écrit un, chacune des trois
# bibliothèques offre une vérification comme la vôtre : `torch.autograd.gradcheck`, `tf.test.compute_gradient`, `jax.test_util.check_grads`.

# %% id="sentence-code"
def gradient_error(cell):
    dp, dx, ds0 = backward(cell, p, forward(cell, p, x, s0), dh, ds)
    asked = [(dp["W"], p["W"], lambda v: loss(cell, x, s0, W=v)),
             (dp["b"], p["b"], lambda v: loss(cell, x, s0, b=v)),
             (dx, x, lambda v: loss(cell, v, s0)),
             (ds0.h, s0.h, lambda v: loss(cell, x, s0._replace(h=v))),
             (ds0.c, s0.c, lambda v: loss(cell, x, s0._replace(c=v)))]
    return max(np.abs(got - found).max() / np.abs(found).max()
               for got, v, of in asked for found in [slopes(of, v, 1e-5)])


# %% id="my-cell"
my_step, my_back = mine("lstm_step"), mine("lstm_back")


def step(p, s, x):
    s, tape = my_step(p, s, x)
    return State(*s), Tape(*tape)


def back(p, ds, tape):
    dp, ds, dx = my_back(p, ds, tape)
    return dp, State(*ds), dx


my_cell = LSTM._replace(name="my LSTM", step=step, back=back)
expect(value(say("relative error of the gradient"), gradient_error(my_cell)) < 1e-7)

# %% [markdown] id="lab" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · The broken gradient that still learns
#
# Is all this care needed? If the gradient were wrong, would not the loss refuse to fall? Let us see. We take the code of the library's `lstm_back`,
# put *one* mistake into it, and train a network with it on a short task: name a symbol after seven steps of noise. Such mistakes were published: a
# [library](https://github.com/deeplearning4j/deeplearning4j/issues/8838) left out the gradient on the last c, a
# [tutorial](https://github.com/nicklashansen/rnn_lstm_from_scratch/issues/1) took the slope at tanh(tanh(c)). A gradient check found both.

# %% [markdown] id="lab" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Le gradient faux qui apprend quand même
#
# Faut-il vraiment tant de soin ? Si le gradient était faux, la perte ne refuserait-elle pas de baisser ? Voyons cela. Nous prenons le code de
# `lstm_back` dans la bibliothèque, nous y mettons *une seule* faute, et nous entraînons un réseau avec ce retour sur une tâche courte : nommer un
# symbole après sept pas de bruit. De telles fautes ont été publiées : une
# [bibliothèque](https://github.com/deeplearning4j/deeplearning4j/issues/8838) omettait le gradient sur le dernier c, un
# [tutoriel](https://github.com/nicklashansen/rnn_lstm_from_scratch/issues/1) prenait la pente en tanh(tanh(c)). Une vérification du gradient a
# révélé l'une et l'autre.

# %% id="predict-broken"
predict("08-broken-gradient")

# %% id="broken"
def broken(right, wrong):
    text, room = inspect.getsource(cells.lstm_back), dict(vars(cells))
    exec(text.replace(right, wrong), room)
    return LSTM._replace(back=room["lstm_back"])


lab = {
    say("as it is"): LSTM,
    say("mean for sum"): broken("return dp,",
                                "return {name: w / z.shape[1] for name, w in dp.items()},"),
    say("dc without f"): broken("dc = dc * f", "dc = dc"),
    say("df with the new c"): broken("dc       * c_prev", "dc       * c"),
    say("dg without its slope"): broken("* i             * (1 - g**2)", "* i"),
    say("dc from later lost"): broken("dc = ds.c + ds.h", "dc = ds.h"),
}

# %% id="lab-training"
short = tasks.recall(7, loudness=1.)
with progress_bar(150, networks=3 * len(lab)):
    score = {name: [exam(trained(cell, short, 8, 150, seed), short) for seed in range(3)]
             for name, cell in lab.items()}
*_, last = lab.values()
later = exam(trained(last, short, 12, 400), short)
picture = plots.spread(score, ylabel=say("accuracy"), chance=.25, text=say(
    "Accuracy on the short task: the right way back and five broken ones; a dot for each seed."))
*quick, slow = score.items()
expect(picture, *(every(*each) > .9 for each in quick), median(*slow) < .95,
       value(say("the last one, with twelve units and 400 updates"), later) > .9)

# %% id="lab-judged"
found = {name: gradient_error(cell) for name, cell in lab.items()}
picture = plots.spread({name: [np.log10(e)] for name, e in found.items()}, y=(-12, 1),
                       ylabel=say("relative error of the gradient, log₁₀"), text=say(
    "Relative error found by the gradient check: the right way back and five broken ones."))
right, *wrong = found.items()
expect(picture, value(*right) < 1e-7, *(value(*each) > 1e-3 for each in wrong))

# %% [markdown] id="explain-lab" lang="en" slideshow={"slide_type": "subslide"}
# **Explain.** A wrong gradient often still leads downhill, and Adam does not care how long it is. So the loss falls, and nothing in it tells you.
# The check tells right from wrong at once, by many powers of ten. Even the last way back here is only slower: give it 400 updates and twelve units,
# and it learns as well.
#
# **Would another task betray them?** Take the stream without end of chapter 04, where the memory has to let go of one symbol after another.

# %% [markdown] id="explain-lab" lang="fr" slideshow={"slide_type": "subslide"}
# **Expliquez.** Un gradient faux mène souvent vers le bas quand même, et Adam se soucie peu de sa longueur. La perte baisse donc, et rien en elle
# ne vous avertit. La vérification, elle, distingue aussitôt le juste du faux : plusieurs puissances de dix les séparent. Même le dernier de ces
# retours n'est que plus lent : donnez-lui 400 mises à jour et douze unités, et il apprend aussi.
#
# **Une autre tâche les trahirait-elle ?** Prenons le flux sans fin du chapitre 04, où la mémoire doit lâcher un symbole après l'autre.

# %% id="lab-endless"
stream, long = tasks.episodes(), tasks.episodes(1000)
sound = say("as it is"), say("dg without its slope")
with progress_bar(300, networks=3):
    on_stream = {name: exam(trained(lab[name], stream, 16, 300), long, B=10)
                 for name in (*sound, say("dc without f"))}
picture = plots.spread({name: [right] for name, right in on_stream.items()},
                       ylabel=say("accuracy"), chance=.25, text=say(
    "Accuracy on the stream without end: the right way back and two broken ones."))
*fine, lost = on_stream.items()
expect(picture, *(value(*each) > .7 for each in fine), value(*lost) < .7)

# %% [markdown] id="explain-endless" lang="en"
# **Explain.** (One seed for each; a test of this course tries five.) The way back without f blames what was forgotten as if it had been kept. Where
# nothing needs to be forgotten, that does little harm; here the network hardly gets beyond chance. The way back whose dg has lost its slope learns
# this task, too. So a hard task may betray one mistake and hide the next; the check finds every one of them.
#
# *What the check needs*: more than one step; random states, biases and blame, everywhere. With T = 1, or with zeros, many mistakes are invisible.

# %% [markdown] id="explain-endless" lang="fr"
# **Expliquez.** (Une graine pour chacun ; un test du cours en essaie cinq.) Le retour sans f envoie du gradient à ce qui a été oublié comme si on
# l'avait gardé. Là où il n'y a rien à oublier, cela nuit peu ; ici, le réseau ne dépasse guère le hasard. Le retour dont dg a perdu sa pente
# apprend aussi cette tâche-là. Une tâche difficile peut donc trahir une faute et cacher la suivante ; la vérification les trouve toutes.
#
# *Ce qu'il faut à la vérification* : plus d'un pas ; des états, des biais et des gradients tirés au hasard, partout. Avec T = 1, ou avec des zéros,
# bien des fautes sont invisibles.

# %% [markdown] id="parity" lang="en" slideshow={"slide_type": "slide"}
# ## 5 · The same numbers as PyTorch
#
# A file that comes with the course, made by `tests/torch_numbers.py`, holds what PyTorch's `nn.LSTM` answered once: weights, inputs, outputs and
# all the gradients. Its arrays lie the other way round (one *row* an example), its gates stand in the order i, f, g, o, and each gate has two
# biases that are only ever added. `from_torch` puts them in order and adds the two biases, no more.

# %% [markdown] id="parity" lang="fr" slideshow={"slide_type": "slide"}
# ## 5 · Les mêmes nombres que PyTorch
#
# Un fichier livré avec le cours, produit par `tests/torch_numbers.py`, contient ce que `nn.LSTM` de PyTorch a répondu une fois : poids, entrées,
# sorties et tous les gradients. Ses tableaux sont transposés (une *ligne* pour chaque exemple), ses portes sont rangées dans l'ordre i, f, g, o, et
# chaque porte y a deux biais qui ne font jamais que s'additionner. `from_torch` remet en ordre et additionne les deux biais, rien de plus.

# %% id="torch-numbers"
its = {name: w if "." in name else w.swapaxes(-1, -2) for name, w in kept("torch_lstm").items()}
(q,), (dq,) = (
    from_torch(LSTM, {name[len(d):]: w for name, w in its.items() if name.startswith(d)})
    for d in ("w.", "dw."))

run = forward(my_cell, q, its["x"], State(its["h0"][0], its["c0"][0]))
dp, dx, ds0 = backward(my_cell, q, run, its["dout"], State(its["dh_last"][0], its["dc_last"][0]))
pairs = [(run.h, its["out"]), (run.s.c, its["c_last"][0]),
         (dp["W"], dq["W"]), (dx, its["dx"]), (ds0.c, its["dc0"][0])]
apart = max(np.abs(ours - theirs).max() for ours, theirs in pairs)

shuffled = {name: w[[1, 0, 3, 2]] for name, w in q.items()}  # in PyTorch's order, i, f, g, o
wrong = np.abs(forward(my_cell, shuffled, its["x"]).h - its["out"]).max()
expect(value(say("largest difference from PyTorch's outputs and gradients"), apart) < 1e-12,
       value(say("the same, with the gates in its order and no error message"), wrong) > .1)

# %% [markdown] id="years" lang="en" slideshow={"slide_type": "slide"}
# ## 6 · 1997, 2000, and yours
#
# Hochreiter and Schmidhuber's cell of 1997 had no forget gate: c = c + i * c̃. That is ours with f pinned at 1 (and with two different squashing
# functions, shaped like tanh). In 2000 Gers, Schmidhuber and Cummins added f. (In 1997 the blame was also cut wherever it would leave the cell, at
# the gates' inputs and at the cell's own; the full way back, the one you wrote, is that of Graves and Schmidhuber, 2005.) Here are both cells, side
# by side: untrained, with the same weights, they read the same noise.

# %% [markdown] id="years" lang="fr" slideshow={"slide_type": "slide"}
# ## 6 · 1997, 2000, et la vôtre
#
# La cellule de Hochreiter et Schmidhuber, en 1997, n'avait pas de porte d'oubli : c = c + i * c̃. C'est la nôtre avec f fixé à 1 (et deux fonctions
# d'écrasement différentes, de même allure que tanh). En 2000, Gers, Schmidhuber et Cummins ont ajouté f. (En 1997, on coupait aussi le gradient
# partout où il allait quitter la cellule, à l'entrée des portes et à celle de la cellule ; le retour complet, celui que vous avez écrit, est de
# Graves et Schmidhuber, 2005.) Voici les deux cellules côte à côte : non entraînées, avec les mêmes poids, elles lisent le même bruit.

# %% id="years-picture"
w = Model(LSTM, D=3, H=16, K=1, dtype=float).params[0]
noise = np.random.default_rng(2000).normal(size=(400, 3, 16))
size = {year: np.abs(forward(LSTM, q, noise).tape.c).mean((1, 2))
        for year, q in (("1997, f = 1", pin(LSTM, w, f=1)), ("2000", w))}
picture = plots.curves(size, ylabel=say("mean |c|"), text=say(
    "Mean size of the cell state over 400 steps of noise, with f = 1 and with a forget gate."))
old, new = size.values()
expect(picture,
       value(say("f = 1 at the end, over the greatest of 2000"), old[-1] / new.max()) > 4,
       value(say("the greatest of 2000 after step 100, over that before"),
             new[100:].max() / new[:100].max()) < 1.5)

# %% [markdown] id="file" lang="en" slideshow={"slide_type": "slide"}
# ## 7 · Your LSTM in one file
#
# Nothing is missing any more: with your two functions, a loss and Adam you can train a network without any library but NumPy. Here are the other
# parts, six short functions. Read them; you have met each of them before. The network reads letters, one-hot, and guesses the next one; each update
# takes B pieces of T letters, from random places in the text.

# %% [markdown] id="file" lang="fr" slideshow={"slide_type": "slide"}
# ## 7 · Votre LSTM en un seul fichier
#
# Il ne manque plus rien : avec vos deux fonctions, une perte et Adam, vous pouvez entraîner un réseau sans autre bibliothèque que NumPy. Voici les
# autres pièces, six fonctions courtes. Lisez-les ; vous les avez toutes déjà rencontrées. Le réseau lit des lettres, codées *one-hot*, et prédit la
# suivante ; chaque mise à jour prend B morceaux de T lettres, à des endroits du texte tirés au hasard.

# %% id="file-weights"
lstm_step, lstm_back = my_step, my_back


def first_weights(K, H, rng):
    p = {"W": rng.normal(size=(4, H, H + K)) / np.sqrt(H + K), "b": np.zeros((4, H, 1)),
         "V": rng.normal(size=(K, H)) / np.sqrt(H), "b_y": np.zeros((K, 1))}
    p["b"][0] = 1
    return p


# %% id="file-loss"
def read(p, ids):
    eye, tapes = np.eye(len(p["V"])), []
    s = State(*np.zeros((2, p["W"].shape[1], ids.shape[1])))
    for k in ids[:-1]:
        s, tape = lstm_step(p, s, eye[:, k])
        s, tape = State(*s), Tape(*tape)
        tapes.append(tape)
    y = np.stack([p["V"] @ tape.h + p["b_y"] for tape in tapes])
    e = np.exp(y - y.max(1, keepdims=True))
    guessed = e / e.sum(1, keepdims=True)                    # softmax
    right = eye[ids[1:]].mT
    loss = -np.log((guessed * right).sum(1)).mean()
    return loss, (guessed - right) / ids[1:].size, tapes


# %% id="file-back"
def backpropagate(p, ids):
    loss, dy, tapes = read(p, ids)
    dp = {name: np.zeros_like(w) for name, w in p.items()}
    ds = State(0 * tapes[0].h, 0 * tapes[0].h)
    for dy_t, tape in zip(dy[::-1], tapes[::-1]):
        dp["V"] += dy_t @ tape.h.T
        dp["b_y"] += dy_t.sum(1, keepdims=True)
        ds = State(ds.h + p["V"].T @ dy_t, ds.c)             # h has two readers
        d, ds, _ = lstm_back(p, ds, tape)
        ds = State(*ds)
        dp["W"] += d["W"]
        dp["b"] += d["b"]
    return loss, dp


# %% id="file-adam"
def adam(p, lr=1e-2, b1=.9, b2=.999):
    t, m, v = 0, *({name: np.zeros_like(w) for name, w in p.items()} for _ in "mv")

    def update(dp):
        nonlocal t
        t += 1
        for name, d in dp.items():
            m[name] += (1 - b1) * (d - m[name])
            v[name] += (1 - b2) * (d**2 - v[name])
            typical = np.sqrt(v[name] / (1 - b2**t)) + 1e-8
            p[name] -= lr * m[name] / (1 - b1**t) / typical

    return update


# %% id="file-learn"
def learn(text, updates=400, H=32, T=25, B=16, seed=0):
    rng, (letters, ids) = np.random.default_rng(seed), np.unique(list(text), return_inverse=True)
    p = first_weights(len(letters), H, rng)
    update, losses = adam(p), []
    for k in range(updates):
        at = rng.integers(len(ids) - T, size=B)
        loss, dp = backpropagate(p, ids[at + np.arange(T + 1)[:, None]])
        update(dp)
        losses.append(loss)
    return p, letters, losses


# %% id="file-write"
def write(p, letters, begun, n=100, temperature=1., seed=None):
    eye, ids = np.eye(len(letters)), list(np.searchsorted(letters, list(begun)))
    s, rng = State(*np.zeros((2, p["W"].shape[1], 1))), np.random.default_rng(seed)
    for t in range(len(begun) + n - 1):
        s = State(*lstm_step(p, s, eye[:, ids[t:t + 1]])[0])
        if t + 1 == len(ids):
            y = (p["V"] @ s.h + p["b_y"])[:, 0] / temperature
            e = np.exp(y - y.max())
            ids.append(rng.choice(len(e), p=e / e.sum()))
    return "".join(letters[ids])


# %% [markdown] id="your-text" lang="en"
# **Now a text of yours.** Write some lines in place of these, a hundred letters at least. So short a text is learned by heart, which is a good
# first test of any network: if it fails at that, there is an error somewhere. At a low temperature it recites; raise it to 1, and it draws each
# letter at random.

# %% [markdown] id="your-text" lang="fr"
# **Maintenant, un texte à vous.** Remplacez ces lignes par les vôtres, cent lettres au moins. Un texte si court s'apprend par cœur, et c'est un bon
# premier test pour n'importe quel réseau : s'il n'y arrive pas, c'est qu'il y a une erreur quelque part. À basse température, il récite ; à 1, il
# tire chaque lettre au hasard.

# %% id="text-learned"
text = say("The forget gate lets go of the past. The input gate lets in what is new. "
           "The output gate lets out what is due. ")
net, letters, losses = learn(text)
begun = text[:12]
print(write(net, letters, begun, len(text) - len(begun), temperature=.1, seed=0))
expect(plots.curves({say("loss"): losses}, xlabel=say("update"), ylabel=say("loss"),
                    level={say("all letters alike"): np.log(len(letters))}, text=say(
                        "Loss of the network made of your parts, over its updates.")),
       value(say("loss of the last update"), losses[-1]) < .5)

# %% [markdown] id="one-file" lang="en"
# **The file.** All parts, one below the other, your two among them. Write `True` for `False`, and the file `my_lstm.py` lies beside this notebook; it
# runs wherever there is NumPy, and learns the text whose name you give it: `python my_lstm.py text.txt`. (If your functions call others of
# yours, add those to `parts`.)

# %% [markdown] id="one-file" lang="fr"
# **Le fichier.** Toutes les pièces l'une sous l'autre, les deux vôtres comprises. Mettez `True` à la place de `False` : le fichier `my_lstm.py` se
# trouve alors à côté de ce cahier ; il tourne partout où il y a NumPy, et apprend le texte dont vous lui donnez le nom :
# `python my_lstm.py text.txt`. (Si vos fonctions en appellent d'autres que vous avez écrites, ajoutez-les à `parts`.)

# %% id="one-file-code"
parts = (sigmoid, join, State, Tape, lstm_step, lstm_back, first_weights, read, backpropagate,
         adam, learn, write)
head = "import sys\nfrom typing import NamedTuple\n\nimport numpy as np\nfrom numpy import tanh"
tail = """text = open(sys.argv[1], encoding="utf-8").read()
p, letters, losses = learn(text)
print("loss:", *np.round(losses[::50], 2))
print(write(p, letters, text[:20], 200))
"""
file = "\n\n\n".join([head, *(inspect.getsource(part).rstrip() for part in parts), tail])
print(sum(map(bool, file.split("\n"))), say("lines"))
save = False
if save:
    open("my_lstm.py", "w", encoding="utf-8").write(file)

# %% [markdown] id="ask-quiz" lang="en"
# ## 8 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 8 · Quiz

# %% id="quiz"
quiz("08")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | [the sheet](10-summary.ipynb), part 5 | you have seen |
# |---|---|
# | the LSTM: an RNN with gates that govern a long-term memory | six lines, written by you, equal to PyTorch's |
# | trained by backpropagation | written, judged by a check of your own; a falling loss proves nothing |
# | | a file of your own that learns a text, with NumPy alone |
#
# Next: [09 · What each part is worth](09-worth.ipynb), where your cell learns, then loses one part after another.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 5 | vous l'avez vu |
# |---|---|
# | le LSTM : un RNN dont les portes gèrent une mémoire à long terme | six lignes écrites par vous, égales à celles de PyTorch |
# | entraîné par rétropropagation | écrite, jugée par votre propre vérification ; une perte qui baisse ne prouve rien |
# | | un fichier à vous, qui apprend un texte avec NumPy seul |
#
# Suite : [09 · Ce que vaut chaque pièce](09-worth.ipynb), où votre cellule apprend, puis perd une pièce après l'autre.
