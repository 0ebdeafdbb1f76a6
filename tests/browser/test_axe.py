"""What is ours in JupyterLab, as axe-core sees it: explorers, a machine, a guess, a quiz, in small windows too."""
import itertools

from conftest import axe

OURS = ".lstm-explorer", ".lstm-asked", ".lstm-board"
SHOWN = "predict-half-life", "slider-f", "single-gate", "quiz"
THEMES = "JupyterLab Light", "JupyterLab Dark"


def test_axe_finds_nothing_of_ours(chapter):
    notebook = chapter("04")
    for id in ("imports", *SHOWN):
        notebook.run(id)
    for theme, width in itertools.product(THEMES, (1280, 800, 400)):
        notebook._js("await app.commands.execute('apputils:change-theme', {theme: values[0]})", theme)
        notebook.page.set_viewport_size({"width": width, "height": 1600})
        notebook.page.wait_for_timeout(1500)
        assert axe(notebook.page, *OURS) == [], (theme, width)
