"""What an exercise is, and how an answer to it is judged.

An exercise is the right answer, the mistakes we know, and inputs that tell them apart. A mistake is an edit of the right
answer's text, so it can be run: a wrong answer is recognised by finding which mistake gives the same numbers, and two
mistakes compose. A puzzle is judged by what its weights do. In both, one call gives one Verdict, never an exception.
"""

import ast
import builtins
import ctypes
import dis
import functools
import inspect
import itertools
import linecache
import re
import signal
import sys
import textwrap
import threading
import time
import warnings
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import contextmanager, redirect_stdout
from copy import deepcopy
from html import escape
from types import CodeType, GeneratorType, ModuleType
from typing import NamedTuple

import numpy as np

from .cells import sigmoid
from .words import language, say, typeset

SECONDS = 3                      # that an answer may take
PATIENCE = 0.4                   # seconds for trying pairs of mistakes
RTOL, ATOL = 1e-5, 2e-6          # float32 passes, an error of one in ten thousand does not; ATOL is a share of the largest


class Sizes(NamedTuple):
    """The sizes of one set of inputs. All differ, and differ from H + D and from the 4 gates."""
    T: int
    B: int
    D: int
    H: int
    K: int


SIZES = Sizes(5, 2, 6, 3, 7), Sizes(6, 3, 2, 7, 5), Sizes(7, 6, 3, 2, 9), Sizes(5, 1, 2, 6, 3)


class Mistake(NamedTuple):
    """A known mistake. en, fr: what is wrong, where to look, and if it is not the exercise's own, the line of the sheet."""
    name: str
    edits: tuple                 # old, new, old, new … in the text of the right answer
    en: tuple
    fr: tuple


class Exercise(NamedTuple):
    """A function to be written. The docstring of `right` is the task; its text, without it, is what mistakes edit."""
    right: Callable
    inputs: Callable             # rng, Sizes -> iterator of tuples of arguments
    gives: str                   # what the results are called, "dp, ds, dx"
    shapes: str                  # and their shapes in words, "(H, B)"
    mistakes: tuple
    line: tuple                  # the line of the sheet behind it, (en, fr)
    play: Callable = lambda f, *args: f(*args)
    look: Callable | None = None  # f, args -> {name: (T, units, B)}: inner quantities, in the order they are computed
    backwards: bool = False      # they are computed from the last moment to the first
    tolerance: float = 0.0       # absolute, where an answer is drawn at random


class Puzzle(NamedTuple):
    """Weights to be chosen by hand. trial(*weights) -> None if they do it, else (en, fr): the shortest failure in words."""
    right: Callable              # weights that do it
    shapes: dict                 # {"W": (4, 1, 3), …} in the order in which they are returned
    trial: Callable
    en: tuple                    # two hints
    fr: tuple


class Verdict:
    """What is said about an answer: passed, kind, name, source, steps (the first is the answer, the others are hints)."""

    def __init__(self, name, kind, steps, source=None, picture=None, step=1):
        self.name, self.kind, self.steps, self.source = name, kind, steps, source
        self.picture, self.step = picture, min(step, len(steps))

    @property
    def passed(self):
        return self.kind == "right"

    def __repr__(self):
        said = " ".join(self.steps[:self.step])
        alt = f" [{self.picture[1]}]" if self.picture else ""
        return f"{'✓' if self.passed else '✗'} {self.name}: {said}{alt}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        sign, colour = ("✓", "#009E73") if self.passed else ("✗", "#D55E00")
        titles = [None, say("Where to look"), say("On the course sheet")]
        html = f'<p style="margin:.2em 0"><strong>{sign} {escape(self.name)}</strong>: {_code(self.steps[0])}</p>'
        for k, text in enumerate(self.steps[1:], 1):
            html += (f'<details{" open" if k < self.step else ""}><summary>{escape(titles[min(k, 2)])}</summary>'
                     f'<p style="margin:.2em 0">{_code(text)}</p></details>')
        if self.picture:
            svg, alt = self.picture
            data = b64encode(svg.encode()).decode()
            html += f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'
        style = f"border-left:.3em solid {colour};padding:.1em .8em"
        return {"text/plain": repr(self),
                "text/html": f'<div role="status" lang="{language()}" style="{style}">{html}</div>'}


