"""Chapter 01: two tanh units, the net and what it does."""
import numpy as np

from lstmlib.cells import RNN
from lstmlib.unroll import forward
from workbook.ink import COLOURS, GREY, GRID, INK, PAPER, Drawing, Picture, described, number, shade
from workbook.plots import axes
from workbook.widgets import choose, explore, slider
from workbook.words import say

__all__ = ["two_unit_rnn"]

SECOND = ("#7A2E5D", "9 5", "square")      # the second unit of an RNN, beside the first in h's own colour


def draw_two_units(w11, w12, w21, w22, push, T=30):
    """Two tanh units as a dynamical system: the net, h over time, and its orbit in the plane."""
    p = {"W": np.array([[[w11, w12, 1.], [w21, w22, 0.]]]), "b": np.zeros((1, 2, 1))}
    x = np.full((T, 1, 1), 1. if push == "held" else 0.)
    x[0] = 1
    h = np.concatenate([np.zeros((1, 2)), forward(RNN, p, x).h[..., 0]])
    drawing = Drawing(520)
    _rolled_net(drawing, p["W"][0, :, :2], h)
    _unrolled_net(drawing, p["W"][0, :, :2], h)
    panel = axes(drawing, (4, 200, 470, 320), (0, T), (-1.05, 1.05), say("step t"), "h",
                  legend={say("unit 1"): "h", say("unit 2"): SECOND}, yticks=(-1, 0, 1))
    panel.line(range(T + 1), h[:, 0], "h", 3)
    panel.line(range(T + 1), h[:, 1], SECOND, 3)
    plane = axes(drawing, (490, 200, 306, 320), (-1.05, 1.05), (-1.05, 1.05), say("unit 1"), say("unit 2"),
                  xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    plane.drawing.path(plane.at(*h.T), GREY, 2)
    for k, (u, v) in enumerate(h):
        drawing.dot(*plane.at(u, v), shade(.25 + .75 * k / T, "h"), size=5)
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
    drawing.dot(x, y, shade(value, "h"), size=r)
    drawing.write(x, y + 6, name, colour=PAPER if value < -.6 else INK)


def _rolled_net(drawing, W, h):
    """One step of the net, its state fed back to itself."""
    drawing.write(14, 24, say("rolled: one step, fed back to itself"), at="start")
    (x1, y1), (x2, y2) = (120, 124), (260, 124)
    drawing.arrow(36, y1, x1 - 32, y1, COLOURS["x"], 3, "3 5")
    drawing.write(28, y1 + 6, "x", at="end")
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
    drawing.write(796, 24, say("unrolled: the same weights at every step"), at="end")
    columns = [404 + 90 * t for t in range(5)]
    for x in columns[:-1]:
        for k in range(2):
            for j in range(2):
                _weighted(drawing, x + 26, 75 + 70 * k, x + 64, 75 + 70 * j, W[j, k])
    for t, x in enumerate(columns):
        for k in range(2):
            _unit(drawing, x, 75 + 70 * k, str(k + 1), h[t, k], 22)
        drawing.write(x, 192, f"t = {t}")


def two_unit_rnn():
    """Two tanh units, four weights between them, what they do with one push."""
    def weight(start, to, by):
        few = (0., .9, 1.5) if to == by else (-1., start, 0., -np.sign(start))
        return slider(-2., 2., start, .1, say("weight {by} → {to}", by=by, to=to)).few(*sorted(few))
    pushes = [(say("one push, then silence"), "once"), (say("a push at every step"), "held")]
    return explore(draw_two_units, w11=weight(.9, 1, 1), w12=weight(-.5, 1, 2), w21=weight(.5, 2, 1),
                   w22=weight(.9, 2, 2), push=choose(pushes, label=say("input")))
