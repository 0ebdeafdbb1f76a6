"""Would the tests notice? Each mutant is a room of lstmlib with one small fault; its tests must fail.

A fault: another operator, comparison, number, text or truth; a negation lost; a statement left out. Prints
the mutants that no test has killed, and the share of those killed. Needs os.fork, which Windows has not.

    nice python benchmarks/mutants.py [cells unroll fast interchange gradcheck model] [--every N]
"""
import argparse
import ast
import copy
import importlib.util
import os
import signal
import sys
from itertools import islice
from pathlib import Path

import hypothesis
import numpy  # noqa: F401                                 once, here, not again for each mutant
import pytest

ROOT = Path(__file__).resolve().parent.parent
TESTS = {"cells": "cells unroll", "unroll": "unroll fast", "fast": "fast unroll",
         "interchange": "interchange", "gradcheck": "gradcheck", "model": "model"}
SECONDS = 120                                              # a mutant that runs longer runs for ever: killed
PAIRS = """Pow Mult, FloorDiv Mult, MatMult Mult, Mult Div, Add Sub, BitOr BitAnd,
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


def read(room):
    """The code of a room, without its docstrings."""
    tree = ast.parse((ROOT / "lstmlib" / f"{room}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body[:1] = [] if node.body[1:] else [ast.Pass()]
    return tree


def difference(right, faulty):
    """The line that the fault has changed, before and after."""
    before, after = (ast.unparse(tree).split("\n") for tree in (right, faulty))
    k = next(k for k, (a, b) in enumerate(zip(before, after)) if a != b)
    return f"{before[k].strip()}   ->   {after[k].strip()}"


class Instead:
    """An importer that gives a room its faulty code."""

    def __init__(self, room, tree):
        self.room, self.tree = f"lstmlib.{room}", tree

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == self.room else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(compile(self.tree, self.room, "exec"), module.__dict__)


def survives(room, tree):
    """Whether all tests of a room pass although it is faulty; asked in a process of its own."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    code = 1
    try:
        signal.alarm(SECONDS)
        sys.stdout = sys.stderr = open(os.devnull, "w")
        sys.meta_path.insert(0, Instead(room, tree))
        sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
        import samples
        samples.a_few = hypothesis.settings(samples.a_few, phases=[hypothesis.Phase.generate])   # unshrunk
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        for name in TESTS[room].split():
            test = ROOT / "tests" / f"test_{name}.py"
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", str(test)])
            if code:
                break
    finally:
        os._exit(int(code))


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("rooms", nargs="*", default=["cells", "unroll", "fast"])
    ask.add_argument("--every", type=int, default=1, help="try only every Nth mutant")
    given = ask.parse_args()
    for room in given.rooms:
        right = read(room)
        if not survives(room, right):
            sys.exit(f"{room}: its tests fail without any fault")
        tried = list(mutants(right))[::given.every]
        survivors = [difference(right, faulty) for faulty in tried if survives(room, faulty)]
        print(*(f"{room}: survived  {text}" for text in survivors), sep="\n")
        print(f"{room}: {1 - len(survivors) / len(tried):.1%} of {len(tried)} mutants killed", flush=True)
