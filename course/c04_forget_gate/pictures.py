"""Chapter 04: what f does to a memory and to its gradient; forgetting by hand."""
import numpy as np

from course.shared.puppet import by_hand, logit, path_back, told
from lstmlib.cells import LSTM, State, sigmoid
from workbook.ink import COLOURS, GREY, GRID, INK, PAPER, TYPE, Drawing, Picture, number, width_of
from workbook.plots import axes, half_life
from workbook.widgets import NEAR_ONE, explore, stops, strip
from workbook.words import language, say

__all__ = ["forget_gate", "forget_by_hand"]


def draw_forget_gate(f, T=40):
    """f, its bias and its half-life on three rulers; a memory going forwards, its gradient coming back."""
    p, run = by_hand(np.full(T, f), 0, 1, 0, c0=1)
    c = np.concatenate([[1.], run.tape.c[:, 0, 0]])
    one, none = np.ones((1, 1)), np.zeros((1, 1))
    back = np.array([s.c[0, 0] for s in path_back(LSTM, p, run, State(none, one))])
    life, bias = half_life(f), logit(f) if 0 < f < 1 else np.inf * (2 * f - 1)
    drawing = Drawing(500)
    said = say("f = {f} · bias {b} · half-life {life} step[s]", f=number(f), b=number(bias), life=number(life))
    drawing.write(400, 26, said, 20, bold=True)
    _rulers(drawing, f)
    half = life if 0 < life <= T else np.nan
    _panel(drawing, 4, say("forwards: c, of 1 at the start"), c, "c", half)
    _panel(drawing, 404, say("backwards: ∂c at {T} / ∂c at t", T=T), back, "grad", T - half)
    text = say("f = {f}, bias {b}, half-life {life} step[s]. Forwards, {left} of the memory is left after {T} "
               "steps. Backwards, {back} of the gradient at step {T} reaches step 0.", f=number(f),
               b=number(bias), life=number(life), left=number(c[-1]), back=number(back[0]), T=T)
    return Picture(drawing, text)


def _rulers(drawing, f, left=150, right=776):
    """The same f on three rulers: the gate, its bias, its half-life."""
    def place(gate):
        inside = left + 30 + (logit(gate) + 4) / 12 * (right - left - 60)
        return left if gate <= 0 else right if gate >= 1 else inside

    lives = {2 ** (-1 / n): number(n) for n in (.5, 1, 2, 5, 10, 50, 500)}
    rulers = {"f": {v: number(v) for v in (0, .1, .5, .9, .99, .999, 1)},
              say("bias"): {sigmoid(b): number(b) for b in (-2, 0, 2, 4, 6)} | {0: "−∞", 1: "∞"},
              say("half-life"): lives | {0: "0", 1: "∞"}}
    drawing.path([(place(f), 44), (place(f), 160)], COLOURS["f"], 5)
    drawing.dot(place(f), 44, COLOURS["f"], size=9)
    for k, (name, marks) in enumerate(rulers.items()):
        y = 62 + 46 * k
        drawing.write(left - 30, y + 6, name, at="end")
        drawing.path([(left, y), (right, y)], GREY, 2)
        for gate, words in marks.items():
            drawing.path([(place(gate), y - 6), (place(gate), y + 6)], GREY, 2)
            drawing.box(place(gate) - width_of(words) / 2 - 2, y + 9, width_of(words) + 4, 19, PAPER)
            drawing.write(place(gate), y + 25, words)


def _panel(drawing, left, name, v, kind, half):
    """What is left after each step, v, and a dot where half is left; half: nan where that is out of sight."""
    T = len(v) - 1
    panel = axes(drawing, (left, 200, 396, 300), (0, T), (0, 1.05), say("step t"), name,
                 yticks=(0, .5, 1), xticks=range(0, T + 1, 10))
    panel.across(.5, "", GREY)
    panel.line(range(T + 1), v, kind)
    panel.dot(half, .5, "f", 9)


