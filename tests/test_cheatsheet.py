"""The cheat sheet: one page of the right size, the same bytes twice, all of it inside, in both languages."""
import itertools
import re
import warnings
from functools import cache

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from test_truth import FUNCTIONS, equations, holds, python, worlds

from course.c10_summary import cheatsheet
from course.shared.wires import NODES, WIRES
from lstmlib.cells import LSTM, State, sigmoid
from lstmlib.model import Model
from lstmlib.unroll import weights
from workbook import words
from workbook.ink import COLOURS, number
from workbook.plots import half_life

BOTH = pytest.mark.parametrize("language", words.LANGUAGES)
EACH = pytest.mark.parametrize("paper", cheatsheet.PAPERS)


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """The four files in both languages, written by the command line into a folder, and those in French into another."""
    folders = [tmp_path_factory.mktemp("sheet") / "new folder" for _ in range(2)]
    for folder, languages in zip(folders, (words.LANGUAGES, ["fr"])):
        for language in languages:
            assert cheatsheet.main([language, str(folder)]) == 0
    words.speak("en")
    return folders


@cache
def inked(language, paper="a4"):
    """[(text of the sheet, its box in millimetres of the layout: left, top, right, bottom)], warnings that came."""
    words.speak(language)
    figure = cheatsheet.page(paper)
    FigureCanvasAgg(figure)
    figure.set_dpi(400)                                            # else letters are as wide as whole pixels
    axes, found = figure.axes[0], []
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        for text in axes.texts:
            box = axes.transData.inverted().transform(text.get_window_extent())
            found.append((text.get_text(), np.concatenate([box.min(0), box.max(0)])))
    return found, [str(warning.message) for warning in said]


def test_two_papers_two_formats_two_languages(twice):
    names = {f"cheatsheet-{language}-{paper}.{kind}" for language in words.LANGUAGES
             for paper in cheatsheet.PAPERS for kind in ("pdf", "svg")}
    assert {path.name for path in twice[0].iterdir()} == names


def test_the_same_bytes_each_time(twice):
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in twice)
    assert len(two) == 4 and one == one | two
    for name, content in one.items():
        dated = rb"CreationDate|Producer|dc:date|matplotlib v|\b20[2-9]\d-\d\d-\d\d"
        assert not re.search(dated, content), name


