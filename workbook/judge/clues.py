"""What can be said of an answer that no known mistake explains. Each function raises Said if it knows, else
returns.
"""

import dis
import inspect
import itertools
import linecache
import re
from collections.abc import Mapping
from types import CodeType, GeneratorType

import numpy as np

from ..words import say
from .calls import Crash, Ear, TooLong, limit, misfit, outcome
from .results import ATOL, close, pairs, same, shape_in_words, sizes_by_number, what
from .task import Said

# --- answers that are none yet ------------------------------------------------------------------------------


def blank():
    """Nothing has been written."""
    return Said("blank", say("not written yet."))


def written(answer):
    """Is there something to call, and something in it?"""
    if answer is None or answer is Ellipsis:
        raise blank()
    if not callable(answer):
        raise Said("no function", say("give the function itself, its name without parentheses; this is "
                                      "{what}, a result.",
                                      what=what(answer)))
    if isinstance(code := getattr(answer, "__code__", None), CodeType):
        idle = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP", "POP_TOP",
                "LOAD_COMMON_CONSTANT"}
        steps = list(dis.get_instructions(code))
        constants = [s.argval for s in steps if s.opname in ("LOAD_CONST", "RETURN_CONST")]
        nothing = all(c is None or c is ... or isinstance(c, str) for c in constants)
        if nothing and all(s.opname in idle for s in steps):
            raise blank()


def returned(results, heard):
    """Does it return anything? heard: it has printed something."""
    if any(isinstance(r, GeneratorType) for r in results):
        raise Said("forgotten", say("your function says `yield`; a `return` is expected."))
    if all(r is None for r in results):
        if heard:
            raise Said("printed", say("your function prints its result and returns nothing."),
                       say("`print` shows a number to you; only `return` hands it to whoever called."))
        raise Said("forgotten", say("your function computes, but returns nothing."),
                   say("Its last line should be a `return …`."))
    if all(callable(r) for r in results):
        raise Said("forgotten", say("your function returns a function instead of its result: are there "
                                    "parentheses missing "
                                    "after a name?"))


def arguments(task, answer, line):
    """Do the arguments come in their order?"""
    theirs, yours = parameters(task.right), parameters(answer)
    if yours != theirs and sorted(yours) == sorted(theirs):
        raise Said("arguments", say("the arguments come in another order: `{arguments}`.", arguments=
                                    ", ".join(theirs)),
                   say("Python goes by the place of an argument, not by its name."), line)


def parameters(f):
    """The names of a function's arguments; [] if Python cannot tell."""
    try:
        return list(inspect.signature(f).parameters)
    except (TypeError, ValueError):
        return []


def changed(task, before, after):
    """The name of an argument that is no longer what it was, or None. Rounding does not count."""
    for name, a, b in zip(parameters(task.right), before, after):
        if isinstance(a, np.ndarray | Mapping | tuple | list):
            try:
                alike = all(p.shape == q.shape and np.allclose(p, q, rtol=1e-9, atol=1e-9, equal_nan=True)
                            for _, p, q in pairs(name, b, a) if p is not None)
            except Said:
                alike = False
            if not alike:
                return name
    return None


def notebook(task, answer, line, crashed=False):
    """Does it read arrays of the notebook in place of its arguments?"""
    code, room = getattr(answer, "__code__", None), getattr(answer, "__globals__", {})
    stale = sorted(name for name in (_globals_read(code) if isinstance(code, CodeType) else ())
                   if isinstance(room.get(name), np.ndarray | dict | list | tuple))
    if stale:
        told = (say("your function reads `{name}` from the notebook instead of its own arguments, and the "
                    "shapes do not fit.",
                    name=stale[0]) if crashed else
                say("your function reads `{name}` from the notebook instead of its own arguments, so it "
                    "answers the same "
                    "whatever it is given.", name=stale[0]))
        raise Said("global", told, say("The arguments are `{arguments}`: everything must be computed from "
                                       "them.",
                                       arguments=", ".join(parameters(task.right))), line)


def _globals_read(code):
    inner = (c for c in code.co_consts if isinstance(c, CodeType))
    read = {s.argval for s in dis.get_instructions(code) if s.opname == "LOAD_GLOBAL"}
    return read.union(*map(_globals_read, inner))


# --- crashes ------------------------------------------------------------------------------------------------


