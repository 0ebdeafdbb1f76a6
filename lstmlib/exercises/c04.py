"""Exercises of chapter 04, the forget gate."""

import numpy as np

from ..cells import join, sigmoid
from ..judge import Exercise, Mistake, Puzzle, rows_of_symbols
from .affine import affine, gate_inputs
from .sheet import FILTER, FORGET

# --- exercises and puzzles ----------------------------------------------------------------------------------


def forget_gate(W_f, b_f, h, x):
    """The forget gate f = σ(W_f·[h, x] + b_f).

    W_f (H, H+D), b_f (H, 1), h (H, B) the hidden state of the moment before, x (D, B) the input; returns f
    (H, B), each number between 0 (forget) and 1 (keep). `sigmoid` and `join` (h over x) are in lstmlib.
    """
    return sigmoid(W_f @ join(h, x) + b_f)


def half_life(f):
    """The half-life of a memory multiplied by f at every step: after how many steps is half of it left?

    f: one number strictly between 0 and 1; returns one number, the n with f**n = 1/2 (a fraction, not
    rounded).
    """
    return -1 / np.log2(f)


def bias_for(half_life):
    """The forget gate's bias for a memory of this half-life, if nothing else speaks to the gate: f = σ(b).

    half_life: one number of steps, > 0; returns one number b, with half_life(σ(b)) = half_life.
    """
    f = 2 ** (-1 / half_life)
    return np.log(f / (1 - f))


