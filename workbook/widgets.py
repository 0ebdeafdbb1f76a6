"""The skin of everything that moves: explore(draw, …), a line to type in, a sound.

`draw(**values)` is pure: numbers in, a `plots.Picture` out. What is shown beside it is here, once: controls
with their keyboard, Reset, the lecture mode, a voice for screen readers, words in the picture's place if
`draw` fails, and a still first picture for pages without a kernel.
"""
import base64
import html
import io
import wave as waves
from pathlib import Path

import anywidget
import ipywidgets as W
import numpy as np
import traitlets

from .ink import number
from .words import say


class Note:
    """Words, or a piece of HTML and its words, that can stand where a Picture stands."""

    def __init__(self, text, page=None):
        self.text, self.page = text, page or f"<p>{html.escape(text)}</p>"

    def svg(self, lecture=False):
        return f'<div style="font-size:{26 if lecture else 16}px;line-height:1.4">{self.page}</div>'

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.page, "text/plain": self.text}


# --- controls -------------------------------------------------------------------------------------
WIDE = {"description_width": "215px"}
NEAR_ONE = (0., .1, .2, .3, .4, .5, .6, .7, .8, .85, .9, .92, .94, .95, .96, .97, .98, .985, .99, .995, .998,
            .999, 1.)                    # where a forget gate's slider stops: the nearer to 1, the closer


def slider(low, high, start, step=.1, label=""):
    """A number from low to high; whole numbers if all four are whole. It is shown as the reader writes it."""
    if all(isinstance(v, int) for v in (low, high, start, step)):
        return W.IntSlider(value=start, min=low, max=high, step=step, description=label, style=WIDE,
                           layout={"width": "100%", "max_width": "640px"})
    values = np.arange(round((high - low) / step) + 1) * step + low
    return stops((values.round(9) + 0).tolist(), start, label)                  # + 0: not −0


def stops(values, start, label=""):
    """A slider that stands only at these values: numbers, or pairs (shown, value)."""
    shown = [v if isinstance(v, tuple) else (number(v), v) for v in values]
    return W.SelectionSlider(options=shown, value=start, description=label, style=WIDE,
                             layout={"width": "100%", "max_width": "640px"})


def choose(options, start=None, label=""):
    """One of several: [(shown, value), …] or plain values; the first where start is not given."""
    first = options[0][1] if isinstance(options[0], tuple) else options[0]
    return W.Dropdown(options=options, value=first if start is None else start, description=label, style=WIDE,
                      layout={"width": "max-content", "max_width": "640px"})


def toggle(start=False, label=""):
    """Yes or no."""
    return W.Checkbox(value=start, description=label, indent=False, layout={"width": "max-content"})


def textbox(start="", label="", placeholder=""):
    """A line of the learner's own; answered on Enter."""
    return W.Text(value=start, description=label, placeholder=placeholder, continuous_update=False,
                  style=WIDE, layout={"width": "100%", "max_width": "640px"})


class player(W.HBox):
    """A step in time, 0 … n-1: play, or step with the arrow keys. moments: what each is called."""
    value = traitlets.Int(0)

    def __init__(self, moments, label="", start=0, milliseconds=400):
        n = len(moments)
        film = W.Play(min=0, max=n - 1, value=start, interval=milliseconds, show_repeat=False)
        hand = W.SelectionSlider(options=list(map(str, moments)), index=start, description=label, style=WIDE)
        hand.style.description_width = "initial"
        hand.layout = {"flex": "1 1 300px", "max_width": "640px", "margin": "0 0 0 12px"}
        W.jsdlink((film, "value"), (hand, "index"))         # one way: a hand need not wait for the film
        film.observe(lambda change: change["new"] and film.set_trait("value", hand.index % max(1, n - 1)),
                     "playing")
        traitlets.link((hand, "index"), (self, "value"))
        self.low, self.high = 0, n - 1
        room = {"width": "100%", "max_width": "760px", "flex_flow": "row wrap"}
        super().__init__([film, hand], layout=room)


