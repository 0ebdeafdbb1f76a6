"""Chapter 09: the gates of a model as it learns, along a sequence, and pinned."""
import copy
from itertools import islice

import numpy as np

from course.shared.puppet import path_back
from lstmlib.cells import State, pin
from lstmlib.model import accuracy, r2, train
from workbook.ink import SMALLEST, TYPE, Drawing, Picture, described, number, power
from workbook.plots import GATES, NAMES, axes, film, span
from workbook.widgets import choose, explore, player, slider
from workbook.words import say

__all__ = ["training_film", "gate_film", "live_ablation"]


def training_film(model, task, x, letters=None, between=(0, 1), at=(0, 10, 20, 50, 100, 200, 400), lr=1e-2, seed=0):
    """The gates, and the gradient at each step, of one sequence x (T, D, 1) as the model learns.

    The gradient is that of two scores at the last step, of class between[0] less that of between[1]: the loss's own
    would shrink as the model becomes sure. The model is trained here, as many updates as `at` says at most, and
    left trained.
    """
    kept, learning, done = [], train(model, task, lr=lr, seed=seed), 0
    for n in at:
        for _ in islice(learning, n - done):
            pass
        done = n
        run, (one, other) = model(x).runs[-1], model.params[-1]["V"][list(between)]
        blame = (one - other)[:, None]
        back = path_back(model.cell, model.params[-2], run, State(blame, np.zeros_like(blame)))
        kept.append((run.tape, np.array([np.sqrt((s.c ** 2).sum()) for s in back[:-1]])))
    sizes = np.log10(1e-12 + np.array([norms for _, norms in kept]))
    low, high = int(np.floor(sizes.min())), int(np.ceil(sizes.max() + .01))

    def draw(k):
        tape, norms = kept[k]
        T = len(norms)
        title = say("after {n} update[s]", n=at[k])
        strips = film({gate: getattr(tape, gate)[..., 0] for gate in GATES}, letters, title, left=74)
        drawing = strips.figure
        decades = {k: power(k).rjust(5) for k in range(high, low - 1, -max(1, (high - low) // 3))}
        panel = axes(drawing, (4, drawing.height, 806, 150), (-.5, T - .5), (low, high), "",
                      say("gradient at c, of one score less the other"), log=True, xticks={t: "" for t in range(T)},
                      yticks=decades)                  # its steps stand under those of the films
        drawing.height += 150
        panel.line(np.arange(T), norms, "grad", marks=False)
        text = say("The gates f, i, o of every unit at every step of one sequence, and the gradient of one "
                   "score less the other, after {n} update[s].", n=at[k])
        return Picture(drawing, text, strips.text)

    return explore(draw, k=player(at, say("updates done"), len(at) - 1, 800))


def gate_film(model, x, letters=None, layer=-1):
    """What the units of a trained LSTM do along one sequence x (T, D, 1); one unit as curves."""
    tape = model(x).runs[layer].tape
    T, H = tape.c.shape[:2]

    def draw(shown, unit):
        kinds = GATES if shown == "gates" else ("c", "h") if shown == "states" else ("g",)
        if not unit:
            strips = film({kind: getattr(tape, kind)[..., 0] for kind in kinds}, letters)
            text = say("Films of {kinds}: {H} unit[s] along {T} step[s].", kinds=", ".join(kinds), H=H, T=T)
            return Picture(strips.figure, text, strips.text)
        values = {kind: getattr(tape, kind)[:, unit - 1, 0] for kind in kinds}
        drawing = Drawing(430)
        low, high = (0, 1) if shown == "gates" else span(values.values(), zero=True)
        fits = letters is not None and T <= 740 // SMALLEST
        panel = axes(drawing, (4, 0, 792, 430), (-.5, T - .5), (low, high), say("step t"), "",
                      say("unit {k}", k=unit), {say(NAMES[kind]): kind for kind in kinds},
                      xticks={t: "" for t in range(T)} if fits else None)
        for t in range(T) if fits else ():
            drawing.write(*panel.at(t, low) + (0, 23), str(letters[t]), min(TYPE, 740 / T))
        for kind, v in values.items():
            panel.line(range(T), v, kind)
        spoken = [described(say(NAMES[kind]), np.arange(T), v, say("step t")) for kind, v in values.items()]
        text = say("Unit {k} along {T} step[s]: {kinds}.", k=unit, T=T, kinds=", ".join(kinds))
        return Picture(drawing, text, " ".join(spoken))

    shown = [(say("gates f, i, o"), "gates"), (say("states c and h"), "states"), (say("candidate c̃"), "new")]
    return explore(draw, shown=choose(shown, label=say("show")),
                   unit=slider(0, H, 0, 1, say("unit (0: all of them)")))


def live_ablation(model, batch, among=None):
    """A gate of a trained LSTM is pinned at a value, and its answers break, or do not.

    batch: a tasks.Batch to examine; its score is accuracy, or R² where targets are numbers. among: the classes between
    which it has to choose (default: all of them).
    """
    values = np.linspace(0, 1, 21)
    score = accuracy if np.asarray(batch.target).ndim == 2 else r2
    K = len(model.params[-1]["V"])
    asked = np.isin(np.arange(K), np.arange(K) if among is None else among)[:, None]

    def examined(**pins):
        pinned = copy.copy(model)
        *layers, out = model.params
        pinned.params = [*(pin(model.cell, p, **pins) for p in layers), out]
        return score(np.where(asked, pinned(batch.x).y, -np.inf), batch.target, batch.mask)

    whole = examined()
    scores = {gate: np.array([examined(**{gate: v}) for v in values]) for gate in GATES}
    low = min(0, max(-1, min(v.min() for v in scores.values())))

    def draw(gate, value):
        v = scores[gate][np.abs(values - value).argmin()]
        drawing = Drawing(400)
        name = say("accuracy") if score is accuracy else "R²"
        spoken = say("{gate} pinned at {value}: {name} {score}; as learned: {whole}", gate=gate, name=name,
                     value=number(value), score=number(v, 2), whole=number(whole, 2))
        drawing.write(400, 26, spoken, 20, bold=True)
        legend = {say(NAMES[gate]): gate, say("as learned"): "x"}
        panel = axes(drawing, (4, 40, 792, 360), (0, 1), (low, 1.02),
                      say("value at which the gate is pinned"), name, "", legend)
        panel.line([0, 1], [whole, whole], "x")
        if among is not None:
            panel.across(1 / len(among), say("chance"))
        panel.line(values, scores[gate], gate)
        panel.dot(value, v, gate, 13)
        text = say("The score with gate {gate} pinned at each value from 0 to 1, beside the score as "
                   "learned.", gate=gate)
        return Picture(drawing, text, spoken)

    gates = [(say(NAMES[gate]), gate) for gate in GATES]
    return explore(draw, gate=choose(gates, label=say("which gate")),
                   value=slider(0., 1., .5, .05, say("pinned at")))
