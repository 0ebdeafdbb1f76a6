"""A deck of slides for each chapter: what is marked as a slide, and what the cells after it show.

A text marked "slide", or with a heading, begins a column, one marked "subslide" a row of it; too long a text goes on
in the next row.
Each picture has a row to itself. Texts without a mark, the tasks, and long listings are what the speaker says: notes.
The decks are played by reveal.js (as it is published, with its licence), the explorers by the site's replay.js.
"""
import argparse
import asyncio
import html
import re
import shutil
import time
from itertools import chain
from pathlib import Path
from string import Template

import nbformat

from .. import build
from ..progress import lent
from ..room import COURSE
from ..site import make as site
from ..words import LANGUAGES, language, say, speak

HERE = Path(__file__).parent
REVEAL = ("reveal.js", "reveal.css", "reveal-notes.js", "reveal-license.txt")       # 6.0.2, as it is published
LETTERS = 85
ROOM = 15                                          # lines of a text that a slide has room for, of LETTERS each
SEEN = re.compile("<svg|<img|<audio|lstm-(wakes|alone)|'stream'")   # an output for which a slide is worth its while
UNSEEN = re.compile(rf"{build.TO_WRITE.pattern}|^(quiz|board|due_today)\(|cheatsheet\.page", build.TO_WRITE.flags)
PAGE = Template("""<!doctype html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="stylesheet" href="../reveal.css">
<link rel="stylesheet" href="../deck.css">
</head>
<body>
<main class="reveal"><div class="slides">
$slides
</div></main>
<script src="../reveal.js"></script>
<script src="../reveal-notes.js"></script>
<script src="../replay.js"></script>
<script src="../deck.js"></script>
</body>
</html>
""")


