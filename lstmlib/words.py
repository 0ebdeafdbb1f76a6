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

    # --- judge ------------------------------------------------------------------------------------

    # --- exercises --------------------------------------------------------------------------------

    # --- progress ---------------------------------------------------------------------------------
    "Your progress could not be read: {why}.": "Vos progrès n'ont pas pu être lus : {why}.",
    "Your progress could not be saved: {why}.": "Vos progrès n'ont pas pu être enregistrés : {why}.",
    "another notebook has been writing for {n} seconds": "un autre notebook écrit depuis {n} secondes",
    "Your progress could not be read: the file was damaged. It is kept as {name}, and a new one begins.":
        "Vos progrès n'ont pas pu être lus : le fichier était abîmé. Il est gardé sous le nom {name}, et un "
        "nouveau commence.",
    "Your progress was written by a newer version of the course. It is left as it is, and nothing is added "
    "to it; please update the course.":
        "Vos progrès ont été écrits par une version plus récente du cours. Ils restent tels quels et rien "
        "n'y est ajouté ; mettez le cours à jour, s'il vous plaît.",

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
