"""What the rooms claim, each with its control, measured over five seeds by which nothing was chosen, under every shake.

At the end stands a table: of each claim, its margin and the worst that was found. A claim that fails is reworded,
not tried on other seeds: "every" holds on all five, "most" is a median.
"""
import pytest
from holds import holds

from workbook import words
from workbook.claims import all_claims

CASES = [pytest.param(claim, lang, id=f"{code}-{claim.name}-{lang}") for code, claim in all_claims()
         for lang in claim.languages]


@pytest.mark.parametrize("claim, lang", CASES)
def test_a_claim_meets_its_control(claim, lang, shaken):
    words.speak(lang)
    measured = claim.measure(lang) if len(claim.languages) > 1 else claim.measure()
    words.speak("en")
    holds(*(measured if type(measured) in (tuple, list) and not hasattr(measured, "held") else [measured]))
