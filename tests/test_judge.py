"""The judge: fair, strict, quick, and never an exception, whatever it is given."""

import itertools
import re
import statistics
import subprocess
import sys
from collections import Counter, namedtuple
from copy import deepcopy
from xml.etree import ElementTree

import numpy as np
import pytest

from lstmlib.cells import LSTM, State, Tape, join, lstm_back, lstm_step, sigmoid
from workbook import judge as J
from workbook.exercises import book, check
from workbook.ink import number
from workbook.judge import known, run
from workbook.judge.results import close
from workbook.words import speak

NAMES = [name for name, task in book().items() if isinstance(task, J.Exercise)]


@pytest.fixture(autouse=True)
def new_session(monkeypatch):
    monkeypatch.setattr(J, "_asked", Counter())
    monkeypatch.setattr(J, "on_verdict", [lambda verdict, answer: None])        # as in a notebook
    yield
    speak("en")


def gate(W, b, h, x):
    return sigmoid(W @ join(h, x) + b)


# --- the inputs tell apart --------------------------------------------------------------------------------


def test_sizes_differ_in_every_case():
    for sizes in J.task.SIZES:
        numbers = [*sizes, sizes.H + sizes.D, 4]
        assert len(set(numbers)) == len(numbers) and sizes.T >= 4
    assert len(J.task.SIZES) >= 4 and all(len(set(column)) > 1 for column in zip(*J.task.SIZES))


@pytest.mark.parametrize(
    "name",
    ["rnn_step", "rnn_forward", "forget_gate", "lstm_step", "lstm_forward", "lstm_back", "lstm_backward"],
)
def test_inputs_are_rich(name):
    """No zeros anywhere: with T = 1 and zero states 13 of 29 wrong backward passes cannot be seen."""
    for sizes, args in run.cases(book()[name]):
        assert sizes is J.task.EDGE or all(np.all(a != 0) for a in J.results.leaves(args))


def test_a_number_is_measured_by_itself_and_not_by_the_largest_beside_it():
    right, size = np.array([1000.0, 1.0]), J.results.ATOL * 1000
    assert close(right + [0.009, 0.9 * size], right)
    assert not close(right + [0, 2 * size], right) and not close(right + [0.02, 0], right)


@pytest.mark.parametrize("name", ["two_in_one", "set_forget_bias", "lstm_backward"])
def test_things_in_another_order_are_told_so(name):
    """Two of them, or three."""
    task = book()[name]

    def turned(*args):
        return task.play(task.right, *args)[::-1]
    assert J.judge(task, turned).kind == "order"


def test_the_catalogue_of_mistakes_is_in_the_book():
    """The ways to get an LSTM wrong that people have been seen to find, forwards and back, each apart."""
    for name, least in (("lstm_step", 55), ("lstm_forward", 75), ("lstm_back", 55), ("lstm_backward", 80)):
        task = book()[name]
        outcomes = [known.mistaken(task, (k,), 0) for k in range(len(task.mistakes))]
        assert len(outcomes) >= least
        twins = [
            (task.mistakes[a].id, task.mistakes[b].id)
            for a, b in itertools.combinations(range(len(outcomes)), 2)
            if J.results.alike(outcomes[a], outcomes[b])
        ]
        assert twins == []


# --- strict -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda a: a * (1 + 1e-4),
        lambda a: a + np.nan,
        lambda a: a[..., None],
        lambda a: a * 1j,
        lambda a: a + 1e-3,
        lambda a: a.astype(str),
        lambda a: a.astype(object),
    ],
)
def test_a_near_miss_does_not_pass(name, spoil):
    """One array of the result a little off, not a number, of another shape or kind."""
    task = book()[name]
    if task.tolerance or name == "greedy":
        pytest.skip("whole numbers")

    def spoiled(*args):
        result = task.right(*args)
        if isinstance(result, list):
            return [spoil(np.asarray(q, float)) for q in result]
        if not isinstance(result, tuple):
            return spoil(np.asarray(result, float))
        if isinstance(result[0], dict):
            return {"W": spoil(result[0]["W"]), "b": result[0]["b"]}, *result[1:]
        return (
            spoil(result[0]) if isinstance(result[0], np.ndarray) else State(spoil(result[0].h), result[0].c),
            *result[1:],
        )

    assert not check(name, spoiled).passed