def crashed(task, answer, sizes, results, right, line):
    """Did a call fail? Which error, in which line, and what it usually means."""
    k = next((k for k, r in enumerate(results) if isinstance(r, Crash)), None)
    if k is None:
        return
    notebook(task, answer, line, crashed=True)
    error, file = results[k].error, getattr(getattr(answer, "__code__", None), "co_filename", "")
    frames = inspect.getinnerframes(error.__traceback__, 0) if error.__traceback__ else []
    own = [(f.filename, f.lineno) for f in frames if f.filename == file]
    code = linecache.getline(*own[-1]).strip().replace("`", "'") if own else ""
    at = (say("It stopped at `{code}`.", code=code) if code else
          say("Python's own words: {error}", error=_in_one_line(error)))
    told = meaning(task, error, sizes[k], bool(own))
    if any(right):
        told = say("right for some sizes, then it failed: is a size written into it as a number? "
                   "{what}", what=told)
    raise Said("crash", told, at, line)


def meaning(task, error, sizes, inside):
    """What an error usually means, in words. inside: it happened in the answer, not on the way to it."""
    text, names = str(error), sizes_by_number(sizes)
    quoted = re.findall(r"'([^']*)'", text) or ["?"]
    if isinstance(error, TypeError) and not inside and "argument" in text:
        return say("your function should take {n} arguments: `{arguments}`.", n=len(parameters(task.right)),
                   arguments=", ".join(parameters(task.right)))
    if product := misfit(text):
        columns, rows = (f"{n} = {names[n]}" if n in names else str(n) for n in product)
        return say("a matrix product `A @ B` does not fit: A has {columns} columns, B has {rows} "
                   "rows.", columns=columns,
                   rows=rows)
    if "broadcast" in text and (shapes := re.findall(r"\(([\d, ]*)\)", text)):
        told = [shape_in_words([int(n) for n in re.findall(r"\d+", shape)], names) for shape in shapes[:2]]
        return say("arrays of the shapes {shapes} cannot be combined number by number.",
                   shapes=say(" and ").join(told))
    meanings = (
        ("concatenation axis" in text, say("arrays to be joined must agree in every direction but one: h is "
                                           "(H, B), x is "
                                           "(D, B), and [h; x] has H+D rows.")),
        (isinstance(error, UnboundLocalError), say("`{name}` is used before it gets its first "
                                                   "value.", name=quoted[0])),
        (isinstance(error, NameError), say("`{name}` is not known here: it is no argument of the function, "
                                           "and nothing "
                                           "above it has that name.", name=quoted[0])),
        (isinstance(error, AttributeError) and "numpy" in text and "module" in text, say(
            "NumPy has no `{name}`. `sigmoid` comes from lstmlib; `tanh` and `exp` are NumPy's.",
            name=quoted[-1])),
        (re.search(r"only (0-dimensional|length-1|size-1) arrays", text), say(
            "a function of `math` takes one number, not an array; for arrays there are `np.exp`, `np.tanh`, "
            "`np.log2` …")),
        ("NoneType" in text, say("something in your function is `None`: often a helper that forgot its "
                                 "`return`.")),
        (isinstance(error, TypeError) and re.search("list|sequence|tuple", text), say(
            "Python's lists and tuples do no arithmetic: `[1, 2] * 3` repeats, `+` puts end to end. Use "
            "arrays: `np.array`, "
            "`np.stack`, `np.concatenate`.")),
        ("Cannot cast ufunc" in text, say("an array of whole numbers (`int`) cannot take fractions: start "
                                          "it as floats.")),
        ("truth value of an array" in text, say("an `if`, a `max()` or a `min()` of Python was given a "
                                                "whole array: use "
                                                "`np.where`, `np.maximum`, `.max()`.")),
        ("unpack" in text, say("a line takes apart more, or fewer, things than there are: `a, b = …` needs "
                               "two on the "
                               "right.")),
        (isinstance(error, KeyError), say("a dict has no entry {key}: the weights `p` hold `W` and "
                                          "`b`.", key=text)),
        (isinstance(error, IndexError), say("an index runs out of its array, or is none: T steps are "
                                            "numbered 0 to T - 1.")),
        (isinstance(error, AttributeError), say("a value has no `.{name}`.", name=quoted[-1])),
        (isinstance(error, RecursionError), say("your function calls itself for ever.")),
        (isinstance(error, ZeroDivisionError), say("something is divided by zero.")),
        (isinstance(error, AssertionError), say("an `assert` of yours does not hold. {error}", error=text)),
    )
    return next((told for found, told in meanings if found), None) or say("it stopped with {error}.",
                                                                          error=_in_one_line(error).rstrip("."))


def _in_one_line(error):
    return f"{type(error).__name__}: {error}".splitlines()[0]


# --- right numbers in a wrong dress -------------------------------------------------------------------------


