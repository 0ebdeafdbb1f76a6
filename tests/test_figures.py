"""Every kind of figure, turned back from its marks to the numbers that it was given."""
import ast
import re
from pathlib import Path

import numpy as np
import pytest
from drawn import Drawn, held_strips, hold_lines, hold_words, numbers, unshaded, value

from course.c07_output_gate.pictures import trade_off
from course.c08_full_cell.diagram import draw_cell, draw_single_gate, moments
from course.shared.wires import WIRES
from lstmlib.cells import LSTM
from lstmlib.unroll import forward, weights
from workbook import plots, words
from workbook.ink import COLOURS, number, power, shade, shades
from workbook.judge import differences
from workbook.plots import GATES, NAMES
from workbook.words import say

LETTERS = "abcdef"
both_languages = pytest.mark.parametrize("language", words.LANGUAGES)


def sigmoid(a):
    return 1 / (1 + np.exp(-np.asarray(a, float)))


# --- what plots.py draws ----------------------------------------------------------------------------------------
@both_languages
def test_films_are_their_arrays_with_their_scales_letters_and_words(language):
    words.speak(language)
    rng = np.random.default_rng(0)
    for letters in (LETTERS, None):
        fields = {k: rng.uniform(0 if k in GATES else -3, 1, (6, 3)) for k in "fiogchx"}
        picture = plots.film(fields, letters, title="A film")
        drawn = Drawn(picture)
        held_strips(drawn, {k: (f"{say(NAMES[k])}, 3 ", v.T) for k, v in fields.items()})
        strips, scales = ([s for s in drawn.images if (s.wide > 100) == wide] for wide in (True, False))
        for scale, (k, v) in zip(scales, fields.items(), strict=True):
            most, ramp = 1 if k in GATES else np.abs(v).max(), unshaded(scale.pixels, k)[0]
            low, high = (next(w.words for w in drawn.words if abs(w.y - scale.y - 14) < 1 and w.at == "end"
                              and (w.x > scale.x) == right) for right in (False, True))
            assert (low, high) == ("0" if k in GATES else number(-most, 2), number(most, 2))
            assert np.abs(ramp - np.linspace(0 if k in GATES else -1, 1, 30)).max() < .01
        step = strips[0].wide / 6
        shown = [w for w in drawn.words if w.at == "middle" and w.y > strips[-1].y + strips[-1].high
                 and w.words != say("step t")]
        for w in shown:
            t = LETTERS.index(w.words) if letters else int(w.words)
            assert w.x == pytest.approx(strips[0].x + (t + .5) * step, abs=.2)
        assert len(shown) == 6 if letters else len(shown) > 1
        assert say("Read: {letters}", letters=LETTERS) in picture.text or not letters
        for k, v in fields.items():
            counted = say("numbers") if k == "x" else say("units")
            hold_words(picture.text, say("{name}, mean of its {counted}", name=say(NAMES[k]), counted=counted),
                       np.arange(6), v.mean(1))


@both_languages
@pytest.mark.parametrize("log", [False, True])
def test_curves_are_their_numbers_their_names_and_their_words(language, log):
    words.speak(language)
    rng = np.random.default_rng(3)
    for n in (2, 9, 40):
        x = np.cumsum(rng.uniform(1, 5, n)).round(2)
        lines = {k: 10 ** rng.uniform(-5, 2, n) if log else rng.normal(size=n) for k in ("c", "h", "f, unit 1", "RNN")}
        del lines["h"]
        picture = plots.curves(lines, x, "updates", "loss", "title", log=log, level={"chance": 1.})
        drawn = Drawn(picture)
        kind = {"c": "c", "f, unit 1": "f", "RNN": "h"}
        hold_lines(drawn, {(0, k): (kind[k], x, v) for k, v in lines.items()}, [("updates", "loss")])
        for k, v in lines.items():
            hold_words(picture.text, k, np.array([value(number(a)) for a in x]), v)
        (axes,) = drawn.axes()
        ((_, level),) = [line for line in drawn.lines("#111111", axes) if np.ptp(line[1]) == 0 and line[1][0] > 0
                         and abs(np.log10(line[1][0])) < (.05 if log else .02)][:1]
        assert level[0] == pytest.approx(1, rel=.1)
    runs = rng.normal(size=(5, 8))
    picture = plots.curves({"LSTM": runs}, ylabel="loss")
    (axes,), drawn = (lambda d: (d.axes(), d))(Drawn(picture))
    found = [y for _, y in drawn.lines(COLOURS["c"], axes)]
    for v in (*runs, np.median(runs, 0)):
        assert any(np.abs(y - v).max() < axes.pixel[1] for y in found)


