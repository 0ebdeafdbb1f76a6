"""The class in a mirror: which mistakes and beliefs how many have, and what to talk about first. Nobody is named."""
import html
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from . import progress
from .questions import is_right, option_of, page, tell, values_of
from .quizzes import CHAPTERS, SEEN, Number, chapter
from .room import rooms
from .words import LANGUAGES, language, say

OF_NO_USE = {"right", "blank", "missing", "not graded", "died", "time", "disk"}    # kinds that show no way of thinking


class Find(NamedTuple):
    """Something that several have in common: where, in whose words, how many, an example, where it is dispelled."""
    where: str
    words: str
    n: int
    example: str
    place: str


def body(rows, boards):
    """The page; rows as in marks.write, boards: a folder with progress files, or None."""
    graded = [g for _, grades in rows for g in grades]
    wrong, held = mistakes(graded), beliefs(boards) if boards else {}
    believed = [found for found, _ in held.values()]
    chapters = [code for code in CHAPTERS if any(code in counts for _, counts in held.values())]
    first = sorted([*wrong, *believed], key=lambda find: -find.n)[:3]
    return "".join([
        f"<p>{say('{n} submission[s]. Nobody is named here.', n=len(rows))}</p>",
        _section(say("Talk about these three on Monday"), f"<ol>{''.join(map(_talk, first))}</ol>" * bool(first)),
        _section(say("Exercises"), _exercises(graded)),
        _section(say("Mistakes"), _table([say("Exercise"), say("Learners"), say("Mistake"), say("An example")], [
            [find.where, find.n, page(find.words), _code(find.example)] for find in wrong])),
        _section(say("Beliefs held"), _table([say("Belief"), *chapters, say("Where it is dispelled")], [
            [page(find.words), *(counts.get(code, "") for code in chapters), page(find.place)]
            for find, counts in sorted(held.values(), key=lambda pair: -pair[0].n)]))])


def mistakes(graded):
    """The Finds among wrong answers, most frequent first; the example is the shortest answer."""
    groups = {}
    for g in graded:
        if g.kind not in OF_NO_USE:
            groups.setdefault((g.exercise, tuple(g.mistakes) or g.kind), []).append(g)
    found = [Find(f"{alike[0].chapter} · {exercise}", alike[0].said, len(alike),
                  min((g.answer for g in alike if g.answer), key=len, default=""), section(exercise, language()))
             for (exercise, _), alike in groups.items()]
    return sorted(found, key=lambda find: -find.n)


def beliefs(folder):
    """{belief: (Find, {chapter: learners who held it there})} of the boards in a folder."""
    held = {}
    for path in sorted(Path(folder).rglob("*.json")):
        try:
            data = progress.parse(path)
        except OSError:
            continue
        if data and data["version"] == progress.VERSION:
            for belief, code, words, see in set(_held(data)):
                held.setdefault(belief, []).append((path, code, words, see))
    out = {}
    for belief, entries in held.items():
        words, see = max(((words, see) for _, _, words, see in entries),
                         key=lambda said: sum(said == entry[2:] for entry in entries))
        counts = {code: len({path for path, at, *_ in entries if at == code}) for code in CHAPTERS}
        place = f"{SEEN[see][0]} · {tell(SEEN[see][1])}" if see in SEEN else ""
        out[belief] = (Find(say("Belief"), words, len({path for path, *_ in entries}), "", place),
                       {code: n for code, n in counts.items() if n})
    return out


def _held(data):
    for code in CHAPTERS:
        for kind, field, asked in (("predictions", "guess", chapter(code).PREDICTIONS),
                                   ("answers", "first", chapter(code).QUESTIONS)):
            for one in asked:
                given = data[kind].get(one.id, {}).get(field)
                if isinstance(one, Number):
                    for trap in one.traps if isinstance(given, int | float) and not is_right(one, given) else ():
                        if abs(given - trap.value) <= 0.02 * abs(trap.value):
                            yield trap.belief, code, tell(trap.why).format(**values_of(one)), one.see
                elif (option := option_of(one, given)) and option.belief:
                    yield option.belief, code, f"{tell(one.ask)} {tell(option.text)}", option.see


@cache
def section(exercise, lang):
    """The section of the course that an exercise stands in, with its chapter: "04 · The gate"."""
    for code, room in rooms().items():
        heads = dict.fromkeys(LANGUAGES, "")
        for cell in re.split(r"(?m)^# %%", (room.path / "chapter.py").read_text(encoding="utf-8")):
            if (told := re.search(r'lang="(\w+)"', cell)) and (head := re.search(r"(?m)^# ##? (?:\d+ · )?(.*)", cell)):
                heads[told[1]] = head[1]
            if f'check("{exercise}"' in cell:
                return f"{code} · {heads[lang]}"
    return ""


def _exercises(graded):
    names = list(dict.fromkeys((g.chapter, g.exercise) for g in graded))
    kinds = {say("correct"): {"right"}, say("not written"): {"blank", "missing"}}
    rows = []
    for code, name in names:
        here = [g.kind for g in graded if g.exercise == name]
        counts = [sum(kind in among for kind in here) for among in kinds.values()]
        rows.append([f"{code} · {name}", *counts, len(here) - sum(counts)])
    return _table([say("Exercise"), *kinds, say("wrong")], rows)


def _talk(find):
    place = f"<p>{say('Show it in:')} {page(find.place)}</p>" if find.place else ""
    return (f"<li><p><strong>{html.escape(find.where)}</strong> ({say('{n} learner[s]', n=find.n)}). "
            f"{page(find.words)}</p>{_code(find.example)}{place}</li>")


def _section(title, inner):
    return f"<section><h2>{html.escape(title)}</h2>{inner or '<p>' + say('Nothing to tell.') + '</p>'}</section>"


def _table(heads, rows):
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in heads)
    lines = ["".join(f'<th scope="row">{value}</th>' if k == 0 else
                     f"<td{' class=n' if isinstance(value, int) else ''}>{value}</td>" for k, value in enumerate(row))
             for row in rows]
    return f"<table><thead><tr>{head}</tr></thead><tbody><tr>{'</tr><tr>'.join(lines)}</tr></tbody></table>"


def _code(text):
    return f"<pre><code>{html.escape(text)}</code></pre>" if text else ""
