"""What is learned and what is asked are apart, and the same on every machine, whatever order its folders come in."""
import inspect
import random
import re
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from texts import ROOMS, prose

from course.c02_applications import applications, corpora, loaders
from course.c11_out_into_the_world import spots
from lstmlib import tasks
from workbook.words import speak

MADE = {name: getattr(corpora, name) for name in ("sentiment", "tales", "translation", "digits", "films")}


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    speak("en")


def files_of(tmp_path):
    """A file, or a folder, for each loader, and how it is read."""
    rng = np.random.default_rng(1)
    said = [" ".join(rng.choice(list("abcdefghijklmnop"), 8)) + f" {k}" for k in range(60)]
    for mood, texts in (("pos", said[:30]), ("neg", said[30:])):
        (tmp_path / "folder" / mood).mkdir(parents=True)
        for k, text in enumerate(texts):
            (tmp_path / "folder" / mood / f"{'xX'[k % 2]}{k}.txt").write_text(text)
    rows = [f"{text},{k % 2}" for k, text in enumerate(said)]
    (tmp_path / "table.csv").write_text("\n".join(["review,sentiment", *rows]))
    (tmp_path / "pairs.txt").write_text("".join(f"{text}\t{text[::-1]}\n" for text in said))
    (tmp_path / "text.txt").write_text(" ".join(said))
    return {"folder": lambda: loaders.reviews(tmp_path / "folder"),
            "table": lambda: loaders.reviews(tmp_path / "table.csv"),
            "pairs": lambda: corpora.translated(list(loaders.pairs(tmp_path / "pairs.txt"))),
            "text": lambda: loaders.text(tmp_path / "text.txt", T=3)}


def sequences(task, n=40, seed=0):
    """What a task reads and what it asks, sequence by sequence, drawn from batches: a set."""
    found = set()
    for batch in islice(task.batches(np.random.default_rng(seed), 50), n):
        parts = [*batch.x] if isinstance(batch.x, tuple) else [batch.x]
        found |= {tuple(np.round(part[..., k], 6).tobytes() for part in (*parts, batch.target))
                  for k in range(batch.target.shape[-1])}
    return found


def same(a, b):
    return all(np.array_equal(p, q) for p, q in zip(_arrays(a), _arrays(b), strict=True))


def _arrays(batch):
    return [*(batch.x if isinstance(batch.x, tuple) else (batch.x,)), batch.target, batch.mask]


def quietly(name, lang):
    """A corpus without noise in its lessons, so that equal things look equal."""
    return MADE[name](lang, **({"noise": 0.0} if name in ("digits", "films") else {}))


@pytest.mark.parametrize("name, lang", [*((name, "en") for name in MADE), ("sentiment", "fr"), ("tales", "fr")])
def test_nothing_of_the_exam_is_in_the_lessons(name, lang):
    corpus = quietly(name, lang)
    learn, exam = sequences(corpus.learn, 60), sequences(corpus.exam, 30)
    assert len(learn) > 300 and len(exam) > 100 and not learn & exam
    if corpus.new:
        new = sequences(corpus.new, 20)
        assert new and not new & learn and not new & exam


@pytest.mark.parametrize("kind", ["folder", "table", "pairs"])
def test_nothing_of_the_exam_is_in_the_lessons_from_files(tmp_path, kind):
    corpus = files_of(tmp_path)[kind]()
    learn, exam = sequences(corpus.learn), sequences(corpus.exam)
    assert len(learn) == 48 and len(exam) == 12 and not learn & exam
    if not corpus.source:                                              # nor does a critic know the exam's own words
        assert sum(str(k) in corpus.words.index for k in range(60)) == 48


def test_a_text_s_last_tenth_is_kept_for_the_exam(tmp_path):
    """A stream wraps round in its own part: what it ever reads are that part's own characters, in their order."""
    text = "".join(chr(0x4E00 + k) for k in range(190))         # no character twice
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    corpus = loaders.text(tmp_path / "text.txt", T=5)

    def read(task):
        batches = islice(task.batches(np.random.default_rng(0), 4), 60)
        return {corpus.words.words[k] for b in batches for k in (*b.x.ravel(), *b.target.ravel())}
    assert read(corpus.learn) == set(text[:171]) and read(corpus.exam) == set(text[171:])


@pytest.mark.parametrize("name", MADE)
def test_an_exam_is_the_same_each_time_and_free_of_noise(name):
    one, other = MADE[name]("fr"), MADE[name]("fr")
    assert one.words.words == other.words.words
    for part in ("learn", "exam", "new"):
        if getattr(one, part):
            draws = [next(getattr(corpus, part).batches(np.random.default_rng(7), 20)) for corpus in (one, other)]
            assert same(*draws), part
    many = next(one.exam.batches(np.random.default_rng(3), 3000))
    if name == "sentiment":
        assert not (many.x == 1).any()                     # no noun is made unknown
    if name in ("digits", "films"):
        assert len(np.unique(many.x[0])) < 100             # what is drawn has few greys


