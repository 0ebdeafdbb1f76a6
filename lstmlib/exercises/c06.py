"""Exercises of chapter 06."""

EXERCISES = ()
PUZZLES = ()
