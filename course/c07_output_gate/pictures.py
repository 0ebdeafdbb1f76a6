"""Chapter 07: to remember, and to say it only when asked."""
import numpy as np

from course.shared.puppet import by_hand, told
from workbook.ink import COLOURS, GREY, GRID, INK, PAPER, Drawing, Picture, number
from workbook.plots import axes
from workbook.widgets import explore, strip
from workbook.words import say

__all__ = ["hold_silently"]


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
    """Remembering and speaking are two things; o by hand, one slider a step."""
    return explore(draw_hold_silently, o=strip([str(t) for t in range(1, 13)], [.5] * 12).few(0., 1.))


def trade_off(groups, size):
    """What is said unasked (across) beside what is said when asked (up): {label: (loudness, R²) of each seed}.

    size: root mean square of what is kept. The dotted line says a fixed share of it at every step.
    """
    drawing, kinds = Drawing(440), dict(zip(groups, "ofigc"))
    panel = axes(drawing, (4, 0, 792, 440), (0, .12), (0, 1.02), say("loudness when nobody asks"),
                 say("R² at the questions"), legend=kinds)
    loud = np.linspace(0, .12)
    panel.line(loud, 1 - (1 - loud / size) ** 2, "x", 3, marks=False)
    x, y = panel.at(.119, 1 - (1 - .08 / size) ** 2)
    drawing.write(x, y + 24, say("the same share at every step"), at="end")
    for label, dots in groups.items():
        for at in dots:
            panel.dot(*at, kinds[label])
    words = [say("{label}: R² {right}, loudness {loud}.", label=label, loud=number(np.median(dots, 0)[0], 2),
                 right=number(np.median(dots, 0)[1], 2)) for label, dots in groups.items()]
    text = say("R² at the questions, and loudness when nobody asks: a dot for each seed; a dotted line, "
               "what always saying the same share would give.")
    return Picture(drawing, text, spoken=" ".join(words))
