"""Arrays in, pictures out. Every picture carries its own words, for whoever cannot see it.

A `Drawing` is a list of marks (paths, dots, words, small images) on a sheet 800 wide. It is written as SVG
by hand, because a slider must be answered in milliseconds and a matplotlib figure takes fifty of them; for
paper, web pages and GitHub the same marks go through matplotlib into a small PNG. A `Panel`: a pair of axes.

One colour, one dash and one marker for each quantity through the whole course (Okabe & Ito's palette, safe
for the colour-blind): colour is never the only cue. All type is at least 13 pt on a picture 8 inches wide.
"""
import base64
import html
import io
import re

import numpy as np

from .words import language, say

COLOURS = {"f": "#D55E00", "i": "#009E73", "o": "#56B4E9", "g": "#E69F00", "c": "#0072B2", "h": "#CC79A7",
           "x": "#666666", "grad": "#000000"}
STYLES = {  # kind: dash, marker
    "f": ("", "circle"), "i": ("12 4", "square"), "o": ("3 4", "up"), "g": ("12 4 3 4", "diamond"),
    "c": ("", ""), "h": ("", "down"), "x": ("3 5", ""), "grad": ("9 5", "")}
OTHERS = "c f i h g o x grad".split()           # what a line without a kind of its own takes, in this order
CELLS = {"RNN": "h", "LSTM": "c", "GRU": "i"}   # a cell is drawn as the state that it is known for
INK, GRID, PAPER = "#111111", "#DDDDDD", "#FFFFFF"
TYPE = 18                                      # px on a sheet 800 wide = 13 pt on one 8 inches wide
CORNERS = {shape: np.stack([np.cos(turn), np.sin(turn)], 1) for shape, turn in (
    ("square", np.pi * (np.arange(4) / 2 + 1 / 4)), ("diamond", np.pi * np.arange(4) / 2),
    ("up", np.pi * (np.arange(3) * 2 / 3 - 1 / 2)), ("down", np.pi * (np.arange(3) * 2 / 3 + 1 / 2)))}
FONTS = "DejaVu Sans, Verdana, sans-serif"


# --- numbers and words ------------------------------------------------------------------------------------
def number(value, digits=3):
    """A number for the eye: `digits` significant ones, no needless zeros, and the reader's decimal mark."""
    value = float(value)
    if not np.isfinite(value):
        return "?" if np.isnan(value) else "∞" if value > 0 else "−∞"
    size = np.floor(np.log10(abs(value))) if value else 0
    if -5 < size < 7:
        text = f"{value:.{max(0, int(digits - 1 - size))}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        text = f"{mantissa}×{power(exponent)}"
    text = "0" if text == "-0" else text.replace("-", "−")
    return text.replace(".", ",") if language() == "fr" else text


RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def power(k):
    """Ten to the whole number k, as it is written: 10⁻³."""
    return "10" + str(int(k)).translate(RAISED)


def width_of(words, size=TYPE):
    """About how wide a line of words is, in px."""
    return .6 * size * len(words)


def described(label, x, y, xlabel):
    """One line of a plot in words: where it starts and ends, its least and its greatest."""
    x, y = np.asarray(x), np.asarray(y)
    low, high = np.argmin(y), np.argmax(y)
    return say("{label}, over {xlabel} {start} to {end}: starts at {first}, ends at {last}; "
               "least {low} (at {at_low}), greatest {high} (at {at_high}).",
               label=label, xlabel=xlabel, first=number(y[0]), start=number(x[0]), last=number(y[-1]),
               end=number(x[-1]), low=number(y[low]), at_low=number(x[low]), high=number(y[high]),
               at_high=number(x[high]))


# --- colours ----------------------------------------------------------------------------------------------
def rgb(colour):
    """"#RRGGBB" as three numbers from 0 to 255."""
    return np.array([int(colour[k:k + 2], 16) for k in (1, 3, 5)], float)


def deep(colour):
    """The same hue, dark enough for a bright lecture room."""
    c = rgb(colour)
    return colour if c.mean() > 215 or c.mean() < 90 else "#" + "".join(f"{int(v):02x}" for v in c * .72)