EXERCISES = (
    Exercise(forget_gate, gate_inputs, "f", "(H, B)", affine("f", "W_f", "b_f"), FORGET),
    Exercise(half_life, lambda rng, n: ((float(f),) for f in rng.uniform(0.05, 0.995, 2)),
             "half_life", "()", (
        Mistake("natural log", ("np.log2(f)", "np.log(f)"),
                ("with the natural logarithm you get the time until 1/e = 37 % is left, not one half.",
                 "f**n = 1/2: take logarithms of both sides. In which base is the logarithm of 1/2 equal to "
                 "−1?"),
                ("avec le logarithme népérien, vous obtenez le temps au bout duquel il reste 1/e = 37 %, et "
                 "non la moitié.",
                 "f**n = 1/2 : prenez le logarithme des deux côtés. Dans quelle base le logarithme de 1/2 "
                 "vaut-il −1 ?")),
        Mistake("base 10", ("np.log2(f)", "np.log10(f)"),
                ("with the logarithm in base 10 you get the time until a tenth is left, not one half.",
                 "f**n = 1/2: in which base is the logarithm of 1/2 equal to −1?"),
                ("avec le logarithme décimal, vous obtenez le temps au bout duquel il reste un dixième, et "
                 "non la moitié.",
                 "f**n = 1/2 : dans quelle base le logarithme de 1/2 vaut-il −1 ?")),
        Mistake("sign lost", ("-1 / np", "1 / np"),
                ("your half-life is negative: the logarithm of a number below 1 is.",
                 "A time should be positive. Which sign is missing?"),
                ("votre demi-vie est négative : c'est le cas du logarithme d'un nombre inférieur à 1.",
                 "Une durée doit être positive. Quel signe manque-t-il ?")),
        Mistake("sign lost, natural log", ("-1 / np.log2(f)", "1 / np.log(f)"),
                ("two things: the sign (a time should be positive) and the base of the logarithm (you want "
                 "one half, not 1/e).",
                 "f**n = 1/2: take logarithms of both sides, and mind that log f < 0."),
                ("deux choses : le signe (une durée est positive) et la base du logarithme (on veut la "
                 "moitié, pas 1/e).",
                 "f**n = 1/2 : prenez le logarithme des deux côtés, en notant que log f < 0.")),
        Mistake("not inverted", ("-1 / np.log2(f)", "-np.log2(f)"),
                ("this is what is lost at each step, in halvings; you want its inverse, steps for one "
                 "halving.",
                 "With f = 0.99 the half-life is about 69 steps. What does yours give?"),
                ("c'est ce qui se perd à chaque pas, compté en moitiés ; on veut l'inverse : le nombre de "
                 "pas par moitié.",
                 "Avec f = 0,99, la demi-vie est d'environ 69 pas. Que donne la vôtre ?")),
        Mistake("1 - f", ("np.log2(f)", "np.log2(1 - f)"),
                ("you took 1 − f, what is forgotten, for f, what is kept.",
                 "At every step the memory is multiplied by f itself."),
                ("vous avez pris 1 − f, ce qui s'oublie, pour f, ce qui reste.",
                 "À chaque pas, la mémoire est multipliée par f elle-même.")),
        Mistake("upside down, with its sign", ("-1 / np.log2(f)", "np.log2(f)"),
                ("this is what is lost at each step, in halvings, and negative; you want steps for one "
                 "halving.",
                 "With f = 0.99 the half-life is about 69 steps. What does yours give?"),
                ("c'est ce qui se perd à chaque pas, compté en moitiés, et négatif ; on veut le nombre de "
                 "pas par moitié.",
                 "Avec f = 0,99, la demi-vie est d'environ 69 pas. Que donne la vôtre ?")),
        Mistake("divided", ("-1 / np.log2(f)", "0.5 / f"),
                ("you divide one half by f; but f is multiplied by itself, step by step.",
                 "Solve f**n = 1/2 for n."),
                ("vous divisez un demi par f ; or f est multipliée par elle-même, pas après pas.",
                 "Résolvez f**n = 1/2 en n.")),
        Mistake("root", ("-1 / np.log2(f)", "f ** 0.5"),
                ("that is the root of f; the unknown is the exponent n.",
                 "Solve f**n = 1/2 for n."),
                ("c'est la racine de f ; l'inconnue est l'exposant n.",
                 "Résolvez f**n = 1/2 en n.")),
        Mistake("mean life", ("-1 / np.log2(f)", "1 / (1 - f)"),
                ("1 / (1 − f) is the mean age of what is in memory; the half-life is another measure.",
                 "Solve f**n = 1/2 for n."),
                ("1 / (1 − f) est l'âge moyen de ce qui est en mémoire ; la demi-vie est une autre "
                 "mesure.", "Résolvez f**n = 1/2 en n.")),
        Mistake("linear", ("-1 / np.log2(f)", "0.5 / (1 - f)"),
                ("you take away the same amount at each step; but each step takes the share 1 − f of what "
                 "is *left*.",
                 "After n steps f·f·…·f = f**n is left."),
                ("vous enlevez la même quantité à chaque pas ; or chaque pas prend la part 1 − f de ce qui "
                 "*reste*.",
                 "Après n pas, il reste f·f·…·f = f**n.")),
        Mistake("rounded up", ("-1 / np.log2(f)", "np.ceil(-1 / np.log2(f))"),
                ("your loop, or your rounding, gives whole steps; the half-life is the exact solution, "
                 "fractions included.",
                 "Solve f**n = 1/2 for n with a logarithm: no counting, no rounding."),
                ("votre boucle, ou votre arrondi, donne des pas entiers ; la demi-vie est la solution "
                 "exacte, avec ses décimales.",
                 "Résolvez f**n = 1/2 en n avec un logarithme : ni comptage, ni arrondi.")),
        Mistake("after n steps", ("-1 / np.log2(f)", "0.5 ** f"),
                ("0.5**f and f**n are different questions: f is multiplied by itself, n times.",
                 "Solve f**n = 1/2 for n."),
                ("0,5**f et f**n sont deux questions différentes : c'est f qui est multipliée par "
                 "elle-même, n fois.",
                 "Résolvez f**n = 1/2 en n.")),
    ), FILTER),
    Exercise(bias_for, lambda rng, n: ((float(half),) for half in rng.uniform(0.3, 80, 2)), "b", "()", (
        Mistake("swapped", ("f / (1 - f)", "(1 - f) / f"),
                ("the sign is turned round: your gate closes where it should open.",
                 "For a long memory f is near 1: is b then large and positive?"),
                ("le signe est inversé : votre porte se ferme là où elle devrait s'ouvrir.",
                 "Pour une longue mémoire, f est proche de 1 : b est-il alors grand et positif ?")),
        Mistake("only f", ("np.log(f / (1 - f))", "f"),
                ("you return f, the gate itself; you want the bias b with σ(b) = f.",
                 "Turn σ round: from f back to b."),
                ("vous renvoyez f, la porte elle-même ; on demande le biais b tel que σ(b) = f.",
                 "Inversez σ : de f, revenez à b.")),
        Mistake("σ for its inverse", ("np.log(f / (1 - f))", "1 / (1 + np.exp(-f))"),
                ("you apply σ once more; you want its inverse, from f back to b.",
                 "f = 1 / (1 + exp(−b)): solve for b."),
                ("vous appliquez σ une fois de plus ; on demande son inverse, de f vers b.",
                 "f = 1 / (1 + exp(−b)) : résolvez en b.")),
        Mistake("natural", ("2 ** (-1 / half_life)", "np.exp(-1 / half_life)"),
                ("with exp(−1/n) the memory falls to 1/e = 37 % after n steps, not to one half.",
                 "f**n = 1/2: what is f? A power of 2, not of e."),
                ("avec exp(−1/n), la mémoire tombe à 1/e = 37 % au bout de n pas, et non à la moitié.",
                 "f**n = 1/2 : que vaut f ? Une puissance de 2, pas de e.")),
        Mistake("sign in the exponent", ("(-1 / half_life)", "(1 / half_life)"),
                ("your f = 2**(1/n) is above 1, and no gate is: a minus is missing in the "
                 "exponent.", "f**n = 1/2 = 2**(−1)."),
                ("votre f = 2**(1/n) dépasse 1, ce qu'aucune porte ne fait : il manque un moins dans "
                 "l'exposant.", "f**n = 1/2 = 2**(−1).")),
        Mistake("log2", ("np.log(f / (1 - f))", "np.log2(f / (1 - f))"),
                ("base 2 belongs to the half-life alone; σ is made of e, so its inverse takes the natural "
                 "logarithm.",
                 "f = 1 / (1 + exp(−b)): solve for b."),
                ("la base 2 ne concerne que la demi-vie ; σ est faite avec e, son inverse prend le "
                 "logarithme népérien.",
                 "f = 1 / (1 + exp(−b)) : résolvez en b.")),
        Mistake("log10", ("np.log(f / (1 - f))", "np.log10(f / (1 - f))"),
                ("σ is made of e, so its inverse takes the natural logarithm, not that in base "
                 "10.", "f = 1 / (1 + exp(−b)): solve for b."),
                ("σ est faite avec e, son inverse prend le logarithme népérien, pas le décimal.",
                 "f = 1 / (1 + exp(−b)) : résolvez en b.")),
        Mistake("log f", ("np.log(f / (1 - f))", "np.log(f)"),
                ("log f would be the inverse of exp; the inverse of σ also needs the 1 − f.",
                 "f = 1 / (1 + exp(−b)): solve for b."),
                ("log f serait l'inverse de exp ; celle de σ fait aussi intervenir 1 − f.",
                 "f = 1 / (1 + exp(−b)) : résolvez en b.")),
        Mistake("power", ("2 ** (-1 / half_life)", "0.5 ** half_life"),
                ("0.5**n is what n halvings leave; f is the n-th root of one half.",
                 "f multiplied by itself n times gives 1/2."),
                ("0,5**n est ce que laissent n moitiés ; f est la racine n-ième d'un demi.",
                 "f multipliée n fois par elle-même donne 1/2.")),
        Mistake("one over twice", ("2 ** (-1 / half_life)", "1 - 0.5 / half_life"),
                ("you take away the same amount at each step; but each step takes its share of what is "
                 "*left*.",
                 "f multiplied by itself n times gives 1/2: f is a root, not a difference."),
                ("vous enlevez la même quantité à chaque pas ; or chaque pas prend sa part de ce qui "
                 "*reste*.",
                 "f multipliée n fois par elle-même donne 1/2 : f est une racine, pas une différence.")),
        Mistake("mean life", ("2 ** (-1 / half_life)", "1 - 1 / half_life"),
                ("1 − 1/n is right for the mean age of a memory; the half-life is another measure.",
                 "f multiplied by itself n times gives 1/2: f is a root of one half."),
                ("1 − 1/n vaut pour l'âge moyen d'une mémoire ; la demi-vie est une autre mesure.",
                 "f multipliée n fois par elle-même donne 1/2 : f est une racine d'un demi.")),
        Mistake("odds", ("np.log(f / (1 - f))", "f / (1 - f)"),
                ("f / (1 − f) are the odds; σ's inverse is their logarithm.",
                 "f = 1 / (1 + exp(−b)): one step is missing to get b."),
                ("f / (1 − f) est une cote ; l'inverse de σ en est le logarithme.",
                 "f = 1 / (1 + exp(−b)) : il manque une étape pour obtenir b.")),
        Mistake("log of the half-life", ("np.log(f / (1 - f))", "np.log(half_life)"),
                ("that is the logarithm of the half-life; first find the f that has it, then the b of that "
                 "f.",
                 "Two steps: f**n = 1/2, then σ(b) = f."),
                ("c'est le logarithme de la demi-vie ; trouvez d'abord le f qui la donne, puis le b de ce f.",
                 "Deux étapes : f**n = 1/2, puis σ(b) = f.")),
        Mistake("arctanh", ("np.log(f / (1 - f))", "np.arctanh(f)"),
                ("arctanh turns tanh round; a gate is bent by σ.", "f = 1 / (1 + exp(−b)): solve for b."),
                ("arctanh inverse tanh ; une porte est écrasée par σ.",
                 "f = 1 / (1 + exp(−b)) : résolvez en b.")),
    ), FILTER),
)


