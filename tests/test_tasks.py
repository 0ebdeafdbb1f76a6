"""The tasks ask what they say they ask: each answer is worked out again from x alone, in the slowest way."""
import re
from itertools import islice

import numpy as np
import pytest

from lstmlib import tasks
from lstmlib.cells import LSTM, RNN
from lstmlib.model import Model, exam

EVERY = {task.name: task for task in (
    tasks.which_came_first(), tasks.sweep_of_pitch(), tasks.moving_dot(), tasks.recall(20), tasks.episodes(),
    tasks.account(), tasks.marked_symbol(), tasks.counting(), tasks.secret(), tasks.adding(),
    tasks.embedded_reber(), tasks.bag(tasks.moving_dot())._replace(name="bag"),
    tasks.row(tasks.moving_dot(), 6)._replace(name="row"),
    tasks.bag_of_spectra(tasks.sweep_of_pitch())._replace(name="spectra"))}


def drawn(task, B=40, seed=3):
    return next(task.batches(np.random.default_rng(seed), B))


@pytest.mark.parametrize("task", EVERY.values(), ids=EVERY)
def test_every_batch_fits_a_model_and_can_be_scored(task):
    for batch in islice(task.batches(np.random.default_rng(0), 7), 3):
        T, B = batch.mask.shape
        assert B == 7 and batch.mask.any(0).sum() >= 1 and set(np.unique(batch.mask)) <= {0, 1}
        assert batch.x.shape == ((T, task.D, B) if batch.x.ndim == 3 else (T, B))
        y = Model(LSTM, task.D, 3, task.K)(batch.x).y
        loss, dy = task.loss(y, batch.target, batch.mask)
        assert np.isfinite(loss) and dy.dtype == np.float32


@pytest.mark.parametrize("task", EVERY.values(), ids=EVERY)
def test_the_same_seed_draws_the_same_batches_and_no_two_are_alike(task):
    one, other = (list(islice(task.batches(np.random.default_rng(5), 4), 2)) for _ in range(2))
    for a, b in zip(one, other):
        assert all(np.array_equal(p, q) for p, q in zip(a, b))
    assert not np.array_equal(one[0].x, one[1].x)


@pytest.mark.parametrize("task", EVERY.values(), ids=EVERY)
def test_perfect_answers_score_one(task):
    batch = drawn(task)
    right = batch.target if batch.target.ndim == 3 else tasks.one_hot(batch.target, task.K)
    assert task.score(right, batch.target, batch.mask) == pytest.approx(1)


@pytest.mark.parametrize("name, chance", [
    ("which came first", 1/2), ("rising or falling", 1/2), ("which way", 1/4), ("recall after 20", 1/4),
    ("episodes without end", 1/4), ("the marked symbol", 1/4), ("embedded Reber", 1/2)])
def test_chance_is_what_the_chapters_say(name, chance):
    """No class is the answer much more often than the others."""
    task = EVERY[name]
    x, target, mask, _ = drawn(task, 4000)
    always = [tasks.one_hot(np.full(target.shape, k), task.K) for k in range(task.K)]
    assert max(task.score(y, target, mask) for y in always) == pytest.approx(chance, abs=0.04)


def test_which_came_first():
    x, target, mask, _ = drawn(tasks.which_came_first(3, 9))
    for word, right, asked in zip(x.argmax(1).T, target.T, mask.T):
        assert sorted(word[word < 2]) == [0, 1] and asked.tolist() == [0] * (len(word) - 1) + [1]
        assert right[-1] == (list(word).index(0) < list(word).index(1))
    some = islice(tasks.which_came_first(3, 5).batches(np.random.default_rng(0), 1), 40)
    assert {len(batch.x) for batch in some} == {3, 4, 5}


def test_a_dot_moves_one_way_and_the_bag_sees_its_axis_only():
    x, target, _, _ = drawn(tasks.moving_dot(noise=0))
    for film, way in zip(x.transpose(2, 0, 1), target[-1]):
        rows, columns = np.divmod(film.argmax(1), 5)
        steps = {(int(r), int(c)) for r, c in zip(np.diff(rows) % 5, np.diff(columns) % 5)}
        assert steps == {tuple(d % 5 for d in tasks.WAYS[way])}
    backwards = x[::-1]
    assert np.array_equal(x.sum(0), backwards.sum(0))


def test_a_pitch_rises_or_falls():
    x, rising, _, _ = drawn(tasks.sweep_of_pitch(noise=0))
    sound = x.reshape(128, -1)
    crossings = np.diff(np.signbit(sound), axis=0)
    later = crossings[64:].sum(0) > crossings[:64].sum(0)
    assert np.array_equal(later, rising[-1] == 1)


def test_bag_and_row_hold_what_the_sequence_held():
    task = tasks.moving_dot()
    x, bag, row = (drawn(t).x for t in (task, tasks.bag(task), tasks.row(task, 6)))
    np.testing.assert_allclose(bag[0], x.sum(0), atol=1e-6)
    assert np.array_equal(row[0].reshape(x.shape), x)


def test_a_spectrum_is_the_mean_loudness_of_each_pitch_over_the_frames():
    sound = tasks.sweep_of_pitch()
    x, heap = (drawn(t).x for t in (sound, tasks.bag_of_spectra(sound)))
    wave = np.exp(-2j * np.pi * np.outer(np.arange(5), np.arange(8)) / 8)
    loud = np.abs(np.einsum("kn,tnb->tkb", wave, x))
    np.testing.assert_allclose(heap[0], loud.mean(0), atol=1e-5)


