"""The course on other machines than this one: python tests/matrix.py [ROW …] [--list] [--library]

A row is a setting: another kernel of OpenBLAS, another Python, other versions, another locale. In each, one
after the other, the notebooks are run and compared as `start.py test` does it. A row looks first where it is:
OpenBLAS and NumPy ignore without a word what they cannot do. "not here": this machine has no such setting.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CPUINFO = Path("/proc/cpuinfo")
CPU = CPUINFO.read_text(encoding="utf-8") if CPUINFO.exists() else ""
UV = [sys.executable, "-m", "uv"]
PINS = ["--require-hashes", "-r", "requirements.txt"]
RANGES = ["-r", "pyproject.toml", "--extra", "dev"]
LIBRARY = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "tests", "--ignore=tests/browser",
           "--ignore-glob=tests/test_claims*.py"]

KERNELS = {                 # of OpenBLAS: what the processor must have, and what the kernel calls itself
    "SkylakeX": ("avx512f", "SkylakeX"), "Haswell": ("avx2", "Haswell"),
    "Sandybridge": ("avx", "Sandybridge"), "Nehalem": ("sse4_2", "Nehalem"), "Prescott": ("pni", "Katmai")}
LOOK = """
import json, locale, platform, numpy, threadpoolctl
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
try:
    place = locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    place = "not installed"
blas = next((b for b in threadpoolctl.threadpool_info() if b["user_api"] == "blas"), {})
print(json.dumps({
    "Python": ".".join(platform.python_version_tuple()[:2]), "NumPy": numpy.__version__, "locale": place,
    "kernel": blas.get("architecture"), "threads": blas.get("num_threads"),
    "features": [name for name in __cpu_dispatch__ if __cpu_features__[name]]}))
"""


class Row(NamedTuple):
    what: str
    variables: dict = {}    # of the environment
    here: dict = {}         # what LOOK must find
    cpu: str = ""           # what the processor must have
    python: str = sys.executable
    packages: list = []     # for uv, into an environment of the row's own; none: those of this Python
    clone: bool = False     # from a git that turns LF into CRLF


class Stop(Exception):
    """The row cannot go on: (verdict, why)."""


def call(*command, **where):
    """What a command says; Stop if it fails."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace", **where)
    if done.returncode:
        print(done.stdout, flush=True)
        raise Stop("FAILED", (done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1])
    return done.stdout.strip()


def look(python, environment):
    return json.loads(call(python, "-W", "ignore", "-c", LOOK, env=environment).splitlines()[-1])


def pythons():
    """Each Python from 3.11 on that uv finds on PATH or that pyenv keeps, its last patch: {"3.12": path}."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/*/bin")
    path = os.pathsep.join([*map(str, kept), os.environ["PATH"]])
    listed = subprocess.run([*UV, "python", "list", "--only-installed", "--output-format", "json"],
                            env=os.environ | {"PATH": path}, capture_output=True, check=True)
    found = {}
    for one in json.loads(listed.stdout):
        version = re.fullmatch(r"3\.(\d+)\.(\d+)", one["version"])          # no alpha, beta or candidate
        if version and one["implementation"] == "cpython" and one["variant"] == "default":
            found.setdefault(tuple(map(int, version.groups())), one["path"])    # pyenv's shims come last
    return {f"3.{minor}": path for (minor, _), path in sorted(found.items()) if minor >= 11}


def rows():
    features = " ".join(look(sys.executable, os.environ)["features"])
    found = pythons()
    table = {name: Row(f"OpenBLAS's kernel {name}", {"OPENBLAS_CORETYPE": name}, {"kernel": own}, cpu)
             for name, (cpu, own) in KERNELS.items()}
    plain, nehalem = {"NPY_DISABLE_CPU_FEATURES": features}, table["Nehalem"]
    table["numpy-plain"] = Row(f"NumPy without {features}", plain, {"features": []})
    table["old"] = Row("numpy-plain and Nehalem, as on a processor of 2008", plain | nehalem.variables,
                       {"features": []} | nehalem.here, nehalem.cpu)
    for version in sorted({"3.11", "3.12", "3.13"} | set(found), key=lambda version: int(version[2:])):
        table["python" + version] = Row(f"Python {version}, the pins", here={"Python": version},
                                        python=found.get(version), packages=PINS)
    for threads in (1, 2):
        table[f"threads{threads}"] = Row(f"threads of linear algebra: {threads}", dict.fromkeys(
            ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], str(threads)), {"threads": threads})
    table["C"] = Row("LC_ALL=C, and no UTF-8 unless the course asks for it", {
        "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"locale": "C"})
    table["fr"] = Row("LC_ALL=fr_FR.UTF-8", {"LC_ALL": "fr_FR.UTF-8"}, {"locale": "fr_FR.UTF-8"})
    table["crlf"] = Row("what is committed, from a git with core.autocrlf=true", clone=True)
    paths = list(found.values())                            # this Python, or what it was made from, is one
    table["lowest"] = Row("the lowest versions allowed, on the oldest Python", python=paths[0],
                          packages=["--resolution", "lowest-direct", *RANGES])
    table["highest"] = Row("the highest versions allowed, on the newest Python", python=paths[-1],
                           packages=RANGES)
    return table


def prepare(name, row, folder):
    """The row's Python, its environment and the course in it."""
    environment = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"], "1")
    environment |= {"JUPYTER_PREFER_ENV_PATH": "1"} | dict(os.environ) | row.variables
    python, course = row.python, ROOT
    if row.cpu not in CPU or not python:
        raise Stop("not here", f"no {row.cpu or 'such Python'}")
    if row.clone:
        course = folder / name
        call("git", "clone", "--quiet", "--config", "core.autocrlf=true", ROOT, course)
        environment["PYTHONPATH"] = str(course)
    if row.packages:
        venv = folder / name
        call(*UV, "venv", "--python", python, venv)
        python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        for what in (row.packages, ["--no-deps", "--no-build-isolation", "-e", "."]):
            call(*UV, "pip", "install", "--python", python, *what, cwd=ROOT)
    return python, environment, course


