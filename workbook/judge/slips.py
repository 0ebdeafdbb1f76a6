"""One slip, or two, in an answer's own text: a sign, a name, a call, a number, after whose change all comes out right.

Each value that the text computes goes through a hand, which can put another in its place: the answer is compiled once,
and tried with hundreds of small changes. What is said has been tried on every input, the corners too.
"""
import ast
import itertools
import operator
import re
from collections import defaultdict
from collections.abc import Callable
from copy import deepcopy
from typing import NamedTuple

import numpy as np

from lstmlib.cells import sigmoid

from ..words import say
from .calls import FIELDS, sought, thread_time
from .known import LOOKS, NEAREST, mistaken, text_of
from .results import alike, fresh, leaves, mark, pieces, same
from .run import by_itself, cases, due, given
from .task import Wrong

PATIENCE = 0.04                    # seconds of computing for what is tried at a time
CALLS = 3                          # at so many calls of a place it is seen what its changes make
WORDS = re.compile(r"(?!q})[^\W\d]\w*")
CONDITION = ()                     # the changes of a condition as a whole
HAND, ANY = "__hand__", "__any__"  # the names under which the compiled text finds Tried.hand, and its own names
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
             ast.Pow: operator.pow, ast.MatMult: operator.matmul}
IN_PLACE = {ast.Add: operator.iadd, ast.Sub: operator.isub, ast.Mult: operator.imul, ast.Div: operator.itruediv}
ORDERS = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
FAMILIES = [family.split() for family in (                       # whoever means one may write another
    "np.tanh sigmoid np.exp np.log np.sqrt np.arctan", "np.log np.log2 np.log10 np.exp np.arctanh",
    "np.mean np.sum np.median np.max np.min np.prod", "np.maximum np.minimum", "mean sum max min prod",
    "np.argmax np.argmin", "argmax argmin")]
FORMS = ("-{q}; 1 - {q}; {q} ** 2; 2 * {q}; {q} / 2; np.tanh({q}); sigmoid({q}); {q}.T; {q}[:, None]; {q}[::-1]; "
         "{q} + 1; {q} - 1; 1 / {q}; np.exp({q})", "{q} * {r}; {q} / {r}; {q} + {r}; {q} - {r}; {q} * (1 - {r})")
BENT, JOINED = ({form: eval(f"lambda q, r=0: {form.format(q='q', r='r')}", {"np": np, "sigmoid": sigmoid})
                 for form in forms.split("; ")} for forms in FORMS)
NUMBERS = {"0": 0, "1": 1, "2": 2, "-1": -1, "0.5": 0.5, "np.e": np.e}


def _key(f, *args, **keywords):
    """What two values have in common only where they are the same numbers in the same shapes; None where f fails."""
    try:
        value = f(*args, **keywords)
        number = np.nan if isinstance(value, list) else mark(found := leaves(value))
    except Exception:
        return None
    return object() if np.isnan(number) else (*(q.shape for q in found), f"{number:.9g}")


def _joined(form, f, value, other):
    """f of two values; a number is no term of an array."""
    if np.ndim(other) != np.ndim(value) and ("+" in form or "{q} -" in form):
        raise ValueError
    return f(value, other)


def _in_brackets(node):
    """The text of a value as an operator may stand beside it."""
    return f"({ast.unparse(node)})" if isinstance(node, ast.BinOp | ast.UnaryOp) else ast.unparse(node)


class Change(NamedTuple):
    """What could stand for a value. Its make is given any of the names, and the value, where after; else what the value
    is made of. after is None where that may do something besides.
    """
    rank: int                      # 0: the likeliest
    make: Callable
    text: str
    after: bool = False


