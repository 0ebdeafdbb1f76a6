"""Every word has its French: said, complete, and set as French is."""
import ast
import io
import re
import string
import tokenize
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from workbook import build, exercises, quizzes, words
from workbook.build import french_faults

ROOT = Path(words.__file__).parent.parent
FRENCH = words.catalogue("fr")


def test_say_fills_the_names_in_the_language_spoken(monkeypatch):
    monkeypatch.setitem(FRENCH, "{n:.1f} updates: {text}", "{text} : {n:.1f} mises à jour")
    assert words.say("{n:.1f} updates: {text}", n=2, text="now") == "2.0 updates: now"
    words.speak("fr")
    assert words.language() == "fr"
    assert words.say("{n:.1f} updates: {text}", n=2, text="ici") == "ici\u00a0: 2.0 mises à jour"
    words.speak("en")
    assert words.language() == "en"


def test_what_has_no_french_is_said_in_english():
    words.speak("fr")
    assert words.say("nobody translated {this}", this=1) == "nobody translated 1"


def test_an_unknown_language_is_refused_and_changes_nothing():
    with pytest.raises(ValueError, match="code is 'de'; expected one of 'en', 'fr'"):
        words.speak("de")
    assert words.language() == "en"


def test_typeset_keeps_what_is_no_prose():
    assert words.typeset("« a » : b ! 5 %") == "«\u00a0a\u00a0»\u00a0: b\u00a0! 5\u00a0%"
    for text in ("a : b", "| :--- | :-: |", "12:30", "voir ![image](a)", "x :return"):
        assert words.typeset(words.typeset(text)) == words.typeset(text)
    assert words.typeset("| :--- | ![image](a)") == "| :--- | ![image](a)"


def test_both_languages_fill_the_same_names():
    assert [pair for pair in FRENCH.items() if len(set(map(names, pair))) > 1] == []


def names(text):
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_the_french_is_set_as_french_is():
    faults = {french: french_faults(french) for french in FRENCH.values()}
    assert {french: found for french, found in faults.items() if found or not french.strip()} == {}


def french_in(thing):
    """The French texts of questions and exercises: second in pairs (English, French), or under fr."""
    for name in getattr(thing, "_fields", ()):
        value = getattr(thing, name)
        if name == "fr":
            yield from value
        elif name in ("ask", "text", "why", "unit", "line"):
            yield value[1]
        elif name != "en":
            yield from french_in(value)
    if isinstance(thing, list | tuple) and not hasattr(thing, "_fields"):
        for part in thing:
            yield from french_in(part)


def test_the_french_of_exercises_and_questions_is_set_as_french_is():
    books = [*exercises.book().values()]
    for chapter in map(quizzes.chapter, quizzes.CHAPTERS):
        books += [*chapter.PREDICTIONS, *chapter.QUESTIONS]
    texts = set(french_in(books))
    assert len(texts) > 100
    faults = {text: found for text in texts if (found := french_faults(text))}
    assert faults == {}


def test_the_catalogue_is_one_that_translators_can_use():
    """Babel reads it without a fault; no sentence stands twice, none waits to be looked at."""
    text = (ROOT / "workbook" / "fr.po").read_bytes()
    catalog = read_po(io.BytesIO(text), locale="fr", abort_invalid=True)
    assert [message.id for message in catalog if message.id and (message.fuzzy or not message.string)] == []
    keys = re.findall(r'^msgid (.+(?:\n".*)*)', text.decode(), re.M)
    assert sorted(keys) == sorted(set(keys)) and len(keys) - 1 == len(FRENCH)


def said():
    """(file, text) of every say("…") in workbook and course, one of two texts chosen by an if included."""
    for path in [path for package in ("workbook", "course") for path in sorted((ROOT / package).rglob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "words.say"):
                told = [node.args[0]]
                while told:
                    text = told.pop()
                    told += [text.body, text.orelse] if isinstance(text, ast.IfExp) else []
                    if isinstance(text, ast.Constant):
                        yield path.relative_to(ROOT).as_posix(), text.value


def comments():
    """(file, text) of every comment that a reader of the chapters or of the solutions meets; formulas apart."""
    for path in sorted((ROOT / "course").glob("c*/chapter.py")):
        for cell in build.read(path):
            for code in {cell.text, build.solved(cell.text)} if cell.kind == "code" else ():
                for token in tokenize.generate_tokens(io.StringIO(code).readline):
                    if token.type == tokenize.COMMENT and re.search("[a-z]{3}[^(]* [a-z]{2}", token.string):
                        yield path.relative_to(ROOT).as_posix(), token.string.removeprefix("# ")


def test_every_text_said_and_every_comment_has_its_french():
    assert sorted(pair for pair in {*said(), *comments()} if pair[1] not in FRENCH) == []


def test_what_nobody_says_has_left_the_catalogue():
    """But for names that are looked up: they stand in the code as texts of their own."""
    code = [path.read_text(encoding="utf-8") for package in ("workbook", "course")
            for path in (ROOT / package).rglob("*.py")]
    texts = {node.value for text in code for node in ast.walk(ast.parse(text))
             if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert sorted(set(FRENCH) - texts - {text for _, text in comments()}) == []


def test_a_french_plural_in_x_is_one():
    """un réseau, des réseaux; un cheval, des chevaux"""
    for english, french in words.catalogue("fr").items():
        assert not re.search(r"(?:eau|eu|al)\[s\]", french), (english, french)
        assert not re.search(r"(?<!eau)(?<!eu)\[x\]", french), (english, french)


def test_how_hard_an_exercise_is_is_said_alike():
    alike = {"easy": "facile", "takes thought": "réflexion", "hard": "difficile"}
    said = {level: [build.effort(name, language) for language in words.LANGUAGES]
            for name in exercises.book() if (after := exercises.after(name)) for level in [after.level]}
    assert set(said) == {1, 2, 3}
    assert all(alike[re.search(r", (.*)\)", english)[1]] in french for english, french in said.values())
