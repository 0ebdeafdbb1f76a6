"""Kernels forked from one process that has imported already what all of them import: each begins in a moment.

A notebook sees what it would in a kernel begun from nothing: its own __main__, folder, variables, random numbers,
language; only the rooms of the course and the libraries under them are loaded by then. Whether they are asked for
where they are needed is seen in the notebooks of chapters/en, which begin from nothing, as all do where forking is
not safe.
"""
import json
import os
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from runpy import run_path

COURSE = Path(__file__).resolve().parent.parent / "course"
NOTHING = "chapters", "en"


class Forked:
    """A kernel, with what jupyter_client asks of a Popen; the server that forks it is started when first needed."""
    server = stdin = stdout = stderr = None
    returncode = None

    def __init__(self, words, cwd, env):
        if not Forked.server:
            ours, theirs = socket.socketpair()
            subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()],
                             stderr=subprocess.DEVNULL)
            Forked.server = ours.makefile("rw")
            theirs.close()
        self.pid = self.ask([words, cwd, env])

    def ask(self, what):
        print(json.dumps(what), file=self.server, flush=True)
        return json.loads(self.server.readline())

    def poll(self):
        if self.returncode is None:
            self.returncode = self.ask(self.pid)
        return self.returncode

    def wait(self, timeout=None):
        while self.poll() is None:
            time.sleep(.01)
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        self.send_signal(signal.SIGTERM)


def launch(command, otherwise, **how):
    """A kernel forked, where that is safe and the notebook is none of chapters/en; else otherwise(command, …)."""
    folder = Path(how["cwd"])
    if sys.platform == "linux" and command[1:3] == ["-m", "ipykernel_launcher"] and folder.parts[-2:] != NOTHING:
        return Forked(command[3:], str(folder), how["env"])
    return otherwise(command, **how)


def serve(fd):
    """Forks a kernel for each line that asks for one, answers with its number; says of a number how it ended."""
    asked = socket.socket(fileno=fd)
    with asked.makefile("rw") as talk:
        for line in talk:
            what = json.loads(line)
            if isinstance(what, int):
                pid, status = os.waitpid(what, os.WNOHANG)
                told = os.waitstatus_to_exitcode(status) if pid else None
            elif told := os.fork():
                os.setpgid(told, told)
            else:
                break
            print(json.dumps(told), file=talk, flush=True)
        else:
            return
    asked.close()
    begin(*what)


def begin(words, cwd, env):
    """What `python -m ipykernel_launcher` does, in this process."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    del os.environ["PYTHONSTARTUP"]                                # it is run
    sys.argv[1:] = words
    import numpy
    numpy.random.seed()
    from ipykernel import kernelapp
    kernelapp.launch_new_instance(parent_handle=os.getppid())      # it ends with the server


def warm():
    """Imports what every notebook does, and runs nothing of it."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")       # as a kernel has it
    names = """numpy.random sqlite3 psutil tornado.platform.asyncio IPython.core.completerlib IPython.core.debugger
        IPython.core.oinspect IPython.extensions.storemagic ipykernel.debugger ipykernel.kernelapp PIL.PngImagePlugin
        matplotlib.figure matplotlib.backends.backend_agg workbook""".split()
    run_path(os.environ["PYTHONSTARTUP"])                          # first: what is imported later has its train
    for name in names:
        import_module(name)
    for name in sys.modules["workbook"]._ROOMS:
        import_module(f"workbook.{name}")
    for path in sorted(COURSE.glob("c*/*.py")):
        if path.stem in ("answers", "pictures"):
            import_module(f"course.{path.parent.name}.{path.stem}")


if __name__ == "__main__":
    warm()
    del sys.path[0]
    serve(int(sys.argv[1]))
