"""The build on a tiny chapter, then the course's own chapters and notebooks against its promises to readers."""
import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from workbook import build

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "course").glob("c*/chapter.py"))
NOTEBOOKS = sorted(path for folder, lang in build.EDITIONS for path in (ROOT / folder / lang).glob("*.ipynb"))
CHAPTERS = [path for path in NOTEBOOKS if path.is_relative_to(ROOT / "chapters")]

TITLE = '''\
# %% [markdown] id="title" lang="en"
# # A gate
#
# Is $f = 1$ right? See `f: 1`.

# %% [markdown] id="title" lang="fr"
# # Une porte
#
# Est-ce que $f = 1$ convient ? Voyez « le code » `f : 1`.

'''
IMPORTS = '''\
# %% id="imports"
import numpy as np

from workbook import check, say

'''
EXERCISE = '''\
# %% id="half-life" slideshow={"slide_type": "slide"}
def half_life(f):
    """Steps."""
    raise NotImplementedError


try:
    print(f"{half_life(.25):.2f}")
except NotImplementedError:
    print(say("step t"))
check("half_life", half_life)

# %% id="extra" only="solutions"
sorted({"b", "a", "c"}, key=hash)
'''
WIDGET = '''\
# %% id="widget"
import ipywidgets

class Still(ipywidgets.VBox):
    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), "text/html": "<p>a still</p>", "text/plain": "a still"}

Still([ipywidgets.IntSlider(3)])
'''


def course(folder, text, name="c04_forget_gate"):
    """A course of one chapter in an empty folder."""
    (folder / "course" / name).mkdir(parents=True, exist_ok=True)
    (folder / "course" / name / "chapter.py").write_text(text, encoding="utf-8")
    return folder


def faults(folder, text):
    """What build.read says against a source."""
    with pytest.raises(build.Refused) as refused:
        build.read(course(folder, text) / "course" / "c04_forget_gate" / "chapter.py")
    return str(refused.value)


