"""Help for who is stuck: after a try and not before, kept when it was seen, and within reach of a notebook."""
import json
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from test_truth import SHEET
from texts import ROOMS, prose

import workbook
from workbook import aid, exercises, progress, words
from workbook import judge as J
from workbook.room import shared

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    monkeypatch.setattr(J, "_asked", Counter())
    monkeypatch.setattr(aid, "_wrong", Counter())


def helped():
    return list(progress.read()[0]["helped"])


def wrong(f):
    return 3 * f + 1


def not_written(f):
    raise NotImplementedError


@pytest.mark.parametrize("language", ["en", "fr"])
def test_first_one_tries(work, language):
    words.speak(language)
    for answer in (None, not_written, 3.0):
        workbook.check("half_life", answer)
    asked = workbook.solution("half_life")
    assert "np.log2" not in asked.text and "half_life" in asked.text and helped() == []
    workbook.check("half_life", wrong)
    assert "np.log2" not in workbook.solution("latch").text + workbook.solution("bias_for").text
    shown = workbook.solution("half_life")
    assert "def half_life(f):\n    return -1 / np.log2(f)" in shown.text and helped() == ["half_life"]
    assert ElementTree.fromstring(shown.page).attrib["lang"] == language


def test_who_has_seen_it_or_needs_it_no_more_may_see_it_in_a_new_session(work, monkeypatch):
    workbook.check("half_life", wrong)
    workbook.solution("half_life")
    workbook.check("bias_for", exercises.book()["bias_for"].right)
    monkeypatch.setattr(aid, "_wrong", Counter())
    assert "np.log2" in workbook.solution("half_life").text and "np.log(" in workbook.solution("bias_for").text
    assert helped() == ["half_life"]                            # one's own came first: that needs no mark


@pytest.mark.parametrize("name", exercises.book())
def test_what_is_shown_is_right(work, name):
    task = exercises.book()[name]
    there = dict(vars(sys.modules[task.right.__module__]))
    exec(ElementTree.fromstring(aid.solved(name).page).find("pre/code").text, there)
    assert there[name].__code__.co_filename == "<string>" and J.judge(task, there[name]).passed


def test_the_third_wrong_answer_offers_the_solution_and_what_is_seen_is_kept(work):
    for _ in range(2):
        workbook.check("bias_for", wrong)                               # each exercise counts its own
        verdict = workbook.check("half_life", wrong)
        assert set(verdict._repr_mimebundle_()) == {"text/plain", "text/html"}
    verdict = workbook.check("half_life", lambda f: f ** 2 + 7)         # another one
    bundle = verdict._repr_mimebundle_()
    assert "np.log2" not in str(bundle)
    assert (bundle["text/html"], bundle["text/plain"]) == (verdict.page(), repr(verdict))
    said, button = verdict.offer.children
    assert said.said == verdict.page() and button.options[0]["text"] == "Show a solution" and helped() == []
    button.press(0)
    assert "-1 / np.log2(f)" in button.said and button.closed and helped() == ["half_life"]
    assert workbook.check("half_life", exercises.book()["half_life"].right).offer is None
    bundle = workbook.board()._repr_mimebundle_()
    for page in bundle.values():
        assert "✓ half_life (with the solution)" in page and "bias_for (" not in page


def test_a_file_without_help_is_read_and_loses_nothing(work):
    before = {"version": 1, "answers": {"04-q-meaning": {"first": "stays", "right": True}}, "later": {"x": [1]}}
    (work / "progress.json").write_text(json.dumps(before))
    workbook.check("half_life", wrong)
    workbook.solution("half_life")
    after = json.loads((work / "progress.json").read_text())
    assert {key: after[key] for key in before} == before and list(after["helped"]) == ["half_life"]


@pytest.mark.parametrize("name", ["nothing", None, 4])
def test_an_exercise_that_is_none_is_named(name):
    with pytest.raises(ValueError, match=f"name is {name!r}; expected an exercise, one of first_gate, "):
        workbook.solution(name)


def test_outside_of_work_it_helps_and_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "/any/where/04-forget-gate.ipynb")
    workbook.check("half_life", wrong)
    assert "np.log2" in workbook.solution("half_life").text and "no work folder" in workbook.fresh().text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language, page", [("en", "sheet"), ("fr", "fiche")])
