"""Where the words of a drawing stand, by the widths of its own font: which touch, leave the sheet, or are too small."""
from functools import cache
from itertools import combinations

from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font

from workbook.ink import SMALLEST, Drawing


@cache
def _measure(words, bold):
    """(width, above the baseline, below it) of words set in one px."""
    font = FT2Font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))
    font.set_size(100, 72)
    font.set_text(words.replace("_", ""))
    wide, high = (v / 6400 for v in font.get_width_height())
    below = font.get_descent() / 6400
    return wide, high - below, below


def _boxes(drawing, bold):
    """(words, left, top, right, foot) of all that is written upright."""
    for kind, *mark in drawing.marks:
        if kind != "words" or mark[-1] or not mark[2].strip():
            continue
        x, y, words, px, at, _, strong, _ = mark
        wide, above, below = (px * v for v in _measure(words, strong or bold))
        left = x - wide * {"start": 0, "middle": .5, "end": 1}[at]
        yield words, left, y - above, left + wide, y + below


def faults(drawing: Drawing, apart=3.):
    """What an eye would mind, [] if nothing: as it is, and as heavy as in lecture mode."""
    found = [f"{mark[3]!r} of {mark[4]:.3g} px" for mark in drawing.marks if mark[0] == "words" and mark[4] < SMALLEST]
    for bold in (False, True):
        boxes = list(_boxes(drawing, bold))
        for words, left, top, right, foot in boxes:
            if left < -1 or top < -1 or right > drawing.width + 1 or foot > drawing.height + 1:
                found.append(f"{words!r} leaves the sheet")
        for (one, a, b, c, d), (two, p, q, r, s) in combinations(boxes, 2):
            if min(c, r) - max(a, p) > -apart and min(d, s) - max(b, q) > 0:
                found.append(f"{one!r} touches {two!r}")
    return found
