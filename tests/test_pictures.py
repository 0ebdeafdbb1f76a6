"""An explorer is what its words say: its marks are turned back to numbers, and these are computed anew."""
import re

import numpy as np
import pytest
from drawn import Drawn, held_strips, hold_lines, hold_words, numbers, unshaded, value

from lstmlib import cells, tasks
from lstmlib.cells import LSTM
from lstmlib.model import Model, accuracy
from lstmlib.unroll import forward, weights
from workbook import explorers, words
from workbook.ink import COLOURS, GREY, number
from workbook.plots import CELLS, GATES, NAMES
from workbook.words import say

TASK = tasks.which_came_first(6, 6)
ONE, MANY = (next(TASK.batches(np.random.default_rng(seed), B)) for seed, B in ((1, 1), (2, 20)))
LETTERS = "abcdef"
UNTRAINED = ("first_slider", "two_unit_rnn", "gradient_flow", "forget_gate", "forget_by_hand", "two_keys", "belt",
             "hold_silently", "flow_order")
both_languages = pytest.mark.parametrize("language", words.LANGUAGES)


def model(times=1):
    """An untrained one; its first weights so many times as great, so that a pinned gate is felt."""
    new = Model(LSTM, TASK.D, 4, TASK.K, dtype=np.float64)
    new.params[0]["W"] *= times
    return new


MODELS = {"training_film": lambda: explorers.training_film(model(), TASK, ONE.x, LETTERS, at=(0, 2, 5)),
          "gate_film": lambda: explorers.gate_film(model(), ONE.x, LETTERS),
          "live_ablation": lambda: explorers.live_ablation(model(8), MANY)}
OPEN = {name: getattr(explorers, name) for name in UNTRAINED} | MODELS


def settings(explorer, n=4, seed=0):
    """How its controls stand at first, and n times at random."""
    rng = np.random.default_rng(seed)

    def somewhere(control):
        if control.look["kind"] == "strip":
            return tuple(rng.choice(control.stops, len(control.value)))
        options = getattr(control, "options", (False, True))
        return options[rng.integers(len(options))]

    yield {name: control.value for name, control in explorer.controls.items()}
    for _ in range(n):
        yield {name: somewhere(control) for name, control in explorer.controls.items()}


def sigmoid(a):
    return 1 / (1 + np.exp(-np.asarray(a, float)))


def remembered(f, write, c=0.):
    """Every c of a cell that forgets by f and adds `write`, the first one too."""
    kept = [c]
    for k, v in enumerate(write):
        kept.append(kept[-1] * (f if np.ndim(f) == 0 else f[k]) + v)
    return np.array(kept)


# --- lines: {(pair of axes, what names the line): (its colour's kind, x, y)}, and the numbers said in words -----
SECOND = "#7A2E5D"


def first_slider(a):
    asked = np.linspace(-6, 6, 97)
    s = sigmoid(a)
    return ({(0, say("σ(a), the gate")): ("f", asked, sigmoid(asked))}, [a, s, 100 * s],
            [(say("a, what the gate is asked"), say("σ(a), the gate"))])


def two_unit_rnn(w11, w12, w21, w22, push, T=30):
    W, h = np.array([[w11, w12], [w21, w22]]), [np.zeros(2)]
    for t in range(T):
        h.append(np.tanh(W @ h[-1] + [float(push == "held" or t == 0), 0]))
    h, t = np.array(h), np.arange(T + 1)
    return ({(0, say("unit 1")): ("h", t, h[:, 0]), (0, say("unit 2")): (SECOND, t, h[:, 1]),
             (1, say("unit 2")): (GREY, *h.T)}, None,
            [(say("step t"), "h"), (say("unit 1"), say("unit 2"))])


