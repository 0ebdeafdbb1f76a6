"""What is kept of a learner: nothing outside of work/, nothing lost inside of it."""
import csv
import errno
import io
import json
import math
import os
import signal
import subprocess
import sys
import textwrap
import time
from math import floor
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from workbook import exercises, progress, words
from workbook.progress import board, mine
from workbook.room import rooms

ROOT = Path(__file__).resolve().parent.parent
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """A folder that is no work folder, and we in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kept(work):
    return json.loads((work / "progress.json").read_text())


def names(work):
    return sorted(p.name for p in work.iterdir())


ORDINARY = [".origin", ".progress.lock", "progress.json"]


def python(code, cwd, **how):
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], cwd=cwd, env=ENV, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how)


# --- where -------------------------------------------------------------------------------------------

def test_outside_of_work_nothing_is_read_or_written(tmp_path):
    """Every door to the learner's progress, watched by the interpreter's own audit."""
    run = python("""
        import sys
        from pathlib import Path
        Path("progress.json").write_text("not to be read")
        touched = []
        sys.addaudithook(lambda event, args: touched.append((event, str(args[0]))) if event in
                         ("open", "os.rename", "os.remove", "os.mkdir") and "progress" in str(args[0])
                         and not str(args[0]).endswith((".py", ".pyc")) else None)
        from workbook import board, check, mine, predict, quiz
        from workbook.exercises import book
        predict("04-half-life"), quiz("04"), board()
        assert check("half_life", book()["half_life"].right).passed
        print(mine("half_life")(0.5), touched)
    """, tmp_path)
    out, err = run.communicate(timeout=60)
    assert out.splitlines()[-1] == "1.0 []", out + err
    assert [p.name for p in tmp_path.iterdir()] == ["progress.json"]


def test_work_is_found_from_a_folder_inside_of_it(work, monkeypatch):
    (work / "mine" / "more").mkdir(parents=True)
    monkeypatch.chdir(work / "mine" / "more")
    assert progress.work_folder() == work
    assert progress.keep("answers", "q", first="a", right=True) == ""
    assert "q" in kept(work)["answers"]


# --- the file ----------------------------------------------------------------------------------------

def test_what_is_first_stays_and_what_is_now_changes(work):
    progress.keep("answers", "q", found=False, first="a", right=False)
    progress.keep("answers", "q", found=True, first="b", right=True)
    entry = kept(work)["answers"]["q"]
    assert (entry["first"], entry["right"], entry["found"]) == ("a", False, True)
    assert len(entry["time"]) == 19 and time.strptime(entry["time"], "%Y-%m-%dT%H:%M:%S")


def test_any_text_survives(work):
    for k, text in enumerate(("é ✓ 日本", "\ud800", "\x00\n", '"\\')):
        assert progress.keep("exercises", str(k), source=text) == ""
        assert progress.read()[0]["exercises"][str(k)]["source"] == text


def test_many_writers_at_once_lose_nothing(work):
    writers = [python(f"""
        from workbook import progress
        for k in range(40):
            assert progress.keep("answers", "{name}-%d" % k, first="x" * 500, right=True) == ""
    """, work) for name in "abc"]
    for writer in writers:
        assert writer.wait(timeout=120) == 0, writer.communicate()[1]
    assert len(kept(work)["answers"]) == 120
    assert names(work) == ORDINARY


def test_threads_lose_nothing_either(work):
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda k: progress.keep("answers", str(k), right=True), range(40)))
    assert len(kept(work)["answers"]) == 40


def test_who_dies_while_writing_locks_nobody_out(work):
    holder = python("""
        import os, signal
        from pathlib import Path
        from workbook import progress
        with progress._alone(Path("progress.json")):
            Path("held").touch()
            Path("progress.json").write_text('{"vers')
            os.kill(os.getpid(), signal.SIGTERM)
    """, work)
    holder.wait(timeout=60)
    assert (work / "held").exists() and holder.returncode == -signal.SIGTERM
    began = time.monotonic()
    assert "damaged" in progress.keep("answers", "q", right=True)
    assert time.monotonic() - began < progress.PATIENCE and kept(work)["answers"]["q"]["right"]


def test_who_waits_too_long_leaves_a_note_and_nothing_is_lost(work, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.1)
    progress.keep("answers", "old", first="a", right=False)
    with progress._alone(work / "progress.json"):
        before = (work / "progress.json").read_bytes()
        assert progress.keep("answers", "new", right=True) == ""
        assert progress.keep("answers", "old", first="b", right=True, found=True) == ""
        assert (work / "progress.json").read_bytes() == before
        data, remark = progress.read()
        assert remark == "" and list(data["answers"]) == ["old", "new"]
        assert (data["answers"]["old"]["first"], data["answers"]["old"]["found"]) == ("a", True)
    assert progress.keep("answers", "last", right=True) == ""
    assert kept(work)["answers"] == progress.read()[0]["answers"]
    assert set(kept(work)["answers"]) == {"old", "new", "last"} and names(work) == ORDINARY


def test_a_file_that_another_is_writing_is_not_laid_aside(work, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0.1)
    with progress._alone(work / "progress.json"):
        (work / "progress.json").write_text("{")
        assert "another notebook has been writing" in progress.read()[1]
        assert "another notebook has been writing" in progress.keep("answers", "q", right=True)
    assert (work / "progress.json").read_text() == "{"


@pytest.mark.parametrize("damage", [
    b"", b"{", b"[]", b"null", b'"progress"', b"\xff\xfe\x00", b'{"version": "1"}', b'{"version": 0}',
    b'{"version": true}', b'{"exercises": {}}', b'{"version": 1, "answers": []}', b"[" * 100_000,
    b'{"version": 1, "exercises": {"f": "done"}}', b'{"version": 1, "answers": {"q": null}}'])
def test_a_damaged_file_is_kept_aside_and_a_new_one_begins(work, damage):
    (work / "progress.json").write_bytes(damage)
    remark = progress.keep("answers", "q", right=True)
    (aside,) = work.glob("progress.damaged-*.json")
    assert aside.read_bytes() == damage and aside.name in remark and "damaged" in remark
    assert list(kept(work)["answers"]) == ["q"]
    assert progress.read() == (kept(work), "")


def test_each_damaged_file_is_kept(work):
    for k in range(3):
        (work / "progress.json").write_text(f"damage {k}")
        assert "damaged" in progress.read()[1]
    assert {p.read_text() for p in work.glob("progress.damaged-*")} == {"damage 0", "damage 1", "damage 2"}


def test_a_file_from_elsewhere_is_read(work):
    """Opened and saved by an editor of Windows; without a kind of entries; with more than we know."""
    (work / "progress.json").write_bytes(b'\xef\xbb\xbf{"version": 1,\r\n "answers": {}, "notes": "mine"}')
    assert progress.keep("predictions", "p", guess=1) == ""
    assert kept(work)["notes"] == "mine" and kept(work)["predictions"]["p"]["guess"] == 1


def test_a_newer_version_is_left_as_it_is(work):
    text = b'{"version": 2, "exercises": ["another", "form"]}'
    (work / "progress.json").write_bytes(text)
    assert "newer version" in progress.keep("answers", "q", right=True)
    data, remark = progress.read()
    assert data == progress.blank() and "newer version" in remark
    assert "newer version" in repr(board())
    assert (work / "progress.json").read_bytes() == text
    assert not list(work.glob("*damaged*"))


def test_a_full_disk_loses_nothing(work, monkeypatch):
    progress.keep("answers", "old", right=True)
    before = (work / "progress.json").read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(progress.os, "fsync", full)
    assert "could not be saved" in progress.keep("answers", "new", right=True)
    assert (work / "progress.json").read_bytes() == before and names(work) == ORDINARY
    monkeypatch.undo()
    os.chdir(work)
    assert progress.keep("answers", "new", right=True) == "" and len(kept(work)["answers"]) == 2


def test_what_cannot_be_opened_is_said(work):
    (work / "progress.json").mkdir()
    assert "could not be read" in progress.read()[1]
    assert "could not be saved" in progress.keep("answers", "q", right=True)


def no_locks(_):
    raise OSError(errno.ENOLCK, "No locks available")


def test_a_disk_that_knows_no_locks_loses_nothing_either(work, monkeypatch):
    """As on NFS and sshfs: two notebooks write at once, and a third reads what was confirmed."""
    writers = [python(f"""
        import errno
        from workbook import progress
        def none(_):
            raise OSError(errno.ENOLCK, "No locks available")
        progress._take = none
        for k in range(200):
            assert progress.keep("answers", "{name}-%d" % k, first="x", right=True) == ""
            assert "{name}-%d" % k in progress.read()[0]["answers"]
    """, work) for name in "ab"]
    for writer in writers:
        assert writer.wait(timeout=120) == 0, writer.communicate()[1]
    monkeypatch.setattr(progress, "_take", no_locks)
    assert len(progress.read()[0]["answers"]) == 400 and not list(work.glob("*damaged*"))
    assert progress.keep("answers", "last", right=True) == ""
    assert len(kept(work)["answers"]) == 401
    assert len(names(work)) == len(ORDINARY) + 1                                    # one note holds all
    monkeypatch.undo()
    os.chdir(work)
    progress.keep("answers", "where there are locks", right=True)
    assert len(kept(work)["answers"]) == 402 and names(work) == ORDINARY


def test_without_locks_what_is_written_over_is_in_a_note(work, monkeypatch):
    monkeypatch.setattr(progress, "_take", no_locks)
    progress.keep("answers", "q", first="a", right=False)
    before = (work / "progress.json").read_bytes()
    progress.keep("exercises", "half_life", source="mine")
    progress.keep("answers", "q", first="b", right=True, found=True)
    (work / "progress.json").write_bytes(before)                                    # by another notebook
    data, _ = progress.read()
    q = data["answers"]["q"]
    assert data["exercises"]["half_life"]["source"] == "mine" and (q["first"], q["found"]) == ("a", True)


def test_a_note_that_is_none_harms_nobody(work):
    for k, text in enumerate((b"", b"{", b'{"version": 2}')):
        (work / f".progress.note-{k}").write_bytes(text)
    assert progress.read() == (progress.blank(), "") and progress.keep("answers", "q", right=True) == ""
    assert list(kept(work)["answers"]) == ["q"] and len(list(work.glob(".progress.note-*"))) == 3


def test_a_folder_only_to_be_read_is_read(work, monkeypatch):
    progress.keep("answers", "q", right=True)
    (work / ".progress.lock").unlink()

    def read_only(path, mode="r", **how):
        if mode in ("r", "rb"):
            return open(path, mode, **how)
        raise OSError(errno.EROFS, "Read-only file system", str(path))
    monkeypatch.setattr(progress, "open", read_only, raising=False)
    data, remark = progress.read()
    assert remark == "" and data["answers"]["q"]["right"]
    assert "could not be saved" in progress.keep("answers", "new", right=True)
    assert names(work) == [".origin", "progress.json"]


def test_a_link_stays_a_link_and_all_lies_beside_what_it_leads_to(work):
    there = work / "elsewhere"
    there.mkdir()
    (work / "progress.json").symlink_to(there / "ann.json")
    assert progress.keep("answers", "q", right=True) == ""
    assert (work / "progress.json").is_symlink() and "q" in kept(work)["answers"]
    assert names(there) == [".ann.lock", "ann.json"]
    assert names(work) == [".origin", "elsewhere", "progress.json"]
    (there / "ann.json").write_text("{")
    assert "kept as ann.damaged-" in progress.read()[1] and len(list(there.glob("ann.damaged-*.json"))) == 1
    (there / "ann.json").symlink_to("ann.json")                                     # leads to itself
    assert "could not be read" in progress.read()[1]


@pytest.mark.skipif(os.name == "nt", reason="rights of Unix")
def test_rights_stay_as_they_were(work):
    progress.keep("answers", "q", right=True)
    for mode in (0o600, 0o664):
        (work / "progress.json").chmod(mode)
        progress.keep("answers", str(mode), right=True)
        assert (work / "progress.json").stat().st_mode & 0o777 == mode and str(mode) in kept(work)["answers"]


def test_what_is_write_protected_is_not_written(work):
    progress.keep("answers", "q", right=True)
    before = (work / "progress.json").read_bytes()
    (work / "progress.json").chmod(0o444)
    assert progress.keep("answers", "new", right=True) == (
        "Your progress could not be saved: progress.json is write-protected.")
    assert (work / "progress.json").read_bytes() == before and names(work) == ORDINARY
    assert progress.read()[1] == "" and list(progress.read()[0]["answers"]) == ["q"]


def test_a_huge_file_is_kept_aside_and_none_is_made(work, monkeypatch):
    monkeypatch.setattr(progress, "LARGEST", 2000)
    progress.keep("answers", "q", right=True)
    before = (work / "progress.json").read_bytes()
    assert "too large" in progress.keep("exercises", "half_life", source="x" * 2000)
    assert (work / "progress.json").read_bytes() == before and names(work) == ORDINARY
    (work / "progress.json").write_bytes(before + b" " * 2000)
    assert "damaged" in progress.keep("answers", "new", right=True)
    (aside,) = work.glob("progress.damaged-*.json")
    assert aside.read_bytes() == before + b" " * 2000 and list(kept(work)["answers"]) == ["new"]


# --- answers that passed -----------------------------------------------------------------------------

LN2 = 0.6931471805599453


def logarithm(x):
    return np.log(x)


def half_life(f, whole=LN2):
    return -whole / logarithm(f)


YES, MANY, SHARE, WORD = True, 3, .5, "half"


def uses_all(x):
    return YES, MANY, SHARE, WORD, logarithm(x), math.floor(x), floor(x), np.sqrt(x)


def test_an_answer_stands_alone_whatever_it_uses():
    alone = {}
    exec(progress.standing_alone(uses_all), alone)
    assert alone["uses_all"](4.) == uses_all(4.)


def test_what_passes_is_kept_and_handed_on(work, capsys):
    assert progress.check("half_life", half_life).passed
    kept_text = kept(work)["exercises"]["half_life"]["source"]
    assert "def half_life(f, whole=LN2):" in kept_text
    answer = mine("half_life")
    assert answer(0.5) == 1 and answer is not half_life and capsys.readouterr().out == ""


@pytest.mark.parametrize("wrong", [lambda f: 0 * f, None, "half_life", lambda: 1, lambda f: 1 / 0])
def test_what_does_not_pass_is_not_kept(work, wrong):
    assert not progress.check("half_life", wrong).passed
    assert not (work / "progress.json").exists()


def test_until_then_it_is_the_library_s_and_says_so(nowhere, capsys):
    assert mine("half_life") is exercises.book()["half_life"].right
    assert capsys.readouterr().out == ("half_life: lstmlib's own. Yours takes its place once its check has "
                                       "passed.\n")
    words.speak("fr")
    mine("latch")
    assert capsys.readouterr().out.startswith("latch\u00a0: version de lstmlib.")


@pytest.mark.parametrize("text, why", [
    ("", "its text is not known"), ("def half_life(f):\n    return 3 * f\n", "half_life"),
    ("def half_life(f):\n    return 1 / log2(f)\n", "log2"), ("def half_life(f:", "SyntaxError"),
    ("raise KeyError('x')", "KeyError"), ("1", "AttributeError"), (5, "TypeError"), (None, "TypeError")])
def test_what_no_longer_runs_is_replaced_and_said(work, capsys, text, why):
    progress.keep("exercises", "half_life", source=text)
    assert mine("half_life")(0.5) == 1
    assert "half_life: lstmlib's own, since yours does not run by itself." in capsys.readouterr().out


def test_an_exercise_that_is_none_is_named(nowhere):
    with pytest.raises(ValueError, match="name is 'forgetting'; expected an exercise, one of .*forget_gate"):
        mine("forgetting")


def test_every_right_answer_comes_back_as_the_learner_s(work, capsys):
    for name, task in exercises.book().items():
        progress.keep("exercises", name, source=progress.standing_alone(task.right))
        assert mine(name).__code__.co_filename == f"<mine: {name}>", capsys.readouterr().out


def test_a_lambda_in_the_call_is_passed_but_has_no_text(work, capsys):
    assert progress.check("half_life", lambda f: -1 / np.log2(f)).passed
    assert kept(work)["exercises"]["half_life"]["source"] == ""
    assert mine("half_life")(0.5) == 1 and "its text is not known" in capsys.readouterr().out


def test_the_last_passed_answer_counts_and_the_first_time(work):
    progress.check("half_life", half_life)
    first = kept(work)["exercises"]["half_life"]
    data = kept(work)
    data["exercises"]["half_life"]["time"] = "2001-01-01T00:00:00"
    (work / "progress.json").write_text(json.dumps(data))
    again = lambda f: -np.log(2) / np.log(f)            # noqa: E731
    progress.check("half_life", again)
    now = kept(work)["exercises"]["half_life"]
    assert now["time"] == "2001-01-01T00:00:00" and now["source"] != first["source"]


def test_to_check_what_mine_gave_changes_nothing(work):
    progress.check("half_life", half_life)
    before = kept(work)
    assert progress.check("half_life", mine("half_life")).passed and kept(work) == before


def test_a_puzzle_is_kept_as_a_puzzle(work):
    assert progress.check("latch", exercises.book()["latch"].right).passed
    assert list(kept(work)["puzzles"]) == ["latch"] and kept(work)["exercises"] == {}


def test_from_notebook_to_notebook(work):
    """A helper, a constant and an import of the first notebook come along into the second."""
    def run(*cells):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(work)}}).execute()
        return ["".join(o.get("text", o.get("data", {}).get("text/plain", "")) for o in cell.outputs)
                for cell in notebook.cells]

    first = run("import numpy\nfrom lstmlib import join\nfrom workbook import check\none = 1.0", """\