def latch(W_f, b_f):
    """A latch with reset: one unit that remembers that it was set, until it is reset.

    The memory is c_t = f_t * c_{t-1} + set_t, and h_t = tanh(c_t); it starts with c = h = 0. You choose the
    forget gate, f_t = σ(W_f·[h_{t-1}, set_t, reset_t] + b_f), where set and reset are 0 or 1. After every
    step c must be above 0.5 if there was a set since the last reset (a set in the same moment as a reset
    counts: it comes after), and below 0.5 if not. It must hold for 20 steps, and also when it was set many
    times. Returns W_f (1, 3), whose columns meet h, set, reset; and b_f (1, 1).
    """
    for rows in rows_of_symbols(4, 20, np.random.default_rng(4)):
        c = np.zeros(rows.shape[1])
        on = np.zeros(rows.shape[1], bool)
        for t, symbol in enumerate(rows):
            set_, reset = symbol % 2, symbol // 2
            f = sigmoid(W_f @ np.stack([np.tanh(c), set_, reset]) + b_f)[0]
            c = f * c + set_
            on = set_.astype(bool) | (on & (reset == 0))
            bad = np.flatnonzero((c > 0.5) != on)
            if bad.size:
                k, t = bad[0], t + 1
                en, fr = (", ".join(names[s] for s in rows[:t, k]) for names in (("nothing",
                                                                                  "set", "reset",
                                                                                  "set and reset"),
                                                                               ("rien", "set",
                                                                                "reset", "set et reset")))
                return ((f"after “{en}” the memory is {c[k]:.2f}, and should be "
                         f"{'above' if on[k] else 'below'} 0.5: "
                         + ("it leaks, or lost what it should keep." if on[k] else "it was not emptied.")),
                        (f"après « {fr} », la mémoire vaut {c[k]:.2f}" +
                         f", alors qu'elle devrait être {'au-dessus' if on[k] else 'au-dessous'} de 0,5 : "
                         + ("elle fuit, ou a perdu ce qu'elle devait garder." if on[k] else
                            "elle n'a pas été vidée.")))
    return None


def latch_weights():
    """An accepted answer."""
    return np.array([[0.0, 0.0, -20.0]]), np.array([[10.0]])


PUZZLES = (
    Puzzle(latch_weights, {"W_f": (1, 3), "b_f": (1, 1)}, latch, (
        "With nothing coming in, f must be so near to 1 that f**20 is still above 0.5: that is the bias. "
        "And what must a reset do to it?",
        "On the sheet: f near 0 forgets all, f near 1 keeps all; σ(5) is 0.993, σ(−5) is 0.007."), (
        "Quand rien n'arrive, f doit être si proche de 1 que f**20 dépasse encore 0,5 : c'est le rôle du "
        "biais. "
        "Et que doit lui faire un reset ?",
        "Sur la fiche : f proche de 0 oublie tout, f proche de 1 garde tout ; σ(5) = 0,993 et σ(−5) = "
        "0,007.")),
)