def gradient_flow(rho, activation, drive, bias, lag, T=60, H=12, D=4):
    """The whole Jacobian as a product of matrices, for the RNN; by complex steps, for the LSTM."""
    rng = np.random.default_rng(3)
    p, q = weights(cells.RNN, D, H, rng), weights(LSTM, D, H, rng, forget_bias=bias)
    x, W = drive * rng.normal(size=(T, D, 1)), p["W"][0]
    W[:, :H] *= rho
    bend, slope = {"tanh": (np.tanh, lambda h: 1 - h ** 2), "ReLU": (lambda a: np.maximum(a, 0), lambda h: h > 0),
                   "none (linear)": (lambda a: a, np.ones_like)}[activation]
    h = [np.zeros((H, 1))]
    for t in range(T):
        h.append(bend(W @ np.concatenate([h[-1], x[t]]) + p["b"][0]))
    through, rnn = np.eye(H), [1.]
    for t in range(T, 0, -1):
        through = through @ (slope(h[t]) * W[:, :H])
        rnn.append(np.linalg.norm(through, 2))
    run, lstm = forward(LSTM, q, x), np.full(T + 1, np.nan)
    for k in (1, 2, 7, 20, 43, T):
        h0, c0 = (q[T - k - 1] if k < T else np.zeros((H, 1)) for q in (run.tape.h, run.tape.c))
        turned = {name: w.astype(complex) for name, w in q.items()}
        nudged = cells.State(h0 + np.zeros((1, H), complex), c0 + 1e-30j * np.eye(H))
        slopes = forward(LSTM, turned, np.repeat(x[T - k:], H, 2), nudged).tape.c[-1].imag / 1e-30
        lstm[k] = np.linalg.norm(slopes, 2)
    lags = np.arange(T + 1)
    return ({(0, "RNN, ∂h/∂h"): ("h", lags, np.array(rnn)), (0, "LSTM, ∂c/∂c"): ("c", lags, lstm),
             (0, "ρᵏ"): ("x", lags, float(rho) ** lags)}, None, [(say("lag k, in steps"), say("gradient norm"))])


def forget_gate(f, T=40):
    left, t = f ** np.arange(T + 1.), np.arange(T + 1)
    life = 0 if f == 0 else np.inf if f == 1 else -1 / np.log2(f)
    bias = np.log(f / (1 - f)) if 0 < f < 1 else np.inf * (2 * f - 1)
    forwards, back = say("forwards: c, of 1 at the start"), say("backwards: ∂c at {T} / ∂c at t", T=T)
    return ({(0, forwards): ("c", t, left), (1, back): ("grad", t, left[::-1])},
            [f, bias, life, left[-1], T, left[-1], T, 0], [(say("step t"), forwards), (say("step t"), back)])


def two_keys(i, g, T=12):
    named = say("c, if every step adds it")
    return ({(1, named): ("c", np.arange(T + 1), i * g * np.arange(T + 1))}, [i, g, i * g, T, T * i * g],
            [(say("i, whether"), say("c̃, what")), (say("step t"), named)])


def belt(f, w, value, T=40, at=3):
    write = value * (np.arange(1, T + 1) == at)
    c, h = remembered(f, write), [0.]
    for v in write:
        h.append(np.tanh(w * h[-1] + np.arctanh(.999 * v)))
    t = np.arange(T + 1)
    return ({(0, "c"): ("c", t, c), (0, "h"): ("h", t, np.array(h))}, [value, at, T, c[-1], f, h[-1], w],
            [(say("step t"), say("the state"))])


def gate_film(shown, unit):
    m = model()
    tape = forward(LSTM, m.params[0], ONE.x.astype(float)).tape
    kinds = {"gates": "fio", "states": "ch", "new": "g"}[shown]
    t = np.arange(6)
    return ({(0, say(NAMES[k])): (k, t, getattr(tape, k)[:, unit - 1, 0]) for k in kinds} if unit else {}, None,
            [(say("step t"), say("unit {k}", k=unit))] if unit else [])


def live_ablation(gate, value):
    pins, m = np.linspace(0, 1, 21), model(8)

    def score(cell):
        h, out = forward(cell, m.params[0], MANY.x.astype(float)).h, m.params[-1]
        return accuracy(out["V"] @ h + out["b_y"], MANY.target, MANY.mask)

    scores = np.array([score(cells.hold(LSTM, **{gate: v})) for v in pins])
    learned = ("x", [0, 1], [score(LSTM)] * 2)
    return ({(0, say(NAMES[gate])): (gate, pins, scores), (0, say("as learned")): learned}, None,
            [(say("value at which the gate is pinned"), say("accuracy"))])


LINES = {f.__name__: f for f in (first_slider, two_unit_rnn, gradient_flow, forget_gate, two_keys, belt, gate_film,
                                 live_ablation)}


@both_languages
@pytest.mark.parametrize("name", LINES)
def test_every_line_of_an_explorer_is_its_numbers_under_its_name(name, language):
    words.speak(language)
    explorer = OPEN[name]()
    for values in settings(explorer):
        picture = explorer.draw(**values)
        lines, says, names = LINES[name](**values)
        hold_lines(Drawn(picture), lines, names)
        assert says is None or [*map(value, numbers(picture.text))] == pytest.approx(says, rel=.006, abs=1e-11)
        for (k, label), (_, x, y) in lines.items():
            if k == 0 and f"{label}, " in picture.spoken:
                hold_words(picture.spoken, label, np.asarray(x), np.asarray(y))


