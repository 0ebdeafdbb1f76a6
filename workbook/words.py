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

    # --- ink --------------------------------------------------------------------------------------
    "step t": "pas t",
    "{label}, over {xlabel} {start} to {end}: starts at {first}, ends at {last}; "
    "least {low} (at {at_low}), greatest {high} (at {at_high}).":
        "{label}, {xlabel} de {start} à {end} : commence à {first}, finit à {last} ; "
        "minimum {low} (à {at_low}), maximum {high} (à {at_high}).",
    "; ": " ; ",

    # --- plots ------------------------------------------------------------------------------------
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
    "{column}: {value}": "{column} : {value}",
    "units": "unités",
    "numbers": "nombres",
    "{name}, mean of its {counted}": "{name}, moyenne des {counted}",
    "Read: {letters}": "Lu : {letters}",
    "{row}: {cells}.": "{row} : {cells}.",
    "what is left of c": "ce qui reste de c",
    "half": "moitié",
    "{label}: half-life {life} steps, {left} left after {steps}.":
        "{label} : demi-vie de {life} pas, il reste {left} après {steps} pas.",
    "{n} pictures: {captions}.": "{n} images : {captions}.",
    "{n} pictures.": "{n} images.",

    # --- expected ---------------------------------------------------------------------------------
    "above {bound}": "au-dessus de {bound}",
    "below {bound}": "au-dessous de {bound}",
    "{rule} on every seed": "{rule} pour chaque graine",
    "{rule} in the median": "{rule} en médiane",
    "from {low} to {high}": "de {low} à {high}",
    "{what}: {rule}": "{what} : {rule}",
    "{what}: the text says {rule}; yours: {came}": "{what} : le texte dit {rule} ; chez vous : {came}",
    "the text says: {what}; here it is not so": "le texte dit : {what} ; ici, ce n’est pas le cas",
    "As the text says:": "Comme le dit le texte :",
    "Not as the text says:": "Le texte dit autre chose :",
    "What did you change? (If nothing: another processor computes other last digits; try another seed.)":
        "Qu’avez-vous changé ? (Si rien : un autre processeur calcule d’autres derniers chiffres ; "
        "essayez une autre graine.)",

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

    # --- pictures of 00 ---------------------------------------------------------------------------
    "a, what the gate is asked": "a, ce qu’on demande à la porte",
    "σ(a), the gate": "σ(a), la porte",
    "the gate is {percent} % open": "porte ouverte à {percent} %",
    "arrives: {n}": "arrive : {n}",
    "passes: {n}": "passe : {n}",
    "A gate asked a = {a} stands at σ(a) = {s}: {percent} % of what arrives passes.":
        "À a = {a}, la porte vaut σ(a) = {s} : {percent} % de ce qui arrive passe.",
    "what it is asked, a": "ce qu’on lui demande, a",

    # --- pictures of 01 ---------------------------------------------------------------------------
    "unit 1": "unité 1",
    "unit 2": "unité 2",
    "unit {k}": "unité {k}",
    "Weights from unit 1 and 2 to unit 1: {a}, {b}; to unit 2: {c}, {d}; spectral radius {rho}.":
        "Poids des unités 1 et 2 vers l’unité 1 : {a} et {b} ; vers l’unité 2 : {c} et {d} ; "
        "rayon spectral {rho}.",
    "rolled: one step, fed back to itself": "replié : un seul pas, qui se relit lui-même",
    "unrolled: the same weights at every step": "déplié : les mêmes poids à chaque pas",
    "weight {by} → {to}": "poids {by} → {to}",
    "one push, then silence": "une impulsion, puis le silence",
    "a push at every step": "une impulsion à chaque pas",
    "input": "entrée",
    "show the net unrolled": "montrer le réseau déplié",

    # --- pictures of 04 ---------------------------------------------------------------------------
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

    # --- pictures of 03 ---------------------------------------------------------------------------
    "lag, in steps": "retard, en pas",
    "lag k, in steps": "retard k, en pas",
    "gradient norm": "norme du gradient",
    "at lag k = {lag}: RNN {h} · LSTM {c} · ρᵏ {x}": "au retard k = {lag} : RNN {h} · LSTM {c} · ρᵏ {x}",
    "ρ = {rho}, activation: {activation}, inputs of size {drive}, forget bias {bias}; {said}.":
        "ρ = {rho}, activation : {activation}, entrées de taille {drive}, biais d’oubli {bias} ; {said}.",
    "RNN: activation": "RNN : activation",
    "none (linear)": "aucune (linéaire)",
    "read off at lag k": "relevé au retard k",
    "RNN: spectral radius ρ": "RNN : rayon spectral ρ",
    "size of the input": "taille de l’entrée",
    "LSTM: forget bias": "LSTM : biais d’oubli",

    # --- pictures of 05 ---------------------------------------------------------------------------
    "i, whether": "i : faut-il écrire ?",
    "c̃, what": "c̃ : quoi ?",
    "c, if every step adds it": "c, si chaque pas l’ajoute",
    "i = {i}, c̃ = {g}: {added} is added to c. If {T} steps add it and nothing is forgotten, c is {c}.":
        "i = {i}, c̃ = {g} : on ajoute {added} à c. Si {T} pas l’ajoutent sans rien oublier, c vaut {c}.",

    # --- pictures of 06 ---------------------------------------------------------------------------
    "LSTM, cell state c": "LSTM, état c",
    "RNN, state h": "RNN, état h",
    "written here": "écrit ici",
    "{value} is written at step {at}. At step {T} the cell state is {c} (f = {f}), the RNN's state {h} "
    "(weight to itself {w}).":
        "On écrit {value} au pas {at}. Au pas {T}, l’état de cellule vaut {c} (f = {f}) et l’état du RNN {h} "
        "(poids sur lui-même {w}).",
    "LSTM: forget gate f": "LSTM : porte d’oubli f",
    "RNN: weight to itself": "RNN : poids sur lui-même",
    "what is written": "ce qu’on écrit",

    # --- pictures of 07 ---------------------------------------------------------------------------
    "kept, c": "gardé, c",
    "said, h": "dit, h",
    "is asked": "question",
    "said when asked: {h} · at other times at most {leak}":
        "dit à la question : {h} · le reste du temps, au plus {leak}",
    "o is {o}. From step {at} on c is {c}, whatever o does. Asked at step {asked}, the cell says {h}; "
    "at other times it says at most {leak}.":
        "o vaut {o}. Dès le pas {at}, c vaut {c}, quoi que fasse o. Interrogée au pas {asked}, la cellule "
        "dit {h} ; le reste du temps, elle dit au plus {leak}.",

    # --- pictures of 08 ---------------------------------------------------------------------------
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
        "{gate} fixée à {value} : {name} {score} ; apprise : {whole}",
    "value at which the gate is pinned": "valeur à laquelle la porte est fixée",
    "as learned": "apprise",
    "The score with gate {gate} pinned at each value from 0 to 1, beside the score as learned.":
        "Le score quand la porte {gate} est fixée à chaque valeur de 0 à 1, à côté du score appris.",
    "which gate": "quelle porte",
    "pinned at": "fixée à",

    # --- pictures of 09 ---------------------------------------------------------------------------
    "step {t}, moment {k} of 4": "pas {t}, moment {k} sur 4",
    "Step {t}, moment {k}. Read so far: {read}. Computed so far: {numbers}.":
        "Pas {t}, moment {k}. Déjà lu : {read}. Déjà calculé : {numbers}.",
    "as it is read": "l’ordre de lecture",
    "as it is computed": "l’ordre de calcul",
    "Input": "Entrée",
    "what arrives": "ce qui arrive",
    "Forget": "Oubli",
    "what to keep": "quoi garder",
    "Input gate": "Porte d’entrée",
    "what to add": "quoi ajouter",
    "Cell state": "État",
    "what is remembered": "ce qui est retenu",
    "Output": "Sortie",
    "what is said": "ce qui est dit",
    "before": "avant",
    "[h, x] is there": "[h, x] est là",
    "f, i, c̃ and o: side by side": "f, i, c̃ et o : côte à côte",
    "nothing is left to do": "il ne reste rien à faire",
    "moment": "moment",

    # --- inputs -----------------------------------------------------------------------------------
    "Nothing to read yet.": "Il n’y a encore rien à lire.",
    "Try some that I know: {words}.": "Essayez-en que je connais : {words}.",
    "Only the first {n} are read.": "Seuls les {n} premiers sont lus.",
    "Never read: {words}.": "Jamais lu : {words}.",
    "A review, read word by word: after each word a bar, up for good, down for bad.":
        "Une critique lue mot à mot : après chaque mot une barre, vers le haut si l’avis est bon, vers le bas "
        "s’il est mauvais.",
    "good": "bon",
    "bad": "mauvais",
    "{verdict}, {sure} % sure": "{verdict}, sûr à {sure} %",
    "After each word, % good: {moods}.": "Après chaque mot, % bon : {moods}.",
    "The gates f, i, o and the cell state c of twelve units, word by word.":
        "Les portes f, i, o et l’état de cellule c de douze unités, mot à mot.",
    "the mood, word by word": "l’avis, mot à mot",
    "the gates, word by word": "les portes, mot à mot",
    "your review": "votre critique",
    "what may come next": "ce qui peut suivre",
    "The six words most likely to come next, and a text that goes on from the beginning given.":
        "Les six suites les plus probables, et un texte qui prolonge le début donné.",
    "a beginning": "un début",
    "temperature": "température",
    "another draw": "autre tirage",
    "what the encoder keeps in c: {n} numbers": "ce que l’encodeur retient dans c : {n} nombres",
    "bars: how sure it was of each word": "barres : sa certitude à chaque mot",
    "A sentence, the numbers that the encoder keeps of it, and its translation.":
        "Une phrase, les nombres que l’encodeur en retient, et sa traduction.",
    "Clear": "Effacer",
    "The sheet is empty. Draw a digit, as large as you like.":
        "La feuille est vide. Dessinez un chiffre, aussi grand que vous voulez.",
    "what the network sees: 8 × 16 numbers": "ce que voit le réseau : 8 × 16 nombres",
    "A drawn digit on a sheet of 8 × 16 squares, and a caption.":
        "Un chiffre dessiné sur une feuille de 8 × 16 cases, et une légende.",
    "a sheet to draw a digit on": "une feuille où dessiner un chiffre",
    "black": "noir",
    "white": "blanc",
    "ink": "encre",
    "left": "gauche",
    "right": "droite",
    "up": "haut",
    "down": "bas",
    "side": "côté",
    "Eight frames of a film in which a shape moves, and a caption.":
        "Huit images d’un film où une forme se déplace, et une légende.",
    "shape": "forme",
    "square": "carré",
    "bar": "barre",
    "pole": "poteau",
    "first": "d’abord",
    "then": "puis",
    "row": "ligne",
    "column": "colonne",
    "turn after": "virage après",
    "Each dot is a sentence, placed by what the encoder kept. Groups: {names}.":
        "Chaque point est une phrase, placée d’après ce que l’encodeur en a retenu. Groupes : {names}.",

    # --- judge ------------------------------------------------------------------------------------
    "solved: it did its job on every input tried.": "résolu : tout fonctionne, sur chaque entrée essayée.",
    ":": " :",
    "right.": "juste.",
    "two things at once. First: {one} Second: {two}":
        "deux choses à la fois. D'abord : {one} Ensuite : {two}",
    "it stopped with {error}.": "arrêt sur l'erreur {error}.",
    "`return {names}` is expected; yours is {what}.": "on attend `return {names}` ; vous renvoyez {what}.",
    "`{label}` has the shape {a}; expected is {b}.": "`{label}` a la forme {a} ; on attend {b}.",
    "`{label}` holds `nan`.": "`{label}` contient `nan`.",
    "Where to look": "Où regarder",
    "On the course sheet": "Sur la fiche de cours",
    "your function was still running after {n} seconds and was stopped. Does its loop ever end?":
        "votre fonction tournait encore au bout de {n} secondes et a été arrêtée. Sa boucle finit-elle un "
        "jour ?",
    "the result is right, but your function changes its argument `{name}` in place: whoever called it "
    "finds other numbers there afterwards.":
        "le résultat est juste, mais votre fonction modifie son argument `{name}` sur place : qui l'a "
        "appelée y retrouve ensuite d'autres nombres.",
    "`a += …`, `a *= …` and `a[…] = …` write into the array that came in. Make a new one: `a = a + …`, or "
    "`a.copy()` first.":
        "`a += …`, `a *= …` et `a[…] = …` écrivent dans le tableau reçu. Faites-en un nouveau : `a = a + "
        "…`, ou d'abord `a.copy()`.",
    "`{label}` is {what}, where numbers are expected.":
        "`{label}` est {what}, alors qu'on attend des nombres.",
    "yours is {a}, expected is {b}": "vous avez {a}, on attend {b}",
    "Largest difference: `{where}` is {a}, expected {b}.":
        "Plus grand écart : `{where}` vaut {a}, on attend {b}.",
    "not written yet.": "pas encore écrit.",
    "It stopped at `{code}`.": "L'arrêt se produit à `{code}`.",
    "Python's own words: {error}": "Ce que dit Python : {error}",
    "right for some sizes, then it failed: is a size written into it as a number? {what}":
        "juste pour certaines tailles, puis une erreur : une taille y est-elle écrite en toutes lettres ? "
        "{what}",
    "your function should take {n} arguments: `{arguments}`.":
        "votre fonction doit prendre {n} arguments : `{arguments}`.",
    "a matrix product `A @ B` does not fit: A has {columns} columns, B has {rows} rows.":
        "un produit de matrices `A @ B` est impossible : A a {columns} colonnes, B a {rows} lignes.",
    "arrays of the shapes {shapes} cannot be combined number by number.":
        "des tableaux de formes {shapes} ne peuvent pas se combiner nombre par nombre.",
    "none": "aucun",
    "yours − expected, {name}, rows down and columns across: largest {v} in row {y}, column {x}":
        "votre résultat − attendu, {name}, lignes en hauteur et colonnes en largeur : maximum {v} à la ligne {y}, "
        "colonne {x}",
    "yours − expected, {name}, t across and units down: zero at t = {good}; largest {v} at t = {x}, unit {y}":
        "votre résultat − attendu, {name}, t en largeur et unités en hauteur : nul à t = {good} ; maximum {v} à "
        "t = {x}, unité {y}",
    "Yours − expected. Blue: too small; orange: too large.":
        "Votre résultat − attendu. Bleu : trop petit ; orange : trop grand.",
    "give the function itself, its name without parentheses; this is {what}, a result.":
        "donnez la fonction elle-même, son nom sans parenthèses ; ceci est {what}, un résultat.",
    "your function says `yield`; a `return` is expected.":
        "votre fonction dit `yield` ; on attend un `return`.",
    "your function computes, but returns nothing.": "votre fonction calcule, mais ne renvoie rien.",
    "Its last line should be a `return …`.": "Sa dernière ligne devrait être un `return …`.",
    "your function returns a function instead of its result: are there parentheses missing after a name?":
        "votre fonction renvoie une fonction au lieu de son résultat : manque-t-il des parenthèses après "
        "un nom ?",
    "the arguments come in another order: `{arguments}`.":
        "les arguments viennent dans un autre ordre : `{arguments}`.",
    "Python goes by the place of an argument, not by its name.":
        "Python se fie à la place d'un argument, pas à son nom.",
    "your function reads `{name}` from the notebook instead of its own arguments, and the shapes do not "
    "fit.":
        "votre fonction lit `{name}` dans le cahier au lieu de ses propres arguments, et les formes ne "
        "s'accordent pas.",
    "your function reads `{name}` from the notebook instead of its own arguments, so it answers the same "
    "whatever it is given.":
        "votre fonction lit `{name}` dans le cahier au lieu de ses propres arguments : elle répond la "
        "même chose quoi qu'on lui donne.",
    "The arguments are `{arguments}`: everything must be computed from them.":
        "Les arguments sont `{arguments}` : tout doit être calculé à partir d'eux.",
    "arrays to be joined must agree in every direction but one: h is (H, B), x is (D, B), and [h; x] has "
    "H+D rows.":
        "pour être joints, des tableaux doivent s'accorder dans toutes les directions sauf une : h est "
        "(H, B), x est (D, B), et [h; x] a H+D lignes.",
    "`{name}` is used before it gets its first value.": "`{name}` est utilisé avant d'avoir reçu une valeur.",
    "`{name}` is not known here: it is no argument of the function, and nothing above it has that name.":
        "`{name}` est inconnu ici : ce n'est pas un argument de la fonction, et rien au-dessus d'elle ne "
        "porte ce nom.",
    "NumPy has no `{name}`. `sigmoid` comes from lstmlib; `tanh` and `exp` are NumPy's.":
        "NumPy n'a pas de `{name}`. `sigmoid` vient de lstmlib ; `tanh` et `exp` sont de NumPy.",
    "a function of `math` takes one number, not an array; for arrays there are `np.exp`, `np.tanh`, "
    "`np.log2` …":
        "une fonction de `math` prend un seul nombre, pas un tableau ; pour les tableaux, il y a "
        "`np.exp`, `np.tanh`, `np.log2`…",
    "something in your function is `None`: often a helper that forgot its `return`.":
        "quelque chose dans votre fonction vaut `None` : souvent une fonction auxiliaire qui a oublié son "
        "`return`.",
    "Python's lists and tuples do no arithmetic: `[1, 2] * 3` repeats, `+` puts end to end. Use arrays: "
    "`np.array`, `np.stack`, `np.concatenate`.":
        "les listes et les tuples de Python ne font pas de calcul : `[1, 2] * 3` répète, `+` met bout à "
        "bout. Prenez des tableaux : `np.array`, `np.stack`, `np.concatenate`.",
    "an array of whole numbers (`int`) cannot take fractions: start it as floats.":
        "un tableau d'entiers (`int`) n'accepte pas de décimales : créez-le en flottants.",
    "an `if`, a `max()` or a `min()` of Python was given a whole array: use `np.where`, `np.maximum`, "
    "`.max()`.":
        "un `if`, un `max()` ou un `min()` de Python a reçu tout un tableau : prenez `np.where`, "
        "`np.maximum`, `.max()`.",
    "a line takes apart more, or fewer, things than there are: `a, b = …` needs two on the right.":
        "une ligne déballe plus, ou moins, de choses qu'il n'y en a : `a, b = …` en demande deux à droite.",
    "a dict has no entry {key}: the weights `p` hold `W` and `b`.":
        "un dictionnaire n'a pas d'entrée {key} : les poids `p` contiennent `W` et `b`.",
    "an index runs out of its array, or is none: T steps are numbered 0 to T - 1.":
        "un indice sort de son tableau, ou n'en est pas un : T pas sont numérotés de 0 à T - 1.",
    "a value has no `.{name}`.": "une valeur n'a pas de `.{name}`.",
    "your function calls itself for ever.": "votre fonction s'appelle elle-même sans fin.",
    "something is divided by zero.": "quelque chose est divisé par zéro.",
    "an `assert` of yours does not hold. {error}": "un de vos `assert` n'est pas vérifié. {error}",
    "the right numbers without what stands behind the point: somewhere they pass through whole numbers "
    "(`int`).":
        "les bons nombres, sans leurs décimales : quelque part, ils passent par des entiers (`int`).",
    "right for the first example of the batch, wrong for the others: each column must be treated alike.":
        "juste pour le premier exemple du lot, faux pour les autres : chaque colonne doit être traitée de "
        "la même façon.",
    "right for some inputs, wrong for others: is a size, or a number, written into it that only holds in "
    "one case?":
        "juste pour certaines entrées, faux pour d'autres : une taille, ou un nombre, valable dans un "
        "seul cas y est-il écrit ?",
    "minus": "l'opposé de",
    "your numbers are {what} the right ones, every time.":
        "vos nombres sont, à chaque fois, {what} ceux qu'on attend.",
    "one minus the right ones": "un moins ceux qu'on attend",
    "the inverses of the right ones, 1/…": "les inverses de ceux qu'on attend, 1/…",
    "the squares of the right ones": "les carrés de ceux qu'on attend",
    "the square roots of the right ones": "les racines carrées de ceux qu'on attend",
    "the logarithms of the right ones": "les logarithmes de ceux qu'on attend",
    "the exponentials of the right ones": "les exponentielles de ceux qu'on attend",
    "the absolute values of the right ones": "les valeurs absolues de ceux qu'on attend",
    "tanh of the right ones": "tanh de ceux qu'on attend",
    "σ of the right ones": "σ de ceux qu'on attend",
    "the right ones in reverse order along the first axis":
        "ceux qu'on attend, en ordre inverse le long du premier axe",
    "the right ones, one step late": "ceux qu'on attend, avec un pas de retard",
    "the right ones, one step early": "ceux qu'on attend, avec un pas d'avance",
    "called twice with the same arguments, your function answers differently: something is kept from call "
    "to call, or drawn at random.":
        "appelée deux fois avec les mêmes arguments, votre fonction répond différemment : quelque chose "
        "est gardé d'un appel à l'autre, ou tiré au sort.",
    "That is close, yet more than rounding: look for a constant too many, or an approximation.":
        "C'est proche, mais plus qu'un arrondi : cherchez une constante de trop, ou une approximation.",
    "your function prints its result and returns nothing.":
        "votre fonction affiche son résultat et ne renvoie rien.",
    "`print` shows a number to you; only `return` hands it to whoever called.":
        "`print` vous montre un nombre ; seul `return` le remet à qui a appelé.",
    "the right numbers, turned over: {shapes}. Rows are units, each column is one example.":
        "les bons nombres, mais transposés : {shapes}. Les lignes sont les unités, chaque colonne est un "
        "exemple.",
    "the right numbers in another shape: {shapes}.": "les bons nombres, dans une autre forme : {shapes}.",
    "rounded to {n} digits. Give the number as it is; whoever shows it may round it.":
        "arrondi à {n} décimales. Donnez le nombre tel quel ; qui l'affichera pourra l'arrondir.",
    "your numbers are {what}.": "vos nombres sont {what}.",
    "{before} right; the first wrong quantity is `{name}`.":
        "{before} : juste ; la première grandeur fausse est `{name}`.",
    "`{name}` is not right yet.": "`{name}` n'est pas encore juste.",
    "the numbers are right, but their order is not: `{gives}` is expected.":
        "les nombres sont justes, mais pas leur ordre : on attend `{gives}`.",
    "your numbers are the right ones {what}: a mean where a sum belongs, or the other way round?":
        "vos nombres sont ceux qu'on attend {what} : une moyenne à la place d'une somme, ou l'inverse ?",
    "`{label}` is {a} where {b} is expected.": "`{label}` est {a} alors qu'on attend {b}.",
    "`{label}` has not the shape {words}: {shapes}.": "`{label}` n'a pas la forme {words} : {shapes}.",
    "`{label}` holds numbers of the kind {dtype}; floats are expected.":
        "`{label}` contient des nombres de type {dtype} ; on attend des flottants.",
    "`{label}` holds {bad}, first at {at}: an overflow of `exp`, a division 0/0 or the logarithm of 0?":
        "`{label}` contient {bad}, d'abord en {at} : un débordement de `exp`, une division 0/0 ou le "
        "logarithme de 0 ?",
    "the first wrong quantity is `{name}`.": "la première grandeur fausse est `{name}`.",
    " and ": " et ",
    "`{name}` is wrong from its first moment on, t = {t}.":
        "`{name}` est faux dès son premier instant, t = {t}.",
    "`{name}` is right down to t = {t}, then it goes wrong.":
        "`{name}` est juste en remontant jusqu'à t = {t}, puis devient faux.",
    "`{name}` is right up to t = {t}, then it goes wrong.":
        "`{name}` est juste jusqu'à t = {t}, puis devient faux.",
    "an array of shape {shape}": "un tableau de forme {shape}",
    "{kind} of {n}": "{kind} à {n} éléments",
    "{n} things are expected: {names}; yours is {what}.":
        "on attend {n} choses : {names} ; vous renvoyez {what}.",
    "`{label}` is {what}, where one array is expected.":
        "`{label}` est {what}, alors qu'on attend un seul tableau.",
    "`np.stack` makes one array out of a list of arrays: a list has no shape and does no arithmetic.":
        "`np.stack` fait un tableau d'une liste de tableaux : une liste n'a pas de forme et ne calcule "
        "pas.",
    "a tuple": "un tuple",
    "a list": "une liste",
    "a dict with the keys {keys}": "un dictionnaire avec les clés {keys}",
    "`{label}` should hold {n} things: {names}; yours is {what}.":
        "`{label}` doit contenir {n} choses : {names} ; vous renvoyez {what}.",
    "it should have": "qu'il faut",
    "the right ones {sign} {name}": "ceux qu'on attend {sign} {name}",
    "There, your numbers are {what}.": "Là, vos nombres sont {what}.",
    "`{label}` should be a dict with the keys {keys}; yours is {what}.":
        "`{label}` doit être un dictionnaire avec les clés {keys} ; vous renvoyez {what}.",
    "the shape of w": "celle de w",
    "a list of arrays": "d'une liste de tableaux",
    "a list of whole numbers": "d'une liste d'entiers",
    "one whole number": "d'un entier",
    "a whole number": "d'un entier",
    "those of p, s and x": "de ce qu'elle blâme (p, s, x)",

    # --- exercises --------------------------------------------------------------------------------
    "there is no exercise of this name. Those there are: {names}.":
        "aucun exercice ne porte ce nom. Il y a : {names}.",
    "each call should return a whole number from 0 to {last}, the number of a word; yours returned {what}.":
        "chaque appel doit renvoyer un entier de 0 à {last}, le numéro d'un mot ; le vôtre a renvoyé "
        "{what}.",
    "your draw does not use `rng`: with it, the same seed gives the same words again.":
        "votre tirage n'utilise pas `rng` : avec lui, la même graine redonne les mêmes mots.",

    # --- progress ---------------------------------------------------------------------------------
    "Your progress could not be read: {why}.": "Vos progrès n'ont pas pu être lus : {why}.",
    "Your progress could not be saved: {why}.": "Vos progrès n'ont pas pu être enregistrés : {why}.",
    "another notebook has been writing for {n} seconds": "un autre cahier écrit depuis {n} secondes",
    "{name} is write-protected": "{name} est protégé en écriture",
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
    "Puzzles": "Énigmes",
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

    # --- diagram ----------------------------------------------------------------------------------
    "{title}: what each wire of the cell carries.": "{title} : ce que porte chaque fil de la cellule.",
    "step {t} of {T}, unit {unit} of {H}": "pas {t} sur {T}, unité {unit} sur {H}",
    "step": "pas",
    "unit": "unité",
    "One step back": "Un pas en arrière",
    "One step on": "Un pas en avant",
    "pin {gate}": "fixer {gate}",
    "reads": "lit",
    "a = {a}; f = {f}; half-life {life} steps": "a = {a} ; f = {f} ; demi-vie : {life} pas",

    # --- the chapters -----------------------------------------------------------------------------
    "The film was never good but the song was not silly": "Le film n’est jamais drôle mais la chanson n’est pas ratée",
    "the film was not good": "le film n’est pas drôle",
    "bag of words": "sac de mots",
    "A stream, moment by moment: one of the letters A to D starts an episode, noise follows, a question mark asks for the letter, and the next episode "
    "begins, without a reset.":
        "Un flux, moment par moment : une des lettres A à D ouvre un épisode, du bruit suit, un point d’interrogation demande la lettre, et l’épisode suivant "
        "commence, sans remise à zéro.",
    "LSTM, never negated": "LSTM, jamais niés",
    "Is the review good? Accuracy in the exam, chance 0.5.": "L’avis est-il bon ? Exactitude à l’examen, hasard 0,5.",
    "the cats behind the dog": "les chats derrière le chien",
    "pairs of words": "paires de mots",
    "verb agreement, {who}": "accord du verbe, {who}",
    "perplexity of the LSTM, divided by that of pairs of words": "perplexité du LSTM, divisée par celle des paires de mots",
    "the verb's number": "le nombre du verbe",
    "she or he": "elle ou il",
    "the home": "le lieu",
    "she he": "elle il",
    "lake mill bridge hill": "lac moulin forêt rivière",
    "What the LSTM remembers, near and far.": "Ce que le LSTM retient, de près et de loin.",
    "A fox lives near the mill": "Une renarde vit près du moulin",
    "perplexity of the LSTM, divided by that of pairs of characters":
        "perplexité du LSTM, divisée par celle des paires de caractères",
    "your loop writes the same": "votre boucle écrit la même chose",
    "the small green girl sees a big black book": "la petite fille verte voit un grand livre noir",
    "English → French": "anglais → français",
    "French → English": "français → anglais",
    "dictionary, {way}": "dictionnaire, {way}",
    "LSTM, {way}": "LSTM, {way}",
    "new pairs, {way}": "paires nouvelles, {way}",
    "sentences without a mistake": "phrases sans faute",
    "Sentences without a mistake, both ways; new pairs are of an adjective and a noun.":
        "Phrases sans faute, dans les deux sens ; les paires nouvelles sont d’un adjectif et d’un nom.",
    "The small black cat sees a white house.": "Le petit chat noir voit une maison blanche.",
    "La petite fille verte aime un chat noir.": "The small green girl likes a black cat.",
    "feminine": "féminin",
    "masculine": "masculin",
    "share of dots whose nearest neighbour has the same gender (chance: 0.5)":
        "part des points dont le plus proche voisin est du même genre (hasard : 0,5)",
    "always the commonest": "toujours la plus fréquente",
    "nearest neighbour": "plus proche voisin",
    "nearest neighbour, minus the LSTM": "plus proche voisin, moins le LSTM",
    "captions without a mistake": "légendes sans faute",
    "Captions without a mistake, on other handwritings.": "Légendes sans faute, sur d’autres écritures.",
    "last frame": "dernière image",
    "LSTM, new captions": "LSTM, légendes nouvelles",
    "Captions without a mistake, of films never seen.": "Légendes sans faute, pour des films jamais vus.",
    "the same words come back": "les mêmes mots reviennent",
    "and the same scores": "et les mêmes scores",
    "accuracy": "exactitude",
    "The cheat sheet: the cell, its six lines forwards, the way backwards, what each gate means, shapes, forget bias and "
    "half-life, and advice for training.":
        "L’aide-mémoire : la cellule, ses six lignes à l’aller, le chemin du retour, le sens de chaque porte, les formes, le "
        "biais d’oubli et la demi-vie, des conseils pour l’entraînement.",
    "networks": "réseaux",
    "bag, 10 letters": "sac, 10 lettres",
    "window, 10 letters": "fenêtre, 10 lettres",
    "RNN, 10 letters": "RNN, 10 lettres",
    "RNN, 50 letters": "RNN, 50 lettres",
    "its last step follows the formula": "son dernier pas suit la formule",
    "Was A before B? Three seeds each.": "Le A était-il avant le B ? Trois graines chacun.",
    "the belief that a came first": "conviction que le a est venu en premier",
    "character": "caractère",
    "The belief that a came first, after each character. Read to the end, the network says: {answer}.":
        "La conviction que le a est venu en premier, après chaque caractère. Au bout de la phrase, le réseau répond : {answer}.",
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
    "sound": "son",
    "film": "film",
    "Three seeds each, of sound (chance 0.5) and of film (chance 0.25).":
        "Trois graines chacun, pour le son (hasard : 0,5) et pour le film (hasard : 0,25).",
    "learned at 10 letters, asked at 10": "appris à 10 lettres, interrogé à 10",
    "learned at 10 letters, asked at 30": "appris à 10 lettres, interrogé à 30",
    "standard deviation of the noise": "écart-type du bruit",
    "share of rows fooled": "part des rangées trompées",
    "learned i": "i appris",
    "LSTM, learned f": "LSTM, f appris",
    "share of words right, n = 11 … 50": "part de mots justes, n = 11 … 50",
    "the state": "l’état",
    "learned o": "o appris",
    "R² at the questions": "R² aux questions",
    "silent": "en silence",
    "driven": "poussé",
    "{label}: exactly ρᵏ": "{label} : exactement ρᵏ",
    "{label}, at lag {k}": "{label}, au retard {k}",
    "Naming a symbol after fifty moments of noise, three seeds each. Chance is 0.25.":
        "Nommer un symbole après cinquante instants de bruit, trois graines chacun. Le hasard donne 0,25.",
    "moments of noise, L": "instants de bruit, L",
    "size of the term": "taille du terme",
    "all terms from lag 50 on, divided by the nearest": "tous les termes dès le retard 50, divisés par le plus proche",
    "the ten nearest terms, divided by all": "les dix termes les plus proches, divisés par tous",
    "read off the state after silence": "lu dans l’état après le silence",
    "read off the state after noise": "lu dans l’état après le bruit",
    "learned f": "f appris",
    "the formula gives what is on the tape": "la formule donne ce qui est sur la bande",
    "Accuracy on long streams, three seeds each. Chance is 0.25.":
        "Exactitude sur de longs flux, trois graines chacun. Le hasard donne 0,25.",
    "mean |c|, log₁₀": "|c| moyen, log₁₀",
    "Mean size of the cell state after training, in powers of ten.":
        "Taille moyenne de l’état de cellule après l’entraînement, en puissances de dix.",
    "The forget gate of each unit, and its cell state, moment by moment.":
        "La porte d’oubli de chaque unité, et son état de cellule, moment par moment.",
    "mean f in the noise, minus that at symbols and questions": "f moyen dans le bruit, moins celui aux symboles et aux questions",
    "share of values between 0.1 and 0.9": "part des valeurs entre 0,1 et 0,9",
    "b = {b}, half-life {n}": "b = {b}, demi-vie {n}",
    "Accuracy for four forget biases at the start. Chance is 0.25.":
        "Exactitude pour quatre biais d’oubli au départ. Le hasard donne 0,25.",
    "f = 1, with a reset before each sequence": "f = 1, avec une remise à zéro avant chaque séquence",
    "largest difference between what is left and i * g": "plus grand écart entre ce qui reste et i * g",
    "Which symbol was marked? A dot for each seed, f = 1; i learned, or held at a constant.":
        "Quel symbole était marqué ? Un point par graine, f = 1 ; i appris, ou tenu à une constante.",
    "The input gate of each unit, and its cell state, over thirty symbols; a star at the marked one.":
        "La porte d’entrée de chaque unité, et son état de cellule, sur trente symboles ; une étoile au symbole marqué.",
    "opening at the mark, of the unit that opens most":
        "ouverture à la marque, pour l’unité qui s’ouvre le plus",
    "change at the mark, of the unit that moves least":
        "changement à la marque, pour l’unité qui bouge le moins",
    "CIFG, without an input gate of its own": "CIFG, sans porte d’entrée à elle",
    "gradient that comes beside the belt": "gradient qui passe à côté du tapis",
    "the same, without recurrent weights": "le même, sans poids récurrents",
    "Words aⁿbⁿ with n from 11 to 50, after training on n up to 10; a dot for each seed.":
        "Mots aⁿbⁿ, n de 11 à 50, après un entraînement où n va jusqu’à 10 ; un point par graine.",
    "A cell state and its hidden state, letter by letter, over fifty a's and fifty b's.":
        "Un état de cellule et son état caché, lettre par lettre, sur cinquante a et cinquante b.",
    "correlation of c with the count, up to the sign": "corrélation de c avec le compte, au signe près",
    "greatest size of c": "plus grande taille de c",
    "h stays between −1 and 1": "h reste entre −1 et 1",
    "share of words right, n ≤ 10": "part de mots justes, n ≤ 10",
    "Words aⁿbⁿ with n up to 10, as in the lessons; a dot for each seed.":
        "Mots aⁿbⁿ où n va jusqu’à 10, comme dans les leçons ; un point par graine.",
    "change of c, at the step of silence": "changement de c, au pas de silence",
    "change of c, later": "changement de c, ensuite",
    "R² at the questions, with one unit and with four, o learned and o = 1; a dot for each seed.":
        "R² aux questions, avec une unité et avec quatre, o appris et o = 1 ; un point par graine.",
    "Output gate, cell state and hidden state of one unit over forty steps.":
        "Porte de sortie, état de cellule et état caché d’une unité sur quarante pas.",
    "o at the questions, on average": "o aux questions, en moyenne",
    "o at other times, on average": "o le reste du temps, en moyenne",
    "The cell states of four units with o = 1 over forty steps.":
        "Les états de cellule de quatre unités avec o = 1 sur quarante pas.",
    "correlation of the number with a weighted sum of the h, unasked":
        "corrélation du nombre avec une somme pondérée des h, sans question",
    "spread of the answer, unasked, as a share of that at the questions":
        "dispersion de la réponse sans question, rapportée à celle aux questions",
    "central difference": "différence centrée",
    "complex step": "pas complexe",
    "relative error": "erreur relative",
    "as it is": "tel quel",
    "mean for sum": "moyenne, pas somme",
    "dc without f": "dc sans f",
    "df with the new c": "df avec le nouveau c",
    "dg without its slope": "dg sans sa pente",
    "dc from later lost": "dc d’après perdu",
    "relative error of the gradient, log₁₀": "erreur relative du gradient, log₁₀",
    "mean |c|": "|c| moyen",
    "accuracy, and R²": "exactitude, et R²",
    "recall": "nommer",
    "peephole": "à judas",
    "endless": "sans fin",
    "marked": "marqué",
    "counting": "compter",
    "secret": "secret",
    "adding": "addition",
    "score": "score",
    "task": "tâche",
    "numbers learned": "nombres appris",
    "largest difference from the library's LSTM, after 20 steps":
        "plus grand écart avec le LSTM de la bibliothèque, après 20 pas",
    "Relative error of the gradient against ε: central difference and complex step.":
        "Erreur relative du gradient selon ε : différence centrée et pas complexe.",
    "central difference, with the best ε": "différence centrée, avec le meilleur ε",
    "times worse, with the smallest ε": "combien de fois pire, avec le plus petit ε",
    "times worse, with the largest ε": "combien de fois pire, avec le plus grand ε",
    "complex step, with any ε up to 10⁻⁸": "pas complexe, avec tout ε jusqu’à 10⁻⁸",
    "relative error of the gradient": "erreur relative du gradient",
    "Accuracy on the short task: the right way back and five broken ones; a dot for each seed.":
        "Exactitude sur la tâche courte : le bon retour et cinq retours cassés ; un point par graine.",
    "the last one, with twelve units and 400 updates": "le dernier, avec douze unités et 400 mises à jour",
    "Relative error found by the gradient check: the right way back and five broken ones.":
        "Erreur relative trouvée par la vérification du gradient : le bon retour et cinq retours cassés.",
    "largest difference from PyTorch's outputs and gradients":
        "plus grand écart avec les sorties et les gradients de PyTorch",
    "the same, with the gates in its order and no error message":
        "le même, avec les portes dans son ordre, sans message d’erreur",
    "Mean size of the cell state over 400 steps of noise, with f = 1 and with a forget gate.":
        "Taille moyenne de l’état de cellule sur 400 pas de bruit, avec f = 1 et avec une porte d’oubli.",
    "f = 1 at the end, over the greatest of 2000": "f = 1 à la fin, rapporté au maximum de 2000",
    "the greatest of 2000 after step 100, over that before":
        "maximum de 2000 après le pas 100, rapporté à celui d’avant",
    "share of 500 new words whose last letter but one is right":
        "part de 500 nouveaux mots dont l’avant-dernière lettre est juste",
    "share left at the end, in the unit that keeps most":
        "part qui reste à la fin, dans l’unité qui garde le plus",
    "Five variants, first on the marked symbol, then on the secret; a dot for each seed.":
        "Cinq variantes, d’abord sur le symbole marqué, puis sur le secret ; un point par graine.",
    "LSTM less {cell}, {task}": "LSTM moins {cell}, {task}",
    "LSTM less f = 0, where that is least": "LSTM moins f = 0, là où c’est le plus petit",
    "LSTM less any other cell, where that is least":
        "LSTM moins toute autre cellule, là où c’est le plus petit",
    "letters in a word of Reber, median": "lettres d’un mot de Reber, médiane",
    "largest difference from the library's step, over {n} orders":
        "plus grand écart avec le pas de la bibliothèque, sur {n} ordres",
    "change of the first state with the last word, one way":
        "changement du premier état avec le dernier mot, à sens unique",
    "change of the first state with the last word, both ways":
        "changement du premier état avec le dernier mot, dans les deux sens",

    # --- cheatsheet -------------------------------------------------------------------------------
    "The LSTM on one page": "Le LSTM sur une page",
    "forget gate: Gers, Schmidhuber & Cummins, 2000": "porte d’oubli : Gers, Schmidhuber et Cummins, 2000",
    "The cell": "La cellule",
    "f, i, c̃ and o: side by side, from the same {z}": "f, i, c̃ et o : côte à côte, à partir du même {z}",
    "One step forwards": "Un pas en avant",
    "how much of the old memory is kept": "la part de l’ancienne mémoire qui est gardée",
    "how much of the new is written": "la part du nouveau qui est écrite",
    "what is written; it may be negative": "ce qui est écrit ; peut être négatif",
    "how much of the memory is said": "la part de la mémoire qui est dite",
    "the memory: kept, not bounded": "la mémoire : gardée, sans borne",
    "what is said, between −1 and 1": "ce qui est dit, entre −1 et 1",
    "* entry by entry · {s} from 0 to 1": "* terme à terme · {s}, de 0 à 1",
    "What each of them means": "Ce que chacun veut dire",
    "its question": "sa question",
    "at 0": "à 0",
    "at 1": "à 1",
    "taken away": "si on l’enlève",
    "keep?": "garder ?",
    "forgets all": "oublie tout",
    "keeps all": "garde tout",
    "f = 1: an endless stream floods the memory": "f = 1 : un flux sans fin noie la mémoire",
    "write?": "écrire ?",
    "nothing enters": "rien n’entre",
    "all of c̃ enters": "tout c̃ entre",
    "i = 1: whatever is read is written": "i = 1 : tout ce qui est lu est écrit",
    "what? from −1 to 1": "quoi ? de −1 à 1",
    "adds nothing": "n’ajoute rien",
    "adds 1 (at −1: takes 1 away)": "ajoute 1 (à −1 : retire 1)",
    "with σ in its place, c can only grow": "avec σ à sa place, c ne peut que croître",
    "say it?": "le dire ?",
    "silent, yet remembers": "se tait, mais retient",
    "says tanh(c)": "dit tanh(c)",
    "o = 1: often hardly missed": "o = 1 : souvent peu de différence",
    "One step backwards, from the last to the first": "Un pas en arrière, du dernier au premier",
    "dh: from the loss at t and the step after": "dh : vient de la perte en t et du pas suivant",
    "asked of": "demandé à",
    "blamed": "qui est blâmé",
    "multiplied by": "multiplié par",
    "own slope": "sa propre pente",
    "the constant error carousel: f near 1 lets the gradient through":
        "carrousel à erreur constante : f ≈ 1 laisse passer le gradient",
    "Shapes": "Les formes",
    "B examples": "B exemples",
    "H units": "H unités",
    "one value per unit": "une par unité",
    "h over x": "h au-dessus de x",
    "a row per unit": "ligne = unité",
    "a column": "une colonne",
    "K outputs": "K sorties",
    "weights of the four: {n}": "poids des quatre : {n}",
    "order in W: here f i o c̃; PyTorch and Keras i f c̃ o":
        "ordre dans W : ici f i o c̃ ; PyTorch et Keras i f c̃ o",
    "Forget bias and half-life": "Biais d’oubli et demi-vie",
    "half-life, in steps": "demi-vie, en pas",
    "When you train it": "Pour l’entraîner",
    "Start": "Départ",
    "$W_h$ orthogonal, other biases 0, forget bias 1; more for long lags.":
        "$W_h$ orthogonale ; biais d’oubli 1, plus si le retard est long ; autres 0.",
    "State": "État",
    "h and c are 0 at the start of a sequence, or carried on in a stream.":
        "h et c à 0 au début d’une séquence ; emportés si c’est un flux.",
    "Clip": "Norme",
    "the norm of all gradients together, at 1: against explosion only.":
        "bornez à 1 celle de tous les gradients : contre l’explosion seule.",
    "Vanishing": "Évanescence",
    "f near 1 helps, not the name LSTM: with bias 0 it is no better off.":
        "f proche de 1 aide, pas le nom LSTM ; biais 0 : rien de mieux.",
    "Padding": "Remplissage",
    "a mask keeps padded steps out of state and loss.": "un masque l’écarte de l’état et de la perte.",
    "Gradient": "Gradient",
    "check it; a wrong one makes the loss fall, too.": "vérifiez-le ; faux, il fait aussi baisser la perte.",
    "Report": "Bilan",
    "several seeds, median and range, beside a method without memory.":
        "plusieurs graines, médiane, étendue ; et une méthode sans mémoire.",
    "plain RNN: {rnn}, no gate, one state": "RNN simple : {rnn}, sans porte, un seul état",

    # --- grade ------------------------------------------------------------------------------------
    "no such file": "fichier introuvable",
    "larger than 50 MB": "plus de 50 Mo",
    "cannot be read: {why}": "illisible : {why}",
    "no notebook": "ce n'est pas un cahier",
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
