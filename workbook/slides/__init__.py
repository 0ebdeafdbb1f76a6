"""The chapters as decks of slides that move without a kernel: python -m workbook slides [fr|en] [FOLDER]"""


def main(words):
    """The command line. Returns the exit code."""
    from .make import command  # what writes pages is not loaded in a chapter's kernel
    return command(words)
