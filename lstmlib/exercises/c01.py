"""Exercises of chapter 01, the basics of RNNs."""

import numpy as np

from ..cells import join
from ..judge import Exercise, Mistake, Puzzle, rows_of_symbols
from .affine import affine, gate_inputs
from .sheet import EACH_STEP, OUTPUTS, RNN

# --- exercises and puzzles ----------------------------------------------------------------------------------


def rnn_step(W, b, h, x):
    """One moment of an RNN: the new hidden state tanh(W·[h, x] + b).

    W (H, H+D), b (H, 1), h (H, B) the hidden state of the moment before, x (D, B) the input of this moment;
    returns the new h (H, B). `join(h, x)`, h over x, is in lstmlib.
    """
    return np.tanh(W @ join(h, x) + b)


def rnn_forward(W, b, xs, h0):
    """A whole sequence: an RNN reads xs moment by moment, from the state h0 on, always with the same W and b.

    W (H, H+D), b (H, 1), xs (T, D, B), h0 (H, B); returns the hidden states after each moment in one array
    (T, H, B): the first is the state after xs[0] (h0 itself is not among them), the last that after xs[T-1].
    Your own rnn_step may be used.
    """
    hs = []
    h = h0
    for x in xs:
        h = np.tanh(W @ join(h, x) + b)
        hs.append(h)
    return np.stack(hs)


def softmax(y):
    """Scores to probabilities: exp(y) / Σ exp(y), over the classes, for scores of any size.

    y (K, B): one column of K scores for each example; returns p (K, B), positive, each column with the sum 1.
    Scores of 1000 must not overflow: exp(1000) is infinite, but adding the same number to all scores of a
    column changes nothing.
    """
    e = np.exp(y - y.max(0, keepdims=True))
    return e / e.sum(0, keepdims=True)


def forward_inputs(rng, n):
    """W, b, xs, h0: weights small enough that every moment is still seen at the end."""
    W, b = rng.normal(size=(n.H, n.H + n.D)) / np.sqrt(n.H), rng.normal(size=(n.H, 1)) / 2
    yield W, b, rng.normal(size=(n.T, n.D, n.B)), rng.uniform(-1, 1, (n.H, n.B))


def softmax_inputs(rng, n):
    """Scores of ordinary size, and of sizes that overflow: sixty-fourths, which float32 holds exactly."""
    y = np.round(64 * rng.normal(size=(n.K, n.B))) / 64
    yield (y,)
    yield (y[::-1] + 1000 * (n.B != 3) - 1500 * (n.B == 6),)
    yield (y + np.where(np.arange(n.K)[:, None] < 2, 2000, 0) + 3000 * np.arange(n.B),)


