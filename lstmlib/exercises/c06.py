"""Exercises of chapter 06, the cell state."""

import numpy as np

from ..cells import sigmoid
from ..judge import Exercise, Mistake, Puzzle, rows_of_symbols
from .sheet import CELL

# --- exercises and puzzles ----------------------------------------------------------------------------------


def cell_update(f, c, i, g):
    """The new memory: what is kept of the old one, and what is added, unit by unit.

    f, i (H, B) the forget and the input gate, c (H, B) the old cell state, g (H, B) the candidate; returns
    the new cell state (H, B), of any size: nothing is squashed. The old c must be left as it is.
    """
    return f * c + i * g


def carousel(fs):
    """How far a change of the memory is still felt at the last step, along the belt: ∂c_T/∂c_t, for all t.

    fs (T, H, B): fs[t] is the forget gate that made c[t] out of c[t-1]. Returns d (T, H, B), d[t] =
    ∂c[T-1]/∂c[t] along c alone (the paths through the gates are left out): the product of fs[t+1] … fs[T-1].
    So d[T-1] is 1.
    """
    d = np.ones_like(fs)
    for t in reversed(range(len(fs) - 1)):
        d[t] = d[t + 1] * fs[t + 1]
    return d


def cell_inputs(rng, n):
    """f, c, i, g: gates between 0 and 1, a memory beyond 1, a candidate between -1 and 1."""
    f, i = rng.uniform(0.05, 0.95, (2, n.H, n.B))
    yield f, 2 * rng.normal(size=(n.H, n.B)), i, rng.uniform(-1, 1, (n.H, n.B))


