"""Chapter 08, the full cell."""

from workbook.quizzes import Number, Option, Question, Trap

D, H = 4, 10

PREDICTIONS = [
    Number(
        "08-how-many-weights",
        ask=("An LSTM of H = 10 units reads D = 4 numbers. How many numbers does it learn in W and b?",
             "Un LSTM de H = 10 unités lit D = 4 nombres. Combien de nombres apprend-il dans W et b ?"),
        answer=4 * (H * (H + D) + H),
        between=(600, 600),
        unit=("", ""),
        why=("Three gates and the candidate, each with 10 × 14 weights and 10 biases: {answer}. Some "
             "libraries count 640, for they keep two biases that are added.",
             "Trois portes et le candidat, chacun avec 10 × 14 poids et 10 biais : {answer}. Certaines "
             "bibliothèques en comptent 640, car elles gardent deux biais qui s'additionnent."),
        see="08-step",
        traps=[
            Trap(40, ("That is one number for each gate and unit: the biases alone.",
                      "C'est un nombre par porte et par unité : les biais seuls."), belief=31),
            Trap(150, ("That is one gate. There are three, and the candidate.",
                       "C'est une porte. Il y en a trois, et le candidat."), belief=31),
            Trap(560, ("The biases are missing: 4 × 10.", "Il manque les biais : 4 × 10."), belief=47),
            Trap(200, ("4 × 10 × 5? The gates read h, too: each matrix has H + D columns.",
                       "4 × 10 × 5 ? Les portes lisent aussi h : chaque matrice a H + D "
                       "colonnes."), belief=52),
        ],
        values={"H": H, "D": D},
    ),
    Question(
        "08-broken-gradient",
        ask=("We put a mistake into the LSTM's way back, at one of five places, and train with that on a "
             "short memory task. How many of the five broken ways back still learn it?",
             "On met une faute dans le retour du LSTM, à l'un de cinq endroits, et on entraîne avec cela sur "
             "une courte tâche de mémoire. Combien des cinq retours cassés l'apprennent quand même ?"),
        right=Option("nearly-all", ("Nearly all", "Presque tous"),
                     ("A wrong gradient often still points downhill. So a falling loss proves nothing, and a "
                      "gradient check is needed.",
                      "Un gradient faux descend souvent quand même. Une perte qui baisse ne prouve donc rien "
                      ": il faut vérifier le gradient."),
                     see="08-broken"),
        wrong=[
            Option("none", ("None: the loss would not fall", "Aucun : la perte ne baisserait pas"),
                   ("It falls all the same. Most mistakes change the length of the step or a part of it.",
                    "Elle baisse tout de même. La plupart des fautes changent la longueur du pas, ou une "
                    "partie."),
                   see="08-broken", belief=34),
            Option("half", ("About half", "La moitié environ"),
                   ("More, on a short task. Some only take longer.",
                    "Davantage, sur une tâche courte. Certains mettent seulement plus de temps."),
                   see="08-broken", belief=34),
            Option("harmless", ("Only those that change nothing", "Seulement ceux qui ne changent rien"),
                   ("All five change the gradient, as the check sees at once; nearly all learn.",
                    "Les cinq changent le gradient, la vérification le voit aussitôt ; presque tous "
                    "apprennent."),
                   see="08-broken", belief=34),
        ],
    ),
    Question(
        "08-which-part",
        ask=("We take the LSTM apart, one piece at a time, and measure on seven tasks. Which loss hurts on "
             "every one of them?",
             "On démonte le LSTM, une pièce à la fois, et on mesure sur sept tâches. Quelle perte se paie "
             "sur toutes ?"),
        right=Option("memory", ("f pinned at 0: no memory in c", "f fixé à 0 : plus de mémoire dans c"),
                     ("It is below the whole LSTM in all seven. Every other piece has a task that needs it "
                      "and one that does not.",
                      "Il est au-dessous du LSTM complet sur les sept. Chaque autre pièce a une tâche qui en "
                      "a besoin, et une qui s'en passe."),
                     see="08-ablation"),
        wrong=[
            Option("forgetting", ("f pinned at 1: no forgetting", "f fixé à 1 : plus d'oubli"),
                   ("It fails on endless streams, and counts better than any other.",
                    "Il échoue sur les flux sans fin, et compte mieux que tous les autres."),
                   see="08-ablation", belief=12),
            Option("output", ("o pinned at 1: no output gate", "o fixé à 1 : plus de porte de sortie"),
                   ("The marked symbol and the Reber grammar hardly notice.",
                    "Le symbole marqué et la grammaire de Reber s'en aperçoivent à peine."),
                   see="08-ablation", belief=38),
            Option("input", ("i pinned at 1: no input gate", "i fixé à 1 : plus de porte d'entrée"),
                   ("The marked symbol needs it, and so does adding; naming a symbol after noise does not.",
                    "Le symbole marqué en a besoin, l'addition aussi ; nommer un symbole après le bruit, "
                    "non."),
                   see="08-ablation", belief=38),
        ],
    ),
]