@pytest.mark.parametrize("kind", ["folder", "table", "pairs", "text"])
def test_a_corpus_does_not_hang_on_the_order_of_a_folder(tmp_path, monkeypatch, kind):
    """Nor on how a file system takes capitals: the files are sorted by name before anything is drawn."""
    make, listed = files_of(tmp_path)[kind], Path.glob

    def shuffled(seed):
        def glob(self, pattern, **how):
            found = list(listed(self, pattern, **how))
            random.Random(seed).shuffle(found)
            return iter(found)
        return glob
    made = []
    for seed in range(3):
        monkeypatch.setattr(Path, "glob", shuffled(seed))
        made.append(make())
    for other in made[1:]:
        assert other.words.words == made[0].words.words
        for part in ("learn", "exam"):
            draws = [next(getattr(c, part).batches(np.random.default_rng(5), 30)) for c in (made[0], other)]
            assert same(*draws)


TASKS = [tasks.which_came_first(), tasks.sweep_of_pitch(), tasks.moving_dot(), tasks.recall(5), tasks.episodes(),
         tasks.account(), tasks.marked_symbol(), tasks.counting(), tasks.secret(), tasks.adding(),
         tasks.embedded_reber()]


def test_every_task_is_among_them():
    made = re.findall(r"return Task\((f?\".*?)[,{]", inspect.getsource(tasks))
    assert len(made) == len(TASKS) == len({task.name for task in TASKS})


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_task_is_drawn_from_its_seed_alone(task):
    """The same seed gives the same batches, another seed others: lessons and exam are as far apart as two seeds."""
    def drawn(seed):
        return list(islice(task.batches(np.random.default_rng(seed), 30), 3))
    before = np.random.get_state()[1].copy()
    first, again, other = drawn(0), drawn(0), drawn(1)
    assert all(map(same, first, again)) and np.array_equal(np.random.get_state()[1], before)
    assert not any(a.x.shape == b.x.shape and np.array_equal(a.x, b.x) for a, b in zip(first, other))


def test_pairs_of_words_are_counted_in_the_lessons_alone():
    corpus = corpora.tales("en")
    x = next(corpus.exam.batches(np.random.default_rng(0), 5)).x
    rival, other = (applications.bigram(c, x) for c in (corpus, corpus._replace(exam=corpus.learn)))
    assert np.array_equal(rival, other)


# --- the sunspots ---------------------------------------------------------------------------------------

YEARS = spots.sunspots()[1] / 100
FORECASTS = {"persistence": spots.persistence, "season": spots.season,
             "regression": lambda x: spots.regression(x, 200, 15)}


def up_to(n):
    """The years, and the same with others from the index n on."""
    return YEARS, np.where(np.arange(len(YEARS)) < n, YEARS, 9.)


@pytest.mark.parametrize("n", [200, 230])                  # 200: from there on nothing is learned from
@pytest.mark.parametrize("name", FORECASTS)
def test_a_forecast_hangs_on_nothing_that_comes_later(name, n):
    before, after = (FORECASTS[name](x)[22:n] for x in up_to(n))           # the first years wrap round
    assert np.array_equal(before, after)


def test_nothing_is_chosen_by_the_years_of_the_exam():
    """In chapter 11, before the exam, the series is named as far as the exam alone."""
    code = [cell.text for cell in prose(ROOMS[11]) if cell.kind == "code"]
    first = next(k for k, text in enumerate(code) if text.startswith("year, number = sunspots()"))
    chosen = "\n".join(code[first:next(k for k, text in enumerate(code) if "forecasts in told.items()" in text)])
    uses = re.findall(r"[( ](spots(?:\[:cut\])?), ([\w, ]+)", chosen)
    assert uses == [("spots[:cut]", "before, p"), ("spots[:cut]", "before"), ("spots", "seed, at")]   # it cuts itself


def test_a_wave_of_eleven_years_is_foretold_without_an_error():
    wave = np.sin(2 * np.pi * np.arange(309) / spots.AHEAD[-1])
    apart = {name: spots.error(forecast(wave), wave, 220) for name, forecast in FORECASTS.items()}
    assert apart["season"].max() < 1e-9 and apart["regression"].max() < 1e-9
    assert apart["persistence"][-1] < 1e-9 < .1 < apart["persistence"][:-1].min()


def test_the_last_window_ends_with_the_last_year():
    x = np.arange(44. + spots.AHEAD[-1])                                    # there is but one
    assert next(spots.windows(x).batches(np.random.default_rng(0), 2)).target[-1, -1].tolist() == [x[-1]] * 2


def test_a_rehearsal_learns_nothing_from_the_years_that_it_is_asked_about():
    before, after = (spots.rehearse(x, 0, (2, 5))[0] for x in up_to(spots.REHEARSAL - 1700))
    assert np.array_equal(before, after)
