"""A French reader's whole way: nothing is said in English, what is kept is the same, a count goes with its noun."""
import html
import json
import re

import nbformat
import pytest
from bank import WRONG
from test_explorers import EXPLORERS
from test_grade import BIAS, GATE, HALF, IMPORTS, SECONDS, written
from test_judge import kinds
from test_questions import PREDICTIONS, prompts, told
from texts import ROOT

from workbook import exercises, grade, progress, questions, quizzes, words
from workbook import judge as J
from workbook.words import catalogue, say

# Words that are English and nothing else: neither French, nor a name in the code.
ENGLISH = re.compile(r"(?<![\w`.*(])(?:the|of|is|are|was|with|and|from|for|that|this|which|yours?|its|be|by|not|each|"
                     r"where|you|has|than|in|one|what|steps|right|wrong|expected|predict|guess|answer)(?![\w`(])", re.I)


@pytest.fixture
def work(work, monkeypatch):
    monkeypatch.setattr(progress, "datetime", Noon)
    return work


class Noon:
    """A clock that stands still."""
    now = staticmethod(lambda: Noon)
    isoformat = staticmethod(lambda **how: "2026-01-01T12:00:00")


def seen(text):
    """What a page shows: no tags, no code, no numbers of a picture."""
    text = re.sub(r"(?s)<(style|script|code)\b.*?</\1>|base64,[\w+/=]+|`[^`]*`|<pre.*?</pre>", "", text)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def left_in_english(text):
    return [found[0] for found in ENGLISH.finditer(seen(text))]


def session(does, monkeypatch, work):
    """{language: (what is said, what is kept)}, the same being done in each."""
    told = {}
    for language in words.LANGUAGES:
        words.speak(language)
        monkeypatch.setattr(J, "_asked", type(J._asked)())
        (work / "progress.json").unlink(missing_ok=True)
        said = list(does())
        file = work / "progress.json"
        told[language] = said, file.read_bytes() if file.exists() else b""
    return told


def same_way(told, least):
    """As much is said in French as in English, nothing of it in English, and the very same is kept."""
    (english, kept), (french, gardé) = told["en"], told["fr"]
    assert len(english) == len(french) >= least
    assert {text: found for text in french if (found := left_in_english(text))} == {}
    as_english = [fr for en, fr in zip(english, french) if en == fr and len(re.findall("[a-z]{3}", seen(en))) > 3]
    assert as_english == [] and kept == gardé
    return kept


def answers():
    """Every kind of failure on one exercise; of the others known mistakes, and the empty cell."""
    yield from (("forget_gate", answer) for answer, *_ in kinds())
    yield from ((name, answer) for name, _, answer in WRONG[::15])
    for name, task in exercises.book().items():
        yield name, task.right
        yield name, lambda *args: None


def test_whatever_the_judge_says(monkeypatch, work):
    def judged():
        for name, answer in answers():
            verdict = progress.check(name, answer)
            bundle = verdict._repr_mimebundle_()
            yield from (*verdict.steps, bundle["text/html"], bundle["text/plain"])
    assert same_way(session(judged, monkeypatch, work), 300)


def test_whatever_is_asked(monkeypatch, work):
    def asked():
        for prediction in PREDICTIONS:
            shown = questions.predict(prediction.id)
            bundle = shown._repr_mimebundle_()
            yield from (bundle["text/plain"], bundle["text/html"])
            yield told(shown)
            if isinstance(prediction, quizzes.Number):
                prompts(shown)[0].press("soon")
                yield told(shown)
            prompts(shown)[0].press("7" if isinstance(prediction, quizzes.Number) else 0)
            yield told(shown)
        for code in quizzes.CHAPTERS:
            shown = questions.quiz(code)
            yield shown._repr_mimebundle_()["text/plain"]
            for prompt in prompts(shown):
                for k in range(0, len(prompt.options), 2):
                    prompt.press(k)
                    yield prompt.said
        board = progress.board()
        yield from (repr(board), board._repr_mimebundle_()["text/html"])
    kept = json.loads(same_way(session(asked, monkeypatch, work), 250))
    assert len(kept["predictions"]) == len(PREDICTIONS) and len(kept["answers"]) > 60


def test_whatever_is_moved(monkeypatch, work):
    def moved():
        for explorer in (make() for make in EXPLORERS.values()):
            yield explorer.picture
            yield json.dumps([control.look for control in explorer.controls.values()], ensure_ascii=False, default=str)
    same_way(session(moved, monkeypatch, work), 24)


def test_whatever_the_grader_prints(monkeypatch, work, capsys):
    path = written(work / "ann.ipynb", IMPORTS, HALF, GATE.replace("W_f @", "W_f *"), BIAS.replace("- 1", "+ 1"))
    words.speak("fr")
    assert grade.main(["fr", str(path), str(work / "nobody.ipynb"), "--seconds", str(SECONDS)]) == 0
    table = capsys.readouterr().out.replace(str(work), "")
    assert left_in_english(table) == [] and "1 sur 4" in table


def test_the_built_french_chapters_show_nothing_in_english():
    """And as many things as the English ones, with the same numbers but where a corpus has its own language."""
    found, shown = {}, 0
    for path in sorted((ROOT / "chapters" / "fr").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                shown += 1
                for kind, text in output.get("data", {"text": output.get("text", "")}).items():
                    if cell.id == "training-loop":      # the library's own text
                        continue
                    text = re.sub('<span class="measured">[^<]*</span>', "", text)      # a network may speak English
                    if kind.startswith("text") and (english := left_in_english(text)):
                        found[path.name, cell.id] = english
    assert found == {} and shown > 150


# --- one and many ------------------------------------------------------------------------------------

# After a number that is always two or more, or that is none of a count: a verb, what stands at step {t}.
NEVER_ONE = {"{n} numbers", "{n} places", "{n} orders", "{n} things", "{times} times", "{T} steps", "{steps} steps",
             "{rounds} rounds"}
NO_NOUNS = {"is", "as", "has", "passes", "arrives", "reaches", "stands", "others", "opens"}


def test_every_noun_that_is_counted_has_its_ending_in_brackets():
    bare = [english for english in catalogue("fr") for field, noun in re.findall(r"{(\w+)[^{}]*} (\w+s)\b", english)
            if f"{{{field}}} {noun}" not in NEVER_ONE and noun not in NO_NOUNS]
    assert bare == []
    counted = [french for english, french in catalogue("fr").items() if re.search(r"\[[sx]\]", english)]
    assert [french for french in counted if re.search(r"{\w+[^{}]*} (?!pas\b|après)\w+[sx]\b", french)] == []


@pytest.mark.parametrize("language, ones", [("en", ["1", 1]), ("fr", ["0", "1", "1,5", 0, 1])])
def test_one_and_many(language, ones):
    """« 0 ligne, 1 ligne, 2 lignes », “0 rows, 1 row, 2 rows”: of every message that counts."""
    words.speak(language)
    counted = [pair for pair in catalogue("fr").items() if any(re.search(r"\[[sx]\]", text) for text in pair)]
    assert len(counted) > 12
    for pair in counted:
        text, fields = pair[language == "fr"], set(re.findall(r"{(\w+)", pair[0]))
        for n in ("0", "1", "1.5" if language == "en" else "1,5", "2", "31", 0, 1, 2, "∞"):
            right = re.sub(r"\[([sx])\]", "" if n in ones else r"\1", text)
            assert say(pair[0], **dict.fromkeys(fields, n)) == words.typeset(right).format(**dict.fromkeys(fields, n))
