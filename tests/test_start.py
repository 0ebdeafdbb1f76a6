"""start.py, in folders of its own and without a network: what it copies, what it keeps, what it says."""
import ast
import contextlib
import errno
import importlib.util
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import types
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

from workbook.build import KERNEL

SOURCE = Path(__file__).parent.parent / "start.py"
NAME = "04-forget-gate.ipynb"


def notebook(*codes, count=1):
    """A notebook as the build leaves it: a title, then cells that were executed."""
    output = {"output_type": "stream", "name": "stdout", "text": ["seen\n"]}
    cells = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# Forget gate – é\n"]}]
    cells += [{"cell_type": "code", "id": f"c{k}", "metadata": {}, "source": code.splitlines(True),
               "outputs": [output], "execution_count": count} for k, code in enumerate(codes)]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code(path):
    return ["".join(cell["source"]) for cell in read(path)["cells"] if cell["cell_type"] == "code"]


@pytest.fixture
def start(tmp_path, monkeypatch):
    """start.py as a module that believes it lies in an empty course, with one chapter in two languages."""
    for name in ("CONDA_DEFAULT_ENV", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "COURSE_WORK", "JUPYTERHUB_SERVICE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    shutil.copy(SOURCE, tmp_path)
    spec = importlib.util.spec_from_file_location("start", tmp_path / "start.py")
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    for folder in ("chapters/en", "chapters/fr", "solutions/en", "solutions/fr"):
        write(tmp_path / folder / NAME, notebook("f = 1\nf"))
    (tmp_path / "requirements.txt").write_text(
        "numpy==1\nuv==2 \\\n    --hash=sha256:0\n    # via nobody\nzipp==3\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return start


@pytest.fixture
def course(start):
    return start.ROOT


# --- old Pythons -----------------------------------------------------------------------------------

def test_syntax_is_one_that_old_pythons_read():
    """Python 2.7 and 3.4 must get as far as the sentence that tells them they are too old."""
    text = SOURCE.read_text(encoding="utf-8")
    assert text.startswith("# -*- coding: utf-8 -*-")       # else Python 2 refuses the first é
    for node in ast.walk(ast.parse(text)):
        assert not isinstance(node, (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Nonlocal, ast.Match,
                                     ast.AsyncFunctionDef, ast.Await, ast.YieldFrom)), node.lineno
        if isinstance(node, ast.FunctionDef):
            assert not node.args.kwonlyargs and not node.args.posonlyargs and node.returns is None, node.name
            assert all(arg.annotation is None for arg in node.args.args), node.name
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            assert not any(isinstance(part, ast.Starred) for part in node.elts), node.lineno
        if isinstance(node, ast.Call):                      # f(*a, b) and f(**a, **b) are too new
            assert not any(isinstance(part, ast.Starred) for part in node.args[:-1]), node.lineno
            assert sum(word.arg is None for word in node.keywords) <= 1, node.lineno
        if isinstance(node, ast.Dict):
            assert None not in node.keys, node.lineno
        if isinstance(node, ast.Raise):
            assert node.cause is None, node.lineno


def test_old_python_is_told(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is Python 3\.10"):
        exec(compile(SOURCE.read_text(encoding="utf-8"), "start.py", "exec"), {"__name__": "start"})


OLD = [shutil.which(f"python{version}") for version in ("2.7", "3.6", "3.8", "3.10")]
OLD = [path for path in OLD if path and "shims" not in path]                # those lead nowhere
OLD += [str(path) for path in Path.home().glob(".pyenv/versions/*/bin/python")
        if re.match(r"(2\.7|3\.\d|3\.10)\.", path.parts[-3])]


@pytest.mark.parametrize("python", OLD or [pytest.param("", marks=pytest.mark.skip("no old Python here"))])
def test_old_python_says_it(python):
    done = subprocess.run([python, str(SOURCE)], capture_output=True, env={"PATH": os.environ["PATH"]})
    assert done.returncode == 1
    assert b"needs Python 3.11 or newer" in done.stderr and b"SyntaxError" not in done.stderr


# --- language --------------------------------------------------------------------------------------

@pytest.mark.parametrize("variables, language", [
    ({"LANG": "fr_FR.UTF-8"}, "fr"), ({"LANG": "fr_CA"}, "fr"), ({"LANG": "de_DE.UTF-8"}, "en"),
    ({"LANG": "C.UTF-8"}, "en"), ({"LANG": "en_US.UTF-8", "LC_ALL": "fr_BE.UTF-8"}, "fr"),
    ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en:fr"}, "en")])
def test_language_is_the_systems(start, monkeypatch, variables, language):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert start.readers_language() == language


def test_language_where_no_variable_is_set(start, monkeypatch):
    monkeypatch.delenv("LANG")
    monkeypatch.setattr(start.locale, "getlocale", lambda: ("French_France", "1252"))
    assert start.readers_language() == "fr"


def test_language_is_the_folders_then_the_last_then_the_systems(start, course, monkeypatch, capsys):
    """A French reader's `fresh` renews the French copy, in French words."""
    for language in ("en", "fr"):
        start.lay_out(language)
    start.lab("fr", NAME, None)
    assert start.readers_language() == "fr"
    monkeypatch.chdir(course / "work/en")
    assert start.readers_language() == "en"
    monkeypatch.chdir(course)
    write(course / "work/fr" / NAME, notebook("à moi"))
    assert start.main(["fresh", "4"]) == 0 and "Une copie neuve" in capsys.readouterr().out
    assert code(course / "work/fr" / NAME) == ["f = 1\nf"] and not list((course / "work/en").glob("*(*"))
    start.lab("en", NAME, None)
    assert start.readers_language() == "en"
    for damage in ("", "[]", "{}", '{"@jupyterlab/translation-extension:plugin": {"locale": "de_DE"}}'):
        start.overrides().write_text(damage)
        assert start.readers_language() == "en"             # the system's


@pytest.mark.parametrize("asked, port, more", [(None, 8888, 99), (9999, 9999, 0)])
def test_a_port_that_was_asked_for_is_that_one_or_none(start, course, asked, port, more):
    start.lay_out("en")
    command = start.lab("en", NAME, asked)
    assert f"--ServerApp.port={port}" in command and f"--ServerApp.port_retries={more}" in command


def test_language_of_a_folder_that_is_gone(start, course, monkeypatch):
    (course / "gone").mkdir()
    monkeypatch.chdir(course / "gone")
    (course / "gone").rmdir()
    assert start.readers_language() == "en"


@pytest.mark.parametrize("words, language, port, browser", [
    ([], "en", None, True), (["fr"], "fr", None, True), (["--port", "9999", "fr"], "fr", 9999, True),
    (["--port=65535"], "en", 65535, True), (["en", "--no-browser"], "en", None, False)])
def test_words_of_the_command_line(start, monkeypatch, words, language, port, browser):
    opened = []
    monkeypatch.setattr(start, "install", lambda: None)
    monkeypatch.setattr(start, "open_lab", lambda *how: opened.append(how) or 0)
    assert start.main(words) == 0
    assert opened == [(language, None, port, browser)]
    assert [path.name for path in (start.ROOT / "work").iterdir() if path.name != ".origin"] == [language]


@pytest.mark.parametrize("words", [["bogus"], ["fresh"], ["--port", "0"], ["--port=65536"], ["--port=x"]])
def test_words_that_mean_nothing_are_refused(start, words, capsys):
    with pytest.raises(SystemExit) as refusal:
        start.main(words)
    assert refusal.value.code == 2
    assert "python start.py fresh 03" in capsys.readouterr().err


def test_french_keeps_its_spaces(start):
    start.LANGUAGE[0] = "fr"
    assert start.pick("", "« {} » : oui ?", "a") == "«\u00a0a\u00a0»\u00a0: oui\u00a0?"


# --- the learner's copies --------------------------------------------------------------------------

def test_first_copy_has_no_outputs(start, course):
    start.lay_out("en")
    for copied in (course / "work/en" / NAME, course / "work/.origin/en" / NAME):
        cell = read(copied)["cells"][1]
        assert (cell["outputs"], cell["execution_count"]) == ([], None)
        assert code(copied) == ["f = 1\nf"]
    assert "# Forget gate – é" in (course / "work/en" / NAME).read_text(encoding="utf-8")
    assert not list(course.glob("work/**/*.part"))


def test_first_copy_says_of_its_kernel_what_jupyterlab_would(start, course):
    """Else JupyterLab asks to save a chapter that nobody has touched."""
    write(course / "chapters/en" / NAME, dict(notebook("f"), metadata=KERNEL | {"lang": "en"}))
    start.lay_out("en")
    told = read(course / "work/en" / NAME)["metadata"]
    assert told["language_info"].pop("version") == platform.python_version()
    from jupyter_client.kernelspec import KernelSpecManager
    spec = KernelSpecManager(kernel_dirs=[]).get_kernel_spec("python3")
    assert told["kernelspec"] == {"display_name": spec.display_name, "language": spec.language, "name": "python3"}
    ask = "import json; from ipykernel.ipkernel import IPythonKernel; print(json.dumps(IPythonKernel().language_info))"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True).stdout     # its own kernel
    own = dict(json.loads(said), codemirror_mode={"name": "ipython", "version": 3})
    assert told["language_info"] == {key: own[key] for key in own if key != "version"}


def test_copies_are_signed_but_not_what_others_ran(start, course, monkeypatch):
    """What a chapter shows stays shown when it is saved half run: its other cells are trusted from the start."""
    from nbformat.sign import NotebookNotary
    monkeypatch.setattr(start, "python", lambda: sys.executable)
    own = course / "work/.jupyter/data"
    start.lay_out("en")
    mine = course / "work/en" / NAME

    def trusted():
        return NotebookNotary(data_dir=str(own)).check_signature(nbformat.read(mine, as_version=4))

    assert trusted()
    write(mine, changed(read(mine), 1, outputs=notebook("f")["cells"][1]["outputs"]))
    assert not trusted()
    write(course / "chapters/en" / NAME, changed(notebook("f = 1\nf"), 0, source="# Renewed"))
    start.lay_out("en")
    assert read(mine)["cells"][0]["source"] == "# Renewed" and not trusted()
    start.fresh("en", "04")
    assert trusted()


def test_where_the_reader_was(start, course):
    """At first the first chapter; then whatever was saved last; after a fresh copy, that one."""
    names = ["00-start-here.ipynb", NAME, "05-input-gate.ipynb"]
    for name in names:
        write(course / "chapters/en" / name, notebook("f"))
    assert start.last("en") is None
    start.lay_out("en")
    assert start.last("en") == names[0]
    for name in ("05-input-gate.ipynb", "mine.ipynb", NAME):
        write(course / "work/en" / name, notebook("mine"))
        assert start.last("en") == name
        time.sleep(.02)                                     # a disk's clock is slower than we are
    start.main(["fresh", "0"])
    assert start.last("en") == names[0]


@pytest.mark.parametrize("language, words", [("en", "A fresh one"), ("fr", "Une copie neuve")])
def test_start_py_answers_in_the_readers_folder_too(start, course, language, words):
    """As in a terminal inside JupyterLab; a start.py of the reader's own stays."""
    start.lay_out(language)
    start.lab(language, NAME, None)
    folder = course / "work" / language
    done = subprocess.run([sys.executable, "start.py", "fresh", "04"], cwd=folder, text=True, capture_output=True,
                          encoding="utf-8", env=dict(os.environ, PYTHONUTF8="1"))
    assert done.returncode == 0 and words in done.stdout, done.stderr
    assert len(list(folder.glob("*.ipynb"))) == 2
    (folder / "start.py").write_text("my = 'own'")
    start.lab(language, NAME, None)
    assert (folder / "start.py").read_text() == "my = 'own'"


def test_many_share_one_course(start, course, tmp_path_factory, monkeypatch):
    """Each reader's copies, settings and fresh copies lie in a folder of their own; the course's stays untouched."""
    monkeypatch.setattr(start, "install", lambda: None)
    monkeypatch.setattr(start, "open_lab", lambda language, *_: bool(start.lab(language, NAME, None)))
    monkeypatch.setattr(start.time, "sleep", lambda _: pytest.fail("one reader waits for another"))
    before = sorted(course.rglob("*"))
    held = contextlib.ExitStack()
    for name in ("ada", "emmy"):
        home = tmp_path_factory.mktemp(name)
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("USERPROFILE", str(home))
        monkeypatch.setenv("COURSE_WORK", "~/lstm")
        start.main(["fr"])
        assert start.readers_language() == "fr" and start.environ()["COURSE_WORK"] == "~/lstm"
        write(home / "lstm/fr" / NAME, notebook(name))
        assert start.main(["fresh", "04"]) == 0
        assert code(home / "lstm/fr" / NAME) == ["f = 1\nf"]
        assert code(home / "lstm/fr" / (NAME[:-6] + " (ancien).ipynb")) == [name]
        assert Path(start.environ()["JUPYTER_CONFIG_DIR"], "custom/custom.css").parents[3] == home
        held.enter_context(start.alone())
    held.close()
    assert sorted(course.rglob("*")) == before


@pytest.mark.skipif(os.name != "posix", reason="JupyterHub runs on POSIX")
def test_on_a_hub_it_becomes_the_readers_server(start, course, monkeypatch):
    """JupyterHub says where to listen and signals the process that it started; what it tells it is kept."""
    became = []
    monkeypatch.setattr(start, "install", lambda: None)
    monkeypatch.setattr(start.os, "execve", lambda *words: became.append(words) or sys.exit(0))
    monkeypatch.setenv("JUPYTERHUB_SERVICE_URL", "http://127.0.0.1:5000/user/ada/")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "secret")
    monkeypatch.setenv("JUPYTER_PATH", "/elsewhere")
    monkeypatch.chdir(course)
    with pytest.raises(SystemExit):
        start.main(["en"])
    (program, command, variables), = became
    assert program == command[0] == start.python() and "jupyterhub.singleuser" in command
    assert "--ServerApp.default_url=/lab/tree/" + NAME in command and not re.search("ServerApp.(ip|port)", str(command))
    assert variables["JUPYTERHUB_API_TOKEN"] == "secret" and "JUPYTER_PATH" not in variables
    assert Path.cwd() == course / "work/en"


def test_both_languages_live_side_by_side(start, course):
    start.lay_out("en")
    write(course / "work/en" / NAME, notebook("mine"))
    start.lay_out("fr")
    assert code(course / "work/fr" / NAME) == ["f = 1\nf"] and code(course / "work/en" / NAME) == ["mine"]


def test_second_start_touches_nothing(start, course):
    start.lay_out("en")
    write(course / "work/en" / NAME, notebook("f = 1\nf", "an answer"))
    before = (course / "work/en" / NAME).read_bytes()
    start.lay_out("en")
    assert (course / "work/en" / NAME).read_bytes() == before
    assert len(list((course / "work/en").iterdir())) == 1


def test_a_deleted_copy_comes_back(start, course):
    start.lay_out("en")
    (course / "work/en" / NAME).unlink()
    start.lay_out("en")
    assert code(course / "work/en" / NAME) == ["f = 1\nf"]


def changed(notebook, k, **parts):
    """The notebook with other parts in one cell."""
    cells = [dict(cell, **parts) if j == k else cell for j, cell in enumerate(notebook["cells"])]
    return dict(notebook, cells=cells)


ADDED = {
    "output": (1, {"outputs": notebook("f = 1\nf")["cells"][1]["outputs"], "execution_count": 7}),
    "attachment": (0, {"attachments": {"mine.png": {"image/png": "iVBORw0KGgo="}}}),
    "tags": (0, {"metadata": {"tags": ["again"]}}),
    "slide": (1, {"metadata": {"slideshow": {"slide_type": "skip"}}})}


def test_unchanged_copy_is_renewed(start, course, capsys):
    """Counts and the empty cell that JupyterLab adds at the end are no changes."""
    start.lay_out("en")
    ran = notebook("f = 1\nf", "", count=7)
    for cell in ran["cells"][1:]:
        cell["outputs"] = []
    write(course / "work/en" / NAME, ran)
    write(course / "chapters/en" / NAME, notebook("f = .5\nf"))
    start.lay_out("en")
    assert code(course / "work/en" / NAME) == code(course / "work/.origin/en" / NAME) == ["f = .5\nf"]
    assert len(list((course / "work/en").iterdir())) == 1
    assert "renewed" in capsys.readouterr().out


@pytest.mark.parametrize("k, parts", ADDED.values(), ids=ADDED)
def test_an_update_of_another_cell_keeps_what_was_added(start, course, k, parts):
    """Two updates in a row: the prose of cell 2 is renewed in the learner's own copy, all else stays."""
    version = notebook("f = 1\nf")
    version["cells"].append({"cell_type": "markdown", "id": "last", "metadata": {}, "source": "one"})
    write(course / "chapters/en" / NAME, version)
    start.lay_out("en")
    mine = course / "work/en" / NAME
    write(mine, dict(changed(read(mine), k, **parts), metadata={"widgets": {"of": "mine"}}))
    for words in ("two", "three"):
        write(course / "chapters/en" / NAME, changed(version, 2, source=words))
        start.lay_out("en")
        cells = read(mine)["cells"]
        assert cells[2]["source"] == words and {key: cells[k][key] for key in parts} == parts
        assert read(mine)["metadata"]["widgets"] == {"of": "mine"}
        assert start.content(read(course / "work/.origin/en" / NAME)) == start.content(
            start.bare(course / "chapters/en" / NAME))
    assert len(list((course / "work/en").iterdir())) == 1


@pytest.mark.parametrize("k, parts", ADDED.values(), ids=ADDED)
@pytest.mark.parametrize("update", ["the cell is another", "the cell is gone"])
def test_an_update_never_throws_away_what_was_added(start, course, capsys, k, parts, update):
    start.lay_out("en")
    mine, other = course / "work/en" / NAME, course / "work/en/04-forget-gate (new).ipynb"
    write(mine, changed(read(mine), k, **parts))
    kept, version = mine.read_bytes(), notebook("f = 1\nf")
    version["cells"][k].update({"source": "another"}, **({"id": "new"} if "gone" in update else {}))
    write(course / "chapters/en" / NAME, version)
    start.lay_out("en")
    assert mine.read_bytes() == kept and read(other)["cells"][k]["source"] == "another"
    assert other.name in capsys.readouterr().out

    write(other, changed(read(other), k, **parts))          # and so for the newer one, if that is used
    kept = other.read_bytes()
    write(course / "chapters/en" / NAME, notebook("version three"))
    start.lay_out("en")
    assert other.read_bytes() == kept
    assert code(course / "work/en/04-forget-gate (new 2).ipynb") == ["version three"]


def test_results_of_other_code_are_not_put_under_the_new_one(start, course):
    write(course / "chapters/en" / NAME, notebook("f = 1", "f"))
    start.lay_out("en")
    mine = course / "work/en" / NAME
    write(mine, changed(read(mine), 2, outputs=notebook("f")["cells"][1]["outputs"]))
    kept = mine.read_bytes()
    write(course / "chapters/en" / NAME, notebook("f = 2", "f"))
    start.lay_out("en")
    assert mine.read_bytes() == kept and code(course / "work/en/04-forget-gate (new).ipynb") == ["f = 2", "f"]


def test_changed_copy_stays_and_the_new_one_lies_beside_it(start, course, capsys):
    start.lay_out("en")
    write(course / "work/en" / NAME, notebook("my own work"))
    write(course / "chapters/en" / NAME, notebook("version two"))
    start.lay_out("en")
    assert code(course / "work/en" / NAME) == ["my own work"]
    assert code(course / "work/en/04-forget-gate (new).ipynb") == ["version two"]
    assert "04-forget-gate (new).ipynb" in capsys.readouterr().out
    start.lay_out("en")                                     # no news: nothing more is laid down, or said
    assert len(list((course / "work/en").iterdir())) == 2 and capsys.readouterr().out == ""

    write(course / "chapters/en" / NAME, notebook("version three"))         # untouched: the same place serves
    start.lay_out("en")
    assert code(course / "work/en/04-forget-gate (new).ipynb") == ["version three"]
    write(course / "work/en/04-forget-gate (new).ipynb", notebook("my second work"))
    write(course / "chapters/en" / NAME, notebook("version four"))
    start.lay_out("en")
    assert code(course / "work/en" / NAME) == ["my own work"]
    assert code(course / "work/en/04-forget-gate (new).ipynb") == ["my second work"]
    assert code(course / "work/en/04-forget-gate (new 2).ipynb") == ["version four"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"cells": [{}]}', '{"cells": 3}', '{"cells": ["x"]}',
                                    '{"cells": [{"source": 3}]}', "[" * 100_000])
def test_damaged_origin_never_costs_the_learners_work(start, course, damage):
    start.lay_out("en")
    write(course / "work/en" / NAME, notebook("my own work"))
    (course / "work/.origin/en" / NAME).write_text(damage)
    start.lay_out("en")
    assert code(course / "work/en" / NAME) == ["my own work"]
    assert code(course / "work/en/04-forget-gate (new).ipynb") == ["f = 1\nf"]
    assert code(course / "work/.origin/en" / NAME) == ["f = 1\nf"]          # mended


def test_lost_origin_of_an_unchanged_copy_is_made_again(start, course):
    start.lay_out("en")
    (course / "work/.origin/en" / NAME).unlink()
    write(course / "work/en" / NAME, notebook("f = 1\nf"))
    start.lay_out("en")
    assert code(course / "work/.origin/en" / NAME) == ["f = 1\nf"]
    assert read(course / "work/en" / NAME)["cells"][1]["outputs"]
    assert len(list((course / "work/en").iterdir())) == 1


def test_damaged_copy_is_left_to_the_learner(start, course):
    start.lay_out("en")
    (course / "work/en" / NAME).write_text("half a notebook that was being sa")
    write(course / "chapters/en" / NAME, notebook("version two"))
    start.lay_out("en")
    assert (course / "work/en" / NAME).read_text() == "half a notebook that was being sa"
    assert code(course / "work/en/04-forget-gate (new).ipynb") == ["version two"]


@pytest.mark.parametrize("number", ["04", "4"])
def test_fresh_keeps_the_old_one(start, course, number, capsys):
    start.lay_out("en")
    for work in ("first", "second"):
        write(course / "work/en" / NAME, notebook(work))
        assert start.main(["fresh", number]) == 0
        assert code(course / "work/en" / NAME) == ["f = 1\nf"]
    assert code(course / "work/en/04-forget-gate (old).ipynb") == ["first"]
    assert code(course / "work/en/04-forget-gate (old 2).ipynb") == ["second"]
    assert "04-forget-gate (old 2).ipynb" in capsys.readouterr().out


def test_fresh_in_french_before_any_start(start, course):
    assert start.main(["fr", "fresh", "04"]) == 0
    assert code(course / "work/fr" / NAME) == ["f = 1\nf"]
    assert code(course / "work/.origin/fr" / NAME) == ["f = 1\nf"]


def test_fresh_of_a_chapter_that_is_not_there(start, capsys):
    assert start.main(["fresh", "42"]) == 1
    assert capsys.readouterr().err.strip() == "There is no chapter 42; there are 04."


def test_course_without_chapters_says_so(start, course, monkeypatch, capsys):
    shutil.rmtree(course / "chapters")
    monkeypatch.setattr(start, "install", lambda: None)
    assert start.main([]) == 1
    assert "There are no notebooks" in capsys.readouterr().err


def test_test_without_notebooks_says_so(start, course, machine, monkeypatch, capsys):
    shutil.rmtree(course / "solutions" / "fr")
    monkeypatch.setattr(start, "install", lambda: None)
    assert start.main(["test"]) == 1
    assert str(Path("solutions/fr")) in capsys.readouterr().err and not machine.did


# --- what can go wrong -----------------------------------------------------------------------------

def test_taken_port_is_said(start, monkeypatch, capsys):
    monkeypatch.setattr(start, "install", lambda: None)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not start.is_free(port)
        assert start.main(["--port", str(port)]) == 1
        assert start.main(["fr", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"Port {port} is taken" in said and f"Le port {port} est pris" in said
    assert said.count(f"--port {port + 1}") == 2
    assert start.is_free(port)


def test_after_the_last_port_comes_no_other(start, monkeypatch, capsys):
    monkeypatch.setattr(start, "install", lambda: None)
    monkeypatch.setattr(start, "is_free", lambda port: False)
    assert start.main(["--port=65535"]) == 1
    assert capsys.readouterr().err.strip().endswith("--port 8888")


@pytest.mark.parametrize("number, english, french", [
    (errno.EACCES, "Cannot write", "Impossible d'écrire"),
    (errno.EROFS, "Cannot write", "Impossible d'écrire"),
    (errno.ENOSPC, "The disk is full", "Le disque est plein")])
def test_folder_that_cannot_be_written(start, monkeypatch, capsys, number, english, french):
    def refuse(self, *_, **__):
        raise OSError(number, os.strerror(number), str(self))

    monkeypatch.setattr(start, "install", lambda: None)
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert start.main([]) == 1 and start.main(["fr"]) == 1
    said = capsys.readouterr().err
    assert english in said and french in said and "Traceback" not in said


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="to root, no folder is read-only")
def test_folder_that_is_read_only(start, course, capsys):
    course.chmod(0o555)
    try:
        assert start.main(["fresh", "04"]) == 1
    finally:
        course.chmod(0o755)
    assert "Cannot write" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["work", "work/en", "work/.origin", "work/.origin/en", ".venv"])
@pytest.mark.parametrize("thing", ["file", "dangling link", "link to itself"])
def test_what_stands_in_a_folders_place_is_named_and_kept(start, course, machine, capsys, place, thing):
    path = course / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if thing == "file":
        path.write_text("mine")
    else:
        path.symlink_to("away" if thing == "dangling link" else path.name)
    assert start.main([]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{path} is in the way")
    assert path.read_text() == "mine" if thing == "file" else path.is_symlink()


def test_work_may_lie_elsewhere(start, course, machine, tmp_path_factory):
    (course / "work").symlink_to(tmp_path_factory.mktemp("home"))
    start.lay_out("en")
    assert code(course / "work/en" / NAME) == ["f = 1\nf"] and (course / "work").is_symlink()


@pytest.mark.parametrize("place", ["work", "work/en"])
def test_work_that_cannot_be_written_is_said_at_start(start, course, capsys, monkeypatch, place):
    monkeypatch.setattr(start, "install", lambda: None)
    monkeypatch.setattr(start.os, "access", lambda path, _: Path(path) != course / place)
    assert start.main([]) == 1
    assert f"Cannot write {course / place}." in capsys.readouterr().err


def test_troubles_in_work_are_said(start, course, monkeypatch, capsys):
    start.lay_out("en")
    folder = course / "work/en"
    for name in ("random.py", "numpy.py", "lstmlib.py", "mine.py", "json.txt"):
        (folder / name).touch()
    for name in ("email", "statistics"):                    # without __init__.py a folder hides nothing
        (folder / name).mkdir()
    (folder / "email/__init__.py").touch()
    monkeypatch.setattr(start, "packages", lambda: course / "site")
    (course / "site/numpy").mkdir(parents=True)
    monkeypatch.setattr(start.os, "access", lambda path, mode: Path(path).name != NAME)
    start.warn(folder)
    told = capsys.readouterr().out.splitlines()
    named = [Path(line.split()[0]).name for line in told]
    assert named == [NAME, "email", "lstmlib.py", "numpy.py", "random.py"]
    assert "kept" in told[0] and all("rename it" in line for line in told[1:])


# --- what the reader has set -----------------------------------------------------------------------

SET = {"PYTHONPATH": "/mine", "PYTHONHOME": "/mine", "PYTHONWARNINGS": "error", "PYTHONSTARTUP": "/mine.py",
       "PYTHONINSPECT": "1", "PIP_USER": "1", "PIP_TARGET": "/mine", "PIP_PREFIX": "/mine", "PIP_ROOT": "/",
       "PIP_CONSTRAINT": "/mine", "PIP_NO_BINARY": ":all:", "UV_TARGET": "/mine", "UV_SYSTEM_PYTHON": "1",
       "UV_PYTHON": "3.10", "UV_OVERRIDE": "/mine", "UV_NO_BINARY": "1", "JUPYTER_CONFIG_DIR": "/mine",
       "JUPYTER_CONFIG_PATH": "/mine", "JUPYTER_PORT": "1", "JUPYTERLAB_DIR": "/mine", "IPYTHONDIR": "/mine",
       "MPLBACKEND": "qtagg", "MPLCONFIGDIR": "/mine", "MATPLOTLIBRC": "/mine", "OPENBLAS_NUM_THREADS": "8",
       "OMP_NUM_THREADS": "8"}
LEFT = {"PIP_INDEX_URL": "i", "PIP_EXTRA_INDEX_URL": "i", "PIP_FIND_LINKS": "f", "PIP_PROXY": "p",
        "PIP_CERT": "c", "PIP_TRUSTED_HOST": "h", "PIP_DEFAULT_TIMEOUT": "9", "PIP_CONFIG_FILE": "f",
        "UV_DEFAULT_INDEX": "i", "UV_INDEX_STRATEGY": "s", "UV_CACHE_DIR": "d", "UV_NATIVE_TLS": "1",
        "UV_HTTP_TIMEOUT": "9", "JUPYTER_TOKEN": "t", "PYTHONDONTWRITEBYTECODE": "1", "HTTPS_PROXY": "p"}


def test_settings_for_other_work_do_not_go_through(start, course, monkeypatch):
    for name, value in (SET | LEFT).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(course))
    given, own = start.environ(), str(course / "work" / ".jupyter")
    assert not [name for name, value in SET.items() if given.get(name) == value]
    assert not [name for name in LEFT if given.get(name) != LEFT[name]]
    assert given["HOME"] == str(course) and given["OPENBLAS_NUM_THREADS"] == given["OMP_NUM_THREADS"] == "1"
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "MPLCONFIGDIR"):
        assert given[name].startswith(own)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the home folder has another name")
