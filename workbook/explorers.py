"""The explorers of the chapters: explorers.forget_gate() and the others.

Each is a pure function draw(numbers) -> Picture and one line that gives it its controls. Every number in a
picture comes out of lstmlib's own cells: a gate is set by hand by feeding a cell whose weights only obey.
"""
import copy
from itertools import islice

import numpy as np

from lstmlib.cells import LSTM, RNN, Hidden, RNNTape, State, blame, join, pin, sigmoid
from lstmlib.model import accuracy, r2, softmax, train
from .ink import COLOURS, GREY, GRID, INK, PAPER, TYPE, Drawing, Picture, described, number, power, shades, width_of
from .plots import GATES, NAMES, axes, film, half_life, span
from lstmlib.unroll import forward, walk_back, weights
from .widgets import choose, explore, player, slider, stops, strip, toggle
from .words import language, say

SECOND = ("#7A2E5D", "9 5", "square")      # the second unit of an RNN, beside the first in h's own colour


# --- a cell that obeys ----------------------------------------------------------------------------
def logit(p):
    """What a gate must be asked to stand at p; ±40 for 0 and 1, where σ is off by 1e-17 at most."""
    p = np.asarray(p, float)
    with np.errstate(divide="ignore"):
        return np.clip(np.log(p) - np.log1p(-p), -40, 40)


def by_hand(f, i, o, g, c0=0.):
    """One LSTM unit that reads its gates off its input: its weights, a Run. f i o g: (T,), (T, B) or one."""
    f, i, o, g = np.broadcast_arrays(*(np.reshape(v, (-1, 1)) if np.ndim(v) < 2 else v for v in (f, i, o, g)))
    obey = {"W": np.zeros((4, 1, 5)), "b": np.zeros((4, 1, 1))}
    obey["W"][range(4), 0, range(1, 5)] = 1
    with np.errstate(divide="ignore"):
        asked = np.stack([logit(f), logit(i), logit(o), np.clip(np.arctanh(g), -20, 20)], 1)
    start = State(np.zeros((1, f.shape[1])), np.full((1, f.shape[1]), float(c0)))
    return obey, forward(LSTM, obey, asked, start)


def told(q):
    """What one unit did, (T,), without the 1e-17 that a shut gate lets through."""
    return q[:, 0, 0].round(12)


def path_back(cell, p, run, last):
    """The blame on every state of a run, (T+1) of them, when only the last is blamed, by `last` (a state)."""
    blames = [last, *(back.ds for back in walk_back(cell, p, run, 0 * run.h, last))]
    return blames[::-1]


def elman(bend, slope):
    """Elman's RNN with another activation than tanh: h = bend(a); slope(h) is its derivative, told from h."""
    def step(p, s, x):
        z = join(s.h, x)
        (h,) = bend(p["W"] @ z + p["b"])
        return Hidden(h), RNNTape(z, h)

    def back(p, ds, tape):
        dp, dh, dx = blame(p["W"], (ds.h * slope(tape.h))[None], tape.z)
        return dp, Hidden(dh), dx

    return RNN._replace(step=step, back=back)


BENT = {"tanh": RNN, "ReLU": elman(lambda a: a * (a > 0), lambda h: h > 0),
        "none (linear)": elman(lambda a: a, np.ones_like)}


# --- 00 Start here --------------------------------------------------------------------------------
def draw_gate(a):
    """A gate alone: the curve of σ, and a pipe that it closes."""
    drawing, open_ = Drawing(330), float(sigmoid(a))
    panel = axes(drawing, (4, 0, 420, 330), (-6, 6), (0, 1), say("a, what the gate is asked"),
                  say("σ(a), the gate"), xticks=range(-6, 7, 2), yticks=(0, .5, 1))
    asked = np.linspace(-6, 6, 97)
    panel.line(asked, sigmoid(asked), "f", marks=False)
    x, y = panel.at(a, open_)
    drawing.path([(x, panel.top + panel.high), (x, y), (panel.left, y)], INK, 2, "3 5")
    panel.dot(a, open_, "f", 10)
    high = 130 * open_
    drawing.write(620, 30, say("the gate is {percent} % open", percent=number(100 * open_)), bold=True)
    drawing.box(450, 95, 165, 130, "#BBD7EA")
    drawing.box(625, 160 - high / 2, 165, high, "#BBD7EA")
    drawing.box(612, 80, 16, 80 - high / 2, COLOURS["f"])
    drawing.box(612, 160 + high / 2, 16, 80 - high / 2, COLOURS["f"])
    drawing.write(532, 166, say("arrives: {n}", n=1))
    drawing.write(708, 166 if high > 24 else 270, say("passes: {n}", n=number(open_)))
    drawing.write(620, 300, f"{number(a)} → σ → {number(open_)}")
    text = say("A gate asked a = {a} stands at σ(a) = {s}: {percent} % of what arrives passes.",
               a=number(a), s=number(open_), percent=number(100 * open_))
    return Picture(drawing, text)


