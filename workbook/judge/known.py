"""Known mistakes, run: which of them, or which two, gives the numbers that a learner's answer gave?"""

import ast
import inspect
import itertools
import re
import textwrap
from difflib import SequenceMatcher
from functools import cache
from os.path import commonprefix

from lstmlib.cells import sigmoid

from ..words import say
from .calls import Ear, outcome, thread_time
from .results import alike, leaves, pieces
from .run import given
from .task import Said, Wrong, own

PATIENCE = {2: 0.045, 3: 0.03}      # seconds of computing for trying so many together
NEAREST = 6                        # sets of mistakes that are gone on with
LOOKS = 16                         # tries between two looks at the clock, which takes its time too


@cache
def text_of(right):
    """The text of a right answer, without its docstring."""
    text = textwrap.dedent(inspect.getsource(right))
    first, lines = ast.parse(text).body[0].body[0], text.splitlines()
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        del lines[first.lineno - 1:first.end_lineno]
    return "\n".join(lines)


@cache
def edited(task, picked):
    """The right answer with these mistakes (their numbers) in it; None if they do not fit together."""
    variants, changes = _variants(task)
    places = [n for k in picked for n in changes.get(k, ())]
    if all(k in changes for k in picked) and len(places) == len(set(places)):
        return variants(picked)
    try:
        return (text := _merged(task, picked)) and _compiled(task, text, task.right.__name__)
    except SyntaxError:
        return None


@cache
def _spans(task, k):
    """What a mistake changes, no more than it must: [(start, end, new)] in the words of the right answer's text."""
    old, new = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (
        text_of(task.right), with_mistake(text_of(task.right), task.mistakes[k])))
    n = len(commonprefix([old, new]))
    end = -len(commonprefix([old[n:][::-1], new[n:][::-1]])) or None
    parts = SequenceMatcher(None, old[n:end], new[n:end], autojunk=False)
    spans = parts.get_opcodes() if parts.ratio() > 0.5 else [("", 0, len(old[n:end]), 0, len(new[n:end]))]
    return [(n + i, n + j, "".join(new[n + a:n + b])) for kind, i, j, a, b in spans if kind != "equal"]


def _apart(task, picked):
    """The spans of these mistakes in the order of the text; none where two change the same word."""
    spans = sorted((span for k in picked for span in _spans(task, k)), key=lambda span: span[:2])
    return spans if all(a[1] <= b[0] for a, b in itertools.pairwise(spans)) else []


def _merged(task, picked):
    """The right answer's text with these mistakes, each where it changes a word; where two change the same word, one
    after the other. None if they do not fit together.
    """
    text = text_of(task.right)
    if spans := _apart(task, picked):
        words = re.findall(r"\w+|\s+|[^\w\s]", text)
        for start, end, new in reversed(spans):
            words[start:end] = [new]
        return "".join(words)
    for k in picked:
        text = text and with_mistake(text, task.mistakes[k])
    return text


@cache
def _variants(task):
    """(f, changes): f(picked) is the right answer with some mistakes in it; changes: {number: {line: text}}.

    Compiling is what takes time. One text with an `if` at each edited line takes that of two or three
    answers, not of eighty. Mistakes that add lines, drop lines or edit the head of a block are not in it.
    """
    lines, changes = text_of(task.right).split("\n"), {}
    for k, mistake in enumerate(task.mistakes):
        new = with_mistake("\n".join(lines), mistake).split("\n")
        change = {n: b for n, (a, b) in enumerate(zip(lines, new)) if a != b}
        plain = all(_indent(new) == _indent(lines[n]) and new[-1:] != ":" for n, new in change.items())
        if plain and len(new) == len(lines):
            changes[k] = change
    text = ["def variants(picked):"]
    for n, line in enumerate(lines):
        indent, words = " " * (4 + _indent(line)), itertools.chain(["if"], itertools.repeat("elif"))
        here = [(k, change[n]) for k, change in changes.items() if n in change]
        for word, (k, new) in zip(words, here):
            text += [f"{indent}{word} {k} in picked:", f"{indent}    {new.strip()}"]
        text += [f"{indent}else:", f"{indent}    {line.strip()}"] if here else ["    " + line]
    text += [f"    return {task.right.__name__}"]
    return _compiled(task, "\n".join(text), "variants"), changes


def _compiled(task, text, name):
    room = {"sigmoid": sigmoid, **task.right.__globals__}
    exec(compile(text, f"<{task.right.__name__}>", "exec"), room)
    return room[name]


