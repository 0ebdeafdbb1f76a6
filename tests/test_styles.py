"""Right answers in the notebooks that people hand in: whatever company one keeps, it gets its mark."""
import json

import nbformat
import pytest
from nbclient import NotebookClient

from workbook import grade, judge, submission

ANSWERS = {                                    # arguments, value
    "first_gate": ("a", "1 / (1 + np.exp(-a))"),
    "read_out": ("V, b_y, h", "V @ h + b_y"),
    "softmax": ("y", "np.exp(y - y.max(0)) / np.exp(y - y.max(0)).sum(0)"),
    "half_life": ("f", "-1 / np.log2(f)"),
    "forget_gate": ("W_f, b_f, h, x", "sigmoid(W_f @ join(h, x) + b_f)"),
    "candidate": ("W_g, b_g, h, x", "np.tanh(W_g @ join(h, x) + b_g)"),
    "cell_update": ("f, c, i, g", "f * c + i * g"),
    "hidden": ("o, c", "o * np.tanh(c)"),
}
IMPORTS = "import numpy as np\nfrom lstmlib import join, sigmoid\nfrom workbook import check, mine, predict, slider"
DEF = "def NAME(ARGS):\n    return VALUE"
CHECK = 'check("NAME", NAME)'
STYLES = {                                     # cells; "#" begins one of prose
    "one cell": [f"{IMPORTS}\n\n{DEF}\n\n{CHECK}"],
    "cell by cell": [IMPORTS, DEF, CHECK],
    "never checked": [IMPORTS, DEF],
    "a lambda": [IMPORTS, 'check("NAME", lambda ARGS: VALUE)'],
    "another name": [IMPORTS, 'def mein_ergebnis(ARGS):\n    return VALUE\n\ncheck("NAME", mein_ergebnis)'],
    "type hints": ["from __future__ import annotations\n" + IMPORTS,
                   "def NAME(ARGS) -> NDArray[np.floating]:\n    out: NDArray = VALUE\n    return out\n" + CHECK],
    "a class": [IMPORTS, "class Solution:\n    @staticmethod\n    def NAME(ARGS):\n        return VALUE\n",
                'check("NAME", Solution.NAME)'],
    "a dataclass with a call": [IMPORTS, "from dataclasses import dataclass\n@dataclass\nclass Solution:\n"
                                "    k: float = 1.0\n    def __call__(self, ARGS):\n        return self.k * (VALUE)\n",
                                'check("NAME", Solution())'],
    "helpers": [IMPORTS, "ONE = 1.0\ndef scaled(v):\n    return ONE * v\n",
                "def inner(ARGS):\n    return scaled(VALUE)",
                "NAME = inner\n" + CHECK],
    "a closure": [IMPORTS, "def make(k):\n    def NAME(ARGS):\n        return k * (VALUE)\n    return NAME\n"
                  "NAME = make(1)\n" + CHECK],
    "decorated": [IMPORTS, f"import functools\ndef traced(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n"
                  f"        return f(*a, **k)\n    return inner\n@traced\n{DEF}\n{CHECK}"],
    "Black": [IMPORTS, "def NAME(\n    ARGS,\n):\n    return (\n        1\n        * (VALUE)\n        % float('inf')\n"
              "        if False\n        else VALUE\n    )\n\n\n" + 'check(\n    "NAME",\n    NAME,\n)'],
    "magics": ["%load_ext autoreload\n%autoreload 2\n%matplotlib inline\n" + IMPORTS, f"%%time\n{DEF}\n{CHECK}",
               "%timeit -n 3 -r 1 NAME"],
    "magics in lines": [IMPORTS, f"%time one = 1\nmoment = %time 2 + 2\n{DEF}",
                        "assert one == 1 and moment == 4\n" + CHECK],
    "shells": ["!echo installed\n" + IMPORTS, f"!ls | head -1\nfiles = !ls\nwhere = %pwd\n{DEF}\n{CHECK}"],
    "help": [IMPORTS, f"np.tanh?\n{DEF}\n{CHECK}", "?np.log"],
    "captured": [IMPORTS, f"%%capture said\nprint('x')\n{DEF}\n{CHECK}"],
    "other languages": ["%%html\n<b>NAME</b>", "%%bash\necho NAME", "%%javascript\nlet NAME = 1", IMPORTS, DEF, CHECK],
    "Colab": ["#@title Setup { display-mode: \"form\" }\ntry:\n    from google.colab import drive\n"
              "    IN_COLAB = True\n"
              "except ImportError:\n    IN_COLAB = False\nif IN_COLAB:\n    drive.mount('/content/drive')\n" + IMPORTS,
              f"#@markdown Answer\nsteps = 3 #@param {{type: \"slider\"}}\n{DEF}\n{CHECK}"],
    "Colab's own imports": ["from google.colab import drive, files\ndrive.mount('/content/drive')", IMPORTS, DEF,
                            CHECK],
    "packages that are not here": ["import not_here as nh, numpy as np\nnh.set_theme(style='dark')\n" + IMPORTS,
                                   f"from numba_is_not_here import njit\n@njit(cache=True)\n{DEF}\n{CHECK}"],
    "plots first": ["import matplotlib.pyplot as plt\nplt.rcParams['figure.figsize'] = (8, 4)\n" + IMPORTS,
                    "fig, (left, right) = plt.subplots(1, 2)\nleft.plot([1, 2])\nright.bar('ab', [1, 2])\nplt.show()",
                    f"with plt.style.context('ggplot'):\n    fig, axs = plt.subplots(2, 2)\n    axs[0, 1].hist([1])\n"
                    f"plt.savefig('NAME.png')\n{DEF}\n{CHECK}"],
    "state changed elsewhere": [IMPORTS, "kept = []", "kept.append(1.0)", "table = {}\ntable['k'] = kept",
                                "def NAME(ARGS):\n    return table['k'][0] * (VALUE)", CHECK],
    "own files": [IMPORTS, "import json, os\nos.makedirs('mine', exist_ok=True)\n"
                  "with open('mine/k.json', 'w') as file:\n    json.dump({'k': 1.0}, file)",
                  "k = json.load(open('mine/k.json'))['k']\nnp.save('w.npy', np.ones(3))",
                  f"k = k * np.load('w.npy')[0]\ndef NAME(ARGS):\n    return k * (VALUE)\n{CHECK}"],
    "own module": [IMPORTS, "%%writefile my_part.py\ndef same(v):\n    return v", "from my_part import same",
                   f"def NAME(ARGS):\n    return same(VALUE)\n{CHECK}"],
    "await": [IMPORTS, "import asyncio\nasync def slowly():\n    await asyncio.sleep(0)\n    return 1.0\n"
              "k = await slowly()",
              f"def NAME(ARGS):\n    return k * (VALUE)\n{CHECK}"],
    "much prose": ["# My notes\n\nA formula: $c_t = f c_{t-1}$", IMPORTS, "# ## The answer\n\n```python\n1 / 0\n```",
                   DEF, "# It works because …", CHECK, "# check('NAME', None) stays text"],
    "tried and thrown away": [IMPORTS, "def NAME(ARGS):\n    return 3.0\n" + CHECK, "1 / 0", "NAME(", DEF, CHECK],
    "empty cells": ["", IMPORTS, "   \n", "# only a comment in code", DEF, "pass", CHECK, ""],
    "prints and asserts": [IMPORTS, f"print('working')\n{DEF}\nassert callable(NAME)\nNAME.__doc__ = 'mine'\n{CHECK}"],
    "other alphabets": [IMPORTS, "σ = 1.0\ndef größe(ARGS):\n    '''Ça va 😀'''\n    return σ * (VALUE)\n"
                        'check("NAME", größe)'],
    "walrus and match": [IMPORTS, "def NAME(ARGS):\n    match 1:\n        case 1:\n            print(out := VALUE)\n"
                         f"            return out\n{CHECK}"],
}
LINES, BYTES = {"cell by cell": "\r\n", "helpers": "\r"}, {"a closure": b"\xef\xbb\xbf"}
CASES = [(style, name) for k, style in enumerate(STYLES) for name in [*ANSWERS, *ANSWERS][3 * k % 8:3 * k % 8 + 2]]
HERE = ["one cell", "Black", "magics", "shells", "plots first", "own module", "await", "state changed elsewhere"]