class strip(W.HBox):
    """A row of upright sliders from low to high, one for each label: a value for each word of a sentence."""
    value = traitlets.Tuple()

    def __init__(self, labels, start, low=0., high=1., step=.05):
        self.low, self.high = low, high
        self.hands = [W.FloatSlider(value=v, min=low, max=high, step=step, description=label,
                                    orientation="vertical", readout=False,
                                    layout={"height": "150px", "width": "100%"})
                      for label, v in zip(labels, start, strict=True)]
        self.value = tuple(hand.value for hand in self.hands)
        for hand in self.hands:
            hand.observe(self._moved, "value")
        self.observe(self._set, "value")
        super().__init__(self.hands, layout={"width": "100%", "max_width": "800px"})

    def _moved(self, change):
        self.value = tuple(hand.value for hand in self.hands)

    def _set(self, change):
        if change["new"] != tuple(hand.value for hand in self.hands):
            for hand, v in zip(self.hands, change["new"]):
                hand.unobserve(self._moved, "value")
                hand.value = v
                hand.observe(self._moved, "value")


# --- the explorer ---------------------------------------------------------------------------------
class Voice(anywidget.AnyWidget):
    """Unseen: gives every slider its name, and speaks the picture's words when the hand has come to rest."""
    buttons = traitlets.List().tag(sync=True)
    _esm = Path(__file__).with_name("skin.js")
    _css = Path(__file__).with_name("skin.css")


class Explorer(W.VBox):
    """Controls over the picture that `draw` makes of their values; the first one, still, without a kernel."""

    def __init__(self, draw, controls):
        self.draw, self.controls = draw, controls
        self.first = {name: control.value for name, control in controls.items()}
        self.picture = W.HTML(layout={"width": "100%", "margin": "4px 0 0 0"})
        self.picture.add_class("lstm-picture")
        reset = W.Button(description=say("Reset"), icon="undo", layout={"width": "max-content"})
        reset.on_click(lambda _: self.reset())
        self.lecture = W.ToggleButton(description=say("Lecture mode"), icon="tv",
                                      layout={"width": "max-content"})
        self.lecture.observe(self._projected, "value")
        self._quiet = False
        for control in controls.values():
            control.observe(lambda _: self._redraw(), "value")
        hands = list(controls.values())
        if len(hands) > 3:                     # two columns, so that controls and picture share one window
            for hand in hands:
                hand.layout.max_width = "396px"
                hand.style.description_width = "180px"
            hands = [W.Box(hands, layout={"flex_flow": "row wrap", "width": "100%", "max_width": "820px"})]
        super().__init__([*hands, W.HBox([reset, self.lecture]), self.picture,
                          Voice(buttons=[say("Play"), say("Stop")])])
        self.add_class("lstm-explorer")
        self.still = self._redraw()

    def draw_now(self):
        """The Picture of the controls as they stand. An exception of `draw` is raised here, and only here."""
        return self.draw(**{name: control.value for name, control in self.controls.items()})

    def reset(self):
        """Every control as it was at first, drawn once."""
        self._quiet = True
        for name, control in self.controls.items():
            control.value = self.first[name]
        self._quiet = False
        self._redraw()

    def _redraw(self):
        if self._quiet:
            return None
        try:
            picture = self.draw_now()
        except Exception as error:             # a callback's exception would vanish: say it where it is seen
            picture = Note(say("This picture could not be drawn. {kind}: {error}", kind=type(error).__name__,
                               error=error))
            drawn = getattr(getattr(self, "still", None), "figure", None)
            if hasattr(drawn, "height"):       # the words take the picture's place, all of it
                place = f"aspect-ratio:800/{drawn.height};max-width:800px"
                picture.page = f'<div style="{place}">{picture.page}</div>'
        self.picture.value = picture.svg(self.lecture.value)
        return picture

    def _projected(self, change):
        (self.add_class if change["new"] else self.remove_class)("lstm-lecture")
        self._redraw()

    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), **self.still._repr_mimebundle_()}


def explore(draw, **controls):
    """An explorer of `draw(**values) -> Picture`: a control for each of its arguments, by name.

    Controls: slider, stops, choose, toggle, textbox, player, strip. ValueError if one is something else.
    """
    for name, control in controls.items():
        if not isinstance(control, W.Widget) or not control.has_trait("value"):
            raise ValueError(f"{name} is {control!r}; expected a control: slider(…), choose(…), toggle(…)")
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
    return Sound(wave, rate, text or say("A sound of {n} seconds", n=number(len(wave) / rate, 2)))