class Slips(ast.NodeTransformer):
    """Puts a hand on each value of a text."""

    def __init__(self, made):
        named = [node.arg for node in made.args.args] + [
            node.id for node in ast.walk(made) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
        self.names = list(dict.fromkeys(named))
        self.places = []           # ((its text, its line, what joins a name), what it does by itself, its changes)
        self.operands = {}         # of each place: with what it was last called
        self.cut = None            # what an index takes a part of

    def hand(self, node, text, plain, changes, *operands, keywords=()):
        """The node with a hand on it, which is given the operands and any of the names when asked."""
        own = ast.Constant(len(self.places)), ast.Name(ANY, ast.Load())
        call = ast.Call(ast.Name(HAND, ast.Load()), [*own, *operands], list(keywords))
        joined = _in_brackets(node) if not isinstance(node, ast.Name) or node is self.cut else ""
        self.places.append(((text, node.lineno, joined), plain, tuple(Change(*change) for change in changes)))
        return ast.copy_location(call, node)

    def any_name(self):
        """lambda k: the k-th name"""
        body = ast.Constant(None)
        for k, name in enumerate(self.names):
            test = ast.Compare(ast.Name("k", ast.Load()), [ast.Eq()], [ast.Constant(k)])
            body = ast.IfExp(test, ast.Name(name, ast.Load()), body)
        return ast.Lambda(ast.arguments([], [ast.arg("k")], None, [], [], None, []), body)

    def around(self, node):
        """What can be made of a value by bending it."""
        text = _in_brackets(node)
        return [(1, lambda any_name, q, f=f: f(q), form.format(q=text), True) for form, f in BENT.items()]

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load) or node.id not in self.names:
            return node
        others = [(1, lambda any_name, q, k=k: q if isinstance(any_name(k), list) else any_name(k), name)
                  for k, name in enumerate(self.names) if name != node.id]         # a list would come to hold itself
        return self.hand(node, node.id, lambda q: q, others + self.around(node), node)

    def visit_Constant(self, node):
        if type(node.value) not in (int, float):
            return node
        near = {str(q): q for q in (node.value + 1, node.value - 1, -node.value)}
        found = [(0.5 if text in near else 1, lambda any_name, q, new=new: new, text)
                 for text, new in {**near, **NUMBERS}.items() if new != node.value]
        return self.hand(node, str(node.value), lambda q: q, found, node)

    def visit_BinOp(self, node):
        if not (plain := OPERATORS.get(type(node.op))):
            return self.generic_visit(node)
        left, right, joined = ast.unparse(node.left), ast.unparse(node.right), ast.unparse
        found = [(0, lambda any_name, a, b: a, left), (0, lambda any_name, a, b: b, right)]
        found += [(0, lambda any_name, a, b, f=f: f(a, b), joined(ast.BinOp(node.left, kind(), node.right)))
                  for kind, f in OPERATORS.items() if f is not plain]
        found += [(1, lambda any_name, a, b: plain(b, a), joined(ast.BinOp(node.right, node.op, node.left)))]
        kept = deepcopy(node)      # what is visited changes
        a, b = self.visit(node.left), len(self.places) - 1
        c, d = self.visit(node.right), len(self.places) - 1
        found += [*self.regrouped(kept, plain, b, d), *self.around(kept)]
        return self.hand(kept, joined(kept), plain, found, a, c)

    def regrouped(self, node, plain, left, right):
        """What other brackets make of a op (b op c), of (a op b) op c and of f(a) op b; left, right: their places."""
        then, (one, two), joined = self.operands, (node.left, node.right), ast.unparse
        if inner := OPERATORS.get(type(getattr(one, "op", None))):
            moved = ast.BinOp(one.left, one.op, ast.BinOp(one.right, node.op, two))
            yield 0, lambda any_name, a, b: inner(then[left][0], plain(then[left][1], b)), joined(moved)
        if within := OPERATORS.get(type(getattr(two, "op", None))):
            moved = ast.BinOp(ast.BinOp(one, node.op, two.left), two.op, two.right)
            yield 0, lambda any_name, a, b: within(plain(a, then[right][0]), then[right][1]), joined(moved)
        if isinstance(one, ast.Call) and len(one.args) == 1 and not one.keywords:
            moved = ast.Call(one.func, [ast.BinOp(one.args[0], node.op, two)], [])
            yield 0, lambda any_name, a, b: then[left][0](plain(then[left][1], b)), joined(moved)

    def visit_UnaryOp(self, node):
        if not isinstance(node.op, ast.USub):
            return self.generic_visit(node)
        found = [(0, lambda any_name, q: q, ast.unparse(node.operand))]
        return self.hand(node, ast.unparse(node), operator.neg, found, self.visit(node.operand))

    def visit_Call(self, node):
        if any(isinstance(one, ast.Starred) for one in node.args) or any(key.arg is None for key in node.keywords):
            return node
        called, shown = ast.unparse(node.func), ast.unparse(node)
        method = isinstance(node.func, ast.Attribute) and not called.startswith("np.")
        name, first = (node.func.attr, [node.func.value]) if method else (called, [])

        def plain(f, *args, **kw):
            return getattr(args[0], f)(*args[1:], **kw) if method else f(*args, **kw)

        def text(func=node.func, args=node.args, keywords=node.keywords):
            return ast.unparse(ast.Call(func, args, keywords))

        after = False if called.startswith("np.") else None
        found = [(0, lambda any_name, f, *a, **kw: a[0], ast.unparse(one), after) for one in (first + node.args)[:1]]
        families = [family for family in FAMILIES if name in family and (method or family[0].startswith("np."))]
        for other in sorted({other for family in families for other in family} - {name}):
            new = other if method else sigmoid if other == "sigmoid" else getattr(np, other[3:])
            func = ast.Attribute(first[0], other) if method else ast.Name(other)
            found.append((0, lambda any_name, f, *a, new=new, **kw: plain(new, *a, **kw), text(func), after))
        for key in node.keywords:
            found.append((0, lambda any_name, f, *a, _key=key.arg, **kw: plain(     # its own keywords: key, axis
                f, *a, **{k: q for k, q in kw.items() if k != _key}),
                text(keywords=[one for one in node.keywords if one is not key]), after))
            for axis in (0, 1, -1, None) if key.arg == "axis" else ():
                found.append((0, lambda any_name, f, *a, _axis=axis, **kw: plain(f, *a, **kw | {"axis": _axis}), text(
                    keywords=[ast.keyword("axis", ast.Constant(axis)) if q is key else q for q in node.keywords]),
                    after))
        if len(node.args) == 2:
            found.append((0, lambda any_name, f, *a, **kw: plain(f, *a[:-2], a[-1], a[-2], **kw),
                          text(args=node.args[::-1]), after))
        found += self.around(node)
        f, args = ast.Constant(name) if method else node.func, [self.visit(one) for one in first + node.args]
        keywords = [ast.keyword(key.arg, key.value if key.arg == "axis" else self.visit(key.value))
                    for key in node.keywords]
        return self.hand(node, shown, plain, found, f, *args, keywords=keywords)

    def visit_Attribute(self, node):
        if node.attr not in FIELDS | {"T"} or not isinstance(node.ctx, ast.Load):
            return self.generic_visit(node)
        value = ast.unparse(node.value)
        found = [(0, lambda any_name, q: q, value)] if node.attr == "T" else [
            (0, lambda any_name, q, name=name: getattr(q, name), f"{value}.{name}")
            for name in sorted(FIELDS) if name != node.attr]

        def plain(q, name=node.attr):
            return getattr(q, name)

        found += self.around(node)
        return self.hand(node, ast.unparse(node), plain, found, self.visit(node.value))

    def visit_Subscript(self, node):
        if not isinstance(node.ctx, ast.Load):
            node.slice = self.visit(node.slice)
            return node
        value, cut, found, shown = _in_brackets(node.value), node.slice, [], ast.unparse(node)
        if isinstance(cut, ast.Slice) and cut.step:
            found.append((0, lambda any_name, q, at: q, value))
        elif isinstance(cut, ast.Slice) and (cut.lower is None) != (cut.upper is None):
            edge = cut.lower or cut.upper
            found = [(0, lambda any_name, q, at, f=f: q[f(at.stop if at.start is None else at.start)],
                      f"{value}[{form.format(ast.unparse(edge)).replace('--', '')}]")
                     for form, f in (("{}:", lambda n: slice(n, None)), (":{}", lambda n: slice(n)),
                                     ("-{}:", lambda n: slice(-n, None)), (":-{}", lambda n: slice(-n)))]
        if isinstance(cut, ast.Tuple) and len(cut.elts) == 2:
            swapped = ast.unparse(ast.Tuple(cut.elts[::-1], ast.Load()))[1:-1]
            found.append((0, lambda any_name, q, at: q[at[::-1]], f"{value}[{swapped}]"))
        found += self.around(node)
        parts = [self.index(part) for part in (cut.elts if isinstance(cut, ast.Tuple) else [cut])]
        index = ast.Tuple(parts, ast.Load()) if isinstance(cut, ast.Tuple) else parts[0]
        self.cut = node.value
        return self.hand(node, shown, operator.getitem, found, self.visit(node.value), index)

    def index(self, part):
        """A part of an index as a value."""
        if not isinstance(part, ast.Slice):
            return self.visit(part)
        ends = [self.visit(end) if end else ast.Constant(None) for end in (part.lower, part.upper, part.step)]
        return ast.Call(ast.Name("slice", ast.Load()), ends, [])

    def visit_Compare(self, node):
        plain = ORDERS.get(type(node.ops[0]))
        if len(node.ops) > 1 or not plain:
            return self.generic_visit(node)
        left, right = node.left, node.comparators[0]
        found = [(0, lambda any_name, a, b, f=f: f(a, b), ast.unparse(ast.Compare(left, [kind()], [right])))
                 for kind, f in ORDERS.items() if f is not plain]
        return self.hand(node, ast.unparse(node), plain, found, self.visit(left), self.visit(right))

    def visit_AugAssign(self, node):
        plain = IN_PLACE.get(type(node.op))
        if not plain or not isinstance(node.target, ast.Name | ast.Subscript):
            return self.generic_visit(node)
        found = [(0, lambda any_name, a, b, f=f: f(a, b), ast.unparse(ast.AugAssign(node.target, kind(), node.value)),
                  None) for kind, f in IN_PLACE.items() if f is not plain]
        before = deepcopy(node.target)
        before.ctx = ast.Load()
        made = self.hand(node, ast.unparse(node), plain, found, before, self.visit(node.value))
        return ast.copy_location(ast.Assign([node.target], made), node)

    def visit_If(self, node):
        """With a hand on its condition, which notes what it says."""
        text, node = ast.unparse(node.test), self.generic_visit(node)
        node.test = self.hand(node.test, text, lambda q: q, CONDITION, node.test)
        return node

    visit_IfExp = visit_While = visit_If

    def visit_FunctionDef(self, node):
        return node                # what is defined within keeps its text

    visit_Lambda = visit_ClassDef = visit_AsyncFunctionDef = visit_FunctionDef


