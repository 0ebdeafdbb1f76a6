"""What the learner has solved, answered and guessed: one small file, work/progress.json.

Nothing leaves the machine. Anything is read or written only inside a work folder: the current directory, or
one above it, holds `.origin/`. Builds and tests run outside of one, so to them every learner is new.

Many notebooks may write at once: whoever has the lock writes the file. Who cannot have it leaves a note
beside the file, `.progress.note-…`, which is read like the file, and goes once the file is sure to hold it.

    python -m workbook progress                  the board, as text
    python -m workbook progress --sum FOLDER     for lecturers: a folder of such files as CSV, one row for each
"""
import ast
import builtins
import csv
import errno
import html
import inspect
import json
import linecache
import os
import secrets
import shutil
import sys
import textwrap
import time
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import FunctionType, ModuleType

from . import exercises, judge
from .exercises import check as check  # taken from here, it is a check whose passing is kept
from .quizzes import CHAPTERS, chapter, options
from .words import language, say, speak

VERSION = 1
KINDS = "exercises", "puzzles", "answers", "predictions", "helped", "reviews", "trials"    # helped: solution shown
LATEST = "source", "found", "tried", "step", "due", "best"         # of an entry, what changes; all else stays as it was
LARGEST = 10_000_000                      # bytes; a learner's file has some 50,000
PATIENCE = 5                              # seconds

if os.name == "nt":
    import msvcrt

    def _take(file):
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _give(file):
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    try:
        from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
    except ImportError:                   # in a browser; JupyterLite has an empty fcntl
        LOCK_EX = LOCK_NB = LOCK_UN = 0

        def flock(file, operation):
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    def _take(file):
        flock(file, LOCK_EX | LOCK_NB)

    def _give(file):
        flock(file, LOCK_UN)


# --- the file --------------------------------------------------------------------------------------

def work_folder():
    """The work folder that we are in, or None."""
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / ".origin").is_dir()), None)


def blank():
    """The progress of someone who begins."""
    return {"version": VERSION, **{kind: {} for kind in KINDS}}


def read():
    """What is kept, and a remark for the learner if something is wrong with the file ("" if nothing is)."""
    home = work_folder()
    if home is None:
        return blank(), ""
    file = _file(home)
    try:
        with _alone(file) as alone:
            data, _, remark = _load(file, alone)
    except OSError as why:
        data, remark = None, say("Your progress could not be read: {why}.", why=why)
    return data or blank(), remark


def keep(kind, key, **entry):
    """Keeps an entry; returns a remark for the learner, "" where all went well.

    kind: one of KINDS. What is in LATEST is written each time; all else, and the time, once, and stays.
    """
    home = work_folder()
    if home is None:
        return ""
    file = _file(home)
    entry = {"time": datetime.now().isoformat(timespec="seconds"), **entry}
    try:
        if file.exists() and not file.stat().st_mode & 0o222:
            raise PermissionError(say("{name} is write-protected", name=file.name))
        with _alone(file) as alone:
            data, notes, remark = _load(file, alone)
            if data is None:
                return remark
            _add(data, kind, key, entry)
            if alone is False:
                _write(_note(file), {**blank(), kind: {key: entry}})
                return remark
            if alone is None:                   # another may write over the file: a note holds all of it, too
                _write(_note(file), data)
            _write(file, data)
            for note in notes:
                note.unlink(missing_ok=True)
            return remark
    except OSError as why:
        return say("Your progress could not be saved: {why}.", why=why)


def _file(home):
    """Where progress is kept. A link stays one: lock and notes lie beside the file that it leads to."""
    return Path(os.path.realpath(home / "progress.json"))


def _note(file):
    """A name for a note beside the file that nobody else has. Sorted, notes stand in the order of time."""
    return file.with_name(f".{file.stem}.note-{time.time_ns()}-{secrets.token_hex(4)}")


