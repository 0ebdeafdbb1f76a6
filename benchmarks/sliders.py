"""How fast a picture follows the hand: real JupyterLab in headless Chromium, one explorer after the other.

For each: 60 presses of an arrow key, from the key to the first frame painted after the picture changed (p50,
p95, in ms); then 60 presses at 20 a second, and how long after the last of them the picture settles. The
first row is the floor: one number, sent to Python and back. The last two compute in the browser.

    python benchmarks/sliders.py [--shots DIR] [name …]
"""
import argparse
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
import numpy as np
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IMPORTS = "from workbook import cell_diagram, explorers, single_gate, widgets\n"
TRAINED = """
from lstmlib import cells, tasks
from lstmlib.model import Model
import numpy as np
task = tasks.which_came_first(20, 20)
model = Model(cells.LSTM, task.D, 16, task.K)
batch = next(task.batches(np.random.default_rng(0), 100))
"""
BY_HAND = """first_slider two_unit_rnn gradient_flow forget_gate forget_by_hand two_keys belt hold_silently
             flow_order""".split()
EXPLORERS = {
    "one_number": "widgets.explore(lambda a: widgets.Note(str(a)), a=widgets.slider(0., 9., 4.))",
    **{name: f"explorers.{name}()" for name in BY_HAND},
    "training_film": TRAINED + "explorers.training_film(model, task, batch.x[..., :1], at=range(30))",
    "gate_film": TRAINED + "explorers.gate_film(model, batch.x[..., :1])",
    "live_ablation": TRAINED + "explorers.live_ablation(model, batch)",
    "single_gate": "single_gate()", "cell_diagram": "cell_diagram(t=3)"}
SLIDER = ".lstm-explorer [type=range]:not([aria-label=step])"
WATCH = """() => {
  const picture = document.querySelector('.lstm-picture');
  const seen = window.seen = { key: 0, paints: [], last: 0, painted: 0 };
  document.addEventListener('keydown', () => { seen.key = seen.last = performance.now(); }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      seen.painted = performance.now();
      if (seen.key) { seen.paints.push(seen.painted - seen.key); seen.key = 0; }
    };
    channel.port2.postMessage(0);
  })).observe(picture, { childList: true, subtree: true, attributes: true, characterData: true });
}"""


@contextlib.contextmanager
def lab(folder):
    """JupyterLab serving `folder`; yields its address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "JUPYTER_CONFIG_DIR": str(folder / ".jupyter"),
           "OPENBLAS_NUM_THREADS": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
         f"--notebook-dir={folder}", "--IdentityProvider.token=",
         "--ServerApp.disable_check_xsrf=True", "--LabApp.news_url=None"],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(address + "/api", timeout=2).close()
                break
            time.sleep(.25)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def notebook(folder, name, *sources):
    """A notebook of these cells; its path."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources],
                                    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nbformat.write(book, folder / f"{name}.ipynb")
    return f"{name}.ipynb"


def run_all(page, address, path, cells=1):
    """Opens a notebook alone and runs it; returns when a slider stands there."""
    page.goto(f"{address}/doc/tree/{path}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    page.wait_for_selector("text=/\\| Idle/", timeout=120_000)    # a cell run before is lost
    page.wait_for_timeout(500)
    page.click(".jp-Cell .jp-InputArea-editor")
    for _ in range(cells):
        page.keyboard.press("Shift+Enter")
    page.wait_for_selector(SLIDER, state="attached", timeout=60_000)
    page.wait_for_timeout(1500)


def measure(page):
    """(the latencies of 60 presses, the time to settle), in ms."""
    page.evaluate(WATCH)
    page.locator(SLIDER).first.focus()
    for k in range(60):
        before = page.evaluate("seen.paints.length")
        page.keyboard.press("ArrowRight" if (k // 5) % 2 else "ArrowLeft")
        with contextlib.suppress(Exception):
            page.wait_for_function(f"seen.paints.length > {before}", timeout=2000, polling=10)
        page.wait_for_timeout(40)
    latencies = page.evaluate("seen.paints")
    for k in range(60):
        page.keyboard.press("ArrowRight" if (k // 5) % 2 else "ArrowLeft")
        page.wait_for_timeout(50)
    page.wait_for_timeout(1500)
    return latencies, page.evaluate("seen.painted - seen.last")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=list(EXPLORERS))
    parser.add_argument("--shots", type=Path)
    args = parser.parse_args()
    print(f"{'explorer':18} {'p50':>6} {'p95':>6} {'settles':>8} {'presses':>8}")
    with tempfile.TemporaryDirectory() as folder, lab(Path(folder)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name in args.names:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.on("pageerror", lambda error: print("  error on the page:", error))
            path = notebook(Path(folder), name, IMPORTS + EXPLORERS[name])
            run_all(page, address, path)
            latencies, settled = measure(page)
            half, most = np.percentile(latencies, [50, 95])
            print(f"{name:18} {half:6.0f} {most:6.0f} {settled:8.0f} {len(latencies):8}", flush=True)
            if args.shots:
                page.screenshot(path=args.shots / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
