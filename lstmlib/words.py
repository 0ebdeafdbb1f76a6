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
