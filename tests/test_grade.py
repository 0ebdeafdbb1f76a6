"""Grading refuses nothing, hangs on nothing, and is not talked into a pass."""
import json
import math
import os
import re
import socket
import subprocess
import sys
import textwrap
import time
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstmlib import cells
from workbook import exercises, fence, grade, judge, keeper, parcels, progress, submission, words
from workbook.judge import run

SECONDS = 30                                   # for what ends by itself; a child needs about one to start
PATIENCE, ROOM = 1, 700                        # for what does not: seconds, and MiB, which fill up in less
IMPORTS = "import numpy as np\nfrom lstmlib import join, sigmoid\nfrom workbook import check, mine"
GATE = """\
def forget_gate(W_f, b_f, h, x):
    return sigmoid(W_f @ join(h, x) + b_f)
check("forget_gate", forget_gate)"""
HALF = """\
def half_life(f):
    return -np.log(2) / np.log(f)
check("half_life", half_life)"""
BIAS = 'check("bias_for", lambda n: -np.log(2 ** (1 / n) - 1))'


@pytest.fixture(autouse=True)
def quick(monkeypatch, tmp_path):
    monkeypatch.setattr(judge, "SECONDS", 100)
    monkeypatch.chdir(tmp_path)
    yield
    words.speak("en")


