"""A small class: every place that marks and the class's mirror can go to."""
import csv
import json
import re

import pytest
from made_class import make

from workbook import grade, marks, mirror, words


@pytest.fixture(autouse=True)
def english():
    yield
    words.speak("en")


def test_what_was_not_asked_of_a_notebook_is_blank_in_the_table_and_no_nought():
    rows = [({"submission": name, "score": 0, "of": 1, "remark": ""}, [grade.Grade("04", asked, 0, "blank", "")])
            for name, asked in (("a", "half_life"), ("b", "bias_for"))]
    lines = list(csv.DictReader(marks.table(rows).splitlines()))
    assert [(line["half_life"], line["bias_for"]) for line in lines] == [("0", ""), ("", "0")]


def test_a_class_goes_everywhere_at_once(tmp_path, capsys):
    make(tmp_path / "=class", 2)
    out = tmp_path / "out"
    assert grade.main([str(tmp_path / "=class"), "--json", str(out / "o.json"), "--csv", str(out / "o.csv"),
                       "--gradescope", str(out / "scope"), "--pages", str(out / "pages"), "--boards", str(tmp_path),
                       "--report", str(out / "report.html")]) == 0
    assert re.match("What is handed in is run behind", capsys.readouterr().out)
    rows = json.loads((out / "o.json").read_text(encoding="utf-8"))
    assert [row["of"] for row in rows] == [4, 4] and {row["fence"] for row in rows} <= {"landlock", "hook only"}
    assert (out / "o.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader((out / "o.csv").open(encoding="utf-8-sig", newline="")))
    assert [int(line["score"]) for line in table] == [row["score"] for row in rows]
    assert len(list((out / "pages").iterdir())) == 2
    for name, row in zip(("learner-00-04-forget-gate", "learner-01-04-forget-gate"), rows):
        told = json.loads((out / "scope" / name / "results.json").read_text(encoding="utf-8"))
        assert told["score"] == sum(test["score"] for test in told["tests"]) == row["score"]
        assert sum(test["max_score"] for test in told["tests"]) == row["of"]
        page = (out / "pages" / f"{name}.html").read_text(encoding="utf-8")
        assert all(f"<strong>{'✓' if e['score'] else '✗'} {e['exercise']}" in page for e in row["exercises"])
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "Talk about these three on Monday" in report and "learner-0" not in report
    assert not re.search(r"(src|href)=.?(http|//|file)", report)
    assert report.count('<th scope="col">') >= 9 and re.search(r"Show it in: \d\d · \w", report)


def test_a_learner_s_words_cannot_stop_what_is_written(tmp_path):
    marks.whole(tmp_path / "o.json", "\ud800 \0 \u202e é")
    assert (tmp_path / "o.json").read_text(encoding="utf-8") == "? \0 \u202e é"


def graded(exercise, kind, **more):
    return grade.Grade("04", exercise, int(kind == "right"), kind, f"{kind}!", **more)


def test_what_most_get_wrong_stands_first():
    wrong = [graded(exercise, "mistake", mistakes=("m",)) for exercise in ("half_life", "bias_for", "bias_for")]
    assert [find.n for find in mirror.mistakes(wrong)] == [2, 1]


def test_a_spreadsheet_gets_no_formulas():
    rows = [({"submission": name, "score": 0, "of": 0, "remark": "@x"}, []) for name in ("=1+1", "+a", "-b", "@c", "d")]
    assert [line.split(",")[0] for line in marks.table(rows).splitlines()[1:]] == ["'=1+1", "'+a", "'-b", "'@c", "d"]
    assert marks.names(["a/x/04.ipynb", "a/y/04.ipynb"]) == ["x-04", "y-04"] and marks.names(["a/x.ipynb"]) == ["x"]


@pytest.mark.parametrize("lang, told", [("en", "3 learners"), ("fr", "3 élèves")])
def test_what_many_get_wrong_comes_first(lang, told, tmp_path):
    words.speak(lang)
    grades = [graded("forget_gate", "mistake", mistakes=("tanh",), answer="def f():\n    return '<b>'")] * 3
    grades += [graded("half_life", "mistake", mistakes=("base",))] * 2 + [graded("half_life", "right")] * 5
    grades += [graded("bias_for", "missing")] * 9
    page = mirror.body([({}, grades)], None)
    first = page.split("</section>")[0]
    assert told in first.replace("\u00a0", " ") and first.index("forget_gate") < first.index("half_life")
    assert "&lt;b&gt;" in first and "bias_for" not in first
    assert mirror.section("forget_gate", lang).startswith("04 · ")


def test_beliefs_are_counted_by_chapter(tmp_path):
    from workbook import quizzes
    question, number = quizzes.chapter("04").QUESTIONS[0], quizzes.chapter("04").PREDICTIONS[0]
    for k, name in enumerate("abc"):
        kept = {"version": 1, "answers": {question.id: {"first": question.wrong[0].id}},
                "predictions": {number.id: {"guess": number.traps[0].value}} if k else {}}
        (tmp_path / f"{name}.json").write_text(json.dumps(kept))
    (tmp_path / "broken.json").write_text("{")
    held = mirror.beliefs(tmp_path)
    find, counts = held[question.wrong[0].belief]
    assert (find.n, counts) == (3, {"04": 3}) and find.place.startswith("04 · ")
    assert held[number.traps[0].belief][0].n == 2


def test_three_things_are_talked_about_and_the_shortest_answer_shows_each():
    grades = [graded(name, "mistake", mistakes=("tanh",), answer=answer)
              for name in ("forget_gate", "half_life", "bias_for", "latch") for answer in ("return 1 + 1", "return 2")]
    first = mirror.body([({}, grades)], None).split("</section>")[0]
    assert first.count("<li>") == 3 and "return 2" in first and "1 + 1" not in first


def test_what_was_not_asked_has_no_mark():
    rows = [({"submission": name, "score": 1, "of": 1, "remark": ""}, [graded(asked, "right")])
            for name, asked in (("a", "half_life"), ("b", "bias_for"))]
    assert [line.split(",")[-2:] for line in marks.table(rows).splitlines()[1:]] == [["1", ""], ["", "1"]]