def _indent(line):
    return len(line) - len(line.lstrip())


def with_mistake(text, mistake):
    """The text with a mistake in it; None if it does not fit: another one has changed the place."""
    for old, new in zip(mistake.edits[::2], mistake.edits[1::2]):
        if old not in text:
            return None
        text = text.replace(old, new, 1)
    return text


@cache
def mistaken(task, picked, k):
    """The leaves of what the answer with these mistakes gives in case k. (None writes into its arguments.)"""
    wrong = edited(task, picked)
    with Ear(loud=False):
        return None if wrong is None else leaves(outcome(task.play, wrong, *given(task, k)))


def right(ran):
    """Is it the right answer, at the corners, too?"""
    if all(ran.right):
        ran.widen()
    if all(ran.right) and ran.changed:
        raise Said("changed", say(
            "the result is right, but your function changes its argument `{name}` in place: whoever called it finds "
            "other numbers there afterwards.", name=ran.changed), say(
            "`a += …`, `a *= …` and `a[…] = …` write into the array that came in. Make a new one: `a = a + …`, or "
            "`a.copy()` first."))
    if all(ran.right):
        raise Said("right", say("right."))


def mistake(ran):
    """Is it a known mistake?"""
    yours = {k: leaves(r) for k, r in enumerate(ran.results)}
    for n, known in enumerate(ran.task.mistakes):
        if _gives(ran.task, (n,), yours):
            steps = own((known.en, known.fr))
            raise (Said if len(steps) > 2 else Wrong)("mistake", *steps, mistakes=(known.id,))


def two_mistakes(ran):
    """Is it two of them together? First those that show: many a piece (a moment, a gate) shows one alone."""
    _together(ran, 2, lambda one, two: say("two things at once. First: {one} Second: {two}", one=one, two=two))


def three_mistakes(ran):
    """Is it three of them?"""
    _together(ran, 3, lambda one, two, three: say(
        "three things at once. First: {one} Second: {two} Third: {three}", one=one, two=two, three=three))


def _together(ran, n, told):
    """Do n mistakes give these numbers together, in whatever order they were made? If so, and in time, raises Wrong."""
    task, end = ran.task, thread_time() + PATIENCE[n]
    yours = {None: leaves(ran.anew(given(task, None))), **{k: leaves(r) for k, r in enumerate(ran.results)}}
    for count, picked in enumerate(_likely(ran, yours[0], n, end)):
        if any(_gives(task, order, yours) for order in orders(task, picked)):
            them = [task.mistakes[k] for k in picked]
            first, where = zip(*(own((known.en, known.fr))[:2] for known in them))
            raise Wrong("two", told(*first), " ".join(where), mistakes=tuple(known.id for known in them))
        if count % LOOKS == 0 and thread_time() > end:
            return


def _likely(ran, yours, n, end):
    """Every n of them: first those of which n - 1 come nearer to yours than any fewer, then those with fewer such.

    Many a piece (a moment, a gate) shows one mistake alone; what a piece shows, the next may not spoil.
    """
    task, numbers = ran.task, range(len(ran.task.mistakes))
    if ran.near is None:
        ran.near = [[(pieces(yours, leaves(ran.expected[0])).sum(), ())]]
    if len(ran.near) < n:
        more = {tuple(sorted((*few, k))): m for m, few in ran.near[-1] for k in numbers if k not in few}
        shown = {picked: pieces(yours, mistaken(task, picked, 0)).sum() for picked in more if thread_time() < end}
        nearer = sorted(((m, picked) for picked, m in shown.items() if m > more[picked]), reverse=True)
        ran.near.append(nearer[:NEAREST])
    tried = set()
    for m in range(n - 1, -1, -1):
        for (_, few), rest in itertools.product(ran.near[m], itertools.combinations(numbers, n - m)):
            picked = tuple(sorted({*few, *rest}))
            if len(picked) == n and picked not in tried:
                tried.add(picked)
                yield picked


@cache
def orders(task, picked):
    """The orders in which these mistakes can be made that do not come to the same text; most often one."""
    spans = _apart(task, picked)
    if spans and len({span[:2] for span in spans}) == len(spans):
        return (picked,)
    texts = {}
    for order in itertools.permutations(picked):
        texts.setdefault(_merged(task, order), order)
    texts.pop(None, None)
    return tuple(texts.values())


def _gives(task, picked, yours):
    return all(alike(y, mistaken(task, picked, k), task.tolerance) for k, y in yours.items())
