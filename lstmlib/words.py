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

    # --- widgets ----------------------------------------------------------------------------------

    # --- explorers --------------------------------------------------------------------------------

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
