"""Exercises of chapter 05."""

EXERCISES = ()
PUZZLES = ()