def last_number_off(by):
    """An answer to forget_gate whose last number is off, by what no change of its own text can mend."""
    def answer(W, b, h, x):
        f = gate(W, b, h, x)
        f[-1, -1] += by
        return f

    return answer


def test_one_wrong_number_is_enough():
    verdict = check("forget_gate", last_number_off(1e-3))
    assert verdict.kind == "differs" and "f[2, 1]" in verdict.steps[1] and "close" in verdict.steps[1]


def test_the_largest_difference_tells_yours_and_what_is_expected():
    right = gate(*J.run.cases(book()["forget_gate"])[0][1])[2, 1]
    told = f"`f[2, 1]` is {number(right + 0.25, 4)}, expected {number(right, 4)}."
    assert told in check("forget_gate", last_number_off(0.25)).steps[1]


def test_hints_open_one_by_one_under_their_names():
    for opened in range(3):
        page = check("forget_gate", lambda W, b, h, x: sigmoid(W @ join(h, x) - b)).page()
        assert re.findall("<summary>(.*?)</summary>", page) == ["Where to look", "On the course sheet"]
        assert page.count("<details open>") == opened


def test_right_is_green_and_wrong_is_orange_beside_its_sign():
    for answer, sign, colour in ((gate, "✓", "#009E73"), (last_number_off(1), "✗", "#D55E00")):
        assert re.search(rf'border-left:.3em solid {colour};.*?<strong>{sign} ', check("forget_gate", answer).page())


@pytest.mark.parametrize("product", [np.matmul, np.dot])
def test_of_a_product_that_does_not_fit_the_columns_come_first(product):
    with pytest.raises(ValueError) as said:
        product(np.ones((4, 2)), np.ones((3, 5)))
    assert J.calls.misfit(str(said.value)) == (2, 3)


def test_right_on_one_case_only():
    def answer(W, b, h, x):
        return gate(W, b, h, x) if h.shape == (3, 2) else np.ones(h.shape)

    assert check("forget_gate", answer).kind == "some"

    def fixed_size(W, b, h, x):
        f = np.zeros((3, 2))
        f[:] = gate(W, b, h, x)
        return f

    verdict = check("forget_gate", fixed_size)
    assert verdict.kind == "crash" and verdict.steps[0].startswith("right where B = 2, wrong where it is 3")


def test_what_only_broadcasts_does_not_pass():
    assert check("bias_for", lambda n: [[book()["bias_for"].right(n)]]).kind == "structure"
    assert check("bias_for", lambda n: np.array([book()["bias_for"].right(n)])).kind == "shape"
    assert (
        check(
            "lstm_step",
            lambda p, s, x: (
                State(lstm_step(p, s, x)[0].h[None], lstm_step(p, s, x)[0].c),
                lstm_step(p, s, x)[1],
            ),
        ).kind
        == "shape"
    )


def test_changed_arguments_do_not_pass():
    def answer(p, s, x):
        result = lstm_step(p, s, x)
        p["b"] += 1
        return result

    assert check("lstm_step", answer).kind == "changed"

    def more(p, s, x):
        p["cache"] = x
        return lstm_step(p, s, x)

    assert check("lstm_step", more).passed  # nobody is harmed


def test_an_answer_that_remembers_is_found_out():
    seen = []

    def answer(W, b, h, x):
        seen.append(h)
        return gate(W, b, h, x) + 0.1 * len(seen)

    assert check("forget_gate", answer).kind == "impure"


# --- fair -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_float32_passes(name):
    task = book()[name]

    def narrow(value):
        if isinstance(value, np.ndarray):
            return value.astype(np.float32) if value.dtype.kind == "f" else value
        if isinstance(value, dict):
            return {key: narrow(v) for key, v in value.items()}
        if hasattr(value, "_fields"):
            return type(value)(*map(narrow, value))
        return [narrow(v) for v in value] if isinstance(value, list) else value

    if name == "gradient_check":
        pytest.skip("differences of float32 numbers are coarse, and rightly refused")
    verdict = check(name, lambda *args: task.right(*map(narrow, args)))
    assert verdict.passed, verdict


