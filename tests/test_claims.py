"""What the chapters claim, measured over five seeds by which nothing was chosen.

pytest -rP prints each spread. A claim that fails is reworded, not tried on other seeds: "every" holds on all
five, "most" is a median. Digits differ between machines (the BLAS kernel decides), so claims have a margin.
"""
import inspect
import time
from itertools import islice

import numpy as np

from lstmlib import cells, tasks
from lstmlib.cells import CIFG, GRU, LSTM, RNN, hold, pin
from lstmlib.model import Model, exam, train
from course.c08_full_cell.ablation import LESSONS, LINEAR, VARIANTS, counted
from lstmlib.sweep import SEEDS, asked, kept, trained
from lstmlib.unroll import backward, forward, weights


def scores(name, score, cell, task, H, updates, **how):
    """score(model) of a model for each seed; says what was found, and what one training took of a core."""
    began = time.process_time()
    models = [trained(cell, task, H, updates, seed, **how) for seed in SEEDS]
    seconds = (time.process_time() - began) / len(SEEDS)
    found = np.array([score(model) for model in models])
    for column in found.reshape(len(SEEDS), -1).T:
        print(f"{name:40s} median {np.median(column):.3f}   from {column.min():.3f} to {column.max():.3f}"
              f"   {seconds:.1f} s")
    return found


# --- 01 RNN basics ----------------------------------------------------------------------------------


def test_01_a_bag_of_letters_does_not_know_which_came_first_a_fixed_window_does():
    ten = tasks.which_came_first(10, 10)
    bag, row = tasks.bag(ten), tasks.row(ten, 10)
    assert np.all(np.abs(scores("bag of letters", asked(bag, 2000), RNN, bag, 16, 600) - 0.5) < 0.06)
    assert np.all(scores("row of letters", asked(row), RNN, row, 16, 600) > 0.97)


def test_01_shown_rows_of_3_to_20_letters_an_rnn_answers_at_50():
    long = tasks.which_came_first(50, 50)
    assert np.all(scores("asked at 50", asked(long), RNN, tasks.which_came_first(), 16, 1000) > 0.95)


def test_01_shown_one_length_only_or_short_rows_it_does_not():
    def at(*lengths):
        return lambda model: [exam(model, tasks.which_came_first(T, T)) for T in lengths]
    one, some = tasks.which_came_first(10, 10), tasks.which_came_first(3, 12)
    ten, thirty = scores("learned at 10, asked at 10 and at 30", at(10, 30), RNN, one, 16, 600).T
    assert np.all(ten > 0.97) and np.median(thirty) < 0.75
    twelve, fifty = scores("learned at 3..12, asked at 12 and at 50", at(12, 50), RNN, some, 16, 1000).T
    assert np.all(twelve > 0.97) and np.median(fifty) < 0.8


def test_01_the_same_lines_hear_a_rising_pitch_which_a_bag_of_sounds_does_not():
    sound = tasks.sweep_of_pitch()
    bag, spectra, row = tasks.bag(sound), tasks.bag_of_spectra(sound), tasks.row(sound, 16)
    assert np.all(scores("rising or falling, RNN", asked(sound), RNN, sound, 16, 500) > 0.97)
    assert np.all(scores("rising or falling, row", asked(row), RNN, row, 16, 500) > 0.97)
    assert np.all(np.abs(scores("rising or falling, bag", asked(bag, 2000), RNN, bag, 16, 500) - 0.5) < 0.06)
    heard = scores("rising or falling, bag of spectra", asked(spectra, 2000), RNN, spectra, 16, 500)
    assert np.all(np.abs(heard - 0.5) < 0.06)


def test_01_they_see_where_a_dot_goes_of_which_a_bag_of_pictures_sees_the_axis():
    film = tasks.moving_dot()
    bag = tasks.bag(film)
    assert np.all(scores("which way, RNN", asked(film), RNN, film, 32, 600) > 0.95)
    assert np.all(np.abs(scores("which way, bag", asked(bag, 2000), RNN, bag, 32, 600) - 0.5) < 0.06)


