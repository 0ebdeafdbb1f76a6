"""One slip, or two, in an answer's own text: a sign, a name, a call, a number, after whose change all comes out right.

Each value that the text computes goes through a hand, which can put another in its place: the answer is compiled once,
and tried with hundreds of small changes. What is said has been tried on every input, the corners too.
"""
import ast
import itertools
import operator
import re
from collections import Counter
from copy import deepcopy
from functools import cache

import numpy as np

from lstmlib.cells import sigmoid

from ..words import say
from .calls import FIELDS, sought, thread_time
from .known import LOOKS, mistaken
from .results import RTOL, alike, fresh, leaves, mark, same
from .run import by_itself, cases, due, parameters
from .task import Wrong, own

PATIENCE = 0.16                    # seconds of computing for what is tried at a time
CONDITION = ()                     # the changes of a condition as a whole
HAND = "__hand__"                  # the name under which the compiled text finds Tried.hand
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
             ast.Pow: operator.pow, ast.MatMult: operator.matmul}
IN_PLACE = {ast.Add: operator.iadd, ast.Sub: operator.isub, ast.Mult: operator.imul, ast.Div: operator.itruediv}
ORDERS = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
FAMILIES = [family.split() for family in (                       # whoever means one may write another
    "np.tanh sigmoid np.exp np.log np.sqrt", "np.log np.log2 np.log10 np.exp np.arctanh", "np.argmax np.argmin",
    "np.mean np.sum np.median np.max np.min np.prod", "np.maximum np.minimum", "mean sum max min prod",
    "argmax argmin")]
BENT = {"-{}": np.negative, "1 - {}": lambda q: 1 - q, "{} ** 2": np.square, "2 * {}": lambda q: 2 * q,
        "{} / 2": lambda q: q / 2, "np.tanh({})": np.tanh, "sigmoid({})": sigmoid, "{}.T": np.transpose,
        "{}[:, None]": lambda q: q[:, None], "{}[::-1]": lambda q: q[::-1], "{} + 1": lambda q: q + 1,
        "{} - 1": lambda q: q - 1}
JOINED = {"{} * {}": operator.mul, "{} / {}": operator.truediv, "{} + {}": operator.add, "{} - {}": operator.sub,
          "{} * (1 - {})": lambda q, r: q * (1 - r)}
NUMBERS = {"0": 0, "1": 1, "2": 2, "-1": -1, "0.5": 0.5, "np.e": np.e}


def _same_kind(other, value):
    """The other, which may stand in the place of a value; TypeError where one is a list, as a list may hold itself."""
    if isinstance(other, list) != isinstance(value, list):
        raise TypeError
    return other


def _in_brackets(node):
    """The text of a value as an operator may stand beside it."""
    return f"({ast.unparse(node)})" if isinstance(node, ast.BinOp | ast.UnaryOp) else ast.unparse(node)