def test_states_and_tapes_may_be_anything_with_their_fields():
    Other = namedtuple("Other", "c h")

    def answer(kind):
        def step(p, s, x):
            new, tape = lstm_step(p, s, x)
            return kind(new), tape._asdict()

        return step

    for kind in (tuple, list, lambda s: s._asdict(), lambda s: Other(h=s.h, c=s.c)):
        assert check("lstm_step", answer(kind)).passed


def test_close_is_relative_to_the_largest_number():
    b = np.array([1000.0, 1e-3])
    assert close(b + np.array([0.005, 0.001]), b) and not close(b + np.array([0.02, 0]), b)
    assert close(np.array([np.nan, np.inf]), np.array([np.nan, np.inf])) and not close(
        np.array([np.nan]), np.array([1.0])
    )
    assert not close(np.ones((2, 1)), np.ones((1, 2)))


# --- kind words for what went wrong -----------------------------------------------------------------------


def kinds():
    """Answers to forget_gate, the kind of verdict each should get, and a word of it."""
    yield lambda W, b, h, x: None if print("f") else None, "printed", "print"
    yield lambda W, b, h, x: (yield gate(W, b, h, x)), "forgotten", "yield"
    yield lambda W, b, h, x: gate, "forgotten", "parentheses"
    yield lambda W, b: W, "crash", "4 arguments"
    yield lambda W, b, h, x: W @ x, "mistake|crash", ""
    yield lambda W, b, h, x: Weights @ x, "crash", "`Weights` is not known"  # noqa: F821
    yield lambda W, b, h, x: [1, 2] * 1.5, "crash", "lists"
    yield lambda W, b, h, x: np.sigmoid(W), "crash", "NumPy has no `sigmoid`"
    yield lambda W, b, h, x: 1 if W > 0 else 0, "crash", "`if`"
    yield lambda W, b, h, x: W[99], "crash", "index"
    yield lambda W, b, h, x: W.f, "crash", "`.f`"
    yield lambda W, b, h, x: 1 / 0, "crash", "zero"
    yield lambda W, b, h, x: {}["W_f"], "crash", "W_f"
    yield lambda W, b, h, x: sys.exit(), "crash", "SystemExit"
    yield lambda W, b, h, x: (_ for _ in ()).throw(KeyboardInterrupt), "crash", "KeyboardInterrupt"
    yield lambda W, b, h, x: None + h, "crash", "`None`"
    yield lambda W, b, h, x: np.add(h.astype(int), h, out=h.astype(int)), "crash", "int"
    yield lambda W, b, h, x: str(W), "structure", "`str`"
    yield lambda W, b, h, x: {"f": 1}, "structure", "a dict"
    yield lambda W, b, h, x: [gate(W, b, h, x)], "structure", "np.stack"
    yield lambda W, b, h, x: gate(W, b, h, x).T, "mistake", "lies on its side"
    yield lambda W, b, h, x: gate(W, b, h, x).ravel(), "shape", "another shape"
    yield lambda W, b, h, x: h[:, 0], "shape", "(3,) = (H,)"
    yield lambda W, b, h, x: -gate(W, b, h, x), "scaled", "minus"
    yield lambda W, b, h, x: 2 * gate(W, b, h, x), "scaled", "2 ×"
    yield lambda W, b, h, x: gate(W, b, h, x) * h.shape[1], "scaled", "× B"
    yield lambda W, b, h, x: gate(W, b, h, x) / h.shape[1], "scaled", "/ B"
    yield lambda W, b, h, x: gate(W, b, h, x) ** 2, "nearly", "squares"
    yield lambda W, b, h, x: gate(W, b, h, x).round(2), "rounded", "2 digits"
    yield lambda W, b, h, x: (10 * gate(W, b, h, x)).astype(int), "dtype", "int"
    yield lambda W, b, h, x: np.where(h > 0, gate(W, b, h, x), np.nan), "nan", "nan"
    yield (
        lambda W, b, h, x: np.where(np.arange(h.shape[1]) == 0, gate(W, b, h, x), h),
        "first only",
        "first example",
    )
    yield lambda h, x, W, b: 1, "crash|arguments|differs|shape", ""
    yield lambda x, h, b_f, W_f: gate(W_f, b_f, h, x), "arguments", "another order"


