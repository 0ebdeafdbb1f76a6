"""Exercises of chapter 03, the vanishing gradient."""

import numpy as np

from ..judge import Exercise, Mistake, Puzzle
from .sheet import VANISHING

# --- exercises and puzzles ----------------------------------------------------------------------------------


def jacobian(Wh, h):
    """How an RNN's state answers to the state before it: ∂h_t/∂h_{t-1}, where h_t = tanh(Wh·h_{t-1} + …).

    Wh (H, H) the recurrent weights; h (H,) the *new* state h_t of one example, whose slope is 1 - h²; returns
    J (H, H): row j, column k is ∂h_t[j]/∂h_{t-1}[k].
    """
    return (1 - h[:, None] ** 2) * Wh


def gradient_norms(Wh, hs):
    """How much of a gradient is left after 1, 2, … steps back in time.

    Wh (H, H), hs (T, H) the states of one example, hs[T-1] the last. Returns norms (T,): norms[k-1] is the
    norm of the product of the last k Jacobians, J_T · J_{T-1} · … (k factors), J_t = jacobian(Wh, hs[t-1]),
    that is of the derivative of the last state by the state k steps before it. The norm is the largest factor
    by which that matrix can stretch a vector: np.linalg.norm(P, 2).
    """
    norms = []
    P = np.eye(len(Wh))
    for h in hs[::-1]:
        P = P @ ((1 - h[:, None] ** 2) * Wh)
        norms.append(np.linalg.norm(P, 2))
    return np.array(norms)


def clip(grads, max_norm):
    """Gradients that are never longer than max_norm, all of them taken together as one long vector.

    grads: a list of arrays of any shapes; max_norm: a number > 0. Returns a list of arrays of the same
    shapes: all shortened by the same factor if their common norm, the root of the sum of all squares, exceeds
    max_norm; else as they were. The arrays that came in must be left as they are. Pascanu et al. (2013)
    """
    norm = np.sqrt(sum((g ** 2).sum() for g in grads))
    factor = min(1, max_norm / norm)
    return [factor * g for g in grads]


def lag_below(norms, eps):
    """The lag at which the gradient first falls below eps.

    norms (T,): norms[k-1] is the gradient's norm at lag k, as gradient_norms gives it (it need not fall
    steadily); eps: a number. Returns the smallest lag k ≥ 1 with a norm < eps, a whole number, or None if
    there is none.
    """
    for k, norm in enumerate(norms):
        if norm < eps:
            return k + 1
    return None


def jacobian_inputs(rng, n):
    """Recurrent weights and one state."""
    yield rng.normal(size=(n.H, n.H)), rng.uniform(-0.95, 0.95, n.H)


def norms_inputs(rng, n):
    """Recurrent weights and the states of one example."""
    yield rng.normal(size=(n.H, n.H)) / np.sqrt(n.H), rng.uniform(-0.8, 0.8, (n.T, n.H))


def clip_inputs(rng, n):
    """Gradients too long, not too long, and too long only together."""
    grads = [rng.normal(size=(n.H, n.D)), rng.normal(size=(n.H, 1)), rng.normal(size=(n.K,))]
    norm = np.sqrt(sum((g ** 2).sum() for g in grads))
    yield [grads[1], grads[0], grads[2]], 0.05 * norm
    yield grads, 0.97 * norm
    yield [g * 0.1 for g in grads], 0.25 * norm


def lag_inputs(rng, n):
    """Norms that fall, not steadily, and norms that never fall so far."""
    norms = 0.7 ** np.arange(1, n.T + 5) * rng.uniform(0.95, 1.05, n.T + 4)
    norms[4], norms[5] = norms[5], norms[4]
    yield norms, (norms[4] + norms[5]) / 2 * 0.999
    yield norms, norms[n.B + 1] * 1.001
    yield norms, 0.01
    yield norms, 3.0


