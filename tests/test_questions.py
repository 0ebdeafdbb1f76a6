"""Guesses and quizzes: what they say is true, what they offer is believed, no kernel is needed."""
import itertools
import json
import math
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from lstmlib import cells, tasks, unroll
from workbook import exercises, progress, questions, quizzes, words
from workbook.build import french_faults
from workbook.quizzes import BELIEFS, CHAPTERS, SEEN, Number, Question
from workbook.room import rooms

PREDICTIONS = [p for code in CHAPTERS for p in quizzes.chapter(code).PREDICTIONS]
QUESTIONS = [q for code in CHAPTERS for q in quizzes.chapter(code).QUESTIONS]
ASKED = PREDICTIONS + QUESTIONS
NUMBERS = [p for p in PREDICTIONS if isinstance(p, Number)]
CHOICES = [q for q in ASKED if isinstance(q, Question)]


def ids(items):
    return {"argvalues": items, "ids": [item.id for item in items]}


each_asked = pytest.mark.parametrize("asked", **ids(ASKED))
each_choice = pytest.mark.parametrize("question", **ids(CHOICES))
each_number = pytest.mark.parametrize("number", **ids(NUMBERS))


@pytest.fixture(autouse=True)
def at_home_and_in_english(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    yield
    words.speak("en")


@pytest.fixture
def work(tmp_path):
    (tmp_path / ".origin").mkdir()
    return tmp_path


def kept(work):
    return json.loads((work / "progress.json").read_text())


def pairs(asked):
    """Every text of a question, as pairs."""
    yield asked.ask
    if isinstance(asked, Number):
        yield from (asked.why, *(trap.why for trap in asked.traps))
    else:
        yield from (text for option in asked.options() for text in (option.text, option.why))


# --- what is kept of it --------------------------------------------------------------------------------

KEPT = Path(__file__).with_name("answers.txt")


def line(asked):
    """Its line in the file: what progress calls it and its options, the right one first; or a number and its ends."""
    told = [f"{asked.answer:.6g}", *map("{:g}".format, asked.between)] if isinstance(asked, Number) else [
        option.id for option in (asked.right, *asked.wrong)]
    return " ".join([asked.id, *told])


def test_no_answer_has_changed_since_it_was_looked_at(request):
    """Ids never change, for progress holds them. After a look at what has: pytest tests/test_questions.py --accept"""
    now = list(map(line, ASKED))
    if request.config.getoption("accept"):
        KEPT.write_text("\n".join(now) + "\n", encoding="utf-8", newline="\n")
    before = KEPT.read_text(encoding="utf-8").splitlines()
    changed = [new for new in now if new not in before] + [old for old in before if old not in now]
    assert not changed, "\n".join(["Look at these answers, then run this with --accept:", *changed])


# --- what is asked -----------------------------------------------------------------------------------

def test_every_chapter_asks():
    for code in CHAPTERS:
        room = quizzes.chapter(code)
        assert len(room.QUESTIONS) == 20 if code == "10" else len(room.QUESTIONS) >= 5
        assert len(room.PREDICTIONS) >= 2
        assert all(asked.id.startswith(code) for asked in (*room.QUESTIONS, *room.PREDICTIONS))
    assert len({asked.id for asked in ASKED}) == len(ASKED)


@pytest.mark.parametrize("code", ["99", "4", 4, None, "c04"])
def test_a_chapter_that_is_none_is_named(code):
    with pytest.raises(ValueError, match=f"code is {re.escape(repr(code))}; expected a chapter, one of 00"):
        quizzes.chapter(code)


@pytest.mark.parametrize("id", ["04-nothing", "half-life", "", 4, None])
def test_a_prediction_that_is_none_is_named(id):
    with pytest.raises(ValueError, match=f"id is {re.escape(repr(id))}; expected"):
        questions.predict(id)


@each_choice
def test_options_differ_and_each_wrong_one_is_a_belief_that_is_dispelled_somewhere(question):
    assert len(question.wrong) >= 2 - (question.id == "00-q-sigmoids")
    for language in (0, 1):
        assert len({option.text[language] for option in question.options()}) == len(question.wrong) + 1
    assert question.right.belief == 0 and question.right.see in SEEN
    names = [option.id for option in question.options()]
    assert len(set(names)) == len(names) and all(re.fullmatch(r"[a-z0-9-]{1,16}", name) for name in names)
    assert not any(o.id == other.text[0] for o in question.options() for other in question.options()
                   if other is not o), "an id is taken for the text that version 0.1 kept"
    for option in question.wrong:
        assert option.belief in BELIEFS and option.see in SEEN


def test_the_right_option_stands_anywhere():
    places = [q.options().index(q.right) for q in CHOICES if len(q.wrong) == 3]
    assert all(0.15 < places.count(k) / len(places) < 0.35 for k in range(4))


def test_beliefs_and_places_are_all_used():
    options = [option for q in CHOICES for option in q.wrong]
    traps = [trap for n in NUMBERS for trap in n.traps]
    assert {o.belief for o in options} | {t.belief for t in traps} == set(BELIEFS)
    assert {o.see for q in CHOICES for o in q.options()} | {n.see for n in NUMBERS} == set(SEEN)
    assert all(code in CHAPTERS and key.startswith(code) for key, (code, _) in SEEN.items())


def test_exercises_that_are_named_exist():
    for key, (code, (english, french)) in SEEN.items():
        for name in re.findall(r"`(\w+)`", english):
            listed = [n for _, names in progress.tasks(code) for n in names]
            assert name in listed and f"`{name}`" in french, key


@pytest.mark.parametrize("code", CHAPTERS)
def test_chapters_ask_what_there_is_to_ask(code):
    text = (rooms()[code].path / "chapter.py").read_text(encoding="utf-8")
    asked = re.findall(r"^predict\(['\"](.*?)['\"]\)", text, re.M)
    assert sorted(asked) == sorted(p.id for p in quizzes.chapter(code).PREDICTIONS)
    assert re.findall(r"^quiz\(['\"](.*?)['\"]\)", text, re.M) == [code]


@each_asked
def test_texts_come_in_two_languages_and_french_is_set_as_french(asked):
    for english, french in pairs(asked):
        assert english.strip() == english and french.strip() == french and english and french
        assert english.count("`") == french.count("`") and english.count("`") % 2 == 0
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", french))
        assert not list(french_faults(words.typeset(french))), french
        assert not re.search(r"\d\.\d", french), f"a decimal point in French: {french}"
        if len(re.findall("[a-z]{3}", english)) > 4:
            assert english != french


# --- what is true ------------------------------------------------------------------------------------

def right(name, *args):
    return exercises.book()[name].right(*args)


def half_silent():
    """What is left of a gradient after ten steps through a silent net whose W_h is 0.5 × a rotation."""
    rotation = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))[0]
    jacobians = [right("jacobian", 0.5 * rotation, np.zeros(3))] * 10
    return np.linalg.norm(np.linalg.multi_dot(jacobians), 2)


