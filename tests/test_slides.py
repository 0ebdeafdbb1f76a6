"""The slides: every chapter has a deck, nothing of its text is lost, nothing comes from elsewhere."""
import html
import re

import nbformat
import pytest
import staged
from hypothesis import given
from hypothesis import strategies as st
from test_site import LOADS, SCRIPT, leads

from workbook import words
from workbook.slides import make

PARAGRAPH = st.sampled_from(["## A heading", "$$c_t = f_t * c_{t-1}$$", "A short line.", "word " * 120,
                             "* one\n* two\n  goes on\n* three", "| a | b |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |"])
TABLE = "\n".join(["| a | b |", "| --- | --- |"] + [f"| {k} | {k} |" for k in range(30)])


@pytest.fixture(scope="module")
def decks(tmp_path_factory, books):
    """{place: text} of all that the command writes."""
    folder = staged.decks(tmp_path_factory.mktemp("made"), books)
    yield {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
           for path in folder.rglob("*") if path.is_file()}
    words.speak("en")


def test_every_chapter_has_a_deck_in_both_languages_and_the_index_leads_to_it(decks):
    chapters = {f"{path.parent.name}/{path.stem}.html" for path in staged.ROOT.glob("chapters/*/*.ipynb")}
    assert chapters == {place for place in decks if re.match("(en|fr)/[0-9]", place)}
    assert chapters <= set(re.findall('href="([^"]*)"', decks["index.html"]))
    for place in chapters:
        assert f'<html lang="{place[:2]}"' in decks[place] and '<aside class="notes">' in decks[place], place


def test_nothing_comes_from_elsewhere(decks):
    for place, text in decks.items():
        for loaded in LOADS.finditer(text) if place.endswith((".html", ".css")) else ():
            assert loaded[1] and leads(place, loaded[1])[0] in decks, (place, loaded[0])


def test_each_heading_begins_a_slide_and_each_text_is_shown_or_said(decks):
    for place in (place for place in decks if re.match("(en|fr)/[0-9]", place)):
        shown = re.sub(r'(?s)<aside class="notes">.*?</aside>', "", SCRIPT.sub("", decks[place]))
        book = nbformat.read(staged.ROOT / "chapters" / place.replace(".html", ".ipynb"), 4)
        texts = [cell.source for cell in book.cells if cell.cell_type == "markdown"]
        heads = [re.sub("[`*]", "", head) for text in texts for head in re.findall("^## ([^$\n]*)$", text, re.M)]
        lost = [head for head in heads if head not in html.unescape(re.sub("<.*?>", "", shown))]
        assert all("quiz" in head.lower() for head in lost), (place, lost)
        for text in texts:
            bare = re.sub(r"(?s)<details>.*?</details>", "", text).strip()
            assert re.sub(r"\s", "", "".join(make.pieces(text))) == re.sub(r"\s", "", bare) or "|" in bare, place


@given(st.lists(PARAGRAPH, min_size=1, max_size=12))
def test_a_text_goes_on_where_a_slide_is_full_and_loses_nothing(paragraphs):
    pieces = make.pieces("\n\n".join(paragraphs))
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", "".join(paragraphs))
    for piece in pieces:
        blocks = piece.split("\n\n")
        assert len(blocks) == 1 or sum(map(make.lines, blocks)) <= make.ROOM
    for one, next_one in zip(pieces, pieces[1:]):                   # and no slide is left half empty without need
        assert sum(map(make.lines, one.split("\n\n"))) + make.lines(next_one.split("\n\n")[0]) > make.ROOM


def test_a_long_table_goes_on_with_its_head():
    tables = make.pieces(TABLE)
    assert len(tables) > 2 and all(table.startswith("| a | b |\n| --- | --- |\n| ") for table in tables)
    assert [row for table in tables for row in table.split("\n")[2:]] == TABLE.split("\n")[2:]


def test_hints_and_quizzes_are_no_slides(decks):
    assert "Hints" not in SCRIPT.sub("", decks["en/01-rnn-basics.html"])
    assert 'data-kind="quiz"' not in decks["en/zz-all-that-moves.html"]
    assert 'data-kind="explorer"' in decks["en/zz-all-that-moves.html"]


def test_notes_stand_on_the_slide_that_they_follow():
    cells = [("slide", "## A"), ("notes", "of A"), ("subslide", "B"), ("notes", "of B")]
    made = [nbformat.v4.new_markdown_cell(text, metadata={"slideshow": {"slide_type": kind}}) for kind, text in cells]
    first, second = make.slides_of(nbformat.v4.new_notebook(cells=made)).split("<section><div")[1:]
    assert "of A" in first and "of B" not in first and "of B" in second


def test_what_is_said_is_no_slide_however_long_it_is():
    text = "\n\n".join(f"{k} " + 60 * "word " for k in range(9))
    for kind, rest in (("notes", "notes"), ("slide", "subslide"), ("subslide", "subslide")):
        cell = nbformat.v4.new_markdown_cell(text, metadata={"slideshow": {"slide_type": kind}})
        where = [place for place, _ in make.places(nbformat.v4.new_notebook(cells=[cell]))]
        assert len(where) > 2 and where == [kind] + [rest] * (len(where) - 1)
