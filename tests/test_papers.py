"""Chapter 13's tasks are those of the papers, its rules theirs, and its kept table is whole."""
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from drawn import Drawn
from layout import faults
from texts import pairs

from course.c13_papers_say import papers
from course.c13_papers_say.answers import words_right
from lstmlib import tasks
from lstmlib.sweep import SEEDS
from workbook import explorers, kept, words

LETTERS = tasks.LETTERS


def drawn(task, B=200, seed=0):
    return next(task.batches(np.random.default_rng(seed), B))


def test_temporal_order_is_that_of_experiment_6a():
    lengths, places = set(), set()
    for seed in range(60):
        x, target, mask, fresh = drawn(papers.temporal_order(), 50, seed)
        w = x.argmax(1)
        lengths.add(len(w))
        assert (x.sum(1) == 1).all() and (w[0] == 2).all() and (w[-1] == 3).all() and fresh
        assert (w[1:-1] != 2).all() and (w[1:-1] != 3).all()                     # E first, B last, and nowhere else
        at = np.argsort(w > 1, axis=0, kind="stable")[:2]
        assert ((w < 2).sum(0) == 2).all() and ((at >= [[10], [50]]) & (at <= [[20], [60]])).all()
        places |= {*at.ravel().tolist()}
        first, second = np.take_along_axis(w, at, 0)
        assert (target[-1] == 2 * first + second).all() and mask.sum() == 50 == mask[-1].sum()
    assert lengths == set(range(100, 111)) and places == {*range(10, 21), *range(50, 61)}       # their ends, too


def test_adding_is_that_of_experiment_4():
    lengths, firsts = set(), Counter()
    for seed in range(60):
        x, target, mask, _ = drawn(papers.adding_of_1997(), 50, seed)
        value, mark = x.swapaxes(0, 1)
        lengths.add(len(x))
        assert (mark[0] == -1).all() and (mark[-1] == -1).all() and set(np.unique(mark)) == {-1, 0, 1}
        assert (np.abs(value) <= 1).all() and value.min() < -0.9
        marked = mark == 1
        firsts.update(marked.sum(0).tolist())
        np.testing.assert_allclose(target[-1, 0], 0.5 + (value * marked).sum(0) / 4, atol=1e-6)
        assert (marked.argmax(0) < 10)[marked.sum(0) == 2].all() and not marked[49:].any()
    assert lengths == set(range(100, 111)) and set(firsts) == {1, 2} and firsts[2] > firsts[1]


def test_what_may_follow_is_what_does():
    rng = np.random.default_rng(0)
    seen = {}
    for _ in range(2000):
        word = papers.embedded_word(rng)
        after = papers.followers(word)
        assert len(after) == len(word) and all(b in a for a, b in zip(after, word[1:] + "B"))
        for k in range(len(word) - 1):
            seen.setdefault(word[:k + 1], set()).add(word[k + 1])
            assert seen[word[:k + 1]] <= set(after[k])
    known = {"B": "TP", "BT": "B", "BTB": "TP", "BTBT": "SX"}
    assert {word: "".join(sorted(seen[word])) for word in known} == {w: "".join(sorted(s)) for w, s in known.items()}


def test_a_batch_of_words_asks_for_every_letter():
    words = ["BTBTXSETE", "BPBPVVEPE"]
    (x, target, mask, _), legal = papers.as_batch(words + ["BTBTSXSETE"])
    assert ["".join(LETTERS[k] for k in row) for row in x.T[:2]] == words
    assert mask.sum(0).tolist() == [8, 8, 9]
    assert np.take_along_axis(legal, target[:, None], 1)[:, 0][mask == 1].all() and not legal.any(1)[mask == 0].any()


def test_the_rules_are_those_of_the_papers():
    sure = np.array([[3., 1], [0, 1], [0, 0], [0, 0]])               # softmax: 0.87 for the first, 0.37 for the second
    assert papers.order_right(sure, np.array([0, 0])).tolist() == [True, False]
    assert papers.sum_right(np.array([[0.53, 0.55]]), np.array([[0.5, 0.5]])).tolist() == [True, False]
    assert papers.before_an_error(np.array([True, True, False, True])) == 2
    assert papers.before_an_error(np.ones(7, bool)) == 7
    legal = np.array([True, True, False])[None, :, None]
    for y, right in (([3, 2, 1], 1), ([3, 0, 1], 0), ([2, 2, 2], 0)):
        assert words_right(np.array(y, float)[None, :, None], legal, np.ones((1, 1))) == [right]


def test_a_row_is_counted_over_the_seam_of_batches():
    """Two in a row, then a wrong one, then right for ever: the row begins after the wrong one."""
    marks = iter([[True, True, False, True], [True] * 4, [True] * 4, [True] * 4])
    measure = papers.in_a_row(papers.temporal_order(), lambda y, target: np.array(next(marks)), 9)
    net = papers.Net(papers.LSTM, 2, 4, 0.01, 400)
    assert measure(net, 0) == 12                                                 # 1 + 4 + 4 in a row after 12
    never = papers.in_a_row(papers.temporal_order(), lambda y, target: np.arange(4) > 0, 4)
    assert never(net._replace(most=40), 0) == np.inf


