"""A real JupyterLab on a learner's fresh work folder, in a headless Chromium.

    lab       the server, in English and then in French: .language, .url, .work (the folder)
    chapter   chapter("04") opens a chapter in a new page: a Chapter, which runs, edits and looks at its cells

A page that printed an error on its console fails its test. Pictures of pages go to tests/browser/shots/,
which git ignores. Where there is no Chromium the tests are skipped, and say so.
"""
import itertools
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest

import start

ROOT = Path(__file__).resolve().parents[2]
SHOTS = Path(__file__).with_name("shots")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]
SECONDS = 300                       # that a chapter may take to run
TOKEN = "course"
DESKS = itertools.count()
LATE = ("widget model not found",   # said of what a busy machine brings a moment later: then it is shown once more
        "Could not restore the debugger state")      # JupyterLab's own, where a kernel ends before it has answered
MENU = {"en": ("Run", "Run All Cells"), "fr": ("Exécution", "Exécuter toutes les cellules")}


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; Debian and Ubuntu: apt install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install playwright")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", params=["en", "fr"])
def lab(request, browser, tmp_path_factory):
    """JupyterLab as start.py opens it on a learner's fresh work folder; the chapters' cells are all on the page."""
    root, language = tmp_path_factory.mktemp("course"), request.param
    shutil.copytree(ROOT / "chapters", root / "chapters")
    shutil.copy(ROOT / "start.py", root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(start, "ROOT", root)
        patch.setattr(start, "python", lambda: sys.executable)
        start.lay_out(language)
        command, env = start.lab(language, start.last(language), port), start.environ()
    tracker = root / "work/.jupyter/lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    tracker.write_text('{"windowingMode": "none"}')
    command += ["--no-browser", "--allow-root", "--expose-app-in-browser", f"--IdentityProvider.token={TOKEN}"]
    with open(root / "lab.log", "w") as log:
        env["PYTHONPATH"] = str(ROOT)
        server = subprocess.Popen(command, cwd=root / "work" / language, env=env, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url + "/api", server, root / "lab.log")
            yield SimpleNamespace(language=language, url=url, work=root / "work")
        finally:
            server.terminate()
            server.wait(30)


def wait_for(url, server, log):
    """Until the server answers; fails with its own words if it stopped."""
    for _ in range(600):
        if server.poll() is not None:
            pytest.fail("JupyterLab stopped: " + log.read_text()[-2000:])
        try:
            return urllib.request.urlopen(url, timeout=5)
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"JupyterLab does not answer: {log.read_text()[-2000:]}")


def axe(page, *of):
    """What axe-core has against a page, or against those parts of it, by WCAG 2.2 A and AA."""
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    rules = {"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = page.evaluate("([of, rules]) => axe.run(of.length ? of : document, rules)", [list(of), rules])
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]][:4]) for rule in found["violations"]]


@pytest.fixture
def chapter(lab, browser):
    """chapter("04"): a Chapter in a page of its own. After the test its kernel ends, its console is read."""
    opened = []

    def open_chapter(number, width=1280, height=1600):
        opened.append(Chapter(browser, lab, number, width, height))
        return opened[-1]

    yield open_chapter
    for one in opened:
        one.close()
    assert [error for one in opened for error in one.errors if not any(late in error for late in LATE)] == []