def run(name, row, folder, options):
    """The verdict on a row, and where it was or why it was not."""
    try:
        python, environment, course = prepare(name, row, folder)
        facts = look(python, environment)
        for fact, wanted in row.here.items():
            if facts[fact] != wanted:
                raise Stop("not here", f"{fact}: {facts[fact]}")
    except Stop as stop:
        return stop.args
    verdict, told = "passed", ["Python {Python}, NumPy {NumPy}, {kernel}, threads: {threads}".format(**facts)]
    notebooks = [path.relative_to(course) for path in sorted(course.glob(options.notebooks))]
    for command in [["tests/notebooks.py", *notebooks]] + [LIBRARY] * options.library:
        try:
            told.append(call(python, *command, cwd=course, env=environment).splitlines()[-1])
        except Stop as stop:
            verdict = stop.args[0]
            told.append(stop.args[1])
    return verdict, "; ".join(told)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 2)[2])
    parser.add_argument("rows", nargs="*", metavar="ROW", help="which rows to run; none: all")
    parser.add_argument("--list", action="store_true", help="only say which rows there are")
    parser.add_argument("--library", action="store_true", help="the tests of the library too")
    parser.add_argument("--notebooks", default="chapters/en/*.ipynb", metavar="GLOB",
                        help="which notebooks, by default %(default)s")
    parser.add_argument("--folder", type=Path, help="a new one, which keeps what is made for the rows")
    sys.stdout.reconfigure(errors="replace")                # whatever the tests say and the console cannot
    options = parser.parse_args()
    table = rows()
    if unknown := set(options.rows) - set(table):
        parser.error(f"no row {', '.join(sorted(unknown))}; there are {', '.join(table)}")
    if not list(ROOT.glob(options.notebooks)):
        parser.error(f"no notebook is called {options.notebooks}")
    if options.list:
        print("\n".join(f"{name:12} {row.what}" for name, row in table.items()))
        return 0
    if hasattr(os, "nice"):
        os.nice(5)                                          # and so for all that it starts
    told = []
    with tempfile.TemporaryDirectory() as temporary:
        for name in options.rows or table:
            print(f"--- {name}: {table[name].what}", flush=True)
            began = time.monotonic()
            verdict, why = run(name, table[name], (options.folder or Path(temporary)).resolve(), options)
            told.append(f"{name:12} {verdict:8} {time.monotonic() - began:5.0f} s   {why}")
            print(told[-1], flush=True)
    print("\n" + "\n".join(told))
    return int(any(" FAILED " in line for line in told))


if __name__ == "__main__":
    sys.exit(main())
