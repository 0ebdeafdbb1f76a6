"""Chapter 03, the vanishing gradient."""

from workbook.quizzes import Number, Option, Question, Trap

PREDICTIONS = [
    Number(
        "03-ten-halves",
        ask=("A silent network (no input, h = 0), whose W_h stretches every direction by 0.5. By what is "
             "a gradient multiplied on its way back through ten steps?",
             "Un réseau silencieux (pas d'entrée, h = 0), dont W_h multiplie toute longueur par 0,5. Par "
             "combien un gradient est-il multiplié en remontant dix pas ?"),
        answer=0.5 ** 10,
        between=(0.0007, 0.0013),
        unit=("", ""),
        why=("0.5 to the power 10 is {answer}, a thousandth. After 50 steps it would be one part in a "
             "thousand million million.",
             "0,5 à la puissance 10 donne {answer}, un millième. Après 50 pas, ce serait un millionième de "
             "milliardième."),
        see="03-flow",
        traps=[
            Trap(0.5, ("That is one step. There are ten, and they multiply.",
                       "C'est un seul pas. Il y en a dix, et ils se multiplient."), belief=45),
            Trap(0.05, ("0.5 divided by 10? Each step halves again: it is a product.",
                        "0,5 divisé par 10 ? Chaque pas divise encore par deux : c'est un produit."),
                 belief=45),
            Trap(5, ("0.5 times 10 is a sum. Slopes along one path multiply.",
                     "0,5 fois 10, c'est une somme. Le long d'un chemin, les pentes se "
                     "multiplient."), belief=45),
        ],
    ),
    Question(
        "03-driven-hard",
        ask=("Now W_h stretches by 1.5, and the network is driven by noise of size 1. What happens to the "
             "gradient over 100 steps?",
             "Cette fois W_h multiplie les longueurs par 1,5, et le réseau lit un bruit de taille 1. Que "
             "devient le gradient en 100 pas ?"),
        right=Option("vanishes", ("It vanishes", "Il s'évanouit"),
                     ("The noise pushes the units far out, where tanh is flat, and those slopes beat the "
                      "1.5. The rule is exact in silence only.",
                      "Le bruit pousse les unités loin du centre, là où tanh est plate, et ces pentes "
                      "l'emportent sur 1,5. La règle n'est exacte que dans le silence."),
                     see="03-flow"),
        wrong=[
            Option("explodes", ("It explodes: 1.5 to the power 100", "Il explose : 1,5 à la puissance 100"),
                   ("In silence, yes: by 10 to the power 17. The slopes of tanh are left out of that count.",
                    "Dans le silence, oui : par 10 à la puissance 17. Ce calcul oublie les pentes de tanh."),
                   see="03-flow", belief=16),
            Option("same", ("It stays about the same: tanh and 1.5 balance",
                            "Il reste à peu près pareil : tanh et 1,5 s'équilibrent"),
                   ("Nothing makes them balance. A product of a hundred factors stays near 1 only by rare "
                    "luck.",
                    "Rien ne les équilibre. Un produit de cent facteurs ne reste près de 1 que par une "
                    "chance rare."),
                   see="03-flow", belief=16),
            Option("nan", ("It becomes nan", "Il devient nan"),
                   ("Small numbers do no harm to the machine, they just do not teach.",
                    "De petits nombres ne gênent pas la machine ; simplement, ils n'apprennent rien."),
                   see="03-flow", belief=11),
        ],
    ),
    Question(
        "03-fifty-steps",
        ask=("A symbol is shown, then come 50 steps of strong noise, then it must be named. (Chance: 25 %.) "
             "How does a plain RNN of 32 units do, trained as long as the LSTM, at the same rate?",
             "On montre un symbole, puis viennent 50 pas de bruit fort, puis il faut le nommer. (Au hasard : "
             "25 %.) Que donne un RNN simple de 32 unités, entraîné aussi longtemps que le LSTM, au "
             "même taux ?"),
        right=Option("chance", ("It stays at chance, on every start we tried",
                                "Il en reste au hasard, à chaque départ essayé"),
                     ("The gradient that should tell it what to do with the symbol has died on the way. The "
                      "LSTM with a forget bias of 5 learns it on every start.",
                      "Le gradient qui devait lui dire quoi faire du symbole est mort en route. Le LSTM au "
                      "biais d'oubli de 5 l'apprend à chaque départ."),
                     see="03-recall"),
        wrong=[
            Option("half", ("About half right: it forgets slowly", "Environ la moitié : il oublie lentement"),
                   ("It does not forget slowly; it never learns to keep. With weak noise an RNN does get "
                    "through now and then.",
                    "Il n'oublie pas lentement ; il n'apprend jamais à garder. Avec un bruit faible, un RNN "
                    "y arrive parfois."),
                   see="03-recall", belief=13),
            Option("rate", ("Right, with a larger learning rate",
                            "Juste, avec un plus grand taux d'apprentissage"),
                   ("The rate makes near and far louder alike. At 0.03 or 0.1 some starts get to about one "
                    "half, none is right reliably.",
                    "Le taux amplifie le proche autant que le lointain. À 0,03 ou à 0,1, certains "
                    "départs atteignent la moitié environ, aucun n'est juste à coup sûr."),
                   see="03-recall", belief=15),
            Option("units", ("Right: 32 units are plenty for one symbol",
                             "Juste : 32 unités suffisent bien pour un symbole"),
                   ("There is room enough. What is missing is news from fifty steps away.",
                    "La place ne manque pas. Ce qui manque, ce sont des nouvelles d'il y a cinquante pas."),
                   see="03-recall", belief=43),
        ],
    ),
    Question(
        "03-lstm-bias-zero",
        ask=("An LSTM whose forget bias starts at 0, the same noise, 100 steps. What becomes of its "
             "gradient?",
             "Un LSTM dont le biais d'oubli part de 0, le même bruit, 100 pas. Que devient son gradient ?"),
        right=Option("vanishes", ("It vanishes about as fast as that of an RNN",
                                  "Il s'évanouit à peu près aussi vite que celui d'un RNN"),
                     ("f is near 1/2, and a hundred halves are nothing. What helps is f near 1, not the "
                      "name.",
                      "f est voisin de 1/2, et cent moitiés, ce n'est plus rien. Ce qui aide, c'est f proche "
                      "de 1, non le nom."),
                     see="03-flow"),
        wrong=[
            Option("stays", ("It stays: an LSTM has no vanishing gradient",
                             "Il reste : un LSTM n'a pas de gradient évanescent"),
                   ("So it is often written. On the direct path the gradient is the product of all f.",
                    "On le lit souvent. Sur le chemin direct, le gradient est le produit de tous les f."),
                   see="03-flow", belief=10),
            Option("explodes", ("It explodes: c can grow without end",
                                "Il explose : c peut grandir sans fin"),
                   ("With f near 1/2 nothing grows. And even f = 1 lets the gradient grow but little, by way "
                    "of h.",
                    "Avec f voisin de 1/2, rien ne grandit. Et même f = 1 ne laisse croître le gradient que "
                    "peu, en passant par h."),
                   see="03-flow", belief=11),
            Option("slower", ("It vanishes, but much more slowly", "Il s'évanouit, mais bien plus lentement"),
                   ("That is so with a bias of 1, and more so with 3.",
                    "C'est vrai d'un biais de 1, et plus encore de 3."),
                   see="03-flow", belief=21),
        ],
    ),
]