def written(path, *texts, **more):
    """A notebook file with these code cells."""
    book = {"cells": [{"cell_type": "code", "source": t, "metadata": {}, "outputs": []} for t in texts],
            "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}
    path.write_text(json.dumps(book))
    return path


def half_life(body, before="pass", seconds=SECONDS, memory=2000):
    """The Grade of a half_life with this body, in the second of three cells."""
    body, before = textwrap.indent(textwrap.dedent(body), "    "), textwrap.dedent(before)
    cell = f"{before}\ndef half_life(f):\n{body}\ncheck('half_life', half_life)"
    return grade.grade("half_life", [IMPORTS, cell, "1 / 0"], seconds, memory)


RIGHT = "return -1 / np.log2(f)"
WRONG = "return 3.0"


# --- right and wrong -----------------------------------------------------------------------------------

def test_a_chapter_is_graded_exercise_by_exercise(tmp_path, capsys):
    path = written(tmp_path / "ann.ipynb", IMPORTS, GATE, HALF, BIAS.replace("- 1", "+ 1"),
                   "def weights():\n    raise NotImplementedError\ncheck('latch', weights)")
    assert grade.main([str(path), "--json", "out.json", "--seconds", str(SECONDS)]) == 0
    table = capsys.readouterr().out
    assert re.search(r"04  forget_gate +1  right", table) and "2 of 4" in table
    (told,) = json.loads((tmp_path / "out.json").read_text())
    assert (told["submission"], told["score"], told["of"], told["remark"]) == (str(path), 2, 4, "")
    scores = {e["exercise"]: (e["score"], e["kind"]) for e in told["exercises"]}
    assert scores["forget_gate"] == scores["half_life"] == (1, "right")
    assert scores["latch"] == (0, "blank") and scores["bias_for"][0] == 0
    assert {e["chapter"] for e in told["exercises"]} == {"04"}


def test_every_right_answer_of_the_book_passes(tmp_path):
    """Each called from outside, whatever it is given: arrays, states, tapes, a loss, a generator."""
    import inspect
    for name in ("rnn_forward", "greedy", "sample", "clip", "gradient_check", "lstm_backward"):
        right = exercises.book()[name].right
        text = inspect.getsource(right)
        room = "from copy import deepcopy\nfrom lstmlib.cells import *\nfrom numpy import tanh\n" + IMPORTS
        graded = grade.grade(name, [room, text, f"check('{name}', {right.__name__})"], SECONDS)
        assert graded.score == 1, graded


@pytest.mark.parametrize("body, kind", [
    ("return -1 / np.log(f)", "mistake"), ("raise NotImplementedError", "blank"), ("return 1 / 0", "crash"),
    ("print(-1 / np.log2(f))", "forgotten"), ("return float('nan')", ""), ("return 'six'", "structure")])
def test_a_wrong_answer_gets_the_judge_s_words(body, kind):
    graded = half_life(body)
    assert graded.score == 0 and graded.kind != "right" and graded.said
    assert kind in ("", graded.kind)


def test_what_writes_into_its_arguments_does_not_pass():
    cell = "def clip(grads, max_norm):\n    norm = np.sqrt(sum((g**2).sum() for g in grads))\n"
    cell += "    for g in grads:\n        g *= min(1, max_norm / norm)\n    return grads\ncheck('clip', clip)"
    assert grade.grade("clip", [IMPORTS, cell], SECONDS).kind == "changed"


# --- what is run ---------------------------------------------------------------------------------------

def test_only_cells_that_the_answer_needs_are_run():
    heavy = "import time\ntime.sleep(1000)\nloss = 1"
    helper = "def sigma(a):\n    return one / (one + np.exp(-a))"
    gate = GATE.replace("sigmoid", "sigma")
    book = [IMPORTS, heavy, "one = 2", "one = 1", helper, "h = loss", gate, "one = 3", heavy]
    assert grade.needed(book, "forget_gate") == ([IMPORTS, "one = 2", "one = 1", helper, gate], book[:7])
    assert grade.grade("forget_gate", book, SECONDS).score == 1


def test_what_is_made_in_roundabout_ways_is_found_by_running_all():
    book = [IMPORTS, "globals()['log'] = np.log2", "def half_life(f):\n    return -1 / log(f)",
            "check('half_life', half_life)"]
    assert grade.needed(book, "half_life")[0] == [book[0], book[2], book[3]]
    assert grade.grade("half_life", book, SECONDS).score == 1


@pytest.mark.parametrize("answer", [
    HALF.splitlines()[0] + "\n" + HALF.splitlines()[1],                     # never checked
    HALF.replace("check(", "import workbook\nworkbook.check("),
    HALF.replace("half_life(f)", "mine_own(f)").replace(", half_life)", ", mine_own)"),
    "check('half_life', lambda f: -1 / np.log2(f))",
    "class C:\n    def __call__(self, f):\n        return -1 / np.log2(f)\ncheck('half_life', C())",
    "from functools import partial\ncheck('half_life', partial(lambda k, f: k / np.log2(f), -1))",
    "%%time\n%matplotlib inline\n!ls\nnp.log?\n" + HALF,
    "predict('04-half-life')\n" + HALF,
    "from workbook import explorers, plots\nexplorers.forget_gate()\nplots.lines([1], [2]).show()\n" + HALF,
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([1])\nplt.show()\n" + HALF,
    "with progress_bar(3):\n    for step in range(3):\n        pass\n" + HALF,
    "1 / 0\n" + HALF.replace("check", "# check"),
])
def test_answers_are_found_however_they_stand(answer):
    names = "\nfrom workbook import predict, quiz, progress_bar"
    if answer.startswith("1 / 0"):             # the cell stops before the answer: so it does in the notebook
        assert grade.grade("half_life", [IMPORTS, answer], SECONDS).kind == "missing"
    else:
        book = [IMPORTS + names, submission.as_python(answer)]
        assert grade.grade("half_life", book, SECONDS).score == 1


def test_of_ipython_s_own_only_what_runs_python_is_run():
    for magic in ("%%time", "%%timeit", "%%capture out", "  %%capture"):
        assert "half = 1" in submission.as_python(f"{magic}\nhalf = 1").split("\n")
    for magic in ("%%bash", "%%html", "%%javascript"):
        assert submission.as_python(f"{magic}\nhalf = 1") == ""
    room = IMPORTS, "%%writefile half.py\nhalf = 1", "%%writefile -a half.py\nhalf = 2", "from half import half"
    book = [*map(submission.as_python, room), HALF.replace("np.log(2)", "np.log(half)")]
    assert grade.grade("half_life", book, SECONDS).score == 1


@pytest.mark.parametrize("before", [
    "x = (7\n     % 4)", "same = (1\n    != 2)", 'text = """\n%d of them\n!"""', "files = !ls", "?np.log",
    "np.log??", "t = %time 1 + 1", "!pip install numpy", "for k in range(2):\n    %time k"])
def test_a_magic_is_read_as_ipython_reads_it(before):
    book = [IMPORTS, submission.as_python(f"{before}\n{HALF}")]
    assert grade.grade("half_life", book, SECONDS).score == 1
    if before.startswith(("x", "same", "text")):
        assert book[1] == f"{before}\n{HALF}"                # Python already: not a letter is changed


def test_the_last_check_counts():
    book = [IMPORTS, HALF, HALF.replace("log(2)", "log(3)")]
    assert grade.grade("half_life", book, SECONDS).score == 0
    assert grade.grade("half_life", book[::2] + [HALF], SECONDS).score == 1


def test_an_answer_may_use_lstmlib_s_of_another_exercise_but_not_of_its_own():
    forward = """\
def lstm_forward(p, s, x):
    step = mine("lstm_step")
    hs, tapes = [], []
    for x_t in x:
        s, tape = step(p, s, x_t)
        hs.append(s.h)
        tapes.append(tape)
    return np.stack(hs), s, type(tapes[0])(*map(np.stack, zip(*tapes)))
check("lstm_forward", lstm_forward)"""
    assert grade.grade("lstm_forward", [IMPORTS, forward], SECONDS).score == 1
    taken = "check('forget_gate', mine('forget_gate'))"
    assert grade.grade("forget_gate", [IMPORTS, taken], SECONDS).score == 0
    twin = "forget_gate = mine('input_gate')\ncheck('forget_gate', forget_gate)"
    assert grade.grade("forget_gate", [IMPORTS, twin], SECONDS).score == 0


def test_what_another_cell_changed_is_seen():
    answer = "def half_life(f):\n    return k[0] / np.log2(f)\ncheck('half_life', half_life)"
    assert grade.grade("half_life", [IMPORTS, "k = []", "k.append(-1)", answer], SECONDS).score == 1


@pytest.mark.parametrize("before", [
    "import asyncio\nawait asyncio.sleep(0)\nasync with asyncio.Lock():\n    pass",
    "import matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = (8, 4)\nwith plt.style.context('ggplot'):\n"
    "    fig, (a, b, c) = plt.subplots(1, 3)\nplt.style.use('no such style')\nplt.show()",
    "import seaborn_is_not_here as sns, numpy as np\nsns.set_theme(style='dark')\nfig, ax = sns.subplots()",
    "from google.colab import drive\ndrive.mount('/content/drive')",
    "from not_here import jit, tqdm\nfor k in tqdm(range(3)):\n    assert k < 3\n@jit\ndef one(): return 1\n"
    "assert one() == 1",
    "from __future__ import annotations\ndef f(x: Unknown) -> Nothing: pass"])
def test_what_comes_before_an_answer_does_not_cost_it(before):
    for book in [before, IMPORTS, HALF], [IMPORTS, f"{before}\n{HALF}"], [f"{before}\n{IMPORTS}", HALF]:
        assert grade.grade("half_life", book, SECONDS).score == 1
        if "future" in before:                            # which must stand first
            break


def test_what_stopped_a_cell_is_said():
    for before, said in (("input('n')", "EOFError"), ("open('none.csv')", "none.csv"), ("import no_such_thing as x\n"
                         "x.y[0]", "No module named 'no_such_thing'"), ("1 / 0", "ZeroDivisionError: division")):
        graded = grade.grade("half_life", [IMPORTS, f"{before}\n{HALF}"], SECONDS)
        assert graded.score == 0 and said in graded.said and f"`{before.split()[0][:5]}" in graded.said, graded


@pytest.mark.parametrize("name, answer", [
    ("lstm_step", "LSTM.step"), ("lstm_step", "lambda p, s, x: LSTM.step(p, s, x)"), ("lstm_step", "cells.lstm_step"),
    ("lstm_step", "lambda p, s, x: LSTM._replace(name='mine').step(p, s, x)"),
    ("lstm_step", "lambda p, s, x: (lambda run: (run.s, type(run.tape)(*(q[0] for q in run.tape))))("
                  "lstmlib.forward(LSTM, p, x[None], s))"),
    ("lstm_forward", "lambda p, s, x: (lambda run: (run.h, run.s, run.tape))(lstmlib.forward(LSTM, p, x, s))"),
    ("rnn_step", "lambda W, b, h, x: lstmlib.RNN.step({'W': W[None], 'b': b[None]}, cells.RNN.state(h), x)[0].h"),
    ("rnn_forward", "lambda W, b, xs, h0: lstmlib.forward(lstmlib.RNN, {'W': W[None], 'b': b[None]}, xs, "
                    "lstmlib.RNN.state(h0)).h")])
def test_the_library_s_own_is_no_answer(name, answer, monkeypatch):
    book = [IMPORTS + "\nimport lstmlib\nfrom lstmlib import LSTM, cells", f"check('{name}', {answer})"]
    graded = grade.grade(name, book, SECONDS)
    assert graded.score == 0 and graded.kind == "blank"
    monkeypatch.setattr(grade, "owned", lambda name: [])
    assert grade.grade(name, book, SECONDS).score == 1           # it is right, and not the learner's
    assert grade.owned("half_life") == []


# --- submissions ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b"3", b"\xff\xfe", b'{"cells": 3}', b'{"cells": [3]}', b'{"cells": [null]}',
    b'{"metadata": {}}', b'{"worksheets": 1}', b'{"cells": [{"cell_type": "code", "source": 4}]}',
    b'{"cells": [{"cell_type": "code", "source": [4]}]}', b"[" * 100_000, b'{"cells": ' + b"[" * 100_000,
    b'{"cells": []}', b'{"cells": [{"cell_type": "markdown", "source": "check(\'half_life\', f)"}]}',
    b'{"cells": [{"cell_type": "code", "source": "check(\'no_such_exercise\', f)"}]}'])
