"""course/c04_forget_gate/chapter.py -> the four editions of the chapter, executed.

    python -m workbook build            build the chapters whose room has changed
    python -m workbook build 04 07      the same, of these chapters only
    python -m workbook build --all      build again, changed or not
    python -m workbook build --check    execute nothing; name what is stale, and fail if anything is

A chapter is a notebook written as text (jupytext, percent format). Prose comes twice, in neighbouring cells of
one id, lang="en" and lang="fr"; code comes once. It makes 04-forget-gate.ipynb in chapters/en, chapters/fr and,
complete, in solutions/en and solutions/fr. Where only prose has changed since the last build, nothing is executed:
the outputs are kept.

Marks in a chapter: only="solutions" keeps a cell from the learner; slideshow={…} is for slides; in the solutions, the
line `raise NotImplementedError` becomes the right answer to the exercise that its cell checks, from the room's
answers.py. What no learner should meet is refused, with its place: an error, an address, a path, a time, a widget
without a still picture, a result that is not as the text says.
"""
import argparse
import ast
import asyncio
import hashlib
import inspect
import io
import json
import os
import re
import sys
import tempfile
import textwrap
import time
import tokenize
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import jupytext
import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from . import exercises
from .words import catalogue, typeset

ROOT = Path(__file__).resolve().parent.parent
EDITIONS = [(folder, lang) for folder in ("chapters", "solutions") for lang in ("en", "fr")]
NOTEBOOK_BYTES, COURSE_BYTES = 450_000, 14_000_000
SECONDS_A_CELL = 300
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {                              # as JupyterLab writes it, which else calls a chapter changed when it is opened
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"codemirror_mode": {"name": "ipython", "version": 3}, "file_extension": ".py",
                      "mimetype": "text/x-python", "name": "python", "nbconvert_exporter": "python",
                      "pygments_lexer": "ipython3"}}
SPEAK_FRENCH = '\n\nfrom workbook import speak; speak("fr")'

TO_WRITE = re.compile(r"^( +)raise NotImplementedError$", re.M)
BORROWED = re.compile(r'\bborrow\("(\w+)"\)')                # a library that the course does without
CHECKED = re.compile(r'^check\("(\w+)"', re.M)
LINK = re.compile(r"\]\((?!https?://|#|attachment:|\d\d-[a-z-]+\.ipynb(?:#[^)]*)?\))([^)\s]*)")
NOT_PROSE = re.compile(r"(?s)(```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$\n]+\$|<cite>.*?</cite>|</?[a-zA-Z!][^>]*>|\]\([^)]*\)"
                       r"|https?://[^\s)]+|&\w+;|\[\w+; \w+\]|\w\[\"\w+\"\]|(?m:^[|:\- ]+$))")
FRENCH_FAULTS = {
    r"[^\s\u00a0\u202f;:!?.…(\[«]([;?»]|:(?![\d\w-])|!(?!\[))": "expected a space before",
    r"\n[;?»:]": "a line can't begin with",
    r"«[^\u00a0\u202f]": "expected a space after",
    r'"': "expected « » for",
    r"\b([cdjlmnst]|qu)['’]\s": "no space after an apostrophe:",
    r"\b(tu|toi|tes|(?<!un )(?<!le )(?<!du )(?<!de )(?<!ce )(?<!demi-)ton)\b": "the reader is vous:",
}
UNFIT = {                                        # what differs from run to run or says nothing to a reader
    r"\b0x[0-9a-f]{6,}": "a memory address",
    r"(?<![\w./])/(home|Users|root|tmp|usr|opt|var|mnt)/|\b[A-Z]:\\|" + re.escape(str(ROOT)): "a path",
    r"\b[A-Z]\w*\((children|value)=|\d%\|": "the text of a widget (give it a still)",
    r"\d ?[mµun]s\b|\d\.\d+ ?s\b|\bit/s\b|Wall time": "a time, which no other machine repeats",
}


class Refused(Exception):
    """What is wrong with a source, or with what came out of it: one fault a line."""


class Cell(NamedTuple):
    """One cell of a source, and the number of its line `# %%`."""
    line: int
    kind: str
    head: dict
    text: str