def test_a_stream_is_words_without_a_gap():
    ids, legal = papers.stream(np.random.default_rng(1), 500)
    text = "".join(LETTERS[k] for k in ids)
    assert len(text) == 500 == len(legal) and legal[np.arange(499), ids[1:]].all()
    assert re.match(r"(B([TP])B[TPSXV]+E\2E){20}", text)
    batches = papers.continual_reber(T=6, pieces=3).batches(np.random.default_rng(1), 2)
    pieces = [next(batches) for _ in range(4)]
    assert [piece.fresh for piece in pieces] == [True, False, False, True]
    assert (pieces[0].target[-1] == pieces[1].x[0]).all() and (pieces[0].x[1:] == pieces[0].target[:-1]).all()


@pytest.mark.parametrize("table, row", [(table, row) for table, (_, nets) in papers.TABLES.items() for row in nets])
def test_every_row_can_be_made_again(table, row, monkeypatch):
    monkeypatch.setattr(papers, "LONGEST", 80)
    measure, net, seconds = papers.TABLES[table].nets[row]
    monkeypatch.setitem(papers.TABLES[table].nets, row, (measure, net._replace(most=3 * net.B), seconds))
    found = papers.rerun(table, row, 1)
    assert found == np.inf if table != "stream" else 0 <= found <= 80


def test_the_kept_table_is_whole():
    found = kept("papers")
    assert list(found) == list(dict.fromkeys((case["table"], case["row"]) for case in papers.CASES))
    for (table, row), scores in found.items():
        most = papers.LONGEST if table == "stream" else papers.TABLES[table].nets[row][1].most
        assert len(scores) == len(SEEDS) and ((scores <= most) | np.isinf(scores)).all() and (scores >= 0).all()


@pytest.mark.parametrize("language, never", [("en", "not within"), ("fr", "non atteint en")])
def test_a_row_is_drawn_and_told_whole(language, never):
    """Every figure of the paper and every seed is in the words; what is ∞ is counted; the paper may have none."""
    words.speak(language)
    rows = {"f = 1": ((31390,), [4720, np.inf, 9328, np.inf, 7120]), "RNN": ((), [np.inf] * 5)}
    picture = explorers.beside(rows, (3, 5), "n", f"{never} 50000", now=[3000])
    assert faults(picture.figure) == []
    assert all(n in picture.text for n in ("31390", "4720", "7120", "9328", f"{never} 50000"))
    assert re.findall(r"50000\W+(\d)", picture.text) == ["2", "5"]
    assert "× 2" in (drawn := str(picture.figure.marks)) and "× 5" in drawn and "3000" not in picture.text


def test_the_papers_figures_are_those_of_the_text():
    text = (Path(papers.__file__).with_name("chapter.py")).read_text(encoding="utf-8")
    parts = re.findall(r"(?s)\*\*The paper\*\*.*?\n#\n|Their table.*?\n#\n.*?\n#\n", text)
    told = {int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\d", " ".join(parts))}
    shown = {figure for table, _ in papers.TABLES.values() for figures in table.values() for figure in figures}
    assert shown <= told, shown - told


def test_the_key_of_a_row_shows_the_mark_of_each():
    """The paper's 100 lies left of our 10,000: so do the marks that the key gives to each."""
    words.speak("en")
    drawn = Drawn(explorers.beside({"row": ((100,), [10000.])}, (1, 5), "n"))
    key, top = drawn.legend(), min(w.y for w in drawn.words if w.words == "row") - 30
    shapes = [(p.points[:, 0].mean(), p.points[:, 1].mean(), p.fill) for p in drawn.paths if len(p.points) == 4]
    marks = [(x, colour) for x, y, colour in [*shapes, *((x, y, fill) for x, y, _, fill in drawn.dots)] if y > top]
    paper, ours = (next(x for x, colour in marks if colour == key[name][0])
                   for name in ("the paper", "ours, a dot for each seed"))
    assert paper < ours


def test_what_came_just_now_stands_in_the_first_row():
    """Whose networks learned it; at its own place on the axis, beside no dot of the other rows."""
    rows = {"first": ((), [100.]), "second": ((), [100.])}
    drawn = [Drawn(explorers.beside(rows, (1, 5), "n", now=now)) for now in ([1000.], [10000.])]
    marks = [{(*p.points.mean(0).round(1), p.fill) for p in each.paths if len(p.points) == 4} for each in drawn]
    names = {w.words: w.y for w in drawn[0].words}
    for (_, y, _) in marks[0] ^ marks[1]:
        assert abs(y - names["first"]) < abs(y - names["second"])
    assert len(marks[0] ^ marks[1]) == 4                                     # a square and the paper beneath it, twice


# What the paragraphs on the papers quote: the table's number, then its figures in their order, as they were looked up.
QUOTED = {"order": "9 31390 20 2 2 156 1 2560", "reber-kept": "1 3 4 264 276 8440 39740 97 100 30 200000 182000",
          "adding": "7 74000 10 93 209000 500 853000 1000 370000 2020000"}


def test_what_is_quoted_of_a_paper_is_what_it_says():
    found = {}
    for place, *both in pairs():
        for text, name in zip(both, ("The paper", "L'article")):
            if quoted := re.search(rf"\*\*{name}\*\* (\((?:T|t)able.*?)(?:\n\n|$)", text, re.S):
                digits = re.sub(r"(?<=\d)[,\s](?=\d{3}\b)|chap\w+ \d+", "", quoted[1])
                found.setdefault(place.split()[-1], set()).add(" ".join(re.findall(r"\d+", digits)))
    assert found == {place: {figures} for place, figures in QUOTED.items()}
