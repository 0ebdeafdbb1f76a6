"""The learner's own line: shown where the right values at that place make all the rest right, and else not at all."""
import difflib
import linecache
import re

import numpy as np
import pytest

from lstmlib.cells import State, sigmoid
from workbook import exercises
from workbook import judge as J
from workbook.judge import known
from workbook.judge.calls import Crash
from workbook.judge.line import own_line
from workbook.judge.run import Ran


def function(text, room, name):
    """A function whose text Python can find again, as in a notebook."""
    file = f"<line {len(linecache.cache)}>"
    linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file
    room = dict(room)
    exec(compile(text, file, "exec"), room)
    return room[name]


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """On a busy machine, too."""
    monkeypatch.setattr("workbook.judge.line.PATIENCE", 2)


def shown(name, text):
    task = exercises.book()[name]
    with np.errstate(all="ignore"):
        ran = Ran(task, function(text, {"np": np, "sigmoid": sigmoid, "State": State}, name), 3)
        return None if any(isinstance(result, Crash) for result in ran.results) else own_line(ran)


@pytest.mark.parametrize("name", ["softmax", "clip", "rnn_forward", "jacobian", "lstm_step", "lstm_back"])
def test_of_our_own_mistakes_it_shows_the_line_that_was_edited(name):
    """No line but that one; and it speaks for a third of them at least."""
    task = exercises.book()[name]
    base, said, spoke = known.text_of(task.right), [], 0
    for mistake in task.mistakes:
        text = known.with_mistake(base, mistake)
        answer = function(text, {"sigmoid": sigmoid, **task.right.__globals__}, task.right.__name__)
        with np.errstate(all="ignore"):
            ran = Ran(task, answer, 3)
            if any(isinstance(result, Crash) for result in ran.results) or all(ran.right):
                continue
            line = own_line(ran)
        new = {row[2:].strip() for row in difflib.ndiff(base.split("\n"), text.split("\n")) if row[:2] == "+ "}
        said += [(mistake.id, line)] * bool(line and line.split("`")[1] not in new)
        spoke += bool(line)
    assert said == [] and spoke > .33 * len(task.mistakes)


OTHER_HANDS = [                            # in names and an order of one's own: (exercise, answer, the line)
    ("lstm_back", """
def lstm_back(p, ds, tape):
    z, f, i, o, g, c_prev, c, h = tape
    t = np.tanh(c)
    up = ds.c + ds.h * (1 - t**2)
    slopes = np.stack([up * c_prev * f * (1 - f), up * g * i * (1 - i), ds.h * t * o * (1 - o), up * i * (1 - g**2)])
    back = np.einsum("ghk,ghb->kb", p["W"], slopes)
    H = len(h)
    return ({"W": np.einsum("ghb,kb->ghk", slopes, z), "b": slopes.sum(2, keepdims=True)},
            State(back[:H], up * f), back[H:])
""", "up = ds.c + ds.h * (1 - t**2)"),
    ("softmax", """
def softmax(y):
    top = y.max()
    raised = np.exp(y - top)
    return raised / raised.sum(0)
""", "raised = np.exp(y - top)"),
    ("clip", """
def clip(grads, max_norm):
    size = 0
    for g in grads:
        size = size + abs(g).sum()
    size = np.sqrt(size)
    return [g * min(1, max_norm / size) if size else g for g in grads]
""", "size = np.sqrt(size)"),
    ("rnn_forward", """
def rnn_forward(W, b, xs, h0):
    H, seen, state = len(h0), [], h0
    for x in xs:
        state = np.tanh(W[:, :H] @ h0 + W[:, H:] @ x + b)
        seen.append(state)
    return np.array(seen)
""", "state = np.tanh(W[:, :H] @ h0 + W[:, H:] @ x + b)")]


@pytest.mark.parametrize("name, text, line", OTHER_HANDS, ids=[name for name, *_ in OTHER_HANDS])
def test_it_shows_the_line_whatever_its_names(name, text, line):
    assert shown(name, text.lstrip()).split("`")[1] == line


@pytest.mark.parametrize("name, text", [
    ("clip", "def clip(grads, max_norm):\n    return [g * 2 for g in grads]\n"),                      # the whole result
    ("first_gate", "def first_gate(a):\n    return np.tanh(a)\n"),
    ("lstm_step", """
def lstm_step(p, s, x):
    z = np.concatenate([x, s.h])
    f, i, o, g = p["W"] @ z
    f, i, o, g = sigmoid(f), sigmoid(i), sigmoid(o), np.tanh(g)
    c = f * s.c + g
    return State(o * c, c), None
""")])
def test_where_no_single_line_is_at_fault_it_says_nothing(name, text):
    assert not shown(name, text.lstrip())


def test_it_stands_in_the_verdict_and_never_in_grading(monkeypatch):
    name, text, line = OTHER_HANDS[1]
    answer = function(text.lstrip(), {"np": np}, name)
    monkeypatch.setattr(J, "on_verdict", [lambda verdict, answer: None])
    verdict = exercises.check(name, answer)
    assert line in verdict.line and verdict.page().count("Your line") == 1 and line not in repr(verdict)
    monkeypatch.setattr(J, "on_verdict", [])
    assert exercises.check(name, answer).line == ""


def test_running_it_again_leaves_nothing_behind():
    """The answer's own globals stay as they are, and what it prints is not heard."""
    room, text = {"np": np}, "def softmax(y):\n    e = np.exp(y - y.max())\n    print(y)\n    return e / e.sum(0)\n"
    answer = function(text, room, "softmax")
    before = set(answer.__globals__)
    with np.errstate(all="ignore"):
        own_line(Ran(exercises.book()["softmax"], answer, 3))
    assert set(answer.__globals__) == before


def test_yours_stands_first_and_then_what_is_expected():
    """What lacks its tanh is too large."""
    told = shown("hidden", "def hidden(o, c):\n    said = 1 * c\n    return o * said\n")
    yours, expected = re.search(r"is (\S+), expected (\S+)\.$", told).groups()
    assert abs(float(yours)) > abs(float(expected))
