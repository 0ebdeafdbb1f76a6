"""What a chapter claims stands in its room's claims.py, beside the control that could overturn it.

    @claim("On the stream a leak that listens to nothing is enough.",
           "Sur le flux, une fuite qui n'écoute rien suffit.",
           control=("f held at 0.9, from the first update on", "f maintenu à 0,9 dès la première mise à jour"))
    def a_leak_is_enough():
        return every("learned f", …) > .85, every("f = 0.9", …) > .85

The function measures, over sweep.SEEDS, by which nothing was chosen, both what is claimed and its control; what it
returns holds the bands. Where it has an argument lang, it is asked in each language. Tests run all of them;
`pytest tests/test_claims.py --keep` prints them into the guide.
"""
import inspect
from typing import NamedTuple

import numpy as np

from lstmlib.sweep import SEEDS, trained

from .room import LANGUAGES, rooms


class Claim(NamedTuple):
    """A sentence, what could overturn it, whose it is if not ours, and how it is measured; texts: (en, fr)."""
    says: tuple
    control: tuple
    source: str
    measure: callable

    @property
    def name(self):
        return self.measure.__name__

    @property
    def languages(self):
        """In which languages it is measured."""
        return LANGUAGES if "lang" in inspect.signature(self.measure).parameters else LANGUAGES[:1]


def claim(en, fr, control, source=""):
    """Marks a function as the measurement of a claim: control in both languages; source as "Gers et al. 2000"."""
    return lambda measure: Claim((en, fr), control, source, measure)


def claims(room):
    """What a room claims, in the order of its claims.py."""
    module = room.module("claims") if room.has("claims") else None
    return [found for found in vars(module).values() if isinstance(found, Claim)] if module else []


def all_claims():
    """(code, claim) of every room."""
    return [(code, one) for code, room in rooms().items() for one in claims(room)]


def scores(score, cell, task, H, updates, **how):
    """score(model) for each seed, of models that learned as by sweep.trained."""
    return np.array([score(trained(cell, task, H, updates, seed, **how)) for seed in SEEDS])