@pytest.mark.parametrize("home", ["missing", "not to be written"])
def test_without_a_home_the_course_is_one(start, course, monkeypatch, home):
    place = course / "home"
    if home != "missing":
        place.mkdir()
        monkeypatch.setattr(start.os, "access", lambda path, mode: Path(path) != place)
    monkeypatch.setenv("HOME", str(place))
    given = start.environ()
    assert given["HOME"] == given["USERPROFILE"] == str(course / "work" / ".jupyter")
    assert given["UV_NO_CACHE"] == given["PIP_NO_CACHE_DIR"] == "1"


@pytest.mark.parametrize("where", ["beside", "on PYTHONPATH"])
def test_a_readers_module_does_not_stand_in_for_pythons(course, where):
    folder = course if where == "beside" else course / "mine"
    folder.mkdir(exist_ok=True)
    for name in ("argparse", "json", "random", "tempfile"):
        (folder / f"{name}.py").write_text("raise SystemExit('not Python’s own')")
    environment = dict(os.environ, PYTHONPATH=str(folder) if where != "beside" else "", LANG="en_GB.UTF-8")
    done = subprocess.run([sys.executable, "start.py", "fresh", "04"], cwd=course, env=environment, text=True,
                          capture_output=True)
    assert done.returncode == 0 and "A fresh one" in done.stdout, done.stderr


