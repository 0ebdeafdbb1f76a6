"""The printable cheat sheet: the LSTM on one page, for the wall or the exam.

    python -m workbook cheatsheet [fr|en] [folder]        four files: A4 and Letter, each as PDF and SVG

One layout, 190 × 259 mm, stands in the middle of either paper. Its units are millimetres from the upper left
corner of the layout. Equations are set by matplotlib's mathtext; the numbers come out of lstmlib's own cells.
"""
import argparse
from math import dist
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Polygon

from course.shared.wires import FRAME, NODES, WIRES
from lstmlib.cells import sigmoid
from workbook.ink import COLOURS, INK, PAPER, number, rgb
from workbook.plots import half_life
from workbook.words import language, say, speak

PAPERS = {"a4": (210, 297), "letter": (215.9, 279.4)}
WIDE, HIGH = 190, 259
RULE, QUIET = "#BBBBBB", "#555555"
SAME = {"svg.hashsalt": "lstm", "svg.fonttype": "path", "pdf.fonttype": 42}      # the same bytes each time
Z, G = r"$[h_{t-1}, x_t]$", r"\tilde{c}_t"
SIGNS, BENDS = {"×": r"$\times$", "+": "$+$"}, {"σ": r"$\sigma$", "tanh": "tanh"}


# --- ink ------------------------------------------------------------------------------------------
def write(axes, x, y, words, size=9., **how):
    """Words, with $equations$ in them, on the baseline y."""
    return axes.text(x, y, words, fontsize=size, **{"family": "STIXGeneral", "math_fontfamily": "stix",
                                                    "color": INK, "va": "baseline", **how})


def heading(axes, x, y, width, words):
    """A section's name over a rule."""
    write(axes, x, y, words, 12, weight="bold")
    axes.plot([x, x + width], [y + 1.7] * 2, color=INK, linewidth=.8)


def table(axes, columns, y, step, rows, size=9., kinds=()):
    """Rows of words, the first of them a quiet head; columns: where each begins, and where the last one ends.

    kinds: for each row after the head, the quantity whose colour stands before it.
    """
    for k, row in enumerate(rows):
        base = y + k * step
        if k:
            axes.plot(columns[::len(columns) - 1], [base - .72 * step] * 2, color=RULE, linewidth=.5)
        for x, words in zip(columns[:-1], row, strict=True):
            write(axes, x, base, words, size if k else size - 1, color=INK if k else QUIET)
    for k, kind in enumerate(kinds, 1):
        bar(axes, columns[0] - 2.4, y + (k - .6) * step, .76 * step, kind)


def bar(axes, x, y, high, kind):
    """A short bar in a quantity's colour."""
    axes.plot([x, x], [y, y + high], color=COLOURS[kind], linewidth=3, solid_capstyle="butt")


def wire(axes, points, kind, head):
    """A line through points, straight across or straight down; head: whether it ends in an arrow's head."""
    colour = COLOURS[kind]
    (x1, y1), (x2, y2) = points[-2:]
    far = abs(x2 - x1) + abs(y2 - y1)
    u, v = (x2 - x1) / far, (y2 - y1) / far
    stop = (x2 - 1.5 * u, y2 - 1.5 * v) if head else (x2, y2)
    axes.plot(*zip(*points[:-1], stop), color=colour, linewidth=1.8, solid_joinstyle="round",
              solid_capstyle="butt", zorder=2)
    if head:
        a, b = (x2 - 2.6 * u, y2 - 2.6 * v), (1.1 * v, 1.1 * u)
        axes.add_patch(Polygon([(x2, y2), (a[0] + b[0], a[1] + b[1]), (a[0] - b[0], a[1] - b[1])],
                               color=colour, linewidth=0, zorder=3))


def chip(axes, x, y, words, kind, size=11.):
    """What bends a sum, σ or tanh, in the colour of what leaves it."""
    thin = tuple(1 - .3 * (1 - rgb(COLOURS[kind]) / 255))
    axes.add_patch(FancyBboxPatch((x - 4.7, y - 3.2), 9.4, 6.4, boxstyle="round,pad=0,rounding_size=1.4",
                                  facecolor=thin, edgecolor=COLOURS[kind], linewidth=1.3, zorder=4))
    write(axes, x, y + 1.2, words, size, ha="center", zorder=5)


