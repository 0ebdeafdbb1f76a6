"""What the texts refer to is there: places in chapters, papers, shapes of arrays, numbers that stand in the code."""
import inspect
import math
import re
from copy import deepcopy
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from test_truth import SMALL, all_asked
from test_two_languages import prose
from texts import ROOMS, ROOT, pairs
from texts import prose as cells_of

from course.c02_applications import corpora
from course.c05_input_gate.pictures import draw_two_keys
from course.c06_cell_state.pictures import belt
from course.c07_output_gate.pictures import draw_hold_silently
from course.c11_out_into_the_world import spots
from course.c13_papers_say import papers
from lstmlib import cells, fast, model, tasks, unroll
from lstmlib.cells import LSTM
from lstmlib.interchange import TORCH
from workbook import exercises, quizzes
from workbook import judge as J
from workbook.claims import all_claims
from workbook.room import kept
from workbook.submission import chapter_of

# --- places ------------------------------------------------------------------------------------------

@cache
def section(key, lang):
    """The text of the place that a key of SEEN names: that part of the chapter, between two headings."""
    code, names = quizzes.SEEN[key]
    (room,) = (room for room in ROOMS if room.name[1:3] == code)
    cells = [cell for cell in cells_of(room) if cell.head.get("lang", lang) == lang]
    name = re.escape(names[lang == "fr"])
    if exercise := re.search(r"`(\w+)`", name):
        name = rf"Exerci[sc]e \d+\.\d · `{exercise[1]}\("
    places = [k for how in (rf"^#+ (?:\d+ · )?{name}", rf"\*\*{name}", name)
              for k, cell in enumerate(cells) if cell.kind == "markdown" and re.search(how, cell.text, re.M | re.I)]
    heads = [k for k, cell in enumerate(cells) if cell.kind == "markdown" and cell.text.startswith("#")]
    first = max(k for k in heads if k <= places[0])
    return " ".join(cell.text for cell in cells[first:min([k for k in heads if k > first], default=None)])


@pytest.mark.parametrize("key", quizzes.SEEN)
def test_the_place_that_an_answer_names_is_in_the_chapter_in_both_languages(key):
    for text in (section(key, "en"), section(key, "fr")):
        assert len(text) > 200


def stems(text):
    return {word[:6] for word in re.findall(r"[^\W\d_]{3,}|\b[fiogch]\b(?!')|c̃", prose(text, False).lower())}


# What is answered so shortly, or in so general words, that its place cannot be told from them: each was looked up.
SHORT = set("00-q-sigmoids 01-q-weights 04-q-meaning 05-q-guard 06-belt-gradient 10-q-twice 10-q-same-gate 10-q-cure "
            "10-q-cifg".split())


def test_the_place_that_an_answer_names_speaks_of_it():
    """Its words are nearer to that section than to two thirds of the others."""
    told = {key: stems(section(key, "en")) for key in quizzes.SEEN}
    rare = {word: math.log(len(told) / sum(word in there for there in told.values()))
            for word in set().union(*told.values())}
    elsewhere = set()
    for asked in all_asked():
        answer = asked if isinstance(asked, quizzes.Number) else asked.right
        own = stems(" ".join([asked.ask[0], answer.why[0], getattr(answer, "text", [""])[0]]))
        near = {key: sum(rare[word] for word in own & there) / math.sqrt(len(there)) for key, there in told.items()}
        if sum(other > near[answer.see] for other in near.values()) > len(told) / 3:
            elsewhere.add(asked.id)
    assert elsewhere <= SHORT


# A guess that is answered elsewhere than where it was asked: each was looked up.
BACK = {"00-far-end", "02-never-negated", "03-ten-halves", "06-leak", "06-belt-gradient"}