# --- installing ------------------------------------------------------------------------------------

@pytest.fixture
def machine(start, course, monkeypatch):
    """A machine that only notes what it is told; commands that hold a word of `broken` fail, saying so."""
    machine = types.SimpleNamespace(did=[], broken={}, site=course / ".venv/site")

    def act(words):
        words = [str(word) for word in words]
        machine.did.append(" ".join(words))
        said = next((said for word, said in machine.broken.items() if word in machine.did[-1]), None)
        if said is None:
            for word, name in {"venv": "python", "ensurepip": "pip", "-e": "lstmlib", "uv.txt": "uv",
                               "requirements.txt": "numpy"}.items():
                if word in words or words[-1].endswith(f"/{word}"):
                    install(name)
        return said

    def install(name):
        if name == "python":
            Path(start.python()).parent.mkdir(parents=True, exist_ok=True)
            Path(start.python()).touch()
            (course / ".venv/pyvenv.cfg").touch()
            return
        for path, text in {f"{name}/__init__.py": "1", f"{name}-1.dist-info/RECORD": (
                f"{name}/__init__.py,sha256=x,1\n{name}/empty.py,,0\n{name}/__pycache__/x.pyc,,\n"
                f"{name}-1.dist-info/RECORD,,\n"), f"{name}/empty.py": ""}.items():
            (machine.site / path).parent.mkdir(parents=True, exist_ok=True)
            (machine.site / path).write_text(text)

    monkeypatch.setattr(start, "run", lambda *words, **_: int(act(words) is not None))
    monkeypatch.setattr(start, "tell", lambda command, *words: act(command + list(words)))
    monkeypatch.setattr(start, "packages", lambda: machine.site if Path(start.python()).exists() else None)
    monkeypatch.setattr(start, "MEGABYTES", 0)
    return machine