def by_the_best_rule(task, T):
    """How often, in percent, the best of all rules is right that sees the sum of each sequence only."""
    batch = next(task.batches(np.random.default_rng(0), 20000))
    table = {}
    for total, label in zip(batch.x.sum(0).round(6).T, batch.target[-1]):
        table.setdefault(total.tobytes(), []).append(int(label))
    most = sum(max(map(labels.count, set(labels))) for labels in table.values() if len(labels) > 30)
    return 100 * most / sum(len(labels) for labels in table.values() if len(labels) > 30)


def one_step():
    """h of a one-unit LSTM with f = 0.5, i = 1, o = 0.5, candidate 0.5, which held c = 2."""
    p = {"W": np.zeros((4, 1, 2)), "b": np.array([0, np.inf, 0, math.atanh(0.5)]).reshape(4, 1, 1)}
    s, _ = cells.lstm_step(p, cells.State(np.zeros((1, 1)), np.full((1, 1), 2.0)), np.zeros((1, 1)))
    return s.h.item()


def lstm_numbers(D, H):
    p = unroll.weights(cells.LSTM, D, H, np.random.default_rng(0))
    return sum(w.size for w in p.values())


TRUE = {
    "00-ten-times": lambda: math.prod([0.9] * 10),
    "01-bag-chance": lambda: by_the_best_rule(tasks.which_came_first(3, 4), 4),
    "01-bag-of-pictures": lambda: by_the_best_rule(tasks.moving_dot(noise=0), 6),
    "03-ten-halves": half_silent,
    "04-half-life": lambda: right("half_life", 0.9),
    "04-bias-for-100": lambda: right("bias_for", 100),
    "05-two-keys": lambda: right("cell_update", *map(np.atleast_2d, (1.0, 2.0, 0.25, -0.8))).item(),
    "06-leak": lambda: np.ravel(right("carousel", np.full((51, 1, 1), 0.97)))[0],
    "06-belt-gradient": lambda: np.ravel(right("carousel", np.full((101, 1, 1), 0.9)))[0],
    "07-silence": lambda: right("hidden", np.ones((1, 1)), np.full((1, 1), 3.0)).item(),
    "08-how-many-weights": lambda: lstm_numbers(4, 10),
    "10-one-step": one_step,
    "11-fresh-forget": lambda: cells.sigmoid(0.0) ** 10,
    "12-rounds": lambda: next(r for r in range(100) if 2**r >= 1000),
}


