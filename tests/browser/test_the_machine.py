"""The live cell diagram computes in the browser what lstmlib computes here, and is the picture of its still."""
import io
import json

import numpy as np
import pytest
from PIL import Image

from course.c08_full_cell import diagram
from course.c08_full_cell.diagram import moments
from lstmlib.cells import LSTM, hold
from lstmlib.unroll import forward, weights
from workbook import words
from workbook.ink import number

SCRIPT = diagram.Machine._esm
MACHINE = """() => import(URL.createObjectURL(new Blob([{}], {{type: 'text/javascript'}})))
    .then(module => module.default.run({}, {}))"""
TOUCHING = """longest => {
    const svg = document.querySelector(".lstm-machine svg"), of = tag => [...svg.querySelectorAll(tag)];
    const texts = of("text").filter(text => text.textContent);
    for (const { firstChild } of texts) firstChild.data = firstChild.data.replace(/−?[0-9.,]+$/, longest);
    const box = text => {
        const { x, y, width, height } = text.getBBox();
        return [x, y + .18 * height, x + width, y + .86 * height];                  // of the ink
    };
    const apart = ([a, b, c, d], [p, q, r, s]) => c < p || r < a || d < q || s < b;
    const lines = of("path").flatMap(path => {
        const at = path.getAttribute("d").match(/-?[0-9.]+/g).map(Number);
        const room = path.getAttribute("stroke-width") / 2 || 0;
        return at.slice(2).map((_, k) => k).filter(k => k % 2 === 0).map(k => [
            Math.min(at[k], at[k + 2]) - room, Math.min(at[k + 1], at[k + 3]) - room,
            Math.max(at[k], at[k + 2]) + room, Math.max(at[k + 1], at[k + 3]) + room]);
    });
    const { x, y, width, height } = of("rect")[0].getBBox(), [right, foot] = [x + width, y + height];
    lines.push([x, y, right, y], [x, foot, right, foot], [x, y, x, foot], [right, y, right, foot], [800, 0, 900, 480]);
    return texts.flatMap((text, k) => [...lines, ...texts.slice(k + 1).map(box)]
        .filter(near => !apart(box(text), near)).map(near => [text.textContent, near]));
}"""


def test_the_browser_computes_lstmlibs_numbers(browser):
    """To 1e-6, forwards and backwards, on random weights and sequences, with and without a pinned gate."""
    module = json.dumps(SCRIPT)
    rng = np.random.default_rng(12)
    p = {name: w + 0.3 * rng.normal(size=w.shape) for name, w in weights(LSTM, 3, 4, rng).items()}
    x, dh, page = rng.normal(size=(6, 3, 1)), rng.normal(size=(6, 4, 1)), browser.new_page()
    film = {"W": p["W"].tolist(), "b": p["b"][..., 0].tolist(), "x": x[..., 0].tolist(),
            "dh": dh[..., 0].tolist()}
    for pins in ({}, {"f": 1}, {"i": 0.5, "o": 0}):
        cell = hold(LSTM, **pins) if pins else LSTM
        held = forward(cell, p, x)
        values, blames = moments(p, held, dh, cell)
        got = page.evaluate(MACHINE.format(module, json.dumps(film), json.dumps(pins)))
        for mine, theirs in ((values, got["values"]), (blames, got["blames"])):
            for t in range(6):
                for wire, v in mine[t].items():
                    if wire.startswith("a_") and wire[2:] in pins and mine is values:
                        continue                             # what a held gate is asked is not heard
                    np.testing.assert_allclose(v, theirs[t][wire], atol=1e-6, err_msg=f"{wire}, {t}, {pins}")