EXERCISES = (
    Exercise(cell_update, cell_inputs, "c", "(H, B)", (
        Mistake("squashed", ("f * c + i * g", "np.tanh(f * c + i * g)"),
                ("you squash the new memory with tanh; on the belt nothing is squashed, so that it can "
                 "count beyond 1 and keep for long.",
                 "Where does the sheet put a tanh around c? Not in this line."),
                ("vous écrasez la nouvelle mémoire avec tanh ; sur le tapis rien n'est écrasé : elle peut "
                 "compter au-delà de 1 et garder longtemps.",
                 "Où la fiche met-elle un tanh autour de c ? Pas dans cette ligne.")),
        Mistake("f on all", ("f * c + i * g", "f * (c + i * g)"),
                ("f is applied to the new part too: it would be forgotten before it has been kept "
                 "once.", "What does f multiply? Look at the brackets."),
                ("f s'applique aussi à la partie nouvelle : elle serait oubliée avant d'avoir été gardée.",
                 "Que multiplie f ? Regardez les parenthèses.")),
        Mistake("i on all", ("f * c + i * g", "i * (f * c + g)"),
                ("i is applied to the old part too: a closed input gate would then erase the "
                 "memory.", "What does i multiply? Look at the brackets."),
                ("i s'applique aussi à l'ancienne partie : une porte d'entrée fermée effacerait alors la "
                 "mémoire.",
                 "Que multiplie i ? Regardez les parenthèses.")),
        Mistake("gates swapped", ("f * c + i * g", "i * c + f * g"),
                ("f and i are swapped: the forget gate belongs to the old memory, the input gate to the "
                 "candidate.",
                 "Which gate asks “keep?”, which asks “write?”"),
                ("f et i sont échangées : la porte d'oubli va avec l'ancienne mémoire, la porte d'entrée "
                 "avec le candidat.",
                 "Quelle porte demande « garder ? », laquelle « écrire ? »")),
        Mistake("1 - f", ("f * c", "(1 - f) * c"),
                ("you keep 1 − f; but f is what is kept: f = 1 keeps all, in spite of its name.",
                 "What should f = 1 do to c?"),
                ("vous gardez 1 − f ; or f est ce qui reste : malgré son nom, f = 1 garde tout.",
                 "Que doit faire f = 1 à c ?")),
        Mistake("i = 1 - f", ("i * g", "(1 - f) * g"),
                ("you write with 1 − f instead of i: that is another cell (CIFG), with one gate "
                 "less.", "i is an argument of its own."),
                ("vous écrivez avec 1 − f au lieu de i : c'est une autre cellule (CIFG), avec une porte de "
                 "moins.",
                 "i est un argument à part entière.")),
        Mistake("no f", ("f * c", "c"),
                ("f does nothing: the memory can never be emptied (the cell of 1997).",
                 "What multiplies the old c?"),
                ("f ne fait rien : la mémoire ne peut jamais se vider (la cellule de 1997).",
                 "Qu'est-ce qui multiplie l'ancien c ?")),
        Mistake("no i", ("i * g", "g"),
                ("i does nothing: every candidate is written, wanted or not.",
                 "What multiplies the candidate?"),
                ("i ne fait rien : chaque candidat s'écrit, voulu ou non.",
                 "Qu'est-ce qui multiplie le candidat ?")),
        Mistake("no old part", ("f * c + i * g", "i * g"),
                ("the old memory is gone: c is overwritten by the new part before it is used.",
                 "Two things are added on the sheet."),
                ("l'ancienne mémoire a disparu : c est remplacé par la partie nouvelle avant d'avoir servi.",
                 "Sur la fiche, deux choses s'additionnent.")),
        Mistake("no new part", ("f * c + i * g", "f * c"),
                ("nothing new is written.", "Two things are added on the sheet."),
                ("rien de nouveau ne s'écrit.", "Sur la fiche, deux choses s'additionnent.")),
        Mistake("new part first", ("f * c + i * g", "f * (i * g) + i * g"),
                ("c is overwritten by the new part before the old one is used.",
                 "Which c does f multiply: the one that came in?"),
                ("c est remplacé par la partie nouvelle avant que l'ancienne ait servi.",
                 "Quel c est multiplié par f : celui qui est arrivé ?")),
        Mistake("minus", ("f * c + i * g", "f * c - i * g"),
                ("the new part is subtracted; its sign is the candidate's own affair.",
                 "Which sign stands between the two halves?"),
                ("la partie nouvelle est soustraite ; son signe est l'affaire du candidat.",
                 "Quel signe y a-t-il entre les deux moitiés ?")),
        Mistake("i + g", ("i * g", "i + g"),
                ("i and g are added; a gate lets through by multiplying.", "What does i = 0 let through?"),
                ("i et g sont additionnés ; une porte laisse passer en multipliant.",
                 "Que laisse passer i = 0 ?")),
        Mistake("f + c", ("f * c", "f + c"),
                ("f and c are added; a gate lets through by multiplying.", "What does f = 0 leave of c?"),
                ("f et c sont additionnés ; une porte laisse passer en multipliant.",
                 "Que reste-t-il de c avec f = 0 ?")),
        Mistake("product of both", ("f * c + i * g", "f * c * i * g"),
                ("the two halves are multiplied; the new part is *added* to what is kept.",
                 "The plus is what lets gradients live."),
                ("les deux moitiés sont multipliées ; la partie nouvelle *s'ajoute* à ce qui "
                 "reste.", "C'est le plus qui garde les gradients en vie.")),
        Mistake("candidate bent again", ("i * g", "i * np.tanh(g)"),
                ("g is already bent by tanh; you bend it a second time.",
                 "g comes in as a candidate, between −1 and 1."),
                ("g est déjà passé par tanh ; vous l'écrasez une seconde fois.",
                 "g arrive comme candidat, entre −1 et 1.")),
        Mistake("old part squashed", ("f * c", "f * np.tanh(c)"),
                ("the old memory is squashed on its way; on the belt nothing is.", "f multiplies c itself."),
                ("l'ancienne mémoire est écrasée en chemin ; sur le tapis rien ne l'est.",
                 "f multiplie c lui-même.")),
        Mistake("gates bent again", ("f * c + i * g", "sigmoid(f) * c + sigmoid(i) * g"),
                ("f and i are gates already, bent by σ; you bend them a second time.",
                 "They come in between 0 and 1."),
                ("f et i sont déjà des portes, passées par σ ; vous les écrasez une seconde "
                 "fois.", "Elles arrivent entre 0 et 1.")),
        Mistake("matrix products", ("f * c + i * g", "f @ c + i @ g"),
                ("`@` is the product of matrices; gates act unit by unit, number by number.",
                 "All four have the shape (H, B), and so has the result."),
                ("`@` est le produit de matrices ; les portes agissent unité par unité, nombre par nombre.",
                 "Les quatre ont la forme (H, B), et le résultat aussi.")),
        Mistake("c for the candidate", ("i * g", "i * np.tanh(c)"),
                ("what is written is made of the old c; it should be the candidate g.",
                 "What does i let through?"),
                ("ce qui s'écrit est fait de l'ancien c ; ce doit être le candidat g.",
                 "Que laisse passer i ?")),
        Mistake("old part twice", ("f * c + i * g", "c + f * c + i * g"),
                ("the old memory goes in twice: once as it is, once through f. `c += f * c + …` does "
                 "that.", "Count the c's in your sum."),
                ("l'ancienne mémoire entre deux fois : telle quelle, et à travers f. C'est ce que fait `c "
                 "+= f * c + …`.",
                 "Comptez les c de votre somme.")),
        Mistake("averaged", ("f * c + i * g", "(f * c + i * g) / (f + i)"),
                ("you divide by f + i: a weighted mean. The memory is a sum, and may grow.",
                 "Nothing is divided on the sheet."),
                ("vous divisez par f + i : une moyenne pondérée. La mémoire est une somme, et peut "
                 "croître.", "Sur la fiche, rien n'est divisé.")),
    ), CELL),
    Exercise(carousel, lambda rng, n: iter([(rng.uniform(0.3, 1.0, (n.T, n.H, n.B)),)]), "d", "(T, H, B)", (
        Mistake("wrong direction", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = d[t + 1] * "
                                    "fs[t + 1]\n    return d",
                                    "    return np.cumprod(fs, axis=0)"),
                ("you multiply from the first step on: fs[0] … fs[t]. What happens to c[t] *afterwards* "
                 "counts: fs[t+1] … fs[T-1].",
                 "d[T-1] should be 1 and d[0] the longest product. From which end must the product grow?"),
                ("vous multipliez à partir du premier pas : fs[0] … fs[t]. Ce qui compte, c'est ce qui "
                 "arrive à c[t] *après* : fs[t+1] … fs[T-1].",
                 "d[T-1] doit valoir 1 et d[0] être le produit le plus long. De quel bout le produit "
                 "doit-il grandir ?")),
        Mistake("off by one", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = d[t + 1] * fs[t "
                               "+ 1]\n    return d",
                               "    return np.cumprod(fs[::-1], axis=0)[::-1]"),
                ("one factor too many: fs[t] made c[t] and lies behind it; the product begins at fs[t+1].",
                 "What is ∂c[T-1]/∂c[T-1]?"),
                ("un facteur de trop : fs[t] a fabriqué c[t], il est derrière lui ; le produit commence à "
                 "fs[t+1].",
                 "Que vaut ∂c[T-1]/∂c[T-1] ?")),
        Mistake("off by one, the other way", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = "
                                              "d[t + 1] * fs[t + 1]\n    return d",
                                              "    for t in range(len(fs) - 1):\n        d[t] = "
                                              "np.prod(fs[t + 2:], axis=0)\n    return d"),
                ("one factor too few: fs[t+1], which carries c[t] to c[t+1], is missing.",
                 "What is ∂c[T-1]/∂c[T-2]?"),
                ("un facteur de moins : il manque fs[t+1], qui mène de c[t] à c[t+1].",
                 "Que vaut ∂c[T-1]/∂c[T-2] ?")),
        Mistake("last step forgotten", ("d[t + 1] * fs[t + 1]", "d[t + 1] * fs[t]"),
                ("the factor that carries c[t] to c[t+1] is fs[t+1], not fs[t].",
                 "fs[t] made c[t] out of c[t-1]."),
                ("le facteur qui mène de c[t] à c[t+1] est fs[t+1], et non fs[t].",
                 "fs[t] a fabriqué c[t] à partir de c[t-1].")),
        Mistake("before t", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = d[t + 1] * fs[t + "
                             "1]\n    return d", "    return np.stack([np.prod(fs[:t], axis=0) for t in "
                                                 "range(len(fs))])"),
                ("you multiply the gates *before* t; those after t count.",
                 "What happens to c[t] on its way to the last step?"),
                ("vous multipliez les portes *avant* t ; ce sont celles d'après qui comptent.",
                 "Qu'arrive-t-il à c[t] sur son chemin vers le dernier pas ?")),
        Mistake("one factor", ("d[t + 1] * fs[t + 1]", "fs[t + 1]"),
                ("only one factor each: the product of all later gates is asked.",
                 "How does c[t] travel to the very last step?"),
                ("un seul facteur chaque fois : on demande le produit de toutes les portes suivantes.",
                 "Comment c[t] voyage-t-il jusqu'au tout dernier pas ?")),
        Mistake("sum", ("d[t + 1] * fs[t + 1]", "d[t + 1] + fs[t + 1]"),
                ("you add the gates; along the belt they multiply.", "The chain rule multiplies what stands "
                                                                     "one behind the other."),
                ("vous additionnez les portes ; le long du tapis elles se multiplient.",
                 "La règle de la chaîne multiplie ce qui se suit.")),
        Mistake("sum from 0", ("    d = np.ones_like(fs)", "    d = np.zeros_like(fs)",
                               "d[t + 1] * fs[t + 1]", "d[t + 1] + fs[t + 1]"),
                ("you add the gates that follow; along the belt they multiply.",
                 "The chain rule multiplies what stands one behind the other."),
                ("vous additionnez les portes qui suivent ; le long du tapis elles se multiplient.",
                 "La règle de la chaîne multiplie ce qui se suit.")),
        Mistake("zeros at the start", ("np.ones_like(fs)", "np.zeros_like(fs)"),
                ("all is 0: a product that begins with 0 stays 0.", "What is d[T-1]?"),
                ("tout vaut 0 : un produit qui commence par 0 reste nul.", "Que vaut d[T-1] ?")),
        Mistake("running sum", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = d[t + 1] * fs[t "
                                "+ 1]\n    return d",
                                "    return np.cumsum(fs, axis=0)"),
                ("you add the gates, from the first step on; along the belt they multiply, from the last "
                 "step back.",
                 "The chain rule multiplies what stands one behind the other."),
                ("vous additionnez les portes, à partir du premier pas ; le long du tapis elles se "
                 "multiplient, en remontant du dernier.",
                 "La règle de la chaîne multiplie ce qui se suit.")),
        Mistake("all of them", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = d[t + 1] * fs[t "
                                "+ 1]\n    return d",
                                "    return np.prod(fs, axis=0)"),
                ("that is one product over all steps; a value for each t is asked.",
                 "The result has the shape (T, H, B)."),
                ("c'est un seul produit sur tous les pas ; on demande une valeur pour chaque t.",
                 "Le résultat a la forme (T, H, B).")),
        Mistake("not turned back", ("    return d", "    return d[::-1]"),
                ("your products are right, but in the wrong order: d[0] must be the longest product, d[T-1] "
                 "is 1.",
                 "If you build the list from the end, turn it round before you return it."),
                ("vos produits sont justes, mais dans le mauvais ordre : d[0] doit être le produit le plus "
                 "long, d[T-1] vaut 1.",
                 "Si vous construisez la liste par la fin, retournez-la avant de la renvoyer.")),
        Mistake("off by one and not turned back", ("    for t in reversed(range(len(fs) - 1)):\n        "
                                                   "d[t] = d[t + 1] * fs[t + 1]\n    return d",
                                                   "    return np.cumprod(fs[::-1], axis=0)"),
                ("two things: the product must begin at fs[t+1], and d[0] must be the longest one, not the "
                 "shortest.",
                 "What is d[T-1]? What is d[0]?"),
                ("deux choses : le produit doit commencer à fs[t+1], et d[0] doit être le plus long, pas le "
                 "plus court.",
                 "Que vaut d[T-1] ? Et d[0] ?")),
        Mistake("along the units", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = d[t + 1] * "
                                    "fs[t + 1]\n    return d",
                                    "    return np.cumprod(fs, axis=1)"),
                ("the product runs over the units; it should run over time, the first axis.",
                 "Which axis of (T, H, B) is time?"),
                ("le produit court sur les unités ; il doit courir sur le temps, le premier axe.",
                 "Quel axe de (T, H, B) est le temps ?")),
        Mistake("along everything", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = d[t + 1] * "
                                     "fs[t + 1]\n    return d",
                                     "    return np.cumprod(fs)"),
                ("without an axis, `np.cumprod` runs through all numbers as one long row.",
                 "Name the axis of time."),
                ("sans axe, `np.cumprod` parcourt tous les nombres comme une seule longue ligne.",
                 "Nommez l'axe du temps.")),
        Mistake("a state too many", ("    return d", "    return np.concatenate([(d[0] * fs[0])[None], d])"),
                ("you have T + 1 values: the first is for the state before the first step. d[0] is for "
                 "c[0], after it.",
                 "The result has the shape of fs."),
                ("vous avez T + 1 valeurs : la première concerne l'état d'avant le premier pas. d[0] "
                 "concerne c[0], celui d'après.",
                 "Le résultat a la forme de fs.")),
        Mistake("last one left out", ("    return d", "    return d[:-1]"),
                ("the last value is missing: d[T-1] = 1.", "The result has the shape of fs."),
                ("il manque la dernière valeur : d[T-1] = 1.", "Le résultat a la forme de fs.")),
        Mistake("with the slope of σ", ("d[t + 1] * fs[t + 1]", "d[t + 1] * fs[t + 1] * (1 - fs[t + 1])"),
                ("the slope f·(1 − f) is what a *gate* passes back; along the belt the factor is f itself: "
                 "that is the point of it.",
                 "Differentiate c_t = f_t * c_{t−1} + … by c_{t−1}."),
                ("la pente f·(1 − f) est ce que renvoie une *porte* ; le long du tapis, le facteur est f "
                 "lui-même : c'est tout l'intérêt.",
                 "Dérivez c_t = f_t * c_{t−1} + … par rapport à c_{t−1}.")),
        Mistake("powers", ("    for t in reversed(range(len(fs) - 1)):\n        d[t] = d[t + 1] * fs[t + "
                           "1]\n    return d",
                           "    return np.stack([fs[t] ** (len(fs) - 1 - t) for t in range(len(fs))])"),
                ("you raise one gate to a power; but each step has its own gate.",
                 "Multiply fs[t+1], fs[t+2], …: they all differ."),
                ("vous élevez une seule porte à une puissance ; or chaque pas a sa propre porte.",
                 "Multipliez fs[t+1], fs[t+2], … : elles diffèrent toutes.")),
    ), CELL, look=lambda f, fs: {"d": np.asarray(f(fs))}, backwards=True),
)


