"""The mistakes that anyone can make around `bend(W @ join(h, x) + b)`: the five exercises that write it share
them.
"""

from ..judge import Mistake


def affine(q, W="W", b="b", bend="sigmoid"):
    """Known mistakes of `q = bend(W @ join(h, x) + b)`, as that text stands in a right answer."""
    def known(name, *edits, en, fr):
        return Mistake(name, edits, *(tuple(s.format(q=q, W=W, b=b) for s in steps) for steps in (en, fr)))

    return (
        known("x over h", "join(h, x)", "join(x, h)",
              en=("you put x over h: [x; h]. The weights expect the past above, the present below.",
                  "The first H columns of {W} belong to h, the last D to x: in which order do you join "
                  "them?"),
              fr=("vous placez x au-dessus de h : [x; h]. Les poids attendent le passé en haut, le présent "
                  "en bas.",
                  "Les H premières colonnes de {W} vont avec h, les D dernières avec x : dans quel ordre "
                  "les empilez-vous ?")),
        known("no bias", f" + {b}", "",
              en=("the bias {b} is missing.", "What is added to the product {W}·[h, x] before it is bent?"),
              fr=("il manque le biais {b}.", "Que faut-il ajouter au produit {W}·[h, x] avant de "
                                             "l'écraser ?")),
        known("minus bias", f" + {b}", f" - {b}",
              en=("the bias is subtracted.", "Look at the sign in front of {b}."),
              fr=("le biais est soustrait.", "Regardez le signe devant {b}.")),
        known("bias twice", f" + {b}", f" + 2 * {b}",
              en=("the bias is added twice.", "Count how often {b} enters the sum."),
              fr=("le biais est ajouté deux fois.", "Comptez combien de fois {b} entre dans la somme.")),
        known("bias along the batch", f" + {b}", f" + {b}[:, 0]",
              en=("the bias has lost its second axis: as (H,) NumPy lays it along the batch instead of "
                  "along the units.",
                  "{b} comes in with the shape (H, 1), a column, and should stay one: no `[:, 0]`, no "
                  "`flatten`, no `squeeze`."),
              fr=("le biais a perdu son second axe : de forme (H,), NumPy le couche le long du lot, et non "
                  "des unités.",
                  "{b} arrive avec la forme (H, 1), une colonne, et doit le rester : ni `[:, 0]`, ni "
                  "`flatten`, ni `squeeze`.")),
        known("bias as a row", f" + {b}", f" + {b}.T",
              en=("the bias is laid on its side: a row (1, H) is spread along the batch.",
                  "{b} is a column already: is the `.T` needed?"),
              fr=("le biais est couché : une ligne (1, H) s'étale le long du lot.",
                  "{b} est déjà une colonne : faut-il ce `.T` ?")),
        known("bias outside", f" + {b})", f") + {b}",
              en=("the bias is added after the bending, so it can push {q} out of its range.",
                  "Where does the bracket close: before {b}, or after it?"),
              fr=("le biais est ajouté après la fonction : {q} peut alors sortir de son intervalle.",
                  "Où se ferme la parenthèse : avant {b}, ou après ?")),
        known("elementwise product", f"{W} @ join", f"{W} * join",
              en=("`*` multiplies number by number; a matrix acts on a vector with `@`.",
                  "Which sign stands between {W} and [h; x]?"),
              fr=("`*` multiplie nombre par nombre ; une matrice agit sur un vecteur avec `@`.",
                  "Quel signe y a-t-il entre {W} et [h; x] ?")),
        known("x alone", "join(h, x)", "x",
              en=("{W} is given x alone, and has H columns too many: the cell cannot see its own past.",
                  "What does {W} act on? On the sheet there are two things in the square brackets."),
              fr=("{W} ne reçoit que x, et a H colonnes de trop : la cellule ne voit pas son propre passé.",
                  "Sur quoi agit {W} ? Sur la fiche, il y a deux choses entre les crochets.")),
        known("h alone", "join(h, x)", "h",
              en=("{W} has H + D columns, but what it meets has only H rows, as h alone has: the cell is "
                  "blind to its input.",
                  "What stands on the right of {W}, and is {W} on the left? On the sheet there are two "
                  "things in the brackets."),
              fr=("{W} a H + D colonnes, mais rencontre H lignes seulement, comme celles de h seul : la "
                  "cellule est aveugle à son entrée.",
                  "Qu'y a-t-il à droite de {W}, et {W} est-elle à gauche ? Sur la fiche, il y a deux choses "
                  "entre les crochets.")),
        known("x ignored", "join(h, x)", "join(h, 0 * x)",
              en=("x does not reach the result: only the part of {W} that belongs to h is used.",
                  "Where do the last D columns of {W} go?"),
              fr=("x n'arrive pas au résultat : seule la partie de {W} qui va avec h sert.",
                  "Que deviennent les D dernières colonnes de {W} ?")),
        known("h ignored", "join(h, x)", "join(0 * h, x)",
              en=("h does not reach the result: only the part of {W} that belongs to x is used.",
                  "Where do the first H columns of {W} go?"),
              fr=("h n'arrive pas au résultat : seule la partie de {W} qui va avec x sert.",
                  "Que deviennent les H premières colonnes de {W} ?")),
        known("h plus x", "join(h, x)", "(h + x)",
              en=("h and x are added; the square brackets on the sheet put them one over the other.",
                  "[h, x] has H + D rows: `join(h, x)`, or `np.concatenate`."),
              fr=("h et x sont additionnés ; sur la fiche, les crochets les empilent l'un sur l'autre.",
                  "[h, x] a H + D lignes : `join(h, x)`, ou `np.concatenate`.")),
        known("side by side", "join(h, x)", "np.concatenate([h, x], axis=1)",
              en=("h and x are put side by side; they belong one over the other.",
                  "Along which axis do you join? The examples are the columns."),
              fr=("h et x sont mis côte à côte ; il faut les empiler l'un sur l'autre.",
                  "Selon quel axe les joignez-vous ? Les exemples sont les colonnes.")),
        known("bias on h", f"join(h, x) + {b}", f"join(h + {b}, x)",
              en=("the bias is added to h before the product; it belongs to the result of the product.",
                  "{W}·[h, x] + {b}: where is the +?"),
              fr=("le biais est ajouté à h avant le produit ; il va avec le résultat du produit.",
                  "{W}·[h, x] + {b} : où est le + ?")),
        known("W transposed", f"{W} @ join", f"{W}.T @ join",
              en=("{W} is transposed: it already has one row for each unit, one column for each number in "
                  "[h; x].",
                  "(H, H+D) @ (H+D, B) gives (H, B): is the `.T` needed?"),
              fr=("{W} est transposée : elle a déjà une ligne par unité, une colonne par nombre de [h; x].",
                  "(H, H+D) @ (H+D, B) donne (H, B) : faut-il ce `.T` ?")),
        known("bias on a row", f"{W} @ join(h, x)", f"join(h, x).T @ {W}.T",
              en=("the product comes out as (B, H), examples in rows; {b} and the result want (H, B).",
                  "{W} on the left, [h; x] on the right, no `.T`: which shape comes out?"),
              fr=("le produit sort de forme (B, H), les exemples en lignes ; {b} et le résultat veulent (H, "
                  "B).",
                  "{W} à gauche, [h; x] à droite, sans `.T` : quelle forme obtenez-vous ?")),
    ) + (_sigmoid(q) if bend == "sigmoid" else _tanh(q))