def test_install_makes_all_once(start, course, machine):
    start.install()
    steps = ["-m venv --without-pip", "-m ensurepip", "-m pip install .*--require-hashes.*uv.txt",
             "-m uv pip install .*--require-hashes", "-m pip install .*--no-deps"]
    assert all(re.search(*pair) for pair in zip(steps, machine.did, strict=True)), machine.did
    assert (course / ".venv/uv.txt").read_text() == "uv==2 \\\n    --hash=sha256:0\n    "
    start.install()
    assert len(machine.did) == 5                            # the stamp says that it is done


def test_install_falls_back_to_pip(start, course, machine):
    machine.broken["-m uv"] = "no uv for this machine"
    start.install()
    assert re.search("-m pip .*--require-hashes -r .*requirements.txt", machine.did[4])
    assert (course / ".venv/stamp").read_text().split() == [start.wanted(), "lstmlib", "numpy", "pip", "uv"]


@pytest.mark.parametrize("change", ["requirements.txt", "pyproject.toml"])
def test_new_requirements_are_installed_over_the_old(start, course, machine, change):
    start.install()
    (course / ".venv/own.txt").touch()
    (course / change).write_text("uv==3\n")
    start.install()
    assert len(machine.did) == 8 and sum("-m venv" in command for command in machine.did) == 1
    assert (course / ".venv/own.txt").exists()


