"""Questions that come back: when, which first, what is kept; and the same questions for Anki and Moodle."""
import csv
import re
from datetime import date, timedelta

import pytest

from workbook import cards, progress, review
from workbook.quizzes import CHAPTERS, Number, chapter
from workbook.words import speak

TODAY = date(2026, 3, 10)
ALL = [q for code in CHAPTERS for q in chapter(code).QUESTIONS]
FIRST, SECOND = ALL[:2]


def met(question, right, days_ago):
    """As the quiz keeps it."""
    day = (TODAY - timedelta(days_ago)).isoformat()
    option = question.right if right else question.wrong[0]
    return {question.id: {"time": day + "T09:00:00", "first": option.id, "right": right, "tried": [option.id]}}


def kept(**kinds):
    return {**progress.blank(), **kinds}


@pytest.mark.parametrize("right, days, asked", [(False, 0, False), (False, 1, True), (True, 2, False), (True, 3, True)])
def test_a_missed_question_comes_back_the_next_day_a_right_one_after_three(right, days, asked):
    assert review.due(kept(answers=met(FIRST, right, days)), TODAY) == [FIRST] * asked


def test_what_was_never_met_is_never_asked_and_ten_a_day_are_enough():
    assert review.due(kept(), TODAY) == []
    everything = {id: entry for q in ALL for id, entry in met(q, False, 5).items()}
    assert len(review.due(kept(answers=everything), TODAY)) == 10 < len(ALL)


def test_where_nothing_is_due_the_nearest_day_is_told():
    answers = met(FIRST, True, 1) | met(SECOND, False, 0)
    assert review.due(kept(answers=answers), TODAY) == []
    assert "in 1 day." in review.nothing(kept(answers=answers), TODAY)


def test_beliefs_once_held_come_first_then_the_oldest():
    a, b, c, d = ALL[:4]
    answers = met(a, True, 9) | met(b, True, 30) | met(c, False, 2) | met(d, False, 4)
    assert review.due(kept(answers=answers), TODAY) == [d, c, b, a]


def test_right_answers_lead_away_step_by_step_and_a_wrong_one_back(work):
    progress.keep("answers", FIRST.id, first=FIRST.wrong[0].id, right=False, tried=[FIRST.wrong[0].id])
    day, waits = date.today() + timedelta(1), []
    for option in [FIRST.right] * 5 + [FIRST.wrong[0], FIRST.right]:
        (asked,) = review.due(progress.read()[0], day)
        assert review.answered(asked, option, progress.read()[0], day) == ""
        step, due = review.standing(FIRST, progress.read()[0])
        waits.append((date.fromisoformat(due) - day).days)
        day = date.fromisoformat(due)
    assert waits == [3, 7, 21, 21, 21, 1, 3]
    assert progress.read()[0]["answers"][FIRST.id]["right"] is False            # the quiz's own entry stays as it was


def test_in_a_notebook_each_is_answered_once(work):
    assert "quiz" in review.due_today().text
    progress.keep("answers", FIRST.id, **met(FIRST, False, 9)[FIRST.id])
    _, prompt = review.due_today().children
    prompt.press(FIRST.options().index(FIRST.wrong[1]))
    assert prompt.closed and "✗" in prompt.said and [o["kind"] for o in prompt.options].count("chosen") == 1
    (truth,) = [o for o in prompt.options if o["truth"]]
    assert prompt.options.index(truth) == FIRST.options().index(FIRST.right)
    before = progress.read()[0]["reviews"]
    prompt.press(FIRST.options().index(FIRST.right))
    assert progress.read()[0]["reviews"] == before and before[FIRST.id]["step"] == 0
    assert "1 day." in review.due_today().text


def test_in_a_terminal_a_slip_is_asked_again_and_an_empty_line_ends_it(work, capsys):
    for q in (FIRST, SECOND):
        progress.keep("answers", q.id, **met(q, False, 9)[q.id])
    lines = iter(["?", "abcd"[FIRST.options().index(FIRST.right)], ""])
    review.converse(lambda prompt: next(lines))
    assert "✓" in capsys.readouterr().out and set(progress.read()[0]["reviews"]) == {FIRST.id}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_cards_for_anki(lang, tmp_path):
    speak(lang)
    assert review.main([lang, "--anki", str(tmp_path / "cards.txt")]) == 0
    head, rows = [], []
    for row in csv.reader((tmp_path / "cards.txt").open(encoding="utf-8", newline=""), delimiter="\t"):
        (head if row[0].startswith("#") else rows).append(row)
    assert ["#guid column:1"] in head and ["#tags column:4"] in head and ["#html:true"] in head
    assert len({row[0] for row in rows}) == len(rows) == len(cards.asked()) and {len(row) for row in rows} == {4}
    (row,) = [row for row in rows if row[0] == f"lstm-{FIRST.id}"]
    assert row[1].count("<li>") == len(FIRST.options())
    assert FIRST.right.text[lang == "fr"][:9] in row[2].replace("\xa0", " ")


TEXT = r"(?:\\[\\~=#{}:]|[^\\~=#{}:\n])+"                  # GIFT: what is special stands behind a backslash
CHOICE = rf"::[\w-]+::\[html\]{TEXT} {{\n(?:[=~]{TEXT}#{TEXT}\n)+}}"
NUMERIC = (rf"::[\w-]+::\[html\]{TEXT} {{#\n=%100%[-\d.e+]+\.\.[-\d.e+]+#{TEXT}\n"
           rf"(?:=%0%[-\d.e+]+:\d[-\d.e+]*#{TEXT}\n)*}}")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_bank_for_moodle_keeps_to_the_grammar_and_answers_each_wrong_option(lang, tmp_path):
    speak(lang)
    assert review.main([lang, "--moodle", str(tmp_path / "bank.txt")]) == 0
    parts = (tmp_path / "bank.txt").read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    asked = [part for part in parts if not part.startswith("$CATEGORY: LSTM/")]
    assert len(parts) - len(asked) == len({code for code, _ in cards.asked()})
    assert len(asked) == len(cards.asked())
    for part, (_, one) in zip(asked, cards.asked()):
        assert re.fullmatch(NUMERIC if isinstance(one, Number) else CHOICE, part), part
        assert isinstance(one, Number) or re.findall("^[=~]", part, re.M).count("=") == 1
        assert isinstance(one, Number) or len(re.findall("^~", part, re.M)) == len(one.wrong)


def test_what_is_not_understood_says_how_it_is_used(capsys):
    assert review.main(["--anki"]) == 2 and "--moodle FILE" in capsys.readouterr().err
