"""The fence, folder by folder: whatever holds an answer, wherever it lies, no submission can read it."""
import ast
import importlib.util
import inspect
import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from workbook import exercises, grade, judge, keeper, landlock
from workbook.judge import known

ROOT = Path(__file__).resolve().parent.parent
ITS_OWN = "lstmlib",                           # what a submission is meant to read, though its cells are answers, too
WAYS = r'''
import ast, codecs, fileinput, gzip, importlib, importlib.machinery, importlib.resources, importlib.util, inspect, io
import linecache, mmap, os, pathlib, pkgutil, runpy, shutil, sys, tokenize, zipimport
import numpy as np

HOME = os.getcwd()
GIVEN = iter(range(10**9))

def new():
    return os.path.join(HOME, f"new{next(GIVEN)}")

def by_os_open(path):
    fd = os.open(path, os.O_RDONLY)
    try:
        return os.read(fd, 100)
    finally:
        os.close(fd)

def by_folder(path):
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    return by_fd(os.open(os.path.basename(path), os.O_RDONLY, dir_fd=folder))

def by_own_folder(path):
    """The audit sees a path of our own; another folder is meant, beside one that may be read."""
    deep = os.path.join(HOME, *"abcdefghijkl")
    os.makedirs(deep, exist_ok=True)
    os.chdir(deep)
    readable = os.path.dirname(importlib.util.find_spec("lstmlib").origin)
    return by_fd(os.open(os.path.relpath(path, readable), os.O_RDONLY, dir_fd=os.open(readable, os.O_RDONLY)))

def by_fd(fd):
    try:
        return os.read(fd, 100)
    finally:
        os.close(fd)

def by_link(make):
    def way(path):
        there = new()
        make(path, there)
        return open(there, "rb").read()
    return way

def by_folder_link(path):
    there = new()
    os.symlink(os.path.dirname(path), there)
    return open(os.path.join(there, os.path.basename(path)), "rb").read()

def by_relative(path):
    return open(os.path.relpath(path, HOME), "rb").read()

def by_elsewhere(path):
    os.chdir(os.path.dirname(path))
    return open(os.path.basename(path), "rb").read()

def by_map(path):
    with open(path, "rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:100]

def by_getsource(path):
    spec = importlib.util.spec_from_loader("it", importlib.machinery.SourceFileLoader("it", path))
    return inspect.getsource(importlib.util.module_from_spec(spec))

def by_import(path):
    parts = path.removesuffix(".py").split(os.sep)
    here = max(k for k, part in enumerate(parts) if part in ("course", "workbook", "tests", "own"))
    sys.path.insert(0, os.sep.join(parts[:here]))
    try:
        return inspect.getsource(importlib.import_module(".".join(parts[here:])))
    finally:
        del sys.path[0]

def by_history(path):
    import readline
    readline.read_history_file(path)
    return readline.get_history_item(1)

def by_program(path):
    import subprocess
    return subprocess.check_output(["cat", path])

def by_shell(path):
    return os.system("cat '" + path + "'") == 0

def by_sqlite(path):
    import sqlite3
    return sqlite3.connect(path).execute("select 1").fetchone()

BY = dict(
    open=lambda path: open(path, "rb").read(), os_open=by_os_open, io=lambda path: io.open(path, "rb").read(),
    fileio=lambda path: io.FileIO(path).read(), open_code=lambda path: io.open_code(path).read(),
    pathlib=lambda path: pathlib.Path(path).read_bytes(), codecs=lambda path: codecs.open(path, "rb").read(),
    fromfile=lambda path: np.fromfile(path, "u1"), memmap=lambda path: np.memmap(path, "u1")[:9],
    genfromtxt=lambda path: np.genfromtxt(path, str, delimiter="\0", comments=None),
    linecache=lambda path: linecache.getlines(path), tokenize=lambda path: tokenize.open(path).read(),
    fileinput=lambda path: list(fileinput.input(path)), mmap=by_map, runpy=lambda path: runpy.run_path(path),
    loader=lambda path: importlib.machinery.SourceFileLoader("it", path).get_data(path), imported=by_import,
    getsource=by_getsource, zipimport=lambda path: zipimport.zipimporter(path), relative=by_relative,
    resources=lambda path: pkgutil.get_data("lstmlib", os.path.relpath(path, os.path.dirname(pkgutil.__file__))),
    elsewhere=by_elsewhere, upper=lambda path: open(path.swapcase(), "rb").read(), dotted=lambda path: open(
        os.path.join(os.path.dirname(path), ".", "..", os.path.basename(os.path.dirname(path)),
                     os.path.basename(path)), "rb").read(),
    as_bytes=lambda path: open(os.fsencode(path), "rb").read(), dir_fd=by_folder, own_folder=by_own_folder,
    symlink=by_link(os.symlink), hardlink=by_link(os.link), copy=by_link(shutil.copyfile),
    folder_link=by_folder_link, root=lambda path: open("/proc/self/root" + path, "rb").read(),
    cwd=lambda path: open("/proc/self/cwd/" + os.path.relpath(path, HOME), "rb").read(), program=by_program,
    shell=by_shell, readline=by_history, sqlite=by_sqlite, moved=by_link(os.rename))

def taken(paths, ways):
    """Which way has taken something from which file."""
    found = []
    for name in ways or BY:
        for path in paths:
            os.chdir(HOME)
            try:
                if len(BY[name](path or os.path.join(HOME, "own", "kept.py"))):
                    found.append([name, path])
            except BaseException:
                pass
    return found

def own():
    os.makedirs("own")
    open("own/kept.py", "w").write("kept = 1\n" * 20)
    return [name for name, _ in taken([""], None)]
'''
READING = """open os_open io fileio open_code pathlib codecs fromfile memmap genfromtxt linecache tokenize fileinput
             mmap loader imported relative elsewhere dotted as_bytes symlink hardlink copy folder_link""".split()