def _code(text):
    """Text with `code` in it, as HTML."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))


on_verdict = []                  # called with each Verdict and the answer: progress listens here
_asked = Counter()               # how often the same has been said in this session


def judge(task, answer):
    """The Verdict on an answer to an Exercise or a Puzzle."""
    name = task.right.__name__ if isinstance(task, Exercise) else task.trial.__name__
    try:
        source = textwrap.dedent(inspect.getsource(answer))
    except (OSError, TypeError):
        source = None
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            kind, steps, picture = (_judge_puzzle if isinstance(task, Puzzle) else _judge_answer)(task, answer)
    except Said as said:
        kind, steps, picture = said.args
    _asked[name, steps[0]] += 1
    verdict = Verdict(name, kind, steps, source, picture, step=_asked[name, steps[0]])
    for listener in on_verdict:
        listener(verdict, answer)
    return verdict


class Said(Exception):
    """Raised as soon as the judgement is known: kind, steps, picture."""
    def __init__(self, kind, *steps, picture=None):
        super().__init__(kind, steps, picture)


# --- an exercise --------------------------------------------------------------------------------------------


def _judge_answer(task, answer):
    _written(task, answer)
    cases = _cases(task)
    results, changed, heard = [], None, False
    try:
        with _limit(SECONDS):
            for k, args in enumerate(cases):
                own = deepcopy(args)
                with _Ear(loud=k == 0) as ear:
                    results.append(_outcome(task, answer, own))
                heard |= ear.heard
                changed = changed or _changed(task, args, own)
                if isinstance(results[-1], _Crash) and isinstance(results[-1].error, NotImplementedError):
                    raise _blank()
    except _TooLong:
        raise Said("endless", say("your function was still running after {n} seconds and was stopped. Does its loop "
                                   "ever end?", n=SECONDS)) from None
    expected = [_right(task, k) for k in range(len(cases))]
    line = _own(task.line)
    right = [_same(r, e, task) for r, e in zip(results, expected)]
    if all(right):
        if changed:
            raise Said("changed", say("the result is right, but your function changes its argument `{name}` in place: "
                                       "whoever called it finds other numbers there afterwards.", name=changed),
                        say("`a += …`, `a *= …` and `a[…] = …` write into the array that came in. Make a new one: "
                            "`a = a + …`, or `a.copy()` first."))
        return "right", (say("right."),), None

    theirs = list(inspect.signature(task.right).parameters)
    yours = _parameters(answer)
    if yours != theirs and sorted(yours) == sorted(theirs):
        raise Said("arguments", say("the arguments come in another order: `{arguments}`.", arguments=", ".join(theirs)),
                   say("Python goes by the place of an argument, not by its name."), line)
    if one := _recognised(task, results):
        raise Said("mistake", *_hint(task, task.mistakes[one[0]]))
    _no_result(task, results, heard, answer)
    _crashes(task, results, right, answer, line)
    _structure(task, results, expected, line)
    stale = _notebook_arrays(answer)
    if stale:
        raise Said("global", say("your function reads `{name}` from the notebook instead of its own arguments, so it answers "
                                  "the same whatever it is given.", name=stale[0]), say(
                                  "The arguments are `{arguments}`: everything must be computed from them.",
                                  arguments=_arguments(task)), line)
    _nearly(task, answer, cases, results, expected, right, line)
    if pair := _two_at_once(task, results):
        one, two = (_hint(task, task.mistakes[k]) for k in pair)
        raise Said("two", say("two things at once. First: {one} Second: {two}", one=one[0], two=two[0]), f"{one[1]} {two[1]}", line)
    _shape(task, results, expected, line)
    _numbers(task, results, expected, line)
    _where(task, answer, cases, results, expected, right, line)


@functools.cache
def _cases(task):
    rng = np.random.default_rng(1997)
    return [args for sizes in SIZES for args in task.inputs(rng, sizes)]


@functools.cache
def _sizes(task):
    rng = np.random.default_rng(1997)
    return [sizes for sizes in SIZES for _ in task.inputs(rng, sizes)]


@functools.cache
def text_of(right):
    """The text of a right answer, without its docstring."""
    text = textwrap.dedent(inspect.getsource(right))
    body = ast.parse(text).body[0].body
    lines = text.splitlines(keepends=True)
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        del lines[body[0].lineno - 1:body[0].end_lineno]
    return "".join(lines)


@functools.cache
def _variants(task):
    """The right answer and its mistakes in one function, which makes those whose numbers are in `picked`, and who they are.

    Compiling is what costs time: one text with an `if` at each edited line takes the time of two or three answers, not of eighty.
    Mistakes that add or drop lines are left out.
    """
    lines = text_of(task.right).splitlines()
    edits = {}
    for k, mistake in enumerate(task.mistakes):
        new = _edit("\n".join(lines), mistake).split("\n")
        change = {n: b for n, (a, b) in enumerate(zip(lines, new)) if a != b}
        if len(new) == len(lines) and all(_indent(b) == _indent(lines[n]) and b[-1:] != ":" for n, b in change.items()):
            edits[k] = change
    text = ["def variants(picked):"]
    for n, line in enumerate(lines):
        indent = " " * (4 + _indent(line))
        here = [(k, change[n]) for k, change in edits.items() if n in change]
        for word, (k, new) in zip(itertools.chain(["if"], itertools.repeat("elif")), here):
            text += [f"{indent}{word} {k} in picked:", f"    {indent}{new.strip()}"]
        text += [f"{indent}else:", f"    {indent}{line.strip()}"] if here else ["    " + line]
    text += [f"    return {task.right.__name__}"]
    room = {"sigmoid": sigmoid, **task.right.__globals__}
    exec(compile("\n".join(text), f"<{task.right.__name__}>", "exec"), room)
    return room["variants"], edits


def _indent(line):
    return len(line) - len(line.lstrip())


def _edit(text, mistake):
    """The text with a mistake in it; None if it does not fit (another one has changed the place)."""
    for old, new in zip(mistake.edits[::2], mistake.edits[1::2]):
        if old not in text:
            return None
        text = text.replace(old, new, 1)
    return text


@functools.cache
def edited(task, picked):
    """The right answer with the mistakes of these numbers in it; None if they do not fit together."""
    variants, edits = _variants(task)
    places = [n for k in picked for n in edits.get(k, ())]
    if all(k in edits for k in picked) and len(places) == len(set(places)):
        return variants(picked)
    text = text_of(task.right)
    for k in picked:
        text = text and _edit(text, task.mistakes[k])
    if text is None:
        return None
    room = {"sigmoid": sigmoid, **task.right.__globals__}
    exec(compile(text, f"<{task.right.__name__}: {picked}>", "exec"), room)
    return room[task.right.__name__]


@functools.cache
def _right(task, k):
    return _outcome(task, task.right, deepcopy(_cases(task)[k]))


@functools.cache
def _wrong(task, picked, k):
    """What the answer with these mistakes gives, as leaves; None if they do not fit together. (No known mistake writes into its arguments.)"""
    wrong = edited(task, picked)
    with _Ear(loud=False):
        return None if wrong is None else _leaves(_outcome(task, wrong, _cases(task)[k]))


def _recognised(task, results):
    """The number of the known mistake that gives these results, as a tuple of one; or of two at once; or ()."""
    yours = [_leaves(r) for r in results]
    numbers = range(len(task.mistakes))

    def all_alike(picked):
        return all(_alike(y, _wrong(task, picked, k), task.tolerance) for k, y in enumerate(yours))

    for k in numbers:
        if all_alike((k,)):
            return (k,)
    return ()


def _two_at_once(task, results):
    """The numbers of two known mistakes that together give these results, or (). The likeliest pairs are tried first:

    where two mistakes meet, most pieces of the result (a moment, a gate) still show only one of them.
    """
    yours = [_leaves(r) for r in results]
    right = _leaves(_right(task, 0))
    shown = [k for k in range(len(task.mistakes)) if _shows(yours[0], _wrong(task, (k,), 0), right)]
    end = time.perf_counter() + PATIENCE
    pairs = itertools.combinations(range(len(task.mistakes)), 2)
    for pair in sorted(pairs, key=lambda pair: -len(set(pair) & set(shown))):
        if all(_alike(y, _wrong(task, pair, k), task.tolerance) for k, y in enumerate(yours)):
            return pair
        if time.perf_counter() > end:
            break
    return ()


def _leaves(value):
    """The arrays of a result in their order, whatever holds them; a _Crash as its signature."""
    if isinstance(value, _Crash):
        return value.signature
    if value is None:
        return [np.empty(0)]
    if isinstance(value, Mapping):
        return [leaf for key in sorted(value, key=str) for leaf in _leaves(value[key])]
    if isinstance(value, tuple | list) and any(isinstance(q, tuple | list | Mapping | np.ndarray) for q in value):
        return [leaf for q in value for leaf in _leaves(q)]
    try:
        return [np.asarray(value)]
    except ValueError:
        return []


def _alike(yours, theirs, atol=0.0):
    """Whether two outcomes, as leaves, agree."""
    if isinstance(yours, tuple) or isinstance(theirs, tuple) or theirs is None:
        return yours == theirs
    return len(yours) == len(theirs) and all(a.shape == b.shape for a, b in zip(yours, theirs)) and all(
        close(a, b, atol) for a, b in zip(yours, theirs))


def _shows(yours, theirs, right):
    """Whether some piece of yours that is not right is just as in theirs."""
    if not all(isinstance(q, list) and len(q) == len(right) for q in (yours, theirs, right)):
        return False
    for a, b, r in zip(yours, theirs, right):
        if a.shape == b.shape == r.shape and any(close(p, q) and not close(p, s) for p, q, s in zip(*map(np.atleast_1d, (a, b, r)))):
            return True
    return False


def _hint(task, mistake):
    steps = _own((mistake.en, mistake.fr))
    return steps if len(steps) > 2 else (*steps, _own(task.line))


def _own(pair):
    """The half of (English, French) that the reader speaks: a text, or a tuple of them."""
    if language() != "fr":
        return pair[0]
    return typeset(pair[1]) if isinstance(pair[1], str) else tuple(map(typeset, pair[1]))


class _Crash(NamedTuple):
    """How a call failed; the signature says the same of the same mistake written otherwise."""
    error: BaseException
    signature: tuple


def _outcome(task, f, args):
    """What a call returns, or its _Crash."""
    try:
        return task.play(f, *args)
    except (_TooLong, Said):
        raise
    except BaseException as error:                     # sys.exit() in an answer must not end the session either
        text = str(error)
        if product := _product(text):
            return _Crash(error, ("product", *product))
        shapes = re.findall(r"\([\d, ]+\)", text) if "broadcast" in text else ()
        return _Crash(error, (type(error).__name__, *(sorted(shapes) or [text])))


def _product(text):
    """(columns of A, rows of B) in NumPy's complaints about A @ B and np.dot(A, B); None in any other."""
    if found := re.search(r"\(size (\d+) is different from (\d+)\)", text):
        return int(found[2]), int(found[1])
    if found := re.search(r"not aligned: (\d+).*!= (\d+)", text):
        return int(found[1]), int(found[2])
    return None


