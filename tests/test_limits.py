"""Every limit of the course, asked at its edge: just inside passes, just outside is refused, in its own unit."""
import ast
import inspect
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import start
from course.c02_applications import corpora, loaders
from workbook import grade, judge, keeper, progress, submission
from workbook.exercises import check

ROOT = Path(__file__).resolve().parent.parent


class Reached(Exception):
    """What comes behind the limit."""


def disk(n, tmp_path, monkeypatch):
    """Bytes free."""
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "conda", lambda: False)
    monkeypatch.setattr(start, "packages", lambda: None)
    monkeypatch.setattr(start, "tell", lambda *words: (_ for _ in ()).throw(Reached))
    monkeypatch.setattr(start.shutil, "disk_usage", lambda place: type("Usage", (), {"free": n}))
    try:
        start.install()
    except Reached:
        return
    except start.Stop as stop:
        return str(stop)


def port(n, tmp_path, monkeypatch, capsys):
    for step in ("install", "lay_out"):
        monkeypatch.setattr(start, step, lambda *words: None)
    monkeypatch.setattr(start, "open_lab", lambda *words: 0 if n in words else 1)
    try:
        assert start.obey(["en", f"--port={n}"]) == 0
    except SystemExit:
        return capsys.readouterr().err


def notebook(n, tmp_path):
    """Bytes of a submission."""
    with open(tmp_path / "a.ipynb", "wb") as file:
        file.write(json.dumps({"cells": []}).encode())
        file.write(b" " * (n - file.tell()))
    try:
        submission.code_cells(tmp_path / "a.ipynb")
    except ValueError as why:
        return str(why)


def kept(n, tmp_path):
    """Bytes of a learner's progress."""
    text = json.dumps(progress.blank()).encode()
    (tmp_path / "progress.json").write_bytes(text + b" " * (n - len(text)))
    return None if progress.parse(tmp_path / "progress.json") else "no progress"


def keeping(n, tmp_path):
    """Bytes of what is to be kept."""
    data = {"text": ""}
    data["text"] = "x" * (n - len(json.dumps(data, indent=1)))
    try:
        progress._write(tmp_path / "progress.json", data)
    except OSError as why:
        return str(why)


