"""Chapter 09, summary: two guesses, and the final quiz of twenty questions."""

import math

from . import Number, Option, Question, Trap

PREDICTIONS = [
    Number(
        "09-one-step",
        ask=("One step of an LSTM by hand: c = 2, then f = 0.5, i = 1, c̃ = 0.5, o = 0.5. What is the new h?",
             "Un pas de LSTM à la main : c = 2, puis f = 0,5, i = 1, c̃ = 0,5, o = 0,5. Que vaut le nouveau "
             "h ?"),
        answer=0.5 * math.tanh(0.5 * 2 + 1 * 0.5),
        between=(0.44, 0.46),
        unit=("", ""),
        why=("c = 0.5 · 2 + 1 · 0.5 = {c}, and h = 0.5 · tanh({c}) = {answer}.",
             "c = 0,5 · 2 + 1 · 0,5 = {c}, et h = 0,5 · tanh({c}) = {answer}."),
        see="09-diagram",
        traps=[
            Trap(1.5, ("That is the new c. It is kept; h is what is said of it.",
                       "C'est le nouveau c. Il est gardé ; h est ce qu'on en dit."), belief=7),
            Trap(0.75, ("That is o · c: the tanh is missing.", "C'est o · c : il manque tanh."), belief=8),
            Trap(math.tanh(1.5), ("That is tanh(c) with the gate wide open. Here o = 0.5.",
                                  "C'est tanh(c), porte grande ouverte. Ici o = 0,5."), belief=9),
            Trap(0.5 * math.tanh(2), ("That is o · tanh of the old c. o comes after the memory has been "
                                      "renewed.",
                                      "C'est o · tanh de l'ancien c. o vient après le renouvellement de la "
                                      "mémoire."),
                 belief=9),
        ],
        values={"c": 0.5 * 2 + 1 * 0.5},
    ),
    Question(
        "09-who-first",
        ask=("The sheet draws forget, input, cell state, output, one under the other. In which order are f, "
             "i, c̃ and o computed?",
             "La fiche dessine oubli, entrée, état de cellule, sortie, l'un sous l'autre. Dans quel ordre "
             "calcule-t-on f, i, c̃ et o ?"),
        right=Option(("Side by side, from the same [h, x]", "Côte à côte, à partir du même [h, x]"),
                     ("None of the four waits for another. Only c and h come after.",
                      "Aucun des quatre n'attend un autre. Seuls c et h viennent après."),
                     see="09-diagram"),
        wrong=[
            Option(("f, then i and c̃, then o", "f, puis i et c̃, puis o"),
                   ("That is the order of reading. In the graph no arrow leads from one gate to the next.",
                    "C'est l'ordre de lecture. Dans le graphe, aucune flèche ne va d'une porte à l'autre."),
                   see="09-diagram", belief=58),
            Option(("f, i and c̃ first; o once c is known", "f, i et c̃ d'abord ; o quand c est connu"),
                   ("That is so in the peephole LSTM, whose o looks at the new c. Ours looks at [h, x].",
                    "C'est le cas du LSTM à judas, dont o regarde le nouveau c. Le nôtre regarde [h, x]."),
                   see="09-diagram", belief=58),
            Option(("o first: it decides what may be heard", "o d'abord : elle décide de ce qu'on entendra"),
                   ("It decides, but nothing waits for it except h.",
                    "Elle décide, mais rien ne l'attend, sauf h."),
                   see="09-diagram", belief=9),
        ],
    ),
]