def written(path, style, name):
    """The notebook of a style that answers an exercise, as its program saves it."""
    args, value = ANSWERS[name]
    cells = []
    for k, text in enumerate(STYLES[style]):
        for old, new in (("NAME", name), ("ARGS", args), ("VALUE", value)):
            text = text.replace(old, new)
        kind = "markdown" if text.startswith("# ") and "only" not in text else "code"
        source = text.splitlines(keepends=True) if k % 2 else text
        cells.append({"cell_type": kind, "metadata": {"id": f"x{k}"}, "source": source} | (
            {"outputs": [], "execution_count": 40 - k} if kind == "code" else {}))
    kernel = {"name": "python3", "display_name": "Python 3"}
    book = {"cells": cells, "metadata": {"kernelspec": kernel, "colab": {"provenance": []}}, "nbformat": 4,
            "nbformat_minor": 4}
    text = json.dumps(book, indent=1, ensure_ascii=False).replace("\\n", LINES.get(style, "\n").encode(
        "unicode_escape").decode())
    path.write_bytes(BYTES.get(style, b"") + text.encode())
    return path


def test_the_bank_is_large():
    assert len(CASES) >= 60 and set(ANSWERS) == {name for _, name in CASES} and set(HERE) < set(STYLES)


@pytest.mark.parametrize("style, name", CASES)
def test_a_right_answer_gets_its_mark(style, name, tmp_path, monkeypatch):
    monkeypatch.setattr(judge, "SECONDS", 100)
    path = written(tmp_path / "ann.ipynb", style, name)
    cells = submission.code_cells(path)
    assert name in submission.expected(path, cells)
    graded = grade.grade(name, cells, 60)
    assert graded.score == 1, graded.said


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """{style: all that its cells have said} of the notebooks here, run one after the other in one kernel."""
    folder, cells = tmp_path_factory.mktemp("said"), {}
    for style in HERE:
        name = next(name for known, name in CASES if known == style)
        (folder / style).mkdir()
        book = nbformat.read(written(folder / style / "ann.ipynb", style, name), as_version=4)
        fresh = nbformat.v4.new_code_cell(f"%reset -f\n%cd -q {folder / style}")
        cells[style] = [fresh, *(cell for cell in book.cells if cell.cell_type == "code")]
    whole = nbformat.v4.new_notebook(cells=[cell for own in cells.values() for cell in own])
    NotebookClient(whole, timeout=120, allow_errors=True, kernel_name="python3",
                   resources={"metadata": {"path": str(folder)}}).execute()
    return {style: [str(output) for cell in own for output in cell.outputs] for style, own in cells.items()}


@pytest.mark.parametrize("style", HERE)
def test_and_in_a_kernel_the_same_notebook_says_so(style, said):
    name = next(name for known, name in CASES if known == style)
    assert any(f"✓ {name}" in text for text in said[style]), said[style]
