"""The live cell diagram computes in the browser what lstmlib computes here."""
import json
from pathlib import Path

import numpy as np
import pytest

from course.c08_full_cell import diagram
from course.c08_full_cell.diagram import moments
from lstmlib.cells import LSTM, hold
from lstmlib.unroll import forward, weights

SCRIPT = Path(diagram.__file__).with_name("diagram.js")
MACHINE = """() => import(URL.createObjectURL(new Blob([{}], {{type: 'text/javascript'}})))
    .then(module => module.default.run({}, {}))"""


def test_the_browser_computes_lstmlibs_numbers(browser):
    """To 1e-6, forwards and backwards, on random weights and sequences, with and without a pinned gate."""
    module = json.dumps(SCRIPT.read_text(encoding="utf-8"))
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
    page.wait_for_function("play => play.ariaPressed === 'false'", arg=play.element_handle())
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
                  [SCRIPT.read_text(encoding="utf-8"), machine.film])
    words = page.locator(".lstm-picture p").last.text_content()
    assert words.startswith("This picture could not be drawn. TypeError")
    assert not page.locator(".lstm-picture svg").last.is_visible() and errors == ["error"]
