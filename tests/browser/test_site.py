"""The site in a real browser, opened from its folder with every network refused: it moves, answers, searches, fits."""
import pytest
import staged
from conftest import axe

SCROLLS = "() => document.documentElement.scrollWidth > innerWidth"
NAMED = """el => { const picture = el.querySelector(".lstm-picture");
    return picture.querySelector("[role=img]")?.getAttribute("aria-label") ?? picture.textContent; }"""
RESET = {"en": "Reset", "fr": "Réinitialiser"}
PAGES = ["index.html", "04-forget-gate.html", "zz-all-that-moves.html"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return staged.site(folder, staged.books(folder, list(staged.EXPLORERS)))


@pytest.fixture
def open_page(browser, site):
    """open_page("en/index.html", width=…, scheme=…); after the test: nothing was asked of a network, no error said."""
    contexts, faults = [], []

    def opened(place, width=1280, scheme="light"):
        size = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=size, color_scheme=scheme, offline=True))
        page = contexts[-1].new_page()
        page.on("request", lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or faults.append(asked.url))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto((site / place).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def move(page, explorer):
    """Each slider and list of an explorer is moved once; what stayed unmoved by it."""
    explorer.locator(".lstm-picture svg").first.wait_for()
    still, controls = [], explorer.locator("input, select, button")
    for k in range(controls.count()):
        control = controls.nth(k)
        before, what = explorer.locator(".lstm-picture").inner_html(), control.evaluate("el => el.type")
        if what == "range":
            control.press("ArrowLeft" if control.evaluate("el => el.value === el.max") else "ArrowRight")
        elif what == "select-one":
            control.select_option(index=1 if control.input_value() == "0" else 0)
        else:
            continue
        if explorer.locator(".lstm-picture").inner_html() == before:
            still.append(control.evaluate("el => el.ariaLabel ?? el.parentElement.textContent"))
    return still


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_explorer_moves_without_a_network(open_page, language):
    page = open_page(f"{language}/zz-all-that-moves.html")
    explorers = page.locator(".lstm-explorer")
    page.wait_for_function(f"document.querySelectorAll('.lstm-explorer').length === {len(staged.EXPLORERS)}")
    for k in range(explorers.count()):
        explorer = explorers.nth(k)
        start = explorer.evaluate(NAMED)
        assert move(page, explorer) == []
        explorer.get_by_role("button", name=RESET[language]).click()
        assert explorer.evaluate(NAMED) == start and any(letter.isdigit() for letter in start)


def test_a_film_plays_and_the_lecture_mode_fills_the_window(open_page):
    page = open_page("en/zz-all-that-moves.html")
    film = page.locator("#flow_order .lstm-explorer")
    film.locator("svg").wait_for()
    before = film.locator(".lstm-picture").inner_html()
    film.get_by_role("slider").press("Home")
    film.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1800)
    assert film.locator(".lstm-picture").inner_html() != before
    film.get_by_role("button", name="Lecture mode").click()
    assert film.bounding_box()["width"] == 1280
    film.get_by_role("button", name="Reset").click()
    assert film.bounding_box()["width"] == 1280                          # what is shown goes back, not how
    film.get_by_role("button", name="Lecture mode").click()
    assert film.bounding_box()["width"] < 900


@pytest.mark.parametrize("language", ["en", "fr"])
def test_questions_answer_and_what_was_answered_is_there_again_until_it_is_forgotten(open_page, language):
    page = open_page(f"{language}/zz-all-that-moves.html")
    quiz, guess, number = (page.locator(f"#{id}") for id in ("quiz", "guess", "number"))
    for button in quiz.locator(".lstm-asked").first.get_by_role("button").all():
        if button.get_attribute("aria-disabled") != "true":
            button.click()
    assert quiz.locator(".right").count() == 1
    assert quiz.locator("[role=status]").last.inner_text()
    guess.get_by_role("button").first.click()
    assert guess.locator("details").count() == 1
    number.get_by_role("textbox").fill("one")
    number.get_by_role("button").click()
    assert number.locator("details").count() == 0 and number.get_by_role("status").first.inner_text()
    number.get_by_role("textbox").fill("1000")
    number.get_by_role("textbox").press("Enter")
    number.locator("summary").click()
    told = number.locator("details").inner_text()
    assert ("times too large" in told) if language == "en" else ("fois trop grand" in told)
    page.reload()
    assert guess.locator("details").count() == number.locator("details").count() == quiz.locator(".right").count() == 1
    page.locator("#theme").click()
    page.locator("#forget").click()
    page.wait_for_function("!document.querySelector('#guess details')")
    assert page.evaluate("localStorage.getItem('lstm theme')")           # no answer


def test_a_search_finds_and_leads_to_the_place(open_page):
    page = open_page("fr/index.html")
    box = page.get_by_role("searchbox")
    box.fill("demi-vie")
    page.locator("header li a").first.wait_for()
    box.fill("xyzzy")
    page.wait_for_function("document.querySelector('header [role=status]').textContent === 'Aucun résultat'")
    box.fill("porte d'oubli")
    page.locator("header li a").first.click()
    assert ".html#" in page.url and page.url.split("#")[1]


def test_the_other_language_is_one_click_away_at_the_same_place(open_page):
    page = open_page("en/04-forget-gate.html")
    page.locator("#stream").wait_for()
    page.wait_for_timeout(500)                                           # all that wakes is in its place
    page.locator("#stream").evaluate("cell => cell.scrollIntoView()")
    page.locator("#tongue").click()
    assert page.url.endswith("/fr/04-forget-gate.html#stream")


def test_light_and_dark_are_the_systems_or_the_readers(open_page):
    page = open_page("en/index.html", scheme="dark")
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(paper)
    page.locator("#theme").click()
    light = page.evaluate(paper)
    assert light == "rgb(255, 255, 255)" != dark
    page.reload()
    assert page.evaluate(paper) == light


@pytest.mark.parametrize("width", [1280, 800, 400])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_scrolls_sideways(open_page, language, width):
    for name in PAGES:
        page = open_page(f"{language}/{name}", width)
        page.wait_for_timeout(500)
        assert not page.evaluate(SCROLLS), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page, name, scheme):
    page = open_page(f"en/{name}", 800, scheme)
    page.wait_for_timeout(800)
    assert axe(page) == []
