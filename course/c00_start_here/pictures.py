"""Chapter 00: one gate, from shut to open."""
import numpy as np

from lstmlib.cells import sigmoid
from workbook.ink import COLOURS, INK, Drawing, Picture, number
from workbook.plots import axes
from workbook.widgets import explore, slider
from workbook.words import say

__all__ = ["first_slider"]


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
    """One gate, from shut to open."""
    return explore(draw_gate, a=slider(-6., 6., 0., .25, say("what it is asked, a")))
