"""The child of fence.py from outside: it is started, asked, answered, and ended when it takes too much."""
import atexit
import json
import math
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from . import exercises, fence, judge
from .parcels import LONGEST, error, pack, plain, unpack

ROOT = Path(__file__).resolve().parent.parent
FONTS = "LSTM_GRADE_FONTS"
ON_DISK = 100_000_000                                     # bytes that a child may leave in its folder


class Gone(Exception):
    """The child is no more."""


def fonts():
    """A folder with matplotlib's list of fonts, which takes seconds to make, for all children."""
    if FONTS not in os.environ:
        folder = tempfile.mkdtemp(prefix="grade-fonts-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], stderr=subprocess.DEVNULL,
                       env={**os.environ, "MPLCONFIGDIR": folder})
        os.environ[FONTS] = folder                        # for the processes that judge, too
    return os.environ[FONTS]


class Child:
    """A process behind the fence. It dies at its deadline, at a message too long, and when the block ends.

    seconds: of the processor's; by the clock it has four times as many, since on a busy machine all takes longer.
    """

    fences = fence.FENCES

    def __init__(self, seconds, memory, name):
        self.fate, self.lent, self.name, self.lost = "", [], name, False
        self.folder = tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True)
        own = {name: self.folder.name for name in ("HOME", "TMPDIR", "TEMP")}
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
        drawing, self.deadline = fonts(), time.monotonic() + 4 * seconds
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workbook.fence", str(seconds), str(memory), *self.fences],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
            cwd=self.folder.name, start_new_session=True,
            env={**kept, **own, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MPLBACKEND": "agg",
                 "MPLCONFIGDIR": drawing, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"})
        self.heard, self.to_say = queue.Queue(100), queue.Queue()
        for work in (self._listen, self._speak):           # threads: a pipe by itself has no time limit
            threading.Thread(target=work, daemon=True).start()

    def _listen(self):
        line = bytearray()
        with self.process.stdout as pipe:
            while (data := pipe.read(1 << 16)) and len(line) < LONGEST:
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
                line = self._hear()
                answer = json.loads(line) if line else None
                if not isinstance(answer, dict):
                    out_of_time = not line and self._code() == -getattr(signal, "SIGXCPU", 99)
                    self.end("time" if out_of_time else "died")
                    raise Gone(self.fate)
                if "ask" not in answer:
                    return answer
                self._answer(answer)
        except (ValueError, RecursionError):
            self.end("died")
            raise Gone("died") from None

    def _code(self):
        try:
            return self.process.wait(1)
        except subprocess.TimeoutExpired:
            return 0

    def _hear(self):
        while True:
            if left_behind(self.folder.name) > ON_DISK:
                self.end("disk")
                raise Gone("disk")
            left = self.deadline - time.monotonic()
            try:
                return self.heard.get(timeout=max(0.01, min(0.2, left)))
            except queue.Empty:
                if left <= 0:
                    self.end("time")
                    raise Gone("time") from None

    def _say(self, message):
        self.to_say.put(json.dumps(message).encode() + b"\n")

    def _answer(self, asked):
        """A call of what was lent to the child: a loss, a generator, lstmlib's answer for mine()."""
        try:
            args = unpack(asked["args"], self.lent.__getitem__)
            kwargs = unpack(asked["kwargs"], self.lent.__getitem__)
            _modest([args, kwargs])
            if asked["ask"] == fence.MINE:
                result = self._mine(*args)
            else:
                found, method = self.lent[asked["ask"]], asked["method"]
                if method:
                    found = getattr(found, method) if plain(method) else None
                result = found(*args, **kwargs)
            self._say({"result": pack(result, self.lend)})
        except Exception as why:
            self._say({"error": [type(why).__name__, str(why)[:2000]]})

    def _mine(self, name):
        if name == self.name or name not in exercises.book():
            raise NotImplementedError(name)
        right = exercises.book()[name].right
        if unheard(exercises.book()[self.name], right).passed:           # the same formula under another name
            raise NotImplementedError(name)
        return right

    def lend(self, value):
        """The number by which the child may call something of ours."""
        self.lent.append(value)
        return len(self.lent) - 1


def left_behind(folder):
    """Bytes on the disk in a folder; a file has some thousand by itself."""
    return sum(4096 + os.lstat(os.path.join(path, name)).st_size
               for path, folders, names in os.walk(folder) for name in (*names, *folders)
               if os.path.lexists(os.path.join(path, name)))


def unheard(task, answer):
    """The judge's verdict, kept from those who listen: this is not the progress of whoever grades."""
    listeners, judge.on_verdict[:] = judge.on_verdict[:], []
    try:
        return judge.judge(task, answer)
    finally:
        judge.on_verdict[:] = listeners


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
        answer = self.child.ask(call=pack(args, self.child.lend))
        if "error" in answer:
            self.child.lost |= answer["error"][0] == "NameError"
            raise error(*answer["error"])
        resolve = self.child.lent.__getitem__
        try:
            for ours, theirs in zip(args, unpack(answer["args"], resolve)):
                _write_back(ours, theirs)
            return unpack(answer["result"], resolve)
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
