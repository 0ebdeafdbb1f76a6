"""No picture changes unseen: a digest of each in pictures.txt. After a look at what has changed, accept it by
`python -m pytest tests/test_pictures_kept.py --accept`.
"""
import hashlib
import html
import json
import re
from pathlib import Path

import numpy as np
import pytest
from test_pictures import LETTERS, MODELS, OPEN, settings

from course.c03_vanishing_gradient.whole import whole_cell
from course.c07_output_gate.pictures import trade_off
from course.c08_full_cell.diagram import draw_single_gate
from workbook import plots, words

ROOT, KEPT = Path(__file__).resolve().parent.parent, Path(__file__).with_name("pictures.txt")
T = np.arange(12)
FIGURES = {
    "curves": lambda: plots.curves({"c": .8 ** T, "h": np.sin(T)}, title="A cell", level={"half": .5}),
    "curves, log": lambda: plots.curves({"RNN": .5 ** T, "LSTM": .9 ** T}, ylabel="loss", log=True),
    "runs": lambda: plots.curves({"GRU": np.outer([1, 2, 4], .7 ** T)}, xlabel="updates", ylabel="loss"),
    "spread": lambda: plots.spread({"learned f": [.2, .9, .4], "f = 1": [.25, .3]}, "score", chance=.25),
    "film": lambda: plots.film({k: np.cos(np.outer(T, [1, 2])) ** (2 if k in plots.GATES else 1) for k in "fcx"}),
    "film, letters": lambda: plots.film({"i": np.cos(T)[:6] ** 2}, LETTERS, title="Read"),
    "film, words": lambda: plots.film({"i": np.cos(T) ** 2}, ["extraordinary"] * 12),
    "heat": lambda: plots.heat([[0, .5], [.25, 1]], ["RNN", "LSTM"], [5, 50], "lag", "cell"),
    "decay": lambda: plots.decay([0, .5, .9, 1]),
    "gallery": lambda: plots.gallery([np.eye(8), np.outer(T, T)], ["a line", "a corner"]),
    "whole_cell": whole_cell, "whole_cell, f": lambda: whole_cell("f"), "whole_cell, oh": lambda: whole_cell("oh"),
    "single_gate": lambda: draw_single_gate(1, .5, -1, 1, 2),
    "trade_off": lambda: trade_off({"o": [(.01, .9), (.03, 1)], "o = 1": [(.1, .3)]}, .58)}


def rounded(mark, exact=True):
    """A mark as text that is the same on every processor; exact: its numbers too."""
    if isinstance(mark, (tuple, list)):
        return [rounded(v, exact) for v in mark]
    if isinstance(mark, str):
        return mark if exact else re.sub(r"[−\d.,×⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", "n", mark)
    mark = np.asarray(mark)
    if not exact:
        return len(mark.shape)
    return ((mark.astype(int) + 3) // 8 if mark.dtype == np.uint8 else np.floor(4 * mark + .3137).astype(int)).tolist()


def line(name, language, values, picture):
    """Its line in the file: a digest of marks and words, where it is from, how its words begin."""
    figure, exact = picture.figure, name not in MODELS
    held = [figure.width, figure.height, rounded(figure.marks, exact), picture.text]
    digest = hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()[:12]
    at = ", ".join(f"{k}={np.round(v, 3).tolist() if np.ndim(v) else v}" for k, v in values.items())
    return f"{digest}  {language} {name}({at}): {picture.text}"[:150].rstrip().replace("\n", " ")


def looked_at():
    for language in words.LANGUAGES:
        words.speak(language)
        for name, opened in OPEN.items():
            explorer = opened()
            for values in settings(explorer, 3, seed=5):
                yield line(name, language, values, explorer.draw(**values))
        for name, drawn in FIGURES.items():
            yield line(name, language, {}, drawn())


def test_no_picture_has_changed_since_it_was_looked_at(request):
    try:
        now = list(looked_at())
    finally:
        words.speak("en")
    if request.config.getoption("accept"):
        KEPT.write_text("\n".join(now) + "\n", encoding="utf-8", newline="\n")
    before = KEPT.read_text(encoding="utf-8").splitlines()
    changed = [new for new in now if new not in before] or [old for old in before if old not in now]
    assert not changed, "\n".join(["Look at these pictures, then run this with --accept:", *changed])


BOOKS = sorted((ROOT / "chapters").rglob("*.ipynb"))


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: "-".join(path.parts[-2:]))
def test_every_picture_of_a_built_chapter_has_its_words(book):
    """Whoever cannot see it hears what is kept as its text, with the same numbers."""
    for cell in json.loads(book.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                text, page = ("".join(data[kind]) for kind in ("text/plain", "text/html"))
                alts = [html.unescape(alt) for alt in re.findall(r'<img alt="([^"]*)"', page)]
                assert text.strip() and text in alts and not re.match(r"<|\w+\(", text), cell["id"]
