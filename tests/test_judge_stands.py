"""The judge stands: whatever an answer does, and however it is looked at, one call gives one verdict, in time."""
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from textwrap import dedent, indent

import numpy as np
import pytest

from workbook import judge as J
from workbook import progress
from workbook.exercises import book, check
from workbook.judge import calls
from workbook.judge.calls import TooLong, within


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    monkeypatch.setattr(J, "_asked", Counter())
    monkeypatch.setattr(sys, "unraisablehook", lambda told: None)      # pytest's own would be stopped half way, too


def made(name, body):
    """A function f(*args) with this body."""
    room = {"np": np, "suppress": suppress, "sys": sys, "time": time, "threading": threading}
    exec(f"def {name}(*args):\n{indent(dedent(body).strip(), '    ')}", room)
    return room[name]


# --- loops without end ------------------------------------------------------------------------------------

SWALLOWED = """
    while True:
        try:
            sum(range(1000))
        except{which}:
            {then}
"""
ENDLESS = {
    "plain": "x = 1\nwhile True:\n    x = x + 1",
    "in one line": "[0 for _ in iter(int, 1)]",
    "bare except": SWALLOWED.format(which="", then="pass"),
    "BaseException": SWALLOWED.format(which=" BaseException", then="pass"),
    "each one kept": "\n    kept = []" + SWALLOWED.format(which=" BaseException as e", then="kept.append(e)"),
    "finally": "while True:\n    try:\n        sum(range(1000))\n    finally:\n        continue",
    "suppress": "while True:\n    with suppress(BaseException):\n        sum(range(1000))",
    "again in the handler": """
        def again():
            try:
                while True: sum(range(1000))
            except: again()
        again()""",
    "a function of its own": """
        def inner():
            while True:
                try: sum(range(1000))
                except: pass
        while True:
            try: inner()
            except: pass""",
    "generator": """
        def drawn():
            while True:
                try: yield sum(range(1000))
                except: pass
        while True:
            try: sum(drawn())
            except: pass""",
    "called back by C": """
        def key(v):
            while True:
                try: sum(range(1000))
                except: pass
        sorted([1, 2], key=key)""",
    "asleep": "time.sleep(1e6)",
    "asleep again": "while True:\n    try: time.sleep(1e6)\n    except: pass",
    "waiting": "lock = threading.Lock()\nwith lock:\n    lock.acquire()",
    "waiting for a thread": """
        other = threading.Thread(target=threading.Event().wait, daemon=True)
        other.start()
        other.join()""",
}


@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("where", ["main", "thread"])
def test_an_endless_answer_is_stopped(body, where, monkeypatch):
    monkeypatch.setattr(J, "SECONDS", 0.1)
    said, start, traced = [], time.monotonic(), sys.gettrace()

    def judge():
        said.append(check("half_life", made("half_life", body)))

    if where == "main":
        judge()
    else:
        thread = threading.Thread(target=judge, daemon=True)
        thread.start()
        thread.join(5)
    assert said[0].kind == "endless" and time.monotonic() - start < 5
    monkeypatch.setattr(J, "SECONDS", 10)
    assert check("half_life", lambda f: -1 / np.log2(f)).passed and sys.gettrace() is traced
    while True:                                            # and nothing rings afterwards, nor burns for long
        began = time.process_time()
        time.sleep(0.2)
        if time.process_time() - began < 0.1:
            break
        assert time.monotonic() - start < 20


RUNG_OUT = {               # what an alarm stops, and no thread can
    "nested": """
        kept = []
        while True:
            try:
                while True:
                    try: sum(range(1000))
                    except BaseException as e: kept.append(e)
            except BaseException as e: kept.append(e)""",
    "expression": "import re\nre.match('(a+)+$', 'a' * 40 + 'b')", "number": "10 ** 10 ** 9"}


@pytest.mark.parametrize("body", RUNG_OUT.values(), ids=RUNG_OUT)
def test_where_there_is_an_alarm_it_stops_more(body, monkeypatch):
    monkeypatch.setattr(J, "SECONDS", 0.1)
    assert check("half_life", made("half_life", body)).kind == "endless"