def _same(yours, theirs, task):
    """Whether two outcomes agree: in structure, in shape, in numbers, or in how they fail."""
    if isinstance(yours, _Crash) or isinstance(theirs, _Crash):
        return isinstance(yours, _Crash) and isinstance(theirs, _Crash) and yours.signature == theirs.signature
    try:
        return all(close(a, b, task.tolerance) for _, a, b in _pairs(task.gives, yours, theirs))
    except Said:
        return False


def close(a, b, atol=0.0):
    """Whether a is b, shape and numbers, up to what float32 loses."""
    if a is None or b is None:
        return a is b
    if a.shape != b.shape or a.dtype.kind not in "biuf" or b.dtype.kind not in "biuf":
        return False
    finite = np.abs(b[np.isfinite(b)])
    scale = finite.max() if finite.size else 0
    return bool(np.allclose(a, b, rtol=RTOL, atol=max(atol, ATOL * scale), equal_nan=True))


def _pairs(label, yours, like):
    """Every array of a result beside the expected one, as (label, yours, expected). Said if they are built otherwise."""
    names = [n.strip() for n in label.split(",")]
    if isinstance(like, Mapping):
        if not isinstance(yours, Mapping) or not like.keys() <= yours.keys():
            raise Said("structure", say("`{label}` should be a dict with the keys {keys}; yours is {what}.", label=label,
                                         keys=", ".join(map(repr, like)), what=_what(yours)))
        return [row for key in like for row in _pairs(f"{label}[{key!r}]", yours[key], like[key])]
    if isinstance(like, tuple | list):
        fields = getattr(like, "_fields", None)
        if isinstance(yours, Mapping) and fields and set(fields) <= yours.keys():
            yours = [yours[name] for name in fields]
        elif fields and not isinstance(yours, tuple | list) and all(hasattr(yours, name) for name in fields):
            yours = [getattr(yours, name) for name in fields]
        elif fields and set(getattr(yours, "_fields", ())) == set(fields):
            yours = [getattr(yours, name) for name in fields]
        numbers = isinstance(like, list) and all(np.ndim(q) == 0 for q in like)
        if numbers and isinstance(yours, np.ndarray) and yours.ndim == 1:
            yours = list(yours)
        if numbers and isinstance(yours, tuple | list):
            return [(label, _array(label, list(yours)), np.array(like))]
        if not isinstance(yours, tuple | list) or len(yours) != len(like):
            raise Said("structure", say("{n} things are expected: {names}; yours is {what}.", n=len(like),
                                         names=", ".join(fields or names), what=_what(yours)))
        labels = [f"{label}.{name}" for name in fields] if fields else (
            names if len(names) == len(like) else [f"{label}[{k}]" for k in range(len(like))])
        return [row for rows in zip(labels, yours, like) for row in _pairs(*rows)]
    if like is None or yours is None:
        return [(label, None if yours is None else _array(label, yours), None if like is None else np.asarray(like))]
    return [(label, _array(label, yours), np.asarray(like))]


