"""Nobody can tell a played training from a done one; and what kernels of the notebooks begin with."""
import inspect
import subprocess
import sys
from itertools import islice
from pathlib import Path
from types import FunctionType

import nbformat
import numpy as np
import pytest
import shared_training
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course.c02_applications.applications import EncoderDecoder
from course.c02_applications.corpora import drawn
from lstmlib import cells, tasks
from lstmlib.cells import GRU, LSTM, RNN, hold, lstm_step
from lstmlib.model import Model, cross_entropy, sgd, train
from lstmlib.unroll import weights

HERE = Path(__file__).parent
RECALL, STREAM = tasks.recall(3), tasks.episodes()


def copy_task():
    """A task for an EncoderDecoder: say the five words again."""
    def batch(rng, B):
        words = rng.integers(1, 4, (5, B))
        return tasks.Batch((words, np.concatenate([0 * words[:1], words[:-1]])), words, np.ones((5, B)))
    return tasks.Task("copy", 4, 4, tasks.again(batch))


def model(cell=LSTM, task=RECALL, **how):
    return Model(cell, task.D, 5, task.K, **how)


def numbers(model):
    return [w.tobytes() for p in model.params for w in p.values()]


def steps(model, task, n, train, **how):
    """All that can be seen of a training: every step, and the model at each of them and afterwards."""
    seen = [(s.loss, s.norm, type(s.s[0]), np.array(s.s).tobytes(), numbers(model))
            for s in islice(train(model, task, **how), n)]
    return seen, numbers(model)


CASES = {
    "the LSTM": lambda train, n: steps(model(), RECALL, n, train),
    "states that are handed on": lambda train, n: steps(model(task=STREAM), STREAM, n, train),
    "two layers, float64": lambda train, n: steps(model(layers=2, dtype=np.float64), RECALL, n, train),
    "the GRU": lambda train, n: steps(model(GRU), RECALL, n, train),
    "a held gate": lambda train, n: steps(model(hold(LSTM, f=1)), RECALL, n, train),
    "an encoder and a decoder": lambda train, n: steps(EncoderDecoder(4, 5, 4), copy_task(), n, train),
    "descent": lambda train, n: steps(model(), RECALL, n, train, optimizer=sgd, lr=.1, seed=3, B=7),
}


@pytest.fixture
def done(monkeypatch):
    """The updates that were honestly computed, one entry for each."""
    made, gradients = [], Model.gradients
    monkeypatch.setattr(Model, "gradients", lambda *args: made.append(1) or gradients(*args))
    return made


@pytest.mark.parametrize("case", CASES)
def test_a_recorded_and_a_played_training_are_the_training_itself(case, tmp_path, done):
    look, play = CASES[case], shared_training.shared(train, tmp_path)
    honest = look(train, 6)
    assert look(play, 6) == honest
    cost = len(done)
    assert look(play, 6) == honest and look(play, 2) == look(train, 2)
    assert len(done) == cost + cost // 6  # only look(train, 2) has computed
    assert look(play, 9) == look(train, 9)        # longer than the record: done, and kept
    cost = len(done)
    assert look(play, 9)[0][:6] == honest[0] and len(done) == cost


def test_a_consumer_that_goes_on_later_and_one_that_changes_weights(tmp_path, done):
    def touched(train, at):
        m = model()
        seen, learning = [], train(m, RECALL)
        for k in range(6):
            if k in at:
                m.params[0]["W"] *= 1.5
            seen.append((next(learning).loss, numbers(m)))
        return seen
    play = shared_training.shared(train, tmp_path)
    for at in ((3,), (), (3,), (1, 5), (0,)):         # recorded while touched, and touched while played
        assert touched(play, at) == touched(train, at)
    for at in ((), (1, 3)):                           # who touches them alike, at the same updates, is played
        touched(play, at)
        cost = len(done)
        assert touched(play, at) == touched(play, at) and len(done) == cost


def test_another_seed_rate_loss_task_or_weight_is_another_training(tmp_path, done):
    m, play = model(), shared_training.shared(train, tmp_path)
    steps(m, RECALL, 3, play)
    def later(rng, B):
        yield from islice(RECALL.batches(rng, B), 2)               # from the third batch on, it differs
        yield from tasks.recall(4).batches(rng, B)

    later = RECALL._replace(batches=later)
    for how in ({"seed": 1}, {"lr": .02}, {"max_norm": .1}, {"B": 8}, {"optimizer": sgd}):
        assert steps(model(), RECALL, 3, play, **how) == steps(model(), RECALL, 3, train, **how)
    for task in (later, tasks.recall(9), RECALL._replace(loss=lambda *y: cross_entropy(*y))):
        assert steps(model(), task, 3, play) == steps(model(), task, 3, train)
    assert steps(model(seed=1), RECALL, 3, play) == steps(model(seed=1), RECALL, 3, train)
    assert steps(model(RNN), RECALL, 3, play) == steps(model(RNN), RECALL, 3, train)


def test_what_the_notebook_has_written_itself_is_always_done(tmp_path, done):
    play = shared_training.shared(train, tmp_path)
    own = LSTM._replace(step=lambda *args: lstm_step(*args))
    for what in (own, LSTM._replace(back=lambda *args: LSTM.back(*args))):
        assert steps(model(what), RECALL, 3, play) == steps(model(what), RECALL, 3, play) and len(done) == 6
        done.clear()
    assert not [*tmp_path.iterdir()]


def drawing_itself(batches):
    def mine(rng, B):
        yield from batches(rng, B)
    return mine


