"""Chapter 04, the forget gate."""

import math

from workbook.quizzes import Number, Option, Question, Trap

PREDICTIONS = [
    Number(
        "04-half-life",
        ask=("A forget gate stands at f = 0.9, and nothing new is written. After how many steps is half of "
             "the memory left?",
             "Une porte d'oubli reste à f = 0,9 et rien de nouveau n'est écrit. Après combien de pas ne "
             "reste-t-il que la moitié de la mémoire ?"),
        answer=-1 / math.log2(0.9),
        between=(6, 7.2),
        unit=("steps", "pas"),
        why=("Each step multiplies by 0.9, and 0.9 to the power {answer} is one half: the half-life is "
             "−1/log₂ f.",
             "Chaque pas multiplie par 0,9, et 0,9 à la puissance {answer} donne un demi : la demi-vie vaut "
             "−1/log₂ f."),
        see="04-slider",
        traps=[
            Trap(5, ("Five times 0.1 taken off? Each step takes a tenth of what is still there, so it takes "
                     "less and less.",
                     "Cinq fois 0,1 en moins ? Chaque pas enlève un dixième de ce qui reste encore, donc de "
                     "moins en moins."), belief=45),
            Trap(1 / (1 - 0.9), ("Ten steps is 1/(1 − f): by then little more than a third is left. Half of "
                                 "it is gone sooner.",
                                 "Dix pas, c'est 1/(1 − f) : il ne reste alors guère plus du tiers. La "
                                 "moitié est perdue plus tôt."), belief=45),
            Trap(-1 / math.log(0.9), ("That is the natural logarithm's answer: after it, 37 % are left. For "
                                      "half, take the logarithm in base 2.",
                                      "C'est la réponse du logarithme népérien : il reste alors 37 %. Pour "
                                      "la moitié, prenez le logarithme en base 2."), belief=42),
        ],
    ),
    Number(
        "04-bias-for-100",
        ask=("You want a memory with a half-life of 100 steps, and W_f is 0. Which bias b_f do you set?",
             "Vous voulez une mémoire dont la demi-vie est de 100 pas, et W_f est nul. Quel biais b_f "
             "choisissez-vous ?"),
        answer=-math.log(2 ** 0.01 - 1),
        between=(4.5, 5.5),
        unit=("", ""),
        why=("f must be 2 to the power −1/100, which is {f}; and σ(b) = {f} at b = {answer}. A bias of 1, a "
             "common start, gives a half-life of {short} steps.",
             "f doit valoir 2 à la puissance −1/100, soit {f}, et σ(b) = {f} pour b = {answer}. Un biais de "
             "1, départ courant, donne une demi-vie de {short} pas."),
        see="04-slider",
        traps=[
            Trap(2 ** -0.01, ("That is f itself. The bias stands before the sigmoid: b = ln(f / (1 − f)).",
                              "C'est f lui-même. Le biais se trouve avant la sigmoïde : b = ln(f / (1 − "
                              "f))."),
                 belief=42),
            Trap(1, ("A bias of 1 is a common start, and it keeps half of the memory for {short} steps only.",
                     "Un biais de 1 est un départ courant, et il ne garde la moitié de la mémoire que "
                     "{short} pas."),
                 belief=21),
            Trap(100, ("With b = 100 nothing is lost at all: σ(100) is 1 as far as the machine can tell.",
                       "Avec b = 100, plus rien ne se perd : pour la machine, σ(100) vaut 1."), belief=45),
        ],
        values={"f": 2 ** -0.01, "short": 1 / math.log2(1 + math.exp(-1))},
    ),
    Question(
        "04-never-forget",
        ask=("Symbol, noise, question, next symbol: a stream that never ends, a state that is never reset. "
             "We pin f = 1, so the cell never forgets. How well will it answer, on a long stream? (Chance: "
             "25 %.)",
             "Symbole, bruit, question, symbole suivant : le flux ne finit jamais, l'état n'est jamais remis "
             "à zéro. On fixe f = 1, la cellule n'oublie donc jamais. Répondra-t-elle bien, sur un long flux "
             "? (Au hasard : 25 %.)"),
        right=Option(
            "chance", ("Near chance, on most starts", "À peu près au hasard, pour la plupart des départs"),
            ("Every symbol of the past is still in the memory, none can be taken out, and |c| grows beyond "
             "a thousand. A memory that cannot be emptied is as useless as none.",
             "Tous les symboles passés sont encore en mémoire, aucun ne peut en sortir, et |c| dépasse "
             "mille. Une mémoire qu'on ne peut pas vider ne vaut pas mieux que pas de mémoire du tout."),
            see="04-stream"),
        wrong=[
            Option("right", ("Nearly always right: it loses nothing",
                             "Presque toujours bien : elle ne perd rien"),
                   ("It loses nothing: neither this symbol nor the hundred before. The new one drowns among "
                    "them.",
                    "Elle ne perd rien, en effet : ni ce symbole, ni les cent précédents. Le nouveau s'y "
                    "noie."),
                   see="04-stream", belief=12),
            Option("learned", ("As well as with a learned f: the noise is short",
                               "Aussi bien qu'avec un f appris : le bruit est court"),
                   ("With a reset before each symbol, yes. Here there is none, and only a learned f can "
                    "leave 1 when a new symbol comes.",
                    "Avec une remise à zéro avant chaque symbole, oui. Ici il n'y en a pas, et seul un f "
                    "appris peut quitter 1 quand un nouveau symbole arrive."),
                   see="04-stream", belief=12),
            Option("worse", ("Worse than chance: it answers with the symbol before",
                             "Moins bien qu'au hasard : elle répond le symbole d'avant"),
                   ("It would need to know which one came before. With f = 1 the old symbols are one sum.",
                    "Encore faudrait-il savoir lequel c'était. Avec f = 1, les anciens symboles ne forment "
                    "plus qu'une somme."),
                   see="04-stream", belief=7),
        ],
    ),
]

