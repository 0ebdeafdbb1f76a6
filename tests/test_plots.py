"""Pictures: what they say, that they are always the same bytes, that no corner of the data breaks them."""
import io
import warnings

import numpy as np
import pytest
from drawn import Drawn
from layout import faults
from matplotlib.figure import Figure
from PIL import Image

from workbook import ink, plots, words

RNG = np.random.default_rng(0)
LOSS = np.exp(-np.arange(800) / 500) + .03 * RNG.normal(size=(5, 800))
PICTURES = {
    "curves": lambda: plots.curves({"c": [0., 2, 1, -3], "h": [0., .5, .25, -.75]}, title="A cell"),
    "runs": lambda: plots.curves({"LSTM": LOSS ** 2, "RNN": LOSS}, xlabel="updates", ylabel="loss",
                                 level={"chance": 1.4}),
    "log": lambda: plots.curves({"RNN": .5 ** np.arange(60), "LSTM": np.r_[np.ones(59), 0]}, log=True),
    "flat": lambda: plots.curves({"f": np.ones(5)}),
    "one point": lambda: plots.curves({"f": [1.]}),
    "spread": lambda: plots.spread({"learned f": [1, .9, 1], "f = 1": [.25, .3, .2]}, "score", chance=.25),
    "film": lambda: plots.film({"f": RNG.random((9, 4)), "c": RNG.normal(size=(9, 4))}, "forgetful"),
    "film of nothing": lambda: plots.film({"c": np.zeros((3, 1))}),
    "words": lambda: plots.film({"i": RNG.random((20, 2))}, ["extraordinary"] * 20),
    "many letters": lambda: plots.film({"i": RNG.random((120, 2))}, "ab" * 60),
    "many words": lambda: plots.film({"i": RNG.random((90, 2))}, ["many", "words"] * 45),
    "heat": lambda: plots.heat([[0, .5], [.25, 1]], ["RNN", "LSTM"], [5, 50], "lag", "cell"),
    "decay": lambda: plots.decay([0, .5, .9, 1]),
    "gallery": lambda: plots.gallery([np.eye(8), np.zeros((8, 16))], ["a line", "nothing"]),
}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_without_a_warning_small_and_with_words(name, language):
    words.speak(language)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        picture = PICTURES[name]()
        svg, bundle = picture.svg(), picture._repr_mimebundle_()
    assert len(picture.png()) < 30_000
    assert faults(picture.figure) == []
    assert svg.startswith("<svg") and "nan" not in svg
    assert bundle["text/plain"] == picture.text and 'alt="' in bundle["text/html"]
    assert "<" not in picture.text and "0x" not in picture.text


def test_a_picture_is_the_same_bytes_each_time():
    one, two = (plots.decay([.5, .9]) for _ in range(2))
    assert one.png() == two.png() and one.svg() == two.svg() and one.text == two.text
    assert Image.open(io.BytesIO(one.png())).mode == "P" and b"Software" not in one.png()


def test_a_matplotlib_figure_is_a_picture_too_and_the_same_bytes_each_time():
    def drawn():
        figure = Figure((8, 3))
        figure.subplots().plot([1, 2, 3])
        return ink.Picture(figure, "A line from 1 to 3.")
    assert drawn().svg() == drawn().svg() and drawn().png() == drawn().png()
    assert "Date" not in drawn().svg() and 'aria-label="A line from 1 to 3."' in drawn().svg()


def test_a_small_png_keeps_the_colour_of_every_cell():
    """Each number of each strip is read back from the middle of its cell, to within what an eye can see."""
    fields = {kind: RNG.uniform(0 if kind in plots.GATES else -1, 1, (20, 8)) for kind in "xfiogch"}
    picture = plots.film(fields)
    pixels = np.array(Image.open(io.BytesIO(picture.png())).convert("RGB"), int)
    strips = [mark[1:5] for mark in picture.figure.marks if mark[0] == "image" and mark[3] > 100]
    for (x, y, wide, high), (kind, v) in zip(strips, fields.items(), strict=True):
        rows = (y + (np.arange(8) + .5) * high / 8).astype(int)
        columns = (x + (np.arange(20) + .5) * wide / 20).astype(int)
        most = 1 if kind in plots.GATES else np.abs(v).max()
        off = pixels[rows[:, None], columns] - ink.shades(v.T, kind, most)
        assert np.abs(off).max() <= 6, kind


def test_an_index_stands_low_and_a_name_of_code_stays_as_it_is():
    drawing = ink.Drawing(60)
    drawing.write(9, 40, "∂a_c̃", bold=True)
    drawing.write(99, 40, "forget_bias")
    svg = drawing.svg()
    assert '∂a<tspan dy=".25em" font-size="80%">c̃</tspan></text>' in svg and "forget_bias</text>" in svg
    shown = [text.get_text() for text in drawing.matplotlib().texts]
    assert shown == [r"$\mathbf{∂a_{\tilde{c}}}$", "forget_bias"]
    assert ink.Picture(drawing, "").png()


