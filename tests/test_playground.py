"""The playground against the library: its engine, its tasks, its words."""
import re

import numpy as np
import pytest
from javascript import CASES, TASKS, node, on_stage, same_numbers, the_task

from workbook import playground
from workbook.build import french_faults
from workbook.plots import CELLS


@pytest.mark.parametrize("cell, name, held", CASES, ids=lambda part: getattr(part, "name", str(part)))
def test_the_engine_computes_what_the_library_does(cell, name, held):
    same_numbers(node, cell, name, held)


# --- the tasks ------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_the_library_s(name):
    the_task(node, name)


def test_weights_begin_as_the_library_s():
    """Rotations for h, variance 1/D for x, nothing in the biases but on f; another seed, other weights."""
    D, H, K = 3, 16, 400
    made = node("""({D, H, K}) => [[Engine.LSTM, 7], [Engine.LSTM, 8], [Engine.RNN, 7], [Engine.LSTM, 7]]
                .map(([cell, seed]) => Engine.model(cell, D, H, K, seed, 2).params)""", {"D": D, "H": H, "K": K})
    for (p, out), G in zip(made, (4, 4, 1)):
        W = np.array(p["W"]).reshape(G, H, H + D)
        Wh, Wx = W[..., :H], W[..., H:]
        np.testing.assert_allclose(Wh @ Wh.swapaxes(1, 2), np.broadcast_to(np.eye(H), (G, H, H)), atol=1e-12)
        np.testing.assert_allclose(Wx.std(), D ** -.5, rtol=.3)
        np.testing.assert_allclose(np.std(out["W"]), H ** -.5, rtol=.05)
        b = np.array(p["b"]).reshape(G, H)
        assert (b[0] == (2 if G == 4 else 0)).all() and not b[1:].any() and not np.any(out["b"])
    assert made[0] == made[3] and made[0] != made[1]


# --- the page -------------------------------------------------------------------------------------------------

def texts(told, path=""):
    if isinstance(told, dict | list):
        for name, part in told.items() if isinstance(told, dict) else enumerate(told):
            yield from texts(part, f"{path}.{name}")
    elif isinstance(told, str):
        yield path, told


def test_every_word_is_said_in_both_languages():
    english, french = (dict(texts(playground.told(language))) for language in ("en", "fr"))
    assert english.keys() == french.keys()
    faults = {path: found for path, text in french.items() if (found := french_faults(text))}
    assert faults == {}
    for path, text in english.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", french[path])), path


def test_no_word_is_left_over_and_none_is_missing():
    code = "".join((playground.HERE / name).read_text(encoding="utf-8") for name in ("page.html", "page.js"))
    words = set(playground.told("en")["words"]) - set("xfioc")           # looked up by their letter
    assert {word for word in words if not re.search(rf'\b{word}\b', code)} == set()
    asked = set(re.findall(r'(?:words\.|say\(")(\w+)', code))
    assert asked - words == set()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_is_whole_in_itself(language):
    page = playground.page(language, other="../other.html", home="index.html")
    assert f'<html lang="{language}">' in page and 'href="../other.html"' in page and 'href="index.html"' in page
    assert re.findall(r'(?:src|href)="(?!\.\./other\.html|index\.html|data:,)|url\(|@import|https?:', page) == []
    assert page.count("</script>") == 3 and len(page) < 80_000
    assert "<nav>" in playground.page(language)


def test_the_numbers_in_its_prose_are_those_of_its_code():
    page, drawn = ((playground.HERE / name).read_text(encoding="utf-8") for name in ("page.js", "tasks.js"))
    told = playground.told("en")
    about = {task["id"]: task for task in told["tasks"]}
    assert "batches of 16 " in told["words"]["intro"] and "const B = 16," in page
    assert "One of four symbols, then thirty steps" in about["recall"]["text"] and "(L = 30, symbols = 4," in drawn
    assert "Thirty symbols, each one of four; one of the first ten" in about["marked"]["text"]
    assert "(T = 30, first = 10, symbols = 4)" in drawn
    assert "divided by 3" in about["account"]["text"] and "balance / 3;" in drawn
    assert about["recall"]["tries"][2]["set"] == {"bias": 1} and round(1 / (1 + np.exp(-1)), 1) == .7
    for task in told["tasks"]:
        for attempt in task["tries"]:
            for gate, value in attempt["set"].get("held", {}).items():
                assert f"{gate} is held at {value:g}" in attempt["ask"]