@both_languages
def test_dots_bars_and_chance_are_where_their_numbers_are(language):
    words.speak(language)
    groups = {"learned f": [.2, .9, .4], "f = 1": [.25, .3, .8, .1]}
    picture = plots.spread(groups, "score", "title", chance=.35)
    drawn = Drawn(picture)
    (axes,) = drawn.axes()
    seeds = [axes.numbers(np.array([d[:2]])) for d in drawn.dots if d[3] == "#111111"]
    bars = drawn.lines("#999999", axes)
    for k, v in enumerate(groups.values()):
        mine = sorted(y[0] for x, y in seeds if round(x[0]) == k)
        assert mine == pytest.approx(sorted(v), abs=axes.pixel[1])
        assert [y[0] for x, y in bars if round(x.mean()) == k] == pytest.approx([np.median(v)], abs=axes.pixel[1])
    (chance,) = drawn.lines(COLOURS["x"], axes)
    assert chance[1] == pytest.approx([.35, .35], abs=axes.pixel[1])
    assert drawn.legend()[say("chance")][0] == COLOURS["x"] and "score" in axes.names
    said = [number(w) for v in groups.values() for w in (np.median(v), min(v), max(v))]
    assert [n for n in numbers(picture.text) if value(n) < 1] == said
    below = [w.words for w in sorted(drawn.words) if w.y > axes.base + 10 and w.words]
    assert below == list(groups)


@both_languages
def test_a_table_s_cells_are_its_numbers_at_their_row_and_column(language):
    words.speak(language)
    table = np.random.default_rng(4).uniform(size=(3, 4)).round(2)
    rows, columns = ["RNN", "LSTM", "GRU"], ["5", "50", "500", "5000"]
    picture = plots.heat(table, rows, columns, "lag", "cell", "title")
    drawn = Drawn(picture)
    cells_ = [(p.points.min(0), p.points.max(0), unshaded([[int(p.fill[k:k + 2], 16) for k in (1, 3, 5)]], "c")[0])
              for p in drawn.paths if len(p.points) == 5]
    assert len(cells_) == 12
    head = {w.words: w.x for w in drawn.words if w.words in columns and w.at == "middle"}
    side = {w.words: w.y for w in drawn.words if w.words in rows and w.at == "end"}
    for r, row in enumerate(rows):
        for k, column in enumerate(columns):
            x, y = head[column], side[row]
            ((fill),) = [v for low, high, v in cells_ if low[0] < x < high[0] and low[1] < y < high[1]]
            assert fill == pytest.approx(table[r, k], abs=.01)
            assert number(table[r, k]) in [w.words for w in drawn.words if abs(w.x - x) < 1 and abs(w.y - y) < 1]
    assert numbers(picture.text) == [n for row in table for k, v in zip(columns, row) for n in (k, number(v))]
    names = {w.words: w for w in drawn.words}
    assert names["lag"].at == "middle" and names["cell"].at == "end"
    assert names["lag"].y < names["5"].y == names["cell"].y


@both_languages
def test_a_memory_decays_as_its_gate_says(language):
    words.speak(language)
    gates = [0, .5, .9, .99, 1]
    picture = plots.decay(gates)
    t = np.arange(41)
    kinds = "fcihg"[:len(gates)]
    named = [f"f = {number(f)}" for f in gates]
    hold_lines(Drawn(picture), {(0, n): (k, t, f ** t.astype(float)) for n, k, f in zip(named, kinds, gates)},
               [(say("step t"), say("what is left of c"))])
    lives = [0, 1, -1 / np.log2(.9), -1 / np.log2(.99), np.inf]
    assert numbers(picture.text) == [n for f, life in zip(gates, lives) for n in
                                     (number(f), number(life), number(f ** 40), "40")]


