"""How fast the engine is: the LSTM, forwards and backwards (dW, db, dx) in float32, beside its peers.

    floor     NumPy's bare matrix products for the same work, in the quickest way that was found
    curves    the exp and tanh that those steps need, by the quicker of two ways
    passes    each +, · and 1/ of the equations as one call, for several gates at once where their numbers can lie side
              by side; what the way back needs is written to a tape, and read from there. With floor and curves the
              bound of all that calls NumPy for each operation; no Python runs in it but the call itself
    readable  cells.py looped by unroll, without the fast path
    joined    as many tutorials write it: a concatenation and four products a step, lists of what is kept
    rows      the same, example by example
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

from lstmlib import LSTM, Model, backward, fast, forward, tasks, train, weights
from lstmlib.interchange import to_torch

try:
    import torch
except ImportError:
    torch = None

SHAPES = ((20, 32, 8, 32), (100, 32, 2, 64), (50, 64, 64, 128),        # T, B, D, H
          (50, 32, 32, 256), (100, 1, 32, 64), (200, 64, 2, 128))
PEERS = {"readable": ("cells.py alone", 1.5), "joined": ("the tutorials' way", 1.5), "rows": ("one by one", 10.),
         "torch": ("torch.nn.LSTM", 1.), "cells": ("LSTMCell loop", 2.)}       # what it is, what we aim at
WHY = """
Where torch / the bound is below 1, no loop of such calls to NumPy is as fast as torch. With many units nearly all work
is products, and OpenBLAS copies W into an order of its own at each of the 2 T of them (with AVX-512 not if the product
is small: W goes there in pieces), while who has the whole layer in one call can copy it once. And each curve, each +
and each · is a call that reads all its numbers and writes all its results; in one call for the layer they can stay in
the processor's registers. With few units it is the calls themselves that cost: some 0.4 µs each, 16 a step.
"""
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
    gates, shape = fast._product(numbers(4 * H, H + D), B)
    back, shape_back = fast._product(numbers(4 * H, H + D).T, B)
    z, da = numbers(T, H + D, B), numbers(T, 4 * H, B)
    a, d, dW = np.empty(shape, np.float32), np.empty(shape_back, np.float32), numbers(4 * H, H + D)
    zs, das = numbers(H + D, T * B), numbers(4 * H, T * B)

    def products():
        for z_t in z:
            gates(z_t, a)
        for da_t in da:
            back(da_t, d)
        np.dot(das, zs.T, out=dW)
    return products


def curves(T, B, D, H):
    a, out = numbers(T, 4, H, B), np.empty((4, H, B), np.float32)
    bent = np.tanh if fast.AVX512 else np.exp

    def bend():
        for a_t in a:
            bent(a_t, out=out)
            np.tanh(a_t[0], out=out[3])                                # tanh(c)
    return bend


def passes(T, B, D, H):
    block, one = max(1, min(T, fast.COLUMNS // B)), np.ones((), np.float32)
    kept, hs, two, three, four, many = (np.ones(shape, np.float32) for shape in (
        (T, 5, H, B), (T, H, B), (2, H, B), (3, H, B), (4, H, B), (block, H, B)))      # a moment of kept: c g f i o
    few, h, more = np.ones((H, B), np.float32), *two
    steps = [(q[1:], q[2:4], q[:2], q[0], q[4], h_t) for q, h_t in zip(kept, hs)]
    blocks = [(*kept[t:t + block].swapaxes(0, 1), hs[t:t + block]) for t in range(0, T - block + 1, block)]

    @np.errstate()
    def operations():
        np.setbufsize(512)                                             # as in fast.backward
        for a, fi, cg, c, o, h_t in steps:
            np.multiply(four, a, a) if fast.AVX512 else np.divide(four, np.add(a, one, a), a)
            np.add(a, four, a)                                         # σ = ½ + ½ t, or 1 / (1 + e)
            np.multiply(fi, cg, two)                                   # c = f c + i g
            np.add(h, more, c)
            np.multiply(o, few, h_t)                                   # h = o tanh(c)
        for read in blocks:                                            # the slopes of gates and curves
            for q in read:
                np.add(q, one, many)
            for _ in range(8):
                np.multiply(many, one, many)
        for _ in range(T):
            np.add(few, h, h)                                          # dh
            np.multiply(few, h, h)                                     # what goes on to c
            np.add(few, h, h)                                          # dc, twice
            np.add(few, h, h)
            np.multiply(three, three, three)                           # dg, df, do
            np.multiply(two, two, two)                                 # di, what goes on along c
    return operations


def by_hand(p, x, dh):
    """dW, db, dx as in many tutorials."""
    (W, b), H = (p["W"], p["b"]), dh.shape[1]
    h = c = np.zeros(dh.shape[1:], np.float32)
    kept, dW, db, dx = [], np.zeros_like(W), np.zeros_like(b), np.empty_like(x)
    for x_t in x:
        z = np.concatenate([h, x_t])
        f, i, o = (1 / (1 + np.exp(-(W[k] @ z + b[k]))) for k in range(3))
        g, c_prev = np.tanh(W[3] @ z + b[3]), c
        c = f * c + i * g
        h = o * np.tanh(c)
        kept.append((z, f, i, o, g, c_prev, c))
    dh_next = dc = np.zeros_like(h)
    for t in reversed(range(len(x))):
        z, f, i, o, g, c_prev, c = kept[t]
        d = dh[t] + dh_next
        dc = dc + d * o * (1 - np.tanh(c) ** 2)
        blame = dc * c_prev * f * (1 - f), dc * g * i * (1 - i), d * np.tanh(c) * o * (1 - o), dc * i * (1 - g ** 2)
        dz = np.zeros_like(z)
        for k, da in enumerate(blame):
            dW[k] += da @ z.T
            db[k] += da.sum(axis=1, keepdims=True)
            dz += W[k].T @ da
        dh_next, dx[t], dc = dz[:H], dz[H:], dc * f
    return dW, db, dx


def joined(T, B, D, H):
    p, x, dh = start(D, H), numbers(T, D, B), numbers(T, H, B)
    (right, dx, _), made = backward(LSTM, p, forward(LSTM, p, x), dh), by_hand(p, x, dh)
    for ours, theirs in zip((right["W"], right["b"], dx), made, strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-4 * abs(ours).max())
    return lambda: by_hand(p, x, dh)


def by_rows(T, B, D, H):
    p, x, dh = start(D, H), numbers(T, D, B), numbers(T, H, B)
    return lambda: [by_hand(p, x[..., k:k + 1], dh[..., k:k + 1]) for k in range(B)]


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
        contestants = {way.__name__: way(*shape) for way in (ours, floor, curves, passes, readable, joined)}
        t = clock(contestants | (in_torch(*shape) if torch else {}), rounds)
        t |= clock({"rows": by_rows(*shape)}, 3)
        if not ratios:
            print(f"{'(T, B, D, H)':20}" + "".join(f"{name:>24}" for name in t))
        print(f"{shape!s:20}" + "".join(f"{q[1]:.2f} ({q[0]:.2f}–{q[2]:.2f})".rjust(24) for q in t.values()))
        ratios[shape] = {name: q[1] / t["ours"][1] for name, q in t.items()}
    print()
    for shape, r in ratios.items():
        r["bound"] = r["floor"] + r["curves"] + r["passes"]
        parts = ", ".join(f"{what} {r[name]:.0%}" for what, name in (
            ("products", "floor"), ("curves", "curves"), ("passes", "passes"))) + " of our time"
        print(f"{shape!s:20} {parts};  " + "  ".join(f"{name} {r[name]:.2f} ×" for name in r if name in PEERS))
    print()

    def mean(name, under="ours"):
        return np.exp(np.mean([np.log(r[name] / r[under]) for r in ratios.values()]))
    verdict("our time / the bound, geometric mean", mean("ours", "bound"), 1.6)
    for name, (what, goal) in PEERS.items():
        if name in t:
            verdict(f"{what} / our time, geometric mean", mean(name), goal, at_most=False)
    if torch:
        print(f"        torch.nn.LSTM / the bound: {mean('torch', 'bound'):.2f}; by shape: " + ", ".join(
            f"{r['torch'] / r['bound']:.2f}" for r in ratios.values()))
        print(WHY)


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
