"""Calling what a learner wrote: it may fail, print, never end, and return what objects to being looked at.

What holds Python itself, one long call of C such as sum(range(10**12)), cannot be stopped from within Python.
"""

import contextlib
import ctypes
import itertools
import os
import re
import signal
import sys
import threading
import time
from collections import namedtuple
from collections.abc import Mapping
from contextlib import contextmanager, redirect_stdout
from contextvars import copy_context
from functools import cache
from types import BuiltinFunctionType, FunctionType, GeneratorType, MethodType
from typing import NamedTuple

import numpy as np

from lstmlib import cells

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
    except BaseException as found:           # exit() in an answer must not end the session either
        error = _speaking(found)
        text = str(error)
        if product := misfit(text):
            return Crash(error, ("product", *product))
        shapes = re.findall(r"\([\d, ]+\)", text) if "broadcast" in text else ()
        return Crash(error, (type(error).__name__, *(sorted(shapes) or [text])))


def _speaking(error):
    """The error, if it can be asked for its words; else one of the same name, that has none."""
    try:
        within(0.1, lambda: (f"{error}", str(error), isinstance(error, ImportError)))
        return error
    except BaseException:
        base = next(kind for kind in type.mro(type(error)) if kind.__module__ == "builtins")
        mute = type(type(error).__name__, (base,), {"__str__": lambda self: "…"})()
        return mute.with_traceback(BaseException.__traceback__.__get__(error))


AS_IT_IS = (type(None), type(...), bool, int, float, complex, str, bytes, range, type, FunctionType, MethodType,
            BuiltinFunctionType, GeneratorType)
FIELDS = {name for kind in vars(cells).values() for name in getattr(kind, "_fields", ())}


def plain(value):
    """A result as arrays, numbers and collections of Python's own. What it does when looked at, it does here."""
    kind = type(value)
    try:
        if kind in AS_IT_IS or issubclass(kind, np.generic):
            return value
        if issubclass(kind, Mapping):
            return {plain(key): plain(inner) for key, inner in value.items()}
        if issubclass(kind, tuple | list):
            inner = [plain(q) for q in value]
            if fields := getattr(kind, "_fields", None):
                return namedtuple(kind.__name__, fields)(*inner)
            return inner if issubclass(kind, list) else tuple(inner)
        array = np.array(value, subok=False)
        if array.dtype.kind in "biufc" or issubclass(kind, np.ndarray):
            return array
        held = {name: plain(getattr(value, name)) for name in FIELDS if hasattr(value, name)}
    except TooLong:
        raise
    except BaseException:                    # all that is known of it is its kind
        held = {}
    called = {"__call__": lambda self: None} if callable(value) else {}
    return type(kind.__name__, (), called | held)()


class Called:
    """An answer that is an object of the learner's own: it is called, and asked for nothing else."""

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, *args):
        return self.answer(*args)


def approached(answer):
    """The answer as the judge may look at it."""
    if type(answer) in AS_IT_IS:
        return answer
    try:
        return Called(answer) if callable(answer) else within(1, plain, answer)
    except TooLong:
        return ...


def misfit(text):
    """(columns of A, rows of B) in NumPy's complaints about A @ B and np.dot(A, B), or None."""
    if found := re.search(r"\(size (\d+) is different from (\d+)\)", text):
        return int(found[2]), int(found[1])
    found = re.search(r"not aligned: (\d+).*!= (\d+)", text)
    return (int(found[1]), int(found[2])) if found else None


_late = set()                      # the threads in which a call should have ended by now


class TooLong(BaseException):
    """The time is over. No Exception, so that an answer's own `except Exception` does not swallow it.

    A bare `except` does, and would for ever, should all the time be spent inside its `try`. But what has been
    swallowed is deleted, and from then on the answer stops at the next line it comes to, outside the `try`.
    """

    def __del__(self):
        if threading.get_ident() in _late and not _clears_up(frame := sys._getframe(1)):
            _trap(frame)


class Kept(TooLong):
    """Sent to a thread that keeps what it swallows: as it comes to be, the trap is set all the same."""

    __init__ = TooLong.__del__


def _trap(frame):
    """From here on the frames of the answer stop at the next line that they come to."""
    while frame.f_code.co_filename != __file__:
        frame.f_trace, frame = _stop, frame.f_back
    sys.settrace(_stop)


def _stop(frame, event, arg):
    if event != "call":                      # what is called on the way out may do its work
        raise TooLong