def test_what_is_no_submission_gets_its_row(tmp_path, capsys, content):
    (tmp_path / "x.ipynb").write_bytes(content)
    assert grade.main(["x.ipynb", "--json", "out.json"]) == 0
    (told,) = json.loads((tmp_path / "out.json").read_text())
    assert told["remark"] in ("no notebook", "no exercise of the course in it") and told["of"] == 0
    assert told["remark"] in capsys.readouterr().out


def test_what_cannot_be_opened_gets_its_row(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    assert grade.main(["pipe.ipynb", "folder.ipynb", "none.ipynb", os.devnull]) == 0
    assert capsys.readouterr().out.count("no such file") == 4


def test_folders_and_wildcards_are_read_where_the_shell_does_not(tmp_path, capsys):
    for name in ("class/ann.ipynb", "class/deep/-bob.ipynb", "-cy.ipynb", "class/.ipynb_checkpoints/ann.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        written(tmp_path / name, "pass")
    for asked, found in (["class"], 2), (["class/*.ipynb"], 1), (["-cy.ipynb", "class/**/*.ipynb"], 3):
        assert grade.main([*asked, "--json", "o.json"]) == 0
        assert len(json.loads((tmp_path / "o.json").read_text())) == found
    capsys.readouterr()
    assert grade.main(["none/*.ipynb"]) == grade.main(["fr", "none.ipynb"]) == 2
    out = capsys.readouterr().out
    assert "No notebook was found" in out and "Aucun cahier" in out


def test_lost_cells_are_lost_points(tmp_path):
    (one,) = [g for g in grade.submission(written(tmp_path / "a.ipynb", IMPORTS, HALF), SECONDS) if g.score]
    assert one.exercise == "half_life"
    grades = list(grade.submission(written(tmp_path / "04-forget-gate.ipynb", "pass"), SECONDS))
    assert {g.kind for g in grades} == {"missing"} and len(grades) == 4
    bob = grade.expected(tmp_path / "homework-2024-05-bob.ipynb", [IMPORTS, GATE])
    assert bob == [g.exercise for g in grades]
    assert grade.expected(tmp_path / "a.ipynb", [IMPORTS, GATE.split("check")[0]])[0] == "forget_gate"


def test_an_old_notebook_format_is_read(tmp_path):
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": [
        {"cell_type": "code", "input": [IMPORTS + "\n", HALF]}, {"cell_type": "heading", "source": "x"}]}]}))
    assert grade.code_cells(path) == [IMPORTS + "\n" + HALF]


