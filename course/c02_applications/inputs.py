"""The learner's own sentence, drawing or path, given to the models of chapter 02, and what they make of it.

Each is a pure function of what was typed, drawn or set, and of a trained model. What a trained model says
differs a little between processors: the words of such a picture, kept on paper, name what is shown and not
what came out.
"""

from pathlib import Path
from textwrap import shorten

import numpy as np

from lstmlib.cells import State
from lstmlib.model import softmax
from workbook.ink import COLOURS, GREY, GRID, INK, PAPER, SMALLEST, TYPE, Drawing, Picture, shades, width_of
from workbook.plots import broken
from workbook.plots import film as strips
from workbook.widgets import Control, Note, choose, explore, slider, textbox
from workbook.words import say

from .applications import answer, kept, sampler, sureness, until_end, write
from .corpora import END, SHAPES, WAYS, characters, film, on_screen, sheet, spelled, standard, words

LONG = 2000                      # so many words of what was typed are read


class Said(Picture):
    """A picture of what a trained model says. `named` stands on paper for its words: it is the same
    everywhere.
    """

    def __init__(self, figure, text, named):
        super().__init__(figure, text)
        self.named = named

    def _repr_mimebundle_(self, include=None, exclude=None):
        return Picture(self.figure, self.named)._repr_mimebundle_()


def understood(line, known, split=words):
    """What can be read of a line: tokens, or a Note that says what is missing; and a remark ("" if none)."""
    tokens = split(line)
    remark = say("Only the first {n} are read.", n=LONG) + " " if len(tokens) > LONG else ""
    tokens = tokens[:LONG]
    strange = sorted({token for token in tokens if token not in known.index})
    if strange:
        few = ", ".join(token[:20] for token in strange[:6]) + ", …" * (len(strange) > 6)
        remark += say("Never read: {words}.", words=few)
    if not any(token in known.index for token in tokens):
        some = ", ".join(sorted(word for word in known.words[2:60] if word.isalpha())[:30])
        advice = say("Try some that I know: {words}.", words=some)
        return Note(f"{remark or say('Nothing to read yet.')} {advice}"), ""
    return tokens, remark.strip()


# --- sentiment --------------------------------------------------------------------------------------


def moods(model, known, tokens):
    """How sure a model is that a review is good, if it ended after each of its words: (T,)."""
    run = model(known.ids(tokens)[:, None]).runs[-1]
    s = State(run.h[..., 0].T, run.tape.c[..., 0].T)             # the moments are the columns of one batch
    return softmax(model(np.full((1, len(tokens)), known.index[END]), [s]).y[0].astype(float))[1]


def draw_review(model, known, line, look):
    """A review read word by word: after each, the mood if it ended here; or the film of the gates."""
    named = say("A review, read word by word: after each word a bar, up for good, down for bad.")
    tokens, remark = understood(line.rstrip(" .!?…"), known)
    if isinstance(tokens, Note):
        return tokens
    good, last = moods(model, known, tokens), slice(max(0, len(tokens) - 14), None)
    verdict = say("good") if good[-1] > 0.5 else say("bad")
    sure = round(100 * max(good[-1], 1 - good[-1]))
    head = say("{verdict}, {sure} % sure", verdict=verdict, sure=sure)
    text = " ".join([head + ".", say("After each word, % good: {moods}.", moods=say("; ").join(
        f"{token} {round(100 * p)}" for token, p in zip(tokens[last], good[last]))), remark]).strip()
    if look == "gates":
        tape = model(known.ids([*tokens[last], END])[:, None]).runs[-1].tape
        gates = {kind: getattr(tape, kind)[:, :12, 0] for kind in "fioc"}
        picture = strips(gates, letters=[*tokens[last], END])
        return Said(picture.figure, text,
                    say("The gates f, i, o and the cell state c of twelve units, word by word."))
    drawing, n = Drawing(400), len(tokens[last])
    drawing.write(4, 24, head, 20, at="start", bold=True)
    drawing.write(796, 24, shorten(remark, 60, placeholder=" …"), 16, at="end", colour=GREY)
    middle, high, wide = 165, 105, min(110, 690 / n)
    slanted = max(width_of(token[:14]) for token in tokens[last]) > wide
    for at, what in ((1, say("good")), (0, say("bad"))):
        drawing.path([(96, middle + high * (1 - 2 * at)), (796, middle + high * (1 - 2 * at))], GRID, 1.5)
        drawing.write(86, middle + 6 + high * (1 - 2 * at), what, at="end")
    for k, (token, p) in enumerate(zip(tokens[last], good[last])):
        x, y = 100 + (k + 0.5) * wide, middle + high * (1 - 2 * p)
        colour = COLOURS["i" if p > 0.5 else "f"] if token in known.index else "#BBBBBB"
        drawing.box(x - 0.36 * wide, min(y, middle), 0.72 * wide, max(2, abs(y - middle)), colour)
        token, ink = token[:14], INK if token in known.index else GREY
        if slanted:
            drawing.write(x + 6, 292, token, at="end", turn=-40, colour=ink)
        else:
            drawing.write(x, 312, token, colour=ink)
    drawing.path([(96, middle), (796, middle)], INK, 2)
    return Said(drawing, text, named)


