"""The course as a web site that moves and answers without a kernel: python -m workbook site [fr|en] [FOLDER]"""


def main(words):
    """The command line. Returns the exit code."""
    from .make import command  # what writes pages is not loaded in a chapter's kernel
    return command(words)
