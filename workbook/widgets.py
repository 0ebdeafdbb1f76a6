"""What a hand moves: explore(draw, …), a line to type in; and a sound.

`draw(**values)` is pure: numbers in, a `plots.Picture` out. Its controls are data, which explorer.js draws in the
skin that machines have too (skin.js, skin.css). If `draw` fails, words take the picture's place; on a page without
a kernel the first picture stands there, still.
"""
import base64
import html
import io
import wave as waves
from pathlib import Path

import anywidget
import numpy as np
import traitlets
from IPython import get_ipython

from .ink import number
from .words import language, say


class Note:
    """Words, or a piece of HTML and its words, that can stand where a Picture stands."""

    def __init__(self, text, page=None):
        self.text, self.page = text, page or f"<p>{html.escape(text)}</p>"

    def svg(self, lecture=False):
        return f'<div style="font-size:{26 if lecture else 16}px;line-height:1.4">{self.page}</div>'

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.page, "text/plain": self.text}


# --- controls -------------------------------------------------------------------------------------
NEAR_ONE = (0., .1, .2, .3, .4, .5, .6, .7, .8, .85, .9, .92, .94, .95, .96, .97, .98, .985, .99, .995, .998,
            .999, 1.)                    # where a forget gate's slider stops: the nearer to 1, the closer


class Control(traitlets.HasTraits):
    """What a hand moves: a `value`, and how it looks, as explorer.js draws a `kind`. at: where it stands."""
    value = traitlets.Any()
    fewer = None

    def __init__(self, kind, value, label="", **look):
        self.look = {"kind": kind, "label": label, **look}
        super().__init__(value=value)

    at = property(lambda self: self.value, lambda self, at: self.set_trait("value", at))

    def few(self, *values):
        """The same control; where no kernel runs, and each picture is drawn beforehand, it stands at these alone."""
        self.fewer = values
        return self


class Choice(Control):
    """A control that stands at one of its `options`, pairs (shown, value). at: which of them."""

    def __init__(self, kind, options, value, label="", **look):
        shown, self.options = zip(*options)
        super().__init__(kind, value, label, shown=list(map(str, shown)), **look)

    @traitlets.validate("value")
    def _one_of_them(self, proposal):
        if proposal["value"] not in self.options:
            raise ValueError(f"value is {proposal['value']!r}; expected one of {list(self.options)}")
        return self.options[self.options.index(proposal["value"])]         # 1. where the stop is 1., not 1

    at = property(lambda self: self.options.index(self.value),
                  lambda self, at: self.set_trait("value", self.options[at]))


def steps(low, high, step):
    """The numbers from low to high; whole ones if all three are whole."""
    if all(isinstance(v, int) for v in (low, high, step)):
        return range(low, high + 1, step)
    return ((np.arange(round((high - low) / step) + 1) * step + low).round(9) + 0).tolist()       # + 0: not −0


def slider(low, high, start, step=.1, label=""):
    """A number from low to high; whole numbers if all four are whole. It is shown as the reader writes it."""
    return stops(steps(low, high, step if isinstance(start, int) else float(step)), start, label)


def stops(values, start, label=""):
    """A slider that stands only at these values: numbers, or pairs (shown, value)."""
    return Choice("range", [v if isinstance(v, tuple) else (number(v), v) for v in values], start, label)


def choose(options, start=None, label=""):
    """One of several: [(shown, value), …] or plain values; the first where start is not given."""
    pairs = [option if isinstance(option, tuple) else (option, option) for option in options]
    return Choice("choice", pairs, pairs[0][1] if start is None else start, label)


def textbox(start="", label="", placeholder=""):
    """A line of the learner's own; answered on Enter, as the button beside it says."""
    return Control("line", start, label, placeholder=placeholder or say("write, then press Enter"))


def player(moments, label="", start=0, milliseconds=400):
    """A step in time, 0 … n-1: play, or step with the arrow keys. moments: what each is called."""
    return Choice("film", [(moment, k) for k, moment in enumerate(moments)], start, label, milliseconds=milliseconds)


class strip(Control):
    """A row of upright sliders from low to high, one for each label: a value for each word of a sentence."""

    def __init__(self, labels, start, low=0., high=1., step=.05):
        self.stops = steps(low, high, float(step))
        if len(labels) != len(start):
            raise ValueError(f"start has {len(start)} values, labels has {len(labels)}; expected as many")
        super().__init__("strip", tuple(start), list(labels), shown=list(map(number, self.stops)))

    def _nearest(self):
        return [int(np.argmin(np.abs(np.array(self.stops) - v))) for v in self.value]

    at = property(_nearest, lambda self, at: self.set_trait("value", tuple(self.stops[k] for k in at)))


# --- the explorer ---------------------------------------------------------------------------------
HERE = Path(__file__).parent
SKIN, STYLE = ((HERE / name).read_text(encoding="utf-8") for name in ("skin.js", "skin.css"))


def skin_words():
    """What the skin says, in the reader's language."""
    return {"reset": say("Reset"), "lecture": say("Lecture mode"), "play": say("Play"), "stop": say("Stop"),
            "scrolls": say("wider than its place: arrow keys move it")}


SHOWN = {}                       # of each cell: its run, and that run's explorers


