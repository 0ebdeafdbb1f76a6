"""A notebook that was handed in: its code cells as Python, the exercises it holds, the cells that an answer needs."""
import ast
import glob
import json
import re
import symtable
import warnings
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from . import exercises
from .room import rooms
from .words import say


def found(word):
    """The files that a word of the command means: a name, a folder with all below it, or a pattern with * in it."""
    folder = Path(word).is_dir()
    names = glob.glob(f"{glob.escape(word)}/**/*.ipynb" if folder else word, recursive=True)
    return sorted(map(Path, names)) or [Path(word)]


def code_cells(path):
    """The texts of a notebook's code cells. ValueError, in words, if it is none."""
    try:
        if not path.is_file():
            raise ValueError(say("no such file"))
        if path.stat().st_size > 50_000_000:
            raise ValueError(say("larger than 50 MB"))
        book = json.loads(path.read_bytes().decode("utf-8-sig", "replace"))
    except OSError as why:
        raise ValueError(say("cannot be read: {why}", why=why.strerror)) from None
    except (json.JSONDecodeError, RecursionError):
        raise ValueError(say("no notebook")) from None
    try:
        cells = book["cells"] if "cells" in book else [c for s in book["worksheets"] for c in s["cells"]]
        texts = [c.get("source", c.get("input", "")) for c in cells if c.get("cell_type") == "code"]
        return [as_python(text if isinstance(text, str) else "".join(text)) for text in texts]
    except (TypeError, KeyError, AttributeError):
        raise ValueError(say("no notebook")) from None


def as_python(cell):
    """A cell as Python: as it stands if it is Python already, else as IPython rewrites %magic, !command, help?"""
    if names(cell):
        return cell
    if written := re.match(r"\s*%%(?:writefile|file)\s+(-a\s+)?(\S+).*\n?", cell):
        return f"print({cell[written.end():]!r}, file=open({written[2]!r}, {'a' if written[1] else 'w'!r}))"
    if re.match(r"\s*%%(?!time|capture|prun)", cell):
        return ""
    cell = re.sub(r"^(\s*)%%.*", r"\1pass", cell)
    cell = re.sub(r"(?m)^(\s*|[\w, ]+= *)%time[ \t]+", r"\1", cell)
    from IPython.core.inputtransformer2 import TransformerManager  # here alone: to load it takes longer than to judge
    try:
        return TransformerManager().transform_cell(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return cell


@cache
def chapter_of(name):
    """The chapter, "04", that an exercise belongs to."""
    return next(code for code in rooms() if any(name in tasks for tasks in exercises.chapter(code).values()))


def expected(path, cells):
    """The exercises that a submission should hold: all of the chapters that it checks, or is named after."""
    known = [read for cell in cells if (read := names(cell))]
    chapters = set(re.findall(r"^\d\d(?=[-_. ])", path.name)) & rooms().keys()
    for what in ("checks", "binds"):                       # without any check, what it defines must do
        found = set().union(*(getattr(cell, what) for cell in known)) & exercises.book().keys()
        chapters = chapters or {chapter_of(name) for name in found}
        if what == "checks":
            chapters |= {chapter_of(name) for name in found}
    return [name for name in exercises.book() if chapter_of(name) in chapters]


def needed(cells, name):
    """The cells that the answer to an exercise needs, and all cells up to it; ([], []) if there is no answer.

    The answer stands in the last cell that checks it, or, where none does, in the last one that defines it.
    From there names are followed back from cell to cell: one that only trains or shows something is not run.
    """
    known = [names(cell) or Names(set(), set(), set()) for cell in cells]
    at = max((k for k, cell in enumerate(known) if name in cell.checks),
             default=max((k for k, cell in enumerate(known) if name in cell.binds), default=None))
    if at is None:
        return [], []
    wanted, chosen = set(known[at].reads), [cells[at]]
    for k in reversed(range(at)):
        if known[k].binds & (wanted | {"*"}):
            wanted |= known[k].reads
            chosen.insert(0, cells[k])
    return chosen, cells[:at + 1]


class Names(NamedTuple):
    """What a cell has to do with others: names that it binds and reads, exercises that it checks."""
    binds: set
    reads: set
    checks: set


@lru_cache(1000)
def names(cell):
    """The Names of a cell; None if it is no valid Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree, table = ast.parse(cell), symtable.symtable(cell, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    reads = {s.get_name() for s in table.get_symbols() if s.is_referenced()} | _globals(table)
    checks = set()
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):         # W[0] = 1 is of W
                binds |= {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                binds.add("*")
            case ast.Call(func=ast.Name(id="check") | ast.Attribute(attr="check"),
                          args=[ast.Constant(value=str(name)), *_]):
                checks.add(name)
    return Names(binds, reads, checks)


def _globals(table):
    """The global names that the functions in a symbol table read."""
    return {s.get_name() for inner in table.get_children() for s in inner.get_symbols()
            if s.is_global() and s.is_referenced()}.union(*map(_globals, table.get_children()))


def text_of(cells, name):
    """The answer to an exercise as it stands in the last of its cells, without comments; "" where it is not seen."""
    try:
        trees = [ast.parse(cell) for cell in cells]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    called = next((node.args[1] for tree in reversed(trees) for node in ast.walk(tree)
                   if isinstance(node, ast.Call) and len(node.args) > 1 and ast.unparse(node.func).endswith("check")
                   and getattr(node.args[0], "value", None) == name), ast.Name(name))
    if not isinstance(called, ast.Name):
        return ast.unparse(called)
    for tree in reversed(trees):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == called.id:
                if ast.get_docstring(node):
                    node.body = node.body[1:] or [ast.Pass()]
                return ast.unparse(node)
    return ""
