"""What chapter 09 claims of the cell's parts, and the controls."""
import numpy as np

from course.shared.puppet import path_back
from lstmlib import tasks
from lstmlib.cells import GRU, LSTM, RNN, State
from lstmlib.model import Model, softmax
from lstmlib.sweep import SEEDS, asked
from workbook import kept
from workbook.claims import claim, scores
from workbook.expected import every, median, value

from .worth import LESSONS, VARIANTS

REBER, SECRET = tasks.embedded_reber(), tasks.secret()


@claim("The embedded Reber grammar needs a memory, and hardly tells an LSTM from an RNN.",
       "La grammaire de Reber emboîtée demande une mémoire, et distingue à peine un LSTM d'un RNN.",
       control=("an RNN; an LSTM with f = 0 from the first update on",
                "un RNN ; un LSTM avec f = 0 dès la première mise à jour"))
def reber_needs_a_memory():
    return (every("LSTM", scores(asked(REBER), LSTM, REBER, 16, 600)) > 0.95,
            median("RNN", scores(asked(REBER), RNN, REBER, 16, 600)) > 0.8,
            value("f = 0, mean", scores(asked(REBER), LSTM, REBER, 16, 600, f=0).mean()) < 0.9)


@claim("As a network learns the grammar, more of the gradient of its answer comes back to the letter to be kept.",
       "À mesure qu'un réseau apprend la grammaire, le gradient de sa réponse revient plus fort à la lettre à garder.",
       control=("the same networks before training; the gradient of the loss, which shrinks",
                "les mêmes réseaux avant l'entraînement ; le gradient de la perte, qui diminue"))
def the_way_back_opens():
    word = next(REBER.batches(np.random.default_rng(8), 1)).x[:-1]
    T, P = map(tasks.LETTERS.index, "TP")

    def comes_back(model):
        trace, V = model(word), model.params[-1]["V"]
        wrong = softmax(trace.y)[-1] - np.eye(REBER.K)[:, [word[1, 0]]]
        return [np.linalg.norm(path_back(LSTM, model.params[0], trace.runs[0], State(blame, 0 * blame))[1].c)
                for blame in ((V[T] - V[P])[:, None], V.T @ wrong)]
    before = np.array([comes_back(Model(LSTM, REBER.D, 16, REBER.K, seed=seed)) for seed in SEEDS])
    score, loss = (scores(comes_back, LSTM, REBER, 16, 300, lr=2e-2) / before).T
    return (median("T less P, after training over before", score) > 2,
            median("the loss, after training over before", loss) < 0.5)


@claim("That one unit keeps the secret only with an output gate is about scarce units: with more of them, cells "
       "without it do.",
       "Si une unité ne garde le secret qu'avec une porte de sortie, c'est que les unités sont rares : avec plusieurs, "
       "on se passe de cette porte.",
       control=("two units of a GRU (four of an LSTM with o = 1: chapter 07)",
                "deux unités d'un GRU (quatre d'un LSTM avec o = 1 : chapitre 07)"))
def the_secret_is_about_scarce_units():
    return (median("GRU, 1 unit", scores(asked(SECRET), GRU, SECRET, 1, 800, lr=6e-2)) < 0.75,
            median("GRU, 2 units", scores(asked(SECRET), GRU, SECRET, 2, 800, lr=6e-2)) > 0.9)


@claim("Each part has a task that needs it and, but for the memory itself, one that does not.",
       "Chaque pièce a une tâche qui en a besoin et, sauf la mémoire elle-même, une tâche qui s'en passe.",
       control=("the kept table: ten cells, seven tasks, five seeds",
                "le tableau enregistré : dix cellules, sept tâches, cinq graines"))
def each_part_has_a_task():
    middle = {case: np.median(found) for case, found in kept("ablation").items()}
    behind = {case: middle["LSTM", case[1]] - score for case, score in middle.items()}

    def lag(variant, task):
        return value(f"kept: {task}, {variant}, behind the LSTM by", behind[variant, task])
    needs = (("f = 1", "endless"), ("i = 1", "adding"), ("i = 1", "marked"), ("o = 1", "secret"), ("RNN", "recall"),
             ("GRU", "secret"))
    least = {variant: value(f"kept: {variant}, behind the LSTM by at least",
                            min(behind[variant, task] for task in LESSONS)) for variant in VARIANTS}
    return (*(lag(*pair) > 0.1 for pair in needs),
            *(found > 0.02 if variant == "f = 0" else found < 0.02 for variant, found in least.items()),
            lag("f = 1", "counting") < -0.3, lag("GRU", "adding") < 0, lag("CIFG", "adding") < 0)
