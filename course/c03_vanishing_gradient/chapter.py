# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 03 · The vanishing gradient
#
# An RNN could remember what came fifty steps ago. It does not *learn* to: the gradient that should teach it has died on the way.
#
# By the end you can say how fast a gradient dies and why, have measured it, have seen a network fail for it, and know what helps and what
# does not.
#
# *You need*: chapter 01, the chain rule, eigenvalues. *It takes*: an hour and a half; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 03 · Le gradient évanescent
#
# Un RNN pourrait se souvenir de ce qui s'est passé il y a cinquante pas. Il n'*apprend* pas à le faire : le gradient qui devrait l'instruire
# est mort en route.
#
# À la fin, vous saurez à quelle vitesse un gradient s'éteint, et pourquoi ; vous l'aurez mesuré, vous aurez vu un réseau échouer à cause de
# lui, et vous saurez ce qui aide et ce qui n'aide pas.
#
# *Il vous faut* : le chapitre 01, la dérivée d'une fonction composée, les valeurs propres. *Durée* : une heure et demie, dont moins d'une demi-minute de calcul.

# %% id="imports"
import numpy as np

from lstmlib import LSTM, RNN, Hidden, Model, exam, forward, one_hot, tasks, trained, weights
from workbook import (
    check, every, expect, explorers, kept, median, mine, plots, predict, progress_bar, quiz, say,
    true, value,
)

# %% [markdown] id="product" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · A product of many factors
#
# Training asks: *had the state at step t been a little different, how much would the last state differ?* From one step to the next the answer
# is a matrix, the Jacobian. For $h_t = \tanh(W_h h_{t-1} + \ldots)$ it is
#
# $$J_t = \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2) \, W_h$$
#
# Over many steps the chain rule multiplies them, $\dfrac{\partial h_T}{\partial h_t} = J_T \, J_{T-1} \cdots J_{t+1}$. A product of fifty
# factors is rarely near 1 (Hochreiter, 1991; Bengio, Simard and Frasconi, 1994).

# %% [markdown] id="product" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Un produit de nombreux facteurs
#
# L'entraînement demande : *si l'état au pas t avait été un peu différent, de combien le dernier état différerait-il ?* D'un pas au suivant,
# la réponse est une matrice, la jacobienne. Pour $h_t = \tanh(W_h h_{t-1} + \ldots)$, c'est
#
# $$J_t = \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2) \, W_h$$
#
# Sur plusieurs pas, la règle de dérivation en chaîne les multiplie,
# $\dfrac{\partial h_T}{\partial h_t} = J_T \, J_{T-1} \cdots J_{t+1}$. Un produit de cinquante facteurs est rarement proche de 1
# (Hochreiter, 1991 ; Bengio, Simard et Frasconi, 1994).

# %% id="predict-halves"
predict("03-ten-halves")

# %% [markdown] id="write-jacobian" lang="en"
# **Exercise 3.1 · `jacobian(Wh, h)`.** `Wh` (H, H), `h` (H,) the *new* state $h_t$ of one example. Return $J_t$ (H, H); row j, column k is
# $\partial h_t[j] / \partial h_{t-1}[k]$.

# %% [markdown] id="write-jacobian" lang="fr"
# **Exercice 3.1 · `jacobian(Wh, h)`.** `Wh` (H, H), `h` (H,) le *nouvel* état $h_t$ d'un exemple. Renvoyez $J_t$ (H, H) ; ligne j, colonne k :
# $\partial h_t[j] / \partial h_{t-1}[k]$.

# %% id="jacobian"
def jacobian(Wh, h):
    raise NotImplementedError


check("jacobian", jacobian)

# %% [markdown] id="write-norms" lang="en"
# **Exercise 3.2 · `gradient_norms(Wh, hs)`.** `hs` (T, H) are the states of one example. Return T numbers: the k-th, counted from 1, is the norm of
# the product of the last k Jacobians, that is of the derivative of the last state by the one k steps before. The norm is the greatest
# factor by which the matrix can stretch a vector: `np.linalg.norm(P, 2)`.

