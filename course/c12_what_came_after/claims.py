"""What chapter 12 claims of the minLSTM, the sLSTM and what may surround an LSTM, and the controls."""
import numpy as np

from lstmlib import tasks
from lstmlib.cells import LSTM, RNN
from lstmlib.model import Model, exam
from lstmlib.sweep import SEEDS
from lstmlib.unroll import forward
from workbook.claims import claim
from workbook.expected import every, median

from .around import Attending, Bidirectional
from .asked import brackets, cloakroom, learned, loudest, parity, practised
from .newer import BLIND, BLIND_CANDIDATE, BLIND_GATES, BLIND_SLSTM, BLIND_TURNING, BOUNDED, MINLSTM, SLSTM


def scores(cell, task, H, updates, asked=None, **how):
    """For each seed, the score on the task that is asked, by default the one learned."""
    return np.array([exam(learned(cell, task, H, updates, seed, **how), asked or task) for seed in SEEDS])


def switch(cell, updates=120, **how):
    return scores(cell, parity(12), 6, updates, parity(100), **how)


@claim("A switch is learned, on most seeds, by cells that see h, be it in the gates alone or in the candidate alone, "
       "and on none by those that see it nowhere, unless f may be negative.",
       "La plupart des graines apprennent l'interrupteur si la cellule voit h, même dans ses seules portes ou dans son "
       "seul candidat ; aucune ne l'apprend si la cellule ne voit h nulle part, à moins que f puisse être négatif.",
       control=("an LSTM from which only h is hidden, everywhere, in the gates, in the candidate; the blind one with "
                "tanh for σ in f alone, right over 12 steps, less often over 100; an RNN, which has no gates; a "
                "minLSTM of two layers; one with five times the updates",
                "un LSTM auquel on ne cache que h, partout, dans les portes, dans le candidat ; l'aveugle avec une "
                "tanh au lieu de σ dans f seulement, qui a raison sur 12 pas, moins souvent sur 100 ; un RNN, qui n'a "
                "pas de portes ; un minLSTM à deux couches ; un autre avec cinq fois plus de mises à jour"))
def a_switch_needs_h():
    seeing, turning = switch(LSTM), switch(BLIND_TURNING)
    return (median("LSTM", seeing) > 0.85, every(BLIND_TURNING.name, turning) > 0.7,
            median("LSTM", seeing) > median(BLIND_TURNING.name, turning),
            every(f"{BLIND_TURNING.name}, 12 steps", scores(BLIND_TURNING, parity(12), 6, 120)) > 0.97,
            median("sLSTM", switch(SLSTM)) > 0.85,
            *(median(cell.name, switch(cell)) > 0.85 for cell in (BLIND_GATES, BLIND_CANDIDATE)),
            median("RNN, 600 updates", switch(RNN, 600)) > 0.85,
            every("minLSTM", switch(MINLSTM)) < 0.6, every("LSTM that sees no h", switch(BLIND)) < 0.6,
            every("minLSTM, two layers", switch(MINLSTM, layers=2)) < 0.6,
            every("minLSTM, longer", switch(MINLSTM, 600)) < 0.6)


@claim("A minLSTM keeps a symbol over twenty steps of noise as well as an LSTM, if its memories begin that long.",
       "Un minLSTM garde un symbole pendant vingt pas de bruit aussi bien qu'un LSTM, si ses mémoires ont cette "
       "longueur au départ.",
       control=("a minLSTM and an LSTM with the usual start; the marked symbol, where the lesson is another",
                "un minLSTM et un LSTM au départ habituel ; le symbole marqué, où la leçon est autre"))
def a_minlstm_keeps_a_symbol():
    task, marked = tasks.recall(20), tasks.marked_symbol(20, 8)
    kept, ours = (scores(cell, task, 8, 100, lag=20) for cell in (MINLSTM, LSTM))
    return (every("minLSTM", kept) > 0.95, median("LSTM", ours) > 0.95,
            median("minLSTM, usual start", scores(MINLSTM, task, 8, 100)) < 0.5,
            median("LSTM, usual start", scores(LSTM, task, 8, 100)) < 0.6,
            every("minLSTM, marked symbol", scores(MINLSTM, marked, 8, 200, lag=20)) > 0.9)