def knot(axes, x, y, words):
    """A product or a sum, entry by entry."""
    axes.add_patch(Circle((x, y), 2.7, facecolor=PAPER, edgecolor=INK, linewidth=1.2, zorder=4))
    write(axes, x, y, words, 13, ha="center", va="center_baseline", zorder=5)


def node(axes, x, y):
    """Where a wire divides."""
    axes.add_patch(Circle((x, y), .75, color=INK, linewidth=0, zorder=3))


# --- the sections ---------------------------------------------------------------------------------
def title(axes):
    """What this is, and whose idea."""
    write(axes, 0, 7, say("The LSTM on one page"), 24, weight="bold")
    write(axes, WIDE, 3, "Hochreiter & Schmidhuber, 1997", 8.5, ha="right", color=QUIET)
    write(axes, WIDE, 7, say("forget gate: Gers, Schmidhuber & Cummins, 2000"), 8.5, ha="right", color=QUIET)
    axes.plot([0, WIDE], [10.5] * 2, color=INK, linewidth=2)


CARRIED = {"c_prev": "$c_{t-1}$", "c": "$c_t$", "h_prev": "$h_{t-1}$", "h": "$h_t$", "x": "$x_t$",
           "f": "$f_t$", "i": "$i_t$", "g": f"${G}$", "o": "$o_t$"}
JOINTS = {"x": -1, "a_f": 0, "a_i": 0, "a_g": 0, "down": 0}        # the corner in which a wire meets another
PX = .15                                        # of the table, in millimetres


def place(x, y):
    """Where a point of the table of wires lies on the sheet."""
    return 1 + PX * (x - 20), 21 + PX * y


def diagram(axes):
    """The cell, from the table of wires."""
    heading(axes, 0, 17, 116, say("The cell"))
    x, y, wide, high = FRAME
    axes.add_patch(FancyBboxPatch(place(x, y), PX * wide, PX * high, boxstyle="round,pad=0,rounding_size=4",
                                  facecolor="#F6F6F6", edgecolor=RULE, linewidth=1, zorder=0))
    for name, (kind, corners, label) in WIRES.items():
        wire(axes, [place(*corner) for corner in corners], kind, head=name not in ("bus", "h_prev", "x"))
        if name in JOINTS:
            node(axes, *place(*corners[JOINTS[name]]))
        if name in CARRIED:
            x, y = place(*label[:2])
            write(axes, x + .6, y, CARRIED[name], 13)
    for at, sign in NODES.items():
        if sign in SIGNS:
            knot(axes, *place(*at), SIGNS[sign])
        else:
            kind, _, _ = min(WIRES.values(), key=lambda entry: dist(at, entry[1][0]))  # what begins here
            chip(axes, *place(*at), BENDS[sign], kind)
    write(axes, 116, 97, "$y_t = V h_t + b_y$", 11, ha="right")
    write(axes, 0, 97, say("f, i, c̃ and o: side by side, from the same {z}", z=Z), 9.5)


def forwards(axes):
    """The six lines of the sheet."""
    heading(axes, 122, 17, 68, say("One step forwards"))
    lines = [
        ("f", r"$f_t = \sigma(W_f \cdot [h_{t-1}, x_t] + b_f)$", say("forget gate: how much of the old is kept")),
        ("i", r"$i_t = \sigma(W_i \cdot [h_{t-1}, x_t] + b_i)$", say("input gate: how much of the new is written")),
        ("g", r"$\tilde{c}_t = \tanh(W_c \cdot [h_{t-1}, x_t] + b_c)$",
         say("candidate: what is written, of either sign")),
        ("o", r"$o_t = \sigma(W_o \cdot [h_{t-1}, x_t] + b_o)$", say("output gate: how much of it is said")),
        ("c", r"$c_t = f_t * c_{t-1} + i_t * \tilde{c}_t$", say("cell state: what is kept, without a bound")),
        ("h", r"$h_t = o_t * \tanh(c_t)$", say("hidden state: what is said, between −1 and 1")),
    ]
    for k, (kind, equation, meaning) in enumerate(lines):
        y = 25.5 + 12.1 * k
        bar(axes, 123, y - 4.2, 9.6, kind)
        write(axes, 126, y, equation, 12.5)
        write(axes, 126, y + 4.3, meaning, 9, color=INK)
    said = say("* entry by entry · {s} from 0 to 1", s=r"$\sigma(a) = 1/(1+e^{-a})$")
    write(axes, 122, 96, said, 8.5, color=QUIET)


