"""Chapter 13: what a paper says and what came of ours, row by row."""
import numpy as np

from workbook.ink import COLOURS, INK, PAPER, Drawing, Picture, number
from workbook.plots import axes
from workbook.words import say

__all__ = ["beside"]
THEIRS, OURS, NOW = (COLOURS["f"], "", "diamond"), (INK, "", "circle"), (COLOURS["i"], "", "square")


def beside(rows, reach, xlabel, never="", now=()):
    """What a paper says and what we found, on a scale in powers of ten from reach[0] to reach[1], whole exponents.

    rows: {label: (the paper's figures, if any; ours, one of each seed)}. never: what ∞ means, which stands at the
    right edge. now: what came out just now, in the first row.
    """
    (low, high), top = reach, len(rows) - 1
    legend = {say("the paper"): THEIRS, say("ours, a dot for each seed"): OURS}
    legend |= {say("just now"): NOW} if len(now) else {}
    marks = np.arange(low, high + 1)
    marks = np.union1d(marks, marks[:-1] + np.log10(3)) if high - low < 4 else marks
    drawing, edge = Drawing(124 + 52 * len(rows)), high + .1
    panel = axes(drawing, (4, 0, 792, drawing.height), (low, high + .26), (-.6, top + .7), xlabel, legend=legend,
                 xticks={k: number(10.**k, 6) for k in marks}, yticks=dict(enumerate([*rows][::-1])))
    if never:
        panel.down(edge, never)
    words = []
    for y, (label, (paper, ours)) in zip(range(top, -1, -1), rows.items()):
        lines = (.22, paper, THEIRS), (-.05, ours, OURS), (-.32, now if y == top else (), NOW)
        for up, values, kind in lines:
            x, times = np.unique(np.log10(np.clip(np.array(values, float), 10.**low, 10.**edge)), return_counts=True)
            if kind is THEIRS:
                drawing.path(panel.at(x, y + up), kind[0], 4)
            for v, n in zip(x, times):
                drawing.dot(*panel.at(v, y + up), PAPER, kind[2], 8)
                panel.dot(v, y + up, kind, 6)
                if n > 1:
                    drawing.write(*panel.at(v, y + up) + (12, 6), f"× {n}", at="start")
        words.append(_told(label, paper, ours, never))
    return Picture(drawing, " ".join(words))


def _told(label, paper, ours, never):
    """One row in words."""
    theirs, found = (say("; ").join(number(v, 5) for v in np.sort(values) if v < np.inf) for values in (paper, ours))
    lost = say("; {beyond}: {n}", beyond=never, n=n) if (n := int(np.isinf(ours).sum())) else ""
    if theirs:
        return say("{label}: the paper {paper}; ours {ours}{lost}.", label=label, paper=theirs, ours=found, lost=lost)
    return say("{label}: ours {ours}{lost}.", label=label, ours=found or "–", lost=lost)
