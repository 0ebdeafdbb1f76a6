"""The pages of the site: chapters that were run on the stage (stage.py), an index and a search for each language.

Everything lies beside the page that needs it and is written into it as a plain script or style, so that a page opens
from a folder as it does from a host, and asks no other for anything.
"""
import argparse
import asyncio
import html
import json
import re
import time
from functools import cache
from pathlib import Path
from string import Template

import nbformat
from nbconvert import HTMLExporter

from .. import build, playground
from ..pages import FILTERS
from ..questions import Prompt
from ..room import COURSE
from ..widgets import SKIN, STYLE, Explorer, skin_words
from ..words import LANGUAGES, language, say, speak

HERE = Path(__file__).parent
LOOKS = STYLE + (HERE.parent / "asked.css").read_text(encoding="utf-8")         # of what moves, and of what asks
COMMAND = "<code>python start.py</code>"
STAGE = "from workbook.site import stage; stage.enter()"
BARE = re.compile(r"(predict|quiz|explorers\.\w+|single_gate|cell_diagram)\(.*\)")
TONGUES = {"en": "English", "fr": "Français"}
PAGE = Template("""<!doctype html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="stylesheet" href="../site.css">
<script>try { document.documentElement.dataset.theme = localStorage.getItem("lstm theme") ?? ""; } catch {}</script>
</head>
<body>
<a class="skip" href="#text">$skip</a>
<header>
<nav aria-label="$course"><a href="index.html">$home</a></nav>
<form role="search" data-found="$found" data-none="$none">
<input type="search" aria-label="$search" placeholder="$search"><ul></ul><p role="status"></p>
</form>
<a id="tongue" href="../$other/$name" lang="$other" hreflang="$other">$tongue</a>
<button type="button" id="theme" aria-label="$theme" title="$theme">◐</button>
</header>
<main id="text" data-scrolls="$scrolls">
$body
</main>
<footer>
$around
$forget
</footer>
<script src="../site.js"></script>
$wakes
</body>
</html>
""")


# --- a chapter is run ---------------------------------------------------------------------------------------
async def played(path, gate):
    """A built chapter, run again on the stage."""
    book = nbformat.read(path, as_version=4)
    book.cells.insert(0, nbformat.v4.new_code_cell(STAGE, id="stage"))
    async with gate:
        await build.execute(book, path.parent)
    del book.cells[0]
    return book


async def played_all(paths):
    """Chapters run on the stage, two at a time."""
    gate = asyncio.Semaphore(2)
    return await asyncio.gather(*(played(path, gate) for path in paths))


async def books_played():
    """All chapters run on the stage: {language: {name of the page: notebook}}."""
    paths = [path for tongue in LANGUAGES for path in sorted((COURSE.parent / "chapters" / tongue).glob("*.ipynb"))]
    books = {tongue: {} for tongue in LANGUAGES}
    for path, book in zip(paths, await played_all(paths)):
        books[path.parent.name][path.with_suffix(".html").name] = book
    return books


# --- a page -------------------------------------------------------------------------------------------------
@cache
def exporter():
    """What makes a chapter's HTML; its templates are read once."""
    return HTMLExporter(template_name="basic", filters=FILTERS, exclude_input_prompt=True, exclude_output_prompt=True)


def body_of(book):
    """A chapter as HTML: where something is to be written, where to do so; ids that are there once."""
    for cell in book.cells:
        if BARE.fullmatch(cell.source):                       # what it shows says all
            cell.metadata.transient = {"remove_source": True}
        if cell.cell_type == "code" and build.TO_WRITE.search(cell.source):
            where = say("An exercise: write and check it in JupyterLab, which {command} opens.", command=COMMAND)
            cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": f'<p class="remark">{where}</p>'})]
    made, _ = exporter().from_notebook_node(book)
    seen = set()

    def once(match):
        fresh = match[2] not in seen
        seen.add(match[2])
        return match[0] if fresh else match[1]
    made = re.sub(r'(<h[1-6]) id="([^"]*)"', once, made)
    return made.replace(' id="cell-id=', ' id="').replace("href=\"#cell-id=", "href=\"#")


def page(name, title, body, around="", wakes=True):
    """A page of the site; name: of its file, the same in every language; around: what leads further."""
    (other,) = set(LANGUAGES) - {language()}
    scripts = '<script src="../replay.js"></script>' if wakes else ""
    forget = f'<button type="button" id="forget">{say("Forget what I answered here")}</button>' if wakes else ""
    return PAGE.substitute(
        lang=language(), title=html.escape(title), name=name, other=other, tongue=TONGUES[other], body=body,
        around=around, wakes=scripts, forget=forget, skip=say("To the text"), course=say("The course"),
        home=say("All chapters"), search=say("Search"), theme=say("Light or dark"), none=say("Nothing found"),
        found=say("Found: {n}", n="{n}"), scrolls=skin_words()["scrolls"])


