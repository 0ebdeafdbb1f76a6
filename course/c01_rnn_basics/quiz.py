"""Chapter 01, RNN basics."""

from workbook.quizzes import Number, Option, Question, Trap

PREDICTIONS = [
    Number(
        "01-bag-chance",
        ask=("In each row of letters A and B occur once. A network is given the bag: which letters occur, "
             "how often, but not in which order. It is trained to say whether A came before B. How often "
             "will it be right, in percent?",
             "Dans chaque rangée de lettres, A et B figurent une fois. Un réseau reçoit le sac : quelles "
             "lettres, combien de fois, mais pas dans quel ordre. On l'entraîne à dire si A vient avant B. "
             "Combien de fois aura-t-il raison, en pour cent ?"),
        answer=50,
        between=(46, 54),
        unit=("%", "%"),
        why=("Turn a row round: the bag is the same, the right answer is the other one. So no network can do "
             "better than {answer} %, however large, however long it trains.",
             "Retournez une rangée : le sac est le même, la bonne réponse est l'autre. Aucun réseau ne fera "
             "donc mieux que {answer} %, si grand soit-il et si longtemps qu'on l'entraîne."),
        see="01-bag",
        traps=[
            Trap(100, ("All the letters are in the bag, but what is asked is not in it.",
                       "Toutes les lettres sont dans le sac, mais ce qu'on demande n'y est pas."), belief=43),
            Trap(75, ("More training does not help here: there is nothing to find in the bag.",
                      "S'entraîner davantage n'y change rien : il n'y a rien à trouver dans le "
                      "sac."), belief=43),
            Trap(0, ("To be always wrong it would need to know the answer, too.",
                     "Pour se tromper toujours, il lui faudrait connaître la réponse."), belief=43),
        ],
    ),
    Question(
        "01-longer",
        ask=("An RNN is shown rows of 3 to 20 letters, of all lengths. Then it is asked about rows of 50. "
             "What do you expect?",
             "On montre à un RNN des rangées de 3 à 20 lettres, de toutes ces longueurs. Puis on l'interroge "
             "sur des rangées de 50. À quoi vous attendez-vous ?"),
        right=Option("right", ("Nearly always right", "Presque toujours juste"),
                     ("The same weights serve at every step, so it can go on. And it has seen enough lengths "
                      "to learn a rule that does not depend on them.",
                      "Les mêmes poids servent à chaque pas : il peut donc continuer. Et il a vu assez de "
                      "longueurs pour apprendre une règle qui n'en dépend pas."),
                     see="01-lengths"),
        wrong=[
            Option("stuck", ("It cannot run: it has no weights for steps 21 to 50",
                             "Impossible à lancer : il n'a pas de poids pour les pas 21 à 50"),
                   ("A fixed window has that trouble. The RNN uses one W, over and over.",
                    "C'est la fenêtre fixe qui a ce problème. Le RNN emploie toujours le même W."),
                   see="01-lengths", belief=2),
            Option("units", ("It needs 50 units for 50 letters", "Il lui faut 50 unités pour 50 lettres"),
                   ("Sixteen are enough here. Units are what is remembered at one time, not how many steps "
                    "there are.",
                    "Seize suffisent ici. Les unités, c'est ce dont on se souvient à un instant, pas le "
                    "nombre de pas."),
                   see="01-lengths", belief=1),
            Option("chance", ("Chance: it never saw such long rows",
                              "Le hasard : il n'a jamais vu de rangées aussi longues"),
                   ("That would happen if it had been shown one length only. Shown many, it goes on.",
                    "C'est ce qui arriverait si on ne lui avait montré qu'une longueur. Après en avoir vu "
                    "beaucoup, il continue."),
                   see="01-lengths", belief=46),
        ],
    ),
    Number(
        "01-bag-of-pictures",
        ask=("A dot moves over a 5 × 5 screen, to the left, to the right, up or down, and comes back on the "
             "other side. A network is given the sum of the pictures, without their order. How often will it "
             "name the direction, in percent?",
             "Un point se déplace sur un écran de 5 × 5, vers la gauche, la droite, le haut ou le bas, et "
             "revient par l'autre côté. Un réseau reçoit la somme des images, sans leur ordre. Combien de "
             "fois trouvera-t-il la direction, en pour cent ?"),
        answer=50,
        between=(45, 55),
        unit=("%", "%"),
        why=("About {answer} %, half of the time: the sum shows a row or a column of light, so it sees the "
             "axis. Which way along it, nobody can tell from the sum.",
             "Environ {answer} %, une fois sur deux : la somme montre une ligne ou une colonne éclairée, "
             "donc l'axe. Dans quel sens, la somme ne peut pas le dire."),
        see="01-senses",
        traps=[
            Trap(25, ("One in four is pure chance. But a trace of light lies along a row or along a column: "
                      "the axis is seen.",
                      "Une fois sur quatre, c'est le pur hasard. Mais la trace suit une ligne ou une colonne "
                      ": l'axe se voit."),
                 belief=44),
            Trap(100, ("The trace of a dot that goes right is the trace of one that goes left.",
                       "La trace d'un point qui va à droite est celle d'un point qui va à "
                       "gauche."), belief=43),
        ],
    ),
]

