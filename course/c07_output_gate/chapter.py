# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 07 · The output gate
#
# To remember and to speak are two things. The output gate lets a cell hold something silently, and say it when it is due.
#
# By the end you have written it, measured what it is worth to one unit and to four, and kept a secret by hand.
#
# *You need*: chapter 06. *It takes*: three quarters of an hour; the computing, less than half a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 07 · La porte de sortie
#
# Se souvenir et parler, cela fait deux. La porte de sortie permet à une cellule de garder en silence, et de dire au bon moment.
#
# À la fin, vous l'aurez écrite, vous aurez mesuré ce qu'elle vaut, avec une unité puis avec quatre, et gardé un secret à la main.
#
# *Il vous faut* : le chapitre 06. *Durée* : trois quarts d'heure, dont moins d'une demi-minute de calcul.

# %% id="imports"
import numpy as np

from lstmlib import LSTM, Model, exam, forward, join, sigmoid, tasks, trained
from workbook import (
    check, expect, explorers, median, plots, predict, progress_bar, quiz, say, value,
)

# %% [markdown] id="say" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · What is said
#
# The cell state $c_t$ is for keeping. What leaves the cell, for the layer above and for its own gates at the next step, is the hidden
# state $h_t$:
#
# $$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o) \qquad h_t = o_t * \tanh(c_t)$$
#
# The tanh brings a memory of any size between −1 and 1. The gate says how much of it is heard. Note that $o_t$ changes $h_t$ and *not*
# $c_t$: it shuts the mouth, not the memory.

# %% [markdown] id="say" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · Ce qui se dit
#
# L'état de cellule $c_t$ sert à garder. Ce qui sort de la cellule, pour la couche du dessus et pour ses propres portes au pas suivant,
# c'est l'état caché $h_t$ :
#
# $$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o) \qquad h_t = o_t * \tanh(c_t)$$
#
# Le tanh ramène entre −1 et 1 une mémoire de taille quelconque. La porte dit quelle part s'en entend. Remarquez que $o_t$ change $h_t$,
# *pas* $c_t$ : elle ferme la bouche, non la mémoire.

# %% id="predict-silence"
predict("07-silence")

# %% [markdown] id="silently" lang="en" slideshow={"slide_type": "subslide"}
# **Hold silently.** A number is written at step 2 and asked for at step 9. Set o, step by step, so that it is said then, and at no other
# time. Watch the cell state meanwhile.

# %% [markdown] id="silently" lang="fr" slideshow={"slide_type": "subslide"}
# **Garder en silence.** Un nombre est écrit au pas 2 et demandé au pas 9. Réglez o, pas à pas, pour qu'il soit dit à ce moment, et à
# aucun autre. Observez pendant ce temps l'état de cellule.

# %% id="hold-silently"
explorers.hold_silently()

# %% [markdown] id="write-gate" lang="en"
# **Exercise 7.1 · `output_gate(W_o, b_o, h, x)`.** The third gate, with weights of its own: `W_o` (H, H+D), `b_o` (H, 1), `h` (H, B), `x` (D, B).

# %% [markdown] id="write-gate" lang="fr"
# **Exercice 7.1 · `output_gate(W_o, b_o, h, x)`.** La troisième porte, avec ses propres poids : `W_o` (H, H+D), `b_o` (H, 1),
# `h` (H, B), `x` (D, B).

# %% id="output-gate"
def output_gate(W_o, b_o, h, x):
    raise NotImplementedError


check("output_gate", output_gate)

# %% [markdown] id="write-hidden" lang="en"
# **Exercise 7.2 · `hidden(o, c)`.** What the cell says, from its output gate and its *new* cell state, both (H, B).

# %% [markdown] id="write-hidden" lang="fr"
# **Exercice 7.2 · `hidden(o, c)`.** Ce que dit la cellule, d'après sa porte de sortie et son *nouvel* état de cellule, tous deux (H, B).

# %% id="hidden"
def hidden(o, c):
    raise NotImplementedError


check("hidden", hidden)

# %% [markdown] id="same" lang="en"
# On the library's film: shut the mouth of a cell (o = 0) at one step only, and compare. At that step h is 0; c is the same number to
# the last digit. It is *later* that c differs, since the gates have heard another h.

