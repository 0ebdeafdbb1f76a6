"""Chapter 00, start here: two guesses to get into the way of it; a quiz on what the course builds on."""

from workbook.quizzes import Number, Option, Question, Trap

PREDICTIONS = [
    Number(
        "00-ten-times",
        ask=("At every step a gate lets through 0.9 of a number. We start with 1. What is left after ten "
             "steps?",
             "À chaque pas, une porte multiplie un nombre par 0,9. On part de 1. Que reste-t-il après dix "
             "pas ?"),
        answer=0.9 ** 10,
        between=(0.3, 0.4),
        unit=("", ""),
        why=("0.9 to the power 10 is {answer}. What is taken off is a tenth of what is left, less at every "
             "step.",
             "0,9 à la puissance 10 donne {answer}. Ce qui part, c'est un dixième de ce qui reste : chaque "
             "fois moins."),
        see="00-slider",
        traps=[
            Trap(0, ("Ten times 0.1 taken off? Then all would be gone. But each step takes a tenth of what "
                     "is left.",
                     "Dix fois 0,1 en moins ? Tout serait parti. Mais chaque pas prend un dixième de ce qui "
                     "reste."),
                 belief=45),
            Trap(0.9, ("That is one step. The gate takes its tenth at each of the ten.",
                       "Cela, c'est un seul pas. La porte prend son dixième à chacun des dix."), belief=45),
            Trap(0.1, ("A tenth is taken off at the first step alone; what is left is multiplied by 0.9, ten "
                       "times.",
                       "Un dixième, c'est ce qui part au premier pas ; ce qui reste est multiplié par 0,9, "
                       "dix fois."),
                 belief=45),
        ],
    ),
    Question(
        "00-far-end",
        ask=("The slider moves a, the picture shows σ(a). You go from a = 0 to a = 1, then from a = 5 to a = "
             "6. Where does σ(a) move more?",
             "Le curseur règle a, l'image montre σ(a). Vous allez de a = 0 à a = 1, puis de a = 5 à a = 6. "
             "Où σ(a) bouge-t-elle le plus ?"),
        right=Option("low", ("From 0 to 1, by far", "De 0 à 1, et de loin"),
                     ("It rises by 0.23 there, and by 0.004 between 5 and 6: far out the curve is flat, and "
                      "a gate that stands there hardly learns.",
                      "Elle y monte de 0,23, contre 0,004 entre 5 et 6 : loin du centre la courbe est plate, "
                      "et une porte qui s'y trouve n'apprend presque plus."),
                     see="00-slider"),
        wrong=[
            Option("high", ("From 5 to 6: larger numbers, larger moves",
                            "De 5 à 6 : à grands nombres, grands mouvements"),
                   ("The other way round: σ squeezes everything beyond 5 into the last hundredth below 1.",
                    "C'est l'inverse : σ serre tout ce qui dépasse 5 dans le dernier centième avant 1."),
                   see="00-slider", belief=42),
            Option("same", ("The same: each time a moves by 1", "Autant : chaque fois, a bouge de 1"),
                   ("So it would be on a straight line. σ is bent: steep in the middle, flat at both ends.",
                    "Ce serait vrai d'une droite. σ est courbe : raide au milieu, plate aux deux bouts."),
                   see="00-slider", belief=42),
        ],
    ),
]

