"""Labels and short messages, in the reader's language.

The English sentence is its own key: `say("{n} updates", n=800)` reads well where it stands, and in French
gives "800 mises à jour" when the table below holds that line. Longer texts (exercises, quizzes) keep their
two languages side by side in `exercises/`.

The table has one section per room; a sentence that several rooms use stands in the first, once. Spaces before
; : ! ? » % and after « may be typed as ordinary ones: `typeset` makes them no-break.
"""
import re

LANGUAGES = ("en", "fr")
_spoken = "en"

FRENCH = {
    # --- several rooms ----------------------------------------------------------------------------
    "time step": "pas de temps",

    # --- cells ------------------------------------------------------------------------------------

    # --- unroll -----------------------------------------------------------------------------------

    # --- fast -------------------------------------------------------------------------------------

    # --- model ------------------------------------------------------------------------------------

    # --- tasks ------------------------------------------------------------------------------------

    # --- corpora ----------------------------------------------------------------------------------

    # --- gradcheck --------------------------------------------------------------------------------

    # --- sweep ------------------------------------------------------------------------------------

    # --- plots ------------------------------------------------------------------------------------
    "step t": "pas t",
    "{label}, over {xlabel} {start} to {end}: starts at {first}, ends at {last}; "
    "least {low} (at {at_low}), greatest {high} (at {at_high}).":
        "{label}, {xlabel} de {start} à {end} : commence à {first}, finit à {last} ; "
        "minimum {low} (à {at_low}), maximum {high} (à {at_high}).",
    "; ": " ; ",
    "{label}, median of {n} runs": "{label}, médiane de {n} essais",
    "chance": "hasard",
    "{label}: median {median}, from {low} to {high} over {n} seeds.":
        "{label} : médiane {median}, de {low} à {high} sur {n} graines.",
    "forget gate f": "porte d’oubli f",
    "input gate i": "porte d’entrée i",
    "output gate o": "porte de sortie o",
    "candidate c̃": "candidat c̃",
    "cell state c": "état de cellule c",
    "hidden state h": "état caché h",
    "input x": "entrée x",
    "gradient": "gradient",
    "{name}, {n} units": "{name}, {n} unités",
    "{name}, mean of its units": "{name}, moyenne des unités",
    "Read: {letters}": "Lu : {letters}",
    "{row}: {cells}.": "{row} : {cells}.",
    "what is left of c": "ce qui reste de c",
    "half": "moitié",
    "{label}: half-life {life} steps, {left} left after {steps}.":
        "{label} : demi-vie de {life} pas, il reste {left} après {steps} pas.",
    "{n} pictures: {captions}.": "{n} images : {captions}.",
    "{n} pictures.": "{n} images.",

    # --- widgets ----------------------------------------------------------------------------------
    "Play": "Lecture",
    "Stop": "Arrêt",
    "Reset": "Réinitialiser",
    "Lecture mode": "Mode amphi",
    "This picture could not be drawn. {kind}: {error}":
        "Impossible de dessiner cette image. {kind} : {error}",
    "{n} {what}": "{n} {what}",
    "updates": "mises à jour",
    "loss": "perte",
    "A sound of {n} seconds": "Un son de {n} secondes",

    # --- explorers --------------------------------------------------------------------------------
    "a, what the gate is asked": "a, ce qu’on demande à la porte",
    "σ(a), the gate": "σ(a), la porte",
    "the gate is {percent} % open": "porte ouverte à {percent} %",
    "arrives: {n}": "arrive : {n}",
    "passes: {n}": "passe : {n}",
    "A gate asked a = {a} stands at σ(a) = {s}: {percent} % of what arrives passes.":
        "À a = {a}, la porte vaut σ(a) = {s} : {percent} % de ce qui arrive passe.",
    "what it is asked, a": "ce qu’on lui demande, a",
    "unit 1": "unité 1",
    "unit 2": "unité 2",
    "unit {k}": "unité {k}",
    "Weights from unit 1 and 2 to unit 1: {a}, {b}; to unit 2: {c}, {d}; spectral radius {rho}.":
        "Poids des unités 1 et 2 vers l’unité 1 : {a} et {b} ; vers l’unité 2 : {c} et {d} ; "
        "rayon spectral {rho}.",
    "rolled: one step, fed back to itself": "replié : un seul pas, qui se relit lui-même",
    "unrolled: the same weights at every step": "déplié : les mêmes poids à chaque pas",
    "weight: unit {by} → unit {to}": "poids : unité {by} → unité {to}",
    "one push at step 1, then silence": "une impulsion au pas 1, puis le silence",
    "a push at every step": "une impulsion à chaque pas",
    "input": "entrée",
    "show the net unrolled": "montrer le réseau déplié",
    "f = {f} · bias {b} · half-life {life} steps": "f = {f} · biais {b} · demi-vie {life} pas",
    "bias": "biais",
    "half-life": "demi-vie",
    "forwards: c, of 1 at the start": "aller : c, parti de 1",
    "backwards: ∂c at {T} / ∂c at t": "retour : ∂c en {T} / ∂c en t",
    "f = {f}, bias {b}, half-life {life} steps. Forwards, {left} of the memory is left after {T} steps. "
    "Backwards, {back} of the gradient at step {T} reaches step 0.":
        "f = {f}, biais {b}, demi-vie de {life} pas. À l’aller, il reste {left} de la mémoire après {T} pas. "
        "Au retour, {back} du gradient du pas {T} parvient au pas 0.",
    "plural": "pluriel",
    "singular": "singulier",
    "writes": "écrit",
    "sure": "sûr",
    "unsure": "pas sûr",
    "at “{word}” the memory is {c}: {verdict}": "à « {word} », la mémoire vaut {c} : {verdict}",
    "sure and right": "nette et juste",
    "too weak, or wrong": "trop faible, ou fausse",
    "f is {f} at {words}; {verdicts}.": "f vaut {f} sur {words} ; {verdicts}.",
    "ρ to the power of the lag": "ρ puissance l’écart",
    "lag, in steps": "écart, en pas",
    "gradient norm": "norme du gradient",
    "ρ = {rho}, inputs of size {drive}, forget bias {bias}. At lag {T}: RNN {rnn}, LSTM {lstm}, "
    "ρ to the power of the lag {power}.":
        "ρ = {rho}, entrées de taille {drive}, biais d’oubli {bias}. À l’écart {T} : RNN {rnn}, "
        "LSTM {lstm}, ρ puissance l’écart {power}.",
    "RNN: spectral radius ρ": "RNN : rayon spectral ρ",
    "size of the input": "taille de l’entrée",
    "LSTM: forget bias": "LSTM : biais d’oubli",
    "i, whether": "i : faut-il écrire ?",
    "c̃, what": "c̃ : quoi ?",
    "c, if every step adds it": "c, si chaque pas l’ajoute",
    "i = {i}, c̃ = {g}: {added} is added to c. If {T} steps add it and nothing is forgotten, c is {c}.":
        "i = {i}, c̃ = {g} : on ajoute {added} à c. Si {T} pas l’ajoutent sans rien oublier, c vaut {c}.",
    "LSTM, cell state c": "LSTM, état c",
    "RNN, state h": "RNN, état h",
    "the state": "l’état",
    "written here": "écrit ici",
    "{value} is written at step {at}. At step {T} the cell state is {c} (f = {f}), the RNN's state {h} "
    "(weight to itself {w}).":
        "On écrit {value} au pas {at}. Au pas {T}, l’état de cellule vaut {c} (f = {f}) et l’état du RNN {h} "
        "(poids sur lui-même {w}).",
    "LSTM: forget gate f": "LSTM : porte d’oubli f",
    "RNN: weight to itself": "RNN : poids sur lui-même",
    "what is written": "ce qu’on écrit",
    "kept, c": "gardé, c",
    "said, h": "dit, h",
    "is asked": "question",
    "said when asked: {h} · at other times at most {leak}":
        "dit à la question : {h} · ailleurs, au plus {leak}",
    "o is {o}. From step {at} on c is {c}, whatever o does. Asked at step {asked}, the cell says {h}; "
    "at other times it says at most {leak}.":
        "o vaut {o}. Dès le pas {at}, c vaut {c}, quoi que fasse o. Interrogée au pas {asked}, la cellule "
        "dit {h} ; ailleurs, elle dit au plus {leak}.",
    "after {n} updates": "après {n} mises à jour",
    "gradient of the answer, at c": "gradient de la réponse, en c",
    "The gates f, i, o of every unit at every step of one sequence, and the gradient of the answer at each "
    "step, after {n} updates.":
        "Les portes f, i, o de chaque unité à chaque pas d’une séquence, et le gradient de la réponse à "
        "chaque pas, après {n} mises à jour.",
    "updates done": "mises à jour faites",
    "Films of {kinds}: {H} units along {T} steps.": "Films de {kinds} : {H} unités sur {T} pas.",
    "Unit {k} along {T} steps: {kinds}.": "Unité {k} sur {T} pas : {kinds}.",
    "gates f, i, o": "portes f, i, o",
    "states c and h": "états c et h",
    "show": "montrer",
    "unit (0: all of them)": "unité (0 : toutes)",
    "{gate} pinned at {value}: {name} {score}; as learned: {whole}":
        "{gate} bloquée à {value} : {name} {score} ; apprise : {whole}",
    "value at which the gate is pinned": "valeur à laquelle la porte est bloquée",
    "as learned": "apprise",
    "The score with gate {gate} pinned at each value from 0 to 1, beside the score as learned.":
        "Le score quand la porte {gate} est bloquée à chaque valeur de 0 à 1, à côté du score appris.",
    "which gate": "quelle porte",
    "pinned at": "bloquée à",
    "as it is read: one part after another": "l’ordre de lecture : une pièce après l’autre",
    "as it is computed: four at once, then c, then h": "l’ordre de calcul : quatre à la fois, puis c, puis h",
    "c before": "c d’avant",
    "[h, x] is there": "[h, x] est là",
    "f, i, c̃ and o are computed side by side": "f, i, c̃ et o se calculent côte à côte",
    "Moment {k} of 3: {what}. {numbers}": "Moment {k} sur 3 : {what}. {numbers}",
    "moment": "moment",

    # --- judge ------------------------------------------------------------------------------------

    # --- exercises --------------------------------------------------------------------------------

    # --- progress ---------------------------------------------------------------------------------
    "Your progress could not be read: {why}.": "Vos progrès n'ont pas pu être lus : {why}.",
    "Your progress could not be saved: {why}.": "Vos progrès n'ont pas pu être enregistrés : {why}.",
    "another notebook has been writing for {n} seconds": "un autre carnet écrit depuis {n} secondes",
    "Your progress could not be read: the file was damaged. It is kept as {name}, and a new one begins.":
        "Vos progrès n'ont pas pu être lus : le fichier était abîmé. Il est gardé sous le nom {name}, et un "
        "nouveau commence.",
    "Your progress was written by a newer version of the course. It is left as it is, and nothing is added "
    "to it; please update the course.":
        "Vos progrès ont été écrits par une version plus récente du cours. Ils restent tels quels et rien "
        "n'y est ajouté ; mettez le cours à jour, s'il vous plaît.",

    "{name}: lstmlib's own. Yours takes its place once its check has passed.":
        "{name} : version de lstmlib. La vôtre prendra sa place dès que sa vérification aura réussi.",
    "{name}: lstmlib's own, since yours does not run by itself. {why}":
        "{name} : version de lstmlib, car la vôtre ne marche pas toute seule. {why}",
    "its text is not known": "son texte n'est pas connu",
    "{code}  quiz {quiz}  predictions {guessed}  {marks}":
        "{code}  quiz {quiz}  prédictions {guessed}  {marks}",
    "Chapter": "Chapitre",
    "Exercises": "Exercices",
    "Puzzles": "Casse-têtes",
    "Quiz, right at first": "Quiz, justes du premier coup",
    "Predictions": "Prédictions",
    "No progress is kept here: this is no work folder.":
        "Aucun progrès n'est gardé ici : ce n'est pas un dossier de travail.",

    # --- questions --------------------------------------------------------------------------------
    "See chapter {code}, “{name}”.": "Voir chapitre {code}, « {name} ».",
    "The answer": "La réponse",
    "The answer:": "Réponse :",
    "Right.": "Juste.",
    "No.": "Non.",
    "That is so.": "C'est bien cela.",
    "It comes out otherwise.": "Il en va autrement.",
    "Near enough.": "Bien visé.",
    "{times} times too large.": "{times} fois trop grand.",
    "{times} times too small.": "{times} fois trop petit.",
    "Too large.": "Trop grand.",
    "Too small.": "Trop petit.",
    "Predict": "Prédisez",
    "Your guess": "Votre estimation",
    "That is my guess": "Voilà mon estimation",
    "Please type a number.": "Tapez un nombre, s'il vous plaît.",
    "Your guess: {text}. It is kept. See what comes next, then compare.":
        "Votre estimation : {text}. Elle est notée. Voyez la suite, puis comparez.",
    "Compare with the answer": "Comparer avec la réponse",
    "Quiz of chapter {code}": "Quiz du chapitre {code}",
    "Answered: {k} of {n}. Right at the first try: {right}.":
        "Réponses : {k} sur {n}. Justes du premier coup : {right}.",

    # --- the chapters -----------------------------------------------------------------------------
    "accuracy": "exactitude",
    "networks": "réseaux",
    "bag, 10 letters": "sac, 10 lettres",
    "window, 10 letters": "fenêtre, 10 lettres",
    "RNN, 10 letters": "RNN, 10 lettres",
    "RNN, 50 letters": "RNN, 50 lettres",
    "Was A before B? Three seeds each. The bag is within 0.06 of chance, 0.5. The window at 10 letters, and the RNN at 10 "
    "and at 50 letters, are above 0.9 on every seed.":
        "Le A était-il avant le B ? Trois graines chacun. Le sac est à moins de 0,06 du hasard, soit 0,5. La fenêtre à "
        "10 lettres, et le RNN à 10 et à 50 lettres, dépassent 0,9 pour toutes les graines.",
    "the belief that a came first": "conviction que le a est venu en premier",
    "character": "caractère",
    "Read to the end, the network says: {answer}.": "Lue jusqu’au bout, la phrase donne cette réponse : {answer}.",
    "tomorrow, a letter by boat": "demain, un mot par bateau",
    "your sentence": "votre phrase",
    "A sound that rises, from 200 to 800 hertz in a second": "Un son qui monte, de 200 à 800 hertz en une seconde",
    "The same sound, played backwards: it falls": "Le même son, joué à l’envers : il descend",
    "rising": "montant",
    "falling": "descendant",
    "sample": "échantillon",
    "air pressure": "pression de l’air",
    "step {t}": "pas {t}",
    "bag": "sac",
    "sound, {who}": "son, {who}",
    "film, {who}": "film, {who}",
    "Three seeds each. Sound (chance 0.5) and film (chance 0.25): the bag is within 0.08 of 0.5 in both; "
    "the RNN is above 0.9 in both, on every seed.":
        "Trois graines chacun. Son (hasard : 0,5) et film (hasard : 0,25) : le sac est à moins de 0,08 de 0,5 dans les deux "
        "cas ; le RNN dépasse 0,9 dans les deux cas, pour toutes les graines.",
    "Learned at 10 letters: above 90 % at 10 on every seed, below 80 % at 30 in the median.":
        "Appris à 10 lettres : plus de 90 % à 10 pour toutes les graines, moins de 80 % à 30 en médiane.",
    "standard deviation of the noise": "écart-type du bruit",
    "share of rows fooled": "part des rangées trompées",
    "learned f": "f appris",
    "Accuracy on long streams, three seeds each. Learned f: every seed above 0.9. f = 1: median below 0.6. "
    "f = 0: every seed near chance, which is 0.25.":
        "Exactitude sur de longs flux, trois graines chacun. f appris : toutes les graines au-dessus de 0,9. "
        "f = 1 : médiane au-dessous de 0,6. f = 0 : toutes les graines près du hasard, soit 0,25.",
    "mean |c|, log₁₀": "|c| moyen, log₁₀",
    "Mean size of the cell state after training. With f = 1 it is more than fifty times that of a learned f, on every seed.":
        "Taille moyenne de l’état de cellule après l’entraînement. Avec f = 1, elle dépasse cinquante fois celle "
        "d’un f appris, pour toutes les graines.",
    "The forget gate of sixteen units, and their cell state, over sixty moments of a stream: "
    "values between 0 and 1, lowest in some units where a question or a new symbol comes.":
        "La porte d’oubli de seize unités, et leur état de cellule, sur soixante moments d’un flux : des valeurs "
        "entre 0 et 1, au plus bas, pour certaines unités, là où vient une question ou un nouveau symbole.",
    "On average f is lower at a symbol or a question than in the noise. "
    "More than one value in seven lies between 0.1 and 0.9.":
        "En moyenne, f est plus bas à un symbole ou à une question que dans le bruit. "
        "Plus d’une valeur sur sept est entre 0,1 et 0,9.",
    "b = {b}: half-life {n}": "b = {b} : demi-vie {n}",
    "Accuracy for four forget biases at the start, three seeds each. Bias −2: every seed below 0.4. "
    "Biases 1 and 3: every seed above 0.9. Bias 5: median below 0.9.":
        "Exactitude pour quatre biais d’oubli au départ, trois graines chacun. Biais −2 : toutes les graines "
        "au-dessous de 0,4. Biais 1 et 3 : toutes au-dessus de 0,9. Biais 5 : médiane au-dessous de 0,9.",
    "f = 1, with a reset before each sequence: every seed above 90 %.":
        "f = 1, avec une remise à zéro avant chaque séquence : toutes les graines au-dessus de 90 %.",

    # --- grade ------------------------------------------------------------------------------------
    "no such file": "fichier introuvable",
    "larger than 50 MB": "plus de 50 Mo",
    "cannot be read: {why}": "illisible : {why}",
    "no notebook": "ce n'est pas un carnet",
    "no exercise of the course in it": "aucun exercice du cours dedans",
    "no cell answers it.": "aucune cellule n'y répond.",
    "a cell that names it is no valid Python.": "une cellule qui le nomme n'est pas du Python valide.",
    "what is checked is no function.": "ce qui est vérifié n'est pas une fonction.",
    "right on inputs that are known beforehand, wrong on others.":
        "juste sur les entrées connues d'avance, faux sur d'autres.",
    "it was stopped: it took too long.": "arrêtée : elle prenait trop de temps.",
    "its process ended before it had answered.": "son processus s'est terminé avant de répondre.",
    "  {score} of {n}": "  {score} sur {n}",
}


def speak(code):
    """Choose the language of every label and message from here on: "en" or "fr". ValueError for any other."""
    global _spoken
    if code not in LANGUAGES:
        raise ValueError(f"code is {code!r}; expected one of {', '.join(map(repr, LANGUAGES))}")
    _spoken = code


def language():
    """The language spoken now: "en" or "fr"."""
    return _spoken


def typeset(text):
    """French `text` with no-break spaces (U+00A0) before ; : ! ? » % and after «, where it has plain ones."""
    return re.sub(r" (?=[;?»%]|:(?![-\w])|!(?!\[))|(?<=«) ", "\u00a0", text)


def say(text, /, **values):
    """`text` in the reader's language, {names} filled from `values`; in English where no French is known."""
    return (typeset(FRENCH.get(text, text)) if _spoken == "fr" else text).format(**values)
