"""The learner's own line: the first one at which the right values make all the rest come out right; or up to three.

The answer runs with a hand on each value that it names or returns, and so does the right one. Where a value of the
right answer, put in the place of one of the learner's, makes the result right in every case, the mistake lies in that
line or in what it alone uses: that is an intervention, no resemblance. Where each of two or three makes more come out
right, and all of them make all, so many lines are said; else nothing is.
"""
import ast
import itertools
from functools import cache

import numpy as np

from ..words import say
from .calls import sought, thread_time
from .results import close, fresh, leaves, mark, pieces, same
from .run import by_itself, given
from .task import EDGE

PATIENCE = 0.05                    # seconds of computing for all that is tried
MOST = 3                           # lines that are said
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

    def visit_If(self, node):
        test, node.test = node.test, ast.Constant(True)      # what only keeps a branch from being run mends nothing
        node = self.generic_visit(node)
        node.test = test
        return node

    visit_IfExp = visit_While = visit_If


class Hands:
    """An answer that can be run with some values put in the place of its own. ValueError if it cannot be."""

    def __init__(self, answer, fine):
        text, made = by_itself(answer)
        sites = Sites(fine)
        made.body = [line for node in made.body for line in np.atleast_1d(np.array(sites.visit(node), object))]
        self.lines, self.sites, self.only = text.splitlines(), sites.told, sites.only
        self.whole = {k for k, (_, name) in enumerate(sites.told) if name in sites.filled}
        self.room = {**answer.__globals__, HAND: self.put}
        exec(compile(ast.fix_missing_locations(ast.Module([made], [])), "<hands>", "exec"), self.room)
        self.run, self.values, self.given, self.noting = self.room[made.name], {}, {}, True

    def put(self, k, value):
        """Notes a value, and hands on the one that stands in its place."""
        found = self.values.setdefault(k, [])
        found.append(fresh(value) if self.noting else None)
        rest = self.given.get(k, ())
        return fresh(rest[len(found) - 1]) if len(found) <= len(rest) else value

    def __call__(self, play, args, given=(), noting=False):
        """The result of one run; given: values instead of its own. noting: with {site: its values in their order}."""
        self.values, self.given, self.noting = {}, dict(given), noting
        result = play(self.run, *map(fresh, args))
        return (result, self.values) if noting else result


_hands = cache(Hands)               # those of the right answers


def own_line(ran, mistakes=1):
    """In words: the line, what is wrong in it, and by how much; two or three; "" where that is not all.

    Where more mistakes are known, one value that mends all stands where they cancel, and not where one was made.
    """
    end = thread_time() + PATIENCE
    found = sought(10 * PATIENCE, lambda: _search(ran, False, end - PATIENCE / 2) or _search(ran, True, end))
    if not found and (lost := sought(10 * PATIENCE, _infinite, ran)):
        return say("In your line `{line}`, `{name}` becomes `{bad}`, and with it the result.", **lost)
    if not found or len(found) == 1 < mistakes:
        return ""
    told = [dict(line=line, name=name, a=f"{a[at]:.4g}", b=f"{b[at]:.4g}",
                 place=(name if name.isidentifier() else f"({name})") + f"[{', '.join(map(str, at))}]" if at else name)
            for line, name, a, b in found for at in [np.unravel_index(np.argmax(np.abs(a - b)), np.shape(a))]]
    if len(told) == 1:
        return say("In your line `{line}`, put the right values of `{name}`, and all the rest comes out right. Yours: "
                   "`{place}` is {a}, expected {b}.", **told[0])
    return say("With right values in {n} places of your text, all the rest comes out right.",
               n=len(told)) + "".join(" " + say("In `{line}`: `{place}` is {a}, expected {b}.", **one) for one in told)


def _infinite(ran):
    """The first value but for which nothing in the result would be infinite or nan, and its line."""
    row = next(row for row in ran.arrays if np.isfinite(row.right).all() and not np.isfinite(row.yours).all())
    hands, args = Hands(ran.answer, True), ran.inputs[row.case]
    for k, found in hands(ran.task.play, args, noting=True)[1].items():
        bad = [q for value in found for leaf in leaves(value) for q in leaf[~np.isfinite(leaf)]]
        if bad and all(np.isfinite(q).all() for q in leaves(hands(ran.task.play, args, {
                k: [np.nan_to_num(q, nan=1, posinf=1, neginf=-1) for q in found]}))):
            return dict(line=hands.lines[hands.sites[k][0] - 1].strip(), name=hands.sites[k][1], bad=bad[0])


