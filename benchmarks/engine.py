"""How fast the engine is: the LSTM, forwards and backwards (dW, db, dx) in float32, beside its peers.

    floor     NumPy's bare matrix products for the same work: nothing built on NumPy can be faster
    curves    the exp and tanh that those steps need, on their own
    readable  cells.py looped by unroll, without the fast path
    torch     torch.nn.LSTM;  cells: a loop over torch.nn.LSTMCell, the open box in which gates can be seen
Times are the processor's, in ms: medians of interleaved rounds, with quartiles. torch may be missing.

    python benchmarks/engine.py [--rounds N] [--threads N]     OPENBLAS_CORETYPE=… chooses OpenBLAS's kernel
"""
import argparse
import platform
import subprocess
import sys
import time
import tracemalloc
from itertools import islice
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from lstmlib import LSTM, Model, backward, forward, tasks, train, weights
from lstmlib.interchange import to_torch

try:
    import torch
except ImportError:
    torch = None

SHAPES = ((20, 32, 8, 32), (100, 32, 2, 64), (50, 64, 64, 128),        # T, B, D, H
          (50, 32, 32, 256), (100, 1, 32, 64), (200, 64, 2, 128))
READABLE = LSTM._replace(step=lambda p, s, x: LSTM.step(p, s, x))


rng = np.random.default_rng(0)


def numbers(*shape):
    return rng.normal(size=shape).astype(np.float32)


def start(D, H):
    return {name: w.astype(np.float32) for name, w in weights(LSTM, D, H, rng).items()}


def ours(T, B, D, H, cell=LSTM):
    p, x, dh = start(D, H), numbers(T, D, B), numbers(T, H, B)
    return lambda: backward(cell, p, forward(cell, p, x), dh)


def readable(T, B, D, H):
    return ours(T, B, D, H, READABLE)


def floor(T, B, D, H):
    W, z, da = numbers(4 * H, H + D), numbers(T, H + D, B), numbers(T, 4 * H, B)
    Wt, a, dz, dW = np.ascontiguousarray(W.T), numbers(4 * H, B), numbers(H + D, B), numbers(4 * H, H + D)
    zs, das = numbers(H + D, T * B), numbers(4 * H, T * B)

    def products():
        for z_t in z:
            np.dot(W, z_t, out=a)
        for da_t in da:
            np.dot(Wt, da_t, out=dz)
        np.dot(das, zs.T, out=dW)
    return products


def curves(T, B, D, H):
    a, out = numbers(T, 4, H, B), np.empty((4, H, B), np.float32)

    def bend():
        for a_t in a:
            np.exp(a_t[:3], out=out[:3])
            np.tanh(a_t[3], out=out[3])                                # g
            np.tanh(a_t[0], out=out[3])                                # tanh(c)
    return bend


def in_torch(T, B, D, H):
    net = torch.nn.LSTM(D, H)
    cell = torch.nn.LSTMCell(D, H)
    state = {name: torch.from_numpy(w.copy()) for name, w in to_torch(LSTM, [start(D, H)]).items()}
    net.load_state_dict(state)
    cell.load_state_dict({name.removesuffix("_l0"): w for name, w in state.items()})
    x, dh = torch.from_numpy(numbers(T, B, D)).requires_grad_(), torch.from_numpy(numbers(T, B, H))

    def whole():
        net.zero_grad()
        x.grad = None
        net(x)[0].backward(dh)

    def stepwise():
        cell.zero_grad()
        x.grad = None
        s, hs = (torch.zeros(B, H), torch.zeros(B, H)), []
        for x_t in x:
            s = cell(x_t, s)
            hs.append(s[0])
        torch.stack(hs).backward(dh)
    return {"torch": whole, "cells": stepwise}


def clock(contestants, rounds):
    """name: (lower quartile, median, upper quartile) of the processor's time in ms, measured in turns."""
    for go in contestants.values():
        go()
    times = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, go in contestants.items():
            began = time.process_time()
            go()
            times[name].append(1e3 * (time.process_time() - began))
    return {name: np.quantile(t, [0.25, 0.5, 0.75]) for name, t in times.items()}


def verdict(name, value, goal, at_most=True):
    met = value <= goal if at_most else value >= goal
    print(f"{'met   ' if met else 'MISSED'}  {name}: {value:.2f}, goal {'≤' if at_most else '≥'} {goal}")