def review(model, known, start):
    """A line to type a review in: its mood, word by word. model: of corpora.sentiment, an LSTM."""
    looks = [(say("the mood, word by word"), "mood"), (say("the gates, word by word"), "gates")]
    return explore(lambda line, look: draw_review(model, known, line, look),
                   line=textbox(start, say("your review")), look=choose(looks, label=say("show")))


# --- the next word ----------------------------------------------------------------------------------


def draw_beginning(model, known, split, longest, line, temperature, seed, draw=None):
    """A beginning goes on: the words most likely to come next, then a text that was drawn, by `draw` (see sampler)."""
    tokens, remark = understood(line, known, split)
    if isinstance(tokens, Note):
        return tokens
    first = known.ids(tokens if split is characters else ["", *tokens])[-400:, None]
    first = first if len(first) > 1 else np.concatenate([np.ones((1, 1), int), first])
    before = model(first[:-1]).s
    p = softmax(model(first).y[-1].astype(float))[:, 0]
    ids = write(model, before, first[-1:].ravel(), longest,
                sampler(temperature, np.random.default_rng(seed), draw))
    said = [known.words[k] for k in ids[:, 0]]
    if split is words:
        text = spelled([*tokens, *(said[:said.index("")] if "" in said else said)])
    else:
        text = "".join([*tokens, *said])
    best = np.argsort(-p)[:6]
    drawing, y = Drawing(430), 24
    drawing.write(4, y, say("what may come next"), bold=True, at="start")
    for k, word in enumerate(best):
        shown = known.words[word].replace("\n", "↵").replace(" ", "␣") or "∅"
        drawing.write(170, y + 26 + 24 * k, shown, at="end")
        drawing.box(182, y + 13 + 24 * k, 480 * p[word], 16, COLOURS["h"])
        drawing.write(192 + 480 * p[word], y + 27 + 24 * k, f"{round(100 * p[word])} %", 16, at="start")
    lines = [part for row in text.split("\n") for part in broken(row.replace("  ", "\u00a0 "), 780)]
    for k, row in enumerate(lines[-9:]):
        drawing.write(4, 216 + 24 * k, row.replace(" ", "\u00a0") if split is characters else row, at="start")
    if remark:
        drawing.write(796, 24, shorten(remark, 60, placeholder=" …"), 16, at="end", colour=GREY)
    named = say("The six words most likely to come next, and a text that goes on from the beginning given.")
    return Said(drawing, f"{text} {remark}".strip(), named)


def beginning(model, known, start, split=words, longest=40, draw=None):
    """A line to type a beginning in, and how boldly to go on. model: of corpora.tales or corpora.reference;
    draw: the learner's own sample.
    """
    def go_on(line, temperature, seed):
        return draw_beginning(model, known, split, longest, line, temperature, seed, draw)
    return explore(go_on, line=textbox(start, say("a beginning")),
                   temperature=slider(0.0, 2.0, 0.7, 0.1, say("temperature")).few(0.0, 0.3, 0.7, 1.0, 2.0),
                   seed=slider(1, 20, 1, 1, say("another draw")).few(1, 2, 3, 4, 5))


# --- translation ------------------------------------------------------------------------------------