def shades(values, kind, most=1.):
    """Numbers to colours (…, 3): white at 0, the kind's own colour at `most`, dark grey at −`most`.

    Inputs (x) are grey themselves; less than 0 they are ochre.
    """
    v = np.clip(np.nan_to_num(np.asarray(values, float)) / (most or 1), -1, 1)[..., None]
    plus, minus = rgb(COLOURS.get(kind, COLOURS["c"])), rgb("#D2A24C" if kind == "x" else "#333333")
    return np.uint8(255 + np.abs(v) * (np.where(v >= 0, plus, minus) - 255))


# --- the picture ------------------------------------------------------------------------------------------
class Picture:
    """A figure and what it says. `figure`: a Drawing, or a matplotlib Figure; `text`: the same in words.

    spoken: the words for a live picture, where they hold numbers that differ from machine to machine (those
    of trained weights); `text` is kept in the notebook and must not.
    """

    def __init__(self, figure, text, spoken=None):
        self.figure, self.text, self.spoken = figure, text, spoken or text

    def svg(self, lecture=False):
        """The picture as SVG, always the same bytes. `lecture`: as wide as the window, heavier, darker."""
        if isinstance(self.figure, Drawing):
            return self.figure.svg(self.spoken, lecture)
        import matplotlib
        out = io.StringIO()
        with matplotlib.rc_context({"svg.hashsalt": "lstm", "svg.fonttype": "none"}):
            self.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        drawn = out.getvalue()
        head = f'<div role="img" aria-label="{html.escape(self.spoken)}" '
        wide = 1600 if lecture else 800
        return f'{head}style="max-width:{wide}px">{drawn[drawn.index("<svg"):]}</div>'

    def png(self):
        """The picture as a small PNG, without dates or program names."""
        from PIL import Image
        figure = self.figure.matplotlib() if isinstance(self.figure, Drawing) else self.figure
        raw, small = io.BytesIO(), io.BytesIO()
        figure.savefig(raw, format="png", dpi=100, metadata={"Software": None})
        few = Image.open(raw).convert("RGB").quantize(64, Image.Quantize.MAXCOVERAGE, dither=0)
        few.save(small, "PNG", optimize=True)
        return small.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        png = base64.b64encode(self.png()).decode()
        page = (f'<img alt="{html.escape(self.text)}" style="width:100%;max-width:800px" '
                f'src="data:image/png;base64,{png}">')
        return {"image/png": png, "text/html": page, "text/plain": self.text}


