# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 03 · The vanishing gradient
#
# A plain RNN *can* remember what came a thousand steps ago: you will see one whose weights were set by hand. In strong noise it does
# not *learn* to, not even over fifty steps, because the gradient that should teach it has died on the way.
#
# By the end you can say how fast a gradient dies and why, have measured it with functions of your own, have written a step of the way back, have seen
# a network fail because of it, and know what helps and what does not.
#
# *You need*: chapter 01, the chain rule, eigenvalues. *It takes*: two to three hours; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 03 · Le gradient évanescent
#
# Un RNN simple *peut* se souvenir de ce qui s'est passé il y a mille pas : vous en verrez un dont les poids ont été réglés à la main. Dans un
# bruit fort, il n'*apprend* pas à le faire, pas même sur cinquante pas, car le gradient qui devrait l'instruire s'est éteint en route.
#
# À la fin, vous saurez à quelle vitesse un gradient s'éteint, et pourquoi ; vous l'aurez mesuré avec vos propres fonctions, vous aurez écrit un pas du
# chemin du retour, vous aurez vu un réseau échouer pour cette raison, et vous saurez ce qui aide et ce qui n'aide pas.
#
# *Il vous faut* : le chapitre 01, la dérivée d'une fonction composée, les valeurs propres. *Durée* : deux à trois heures, dont moins d'une demi-minute de calcul.

# %% id="imports"
import numpy as np

from lstmlib import LSTM, RNN, Model, exam, forward, one_hot, tasks, trained, weights
from workbook import (
    BENT, check, every, expect, explorers, kept, median, mine, plots, predict, progress_bar, quiz,
    say, true, value, whole_cell,
)

# %% [markdown] id="product" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · A product of many factors
#
# To train an RNN, one unrolls it over its T steps and carries the gradient of the loss back through all of them: *backpropagation through
# time*. It answers the question: *had the state at step t been a little different, how much would the last state differ?* From one step to
# the next the answer is a matrix, the Jacobian. For $h_t = \tanh(W_h h_{t-1} + \ldots)$, where $W_h$ holds the columns of W that multiply h, it is
#
# $$J_t = \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2) \, W_h$$
#
# Over many steps the chain rule multiplies these matrices, $\dfrac{\partial h_T}{\partial h_t} = J_T \, J_{T-1} \cdots J_{t+1}$. A product of fifty
# factors is rarely near 1 (Hochreiter, 1991; Bengio, Simard and Frasconi, 1994).

# %% [markdown] id="product" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Un produit de nombreux facteurs
#
# Pour entraîner un RNN, on le déplie sur ses T pas et l'on fait remonter le gradient de la perte à travers chacun d'eux : c'est la
# *rétropropagation à travers le temps*. Elle répond à la question : *si l'état au pas t avait été un peu différent, de combien le dernier
# état différerait-il ?* D'un pas au suivant, la réponse est une matrice, la jacobienne. Pour $h_t = \tanh(W_h h_{t-1} + \ldots)$, où $W_h$ contient
# les colonnes de W qui multiplient h, c'est
#
# $$J_t = \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2) \, W_h$$
#
# Sur plusieurs pas, la règle de dérivation en chaîne multiplie ces matrices, $\dfrac{\partial h_T}{\partial h_t} = J_T \, J_{T-1} \cdots J_{t+1}$. Un
# produit de cinquante facteurs est rarement proche de 1 (Hochreiter, 1991 ; Bengio, Simard et Frasconi, 1994).

# %% id="predict-halves"
predict("03-ten-halves")

# %% [markdown] id="write-jacobian" lang="en"
# **Exercise 3.1 · `jacobian(Wh, h)`.** `Wh` is (H, H); `h` (H,) is the *new* state $h_t$ of one example. Return $J_t$ (H, H); row j, column k is
# $\partial h_t[j] / \partial h_{t-1}[k]$.

# %% [markdown] id="write-jacobian" lang="fr"
# **Exercice 3.1 · `jacobian(Wh, h)`.** `Wh` est de forme (H, H) ; `h` (H,) est le *nouvel* état $h_t$ d'un exemple. Renvoyez $J_t$ (H, H) ; ligne j,
# colonne k : $\partial h_t[j] / \partial h_{t-1}[k]$.

# %% id="jacobian"
def jacobian(Wh, h):
    raise NotImplementedError


check("jacobian", jacobian)

# %% [markdown] id="write-norms" lang="en"
# **Exercise 3.2 · `gradient_norms(Wh, hs)`.** `hs` (T, H) are the states of one example. Return T numbers: the k-th, counted from 1, is the norm of
# the product of the last k Jacobians, that is of the derivative of the last state by the one k steps before. The norm is the greatest
# factor by which the matrix can stretch a vector: `np.linalg.norm(P, 2)`.