LOOP = (
    Mistake("h0 at every step", ("h = np.tanh(W @ join(h, x)", "h = np.tanh(W @ join(h0, x)"),
            ("every step starts from h0 again: nothing is remembered from one moment to the next.",
             "Which h does the next turn of the loop read? The one just made should go in."),
            ("chaque pas repart de h0 : rien n'est retenu d'un instant au suivant.",
             "Quel h le tour suivant de la boucle lit-il ? C'est celui qui vient d'être calculé qui doit "
             "entrer.")),
    Mistake("h0 in the result", ("    hs = []\n", "    hs = [h0]\n"),
            ("h0 stands at the front of your result, so there are T + 1 states.",
             "xs has T moments: the first state is that after xs[0]."),
            ("h0 figure en tête de votre résultat, qui compte donc T + 1 états.",
             "xs a T instants : le premier état est celui d'après xs[0].")),
    Mistake("the state before each step", ("        h = np.tanh(W @ join(h, x) + b)\n        hs.append(h)",
                                           "        hs.append(h)\n        h = np.tanh(W @ join(h, x) + b)"),
            ("each state is kept before it is updated: yours are one moment late, and the last is lost.",
             "In the loop: first the new h, then keep it."),
            ("chaque état est gardé avant sa mise à jour : les vôtres ont un instant de retard, et le "
             "dernier est perdu.",
             "Dans la boucle : d'abord le nouveau h, ensuite on le garde.")),
    Mistake("last state only", ("np.stack(hs)", "h"),
            ("you return the last state only; the states after every moment are asked.",
             "Keep each h in a list, and stack the list at the end."),
            ("vous ne renvoyez que le dernier état ; on demande l'état après chaque instant.",
             "Gardez chaque h dans une liste, puis empilez la liste à la fin.")),
    Mistake("returned in the loop", ("        hs.append(h)", "        hs.append(h)\n        break"),
            ("only one moment was read: the `return` stands inside the loop.",
             "How far is the last line indented?"),
            ("un seul instant a été lu : le `return` est dans la boucle.",
             "Quelle est l'indentation de la dernière ligne ?")),
    Mistake("returned in the loop, unstacked", ("        hs.append(h)", "        return h"),
            ("only the first moment was read: the `return` stands inside the loop.",
             "How far is the last line indented? And the states of all moments are asked."),
            ("seul le premier instant a été lu : le `return` est dans la boucle.",
             "Quelle est l'indentation de la dernière ligne ? Et l'on demande les états de tous les "
             "instants.")),
    Mistake("h0 ignored", ("h = h0", "h = 0 * h0"),
            ("your loop starts from zeros; it should start from the h0 it was given.",
             "What is h before the first turn of the loop?"),
            ("votre boucle part de zéros ; elle doit partir du h0 qu'on lui donne.",
             "Que vaut h avant le premier tour de boucle ?")),
    Mistake("same x", ("for x in xs:", "for x in [xs[0] for _ in xs]:"),
            ("every step reads the first input, xs[0].", "Which x does the t-th turn of the loop read?"),
            ("chaque pas lit la première entrée, xs[0].", "Quel x le t-ième tour de boucle lit-il ?")),
    Mistake("x of the moment before", ("for x in xs:", "for x in np.roll(xs, 1, 0):"),
            ("step t reads xs[t-1]; at t = 0 that wraps round to the very last input.",
             "Which x does the t-th turn of the loop read?"),
            ("le pas t lit xs[t-1] ; à t = 0, on retombe sur la toute dernière entrée.",
             "Quel x le t-ième tour de boucle lit-il ?")),
    Mistake("first x left out", ("for x in xs:", "for x in xs[1:]:"),
            ("the first input is left out, so there are T − 1 states.",
             "Where does your loop begin? xs[0] is the first moment to be read."),
            ("la première entrée est oubliée : vous n'avez que T − 1 états.",
             "Où commence votre boucle ? xs[0] est le premier instant à lire.")),
    Mistake("last x left out", ("for x in xs:", "for x in xs[:-1]:"),
            ("the last input is left out, so there are T − 1 states.",
             "Where does your loop end? `range(T)` goes from 0 to T − 1."),
            ("la dernière entrée est oubliée : vous n'avez que T − 1 états.",
             "Où finit votre boucle ? `range(T)` va de 0 à T − 1.")),
    Mistake("time reversed", ("for x in xs:", "for x in xs[::-1]:"),
            ("the sequence is read backwards.", "In which order does your loop go through xs?"),
            ("la séquence est lue à l'envers.", "Dans quel ordre votre boucle parcourt-elle xs ?")),
    Mistake("result reversed", ("np.stack(hs)", "np.stack(hs[::-1])"),
            ("the states are right, but stand in reverse order.", "Do you put each new state at the front "
                                                                  "of the list?"),
            ("les états sont justes, mais dans l'ordre inverse.", "Mettez-vous chaque nouvel état en tête "
                                                                  "de liste ?")),
    Mistake("joined, not stacked", ("np.stack(hs)", "np.concatenate(hs)"),
            ("the states are put end to end into one long matrix (T·H, B); an axis for time, in front, is "
             "missing.",
             "`np.concatenate` lengthens an axis there is, `np.stack` makes a new one."),
            ("les états sont mis bout à bout dans une longue matrice (T·H, B) ; il manque un axe pour le "
             "temps, en tête.",
             "`np.concatenate` allonge un axe existant, `np.stack` en crée un.")),
    Mistake("joined, side by side", ("np.stack(hs)", "np.hstack(hs)"),
            ("the states are put side by side into one wide matrix (H, T·B); an axis for time, in front, is "
             "missing.",
             "`np.hstack` lengthens an axis there is, `np.stack` makes a new one."),
            ("les états sont mis côte à côte dans une large matrice (H, T·B) ; il manque un axe pour le "
             "temps, en tête.",
             "`np.hstack` allonge un axe existant, `np.stack` en crée un.")),
    Mistake("time last", ("np.stack(hs)", "np.stack(hs, axis=-1)"),
            ("time is your last axis; it should be the first: (T, H, B).",
             "Which axis does `np.stack` make?"),
            ("le temps est votre dernier axe ; il doit être le premier : (T, H, B).",
             "Quel axe `np.stack` crée-t-il ?")),
    Mistake("time in the middle", ("np.stack(hs)", "np.stack(hs, axis=1)"),
            ("time is your second axis; it should be the first: (T, H, B).",
             "Which axis does `np.stack` make?"),
            ("le temps est votre deuxième axe ; il doit être le premier : (T, H, B).",
             "Quel axe `np.stack` crée-t-il ?")),
    Mistake("examples first", ("np.stack(hs)", "np.stack([h.T for h in hs])"),
            ("each state is turned over, (B, H); the units are the rows, the examples the "
             "columns.", "Is there a `.T` too many?"),
            ("chaque état est transposé, (B, H) ; les unités sont les lignes, les exemples les "
             "colonnes.", "Y a-t-il un `.T` de trop ?")),
    Mistake("one array for all", ("np.stack(hs)", "np.stack([h] * len(hs))"),
            ("all your states are the last one: the same array stands in the list T times, and each step "
             "overwrites it.",
             "`h[:] = …` writes into the array that you have already put into the list; `h = …` makes a new "
             "one."),
            ("tous vos états sont le dernier : le même tableau figure T fois dans la liste, et chaque pas "
             "l'écrase.",
             "`h[:] = …` écrit dans le tableau déjà rangé dans la liste ; `h = …` en crée un nouveau.")),
    Mistake("state added up", ("        h = np.tanh(W @ join(h, x) + b)\n",
                               "        h = h + np.tanh(W @ join(h, x) + b)\n"),
            ("the new state is added to the old; it should take its place.", "`h = …`, not `h += …`."),
            ("le nouvel état s'ajoute à l'ancien ; il doit le remplacer.", "`h = …`, et non `h += …`.")),
    Mistake("B moments", ("for x in xs:", "for x in xs[:xs.shape[2]]:"),
            ("your loop runs over the number of examples, B, not over the moments, T.",
             "xs is (T, D, B): which axis is time?"),
            ("votre boucle parcourt le nombre d'exemples, B, et non les instants, T.",
             "xs est (T, D, B) : quel axe est le temps ?")),
    Mistake("tanh only at the output", ("h = np.tanh(W @ join(h, x) + b)\n        hs.append(h)",
                                        "h = W @ join(h, x) + b\n        hs.append(np.tanh(h))"),
            ("the h that goes on to the next moment has not been through tanh.",
             "The new state is tanh(…) itself."),
            ("le h transmis à l'instant suivant n'est pas passé par tanh.",
             "Le nouvel état est tanh(…) lui-même.")),
    Mistake("batch first", ("np.stack(hs)", "np.stack(hs).transpose(2, 0, 1)"),
            ("the batch is your first axis; here it is the last: (T, H, B).",
             "Is there a `transpose` too many?"),
            ("le lot est votre premier axe ; ici c'est le dernier : (T, H, B).",
             "Y a-t-il un `transpose` de trop ?")),
    Mistake("reshaped", ("np.stack(hs)", "np.concatenate(hs, axis=1).reshape(len(hs), *h.shape)"),
            ("the shape is right, but the numbers are shuffled: `reshape` reads row by row, and does not "
             "move axes.",
             "`np.stack` puts each state behind the other, in an axis of its own."),
            ("la forme est juste, mais les nombres sont mélangés : `reshape` lit ligne à ligne, sans "
             "déplacer les axes.",
             "`np.stack` place les états l'un derrière l'autre, sur un axe à eux.")),
    Mistake("average over time", ("np.stack(hs)", "np.stack(hs).mean(0)"),
            ("you average over time; the states after every moment are asked.",
             "Keep each h, and stack them."),
            ("vous faites la moyenne sur le temps ; on demande l'état après chaque instant.",
             "Gardez chaque h, puis empilez-les.")),
)