def _array(label, yours):
    """A result as an array. A list of numbers will do; a list of arrays is none."""
    if isinstance(yours, tuple | list) and any(np.ndim(q) for q in yours if isinstance(q, np.ndarray | list | tuple)):
        raise Said("structure", say("`{label}` is {what}, where one array is expected.", label=label, what=_what(yours)),
                    say("`np.stack` makes one array out of a list of arrays: a list has no shape and does no arithmetic."))
    try:
        array = np.asarray(yours)
    except Exception:
        array = np.asarray(None)
    if array.dtype.kind not in "biufc":
        raise Said("structure", say("`{label}` is {what}, where numbers are expected.", label=label, what=_what(yours)))
    return array


def _what(value):
    """A value in a few words."""
    if isinstance(value, np.ndarray):
        return say("an array of shape {shape}", shape=value.shape)
    if isinstance(value, tuple | list | Mapping):
        kind = {tuple: say("a tuple"), list: say("a list"), dict: say("a dict")}.get(type(value), type(value).__name__)
        return say("{kind} of {n}", kind=kind, n=len(value))
    return f"`{type(value).__name__}`" if value is not None else "`None`"


# --- answers that are no answers yet ------------------------------------------------------------------------


def _blank():
    return Said("blank", say("not written yet."))


def _written(task, answer):
    """Said if there is nothing to call, or nothing in it."""
    if answer is None or answer is Ellipsis:
        raise _blank()
    if not callable(answer):
        raise Said("no function", say("give the function itself, without parentheses after its name; this is {what}, its "
                                       "result.", what=_what(answer)))
    code = getattr(answer, "__code__", None)
    if isinstance(code, CodeType):
        empty = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP", "POP_TOP", "LOAD_COMMON_CONSTANT"}
        steps = list(dis.get_instructions(code))
        constants = [s.argval for s in steps if s.opname in ("LOAD_CONST", "RETURN_CONST")]
        if all(s.opname in empty for s in steps) and all(c is None or c is Ellipsis or isinstance(c, str) for c in constants):
            raise _blank()


def _no_result(task, results, heard, answer):
    """Said if the answer returns nothing, or forgets what a return is."""
    if any(isinstance(r, GeneratorType) for r in results):
        raise Said("forgotten", say("your function says `yield`; a `return` is expected."))
    if all(r is None for r in results):
        if heard:
            raise Said("printed", say("your function prints its result and returns nothing."),
                        say("`print` shows a number to you; only `return` hands it to whoever called."))
        raise Said("forgotten", say("your function computes, but returns nothing."), say("Its last line should be a `return …`."))
    if all(callable(r) for r in results):
        raise Said("forgotten", say("your function returns a function instead of its result: are there parentheses missing after "
                                     "a name?"))


# --- crashes ------------------------------------------------------------------------------------------------


