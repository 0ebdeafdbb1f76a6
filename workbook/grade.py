"""The exercises of a class, judged in a batch: a score for each exercise of each submission.

    python -m workbook grade [fr|en] submission.ipynb … [--json out.json] [--seconds 30] [--memory 2000]

Each exercise is judged in a process of its own (fence.py says what that guards against, and what not), in
which only those cells are run that the answer needs. Values are compared here: on the judge's inputs, and on
fresh ones that nobody can know beforehand. A submission that is no notebook, hangs, crashes or has lost cells
gets its row like all others, and the exit code is 0 all the same; it is 2 where nothing was found at all.
"""
import argparse
import ast
import glob
import json
import math
import os
import queue
import re
import shutil
import signal
import subprocess
import symtable
import sys
import tempfile
import threading
import time
import warnings
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from IPython.core.inputtransformer2 import TransformerManager

from . import exercises, fence, judge
from .room import rooms
from .words import say, speak

ROOT = Path(__file__).resolve().parent.parent


class Grade(NamedTuple):
    """What one exercise of one submission is worth: 1 or 0, why, and the judge's words."""
    chapter: str
    exercise: str
    score: int
    kind: str
    said: str


# --- a submission -------------------------------------------------------------------------------------

def found(word):
    """The files that a word of the command means: a name, a folder with all below it, or a pattern with * in it."""
    folder = Path(word).is_dir()
    names = glob.glob(f"{glob.escape(word)}/**/*.ipynb" if folder else word, recursive=True)
    return sorted(map(Path, names)) or [Path(word)]


def code_cells(path):
    """The texts of a notebook's code cells. ValueError, in words, if it is none."""
    try:
        if not path.is_file():
            raise ValueError(say("no such file"))
        if path.stat().st_size > 50_000_000:
            raise ValueError(say("larger than 50 MB"))
        book = json.loads(path.read_bytes().decode("utf-8-sig", "replace"))
    except OSError as why:
        raise ValueError(say("cannot be read: {why}", why=why.strerror)) from None
    except (json.JSONDecodeError, RecursionError):
        raise ValueError(say("no notebook")) from None
    try:
        cells = book["cells"] if "cells" in book else [c for s in book["worksheets"] for c in s["cells"]]
        texts = [c.get("source", c.get("input", "")) for c in cells if c.get("cell_type") == "code"]
        return [_python(text if isinstance(text, str) else "".join(text)) for text in texts]
    except (TypeError, KeyError, AttributeError):
        raise ValueError(say("no notebook")) from None


def _python(cell):
    """A cell as Python: as it stands if it is Python already, else as IPython rewrites %magic, !command, help?"""
    if _names(cell):
        return cell
    if re.match(r"\s*%%(?!time|capture)", cell):
        return ""
    cell = re.sub(r"^(\s*)%%.*", r"\1pass", cell)
    try:
        return TransformerManager().transform_cell(cell)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return cell


@cache
def chapter_of(name):
    """The chapter, "04", that an exercise belongs to."""
    return next(code for code in rooms() if any(name in tasks for tasks in exercises.chapter(code).values()))


def expected(path, cells):
    """The exercises that a submission should hold: all of the chapters that it checks, or is named after."""
    known = [names for cell in cells if (names := _names(cell))]
    chapters = set(re.findall(r"^0\d(?=[-_. ])", path.name))
    for what in ("checks", "binds"):                       # without any check, what it defines must do
        found = set().union(*(getattr(names, what) for names in known)) & exercises.book().keys()
        chapters = chapters or {chapter_of(name) for name in found}
        if what == "checks":
            chapters |= {chapter_of(name) for name in found}
    return [name for name in exercises.book() if chapter_of(name) in chapters]


def needed(cells, name):
    """The cells that the answer to an exercise needs, and all cells up to it; ([], []) if there is no answer.

    The answer stands in the last cell that checks it, or, where none does, in the last one that defines it.
    From there names are followed back from cell to cell: one that only trains or shows something is not run.
    """
    known = [_names(cell) or Names(set(), set(), set()) for cell in cells]
    at = max((k for k, cell in enumerate(known) if name in cell.checks),
             default=max((k for k, cell in enumerate(known) if name in cell.binds), default=None))
    if at is None:
        return [], []
    wanted, chosen = set(known[at].reads), [cells[at]]
    for k in reversed(range(at)):
        if known[k].binds & (wanted | {"*"}):
            wanted |= known[k].reads
            chosen.insert(0, cells[k])
    return chosen, cells[:at + 1]


