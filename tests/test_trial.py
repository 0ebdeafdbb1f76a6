"""The learner as the judge: what a test lets through is counted, shown and kept; a bad test is told what it did."""
import numpy as np
import pytest

from lstmlib.cells import LSTM, State
from workbook import exercises, progress
from workbook.trial import be_the_judge, suspects

RNG = np.random.default_rng(0)
W, b, h, x = RNG.normal(size=(2, 5)), RNG.normal(size=(2, 1)), RNG.normal(size=(2, 3)), RNG.normal(size=(3, 3))


def half(f):
    return np.allclose(f(0 * W, 0 * b, h, x), 0.5)


def thorough(f):
    return half(f) and np.allclose(f(W, b, h, x), 1 / (1 + np.exp(-(W[:, :2] @ h + W[:, 2:] @ x + b))))


def counts(note):
    return [int(word) for word in note.text.split("\n")[0].replace(".", "").split() if word.isdecimal()]


def test_a_weak_test_lets_some_through_and_shows_the_line_of_one():
    caught, n = counts(note := be_the_judge("forget_gate", half))
    assert 0 < caught < n
    right, wrong = note.text.split("\n")[-2:]
    assert right == "return sigmoid(W_f @ join(h, x) + b_f)" and wrong.startswith("return ") and wrong != right


def test_a_thorough_one_catches_all_that_differ():
    caught, n = counts(be_the_judge("forget_gate", thorough))
    assert caught == n == len(suspects(exercises.book()["forget_gate"])) > 20


@pytest.mark.parametrize("test, told", [
    (lambda f: 1 / 0, "does not accept the right answer: ZeroDivisionError: division by zero"),
    (lambda f: "yes", "it returned str, where True or False is expected"),
    (lambda f: False, "it said False"), (lambda: True, "TypeError")])
def test_a_test_that_condemns_the_right_answer_is_told_how(test, told):
    assert told in be_the_judge("forget_gate", test).text


def test_what_never_ends_is_no_acceptance(monkeypatch):
    monkeypatch.setattr("workbook.trial.SECONDS", .05)

    def slow(f):
        while not half(f) or f(0 * W, 0 * b + 1, h, x).min() < .7:
            pass
        return True
    caught, n = counts(be_the_judge("forget_gate", slow))
    assert 0 < caught < n


def test_the_best_is_kept(work):
    be_the_judge("forget_gate", thorough)
    best = progress.read()[0]["trials"]["forget_gate"]["best"]
    assert f"Your best so far: {best}." in be_the_judge("forget_gate", half).text
    assert progress.read()[0]["trials"]["forget_gate"]["best"] == best


def test_a_name_that_no_exercise_has():
    for name in ("gate", "latch", None):
        with pytest.raises(ValueError, match="expected an exercise"):
            be_the_judge(name, half)


def back_test(size):
    """A gradient check of one step, with a state and a bias of this size."""
    p = {"W": RNG.normal(size=(4, 3, 5)), "b": size * RNG.normal(size=(4, 3, 1))}
    s, out, x = State(*size * RNG.normal(size=(2, 3, 2))), State(*RNG.normal(size=(2, 3, 2))), RNG.normal(size=(2, 2))

    def loss():
        new, _ = LSTM.step(p, s, x)
        return (new.h * out.h + new.c * out.c).sum()

    def slope(w):
        found = np.zeros_like(w)
        for k in np.ndindex(w.shape):
            w[k] += 1e-5
            found[k] = loss()
            w[k] -= 2e-5
            found[k] -= loss()
            w[k] += 1e-5
        return found / 2e-5

    def test(back):
        dp, ds, dx = back(p, out, LSTM.step(p, s, x)[1])
        pairs = (dp["W"], p["W"]), (dp["b"], p["b"]), (ds.h, s.h), (ds.c, s.c), (dx, x)
        return all(np.allclose(given, slope(w), atol=1e-6) for given, w in pairs)
    return test


def test_textbook_inputs_let_wrong_ways_back_through_and_random_ones_none():
    caught, n = counts(be_the_judge("lstm_back", back_test(0)))
    assert .7 * n < caught < n
    caught, n = counts(be_the_judge("lstm_back", back_test(1)))
    assert caught == n > 60
