"""Interrupted anywhere: what is written is whole or not at all, and the next time all is well again."""
import ast
import json
import os
import re
import resource
import signal
import time
from pathlib import Path

import pytest

import start
from lstmlib import LSTM, Model, load, model, sweep
from workbook import grade, marks, progress

ROOT = Path(__file__).resolve().parent.parent
BOOK = {"cells": [{"cell_type": "code", "source": "1 + 1\n" * 900}], "nbformat": 4}
RECORD = {**progress.blank(), "answers": {str(k): {"first": "x"} for k in range(100)}}
WRITERS = {                # what wrote a file before, what is writing it, each f(path); how it is read
    "notebook": (lambda p: start.write({"cells": []}, p), lambda p: start.write(BOOK, p), start.read),
    "progress": (lambda p: progress._write(p, progress.blank()), lambda p: progress._write(p, RECORD), progress.parse),
    "sweep": (lambda p: sweep._write(p, ["a", "score"], {("1",): .5}),
              lambda p: sweep._write(p, ["a", "score"], {(str(k),): .5 for k in range(900)}), Path.read_text),
    "model": (lambda p: model.save(p, Model(LSTM, 2, 3, 2)), lambda p: model.save(p, Model(LSTM, 9, 9, 9)),
              lambda p: load(p)[0].params[0]["W"].tolist()),
    "marks": (lambda p: marks.whole(p, "[]"), lambda p: marks.whole(p, "[" + "1, " * 900 + "1]"),
              lambda p: json.loads(p.read_text()))}


def stopped(write, path, most, killed):
    """Writes in a process of its own, whose files may have so many bytes: there it fails, or is killed on the spot."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if killed else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        write(path)
        os._exit(0)
    except OSError:
        os._exit(1)
    finally:
        os._exit(2)


@pytest.mark.parametrize("killed", [False, True], ids=["the disk is full", "killed"])
@pytest.mark.parametrize("what", WRITERS)
def test_the_old_file_is_whole_and_the_next_write_heals(what, killed, tmp_path):
    before, after, read = WRITERS[what]
    path = tmp_path / "kept.json"
    before(path)
    old = read(path)
    after(tmp_path / "whole.json")
    size = (tmp_path / "whole.json").stat().st_size
    for most in (0, 1, size // 2, size - 1):
        assert stopped(after, path, most, killed) == (-signal.SIGXFSZ if killed else 1), most
        assert read(path) == old
    assert stopped(after, path, size, killed) == 0 and read(path) == read(tmp_path / "whole.json") != old
    if not killed and what not in ("sweep", "model"):      # those leave a .new, which the next one writes over
        assert sorted(p.name for p in tmp_path.iterdir()) == ["kept.json", "whole.json"]


@pytest.mark.parametrize("what", WRITERS)
def test_there_is_no_moment_without_the_file(what, tmp_path, monkeypatch):
    """Should even the last step fail, the old one is there."""
    before, after, read = WRITERS[what]
    before(path := tmp_path / "kept.json")
    old = read(path)

    def failing(*args, **kwargs):
        raise OSError("not now")
    for place in ("os.replace", "pathlib.Path.replace"):
        monkeypatch.setattr(place, failing)
    with pytest.raises(OSError):
        after(path)
    assert read(path) == old


# --- nothing is written otherwise ---------------------------------------------------------------------------

NOT_AT_ONCE = {            # writes that no move follows, and why half of one does no harm
    ("start.py", "install"): "half a stamp is no right stamp: the installation begins anew; uv.txt is written at each",
    ("workbook/progress.py", "_alone"): "the lock, which holds nothing",
    ("lstmlib/sweep.py", "sweep"): "a row cut off is not read: _rows",
    ("workbook/fence.py", "child"): "the null device",
    ("start.py", "lab"): "settings of JupyterLab, written at each start",
    ("workbook/review.py", "main"): "cards of one command, which makes them all again",
    ("workbook/pages.py", "main"): "pages of one command, which makes them all again",
    ("workbook/site/make.py", "write"): "pages of one command, which makes them all again",
    ("workbook/site/make.py", "put"): "its inner part",
    ("workbook/slides/make.py", "write"): "pages of one command, which makes them all again",
    ("workbook/slides/make.py", "put"): "its inner part",
    ("course/c04_forget_gate/moving.py", "main"): "a picture of one command; a test holds it whole",
    ("workbook/widgets.py", "__init__"): "a sound in memory", ("workbook/ink.py", "svg"): "a picture in memory",
    ("workbook/ink.py", "png"): "a picture in memory"}


def writes(node):
    """Whether a call writes into a file."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    words = [a.value for a in (*node.args, *(k.value for k in node.keywords if k.arg == "mode"))
             if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    opened = name in ("open", "fdopen") and any(re.fullmatch("[wxa]b?[+]?t?", word) for word in words)
    return opened or name in ("write_text", "write_bytes", "savez", "savez_compressed", "savefig", "tofile", "save_npz")


def test_every_write_is_at_once_or_has_its_reason():
    found, rooms = set(), ("lstmlib", "workbook", "course")
    for path in [ROOT / "start.py", *(path for room in rooms for path in (ROOT / room).rglob("*.py"))]:
        for f in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) and any(map(writes, ast.walk(f))):
                moved = [n for n in ast.walk(f) if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "replace"
                         and len(n.args) == 1 + (ast.unparse(n.func.value) == "os")]
                if not moved:
                    found.add((path.relative_to(ROOT).as_posix(), f.name))
    assert found - NOT_AT_ONCE.keys() == set()


def test_a_row_cut_off_is_no_row(tmp_path):
    path = tmp_path / "sweep.csv"
    sweep._write(path, ["a", "score"], {("1",): .5, ("2",): .25})
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        rows = sweep._rows(path, ["a", "score"]) if end else []
        assert rows == [["1", "0.5"], ["2", "0.25"]][:len(rows)] and len(rows) == max(0, whole[:end].count(b"\n") - 1)


def test_marks_are_written_after_each_submission_and_none_is_begun_after_ctrl_c(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    begun, written = [], {}

    def row(path, options):
        begun.append(path.name)
        out, end = Path("out.json"), time.monotonic() + 2
        while (len(there := json.loads(out.read_text()) if out.exists() else []) < len(begun) - 1
               and time.monotonic() < end):
            time.sleep(.01)
        written[path.name] = [made["submission"] for made in there]
        if path.name == "third":
            raise KeyboardInterrupt
        return {"submission": path.name, "score": 1, "of": 1, "remark": ""}, []
    monkeypatch.setattr(grade, "row", row)
    names = ["first", "second", "third", "fourth", "fifth"]
    for name in names:
        Path(name).touch()
    with pytest.raises(KeyboardInterrupt):
        grade.main([*names, "--json", "out.json", "--jobs", "1"])
    assert written["first"] == [] and written["second"] == ["first"] and written["third"] == ["first", "second"]
    assert "fifth" not in begun