def test_a_cell_that_is_no_python_says_so():
    graded = grade.grade("half_life", [IMPORTS, HALF.replace("return", "return return")], SECONDS)
    assert graded.kind == "syntax"
    assert grade.grade("half_life", [IMPORTS, "def (", "((((", HALF], SECONDS).score == 1
    assert grade.grade("half_life", ["(" * 100_000, IMPORTS, HALF], SECONDS).score == 1


def test_several_submissions_and_french(tmp_path, capsys):
    written(tmp_path / "a.ipynb", IMPORTS, HALF)
    written(tmp_path / "b.ipynb", IMPORTS, HALF.replace("log(2)", "log(3)"))
    (tmp_path / "c.ipynb").write_text("not json")
    assert grade.main(["fr", "a.ipynb", "b.ipynb", "c.ipynb", "--json", "o.json"]) == 0
    out = capsys.readouterr().out
    assert "1 sur 4" in out and "0 sur 4" in out and "pas un cahier" in out and "aucune cellule" in out
    assert [t["score"] for t in json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))] == [1, 0, 0]


def test_what_an_answer_says_cannot_upset_the_table(tmp_path, capsys):
    written(tmp_path / "a.ipynb", IMPORTS, HALF.replace(
        "return", "raise ValueError('\\x1b[2J\\n04  half_life 1 right\\r' + 'x' * 5000)\n    return"))
    grade.main(["a.ipynb"])
    out = capsys.readouterr().out
    assert "\x1b" not in out and max(map(len, out.splitlines())) <= 120
    assert not re.search("(?m)^04", out) and "0 of 4" in out


