"""The playground opened from a folder, no network: the engine in a browser, the hand, the eye, the ear."""
import re
from pathlib import Path

import pytest
from javascript import CASES, TASKS, chromium, same_numbers, the_task

from workbook import playground

SHOTS = Path(__file__).with_name("shots")
FAULTS = """() => {                     // what does not fit the window, and what is too small for a finger or an eye
  const faults = [], wide = document.documentElement;
  if (wide.scrollWidth > wide.clientWidth) faults.push(`the page is ${wide.scrollWidth} wide`);
  for (const node of document.querySelectorAll("button, select, input, summary, a, canvas, svg")) {
    const { width, height, right } = node.getBoundingClientRect();
    if (!width) continue;
    if (right > wide.clientWidth + 1) faults.push("out of the window: " + node.id);
    if (Math.max(width, height) < 20) faults.push(`${width} × ${height}: ${node.id}`);
    if (node.matches("canvas, svg") && !node.ariaLabel) faults.push("a picture without words: " + node.id);
  }
  for (const node of document.querySelectorAll("p, small, td, th, label, text, h2"))
    if (parseFloat(getComputedStyle(node).fontSize) < 13) faults.push("small type: " + node.textContent);
  return faults;
}"""
CONTRAST = """() => {                   // of each text and the paper under it
  const light = rgb => rgb.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
                          .reduce((sum, v, k) => sum + v * [.2126, .7152, .0722][k], 0);
  const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
  const paper = node => { const c = rgb(getComputedStyle(node).backgroundColor);
                          return c[3] === 0 ? paper(node.parentElement) : c.slice(0, 3) };
  return [...document.querySelectorAll("p, small, td, th, label, h1, h2, a, button, summary, legend, output, span")]
    .filter(node => node.textContent.trim() && node.getClientRects().length).map(node => {
      const [a, b] = [light(rgb(getComputedStyle(node).color).slice(0, 3)), light(paper(node))];
      return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), node.textContent.trim()];
    }).filter(([ratio]) => ratio < 4.5);
}"""


@pytest.fixture
def opened(browser, tmp_path):
    """opened("fr", width=400): the page in a tab that refuses the network and fails on any error."""
    for language, other in (("en", "fr"), ("fr", "en")):
        text = playground.page(language, other=f"{other}.html", home=f"{language}.html")
        (tmp_path / f"{language}.html").write_text(text, encoding="utf-8")
    tabs, errors = [], []

    def open_page(language="en", width=1280, dark=False, at=""):
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True,
                                      color_scheme="dark" if dark else "light")
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or errors.append(asked.url))
        page.goto((tmp_path / f"{language}.html").as_uri() + at)
        tabs.append(context)
        return page

    yield open_page
    for context in tabs:
        context.close()
    assert errors == []


def updates(page):
    return int(re.search(r"\d+", page.inner_text("#done"))[0])


def wait_for(page, n):
    page.wait_for_function(f"document.getElementById('done').textContent.match(/\\d+/)[0] >= {n}", timeout=90_000)


@pytest.mark.parametrize("cell, name, held", CASES, ids=lambda part: getattr(part, "name", str(part)))
def test_the_engine_computes_what_the_library_does(opened, cell, name, held):
    same_numbers(chromium(opened()), cell, name, held)


@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_the_library_s(opened, name):
    the_task(chromium(opened()), name)


def test_it_learns_and_rests_by_itself(opened):
    """Where the LSTM is above chance, at the task's last update, and what the page says of it at the end."""
    page = opened(at="#account")
    assert page.is_checked("[value=account]") and updates(page) == 0
    page.click("#run")
    wait_for(page, 400)
    assert page.inner_text("#run") == "Run" and updates(page) == 400
    loss = {row: float(page.inner_text(f"#{row} td >> nth=0")) for row in ("LSTM", "RNN", "level")}
    assert loss["LSTM"] < loss["RNN"] < loss["level"]
    assert page.inner_text("#status").startswith("Paused. After 400 updates, loss: LSTM 0.0")
    page.wait_for_timeout(300)
    assert updates(page) == 400