# %% [markdown] id="write-norms" lang="fr"
# **Exercice 3.2 · `gradient_norms(Wh, hs)`.** `hs` (T, H) contient les états d'un exemple. Renvoyez T nombres : le k-ième, en comptant à partir de
# 1, est la norme du produit des k dernières jacobiennes, c'est-à-dire de la dérivée du dernier état par rapport à celui d'il y a k pas. La
# norme est le plus grand facteur d'étirement de la matrice : `np.linalg.norm(P, 2)`.

# %% id="gradient-norms"
def gradient_norms(Wh, hs):
    raise NotImplementedError


check("gradient_norms", gradient_norms)

# %% [markdown] id="flow" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · Gradient against lag
#
# How much $W_h$ stretches in the long run is told by its *spectral radius* ρ, the size of its largest eigenvalue. (One step may stretch more: that is
# the norm. Here $W_h$ is ρ times an *orthogonal* matrix, one that turns without stretching, and then the two are equal.) The rule of thumb says: over
# a lag of k steps the gradient goes as $\rho^k$. Let us see when that is true.

# %% [markdown] id="flow" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Le gradient selon le retard
#
# À la longue, l'étirement de $W_h$ se mesure à son *rayon spectral* ρ, la taille de sa plus grande valeur propre. (Un seul pas peut étirer davantage :
# c'est la norme qui le dit. Ici, $W_h$ est ρ fois une matrice *orthogonale*, qui tourne sans étirer, et les deux sont égaux.) La règle habituelle dit :
# sur un retard de k pas, le gradient varie comme $\rho^k$. Voyons quand c'est vrai.

# %% id="predict-driven"
predict("03-driven-hard")

# %% id="silent-driven"
norms_of = mine("gradient_norms")
p = weights(RNN, 4, 32, np.random.default_rng(3))  # W_h is orthogonal: it stretches by 1
noise = np.random.default_rng(4).normal(size=(100, 4, 1))
k, lines, expected = 1 + np.arange(len(noise)), {}, []
for rho in (.9, 1.5):
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
# **Explain.** Silent (no input, h = 0), the slopes of tanh are 1 and the rule $\rho^k$ is exact: the two straight lines. As soon as the network is
# spoken to, its units leave 0, the slopes $1 - h^2$ fall below 1, and they multiply as well. Driven hard, even ρ = 1.5 *vanishes*. So "ρ above 1
# explodes" is no law: for such a $W_h$, ρ above 1 is necessary for an explosion, not sufficient.
#
# The next picture adds an *LSTM*, the cell that chapters 04 to 08 build. At each step its memory c is multiplied by a number f between 0 and 1, its
# *forget gate*. The *forget bias* b_f says where f stands before training: 0 gives one half, 5 gives 0.99.

# %% [markdown] id="explain-driven" lang="fr"
# **Expliquez.** Dans le silence (pas d'entrée, h = 0), les pentes de tanh valent 1 et la règle $\rho^k$ est exacte : ce sont les deux droites. Dès qu'on
# parle au réseau, ses unités quittent 0, les pentes $1 - h^2$ passent au-dessous de 1, et elles se multiplient aussi. Poussé fort, même ρ = 1,5
# *s'évanouit*. « ρ au-dessus de 1 explose » n'est donc pas une loi : pour une telle $W_h$, ρ au-dessus de 1 est nécessaire à l'explosion, mais ne
# suffit pas.
#
# La figure suivante ajoute un *LSTM*, la cellule que construisent les chapitres 04 à 08. À chaque pas, sa mémoire c est multipliée par un nombre f
# entre 0 et 1, sa *porte d'oubli*. Le *biais d'oubli* b_f dit où se tient f avant l'entraînement : 0 donne un demi, 5 donne 0,99.

# %% [markdown] id="explore-flow" lang="en" slideshow={"slide_type": "subslide"}
# **Move it yourself.** RNN and LSTM read the same noise; the dots are read off at one lag. Find a size of the input at which ρ = 1.5 explodes. Then take
# the activation away: is $\rho^k$ exact now, however large the input? Last, look for the forget bias from which on the LSTM keeps its gradient.