def race(rounds):
    """The table of shapes, and its goals."""
    ratios = {}
    for shape in SHAPES:
        contestants = {way.__name__: way(*shape) for way in (ours, floor, curves, readable)}
        t = clock(contestants | (in_torch(*shape) if torch else {}), rounds)
        if not ratios:
            print(f"{'(T, B, D, H)':20}" + "".join(f"{name:>24}" for name in t))
        print(f"{shape!s:20}" + "".join(f"{q[1]:.2f} ({q[0]:.2f}–{q[2]:.2f})".rjust(24) for q in t.values()))
        ratios[shape] = {name: q[1] / t["ours"][1] for name, q in t.items()}
    print()
    for shape, r in ratios.items():
        rest = 1 - r["floor"] - r["curves"]
        peers = "".join(f"   {name} {r[name]:.2f} ×" for name in ("readable", "torch", "cells") if name in r)
        print(f"{shape!s:20} products {r['floor']:.0%}, curves {r['curves']:.0%}, the rest {rest:.0%}"
              f" of our time;{peers}")
    print()
    for shape, r in ratios.items():
        if shape[-1] >= 128:
            verdict(f"our time / floor at {shape}", 1 / r["floor"], 1.3)
    if torch:
        for name, what, goal in (("torch", "torch.nn.LSTM", 1.0), ("cells", "LSTMCell loop", 3.0)):
            mean = np.exp(np.mean([np.log(r[name]) for r in ratios.values()]))
            verdict(f"{what} / our time, geometric mean", mean, goal, at_most=False)


def lines(rounds):
    """Is the time a straight line in T and in B?"""
    for name, sizes, shape in (("T", (25, 50, 100, 200, 400), lambda n: (n, 32, 8, 64)),
                               ("B", (16, 32, 64, 128, 256), lambda n: (50, n, 8, 64))):
        t = [q[1] for q in clock({n: ours(*shape(n)) for n in sizes}, rounds).values()]
        slope, intercept = np.polyfit(sizes, t, 1)
        r2 = np.corrcoef(sizes, t)[0, 1] ** 2
        print(f"time in {name}: {intercept:.2f} ms + {slope * 1e3:.1f} µs · {name}, R² = {r2:.4f};  "
              + "  ".join(f"{n}: {ms:.2f}" for n, ms in zip(sizes, t)))


def memory(T=400, B=32, D=8, H=64):
    """What a step costs beyond the weights, against the tape."""
    p, x, dh = start(D, H), numbers(T, D, B), numbers(T, H, B)
    for way, cell in (("fast", LSTM), ("readable", READABLE)):
        peaks = []
        for n in (T // 2, T):
            tracemalloc.start()
            backward(cell, p, forward(cell, p, x[:n]), dh[:n])
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        step = (peaks[1] - peaks[0]) / (T // 2) / 4 / B
        print(f"memory a step, {way}: {step:.0f}·B numbers; the tape 6H+D+1 = {6 * H + D + 1}, dx D = {D}")


def live():
    """What a reader of the course waits for."""
    for names in ("import lstmlib", "from lstmlib import LSTM, Model, train"):
        code = f"import time; began = time.process_time(); {names}; print(time.process_time() - began)"
        seconds = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5)]
        verdict(f"{names}, in s", np.median(seconds), 0.3)
    task = tasks.adding(50)
    seconds = []
    for _ in range(3):
        steps, began = train(Model(LSTM, task.D, 32, task.K), task, B=32), time.process_time()
        for _ in islice(steps, 800):
            pass
        seconds.append(time.process_time() - began)
    verdict("800 updates of adding, T = 50, H = 32, B = 32, in s", np.median(seconds), 2.5)


def processor():
    """The name of this machine's processor."""
    cpuinfo = Path("/proc/cpuinfo")                                    # Linux; elsewhere Python knows it
    for line in cpuinfo.read_text().split("\n") if cpuinfo.exists() else []:
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor()


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--rounds", type=int, default=21)
    ask.add_argument("--threads", type=int, default=1)
    given = ask.parse_args()
    if torch:
        torch.set_num_threads(given.threads)
    with threadpool_limits(given.threads):
        print(f"{processor()}; threads: {given.threads}; NumPy {np.__version__}; "
              + "".join(f"{lib['internal_api']} {lib['version']}, kernel {lib.get('architecture')}"
                        for lib in threadpool_info() if lib["user_api"] == "blas")
              + (f"; torch {torch.__version__}" if torch else "; no torch"))
        race(given.rounds)
        lines(given.rounds)
        memory()
        live()