class Names(NamedTuple):
    """What a cell has to do with others: names that it binds and reads, exercises that it checks."""
    binds: set
    reads: set
    checks: set


@lru_cache(1000)
def _names(cell):
    """The Names of a cell; None if it is no valid Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree, table = ast.parse(cell), symtable.symtable(cell, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    reads = {s.get_name() for s in table.get_symbols() if s.is_referenced()} | _globals(table)
    checks = set()
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):         # W[0] = 1 is of W
                binds |= {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                binds.add("*")
            case ast.Call(func=ast.Name(id="check") | ast.Attribute(attr="check"),
                          args=[ast.Constant(value=str(name)), *_]):
                checks.add(name)
    return Names(binds, reads, checks)


def _globals(table):
    """The global names that the functions in a symbol table read."""
    return {s.get_name() for inner in table.get_children() for s in inner.get_symbols()
            if s.is_global() and s.is_referenced()}.union(*map(_globals, table.get_children()))


# --- the child, from outside --------------------------------------------------------------------------

@cache
def apart():
    """The command that starts a process without network or sight of others; empty where there is none."""
    command = ["unshare", "--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child"]
    try:
        allowed = shutil.which("unshare") and not subprocess.run(
            [*command, "true"], stdin=subprocess.DEVNULL, capture_output=True, timeout=10).returncode
    except (OSError, subprocess.SubprocessError):
        allowed = False
    return command if allowed else []


class Gone(Exception):
    """The child is no more."""


class Child:
    """A process behind the fence. It dies at its deadline, at a message too long, and when the block ends."""

    def __init__(self, seconds, memory, name):
        self.deadline, self.fate, self.lent = time.monotonic() + seconds, "", []
        self.name, self.lost = name, False
        self.folder = tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True)
        own = {name: self.folder.name for name in ("HOME", "MPLCONFIGDIR", "TMPDIR", "TEMP")}
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
        self.process = subprocess.Popen(
            [*apart(), sys.executable, "-m", "workbook.fence", str(2 * seconds), str(memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            cwd=self.folder.name, start_new_session=True,
            env={**kept, **own, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MPLBACKEND": "agg",
                 "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"})
        self.heard, self.to_say = queue.Queue(100), queue.Queue()
        for work in (self._listen, self._speak):           # threads: a pipe by itself has no time limit
            threading.Thread(target=work, daemon=True).start()

    def _listen(self):
        line = bytearray()
        with self.process.stdout as pipe:
            while (data := pipe.read(1 << 16)) and len(line) < fence.LONGEST:
                *whole, rest = data.split(b"\n")
                for piece in whole:
                    self.heard.put(bytes(line + piece))
                    line.clear()
                line += rest
        self.heard.put(None)

    def _speak(self):
        try:
            with self.process.stdin as pipe:
                while (message := self.to_say.get()) is not None:
                    pipe.write(message)
        except OSError:
            pass                                           # it has gone; _listen hears that, too

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.end(self.fate)
        self.to_say.put(None)
        try:
            while self.heard.get(timeout=1) is not None:   # so that _listen comes to its end
                pass
        except queue.Empty:
            pass
        self.folder.cleanup()

    def end(self, fate):
        """Kills the child and all that it started, and notes why."""
        self.fate = self.fate or fate
        if hasattr(os, "killpg"):
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        self.process.kill()
        self.process.wait()

    def ask(self, **message):
        """Sends a message, answers what the child asks in between, returns its answer. Gone if none comes."""
        if self.fate:
            raise Gone(self.fate)
        try:
            self._say(message)
            while True:
                line = self.heard.get(timeout=max(0.01, self.deadline - time.monotonic()))
                answer = json.loads(line) if line else None
                if not isinstance(answer, dict):
                    self.end("died")
                    raise Gone("died")
                if "ask" not in answer:
                    return answer
                self._answer(answer)
        except queue.Empty:
            self.end("time")
            raise Gone("time") from None
        except (ValueError, RecursionError):
            self.end("died")
            raise Gone("died") from None

    def _say(self, message):
        self.to_say.put(json.dumps(message).encode() + b"\n")

    def _answer(self, asked):
        """A call of what was lent to the child: a loss, a generator, lstmlib's answer for mine()."""
        try:
            args = fence.unpack(asked["args"], self.lent.__getitem__)
            kwargs = fence.unpack(asked["kwargs"], self.lent.__getitem__)
            _modest([args, kwargs])
            if asked["ask"] == fence.MINE:
                result = self._mine(*args)
            else:
                found, method = self.lent[asked["ask"]], asked["method"]
                if method:
                    found = getattr(found, method) if fence.plain(method) else None
                result = found(*args, **kwargs)
            self._say({"result": fence.pack(result, self.lend)})
        except Exception as why:
            self._say({"error": [type(why).__name__, str(why)[:2000]]})

    def _mine(self, name):
        if name == self.name or name not in exercises.book():
            raise NotImplementedError(name)
        right = exercises.book()[name].right
        if _unheard(exercises.book()[self.name], right).passed:          # the same formula under another name
            raise NotImplementedError(name)
        return right

    def lend(self, value):
        """The number by which the child may call something of ours."""
        self.lent.append(value)
        return len(self.lent) - 1