def within(seconds, f, *args):
    """What f returns, made plain. Raises TooLong in it after so many seconds, and on and on, should it be swallowed."""
    seconds, thread, traced = max(seconds, 1e-3), threading.get_ident(), sys.gettrace()
    main = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    try:
        with contextlib.chdir(os.curdir):    # wherever f goes, progress is kept where we were
            if not main and _threads():
                return _aside(seconds, f, args)
            with (_alarm if main else _tracer)(seconds):
                return plain(f(*args))
    finally:
        _late.discard(thread)
        sys.settrace(traced)


AGAIN = 0.002                                # seconds from ring to ring
TURN = sys.getswitchinterval()


def _clears_up(frame):
    """Whether what runs is our own, which must come to its end."""
    return frame.f_code in OWN or frame.f_code.co_filename == contextlib.__file__


_on, _rings = [], itertools.count(1)         # whether an alarm may ring; how often it has


def _ring(_, frame):
    """The alarm's. It may come again while this runs, where the machine stands still, and once more when it is off."""
    if not _on or _clears_up(frame):
        return
    _late.add(threading.get_ident())
    if next(_rings) % 4:
        signal.setitimer(signal.ITIMER_REAL, 1e-5, AGAIN)     # at once, should it be swallowed
        raise TooLong
    _trap(frame)                             # what keeps each TooLong that it swallows stops at its next line


@contextmanager
def _alarm(seconds):
    _on.append(True)
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        _on.clear()
        signal.setitimer(signal.ITIMER_REAL, 0)
        if before not in (None, signal.SIG_DFL):     # else ours stays: where a late one means the end, it would be
            signal.signal(signal.SIGALRM, before)


thread_time = getattr(time, "thread_time", time.monotonic)            # in a browser, which has one thread, time goes on


def _worked(thread):
    """The processor time of a thread; where the system does not know it, time goes on all the same."""
    if hasattr(time, "pthread_getcpuclockid"):
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    return time.monotonic()


def _aside(seconds, f, args):
    """The same on Windows, and in threads: called in a thread of its own, which is left behind if it sleeps on.

    To one that sleeps no TooLong is sent: as it does not come in, Python 3.11 would look out for it for ever, and
    hang as soon as it is traced.
    """
    found, over, bell = [], [], threading.Lock()     # a bare lock: what else waits could be stopped half way

    def send(thread):
        which = TooLong if next(_rings) % 4 else Kept
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(which))

    def call():
        me = threading.get_ident()
        try:
            found.append(plain(f(*args)))
        except BaseException as error:
            found[:] = [None, error]
        finally:
            while True:
                try:
                    sys.settrace(None)
                    if bell.locked():
                        bell.release()
                    while not over:
                        time.sleep(0)
                    if me not in _late:
                        break
                    send(me)                 # one may be on its way: it comes in here
                    while True:
                        pass
                except TooLong:
                    if over:                 # that was the last
                        break
            _late.discard(me)

    bell.acquire()
    caller = threading.Thread(target=copy_context().run, args=(call,), daemon=True)
    caller.start()
    pause, before, end = seconds, None, time.monotonic() + seconds + 2
    try:
        while not bell.acquire(timeout=pause) and time.monotonic() < end:
            before, worked = _worked(caller.ident), before
            if awake := worked is not None and before > worked:
                _late.add(caller.ident)
                send(caller.ident)
            sys.setswitchinterval(1e-4 if awake else TURN)       # awake: the next comes while this is swallowed
            pause = AGAIN / 10 if awake else AGAIN
    finally:
        sys.setswitchinterval(TURN)
        over.append(True)
    if not found:
        raise TooLong
    caller.join(1)
    if found[1:]:
        raise found[1]
    return found[0]


@contextmanager
def _tracer(seconds):
    """The same where there is neither alarm nor thread, in a browser: at each line, a look at the clock."""
    end = time.monotonic() + seconds

    def look(frame, event, arg):
        if time.monotonic() > end and not _clears_up(frame):
            _late.add(threading.get_ident())
            _stop(frame, event, arg)
        return look
    sys.settrace(look)
    yield


OWN = {f.__code__ for f in (within, TooLong.__del__, _trap, _stop, _clears_up, _ring,
                            _alarm.__wrapped__, _tracer.__wrapped__)}


@cache
def _threads():
    """Whether there are threads."""
    try:
        threading.Thread(target=int).start()
    except RuntimeError:
        return False
    return True


def sought(seconds, search, *args):
    """What a search finds in so many seconds, whatever it runs prints or raises on the way; None if that is nothing."""
    with Ear(loud=False):
        try:
            found = outcome(within, seconds, search, *args)
        except (TooLong, Said):
            return None
    return None if isinstance(found, Crash) else found


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
