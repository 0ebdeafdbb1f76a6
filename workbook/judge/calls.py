"""Calling what a learner wrote: it may fail, print, and never end."""

import ctypes
import re
import signal
import sys
import threading
from contextlib import contextmanager, redirect_stdout, suppress
from typing import NamedTuple

from .task import Said


class Crash(NamedTuple):
    """How a call failed. The signature is the same for the same mistake, written otherwise."""
    error: BaseException
    signature: tuple


def outcome(f, *args):
    """What a call returns, or its Crash."""
    try:
        return f(*args)
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


_late = set()                      # the threads in which a call should have ended by now


class TooLong(BaseException):
    """The time is over. No Exception, so that an answer's own `except Exception` does not swallow it.

    A bare `except` does, and would for ever, should all the time be spent inside its `try`. But what has been
    swallowed is deleted, and from then on the answer stops at the next line it comes to, outside the `try`.
    """

    def __del__(self):
        if threading.get_ident() in _late:
            frame = sys._getframe(1)
            while frame.f_code is not within.__code__:
                frame.f_trace, frame = _stop, frame.f_back
            sys.settrace(_stop)


def _stop(frame, event, arg):
    if event != "call":                      # what is called on the way out may do its work
        raise TooLong


def within(seconds, f, *args):
    """What f returns. Raises TooLong in it after so many seconds, and every 20 ms, should it be swallowed."""
    thread, traced = threading.get_ident(), sys.gettrace()
    main = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    try:
        with (_alarm if main else _watcher)(max(seconds, 1e-3), thread):
            return f(*args)
    finally:
        _late.discard(thread)
        sys.settrace(traced)


@contextmanager
def _alarm(seconds, thread):
    def ring(*_):
        _late.add(thread)
        raise TooLong
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.02)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _watcher(seconds, thread):
    """The same on Windows, and in threads."""
    def send():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLong))

    def watch():
        pause = seconds
        while not done.wait(pause):
            _late.add(thread)
            send()
            pause = 0.02
    done, watcher = threading.Event(), threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        while watcher.is_alive():
            with suppress(TooLong):
                done.set()
                watcher.join()
        if thread in _late:                  # one may be on its way: it comes in here. If it were taken back,
            with suppress(TooLong):          # Python would look out for it for ever, and hang when traced
                send()
                while True:
                    pass


class Ear(redirect_stdout):
    """Hears whether something is printed; loud: lets it through."""

    def __init__(self, loud):
        super().__init__(self)
        self.out, self.loud, self.heard = sys.stdout, loud, False

    def write(self, text):
        self.heard |= bool(text.strip())
        return self.out.write(text) if self.loud else len(text)

    def __getattr__(self, name):
        return getattr(self.out, name)