def column(axes):
    """The column that sums the cell up on the course sheet, laid on its side: an order to read in."""
    boxes = [("x", say("input {x}", x="$x_t$"), say("what arrives")),
             ("f", say("forget gate"), say("filters the past")),
             ("i", say("input gate"), say("adds what is useful")), ("c", say("cell state"), say("long-term memory")),
             ("o", say("output gate"), say("gives out {h}", h="$h_t$"))]
    for k, (kind, name, does) in enumerate(boxes):
        x, y, wide, high = 39.2 * k, 100.5, 33.2, 9.4
        axes.add_patch(FancyBboxPatch((x, y), wide, high, boxstyle="round,pad=0,rounding_size=1.2", facecolor=PAPER,
                                      edgecolor=COLOURS[kind], linewidth=1.6))
        write(axes, x + wide / 2, y + 3.9, name, 9, ha="center", weight="bold")
        write(axes, x + wide / 2, y + 7.7, does, 8.5, ha="center")
        if k:
            wire(axes, [(x - 6, y + high / 2), (x, y + high / 2)], "x", head=True)


def gates(axes):
    """The four, as questions."""
    heading(axes, 0, 116.5, WIDE, say("What each of them means"))
    head = ("", "", say("its question"), say("at 0"), say("at 1"), say("taken away"))
    rows = [("$f_t$", say("forget gate"), say("keep?"), say("forgets all"), say("keeps all"),
             say("f = 1: an endless stream floods the memory")),
            ("$i_t$", say("input gate"), say("write?"), say("nothing enters"), say("all of c̃ enters"),
             say("i = 1: whatever is read is written")),
            (f"${G}$", say("candidate"), say("what?"), say("adds nothing"), say("adds 1 (at −1: takes 1 away)"),
             say("σ in its place: c would never be negative")),
            ("$o_t$", say("output gate"), say("say it?"), say("silent, yet remembers"), say("says tanh(c)"),
             say("o = 1: what a unit keeps it says as well"))]
    table(axes, (4, 11, 36, 57, 89, 130, WIDE), 122.6, 5.8, [head, *rows], 9.5, "figo")


def backwards(axes):
    """The gradient that arrives × what it was multiplied by × its own slope."""
    heading(axes, 0, 154, 116, say("One step backwards, from the last to the first"))
    write(axes, 0, 161, r"$dc_t \leftarrow dc_t + dh_t * o_t * (1 - \tanh^2 c_t)$", 11.5)
    write(axes, 62, 161, say("dh: from the loss at t and the step after"), 9, color=QUIET)
    head = (say("pre-activation"), say("gradient received"), say("multiplied by"), say("own slope"))
    rows = [(r"$da_f =$", r"$dc_t$", r"$*\ c_{t-1}$", r"$*\ f_t (1 - f_t)$"),
            (r"$da_i =$", r"$dc_t$", rf"$*\ {G}$", r"$*\ i_t (1 - i_t)$"),
            (r"$da_c =$", r"$dc_t$", r"$*\ i_t$", rf"$*\ (1 - {G}^{{\,2}})$"),
            (r"$da_o =$", r"$dh_t$", r"$*\ \tanh(c_t)$", r"$*\ o_t (1 - o_t)$")]
    table(axes, (4, 29, 58, 83, 116), 166.8, 5.6, [head, *rows], 11, "figo")
    write(axes, 0, 196, r"$dW_q = \sum_t da_q \cdot [h_{t-1}, x_t]^\top \qquad db_q = \sum_{t,\,B} da_q "
                          r"\qquad [dh_{t-1}, dx_t] = \sum_q W_q^\top \cdot da_q$", 10.5)
    bar(axes, 1.6, 199.4, 5, "c")
    write(axes, 4, 203.5, r"$dc_{t-1} = dc_t * f_t$", 11.5)
    said = say("the constant error carousel: f near 1 lets the gradient through")
    write(axes, 36, 203.5, said, 9, color=QUIET)


