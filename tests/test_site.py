"""The site: every link leads somewhere on it, nothing comes from elsewhere, what moves is like the kernel's."""
import base64
import html
import itertools
import json
import re
import zlib
from functools import cache

import numpy as np
import pytest
import staged
from javascript import on_stage

from workbook import explorers, questions, words
from workbook.site import make, stage
from workbook.widgets import SKIN, choose, explore, slider, strip, text_input
from workbook.words import say

LOADS = re.compile(r"""<(?:script|link|img|iframe|audio|video)\b[^>]*?(?:src|href)=["'](?!data:)([^"']*)|@import"""
                   r"""|url\((?!["']?data:)""")
SCRIPT = re.compile(r"(?s)<(script|style)\b.*?</\1>")


@pytest.fixture(scope="module")
def site(tmp_path_factory, books):
    """{place: text} of all files of the site."""
    folder = staged.site(tmp_path_factory.mktemp("made"), books)
    yield {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
           for path in folder.rglob("*") if path.is_file()}
    words.speak("en")


def pages(site):
    """The pages in a language, by place."""
    return {place: text for place, text in site.items() if re.fullmatch(r"(en|fr)/.*\.html", place)}


def leads(place, href):
    """Where on the site a link leads: (page, id)."""
    path, _, id = href.partition("#")
    here = place.split("/")[:-1]
    for step in filter(None, path.split("/")):
        here = here[:-1] if step == ".." else [*here, step]
    return ("/".join(here) if path else place), id


@cache
def ids(text):
    return re.findall(r'<[^>]*?\sid="([^"]*)"', SCRIPT.sub("", text))


def test_every_chapter_is_there_in_both_languages_one_click_from_each_other(site):
    names = {place[3:] for place in pages(site)}
    assert len(names) == len(list((staged.ROOT / "chapters/en").glob("*.ipynb"))) + 3
    assert {f"{language}/{name}" for language in ("en", "fr") for name in names} == set(pages(site))
    for place, text in pages(site).items():
        language, name = place.split("/")
        other = {"en": "fr", "fr": "en"}[language]
        assert f'<html lang="{language}"' in text and f'href="../{other}/{name}"' in text, place


def test_every_link_leads_to_something_on_the_site(site):
    known = {place: set(ids(text)) for place, text in site.items() if place.endswith(".html")}
    for place in known:
        for href in re.findall(r'<a\b[^>]*?href="([^"]*)"', SCRIPT.sub("", site[place])):
            if not re.match("https?:", href):
                page, id = leads(place, html.unescape(href))
                assert page in site and (not id or id in known[page]), (place, href)


def test_chapters_follow_each_other(site):
    first, second = (text for place, text in sorted(site.items()) if re.match("en/0[01]", place))
    assert re.search(r'rel="next" href="01-[^"]*"', first) and re.search(r'rel="prev" href="00-[^"]*"', second)
    for place, text in site.items():
        for href, name in re.findall(r'<a rel="(?:prev|next)" href="([^"]*)">(?:← )?(.*?)(?: →)?</a>', text):
            there = re.search("<title>(.*?)</title>", site[f"{place[:2]}/{href}"])[1]
            assert href == "index.html" or name == there, (place, href)


def test_nothing_comes_from_elsewhere(site):
    for place, text in site.items():
        for loaded in LOADS.finditer(text):
            assert loaded[1] and leads(place, loaded[1])[0] in site, (place, loaded[0])


def test_no_id_comes_twice(site):
    for place, text in site.items():
        if place.endswith(".html"):
            assert sorted(ids(text)) == sorted(set(ids(text))), place


def test_the_search_knows_every_chapter_and_where_it_says_it(site):
    for language in ("en", "fr"):
        index = json.loads(site[f"{language}/search.js"].partition("=")[2].strip().removesuffix(";"))
        assert {entry[0] for entry in index} == {p[3:] for p in pages(site)} - {"index.html", "playground.html"}
        for page, cell, *_ in index:
            assert cell in ids(site[f"{language}/{page}"]), cell


def test_the_way_to_jupyterlite_is_shown_where_it_is():
    books = {"00-start-here.html": staged.book("en", [])}
    door = 'href="../lite/lab/index.html?path=en/00-start-here.ipynb"'
    assert door in make.listed(books, lite=True) and door not in make.listed(books)