QUESTIONS = [
    Question(
        "09-q-letter",
        ask=("In h_t = f(h_{t−1}, x_t), the RNN's line, and in f_t, the forget gate's: is it the same f?",
             "Dans h_t = f(h_{t−1}, x_t), la ligne du RNN, et dans f_t, celle de la porte d'oubli : est-ce "
             "le même f ?"),
        right=Option(("No: the first is a whole step, the second one gate", "Non : le premier est un pas "
                                                                            "entier, le second une porte"),
                     ("The RNN's f is tanh(W·[h, x] + b). It has no gate at all.",
                      "Le f du RNN, c'est tanh(W·[h, x] + b). Il n'a aucune porte."),
                     see="00-notation"),
        wrong=[
            Option(("Yes: an RNN is all forget gate", "Oui : un RNN n'est que porte d'oubli"),
                   ("An RNN has no gates. Two lines of the sheet share a letter by accident.",
                    "Un RNN n'a pas de portes. Deux lignes de la fiche partagent une lettre par hasard."),
                   see="00-notation", belief=59),
            Option(("Yes: both are σ(W·[h, x] + b)", "Oui : tous deux sont σ(W·[h, x] + b)"),
                   ("The RNN takes tanh, and what comes out is the state itself.",
                    "Le RNN prend tanh, et ce qui en sort est l'état lui-même."),
                   see="00-notation", belief=42),
        ],
    ),
    Question(
        "09-q-hand-on",
        ask=("You want to stop an LSTM in mid-stream and go on tomorrow, as if nothing had been. What must "
             "you store besides the weights?",
             "Vous voulez arrêter un LSTM au milieu d'un flux et reprendre demain comme si de rien n'était. "
             "Que faut-il garder, outre les poids ?"),
        right=Option(("h and c", "h et c"),
                     ("The next step reads both: the gates read h, the belt carries c.",
                      "Le pas suivant lit les deux : les portes lisent h, le tapis porte c."),
                     see="08-step"),
        wrong=[
            Option(("h: it contains what matters of c", "h : il contient l'essentiel de c"),
                   ("What o keeps silent, h does not contain.", "Ce que o tait, h ne le contient pas."),
                   see="07-silence", belief=7),
            Option(("c: h follows from it", "c : h s'en déduit"),
                   ("h = o · tanh(c), and o is not stored.", "h = o · tanh(c), et o n'est pas gardé."),
                   see="08-step", belief=7),
            Option(("Nothing: the state is in the weights", "Rien : l'état est dans les poids"),
                   ("The weights do not change while it reads.", "Les poids ne changent pas pendant la "
                                                                 "lecture."),
                   see="01-forward", belief=24),
        ],
    ),
    Question(
        "09-q-half",
        ask=("f = 0.5. What is the half-life of the memory?", "f = 0,5. Quelle est la demi-vie de la mémoire "
                                                              "?"),
        right=Option(("1 step", "1 pas"),
                     ("−1/log₂ 0.5 = 1. That is where a gate with bias 0 starts.",
                      "−1/log₂ 0,5 = 1. C'est là que démarre une porte au biais nul."),
                     see="04-slider"),
        wrong=[
            Option(("2 steps", "2 pas"),
                   ("After two, a quarter is left.", "Après deux pas, il en reste un quart."),
                   see="04-slider", belief=45),
            Option(("It depends on what is stored", "Cela dépend de ce qui est gardé"),
                   ("A share is lost, whatever the amount.", "C'est une part qui se perd, quel que soit le "
                                                             "montant."),
                   see="04-slider", belief=45),
            Option(("None: at 0.5 it either keeps or forgets", "Aucune : à 0,5, elle garde ou elle oublie"),
                   ("It does both, by halves, and the same way each time.",
                    "Elle fait les deux, à moitié, et toujours de la même façon."),
                   see="04-hand", belief=4),
        ],
    ),
    Question(
        "09-q-twice",
        ask=("You double H in an LSTM that reads few inputs. What happens to the number of weights?",
             "Vous doublez H dans un LSTM qui lit peu d'entrées. Que devient le nombre de poids ?"),
        right=Option(("About four times as many", "Environ quatre fois plus"),
                     ("4 (H (H + D) + H): the square of H rules.", "4 (H (H + D) + H) : c'est le carré de H "
                                                                   "qui compte."),
                     see="08-step"),
        wrong=[
            Option(("Twice as many", "Deux fois plus"),
                   ("Rows and columns grow, both: each unit reads every other.",
                    "Les lignes et les colonnes augmentent : chaque unité lit toutes les autres."),
                   see="08-step", belief=31),
            Option(("Eight times as many: there are four gates", "Huit fois plus : il y a quatre portes"),
                   ("There were four before.", "Il y en avait déjà quatre."),
                   see="08-step", belief=31),
            Option(("The same: H is the number of steps", "Pareil : H est le nombre de pas"),
                   ("H is how many numbers are remembered. The number of steps costs no weights.",
                    "H, c'est combien de nombres on retient. Le nombre de pas ne coûte aucun poids."),
                   see="01-orbit", belief=1),
        ],
    ),
    Question(
        "09-q-steps",
        ask=("The same network reads rows of 3, then of 300 steps. What else must change?",
             "Le même réseau lit des rangées de 3, puis de 300 pas. Que faut-il changer d'autre ?"),
        right=Option(("Nothing", "Rien"),
                     ("The weights are used more often. Whether it has learned what helps at 300 is another "
                      "question.",
                      "Les poids servent plus souvent. A-t-il appris ce qui sert à 300 ? C'est une autre "
                      "question."),
                     see="01-lengths"),
        wrong=[
            Option(("W must have 300 parts", "W doit avoir 300 parties"),
                   ("One W for all steps.", "Un seul W pour tous les pas."),
                   see="01-lengths", belief=2),
            Option(("There must be 300 units", "Il faut 300 unités"),
                   ("Units and steps have nothing to do with each other.", "Unités et pas n'ont rien à "
                                                                           "voir."),
                   see="01-orbit", belief=1),
            Option(("The short rows must be made as long", "Il faut allonger les courtes"),
                   ("In one batch, by padding and a mask. Otherwise not.", "Dans un même lot, par "
                                                                           "remplissage et masque. Sinon, "
                                                                           "non."),
                   see="02-padding", belief=28),
        ],
    ),
    Question(
        "09-q-same-gate",
        ask=("The same word comes twice in a sentence. Is f the same both times?",
             "Le même mot vient deux fois dans une phrase. f est-elle la même les deux fois ?"),
        right=Option(("Not in general: h is another by then", "En général non : h n'est plus le même"),
                     ("The gate reads [h, x]. Nothing is drawn by lot.", "La porte lit [h, x]. Rien n'est "
                                                                         "tiré au sort."),
                     see="04-film"),
        wrong=[
            Option(("Yes: gates read the input", "Oui : les portes lisent l'entrée"),
                   ("And h, that is, all that came before.", "Et aussi h, donc tout ce qui précède."),
                   see="04-gate", belief=52),
            Option(("No: gates are drawn at random", "Non : les portes sont tirées au sort"),
                   ("Feed the whole sentence twice: both films agree.",
                    "Donnez deux fois la phrase entière : les deux films concordent."),
                   see="04-film", belief=4),
            Option(("Yes, after training", "Oui, après l'entraînement"),
                   ("Training fixes W, not h.", "L'entraînement fixe W, pas h."),
                   see="04-film", belief=25),
        ],
    ),
    Question(
        "09-q-name",
        ask=("What makes an LSTM learn over a long lag?",
             "Qu'est-ce qui fait qu'un LSTM apprend malgré un long retard ?"),
        right=Option(("f near 1 from the start", "f proche de 1 dès le départ"),
                     ("With a forget bias of 0 it does no better than an RNN.",
                      "Avec un biais d'oubli nul, il ne fait pas mieux qu'un RNN."),
                     see="03-flow"),
        wrong=[
            Option(("Its having gates, whatever they are set to", "Le fait d'avoir des portes, quel que soit "
                                                                  "leur réglage"),
                   ("Half-shut gates let nothing through after some steps.",
                    "Des portes à moitié fermées ne laissent plus rien passer au bout de quelques pas."),
                   see="03-flow", belief=10),
            Option(("Its having four times the weights", "Le fait d'avoir quatre fois plus de poids"),
                   ("A larger RNN stays at chance all the same.", "Un RNN plus grand en reste tout de même "
                                                                  "au hasard."),
                   see="03-recall", belief=43),
            Option(("Clipping", "La norme bornée"),
                   ("Clipping shortens; it brings nothing nearer.", "Borner raccourcit ; cela ne rapproche "
                                                                    "rien."),
                   see="03-clip", belief=14),
        ],
    ),
    Question(
        "09-q-f-one",
        ask=("For which of these is f = 1, never less, the better choice?",
             "Pour laquelle de ces tâches f = 1, jamais moins, est-il le meilleur choix ?"),
        right=Option(("Counting far beyond what was seen", "Compter bien au-delà de ce qu'on a vu"),
                     ("A learned f leaks a little, and a count cannot afford that.",
                      "Un f appris fuit un peu, et un compte ne peut pas se le permettre."),
                     see="06-count"),
        wrong=[
            Option(("Answering on a stream that never ends", "Répondre sur un flux qui ne finit jamais"),
                   ("There the memory must be emptied between two questions.",
                    "Là, il faut vider la mémoire entre deux questions."),
                   see="04-stream", belief=12),
            Option(("Everything: no gradient is lost", "Tout : aucun gradient ne se perd"),
                   ("No gradient is lost, and no rubbish either.", "Aucun gradient ne se perd, et aucun "
                                                                   "déchet non plus."),
                   see="04-stream", belief=20),
            Option(("Nothing: it is the LSTM of 1997, and out of date", "Aucune : c'est le LSTM de 1997, "
                                                                        "dépassé"),
                   ("In counting it beats all that came later in our table.",
                    "Pour compter, il bat dans notre tableau tout ce qui a suivi."),
                   see="08-ablation", belief=37),
        ],
    ),
    Question(
        "09-q-cure",
        ask=("News from step 1 does not reach the loss at step 100. Which of these can help?",
             "Du pas 1, rien ne parvient à la perte du pas 100. Qu'est-ce qui peut aider ?"),
        right=Option(("Another path for the gradient: c with f near 1", "Un autre chemin pour le gradient : "
                                                                        "c, avec f proche de 1"),
                     ("What multiplies by nearly 1 at each step still has something to say after a hundred.",
                      "Ce qui multiplie par presque 1 à chaque pas a encore quelque chose à dire après "
                      "cent."),
                     see="03-recall"),
        wrong=[
            Option(("A learning rate ten times larger", "Un taux d'apprentissage dix fois plus grand"),
                   ("Near and far grow alike: the near drowns the far as before.",
                    "Proche et lointain croissent ensemble : le proche couvre toujours le lointain."),
                   see="03-terms", belief=15),
            Option(("Clipping the norm", "Borner la norme"),
                   ("That is against explosion.", "C'est contre l'explosion."),
                   see="03-clip", belief=14),
            Option(("ReLU in place of tanh", "ReLU à la place de tanh"),
                   ("It takes away one of two factors. W_h is the other, and it is multiplied a hundred "
                    "times.",
                    "Cela supprime un facteur sur deux. L'autre est W_h, multiplié cent fois."),
                   see="03-helps", belief=18),
        ],
    ),
    Question(
        "09-q-large-c",
        ask=("You find c = 40 in a trained network. Is something broken?",
             "Vous trouvez c = 40 dans un réseau entraîné. Quelque chose est-il cassé ?"),
        right=Option(("Not necessarily: it may be counting", "Pas forcément : il compte peut-être"),
                     ("In the aⁿbⁿ cell it is just right. On an endless stream with f = 1 it would be a bad "
                      "sign.",
                      "Dans la cellule aⁿbⁿ, c'est juste ce qu'il faut. Sur un flux sans fin avec f = 1, ce "
                      "serait mauvais signe."),
                     see="06-count"),
        wrong=[
            Option(("Yes: c lies between −1 and 1", "Oui : c est entre −1 et 1"),
                   ("h does.", "C'est h qui l'est."),
                   see="06-belt", belief=6),
            Option(("Yes: the gradient has exploded", "Oui : le gradient a explosé"),
                   ("c is a value, not a gradient. Along c the gradient is the product of the f.",
                    "c est une valeur, pas un gradient. Le long de c, le gradient est le produit des f."),
                   see="06-carousel", belief=11),
            Option(("Yes: the output will be 40, too", "Oui : la sortie vaudra aussi 40"),
                   ("tanh(40) is 1: h stays within its range.", "tanh(40) vaut 1 : h reste dans son "
                                                                "domaine."),
                   see="07-hidden", belief=8),
        ],
    ),
    Question(
        "09-q-silent-leak",
        ask=("o = 0, i = 0, f = 0.5, for ten steps. Then o = 1. What do we hear of the old c = 2?",
             "o = 0, i = 0, f = 0,5, pendant dix pas. Puis o = 1. Qu'entend-on de l'ancien c = 2 ?"),
        right=Option(("Next to nothing: it was halved ten times in silence",
                      "Presque rien : il a été divisé dix fois par deux, en silence"),
                     ("2 / 1024. A shut mouth keeps nothing in.", "2 / 1024. Fermer la bouche ne retient "
                                                                  "rien."),
                     see="07-silence"),
        wrong=[
            Option(("tanh(2): with o = 0 it was safe", "tanh(2) : avec o = 0, il était à l'abri"),
                   ("f decides what is kept, and f was 0.5.", "Ce qui est gardé, f en décide, et f valait "
                                                              "0,5."),
                   see="07-silence", belief=9),
            Option(("Nothing: with o = 0 it is erased", "Rien : avec o = 0, il est effacé"),
                   ("o erases nothing. It was f that did it, and not quite.",
                    "o n'efface rien. C'est f qui l'a fait, et pas tout à fait."),
                   see="07-silence", belief=9),
            Option(("tanh(1): halved once", "tanh(1) : une fois la moitié"),
                   ("Once for each step, silent or not.", "Une fois par pas, silence ou non."),
                   see="04-slider", belief=45),
        ],
    ),
    Question(
        "09-q-sigma",
        ask=("In your code c̃ uses σ by mistake. What do you see in the film of c, with f near 1?",
             "Dans votre code, c̃ emploie σ par erreur. Que voit-on dans le film de c, avec f proche de 1 ?"),
        right=Option(("It only ever rises", "Il ne fait que monter"),
                     ("σ is never negative: there is nothing to take away with.",
                      "σ n'est jamais négative : il n'y a pas de quoi retirer."),
                     see="05-candidate"),
        wrong=[
            Option(("It stays between 0 and 1", "Il reste entre 0 et 1"),
                   ("Each addition does; their sum does not.", "Chaque ajout, oui ; leur somme, non."),
                   see="06-belt", belief=6),
            Option(("Nothing unusual: c̃ is a gate", "Rien de spécial : c̃ est une porte"),
                   ("It is what the gate i lets through.", "C'est ce que la porte i laisse passer."),
                   see="05-lock", belief=49),
            Option(("Zeros and ones", "Des zéros et des uns"),
                   ("σ gives all that lies between.", "σ donne tout ce qu'il y a entre les deux."),
                   see="05-film", belief=4),
        ],
    ),
    Question(
        "09-q-ninety",
        ask=("Your LSTM is right in 90 % of the cases. Is that good?",
             "Votre LSTM a raison dans 90 % des cas. Est-ce bien ?"),
        right=Option(("Ask first what the simplest method gets", "Voyez d'abord ce que fait la méthode la "
                                                                 "plus simple"),
                     ("In chapter 02 the nearest neighbour got more on the digits, and the bag of words a "
                      "good deal less on the reviews.",
                      "Au chapitre 02, le plus proche voisin faisait mieux sur les chiffres, et le sac de "
                      "mots bien moins bien sur les critiques."),
                     see="02-baseline"),
        wrong=[
            Option(("Yes: far above one half", "Oui : bien plus que la moitié"),
                   ("If nine cases in ten are alike, a constant gets as much.",
                    "Si neuf cas sur dix sont pareils, une constante en fait autant."),
                   see="02-baseline", belief=33),
            Option(("Yes: nothing beats an LSTM on sequences", "Oui : rien ne bat un LSTM sur des séquences"),
                   ("The plain RNN did, on short rows; nearest neighbour, on pictures.",
                    "Le RNN simple l'a fait sur des rangées courtes ; le plus proche voisin, sur des "
                    "images."),
                   see="02-picture", belief=37),
            Option(("No: it should reach 100 %", "Non : il devrait atteindre 100 %"),
                   ("Some tasks have a limit of their own: text has more than one next word.",
                    "Certaines tâches ont leur propre limite : un texte a plus d'un mot suivant."),
                   see="02-next-word", belief=43),
        ],
    ),
    Question(
        "09-q-falls",
        ask=("The loss falls nicely. Is your backward pass right?",
             "La perte baisse bien. Votre passe arrière est-elle juste ?"),
        right=Option(("Not known: check the gradient", "On n'en sait rien : vérifiez le gradient"),
                     ("Nearly all of our 29 broken ones made it fall.", "Presque toutes nos 29 versions "
                                                                        "cassées la faisaient baisser."),
                     see="08-broken"),
        wrong=[
            Option(("Yes: a wrong gradient would lead uphill", "Oui : un gradient faux ferait remonter"),
                   ("It need only lead downhill by and large.", "Il suffit qu'il descende à peu près."),
                   see="08-broken", belief=34),
            Option(("Yes, if it falls on several seeds", "Oui, si elle baisse sur plusieurs graines"),
                   ("It does for the broken ones, too.", "Pour les versions cassées aussi."),
                   see="08-broken", belief=34),
            Option(("No: it should fall to 0", "Non : elle devrait tomber à 0"),
                   ("Even a right one need not. Only the check tells.", "Même juste, elle n'y est pas tenue. "
                                                                        "Seule la vérification le dit."),
                   see="08-check", belief=35),
        ],
    ),
    Question(
        "09-q-one-seed",
        ask=("Two units count to 100, with seed 0. What may you write?",
             "Deux unités comptent jusqu'à 100, avec la graine 0. Que pouvez-vous écrire ?"),
        right=Option(("That it happened once; now other seeds", "Que c'est arrivé une fois ; maintenant, "
                                                                "d'autres graines"),
                     ("Over twenty seeds most count far, and some do not. Both belong in the report.",
                      "Sur vingt graines, la plupart comptent loin, et quelques-unes non. Le rapport doit "
                      "dire les deux."),
                     see="06-count"),
        wrong=[
            Option(("That LSTMs count to 100", "Que les LSTM comptent jusqu'à 100"),
                   ("With a learned f they do not, and with f = 1 not on every seed.",
                    "Avec un f appris, non ; avec f = 1, pas pour toutes les graines."),
                   see="06-count", belief=60),
            Option(("Nothing: with other seeds it is chance", "Rien : avec d'autres graines, c'est le "
                                                              "hasard"),
                   ("The worst seed of f = 1 is still far ahead of the best GRU.",
                    "La pire graine avec f = 1 reste loin devant le meilleur GRU."),
                   see="06-count", belief=60),
            Option(("The best of several seeds", "La meilleure de plusieurs graines"),
                   ("A chosen best flatters. A median with its range does not.",
                    "Choisir la meilleure flatte. Une médiane et son étendue, non."),
                   see="06-count", belief=60),
        ],
    ),
    Question(
        "09-q-cifg",
        ask=("The CIFG has i = 1 − f. What can it not do?",
             "Le CIFG a i = 1 − f. Que ne sait-il pas faire ?"),
        right=Option(("Keep all and add at the same time: count", "Tout garder et ajouter en même temps : "
                                                                  "compter"),
                     ("Its c is a mean of old and new. Elsewhere it holds its own with fewer weights.",
                      "Son c est une moyenne de l'ancien et du neuf. Ailleurs, il tient sa place avec moins "
                      "de poids."),
                     see="08-ablation"),
        wrong=[
            Option(("Learn: its gates add up to 1", "Apprendre : la somme de ses portes vaut 1"),
                   ("It learns most of our tasks as well as the LSTM.",
                    "Il apprend la plupart de nos tâches aussi bien que le LSTM."),
                   see="08-ablation", belief=38),
            Option(("Nothing: in an LSTM f + i = 1, too", "Rien : dans un LSTM aussi, f + i = 1"),
                   ("There each has its own weights, and both may be 1.",
                    "Là, chacune a ses poids, et les deux peuvent valoir 1."),
                   see="05-lock", belief=32),
            Option(("Forget", "Oublier"),
                   ("To write is to forget, there: it forgets more readily.",
                    "Chez lui, écrire c'est oublier : il oublie plutôt plus."),
                   see="08-ablation", belief=3),
        ],
    ),
    Question(
        "09-q-gru",
        ask=("A GRU has one state, h, which always stays in the range of tanh. What follows?",
             "Un GRU a un seul état, h, toujours dans le domaine de tanh. Qu'en résulte-t-il ?"),
        right=Option(("It can keep, but not count far", "Il sait garder, mais pas compter loin"),
                     ("Update gate near 1: h stays. But there is no number that could go on growing.",
                      "Porte de mise à jour proche de 1 : h reste. Mais aucun nombre n'y peut grandir sans "
                      "fin."),
                     see="06-count"),
        wrong=[
            Option(("It forgets as fast as an RNN", "Il oublie aussi vite qu'un RNN"),
                   ("With its bias set to keep, it names the symbol after 50 steps as the LSTM does.",
                    "Avec un biais réglé pour garder, il nomme le symbole après 50 pas, comme le LSTM."),
                   see="08-ablation", belief=7),
            Option(("It is better: fewer parts, less to learn", "Il est meilleur : moins de pièces, moins à "
                                                                "apprendre"),
                   ("In some tasks, not in others.", "Dans certaines tâches ; pas dans d'autres."),
                   see="08-ablation", belief=37),
            Option(("It cannot answer beyond 1", "Il ne peut rien répondre au-delà de 1"),
                   ("The read-out can: y = V h + b_y.", "La lecture le peut : y = V h + b_y."),
                   see="01-forward", belief=29),
        ],
    ),
    Question(
        "09-q-attention",
        ask=("An encoder hands its decoder one vector for the whole sentence. What does attention change?",
             "Un encodeur remet à son décodeur un seul vecteur pour toute la phrase. Que change l'attention "
             "?"),
        right=Option(("The decoder may look back at every step of the encoder",
                      "Le décodeur peut revenir à chaque pas de l'encodeur"),
                     ("Long sentences need no longer pass through one vector.",
                      "Les longues phrases n'ont plus à passer par un seul vecteur."),
                     see="09-next"),
        wrong=[
            Option(("It shows which words explain the answer", "Elle montre quels mots expliquent la "
                                                               "réponse"),
                   ("It shows where was looked. Whether that decided is to be tested, as with gates.",
                    "Elle montre où l'on a regardé. Si cela a décidé, il faut le tester, comme pour les "
                    "portes."),
                   see="09-next", belief=39),
            Option(("It makes the vector longer", "Elle allonge le vecteur"),
                   ("The vector keeps its size; there are just many of them to choose from.",
                    "Le vecteur garde sa taille ; il y en a simplement plusieurs où puiser."),
                   see="09-next", belief=1),
            Option(("It lets the decoder read the right answer", "Elle laisse le décodeur lire la bonne "
                                                                 "réponse"),
                   ("It looks at the source, not at the solution.",
                    "Elle regarde la phrase de départ, pas la solution."),
                   see="09-next", belief=57),
        ],
    ),
    Question(
        "09-q-reset",
        ask=("In training, the state is set to zero before each row. What stays from row to row?",
             "À l'entraînement, on remet l'état à zéro avant chaque rangée. Qu'est-ce qui reste d'une rangée "
             "à l'autre ?"),
        right=Option(("What was learned: the weights", "Ce qui est appris : les poids"),
                     ("Memory within a row is the state; memory across rows is W and b.",
                      "La mémoire dans une rangée, c'est l'état ; d'une rangée à l'autre, c'est W et b."),
                     see="01-lengths"),
        wrong=[
            Option(("Nothing: it starts from scratch", "Rien : il recommence de zéro"),
                   ("Then it would never have got better.", "Il n'aurait alors jamais progressé."),
                   see="01-lengths", belief=25),
            Option(("c: it is the long-term memory", "c : c'est la mémoire à long terme"),
                   ("Long within a row. It is set to zero with h.", "Longue dans une rangée. On la remet à "
                                                                    "zéro avec h."),
                   see="01-forward", belief=24),
            Option(("The gates", "Les portes"),
                   ("Gates are computed anew at every step.", "Les portes sont recalculées à chaque pas."),
                   see="04-film", belief=4),
        ],
    ),
    Question(
        "09-q-part",
        ask=("“Every part of the LSTM is indispensable.” What do the experiments say?",
             "« Chaque pièce du LSTM est indispensable. » Que disent les expériences ?"),
        right=Option(("Each has a task that needs it, and tasks that do not",
                      "Chacune a une tâche qui en a besoin, et des tâches qui s'en passent"),
                     ("Only without any memory in c, f = 0, is everything worse.",
                      "Ce n'est que sans mémoire dans c, f = 0, que tout va plus mal."),
                     see="08-ablation"),
        wrong=[
            Option(("True: taken away, each one ruins the cell", "Vrai : ôtez-en une, la cellule est perdue"),
                   ("Pinned at 1, the output gate is hardly missed in most columns.",
                    "Fixée à 1, la porte de sortie ne manque guère dans la plupart des colonnes."),
                   see="08-ablation", belief=38),
            Option(("False: none of them matters", "Faux : aucune ne compte"),
                   ("Look at the marked symbol without i, or at the endless stream without f.",
                    "Regardez le symbole marqué sans i, ou le flux sans fin sans f."),
                   see="08-ablation", belief=38),
            Option(("True, but for the second tanh", "Vrai, sauf pour le second tanh"),
                   ("It is just that one which the counting cell cannot do without.",
                    "C'est justement celui dont la cellule qui compte ne peut se passer."),
                   see="06-count", belief=8),
        ],
    ),
]
