"""Files of one's own: folders of reviews, tables, pairs of sentences, any plain text; read as a stream, line
by line.

UTF-8, with or without a byte-order mark, lines ended in any way. A file in another encoding is refused with
the number of the line, and can be read by naming it: encoding="cp1252".
"""

import csv
import itertools
import re
from pathlib import Path

import numpy as np

from .corpora import Corpus, characters, drawn, stream, vocabulary, words
from .corpora import columns as in_columns

PIECE = 1 << 16                  # characters read at once; a longer line comes in pieces of this size
MOODS = {"1": 1, "pos": 1, "positive": 1, "positif": 1, "good": 1, "bon": 1,
         "0": 0, "neg": 0, "negative": 0, "négatif": 0, "negatif": 0, "bad": 0, "mauvais": 0, "-1": 0}


def pieces(path, encoding="utf-8", longest=-1):
    """The lines of a text file, each ended by "\n"; where one has more than `longest` characters, in pieces.

    Raises ValueError, with file and line, where the bytes are not in this encoding; FileNotFoundError.
    """
    with open(path, "rb") as raw:
        start = raw.read(2)
    if start in (b"\xff\xfe", b"\xfe\xff") and not encoding.lower().startswith("utf-16"):
        raise ValueError(f"{Path(path).name}, line 1: the file is in UTF-16; save it as UTF-8, or pass "
                         'encoding="utf-16"')
    codec = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
    strict = encoding.lower().startswith(("utf-16", "utf-32"))
    with open(path, encoding=codec, errors="strict" if strict else "surrogateescape") as file:
        number = 1
        while True:
            try:
                piece = file.readline(longest)
                piece.encode("utf-8")
            except UnicodeError:
                raise ValueError(
                    f"{Path(path).name}, line {number}: not {encoding}; save the file as UTF-8, or name "
                    'its encoding: encoding="cp1252" (Windows, western Europe), "mac-roman"…') from None
            if not piece:
                return
            yield piece
            number += piece.endswith("\n")

def lines(path, encoding="utf-8"):
    """The lines of a text file, without their ends; errors as for pieces."""
    return (line.rstrip("\n") for line in pieces(path, encoding))


# --- text to go on with -----------------------------------------------------------------------------


def tokens(path, split=characters, encoding="utf-8"):
    """The tokens of a text file, one by one, as split makes them: characters (line ends too), or words.

    At most 65 536 characters are held at once; in a longer line a word may be cut there.
    """
    for piece in pieces(path, encoding, PIECE):
        yield from split(piece)


def text(path, split=characters, limit=None, T=50, encoding="utf-8"):
    """The Corpus of any plain text file: predict the next character, or with split=words the next word.

    limit: of the vocabulary (default: 200 characters, 2000 words). Its last tenth is kept for the exam. The
    text is read twice and kept as ids, of 1 byte for a character and 2 for a word: 100 MB for 100 MB of
    characters, 40 MB for as many words. Raises ValueError for a file of less than 20 T tokens.
    """
    limit = limit or (200 if split is characters else 2000)
    known = vocabulary(tokens(path, split, encoding), limit)
    kind = np.uint8 if limit <= 256 else np.uint16 if limit <= 65_536 else np.uint32
    ids = np.fromiter((known.index.get(token, 1) for token in tokens(path, split, encoding)), kind)
    if len(ids) < 20 * T:
        raise ValueError(f"{Path(path).name} has {len(ids)} tokens; expected at least {20 * T}")
    cut = int(0.9 * len(ids))
    return Corpus(stream(ids[:cut], len(known), T), stream(ids[cut:], len(known), T), None, known)


# --- reviews ----------------------------------------------------------------------------------------


def reviews_of_folder(path, encoding="utf-8"):
    """(text, mood) of each file pos/*.txt (1) and neg/*.txt (0) in a folder: the layout of IMDB's reviews."""
    for name, mood in (("pos", 1), ("neg", 0)):
        found = sorted((Path(path) / name).glob("*.txt"))
        if not found:
            raise ValueError(f"{Path(path).name}/{name} holds no .txt files; expected folders pos and neg, "
                             "with a file for each review")
        for file in found:
            yield " ".join(lines(file, encoding)), mood


