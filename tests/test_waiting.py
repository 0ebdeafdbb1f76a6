"""A bar over training: what it shows, what stays on paper, that it changes nothing, and what an interrupt leaves."""
import ast
import html
import re
from pathlib import Path

import pytest

from lstmlib import LSTM, tasks, trained
from lstmlib.model import watchers
from workbook import progress_bar, words

ROOT = Path(__file__).resolve().parent.parent
TASK = tasks.recall(3)


@pytest.fixture(autouse=True)
def shown(monkeypatch):
    """What the notebook is given; and afterwards nobody watches."""
    given = []
    monkeypatch.setattr("IPython.display.display", given.append)
    yield given
    words.speak("en")
    assert watchers == []


def learned(updates=40, seed=0):
    return [w.tobytes() for p in trained(LSTM, TASK, 4, updates, seed).params for w in p.values()]


def paper(bar):
    """What stands where no kernel runs, the page and the plain text being one."""
    kept = bar._repr_mimebundle_()
    assert html.unescape(re.sub("<.*?>", "", kept["text/html"])) == kept["text/plain"]
    return kept["text/plain"]


def followed(bar, name):
    """The values that a trait of the bar takes from here on."""
    taken = []
    bar.observe(lambda change: taken.append(change["new"]), name)
    return taken


def test_it_follows_whatever_is_trained_and_changes_nothing(shown):
    bare, bar = [learned(seed=seed) for seed in range(3)], progress_bar(40, networks=3)
    told, parts = followed(bar, "words"), followed(bar, "part")
    with bar:
        assert [learned(seed=seed) for seed in range(3)] == bare
    assert shown == [bar] and learned() == bare[0]
    assert len(told) == 60 and parts == sorted(parts) and parts[-1] == 1 and bar.over
    assert all(re.fullmatch(r"network [123] of 3 · update \d+ of 40 · loss [\d.]+", line) for line in told)
    assert [line.split(" · ")[:2] for line in told[19:21]] == [["network 1 of 3", "update 40 of 40"],
                                                               ["network 2 of 3", "update 2 of 40"]]
    losses = [float(line.split()[-1]) for line in told[:20]]
    assert len(set(losses)) > 5 and losses[-1] < losses[0]


def test_one_network_has_no_number_and_says_what_it_can_by_now(shown):
    with progress_bar(40, sample=lambda: "so it reads"):
        learned()
    assert re.fullmatch(r"update 40 of 40 · loss [\d.]+ · so it reads", shown[0].words)


def test_what_a_network_says_on_its_way_stays_in_a_table_and_no_test_compares_it(shown):
    bar = progress_bar(30, sample=lambda: f"<{bar.k}>")
    with bar:
        learned(30)
    page = shown[1].page
    assert re.findall(r"<td>(\d+)</td>.*?measured\">([^<]*)<", page) == [
        (str(k), f"&lt;{k}&gt;") for k in (1, 3, 10, 30)]
    assert shown[1].text == "what the network says at update 1, 3, 10, 30"


def test_on_paper_stands_how_much_was_learned_in_both_languages(shown):
    assert (paper(progress_bar(300)), paper(progress_bar(40, networks=9))) == \
        ("300 updates", "9 networks, 40 updates each")
    words.speak("fr")
    assert (paper(progress_bar(300)), paper(progress_bar(40, networks=9))) == \
        ("300 mises à jour", "9 réseaux, 40 mises à jour chacun")
    with progress_bar(40, networks=2) as _:
        learned()
    assert re.fullmatch(r"réseau 1 sur 2 · mise à jour 40 sur 40 · perte [\d,]+", shown[0].words)


def test_few_messages_go_to_the_browser_however_long_it_takes(shown):
    bar = progress_bar(1000, networks=2)
    told = followed(bar, "words")
    with bar:
        for _ in range(2):
            learned(1000)
    assert len(told) == 50


def test_more_or_less_than_was_said_is_told_as_it_is(shown):
    for said, did in ((10, 40), (400, 40)):
        with progress_bar(said):
            learned(did)
        assert f"update {did} of {said}" in shown[-1].words and shown[-1].part == 1
    with progress_bar(40):                                        # and nothing at all
        pass
    assert shown[-1].words == "update 0 of 40"


def test_stopped_by_hand_it_says_so_in_a_line_and_can_be_run_again(shown):
    def tired(k, step):
        if k == 20:
            raise KeyboardInterrupt

    bar = progress_bar(40, networks=2)
    with pytest.raises(KeyboardInterrupt) as caught, bar:
        watchers.append(tired)
        try:
            learned()
        finally:
            watchers.remove(tired)
    assert caught.value._render_traceback_() == ["Stopped by you. Run the cell again to begin anew."]
    assert bar.words.startswith("Stopped: network 1 of 2 · update 21 of 40 · loss") and bar.over and bar.part < .3
    with progress_bar(40, networks=2):
        learned()
    assert shown[-1].words.startswith("network 1 of 2 · update 40 of 40")


def test_another_error_keeps_its_traceback(shown):
    with pytest.raises(FloatingPointError) as caught, progress_bar(40):
        raise FloatingPointError
    assert not hasattr(caught.value, "_render_traceback_") and shown[0].words.startswith("Stopped: ")


def test_two_bars_one_in_the_other_both_see(shown):
    with progress_bar(40, networks=2):
        for _ in range(2):
            with progress_bar(40):
                learned()
    whole, *each = shown
    assert whole.words.startswith("network 2 of 2") and all("update 40 of 40" in bar.words for bar in each)


@pytest.mark.parametrize("what, n", [("updates", 0), ("updates", iter([1])), ("networks", 2.5), ("networks", -1)])
def test_what_is_no_number_of_updates_or_networks_is_refused(what, n):
    with pytest.raises(ValueError, match=rf"progress_bar: {what} = .*; expected a whole number ≥ 1"):
        progress_bar(**{"updates": 3, what: n})


# --- the chapters -------------------------------------------------------------------------------------

def named(node):
    """The name of what is called, or None."""
    return getattr(node.func, "id", None) if isinstance(node, ast.Call) else None


def silent(node, learns, again=False):
    """The lines at which several networks learn, one after the other, and nothing shows it."""
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        return
    if isinstance(node, ast.With) and any(named(item.context_expr) == "progress_bar" for item in node.items):
        return
    if again and named(node) in learns:
        yield node.lineno
    again = again or isinstance(node, ast.For | ast.ListComp | ast.DictComp | ast.GeneratorExp)
    for child in ast.iter_child_nodes(node):
        yield from silent(child, learns, again)


@pytest.mark.parametrize("path", sorted(ROOT.glob("course/*/chapter.py")), ids=lambda path: path.parent.name)
def test_where_several_networks_learn_it_is_shown(path):
    learns, code = {"trained", "train"}, ast.parse(path.read_text(encoding="utf-8"))
    for made in filter(lambda node: isinstance(node, ast.FunctionDef), code.body):
        calls = set(map(named, ast.walk(made)))
        if calls & learns and "progress_bar" not in calls:
            learns.add(made.name)
    assert list(silent(code, learns)) == []


def test_silence_is_found():
    code = "a = [trained(seed) for seed in seeds]\nfor seed in seeds:\n  b = trained(seed)\nc = trained(0)\n" \
           "with progress_bar(3):\n  d = [trained(seed) for seed in seeds]"
    assert list(silent(ast.parse(code), {"trained"})) == [1, 3]
