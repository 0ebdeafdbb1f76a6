"""Chapter 04 as a learner meets it: run, move, answer wrongly, answer rightly."""
import re


def test_run_all_reaches_the_end(chapter):
    notebook = chapter("04")
    notebook.run_all()
    notebook.shot("04-run-all")
    assert notebook.failures() == []


def test_a_slider_answers_the_keyboard(chapter):
    notebook = chapter("04")
    notebook.run("imports")
    notebook.run("slider-f")
    cell = notebook.cell("slider-f")
    slider = cell.get_by_role("slider").first
    picture = cell.locator(".lstm-picture")
    before, value = picture.inner_html(), slider.input_value()
    assert "<svg" in before
    slider.focus()
    notebook.shot("04-slider-before", cell)
    slider.press("ArrowRight")
    assert notebook.changed(picture, before)
    assert slider.input_value() != value
    notebook.shot("04-slider-after", cell)


def test_an_answer_is_judged(chapter):
    """Not written, a known mistake with its hint, right; each as a learner would type it into the cell."""
    notebook = chapter("04")
    notebook.run("imports")
    assert "✗ forget_gate" in notebook.run("forget-gate")

    for name, formula, mark in [("wrong", "np.tanh(W_f @ join(h, x) + b_f)", "✗"),
                                ("right", "1 / (1 + np.exp(-(W_f @ join(h, x) + b_f)))", "✓")]:
        task = notebook.source("forget-gate")
        body = re.search(r"raise NotImplementedError|return .*", task)
        notebook.edit("forget-gate", task.replace(body[0], "return " + formula))
        said = notebook.run("forget-gate")
        assert said.startswith(f"{mark} forget_gate"), said
        assert ("tanh" in said) == (name == "wrong")
        notebook.shot(f"04-{name}", notebook.cell("forget-gate"))
