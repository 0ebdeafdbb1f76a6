"""A browser has no thread, no timer, no process and few of the system's modules: what learners import works without.

Tried twice: by Python with all of that taken away, and by Pyodide, which is the Python of a browser, under Node.
Pyodide is looked for in the folder that the variable PYODIDE names, as made by  npm install pyodide.
"""
import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NODE, PYODIDE = shutil.which("node"), os.environ.get("PYODIDE")
PACKAGES = Path(distribution("anywidget").locate_file(""))

TAKEN_AWAY = '''
import os, signal, subprocess, sys, threading, time, types

def refused(*args, **named):
    raise RuntimeError("a browser has none")

for name in "msvcrt pwd grp syslog lzma ssl sqlite3 _multiprocessing".split():
    sys.modules[name] = None                 # then it cannot be imported
for name in "fcntl resource termios".split():
    sys.modules[name] = {instead}
threading.Thread.start = subprocess.Popen.__init__ = signal.signal = os.system = refused
del time.thread_time
for module, names in (signal, "setitimer alarm pthread_kill"), (os, "fork forkpty posix_spawn posix_spawnp kill"):
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
'''
STOPPED = '''
from workbook.judge.calls import TooLong, within

def endless():
    while True:
        try:
            while True:
                sum(range(10))
        except:
            pass

def stopped(f):
    began = time.monotonic()
    try:
        within(.2, f)
    except TooLong:
        return time.monotonic() - began < 10 and sys.gettrace() is None
'''
LEARNED = '''
import json, os, sys, tempfile, time
''' + STOPPED + '''
home = tempfile.mkdtemp()
os.mkdir(home + "/.origin")
os.chdir(home)

import numpy as np
import lstmlib, workbook
from lstmlib import tasks
from lstmlib import *
from workbook import *
from workbook import judge, questions, quizzes, room
from workbook.exercises import book

assert lstmlib.__all__ and all(hasattr(lstmlib, name) for name in lstmlib.__all__)
assert stopped(endless)
run = forward(LSTM, weights(LSTM, 3, 4, np.random.default_rng(0)), np.ones((5, 3, 2)))
assert run.h.shape == (5, 4, 2) and np.isfinite(run.h).all()
net = trained(LSTM, tasks.recall(5), 8, updates=20)

gate = book()["forget_gate"].right
verdicts = {"wrong": check("forget_gate", lambda *given: 1 - gate(*given)), "right": check("forget_gate", gate),
            "long": check("lstm_backward", book()["lstm_backward"].right),
            "puzzle": check("latch", book()["latch"].right)}
judge.SECONDS = .3
verdicts["strange"] = check("half_life", lambda f: np.log(f))
verdicts["endless"] = check("half_life", lambda f: endless())

for asked in quiz("04"), predict("04-never-forget"):
    prompt = next(child for child in asked.children if isinstance(child, questions.Prompt))
    prompt.press(0)
    assert prompt.said

for name in "first_slider", "two_unit_rnn", "gradient_flow", "forget_gate", "two_keys", "belt", "flow_order":
    explorer = getattr(explorers, name)()
    before = explorer.picture
    assert before.startswith("<"), name
    explorer.asked = {**explorer.asked, "lecture": True}
    assert explorer.picture != before and explorer.drawn["lecture"], name

with progress_bar(5):
    trained(LSTM, tasks.recall(5), 8, updates=5)
assert sys.platform != "emscripten" or "list of files" in fresh("04").text
speak("fr")
french = say("Predict")
print(json.dumps({"kinds": {name: verdict.kind for name, verdict in verdicts.items()}, "french": french,
                  "kept": {kind: list(entries) for kind, entries in json.load(open(home + "/progress.json")).items()
                           if isinstance(entries, dict)}}))
'''
BARE = """
import sys, time
from unittest.mock import MagicMock
sys.modules["numpy"] = MagicMock(ndarray=bytearray, generic=bytearray)          # kinds that no answer here has
""" + STOPPED + """
from workbook import quizzes, words
assert stopped(endless) and len(quizzes.CHAPTERS) > 10
words.speak("fr")
print(words.say("Predict"))
"""
IN_NODE = """
const [home, root, packages, learned, bare] = process.argv.slice(2);
const {loadPyodide} = await import(`file://${home}/pyodide.mjs`);
const python = await loadPyodide({stdout: console.error});     // what it looks for; Python alone prints, below
for (const [place, from] of [["/course", root], ["/packages", packages]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, {root: from}, place);
}
await python.loadPackage(["numpy", "pillow"], {messageCallback: () => {}, errorCallback: () => {}}).catch(() => {});
python.setStdout({batched: console.log});
const numpy = "numpy" in python.loadedPackages;
python.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/course")
sys.path.append("/packages")`);
try {
  python.runPython(numpy ? learned : bare);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
"""


