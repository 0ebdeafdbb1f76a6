"""Every explorer, in both languages, at every corner of its controls: a picture, no warning, numbers said."""
import itertools
import re
import warnings

import numpy as np
import pytest
from layout import faults

from course.c01_rnn_basics.pictures import draw_two_units
from course.c03_vanishing_gradient.pictures import BENT, draw_gradient_flow, gradient_norms
from course.c04_forget_gate.pictures import SENTENCES, draw_forget_by_hand, draw_forget_gate
from course.c07_output_gate.pictures import draw_hold_silently
from course.c10_summary.pictures import draw_flow_order
from course.c11_out_into_the_world.spots import EXAM, sunspots
from course.shared.puppet import by_hand
from lstmlib import cells, tasks
from lstmlib.model import Model
from lstmlib.unroll import forward, weights
from workbook import explorers, words
from workbook.ink import Picture, number
from workbook.plots import GATES, NAMES, half_life
from workbook.room import rooms

TASK = tasks.which_came_first(6, 6)
ONE = next(TASK.batches(np.random.default_rng(1), 1))
MANY = next(TASK.batches(np.random.default_rng(2), 20))


def model():
    return Model(cells.LSTM, TASK.D, 4, TASK.K)


EXPLORERS = {name: getattr(explorers, name) for name in (
    "first_slider", "two_unit_rnn", "gradient_flow", "forget_gate", "forget_by_hand", "two_keys", "belt",
    "hold_silently", "flow_order")} | {
    "training_film": lambda: explorers.training_film(model(), TASK, ONE.x, "abcdef", at=(0, 2, 5)),
    "gate_film": lambda: explorers.gate_film(model(), ONE.x, "abcdef"),
    "live_ablation": lambda: explorers.live_ablation(model(), MANY)}

PLAIN = "gradient_norms", "spots_by_year", "beside"        # offered as well, and without a control


