"""Chapter 03: how much of a gradient is left, in an RNN and in an LSTM."""
import numpy as np

from course.shared.puppet import path_back
from lstmlib.cells import LSTM, RNN, Hidden, RNNTape, blame, join
from lstmlib.unroll import forward, weights
from workbook.ink import GREY, Drawing, Picture, number, power
from workbook.plots import axes
from workbook.widgets import choose, explore, slider
from workbook.words import say

__all__ = ["gradient_flow", "gradient_norms"]


def elman(bend, slope):
    """Elman's RNN with another activation than tanh: h = bend(a); slope(h) is its derivative, told from h."""
    def step(p, s, x):
        z = join(s.h, x)
        (h,) = bend(p["W"] @ z + p["b"])
        return Hidden(h), RNNTape(z, h)

    def back(p, ds, tape):
        dp, dh, dx = blame(p["W"], (ds.h * slope(tape.h))[None], tape.z)
        return dp, Hidden(dh), dx

    return RNN._replace(step=step, back=back)


BENT = {"tanh": RNN, "ReLU": elman(lambda a: a * (a > 0), lambda h: h > 0),
        "none (linear)": elman(lambda a: a, np.ones_like)}


def gradient_norms(cell, p, x, first):
    """The norm of ∂s_T/∂s_t for each lag T-t = 0 … T, s being the state named `first`: 1 at lag 0.

    The greatest factor by which that Jacobian stretches; each of the H units of the last state has its own copy.
    """
    H = p["W"].shape[1]
    run = forward(cell, p, np.repeat(x, H, axis=2))
    last = cell.state(*(np.eye(H) * (name == first) for name in cell.state._fields))
    blames = path_back(cell, p, run, last)
    return np.array([np.linalg.norm(getattr(s, first), 2) for s in blames[::-1]])


def draw_gradient_flow(rho, activation, drive, bias, lag, T=60, H=12, D=4):
    """How much of the gradient is left over each lag, in an RNN and in an LSTM that read the same noise."""
    rng = np.random.default_rng(3)
    p, q = weights(RNN, D, H, rng), weights(LSTM, D, H, rng, forget_bias=bias)
    p["W"][..., :H] *= rho
    x = drive * rng.normal(size=(T, D, 1))
    lags, floor = np.arange(T + 1), 1e-16
    lines = {"h": gradient_norms(BENT[activation], p, x, "h"), "c": gradient_norms(LSTM, q, x, "c"),
             "x": 1. * rho ** lags}
    names = {"RNN, ∂h/∂h": "h", "LSTM, ∂c/∂c": "c", "ρᵏ": "x"}
    drawing, at = Drawing(450), {kind: number(v[lag], 2) for kind, v in lines.items()}
    said = say("at lag k = {lag}: RNN {h} · LSTM {c} · ρᵏ {x}", lag=lag, **at)
    drawing.write(400, 24, said, bold=True)
    decades = {k: power(k) for k in range(-16, 9, 4)}
    panel = axes(drawing, (4, 30, 792, 420), (0, T), (-16, 8), say("lag k, in steps"),
                  say("gradient norm"), "", names, log=True, yticks=decades)
    panel.down(lag, "", GREY)
    for kind, v in lines.items():
        inside = (v > floor) & (v < 1e8)
        panel.line(lags[inside], v[inside], kind)
        if inside[lag]:
            panel.dot(lag, v[lag], kind, 8)
    text = say("ρ = {rho}, activation: {activation}, inputs of size {drive}, forget bias {bias}; {said}.",
               rho=number(rho), activation=say(activation), drive=number(drive), bias=number(bias), said=said)
    return Picture(drawing, text)


def gradient_flow():
    """What decides how fast a gradient dies: ρ, the input, the forget bias."""
    return explore(draw_gradient_flow, rho=slider(.5, 1.5, 1., .05, say("RNN: spectral radius ρ")).few(.5, 1., 1.5),
                   activation=choose([(say(name), name) for name in BENT], label=say("RNN: activation")),
                   drive=slider(0., 2., 1., .1, say("size of the input")).few(0., .1, .3, 1., 2.),
                   bias=slider(-2., 6., 1., .5, say("LSTM: forget bias")).few(-2., 0., 1., 3., 5.),
                   lag=slider(0, 60, 20, 1, say("read off at lag k")).few(0, 20, 40, 60))