QUESTIONS = [
    Question(
        "04-q-meaning",
        ask=("At some step f = 1 and i = 0. What happens to the memory c?",
             "À un certain pas, f = 1 et i = 0. Que devient la mémoire c ?"),
        right=Option("stays", ("It stays as it is", "Elle reste telle quelle"),
                     ("c = 1 · c + 0 · c̃. In spite of its name, the gate says how much is kept.",
                      "c = 1 · c + 0 · c̃. Malgré son nom, la porte dit ce que l'on garde."),
                     see="04-slider"),
        wrong=[
            Option("forgotten", ("It is forgotten: the forget gate is fully open",
                                 "Elle est oubliée : la porte d'oubli est grande ouverte"),
                   ("The name misleads. f multiplies the old memory: 1 keeps all, 0 forgets all.",
                    "Le nom est trompeur. f multiplie l'ancienne mémoire : 1 garde tout, 0 oublie tout."),
                   see="04-slider", belief=3),
            Option("hidden", ("It becomes the hidden state h", "Elle devient l'état caché h"),
                   ("f never touches h directly. What is said, o decides; what is kept, f decides.",
                    "f ne touche jamais h directement. Ce qui se dit, o en décide ; ce qui se garde, f."),
                   see="04-hand", belief=7),
            Option("squashed", ("It is squashed between −1 and 1", "Elle est ramenée entre −1 et 1"),
                   ("Nothing squashes c on its way. Only what is said passes through tanh.",
                    "Rien n'écrase c en chemin. Seul ce qui est dit passe par tanh."),
                   see="04-stream", belief=6),
        ],
    ),
    Question(
        "04-q-how-many",
        ask=("A layer has H = 16 units and reads D = 7 numbers. How many values of f are there at one step, "
             "for one example?",
             "Une couche a H = 16 unités et lit D = 7 nombres. Combien de valeurs de f y a-t-il à un pas, "
             "pour un exemple ?"),
        right=Option("units", ("16: one for each unit", "16 : une par unité"),
                     ("Each unit has its own half-life, and changes it at every step.",
                      "Chaque unité a sa propre demi-vie, et la change à chaque pas."),
                     see="04-film"),
        wrong=[
            Option("one", ("1: the gate of the layer", "1 : la porte de la couche"),
                   ("One unit can keep while its neighbour forgets, at the same step: look at two rows of "
                    "the film.",
                    "Au même pas, une unité peut garder pendant que sa voisine oublie : regardez deux lignes "
                    "du film."),
                   see="04-film", belief=5),
            Option("weights", ("368: 16 × (16 + 7)", "368 : 16 × (16 + 7)"),
                   ("That is the number of weights in W_f. They are the same at every step; the 16 values "
                    "are not.",
                    "C'est le nombre de poids de W_f. Ils sont les mêmes à chaque pas ; les 16 valeurs, "
                    "non."),
                   see="04-gate", belief=31),
            Option("all", ("23: one for each unit and each input", "23 : une par unité et par entrée"),
                   ("The gate reads 16 + 7 numbers, [h, x], but it filters the memory, and that has 16.",
                    "La porte lit 16 + 7 nombres, [h, x], mais elle filtre la mémoire, qui en a 16."),
                   see="04-gate", belief=30),
        ],
    ),
    Question(
        "04-q-between",
        ask=("Look at the gates of the trained network in the film of f. What do you find?",
             "Regardez, dans le film de f, les portes du réseau entraîné. Que constatez-vous ?"),
        right=Option("between", ("Many values between 0 and 1, the same ones for the same input",
                                 "Beaucoup de valeurs entre 0 et 1, les mêmes pour la même entrée"),
                     ("A gate is a dimmer. It moves when a symbol comes or a question is over, but seldom to "
                      "the very end.",
                      "Une porte est un variateur. Elle bouge quand un symbole arrive ou quand la question "
                      "est passée, mais rarement jusqu'au bout."),
                     see="04-film"),
        wrong=[
            Option("binary", ("Zeros and ones: open or shut", "Des zéros et des uns : ouvert ou fermé"),
                   ("Drawings show them so. The sigmoid reaches 0 and 1 only at infinity, and trained gates "
                    "use what lies between.",
                    "Les dessins les montrent ainsi. La sigmoïde n'atteint 0 et 1 qu'à l'infini, et les "
                    "portes entraînées se servent de l'intervalle."),
                   see="04-film", belief=4),
            Option("random", ("Other values at each run on the same input: f is a probability",
                              "D'autres valeurs à chaque passage de la même entrée : f est une probabilité"),
                   ("f looks like a probability, but nothing is drawn. Run the cell twice: the same film.",
                    "f ressemble à une probabilité, mais rien n'est tiré au sort. Relancez la cellule : le "
                    "film est le même."),
                   see="04-film", belief=4),
            Option("shares", ("f, i and o that add up to 1 at every step",
                              "f, i et o dont la somme vaut 1 à chaque pas"),
                   ("Each gate has its own sigmoid. They can all be near 1, or all near 0.",
                    "Chaque porte a sa propre sigmoïde. Elles peuvent être toutes proches de 1, ou toutes "
                    "proches de 0."),
                   see="04-hand", belief=32),
        ],
    ),
    Question(
        "04-q-1997",
        ask=("The LSTM of 1997 had no forget gate: f was 1. When does that hurt?",
             "Le LSTM de 1997 n'avait pas de porte d'oubli : f valait 1. Quand est-ce gênant ?"),
        right=Option("streams", ("On long streams that are never reset",
                                 "Sur de longs flux jamais remis à zéro"),
                     ("There the memory grows without end. On short sequences, or with a reset in between, "
                      "it copes: we measured that, too.",
                      "La mémoire y grandit sans fin. Sur des séquences courtes, ou avec une remise à zéro "
                      "entre deux, il s'en sort : nous l'avons mesuré aussi."),
                     see="04-stream"),
        wrong=[
            Option("never", ("Never: i = 0 is enough to protect the memory",
                             "Jamais : i = 0 suffit à protéger la mémoire"),
                   ("i keeps new things out. It takes nothing old away.",
                    "i empêche le neuf d'entrer. Elle n'enlève rien de l'ancien."),
                   see="04-stream", belief=12),
            Option("always", ("Always: without forgetting nothing is learned",
                              "Toujours : sans oubli, rien ne s'apprend"),
                   ("With resets it learns the same lesson well. And in chapter 06 f = 1 is what makes "
                    "counting possible.",
                    "Avec des remises à zéro, il apprend bien la même leçon. Et au chapitre 06, c'est f = 1 "
                    "qui permet de compter."),
                   see="04-stream", belief=38),
            Option("short", ("On short sequences: there is no time to forget",
                             "Sur les séquences courtes : on n'a pas le temps d'oublier"),
                   ("On short ones little piles up, and f = 1 does as well as a learned f.",
                    "Sur les courtes, peu de choses s'accumulent, et f = 1 fait aussi bien qu'un f appris."),
                   see="04-stream", belief=12),
        ],
    ),
    Question(
        "04-q-bias",
        ask=("Before training, b_f is set to −2, 1, 3 or 6. What did our streams show?",
             "Avant l'entraînement, on met b_f à −2, 1, 3 ou 6. Qu'ont montré nos flux ?"),
        right=Option("middle", ("1 and 3 learn; the two ends fail at this learning rate",
                                "1 et 3 apprennent ; les deux extrêmes échouent, à ce taux d'apprentissage"),
                     ("Too low, and the symbol is gone before the question. Too high, and the memory "
                      "overflows before f has learned to leave 1.",
                      "Trop bas, le symbole a disparu avant la question. Trop haut, la mémoire déborde avant "
                      "que f ait appris à quitter 1."),
                     see="04-bias"),
        wrong=[
            Option("alike", ("All alike: b_f is learned anyway",
                             "Tous pareil : b_f s'apprend de toute façon"),
                   ("It is learned where a gradient arrives. At b_f = −2 f is about 0.12: after three steps "
                    "one part in 600 is left, of the symbol and of the gradient.",
                    "Il s'apprend là où un gradient arrive. Avec b_f = −2, f vaut environ 0,12 : après trois "
                    "pas il reste un six-centième du symbole, et autant du gradient."),
                   see="04-bias", belief=21),
            Option("larger", ("The larger the better", "Plus il est grand, mieux c'est"),
                   ("At 6 a memory has a half-life of some 280 steps: many symbols lie on top of each other.",
                    "À 6, la demi-vie est d'environ 280 pas : bien des symboles s'empilent l'un sur "
                    "l'autre."),
                   see="04-bias", belief=20),
            Option("zero", ("0 is best: f = 1/2 leaves everything open",
                            "0 est le mieux : f = 1/2 laisse tout ouvert"),
                   ("f = 1/2 is a half-life of one step. After 10 steps of noise a thousandth is left.",
                    "f = 1/2, c'est une demi-vie d'un pas. Après 10 pas de bruit, il en reste un millième."),
                   see="04-bias", belief=21),
        ],
    ),
    Question(
        "04-q-zero",
        ask=("We pin f = 0. What can the cell still do?",
             "On fixe f = 0. Que sait encore faire la cellule ?"),
        right=Option("through-h", ("Remember through h, as a plain RNN does",
                                   "Se souvenir par h, comme un RNN simple"),
                     ("c is new at each step, but the gates and c̃ read h, and h carries a trace. Over the "
                      "noise of our streams that is not enough: chance.",
                      "c est neuf à chaque pas, mais les portes et c̃ lisent h, et h porte une trace. Dans "
                      "le bruit de nos flux, cela ne suffit pas : on reste au hasard."),
                     see="04-stream"),
        wrong=[
            Option("nothing", ("Nothing: c is 0, so h is 0", "Rien : c est nul, donc h aussi"),
                   ("c = 0 · c + i · c̃. What was is gone, but something new is written at each step.",
                    "c = 0 · c + i · c̃. L'ancien est perdu, mais du neuf s'écrit à chaque pas."),
                   see="04-slider", belief=7),
            Option("all", ("All it did before: h carries the same as c",
                           "Tout comme avant : h porte la même chose que c"),
                   ("h passes through the weights and two squashings at every step. Over ten noisy steps the "
                    "symbol does not come through.",
                    "h repasse par les poids et par deux écrasements à chaque pas. En dix pas de bruit, le "
                    "symbole ne passe pas."),
                   see="04-stream", belief=7),
            Option("keeps", ("Keep everything: f = 0 forgets nothing", "Tout garder : f = 0 n'oublie rien"),
                   ("The other way round: f = 0 forgets all, f = 1 keeps all.",
                    "C'est l'inverse : f = 0 oublie tout, f = 1 garde tout."),
                   see="04-slider", belief=3),
        ],
    ),
]