# %% [markdown] id="write-norms" lang="fr"
# **Exercice 3.2 · `gradient_norms(Wh, hs)`.** `hs` (T, H) contient les états d'un exemple. Renvoyez T nombres : le k-ième, en comptant à partir de 1,
# est la norme du produit des k dernières jacobiennes, c'est-à-dire de la dérivée du dernier état par rapport à l'état situé k pas plus tôt. La norme
# est le plus grand facteur d'étirement de la matrice : `np.linalg.norm(P, 2)`.

# %% id="gradient-norms"
def gradient_norms(Wh, hs):
    raise NotImplementedError


check("gradient_norms", gradient_norms)

# %% [markdown] id="flow" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · Gradient against lag
#
# How long a vector becomes when $W_h$ is applied many times depends, in the long run, on the *spectral radius* ρ: the largest modulus of the
# eigenvalues of $W_h$. A single step may stretch more than that, and this is what the norm measures. To keep the two apart for now, we take for $W_h$
# the number ρ times an *orthogonal* matrix, which turns vectors and leaves their length alone: then the norm and the spectral radius are equal. The
# rule of thumb says: over a lag of k steps the gradient goes as $\rho^k$. Let us see when that is true.

# %% [markdown] id="flow" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Le gradient selon le retard
#
# Quand on applique $W_h$ un grand nombre de fois à un vecteur, la longueur obtenue finit par dépendre surtout du *rayon spectral* ρ : le plus grand
# module des valeurs propres de $W_h$. Un seul pas peut étirer davantage, et c'est ce que mesure la norme. Pour ne pas confondre les deux, prenons
# d'abord pour $W_h$ le produit du nombre ρ et d'une matrice *orthogonale*, qui fait tourner les vecteurs sans changer leur longueur : la norme et le
# rayon spectral sont alors égaux. La règle usuelle dit : sur un retard de k pas, le gradient varie comme $\rho^k$. Voyons quand c'est vrai.

# %% id="predict-driven"
predict("03-driven-hard")

# %% id="silent-driven"
norms_of = mine("gradient_norms")
p = weights(RNN, 4, 32, np.random.default_rng(3))  # W_h is orthogonal: it stretches by 1
noise = np.random.default_rng(4).normal(size=(100, 4, 1))
k, lines, expected = 1 + np.arange(len(noise)), {}, []
for rho in (.8, 1.5):
    q = {"W": np.concatenate([rho * p["W"][..., :32], p["W"][..., 32:]], axis=-1), "b": p["b"]}
    for drive, how in ((0, say("silent")), (1, say("driven"))):
        name, hs = f"ρ = {plots.number(rho)}, {how}", forward(RNN, q, drive * noise).h[:, :, 0]
        lines[name] = line = norms_of(q["W"][0, :, :32], hs)
        expected.append(value(say("{label}, at lag {k}", label=name, k=k[-1]), line[-1]) < .01
                        if drive else
                        true(say("{label}: exactly ρᵏ", label=name), np.allclose(line, rho ** k)))
expect(plots.curves(lines, x=k, log=True, xlabel=say("lag, in steps"), ylabel=say("gradient norm")),
       *expected)

# %% [markdown] id="explain-driven" lang="en"
# **Explain.** In silence (no input, h = 0) the slopes of tanh are 1 and the rule $\rho^k$ is exact: the two straight lines. As soon as there is
# input, the units move away from 0, and their slopes $1 - h^2$, all below 1, enter the product as well. With strong input even the gradient of
# ρ = 1.5 *vanishes*. So "with ρ above 1 the gradient explodes" is no law: for such a $W_h$, ρ above 1 is necessary for an explosion, not sufficient.
#
# The next picture adds an *LSTM*, the cell that chapters 04 to 08 build. At each step its memory c is multiplied by a number f between 0 and 1, its
# *forget gate*. The *forget bias* b_f says where f stands before training: 0 gives one half, 5 gives 0.99. The steps until half of a memory is
# left are its *half-life*: a single step if f is one half, and the more, the nearer f is to 1.

# %% [markdown] id="explain-driven" lang="fr"
# **Expliquez.** Dans le silence (pas d'entrée, h = 0), les pentes de tanh valent 1 et la règle $\rho^k$ est exacte : ce sont les deux droites. Dès
# qu'il y a des entrées, les unités s'éloignent de 0, et leurs pentes $1 - h^2$, toutes inférieures à 1, entrent elles aussi dans le produit. Avec des
# entrées fortes, même le gradient obtenu pour ρ = 1,5 *s'évanouit*. « Avec ρ au-dessus de 1, le gradient explose » n'est donc pas une loi : pour une
# telle $W_h$, ρ au-dessus de 1 est nécessaire à l'explosion, mais ne suffit pas.
#
# La figure suivante ajoute un *LSTM*, la cellule que construisent les chapitres 04 à 08. À chaque pas, sa mémoire c est multipliée par un nombre f
# entre 0 et 1, sa *porte d'oubli*. Le *biais d'oubli* b_f fixe la valeur de f avant l'entraînement : 0 donne un demi, 5 donne 0,99. Le nombre de
# pas au bout duquel il reste la moitié d'une mémoire est sa *demi-vie* : un seul pas si f vaut un demi, et d'autant plus que f est proche de 1.