def test_a_guess_is_answered_in_the_section_in_which_it_is_asked():
    """Or in the one that begins after it."""
    elsewhere = set()
    for room in ROOMS:
        cells = [cell for cell in cells_of(room) if cell.head.get("lang", "en") == "en"]
        for k, cell in enumerate(cells):
            for id in re.findall(r'^predict\("(.*)"\)', cell.text, re.M) if cell.kind == "code" else ():
                (asked,) = (asked for asked in all_asked() if asked.id == id)
                see = asked.see if isinstance(asked, quizzes.Number) else asked.right.see
                after = next(cell.text for cell in cells[k:] if cell.kind == "markdown")
                elsewhere |= {id} - ({id} if after in section(see, "en") else set())
    assert elsewhere == BACK


def parts_of(room):
    """The English texts of a chapter's sections, by their numbers."""
    parts, k = {}, 0
    for text in (cell.text for cell in cells_of(room) if cell.head.get("lang") == "en"):
        k = int(head[1]) if (head := re.match(r"## (\d+) ·", text)) else k
        parts.setdefault(k, []).append(text)
    return parts


FAR = {("c10", 2, 4)}                                 # “many of the networks that came later”: it was looked up


def test_a_section_that_a_sentence_names_speaks_of_what_it_is_named_for():
    """“Clipping (section 6)”: no more than one of the others is nearer to the sentence."""
    far, told = set(), 0
    for room in ROOMS:
        parts = parts_of(room)
        words = {k: stems(" ".join(texts)) for k, texts in parts.items()}
        for k, said in ((k, said) for k, texts in parts.items() for text in texts
                        for said in re.split(r"(?<=[.;:?!]) ", prose(text, False))):
            for n in (int(n) for n in re.findall(r"\bsection (\d+)(?!\.\d)", said)):
                rare = {word: math.log(len(words) / sum(word in there for there in words.values()))
                        for word in stems(said) & set().union(*words.values())}
                near = {j: sum(rare[word] for word in rare.keys() & there) / math.sqrt(len(there))
                        for j, there in words.items() if j not in (0, k)}
                told += 1
                far |= {(room.name[:3], k, n)} if sum(other > near[n] for other in near.values()) > 1 else set()
    assert far == FAR and told > 6


def test_what_is_said_to_be_of_a_chapter_is_a_heading_or_an_exercise_of_it():
    """“*the secret* of chapter 07”, “`forget_gate` of chapter 04”"""
    told = 0
    for place, text, _ in pairs():
        for mark, name, code in re.findall(r"([*`])([^*`]{3,40})[*`] (?:of|from) chapter (\d\d)",
                                           " ".join(text.split())):
            told += 1
            heads = re.findall(r"(?m)^#+ (?:\d+ · )?(.*)", "\n".join(sum(parts_of(ROOMS[int(code)]).values(), [])))
            assert (chapter_of(name) == code) if mark == "`" else name.lower() in map(str.lower, heads), (place, name)
    assert told > 5


# --- citations ---------------------------------------------------------------------------------------

PAPERS = """
Reber 1967 | Elman 1990 | Werbos 1990 | Williams Peng 1990 | Hochreiter 1991 | Bengio Simard Frasconi 1994
Hochreiter Schmidhuber 1997 | Schuster Paliwal 1997 | Alpaydin Kaynak 1998 | Squire Trapp 1998
Gers Schmidhuber Cummins 2000 | Gers Schmidhuber 2000 | Gers Schmidhuber 2001 | Graves Schmidhuber 2005
Pascanu Mikolov Bengio 2013 arXiv:1211.5063 | Graves Mohamed Hinton 2013 arXiv:1303.5778
Saxe McClelland Ganguli 2014 arXiv:1312.6120 | Sutskever Vinyals Le 2014 arXiv:1409.3215
Cho Merriënboer Gulcehre Bahdanau Bougares Schwenk Bengio 2014 arXiv:1406.1078
Cho Merriënboer Bahdanau Bengio 2014 arXiv:1409.1259 | Bahdanau Cho Bengio 2015 arXiv:1409.0473
Jozefowicz Zaremba Sutskever 2015 | Kingma Ba 2015 arXiv:1412.6980 | Le Jaitly Hinton 2015 arXiv:1504.00941
Karpathy Johnson Fei-Fei 2015 arXiv:1506.02078 | Tallec Ollivier 2018 arXiv:1804.11188
Westhuizen Lasenby 2018 arXiv:1804.04849 | Feng Tung Ahmed Bengio Hajimirsadeghi 2024 arXiv:2410.01201
Grazzi Siems Zela Franke Hutter Pontil 2025 arXiv:2411.12537
Greff Srivastava Koutník Steunebrink Schmidhuber 2015 2017 arXiv:1503.04069
Weiss Goldberg Yahav 2018 arXiv:1805.04908
Vaswani Shazeer Parmar Uszkoreit Jones Gomez Kaiser Polosukhin 2017 arXiv:1706.03762
Gu Goel Ré 2022 arXiv:2111.00396 | Gu Dao 2023 arXiv:2312.00752
Beck Pöppel Spanring Auer Prudnikova Kopp Klambauer Brandstetter Hochreiter 2024 arXiv:2405.04517
""".strip().replace("\n", " | ").split(" | ")
OTHERS = ("zero one two three four five six seven eight nine".split(),
          "zéro un deux trois quatre cinq six sept huit neuf".split())