# %% [markdown] id="explore-flow" lang="fr" slideshow={"slide_type": "subslide"}
# **Essayez vous-même.** RNN et LSTM lisent le même bruit ; les points sont relevés à un seul retard. Trouvez une taille de l'entrée pour laquelle
# ρ = 1,5 explose. Ôtez ensuite l'activation : $\rho^k$ est-il exact à présent, quelle que soit l'entrée ? Cherchez enfin à partir de quel biais
# d'oubli le LSTM garde son gradient.

# %% id="gradient-flow"
explorers.gradient_flow()

# %% id="predict-bias-zero"
predict("03-lstm-bias-zero")

# %% id="lstm-biases"
lines = {"RNN": explorers.gradient_norms(RNN, p, noise, "h")[1:]}
for bias in (0, 1, 3, 5):
    q = weights(LSTM, 4, 32, np.random.default_rng(3), forget_bias=bias)
    lines[f"b_f = {bias}"] = explorers.gradient_norms(LSTM, q, noise, "c")[1:]
left = {name: value(say("{label}, at lag {k}", label=name, k=k[-1]), line[-1])
        for name, line in lines.items()}
expect(plots.curves(lines, x=k, log=True, xlabel=say("lag, in steps"), ylabel=say("gradient norm")),
       *(left[name] < 1e-5 for name in left if name in ("RNN", "b_f = 0", "b_f = 1")),
       *(left[name] > 1e-3 for name in left if name in ("b_f = 3", "b_f = 5")))

# %% [markdown] id="explain-biases" lang="en"
# "An LSTM has no vanishing gradient" is false as it stands. With a forget bias of 0 the gates stand near one half, and it vanishes as fast as the
# RNN. (These curves average the stretch over all directions.) *It is f near 1 that helps, not the name.* Chapters 04 and 06 are about that.

# %% [markdown] id="explain-biases" lang="fr"
# « Un LSTM n'a pas de gradient évanescent » est faux, dit ainsi. Avec un biais d'oubli nul, les portes restent près d'un demi, et il s'évanouit aussi
# vite que le RNN. (Ces courbes moyennent l'étirement sur toutes les directions.) *C'est f proche de 1 qui aide, pas le nom.* Les chapitres 04 et 06 en parlent.

# %% [markdown] id="recall" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Name the symbol after the noise
#
# What does it cost? One of four symbols is shown, then come fifty moments of strong noise (standard deviation 2), then the symbol must be named. Both
# cells have 32 units and the same learning rate; chance is 25 %.

# %% [markdown] id="recall" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Nommer le symbole après le bruit
#
# Qu'en coûte-t-il ? On montre un symbole parmi quatre, puis viennent cinquante instants de bruit fort (écart-type 2), puis il faut nommer le symbole.
# Les deux cellules ont 32 unités et le même taux d'apprentissage ; au hasard, on aurait 25 %.

# %% id="predict-fifty"
predict("03-fifty-steps")

# %% id="recall-lessons"
far, seeds = tasks.recall(50), range(3)
with progress_bar(400, networks=2 * len(seeds)):
    lstms = [trained(LSTM, far, 32, 400, seed, forget_bias=5.0) for seed in seeds]
    rnns = [trained(RNN, far, 32, 400, seed) for seed in seeds]
score = {"LSTM, b_f = 5": [exam(model, far) for model in lstms],
         "RNN": [exam(model, far) for model in rnns]}
lstm, rnn = score.items()
expect(plots.spread(score, ylabel=say("accuracy"), chance=.25, text=say(
           "Naming a symbol after fifty moments of noise, three seeds each. Chance is 0.25.")),
       median(*lstm) > .9, every(*rnn) < .35)

# %% [markdown] id="heat" lang="en" slideshow={"slide_type": "subslide"}
# **And for other lags, other biases?** This table took minutes, so it is kept: medians of five seeds. (You can remake it:
# `python -m course.c03_vanishing_gradient.recall mine.csv`.) *GRU* is a simpler relative of the LSTM (chapter 08); *f = 1* is an LSTM that never forgets.

