"""What a submission may try against the grader and its neighbours, and what stops it: kernel, Python's audit, limits.

Each attack is tried behind each fence alone; where none is named a way round is known, and a container is the answer.
"""
import os
import resource
import socket
import subprocess
import sys
import textwrap
import time

import pytest

from workbook import grade, judge, keeper, landlock

ATTACKS = {                                    # what stops it; it has succeeded if it returns something true
    "a classmate's notebook": ("kernel audit", "return open(P['bob']).read()"),
    "the same by its folder's number": ("kernel audit", """
        folder = os.open(os.path.dirname(P['bob']), os.O_RDONLY)
        return os.read(os.open('bob.ipynb', os.O_RDONLY, dir_fd=folder), 9)"""),
    "the folder of the class": ("kernel audit", "return os.listdir(os.path.dirname(P['bob']))"),
    "the grader's own progress": ("kernel audit", "return open(P['work']).read()"),
    "what git keeps": ("kernel audit", "return open(P['git'], 'rb').read()"),
    "another copy of the course": ("kernel audit", "return open(P['copy']).read()"),
    "the solutions": ("kernel audit", "return open(P['solution']).read()"),
    "the answers by import": ("kernel audit", """
        sys.path.insert(0, P['course'])
        for name in [name for name in sys.modules if name.split('.')[0] == 'course']:
            del sys.modules[name]
        from course.c04_forget_gate.answers import half_life
        return half_life"""),
    "readline reads": ("kernel audit", """
        import readline
        readline.read_history_file(P['bob'])
        return readline.get_history_item(1)"""),
    "readline writes": ("kernel audit", """
        import readline
        readline.write_history_file(P['new'])
        return os.path.exists(P['new'])"""),
    "sqlite writes": ("kernel audit", """
        import sqlite3
        sqlite3.connect(P['new']).execute('create table t (x)')
        return os.path.exists(P['new'])"""),
    "ctypes": ("kernel audit", """
        import ctypes
        return ctypes.CDLL(None).open(P['bob'].encode(), 0) >= 0"""),
    "a program": ("kernel audit", "return subprocess.run(['cat', P['bob']], capture_output=True).stdout"),
    "a program, the audit not asked": ("kernel", """
        class Deaf:
            audit = staticmethod(lambda *event: None)
            __getattr__ = lambda self, name: getattr(sys, name)
        subprocess.sys = Deaf()
        return subprocess.run(['cat', P['bob']], capture_output=True).stdout"""),
    "a shell": ("kernel audit", "return os.system('cat ' + P['bob']) == 0"),
    "a second process": ("kernel audit", "return os.fork() or os._exit(0)"),
    "a spawned process": ("kernel audit", "return os.posix_spawn('/bin/true', ['true'], {})"),
    "a signal": ("kernel audit", "return os.kill(P['pid'], 9) is None"),
    "a signal by a process's number": ("kernel", """
        signal.pidfd_send_signal(os.pidfd_open(P['pid']), 9)
        return True"""),
    "another's limits": ("kernel", "return resource.prlimit(P['pid'], resource.RLIMIT_CPU, (1, 1))"),
    "another's share of the processor": ("kernel", "return os.setpriority(os.PRIO_PROCESS, P['pid'], 19) is None"),
    "another's environment": ("kernel audit", "return open(f\"/proc/{P['pid']}/environ\").read()"),
    "another's memory": ("kernel audit", "return open(f\"/proc/{P['pid']}/mem\", 'r+b').read(1)"),
    "marks": ("kernel audit", "return open(P['bob'], 'w')"),
    "a fifo": ("kernel", "return os.mkfifo(P['new']) is None"),
    "a device": ("kernel", "return os.mknod(P['new']) is None"),
    "a file removed": ("kernel audit", "return os.remove(P['bob']) is None"),
    "a file removed by its folder's number": ("kernel audit", """
        folder = os.open(os.path.dirname(P['bob']), os.O_RDONLY)
        return os.unlink('bob.ipynb', dir_fd=folder) is None"""),
    "a file moved": ("kernel audit", "return os.rename(P['bob'], P['new']) is None"),
    "a folder": ("kernel audit", "return os.mkdir(P['new']) is None"),
    "a link out": ("kernel audit", """
        os.symlink(P['bob'], 'bob')
        return open('bob').read()"""),
    "rights": ("kernel audit", """
        os.chmod(P['bob'], 0o777)
        return os.stat(P['bob']).st_mode & 0o777 == 0o777"""),
    "an attribute": ("kernel audit", """
        os.setxattr(P['bob'], 'user.mine', b'x')
        return os.getxattr(P['bob'], 'user.mine')"""),
    "shared memory": ("kernel audit", """
        from multiprocessing import shared_memory
        return shared_memory.SharedMemory(create=True, size=10)"""),
    "memory without a name": ("kernel", "return os.memfd_create('mine')"),
    "a connection": ("kernel audit", "return socket.create_connection(('127.0.0.1', P['port']), 1)"),
    "a packet": ("kernel audit", """
        return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', P['port']))"""),
    "a server": ("kernel audit", "return socket.create_server(('127.0.0.1', 0))"),
    "the audit switched off": ("kernel", """
        import gc
        for guard in [f for f in gc.get_objects() if getattr(f, '__name__', '') == 'guard']:
            for cell in guard.__closure__ or ():
                if cell.cell_contents is PermissionError:
                    cell.cell_contents = lambda text: RuntimeWarning(text)
                if isinstance(cell.cell_contents, list):
                    cell.cell_contents.append('/')
        return open(P['bob']).read()"""),
    "its own limits": ("limits", """
        return resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30)) is None and os.geteuid()"""),
}
BOMBS = {                                      # the answer's lines, and the kind of its 0
    "memory": ("return np.ones(10**11)", "crash"),
    "memory, bit by bit": ("rows = []\nwhile True:\n    rows.append(np.ones(10**6))", "crash"),
    "a loop without end": ("while True:\n    pass", "time"),
    "processes": ("import os\nwhile True:\n    os.fork()", "crash"),
    "threads": ("import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=[99]).start()",
                "crash"),
    "output": ("while True:\n    print('x' * 10**6)", "time"),
    "one huge file": ("with open('huge', 'wb') as file:\n    while True:\n        file.write(bytes(10**7))", "crash"),
    "a full disk": ("for k in range(10**9):\n    open(f'{k}', 'wb').write(bytes(10**7))", "disk"),
    "many small files": ("for k in range(10**9):\n    open(f'{k}', 'w').close()", "disk"),
    "a huge result": ("return np.ones(10**7)", "died"),
    "its own end": ("import os\nos._exit(0)", "died"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A class's folder, with what lies around it, and a neighbour that lives."""
    root = tmp_path_factory.mktemp("class")
    kept = {"bob": "bob.ipynb", "work": "work/progress.json", "git": ".git/objects/ab",
            "solution": "solutions/en/04.ipynb", "copy": "copy/course/c04_forget_gate/answers.py"}
    for name in kept.values():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("kept")
    with (subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as neighbour,
          socket.create_server(("127.0.0.1", 0)) as server):
        paths = {key: str(root / name) for key, name in kept.items()}
        yield paths | {"new": str(root / "new"), "course": str(keeper.ROOT), "pid": neighbour.pid,
                       "port": server.getsockname()[1]}
        assert neighbour.poll() is None
        neighbour.kill()


def state(place):
    """All that an attack could have changed."""
    root = os.path.dirname(place["bob"])
    files = sorted((path, name, os.stat(os.path.join(path, name)).st_mode) for path, _, names in os.walk(root)
                   for name in names)
    return files, open(place["bob"]).read(), resource.prlimit(place["pid"], resource.RLIMIT_CPU), os.getpriority(
        os.PRIO_PROCESS, place["pid"])


@pytest.fixture(scope="module", params=["kernel", "audit"])
def tried(place, request):
    """{attack: what it says of itself} behind one fence; only what that is said to stop is tried."""
    fence = request.param
    if fence == "kernel" and not landlock.there():
        pytest.skip("this kernel has no Landlock")
    bodies = {name: textwrap.dedent(code) for name, (by, code) in ATTACKS.items()
              if by == "limits" or fence in by}
    cell = "import os, resource, signal, socket, subprocess, sys\ndef tried(P):\n    said = {}\n" + "".join(
        f"    def attack():\n{textwrap.indent(code.strip(), ' ' * 8)}\n    try:\n"
        f"        said[{name!r}] = repr(attack())\n    except BaseException as why:\n"
        f"        said[{name!r}] = f'stopped: {{type(why).__name__}}: {{why}}'\n"
        for name, code in bodies.items()) + "    return said\n"
    before, fences = state(place), keeper.Child.fences
    keeper.Child.fences = [fence]
    try:
        with keeper.Child(120, 2000, "tried") as child:
            child.ask(run=[cell], name="tried", owned=[])
            said = keeper.Answer(child)(place)
    finally:
        keeper.Child.fences = fences
    assert state(place) == before
    return fence, said


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_stopped(tried, attack):
    fence, said = tried
    if attack not in said:
        pytest.skip(f"not by the {fence}")
    assert said[attack].startswith("stopped") or said[attack] in ("None", "False", "0", "b''"), said[attack]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_costs_its_own_mark_alone(bomb, monkeypatch):
    monkeypatch.setattr(judge, "SECONDS", 100)
    body, kind = BOMBS[bomb]
    cell = f"import numpy as np\ndef half_life(f):\n{textwrap.indent(body, '    ')}\n"
    began = time.monotonic()
    graded = grade.grade("half_life", [cell], 2 if kind == "time" else 8, 700)
    assert graded.score == 0 and graded.kind in (kind, "time"), graded    # on a busy machine its time is up first
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("total, why", [(60, "ended"), (0, "too long")])
def test_whoever_ends_the_process_that_judges_costs_one_learner_alone(total, why, tmp_path, monkeypatch):
    """Even so its row is there."""
    options = type("Options", (), {"seconds": 9, "memory": 2000, "total": total})
    monkeypatch.setattr(grade.sys, "executable", "/bin/false")
    row, _ = grade.row(tmp_path / "04-ann.ipynb", options)
    assert row["score"] == 0 and why in row["remark"] and row["fence"] in ("landlock", "hook only")
