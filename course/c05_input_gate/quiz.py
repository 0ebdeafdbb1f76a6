"""Chapter 05, the input gate."""

from workbook.quizzes import Number, Option, Question, Trap

PREDICTIONS = [
    Number(
        "05-two-keys",
        ask=("The memory stands at c = 2. Now f = 1, i = 0.25, c̃ = −0.8. What is the new c?",
             "La mémoire vaut c = 2. À présent f = 1, i = 0,25, c̃ = −0,8. Que vaut le nouveau c ?"),
        answer=1 * 2 + 0.25 * -0.8,
        between=(1.79, 1.81),
        unit=("", ""),
        why=("i · c̃ = −0.2 is added to what is kept, 2. i says whether to write, c̃ says what: here, "
             "something negative.",
             "i · c̃ = −0,2 s'ajoute à ce qui est gardé, 2. i dit s'il faut écrire, c̃ dit quoi : ici, du "
             "négatif."),
        see="05-lock",
        traps=[
            Trap(2.2, ("The sign of c̃ is lost. tanh gives negative numbers, too: a memory can also go down.",
                       "Le signe de c̃ s'est perdu. tanh donne aussi des nombres négatifs : une mémoire peut "
                       "descendre."),
                 belief=49),
            Trap(1.45, ("You added i and c̃. They are multiplied: two keys to one lock.",
                        "Vous avez additionné i et c̃. On les multiplie : deux clés pour une "
                        "serrure."), belief=50),
            Trap(1.2, ("That is i = 1. At i = 0.25 a quarter of c̃ goes in.",
                       "C'est le cas i = 1. Avec i = 0,25, un quart de c̃ entre."), belief=4),
        ],
    ),
    Question(
        "05-always-open",
        ask=("Thirty symbols pass, one is marked: name it at the end. f is pinned at 1, so what is written "
             "stays. We hold i at 1: everything is written. How does it do? (Chance: 25 %.)",
             "Trente symboles passent, un seul est marqué : nommez-le à la fin. f est fixé à 1, ce qui est "
             "écrit reste donc. On tient i à 1 : tout s'écrit. Qu'est-ce que cela donne ? (Au hasard : 25 "
             "%.)"),
        right=Option("far-below", ("Far below a learned i, mostly near chance",
                                   "Bien moins qu'un i appris, souvent presque le hasard"),
                     ("Thirty symbols lie in the memory, the marked one somewhere among them. A learned i "
                      "writes it and lets the others pass.",
                      "Trente symboles sont en mémoire, le bon quelque part dans le tas. Un i appris écrit "
                      "celui-là et laisse passer les autres."),
                     see="05-marked"),
        wrong=[
            Option("candidate", ("As well: c̃ learns to be 0 where there is no mark",
                                 "Aussi bien : c̃ apprend à être nul quand il n'y a pas de marque"),
                   ("In principle it could; in the 400 updates of the chapter it does not, save on a rare "
                    "start.",
                    "En principe, c'est possible ; dans les 400 mises à jour du chapitre, cela n'arrive pas, "
                    "sauf pour de rares départs."),
                   see="05-marked", belief=38),
            Option("wrong-ones", ("A little worse: f forgets the wrong ones",
                                  "Un peu moins bien : f oublie les mauvais"),
                   ("f is pinned at 1 here: nothing is forgotten. i is the only guard.",
                    "f est fixé à 1 : rien ne s'oublie. i est le seul gardien."),
                   see="05-marked", belief=3),
            Option("output", ("As well: o lets only the right one out",
                              "Aussi bien : o ne laisse sortir que le bon"),
                   ("o filters what is said. What has been added up in c it cannot take apart.",
                    "o filtre ce qui se dit. Elle ne peut pas démêler ce qui s'est additionné dans c."),
                   see="05-marked", belief=9),
        ],
    ),
    Question(
        "05-best-constant",
        ask=("Same task, f = 1. Now i is held at some constant: 0.5, 0.1, 0.02. Can a well-chosen constant "
             "match a learned i?",
             "Même tâche, f = 1. Cette fois i est tenu à une constante : 0,5, 0,1, 0,02. Une constante bien "
             "choisie vaut-elle un i appris ?"),
        right=Option("better", ("Better than 1, but none reaches the learned i",
                                "Mieux que 1, mais aucune n'atteint le i appris"),
                     ("Open floods, nearly shut writes too faintly. Around 0.1 it does best, and still "
                      "below.",
                      "Ouverte, la porte noie tout ; presque fermée, elle écrit trop faiblement. Le mieux "
                      "est vers 0,1, et cela reste au-dessous."),
                     see="05-marked"),
        wrong=[
            Option("share", ("Yes: about 1/30, one symbol in thirty",
                             "Oui : environ 1/30, un symbole sur trente"),
                   ("So faint a constant writes the right one as faintly as the others. What is needed is 1 "
                    "at the mark and 0 elsewhere.",
                    "Une constante si faible écrit le bon symbole aussi faiblement que les autres. Il faut 1 "
                    "à la marque et 0 ailleurs."),
                   see="05-marked", belief=51),
            Option("chance", ("No: any constant is at chance", "Non : toute constante reste au hasard"),
                   ("At 0.1 it is right most of the time: the marked symbol comes with a mark, and c̃ can "
                    "make something of it.",
                    "À 0,1, elle a raison la plupart du temps : le symbole marqué vient avec sa marque, et "
                    "c̃ sait en tirer parti."),
                   see="05-marked", belief=38),
            Option("half", ("Yes: 0.5, half open", "Oui : 0,5, à moitié ouverte"),
                   ("Half of thirty symbols is still a flood: better than i = 1, and well below the learned "
                    "i.",
                    "La moitié de trente symboles, c'est encore une inondation : mieux que i = 1, et bien "
                    "moins que le i appris."),
                   see="05-marked", belief=51),
        ],
    ),
]

