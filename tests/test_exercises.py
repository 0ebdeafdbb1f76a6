"""The book: every right answer passes, every known mistake gets its own hint, in both languages."""
import inspect
import itertools
import re
import shutil
from collections import Counter
from copy import deepcopy

import numpy as np
import pytest

from course.shared.inputs import rows_of_symbols
from workbook import exercises, room
from workbook import judge as J
from workbook.exercises import book, check
from workbook.judge import known, run
from workbook.judge.calls import outcome
from workbook.words import speak

EXERCISES = [task for task in book().values() if isinstance(task, J.Exercise)]
PUZZLES = [task for task in book().values() if isinstance(task, J.Puzzle)]
each_exercise = pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.right.__name__)
each_puzzle = pytest.mark.parametrize("task", PUZZLES, ids=lambda task: task.trial.__name__)


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    monkeypatch.setattr(J, "_asked", Counter())
    yield
    speak("en")


def test_the_course_has_them_all():
    assert len(EXERCISES) >= 25 and len(PUZZLES) >= 6
    signatures = {
        "first_gate": "a", "rnn_step": "W, b, h, x", "rnn_forward": "W, b, xs, h0", "read_out": "V, b_y, h",
        "softmax": "y",
        "jacobian": "Wh, h", "gradient_norms": "Wh, hs", "clip": "grads, max_norm", "rnn_back": "W, z, h, dh",
        "forget_gate": "W_f, b_f, h, x", "half_life": "f", "bias_for": "half_life",
        "candidate": "W_g, b_g, h, x", "cell_update": "f, c, i, g",
        "carousel": "fs",
        "hidden": "o, c", "gate_for": "h, c", "lstm_step": "p, s, x", "lstm_forward": "p, s, x",
        "lstm_back": "p, ds, tape"}
    for name, arguments in signatures.items():
        assert ", ".join(inspect.signature(book()[name].right).parameters) == arguments


@each_exercise
def test_the_right_answer_passes(task):
    assert J.judge(task, task.right).passed


@each_exercise
def test_each_mistake_gets_its_own_hint(task):
    """And no two have the same name or hint, and each edit finds its one place."""
    for k, mistake in enumerate(task.mistakes):
        verdict = J.judge(task, known.edited(task, (k,)))
        assert (verdict.kind, verdict.mistakes, verdict.steps[0]) == ("mistake", (mistake.id,), mistake.en[0])
    assert len({m.id for m in task.mistakes}) == len(task.mistakes)


@each_exercise
def test_no_mistake_lacks_a_name(task):
    """A mistake that stops does so by its shapes, not because its own text is broken."""
    for k, mistake in enumerate(task.mistakes):
        error = getattr(outcome(task.play, known.edited(task, (k,)), *deepcopy(run.cases(task)[0][1])),
                        "error", None)
        assert not isinstance(error, NameError | AttributeError | SyntaxError), (mistake.id, error)


@each_exercise
def test_each_edit_changes_one_place(task):
    for mistake in task.mistakes:
        text = known.text_of(task.right)
        for old, new in zip(mistake.edits[::2], mistake.edits[1::2]):
            assert text.count(old) == 1, (mistake.id, old)
            text = text.replace(old, new, 1)


@each_exercise
def test_mistakes_told_apart_have_different_hints(task):
    """Two mistakes may share a hint only if they are the same mistake written in two ways."""
    hints = [m.en[:2] for m in task.mistakes]
    assert len(hints) - len(set(hints)) <= 2
    assert len(task.mistakes) >= 5


@each_exercise
def test_mistakes_leave_the_shared_inputs_alone(task):
    before = deepcopy(run.cases(task))
    for k in range(len(task.mistakes)):
        known.mistaken(task, (k,), 0)
    for (_, a), (_, b) in zip(before, run.cases(task)):
        assert run.changed(task, a, b) is None


@each_exercise
def test_blanks_never_pass(task):
    arguments = ", ".join(inspect.signature(task.right).parameters)
    for body in ("pass", "...", "return None", "return", "raise NotImplementedError", "'a docstring'",
                 "return ...", "raise NotImplementedError('later')"):
        room = {}
        exec(f"def blank({arguments}):\n    {body}", room)
        assert J.judge(task, room["blank"]).kind == "blank", body
    for nothing in (None, ...):
        assert J.judge(task, nothing).kind == "blank"