@claim("Which number was said loudest so far: an sLSTM of four units says it better than an LSTM.",
       "Quel nombre a été dit le plus fort jusqu'ici : un sLSTM de quatre unités le dit mieux qu'un LSTM.",
       control=("an LSTM with three times the updates; with twice as many units; sequences four times as long; an "
                "sLSTM that sees no h, and so cannot compare; one with σ in place of the exponential, which ends "
                "between the two",
                "un LSTM avec trois fois plus de mises à jour ; avec deux fois plus d'unités ; des séquences "
                "quatre fois plus longues ; un sLSTM qui ne voit pas h, et ne peut donc pas comparer ; un autre avec σ "
                "à la place de l'exponentielle, qui se place entre les deux"))
def an_exponential_gate_finds_the_loudest():
    task = loudest(10)
    weighing, plain = scores(SLSTM, task, 4, 200), scores(LSTM, task, 4, 200)
    bounded, longer, far = scores(BOUNDED, task, 4, 200), scores(LSTM, task, 4, 600), loudest(40)
    return (every("sLSTM", weighing) > 0.8, median("LSTM", plain) < 0.7,
            median(BLIND_SLSTM.name, scores(BLIND_SLSTM, task, 4, 200)) > 0.8,
            every("sLSTM", weighing) > every(BOUNDED.name, bounded),
            median(BOUNDED.name, bounded) > median("LSTM", plain),
            every("sLSTM", weighing) > every("LSTM, 600 updates", longer),
            median("LSTM, 600 updates", longer) > median("LSTM", plain),
            every("sLSTM", weighing) > every("LSTM, 8 units", scores(LSTM, task, 8, 200)),
            median("sLSTM, 40 steps", scores(SLSTM, task, 4, 200, far)) > median(
                "LSTM, 40 steps", scores(LSTM, task, 4, 200, far)))


# --- what surrounds the cell ------------------------------------------------------------------------


def taught(new, task, updates, asked=None):
    """For each seed, the score of new(task.D, task.K, seed) on the task that is asked, by default the one learned."""
    return np.array([exam(practised(new(task.D, task.K, seed), task, updates, seed), asked or task) for seed in SEEDS])


def one(H, forget_bias=1):
    return lambda D, K, seed: Model(LSTM, D, H, K, seed=seed, forget_bias=forget_bias)


def both(H):
    return lambda D, K, seed: Bidirectional(D, H, K, seed=seed)


def attentive(H, forget_bias):
    return lambda D, K, seed: Attending(D, H, K, seed=seed, forget_bias=forget_bias)


@claim("Which of twelve brackets have partners is told by two LSTMs that read from both ends, on every seed, and by "
       "none that reads one way.",
       "Lesquelles de douze parenthèses ont une partenaire : deux LSTM qui lisent par les deux bouts le disent, "
       "avec chaque graine, et aucun de ceux qui lisent dans un seul sens.",
       control=("an LSTM of as many weights; one with three times the units and updates; answers that come three and "
                "eight steps late, the latter also with six times the updates; rows of forty, which nobody can have "
                "learned by heart",
                "un LSTM d'autant de poids ; un autre avec trois fois plus d'unités et de mises à jour ; des réponses "
                "qui viennent trois et huit pas en retard, ces dernières aussi avec six fois plus de mises à jour ; "
                "des suites de quarante, que nul n'a pu apprendre par cœur"))
def brackets_need_both_ends():
    late, later = (taught(one(9), brackets(12, late), 80) for late in (3, 8))
    return (every("both ways", taught(both(6), brackets(12), 80)) > 0.98,
            every("both ways, 40 brackets", taught(both(6), brackets(12), 80, brackets(40))) > 0.95,
            every("one way", taught(one(9), brackets(12), 80)) < 0.88,
            every("one way, more and longer", taught(one(27), brackets(12), 240)) < 0.88,
            median("3 steps late", late) > 0.9, every("3 steps late", late) < 0.99,
            every("8 steps late", later) < 0.86,
            median("8 steps late, 480 updates", taught(one(9), brackets(12, 8), 480)) > 0.9)


@claim("Where the past alone decides, as with a switch, one LSTM that reads forwards does as well as two that read "
       "from both ends.",
       "Là où le passé seul décide, comme pour un interrupteur, un LSTM qui lit vers l'avant fait aussi bien que deux "
       "qui lisent par les deux bouts.",
       control=("two of as many units each, and two of as many weights together",
                "deux LSTM d'autant d'unités chacun, et deux qui ont ensemble autant de poids"))