def test_the_course_sheet_has_its_parts_its_formulas_and_leads_to_the_chapters(language, page):
    words.speak(language)
    kept, shown = (ROOT / "guide" / f"{page}.md").read_text(encoding="utf-8"), workbook.sheet()
    bundle = shown._repr_mimebundle_()
    assert bundle["text/markdown"] == bundle["text/plain"] == shown.text
    assert re.findall(r"^## (\d) ·", shown.text, re.M) == list("12345")
    assert re.findall(r"^\$\$(.*)\$\$$", shown.text, re.M) == list(SHEET)
    chapters = ROOT / "chapters" / language
    linked = re.findall(r"\]\((.*?)\)", shown.text)
    assert [link[:2] for link in linked] == "01 02 03 08 04 05 06 07 10".split()
    assert all((chapters / link).exists() for link in linked)
    assert re.findall(r"\]\(\.\./chapters/(.*?)\)", kept) == [f"{language}/{link}" for link in linked]
    cited = {re.match(r".*?(?:part|partie) ([\d.]+) ?:", line[language])[1] for line in shared("sheet").values()}
    assert cited == set("1 2 3 5 5.1 5.2 5.3 5.4".split())
    assert re.findall(r"^\*\*(\d)\. ", shown.text, re.M) == list("1234")


@pytest.mark.parametrize("room", ROOMS[1:9], ids=lambda room: room.name[:3])
def test_a_summary_names_its_part_of_the_course_sheet(room):
    for told in (r"\[the sheet\]\(10-summary\.ipynb\), part [1-5]", r"\[la fiche\]\(10-summary\.ipynb\), partie [1-5]"):
        assert any(re.search(told, cell.text) for cell in prose(room))


@pytest.mark.parametrize("code, name", [
    (None, "notes.ipynb"), (None, ""), ("4", "04-forget-gate.ipynb"), (4, ""), ("99", "")])
def test_a_chapter_that_is_none_is_named(work, monkeypatch, code, name):
    monkeypatch.setenv("JPY_SESSION_NAME", name)
    with pytest.raises(ValueError, match="code is .*; expected a chapter, one of 00, 01"):
        workbook.fresh(code)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_fresh_copy_of_the_notebook_that_one_is_in(tmp_path, monkeypatch, language):
    words.speak(language)
    (tmp_path / "chapters").mkdir()
    here = tmp_path / "work" / language
    for folder in (here, tmp_path / "work" / ".origin" / language):
        folder.mkdir(parents=True)
    shutil.copytree(ROOT / "chapters" / language, tmp_path / "chapters" / language)
    shutil.copy(ROOT / "start.py", tmp_path)
    (mine,) = (here / path.name for path in (tmp_path / "chapters" / language).glob("04-*"))
    mine.write_text('{"mine": 1}')
    monkeypatch.chdir(here)
    monkeypatch.setenv("JPY_SESSION_NAME", str(mine))
    monkeypatch.setattr(aid, "COURSE", tmp_path / "course")
    said = workbook.fresh().text
    (old,) = here.glob("04-*(*.ipynb")
    assert old.read_text() == '{"mine": 1}' and str(old) in said and str(mine) in said, said
    assert json.loads(mine.read_text())["cells"]
    assert ("Reload" in said) == (language == "en")


# --- after success ---------------------------------------------------------------------------------------

EXERCISES = [name for name, task in exercises.book().items() if isinstance(task, J.Exercise)]


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_says_its_time_and_goes_on_after_success(name):
    task, after = exercises.book()[name], exercises.after(name)
    assert 2 <= after.minutes <= 60 and after.level in (1, 2, 3) and all(ask.endswith(("?", ".")) for ask in after.ask)
    verdict = aid.check(name, task.shown or task.right)
    assert verdict.passed and aid.page(after.ask[0]) in verdict.page() and after.ask[0] not in repr(verdict)
    assert aid.task_text(name, task) not in verdict.page()                 # who wrote just that is not shown it again


@pytest.mark.parametrize("name", [name for name in EXERCISES if getattr(exercises.after(name), "other", "")])
def test_the_other_way_to_write_it_is_right_and_is_another(name):
    task, text = exercises.book()[name], exercises.after(name).other
    room = {"np": np}
    exec(text, room)
    verdict = J.judge(task, room[name])
    assert verdict.passed, repr(verdict)
    assert not aid.alike(text, aid.task_text(name, task)) and "Another way to write it" in verdict.page()