def test_an_exercise_says_where_it_is_written(site):
    assert "python start.py" in SCRIPT.sub("", site["fr/zz-all-that-moves.html"]).split('id="exercise"')[1]


# --- what moves ---------------------------------------------------------------------------------------
def told(bundle):
    """What the page tells replay.js."""
    return json.loads(re.search(r'(?s)<script type="application/json">(.*?)</script>', bundle["text/html"])[1])


def pictures(data):
    """All pictures of an explorer, as replay.js puts them together."""
    frames = json.loads(zlib.decompress(base64.b64decode(data["frames"])))
    columns = [itertools.accumulate(place) if isinstance(place, list) else itertools.repeat(place)
               for place in frames["places"]]
    return ["".join(frames["parts"][which] for which in row) for row in zip(*columns)]


def test_each_picture_is_the_one_that_draw_makes():
    explorer = explorers.two_keys()
    data = told(stage.moving(explorer))
    made, (rows, columns) = pictures(data), data["sizes"]
    assert len(made) == rows * columns == 861
    for k in (0, 1, 40, 41, 500, 860):
        at = [control.options[n] for control, n in zip(explorer.controls.values(), divmod(k, columns))]
        assert made[k] == explorer.draw(*at).svg()
    assert made[data["first"][0] * columns + data["first"][1]] == explorer.picture


def draw(**values):
    from workbook.ink import Drawing, Picture
    drawing = Drawing()
    drawing.write(0, 0, repr(values))
    return Picture(drawing, repr(values))


def test_controls_stand_at_few_values_where_they_are_named_and_the_page_says_so():
    explorer = explore(draw, a=slider(0., 1., .4, .1).few(0., .5), b=choose([False, True], True),
                       c=strip("xy", (.2, 1.)).few(0., 1.))
    data = told(stage.moving(explorer))
    assert data["sizes"] == [2, 2, 2, 2] and data["first"] == [1, 1, [0, 1]]
    assert data["hands"][0]["shown"] == ["0", "0.5"] and len(pictures(data)) == 16
    assert html.escape("(0.0, 1.0)") in pictures(data)[-3]
    assert "few values" in stage.moving(explorer)["text/html"]
    assert "few values" not in stage.moving(explorers.flow_order())["text/html"]


def test_too_many_pictures_are_refused():
    with pytest.raises(ValueError, match="10201 pictures for a, b; expected at most 4200: name few stops"):
        stage.moving(explore(draw, a=slider(0, 100, 1, 1), b=slider(0, 100, 1, 1)))


def test_a_line_to_type_in_stays_as_it_stands_and_the_page_says_where_to_type():
    page = stage.moving(text_input(str.upper, "a < b"))["text/html"]
    assert "<q>a &lt; b</q>" in page and "A &lt; B" in page and "JupyterLab" in page and "<script" not in page


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_an_explorer_takes_at_most_400_kB(language):
    words.speak(language)
    for name in ("two_unit_rnn", "forget_by_hand"):
        assert len(stage.moving(getattr(explorers, name)())["text/html"]) < 400_000, name
    words.speak("en")


# --- what asks ----------------------------------------------------------------------------------------
def test_a_guess_and_a_quiz_say_what_they_say_in_jupyterlab(monkeypatch):
    monkeypatch.setattr(questions, "progress", stage.BLANK)
    asked = questions.find("04-never-forget")
    data = stage.guess_of(questions.predict, "04-never-forget")
    for option, after in zip(asked.options(), data["after"]):
        assert after["closed"] and questions.page(questions.reason(asked.right)) in after["said"]
        assert questions.page(option.text[0]) in after["said"]
    data = stage.quiz_of(questions.quiz, "07")
    for question, row in zip(questions.chapter("07").QUESTIONS, data["rows"]):
        for k, option in enumerate(question.options()):
            assert questions.page(questions.marked(question, option)) in row["after"][k]["said"]
            assert row["asked"]["options"][k]["mark"] == "" != row["after"][k]["option"]["mark"]
        assert question.options()[row["right"]] is question.right


def bare(text):
    """HTML as it is read."""
    return " ".join(html.unescape(re.sub("<[^>]*>", "", text)).split())