EXERCISES = (
    Exercise(jacobian, jacobian_inputs, "J", "(H, H)", (
        Mistake("slope forgotten", ("(1 - h[:, None] ** 2) * Wh", "Wh"),
                ("the slope of tanh is missing: only in a silent net is the Jacobian just Wh.",
                 "Differentiate tanh(Wh·h + …): outer derivative times inner."),
                ("il manque la pente de tanh : la jacobienne n'est Wh que dans un réseau silencieux.",
                 "Dérivez tanh(Wh·h + …) : dérivée extérieure fois dérivée intérieure.")),
        Mistake("slope on the columns", ("(1 - h[:, None] ** 2) * Wh", "(1 - h ** 2) * Wh"),
                ("the slope is laid on the columns of Wh; h is the *new* state, so it belongs to the rows.",
                 "diag(1 − h²) · Wh, not Wh · diag(1 − h²). Which axis does NumPy stretch a vector (H,) "
                 "along?"),
                ("la pente est posée sur les colonnes de Wh ; h est le *nouvel* état, elle va donc avec les "
                 "lignes.",
                 "diag(1 − h²) · Wh, et non Wh · diag(1 − h²). Le long de quel axe NumPy étend-il un "
                 "vecteur (H,) ?")),
        Mistake("transposed", ("(1 - h[:, None] ** 2) * Wh", "((1 - h[:, None] ** 2) * Wh).T"),
                ("that is the transpose: it carries gradients back, but the Jacobian has the new state in "
                 "its rows.",
                 "Row j, column k is ∂h_t[j]/∂h_{t−1}[k]."),
                ("c'est la transposée : elle ramène les gradients, mais la jacobienne a le nouvel état en "
                 "lignes.",
                 "Ligne j, colonne k : ∂h_t[j]/∂h_{t−1}[k].")),
        Mistake("W transposed", ("* Wh", "* Wh.T"),
                ("Wh is transposed, the slope is in its place.", "h_t[j] = tanh(Σ_k Wh[j, k] · h_{t−1}[k] + "
                                                                 "…): where does [j, k] go?"),
                ("Wh est transposée, la pente est à sa place.", "h_t[j] = tanh(Σ_k Wh[j, k] · h_{t−1}[k] + "
                                                                "…) : où va [j, k] ?")),
        Mistake("square forgotten", ("h[:, None] ** 2", "h[:, None]"),
                ("the square is missing: the slope of tanh is 1 − h², not 1 − h.",
                 "Test it: with h = 0.9 the slope should be 0.19."),
                ("il manque le carré : la pente de tanh est 1 − h², et non 1 − h.",
                 "Vérifiez : avec h = 0,9, la pente doit être 0,19.")),
        Mistake("slope of σ", ("(1 - h[:, None] ** 2)", "(h[:, None] * (1 - h[:, None]))"),
                ("h·(1 − h) is the slope of σ; this unit is bent by tanh.",
                 "What is the derivative of tanh, written with its own value?"),
                ("h·(1 − h) est la pente de σ ; cette unité passe par tanh.",
                 "Quelle est la dérivée de tanh, écrite avec sa propre valeur ?")),
        Mistake("tanh of tanh", ("h[:, None] ** 2", "np.tanh(h[:, None]) ** 2"),
                ("h has been through tanh already: you apply it once more.",
                 "h is the new state itself: its slope is made of h alone."),
                ("h est déjà passé par tanh : vous l'appliquez encore une fois.",
                 "h est le nouvel état lui-même : sa pente se fait avec h seul.")),
        Mistake("inverse function's slope", ("(1 - h[:, None] ** 2)", "1 / (1 - h[:, None] ** 2)"),
                ("1/(1 − h²) is the slope of the inverse function, artanh.",
                 "A slope of tanh is never above 1."),
                ("1/(1 − h²) est la pente de la fonction inverse, artanh.",
                 "La pente de tanh ne dépasse jamais 1.")),
        Mistake("product", ("(1 - h[:, None] ** 2) * Wh", "(1 - h ** 2) @ Wh"),
                ("the vector of slopes is multiplied with the matrix, and one row is left; it should scale "
                 "each row of Wh.",
                 "diag(1 − h²) is a matrix with the slopes on its diagonal."),
                ("le vecteur des pentes est multiplié par la matrice, il ne reste qu'une ligne ; il doit "
                 "pondérer chaque ligne de Wh.",
                 "diag(1 − h²) est une matrice qui porte les pentes sur sa diagonale.")),
        Mistake("product on the right", ("(1 - h[:, None] ** 2) * Wh", "Wh @ (1 - h ** 2)"),
                ("the matrix is multiplied with the vector of slopes, and one vector is left; the slopes "
                 "should scale each row of Wh.",
                 "diag(1 − h²) is a matrix with the slopes on its diagonal."),
                ("la matrice est multipliée par le vecteur des pentes, il ne reste qu'un vecteur ; les "
                 "pentes doivent pondérer chaque ligne de Wh.",
                 "diag(1 − h²) est une matrice qui porte les pentes sur sa diagonale.")),
        Mistake("plus", ("1 - h", "1 + h"),
                ("1 + h² is not the slope: it would be above 1.", "The derivative of tanh is 1 − tanh²."),
                ("1 + h² n'est pas la pente : elle dépasserait 1.", "La dérivée de tanh est 1 − tanh².")),
        Mistake("sign", ("1 - h[:, None] ** 2", "h[:, None] ** 2 - 1"),
                ("the sign of the slope is turned round.", "tanh rises everywhere."),
                ("le signe de la pente est inversé.", "tanh est croissante partout.")),
        Mistake("slopes alone", ("(1 - h[:, None] ** 2) * Wh", "np.diag(1 - h ** 2)"),
                ("these are the slopes alone; Wh is missing.", "Outer derivative times inner."),
                ("ce sont les pentes seules ; il manque Wh.", "Dérivée extérieure fois dérivée intérieure.")),
        Mistake("outer product", ("(1 - h[:, None] ** 2) * Wh", "np.outer(1 - h ** 2, h)"),
                ("Wh does not enter: that is how the loss blames the weights, not how h_t answers to "
                 "h_{t−1}.",
                 "Outer derivative times inner: what does tanh(Wh·h + …) give?"),
                ("Wh n'intervient pas : c'est ainsi que l'on blâme les poids, pas ainsi que h_t répond à "
                 "h_{t−1}.",
                 "Dérivée extérieure fois dérivée intérieure : que donne tanh(Wh·h + …) ?")),
        Mistake("argument of tanh", ("(1 - h[:, None] ** 2)", "(1 - np.tanh(Wh @ h)[:, None] ** 2)"),
                ("you compute one more step, and take its slope; h is the new state already.",
                 "1 − h², with the h that comes in."),
                ("vous calculez un pas de plus et prenez sa pente ; h est déjà le nouvel état.",
                 "1 − h², avec le h qui arrive.")),
    ), VANISHING),
    Exercise(gradient_norms, norms_inputs, "norms", "(T,)", (
        Mistake("order of the product", ("P @ ((1 - h[:, None] ** 2) * Wh)",
                                         "((1 - h[:, None] ** 2) * Wh) @ P"),
                ("the product stands in the wrong order: each earlier Jacobian belongs on the "
                 "right.", "∂h_T/∂h_{T−2} = J_T · J_{T−1}: the last moment stands first."),
                ("le produit est dans le mauvais ordre : chaque jacobienne antérieure se place à droite.",
                 "∂h_T/∂h_{T−2} = J_T · J_{T−1} : le dernier instant vient en premier.")),
        Mistake("from the first step", ("hs[::-1]", "hs"),
                ("you start with the first step; a gradient comes from the last.",
                 "Lag 1 is the Jacobian of the last state, hs[-1]."),
                ("vous commencez par le premier pas ; un gradient vient du dernier.",
                 "Le retard 1 est la jacobienne du dernier état, hs[-1].")),
        Mistake("from the first step, other order", ("hs[::-1]", "hs",
                                                     "P @ ((1", "((1", "* Wh)\n", "* Wh) @ P\n"),
                ("you follow the first state forwards, ∂h_k/∂h_0; the question is how far back the *last* "
                 "state looks, ∂h_T/∂h_{T−k}.",
                 "Begin with hs[-1] and go back."),
                ("vous suivez le premier état vers l'avant, ∂h_k/∂h_0 ; on demande jusqu'où regarde le "
                 "*dernier* état, ∂h_T/∂h_{T−k}.",
                 "Commencez par hs[-1] et remontez.")),
        Mistake("slope forgotten", ("((1 - h[:, None] ** 2) * Wh)", "Wh"),
                ("the slopes of tanh are missing: these are the powers of Wh.",
                 "Each factor is jacobian(Wh, h), with its own h."),
                ("il manque les pentes de tanh : ce sont les puissances de Wh.",
                 "Chaque facteur est jacobian(Wh, h), avec son propre h.")),
        Mistake("slope on the columns", ("(1 - h[:, None] ** 2)", "(1 - h ** 2)"),
                ("the slopes are laid on the columns of Wh; they belong to the rows.",
                 "diag(1 − h²) · Wh: is your jacobian right?"),
                ("les pentes sont posées sur les colonnes de Wh ; elles vont avec les lignes.",
                 "diag(1 − h²) · Wh : votre jacobian est-elle juste ?")),
        Mistake("square forgotten", ("h[:, None] ** 2", "h[:, None]"),
                ("the square is missing: the slope of tanh is 1 − h².", "Is your jacobian right?"),
                ("il manque le carré : la pente de tanh est 1 − h².", "Votre jacobian est-elle juste ?")),
        Mistake("W transposed", ("* Wh)", "* Wh.T)"),
                ("Wh is transposed.", "Is your jacobian right?"),
                ("Wh est transposée.", "Votre jacobian est-elle juste ?")),
        Mistake("each alone", ("P @ ((1", "((1"),
                ("these are the norms of the single Jacobians; you want those of their "
                 "products.", "P must grow by one factor with each step."),
                ("ce sont les normes des jacobiennes une à une ; on demande celles de leurs "
                 "produits.", "P doit gagner un facteur à chaque pas.")),
        Mistake("product of norms", ("P = P @ ((1 - h[:, None] ** 2) * Wh)\n        "
                                     "norms.append(np.linalg.norm(P, 2))",
                                     "norms.append(np.linalg.norm((1 - h[:, None] ** 2) * Wh, 2))\n    "
                                     "norms = np.cumprod(norms)"),
                ("you multiply the norms; you want the norm of the product, which is smaller: the "
                 "directions do not line up.",
                 "Multiply the matrices first, then take the norm."),
                ("vous multipliez les normes ; on demande la norme du produit, plus petite : les directions "
                 "ne s'alignent pas.",
                 "Multipliez d'abord les matrices, prenez ensuite la norme.")),
        Mistake("Frobenius", ("np.linalg.norm(P, 2)", "np.linalg.norm(P)"),
                ("without its 2, np.linalg.norm of a matrix is the root of the sum of all squares "
                 "(Frobenius), which is larger.",
                 "np.linalg.norm(P, 2) is the largest stretching."),
                ("sans son 2, np.linalg.norm d'une matrice est la racine de la somme des carrés "
                 "(Frobenius), plus grande.",
                 "np.linalg.norm(P, 2) est le plus grand étirement.")),
        Mistake("largest eigenvalue", ("np.linalg.norm(P, 2)", "np.abs(np.linalg.eigvals(P)).max()"),
                ("that is the spectral radius, the largest eigenvalue: for a matrix that is not symmetric "
                 "it can be far below the norm.",
                 "np.linalg.norm(P, 2) is the largest stretching."),
                ("c'est le rayon spectral, la plus grande valeur propre : pour une matrice non symétrique, "
                 "il peut être bien inférieur à la norme.",
                 "np.linalg.norm(P, 2) est le plus grand étirement.")),
        Mistake("no root", ("np.linalg.norm(P, 2)", "np.linalg.norm(P, 2) ** 2"),
                ("your norms are squared.", "Is a root missing at the end?"),
                ("vos normes sont au carré.", "Manque-t-il une racine à la fin ?")),
        Mistake("sum of squares", ("np.linalg.norm(P, 2)", "(P ** 2).sum()"),
                ("that is the sum of all squares, without a root, and it is another norm "
                 "(Frobenius).", "np.linalg.norm(P, 2)."),
                ("c'est la somme des carrés, sans racine, et d'une autre norme (Frobenius).",
                 "np.linalg.norm(P, 2).")),
        Mistake("lag 0 included", ("    norms = []\n", "    norms = [1.0]\n"),
                ("your first value is lag 0, the norm of the identity: T + 1 values.",
                 "norms[0] is lag 1: one Jacobian."),
                ("votre première valeur est le retard 0, la norme de l'identité : T + 1 valeurs.",
                 "norms[0] est le retard 1 : une jacobienne.")),
        Mistake("one lag late", ("        P = P @ ((1 - h[:, None] ** 2) * Wh)\n        "
                                 "norms.append(np.linalg.norm(P, 2))",
                                 "        norms.append(np.linalg.norm(P, 2))\n        P = P @ ((1 - h[:, "
                                 "None] ** 2) * Wh)"),
                ("each norm is taken before its factor is in: yours begin with 1, lag 0.",
                 "First the product, then its norm."),
                ("chaque norme est prise avant l'arrivée de son facteur : les vôtres commencent par 1, le "
                 "retard 0.", "D'abord le produit, ensuite sa norme.")),
        Mistake("last norm only", ("np.array(norms)", "norms[-1]"),
                ("you return one number; a norm for each lag is wanted.", "Keep them in a list."),
                ("vous renvoyez un seul nombre ; on demande une norme par retard.",
                 "Gardez-les dans une liste.")),
        Mistake("in order of time", ("np.array(norms)", "np.array(norms)[::-1]"),
                ("your norms are in the order of time; norms[0] should be lag 1, the last step.",
                 "Is there one `[::-1]` too many?"),
                ("vos normes sont dans l'ordre du temps ; norms[0] doit être le retard 1, le dernier "
                 "pas.", "Y a-t-il un `[::-1]` de trop ?")),
        Mistake("always the last h", ("for h in hs[::-1]:", "for h in [hs[-1]] * len(hs):"),
                ("every factor uses the same state: these are powers of one Jacobian.",
                 "Each moment has its own slope, 1 − hs[t]²."),
                ("chaque facteur utilise le même état : ce sont les puissances d'une seule "
                 "jacobienne.", "Chaque instant a sa propre pente, 1 − hs[t]².")),
        Mistake("state before", ("for h in hs[::-1]:", "for h in np.roll(hs, 1, 0)[::-1]:"),
                ("each slope is taken at the state before: J_t = jacobian(Wh, hs[t-1]) counts t from 1.",
                 "The first factor takes the last state, hs[-1]."),
                ("chaque pente est prise à l'état précédent : J_t = jacobian(Wh, hs[t-1]) compte t à partir "
                 "de 1.",
                 "Le premier facteur prend le dernier état, hs[-1].")),
        Mistake("added", ("P @ ((1 - h[:, None] ** 2) * Wh)", "P + ((1 - h[:, None] ** 2) * Wh)"),
                ("you add the Jacobians; they are multiplied.", "The chain rule multiplies what stands one "
                                                                "behind the other."),
                ("vous additionnez les jacobiennes ; elles se multiplient.",
                 "La règle de la chaîne multiplie ce qui se suit.")),
        Mistake("elementwise", ("P @ ((1 - h[:, None] ** 2) * Wh)", "P * ((1 - h[:, None] ** 2) * Wh)"),
                ("`*` multiplies number by number; matrices are chained with `@`.",
                 "Which sign stands between P and the Jacobian?"),
                ("`*` multiplie nombre par nombre ; les matrices s'enchaînent avec `@`.",
                 "Quel signe y a-t-il entre P et la jacobienne ?")),
        Mistake("one step short", ("hs[::-1]", "hs[:0:-1]"),
                ("the first state, hs[0], is left out: T − 1 lags.", "Your loop should end with hs[0]."),
                ("le premier état, hs[0], est oublié : T − 1 retards.",
                 "Votre boucle doit finir avec hs[0].")),
    ), VANISHING),
    Exercise(clip, clip_inputs, "grads", "a list of arrays", (
        Mistake("each array apart", ("[factor * g for g in grads]", "[min(1, max_norm / np.sqrt((g ** "
                                                                    "2).sum())) * g for g in grads]"),
                ("each array is shortened by itself, which turns the direction of the whole.",
                 "One norm, one factor, for all arrays together."),
                ("chaque tableau est raccourci séparément, ce qui change la direction de l'ensemble.",
                 "Une seule norme, un seul facteur, pour tous les tableaux ensemble.")),
        Mistake("each number", ("[factor * g for g in grads]", "[np.clip(g, -max_norm, max_norm) for g in "
                                                               "grads]"),
                ("each number is cut off by itself; the norm of the whole is what must not exceed max_norm.",
                 "`np.clip` is not what is meant: shorten all by one factor."),
                ("chaque nombre est coupé séparément ; c'est la norme de l'ensemble qui ne doit pas "
                 "dépasser max_norm.",
                 "Il ne s'agit pas de `np.clip` : raccourcissez tout d'un même facteur.")),
        Mistake("enlarges", ("min(1, max_norm / norm)", "max_norm / norm"),
                ("small gradients are made larger: only those above max_norm should change.",
                 "What should happen if the norm is below max_norm?"),
                ("les petits gradients sont agrandis : seuls ceux qui dépassent max_norm doivent changer.",
                 "Que doit-il se passer si la norme est inférieure à max_norm ?")),
        Mistake("no root", ("np.sqrt(sum((g ** 2).sum() for g in grads))",
                            "sum((g ** 2).sum() for g in grads)"),
                ("the root is missing: you have the square of the norm.",
                 "Pythagoras: the length is the root of the sum of squares."),
                ("il manque la racine : vous avez le carré de la norme.",
                 "Pythagore : la longueur est la racine de la somme des carrés.")),
        Mistake("sum of norms", ("np.sqrt(sum((g ** 2).sum() for g in grads))",
                                 "sum(np.sqrt((g ** 2).sum()) for g in grads)"),
                ("you add the norms of the arrays; lengths add as squares.",
                 "Sum all squares first, take the root once, at the end."),
                ("vous additionnez les normes des tableaux ; ce sont les carrés des longueurs qui "
                 "s'additionnent.",
                 "Sommez d'abord tous les carrés, prenez la racine une seule fois, à la fin.")),
        Mistake("largest norm", ("np.sqrt(sum((g ** 2).sum() for g in grads))",
                                 "max(np.sqrt((g ** 2).sum()) for g in grads)"),
                ("you take the largest norm of any array; the norm of all together is meant.",
                 "Sum all squares, of all arrays."),
                ("vous prenez la plus grande norme parmi les tableaux ; c'est la norme de l'ensemble qu'il "
                 "faut.",
                 "Sommez tous les carrés, de tous les tableaux.")),
        Mistake("largest number", ("np.sqrt(sum((g ** 2).sum() for g in grads))",
                                   "max(np.abs(g).max() for g in grads)"),
                ("you take the largest number; the norm of all together is meant.",
                 "Sum all squares, of all arrays, and take the root."),
                ("vous prenez le plus grand nombre ; c'est la norme de l'ensemble qu'il faut.",
                 "Sommez tous les carrés, de tous les tableaux, et prenez la racine.")),
        Mistake("absolute values", ("np.sqrt(sum((g ** 2).sum() for g in grads))",
                                    "sum(np.abs(g).sum() for g in grads)"),
                ("you sum absolute values; the norm is the root of the sum of squares.", "Pythagoras."),
                ("vous sommez des valeurs absolues ; la norme est la racine de la somme des "
                 "carrés.", "Pythagore.")),
        Mistake("root of the mean", ("np.sqrt(sum((g ** 2).sum() for g in grads))",
                                     "np.sqrt(sum((g ** 2).sum() for g in grads) / sum(g.size for g in "
                                     "grads))"),
                ("you take the mean of the squares; the norm takes their sum.",
                 "Is there one `mean` too many?"),
                ("vous prenez la moyenne des carrés ; la norme prend leur somme.",
                 "Y a-t-il un `mean` de trop ?")),
        Mistake("fraction turned", ("max_norm / norm", "norm / max_norm"),
                ("the fraction is upside down.", "If the norm is twice max_norm, the factor should be one "
                                                 "half."),
                ("la fraction est à l'envers.", "Si la norme est le double de max_norm, le facteur doit "
                                                "être un demi.")),
        Mistake("divided by the norm", ("[factor * g for g in grads]",
                                        "[g / norm if norm > max_norm else g for g in grads]"),
                ("gradients that are too long get the norm 1; they should get the norm max_norm.",
                 "One factor is missing."),
                ("les gradients trop longs reçoivent la norme 1 ; ils doivent recevoir la norme "
                 "max_norm.", "Il manque un facteur.")),
        Mistake("norm one", ("[factor * g for g in grads]", "[g / norm for g in grads]"),
                ("all gradients get the norm 1, the short ones too.",
                 "Only those above max_norm should change, and then have the norm max_norm."),
                ("tous les gradients reçoivent la norme 1, même les courts.",
                 "Seuls ceux qui dépassent max_norm doivent changer, et avoir alors la norme max_norm.")),
        Mistake("the other way round", ("min(1, max_norm / norm)", "max(1, max_norm / norm)"),
                ("short gradients are stretched and long ones left: it is the other way round.",
                 "`min` or `max`, `>` or `<`?"),
                ("les gradients courts sont étirés et les longs laissés : c'est l'inverse.",
                 "`min` ou `max`, `>` ou `<` ?")),
        Mistake("only the first array", ("np.sqrt(sum((g ** 2).sum() for g in grads))",
                                         "np.sqrt((grads[0] ** 2).sum())"),
                ("only the first array enters the norm.", "Does your loop return, or overwrite its sum, too "
                                                          "early?"),
                ("seul le premier tableau entre dans la norme.", "Votre boucle renvoie-t-elle, ou "
                                                                 "écrase-t-elle sa somme, trop tôt ?")),
        Mistake("only the last array", ("np.sqrt(sum((g ** 2).sum() for g in grads))",
                                        "np.sqrt((grads[-1] ** 2).sum())"),
                ("only the last array enters the norm: the sum is overwritten, not added to.",
                 "`+=`, not `=`."),
                ("seul le dernier tableau entre dans la norme : la somme est écrasée, pas "
                 "augmentée.", "`+=`, et non `=`.")),
        Mistake("not clipped", ("factor * g", "g"),
                ("the gradients come out as they went in.", "Multiply each array by the factor, and return "
                                                            "the new ones."),
                ("les gradients ressortent comme ils sont entrés.", "Multipliez chaque tableau par le "
                                                                    "facteur, et renvoyez les nouveaux.")),
        Mistake("norm too", ("    return [factor * g for g in grads]",
                             "    return [factor * g for g in grads], norm"),
                ("you return the norm as well; only the list of gradients is wanted.",
                 "One thing is returned: the list."),
                ("vous renvoyez aussi la norme ; on ne demande que la liste des gradients.",
                 "On renvoie une seule chose : la liste.")),
        Mistake("cut to zero", ("factor = min(1, max_norm / norm)", "factor = float(norm <= max_norm)"),
                ("gradients that are too long are thrown away; they should be shortened.",
                 "What is the factor that gives the norm max_norm?"),
                ("les gradients trop longs sont jetés ; il faut les raccourcir.",
                 "Quel est le facteur qui donne la norme max_norm ?")),
        Mistake("one long vector", ("[factor * g for g in grads]", "[factor * np.concatenate([g.ravel() for "
                                                                   "g in grads])]"),
                ("you return one long vector; a list of arrays with their own shapes is wanted.",
                 "Glue them together for the norm only."),
                ("vous renvoyez un seul long vecteur ; on demande une liste de tableaux avec leurs "
                 "formes.", "Ne les recollez que pour la norme.")),
    ), VANISHING),
    Exercise(lag_below, lag_inputs, "lag", "a whole number", (
        Mistake("from zero", ("return k + 1", "return k"),
                ("you count from 0; norms[0] is lag 1.", "Index k belongs to lag k + 1."),
                ("vous comptez à partir de 0 ; norms[0] est le retard 1.",
                 "L'indice k correspond au retard k + 1.")),
        Mistake("argmax", ("    for k, norm in enumerate(norms):\n        if norm < eps:\n            "
                           "return k + 1\n    return None",
                           "    return int(np.argmax(norms < eps)) + 1"),
                ("where no norm is below eps, `np.argmax` answers 0, and you say lag 1; then None is "
                 "wanted.", "Ask first whether there is any."),
                ("quand aucune norme n'est sous eps, `np.argmax` répond 0 et vous dites retard 1 ; il faut "
                 "alors None.",
                 "Demandez d'abord s'il y en a une.")),
        Mistake("argmax from zero", ("    for k, norm in enumerate(norms):\n        if norm < eps:\n        "
                                     "    return k + 1\n    return None",
                                     "    return int(np.argmax(norms < eps))"),
                ("two things: norms[0] is lag 1; and where no norm is below eps, `np.argmax` answers 0, but "
                 "None is wanted.",
                 "Index k belongs to lag k + 1; ask first whether there is any."),
                ("deux choses : norms[0] est le retard 1 ; et quand aucune norme n'est sous eps, "
                 "`np.argmax` répond 0 alors qu'il faut None.",
                 "L'indice k correspond au retard k + 1 ; demandez d'abord s'il y en a une.")),
        Mistake("counted", ("    for k, norm in enumerate(norms):\n        if norm < eps:\n            "
                            "return k + 1\n    return None",
                            "    k = int((norms >= eps).sum())\n    return k + 1 if k < len(norms) else "
                            "None"),
                ("you count the norms that are not below; that is only right if they fall "
                 "steadily.", "You want the *first* one below eps."),
                ("vous comptez les normes qui ne sont pas sous eps ; ce n'est juste que si elles "
                 "décroissent toujours.",
                 "On demande la *première* sous eps.")),
        Mistake("last", ("    for k, norm in enumerate(norms):\n        if norm < eps:\n            return "
                         "k + 1\n    return None",
                         "    last = None\n    for k, norm in enumerate(norms):\n        if norm < eps:\n   "
                         "         last = k + 1\n    return last"),
                ("you return the last lag below eps; the first is wanted.",
                 "Leave the loop as soon as one is found."),
                ("vous renvoyez le dernier retard sous eps ; on demande le premier.",
                 "Quittez la boucle dès que vous en trouvez un.")),
        Mistake("last above", ("    for k, norm in enumerate(norms):\n        if norm < eps:\n            "
                               "return k + 1\n    return None",
                               "    last = None\n    for k, norm in enumerate(norms):\n        if norm >= "
                               "eps:\n            last = k + 1\n    return last"),
                ("you return the last lag that is not below eps.", "You want the first one below."),
                ("vous renvoyez le dernier retard qui n'est pas sous eps.",
                 "On demande le premier qui l'est.")),
        Mistake("above", ("norm < eps", "norm > eps"),
                ("the comparison is turned round: you find the first norm *above* eps.", "`<` or `>`?"),
                ("la comparaison est à l'envers : vous trouvez la première norme *au-dessus* de "
                 "eps.", "`<` ou `>` ?")),
        Mistake("the norm", ("return k + 1", "return norm"),
                ("you return the norm; its lag is wanted.", "`enumerate` gives both."),
                ("vous renvoyez la norme ; on demande son retard.", "`enumerate` donne les deux.")),
        Mistake("length", ("return None", "return len(norms)"),
                ("where no norm is below eps you return T; then None is wanted.",
                 "What do you return after the loop?"),
                ("quand aucune norme n'est sous eps, vous renvoyez T ; il faut alors None.",
                 "Que renvoyez-vous après la boucle ?")),
        Mistake("length + 1", ("return None", "return len(norms) + 1"),
                ("where no norm is below eps you return T + 1; then None is wanted.",
                 "What do you return after the loop?"),
                ("quand aucune norme n'est sous eps, vous renvoyez T + 1 ; il faut alors None.",
                 "Que renvoyez-vous après la boucle ?")),
        Mistake("zero", ("return None", "return 0"),
                ("where no norm is below eps you return 0; then None is wanted.",
                 "What do you return after the loop?"),
                ("quand aucune norme n'est sous eps, vous renvoyez 0 ; il faut alors None.",
                 "Que renvoyez-vous après la boucle ?")),
        Mistake("minus one", ("return None", "return -1"),
                ("where no norm is below eps you return −1; then None is wanted.",
                 "What do you return after the loop?"),
                ("quand aucune norme n'est sous eps, vous renvoyez −1 ; il faut alors None.",
                 "Que renvoyez-vous après la boucle ?")),
        Mistake("first only", ("            return k + 1\n    return None",
                               "            return k + 1\n        return None"),
                ("your loop gives up after the first norm: the last `return` stands inside it.",
                 "How far is the last line indented?"),
                ("votre boucle abandonne après la première norme : le dernier `return` est "
                 "dedans.", "Quelle est l'indentation de la dernière ligne ?")),
        Mistake("all of them", ("    for k, norm in enumerate(norms):\n        if norm < eps:\n            "
                                "return k + 1\n    return None",
                                "    return np.flatnonzero(norms < eps) + 1"),
                ("you return all the lags below eps; the first is wanted.", "And None, if there is none."),
                ("vous renvoyez tous les retards sous eps ; on demande le premier.",
                 "Et None s'il n'y en a pas.")),
        Mistake("where", ("    for k, norm in enumerate(norms):\n        if norm < eps:\n            return "
                          "k + 1\n    return None",
                          "    return int(np.where(norms < eps)[0][0]) + 1"),
                ("where no norm is below eps there is no element [0] to take; then None is "
                 "wanted.", "Ask first whether there is any."),
                ("quand aucune norme n'est sous eps, il n'y a pas d'élément [0] à prendre ; il faut alors "
                 "None.",
                 "Demandez d'abord s'il y en a une.")),
    ), VANISHING),
)


