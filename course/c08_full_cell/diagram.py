"""The LSTM cell as a machine in the browser: every wire shows its number, forwards and backwards.

diagram.js computes everything itself, so that it answers within a frame and works on a page without a
kernel; a browser test holds its numbers to those of lstmlib. The still picture is drawn here.
"""
import json
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from course.shared.wires import FRAME, NODES, WIRES
from lstmlib.cells import LSTM, State, sigmoid, tanh
from lstmlib.unroll import forward, inputs, walk_back, weights
from workbook.ink import COLOURS, INK, PAPER, STYLES, Drawing, Picture, deep, number
from workbook.plots import axes, half_life
from workbook.widgets import SKIN, STYLE, Note, skin_words
from workbook.words import language, say

NAMES = {   # what a wire carries: forwards, backwards
    "h_prev": ("hₜ₋₁", "∂hₜ₋₁"), "x": ("|x|", "|∂x|"), "a_f": ("a_f", "∂a_f"), "a_i": ("a_i", "∂a_i"),
    "a_g": ("a_c̃", "∂a_c̃"), "a_o": ("a_o", "∂a_o"), "f": ("f", "∂f"), "i": ("i", "∂i"), "g": ("c̃", "∂c̃"),
    "o": ("o", "∂o"), "c_prev": ("cₜ₋₁", "∂cₜ₋₁"), "kept": ("f·cₜ₋₁", "∂c"), "new": ("i·c̃", "∂c"),
    "c": ("c", "∂c"), "down": ("c", "∂c"), "tanh": ("tanh c", "∂tanh"), "h": ("h", "∂h")}


WRONG = "#D55E00"                                       # as a verdict that is none of ✓
GATES_OF_WIRES = ("a_f", "a_i", "a_o", "a_g")          # the rows of W and b


def moments(p, run, dh, cell=LSTM):
    """What every wire carries at every step of a run of one example: [{wire: (H,)}, …], values and blames.

    dh (T, H, 1): the blame on each hidden state from outside; cell: the LSTM, or one with held gates. For x
    and its blame the length of the vector is given.
    """
    values, blames, H = [], [], run.h.shape[1]
    for t, (out, future), dp, ds, dx in walk_back(cell, p, run, dh, State(0 * run.s.h, 0 * run.s.c)):
        z, f, i, o, g, c_prev, c, h = (q[t] for q in run.tape)
        down = out * o * (1 - tanh(c) ** 2)
        dc = future + down
        asked, blamed = (p["W"] @ z + p["b"])[..., 0], dp["b"][..., 0]
        size, blamed_size = (np.full((H, 1), np.linalg.norm(v)) for v in (z[H:], dx))
        forwards = dict(h_prev=z[:H], x=size, f=f, i=i, g=g, o=o, c_prev=c_prev, kept=f * c_prev, new=i * g,
                        c=c, down=c, tanh=tanh(c), h=h)
        backwards = dict(h_prev=ds.h, x=blamed_size, f=dc * c_prev, i=dc * g, g=dc * i, o=out * tanh(c),
                         c_prev=ds.c, kept=dc, new=dc, c=future, down=down, tanh=out * o, h=out)
        values.append({k: v[:, 0] for k, v in forwards.items()} | dict(zip(GATES_OF_WIRES, asked)))
        blames.append({k: v[:, 0] for k, v in backwards.items()} | dict(zip(GATES_OF_WIRES, blamed)))
    return values[::-1], blames[::-1]