WAKES = """for (const [kind, told] of given) {
  const el = new Element("div");
  Object.assign(el, { dataset: { kind }, inside: { ":scope > script": { textContent: JSON.stringify(told) } } });
  woken.push(el);
}
const isStatus = one => one.attributes.role === "status";
const status = el => [el, ...el.all("div")].filter(isStatus).map(one => one.textContent);"""
TYPED = ["6,6", " 6.6 ", "7,2", "5", "1000", "0,5", "−3", "1e1", "50 %", "nothing", ""]
TYPE = """woken.map((el, k) => {
  const [box] = el.all("input"), [press] = el.all("button");
  box.value = given[k][1].typed;
  k % 2 ? press.fire("click") : box.fire("keydown", { key: "Enter" });
  return status(el)[0]; })"""
PRESS = """woken.map(el => given[0][1].presses.map(([row, k]) => {
  const asked = el.all("div").filter(one => one.attributes.class === "lstm-asked")[row];
  asked.all("button")[k].fire("click");
  const pressed = asked.all("button").map(one => one.attributes["aria-pressed"]);
  return [status(asked)[0], status(el).at(-1), pressed]; }))"""


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("id", ["04-half-life", "01-bag-chance"])
def test_a_number_that_is_typed_is_answered_as_in_jupyterlab(id, language, monkeypatch):
    words.speak(language)
    monkeypatch.setattr(questions, "progress", stage.BLANK)
    asked, data = questions.find(id), stage.guess_of(questions.predict, id)
    given = [["guess", data | {"id": str(k), "typed": typed}] for k, typed in enumerate(TYPED)]
    found = on_stage(f"{WAKES}\n{make.replay()}", given, TYPE)
    words.speak(language)
    for typed, said in zip(TYPED, found, strict=True):
        try:
            told = questions.compare(asked, questions.read_number(typed))
        except ValueError:
            told = [say("Please type a number.")]
        assert all(bare(questions.page(part)) in bare(said) for part in told), typed
    words.speak("en")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_quiz_and_its_score_say_at_every_press_what_they_say_in_jupyterlab(language, monkeypatch):
    words.speak(language)
    monkeypatch.setattr(questions, "progress", stage.BLANK)
    rng, rows = np.random.default_rng(3), questions.chapter("07").QUESTIONS
    presses = [(int(row), int(k)) for row in rng.permutation(len(rows)) for k in rng.permutation(4)[:3]]
    data = stage.quiz_of(questions.quiz, "07") | {"presses": presses}
    (found,) = on_stage(f"{WAKES}\n{make.replay()}", [["quiz", data]], PRESS)
    _, *prompts, score = questions.quiz("07").children
    for (row, k), (said, told, pressed) in zip(presses, found, strict=True):
        prompts[row].press(k)
        assert pressed == ["true" if option["mark"] else "false" for option in prompts[row].options]
        assert (bare(said), bare(told)) == (bare(prompts[row].said), bare(score.said)), (row, k)
    words.speak("en")


INDEX = [["04.html", "gate", "La porte d’oubli", "La porte", "Elle décide de ce qui reste."],
         ["05.html", "gate", "La porte d’entrée", "La porte", "Elle n’oublie rien."],
         ["06.html", "belt", "Le tapis", "Le tapis", "Rien ne s’oublie."],
         ["07.html", "mouth", "La sortie", "OUBLIÉE, la porte", "Fermée."]]


@pytest.mark.parametrize("typed, pages", [("porte oubli", ["07", "04", "05"]), ("rien", ["05", "06"]),
                                          ("OUBLIEE", ["07"]), ("porte tapis", []), (" ", [])])
def test_a_search_finds_what_has_all_its_words_and_first_what_has_them_in_its_heading(typed, pages):
    given = {"dataset": {"found": "{n}", "none": "none"}, "index": INDEX}
    scripts = "window.lstmIndex = given.index;\ndocument.querySelector('[role=search]').dataset = given.dataset;\n"
    scripts += SKIN + (make.HERE / "site.js").read_text(encoding="utf-8") + f"box.value = {json.dumps(typed)};"
    found, told = on_stage(scripts, given, "find().then(() => [list.all('a').map(a => a.href), status.textContent])")
    assert [href[:2] for href in found] == pages
    assert told == (str(len(pages)) if pages else "none" if typed.strip() else "")
