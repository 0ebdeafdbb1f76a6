"""The skin of the explorers: controls move the picture, failures are said, and paper never shows a repr."""
import io
import re
import wave as waves

import numpy as np
import pytest

from workbook import widgets, words
from workbook.plots import decay


def readable(bundle):
    """The texts of a bundle that a page without a kernel shows; fails if one is a repr."""
    for kind in ("text/plain", "text/html"):
        assert not re.search(r"\w+\((children|value|layout)=|VBox|HBox|0x[0-9a-f]{6}|0%\|", bundle[kind])
    return bundle["text/plain"]


def test_a_move_is_drawn_and_reset_takes_it_back():
    explorer = widgets.explore(decay, f=widgets.slider(0., 1., .5, .1, "f"))
    first = explorer.picture
    explorer.controls["f"].value = .9
    assert "half-life 6.58 steps" in explorer.picture != first
    explorer.reset()
    assert explorer.picture == first and explorer.controls["f"].value == .5


def test_reset_draws_once():
    seen = []
    explorer = widgets.explore(lambda a, b: seen.append((a, b)) or widgets.Note("x"),
                               a=widgets.slider(0, 9, 1, 1), b=widgets.choose([False, True], True))
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
    assert "RuntimeError: no picture &lt;here&gt;" in explorer.picture
    assert "aspect-ratio:800/360" in explorer.picture
    with pytest.raises(RuntimeError):
        explorer.draw_now()
    explorer.controls["a"].value = 0
    assert explorer.picture == decay(.5).svg()


def test_a_failure_at_the_start_is_said_too():
    explorer = widgets.explore(lambda a: 1 / a, a=widgets.slider(0, 5, 0, 1))
    assert "ZeroDivisionError" in readable(explorer._repr_mimebundle_())


def asked(explorer, *at, lecture=False):
    """What the browser sends when a hand has moved."""
    explorer.set_trait("asked", {"at": list(at), "lecture": lecture})


def test_what_the_browser_asks_for_is_drawn_once_and_said_to_be_drawn():
    seen = []
    explorer = widgets.explore(lambda a, b: seen.append((a, b)) or widgets.Note(f"{a} {b}"),
                               a=widgets.stops([.1, .5, .9], .5), b=widgets.choose([False, True]))
    seen.clear()
    asked(explorer, 2, 1)
    assert seen == [(.9, True)] and "0.9 True" in explorer.picture
    assert explorer.drawn == explorer.asked == {"at": [2, 1], "lecture": False}
    explorer.controls["a"].value = .1                   # and what Python sets, the browser is told
    assert explorer.drawn == explorer.asked == {"at": [0, 1], "lecture": False}


def test_lecture_mode_draws_larger_and_comes_back():
    explorer = widgets.explore(decay, f=widgets.slider(0., 1., .5, .1, "f"))
    first = explorer.picture
    asked(explorer, 5, lecture=True)
    assert explorer.picture == decay(.5).svg(lecture=True) and explorer.drawn["lecture"]
    asked(explorer, 5)
    assert explorer.picture == first


def test_what_is_no_control_is_refused():
    with pytest.raises(ValueError, match="f is 3; expected a control"):
        widgets.explore(decay, f=3)


def test_a_slider_of_whole_numbers_gives_whole_numbers():
    assert isinstance(widgets.slider(0, 5, 1, 1).value, int)
    assert isinstance(widgets.slider(0, 5, 1, .5).value, float)
    assert widgets.slider(-.2, .2, 0., .1).look["shown"] == ["−0.2", "−0.1", "0", "0.1", "0.2"]
    words.speak("fr")
    control = widgets.stops([.5, ("all", 1)], 1)
    assert control.look["shown"] == ["0,5", "all"] and control.options == (.5, 1) and control.at == 1


def test_a_control_stands_only_where_it_can():
    with pytest.raises(ValueError, match=r"value is 0\.55; expected one of \[0\.5, 1\]"):
        widgets.stops([.5, 1], .55)
    control = widgets.choose(["a", "b"])
    with pytest.raises(ValueError, match="'c'"):
        control.value = "c"
    assert control.value == "a"


def test_a_strip_is_as_many_sliders_as_words_and_moves_in_one():
    strip, seen = widgets.strip(["a", "b", "c"], [1, 1, 1]), []
    strip.observe(lambda change: seen.append(change["new"]), "value")
    strip.at = [20, 5, 20]
    strip.value = (0, .5, 1)
    assert seen == [(1, .25, 1), (0, .5, 1)] and strip.at == [0, 10, 20]
    with pytest.raises(ValueError, match="start has 1 values, labels has 2"):
        widgets.strip(["a", "b"], [1])


def test_a_player_is_a_slider_over_time():
    player = widgets.player("abcde", "moment", 2)
    assert player.value == player.at == 2
    player.at = 4
    assert player.value == 4 and player.look["shown"] == list("abcde")


def test_a_line_of_one_s_own_is_answered():
    box = widgets.text_input(lambda line: f"{len(line)} letters & more", "four", "your line")
    assert readable(box._repr_mimebundle_()) == "4 letters & more"
    box.controls["line"].value = "<b>"
    assert "3 letters &amp; more" in box.picture
    assert "Enter" in box.hands[0]["placeholder"] and "Enter" in box.words["enter"]


def test_a_sound_is_small_the_same_each_time_and_has_words():
    wave = np.sin(np.arange(4000) / 5)
    sound = widgets.play(wave)
    assert sound.wav == widgets.play(wave).wav and len(sound.wav) < 9000
    assert readable(sound._repr_mimebundle_()) == "A sound of 0.5 seconds"
    assert widgets.play(wave, text="rising").text == "rising"
    for wrong in (np.zeros((2, 2)), np.array([0, np.nan])):
        with pytest.raises(ValueError, match="wave"):
            widgets.play(wrong)


@pytest.mark.parametrize("rate", [8000, 22050])
def test_what_is_heard_is_the_wave_at_its_rate(rate):
    wave = np.sin(np.arange(rate // 2) / 9)
    sound = widgets.play(1.5 * wave, rate)
    with waves.open(io.BytesIO(sound.wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (rate, 1, 2)
        heard = np.frombuffer(file.readframes(len(wave)), "<i2") / 32767
    np.testing.assert_allclose(heard, np.clip(1.5 * wave, -1, 1), atol=1e-4)
    assert readable(sound._repr_mimebundle_()) == "A sound of 0.5 seconds"
    with pytest.raises(ValueError, match=r"wave has shape \(2, 3\)"):
        widgets.play(np.zeros((2, 3)))


@pytest.mark.parametrize("low, high, start, step", [(0, 5, 1, 1), (2, 11, 2, 3), (0., 1., .5, .1), (-2., 6., 1., .5)])
def test_a_slider_goes_from_end_to_end(low, high, start, step):
    options = widgets.slider(low, high, start, step).options
    assert (options[0], options[-1], options[1]) == (low, high, low + step)