def elsewhere(batches):
    """The same code among other names, of which one may differ."""
    return FunctionType(batches.__code__, dict(batches.__globals__), closure=batches.__closure__)


@pytest.mark.parametrize("task, draws", [
    (RECALL, 1), (STREAM, 1), (tasks.bag(RECALL), 2), (tasks.row(RECALL, 4), 2),   # these two make a Batch of a Batch
    (tasks.embedded_reber(), 1), (RECALL._replace(batches=drawing_itself(RECALL.batches)), 6),
    (STREAM._replace(batches=elsewhere(STREAM.batches)), 6)])
def test_batches_of_ours_are_drawn_once_and_what_a_notebook_draws_is_compared(task, draws, tmp_path, monkeypatch):
    made, play = [], shared_training.shared(train, tmp_path)
    honest = steps(model(task=task), task, 6, play)
    batch = tasks.Batch.__new__
    monkeypatch.setattr(tasks.Batch, "__new__", lambda *args, **how: made.append(1) or batch(*args, **how))
    assert steps(model(task=task), task, 6, play) == honest
    assert len(made) == draws


def test_tasks_that_differ_in_what_they_hold_are_not_taken_for_each_other(tmp_path, done):
    """Not even where the first batch is the same: what draws them is looked into, down to the last number."""
    play = shared_training.shared(train, tmp_path)
    x = np.arange(1000)[None] % 4
    other = np.where(np.isin(np.arange(1000), np.random.default_rng(0).integers(0, 1000, 32)), x, 3 - x)
    corpora = [drawn("some", 4, 4, x, target, np.ones((1, 1000))) for target in (x, other)]
    for task in (*corpora, tasks.recall(3, loudness=2.5), tasks.recall(4), tasks.which_came_first(3, 9),
                 tasks.which_came_first(3, 8)):
        assert steps(model(task=task), task, 3, play) == steps(model(task=task), task, 3, train)
    assert len(done) == 6 * 6


def test_what_only_bears_the_name_of_ours_is_always_done(tmp_path, done):
    """As chapter 08 does it: a broken way back, made from the text of the right one, in a copy of its room."""
    room = dict(vars(cells))
    exec(inspect.getsource(cells.lstm_back).replace("dc = ds.c + ds.h", "dc = ds.h"), room)
    broken = LSTM._replace(back=room["lstm_back"])
    play = shared_training.shared(train, tmp_path)
    right, wrong = (steps(model(cell, STREAM), STREAM, 4, play)[1] for cell in (LSTM, broken))
    assert right != wrong == steps(model(broken, STREAM), STREAM, 4, train)[1] and len(done) == 12


def test_weights_that_run_away_do_so_when_played(tmp_path):
    for learn in (train, *[shared_training.shared(train, tmp_path)] * 2):
        with np.errstate(all="ignore"), pytest.raises(FloatingPointError, match="at update 1 the loss is"):
            m = model()
            for _ in learn(m, RECALL, lr=1e38):
                pass


def test_two_kernels_that_record_at_once_leave_one_whole_record(tmp_path, done):
    one, two = (shared_training.shared(train, tmp_path)(model(), RECALL) for _ in "ab")
    for learning, n in ((one, 2), (two, 4), (one, 1)):
        assert len([*islice(learning, n)]) == n
    two.close()
    one.close()                                                    # the shorter one does not take its place
    done.clear()
    m = model()
    assert steps(m, RECALL, 4, shared_training.shared(train, tmp_path)) and not done
    assert len([*tmp_path.iterdir()]) == 1


def test_a_kernel_that_dies_while_it_writes_leaves_no_half_record(tmp_path, monkeypatch):
    def dies(file, *columns):
        file.write(b"PK")
        raise KeyboardInterrupt
    play = shared_training.shared(train, tmp_path)
    learning = play(model(), RECALL)
    next(learning)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(np, "savez", dies)
        learning.close()
    assert steps(model(), RECALL, 3, play) == steps(model(), RECALL, 3, train)


def test_a_notebook_begins_as_ever_and_a_shaken_one_with_other_weights(tmp_path):
    """What the kernel does before the first cell adds no name. A cell whose output differs still fails."""
    one, two = "Model(LSTM, 5, 5, 5).params[0]['W']", "weights(LSTM, 5, 5, np.random.default_rng(0))['W']"
    cells = {"[name for name in dir() if name[0] > '_']": ["exit", "get_ipython", "open", "quit"],
             "import numpy as np\nfrom lstmlib import *\ntrain.__code__.co_name": "play_or_train",
             f"{one}.tobytes().hex()": Model(LSTM, 5, 5, 5).params[0]["W"].tobytes().hex(),
             f"{two}.tobytes().hex()": weights(LSTM, 5, 5, np.random.default_rng(0))["W"].tobytes().hex()}
    notebook = new_notebook(cells=[new_code_cell(cell, execution_count=k, outputs=[
        new_output("execute_result", {"text/plain": repr(said)}, execution_count=k)])
        for k, (cell, said) in enumerate(cells.items(), 1)])
    nbformat.write(notebook, tmp_path / "a.ipynb")
    run = [sys.executable, HERE / "notebooks.py", "-n0", "-p", "no:cacheprovider", tmp_path / "a.ipynb"]
    plain, shaken = (subprocess.run(run + words, capture_output=True, text=True).stdout
                     for words in ([], ["--shake", "1"]))
    assert "4 passed" in plain, plain
    assert "2 failed, 2 passed" in shaken and all(f"a.ipynb::Cell {k} " in shaken for k in (2, 3)), shaken