class Tried:
    """An answer that can be run with some of its values changed. ValueError if it cannot be."""

    def __init__(self, answer):
        text, made = by_itself(answer)
        slips, self.lines, self.picked = Slips(made), text.splitlines(), {}
        self.count, self.most, self.said = 0, np.inf, set()
        self.words, self.made, self.kept = {*re.findall(r"\w+", text)}, None, {}
        self.joined = [Change(2, lambda any_name, q, form=form, f=f, j=j: _joined(form, f, q, any_name(j)),
                              form.format(q="{q}", r=name), True)
                       for form, f in JOINED.items() for j, name in enumerate(slips.names)]
        first = ast.copy_location(ast.Assign([ast.Name(ANY, ast.Store())], slips.any_name()), made.body[0])
        made.body = [first, *map(slips.visit, made.body)]
        self.places, self.operands, room = slips.places, slips.operands, {**answer.__globals__, HAND: self.hand}
        exec(compile(ast.fix_missing_locations(ast.Module([made], [])), "<slips>", "exec"), room)
        self.run = room[made.name]

    def hand(self, k, any_name, *operands, **keywords):
        """What a place computes, or what has been picked for it."""
        self.count += 1
        if self.count > self.most:
            raise RuntimeError("endless")
        self.operands[k], (_, plain, changes), change = operands, self.places[k], self.picked.get(k)
        if change and not change.after:
            return change.make(any_name, *operands, **keywords)
        value = plain(*operands, **keywords)
        if changes is CONDITION:
            self.said.add((k, bool(value)))
        if self.made is not None and len(self.made[k]) < CALLS:
            self.made[k].append([_key(lambda: value), *(
                object() if one.after is None else _key(one.make, any_name, value) if one.after else
                _key(one.make, any_name, *operands, **keywords) for one in self.all(k))])
        return change.make(any_name, value) if change else value

    def __call__(self, play, args, picked):
        """What it returns; a name that no result has if it fails, or takes ten times as long as it did unchanged."""
        self.picked, self.count = picked, 0
        try:
            return play(self.run, *map(fresh, args))
        except Exception:
            return "failed"
        finally:
            if self.most == np.inf:
                self.most = 10 * self.count + 100

    def changes(self, play):
        """[(place, change)] of all that make something else of what comes in there, each another thing: the likeliest
        first, of them those that take words of the right answer.
        """
        self.made, found = defaultdict(list), []
        self(play, self.args, {})
        for k, calls in self.made.items():
            now, *would_be = zip(*calls)
            ways = dict(zip(would_be[::-1], self.all(k)[::-1]))
            found += [(k, change) for keys, change in ways.items() if keys != now and None not in keys]
        self.made = None
        return sorted(found, key=lambda way: (bool({*WORDS.findall(way[1].text)} - self.words), way[1].rank))

    def all(self, k):
        """The changes of a place, those that join a name with it too."""
        return [*self.places[k][2], *(self.joined if self.places[k][0][2] else ())]

    def told(self, k, change):
        """(what stands there, what should, the line)"""
        (old, line, _), *_ = self.places[k]
        return old, change.text.replace("{q}", self.places[k][0][2]), self.lines[line - 1].strip()

    def keep(self, way, m, found):
        """Keeps a change that has been tried alone for pairs: one of those that come to the same, but by chance."""
        alone = m == self.mark or found[0].dtype.kind != "f"
        if m == m and (key := (way[0], len(self.kept) if alone else f"{m:.9g}")) not in self.kept:
            now = pieces(self.goal, found)
            better = now.sum() > self.good.sum() and (now >= self.good).all()
            self.kept[key] = (not better, way[1].rank + (m == self.mark)), m, way

    def conditions(self, task, picked):
        """Whatever each condition says, on all the inputs together."""
        self.said = set()
        for _, args in cases(task):
            self(task.play, args, picked)
        return frozenset(self.said)


