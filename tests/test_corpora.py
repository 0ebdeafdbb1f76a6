"""Corpora, tokenizers, loaders of a learner's own files, what reads and writes with them, and bad inputs."""
import tracemalloc
from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest
from drawn import Drawn
from layout import faults

from course.c02_applications import applications, corpora, inputs, loaders
from lstmlib.cells import GRU, LSTM, State
from lstmlib.gradcheck import central_difference
from lstmlib.model import Model, cross_entropy, load, save, train
from workbook import words
from workbook.ink import COLOURS
from workbook.widgets import Note
from workbook.words import say, speak

LANGUAGES = pytest.mark.parametrize("lang", ["en", "fr"])


@pytest.fixture(autouse=True)
def english():
    yield speak("en")
    speak("en")


def first(task, B=64, seed=0):
    return next(task.batches(np.random.default_rng(seed), B))


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text, tokens", [
    ("L’herbe d'aujourd’hui", "l' herbe d' aujourd'hui"),
    ("Qu'est-ce qu'il n'a jusqu'ici vu ?", "qu' est-ce qu' il n' a jusqu' ici vu ?"),
    ("Don't, it's the dog's!", "don't , it's the dog's !"),
    ("Cafe\u0301 NOËL cœur", "café noël cœur"),
    ("3,50 € 🙂", "3,50 € 🙂"),
    ("नमस्ते दुनिया", "नमस्ते दुनिया"),
    ("шёл снег, 日本", "шёл снег , 日 本"),
    ("co\u00adoperate 👩‍👩‍👧", "cooperate 👩‍👩‍👧"),
    ("", ""),
])
def test_words_are_cut_where_a_reader_would(text, tokens):
    assert corpora.words(text) == tokens.split()


def test_sentences_are_spelled_as_each_language_is():
    tokens = "« où est l' ours ? » dit elle : il dort .".split()
    assert corpora.spelled('" i see it ! " says the fox .'.split()) == '"I see it!" says the fox.'
    speak("fr")
    assert corpora.spelled(tokens) == "«\u00a0Où est l'ours\u00a0?\u00a0» dit elle\u00a0: il dort."


def test_a_vocabulary_knows_the_most_frequent_and_has_an_id_for_the_rest():
    known = corpora.vocabulary("b a b c c c d".split(), limit=4)
    assert known.words == ["", "<?>", "c", "b"] and len(known) == 4
    assert known.ids("c z b".split()).tolist() == [2, 1, 3]
    assert corpora.of_words(np.array(known.words)) == known
    assert "x" * 41 not in corpora.vocabulary(["x" * 41, "y"]).index       # it would fill the file


@pytest.mark.parametrize("tokens, limit, message", [([], 9, "empty"), (["a"], 2, "limit is 2")])
def test_a_vocabulary_of_nothing_is_refused(tokens, limit, message):
    with pytest.raises(ValueError, match=message):
        corpora.vocabulary(tokens, limit)


# --- the corpora --------------------------------------------------------------------------------------


@LANGUAGES
def test_a_review_means_its_last_clause_and_the_exam_is_unseen(lang):
    corpus = corpora.sentiment(lang)
    texts = {part: {" ".join(corpus.words.words[k] for k in column if k)
                    for column in first(getattr(corpus, part), 3000).x.T}
             for part in ("learn", "exam", "new")}
    assert not texts["exam"] & texts["learn"] and not texts["new"] & texts["learn"]
    odd = corpora.OPINIONS[lang]["never negated"].split()
    no = set(corpora.OPINIONS[lang]["not"].split())
    assert all(no & set(text.split()) and set(odd) & set(text.split()) for text in texts["new"])
    good = {form for word in corpora.OPINIONS[lang]["good"].split() for form in word.split("/")}
    batch = first(corpus.exam, 500)
    for column, moods, mask in zip(batch.x.T, batch.target.T, batch.mask.T):
        text = [corpus.words.words[k] for k in column if k]
        but = corpora.OPINIONS[lang]["but"]
        clause = text[text.index(but):] if but in text else text
        assert moods[mask > 0].tolist() == [bool(good & set(clause)) ^ bool(no & set(clause))]
        assert text[int(np.argmax(mask))] == "."