def answers():
    """The lines by which an answer is known: the longest of each."""
    for name, task in exercises.book().items():
        if isinstance(task, judge.Exercise):
            yield name, max((line.strip() for line in known.text_of(task.right).split("\n")), key=len)


def holders(root):
    """Every file below a folder in which the text of an answer stands, also as JSON writes it; and its .pyc."""
    lines = {form.encode() for _, line in answers() for form in (line, json.dumps(line)[1:-1])}
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root).parts
        if inner[0] in (".venv", ".git", ".pytest_cache", *ITS_OWN) or not path.is_file():
            continue
        if any(line in path.read_bytes() for line in lines):
            yield path
            if path.suffix == ".py":
                yield from path.parent.glob(f"__pycache__/{path.stem}.*.pyc")


def two_of_each(paths):
    """Two of each folder and kind: in the others nothing is otherwise."""
    kinds = {}
    for path in paths:
        kinds.setdefault((path.parent, path.suffix), []).append(path)
    return [path for alike in kinds.values() for path in alike[:2]]


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """Files that hold answers: those of the course, found by their text; of a copy; of classmates; git's."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    rooms = ROOT / "course"
    shutil.copytree(rooms, elsewhere / "copy" / "course", ignore=shutil.ignore_patterns("c0[0-35-9]*", "__pycache__"))
    for name in ("bob.ipynb", "work/en/04-forget-gate.ipynb", "work/progress.json", "notes.txt"):
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / name).write_text(json.dumps("def half_life(f):\n    return -1 / np.log2(f)"))
    found = two_of_each(holders(ROOT)) + sorted(elsewhere.rglob("*.*"))
    found += [*(ROOT / "workbook" / "judge").glob("*.py"), ROOT / "workbook" / "exercises.py"]
    found += sorted(path for path in (ROOT / ".git").rglob("*") if path.is_file())[::2000]
    found += [Path(f"/proc/self/{name}") for name in ("environ", "cmdline", "maps", "mem")]
    return [str(path) for path in found if path.is_file() or "proc" in path.parts]


def test_the_list_is_found_and_not_written(everything):
    """Each place where answers are known to stand is among what was found by their text."""
    for place in ("course/c04_forget_gate/answers.py", "course/c08_full_cell/answers.py", "solutions/fr/",
                  "tests/bank/", "course/c04_forget_gate/mistakes.toml", "copy/course/c04_forget_gate/answers.py",
                  "bob.ipynb"):
        assert any(place in path for path in everything), place
    assert len(everything) > 40


@pytest.mark.parametrize("fences", [["kernel"], ["audit"]], ids=" ".join)
def test_nothing_that_holds_an_answer_can_be_taken(everything, fences, monkeypatch):
    """Neither fence leans on the other."""
    monkeypatch.setattr(keeper.Child, "fences", fences)
    with grade.Child(120, 2000, "taken") as child:
        assert child.ask(run=[WAYS], name="taken", owned=[]) == {"there": True, "callable": True, "errors": []}
        assert grade.Answer(child)(everything, None) == []
        assert grade.Answer(child)([inspect.getfile(exercises), inspect.getfile(judge)], ["imported"]) == []
    with grade.Child(60, 2000, "own") as child:            # each way is one: what is a submission's own can be read so
        child.ask(run=[WAYS], name="own", owned=[])
        assert set(READING) - set(grade.Answer(child)()) == set()


CHANGES = """
import os, shutil