@each_number
def test_the_number_is_the_library_s(number):
    truth = TRUE[number.id]()
    low, high = number.between
    assert low <= number.answer <= high and low <= truth <= high
    assert truth == pytest.approx(number.answer, rel=0.06 if number.id.startswith("01") else 1e-9)


@each_number
def test_traps_are_wrong_and_known_apart(number):
    low, high = number.between
    assert all(not low <= trap.value <= high and trap.belief in BELIEFS for trap in number.traps)
    assert len({trap.value for trap in number.traps}) == len(number.traps) >= 2


def test_numbers_in_the_options_are_the_library_s():
    def first_number(text):
        return float(re.search(r"[\d.,]+", text.replace(",", ""))[0])

    by_id = {q.id: q for q in QUESTIONS}

    def said(id):
        return first_number(by_id[id].right.text[0])

    rnn = unroll.weights(cells.RNN, 6, 16, np.random.default_rng(0))
    assert said("01-q-weights") == sum(w.size for w in rnn.values())
    assert said("04-q-how-many") == unroll.weights(cells.LSTM, 7, 16, np.random.default_rng(0))["b"][0].size
    assert said("02-q-perplexity") == pytest.approx(math.exp(math.log(23)))
    assert said("07-q-formula") == pytest.approx(0.5 * math.tanh(2), abs=0.005)
    assert "1.65" in by_id["00-q-sigmoids"].right.text[0]
    assert sum(cells.sigmoid(np.array([0, 2, -1.0]))) == pytest.approx(1.65, abs=0.005)
    assert said("10-q-half") == right("half_life", 0.5)
    ratio = lstm_numbers(4, 200) / lstm_numbers(4, 100)
    assert 3.9 < ratio < 4.1 and "four times" in by_id["10-q-twice"].right.text[0]
    assert right("half_life", 0.99) == pytest.approx(69, abs=0.5)              # 03-q-easy
    assert right("half_life", 0.995) == pytest.approx(138, abs=0.5)
    assert right("half_life", float(cells.sigmoid(np.array(5.0)))) == pytest.approx(103, abs=1)  # 04-q-bias
    assert float(cells.sigmoid(np.array(-2.0))) ** 3 == pytest.approx(1 / 600, rel=0.05)
    assert (0.95**100, 1.05**100) == (pytest.approx(0.006, abs=5e-4), pytest.approx(131, abs=1))   # 03-q-relu


def gradient_after(cell, lag, seed, noise, rho=1.0, forget_bias=0.0):
    """log10 of ‖∂h_T/∂c_t‖ (of h_t for an RNN), relative to that of the identity, H = 32, D = 4."""
    rng = np.random.default_rng(seed)
    H, D = 32, 4
    p = unroll.weights(cell, D, H, rng, forget_bias=forget_bias)
    p["W"][..., :H] *= rho
    run = unroll.forward(cell, p, np.repeat(noise * rng.normal(size=(lag, D, 1)), H, axis=2))
    dh = np.zeros((lag, H, H))
    dh[-1] = np.eye(H)
    _, _, ds0 = unroll.backward(cell, p, run, dh)
    return np.log10(np.linalg.norm(ds0[-1]) / math.sqrt(H))


