"""Asks PyTorch for its numbers, forwards and backwards, and keeps them in torch_numbers.npz for the tests.

Those of one LSTM go into course/c08_full_cell/torch_lstm.npz as well, where chapter 08 finds them.

    python tests/torch_numbers.py        with torch 2.13.0 installed, a CPU build; the tests need no torch
"""

from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
T, B, D, H, K = 6, 3, 2, 4, 5
STATES = {"RNN": "h", "GRU": "h", "LSTM": "hc"}


def numpy(tensor):
    """The numbers of a tensor, none where there is no tensor."""
    return tensor.detach().numpy().copy()


def recurrent(torch, name, layers, dtype):
    """One torch.nn.RNN, LSTM or GRU: what it was given, what it says, and the slopes of all it was given."""
    net = getattr(torch.nn, name)(D, H, layers, dtype=dtype)
    for w in net.parameters():
        torch.nn.init.normal_(w, std=0.7)
    x = torch.randn(T, B, D, dtype=dtype, requires_grad=True)
    states = {s: torch.randn(layers, B, H, dtype=dtype, requires_grad=True) for s in STATES[name]}
    out, last = net(x, tuple(states.values()) if name == "LSTM" else states["h"])
    last = dict(zip(states, last if name == "LSTM" else (last,)))
    dout, dlast = torch.randn_like(out), {s: torch.randn_like(q) for s, q in last.items()}
    ((out * dout).sum() + sum((last[s] * dlast[s]).sum() for s in last)).backward()
    kept = {"x": x, "dx": x.grad, "out": out, "dout": dout}
    for s in states:
        kept |= {f"{s}0": states[s], f"d{s}0": states[s].grad, f"{s}_last": last[s], f"d{s}_last": dlast[s]}
    kept |= {f"w.{key}": w for key, w in net.state_dict().items()}
    kept |= {f"dw.{key}": w.grad for key, w in net.named_parameters()}
    return {key: numpy(value) for key, value in kept.items()}


def losses(torch, dtype):
    """Cross-entropy and squared error on one set of outputs, with their slopes."""
    y = torch.randn(T, B, K, dtype=dtype, requires_grad=True)
    target, goal = torch.randint(K, (T, B)), torch.randn(T, B, K, dtype=dtype)
    entropy = torch.nn.functional.cross_entropy(y.reshape(-1, K), target.reshape(-1))
    dy, = torch.autograd.grad(entropy, y)
    squared = 0.5 * ((y - goal) ** 2).sum() / (T * B)
    kept = {"y": y, "target": target, "goal": goal, "entropy": entropy, "d_entropy": dy, "squared": squared,
            "d_squared": torch.autograd.grad(squared, y)[0]}
    return {key: numpy(value) for key, value in kept.items()}


def learning(torch, name, dtype, updates=5):
    """Where SGD and Adam lead in a few updates by given gradients."""
    w = [torch.randn(*shape, dtype=dtype, requires_grad=True) for shape in ((3, 4), (5, 1))]
    kept = {f"start.{j}": numpy(q) for j, q in enumerate(w)}
    optimizer = getattr(torch.optim, name)(w, lr=0.05)
    for k in range(updates):
        for j, q in enumerate(w):
            q.grad = torch.randn_like(q)
            kept[f"grad.{k}.{j}"] = numpy(q.grad)
        optimizer.step()
        kept |= {f"after.{k}.{j}": numpy(q) for j, q in enumerate(w)}
    kept["norm"] = numpy(torch.nn.utils.clip_grad_norm_(w, 1.0))
    return kept | {f"clipped.{j}": numpy(q.grad) for j, q in enumerate(w)}


def numbers(torch):
    """Everything that is kept, by name."""
    torch.manual_seed(0)
    dtype, kept = torch.float64, {}
    for name in STATES:
        for layers in (1, 2):
            kept |= {f"{name}.{layers}.{key}": w for key, w in recurrent(torch, name, layers, dtype).items()}
    kept |= {f"losses.{key}": w for key, w in losses(torch, dtype).items()}
    for name in ("SGD", "Adam"):
        kept |= {f"{name}.{key}": w for key, w in learning(torch, name, dtype).items()}
    return kept


if __name__ == "__main__":
    import torch
    kept = numbers(torch)
    np.savez_compressed(HERE / "torch_numbers.npz", **kept)
    lstm = {key.removeprefix("LSTM.1."): w for key, w in kept.items() if key.startswith("LSTM.1.")}
    np.savez_compressed(HERE.parent / "course" / "c08_full_cell" / "torch_lstm.npz", **lstm)