def test_moved_folder_is_installed_again(start, course, machine, monkeypatch):
    start.install()
    moved = course.parent / (course.name + "-moved")
    course.rename(moved)
    monkeypatch.setattr(start, "ROOT", moved)
    start.install()
    assert machine.did[-1].endswith(str(moved))


def test_interrupted_installation_heals(start, course, machine, monkeypatch):
    """Ctrl+C in the middle: what is half written goes, and the next start does all again."""
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as moment:
        moment.setattr(start, "tell", interrupt)
        assert start.main([]) == 1
    half = course / ".venv/half-a-package"
    half.touch()
    start.install()
    assert not half.exists() and (course / ".venv/stamp").read_text().startswith(start.wanted())
    (course / ".venv/stamp").unlink()                       # somebody's own environment: filled, not deleted
    half.touch()
    start.install()
    assert half.exists() and (course / ".venv/stamp").read_text().startswith(start.wanted())
    Path(start.python()).unlink()                           # its Python is gone from the machine
    start.install()
    assert not half.exists() and Path(start.python()).exists()


@pytest.mark.parametrize("said, english, french", [
    ("Failed to establish a new connection: Temporary failure in name resolution", "online?", "en ligne"),
    ("Could not find a version that satisfies uv==2 (from versions: none)", "online?", "en ligne"),
    ("OSError: [Errno 28] No space left on device", "disk is full", "disque est plein"),
    ("failed to write to file: No space left on device (os error 28)", "disk is full", "disque est plein"),
    ("error: command 'gcc' failed", "the lines above say why", "disent pourquoi")])
