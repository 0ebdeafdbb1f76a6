"""The whole LSTM on one sheet, its six lines beside it: at the end of 03, on top of 04 to 07 with their part lit."""
import numpy as np

from course.shared.wires import FRAME, NODES, WIRES
from workbook.ink import COLOURS, GREY, INK, PAPER, STYLES, Drawing, Picture
from workbook.plots import NAMES
from workbook.words import say

LINES = {"f": "fₜ = σ(W_f · [hₜ₋₁, xₜ] + b_f)", "i": "iₜ = σ(W_i · [hₜ₋₁, xₜ] + b_i)",
         "g": "c̃ₜ = tanh(W_c · [hₜ₋₁, xₜ] + b_c)", "c": "cₜ = fₜ ∗ cₜ₋₁ + iₜ ∗ c̃ₜ",
         "o": "oₜ = σ(W_o · [hₜ₋₁, xₜ] + b_o)", "h": "hₜ = oₜ ∗ tanh(cₜ)"}
WHERE = {"f": "a_f f", "i": "a_i i", "g": "a_g g new", "c": "c_prev kept new c", "o": "a_o o", "h": "down tanh h"}
SIZE, PALE = .62, "#C4C4C4"


def whole_cell(lit="figcoh"):
    """The cell and its lines as a Picture; lit: the lines, by their letters, that are not pale."""
    drawing, wires = Drawing(306), {wire for kind in lit for wire in WHERE[kind].split()}
    place = np.array([4, 0])
    left, top, wide, high = SIZE * np.array(FRAME)
    drawing.box(*(place + (left, top)), wide, high, colour=PALE)
    for wire, (kind, corners, _) in WIRES.items():
        points = SIZE * np.array(corners, float) + place
        on = wire in wires or wire in ("bus", "h_prev", "x") and set(lit) & set("fiog")
        colour, dash = (COLOURS[kind], STYLES[kind][0]) if on else (PALE, "")
        drawing.path(points if wire == "bus" else points[:-1], colour, 3, dash)
        if wire != "bus":
            drawing.arrow(*points[-2], *points[-1], colour, 3 if on else 2, dash)
    for (x, y), sign in NODES.items():
        ends = {wire for wire, (_, corners, _) in WIRES.items()
                for at in (corners[0], corners[-1]) if abs(at[0] - x) + abs(at[1] - y) < 30}
        x, y = SIZE * np.array([x, y]) + place
        half = 12 if sign in "×+" else 20
        colour = INK if ends & wires else PALE
        drawing.box(x - half, y - 12, 2 * half, 24, PAPER, colour)
        drawing.write(x, y + 5, sign, 15, colour=colour)
    for words, x, y, kind in (("cₜ₋₁", 18, 62, "c"), ("cₜ", 740, 62, "c"), ("hₜ₋₁", 18, 402, "h"),
                              ("hₜ", 740, 234, "h"), ("xₜ", 158, 470, "x"), ("f", 204, 200, "f"),
                              ("i", 324, 250, "i"), ("c̃", 446, 262, "g"), ("o", 586, 276, "o")):
        on = kind in lit or kind == "x" or words == "hₜ₋₁"
        drawing.write(SIZE * x + place[0], SIZE * y, words, 17, "start", INK if on else GREY, bold=on)
    for k, (kind, line) in enumerate(LINES.items()):
        y, on = 24 + 48 * k, kind in lit
        drawing.box(512, y - 14, 6, 38, COLOURS[kind] if on else PALE)
        drawing.write(526, y, say(NAMES[kind]), 14, "start", INK if on else GREY)
        drawing.write(526, y + 20, line, 15, "start", INK if on else GREY, bold=on)
    title = say("The cell of an LSTM and its six lines")
    told = say("; ").join(f"{say(NAMES[kind])}: {line}" for kind, line in LINES.items() if kind in lit)
    return Picture(drawing, f"{title}. {told}.")
