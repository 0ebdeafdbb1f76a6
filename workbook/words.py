"""Labels and short messages, in the reader's language.

The English sentence is its own key: `say("{n} update[s]", n=800)` reads well where it stands, and in French
gives "800 mises à jour" when the catalogue fr.po holds that line. What is longer (prose, exercises, questions) keeps
its languages side by side in its room. A further language is a further catalogue. An ending in brackets, as in
"{n} update[s]", is said where the number before it is more than one: French counts 0 and 1.5 as one, English does not.

Spaces before ; : ! ? » % and after « may be typed as ordinary ones: `typeset` makes them no-break.
"""
import re
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr")
_spoken = "en"

def speak(code):
    """Choose the language of every label and message from here on: "en" or "fr". ValueError for any other."""
    global _spoken
    if code not in LANGUAGES:
        raise ValueError(f"code is {code!r}; expected one of {', '.join(map(repr, LANGUAGES))}")
    _spoken = code


@cache
def catalogue(code):
    """{English: the language's own} of a catalogue; empty for English."""
    if code == "en":
        return {}
    from babel.messages.pofile import read_po
    with Path(__file__).with_name(f"{code}.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale=code) if message.id}


def language():
    """The language spoken now: "en" or "fr"."""
    return _spoken


def typeset(text):
    """French `text` with no-break spaces (U+00A0) before ; : ! ? » % and after «, where it has plain ones."""
    return re.sub(r" (?=[;?»%]|:(?![-\w])|!(?!\[))|(?<=«) ", "\u00a0", text)


def _is_one(count):
    """Whether a number, or what it is written as, goes with a singular."""
    try:
        n = abs(float(str(count).replace(",", ".").replace("−", "-")))
    except ValueError:
        return False
    return n < 2 if _spoken == "fr" else n == 1


def say(text, /, **values):
    """`text` in the reader's language, {names} filled from `values`; in English where no French is known."""
    told = catalogue(_spoken).get(text, text)
    told = re.sub(r"{(\w+)[^{}]*}[^{}]*", lambda part: re.sub(
        r"\[([sx])\]", "" if _is_one(values[part[1]]) else r"\1", part[0]), told)
    return (typeset(told) if _spoken == "fr" else told).format(**values)