def test_recall_asks_for_the_first_symbol():
    x, target, mask, _ = drawn(tasks.recall(30, loudness=2))
    assert len(x) == 31 and mask[:-1].sum() == 0
    assert np.array_equal(x[0, :4].argmax(0), target[-1]) and not x[1:, :4].any() and not x[0, 4:].any()
    assert x[1:, 4:].std() == pytest.approx(2, rel=0.1)


def test_episodes_go_on_from_batch_to_batch():
    """However it is cut, a stream is symbol, 10 to 20 moments, question, symbol, …"""
    pieces = list(islice(tasks.episodes(7).batches(np.random.default_rng(1), 3), 60))
    assert not any(piece.fresh for piece in pieces)
    x, target, mask = (np.concatenate([piece[k] for piece in pieces]) for k in range(3))
    for b in range(3):
        symbol, since, lessons = None, 0, 0
        for t in range(len(x)):
            if x[t, :4, b].any():
                assert symbol is None and x[t, :4, b].sum() == 1
                symbol, since = x[t, :4, b].argmax(), 0
            else:
                since += 1
            assert mask[t, b] == x[t, 4, b] and (mask[t, b] == 0 or target[t, b] == symbol)
            if mask[t, b]:
                assert 11 <= since <= 21
                symbol, lessons = None, lessons + 1
        assert lessons >= len(x) // 22 - 1


def test_an_account_is_the_sum_since_it_was_closed():
    x, target, _, _ = drawn(tasks.account())
    for b in range(5):
        balance = 0
        for (money, closed), says in zip(x[..., b], target[:, 0, b]):
            balance = 0 if closed else balance + money
            assert says == pytest.approx(balance / 3, abs=1e-5)


def test_the_marked_symbol_is_one_of_the_first():
    x, target, _, _ = drawn(tasks.marked_symbol(), 400)
    mark = x[:, -1].argmax(0)
    assert set(mark) == set(range(10)) and np.array_equal(x[:, -1].sum(0), np.ones(400))
    assert np.array_equal(x[mark, :4, np.arange(400)].argmax(1), target[-1])


def test_ab_words_end_where_they_end():
    x, target, mask, _ = drawn(tasks.counting(1, 4))
    for b in range(40):
        word = "".join("ab"[column.argmax()] for column in x[..., b] if column.any())
        n = word.count("a")
        assert word == "a" * n + "b" * n and mask[:, b].sum() == 2 * n
        assert target[:, b].nonzero()[0].tolist() == [2 * n - 1]


def test_a_counter_is_told_how_far_it_counts():
    """By hand: c goes up with a, down with b; the word ends when c is back, here for n up to 4."""
    class Counter:
        def __call__(self, x):
            level = np.cumsum(x[:, 0] - x[:, 1], axis=0)
            over = (level == 0) & (x[:, 1] > 0)
            over &= np.cumsum(x[:, 0], axis=0) <= 4
            return Model(RNN, 2, 1, 2)(x)._replace(y=np.stack([~over, over], axis=1).astype(float))
    assert tasks.counts(Counter(), 6).tolist() == [True] * 4 + [False] * 2
    assert exam(Counter(), tasks.counting(1, 4)) == 1 and exam(Counter(), tasks.counting(5, 9)) == 0


def test_the_secret_is_said_when_asked_and_at_no_other_time():
    x, target, mask, _ = drawn(tasks.secret())
    assert mask.all()
    for b in range(40):
        secret = None
        for (number, told, ask), says in zip(x[..., b], target[:, 0, b]):
            assert not (told and ask) and (told or number == 0)
            secret = number if told else secret
            assert says == (secret if ask else 0)
    silent = np.zeros_like(target)
    assert tasks.when_asked(silent, target, mask) < 0.1             # silence is no answer
    assert tasks.when_asked(target + (target == 0), target, mask) == 1          # nor is what nobody has asked


def test_adding_marks_one_number_in_each_half():
    x, target, mask, _ = drawn(tasks.adding(20))
    assert np.array_equal(x[:10, 1].sum(0), np.ones(40)) and np.array_equal(x[10:, 1].sum(0), np.ones(40))
    np.testing.assert_allclose(target[-1, 0], (x[:, 0] * x[:, 1]).sum(0), atol=1e-6)
    assert mask[-1].all() and not mask[:-1].any()


def test_reber_words_follow_the_grammar():
    loop = "T*V(?:PXT*V)*(?:V|PS)"
    grammar = re.compile(f"B(?:TS*X(?:S|X{loop})|P{loop})E")
    x, target, mask, _ = drawn(tasks.embedded_reber(), 300)
    assert np.array_equal(x[1:], target[:-1])
    for b in range(300):
        n = int(mask[:, b].sum())
        word = "".join(tasks.LETTERS[k] for k in [*x[:n, b], target[n - 1, b]])
        assert len(word) <= 30 and word[0] == "B" and word[-1] == "E" and word[1] == word[-2] in "TP"
        assert grammar.fullmatch(word[2:-2]), word


def test_the_last_answer_but_one_is_found_in_words_of_all_lengths():
    target = np.array([[1, 1], [2, 2], [3, 3], [4, 0]])
    mask = np.array([[1, 1], [1, 1], [1, 1], [1, 0]])
    y = tasks.one_hot(np.array([[0, 0], [0, 2], [3, 0], [0, 0]]), 5)       # right at t = 2 and at t = 1
    assert tasks.last_but_one(y, target, mask) == 1


def test_the_longest_word_of_reber_may_come():
    batch = next(tasks.embedded_reber(11).batches(np.random.default_rng(0), 300))
    assert batch.mask.sum(0).max() + 1 == 11