@pytest.mark.parametrize("answer, kind, word", list(kinds()))
def test_each_failing_gets_its_words(answer, kind, word):
    verdict = check("forget_gate", answer)
    assert verdict.kind in kind.split("|") and word in verdict.steps[0] + verdict.steps[-1] + " ".join(
        verdict.steps
    ), verdict
    assert "\n" not in repr(verdict)


def test_reading_the_notebook_instead_of_the_arguments():
    room = {"np": np, "W_f": np.ones((3, 9)), "h": np.ones((3, 2))}
    exec("def answer(W, b, h_, x):\n    return W_f @ np.concatenate([h, x])", room)
    assert check("forget_gate", room["answer"]).kind == "global"
    room = {"np": np, "f": np.ones((3, 2))}
    exec("def answer(W, b, h, x):\n    return f[:1, :1] * np.ones(h.shape)", room)
    assert check("forget_gate", room["answer"]).kind == "global"
    room = {"np": np, "join": join, "EPS": 0.0, "f": np.ones(3)}
    exec("def answer(W, b, h, x):\n    return 1 / (1 + np.exp(-(W @ join(h, x) + b) + EPS))", room)
    assert check(
        "forget_gate", room["answer"]
    ).passed  # a constant is no sin, nor is f as someone else's name


def test_the_line_that_failed_is_shown():
    def answer(W, b, h, x):
        z = join(h, x)
        return W.T @ z @ z

    assert (
        any("W.T @ z @ z" in step for step in check("forget_gate", answer).steps)
        or check("forget_gate", answer).kind == "mistake"
    )

    def other(W, b, h, x):
        return np.tanh(W @ np.concatenate([x, x, h]))

    assert "`return np.tanh(W @ np.concatenate([x, x, h]))`" in check("forget_gate", other).steps[1]


def test_unknown_names_and_no_functions():
    assert check("no_such", gate).kind == "unknown" and "forget_gate" in repr(check("no_such", gate))
    assert check(None, None).kind == "unknown"
    assert check("forget_gate", np.ones(3)).kind == "no function"
    assert check("forget_gate", "sigmoid(W @ z)").kind == "no function"


def test_two_mistakes_at_once():
    verdict = check("forget_gate", lambda W, b, h, x: np.tanh(W @ join(x, h) + b))
    assert verdict.kind == "two" and len(verdict.mistakes) == 2
    assert "[x; h]" in verdict.steps[0] and "tanh" in verdict.steps[0]

    def back(p, ds, tape):
        z, f, i, o, g, c_prev, c, h = tape
        dc = ds.c + ds.h * o * (1 - c**2)
        da = np.stack(
            [dc * c * f * (1 - f), dc * g * i * (1 - i), ds.h * np.tanh(c) * o * (1 - o), dc * i * (1 - g**2)]
        )
        dz = (p["W"].mT @ da).sum(0)
        return {"W": da @ z.T, "b": da.sum(-1, keepdims=True)}, (dz[: len(c)], dc * f), dz[len(c) :]

    verdict = check("lstm_back", back)
    assert (
        verdict.kind == "two"
        and "1 − c²" in verdict.steps[0]
        and "df is made with the new c" in verdict.steps[0]
    )


@pytest.mark.parametrize("name", NAMES)
def test_most_pairs_are_recognised(name):
    """Two mistakes together, where they fit: they are found, or what they look like is named."""
    task = book()[name]
    rng = np.random.default_rng(0)
    pairs = list(itertools.combinations(range(len(task.mistakes)), 2))
    found = tried = 0
    for k in rng.permutation(len(pairs))[:6]:
        answer = known.edited(task, pairs[k])
        if answer is not None:
            tried += 1
            found += J.judge(task, answer).kind != "differs"
    assert found >= 0.8 * tried


# --- where it first differs -------------------------------------------------------------------------------