# %% [markdown] id="heat" lang="fr" slideshow={"slide_type": "subslide"}
# **Et pour d'autres retards, d'autres biais ?** Ce tableau a demandé des minutes ; il est donc conservé : médianes de cinq graines. (Vous pouvez le
# refaire : `python -m course.c03_vanishing_gradient.recall mine.csv`.) Le *GRU* est un parent plus simple du LSTM (chapitre 08) ; *f = 1* est un LSTM qui n'oublie jamais.

# %% id="heat-picture"
table = kept("recall")
cells = list(dict.fromkeys(cell for cell, _ in table))
lags = list(dict.fromkeys(L for _, L in table))
medians = [[np.median(table[cell, L]) for L in lags] for cell in cells]
names = {cell: cell.replace("bias", say("bias")) for cell in cells}
near, far, lstm = (every(f"{names[cell]}, L = {L}", table[cell, L])
                   for cell, L in (("RNN", "5"), ("RNN", "50"), ("LSTM, bias 5", "50")))
expect(plots.heat(medians, names.values(), lags, xlabel=say("moments of noise, L")),
       near > .9, far < .4, lstm > .9)

# %% [markdown] id="near" lang="en"
# **Where it does not matter.** In the first column the plain RNN is as good as any. Five steps are not fifty.
#
# **And a larger learning rate?** At 0.03 or 0.1 some seeds climb above chance at lag 50, mostly to about one half: the weights grow so large that one
# bit of the symbol can stick, as in the puzzle of chapter 01. A rare seed learns it all the same; most are far from it (a test of this course
# checks that).

# %% [markdown] id="near" lang="fr"
# **Là où cela ne change rien.** Dans la première colonne, le RNN simple vaut les autres. Cinq pas ne sont pas cinquante.
#
# **Et un taux d'apprentissage plus grand ?** À 0,03 ou à 0,1, certaines graines dépassent le hasard au retard 50, le plus souvent jusqu'à la moitié
# environ : les poids deviennent si grands qu'un bit du symbole peut rester accroché, comme dans l'énigme du chapitre 01. Une graine,
# rarement, l'apprend malgré tout ; la plupart en sont loin (un test du cours le vérifie).

# %% [markdown] id="terms" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · The terms of dL/dW by their lag
#
# The weights are the same at every step, so dL/dW is a *sum*: one term for each step at which W was used. Does the whole sum vanish? No. We take it
# apart, for an untrained RNN whose loss counts the last step only. `RNN.back` goes one step back: from the gradient on h it makes the term of that
# step, `dp`, and the gradient on the state before.

# %% [markdown] id="terms" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Les termes de dL/dW selon leur retard
#
# Les poids sont les mêmes à chaque pas : dL/dW est donc une *somme*, un terme pour chaque pas où W a servi. Toute la somme s'évanouit-elle ? Non.
# Décomposons-la, pour un RNN non entraîné dont la perte ne compte que le dernier pas. `RNN.back` remonte d'un pas : du gradient sur h, il tire le
# terme de ce pas, `dp`, et le gradient sur l'état d'avant.

# %% id="terms-picture"
p = weights(RNN, 4, 32, np.random.default_rng(3))
run = forward(RNN, p, noise)
ds, terms = Hidden(np.ones((32, 1))), []
for t in reversed(range(len(noise))):
    dp, ds, _ = RNN.back(p, ds, RNN.tape(*(q[t] for q in run.tape)))
    terms.append(np.linalg.norm(dp["W"]))
expect(plots.curves({"grad": terms}, log=True,
                    xlabel=say("lag, in steps"), ylabel=say("size of the term")),
       value(say("the ten nearest terms, divided by all"), sum(terms[:10]) / sum(terms)) > .9,
       value(say("all terms from lag 50 on, divided by the nearest"),
             sum(terms[50:]) / terms[0]) < 1e-6)