def test_the_keyboard_alone_does_it_all(opened):
    """Run, pause, one update, another sequence, a held gate, start again; each stop has a ring of 3 px."""
    page = opened(at="#secret")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stop, ring = page.evaluate("""() => { const node = document.activeElement;
            return [node.id || node.value || node.textContent.trim(), getComputedStyle(node).outlineWidth] }""")
        if stop in stops[:1]:
            break
        assert page.evaluate("document.activeElement === document.body") or ring == "3px", stop
        stops.append(stop)
    expected = ["H", "bias", "seed", "hold-f", "hold-i", "hold-o", "run", "step", "reset", "another"]
    assert [stop for stop in stops if stop in expected] == expected
    page.focus("#step")
    page.keyboard.press("Enter")
    assert updates(page) == 1
    page.focus("#hold-o")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    assert page.inner_text("#now-o") == "0.80"
    assert "least 0.80, greatest 0.80" in page.get_attribute("#film-o", "aria-label")
    page.focus("#run")
    page.keyboard.press("Space")
    wait_for(page, 20)
    page.keyboard.press("Space")
    held = updates(page)
    assert page.inner_text("#run") == "Run" and "Paused" in page.inner_text("#status")
    assert page.inner_text("#now-o") == "0.80"                      # also while it learned
    before = page.get_attribute("#film-x", "aria-label")
    page.focus("#another")
    page.keyboard.press("Enter")
    assert page.get_attribute("#film-x", "aria-label") != before and updates(page) == held
    page.focus("#reset")
    page.keyboard.press("Enter")
    assert updates(page) == 0 and page.inner_text("#now-o") == "0.80"


def test_a_seed_tells_all_and_another_tells_another(opened):
    page, seen = opened(at="#account"), []
    for seed in ("3", "4", "3"):
        page.fill("#seed", seed)
        page.press("#seed", "Tab")
        for _ in range(3):
            page.click("#step")
        seen.append([page.inner_text(f"#{row}") for row in ("LSTM", "RNN")])
    assert seen[0] == seen[2] and seen[0][0] != seen[1][0]


def test_what_the_hands_say_reaches_the_engine(opened):
    """A gate held in the LSTM is held while it learns, none of the RNN's is; no lesson is drawn as the exam is."""
    page = opened(at="#account")
    page.evaluate("""() => {
        window.heard = {held: [], seeds: []};
        const {learn, random} = Engine;
        Engine.learn = (...given) => { heard.held.push({...given[4]}); return learn(...given); };
        Engine.random = seed => { heard.seeds.push(seed); return random(seed); };
    }""")
    page.check("#hold-f")
    for seed in "34":
        page.fill("#seed", seed)
        page.press("#seed", "Tab")
    page.click("#step")
    heard = page.evaluate("heard")
    assert heard["held"] == [{"f": 1}, {}]
    (one, *exam), (two, *same) = heard["seeds"][:3], heard["seeds"][3:]
    assert exam == same and len({one, two, *exam}) == 4


def test_each_chart_says_what_lies_along_it(opened):
    page = opened()
    for chart, along in (("loss", "updates"), ("lag", "lag")):
        assert page.locator(f"#{chart} svg text").last.text_content() == page.evaluate(
            f"JSON.parse(document.getElementById('words').textContent).words.{along}")


def test_a_try_sets_all_up(opened):
    page = opened(at="#secret")
    page.click("#step")
    page.click("#tries button >> nth=2")
    assert (page.input_value("#H"), page.is_checked("#hold-o"), page.inner_text("#now-o")) == ("4", True, "1.00")
    assert updates(page) == 0 and page.evaluate("document.activeElement.id") == "run"
    page.click("[value=recall]")
    assert (page.input_value("#H"), page.is_checked("#hold-o"), page.input_value("#bias")) == ("16", False, "5")
    assert page.locator("#tries li").count() == 3 and "chance" in page.inner_text("#loss")


def test_it_speaks_seldom(opened):
    """While it runs, the status that a screen reader hears changes at most every 200 updates."""
    page = opened(at="#account")
    page.evaluate("""() => {
        const status = document.getElementById("status"), said = window.said = [];
        new MutationObserver(() => said.push(status.textContent)).observe(status, {childList: true});
    }""")
    page.click("#run")
    wait_for(page, 400)
    said = page.evaluate("said")
    assert 2 <= len(said) <= 4 and said[0] == "Running." and page.locator("[aria-live], [role=status]").count() == 1


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width, dark", [(1280, False), (800, True), (640, False), (400, False), (400, True),
                                         (320, False)])
def test_it_fits_every_window(opened, language, width, dark):
    """640 is a window of 1280 zoomed twice. Every text stands out from its paper at least 4.5 to 1."""
    page = opened(language, width, dark)
    for task in TASKS:
        page.click(f"[value={task}]")
        page.click("#step")
        page.evaluate("document.querySelectorAll('details').forEach(node => node.open = true)")
        assert page.evaluate(FAULTS) == [] and page.evaluate(CONTRAST) == []
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"playground-{width}-{'dark' if dark else 'light'}-{language}.png", full_page=True)


def test_it_has_the_theme_that_was_chosen_on_the_site(opened):
    page = opened()
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.evaluate("localStorage.setItem('lstm theme', 'dark')")
    page.reload()
    assert page.evaluate(paper) == "rgb(22, 22, 22)"


def test_the_other_language_is_one_click_away(opened):
    page = opened()
    page.click("nav a[lang=fr]")
    assert page.get_attribute("html", "lang") == "fr" and page.inner_text("#run") == "Lancer"
    assert page.inner_text("#LSTM td >> nth=1").endswith("\u00a0%")