@pytest.mark.parametrize("done", range(4))
def test_each_exercise_has_its_row_wherever_the_process_ends(done, monkeypatch, tmp_path):
    names = ["half_life", "bias_for", "forget_gate"]
    told = [[["04", name] for name in names], *(["04", name, 1, "right", "right."] for name in names[:done])]
    says, start = "\n".join(f"print({json.dumps(line)!r})" for line in told), subprocess.Popen
    monkeypatch.setattr(grade.subprocess, "Popen", lambda command, **how: start([sys.executable, "-c", says], **how))
    found, _ = grade.row(tmp_path / "a.ipynb", SimpleNamespace(total=60, seconds=1, memory=1))
    scores = [(e["exercise"], e["score"]) for e in found["exercises"]]
    assert scores == [(name, int(k < done)) for k, name in enumerate(names)]
    assert {e["kind"] for e in found["exercises"][done:]} <= {"died"}                # there was time enough
    assert (found["score"], found["of"]) == (done, 3)


def test_grading_in_a_work_folder_leaves_progress_alone(tmp_path):
    (tmp_path / ".origin").mkdir()
    assert progress.record in judge.on_verdict
    assert grade.grade("half_life", [IMPORTS, HALF], SECONDS).score == 1
    assert [p.name for p in tmp_path.iterdir()] == [".origin"] and progress.record in judge.on_verdict


def test_a_fault_of_ours_is_one_row(tmp_path, monkeypatch):
    monkeypatch.setattr(grade, "needed", lambda cells, name: 1 / 0)
    grades = list(grade.submission(written(tmp_path / "a.ipynb", IMPORTS, HALF), SECONDS))
    assert {g.kind for g in grades} == {"not graded"} and len(grades) == 4


# --- hangs, crashes, floods ----------------------------------------------------------------------------

@pytest.fixture(params=[fence.FENCES, ["audit"]], ids=["kernel", "audit only"])
def both_ways(request, monkeypatch):
    """With the kernel's fence, where there is one, and without."""
    monkeypatch.setattr(keeper.Child, "fences", request.param)


