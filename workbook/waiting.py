"""What a reader sees while networks learn: with progress_bar(300, networks=9): …

A bar, and which network learns, how far it is, its loss. On paper: how many have learned, and how long; and what one
that speaks said on its way.
"""
import html
from pathlib import Path

import anywidget
import traitlets

from lstmlib.model import watchers

from .ink import number
from .widgets import Note
from .words import say


class progress_bar(anywidget.AnyWidget):
    """A bar over all that is trained inside: with progress_bar(300, networks=9): …

    updates: of each network; sample() -> words shown beside the loss: what a network says by now; they stay, in a
    table, after 1 update, a tenth, a third and all of them. At most fifty messages go to the browser, however long
    it takes. ValueError if updates or networks is no whole number ≥ 1.
    """
    name = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    part = traitlets.Float().tag(sync=True)                              # of 1
    over = traitlets.Bool().tag(sync=True)
    _esm = Path(__file__).with_name("waiting.js")

    def __init__(self, updates, networks=1, sample=None):
        for what, n in (("updates", updates), ("networks", networks)):
            if not isinstance(n, int) or n < 1:
                raise ValueError(f"progress_bar: {what} = {n!r}; expected a whole number ≥ 1")
        self.updates, self.networks, self.sample = updates, networks, sample
        self.begun = self.seen = self.k = 0
        self.loss, self.said = None, dict.fromkeys((1, updates // 10, updates // 3, updates) if sample else ())
        super().__init__(name=say("{n} update[s]", n=updates) if networks == 1 else
                         say("{n} network[s], {updates} update[s] each", n=networks, updates=updates))

    def __enter__(self):
        from IPython.display import display
        display(self)
        watchers.append(self.see)

    def see(self, k, step):
        """Update k of a training; its first one is that of another network."""
        self.begun += k == 0
        self.seen += 1
        self.k, self.loss = k + 1, step.loss
        if self.k in self.said:
            self.said[self.k] = self.sample()
        if self.seen % max(1, self.updates * self.networks // 50) == 0:
            self.show(self.seen / self.updates / self.networks)

    def show(self, part, frame="{told}", over=False):
        told = [say("network {k} of {n}", k=self.begun, n=self.networks)] * (self.networks > 1)
        told += [say("update {k} of {n}", k=self.k, n=self.updates)]
        told += [] if self.loss is None else [f"{say('loss')} {number(self.loss)}"]
        told += [self.sample()] if self.sample else []
        with self.hold_sync():
            self.part, self.over, self.words = min(1., part), over, frame.format(told=" · ".join(told))

    def __exit__(self, kind, error, traceback):
        watchers.remove(self.see)
        if kind is None:
            self.show(1., over=True)
            if self.said:
                self.show_said()
            return
        self.show(self.part, say("Stopped: {told}", told="{told}"), over=True)
        if kind is KeyboardInterrupt:                        # IPython's way to say less than fifty lines
            error._render_traceback_ = lambda: [say("Stopped by you. Run the cell again to begin anew.")]

    def show_said(self):
        """A table of what it said on its way; the words hang on the processor, so that no test compares them."""
        from IPython.display import display
        left = 'style="text-align: left"'
        rows = "".join(f'<tr><td>{k}</td><td {left}><span class="measured">{html.escape(words or "…")}</span></td></tr>'
                       for k, words in self.said.items())
        display(Note(say("what the network says at update {k}", k=", ".join(map(str, self.said))),
                     f'<table><tr><th>{say("updates")}</th><th {left}>{say("what the network says")}</th></tr>{rows}'
                     '</table>'))

    def _repr_mimebundle_(self, **kwargs):
        live, _ = super()._repr_mimebundle_(**kwargs)
        return {**live, **Note(self.name)._repr_mimebundle_()}