# --- 03 Vanishing gradient --------------------------------------------------------------------------


def log_gradients(cell, loudness=1.0, stretch=1.0, forget_bias=0.0, **gates):
    """log10 of |∂h_T/∂s_t| at lags 10, 50, 100, a row for each seed; s is c, or h where there is no c.

    Before training, 32 units, noise of that loudness; Wh is orthogonal and stretched; Frobenius norm / √H.
    """
    H, B, rows = 32, 4, []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        p = pin(cell, weights(cell, 4, H, rng, forget_bias), **gates)
        p["W"][..., :H] *= stretch
        x = loudness * rng.normal(size=(201, 4, B))
        row = []
        for lag in (10, 50, 100):
            s = cell.state(*(np.repeat(q, H, axis=1) for q in forward(cell, p, x[:-lag]).s))
            run = forward(cell, p, np.repeat(x[-lag:], H, axis=2), s)
            dh = np.zeros(run.h.shape)
            dh[-1] = np.tile(np.eye(H), B)                  # one column for each unit of h_T
            _, _, ds = backward(cell, p, run, dh)
            row.append(np.log10(np.sqrt((ds[-1] ** 2).sum() / B / H)))
        rows.append(row)
    rows = np.array(rows)
    print(f"{cell.name}, noise {loudness}, Wh × {stretch}, bias {forget_bias}, {gates}: lags 10, 50, 100, "
          f"mean {rows.mean(0).round(1)}, from {rows.min(0).round(1)} to {rows.max(0).round(1)}")
    return rows


def test_03_in_silence_the_gradient_goes_as_the_radius_to_the_lag():
    for radius in (0.5, 0.9, 1.0, 1.1, 1.5):
        expected = np.log10(radius) * np.array([10, 50, 100])
        assert np.all(np.abs(log_gradients(RNN, 0, radius) - expected) < 1e-6)


def test_03_spoken_to_it_vanishes_even_where_the_radius_is_above_one():
    for radius in (0.5, 0.9, 1.0, 1.1, 1.5):
        ten, fifty, hundred = log_gradients(RNN, 1, radius).T
        assert np.all(hundred < fifty) and np.all(fifty < ten)
        assert np.all(fifty < -1.5) and np.all(hundred < -3)
    assert np.all(log_gradients(RNN, 0.1, 1.5)[:, 2] > 1)   # explosion needs a quiet net


def test_03_it_is_f_near_1_that_helps_not_the_name():
    rnn, zero, one = (log_gradients(*case)[:, 2] for case in ((RNN,), (LSTM,), (LSTM, 1, 1, 1)))
    three, five, gru = (log_gradients(*case)[:, 2] for case in ((LSTM, 1, 1, 3), (LSTM, 1, 1, 5), (GRU,)))
    assert np.all(zero < -15) and np.all(rnn < -13) and np.all(gru < -13)
    assert np.all(one < -6) and np.all(three > -3) and np.all(five > -3)
    assert np.all(log_gradients(LSTM, f=1)[:, 2] > -3)


def test_03_fifty_moments_back_an_lstm_remembers_and_no_rnn_we_tried():
    far = tasks.recall(50)
    assert np.all(scores("recall 50, LSTM, bias 5", asked(far), LSTM, far, 32, 300, forget_bias=5) > 0.95)
    assert np.all(scores("recall 50, RNN", asked(far), RNN, far, 32, 400) < 0.35)
    assert np.all(scores("recall 50, RNN, lr 3e-3", asked(far), RNN, far, 32, 400, lr=3e-3) < 0.35)
    fast = [scores(f"recall 50, RNN, lr {lr}", asked(far), RNN, far, 32, 400, lr=lr) for lr in (3e-2, 1e-1)]
    assert np.max(fast) > 0.35 and np.all(np.array(fast) < 0.9)     # one bit of two may stick, rarely more
    found = []
    for seed in SEEDS:
        model = Model(RNN, far.D, 32, far.K, seed=seed)
        model.params[0]["W"][..., :32] *= 1.5
        list(islice(train(model, far, lr=3e-3, seed=seed), 400))
        found.append(exam(model, far))
    print("recall 50, RNN, Wh × 1.5, lr 3e-3", found)
    assert max(found) < 0.35