@pytest.fixture
def two_editions(monkeypatch):
    """Of the four, so that half as many are run."""
    monkeypatch.setattr(build, "EDITIONS", [("chapters", "en"), ("solutions", "fr")])


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small course, built once: its root."""
    root = course(tmp_path_factory.mktemp("course"), TITLE + IMPORTS + EXERCISE + WIDGET)
    assert build.main([], root) == 0
    return root


def edition(root, name):
    return nbformat.read(root / name / "04-forget-gate.ipynb", as_version=4)


# ---- the four editions -------------------------------------------------------------------------------

def test_four_valid_notebooks_with_the_ids_of_the_source(built):
    assert len(list(built.glob("*/*/*.ipynb"))) == 4
    for folder, lang in build.EDITIONS:
        nb = edition(built, f"{folder}/{lang}")
        nbformat.validate(nb)
        extra = ["extra"] if folder == "solutions" else []
        assert [cell.id for cell in nb.cells] == ["title", "imports", "half-life", *extra, "widget"]
        assert set(nb.metadata) == {"kernelspec", "language_info", "lang", "room", "title", "library"}
        assert [dict(cell.metadata) for cell in nb.cells if cell.metadata] == [
            {"slideshow": {"slide_type": "slide"}}]


def test_each_edition_speaks_its_language(built):
    english, french = edition(built, "chapters/en"), edition(built, "chapters/fr")
    assert english.cells[0].source.startswith("# A gate")
    assert french.cells[0].source.startswith("# Une porte")
    assert 'speak("fr")' in french.cells[1].source and "speak" not in english.cells[1].source
    assert english.cells[2].outputs[0].text == "step t\n"
    assert french.cells[2].outputs[0].text == "pas t\n"


def test_french_spaces_do_not_break_and_code_is_left_alone(built):
    text = edition(built, "chapters/fr").cells[0].source
    assert "convient\u00a0? Voyez «\u00a0le code\u00a0» `f : 1`." in text and "$f = 1$" in text


def test_the_learner_gets_the_task_and_the_solutions_the_answer(built):
    task, answer = (edition(built, f"{folder}/en").cells[2] for folder in ("chapters", "solutions"))
    assert '    """Steps."""\n    raise NotImplementedError\n\n\ntry:' in task.source
    assert '    """Steps."""\n    return -1 / np.log2(f)\n\n\ntry:' in answer.source
    assert answer.outputs[0].text == "0.50\n"


def test_a_widget_leaves_its_still_and_no_state(built):
    for folder, lang in build.EDITIONS:
        nb = edition(built, f"{folder}/{lang}")
        assert nb.cells[-1].outputs[0].data == {"text/html": "<p>a still</p>", "text/plain": "a still"}
        assert "widget-view" not in json.dumps(nb)


def test_where_only_prose_has_changed_nothing_is_executed(built, copied, monkeypatch):
    spoil_source(copied)
    monkeypatch.delattr(build, "execute")
    assert build.main([], copied) == 0
    for folder in ("chapters", "solutions"):
        mended, before = edition(copied, f"{folder}/en"), edition(built, f"{folder}/en")
        assert "Was $f" in mended.cells[0].source and mended.cells[1:] == before.cells[1:]
        assert mended.cells[2].outputs


@pytest.mark.parametrize("name", ["answers.py", "questions.toml", "pictures.py"])
def test_what_the_room_says_otherwise_is_computed_again(copied, monkeypatch, name):
    (copied / "course" / "c04_forget_gate" / name).write_text("x = 1\n")
    assert build.main(["--check"], copied) == 1
    monkeypatch.delattr(build, "execute")
    with pytest.raises(NameError, match="execute"):
        build.main([], copied)


@pytest.mark.parametrize("name", ["mistakes.toml", "claims.py"])
def test_a_hint_or_a_claim_shows_in_no_notebook(copied, name):
    (copied / "course" / "c04_forget_gate" / name).write_text("x = 1\n")
    assert build.main(["--check"], copied) == 0


def test_two_builds_give_the_same_bytes(built):
    before = {path: path.read_bytes() for path in built.glob("*/*/*.ipynb")}
    assert build.main(["--all"], built) == 0
    assert before == {path: path.read_bytes() for path in built.glob("*/*/*.ipynb")}


# ---- freshness -----------------------------------------------------------------------------------------

@pytest.fixture
def copied(built, tmp_path):
    """A copy of the built course, to be spoiled; nothing in it may be executed."""
    for path in [*built.glob("course/*/*.py"), *built.glob("*/*/*.ipynb")]:
        there = tmp_path / path.relative_to(built)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(path.read_bytes())
    return tmp_path


def test_what_is_fresh_is_not_executed(copied, monkeypatch, capsys):
    monkeypatch.delattr(build, "execute")
    assert build.main(["--check"], copied) == 0 == build.main([], copied)
    assert capsys.readouterr().err == ""


def spoil_source(root):
    path = root / "course" / "c04_forget_gate" / "chapter.py"
    path.write_text(path.read_text(encoding="utf-8").replace("Is $f", "Was $f"), encoding="utf-8")
    return 2


def spoil_cell(root):
    path = root / "chapters" / "en" / "04-forget-gate.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("A gate", "A door"), encoding="utf-8")
    return 1


def break_file(root):
    path = root / "solutions" / "fr" / "04-forget-gate.ipynb"
    path.write_text(path.read_text(encoding="utf-8")[:1000], encoding="utf-8")
    return 1


def lose_file(root):
    (root / "solutions" / "fr" / "04-forget-gate.ipynb").unlink()
    return 1


@pytest.mark.parametrize("spoil", [spoil_source, spoil_cell, break_file, lose_file])
def test_what_is_stale_is_named(copied, capsys, spoil):
    stale = spoil(copied)
    assert build.main(["--check"], copied) == 1
    assert capsys.readouterr().err.count("04-forget-gate.ipynb is stale") == stale


def test_another_build_py_makes_all_stale(copied, monkeypatch, tmp_path, capsys):
    (tmp_path / "other.py").write_text("another", encoding="utf-8")
    monkeypatch.setattr(build, "__file__", str(tmp_path / "other.py"))
    assert build.main(["--check"], copied) == 1
    assert capsys.readouterr().err.count("stale") == 4


def test_a_notebook_without_a_source_is_named(copied, capsys):
    (copied / "chapters" / "en" / "04-old-name.ipynb").write_text("{}")
    assert build.main(["--check"], copied) == 1
    assert "chapters/en/04-old-name.ipynb has no source" in capsys.readouterr().err


def test_only_the_chosen_chapters_are_looked_at(copied, capsys):
    spoil_source(copied)
    course(copied, TITLE + IMPORTS, "c05_input_gate")
    assert build.main(["05", "--check"], copied) == 1
    assert re.findall(r"\d\d-[\w-]+\.ipynb is stale", capsys.readouterr().err) == [
        "05-input-gate.ipynb is stale"] * 4
    with pytest.raises(SystemExit):
        build.main(["07"], copied)
    assert "no chapter 07; there are 04, 05" in capsys.readouterr().err


def test_the_weight_of_the_course_is_limited(copied, monkeypatch, capsys):
    monkeypatch.setattr(build, "COURSE_BYTES", 1000)
    assert build.main(["--check"], copied) == 1
    assert "expected at most 1000" in capsys.readouterr().err


# ---- sources that are refused --------------------------------------------------------------------------

def solution(body):
    return TITLE + IMPORTS + '# %% id="task"\n' + body


@pytest.mark.parametrize("text, line, fault", [
    ("x = 1\n" + TITLE + IMPORTS, None, "none comes before the first"),
    (IMPORTS, 1, "expected a title"),
    (TITLE, 1, 'expected id="imports"'),
    (TITLE + '# %% id="other"\n1\n\n' + IMPORTS, 1, 'expected id="imports"'),
    (TITLE + IMPORTS + '# %%\n1\n', 16, "id is None"),
    (TITLE + IMPORTS + '# %% id="Not_good"\n1\n', 16, "id is 'Not_good'"),
    (TITLE + IMPORTS + '# %% id="imports"\n1\n', 16, "'imports' comes twice"),
    (TITLE + IMPORTS + '# %% id="a" lang="en"\n1\n', 16, "code comes once"),
    (TITLE + IMPORTS + '# %% slideshow={"slide_type": "skip"} id="a"\n1\n', 16, "write id, slideshow"),
    (TITLE + IMPORTS + '# %% id="a" tags=["raises-exception"]\n1\n', 16, "first line: tags"),
    (TITLE + IMPORTS + '# %% id="a" only="chapters"\n1\n', 16, "only is 'chapters'"),
    (TITLE + IMPORTS + '# %% [raw] id="a"\n# 1\n', 16, "a raw cell"),
    (TITLE + IMPORTS + '# %% [markdown] id="a" lang="en"\n# Yes.\n', 16, "next to it lang=\"fr\""),
    (TITLE + IMPORTS + '# %% [markdown] id="a" lang="fr"\n# Oui.\n', 16, "expected lang=\"en\""),
    (TITLE + IMPORTS + '# %% [markdown] id="a"\n# Yes.\n', 16, "expected lang=\"en\""),
    (TITLE + IMPORTS + '# %% [markdown] id="a" lang="en"\n# No.\n\n# %% [markdown] id="b" lang="fr"\n# Non.',
     16, "a: expected"),
    (solution("def f():\n    raise NotImplementedError\n"), 16, "checks an exercise"),
    (solution('def f():\n    raise NotImplementedError\n\ncheck("no such", f)\n'), 16, "checks an exercise"),
    (solution("def f():\n    raise NotImplementedError\n\ndef g():\n    raise NotImplementedError\n\n"
              'check("half_life", f)\n'), 16, "has one"),
])
def test_a_faulty_source_is_refused_with_its_line(tmp_path, text, line, fault):
    said = faults(tmp_path, text)
    assert fault in said
    assert line is None or f"c04_forget_gate/chapter.py:{line}: " in said


def prose(english, french):
    cells = [f'# %% [markdown] id="p" lang="{lang}"\n# ' + text.replace("\n", "\n# ") + "\n"
             for lang, text in (("en", english), ("fr", french))]
    return TITLE + IMPORTS + "\n".join(cells)


@pytest.mark.parametrize("french, fault", [
    ("Oui: voici.", "expected a space before"), ("Un `mot`; un autre.", "expected a space before"),
    ("Le mot «oui » suffit.", "expected a space after"), ('Le mot "oui" suffit.', "expected « » for"),
    ("Oui\n: voici.", "a line can't begin with"), ("Voici l' état.", "no space after an apostrophe"),
    ("Que vois-tu ici ?", "the reader is vous"), ("Écrivez ton code.", "the reader is vous"),
])
def test_faulty_french_is_refused(tmp_path, french, fault):
    assert f"p: {fault}" in faults(tmp_path, prose("Yes, here.", french))


@pytest.mark.parametrize("french", [
    "À 12:30, voyez https://example.org/a?b=1;c et `x: int` ; $a: b$ ! (Vraiment ?)", "Quoi ?! Non…",
    "| a | b |\n|:--|--:|\n| 1 | 2 |", "Le ton monte d'un demi-ton : c'est « juste ».",
    "```python\nx: int = {'a': 1}; print(\"tu\")\n```", '<img alt="a:b">', "**Attention :** n'oubliez rien.",
    "À 50 % du temps&nbsp;: rien.", "Voir [la suite](05-input-gate.ipynb#titre) ; puis « `c` » !",
])
def test_good_french_passes(french):
    assert build.french_faults(french) == []


@pytest.mark.parametrize("english, french, fault", [
    ("## Part", "Partie", "the French has '', the English '##'"),
    ("The line $$c = f c$$", "La ligne", "the English '$$ $$'"),
    ("Nine words that somebody has forgotten to translate into French.", None, "the French is the English"),
    ("See [it](../guide/en.md).", "Voyez.", "../guide/en.md is not in a learner's folder"),
    ("![a picture](gate.png)", "![une image](gate.png)", "gate.png is not in a learner's folder"),
])
def test_what_can_be_compared_between_the_languages_is(tmp_path, english, french, fault):
    assert fault in faults(tmp_path, prose(english, french or english))


def test_all_faults_are_told_at_once_in_order(tmp_path):
    said = faults(tmp_path, TITLE + IMPORTS + "# %%\n1\n\n# %% [markdown] id=\"p\"\n# Yes.\n").split("\n")
    assert [line.split(": ")[0] for line in said] == ["c04_forget_gate/chapter.py:16", "c04_forget_gate/chapter.py:19"]


# ---- outputs that are refused --------------------------------------------------------------------------

UNFIT = [
    ("print(hex(2 ** 30 + 9))", "a memory address"),
    ("class A: pass\nA()", "a memory address"),
    ("print('/home/' + 'me/x.csv')", "a path"),
    ("import os, lstmlib\nprint(os.path.dirname(lstmlib.__path__[0]))", "a path"),
    ("import ipywidgets\nipywidgets.HBox([ipywidgets.Play()])", "the text of a widget"),
    ("print(' 10%| █ | 3/30')", "the text of a widget"),
    ("print(f'{12.5:.1f} ms')", "a time"),
    ("import sys\nprint('careful', file=sys.stderr)", "text on stderr: 'careful'"),
    ("import warnings\nwarnings.warn('careful')", "text on stderr"),
    ("from IPython.display import display\n"
     f"display({{'{build.WIDGET}': {{'model_id': 'a'}}}}, raw=True)", "a widget without a still"),
    ("0\n1 / 0", "ZeroDivisionError: division by zero in: 1 / 0"),
]
FIT = """
from IPython.display import HTML, display
display(HTML('<img alt="3.1 steps" style="transition: 0.2s" src="data:image/png;base64,/home/0x12345678">'))
print("ratio 1/2, 100 %, 3 items, work/fr, n = 12.5 steps")
"""


@pytest.mark.usefixtures("two_editions")
def test_unfit_outputs_are_refused_each_with_its_cell_and_line(tmp_path, capsys):
    cells = "\n".join(f'# %% id="u{k}"\n{code}\n' for k, (code, _) in enumerate(UNFIT))
    root = course(tmp_path, TITLE + IMPORTS + cells)
    source = (root / "course/c04_forget_gate/chapter.py").read_text(encoding="utf-8")
    lines = [k for k, line in enumerate(source.split("\n"), 1) if line.startswith('# %% id="u')]
    assert build.main([], root) == 1
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 2 * len(UNFIT)
    for edition in ("chapters/en", "solutions/fr"):
        mine = [line for line in said if line.endswith(f"({edition})")]
        assert len(mine) == len(UNFIT)
        for k, (line, (_, fault)) in enumerate(zip(mine, UNFIT)):
            assert line.startswith(f"c04_forget_gate/chapter.py:{lines[k]}: u{k}: {fault}")
    assert not list(root.glob("*/*/*.ipynb"))


@pytest.mark.parametrize("place", ["/home/me", "/Users/me", "/root", "/tmp", "/usr/lib", "/opt", "/var/lib", "/mnt/c",
                                   "C:\\Users"])
def test_a_place_on_somebody_s_machine_is_a_path(place):
    assert "a path" in [what for rule, what in build.UNFIT.items() if re.search(rule, f"read from {place}/x.csv")]


@pytest.mark.usefixtures("two_editions")
def test_fit_outputs_pass_and_a_heavy_notebook_does_not(tmp_path, monkeypatch, capsys):
    root = course(tmp_path, TITLE + IMPORTS + '# %% id="fit"' + FIT)
    monkeypatch.setattr(build, "NOTEBOOK_BYTES", 1000)
    assert build.main([], root) == 1
    assert capsys.readouterr().err.count("expected at most 1000") == 2
    monkeypatch.setattr(build, "NOTEBOOK_BYTES", 10_000)
    assert build.main([], root) == 0


def test_a_cell_that_never_ends_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build, "SECONDS_A_CELL", 1)
    monkeypatch.setattr(build, "EDITIONS", [("chapters", "en")])
    assert build.main([], course(tmp_path, TITLE + IMPORTS + '# %% id="loop"\nwhile True: pass\n')) == 1
    assert "c04_forget_gate/chapter.py:16: loop: CellTimeoutError" in capsys.readouterr().err


# ---- the course itself ---------------------------------------------------------------------------------

each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())


@each_source
def test_a_source_can_be_built(source):
    build.read(source)


@each_source
def test_a_chapter_is_short_and_so_are_its_cells(source):
    """At most 60 cells, 75 in the chapter of three hours; at most 15 lines of code in one, imports apart."""
    cells = build.read(source)
    most = 75 if source.parent.name.startswith("c02") else 60
    for folder, lang in build.EDITIONS:
        assert len(build.notebook(cells, folder, lang, "").cells) <= most, (folder, lang)
    long = {cell.head["id"]: lines for cell in cells if cell.kind == "code" and cell.head["id"] != "imports"
            if (lines := len(code_lines(cell.text))) > 15}
    assert not long, f"lines of code, solutions apart: {long}"


@each_source
def test_code_fits_the_screen_of_a_lecture_room(source):
    wide = {cell.head["id"]: line for cell in build.read(source) if cell.kind == "code"
            for line in cell.text.split("\n") if len(line) > 100}
    assert not wide


def code_lines(code):
    """The numbers of the lines that hold code: no comment, no docstring, no blank."""
    tree = ast.parse(code)
    prose = {line for node in ast.walk(tree) if isinstance(node, ast.Expr)
             and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
             for line in range(node.lineno, node.end_lineno + 1)}
    return [n for n, line in enumerate(code.split("\n"), 1)
            if line.strip() and not line.strip().startswith("#") and n not in prose]


@each_source
def test_links_lead_to_chapters_that_exist(source):
    slugs = {path.parent.name[1:].replace("_", "-") + ".ipynb" for path in SOURCES}
    linked = {link for cell in build.read(source) if cell.kind == "markdown"
              for link in re.findall(r"\]\((\d\d-[a-z-]+\.ipynb)", cell.text)}
    assert linked <= slugs


@each_source
def test_a_source_holds_no_path_of_a_machine(source):
    machine = r"(?<![\w.])/(home|Users|root|tmp|usr|mnt|work)/|\b[A-Z]:\\\\"
    assert not re.search(machine, source.read_text(encoding="utf-8"))


@each_notebook
def test_a_notebook_is_valid_and_light(path):
    nbformat.validate(nbformat.read(path, as_version=4))
    assert path.stat().st_size <= build.NOTEBOOK_BYTES


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path not in CHAPTERS],
                         ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_solution_passes_its_check_in_its_notebook(path):
    task = nbformat.read(ROOT / "chapters" / path.relative_to(path.parents[1]), as_version=4)
    written = {cell.id for cell in task.cells if build.TO_WRITE.search(cell.source)}
    said = [output.data["text/plain"] for cell in nbformat.read(path, as_version=4).cells if cell.id in written
            for output in cell.outputs if output.get("data")]
    assert len(said) == len(written) and all(text.startswith("✓") for text in said), said


@pytest.mark.usefixtures("two_editions")
def test_a_solution_that_does_not_pass_is_refused(tmp_path, capsys):
    cell = '# %% id="half-life"\ndef half_life(f):\n    raise NotImplementedError\n\n\ncheck("half_life", half_life)\n'
    faulty = TITLE + IMPORTS.replace("import numpy as np\n", "") + cell
    assert build.main([], course(tmp_path, faulty)) == 1
    assert capsys.readouterr().err.count("half-life: the solution does not pass") == 1


def test_nothing_is_stale():
    assert build.main(["--check"]) == 0


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_same_code_gives_the_same_output(path):
    """Chapter and solutions ran apart, so a cell that both hold and that differs isn't reproducible."""
    chapter, solutions = (nbformat.read(ROOT / folder / path.relative_to(path.parents[1]), as_version=4)
                          for folder in ("chapters", "solutions"))
    there = {cell.id: cell for cell in solutions.cells if cell.cell_type == "code"}
    for cell in chapter.cells:
        ours = cell.id != "red-wires"                    # which shows what the learner wrote
        if ours and cell.cell_type == "code" and cell.source == there[cell.id].source:
            assert list(map(shown, cell.outputs)) == list(map(shown, there[cell.id].outputs)), cell.id


def shown(output):
    """An output without its count, which cells that only the solutions have push on, and without what was measured."""
    return {key: re.sub('<span class="measured">[^<]*', "", str(value)) for key, value in output.items()
            if key != "execution_count"}