def a_switch_needs_one_way():
    ways = {"one way, 6 units": one(6), "both ways, 6 units each": both(6), "both ways, 4 units each": both(4)}
    return [median(name, taught(new, parity(12), 120, parity(100))) > 0.95 for name, new in ways.items()]


def evenly(model, batch):
    """How often an attentive model is right whose looks are spread evenly over all states before."""
    p, out = model.params
    h = forward(LSTM, p, batch.x).h
    past = np.concatenate([0 * h[:1], h[:-1]])
    seen = past.cumsum(0) / np.arange(1, 1 + len(h))[:, None, None]
    y = out["V"] @ np.concatenate([h, seen], axis=1) + out["b_y"]
    return cloakroom().score(y, batch.target, batch.mask)


def neighbours(model, batch):
    """How alike the states of coats that follow each other are, a mean cosine of h less its mean; and the mean f."""
    run = forward(LSTM, model.params[0], batch.x[:12])
    h = run.h - run.h.mean((0, 2), keepdims=True)
    h /= np.linalg.norm(h, axis=1, keepdims=True)
    return (h[1:] * h[:-1]).sum(1).mean(), run.tape.f.mean()


@claim("With attention, and an LSTM that begins forgetful, the colours of twelve coats are found on every seed; an "
       "LSTM without it is still far from them after more than four times the updates.",
       "Avec l'attention, et un LSTM oublieux au départ, chaque graine retrouve les couleurs de douze manteaux ; un "
       "LSTM sans attention en est encore loin après plus de quatre fois plus de mises à jour.",
       control=("the LSTM without, also with the forget biases −2 and 3, and with twice the units; after as many "
                "updates it does no better than who names the most frequent colour; attention that begins with the "
                "usual bias, which after as many updates is no better, and gets there after 600; the trained looks "
                "spread evenly",
                "le LSTM sans attention, y compris avec les biais d'oubli −2 et 3, et avec deux fois plus d'unités ; "
                "après autant de mises à jour, il ne fait pas mieux que si l'on nomme la couleur la plus fréquente ; "
                "l'attention avec le "
                "biais habituel au départ, qui ne fait pas mieux après autant de mises à jour, et y arrive après 600 ; "
                "les regards appris, remplacés par des regards égaux"))
def attention_finds_a_coat():
    task = cloakroom()
    batch = next(task.batches(np.random.default_rng(999), 500))
    common = (batch.target[12:] == batch.x[:12, 12:].sum(0).argmax(0)).mean()       # the most frequent colour
    plain, longer = taught(one(16), task, 130), {bias: taught(one(16, bias), task, 600) for bias in (-2, 1, 3)}
    looking = [practised(attentive(16, -2)(task.D, task.K, seed), task, 130, seed) for seed in SEEDS]
    usual = {updates: [practised(attentive(16, 1)(task.D, task.K, seed), task, updates, seed) for seed in SEEDS]
             for updates in (130, 600)}
    begun, later = ([neighbours(model, batch) for model in models] for models in usual.values())
    return (every("with attention", [exam(model, task) for model in looking]) > 0.95,
            every("its looks spread evenly", [evenly(model, batch) for model in looking]) < 0.6,
            every("without", plain) < 0.5, every("without, over the most frequent colour", plain / common) < 1.1,
            *(every(f"without, 600 updates, bias {bias}", right) < 0.8 for bias, right in longer.items()),
            every("without, 600 updates, bias 1", longer[1]) > 0.5,
            every("without, 600 updates, 32 units", taught(one(32), task, 600)) < 0.9,
            every("with attention, usual bias", [exam(model, task) for model in usual[130]]) < 0.6,
            median("with attention, usual bias, 600 updates", [exam(model, task) for model in usual[600]]) > 0.95,
            every("how alike neighbouring states are", [alike for alike, _ in begun]) > 0.4,
            every("how alike neighbouring states are, 600 updates", [alike for alike, _ in later]) < 0.2,
            every("mean f while coats come in", [f for _, f in begun]) > every(
                "mean f while coats come in, 600 updates", [f for _, f in later]))