def test_03_an_lstm_with_a_forget_bias_of_0_or_1_does_not_either():
    far = tasks.recall(50)
    for bias in (0, 1):
        found = scores(f"recall 50, LSTM, bias {bias}", asked(far), LSTM, far, 32, 400, forget_bias=bias)
        assert np.median(found) < 0.35


def test_03_a_near_symbol_is_no_trouble_for_either():
    near = tasks.recall(3)
    assert np.all(scores("recall 3, RNN", asked(near), RNN, near, 32, 400) > 0.9)
    assert np.all(scores("recall 3, LSTM, bias 5", asked(near), LSTM, near, 32, 400, forget_bias=5) > 0.9)


def probe(name, cell, L, loudness, forget_bias=0.0, stretch=1.0):
    """How often a linear read-out, fitted to h after L moments, names the symbol; the net is untrained."""
    task, found = tasks.recall(L, loudness=loudness), []
    for seed in SEEDS:
        model = Model(cell, task.D, 32, task.K, seed=seed, dtype=float, forget_bias=forget_bias)
        model.params[0]["W"][..., :32] *= stretch
        x, target, _, _ = next(task.batches(np.random.default_rng(seed), 4000))
        h = np.vstack([model(x).runs[0].h[-1], np.ones(4000)]).T
        fit, *_ = np.linalg.lstsq(h[:2000], tasks.one_hot(target[-1, :2000], 4).T)
        found.append(np.mean((h[2000:] @ fit).argmax(1) == target[-1, 2000:]))
    print(f"probe, {name:33s} median {np.median(found):.3f}   from {min(found):.3f} to {max(found):.3f}")
    return np.array(found)


def test_03_not_learned_is_not_yet_forgotten_but_noise_makes_it_so():
    assert np.all(probe("RNN, silence, lag 50, Wh × 0.9", RNN, 50, 0, stretch=0.9) > 0.95)
    assert np.all(probe("RNN, noise of sd 0.5, lag 5", RNN, 5, 0.5) > 0.9)
    assert np.all(probe("RNN, noise of sd 1, lag 20", RNN, 20, 1) < 0.35)
    assert np.median(probe("LSTM, bias 5, noise of sd 1, lag 20", LSTM, 20, 1, 5)) > 0.5


def test_03_the_kept_heat_map_says_so():
    table = kept("recall")
    for L in ("50", "100"):
        assert np.max(table["RNN", L]) < 0.4 and np.max(table["LSTM, bias 0", L]) < 0.4
    assert np.min(table["LSTM, bias 5", "50"]) > 0.95 and np.min(table["RNN", "5"]) > 0.9


# --- 04 Forget gate ---------------------------------------------------------------------------------


ENDLESS = tasks.episodes()
on_a_long_stream = asked(tasks.episodes(2000), 20)


def endless(name, score=on_a_long_stream, cell=LSTM, updates=500, **how):
    return scores("endless, " + name, score, cell, ENDLESS, 16, updates, **how)


def test_04_on_a_stream_without_end_a_learned_forget_gate_is_right_on_every_seed():
    assert np.all(endless("learned f, bias 1") > 0.97)
    assert np.all(endless("learned f, bias 3", forget_bias=3) > 0.97)


