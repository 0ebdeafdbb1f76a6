"""The slides in a real browser, opened from their folder without a network: nothing overflows, what moves moves."""
import re

import pytest
import staged
from conftest import axe

SIZE = {"width": 1280, "height": 720}
SEEN = """() => {
    const fit = Reveal.getCurrentSlide().querySelector(".fit");
    const { left, top, right, bottom } = fit.getBoundingClientRect();
    const scale = Number(/scale\\(([\\d.]+)\\)/.exec(fit.style.transform)[1]);
    const wide = [...fit.querySelectorAll("pre, table, math, svg, img")].some(
        one => one.getBoundingClientRect().right > 1281);
    const size = scale * parseFloat(getComputedStyle(fit).fontSize);
    const small = size < (fit.classList.contains("markdown") ? 18 : 15);
    const broken = [...fit.querySelectorAll("pre")].some(one => getComputedStyle(one).whiteSpace !== "pre");
    const over = [...document.querySelectorAll(".controls button.enabled, .slide-number")].some(
        one => one.getBoundingClientRect().top < bottom);
    return { box: [left, top, right, bottom].map(Math.round), faults: { small, wide, broken, over } };
}"""


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return staged.decks(folder, staged.books(folder, staged.SMALL))


@pytest.fixture
def deck(browser, decks):
    """deck("en/04-forget-gate.html"): a page; after the test no network was asked, no error said."""
    contexts, faults = [], []

    def opened(place):
        contexts.append(browser.new_context(viewport=SIZE, offline=True))
        page = contexts[-1].new_page()
        page.on("request", lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or faults.append(asked.url))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto((decks / place).as_uri())
        page.wait_for_function("() => window.Reveal?.isReady()")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_slide_of_any_deck_overflows(deck, decks, language):
    faults, total = [], 0
    for path in sorted((decks / language).glob("[0-9]*.html")):
        page = deck(f"{language}/{path.name}")
        while True:
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found, total = page.evaluate(SEEN), total + 1
            left, top, right, bottom = found["box"]
            if left < 0 or top < 0 or right > 1280 or bottom > 720 or any(found["faults"].values()):
                faults.append((path.name, page.url.partition("#")[2], found))
            if page.evaluate("() => Reveal.isLastSlide()"):
                break
            page.evaluate("() => Reveal.next()")
        page.close()
    assert faults == [] and total > 250


def test_an_explorer_moves_by_its_keys_and_the_deck_by_its_own(deck):
    page = deck("en/zz-all-that-moves.html")
    while not page.locator("section.present section.present .lstm-explorer input[type=range]").count():
        page.keyboard.press("Space")
    hand = page.locator("section.present section.present input[type=range]").first
    picture = page.locator("section.present section.present .lstm-picture")
    before, at = picture.inner_html(), page.evaluate("() => Reveal.getSlidePastCount()")
    hand.focus()
    page.keyboard.press("ArrowRight")
    assert picture.inner_html() != before and page.evaluate("() => Reveal.getSlidePastCount()") == at


def test_axe_finds_nothing(deck):
    page = deck("fr/04-forget-gate.html")
    for _ in range(6):
        assert axe(page) == []
        page.evaluate("() => Reveal.next()")


def test_the_speakers_window_shows_the_notes(deck):
    page = deck("en/04-forget-gate.html")
    for _ in range(6):
        page.evaluate("() => Reveal.next()")
    told = page.evaluate("() => Reveal.getSlideNotes()")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    opened.value.wait_for_function("() => document.querySelector('.speaker-controls-notes .value')?.textContent.trim()")
    said = opened.value.locator(".speaker-controls-notes .value").inner_text()
    assert len(said) > 40 and said[:40] in re.sub("<.*?>", "", told).replace("\n", " ")
