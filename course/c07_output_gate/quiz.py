"""Chapter 07, the output gate."""

import math

from workbook.quizzes import Number, Option, Question, Trap

PREDICTIONS = [
    Number(
        "07-silence",
        ask=("A cell holds c = 3. For 20 steps f = 1, i = 0, o = 0: silence. At step 21, o = 1, f and i "
             "as before. What is h then?",
             "Une cellule tient c = 3. Pendant 20 pas f = 1, i = 0, o = 0 : silence. Au pas 21, o = 1, f "
             "et i comme avant. Que vaut alors h ?"),
        answer=math.tanh(3),
        between=(0.98, 1),
        unit=("", ""),
        why=("c has not moved, and h = tanh(3) = {answer}. The gate shuts the mouth, not the memory.",
             "c n'a pas bougé, et h = tanh(3) = {answer}. La porte ferme la bouche, pas la mémoire."),
        see="07-silence",
        traps=[
            Trap(0, ("h was 0 all along, but h is not where the number is kept. c stood by at 3.",
                     "h est resté nul, mais ce n'est pas h qui garde le nombre. c attendait, à "
                     "3."), belief=7),
            Trap(3, ("That is c. What is said goes through tanh first, and tanh ends at 1.",
                     "Cela, c'est c. Ce qui est dit passe d'abord par tanh, et tanh s'arrête à "
                     "1."), belief=8),
        ],
    ),
    Question(
        "07-one-unit",
        ask=("The secret: keep a number, say it when asked, say 0 at all other times. One unit. We pin o at "
             "1. How well can it do?",
             "Le secret : gardez un nombre, dites-le quand on le demande, dites 0 le reste du temps. Une "
             "seule unité. On fixe o à 1. Que peut-elle faire ?"),
        right=Option("less", ("Far less well than with a learned o", "Bien moins bien qu'avec un o appris"),
                     ("What it keeps it says. To be silent it must keep little, and then it has little to "
                      "say.",
                      "Ce qu'elle garde, elle le dit. Pour se taire il lui faut garder peu, et elle a alors "
                      "peu à dire."),
                     see="07-secret"),
        wrong=[
            Option("hidden", ("As well: i and f can hold the secret back",
                              "Aussi bien : i et f retiennent le secret"),
                   ("They decide what is kept. With o = 1, tanh(c) is said at every step.",
                    "Elles décident de ce qui est gardé. Avec o = 1, tanh(c) est dit à chaque pas."),
                   see="07-secret", belief=7),
            Option("better", ("Better: nothing is lost on the way out",
                              "Mieux : rien ne se perd à la sortie"),
                   ("The task asks for silence, too. What is blurted out counts as an error.",
                    "La tâche demande aussi le silence. Ce qui échappe compte comme une erreur."),
                   see="07-secret", belief=38),
            Option("read-out", ("As well: the read-out V, b_y can mask it",
                                "Aussi bien : la lecture V, b_y peut le masquer"),
                   ("The read-out is the same at every step: it cannot be shut now and open then.",
                    "La lecture est la même à chaque pas : elle ne peut pas se fermer puis s'ouvrir."),
                   see="07-secret", belief=9),
        ],
    ),
    Question(
        "07-four-units",
        ask=("The same with four units instead of one: what remains of the gap between a learned o and o = "
             "1?",
             "La même chose avec quatre unités au lieu d'une : que reste-t-il de l'écart entre un o appris "
             "et o = 1 ?"),
        right=Option("nothing", ("Hardly anything", "Presque rien"),
                     ("The units keep the number between them so that they cancel in the read-out; at the "
                      "question they no longer do. What o saves you is those units.",
                      "Les unités gardent le nombre à plusieurs et se compensent dans la lecture ; à la "
                      "question, elles ne se compensent plus. Ce que o vous épargne, ce sont ces unités."),
                     see="07-secret"),
        wrong=[
            Option("same", ("The same gap", "Le même écart"),
                   ("The chapter measures it: with four units both are close to perfect.",
                    "Le chapitre le mesure : avec quatre unités, les deux frôlent la perfection."),
                   see="07-secret", belief=38),
            Option("wider", ("A wider gap: four units blurt out more",
                             "Un écart plus grand : quatre unités laissent échapper davantage"),
                   ("V can weigh them against each other; and they can share the work.",
                    "V peut les peser l'une contre l'autre ; et elles peuvent se partager le travail."),
                   see="07-secret", belief=9),
            Option("reversed", ("The other way round: o now hurts", "L'inverse : maintenant o nuit"),
                   ("Not here: look at the dots, a learned o does no harm.",
                    "Pas ici : voyez les points, un o appris ne nuit pas."),
                   see="07-secret", belief=38),
        ],
    ),
]

