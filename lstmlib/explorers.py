"""The explorers of the chapters: explorers.forget_gate() and the others.

Each is a pure function draw(numbers) -> Picture and one line that gives it its controls. Every number in a
picture comes out of lstmlib's own cells: a gate is set by hand by feeding a cell whose weights only obey.
"""
import numpy as np

from .cells import LSTM, RNN, State, sigmoid
from .plots import (
    COLOURS,
    GRID,
    INK,
    PAPER,
    TYPE,
    Drawing,
    Panel,
    Picture,
    described,
    half_life,
    number,
    shades,
    width_of,
)
from .unroll import forward
from .widgets import choose, explore, slider, stops, strip, toggle
from .words import language, say

GREY = "#767676"
SECOND = ("#7A2E5D", "9 5", "square")      # the second unit of an RNN, beside the first in h's own colour


# --- a cell that obeys ----------------------------------------------------------------------------
def logit(p):
    """What a gate must be asked to stand at p; ±40 for 0 and 1, where σ is 0 and 1 to the last digit."""
    p = np.asarray(p, float)
    with np.errstate(divide="ignore"):
        return np.clip(np.log(p) - np.log1p(-p), -40, 40)


def by_hand(f, i, o, g, c0=0.):
    """One LSTM unit that reads its gates off its input: its weights, and a Run. f, i, o, g: (T,), or a number."""
    f, i, o, g = np.broadcast_arrays(*(np.atleast_1d(np.asarray(v, float)) for v in (f, i, o, g)))
    obey = {"W": np.zeros((4, 1, 5)), "b": np.zeros((4, 1, 1))}
    obey["W"][range(4), 0, range(1, 5)] = 1
    with np.errstate(divide="ignore"):
        asked = np.stack([logit(f), logit(i), logit(o), np.clip(np.arctanh(g), -20, 20)], 1)[..., None]
    start = State(np.zeros((1, 1)), np.full((1, 1), float(c0)))
    return obey, forward(LSTM, obey, asked, start)


def path_back(cell, p, run, last):
    """The blame on every state of a run, (T+1) of them, when only the last is blamed, by `last` (a state)."""
    blames = [last]
    for t in reversed(range(len(run.h))):
        _, s, _ = cell.back(p, blames[-1], cell.tape(*(q[t] for q in run.tape)))
        blames.append(s)
    return blames[::-1]


# --- 00 Start here --------------------------------------------------------------------------------
def draw_gate(a):
    """A gate alone: the curve of σ, and a pipe that it closes."""
    drawing, open_ = Drawing(330), float(sigmoid(a))
    panel = Panel(drawing, (4, 0, 420, 330), (-6, 6), (0, 1), say("a, what the gate is asked"),
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
    panel = Panel(drawing, (4, 200, 470, 320), (0, T), (-1.05, 1.05), say("step t"), "h",
                  legend={say("unit 1"): "h", say("unit 2"): SECOND}, yticks=(-1, 0, 1))
    panel.line(range(T + 1), h[:, 0], "h", 3)
    panel.line(range(T + 1), h[:, 1], SECOND, 3)
    plane = Panel(drawing, (490, 200, 306, 320), (-1.05, 1.05), (-1.05, 1.05), say("unit 1"), say("unit 2"),
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
        return slider(-2., 2., start, .1, say("weight: unit {by} → unit {to}", by=by, to=to))
    pushes = [(say("one push at step 1, then silence"), "once"), (say("a push at every step"), "held")]
    return explore(draw_two_units, w11=weight(.9, 1, 1), w12=weight(-.5, 1, 2), w21=weight(.5, 2, 1),
                   w22=weight(.9, 2, 2), push=choose(pushes, label=say("input")),
                   unrolled=toggle(False, say("show the net unrolled")))


# --- 04 Forget gate -------------------------------------------------------------------------------
STOPS = (0., .1, .2, .3, .4, .5, .6, .7, .8, .85, .9, .92, .94, .95, .96, .97, .98, .985, .99, .995, .998, .999,
         1.)


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
    ahead = Panel(drawing, (4, 200, 396, 300), (0, T), (0, 1.05), say("step t"),
                  say("forwards: c, of 1 at the start"), yticks=(0, .5, 1), xticks=range(0, T + 1, 10))
    ahead.across(.5, "", GREY)
    ahead.line(range(T + 1), c, "c")
    if 0 < life <= T:
        ahead.dot(life, .5, "f", 9)
    behind = Panel(drawing, (404, 200, 396, 300), (0, T), (0, 1.05), say("step t"),
                   say("backwards: ∂c at {T} / ∂c at t", T=T), yticks=(0, .5, 1), xticks=range(0, T + 1, 10))
    behind.across(.5, "", GREY)
    behind.line(range(T + 1), back, "grad")
    if 0 < life <= T:
        behind.dot(T - life, .5, "f", 9)
    text = say("f = {f}, bias {b}, half-life {life} steps. Forwards, {left} of the memory is left after {T} steps. "
               "Backwards, {back} of the gradient at step {T} reaches step 0.", f=number(f), b=number(bias),
               life=number(life), left=number(c[-1]), back=number(back[0]), T=T)
    return Picture(drawing, text)


def forget_gate():
    """Chapter 04: f, its bias, its half-life; what they do to a memory and to its gradient."""
    return explore(draw_forget_gate, f=stops([(number(v), v) for v in STOPS], .9, say("forget gate f")))


SENTENCES = {   # word, what it writes (+1 plural, −1 singular), what must be known when it is read
    "en": [("cats", 1, 0), ("near", 0, 0), ("the", 0, 0), ("door", 0, 0), ("sleep", 0, 1), (".", 0, 0),
           ("a", 0, 0), ("dog", -1, 0), ("barks", 0, -1)],
    "fr": [("les", 0, 0), ("chats", 1, 0), ("de", 0, 0), ("la", 0, 0), ("rue", 0, 0), ("dorment", 0, 1),
           (".", 0, 0), ("un", 0, 0), ("chien", -1, 0), ("aboie", 0, -1)]}


def draw_forget_by_hand(f, sentence):
    """A memory of the subject's number, word by word, f set by hand; is it sure and right where the verb is read?"""
    words, write, ask = zip(*sentence)
    n, write = len(words), np.array(write, float)
    c = by_hand(f, np.abs(write), 1, write)[1].tape.c[:, 0, 0]
    drawing, step, most = Drawing(430), 792 / n, 1.2
    zero, unit = 245, 105
    verdicts = []
    for v, words_ in ((1, say("plural")), (-1, say("singular"))):
        drawing.path([(4, zero - v * unit), (796, zero - v * unit)], GRID, 1.5)
        drawing.write(6, zero - unit - 8 if v > 0 else zero + unit + 22, f"c = {number(v)} · {words_}", at="start")
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
            right = c[k] * ask[k] >= .5
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
    """Chapter 04: open and close f by hand over a sentence; each verb must find the number of its own subject.

    sentence: [(word, writes, asked), …] with +1 plural, −1 singular, 0 nothing; the default is in the reader's
    language.
    """
    sentence = sentence or SENTENCES[language()]
    hands = strip([word for word, _, _ in sentence], [1.] * len(sentence))
    return explore(lambda f: draw_forget_by_hand(f, sentence), f=hands)