# %% [markdown] id="explore-flow" lang="en" slideshow={"slide_type": "subslide"}
# **Move it yourself.** RNN and LSTM read the same noise; the dots are read off at a given lag. Find a size of the input at which ρ = 1.5 explodes.
# Then take the activation away: is the rule $\rho^k$ exact now, however large the input? Last, find out from which forget bias upwards the LSTM keeps
# its gradient.

# %% [markdown] id="explore-flow" lang="fr" slideshow={"slide_type": "subslide"}
# **Essayez vous-même.** RNN et LSTM lisent le même bruit ; les points sont relevés à un retard donné. Trouvez une taille de l'entrée pour laquelle
# ρ = 1,5 explose. Ôtez ensuite l'activation : la règle $\rho^k$ est-elle alors exacte, quelle que soit l'entrée ? Cherchez enfin à partir de quel
# biais d'oubli le LSTM garde son gradient.

# %% id="gradient-flow"
explorers.gradient_flow()

# %% id="predict-bias-zero"
predict("03-lstm-bias-zero")

# %% id="lstm-biases"
lines, quiet = {}, {}
for name, cell, bias in (("RNN", RNN, 0), *((f"b_f = {b}", LSTM, b) for b in (0, 1, 3, 5))):
    q = weights(cell, 4, 32, np.random.default_rng(3), forget_bias=bias)
    at = "h" if cell is RNN else "c"
    lines[name] = explorers.gradient_norms(cell, q, noise, at)[1:]
    quiet[name] = explorers.gradient_norms(cell, q, .1 * noise, at)[-1]
left = {name: value(say("{label}, at lag {k}", label=name, k=k[-1]), line[-1])
        for name, line in lines.items()}
calm = {name: value(say("{label}, at lag {k}, with a tenth of the noise", label=name, k=k[-1]), end)
        for name, end in quiet.items()}
expect(plots.curves(lines, x=k, log=True, xlabel=say("lag, in steps"), ylabel=say("gradient norm")),
       *(left[name] < 1e-5 for name in left if name in ("RNN", "b_f = 0", "b_f = 1")),
       left["b_f = 3"] > 1e-3, left["b_f = 5"] > 1,
       calm["RNN"] > 1e-4, calm["b_f = 0"] < 1e-10)

# %% [markdown] id="explain-biases" lang="en"
# "An LSTM has no vanishing gradient" is false as it stands. With a forget bias of 0 the gates stand near one half, and in this noise its gradient
# vanishes as fast as that of the RNN; in a quiet network, where the slopes of tanh stay near 1, the RNN keeps far more of it. *What helps is an f
# near 1, not the name of the cell.* With b_f = 5 the gradient of this network even grows (in others it shrinks a little): beside the direct path
# through c there is another one through h and the gates, and the two add up. Chapters 04 and 06 are about that.

# %% [markdown] id="explain-biases" lang="fr"
# « Un LSTM n'a pas de gradient évanescent » est faux, dit ainsi. Avec un biais d'oubli nul, les portes restent près d'un demi, et dans ce bruit son
# gradient s'évanouit aussi vite que celui du RNN ; dans un réseau calme, où les pentes de tanh restent proches de 1, le RNN en garde bien davantage.
# *Ce qui aide, c'est un f proche de 1, et non le nom de la cellule.* Avec b_f = 5, le gradient de ce réseau grandit même (dans d'autres, il diminue un
# peu) : à côté du chemin direct, par c, il en existe un autre, par h et les portes, et les deux s'ajoutent. Les chapitres 04 et 06 en parlent.

# %% [markdown] id="recall" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Name the symbol after the noise
#
# What does a vanished gradient cost a network? One of four symbols is shown, then come fifty steps of noise, then the symbol must be named. Chance is
# 25 %. First, can a plain RNN do this at all? Yes, with four units and weights set by hand. Each unit is a *latch*: it hears one symbol,
# holds itself at +1 or −1 through $W_h = 3I$, and has weights of 0 for the noise.

# %% [markdown] id="recall" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Nommer le symbole après le bruit
#
# Qu'est-ce qu'un gradient évanoui coûte à un réseau ? On montre un symbole parmi quatre, puis viennent cinquante pas de bruit, puis il faut nommer le
# symbole. Au hasard, on aurait 25 %. D'abord, un RNN simple en est-il seulement capable ? Oui, avec quatre unités et des poids réglés à la main. Chaque
# unité est un *verrou* : elle entend un seul symbole, se maintient à +1 ou à −1 grâce à $W_h = 3I$, et ses poids pour le bruit valent 0.

# %% id="by-hand"
far, farther = tasks.recall(50), tasks.recall(1000)
latch = Model(RNN, far.D, 4, far.K, dtype=float)
p, out = latch.params
p["W"][0] = np.hstack([3 * np.eye(4), 6 * np.eye(4), np.zeros((4, 4))])  # h, symbols, noise
p["b"][:], out["V"][:] = -.5, np.eye(4)

