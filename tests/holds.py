"""The claims of the chapters, said in the words of workbook.expected, and held."""
from guide import in_french
from workbook import words
from workbook.expected import Answer, Expectation, Measured

RECORDED = []                     # of the test that runs: (what is measured, the rule, its French, margin, what came)


def holds(*expected):
    """Notes each expectation for the table of claims; AssertionError, in words, if one of them is not as expected."""
    for e in expected:
        if isinstance(e, Expectation):
            value = (e.measured.least if e.above else e.measured.most)(e.measured.values)
            words.speak("fr")
            french = e.rule()
            if isinstance(e.bound, Measured):
                french = french.replace(e.bound.what, in_french(e.bound.what))
            words.speak("en")
            RECORDED.append((e.measured.what, e.rule(), french, e.margin, float(value)))
    answer = Answer(*expected)
    assert answer.held, repr(answer)
