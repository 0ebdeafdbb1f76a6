"""The live cell diagram: what it shows is what lstmlib computes."""

import json
import re

import numpy as np
import pytest

from course.c08_full_cell.diagram import NAMES, cell_diagram, draw_cell, moments, red_wires, single_gate
from lstmlib.cells import LSTM, State, pin
from lstmlib.unroll import backward, forward, weights
from workbook import exercises
from workbook.judge import known
from workbook.words import speak


@pytest.fixture
def read():
    rng = np.random.default_rng(11)
    p = {name: w + 0.3 * rng.normal(size=w.shape) for name, w in weights(LSTM, 3, 4, rng).items()}
    run = forward(LSTM, p, rng.normal(size=(6, 3, 1)))
    return p, run, rng.normal(size=(6, 4, 1))


def test_the_wires_carry_what_the_tape_and_backpropagation_say(read):
    p, run, dh = read
    values, blames = moments(p, run, dh)
    dp, dx, ds0 = backward(LSTM, p, run, dh)
    for t, (v, d) in enumerate(zip(values, blames)):
        for wire in ("f", "i", "o", "g", "c", "c_prev", "h"):
            np.testing.assert_array_equal(v[wire], getattr(run.tape, wire)[t, :, 0])
        np.testing.assert_allclose(v["kept"] + v["new"], v["c"], atol=1e-15)
        np.testing.assert_allclose(d["x"], np.linalg.norm(dx[t]), atol=1e-14)
    np.testing.assert_allclose(blames[0]["h_prev"], ds0.h[:, 0], atol=1e-14)
    np.testing.assert_allclose(blames[0]["c_prev"], ds0.c[:, 0], atol=1e-14)
    for k, gate in enumerate(LSTM.gates):
        bent, asked = (np.array([v[wire] for v in values]) for wire in (gate, f"a_{gate}"))
        np.testing.assert_allclose(np.tanh(asked) if gate == "g" else 1 / (1 + np.exp(-asked)), bent, atol=1e-14)
        np.testing.assert_allclose(sum(d[f"a_{gate}"] for d in blames), dp["b"][k, :, 0], atol=1e-13)


def test_a_wire_carries_what_its_name_says(read):
    """“f·cₜ₋₁” is the product of what stands on the wires f and cₜ₋₁."""
    p, run, dh = read
    told = 0
    for now in moments(p, run, dh)[0]:
        called = {name: now[wire] for wire, (name, _) in NAMES.items() if not re.search("[· ]", name)}
        for wire, (name, _) in NAMES.items():
            first, *more = re.split("[· ]", name)
            value = np.tanh(called[more[0]]) if first == "tanh" else np.prod([called[q] for q in (first, *more)], 0)
            np.testing.assert_allclose(now[wire], value, atol=1e-14, err_msg=wire)
            told += bool(more)
    assert told == 3 * len(run.x)


def test_a_blame_on_a_wire_is_the_slope_of_the_loss(read):
    """∂f at a step: hold the gate of one unit a little higher there, and see what the loss does."""
    p, run, dh = read
    _, blames = moments(p, run, dh)

    def loss(nudge):
        s, total = run.s0, 0
        for t, x in enumerate(run.x):
            s, tape = LSTM.step(p, s, x)
            if t == 2:
                c = (tape.f + nudge) * tape.c_prev + tape.i * tape.g
                s = State(tape.o * np.tanh(c), c)
            total += (dh[t] * s.h).sum()
        return total

    nudge = np.array([[0.0], [1e-6], [0.0], [0.0]])
    np.testing.assert_allclose((loss(nudge) - loss(-nudge)) / 2e-6, blames[2]["f"][1], rtol=1e-6)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_still_names_every_wire_and_the_page_holds_the_machine(read, language):
    p, run, _ = read
    try:
        speak(language)
        for shown in (cell_diagram(p, run.x[..., 0], letters="abcdef", unit=2, t=3), single_gate()):
            bundle = shown._repr_mimebundle_()
            assert bundle["text/plain"] == shown.still.text and "<img alt=" in bundle["text/html"]
            film = bundle["text/html"].split('application/json">')[1].split("</script>")[0]
            assert json.loads(film) == shown.film
            assert ('class="learned"' in bundle["text/html"]) == shown.learned
        values, _ = moments(p, run, np.zeros_like(run.h))
        picture = draw_cell({wire: v[2] for wire, v in values[3].items()})
        assert all(word in picture.text for word in ("f·c", "i·c̃", "tanh c"))
    finally:
        speak("en")


def test_wrong_letters_and_weights_are_refused(read):
    p, run, _ = read
    with pytest.raises(ValueError, match="letters has 2 entries, x has 6 steps"):
        cell_diagram(p, run.x[..., 0], letters="ab")
    with pytest.raises(ValueError, match="W"):
        cell_diagram({"W": p["W"][:3], "b": p["b"]}, run.x[..., 0])


def test_a_pinned_gate_travels_as_a_large_number(read):
    p, run, _ = read
    film = cell_diagram(pin(LSTM, p, f=1), run.x[..., 0]).film
    assert film["b"][0] == [1e30] * 4


def test_what_is_kept_of_a_trained_cell_hangs_on_none_of_its_numbers(read):
    p, run, _ = read
    kept = []
    for size in (1, 1 + 1e-5):
        bundle = cell_diagram({name: size * w for name, w in p.items()}, run.x[..., 0])._repr_mimebundle_()
        kept.append((bundle["text/plain"], re.sub(r'base64,[^"]*|(class="learned" type="application/json">)[^<]*',
                                                  r"\1", bundle["text/html"])))
    assert kept[0] == kept[1]


def test_no_word_that_is_read_can_end_the_script_that_holds_it():
    letters = ["</script>", "<!--<script>", "&amp;", "é"]
    html = cell_diagram(x=np.ones((4, 2)), letters=letters)._repr_mimebundle_()["text/html"]
    film = html.split('application/json">')[1].split("</script>")[0]
    assert "<" not in film and json.loads(film)["letters"] == letters


def test_red_wires_show_what_of_a_way_back_is_wrong():
    """Of our own mistakes all but the one that only loses an axis; where one is right, what is on the wires is it."""
    task = exercises.book()["lstm_back"]
    assert "every wire carries the right number. " in red_wires(LSTM.back).text
    unseen = []
    with np.errstate(all="ignore"):
        for k, mistake in enumerate(task.mistakes):
            text = red_wires(known.edited(task, (k,))).text
            unseen += [mistake.id] * ("wrong" not in text and "cannot be read off" not in text)
    assert unseen == ["db-has-lost-an-axis"]


def test_a_red_wire_has_another_dash_and_both_numbers():
    def back(p, ds, tape):
        dp, ds, dx = LSTM.back(p, ds, tape)
        return dp, ds._replace(c=2 * ds.c), dx
    right, wrong = red_wires(LSTM.back), red_wires(back)
    assert "wrong wires: 1" in wrong.text and wrong.svg().count("2 6") > right.svg().count("2 6")
    told = re.search(r"∂cₜ₋₁ (\S+) ≠ ([^;]+);", wrong.text)
    twice, once = (float(n.replace("−", "-")) for n in told.groups())
    assert abs(twice - 2 * once) < .02 and f"∂cₜ₋₁ {told[2]};" in right.text


def test_of_what_is_not_written_yet_or_built_otherwise_it_says_so():
    def stub(p, ds, tape):
        raise NotImplementedError
    assert "Write the function first" in red_wires(stub).text
    assert "cannot be read off: TypeError" in red_wires(lambda p, ds, tape: None).text