def draw_sentence(model, corpus, line):
    """A sentence, what the encoder keeps of it, and its translation."""
    tokens, remark = understood(line.rstrip(" .!?"), corpus.source)
    if isinstance(tokens, Note):
        return tokens
    source = corpus.source.ids(tokens[-60:])[:, None]
    ids = answer(model, source)
    said, thought = until_end(corpus.words, ids[:, 0]), model.encoder(source).s[0].c[:, 0]
    sure = sureness(model, source, ids)[:len(said), 0]
    drawing = Drawing(340)
    rows = broken(spelled(tokens), 780, 20)
    drawing.write(4, 26, rows[0] + " …" * (len(rows) > 1), 20, at="start")
    drawing.write(4, 52, shorten(remark, 84, placeholder=" …"), 16, at="start", colour=GREY)
    drawing.write(4, 92, say("what the encoder keeps in c: {n} numbers", n=len(thought)), at="start")
    drawing.image(4, 104, 792, 40, shades(thought[None], "c", np.abs(thought).max()))
    drawing.box(4, 104, 792, 40, width=1, colour=INK)
    draw_caption(drawing, 188, said, sure)
    drawing.write(4, 276, say("bars: how sure it was of each word"), 16, at="start", colour=GREY)
    rows = broken(spelled(said), 780, 22)
    drawing.write(4, 316, rows[0] + " …" * (len(rows) > 1), 22, at="start", bold=True)
    return Said(drawing, f"{spelled(tokens[:60])} → {spelled(said)} {remark}".strip(),
                say("A sentence, the numbers that the encoder keeps of it, and its translation."))


def sentence(model, corpus, start):
    """A line to type a sentence in: its translation. model, corpus: of corpora.translation."""
    return explore(lambda line: draw_sentence(model, corpus, line), line=textbox(start, say("your sentence")))


# --- pictures and films -----------------------------------------------------------------------------


def sketch(start, label, n=32):
    """A sheet of n × n squares to draw on; value: n·n times 0 or 1, row by row."""
    script = Path(__file__).with_name("sketch.js").read_text(encoding="utf-8")
    return Control("own", start, label, n=n, clear=say("Clear"), script=script)


def strokes(points, n=32, r=1.9):
    """A line through points (x, y), as the pen of a sketch draws it: the value of a sketch."""
    points = np.asarray(points, float)
    along = np.linspace(0, len(points) - 1, 60 * len(points))
    x, y = (np.interp(along, np.arange(len(points)), q) for q in points.T)
    row, column = np.mgrid[:n, :n] + 0.5
    near = ((column[..., None] - x) ** 2 + (row[..., None] - y) ** 2).min(-1) <= r * r
    return "".join(map(str, near.astype(int).ravel()))


SEVEN = [(8, 5), (23, 5), (14, 28)]