def test_failed_installation_says_what_to_do(start, course, machine, capsys, said, english, french):
    machine.broken["--require-hashes"] = said
    assert start.main([]) == 1 and start.main(["fr"]) == 1
    told = capsys.readouterr().err
    assert english in told and french in told
    assert (course / ".venv/stamp").read_text() == "unfinished"


@pytest.mark.parametrize("broken", ["-m venv", "-m ensurepip", "-m pip", "-m uv"])
def test_disk_that_fills_up_is_said_at_any_step(start, course, machine, monkeypatch, capsys, broken):
    machine.broken.update({broken: "it did not work", "requirements.txt": "nor did this"})
    monkeypatch.setattr(start.shutil, "disk_usage", lambda path: types.SimpleNamespace(free=5e6))
    assert start.main([]) == 1
    assert "The disk is full" in capsys.readouterr().err


def test_full_disk_is_seen_before_anything_is_made(start, course, machine, monkeypatch, capsys):
    monkeypatch.setattr(start, "MEGABYTES", 10**9)
    assert start.main([]) == 1
    assert "The disk is full" in capsys.readouterr().err
    assert [path.name for path in (course / ".venv").iterdir()] == ["stamp"] and not machine.did


@pytest.mark.parametrize("damage", ["a file", "the package", "the list", "all traces", "emptied"])
@pytest.mark.parametrize("name", ["numpy", "pip", "uv"])
def test_damaged_package_is_put_in_again(start, course, machine, capsys, damage, name):
    start.install()
    (machine.site / "mine.py").touch()                      # what the reader has put in stays
    package, listed = machine.site / name, machine.site / f"{name}-1.dist-info"
    if damage == "a file":
        (package / "empty.py").unlink()
    if damage == "emptied":
        (package / "__init__.py").write_text("")
    if damage in ("the package", "all traces"):
        shutil.rmtree(package)
    if damage == "the list":
        (listed / "RECORD").unlink()
    if damage == "all traces":
        shutil.rmtree(listed)
    capsys.readouterr()
    start.install()
    assert f"put in again: {name}\n" in capsys.readouterr().out
    assert " --no-cache " in machine.did[-2] and "-m uv" in machine.did[-2]
    assert (package / "__init__.py").read_text() == "1" and (machine.site / "mine.py").exists()
    before = list(machine.did)
    start.install()
    assert machine.did == before


