"""Arrays in, pictures out: what the chapters draw of their numbers, each with its own words."""
import re
from typing import NamedTuple

import numpy as np

from .ink import INK, PAPER, SMALLEST, TYPE, Drawing, Panel, Picture, described, number, power, shade, shades, width_of
from .words import say

NAMES = {"f": "forget gate f", "i": "input gate i", "o": "output gate o", "g": "candidate c̃",
         "c": "cell state c", "h": "hidden state h", "x": "input x", "grad": "gradient"}
GATES = "f", "i", "o"
OTHERS = "c f i h g o x grad".split()           # what a line without a kind of its own takes, in this order
CELLS = {"RNN": "h", "LSTM": "c", "GRU": "i"}   # a cell is drawn as the state that it is known for


# --- axes -------------------------------------------------------------------------------------------------
def ticks(low, high, most=6):
    """At most `most` round numbers (1, 2 or 5 times a power of ten) from low to high."""
    step = 10 ** np.floor(np.log10((high - low) / most))
    step *= next(m for m in (1, 2, 5, 10, 20) if (high - low) / (step * m) <= most - .9)
    return np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step


def axes(drawing, box, x, y, xlabel="", ylabel="", title="", legend=(), log=False, xticks=None, yticks=None):
    """A Panel with its frame, in the box (left, top, width, height) of a drawing.

    x, y: (low, high) of each axis. xticks, yticks: where, or {where: what}; round numbers where not given.
    log: y is shown as a power of ten, y = (low, high) being exponents. legend: {label: kind}, in a row over
    the axes beside the name of y.
    """
    left, top, wide, high = box
    xticks, yticks = _marked(xticks, x, wide // 90), _marked(yticks, y, high // 48, log)
    margin = 14 + max([.62 * TYPE * len(words) for words in yticks.values()], default=0)
    entries = [(label, kind) for label, kind in [(ylabel, None), *dict(legend).items()] if label]
    rows, head = _in_rows(entries, wide - margin + 6), 28 * bool(title)
    over, under = head + 27 * len(rows) + 8, 24 * bool(xticks) + 26 * bool(xlabel) + 4
    panel = Panel(drawing, left + margin, top + over, wide - margin - 14, high - over - under, x, y, log)
    if title:
        drawing.write(panel.left, top + 20, title, bold=True, at="start")
    for k, row in enumerate(rows):
        _legend(panel, top + head + 27 * k + 20, row)
    panel.rule(xticks, yticks)
    if xlabel:
        drawing.write(panel.left + panel.wide / 2, panel.top + panel.high + (47 if xticks else 22), xlabel)
    return panel


def _marked(given, reach, most, log=False):
    """The ticks of an axis as {where: what}; round numbers, or whole powers of ten, where none are given."""
    if given is None:
        given = ticks(*reach, max(2, int(most)))
        if log:
            given = {v: power(v) for v in given if v == int(v)}
    return given if isinstance(given, dict) else {v: number(v) for v in given}


def _in_rows(entries, room):
    """A legend's entries (label, kind) in rows no wider than `room` px, each with where it begins."""
    rows, used = [], 0
    for label, kind in entries:
        wide = width_of(label) + (70 if kind else 24)
        if not rows or used + wide > room:
            rows.append([])
            used = 0
        rows[-1].append((label, kind, used))
        used += wide
    return rows


def _legend(panel, y, row):
    """A row of a legend: a piece of each line and its label; a label without a line stands alone."""
    for label, kind, along in row:
        if kind:
            panel.sample(panel.left + along, y - 6, kind)
        panel.drawing.write(panel.left + along + (46 if kind else 0), y, label, at="start")


def kinds(labels):
    """{label: kind}: a label that is a kind or a cell, or begins with one ("f, unit 1"), keeps it."""
    own = {label: label.split(",")[0].split(" ")[0] for label in labels}
    own = {label: CELLS.get(kind, kind) for label, kind in own.items()}
    free = [k for k in OTHERS if k not in own.values()] + OTHERS
    return {label: kind if kind in NAMES else free.pop(0) for label, kind in own.items()}


def span(values, zero=False, log=False):
    """(low, high) that holds the finite values, with a little room; exponents of ten if log."""
    v = np.concatenate([np.ravel(a).astype(float) for a in values])
    v = v[np.isfinite(v)]
    if log:
        v = np.log10(v[v > 0]) if (v > 0).any() else np.zeros(1)
        return np.floor(v.min() - .01), np.ceil(v.max() + .01)
    low, high = (min(v.min(), 0), max(v.max(), 0)) if zero else (v.min(), v.max())
    room = .04 * (high - low) or .5
    return low - room * (low != 0 or not zero), high + room


# --- what chapters draw -----------------------------------------------------------------------------------
def _told(title, words):
    """A picture's words: its title, and a sentence for each of its parts."""
    return " ".join([title + "."] * bool(title) + words)


def curves(lines, x=None, xlabel=None, ylabel="", title="", log=False, y=None, level=None, text=None, height=360):
    """Curves over time, lag, updates…: {label: array (N,) or (runs, N)}.

    Several runs: each one thin, their median thick. A label that is a kind ("f", "c, unit 1") has its colour.
    x (N,): default 0, 1, 2 …; log: powers of ten; y: (low, high) of the axis (exponents if log); level:
    {words: height} of dotted lines; text: instead of the words made from the data. ValueError: other lengths.
    """
    xlabel = say("step t") if xlabel is None else xlabel
    lines = {label: np.atleast_2d(np.asarray(v, float)) for label, v in lines.items()}
    x = np.arange(next(iter(lines.values())).shape[1]) if x is None else np.asarray(x, float)
    for label, v in lines.items():
        if v.shape[1] != len(x):
            raise ValueError(f"lines[{label!r}] has {v.shape[1]} points, x has {len(x)}; expected as many")
    drawing, legend = Drawing(height), kinds(lines)
    edge = (x[0], x[-1]) if x[-1] > x[0] else (x[0] - .5, x[0] + .5)
    level = level or {}
    reach = y or span([*lines.values(), list(level.values())], log=log)
    panel = axes(drawing, (4, 0, 792, height), edge, reach, xlabel, ylabel, title,
                  legend if len(lines) > 1 else (), log)
    for words, at in level.items():
        panel.across(at, words, under=min(v[:, -1].min() for v in lines.values()) > at)   # where no curve ends
    words = []
    for label, v in lines.items():
        middle = np.median(v, 0)
        for run in v if len(v) > 1 else ():
            panel.line(x, run, legend[label], 1.2, marks=False)
        panel.line(x, middle, legend[label])
        label = ylabel if ylabel and len(lines) == 1 else label
        name = label if len(v) == 1 else say("{label}, median of {n} run[s]", label=label, n=len(v))
        words.append(described(name, x, middle, xlabel))
    return Picture(drawing, text or _told(title, words))


def spread(groups, ylabel="", title="", chance=None, y=(0, 1), text=None, height=360, log=False):
    """What each seed gave, {label: values}: a dot a seed, a bar at the median; chance: a dotted line.

    log: powers of ten; y: (low, high) of the axis (whole exponents if log).
    """
    place = np.log10 if log else np.asarray
    drawing, n = Drawing(height), len(groups)
    low, high = y or span(groups.values(), zero=True)
    longest = max(width_of(part) for label in groups for part in broken(label, 0))
    size = max(15, TYPE * min(1, 760 / n / longest))
    lines = {k: broken(label, 760 / n, size) for k, label in enumerate(groups)}
    deepest = max(len(rows) for rows in lines.values())
    legend = {ylabel: None} | ({say("chance"): "x"} if chance is not None else {})
    yticks = {k: power(k) for k in range(low, high + 1)} if log else ticks(low, high)
    panel = axes(drawing, (4, 0, 792, height - 22 * (deepest - 1)), (-.5, n - .5),
                  (low - .03 * (high - low), high), title=title, legend=legend,
                  xticks={k: "" for k in range(n)}, yticks=yticks)
    if chance is not None:
        panel.line([-.5, n - .5], [chance, chance], "x", 3)
    words = []
    for k, (label, values) in enumerate(groups.items()):
        values = np.sort(np.asarray(values, float))
        middle = np.median(values)
        (left, y_px), (right, _) = panel.at([k - .3, k + .3], place(middle))
        drawing.path([(left, y_px), (right, y_px)], "#999999", 7)
        for j, v in enumerate(place(values)):
            beside = (j - (len(values) - 1) / 2) * min(.1, .5 / len(values))
            drawing.dot(*panel.at(k + beside, v), PAPER, size=8)
            drawing.dot(*panel.at(k + beside, v), INK, size=6)
        for row, part in enumerate(lines[k]):
            drawing.write(panel.at(k, low)[0], panel.top + panel.high + 23 + 22 * row, part, size)
        low_high = {"low": number(values[0]), "high": number(values[-1])}
        words.append(say("{label}: median {median}, from {low} to {high} over {n} seed[s].", label=label,
                         n=len(values), median=number(middle), **low_high))
    return Picture(drawing, text or _told(title, words))


def broken(words, width, size=TYPE):
    """Words in lines no wider than `width` px if they can be: broken at spaces, but not within a formula."""
    rows = [""]
    for word in re.split(r"(?<![=*]) (?![=*])", words):
        longer = f"{rows[-1]} {word}".strip()
        fits = width_of(longer, size) <= width or not rows[-1]
        rows = rows[:-1] + [longer] if fits else rows + [word]
    return rows


def film(fields, letters=None, title="", text=None, left=4):
    """A tape seen as a film: {kind: array (T, units)}, a strip each, units down, steps along, letters below.

    Gates (f i o) run from 0 (white) to 1 (their colour). Signed kinds run from dark grey through white at 0
    to their own colour, as far as the greatest number of the strip, written beside it. letters: T of them.
    left: where the strips begin, in px.
    """
    fields = {kind: np.asarray(v, float).reshape(len(v), -1) for kind, v in fields.items()}
    T, letters = len(next(iter(fields.values()))), list(map(str, [] if letters is None else letters))
    if letters and len(letters) != T:
        raise ValueError(f"letters has {len(letters)} entries, the fields have {T} steps; expected as many")
    foot = _foot(letters, T, left)
    heights = [np.clip(14 * v.shape[1], 30, max(60, 270 / len(fields))) for v in fields.values()]
    drawing = Drawing(int(sum(heights) + 34 * len(fields) + foot.high + 30 * bool(title)))
    if title:
        drawing.write(foot.left, 21, title, bold=True, at="start")
    y, words = 30 * bool(title), []
    for (kind, v), high in zip(fields.items(), heights):
        words.append(_strip(drawing, foot.left, y, high, kind, v))
        y += high + 34
    foot.draw(drawing, y)
    if letters:
        between = " " if max(map(len, letters)) > 1 else ""
        words.append(say("Read: {letters}", letters=between.join(letters)))
    return Picture(drawing, text or _told(title, words))


def _strip(drawing, left, y, high, kind, v):
    """One strip of a film, v (T, units), below its name and its scale; returns it in words."""
    gate = kind in GATES
    most = 1. if gate else float(np.abs(v).max()) or 1.
    name, counted = say(NAMES.get(kind, kind)), say("numbers") if kind == "x" else say("units")
    many = v.shape[1] > 1
    drawing.write(left, y + 23, f"{name}, {v.shape[1]} {counted}" if many else name, at="start")
    _scale(drawing, 796, y + 9, kind, gate or kind == "x" and v.min() >= 0, most)
    drawing.image(left, y + 32, 796 - left, high, shades(v.T, kind, most))
    drawing.box(left, y + 32, 796 - left, high, colour=INK, width=1)
    name = say("{name}, mean of its {counted}", name=name, counted=counted) if many else name
    return described(name, np.arange(len(v)), v.mean(1), say("step t"))


class _Foot(NamedTuple):
    """What stands below the strips of a film: T letters, upright or slanted, or numbers."""
    letters: list
    T: int
    left: float
    high: float = 52
    size: float = TYPE
    slanted: bool = False

    def draw(self, drawing, y):
        step = (796 - self.left) / self.T
        for t, letter in enumerate(self.letters):
            x = self.left + (t + .5) * step
            if self.slanted:
                drawing.write(x + self.size / 3, y + 16, letter, self.size, at="end", turn=-40)
            else:
                drawing.write(x, y + 22, letter, self.size)
        if not self.letters:
            for t in ticks(0, self.T - 1) if self.T > 1 else [0]:
                drawing.write(self.left + (t + .5) * step, y + 22, number(t))
        drawing.write((self.left + 796) / 2, y + self.high - 6, say("step t"))


def _foot(letters, T, left):
    """The foot of a film that begins at `left`: words too long to stand side by side are slanted.

    Where they are too many to be read, the steps are counted instead.
    """
    longest, step = max(map(len, letters), default=0), (796 - left) / T
    size = min(TYPE, step / (.62 * longest or 1))
    if size >= SMALLEST:
        return _Foot(letters, T, left, size=size)
    left = max(left, 44)                              # the first of them reaches out to the left
    size = min(TYPE, (796 - left) / T)
    if size < SMALLEST or longest == 1:
        return _Foot([], T, left)
    return _Foot(letters, T, left, longest * .4 * size + 44, size, True)


def _scale(drawing, right, y, kind, zero, most):
    """The colours of a strip and what their ends mean; zero: whether it begins there."""
    low, high = ("0" if zero else number(-most, 2)), number(most, 2)
    x = right - width_of(high) - 96
    drawing.image(x, y, 90, 16, shades(np.linspace(0 if zero else -1, 1, 30)[None], kind))
    drawing.box(x, y, 90, 16, colour=INK, width=1)
    drawing.write(x - 6, y + 14, low, at="end")
    drawing.write(right, y + 14, high, at="end")


def heat(table, rows, columns, xlabel="", ylabel="", title="", text=None, under=None):
    """A table (rows, columns) of numbers from 0 to 1 (accuracies…) as coloured cells, the numbers in them.

    under: words for each cell, "" or some, in small letters under its number.
    """
    table = np.asarray(table, float)
    if table.shape != (len(rows), len(columns)):
        raise ValueError(f"table has shape {table.shape}; expected {len(rows), len(columns)}: rows, columns")
    rows, columns = list(map(str, rows)), list(map(str, columns))
    left = max(width_of(r) for r in rows + [ylabel]) + 24
    top, high, wide = 34 + 30 * bool(title) + 28 * bool(xlabel), 52 if under else 40, (796 - left) / len(columns)
    drawing = Drawing(int(top + high * len(rows) + 8))
    if title:
        drawing.write(4, 21, title, bold=True, at="start")
    if xlabel:
        drawing.write(left + wide * len(columns) / 2, top - 40, xlabel)
    drawing.write(left - 10, top - 10, ylabel, at="end")
    told = [[] for _ in rows]
    for k, name in enumerate(columns):
        drawing.write(left + (k + .5) * wide, top - 10, name)
    for r, name in enumerate(rows):
        drawing.write(left - 10, top + (r + .66) * high, name, at="end")
        for k, v in enumerate(table[r]):
            drawing.box(left + k * wide, top + r * high, wide - 2, high - 2, shade(v, "c"))
            more, colour = under[r][k] if under else "", PAPER if v > .6 else INK
            drawing.write(left + (k + .5) * wide, top + r * high + (20 if more else .66 * high), number(round(v, 2)),
                          colour=colour)
            told[r].append(say("{column}: {value}", column=columns[k], value=number(round(v, 2))))
            if more:
                drawing.write(left + (k + .5) * wide, top + r * high + 41, more, SMALLEST, colour=colour)
                told[r][-1] += f" ({more})"
    cells = [say("; ").join(row) for row in told]
    words = [say("{row}: {cells}.", row=name, cells=row) for name, row in zip(rows, cells)]
    return Picture(drawing, text or _told(title, words))


def decay(f, steps=40, title="", text=None):
    """What is left of a memory of 1 after each step with the forget gate held at f; half-life −1/log₂ f.

    f: a number from 0 to 1, or several. ValueError outside.
    """
    fs = np.atleast_1d(np.asarray(f, float))
    if ((fs < 0) | (fs > 1)).any():
        raise ValueError(f"f is {f}; expected numbers from 0 to 1")
    drawing, t, order = Drawing(360), np.arange(steps + 1), ["f", *[k for k in OTHERS if k != "f"]]
    legend = {f"f = {number(v)}": order[k % len(order)] for k, v in enumerate(fs)}
    panel = axes(drawing, (4, 0, 792, 360), (0, steps), (0, 1.03), say("step t"), say("what is left of c"),
                  title, legend)
    panel.across(.5, say("half"), "#555555")
    words = []
    for v, (label, kind) in zip(fs, legend.items()):
        panel.line(t, v ** t, kind)
        life = half_life(v)
        if 0 < life <= steps:
            panel.dot(life, .5, kind, 9)
        words.append(say("{label}: half-life {life} step[s], {left} left after {steps}.", label=label,
                         life=number(life), left=number(v ** steps), steps=steps))
    return Picture(drawing, text or _told(title, words))


def half_life(f):
    """Steps after which half is left: −1/log₂ f; 0 at f = 0, ∞ at f = 1."""
    return 0. if f <= 0 else np.inf if f >= 1 else -1 / np.log2(f)


def gallery(images, captions=None, title="", text=None):
    """Small grey pictures (rows, columns) side by side, dark where the number is great, captions below."""
    images, captions = [np.asarray(a, float) for a in images], list(captions or [""] * len(images))
    wide = 792 / len(images) - 12
    high = max(wide * a.shape[0] / a.shape[1] for a in images)
    if high > 300:
        wide, high = wide * 300 / high, 300
    parts = [broken(c, wide + 10, 16) for c in captions]
    top, deepest = 34 * bool(title) + 4, max(map(len, parts)) if any(captions) else 0
    drawing = Drawing(int(top + high + 22 * deepest + 12))
    if title:
        drawing.write(4, 21, title, bold=True, at="start")
    for k, (a, rows) in enumerate(zip(images, parts)):
        x, size = 4 + k * 792 / len(images), np.ptp(a) or 1
        grey = np.uint8(255 - 235 * (a - a.min()) / size)
        drawing.image(x, top, wide, wide * a.shape[0] / a.shape[1], np.repeat(grey[..., None], 3, -1))
        drawing.box(x, top, wide, wide * a.shape[0] / a.shape[1], colour=INK, width=1)
        for r, part in enumerate(rows if any(captions) else ()):
            drawing.write(x + wide / 2, top + high + 20 + 22 * r, part, 16)
    named = [c for c in captions if c]
    words = (say("{n} picture[s]: {captions}.", n=len(images), captions=say("; ").join(named)) if named
             else say("{n} picture[s].", n=len(images)))
    return Picture(drawing, text or _told(title, [words]))