def brackets(W, b):
    """A counter of brackets, which rings when all that were opened are closed.

    At each step comes an opening bracket, x = [1, 0], a closing one, x = [0, 1], or another letter, x = [0,
    0]; never more are closed than were opened. One unit: c_t = f_t * c_{t-1} + i_t * g_t, h_t = tanh(c_t),
    both 0 at the start. You choose f, i = σ(…) and g = tanh(…) of W[k]·[h, x] + b[k]. After every step h must
    be below 0.5 if no bracket is open (the bell), above 0.5 if one or more are; up to ten deep, for 40 steps.
    Returns W (3, 1, 3), for f, i, g, whose columns meet h, x[0], x[1]; and b (3, 1, 1).
    """
    rng = np.random.default_rng(6)
    walks = [rows[:, _well_formed(rows)] for rows in rows_of_symbols(3, 7, rng)] + [_walk(rng, 40, 200)]
    for rows in walks:
        c, depth = np.zeros(rows.shape[1]), np.zeros(rows.shape[1], int)
        for t, symbol in enumerate(rows):
            a = W @ np.stack([np.tanh(c), symbol == 1, symbol == 2]) + b
            f, i = sigmoid(a[:2, 0])
            c = f * c + i * np.tanh(a[2, 0])
            depth = depth + (symbol == 1) - (symbol == 2)
            h = np.tanh(c)
            bad = np.flatnonzero((h > 0.5) != (depth > 0))
            if bad.size:
                k = bad[0]
                row = "".join("a()"[s] for s in rows[:t + 1, k])
                return (f"after “{row}” {depth[k]} are open and h is {h[k]:.2f}: "
                        + ("the bell rings too early." if depth[k] else
                           "the bell should ring, and does not."),
                        f"après « {row} », {depth[k]} restent ouvertes et h vaut {h[k]:.2f} : "
                        + ("la cloche sonne trop tôt." if depth[k] else
                           "la cloche devrait sonner, et ne sonne pas."))
    return None