x = next(far.batches(np.random.default_rng(1), 1)).x
held = norms_of(p["W"][0, :, :4], latch(x).runs[0].h[1:, :, 0])
expect(value(say("set by hand, {n} step[s] of noise", n=50), exam(latch, far)) > .99,
       value(say("set by hand, {n} step[s] of noise", n=1000), exam(latch, farther)) > .99,
       value(say("norm of its gradient at lag {k}", k=50), held[49]) < 1e-20)

# %% [markdown] id="explain-hand" lang="en"
# An RNN *can* remember for a thousand steps, and noise does not touch it. But look at its gradient: nothing is left of it. What makes a latch safe (a
# small push is forgotten at once) is also what makes its gradient vanish (Bengio, Simard and Frasconi, 1994). And can it be *learned*? All networks
# that follow have 32 units and 400 updates; under each bar stands the standard deviation of its noise.

# %% [markdown] id="explain-hand" lang="fr"
# Un RNN *peut* se souvenir pendant mille pas, et le bruit ne l'atteint pas. Mais regardez son gradient : il n'en reste rien. Ce qui rend un verrou
# sûr (une petite poussée est aussitôt oubliée) est aussi ce qui fait que son gradient s'évanouit (Bengio, Simard et Frasconi, 1994). Et ce
# comportement peut-il s'*apprendre* ? Tous les réseaux qui suivent ont 32 unités et 400 mises à jour ; sous chaque barre figure l'écart-type de son
# bruit.

# %% id="predict-fifty"
predict("03-fifty-steps")

# %% id="recall-lessons"
seeds = range(3)
bars = {say("LSTM, b_f = 5, noise {sd}", sd=2): (LSTM, far, 5), **{
    say("RNN, noise {sd}", sd=plots.number(sd)): (RNN, tasks.recall(50, loudness=sd), 0)
    for sd in (2, .3)}}
with progress_bar(400, networks=len(bars) * len(seeds)):
    score = {name: [exam(trained(cell, task, 32, 400, seed, forget_bias=bias), task)
                    for seed in seeds]
             for name, (cell, task, bias) in bars.items()}
lstm, rnn, weak = score.items()
expect(plots.spread(score, ylabel=say("accuracy"), chance=.25, text=say(
           "Naming a symbol after fifty steps, three seeds each. Chance is 0.25.")),
       median(*lstm) > .9, every(*rnn) < .35, median(*weak) > .45)

# %% [markdown] id="explain-recall" lang="en"
# "An RNN does not learn over fifty steps" is therefore true *in strong noise only*. In weak noise the slopes of tanh stay nearer 1, more of the
# gradient arrives, and the RNN gets far above chance, and is often right every time. Strong noise pushes the units out to where tanh is flat; these
# slopes near 0 enter the product, the gradient disappears, and the RNN learns nothing about the symbol.

# %% [markdown] id="explain-recall" lang="fr"
# « Un RNN n'apprend pas sur cinquante pas » n'est donc vrai que *dans un bruit fort*. Dans un bruit faible, les pentes de tanh restent plus proches
# de 1, une plus grande part du gradient arrive, et le RNN fait bien mieux que le hasard, souvent sans une faute. Le bruit fort pousse les unités là
# où la tanh est plate ; ces pentes proches de 0 entrent dans le produit, le gradient disparaît, et le RNN n'apprend rien au sujet du symbole.

# %% [markdown] id="heat" lang="en" slideshow={"slide_type": "subslide"}
# **And for other lags, other biases?** This table takes minutes to compute, so it is kept: medians of five seeds. (You can remake it:
# `python -m course.c03_vanishing_gradient.recall mine.csv`.) *GRU* is a simpler relative of the LSTM (chapter 08), *CIFG* an LSTM that writes exactly
# as much as it forgets, i = 1 − f; *f = 1* is an LSTM that never forgets.

# %% [markdown] id="heat" lang="fr" slideshow={"slide_type": "subslide"}
# **Et pour d'autres retards, d'autres biais ?** Ce tableau demande plusieurs minutes de calcul ; il est donc enregistré d'avance : médianes de cinq
# graines. (Vous pouvez le refaire : `python -m course.c03_vanishing_gradient.recall mine.csv`.) Le *GRU* est un cousin plus simple du LSTM (chapitre
# 08), le *CIFG* un LSTM qui écrit exactement autant qu'il oublie, i = 1 − f ; *f = 1* est un LSTM qui n'oublie jamais.

# %% id="heat-picture"
table = kept("recall")
cells = list(dict.fromkeys(cell for cell, _ in table))
lags = list(dict.fromkeys(L for _, L in table))
medians = [[np.median(table[cell, L]) for L in lags] for cell in cells]
names = {cell: cell.replace("bias", say("bias")) for cell in cells}
short, long, lstm, cifg, flood = (
    every(f"{names[cell]}, L = {L}", table[cell, L])
    for cell, L in (("RNN", "5"), ("RNN", "50"), ("LSTM, bias 5", "50"),
                    ("CIFG, bias 3", "100"), ("LSTM, bias 3", "100")))