def corners(control):
    """The values at the ends of a control, and one between."""
    kind = control.look["kind"]
    if kind == "strip":
        n = len(control.value)
        return (0.,) * n, (1.,) * n, tuple(float(k % 2) for k in range(n)), control.value
    if kind in ("film", "choice"):
        return control.options
    return control.options[0], control.options[len(control.options) // 2], control.options[-1]


def every_corner(explorer):
    """All combinations of the ends of its controls, and of their middles where that is not too many."""
    values = [list(dict.fromkeys(corners(control))) for control in explorer.controls.values()]
    if len(values) > 4:
        values = [[v[0], v[-1]] for v in values]
    first = {name: control.value for name, control in explorer.controls.items()}
    return [*(dict(zip(explorer.controls, v)) for v in itertools.product(*values)), first]


def test_every_explorer_is_tested_and_stands_in_its_own_chapter():
    offered = [(room, name) for room in rooms().values() if room.has("pictures")
               for name in room.module("pictures").__all__]
    assert sorted(name for _, name in offered) == dir(explorers) == sorted([*EXPLORERS, *PLAIN])
    for room, name in offered:
        assert f"explorers.{name}(" in (room.path / "chapter.py").read_text(encoding="utf-8"), name


def test_an_explorer_is_found_by_its_name_and_a_wrong_name_is_told_the_right_ones():
    assert explorers.gradient_norms is gradient_norms
    with pytest.raises(AttributeError, match="no 'forget'; expected one of belt, .*forget_gate, .*rnn"):
        _ = explorers.forget


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", EXPLORERS)
def test_every_corner_gives_a_picture_without_a_warning(name, language):
    words.speak(language)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        explorer, heights = EXPLORERS[name](), set()
        for values in every_corner(explorer):
            with np.errstate(all="raise", under="ignore"):
                picture = explorer.draw(**values)
            assert isinstance(picture, Picture) and picture.figure.marks
            svg = picture.svg()
            assert "nan" not in svg and "inf" not in svg
            assert len(svg) < 60_000
            assert any(letter.isdigit() for letter in picture.spoken)
            heights.add(picture.figure.height)
            assert faults(picture.figure) == [], values
    assert len(heights) == 1 or name == "gate_film"         # else the page would jump under the hand


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", EXPLORERS)
def test_the_still_is_the_same_each_time_small_and_no_repr(name, language):
    words.speak(language)
    one, two = EXPLORERS[name]()._repr_mimebundle_(), EXPLORERS[name]()._repr_mimebundle_()
    for kind in ("image/png", "text/html", "text/plain"):
        assert one[kind] == two[kind]
    assert "(" not in one["text/plain"][:8] and "VBox" not in one["text/plain"]
    assert len(one["image/png"]) < 40_000


@pytest.mark.parametrize("name", EXPLORERS)
def test_moving_a_control_changes_the_picture_and_raises_nothing(name):
    explorer = EXPLORERS[name]()
    for control in explorer.controls.values():
        before = explorer.picture
        control.value = next(v for v in reversed(corners(control)) if v != control.value)
        explorer.draw_now()
        assert explorer.picture != before


@pytest.mark.parametrize("name", ["training_film", "gate_film", "live_ablation"])
def test_the_kept_words_of_a_trained_model_hold_no_trained_number(name):
    """A decimal number in them would differ between machines; whole ones count units, steps, updates."""
    assert not re.search(r"\d\.\d", EXPLORERS[name]().still.text)


def test_by_hand_obeys():
    f, i, o, g = (np.array(v) for v in ([0, .3, 1], [1, .5, 0], [1, 0, .25], [-1, .5, 1]))
    _, run = by_hand(f, i, o, g, c0=2)
    for name, asked in zip("fiog", (f, i, o, g)):
        assert np.allclose(getattr(run.tape, name)[:, 0, 0], asked, atol=1e-12)
    assert np.allclose(run.tape.c[:, 0, 0], [-1, -.3 + .25, -.05])


def test_forget_gate_keeps_and_blames_alike():
    for f in (0., .5, .9, .99, 1.):
        text = draw_forget_gate(f).text
        steps = "step" if half_life(f) == 1 else "steps"
        assert f"half-life {number(half_life(f))} {steps}." in text
        assert f"Forwards, {number(f ** 40)} of" in text and f"Backwards, {number(f ** 40)} of" in text


def test_forget_by_hand_is_won_by_forgetting_at_the_full_stop_and_by_no_constant():
    for language in words.LANGUAGES:
        words.speak(language)
        sentence = SENTENCES[language]
        ok, bad = words.say("sure and right"), words.say("too weak, or wrong")
        stop = [word for word, _, _ in sentence].index(".")
        f = [float(k != stop) for k in range(len(sentence))]
        text = draw_forget_by_hand(f, sentence).text
        assert text.count(ok) == 2 and bad not in text
        for f in np.linspace(0, 1, 101):
            assert draw_forget_by_hand([f] * len(sentence), sentence).text.count(ok) < 2


def test_hold_silently_is_won_by_speaking_only_when_asked():
    text = draw_hold_silently([float(t == 9) for t in range(1, 13)]).text
    assert "From step 2 on c is 0.8" in text and text.endswith("says 0.66; at other times it says at most 0.")


@pytest.mark.parametrize("activation, drive", [("tanh", 0.), ("none (linear)", 0.), ("none (linear)", 2.)])
def test_a_silent_rnn_obeys_the_power_of_rho_and_a_linear_one_always(activation, drive):
    text = draw_gradient_flow(.9, activation, drive, 1., 60).text
    assert f"RNN {number(.9 ** 60, 2)} ·" in text and f"ρᵏ {number(.9 ** 60, 2)}" in text
    assert f"RNN {number(.9 ** 60, 2)} ·" not in draw_gradient_flow(.9, "tanh", 2., 1., 60).text


@pytest.mark.parametrize("activation", BENT)
def test_gradient_norms_are_the_derivative(activation):
    """∂h_T/∂h_0 of a random RNN against complex steps in each direction of the first state."""
    cell, rng = BENT[activation], np.random.default_rng(0)
    H, D, T = 6, 2, 5
    p, x = weights(cell, D, H, rng), rng.normal(size=(T, D, 1))
    norm = gradient_norms(cell, p, x, "h")[-1]
    assert norm > 0
    q = {name: w.astype(complex) for name, w in p.items()}
    columns = []
    for k in range(H):
        h0 = np.zeros((H, 1), complex)
        h0[k] = 1e-30j
        columns.append(forward(cell, q, x, cells.Hidden(h0)).h[-1].imag / 1e-30)
    assert norm == pytest.approx(np.linalg.norm(np.concatenate(columns, 1), 2), rel=1e-10)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_sunspots_are_drawn_whole_and_the_exam_is_marked(language):
    words.speak(language)
    picture, (year, spots) = explorers.spots_by_year(), sunspots()
    assert faults(picture.figure) == [] and len(picture.svg()) < 60_000
    for told in (year[0], year[-1], year[np.argmax(spots)], EXAM):
        assert f"{told:.0f}" in picture.text
    assert number(spots.max(), 3) in picture.text


def test_two_units_show_their_weights_and_every_name_is_a_quantity():
    text = draw_two_units(.5, -1, 0, 2, "once").text
    assert "to unit 1: 0.5, −1; to unit 2: 0, 2; spectral radius 2" in text
    assert set(GATES) <= set(NAMES)


def test_flow_order_computes_the_four_at_once_and_is_done_before_the_sheet_is_read():
    said = [draw_flow_order(k).text for k in range(15)]
    read, computed = zip(*(re.findall(r"far: (.*?)\.(?: |$)", text) for text in said))
    known = [re.findall(r"(\S+) = ", numbers) for numbers in computed]
    assert known[:5] == [["x"], ["x", "f", "i", "c̃", "o"], ["x", "f", "i", "c̃", "c", "o"],
                         ["x", "f", "i", "c̃", "c", "o", "h"], ["x", "f", "i", "c̃", "c", "o", "h"]]
    assert known[5:10] == known[10:] == known[:5]
    assert [len(names.split(", ")) for names in read] == 3 * [1, 2, 3, 4, 5]


def test_flow_order_hands_h_and_c_on():
    """What a step ends with, the next one begins with: its numbers are those of one LSTM reading on."""
    def held(k):
        shown = [m[3] for m in draw_flow_order(k).figure.marks if m[0] == "words"]
        return {word for word in shown if re.match("[hc] = ", word)}
    for end in (4, 9):
        assert held(end + 1) < held(end) and len(held(end + 1)) == 2
    p, x = weights(cells.LSTM, 1, 1, np.random.default_rng(5)), np.reshape([1., -1., .5], (3, 1, 1))
    h = forward(cells.LSTM, p, x).h[-1, 0, 0]
    assert f"h = {number(round(h, 2))}" in held(14)