EXERCISES = (
    Exercise(rnn_step, gate_inputs, "h", "(H, B)", affine("h", bend="tanh"), RNN),
    Exercise(rnn_forward, forward_inputs, "hs", "(T, H, B)", LOOP + affine("h", bend="tanh"), EACH_STEP,
             look=lambda f, *args: {"hs": np.asarray(f(*args))}),
    Exercise(softmax, softmax_inputs, "p", "(K, B)", (
        Mistake("over the batch", ("y.max(0, keepdims=True)", "y.max(1, keepdims=True)",
                                   "e.sum(0, keepdims=True)", "e.sum(1, keepdims=True)"),
                ("you normalise along the batch: the examples compete. Each column is one example, and its "
                 "classes share the sum 1.",
                 "Which axis of (K, B) holds the classes?"),
                ("vous normalisez le long du lot : ce sont les exemples qui se font concurrence. Chaque "
                 "colonne est un exemple, dont les "
                 "classes se partagent la somme 1.", "Quel axe de (K, B) porte les classes ?")),
        Mistake("over everything", ("y.max(0, keepdims=True)", "y.max()",
                                    "e.sum(0, keepdims=True)", "e.sum()"),
                ("you divide by one sum over all examples; each column should have its own.",
                 "Which axis does your sum run over? Name it."),
                ("vous divisez par une seule somme sur tous les exemples ; chaque colonne doit avoir la "
                 "sienne.",
                 "Sur quel axe porte votre somme ? Nommez-le.")),
        Mistake("overflow", ("y - y.max(0, keepdims=True)", "y"),
                ("right for small scores, but exp(1000) overflows and inf / inf is nan.",
                 "Adding the same number to all scores of a column changes nothing: which number makes the "
                 "largest 0?"),
                ("juste pour de petits scores, mais exp(1000) déborde et inf / inf donne nan.",
                 "Ajouter le même nombre à tous les scores d'une colonne ne change rien : lequel ramène le "
                 "plus grand à 0 ?")),
        Mistake("overflow, over the batch", ("y - y.max(0, keepdims=True)", "y",
                                             "e.sum(0, keepdims=True)", "e.sum(1, keepdims=True)"),
                ("two things: you normalise along the batch instead of the classes, and exp(1000) overflows.",
                 "Which axis of (K, B) holds the classes? And what may be subtracted from a column without "
                 "a change?"),
                ("deux choses : vous normalisez le long du lot au lieu des classes, et exp(1000) déborde.",
                 "Quel axe de (K, B) porte les classes ? Et que peut-on soustraire à une colonne sans rien "
                 "changer ?")),
        Mistake("overflow, over everything", ("y - y.max(0, keepdims=True)", "y",
                                              "e.sum(0, keepdims=True)", "e.sum()"),
                ("two things: you divide by one sum over all examples (each column should have its own), "
                 "and exp(1000) overflows.",
                 "Which axis of (K, B) holds the classes? And what may be subtracted from a column without "
                 "a change?"),
                ("deux choses : vous divisez par une seule somme sur tous les exemples (à chaque colonne la "
                 "sienne), et exp(1000) déborde.",
                 "Quel axe de (K, B) porte les classes ? Et que peut-on soustraire à une colonne sans rien "
                 "changer ?")),
        Mistake("maximum over the batch", ("y.max(0, keepdims=True)", "y.max(1, keepdims=True)"),
                ("the maximum is taken along the batch, so each class of a column loses another number, and "
                 "that changes the result.",
                 "Along which axis do you take the maximum, along which the sum?"),
                ("le maximum est pris le long du lot : chaque classe d'une colonne perd un nombre "
                 "différent, ce qui change le résultat.",
                 "Sur quel axe prenez-vous le maximum, sur quel axe la somme ?")),
        Mistake("sum over the batch", ("e.sum(0, keepdims=True)", "e.sum(1, keepdims=True)"),
                ("the sum runs along the batch: the columns do not add up to 1.",
                 "Along which axis do you take the maximum, along which the sum?"),
                ("la somme court le long du lot : les colonnes ne somment pas à 1.",
                 "Sur quel axe prenez-vous le maximum, sur quel axe la somme ?")),
        Mistake("sum over everything", ("e.sum(0, keepdims=True)", "e.sum()"),
                ("you divide by one sum over all examples; each column should have its own.",
                 "Which axis does your sum run over? Name it, beside that of the maximum."),
                ("vous divisez par une seule somme sur tous les exemples ; chaque colonne a la sienne.",
                 "Sur quel axe porte votre somme ? Nommez-le, comme celui du maximum.")),
        Mistake("not normalised", ("e / e.sum(0, keepdims=True)", "e"),
                ("the columns do not add up to 1: the division is missing.",
                 "What stands under the fraction bar?"),
                ("les colonnes ne somment pas à 1 : il manque la division.",
                 "Qu'y a-t-il sous la barre de fraction ?")),
        Mistake("no exp", ("np.exp(y - y.max(0, keepdims=True))", "y"),
                ("there is no exp: scores can be negative, probabilities cannot.",
                 "What is done to each score before the sum?"),
                ("il n'y a pas d'exponentielle : un score peut être négatif, une probabilité "
                 "non.", "Que fait-on à chaque score avant la somme ?")),
        Mistake("no exp, shifted", ("np.exp(y - y.max(0, keepdims=True))", "y - y.max(0, keepdims=True)"),
                ("there is no exp: you divide the shifted scores by their sum.",
                 "What is done to each score before the sum?"),
                ("il n'y a pas d'exponentielle : vous divisez les scores décalés par leur somme.",
                 "Que fait-on à chaque score avant la somme ?")),
        Mistake("one maximum for all", ("y.max(0, keepdims=True)", "y.max()"),
                ("one maximum is subtracted from all columns: where a column lies far below, all its exp "
                 "become 0, and 0 / 0 is nan.",
                 "Each column has its own largest score."),
                ("un même maximum est soustrait à toutes les colonnes : si une colonne est bien plus basse, "
                 "tous ses exp deviennent 0, et 0 / 0 "
                 "donne nan.", "Chaque colonne a son propre plus grand score.")),
        Mistake("hard maximum", ("e / e.sum(0, keepdims=True)", "1.0 * (e == e.max(0))"),
                ("you give all to the best class; softmax is soft: the others keep their share.",
                 "exp(y) / Σ exp(y): nothing is compared."),
                ("vous donnez tout à la meilleure classe ; softmax est douce : les autres gardent leur part.",
                 "exp(y) / Σ exp(y) : rien n'est comparé.")),
        Mistake("minimum", ("y.max(0, keepdims=True)", "y.min(0, keepdims=True)"),
                ("you subtract the smallest score: where the scores of a column lie far apart, exp still "
                 "overflows.", "Which score should become 0, so that none stays above it?"),
                ("vous soustrayez le plus petit score : quand les scores d'une colonne sont très écartés, "
                 "exp déborde encore.",
                 "Quel score doit devenir 0, pour qu'aucun ne reste au-dessus ?")),
        Mistake("mean", ("y.max(0, keepdims=True)", "y.mean(0, keepdims=True)"),
                ("you subtract the mean: where the scores of a column lie far apart, exp still overflows.",
                 "Which score should become 0, so that none stays above it?"),
                ("vous soustrayez la moyenne : quand les scores d'une colonne sont très écartés, exp "
                 "déborde encore.",
                 "Quel score doit devenir 0, pour qu'aucun ne reste au-dessus ?")),
        Mistake("maximum divides", ("y - y.max(0, keepdims=True)", "y / y.max(0, keepdims=True)"),
                ("you divide the scores by the largest; only subtracting leaves softmax as it is.",
                 "exp(y − m) / Σ exp(y − m): the factor exp(−m) cancels. With y / m nothing cancels."),
                ("vous divisez les scores par le plus grand ; seule la soustraction laisse softmax "
                 "inchangée.",
                 "exp(y − m) / Σ exp(y − m) : le facteur exp(−m) se simplifie. Avec y / m, rien ne se "
                 "simplifie.")),
        Mistake("minus y", ("np.exp(y - y.max(0, keepdims=True))", "np.exp(y.min(0, keepdims=True) - y)"),
                ("the sign is turned round: the class with the smallest score gets the most.",
                 "exp(y), not exp(−y)."),
                ("le signe est inversé : la classe au plus petit score reçoit le plus.",
                 "exp(y), et non exp(−y).")),
        Mistake("logarithm", ("e / e.sum(0, keepdims=True)", "y - y.max(0, keepdims=True) - np.log(e.sum(0, "
                                                             "keepdims=True))"),
                ("that is the logarithm of softmax.", "Probabilities are asked: positive, each column with "
                                                      "the sum 1."),
                ("c'est le logarithme de softmax.", "On demande des probabilités : positives, de somme 1 "
                                                    "par colonne.")),
        Mistake("sigmoid", ("e / e.sum(0, keepdims=True)", "1 / (1 + np.exp(-y))"),
                ("that is σ of each score alone; softmax shares a sum of 1 out among the "
                 "classes.", "exp(y) / Σ exp(y)."),
                ("c'est σ de chaque score séparément ; softmax partage une somme de 1 entre les "
                 "classes.", "exp(y) / Σ exp(y).")),
        Mistake("Python's sum", ("e.sum(0, keepdims=True)", "e.sum(1)"),
                ("the sum runs along the batch, and has lost an axis.", "`axis=0` runs down a column."),
                ("la somme court le long du lot, et a perdu un axe.", "`axis=0` parcourt une colonne de "
                                                                      "haut en bas.")),
        Mistake("powers of two", ("np.exp(y", "2 ** (y"),
                ("you take powers of 2; softmax takes powers of e.", "`np.exp`."),
                ("vous prenez des puissances de 2 ; softmax prend des puissances de e.", "`np.exp`.")),
        Mistake("clipped", ("y - y.max(0, keepdims=True)", "np.clip(y, -500, 500)"),
                ("clipping the scores avoids the overflow, but makes all large scores equal.",
                 "What may be subtracted from a whole column without any change?"),
                ("borner les scores évite le débordement, mais rend égaux tous les grands scores.",
                 "Que peut-on soustraire à toute une colonne sans rien changer ?")),
        Mistake("a grain in the sum", ("e.sum(0, keepdims=True)", "(e.sum(0, keepdims=True) + 1)"),
                ("something is added to the sum, so the columns add up to less than 1.",
                 "Under the fraction bar stands the sum alone."),
                ("quelque chose s'ajoute à la somme : les colonnes somment à moins de 1.",
                 "Sous la barre de fraction, il n'y a que la somme.")),
    ), OUTPUTS),
)


