"""What the chapters ask: guesses before a demo, and a quiz; read from the questions.toml of each room.

A wrong option is a belief that people really hold (BELIEFS); its answer names the experiment in which the
learner sees that it is not so (SEEN). A text is a pair, English and French; `backticks` mark code; {name} in
the texts of a Number stands for one of its values, written as the reader's language writes numbers. A value is a
number, or a formula in a string: "-1 / log2(0.9)".
"""
import math
from functools import cache
from typing import NamedTuple

from .room import Fault, data, line_of, pair, rooms, shared


class Option(NamedTuple):
    """One answer to choose: its id, what it says, why it is so or is not, where that is seen, whose belief.

    The id is what is kept of a learner's choice: it never changes, however its words are mended.
    """
    id: str
    text: tuple
    why: tuple
    see: str = ""                # a key of SEEN
    belief: int = 0              # a key of BELIEFS; 0 where the option is right


class Question(NamedTuple):
    """A question with one right option; as a prediction or in a quiz."""
    id: str
    ask: tuple
    right: Option
    wrong: list

    def options(self):
        """All options, the right one at a place that its id decides: the same one in every edition."""
        place = sum(self.id.encode()) % (len(self.wrong) + 1)
        return [*self.wrong[:place], self.right, *self.wrong[place:]]


class Trap(NamedTuple):
    """A wrong number and the way of thinking that leads to it."""
    value: float
    why: tuple
    belief: int


class Number(NamedTuple):
    """A prediction that is a number: the answer, the guesses that are near enough, why, known wrong ways."""
    id: str
    ask: tuple
    answer: float
    between: tuple               # guesses from between[0] to between[1] count as right
    unit: tuple
    why: tuple
    see: str
    traps: list
    values: dict = {}            # more numbers for the texts, beside {answer}


class Asked(NamedTuple):
    """All that a chapter asks."""
    PREDICTIONS: list
    QUESTIONS: list


@cache
def chapter(code):
    """What a chapter, "00" to "12", asks. ValueError for another code; Fault for what is wrong in its file."""
    if code not in rooms():
        raise ValueError(f"code is {code!r}; expected a chapter, one of {', '.join(rooms())}")
    path = rooms()[code].path / "questions.toml"
    asked = {kind: [_asked(path, entry) for entry in data(path).get(kind, [])] for kind in ("guess", "question")}
    return Asked(asked["guess"], asked["question"])


def options(id):
    """The options of the question or prediction with this id; [] where there are none."""
    asked = [q for kind in chapter(id[:2]) for q in kind if q.id == id] if id[:2] in rooms() else []
    return asked[0].options() if asked and isinstance(asked[0], Question) else []


def _asked(path, entry):
    """A Number or a Question from its table."""
    id = entry.get("id", "?")
    try:
        ask = pair(path, id, entry, "ask")
        if "answer" not in entry:
            made = {right: [_option(path, o) for o in entry["option"] if o.get("right", False) == right]
                    for right in (True, False)}
            (right,) = made[True]
            return Question(id, ask, right, made[False])
        traps = [Trap(_value(t["value"]), pair(path, id, t), t["belief"]) for t in entry["trap"]]
        return Number(id, ask, _value(entry["answer"]), tuple(map(_value, entry["between"])),
                      pair(path, id, entry, "unit"), pair(path, id, entry, "why"), entry["see"], traps,
                      {name: _value(v) for name, v in entry.get("values", {}).items()})
    except (KeyError, ValueError, NameError, SyntaxError) as why:
        raise Fault(path, line_of(path, id), f"{id}: {type(why).__name__}: {why}") from why


def _option(path, entry):
    return Option(entry["id"], pair(path, entry["id"], entry), pair(path, entry["id"], entry, "why"),
                  entry.get("see", ""), entry.get("belief", 0))


def _value(written):
    """A number, or what a formula of math's functions gives."""
    return written if isinstance(written, int | float) else eval(written, {"__builtins__": {}}, vars(math))


CHAPTERS = list(rooms())
BELIEFS = {int(key): belief for key, belief in shared("beliefs").items()}
SEEN = {key: (code, pair(room.path / "questions.toml", key, names))       # the chapter, what is done there
        for code, room in rooms().items() for key, names in data(room.path / "questions.toml").get("see", {}).items()}