def built(task, results, expected, line):
    """Is a result built as it should be?"""
    for r, e in zip(results, expected):
        try:
            pairs(task.gives, r, e)
        except Said as said:
            order(task, results, expected, line)
            kind, steps, _ = said.args
            raise Said(kind, *steps, line) from None


def order(task, results, expected, line):
    """Are all things right, and only stand in another order?"""
    n = len(expected[0]) if isinstance(expected[0], tuple) else 0
    if 1 < n <= 4 and all(isinstance(r, tuple | list) and len(r) == n for r in results):
        for places in itertools.permutations(range(n)):
            if all(same(tuple(r[k] for k in places), e, task) for r, e in zip(results, expected)):
                raise Said("order", say("the numbers are right, but their order is not: `{gives}` is "
                                        "expected.",
                                        gives=task.gives), line)


def nearly(task, sizes, inputs, results, expected, line):
    """Are all results the right ones after something simple: turned over, scaled, rounded …?"""
    order(task, results, expected, line)
    rows = [(s, *row) for s, r, e in zip(sizes, results, expected) for row in pairs(task.gives, r, e)]
    if any(a is None or b is None for *_, a, b in rows):
        return

    def always(f):
        try:
            return all(close(a, np.asarray(f(b))) for *_, a, b in rows)
        except (ValueError, IndexError):
            return False

    odd = next((row for row in rows if row[2].shape != row[3].shape), None)
    if odd and all(a.size == b.size for *_, a, b in rows):
        if always(np.transpose):
            raise Said("shape", say("the right numbers, turned over: {shapes}. Rows are units, each column "
                                    "is one example.",
                                    shapes=_both_shapes(*odd)), line)
        if all(close(a.reshape(b.shape), b) for *_, a, b in rows):
            raise Said("shape", say("the right numbers in another shape: {shapes}.",
                                    shapes=_both_shapes(*odd)), line)
    if any(a.dtype.kind in "iub" for *_, a, _ in rows) and always(np.trunc):
        raise Said("dtype", say("the right numbers without what stands behind the point: somewhere they "
                                "pass through whole "
                                "numbers (`int`)."), line)
    for digits in range(5):
        if always(lambda b, digits=digits: np.round(b, digits)):
            raise Said("rounded", say("rounded to {n} digits. Give the number as it is; whoever shows it "
                                      "may round it.",
                                      n=digits), line)
    if all(a.shape == b.shape and np.vdot(b, b) for *_, a, b in rows):
        factors = [np.vdot(b, a) / np.vdot(b, b) for *_, a, b in rows]
        if all(close(a, q * b) for q, (*_, a, b) in zip(factors, rows)):
            _scaled(np.array(factors), [s for s, *_ in rows], line)
    for told, f in _relations():
        if always(f):
            raise Said("nearly", say("your numbers are {what}.", what=told), line)
    around = [dict(zip(parameters(task.right), args)) for args in inputs]
    if len(rows) == len(inputs) and (told := _factor([(a, b) for *_, a, b in rows], around)):
        raise Said("nearly", say("your numbers are {what}.", what=told), line)


SHAPED = {"{}": lambda q: q, "(1 − {})": lambda q: 1 - q, "(1 − {}²)": lambda q: 1 - q**2,
          "tanh({})": np.tanh, "(1 − tanh²({}))": lambda q: 1 - np.tanh(q)**2}
JOINED = {"×": np.multiply, "/": np.divide, "+": np.add, "−": np.subtract}


def _factor(both, around):
    """By which argument yours is the right one multiplied, divided, raised or lowered: in words, or None.

    both: (yours, right) for each case; around: {name: array} for each case.
    """
    fitting = [name for name, q in around[0].items() if isinstance(q, np.ndarray) and q.ndim
               and q.shape == both[0][1].shape]
    for name, (form, f), (sign, g) in itertools.product(fitting, SHAPED.items(), JOINED.items()):
        if all(close(a, g(b, f(there[name]))) for (a, b), there in zip(both, around)):
            return say("the right ones {sign} {name}", sign=sign, name=form.format(name))
    return None


def _scaled(factors, sizes, line):
    """Are all factors the same, or the same size, such as the number of examples?"""
    if np.allclose(factors, factors[0]):
        factor = say("minus") if np.isclose(factors[0], -1) else f"{factors[0]:.4g} ×"
        raise Said("scaled", say("your numbers are {what} the right ones, every time.", what=factor), line)
    for name in sizes[0]._fields:
        n = np.array([getattr(s, name) for s in sizes], float)
        for sign, q in (("×", n), ("/", 1 / n)):
            if np.allclose(factors, q):
                raise Said("scaled", say("your numbers are the right ones {what}: a mean where a sum "
                                         "belongs, or the other "
                                         "way round?", what=f"{sign} {name}"), line)


