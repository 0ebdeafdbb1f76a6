"""Files of one's own: folders of reviews, tables, pairs of sentences, any plain text; read line by line.

UTF-8, with or without a byte-order mark, lines ended in any way. A file in another encoding is refused with the
number of the line and the encoding that it looks like, and can be read by naming it: encoding="cp1252". Each loader
says how many it read, how many it left out and why; a refusal names file, line, what came and what was expected.
"""
import codecs
import csv
import itertools
import re
import unicodedata
from collections import Counter
from html import unescape
from pathlib import Path

import numpy as np
from charset_normalizer import from_bytes

from workbook.words import say

from .corpora import GAP, LONGEST, UNKNOWN, Corpus, characters, drawn, stream, vocabulary, words
from .corpora import columns as in_columns

PIECE = 1 << 16                  # characters read at once; a longer line comes in pieces of this size
LARGEST = 10_000_000             # characters in a cell of a table
MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",           # the longer ones first
         codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
COMMON = "cp1252 mac_roman cp1250 cp1251 koi8_r cp1253 cp1254 cp1255 cp1256 cp932 euc_jp gb18030 euc_kr".split()
MOODS = {**dict.fromkeys("1 pos positive positif positiv good bon gut".split(), 1),
         **dict.fromkeys("0 -1 neg negative négatif negatif negativ bad mauvais schlecht".split(), 0)}
TAG = re.compile(r"""</?[a-z][a-z0-9]*(?:\s+[a-z-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""", re.I)
NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}       # as Anki says it


def refusal(path, line, told):
    """The ValueError for a file, which begins with its name and, but for line 0, the number of a line."""
    name = Path(path).name
    return ValueError(say("{name}, line {line}: {told}", name=name, line=line, told=told) if line else
                      say("{name}: {told}", name=name, told=told))


def pieces(path, encoding="utf-8", longest=-1):
    """The lines of a text file, each ended by "\\n"; where one has more than `longest` characters, in pieces.

    Raises ValueError, with file and line, where the bytes are not in this encoding; FileNotFoundError.
    """
    if Path(path).is_dir():
        raise refusal(path, 0, say("this is a folder; expected a file"))
    with open(path, "rb") as raw:
        begin = raw.read(PIECE)
    try:
        codec = codecs.lookup(encoding).name
        "".encode(codec)
    except LookupError:
        raise ValueError(say('encoding is {encoding}; expected a name that Python knows, such as "utf-8" or "cp1252"',
                             encoding=repr(encoding))) from None
    marked = next((name for mark, name in MARKS.items() if begin.startswith(mark)), None)
    if marked and not codec.startswith(marked):
        raise refusal(path, 1, say("the file is in {name}; save it as UTF-8, or pass encoding={code}",
                                   name=marked.upper(), code=f'"{marked}"'))
    strict = codec.startswith(("utf-16", "utf-32"))
    with open(path, encoding="utf-8-sig" if codec == "utf-8" else codec,
              errors="strict" if strict else "surrogateescape") as file:
        number = 1
        while True:
            try:
                piece = file.readline(longest)
                piece.encode("utf-8")
            except UnicodeError:
                guess, look = likely(begin)
                raise refusal(path, number, say("not {encoding}; save the file as UTF-8, or name its encoding. Is it "
                                                "encoding={guess}? Then it says “{look}”", encoding=encoding,
                                                guess=f'"{guess}"', look=look)) from None
            if not piece:
                return
            yield piece
            number += piece.endswith("\n")


def likely(begin):
    """What a file's encoding may be, and how a line of it reads then: a proposal, never taken by itself."""
    found = [match.encoding for match in from_bytes(begin, cp_isolation=COMMON)] or COMMON
    name = "cp1252" if found[0] == "cp1250" and "cp1252" in found else found[0]         # they share most letters
    line = next((line for line in begin.splitlines() if not line.isascii()), b"")
    return name, line.decode(name, "replace")[:40]


def lines(path, encoding="utf-8"):
    """The lines of a text file, without their ends; errors as for pieces."""
    return (line.rstrip("\n") for line in pieces(path, encoding))


def plain(text):
    """A text without what the web puts into it: tags of HTML become spaces, &amp; becomes &."""
    return unescape(TAG.sub(" ", text))


def tell(path, read, left):
    """Says how many of a file were read and, by their reasons, how many were not: {reason: how many}."""
    print(say("{name}: {n} read.", name=Path(path).name, n=read),
          *(say("{n} left out: {why}.", n=n, why=why) for why, n in left.items()))


