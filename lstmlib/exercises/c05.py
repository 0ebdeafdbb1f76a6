"""Exercises of chapter 05, the input gate."""

import numpy as np

from ..cells import join, sigmoid
from ..judge import Exercise, Mistake, Puzzle, rows_of_symbols
from .affine import affine, gate_inputs
from .sheet import CANDIDATE, INPUT, WRITTEN

# --- exercises and puzzles ----------------------------------------------------------------------------------


def input_gate(W_i, b_i, h, x):
    """The input gate i = σ(W_i·[h, x] + b_i): whether to store.

    W_i (H, H+D), b_i (H, 1), h (H, B) the hidden state of the moment before, x (D, B) the input; returns i
    (H, B), each number between 0 (nothing is written) and 1 (all is).
    """
    return sigmoid(W_i @ join(h, x) + b_i)


def candidate(W_g, b_g, h, x):
    """The candidate g = tanh(W_g·[h, x] + b_g), c̃ on the sheet: what to store, if it is stored.

    W_g (H, H+D), b_g (H, 1), h (H, B), x (D, B); returns g (H, B), each number between -1 and 1.
    """
    return np.tanh(W_g @ join(h, x) + b_g)


def written(i, g):
    """What is added to the memory: the candidate g, let through by the input gate i, unit by unit.

    i (H, B) between 0 and 1, g (H, B) between -1 and 1; returns an array (H, B).
    """
    return i * g


def gate_and_candidate(rng, n):
    """i between 0 and 1, g between -1 and 1."""
    yield rng.uniform(0.05, 0.95, (n.H, n.B)), rng.uniform(-1, 1, (n.H, n.B))


EXERCISES = (
    Exercise(input_gate, gate_inputs, "i", "(H, B)", affine("i", "W_i", "b_i"), INPUT),
    Exercise(candidate, gate_inputs, "g", "(H, B)", affine("g", "W_g", "b_g", bend="tanh"), CANDIDATE),
    Exercise(written, gate_and_candidate, "written", "(H, B)", (
        Mistake("added", ("i * g", "i + g"),
                ("you add i and g; a gate lets through by multiplying: i = 0 must let nothing pass.",
                 "With i = 0, what does your function write?"),
                ("vous additionnez i et g ; une porte laisse passer en multipliant : i = 0 ne doit rien "
                 "laisser passer.",
                 "Avec i = 0, qu'écrit votre fonction ?")),
        Mistake("matrix product", ("i * g", "i @ g"),
                ("`@` is the product of matrices; the gate acts unit by unit, number by number.",
                 "i and g have the same shape (H, B), and so has the result."),
                ("`@` est le produit de matrices ; la porte agit unité par unité, nombre par nombre.",
                 "i et g ont la même forme (H, B), et le résultat aussi.")),
        Mistake("all products", ("i * g", "i @ g.T"),
                ("each unit is multiplied with every other, (H, H); the gate of a unit acts on that unit "
                 "alone.",
                 "i and g have the same shape (H, B), and so has the result."),
                ("chaque unité est multipliée avec toutes les autres, (H, H) ; la porte d'une unité n'agit "
                 "que sur elle.",
                 "i et g ont la même forme (H, B), et le résultat aussi.")),
        Mistake("summed", ("i * g", "(i * g).sum(0)"),
                ("the products are summed over the units; each unit has its own memory.",
                 "Nothing is summed here."),
                ("les produits sont sommés sur les unités ; chaque unité a sa propre mémoire.",
                 "Ici, rien n'est sommé.")),
        Mistake("summed entirely", ("i * g", "(i * g).sum()"),
                ("all products are summed into one number; each unit has its own memory.",
                 "Nothing is summed here."),
                ("tous les produits sont sommés en un seul nombre ; chaque unité a sa propre "
                 "mémoire.", "Ici, rien n'est sommé.")),
        Mistake("1 - i", ("i * g", "(1 - i) * g"),
                ("you let through what the gate holds back: 1 − i for i.", "i = 1 is an open gate."),
                ("vous laissez passer ce que la porte retient : 1 − i au lieu de i.",
                 "i = 1 est une porte ouverte.")),
        Mistake("g alone", ("i * g", "g"),
                ("the gate is forgotten: everything is written.", "What should happen when i is 0?"),
                ("la porte est oubliée : tout s'écrit.", "Que doit-il se passer quand i vaut 0 ?")),
        Mistake("i alone", ("i * g", "i"),
                ("you return the gate: it says whether, not what.", "What is let through the gate?"),
                ("vous renvoyez la porte : elle dit si l'on écrit, pas quoi.",
                 "Qu'est-ce qui passe par la porte ?")),
        Mistake("bent again", ("i * g", "i * np.tanh(g)"),
                ("g is already bent by tanh; you bend it a second time.",
                 "g comes in as a candidate, between −1 and 1."),
                ("g est déjà passé par tanh ; vous l'écrasez une seconde fois.",
                 "g arrive comme candidat, entre −1 et 1.")),
        Mistake("gate bent again", ("i * g", "sigmoid(i) * g"),
                ("i is already a gate, bent by σ; you bend it a second time.", "i comes in between 0 and 1."),
                ("i est déjà une porte, passée par σ ; vous l'écrasez une seconde fois.",
                 "i arrive entre 0 et 1.")),
        Mistake("both bent again", ("i * g", "sigmoid(i) * np.tanh(g)"),
                ("i and g are bent already; you bend both a second time.",
                 "They come in as a gate and a candidate: only the sign between is missing."),
                ("i et g sont déjà passés par σ et tanh ; vous les écrasez une seconde fois.",
                 "Ils arrivent comme porte et candidat : il ne manque que l'opération entre les deux.")),
        Mistake("product bent", ("i * g", "np.tanh(i * g)"),
                ("the product is bent again; what is written goes into the memory as it is.",
                 "No tanh stands around i * c̃ on the sheet."),
                ("le produit est encore écrasé ; ce qui s'écrit entre tel quel dans la mémoire.",
                 "Sur la fiche, pas de tanh autour de i * c̃.")),
        Mistake("magnitude", ("i * g", "i * np.abs(g)"),
                ("the sign of g is lost: a memory must also be able to go down.",
                 "Is there an `abs` too many?"),
                ("le signe de g est perdu : une mémoire doit aussi pouvoir diminuer.",
                 "Y a-t-il un `abs` de trop ?")),
        Mistake("a switch", ("i * g", "np.where(i > 0.5, g, 0)"),
                ("your gate is a switch; it should let through a share: half open, half is "
                 "written.", "Nothing is compared with 0.5 here."),
                ("votre porte est un interrupteur ; elle doit laisser passer une part : à moitié "
                 "ouverte, la moitié s'écrit.",
                 "Ici, rien n'est comparé à 0,5.")),
        Mistake("difference", ("i * g", "i - g"),
                ("you subtract; a gate lets through by multiplying.", "With i = 0, what does your function "
                                                                      "write?"),
                ("vous soustrayez ; une porte laisse passer en multipliant.",
                 "Avec i = 0, qu'écrit votre fonction ?")),
        Mistake("minus", ("i * g", "-i * g"),
                ("the sign is turned round.", "Is there a minus too many?"),
                ("le signe est inversé.", "Y a-t-il un moins de trop ?")),
        Mistake("quotient", ("i * g", "g / i"),
                ("you divide by the gate; an almost closed gate would then write a huge number.",
                 "A gate lets through by multiplying."),
                ("vous divisez par la porte ; une porte presque fermée écrirait alors un nombre "
                 "énorme.", "Une porte laisse passer en multipliant.")),
        Mistake("mean", ("i * g", "(i + g) / 2"),
                ("you take the mean of i and g; a gate lets through by multiplying.",
                 "With i = 0, what does your function write?"),
                ("vous faites la moyenne de i et g ; une porte laisse passer en multipliant.",
                 "Avec i = 0, qu'écrit votre fonction ?")),
    ), WRITTEN),
)


