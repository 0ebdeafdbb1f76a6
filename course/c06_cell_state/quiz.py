"""Chapter 06, the cell state."""

from workbook.quizzes import Number, Option, Question, Trap

PREDICTIONS = [
    Number(
        "06-leak",
        ask=("A cell learned f = 0.97. A 1 is written into it, then nothing for 50 steps. What is left of "
             "it?",
             "Une cellule a appris f = 0,97. On y écrit un 1, puis rien pendant 50 pas. Qu'en reste-t-il ?"),
        answer=0.97 ** 50,
        between=(0.17, 0.27),
        unit=("", ""),
        why=("0.97 to the power 50 is {answer}. Near 1 is not 1: over a long row a small leak empties the "
             "cell.",
             "0,97 à la puissance 50 donne {answer}. Près de 1 n'est pas 1 : sur une longue rangée, une "
             "petite fuite vide la cellule."),
        see="06-count",
        traps=[
            Trap(0.97, ("That is after one step. The leak is there at each of the fifty.",
                        "Cela, c'est après un pas. La fuite revient à chacun des cinquante."), belief=45),
            Trap(1, ("0.97 looks like 1, and at fifty steps it is far from it.",
                     "0,97 ressemble à 1 ; au bout de cinquante pas, il en est loin."), belief=10),
            Trap(-0.5, ("Fifty times 0.03 taken off? A leak takes a share of what is left: it never goes "
                        "below 0.",
                        "Cinquante fois 0,03 en moins ? Une fuite prend une part de ce qui reste : jamais en "
                        "dessous de 0."),
                 belief=45),
        ],
    ),
    Question(
        "06-count-far",
        ask=("Two units with f pinned at 1 are trained on words aⁿbⁿ with n up to 10. To which n will they "
             "say rightly where the word ends?",
             "Deux unités, f fixé à 1, s'entraînent sur des mots aⁿbⁿ avec n jusqu'à 10. Jusqu'à quel n "
             "diront-elles correctement où finit le mot ?"),
        right=Option("fifty", ("To 50 at least, on most starts",
                               "Jusqu'à 50 au moins, pour la plupart des départs"),
                     ("c moves by about 1 at each a, back by as much at each b, and nothing squashes it on "
                      "the way. Not on every start: the chapter shows the spread.",
                      "c avance d'environ 1 à chaque a, recule d'autant à chaque b, et rien ne l'écrase en "
                      "chemin. Pas pour tous les départs : le chapitre montre la dispersion."),
                     see="06-count"),
        wrong=[
            Option("ten", ("To 10: they have not seen more", "Jusqu'à 10 : elles n'ont rien vu de plus"),
                   ("That is what the RNN and the GRU do, or hardly more. A sum that is never squashed goes "
                    "on.",
                    "C'est ce que font le RNN et le GRU, ou guère plus. Une somme que rien n'écrase "
                    "continue."),
                   see="06-count", belief=46),
            Option("squashed", ("To 2 or 3: c stays between −1 and 1",
                                "Jusqu'à 2 ou 3 : c reste entre −1 et 1"),
                   ("h stays there. At n = 50 the size of c is above 30.",
                    "C'est h qui y reste. À n = 50, la taille de c dépasse 30."),
                   see="06-count", belief=6),
            Option("twenty", ("To 20, one unit for the a, one for the b, ten each",
                              "Jusqu'à 20 : une unité pour les a, une pour les b, dix chacune"),
                   ("A unit is no row of ten boxes. One number counts as far as you like.",
                    "Une unité n'est pas une rangée de dix cases. Un seul nombre compte aussi loin qu'on "
                    "veut."),
                   see="06-count", belief=1),
        ],
    ),
    Number(
        "06-belt-gradient",
        ask=("f stays at 0.9. A change of c at some step: what part of it reaches c a hundred steps later, "
             "along the direct path?",
             "f reste à 0,9. On change c à un certain pas : quelle part du changement arrive à c cent pas "
             "plus loin, par le chemin direct ?"),
        answer=0.9 ** 100,
        between=(0.5e-5, 1.2e-4),
        unit=("", ""),
        why=("0.9 to the power 100 is {answer}: it vanishes. What saves the gradient is f near 1, not the "
             "name LSTM.",
             "0,9 à la puissance 100 donne {answer} : il s'évanouit. Ce qui sauve le gradient, c'est f "
             "proche de 1, non le nom de LSTM."),
        see="06-belt",
        traps=[
            Trap(1, ("That is f = 1. At 0.9 the carousel slows down.",
                     "C'est le cas f = 1. À 0,9 le carrousel ralentit."), belief=10),
            Trap(0.9, ("That is one step of the hundred.", "C'est un seul des cent pas."), belief=45),
            Trap(0, ("Nearly; but it is no zero, and it has a size: write it as a power of ten.",
                     "Presque ; mais ce n'est pas zéro, et cela a une taille : écrivez-la en puissance de "
                     "dix."), belief=45),
        ],
    ),
]

