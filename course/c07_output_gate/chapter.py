# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 07 · The output gate
#
# Remembering and speaking are two different things. The output gate lets a cell hold something silently, and say it when it is due.
#
# By the end you have worked out what a gate can and cannot make a cell say, measured what it is worth to one unit, to two and to four, held it open
# in a trained network, and set by hand a unit that keeps a secret.
#
# *You need*: chapter 06. *It takes*: three quarters of an hour; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 07 · La porte de sortie
#
# Se souvenir est une chose, parler en est une autre. Grâce à la porte de sortie, une cellule peut garder une valeur en silence et ne la dire qu'au
# bon moment.
#
# À la fin, vous aurez trouvé ce qu'une porte peut faire dire à une cellule, et ce qu'elle ne peut pas lui faire dire ; vous aurez mesuré ce qu'elle
# vaut avec une unité, avec deux, avec quatre ; vous l'aurez maintenue ouverte dans un réseau entraîné, et vous aurez réglé à la main une unité qui
# garde un secret.
#
# *Il vous faut* : le chapitre 06. *Durée* : trois quarts d'heure, dont moins d'une demi-minute de calcul.

# %% id="imports"
import numpy as np

from lstmlib import LSTM, Model, forward, pin, tasks, trained
from workbook import (
    check, every, expect, explorers, median, mine, plots, predict, progress_bar, quiz, say,
    trade_off, value, whole_cell,
)

# %% [markdown] id="today" lang="en"
# The whole cell. Today's part is lit: the output gate, and what the cell says.

# %% [markdown] id="today" lang="fr"
# La cellule entière. La partie du jour est en couleur : la porte de sortie, et ce que dit la cellule.

# %% id="whole-cell"
whole_cell("oh")

# %% [markdown] id="say" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · What is said
#
# The cell state $c_t$ is for keeping. What leaves the cell, for the layer above and for all gates at the next step, is the hidden
# state $h_t$:
#
# $$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o) \qquad h_t = o_t * \tanh(c_t)$$
#
# The tanh brings a memory of any size between −1 and 1. The gate says how much of it is heard. Note that $o_t$ changes $h_t$ and *not*
# $c_t$: it shuts the mouth, not the memory.
#
# Why should a cell be silent? Whatever a unit says reaches the others through a weight, and a weight is the same number at every step. At one step
# it should hand the memory on; at the others it should keep a memory that nobody needs now from disturbing everyone else. One number cannot do
# both. Hochreiter and Schmidhuber (1997) called this the *output weight conflict*, and put the output gate there to resolve it: the gate protects
# those who listen. (Its twin at the entrance, the *input weight conflict*, is what chapter 05 resolves.)

# %% [markdown] id="say" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Ce que dit la cellule
#
# L'état de cellule $c_t$ sert à garder l'information. Ce qui sort de la cellule, pour la couche du dessus et pour toutes les portes au pas suivant,
# c'est l'état caché $h_t$ :
#
# $$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o) \qquad h_t = o_t * \tanh(c_t)$$
#
# La tanh ramène entre −1 et 1 une mémoire de taille quelconque. La porte fixe la part qu'on en entend. Remarquez que $o_t$ change $h_t$, et *non*
# $c_t$ : cette porte ferme la bouche, pas la mémoire.
#
# Pourquoi une cellule devrait-elle se taire ? Ce que dit une unité atteint les autres à travers un poids, et un poids est le même nombre à chaque
# pas. À un certain pas, ce poids devrait transmettre la mémoire ; à tous les autres, il devrait empêcher qu'une mémoire dont personne n'a besoin à
# ce moment-là ne gêne tout le monde. Un seul nombre ne peut pas faire les deux. Hochreiter et Schmidhuber (1997) ont appelé cela l'*output weight
# conflict* (conflit du poids de sortie), et c'est pour le résoudre qu'ils ont placé là la porte de sortie : elle protège les unités qui écoutent.
# (Le conflit jumeau, à l'entrée, l'*input weight conflict*, est celui que résout le chapitre 05.)

# %% id="predict-silence"
predict("07-silence")

# %% [markdown] id="silently" lang="en" slideshow={"slide_type": "subslide"}
# **Hold silently.** A number is written at step 2 and asked for at step 9. Set o, step by step, so that it is said then, and at no other
# time. Watch the cell state meanwhile.

# %% [markdown] id="silently" lang="fr" slideshow={"slide_type": "subslide"}
# **Garder en silence.** Un nombre est écrit au pas 2 et demandé au pas 9. Réglez o, pas à pas, pour qu'il soit dit à ce moment-là, et à aucun
# autre. Pendant ce temps, observez l'état de cellule.