# ---- reading a source ----------------------------------------------------------------------------

def read(path):
    """The cells of a source file. Refused, with every fault and its line, if no editions can come of it."""
    text = path.read_text(encoding="utf-8")
    lines = [n for n, line in enumerate(text.split("\n"), 1) if re.match(r"# %%(\s|$)", line)]
    raw = jupytext.reads(text, "py:percent").cells
    if not raw or len(lines) != len(raw):
        raise Refused(f"{path.parent.name}/{path.name}: a cell starts with a line `# %%`, none comes before the first")
    cells = [Cell(line, cell.cell_type, {k: v for k, v in cell.metadata.items() if k != "lines_to_next_cell"},
                  cell.source) for line, cell in zip(lines, raw)]
    faults = [*_head_faults(cells), *_pair_faults(cells), *_solution_faults(cells), *_prose_faults(cells)]
    if faults:
        raise Refused("\n".join(f"{path.parent.name}/{path.name}:{line}: {fault}" for line, fault in sorted(faults)))
    return cells


def _head_faults(cells):
    for line, kind, head, _ in cells:
        if kind not in ("markdown", "code"):
            yield line, f"a {kind} cell; expected [markdown], or nothing for code"
        if unknown := sorted(set(head) - {"id", "lang", "only", "slideshow"}):
            yield line, f"unknown in a cell's first line: {', '.join(unknown)}"
        if list(head) != sorted(head):
            yield line, f"write {', '.join(sorted(head))} in this order"
        if not re.fullmatch(r"[a-z0-9-]{1,64}", str(head.get("id"))):
            yield line, f"id is {head.get('id')!r}; expected 1 to 64 of a-z, 0-9 and -"
        if head.get("only") not in (None, "solutions"):
            yield line, f'only is {head["only"]!r}; expected "solutions"'
        if kind == "code" and "lang" in head:
            yield line, "code comes once, without lang; what the reader sees goes through say"
    code = [cell for cell in cells if cell.kind == "code"]
    if not (cells[0].kind == "markdown" and cells[0].text.startswith("# ")):
        yield cells[0].line, "expected a title, `# …`, in the first cell"
    if not code or code[0].head.get("id") != "imports":
        yield cells[0].line, 'expected id="imports" on the first code cell'


def _pair_faults(cells):
    seen, rest = set(), list(cells)
    while rest:
        line, kind, head, _ = rest.pop(0)
        if head.get("id") in seen:
            yield line, f"id {head['id']!r} comes twice"
        seen.add(head.get("id"))
        if kind == "markdown":
            if head.get("lang") == "en" and rest and rest[0].head == head | {"lang": "fr"}:
                rest.pop(0)
            else:
                yield line, f'{head.get("id")}: expected lang="en" and next to it lang="fr", otherwise alike'


def _solution_faults(cells):
    for line, kind, head, text in cells:
        if kind == "code" and TO_WRITE.search(text):
            checked = CHECKED.search(text)
            if len(TO_WRITE.findall(text)) != 1 or not checked or checked[1] not in exercises.book():
                yield line, (f"{head.get('id')}: a cell has one `raise NotImplementedError` and checks an exercise of "
                             "the course")


def _prose_faults(cells):
    english = ""
    for line, kind, head, text in cells:
        if kind == "markdown":
            found = [(match.start(), f"{match[1]} is not in a learner's folder (05-input-gate.ipynb is)")
                     for match in LINK.finditer(text)]
            if head.get("lang") == "fr":
                found += french_faults(text)
                if _shape(text) != _shape(english):
                    found.append((0, f"the French has {_shape(text)!r}, the English {_shape(english)!r}"))
                if text == english and len(re.findall(r"\w\w", NOT_PROSE.sub("", text))) > 9:
                    found.append((0, "the French is the English"))
            english = text
            for at, fault in found:
                yield line + 1 + text.count("\n", 0, at), f"{head.get('id')}: {fault}"


def _shape(text):
    """The headings, displayed formulas, blocks of code and pictures in order: alike in both languages."""
    return " ".join(re.findall(r"^#+(?= )|\$\$|^```|!\[", text, re.M))


