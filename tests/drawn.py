"""A picture read back from its SVG, as an eye does: axes by the words at their ticks, numbers by place and colour."""
import base64
import io
import re
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from workbook.ink import COLOURS, GRID, INK, STYLES, rgb
from workbook.plots import GATES

LOW = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−,", "0123456789--.")
NUMBER = re.compile(r"−?(?:\d+(?:[.,]\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|∞)")


def value(words):
    """The number that is written; nan if it is none."""
    mantissa, times, power = ("1×" + words if re.match("10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]", words) else words).partition("×10")
    try:
        return float(mantissa.replace("∞", "inf").translate(LOW)) * 10. ** int(power.translate(LOW) or 0)
    except ValueError:
        return np.nan


def numbers(words):
    """All the numbers in a text, as they are written."""
    return NUMBER.findall(words)


def unshaded(pixels, kind):
    """Colours (…, 3) to numbers from −1 to 1: white is 0, the kind's own colour 1, dark −1."""
    white = 255. - np.asarray(pixels, float)
    best, off = np.zeros(white.shape[:-1]), np.full(white.shape[:-1], np.inf)
    for sign, end in ((1, COLOURS[kind]), (-1, "#D2A24C" if kind == "x" else "#333333")):
        way = 255 - rgb(end)
        share = white @ way / (way @ way)
        far = np.abs(white - share[..., None] * way).max(-1)
        best, off = np.where(far < off, sign * share, best), np.minimum(far, off)
    assert off.max() <= 2, f"not a shade of {kind}"
    return best


class Path(NamedTuple):
    points: np.ndarray
    colour: str
    width: float
    dash: str
    fill: str


class Words(NamedTuple):
    x: float
    y: float
    words: str
    at: str


class Shot(NamedTuple):
    """An image: its box, and its pixels (rows, columns, 3)."""
    x: float
    y: float
    wide: float
    high: float
    pixels: np.ndarray


class Axes(NamedTuple):
    """One pair of axes; x, y: (slope, offset) from px to numbers, to exponents if log; their names."""
    left: float
    right: float
    base: float
    x: tuple
    y: tuple
    log: bool
    xname: str
    names: list

    def numbers(self, points):
        """Places in px, (N, 2), as numbers: x, y."""
        x, y = (np.polyval(way, points[:, k]) for k, way in enumerate((self.x, self.y)))
        return x, 10 ** y if self.log else y

    @property
    def pixel(self):
        """What a tenth of a px is, along x and y: as sharp as the drawing is."""
        return .11 * abs(self.x[0]), .11 * abs(self.y[0])


class Drawn:
    """The marks of a picture's SVG."""

    def __init__(self, picture, lecture=False):
        root = ElementTree.fromstring(picture.svg(lecture))
        self.label, self.paths, self.words, self.images, self.dots = root.get("aria-label"), [], [], [], []
        for node in root:
            get, kind = node.get, node.tag.split("}")[1]
            at = [float(get(name, "0")) for name in ("x", "y", "width", "height", "cx", "cy")]
            if kind == "path":
                points = np.reshape([float(v) for v in re.findall(r"-?[\d.]+", get("d"))], (-1, 2))
                self.paths.append(Path(points, get("stroke"), float(get("stroke-width")), get("stroke-dasharray", ""),
                                       get("fill")))
            elif kind == "text":
                self.words.append(Words(*at[:2], "".join(node.itertext()), get("text-anchor")))
            elif kind == "circle":
                self.dots.append((*at[4:], float(get("r")), get("fill")))
            else:
                png = base64.b64decode(get("href").split(",")[1])
                self.images.append(Shot(*at[:4], np.array(Image.open(io.BytesIO(png)).convert("RGB"))))

    def boxes(self, fill=None, colour=None):
        """(left, top, width, height) of the upright boxes of a colour, from left to right."""
        found = [(*p.points.min(0), *np.ptp(p.points, 0)) for p in self.paths if len(p.points) == 5
                 and (fill is None or p.fill == fill) and (colour is None or p.colour == colour)]
        return sorted(map(tuple, np.reshape(found, (-1, 4))))

    def lines(self, colour, axes):
        """The curves of a colour between axes, as numbers: [(x, y), …]."""
        return [axes.numbers(p.points) for p in self.paths if p.colour == colour and p.fill == "none"
                and p.width > 1 and (np.abs(p.points[:, 0] - (axes.left + axes.right) / 2)
                                     <= (axes.right - axes.left) / 2 + .2).all()
                and p.points[:, 1].max() <= axes.base + .2 and not self._is_sample(p)]

    @staticmethod
    def _is_sample(path):
        (x1, y1), (x2, y2) = path.points[[0, -1]]
        return len(path.points) == 2 and y1 == y2 and abs(x2 - x1 - 40) < .15 and path.width == 4

    def legend(self):
        """{label: (colour, dash)} of the samples that stand before words."""
        samples = [p for p in self.paths if self._is_sample(p)]
        return {w.words: (p.colour, p.dash) for p in samples for w in self.words
                if abs(w.x - p.points[0, 0] - 46) < .15 and abs(w.y - p.points[0, 1] - 6) < .15}

    def axes(self):
        """All pairs of axes, from left to right; what stands at their ticks must be evenly scaled."""
        feet = [p.points for p in self.paths if p.colour == INK and p.width == 1.5 and len(p.points) == 2
                and p.points[0, 1] == p.points[1, 1]]
        return [self._axes(*foot[:, 0], foot[0, 1]) for foot in sorted(feet, key=lambda foot: foot[0, 0])]

    def _axes(self, left, right, base):
        two = [p for p in self.paths if len(p.points) == 2]
        across = {p.points[0, 0] for p in two if p.colour == INK and p.width == 1.5
                  and p.points[0, 1] == base and left - .2 <= p.points[0, 0] <= right + .2
                  and np.ptp(p.points[:, 0]) == 0}
        up = {p.points[0, 1] for p in two if p.colour == GRID and np.allclose(p.points[:, 0], [left, right], atol=.11)}
        foot = {x: w.words for x in sorted(across) for w in self.words
                if abs(w.x - x) < .15 and abs(w.y - base - 23) < .15 and w.words}
        side = {y: w.words for y in sorted(up) for w in self.words
                if abs(w.x - left + 8) < .15 and abs(w.y - y - 6) < .15 and w.at == "end"}
        if any(np.isnan(value(v)) for v in foot.values()) or not foot:                    # letters: steps, counted
            foot = {x: str(k) for k, x in enumerate(sorted(across))}
        log = all(re.match("10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]", words.strip()) for words in side.values())
        below = [w.words for w in self.words if abs(w.x - (left + right) / 2) < .15 and 20 < w.y - base < 50]
        top = min(up) if up else base
        names = [w.words for w in self.words if w.at == "start" and left - .2 <= w.x < right and w.y < top + 1]
        return Axes(left, right, base, _scale(foot), _scale(side, log), log, below[-1] if below else "", names)


