"""Chapter 05: the two keys, i and c̃."""
import numpy as np

from course.shared.puppet import by_hand, told
from workbook.ink import COLOURS, GREY, INK, Drawing, Picture, number, shade, shades
from workbook.plots import axes
from workbook.widgets import explore, slider
from workbook.words import say

__all__ = ["two_keys"]


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
    drawing.dot(x, y, shade(c[1], "c"), size=8)
    time = axes(drawing, (404, 40, 392, 360), (0, T), (-T, T), say("step t"),
                 say("c, if every step adds it"), xticks=range(0, T + 1, 4), yticks=(-12, -6, 0, 6, 12))
    time.across(0, "", GREY)
    time.line(range(T + 1), c, "c")
    text = say("i = {i}, c̃ = {g}: {added} is added to c. If {T} steps add it and nothing is forgotten, "
               "c is {c}.", i=number(i), g=number(g), added=number(c[1]), T=T, c=number(c[-1]))
    return Picture(drawing, text)


def two_keys():
    """The two-key lock: nothing is written unless i is open and c̃ has something to say."""
    return explore(draw_two_keys, i=slider(0., 1., .5, .05, say("input gate i")),
                   g=slider(-1., 1., .6, .05, say("candidate c̃")))
