"""Every text of the course that stands in two languages, as (place, English, French)."""
import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import numpy as np

from workbook import build, exercises, judge, words

ROOT = Path(words.__file__).parent.parent
ROOMS = sorted((ROOT / "course").glob("c[0-9][0-9]_*"))


@cache
def prose(room):
    """The cells of a room's chapter.py."""
    return build.read(room / "chapter.py")


def in_chapters():
    for room in ROOMS:
        halves = [cell for cell in prose(room) if cell.kind == "markdown"]
        for en, fr in zip(halves[::2], halves[1::2]):
            place = f"{room.name}/chapter.py {en.head['id']}"
            if en.head["id"] == "glossary":                  # each language has its own alphabet
                rows = [{tuple(cells[k] for k in names): line for line in cell.text.split("\n")
                         if len(cells := [re.sub(r" \([A-Z]+\)", "", part.strip()) for part in line.split("|")]) == 5}
                        for cell, names in ((en, (1, 2)), (fr, (2, 1)))]
                assert rows[0].keys() == rows[1].keys()
                yield from ((f"{place} {term[0]}", line, rows[1][term]) for term, line in rows[0].items())
            else:
                yield place, en.text, fr.text


def in_table(place, table):
    """The pairs in what a TOML file says: wherever en and fr stand side by side."""
    if isinstance(table, dict) and {"en", "fr"} <= set(table):
        halves = [half if isinstance(half, list) else [half] for half in (table["en"], table["fr"])]
        yield from ((place, en, fr) for en, fr in zip(*halves, strict=True))
    for key, part in table.items() if isinstance(table, dict) else enumerate(table):
        if isinstance(part, dict | list):
            name = part["id"] if isinstance(part, dict) and isinstance(part.get("id"), str) else key
            yield from in_table(f"{place} {name}", part)


def in_tables():
    for path in sorted([*(ROOT / "course").rglob("*.toml"), ROOT / "workbook/playground/words.toml"]):
        yield from in_table(f"{path.parent.name}/{path.name}", tomllib.loads(path.read_text(encoding="utf-8")))


def in_start():
    """start.py has its own say(English, French, …), since it runs before anything is installed."""
    for node in ast.walk(ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))):
        said = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else []
        texts = [part.value for part in said if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if len(texts) == 2 and all(" " in text.strip() for text in texts) and "(?=" not in texts[0]:
            yield f"start.py {texts[0]}", *texts


def in_guide():
    """Paragraph by paragraph."""
    for pages in ("lecturers", "enseignants"), ("sheet", "fiche"):
        halves = [(ROOT / "guide" / f"{name}.md").read_text(encoding="utf-8").split("\n\n") for name in pages]
        for en, fr in zip(*halves, strict=True):
            yield f"guide {en[:40]}", en, fr


def in_puzzles():
    """What is said of weights that do not do, each sentence once."""
    rng = np.random.default_rng(0)
    for name, task in exercises.book().items():
        right, seen = task.right() if isinstance(task, judge.Puzzle) else (), set()
        for k in range(30 * bool(len(right))):
            weights = [k % 2 * w + 3 ** (k % 4 - 1) * rng.normal(size=np.shape(w))
                       for w in (right if isinstance(right, tuple) else (right,))]
            if failure := task.trial(*weights):
                sentence = re.sub(r"“.*?”|[-\d.]+", "", failure[0])
                if sentence not in seen:
                    yield f"{name} {sentence}", *failure
                seen.add(sentence)


@cache
def pairs():
    """All of them."""
    labels = ((f"fr.po {en}", en, fr) for en, fr in words.catalogue("fr").items())
    return [*in_chapters(), *in_tables(), *labels, *in_start(), *in_guide(), *in_puzzles()]
