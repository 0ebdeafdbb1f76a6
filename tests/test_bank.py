"""Two banks of answers in students' styles: no wrong one passes, and most get the right hint; every right one
passes.
"""
import pytest
from bank import RIGHT, WRONG, right_answers, wrong_answers  # noqa: F401

from lstmlib import judge as J
from lstmlib.exercises import book, check


def hint(name, verdict):
    """The name of the known mistake that the verdict speaks of, or names for two, or its kind."""
    names = {m.en[0]: m.name for m in getattr(book()[name], "mistakes", ())}
    if verdict.kind == "mistake":
        return {verdict.kind, names[verdict.steps[0]]}
    if verdict.kind == "two":
        told = [n for text, n in names.items() if text in verdict.steps[0]]
        return {" + ".join(pair) for pair in (told, told[::-1])} | {"two"}
    return {verdict.kind}


VAGUE = {"differs", "some", "nearly"}


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
        given = hint(name, verdict := check(name, answer))
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