def _modest(value):
    """ValueError if the whole numbers in `value`, as sizes, could make us compute without end."""
    def numbers(value):
        if isinstance(value, int):
            yield max(1, abs(value))
        elif isinstance(value, dict | list | tuple):
            for inner in value.values() if isinstance(value, dict) else value:
                yield from numbers(inner)

    if math.prod(numbers(value)) > 10_000_000:
        raise ValueError("too large for what is asked here")


class Answer:
    """The learner's function as the judge calls it: arguments go to the child, result or error comes back."""

    def __init__(self, child):
        self.child = child

    def __deepcopy__(self, memo):
        return self

    def __call__(self, *args):
        answer = self.child.ask(call=fence.pack(args, self.child.lend))
        if "error" in answer:
            self.child.lost |= answer["error"][0] == "NameError"
            raise fence.error(*answer["error"])
        resolve = self.child.lent.__getitem__
        try:
            for ours, theirs in zip(args, fence.unpack(answer["args"], resolve)):
                _write_back(ours, theirs)
            return fence.unpack(answer["result"], resolve)
        except (ValueError, TypeError, KeyError, IndexError, RecursionError) as why:
            self.child.end("died")
            raise Gone("died") from why


def _write_back(ours, theirs):
    """What the answer did to its arguments in there is done to them here, so that the judge sees it."""
    if isinstance(ours, np.ndarray) and isinstance(theirs, np.ndarray) and ours.shape == theirs.shape:
        ours[...] = theirs
    elif isinstance(ours, np.random.Generator) and isinstance(theirs, np.random.Generator):
        ours.bit_generator.state = theirs.bit_generator.state
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) != len(theirs):
        ours[:] = theirs
    elif isinstance(ours, dict) and isinstance(theirs, dict):
        for key in ours.keys() & theirs.keys():
            _write_back(ours[key], theirs[key])
    elif isinstance(ours, list | tuple) and isinstance(theirs, list | tuple):
        for a, b in zip(ours, theirs):
            _write_back(a, b)


FATES = {"time": "it was stopped: it took too long.", "died": "its process ended before it had answered."}


# --- judging ------------------------------------------------------------------------------------------

def grade(name, cells, seconds=30, memory=2000):
    """The Grade of one exercise, given a submission's code cells. seconds, memory (MiB): of its process."""
    some, every = needed(cells, name)
    kind, said, lost = _judged(name, some, seconds, memory)
    if kind not in ("right", "blank") and len(some) < len(every):     # another cell may have changed a value
        again = _judged(name, every, seconds, memory)
        if lost or again[0] == "right":
            kind, said, _ = again
    if kind == "missing" and any(name in cell and _names(cell) is None for cell in cells):
        kind, said = "syntax", say("a cell that names it is no valid Python.")
    return Grade(chapter_of(name), name, int(kind == "right"), kind, said)