def test_a_gallery_is_dark_where_its_numbers_are_great():
    images = [np.random.default_rng(5).normal(size=shape) for shape in ((3, 4), (6, 8))]
    drawn = Drawn(plots.gallery(images, ["one", "two"]))
    for image, shot, caption in zip(images, drawn.images, ("one", "two"), strict=True):
        dark = (255 - shot.pixels[..., 0].astype(float)) / 235
        assert np.abs(dark - (image - image.min()) / np.ptp(image)).max() < .01
        assert any(w.words == caption and abs(w.x - shot.x - shot.wide / 2) < 1 for w in drawn.words)


def test_a_kind_s_own_colour_is_its_greatest():
    for kind, colour in COLOURS.items():
        assert shade(1, kind) == colour.lower() and shade(0, kind) == "#ffffff"
        v = np.linspace(-1, 1, 9)
        assert kind == "grad" or unshaded(shades(v, kind), kind) == pytest.approx(v, abs=.01)
    assert power(-3) == "10⁻³"


# --- the machine's still ----------------------------------------------------------------------------------------
@both_languages
@pytest.mark.parametrize("backwards", [False, True])
def test_every_wire_of_the_still_is_as_wide_as_its_number_in_its_kind_s_colour(backwards, language):
    words.speak(language)
    rng = np.random.default_rng(6)
    p = weights(LSTM, 2, 3, rng)
    run = forward(LSTM, p, rng.normal(size=(4, 2, 1)))
    now = {k: v[1] for k, v in moments(p, run, rng.normal(size=(4, 3, 1)))[backwards][2].items()}
    drawn = Drawn(draw_cell(now, "", backwards))
    for wire, (kind, corners, place) in WIRES.items():
        start, turn = corners[:2] if not backwards else corners[::-1][:2]
        mine = [p for p in drawn.paths if p.fill == "none" and np.allclose(p.points[0], start)
                and np.dot(p.points[1] - p.points[0], np.subtract(turn, start)) > 0 and p.colour != "#BBBBBB"]
        wide = 2 + 6 * min(1, abs(float(now.get(wire, 0))))
        assert any(p.width == pytest.approx(wide, abs=.01) and p.colour == COLOURS["grad" if backwards else kind]
                   for p in mine), wire
        if place:
            x, y, _, below = place
            assert any(w.words.endswith(number(now[wire], 2)) for w in drawn.words
                       if abs(w.x - x) < .1 and abs(w.y - y - below) < .1), wire


@both_languages
def test_one_gate_is_drawn_where_it_says(language):
    words.speak(language)
    rng = np.random.default_rng(7)
    for _ in range(20):
        W_h, h, W_x, x, b = rng.uniform(-2, 2, 5).round(1)
        picture = draw_single_gate(W_h, h, W_x, x, b)
        a = W_h * h + W_x * x + b
        drawn = Drawn(picture)
        (axes,) = drawn.axes()
        u, v = axes.numbers(np.array([d[:2] for d in drawn.dots if d[3] == COLOURS["f"]]))
        assert u[0] == pytest.approx(np.clip(a, -8, 8), abs=.03) and v[0] == pytest.approx(sigmoid(a), abs=.002)
        assert numbers(picture.text) == [number(n) for n in (a, sigmoid(a), -1 / np.log2(sigmoid(a)))]
        asked = np.linspace(-8, 8, 161)
        hold_lines(drawn, {(0, "f = σ(a)"): ("f", asked, sigmoid(asked))}, [("a", "f = σ(a)")])