class Slips(ast.NodeTransformer):
    """Puts a hand on each value of a text. A change is (rank, what it does, its text); rank 0 is the likeliest."""

    def __init__(self, made):
        named = [node.arg for node in made.args.args] + [
            node.id for node in ast.walk(made) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
        self.names = list(dict.fromkeys(named))
        self.places = []           # ((its text, its line), what it does by itself, its changes)

    def hand(self, node, text, plain, changes, *operands, keywords=()):
        """The node with a hand on it, which is given the operands and any of the names when asked."""
        call = ast.Call(ast.Name(HAND, ast.Load()), [ast.Constant(len(self.places)), self.any_name(), *operands],
                        list(keywords))
        self.places.append(((text, node.lineno), plain, changes))
        return ast.copy_location(call, node)

    def any_name(self):
        """lambda k: the k-th name"""
        body = ast.Constant(None)
        for k, name in enumerate(self.names):
            test = ast.Compare(ast.Name("k", ast.Load()), [ast.Eq()], [ast.Constant(k)])
            body = ast.IfExp(test, ast.Name(name, ast.Load()), body)
        return ast.Lambda(ast.arguments([], [ast.arg("k")], None, [], [], None, []), body)

    def around(self, node, plain, names=True):
        """What can be made of a value: bent, or joined with one of the names."""
        text = _in_brackets(node)
        found = [(1, lambda any_name, *a, f=f, **kw: f(plain(*a, **kw)), form.format(text)) for form, f in BENT.items()]
        found += [(2, lambda any_name, *a, f=f, k=k, **kw: f(plain(*a, **kw), any_name(k)), form.format(text, name))
                  for form, f in JOINED.items() for k, name in enumerate(self.names) if names]
        return found

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load) or node.id not in self.names:
            return node
        others = [(1, lambda any_name, q, k=k: _same_kind(any_name(k), q), name) for k, name in enumerate(self.names)
                  if name != node.id]
        return self.hand(node, node.id, lambda q: q, others + self.around(node, lambda q: q), node)

    def visit_Constant(self, node):
        if type(node.value) not in (int, float):
            return node
        others = {**NUMBERS, **{str(q): q for q in (node.value + 1, node.value - 1, -node.value)}}
        found = [(1, lambda any_name, q, new=new: new, text) for text, new in others.items() if new != node.value]
        return self.hand(node, str(node.value), lambda q: q, found, node)

    def visit_BinOp(self, node):
        if not (plain := OPERATORS.get(type(node.op))):
            return node
        left, right, joined = ast.unparse(node.left), ast.unparse(node.right), ast.unparse
        found = [(0, lambda any_name, a, b: a, left), (0, lambda any_name, a, b: b, right)]
        found += [(0, lambda any_name, a, b, f=f: f(a, b), joined(ast.BinOp(node.left, kind(), node.right)))
                  for kind, f in OPERATORS.items() if f is not plain]
        found += [(1, lambda any_name, a, b: plain(b, a), joined(ast.BinOp(node.right, node.op, node.left)))]
        found += self.around(node, plain)
        return self.hand(node, joined(node), plain, found, self.visit(node.left), self.visit(node.right))

    def visit_UnaryOp(self, node):
        if not isinstance(node.op, ast.USub):
            return self.generic_visit(node)
        if isinstance(node.operand, ast.Constant):
            found = [(1, lambda any_name, q, new=new: new, text) for text, new in NUMBERS.items()]
            return self.hand(node, ast.unparse(node), lambda q: q, found, node)
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

        found = self.around(node, plain)
        found += [(0, lambda any_name, f, *a, **kw: a[0], ast.unparse(one)) for one in (first + node.args)[:1]]
        families = [family for family in FAMILIES if name in family and (method or family[0].startswith("np."))]
        for other in sorted({other for family in families for other in family} - {name}):
            new = other if method else sigmoid if other == "sigmoid" else getattr(np, other[3:])
            func = ast.Attribute(first[0], other) if method else ast.Name(other)
            found.append((0, lambda any_name, f, *a, new=new, **kw: plain(new, *a, **kw), text(func)))
        for key in node.keywords:
            found.append((0, lambda any_name, f, *a, _key=key.arg, **kw: plain(     # its own keywords: key, axis
                f, *a, **{k: q for k, q in kw.items() if k != _key}),
                text(keywords=[one for one in node.keywords if one is not key])))
            for axis in (0, 1, -1, None) if key.arg == "axis" else ():
                found.append((0, lambda any_name, f, *a, _axis=axis, **kw: plain(f, *a, **kw | {"axis": _axis}), text(
                    keywords=[ast.keyword("axis", ast.Constant(axis)) if q is key else q for q in node.keywords])))
        if len(node.args) == 2:
            found.append((0, lambda any_name, f, *a, **kw: plain(f, *a[:-2], a[-1], a[-2], **kw),
                          text(args=node.args[::-1])))
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

        found += self.around(node, plain)
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
        found += self.around(node, operator.getitem)
        parts = [self.index(part) for part in (cut.elts if isinstance(cut, ast.Tuple) else [cut])]
        index = ast.Tuple(parts, ast.Load()) if isinstance(cut, ast.Tuple) else parts[0]
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
        found = [(0, lambda any_name, a, b, f=f: f(a, b), ast.unparse(ast.AugAssign(node.target, kind(), node.value)))
                 for kind, f in IN_PLACE.items() if f is not plain]
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


