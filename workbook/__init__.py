"""What makes a notebook answer: check, predict, quiz, mine, board; explorers, plots; what the rooms offer.

Each name is fetched from its room when first asked for, so that importing is quick and light. A name that is
none of the workbook's own is looked for in the rooms of the course: their modules, what their OFFERS name.
"""

from importlib import import_module, util

_ROOMS = {
    "words": "language say speak", "widgets": "choose explore slider play text_input", "waiting": "progress_bar",
    "expected": "expect every median value true", "progress": "board mine", "aid": "check fresh sheet solution",
    "questions": "predict quiz", "review": "due_today", "trial": "be_the_judge", "room": "explorers kept"}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = sorted(_HOME)


def __getattr__(name):
    if name in _HOME:
        found = getattr(import_module(f".{_HOME[name]}", __name__), name)
    elif name.startswith("_") or util.find_spec(f"{__name__}.{name}") or (           # a module: Python loads it itself
            found := import_module(".room", __name__).gathered(name)) is None:
        raise AttributeError(f"workbook has no {name!r}")
    globals()[name] = found
    return found


def __dir__():
    return __all__