expect(plots.heat(medians, names.values(), lags, xlabel=say("steps of noise, L"),
                  title=say("Accuracy in noise of standard deviation 2; chance is 0.25")),
       short > .9, long < .4, lstm > .9, cifg > .9, flood < .5)

# %% [markdown] id="near" lang="en"
# **The same f, another fate.** Compare the three rows with a bias of 3. In all of them the memory is kept to about 95 % at each step, yet at lag 100 the GRU and the
# CIFG name the symbol and the LSTM does not. What differs is how much is *written*: GRU and CIFG write 1 − f, a twentieth, while the input gate
# of the LSTM starts near one half and floods c with noise. Now let the input gate of an LSTM start at a twentieth as well, and change nothing else: at
# lag 50 it then names the symbol on most seeds, at lag 100 it still does not learn to (a test of this course checks that). So to write little helps, but
# that is not all. In GRU and CIFG the two gates are tied: what learns to keep longer learns to write less by the same weights. Who decides how much is
# written? That is chapter 05.
#
# **Where it does not matter.** In the first column the plain RNN is as good as any: over five steps the gradient survives.
#
# **And a larger learning rate?** At 0.03 or 0.1 some seeds climb above chance at lag 50, mostly to about one half of right answers: the weights grow
# so large that one bit of the symbol can stick, as in the puzzle of chapter 01. A rare seed learns the task all the same; most are far from it (a
# test of this course checks that).

# %% [markdown] id="near" lang="fr"
# **Le même f, un sort différent.** Comparez les trois lignes au biais de 3. Dans toutes, la mémoire est gardée à 95 % environ à chaque pas ;
# pourtant, au retard 100, le GRU et le CIFG nomment le symbole, et le LSTM non. La différence tient à ce qui est *écrit* : GRU et CIFG écrivent
# 1 − f, un vingtième, alors que la porte d'entrée du LSTM part d'un demi environ et inonde c de bruit. Faites partir d'un vingtième aussi la porte
# d'entrée d'un LSTM, sans rien changer d'autre : au retard 50, il nomme alors le symbole pour la plupart des graines ; au retard 100, il ne l'apprend
# toujours pas (un test du cours le vérifie). Écrire peu aide donc, mais ce n'est pas tout. Dans le GRU et le CIFG, les deux portes sont liées : ce
# qui apprend à garder plus longtemps apprend, par les mêmes poids, à écrire moins. Qui décide de ce qui s'écrit ? C'est le chapitre 05.
#
# **Là où cela ne change rien.** Dans la première colonne, le RNN simple fait aussi bien que les autres : sur cinq pas, le gradient survit.
#
# **Et un taux d'apprentissage plus grand ?** À 0,03 ou à 0,1, certaines graines dépassent le hasard au retard 50, et atteignent le plus souvent la
# moitié environ de bonnes réponses : les poids deviennent si grands qu'un bit du symbole peut rester accroché, comme dans l'énigme du chapitre 01. Il
# arrive, rarement, qu'une graine apprenne la tâche malgré tout ; la plupart en sont loin (un test du cours le vérifie).

# %% [markdown] id="terms" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · The terms of dL/dW by their lag
#
# The weights are the same at every step, so dL/dW is a *sum*: one term for each step at which W was used. If the loss depends on the last step only,
#
# $$\frac{\partial L}{\partial W} = \sum_{k=0}^{T-1} \frac{\partial L}{\partial h_T} \, \frac{\partial h_T}{\partial h_{T-k}} \, \frac{\partial h_{T-k}}{\partial W}$$
#
# where the last factor is the derivative by the W of the step T − k alone. The factor in the middle is the product that you have measured. Does the
# whole sum vanish with it? You can take it apart yourself: one step of the way back is all it needs.
#
# **Exercise 3.3 · `rnn_back(W, z, h, dh)`.** The step was $h_t = \tanh(W z + b)$ with $z = [h_{t-1}, x_t]$. `W` (H, H+D), `z` (H+D, B), `h` (H, B) the *new*
# state, `dh` (H, B) the gradient of the loss on it. Return two things: `dW` (H, H+D), the term of this step, and `dh_prev` (H, B), the gradient
# on $h_{t-1}$.

