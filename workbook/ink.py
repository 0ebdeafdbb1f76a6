"""Marks on a sheet, and the words that go with them, for whoever cannot see it.

A `Drawing` is a list of marks (paths, dots, words, small images) on a sheet 800 wide. It is written as SVG
by hand, because a slider must be answered in milliseconds and a matplotlib figure takes fifty of them; for
paper, web pages and GitHub the same marks go through matplotlib into a small PNG. A `Panel` is a box of it in
which x and y have their places; a `Picture` is a drawing and its words.

One colour, one dash and one marker for each quantity through the whole course (Okabe & Ito's palette, safe
for the colour-blind): colour is never the only cue. All type is at least 13 pt on a picture 8 inches wide.
"""
import base64
import html
import io
import re
from typing import NamedTuple

import numpy as np

from .words import language, say

COLOURS = {"f": "#D55E00", "i": "#009E73", "o": "#56B4E9", "g": "#E69F00", "c": "#0072B2", "h": "#CC79A7",
           "x": "#666666", "grad": "#000000"}
STYLES = {  # kind: dash, marker
    "f": ("", "circle"), "i": ("12 4", "square"), "o": ("3 4", "up"), "g": ("12 4 3 4", "diamond"),
    "c": ("", ""), "h": ("", "down"), "x": ("3 5", ""), "grad": ("9 5", "")}
INK, GREY, GRID, PAPER = "#111111", "#767676", "#DDDDDD", "#FFFFFF"
TYPE, SMALLEST = 18, 13                        # px on a sheet 800 wide = 13 pt on one 8 inches wide
CORNERS = {shape: np.stack([np.cos(turn), np.sin(turn)], 1) for shape, turn in (
    ("square", np.pi * (np.arange(4) / 2 + 1 / 4)), ("diamond", np.pi * np.arange(4) / 2),
    ("up", np.pi * (np.arange(3) * 2 / 3 - 1 / 2)), ("down", np.pi * (np.arange(3) * 2 / 3 + 1 / 2)))}
LOWERED = r'\1<tspan dy=".25em" font-size="80%">\2\3</tspan>'
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


INDEX = re.compile(r"^(∂?[a-z])_(\w)(̃?)$")     # a letter and its index, as in a_f
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def power(k):
    """Ten to the whole number k, as it is written: 10⁻³."""
    return "10" + str(int(k)).translate(RAISED)


def width_of(words, size=TYPE):
    """About how wide a line of words is, in px."""
    return .6 * size * len(words)


def described(label, x, y, xlabel):
    """One line of a plot in words: where it starts and ends, its least and its greatest."""
    x, y = (np.asarray(q)[~np.isnan(y) | np.isnan(y).all()] for q in (x, y))      # told where it is drawn
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


def shade(value, kind):
    """One number as a colour, "#RRGGBB"."""
    return "#" + bytes(shades(value, kind)).hex()


