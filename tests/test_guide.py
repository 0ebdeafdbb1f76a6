"""The guide's numbers are the chapters' own: minutes, sections, exercises, in both languages."""
import inspect
import re
import sys
import tomllib
from pathlib import Path

import pytest

import guide
import start

ROOT = Path(__file__).resolve().parent.parent
GUIDES = [(ROOT / "guide" / name).read_text(encoding="utf-8") for name in ("lecturers.md", "enseignants.md")]
BRIEFS = [(ROOT / "guide" / name).read_text(encoding="utf-8") for name in ("brief.md", "consignes.md")]
ROOMS = {path.name[1:3]: path for path in sorted((ROOT / "course").glob("c[0-9][0-9]_*"))}
TAKES = r"\*It takes\*: ([^;,.]+)", r"\*Durée\*\s: ([^;,.]+)"
MINUTES = {"half an hour with the self-test": 30, "three quarters of an hour": 45, "an hour": 60, "about an hour": 60,
           "about an hour and a half": 90, "two hours": 120, "two to three hours": 180, "about three hours": 180,
           "three hours": 180}                                                 # the longest that is said
both = pytest.mark.parametrize("k", (0, 1), ids=("en", "fr"))


def prose(code):
    return re.sub(r"\n# ?", " ", (ROOMS[code] / "chapter.py").read_text(encoding="utf-8"))


def takes(code, k=0):
    return re.search(TAKES[k], prose(code))[1]


def rows(k, columns):
    """The tables' rows that begin with a number, with as many columns."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in GUIDES[k].split("\n") if "|" in line]
    return [cells for cells in lines if len(cells) == columns and cells[0][:1].isdigit()]


def sections(code):
    """{number of a section: its text with its code}, of the English edition and what both share."""
    parts = re.split(r"^# ## (\d+) · ", (ROOMS[code] / "chapter.py").read_text(encoding="utf-8"), flags=re.M)
    found = {}
    for number, text in zip(parts[1::2], parts[2::2]):
        found[int(number)] = found.get(int(number), "") + text
    return found


def between(text):
    """The sections that a phrase names: "sections 4 to 7", "sections 2, 4 et 5"."""
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    return set(range(numbers[0], numbers[1] + 1) if re.search(r"\d (to|à) \d", text) else numbers)


@both
def test_each_chapter_takes_what_it_says(k):
    told = {cells[0][:2]: cells[1] for cells in rows(k, 4)}
    assert len(told) >= 12 and told == {code: takes(code, k) for code in told}


@both
def test_the_lecture_fits_and_so_do_the_labs(k):
    shown = [re.match(r"(\d+) min", cells[2]) for cells in rows(k, 4)]
    assert sum(int(m[1]) for m in shown if m) <= 90
    labs = {"1": 0, "2": 0, "3": 0}
    for cells in rows(k, 4):
        parts = re.findall(r"(?:lab|TP) (\d)\s?:([^;]*?)(\d+) min", cells[3])
        for lab, where, minutes in parts:
            labs[lab] += int(minutes)
            assert between(where) <= set(sections(cells[0][:2])) if where.strip() else \
                int(minutes) == MINUTES[takes(cells[0][:2])]
    assert all(120 <= minutes <= 180 for minutes in labs.values()), labs


@both
def test_a_day_of_the_week_alone_fits(k):
    days = [cells[1].split(", ") for cells in rows(k, 2)]
    assert sum(days, []) == list(ROOMS)[:12] and len(days) == 7
    assert max(sum(MINUTES[takes(code)] for code in day) for day in days) == 270


@both
def test_the_practical_runs_without_a_gap_through_sections_that_hold_its_exercises(k):
    """Each block has the minutes that its exercises say; what is run and what is skipped is all there is."""
    run, now, written = {"04": set(), "06": set()}, 0, []
    for when, where, what in (cells for cells in rows(k, 3) if "–" in cells[0]):
        begin, end = map(int, when.split("–"))
        assert begin == now < end
        now, need = end, 0
        places = re.findall(r"(\d\d), section (\d)", where)
        for code, section in places:
            run[code].add(int(section))
        for name in re.findall(r"`(\w+)`", what):
            code, section = places[0]
            assert f'check("{name}", {name})' in sections(code)[int(section)]
            after = tomllib.loads((ROOMS[code] / "mistakes.toml").read_text(encoding="utf-8"))["after"]
            need += after[name]["minutes"]
            written.append(name)
        assert need <= end - begin
    assert now == 120 and len(written) == 4
    skip = dict(re.findall(r"(0[46]), (sections [^;.]+)", re.search(r"(?:Skip|À sauter)\s?: (.*)", GUIDES[k])[1]))
    for code, sections_run in run.items():
        assert sections_run | between(skip[code]) == set(sections(code)) and not sections_run & between(skip[code])
    assert all(f"`{name}`" in BRIEFS[k] for name in written)
    assert len(BRIEFS[k].split("\n")) <= 30                                    # a page
    quizzes = re.search(r"quiz[^.\n]*: (.*)", BRIEFS[k])[1]
    for section, code in re.findall(r"section (\d) (?:of|de) (\d\d)", quizzes):
        assert f'quiz("{code}")' in sections(code)[int(section)]
    named = BRIEFS[k].partition(quizzes)[0]
    for code in run:                                                            # what is opened is what is run
        told = re.findall(rf"{code}-[^#]*?sections ((?:\d(?:, | and | et )?)+)", named)
        assert told and set(map(int, re.findall(r"\d", told[0]))) <= run[code]


def test_what_was_measured_for_a_claim_is_named_in_french_too():
    """Each label of the English page has its French; what is left as it is, is a name, a formula or a number."""
    pages = [guide.measured(path.read_text(encoding="utf-8")) for path in guide.PAGES]
    there = [[re.split(" ?: (?=above|below|au-dess)", part)[0] for cell in page.values() for part in cell.split("<br>")
              if part not in ("---", "measured", "mesuré")] for page in pages]
    english = set(there[0])
    assert len(english) > 150 and len(there[0]) == len(there[1])
    same = {label for label in english if guide.in_french(label) == label}
    assert not [label for label in same if re.search("[a-z]{4}", label.replace("minLSTM", ""))], same
    assert len(pages[0]) == len(pages[1]) and all(map(str.strip, pages[0].values()))


def test_the_hubs_example_starts_the_course_for_each_reader():
    """As JupyterHub reads it: start.py of this very course; a folder that start.py takes for the reader's own."""
    from traitlets.config.loader import PyFileConfigLoader

    spawner = PyFileConfigLoader("jupyterhub_config.py", path=str(ROOT / "guide")).load_config().Spawner
    python, script, language = spawner.cmd
    assert python == sys.executable and Path(script).samefile(ROOT / "start.py") and language in start.LOCALES
    assert set(spawner.environment) == {"COURSE_WORK"} and "COURSE_WORK" in inspect.getsource(start.work)
    assert all("guide/jupyterhub_config.py" in guide for guide in GUIDES)
