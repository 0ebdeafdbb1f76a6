"""The book of exercises: the right answers and the puzzles of all rooms, with the mistakes that are known."""
from functools import cache
from typing import NamedTuple

from .judge import Mistake, Verdict, judge
from .room import Fault, data, line_of, pair, rooms, shared
from .words import say


@cache
def book():
    """Every exercise and puzzle, {name: Exercise or Puzzle}, in the order of the course."""
    return {name: task for code in rooms() for kind in chapter(code).values() for name, task in kind.items()}


@cache
def chapter(code):
    """A chapter's {"exercises": {name: Exercise}, "puzzles": {name: Puzzle}}, their hints read from its room."""
    room = rooms()[code]
    if not room.has("answers"):
        return {"exercises": {}, "puzzles": {}}
    answers, path = room.module("answers"), room.path / "mistakes.toml"
    exercises, puzzles = {}, {}
    for task in answers.EXERCISES:
        name = task.right.__name__
        exercises[name] = task._replace(line=_line(path, task.line), mistakes=tuple(_mistakes(path, name)))
    for puzzle in answers.PUZZLES:
        name = puzzle.trial.__name__
        en, fr = _hints(path, name, data(path)["puzzle"][name])
        puzzles[name] = puzzle._replace(en=en, fr=fr)
    return {"exercises": exercises, "puzzles": puzzles}


class After(NamedTuple):
    """What surrounds an exercise: how long it takes, how hard it is, and what comes once it is solved."""
    minutes: int
    level: int                   # 1 easy, 2 takes thought, 3 hard
    ask: tuple                   # one more question: (en, fr)
    other: str                   # another way to write it, or ""


@cache
def after(name):
    """The After of an exercise, from its room's mistakes.toml; None where it has none, as puzzles do."""
    for code, room in rooms().items():
        if name in chapter(code)["exercises"]:
            path = room.path / "mistakes.toml"
            if entry := data(path).get("after", {}).get(name):
                return After(entry["minutes"], entry["level"], pair(path, name, entry), entry.get("other", ""))
    return None


def _mistakes(path, name, group=None, **values):
    """The known mistakes of an exercise in their order; those of a group it is like, with its own {q}, in between."""
    for entry in data(path).get(group or name, []):
        if "like" in entry:
            here = entry["like"] in data(path)
            from_ = path if here else path.parent.parent / "shared" / "affine.toml"
            own = {key: text for key, text in entry.items() if key != "like"}
            yield from _mistakes(from_, name, entry["like"], **own)
            continue
        if unknown := set(entry) - {"id", "edits", "en", "fr", "line", "each"}:
            raise Fault(path, line_of(path, entry.get("id", name)), f"{entry.get('id')}: unknown: {', '.join(unknown)}")
        for each in zip(*entry.get("each", {"": [""]}).values()):
            filled = values | dict(zip(entry.get("each", ()), each))
            en, fr = (tuple(_fill(text, filled) for text in texts) for texts in _hints(path, entry["id"], entry))
            yield Mistake(_fill(entry["id"], filled), tuple(_fill(text, filled) for text in entry["edits"]), en, fr)


def _fill(text, values):
    """A text in which {q} has become what q is."""
    for key, value in values.items():
        text = text.replace("{" + key + "}", value)
    return text


def _hints(path, name, entry):
    """The hints of a mistake or a puzzle in both languages, the line of the sheet last where it names one."""
    en, fr = pair(path, name, entry)
    line = _line(path, entry["line"]) if "line" in entry else ()
    return (en + line[:1], fr + line[1:])


def _line(path, key):
    """A line of the course sheet, or of the room's own: (English, French)."""
    known = shared("sheet") | data(path).get("line", {})
    if key not in known:
        raise Fault(path, line_of(path, key), f"there is no line {key!r}; there are {', '.join(known)}")
    return pair(path, key, known[key])


def check(name, answer):
    """Judges an answer, a function, to the exercise or puzzle of this name, and returns a Verdict that shows
    itself.
    """
    if not isinstance(name, str) or name not in book():
        return Verdict(str(name), "unknown", (say("there is no exercise of this name. Those there are: "
                                                  "{names}.", names=", ".join(book())),))
    return judge(book()[name], answer)
