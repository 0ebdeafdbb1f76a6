"""The chapters as web pages: they need nothing from elsewhere, say their language, lead to their neighbours."""
import re

import nbformat
import pytest

from workbook import pages, words
from workbook.room import COURSE

LOADS = re.compile(r"""<(?:script|link|img|iframe|audio|video)\b[^>]*(?:src|href)=["'](?!data:)|@import"""
                   r"""|url\((?!["']?data:)""")


@pytest.fixture(params=["en", "fr"])
def language(request):
    words.speak(request.param)
    yield request.param
    words.speak("en")


def made(*sources):
    """The page of a notebook of these Markdown cells."""
    cells = [nbformat.v4.new_markdown_cell(source) for source in sources]
    book = nbformat.v4.new_notebook(cells=cells, metadata={"title": "04 · Porte & co"})
    return pages.exporter().from_notebook_node(book)[0]


def test_a_page_says_its_language_and_its_title(language):
    page = made("# é")
    assert f'<html lang="{language}">' in page and "<title>04 · Porte &amp; co</title>" in page
    assert ("Une page à lire" in page) == (language == "fr")


def test_links_lead_to_the_page_beside_it_and_else_where_they_led():
    page = made("[05](05-input-gate.ipynb), [6](06-cell-state.ipynb#c), [jupyter](https://jupyter.org/x.ipynb)")
    assert re.findall('href="([^"]*)"', page) == [
        "05-input-gate.html", "06-cell-state.html#c", "https://jupyter.org/x.ipynb"]


def test_a_formula_on_lines_of_its_own_is_set_apart():
    assert re.findall('<math[^>]*display="(.*?)"', made("Here $a = b$ is.\n\n$$c = d$$")) == ["inline", "block"]


def test_every_formula_of_the_course_is_mathml():
    """In its sources, so also what no chapter shows yet."""
    for source in sorted(COURSE.glob("*/chapter.py")):
        prose = re.sub(r"(?m)^# ?", "", "".join(re.findall(r'(?ms)^# %% \[markdown\].*?\n(.*?)(?=^# %%|\Z)',
                                                           source.read_text(encoding="utf-8"))))
        prose = re.sub(r"(?s)```.*?```|`[^`]*`", "", prose)
        page = made(prose)
        assert page.count("<math") == len(re.findall(r"(?s)\$\$.+?\$\$|\$[^$\n]+\$", prose)), source
        body = re.sub(r"(?s)<(style|script)\b.*?</\1>", "", page)
        assert "$" not in body and not re.search(r"\\[a-z]", body), source


def test_the_chapters_need_nothing_from_elsewhere(language, tmp_path, capsys):
    assert pages.main([language, str(tmp_path / "site")]) == 0
    assert str(tmp_path) in capsys.readouterr().out
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "site").iterdir()}
    assert len(written) == len(list(COURSE.glob("c[0-9]*/chapter.py")))
    assert sum("NotImplementedError" in page for page in written.values()) > 9      # no solutions
    for name, page in written.items():
        assert not LOADS.findall(page), name
        here = set(re.findall(r'href="(?!https?:)([^"#]+)', page))
        assert here <= set(written), name
        body = re.sub(r"(?s)<(style|script)\b.*?</\1>", "", page)
        assert not re.search(r"\$[^$\n]*\\|Error displaying widget|application/vnd", body), name