@contextmanager
def _alone(file):
    """True if the lock is ours until the block, or our process, ends. None where there are no locks: on many
    a network's disk, in a folder only to be read. False if another has had it for PATIENCE seconds.
    """
    with ExitStack() as stack:
        try:
            lock = stack.enter_context(open(file.with_name(f".{file.stem}.lock"), "a"))
        except OSError:
            lock = None
        alone = lock and _taken(lock)
        if alone:
            stack.callback(_give, lock)
        yield alone


def _taken(lock):
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _take(lock)
            return True
        except (BlockingIOError, PermissionError):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        except OSError:
            return None


def _load(file, alone):
    """(data, the notes that it holds, remark). A damaged file is laid aside; a newer version's is left alone,
    and data is None.
    """
    notes, remark = _notes(file), ""
    try:
        data = parse(file)
    except FileNotFoundError:
        data = blank()
    if data is None and alone is False:
        raise TimeoutError(say("another notebook has been writing for {n} second[s]", n=PATIENCE))
    if data is None:
        moment = datetime.now().isoformat(timespec="microseconds").replace(":", "-")
        aside = file.with_name(f"{file.stem}.damaged-{moment}.json")
        os.replace(file, aside)
        data = blank()
        remark = say("Your progress could not be read: the file was damaged. It is kept as {name}, "
                     "and a new one begins.", name=aside.name)
    if data["version"] > VERSION:
        return None, [], say("Your progress was written by a newer version of the course. It is left as it "
                             "is, and nothing is added to it; please update the course.")
    for note in notes.values():
        for kind in KINDS:
            for key, entry in note[kind].items():
                _add(data, kind, key, entry)
    _name_options(data)
    return data, list(notes), remark


def _notes(file):
    """The notes beside the file: what each holds, by its path, oldest first."""
    notes = {}
    for path in sorted(file.parent.iterdir()):
        if path.name.startswith(f".{file.stem}.note-"):
            with suppress(FileNotFoundError):           # then the file, which is read later, has it by now
                if (data := parse(path)) and data["version"] == VERSION:
                    notes[path] = data
    return notes


def _add(data, kind, key, entry):
    data[kind][key] = {**entry, **data[kind].get(key, {}), **{k: entry[k] for k in LATEST if k in entry}}


def _name_options(data):
    """Version 0.1 kept the English text of a chosen option: its id takes the text's place."""
    for kind, field in (("answers", "first"), ("predictions", "guess")):
        for id, entry in data[kind].items():
            for option in options(id):
                if entry.get(field) == option.text[0]:
                    entry[field] = option.id