class Chapter:
    """A notebook in JupyterLab. Cells are named by their ids, which are those of the source."""

    def __init__(self, browser, lab, number, width, height):
        self.lab, self.errors = lab, []
        self.path = next((lab.work / lab.language).glob(f"{number}-*.ipynb"))
        self.desk = f"desk-{next(DESKS)}"                          # a workspace of its own: no tabs of other tests
        self.page = browser.new_page(viewport={"width": width, "height": height})
        self.page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.open()

    def open(self):
        """Go to the chapter and wait for its kernel: the first time, or again."""
        self.page.goto(f"{self.lab.url}/lab/workspaces/{self.desk}/tree/{self.path.name}?token={TOKEN}")
        self.page.wait_for_function("""() => {
            const panel = window.jupyterapp?.shell.currentWidget;
            return panel?.content?.widgets?.length && panel.sessionContext?.session?.kernel?.status === "idle"
                && !document.querySelector("#main-splash, .jp-Spinner");
        }""", timeout=60_000)

    def _js(self, code, *values):
        """Run JavaScript that knows app, the notebook's panel, its cells, cell(id), and the values given."""
        return self.page.evaluate("""([code, values]) => {
            const app = window.jupyterapp, panel = app.shell.currentWidget, cells = panel.content.widgets;
            const cell = id => {
                const found = cells.find(cell => cell.model.id === id);
                if (!found) throw new Error("there is no cell " + id);
                return found;
            };
            const Code = Object.getPrototypeOf(async () => {}).constructor;
            return new Code("app", "panel", "cells", "cell", "values", code)(app, panel, cells, cell, values);
        }""", [code, list(values)])

    def theme(self, name):
        """Light or Dark."""
        self._js("await app.commands.execute('apputils:change-theme', {theme: values[0]})",
                 f"JupyterLab {name}")

    def run_all(self):
        """Run > Run All Cells, by its menu, until the kernel is at rest or a cell has failed."""
        for item in MENU[self.lab.language]:
            self.page.get_by_role("menuitem", name=item, exact=True).click()
        self.page.wait_for_function("""() => {
            const code = window.jupyterapp.shell.currentWidget.content.widgets.filter(
                cell => cell.model.type === "code" && cell.model.sharedModel.getSource().trim());
            const failed = cell => cell.model.outputs.toJSON().some(output => output.output_type === "error");
            const ended = cell => cell.model.executionState === "idle" && cell.model.executionCount;
            return code.some(failed) || code.every(ended);
        }""", timeout=SECONDS * 1000)

    def failures(self):
        """[(cell's id, what)] of every error, of every word on stderr, of every widget that can't be shown."""
        return self._js("""return cells.filter(cell => cell.model.type === "code").flatMap(cell => [
            ...cell.model.outputs.toJSON().filter(output => output.output_type === "error" || output.name === "stderr")
                   .map(output => [cell.model.id, output.text ?? output.ename + ": " + output.evalue]),
            ...[...cell.node.querySelectorAll(".jp-OutputArea")]
                   .filter(node => /Error displaying widget|model not found/.test(node.textContent))
                   .map(node => [cell.model.id, "a widget that can't be shown"])])""")

    def state(self):
        """Whether JupyterLab would ask to save it, and whether it trusts every cell."""
        return self._js("""return {changed: panel.context.model.dirty,
            trusted: cells.every(cell => cell.model.type !== "code" || cell.model.trusted)}""")

    def ids(self):
        """The ids of the cells, in order."""
        return self._js("return cells.map(cell => cell.model.id)")

    def cell(self, id):
        """The cell on the page, scrolled to, as a Playwright locator."""
        self._js("""const node = cell(values[0]).node;
                    node.dataset.id = values[0]; node.scrollIntoView({block: "center"})""", id)
        return self.page.locator(f'.jp-Notebook [data-id="{id}"]')

    def source(self, id):
        """The text of a cell."""
        return self._js("return cell(values[0]).model.sharedModel.getSource()", id)

    def edit(self, id, text):
        """Replace the text of a cell."""
        self._js("cell(values[0]).model.sharedModel.setSource(values[1])", id, text)

    def run(self, id):
        """Run one cell and wait until it has ended; what it printed and showed, as text."""
        self._js("""panel.content.deselectAll();
                    panel.content.activeCellIndex = cells.indexOf(cell(values[0]));
                    await app.commands.execute("notebook:run-cell")""", id)
        return self.output(id)

    def output(self, id):
        """What a cell printed and showed, as text."""
        return self._js("""return cell(values[0]).model.outputs.toJSON()
            .map(output => [output.text ?? output.data?.["text/plain"] ?? output.evalue].flat().join(""))
            .join("\\n")""", id)

    def changed(self, locator, before, seconds=10):
        """Wait until the HTML inside a locator is no longer `before`; False if it stays."""
        for _ in range(seconds * 50):
            if locator.inner_html() != before:
                return True
            self.page.wait_for_timeout(20)
        return False

    def shot(self, name, of=None):
        """Keep a picture of the page, or of a part of it, for people to look at."""
        SHOTS.mkdir(exist_ok=True)
        (of or self.page).screenshot(path=SHOTS / f"{name}-{self.lab.language}.png")

    def close(self):
        """Leave without saving, and end the kernel; that it ends is no error."""
        if not self.page.is_closed():
            errors = list(self.errors)
            self._js("await panel.sessionContext.shutdown()")
            self.page.close()
            self.errors = errors
