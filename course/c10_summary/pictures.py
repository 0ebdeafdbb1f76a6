"""Chapter 10: a step of the cell as it is read, beside a step as it is computed."""
import numpy as np

from lstmlib.cells import LSTM
from lstmlib.unroll import forward, weights
from workbook.ink import COLOURS, GREY, GRID, INK, PAPER, Drawing, Picture, number
from workbook.widgets import explore, player
from workbook.words import say

__all__ = ["flow_order"]


def draw_flow_order(stage, x=(1., -1., .5)):
    """Three steps, five stages each: how far the sheet is read by then, and what is computed."""
    t, k = divmod(stage, 5)
    p = weights(LSTM, 1, 1, np.random.default_rng(5))
    run = forward(LSTM, p, np.reshape(x, (-1, 1, 1)))
    now = {name: float(getattr(run.tape, name)[t, 0, 0]) for name in "figoch"} | {"x": x[t]}
    now["h old"], now["c old"] = (float(s[t - 1, 0, 0]) if t else 0. for s in (run.tape.h, run.tape.c))
    drawing = Drawing(540)
    drawing.write(400, 24, say("step {t}, stage {k} of 4", t=t + 1, k=k), 20, bold=True)
    read = _read(drawing, now, k)
    known = _computed(drawing, now, k)
    numbers = ", ".join(_worth(q, now[q]) for q in "xfigcoh" if q in known)
    return Picture(drawing, say("Step {t}, stage {k}. Read so far: {read}. Computed so far: {numbers}.",
                                t=t + 1, k=k, read=", ".join(read), numbers=numbers))


def _read(drawing, now, k):
    """The sheet's column of boxes, of which the first k+1 have been read; returns their names."""
    drawing.write(4, 62, say("as it is read"), at="start", bold=True)
    boxes = [(say("Input"), "x", say("what arrives")), (say("Forget"), "f", say("what to keep")),
             (say("Input gate"), "ig", say("what to add")),
             (say("Cell state"), "c", say("what is remembered")), (say("Output"), "oh", say("what is said"))]
    for j, (name, kinds, meaning) in enumerate(boxes):
        y, lit = 76 + 92 * j, j <= k
        drawing.box(6, y, 348, 64, PAPER, COLOURS[kinds[0]] if lit else GRID, 5 if j == k else 3)
        drawing.write(16, y + 26, name, bold=True, colour=INK if lit else GREY, at="start")
        drawing.write(344, y + 26, meaning, colour=INK if lit else GREY, at="end")
        if lit:
            drawing.write(16, y + 52, " · ".join(_worth(q, now[q]) for q in kinds), at="start")
        if j:
            drawing.arrow(180, y - 26, 180, y - 3, INK if lit else GRID, 3)
    return [name for name, _, _ in boxes[:k + 1]]


def _computed(drawing, now, k):
    """The true graph of one step; returns what is known after k stages: [h, x]; the four; c; h."""
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
        start = (x1, y1 + 24) if straight else (x1 + (0 if a == "bus" else 58), y1)
        end = (x2, y2 - 26) if straight else (x2 - 61, y2 + (y1 - y2) / 9)
        drawing.arrow(*start, *end, INK if b in known else GRID, 3)
    for q, (x, y) in at.items():
        lit = q in known
        drawing.box(x - 57, y - 22, 114, 44, PAPER, COLOURS[q[0]] if lit else GRID, 4)
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
    """The order of reading is not the order of computing."""
    stages = [f"{t} · {k}" for t in (1, 2, 3) for k in range(5)]
    return explore(draw_flow_order, stage=player(stages, say("step · stage"), 4, 1500))
