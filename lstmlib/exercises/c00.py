"""Exercises of chapter 00, start here."""

import numpy as np

from ..judge import Exercise, Mistake
from .sheet import SIGMOID

# --- exercises and puzzles ----------------------------------------------------------------------------------


def first_gate(a):
    """σ, the function that every gate of this course is made of: σ(a) = 1 / (1 + exp(-a)).

    a: an array of any shape; returns an array of the same shape, with numbers between 0 (shut) and 1 (open).
    """
    return 1 / (1 + np.exp(-a))


EXERCISES = (
    Exercise(first_gate, lambda rng, n: ((2 * rng.normal(size=(n.H, n.B)),),), "f", "(H, B)", (
        Mistake("plus for minus", ("np.exp(-a)", "np.exp(a)"),
                ("the minus in front of a is missing: your gate shuts where it should open.",
                 "Try a = 5: a wide open gate is near 1."),
                ("il manque le moins devant a : votre porte se ferme là où elle devrait s'ouvrir.",
                 "Essayez a = 5 : une porte grande ouverte vaut presque 1.")),
        Mistake("minus below", ("1 + np", "1 - np"),
                ("there is a minus where a plus belongs: 1 − exp(−a) is 0 at a = 0, and you divide by "
                 "it.", "Try a = 0: a gate in the middle is 1/2."),
                ("il y a un moins à la place d'un plus : 1 − exp(−a) s'annule en a = 0, et vous divisez par "
                 "lui.",
                 "Essayez a = 0 : une porte à mi-course vaut 1/2.")),
        Mistake("brackets", ("1 / (1 + np.exp(-a))", "1 / 1 + np.exp(-a)"),
                ("without brackets Python divides first: 1 / 1 + exp(−a) is 1 + exp(−a).",
                 "What belongs under the fraction bar goes between brackets."),
                ("sans parenthèses, Python divise d'abord : 1 / 1 + exp(−a) vaut 1 + exp(−a).",
                 "Ce qui est sous la barre de fraction se met entre parenthèses.")),
        Mistake("brackets, plus", ("1 / (1 + np.exp(-a))", "1 / 1 + np.exp(a)"),
                ("two things: the brackets under the fraction bar, and the minus in front of a.",
                 "Python divides before it adds."),
                ("deux choses : les parenthèses sous la barre de fraction, et le moins devant a.",
                 "Python divise avant d'additionner.")),
        Mistake("tanh", ("1 / (1 + np.exp(-a))", "np.tanh(a)"),
                ("tanh goes from −1 to 1; a gate stays between 0 and 1.", "Write the formula with `np.exp`."),
                ("tanh va de −1 à 1 ; une porte reste entre 0 et 1.", "Écrivez la formule avec `np.exp`.")),
        Mistake("no 1 +", ("(1 + np.exp(-a))", "np.exp(-a)"),
                ("the `1 +` under the fraction bar is missing: what you have grows without end.",
                 "A gate must not go above 1."),
                ("il manque le `1 +` sous la barre de fraction : votre résultat croît sans fin.",
                 "Une porte ne doit pas dépasser 1.")),
        Mistake("exp alone", ("1 / (1 + np.exp(-a))", "np.exp(-a)"),
                ("that is exp(−a) alone: it goes between 1 and 1 + … under a fraction bar.",
                 "σ(a) = 1 / (1 + exp(−a))."),
                ("c'est exp(−a) seul : il manque la fraction autour.", "σ(a) = 1 / (1 + exp(−a)).")),
        Mistake("e by hand", ("np.exp(-a)", "2.718 ** -a"),
                ("2.718 is not quite e: your numbers are close, but not right.",
                 "`np.exp` knows e to sixteen digits."),
                ("2,718 n'est pas tout à fait e : vos nombres sont proches, mais faux.",
                 "`np.exp` connaît e à seize chiffres.")),
        Mistake("switch", ("1 / (1 + np.exp(-a))", "1.0 * (a > 0)"),
                ("that is a switch, 0 or 1; σ is smooth, and a gate can be half open.",
                 "σ(a) = 1 / (1 + exp(−a))."),
                ("c'est un interrupteur, 0 ou 1 ; σ est lisse, et une porte peut être "
                 "entrouverte.", "σ(a) = 1 / (1 + exp(−a)).")),
        Mistake("one number", ("1 / (1 + np.exp(-a))", "np.mean(1 / (1 + np.exp(-a)))"),
                ("you return one number; one gate for each number of a is expected.",
                 "σ acts on each number alone."),
                ("vous renvoyez un seul nombre ; on attend une porte pour chaque nombre de a.",
                 "σ agit sur chaque nombre séparément.")),
        Mistake("softmax", ("1 / (1 + np.exp(-a))", "np.exp(a) / np.exp(a).sum(0)"),
                ("that is softmax, in which the numbers compete for a sum of 1; in σ each number stands "
                 "alone.",
                 "σ(a) = 1 / (1 + exp(−a)): no sum."),
                ("c'est softmax, où les nombres se partagent une somme de 1 ; avec σ, chaque nombre est "
                 "seul.",
                 "σ(a) = 1 / (1 + exp(−a)) : pas de somme.")),
        Mistake("slope", ("1 / (1 + np.exp(-a))", "np.exp(-a) / (1 + np.exp(-a))**2"),
                ("that is the slope of σ, which comes later, on the way back.",
                 "What is wanted is σ(a) = 1 / (1 + exp(−a)) itself."),
                ("c'est la pente de σ, qui viendra plus tard, avec la rétropropagation.",
                 "On demande σ(a) = 1 / (1 + exp(−a)) elle-même.")),
    ), SIGMOID),
)

PUZZLES = ()
