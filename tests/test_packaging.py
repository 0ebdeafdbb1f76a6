"""One course, said in several files: versions, chapters, names and the picture must agree."""
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from packaging.version import Version

from course.c04_forget_gate import moving
from course.c04_forget_gate.pictures import SENTENCES
from workbook.ink import number
from workbook.room import gathered

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
PINS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
CONDA = (ROOT / "environment.yml").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


# --- versions ----------------------------------------------------------------------------------------

def test_conda_has_the_same_ranges():
    """Everything, tests included, whether conda or pip brings it; nothing else but Python and pip."""
    listed = re.findall(r"^ +- ([\w-]+[=<>]\S+)$", CONDA, re.M)
    assert sorted(listed) == sorted(DIRECT + ["python" + PROJECT["project"]["requires-python"]])


@pytest.mark.parametrize("requirement", DIRECT + PROJECT["build-system"]["requires"])
def test_a_range_goes_from_the_lowest_tested_to_the_next_major(requirement):
    """The pin, which every machine has tested, lies in it."""
    name, low, high = re.fullmatch(r"([a-z0-9-]+)>=(\d[\d.]*),<(\d+)", requirement).groups()
    pin = Version(re.search(rf"^{name}==(\S+) \\$", PINS, re.M).group(1))
    assert Version(low) <= pin and pin.major + 1 == int(high)


def test_every_pin_has_hashes():
    """A name, one version, perhaps a marker; then hashes and nothing else."""
    blocks = [block for block in re.split(r"\n(?=\S)", PINS.strip())]
    assert len(blocks) > len(DIRECT)
    pin = r"[a-z0-9.-]+==[\w.]+( ; [^\\\n]+)? (\\\n    --hash=sha256:[0-9a-f]{64} ?)+(\n    # .*)*"
    assert [block.splitlines()[0] for block in blocks if not re.fullmatch(pin, block)] == []


def test_requirements_name_no_host_and_nothing_heavy():
    assert not re.search(r"https?:|^-|index", PINS, re.M)
    assert not re.search(r"^(torch|tensorflow|jax|nvidia|triton)", PINS, re.M)


def test_jupyterlite_has_the_same_pins():
    """Of what the course has as well; and one Pyodide is named everywhere."""
    for pin in re.findall(r"^[\w.-]+==\S+", (ROOT / "lite/requirements.txt").read_text(encoding="utf-8"), re.M):
        assert pin.startswith("jupyterlite-") or f"\n{pin} " in PINS, pin
    named = [re.findall(r"pyodide[@/]v?(\d[\d.]+)", (ROOT / name).read_text(encoding="utf-8"))
             for name in ("lite/jupyter-lite.json", ".github/workflows/test.yml", ".ci/run", "CONTRIBUTING.md")]
    assert len(set(sum(named, []))) == 1 and all(named)