QUESTIONS = [
    Question(
        "05-q-tanh",
        ask=("Why does c̃ use tanh, when the gates use σ?",
             "Pourquoi c̃ emploie-t-il tanh, alors que les portes emploient σ ?"),
        right=Option("sign", ("So that something can be taken away, too", "Pour pouvoir aussi retirer"),
                     ("tanh goes from −1 to 1. With σ every writing adds: c could only grow.",
                      "tanh va de −1 à 1. Avec σ chaque écriture ajoute : c ne pourrait que croître."),
                     see="05-lock"),
        wrong=[
            Option("range", ("To keep c between −1 and 1", "Pour garder c entre −1 et 1"),
                   ("c̃ stays there, c does not: ten writings of 0.9 make 9.",
                    "c̃ y reste, c non : dix écritures de 0,9 font 9."),
                   see="06-belt", belief=6),
            Option("no-reason", ("For no reason: σ would do as well", "Sans raison : σ irait aussi bien"),
                   ("Try it in the exercise: with σ the memory climbs and never comes down.",
                    "Essayez dans l'exercice : avec σ la mémoire monte et ne redescend jamais."),
                   see="05-candidate", belief=49),
            Option("gate", ("Because c̃ is a gate, too, only a wider one",
                            "Parce que c̃ est aussi une porte, en plus large"),
                   ("A gate multiplies what others bring. c̃ is what is brought.",
                    "Une porte multiplie ce que d'autres apportent. c̃, c'est ce qui est apporté."),
                   see="05-lock", belief=49),
        ],
    ),
    Question(
        "05-q-zero-candidate",
        ask=("f = 1, i = 1, c̃ = 0. What happens to c?",
             "f = 1, i = 1, c̃ = 0. Que devient c ?"),
        right=Option("nothing", ("Nothing: zero is added", "Rien : on ajoute zéro"),
                     ("Writing a zero does not erase. To empty the memory, f must fall.",
                      "Écrire un zéro n'efface rien. Pour vider la mémoire, il faut que f baisse."),
                     see="05-lock"),
        wrong=[
            Option("zero", ("It becomes 0: a zero has been written", "Il devient 0 : on a écrit un zéro"),
                   ("The memory is added to, not overwritten, as long as f = 1.",
                    "On ajoute à la mémoire, on n'écrit pas par-dessus, tant que f = 1."),
                   see="05-lock", belief=50),
            Option("halved", ("It is halved", "Il est divisé par deux"),
                   ("Nothing here divides: f = 1 keeps all of it.",
                    "Rien ne divise ici : f = 1 garde tout."),
                   see="05-lock", belief=32),
            Option("lost", ("It is lost, for i = 1 lets the new in",
                            "Il est perdu, car i = 1 laisse entrer le neuf"),
                   ("i does not touch the old. That is so in the CIFG only, where i = 1 − f.",
                    "i ne touche pas à l'ancien. Il n'en va ainsi que dans le CIFG, où i = 1 − f."),
                   see="05-lock", belief=32),
        ],
    ),
    Question(
        "05-q-sum",
        ask=("Can f and i both be 1 at the same step, in the same unit?",
             "f et i peuvent-elles valoir 1 toutes les deux, au même pas, dans la même unité ?"),
        right=Option("yes", ("Yes: keep all and add", "Oui : tout garder et ajouter"),
                     ("That is how a cell counts, in chapter 06.",
                      "C'est ainsi qu'une cellule compte, au chapitre 06."),
                     see="06-count"),
        wrong=[
            Option("replaces", ("No: what is written must take the place of something",
                                "Non : ce qui s'écrit doit prendre une place"),
                   ("c is a number, not a shelf: it can just grow.",
                    "c est un nombre, non une étagère : il peut simplement grandir."),
                   see="06-count", belief=32),
            Option("shares", ("No: they add up to 1", "Non : leur somme vaut 1"),
                   ("In the CIFG they do, by construction. In the LSTM each has its own weights.",
                    "Dans le CIFG, oui, par construction. Dans le LSTM, chacune a ses poids."),
                   see="05-lock", belief=32),
            Option("chance", ("Only by chance: gates draw lots",
                              "Seulement par hasard : les portes tirent au sort"),
                   ("Nothing is drawn. Same input, same state: same gates.",
                    "Rien n'est tiré au sort. Même entrée, même état : mêmes portes."),
                   see="05-film", belief=4),
        ],
    ),
    Question(
        "05-q-guard",
        ask=("A cell has stored a symbol and must carry it through noise. Which gates do the work?",
             "Une cellule a rangé un symbole et doit le porter à travers le bruit. Quelles portes s'en "
             "chargent ?"),
        right=Option("f-and-i", ("f near 1 and i near 0", "f proche de 1 et i proche de 0"),
                     ("Keep, and let nothing in. o may stand as it likes.",
                      "Garder, et ne rien laisser entrer. o peut être comme elle veut."),
                     see="05-film"),
        wrong=[
            Option("output", ("o near 0: shut in, it is safe", "o proche de 0 : enfermé, il est à l'abri"),
                   ("o guards the mouth, not the memory: c goes on being written while o = 0.",
                    "o garde la bouche, pas la mémoire : c continue à s'écrire pendant que o = 0."),
                   see="07-silence", belief=9),
            Option("shut-f", ("f near 0: nothing is forgotten", "f proche de 0 : rien n'est oublié"),
                   ("f near 0 forgets nearly all at one step.",
                    "f proche de 0 oublie presque tout en un pas."),
                   see="04-slider", belief=3),
            Option("input", ("i near 1: it is written again and again",
                             "i proche de 1 : il s'écrit encore et encore"),
                   ("What is written is what comes in now, and that is noise.",
                    "Ce qui s'écrit, c'est ce qui arrive maintenant, et c'est du bruit."),
                   see="05-marked", belief=38),
        ],
    ),
    Question(
        "05-q-redundant",
        ask=("In the marked symbol, f is pinned at 1. If f may learn as well, how badly is a learned i "
             "missed?",
             "Dans le symbole marqué, f est fixé à 1. Si f peut apprendre aussi, le i appris manque-t-il "
             "beaucoup ?"),
        right=Option("little", ("Little: the CIFG, whose i is 1 − f, does as well",
                                "Peu : le CIFG, dont i vaut 1 − f, fait aussi bien"),
                     ("f then clears away what should not be there. The two gates are partly redundant; even "
                      "a small constant i does nearly as well then.",
                      "f balaie alors ce qui ne devrait pas être là. Les deux portes se recouvrent en "
                      "partie ; même un petit i constant fait alors presque aussi bien."),
                     see="05-honest"),
        wrong=[
            Option("badly", ("As badly as before: each gate has its own duty",
                             "Autant : chaque porte a son devoir"),
                   ("So the drawings say. Measured, one gate can take over much of the other's work.",
                    "C'est ce que disent les dessins. Mesure faite, une porte peut reprendre une bonne part "
                    "du travail de l'autre."),
                   see="05-honest", belief=38),
            Option("never", ("Not at all, even with i = 1", "Pas du tout, même avec i = 1"),
                   ("With i = 1 it still fails on most starts: f alone cannot clear away the flood.",
                    "Avec i = 1, la cellule échoue encore pour la plupart des départs : f ne peut à lui seul "
                    "évacuer l'inondation."),
                   see="05-marked", belief=38),
            Option("more", ("More than before", "Plus encore"),
                   ("It is the other way round: a second gate helps.",
                    "C'est le contraire : une deuxième porte aide."),
                   see="05-marked", belief=38),
        ],
    ),
    Question(
        "05-q-mean",
        ask=("The trained network names the marked symbol every time. Yet the mean of i over its units is "
             "near one half at the mark, and a third elsewhere. How can that be?",
             "Le réseau entraîné nomme chaque fois le symbole marqué. Pourtant la moyenne de i sur ses "
             "unités est voisine d'un demi à la marque, et d'un tiers ailleurs. Comment est-ce possible ?"),
        right=Option("each-unit",
                     ("Each unit has its own i; the mean hides those that open and those that do not",
                      "Chaque unité a son i ; la moyenne cache celles qui s'ouvrent et celles qui ne "
                      "s'ouvrent pas"),
                     ("Look at the rows of the film one by one: the best one rises at the mark.",
                      "Regardez les lignes du film une à une : la meilleure monte à la marque."),
                     see="05-film"),
        wrong=[
            Option("half-time", ("The gate is open at half of the marks",
                                 "La porte s'ouvre pour la moitié des marques"),
                   ("Then half of the answers would be wrong. Gates are not on or off; they take values "
                    "between.",
                    "La moitié des réponses seraient alors fausses. Les portes ne sont pas ouvertes ou "
                    "fermées : elles prennent des valeurs entre les deux."),
                   see="05-film", belief=4),
            Option("layer", ("i is one value for the layer, and 0.5 is enough",
                             "i est une seule valeur pour la couche, et 0,5 suffit"),
                   ("There are as many values as units, and they differ.",
                    "Il y a autant de valeurs que d'unités, et elles diffèrent."),
                   see="05-film", belief=5),
            Option("wrong", ("The film is wrong: such a network cannot work",
                             "Le film est faux : un tel réseau ne peut pas marcher"),
                   ("It works; the picture only does not tell why. To know which unit matters, take it away "
                    "and see.",
                    "Il marche ; c'est l'image qui ne dit pas pourquoi. Pour savoir quelle unité compte, "
                    "enlevez-la et voyez."),
                   see="05-film", belief=39),
        ],
    ),
]