def test_the_words_hold_the_numbers():
    text = plots.curves({"c": [.125, 2, 1, -3]}).text
    for part in ("starts at 0.125", "ends at −3", "least −3 (at 3)", "greatest 2 (at 1)"):
        assert part in text
    text = plots.spread({"f = 1": [.25, .5, .3]}).text
    assert text == "f = 1: median 0.3, from 0.25 to 0.5 over 3 seeds."
    assert "half-life 6.58 steps" in plots.decay(.9).text
    assert plots.curves({"loss": [3., 1.]}, text="The loss falls.").text == "The loss falls."


def test_a_line_with_gaps_is_told_where_it_is_drawn():
    """A norm that has overflowed, say, is no number any more."""
    nan = np.nan
    told = ink.described("ReLU", [0, 1, 2, 3, 4], [nan, 3., nan, 1., nan], "lag")
    assert told == "ReLU, over lag 1 to 3: starts at 3, ends at 1; least 1 (at 3), greatest 3 (at 1)."
    assert "starts at ?" in ink.described("ReLU", [0, 1], [nan, nan], "lag")          # nothing of it is drawn


def test_numbers_have_the_reader_s_decimal_mark():
    numbers = {.5: "0.5", 1 / 3: "0.333", -1234.6: "−1235", 1.2e-15: "1.20×10⁻¹⁵", 1e9: "1.00×10⁹",
               np.inf: "∞", -np.inf: "−∞", np.nan: "?", -0.: "0", 100: "100"}
    assert [ink.number(v) for v in numbers] == list(numbers.values())
    words.speak("fr")
    assert plots.number(.5) == "0,5" and "demi-vie de 6,58 pas" in plots.decay(.9).text


def test_in_a_lecture_every_line_stands_out_from_the_paper():
    """3 : 1 and more, as WCAG asks of what has to be seen."""
    def light(colour):
        part = ink.rgb(colour) / 255
        return np.where(part <= .04045, part / 12.92, ((part + .055) / 1.055) ** 2.4) @ (.2126, .7152, .0722)
    assert all(1.05 / (light(ink.deep(colour)) + .05) >= 3 for colour in ink.COLOURS.values())


def test_each_quantity_has_its_own_colour_and_its_own_line():
    assert len(set(ink.COLOURS.values())) == len(ink.COLOURS) == len(set(ink.STYLES.values()))
    assert list(plots.NAMES) == list(ink.COLOURS) == list(ink.STYLES)
    assert list(plots.kinds(["c, unit 1", "LSTM", "RNN", "speed"]).values()) == ["c", "c", "h", "f"]


def test_type_can_be_read_from_the_last_row():
    for name in ("curves", "spread", "decay", "heat"):
        sizes = [mark[4] for mark in PICTURES[name]().figure.marks if mark[0] == "words"]
        assert min(sizes) >= 18                       # px on 800, 13 pt on 8 inches


def test_a_half_life_is_where_half_is_left():
    for f in (.3, .9, .999):
        assert f ** plots.half_life(f) == pytest.approx(.5)
    assert plots.half_life(0) == 0 and plots.half_life(1) == np.inf


def test_a_dotted_line_lies_at_what_its_words_say():
    """The half of a memory, a level, chance: by the numbers beside its axis."""
    for picture, words_, at in ((plots.decay(.9), "half", .5), (plots.decay([.5, .99]), "half", .5),
                                (plots.curves({"f": [0, 1, 1]}, level={"bound": .7}), "bound", .7)):
        drawn = Drawn(picture)
        (pair,), (name,) = drawn.axes(), [word for word in drawn.words if word.words == words_]
        lines = [pair.numbers(path.points)[1] for path in drawn.paths if path.dash == "3 5"]
        assert any(np.abs(y - at).max() < .01 for y in lines) and abs(np.polyval(pair.y, name.y) - at) < .1, words_


def test_ticks_are_round_few_and_inside():
    for low, high in ((0, 1), (-3.2, 7), (0, 1e-9), (12, 12345), (-1e-3, 1e-3)):
        t = plots.ticks(low, high)
        assert 2 <= len(t) <= 6 and t.min() >= low - 1e-12 and t.max() <= high * (1 + 1e-9) + 1e-12


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match="lines\\['b'\\] has 2 points, x has 3"):
        plots.curves({"a": [1, 2, 3], "b": [1, 2]})
    with pytest.raises(ValueError, match="letters has 2 entries, the fields have 3 steps"):
        plots.film({"f": np.zeros((3, 1))}, "ab")
    with pytest.raises(ValueError, match="f is 1.5; expected numbers from 0 to 1"):
        plots.decay(1.5)
    with pytest.raises(ValueError, match="table has shape"):
        plots.heat([[1, 2]], ["a"], [1])


def test_lecture_mode_is_wider_and_heavier():
    picture = plots.decay(.9)
    assert "max-width:800px" in picture.svg() and "max-width:800px" not in picture.svg(lecture=True)
    assert 'stroke-width="6"' in picture.svg(lecture=True)


def test_words_turn_the_same_way_on_paper():
    drawing = ink.Drawing(200)
    drawing.write(100, 100, "slanted", turn=-40)
    (words_,) = drawing.matplotlib().texts
    assert "rotate(-40 " in drawing.svg() and words_.get_rotation() == 40         # upwards is more there
