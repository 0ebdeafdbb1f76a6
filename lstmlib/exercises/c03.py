"""Exercises of chapter 03."""

EXERCISES = ()
PUZZLES = ()
