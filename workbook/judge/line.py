"""The learner's own line: the first one at which the right values make all the rest come out right.

The answer runs with a hand on each value that it names or returns, and so does the right one. Where a value of the
right answer, put in the place of one of the learner's, makes the result right in every case, the mistake lies in that
line or in what it alone uses: that is an intervention, no resemblance. Where no single one does, nothing is said.
"""
import ast
import inspect
import textwrap
from copy import deepcopy

import numpy as np

from ..words import say
from .calls import sought, thread_time
from .results import close, same
from .run import due
from .task import EDGE

PATIENCE = 0.1                     # seconds of computing for all that is tried
HAND = "__hand__"                  # the name under which an instrumented answer finds put()


class Sites(ast.NodeTransformer):
    """Puts a hand on whatever a function names or returns: x = f(y) becomes x = hand(k, f(y)); fine: on each part of
    it, too.
    """

    def __init__(self, fine):
        self.fine = fine
        self.told = []             # of each k: (the line's number, what the value is called)
        self.only = set()          # of these only values of the same name can stand in their place: loops' own
        self.filled = set()        # names that are filled bit by bit

    def hand(self, name, node, line):
        self.told.append((line, name))
        call = ast.Call(ast.Name(HAND, ast.Load()), [ast.Constant(len(self.told) - 1), node], [])
        return ast.copy_location(call, node)

    def generic_visit(self, node):
        named = ast.unparse(node) if self.fine and isinstance(node, ast.BinOp | ast.UnaryOp | ast.Call) else ""
        super().generic_visit(node)
        return self.hand(named, node, node.lineno) if named else node

    def visit_For(self, node):
        self.generic_visit(node)
        for one in ast.walk(node.target):
            if isinstance(one, ast.Name):
                self.only.add(len(self.told))
                node.body.insert(0, self.again(one.id, node))
        return node

    def visit_Assign(self, node):
        if isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            return node            # sizes are what they are
        if self.fine:
            node.value = self.visit(node.value)
        names = [one.id for target in node.targets for one in ast.walk(target)
                 if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
        if all(isinstance(one, ast.Constant) for one in getattr(node.value, "elts", [node.value])):
            self.only |= set(range(len(self.told), len(self.told) + len(names)))     # where something starts
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            node.value = self.hand(node.targets[0].id, node.value, node.lineno)
            return node
        self.filled |= {one.value.id for target in node.targets for one in ast.walk(target)
                        if isinstance(one, ast.Subscript) and isinstance(one.value, ast.Name)}
        return [node, *(self.again(name, node) for name in names)]

    def visit_AugAssign(self, node):
        if self.fine:
            node.value = self.visit(node.value)
        changed = node.target.value if isinstance(node.target, ast.Subscript) else node.target
        return [node, self.again(changed.id, node)] if isinstance(changed, ast.Name) else node

    def again(self, name, node):
        """The statement name = hand(k, name), after one that sets several names or changes one."""
        value = self.hand(name, ast.Name(name, ast.Load()), node.lineno)
        return ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), node)

    def visit_Return(self, node):
        if node.value:
            node.value = self.visit(node.value) if self.fine else self.parts(node.value, node.lineno, whole=True)
        return node

    def parts(self, node, line, whole=False):
        """A returned value with a hand on each part of its tuples, dicts and calls of two arguments or more."""
        if isinstance(node, ast.Tuple | ast.List):
            node.elts = [self.parts(one, line) for one in node.elts]
        elif isinstance(node, ast.Dict):
            node.values = [self.parts(one, line) for one in node.values]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1:
            node.args = [self.parts(one, line) for one in node.args]
        elif not whole and not isinstance(node, ast.Name | ast.Constant):
            return self.hand(ast.unparse(node), node, line)
        return node

    def visit_FunctionDef(self, node):
        return node                # what is defined within keeps its lines to itself

    visit_Lambda = visit_ClassDef = visit_AsyncFunctionDef = visit_FunctionDef