# %% [markdown] id="explain-terms" lang="en"
# The near terms are large and drown the far ones. *Vanishing does not mean that nothing is learned: it means that only the near past is.* A larger learning
# rate enlarges all terms alike. So does clipping, which shortens them alike: beyond fifty steps they
# stay less than a millionth of the nearest.

# %% [markdown] id="explain-terms" lang="fr"
# Les termes proches sont grands et noient les lointains. *S'évanouir ne veut pas dire que rien ne s'apprend, mais que seul le passé proche
# s'apprend.* Un taux d'apprentissage plus grand les agrandit tous pareillement. L'écrêtage, lui, les raccourcit tous pareillement : au-delà de
# cinquante pas, ils restent à moins d'un millionième du plus proche.

# %% [markdown] id="write-lag" lang="en"
# **Exercise 3.3 · `lag_below(norms, eps)`.** `norms[k-1]` is the norm at lag k. Return the smallest lag at which it is below eps, or `None` if there is none.

# %% [markdown] id="write-lag" lang="fr"
# **Exercice 3.3 · `lag_below(norms, eps)`.** `norms[k-1]` est la norme au retard k. Renvoyez le plus petit retard où elle est au-dessous d'eps, ou `None`
# s'il n'y en a pas.

# %% id="lag-below"
def lag_below(norms, eps):
    raise NotImplementedError


check("lag_below", lag_below)

# %% [markdown] id="probe" lang="en" slideshow={"slide_type": "subslide"}
# ## 5 · Not learned, or forgotten?
#
# Two different things. Does the state after fifty steps still *hold* the symbol? We fit a linear read-out (a *probe*) to the states of an *untrained*
# RNN whose $W_h$ multiplies lengths by 0.9 at each step, in silence and in noise.

# %% [markdown] id="probe" lang="fr" slideshow={"slide_type": "subslide"}
# ## 5 · Pas appris, ou oublié ?
#
# Ce sont deux choses. L'état, cinquante pas plus tard, *contient*-t-il encore le symbole ? Ajustons une lecture linéaire (une *sonde*) aux états
# d'un RNN *non entraîné* dont $W_h$ multiplie les longueurs par 0,9 à chaque pas, dans le silence, puis dans le bruit.

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
# In silence the symbol is still there, though its trace, like its gradient, has been multiplied by 0.9 fifty times, and about half a
# percent is left: *not learned is not yet forgotten*. Noise buries it: then it is forgotten as well.

# %% [markdown] id="explain-probe" lang="fr"
# Dans le silence, le symbole est toujours là, bien que sa trace, comme son gradient, ait été multipliée cinquante fois par 0,9 et qu'il en reste un demi
# pour cent environ : *ne pas apprendre n'est pas encore
# oublier*. Le bruit l'ensevelit : alors, il est oublié aussi.

# %% [markdown] id="helps" lang="en" slideshow={"slide_type": "slide"}
# ## 6 · What helps, and what it does not help
#
# The other danger is the gradient that *explodes*. Its cure is simple: if the common length of all gradients exceeds a limit, shorten them all by one
# factor (Pascanu et al., 2013). Directions stay, so does the ratio of far to near: *clipping cures explosion, not vanishing*.
#
# **Exercise 3.4 · `clip(grads, max_norm)`.** `grads` is a list of arrays. If the root of the sum of *all* squares exceeds `max_norm`, return them shortened by
# one common factor to that norm; else as they were.

# %% [markdown] id="helps" lang="fr" slideshow={"slide_type": "slide"}
# ## 6 · Ce qui aide, et ce que cela n'arrange pas
#
# L'autre danger est le gradient qui *explose*. Le remède est simple : si la longueur commune de tous les gradients dépasse une limite, on les raccourcit
# tous du même facteur (Pascanu et al., 2013). Les directions restent, et le rapport du lointain au proche aussi : *écrêter guérit l'explosion, pas
# l'évanouissement*.
#
# **Exercice 3.4 · `clip(grads, max_norm)`.** `grads` est une liste de tableaux. Si la racine de la somme de *tous* les carrés dépasse `max_norm`,
# renvoyez-les raccourcis d'un même facteur pour atteindre cette norme ; sinon, tels quels.

