"""Chapter 02, applications."""

from workbook.quizzes import Option, Question

PREDICTIONS = [
    Question(
        "02-never-negated",
        ask=("We train on reviews in which “not” and “never” occur, but never before “lovely” and “dull”. "
             "Then we ask about “not lovely”. How often is the network right? (Chance: 50 %.)",
             "On entraîne sur des critiques où la négation existe, mais jamais devant deux des adjectifs. "
             "Puis on interroge sur ces deux-là, niés. Combien de fois le réseau a-t-il raison ? (Au hasard "
             ": 50 %.)"),
        right=Option("below", ("Less often than chance", "Moins souvent qu'au hasard"),
                     ("It has learned that these words are never negated, so it reads through the “not”. "
                      "What it has never read negated, it does not negate.",
                      "Il a appris que ces mots ne sont jamais niés : il passe sur la négation. Ce qu'il n'a "
                      "jamais lu nié, il ne le nie pas."),
                     see="02-sentiment"),
        wrong=[
            Option("right", ("Nearly always: it knows what “not” does",
                             "Presque toujours : il sait ce que fait une négation"),
                   ("It knows what “not” does before the words it has seen it before. Before "
                    "these two it never has.",
                    "Il sait ce qu'elle fait devant les mots où il l'a vue. Devant ces deux-là, il ne l'a "
                    "jamais vue."),
                   see="02-sentiment", belief=53),
            Option("chance", ("At chance: it cannot know", "Au hasard : il ne peut pas savoir"),
                   ("Worse than that: it is sure, and wrong. Nearly all answers go the other way.",
                    "Pire : il est sûr de lui, et il se trompe. Presque toutes les réponses vont dans "
                    "l'autre sens."),
                   see="02-sentiment", belief=53),
            Option("some", ("About two in three: it guesses part of them",
                            "Environ deux fois sur trois : il en devine une partie"),
                   ("It does not guess. It reads every “not lovely” as “lovely”, and stays far below "
                    "one half.",
                    "Il ne devine pas. Il lit chaque adjectif comme s'il n'était pas nié, et reste bien "
                    "au-dessous d'un sur deux."),
                   see="02-sentiment", belief=43),
        ],
    ),
    Question(
        "02-agreement",
        ask=("“The cats behind the dog …”: sleep or sleeps? A bigram knows the last word only. How often "
             "does it agree with the right noun? (The two nouns differ in number.)",
             "« Les chats derrière le chien … » : dort ou dorment ? Un bigramme ne connaît que le dernier "
             "mot. Combien de fois accorde-t-il avec le bon nom ? (Les deux noms n'ont pas le même nombre.)"),
        right=Option("seldom", ("Seldom: far below one half", "Rarement : bien moins d'une fois sur deux"),
                     ("It agrees with what is near, and that is the wrong noun. The recurrent network "
                      "carries the number of the first one past the second.",
                      "Il accorde avec ce qui est proche, et c'est le mauvais nom. Le réseau récurrent porte "
                      "le nombre du premier par-dessus le second."),
                     see="02-next-word"),
        wrong=[
            Option("half", ("Half of the time: it guesses", "Une fois sur deux : il devine"),
                   ("It does not guess: it is misled. The nearest noun has the other number.",
                    "Il ne devine pas : il est trompé. Le nom le plus proche a l'autre nombre."),
                   see="02-next-word", belief=54),
            Option("always", ("Nearly always, with enough text", "Presque toujours, avec assez de texte"),
                   ("More text makes it surer of the wrong thing: what it needs is out of its sight.",
                    "Plus de texte le rend plus sûr de l'erreur : ce qu'il lui faut est hors de sa vue."),
                   see="02-next-word", belief=43),
            Option("better", ("Better than an RNN, whose gradient vanishes",
                              "Mieux qu'un RNN, dont le gradient s'évanouit"),
                   ("Over a few words it does not vanish enough to matter: here an RNN does as well as the "
                    "LSTM, and both far better than the bigram.",
                    "Sur quelques mots, il ne s'évanouit pas assez pour nuire : ici un RNN fait aussi bien "
                    "que le LSTM, et tous deux bien mieux que le bigramme."),
                   see="02-next-word", belief=13),
        ],
    ),
    Question(
        "02-one-look",
        ask=("Captions of handwritten digits: an LSTM, or the nearest neighbour among the training pictures. "
             "Which one is right more often on new handwriting?",
             "Légender des chiffres manuscrits : un LSTM, ou le plus proche voisin parmi les images "
             "d'entraînement. Lequel a le plus souvent raison sur de nouvelles écritures ?"),
        right=Option("neighbour", ("The nearest neighbour", "Le plus proche voisin"),
                     ("One look needs no memory. A recurrent network pays where something comes step by "
                      "step.",
                      "Un seul regard ne demande pas de mémoire. Le réseau récurrent vaut quand les choses "
                      "viennent pas à pas."),
                     see="02-picture"),
        wrong=[
            Option("lstm", ("The LSTM: it has learned", "Le LSTM : il a appris"),
                   ("It does well; on these pictures the simplest method does better. So look at a baseline "
                    "before you believe.",
                    "Il fait bien ; sur ces images la méthode la plus simple fait mieux. Comparez donc avant "
                    "de croire."),
                   see="02-picture", belief=37),
            Option("longer", ("The LSTM, if it is trained long enough",
                              "Le LSTM, si on l'entraîne assez longtemps"),
                   ("Three times the training brings it closer to the nearest neighbour, not past it.",
                    "Trois fois plus d'entraînement l'en rapproche, mais ne le fait pas passer devant."),
                   see="02-picture", belief=43),
            Option("neither", ("Neither: pictures need other networks",
                               "Aucun : il faut d'autres réseaux pour les images"),
                   ("For large pictures, yes. At 8 × 8 both are right most of the time.",
                    "Pour de grandes images, oui. En 8 × 8, les deux ont raison la plupart du temps."),
                   see="02-picture", belief=55),
        ],
    ),
]

