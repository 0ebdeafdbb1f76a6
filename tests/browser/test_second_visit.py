"""Chapter 04 on the day after: what was there is there, and nobody is asked to save what he has not touched."""
import pytest
from conftest import MENU

expect = pytest.importorskip("playwright.sync_api", reason="no Playwright").expect

SHOWN = "predict-half-life", "slider-f", "single-gate", "quiz"


def test_the_second_visit(chapter):
    """Half run, saved, its page loaded anew; restarted, saved, opened again with nothing run; saved, opened again."""
    first = chapter("04")
    assert first.state() == {"changed": False, "trusted": True}
    assert first.page.get_by_role("menuitem", name=MENU[first.lab.language][0], exact=True).is_visible()
    for id in ("imports", "quiz"):
        first.run(id)
    before = quiz(first).inner_html()
    first.cell("quiz").get_by_role("button").first.click()
    assert first.changed(quiz(first), before, 60)
    for id in SHOWN[:-1]:                   # by then the kernel has said all that it had to say to the quiz
        first.run(id)
    answered = quiz(first).inner_text()
    first.page.keyboard.press("Control+s")
    first.page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")

    first.open()
    stands_there(first, answered)
    first.shot("04-loaded-anew")
    first._js("await panel.sessionContext.session.kernel.restart(); await panel.context.save()")
    first.close()
    sizes = []
    for visit in ("second", "third"):
        again = chapter("04")
        stands_there(again, answered)
        again.shot(f"04-{visit}-visit")
        open_one = again.cell("quiz").locator(".lstm-asked").nth(1)
        open_one.get_by_role("button").first.press("Enter")
        asleep = {"en": "Run this cell to wake", "fr": "Exécutez cette cellule"}[again.lab.language]
        open_one.locator("p[role=status]").filter(has_text=asleep).wait_for()
        again._js("await panel.context.save()")
        sizes.append(again.path.stat().st_size)
        again.close()
    assert sizes[0] == sizes[1]                 # what no output shows any more is not kept


OUTPUT = """const view = "application/vnd.jupyter.widget-view+json", outputs = cell(values[0]).model.outputs;
            const k = outputs.toJSON().findIndex(output => output.data?.[view]), shown = outputs.toJSON()[k];
            const manager = await panel.content.rendermime.createRenderer(view)._manager.promise;
            """
TOO_EARLY = OUTPUT + """const found = manager.get_model;
            manager.get_model = async () => { manager.get_model = found; throw Error("widget model not found"); };
            outputs.set(k, shown);"""


def test_what_a_busy_page_does_not_find_at_once_is_shown_a_moment_later(chapter):
    notebook = chapter("04")
    for id in ("imports", "slider-f"):
        notebook.run(id)
    picture = notebook.cell("slider-f").locator(".lstm-picture svg")
    picture.wait_for()
    notebook._js(TOO_EARLY, "slider-f")
    notebook.page.wait_for_timeout(500)
    picture.wait_for()
    (error,), notebook.errors = notebook.errors, []
    assert notebook.failures() == [] and error.startswith("Error: widget model not found")


ABSENT = OUTPUT + """const { has_model, get_model } = manager;
            manager.has_model = id => id !== shown.data[view].model_id && has_model.call(manager, id);
            manager.get_model = async () => { throw Error("widget model not found"); };
            window.came = () => {                  // without a change of the page, which would have it looked at again
                Object.assign(manager, { has_model, get_model });
                return get_model.call(manager, shown.data[view].model_id).then(model => manager.new_model({
                    model_name: model.get("_model_name"), model_module: model.get("_model_module"),
                    model_module_version: model.get("_model_module_version"), model_id: "another"
                }, model.serialize(model.get_state()))).then(() => {});
            };
            outputs.set(k, shown);"""


def test_what_comes_last_of_all_is_shown_though_nothing_else_changes(chapter):
    notebook = chapter("04")
    for id in ("imports", "slider-f"):
        notebook.run(id)
    cell = notebook.cell("slider-f")
    picture = cell.locator(".lstm-picture svg")
    picture.wait_for()
    notebook._js(ABSENT, "slider-f")
    cell.get_by_text("model not found").wait_for()
    notebook.page.wait_for_timeout(1500)
    assert picture.count() == 0
    notebook.page.evaluate("came()")
    picture.wait_for()
    notebook.errors = [error for error in notebook.errors if "model not found" not in error]
    assert notebook.failures() == []


def stands_there(notebook, answered):
    """Pictures, guess, quiz with its answer; no word of a widget that can't be shown."""
    for id in SHOWN:
        notebook.cell(id).locator(".jp-OutputArea-output :is(button, input, svg, img)").first.wait_for()
    assert notebook.failures() == [] and notebook.state()["trusted"]
    expect(quiz(notebook)).to_have_text(answered, use_inner_text=True, timeout=30_000)


def quiz(notebook):
    """The quiz, as it stands on the page."""
    return notebook.cell("quiz").locator(".jp-OutputArea")