# %% [markdown] id="same" lang="fr"
# Sur le film de la bibliothèque : fermons la bouche d'une cellule (o = 0) à un seul pas, et comparons. À ce pas, h est nul ; c est le
# même nombre, jusqu'à la dernière décimale. C'est *ensuite* que c diffère, car les portes ont entendu un autre h.

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
# Now and then a number comes with the mark *keep this*. Now and then a question comes: *what was the last one?* At that moment the network
# must say it, at every other moment it must say 0. Forty steps, squared error at each of them.

# %% [markdown] id="secret" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Le secret
#
# De temps en temps arrive un nombre marqué *à garder*. De temps en temps vient une question : *quel était le dernier ?* À ce moment, le
# réseau doit le dire ; à tout autre moment, il doit dire 0. Quarante pas, erreur quadratique à chacun d'eux.

# %% id="predict-one"
predict("07-one-unit")

# %% id="predict-four"
predict("07-four-units")

# %% id="lessons"
secret = tasks.secret()
seeds = range(3)
with progress_bar(600, networks=4 * len(seeds)):
    models = {(H, gate): [trained(LSTM, secret, H, 600, seed, lr=2e-2, **pinned) for seed in seeds]
              for H in (1, 4) for gate, pinned in ((say("learned o"), {}), ("o = 1", {"o": 1}))}

# %% [markdown] id="scores" lang="en" slideshow={"slide_type": "subslide"}
# **Observe.** R² at the questions: 1 is perfect; 0 is what a constant answer gets (what is below is drawn at 0). H is the number of
# units.

# %% [markdown] id="scores" lang="fr" slideshow={"slide_type": "subslide"}
# **Observez.** R² aux questions : 1 est parfait ; 0 est ce qu'obtient une réponse constante (au-dessous, on dessine 0). H est le nombre
# d'unités.

# %% id="scores-picture"
score = {f"H = {H}, {gate}": [max(0, exam(model, secret)) for model in fitted]
         for (H, gate), fitted in models.items()}
picture = plots.spread(score, ylabel=say("R² at the questions"), text=say(
    "R² at the questions, with one unit and with four, o learned and o = 1; a dot for each seed."))
one, one_open, four, four_open, *_ = score.items()
expect(picture, median(*one) > .85, median(*one_open) < .7,
       median(*four) > .95, median(*four_open) > .9)

# %% [markdown] id="explain" lang="en"
# **Explain.** One unit without an output gate says what it keeps. To be silent it must keep little, and then it has little to say. With a
# learned o it keeps and is silent.

# %% [markdown] id="explain" lang="fr"
# **Expliquez.** Une unité sans porte de sortie dit ce qu'elle garde. Pour se taire, elle doit garder peu, et n'a alors pas grand-chose à
# dire. Avec un o appris, elle garde et se tait.

# %% [markdown] id="film" lang="en" slideshow={"slide_type": "subslide"}
# **The film of o.** The best single unit, over one row: `!` is *keep this*, `?` is the question. o is the whole story; c never notices.

# %% [markdown] id="film" lang="fr" slideshow={"slide_type": "subslide"}
# **Le film de o.** La meilleure unité seule, sur une rangée : `!` veut dire *à garder*, `?` est la question. Tout se joue dans o ; c ne
# remarque rien.

# %% id="film-picture"
def best(H, gate):
    return max(models[H, gate], key=lambda model: exam(model, secret))


batch = next(secret.batches(np.random.default_rng(4), 500))
marks = ["!" if told else "?" if ask else "·" for _, told, ask in batch.x[:, :, 0]]
asked = batch.x[:, 2] == 1
tape = best(1, say("learned o"))(batch.x).runs[0].tape
o = tape.o[:, 0]
picture = plots.film({kind: getattr(tape, kind)[..., 0] for kind in "och"}, letters=marks, text=say(
    "Output gate, cell state and hidden state of one unit over forty steps."))
expect(picture, value(say("o at the questions, on average"), o[asked].mean()) > .5,
       value(say("o at other times, on average"), o[~asked].mean()) < .125)

# %% [markdown] id="honest" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · Where it does not matter
#
# With four units the difference has gone. How does a cell without an output gate manage? Here are the cell states of the best. The number is
# in there all the time: a weighted sum of the four h gives it back. But with the weights of the read-out the four cancel each other. At a
# question some of them move, and what the read-out sums up is the number.

