"""The live cell diagram computes in the browser what lstmlib computes here."""
import json
from pathlib import Path

import numpy as np

import lstmlib.diagram
from lstmlib.cells import LSTM, hold
from lstmlib.diagram import moments
from lstmlib.unroll import forward, weights

MACHINE = """() => import(URL.createObjectURL(new Blob([{}], {{type: 'text/javascript'}})))
    .then(module => module.default.run({}, {}))"""


def test_the_browser_computes_lstmlibs_numbers(browser):
    """To 1e-6, forwards and backwards, on random weights and sequences, with and without a pinned gate."""
    module = json.dumps(Path(lstmlib.diagram.__file__).with_name("diagram.js").read_text(encoding="utf-8"))
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


def test_it_lives_on_a_page_without_a_kernel_and_without_a_network(browser, tmp_path):
    """Step, turn to the gradient, pin a gate: the picture follows, and nothing was asked of anybody."""
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    body = lstmlib.diagram.cell_diagram()._repr_mimebundle_()["text/html"]
    (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=utf-8>{body}", encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    machine = page.locator(".lstm-machine svg")
    seen = [machine.get_attribute("aria-label")]
    for move in (lambda: page.get_by_label("One step on").click(),
                 lambda: page.get_by_label("values / gradient").select_option("1"),
                 lambda: page.get_by_label("pin f").select_option("1")):
        move()
        seen.append(machine.get_attribute("aria-label"))
    assert len(set(seen)) == 4 and "∂c" in seen[2]
    assert all(url.startswith(("file:", "data:")) for url in asked), asked