class Drawing:
    """A white sheet `width` by `height` px and the marks on it, y downwards."""

    def __init__(self, height=360, width=800):
        self.width, self.height, self.marks = width, height, []

    def path(self, points, colour=INK, width=3., dash="", fill="none"):
        """A line through `points` (N, 2), closed if filled. Points that are not finite are left out."""
        points = np.asarray(points, float)
        self.marks.append(("path", points[np.isfinite(points).all(1)], colour, width, dash, fill))

    def box(self, x, y, w, h, fill="none", colour="none", width=2.):
        self.path([(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)], colour, width, fill=fill)

    def arrow(self, x1, y1, x2, y2, colour=INK, width=3., dash=""):
        """A line from the first point to the second, with a head."""
        along = np.array([x2 - x1, y2 - y1], float)
        along /= np.hypot(*along) or 1
        across, tip = np.array([-along[1], along[0]]), np.array([x2, y2])
        head = tip - along * (6 + 3 * width)
        self.path([(x1, y1), head], colour, width, dash)
        self.path([head + across * 2.2 * width, tip, head - across * 2.2 * width], "none", 0, fill=colour)

    def dot(self, x, y, colour=INK, shape="circle", size=6.):
        if not np.isfinite([x, y]).all() or not shape:
            return
        if shape == "circle":
            self.marks.append(("dot", x, y, size, colour))
            return
        self.path(CORNERS[shape] * 1.25 * size + (x, y), "none", 0, fill=colour)

    def write(self, x, y, words, size=TYPE, at="middle", colour=INK, bold=False, turn=0):
        """Words on the baseline y; at: which part of them stands at x (start, middle, end); turn: degrees."""
        self.marks.append(("words", x, y, str(words), size, at, colour, bold, turn))

    def image(self, x, y, w, h, pixels):
        """`pixels` (rows, columns, 3) of uint8, each shown as a sharp square."""
        self.marks.append(("image", x, y, w, h, np.asarray(pixels, np.uint8)))

    def svg(self, text="", lecture=False):
        heavier, shade, weight = (1.5, deep, 600) if lecture else (1., str, 400)
        size = "width:100%;max-height:82vh" if lecture else "width:100%;max-width:800px"
        out = [f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{html.escape(text)}" '
               f'viewBox="0 0 {self.width} {self.height}" style="{size};display:block;background:{PAPER}" '
               f'font-family="{FONTS}" font-weight="{weight}">']
        for kind, *m in self.marks:
            if kind == "path":
                points, colour, width, dash, fill = m
                d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points.tolist())
                dash = f' stroke-dasharray="{dash}"' if dash else ""
                out.append(f'<path d="{d}" fill="{shade(fill) if fill != "none" else fill}" '
                           f'stroke="{shade(colour) if colour != "none" else colour}" '
                           f'stroke-width="{width * heavier:.3g}" stroke-linejoin="round"{dash}/>')
            elif kind == "dot":
                x, y, r, colour = m
                r *= heavier ** .5
                out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.3g}" fill="{shade(colour)}"/>')
            elif kind == "words":
                x, y, words, px, at, colour, bold, turn = m
                strong = ' font-weight="700"' if bold else ""
                turned = f' transform="rotate({turn} {x:.1f} {y:.1f})"' if turn else ""
                out.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{px:.3g}" text-anchor="{at}" '
                           f'fill="{shade(colour)}"{strong}{turned}>'
                           f'{html.escape(words)}</text>')
            else:
                x, y, w, h, pixels = m
                out.append(f'<image x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" '
                           f'preserveAspectRatio="none" style="image-rendering:pixelated" '
                           f'href="data:image/png;base64,{_tiny_png(pixels)}"/>')
        return "".join(out) + "</svg>"

    def matplotlib(self):
        """The same marks as a matplotlib Figure, 100 px to the inch."""
        from matplotlib.figure import Figure
        from matplotlib.lines import Line2D
        from matplotlib.patches import Ellipse, Polygon
        figure = Figure((self.width / 100, self.height / 100), facecolor=PAPER)
        place, (W, H) = figure.transFigure, (self.width, self.height)
        for k, (kind, *m) in enumerate(self.marks):
            if kind == "path":
                points, colour, width, dash, fill = m
                points = points / (W, -H) + (0, 1)
                if fill != "none":
                    figure.add_artist(Polygon(points, closed=True, facecolor=fill, edgecolor=colour,
                                              linewidth=.72 * width, transform=place, zorder=k))
                else:
                    style = (0, [float(n) / max(width, 1) for n in dash.split()]) if dash else "-"
                    figure.add_artist(Line2D(*points.T, color=colour, linewidth=.72 * width, linestyle=style,
                                             transform=place, zorder=k, dash_capstyle="butt"))
            elif kind == "dot":
                x, y, r, colour = m
                figure.add_artist(Ellipse((x / W, 1 - y / H), 2 * r / W, 2 * r / H, facecolor=colour,
                                          transform=place, zorder=k))
            elif kind == "words":
                x, y, words, px, at, colour, bold, turn = m
                figure.text(x / W, 1 - y / H, words, fontsize=.72 * px, color=colour, zorder=k,
                            ha={"start": "left", "middle": "center", "end": "right"}[at], va="baseline",
                            weight="bold" if bold else "normal", rotation=-turn, rotation_mode="anchor",
                            parse_math=False, family="DejaVu Sans")
            else:
                x, y, w, h, pixels = m
                axes = figure.add_axes((x / W, 1 - (y + h) / H, w / W, h / H), zorder=k)
                axes.imshow(pixels, aspect="auto", interpolation="nearest")
                axes.set_axis_off()
        return figure


def _tiny_png(pixels):
    from PIL import Image
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=1)
    return base64.b64encode(out.getvalue()).decode()