def reviews_of_table(path, text="review", mood="sentiment", encoding="utf-8"):
    """(text, mood) of each row of a table with a head: commas, semicolons or tabs, as the head says.

    text, mood: the names of its columns. Moods: positive or negative, pos or neg, 1 or 0, in English or
    French. Raises ValueError, with the line, for a missing column or an unknown mood.
    """
    name, source = Path(path).name, lines(path, encoding)
    head = next(source, "")
    comma = max(",;\t", key=head.count)
    csv.field_size_limit(10_000_000)
    table = csv.reader(itertools.chain([head + "\n"], (line + "\n" for line in source)), delimiter=comma)
    head = [cell.strip() for cell in next(table)]
    for column in (text, mood):
        if column not in head:
            raise ValueError(f"{name}, line 1: no column {column!r}; expected one of {', '.join(head)}: pass "
                             "text= and mood=")
    a, b = head.index(text), head.index(mood)
    for row in table:
        if not any(cell.strip() for cell in row):
            continue
        said = row[b].strip().lower() if len(row) > max(a, b) else ""
        if said not in MOODS:
            raise ValueError(f"{name}, line {table.line_num}: {mood} is {said!r}; expected one of "
                             f"{', '.join(MOODS)}")
        yield row[a], MOODS[said]


def reviews(path, limit=5000, longest=200, **how):
    """The Corpus of reviews, good or bad: a folder with pos and neg, or a table; how: as for
    reviews_of_table.

    limit: of the vocabulary; longest: so many words at the end of a review are read. The last fifth, after
    shuffling, is kept for the exam. Raises ValueError if there are less than ten, or all have one mood.
    """
    found = [(words(text)[-longest:], mood) for text, mood in
             (reviews_of_folder if Path(path).is_dir() else reviews_of_table)(path, **how)]
    found = [(text, mood) for text, mood in found if text]
    if len(found) < 10 or len({mood for _, mood in found}) < 2:
        raise ValueError(f"{Path(path).name} has {len(found)} reviews, {sum(mood for _, mood in found)} good "
                         "ones; expected at least ten, good ones and bad ones")
    order = np.random.default_rng(0).permutation(len(found))
    cut = int(0.8 * len(found))
    known = vocabulary((word for k in order[:cut] for word in found[k][0]), limit)

    def task(part):
        x, mask = in_columns([known.ids(found[k][0]) for k in part], right=True)
        mask[:-1] = 0
        moods = np.broadcast_to([found[k][1] for k in part], x.shape)
        return drawn("sentiment", len(known), 2, x, moods, mask)
    return Corpus(task(order[:cut]), task(order[cut:]), None, known)


# --- pairs of sentences -----------------------------------------------------------------------------


def pairs(path, columns=(0, 1), longest=20, encoding="utf-8"):
    """(words, words) of each line of a table with tabs: a sentence and its translation; further columns are
    ignored.

    columns: which two: (0, 1) in exports of Anki, (1, 3) in Tatoeba's pairs of sentences. Empty lines, and
    Anki's first lines ("#separator:tab"), are passed over, and so are sentences of more than `longest` words.
    Raises ValueError, with the line, where a column is missing.
    """
    for number, line in enumerate(lines(path, encoding), 1):
        if not line.strip() or re.match(r"#[a-z ]+:", line):
            continue
        cells = line.split("\t")
        if len(cells) <= max(columns):
            raise ValueError(f"{Path(path).name}, line {number}: {len(cells)} column(s); expected at least "
                             f"{max(columns) + 1}, with tabs between")
        source, target = (words(cells[k].strip().strip('"')) for k in columns)
        if source and target and max(len(source), len(target)) <= longest:
            yield source, target
