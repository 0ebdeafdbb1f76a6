"""Every explorer as a hand meets it: opened, moved, reset, named for screen readers, photographed."""
import nbformat
import pytest
from staged import EXPLORERS, TRAINED

NAMED = """name => {
    const cell = document.querySelector(`[data-id="${name}"]`);
    const sliders = [...cell.querySelectorAll("[role=slider], input[type=range]")];
    return sliders.length && sliders.every(slider => slider.ariaLabel && slider.ariaValueText);
}"""
AT_LOW_END = "slider => +(slider.value ?? slider.ariaValueNow) === +(slider.min ?? slider.ariaValueMin)"
SAID = """name => document.querySelector(`[data-id="${name}"] .lstm-voice`).textContent ===
    document.querySelector(`[data-id="${name}"] .lstm-picture [role=img]`).getAttribute("aria-label")"""
BACK = """([name, start]) =>
    document.querySelector(`[data-id="${name}"] .lstm-picture`).innerHTML === start"""
BUTTONS = {"en": ("Reset", "Lecture mode"), "fr": ("Réinitialiser", "Mode amphi")}


def lay_out_all(lab):
    """A notebook of all explorers in the lab's work folder."""
    code = nbformat.v4.new_code_cell
    first = f"from workbook import cell_diagram, explorers, single_gate, speak\nspeak({lab.language!r})\n"
    cells = [code(source, id=name) for name, source in {"imports": first + TRAINED, **EXPLORERS}.items()]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel),
                   lab.work / lab.language / "zz-explorers.ipynb")


@pytest.mark.parametrize("width", [1280, 800])
def test_every_explorer_is_opened_moved_reset_and_photographed(lab, chapter, width):
    """Light, then dark: it is moved in the light, and each picture is kept of both."""
    lay_out_all(lab)
    notebook = chapter("zz", width=width)
    page = notebook.page
    notebook.theme("Light")
    notebook.run_all()
    assert notebook.failures() == []
    for name in EXPLORERS:
        cell = notebook.cell(name)
        picture = cell.locator(".lstm-picture")
        picture.locator("svg").first.wait_for()
        page.wait_for_function(NAMED, arg=name, timeout=10_000)
        notebook.shot(f"explorer-{name}-{width}", cell)
        start = picture.inner_html()
        for slider in cell.get_by_role("slider").all():
            before = picture.inner_html()
            slider.press("ArrowRight" if slider.evaluate(AT_LOW_END) else "ArrowLeft")
            assert notebook.changed(picture, before), f"{name}: {slider.get_attribute('aria-label')}"
        page.wait_for_function(SAID, arg=name, timeout=10_000)
        assert cell.locator(".lstm-picture").bounding_box()["width"] <= width
        cell.get_by_role("button", name=BUTTONS[lab.language][0]).click()
        page.wait_for_function(BACK, arg=[name, start], timeout=10_000)
    notebook.theme("Dark")
    for name in EXPLORERS:
        notebook.shot(f"explorer-{name}-{width}-dark", notebook.cell(name))


def test_lecture_mode_fills_the_window(lab, chapter):
    lay_out_all(lab)
    notebook = chapter("zz", width=1920)
    notebook.run("imports")
    for name in ("forget_gate", "two_unit_rnn", "forget_by_hand", "gradient_flow", "cell_diagram",
                 "single_gate"):
        notebook.run(name)
        cell = notebook.cell(name)
        svg = cell.locator(".lstm-picture svg")
        svg.wait_for()
        narrow = svg.bounding_box()["width"]
        before = cell.locator(".lstm-picture").inner_html()
        cell.get_by_role("button", name=BUTTONS[lab.language][1]).click()
        assert notebook.changed(cell.locator(".lstm-picture"), before)
        assert narrow <= 800 < svg.bounding_box()["width"]
        notebook.shot(f"explorer-{name}-lecture", cell)
