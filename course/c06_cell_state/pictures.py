"""Chapter 06: the conveyor belt."""
import numpy as np

from course.shared.puppet import by_hand, told
from lstmlib.cells import RNN
from lstmlib.unroll import forward
from workbook.ink import GREY, INK, Drawing, Picture, number, shades
from workbook.plots import axes
from workbook.widgets import NEAR_ONE, explore, slider, stops
from workbook.words import say

__all__ = ["belt"]


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
    """The conveyor belt beside the state of an RNN."""
    f = stops(NEAR_ONE, .98, say("LSTM: forget gate f")).few(0., .5, .9, .95, .98, .99, 1.)
    w = slider(0., 2., .98, .02, say("RNN: weight to itself")).few(0., .5, .9, .98, 1., 1.02, 1.1, 1.5, 2.)
    value = slider(-1., 1., .6, .1, say("what is written")).few(-1., -.5, .1, .3, .6, 1.)
    return explore(draw_belt, f=f, w=w, value=value)