LOW, HIGH, LAG = 0.01, 0.1, 50


def slow_fade(W_h):
    """Recurrent weights whose gradient fades slowly: at lag 50 its norm must lie between 0.01 and 0.1.

    An RNN of two units, h_t = tanh(W_h·h_{t-1} + noise), runs for 200 steps on noise of standard deviation
    0.03; then the norm of ∂h_T/∂h_{T-50}, np.linalg.norm(P, 2), must lie in that band, for each of 50 random
    runs. Returns W_h (2, 2).
    """
    rng = np.random.default_rng(3)
    h, hs = np.zeros((50, 2)), []
    for _ in range(200):
        h = np.tanh(h @ W_h.T + rng.normal(0, 0.03, h.shape))
        hs.append(h)
    P, norms = np.eye(2), []
    for h in hs[:-LAG - 1:-1]:
        P = P @ ((1 - h[..., None] ** 2) * W_h)
        norms.append(np.linalg.norm(P, 2, axis=(-2, -1)))
    norms = np.array(norms)
    last = norms[-1]
    if ((LOW < last) & (last < HIGH)).all():
        return None
    k = int(np.argmax(np.maximum(LOW / np.maximum(last, 1e-300), last / HIGH)))
    end, small = last[k], last[k] <= LOW
    first = int(np.argmax(norms[:, k] < LOW)) + 1 if small else LAG
    per_step = end ** (1 / LAG)
    en = f"it is below 0.01 from lag {first} on" if small else "that is too much"
    fr = f"elle passe sous 0,01 dès le retard {first}" if small else "c'est trop"
    en = f"{en}; on average each step multiplies it by {per_step:.3f}"
    fr = f"{fr} ; en moyenne, chaque pas la multiplie par {per_step:.3f}"
    return (f"at lag {LAG} the norm is {end:.2g}: {en}.", f"au retard {LAG}, la norme vaut {end:.2g} : "
                                                         f"{fr}")


def slow_fade_weights():
    """An accepted answer."""
    return 0.95 * np.eye(2)


PUZZLES = (
    Puzzle(slow_fade_weights, {"W_h": (2, 2)}, slow_fade, (
        "Which number, multiplied by itself 50 times, gives something between 0.01 and 0.1? The slope of "
        "tanh takes a little away, too: the units "
        "are not silent.", VANISHING[0]), (
        "Quel nombre, multiplié 50 fois par lui-même, donne une valeur entre 0,01 et 0,1 ? La pente de tanh "
        "en retire aussi un peu : les unités "
        "ne sont pas silencieuses.", VANISHING[1])),
)
