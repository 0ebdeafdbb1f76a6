"""The right numbers in a wrong dress: built otherwise, in another order, shape or kind, scaled, rounded."""

import ast
import inspect
import itertools
import re
import textwrap

import numpy as np

from ..words import say
from .results import close, same, shape_in_words, sizes_by_number, what
from .run import parameters
from .task import Said, Wrong


def comma(ran):
    """Is a decimal written with a comma, where a number is computed, returned or named? To Python it is two."""
    try:
        text = textwrap.dedent(inspect.getsource(ran.answer))
        nodes, lines = list(ast.walk(ast.parse(text))), text.encode().split(b"\n")
    except Exception:                             # it may be anything
        return
    here = [node for node in nodes if isinstance(node, ast.BinOp | ast.Return) or (
        isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name))]
    for made in (part for node in here for part in ast.iter_child_nodes(node) if isinstance(part, ast.Tuple)):
        for a, b in itertools.pairwise(made.elts):
            line, at = lines[b.lineno - 1], b.col_offset
            whole, rest = re.search(rb"\d+$", line[:at - 1]), re.match(rb"\d+", line[at:])
            if (a.end_lineno, a.end_col_offset + 1) == (b.lineno, at) and whole and rest:
                raise Wrong("comma", say("`{a},{b}` is two numbers to Python: decimals are written with a point, "
                                         "`{a}.{b}`.", a=whole[0].decode(), b=rest[0].decode()))


def order(ran, enough=all):
    """Are all things right, or any, and only stand in another order?"""
    n, gives = len(ran.expected[0]) if isinstance(ran.expected[0], tuple) else 0, ran.task.gives
    if 1 < n <= 4 and all(isinstance(r, tuple | list) and len(r) == n for r in ran.results):
        fits = {(j, k): all(same(r[k], e[j], ran.task) for r, e in zip(ran.results, ran.expected))
                for j, k in itertools.product(range(n), repeat=2)}
        for places in itertools.permutations(range(n)):
            right = [fits[place] for place in enumerate(places)]
            if enough(right) and any(ok and not fits[k, k] for ok, k in zip(right, places)):
                told = (say("the numbers are right, but their order is not: `{gives}` is expected.", gives=gives)
                        if enough is all else
                        say("some numbers are right, but in the place of others: `{gives}` is expected.", gives=gives))
                raise Wrong("order", told)


def built(ran):
    """Is every result built as it should be?"""
    try:
        ran.rows                                  # noqa: B018
    except Said as said:
        raise Wrong(said.kind, *said.steps) from None


def turned(ran):
    """Are they turned over, or in another shape?"""
    odd = next((row for row in ran.arrays if row.yours.shape != row.right.shape), None)
    if odd and all(a.size == b.size for *_, a, b in ran.arrays):
        shapes = _both_shapes(ran, odd)
        if _always(ran, np.transpose):
            raise Wrong("shape", say(
                "the right numbers, turned over: {shapes}. Rows are units, each column is one example.", shapes=shapes))
        if all(close(a.reshape(b.shape), b) for *_, a, b in ran.arrays):
            raise Wrong("shape", say("the right numbers in another shape: {shapes}.", shapes=shapes))


def rounded(ran):
    """Have they lost what stands behind the point, or part of it?"""
    if any(a.dtype.kind in "iub" for *_, a, _ in ran.arrays) and _always(ran, np.trunc):
        raise Wrong("dtype", say("the right numbers without what stands behind the point: somewhere they "
                                 "pass through whole numbers (`int`)."))
    if {a.dtype.name for *_, a, _ in ran.arrays} == {"float16"} and _always(ran, np.float16):
        raise Wrong("dtype", say("the right numbers with three digits each: somewhere they pass through `float16`."))
    for digits in range(5):
        if _always(ran, lambda b, digits=digits: np.round(b, digits)):
            raise Wrong("rounded", say(
                "rounded to {n} digit[s]. Give the number as it is; whoever shows it may round it.", n=digits))


def scaled(ran):
    """Are they multiplied by the same factor, or by a size, such as the number of examples?"""
    rows = ran.arrays
    if not rows or not all(a.shape == b.shape and np.vdot(b, b) for *_, a, b in rows):
        return
    factors = np.array([np.vdot(b, a) / np.vdot(b, b) for *_, a, b in rows])
    if not np.isfinite(factors).all() or not all(close(a, q * b) for q, (*_, a, b) in zip(factors, rows)):
        return
    if np.allclose(factors, factors[0]):
        times = say("minus") if np.isclose(factors[0], -1) else f"{factors[0]:.4g} ×"
        raise Wrong("scaled", say("your numbers are {what} the right ones, every time.", what=times))
    for name in ran.sizes[0]._fields:
        n = np.array([getattr(ran.sizes[row.case], name) for row in rows], float)
        for sign, q in (("×", n), ("/", 1 / n)):
            if np.allclose(factors, q):
                raise Wrong("scaled", say("your numbers are the right ones {what}: a mean where a sum "
                                          "belongs, or the other way round?", what=f"{sign} {name}"))


