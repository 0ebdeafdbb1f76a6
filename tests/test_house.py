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
import workbook

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = "lstmlib", "workbook", "course"                                # each leans on those before it alone
ENGINE = "cells fast unroll interchange model tasks gradcheck sweep".split()      # each on those before it alone
MOST = {"lstmlib": 1500, "workbook": 7850}                               # lines, all that Python reads
LONGEST = 500                                                            # but chapters, and the answers of 08
FILES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
CODE = [path for path in FILES if path.name != "chapter.py"]
each_file = pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())


def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def tracked():
    """The texts that git keeps, by name."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if not listed.stdout:
        pytest.skip("needs git and a clone")
    for name in filter(None, listed.stdout.split("\0")):
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


# ---- who leans on whom ---------------------------------------------------------------------------

def imported(path):
    """The modules that a file imports, those inside its functions too, with their packages."""
    here = path.relative_to(ROOT).parent.parts
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = list(here[:len(here) + 1 - node.level]) if node.level else []
            full = start + (node.module.split(".") if node.module else [])
            yield from ([*full, alias.name] for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_package_leans_on_those_before_it_alone(path):
    mine, *inner = path.relative_to(ROOT).with_suffix("").parts
    for package, *rest in imported(path):
        if package in PACKAGES:
            assert PACKAGES.index(package) <= PACKAGES.index(mine), (package, *rest)
        if package == mine == "lstmlib" and inner != ["__init__"] and rest[0] in ENGINE:
            assert ENGINE.index(rest[0]) < ENGINE.index(inner[0]), rest
        if package == mine == "course" and rest[0] != "shared":
            assert rest[0] == inner[0], f"a room imports another: {rest}"


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "chapter.py"], ids=lambda p: p.parent.name)
def test_a_notebook_imports_from_two_places_in_six_lines(path):
    """Its own, that is; and nothing of a room by the room's name."""
    cell = re.search(r'(?s)^# %% id="imports"\n(.*?)(?=^# %%|\Z)', path.read_text(encoding="utf-8"), re.M)[1]
    assert not re.search(r"\bcourse\b", cell)
    assert len([line for line in cell.split("\n") if re.match(r"\s*(from (lstmlib|workbook)| {4}\w)", line)]) <= 6, cell


@pytest.mark.parametrize("package", [lstmlib, workbook], ids=lambda package: package.__name__)
def test_the_front_door_binds_no_name_of_a_module(package):
    for name in set(package.__all__) & {module.name for module in pkgutil.iter_modules(package.__path__)}:
        assert inspect.ismodule(getattr(package, name)), f"{name} hides the module of this name"


def test_importing_the_library_is_light():
    """What a reader waits for at the first cell: nothing that draws or shows is loaded before it is used.

    Nor by the child that runs an answer, of which a class needs thousands: neither a loop nor the rooms.
    """
    heavy = "{'matplotlib', 'ipywidgets', 'anywidget', 'joblib', 'sklearn', 'torch', 'IPython', 'asyncio', 'course'}"
    code = f"import sys, lstmlib, workbook.fence; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


# ---- how large, what it is called ----------------------------------------------------------------

def lines(path):
    return path.read_text(encoding="utf-8").count("\n")


def test_the_engine_can_be_read_in_an_evening_and_the_rest_stays_small():
    size = {name: sum(map(lines, (ROOT / name).rglob("*.py"))) for name in MOST}
    assert all(size[name] <= MOST[name] for name in MOST), size
    long = {path.as_posix(): lines(path) for path in CODE if lines(path) > LONGEST}
    assert {name for name in long if not name.endswith("c08_full_cell/answers.py")} == set(), long


def test_every_file_has_a_name_that_says_what_it_is_for():
    vague = {"utils", "util", "base", "config", "misc", "common", "helpers", "tools", "core"}
    assert not vague & {part for path in FILES for part in path.relative_to(ROOT).with_suffix("").parts}


@each_file
def test_every_file_says_why_it_exists(path):
    assert ast.get_docstring(parsed(path))


@pytest.mark.parametrize("path", [path for path in CODE if path.name != "claims.py"],       # there a claim says it
                         ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_public_function_and_class_says_what_it_is(path):
    public = [node for node in parsed(path).body
              if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("package", [lstmlib, workbook], ids=lambda package: package.__name__)
def test_what_a_learner_imports_exists(package):
    assert sorted(package.__all__) == sorted(set(package.__all__))
    for name in package.__all__:
        assert getattr(package, name) is not None


@each_file
def test_every_module_can_be_imported(path):
    importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def test_what_nobody_offers_is_no_name_of_the_workbook():
    with pytest.raises(AttributeError, match="workbook has no 'no_such_thing'"):
        getattr(workbook, "no_such_thing")  # noqa: B009


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
