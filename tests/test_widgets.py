"""The skin of the explorers: controls move the picture, failures are said, and paper never shows a repr."""
import re

import ipywidgets as W
import numpy as np
import pytest

from workbook import widgets, words
from workbook.plots import decay


@pytest.fixture(autouse=True)
def english_again():
    yield
    words.speak("en")


def readable(bundle):
    """The texts of a bundle that a page without a kernel shows; fails if one is a repr."""
    for kind in ("text/plain", "text/html"):
        assert not re.search(r"\w+\((children|value|layout)=|VBox|HBox|0x[0-9a-f]{6}|0%\|", bundle[kind])
    return bundle["text/plain"]


def test_a_move_is_drawn_and_reset_takes_it_back():
    explorer = widgets.explore(decay, f=widgets.slider(0., 1., .5, .1, "f"))
    first = explorer.picture.value
    explorer.controls["f"].value = .9
    assert "half-life 6.58 steps" in explorer.picture.value != first
    explorer.reset()
    assert explorer.picture.value == first and explorer.controls["f"].value == .5


def test_reset_draws_once():
    seen = []
    explorer = widgets.explore(lambda a, b: seen.append((a, b)) or widgets.Note("x"),
                               a=widgets.slider(0, 9, 1, 1), b=widgets.toggle(True))
    explorer.controls["a"].value, explorer.controls["b"].value = 5, False
    seen.clear()
    explorer.reset()
    assert seen == [(1, True)]


def test_the_still_is_the_first_picture_with_its_words_and_never_a_repr():
    explorer = widgets.explore(decay, f=widgets.slider(0., 1., .5, .1, "f"))
    explorer.controls["f"].value = .9
    bundle = explorer._repr_mimebundle_()
    assert readable(bundle) == decay(.5).text
    assert {"image/png", "text/html", "application/vnd.jupyter.widget-view+json"} <= set(bundle)


def test_a_failure_is_said_in_the_picture_s_place_and_raised_where_tests_ask():
    def draw(a):
        if a > 1:
            raise RuntimeError("no picture <here>")
        return decay(.5)
    explorer = widgets.explore(draw, a=widgets.slider(0, 5, 1, 1))
    explorer.controls["a"].value = 2
    assert "RuntimeError: no picture &lt;here&gt;" in explorer.picture.value
    assert "aspect-ratio:800/360" in explorer.picture.value
    with pytest.raises(RuntimeError):
        explorer.draw_now()
    explorer.controls["a"].value = 0
    assert explorer.picture.value == decay(.5).svg()


def test_a_failure_at_the_start_is_said_too():
    explorer = widgets.explore(lambda a: 1 / a, a=widgets.slider(0, 5, 0, 1))
    assert "ZeroDivisionError" in readable(explorer._repr_mimebundle_())


def test_lecture_mode_draws_larger_and_comes_back():
    explorer = widgets.explore(decay, f=widgets.slider(0., 1., .5, .1, "f"))
    first = explorer.picture.value
    explorer.lecture.value = True
    assert explorer.picture.value == decay(.5).svg(lecture=True) and "lstm-lecture" in explorer._dom_classes
    explorer.lecture.value = False
    assert explorer.picture.value == first and "lstm-lecture" not in explorer._dom_classes


def test_what_is_no_control_is_refused():
    with pytest.raises(ValueError, match="f is 3; expected a control"):
        widgets.explore(decay, f=3)


def test_a_slider_of_whole_numbers_gives_whole_numbers():
    assert isinstance(widgets.slider(0, 5, 1, 1).value, int)
    assert isinstance(widgets.slider(0, 5, 1, .5).value, float)
    shown = [words for words, _ in widgets.slider(-.2, .2, 0., .1)._options_full]
    assert shown == ["−0.2", "−0.1", "0", "0.1", "0.2"]
    words.speak("fr")
    assert widgets.stops([.5, ("all", 1)], 1).options == (("0,5", .5), ("all", 1))


def test_a_strip_is_as_many_sliders_as_words_and_moves_in_one():
    strip, seen = widgets.strip(["a", "b", "c"], [1, 1, 1]), []
    strip.observe(lambda change: seen.append(change["new"]), "value")
    strip.hands[1].value = .25
    strip.value = (0, .5, 1)
    assert [hand.value for hand in strip.hands] == [0, .5, 1]
    assert seen == [(1, .25, 1), (0, .5, 1)]
    with pytest.raises(ValueError):
        widgets.strip(["a", "b"], [1])


def test_a_player_is_a_slider_over_time():
    player = widgets.player("abcde", "moment", 2)
    assert player.value == 2
    player.children[1].value = "e"
    assert player.value == 4
    film, hand = player.children
    player.value = 3
    film.playing = True
    assert hand.index == film.value == 3            # it plays on from where the hand is
    film.playing, hand.index = False, 4
    film.playing = True
    assert film.value == 0                          # and from the start when it was at the end


def test_a_line_of_one_s_own_is_answered():
    box = widgets.text_input(lambda line: f"{len(line)} letters & more", "four", "your line")
    assert readable(box._repr_mimebundle_()) == "4 letters & more"
    box.controls["line"].value = "<b>"
    assert "3 letters &amp; more" in box.picture.value
    assert isinstance(box.controls["line"], W.Text)


def test_a_sound_is_small_the_same_each_time_and_has_words():
    wave = np.sin(np.arange(4000) / 5)
    sound = widgets.play(wave)
    assert sound.wav == widgets.play(wave).wav and len(sound.wav) < 9000
    assert readable(sound._repr_mimebundle_()) == "A sound of 0.5 seconds"
    assert widgets.play(wave, text="rising").text == "rising"
    for wrong in (np.zeros((2, 2)), np.array([0, np.nan])):
        with pytest.raises(ValueError, match="wave"):
            widgets.play(wrong)