def test_04_what_never_forgets_is_near_chance_on_most_seeds_and_drowns():
    def score_and_size(model):
        stream = next(tasks.episodes(20_000).batches(np.random.default_rng(0), 4))
        return on_a_long_stream(model), np.abs(model(stream.x).s[0].c).mean()
    right, size = endless("f = 1: score, mean |c|", score_and_size, f=1).T
    assert np.median(right) < 0.5 and np.all(right < 0.9) and np.median(size) > 1000


def test_04_what_always_forgets_or_begins_shut_is_at_chance():
    assert np.all(endless("f = 0", f=0) < 0.32)
    assert np.all(endless("bias -2", forget_bias=-2) < 0.32)


def test_04_the_bias_has_two_sides_and_the_rate_has_its_say():
    assert endless("bias 0", forget_bias=0).min() < 0.9        # some seeds fail, where bias 1 and 3 have none
    assert endless("bias 5", forget_bias=5).min() < 0.9
    assert np.median(endless("bias 5, lr 3e-2", updates=1000, forget_bias=5, lr=3e-2)) > 0.95


def test_04_a_gru_lives_on_the_stream_too_and_an_rnn_does_not():
    assert np.all(endless("GRU", cell=GRU) > 0.97)
    assert np.median(endless("RNN", cell=RNN)) < 0.6


def test_04_emptied_before_each_lesson_it_need_not_forget():
    def emptied(rng, B):
        return next(tasks.episodes(45).batches(rng, B))._replace(fresh=True)
    short = ENDLESS._replace(batches=tasks.again(emptied))
    right = scores("emptied, f = 1", asked(tasks.episodes(45)), LSTM, short, 16, 500, f=1)
    assert np.median(right) > 0.95 and np.all(right > 0.8)


def test_04_one_cell_keeps_an_account_best_if_it_may_forget():
    def at_length(model):
        return exam(model, tasks.account(1000), 30)
    learned = scores("account, learned f", at_length, LSTM, tasks.account(), 1, 600, lr=2e-2)
    never = scores("account, f = 1", at_length, LSTM, tasks.account(), 1, 600, lr=2e-2, f=1)
    always = scores("account, f = 0", at_length, LSTM, tasks.account(), 1, 600, lr=2e-2, f=0)
    assert np.all(learned > 0.9) and np.median(never) < 0.85 and np.median(always) < 0.92


# --- 05 Input gate ----------------------------------------------------------------------------------


MARKED = tasks.marked_symbol()
name_the_marked = asked(MARKED)


def marked(name, cell=LSTM, score=name_the_marked, updates=300, **how):
    return scores("marked, " + name, score, cell, MARKED, 8, updates, lr=2e-2, **how)


def test_05_where_all_is_kept_a_learned_input_gate_is_right_and_an_open_one_drowns():
    learned, open_ = marked("f = 1, i learned", f=1), marked("f = 1, i = 1", f=1, i=1)
    assert np.all(learned > 0.95) and np.median(open_) < 0.45 and np.all(open_ < learned.min())


def test_05_no_constant_is_as_good():
    learned = marked("f = 1, i learned", updates=400, f=1)
    for value in (0.5, 0.1, 0.02):
        held = marked(f"f = 1, i held at {value}", hold(LSTM, i=value), updates=400, f=1)
        assert np.median(held) < learned.min() - 0.02


def test_05_the_gate_opens_at_the_mark():
    x = next(MARKED.batches(np.random.default_rng(3), 300)).x
    mark = x[:, -1] > 0

    def opens(model):
        i = model(x).runs[0].tape.i.swapaxes(1, 2)          # (T, B, H)
        return (i[mark].mean(0) - i[~mark].mean(0)).max()
    assert np.all(marked("i at the mark - i elsewhere, best unit", score=opens, f=1) > 0.3)


def test_05_with_a_learned_forget_gate_the_two_are_partly_redundant_on_most_seeds():
    assert np.median(marked("f and i learned", forget_bias=3)) > 0.95       # a seed now and then is late
    assert np.median(marked("CIFG, i = 1 - f", CIFG, forget_bias=3)) > 0.95
    assert np.median(marked("f learned, i held at 0.1", hold(LSTM, i=0.1), forget_bias=3)) > 0.9