OPENED = """const radios = given.tasks.map(({ id }) => ({ value: id }));
document.forms.hands.task = Object.assign(radios, { value: given.task });
document.getElementById("words").textContent = JSON.stringify(given);"""
SHOWN = """Object.fromEntries(["loss", "lag", "answers", "said", "level td 0", "level td 1"].map(what => {
const [id, ...inside] = what.split(" "), at = document.getElementById(id);
return [what, inside.length ? at.querySelector(inside.join(" ")).textContent : at.innerHTML]; }).concat(
["loss", "lag"].map(id => [`${id} in words`, document.getElementById(id).firstChild.attributes["aria-label"]])))"""


def opened(task, language="en"):
    """What the page shows of a task before the first update, by id."""
    scripts = "\n".join((playground.HERE / name).read_text(encoding="utf-8") for name in playground.SCRIPTS)
    return on_stage(f"{OPENED}\n{scripts}", {"language": language, "task": task, **playground.told(language)}, SHOWN)


@pytest.mark.parametrize("name", TASKS)
def test_what_is_had_without_learning_is_the_library_s(name):
    """The loss of the best constant answer, as the table and the dotted line have it, and its score."""
    found, batch = opened(name), next(TASKS[name].batches(np.random.default_rng(0), 4000))
    asked = np.reshape(batch.target, batch.mask.shape)[batch.mask > 0]
    few = len(np.unique(asked)) < 10
    y = np.zeros((len(batch.x), 4, 4000)) if few else np.full((len(batch.x), 1, 4000), asked.mean())
    assert float(found["level td 0"]) == pytest.approx(TASKS[name].loss(y, batch.target, batch.mask)[0], rel=.15)
    assert found["level td 1"] == ("25%" if few else "0.00")
    ticks = {float(text): float(at) - 5 for at, text in
             re.findall(r'<text x="46" y="([\d.]+)" text-anchor="end">([\d.]+)<', found["loss"])}
    (low, at_low), (high, at_high) = sorted(ticks.items())[::len(ticks) - 1]
    level = float(re.search(r'class="level" d="M52 ([\d.]+)H', found["loss"])[1])
    drawn = low + (level - at_low) / (at_high - at_low) * (high - low)
    assert drawn == pytest.approx(float(found["level td 0"]), rel=.1)


def test_what_is_told_of_each_network_is_what_its_line_shows():
    """The gradient's end, in words and in the picture: of the LSTM, then of the RNN."""
    found = opened("recall")
    ends = [float(re.search(rf'var\(--{kind}\);[^"]*" d="M[^"]* ([\d.]+)"', found["lag"])[1]) for kind in "ch"]
    told = [float(n) * 10.0**int((power or "⁰").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
            for n, power in re.findall(r"(\d+(?:\.\d+)?)(?:·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(?!\d)", found["lag in words"])][-2:]
    assert abs(ends[0] - ends[1]) > 5 and (ends[0] < ends[1]) == (told[0] > told[1]), found["lag in words"]


@pytest.mark.parametrize("name", TASKS)
def test_each_network_has_the_colour_that_it_has_in_the_course(name):
    told = 0
    for drawn in opened(name).values():
        keys = re.findall(r'style="stroke: var\(--(\w+)\)[^>]*/>\s*<text[^>]*>(LSTM|RNN)<', drawn or "")
        for kind, cell in keys + re.findall(r'<tr class="(\w)"><th[^>]*>(LSTM|RNN)<', drawn or ""):
            told += 1
            assert CELLS[cell] == kind
    assert told == 6


def test_the_engine_can_be_read_at_one_sitting():
    """The sheet's six equations stand in it as they are."""
    engine = (playground.HERE / "engine.js").read_text(encoding="utf-8")
    assert engine.count("\n") <= 250 and max(map(len, engine.split("\n"))) <= 120
    for line in ("f[k] = held.f ?? sigmoid(", "i[k] = held.i ?? sigmoid(", "o[k] = held.o ?? sigmoid(",
                 "g[k] = Math.tanh(", "c[k] = f[k] * s.c[k] + i[k] * g[k]", "h[k] = o[k] * Math.tanh(c[k])"):
        assert engine.count(line) == 1


def test_what_a_task_or_a_try_sets_can_be_chosen_on_the_page():
    page = (playground.HERE / "page.html").read_text(encoding="utf-8")
    there = {name: set(map(int, re.search(rf'id="{name}">{{% for n in \((.*?)\)', page)[1].split(",")))
             for name in ("H", "bias")}
    for task in playground.told("en")["tasks"]:
        for chosen in (task, *(one["set"] for one in task["tries"])):
            assert all(chosen[name] in there[name] for name in there if name in chosen), (task["id"], chosen)
            assert all(0 <= value <= 1 and (20 * value) % 1 == 0 for value in chosen.get("held", {}).values())
