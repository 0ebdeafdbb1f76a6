"""Exercises of chapter 07, the output gate."""

import numpy as np

from ..cells import LSTM, State, join, sigmoid
from ..judge import Exercise, Mistake, Puzzle, rows_of_symbols
from .affine import affine, gate_inputs
from .sheet import HIDDEN, OUTPUT

# --- exercises and puzzles ----------------------------------------------------------------------------------


def output_gate(W_o, b_o, h, x):
    """The output gate o = σ(W_o·[h, x] + b_o): how much of the memory is said.

    W_o (H, H+D), b_o (H, 1), h (H, B) the hidden state of the moment before (not the cell state), x (D, B)
    the input; returns o (H, B), each number between 0 (silent) and 1 (all is said).
    """
    return sigmoid(W_o @ join(h, x) + b_o)


def hidden(o, c):
    """What the cell says: h = o * tanh(c), unit by unit.

    o (H, B) the output gate, c (H, B) the new cell state, of any size; returns h (H, B), each number between
    -1 and 1.
    """
    return o * np.tanh(c)


def gate_and_memory(rng, n):
    """o between 0 and 1, a memory beyond 1."""
    yield rng.uniform(0.05, 0.95, (n.H, n.B)), 2 * rng.normal(size=(n.H, n.B))


EXERCISES = (
    Exercise(output_gate, gate_inputs, "o", "(H, B)", affine("o", "W_o", "b_o"), OUTPUT),
    Exercise(hidden, gate_and_memory, "h", "(H, B)", (
        Mistake("no tanh", ("o * np.tanh(c)", "o * c"),
                ("the tanh is missing: c can count to 50, and h would be as large.",
                 "What happens to c before the gate lets it through?"),
                ("il manque le tanh : c peut compter jusqu'à 50, et h serait aussi grand.",
                 "Que devient c avant que la porte ne le laisse passer ?")),
        Mistake("tanh of the gate", ("o * np.tanh(c)", "np.tanh(o) * c"),
                ("tanh is put around o; it belongs around c. o is a gate already.",
                 "Which of the two can be larger than 1?"),
                ("tanh entoure o ; il doit entourer c. o est déjà une porte.",
                 "Lequel des deux peut dépasser 1 ?")),
        Mistake("tanh of the product", ("o * np.tanh(c)", "np.tanh(o * c)"),
                ("the gate is applied before the tanh: a large memory would slip through a half-shut "
                 "gate.", "Which comes first, tanh or o? Look at the brackets."),
                ("la porte agit avant le tanh : une grande mémoire passerait à travers une porte à demi "
                 "fermée.",
                 "Qui vient d'abord, tanh ou o ? Regardez les parenthèses.")),
        Mistake("both bent", ("o * np.tanh(c)", "np.tanh(o) * np.tanh(c)"),
                ("o is bent a second time: it is a gate already.", "Around which of the two does the sheet "
                                                                   "put a tanh?"),
                ("o est écrasée une seconde fois : c'est déjà une porte.",
                 "Autour duquel des deux la fiche met-elle un tanh ?")),
        Mistake("σ for tanh", ("np.tanh(c)", "sigmoid(c)"),
                ("you bend c with σ: h could then never be negative.", "Which function goes from −1 to 1?"),
                ("vous écrasez c avec σ : h ne pourrait jamais être négatif.",
                 "Quelle fonction va de −1 à 1 ?")),
        Mistake("gate bent again", ("o * np.tanh(c)", "sigmoid(o) * np.tanh(c)"),
                ("o is already a gate, bent by σ; you bend it a second time.", "o comes in between 0 and 1."),
                ("o est déjà une porte, passée par σ ; vous l'écrasez une seconde fois.",
                 "o arrive entre 0 et 1.")),
        Mistake("no gate", ("o * np.tanh(c)", "np.tanh(c)"),
                ("the gate is forgotten: the cell says everything it keeps.",
                 "What should h be when o is 0?"),
                ("la porte est oubliée : la cellule dit tout ce qu'elle garde.",
                 "Que doit valoir h quand o vaut 0 ?")),
        Mistake("o from c", ("o * np.tanh(c)", "sigmoid(c) * np.tanh(c)"),
                ("you make the gate out of c; o is an argument, made out of h and x.", "Is o used at all?"),
                ("vous fabriquez la porte à partir de c ; o est un argument, fait de h et x.",
                 "o sert-elle à quelque chose ?")),
        Mistake("sum", ("o * np.tanh(c)", "o + np.tanh(c)"),
                ("you add; a gate lets through by multiplying.", "What should h be when o is 0?"),
                ("vous additionnez ; une porte laisse passer en multipliant.",
                 "Que doit valoir h quand o vaut 0 ?")),
        Mistake("1 - o", ("o * np", "(1 - o) * np"),
                ("you let through what the gate holds back: 1 − o for o.", "o = 1 says all."),
                ("vous laissez passer ce que la porte retient : 1 − o au lieu de o.", "o = 1 dit tout.")),
        Mistake("matrix product", ("o * np.tanh(c)", "o @ np.tanh(c)"),
                ("`@` is the product of matrices; the gate acts unit by unit, number by number.",
                 "o and c have the same shape (H, B), and so has h."),
                ("`@` est le produit de matrices ; la porte agit unité par unité, nombre par nombre.",
                 "o et c ont la même forme (H, B), et h aussi.")),
        Mistake("slope", ("np.tanh(c)", "(1 - np.tanh(c)**2)"),
                ("1 − tanh² is the slope, for the way back; here tanh itself is asked.",
                 "Nothing is differentiated in this exercise."),
                ("1 − tanh² est la pente, pour la rétropropagation ; on demande ici tanh "
                 "elle-même.", "Rien n'est dérivé dans cet exercice.")),
        Mistake("ReLU", ("np.tanh(c)", "np.maximum(c, 0)"),
                ("you bend c with ReLU: never negative, and without an upper end.",
                 "Which function goes from −1 to 1?"),
                ("vous écrasez c avec ReLU : jamais négatif, et sans plafond.",
                 "Quelle fonction va de −1 à 1 ?")),
        Mistake("clipped", ("np.tanh(c)", "np.clip(c, -1, 1)"),
                ("you cut c off at ±1; tanh bends it smoothly.", "`np.tanh`."),
                ("vous coupez c à ±1 ; tanh l'infléchit en douceur.", "`np.tanh`.")),
        Mistake("tan", ("np.tanh", "np.tan"),
                ("`tan` is the tangent of an angle; the hyperbolic one is called `tanh`.",
                 "One letter is missing."),
                ("`tan` est la tangente d'un angle ; l'hyperbolique s'appelle `tanh`.",
                 "Il manque une lettre.")),
        Mistake("tanh twice", ("np.tanh(c)", "np.tanh(np.tanh(c))"),
                ("tanh is applied twice to c.", "How many tanh are there on the sheet?"),
                ("tanh est appliquée deux fois à c.", "Combien de tanh y a-t-il sur la fiche ?")),
        Mistake("outer tanh", ("o * np.tanh(c)", "np.tanh(o * np.tanh(c))"),
                ("there is one tanh too many, around the whole.", "How many tanh are there on the sheet?"),
                ("il y a un tanh de trop, autour de l'ensemble.", "Combien de tanh y a-t-il sur la fiche ?")),
        Mistake("magnitude", ("np.tanh(c)", "np.abs(np.tanh(c))"),
                ("the sign of c is lost.", "Is there an `abs` too many?"),
                ("le signe de c est perdu.", "Y a-t-il un `abs` de trop ?")),
        Mistake("a switch", ("o * np.tanh(c)", "np.where(o > 0.5, np.tanh(c), 0)"),
                ("your gate is a switch; half open, it should say half.",
                 "Nothing is compared with 0.5 here."),
                ("votre porte est un interrupteur ; à moitié ouverte, elle doit dire la "
                 "moitié.", "Ici, rien n'est comparé à 0,5.")),
    ), HIDDEN),
)


