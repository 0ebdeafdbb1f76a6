"""Answers that are none: not written, without a result, stopped by an error, deaf to their arguments."""

import dis
import re
import traceback
from types import CodeType, EllipsisType, GeneratorType

import numpy as np

from ..words import say
from .calls import Crash, misfit
from .differences import where
from .results import alike, leaves, shape_in_words, sizes_by_number, what
from .run import parameters
from .task import Said, Wrong

IDLE = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP", "POP_TOP", "LOAD_COMMON_CONSTANT"}
IDLY = str | None | EllipsisType


def written(ran):
    """Is there something to call, and something in it?"""
    if ran.answer is None or ran.answer is Ellipsis:
        raise Said("blank", say("not written yet."))
    if not callable(ran.answer):
        raise Said("no function", say("give the function itself, its name without parentheses; this is "
                                      "{what}, a result.", what=what(ran.answer)))
    if _idle(getattr(ran.answer, "__code__", None)) or any(
            isinstance(r, Crash) and isinstance(r.error, NotImplementedError) for r in ran.results):
        raise Said("blank", say("not written yet."))


def _idle(code):
    return isinstance(code, CodeType) and all(
        step.opname in IDLE and (not step.opname.endswith("_CONST") or isinstance(step.argval, IDLY))
        for step in dis.get_instructions(code))


def arguments(ran):
    """Do the arguments come in their order?"""
    theirs, yours = parameters(ran.task.right), parameters(ran.answer)
    if yours != theirs and sorted(yours) == sorted(theirs):
        told = say("the arguments come in another order: `{arguments}`.", arguments=", ".join(theirs))
        raise Wrong("arguments", told, say("Python goes by the place of an argument, not by its name."))


def returned(ran):
    """Does it return anything?"""
    if any(isinstance(r, GeneratorType) for r in ran.results):
        raise Said("forgotten", say("your function says `yield`; a `return` is expected."))
    if all(r is None for r in ran.results):
        if ran.heard:
            raise Said("printed", say("your function prints its result and returns nothing."),
                       say("`print` shows a number to you; only `return` hands it to whoever called."))
        raise Said("forgotten", say("your function computes, but returns nothing."),
                   say("Its last line should be a `return …`."))
    if all(callable(r) for r in ran.results):
        raise Said("forgotten", say("your function returns a function instead of its result: are there "
                                    "parentheses missing after a name?"))


def notebook(ran):
    """Does it read arrays of the notebook in place of its arguments?"""
    code, room = getattr(ran.answer, "__code__", None), getattr(ran.answer, "__globals__", {})
    stale = sorted(name for name in (_globals_read(code) if isinstance(code, CodeType) else ())
                   if _holds_arrays(room.get(name)))
    if not stale:
        return
    other = ran.anew(next(iter(ran.task.inputs(np.random.default_rng(11), ran.sizes[0]))))
    told = say("your function reads `{name}` from the notebook instead of its own arguments, and the shapes "
               "do not fit." if any(isinstance(r, Crash) for r in ran.results) else
               "your function reads `{name}` from the notebook instead of its own arguments, so it answers "
               "the same whatever it is given." if alike(leaves(other), leaves(ran.results[0])) else
               "your function reads `{name}` from the notebook: is that what it should compute with?", name=stale[0])
    raise Wrong("global", told, say("The arguments are `{arguments}`: everything must be computed from them.",
                                    arguments=", ".join(parameters(ran.task.right))))


def _holds_arrays(value):
    """Whether a value of the notebook is an array, or holds some; a cell and a list of names do not."""
    inner = value.values() if type(value) is dict else value if isinstance(value, list | tuple) else [value]
    return any(isinstance(q, np.ndarray) for q in inner)


