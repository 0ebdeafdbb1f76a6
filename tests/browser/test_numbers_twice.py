"""What JavaScript computes and says is what Python does: wire by wire, at random settings, in both languages."""
import re

import numpy as np
import pytest

from course.c08_full_cell import diagram
from course.shared.wires import WIRES
from lstmlib.cells import LSTM, hold
from lstmlib.unroll import forward, weights
from workbook import words
from workbook.ink import COLOURS, number

ALL = """async ([code, films]) => {
    const { default: machine } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    return films.map(film => {
        const el = document.createElement("div");
        document.body.append(el);
        machine.render({ el, model: { get: () => film } });
        if (film.back) [...el.querySelectorAll("button")].find(b => b.textContent === film.words.gradient).click();
        const svg = el.querySelector(".lstm-machine svg, svg"), all = tag => [...svg.querySelectorAll(tag)];
        const told = (tag, ...names) => all(tag).map(node => names.map(name => node.getAttribute(name)));
        return { said: svg.getAttribute("aria-label"), dot: told("circle", "cx", "cy", "fill"),
            lines: told("path", "d", "stroke", "stroke-width"),
            words: all("text").map(t => [+t.getAttribute("x"), +t.getAttribute("y"), t.textContent]) };
    });
}"""


@pytest.fixture(params=words.LANGUAGES, autouse=True)
def language(request):
    words.speak(request.param)
    yield
    words.speak("en")


def test_one_gate_says_and_shows_in_the_browser_what_it_does_here(browser):
    rng, machine = np.random.default_rng(0), diagram.single_gate()
    far = np.array([4, 1, 4, 4, 4])
    asked = [dict(zip(machine.film["start"], v)) for v in rng.uniform(-far, far, (30, 5)).round(1)]
    assert list(asked[0]) == ["W_h", "h", "W_x", "x", "b"]
    shown = browser.new_page().evaluate(ALL, [machine._esm, [machine.film | {"start": v} for v in asked]])
    for values, page in zip(asked, shown, strict=True):
        still = diagram.draw_single_gate(**values)
        (dot,) = [m for m in still.figure.marks if m[0] == "dot"]
        (x, y, colour), = page["dot"]
        assert page["said"] == still.text and colour == COLOURS["f"]
        assert (float(x), float(y)) == pytest.approx(dot[1:3], abs=.1)
        assert sorted(w for *_, w in page["words"]) == sorted(m[3] for m in still.figure.marks if m[0] == "words")


def test_every_wire_of_the_browser_s_cell_has_its_name_and_number_from_here(browser):
    rng, films, stills = np.random.default_rng(1), [], []
    for k in range(24):
        p = {name: w + .5 * rng.normal(size=w.shape) for name, w in weights(LSTM, 2, 3, rng).items()}
        x, unit, t, back = rng.normal(size=(4, 2)), int(rng.integers(3)), int(rng.integers(4)), bool(k % 2)
        machine = diagram.cell_diagram(p, x, letters="abcd", unit=unit, t=t)
        run, dh = forward(LSTM, p, x[..., None]), np.zeros((4, 3, 1))
        dh[-1] = 1
        now = {w: v[unit] for w, v in diagram.moments(p, run, dh)[back][t].items()}
        films.append(machine.film | {"back": back})
        stills.append((now, diagram.draw_cell(now, machine.still.spoken.split(". ")[0], back), back))
    shown = browser.new_page().evaluate(ALL, [diagram.Machine._esm, films])
    for (now, still, back), page in zip(stills, shown, strict=True):
        assert page["said"] == still.text
        stand = {(x, y): w for x, y, w in page["words"]}
        for wire, (kind, corners, place) in WIRES.items():
            start = "M" + " ".join(map(str, (corners[-1] if back else corners[0])))
            wide = 2 + 6 * min(1, abs(float(now.get(wire, 0))))
            colour = COLOURS["grad" if back else kind]
            assert any(d.startswith(start + "L") and stroke == colour and float(w) == pytest.approx(wide, abs=1e-4)
                       for d, stroke, w in page["lines"]), wire
            if place:
                named, said = diagram.NAMES[wire][back].replace("_", ""), number(now[wire], 2)
                found = [stand[place[0], place[1]]] + [stand[place[0], place[1] + place[3]]] * bool(place[3])
                assert re.sub(r"\s", "", "".join(found)) == (named + said).replace(" ", ""), wire


@pytest.mark.parametrize("pins", [{"f": 1}, {"i": .5, "o": 0}, {"f": .3, "i": 1, "o": .7}])
def test_a_held_gate_of_the_browser_is_a_held_gate_here(browser, pins):
    rng = np.random.default_rng(2)
    p = {name: w + .5 * rng.normal(size=w.shape) for name, w in weights(LSTM, 2, 3, rng).items()}
    x, dh = rng.normal(size=(8, 5, 2, 1)), rng.normal(size=(8, 5, 3, 1))
    films = [{"W": p["W"].tolist(), "b": p["b"][..., 0].tolist(), "x": u[..., 0].tolist(), "dh": v[..., 0].tolist()}
             for u, v in zip(x, dh)]
    got = browser.new_page().evaluate("""async ([code, films, pins]) => {
        const { default: machine } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
        return films.map(film => machine.run(film, pins)); }""", [diagram.Machine._esm, films, pins])
    cell = hold(LSTM, **pins)
    for u, v, page in zip(x, dh, got, strict=True):
        for mine, theirs in zip(diagram.moments(p, forward(cell, p, u), v, cell), (page["values"], page["blames"])):
            for t, wires in enumerate(mine):
                for wire, values in wires.items():
                    if wire[2:] not in pins or theirs is page["blames"]:
                        np.testing.assert_allclose(values, theirs[t][wire], atol=1e-9, err_msg=f"{wire}, {t}")
