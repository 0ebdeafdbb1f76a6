"""The course in a browser alone: JupyterLite with our wheel and the chapters, as files that any host can serve.

    python -m venv .lite
    .lite/bin/pip install -r lite/requirements.txt
    .lite/bin/python lite/build.py site/lite                  # before `python start.py site`, which then links to it

Python and the compiled packages, NumPy among them, are Pyodide's: a reader's browser fetches them from the address in
jupyter-lite.json. With --pyodide FOLDER, a copy of that release, they lie beside the rest, and no other host is asked.
"""
import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PURE = ["anywidget", "comm", "ipywidgets", "psygnal", "typing-extensions"]       # beside our wheel
COMPILED = ["matplotlib", "numpy", "pillow"]                                     # Pyodide's own
MORE = {"fr": ["babel"], "02": ["charset-normalizer", "regex", "scikit-learn"]}  # of an edition, of a chapter
SAID = {"en": "The course comes into this browser: run this cell first. What you solve is kept in it.",
        "fr": "Le cours arrive dans ce navigateur : exécutez d'abord cette cellule. Vos réussites y sont conservées."}


def first_cell(language, code):
    """What fetches the course, and makes the folder beside which progress is kept."""
    packages = ["lstmlib", *PURE, *COMPILED, *MORE.get(language, []), *MORE.get(code, [])]
    source = (f"# {SAID[language]}\nfrom pathlib import Path\n\n%pip install -q --no-deps {' '.join(packages)}\n"
              'Path("../.origin").mkdir(exist_ok=True)')
    return {"cell_type": "code", "id": "lite", "metadata": {}, "execution_count": None, "outputs": [],
            "source": source}


def pinned(name):
    """The version that the course has."""
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return re.search(rf"^{name}==\S+", pins, re.M)[0]


def chapters(folder):
    """Both editions, each chapter with the cell that fetches the course before all other code."""
    for path in sorted((ROOT / "chapters").glob("*/*.ipynb")):
        book = json.loads(path.read_text(encoding="utf-8"))
        book["cells"].insert(1, first_cell(path.parent.name, path.name[:2]))
        book["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
        copy = folder / path.parent.name / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(json.dumps(book, ensure_ascii=False, indent=1), encoding="utf-8")


def wheels(folder):
    """Our wheel, and those of pure Python, in the course's versions."""
    pip = [sys.executable, "-m", "pip"]
    subprocess.check_call([*pip, "wheel", "-q", "--no-deps", "-w", folder, ROOT])
    subprocess.check_call([*pip, "download", "-q", "--no-deps", "--only-binary=:all:", "--platform=any",
                           "-d", folder, *map(pinned, [*PURE, *MORE["fr"]])])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "site" / "lite")
    parser.add_argument("--pyodide", type=Path, metavar="FOLDER", help="where pyodide.js and its packages lie")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        chapters(Path(made) / "files")
        wheels(Path(made) / "pypi")
        shutil.copy(HERE / "jupyter-lite.json", made)
        if options.pyodide:
            shutil.copytree(options.pyodide, Path(made) / "static" / "pyodide")
        subprocess.check_call([sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", made, "--apps", "lab",
                               "--contents", Path(made) / "files", "--no-sourcemaps",
                               "--output-dir", options.folder.resolve()], cwd=made)


if __name__ == "__main__":
    main()