def related(ran):
    """Are they a function of the right ones, or is an argument a factor, or a term, too many?"""
    relations = (
        (say("one minus the right ones"), lambda b: 1 - b),
        (say("the inverses of the right ones, 1/…"), lambda b: 1 / b),
        (say("the squares of the right ones"), np.square), (say("the square roots of the right ones"), np.sqrt),
        (say("the logarithms of the right ones"), np.log), (say("the exponentials of the right ones"), np.exp),
        (say("the absolute values of the right ones"), np.abs), (say("tanh of the right ones"), np.tanh),
        (say("σ of the right ones"), lambda b: 1 / (1 + np.exp(-b))),
        (say("the right ones in reverse order along the first axis"), lambda b: b[::-1]),
        (say("the right ones, one step late"), lambda b: np.concatenate([b[:1] * 0, b[:-1]])),
        (say("the right ones, one step early"), lambda b: np.concatenate([b[1:], b[:1] * 0])))
    told = next((told for told, f in relations if _always(ran, f)), None)
    if not told and len(ran.arrays) == len(ran.inputs):
        around = [dict(zip(parameters(ran.task.right), args)) for args in ran.inputs]
        told = factor([row[-2:] for row in ran.arrays], around)
    if told:
        raise Wrong("nearly", say("your numbers are {what}.", what=told))


def _always(ran, f):
    """Whether every array is f of the right one."""
    try:
        return bool(ran.arrays) and all(close(a, np.asarray(f(b))) for *_, a, b in ran.arrays)
    except (ValueError, IndexError):
        return False


FORMS = {"{}": lambda q: q, "(1 − {})": lambda q: 1 - q, "(1 − {}²)": lambda q: 1 - q**2,
         "tanh({})": np.tanh, "(1 − tanh²({}))": lambda q: 1 - np.tanh(q)**2}
SIGNS = {"×": np.multiply, "/": np.divide, "+": np.add, "−": np.subtract}


def factor(both, around):
    """By which of those around, {name: array}, yours is the right one multiplied, divided …; or None."""
    fitting = [name for name, q in around[0].items() if isinstance(q, np.ndarray) and q.ndim
               and q.dtype.kind != "b" and q.shape == both[0][1].shape]
    for name, (form, f), (sign, g) in itertools.product(fitting, FORMS.items(), SIGNS.items()):
        if all(close(a, g(b, f(there[name]))) for (a, b), there in zip(both, around)):
            return say("the right ones {sign} {name}", sign=sign, name=form.format(name))
    return None


def shaped(ran):
    """Has every array its shape?"""
    for row in ran.rows:
        _, name, a, b = row
        if (a is None) != (b is None):
            a, b = (what(q if q is None else q.tolist()) for q in (a, b))
            raise Wrong("shape", say("`{label}` is {a} where {b} is expected.", label=name, a=a, b=b))
        if a is not None and a.shape != b.shape and isinstance(ran.expected[row.case], list) and b.ndim == 1:
            raise Wrong("shape", say("`{label}` is {a}, {n} long, where {m} are expected: {b}.", label=name,
                                     a=f"`{a.tolist()}`", b=f"`{b.tolist()}`", n=len(a), m=len(b)))
        if a is not None and a.shape != b.shape:
            words = say("it should have") if "," in ran.task.gives else say(ran.task.shapes)
            raise Wrong("shape", say("`{label}` has not the shape {words}: {shapes}.", label=name,
                                     words=words, shapes=_both_shapes(ran, row)))


def numbers(ran):
    """Are they numbers, and such numbers as they should be?"""
    for _, name, a, b in ran.rows:
        if a is None:
            continue
        whole = a.dtype.kind in "iub" and b.dtype.kind == "f" and not np.allclose(b, np.round(b))
        if a.dtype.kind == "c" or whole:
            raise Wrong("dtype", say("`{label}` holds numbers of the kind {dtype}; floats are expected.",
                                     label=name, dtype=f"`{a.dtype}`"))
        if not np.isfinite(a).all() and np.isfinite(b).all():
            at = tuple(np.argwhere(~np.isfinite(a))[0].tolist())
            raise Wrong("nan", say("`{label}` holds {bad}, first at {at}: an overflow of `exp`, a division "
                                   "0/0 or the logarithm of 0?", label=name, bad=f"`{a[at]}`", at=list(at)))


def _both_shapes(ran, row):
    sizes, yours, right = ran.sizes[row.case], row.yours.shape, row.right.shape
    names = sizes_by_number(sizes) if "(" in ran.task.shapes or "," in ran.task.gives else {}
    a_step_more = right[:1] == (sizes.T,) and sizes.T + 1 not in yours[1:]         # another size may be T + 1, too
    return say("yours is {a}, expected is {b}", b=shape_in_words(right, names),
               a=shape_in_words(yours, names | {sizes.T + 1: "T+1"} if a_step_more else names))
