"""What the learner has solved, answered and guessed: one small file, work/progress.json.

Nothing leaves the machine. Anything is read or written only inside a work folder: the current directory, or
one above it, holds `.origin/`. Builds and tests run outside of one, so to them every learner is new.

    python -m lstmlib.progress                  the board, as text
    python -m lstmlib.progress --sum FOLDER     for lecturers: a folder of such files as CSV, one row for each
"""
import json
import os
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from .words import say

VERSION = 1
KINDS = "exercises", "puzzles", "answers", "predictions"
FILE, LOCK = "progress.json", ".progress.lock"

if os.name == "nt":
    import msvcrt

    def _take(file):
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _give(file):
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(file):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give(file):
        fcntl.flock(file, fcntl.LOCK_UN)


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
    if home is None or not (home / FILE).exists():
        return blank(), ""
    try:
        with _alone(home):
            data, remark = _load(home)
    except OSError as why:
        data, remark = None, say("Your progress could not be read: {why}.", why=why)
    return data or blank(), remark


def keep(kind, key, now=None, **first):
    """Keeps an entry; returns a remark for the learner, "" where all went well.

    kind: one of KINDS. `first` (and the time) is written once and stays; `now` is written each time.
    """
    home = work_folder()
    if home is None:
        return ""
    try:
        with _alone(home):
            data, remark = _load(home)
            if data is not None:
                moment = datetime.now().isoformat(timespec="seconds")
                data[kind][key] = {"time": moment, **first, **data[kind].get(key, {}), **(now or {})}
                _write(home, data)
    except OSError as why:
        remark = say("Your progress could not be saved: {why}.", why=why)
    return remark


@contextmanager
def _alone(home, patience=5):
    """The file is ours until the block, or our process, ends. TimeoutError after `patience` seconds."""
    with open(home / LOCK, "a") as lock:
        deadline = time.monotonic() + patience
        while True:
            try:
                _take(lock)
                break
            except (BlockingIOError, PermissionError):
                if time.monotonic() > deadline:
                    why = say("another notebook has been writing for {n} seconds", n=patience)
                    raise TimeoutError(why) from None
                time.sleep(0.02)
            except OSError:                     # a disk that knows no locks: each write is whole all the same
                yield
                return
        try:
            yield
        finally:
            _give(lock)


def _load(home):
    """(data, remark). A damaged file is laid aside; a newer version's is left alone, and data is None."""
    try:
        text = (home / FILE).read_bytes()
    except FileNotFoundError:
        return blank(), ""
    data = parse(text)
    if data is None:
        moment = datetime.now().isoformat(timespec="microseconds").replace(":", "-")
        aside = home / f"progress.damaged-{moment}.json"
        os.replace(home / FILE, aside)
        return blank(), say("Your progress could not be read: the file was damaged. It is kept as {name}, and "
                            "a new one begins.", name=aside.name)
    if data["version"] > VERSION:
        return None, say("Your progress was written by a newer version of the course. It is left as it is, "
                         "and nothing is added to it; please update the course.")
    return data, ""


def parse(text):
    """Progress from the bytes of a file; None if they are none."""
    try:
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


def _write(home, data):
    """All of it or nothing: a new file takes the place of the old one when it is complete and on the disk."""
    new = home / ".progress.new"
    with open(new, "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, home / FILE)