# --- what stands on which slide -----------------------------------------------------------------------------
def lines(block):
    """How many lines of a slide a paragraph takes, about."""
    rows = block.split("\n")
    if block.startswith("|"):
        return 1.5 * len(rows)
    if block.startswith("$$"):
        return 2.5 * block.count("$$") / 2
    return (1.6 if block.startswith("#") else 0.6) + sum(
        -(-len(item) // LETTERS) for item in re.split(r"\n(?=[*-] )", block))


def cut(block):
    """A table in tables that a slide has room for, each with the head; a list item by item; else as it is."""
    rows = block.split("\n")
    if block.startswith("|") and lines(block) > ROOM:
        head, rest, fits = rows[:2], rows[2:], int(ROOM / 1.5) - 2
        return ["\n".join(head + rest[k:k + fits]) for k in range(0, len(rest), fits)]
    return re.split(r"\n(?=[*-] )", block) if re.match("[*-] ", block) and lines(block) > ROOM / 2 else [block]


def pieces(text):
    """A text in pieces that a slide has room for; hints that are folded away are no matter for a slide."""
    found, full = [[]], 0.
    text = re.sub(r"(?s)<details>.*?</details>", "", text).strip()
    for block in chain.from_iterable(map(cut, re.split(r"\n\s*\n", text))):
        if found[-1] and full + lines(block) > ROOM:
            found, full = [*found, []], 0.
        found[-1].append(block)
        full += lines(block)
    return ["\n\n".join(blocks) for blocks in found]


def one_picture_each(outputs):
    """The outputs of a cell in groups, each with one picture at most."""
    found = [[]]
    for output in outputs:
        if any(map(pictured, found[-1])) and pictured(output):
            found.append([])
        found[-1].append(output)
    return found


def shown_of(cell):
    """The outputs of a cell, but for what mine() says: that is for who works through the notebook."""
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            kept = [line for line in output.text.splitlines(True) if not line.strip().endswith(lent(""))]
            output = nbformat.v4.new_output("stream", name=output.name, text="".join(kept))
        if output.get("text") != "":
            yield output


def pictured(output):
    """Whether it is a picture."""
    shown = output.get("data", {})
    return "image/png" in shown or bool(re.search("<svg|<img", shown.get("text/html", "")))


def places(book):
    """[(where, cell)] of what is shown or said: where is "slide" (a column), "subslide" (a row) or "notes"."""
    for cell in book.cells:
        if cell.id == "ask-quiz":                            # a heading over what is answered in the notebook
            continue
        kind = cell.metadata.get("slideshow", {}).get("slide_type", "slide" if cell.source[:3] == "## " else "notes")
        if cell.cell_type == "markdown":
            for k, piece in enumerate(pieces(cell.source)):
                yield (kind if k == 0 or kind == "notes" else "subslide",
                       nbformat.v4.new_markdown_cell(piece, id=f"{cell.id}-{k}" if k else cell.id))
        elif SEEN.search(str(seen := list(shown_of(cell)))) and not UNSEEN.search(cell.source):
            printed = sum(output.get("text", "").count("\n") for output in seen)
            for k, outputs in enumerate(one_picture_each(seen)):
                shown = nbformat.v4.new_code_cell(cell.source, id=f"{cell.id}-{k}" if k else cell.id, outputs=outputs)
                shown.metadata.transient = {"remove_source": True}
                yield "subslide" if printed <= 1.5 * ROOM else "notes", shown


def slides_of(book):
    """The slides of a chapter that was run on the site's stage, as HTML."""
    where, cells = zip(*places(book))
    made = site.body_of(nbformat.v4.new_notebook(cells=list(cells), metadata=book.metadata))
    bodies = re.split(r'(?=<div [^>]*class="cell border-box-sizing \w+ rendered")', made)[1:]
    columns = []
    for kind, cell, body in zip(where, cells, bodies, strict=True):
        if kind == "notes" and columns:
            columns[-1][-1][1].append(body.replace(f'id="{cell.id}"', ""))
        elif kind == "subslide" and columns:
            columns[-1].append((cell.cell_type, [body]))
        else:
            columns.append([(cell.cell_type, [body])])
    return "\n".join(f"<section>{''.join(slide_of(row) for row in column)}</section>" for column in columns)


def slide_of(row):
    """One slide: what is shown, and the notes of who speaks."""
    kind, (shown, *told) = row
    notes = f'<aside class="notes">{"".join(told)}</aside>' if told else ""
    return f'<section><div class="fit {kind}">{shown}</div>{notes}</section>'


# --- the decks ----------------------------------------------------------------------------------------------
def write(folder, books):
    """The decks of books, {language: {name of a page: a notebook that was run}}, into a folder."""
    def put(name, text):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for tongue, chapters in books.items():
        speak(tongue)
        for name, book in chapters.items():
            put(f"{tongue}/{name}", PAGE.substitute(lang=tongue, title=html.escape(book.metadata.title),
                                                    slides=slides_of(book)))
    doors = "".join(
        f'<h2 lang="{tongue}">{site.TONGUES[tongue]}</h2><ul lang="{tongue}">' + "".join(
            f'<li><a href="{tongue}/{name}">{html.escape(book.metadata.title)}</a></li>'
            for name, book in chapters.items()) + "</ul>" for tongue, chapters in books.items())
    put("index.html", '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LSTM</title><meta '
        'name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="deck.css"></head>'
        f'<body class="door"><main><h1>LSTM</h1>{doors}</main></body></html>\n')
    put("deck.css", site.LOOKS + (HERE / "deck.css").read_text(encoding="utf-8"))
    put("deck.js", (HERE / "deck.js").read_text(encoding="utf-8"))
    put("replay.js", site.replay())
    for name in REVEAL:
        shutil.copy(HERE / name, folder)


def command(words):
    """[fr|en] [FOLDER]: the decks of both editions. Returns the exit code."""
    if words[:1] in ([tongue] for tongue in LANGUAGES):
        speak(words.pop(0))
    parser = argparse.ArgumentParser(prog="slides", description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=COURSE.parent / "slides")
    folder, spoken, began = parser.parse_args(words).folder, language(), time.monotonic()
    write(folder, asyncio.run(site.books_played()))
    speak(spoken)
    print(say("The slides lie in {folder} ({seconds} s); begin with {first}. The key S opens the speaker's window.",
              folder=folder.resolve(), seconds=round(time.monotonic() - began), first="index.html"))
    return 0