NAME = r"(?:[A-Z]\. ?)*(?:van (?:der )?)?[A-Z][a-zA-Zéëöí-]+"
CITED = (rf"({NAME}(?:(?:, | and | et | & ){NAME})*)"
         r"( et al\.| and his co-authors| et ses coauteurs| (?:and|et) (\w+) (?:others|autres))?,? "
         r"\(?((?:(?:19|20)\d\d(?:, |\b))+)")
BY_YEAR = {"1990": "Elman", "2000": "Gers|1997|greatest|maximum|in a row|affilée",
           "1997": "LSTM|[Cc]ell|Hochreiter|aut|Gers|paper|article|rule|critère|[Ee]xp[eé]ri|order|ordre",
           "2008": "spots|taches|sunspot"}


def cited_texts():
    for place, english, french in pairs():
        yield from ((place, english), (place, french))
    for path in sorted([*(ROOT / "lstmlib").glob("*.py"), *(ROOT / "course").rglob("*.py")]):
        if path.name != "chapter.py":
            yield from ((path.name, line) for line in path.read_text(encoding="utf-8").split("\n"))


def is_paper(people, more, number, years):
    """Whether these people wrote a paper in each of these years."""
    people = [re.sub(r"(?:[A-Z]\. ?)+|van (?:der )?", "", name) for name in re.split(r", | and | et | & ", people)]
    for year in re.findall(r"\d{4}", years):
        written = [re.findall(r"[^\W\d]+(?:-[^\W\d]+)*", paper)
                   for paper in (paper.partition("arXiv")[0] for paper in PAPERS) if year in paper]
        if not any(authors == people if not more else
                   authors[:len(people)] == people and len(authors) > 2
                   and (not number or any(number in few and few.index(number) == len(authors) - 1 for few in OTHERS))
                   for authors in written):
            return False
    return True


def test_who_wrote_what_and_when():
    wrong, found = [], 0
    for place, text in cited_texts():
        text = re.sub(r"\s+", " ", text.replace("*", ""))
        for people, more, number, years in re.findall(CITED, text):
            if people not in ("In", "En"):
                found += 1
                wrong += [] if is_paper(people, more, number, years) else [(place, people, years)]
        if not place.endswith(".py"):
            rest = re.sub(CITED, lambda match: match[0] if match[1] in ("In", "En") else match[1], text)
            for match in re.finditer(r"\b(?:19[5-9]|20[0-2])\d\b", rest):
                near = rest[max(0, match.start() - 70):match.end() + 70]
                wrong += [] if re.search(BY_YEAR.get(match[0], "$^"), near) else [(place, match[0], near)]
    assert wrong == [] and found > 60