def changed(there, new):
    open("own", "w").write("own")
    ways = dict(write=lambda: open(there, "w"), append=lambda: open(there, "a"), make=lambda: open(new, "x"),
                remove=lambda: os.remove(there), rename=lambda: os.rename("own", new),
                over=lambda: os.replace("own", there), away=lambda: os.rename(there, "taken"),
                mkdir=lambda: os.mkdir(new), rmdir=lambda: os.rmdir(new + "-"), link=lambda: os.link("own", new),
                symlink=lambda: os.symlink("own", new), chmod=lambda: os.chmod(there, 0o777),
                chown=lambda: os.chown(there, 0, 0), truncate=lambda: os.truncate(there, 0),
                utime=lambda: os.utime(there, (0, 0)),
                copy=lambda: shutil.copyfile("own", new), tree=lambda: shutil.rmtree(new + "-"))
    done = []
    for name, way in ways.items():
        try:
            way()
            done.append(name)
        except PermissionError:
            pass
    return done"""


def test_nothing_outside_is_changed_by_any_way(tmp_path):
    (tmp_path / "new-").mkdir()
    (tmp_path / "kept").write_text("kept")
    with grade.Child(60, 2000, "changed") as child:
        child.ask(run=[CHANGES], name="changed", owned=[])
        assert grade.Answer(child)(str(tmp_path / "kept"), str(tmp_path / "new")) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "new-"]


@pytest.mark.parametrize("hold", ["fence._fence(home)", "landlock.hold(*fence._open(home), [home, '/dev/null'])"],
                         ids=["audit", "kernel"])
@pytest.mark.parametrize("room", ["course", "Course", "workbook", "lstmlib"])
def test_an_installed_copy_of_the_course_is_closed_too(tmp_path, room, hold):
    """Among Python's own packages, which can be read. Neither fence leans on the other."""
    if "landlock" in hold and not landlock.there():
        pytest.skip("no Landlock here")
    packages = tmp_path / "packages"
    (packages / room).mkdir(parents=True)
    (packages / room / "kept.py").write_text("kept = 1")
    code = f"""
import sys
from workbook import fence, landlock
sys.path.append({str(packages)!r})
home = {str(tmp_path / "home")!r}
{hold}
print(open({str(packages / room / "kept.py")!r}).read())"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == ("kept = 1" if room == "lstmlib" else "") and done.returncode == (room != "lstmlib")


def test_a_child_to_whom_nothing_is_said_ends_quietly():
    """Its grader has gone before it spoke."""
    done = subprocess.run([sys.executable, "-m", "workbook.fence", "5", "500"], cwd=ROOT, input="",
                          capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_answer_is_not_there_under_its_name():
    """By import, in any spelling, of whatever holds it; nor is it anywhere in memory."""
    rooms = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in holders(ROOT) if path.suffix == ".py"]
    cell = textwrap.dedent(f"""
        import gc, importlib, sys
        def found():
            got = []
            for name in {rooms!r}:
                for spelled in (name, name.title(), name.replace("course.", "tests...course.")):
                    for kept in [kept for kept in sys.modules if kept.split(".")[0] in ("course", "tests")]:
                        del sys.modules[kept]
                    try:
                        got.append(importlib.import_module(spelled).__name__)
                    except BaseException:
                        pass
            return got, [str(o) for o in gc.get_objects() if callable(o)
                         and str(getattr(o, "__module__", "")).startswith(("course.", "tests."))]
        """)
    with grade.Child(60, 2000, "found") as child:
        child.ask(run=[cell], name="found", owned=[])
        assert grade.Answer(child)() == ([], [])


def test_no_two_gradings_ask_the_same():
    """Fresh inputs are drawn anew, on every machine and in every process; those of the judge are its own."""
    task = exercises.book()["half_life"]
    ours = {args[0] for _, args in judge.run.cases(task)}
    def drawn():
        grade.on_fresh_inputs.cache_clear()
        return {args[0] for _, args in judge.run.cases(grade.on_fresh_inputs("half_life"))} - ours
    first, second = drawn(), drawn()
    assert len(first) >= 4 and not first & second
    tree = ast.parse(inspect.getsource(grade.on_fresh_inputs))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, int)]


def test_what_python_needs_is_there():
    """Modules that nobody has imported yet, data of packages, files of one's own, and nothing at all."""
    cell = """
        import os, tempfile, decimal, json, statistics, lstmlib
        from scipy import special
        from lstmlib import tasks, sweep, interchange
        def half_life(f):
            with open("notes", "w") as file:
                file.write("x")
            with open("notes") as file, open(os.devnull) as nothing, tempfile.NamedTemporaryFile() as other:
                assert file.read() == "x" and nothing.read() == "" and open(lstmlib.__file__).read()
            return float(-1 / (special.log1p(f - 1) / special.log1p(1.0)))
        check("half_life", half_life)"""
    room = ["from workbook import check", textwrap.dedent(cell)]
    assert importlib.util.find_spec("scipy")
    assert grade.grade("half_life", room).score == 1