# --- 06 Cell state ----------------------------------------------------------------------------------


def counting(name, cell=LSTM, H=2, updates=1000, lr=1e-2, score=counted, **how):
    return scores("aⁿbⁿ, " + name, score, cell, tasks.counting(), H, updates, lr=lr, **how)


def near_and_far(model):
    right = tasks.counts(model, 50)
    return right[:10].mean(), right[10:].mean()


def test_06_two_units_that_are_only_added_to_count_far_beyond_their_lessons():
    far = counting("f = 1, n = 11..50", updates=400, lr=2e-2, f=1)
    assert np.median(far) > 0.9                             # not on every seed: about one in ten never learns
    reach = counting("f = 1, all right up to", updates=400, lr=2e-2, f=1,
                     score=lambda model: np.append(tasks.counts(model, 100), False).argmin())
    assert np.median(reach) > 30


def test_06_the_best_cell_follows_the_count_and_is_not_squashed():
    words = tasks.ab_words(np.array([50]))
    count = np.cumsum(words.x[:, 0, 0] - words.x[:, 1, 0])

    def look(model):
        tape = model(words.x).runs[0].tape
        follows = [abs(np.corrcoef(c, count)[0, 1]) for c in tape.c[..., 0].T]
        return max(follows), np.abs(tape.c[..., 0]).max(), np.abs(tape.h).max()
    follows, size, said = counting("f = 1: follows, |c|, |h|", updates=400, lr=2e-2, f=1, score=look).T
    assert np.median(follows) > 0.99 and np.median(size) > 10 and np.all(said <= 1)


def test_06_what_is_squashed_or_leaks_counts_no_further_than_it_saw():
    for name, cell, H, bias in (("GRU", GRU, 4, 1), ("RNN", RNN, 8, 1), ("learned f", LSTM, 4, 3)):
        near, far = counting(f"{name}: n = 1..10, 11..50", cell, H, score=near_and_far, forget_bias=bias).T
        assert np.median(near) > 0.85 and np.median(far) < 0.5 and np.all(far < 0.8)


def test_06_without_the_tanh_on_its_way_out_it_does_not_count_either():
    assert np.median(counting("f = 1, h = o * c, n = 11..50", LINEAR, f=1)) < 0.6


# --- 07 Output gate ---------------------------------------------------------------------------------


say_it_when_asked = asked(tasks.secret())


def secret(name, H=1, score=say_it_when_asked, **how):
    return scores("secret, " + name, score, LSTM, tasks.secret(), H, 800, lr=6e-2, **how)


def test_07_one_unit_keeps_a_secret_only_with_an_output_gate():
    learned, open_ = secret("1 unit, o learned"), secret("1 unit, o = 1", o=1)
    assert np.median(learned) > 0.9 and np.all(learned > 0.75) and np.median(open_) < 0.75
    assert np.median(learned) > open_.max()


def test_07_with_four_units_the_difference_is_gone():
    assert np.all(secret("4 units, o learned", 4) > 0.95)
    assert np.median(secret("4 units, o = 1", 4, o=1)) > 0.95


def test_07_the_gate_opens_when_asked():
    x = next(tasks.secret().batches(np.random.default_rng(3), 200)).x
    ask = x[:, 2] > 0

    def opens(model):
        o = model(x).runs[0].tape.o[:, 0]
        return o[ask].mean(), o[~ask].mean()
    asked_, else_ = secret("mean o when asked, else", score=opens).T
    assert np.median(asked_) > 0.5 and np.median(else_) < 0.25


# --- 08 The full cell -------------------------------------------------------------------------------