# %% [markdown] id="honest" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Là où elle ne change rien
#
# Avec quatre unités, la différence a disparu. Comment s'y prend une cellule sans porte de sortie ? Voici les états de cellule de la meilleure.
# Le nombre y est tout le temps : une somme pondérée des quatre h le redonne. Mais, avec les poids de la lecture, les quatre se compensent. À la
# question, certaines bougent, et la lecture donne alors le nombre.

# %% id="second-unit"
trace = best(4, "o = 1")(batch.x)
tape, answer = trace.runs[0].tape, trace.y[:, 0]
told_at = np.maximum.accumulate(np.arange(40)[:, None] * (batch.x[:, 1] == 1))
number = np.take_along_axis(batch.x[:, 0], told_at, axis=0)  # the last one told
h = tape.h.swapaxes(1, 2)[~asked]                            # (·, 4): while nobody asks
back = h @ np.linalg.lstsq(h, number[~asked])[0]
in_there = np.corrcoef(back, number[~asked])[0, 1]
picture = plots.film({"c": tape.c[..., 0]}, letters=marks, text=say(
    "The cell states of four units with o = 1 over forty steps."))
expect(picture,
       value(say("correlation of the number with a weighted sum of the h, unasked"), in_there) > .9,
       value(say("spread of the answer, unasked, as a share of that at the questions"),
             answer[~asked].std() / answer[asked].std()) < .1)

# %% [markdown] id="worth" lang="en"
# What o buys is units: with it, one does what several must share without it. Greff et al. (2015) took the LSTM apart on three large tasks. The
# forget gate and the output's tanh mattered most. Without the output gate, speech and handwriting suffered, music did not. Do not expect
# wonders of each gate everywhere.

# %% [markdown] id="worth" lang="fr"
# Ce que o fait gagner, ce sont des unités : avec o, une seule fait ce que plusieurs doivent se partager sans o. Greff et al. (2015) ont démonté
# le LSTM sur trois grandes tâches. La porte d'oubli et le tanh de sortie comptaient le plus. Sans porte de sortie, la parole et l'écriture en
# souffraient, la musique non. N'attendez pas de miracle de chaque porte, partout.

# %% [markdown] id="puzzle" lang="en"
# ## 4 · Puzzle: answer only when asked
#
# One LSTM unit, no training: all four of its rows are yours. At each step comes x = [v, store, ask]; v is +1 or −1. With store = 1 it is the new
# secret, else it is noise. With ask = 1 the unit must say the secret in that very moment: h above 0.5 for +1, below −0.5 for −1 (a secret stored
# in the same moment counts). At all other times, and while nothing is stored, h stays between −0.2 and 0.2. `W` is (4, 1, 4), for f, i, o, g; its
# columns meet h, v, store, ask. `b` is (4, 1, 1).

# %% [markdown] id="puzzle" lang="fr"
# ## 4 · Énigme : répondre seulement si on le demande
#
# Une unité LSTM, sans entraînement : ses quatre lignes sont à vous. À chaque pas arrive x = [v, garde, question] ; v vaut +1 ou −1. Avec
# garde = 1, c'est le nouveau secret ; sinon, c'est du bruit. Avec question = 1, l'unité doit dire le secret à cet instant même : h au-dessus de 0,5 pour +1,
# au-dessous de −0,5 pour −1 (un secret enregistré au même instant compte). À tout autre moment, et tant que rien n'est enregistré, h reste entre
# −0,2 et 0,2. `W` est de forme (4, 1, 4), pour f, i, o, g ; ses colonnes rencontrent h, v, garde, question. `b` est de forme (4, 1, 1).

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
# | the sheet says | you have seen |
# |---|---|
# | $o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$ | it decides what is said, and leaves the memory alone |
# | $h_t = o_t * \tanh(c_t)$ | a memory of any size, said between −1 and 1 |
# | it determines the output and the new hidden state | with one unit indispensable, with four a convenience |
#
# Next: [08 · The full cell](08-full-cell.ipynb): all of it together.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez gagné
#
# | la fiche dit | vous l'avez vu |
# |---|---|
# | $o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$ | elle décide de ce qui se dit, et laisse la mémoire en paix |
# | $h_t = o_t * \tanh(c_t)$ | une mémoire de taille quelconque, dite entre −1 et 1 |
# | elle détermine la sortie et le nouvel état caché | indispensable avec une unité, un confort avec quatre |
#
# Suite : [08 · La cellule complète](08-full-cell.ipynb) : tout ensemble.
