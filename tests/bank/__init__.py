"""Answers as students write them: wrong ones, each with the hint that it deserves, and unusual right ones.

They were written by hand, before and beside the table of known mistakes, not from it.
"""

WRONG, RIGHT = [], []


def wrong(exercise, *hints):
    """Keeps a wrong answer. hints: names of known mistakes, or kinds of verdict, any of which is a right and
    specific hint;

    "a + b" for two at once. None where nothing specific can be said.
    """
    def keep(answer):
        WRONG.append((exercise, hints, answer))
        return answer
    return keep


def right(exercise):
    """Keeps a right answer, however odd."""
    def keep(answer):
        RIGHT.append((exercise, answer))
        return answer
    return keep