def _crashes(task, results, right, answer, line):
    """Said if a call failed: which error, in which line, and what it usually means."""
    k = next((k for k, r in enumerate(results) if isinstance(r, _Crash)), None)
    if k is None:
        return
    error = results[k].error
    frames = inspect.getinnerframes(error.__traceback__, 0) if error.__traceback__ else []
    own = [f for f in frames if f.filename == getattr(getattr(answer, "__code__", None), "co_filename", "")]
    code = linecache.getline(own[-1].filename, own[-1].lineno).strip() if own else ""
    what = _meaning(task, error, _sizes(task)[k], bool(own))
    at = say("It stopped at `{code}`.", code=code.replace("`", "'")) if code else say("Python's own words: {error}",
                                                            error=f"{type(error).__name__}: {error}".splitlines()[0])
    stale = _notebook_arrays(answer)
    if stale:
        what = say("your function reads `{name}` from the notebook instead of its own arguments, and then the shapes do not "
                   "fit.", name=stale[0])
    elif any(right):
        what = say("right for some sizes, then it failed: is a size written into it as a number? {what}", what=what)
    raise Said("crash", what, at, line)


def _meaning(task, error, sizes, inside):
    """What an error usually means, in words."""
    text = str(error)
    names = {n: name for name, n in zip("TBDHK", sizes)} | {sizes.H + sizes.D: "H+D"}
    if isinstance(error, TypeError) and not inside and "argument" in text:
        return say("your function should take {n} arguments: `{arguments}`.", n=len(inspect.signature(task.right).parameters),
                   arguments=_arguments(task))
    if product := _product(text):
        columns, rows = (_count(n, names) for n in product)
        return say("a matrix product `A @ B` does not fit: A has {columns} columns, B has {rows} rows.", columns=columns, rows=rows)
    if found := re.findall(r"\(([\d, ]*)\)", text) if "broadcast" in text or "must match exactly" in text else None:
        return say("arrays of the shapes {shapes} cannot be combined number by number.",
                   shapes=say(" and ").join(_shape_in_words(s, names) for s in found[:2]))
    if "concatenation axis" in text:
        return say("arrays to be joined must agree in every direction but one: h is (H, B), x is (D, B), and [h; x] has H+D rows.")
    if isinstance(error, UnboundLocalError):
        return say("`{name}` is used before it gets its first value.", name=_quoted(text))
    if isinstance(error, NameError):
        return say("`{name}` is not known here: it is no argument of the function, and nothing above it has that name.",
                   name=_quoted(text))
    if isinstance(error, AttributeError) and "numpy" in text:
        return say("NumPy has no `{name}`. `sigmoid` comes from lstmlib; `tanh` and `exp` are NumPy's.", name=_quoted(text, -1))
    if "only 0-dimensional arrays" in text or "only length-1 arrays" in text or "only size-1" in text:
        return say("a function of `math` takes one number, not an array: NumPy has the same function for arrays, `np.exp`, `np.tanh`, "
                   "`np.log2` …")
    if "NoneType" in text:
        return say("something in your function is `None`: often a helper that forgot its `return`.")
    if isinstance(error, TypeError) and ("list" in text or "sequence" in text or "tuple" in text):
        return say("Python's lists and tuples do no arithmetic: `[1, 2] * 3` repeats, `+` puts end to end. Use arrays: `np.array`, "
                   "`np.stack`, `np.concatenate`.")
    if "Cannot cast ufunc" in text:
        return say("an array of whole numbers (`int`) cannot take fractions: start it as floats.")
    if "truth value of an array" in text:
        return say("an `if`, a `max()` or a `min()` of Python was given a whole array: use `np.where`, `np.maximum`, `.max()`.")
    if "unpack" in text:
        return say("a line takes apart more, or fewer, things than there are: `a, b = …` needs two on the right.")
    if isinstance(error, KeyError):
        return say("a dict has no entry {key}: the weights `p` hold \"W\" and \"b\".", key=text)
    if isinstance(error, IndexError):
        return say("an index runs out of its array: T steps are numbered 0 to T - 1.")
    if isinstance(error, AttributeError):
        return say("a value has no `.{name}`: {error}.", name=_quoted(text, -1), error=text)
    if isinstance(error, RecursionError):
        return say("your function calls itself for ever.")
    if isinstance(error, ZeroDivisionError):
        return say("something is divided by zero.")
    if isinstance(error, AssertionError):
        return say("an `assert` of yours does not hold: {error}", error=text)
    return say("it stopped with {error}.", error=f"{type(error).__name__}: {text}".splitlines()[0].rstrip("."))


def _quoted(text, k=0):
    return (re.findall(r"'([^']*)'", text) or ["?"])[k]


def _count(n, names):
    return f"{n} = {names[n]}" if n in names else str(n)


def _shape_in_words(shape, names):
    """(3, 2) = (H, B)"""
    shape = [int(n) for n in re.findall(r"\d+", str(shape))]
    plain = str(tuple(shape))
    known = [names.get(n, str(n)) for n in shape]
    return plain if not shape or not any(n in names for n in shape) else f"{plain} = ({', '.join(known)}{',' * (len(known) == 1)})"


def _parameters(answer):
    try:
        return list(inspect.signature(answer).parameters)
    except (TypeError, ValueError):
        return []


def _arguments(task):
    return ", ".join(inspect.signature(task.right).parameters)