def _well_formed(rows):
    return ((np.cumsum((rows == 1).astype(int) - (rows == 2), axis=0)) >= 0).all(0)


def _walk(rng, T, B):
    """Random rows that go up to ten deep and never below the ground."""
    rows, depth = np.zeros((T, B), int), np.zeros(B, int)
    for t in range(T):
        rows[t] = rng.choice(3, B, p=[0.1, 0.55, 0.35] if t < T // 2 else [0.1, 0.25, 0.65])
        rows[t] = np.where((rows[t] == 2) & (depth == 0) | (rows[t] == 1) & (depth == 10), 0, rows[t])
        depth += (rows[t] == 1).astype(int) - (rows[t] == 2)
    return rows


def brackets_weights():
    """An accepted answer."""
    W, b = np.zeros((3, 1, 3)), np.zeros((3, 1, 1))
    b[:2] = 20                   # nothing is forgotten, everything is written
    W[2, 0] = 0, 5, -5           # one up, one down
    return W, b


PUZZLES = (
    Puzzle(brackets_weights, {"W": (3, 1, 3), "b": (3, 1, 1)}, brackets, (
        "A count must not leak: σ(5) = 0.993 loses 7 % in ten steps, σ(20) nothing to speak of. An opening "
        "and a closing bracket must weigh exactly "
        "the same, with opposite signs.", CELL[0]), (
        "Un compte ne doit pas fuir : σ(5) = 0,993 perd 7 % en dix pas, σ(20) presque rien. Une parenthèse "
        "ouvrante et une fermante doivent peser "
        "exactement autant, avec des signes opposés.", CELL[1])),
)