def draw_cell(now, title="", backwards=False, wrong=()):
    """The cell of one unit at one moment, now = {wire: number}, as a Picture. wrong: {wire: the number that it should
    carry}, drawn in a dash of its own with both numbers. A wire that is not in `now` is drawn thin, without a number.
    """
    wrong, told = dict(wrong), {}
    drawing = Drawing(480)
    drawing.box(*FRAME, colour="#BBBBBB")
    for wire, (kind, corners, place) in WIRES.items():
        value = abs(float(now.get(wire, 0)))
        wide = 2 + 6 * min(1., value)
        dash = "2 6" if wire in wrong else "9 5" if backwards else STYLES[kind][0]
        *start, tip = np.array(corners[::-1] if backwards else corners, float)
        along, size = tip - start[-1], min(wide, 4)
        neck = tip if wire == "bus" else tip - along / np.hypot(*along) * (6 + 3 * size)
        colour = WRONG if wire in wrong else COLOURS["grad" if backwards else kind]
        drawing.path([*start, neck], colour, wide, dash)
        drawing.arrow(*neck, *tip, colour, size)
        if wire in now:
            lines = [NAMES[wire][backwards], number(now[wire], 2)]
            if wire in wrong:
                lines.append(f"≠ {number(wrong[wire], 2)}")
            told[wire] = " ".join(lines)
        if place and wire in now:
            x, y, at, below = place
            for k, words in enumerate(lines if below else [told[wire]]):
                drawing.write(x, y + min(k, 1) * below + 19 * (k > 1), words, 17, at, bold=True)
    for (x, y), sign in NODES.items():
        wide = 26 if sign in ("×", "+") else 44
        drawing.box(x - wide / 2 - 5, y - 18, wide + 10, 36, PAPER, INK)
        drawing.write(x, y + 7, sign, 20 if sign != "tanh" else 18)
    drawing.write(400, 24, title, bold=True)
    carried = say("; ").join(told[wire] for wire in NAMES if wire in told)
    return Picture(drawing, f"{title}. {carried}.")


def red_wires(back):
    """What a way back, a function of (p, ds, tape), puts on the wires of one unit, as a Picture. Where a number is not
    the right one, its wire has another dash, and both numbers. Only what the function returns can be read off.
    """
    rng = np.random.default_rng(8)
    p = {"W": rng.normal(size=(4, 1, 2)), "b": rng.normal(size=(4, 1, 1))}
    s, out, x = (np.repeat(rng.normal(size=shape), 2, -1) for shape in ((2, 1, 1), (2, 1, 1), (1, 1)))
    _, tape = LSTM.step(p, State(*s), x)
    right, dW = _carried(LSTM.back(p, State(*out), tape), out)
    try:
        found, yours = _carried(back(p, State(*out), tape), out)
    except NotImplementedError:
        return Note(say("Write the function first: then its numbers stand on the wires."))
    except Exception as why:                           # it is a learner's
        return Note(say("Its numbers cannot be read off: {kind}: {why}.", kind=type(why).__name__, why=why))
    wrong = {wire: v for wire, v in right.items() if not np.isclose(found[wire], v, rtol=1e-6)}
    title = (say("Your way back: wrong wires: {n}", n=len(wrong)) if wrong else
             say("Your way back: every wire carries the right number"))
    if not np.allclose(yours, dW, rtol=1e-6):
        title += say("; ") + say("∂W is wrong")
    return draw_cell(found, title, True, wrong)


def _carried(result, out):
    """({wire: number}, ∂W) of what a way back returned, for one unit and two examples that are alike."""
    dp, ds, dx = result
    carried = dict(zip(GATES_OF_WIRES, np.reshape(dp["b"], 4) / 2), h=out[0], c=out[1], h_prev=ds[0], c_prev=ds[1],
                   x=np.abs(dx))
    return {wire: float(np.ravel(v)[0]) for wire, v in carried.items()}, np.reshape(dp["W"], (4, 1, 2))