# --- axes -------------------------------------------------------------------------------------------------
def ticks(low, high, most=6):
    """At most `most` round numbers (1, 2 or 5 times a power of ten) from low to high."""
    step = 10 ** np.floor(np.log10((high - low) / most))
    step *= next(m for m in (1, 2, 5, 10, 20) if (high - low) / (step * m) <= most - .9)
    return np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step


class Panel:
    """Axes in the box (x, y, width, height) of a drawing.

    x, y: (low, high) of each axis. xticks, yticks: where, or {where: what}; round numbers where not given.
    log: y is shown as a power of ten, y = (low, high) being exponents. legend: {label: kind}, in a row over
    the axes beside the name of y.
    """

    def __init__(self, drawing, box, x, y, xlabel="", ylabel="", title="", legend=(), log=False, xticks=None,
                 yticks=None):
        self.drawing, self.log = drawing, log
        (self.x0, self.x1), (self.y0, self.y1) = x, y
        if yticks is None:
            most = max(2, int(box[3] // 48))
            yticks = {v: power(v) if log else number(v) for v in ticks(*y, most)
                      if not log or v == int(v)}
        if xticks is None:
            xticks = ticks(*x, max(2, int(box[2] // 90)))
        xticks, yticks = (t if isinstance(t, dict) else {v: number(v) for v in t} for t in (xticks, yticks))
        left = 14 + max([.62 * TYPE * len(w) for w in yticks.values()], default=0)
        room = box[2] - left - 14
        items = [(ylabel, None)] * bool(ylabel) + [item for item in dict(legend).items() if item[0]]
        rows, used = [[]], 0
        for item in items:
            wide = width_of(item[0]) + (70 if item[1] else 24)
            if rows[-1] and used + wide > room + 20:
                rows.append([])
                used = 0
            rows[-1].append((item, used))
            used += wide
        rows = rows if items else []
        top = 28 * bool(title) + 27 * len(rows) + 8
        bottom = (24 if xticks else 0) + (26 if xlabel else 0) + 4
        self.left, self.top = box[0] + left, box[1] + top
        self.wide, self.high = room, box[3] - top - bottom
        if title:
            drawing.write(box[0] + left, box[1] + 20, title, bold=True, at="start")
        for k, row in enumerate(rows):
            y_row = box[1] + 28 * bool(title) + 27 * k + 20
            for (label, kind), x_row in row:
                if kind:
                    self.sample(self.left + x_row, y_row - 6, kind)
                drawing.write(self.left + x_row + (46 if kind else 0), y_row, label, at="start")
        for v, words in yticks.items():
            y_px = self.at(x[0], v, scaled=True)[1]
            drawing.path([(self.left, y_px), (self.left + self.wide, y_px)], GRID, 1.2)
            drawing.write(self.left - 8, y_px + 6, words, at="end")
        base = self.top + self.high
        for v, words in xticks.items():
            x_px = self.at(v, y[0], scaled=True)[0]
            drawing.path([(x_px, base), (x_px, base + 6)], INK, 1.5)
            drawing.write(x_px, base + 23, words)
        drawing.path([(self.left, base), (self.left + self.wide, base)], INK, 1.5)
        if xlabel:
            drawing.write(self.left + self.wide / 2, base + (47 if xticks else 22), xlabel)

    def at(self, x, y, scaled=False):
        """Where on the drawing x and y lie, (…, 2); what lies outside the axes is brought to their edge."""
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        if self.log and not scaled:
            y = np.log10(np.maximum(y, 10. ** self.y0))
        u = np.clip((x - self.x0) / (self.x1 - self.x0), 0, 1)
        v = np.clip((y - self.y0) / (self.y1 - self.y0), 0, 1)
        return np.stack([self.left + u * self.wide, self.top + (1 - v) * self.high], -1)

    def sample(self, x, y, kind):
        """A short piece of a kind's line, for a legend."""
        colour, dash, shape = style(kind)
        self.drawing.path([(x, y), (x + 40, y)], colour, 4, dash)
        self.drawing.dot(x + 20, y, colour, shape, 6)

    def line(self, x, y, kind, width=4., marks=True):
        """The curve of y over x in its kind's colour and dash, with its marker at each point, or at some."""
        colour, dash, shape = style(kind)
        points = self.at(x, y)
        self.drawing.path(points, colour, width, dash)
        if marks and shape:
            for p in points[::max(1, len(points) // 24)]:
                self.drawing.dot(*p, colour, shape, 5)

    def dot(self, x, y, kind, size=8.):
        colour, _, shape = style(kind)
        self.drawing.dot(*self.at(x, y), colour, shape or "circle", size)

    def across(self, y, words="", colour=INK):
        """A thin dotted line at height y with words on it: a chance level, a threshold."""
        (x1, y_px), (x2, _) = self.at([self.x0, self.x1], y)
        self.drawing.path([(x1, y_px), (x2, y_px)], colour, 2, "3 5")
        self.drawing.write(x2, y_px - 6, words, at="end", colour=colour)

    def down(self, x, words="", colour=INK):
        """A thin dotted line at x with words on top of it."""
        (x_px, y1), (_, y2) = self.at(x, [self.y0, self.y1])
        self.drawing.path([(x_px, y1), (x_px, y2)], colour, 2, "3 5")
        near_end = x_px > self.left + .6 * self.wide
        side, at = (-6, "end") if near_end else (6, "start")
        self.drawing.write(x_px + side, y2 + 16, words, at=at, colour=colour)


def style(kind):
    """(colour, dash, marker) of a kind; such a triple stands for itself."""
    return kind if isinstance(kind, tuple) else (COLOURS[kind], *STYLES[kind])


def kinds(labels):
    """{label: kind}: a label that is a kind or a cell, or begins with one ("f, unit 1"), keeps it."""
    own = {label: label.split(",")[0].split(" ")[0] for label in labels}
    own = {label: CELLS.get(kind, kind) for label, kind in own.items()}
    free = [k for k in OTHERS if k not in own.values()] + OTHERS
    return {label: kind if kind in COLOURS else free.pop(0) for label, kind in own.items()}


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
def curves(lines, x=None, xlabel=None, ylabel="", title="", log=False, y=None, level=None, text=None,
           height=360):
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
    panel = Panel(drawing, (4, 0, 792, height), edge, reach, xlabel, ylabel, title,
                  legend if len(lines) > 1 else (), log)
    for words, at in level.items():
        panel.across(at, words)
    words = []
    for label, v in lines.items():
        middle = np.median(v, 0)
        for run in v if len(v) > 1 else ():
            panel.line(x, run, legend[label], 1.2, marks=False)
        panel.line(x, middle, legend[label])
        label = ylabel if ylabel and len(lines) == 1 else label
        name = label if len(v) == 1 else say("{label}, median of {n} runs", label=label, n=len(v))
        words.append(described(name, x, middle, xlabel))
    return Picture(drawing, text or " ".join([title + "."] * bool(title) + words))


def spread(groups, ylabel="", title="", chance=None, y=(0, 1), text=None, height=360):
    """What each seed gave, {label: values}: a dot a seed, a bar at the median; chance: a dotted line."""
    drawing, n = Drawing(height), len(groups)
    low, high = y or span(groups.values(), zero=True)
    longest = max(width_of(part) for label in groups for part in broken(label, 0))
    size = max(15, TYPE * min(1, 760 / n / longest))
    lines = {k: broken(label, 760 / n, size) for k, label in enumerate(groups)}
    deepest = max(len(rows) for rows in lines.values())
    legend = {ylabel: None} | ({say("chance"): "x"} if chance is not None else {})
    panel = Panel(drawing, (4, 0, 792, height - 22 * (deepest - 1)), (-.5, n - .5),
                  (low - .03 * (high - low), high), title=title, legend=legend,
                  xticks={k: "" for k in range(n)}, yticks=ticks(low, high))
    if chance is not None:
        panel.line([-.5, n - .5], [chance, chance], "x", 3)
    words = []
    for k, (label, values) in enumerate(groups.items()):
        values = np.sort(np.asarray(values, float))
        middle = np.median(values)
        (left, y_px), (right, _) = panel.at([k - .3, k + .3], middle)
        drawing.path([(left, y_px), (right, y_px)], "#999999", 7)
        for j, v in enumerate(values):
            beside = (j - (len(values) - 1) / 2) * min(.1, .5 / len(values))
            drawing.dot(*panel.at(k + beside, v), PAPER, size=8)
            drawing.dot(*panel.at(k + beside, v), INK, size=6)
        for row, part in enumerate(lines[k]):
            drawing.write(panel.at(k, low)[0], panel.top + panel.high + 23 + 22 * row, part, size)
        low_high = {"low": number(values[0]), "high": number(values[-1])}
        words.append(say("{label}: median {median}, from {low} to {high} over {n} seeds.", label=label,
                         n=len(values), median=number(middle), **low_high))
    return Picture(drawing, text or " ".join([title + "."] * bool(title) + words))


def broken(words, width, size=TYPE):
    """Words in lines no wider than `width` px if they can be: broken at spaces, but not within a formula."""
    rows = [""]
    for word in re.split(r"(?<![=*]) (?![=*])", words):
        longer = f"{rows[-1]} {word}".strip()
        fits = width_of(longer, size) <= width or not rows[-1]
        rows = rows[:-1] + [longer] if fits else rows + [word]
    return rows


NAMES = {"f": "forget gate f", "i": "input gate i", "o": "output gate o", "g": "candidate c̃",
         "c": "cell state c", "h": "hidden state h", "x": "input x", "grad": "gradient"}


def film(fields, letters=None, title="", text=None, left=4):
    """A tape seen as a film: {kind: array (T, units)}, a strip each, units down, steps along, letters below.

    Gates (f i o) run from 0 (white) to 1 (their colour). Signed kinds run from dark grey through white at 0
    to their own colour, as far as the greatest number of the strip, written beside it. letters: T of them.
    left: where the strips begin, in px.
    """
    fields = {kind: np.asarray(v, float).reshape(len(v), -1) for kind, v in fields.items()}
    T = len(next(iter(fields.values())))
    letters = [str(a) for a in letters] if letters is not None else None
    if letters and len(letters) != T:
        raise ValueError(f"letters has {len(letters)} entries, the fields have {T} steps; expected as many")
    foot, slanted = 52, False
    if letters:
        longest = max(map(len, letters))
        size = min(TYPE, max(9, (796 - left) / T / (.62 * longest)))
        slanted = size < 12 and longest > 1
        if slanted:
            left = max(left, 44)
            size = min(TYPE, (796 - left) / T)
            foot = longest * .4 * size + 44
    wide = 796 - left
    cell = wide / T
    heights = [np.clip(14 * v.shape[1], 30, max(60, 270 / len(fields))) for v in fields.values()]
    drawing = Drawing(int(sum(heights) + 34 * len(fields) + foot + 30 * bool(title)))
    y, words = 0, [title + "."] * bool(title)
    if title:
        drawing.write(left, 21, title, bold=True, at="start")
        y = 30
    for (kind, v), high in zip(fields.items(), heights):
        gate = kind[0] in "fio" and kind in COLOURS
        zero = gate or kind == "x" and v.min() >= 0
        most = 1. if gate else float(np.abs(v).max()) or 1.
        name, counted = say(NAMES.get(kind, kind)), say("numbers") if kind == "x" else say("units")
        many = v.shape[1] > 1
        drawing.write(left, y + 23, f"{name}, {v.shape[1]} {counted}" if many else name, at="start")
        _scale(drawing, left + wide, y + 9, kind, zero, most)
        drawing.image(left, y + 32, wide, high, shades(v.T, kind, most))
        drawing.box(left, y + 32, wide, high, colour=INK, width=1)
        y += high + 34
        name = say("{name}, mean of its {counted}", name=name, counted=counted) if many else name
        words.append(described(name, np.arange(T), v.mean(1), say("step t")))
    for t in range(T) if letters else ():
        x = left + (t + .5) * cell
        if slanted:
            drawing.write(x + size / 3, y + 16, letters[t], size, at="end", turn=-40)
        else:
            drawing.write(x, y + 22, letters[t], size)
    if not letters:
        for t in ticks(0, T - 1) if T > 1 else [0]:
            drawing.write(left + (t + .5) * cell, y + 22, number(t))
    drawing.write(left + wide / 2, y + foot - 6, say("step t"))
    if letters:
        between = " " if longest > 1 else ""
        words.append(say("Read: {letters}", letters=between.join(letters)))
    return Picture(drawing, text or " ".join(words))


def _scale(drawing, right, y, kind, zero, most):
    """The colours of a strip and what their ends mean; zero: whether it begins there."""
    low, high = ("0" if zero else number(-most, 2)), number(most, 2)
    x = right - width_of(high) - 96
    drawing.image(x, y, 90, 16, shades(np.linspace(0 if zero else -1, 1, 30)[None], kind))
    drawing.box(x, y, 90, 16, colour=INK, width=1)
    drawing.write(x - 6, y + 14, low, at="end")
    drawing.write(right, y + 14, high, at="end")


def heat(table, rows, columns, xlabel="", ylabel="", title="", text=None):
    """A table (rows, columns) of numbers from 0 to 1 (accuracies…) as coloured cells, the numbers in them."""
    table = np.asarray(table, float)
    if table.shape != (len(rows), len(columns)):
        raise ValueError(f"table has shape {table.shape}; expected {len(rows), len(columns)}: rows, columns")
    rows, columns = list(map(str, rows)), list(map(str, columns))
    left = max(width_of(r) for r in rows + [ylabel]) + 14
    top, high, wide = 34 + 30 * bool(title) + 28 * bool(xlabel), 40, (796 - left) / len(columns)
    drawing = Drawing(int(top + high * len(rows) + 8))
    if title:
        drawing.write(4, 21, title, bold=True, at="start")
    if xlabel:
        drawing.write(left + wide * len(columns) / 2, top - 40, xlabel)
    drawing.write(left - 10, top - 10, ylabel, at="end")
    for k, name in enumerate(columns):
        drawing.write(left + (k + .5) * wide, top - 10, name)
    for r, name in enumerate(rows):
        drawing.write(left - 10, top + (r + .66) * high, name, at="end")
        for k, v in enumerate(table[r]):
            fill = "#" + bytes(shades(v, "c")).hex()
            drawing.box(left + k * wide, top + r * high, wide - 2, high - 2, fill)
            drawing.write(left + (k + .5) * wide, top + (r + .66) * high, number(round(v, 2)),
                          colour=PAPER if v > .6 else INK)
    cells = [say("; ").join(say("{column}: {value}", column=c, value=number(round(v, 2)))
                            for c, v in zip(columns, row)) for row in table]
    words = [say("{row}: {cells}.", row=name, cells=row) for name, row in zip(rows, cells)]
    return Picture(drawing, text or " ".join([title + "."] * bool(title) + words))


def decay(f, steps=40, title="", text=None):
    """What is left of a memory of 1 after each step with the forget gate held at f; half-life −1/log₂ f.

    f: a number from 0 to 1, or several. ValueError outside.
    """
    fs = np.atleast_1d(np.asarray(f, float))
    if ((fs < 0) | (fs > 1)).any():
        raise ValueError(f"f is {f}; expected numbers from 0 to 1")
    drawing, t, order = Drawing(360), np.arange(steps + 1), ["f", *[k for k in OTHERS if k != "f"]]
    legend = {f"f = {number(v)}": order[k % len(order)] for k, v in enumerate(fs)}
    panel = Panel(drawing, (4, 0, 792, 360), (0, steps), (0, 1.03), say("step t"), say("what is left of c"),
                  title, legend)
    panel.across(.5, say("half"), "#555555")
    words = []
    for v, (label, kind) in zip(fs, legend.items()):
        panel.line(t, v ** t, kind)
        life = half_life(v)
        if 0 < life <= steps:
            panel.dot(life, .5, kind, 9)
        words.append(say("{label}: half-life {life} steps, {left} left after {steps}.", label=label,
                         life=number(life), left=number(v ** steps), steps=steps))
    return Picture(drawing, text or " ".join([title + "."] * bool(title) + words))


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
    words = (say("{n} pictures: {captions}.", n=len(images), captions=say("; ").join(named)) if named
             else say("{n} pictures.", n=len(images)))
    return Picture(drawing, text or " ".join([title + "."] * bool(title) + [words]))