# %% id="hold-silently"
explorers.hold_silently()

# %% [markdown] id="write-hidden" lang="en"
# **Exercise 7.1 · `hidden(o, c)`.** Return what the cell says, given its output gate and its *new* cell state, both (H, B).

# %% [markdown] id="write-hidden" lang="fr"
# **Exercice 7.1 · `hidden(o, c)`.** Renvoyez ce que dit la cellule, d'après sa porte de sortie et son *nouvel* état de cellule, tous deux de forme
# (H, B).

# %% id="hidden"
def hidden(o, c):
    raise NotImplementedError


check("hidden", hidden)

# %% [markdown] id="write-wanted" lang="en"
# **Exercise 7.2 · `gate_for(h, c)`.** Now the other way round. A cell holds c, and you want it to say h, both (H, B): which o does that take? A
# gate only goes from 0 to 1, so there is much that a cell cannot be made to say. In that case return the o at which it comes nearest to h. No c
# is 0.

# %% [markdown] id="write-wanted" lang="fr"
# **Exercice 7.2 · `gate_for(h, c)`.** À présent, le problème inverse. Une cellule garde c, et vous voulez qu'elle dise h, tous deux de forme (H,
# B) : quel o faut-il pour cela ? Une porte ne va que de 0 à 1 ; il y a donc bien des choses qu'on ne peut pas faire dire à une cellule. Dans ce
# cas, renvoyez le o pour lequel elle s'approche le plus de h. Aucun c n'est nul.

# %% id="gate-for"
def gate_for(h, c):
    raise NotImplementedError


check("gate_for", gate_for)

# %% [markdown] id="gate" lang="en"
# **The gate.** The line of $o_t$ is one that you have written: it is that of $f_t$, with the weights $W_o$ and $b_o$ in place of $W_f$ and $b_f$.
# So your `forget_gate` of chapter 04 is an output gate as well, once it is given those weights. Section 2 uses it that way.

# %% [markdown] id="gate" lang="fr"
# **La porte.** La ligne de $o_t$, vous l'avez déjà écrite : c'est celle de $f_t$, avec les poids $W_o$ et $b_o$ au lieu de $W_f$ et $b_f$. Votre
# `forget_gate` du chapitre 04 est donc aussi une porte de sortie, pourvu qu'on lui donne ces poids. C'est ainsi que l'emploie la section 2.

# %% [markdown] id="same" lang="en"
# **Shut the mouth** of a cell (o = 0) at one step only, and compare. At that step h is 0; c is the same number to the last digit. It is
# *later* that c differs, since the gates have heard another h.

# %% [markdown] id="same" lang="fr"
# **Fermons la bouche** d'une cellule (o = 0) à un seul pas, et comparons. À ce pas, h est nul ; c est le même nombre, jusqu'à la dernière
# décimale. C'est *ensuite* que c diffère, car les portes ont entendu un autre h.

# %% id="same-code"
p = Model(LSTM, D=3, H=5, K=1, dtype=float).params[0]
x = np.random.default_rng(7).normal(size=(8, 3, 2))
spoken = forward(LSTM, p, x)
before = forward(LSTM, p, x[:4])
mute = before.s._replace(h=0 * before.s.h)                   # what o = 0 at step 3 leaves behind
after = forward(LSTM, p, x[4:], mute)
at_once, later = mute.c - spoken.tape.c[3], after.tape.c - spoken.tape.c[4:]
expect(value(say("change of c, at the step of silence"), np.abs(at_once).max()) < 1e-12,
       value(say("change of c, later"), np.abs(later).max()) > 1e-3)

# %% [markdown] id="secret" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · The secret
#
# Now and then a number comes with the mark *keep this*. Now and then a question comes: *what was the last one?* At that step the network must say
# that number, at every other step it must say 0. There are forty steps, and the squared error counts at each of them.

# %% [markdown] id="secret" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Le secret
#
# De temps en temps arrive un nombre marqué *à garder*. De temps en temps vient une question : *quel était le dernier ?* À ce pas-là, le réseau doit
# dire ce nombre ; à tous les autres, il doit dire 0. Il y a quarante pas, et l'erreur quadratique compte à chacun d'eux.

# %% id="predict-one"
predict("07-one-unit")

# %% id="predict-four"
predict("07-four-units")

# %% id="lessons"
secret = tasks.secret()
free, open_ = {}, {"o": 1}
setups = {say("1 unit, learned o"): (1, free), say("1 unit, o = 1"): (1, open_),
          say("2 units, o = 1"): (2, open_),
          say("4 units, o = 1"): (4, open_), say("4 units, learned o"): (4, free)}