def one(ran):
    """Does a likely change of its text make all come out right?"""
    _look(ran, lambda tried, end: _first(ran, ([(k, change)] for rank in (0, 0.5) for k, (*_, own) in enumerate(
        tried.places) for change in own if change.rank == rank), end))


def others(ran):
    """Does any other change of its text, or do two?"""
    _look(ran, lambda tried, end: _first(ran, itertools.chain(
        ([way] for way in tried.changes(ran.task.play) if way[1].rank >= 1), _pairs(ran)), end))


def _look(ran, search):
    if ran.task.tolerance or not (found := sought(10 * PATIENCE, _prepared, ran, search)):
        return
    (old, new, line), *more = found
    told, better = (say("all is right but one thing in your line `{line}`: `{old}`.", line=line, old=old),
                    say("With `{new}` in its place all comes out right.", new=new))
    for old_2, new_2, line_2 in more:
        told = (say("all is right but two things in your line `{line}`: `{old}` and `{old_2}`.", line=line, old=old,
                    old_2=old_2) if line == line_2 else
                say("all is right but two things: `{old}` in your line `{line}`, and `{old_2}` in `{line_2}`.", old=old,
                    line=line, old_2=old_2, line_2=line_2))
        better = say("With `{new}` and `{new_2}` in their places all comes out right.", new=new, new_2=new_2)
    raise Wrong("slip", told, better)