@LANGUAGES
def test_tales_keep_their_own_facts(lang):
    tell, choices = corpora.tale(lang)
    homes = {"en": "lake mill bridge hill", "fr": "lac moulin forêt rivière"}[lang].split()
    rng = np.random.default_rng(0)
    for _ in range(200):
        named = [word for word in tell(rng) if word in homes]
        assert len(named) == 2 and named[0] == named[1]
    assert choices > 1e5
    corpus = corpora.tales(lang)
    batch = first(corpus.learn)
    assert np.array_equal(batch.x[1:], batch.target[:-1] * 1) and 1 not in batch.target
    verbs, forms = corpora.agreement(first(corpus.exam, 400), corpus.words, lang)
    assert verbs.mask.sum() > 20 and set(verbs.target[verbs.mask > 0]) == set(forms)


def test_long_texts_go_on_where_they_ended():
    task = corpora.stream(np.arange(1000) % 7, 7, T=10)
    a, b = islice(task.batches(np.random.default_rng(0), 3), 2)
    assert not a.fresh and np.array_equal(a.target[:-1], a.x[1:]) and np.array_equal(b.x[0], a.target[-1])


def test_the_reference_of_python_is_read_where_python_keeps_it():
    corpus = corpora.reference()
    text = "".join(corpus.words.words[k] for k in first(corpus.exam, 1).x[:, 0])
    assert len(text) == 50 and 60 < len(corpus.words) < 400


@LANGUAGES
def test_translations_are_right_and_new_pairs_are_new(lang):
    corpus = corpora.translation(lang)
    for part in ("learn", "exam", "new"):
        (source, before), target, mask, _ = first(getattr(corpus, part), 300)
        assert np.array_equal(before[1:] * mask[1:], target[:-1] * mask[1:]) and not before[0].any()
        for read, write in zip(source.T, target.T):
            sides = [corpus.source.words[k] for k in read if k], applications.until_end(corpus.words, write)
            english, french = sides[::1 if lang == "en" else -1]
            there = any(" ".join(pair) in corpora.APART for pair in zip(english, english[1:]))
            assert there == (part == "new") and len(english) == len(french)
            for noun, (word, _) in corpora.NOUNS.items():
                assert (noun in english) == (word in french)
            nouns = set(english) & set(corpora.NOUNS)
            assert ("verte" in french) <= any(corpora.NOUNS[noun][1] for noun in nouns)


def test_pictures_of_one_handwriting_are_on_one_side_of_the_exam():
    corpus = corpora.digits("en", noise=0)
    def hands(task):                                             # whatever the ink and the side
        return {tuple(np.sort(np.abs(sheet - sheet[0]).round(3))) for sheet in first(task, 3000).x[0][0].T}
    learn, exam = hands(corpus.learn), hands(corpus.exam)
    assert not learn & exam


def test_a_film_moves_as_its_caption_says():
    frames = corpora.film("bar", "left", "up", 2, 3)
    middle = [np.argwhere(frame)[:, 0].mean() for frame in frames]
    assert middle[:5] == [2] * 5 and middle[5] == 1 and frames.sum((1, 2)).tolist() == [3] * 8
    assert corpora.film_caption("en", "bar", "left", "up") == "a bar moves left then up"
    assert corpora.film_caption("fr", "bar", "up", "up") == "une barre va vers le haut"
    assert corpora.digit_caption("fr", 7, 1, 0) == "un sept blanc à gauche"


# --- reading and writing ------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", [LSTM, GRU])
def test_blame_goes_from_the_decoder_through_the_encoder(cell):
    rng = np.random.default_rng(0)
    model = applications.EncoderDecoder(5, 4, 6, cell, dtype=float)
    x, target = (rng.integers(0, 5, (3, 2)), rng.integers(0, 6, (4, 2))), rng.integers(0, 6, (4, 2))
    trace = model(x)
    grads, _, _ = model.gradients(trace, cross_entropy(trace.y, target)[1])
    for p, dp in zip(model.params, grads):
        for name in p:
            def loss(w, p=p, name=name):
                kept, p[name] = p[name], w
                value = cross_entropy(model(x).y, target)[0]
                p[name] = kept
                return value
            assert np.allclose(central_difference(loss, p[name]), dp[name], atol=1e-7), name