QUESTIONS = [
    Question(
        "01-q-weights",
        ask=("An RNN has H = 16 units and reads D = 6 numbers at each step. It reads rows of 50 steps. How "
             "many numbers are there in W and b together?",
             "Un RNN a H = 16 unités et lit D = 6 nombres à chaque pas. Il lit des rangées de 50 pas. "
             "Combien de nombres y a-t-il en tout dans W et b ?"),
        right=Option("all", ("368", "368"),
                     ("16 × (16 + 6) in W, 16 in b. The length of the rows plays no part: every step uses "
                      "the same ones.",
                      "16 × (16 + 6) dans W, 16 dans b. La longueur des rangées n'y est pour rien : chaque "
                      "pas emploie les mêmes."),
                     see="01-orbit"),
        wrong=[
            Option("each-step", ("18,400", "18 400"),
                   ("50 × 368: the unrolled drawing shows 50 boxes, but it is one box, drawn 50 times.",
                    "50 × 368 : le dessin déplié montre 50 boîtes, mais c'est une seule boîte, dessinée 50 "
                    "fois."),
                   see="01-orbit", belief=2),
            Option("steps", ("800", "800"),
                   ("50 × 16 is how many values h takes along the row. They are computed, not learned.",
                    "50 × 16, c'est le nombre de valeurs de h le long de la rangée. Elles sont calculées, "
                    "non apprises."),
                   see="01-orbit", belief=1),
            Option("no-h", ("112", "112"),
                   ("16 × 6 + 16 leaves out what makes it recurrent: the 16 × 16 weights from the old h.",
                    "16 × 6 + 16 oublie ce qui en fait un réseau récurrent : les 16 × 16 poids venus de "
                    "l'ancien h."),
                   see="01-step", belief=31),
        ],
    ),
    Question(
        "01-q-units",
        ask=("Each input has D = 6 numbers, a row has T = 10 steps. How many hidden units H may we take?",
             "Chaque entrée a D = 6 nombres, une rangée a T = 10 pas. Combien d'unités cachées H peut-on "
             "prendre ?"),
        right=Option("any", ("As many as we like", "Autant qu'on veut"),
                     ("H is how much the network can hold in mind. Two are enough to look at, as in the "
                      "explorer; more learn more easily.",
                      "H, c'est ce que le réseau peut retenir à la fois. Deux suffisent pour regarder, comme "
                      "dans l'explorateur ; avec plus, on apprend plus facilement."),
                     see="01-orbit"),
        wrong=[
            Option("steps", ("10: one for each step", "10 : une par pas"),
                   ("The drawing has one box for each step, but each box holds all H units.",
                    "Le dessin a une boîte par pas, mais chaque boîte contient les H unités."),
                   see="01-orbit", belief=1),
            Option("inputs", ("6: one for each input", "6 : une par entrée"),
                   ("W has the shape (H, H + D): any H goes with any D.",
                    "W est de forme (H, H + D) : tout H va avec tout D."),
                   see="01-step", belief=30),
            Option("all", ("60: one for each number of the row", "60 : une par nombre de la rangée"),
                   ("That is a fixed window's input, side by side. An RNN meets the row step by step.",
                    "C'est l'entrée d'une fenêtre fixe, tout côte à côte. Un RNN découvre la rangée pas à "
                    "pas."),
                   see="01-lengths", belief=1),
        ],
    ),
    Question(
        "01-q-state",
        ask=("The network has read one row, and now comes another that has nothing to do with it. What is h "
             "at the start?",
             "Le réseau a lu une rangée, et en voici une autre, sans aucun lien. Que vaut h au départ ?"),
        right=Option("zeros", ("What we give it: zeros, as a rule",
                               "Ce qu'on lui donne : des zéros, en général"),
                     ("h belongs to one row. The weights are what stays from row to row.",
                      "h appartient à une rangée. Ce qui reste de rangée en rangée, ce sont les poids."),
                     see="01-forward"),
        wrong=[
            Option("stays", ("What it was at the end of the last row: it stays by itself",
                             "Sa valeur à la fin de la rangée précédente : il reste tout seul"),
                   ("Only if we hand it on. We shall do so in chapter 04, where a stream never ends.",
                    "Seulement si on le transmet. Nous le ferons au chapitre 04, où le flux ne finit "
                    "jamais."),
                   see="01-forward", belief=24),
            Option("learned", ("What training has made of it: h is learned",
                               "Ce que l'entraînement en a fait : h s'apprend"),
                   ("W and b are learned. h is computed anew for each row.",
                    "W et b s'apprennent. h est recalculé pour chaque rangée."),
                   see="01-forward", belief=24),
            Option("never", ("It must not be reset, or all that was learned is lost",
                             "Il ne faut pas le remettre à zéro, sinon tout ce qu'il a appris est perdu"),
                   ("What was learned is in the weights: the network was reset before every row, and "
                    "learned.",
                    "Ce qu'il a appris est dans les poids : le réseau repartait de zéro à chaque rangée, et "
                    "il a appris."),
                   see="01-lengths", belief=25),
        ],
    ),
    Question(
        "01-q-window",
        ask=("A feed-forward network is given all ten letters side by side. Can it say which of A and B came "
             "first?",
             "Un réseau sans boucle reçoit les dix lettres côte à côte. Sait-il dire lequel, de A ou de B, "
             "vient en premier ?"),
        right=Option("fixed",
                     ("Yes, for rows of ten; but it has no weights for longer ones",
                      "Oui, pour des rangées de dix ; mais il n'a pas de poids pour de plus longues"),
                     ("Order alone is no argument for a recurrent network. Length is.",
                      "L'ordre seul n'est pas un argument en faveur du réseau récurrent. La longueur, si."),
                     see="01-lengths"),
        wrong=[
            Option("blind", ("No: without a state it cannot see order",
                             "Non : sans état, on ne voit pas l'ordre"),
                   ("Each place has its own inputs, so the order is in plain sight: it solves the task.",
                    "Chaque place a ses entrées : l'ordre est bien visible, et il résout la tâche."),
                   see="01-lengths", belief=44),
            Option("longer", ("Yes, and just as well at 50", "Oui, et aussi bien à 50"),
                   ("Its first matrix fits ten letters. For an eleventh there is no column.",
                    "Sa première matrice convient à dix lettres. Pour une onzième, il n'y a pas de colonne."),
                   see="01-lengths", belief=46),
            Option("bag", ("No better than the bag", "Pas mieux que le sac"),
                   ("The bag adds the letters up and loses the places. Side by side, the places are kept.",
                    "Le sac additionne les lettres et perd les places. Côte à côte, les places sont "
                    "gardées."),
                   see="01-bag", belief=44),
        ],
    ),
    Question(
        "01-q-output",
        ask=("h stays between −1 and 1. Can the output y_t = V h + b_y be 40?",
             "h reste entre −1 et 1. La sortie y_t = V h + b_y peut-elle valoir 40 ?"),
        right=Option("read-out", ("Yes: V and b_y can be as large as needed",
                                  "Oui : V et b_y peuvent être aussi grands qu'il le faut"),
                     ("The read-out is a straight line, with no squashing behind it.",
                      "La lecture est une simple application affine, sans écrasement derrière."),
                     see="01-forward"),
        wrong=[
            Option("never", ("No: a recurrent network answers between −1 and 1",
                             "Non : un réseau récurrent répond entre −1 et 1"),
                   ("h does, y does not. Hence it can follow a temperature or a price.",
                    "h, oui ; y, non. C'est ainsi qu'il peut suivre une température ou un prix."),
                   see="01-forward", belief=29),
            Option("inputs", ("Only if the inputs are as large",
                              "Seulement si les entrées sont aussi grandes"),
                   ("The inputs are squashed by tanh. The size of the answer comes from V and b_y.",
                    "Les entrées sont écrasées par tanh. La taille de la réponse vient de V et de b_y."),
                   see="01-forward", belief=29),
            Option("units", ("Only with at least 40 units", "Seulement avec 40 unités au moins"),
                   ("One unit at h = 1 and V = 40 will do.",
                    "Une seule unité, avec h = 1 et V = 40, suffit."),
                   see="01-forward", belief=1),
        ],
    ),
    Question(
        "01-q-lengths",
        ask=("A batch holds rows of 5, of 9 and of 12 letters. Can they be trained together?",
             "Un lot contient des rangées de 5, de 9 et de 12 lettres. Peut-on les entraîner ensemble ?"),
        right=Option("mask", ("Yes: the short ones are padded, and a mask says which answers count",
                              "Oui : on complète les courtes, et un masque dit quelles réponses comptent"),
                     ("With the mask the loss is the same as if each row were read alone. Chapter 02 has an "
                      "exercise on it.",
                      "Avec le masque, la perte est la même que si chaque rangée était lue seule. Le "
                      "chapitre 02 en fait un exercice."),
                     see="02-padding"),
        wrong=[
            Option("same", ("No: all rows must have one length",
                            "Non : toutes les rangées doivent avoir la même longueur"),
                   ("The array has one length, the rows need not. What is padding is masked.",
                    "Le tableau a une longueur, les rangées peuvent en avoir d'autres. Le remplissage est "
                    "masqué."),
                   see="02-padding", belief=28),
            Option("zeros", ("Yes: pad with zeros, and the network ignores them by itself",
                             "Oui : on complète par des zéros, et le réseau les ignore de lui-même"),
                   ("At x = 0 the state still moves, since W h + b is not 0, and the answers there would "
                    "count in the loss.",
                    "Même avec x = 0 l'état bouge, car W h + b n'est pas nul, et ces réponses-là "
                    "compteraient dans la perte."),
                   see="02-padding", belief=28),
            Option("cut", ("Yes: cut all of them to 5", "Oui : on les coupe toutes à 5"),
                   ("It runs, and throws away the end, where the answer may lie.",
                    "Cela tourne, mais on jette la fin, où se trouve peut-être la réponse."),
                   see="02-padding", belief=28),
        ],
    ),
]