def first_symbol(W, b):
    """Two units that store the first symbol seen, A or B, and ignore the rest.

    At each step comes an A, x = [1, 0], or a B, x = [0, 1], or nothing, x = [0, 0]. Nothing is forgotten: c_t
    = c_{t-1} + i_t * g_t, h_t = tanh(c_t), both 0 at the start. You choose the input gate and the candidate
    of both units: i = σ(W[0]·[h, x] + b[0]), g = tanh(W[1]·[h, x] + b[1]). For 20 steps, after every step:
    h[0] must be above 0.5 if the first symbol was an A, else below 0.5; h[1] above 0.5 if it was a B, else
    below 0.5. Returns W (2, 2, 4), whose rows are the two units, and whose columns meet h[0], h[1], x[0],
    x[1]; and b (2, 2, 1).
    """
    for rows in rows_of_symbols(3, 20, np.random.default_rng(5)):
        c, first = np.zeros((2, rows.shape[1])), np.zeros(rows.shape[1], int)
        for t, symbol in enumerate(rows):
            z = join(np.tanh(c), np.stack([symbol == 1, symbol == 2]))
            c = c + sigmoid(W[0] @ z + b[0]) * np.tanh(W[1] @ z + b[1])
            first = np.where(first == 0, symbol, first)
            h = np.tanh(c)
            bad = np.flatnonzero(((h > 0.5) != np.stack([first == 1, first == 2])).any(0))
            if bad.size:
                k = bad[0]
                row = " ".join("–AB"[s] for s in rows[:t + 1, k])
                told, dit = (f"({h[0, k]:.2f}{mark} {h[1, k]:.2f})" for mark in (",", " ;"))
                wanted = f"h[0] {'>' if first[k] == 1 else '<'} 0.5, h[1] {'>' if first[k] == 2 else '<'} 0.5"
                en, fr = ((f"the first symbol was {'–AB'[first[k]]}", f"le premier symbole était "
                                                                      f"{'–AB'[first[k]]}") if first[k]
                          else ("nothing has come yet", "rien n'est encore venu"))
                return (f"after “{row}” (– is nothing) h is {told}; wanted is {wanted}, as {en}.",
                        f"après « {row} » (– : rien), h vaut {dit} ; on veut {wanted}, "
                        f"car {fr}.")
    return None


def first_symbol_weights():
    """An accepted answer."""
    W = np.zeros((2, 2, 4))
    W[0, :, :2] = -20            # whatever is remembered shuts both gates
    W[1, 0, 2] = W[1, 1, 3] = 5  # A goes to the first unit, B to the second
    b = np.zeros((2, 2, 1))
    b[0] = 5
    return W, b


PUZZLES = (
    Puzzle(first_symbol_weights, {"W": (2, 2, 4), "b": (2, 2, 1)}, first_symbol, (
        "What must happen to both gates as soon as one of the units holds something? The gates can see h. "
        "And which unit's candidate should "
        "listen to A, which to B?", WRITTEN[0]), (
        "Que doivent faire les deux portes dès qu'une des unités retient quelque chose ? Les portes voient "
        "h. Et le candidat de quelle "
        "unité doit écouter A, celui de quelle unité B ?", WRITTEN[1])),
)