with progress_bar(600, networks=4 * len(setups)):
    models = {name: [trained(LSTM, secret, H, 600, seed, lr=2e-2, **o) for seed in range(4)]
              for name, (H, o) in setups.items()}

# %% [markdown] id="scores" lang="en" slideshow={"slide_type": "subslide"}
# **Observe.** The task asks for two things, so each network is a dot with two coordinates. Upwards, how well it answers: R² is the share of the
# numbers' variance that its answers explain, 1 if they are exact, 0 if it might as well say the same each time. To the right, how loud it is when
# nobody asks: the root of its mean squared error there. Top left is perfect.

# %% [markdown] id="scores" lang="fr" slideshow={"slide_type": "subslide"}
# **Observez.** La tâche demande deux choses ; chaque réseau est donc un point à deux coordonnées. En hauteur, la qualité de ses réponses : R² est
# la part de la variance des nombres que ses réponses expliquent ; il vaut 1 si elles sont exactes, 0 si le réseau ferait aussi bien de dire
# toujours la même chose. Vers la droite, le volume auquel il parle quand personne ne demande rien : la racine de son erreur quadratique moyenne à
# ces pas. La perfection est en haut à gauche.

# %% id="scores-picture"
batch = next(secret.batches(np.random.default_rng(4), 500))
asked = batch.x[:, 2] == 1


def loud_and_right(model):                                   # unasked; at the questions
    y = model(batch.x).y
    return np.sqrt((y[:, 0][~asked] ** 2).mean()), max(0, secret.score(y, batch.target))


scores = {name: np.array([*map(loud_and_right, group)]) for name, group in models.items()}
right = {name: group[:, 1] for name, group in scores.items()}
one, one_open, _, four_open, four = scores
expect(trade_off(scores, size=1 / 3 ** .5),      # the root mean square of numbers from −1 to 1
       median(one, right[one]) > .85, median(one_open, right[one_open]) < .7,
       median(four, right[four]) > .95, median(four_open, right[four_open]) > .9)

# %% [markdown] id="explain" lang="en"
# **Explain.** A unit whose gate stands open says what it keeps at every step. The dotted line shows what such a unit can achieve by always saying
# the same share α of the number: unasked, that is an error of α times its size; asked, the rest is missing, and R² is $1 - (1 - \alpha)^2$. The
# single units with o = 1 lie on this line or somewhat above it, and none comes near the corner: to be heard when asked, such a unit has to be loud
# all the time. With a learned o the dots are far above the line. Four units manage without a gate, and on some seeds so do two: section 3 shows
# how.

# %% [markdown] id="explain" lang="fr"
# **Expliquez.** Une unité dont la porte reste ouverte dit à chaque pas ce qu'elle garde. La ligne pointillée montre ce qu'une telle unité peut
# obtenir en disant toujours la même part α du nombre : quand personne ne demande rien, elle fait une erreur de α fois la taille de ce nombre ; à la
# question, il manque le reste, et R² vaut $1 - (1 - \alpha)^2$. Les réseaux à une seule unité, avec o = 1, sont sur cette ligne ou un peu
# au-dessus, et aucun n'approche du coin : pour être entendue à la question, une telle unité doit parler fort tout le temps. Avec un o appris, les
# points sont loin au-dessus de la ligne. Quatre unités se passent de porte et, pour certaines graines, deux y parviennent aussi : la section 3
# montre comment.

# %% [markdown] id="film" lang="en" slideshow={"slide_type": "subslide"}
# **The film of o.** The best single unit, over one sequence: `!` is *keep this*, `?` is the question. It is your own lines that run here:
# `forget_gate`, given the trained $W_o$ and $b_o$, makes o, and `hidden` makes h. Watch o. At most steps c does not move.

# %% [markdown] id="film" lang="fr" slideshow={"slide_type": "subslide"}
# **Le film de o.** Voici le meilleur des réseaux à une unité, sur une séquence : `!` veut dire *à garder*, `?` est la question. Ce sont vos propres
# lignes qui tournent ici : `forget_gate`, avec les poids entraînés $W_o$ et $b_o$, calcule o, et `hidden` calcule h. Observez o. À la plupart des
# pas, c ne bouge pas.

# %% id="film-picture"
def best(name):
    return models[name][np.argmax(right[name])]