def test_git_hands_out_the_same_bytes_everywhere():
    """No line end of a text hangs on the system or on what its user set; all else is left alone."""
    git = subprocess.run(["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, encoding="utf-8")
    if not git.stdout:
        pytest.skip("needs git and a clone")
    for kept, _, *rule, name in map(str.split, git.stdout.splitlines()):
        text = kept in ("i/lf", "i/none") and rule == ["attr/text=auto", "eol=lf"]
        assert text or rule == ["attr/-text"], name


# --- the package -------------------------------------------------------------------------------------

PACKAGES = "lstmlib", "workbook", "course"


def test_every_file_is_packed():
    """Each lies in a package, or in a folder of data that one names, and has a kind that is packed."""
    found = PROJECT["tool"]["setuptools"]
    assert found["packages"]["find"]["include"] == [f"{name}*" for name in PACKAGES]
    kinds = ["*.py", "README.md", *found["package-data"]["*"]]
    files = [path for name in PACKAGES for path in (ROOT / name).rglob("*")
             if path.is_file() and "__pycache__" not in path.parts]
    for path in files:
        assert any(path.match(kind) for kind in kinds), path
        assert (path.parent / "__init__.py").exists() or f"{path.parent.name}/*{path.suffix}" in kinds, path


@pytest.mark.parametrize("words, code", [("progress fr --nonsense", 2), ("cheatsheet --help", 0), ("grade", 2),
                                         ("no_such_command", 1), ("", 1)])
def test_the_workbook_answers_commands(words, code):
    done = subprocess.run([sys.executable, "-m", "workbook", *words.split()], cwd=ROOT, capture_output=True,
                          encoding="utf-8")
    assert done.returncode == code and "Traceback" not in done.stderr, done


def test_start_py_delegates_to_what_answers():
    import start
    for name in start.DELEGATED:
        assert importlib.util.find_spec("workbook." + name) or hasattr(gathered(name), "main"), name


# --- what is said --------------------------------------------------------------------------------------

def test_every_command_that_is_told_is_answered():
    """In the guides and the chapters, with its options: python start.py progress --sum FOLDER."""
    import start
    pages = [path for kind in ("*.md", "guide/*.md", "course/README.md", "course/*/chapter.py")
             for path in ROOT.glob(kind) if path.name != "CHANGELOG.md"]
    told = [re.findall(r"\S+", command) for path in pages for command in re.findall(
        r"python3? (?:-m )?((?:start\.py|workbook)(?: [^\s`]+)+)", path.read_text(encoding="utf-8"))]
    assert len(told) > 25
    for program, *words in told:
        words = [word for word in words if word not in ("fr", "en")]
        command = words[0] if words and not words[0].startswith("-") else ""
        within = ROOT / "workbook" / f"{command}.py"
        assert command in ("", "fresh", "test", *start.DELEGATED) if program == "start.py" else within.exists(), command
        source = (within if within.exists() else ROOT / "start.py").read_text(encoding="utf-8")
        assert all(word in source for word in words if word.startswith("--")), words



def test_readme_lists_the_chapters_that_exist():
    """Number, title and link of each chapter, as its source says them."""
    rows = []
    for path in sorted((ROOT / "course").glob("c*/chapter.py")):
        slug, text = path.parent.name[1:].replace("_", "-"), path.read_text(encoding="utf-8")
        (number, english), (_, french) = re.findall(r"^# # (\d\d) · (.+)$", text, re.M)
        rows.append(f"| {number} | [{english}](chapters/en/{slug}.ipynb) "
                    f"| [{french}](chapters/fr/{slug}.ipynb) |")
    assert re.findall(r"^\| \d\d \|.*$", README, re.M) == rows


def test_whoever_cites_the_course_cites_this_version_of_it():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = PROJECT["project"]
    assert (str(cited["version"]), cited["license"]) == (project["version"], project["license"])
    assert cited["cff-version"] == "1.2.0" and cited["type"] == "software" and cited["authors"]
    title = README.split("\n")[0].removeprefix("# ")
    assert cited["title"].startswith(title) and cited["message"] and "CITATION.cff" in README
    assert f"## {cited['version']}" == re.search("^## .*", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)[0]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "course/README.md",
                                  "guide/lecturers.md", "guide/enseignants.md", "guide/sheet.md", "guide/fiche.md",
                                  "guide/brief.md", "guide/consignes.md"])
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_readme_picture_is_what_its_command_makes():
    """Its frames are the explorer's, its words those of its first and last; it moves by itself and comes to rest."""
    kept = moving.HOME.read_text(encoding="utf-8")
    assert f"![{moving.spoken()}](guide/forget-gate.svg)" in README
    assert kept == moving.film() and len(kept.encode()) <= 400_000
    svg = "{http://www.w3.org/2000/svg}"
    root = ElementTree.fromstring(kept)
    rules = root.find(svg + "style").text
    names = [group.get("id") for group in root.findall(svg + "g")]
    assert len(names) == len(moving.CLOSING) == len(moving.SECONDS)
    assert all(f"#{name}{{" in rules for name in names) and "infinite" not in rules
    assert "prefers-reduced-motion" in rules and not re.search(r"url\(|href|<script", kept)


def test_readme_picture_shows_the_memory_that_the_library_computes():
    """c at each word, from the cell's own equation, is written in the frame."""
    for f, picture in zip(moving.CLOSING, moving.frames()):
        c = 0.
        for word, write, _ in SENTENCES["en"]:
            c = (f if word == "." else 1.) * c + write
        assert f"at “barks” the memory is {number(c, 2)}:" in picture.text


def test_licence_is_bsd_3():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("BSD 3-Clause License\n") and "the authors" in text
    assert PROJECT["project"]["license"] == "BSD-3-Clause"


def test_changelog_begins_with_this_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", text, re.M).group(1) == PROJECT["project"]["version"]