# --- yours − expected -------------------------------------------------------------------------------------------
@both_languages
@pytest.mark.parametrize("shape", [(3, 5), (6, 4, 2)])
def test_the_strongest_cell_of_a_difference_is_the_one_that_its_words_name(shape, language):
    words.speak(language)
    rng = np.random.default_rng(8)
    for _ in range(6):
        a, b = rng.normal(size=(2, *shape))
        svg, alt = differences._picture("h", a, b)
        marks = [(int(x), int(y), colour, float(o)) for x, y, colour, o in re.findall(
            r'<rect x="(\d+)" y="(\d+)"[^>]*fill="(#\w+)" fill-opacity="([\d.]+)"', svg)]
        written = [(int(x), int(y), n) for x, y, n in re.findall(r'<text x="(\d+)" y="(\d+)"[^>]*>(\d+)<', svg)]
        x, y, colour, _ = max(marks, key=lambda mark: mark[3])
        column = next(int(n) for u, v, n in written if v == 13 and abs(u - x - 10) <= 1)
        row = next(int(n) for u, v, n in written if u == 28 and abs(v - y - 14) <= 1)
        d = a - b
        at = (row, column) if d.ndim == 2 else (column, row)
        v = d[at] if d.ndim == 2 else d[at][np.abs(d[at]).argmax()]
        assert abs(v) == np.abs(d).max() and colour == ("#0072B2" if v < 0 else "#D55E00")
        said = [value(n) for n in numbers(alt.replace("-", "−"))][-3:]
        assert said[0] == pytest.approx(v, rel=.01) and said[1:] == ([row, column] if d.ndim == 2 else [column, row])


ROOT = Path(plots.__file__).resolve().parents[1]
CALLS = [(path, call) for path in sorted((ROOT / "course").rglob("*.py"))
         for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(call, ast.Call)]


def names_in(node):
    """The variables and fields that a piece of a program reads."""
    return {getattr(part, "id", getattr(part, "attr", "")) for part in ast.walk(node)}


def test_a_curve_that_bears_the_letter_of_a_quantity_is_drawn_from_it():
    """{"c": c, "f": tape.f[..., 0]}, and panel.line(t, h, "h")"""
    told = 0
    for path, call in CALLS:
        drawn = getattr(call.func, "attr", "")
        pairs = [pair for arg in call.args if isinstance(arg, ast.Dict) for pair in zip(arg.keys, arg.values)]
        drawn_lines = [(call.args[2], call.args[1])] if drawn == "line" and len(call.args) > 2 else []
        for key, value_ in (pairs if drawn in ("curves", "film") else drawn_lines):
            found = names_in(value_)
            if isinstance(key, ast.Constant) and key.value in tuple("fiogch") and found & set("fiogch"):
                told += 1
                assert key.value in found, (path, call.lineno, key.value)
    assert told > 12


ALONG = {"updates": "update", "AHEAD": "years ahead", "k": "lag, in steps", "eps": "log₁₀ ε", "at": "updates"}


def test_an_axis_is_named_for_what_lies_along_it():
    """curves(…, x=np.arange(0, updates, 20), xlabel=say("update"))"""
    told = 0
    for path, call in CALLS:
        if getattr(call.func, "attr", "") == "curves":
            given = dict(zip(("lines", "x", "xlabel"), call.args)) | {word.arg: word.value for word in call.keywords}
            for name in names_in(given["x"]) & ALONG.keys() if {"x", "xlabel"} <= given.keys() else ():
                told += 1
                assert ALONG[name] in ast.unparse(given["xlabel"]), (path, call.lineno)
    assert told > 6


def test_what_is_told_of_a_trade_off_are_its_medians():
    dots = {"o": [(.01, .9), (.03, 1), (.02, .8)], "o = 1": [(.1, .3)]}
    spoken = trade_off(dots, .58).spoken
    assert "o: R² 0.9, loudness 0.02." in spoken and "o = 1: R² 0.3, loudness 0.1." in spoken


def test_a_chance_that_is_drawn_is_the_one_that_is_told():
    """chance=.25, text=say("… Chance is 0.25.")"""
    told = 0
    for path, call in CALLS:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if isinstance(given.get("chance"), ast.Constant) and "text" in given:
            for number in re.findall(r"[Cc]hance (?:is )?(0?\.\d+)", ast.unparse(given["text"])):
                told += 1
                assert float(number) == given["chance"].value, (path, call.lineno)
    assert told > 3