def test_the_point_that_the_hand_has_chosen_lies_on_its_line():
    """A pinned gate's score, a half-life, the gradient at a lag: where its marker's middle is."""
    def marker(drawn, axes, kind):
        large = [d[:2] for d in drawn.dots if d[3] == COLOURS[kind] and d[2] > 7
                 and axes.left - 1 < d[0] < axes.right + 1]
        large += [p.points.mean(0) for p in drawn.paths if p.fill == COLOURS[kind] and np.ptp(p.points[:, 0]) > 15]
        return [np.ravel(axes.numbers(np.array([at]))) for at in large]

    for gate in GATES:
        for pinned in (0., .35, 1.):
            drawn = Drawn(explorers.live_ablation(model(8), MANY).draw(gate, pinned))
            (axes,), (_, x, y) = drawn.axes(), live_ablation(gate, pinned)[0][0, say(NAMES[gate])]
            ((u, v),) = marker(drawn, axes, gate)
            assert (u, v) == pytest.approx((pinned, y[np.abs(x - pinned).argmin()]), abs=.01)
    for f in (.8, .95, .98):
        drawn, life = Drawn(explorers.forget_gate().draw(f)), -1 / np.log2(f)
        for axes, at in zip(drawn.axes(), (life, 40 - life)):
            assert any(found == pytest.approx([at, .5], abs=.05) for found in marker(drawn, axes, "f"))
    for lag in (3, 11):
        drawn = Drawn(explorers.gradient_flow().draw(.9, "none (linear)", 1., 1., lag))
        ((u, v),) = marker(drawn, drawn.axes()[0], "c")
        (x, y), = drawn.lines(COLOURS["c"], drawn.axes()[0])
        assert u == pytest.approx(lag, abs=.05) and v == pytest.approx(y[lag], rel=.02)


@both_languages
def test_a_weight_s_hand_is_named_after_where_the_weight_comes_from_and_leads(language):
    words.speak(language)
    hands = {name: control.look["label"] for name, control in OPEN["two_unit_rnn"]().controls.items() if name[0] == "w"}
    assert len(hands) == 4 and all(label.endswith(f"{name[2]} → {name[1]}") for name, label in hands.items()), hands


# --- areas: bars and colours turned back to numbers -------------------------------------------------------------
@both_languages
def test_a_gate_lets_through_as_much_as_its_pipe_is_wide(language):
    words.speak(language)
    explorer = explorers.first_slider()
    for values in settings(explorer, 8):
        drawn, s = Drawn(explorer.draw(**values)), sigmoid(values["a"])
        before, after = drawn.boxes("#BBD7EA")
        assert after[3] / before[3] == pytest.approx(s, abs=2e-3)
        assert f"{number(values['a'])} → σ → {number(s)}" in [w.words for w in drawn.words]