def sections(name, book):
    """What the search knows of a chapter: [page, cell, title, heading, text] for each of its sections."""
    found, heading = [], book.metadata.title
    for cell in book.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"(?s)<[^>]*>|\]\([^)]*\)|[$*`\\\[{}]|^#+ ", "", cell.source, flags=re.M)
            head = re.search(r"^##+ (.*)", cell.source, re.M)
            heading = re.sub(r"[$*`]", "", head[1]) if head else heading
            found.append([name, cell.id, book.metadata.title, heading, " ".join(text.split())])
        elif names := re.findall(r"^(?:def|class) (\w+)", cell.source, re.M):
            found.append([name, cell.id, book.metadata.title, heading, " ".join(names)])
    return found


def step(href, relation, text):
    """A link to the page before, or after."""
    return f'<a rel="{relation}" href="{href}">{html.escape(text)}</a>'


def listed(books, lite=False):
    """The index: the chapters, what each is about, the playground, and the way to JupyterLite, if it is there."""
    items = "".join(f'<li><a href="{name}">{html.escape(book.metadata.title)}</a> {lead(book)}</li>'
                    for name, book in books.items())
    play = f'<a href="playground.html">{say("The playground")}</a> {say("Train an LSTM in the browser.")}'
    if lite:
        first = f"../lite/lab/index.html?path={language()}/{Path(next(iter(books))).stem}.ipynb"
        play += (f'</li><li><a href="{first}">{say("JupyterLab here")}</a> '
                 f'{say("Write code in this browser, and have it checked; nothing to install.")}')
    told = say("Recurrent networks and the LSTM, chapter by chapter. The pictures move and the questions answer on "
               "these pages; to write code and have it checked, {command} opens the course in JupyterLab.",
               command=COMMAND)
    return f"<h1>{say('The LSTM, gate by gate')}</h1><p>{told}</p><ul class=\"chapters\">{items}<li>{play}</li></ul>"


def lead(book):
    """The first sentence of a chapter."""
    first = re.sub(r"[*`]", "", book.cells[0].source).split("\n\n")[1].replace("\n", " ")
    return html.escape(re.match(r".*?[.!?](?=\s|$)|.*", first)[0])


def write(folder, books):
    """The site of books, {language: {name of a page: a notebook that was run}}, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)

    def put(name, text):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for tongue, chapters in books.items():
        speak(tongue)
        around = [("index.html", say("All chapters")), *((name, b.metadata.title) for name, b in chapters.items())]
        index = [entry for name, book in chapters.items() for entry in sections(name, book)]
        entries = listed(chapters, (folder / "lite").is_dir())
        put(f"{tongue}/index.html", page("index.html", say("The LSTM, gate by gate"), entries, wakes=False))
        for k, (name, book) in enumerate(chapters.items(), 1):
            ways = step(around[k - 1][0], "prev", f"← {around[k - 1][1]}")
            if k + 1 < len(around):
                ways += step(around[k + 1][0], "next", f"{around[k + 1][1]} →")
            put(f"{tongue}/{name}", page(name, book.metadata.title, body_of(book), f"<nav>{ways}</nav>"))
        (other,) = set(LANGUAGES) - {tongue}
        put(f"{tongue}/playground.html", playground.page(tongue, f"../{other}/playground.html", "index.html"))
        put(f"{tongue}/search.js", f"window.lstmIndex = {json.dumps(index, ensure_ascii=False)};\n")
    doors = "".join(f'<p><a lang="{lang}" hreflang="{lang}" href="{lang}/index.html">{name}</a></p>'
                    for lang, name in TONGUES.items())
    put("index.html", '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LSTM</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="site.css">'
        f'</head><body class="door"><main><h1>LSTM</h1>{doors}</main></body></html>\n')
    put("site.css", LOOKS + (HERE / "site.css").read_text(encoding="utf-8"))
    put("site.js", SKIN + (HERE / "site.js").read_text(encoding="utf-8"))
    put("replay.js", replay())


def replay():
    """The script that plays what moves and what asks: the browser's part of both, on a model without a kernel."""
    made = "".join(f"const {name} = (() => {{\n{source.replace('export default', 'return')}\n}})();\n"
                   for name, source in (("EXPLORER", Explorer._esm), ("ASKED", Prompt._esm)))
    return f"(() => {{\n{made}{(HERE / 'replay.js').read_text(encoding='utf-8')}}})();\n"


def command(words):
    """[fr|en] [FOLDER]: the site of both editions. Returns the exit code."""
    if words[:1] in ([tongue] for tongue in LANGUAGES):
        speak(words.pop(0))
    parser = argparse.ArgumentParser(prog="site", description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=COURSE.parent / "site")
    folder, spoken, began = parser.parse_args(words).folder, language(), time.monotonic()
    write(folder, asyncio.run(books_played()))
    speak(spoken)
    weight = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(say("The site lies in {folder} ({size} MB, {seconds} s); begin with {first}.", folder=folder.resolve(),
              size=f"{weight:.1f}", seconds=round(time.monotonic() - began), first="index.html"))
    return 0