def _relations():
    """What yours may be to the right ones b: in words, as a function."""
    return (
        (say("one minus the right ones"), lambda b: 1 - b),
        (say("the inverses of the right ones, 1/…"), lambda b: 1 / b),
        (say("the squares of the right ones"), np.square),
        (say("the square roots of the right ones"), np.sqrt),
        (say("the logarithms of the right ones"), np.log),
        (say("the exponentials of the right ones"), np.exp),
        (say("the absolute values of the right ones"), np.abs),
        (say("tanh of the right ones"), np.tanh),
        (say("σ of the right ones"), lambda b: 1 / (1 + np.exp(-b))),
        (say("the right ones in reverse order along the first axis"), lambda b: b[::-1]),
        (say("the right ones, one step late"), lambda b: np.concatenate([b[:1] * 0, b[:-1]])),
        (say("the right ones, one step early"), lambda b: np.concatenate([b[1:], b[:1] * 0])),
    )


def _both_shapes(sizes, _, a, b):
    names = sizes_by_number(sizes)
    return say("yours is {a}, expected is {b}", a=shape_in_words(a.shape, names),
               b=shape_in_words(b.shape, names))


def partly(task, results, expected, right, line):
    """Is it right for the first example, or for some inputs?"""
    rows = [(a, b) for r, e in zip(results, expected) for _, a, b in pairs(task.gives, r, e)]
    if all(a is not None and b is not None and a.shape == b.shape and b.ndim and close(a[..., :1], b[..., :1])
           for a, b in rows):
        raise Said("first only", say("right for the first example of the batch, wrong for the others: each "
                                     "column must be "
                                     "treated alike."), line)
    if any(right):
        raise Said("some", say("right for some inputs, wrong for others: is a size, or a number, written "
                               "into it that only "
                               "holds in one case?"), line)


def impure(task, answer, args, first, line):
    """Does the same call give the same result again?"""
    with limit(1), Ear(loud=False):
        again = outcome(task, answer, args)
    if not isinstance(again, Crash) and not same(again, first, task):
        raise Said("impure", say("called twice with the same arguments, your function answers differently: "
                                 "something is kept "
                                 "from call to call, or drawn at random."), line)


def shaped(task, sizes, results, expected, line):
    """Has every array its shape?"""
    for s, r, e in zip(sizes, results, expected):
        for label, a, b in pairs(task.gives, r, e):
            if (a is None) != (b is None):
                a, b = (q if q is None else q.tolist() for q in (a, b))
                raise Said("shape", say("`{label}` is {a} where {b} is expected.", label=label, a=what(a),
                                        b=what(b)), line)
            if a is not None and a.shape != b.shape:
                words = say("it should have") if "," in task.gives else say(task.shapes)
                raise Said("shape", say("`{label}` has not the shape {words}: {shapes}.", label=label,
                                        words=words, shapes=_both_shapes(s, label, a, b)), line)


def numbers(task, results, expected, line):
    """Are they numbers, and such numbers as they should be?"""
    for r, e in zip(results, expected):
        for label, a, b in pairs(task.gives, r, e):
            if a is None:
                continue
            whole = a.dtype.kind in "iub" and b.dtype.kind == "f" and not np.allclose(b, np.round(b))
            if a.dtype.kind == "c" or whole:
                raise Said("dtype", say("`{label}` holds numbers of the kind {dtype}; floats are "
                                        "expected.", label=label,
                                        dtype=f"`{a.dtype}`"), line)
            if not np.isfinite(a).all() and np.isfinite(b).all():
                at = tuple(np.argwhere(~np.isfinite(a))[0].tolist())
                raise Said("nan", say("`{label}` holds {bad}, first at {at}: an overflow of `exp`, a "
                                      "division 0/0 or the "
                                      "logarithm of 0?", label=label, bad=f"`{a[at]}`", at=list(at)), line)


# --- where it first differs ---------------------------------------------------------------------------------