# %% [markdown] id="terms" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Les termes de dL/dW selon leur retard
#
# Les poids sont les mêmes à chaque pas : dL/dW est donc une *somme*, un terme pour chaque pas où W a servi. Si la perte ne porte que sur le dernier
# pas,
#
# $$\frac{\partial L}{\partial W} = \sum_{k=0}^{T-1} \frac{\partial L}{\partial h_T} \, \frac{\partial h_T}{\partial h_{T-k}} \, \frac{\partial h_{T-k}}{\partial W}$$
#
# où le dernier facteur est la dérivée par rapport à la seule W du pas T − k. Le facteur du milieu est le produit que vous avez mesuré. Toute la somme
# s'évanouit-elle avec lui ? Décomposez-la vous-même : il suffit de savoir remonter d'un pas.
#
# **Exercice 3.3 · `rnn_back(W, z, h, dh)`.** À l'aller, le pas était $h_t = \tanh(W z + b)$ avec $z = [h_{t-1}, x_t]$. `W` (H, H+D), `z` (H+D, B),
# `h` (H, B) le *nouvel* état, `dh` (H, B) le gradient de la perte par rapport à cet état. Renvoyez deux choses : `dW` (H, H+D), le terme de ce pas,
# et `dh_prev` (H, B), le gradient par rapport à $h_{t-1}$.

# %% id="rnn-back"
def rnn_back(W, z, h, dh):
    raise NotImplementedError


check("rnn_back", rnn_back)

# %% [markdown] id="take-apart" lang="en"
# Now walk back through a hundred steps of an untrained RNN, and keep the size of each term.

# %% [markdown] id="take-apart" lang="fr"
# Remontez maintenant cent pas d'un RNN non entraîné, en notant la taille de chaque terme.

# %% id="terms-picture"
back, p = mine("rnn_back"), weights(RNN, 4, 32, np.random.default_rng(3))
z, h = forward(RNN, p, noise).tape
dh, terms = np.ones((32, 1)), []
for t in reversed(range(len(noise))):
    dW, dh = back(p["W"][0], z[t], h[t], dh)
    terms.append(np.linalg.norm(dW))
expect(plots.curves({"grad": terms}, log=True,
                    xlabel=say("lag, in steps"), ylabel=say("size of the term")),
       value(say("the ten nearest terms, divided by all"), sum(terms[:10]) / sum(terms)) > .9,
       value(say("all terms from lag 50 on, divided by the nearest"),
             sum(terms[50:]) / terms[0]) < 1e-6)

# %% [markdown] id="explain-terms" lang="en"
# The near terms are large and drown the far ones. *That the gradient vanishes does not mean that nothing is learned: it means that only the near past
# is.* A larger learning rate and clipping (section 6) both scale all terms alike, so neither changes the ratio of far to near: beyond fifty steps the
# terms stay less than a millionth of the nearest.
#
# In a long text one often does not even walk back to the beginning: one stops after some tens of steps, and hands on the state alone (*truncated*
# backpropagation through time). That leaves out the far terms, so nothing is *learned* from further back; what the state still holds of it can be used
# all the same. The streams of chapter 04 are learned in this way.

# %% [markdown] id="explain-terms" lang="fr"
# Les termes proches sont grands et noient les lointains. *Que le gradient s'évanouisse ne veut pas dire que rien ne s'apprend, mais que seul le passé
# proche s'apprend.* Un taux d'apprentissage plus grand et l'écrêtage (section 6) changent tous les termes dans la même proportion ; ni l'un ni
# l'autre ne change donc le rapport du lointain au proche : au-delà de cinquante pas, les termes restent à moins d'un millionième du plus proche.
#
# Dans un long texte, souvent, on ne remonte même pas jusqu'au début : on s'arrête après quelques dizaines de pas, et l'on transmet seulement l'état
# (rétropropagation *tronquée*). Les termes lointains manquent alors, si bien qu'on n'*apprend* plus rien de plus ancien ; mais ce que l'état en
# contient encore peut servir. C'est ainsi que s'apprennent les flux du chapitre 04.

# %% [markdown] id="probe" lang="en" slideshow={"slide_type": "subslide"}
# ## 5 · Not learned, or forgotten?
#
# Two different things. Does the state after fifty steps still *hold* the symbol? We fit a linear read-out (a *probe*) to the states of an *untrained*
# RNN whose $W_h$ multiplies lengths by 0.9 at each step, in silence and in noise.

# %% [markdown] id="probe" lang="fr" slideshow={"slide_type": "subslide"}
# ## 5 · Pas appris, ou oublié ?
#
# Ce sont deux choses différentes. L'état, cinquante pas plus tard, *contient*-il encore le symbole ? Ajustons une lecture linéaire (une *sonde*) aux
# états d'un RNN *non entraîné* dont $W_h$ multiplie les longueurs par 0,9 à chaque pas, dans le silence, puis dans le bruit.

# %% id="probe-code"
def probe(loudness, lag=50, seed=0):
    task = tasks.recall(lag, loudness=loudness)
    net = Model(RNN, task.D, 32, task.K, seed=seed, dtype=float)
    net.params[0]["W"][..., :32] *= .9
    x, target, *_ = next(task.batches(np.random.default_rng(seed), 2000))
    h = np.vstack([net(x).runs[0].h[-1], np.ones(2000)]).T
    fit, *_ = np.linalg.lstsq(h[:1000], one_hot(target[-1, :1000], 4).T)
    return ((h[1000:] @ fit).argmax(1) == target[-1, 1000:]).mean()


