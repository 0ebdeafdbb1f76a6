"""Two banks of answers in students' styles: no wrong one passes, and most get the right hint; every right one
passes.
"""
import pytest
from bank import RIGHT, WRONG, odd_answers, right_answers, wrong_answers  # noqa: F401

from workbook import judge as J
from workbook.exercises import book, check


def hint(verdict):
    """Its kind, and the ids of the known mistakes that it speaks of, two joined by a + in either order."""
    return {verdict.kind, " + ".join(verdict.mistakes), " + ".join(verdict.mistakes[::-1])}


VAGUE = {"differs", "some"}


def test_the_banks_are_large():
    assert len(WRONG) >= 150 and len(RIGHT) >= 100
    assert {name for name, _, _ in WRONG} == {n for n, task in book().items() if isinstance(task, J.Exercise)}


@pytest.mark.parametrize("name, answer", RIGHT, ids=[f"{n}-{k}" for k, (n, _) in enumerate(RIGHT)])
def test_an_unusual_right_answer_passes(name, answer):
    verdict = check(name, answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize("name, hints, answer", WRONG, ids=[f"{n}-{k}" for k, (n, _, _) in enumerate(WRONG)])
def test_a_wrong_answer_does_not_pass(name, hints, answer):
    assert not check(name, answer).passed


def test_most_wrong_answers_get_the_right_hint(capsys):
    vague, false = [], []
    for k, (name, hints, answer) in enumerate(WRONG):
        given = hint(verdict := check(name, answer))
        if given & VAGUE:
            vague.append((k, name, hints, repr(verdict)))
        elif not given & set(hints):
            false.append((k, name, hints, repr(verdict)))
    with capsys.disabled():
        share = 1 - (len(vague) + len(false)) / len(WRONG)
        print(f"\n{len(WRONG)} wrong answers: {share:.0%} get a specific right hint, {len(vague)} a vague "
              f"one, {len(false)} another")
        for row in vague + false:
            print("  ", *row)
    assert share >= 0.8