@each_exercise
def test_both_languages_are_complete_and_french_is_set_as_french(task):
    for mistake in task.mistakes:
        assert len(mistake.en) == len(mistake.fr) >= 2
        assert mistake.en[0] != mistake.fr[0] and all(fr.strip() for fr in mistake.fr), mistake.id
    assert len(task.line) == 2
    assert inspect.getdoc(task.right)


@each_exercise
def test_no_hint_is_the_solution(task):
    """A hint may name what is missing, never show the line."""
    answer = {line.strip() for line in known.text_of(task.right).splitlines()[1:] if len(line.strip()) > 20}
    for mistake in task.mistakes:
        for text in mistake.en + mistake.fr:
            assert not any(line.removeprefix("return ") in text for line in answer), (mistake.id, text)


# --- puzzles: more than one answer is accepted --------------------------------------------------------------

def remember_one():
    return [[3, 6]], [[-0.5]]


def slow_fade():
    angle = 1.0
    return 0.945 * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def latch():
    return np.array([[6.0, 0, -30]]), np.array([[3.0]])           # once on, h itself holds the gate open


def first_symbol():
    W, b = np.zeros((2, 2, 4)), np.zeros((2, 2, 1))
    W[0, :, :2] = -40
    W[0, 0, 2] = W[0, 1, 3] = 10                             # each unit's gate opens for its own symbol alone
    b[1] = 3                                                       # and always writes the same
    b[0] = -5
    return W, b


def marked_and_which():
    W, b = np.zeros((2, 1, 3)), np.zeros((2, 1, 1))
    W[0, 0], b[0] = (3, -3, 30), -12                               # a little of the symbol does no harm
    W[1, 0], b[1] = (8, 0, 1), -4
    return W, b


def car_park():
    W, b = np.zeros((3, 1, 3)), np.zeros((3, 1, 1))
    b[0], b[1] = 30, -60
    W[1, 0] = -400, 250, 400                                       # shut when nothing happens
    W[2, 0, 1:] = 0.24, -0.24
    return W, b


def when_asked():
    W, b = np.zeros((4, 1, 4)), np.zeros((4, 1, 1))
    b[0], W[0, 0, 2] = 20, -40
    b[1], W[1, 0, 2] = -15, 30
    b[2], W[2, 0, 3] = -20, 40
    W[3, 0, 1], W[3, 0, 0] = 9, 0.5                                # a little of h does no harm
    return W, b


def accumulator():
    W, b = np.zeros((4, 1, 3)), np.zeros((4, 1, 1))
    b[0], W[0, 0, 2] = 15, -60
    b[1], b[2] = 12, -12                                           # and says nothing
    W[3, 0, 1] = 6
    return W, b


def toggle():
    W, b = np.zeros((4, 1, 2)), np.zeros((4, 1, 1))
    W[0, 0, 1], b[0] = -30, 15
    W[1, 0, 1], b[1] = 30, -15
    b[2] = 12
    W[3, 0, 0], b[3] = -25, 8                                      # changes sign between 0 and 0.76
    return W, b


OTHERS = {f.__name__: f for f in (remember_one, slow_fade, latch, marked_and_which, first_symbol, car_park,
                                  when_asked, accumulator, toggle)}


@each_puzzle
def test_a_puzzle_accepts_two_answers(task):
    other = OTHERS[task.trial.__name__]
    assert J.judge(task, task.right).passed
    assert J.judge(task, other).passed
    one, two = ([np.ravel(w) for w in (w if isinstance(w, tuple) else (w,))] for w in (task.right(), other()))
    assert not np.array_equal(np.concatenate(one), np.concatenate(two))


@each_puzzle
def test_a_puzzle_refuses_what_does_not_do_the_job(task):
    rng = np.random.default_rng(0)
    for scale in (0, 0.1, 1, 5):
        weights = tuple(scale * rng.normal(size=shape) for shape in task.shapes.values())
        verdict = J.judge(task, lambda w=weights: w if len(w) > 1 else w[0])
        assert verdict.kind == "fails", (scale, verdict)
        assert len(verdict.steps) == 3


@each_puzzle
def test_a_puzzle_refuses_what_are_no_such_weights(task):
    shapes = list(task.shapes.values())
    right = task.right()
    right = right if isinstance(right, tuple) else (right,)
    for wrong, kind in ((lambda: None, "blank"), (lambda: tuple(np.zeros((9, 9)) for _ in shapes), "shape"),
                        (lambda: tuple("x" for _ in shapes), "structure"), (lambda: 1 / 0, "crash"),
                        (lambda: tuple(np.where(np.arange(np.prod(s)), 0, np.nan).reshape(s) for s in shapes), "nan"),
                        (lambda: right + right + right, "structure"), (right, "no function")):
        assert J.judge(task, wrong).kind == kind


