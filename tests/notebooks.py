"""Runs notebooks, each in a kernel of its own (forked.py), and compares what they say with what is kept in them.

    python tests/notebooks.py [--shake 1] chapters solutions     files or folders, and options of pytest

A cell that borrows a library is compared where the library is installed.
What several train alike is trained once (shared_training.py). --shake 1: on another processor (shake.py).
"""
import argparse
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

import forked
import pytest
from jupyter_client.provisioning import local_provisioner

HERE = Path(__file__).resolve().parent
sys.modules["rfc3987_syntax"] = None                   # a grammar that jsonschema would read, for seconds


def pytest_configure(config):
    local_provisioner.launch_kernel = partial(forked.launch, otherwise=local_provisioner.launch_kernel)


def pytest_collection_modifyitems(items):
    from workbook.build import missing
    for item in items:
        if libraries := missing(item.cell.source):
            item.options["check"] = False               # run all the same: what it makes itself is needed further on
            item.warn(pytest.PytestWarning(f"not compared: {', '.join(libraries)} is missing"))


def main(words):
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--shake", default="0")
    options, rest = parser.parse_known_args(words)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:     # no start-up files of yours
        if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):                        # conftest.py says why
            os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        os.environ.update(IPYTHONDIR=folder, PYTHONSTARTUP=str(HERE / "kernel.py"),
                          LSTM_SHARED=folder, LSTM_SHAKE=options.shake)
        # one edition after the other: what the next one trains is recorded by then
        return pytest.main(["-q", "-p", "notebooks", "-p", "no:nbval", "-p", "nbval.plugin",
                            "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--nbval", "--nbval-current-env",
                            f"--nbval-sanitize-with={HERE / 'nbval.ini'}",
                            "--nbval-cell-timeout=300", "--nbval-kernel-startup-timeout=300", *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