def _prepared(ran, search):
    if not ran.tried:
        task, ran.tried = ran.task, (tried := Tried(ran.answer))
        tried.words |= {*re.findall(r"\w+", text_of(task.right))}
        small, wrong = given(task, None), ran.right.index(False)
        tried.case = wrong if same(ran.anew(small), due(task, small), task) else None
        tried.args = given(task, tried.case)
        tried.goal, left = leaves(due(task, tried.args)), leaves(tried(task.play, tried.args, {}))
        tried.mark, tried.good, tried.before = mark(left), pieces(tried.goal, left), tried.conditions(task, {})
    return search(ran.tried, thread_time() + PATIENCE)


def _first(ran, ways, end):
    """[(what stands there, what should, the line)] of the first way that makes all right; None if none does in time.

    What only keeps a branch from being run mends nothing.
    """
    tried, task = ran.tried, ran.task
    for count, way in enumerate(ways):
        if count % LOOKS == 0 and thread_time() > end:
            return None
        now = dict(way)
        found = leaves(tried(task.play, tried.args, now))
        if len(way) == 1:
            tried.keep(*way, mark(found), found)
        if len(now) == len(way) and alike(found, tried.goal) and all(
                same(tried(task.play, args, now), due(task, args), task) for _, args in cases(task)
                ) and tried.before <= tried.conditions(task, now):
            return [tried.told(*change) for change in sorted(way, key=operator.itemgetter(0))]
    return None


def _pairs(ran):
    """Pairs of changes: first those of which one leaves what a known mistake comes to as well: another may mend it."""
    tried, numbers = ran.tried, range(len(ran.task.mistakes))
    near = [mark(mistaken(ran.task, (n,), tried.case)) for n in numbers]
    kept = sorted(tried.kept.values(), key=operator.itemgetter(0))
    ways = [way for *_, way in kept]
    for first in [way for _, m, way in kept if m != tried.mark and np.isclose(m, near, rtol=1e-8).any()][:NEAREST]:
        yield from ([first, second] for second in ways if second[0] != first[0])
    yield from ([ways[j], ways[k]] for k in range(len(ways)) for j in range(k))