QUESTIONS = [
    Question(
        "08-q-check",
        ask=("You compare your gradient with central differences, ε = 1e-5, in float64. Which relative error "
             "is a good sign?",
             "Vous comparez votre gradient à des différences centrées, ε = 1e-5, en float64. Quelle erreur "
             "relative est bon signe ?"),
        right=Option("tiny", ("About 1e-9", "Environ 1e-9"),
                     ("Smaller ε lose digits in the subtraction, larger ones meet the bend of the loss: the "
                      "error has the shape of a V. The complex step has no such limit.",
                      "Un ε plus petit perd des chiffres dans la soustraction, un plus grand subit la "
                      "courbure de la perte : l'erreur dessine un V. Le pas complexe n'a pas cette limite."),
                     see="08-check"),
        wrong=[
            Option("zero", ("Exactly 0", "Exactement 0"),
                   ("A difference is an approximation: 0 would be suspicious.",
                    "Une différence est une approximation : 0 serait suspect."),
                   see="08-check", belief=35),
            Option("loose", ("About 1e-2: they need only point the same way",
                             "Environ 1e-2 : il suffit qu'ils aillent dans le même sens"),
                   ("One part in a hundred is a mistake somewhere: a missing term, small in this case.",
                    "Un centième, c'est une faute quelque part : un terme qui manque, petit dans ce cas."),
                   see="08-check", belief=34),
            Option("any", ("It does not matter as long as the loss falls",
                           "Peu importe, tant que la perte baisse"),
                   ("See the lab: nearly all broken gradients make it fall.",
                    "Voyez l'atelier : presque tous les gradients cassés la font baisser."),
                   see="08-broken", belief=34),
        ],
    ),
    Question(
        "08-q-arrows",
        ask=("On the way back: from where does the blame of h_t come?",
             "Sur le chemin du retour : d'où vient le blâme de h_t ?"),
        right=Option("both", ("From the loss at t and from the step t + 1, added",
                              "De la perte en t et du pas t + 1, additionnés"),
                     ("h_t is read twice: by the read-out and by the next step. Two arrows, one sum.",
                      "h_t est lu deux fois : par la lecture et par le pas suivant. Deux flèches, une "
                      "somme."),
                     see="08-back"),
        wrong=[
            Option("above", ("From the loss at t only", "De la perte en t seulement"),
                   ("Then nothing would be learned about the past. Delete that arrow and see which check "
                    "fails.",
                    "Rien ne s'apprendrait alors du passé. Effacez cette flèche, et voyez quelle "
                    "vérification échoue."),
                   see="08-back", belief=36),
            Option("later", ("From the step t + 1 only", "Du pas t + 1 seulement"),
                   ("Where there is a loss at each step, its own arrow counts as well.",
                    "S'il y a une perte à chaque pas, sa flèche compte aussi."),
                   see="08-back", belief=36),
            Option("overwrites", ("From both, but the later one overwrites",
                                  "Des deux, mais le plus tardif écrase l'autre"),
                   ("That is one of the mistakes published most often: `=` for `+=`.",
                    "C'est l'une des fautes les plus souvent publiées : `=` au lieu de `+=`."),
                   see="08-back", belief=36),
        ],
    ),
    Question(
        "08-q-order",
        ask=("You load another library's LSTM weights, four matrices in one. It runs, the numbers are wrong. "
             "What is most likely?",
             "Vous chargez les poids LSTM d'une autre bibliothèque, quatre matrices en une. Cela tourne, les "
             "nombres sont faux. Le plus probable ?"),
        right=Option("order", ("The gates stand in another order",
                               "Les portes sont rangées dans un autre ordre"),
                     ("f i o g here, i f g o there. The shapes agree, so nothing complains.",
                      "f i o g ici, i f g o là-bas. Les formes s'accordent : rien ne proteste."),
                     see="08-parity"),
        wrong=[
            Option("other", ("That library has another LSTM", "Cette bibliothèque a un autre LSTM"),
                   ("Put the gates in our order, and the numbers agree to the last digits.",
                    "Mettez les portes dans notre ordre, et les nombres concordent jusqu'aux derniers "
                    "chiffres."),
                   see="08-parity", belief=23),
            Option("biases", ("Its two biases must be used apart",
                              "Ses deux biais doivent servir séparément"),
                   ("They are only ever added: move all of one into the other, and nothing changes.",
                    "Ils ne font jamais que s'additionner : versez l'un dans l'autre, rien ne change."),
                   see="08-parity", belief=22),
            Option("rounding", ("float32 rounding", "L'arrondi en float32"),
                   ("That is the seventh digit. Wrong gates are the first.",
                    "Cela touche le septième chiffre. De fausses portes touchent le premier."),
                   see="08-parity", belief=23),
        ],
    ),
    Question(
        "08-q-sum",
        ask=("W is used at each of T steps, for each of B examples. How do their gradients become dW, if the "
             "loss is their sum?",
             "W sert à chacun des T pas, pour chacun des B exemples. Comment leurs gradients font-ils dW, si "
             "la perte est leur somme ?"),
        right=Option("sum", ("All T × B of them are added", "On les additionne tous, T × B"),
                     ("One W, many uses: blame adds up. If the loss is a mean, the division is in the loss "
                      "already.",
                      "Une seule W, bien des emplois : les blâmes s'ajoutent. Si la perte est une moyenne, "
                      "la division est déjà dans la perte."),
                     see="08-back"),
        wrong=[
            Option("mean", ("Their mean", "Par leur moyenne"),
                   ("It points the same way, so training hides it. A gradient check shows it at once.",
                    "Elle va dans le même sens, et l'entraînement la cache. Une vérification du gradient la "
                    "montre aussitôt."),
                   see="08-back", belief=34),
            Option("last", ("The last step's counts: it has seen all",
                            "Celui du dernier pas compte : il a tout vu"),
                   ("The state has; the gradient of the last step knows only what W did at that step.",
                    "L'état, oui ; le gradient du dernier pas ne sait que ce que W a fait à ce pas."),
                   see="08-back", belief=36),
            Option("own", ("Each step updates its own copy of W", "Chaque pas met à jour sa copie de W"),
                   ("There are no copies. The unrolled drawing repeats one box.",
                    "Il n'y a pas de copies. Le dessin déplié répète une seule boîte."),
                   see="08-back", belief=2),
        ],
    ),
    Question(
        "08-q-winner",
        ask=("In the table of cells and tasks: which cell is best everywhere?",
             "Dans le tableau des cellules et des tâches : quelle cellule est la meilleure partout ?"),
        right=Option("none", ("None", "Aucune"),
                     ("f = 1 counts best and fails on endless streams; GRU and CIFG add best and cannot "
                      "count; the plain RNN gets most of the Reber grammar.",
                      "f = 1 compte le mieux et échoue sur les flux sans fin ; GRU et CIFG additionnent le "
                      "mieux et ne savent pas compter ; le RNN simple réussit l'essentiel de la grammaire de "
                      "Reber."),
                     see="08-ablation"),
        wrong=[
            Option("lstm", ("The LSTM: it has all the parts", "Le LSTM : il a toutes les pièces"),
                   ("It is seldom bad, but seldom alone in front; in counting and in adding others are "
                    "ahead.",
                    "Il n'est mauvais presque nulle part, mais rarement seul devant ; pour compter et "
                    "additionner, d'autres le précèdent."),
                   see="08-ablation", belief=37),
            Option("gru", ("The GRU: it is the newest", "Le GRU : c'est le plus récent"),
                   ("It keeps, it adds; it does not count.",
                    "Il garde, il additionne ; il ne compte pas."),
                   see="08-ablation", belief=37),
            Option("not-rnn", ("Any of them but the RNN", "Toutes, sauf le RNN"),
                   ("On the embedded Reber grammar it comes close to the LSTM; with a lag of five steps, in "
                    "chapter 03, it is as good.",
                    "Sur la grammaire de Reber emboîtée, il s'approche du LSTM ; à un retard de cinq pas, au "
                    "chapitre 03, il fait aussi bien."),
                   see="08-ablation", belief=37),
        ],
    ),
    Question(
        "08-q-carousel",
        ask=("In `lstm_back`, someone forgot the line `dc = dc * f`. What does the network no longer learn?",
             "Dans `lstm_back`, on a oublié la ligne `dc = dc * f`. Qu'est-ce que le réseau n'apprend plus "
             "correctement ?"),
        right=Option("past",
                     ("How much of the blame the past deserves: it comes back undiminished, as if f were 1",
                      "Quelle part de blâme revient au passé : elle remonte entière, comme si f valait 1"),
                     ("What was forgotten gets blamed as if it had been kept. The loss often falls all the "
                      "same.",
                      "Ce qui a été oublié est mis en cause comme s'il avait été gardé. Souvent la perte "
                      "baisse quand même."),
                     see="08-broken"),
        wrong=[
            Option("all", ("Anything: the loss stops falling", "Plus rien : la perte ne baisse plus"),
                   ("On a short task it falls. That is what makes the mistake hard to find.",
                    "Sur une tâche courte, elle baisse. C'est ce qui rend la faute difficile à trouver."),
                   see="08-broken", belief=34),
            Option("f", ("f: its own gradient is missing", "f : il manque son propre gradient"),
                   ("df has its own line, dc * c_prev. This line is the way to the step before.",
                    "df a sa ligne, dc * c_prev. Celle-ci mène au pas précédent."),
                   see="08-back", belief=36),
            Option("nothing", ("Nothing is amiss: f is near 1 anyway",
                               "Tout va bien : f est proche de 1 de toute façon"),
                   ("Not where it forgets, and that is where it matters.",
                    "Pas là où elle oublie, et c'est là que cela compte."),
                   see="08-back", belief=10),
        ],
    ),
]