def test_a_unit_that_stands_just_above_one_half_remembers_and_just_below_not():
    for h in (0.45, 0.55):
        kept = np.arctanh(h)                                          # h = tanh(h · kept / h)
        assert check("remember_one", lambda kept=kept, h=h: ([[kept / h, kept]], [[0]])).passed == (h > 0.5)


def test_a_failed_puzzle_is_answered_by_its_shortest_failure():
    leaks = check("latch", lambda: ([[0, 0, -20]], [[2]]))             # f = 0.88
    assert "“set, nothing, nothing, nothing, nothing, nothing, nothing”" in leaks.steps[0]
    stuck = check("latch", lambda: ([[0, 0, 0]], [[10]]))
    assert "“set, reset”" in stuck.steps[0]
    assert "“1 0”" in check("remember_one", lambda: ([[0, 5]], [[0]])).steps[0]
    assert "“in, in, in”" in check("car_park", lambda: (np.zeros((3, 1, 3)), np.zeros((3, 1, 1)))).steps[0]
    speak("fr")
    stuck = check("latch", lambda: ([[0, 0, 0]], [[10]]))
    assert "«\u00a0set, reset\u00a0»" in stuck.steps[0] and "1,00" in stuck.steps[0]


def test_rows_of_symbols_come_shortest_first_and_all_of_them():
    lengths = []
    for rows in rows_of_symbols(3, 9, np.random.default_rng(0)):
        T = len(rows)
        lengths.append(T)
        if 3**T <= 20000:
            assert sorted(map(tuple, rows.T)) == list(itertools.product(range(3), repeat=T))
    assert lengths == list(range(1, 10))


@pytest.mark.parametrize("task", [task for task in EXERCISES if task.shown], ids=lambda task: task.right.__name__)
def test_what_the_solutions_show_is_right(task):
    assert J.judge(task, task.shown).passed


def a_room(tmp_path, monkeypatch, mistakes):
    """The room of chapter 04 with these known mistakes."""
    monkeypatch.setattr(room, "COURSE", tmp_path)
    here = tmp_path / "c04_forget_gate"
    here.mkdir()
    (here / "mistakes.toml").write_text(mistakes, encoding="utf-8")
    return here / "mistakes.toml"


@pytest.mark.parametrize("fault, said", [
    ("[[half_life]]\nid = 'a'\nedits = ['x', 'y'\n", "mistakes.toml:3: "),
    ("[[half_life]]\nid = 'a'\nedits = ['x', 'y']\nen = ['one']", "mistakes.toml:2: a: expected en and fr"),
    ("[[half_life]]\nid = 'a'\nedits = ['x', 'y']\nen = ['one']\nfr = ['un', 'deux']", "of as many texts"),
    ("[[half_life]]\nid = 'a'\nedits = ['x']\nhint = 'one'", "mistakes.toml:2: a: unknown: hint"),
    ("[[half_life]]\nid = 'a'\nedits = ['x', 'y']\nen = ['b']\nfr = ['c']\nline = 'no'", "there is no line 'no'")])
def test_a_fault_in_a_room_is_told_with_file_and_line(tmp_path, monkeypatch, fault, said):
    shutil.copytree(room.COURSE / "shared", tmp_path / "shared")
    path = a_room(tmp_path, monkeypatch, fault)
    with pytest.raises(room.Fault, match=re.escape(said)):
        list(exercises._mistakes(path, "half_life"))


def sum_of_two(a):
    return 1 / (1,0 + np.exp(-a))


def product(a):
    é = 0,5
    return é * a


def two_names(a):
    f, i = 1,0
    return f * a + i + np.zeros((2,3)).sum() + np.maximum(0,5)


@pytest.mark.parametrize("answer, told", [(sum_of_two, "`1.0`"), (product, "`0.5`"), (two_names, "")])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_decimal_comma_is_told_and_no_other(answer, told, language):
    speak(language)
    verdict = check("first_gate", answer)
    assert (verdict.kind == "comma") == bool(told) and told in verdict.steps[0] and not verdict.passed


def test_one_number_needs_no_picture_and_has_a_true_minus():
    verdict = check("half_life", lambda f: -0.35 * f)
    assert verdict.kind == "differs" and verdict.picture is None and "−0.2" in verdict.steps[1]
    speak("fr")
    words = check("forget_gate", lambda W, b, h, x: h * 0 - 3.25).picture[1]
    assert re.search(r"maximum −\d,\d", words), words