def test_writing_reads_its_own_words_and_temperature_0_is_the_greatest():
    model = Model(LSTM, 5, 4, 5, seed=1)
    said = applications.write(model, None, np.array([2, 3]), 6)
    cold = applications.sampler(0, np.random.default_rng(0))
    again = applications.write(model, None, np.array([2, 3]), 6, cold)
    assert said.shape == (6, 2) and np.array_equal(said, again)
    y = model(np.concatenate([[[2, 3]], said[:-1]])).y
    assert np.array_equal(y.argmax(1), said)


def test_sampling_follows_softmax_of_y_over_temperature():
    y = np.repeat(np.array([[0.0], [1.0], [2.0]]), 20_000, axis=1)
    p = np.exp(y[:, 0] / 0.5)
    drawn = applications.sampler(0.5, np.random.default_rng(0))(y)
    assert np.allclose(np.bincount(drawn) / len(drawn), p / p.sum(), atol=0.01)


def test_models_and_their_words_come_back_from_one_file(tmp_path):
    corpus = corpora.translation("fr")
    model = applications.EncoderDecoder(len(corpus.source), 8, len(corpus.words))
    save(tmp_path / "both.npz", model, source=corpus.source.words, words=corpus.words.words)
    kept, more = load(tmp_path / "both.npz")
    back = applications.restored(kept)
    batch = first(corpus.exam, 3)
    assert np.array_equal(back(batch.x).y, model(batch.x).y)
    assert corpora.of_words(more["source"]) == corpus.source
    assert corpora.of_words(more["words"]) == corpus.words


# --- files of one's own -------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [
    "é\nb\n\nc".encode(), b"\xef\xbb\xbf\xc3\xa9\r\nb\r\n\r\nc", "é\rb\r\rc\r".encode()],
    ids=["unix", "windows", "mac"])
def test_lines_are_read_however_they_end(tmp_path, raw):
    (tmp_path / "a.txt").write_bytes(raw)
    assert list(loaders.lines(tmp_path / "a.txt")) == ["é", "b", "", "c"]


def test_a_wrong_encoding_is_named_with_its_line(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"one\r\ntwo\r\n" + "été".encode("cp1252") + b"\r\n" + b"x\n" * 99999)
    with pytest.raises(ValueError, match="a.txt, line 3: not utf-8"):
        list(loaders.lines(file))
    assert list(islice(loaders.lines(file, "cp1252"), 3))[2] == "été"
    file.write_text("été", encoding="utf-16")
    with pytest.raises(ValueError, match="line 1: the file is in UTF-16"):
        list(loaders.lines(file))
    assert list(loaders.lines(file, "utf-16")) == ["été"]
    with pytest.raises(FileNotFoundError):
        list(loaders.lines(tmp_path / "none.txt"))


