"""Banks of answers in students' styles: no wrong one passes, and most get the right hint; every right one passes."""
from functools import cache

import pytest
from bank import (  # noqa: F401
    RIGHT,
    WRONG,
    by_many_hands,
    in_other_hands,
    odd_answers,
    right_answers,
    right_at_corners,
    right_from_texts,
    wrong_answers,
    wrong_by_twos,
    wrong_from_texts,
)

from workbook import judge as J
from workbook.exercises import book, check
from workbook.judge import known, line, slips

VAGUE = {"differs", "some", "nan", "impure"}


@pytest.fixture(scope="module", autouse=True)
def patient():
    """On a machine of half the speed, too."""
    with pytest.MonkeyPatch.context() as patch:
        for room in (line, slips):
            patch.setattr(room, "PATIENCE", 2 * room.PATIENCE)
        patch.setattr(known, "PATIENCE", {n: 2 * seconds for n, seconds in known.PATIENCE.items()})
        yield


def hint(verdict):
    """Its kind, and the ids of the known mistakes that it speaks of, joined by a + in either order."""
    return {verdict.kind, " + ".join(verdict.mistakes), " + ".join(verdict.mistakes[::-1])}


@cache
def judged(k):
    """The verdict on the k-th wrong answer, as in a notebook, where somebody listens."""
    name, _, answer = WRONG[k]
    J.on_verdict.append(listener := lambda verdict, answer: None)
    try:
        return check(name, answer)
    finally:
        J.on_verdict.remove(listener)


def test_the_banks_are_large():
    assert len(WRONG) >= 400 and len(RIGHT) >= 200
    assert {name for name, _, _ in WRONG} == {n for n, task in book().items() if isinstance(task, J.Exercise)}


@pytest.mark.parametrize("name, answer", RIGHT, ids=[f"{n}-{k}" for k, (n, _) in enumerate(RIGHT)])
def test_an_unusual_right_answer_passes(name, answer):
    verdict = check(name, answer)
    assert verdict.passed, verdict


@pytest.mark.parametrize("k", range(len(WRONG)), ids=[f"{n}-{k}" for k, (n, _, _) in enumerate(WRONG)])
def test_a_wrong_answer_does_not_pass(k):
    assert not judged(k).passed


def test_most_wrong_answers_get_the_right_hint(capsys):
    vague, false = [], []
    for k, (name, hints, _) in enumerate(WRONG):
        given = hint(verdict := judged(k))
        if given & VAGUE:
            vague.append((k, name, hints, repr(verdict)))
        elif not given & {*hints, "slip", "line"}:                        # what a slip says has been tried
            false.append((k, name, hints, repr(verdict)))
    with capsys.disabled():
        share = 1 - (len(vague) + len(false)) / len(WRONG)
        print(f"\n{len(WRONG)} wrong answers: {share:.0%} get a specific right hint, {len(vague)} a vague "
              f"one, {len(false)} another")
        for row in vague + false:
            print("  ", *row)
    assert share >= 0.8


def test_those_from_the_texts_get_the_right_hint_more_often_still():
    judged_well = [bool(hint(judged(k)) & {*hints, "slip", "line"}) for k, (_, hints, answer) in enumerate(WRONG)
                   if getattr(answer, "__module__", "") == wrong_from_texts.__name__]
    assert len(judged_well) >= 360 and sum(judged_well) >= 0.91 * len(judged_well)