def _judged(name, cells, seconds, memory):
    """(kind, words, whether a name was not found) of the answer that these cells give."""
    missing = "missing", say("no cell answers it.")
    if not cells:
        return *missing, False
    with Child(seconds, memory, name) as child:
        try:
            ran = child.ask(run=cells, name=name)
            lost = "NameError" in ran.get("errors", ())
            if not ran.get("there"):
                return *missing, lost
            if not ran.get("callable"):
                return "no function", say("what is checked is no function."), lost
            verdict = _unheard(exercises.book()[name], Answer(child))
            kind, said = verdict.kind, verdict.steps[0]
            if verdict.passed and not _unheard(on_fresh_inputs(name), Answer(child)).passed:
                kind, said = "by heart", say("right on inputs that are known beforehand, wrong on others.")
            lost |= child.lost
        except Gone:
            pass
        if child.fate:
            kind, said, lost = child.fate, say(FATES[child.fate]), False
        return kind, said, lost


def _unheard(task, answer):
    """The judge's verdict, kept from those who listen: this is not the progress of whoever grades."""
    listeners, judge.on_verdict[:] = judge.on_verdict[:], []
    try:
        return judge.judge(task, answer)
    finally:
        judge.on_verdict[:] = listeners


@cache
def on_fresh_inputs(name):
    """The exercise with inputs of this hour. (A puzzle has none; random draws are left to the judge.)"""
    task = exercises.book()[name]
    if isinstance(task, judge.Puzzle) or task.tolerance:
        return task
    rng = np.random.default_rng()
    return task._replace(inputs=lambda _, sizes: task.inputs(rng, sizes))


def submission(path, seconds=30, memory=2000):
    """Yields the Grade of each exercise that a notebook should hold. ValueError, in words, if it has none."""
    cells = code_cells(path)
    names = expected(path, cells)
    if not names:
        raise ValueError(say("no exercise of the course in it"))
    for name in names:
        try:
            yield grade(name, cells, seconds, memory)
        except Exception as why:                           # ours, not theirs: the others must still be graded
            yield Grade(chapter_of(name), name, 0, "not graded", f"{type(why).__name__}: {why}")


def _write(path, text):
    """A whole file or none; what is no file (/dev/stdout) is written to."""
    part = path if path.exists() and not path.is_file() else path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        if part != path:
            part.unlink(missing_ok=True)


def _line(text, width):
    """Text on one line of a table, whatever is in it."""
    text = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return text if len(text) <= width else text[:width - 1] + "…"


def main(words):
    """The command line. Returns the exit code: 0 whatever was handed in."""
    if words[:1] in (["fr"], ["en"]):
        speak(words.pop(0))
    parser = argparse.ArgumentParser(prog="grade", description=say(
        "The exercises of a class, judged in a batch: a score for each exercise of each submission."))
    parser.add_argument("files", nargs="+", metavar="submission.ipynb", help=say("notebooks handed in"))
    parser.add_argument("--json", type=Path, metavar="out.json", help=say("where the scores go, too"))
    parser.add_argument("--seconds", type=int, default=30, help=say("for each exercise"))
    parser.add_argument("--memory", type=int, default=2000, help=say("for each exercise, in MiB"))
    options = parser.parse_args([f"./{word}" if word[:1] == "-" and Path(word).is_file() else word for word in words])
    judge.SECONDS = 10 * options.seconds                   # the child's own limit comes first
    out = []
    paths = list(dict.fromkeys(path for word in options.files for path in found(word)))
    if not any(path.exists() for path in paths):
        print(say("No notebook was found under this name."))
        return 2
    for path in paths:
        print(_line(str(path), 110), flush=True)
        grades, remark = [], ""
        try:
            for g in submission(path, options.seconds, options.memory):
                grades.append(g)
                print(f"  {g.chapter}  {g.exercise:16} {g.score}  {_line(g.said, 84)}", flush=True)
        except ValueError as why:
            remark = str(why)
        score = sum(g.score for g in grades)
        print(f"  {remark}" if remark else say("  {score} of {n}", score=score, n=len(grades)), flush=True)
        out.append({"submission": str(path), "score": score, "of": len(grades), "remark": remark,
                    "exercises": [g._asdict() for g in grades]})
        if options.json:                                   # after each: what ends us does not lose the class
            _write(options.json, json.dumps(out, indent=1, ensure_ascii=False))
    return 0
