"""Chapter 08: the network that is made of the learner's own parts, in one file that needs NumPy alone."""
import inspect
import linecache
import subprocess
import sys

import numpy as np
import pytest

from course.c08_full_cell import answers
from lstmlib.cells import State, Tape, join, sigmoid
from lstmlib.gradcheck import complex_step
from workbook import room, words
from workbook.build import read

CELLS = {cell.head["id"]: cell.text for cell in read(room.rooms()["08"].path / "chapter.py")}
PARTS = [name for name in CELLS if name.startswith("file-")]
GIVEN = {"np": np, "inspect": inspect, "State": State, "Tape": Tape, "join": join, "sigmoid": sigmoid, "say": words.say}
WAYS = (answers.lstm_step, answers.lstm_back), (answers.shown_step, answers.shown_back)


def made_of(step, back):
    """The names that the chapter's cells make, with these two functions."""
    names = GIVEN | {"my_step": step, "my_back": back}
    for cell in PARTS:
        linecache.cache[cell] = len(CELLS[cell]), None, CELLS[cell].splitlines(keepends=True), cell
        exec(compile(CELLS[cell], cell, "exec"), names)
    return names


@pytest.mark.parametrize("ways", WAYS, ids=["right", "shown"])
def test_its_gradient_is_right(ways):
    made, rng = made_of(*ways), np.random.default_rng(8)
    p = {name: rng.normal(size=w.shape) for name, w in made["first_weights"](5, 4, rng).items()}
    ids = rng.integers(5, size=(7, 3))
    loss, dp = made["backpropagate"](p, ids)
    assert loss == made["read"](p, ids)[0]
    for name, w in p.items():
        found = complex_step(lambda v, name=name: made["read"](p | {name: v}, ids)[0], w)
        assert np.abs(dp[name] - found).max() < 1e-12


@pytest.mark.parametrize("language, seed", [("en", 100), ("fr", 101), ("en", 102), ("fr", 103), ("en", 104)])
def test_it_learns_the_chapters_text_by_heart(language, seed):
    made = made_of(*WAYS[1])
    words.speak(language)
    text = eval(CELLS["text-learned"].split("\nnet")[0].removeprefix("text = "), made)
    words.speak("en")
    net, letters, losses = made["learn"](text, seed=seed)
    assert abs(losses[0] - np.log(len(letters))) < .5 and np.mean(losses[-10:]) < .5
    assert made["write"](net, letters, text[:12], len(text) - 12, .1, seed) == text


def test_the_file_stands_alone(tmp_path):
    made = made_of(*WAYS[0])
    exec(CELLS["one-file-code"], made)
    (tmp_path / "my_lstm.py").write_text(made["file"], encoding="utf-8")
    (tmp_path / "text.txt").write_text("the quick brown fox jumps over the lazy dog. " * 3, encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", "my_lstm.py", "text.txt"], cwd=tmp_path, capture_output=True,
                         encoding="utf-8", timeout=100)
    assert ran.returncode == 0, ran.stderr
    (_, first, *_, last), told, *_ = (line.split() for line in ran.stdout.split("\n"))
    assert float(first) > 2.5 and float(last) < .5 and told[:4] == ["the", "quick", "brown", "fox"]