QUESTIONS = [
    Question(
        "00-q-shapes",
        ask=("W has the shape (3, 7), z has the shape (7, 5). What is the shape of `W @ z`?",
             "W est de forme (3, 7), z de forme (7, 5). Quelle est la forme de `W @ z` ?"),
        right=Option("outer", ("(3, 5)", "(3, 5)"),
                     ("Rows of W against columns of z: the two 7 meet and go. You need this for every gate.",
                      "Les lignes de W contre les colonnes de z : les deux 7 se rencontrent et "
                      "disparaissent. Chaque porte en a besoin."),
                     see="01-step"),
        wrong=[
            Option("inner", ("(7, 7)", "(7, 7)"),
                   ("The two 7 are what is summed over; they do not stay. Read again how a matrix product is "
                    "taken.",
                    "Les deux 7 sont ce sur quoi l'on somme ; ils ne restent pas. Revoyez comment se fait un "
                    "produit de matrices."),
                   see="01-step", belief=41),
            Option("swapped", ("(5, 3)", "(5, 3)"),
                   ("That is the shape of `z.T @ W.T`. In this course each column is one example, so columns "
                    "stay columns.",
                    "C'est la forme de `z.T @ W.T`. Dans ce cours chaque colonne est un exemple : les "
                    "colonnes restent des colonnes."),
                   see="01-step", belief=41),
            Option("none", ("None: 3 and 5 differ", "Aucune : 3 et 5 diffèrent"),
                   ("`*`, entry by entry, would complain. `@` only asks that the inner sizes agree: 7 and 7.",
                    "`*`, terme à terme, protesterait. `@` demande seulement que les tailles intérieures "
                    "s'accordent : 7 et 7."),
                   see="01-step", belief=41),
        ],
    ),
    Question(
        "00-q-broadcast",
        ask=("`a` has the shape (4, 32): 4 units, 32 examples in columns. Which bias adds one number to each "
             "unit?",
             "`a` est de forme (4, 32) : 4 unités, 32 exemples en colonnes. Quel biais ajoute un nombre à "
             "chaque unité ?"),
        right=Option("column", ("b of shape (4, 1)", "b de forme (4, 1)"),
                     ("The 1 is stretched along the 32 columns: every example gets the same bias.",
                      "Le 1 s'étire le long des 32 colonnes : chaque exemple reçoit le même biais."),
                     see="01-step"),
        wrong=[
            Option("flat", ("b of shape (4,)", "b de forme (4,)"),
                   ("NumPy lines shapes up from the right: 4 meets 32 and fails. With 4 examples it would "
                    "not even fail: it would add along the wrong axis, in silence.",
                    "NumPy aligne les formes par la droite : 4 rencontre 32, et c'est l'erreur. Avec 4 "
                    "exemples il n'y aurait même pas d'erreur : l'addition se ferait sur le mauvais axe, en "
                    "silence."),
                   see="01-step", belief=47),
            Option("row", ("b of shape (1, 32)", "b de forme (1, 32)"),
                   ("That gives each example its own bias, the same for all units. A new batch would need a "
                    "new bias.",
                    "Cela donne à chaque exemple son biais, le même pour toutes les unités. Un nouveau lot "
                    "en voudrait un autre."),
                   see="01-step", belief=47),
            Option("transposed", ("b of shape (32, 4)", "b de forme (32, 4)"),
                   ("These shapes do not go together, and a bias never depends on the number of examples.",
                    "Ces formes ne vont pas ensemble, et un biais ne dépend jamais du nombre d'exemples."),
                   see="01-step", belief=47),
        ],
    ),
    Question(
        "00-q-tanh-slope",
        ask=("h = tanh(a). What is the derivative of h with respect to a?",
             "h = tanh(a). Quelle est la dérivée de h par rapport à a ?"),
        right=Option("one-minus-square", ("1 − h²", "1 − h²"),
                     ("It is 1 at a = 0 and goes to 0 far out. In chapter 03 a product of many such slopes "
                      "is the whole story.",
                      "Elle vaut 1 en a = 0 et tend vers 0 au loin. Au chapitre 03, toute l'histoire tient "
                      "dans un produit de ces pentes."),
                     see="03-jacobian"),
        wrong=[
            Option("sigmoid", ("h (1 − h)", "h (1 − h)"),
                   ("That is the slope of the sigmoid, with h = σ(a). At 0 it is 1/4; that of tanh is 1.",
                    "C'est la pente de la sigmoïde, avec h = σ(a). En 0 elle vaut 1/4 ; celle de tanh vaut "
                    "1."),
                   see="03-jacobian", belief=42),
            Option("inverse", ("1 / (1 − h²)", "1 / (1 − h²)"),
                   ("That is the slope of the inverse, from h back to a. It is nowhere below 1, and tanh is "
                    "nowhere steeper than 1.",
                    "C'est la pente de la réciproque, de h vers a. Elle n'est nulle part au-dessous de 1 ; "
                    "celle de tanh, nulle part au-dessus."),
                   see="03-jacobian", belief=42),
            Option("of-a", ("1 − a²", "1 − a²"),
                   ("The square is that of tanh(a), not of a: at a = 3 this would give −8, and tanh never "
                    "falls.",
                    "Le carré est celui de tanh(a), pas de a : en a = 3 cela donnerait −8, or tanh ne "
                    "descend jamais."),
                   see="03-jacobian", belief=42),
        ],
    ),
    Question(
        "00-q-softmax",
        ask=("Compare the softmax of (1, 2, 3) with that of (101, 102, 103).",
             "Comparez le softmax de (1, 2, 3) à celui de (101, 102, 103)."),
        right=Option("same", ("They are the same", "Ils sont égaux"),
                     ("Only differences count. So we take the largest number away first, and nothing "
                      "overflows.",
                      "Seules les différences comptent. On retire donc d'abord le plus grand nombre, et rien "
                      "ne déborde."),
                     see="01-softmax"),
        wrong=[
            Option("surer", ("The second is surer: its numbers are larger",
                             "Le second est plus sûr : ses nombres sont plus grands"),
                   ("Multiplying the numbers makes it surer; adding 100 to all changes nothing.",
                    "Multiplier les nombres le rend plus sûr ; leur ajouter 100 à tous ne change rien."),
                   see="01-softmax", belief=48),
            Option("overflow", ("The second does not exist: exp(103) is too large",
                                "Le second n'existe pas : exp(103) est trop grand"),
                   ("It does in mathematics. In float32 exp(103) is infinite indeed: hence the trick of "
                    "taking the largest away.",
                    "En mathématiques, il existe. En float32, exp(103) est bien infini : d'où l'idée de "
                    "retirer le plus grand."),
                   see="01-softmax", belief=48),
            Option("equal", ("The second is closer to equal shares: 101 and 103 are nearly the same",
                             "Le second est plus près de parts égales : 101 et 103, c'est presque pareil"),
                   ("Softmax sees 103 − 101 = 2, not 103 / 101. The shares are those of (1, 2, 3).",
                    "Le softmax voit 103 − 101 = 2, non 103 / 101. Les parts sont celles de (1, 2, 3)."),
                   see="01-softmax", belief=48),
        ],
    ),
    Question(
        "00-q-sigmoids",
        ask=("Three gates: σ(0), σ(2), σ(−1). Do they add up to 1?",
             "Trois portes : σ(0), σ(2), σ(−1). Leur somme vaut-elle 1 ?"),
        right=Option("no", ("No: each is taken by itself; here the sum is near 1.65",
                            "Non : chacune est calculée seule ; ici la somme est voisine de 1,65"),
                     ("0.5 + 0.88 + 0.27. Gates may all be open at once, or all shut.",
                      "0,5 + 0,88 + 0,27. Des portes peuvent être toutes ouvertes, ou toutes fermées."),
                     see="04-hand"),
        wrong=[
            Option("yes", ("Yes, as probabilities do", "Oui, comme des probabilités"),
                   ("Softmax makes shares of one whole. A sigmoid looks at its own number only.",
                    "C'est le softmax qui partage un tout. Une sigmoïde ne regarde que son propre nombre."),
                   see="04-hand", belief=32),
            Option("trained", ("Yes, after training", "Oui, après l'entraînement"),
                   ("Nothing in training asks for it, and nothing in the formula makes it so.",
                    "Rien dans l'entraînement ne le demande, et rien dans la formule ne l'impose."),
                   see="04-hand", belief=32),
        ],
    ),
    Question(
        "00-q-chain",
        ask=("u = 3 x, v = tanh(u), w = 0.5 v. At x = 0, what is the derivative of w with respect to x?",
             "u = 3 x, v = tanh(u), w = 0,5 v. En x = 0, quelle est la dérivée de w par rapport à x ?"),
        right=Option("product", ("1.5", "1,5"),
                     ("Slopes multiply along the chain: 3 × 1 × 0.5. Through a hundred steps it is a product "
                      "of a hundred.",
                      "Les pentes se multiplient le long de la chaîne : 3 × 1 × 0,5. En cent pas, c'est un "
                      "produit de cent."),
                     see="03-jacobian"),
        wrong=[
            Option("power", ("4.5", "4,5"),
                   ("3 + 1 + 0.5: slopes along one path multiply. They add where several paths meet.",
                    "3 + 1 + 0,5 : le long d'un chemin, les pentes se multiplient. Elles s'ajoutent là où "
                    "des chemins se rejoignent."),
                   see="03-jacobian", belief=36),
            Option("squashed", ("0.375", "0,375"),
                   ("You took 1/4, the slope of the sigmoid at 0. That of tanh is 1.",
                    "Vous avez pris 1/4, la pente de la sigmoïde en 0. Celle de tanh vaut 1."),
                   see="03-jacobian", belief=42),
            Option("zero", ("0, since tanh(0) = 0", "0, puisque tanh(0) = 0"),
                   ("The value there is 0, the slope is not: at 0 tanh is at its steepest.",
                    "La valeur y est nulle, non la pente : c'est en 0 que tanh est la plus raide."),
                   see="03-jacobian", belief=42),
        ],
    ),
]
