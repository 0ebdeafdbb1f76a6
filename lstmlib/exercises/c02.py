"""Exercises of chapter 02."""

EXERCISES = ()
PUZZLES = ()