output_gate, heard, unit = mine("forget_gate"), mine("hidden"), best(one)
tape, p, k = unit(batch.x).runs[0].tape, unit.params[0], LSTM.gates.index("o")
before = np.concatenate([0 * tape.h[:1], tape.h[:-1]])       # what the gate hears at each step
o = np.array([output_gate(p["W"][k], p["b"][k], h, x) for h, x in zip(before, batch.x)])
h = np.array([*map(heard, o, tape.c)])
marks = ["!" if told else "?" if ask else "·" for _, told, ask in batch.x[:, :, 0]]
strips = {"o": o[..., 0], "c": tape.c[..., 0], "h": h[..., 0]}
picture = plots.film(strips, letters=marks, text=say(
    "Output gate, cell state and hidden state of one unit over forty steps."))
apart = np.abs(h - tape.h).max()
expect(picture, value(say("largest difference from the library's h"), apart) < 1e-5,
       value(say("o at the questions, on average"), o[:, 0][asked].mean()) > .5,
       value(say("o at other times, on average"), o[:, 0][~asked].mean()) < .125)

# %% id="predict-held"
predict("07-held")

# %% [markdown] id="held" lang="en" slideshow={"slide_type": "subslide"}
# **Hold the gate.** A film shows what o does. To find out whether it matters, hold it: in the trained single units everything stays as it is, except
# that o is held at its own average over all steps, and then held wide open.

# %% [markdown] id="held" lang="fr" slideshow={"slide_type": "subslide"}
# **Immobilisez la porte.** Un film montre ce que fait o. Pour savoir si cela compte, immobilisez la porte : dans les réseaux entraînés à une unité,
# tout reste tel quel, sauf que o est maintenu d'abord à sa propre moyenne sur tous les pas, puis grand ouvert.

# %% id="held-code"
def with_gate_at(o, model):
    other = Model(LSTM, secret.D, 1, secret.K)
    other.params = [pin(LSTM, model.params[0], o=o), model.params[1]]
    return other


def average(model):
    return model(batch.x).runs[0].tape.o.mean()


held = [with_gate_at(average(model), model) for model in models[one]]
wide_open = [with_gate_at(1, model) for model in models[one]]
at_average, wide_open = (np.array([*map(loud_and_right, group)]) for group in (held, wide_open))
both = {one: scores[one], say("the same, o held at its average"): at_average}
expect(trade_off(both, size=1 / 3 ** .5),
       median(say("R² with o held at its average"), at_average[:, 1]) < .5,
       every(say("loudness with o held open"), wide_open[:, 0]) > .5)

# %% [markdown] id="explain-held" lang="en"
# **Explain.** With o held at its average, the trained unit falls right onto the dotted line: it now says the same small share of the secret at
# every step. So it was not enough that o was open by the right amount on average; it had to *move at the right step*. With the gate held open, the
# unit shouts: unasked, it is as loud as the numbers themselves or louder, far outside of the picture.

# %% [markdown] id="explain-held" lang="fr"
# **Expliquez.** Quand o est maintenu à sa moyenne, l'unité entraînée tombe exactement sur la ligne pointillée : elle dit maintenant à chaque pas la
# même petite part du secret. Il ne suffisait donc pas que o soit, en moyenne, ouvert comme il faut ; il fallait qu'il *bouge au bon pas*. Quand la
# porte reste grande ouverte, l'unité crie : sans qu'on lui demande rien, elle parle aussi fort que les nombres eux-mêmes, ou plus fort, bien
# au-delà du cadre de la figure.

# %% [markdown] id="honest" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Where it does not matter
#
# With four units the difference has gone. How does a network without an output gate manage? Here are the cell states of the best one. The number is
# in there all the time: a weighted sum of the four h gives it back. But with the weights of the read-out the four cancel each other. At a question
# some of them move, and then the read-out gives the number.
#
# Is that how it works, or only how it looks? Take one of the four out of the read-out: if they do cancel each other, there is no silence any more.

# %% [markdown] id="honest" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Là où elle ne change rien
#
# Avec quatre unités, la différence a disparu. Comment s'y prend un réseau sans porte de sortie ? Voici les états de cellule du meilleur d'entre
# eux. Le nombre y est présent tout le temps : une somme pondérée des quatre h le redonne. Mais, avec les poids de la lecture, les quatre unités se
# compensent. À la question, certaines bougent, et la lecture donne alors le nombre.
#
# Est-ce bien ainsi que cela marche, ou n'est-ce qu'une apparence ? Retirez de la lecture l'une des quatre unités : si elles se compensent vraiment,
# il n'y a plus de silence.

