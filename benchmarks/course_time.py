"""How long each chapter computes: Run All in a fresh kernel, with the solutions; and its slowest cell.

    python benchmarks/course_time.py [04 …]
"""
import argparse
import os
import resource
import time
from datetime import datetime
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent


def cpu():
    """Seconds of processor that ended kernels have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(cell):
    """From the moment a cell began up to its answer."""
    at = cell.metadata["execution"]
    begun, ended = (datetime.fromisoformat(at[name].rstrip("Z")) for name in (
        "iopub.status.busy", "shell.execute_reply"))
    return (ended - begun).total_seconds()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("chapters", nargs="*", metavar="04")
    chosen = parser.parse_args().chapters
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}        # for the kernels
    print(f"{'chapter':26} {'wall s':>7} {'CPU s':>7}   slowest cell")
    for path in sorted(ROOT.glob("solutions/en/*.ipynb")):
        if chosen and path.name[:2] not in chosen:
            continue
        book, began, used = nbformat.read(path, 4), time.perf_counter(), cpu()
        NotebookClient(book, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
        slowest = max((cell for cell in book.cells if cell.metadata.get("execution")), key=seconds)
        print(f"{path.stem:26} {time.perf_counter() - began:7.1f} {cpu() - used:7.1f}   "
              f"{slowest.id}, {seconds(slowest):.1f} s", flush=True)


if __name__ == "__main__":
    main()