QUESTIONS = [
    Question(
        "02-q-padding",
        ask=("Sentences of 5 to 14 words are padded to 14. Without a mask, what happens to the loss?",
             "Des phrases de 5 à 14 mots sont complétées jusqu'à 14. Sans masque, qu'arrive-t-il à la perte "
             "?"),
        right=Option("better",
                     ("It counts answers that nobody asked for, and looks better than it is",
                      "Elle compte des réponses que personne n'a demandées, et paraît meilleure qu'elle "
                      "n'est"),
                     ("To predict padding after padding is easy. With the mask, the loss is the same as "
                      "without padding.",
                      "Prédire du remplissage après du remplissage est facile. Avec le masque, la perte est "
                      "la même que sans remplissage."),
                     see="02-padding"),
        wrong=[
            Option("nothing", ("Nothing: zeros add nothing", "Rien : des zéros n'ajoutent rien"),
                   ("The inputs are zero there; the network's answers are not, and they are judged.",
                    "Là, les entrées sont nulles ; les réponses du réseau ne le sont pas, et on les juge."),
                   see="02-padding", belief=28),
            Option("never", ("It cannot be computed: lengths must agree",
                             "On ne peut pas la calculer : les longueurs doivent coïncider"),
                   ("It can, and that is the trouble: no error tells you.",
                    "On peut, et c'est bien l'ennui : aucune erreur ne vous prévient."),
                   see="02-padding", belief=28),
            Option("fair", ("It becomes larger for short sentences, which is fair",
                            "Elle augmente pour les phrases courtes, ce qui est juste"),
                   ("It has nothing to do with the sentence: it only depends on how long the longest one is.",
                    "Elle n'a plus rien à voir avec la phrase : elle dépend de la longueur de la plus "
                    "longue."),
                   see="02-padding", belief=28),
        ],
    ),
    Question(
        "02-q-perplexity",
        ask=("A network gives each of 23 words the same probability at each step. What is its perplexity?",
             "Un réseau donne à chacun des 23 mots la même probabilité, à chaque pas. Quelle est sa "
             "perplexité ?"),
        right=Option("words", ("23", "23"),
                     ("Perplexity is e to the power of the mean loss in nats: among how many words one "
                      "hesitates.",
                      "La perplexité est e à la puissance de la perte moyenne, en nats : entre combien de "
                      "mots l'on hésite."),
                     see="02-perplexity"),
        wrong=[
            Option("log", ("About 3.1", "Environ 3,1"),
                   ("That is the loss, ln 23. Perplexity takes the exponential of it.",
                    "C'est la perte, ln 23. La perplexité en prend l'exponentielle."),
                   see="02-perplexity", belief=56),
            Option("bits", ("About 8.8", "Environ 8,8"),
                   ("That is 2 to the power ln 23: the loss is in nats, so the base is e.",
                    "C'est 2 à la puissance ln 23 : la perte est en nats, la base est donc e."),
                   see="02-perplexity", belief=56),
            Option("share", ("1/23", "1/23"),
                   ("That is the probability of each word. Perplexity is its inverse.",
                    "C'est la probabilité de chaque mot. La perplexité en est l'inverse."),
                   see="02-perplexity", belief=56),
        ],
    ),
    Question(
        "02-q-temperature",
        ask=("We sample with temperature 0.1. What does the text look like?",
             "On tire les mots avec une température de 0,1. À quoi ressemble le texte ?"),
        right=Option("careful", ("Careful: nearly always the most likely word",
                                 "Prudent : presque toujours le mot le plus probable"),
                     ("y is divided by 0.1: differences grow ten times, and softmax becomes sure of itself.",
                      "y est divisé par 0,1 : les écarts décuplent, et le softmax devient sûr de lui."),
                     see="02-sampling"),
        wrong=[
            Option("wild", ("Wild: nearly all words alike", "Débridé : presque tous les mots se valent"),
                   ("That is a high temperature, or a multiplication where a division belongs.",
                    "C'est le fait d'une haute température, ou d'une multiplication à la place de la "
                    "division."),
                   see="02-sampling", belief=48),
            Option("same", ("The same: softmax evens it out", "Pareil : le softmax rattrape"),
                   ("Softmax ignores what is added to all, not what multiplies all.",
                    "Le softmax ignore ce qu'on ajoute à tous, pas ce qui multiplie tout."),
                   see="02-sampling", belief=48),
            Option("shorter", ("Shorter", "Plus court"),
                   ("Its length depends on when the full stop becomes likely; temperature has no such aim.",
                    "Sa longueur dépend du moment où le point devient probable ; la température ne vise pas "
                    "cela."),
                   see="02-sampling", belief=48),
        ],
    ),
    Question(
        "02-q-teacher",
        ask=("In training the decoder is given the right word before each of its own. And when it translates "
             "for you?",
             "À l'entraînement, le décodeur reçoit le bon mot avant chacun des siens. Et quand il traduit "
             "pour vous ?"),
        right=Option("own", ("It gets the word that it has just said",
                             "Il reçoit le mot qu'il vient de dire"),
                     ("There is no teacher any more. One early slip, and it goes on from it.",
                      "Il n'y a plus de maître. Un faux pas au début, et il continue de là."),
                     see="02-decoding"),
        wrong=[
            Option("right", ("The right word, too", "Le bon mot aussi"),
                   ("Then you would have to know the translation. A test done so flatters.",
                    "Il faudrait alors connaître la traduction. Un tel test flatte."),
                   see="02-decoding", belief=57),
            Option("nothing", ("Nothing: the state is enough", "Rien : l'état suffit"),
                   ("It was trained to read a word at each step; without one it goes astray.",
                    "Il a appris à lire un mot à chaque pas ; sans mot, il s'égare."),
                   see="02-decoding", belief=57),
            Option("source", ("The next word of the source", "Le mot suivant de la phrase de départ"),
                   ("The source was read to its end before the first word was said: the order of words may "
                    "differ.",
                    "La phrase de départ a été lue jusqu'au bout avant le premier mot : l'ordre peut "
                    "différer."),
                   see="02-decoding", belief=57),
        ],
    ),
    Question(
        "02-q-both-ways",
        ask=("A network reads a sentence from both ends. Can it show the mood word by word as you type?",
             "Un réseau lit la phrase par les deux bouts. Peut-il montrer l'avis, mot à mot, pendant que "
             "vous tapez ?"),
        right=Option("no", ("No: for the first word it needs the last",
                            "Non : pour le premier mot, il lui faut le dernier"),
                     ("Reading backwards starts at the end. What answers at once reads forwards only.",
                      "La lecture à rebours part de la fin. Ce qui répond tout de suite ne lit que vers "
                      "l'avant."),
                     see="09-next"),
        wrong=[
            Option("slow", ("Yes: it only takes twice the time",
                            "Oui : il faut seulement deux fois plus de temps"),
                   ("It takes the future, not time.", "Ce n'est pas du temps qu'il faut, c'est l'avenir."),
                   see="09-next", belief=40),
            Option("kept", ("Yes, if its state is kept", "Oui, si l'on garde son état"),
                   ("That holds for the way forwards. The other half must be read anew with each word.",
                    "C'est vrai vers l'avant. L'autre moitié est à relire à chaque mot."),
                   see="09-next", belief=40),
            Option("lengths", ("No: two directions need sentences of one length",
                               "Non : deux directions exigent des phrases de même longueur"),
                   ("Length is no obstacle: a mask deals with it.",
                    "La longueur n'est pas un obstacle : un masque s'en occupe."),
                   see="02-padding", belief=28),
        ],
    ),
    Question(
        "02-q-curve",
        ask=("A network's forecast of a price lies on the true curve, just one day late. What has it "
             "learned?",
             "La prévision d'un prix par un réseau suit la vraie courbe, avec un jour de retard. Qu'a-t-il "
             "appris ?"),
        right=Option("yesterday", ("To say yesterday's price again", "À répéter le prix de la veille"),
                     ("Compare with that very rule before you trust a curve. Each application here has its "
                      "named baseline.",
                      "Comparez avec cette règle-là avant de croire une courbe. Ici, chaque application a "
                      "son point de comparaison."),
                     see="02-baseline"),
        wrong=[
            Option("predict", ("To predict: the curves lie on each other",
                               "À prévoir : les courbes se recouvrent"),
                   ("At that scale, so does a copy shifted by a day.",
                    "À cette échelle, une copie décalée d'un jour aussi."),
                   see="02-baseline", belief=33),
            Option("trend", ("The trend: an LSTM remembers long",
                             "La tendance : un LSTM a une longue mémoire"),
                   ("One day back is no long memory.", "Un jour en arrière, ce n'est pas une longue "
                                                       "mémoire."),
                   see="02-baseline", belief=33),
            Option("range", ("Nothing: it cannot leave −1 to 1", "Rien : il ne sort pas de −1 à 1"),
                   ("The read-out can say any number.", "La lecture peut dire n'importe quel nombre."),
                   see="01-forward", belief=29),
        ],
    ),
    Question(
        "02-q-thought",
        ask=("We colour the encoder's last state and find a unit that is bright for plural nouns. Does the "
             "network decide the plural by it?",
             "On colorie le dernier état de l'encodeur, et une unité brille pour les noms au pluriel. Est-ce "
             "d'elle que le réseau tire le pluriel ?"),
        right=Option("test", ("Perhaps: take it away and see what breaks",
                              "Peut-être : ôtez-la et voyez ce qui casse"),
                     ("A picture shows what goes together. Only a change shows what matters.",
                      "Une image montre ce qui va ensemble. Seul un changement montre ce qui compte."),
                     see="02-thought"),
        wrong=[
            Option("yes", ("Yes: it is bright exactly then", "Oui : elle brille exactement à ce moment-là"),
                   ("Others may carry the same, and this one be read by nobody.",
                    "D'autres portent peut-être la même chose, et personne ne lit celle-ci."),
                   see="02-thought", belief=39),
            Option("no", ("No: states have no meaning", "Non : les états n'ont pas de sens"),
                   ("Some can be read quite well, others not. It has to be tried.",
                    "Certains se lisent très bien, d'autres non. Il faut essayer."),
                   see="02-thought", belief=39),
            Option("repeated", ("Yes, if training is repeated and it is bright again",
                                "Oui, si elle brille encore après un nouvel entraînement"),
                   ("After another start it will be another unit: their order is chance.",
                    "Avec un autre départ ce sera une autre unité : leur ordre est dû au hasard."),
                   see="02-thought", belief=39),
        ],
    ),
]