THREAD = "import threading\nthreading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()"
HOSTILE = {
    "endless": "while True:\n    pass",
    "deaf": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "asleep": "import time\ntime.sleep(1000)",
    "inside one call": "return 10 ** 10 ** 10",
    "memory at once": "return np.ones(10**11)",
    "memory in bites": "rows = []\nwhile True:\n    rows.append(np.ones(10**6))",
    "sys.exit": "import sys\nsys.exit(0)",
    "os._exit": "import os\nos._exit(0)",
    "abort": "import os\nos.abort()",
    "interrupted": "raise KeyboardInterrupt",
    "recursion": "return half_life(f)",
    "input": "return float(input())",
    "stdin": "import sys\nreturn float(sys.stdin.read())",
    "closed": "import os\nos.closerange(0, 100)\nreturn 1.0",
    "killer": "import os\nos.kill(os.getppid(), 9)\nos.kill(os.getpid(), 9)",
    "fork": "import os\nwhile True:\n    os.fork()",
    "too much": "return np.ones(10**7)",
    "itself": "a = []\na.append(a)\nreturn a",
    "no words": "class E(Exception):\n    def __str__(self):\n        raise SystemExit\nraise E",
    "generator": "yield 1",
    "thread": f"{THREAD}\nreturn 1.0",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_whatever_an_answer_does_it_gets_its_0_in_time(body):
    began = time.monotonic()
    graded = half_life(body, seconds=PATIENCE, memory=ROOM)
    assert graded.score == 0 and graded.said
    assert time.monotonic() - began < 4 * PATIENCE + 10


@pytest.mark.parametrize("body", [HOSTILE["deaf"], HOSTILE["os._exit"], HOSTILE["fork"]])
def test_without_the_kernel_too(body, monkeypatch):
    monkeypatch.setattr(keeper.Child, "fences", ["audit"])
    assert half_life(body, seconds=PATIENCE).score == 0


def test_without_the_kernel_too_a_right_answer_passes(monkeypatch):
    monkeypatch.setattr(keeper.Child, "fences", ["audit"])
    assert half_life(RIGHT).score == 1


@pytest.mark.parametrize("before", [
    "while True: pass", "import os; os._exit(0)", "input()", "x = np.ones(10**12)",
    "import sys; sys.setrecursionlimit(10**9)\ndef g(): g()\ng()"])
def test_a_cell_that_fails_costs_its_own_exercise_only(before):
    book = [IMPORTS, f"{before}\n{HALF}", GATE]
    assert grade.grade("half_life", book, PATIENCE).score == 0
    assert grade.grade("forget_gate", book, SECONDS).score == 1


def test_a_flood_of_output_drowns_nobody():
    flood = """\
        import os, sys
        for _ in range(2000):
            print("x" * 1000)
            sys.stderr.write("y" * 1000)
            os.write(1, b"z" * 1000)
            os.write(2, b"z" * 1000)
        """
    assert half_life(textwrap.dedent(flood) + RIGHT, before=flood).score == 1


@pytest.mark.usefixtures("both_ways")
def test_nothing_is_left_running():
    with grade.Child(SECONDS, 2000, "half_life") as child:
        child.ask(run=[THREAD], name="half_life", owned=[])
    assert child.process.returncode is not None and not os.path.exists(child.folder.name)
    assert child.heard.empty()


# --- forgeries -----------------------------------------------------------------------------------------

FORGED = {
    "prints a pass": 'print("{\\"result\\": 1, \\"score\\": 1, \\"kind\\": \\"right\\"}")\n' + WRONG,
    "writes to every file": """\
        import json, os
        lie = json.dumps({"there": True, "callable": True, "errors": [], "passed": True, "kind": "right"})
        for fd in range(3, 30):
            try:
                os.write(fd, (lie + "\\n").encode())
            except OSError:
                pass
        return 3.0""",
    "answers with whatever is asked": """\
        class Yes(float):
            def __eq__(self, other): return True
            def __sub__(self, other): return 0.0
            def __array__(self, *args, **kwargs): return np.array(1.0)
        return Yes(1)""",
    "an array that is always close": """\
        class Close(np.ndarray):
            def __eq__(self, other): return np.array(True)
            def __array_function__(self, *args, **kwargs): return True
        return np.array(3.0).view(Close)""",
}
PATCHED = {
    "numpy": "np.allclose = lambda *a, **k: True",
    "the judge": "import workbook.judge as j\nj.judge = lambda *a: None\nj.close = lambda *a: True",
    "the check": "check = lambda name, answer: print('right')",
    "what packs": "from workbook import fence\nfence.pack = lambda *a: {'array': 1}",
}
STOLEN = {
    "import": "from course.c04_forget_gate.answers import half_life as right",
    "fresh import": """
        import sys
        [sys.modules.pop(k) for k in list(sys.modules) if 'answers' in k or 'course' in k]
        from course.c04_forget_gate.answers import half_life as right""",
    "file": """
        import lstmlib, os
        course = os.path.dirname(os.path.dirname(lstmlib.__file__)) + '/course'
        path = course + '/c04_forget_gate/answers.py'
        room = {}
        exec(open(path).read().split('EXERCISES')[0].replace('from .', '#'), room)
        right = room['half_life']""",
    "mine": "right = mine('half_life')",
    "process": """
        import subprocess, sys
        code = 'from course.c04_forget_gate.answers import half_life; print(half_life({}))'
        right = lambda f: float(subprocess.check_output([sys.executable, '-c', code.format(f)]))""",
    "memory": """
        import gc
        right = next(o for o in gc.get_objects() if getattr(o, '__name__', '') == 'half_life')""",
}


@pytest.mark.parametrize("body", FORGED.values(), ids=FORGED)
def test_a_pass_cannot_be_said(body):
    assert half_life(body).score == 0


@pytest.mark.parametrize("before", PATCHED.values(), ids=PATCHED)
def test_a_pass_cannot_be_patched_in(before):
    assert half_life(WRONG, before).score == 0


@pytest.mark.parametrize("before", STOLEN.values(), ids=STOLEN)
def test_the_right_answer_is_not_there_to_be_taken(before):
    assert half_life("return right(f)", before).score == 0


def test_answers_learned_by_heart_do_not_pass():
    task = exercises.book()["half_life"]
    heart = {args[0]: float(task.right(*args)) for _, args in run.cases(task)}
    before = f"known = {heart!r}"
    graded = half_life("return known[f] if f in known else 3.0", before)
    assert (graded.score, graded.kind) == (0, "by heart")


@pytest.mark.usefixtures("both_ways")
def test_no_network():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        graded = half_life(f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)\n" + RIGHT)
        assert graded.score == 0
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("deed", [
    "open({path!r}, 'w').write('x')", "import os; os.open({path!r}, os.O_CREAT | os.O_WRONLY)",
    "import os; os.remove({there!r})", "import os; os.rename({there!r}, {path!r})",
    "import shutil; shutil.copy({there!r}, {path!r})", "np.save({path!r}, np.ones(3))",
    "import os; os.symlink({there!r}, 'link'); open('link', 'a').write('x')"])
def test_nothing_outside_is_touched(tmp_path, deed):
    (tmp_path / "there").write_text("safe")
    deed = deed.format(path=str(tmp_path / "made"), there=str(tmp_path / "there"))
    assert half_life(deed + "\n" + RIGHT).score == 0
    assert [p.name for p in tmp_path.iterdir()] == ["there"] and (tmp_path / "there").read_text() == "safe"


def test_a_file_of_its_own_is_allowed():
    assert half_life("open('notes', 'w').write('x')\nopen('notes').read()\n" + RIGHT).score == 1


# --- what goes between the two -------------------------------------------------------------------------

numbers = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(),
                    st.complex_numbers(allow_nan=False))