silence, chatter = ([probe(loudness, seed=seed) for seed in seeds] for loudness in (0, 1))
expect(every(say("read off the state after silence"), silence) > .95,
       every(say("read off the state after noise"), chatter) < .35)

# %% [markdown] id="explain-probe" lang="en"
# In silence the symbol is still there, though its trace, like its gradient, has been multiplied by 0.9 fifty times, and about half a percent is left:
# *what the network has not learned to use is not yet forgotten*. In noise the probe finds nothing. A linear probe that fails is evidence, not proof:
# another reader might find what this one misses. But here the trace is half a percent of what it was, beneath the full noise of the last steps.

# %% [markdown] id="explain-probe" lang="fr"
# Dans le silence, le symbole est toujours là, bien que sa trace, comme son gradient, ait été multipliée cinquante fois par 0,9 et qu'il en reste un
# demi pour cent environ : *ce que le réseau n'a pas appris à utiliser n'est pas encore oublié*. Dans le bruit, la sonde ne trouve rien. L'échec d'une
# sonde linéaire est un indice, non une preuve : un autre lecteur trouverait peut-être ce qui lui échappe. Mais ici, la trace n'est plus qu'un demi
# pour cent de ce qu'elle était, sous tout le bruit des derniers pas.

# %% [markdown] id="helps" lang="en" slideshow={"slide_type": "slide"}
# ## 6 · What helps, and what it does not help
#
# The other danger is the gradient that *explodes*. Its cure is simple: if the length of all gradients, taken as one vector, exceeds a limit, shorten
# them all by one factor (Pascanu et al., 2013). Their direction stays, and so does the ratio of far to near: *clipping cures explosion, not
# vanishing*.
#
# **Exercise 3.4 · `clip(grads, max_norm)`.** `grads` is a list of arrays. If the root of the sum of *all* squares exceeds `max_norm`, return them shortened by
# one common factor to that norm; else as they were.

# %% [markdown] id="helps" lang="fr" slideshow={"slide_type": "slide"}
# ## 6 · Ce qui aide, et ce que cela n'arrange pas
#
# L'autre danger est le gradient qui *explose*. Le remède est simple : si la longueur de tous les gradients, pris comme un seul vecteur, dépasse une
# limite, on les raccourcit tous du même facteur (Pascanu et al., 2013). Leur direction ne change pas, le rapport du lointain au proche non plus :
# *l'écrêtage remédie à l'explosion, pas à l'évanouissement*.
#
# **Exercice 3.4 · `clip(grads, max_norm)`.** `grads` est une liste de tableaux. Si la racine de la somme de *tous* les carrés dépasse `max_norm`,
# renvoyez-les raccourcis d'un même facteur pour atteindre cette norme ; sinon, tels quels.

# %% id="clip"
def clip(grads, max_norm):
    raise NotImplementedError


check("clip", clip)

# %% [markdown] id="others" lang="en"
# There are other remedies: an *orthogonal* start (Saxe, McClelland and Ganguli, 2014; used throughout this course), which keeps lengths and so delays
# the vanishing in a quiet network. And *ReLU*, whose slope is 1 wherever a unit is on; but it is 0 wherever a unit is off. Le, Jaitly and Hinton
# (2015) start such a network with $W_h = I$. Look at real ReLU networks that read our noise, with $W_h$ = 0.95 · I, I, 1.05 · I, and with our
# orthogonal one.

# %% [markdown] id="others" lang="fr"
# Il existe d'autres remèdes : une initialisation *orthogonale* (Saxe, McClelland et Ganguli, 2014 ; c'est celle de tout ce cours), qui conserve les
# longueurs et retarde donc l'évanouissement dans un réseau calme. Et *ReLU*, dont la pente vaut 1 partout où une unité est active ; mais elle vaut 0
# là où elle est éteinte. Le, Jaitly et Hinton (2015) initialisent un tel réseau avec $W_h = I$. Regardez de vrais réseaux ReLU qui lisent notre
# bruit, avec $W_h$ = 0,95 · I, I, 1,05 · I, puis avec notre matrice orthogonale.

# %% id="relu-picture"
p, starts = weights(RNN, 4, 32, np.random.default_rng(3)), {}
for w in (.95, 1., 1.05):
    starts[f"{plots.number(w)} · I"] = np.hstack([w * np.eye(32), p["W"][0, :, 32:]])[None]
starts[say("orthogonal")] = p["W"]
lines = {name: explorers.gradient_norms(BENT["ReLU"], {"W": W, "b": p["b"]}, noise, "h")[1:]
         for name, W in starts.items()}
less, same, more, turned = lines.values()
on = forward(BENT["ReLU"], {"W": starts["1 · I"], "b": p["b"]}, noise).h > 0
expect(plots.curves({name: np.where(line > 0, line, np.nan) for name, line in lines.items()},
                    x=k, log=True, xlabel=say("lag, in steps"), ylabel=say("gradient norm")),
       value("0.95 · I", less[-1]) < .01, value("1.05 · I", more[-1]) > 100,
       value(say("orthogonal"), turned[-1]) < 1e-9,
       value(say("1 · I: share of units that were never off"), on.all(0).mean()) < .5)