def _scale(ticks, log=False):
    """(slope, offset) from px to the numbers at the ticks; they must lie as even as their numbers."""
    at, said = np.array(list(ticks)), np.array([value(words.strip()) for words in ticks.values()])
    said = np.log10(said) if log else said
    way = np.polyfit(at, said, 1)
    off = np.abs((np.polyval(way, at) - said) / way[0]).max()
    assert off < .2 + 5e-3 * np.ptp(at), f"ticks that are not even: {ticks}"
    return tuple(way)


# --- what is held to what ---------------------------------------------------------------------------------------
def hold_lines(drawn, expected, names):
    """Each line is there once, in its colour, under its name, between axes of these names, and is its numbers."""
    axes, legend = drawn.axes(), drawn.legend()
    assert len(axes) == len(names)
    for pair, (xname, yname) in zip(axes, names):
        assert pair.xname == xname and yname in pair.names
    for (k, label), (kind, x, y) in expected.items():
        colour = COLOURS.get(kind, kind)
        if label != names[k][1]:
            assert legend[label][0] == colour, label
            if kind in STYLES:
                assert legend[label][1] == STYLES[kind][0], label
        pair = axes[k]
        drawn_lines = drawn.lines(colour, pair)
        assert pair.x[0] > 0 > pair.y[0]                                # to the right and upwards is more
        ends = pair.numbers(np.array([[pair.left, pair.base]]))[1][0]
        some = np.isfinite(y)
        if pair.log:
            some &= (np.asarray(y) > max(ends, 1e-16) * 1.01) & (np.asarray(y) < 1e8)
        if not some.any():
            continue
        x, y = np.asarray(x)[some], np.asarray(y)[some]
        assert any(same_line(pair, line, x, y) for line in drawn_lines), (label, kind)


def same_line(pair, line, x, y):
    """Whether a line goes through all the places x, y, to a tenth of a px, and no further than they do."""
    at, found = line
    off_x, off_y = pair.pixel
    nearest = np.abs(at[:, None] - x).argmin(0)
    if len(x) == len(at):                                   # an orbit may come back: each point in its turn
        nearest = np.arange(len(x))
    elif not pair.log:
        return False
    gap = np.log10(found[nearest]) - np.log10(y) if pair.log else found[nearest] - y
    return np.abs(at[nearest] - x).max() <= off_x and np.abs(gap).max() <= off_y


def hold_words(text, label, x, y):
    """Its sentence in the text: over …, starts at, ends at, least (at), greatest (at)."""
    said = numbers(text[text.index(f"{label}, ") + len(label):])[:8]
    start, end, first, last, low, at_low, high, at_high = map(value, said)
    assert (start, end) == (x[0], x[-1])
    np.testing.assert_allclose([first, last, low, high], [y[0], y[-1], y.min(), y.max()], rtol=.006, atol=1e-9)
    for at, v in ((at_low, y.min()), (at_high, y.max())):
        assert y[np.abs(x - at).argmin()] == pytest.approx(v, rel=.006, abs=1e-9)


def held_strips(drawn, fields, most=None):
    """Each image under (or beside) its kind's name is the array (units, T) in that kind's colours."""
    shots = [shot for shot in drawn.images if shot.wide > 100]
    assert len(shots) == len(fields)
    for shot, (kind, (named, v)) in zip(shots, fields.items()):
        scale = most or (1 if kind in GATES else np.abs(v).max() or 1)
        assert shot.pixels.shape[:2] == v.shape
        assert np.abs(unshaded(shot.pixels, kind) - v / scale).max() < .01, kind
        assert any(w.words.startswith(named) and (0 < shot.y - w.y < 16 or 0 < w.y - shot.y < 26) and w.at == "start"
                   for w in drawn.words), named