class Hands:
    """An answer that can be run with some values put in the place of its own. ValueError if it cannot be."""

    def __init__(self, answer, fine):
        text = textwrap.dedent(inspect.getsource(answer))
        (made,) = ast.parse(text).body
        if not isinstance(made, ast.FunctionDef) or made.decorator_list or answer.__closure__ or any(
                isinstance(node, ast.Global | ast.Nonlocal | ast.Yield) for node in ast.walk(made)):
            raise ValueError("not a function by itself")
        sites = Sites(fine)
        made.body = [line for node in made.body for line in np.atleast_1d(np.array(sites.visit(node), object))]
        self.lines, self.sites, self.only = text.splitlines(), sites.told, sites.only
        self.whole = {k for k, (_, name) in enumerate(sites.told) if name in sites.filled}
        self.room = {**answer.__globals__, HAND: self.put}
        exec(compile(ast.fix_missing_locations(ast.Module([made], [])), "<hands>", "exec"), self.room)
        self.run, self.values, self.given = self.room[made.name], {}, {}

    def put(self, k, value):
        """Notes a value, and hands on the one that stands in its place."""
        found = self.values.setdefault(k, [])
        found.append(value)
        rest = self.given.get(k, ())
        return rest[len(found) - 1] if len(found) <= len(rest) else value

    def __call__(self, play, args, given=()):
        """The result of one run, and {site: its values in their order}; given: values instead of its own."""
        self.values, self.given = {}, dict(given)
        result = play(self.run, *deepcopy(args))
        return result, {k: list(map(deepcopy, found)) for k, found in self.values.items()}


def own_line(ran):
    """In words: the line, what is wrong in it, and by how much; "" where no single line is at fault."""
    if not (found := sought(10 * PATIENCE, lambda: _search(ran, False) or _search(ran, True))):
        return ""
    line, name, a, b = found
    at = tuple(map(int, np.unravel_index(np.argmax(np.abs(a - b)), np.shape(a))))
    place = (name if name.isidentifier() else f"({name})") + f"[{', '.join(map(str, at))}]" if at else name
    return say("In your line `{line}`, put the right values of `{name}`, and all the rest comes out right. Yours: "
               "`{place}` is {a}, expected {b}.", line=line, name=name, place=place,
               a=f"{a[at]:.4g}", b=f"{b[at]:.4g}")


def _search(ran, fine):
    """(line, name, its values, the right ones) of the first site where right values make all right; None if none do."""
    yours, theirs = Hands(ran.answer, fine), Hands(ran.task.right, fine)
    cases = [args for args, n in zip(ran.inputs, ran.sizes) if n is not EDGE]
    wrong, end = ran.right.index(False), thread_time() + PATIENCE * .9
    if wrong >= len(cases):
        return None
    cases = [cases[wrong], *cases[:wrong], *cases[wrong + 1:]]
    own, right = ([hands(ran.task.play, args)[1] for args in cases] for hands in (yours, theirs))
    goal, results = [due(ran.task, args) for args in cases], ran.results[wrong]
    for k in sorted(own[0], key=lambda k: yours.sites[k][0]):
        if k in yours.whole or any(_alike(own[0][k], whole) for whole in ([results], results)):
            continue                # nothing comes after it
        namesakes = [r for r in right[0] if theirs.sites[r][1] == yours.sites[k][1] and _fits(own[0][k], right[0][r])]
        known = [r for r in right[0] if _alike(own[0][k], right[0][r])]
        if set(namesakes) & set(known):
            continue                # it is right as it is, whatever else could stand there
        others = [] if known or k in yours.only else [r for r in right[0] if r not in namesakes]
        for r in namesakes + others:
            if thread_time() > end:
                return None
            fits = all(_fits(mine.get(k, []), true.get(r, [])) for mine, true in zip(own, right))
            if fits and all(same(yours(ran.task.play, args, {k: true[r]})[0], g, ran.task)
                            for args, true, g in zip(cases, right, goal)):
                pairs = [tuple(np.asarray(q, float) for q in pair) for pair in zip(own[0][k], right[0][r])]
                line, name = yours.sites[k]
                return yours.lines[line - 1].strip(), name, *next(pair for pair in pairs if not close(*pair))
        if namesakes and not known:
            return None             # it is wrong, and not alone
    return None


def _fits(mine, true):
    """Whether values can stand in the place of others: as many, arrays of the same shapes."""
    if not isinstance(true, list | tuple):
        return False
    try:
        pairs = [(np.asarray(a), np.asarray(b)) for a, b in zip(mine, true)]
    except ValueError:
        return False
    return len(mine) == len(true) > 0 and all(
        a.shape == b.shape and a.dtype.kind in "biuf" and b.dtype.kind in "biuf" for a, b in pairs)


def _alike(mine, true):
    """Whether values are the same as others."""
    return _fits(mine, true) and all(close(*map(np.asarray, pair)) for pair in zip(mine, true))