def of_file(path, tokens, limit):
    """The Vocabulary of the tokens of a file. ValueError where none of them can be in one."""
    tokens = iter(tokens)
    first = next((token for token in tokens if len(token) <= LONGEST and token not in (GAP, UNKNOWN)), None)
    if first is None:
        raise refusal(path, 0, say("there are no words in it; expected a text"))
    return vocabulary(itertools.chain([first], tokens), limit)


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
    known = of_file(path, tokens(path, split, encoding), limit)
    kind = np.uint8 if limit <= 256 else np.uint16 if limit <= 65_536 else np.uint32
    ids = np.fromiter((known.index.get(token, 1) for token in tokens(path, split, encoding)), kind)
    if len(ids) < 20 * T:
        raise refusal(path, 0, say("{n} token[s]; expected at least {most}: a longer text, or a smaller T", n=len(ids),
                                   most=20 * T))
    tell(path, len(ids), {})
    cut = int(0.9 * len(ids))
    return Corpus(stream(ids[:cut], len(known), T), stream(ids[cut:], len(known), T), None, known)


# --- tables -----------------------------------------------------------------------------------------


def records(path, source, comma, first=1):
    """(line, cells) of each row of a table whose quotes are those of CSV; lines are counted from `first`.

    Raises ValueError, with the line in which the row begins, where a quote is not closed as it should be.
    """
    table = csv.reader((line + "\n" for line in source), delimiter=comma, strict=True)
    while True:
        begins, before = first + table.line_num, csv.field_size_limit(LARGEST)
        try:
            yield begins, next(table)
        except StopIteration:
            return
        except csv.Error as why:
            told = (say("a cell of more than {n} character[s]", n=LARGEST) if "limit" in str(why) else
                    say("a quote that opens in this row does not close before its cell ends; write it twice where it "
                        "belongs to the text, or save the table with tabs"))
            raise refusal(path, begins, told) from None
        finally:
            csv.field_size_limit(before)


def tabbed(path, start, encoding):
    """(line, cells) of each row of a table with tabs, from the line `start` on.

    Its quotes are letters like others, unless the whole file keeps to the quotes of CSV and somewhere needs them.
    """
    def source():
        return itertools.islice(lines(path, encoding), start, None)

    def rows():
        return records(path, source(), "\t", start + 1)
    try:
        broad = [cell for _, cells in rows() for cell in cells if "\t" in cell or "\n" in cell]
        needed = broad or any('""' in line for line in source())
    except ValueError:
        needed = False
    return rows() if needed else ((start + k, line.split("\t")) for k, line in enumerate(source(), 1))


def rows_of(path, comma, start, encoding):
    """(line, cells) of each row from the line `start` on; what is empty is passed over."""
    source = itertools.islice(lines(path, encoding), start, None)
    found = tabbed(path, start, encoding) if comma == "\t" else records(path, source, comma, start + 1)
    return ((line, cells) for line, cells in found if any(cell.strip() for cell in cells))


# --- reviews ----------------------------------------------------------------------------------------


def reviews_of_folder(path, encoding="utf-8"):
    """(text, mood) of each file pos/*.txt (1) and neg/*.txt (0) in a folder: the layout of IMDB's reviews.

    Hidden files, which other systems leave in a folder, are passed over.
    """
    for name, mood in (("pos", 1), ("neg", 0)):
        found = [file for file in sorted((Path(path) / name).glob("*.txt")) if not file.name.startswith(".")]
        if not found:
            raise refusal(path, 0, say("there are no .txt files in {folder}; expected folders pos and neg, with a file "
                                       "for each review", folder=name))
        for file in found:
            yield plain(" ".join(lines(file, encoding))), mood