@both_languages
def test_every_bar_is_its_number(language):
    """The sentence by hand and the silent memory: f, o along, c and h up from their zero, one for each step."""
    words.speak(language)
    explorer = explorers.forget_by_hand()
    sentence = explorer.controls["f"].look["label"]
    write = {"en": [1, 0, 0, 0, 0, 0, 0, -1, 0], "fr": [0, 1, 0, 0, 0, 0, 0, 0, -1, 0]}[language]
    for values in settings(explorer, 6):
        drawn = Drawn(explorer.draw(**values))
        c, f = remembered(values["f"], write)[1:], np.array(values["f"])
        lines = {w.words: next(p.points[0, 1] for p in drawn.paths if len(p.points) == 2
                               and abs(p.points[0, 1] - w.y) < 30 and np.ptp(p.points[:, 1]) == 0)
                 for w in drawn.words if "(c = " in w.words}
        (plus, up), (minus, down) = lines.items()
        assert say("plural") in plus and say("singular") in minus
        assert numbers(plus) == ["1"] and numbers(minus) == ["−1"]
        zero, unit = (up + down) / 2, (down - up) / 2
        bars, gates, frames = drawn.boxes(COLOURS["c"]), drawn.boxes(COLOURS["f"]), drawn.boxes(colour=GREY)
        assert len(bars) == len(gates) == len(frames) == len(sentence)
        for k, (bar, gate, frame) in enumerate(zip(bars, gates, frames)):
            height = (zero - bar[1]) if c[k] >= 0 else -(bar[1] + bar[3] - zero)
            assert height / unit == pytest.approx(c[k], abs=.01) and gate[2] / frame[2] == pytest.approx(f[k], abs=.01)
    explorer = explorers.hold_silently()
    for values in settings(explorer, 6):
        picture = explorer.draw(**values)
        drawn, o = Drawn(picture), np.array(values["o"])
        c = remembered(1, .8 * (np.arange(1, 13) == 2))[1:]
        one = next(p.points[0, 1] for p in drawn.paths if len(p.points) == 2 and p.colour == "#DDDDDD")
        zero = next(p.points[0, 1] for p in drawn.paths if len(p.points) == 2 and p.colour == "#111111")
        for kind, v, named in (("c", c, say("kept, c")), ("h", o * np.tanh(c), say("said, h"))):
            sample, *bars = drawn.boxes(COLOURS[kind])
            bars = [b for b in bars if abs(b[1] + b[3] - zero) < .2]
            assert [bar[3] / (zero - one) for bar in bars] == pytest.approx(v, abs=.003)
            assert named in [w.words for w in drawn.words if abs(w.y - sample[1] - 14) < 1 and 30 < w.x < 60]
        assert [gate[2] / frame[2] for gate, frame in zip(drawn.boxes(COLOURS["o"]), drawn.boxes(colour=GREY))
                ] == pytest.approx(o, abs=.01)
        leak = np.abs(np.delete(o * np.tanh(c), 8)).max()
        assert numbers(picture.text) == [*map(number, o), "2", *(number(v, 2) for v in (.8,)), "9",
                                         number(o[8] * np.tanh(.8), 2), number(leak, 2)]


@pytest.mark.parametrize("asked, f, right", [(1, 1., True), (-1, 1., False), (1, .5, False), (-1, .5, False)])
def test_a_verb_is_sure_and_right_where_its_subject_s_number_is_kept(asked, f, right):
    """“cats” write plural: a verb in the singular is wrong however sure the memory is."""
    picture = explorers.forget_by_hand([("cats", 1, 0), ("sleep", 0, asked)]).draw((1., f))
    assert ("✓" in [w.words for w in Drawn(picture).words]) == ("sure and right" in picture.text) == right


def test_two_keys_open_where_both_do():
    """The plane of i and c̃ is i · c̃, the right way round; the two lines meet where the hand is."""
    explorer = explorers.two_keys()
    for values in settings(explorer, 3):
        drawn = Drawn(explorer.draw(**values))
        (plane, _), (shot,) = drawn.axes(), drawn.images
        rows, columns = shot.pixels.shape[:2]
        places = np.array([(shot.x + (k + .5) / columns * shot.wide, shot.y + (r + .5) / rows * shot.high)
                           for r in range(rows) for k in range(columns)])
        i, g = plane.numbers(places)
        assert np.abs(unshaded(shot.pixels, "c").ravel() - i * g).max() < .06
        for kind, still in (("g", 1), ("i", 0)):
            (line,) = drawn.lines(COLOURS[kind], plane)
            assert np.ptp(line[still]) < .01 and [v[-1] for v in line] == pytest.approx([*values.values()], abs=.01)


@both_languages
def test_the_belts_are_the_states_that_their_names_say(language):
    words.speak(language)
    explorer = explorers.belt()
    for values in settings(explorer):
        lines, _, _ = belt(**values)
        named = {"c": say("LSTM, cell state c"), "h": say("RNN, state h")}
        held_strips(Drawn(explorer.draw(**values)), {k: (named[k], lines[0, k][2][None]) for k in "ch"}, 1)


def test_the_films_of_a_model_are_its_tape():
    tape = forward(LSTM, model().params[0], ONE.x.astype(float)).tape
    fields = {k: (NAMES[k], getattr(tape, k)[..., 0].T) for k in "fioghc"}
    film = explorers.gate_film(model(), ONE.x, LETTERS)
    for shown, kinds in (("gates", "fio"), ("states", "ch"), ("new", "g")):
        held_strips(Drawn(film.draw(shown, 0)), {k: fields[k] for k in kinds})
    learned = explorers.training_film(model(), TASK, ONE.x, LETTERS, at=(0, 2, 5))
    held_strips(Drawn(learned.draw(0)), {k: fields[k] for k in GATES})
    for k, n in enumerate((0, 2, 5)):
        picture = learned.draw(k)
        assert any(numbers(w.words) == [str(n)] for w in Drawn(picture).words if w.at == "start" and w.y < 30)
        assert numbers(picture.text) == [str(n)]