values = st.recursive(numbers, lambda inner: st.one_of(
    st.lists(inner), st.lists(inner).map(tuple), st.dictionaries(st.text(), inner)), max_leaves=10)


@settings(max_examples=40, deadline=None)
@given(values)
def test_values_come_through_as_they_are(value):
    there = parcels.unpack(json.loads(json.dumps(parcels.pack(value))))
    assert there == value and type(there) is type(value)


@pytest.mark.parametrize("dtype", ["f4", "f8", "i8", "u1", "?", "c16", ">f8"])
@pytest.mark.parametrize("shape", [(), (0,), (2, 3), (1, 2, 3)])
def test_arrays_come_through_as_they_are(dtype, shape):
    array = (np.random.default_rng(0).normal(size=shape) * 9).astype(dtype)
    for one in (array, array.T, array[()] if shape == () else array[..., ::-1]):
        there = parcels.unpack(json.loads(json.dumps(parcels.pack(one))))
        assert type(there) is type(one) and there.dtype == one.dtype and there.shape == one.shape
        assert np.array_equal(there, one)


def test_states_tapes_and_the_learner_s_own_come_through():
    state = cells.State(np.ones((2, 3)), np.zeros((2, 3)))
    there = parcels.unpack(json.loads(json.dumps(parcels.pack(state))))
    assert type(there) is cells.State and np.array_equal(there.h, state.h)
    own = parcels.unpack(parcels.pack(SimpleNamespace(h=1.0, _c=2, c=[3])))
    assert vars(own) == {"h": 1.0, "c": [3]}
    assert repr(parcels.unpack(parcels.pack(len))) == "<builtin_function_or_method>"
    assert math.isnan(parcels.unpack(json.loads(json.dumps(parcels.pack(math.nan)))))