def french_faults(text):
    """Faults of a French text, as (place, fault): spaces, quotes, apostrophes, a reader who is called tu."""
    text = text.replace("&nbsp;", "\u00a0")
    prose = typeset(NOT_PROSE.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), text))
    return [(match.start(), f"{fault} {prose[max(0, match.start() - 20):match.end() + 10]!r}")
            for rule, fault in FRENCH_FAULTS.items() for match in re.finditer(rule, prose, re.I)]


# ---- making a notebook ---------------------------------------------------------------------------

def solved(code):
    """Code as the solutions show it: the body of the right answer to the exercise that the cell checks."""
    if not (mark := TO_WRITE.search(code)):
        return code
    task = exercises.book()[CHECKED.search(code)[1]]
    text = inspect.getsource(getattr(task, "shown", None) or task.right)
    (made,) = ast.parse(text).body
    first = made.body[bool(ast.get_docstring(made, clean=False))]
    body = textwrap.dedent("\n".join(text.rstrip().split("\n")[first.lineno - 1:]))
    return code.replace(mark[0], textwrap.indent(body, mark[1]))


TASK = re.compile(r"\*\*Exerci[sc]e \d+\.\d+ · `(\w+)\([^`]*`\.\*\*")


def effort(name, lang):
    """How long an exercise takes and how hard it is, as its heading says."""
    if not (after := exercises.after(name)):
        return ""
    if lang == "fr":
        return f" *({after.minutes} minutes environ, {('facile', 'demande réflexion', 'difficile')[after.level - 1]})*"
    return f" *(about {after.minutes} minutes, {('easy', 'takes thought', 'hard')[after.level - 1]})*"


def commented(code, lang):
    """Code whose comments are in a language, where its catalogue has them."""
    lines = code.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            (row, column), said = token.start, token.string.removeprefix("# ")
            lines[row - 1] = f"{lines[row - 1][:column]}# {catalogue(lang).get(said, said)}"
    return "\n".join(lines)


def notebook(cells, folder, lang, room):
    """One edition, not yet executed; room: the digest of its room."""
    made = []
    for _, kind, head, text in cells:
        if head.get("lang", lang) != lang or head.get("only", folder) != folder:
            continue
        if kind == "code":
            text = commented(solved(text) if folder == "solutions" else text, lang)
        text = TASK.sub(lambda match: match[0] + effort(match[1], lang), text) if kind == "markdown" else text
        if kind == "markdown" and lang == "fr":
            text = "".join(part if k % 2 else typeset(part) for k, part in enumerate(NOT_PROSE.split(text)))
        if (head["id"], lang) == ("imports", "fr"):
            text += SPEAK_FRENCH
        new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        made.append(new(text, id=head["id"], metadata={k: v for k, v in head.items() if k == "slideshow"}))
    title = made[0].source.partition("\n")[0].removeprefix("# ")
    return nbformat.v4.new_notebook(cells=made, metadata={**KERNEL, "lang": lang, "room": room, "title": title})


def digest(*paths):
    """Files in 16 hexadecimal digits."""
    made = hashlib.sha256()
    for path in paths:
        made.update(path.read_bytes() + b"\0")
    return made.hexdigest()[:16]


def room_of(path):
    """The digest of what a room's outputs show beside its prose: neither its hints nor its claims; and of this file."""
    return digest(Path(__file__), *(file for file in sorted(path.iterdir())
                    if file.is_file() and file.name not in ("chapter.py", "mistakes.toml", "claims.py")))


def library():
    """The digest of what every output hangs on: the engine, the workbook, what the rooms share."""
    return digest(*(path for folder in ("lstmlib", "workbook", "course/shared")
                    for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and path.suffix != ".pyc"))


def built_at(path):
    """The notebook that an earlier build has left; an empty one where there is none that can be read."""
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, nbformat.reader.NotJSONError):
        return nbformat.v4.new_notebook()


