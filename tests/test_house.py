"""The house: which room may lean on which, how large they are, their names, what they must not hold."""
import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import lstmlib

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "lstmlib"
# Each room imports only rooms named before it.
ROOMS = """words cells fast unroll interchange model tasks corpora loaders applications gradcheck sweep plots
           expect cheatsheet widgets inputs explorers diagram judge exercises quizzes progress questions
           fence grade""".split()
BOOKS = {"words", "exercises", "quizzes"}                           # texts, not machinery
ENGINE = "cells fast unroll interchange model tasks gradcheck sweep".split()     # what a reader came for
ENGINE_LINES, ALL_LINES = 1000, 5200
FILES = sorted(LIBRARY.rglob("*.py"))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(LIBRARY).as_posix())


def room(path):
    """The room that a file belongs to; "lstmlib" for the front door."""
    return path.stem if path.parent == LIBRARY and path.stem != "__init__" else path.parent.name


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def tracked():
    """The texts that git keeps, by name."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if not listed.stdout:
        pytest.skip("needs git and a clone")
    for name in filter(None, listed.stdout.split("\0")):
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


# ---- who leans on whom ---------------------------------------------------------------------------

def imported(path):
    """The rooms that a file imports, those inside its functions too."""
    here = ("lstmlib", *path.relative_to(LIBRARY).parent.parts)
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(here[:len(here) + 1 - node.level]) if node.level else ""
            full = ".".join(filter(None, (start, node.module)))
            named = [f"{full}.{alias.name}" for alias in node.names] if full == "lstmlib" else [full]
        else:
            continue
        yield from (name.split(".")[1] for name in named if name.startswith("lstmlib."))


@each_file
def test_a_room_imports_only_rooms_above_it(path):
    mine = room(path)
    if mine != "lstmlib":                             # the front door opens on all
        assert mine in ROOMS, f"{mine} has no place in the order of rooms"
        above = ROOMS[:ROOMS.index(mine) + (path.parent != LIBRARY)]
        assert set(imported(path)) <= set(above)


def test_the_front_door_binds_no_name_of_a_room():
    public = {name for name in dir(lstmlib) if not name.startswith("_")}
    for name in public & {module.name for module in pkgutil.iter_modules([str(LIBRARY)])}:
        assert inspect.ismodule(getattr(lstmlib, name)), f"lstmlib.{name} hides the module lstmlib/{name}.py"


def test_importing_the_library_is_light():
    """What a reader waits for at the first cell: nothing that draws or shows is loaded before it is used."""
    heavy = "{'matplotlib', 'ipywidgets', 'anywidget', 'joblib', 'sklearn', 'torch', 'IPython'}"
    code = f"import sys, lstmlib; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


# ---- how large, what it is called ----------------------------------------------------------------

def code_lines(path):
    """How many lines of a file hold code: no blank ones, comments or docstrings."""
    prose = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Expr) and isinstance(getattr(node.value, "value", None), str):
            prose |= set(range(node.lineno, node.end_lineno + 1))
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    return sum(n not in prose and line.strip()[:1] not in ("", "#") for n, line in lines)


def test_the_engine_can_be_read_in_an_evening_and_the_rest_stays_small():
    size = {}
    for path in FILES:
        if room(path) not in BOOKS:
            size[room(path)] = size.get(room(path), 0) + code_lines(path)
    print(sum(size.values()), "lines of code:", size)
    assert sum(size[name] for name in ENGINE) <= ENGINE_LINES, size
    assert sum(size.values()) <= ALL_LINES, size


def test_every_room_has_a_name_that_says_what_it_is_for():
    vague = {"utils", "util", "base", "config", "misc", "common", "helpers", "tools", "core"}
    assert not vague & {part for path in FILES for part in path.relative_to(ROOT).with_suffix("").parts}


@each_file
def test_every_file_says_why_it_exists(path):
    assert ast.get_docstring(parsed(path))


@each_file
def test_every_public_function_and_class_says_what_it_is(path):
    public = [node for node in parsed(path).body
              if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_what_a_learner_imports_exists():
    assert sorted(lstmlib.__all__) == sorted(set(lstmlib.__all__))
    for name in lstmlib.__all__:
        assert getattr(lstmlib, name) is not None
    for room_name in ROOMS:
        if (LIBRARY / f"{room_name}.py").exists() or (LIBRARY / room_name).is_dir():
            importlib.import_module(f"lstmlib.{room_name}")


# ---- what it must not hold -----------------------------------------------------------------------

@each_file
def test_weights_travel_as_numbers_never_as_pickles(path):
    code = ast.unparse(parsed(path))
    assert not re.search(r"\b(import|from) (pickle|dill|shelve|marshal)\b|allow_pickle=True", code)


@each_file
def test_no_loose_ends(path):
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8"))


def test_nothing_kept_names_a_machine_or_a_registry():
    """The tests, which spell such names to look for them, are the exception."""
    unwanted = re.compile(r"(?<![\w./~*\"'`])/(?:home|Users|root|work)/\w+|\b[A-Z]:\\\\?Users"
                          r"|pypi\.org|pythonhosted|registry\.npmjs|anaconda\.(?:org|com)")
    found = {name: unwanted.findall(text) for name, text in tracked() if not name.startswith("tests/")}
    assert {name: places for name, places in found.items() if places} == {}