def forget_gate():
    """f, its bias, its half-life; what they do to a memory and to its gradient."""
    return explore(draw_forget_gate, f=stops(NEAR_ONE, .9, say("forget gate f")))


SENTENCES = {   # word, what it writes (+1 plural, −1 singular), what must be known when it is read
    "en": [("cats", 1, 0), ("near", 0, 0), ("the", 0, 0), ("door", 0, 0), ("sleep", 0, 1), (".", 0, 0),
           ("a", 0, 0), ("dog", -1, 0), ("barks", 0, -1)],
    "fr": [("les", 0, 0), ("chats", 1, 0), ("de", 0, 0), ("la", 0, 0), ("rue", 0, 0), ("dorment", 0, 1),
           (".", 0, 0), ("un", 0, 0), ("chien", -1, 0), ("aboie", 0, -1)]}


def draw_forget_by_hand(f, sentence):
    """A memory of the subject's number, word by word, f set by hand: sure and right where the verb is?"""
    words, write, ask = zip(*sentence)
    n, write = len(words), np.array(write, float)
    c = told(by_hand(f, np.abs(write), 1, write)[1].tape.c)
    drawing, step, most = Drawing(430), 792 / n, 1.2
    zero, unit = 245, 105
    verdicts = []
    for v, words_ in ((1, say("plural")), (-1, say("singular"))):
        drawing.path([(4, zero - v * unit), (796, zero - v * unit)], GRID, 1.5)
        y = zero - unit - 8 if v > 0 else zero + unit + 22
        drawing.write(6, y, f"{words_} (c = {number(v)})", at="start")
    for k in range(n):
        x = 4 + (k + .5) * step
        size = min(TYPE, step / (.64 * len(words[k])))
        drawing.write(x, 24, words[k], size, bold=bool(write[k] or ask[k]))
        drawing.box(x - .32 * step, 36, .64 * step, 24, PAPER, GREY, 1.5)
        drawing.box(x - .32 * step, 36, .64 * step * f[k], 24, COLOURS["f"])
        drawing.write(x, 80, number(f[k], 2))
        y = zero - unit * np.clip(c[k], -most, most)
        drawing.box(x - .3 * step, min(zero, y), .6 * step, abs(zero - y), COLOURS["c"])
        if abs(zero - y) > 30:
            drawing.write(x, y + 22 if c[k] >= 0 else y - 8, number(c[k], 2), colour=PAPER)
        else:
            drawing.write(x, zero - 8 if c[k] < 0 else y - 8, number(c[k], 2))
        if write[k]:
            drawing.write(x, 412, say("writes"), 17)
            drawing.write(x, 392, "↑", 20)
        if ask[k]:
            right = c[k] * ask[k] >= .75       # no constant f gets both verbs this sure
            drawing.write(x, 392, "✓" if right else "✗", 22, bold=True)
            drawing.write(x, 412, say("sure") if right else say("unsure"), 17, bold=True)
            verdicts.append(say("at “{word}” the memory is {c}: {verdict}", word=words[k], c=number(c[k], 2),
                                verdict=say("sure and right") if right else say("too weak, or wrong")))
    drawing.path([(4, zero), (796, zero)], INK, 2)
    drawing.write(2, 54, "f", at="start", bold=True)
    text = say("f is {f} at {words}; {verdicts}.", f=say("; ").join(number(v, 2) for v in f),
               words=" ".join(words), verdicts=say("; ").join(verdicts))
    return Picture(drawing, text)


def forget_by_hand(sentence=None):
    """Open and close f by hand over a sentence, so that each verb finds its subject's number.

    sentence: [(word, writes, asked), …]: +1 plural, −1 singular, 0 nothing; default: the reader's language.
    """
    sentence = sentence or SENTENCES[language()]
    hands = strip([word for word, _, _ in sentence], [1.] * len(sentence)).few(0., 1.)
    return explore(lambda f: draw_forget_by_hand(f, sentence), f=hands)