def _sigmoid(q):
    """Known mistakes of what bends a gate."""
    def known(name, new, en, fr, old="sigmoid("):
        return Mistake(name, (old, new), *(tuple(s.format(q=q) for s in steps) for steps in (en, fr)))

    return (
        known("tanh for σ", "np.tanh(", (
                  "you bend with tanh, which goes from −1 to 1: a gate at −1 would turn what it lets "
                  "through upside down.",
                  "Which function stays between 0 (closed) and 1 (open)?"),
              ("vous écrasez avec tanh, qui va de −1 à 1 : une porte à −1 retournerait ce qu'elle laisse "
               "passer.",
               "Quelle fonction reste entre 0 (fermée) et 1 (ouverte) ?")),
        known("no σ", "(", (
                  "nothing bends the sum: {q} can be any number, and a gate should stay between 0 and 1.",
                  "Something on the sheet stands in front of the bracket."),
              ("rien n'écrase la somme : {q} peut prendre n'importe quelle valeur, alors qu'une porte reste "
               "entre 0 et 1.",
               "Sur la fiche, quelque chose précède la parenthèse.")),
        known("1 - σ", "1 - sigmoid(", (
                  "you have {q} and 1 − {q} swapped: your gate closes where it should open.",
                  "Is there a `1 −` too many, or has the sign in `exp(−a)` been lost?"),
              ("vous avez échangé {q} et 1 − {q} : votre porte se ferme là où elle devrait s'ouvrir.",
               "Y a-t-il un `1 −` de trop, ou le signe de `exp(−a)` s'est-il perdu ?")),
        known("σ twice", "(lambda a: sigmoid(sigmoid(a)))(", (
                  "σ is applied twice, so the gate never leaves the range from 0.5 to 0.73.",
                  "How many σ are there on the sheet?"),
              ("σ est appliquée deux fois : la porte reste entre 0,5 et 0,73.",
               "Combien de σ y a-t-il sur la fiche ?")),
        known("slope of σ", "(lambda a: sigmoid(a) * (1 - sigmoid(a)))(", (
                  "this is the slope of σ, σ·(1 − σ), which the way back needs; here σ itself is asked.",
                  "Nothing is differentiated in this exercise."),
              ("c'est la pente de σ, σ·(1 − σ), utile à la rétropropagation ; ici on demande σ elle-même.",
               "Rien n'est dérivé dans cet exercice.")),
        known("softmax", "(lambda a: np.exp(a) / np.exp(a).sum(0))(", (
                  "you use softmax: it makes the units compete, as their gates then add up to 1. Each unit "
                  "opens its gate by itself.",
                  "σ acts on each number alone, without looking at the others."),
              ("vous utilisez softmax : les unités se font concurrence, car leurs portes somment à 1. "
               "Chaque unité ouvre la sienne seule.",
               "σ agit sur chaque nombre séparément, sans regarder les autres.")),
        known("ReLU", "(lambda a: np.maximum(a, 0))(", (
                  "you bend with ReLU, which has no upper end: a gate must not go above 1.",
                  "Which function stays between 0 (closed) and 1 (open)?"),
              ("vous écrasez avec ReLU, qui n'a pas de plafond : une porte ne doit pas dépasser 1.",
               "Quelle fonction reste entre 0 (fermée) et 1 (ouverte) ?")),
        known("hard sigmoid", "(lambda a: np.clip(0.2 * a + 0.5, 0, 1))(", (
                  "this is the \"hard sigmoid\", made of three straight lines; the sheet's σ is the smooth "
                  "one.",
                  "σ(a) = 1 / (1 + exp(−a))."),
              ("c'est la « sigmoïde dure », faite de trois segments ; le σ de la fiche est la courbe lisse.",
               "σ(a) = 1 / (1 + exp(−a)).")),
        known("gate as a switch", "(lambda a: 1.0 * (a > 0))(", (
                  "your gate is a switch, 0 or 1. A gate of an LSTM can also be half open, and so can learn.",
                  "Nothing is compared with 0 here, nothing rounded: σ is smooth."),
              ("votre porte est un interrupteur, 0 ou 1. Une porte de LSTM peut être entrouverte, et donc "
               "apprendre.",
               "Ici, rien n'est comparé à 0 ni arrondi : σ est lisse.")),
        known("straight", "(lambda a: np.clip(a, 0, 1))(", (
                  "you cut the sum off at 0 and 1; σ is smooth.", "σ(a) = 1 / (1 + exp(−a))."),
              ("vous coupez la somme à 0 et à 1 ; σ est lisse.", "σ(a) = 1 / (1 + exp(−a)).")),
        known("σ(2a)", "(lambda a: sigmoid(2 * a))(", (
                  "your σ is twice too steep: (tanh(a) + 1) / 2 is σ(2a).", "σ(a) = (tanh(a/2) + 1) / 2."),
              ("votre σ est deux fois trop raide : (tanh(a) + 1) / 2 vaut σ(2a).",
               "σ(a) = (tanh(a/2) + 1) / 2.")),
        known("exp over", "(lambda a: np.exp(a) / (1 + np.exp(-a)))(", (
                  "the signs of the two exponentials in your σ do not agree.",
                  "With exp(a) above the bar, exp(a) stands below it, too."),
              ("les signes des deux exponentielles de votre σ ne s'accordent pas.",
               "Avec exp(a) au-dessus de la barre, c'est aussi exp(a) en dessous.")),
        known("minus in σ", "(lambda a: 1 / (1 - np.exp(-a)))(", (
                  "there is a minus in the denominator of your σ: 1 − exp(−a) becomes 0 at a = 0.",
                  "σ(0) should be one half. What does yours give?"),
              ("il y a un moins au dénominateur de votre σ : 1 − exp(−a) s'annule en a = 0.",
               "σ(0) doit valoir un demi. Que donne la vôtre ?")),
        known("σ without its 1 +", "(lambda a: np.exp(-a) / (1 + np.exp(a)))(", (
                  "the signs of the two exponentials in your σ do not agree.",
                  "σ(a) = 1 / (1 + exp(−a)) = exp(a) / (1 + exp(a))."),
              ("les signes des deux exponentielles de votre σ ne s'accordent pas.",
               "σ(a) = 1 / (1 + exp(−a)) = exp(a) / (1 + exp(a)).")),
    )