def test_a_text_of_any_shape_is_learned_from(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("the cat sat. " * 20_000, encoding="utf-8")        # one line of 260 000 characters
    for split, most in ((corpora.characters, 12), (corpora.words, 12)):
        corpus = loaders.text(file, split)
        assert len(corpus.words) <= most
        model = Model(LSTM, len(corpus.words), 16, len(corpus.words))
        losses = [step.loss for step in islice(train(model, corpus.learn), 60)]
        assert losses[-1] < losses[0] / 2
    file.write_text("short", encoding="utf-8")
    with pytest.raises(ValueError, match="a.txt: 5 tokens; expected at least 1000"):
        loaders.text(file)
    for nothing in ("", "x" * 50):                                     # no word at all; none that is short enough
        file.write_text(nothing, encoding="utf-8")
        with pytest.raises(ValueError, match="a.txt: there are no words in it"):
            loaders.text(file, corpora.words)


def test_a_large_text_is_read_as_a_stream(tmp_path):
    """Ten megabytes: reading holds a piece at a time; what stays is a byte for each character."""
    file = tmp_path / "a.txt"
    file.write_text("All work and no play makes a dull day.\n" * 25_000 + "x" * 10**6, encoding="utf-8")
    size = file.stat().st_size
    tracemalloc.start()
    assert sum(1 for _ in loaders.tokens(file)) == size
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert held < 8e6


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_reviews_come_in_folders(tmp_path):
    for k in range(10):
        write(tmp_path / "pos" / f"{k}.txt", f"a good film {k}\n\nreally")
        write(tmp_path / "neg" / f"{k}.txt", f"a bad film {k}")
    corpus = loaders.reviews(tmp_path)
    batch = first(corpus.learn)
    assert set(batch.target.ravel()) == {0, 1}
    assert batch.mask.sum(0).tolist() == [1] * 64 and batch.mask[-1].all()
    with pytest.raises(ValueError, match="expected folders pos and neg"):
        loaders.reviews(tmp_path / "pos")


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_reviews_come_in_tables(tmp_path, comma):
    file = tmp_path / "r.csv"
    rows = [f'"so good{comma} ""really""\n{k}"{comma}positive\n\n{k} bad{comma}NEG' for k in range(6)]
    write(file, f"review{comma}sentiment\n" + "\n".join(rows))
    found = list(loaders.reviews_of_table(file))
    assert len(found) == 12 and found[0] == (f'so good{comma} "really"\n0', 1) and found[1] == ("0 bad", 0)
    loaders.reviews(file)
    write(file, f"text{comma}sentiment\nx{comma}positive")
    with pytest.raises(ValueError, match="line 1: no column 'review'; its columns are text, sentiment"):
        loaders.reviews(file)
    assert list(loaders.reviews_of_table(file, text="text")) == [("x", 1)]
    write(file, f"review{comma}sentiment\nx{comma}positive\ny{comma}so-so")
    with pytest.raises(ValueError, match="line 3: sentiment is 'so-so'"):
        loaders.reviews(file)
    write(file, f"review{comma}sentiment\nx{comma}positive")
    with pytest.raises(ValueError, match="1 review, 1 of them good"):
        loaders.reviews(file)


def test_pairs_come_in_tables(tmp_path):
    file = tmp_path / "fra.txt"
    write(file, "#separator:tab\nGo.\tVa !\tCC-BY 2.0 (France)\n\nI'm cold.\tJ’ai froid.\r\n")
    assert list(loaders.pairs(file)) == [(["go", "."], ["va", "!"]),
                                         (["i'm", "cold", "."], ["j'", "ai", "froid", "."])]
    write(file, "12\tGo.\t9\tVa !\n")
    assert list(loaders.pairs(file, columns=(1, 3))) == [(["go", "."], ["va", "!"])]
    write(file, "Go.\tVa !\nno tab here\n")
    with pytest.raises(ValueError, match="fra.txt, line 2: 1 column"):
        list(loaders.pairs(file))
    write(file, "".join(f"go {k}\tva {k}\n" for k in range(20)))
    assert len(corpora.translated(list(loaders.pairs(file))).source) > 10


@pytest.mark.parametrize("corpus", [corpora.digits, corpora.films])
def test_what_is_seen_has_mean_0_and_spread_1(corpus):
    read = first(corpus("en").exam, 400).x[0]
    assert abs(read.mean()) < .1 and abs(read.std() - 1) < .1


def test_of_a_long_review_the_end_is_read(tmp_path):
    (file := tmp_path / "reviews.csv").write_text("review,sentiment\n" + "".join(
        f"begins so well and is {mood}{k},{mood}\n" for k in range(6) for mood in ("good", "bad")), encoding="utf-8")
    corpus = loaders.reviews(file, longest=2)
    assert len(first(corpus.learn).x) == 2 and "is" in corpus.words.index and "begins" not in corpus.words.index


@LANGUAGES
def test_agreement_is_asked_where_the_noun_before_the_verb_misleads(lang):
    corpus = corpora.tales(lang, 300)
    batch, (one, many) = corpora.agreement(first(corpus.learn), corpus.words, lang)
    asked = batch.mask > 0
    nouns = [corpus.words.ids(forms.split()) for forms in corpora.NUMBER[lang]]
    assert asked.sum() > 5 and np.isin(batch.target[asked], [one, many]).all()
    assert np.isin(batch.x[asked & (batch.target == one)], nouns[1]).all()
    assert np.isin(batch.x[asked & (batch.target == many)], nouns[0]).all()


def test_a_pair_with_a_long_side_is_left_out(tmp_path):
    (file := tmp_path / "fra.txt").write_text("a b c\td\na\tb c d\na b\tc d\n", encoding="utf-8")
    assert list(loaders.pairs(file, longest=2)) == [(["a", "b"], ["c", "d"])]


def test_a_sentence_is_exact_if_all_its_words_are(monkeypatch):
    task = corpora.translation(n=300).exam
    batch = first(task, 20, seed=999)
    said = np.where(batch.mask > 0, batch.target, 7)                              # what comes after the end is free
    said[0, :5] += 1                                                              # five begin with a wrong word
    monkeypatch.setattr(applications, "answer", lambda model, source, longest: said)
    assert applications.exact(None, task, B=20) == 0.75


# --- what learners type and draw ----------------------------------------------------------------------

TYPED = ["", "   ", "🙂", "blorb", "the", "The film was NOT good!!! 🙂", "film " * 10_000, "\x00\x07",
         "<b>film</b> the", "a" * 5000]


@LANGUAGES
@pytest.mark.parametrize("line", TYPED, ids=range(len(TYPED)))
def test_whatever_is_typed_gets_a_sensible_answer(lang, line):
    speak(lang)
    reviews, tales, way = corpora.sentiment(n=300), corpora.tales(n=100), corpora.translation(n=300)
    critic, teller = Model(LSTM, len(reviews.words), 4, 2), Model(LSTM, len(tales.words), 4, len(tales.words))
    translator = applications.EncoderDecoder(len(way.source), 4, len(way.words))
    pictures = [inputs.draw_review(critic, reviews.words, line, "mood"),
                inputs.draw_review(critic, reviews.words, line, "gates"),
                inputs.draw_beginning(teller, tales.words, corpora.words, 20, line, 0.7, 1),
                inputs.draw_sentence(translator, way, line)]
    for picture in pictures:
        assert isinstance(picture, Note) or faults(picture.figure) == []
        assert picture.text and "Traceback" not in picture.text and len(picture.text) < 30_000
    if not line.strip():
        assert all(isinstance(picture, Note) for picture in pictures)


@LANGUAGES
def test_whatever_is_drawn_or_set_gets_a_caption(lang):
    speak(lang)
    corpus = corpora.digits()
    model = applications.EncoderDecoder(corpus.learn.D, 4, len(corpus.words))
    assert isinstance(inputs.draw_digit(model, corpus, "0" * 1024, 0, 1), Note)
    dot = "1" + "0" * 1023
    for drawn in ("1" * 1024, dot, inputs.strokes(inputs.SEVEN)):
        for white in (0, 1):
            assert "<svg" in inputs.draw_digit(model, corpus, drawn, white, 0).svg()
    films = corpora.films()
    model = applications.EncoderDecoder(films.learn.D, 4, len(films.words))
    for turn in (2, 7):
        assert "<svg" in inputs.draw_path(model, films, "pole", "up", "up", 5, 0, turn).svg()


@LANGUAGES
def test_a_review_s_bars_are_its_moods_and_its_head_says_the_last(lang):
    speak(lang)
    known = corpora.sentiment(n=300).words
    model, tokens = Model(LSTM, len(known), 4, 2), known.words[5:11]
    for turn in (90, -1):                                             # as sure of the other mood
        model.params[-1]["V"] *= turn
        good = inputs.moods(model, known, tokens)
        picture = inputs.draw_review(model, known, " ".join(tokens), "mood")
        verdict, sure = say("good") if good[-1] > .5 else say("bad"), round(100 * max(good[-1], 1 - good[-1]))
        assert picture.text.startswith(say("{verdict}, {sure} % sure", verdict=verdict, sure=sure))
        drawn = Drawn(picture)
        bars = sorted((*box, up) for up, kind in enumerate("fi") for box in drawn.boxes(fill=COLOURS[kind]))
        for (_, top, _, high, up), p in zip(bars, good, strict=True):
            assert up == (p > .5) and abs(high - max(2, 210 * abs(p - .5))) < .2
            assert abs(top - 165 + high * up) < .2 or high < 2.2


def test_a_path_turns_at_the_frame_that_is_marked():
    corpus = corpora.films()
    model = applications.EncoderDecoder(corpus.learn.D, 4, len(corpus.words))
    for first, then, turn in (("left", "down", 2), ("up", "right", 5)):
        drawn = Drawn(inputs.draw_path(model, corpus, "bar", first, then, 2, 3, turn))
        ((marked, *_),) = drawn.boxes(colour=COLOURS["f"])
        frames = [shot.pixels[..., 0] for shot in drawn.images]
        assert len(frames) == 8
        for shot, frame, after in zip(drawn.images, frames, frames[1:]):
            way = corpora.WAYS[first if shot.x < marked - .2 else then]
            assert (np.roll(frame, way, (0, 1)) == after).all()


def test_the_words_of_a_caption_are_those_of_the_catalogue():
    """The way that is drawn as left is called left in both languages."""
    french = words.catalogue("fr")
    assert corpora.IN_FRENCH.keys() == {*corpora.WAYS, *corpora.SHAPES}
    assert all(french[english] in there for english, there in corpora.IN_FRENCH.items())
    assert corpora.WAYS["left"] == (0, -1) and corpora.WAYS["up"] == (-1, 0)


def test_what_a_rival_foretells_are_probabilities():
    scores = applications.bigram(corpora.tales("en"), np.arange(12).reshape(3, 4))
    assert np.allclose(np.exp(scores).sum(1), 1)


def test_padding_is_neither_counted_nor_asked():
    assert applications.counts(np.array([[2, 3], [2, 0], [0, 0]]), 4).tolist() == [[0, 0, 2, 0], [0, 0, 0, 1]]
    scores, target = np.eye(4)[[[2, 3], [3, 3]]].transpose(0, 2, 1), np.array([[2, 2], [2, 1]])
    batch = SimpleNamespace(target=target, mask=np.array([[1, 0], [1, 1]]))
    assert applications.recalled(scores, batch, [2, 3]) == .5        # of two that count: one right, one wrong


def test_a_push_moves_the_mean_of_each_group_to_the_other(monkeypatch):
    rng, n, seen = np.random.default_rng(2), 40, []
    names = np.array(["one", "other"])[rng.integers(2, size=n)]
    s = State(*(rng.normal(size=(2, 3, n)) + (names == "one")))
    monkeypatch.setattr(applications, "kept", lambda *_: (s, names))
    monkeypatch.setattr(applications, "write", lambda decoder, s, *_: [seen.append(s) or np.zeros(n, int)])
    corpus = corpora.sentiment(n=300)
    applications.pushed(SimpleNamespace(decoder=None), corpus, None, n=n)
    before, after = (np.concatenate(each[0]) for each in seen)
    for name, other in (("one", "other"), ("other", "one")):
        assert np.allclose(after[:, names == name].mean(1), before[:, names == other].mean(1))


def test_a_drawing_is_shrunk_as_the_data_set_was():
    seven = inputs.shrunk(inputs.strokes(inputs.SEVEN))
    small = inputs.shrunk(inputs.strokes(np.array(inputs.SEVEN) / 2 + 3, r=1.2))
    assert seven.shape == (8, 8) and 0 <= seven.min() and seven.max() <= 1
    assert seven[0].mean() > 0.3 and np.abs(seven - small).mean() < 0.15       # wherever, however large
    for points in ([(9, 4), (9, 28)], [(4, 20), (28, 20)]):                    # a pole and a bar: in the middle
        ink = inputs.shrunk(inputs.strokes(points))
        for axis in (0, 1):
            where = (ink.sum(axis) * np.arange(8)).sum() / ink.sum()
            assert abs(where - 3.5) < .3
