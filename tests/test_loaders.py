"""Files of one's own as people have them: spreadsheets, exports, other scripts, damaged ones; and any bytes at all."""
import csv
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.c02_applications import corpora, loaders
from workbook.words import speak


@pytest.fixture
def file(tmp_path):
    return lambda text, name="own.txt", **how: save(tmp_path / name, text, **how)


def save(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def table(path, **how):
    return list(loaders.reviews_of_table(path, **how))


def refused(f, *args, **how):
    with pytest.raises(ValueError) as told:
        list(f(*args, **how))
    return str(told.value)


# --- quotes ---------------------------------------------------------------------------------------------


def test_in_a_table_with_tabs_a_quote_may_stay_open(file):
    rows = 'review\tsentiment\n"It begins”, she said.\tpositive\nplain\tnegative\n"To be" or not\tpositive\n'
    assert [text for text, _ in table(file(rows))] == ['"It begins”, she said.', "plain", '"To be" or not']
    quoted = 'review\tsentiment\n"two\nlines, ""so"""\tpositive\n'
    assert table(file(quoted)) == [('two\nlines, "so"', 1)]


@pytest.mark.parametrize("wrong", ['"It begins”, she said.,positive', '"Go!" he said.,positive'])
def test_in_csv_a_quote_that_does_not_close_is_named_with_its_line(file, wrong):
    text = "review,sentiment\nplain,negative\n" + wrong + "\nlast,negative\n"
    assert refused(table, file(text, "r.csv")).startswith("r.csv, line 3: a quote that opens")


def test_pairs_keep_the_quotes_that_belong_to_a_sentence(file):
    (pair,) = loaders.pairs(file('"Go!" he said.\t« Va ! » dit-il.\n'))
    assert pair[0] == ['"', "go", "!", '"', "he", "said", "."]


def test_a_cell_that_never_ends_is_refused_and_the_limit_is_ours_alone(file):
    before = csv.field_size_limit()
    long = "review,sentiment\n" + "x" * (loaders.LARGEST + 1) + ",positive\n"
    assert "line 2: a cell of more than" in refused(table, file(long))
    assert csv.field_size_limit() == before


# --- spreadsheets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "sep=;\nreview;sentiment\nso-so, but nice;positive\n", "\n\nreview;sentiment\nso-so, but nice;positive\n",
    "\ufeffReview ;SENTIMENT\r\nso-so, but nice;Positive\r\n", "review;sentiment;\nso-so, but nice;positive;\n;;\n"])
def test_what_spreadsheets_write_is_read(file, text):
    assert table(file(text)) == [("so-so, but nice", 1)]


@pytest.mark.parametrize("mood, value", [("négatif", 0), (unicodedata.normalize("NFD", "Négatif"), 0), ("POSITIF", 1),
                                         ("gut", 1), ("-1", 0)])
def test_moods_and_names_are_known_however_they_were_typed(file, mood, value):
    column = unicodedata.normalize("NFD", "opinión")
    assert table(file(f"{column};mood\nx;{mood}\n"), text="opinión", mood="mood") == [("x", value)]


@pytest.mark.parametrize("text, told", [
    ("", "own.txt: the file is empty"), ("\n \n", "own.txt: the file is empty"),
    ("so good;positive\nso bad;negative\n", "line 1: this seems to be a review"),
    ("texte;note\nx;positif\n", "line 1: no column 'review'; its columns are texte, note"),
    ("review;sentiment\n\nx\n", "line 3: sentiment is ''"), ("review;sentiment\nx;5\n", "line 2: sentiment is '5'")])
def test_what_is_missing_is_said_with_its_line(file, text, told):
    assert told in refused(table, file(text))


# --- exports --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text, columns", [
    ("#separator:tab\n#html:true\nGo&nbsp;<b>on</b>.\tVas-y&nbsp;!<br>\n", (0, 1)),
    ("#separator:Semicolon\n#html:false\nGo on.;Vas-y !\n", (0, 1)),
    ("#separator:,\nGo on.,Vas-y !\n", (0, 1)),
    ('#separator:pipe\n#columns:a|b\n"Go on."|Vas-y !\n', (0, 1)),
    ("#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
     "x1\tBasic\tFrench\tGo on.\tVas-y !\tverbs\n", (0, 1)),
    ("12\tGo on.\t99\tVas-y !\n", (1, 3))])
