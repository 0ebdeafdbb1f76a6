"""Calling what a learner wrote: it may fail, print, and never end."""

import ctypes
import re
import signal
import sys
import threading
from contextlib import contextmanager, redirect_stdout
from typing import NamedTuple

from .task import Said


class Crash(NamedTuple):
    """How a call failed. The signature is the same for the same mistake, written otherwise."""
    error: BaseException
    signature: tuple


def outcome(task, f, args):
    """What a call returns, or its Crash."""
    try:
        return task.play(f, *args)
    except (TooLong, Said):
        raise
    except BaseException as error:           # exit() in an answer must not end the session either
        text = str(error)
        if product := misfit(text):
            return Crash(error, ("product", *product))
        shapes = re.findall(r"\([\d, ]+\)", text) if "broadcast" in text else ()
        return Crash(error, (type(error).__name__, *(sorted(shapes) or [text])))


def misfit(text):
    """(columns of A, rows of B) in NumPy's complaints about A @ B and np.dot(A, B), or None."""
    if found := re.search(r"\(size (\d+) is different from (\d+)\)", text):
        return int(found[2]), int(found[1])
    if found := re.search(r"not aligned: (\d+).*!= (\d+)", text):
        return int(found[1]), int(found[2])
    return None


class TooLong(BaseException):
    """No Exception, so that an answer's own `except Exception` does not swallow it."""


@contextmanager
def limit(seconds):
    """Raises TooLong in this thread after so many seconds, and again every 20 ms, should it be swallowed."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        def ring(*_):
            raise TooLong
        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.02)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        return
    done, thread = threading.Event(), ctypes.c_ulong(threading.get_ident())      # on Windows, and in threads

    def watch():
        pause = seconds
        while not done.wait(pause):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TooLong))
            pause = 0.02
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)


class Ear:
    """Hears whether something is printed; loud: lets it through."""

    def __init__(self, loud):
        self.loud, self.heard = loud, False

    def __enter__(self):
        self.out = sys.stdout
        self.redirect = redirect_stdout(self)
        self.redirect.__enter__()
        return self

    def __exit__(self, *error):
        self.redirect.__exit__(*error)

    def write(self, text):
        self.heard |= bool(text.strip())
        return self.out.write(text) if self.loud else len(text)

    def __getattr__(self, name):
        return getattr(self.out, name)
