"""What a cell says where a library that it borrows is missing, and what those libraries themselves say."""
import os
import subprocess
import sys
from importlib.util import find_spec
from types import SimpleNamespace

import nbformat
import notebooks
import numpy as np
import pytest

from course.c11_out_into_the_world import borrowing
from lstmlib import LSTM, Model, forward, to_keras
from workbook import build, words

CELL = 'if nothing := borrow("no_such_library"):\n    print(nothing)'


@pytest.fixture
def missing(tmp_path, monkeypatch, capsys):
    """borrow("no_such_library") in a cell with this code, the built chapter being kept: what is shown."""
    def ask(code):
        shown = []
        monkeypatch.setattr(borrowing, "get_ipython", lambda: SimpleNamespace(user_ns={"In": ["", code + "\n"]}))
        monkeypatch.setattr(borrowing, "display", lambda thing, raw=False: shown.append(thing))
        monkeypatch.setattr(borrowing, "COURSE", tmp_path / "course")
        assert borrowing.borrow("no_such_library") is None
        return shown, capsys.readouterr().out
    for lang in ("en", "fr"):
        cell = nbformat.v4.new_code_cell(CELL)
        cell.outputs = [nbformat.v4.new_output("stream", text=f"printed, {lang}\n"),
                        nbformat.v4.new_output("display_data", {"text/plain": "shown"})]
        (path := tmp_path / "chapters" / lang / "11-somewhere.ipynb").parent.mkdir(parents=True)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return ask


@pytest.mark.parametrize("lang, said", [("en", "no_such_library is not installed here"), ("fr", "pas installé ici")])
def test_a_missing_library_is_named_with_its_cure_and_the_kept_output_is_shown(missing, lang, said):
    words.speak(lang)
    (note, output), printed = missing(CELL)
    assert said in note.text and "%pip install no_such_library" in note.text
    assert output == {"text/plain": "shown"} and printed == f"printed, {lang}\n"


def test_a_cell_that_was_changed_is_not_answered_with_another_s_output(missing):
    (note,), printed = missing(CELL + "  # mine")
    assert note.text and printed == ""


def test_a_library_that_is_there_is_given():
    assert borrowing.borrow("json").dumps([1]) == "[1]"


def test_a_build_without_the_library_keeps_what_one_with_it_has_left(tmp_path):
    path = tmp_path / "11-somewhere.ipynb"
    old, new, changed = (nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, id="borrowed")])
                         for code in (CELL, CELL, CELL + "  # new"))
    old.cells[0].outputs = [nbformat.v4.new_output("stream", text="with it")]
    nbformat.write(old, path)
    build.keep_borrowed(new, path)
    assert new.cells[0].outputs[0].text == "with it"
    with pytest.raises(build.Refused, match="borrowed: was changed, and to build it takes no_such_library"):
        build.keep_borrowed(changed, path)


def test_a_test_of_the_notebooks_runs_such_a_cell_and_compares_it_with_nothing():
    told, options = [], {code: {} for code in (CELL, 'borrow("json")', "1 + 1")}
    notebooks.pytest_collection_modifyitems([
        SimpleNamespace(cell=SimpleNamespace(source=code), options=chosen, warn=told.append)
        for code, chosen in options.items()])
    assert list(options.values()) == [{"check": False}, {}, {}]
    assert [str(warning) for warning in told] == ["not compared: no_such_library is missing"]


def test_keras_itself_gives_these_numbers(tmp_path):
    if not (find_spec("keras") and find_spec("torch")):
        pytest.skip("not run: keras is missing")
    code = """
import sys, numpy as np, keras
x, *weights = np.load(sys.argv[1]).values()
layer = keras.layers.LSTM(weights[1].shape[0])
layer.build(x.shape)
layer.set_weights(weights)
np.save(sys.argv[2], keras.ops.convert_to_numpy(layer(x)))
bias = keras.layers.LSTM(3)
bias.build(x.shape)
print(*np.unique(bias.get_weights()[2].reshape(4, 3), axis=1).ravel())
"""
    p = Model(LSTM, D=4, H=10, K=1).params[0]
    x = np.random.default_rng(11).normal(size=(7, 4, 3)).astype(np.float32)
    given, got = tmp_path / "given.npz", tmp_path / "got.npy"
    np.savez(given, x.transpose(2, 0, 1), *to_keras(LSTM, p))
    done = subprocess.run([sys.executable, "-c", code, given, got], capture_output=True, encoding="utf-8",
                          env=os.environ | {"KERAS_BACKEND": "torch", "KERAS_HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert np.abs(np.load(got) - forward(LSTM, p, x).s.h.T).max() < 1e-6
    assert done.stdout.split() == ["0.0", "1.0", "0.0", "0.0"]       # i, f, c, o: Keras starts the bias of f at 1