def lost(*names):
    """An LSTM whose way back has lost something: the state gradients named."""
    def back(p, ds, tape):
        dp, ds, dx = LSTM.back(p, ds, tape)
        return dp, ds._replace(**{name: 0 * getattr(ds, name) for name in names}), dx
    return LSTM._replace(name="broken", back=back)


def test_08_a_broken_gradient_still_learns_a_short_task_and_not_a_long_one():
    short, long = tasks.recall(3, loudness=1), tasks.recall(50)
    assert np.all(scores("dh lost, recall 3", asked(short), lost("h"), short, 16, 400) > 0.9)
    assert np.all(scores("dc lost, recall 50", asked(long), lost("c"), long, 32, 200, forget_bias=5) < 0.5)


BROKEN = (                                  # lines of lstm_back, and what a hasty hand makes of them
    ("dc = dc * f", "dc = dc"),
    (" * (1 - tanh(c)**2)", ""),
    ("dc = ds.c + ds.h", "dc = ds.h"),
    ("* f * (1 - f)", ""),
    ("* (1 - g**2)", ""),
    ("* (1 - g**2)", "* g * (1 - g)"),
    ("dc       * c_prev", "dc       * c"),
    ("dc       * i             * (1", "dc       * g             * (1"),
    ("ds.h     * tanh(c)", "ds.h     * c"),
    ("ds.h * o * (1 - tanh", "ds.h * (1 - tanh"),
    ("State(dh, dc)", "State(0 * dh, dc)"),
    ("return dp,", "return {name: w / 32 for name, w in dp.items()},"),
)


def test_08_nearly_every_broken_way_back_learns_a_short_task():
    task, text, learned = tasks.recall(7, loudness=1), inspect.getsource(cells.lstm_back), []
    rng = np.random.default_rng(0)
    p, dh = weights(LSTM, 2, 3, rng), rng.normal(size=(4, 3, 2))
    run = forward(LSTM, p, rng.normal(size=(4, 2, 2)))
    for right, wrong in BROKEN:
        room = dict(vars(cells))
        assert text.count(right) == 1
        exec(text.replace(right, wrong), room)
        cell = LSTM._replace(back=room["lstm_back"])
        (wrong_dp, *_), (dp, *_) = (backward(c, p, run, dh) for c in (cell, LSTM))
        assert not np.allclose(wrong_dp["W"], dp["W"], rtol=0.01)
        learned.append(np.median(scores(f"{right} -> {wrong}", asked(task), cell, task, 12, 400)))
    assert np.mean(np.array(learned) > 0.9) > 0.8 and learned[2] > 0.9


def test_08_the_embedded_reber_grammar_needs_a_memory_and_hardly_tells_an_lstm_from_an_rnn():
    task = tasks.embedded_reber()
    assert np.all(scores("Reber, LSTM", asked(task), LSTM, task, 16, 600) > 0.95)
    assert np.median(scores("Reber, RNN", asked(task), RNN, task, 16, 600)) > 0.8
    assert np.median(scores("Reber, f = 0", asked(task), LSTM, task, 16, 600, f=0)) < 0.9


def test_08_each_part_has_a_task_that_needs_it_and_one_that_does_not():
    """What the kept table must say, whichever machine made it: f = 0 alone loses everywhere."""
    median = {case: np.median(found) for case, found in kept("ablation").items()}
    behind = {case: median["LSTM", case[1]] - score for case, score in median.items()}
    for variant, task in (("f = 1", "endless"), ("i = 1", "adding"), ("i = 1", "marked"), ("o = 1", "secret"),
                          ("RNN", "recall"), ("GRU", "secret")):
        assert behind[variant, task] > 0.1, (variant, task)
    for variant in VARIANTS:
        assert (min(behind[variant, task] for task in LESSONS) < 0.02) == (variant != "f = 0"), variant
    assert behind["f = 1", "counting"] < -0.3 and behind["GRU", "adding"] < 0 and behind["CIFG", "adding"] < 0