def test_an_address_is_that_of_the_paper_before_it():
    found = 0
    for place, *both in pairs():
        for text in both if "arXiv" in both[0] else ():
            links = re.split(r"\[arXiv:([\d.]+)\]\(https://arxiv\.org/abs/([\d.]+)\)", text)
            for before, shown, leads in zip(links[::3], links[1::3], links[2::3]):
                (paper,) = (paper for paper in PAPERS if f"arXiv:{shown}" in paper)
                told = re.findall(rf"({NAME})[^()*]*\((\d{{4}})(?:, \d{{4}})?\)", before)[-1]
                assert shown == leads and told[0].split()[-1] == paper.split()[0] and told[1] in paper, (place, shown)
                found += 1
    assert found > 10


# --- shapes ------------------------------------------------------------------------------------------

EXERCISES = {name: task for name, task in exercises.book().items() if isinstance(task, J.Exercise)}
SHAPE = r'((?:\b\w+(?:"\])?, )*\b\w+(?:"\])?):? (?:as [^()]*)?\(([1-9A-Z][A-Z0-9+]*,(?: [A-Z0-9+]+,?)*)\)'


def arrays(name, value):
    """(name, shape) of an array, of each in a dict or a state."""
    parts = value._asdict() if hasattr(value, "_asdict") else value if isinstance(value, dict) else None
    if parts is not None:
        return [found for name, part in parts.items() for found in arrays(name, part)]
    return [(name, np.shape(value))] if isinstance(value, np.ndarray | float | np.generic) else []


def shapes_told(text, sizes):
    """(name, shape) that a text tells, a batch of sequences being (T, D, B)."""
    for names, shape in re.findall(SHAPE, re.sub(r"\s+", " ", text.replace("`", ""))):
        for name in re.findall(r"\w+", names):
            yield name, tuple(eval(side, {}, sizes) for side in shape.strip(",").split(", "))


def agree(text, sizes, real):
    """Each shape is that of an array of this name; after a mere word ("an array (H, B)") that of any. Their count."""
    told = list(shapes_told(text, sizes))
    for name, shape in told:
        name = name if name in dict(real) else name.lower()
        assert shape in [found for called, found in real if called == name or name not in dict(real)], (name, shape)
    return len(told)


# The y of greedy is what its step returns.
@pytest.mark.parametrize("name", [name for name in EXERCISES if name != "greedy"])
def test_the_shapes_in_an_exercise_are_those_of_its_arrays(name):
    """In its docstring, and where the chapter sets it, in both languages."""
    task = EXERCISES[name]
    sizes, given = J.run.cases(task)[0]
    result = task.play(task.right, *deepcopy(given))
    named = [*zip(inspect.signature(task.right).parameters, given),
             *zip(task.gives.split(", "), result if type(result) is tuple else (result,))]
    texts = [task.right.__doc__, *(text for place, *both in pairs() if "chapter.py" in place for text in both
                                   if re.search(rf"· `{name}\(", text))]
    assert len(texts) == 3
    for text in texts:
        agree(text, sizes._asdict(), [found for pair in named for found in arrays(*pair)])


def test_the_layouts_of_others_are_theirs():
    """“PyTorch reads (T, B, D)”, “`h_n` and `c_n` stay (layers, B, H)”: as the numbers that PyTorch gave lie."""
    its = kept("torch_lstm")
    sizes = dict(zip("TBD", its["x"].shape)) | {"H": its["out"].shape[-1], "layers": its["h0"].shape[0]}
    order = {"x": "TBD", "output": "TBH", "h_n": ("layers", "B", "H"), "c_n": ("layers", "B", "H")}
    for name, found in (("x", "x"), ("output", "out"), ("h_n", "h0"), ("c_n", "c0")):
        assert tuple(sizes[side] for side in order[name]) == its[found].shape
    theirs = {"h_n": "layers, B, H", "c_n": "layers, B, H", "output": "T, B, H", "batch_first=True": "B, T, D",
              "Keras": "B, T, D", "PyTorch": "T, B, D", "Our inputs": "T, D, B", "Nos entrées": "T, D, B"}
    told = 0
    for place, *both in pairs():
        for text in both if "c11" in place and "chapter" in place else ():
            side = "(?:layers|couches|[TBDH])"
            for before, shape in re.findall(rf"([^()|]*(?:\|[^()|]*)?)\(({side}, {side}, {side})\)", text):
                named = [name for name in re.findall("|".join(theirs), before)]
                if named and not re.search(r"last_outputs", text):
                    told += 1
                    assert shape.replace("couches", "layers") == theirs[named[-1]], (place, before, shape)
    assert told > 12