@pytest.mark.parametrize("body", [ENDLESS[k] for k in ("plain", "bare except", "generator", "finally")])
def test_where_there_is_neither_alarm_nor_thread(body, monkeypatch):
    """As in a browser."""
    def no_threads(thread):
        raise RuntimeError("can't start new thread")
    monkeypatch.delattr("signal.setitimer", raising=False)
    monkeypatch.setattr("threading.Thread.start", no_threads)
    monkeypatch.setattr(J, "SECONDS", 0.1)
    calls._threads.cache_clear()
    try:
        assert check("half_life", made("half_life", body)).kind == "endless" and sys.gettrace() is None
        monkeypatch.setattr(J, "SECONDS", 10)
        for name in ("half_life", "lstm_backward"):
            assert check(name, book()[name].right).passed
    finally:
        calls._threads.cache_clear()


def test_where_there_is_no_alarm_a_thread_does_it(monkeypatch):
    monkeypatch.delattr("signal.setitimer", raising=False)
    monkeypatch.setattr(J, "SECONDS", 0.1)
    assert check("half_life", made("half_life", ENDLESS["plain"])).kind == "endless"
    within(0.1, lambda: None)
    time.sleep(0.2)


def test_an_endless_puzzle(monkeypatch):
    monkeypatch.setattr(J, "SECONDS", 0.1)
    assert check("latch", made("latch", ENDLESS["in one line"])).kind == "endless"


def test_what_was_swallowed_stops_nothing_else():
    """A debugger gets back its trace; what an answer kept stops no other in whose time it is deleted."""
    kept, trace, before = [], lambda *_: None, sys.gettrace()

    def keeping():
        try:
            [0 for _ in iter(int, 1)]
        except BaseException as error:
            kept.append(error)
            raise

    sys.settrace(trace)
    try:
        with pytest.raises(TooLong):
            within(0.1, made("f", ENDLESS["bare except"]))
        assert sys.gettrace() is trace
        sys.settrace(before)
        with suppress(TooLong):
            within(0.1, keeping)
        assert kept and within(5, lambda: (kept.clear(), len(kept))) == (None, 0)
    finally:
        sys.settrace(before)


def test_where_the_machine_stands_still_no_alarm_goes_on_ringing():
    """An alarm may ring while the last one is being answered, and once more when it is off (here it does, often)."""
    code = """
import signal
from workbook.judge import calls
calls.AGAIN = 2e-5
def plain():
    while True:
        pass
def swallowing():
    while True:
        try: sum(range(1000))
        except: pass
for f in (plain, swallowing) * 300:
    try:
        calls.within(0.002, f)
    except calls.TooLong:
        assert not signal.getitimer(signal.ITIMER_REAL)[0]
        [int() for _ in range(300)]                     # where one that is late would come in
print("quiet")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "quiet\n", done.stderr


def test_a_debugger_still_runs_after_an_answer_was_stopped_in_a_thread():
    """An alarm taken back leaves Python 3.11 looking out for it, and as soon as it is traced it hangs."""
    code = """
import sys, threading
from workbook.judge.calls import within
threading.excepthook = lambda _: None                   # TooLong, once
for seconds, f in ((0.1, lambda: [0 for _ in iter(int, 1)]), (5, int)):
    thread = threading.Thread(target=within, args=(seconds, f))
    thread.start()
    thread.join()
sys.settrace(lambda *_: None)
print((lambda: "it runs")())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "it runs\n"


# --- whatever it does when it is looked at ------------------------------------------------------------------

class Evil(BaseException):
    """What no `except Exception` catches."""


def objecting(*args, **kwargs):
    raise RuntimeError("looked at")


def damning(*args, **kwargs):
    raise Evil


def dawdling(*args, **kwargs):
    while True:
        try:
            sum(range(1000))
        except:                                            # noqa: E722
            pass


