"""The claims of the chapters, said in the words of workbook.expected, and held."""
from workbook.expected import Answer, Expectation

RECORDED = []                    # of the test that runs: (what is claimed, its margin, the worst value), see conftest


def holds(*expected):
    """Notes each expectation for the table of claims; AssertionError, in words, if one of them is not as expected."""
    for e in expected:
        if isinstance(e, Expectation):
            worst = e.measured.values.min() if e.above else e.measured.values.max()
            RECORDED.append((f"{e.measured.what}: {e.rule()}", e.margin, float(worst)))
    answer = Answer(*expected)
    assert answer.held, repr(answer)