@pytest.mark.parametrize("told, made", [
    ("one minus the right ones", lambda b: 1 - b), ("the inverses of the right ones", lambda b: 1 / b),
    ("the squares", lambda b: b * b), ("the absolute values", lambda b: np.where(b < 0, -b, b)),
    ("the exponentials", lambda b: np.e ** b), ("tanh of the right ones", lambda b: 1 - 2 / (np.exp(2 * b) + 1)),
    ("σ of the right ones", sigmoid), ("one step late", lambda b: np.stack([0 * b[0], *b[:-1]])),
    ("one step early", lambda b: np.stack([*b[1:], 0 * b[0]])), ("minus the right ones", np.negative),
    ("3 × the right ones", lambda b: 3 * b)], ids=lambda part: part if isinstance(part, str) else "")
def test_what_numbers_are_said_to_be_is_what_was_done_to_the_right_ones(told, made):
    right = book()["rnn_forward"].right
    assert told in check("rnn_forward", lambda W, b, xs, h0: made(right(W, b, xs, h0))).steps[0]


def test_it_says_where_a_forward_pass_goes_wrong():
    def forward(p, s, x):
        tapes = []
        for t, x_t in enumerate(x):
            if t == 3:
                s = State(s.h, np.cos(s.h) + 0.1)
            s, tape = lstm_step(p, s, x_t)
            tapes.append(tape)
        tape = Tape(*map(np.stack, zip(*tapes)))
        return tape.h, s, tape

    verdict = check("lstm_forward", forward)
    assert (verdict.kind, verdict.steps[0]) == (
        "differs",
        "`tape.c` is right up to t = 2, then it goes wrong.",
    )
    svg, alt = verdict.picture
    assert "zero at t = 0, 1, 2" in alt and alt in repr(verdict)
    ElementTree.fromstring(svg)


def test_it_says_where_a_backward_pass_goes_wrong():
    def backward(p, tape, dh, ds):
        ds, dp, dxs = State(*ds), {"W": 0, "b": 0}, []
        for t in reversed(range(len(dh))):
            now = Tape(*(q[t] for q in tape))
            if t == 1:
                now = Tape(*now[:5], np.cos(now.c) + 0.1, *now[6:])
            d, ds, dx = lstm_back(p, State(ds.h + dh[t], ds.c), now)
            dp = {k: dp[k] + d[k] for k in d}
            dxs.append(dx)
        return dp, ds, np.stack(dxs[::-1])

    task = book()["lstm_backward"]
    da = task.look(backward, *deepcopy(run.cases(task)[0][1]))
    right = task.look(task.right, *deepcopy(run.cases(task)[0][1]))
    assert close(da["da_f"][2:], right["da_f"][2:]) and close(da["da_i"][1:], right["da_i"][1:])
    verdict = check("lstm_backward", backward)
    assert (
        verdict.kind == "differs"
        and "t = " in verdict.steps[0]
        and verdict.steps[0].startswith("`da_f` is right down to")
    )


def test_it_says_which_gate_of_one_step_back_is_wrong():
    def back(p, ds, tape):
        dp, s, dx = lstm_back(p, ds, tape)
        return {k: np.stack([v[0], v[1], np.cos(v[1]) + 0.1, v[3]]) for k, v in dp.items()}, s, dx

    assert check("lstm_back", back).steps[0] == "the first wrong quantity is `da_o`. It is read off your `dW`."


# --- how it is said ---------------------------------------------------------------------------------------


def test_asking_again_opens_the_next_hint():
    def wrong(W, b, h, x):
        return sigmoid(W @ join(h, x))

    said = [check("forget_gate", wrong) for _ in range(5)]
    assert [v.step for v in said] == [1, 2, 3, 3, 3]
    assert [repr(v).count(v.steps[1]) for v in said] == [0, 1, 1, 1, 1]
    assert [v._repr_mimebundle_()["text/html"].count("<details open") for v in said] == [0, 1, 2, 2, 2]
    assert check("candidate", wrong).step == 1  # another exercise begins at the first
    assert check("forget_gate", lambda W, b, h, x: np.tanh(W @ join(h, x) + b)).step == 1