def when_asked(W, b):
    """One LSTM unit that keeps a secret, +1 or -1, and says it only when asked.

    At each step comes x = [v, store, ask]: v is +1 or -1; with store = 1 it is the new secret, which takes
    the place of the old one; else it is noise. With ask = 1 the unit must say the secret in that very moment:
    h above 0.5 for +1, below -0.5 for -1 (a secret stored in the same moment counts). In every other moment,
    and as long as nothing has been stored, it must be silent: h between -0.2 and 0.2. For 20 steps; h and c
    are 0 at the start. Returns W (4, 1, 4), for the gates f, i, o, g, whose columns meet h, v, store, ask;
    and b (4, 1, 1).
    """
    for rows in rows_of_symbols(8, 20, np.random.default_rng(7)):
        B = rows.shape[1]
        s, secret = State(np.zeros((1, B)), np.zeros((1, B))), np.zeros(B)
        for t, symbol in enumerate(rows):
            v, store, ask = 2 * (symbol & 1) - 1, symbol >> 1 & 1, symbol >> 2
            s, _ = LSTM.step({"W": W, "b": b}, s, np.stack([v, store, ask]).astype(float))
            secret = np.where(store, v, secret)
            wanted, h = secret * ask, s.h[0]
            bad = np.flatnonzero(np.where(wanted == 0, np.abs(h) > 0.2, h * wanted <= 0.5))
            if bad.size:
                k = bad[0]
                en = ", ".join(_told(q, ("noise", "store", "ask")) for q in rows[:t + 1, k])
                fr = ", ".join(_told(q, ("bruit", "garde", "question")) for q in rows[:t + 1, k])
                told = ((f"the secret {wanted[k]:+.0f} was asked for",
                         f"on demandait le secret {wanted[k]:+.0f}")
                        if wanted[k] else ("it should be silent", "elle devrait se taire"))
                return (f"after “{en}” h is {h[k]:.2f}: {told[0]}.", f"après « {fr} », h vaut {h[k]:.2f} : "
                                                                     f"{told[1]}.")
    return None


def _told(symbol, words):
    noise, store, ask = words
    value = f"{'+' if symbol & 1 else '−'}1"
    return (f"{store} {value}" if symbol & 2 else f"{noise} {value}") + (f" + {ask}" if symbol & 4 else "")


def when_asked_weights():
    """An accepted answer."""
    W, b = np.zeros((4, 1, 4)), np.zeros((4, 1, 1))
    W[0, 0, 2], b[0] = -20, 10   # what is there is kept, until something new is stored
    W[1, 0, 2], b[1] = 20, -10   # written only with store
    W[2, 0, 3], b[2] = 20, -10   # said only with ask
    W[3, 0, 1] = 5               # what is written is v
    return W, b


PUZZLES = (
    Puzzle(when_asked_weights, {"W": (4, 1, 4), "b": (4, 1, 1)}, when_asked, (
        "Give each gate one question. f: is nothing new stored? i: is something stored? o: am I asked? And "
        "g: what is v? A gate that is shut "
        "until its signal comes has a bias near −10 and a weight near 20 on that signal.", HIDDEN[0]), (
        "Donnez une question à chaque porte. f : rien de nouveau à garder ? i : faut-il garder ? o : me "
        "demande-t-on ? Et g : que vaut v ? "
        "Une porte fermée jusqu'à son signal a un biais proche de −10 et un poids proche de 20 sur ce "
        "signal.", HIDDEN[1])),
)
