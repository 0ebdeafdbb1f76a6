"""What the chapters claim, measured over five seeds by which nothing was chosen, each under every shake.

At the end stands a table: of each claim, its margin and the worst that was found. A claim that fails is
reworded, not tried on other seeds: "every" holds on all five, "most" is a median.
"""
import inspect

import numpy as np
import pytest
from holds import holds

from course.c09_worth.worth import LESSONS, VARIANTS
from lstmlib import cells, tasks
from lstmlib.cells import LSTM, RNN
from lstmlib.model import exam
from lstmlib.sweep import SEEDS, asked, trained
from lstmlib.unroll import backward, forward, weights
from workbook import kept
from workbook.expected import every, median, value

pytestmark = pytest.mark.usefixtures("shaken")


def scores(score, cell, task, H, updates, **how):
    """score(model) of a model for each seed."""
    return np.array([score(trained(cell, task, H, updates, seed, **how)) for seed in SEEDS])


def from_half(score, cell, task, H, updates):
    """How far the score is from one half, for each seed."""
    return np.abs(scores(score, cell, task, H, updates) - 0.5)


# --- 01 RNN basics ----------------------------------------------------------------------------------


def test_01_a_bag_of_letters_does_not_know_which_came_first_a_fixed_window_does():
    ten = tasks.which_came_first(10, 10)
    bag, row = tasks.bag(ten), tasks.row(ten, 10)
    holds(every("bag of letters, from one half", from_half(asked(bag, 2000), RNN, bag, 16, 600)) < 0.06,
          every("row of letters", scores(asked(row), RNN, row, 16, 600)) > 0.97)


def test_01_shown_rows_of_3_to_20_letters_an_rnn_answers_at_50():
    long = tasks.which_came_first(50, 50)
    holds(every("asked at 50", scores(asked(long), RNN, tasks.which_came_first(), 16, 1000)) > 0.95)


def test_01_shown_one_length_only_or_short_rows_it_does_not():
    def at(*lengths):
        return lambda model: [exam(model, tasks.which_came_first(T, T)) for T in lengths]
    one, some = tasks.which_came_first(10, 10), tasks.which_came_first(3, 12)
    ten, thirty = scores(at(10, 30), RNN, one, 16, 600).T
    twelve, fifty = scores(at(12, 50), RNN, some, 16, 1000).T
    holds(every("learned at 10, asked at 10", ten) > 0.97,
          median("learned at 10, asked at 30", thirty) < 0.75,
          every("learned at 3..12, asked at 12", twelve) > 0.97,
          median("learned at 3..12, asked at 50", fifty) < 0.8)


def test_01_the_same_lines_hear_a_rising_pitch_which_a_bag_of_sounds_does_not():
    sound = tasks.sweep_of_pitch()
    row = tasks.row(sound, 16)
    holds(every("RNN", scores(asked(sound), RNN, sound, 16, 500)) > 0.97,
          every("row", scores(asked(row), RNN, row, 16, 500)) > 0.97)
    for name, bag in (("bag", tasks.bag(sound)), ("bag of spectra", tasks.bag_of_spectra(sound))):
        holds(every(f"{name}, from one half", from_half(asked(bag, 2000), RNN, bag, 16, 500)) < 0.06)


def test_01_they_see_where_a_dot_goes_of_which_a_bag_of_pictures_sees_the_axis():
    film = tasks.moving_dot()
    bag = tasks.bag(film)
    holds(every("RNN", scores(asked(film), RNN, film, 32, 600)) > 0.95,
          every("bag, from one half", from_half(asked(bag, 2000), RNN, bag, 32, 600)) < 0.06)
