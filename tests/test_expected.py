"""What the text expects: when it is held, what is said of it, what a test may compare."""
import re

import numpy as np
import pytest

from workbook.expected import Answer, every, expect, median, true, value
from workbook.words import speak

SCORES = [0.74, 0.99, 0.998]


@pytest.mark.parametrize("expected, held", [
    (every("a", SCORES) > 0.7, True), (every("a", SCORES) > 0.74, False), (every("a", SCORES) < 0.999, True),
    (every("a", SCORES) < 0.99, False), (median("a", SCORES) > 0.98, True), (median("a", SCORES) < 0.98, False),
    (median("a", SCORES) > every("b", [0.9, 0.95]), True), (median("a", SCORES) > every("b", [0.9, 0.995]), False),
    (every("a", SCORES) < median("b", [0.9, 1, 2]), True), (every("a", SCORES) < median("b", [0, 0.9, 2]), False),
    (value("a", 3) < 4, True), (value("a", 3) > 3, False), (every("a", [1, np.nan]) > 0, False),
    (median("a", [np.nan]) < 0, False), (true("so", np.bool_(True)), True), (true("so", 0), False)])
def test_when_it_is_held(expected, held):
    assert expected.held is held


def test_what_it_says_when_it_came_so_and_when_not():
    so = Answer(every("LSTM", SCORES) > 0.7, value("gap", 3e-14) < 1e-12, true("both alike", True))
    assert repr(so) == ("As the text says:\n  LSTM: above 0.7 on every seed\n  gap: below 10⁻¹²\n  both alike")
    assert "(0.74; 0.99; 1)" in so._repr_mimebundle_()["text/html"]
    not_so = Answer(every("LSTM", SCORES) > 0.9, median("RNN", [0.2] * 9) < every("LSTM", SCORES))
    assert repr(not_so).split("\n") == [
        "Not as the text says:", "  LSTM: the text says above 0.9 on every seed; yours: 0.74; 0.99; 1",
        "  RNN: below LSTM in the median",
        "What did you change? (If nothing: another processor computes other last digits; try another seed.)"]
    assert 'data-held="no"' in not_so._repr_mimebundle_()["text/html"]


def test_of_many_values_the_least_and_the_greatest_are_said():
    told = repr(Answer(every("LSTM", [.5, .1, .9, .4, .3, .2]) > .95))
    assert told.split("\n")[1].endswith("yours: from 0.1 to 0.9")


def test_it_speaks_french():
    try:
        speak("fr")
        assert repr(Answer(every("LSTM", SCORES) > 0.9)).startswith(
            "Le texte dit autre chose :\n  LSTM : le texte dit au-dessus de 0,9 pour chaque graine ; chez "
            "vous : 0,74 ; 0,99 ; 1".replace(" :", "\u00a0:").replace(" ;", "\u00a0;"))
    finally:
        speak("en")


def test_what_is_compared_hangs_on_no_measured_value():
    pages = [Answer(every("LSTM <b>", np.array(SCORES) + shift) > 0.7)._repr_mimebundle_() for shift in (0, 1e-2)]
    hidden = [re.sub(r'<span class="measured">[^<]*</span>', "", page["text/html"]) for page in pages]
    assert hidden[0] == hidden[1] and pages[0]["text/plain"] == pages[1]["text/plain"]
    assert "LSTM &lt;b&gt;" in hidden[0] and pages[0] != pages[1]


def test_the_picture_comes_first_and_nothing_is_raised(capsys):
    expect("the picture", every("LSTM", SCORES) > 0.9)
    out = capsys.readouterr().out
    assert out.index("the picture") < out.index("Not as the text says")


def test_it_is_no_condition_and_of_nothing_nothing_is_expected():
    with pytest.raises(TypeError, match="expect"):
        bool(every("LSTM", SCORES) > 0.9)
    with pytest.raises(ValueError, match="LSTM: values is empty"):
        every("LSTM", [])
