"""The rooms of the course: course/c04_forget_gate/ holds all that chapter 04 is made of, and nobody else names it.

A fault in a room's data is told with its file and line.
"""
import re
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lstmlib import sweep

COURSE = Path(__file__).resolve().parent.parent / "course"
LANGUAGES = "en", "fr"


class Fault(Exception):
    """What is wrong with a file of a room; str() begins with the file and the line."""

    def __init__(self, path, line, what):
        super().__init__(f"{path.relative_to(COURSE.parent).as_posix()}:{line}: {what}")


class Room(NamedTuple):
    """One chapter's folder; code: "04"."""
    code: str
    path: Path

    def module(self, name):
        """The room's module of this name."""
        return import_module(f"course.{self.path.name}.{name}")

    def has(self, name):
        """Whether the room has a module of this name."""
        return (self.path / f"{name}.py").exists()


@cache
def rooms():
    """{"00": Room, …} in the order of the course."""
    return {path.name[1:3]: Room(path.name[1:3], path) for path in sorted(COURSE.glob("c[0-9][0-9]_*"))}


@cache
def data(path):
    """What a TOML file says; Fault where it cannot be read."""
    text = path.read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise Fault(path, line[1] if line else text.count("\n"), str(error)) from None


def shared(name):
    """What a file of course/shared says."""
    return data(COURSE / "shared" / f"{name}.toml")


def line_of(path, name):
    """The line at which a name in quotes first stands in a file."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((n for n, line in enumerate(lines, 1) if re.search(rf"['\"\[.]{re.escape(name)}['\"\].]", line)), 1)


def pair(path, name, entry, key=""):
    """(en, fr) of an entry, or of entry[key]: texts, or tuples of as many texts. Fault if one is missing."""
    both = tuple(entry.get(lang) if not key else entry.get(key, {}).get(lang) for lang in LANGUAGES)
    kinds = {type(half) for half in both}
    if len(kinds) > 1 or not kinds <= {str, list} or kinds == {list} and len(both[0]) != len(both[1]):
        raise Fault(path, line_of(path, name), f"{name}: expected en and fr, texts or lists of as many texts")
    return tuple(map(tuple, both)) if kinds == {list} else both


def gathered(name):
    """What the rooms offer notebooks under this name: a module of a room, or a name in a room's OFFERS."""
    for room in rooms().values():
        if room.has(name):
            return room.module(name)
        offers = getattr(import_module(f"course.{room.path.name}"), "OFFERS", {})
        for module, names in offers.items():
            if name in names.split():
                return getattr(room.module(module), name)
    return None


def pictures():
    """{name: module} of what the rooms' pictures.py offer in their __all__."""
    modules = [room.module("pictures") for room in rooms().values() if room.has("pictures")]
    return {name: module for module in modules for name in module.__all__}


class Explorers:
    """The rooms' pictures by name, whichever room they stand in: explorers.forget_gate()."""

    def __getattr__(self, name):
        if name.startswith("_"):                      # what Python and Jupyter ask of every object
            raise AttributeError(name)
        found = pictures()
        if name not in found:
            raise AttributeError(f"explorers has no {name!r}; expected one of {', '.join(sorted(found))}")
        return getattr(found[name], name)

    def __dir__(self):
        return sorted(pictures())


explorers = Explorers()


def kept(name):
    """What a room keeps: the results of a sweep, as "recall", {case: array of the scores of its seeds}; or arrays."""
    (path,) = (path for kind in ("csv", "npz") for path in COURSE.glob(f"*/{name}.{kind}"))
    return sweep.kept(path) if path.suffix == ".csv" else dict(np.load(path))
