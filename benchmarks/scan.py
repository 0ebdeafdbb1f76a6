"""How a scan over time compares with the loop, for the belt of a minLSTM: h_t = a_t * h_{t-1} + b_t, in float32.

Each row: the time of the loop over that of the scan, measured in turn, the median of rounds. Above 1 the scan is
faster. One thread, NumPy alone.

    python benchmarks/scan.py [--rounds N]
"""
import argparse
from math import ceil, log2

import numpy as np

from course.c12_what_came_after.asked import faster
from course.c12_what_came_after.newer import scan

SHAPES = ((100, 8, 1), (1000, 8, 1), (10000, 8, 1), (1000, 64, 1), (1000, 32, 32), (1000, 128, 32))    # T, H, B


def loop(a, b, h):
    """The same, one step after the other."""
    hs = np.empty_like(b)
    for t in range(len(b)):
        hs[t] = h = a[t] * h + b[t]
    return hs


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    rng = np.random.default_rng(0)
    print("    T    H    B  rounds of the scan   loop / scan")
    for T, H, B in SHAPES:
        a, b, h = rng.random((T, H, B), np.float32), rng.random((T, H, B), np.float32), np.zeros((H, B), np.float32)
        ratio = faster(lambda: loop(a, b, h), lambda: scan(a, b, h), rounds)        # noqa: B023 it is called at once
        print(f"{T:5d} {H:4d} {B:4d} {ceil(log2(T)):12d} {ratio:19.2f}")