def _tanh(q):
    """Known mistakes of what bends a candidate, or the state of an RNN."""
    def known(name, new, en, fr, old="np.tanh("):
        return Mistake(name, (old, new), *(tuple(s.format(q=q) for s in steps) for steps in (en, fr)))

    return (
        known("σ for tanh", "sigmoid(", (
                  "you bend with σ: {q} can then never be negative, and could only ever add.",
                  "σ is for what opens and shuts. Which function goes from −1 to 1?"),
              ("vous écrasez avec σ : {q} ne peut alors jamais être négatif, et ne pourrait qu'ajouter.",
               "σ sert à ce qui s'ouvre et se ferme. Quelle fonction va de −1 à 1 ?")),
        known("no tanh", "(", (
                  "nothing bends the sum: {q} can be any number.", "Something stands in front of the "
                                                                   "bracket: it keeps {q} between −1 and 1."),
              ("rien n'écrase la somme : {q} peut prendre n'importe quelle valeur.",
               "Quelque chose précède la parenthèse et garde {q} entre −1 et 1.")),
        known("ReLU", "(lambda a: np.maximum(a, 0))(", (
                  "you bend with ReLU: never negative, and without an upper end.",
                  "Which function goes from −1 to 1?"),
              ("vous écrasez avec ReLU : jamais négatif, et sans plafond.",
               "Quelle fonction va de −1 à 1 ?")),
        known("tanh twice", "(lambda a: np.tanh(np.tanh(a)))(", (
                  "tanh is applied twice.", "How often does the formula bend the sum?"),
              ("tanh est appliquée deux fois.", "Combien de fois la formule écrase-t-elle la somme ?")),
        known("slope of tanh", "(lambda a: 1 - np.tanh(a)**2)(", (
                  "this is the slope of tanh, 1 − tanh², which the way back needs; here tanh itself is "
                  "asked.",
                  "Nothing is differentiated in this exercise."),
              ("c'est la pente de tanh, 1 − tanh², utile à la rétropropagation ; ici on demande tanh "
               "elle-même.",
               "Rien n'est dérivé dans cet exercice.")),
        known("tan", "np.tan(", (
                  "`tan` is the tangent of an angle; the hyperbolic one is called `tanh`.",
                  "One letter is missing."),
              ("`tan` est la tangente d'un angle ; l'hyperbolique s'appelle `tanh`.",
               "Il manque une lettre.")),
        known("softmax", "(lambda a: np.exp(a) / np.exp(a).sum(0))(", (
                  "you use softmax, which makes the units compete: their values then add up to 1.",
                  "Each unit is bent by itself, between −1 and 1."),
              ("vous utilisez softmax, qui met les unités en concurrence : leurs valeurs somment à 1.",
               "Chaque unité est écrasée seule, entre −1 et 1.")),
        known("minus tanh", "-np.tanh(", (
                  "the sign is turned round.", "Look for a minus in front of the bracket or inside the "
                                               "exponentials."),
              ("le signe est inversé.", "Cherchez un moins devant la parenthèse ou dans les "
                                        "exponentielles.")),
    )


def gate_inputs(rng, n):
    """W, b, h, x for one gate: all random, none zero."""
    W, b = rng.normal(size=(n.H, n.H + n.D)), rng.normal(size=(n.H, 1))
    yield W, b, rng.uniform(-1, 1, (n.H, n.B)), rng.normal(size=(n.D, n.B))
