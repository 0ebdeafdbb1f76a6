"""What a chapter shows, as a page can have it: each picture of an explorer drawn beforehand, each answer ready.

`enter()` is called in the kernel that runs a chapter for the site. Explorers, guesses and quizzes then show what
replay.js gives to the very explorer.js and asked.js that JupyterLab uses, on a model that knows its answers.
"""
import base64
import itertools
import json
import re
import zlib
from types import SimpleNamespace

from .. import progress, questions
from ..quizzes import Number
from ..widgets import Choice, Explorer, Note, strip
from ..words import language, say

FRAMES = 4200                                        # more pictures than this, and some controls must have few stops


# --- explorers ------------------------------------------------------------------------------------------
def stops(control):
    """Where a control stands on the page: [(as it is shown, value), …]; one that is typed in or drawn on stays."""
    if isinstance(control, Choice):
        named = list(zip(control.look["shown"], control.options))
    elif isinstance(control, strip):
        named = list(zip(control.look["shown"], control.stops))
    else:
        return []
    return [stop for stop in named if control.fewer is None or stop[1] in control.fewer]


def nearest(value, there):
    """Which of the stops a value is, or lies nearest to; the greater one of two."""
    values = [v for _, v in there]
    return values.index(value) if value in values else min(
        range(len(values)), key=lambda k: (abs(values[k] - value), -values[k]))


def drawn(draw, ways):
    """All pictures of draw: the parts that they are made of, and for each place in them which part each picture has.

    A part that all have there is one number; else the numbers are told as steps from picture to picture.
    """
    pictures = [re.split("(?=<)", draw(values).svg()) for values in ways]
    parts, places = {}, []
    for column in itertools.zip_longest(*pictures, fillvalue=""):
        which = [parts.setdefault(part, len(parts)) for part in column]
        steps = [b - a for a, b in zip([0, *which], which)]
        places.append(steps if any(steps[1:]) else which[0])
    return {"parts": list(parts), "places": places}


def packed(data):
    """Data as deflated JSON, in letters."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def moving(explorer):
    """An explorer that moves on a page. ValueError where it would take more than FRAMES pictures."""
    controls = explorer.controls
    there = {name: stops(control) for name, control in controls.items()}
    moved = {name: control for name, control in controls.items() if there[name]}
    sizes, first, ranges = [], [], []
    for name, control in moved.items():
        n = len(there[name])
        if isinstance(control, strip):
            first.append([nearest(v, there[name]) for v in control.value])
            sizes += [n] * len(control.value)
            ranges.append(itertools.product([v for _, v in there[name]], repeat=len(control.value)))
        else:
            first.append(nearest(control.value, there[name]))
            sizes.append(n)
            ranges.append([v for _, v in there[name]])
    still = explorer.still._repr_mimebundle_()
    remark, lines = remarks(controls, there), {n: c.value for n, c in controls.items() if not there[n]}
    ways = [lines | dict(zip(moved, values)) for values in itertools.product(*ranges)]
    if len(ways) > FRAMES:
        raise ValueError(f"{len(ways)} pictures for {', '.join(moved)}; expected at most {FRAMES}: name few stops")
    if not moved:
        said = "".join(f"<p><q>{questions.page(line)}</q></p>" for line in lines.values())
        return {**still, "text/html": said + still["text/html"] + remark}
    hands = [control.look | ({"shown": [shown for shown, _ in there[name]]} if "shown" in control.look else {})
             for name, control in moved.items()]
    return {**still, "text/html": waking("explorer", still["text/html"], {
        "hands": hands, "first": first, "sizes": sizes, "words": explorer.words, "lang": language(),
        "frames": packed(drawn(lambda values: explorer.draw(**values), ways))}) + remark}


def remarks(controls, there):
    """What JupyterLab has and this page has not."""
    told = [say("To try a line of your own, run this cell in JupyterLab.") for c in controls.values()
            if c.look["kind"] == "line"]
    told += [say("To draw, run this cell in JupyterLab.") for c in controls.values() if c.look["kind"] == "own"]
    if any(len(there[name]) < len(stops_of_all(control)) for name, control in controls.items()):
        told.append(say("Here the controls stop at a few values; in JupyterLab they have them all."))
    return "".join(f'<p class="remark">{line}</p>' for line in told)


def stops_of_all(control):
    """Where a control stands in JupyterLab."""
    return getattr(control, "stops", getattr(control, "options", ()))


def waking(kind, still, data):
    """A still, and what replay.js puts in its place."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<div class="lstm-wakes" data-kind="{kind}">{still}<script type="application/json">{text}</script></div>'