def test_a_verdict_shows_itself_as_html_and_text():
    wrong = check("forget_gate", lambda W, b, h, x: W @ join(h, x) + b)
    html = wrong._repr_mimebundle_()["text/html"]
    tree = ElementTree.fromstring(html)
    assert tree.attrib["role"] == "status" and tree.attrib["lang"] == "en"
    assert len(tree.findall("details")) == 2 and "✗" in html
    speak("fr")
    assert (
        ElementTree.fromstring(check("forget_gate", gate)._repr_mimebundle_()["text/html"]).attrib["lang"]
        == "fr"
    )
    assert repr(check("forget_gate", gate)) == "✓ forget_gate\u00a0: juste."
    tagged = check("forget_gate", lambda W, b, h, x: {}["<script>"])
    assert "<script>" not in tagged._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_picture_has_an_alternative(language):
    speak(language)
    verdict = check("forget_gate", lambda W, b, h, x: gate(W, b, h, x) + 0.1 * (h > 0))
    tree = ElementTree.fromstring(verdict._repr_mimebundle_()["text/html"])
    assert tree.find("img").attrib["alt"] == verdict.picture[1] and verdict.picture[1]


def test_whoever_listens_is_told(monkeypatch):
    heard = []
    monkeypatch.setattr(
        J, "on_verdict", [lambda verdict, answer: heard.append((verdict.name, verdict.passed, answer))]
    )
    check("forget_gate", gate)
    check("latch", gate)
    assert heard == [("forget_gate", True, gate), ("latch", False, gate)]
    assert "sigmoid(W @ join(h, x) + b)" in check("forget_gate", gate).source


def test_what_an_answer_prints_is_not_lost(capsys):
    def answer(W, b, h, x):
        print("shape", h.shape)
        return gate(W, b, h, x)

    assert check("forget_gate", answer).passed
    assert capsys.readouterr().out == "shape (3, 2)\n"  # once, not for every case


# --- time -------------------------------------------------------------------------------------------------


def test_it_answers_at_once():
    """Beyond the answer's own time; in a new process, where nothing has been run yet. Processor time, as a
    machine may be busy.
    """
    code = """
import time, numpy as np
from workbook.exercises import book, check
from workbook.ink import number
from workbook.judge import known, run
np.seterr(all="ignore")
for name in sorted(book()):
    task = book()[name]
    if not hasattr(task, "mistakes"):
        continue
    pairs = ((a, b) for a in range(len(task.mistakes)) for b in range(a))
    two = next(pair for pair in pairs if known.edited(task, pair))
    for kind, picked in (("one", (len(task.mistakes) - 1,)), ("two", two)):
        start = time.process_time()
        answer = known.edited(task, picked)
        for _, args in run.cases(task):
            try:
                task.play(answer, *args)
            except Exception:
                pass
        own = time.process_time() - start
        if kind == "one":
            for kept in (known._variants, known.edited, known.mistaken, run.expected):
                kept.cache_clear()
        start = time.process_time()
        check(name, answer)
        print(name, kind, 1000 * (time.process_time() - start - own))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in done.stdout.splitlines() if line[-1].isdigit()]
    one, two = ({name: float(ms) for name, kind, ms in rows if kind == k} for k in ("one", "two"))
    print(
        "ms, first mistake of a session:",
        f"median {statistics.median(one.values()):.0f}, slowest",
        max(one.items(), key=lambda q: q[1]),
    )
    print(
        "ms, two at once:",
        f"median {statistics.median(two.values()):.0f}, slowest",
        max(two.items(), key=lambda q: q[1]),
    )
    assert len(one) >= 25 and statistics.median(one.values()) < 50 and max(one.values()) < 700
    assert np.quantile([*one.values()], 0.95) < 150
    assert max(two.values()) < 1000


# --- whatever it is given ---------------------------------------------------------------------------------


class Prickly:
    """An object that objects to being looked at."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")

    def __getattr__(self, name):
        raise RuntimeError("no")

    def __len__(self):
        raise RuntimeError("no")

    def __bool__(self):
        raise RuntimeError("no")