@EACH
@BOTH
def test_one_page_of_the_right_size(twice, language, paper):
    assert np.allclose(cheatsheet.PAPERS[paper], {"a4": (210, 297), "letter": (8.5 * 25.4, 11 * 25.4)}[paper])
    points = np.array(cheatsheet.PAPERS[paper]) / 25.4 * 72
    pdf = (twice[0] / f"cheatsheet-{language}-{paper}.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    media = re.search(rb"/MediaBox\s*\[\s*([\d. ]+)\]", pdf).group(1).split()
    assert np.allclose([float(n) for n in media], [0, 0, *points], atol=.1)
    svg = (twice[0] / f"cheatsheet-{language}-{paper}.svg").read_text(encoding="utf-8")
    size = re.search(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups()
    assert np.allclose([float(n) for n in size], points, atol=.1)
    assert len(pdf) < 100_000 and len(svg) < 600_000


@BOTH
def test_no_words_leave_the_layout_or_lie_on_others(language):
    """The layout stands 10 mm or more inside of either paper."""
    for width, height in cheatsheet.PAPERS.values():
        assert width - cheatsheet.WIDE >= 20 and height - cheatsheet.HIGH >= 20
    texts, _ = inked(language)
    assert len(texts) > 100
    for words_, (left, top, right, bottom) in texts:
        assert left > -1 and top > -1 and right < cheatsheet.WIDE + 1 and bottom < cheatsheet.HIGH + 1, words_
    for (one, a), (two, b) in itertools.combinations(texts, 2):
        across, down = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
        assert across < .3 or down < 1.2, (one, two)               # boxes of lines may touch, letters may not


@BOTH
def test_both_papers_hold_the_same_words(language):
    a4, letter = ([text for text, _ in inked(language, paper)[0]] for paper in cheatsheet.PAPERS)
    assert a4 == letter


def test_each_language_has_its_own_words_and_all_glyphs():
    english, french = ([text for text, _ in inked(language)[0]] for language in words.LANGUAGES)
    assert len(english) == len(french)
    same = {text for text in set(english) & set(french)
            if len(re.findall("[a-z]{4}", re.sub(r"\$.*?\$", "", text))) > 1}
    assert same == {"Hochreiter & Schmidhuber, 1997"}
    assert not [said for language in words.LANGUAGES for said in inked(language)[1] if "missing from" in said]


def test_the_cell_is_the_one_of_the_live_diagram():
    """Every wire of the table runs in its colour from where it begins, every node stands at its place."""
    axes = cheatsheet.page("a4").axes[0]
    begun = {(*np.round(line.get_xydata()[0], 6), line.get_color()) for line in axes.lines}
    for kind, corners, _ in WIRES.values():
        assert (*np.round(cheatsheet.place(*corners[0]), 6), COLOURS[kind]) in begun
    signs = {(round(text.get_position()[0], 6), text.get_text().strip("$\\")) for text in axes.texts}
    for at, sign in NODES.items():
        words_ = {"×": "times", "σ": "sigma"}.get(sign, sign)
        assert (round(cheatsheet.place(*at)[0], 6), words_) in signs


def test_the_shapes_are_those_of_the_engine_s_arrays():
    rows, sizes = {}, dict(D=2, H=3, B=4, K=5)
    for text in cheatsheet.page("a4").axes[0].texts:
        rows.setdefault(round(text.get_position()[1], 3), []).append(text.get_text())
    net = Model(LSTM, sizes["D"], sizes["H"], sizes["K"])
    trace = net(np.zeros((1, sizes["D"], sizes["B"]), np.float32))
    p, tape = net.params[0], trace.runs[0].tape
    arrays = {"$x_t$": trace.runs[0].x[0], "$h_t, c_t$": tape.c[0], "$f_t, i_t": tape.f[0],
              "$[h_{t-1}, x_t]$": tape.z[0], "$W_f, W_i": p["W"][0], "$b_f, b_i": p["b"][0]}
    for name, array in arrays.items():
        ((shape,),) = [[text for text in row if re.fullmatch(r"\(\w[\w+]*, \w[\w+]*\)", text)]
                       for row in rows.values() if any(text.startswith(name) for text in row)
                       and any(re.fullmatch(r"\(\w[\w+]*, \w[\w+]*\)", text) for text in row)]
        assert eval(shape, {}, sizes) == array.shape, (name, shape)


def test_every_line_is_the_engine_s():
    """Forwards in the cells that the texts speak of; the way back, each row a product, in LSTM.back."""
    said = [text.get_text().replace(r"\tilde{c}", r"\tilde c") for text in cheatsheet.page("a4").axes[0].texts]
    forwards = [pair for text in said if not re.match(r"\$\[?d", text)
                for pair in equations(re.sub(r"\\approx[^$]*|\\(?=ln)", "", text))]
    assert len(forwards) > 10
    for left, right in forwards:
        assert any(holds(left, right, world) for world in worlds()), (left, right)

    def value(text):
        plain = text.replace(r"\ ", "").replace(r"^{\,2}", "^2").replace(r"^2 c_t", "^2(c_t)").replace("$", "")
        return eval(re.sub(r"(\w) (?=\()", r"\1 * ", python(plain)), FUNCTIONS | world)
    rng = np.random.default_rng(9)
    p = weights(LSTM, 2, 3, rng)
    _, tape = LSTM.step(p, State(*rng.normal(size=(2, 3, 1))), rng.normal(size=(2, 1)))
    ds = State(*rng.normal(size=(2, 3, 1)))
    dp, before, _ = LSTM.back(p, ds, tape)
    world = {**tape._asdict(), "c0": tape.c_prev, "dh": ds.h, "dc": ds.c}
    (both,) = (text for text in said if "leftarrow" in text)
    world["dc"] = value(both.split("leftarrow")[1])
    for q, blame in zip("fioc", dp["b"]):
        at = said.index(f"$da_{q} =$")
        np.testing.assert_allclose(value("".join(said[at + 1:at + 4])), blame, rtol=1e-9)
    (back,) = (text for text in said if text.startswith("$dc_{t-1} ="))
    np.testing.assert_allclose(value(back.split("=")[1]), before.c, rtol=1e-9)


@BOTH
def test_the_half_lives_are_those_of_the_gate(language):
    words.speak(language)
    said = [text for text, _ in inked(language)[0]]
    for bias in (0, 1, 5):
        row = said.index(number(sigmoid(bias)))
        assert said[row - 1:row + 2] == [number(v) for v in (bias, sigmoid(bias), half_life(sigmoid(bias)))]


def test_the_rule_of_thumb_for_the_bias_is_near():
    """b ≈ ln(1.44 n), beside the exact line."""
    for n in (5, 10, 100, 1000):
        f = 2 ** (-1 / n)
        assert abs(np.log(f / (1 - f)) - np.log(1.44 * n)) < .08


def test_another_paper_is_refused():
    with pytest.raises(ValueError, match="paper is 'a5'; expected one of 'a4', 'letter'"):
        cheatsheet.page("a5")
