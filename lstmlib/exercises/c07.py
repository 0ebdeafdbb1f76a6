"""Exercises of chapter 07."""

EXERCISES = ()
PUZZLES = ()