# --- questions ------------------------------------------------------------------------------------------
BLANK = SimpleNamespace(read=lambda: (progress.blank(), ""), keep=lambda *_, **__: "")     # here the browser keeps


def opening(prompt):
    """What a Prompt shows before it is answered."""
    return {name: getattr(prompt, name) for name in ("ask", "options", "box", "closed", "said", "words", "language")}


def guess_of(predict, id):
    """A prediction that answers on a page: what it shows after each press; of a number, how to tell."""
    asked = questions.find(id)
    (prompt,) = predict(id).children
    data = {"id": id, "asked": opening(prompt)}
    if isinstance(asked, Number):
        data["number"] = number_of(asked)
    else:
        data["after"] = []
        for k in range(len(prompt.options)):
            (fresh,) = predict(id).children
            fresh.press(k)
            data["after"].append({name: getattr(fresh, name) for name in ("options", "closed", "said")})
    return data


def number_of(asked):
    """What tells a guess from the number: questions.compare, its sentences filled but for what is typed."""
    told = say("Your guess: {text}. It is kept. See what comes next, then compare.", text="{text}")
    answer = questions.answer_of(asked)
    return {"answer": asked.answer, "between": asked.between, "unreadable": say("Please type a number."),
            "traps": [[trap.value, questions.page(questions.tell(trap.why).format(**questions.values_of(asked)))]
                      for trap in asked.traps],
            "told": questions.paragraph(told.replace("{text}", questions.with_unit("{text}", asked))) +
            questions.opens(say("Compare with the answer"), "{verdict}"),
            "near": f"{say('Near enough.')} {questions.page(answer)}",
            "off": f"{{verdict}} {{way}} {say('The answer:')} {questions.page(answer)}",
            "verdicts": [say("Too small."), say("Too large."),
                         say("{times} times too small.", times="{times}"),
                         say("{times} times too large.", times="{times}")]}


def quiz_of(quiz, code):
    """A quiz that answers on a page: for each option its mark and what is said to it; and the score in words."""
    asked, (_, *rows, _) = questions.chapter(code).QUESTIONS, quiz(code).children
    data = []
    for question, prompt in zip(asked, rows):
        row = {"asked": opening(prompt), "after": {}, "right": question.options().index(question.right)}
        for k in [k for k in range(len(prompt.options)) if k != row["right"]] + [row["right"]]:
            prompt.press(k)
            row["after"][k] = {"option": prompt.options[k], "said": prompt.said}
        data.append(row)
    n = len(rows)
    score = [[say("Answered: {k} of {n}. Right at the first try: {right}.", k=k, n=n, right=right)
              for right in range(k + 1)] for k in range(n + 1)]
    return {"id": f"{code}-quiz", "title": say("Quiz of chapter {code}", code=code), "rows": data, "score": score,
            "left": say("Still to solve: {numbers}.", numbers="{numbers}"), "solved": say("All are solved.")}


# --- the stage ------------------------------------------------------------------------------------------
def enter():
    """From here on all that this kernel shows is as the site has it."""
    predict, quiz, questions.progress = questions.predict, questions.quiz, BLANK

    def guess(id):
        still = predict(id).still
        return Note(still.text, waking("guess", still.page, guess_of(predict, id)))

    def quizzed(code):
        still = quiz(code).still
        return Note(still.text, waking("quiz", still.page, quiz_of(quiz, code)))

    questions.predict, questions.quiz = guess, quizzed
    Explorer._repr_mimebundle_ = lambda self, **_: moving(self)