def held(out):
    """What the learner's visit must have left."""
    said = json.loads(out.splitlines()[-1])
    assert said["kinds"] == {"wrong": "mistake", "strange": "two", "right": "right", "long": "right", "puzzle": "right",
                             "endless": "endless"}
    assert said["french"] == "Prédisez"
    kept = said["kept"]
    assert sorted(kept["exercises"]) == ["forget_gate", "lstm_backward"] and kept["puzzles"] == ["latch"]
    assert len(kept["answers"]) == 1 and kept["predictions"] == ["04-never-forget"]


def run(*command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", timeout=300,
                          env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"})
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("instead", ["None", "types.ModuleType(name)"], ids=["missing", "empty as in JupyterLite"])
def test_all_that_a_browser_lacks_taken_away(instead):
    held(run(sys.executable, "-c", TAKEN_AWAY.replace("{instead}", instead) + LEARNED))


def test_jupyterlite_gets_every_chapter_and_a_cell_that_fetches_the_course(tmp_path):
    spec = importlib.util.spec_from_file_location("lite_build", ROOT / "lite/build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    build.chapters(tmp_path)
    ours = sorted((ROOT / "chapters").glob("*/*.ipynb"))
    assert [path.name for path in sorted(tmp_path.glob("*/*.ipynb"))] == [path.name for path in ours]
    for path in ours:
        book = nbformat.read(tmp_path / path.parent.name / path.name, as_version=4)
        nbformat.validate(book)
        code = [cell.source for cell in book.cells if cell.cell_type == "code"]
        assert code[1:] == [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
        for package in ["lstmlib", "numpy", *["babel"] * (path.parent.name == "fr")]:
            assert re.search(rf"^%pip install .* ?{package}\b", code[0], re.M), path
    assert all(build.pinned(name) for name in build.PURE)


def test_under_pyodide():
    """All of it, where Pyodide's NumPy lies there or can be fetched; else what needs none: a loop that is stopped."""
    if not (NODE and PYODIDE):
        pytest.skip("needs Node, and in PYODIDE the folder of npm's pyodide")
    out = run(NODE, "--input-type=module", "-", str(Path(PYODIDE).resolve()), str(ROOT), str(PACKAGES), LEARNED, BARE,
              text=IN_NODE)
    if "{" in out:
        held(out)
    else:
        assert out.split() == ["Prédisez"]


def test_jupyterlite_fetches_what_a_room_imports():
    spec = importlib.util.spec_from_file_location("lite_build", ROOT / "lite/build.py")
    lite = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lite)
    called = {"sklearn": "scikit-learn", "charset_normalizer": "charset-normalizer", "PIL": "pillow"}
    theirs = {"torch", "keras", "nbformat", "IPython", "traitlets", *sys.stdlib_module_names,
              "lstmlib", "workbook", "course"}                    # borrowed, or the kernel's, or ours
    for room in sorted((ROOT / "course").glob("c[0-9]*")):
        nodes = [node for path in room.glob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
        names = [one.name for node in nodes if isinstance(node, ast.Import) for one in node.names]
        names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
        tops = {name.split(".")[0] for name in names}
        fetched = {*lite.PURE, *lite.COMPILED, *lite.MORE.get(room.name[1:3], [])}
        assert {called.get(top, top) for top in tops - theirs} <= fetched, room.name