def remember_one(W, b):
    """One tanh unit that remembers whether it has ever seen a 1.

    h_t = tanh(W·[h_{t-1}, x_t] + b), x_t is 0 or 1, and h starts at 0. After every step, for 20 steps at
    least, h must be above 0.5 if there has been a 1, and below 0.5 if not. Returns W (1, 2), whose columns
    meet h and x; and b (1, 1).
    """
    for rows in rows_of_symbols(2, 20, np.random.default_rng(1)):
        h, seen = np.zeros(rows.shape[1]), np.zeros(rows.shape[1], bool)
        for t, x in enumerate(rows):
            h = np.tanh(W @ np.stack([h, x]) + b)[0]
            seen |= x == 1
            bad = np.flatnonzero((h > 0.5) != seen)
            if bad.size:
                k = bad[0]
                row = " ".join(map(str, rows[:t + 1, k]))
                just = seen[k] and not rows[:t, k].any()
                return (f"after “{row}” the unit says {h[k]:.2f}: " + (
                            "it has not noticed the 1." if just else "it has forgotten the 1." if seen[k] else
                            "it believes in a 1 that never came."),
                        f"après « {row} », l'unité dit {h[k]:.2f} : " + (
                            "elle n'a pas remarqué le 1." if just else "elle a oublié le 1." if seen[k] else
                            "elle croit à un 1 qui n'est jamais venu."))
    return None


def remember_one_weights():
    """An accepted answer."""
    return np.array([[2.0, 3.0]]), np.array([[0.0]])


PUZZLES = (
    Puzzle(remember_one_weights, {"W": (1, 2), "b": (1, 1)}, remember_one, (
        "A unit that feeds itself holds on only if what comes back is as large as what was there: h = "
        "tanh(w·h) must have a solution "
        "above 0.5. For which w?",
        EACH_STEP[0]), (
        "Une unité qui se nourrit d'elle-même ne tient que si ce qui revient vaut ce qui était là : h = "
        "tanh(w·h) doit avoir une solution "
        "au-dessus de 0,5. Pour quels w ?",
        EACH_STEP[1])),
)