def test_what_the_reader_does_with_packages_is_no_damage(start, course, machine):
    """Another version, another package and removed caches are the reader's business."""
    start.install()
    before = list(machine.did)
    (machine.site / "numpy-1.dist-info").rename(machine.site / "numpy-2.dist-info")
    (machine.site / "numpy-2.dist-info/RECORD").write_text("numpy/__init__.py,sha256=x,1\n")
    (machine.site / "pandas-1.dist-info").mkdir()
    start.install()
    assert machine.did == before


def test_packages_that_land_elsewhere_are_said(start, course, machine, monkeypatch, capsys):
    monkeypatch.setattr(start, "records", lambda site: {"pip": site})
    assert start.main([]) == 1 and start.main(["fr"]) == 1
    assert capsys.readouterr().err.count("pip config list") == 2


@pytest.mark.parametrize("stamped", [True, False])
def test_environment_of_another_python_is_made_anew(start, course, machine, stamped):
    """Its Python does not run, or is too old: packages() says None."""
    old = course / ".venv/lib/python3.10"
    old.mkdir(parents=True)
    (course / ".venv" / ("stamp" if stamped else "pyvenv.cfg")).write_text(start.wanted())
    start.install()
    assert not old.exists() and "-m venv" in machine.did[0]


def test_packages_asks_the_courses_python(start, course, monkeypatch):
    monkeypatch.setattr(start, "python", lambda: sys.executable)
    assert (start.packages() / "pytest").is_dir() and not start.damaged(start.packages(), ["pytest"])
    for no_python in (course / "nothing", course / "start.py", shutil.which("false")):
        monkeypatch.setattr(start, "python", lambda path=no_python: str(path))
        assert start.packages() is None


def test_environment_may_be_a_link_to_a_roomier_disk(start, course, machine, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("disk")
    (course / ".venv").symlink_to(elsewhere)
    start.install()
    assert machine.did[0].endswith(f"--without-pip {elsewhere}") and (elsewhere / "stamp").exists()
    (elsewhere / "stamp").write_text("unfinished")
    half = elsewhere / "half"
    half.mkdir()
    start.install()
    assert not half.exists() and (course / ".venv").is_symlink()


def test_a_folder_that_is_no_environment_is_never_emptied(start, course, machine, capsys):
    (course / ".venv").mkdir()
    (course / ".venv/letters.txt").touch()
    assert start.main([]) == 1
    assert ".venv is in the way" in capsys.readouterr().err
    assert [path.name for path in (course / ".venv").iterdir()] == ["letters.txt"] and not machine.did


@pytest.mark.skipif(os.name != "posix", reason="such names exist elsewhere in other ways")
@pytest.mark.parametrize("name", ["a:b", os.fsdecode(b"caf\xe9")])
def test_folder_whose_name_python_cannot_bear(start, course, machine, monkeypatch, capsys, name):
    moved = course.parent / (course.name + name)
    shutil.copytree(course, moved)
    monkeypatch.setattr(start, "ROOT", moved)
    assert start.main([]) == 1 and start.main(["fr"]) == 1
    told = capsys.readouterr().err
    assert "Rename what is so in" in told and "Renommez" in told and not machine.did


def test_two_starts_at_once(start, course):
    """The second says that it waits, and goes on when the first has ended, even by kill -9."""
    holds = ("import sys, time; sys.argv = ['start.py']; import start\n"
             "with start.alone(): print('has it', flush=True); time.sleep(60)")
    first = subprocess.Popen([sys.executable, "-c", holds], cwd=course, stdout=subprocess.PIPE, text=True)
    second = None
    try:
        assert first.stdout.readline() == "has it\n"
        second = subprocess.Popen([sys.executable, "start.py", "en", "fresh", "04"], cwd=course, text=True,
                                  stdout=subprocess.PIPE)
        assert "this one waits" in second.stdout.readline()
        assert not (course / "work").exists()
        first.kill()
        assert "A fresh one" in second.communicate(timeout=30)[0] and second.returncode == 0
    finally:
        for process in filter(None, (first, second)):
            process.kill()
            process.communicate()


def test_a_disk_that_knows_no_locks(start, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with start.alone():
        entered = True
    assert entered


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_missing_venv_names_debians_package(start, machine, monkeypatch, capsys, missing):
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None if name == missing else name)
    assert start.main([]) == 1 and start.main(["fr"]) == 1
    package = "sudo apt install python{}.{}-venv".format(*sys.version_info)
    assert capsys.readouterr().err.count(package) == 2 and not machine.did


def test_conda_environment_is_used_as_it_is(start, machine, monkeypatch):
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "lstm")
    start.install()
    assert not machine.did and start.python() == sys.executable