def _changed(task, before, after):
    """The name of an argument that is no longer what it was."""
    for name, a, b in zip(inspect.signature(task.right).parameters, before, after):
        try:
            same = all(p is q or np.shape(p) == np.shape(q) and np.allclose(p, q, rtol=1e-9, atol=1e-9, equal_nan=True)
                       for _, p, q in _pairs(name, b, a))
        except Said as said:
            same = not isinstance(a, np.ndarray | Mapping | tuple | list) or said is None
        if not same:
            return name
    return None


def _notebook_arrays(answer):
    """The arrays and numbers that a function reads from where it was written."""
    code, room = getattr(answer, "__code__", None), getattr(answer, "__globals__", {})
    if not isinstance(code, CodeType):
        return []
    return sorted(n for n in _globals_read(code) if n not in vars(builtins)
                  and isinstance(room.get(n), np.ndarray | dict | list | tuple) and not isinstance(room.get(n), ModuleType))


def _globals_read(code):
    inner = (c for c in code.co_consts if isinstance(c, CodeType))
    return {s.argval for s in dis.get_instructions(code) if s.opname == "LOAD_GLOBAL"}.union(*map(_globals_read, inner))


# --- right numbers in a wrong dress -------------------------------------------------------------------------


def _structure(task, results, expected, line):
    """Said if a result is built otherwise than it should be."""
    for r, e in zip(results, expected):
        try:
            _pairs(task.gives, r, e)
        except Said as said:
            if isinstance(e, tuple) and isinstance(r, tuple | list) and len(r) == len(e) <= 4:
                _order(task, results, expected, line)
            kind, steps, _ = said.args
            raise Said(kind, *steps, line) from None


def _order(task, results, expected, line):
    """Said if all things are right and only stand in another order."""
    n = len(expected[0])
    for order in itertools.permutations(range(n)):
        if all(_same([r[k] for k in order], e, task) for r, e in zip(results, expected)):
            raise Said("order", say("the numbers are right, but their order is not: `{gives}` is expected.", gives=task.gives), line)


def _nearly(task, answer, cases, results, expected, right, line):
    """Said if all results are the right ones after something simple: turned over, negated, scaled, rounded …"""
    if isinstance(expected[0], tuple) and not hasattr(expected[0], "_fields"):
        _order(task, results, expected, line)
    rows = [_pairs(task.gives, r, e) for r, e in zip(results, expected)]
    both = [(a, b) for case in rows for _, a, b in case if a is not None and b is not None]

    def always(f):
        try:
            return len(both) and all(close(a, np.asarray(f(b))) for a, b in both)
        except (ValueError, IndexError):
            return False

    if all(a.size == b.size for a, b in both) and any(a.shape != b.shape for a, b in both):
        k, (label, a, b) = next((k, row) for k, case in enumerate(rows) for row in case if row[1].shape != row[2].shape)
        shapes = _shapes(task, k, a, b)
        if always(np.transpose):
            raise Said("shape", say("the right numbers, turned over: {shapes}. Rows are units, each column is one example.",
                                     shapes=shapes), line)
        if all(close(a.reshape(b.shape), b) for a, b in both):
            raise Said("shape", say("the right numbers in another shape: {shapes}.", shapes=shapes), line)
    if any(a.dtype.kind in "iub" for a, _ in both) and always(lambda b: np.trunc(b)):
        raise Said("dtype", say("the right numbers without what stands behind the point: somewhere they pass through an array of "
                                 "whole numbers (`int`)."), line)
    for digits in range(1, 5):
        if always(lambda b: np.round(b, digits)):
            raise Said("rounded", say("rounded to {n} digits. Give the number as it is; whoever shows it may round it.", n=digits), line)
    sized = [(s, a, b) for s, case in zip(_sizes(task), rows) for _, a, b in case if b is not None]
    if all(a is not None and a.shape == b.shape and np.vdot(b, b) for _, a, b in sized):
        factors = np.array([np.vdot(b, a) / np.vdot(b, b) for _, a, b in sized])
        if all(close(a, q * b) for q, (_, a, b) in zip(factors, sized)):
            if np.allclose(factors, factors[0]):
                what = say("minus") if np.isclose(factors[0], -1) else f"{factors[0]:.4g} ×"
                raise Said("scaled", say("your numbers are {what} the right ones, every time.", what=what), line)
            for name in "BTHDK":
                n = np.array([getattr(s, name) for s, _, _ in sized], float)
                for sign, q in (("× ", n), ("/ ", 1 / n)):
                    if np.allclose(factors, q):
                        raise Said("scaled", say("your numbers are the right ones {what}: a mean where a sum belongs, or the other way "
                                                  "round?", what=sign + name), line)
    for what, f in (
        (say("one minus the right ones"), lambda b: 1 - b), (say("the inverses of the right ones, 1/…"), lambda b: 1 / b),
        (say("the squares of the right ones"), np.square), (say("the square roots of the right ones"), np.sqrt),
        (say("the logarithms of the right ones"), np.log), (say("the exponentials of the right ones"), np.exp),
        (say("the absolute values of the right ones"), np.abs), (say("tanh of the right ones"), np.tanh),
        (say("σ of the right ones"), lambda b: 1 / (1 + np.exp(-b))),
        (say("the right ones in reverse order along the first axis"), lambda b: b[::-1]),
        (say("the right ones, one step late"), lambda b: np.concatenate([b[:1] * 0, b[:-1]])),
        (say("the right ones, one step early"), lambda b: np.concatenate([b[1:], b[:1] * 0])),
    ):
        if always(f):
            raise Said("nearly", say("your numbers are {what}.", what=what), line)
    if any(b.ndim and a.shape == b.shape and b.shape[-1] > 1 for a, b in both) and all(
            a.shape == b.shape and close(a[..., :1], b[..., :1]) for a, b in both if b.ndim):
        raise Said("first only", say("right for the first example of the batch, wrong for the others: each column must be treated alike."), line)
    if any(right):
        raise Said("some", say("right for some inputs, wrong for others: is a size, or a number, written into it that only holds "
                                "in one case?"), line)
    with _limit(SECONDS), _Ear(loud=False):
        again = _outcome(task, answer, deepcopy(cases[0]))
    if not _same(again, results[0], task):
        raise Said("impure", say("called twice with the same arguments, your function answers differently: something is kept from "
                                  "call to call, or drawn at random."), line)