def lent(n):
    """Numbers that the child may ask us to draw."""
    try:
        keeper._modest([[n // 2, 2], {"a": 1}] if n % 2 == 0 else [n])
    except ValueError as why:
        return str(why)


def letters(n):
    """Of a token."""
    return None if len(corpora.vocabulary(["a", "b" * n])) == 4 else "left out"


def vocabulary(n):
    """The least size."""
    try:
        assert len(corpora.vocabulary("abcdefg", n)) == n
    except ValueError as why:
        return str(why)


def characters(n, tmp_path):
    """Of a text to learn from, with T = 7."""
    (tmp_path / "a.txt").write_text("ab" * (n // 2) + "c" * (n % 2))
    try:
        loaders.text(tmp_path / "a.txt", T=7)
    except ValueError as why:
        return str(why)


def sentence(n, tmp_path):
    """Words of a sentence of a pair."""
    (tmp_path / "a.txt").write_text("w " * n + "\tw\n")
    return None if list(loaders.pairs(tmp_path / "a.txt")) else "passed over"


def reviews(n, tmp_path):
    """How few will do."""
    rows = [f"fine {k},{k % 2}" for k in range(n)]
    (tmp_path / "a.csv").write_text("\n".join(["review,sentiment", *rows]))
    try:
        loaders.reviews(tmp_path / "a.csv")
    except ValueError as why:
        return str(why)


LIMITS = [                                     # what, just inside, just outside, what is then said
    (disk, 800_000_000, 799_999_999, "disk is full: the course needs 800 MB"), (port, 1, 0, "--port=0"),
    (port, 65535, 65536, "--port=65536"), (notebook, 50_000_000, 50_000_001, "larger than 50 MB"),
    (kept, 10_000_000, 10_000_001, "no progress"), (keeping, 10_000_000, 10_000_001, "File too large"),
    (lent, 10_000_000, 10_000_002, "too large"), (lent, 9_999_999, 10_000_001, "too large"),
    (letters, 40, 41, "left out"), (vocabulary, 3, 2, "limit is 2; expected at least 3"),
    (characters, 140, 139, "139 tokens; expected at least 140"),
    (sentence, 20, 21, "passed over"), (reviews, 10, 9, "9 reviews")]


@pytest.mark.parametrize("ask, inside, outside, said", LIMITS, ids=lambda q: getattr(q, "__name__", None))
def test_just_inside_passes_and_just_outside_is_refused(ask, inside, outside, said, request):
    more = [request.getfixturevalue(name) for name in ask.__code__.co_varnames[1:ask.__code__.co_argcount]]
    assert ask(inside, *more) is None
    assert said in ask(outside, *more)


@pytest.mark.parametrize("seconds, memory", [(3, 1500), (30, 2000)])
def test_a_child_has_the_limits_that_were_asked_for(seconds, memory):
    resource = pytest.importorskip("resource")
    cell = "import resource\ndef limits(*names):\n    return [resource.getrlimit(getattr(resource, n)) for n in names]"
    with keeper.Child(seconds, memory, "limits") as child:
        assert abs(child.deadline - time.monotonic() - 4 * seconds) < seconds      # by the clock
        child.ask(run=[cell], name="limits", owned=[])
        found = keeper.Answer(child)("RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE")
    assert found == [(seconds, seconds + 1), *((n, n) for n in (memory * 2**20, 16 * 2**20, 64, 0))]
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != memory * 2**20             # ours are untouched


def test_what_a_child_may_write_say_and_hold():
    cell = """
import numpy as np
def tried(what, n):
    if what == "write":
        with open("own", "wb") as file:
            return file.write(b"x" * n)
    return np.zeros(n, "u1").size if what == "hold" else np.zeros(n, "u1")
"""
    with keeper.Child(60, 1000, "tried") as child:
        child.ask(run=[cell], name="tried", owned=[])
        tried = keeper.Answer(child)
        assert tried("write", 16 * 2**20) == 16 * 2**20 and tried("hold", 300 * 2**20) == 300 * 2**20
        for what, n in (("write", 16 * 2**20 + 1), ("hold", 1000 * 2**20)):
            with pytest.raises((OSError, MemoryError)):
                tried(what, n)
        assert tried("say", 11_900_000).size == 11_900_000                      # base64: four letters for three bytes
        with pytest.raises(keeper.Gone):
            tried("say", 12_100_000)


def test_what_a_child_may_leave_on_the_disk():
    with keeper.Child(60, 1000, "one") as child:
        child.ask(run=["def one():\n    return 1"], name="one", owned=[])
        left = keeper.ON_DISK - keeper.left_behind(child.folder.name) - 4096
        with open(Path(child.folder.name) / "left", "wb") as file:
            file.truncate(left)                                                    # takes no room
            assert keeper.Answer(child)() == 1
            file.truncate(left + 1)
            with pytest.raises(keeper.Gone, match="disk"):
                keeper.Answer(child)()


def test_a_folder_counts_as_much_as_an_empty_file(tmp_path):
    """Both take room on a disk, however many of them there are."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").mkdir()
    folders = keeper.left_behind(tmp_path)
    assert folders >= 2 * 4096
    (tmp_path / "a" / "c").touch()
    assert keeper.left_behind(tmp_path) == folders + 4096


@pytest.mark.parametrize("asked, had", [(["--seconds=7", "--memory=900"], (7, 900)), ([], (30, 2000))])
def test_seconds_and_memory_are_handed_on(asked, had, tmp_path):
    """From the command to the process in which the cells are run."""
    pytest.importorskip("resource")
    cell = """import resource
def half_life(f):
    return f
raise ValueError((resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0] >> 20))"""
    book = {"cells": [{"cell_type": "code", "source": cell}]}
    (tmp_path / "a.ipynb").write_text(json.dumps(book), encoding="utf-8")
    assert grade.main(["en", str(tmp_path / "a.ipynb"), *asked, "--json", str(tmp_path / "out.json")]) == 0
    (row,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    (said,) = [e["said"] for e in row["exercises"] if e["exercise"] == "half_life"]
    assert f"stopped with ValueError: {had}" in said


def test_the_child_s_own_limit_comes_before_the_judge_s(monkeypatch, tmp_path):
    monkeypatch.setattr(judge, "SECONDS", 3)
    grade.learner(tmp_path / "a.ipynb", 7, 900)
    assert judge.SECONDS == 70


def test_a_submission_has_its_seconds(tmp_path):
    (tmp_path / "04.ipynb").write_text(json.dumps({"cells": []}), encoding="utf-8")
    remarks = []
    for total in (0, 600):
        grade.main(["en", str(tmp_path / "04.ipynb"), f"--total={total}", "--json", str(tmp_path / "out.json")])
        remarks += [row["remark"] for row in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))]
    assert remarks == [grade.FATES["time"], ""]


def test_an_answer_has_its_seconds(monkeypatch):
    def half_life(f):
        time.sleep(0.01)
        return -1 / np.log2(f)

    def slow(f):
        time.sleep(20)
        return -1 / np.log2(f)
    assert check("half_life", half_life).passed
    assert "\nSECONDS = 3 " in inspect.getsource(judge)       # others of this session may have set it
    monkeypatch.setattr(judge, "SECONDS", 0.2)
    began = time.monotonic()
    assert check("half_life", slow).kind == "endless" and time.monotonic() - began < 20


ASKED = {          # every number that the machinery keeps under a name in capitals, and where its edge is asked
    "MEGABYTES LARGEST LONGEST ON_DISK": "test_limits", "PATIENCE": "test_progress, test_judge, test_trial",
    "SECONDS": "test_limits, test_trial", "NOTEBOOK_BYTES COURSE_BYTES SECONDS_A_CELL": "test_build",
    "AGAIN": "test_judge_stands", "MOST": "test_judge, test_review", "SMALLEST": "test_explorers", "ENOUGH": "test_aid",
    "FRAMES": "test_site", "ROOM LETTERS": "test_slides",
    "CREATE ADD RESTRICT NO AS_IF_DONE UNKNOWN ALLOWED": "no limits: the kernel's numbers",
    "VERSION MINE RTOL ATOL TYPE PIECE LOOKS NEAREST CALLS": "no limits"}


def test_no_limit_is_forgotten():
    known = {name for names in ASKED for name in names.split()}
    files = [ROOT / "start.py", Path(corpora.__file__), Path(loaders.__file__), *(ROOT / "workbook").rglob("*.py")]
    found = {}
    for path in files:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign):
                names = [n.id for n in ast.walk(node.targets[0]) if isinstance(n, ast.Name)]
                parts = getattr(node.value, "elts", [node.value]) if len(names) > 1 else [node.value]
                if all(isinstance(part, ast.Constant) and type(part.value) in (int, float) for part in parts):
                    found |= {name: path.name for name in names if name.isupper()}
    assert {name: found[name] for name in found.keys() - known} == {}


@pytest.mark.skipif(os.name != "posix", reason="needs limits of the system")
@pytest.mark.parametrize("alone", [True, False])
def test_a_child_is_limited_in_time_memory_files_and_company(alone):
    asked = ("from workbook import fence; import resource; "
             f"fence._limits(7, 3000, {alone}); "
             "print({kind: resource.getrlimit(getattr(resource, f'RLIMIT_{kind}'))[0] "
             "for kind in ('CPU', 'AS', 'FSIZE', 'NOFILE', 'CORE', 'NPROC')})")
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True)
    found = ast.literal_eval(done.stdout)
    company = found.pop("NPROC")
    assert found == {"CPU": 7, "AS": 3000 << 20, "FSIZE": 16 << 20, "NOFILE": 64, "CORE": 0} and (company == 0) != alone