def kept_outputs(nb, path, made_with):
    """Whether a built notebook has the code of nb, and was made with this library: then its outputs go into nb."""
    kept = built_at(path)
    code, built = ([cell for cell in book.cells if cell.cell_type == "code"] for book in (nb, kept))
    same = [(cell.id, cell.source) for cell in code] == [(cell.id, cell.source) for cell in built]
    if not same or (kept.metadata.get("room"), kept.metadata.get("library")) != (nb.metadata["room"], made_with):
        return False
    for cell, before in zip(code, built):
        cell.outputs, cell.execution_count = before.outputs, before.execution_count
    return True


async def execute(nb, folder):
    """Run a notebook in its folder, in a kernel of its own. Refused if a cell fails or shows the unfit."""
    metadata = nb.metadata.copy()
    native = KernelSpecManager(kernel_dirs=[])      # this Python, whatever kernels the author installed
    kernel = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=native)
    begun = ["start"]
    client = NotebookClient(nb, kernel, timeout=SECONDS_A_CELL, record_timing=False, coalesce_streams=True,
                            on_cell_execute=lambda cell, cell_index: begun.append(cell.id),
                            resources={"metadata": {"path": str(folder)}},
                            extra_arguments=["--IPKernelApp.log_level=CRITICAL"])
    with tempfile.TemporaryDirectory() as bare:     # no start-up files of the author's
        env = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0",
                            "PYTHONPATH": str(ROOT), "IPYTHONDIR": bare}
        try:
            await client.async_execute(env=env, cleanup_kc=True)
        except CellExecutionError:
            pass                                    # the output of the cell tells
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            raise Refused(f"{begun[-1]}: {type(error).__name__}: {str(error).splitlines()[0]}") from error
    nb.metadata = metadata                          # without the kernel's and the widgets' own
    faults = []
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
            faults += [f"{cell.id}: {fault}" for fault in _output_faults(cell, output)]
    if faults:
        raise Refused("\n".join(faults))


def missing(code):
    """The libraries that a cell borrows and that are not installed."""
    return [name for name in BORROWED.findall(code) if not find_spec(name)]


def keep_borrowed(nb, path):
    """Where the library that a cell borrows is missing, its outputs are those that the last build with it has left."""
    kept = {cell.id: cell for cell in built_at(path).cells}
    for cell in nb.cells:
        if cell.cell_type == "code" and missing(cell.source):
            if cell.id not in kept or kept[cell.id].source != cell.source:
                raise Refused(f"{cell.id}: was changed, and to build it takes {', '.join(missing(cell.source))}")
            cell.outputs = kept[cell.id].outputs


def _output_faults(cell, output):
    if output.output_type == "error":
        trace = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback))
        lines = re.findall(rf"Cell In ?\[{cell.execution_count}\], line (\d+)", trace)
        at = cell.source.split("\n")[int(lines[-1]) - 1].strip() if lines else ""
        yield f"{output.ename}: {output.evalue} in: {at}"
    elif output.get("name") == "stderr":
        yield f"text on stderr: {output.text.strip().splitlines()[-1]!r}"
    elif output.get("data") == {}:
        yield "a widget without a still"
    elif 'data-held="no"' in output.get("data", {}).get("text/html", ""):
        yield "not as the text says: " + output.data["text/plain"]
    else:
        texts = {kind: value for kind, value in output.get("data", {"": output.get("text")}).items()
                 if not kind.startswith("image/")}
        for text in texts.values():
            text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
            text = re.sub(r'(?s)base64,[\w+/=]+|style="[^"]*"|<(style|script)\b.*?</\1>', "", text)
            for rule, what in UNFIT.items():
                if match := re.search(rule, text):
                    yield f"{what}: {text[max(0, match.start() - 20):match.end() + 20]!r}"


# ---- the four editions ---------------------------------------------------------------------------

def is_fresh(path, wanted):
    """Does the file hold exactly the cells of `wanted`, made from the same source by this build?"""
    kept = built_at(path)
    kept.metadata.pop("library", None)
    return kept.metadata == wanted.metadata and [
        (cell.id, cell.cell_type, cell.source, cell.metadata) for cell in kept.cells] == [
        (cell.id, cell.cell_type, cell.source, cell.metadata) for cell in wanted.cells]