def first_slider():
    """Chapter 00: one gate, from shut to open."""
    return explore(draw_gate, a=slider(-6., 6., 0., .25, say("what it is asked, a")))


# --- 01 RNN basics --------------------------------------------------------------------------------
def draw_two_units(w11, w12, w21, w22, push, unrolled, T=30):
    """Two tanh units as a dynamical system: the net, h over time, and its orbit in the plane."""
    p = {"W": np.array([[[w11, w12, 1.], [w21, w22, 0.]]]), "b": np.zeros((1, 2, 1))}
    x = np.full((T, 1, 1), 1. if push == "held" else 0.)
    x[0] = 1
    h = np.concatenate([np.zeros((1, 2)), forward(RNN, p, x).h[..., 0]])
    drawing = Drawing(520)
    (_unrolled_net if unrolled else _rolled_net)(drawing, p["W"][0, :, :2], h)
    panel = axes(drawing, (4, 200, 470, 320), (0, T), (-1.05, 1.05), say("step t"), "h",
                  legend={say("unit 1"): "h", say("unit 2"): SECOND}, yticks=(-1, 0, 1))
    panel.line(range(T + 1), h[:, 0], "h", 3)
    panel.line(range(T + 1), h[:, 1], SECOND, 3)
    plane = axes(drawing, (490, 200, 306, 320), (-1.05, 1.05), (-1.05, 1.05), say("unit 1"), say("unit 2"),
                  xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    plane.drawing.path(plane.at(*h.T), GREY, 2)
    for k, (u, v) in enumerate(h):
        drawing.dot(*plane.at(u, v), "#" + bytes(shades(.25 + .75 * k / T, "h")).hex(), size=5)
    drawing.dot(*plane.at(*h[0]), INK, "diamond", 7)
    drawing.dot(*plane.at(*h[-1]), INK, "square", 6)
    names = [described(say("unit {k}", k=k + 1), np.arange(T + 1), h[:, k], say("step t")) for k in (0, 1)]
    rho = np.abs(np.linalg.eigvals(p["W"][0, :, :2])).max()
    text = say("Weights from unit 1 and 2 to unit 1: {a}, {b}; to unit 2: {c}, {d}; spectral radius {rho}.",
               a=number(w11), b=number(w12), c=number(w21), d=number(w22), rho=number(rho))
    return Picture(drawing, " ".join([text, *names]))


def _weighted(drawing, x1, y1, x2, y2, w):
    """An arrow as thick as its weight: solid if it is positive, dashed if it is negative."""
    drawing.arrow(x1, y1, x2, y2, GRID if w == 0 else INK, 1 + 2 * abs(w), "" if w >= 0 else "7 5")


def _unit(drawing, x, y, name, value, r=26):
    drawing.dot(x, y, INK, size=r + 2)
    drawing.dot(x, y, "#" + bytes(shades(value, "h")).hex(), size=r)
    drawing.write(x, y + 6, name, colour=PAPER if value < -.6 else INK)


def _rolled_net(drawing, W, h):
    """One step of the net, its state fed back to itself."""
    drawing.write(14, 24, say("rolled: one step, fed back to itself"), at="start")
    (x1, y1), (x2, y2) = (330, 110), (520, 110)
    drawing.arrow(200, 110, x1 - 32, y1, COLOURS["x"], 3, "3 5")
    drawing.write(186, 116, "x", at="end")
    turn = np.linspace(-2.3, 2.3, 30) - np.pi / 2
    for (x, y, side, w) in ((x1, y1, -1, W[0, 0]), (x2, y2, 1, W[1, 1])):
        loop = np.stack([x + 22 * np.cos(turn), y - 44 + 20 * np.sin(turn)], 1)
        drawing.path(loop[:-3], GRID if w == 0 else INK, 1 + 2 * abs(w), "" if w >= 0 else "7 5")
        if w:
            _weighted(drawing, *loop[-4], *loop[-1], w)
        drawing.write(x + side * 34, y - 52, number(w, 2), at="end" if side < 0 else "start")
    _weighted(drawing, x2 - 28, y2 - 10, x1 + 28, y1 - 10, W[0, 1])
    _weighted(drawing, x1 + 28, y1 + 12, x2 - 28, y2 + 12, W[1, 0])
    drawing.write((x1 + x2) / 2, y1 - 20, number(W[0, 1], 2))
    drawing.write((x1 + x2) / 2, y1 + 38, number(W[1, 0], 2))
    _unit(drawing, x1, y1, "1", h[1, 0])
    _unit(drawing, x2, y2, "2", h[1, 1])


def _unrolled_net(drawing, W, h):
    """The same net, drawn once for each moment: every arrow between two moments is the same W."""
    drawing.write(14, 24, say("unrolled: the same weights at every step"), at="start")
    for t in range(6):
        x = 90 + 125 * t
        for k in range(2) if t < 5 else ():
            for j in range(2):
                _weighted(drawing, x + 28, 75 + 70 * k, x + 97, 75 + 70 * j, W[j, k])
    for t in range(6):
        x = 90 + 125 * t
        for k in range(2):
            _unit(drawing, x, 75 + 70 * k, str(k + 1), h[t, k], 22)
        drawing.write(x, 192, f"t = {t}")


def two_unit_rnn():
    """Chapter 01: two tanh units, four weights between them, what they do with one push."""
    def weight(start, to, by):
        return slider(-2., 2., start, .1, say("weight {by} → {to}", by=by, to=to))
    pushes = [(say("one push, then silence"), "once"), (say("a push at every step"), "held")]
    return explore(draw_two_units, w11=weight(.9, 1, 1), w12=weight(-.5, 1, 2), w21=weight(.5, 2, 1),
                   w22=weight(.9, 2, 2), push=choose(pushes, label=say("input")),
                   unrolled=toggle(False, say("show the net unrolled")))


# --- 03 Vanishing gradient ------------------------------------------------------------------------
def gradient_norms(cell, p, x, first):
    """The norm of ∂s_T/∂s_t for each lag T-t = 0 … T, s being the state named `first`: 1 at lag 0.

    Frobenius norm / √H: the whole Jacobian, each of the H units of the last state blamed in its own copy.
    """
    H = p["W"].shape[1]
    run = forward(cell, p, np.repeat(x, H, axis=2))
    last = cell.state(*(np.eye(H) * (name == first) for name in cell.state._fields))
    blames = path_back(cell, p, run, last)
    return np.array([np.sqrt((getattr(s, first) ** 2).sum() / H) for s in blames[::-1]])


def draw_gradient_flow(rho, activation, drive, bias, lag, T=60, H=12, D=4):
    """How much of the gradient is left over each lag, in an RNN and in an LSTM that read the same noise."""
    rng = np.random.default_rng(3)
    p, q = weights(RNN, D, H, rng), weights(LSTM, D, H, rng, forget_bias=bias)
    p["W"][..., :H] *= rho
    x = drive * rng.normal(size=(T, D, 1))
    lags, floor = np.arange(T + 1), 1e-16
    lines = {"h": gradient_norms(BENT[activation], p, x, "h"), "c": gradient_norms(LSTM, q, x, "c"),
             "x": 1. * rho ** lags}
    names = {"RNN, ∂h/∂h": "h", "LSTM, ∂c/∂c": "c", "ρᵏ": "x"}
    drawing, at = Drawing(450), {kind: number(v[lag], 2) for kind, v in lines.items()}
    said = say("at lag k = {lag}: RNN {h} · LSTM {c} · ρᵏ {x}", lag=lag, **at)
    drawing.write(400, 24, said, bold=True)
    decades = {k: power(k) for k in range(-16, 9, 4)}
    panel = axes(drawing, (4, 30, 792, 420), (0, T), (-16, 8), say("lag k, in steps"),
                  say("gradient norm"), "", names, log=True, yticks=decades)
    panel.down(lag, "", GREY)
    for kind, v in lines.items():
        inside = (v > floor) & (v < 1e8)
        panel.line(lags[inside], v[inside], kind)
        if inside[lag]:
            panel.dot(lag, v[lag], kind, 8)
    text = say("ρ = {rho}, activation: {activation}, inputs of size {drive}, forget bias {bias}; {said}.",
               rho=number(rho), activation=say(activation), drive=number(drive), bias=number(bias), said=said)
    return Picture(drawing, text)


def gradient_flow():
    """Chapter 03: what decides how fast a gradient dies: ρ, the input, the forget bias."""
    return explore(draw_gradient_flow, rho=slider(.5, 1.5, 1., .05, say("RNN: spectral radius ρ")),
                   activation=choose([(say(name), name) for name in BENT], label=say("RNN: activation")),
                   drive=slider(0., 2., 1., .1, say("size of the input")),
                   bias=slider(-2., 6., 1., .5, say("LSTM: forget bias")),
                   lag=slider(0, 60, 20, 1, say("read off at lag k")))


# --- 04 Forget gate -------------------------------------------------------------------------------
STOPS = (0., .1, .2, .3, .4, .5, .6, .7, .8, .85, .9, .92, .94, .95, .96, .97, .98, .985, .99, .995, .998,
         .999, 1.)


def draw_forget_gate(f, T=40):
    """f, its bias and its half-life on three rulers; a memory going forwards, its gradient coming back."""
    p, run = by_hand(np.full(T, f), 0, 1, 0, c0=1)
    c = np.concatenate([[1.], run.tape.c[:, 0, 0]])
    one, none = np.ones((1, 1)), np.zeros((1, 1))
    back = np.array([s.c[0, 0] for s in path_back(LSTM, p, run, State(none, one))])
    life, bias = half_life(f), logit(f) if 0 < f < 1 else np.inf * (2 * f - 1)
    drawing = Drawing(500)
    said = say("f = {f} · bias {b} · half-life {life} steps", f=number(f), b=number(bias), life=number(life))
    drawing.write(400, 26, said, 20, bold=True)
    left, right = 150, 776

    def place(gate):
        inside = left + 30 + (logit(gate) + 4) / 12 * (right - left - 60)
        return left if gate <= 0 else right if gate >= 1 else inside

    lives = {2 ** (-1 / n): number(n) for n in (.5, 1, 2, 5, 10, 50, 500)}
    rulers = {"f": {v: number(v) for v in (0, .1, .5, .9, .99, .999, 1)},
              say("bias"): {sigmoid(b): number(b) for b in (-2, 0, 2, 4, 6)} | {0: "−∞", 1: "∞"},
              say("half-life"): lives | {0: "0", 1: "∞"}}
    drawing.path([(place(f), 44), (place(f), 160)], COLOURS["f"], 5)
    drawing.dot(place(f), 44, COLOURS["f"], size=9)
    for k, (name, marks) in enumerate(rulers.items()):
        y = 62 + 46 * k
        drawing.write(left - 30, y + 6, name, at="end")
        drawing.path([(left, y), (right, y)], GREY, 2)
        for gate, words in marks.items():
            drawing.path([(place(gate), y - 6), (place(gate), y + 6)], GREY, 2)
            drawing.box(place(gate) - width_of(words) / 2 - 2, y + 9, width_of(words) + 4, 19, PAPER)
            drawing.write(place(gate), y + 25, words)
    ahead = axes(drawing, (4, 200, 396, 300), (0, T), (0, 1.05), say("step t"),
                  say("forwards: c, of 1 at the start"), yticks=(0, .5, 1), xticks=range(0, T + 1, 10))
    ahead.across(.5, "", GREY)
    ahead.line(range(T + 1), c, "c")
    if 0 < life <= T:
        ahead.dot(life, .5, "f", 9)
    behind = axes(drawing, (404, 200, 396, 300), (0, T), (0, 1.05), say("step t"),
                   say("backwards: ∂c at {T} / ∂c at t", T=T), yticks=(0, .5, 1), xticks=range(0, T + 1, 10))
    behind.across(.5, "", GREY)
    behind.line(range(T + 1), back, "grad")
    if 0 < life <= T:
        behind.dot(T - life, .5, "f", 9)
    text = say("f = {f}, bias {b}, half-life {life} steps. Forwards, {left} of the memory is left after {T} "
               "steps. Backwards, {back} of the gradient at step {T} reaches step 0.", f=number(f),
               b=number(bias), life=number(life), left=number(c[-1]), back=number(back[0]), T=T)
    return Picture(drawing, text)


def forget_gate():
    """Chapter 04: f, its bias, its half-life; what they do to a memory and to its gradient."""
    return explore(draw_forget_gate, f=stops(STOPS, .9, say("forget gate f")))


SENTENCES = {   # word, what it writes (+1 plural, −1 singular), what must be known when it is read
    "en": [("cats", 1, 0), ("near", 0, 0), ("the", 0, 0), ("door", 0, 0), ("sleep", 0, 1), (".", 0, 0),
           ("a", 0, 0), ("dog", -1, 0), ("barks", 0, -1)],
    "fr": [("les", 0, 0), ("chats", 1, 0), ("de", 0, 0), ("la", 0, 0), ("rue", 0, 0), ("dorment", 0, 1),
           (".", 0, 0), ("un", 0, 0), ("chien", -1, 0), ("aboie", 0, -1)]}


def draw_forget_by_hand(f, sentence):
    """A memory of the subject's number, word by word, f set by hand: sure and right where the verb is?"""
    words, write, ask = zip(*sentence)
    n, write = len(words), np.array(write, float)
    c = told(by_hand(f, np.abs(write), 1, write)[1].tape.c)
    drawing, step, most = Drawing(430), 792 / n, 1.2
    zero, unit = 245, 105
    verdicts = []
    for v, words_ in ((1, say("plural")), (-1, say("singular"))):
        drawing.path([(4, zero - v * unit), (796, zero - v * unit)], GRID, 1.5)
        y = zero - unit - 8 if v > 0 else zero + unit + 22
        drawing.write(6, y, f"c = {number(v)} · {words_}", at="start")
    for k in range(n):
        x = 4 + (k + .5) * step
        size = min(TYPE, step / (.64 * len(words[k])))
        drawing.write(x, 24, words[k], size, bold=bool(write[k] or ask[k]))
        drawing.box(x - .32 * step, 36, .64 * step, 24, PAPER, GREY, 1.5)
        drawing.box(x - .32 * step, 36, .64 * step * f[k], 24, COLOURS["f"])
        drawing.write(x, 80, number(f[k], 2))
        y = zero - unit * np.clip(c[k], -most, most)
        drawing.box(x - .3 * step, min(zero, y), .6 * step, abs(zero - y), COLOURS["c"])
        if abs(zero - y) > 30:
            drawing.write(x, y + 22 if c[k] >= 0 else y - 8, number(c[k], 2), colour=PAPER)
        else:
            drawing.write(x, zero - 8 if c[k] < 0 else y - 8, number(c[k], 2))
        if write[k]:
            drawing.write(x, 412, say("writes"), 17)
            drawing.write(x, 392, "↑", 20)
        if ask[k]:
            right = c[k] * ask[k] >= .75       # no constant f gets both verbs this sure
            drawing.write(x, 392, "✓" if right else "✗", 22, bold=True)
            drawing.write(x, 412, say("sure") if right else say("unsure"), 17, bold=True)
            verdicts.append(say("at “{word}” the memory is {c}: {verdict}", word=words[k], c=number(c[k], 2),
                                verdict=say("sure and right") if right else say("too weak, or wrong")))
    drawing.path([(4, zero), (796, zero)], INK, 2)
    drawing.write(2, 54, "f", at="start", bold=True)
    text = say("f is {f} at {words}; {verdicts}.", f=say("; ").join(number(v, 2) for v in f),
               words=" ".join(words), verdicts=say("; ").join(verdicts))
    return Picture(drawing, text)


def forget_by_hand(sentence=None):
    """Chapter 04: open and close f by hand over a sentence, so that each verb finds its subject's number.

    sentence: [(word, writes, asked), …]: +1 plural, −1 singular, 0 nothing; default: the reader's language.
    """
    sentence = sentence or SENTENCES[language()]
    hands = strip([word for word, _, _ in sentence], [1.] * len(sentence))
    return explore(lambda f: draw_forget_by_hand(f, sentence), f=hands)


# --- 05 Input gate --------------------------------------------------------------------------------
def draw_two_keys(i, g, T=12):
    """i says whether, c̃ says what, their product is added; and what becomes of c if every step adds it."""
    c = np.concatenate([[0.], told(by_hand(1, np.full(T, i), 1, g)[1].tape.c)])
    drawing = Drawing(400)
    drawing.write(400, 26, f"i · c̃ = {number(i)} · {number(g)} = {number(c[1])}", 20, bold=True)
    plane = axes(drawing, (4, 40, 380, 360), (0, 1), (-1, 1), say("i, whether"), say("c̃, what"),
                  xticks=(0, .5, 1), yticks=(-1, 0, 1))
    across, up = np.meshgrid(np.linspace(0, 1, 41), np.linspace(1, -1, 41))
    added = by_hand(1, across.reshape(1, -1), 1, up.reshape(1, -1))[1].tape.c
    drawing.image(plane.left, plane.top, plane.wide, plane.high, shades(added.reshape(41, 41), "c"))
    (x, y), (x0, y0) = plane.at(i, g), plane.at(0, -1)
    drawing.path([(x0, y), (x, y)], COLOURS["g"], 5)
    drawing.path([(x, y0), (x, y)], COLOURS["i"], 5)
    drawing.dot(x, y, INK, size=11)
    drawing.dot(x, y, "#" + bytes(shades(c[1], "c")).hex(), size=8)
    time = axes(drawing, (404, 40, 392, 360), (0, T), (-T, T), say("step t"),
                 say("c, if every step adds it"), xticks=range(0, T + 1, 4), yticks=(-12, -6, 0, 6, 12))
    time.across(0, "", GREY)
    time.line(range(T + 1), c, "c")
    text = say("i = {i}, c̃ = {g}: {added} is added to c. If {T} steps add it and nothing is forgotten, "
               "c is {c}.", i=number(i), g=number(g), added=number(c[1]), T=T, c=number(c[-1]))
    return Picture(drawing, text)


def two_keys():
    """Chapter 05: the two-key lock: nothing is written unless i is open and c̃ has something to say."""
    return explore(draw_two_keys, i=slider(0., 1., .5, .05, say("input gate i")),
                   g=slider(-1., 1., .6, .05, say("candidate c̃")))


# --- 06 Cell state --------------------------------------------------------------------------------
def draw_belt(f, w, value, T=40, at=3):
    """A number written at step 3: carried by the cell state, and by a tanh unit with a weight to itself."""
    write = (np.arange(1, T + 1) == at) * 1.
    c = np.concatenate([[0.], told(by_hand(np.full(T, f), write, 1, write * value)[1].tape.c)])
    p = {"W": np.array([[[w, 1.]]]), "b": np.zeros((1, 1, 1))}
    h = np.concatenate([[0.], forward(RNN, p, np.arctanh(.999 * write * value)[:, None, None]).h[:, 0, 0]])
    drawing = Drawing(430)
    for k, (name, kind, v) in enumerate(((say("LSTM, cell state c"), "c", c), (say("RNN, state h"), "h", h))):
        drawing.write(4, 26 + 38 * k, name, at="start")
        drawing.image(250, 8 + 38 * k, 536, 26, shades(v[None], kind))
        drawing.box(250, 8 + 38 * k, 536, 26, colour=INK, width=1)
    panel = axes(drawing, (4, 86, 792, 344), (0, T), (-1.05, 1.05), say("step t"), say("the state"), "",
                  {"c": "c", "h": "h"}, yticks=(-1, -.5, 0, .5, 1))
    panel.down(at, say("written here"), GREY)
    panel.line(range(T + 1), c, "c")
    panel.line(range(T + 1), h, "h")
    text = say("{value} is written at step {at}. At step {T} the cell state is {c} (f = {f}), the RNN's "
               "state {h} (weight to itself {w}).", value=number(value), at=at, T=T, c=number(c[-1]),
               f=number(f), h=number(h[-1]), w=number(w))
    return Picture(drawing, text)


def belt():
    """Chapter 06: the conveyor belt beside the state of an RNN."""
    return explore(draw_belt, f=stops(STOPS, .98, say("LSTM: forget gate f")),
                   w=slider(0., 2., .98, .02, say("RNN: weight to itself")),
                   value=slider(-1., 1., .6, .1, say("what is written")))


# --- 07 Output gate -------------------------------------------------------------------------------
def draw_hold_silently(o, asked=9, at=2):
    """A number written once and kept; o says when it is spoken. c stays, h comes and goes."""
    T = len(o)
    write = (np.arange(1, T + 1) == at) * 1.
    tape = by_hand(1, write, np.array(o), .8 * write)[1].tape
    c, h = told(tape.c), told(tape.h)
    drawing, step, zero, unit = Drawing(400), 792 / T, 340, 200
    drawing.write(2, 24, "o", at="start", bold=True)
    drawing.path([(22, zero - unit), (796, zero - unit)], GRID, 1.5)
    drawing.write(4, zero - unit + 6, "1", at="start")
    for y, kind, name in ((92, "c", say("kept, c")), (118, "h", say("said, h"))):
        drawing.box(6, y - 14, 26, 16, COLOURS[kind])
        drawing.write(42, y, name, at="start")
    for k in range(T):
        x = 4 + (k + .5) * step
        drawing.write(x, 24, str(k + 1), bold=k + 1 in (at, asked))
        drawing.box(x - .32 * step, 36, .64 * step, 24, PAPER, GREY, 1.5)
        drawing.box(x - .32 * step, 36, .64 * step * o[k], 24, COLOURS["o"])
        drawing.box(x - .34 * step, zero - unit * c[k], .34 * step, unit * c[k], COLOURS["c"])
        drawing.box(x, zero - unit * h[k], .34 * step, unit * h[k], COLOURS["h"])
    drawing.path([(4, zero), (796, zero)], INK, 2)
    for moment, words in ((at, say("writes")), (asked, say("is asked"))):
        drawing.write(4 + (moment - .5) * step, 364, "↑", 20)
        drawing.write(4 + (moment - .5) * step, 388, words)
    leak = np.abs(np.delete(h, asked - 1)).max()
    spoken = {"h": number(h[asked - 1], 2), "leak": number(leak, 2)}
    drawing.write(790, 118, say("said when asked: {h} · at other times at most {leak}", **spoken), at="end",
                  bold=True)
    text = say("o is {o}. From step {at} on c is {c}, whatever o does. Asked at step {asked}, the cell says "
               "{h}; at other times it says at most {leak}.", o=say("; ").join(map(number, o)), at=at,
               c=number(c[-1], 2), asked=asked, **spoken)
    return Picture(drawing, text)


def hold_silently():
    """Chapter 07: remembering and speaking are two things; o by hand, one slider a step."""
    return explore(draw_hold_silently, o=strip([str(t) for t in range(1, 13)], [.5] * 12))


# --- 08 The full cell -----------------------------------------------------------------------------


def training_film(model, task, x, letters=None, at=(0, 10, 20, 50, 100, 200, 400), lr=1e-2, seed=0):
    """Chapter 08: the gates, and the gradient at each step, of one sequence x (T, D, 1) as the model learns.

    The model is trained here, as many updates as `at` says at most, and left trained.
    """
    kept, learning, done = [], train(model, task, lr=lr, seed=seed), 0
    for n in at:
        for _ in islice(learning, n - done):
            pass
        done = n
        trace = model(x)
        run, out = trace.runs[-1], model.params[-1]
        sure = softmax(trace.y)[-1]
        blame = out["V"].T @ (sure - (sure == sure.max(0)))
        back = path_back(model.cell, model.params[-2], run, State(blame, np.zeros_like(blame)))
        kept.append((run.tape, np.array([np.sqrt((s.c ** 2).sum()) for s in back[:-1]])))
    most = np.ceil(max(np.log10(norms.max() + 1e-12) for _, norms in kept))

    def draw(k):
        tape, norms = kept[k]
        T = len(norms)
        title = say("after {n} updates", n=at[k])
        strips = film({gate: getattr(tape, gate)[..., 0] for gate in GATES}, letters, title, left=74)
        drawing = strips.figure
        decades = {most - k: power(most - k).rjust(5) for k in (10, 5, 0)}
        panel = axes(drawing, (4, drawing.height, 806, 150), (-.5, T - .5), (most - 10, most + .01), "",
                      say("gradient of the answer, at c"), log=True, xticks={t: "" for t in range(T)},
                      yticks=decades)                  # its steps stand under those of the films
        drawing.height += 150
        panel.line(np.arange(T), norms, "grad", marks=False)
        text = say("The gates f, i, o of every unit at every step of one sequence, and the gradient of the "
                   "answer at each step, after {n} updates.", n=at[k])
        return Picture(drawing, text, strips.text)

    return explore(draw, k=player(at, say("updates done"), len(at) - 1, 800))


def gate_film(model, x, letters=None, layer=-1):
    """Chapter 08: what the units of a trained LSTM do along one sequence x (T, D, 1); one unit as curves."""
    tape = model(x).runs[layer].tape
    T, H = tape.c.shape[:2]

    def draw(shown, unit):
        kinds = GATES if shown == "gates" else ("c", "h") if shown == "states" else ("g",)
        if not unit:
            strips = film({kind: getattr(tape, kind)[..., 0] for kind in kinds}, letters)
            text = say("Films of {kinds}: {H} units along {T} steps.", kinds=", ".join(kinds), H=H, T=T)
            return Picture(strips.figure, text, strips.text)
        values = {kind: getattr(tape, kind)[:, unit - 1, 0] for kind in kinds}
        drawing = Drawing(430)
        low, high = (0, 1) if shown == "gates" else span(values.values(), zero=True)
        fits = letters is not None and T <= 60
        panel = axes(drawing, (4, 0, 792, 430), (-.5, T - .5), (low, high), say("step t"), "",
                      say("unit {k}", k=unit), {say(NAMES[kind]): kind for kind in kinds},
                      xticks={t: "" for t in range(T)} if fits else None)
        for t in range(T) if fits else ():
            drawing.write(*panel.at(t, low) + (0, 23), str(letters[t]), min(TYPE, 740 / T))
        for kind, v in values.items():
            panel.line(range(T), v, kind)
        spoken = [described(say(NAMES[kind]), np.arange(T), v, say("step t")) for kind, v in values.items()]
        text = say("Unit {k} along {T} steps: {kinds}.", k=unit, T=T, kinds=", ".join(kinds))
        return Picture(drawing, text, " ".join(spoken))

    shown = [(say("gates f, i, o"), "gates"), (say("states c and h"), "states"), (say("candidate c̃"), "new")]
    return explore(draw, shown=choose(shown, label=say("show")),
                   unit=slider(0, H, 0, 1, say("unit (0: all of them)")))


def live_ablation(model, batch):
    """Chapter 08: a gate of a trained LSTM is pinned at a value, and its answers break, or do not.

    batch: a tasks.Batch to examine; its score is accuracy, or R² where targets are numbers.
    """
    values = np.linspace(0, 1, 21)
    score = accuracy if np.asarray(batch.target).ndim == 2 else r2

    def examined(**pins):
        pinned = copy.copy(model)
        *layers, out = model.params
        pinned.params = [*(pin(model.cell, p, **pins) for p in layers), out]
        return score(pinned(batch.x).y, batch.target, batch.mask)

    whole = examined()
    scores = {gate: np.array([examined(**{gate: v}) for v in values]) for gate in GATES}
    low = min(0, max(-1, min(v.min() for v in scores.values())))

    def draw(gate, value):
        v = scores[gate][np.abs(values - value).argmin()]
        drawing = Drawing(400)
        name = say("accuracy") if score is accuracy else "R²"
        spoken = say("{gate} pinned at {value}: {name} {score}; as learned: {whole}", gate=gate, name=name,
                     value=number(value), score=number(v, 2), whole=number(whole, 2))
        drawing.write(400, 26, spoken, 20, bold=True)
        legend = {say(NAMES[gate]): gate, say("as learned"): "x"}
        panel = axes(drawing, (4, 40, 792, 360), (0, 1), (low, 1.02),
                      say("value at which the gate is pinned"), name, "", legend)
        panel.line([0, 1], [whole, whole], "x")
        panel.line(values, scores[gate], gate)
        panel.dot(value, v, gate, 13)
        text = say("The score with gate {gate} pinned at each value from 0 to 1, beside the score as "
                   "learned.", gate=gate)
        return Picture(drawing, text, spoken)

    gates = [(say(NAMES[gate]), gate) for gate in GATES]
    return explore(draw, gate=choose(gates, label=say("which gate")),
                   value=slider(0., 1., .5, .05, say("pinned at")))


# --- 09 Summary -----------------------------------------------------------------------------------
def draw_flow_order(moment, x=(1., -1., .5)):
    """Three steps, five moments each: how far the sheet is read by then, and what is computed."""
    t, k = divmod(moment, 5)
    p = weights(LSTM, 1, 1, np.random.default_rng(5))
    run = forward(LSTM, p, np.reshape(x, (-1, 1, 1)))
    now = {name: float(getattr(run.tape, name)[t, 0, 0]) for name in "figoch"} | {"x": x[t]}
    now["h old"], now["c old"] = (float(s[t - 1, 0, 0]) if t else 0. for s in (run.tape.h, run.tape.c))
    drawing = Drawing(540)
    drawing.write(400, 24, say("step {t}, moment {k} of 4", t=t + 1, k=k), 20, bold=True)
    read = _read(drawing, now, k)
    known = _computed(drawing, now, k)
    numbers = ", ".join(_worth(q, now[q]) for q in "xfigcoh" if q in known)
    return Picture(drawing, say("Step {t}, moment {k}. Read so far: {read}. Computed so far: {numbers}.",
                                t=t + 1, k=k, read=", ".join(read), numbers=numbers))


def _read(drawing, now, k):
    """The sheet's column of boxes, of which the first k+1 have been read; returns their names."""
    drawing.write(4, 62, say("as it is read"), at="start", bold=True)
    boxes = [(say("Input"), "x", say("what arrives")), (say("Forget"), "f", say("what to keep")),
             (say("Input gate"), "ig", say("what to add")),
             (say("Cell state"), "c", say("what is remembered")), (say("Output"), "oh", say("what is said"))]
    for j, (name, kinds, meaning) in enumerate(boxes):
        y, lit = 76 + 92 * j, j <= k
        drawing.box(6, y, 330, 64, PAPER, COLOURS[kinds[0]] if lit else GRID, 5 if j == k else 3)
        drawing.write(18, y + 26, name, bold=True, colour=INK if lit else GREY, at="start")
        drawing.write(324, y + 26, meaning, colour=INK if lit else GREY, at="end")
        if lit:
            drawing.write(18, y + 52, " · ".join(_worth(q, now[q]) for q in kinds), at="start")
        if j:
            drawing.arrow(171, y - 26, 171, y - 3, INK if lit else GRID, 3)
    return [name for name, _, _ in boxes[:k + 1]]


def _computed(drawing, now, k):
    """The true graph of one step; returns what is known after k moments: [h, x]; the four; c; h."""
    drawing.write(380, 62, say("as it is computed"), at="start", bold=True)
    known = {"x", "h old", "c old", *("", "figo", "figoc", "figoch", "figoch")[k]}
    at = {"h old": (434, 240), "x": (434, 370), "f": (590, 170), "i": (590, 260), "g": (590, 350),
          "o": (590, 440), "c old": (738, 108), "c": (738, 260), "h": (738, 440)}
    bus = 508
    for q in ("h old", "x"):
        drawing.path([(at[q][0], at[q][1]), (bus, at[q][1])], INK, 3)
    drawing.path([(bus, 170), (bus, 440)], INK, 7)
    drawing.write(bus - 8, 156, "[h, x]")
    for a, b in *(("bus", q) for q in "figo"), "fc", "ic", "gc", "oh", "ch", ("c old", "c"):
        x2, y2 = at[b]
        x1, y1 = (bus, y2) if a == "bus" else at[a]
        straight = x1 == x2
        start = (x1, y1 + 24) if straight else (x1 + (0 if a == "bus" else 56), y1)
        end = (x2, y2 - 26) if straight else (x2 - 58, y2 + (y1 - y2) / 9)
        drawing.arrow(*start, *end, INK if b in known else GRID, 3)
    for q, (x, y) in at.items():
        lit = q in known
        drawing.box(x - 54, y - 22, 108, 44, PAPER, COLOURS[q[0]] if lit else GRID, 4)
        words = _worth(q[0], now[q]) if lit else "c̃" if q == "g" else q
        drawing.write(x, y + 6, words, colour=INK if lit else GREY)
    drawing.write(434, 212, say("before"))
    drawing.write(738, 80, say("before"))
    what = [say("[h, x] is there"), say("f, i, c̃ and o: side by side"), "c = f·c + i·c̃", "h = o·tanh(c)",
            say("nothing is left to do")][k]
    drawing.write(590, 522, what, bold=True)
    return known


def _worth(kind, value):
    """A quantity and its value, to the hundredth."""
    return f"{'c̃' if kind == 'g' else kind} = {number(round(value, 2))}"


def flow_order():
    """Chapter 09: the order of reading is not the order of computing."""
    return explore(draw_flow_order, moment=player(range(15), say("moment"), 4, 1500))