@pytest.fixture
def alone(browser, tmp_path):
    """alone(widget): a page that holds its kept output and nothing else; .asked: what the page asked for."""
    def show(widget):
        page, page_asked = browser.new_page(), []
        page.on("request", lambda request: page_asked.append(request.url))
        body = widget._repr_mimebundle_()["text/html"]
        (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=utf-8>{body}", encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        page.asked = page_asked
        return page
    return show


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_browser_writes_a_number_as_the_course_does(browser, language):
    rng = np.random.default_rng(13)
    values = [0., 1., -1., .5, -8., 24., 1e-4, -99.96, *rng.normal(size=40) * 10. ** rng.integers(-9, 12, 40)]
    words.speak(language)
    for digits in (2, 3):
        written = browser.new_page().evaluate(
            """([code, values, language, digits]) =>
                import(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})))
                .then(module => values.map(v => module.default.written(v, language, digits)))""",
            [diagram.Machine._esm, values, language, digits])
        assert written == [number(v, digits) for v in values]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_still_and_the_machine_are_one_picture(alone, language):
    """But for the soft edges of lines and letters, pixel by pixel."""
    words.speak(language)
    for machine in (diagram.cell_diagram(letters="abcdef", unit=1, t=2), diagram.single_gate()):
        page = alone(machine)
        live = page.locator(".lstm-machine svg")
        seen = [live.screenshot()]
        live.evaluate("(svg, still) => svg.parentElement.innerHTML = still", machine.still.svg())
        seen.append(live.screenshot())
        one, two = (np.array(Image.open(io.BytesIO(shot)).convert("L"), int) for shot in seen)
        assert one.shape == two.shape and (one < 128).mean() > .01
        assert (np.abs(one - two) > 100).mean() < 1e-3


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_words_of_the_cell_touch_its_lines_or_each_other(alone, language):
    """Forwards and backwards, with the longest number that a wire can carry."""
    words.speak(language)
    page = alone(diagram.cell_diagram())
    for _ in range(2):
        assert page.evaluate(TOUCHING, number(-.00012, 2)) == []
        page.get_by_role("button", name=words.say("gradient")).click()


@pytest.fixture(autouse=True)
def english_again():
    yield
    words.speak("en")


def said(page):
    return page.locator(".lstm-machine svg").get_attribute("aria-label")


def test_it_lives_on_a_page_without_a_kernel_and_without_a_network(alone):
    """Step, turn to the gradient, pin a gate by hand, reset: the picture follows, and nobody is asked."""
    page = alone(diagram.cell_diagram())
    seen = [said(page)]
    for move in (lambda: page.get_by_label("One step on").click(),
                 lambda: page.get_by_role("button", name="gradient").click(),
                 lambda: page.get_by_role("slider", name="f", exact=True).press("ArrowRight")):
        move()
        seen.append(said(page))
    assert len(set(seen)) == 4 and "∂c" in seen[2]
    assert page.get_by_role("button", name="pin f").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Reset").click()
    assert said(page) == seen[0]
    assert all(url.startswith(("file:", "data:")) for url in page.asked), page.asked


def test_it_plays_forwards_and_its_gradient_backwards(alone):
    page = alone(diagram.cell_diagram(x=np.ones((3, 2))))
    titled = "title => document.querySelector('.lstm-machine svg').ariaLabel.startsWith(title)"
    play = page.get_by_role("button", name="Play")
    play.click()
    page.wait_for_function(titled, arg="step 3 of 3")
    page.get_by_role("button", name="Stop").wait_for(state="detached")
    page.get_by_role("button", name="gradient").click()
    play.click()
    page.wait_for_function(titled, arg="step 1 of 3")


def test_what_cannot_be_drawn_is_said_in_its_place_and_on_the_console(alone):
    machine = diagram.cell_diagram()
    machine.film = machine.film | {"names": {}}
    errors, page = [], alone(diagram.single_gate())
    page.on("console", lambda message: errors.append(message.type))
    page.evaluate("""([code, film]) =>
        import(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})))
        .then(module => module.default.render({ el: document.body, model: { get: () => film } }))""",
                  [SCRIPT, machine.film])
    words = page.locator(".lstm-picture p").last.text_content()
    assert words.startswith("This picture could not be drawn. TypeError")
    assert not page.locator(".lstm-picture svg").last.is_visible() and errors == ["error"]