def test_exports_of_anki_and_tatoeba(file, text, columns):
    assert list(loaders.pairs(file(text), columns)) == [(["go", "on", "."], ["vas-y", "!"])]


def test_a_folder_as_imdb_has_it(tmp_path, capsys):
    for mood in ("pos", "neg"):
        for k in range(6):
            save(tmp_path / mood / f"{k}_7.txt", f"{mood}<br /><br />one &amp; two &lt;3 a<b and c>d {k}")
        save(tmp_path / mood / "._0_7.txt", b"\x00\x05\x16\x07\xff")
    save(tmp_path / "pos" / "9_9.txt", " ")
    texts = [text for text, _ in loaders.reviews_of_folder(tmp_path)]
    assert corpora.words(texts[0]) == "pos one & two < 3 a < b and c > d 0".split()
    loaders.reviews(tmp_path)
    assert capsys.readouterr().out == f"{tmp_path.name}: 12 read. 1 left out: no words.\n"


def test_a_loader_says_how_many_it_read_and_left_out(file, capsys):
    list(loaders.pairs(file("a b c\td\na\tb\n\t\n...\t \na\t \n"), longest=2))
    assert capsys.readouterr().out == ("own.txt: 1 read. 1 left out: more than 2 words. "
                                       "2 left out: a side without words.\n")


# --- encodings ------------------------------------------------------------------------------------------

ACCENTS = "Où est passée la forêt ? Elle a brûlé l'été dernier, à Noël il n'en restait déjà plus rien. " * 20


@pytest.mark.parametrize("encoding", "utf-8 utf-8-sig UTF_16 utf-16-le utf-32 cp1252 Latin-1 mac-roman".split())
def test_an_encoding_that_is_named_is_read(file, encoding):
    assert list(loaders.lines(file("été\nœuf".replace("œ", "o"), encoding=encoding), encoding)) == ["été", "ouf"]


@pytest.mark.parametrize("encoding, told", [
    ("cp1252", 'line 1: not utf-8; save the file as UTF-8, or name its encoding. Is it encoding="'),
    ("utf-16", 'line 1: the file is in UTF-16; save it as UTF-8, or pass encoding="utf-16"'),
    ("utf-32", 'line 1: the file is in UTF-32; save it as UTF-8, or pass encoding="utf-32"')])
def test_an_encoding_that_is_not_named_is_proposed_and_never_taken(file, encoding, told):
    path = file(ACCENTS, encoding=encoding)
    message = refused(loaders.lines, path)
    assert told in message
    proposed = message.split('encoding="')[1].split('"')[0]
    assert "".join(loaders.lines(path, proposed)) == ACCENTS
    assert encoding != "cp1252" or ACCENTS[:30] in message


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", ""])
def test_an_encoding_that_is_none_is_named(file, encoding):
    assert f"encoding is {encoding!r}" in refused(loaders.lines, file("x"), encoding)


def test_a_folder_is_no_text(tmp_path):
    assert "this is a folder" in refused(loaders.lines, tmp_path)


def test_it_is_said_in_the_reader_s_language(file):
    speak("fr")
    assert "ligne 1 : aucune colonne 'review'" in refused(table, file("texte;note\nx;positif\n")).replace("\xa0", " ")


# --- any bytes at all -----------------------------------------------------------------------------------

PARTS = ["review", "sentiment", "positive", "neg", "a", "é", "字", '"', '""', "\t", ";", ",", "\n", "\r", "\x00", " ",
         "sep=;", "#separator:tab\n", "#html:true\n", "#guid column:1\n", "#separator:\n", "<br />", "&amp;"]
BYTES = st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "ignore")),
                  st.lists(st.sampled_from(PARTS), max_size=40).map(lambda parts: "".join(parts).encode()))
LOADERS = [loaders.reviews_of_table, loaders.pairs, loaders.reviews, lambda path, **how: loaders.text(path, T=1, **how),
           lambda path, **how: loaders.text(path, corpora.words, T=1, **how)]


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=BYTES, encoding=st.sampled_from(["utf-8", "utf-16", "cp1252", "gb18030"]))
def test_whatever_a_file_holds_is_read_or_refused_in_our_words(tmp_path, raw, encoding):
    path = save(tmp_path / "any.txt", raw)
    for load in LOADERS:
        try:
            list(load(path, encoding=encoding))
        except ValueError as told:
            assert str(told).startswith("any.txt"), told