def _shapes(task, k, a, b):
    names = {n: name for name, n in zip("TBDHK", _sizes(task)[k])} | {sum(_sizes(task)[k][2:4]): "H+D"}
    return say("yours is {a}, expected is {b}", a=_shape_in_words(a.shape, names), b=_shape_in_words(b.shape, names))


def _shape(task, results, expected, line):
    """Said if an array has not the expected shape."""
    for k, (r, e) in enumerate(zip(results, expected)):
        for label, a, b in _pairs(task.gives, r, e):
            if (a is None) != (b is None):
                raise Said("shape", say("`{label}` is {a} where {b} is expected.", label=label, a=_what(None if a is None else a.tolist()),
                                         b=_what(None if b is None else b.tolist())), line)
            if a is not None and a.shape != b.shape:
                raise Said("shape", say("`{label}` has not the shape {words}: {shapes}.", label=label, words=task.shapes,
                                         shapes=_shapes(task, k, a, b)), line)


def _numbers(task, results, expected, line):
    """Said if a result holds what is no number, or whole numbers where fractions belong."""
    for r, e in zip(results, expected):
        for label, a, b in _pairs(task.gives, r, e):
            if a is None:
                continue
            if a.dtype.kind == "c" or (a.dtype.kind in "iub" and b.dtype.kind == "f" and not np.allclose(b, np.round(b))):
                raise Said("dtype", say("`{label}` holds numbers of the kind {dtype}; floats are expected.", label=label,
                                         dtype=f"`{a.dtype}`"), line)
            if not np.isfinite(a).all() and np.isfinite(b).all():
                at = np.argwhere(~np.isfinite(a))[0].tolist()
                raise Said("nan", say("`{label}` holds {bad}, first at {at}: an overflow of `exp`, a division 0/0 or the logarithm "
                                       "of 0?", label=label, bad=f"`{a[tuple(at)]}`", at=at), line)


# --- where it first differs ---------------------------------------------------------------------------------


def _where(task, answer, cases, results, expected, right, line):
    """Always Said: the first quantity, and the first moment, that differ, with a picture."""
    k = right.index(False)
    rows = _pairs(task.gives, results[k], expected[k])
    if task.look:
        with _limit(SECONDS), _Ear(loud=False):
            try:
                yours, theirs = (task.look(f, *deepcopy(cases[k])) for f in (answer, task.right))
                moments = list(theirs.values())[0].shape[0]
                order = range(moments)[::-1] if task.backwards else range(moments)
                for t in order:
                    for name, b in theirs.items():
                        a = yours[name]
                        if not close(a[t], b[t], ATOL * np.abs(b).max()):
                            first = t == order[0]
                            what = (say("`{name}` is wrong from its first moment on, t = {t}", name=name, t=t) if first else
                                    say("`{name}` is right {way} t = {t}, then it goes wrong", name=name, t=order[order.index(t) - 1],
                                        way=say("down to") if task.backwards else say("up to")))
                            if moments == 1:
                                what = say("the first wrong quantity is `{name}`", name=name)
                            raise Said("differs", f"{what}.", _by_how_much(name, a[t], b[t]), line, picture=_picture(name, a, b))
            except (_TooLong, ValueError, TypeError, IndexError, KeyError, AttributeError):
                pass
    label, a, b = next(row for row in rows if not close(row[1], row[2], task.tolerance))
    names = [label for label, _, _ in rows]
    before = names[:names.index(label)]
    what = (say("{before} right; the first wrong quantity is `{name}`.", before=", ".join(before), name=label) if before else
            say("`{name}` is not right yet.", name=label))
    raise Said("differs", what, _by_how_much(label, a, b), line, picture=_picture(label, a, b))


def _by_how_much(name, a, b):
    off = np.abs(a - b)
    at = np.unravel_index(np.argmax(off), off.shape)
    where = f"{name}[{', '.join(map(str, map(int, at)))}]" if at else name
    text = say("Largest difference: `{where}` is {a}, expected {b}.", where=where, a=f"{a[at]:.4g}", b=f"{b[at]:.4g}")
    if off.max() < 0.01 * np.abs(b).max():
        text += " " + say("That is close, yet more than rounding: look for a constant too many, or an approximation.")
    return text