QUESTIONS = [
    Question(
        "06-q-range",
        ask=("c = 0 at first. Then f = 1, i = 1, c̃ = 1 at each of 30 steps. What is c in the end?",
             "Au départ c = 0. Puis f = 1, i = 1, c̃ = 1 à chacun des 30 pas. Que vaut c à la fin ?"),
        right=Option("sum", ("30", "30"),
                     ("One is added at each step. tanh comes only on the way out, to h.",
                      "On ajoute un à chaque pas. tanh n'intervient qu'à la sortie, vers h."),
                     see="06-belt"),
        wrong=[
            Option("below-one", ("Just below 1", "Un peu moins de 1"),
                   ("That is tanh(c), hence h at o = 1. c itself has no ceiling.",
                    "C'est tanh(c), donc h si o = 1. c lui-même n'a pas de plafond."),
                   see="06-belt", belief=6),
            Option("one", ("1: the new takes the place of the old", "1 : le neuf remplace l'ancien"),
                   ("With f = 1 the old stays, and the new is added.",
                    "Avec f = 1 l'ancien reste, et le neuf s'ajoute."),
                   see="06-belt", belief=12),
            Option("half", ("1/2: f and i share", "1/2 : f et i se partagent la place"),
                   ("They share nothing: each has its own sigmoid.",
                    "Elles ne partagent rien : chacune a sa sigmoïde."),
                   see="06-belt", belief=32),
        ],
    ),
    Question(
        "06-q-slope",
        ask=("The slope of σ is at most 1/4. Does the gradient along c therefore shrink by 4 at each step?",
             "La pente de σ vaut au plus 1/4. Le gradient le long de c est-il donc divisé par 4 à chaque pas "
             "?"),
        right=Option("times-f", ("No: along c it is multiplied by f itself, not by a slope",
                                 "Non : le long de c il est multiplié par f, pas par une pente"),
                     ("∂c_t/∂c_{t−1} = f, plus what goes round through the gates. At f = 1 nothing is lost "
                      "on the direct path.",
                      "∂c_t/∂c_{t−1} = f, plus ce qui fait le tour par les portes. Avec f = 1, rien ne se "
                      "perd sur le chemin direct."),
                     see="06-carousel"),
        wrong=[
            Option("quarter", ("Yes: as in every network of sigmoids",
                               "Oui : comme dans tout réseau de sigmoïdes"),
                   ("The slope comes in where a gate is blamed. c passes the gate as a factor.",
                    "La pente intervient là où l'on met en cause une porte. Pour c, la porte n'est qu'un "
                    "facteur."),
                   see="06-carousel", belief=19),
            Option("rate", ("Yes, unless the learning rate is larger",
                            "Oui, sauf avec un taux d'apprentissage plus grand"),
                   ("The rate comes after the gradient; it can't change how near and far share in it.",
                    "Le taux vient après le gradient ; il ne change pas la part du proche et du lointain."),
                   see="06-carousel", belief=15),
            Option("never", ("No: in an LSTM the gradient never vanishes",
                             "Non : dans un LSTM le gradient ne s'évanouit jamais"),
                   ("Half true is false: at f = 0.9 a hundred steps leave 3 parts in 100,000.",
                    "À moitié vrai, donc faux : avec f = 0,9, cent pas en laissent 3 cent-millièmes."),
                   see="06-belt", belief=10),
        ],
    ),
    Question(
        "06-q-squash",
        ask=("We put a tanh on the belt: c = tanh(f * c + i * c̃). What is lost?",
             "On met un tanh sur le tapis : c = tanh(f * c + i * c̃). Que perd-on ?"),
        right=Option("counting", ("Counting, and the clean way back for the gradient",
                                  "Le compte, et le chemin net du gradient vers le passé"),
                     ("Beyond 1 there is nothing to count with, and every step multiplies by the slope of "
                      "tanh, as in the RNN.",
                      "Au-delà de 1 il n'y a plus de quoi compter, et chaque pas multiplie par la pente de "
                      "tanh, comme dans le RNN."),
                     see="06-belt"),
        wrong=[
            Option("hidden", ("Nothing: h is squashed anyway", "Rien : h est écrasé de toute façon"),
                   ("h is squashed once, on the way out. c would be squashed at every step, over and over.",
                    "h est écrasé une fois, à la sortie. c le serait à chaque pas, encore et encore."),
                   see="06-belt", belief=8),
            Option("range", ("Nothing: c is between −1 and 1 anyway",
                             "Rien : c est entre −1 et 1 de toute façon"),
                   ("In the counting cell its size goes beyond 30.",
                    "Dans la cellule qui compte, sa taille dépasse 30."),
                   see="06-count", belief=6),
            Option("speed", ("Speed only", "Seulement de la vitesse"),
                   ("One tanh costs next to nothing. It is the memory that pays.",
                    "Un tanh ne coûte presque rien. C'est la mémoire qui paie."),
                   see="06-count", belief=8),
        ],
    ),
    Question(
        "06-q-learned-f",
        ask=("With a learned f the LSTM counts to about twice what it saw, not to 50. What would help?",
             "Avec un f appris, le LSTM compte jusqu'à deux fois environ ce qu'il a vu, pas jusqu'à 50. "
             "Qu'est-ce qui y remédierait ?"),
        right=Option("f-one", ("f at exactly 1", "f exactement à 1"),
                     ("Learned values, a little below 1, leak. For n up to 10 the leak does no harm, so "
                      "nothing in training mends it.",
                      "Les valeurs apprises, un peu au-dessous de 1, fuient. Jusqu'à n = 10 la fuite ne "
                      "gêne pas : rien, à l'entraînement, ne vient la corriger."),
                     see="06-count"),
        wrong=[
            Option("updates", ("Five times as many updates", "Cinq fois plus de mises à jour"),
                   ("Measured: 5000 instead of 1000 change next to nothing.",
                    "C'est mesuré : 5000 au lieu de 1000 ne changent presque rien."),
                   see="06-count", belief=43),
            Option("gru", ("A GRU: it is newer", "Un GRU : il est plus récent"),
                   ("It stops soon after 10. Its h is a mean of old and new, and a mean does not count.",
                    "Il s'arrête peu après 10. Son h est une moyenne de l'ancien et du neuf, et une moyenne "
                    "ne compte pas."),
                   see="06-count", belief=37),
            Option("no-tanh", ("Leaving out the output tanh", "Enlever le tanh de sortie"),
                   ("Worse: h then grows with the count and upsets the gates.",
                    "Pire : h grandit alors avec le compte et dérègle les portes."),
                   see="06-count", belief=8),
        ],
    ),
    Question(
        "06-q-output-tanh",
        ask=("The counting cell without its output tanh, h = o * c: does it still count to 50?",
             "La cellule qui compte, sans son tanh de sortie, h = o * c : compte-t-elle encore jusqu'à 50 ?"),
        right=Option("no", ("No: h grows with the count and pushes its own gates about",
                            "Non : h grandit avec le compte et bouscule ses propres portes"),
                     ("The gates read h. The tanh holds h in a range that they have learned.",
                      "Les portes lisent h. Le tanh maintient h dans un domaine qu'elles ont appris."),
                     see="06-count"),
        wrong=[
            Option("same", ("Yes: c is the same", "Oui : c est le même"),
                   ("At one step, yes. At the next the gates have read another h.",
                    "Sur un pas, oui. Au suivant, les portes ont lu un autre h."),
                   see="06-count", belief=8),
            Option("better", ("Better: nothing is lost on the way out",
                              "Mieux : rien ne se perd à la sortie"),
                   ("Measured: it hardly gets beyond what it was trained on.",
                    "C'est mesuré : elle ne dépasse guère ce qu'elle a vu à l'entraînement."),
                   see="06-count", belief=8),
            Option("nan", ("No: without tanh the loss becomes nan", "Non : sans tanh la perte devient nan"),
                   ("It trains well on n up to 10. It fails beyond.",
                    "Elle s'entraîne bien jusqu'à n = 10. C'est au-delà qu'elle échoue."),
                   see="06-count", belief=11),
        ],
    ),
    Question(
        "06-q-order",
        ask=("`c = i * g` and then `c = f * c + c`: what is wrong?",
             "`c = i * g`, puis `c = f * c + c` : qu'est-ce qui ne va pas ?"),
        right=Option("overwritten", ("The old c is overwritten before it is used",
                                     "L'ancien c est écrasé avant d'avoir servi"),
                     ("Nothing of the past is left: f multiplies the new part. Compute from the old c, then "
                      "give it the name.",
                      "Du passé il ne reste rien : f multiplie la part nouvelle. Calculez à partir de "
                      "l'ancien c, puis donnez le nom."),
                     see="06-update"),
        wrong=[
            Option("nothing", ("Nothing: it is the same sum", "Rien : c'est la même somme"),
                   ("In mathematics both c would have an index. In code the second line reads what the first "
                    "has written.",
                    "En mathématiques, les deux c auraient un indice. En code, la deuxième ligne lit ce que "
                    "la première a écrit."),
                   see="06-update", belief=12),
            Option("product", ("`*` should be `@`", "`*` devrait être `@`"),
                   ("Here every unit is multiplied by its own gate: entry by entry is right.",
                    "Ici chaque unité est multipliée par sa propre porte : terme à terme, c'est juste."),
                   see="06-update", belief=41),
            Option("tanh", ("A tanh is missing around the sum", "Il manque un tanh autour de la somme"),
                   ("Nothing is squashed on the belt.",
                    "Sur le tapis, rien n'est écrasé."),
                   see="06-update", belief=6),
        ],
    ),
]