def shrunk(value):
    """A drawing as the data set keeps its digits: cut out, made 32 high, inked squares counted in blocks of 4
    × 4: (8, 8).

    Values from 0 to 1; None where nothing is drawn.        Alpaydin & Kaynak (1998).
    """
    n = int(len(value) ** 0.5)
    ink = np.array(list(value), int).reshape(n, n)
    rows, cols = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    if not len(rows):
        return None
    ink = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    scale = 32 / max(ink.shape)
    high, wide = (max(4, round(scale * k)) for k in ink.shape)
    big = ink[np.arange(high) * ink.shape[0] // high][:, np.arange(wide) * ink.shape[1] // wide]
    full = np.zeros((32, 32))
    top, left = (32 - high) // 2, (32 - wide) // 2
    full[top:top + high, left:left + wide] = big
    return full.reshape(8, 4, 8, 4).mean((1, 3))


def caption(model, corpus, frames):
    """What is written below frames (T, D): words, and how sure of each."""
    source = frames[..., None].astype(np.float32)
    ids = answer(model, source)
    said = until_end(corpus.words, ids[:, 0])
    return said, sureness(model, source, ids)[:len(said), 0]


def draw_caption(drawing, y, said, sure):
    """The words of a caption on a drawing, as many as can be read, the bars of how sure it was of them below."""
    wide = np.array([max(72, width_of(word, 1.15 * TYPE) + 12) for word in said])
    wide = wide[np.cumsum(wide) * SMALLEST <= 792 * TYPE]
    small, left = min(1, 792 / max(1, wide.sum())), 4
    for word, p, room in zip(said, sure, small * wide):
        drawing.write(left + room / 2, y, word, small * TYPE, bold=True)
        drawing.box(left + 4, y + 12, room - 8, 14, PAPER, GRID)
        drawing.box(left + 4, y + 12, (room - 8) * p, 14, COLOURS["h"])
        drawing.write(left + room / 2, y + 46, f"{round(100 * p)} %", max(SMALLEST, small * 16))
        left += room


def draw_digit(model, corpus, drawn, white, right):
    """A drawn digit on its sheet, as the network sees it, and the caption."""
    digit = shrunk(drawn)
    if digit is None:
        return Note(say("The sheet is empty. Draw a digit, as large as you like."))
    page = sheet(digit, white, right)
    said, sure = caption(model, corpus, standard(page).reshape(1, -1))
    drawing = Drawing(300)
    drawing.write(4, 22, say("what the network sees: 8 × 16 numbers"), at="start")
    drawing.image(4, 34, 360, 180, np.repeat(np.uint8(255 * page)[..., None], 3, -1))
    drawing.box(4, 34, 360, 180, width=1, colour=INK)
    draw_caption(drawing, 244, said, sure)
    return Said(drawing, spelled(said), say("A drawn digit on a sheet of 8 × 16 squares, and a caption."))


def digit(model, corpus):
    """A sheet to draw a digit on: its caption. model, corpus: of corpora.digits."""
    def draw(drawn, ink, side):
        return draw_digit(model, corpus, drawn, ink, side)
    return explore(draw, drawn=sketch(strokes(SEVEN), say("a sheet to draw a digit on")),
                   ink=choose([(say("black"), 0), (say("white"), 1)], label=say("ink")),
                   side=choose([(say("left"), 0), (say("right"), 1)], 1, label=say("side")))


def draw_path(model, corpus, shape, first, then, row, column, turn):
    """The film of a path and its caption."""
    frames = film(shape, first, then, row, column, turn=turn - 1)
    said, sure = caption(model, corpus, on_screen(frames).reshape(len(frames), -1))
    drawing, wide = Drawing(200), 792 / len(frames)
    for t, frame in enumerate(frames):
        x = 4 + t * wide
        drawing.image(x, 26, wide - 10, wide - 10, np.repeat(np.uint8(255 - 235 * frame)[..., None], 3, -1))
        drawing.box(x, 26, wide - 10, wide - 10, "none", *((COLOURS["f"], 3) if t == turn - 1 else (INK, 1)))
        drawing.write(x + (wide - 10) / 2, 18, str(t + 1), 16)
    draw_caption(drawing, 142, said, sure)
    return Said(drawing, spelled(said), say("Eight frames of a film in which a shape moves, and a caption."))


def path(model, corpus):
    """Where a shape starts and how it moves: its film and the caption. model, corpus: of corpora.films."""
    ways = [(say(way), way) for way in WAYS]
    return explore(lambda **how: draw_path(model, corpus, **how),
                   shape=choose([(say(shape), shape) for shape in SHAPES], label=say("shape")),
                   first=choose(ways, "left", say("first")), then=choose(ways, "up", say("then")),
                   row=slider(0, 5, 2, 1, say("row")).few(1, 2, 4),
                   column=slider(0, 5, 3, 1, say("column")).few(1, 3, 5),
                   turn=slider(2, 7, 5, 1, say("turn after")).few(3, 5, 7))


# --- the encoder's thoughts -------------------------------------------------------------------------


def thoughts(model, corpus, group, n=300):
    """What an encoder keeps of n sentences, each a dot, where they differ most (two principal axes).

    group(words of a source) -> a name, at most four of them, each with its colour and mark.
    Returns the Picture, and the share of the dots whose nearest neighbour is of the same group.
    """
    s, names = kept(model, corpus, group, corpus.exam, n)
    apart = s.c.T - s.c.mean(1, dtype=float)
    place = apart @ np.linalg.svd(apart, full_matrices=False)[2][:2].T
    place *= min((380, 165) / np.abs(place).max(0))                  # one scale for both
    far = np.linalg.norm(place[:, None] - place, axis=-1) + 9 * np.eye(n)
    marks = ("f", "circle"), ("c", "square"), ("i", "up"), ("h", "diamond")
    drawing, x_legend = Drawing(400), 20
    for name, kind in zip(dict.fromkeys(names), marks):
        drawing.dot(x_legend, 18, COLOURS[kind[0]], kind[1], 7)
        drawing.write(x_legend + 16, 24, name, at="start")
        x_legend += width_of(name) + 70
        for x, y in place[names == name]:
            drawing.dot(400 + x, 220 + y, COLOURS[kind[0]], kind[1], 5)
    text = say("Each dot is a sentence, placed by what the encoder kept. Groups: {names}.",
               names=", ".join(dict.fromkeys(names)))
    return Picture(drawing, text), float((names[far.argmin(1)] == names).mean())