def test_the_shapes_in_the_engine_s_docstrings_are_those_of_its_arrays():
    T, B, D, H, K, G = sizes = 5, 2, 6, 3, 7, 4
    rng = np.random.default_rng(0)
    p, x, mask = unroll.weights(LSTM, D, H, rng), rng.normal(size=(T, D, B)), np.ones((T, B))
    run = unroll.forward(LSTM, p, x, mask=mask)
    net = model.Model(LSTM, D, H, K)
    trace = net(x.astype(np.float32), mask=mask)
    y, classes, numbers = trace.y, rng.integers(0, K, (T, B)), rng.normal(size=(T, K, B))
    scores, slope = model.cross_entropy(y, classes, mask)
    model.squared_error(y, numbers, mask), model.accuracy(y, classes, mask), model.r2(y, numbers, mask)
    dh, dy = np.ones((T, H, B)), np.ones((T, K, B), np.float32)
    unroll.backward(LSTM, p, run, dh), net.gradients(trace, dy)
    film = [("x", x), ("x", classes), ("ids", classes), ("h", run.h), ("dh", dh), ("mask", mask)]
    scored = [("y", y), ("mask", mask), ("dy", dy)]
    docs = [(cells, [("x", x), ("x", x[0]), ("h", run.s.h), ("c", run.s.c), ("z", run.tape.z[0]), *p.items()]),
            (cells.join, [("z", cells.join(run.s.h, x[0]))]), (cells.State, run.s._asdict().items()),
            (cells.Hidden, [("h", run.s.h)]), (unroll.weights, p.items()),
            *((f, film) for f in (unroll.forward, unroll.backward, fast.forward, fast.backward, model.Model.__call__)),
            (model.Model, net.params[-1].items()), (model.Model.gradients, scored),
            (model._share, [("mean", model._share(y, mask))]),
            *((f, [*scored, ("target", classes)]) for f in (model.cross_entropy, model.accuracy)),
            *((f, [*scored, ("target", numbers)]) for f in (model.squared_error, model.r2))]
    told = sum(agree(place.__doc__, dict(zip("TBDHKG", sizes)), [found for pair in named for found in arrays(*pair)])
               for place, named in docs)
    assert told > 30 and slope.shape == y.shape and np.ndim(scores) == 0


# --- how something is made -----------------------------------------------------------------------------