def squash(a):
    return one / (1 + numpy.exp(-a))
def forget_gate(W_f, b_f, h, x):
    return squash(W_f @ join(h, x) + b_f)
check("forget_gate", forget_gate)""")
    assert first[-1].startswith("✓ forget_gate")
    second = run('from workbook import mine, board\nf = mine("forget_gate")\nimport inspect',
                 "print(inspect.getsource(f))", "board()")
    assert second[0] == "" and second[1].startswith("def forget_gate") and "✓ forget_gate" in second[2]


# --- the board ---------------------------------------------------------------------------------------

def test_the_board_shows_what_is_done(work):
    progress.keep("exercises", "forget_gate", source="")
    progress.keep("puzzles", "latch", source="")
    progress.keep("answers", "04-q-meaning", first="", right=True)
    progress.keep("answers", "04-q-zero", first="", right=False)
    progress.keep("answers", "04-q-gone", first="", right=True)
    progress.keep("predictions", "04-half-life", guess=1, right=False)
    bundle = board()._repr_mimebundle_()
    line = next(line for line in bundle["text/plain"].splitlines() if line.startswith("04"))
    assert line.split("  ")[1].startswith("quiz 1 / 6") and "predictions 1 / 4" in line
    for mark in ("✓ forget_gate", "✓ latch", "○ half_life", "○ bias_for"):
        assert mark in line and mark in bundle["text/html"]
    assert len(bundle["text/plain"].splitlines()) == len(rooms())
    assert bundle["text/html"].count('<th scope="row">') == len(rooms())
    words.speak("fr")
    assert "Énigmes" in board()._repr_mimebundle_()["text/html"]


def test_the_board_holds_every_exercise_once():
    listed = [name for code in progress.CHAPTERS for _, names in progress.tasks(code) for name in names]
    assert listed == list(exercises.book())


def test_a_remark_on_the_file_stands_above_the_board(work):
    (work / "progress.json").write_text("<b>")
    shown = board()
    assert repr(shown).startswith("Your progress could not be read") and "&lt;" not in repr(shown)
    assert shown._repr_mimebundle_()["text/html"].startswith('<div lang="en"><p>Your progress could not')


def test_the_board_from_the_command_line(work, capsys):
    assert progress.main([]) == 0 and capsys.readouterr().out.startswith("00  quiz 0 / 6")
    assert progress.main(["fr"]) == 0 and "prédictions" in capsys.readouterr().out
    assert progress.main(["--sum"]) == 2 and progress.main(["--sum", "nowhere"]) == 2
    assert "--sum FOLDER" in capsys.readouterr().err


def test_outside_of_work_the_command_line_says_so(nowhere, capsys):
    assert progress.main([]) == 0 and "no work folder" in capsys.readouterr().out


# --- for lecturers -----------------------------------------------------------------------------------

def test_a_folder_of_files_becomes_a_table(tmp_path, capsys):
    data = progress.blank()
    data["exercises"] = {"forget_gate": {"time": "2030-01-02T03:04:05", "source": "…"}}
    data["puzzles"] = {"latch": {"time": "2030-01-01T00:00:00"}}
    data["answers"] = {"04-q-zero": {"right": True}, "04-q-bias": {"right": False}}
    data["predictions"] = {"04-half-life": {"right": True, "guess": 7}}
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "progress.json").write_text(json.dumps(data))
    (tmp_path / "bob.json").write_text("{")
    (tmp_path / "=cleo, d.json").write_text('{"version": 7}')
    (tmp_path / "ann" / "progress.damaged-2030.json").write_text("{")
    (tmp_path / "notes.txt").write_text("no learner")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert progress.main(["--sum", str(tmp_path)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    by_name = {row["learner"]: row for row in rows}
    assert set(by_name) == {"ann", "bob", "'=cleo, d"}
    ann = by_name["ann"]
    assert [ann[k] for k in ("exercises", "puzzles", "quiz right at first", "quiz answered",
                             "predictions right", "predictions made", "last", "remark")] == [
        "1", "1", "1", "2", "1", "1", "2030-01-02T03:04:05", ""]
    assert (ann["forget_gate"], ann["latch"], ann["half_life"]) == ("1", "1", "0")
    assert "damaged" in by_name["bob"]["remark"] and "newer" in by_name["'=cleo, d"]["remark"]
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://example.org","x")', "+cmd|' /C calc'!A0", "-1+1",
                                     "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(tmp_path, formula):
    data = {**progress.blank(), "answers": {"q": {"time": formula, "right": formula, "first": formula}}}
    (tmp_path / f"{formula[0]}1.json").write_text(json.dumps(data))
    _, row = map(list, progress.summed(tmp_path))
    assert row.count("'" + formula) == 1 and row[0] == f"'{formula[0]}1"
    assert [cell for cell in row if str(cell).startswith(tuple("=+-@\t\r\n"))] == []


def test_an_empty_folder_is_an_empty_table(tmp_path, capsys):
    assert progress.main(["--sum", str(tmp_path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
