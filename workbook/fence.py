"""A process of its own, the child, in which a stranger's cells are run and their functions called.

The child never says whether an answer is right: it returns values, and the parent (grade.py) compares them
with those it computes itself. So nothing that is printed, patched or sent in here turns a wrong answer into a
right one. The child may not open a network connection, start a process or signal one, write outside of its
own folder, or read anything but that, lstmlib and Python's own packages: whatever holds an answer, and wherever it
lies, is not among them. Memory, processor time and the size of files are limited where the system can.

It is a fence, not a prison: Python code that sets out to break Python's audit can climb it. Where that is to
be feared, grade inside a container.
"""
import base64
import builtins
import collections
import json
import keyword
import linecache
import os
import re
import sys
import types

import numpy as np

from lstmlib import cells

LONGEST = 16_000_000                         # bytes of one message
MINE = -1                                    # the number by which the parent is asked for mine(name)
NUMBERS = r"[<>|][biufc]\d+"                # dtypes
TUPLES = {t.__name__: t for t in vars(cells).values() if isinstance(t, type) and hasattr(t, "_fields")}


# --- values as text: JSON, with arrays, tuples and references ----------------------------------------

class Foreign:
    """Something that is no number, array or collection of them; only the name of its type has come across."""

    def __init__(self, kind):
        self.kind = kind

    def __repr__(self):
        return f"<{self.kind}>"


def pack(value, refer=None):
    """A value as JSON can hold it. refer(value) is asked for a number that stands for anything else."""
    if value is None or isinstance(value, bool | str | int | float) and type(value).__module__ == "builtins":
        return value
    if isinstance(value, complex) and type(value) is complex:
        return {"complex": [value.real, value.imag]}
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "biufc":
        data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {"array": [value.dtype.str, list(value.shape), data, isinstance(value, np.generic)]}
    if isinstance(value, list):
        return [pack(v, refer) for v in value]
    if isinstance(value, tuple):
        return {"tuple": [pack(v, refer) for v in value], "fields": list(getattr(value, "_fields", ())),
                "name": type(value).__name__}
    if isinstance(value, dict):
        return {"dict": [[pack(k, refer), pack(v, refer)] for k, v in value.items()]}
    if isinstance(value, np.random.Generator) and isinstance(value.bit_generator, np.random.PCG64):
        return {"generator": pack(value.bit_generator.state)}
    if refer and (number := refer(value)) is not None:
        return {"ref": number}
    if hasattr(value, "__dict__") and not callable(value) and not isinstance(value, types.ModuleType):
        return {"object": {k: pack(v) for k, v in vars(value).items() if plain(k)}}
    return {"foreign": type(value).__name__}


def unpack(text, resolve=None):
    """The value that pack wrote; resolve(number) gives what a reference means. ValueError for other texts."""
    match text:
        case list():
            return [unpack(v, resolve) for v in text]
        case {"complex": [real, imag]}:
            return complex(real, imag)
        case {"array": [str(kind), list(shape), str(data), bool(scalar)]} if re.fullmatch(NUMBERS, kind):
            array = np.frombuffer(base64.b64decode(data), kind).reshape(shape).copy()
            return array[()] if scalar else array
        case {"tuple": list(items), "fields": list(fields), "name": str(name)}:
            items = [unpack(v, resolve) for v in items]
            if not fields:
                return tuple(items)
            if len(items) != len(fields) or not all(isinstance(f, str) and plain(f) for f in fields):
                raise ValueError("a named tuple with strange names")
            known = TUPLES.get(name, tuple)
            if list(getattr(known, "_fields", ())) != fields:
                known = collections.namedtuple("Named", fields)
            return known(*items)
        case {"dict": list(items)}:
            return {unpack(k): unpack(v, resolve) for k, v in items}
        case {"generator": state}:
            rng = np.random.default_rng(0)
            rng.bit_generator.state = unpack(state)
            return rng
        case {"ref": int(number)} if resolve:
            return resolve(number)
        case {"object": dict(fields)} if all(map(plain, fields)):
            return types.SimpleNamespace(**{k: unpack(v) for k, v in fields.items()})
        case {"foreign": str(kind)}:
            return Foreign(kind)
        case None | bool() | int() | float() | str():
            return text
    raise ValueError("a message that pack did not write")


def plain(name):
    """Whether a name is an ordinary one: no keyword, no underscore before it."""
    return name.isidentifier() and not name.startswith("_") and not keyword.iskeyword(name)


# --- the child ---------------------------------------------------------------------------------------

class Reference:
    """Something of the parent's (a loss, a generator of random numbers): it is called there."""

    def __init__(self, number, ask):
        self._number, self._ask = number, ask

    def __call__(self, *args, **kwargs):
        return self._ask(self._number, "", args, kwargs)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._ask(self._number, name, args, kwargs)

    def __deepcopy__(self, memo):
        return self