QUESTIONS = [
    Question(
        "07-q-same-step",
        ask=("At step t we change o_t only. What changes at the same step?",
             "Au pas t, on ne change que o_t. Qu'est-ce qui change à ce même pas ?"),
        right=Option("h", ("h_t, and not c_t", "h_t, et pas c_t"),
                     ("o comes after c. Only at step t + 1, through h_t, can it reach the memory.",
                      "o vient après c. Ce n'est qu'au pas t + 1, par h_t, qu'elle peut atteindre la "
                      "mémoire."),
                     see="07-silence"),
        wrong=[
            Option("both", ("c_t and h_t", "c_t et h_t"),
                   ("c_t = f * c + i * c̃ has no o in it.",
                    "c_t = f * c + i * c̃ ne contient pas o."),
                   see="07-silence", belief=9),
            Option("c", ("c_t: that is what o protects", "c_t : c'est lui que o protège"),
                   ("What protects it is i, against writing, and f, against forgetting.",
                    "Ce qui le protège, c'est i, contre l'écriture, et f, contre l'oubli."),
                   see="07-silence", belief=9),
            Option("later", ("Nothing before the next step", "Rien avant le pas suivant"),
                   ("h_t = o_t * tanh(c_t): it is heard at once.",
                    "h_t = o_t * tanh(c_t) : cela s'entend tout de suite."),
                   see="07-silence", belief=7),
        ],
    ),
    Question(
        "07-q-h-c",
        ask=("What are h and c to each other?",
             "Que sont h et c l'un pour l'autre ?"),
        right=Option("kept-and-said", ("c is kept; h is the part of it that is said now",
                                       "c est gardé ; h est la part qu'on en dit maintenant"),
                     ("With o = 0 for 20 steps h is 0, and c is all there.",
                      "Avec o = 0 pendant 20 pas, h est nul, et c est toujours là, entier."),
                     see="07-silence"),
        wrong=[
            Option("lengths", ("Two memories side by side, one short, one long",
                               "Deux mémoires côte à côte, une courte, une longue"),
                   ("h has no memory of its own: it is computed anew from c at every step.",
                    "h n'a pas de mémoire propre : il est recalculé à partir de c à chaque pas."),
                   see="07-silence", belief=7),
            Option("outputs", ("Two outputs: layers above read both",
                               "Deux sorties : les couches du dessus lisent les deux"),
                   ("The layer above, and the read-out, see h only.",
                    "La couche du dessus, comme la lecture, ne voit que h."),
                   see="07-silence", belief=7),
            Option("same", ("The same number before and after tanh", "Le même nombre avant et après tanh"),
                   ("At o = 1, yes. The gate stands in between.",
                    "Si o = 1, oui. Entre les deux, il y a la porte."),
                   see="07-hidden", belief=8),
        ],
    ),
    Question(
        "07-q-formula",
        ask=("o = 0.5, c = 2. What is h?",
             "o = 0,5, c = 2. Que vaut h ?"),
        right=Option("both-factors", ("0.48", "0,48"),
                     ("0.5 × tanh(2) = 0.5 × 0.964. First tanh, then the gate.",
                      "0,5 × tanh(2) = 0,5 × 0,964. D'abord tanh, puis la porte."),
                     see="07-hidden"),
        wrong=[
            Option("no-tanh", ("1", "1"),
                   ("That is o * c: the tanh is missing.",
                    "C'est o * c : il manque tanh."),
                   see="07-hidden", belief=8),
            Option("tanh-first", ("0.76", "0,76"),
                   ("That is tanh(o * c): the gate stands inside, and can no longer halve what is said.",
                    "C'est tanh(o * c) : la porte est à l'intérieur et ne divise plus par deux ce qui est "
                    "dit."),
                   see="07-hidden", belief=8),
            Option("squashed-half", ("0.92", "0,92"),
                   ("That is tanh(o) * c: the tanh went to the gate, which has its σ already.",
                    "C'est tanh(o) * c : le tanh est allé à la porte, qui a déjà son σ."),
                   see="07-hidden", belief=42),
        ],
    ),
    Question(
        "07-q-worth",
        ask=("What do the measurements say about the worth of the output gate?",
             "Que disent les mesures de la valeur de la porte de sortie ?"),
        right=Option("few", ("With few units it pays; with more it is hardly missed",
                             "Avec peu d'unités elle est utile ; avec plus, elle ne manque guère"),
                     ("On large tasks, Greff and his co-authors (2015) found that it depends: without it, "
                      "speech and handwriting suffered, music did not.",
                      "Sur de grandes tâches, Greff et ses coauteurs (2015) ont vu que cela dépend : sans "
                      "elle, la parole et l'écriture en souffraient, la musique non."),
                     see="07-secret"),
        wrong=[
            Option("always", ("Without it nothing works", "Sans elle, rien ne marche"),
                   ("With o = 1 most of our tasks are solved nearly as well.",
                    "Avec o = 1, la plupart de nos tâches sont résolues presque aussi bien."),
                   see="08-ablation", belief=38),
            Option("never", ("It is worth nothing anywhere", "Elle ne vaut rien nulle part"),
                   ("With one unit the secret needs it: look at the gap.",
                    "Avec une seule unité, le secret en a besoin : regardez l'écart."),
                   see="07-secret", belief=38),
            Option("more", ("The more units, the more it is needed", "Plus il y a d'unités, plus il la faut"),
                   ("The other way round: units can take over its work.",
                    "C'est l'inverse : des unités peuvent faire son travail."),
                   see="07-secret", belief=38),
        ],
    ),
    Question(
        "07-q-feed",
        ask=("Which of the two do the gates read at the next step, h or c?",
             "Lequel des deux les portes lisent-elles au pas suivant, h ou c ?"),
        right=Option("h", ("h", "h"),
                     ("W acts on [h, x]. What was not said, the gates do not know, unless they have "
                      "peepholes.",
                      "W agit sur [h, x]. Ce qui n'a pas été dit, les portes l'ignorent, à moins d'avoir des "
                      "judas (peepholes)."),
                     see="07-gate"),
        wrong=[
            Option("c", ("c", "c"),
                   ("In the peephole LSTM they see both. In ours c reaches them only as h.",
                    "Dans le LSTM à judas elles voient les deux. Dans le nôtre, c ne leur parvient que par "
                    "h."),
                   see="07-gate", belief=7),
            Option("both", ("Both, side by side", "Les deux, côte à côte"),
                   ("W has H + D columns: there is no room for c.",
                    "W a H + D colonnes : il n'y a pas de place pour c."),
                   see="07-gate", belief=7),
            Option("neither", ("Neither: gates read the input alone",
                               "Aucun : les portes ne lisent que l'entrée"),
                   ("Then the network could not tell a question from another by what came before.",
                    "Le réseau ne pourrait alors rien décider d'après ce qui a précédé."),
                   see="07-gate", belief=52),
        ],
    ),
]
