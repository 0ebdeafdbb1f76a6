"""A process of its own, the child, in which a stranger's cells are run and their functions called.

The child never says whether an answer is right: it returns values, and the parent (grade.py) compares them
with those it computes itself. So nothing that is printed, patched or sent in here turns a wrong answer into a
right one. The child may not open a network connection, start a process or signal one, write outside of its
own folder, or read anything but that, lstmlib and Python's own packages: whatever holds an answer, and wherever it
lies, is not among them. Memory, processor time and the size of files are limited where the system can.

Where the kernel can hold that (landlock.py), it does. Python's audit asks, too: by itself it is a fence, not a
prison, since Python code that sets out to break it can climb it. Where that is to be feared and there is no Landlock,
grade inside a container.
"""
import json
import os
import sys
import sysconfig
from itertools import chain
from pathlib import Path

from lstmlib import cells

from . import landlock
from .parcels import error, pack, unpack
from .stage import Stage, withhold

MINE = -1                                    # the number by which the parent is asked for mine(name)
FENCES = "kernel", "audit"
COURSE = Path(__file__).resolve().parent.parent


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


def child(seconds, memory, *fences):
    """The child's life: reads messages, runs cells, answers calls, until the parent hangs up.

    seconds: of processor time; memory: in MiB; fences: of FENCES. A message is a line. {"run": cells, "name": of the
    exercise, "owned": names of lstmlib's that answer it} is answered by {"there", "callable", "errors"}, and {"call":
    arguments} by {"result", "args"} or {"error"}; before that, the child may {"ask"} for a call of something of the
    parent's.
    """
    hear, speak = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    for fd, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        with open(os.devnull, mode) as nothing:
            os.dup2(nothing.fileno(), fd)
        setattr(sys, name, open(fd, mode, errors="replace"))

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

    line, home = hear.readline(), os.path.realpath(os.getcwd())
    stage = Stage(lambda name: ask(MINE, "", (name,), {}), asynchronous=b"async" in line or b"await" in line)
    files, alone = landlock.hold(*_open(home), [home, os.devnull]) if "kernel" in fences else (False, False)
    if "kernel" in fences and landlock.there() and not files:
        sys.exit("the fence does not hold")               # what was promised
    _limits(seconds, memory, alone)
    if "audit" in fences:
        _fence(home)
    for message in map(json.loads, filter(None, chain([line], hear))):
        if "run" in message:
            withhold(message["owned"])
            errors = [error for k, cell in enumerate(message["run"]) for error in stage.run(k, cell)]
            answer = stage.checked.get(message["name"], stage.names.get(message["name"]))
            tell(there=answer is not None, callable=callable(answer), errors=errors[:20])
        else:
            args = unpack(message["call"], reference)
            try:
                result = pack(answer(*args), number_of)
            except BaseException as why:                  # sys.exit(), too, is an answer that failed
                tell(error=[type(why).__name__, str(why)[:2000]])
            else:
                tell(result=result, args=pack(args, number_of))


def _limits(seconds, memory, alone):
    """Processor time, memory, files, processes and core dumps, where the system can limit them."""
    sys.dont_write_bytecode = True
    try:
        import resource
    except ImportError:
        return
    most = {"CPU": seconds, "AS": memory << 20, "FSIZE": 16 << 20, "NOFILE": 64, "CORE": 0}
    if not alone:
        most["NPROC"] = 0                                 # counted for the user: so none more
    for kind, limit in most.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{kind}"), (limit, limit + (kind == "CPU")))
        except (ValueError, OSError, AttributeError):
            pass                                          # macOS refuses some


def _open(home):
    """What may be read: (files and folders with all below them, folders of which only the list may be read).

    Of the course that is lstmlib; a copy of the course among Python's packages stays closed, too.
    """
    paths = {key: sysconfig.get_path(key) for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    packages = {os.path.realpath(path) for path in (*paths.values(), *sys.path) if path and os.path.isdir(path)}
    packages |= {os.path.join(sys.base_prefix, "lib"), "/usr/lib", "/lib", "/lib64"}
    closed = {os.path.join(path, name) for path in packages for name in _names(path)
              if name.lower() in ("course", "workbook")} | {str(COURSE)}
    reading, listing = [], []

    def add(path):
        path = os.path.realpath(path)
        if path in closed:
            return
        if any(inside(other, path) for other in closed):
            listing.append(path)
            for name in _names(path):
                add(os.path.join(path, name))
        else:
            reading.append(path)

    for path in packages - {str(COURSE)}:
        add(path)
    system = "/usr/share/zoneinfo /etc/localtime /etc/mime.types /etc/ld.so.cache /dev/urandom /dev/random /dev/zero"
    return [home, os.path.dirname(os.path.realpath(cells.__file__)), os.path.realpath(sys.executable),
            os.environ.get("MPLCONFIGDIR", home), *system.split(), *reading], listing


def _names(path):
    try:
        return os.listdir(path)
    except OSError:
        return []


def inside(path, folder):
    """Whether a path is a folder's, or lies below it."""
    return path == folder or path.startswith(folder + os.sep)


def _fence(home):
    """From here on Python's audit refuses what no exercise needs."""
    reading, listing = _open(home)
    closed = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
              "os.kill", "os.startfile", "ctypes.", "signal.pthread_kill", "pty.", "webbrowser.", "sqlite3.",
              "os.setxattr")
    unaudited = {"readline", "_gdbm", "_dbm", "_posixshmem"}      # they open files in C, unheard
    changes = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod",
               "os.chown", "os.truncate", "os.utime", "shutil.")
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    real, decode, isdir, within, refuse = os.path.realpath, os.fsdecode, os.path.isdir, inside, PermissionError

    def guard(event, args):
        if event.startswith(closed) or event == "import" and args[0] in unaudited:
            raise refuse(f"{event} is not allowed here")
        if event == "open" and isinstance(args[0], str | bytes):
            path = real(decode(args[0]))
            to_write = args[2] & writing if isinstance(args[2], int) else set(str(args[1])) & set("wax+")
            if to_write and not within(path, home) and path != os.devnull:
                raise refuse(f"writing {path} is not allowed here")
            known = path == os.devnull or any(within(path, folder) for folder in reading)
            if not known or args[1] is None and isdir(path):
                raise refuse(f"reading {path} is not allowed here")      # a folder: names would be sought from there
        if event in ("os.listdir", "os.scandir") and not any(
                within(real(decode(args[0] or ".")), folder) for folder in (*reading, *listing)):
            raise refuse(f"{event} is not allowed here")
        if event.startswith(changes):
            for path in args[:2]:
                if isinstance(path, str | bytes) and not within(real(decode(path)), home):
                    raise refuse(f"{event} is not allowed here")

    sys.addaudithook(guard)


if __name__ == "__main__":
    child(*map(int, sys.argv[1:3]), *sys.argv[3:])