RESULTS = [
    0,
    1.5,
    True,
    "text",
    b"bytes",
    None,
    ...,
    [],
    (),
    {},
    [[1], [1, 2]],
    [None],
    {"W": 1},
    {"W": None, "b": None},
    object(),
    Prickly(),
    np.array([]),
    np.zeros((0, 3)),
    np.array("a"),
    np.array([None]),
    np.ones((2, 2), bool),
    np.datetime64("2000-01-01"),
    1j,
    (1, 2),
    (1, 2, 3),
    ({}, (), []),
    (np.ones(2), np.ones(2), np.ones(2)),
    State(1, 2),
    (State(1, 2), 3),
    np.ma.ones(3),
    float("inf"),
    range(3),
    {1, 2},
    type,
    len,
    Exception("e"),
    (None, None),
    (None, None, None),
    10**400,
    [10**400],
]


@pytest.mark.parametrize("name", list(book()))
def test_whatever_an_answer_returns_there_is_a_verdict(name):
    for result in RESULTS:
        verdict = check(name, lambda *args, result=result: result)
        assert isinstance(verdict, J.Verdict) and not verdict.passed, result
        assert verdict.steps[0] and repr(verdict) and verdict._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("name", list(book()))
def test_whatever_is_handed_in_there_is_a_verdict(name):
    for answer in RESULTS:
        assert not check(name, answer).passed
    for error in (
        ValueError,
        TypeError("argument"),
        KeyError("W"),
        IndexError,
        AttributeError("module 'numpy' has no 'x'"),
        NameError,
        RecursionError,
        MemoryError,
        SystemExit,
        GeneratorExit,
        StopIteration,
        UnicodeError,
        OSError,
        ZeroDivisionError,
    ):

        def failing(*args, error=error):
            raise error

        assert not check(name, failing).passed
    assert not check(name, type("Callable", (), {"__call__": lambda self: 0})()).passed


def test_the_librarys_own_cell_is_right():
    """What is taught is what the library does: the book's answers and cells.py are the same functions."""
    for name in ("lstm_step", "lstm_back"):
        assert check(name, getattr(LSTM, name.removeprefix("lstm_"))).passed


# --- the corners, and the small case ------------------------------------------------------------------------


NUMBERS = [name for name in NAMES if name not in ("greedy", "sample", "gradient_check")]     # what these take is more


@pytest.mark.parametrize("name", NUMBERS)
def test_an_answer_that_is_right_but_at_a_corner_does_not_pass(name):
    """Each corner is tried: an answer that goes wrong there alone fails."""
    task, tried = book()[name], 0
    for sizes, corner in run.cases(task):
        if sizes is J.task.EDGE:
            there = J.results.leaves(corner)

            def answer(*given, there=there):
                return "wrong" if J.results.alike(J.results.leaves(given), there) else task.right(*given)

            assert not check(name, answer).passed, corner
            tried += 1
    assert tried


def test_an_unnamed_mistake_ends_in_a_case_to_do_by_hand():
    def f(W_f, b_f, h, x):
        return 1 / (1 + np.exp(-W_f @ np.concatenate([h, x]) - b_f)) ** 1.1 * 0.9 + 0.1

    verdict = check("forget_gate", f)
    assert verdict.kind == "differs"
    told = "A small case by hand: `W_f = b_f = h = x = 0`. Yours is `f = 0.5199`, expected 0.5."
    assert told in verdict.steps[1]


def test_a_size_is_blamed_only_where_another_size_proves_it():
    """An answer that is wrong for large numbers is right for some inputs; no size is to blame."""
    def wrong_if_large(o, c):
        return o * np.tanh(c) if abs(c).max() < 4 else np.cos(o) + np.sin(c)

    def wrong_if_wide(o, c):
        return o * np.tanh(c) if c.shape[1] < 3 else np.cos(o) + np.sin(c)

    assert check("hidden", wrong_if_large).steps[0] == "right for some inputs, wrong for others."
    assert check("hidden", wrong_if_wide).steps[0].startswith("right where B = 2, wrong where it is 3")


@pytest.mark.parametrize("digits", range(5))
def test_a_rounded_answer_is_told_to_how_many_digits(digits):
    right = book()["cell_update"].right
    said = repr(check("cell_update", lambda f, c, i, g: np.round(right(f, c, i, g), digits)))
    assert f"rounded to {digits} digit" in said