# %% id="second-unit"
model = best(four_open)
trace, V = model(batch.x), model.params[1]["V"][0]
tape, answer = trace.runs[0].tape, trace.y[:, 0]
told_at = np.maximum.accumulate(np.arange(40)[:, None] * (batch.x[:, 1] == 1))
number = np.take_along_axis(batch.x[:, 0], told_at, axis=0)[~asked]     # the last one told
h = tape.h.swapaxes(1, 2)[~asked]                            # (·, 4): while nobody asks
in_there = np.corrcoef(h @ np.linalg.lstsq(h, number)[0], number)[0, 1]
apart = max((answer[~asked] - V[u] * h[:, u]).std() for u in range(4))
whole = answer[asked].std()
expect(plots.film({"c": tape.c[..., 0]}, letters=marks, text=say(
           "The cell states of four units with o = 1 over forty steps.")),
       value(say("correlation of the number with a weighted sum of the h, unasked"), in_there) > .9,
       value(say("spread of the answer, unasked, as a share of that at the questions"),
             answer[~asked].std() / whole) < .1,
       value(say("the same, with one unit taken away"), apart / whole) > .2)

# %% [markdown] id="worth" lang="en"
# An output gate saves units: with it, one unit does a job that otherwise takes several working together. How much is that worth on large tasks?
# Greff et al. (2015) took the LSTM apart on three of them. Without the output gate, speech and handwriting suffered, music did not. What mattered
# most was the forget gate (by “without” they mean that it is fixed at f = 1) and the tanh of the last line, which is needed because c has no bound.
# So do not expect wonders of every gate on every task.

# %% [markdown] id="worth" lang="fr"
# Une porte de sortie économise des unités : avec elle, une seule fait un travail qui, sinon, en demande plusieurs. Que vaut-elle sur de grandes
# tâches ? Greff et al. (2015) ont démonté le LSTM sur trois d'entre elles. Sans porte de sortie, les résultats baissaient sur la parole et
# l'écriture, pas sur la musique. Ce qui comptait le plus, c'était la porte d'oubli (« sans » veut dire chez eux que l'on fixe f = 1) et la tanh de
# la dernière ligne, nécessaire parce que c n'a pas de borne. N'attendez donc pas de miracle de chaque porte, sur chaque tâche.

# %% [markdown] id="puzzle" lang="en"
# ## 4 · Puzzle: answer only when asked
#
# One LSTM unit, no training: it is you who set its four rows. At each step comes x = [v, store, ask]; v is +1 or −1. With store = 1 it is the new
# secret, else it is noise. With ask = 1 the unit must say the secret at that very step: h above 0.5 for +1, below −0.5 for −1 (a secret stored at
# the same step counts). At all other times, and while nothing is stored, h stays between −0.2 and 0.2. `W` is (4, 1, 4), for f, i, o, g; its
# columns multiply h, v, store, ask. `b` is (4, 1, 1).

# %% [markdown] id="puzzle" lang="fr"
# ## 4 · Énigme : répondre seulement si on le demande
#
# Une unité LSTM, sans entraînement : c'est vous qui réglez ses quatre lignes. À chaque pas arrive x = [v, garde, question] ; v vaut +1 ou −1. Avec
# garde = 1, c'est le nouveau secret ; sinon, c'est du bruit. Avec question = 1, l'unité doit dire le secret à ce pas même : h au-dessus de 0,5
# pour +1, au-dessous de −0,5 pour −1 (un secret enregistré au même pas compte). À tout autre pas, et tant que rien n'est enregistré, h reste entre
# −0,2 et 0,2. `W` est de forme (4, 1, 4), pour f, i, o, g ; ses colonnes multiplient h, v, garde, question. `b` est de forme (4, 1, 1).

# %% id="when-asked"
def weights():
    raise NotImplementedError


check("when_asked", weights)

# %% [markdown] id="ask-quiz" lang="en"
# ## 5 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 5 · Quiz

# %% id="quiz"
quiz("07")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | [the sheet](10-summary.ipynb), part 5.4 | you have seen |
# |---|---|
# | $o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$ | it decides what is said, and leaves the memory alone |
# | $h_t = o_t * \tanh(c_t)$ | a memory of any size, said between −1 and 1 |
# | it determines the output and the new hidden state | with one unit indispensable, with four a convenience |
#
# Next: [08 · The full cell](08-full-cell.ipynb), where it all comes together.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 5.4 | vous l'avez vu |
# |---|---|
# | $o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$ | elle décide de ce qui est dit, et laisse la mémoire intacte |
# | $h_t = o_t * \tanh(c_t)$ | une mémoire de taille quelconque, dite entre −1 et 1 |
# | elle détermine la sortie et le nouvel état caché | indispensable avec une unité, simple confort avec quatre |
#
# Suite : [08 · La cellule complète](08-full-cell.ipynb), où tout se réunit.