def style(kind):
    """(colour, dash, marker) of a kind; such a triple stands for itself."""
    return kind if isinstance(kind, tuple) else (COLOURS[kind], *STYLES[kind])


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
        """The picture as a small PNG of 256 colours, without dates or program names."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PIL import Image
        figure = self.figure.matplotlib() if isinstance(self.figure, Drawing) else self.figure
        canvas, small = FigureCanvasAgg(figure), io.BytesIO()
        canvas.draw()
        pixels = np.array(canvas.buffer_rgba())[..., :3]
        inked = (pixels[..., 0] & pixels[..., 1] & pixels[..., 2]) != 255
        codes, which, count = np.unique(pixels[inked] @ (1 << 16, 1 << 8, 1), return_inverse=True, return_counts=True)
        colours = codes[:, None] >> (16, 8, 0) & 255   # seldom ones, the soft edges of letters and lines, get coarser,
        step = np.where(count < 100, np.where(np.ptp(colours, -1), 17, 51), 1)[:, None]        # boxes keep their own
        pixels[inked] = ((colours + step // 2) // step * step)[which]
        Image.fromarray(pixels).quantize(256, Image.Quantize.MAXCOVERAGE, dither=0).save(small, "PNG", optimize=True)
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
        if shape == "circle" and np.isfinite(x + y):
            self.marks.append(("dot", x, y, size, colour))
        elif shape and np.isfinite(x + y):
            self.path(CORNERS[shape] * 1.25 * size + (x, y), "none", 0, fill=colour)

    def write(self, x, y, words, size=TYPE, at="middle", colour=INK, bold=False, turn=0):
        """Words on the baseline y; at: which part of them stands at x (start, middle, end); turn: degrees.

        Words that are one letter and an index, a_f, are set as such.
        """
        self.marks.append(("words", x, y, str(words), size, at, colour, bold, turn))

    def image(self, x, y, w, h, pixels):
        """`pixels` (rows, columns, 3) of uint8, each shown as a sharp square."""
        self.marks.append(("image", x, y, w, h, np.asarray(pixels, np.uint8)))

    def svg(self, text="", lecture=False):
        heavier, shade, weight = (1.5, deep, 600) if lecture else (1., str, 400)
        size = "width:100%" if lecture else "width:100%;max-width:800px"
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
                           f'{INDEX.sub(LOWERED, html.escape(words))}</text>')
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
        figure = Figure((self.width / 100, self.height / 100), 100, facecolor=PAPER)
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
                index = INDEX.match(words)
                if index:
                    letter, low, wave = index.groups()
                    low = rf"\tilde{{{low}}}" if wave else low
                    words = rf"$\math{'bf' if bold else 'regular'}{{{letter}_{{{low}}}}}$"
                figure.text(x / W, 1 - y / H, words, fontsize=.72 * px, color=colour, zorder=k,
                            ha={"start": "left", "middle": "center", "end": "right"}[at], va="baseline",
                            weight="bold" if bold else "normal", rotation=-turn, rotation_mode="anchor",
                            parse_math=bool(index), family="DejaVu Sans")
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
class Panel(NamedTuple):
    """A box of a drawing, from (left, top), `wide` by `high` px, in which x and y have their places.

    x, y: (low, high) of each; log: y is shown as a power of ten, its low and high are exponents.
    """
    drawing: Drawing
    left: float
    top: float
    wide: float
    high: float
    x: tuple
    y: tuple
    log: bool = False

    def at(self, x, y, scaled=False):
        """Where on the drawing x and y lie, (…, 2); what lies outside the axes is brought to their edge."""
        x, y = np.asarray(x, float), np.asarray(y, float)
        if self.log and not scaled:
            y = np.log10(np.maximum(y, 10. ** self.y[0]))
        u, v = (np.minimum(np.maximum((q - low) / (high - low), 0), 1) for q, (low, high) in ((x, self.x), (y, self.y)))
        place = np.empty((*np.broadcast(u, v).shape, 2))     # as np.clip and np.stack, in half their time
        place[..., 0], place[..., 1] = self.left + u * self.wide, self.top + (1 - v) * self.high
        return place

    def rule(self, xticks, yticks):
        """The lines and words of the ticks, {where: what} of each axis, and the line at the foot."""
        drawing, right, base = self.drawing, self.left + self.wide, self.top + self.high
        for v, words in yticks.items():
            _, y = self.at(self.x[0], v, scaled=True)
            drawing.path([(self.left, y), (right, y)], GRID, 1.2)
            drawing.write(self.left - 8, y + 6, words, at="end")
        for v, words in xticks.items():
            x, _ = self.at(v, self.y[0], scaled=True)
            drawing.path([(x, base), (x, base + 6)], INK, 1.5)
            drawing.write(x, base + 23, words)
        drawing.path([(self.left, base), (right, base)], INK, 1.5)

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

    def across(self, y, words="", colour=INK, under=False):
        """A thin dotted line at height y with words on it, or under it: a chance level, a threshold."""
        (x1, y_px), (x2, _) = self.at(self.x, y)
        self.drawing.path([(x1, y_px), (x2, y_px)], colour, 2, "3 5")
        self.drawing.write(x2, y_px + (18 if under else -6), words, at="end", colour=colour)

    def down(self, x, words="", colour=INK):
        """A thin dotted line at x with words on top of it."""
        (x_px, y1), (_, y2) = self.at(x, self.y)
        self.drawing.path([(x_px, y1), (x_px, y2)], colour, 2, "3 5")
        near_end = x_px > self.left + .6 * self.wide
        side, at = (-6, "end") if near_end else (6, "start")
        self.drawing.write(x_px + side, y2 + 16, words, at=at, colour=colour)
