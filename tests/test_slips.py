"""One slip in an answer's own text, or two: what is said has been tried; and what cannot be tried is left alone."""
import time

import numpy as np
import pytest

from lstmlib.cells import join, sigmoid
from workbook import judge as J
from workbook.exercises import check
from workbook.judge import slips


@pytest.fixture(autouse=True)
def somebody_listens(monkeypatch):
    """And is patient, on a busy machine, too."""
    monkeypatch.setattr(J, "on_verdict", [lambda verdict, answer: None])
    monkeypatch.setattr(slips, "PATIENCE", 2)


def sign_of_x(W_g, b_g, h, x):
    n = len(h)
    return np.tanh(W_g[:, :n] @ h - W_g[:, n:] @ x + b_g)


def one_more(W_f, b_f, h, x):
    return sigmoid(W_f @ join(h, x) + b_f + 1)


def along_the_steps(scores, target, mask):
    a = scores - scores.max(axis=2, keepdims=True)
    p = np.take_along_axis(a - np.log(np.exp(a).sum(axis=1, keepdims=True)), target[:, :, None], axis=2)
    return -(p[:, :, 0] * mask).sum() / mask.sum()


def two_slips(o, c):
    return (1 - o) * np.tanh(c / 2)


@pytest.mark.parametrize("name, answer, old, new", [
    ("candidate", sign_of_x, "`W_g[:, :n] @ h - W_g[:, n:] @ x`", "`W_g[:, :n] @ h + W_g[:, n:] @ x`"),
    ("loss_of_scores", along_the_steps, "`np.exp(a).sum(axis=1, keepdims=True)`",
     "`np.exp(a).sum(axis=-1, keepdims=True)`"),
    ("forget_gate", one_more, "`W_f @ join(h, x) + b_f + 1`", "`W_f @ join(h, x) + b_f`"),
    ("hidden", two_slips, "`1 - o` and `c / 2`", "`o` and `c`")])
def test_the_place_is_named_first_and_then_what_belongs_there(name, answer, old, new):
    verdict = check(name, answer)
    assert verdict.kind == "slip" and old in verdict.steps[0] and new in verdict.steps[1]
    assert new not in verdict.steps[0] and not verdict.passed


def half_as_a_power(f):
    return np.log(2) / (1 - f)


def of_the_least(f, i, g, h):
    return np.minimum(f, i) * h + np.maximum(f, i) * g


def test_a_mistake_that_mends_nothing_by_itself_is_not_told_beside_a_slip():
    assert check("half_life", half_as_a_power).kind not in ("two", "slip", "mistake")


def test_what_throws_a_part_away_is_no_slip_beside_a_mistake():
    assert check("min_update", of_the_least).kind not in ("two", "slip", "mistake")


def only_up_to_four(o, c):
    return o * np.tanh(c) if abs(c).max() < 4 else np.cos(o) + np.sin(c)


def added_beyond_four(o, c):
    return o * np.tanh(c) if abs(c).max() < 4 else o + np.tanh(c)


def test_to_keep_a_wrong_branch_from_being_run_is_no_mending():
    """With `abs(c).min() < 4` all would come out right, and the wrong line would still stand there."""
    assert check("hidden", only_up_to_four).kind == "some"
    verdict = check("hidden", added_beyond_four)
    assert verdict.kind == "slip" and "`o * np.tanh(c)`" in verdict.steps[1]


def test_the_text_is_not_run_in_grading(monkeypatch):
    monkeypatch.setattr(J, "on_verdict", [])
    assert check("forget_gate", one_more).kind == "differs"


def reads_what_it_writes(W, b, xs, h0):
    hs, h = [], h0
    while len(hs) < len(xs):
        h = np.tanh(W @ join(h, xs[len(hs)]) + 3 * b * h)
        hs.append(h)
    return np.array(hs)


def test_a_change_that_would_never_end_is_stopped():
    start = time.process_time()
    assert not check("rnn_forward", reads_what_it_writes).passed
    assert time.process_time() - start < 3


@pytest.mark.parametrize("form", [*slips.BENT, *slips.JOINED, *slips.NUMBERS])
def test_what_is_proposed_is_what_was_tried(form):
    """`1 - f` stands for one minus f: each text, run, gives what its change gives."""
    q, r = np.random.default_rng(0).normal(size=(2, 3, 3))
    tried = (slips.BENT[form](q) if form in slips.BENT else
             slips.JOINED[form](q, r) if form in slips.JOINED else slips.NUMBERS[form])
    assert np.array_equal(eval(form.format(q="q", r="r"), {"np": np, "sigmoid": sigmoid, "q": q, "r": r}), tried)