# --- the proof -------------------------------------------------------------------------------------

@pytest.mark.parametrize("broken, code", [
    ({}, 0), ({"tests/notebooks.py": ""}, 1), ({"workbook build --check": ""}, 1)])
def test_test_runs_every_part_and_says_which_failed(start, machine, monkeypatch, capsys, broken, code):
    monkeypatch.setattr(start, "install", lambda: None)
    machine.broken.update(broken)
    assert start.main(["test"]) == code
    parts = ["--ignore-glob=tests/test_claims*.py", "tests/notebooks.py", "workbook build --check"]
    assert [part in command for part, command in zip(parts, machine.did, strict=True)] == [True] * 3
    assert ("FAILED" in capsys.readouterr().out) == bool(broken)


def test_claims_alone(start, machine, monkeypatch):
    monkeypatch.setattr(start, "install", lambda: None)
    assert start.main(["test", "--claims"]) == 0
    claims, shake = machine.did
    assert "tests/test_claims.py" in claims and shake.endswith("notebooks.py --shake 1 chapters/en")


def test_delegated_commands_reach_the_workbook(start, course, machine, monkeypatch, capsys):
    monkeypatch.setattr(start, "install", lambda: None)
    for name in start.DELEGATED:
        for words in (["fr", name], [name, "fr"], [name], ["en", name, "a b.ipynb", "--x", "fr"]):
            assert start.main(words) == 0
        did = [command.replace(f"{start.python()} -P -m workbook {name} ", "") for command in machine.did[-4:]]
        assert did == ["fr", "fr", "en", "en a b.ipynb --x fr"]
    with pytest.raises(SystemExit):
        start.main(["--help"])
    told = capsys.readouterr().out
    assert all(f"start.py {name} " in told for name in start.DELEGATED)


# --- for real --------------------------------------------------------------------------------------

def typed(port, token, words, folder):
    """Whether a command that is typed into JupyterLab's own terminal lays the old chapter beside a fresh one."""
    from websocket import create_connection
    key = {"Authorization": "token " + token}
    ask = urllib.request.Request(f"http://127.0.0.1:{port}/api/terminals", data=b"", headers=key)
    name = json.load(urllib.request.urlopen(ask, timeout=30))["name"]
    terminal = create_connection(f"ws://127.0.0.1:{port}/terminals/websocket/{name}", header=key, timeout=30)
    terminal.send(json.dumps(["stdin", words + "\r"]))
    for _ in range(150):
        if (folder / NAME.replace(".", " (ancien).")).exists():
            return True
        time.sleep(.2)
    return False


def test_jupyterlab_opens_on_the_first_chapter(start, course):
    """With a learner's random.py, without a home, with settings that open the port to the world and take any
    visitor. The packages of the Python that runs the tests serve; start.py takes them for conda's."""
    start.lay_out("fr")
    (course / "work/fr/random.py").write_text("raise SystemExit('not Python’s own')")
    for folder, settings in {"settings": "c.IdentityProvider.token = ''",
                             "work/.jupyter": "c.ServerApp.ip = '0.0.0.0'; c.ServerApp.root_dir = '/'"
                             }.items():
        (course / folder).mkdir()
        (course / folder / "jupyter_server_config.py").write_text(settings)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = dict(os.environ, CONDA_DEFAULT_ENV="lstm", LANG="fr_FR.UTF-8", HOME=str(course / "nowhere"),
                       JUPYTER_CONFIG_DIR=str(course / "settings"))
    environment.pop("JUPYTER_TOKEN", None)
    lab = subprocess.Popen([sys.executable, "start.py", "--no-browser", f"--port={port}"], cwd=course,
                           env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    patience = threading.Timer(60, lab.kill)
    patience.start()
    said, cell = "", None
    try:
        while lab.poll() is None and f"/lab/tree/{NAME}?token=" not in said:
            said += lab.stdout.readline()
        token = said.strip().rpartition("?token=")[2]
        address = f"http://127.0.0.1:{port}/api/contents/{NAME}?token={token}"
        while lab.poll() is None and cell is None:
            try:
                with urllib.request.urlopen(address, timeout=30) as answer:
                    cell = json.load(answer)["content"]["cells"][1]
            except urllib.error.URLError:                   # the address is said a moment before it answers
                time.sleep(.1)
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address.partition("?")[0], timeout=30)
        renewed = os.name != "posix" or typed(port, token, "python start.py fresh 04", course / "work/fr")
        with socket.socket() as visitor:                    # another of this machine's addresses
            world = visitor.connect_ex(("127.0.0.2", port)) == 0
        rights = (course / "work/.jupyter").stat().st_mode
    finally:
        patience.cancel()
        lab.terminate()
        lab.communicate(timeout=30)
    assert "Ouverture de JupyterLab" in said and "random.py porte le nom" in said and cell is not None, said
    assert not world and not (course / "nowhere").exists()
    assert os.name != "posix" or not rights & 0o77          # the token in it is the reader's alone
    assert renewed
    assert (cell["outputs"], cell["source"]) == ([], "f = 1\nf")