def shapes(axes):
    """What has which shape; one example in each column."""
    heading(axes, 122, 154, 68, say("Shapes"))
    rows = [("", say("shape"), ""),
            ("$x_t$", "(D, B)", say("B examples")),
            ("$h_t, c_t$", "(H, B)", say("H units")),
            (f"$f_t, i_t, {G}, o_t$", "(H, B)", say("one value per unit")),
            ("$[h_{t-1}, x_t]$", "(H+D, B)", say("h over x")),
            ("$W_f, W_i, W_c, W_o$", "(H, H+D)", say("a row per unit")),
            ("$b_f, b_i, b_c, b_o$", "(H, 1)", say("a column")),
            ("$V,\\ b_y$", "(K, H), (K, 1)", say("K outputs"))]
    table(axes, (122, 146, 166, WIDE), 159.4, 5, rows, 9)
    write(axes, 122, 199, say("weights of the four: {n}", n="$4\\,(H(H+D)+H)$"), 10)
    write(axes, 122, 203.6, say("order in W: here f i o c̃; PyTorch and Keras i f c̃ o"), 8.5, color=QUIET)


def lives(axes):
    """The forget bias as a promise: what it makes of f, and how long a memory lives."""
    heading(axes, 0, 212, 78, say("Forget bias and half-life"))
    head = ("$b_f$", r"$f = \sigma(b_f)$", say("half-life, in steps"))
    rows = [(number(b), number(sigmoid(b)), number(half_life(sigmoid(b)))) for b in (-2, 0, 1, 2, 3, 5, 7)]
    table(axes, (4, 20, 46, 78), 217.6, 4.4, [head, *rows], 9.5)
    write(axes, 0, 254.4, r"$n = -1/\log_2 f \qquad b_f = \ln\frac{f}{1-f} \approx \ln(1.44\,n)$".replace(
        "1.44", "1{,}44" if language() == "fr" else "1.44"), 10.5)


def advice(axes):
    """What to set, and what to distrust."""
    heading(axes, 84, 212, 106, say("When you train it"))
    lines = [
        (say("Start"), say("$W_h$ orthogonal; forget bias 1, more for long lags; other biases 0.")),
        (say("State"), say("h and c are 0 at the start of a sequence, or carried on in a stream.")),
        (say("Clipping"), say("the norm of all gradients together, at 1: against explosion only.")),
        (say("Vanishing"), say("f near 1 prevents it, not the name LSTM: at bias 0, f starts at ½.")),
        (say("Padding"), say("a mask keeps padded steps out of state and loss.")),
        (say("Gradient"), say("check it; a wrong one can make the loss fall, too.")),
        (say("Report"), say("several seeds, median and range, and a rival without memory.")),
    ]
    for k, (word, words) in enumerate(lines):
        y = 218.2 + 5.15 * k
        write(axes, 84, y, word, 8.5, weight="bold")
        write(axes, 106.5, y, words, 9)
    rnn = r"$h_t = \tanh(W \cdot [h_{t-1}, x_t] + b)$"
    write(axes, 84, 254.4, say("plain RNN: {rnn}, no gate, one state", rnn=rnn), 10)


SECTIONS = title, diagram, forwards, column, gates, backwards, shapes, lives, advice


# --- the page -------------------------------------------------------------------------------------
def page(paper):
    """The sheet as a matplotlib Figure of the size of the paper, "a4" or "letter", in the language spoken."""
    if paper not in PAPERS:
        raise ValueError(f"paper is {paper!r}; expected one of {', '.join(map(repr, PAPERS))}")
    width, height = PAPERS[paper]
    left, top = (width - WIDE) / 2, (height - HIGH) / 2
    figure = Figure((width / 25.4, height / 25.4), 100, facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(-left, width - left), ylim=(height - top, -top))
    axes.set_axis_off()
    for section in SECTIONS:
        section(axes)
    return figure


def save(folder):
    """Write the sheet in the language spoken, for each paper as PDF and as SVG; returns the four paths."""
    written = []
    for paper in PAPERS:
        figure = page(paper)
        for kind, undated in (("pdf", {"CreationDate": None, "Creator": None, "Producer": None}),
                              ("svg", {"Date": None, "Creator": None})):
            path = Path(folder) / f"cheatsheet-{language()}-{paper}.{kind}"
            with matplotlib.rc_context(SAME):
                figure.savefig(part := path.with_suffix(".part"), format=kind,
                               metadata={**undated, "Title": say("The LSTM on one page")})
            part.replace(path)
            written.append(path)
    return written


def main(words):
    """The command line. Returns the exit code."""
    if words[:1] in (["fr"], ["en"]):
        speak(words.pop(0))
    parser = argparse.ArgumentParser(prog="cheatsheet", description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path())
    folder = parser.parse_args(words).folder
    folder.mkdir(parents=True, exist_ok=True)
    for path in save(folder):
        print(path)
    return 0
