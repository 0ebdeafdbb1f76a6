"""Wrong numbers: in which cases, and where they first differ, with a picture."""

import numpy as np

from ..ink import number
from ..words import say
from .calls import Crash
from .dress import factor
from .results import ATOL, close, same
from .run import due
from .smallest import smallest
from .task import EDGE, SIZES, Wrong


def impure(ran):
    """Does the same call give the same result again, and find what came in as it was?"""
    if not isinstance(ran.again, Crash) and not same(ran.again, ran.results[0], ran.task):
        raise Wrong("impure", say("called twice with the same arguments, your function answers differently: "
                                  "something is kept from call to call, or drawn at random."))
    if ran.changed:
        raise Wrong("changed", say("your function changes its argument `{name}` in place: whoever called it finds "
                                   "other numbers there afterwards. Its result is not right yet.", name=ran.changed))


def partly(ran):
    """Is it right for the first example, or for some inputs?"""
    rows = [row for row in ran.arrays if ran.sizes[row.case] is not EDGE]      # a corner is one example
    batch = rows and all(a.shape == b.shape and b.ndim and b.shape[-1] == ran.sizes[k].B for k, _, a, b in rows)
    if batch and all(close(a[..., :1], b[..., :1]) for *_, a, b in rows) and not all(close(a, b) for *_, a, b in rows):
        raise Wrong("first only", say("right for the first example of the batch, wrong for the others: each "
                                      "column must be treated alike."))
    if told := where(ran):
        raise Wrong("some", told, *filter(None, [smallest(ran)]))


def where(ran):
    """For which inputs it is right, as far as that has been tried; "" if for none of the ordinary ones."""
    if not any(ran.ordinary):
        return ""
    if all(ran.ordinary):
        return say("right for ordinary inputs, wrong at the edge of what the task promises.")
    for sizes in SIZES if not ran.task.tolerance else ():             # what is drawn at random takes its time
        if all(ran.right[k] for k, n in enumerate(ran.sizes) if n is sizes) and all(_fresh(ran, sizes)):
            for name, n in sizes._asdict().items():
                if not any(_fresh(ran, sizes._replace(**{name: n + 1}))):
                    return say("right where {name} = {n}, wrong where it is {other} and all else is as before: what in "
                               "your function hangs on this size?", name=name, n=n, other=n + 1)
    return say("right for some inputs, wrong for others.")


def _fresh(ran, sizes):
    """Whether it is right on each of some new inputs of these sizes."""
    rng = np.random.default_rng(11)
    return [same(ran.anew(args), due(ran.task, args), ran.task)
            for _ in range(2) for args in ran.task.inputs(rng, sizes)]


def first_moment(ran):
    """At which moment does which inner quantity first differ?"""
    if not ran.looked:
        return
    yours, theirs, around = ran.looked
    T, backwards = len(next(iter(theirs.values()))), ran.task.backwards
    for k, t in enumerate(range(T)[::-1] if backwards else range(T)):
        for name, b in theirs.items():
            a = yours[name]
            if close(a[t], b[t], ATOL * np.abs(b).max()):
                continue
            if T == 1:
                told = say("the first wrong quantity is `{name}`.", name=name)
            elif k == 0:
                told = say("`{name}` is wrong from its first moment on, t = {t}.", name=name, t=t)
            elif backwards:
                told = say("`{name}` is right down to t = {t}, then it goes wrong.", name=name, t=t + 1)
            else:
                told = say("`{name}` is right up to t = {t}, then it goes wrong.", name=name, t=t - 1)
            if name.startswith("da_"):
                told += " " + say("It is read off your `dW`.")
            if by := factor([(a[t], b[t])], [{key: q[t] for key, q in around.items()}]):
                told += " " + say("There, your numbers are {what}.", what=by)
            raise Wrong("differs", told, _by_how_much(ran, name, a[t], b[t]), picture=_picture(name, a, b))


def first_array(ran):
    """Which array of the result is the first that differs? Always raises Said."""
    before = []
    for _, name, a, b in (row for row in ran.rows if row.case == ran.right.index(False)):
        if not close(a, b, ran.task.tolerance):
            told = say("`{name}` is not right yet.", name=name) if not before else say(
                "{before} right; the first wrong quantity is `{name}`.", before=", ".join(before), name=name)
            raise Wrong("differs", told, _by_how_much(ran, name, a, b), picture=_picture(name, a, b))
        before.append(f"`{name}`")


def _by_how_much(ran, name, a, b):
    off = np.abs(a - b)
    at = tuple(map(int, np.unravel_index(np.argmax(off), off.shape)))
    told = say("Largest difference: `{where}` is {a}, expected {b}.", a=number(a[at], 4), b=number(b[at], 4),
               where=f"{name}[{', '.join(map(str, at))}]" if at else name)
    if off.max() < 0.01 * np.abs(b).max():
        told += " " + say("That is close, yet more than rounding: look for a constant too many, or an approximation.")
    return f"{told} {smallest(ran)}".strip()


def _picture(name, a, b):
    """Yours - expected as a heat map, (svg, alt): time across and units down, or a matrix; of the example
    that differs most. None where there is too much to show, one number, or none.
    """
    d = np.atleast_2d(a - b).astype(float)
    timed = d.ndim == 3 and len(d) > 1
    if d.ndim == 3:
        d = np.take_along_axis(d, np.abs(d).argmax(-1)[..., None], -1)[..., 0].T if timed else d[0]
    if d.ndim != 2 or not 1 < d.size <= 600 or not np.isfinite(d).all():
        return None
    share = np.abs(d) / (np.abs(d).max() or 1)
    opacity = np.where(share < 10 * ATOL, 0, 0.15 + 0.85 * share)
    marks = [f'<rect x="{34 + 22 * x}" y="{18 + 22 * y}" width="20" height="20" stroke="#888" '
             f'fill="{"#0072B2" if v < 0 else "#D55E00"}" fill-opacity="{opacity[y, x]:.2f}"/>'
             for (y, x), v in np.ndenumerate(d)]
    marks += [f'<text x="{44 + 22 * x}" y="13" text-anchor="middle">{x}</text>' for x in range(d.shape[1])]
    marks += [f'<text x="28" y="{32 + 22 * y}" text-anchor="end">{y}</text>' for y in range(d.shape[0])]
    marks += ['<text x="28" y="13" text-anchor="end">t</text>'] * timed
    width, height = 40 + 22 * d.shape[1], 24 + 22 * d.shape[0]
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-size="11" '
           f'fill="#444" font-family="sans-serif">'
           f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(marks)}</svg>')
    y, x = map(int, np.unravel_index(share.argmax(), d.shape))
    v = number(d[y, x])
    if not timed:
        return svg, say("yours − expected, {name}, rows down and columns across: largest {v} in row {y}, "
                        "column {x}", name=name, v=v, y=y, x=x)
    good = ", ".join(str(t) for t in range(d.shape[1]) if not opacity[:, t].any()) or say("none")
    return svg, say("yours − expected, {name}, t across and units down: zero at t = {good}; largest {v} at "
                    "t = {x}, unit {y}", name=name, good=good, v=v, x=x, y=y)