IN_WORDS = SMALL | {"first": 1, "second": 2, "third": 3, "half": .5, "eight": 8, "twelve": 12, "fifteen": 15,
                    "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}


def default(f, *names):
    """What some arguments of a function are where nobody gives them."""
    return tuple(inspect.signature(f).parameters[name].default for name in names)


def of_cell(code, id, pattern):
    """The numbers in what a pattern finds in a code cell of a chapter."""
    return within(next(cell.text for cell in cells_of(ROOMS[int(code)]) if cell.head.get("id") == id), pattern)


def within(text, pattern):
    """The numbers in what a pattern finds in a text, one after the other."""
    return tuple(float(n) for found in re.findall(pattern, text) for n in re.findall(r"\d*\.?\d+", found))


def puzzle(name, pattern):
    return within(inspect.getsource(exercises.book()[name].trial), pattern)


def spread():
    """Which measure of the noise of tasks.recall its loudness is."""
    x = next(tasks.recall(50, loudness=3.).batches(np.random.default_rng(0), 200)).x[1:, 4:]
    return [name for name, value in (("standard deviation", x.std()), ("variance", x.var())) if abs(value - 3) < .1]


ADJECTIVES = {kind: len(text.split()) for kind, text in corpora.OPINIONS["en"].items()}

# A sentence that says how something here is made: where, how it says so, and what the code has for each of its
# numbers. "04 stream" is that cell of chapter 04; the other places are docstrings.
MADE = [
    ("01 training", r"batch of (\d+) sequences", lambda: default(model.train, "B")),
    ("02 sentiment-explain", r"(\w+) of the (\w+) adjectives", lambda: (
        (both := ADJECTIVES["good"] + ADJECTIVES["bad"]) - ADJECTIVES["never negated"], both)),
    ("03 explain-probe", r"by ([\d.]+) (\w+) times, and about (\w+) a percent",
     lambda: (.9, 50, round(100 * .9**50, 1))),
    ("03 puzzle", r"lag (\d+) has a norm between ([\d.]+) and ([\d.]+)",
     lambda: puzzle("slow_fade", r"at lag \d+ its norm must lie between [\d.]+ and [\d.]+\d")),
    ("04 stream", r"one of (\w+)\), (\w+) to (\w+) steps of noise",
     lambda: default(tasks.episodes, "symbols", "shortest", "longest")),
    ("04 stream", r"pieces of (\w+) steps", lambda: default(tasks.episodes, "T")),
    ("04 exam", r"streams of (\d+) steps", lambda: of_cell("04", "exam-picture", r"episodes\((\d+)\)")),
    ("04 puzzle", r"for at least (\d+) steps", lambda: puzzle("latch", r"rows_of_symbols\(4, (\d+)")),
    ("05 lock", r"in (\w+) steps", lambda: default(draw_two_keys, "T")),
    ("05 marked", r"(\w+) symbols pass, each one of (\w+)\. One of the first (\w+)",
     lambda: default(tasks.marked_symbol, "T", "symbols", "first")),
    ("06 belt-explorer", r"Both begin with ([\d.]+\d):", lambda: (belt().controls["f"].value,)),
    ("06 write-carousel", r"last of these derivatives is (\d)", lambda: carousel(np.full(3, .5))[-1:]),
    ("06 count-look", r"more units \((\w+), (\w+) and (\w+)\)",
     lambda: of_cell("06", "count-lessons", r"\((?:LSTM|GRU|RNN), (\d+)")[1:]),
    ("06 count-look", r"from (\w+) seeds, (\d+) updates each", lambda: (
        *of_cell("06", "count-lessons", r"range\((\d+)"), *of_cell("06", "count-lessons", r"\(LSTM, 2, (\d+)"))),
    ("07 silently", r"at step (\d+) and asked for at step (\d+)", lambda: default(draw_hold_silently, "at", "asked")),
    ("07 secret", r"There are (\w+) steps", lambda: default(tasks.secret, "T")),
    ("08 lines", r"z had (\w+) readers", lambda: (len(LSTM.gates),)),
    ("09 own", r"up to (\d+) of them", lambda: (default(tasks.embedded_reber, "longest")[0] - len("BT") - len("TE"),)),
    ("08 which-eps", r"LSTM that reads (\w+) steps",
     lambda: of_cell("08", "v-curve", r"x, dh = rng.normal\(size=\((\d)")),
    ("09 small", r"\(accuracy, (\w+) units\).*\(R², (\w+) unit",
     lambda: of_cell("09", "small-code", r"learned\(\w+, (\d)")),
    ("10 ask-quiz", r"([\w-]+) questions", lambda: (len(quizzes.chapter("10").QUESTIONS),)),
    ("11 biases", r"bias of f is the (\w+) quarter", lambda: (TORCH["LSTM"].index("f") + 1,)),
    ("11 explain-rehearsal", r"after some (\d+) updates", lambda: of_cell("11", "exam-code", r"updates=(\d+)")),
    ("11 rehearsal", r"of (\w+) units, reads windows of (\d+) years",
     lambda: default(spots.rehearse, "H") + default(spots.windows, "T")),
    ("12 speed", r"about (\w+) times as many", lambda: (round(2 * sum(1000 - 2**k for k in range(10)) / 1000),)),
    ("12 parity", r"sequences of (\d+) steps", lambda: of_cell("12", "parity-train", r"parity\((\d+)\)")),
    ("12 parity", r"exam has (\d+) steps", lambda: of_cell("12", "parity-exam", r"parity\((\d+)\)")),
    ("13 order", r"within ([\d.]+\d) of what", lambda: within(inspect.getsource(papers.order_right), r"< ([\d.]+)")),
    ("13 order", r"last (\d+) sequences in a row", lambda: default(papers.in_a_row, "enough")),
    ("recall", r"noise of (.*?) loudness", spread),
    ("carousel", r"So d\[T-1\] is (.*?)\.", lambda: carousel(np.full(3, .5))[-1:]),
]


def carousel(fs):
    return exercises.book()["carousel"].right(fs.reshape(-1, 1, 1)).ravel()


@pytest.mark.parametrize("where, says, made", MADE, ids=[f"{where}: {says}" for where, says, _ in MADE])
def test_a_sentence_that_says_how_something_is_made_says_it_as_the_code_has_it(where, says, made):
    docs = [("recall", tasks.recall.__doc__), ("carousel", exercises.book()["carousel"].right.__doc__)]
    texts = [(re.sub(r"^c(\d\d)_.*/chapter.py ", r"\1 ", place), text) for place, text, *_ in [*pairs(), *docs]]
    said = [found.groups() for place, text in texts if place == where
            for found in re.finditer(says, re.sub(r"\s+", " ", text.replace("*", "")))]
    assert said and all([IN_WORDS.get(n.lower()) or (float(n) if re.fullmatch(r"[\d.]+", n) else n) for n in found]
                        == [*made()] for found in said), (said, made())


# --- numbers and exercises -----------------------------------------------------------------------------

WORDS = {"five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "sixteen": 16,
         "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "eighty": 80,
         "hundred": 100, "thousand": 1000}
# Numbers that stand in no code beside them, each looked up: in the library, another section, a claim, a paper.
ELSEWHERE = {
    "c00_start_here map": "8 9 11 12 13",            # chapters
    "c01_rnn_basics senses": "128 8",                # tasks.rising_or_falling: 16 frames of 8 samples
    "c01_rnn_basics explain-honest": "50 50",        # of section 3
    "c02_applications reference": "450000",          # letters of the language reference, with Python
    "c02_applications own-formats": "64",
    "c03_vanishing_gradient title": "1000",
    "c03_vanishing_gradient explain-driven": "0.99", # σ(5)
    "c03_vanishing_gradient recall": "25",           # chance, one of four symbols
    "c03_vanishing_gradient near": "95",
    "c03_vanishing_gradient summary": "1000",
    "c04_forget_gate explain-account": "1500",       # a claim's updates
    "c04_forget_gate explain-bias": "1000",          # a claim's updates
    "c05_input_gate explain-marked": "30 1200",
    "c06_cell_state summary": "50 10",
    "c07_output_gate secret": "40",
    "c08_full_cell explain-v": "16",
    "c09_worth table": "11",                         # lstmlib.tasks.counting
    "c09_worth papers": "1000 28 2222 2232 2342 2350", # ten thousand cells; pages
    "c09_worth project": "104",
    "c10_summary after-scan": "30",                  # years
    "c10_summary lines": "5.1 5.1 5.2 5.2 5.3 5.4 5.4", # parts of the course sheet
    "c12_what_came_after slstm": "8",
    "c12_what_came_after explain-both": "8",
    "c12_what_came_after explain-look": "600",
    "c13_papers_say differences": "0.2",
    "c13_papers_say order": "156 2560",              # what the papers say: tables, weights, trials
    "c13_papers_say explain-two-rules": "36",
    "c13_papers_say reber-kept": "264 276 97 30 200000 182000",
    "c13_papers_say explain-reber": "3800 24100",
    "c13_papers_say stream": "74 99 18 29 53 62 68464 30 32 600",
    "c13_papers_say adding": "93 209000 500 853000 1000 370000 2.02e+06",
    "c13_papers_say explain-adding": "500 1000",
    "c13_papers_say greff": "5400 200",
    "c13_papers_say not-there": "148 150 148 150 1735 1780 2451 2471", # and pages
}


def numbers_of(code):
    return {float(n) for n in re.findall(r"(?<![\w.])(?:\d+\.\d+|\.\d+|\d+(?:e-?\d+)?)", code)}


def test_a_number_in_the_prose_stands_in_the_code_beside_it():
    """Of its section, or of the room's modules: so that 1000 updates that become 800 in the code do so in the text.

    But small whole ones, years, chapters, papers.
    """
    nowhere = {}
    for room in ROOMS:
        known = numbers_of("\n".join(path.read_text(encoding="utf-8") for path in room.glob("*.py")
                                     if path.name not in ("chapter.py", "claims.py")))
        sections = [[]]
        for cell in cells_of(room):
            sections += [[]] * (cell.head.get("lang") == "en" and cell.text.startswith("## "))
            sections[-1] = [*sections[-1], cell]
        for part in sections:
            beside = known | numbers_of("\n".join(cell.text for cell in part if cell.kind == "code"))
            for cell in part:
                text = prose(cell.text, False)
                text = re.sub(r"\[arXiv.*?\]|[Cc]hapters? \d\d(?:(?: and|,) \d\d)*|\[\d\d ·|, part [\d.]+|"
                              r"\b(?:19|20)\d\d\b|# \d+ ·|[Ee]xercise \d+\.\d|section \d[.\d]+\.\d", "", text)
                told = cell.head.get("lang") == "en" and cell.head["id"] != "references"
                for n in re.findall(rf"(?<![\w.])\d+(?:\.\d+)?|\b(?:{'|'.join(WORDS)})\b", text) if told else ():
                    if ((value := WORDS.get(n) or float(n)) >= 5 or "." in n) and value not in beside:
                        nowhere.setdefault(f"{room.name} {cell.head['id']}", []).append(f"{value:g}")
    assert {place: " ".join(found) for place, found in nowhere.items()} == ELSEWHERE


# Numbers of claims that no code has: how many pairs, lags, a chapter, how many parts and tasks there are.
COUNTED = {"next_word": "20", "longer_lessons_teach_it": "31", "the_secret_is_about_scarce_units": "7",
           "each_part_has_a_task": "10 7"}


def test_a_number_in_a_claim_stands_in_the_code_that_measures_it():
    """“within 300 updates”: of the claim, or of its control."""
    nowhere = {}
    for _, one in all_claims():
        source = Path(inspect.getsourcefile(one.measure)).read_text(encoding="utf-8")
        known = {float(n) for n in re.findall(r"\d*\.?\d+", re.sub(r"(?s)@claim\(.*?\ndef ", "", source))}
        for text in (one.says[0], one.control[0]):
            for n in re.findall(rf"(?<![\w.])\d+(?:\.\d+)?|\b(?:{'|'.join(WORDS)})\b", prose(text, False)):
                if (value := WORDS.get(n) or float(n)) > 5 and not 1980 < value < 2030 and value not in known:
                    nowhere.setdefault(one.name, []).append(f"{value:g}")
    assert {name: " ".join(found) for name, found in nowhere.items()} == COUNTED


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name[:3])
def test_exercises_are_numbered_in_order(room):
    chapter = int(room.name[1:3])
    for lang in ("en", "fr"):
        text = "\n".join(cell.text for cell in cells_of(room) if cell.head.get("lang") == lang)
        told = re.findall(r"\*\*Exerci[sc]e (\d+)\.(\d+) · `(\w+)\(", text)
        assert [(int(k), int(n)) for k, n, _ in told] == [(chapter, n + 1) for n in range(len(told))]
        checked = re.findall(r'^check\("(\w+)"', "\n".join(c.text for c in cells_of(room) if c.kind == "code"), re.M)
        assert [name for *_, name in told] == [name for name in checked if name in EXERCISES][:len(told)]