def _picture(label, a, b):
    """Yours - expected as a small heat map, over moments (or rows) and units (or columns): its SVG, and the same in words."""
    d = np.atleast_1d(a - b).astype(float)
    if d.ndim == 3:
        d = np.take_along_axis(d, np.abs(d).argmax(-1)[..., None], -1)[..., 0]
    if d.ndim != 2 or d.size > 600 or not np.isfinite(d).all():
        return None
    top = np.abs(d).max() or 1
    cells = "".join(
        f'<rect x="{34 + 22 * y}" y="{18 + 22 * x}" width="20" height="20" stroke="#888" fill="{"#0072B2" if v < 0 else "#D55E00"}" '
        f'fill-opacity="{0 if abs(v) <= ATOL * 10 * top else 0.15 + 0.85 * abs(v) / top:.2f}"/>'
        for (y, x), v in np.ndenumerate(d))
    rows, columns = d.shape
    width, height = 40 + 22 * rows, 24 + 22 * columns
    ticks = "".join(f'<text x="{44 + 22 * y}" y="13" text-anchor="middle">{y}</text>' for y in range(rows))
    ticks += "".join(f'<text x="28" y="{32 + 22 * x}" text-anchor="end">{x}</text>' for x in range(columns))
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-size="11" font-family="sans-serif" '
           f'fill="#444"><rect width="{width}" height="{height}" fill="#fff"/>{ticks}{cells}</svg>')
    good = [y for y in range(rows) if np.abs(d[y]).max() <= ATOL * 10 * top]
    y, x = np.unravel_index(np.abs(d).argmax(), d.shape)
    alt = say("yours − expected, {name}: {rows} across, {columns} down; zero at {good}; largest {v} at {y}, {x}",
              name=label, rows=rows, columns=columns, good=", ".join(map(str, good)) or say("none"), v=f"{d[y, x]:.3g}", y=int(y), x=int(x))
    return svg, alt


# --- puzzles ------------------------------------------------------------------------------------------------


def _judge_puzzle(puzzle, answer):
    _written(puzzle, answer)
    try:
        with _limit(SECONDS), _Ear(loud=True) as ear:
            weights = answer()
    except _TooLong:
        raise Said("endless", say("your function was still running after {n} seconds and was stopped. Does its loop ever end?",
                                   n=SECONDS)) from None
    except NotImplementedError:
        raise _blank() from None
    except BaseException as error:
        raise Said("crash", say("it stopped with {error}.", error=f"{type(error).__name__}: {error}".splitlines()[0].rstrip("."))) from None
    if weights is None:
        raise Said("printed" if ear.heard else "forgotten", say("your function computes, but returns nothing."))
    names = list(puzzle.shapes)
    if len(names) == 1 and not (isinstance(weights, tuple) and len(weights) == 1):
        weights = (weights,)
    if not isinstance(weights, tuple | list) or len(weights) != len(names):
        raise Said("structure", say("`return {names}` is expected; yours is {what}.", names=", ".join(names), what=_what(weights)))
    arrays = []
    for name, w in zip(names, weights):
        try:
            w = np.array(w, float)
        except (TypeError, ValueError):
            raise Said("structure", say("`{label}` is {what}, where numbers are expected.", label=name, what=_what(w))) from None
        shape = puzzle.shapes[name]
        if w.shape != shape and [n for n in w.shape if n > 1] != [n for n in shape if n > 1]:
            raise Said("shape", say("`{label}` has the shape {a}; expected is {b}.", label=name, a=w.shape, b=shape))
        if np.isnan(w).any():
            raise Said("nan", say("`{label}` holds `nan`.", label=name))
        arrays.append(w.reshape(shape))
    failure = puzzle.trial(*arrays)
    if failure:
        raise Said("fails", _own(failure), *_own((puzzle.en, puzzle.fr)))
    return "right", (say("solved: it did its job on every input tried."),), None


def rows_of_symbols(symbols, longest, rng, up_to=20000):
    """Rows of symbols 0 … symbols-1, the shortest first, as arrays (T, B): all rows of a length while they are few, then

    those that begin with one symbol and go on with another, and 200 random ones.
    """
    for T in range(1, longest + 1):
        if symbols**T <= up_to:
            yield np.arange(symbols**T) // symbols ** np.arange(T)[::-1, None] % symbols
        else:
            first, then = np.divmod(np.arange(symbols**2), symbols)
            plain = np.concatenate([first[None], np.tile(then, (T - 1, 1))])
            yield np.concatenate([plain, rng.integers(symbols, size=(T, 200))], axis=1)


# --- time and sound -----------------------------------------------------------------------------------------


class _TooLong(BaseException):
    """No Exception, so that an answer's own `except Exception` does not swallow it."""


@contextmanager
def _limit(seconds):
    """Raises _TooLong in this thread after so many seconds, and again every 20 ms, should it be swallowed."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        def ring(*_):
            raise _TooLong
        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.02)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        return
    done, thread = threading.Event(), ctypes.c_ulong(threading.get_ident())      # Windows, and threads

    def watch():
        pause = seconds
        while not done.wait(pause):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_TooLong))
            pause = 0.02
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)


class _Ear:
    """Hears whether something is printed; loud: lets it through."""

    def __init__(self, loud):
        self.loud, self.heard = loud, False

    def __enter__(self):
        self.out = sys.stdout
        self.redirect = redirect_stdout(self)
        self.redirect.__enter__()
        return self

    def __exit__(self, *error):
        self.redirect.__exit__(*error)

    def write(self, text):
        self.heard |= bool(text.strip())
        return self.out.write(text) if self.loud else len(text)

    def flush(self):
        self.out.flush()

    def __getattr__(self, name):
        return getattr(self.out, name)