def _varied(value, other):
    """Whatever holds numbers with one of them as in the other: (where, all of it)."""
    if isinstance(value, np.ndarray):
        for k in range(0, value.size, value.size // 20 + 1):
            changed = value.copy()
            changed.flat[k] = other.flat[k]
            yield (k,), changed
    elif isinstance(value, tuple | list | dict):
        for k in value if isinstance(value, dict) else range(len(value)):
            for where, one in _varied(value[k], other[k]):
                parts = value | {k: one} if isinstance(value, dict) else [*value[:k], one, *value[k + 1:]]
                yield (k, *where), type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    else:
        yield (), other


class Tried:
    """An answer that can be run with some of its values changed. ValueError if it cannot be."""

    def __init__(self, answer):
        text, made = by_itself(answer)
        slips, self.lines, self.picked = Slips(made), text.splitlines(), {}
        self.count, self.most, self.said = 0, np.inf, set()
        self.marks = []            # [(the mark of what it leaves, change)] of all that have been tried alone
        made.body, made.decorator_list = [slips.visit(node) for node in made.body], []
        self.places, room = slips.places, {**answer.__globals__, HAND: self.hand}
        exec(compile(ast.fix_missing_locations(ast.Module([made], [])), "<slips>", "exec"), room)
        self.run = room[made.name]

    def hand(self, k, any_name, *operands, **keywords):
        """What a place computes, or what has been picked for it."""
        self.count += 1
        if self.count > self.most:
            raise RuntimeError("endless")
        if self.places[k][2] is CONDITION:
            self.said.add((k, bool(*operands)))
        if (change := self.picked.get(k)) is None:
            return self.places[k][1](*operands, **keywords)
        return change[1](any_name, *operands, **keywords)

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

    def changes(self, rank):
        """[(place, change)] of a rank."""
        return [(k, change) for k, (*_, own) in enumerate(self.places) for change in own if change[0] == rank]

    def told(self, k, change):
        """(what stands there, what should, the line)"""
        (old, line), *_ = self.places[k]
        return old, change[2], self.lines[line - 1].strip()

    def conditions(self, task, picked):
        """Whatever each condition says, on all the inputs together."""
        self.said = set()
        for _, args in cases(task):
            self(task.play, args, picked)
        return frozenset(self.said)


def one(ran):
    """Does a likely change of its text make all come out right?"""
    _look(ran, lambda tried, end: _first(ran, ([change] for change in tried.changes(0)), end))


def others(ran):
    """Does any other change of its text, or do two?"""
    _look(ran, lambda tried, end: _first(ran, itertools.chain(
        ([change] for rank in (1, 2) for change in tried.changes(rank)), _pairs(ran)), end))


def and_known(ran):
    """Does a change of its text leave a known mistake, and that alone?"""
    if ran.task.tolerance or not ran.tried or not (found := sought(10 * PATIENCE, _left, ran)):
        return
    (old, new, line), known = found
    one, where = own((known.en, known.fr))[:2]
    told = say("two things at once. First: {one} Second: `{old}` in your line `{line}`.", one=one, old=old, line=line)
    better = say("With `{new}` in the place of `{old}`, the first alone is left.", new=new, old=old)
    raise Wrong("two", told, f"{where} {better}", mistakes=(known.id,))


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
        ran.tried = tried = Tried(ran.answer)
        tried.mark = mark(leaves(tried(ran.task.play, ran.inputs[ran.right.index(False)], {})))
        tried.before = tried.conditions(ran.task, {})
    return search(ran.tried, thread_time() + PATIENCE)


def _first(ran, ways, end):
    """[(what stands there, what should, the line)] of the first way that makes all right; None if none does in time."""
    tried, task, wrong = ran.tried, ran.task, ran.right.index(False)
    args, goal = ran.inputs[wrong], leaves(ran.expected[wrong])
    for count, way in enumerate(ways):
        if count % LOOKS == 0 and thread_time() > end:
            return None
        now = dict(way)
        found = leaves(tried(task.play, args, now))
        if len(way) == 1:
            tried.marks.append((mark(found), way[0]))
        if len(now) == len(way) and alike(found, goal) and _leaves(
                ran, now, lambda k, result: same(result, due(task, cases(task)[k][1]), task)):
            return [tried.told(*change) for change in way]
    return None


def _leaves(ran, now, fits):
    """Whether what these changes leave fits in every case. What only keeps a branch from being run mends nothing."""
    given = enumerate(cases(ran.task))
    return all(fits(k, ran.tried(ran.task.play, args, now)) for k, (_, args) in given
               ) and ran.tried.before <= ran.tried.conditions(ran.task, now)


def _pairs(ran):
    """Pairs of changes: first those of which one leaves what a single change of the right answer, or a known mistake,
    comes to as well: then another may mend the rest.
    """
    tried, wrong = ran.tried, ran.right.index(False)
    near = np.concatenate([_beside(ran.task, wrong), [m for m, _ in _of_known(ran.task, wrong)]])
    likely, bent, joined = map(tried.changes, range(3))
    for first in _promising(tried, near):
        yield from ([first, second] for second in likely + bent if second[0] != first[0])
    yield from itertools.chain(itertools.combinations(likely, 2), itertools.product(likely, bent),
                               itertools.product(likely, joined), itertools.combinations(bent, 2))


def _promising(tried, near):
    """The changes that leave one of the marks near, where not all does by itself."""
    marks = np.array([m for m, _ in tried.marks])
    same_as = np.isclose(marks[:, None], near, rtol=1e-8).any(1) & ~np.isclose(marks, tried.mark, rtol=1e-6)
    return [tried.marks[k][1] for k in np.flatnonzero(same_as)]


def _left(ran):
    """((what stands there, what should, the line), the known mistake that is left)."""
    marks = _of_known(ran.task, ran.right.index(False))
    return next(((ran.tried.told(*change), ran.task.mistakes[n]) for m, n in marks
                 for change in _promising(ran.tried, np.array([m])) if _leaves_alone(ran, change, n)), None)


def _leaves_alone(ran, change, n):
    """Whether a change leaves the n-th known mistake, and is a slip by itself: it throws nothing away."""
    tried, task, (place, (rank, _, new)) = ran.tried, ran.task, change
    return rank < 2 and _plain(tried.places[place][0][0], new, parameters(task.right)) and _leaves(
        ran, dict([change]), lambda k, result: alike(leaves(result), mistaken(task, (n,), k))) and _keeps(ran, n) and (
        _uses(ran, lambda args: tried(task.play, args, {})) & _uses(ran, lambda args: due(task, args))
        <= _uses(ran, lambda args: tried(task.play, args, dict([change]))))


def _plain(old, new, arguments):
    """Whether a word stands for a word; or a number, a sign or an argument is too many, or missing."""
    words = [Counter(re.findall(r"\w+|[^\w\s]", text)) for text in (old, new)]
    less, more = words[0] - words[1], words[1] - words[0]
    if words[0].total() == words[1].total():
        thrown = more.keys() <= set(arguments) and any(word.isidentifier() for word in less.keys() - set(arguments))
        return not thrown and not {":", "*", "prod", "median", "max", "min"} & more.keys()
    return ":" not in more and all(word in arguments or not word.isidentifier() for word in less | more)


def _keeps(ran, known):
    """Whether with this known mistake alone more is right, and what is right stays so, but for one number by chance."""
    lost = won = 0
    for k, (result, goal) in enumerate(zip(ran.results, ran.expected)):
        for a, b, c in zip(leaves(result), mistaken(ran.task, (known,), k), leaves(goal)):
            if a.shape == b.shape == c.shape:
                before, after = np.isclose(a, c, rtol=RTOL), np.isclose(b, c, rtol=RTOL)
                lost, won = lost + (before & ~after).sum(), won + (after & ~before).sum()
    return lost <= 1 and lost < won


def _uses(ran, call):
    """Where in the arguments the numbers stand on which a result hangs; of many, some."""
    plain = leaves(call(ran.inputs[0]))
    other = next(iter(ran.task.inputs(np.random.default_rng(11), ran.sizes[0])))
    return {place for place, args in _varied(tuple(ran.inputs[0]), other) if not alike(plain, leaves(call(args)))}


@cache
def _of_known(task, case):
    """[(its mark, number)] of each known mistake that returns something."""
    marks = [(mark(mistaken(task, (n,), case)), n) for n in range(len(task.mistakes))]
    return [(m, n) for m, n in marks if not np.isnan(m)]


@cache
def _beside(task, case):
    """The marks of what the right answer gives with a single change, as many as there is time for."""
    tried, marks, end = Tried(task.right), [], thread_time() + PATIENCE / 2
    tried(task.play, args := cases(task)[case][1], {})
    for count, change in enumerate(tried.changes(0) + tried.changes(1)):
        if count % LOOKS == 0 and thread_time() > end:
            break
        marks.append(mark(leaves(tried(task.play, args, dict([change])))))
    return np.array(marks)