METHODS = """__str__ __repr__ __eq__ __hash__ __getattr__ __getattribute__ __array__ __len__ __bool__ __iter__
             __float__ __index__ __getitem__ __format__""".split()
LOOKED_AT = "__class__ __code__ __name__ __dict__ shape keys h".split()
KINDS = {"object": (), "array": (np.ndarray, (2, 3)), "dict": (dict,), "tuple": (tuple, (1, 2)), "list": (list, (1, 2)),
         "number": (float, 1)}


def touchy(look, deed, kind=object, *args):
    """An object that does the deed when it is looked at so."""
    there = property(deed) if look in LOOKED_AT else deed
    return type("Touchy", (kind,), {look: there})(*args)


@pytest.mark.parametrize("deed", [objecting, damning])
@pytest.mark.parametrize("look", METHODS + LOOKED_AT)
def test_whatever_an_object_does_when_looked_at_there_is_a_verdict(look, deed):
    answers = {}
    for label, kind in KINDS.items():
        with suppress(RuntimeError, Evil, TypeError):      # it may not even be born
            answers[f"is {label}"] = q = touchy(look, deed, *kind)
            answers[f"returns {label}"] = lambda *args, q=q: q
    there = property(deed) if look in LOOKED_AT else deed
    answers["is called"] = type("Touchy", (), {look: there, "__call__": lambda self, *args: 3})()
    error = type("Touchy", (Exception,), {look: there})

    def raises(*args):
        raise error("a", "b")
    answers["raises"] = raises

    def named(*args):
        return 3
    if deed is objecting:
        named.__wrapped__ = named.__signature__ = touchy(look, deed)
    answers["is marked"] = named
    for label, answer in answers.items():
        for name in ("latch", "lstm_step" if label.startswith("returns") else "half_life"):
            verdict = check(name, answer)
            shown = verdict._repr_mimebundle_()["text/html"]
            assert not verdict.passed and verdict.steps[0] and repr(verdict) and shown, (label, name)


@pytest.mark.parametrize("kind", ["object", "array", "list"])
@pytest.mark.parametrize("look", ["__array__", "__iter__", "h", "__str__"])
def test_who_dawdles_when_looked_at_is_stopped_too(look, kind, monkeypatch):
    monkeypatch.setattr(J, "SECONDS", 0.1)
    start, q = time.monotonic(), touchy(look, dawdling, *KINDS[kind])
    raised = type("Touchy", (Exception,), {"__str__": dawdling})

    def raises(*args):
        raise raised
    for answer in (lambda *args: q, raises):
        assert not check("lstm_step", answer).passed
    assert time.monotonic() - start < 5


def test_what_looks_otherwise_but_is_right_passes():
    """Results are looked at once; what holds the right numbers is right, whatever it is."""
    gate = book()["forget_gate"].right

    class Boxed:
        def __init__(self, array):
            self.inside = array

        def __array__(self, *args, **kwargs):
            return np.asarray(self.inside)
    right = gate, lambda *a: Boxed(gate(*a)), lambda *a: gate(*a).view(type("Mine", (np.ndarray,), {}))
    assert [check("forget_gate", answer).kind for answer in right] == ["right"] * 3
    called = type("Called", (), {"__call__": lambda self, *args: gate(*args)})()
    assert check("forget_gate", called).passed


def test_a_name_that_is_none_gets_its_verdict():
    for name in ([], {}, 3, None, "no_such", np.ones(2)):
        assert check(name, lambda: 0).kind == "unknown"


def test_an_answer_that_goes_elsewhere_loses_no_pass(tmp_path, monkeypatch):
    (tmp_path / ".origin").mkdir()
    (tmp_path / "en").mkdir()
    monkeypatch.chdir(tmp_path / "en")

    def half_life(f):
        os.chdir("/")
        return -1 / np.log2(f)
    for where in (lambda judge: judge(), lambda judge: threading.Thread(target=judge).run()):
        where(lambda: check("half_life", half_life))
        assert os.getcwd() == str(tmp_path / "en") and "half_life" in progress.read()[0]["exercises"]