class Machine(anywidget.AnyWidget):
    """A picture that the browser computes; its still, and on a page without a kernel the machine itself.

    view, what: what diagram.js needs to compute it; words: what it says, in the reader's language. learned:
    whether its numbers come from training: they differ between processors, so tests don't compare them.
    """

    _esm = SKIN + Path(__file__).with_name("diagram.js").read_text(encoding="utf-8")
    _css = STYLE
    film = traitlets.Dict().tag(sync=True)

    def __init__(self, still, view, words, learned=False, **what):
        self.still, self.learned = still, learned
        words |= skin_words() | {"failed": say(
            "This picture could not be drawn. {kind}: {error}", kind="{kind}", error="{error}")}
        dark = {kind: deep(colour) for kind, colour in COLOURS.items()}
        dashes = {kind: dash for kind, (dash, _) in STYLES.items()}
        super().__init__(film={"view": view, "words": words, "lang": language(), "colours": COLOURS,
                               "dark": dark, "dashes": dashes, **what})

    def _repr_mimebundle_(self, **kwargs):
        bundle = self.still._repr_mimebundle_()
        data = json.dumps(self.film, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        module = "\n".join(map(str.strip, self._esm.split("\n")))      # a page's weight: no indents
        kind = 'class="learned" type="application/json"' if self.learned else 'type="application/json"'
        alone = (f'<div class="lstm-alone">{bundle["text/html"]}<script {kind}>{data}</script></div>'
                 f'<style>{STYLE}</style><script type="module">'
                 f'{module.replace("export default", "const shown =")}\nalone(shown);</script>')
        live, _ = super()._repr_mimebundle_(**kwargs)
        return {**live, **bundle, "text/html": alone}


def rounded(array):
    """Numbers as JSON takes them: six digits, ±∞ as ±1e30."""
    return np.vectorize(lambda v: float(f"{np.clip(v, -1e30, 1e30):.6g}"))(np.asarray(array, float)).tolist()


def cell_diagram(p=None, x=None, letters=None, unit=0, t=0):
    """The live cell diagram of an LSTM's weights p that read one sequence x (T, D), blamed at its last step.

    p: W (4, H, H+D), b (4, H, 1), as model.params[0]; default: random ones. letters: what is read, T words.
    unit, t: what is shown first. Raises ValueError for shapes that do not fit, as unroll.forward does, or
    another number of letters.
    """
    rng, learned = np.random.default_rng(8), p is not None
    p = p if learned else weights(LSTM, 2, 3, rng)
    x = rng.normal(size=(6, inputs(p))) if x is None else np.asarray(x)
    p = {name: w.astype(float) for name, w in p.items()}
    run = forward(LSTM, p, x[..., None].astype(float))
    T, H = len(x), p["W"].shape[1]
    if letters is not None and len(letters) != T:
        raise ValueError(f"letters has {len(letters)} entries, x has {T} steps; expected as many")
    dh = np.zeros((T, H, 1))
    dh[-1] = 1
    values, _ = moments(p, run, dh)
    title = say("step {t} of {T}, unit {unit} of {H}", t=t + 1, T=T, unit=unit + 1, H=H)
    title += f" · {say('reads')} {letters[t]}" if letters is not None else ""
    words = {"step": say("step"), "unit": say("unit"), "back": say("One step back"), "on": say("One step on"),
             "gradient": say("gradient"), "reads": say("reads"), "and": say("; "),
             "pin": say("pin {gate}", gate="{gate}"), "title": say(
                 "step {t} of {T}, unit {unit} of {H}", t="{t}", T="{T}", unit="{unit}", H="{H}")}
    still = draw_cell({k: v[unit] for k, v in values[t].items()}, title)
    if learned:
        kept = say("{title}: what each wire of the cell carries.", title=title)
        still = Picture(still.figure, kept, spoken=still.text)
    return Machine(
        still, "cell", words, learned, unit=unit, t=t,
        W=rounded(p["W"]), b=rounded(p["b"][..., 0]), x=rounded(x), dh=rounded(dh[..., 0]),
        letters=[] if letters is None else list(map(str, letters)), frame=list(FRAME),
        wires={w: [k, list(map(list, c)), list(q) if q else None] for w, (k, c, q) in WIRES.items()},
        nodes=[[*at, sign] for at, sign in NODES.items()],
        names={w: list(names) for w, names in NAMES.items()})


def draw_single_gate(W_h, h, W_x, x, b):
    """One gate: what it is asked, a = W_h h + W_x x + b, and its answer σ(a), as a Picture."""
    a = W_h * h + W_x * x + b
    f, drawing = float(sigmoid(a)), Drawing(320)
    panel = _curve_of_a_gate(drawing)
    asked = np.linspace(-8, 8, 161)
    panel.line(asked, sigmoid(asked), "f", marks=False)
    (x, y), (left, base) = panel.at(a, f), panel.at(-8, 0)
    drawing.path([(x, base), (x, y), (left, y)], INK, 2, "3 5")
    panel.dot(a, f, "f", 10)
    said = say("a = {a}; f = {f}; half-life, in steps: {life}", a=number(a), f=number(f),
               life=number(half_life(f)))
    drawing.write(400, 24, said, bold=True)
    return Picture(drawing, said)


def _curve_of_a_gate(drawing):
    return axes(drawing, (4, 40, 792, 280), (-8, 8), (0, 1), "a", "f = σ(a)", xticks=range(-8, 9, 4), yticks=(0, .5, 1))


def single_gate():
    """One gate, computed in the browser: σ, W, b, h, x → f and its half-life."""
    start = {"W_h": 1., "h": .5, "W_x": 1., "x": 1., "b": 1.}
    says = say("a = {a}; f = {f}; half-life, in steps: {life}", a="{a}", f="{f}", life="{life}")
    _, *panel = _curve_of_a_gate(Drawing(320))[:5]
    return Machine(draw_single_gate(**start), "gate", {"says": says}, start=start, panel=panel)
