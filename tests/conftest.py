"""What many tests need: English again after each, a work folder; and for the claims their shakes and their table."""
import atexit
import os
import shutil
import sys
import tempfile

if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):      # or hundreds of processes compile all that they import:
    os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="compiled-")      # once will do, in a place of its own
    sys.dont_write_bytecode, sys.pycache_prefix = False, os.environ["PYTHONPYCACHEPREFIX"]
    atexit.register(shutil.rmtree, sys.pycache_prefix, ignore_errors=True)

os.environ.setdefault("OMP_NUM_THREADS", "1")          # as start.py has it, and before NumPy is loaded:
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")     # two workers with two threads each stand in each other's way

import pytest
import shake
from holds import RECORDED

import guide
from lstmlib.model import Model
from workbook import words


def pytest_addoption(parser):
    parser.addoption("--shakes", type=int, default=1, help="how many shakes each claim is held under")
    parser.addoption("--keep", action="store_true", help="print the claims, and what was found, into the guide")
    parser.addoption("--accept", action="store_true", help="keep pictures and answers as they are now")


# By what they take: who begins with the longest does not end with one worker waiting for another. The first and
# the third go to one worker, the second and the fourth to the other; then whoever is done takes the next.
LONGEST = [f"test_{name}.py" for name in """grade build site slides bank judge attacks pages styles exercises cheatsheet
           explorers shared_training judge_stands start corpora borrowing one_file class progress splits line
           french_reader plots two_languages limits""".split()]


def pytest_configure(config):
    sys.modules["rfc3987_syntax"] = None                   # a grammar that jsonschema would read, for seconds
    config.option.loadscopereorder = False                 # xdist's own, which begins with the most tests


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Whole files go to a worker, the site and the slides to the same one, since both show the same notebooks."""
    if config.getoption("dist") == "loadfile":
        from xdist.scheduler import LoadFileScheduling

        class Files(LoadFileScheduling):
            def _split_scope(self, nodeid):
                return super()._split_scope(nodeid).replace("test_slides.py", "test_site.py")
        return Files(config, log)


def pytest_generate_tests(metafunc):
    if "shaken" in metafunc.fixturenames:
        metafunc.parametrize("shaken", range(1, 1 + metafunc.config.getoption("shakes")), indirect=True,
                             ids=lambda number: f"shake-{number}")


@pytest.fixture(autouse=True)
def english_again():
    yield
    words.speak("en")


@pytest.fixture(scope="session")
def books(tmp_path_factory):
    """What the site and the slides are made of, run once."""
    import staged
    return staged.books(tmp_path_factory.mktemp("books"), staged.SMALL)


@pytest.fixture
def work(tmp_path, monkeypatch):
    """A learner's work folder, and we in it."""
    (tmp_path / ".origin").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def shaken(request, monkeypatch, record_property):
    """Every Model made in this test begins a few last units beside where it would."""
    monkeypatch.setattr(Model, "__init__", shake.shaken(Model, request.param))
    RECORDED.clear()
    yield request.param
    for row in RECORDED:
        record_property("claim", row)


def pytest_terminal_summary(terminalreporter, config):
    """A row for each claim: its least margin over all shakes and, on its right side or not, the worst value."""
    rows = {}
    for report in terminalreporter.stats.get("", []):
        where = "-".join(report.nodeid.split("[")[-1].split("-")[2:4])      # of [shake-1-07-one_unit_needs_o-en]
        for name, claim in report.user_properties if getattr(report, "when", "") == "teardown" else ():
            if name == "claim":
                rows.setdefault((where, *claim[:3]), []).append(claim[3:])
    if rows:
        terminalreporter.section("claims")
    worst = {row: min(found) for row, found in rows.items()}
    for (where, what, rule, _), (margin, value) in worst.items():
        terminalreporter.write_line(f"{margin:9.2g}  worst {value:9.3g}   {what}: {rule}   ({where})")
    if config.getoption("keep"):
        guide.keep(worst, config.getoption("shakes"))
