"""Would the tests notice? Each mutant is a file of the course with one small fault; its tests must fail.

A fault: another operator, comparison, number, text or truth; a negation lost; a statement left out. The tests run in
a copy of the course. Prints, for each room, the mutants that no test has killed, and the share of those killed.

    nice python benchmarks/mutants.py [cells judge grade …] [--sample 20] [--seed 0] [--kept mutants.csv]

Stopped and started again with the same words it goes on where it was: each result is a line of the file --kept.
"""
import argparse
import ast
import copy
import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {                                                  # room: its files, the tests that should notice
    "cells": ("lstmlib/cells.py", "cells unroll"), "unroll": ("lstmlib/unroll.py", "unroll fast"),
    "fast": ("lstmlib/fast.py", "fast unroll"), "interchange": ("lstmlib/interchange.py", "interchange"),
    "gradcheck": ("lstmlib/gradcheck.py", "gradcheck"), "model": ("lstmlib/model.py", "model interrupted"),
    "tasks": ("lstmlib/tasks.py", "tasks splits"), "sweep": ("lstmlib/sweep.py", "sweep interrupted"),
    "judge": ("workbook/judge/*.py", "judge_stands exercises bank judge"),
    "fence": ("workbook/fence.py", "limits fence grade"), "grade": ("workbook/grade.py", "limits interrupted grade"),
    "progress": ("workbook/progress.py", "progress interrupted limits"),
    "questions": ("workbook/qu*.py", "questions"), "pictures": ("workbook/plots.py", "plots widgets"),
    "ink": ("workbook/ink.py", "plots diagram"), "explorers": ("course/*/pictures.py", "explorers"),
    "corpora": ("course/c02_applications/corpora.py", "splits limits corpora"),
    "loaders": ("course/c02_applications/loaders.py", "splits limits corpora"), "start": ("start.py", "limits start")}
SECONDS = 300                                              # a mutant that runs longer runs for ever: killed
PAIRS = """Pow Mult, FloorDiv Mult, MatMult Mult, Mult Div, Add Sub, BitOr BitAnd, Mod Mult,
           LShift RShift, BitXor BitAnd,
           Lt LtE, Gt GtE, Eq NotEq, Is IsNot, In NotIn, And Or""".split(",")
INSTEAD = {getattr(ast, a): getattr(ast, b)
           for pair in PAIRS for a, b in (pair.split()[::-1], pair.split())}


def wrong(value):
    """Another constant of the same kind; None where there is none."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value + "XX"
    return value + 1 if isinstance(value, int | float) else None


def faults(node):
    """Functions that make something of a node, in place, that it should not be."""
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp):
        yield lambda node: setattr(node, "op", INSTEAD[type(node.op)]())
    if isinstance(node, ast.Compare):
        yield lambda node: setattr(node, "ops", [INSTEAD[type(node.ops[0])](), *node.ops[1:]])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield lambda node: setattr(node, "op", ast.UAdd())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda node: setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    if isinstance(node, ast.Constant) and wrong(node.value) is not None:
        yield lambda node: setattr(node, "value", wrong(node.value))
    if isinstance(body := getattr(node, "body", None), list):
        for k, statement in enumerate(body):
            if isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr | ast.Raise):
                yield lambda node, k=k: node.body.__setitem__(k, ast.Pass())


def mutants(tree):
    """Every faulty copy of a tree."""
    for number, node in enumerate(ast.walk(tree)):
        for kind, _ in enumerate(faults(node)):
            faulty = copy.deepcopy(tree)
            place = next(islice(ast.walk(faulty), number, None))
            list(faults(place))[kind](place)
            yield ast.fix_missing_locations(faulty)


def read(path):
    """The code of a file, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body[:1] = [] if node.body[1:] else [ast.Pass()]
    return tree


def difference(right, faulty):
    """The line that the fault has changed, before and after."""
    before, after = (ast.unparse(tree).split("\n") for tree in (right, faulty))
    k = next(k for k, (a, b) in enumerate(zip(before, after)) if a != b)
    return f"{before[k].strip()}   ->   {after[k].strip()}"


def survives(there, tests):
    """Whether all these tests pass in a copy of the course."""
    files = [f"tests/test_{name}.py" for name in tests.split()]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:nbval", *files]
    apart = {**os.environ, "PYTHONPATH": str(there), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(command, cwd=there, env=apart, start_new_session=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            return process.wait(SECONDS) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            return False


def tried(room, there, sample, seed, kept):
    """(path, number, the fault, whether it survives) of a sample of a room's mutants, those in `kept` first."""
    pattern, tests = ROOMS[room]
    done = {(path, int(number)): (said, lived == "True") for path, number, said, lived in csv.reader(kept.open())}
    everything = [(path, n) for path in sorted(ROOT.glob(pattern)) for n, _ in enumerate(mutants(read(path)))]
    for path, n in sorted(random.Random(seed).sample(everything, min(sample, len(everything)))):
        name = path.relative_to(ROOT).as_posix()
        if (name, n) not in done:
            right, place = read(path), there / name
            faulty = next(islice(mutants(right), n, None))
            place.write_text(ast.unparse(faulty), encoding="utf-8")
            done[name, n] = difference(right, faulty), survives(there, tests)
            shutil.copy(path, place)
            with kept.open("a", newline="", encoding="utf-8") as file:
                csv.writer(file).writerow([name, n, *done[name, n]])
        yield name, n, *done[name, n]


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("rooms", nargs="*", default=list(ROOMS), choices=[*ROOMS, []], metavar="room")
    ask.add_argument("--sample", type=int, default=20, help="so many mutants of each room")
    ask.add_argument("--seed", type=int, default=0, help="which")
    ask.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "mutants.csv")
    given = ask.parse_args()
    given.kept.touch()
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "course"
        shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".*", "work", "__pycache__"))
        for chosen in given.rooms:
            if not survives(copied, ROOMS[chosen][1]):
                print(f"{chosen}: its tests fail without any fault", flush=True)
                continue
            results = list(tried(chosen, copied, given.sample, given.seed, given.kept))
            survivors = [f"{chosen}: survived  {name}  {said}" for name, _, said, lived in results if lived]
            print(*survivors, sep="\n", end="\n" * bool(survivors))
            print(f"{chosen}: {1 - len(survivors) / len(results):.0%} of {len(results)} mutants killed", flush=True)