# %% id="clip"
def clip(grads, max_norm):
    raise NotImplementedError


check("clip", clip)

# %% [markdown] id="others" lang="en"
# Other help: an *orthogonal* start ($W_h$ stretches by exactly 1: used throughout this course) delays the vanishing in a quiet network. ReLU has slope 1 wherever
# it is on, so the product is that of the W's alone. With $W_h = I$ it starts level (Le, Jaitly and Hinton, 2015); a little less vanishes, a little more
# explodes: look at a hundred steps of 0.95, of 1 and of 1.05.

# %% [markdown] id="others" lang="fr"
# Autres aides : un départ *orthogonal* ($W_h$ étire d'exactement 1 ; c'est celui de tout ce cours) retarde l'évanouissement dans un réseau calme. ReLU a une
# pente de 1 partout où elle est active : il ne reste que le produit des W. Avec $W_h = I$, il part à l'horizontale (Le, Jaitly et Hinton, 2015) ;
# un peu moins s'évanouit, un peu plus explose. Voyez cent pas de 0,95, de 1 et de 1,05.

# %% id="relu-picture"
lag = np.arange(101)
plots.curves({f"W = {plots.number(w)}": w ** lag for w in (.95, 1., 1.05)}, log=True,
             xlabel=say("lag, in steps"), ylabel=say("gradient norm"))

# %% [markdown] id="way-out" lang="en" slideshow={"slide_type": "slide"}
# **The way out** is another architecture: a second state, $c_t$, that is not squashed and not multiplied by a matrix at each step, and *gates* that control what is
# forgotten, written and said. That is the LSTM, *Long Short-Term Memory* (Hochreiter and Schmidhuber, 1997). The next five chapters build it, part by part.

# %% [markdown] id="way-out" lang="fr" slideshow={"slide_type": "slide"}
# **L'issue** est une autre architecture : un second état, $c_t$, qu'on n'écrase pas et qu'on ne multiplie pas par une matrice à chaque pas, et des *portes* qui contrôlent
# ce qu'on oublie, ce qu'on écrit et ce qu'on dit. C'est le LSTM, *Long Short-Term Memory* (Hochreiter et Schmidhuber, 1997). Les cinq chapitres qui suivent le
# construisent, pièce par pièce.

# %% [markdown] id="puzzle" lang="en"
# ## 7 · Puzzle: a slow fade
#
# Choose and return $W_h$ (2, 2) of an RNN of two units that hears faint noise, so that its gradient at lag 50 has a norm between 0.01 and 0.1: neither dead nor undiminished.

# %% [markdown] id="puzzle" lang="fr"
# ## 7 · Énigme : un fondu lent
#
# Choisissez et renvoyez $W_h$ (2, 2) pour un RNN de deux unités qui entend un bruit faible, de sorte que son gradient au retard 50 ait une norme entre 0,01 et 0,1 : ni mort,
# ni intact.

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
# | in training, the gradients become too small | a product of Jacobians: $\rho^k$ in silence, smaller still when driven |
# | the network forgets far information in a sequence | at lag 50 under noise the LSTM learned it on nearly every seed, the RNN on none; a probe tells forgetting from not learning |
# | the solution: gates, and a second state $c_t$ | it is f near 1 that helps: with bias 0 an LSTM vanishes as well |
#
# Next: [04 · The forget gate](04-forget-gate.ipynb).

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 3 | vous l'avez vu |
# |---|---|
# | à l'entraînement, les gradients deviennent trop petits | un produit de jacobiennes : $\rho^k$ dans le silence, moins encore quand on pousse |
# | le réseau oublie les informations lointaines d'une séquence | au retard 50, dans le bruit, le LSTM l'a appris pour presque toutes les graines, le RNN pour aucune ; une sonde distingue oublier de ne pas apprendre |
# | la solution : des portes, et un second état $c_t$ | c'est f proche de 1 qui aide : avec un biais nul, un LSTM s'évanouit aussi |
#
# Suite : [04 · La porte d'oubli](04-forget-gate.ipynb).