def forget_former(explorer):
    """Close the explorers that the same cell of JupyterLab showed when it ran before."""
    parent = getattr(get_ipython(), "parent_header", None) or {}
    cell, run = parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")
    if cell:
        before, former = SHOWN.get(cell, (run, []))
        while before != run and former:
            for model in (former[-1].layout, former.pop()):
                model.close()
        SHOWN[cell] = run, [*former, explorer]


def answer_meanwhile(widget):
    """Let JupyterLab's subshell answer while a cell runs; ipykernel would have the first answer wait for the cell."""
    widget.comm._reply_subshell_for = None


class Explorer(anywidget.AnyWidget):
    """Controls over the picture that `draw` makes of their values; the first one, still, without a kernel.

    asked: where the hand has put the controls, and whether in lecture mode; drawn: what `picture` shows of it.
    """
    _esm = SKIN + (HERE / "explorer.js").read_text(encoding="utf-8")
    _css = STYLE
    hands, first = traitlets.List().tag(sync=True), traitlets.List().tag(sync=True)
    words, asked, drawn = (traitlets.Dict().tag(sync=True) for _ in range(3))
    lang, picture = traitlets.Unicode().tag(sync=True), traitlets.Unicode().tag(sync=True)

    def __init__(self, draw, controls):
        self.draw, self.controls = draw, controls
        first = [control.at for control in controls.values()]
        words = skin_words() | {
            "enter": say("↵ Enter"), "busy": say("Another cell is running: the answer comes when it has finished."),
            "restarted": say("The kernel was restarted: run this cell again."),
            "asleep": say("Run this cell to wake its controls.")}
        super().__init__(hands=[control.look for control in controls.values()], words=words, lang=language(),
                         first=first, asked={"at": first, "lecture": False})
        answer_meanwhile(self)
        for control in controls.values():
            control.observe(self._moved, "value")
        self.still = self._redraw()
        self.observe(self._answer, "asked")
        forget_former(self)

    def draw_now(self):
        """The Picture of the controls as they stand. An exception of `draw` is raised here, and only here."""
        return self.draw(**{name: control.value for name, control in self.controls.items()})

    def reset(self):
        """Every control as it was at first, drawn once."""
        self.asked = self.asked | {"at": self.first}

    def _moved(self, _):
        self.asked = self.asked | {"at": [control.at for control in self.controls.values()]}

    def _answer(self, _):
        for control, at in zip(self.controls.values(), self.asked["at"], strict=True):
            control.unobserve(self._moved, "value")
            if control.at != at:
                control.at = at
            control.observe(self._moved, "value")
        self._redraw()

    def _redraw(self):
        try:
            picture = self.draw_now()
        except Exception as error:             # a callback's exception would vanish: say it where it is seen
            picture = Note(say("This picture could not be drawn. {kind}: {error}", kind=type(error).__name__,
                               error=error))
            drawn = getattr(getattr(self, "still", None), "figure", None)
            if hasattr(drawn, "height"):       # the words take the picture's place, all of it
                place = f"aspect-ratio:800/{drawn.height};max-width:800px"
                picture.page = f'<div style="{place}">{picture.page}</div>'
        with self.hold_sync():                 # a picture travels with what it shows
            self.picture, self.drawn = picture.svg(self.asked["lecture"]), self.asked
        return picture

    def _repr_mimebundle_(self, **kwargs):
        live, _ = super()._repr_mimebundle_(**kwargs)
        return {**live, **self.still._repr_mimebundle_()}


def explore(draw, **controls):
    """An explorer of `draw(**values) -> Picture`: a control for each of its arguments, by name.

    Controls: slider, stops, choose, toggle, textbox, player, strip. ValueError if one is something else.
    """
    for name, control in controls.items():
        if not isinstance(control, Control):
            raise ValueError(f"{name} is {control!r}; expected a control: slider(…), choose(…)")
    return Explorer(draw, controls)


def text_input(answer, start, label="", placeholder=""):
    """A line to type in. `answer(line)` is a Picture or a string, shown as it is; the still answers start."""
    def draw(line):
        said = answer(line)
        return Note(said) if isinstance(said, str) else said
    return explore(draw, line=textbox(start, label, placeholder))


# --- sound ----------------------------------------------------------------------------------------
class Sound:
    """A wave (N,) from -1 to 1 as something to listen to; `text` for those who cannot hear it."""

    def __init__(self, wave, rate, text):
        wave = np.asarray(wave, float)
        if wave.ndim != 1 or not np.isfinite(wave).all():
            raise ValueError(f"wave has shape {wave.shape}; expected (N,) finite numbers from -1 to 1")
        self.text = text
        file = io.BytesIO()
        with waves.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(int(rate))
            out.writeframes(np.int16(np.clip(wave, -1, 1) * 32767).astype("<i2").tobytes())
        self.wav = file.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        label, data = html.escape(self.text), base64.b64encode(self.wav).decode()
        page = (f'<figure style="margin:0"><figcaption>{label}</figcaption>'
                f'<audio controls aria-label="{label}" src="data:audio/wav;base64,{data}"></audio></figure>')
        return {"text/html": page, "text/plain": self.text}


def play(wave, rate=8000, text=None):
    """A sound to listen to: wave (N,) from -1 to 1, rate samples a second. ValueError: another shape, NaN."""
    return Sound(wave, rate, text or say("A sound of {n} second[s]", n=number(len(wave) / rate, 2)))