def parse(path):
    """Progress from a file; None if it holds none. OSError for one that cannot be read."""
    with open(path, "rb") as file:
        text = file.read(LARGEST + 1)
    try:
        if len(text) > LARGEST:
            return None
        data = json.loads(text.decode("utf-8-sig"))
        if type(data["version"]) is not int or data["version"] < 1:
            return None
        if data["version"] == VERSION:
            data = {**data, **{kind: data.get(kind, {}) for kind in KINDS}}
            if not all(isinstance(entry, dict) for kind in KINDS for entry in data[kind].values()):
                return None
        return data
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _write(path, data):
    """All of it or nothing: a new file takes the place of the old one when it is complete and on the disk."""
    text = json.dumps(data, indent=1).encode()
    if len(text) > LARGEST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    new = path.with_name(f".progress.new-{secrets.token_hex(8)}")
    try:
        with open(new, "xb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):                         # there is no old one, or the disk knows no rights
            shutil.copymode(path, new)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


# --- answers that passed ----------------------------------------------------------------------------

def record(verdict, answer):
    """Keeps an answer that passed; says so if it could not be saved. The judge calls it at each verdict."""
    if not verdict.passed:
        return                           # and is not looked at: it may object
    file = getattr(getattr(answer, "__code__", None), "co_filename", "")
    if not file.startswith("<mine"):
        kind = "puzzles" if isinstance(exercises.book()[verdict.name], judge.Puzzle) else "exercises"
        if remark := keep(kind, verdict.name, source=standing_alone(answer)):
            print(remark)


judge.on_verdict.append(record)


def lent(name):
    """What mine() says where it lends lstmlib's answer."""
    return say("{name}: lstmlib's own. Yours takes its place once its check has passed.", name=name)


def mine(name):
    """The learner's own answer to the exercise, once its check has passed; until then lstmlib's, saying so.

    Returns a function. ValueError for an exercise that does not exist.
    """
    book = exercises.book()
    if name not in book:
        raise ValueError(f"name is {name!r}; expected an exercise, one of {', '.join(book)}")
    data, _ = read()
    kept = data["exercises"].get(name) or data["puzzles"].get(name)
    if not kept:
        print(lent(name))
        return book[name].right
    try:
        answer = revived(name, kept["source"])
        verdict = judge.judge(book[name], answer)
        if verdict.passed:
            return answer
        why = verdict.steps[0]
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
    print(say("{name}: lstmlib's own, since yours does not run by itself. {why}", name=name, why=why))
    return book[name].right


def revived(name, text):
    """The function that a text from standing_alone defines last."""
    if not text:
        raise ValueError(say("its text is not known"))
    file, room = f"<mine: {name}>", {"__name__": "mine"}
    linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file    # errors show their line
    exec(compile(text, file, "exec"), room)
    last = ast.parse(text).body[-1]
    return room[last.name if isinstance(last, ast.FunctionDef) else last.targets[0].id]


def standing_alone(answer):
    """The text of a function and, before it, of what it uses of its notebook; "" where there is none."""
    parts = {}

    def add(name, thing):
        if name in parts:
            return
        parts[name] = ""
        home = sys.modules.get(getattr(thing, "__module__", None), builtins)
        called = getattr(thing, "__name__", "")
        if isinstance(thing, ModuleType):
            parts[name] = f"import {called} as {name}\n"
        elif isinstance(thing, bool | int | float | str):
            parts[name] = f"{name} = {thing!r}\n"
        elif name and home.__name__ != "__main__" and getattr(home, called, None) is thing:
            parts[name] = f"from {home.__name__} import {called} as {name}\n"
        elif isinstance(thing, FunctionType):
            text = textwrap.dedent(inspect.getsource(thing))
            (made,) = ast.parse(text).body
            if isinstance(made, ast.FunctionDef) or isinstance(getattr(made, "value", None), ast.Lambda):
                for used in sorted({node.id for node in ast.walk(made) if isinstance(node, ast.Name)}):
                    if used in thing.__globals__:
                        add(used, thing.__globals__[used])
                del parts[name]                               # it comes after what it uses
                parts[name] = text

    try:
        add("", answer)
    except (OSError, TypeError, ValueError, SyntaxError):
        return ""
    return "".join(parts.values()) if parts[""] else ""


# --- the board --------------------------------------------------------------------------------------

LOOKS = """<style>.lstm-board { overflow-x: auto; white-space: nowrap }
.lstm-board table :is(th, td) { text-align: left !important; vertical-align: top }</style>"""     # JupyterLab: right


class Board:
    """Which exercises, puzzles, quizzes and predictions are done, chapter by chapter."""

    def __init__(self, data, remark=""):
        self.data, self.remark = data, remark

    def rows(self):
        """Each chapter's code, exercises and puzzles as [(name, solved, helped)], quiz and predictions as "3 / 6"."""
        for code in CHAPTERS:
            done, puzzles = ([(name, name in self.data[kind], name in self.data["helped"]) for name in names]
                             for kind, names in tasks(code))
            asked = chapter(code)
            right = [q for q in asked.QUESTIONS if self.data["answers"].get(q.id, {}).get("right")]
            guessed = [p for p in asked.PREDICTIONS if p.id in self.data["predictions"]]
            yield (code, done, puzzles, f"{len(right)} / {len(asked.QUESTIONS)}",
                   f"{len(guessed)} / {len(asked.PREDICTIONS)}")

    def __repr__(self):
        lines = [say("{code}  quiz {quiz}  predictions {guessed}  {marks}", code=code, quiz=f"{quiz:7}",
                     guessed=f"{guessed:6}", marks=_marks(done + puzzles)).rstrip()
                 for code, done, puzzles, quiz, guessed in self.rows()]
        return "\n".join(filter(None, [self.remark, *lines]))

    def _repr_mimebundle_(self, include=None, exclude=None):
        heads = (say("Chapter"), say("Exercises"), say("Puzzles"), say("Quiz, right at first"), say("Predictions"))
        head = "".join(f'<th scope="col">{html.escape(h)}</th>' for h in heads)
        body = "".join(f'<tr><th scope="row">{code}</th><td>{_marks(done, "<br>")}</td>'
                       f'<td>{_marks(puzzles, "<br>")}</td><td>{quiz}</td><td>{guessed}</td></tr>'
                       for code, done, puzzles, quiz, guessed in self.rows())
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        table = f'{LOOKS}<div class="lstm-board" tabindex="0">{table}</div>'
        remark = f"<p>{html.escape(self.remark)}</p>" if self.remark else ""
        return {"text/html": f'<div lang="{language()}">{remark}{table}</div>', "text/plain": repr(self)}


def _marks(done, between=" "):
    return between.join(f"{'✓' if solved else '○'} {name}" + f" ({say('with the solution')})" * helped
                        for name, solved, helped in done)


def tasks(code):
    """The names of a chapter's exercises and of its puzzles: (("exercises", [...]), ("puzzles", [...]))."""
    return tuple((kind, list(found)) for kind, found in exercises.chapter(code).items())


def board():
    """The Board of the learner: what is solved so far."""
    return Board(*read())


# --- for lecturers ----------------------------------------------------------------------------------

def summed(folder):
    """The rows of a table, first its heads: one for each .json file below `folder`, named as the learner is.

    A progress file is written on the learner's own machine: it shows where a class stands, and is no mark.
    """
    names = [(kind, name) for code in CHAPTERS for kind, listed in tasks(code) for name in listed]
    yield ["learner", "exercises", "puzzles", "quiz right at first", "quiz answered", "predictions right",
           "predictions made", "last", "remark", *(name for _, name in names)]
    for path in sorted(Path(folder).rglob("*.json")):
        learner = path.relative_to(folder).with_suffix("").as_posix().removesuffix("/progress")
        if path.name.startswith("progress.damaged") or ".origin" in path.parts:
            continue
        try:
            data = parse(path)
        except OSError as why:
            data, remark = None, f"not readable: {why.strerror}"
        else:
            remark = "damaged, or no progress file" if data is None else (
                "of a newer version of the course" if data["version"] > VERSION else "")
        if remark:
            data = blank()
        times = [str(e.get("time", "")) for kind in KINDS for e in data[kind].values()]
        yield map(cell, (learner, len(data["exercises"]), len(data["puzzles"]), *_right_of(data["answers"]),
                          *_right_of(data["predictions"]), max(times, default=""), remark,
                          *(int(name in data[kind]) for kind, name in names)))


def cell(value):
    """A number or a text, which no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(tuple("=+-@\t\r\n")) else value


def _right_of(entries):
    return sum(bool(entry.get("right")) for entry in entries.values()), len(entries)


def main(words):
    """The command line: [fr|en] for the board, --sum FOLDER for the table. Returns the exit code."""
    if words[:1] in (["fr"], ["en"]):
        speak(words.pop(0))
    if words[:1] == ["--sum"] and len(words) == 2 and Path(words[1]).is_dir():
        csv.writer(sys.stdout, lineterminator="\n").writerows(summed(words[1]))
    elif not words:
        print(board() if work_folder() else say("No progress is kept here: this is no work folder."))
    else:
        print("python -m workbook progress [fr|en] [--sum FOLDER]", file=sys.stderr)
        return 2
    return 0