def test_what_is_said_of_gradients():
    """03-driven-hard and 03-lstm-bias-zero, on five seeds that chose nothing."""
    def median(*args, **how):
        return np.median([gradient_after(*args[:1], 100, seed, *args[1:], **how) for seed in range(200, 205)])

    assert median(cells.RNN, 1.0, rho=1.5) < -3
    assert median(cells.RNN, 0.0, rho=1.5) > 15
    rnn, lstm = median(cells.RNN, 1.0), median(cells.LSTM, 1.0)
    assert -25 < rnn < -13 and -25 < lstm < -13
    assert median(cells.LSTM, 1.0, forget_bias=1.0) > lstm + 6
    assert median(cells.LSTM, 1.0, forget_bias=3.0) > -3


# --- how guesses are met -------------------------------------------------------------------------------

@pytest.mark.parametrize("typed, value", [
    ("6.6", 6.6), (" 6,6 ", 6.6), ("−3", -3), ("50 %", 50), ("1e-5", 1e-5), ("50\u202f%", 50), ("+2", 2)])
def test_numbers_as_people_type_them(typed, value):
    assert questions.read_number(typed) == value


@pytest.mark.parametrize("typed", ["", "six", "nan", "1,000.5", "1/2", "--2", "2 steps"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError):
        questions.read_number(typed)


@pytest.mark.parametrize("guess, verdict, why", [
    (6.5, "Near enough.", "6.58 steps."), (10, "Too large.", "Ten steps is 1/(1 − f)"),
    (9.49, "Too large.", "natural"), (5, "Too small.", "Five times 0.1"),
    (20, "3 times too large.", "6.58 steps."), (0.5, "13 times too small.", "6.58"),
    (0, "Too small.", "6.58"), (-7, "Too small.", "6.58"), (math.inf, "Too large.", "6.58")])
def test_a_guess_is_compared_in_words(guess, verdict, why):
    said, reason = questions.compare(questions.find("04-half-life"), guess)
    assert said == verdict and why in reason and "chapter 04" in reason


@each_number
def test_near_enough_is_from_end_to_end_and_a_trap_is_told_only_close_by(number):
    for end, beyond in zip(number.between, (-1, 1)):
        assert questions.is_right(number, end) and not questions.is_right(number, end + beyond * 1e-9)
    for trap in number.traps:
        assert trap.why[0].format(**questions.values_of(number)) in questions.compare(number, trap.value)[1]
        alone = number._replace(traps=[trap], between=(1, 0))                           # nothing is right
        why = trap.why[0].format(**questions.values_of(number))
        for off, told in ((0, True), (.015, True), (.03, trap.value == 0)):
            for sign in (-1, 1):
                assert (why in questions.compare(alone, trap.value * (1 + sign * off))[1]) == told


@each_choice
def test_in_plain_text_every_option_has_its_letter(question):
    options = [f"  {letter}) {option.text[0]}" for letter, option in zip("abcd", question.options())]
    assert questions.as_text(question).split("\n")[1:-1] == options


@each_choice
def test_a_choice_is_compared_in_words(question):
    for option in question.options():
        verdict, why = questions.compare(question, option.id)
        assert questions.is_right(question, option.id) == (option is question.right)
        assert verdict == ("That is so." if option is question.right else "It comes out otherwise.")
        assert option.why[0] in why and question.right.why[0] in why


def test_french_numbers_have_a_comma():
    words.speak("fr")
    verdict, why = questions.compare(questions.find("04-half-life"), 20)
    assert verdict == "3 fois trop grand." and "6,58 pas" in why
    assert not re.search(r"\d\.\d", why)


# --- pages without a kernel ----------------------------------------------------------------------------

class Page(HTMLParser):
    """Raises if tags do not close in order; counts them."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", CHAPTERS)
def test_a_quiz_is_a_page_that_answers(code, language):
    words.speak(language)
    bundle = questions.quiz(code)._repr_mimebundle_()
    asked = quizzes.chapter(code).QUESTIONS
    page = Page(bundle["text/html"])
    assert page.seen.count("details") == page.seen.count("summary") == sum(len(q.options()) for q in asked)
    for question, option in itertools.chain.from_iterable(((q, o) for o in q.options()) for q in asked):
        for text in (question.ask, option.text, option.why):
            assert questions.page(questions.tell(text)) in bundle["text/html"]
    assert bundle["text/html"].count("✓") == len(asked) and f'lang="{language}"' in bundle["text/html"]
    assert len(bundle["text/html"]) < 40_000
    assert not re.search(r"\b[A-Z]\w*\((children|value)=|0x[0-9a-f]{6}", bundle["text/plain"])
    for question in asked:
        assert questions.tell(question.ask) in bundle["text/plain"]
        assert questions.tell(question.right.text) in bundle["text/plain"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("asked", **ids(PREDICTIONS))
def test_a_prediction_is_a_page_that_answers(asked, language):
    words.speak(language)
    bundle = questions.predict(asked.id)._repr_mimebundle_()
    page = Page(bundle["text/html"])
    assert page.seen.count("details") == (1 if isinstance(asked, Number) else len(asked.options()))
    for text in (bundle["text/html"], bundle["text/plain"]):
        assert not re.search(r"{\w+}|VBox|children=", text)
    before, answer = bundle["text/html"].split("<details>", 1)
    assert questions.page(questions.tell(asked.ask)) in before and "</details>" in answer


def test_code_in_texts_becomes_code_and_nothing_else_becomes_html():
    assert questions.page("a < b & `W @ z`") == "a &lt; b &amp; <code>W @ z</code>"


def test_the_page_is_the_same_whatever_was_answered(work):
    before = questions.quiz("04")._repr_mimebundle_(), questions.predict("04-half-life")._repr_mimebundle_()
    progress.keep("predictions", "04-half-life", guess=3.0, right=False)
    progress.keep("answers", "04-q-meaning", first="It stays as it is", right=True)
    after = questions.quiz("04")._repr_mimebundle_(), questions.predict("04-half-life")._repr_mimebundle_()
    for a, b in zip(before, after):
        assert a["text/html"] == b["text/html"] and a["text/plain"] == b["text/plain"]


# --- widgets -------------------------------------------------------------------------------------------

def prompts(widget):
    return [child for child in widget.children if isinstance(child, questions.Prompt)]


def told(widget):
    """All that stands on the page, but for what is seen once a guess is compared."""
    return " ".join(text for p in prompts(widget)
                    for text in [p.ask, p.said, *(f"{o['mark']} {o['text']}" for o in p.options)])


def guess(widget, given):
    prompts(widget)[0].press(given)


def place(asked, option):
    return asked.options().index(option)


def test_a_number_is_kept_before_the_answer_is_shown(work, monkeypatch):
    shown = questions.predict("04-half-life")
    assert "6.58" not in told(shown)
    keep, seen = progress.keep, []
    monkeypatch.setattr(progress, "keep", lambda *what, **how: seen.append(told(shown)) or keep(*what, **how))
    guess(shown, "10")
    assert len(seen) == 1 and "6.58" not in seen[0]
    assert "6.58" in told(shown) and "Ten steps is" in told(shown)
    entry = kept(work)["predictions"]["04-half-life"]
    assert (entry["guess"], entry["right"]) == (10, False) and datetime.fromisoformat(entry["time"])
    assert prompts(shown)[0].closed
    guess(shown, "6.58")
    assert "Your guess: 10 steps." in told(shown)


def test_what_the_page_sends_is_answered(work):
    shown = questions.predict("04-half-life")
    sent = {"method": "custom", "content": {"given": "6,6"}}
    prompts(shown)[0]._handle_msg({"content": {"data": sent}, "buffers": []})
    assert kept(work)["predictions"]["04-half-life"]["right"] is True


def test_no_number_is_asked_for_again(work):
    shown = questions.predict("04-half-life")
    guess(shown, "soon")
    assert "Please type a number." in told(shown) and not (work / "progress.json").exists()
    guess(shown, "7")
    assert kept(work)["predictions"]["04-half-life"]["guess"] == 7


def test_the_first_guess_stays(work):
    guess(questions.predict("04-half-life"), "10")
    again = questions.predict("04-half-life")
    assert "Your guess: 10 steps." in told(again)
    assert prompts(again)[0].closed and prompts(again)[0].box["value"] == "10"
    progress.keep("predictions", "04-half-life", guess=6.6, right=True)
    assert kept(work)["predictions"]["04-half-life"]["guess"] == 10


def test_of_two_notebooks_the_first_guess_stays(work):
    for id, ours, theirs in (("04-half-life", "10", "6.6"), ("04-never-forget", 0, 1)):
        here, there = (questions.predict(id) for _ in range(2))
        guess(here, ours)
        guess(there, theirs)
        assert told(there) == told(here)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_choice_is_kept_marked_and_compared(work, language):
    words.speak(language)
    asked = questions.find("04-never-forget")
    shown = questions.predict(asked.id)
    (prompt,) = prompts(shown)
    assert [o["text"] for o in prompt.options] == [questions.page(questions.tell(o.text)) for o in asked.options()]
    assert not any(o["mark"] for o in prompt.options) and "truth" not in prompt.options[0]
    chosen = place(asked, asked.wrong[0])
    guess(shown, chosen)
    assert kept(work)["predictions"][asked.id]["guess"] == asked.wrong[0].id == "right"
    words.speak({"en": "fr", "fr": "en"}[language])
    for one in (prompt, prompts(questions.predict(asked.id))[0]):       # and so in the other language
        assert one.closed
        assert [k for k, o in enumerate(one.options) if o["mark"].startswith("✎ ")] == [chosen]
        assert [k for k, o in enumerate(one.options) if o["truth"].startswith("✓ ")] == [place(asked, asked.right)]
        assert "<details>" in one.said


def test_a_guess_outlives_the_words_that_it_chose(work, monkeypatch):
    asked = questions.find("04-never-forget")
    progress.keep("predictions", asked.id, guess=asked.wrong[0].id, right=False)
    mended = asked._replace(wrong=[asked.wrong[0]._replace(text=("Mended", "Corrigé")), *asked.wrong[1:]])
    room = quizzes.chapter("04")
    mended_room = room._replace(PREDICTIONS=[mended if p is asked else p for p in room.PREDICTIONS])
    monkeypatch.setattr(questions, "chapter", lambda code: mended_room)
    assert "Your guess: Mended." in told(questions.predict(asked.id))


@each_choice
def test_what_was_kept_by_its_english_text_is_known_by_its_id(work, question):
    kind, field = ("answers", "first") if question in QUESTIONS else ("predictions", "guess")
    for option in question.options():
        before = {"time": "2026-01-02T03:04:05", field: option.text[0], "right": option is question.right}
        text = json.dumps({**progress.blank(), kind: {question.id: before, question.id + "-gone": before}})
        (work / "progress.json").write_text(text)
        after = {question.id: {**before, field: option.id}, question.id + "-gone": before}
        assert progress.read()[0][kind] == after and (work / "progress.json").read_text() == text
        assert progress.keep("puzzles", "latch", source="") == "" and kept(work)[kind] == after


@pytest.mark.parametrize("before", ["an option that is gone", 3.0, None, [], True])
def test_a_guess_that_no_longer_fits_is_asked_again(work, before):
    progress.keep("predictions", "04-never-forget", guess=before)
    assert not prompts(questions.predict("04-never-forget"))[0].closed


def test_a_quiz_keeps_first_answers_and_teaches_at_each(work):
    shown = questions.quiz("04")
    first = quizzes.chapter("04").QUESTIONS[0]
    prompt = prompts(shown)[0]
    prompt.press(place(first, first.wrong[0]))
    assert first.wrong[0].why[0] in prompt.said and first.right.why[0] not in prompt.said and not prompt.closed
    prompt.press(place(first, first.right))
    assert first.right.why[0] in prompt.said
    entry = kept(work)["answers"][first.id]
    assert (entry["first"], entry["right"], entry["found"]) == (first.wrong[0].id, False, True)
    assert "Answered: 1 of 6. Right at the first try: 0. Still to solve: 2, 3, 4, 5, 6." in told(shown)


def marks(prompt):
    return {k: option["mark"][0] for k, option in enumerate(prompt.options) if option["mark"]}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_quiz_stands_there_again_in_either_language(work, language):
    first, second, third = quizzes.chapter("04").QUESTIONS[:3]
    shown = prompts(questions.quiz("04"))
    tries = first.wrong[1], first.wrong[0], first.wrong[1], first.right
    for option in tries:
        shown[0].press(place(first, option))
    shown[1].press(place(second, second.right))
    shown[2].press(place(third, third.wrong[0]))
    words.speak(language)
    one, two, three, four, *_, score = prompts(questions.quiz("04"))
    assert marks(one) == {place(first, o): "✗" for o in first.wrong[:2]} | {place(first, first.right): "✓"}
    assert marks(two) == {place(second, second.right): "✓"} and marks(three) == {place(third, third.wrong[0]): "✗"}
    assert (one.closed, two.closed, three.closed, four.closed) == (True, True, False, False)
    assert marks(four) == {} and four.said == ""
    for prompt, option in ((one, first.right), (two, second.right), (three, third.wrong[0])):
        assert questions.page(questions.tell(option.why)) in prompt.said
    assert re.search("Still to solve: 3, 4, 5, 6|Restent à résoudre\u00a0: 3, 4, 5, 6", score.said)
    assert kept(work)["answers"][first.id]["tried"] == [o.id for o in (first.wrong[0], first.wrong[1], first.right)]


def test_what_is_solved_stays_solved(work):
    question = quizzes.chapter("04").QUESTIONS[0]
    prompt = prompts(questions.quiz("04"))[0]
    prompt.press(place(question, question.right))
    before = prompt.said, prompt.options, kept(work)
    for k in range(len(question.options())):
        prompt.press(k)
    assert (prompt.said, prompt.options, kept(work)) == before


def test_another_notebook_does_not_unsolve_it(work):
    question = quizzes.chapter("04").QUESTIONS[0]
    here, there = (prompts(questions.quiz("04"))[0] for _ in range(2))
    here.press(place(question, question.right))
    there.press(place(question, question.wrong[0]))
    assert there.closed and there.said == here.said
    again = prompts(questions.quiz("04"))[0]
    assert again.closed and marks(again)[place(question, question.right)] == "✓"


def test_a_quiz_that_is_solved_says_so(work):
    shown = questions.quiz("04")
    for prompt, question in zip(prompts(shown), quizzes.chapter("04").QUESTIONS):
        prompt.press(place(question, question.right))
    assert "Answered: 6 of 6. Right at the first try: 6. All are solved." in told(shown)


@pytest.mark.parametrize("entry, closed, signs", [
    ({"first": "forgotten", "right": False}, False, "✗"), ({"first": "stays", "right": True}, True, "✓"),
    ({"first": "forgotten", "right": False, "found": True}, True, "✓✗"),
    ({"first": "gone", "right": False, "found": True}, True, "✓"), ({"first": "gone", "right": False}, False, ""),
    ({"first": None, "tried": 3, "right": 1}, False, ""),
    ({"first": [], "tried": [[], {}, None, "hidden"]}, False, "✗")])
def test_what_an_older_version_or_another_hand_kept_is_shown_as_far_as_it_is_known(work, entry, closed, signs):
    progress.keep("answers", "04-q-meaning", **entry)
    before = kept(work)["answers"]["04-q-meaning"]
    shown = questions.quiz("04")
    assert prompts(shown)[0].closed is closed and "".join(sorted(marks(prompts(shown)[0]).values())) == signs
    assert "Answered: 1 of 6." in told(shown)
    assert kept(work)["answers"]["04-q-meaning"] == before


def test_outside_of_work_all_works_and_nothing_is_kept(tmp_path):
    guess(questions.predict("04-half-life"), "10")
    for prompt in prompts(questions.quiz("04")):
        for k in range(len(prompt.options)):
            prompt.press(k)
    assert list(tmp_path.iterdir()) == []


def test_trouble_with_the_file_is_said_where_the_answer_is(work):
    (work / "progress.json").write_text('{"version": 99}')
    shown = questions.predict("04-half-life")
    guess(shown, "10")
    assert "newer version" in told(shown) and "6.58" in told(shown)