def first_difference(task, answer, args, result, expected, line):
    """The first quantity, and the first moment, that differ, with a picture. Always raises Said."""
    if task.look:
        with limit(1), Ear(loud=False):
            try:
                yours, theirs = task.look(answer, *args()), task.look(task.right, *args())
                known = task.around and task.around(*args())
                _first_moment(yours, theirs, known, task.backwards, line)
            except (TooLong, ValueError, TypeError, IndexError, KeyError, AttributeError):
                pass                         # it cannot be looked into; what it returned can
    rows, before = pairs(task.gives, result, expected), []
    for name, a, b in rows:
        if not close(a, b, task.tolerance):
            told = (say("{before} right; the first wrong quantity is `{name}`.", before=", ".join(before),
                        name=name) if before else say("`{name}` is not right yet.", name=name))
            raise Said("differs", told, _by_how_much(name, a, b), line, picture=_picture(name, a, b))
        before.append(f"`{name}`")


def _first_moment(yours, theirs, known, backwards, line):
    T = len(next(iter(theirs.values())))
    moments = range(T)[::-1] if backwards else range(T)
    for k, t in enumerate(moments):
        for name, b in theirs.items():
            a = yours[name]
            if not close(a[t], b[t], ATOL * np.abs(b).max()):
                if T == 1:
                    told = say("the first wrong quantity is `{name}`.", name=name)
                elif k == 0:
                    told = say("`{name}` is wrong from its first moment on, t = {t}.", name=name, t=t)
                elif backwards:
                    told = say("`{name}` is right down to t = {t}, then it goes wrong.", name=name, t=t + 1)
                else:
                    told = say("`{name}` is right up to t = {t}, then it goes wrong.", name=name, t=t - 1)
                around = [{key: q[t] for key, q in (known or {}).items()}]
                if factor := _factor([(a[t], b[t])], around) if known else None:
                    told += " " + say("There, your numbers are {what}.", what=factor)
                amount, picture = _by_how_much(name, a[t], b[t]), _picture(name, a, b)
                raise Said("differs", told, amount, line, picture=picture)


def _by_how_much(name, a, b):
    off = np.abs(a - b)
    at = tuple(map(int, np.unravel_index(np.argmax(off), off.shape)))
    told = say("Largest difference: `{where}` is {a}, expected {b}.", a=f"{a[at]:.4g}", b=f"{b[at]:.4g}",
               where=f"{name}[{', '.join(map(str, at))}]" if at else name)
    if off.max() < 0.01 * np.abs(b).max():
        told += " " + say("That is close, yet more than rounding: look for a constant too many, or an "
                          "approximation.")
    return told


def _picture(name, a, b):
    """Yours - expected as a heat map, time across, units down, of the example that differs most: (svg, alt).

    Of a matrix, the rows go down. None where there is too much to show, or what is no number.
    """
    d = np.atleast_2d(a - b).astype(float)
    timed = d.ndim == 3 and len(d) > 1
    if d.ndim == 3:
        d = np.take_along_axis(d, np.abs(d).argmax(-1)[..., None], -1)[..., 0].T if timed else d[0]
    if d.ndim != 2 or d.size > 600 or not np.isfinite(d).all():
        return None
    share = np.abs(d) / (np.abs(d).max() or 1)
    opacity = np.where(share < 10 * ATOL, 0, 0.15 + 0.85 * share)
    marks = [f'<rect x="{34 + 22 * x}" y="{18 + 22 * y}" width="20" height="20" stroke="#888" '
             f'fill="{"#0072B2" if v < 0 else "#D55E00"}" fill-opacity="{opacity[y, x]:.2f}"/>'
             for (y, x), v in np.ndenumerate(d)]
    marks += [f'<text x="{44 + 22 * x}" y="13" text-anchor="middle">{x}</text>' for x in range(d.shape[1])]
    marks += [f'<text x="28" y="{32 + 22 * y}" text-anchor="end">{y}</text>' for y in range(d.shape[0])]
    marks += ['<text x="28" y="13" text-anchor="end">t</text>'] * timed
    width, height = 40 + 22 * d.shape[1], 24 + 22 * d.shape[0]
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-size="11" '
           f'fill="#444" '
           f'font-family="sans-serif"><rect width="{width}" height="{height}" '
           f'fill="#fff"/>{"".join(marks)}</svg>')
    y, x = map(int, np.unravel_index(share.argmax(), d.shape))
    v = f"{d[y, x]:.3g}"
    if not timed:
        return svg, say("yours − expected, {name}, rows down and columns across: largest {v} in row {y}, "
                        "column "
                        "{x}", name=name, v=v, y=y, x=x)
    good = ", ".join(str(t) for t in range(d.shape[1]) if not opacity[:, t].any()) or say("none")
    return svg, say("yours − expected, {name}, t across and units down: zero at t = {good}; largest {v} at "
                    "t = "
                    "{x}, unit {y}", name=name, good=good, v=v, x=x, y=y)
