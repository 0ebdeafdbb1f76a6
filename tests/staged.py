"""The site and the slides as start.py makes them: every chapter as it was built, and a page of all that moves."""
import asyncio
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path

import nbformat

from workbook.site import make
from workbook.slides import make as slides

ROOT = Path(__file__).resolve().parent.parent
TRAINED = """from lstmlib import cells, tasks
from lstmlib.model import Model
import numpy as np
task = tasks.which_came_first(12, 12)
model = Model(cells.LSTM, task.D, 8, task.K)
batch = next(task.batches(np.random.default_rng(0), 50))
one, letters = batch.x[..., :1], list("abcdefghijkl")"""
EXPLORERS = {name: f"explorers.{name}({given})" for name, given in {
    "first_slider": "", "two_unit_rnn": "", "gradient_flow": "", "forget_gate": "", "forget_by_hand": "",
    "two_keys": "", "belt": "", "hold_silently": "", "flow_order": "",
    "training_film": "model, task, one, letters, at=(0, 5, 10)", "gate_film": "model, one, letters",
    "live_ablation": "model, batch"}.items()} | {
    "single_gate": "single_gate()", "cell_diagram": "cell_diagram()"}
SMALL = ["first_slider", "forget_gate", "flow_order"]
ASKED = {"guess": 'predict("04-never-forget")', "number": 'predict("04-half-life")', "quiz": 'quiz("07")',
         "line": 'text_input(str.upper, "a b", label="a line")',
         "exercise": "def hidden(o, c):\n    raise NotImplementedError\n\n\ncheck(\"hidden\", hidden)"}


def book(language, names):
    """What these explorers and all questions show on the site, in a notebook that was run for it."""
    imports = ("from workbook import cell_diagram, check, explorers, predict, quiz, single_gate, speak, text_input\n"
               f"speak({language!r})\n{TRAINED}")
    cells = {"imports": imports} | {name: EXPLORERS[name] for name in names} | ASKED
    made = [nbformat.v4.new_markdown_cell("# All that moves\n\nOn one page.", id="title")]
    made += [nbformat.v4.new_code_cell(source, id=name) for name, source in cells.items()]
    kernel = {"name": "python3", "display_name": "Python 3"}
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel, "title": "zz · All that moves"})


def books(folder, names):
    """{language: {page: notebook}}: every chapter as it was built, and a page of what moves, run in a folder."""
    chapters = {language: sorted((ROOT / "chapters" / language).glob("*.ipynb")) for language in ("en", "fr")}
    found = {language: {path.with_suffix(".html").name: nbformat.read(path, 4) for path in paths}
             for language, paths in chapters.items()}
    notebooks = []
    for language in found:
        (folder / "work").mkdir(parents=True, exist_ok=True)
        notebooks.append(folder / "work" / f"{language}.ipynb")
        nbformat.write(book(language, names), notebooks[-1])
    with ThreadPoolExecutor(1) as beside:                                # a browser's test has a loop of its own
        made = beside.submit(lambda: asyncio.run(make.played_all(notebooks))).result()
    for language, played in zip(found, made):
        found[language]["zz-all-that-moves.html"] = played
    return found


def site(folder, found):
    """The site of such books in a folder."""
    make.write(folder / "site", deepcopy(found))
    return folder / "site"


def decks(folder, found):
    """The slides of such books in a folder."""
    slides.write(folder / "slides", deepcopy(found))
    return folder / "slides"