def same(text):
    """A name or a mood as it is compared: accents composed, no capitals, no spaces around."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def reviews_of_table(path, text="review", mood="sentiment", encoding="utf-8"):
    """(text, mood) of each row of a table with a head: commas, semicolons or tabs, as the head says.

    text, mood: the names of its columns. Moods: positive or negative, pos or neg, 1 or 0, in English, French
    or German. Raises ValueError, with the line, for a missing column or an unknown mood.
    """
    empty = say("the file is empty; expected a line with the names of its columns, then reviews")
    heads = ((number, line) for number, line in enumerate(lines(path, encoding), 1) if line.strip())
    number, head = next(heads, (0, ""))
    if re.fullmatch(r"sep=.", head.strip("\r")):             # a spreadsheet's way to say what stands between cells
        number, head = next(heads, (0, ""))
    if not number:
        raise refusal(path, 0, empty)
    found = rows_of(path, max(",;\t", key=head.count), number - 1, encoding)
    if not (head := next(found, (number, []))[1]):
        raise refusal(path, 0, empty)
    names = list(map(same, head))
    for column in (text, mood):
        if same(column) not in names:
            if {same(cell) for cell in head} & set(MOODS):
                raise refusal(path, number, say("this seems to be a review; expected above it a line with the names "
                                                "of the columns, such as {names}", names=f"{text},{mood}"))
            raise refusal(path, number, say("no column {column}; its columns are {names}: name two of them with text= "
                                            "and mood=", column=repr(column), names=", ".join(head)))
    a, b = names.index(same(text)), names.index(same(mood))
    for line, row in found:
        said = same(row[b]) if len(row) > max(a, b) else ""
        if said not in MOODS:
            raise refusal(path, line, say("{mood} is {said}; expected one of {moods}", mood=mood, said=repr(said),
                                          moods=", ".join(MOODS)))
        yield plain(row[a]), MOODS[said]


def reviews(path, limit=5000, longest=200, **how):
    """The Corpus of reviews, good or bad: a folder with pos and neg, or a table; how: as for
    reviews_of_table.

    limit: of the vocabulary; longest: so many words at the end of a review are read. The last fifth, after
    shuffling, is kept for the exam. Raises ValueError if there are less than ten, or all have one mood.
    """
    read = [(words(text), mood) for text, mood in
            (reviews_of_folder if Path(path).is_dir() else reviews_of_table)(path, **how)]
    found = [(text[-longest:], mood) for text, mood in read if text]
    left = {say("no words"): len(read) - len(found)}
    good = sum(mood for _, mood in found)
    if len(found) < 10 or not 0 < good < len(found):
        raise refusal(path, 0, say("{n} review[s], {good} of them good; expected at least ten, good ones and bad ones",
                                   n=len(found), good=good))
    tell(path, len(found), {why: n for why, n in left.items() if n})
    order = np.random.default_rng(0).permutation(len(found))
    cut = int(0.8 * len(found))
    known = of_file(path, (word for k in order[:cut] for word in found[k][0]), limit)

    def task(part):
        x, mask = in_columns([known.ids(found[k][0]) for k in part], right=True)
        mask[:-1] = 0
        moods = np.broadcast_to([found[k][1] for k in part], x.shape)
        return drawn("sentiment", len(known), 2, x, moods, mask)
    return Corpus(task(order[:cut]), task(order[cut:]), None, known)


# --- pairs of sentences -----------------------------------------------------------------------------


def anki(path, encoding):
    """What the first lines of a text file of Anki say: {"separator": "tab", "html": "true", "guid column": "1", …}."""
    found = itertools.takewhile(bool, (re.match(r"#([a-z ]+):(.*)", line) for line in lines(path, encoding)))
    return {match[1]: match[2].strip() for match in found}


def pairs(path, columns=(0, 1), longest=20, encoding="utf-8"):
    """(words, words) of each line of a table with tabs: a sentence and its translation; further columns are
    ignored.

    columns: which two: (0, 1) in exports of Anki, (1, 3) in Tatoeba's pairs of sentences. What Anki says in its
    first lines is obeyed: what stands between cells, whether they are HTML, and which columns are no fields. Empty
    lines are passed over, sentences of more than `longest` words left out. Raises ValueError, with the line, where a
    column is missing.
    """
    told, left, read = anki(path, encoding), Counter(), 0
    comma = NAMES.get(told.get("separator", "tab").lower(), told.get("separator", "tab"))
    if len(comma) != 1:
        raise refusal(path, 1, say("separator is {comma}; expected one letter, or one of {names}", comma=repr(comma),
                                   names=", ".join(NAMES)))
    special = {int(n) - 1 for key, n in told.items() if key.endswith(" column") and n.isdecimal()}
    tidy = plain if told.get("html") == "true" else str
    for line, cells in rows_of(path, comma, len(told), encoding):
        fields = [cell for k, cell in enumerate(cells) if k not in special]
        if len(fields) <= max(columns):
            between = say("tabs") if comma == "\t" else repr(comma)
            raise refusal(path, line, say("{n} column[s]; expected at least {most}, with {comma} between",
                                          n=len(fields), most=max(columns) + 1, comma=between))
        source, target = (words(tidy(fields[k])) for k in columns)
        if not (source and target):
            left[say("a side without words")] += 1
        elif max(len(source), len(target)) > longest:
            left[say("more than {n} word[s]", n=longest)] += 1
        else:
            read += 1
            yield source, target
    tell(path, read, left)