def test_the_gradient_of_a_training_film_is_the_slope_of_the_answers_lead():
    """∂(one answer's score less the other's)/∂c at each step by complex steps, against the line."""
    m = model()
    drawn = Drawn(explorers.training_film(m, TASK, ONE.x, LETTERS, at=(0,)).draw(0))
    (axes,) = drawn.axes()
    ((at, norms),) = drawn.lines(COLOURS["grad"], axes)
    assert np.allclose(at, np.arange(6), atol=.05)
    p, out = m.params
    blame, tape = (out["V"][0] - out["V"][1])[:, None], forward(LSTM, p, ONE.x.astype(float)).tape
    p = {name: w.astype(complex) for name, w in p.items()}
    for t in range(6):
        h, c = (np.zeros((4, 1)) if t == 0 else q[t - 1] for q in (tape.h, tape.c))
        nudged = cells.State(h + np.zeros((1, 4), complex), c + 1e-30j * np.eye(4))
        slopes = forward(LSTM, p, np.repeat(ONE.x[t:].astype(float), 4, 2), nudged).h[-1].imag / 1e-30
        assert np.log10(norms[t]) == pytest.approx(np.log10(np.linalg.norm(blame.T @ slopes)), abs=.02)


@both_languages
def test_flow_order_shows_in_each_quantity_s_own_colour_what_the_cell_computes(language):
    words.speak(language)
    p, x = weights(LSTM, 1, 1, np.random.default_rng(5)), np.reshape([1., -1., .5], (3, 1, 1))
    tape = forward(LSTM, p, x).tape
    for moment in range(15):
        picture = explorers.flow_order().draw(moment)
        drawn, t = Drawn(picture), moment // 5
        now = {k: float(getattr(tape, k)[t, 0, 0]) for k in "figoch"} | {"x": float(x[t, 0, 0])}
        past = {k: float(getattr(tape, k)[t - 1, 0, 0]) if t else 0. for k in "hc"}
        said = [m.group().split(" = ") for m in re.finditer(r"\S̃? = [−\d,.]*\d", picture.text)]
        for name, v in said:
            assert v == number(round(now["g" if name == "c̃" else name], 2))
        for w in drawn.words:
            if not re.fullmatch(r"\S̃? = [−\d,.]*\d", w.words) or w.at != "middle":
                continue
            name, v = w.words.replace("c̃", "g").split(" = ")
            above = [n.words for n in drawn.words if abs(n.x - w.x) < 1 and -40 < n.y - w.y < -20]
            assert v == number(round((past if say("before") in above else now)[name], 2)), w
            (border,) = {p.colour for p in drawn.paths if len(p.points) == 5 and abs(p.points[:4, 0].mean() - w.x) < 1
                         and p.points[:, 1].min() < w.y < p.points[:, 1].max()}
            assert border == COLOURS[name], w


# --- keys -------------------------------------------------------------------------------------------------------
ALSO = {"ρᵏ": "x", "as learned": "x", "unit 1": "h", "unit 2": SECOND}       # said in words of their own


def kinds_named(label):
    """The kinds that a label speaks of: by name, by letter, or as the state that a cell is known for."""
    names = {k for k, name in NAMES.items() if say(name) in label}
    letters = {"g" if w == "c̃" else w for w in re.findall(r"(?<![\w'’])([a-z]̃?)(?![\w̃'’])", label)} & set(NAMES)
    return names or letters or {CELLS[w] for w in CELLS if w in label}


@both_languages
@pytest.mark.parametrize("name", OPEN)
def test_every_key_names_the_kind_whose_colour_it_shows(name, language):
    words.speak(language)
    explorer = OPEN[name]()
    also = {say(label): COLOURS.get(kind, kind) for label, kind in ALSO.items()}
    for values in settings(explorer, 3):
        for label, (colour, _) in Drawn(explorer.draw(**values)).legend().items():
            assert colour in ({also.get(label)} if label in also else {COLOURS[k] for k in kinds_named(label)}), label


def test_chance_lies_where_so_many_classes_are_told_apart():
    for among in ([0, 1], [1]):
        drawn = Drawn(explorers.live_ablation(model(8), MANY, among).draw("f", .5))
        (axes,), (chance,) = drawn.axes(), [w for w in drawn.words if w.words == say("chance")]
        assert abs(axes.numbers(np.array([[chance.x, chance.y + 6]]))[1][0] - 1 / len(among)) < .01