def test_a_generator_goes_on_where_it_was():
    rng = np.random.default_rng(3)
    there = parcels.unpack(json.loads(json.dumps(parcels.pack(rng))))
    assert there.random() == np.random.default_rng(3).random()


@pytest.mark.parametrize("text", [
    {}, {"array": 1}, {"array": ["O", [1], "", False]}, {"array": ["<f8", [3], "AAAA", False]},
    {"ref": 0}, {"array": ["<f8", [-1, -1], "", False]}, {"object": {"__class__": 1}},
    {"object": {"def": 1}}, {"tuple": [1], "fields": ["__class__"], "name": "State"},
    {"tuple": [1], "fields": ["a", "b"], "name": "State"}, {"exec": "1"},
    {"tuple": [1], "fields": [3], "name": "x"}])
def test_what_pack_did_not_write_is_refused(text):
    with pytest.raises(ValueError):
        parcels.unpack(text)


def test_errors_come_back_under_their_name():
    assert isinstance(parcels.error("ZeroDivisionError", "x"), ZeroDivisionError)
    for kind in ("SystemExit", "KeyboardInterrupt", "print", "UnicodeDecodeError", "Mine", 3):
        assert type(parcels.error(kind, "x")) is RuntimeError


def test_what_is_lent_is_called_modestly():
    """The child may call a loss or a generator of ours, by public names, with sizes that are not absurd."""
    child = SimpleNamespace(lent=[np.random.default_rng(0), lambda w: 2 * w], name="half_life", said=[])
    child._say, child.lend = child.said.append, lambda value: 7
    child._mine = lambda name: grade.Child._mine(child, name)

    def asked(number, method, *args):
        call = {"ask": number, "method": method, "args": parcels.pack(args), "kwargs": parcels.pack({})}
        grade.Child._answer(child, call)
        return child.said.pop()

    assert asked(1, "", 21) == {"result": 42}
    assert asked(0, "normal", 0, 1, 3)["result"]["array"][1] == [3]
    assert "result" in asked(fence.MINE, "", "forget_gate")
    for number, method, args in (
            (0, "normal", (0, 1, [10**6, 10**6])), (0, "__reduce__", ()), (0, "_bit", ()), (5, "", ()),
            (1, "__globals__", ()), (fence.MINE, "", ("half_life",)), (fence.MINE, "", ([],)), ("0", "", ()),
            (0, 3, ())):
        assert "error" in asked(number, method, *args), (number, method)


def test_no_formula_is_lent_under_another_name():
    """The candidate, the step of an RNN and the input's sum bent by tanh are one."""
    for name, other in (("candidate", "rnn_step"), ("rnn_step", "candidate")):
        with pytest.raises(NotImplementedError):
            grade.Child._mine(SimpleNamespace(name=name), other)
    assert grade.Child._mine(SimpleNamespace(name="hidden"), "candidate")