QUESTIONS = [
    Question(
        "03-q-whole",
        ask=("The gradient vanishes. How large is dL/dW?",
             "Le gradient s'évanouit. De quelle taille est dL/dW ?"),
        right=Option("large", ("As large as ever: it is a sum, and its near terms are large",
                               "Comme toujours : c'est une somme, et ses termes proches sont grands"),
                     ("Only the terms that come from far back are gone. The network does learn, but only "
                      "what is near.",
                      "Seuls les termes venus de loin ont disparu. Le réseau apprend bien, mais "
                      "seulement ce qui est proche."),
                     see="03-terms"),
        wrong=[
            Option("zero", ("Near zero: learning stands still", "Presque nulle : l'apprentissage s'arrête"),
                   ("The loss of an RNN falls at first. It is the far past that is not heard.",
                    "La perte d'un RNN commence par baisser. C'est le passé lointain qu'on n'entend pas."),
                   see="03-terms", belief=13),
            Option("first", ("Large for the first steps, small for the last",
                             "Grande pour les premiers pas, petite pour les derniers"),
                   ("The other way round: the blame starts at the end and is lost towards the beginning.",
                    "C'est l'inverse : la faute part de la fin et se perd vers le début."),
                   see="03-terms", belief=13),
            Option("own", ("Each step has its own W, with a gradient of its own",
                           "Chaque pas a son propre W, et son propre gradient"),
                   ("There is one W. All steps add their terms to one gradient.",
                    "Il n'y a qu'un W. Tous les pas ajoutent leurs termes au même gradient."),
                   see="03-terms", belief=2),
        ],
    ),
    Question(
        "03-q-clip",
        ask=("We clip the gradient by its global norm. What does that cure?",
             "On écrête le gradient selon sa norme globale. Qu'est-ce que cela soigne ?"),
        right=Option("explosion", ("Explosion, not vanishing", "L'explosion, pas l'évanouissement"),
                     ("Clipping makes all of it shorter by one factor: far and near keep their ratio.",
                      "Écrêter raccourcit le tout d'un même facteur : lointain et proche gardent leur "
                      "rapport."),
                     see="03-clip"),
        wrong=[
            Option("both", ("Both", "Les deux"),
                   ("Clipping never enlarges anything. If yours does, the check will tell you.",
                    "Écrêter n'agrandit jamais rien. Si votre fonction le fait, la vérification "
                    "vous le dira."),
                   see="03-clip", belief=14),
            Option("vanishing",
                   ("Vanishing: the far terms gain weight when the near ones are cut",
                    "L'évanouissement : les termes lointains pèsent plus si l'on coupe les proches"),
                   ("The norm is that of the sum; its terms are not cut one by one.",
                    "La norme est celle de la somme ; ses termes ne sont pas coupés un à un."),
                   see="03-clip", belief=14),
            Option("neither", ("Neither: it only slows learning down",
                               "Ni l'une ni l'autre : cela ne fait que ralentir"),
                   ("One step with a giant gradient can throw away all that was learned. Clipping prevents "
                    "that one.",
                    "Un seul pas au gradient géant peut jeter tout l'acquis. Écrêter évite ce pas-là."),
                   see="03-clip", belief=14),
        ],
    ),
    Question(
        "03-q-relu",
        ask=("With ReLU, whose slope is 1, does the gradient of an RNN keep its size over 100 steps?",
             "Avec ReLU, de pente 1, le gradient d'un RNN garde-t-il sa taille sur 100 pas ?"),
        right=Option("weights", ("Only if W_h itself does: 0.95 · I vanishes, 1.05 · I explodes",
                                 "Seulement si W_h la garde : 0,95 · I s'évanouit, 1,05 · I explose"),
                     ("0.95 to the power 100 is 0.006; 1.05 to the power 100 is 131. ReLU removes the "
                      "slopes, W_h remains.",
                      "0,95 à la puissance 100 donne 0,006 ; 1,05 à la puissance 100 donne 131. ReLU ôte les "
                      "pentes, W_h reste."),
                     see="03-helps"),
        wrong=[
            Option("yes", ("Yes: a product of ones is 1", "Oui : un produit de uns vaut 1"),
                   ("Between two ReLUs there is W_h, a hundred times.",
                    "Entre deux ReLU il y a W_h, cent fois."),
                   see="03-helps", belief=18),
            Option("never", ("No: it always vanishes", "Non : il s'évanouit toujours"),
                   ("It may explode just as well, and there is no tanh to slow it down.",
                    "Il peut tout aussi bien exploser, et il n'y a pas de tanh pour le freiner."),
                   see="03-helps", belief=16),
            Option("rate", ("Yes, if the learning rate is small",
                            "Oui, si le taux d'apprentissage est petit"),
                   ("The rate has no part in the product.",
                    "Le taux n'intervient pas dans le produit."),
                   see="03-helps", belief=15),
        ],
    ),
    Question(
        "03-q-radius",
        ask=("All eigenvalues of W_h are below 0.9 in size. May the gradient of a silent network grow for "
             "some steps?",
             "Toutes les valeurs propres de W_h sont inférieures à 0,9 en module. Le gradient d'un réseau "
             "silencieux peut-il croître pendant quelques pas ?"),
        right=Option("at-first", ("Yes, at first, if W_h stretches one direction into another",
                                  "Oui, au début, si W_h étire une direction vers une autre"),
                     ("Eigenvalues rule in the long run. The first steps obey the norm, which may be far "
                      "above 1.",
                      "Les valeurs propres décident à la longue. Les premiers pas obéissent à la norme, qui "
                      "peut dépasser 1 de loin."),
                     see="03-flow"),
        wrong=[
            Option("never", ("No: each step shrinks it to 0.9 at most",
                             "Non : chaque pas le réduit à 0,9 au plus"),
                   ("That holds for 0.9 times a rotation, or for a symmetric matrix, not for every one.",
                    "C'est vrai de 0,9 fois une rotation ou d'une matrice symétrique, pas de toutes."),
                   see="03-flow", belief=17),
            Option("forever", ("Yes, and it goes on for ever", "Oui, et cela ne s'arrête plus"),
                   ("In the end the eigenvalues win, and it dies.",
                    "À la fin les valeurs propres l'emportent, et il meurt."),
                   see="03-flow", belief=16),
            Option("inputs", ("Only if the inputs are large", "Seulement si les entrées sont grandes"),
                   ("Inputs make the slopes of tanh smaller: they damp.",
                    "Les entrées diminuent les pentes de tanh : elles amortissent."),
                   see="03-flow", belief=16),
        ],
    ),
    Question(
        "03-q-truncate",
        ask=("In training we cut the gradient off after 40 steps, but hand the state on. What can the "
             "network still use?",
             "À l'entraînement, on coupe le gradient après 40 pas, mais on transmet l'état. Que peut encore "
             "utiliser le réseau ?"),
        right=Option("state", ("Anything the state still holds, even from before",
                               "Tout ce que l'état contient encore, même plus ancien"),
                     ("The way forward is not cut. Only learning from further back is; the streams of "
                      "chapter 04 live by it.",
                      "Le chemin vers l'avant n'est pas coupé. On n'apprend plus de plus loin, c'est tout ; "
                      "les flux du chapitre 04 en vivent."),
                     see="04-stream"),
        wrong=[
            Option("last-40", ("Only the last 40 steps", "Seulement les 40 derniers pas"),
                   ("h and c go through. It is the blame that stops.",
                    "h et c passent. C'est la faute qui s'arrête."),
                   see="04-stream", belief=26),
            Option("all", ("All, and the gradient is the same, at less cost",
                           "Tout, et le gradient est le même, pour moins cher"),
                   ("The terms from further back are missing: the gradient is another, it points elsewhere.",
                    "Les termes plus lointains manquent : le gradient est autre, il pointe ailleurs."),
                   see="03-terms", belief=27),
            Option("reset", ("Nothing: the state must be reset at the cut",
                             "Rien : à la coupure, il faut remettre l'état à zéro"),
                   ("It may be reset, it need not be. Two decisions.",
                    "On peut le remettre à zéro ; on n'y est pas obligé. Ce sont deux décisions."),
                   see="04-stream", belief=24),
        ],
    ),
    Question(
        "03-q-easy",
        ask=("With f very near 1 nothing vanishes. Is the rest then easy?",
             "Avec f très proche de 1, rien ne s'évanouit. Le reste est-il alors facile ?"),
        right=Option("touchy", ("No: there a tiny change of f changes very much",
                                "Non : un rien de changement sur f y change beaucoup"),
                     ("From f = 0.99 to 0.995 the half-life doubles, from 69 to 138 steps. A memory that "
                      "long is a delicate thing to set.",
                      "De f = 0,99 à 0,995, la demi-vie double, de 69 à 138 pas. Une mémoire si longue se "
                      "règle délicatement."),
                     see="04-slider"),
        wrong=[
            Option("easy", ("Yes: where the gradient arrives, learning follows",
                            "Oui : si le gradient arrive, l'apprentissage suit"),
                   ("It arrives, and it is sensitive: in chapter 04 a bias of 6 does worse than 3.",
                    "Il arrive, et il est sensible : au chapitre 04, un biais de 6 fait moins bien que 3."),
                   see="04-bias", belief=20),
            Option("larger", ("Yes: the larger f, the better", "Oui : plus f est grand, mieux c'est"),
                   ("A memory that never empties drowns. See what f = 1 does on an endless stream.",
                    "Une mémoire qui ne se vide jamais se noie. Voyez ce que fait f = 1 sur un flux sans "
                    "fin."),
                   see="04-stream", belief=20),
            Option("frozen", ("No: near 1 the gates learn nothing at all",
                              "Non : près de 1, les portes n'apprennent plus rien"),
                   ("They learn more slowly, for σ is flat there, but they learn. Exactly 1 is another "
                    "matter.",
                    "Elles apprennent plus lentement, car σ y est plate, mais elles apprennent. Exactement "
                    "1, c'est autre chose."),
                   see="04-bias", belief=19),
        ],
    ),
]