def _search(ran, fine, end):
    """[(line, name, its values, the right ones)] of the first sites where right values make all right; None if none do.

    Each of several makes more right than was, and what was right stays so.
    """
    numbers, wrong = [k for k, n in enumerate(ran.sizes) if n is not EDGE], ran.right.index(False)
    if wrong not in numbers:
        return None
    numbers.sort(key=lambda k: k != wrong)
    yours, theirs, task = Hands(ran.answer, fine), _hands(ran.task.right, fine), ran.task
    cases, goal = ([of[k] for k in numbers] for of in (ran.inputs, ran.expected))
    right = [_values(task, fine, k) for k in numbers]
    marks = {r: _mark(found) for r, found in right[0].items()}
    placed, told, good = {}, [], pieces(leaves(goal[0]), leaves(ran.results[wrong]))
    while len(told) < MOST:
        own = [yours(task.play, args, {k: true[r] for k, r in placed.items()}, noting=True)[1]
               for args, true in zip(cases, right)]
        better = None
        for k, r in _ways(ran, yours, theirs, own[0], right[0], marks):
            if thread_time() > end:
                break
            if not all(_fits(mine.get(k, []), true.get(r, [])) for mine, true in zip(own, right)):
                continue
            results = (yours(task.play, args, {j: true[q] for j, q in (*placed.items(), (k, r))})
                       for args, true in zip(cases, right))
            now = pieces(leaves(goal[0]), leaves(found := next(results)))
            if now.all() and all(same(result, g, task) for result, g in zip(itertools.chain([found], results), goal)):
                better = k, r, None
                break
            if better is None and now.sum() > good.sum() and (now >= good).all():
                better = k, r, now
        if not better:
            return None
        k, r, good = better
        line, name = yours.sites[k]
        pairs = [(np.asarray(a, float), np.asarray(b, float)) for a, b in zip(own[0][k], right[0][r])]
        told.append((yours.lines[line - 1].strip(), name, *next(pair for pair in pairs if not close(*pair))))
        if good is None:
            return told
        placed[k] = r


@cache
def _values(task, fine, k):
    """{site of the right answer: its values} in case k."""
    return _hands(task.right, fine)(task.play, given(task, k), noting=True)[1]


def _mark(values):
    """A number that two sites have in common only where they have the same values; nan for what is no number."""
    return mark([q for value in values for q in leaves(value)]) + 100 * len(values)


def _ways(ran, yours, theirs, own, right, marks):
    """[(site of yours, right site) that may stand in its place], namesakes first, in the order of the lines."""
    mine, wrong = {k: _mark(found) for k, found in own.items()}, ran.right.index(False)
    results = [_mark(whole) for result in (ran.results[wrong], ran.expected[wrong])
               for whole in ([result], result if isinstance(result, tuple | list) else [result])]
    alike = np.isclose(np.array([*mine.values()])[:, None], [*marks.values(), *results], rtol=1e-8)
    there = {r for r, m in zip(marks, alike.any(0)) if m}                                          # less likely
    likely, others, alike = [], [], dict(zip(mine, alike))
    for k in sorted(own, key=lambda k: yours.sites[k][0]):
        if k in yours.whole or alike[k][len(marks):].any() or np.isnan(mine[k]):
            continue                # nothing comes after it, or it is no number
        namesakes = [r for r in right if theirs.sites[r][1] == yours.sites[k][1] and _fits(own[k], right[r])]
        known = [r for r, m in zip(marks, alike[k]) if m]
        if set(namesakes) & set(known):
            continue                # it is right as it is, whatever else could stand there
        likely += [(k, r) for r in namesakes]
        others += [(k, r) for r in right if not known and k not in yours.only and r not in namesakes]
    return likely + sorted(others, key=lambda way: way[1] in there)


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