async def build(nb, path, source, lines, written, gate, made_with, keep):
    """Execute one notebook and write it; the faults found, nothing being written if there are any."""
    edition = f"{path.parent.parent.name}/{path.parent.name}"
    async with gate:
        start = time.perf_counter()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if not (keep and kept_outputs(nb, path, made_with)):
                await execute(nb, path.parent)
                keep_borrowed(nb, path)
                _passed(nb, written if "solutions" in path.parts else ())
        except Refused as refused:
            return [f"{source}:{lines.get(fault.split(':')[0], '')}: {fault} ({edition})"
                    for fault in str(refused).split("\n")]
        nb.metadata["library"] = made_with
        text = nbformat.writes(nb) + "\n"
        if (size := len(text.encode())) > NOTEBOOK_BYTES:
            return [f"{edition}/{path.name}: {size} bytes; expected at most {NOTEBOOK_BYTES}"]
        half = path.with_suffix(".half")            # an interrupted build leaves the old notebook whole
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
        seconds = time.perf_counter() - start
        print(f"{edition:12} {path.name:32} {seconds:5.1f} s {size / 1e3:5.0f} kB", flush=True)
        return []


def _passed(nb, written):
    """Refused if the check of a cell with a solution says anything but ✓."""
    if faults := [f"{cell.id}: the solution does not pass: {text}" for cell in nb.cells if cell.id in written
                  for output in cell.outputs if (text := output.get("data", {}).get("text/plain", ""))[:1] == "✗"]:
        raise Refused("\n".join(faults))


async def build_all(jobs, keep):
    """Build notebooks, two at a time, and keep outputs where only prose has changed; all their faults."""
    gate, made_with = asyncio.Semaphore(2), library()
    return sum(await asyncio.gather(*(build(*job, gate, made_with, keep) for job in jobs)), [])


def main(arguments=None, root=ROOT):
    """Build or check the course in `root`; 0, or 1 after saying on stderr what is wrong."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("chapters", nargs="*", metavar="04", help="build these chapters only")
    parser.add_argument("--all", action="store_true", help="build again, changed or not")
    parser.add_argument("--check", action="store_true", help="execute nothing; fail if anything is stale")
    options = parser.parse_args(arguments)
    sources = {path.name[1:3]: path / "chapter.py" for path in sorted((root / "course").glob("c[0-9][0-9]_*"))}
    if unknown := sorted(set(options.chapters) - set(sources)):
        parser.error(f"no chapter {', '.join(unknown)}; there are {', '.join(sources)}")
    faults, jobs, known = [], [], set()
    for number, source in sources.items():
        slug = source.parent.name[1:].replace("_", "-") + ".ipynb"
        known |= {root / folder / lang / slug for folder, lang in EDITIONS}
        if options.chapters and number not in options.chapters:
            continue
        try:
            cells = read(source)
        except Refused as refused:
            faults += str(refused).split("\n")
            continue
        lines = {cell.head["id"]: cell.line for cell in reversed(cells)}
        written = {cell.head["id"] for cell in cells if cell.kind == "code" and TO_WRITE.search(cell.text)}
        room = room_of(source.parent)
        for folder, lang in EDITIONS:
            path, nb = root / folder / lang / slug, notebook(cells, folder, lang, room)
            if options.all or not is_fresh(path, nb):
                jobs.append((nb, path, f"{source.parent.name}/chapter.py", lines, written))
    if options.check:
        faults += [f"{path.relative_to(root).as_posix()} is stale: run python -m workbook build"
                   for _, path, *_ in jobs]
    else:
        faults += asyncio.run(build_all(jobs, not options.all))
    built = [path for folder, lang in EDITIONS for path in sorted((root / folder / lang).glob("*.ipynb"))]
    faults += [f"{path.relative_to(root).as_posix()} has no source: delete it"
               for path in built if path not in known]
    weight = sum(path.stat().st_size for path in built)
    if weight > COURSE_BYTES:
        faults.append(f"the four editions: {weight} bytes; expected at most {COURSE_BYTES}")
    print(f"{len(built)} notebooks, {weight / 1e6:.2f} MB")
    print(*faults, sep="\n", end="\n" * bool(faults), file=sys.stderr)
    return bool(faults)