def child(seconds, memory):
    """The child's life: reads messages, runs cells, answers calls, until the parent hangs up.

    seconds: of processor time; memory: in MiB. A message is a line. {"run": cells, "name": of the exercise} is
    answered by {"there", "callable", "errors"}, and {"call": arguments} by {"result", "args"} or {"error"};
    before that, the child may {"ask"} for a call of something of the parent's.
    """
    hear, speak = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    for fd, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        with open(os.devnull, mode) as nothing:
            os.dup2(nothing.fileno(), fd)
        setattr(sys, name, open(fd, mode, errors="replace"))
    checked = {}

    def tell(**message):
        speak.write(json.dumps(message).encode() + b"\n")
        speak.flush()

    def ask(number, method, args, kwargs):
        tell(ask=number, method=method, args=pack(args, number_of), kwargs=pack(kwargs, number_of))
        answer = json.loads(hear.readline())
        if "error" in answer:
            raise error(*answer["error"])
        return unpack(answer["result"], reference)

    def number_of(value):
        return value._number if isinstance(value, Reference) else None

    def reference(number):
        return Reference(number, ask)

    room = _surroundings(checked, lambda name: ask(MINE, "", (name,), {}))
    _limits(seconds, memory)
    _fence(os.getcwd())
    while line := hear.readline():
        message = json.loads(line)
        if "run" in message:
            errors = [_run(k, cell, room) for k, cell in enumerate(message["run"])]
            answer = checked.get(message["name"], room.get(message["name"]))
            tell(there=answer is not None, callable=callable(answer), errors=[e for e in errors if e])
        else:
            args = unpack(message["call"], reference)
            try:
                result = pack(answer(*args), number_of)
            except BaseException as why:                  # sys.exit(), too, is an answer that failed
                tell(error=[type(why).__name__, str(why)[:2000]])
            else:
                tell(result=result, args=pack(args, number_of))


def error(kind, text):
    """An exception of Python's own with this name and text, or a RuntimeError that says both."""
    made = getattr(builtins, str(kind), None)
    if isinstance(made, type) and issubclass(made, Exception) and not issubclass(made, UnicodeError):
        return made(text)
    return RuntimeError(f"{kind}: {text}")


def _run(k, cell, room):
    """Runs a cell; the name of the error it ended with, or None."""
    file = f"<cell {k}>"
    linecache.cache[file] = len(cell), None, cell.splitlines(keepends=True), file
    try:
        exec(compile(cell, file, "exec"), room)
    except BaseException as why:
        return type(why).__name__
    return None


class Quiet(types.ModuleType):
    """Stands for what shows things: whatever is asked of it is Quiet, too."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __iter__(self):
        return iter((self, self))              # figure, axes = …

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def __gt__(self, other):
        return self

    __lt__ = __gt__                            # every(scores) > .9


def _surroundings(checked, mine):
    """The names a cell finds: a check that notes what it is given, and nothing that shows, keeps or knows."""
    import workbook
    quiet = Quiet("quiet")
    ours = {"check": lambda name, answer=None: checked.__setitem__(name, answer), "mine": mine}
    ours |= dict.fromkeys("predict quiz board explore slider progress_bar play text_input".split(), quiet)
    rooms = "aid exercises expected progress questions quizzes judge grade plots room widgets waiting explorers".split()
    for name in rooms:
        room = sys.modules[f"workbook.{name}"] = Quiet(f"workbook.{name}")
        vars(room).update(ours)
        setattr(workbook, name, room)
    for name in "matplotlib matplotlib.pyplot ipywidgets IPython IPython.display".split():
        sys.modules[name] = quiet
    vars(workbook).update(ours, __getattr__=lambda name: quiet)        # what the rooms of the course offer, too
    room = sys.modules["__main__"] = types.ModuleType("__main__")
    vars(room).update(display=quiet, get_ipython=quiet)
    return vars(room)


def _limits(seconds, memory):
    """Processor time, memory, files and core dumps, where the system can limit them."""
    sys.dont_write_bytecode = True
    try:
        import resource
    except ImportError:
        return
    for kind, most in (("RLIMIT_CPU", seconds + 1), ("RLIMIT_AS", memory << 20), ("RLIMIT_FSIZE", 16 << 20),
                       ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, kind), (most, most))
        except (ValueError, OSError, AttributeError):
            pass                                          # macOS refuses some


def _fence(home):
    """From here on Python's audit refuses what no exercise needs."""
    home = os.path.realpath(home)
    course = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    packages = [os.path.realpath(path) for path in (*sys.path, sys.prefix, sys.base_prefix) if path]
    open_to_read = [home, os.path.realpath(os.path.dirname(cells.__file__)),
                    *(path for path in packages if path != course)]
    copies = [os.path.join(path, room).lower() for path in packages for room in ("course", "workbook")]
    closed = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
              "os.kill", "os.startfile", "ctypes.", "signal.pthread_kill", "pty.", "webbrowser.", "sqlite3.",
              "os.setxattr")
    unaudited = {"readline", "_gdbm", "_dbm"}             # they open files in C, unheard
    changes = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod",
               "os.chown", "os.truncate", "os.utime", "shutil.")
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    real, decode, isdir, refuse = os.path.realpath, os.fsdecode, os.path.isdir, PermissionError

    def inside(path, folder):
        return path == folder or path.startswith(folder + os.sep)

    def guard(event, args):
        if event.startswith(closed) or event == "import" and args[0] in unaudited:
            raise refuse(f"{event} is not allowed here")
        if event == "open" and isinstance(args[0], str | bytes):
            path = real(decode(args[0]))
            to_write = args[2] & writing if isinstance(args[2], int) else set(str(args[1])) & set("wax+")
            if to_write and not inside(path, home) and path != os.devnull:
                raise refuse(f"writing {path} is not allowed here")
            known = path == os.devnull or any(inside(path, folder) for folder in open_to_read
                                              if inside(folder, course) or not inside(path, course))
            if not known or args[1] is None and isdir(path) or any(inside(path.lower(), folder) for folder in copies):
                raise refuse(f"reading {path} is not allowed here")      # a folder: names would be sought from there
        if event.startswith(changes):
            for path in args[:2]:
                if isinstance(path, str | bytes) and not inside(real(decode(path)), home):
                    raise refuse(f"{event} is not allowed here")

    sys.addaudithook(guard)


if __name__ == "__main__":
    child(*map(int, sys.argv[1:]))
