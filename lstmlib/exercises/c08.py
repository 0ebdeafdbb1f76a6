"""Exercises of chapter 08."""

EXERCISES = ()
PUZZLES = ()