def _globals_read(code):
    inner = (c for c in code.co_consts if isinstance(c, CodeType))
    read = {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"}
    return read.union(*map(_globals_read, inner))


def crashed(ran):
    """Did a call fail? Which error, in which line, and what it usually means."""
    k = next((k for k, r in enumerate(ran.results) if isinstance(r, Crash)), None)
    if k is None:
        return
    notebook(ran)
    error, file = ran.results[k].error, getattr(getattr(ran.answer, "__code__", None), "co_filename", "")
    words = f"{type(error).__name__}: {error}".splitlines()[0]
    inside = [f.line for f in traceback.extract_tb(error.__traceback__) if f.filename == file]
    at = (say("It stopped at `{code}`.", code=inside[-1].replace("`", "'")) if inside and inside[-1] else
          say("Python's own words: {error}", error=words))
    told = _meaning(error, sizes_by_number(ran.sizes[k]), None if inside else parameters(ran.task.right))
    told = told or say("it stopped with {error}.", error=words.rstrip("."))
    if there := where(ran):
        told = say("{where} There it fails: {what}", where=there, what=told)
    raise Wrong("crash", told, at)


def _meaning(error, names, called):
    """What an error usually means, or None. names: of sizes; called: the arguments, if it did not get in."""
    text, is_a = str(error), lambda *kinds: isinstance(error, kinds)
    name, *_, last = 2 * (re.findall(r"'([^']*)'", text) or ["?"])
    if is_a(TypeError) and called is not None and "argument" in text:
        return say("your function should take {n} argument[s]: `{arguments}`.", n=len(called),
                   arguments=", ".join(called))
    if product := misfit(text):
        columns, rows = (f"{n} = {names[n]}" if n in names else str(n) for n in product)
        return say("a matrix product `A @ B` does not fit: A has {columns} column[s], B has {rows} row[s].",
                   columns=columns, rows=rows)
    if "broadcast" in text and (shapes := re.findall(r"\(([\d, ]*)\)", text)):
        told = [shape_in_words([int(n) for n in re.findall(r"\d+", shape)], names) for shape in shapes[:2]]
        return say("arrays of the shapes {shapes} cannot be combined number by number.", shapes=say(" and ").join(told))
    meanings = (
        ("concatenation axis" in text, lambda: say(
            "arrays to be joined must agree in every direction but one: h is (H, B), x is (D, B), and [h; x] "
            "has H+D rows.")),
        (is_a(UnboundLocalError), lambda: say("`{name}` is used before it gets its first value.", name=name)),
        (is_a(NameError), lambda: say(
            "`{name}` is not known here: it is no argument of the function, and nothing above it has that "
            "name.", name=name)),
        (is_a(AttributeError) and "numpy" in text and "module" in text, lambda: say(
            "NumPy has no `{name}`. `sigmoid` comes from lstmlib; `tanh` and `exp` are NumPy's.", name=last)),
        (re.search(r"only (0-dimensional|length-1|size-1) arrays", text), lambda: say(
            "a function of `math` takes one number, not an array; for arrays there are `np.exp`, `np.tanh`, "
            "`np.log2` …")),
        ("NoneType" in text, lambda: say(
            "something in your function is `None`: often a helper that forgot its `return`.")),
        (is_a(TypeError) and re.search("list|sequence|tuple", text), lambda: say(
            "Python's lists and tuples do no arithmetic: `[1, 2] * 3` repeats, `+` puts end to end. Use "
            "arrays: `np.array`, `np.stack`, `np.concatenate`.")),
        ("Cannot cast ufunc" in text, lambda: say(
            "an array of whole numbers (`int`) cannot take fractions: start it as floats.")),
        ("truth value of an array" in text, lambda: say(
            "an `if`, a `max()` or a `min()` of Python was given a whole array: use `np.where`, "
            "`np.maximum`, `.max()`.")),
        ("unpack" in text, lambda: say(
            "a line takes apart more, or fewer, things than there are: `a, b = …` needs two on the right.")),
        (re.search("contains? NaN|exceeds valid bounds", text), lambda: say(
            "there is a `nan`, or infinity, among the numbers to draw by: did an `exp` overflow?")),
        ("not iterable" in text, lambda: say(
            "a loop, or a `sum()` of Python, went through a single number: here the array has fewer axes.")),
        (is_a(KeyError), lambda: say("a dict has no entry {key}: the weights `p` hold `W` and `b`.", key=text)),
        (is_a(np.exceptions.AxisError) and error.ndim is not None, lambda: say(
            "a call asks for axis {axis} of an array that has {n} dimension[s].", axis=error.axis, n=error.ndim)),
        (is_a(IndexError), lambda: say(
            "an index runs out of its array, or is none: n things are numbered 0 to n - 1.")),
        (is_a(AttributeError), lambda: say("a value has no `.{name}`.", name=last)),
        (is_a(RecursionError), lambda: say("your function calls itself for ever.")),
        (is_a(ZeroDivisionError), lambda: say("something is divided by zero.")),
        (is_a(AssertionError), lambda: say("an `assert` of yours does not hold. {error}", error=text)),
    )
    return next((told for holds, told in meanings if holds), lambda: None)()