# %% [markdown] id="explain-relu" lang="en"
# With $W_h = I$ the gradient starts level; a little below 1 it vanishes, a little above it explodes here. But the level line comes only from the few units
# that were never off: for a unit that was off once the way back is cut for good, and where a line ends, no such unit is left. With the orthogonal
# matrix, which mixes the units, the gradient vanishes here as well.

# %% [markdown] id="explain-relu" lang="fr"
# Avec $W_h = I$, le gradient reste d'abord constant ; un peu au-dessous de 1 il s'évanouit, un peu au-dessus il explose ici. Mais ce palier n'est dû
# qu'aux rares unités qui n'ont jamais été éteintes : pour une unité éteinte une seule fois, le chemin du retour est coupé pour de bon, et là où une
# courbe s'arrête, il ne reste aucune unité intacte. Avec la matrice orthogonale, qui mélange les unités, le gradient s'évanouit ici aussi.

# %% [markdown] id="way-out" lang="en" slideshow={"slide_type": "slide"}
# **The way out** is another architecture: a second state, $c_t$, that is not squashed and not multiplied by a matrix at each step, and *gates* that
# control what is written and said. That is the LSTM, *Long Short-Term Memory* (Hochreiter and Schmidhuber, 1997); the gate that controls what is
# forgotten came in 2000 (Gers, Schmidhuber and Cummins). Here it is as a whole, before the next five chapters build it part by part: six lines, each
# with its colour in the diagram. You need not understand them yet. Follow the belt on top, from $c_{t-1}$ to $c_t$: one multiplication, one addition.

# %% [markdown] id="way-out" lang="fr" slideshow={"slide_type": "slide"}
# **La solution** est une autre architecture : un second état, $c_t$, qu'on n'écrase pas et qu'on ne multiplie pas par une matrice à chaque pas, et
# des *portes* qui contrôlent ce qu'on écrit et ce qu'on dit. C'est le LSTM, *Long Short-Term Memory* (Hochreiter et Schmidhuber, 1997) ; la porte qui
# contrôle ce qu'on oublie est venue en 2000 (Gers, Schmidhuber et Cummins). Voici la cellule tout entière, avant que les cinq chapitres suivants ne
# la construisent pièce par pièce : six lignes, chacune avec sa couleur dans le schéma. Vous n'avez pas encore à les comprendre. Suivez en haut le
# tapis roulant, de $c_{t-1}$ à $c_t$ : une multiplication, une addition.

# %% id="whole"
whole_cell()

# %% [markdown] id="puzzle" lang="en"
# ## 7 · Puzzle: a slow fade
#
# Choose and return $W_h$ (2, 2) of an RNN of two units that hears faint noise, so that its gradient at lag 50 has a norm between 0.01 and 0.1: neither dead nor undiminished.

# %% [markdown] id="puzzle" lang="fr"
# ## 7 · Énigme : une lente extinction
#
# Choisissez et renvoyez $W_h$ (2, 2) pour un RNN de deux unités qui entend un bruit faible, de sorte que son gradient au retard 50 ait une norme
# entre 0,01 et 0,1 : ni éteint, ni intact.

# %% id="slow-fade"
def weights_by_hand():
    raise NotImplementedError


check("slow_fade", weights_by_hand)

# %% [markdown] id="ask-quiz" lang="en"
# ## 8 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 8 · Quiz

# %% id="quiz"
quiz("03")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | [the sheet](10-summary.ipynb), part 3 | you have seen |
# |---|---|
# | in training, the gradients become too small | a product of Jacobians: $\rho^k$ in silence, smaller still with input; the far terms of dL/dW drown |
# | the network forgets far information in a sequence | set by hand an RNN remembers for a thousand steps; in strong noise it does not learn to over fifty, and the LSTM does on nearly every seed |
# | the solution: gates, and a second state $c_t$ | f near 1 keeps the gradient, and to write little over the memory helps; with bias 0 the gradient of an LSTM vanishes as well |
#
# Next: [04 · The forget gate](04-forget-gate.ipynb).

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 3 | vous l'avez vu |
# |---|---|
# | à l'entraînement, les gradients deviennent trop petits | un produit de jacobiennes : $\rho^k$ dans le silence, moins encore avec des entrées ; les termes lointains de dL/dW sont noyés |
# | le réseau oublie les informations lointaines d'une séquence | réglé à la main, un RNN se souvient pendant mille pas ; dans un bruit fort, il ne l'apprend pas sur cinquante, le LSTM si, pour presque toutes les graines |
# | la solution : des portes, et un second état $c_t$ | f proche de 1 conserve le gradient, et il est bon d'écrire peu par-dessus la mémoire ; avec un biais nul, le gradient d'un LSTM s'évanouit aussi |
#
# Suite : [04 · La porte d'oubli](04-forget-gate.ipynb).
