"""Guesses before a demo and the quiz of a chapter, as widgets; and as pages to read where no kernel runs.

The first guess is kept before the answer can be seen. What is guessed stays on this machine (progress.py).
"""
import html
import re
from pathlib import Path

import anywidget
import ipywidgets as W
import traitlets

from . import progress
from .plots import number
from .quizzes import CHAPTERS, SEEN, Number, chapter
from .widgets import Note, answer_meanwhile
from .words import language, say, typeset

# --- texts -----------------------------------------------------------------------------------------

def tell(pair):
    """A pair (English, French) in the reader's language."""
    return typeset(pair[1]) if language() == "fr" else pair[0]


def page(text):
    """Plain text as HTML: `backticks` become code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(text, quote=False))


def seen(key):
    """Where it is seen: the chapter and the name of what is done there."""
    code, name = SEEN[key]
    return say("See chapter {code}, “{name}”.", code=code, name=tell(name))


def reason(option):
    """Why an option is right or wrong, and where that is seen."""
    return f"{tell(option.why)} {seen(option.see)}"


def values_of(asked):
    """The numbers in the texts of a Number, as the reader writes them."""
    return {name: number(value) for name, value in {"answer": asked.answer, **asked.values}.items()}


def with_unit(text, asked):
    """A number, already written, and its unit."""
    return tell([f"{text} {unit}".strip() for unit in asked.unit])


def answer_of(asked):
    """The answer to a Number or a Question, in words."""
    if isinstance(asked, Number):
        told = tell(asked.why).format(**values_of(asked))
        return f"{with_unit(number(asked.answer), asked)}. {told} {seen(asked.see)}"
    return f"{tell(asked.right.text)}. {reason(asked.right)}"


def marked(question, option):
    """✓ or ✗, the same in words, and why."""
    return f"{'✓ ' + say('Right.') if option is question.right else '✗ ' + say('No.')} {reason(option)}"


# --- guesses ----------------------------------------------------------------------------------------

def read_number(text):
    """The number that a person typed: 6.6 or 6,6, −3, 1e-5, 50 %. ValueError where there is none."""
    value = float(re.sub(r"[\s%]", "", text).replace(",", ".").replace("−", "-"))
    if value != value:
        raise ValueError("nan is not a number")
    return value


def option_of(question, guess):
    """The option that was chosen, by its id; None if the question has no such option."""
    return next((o for o in question.options() if o.id == guess), None)


def is_right(asked, guess):
    """Whether a guess, a number or the id of an option, counts as right."""
    if isinstance(asked, Number):
        return asked.between[0] <= guess <= asked.between[1]
    return guess == asked.right.id


def compare(asked, guess):
    """How a guess stands to the answer, in words: (verdict, why)."""
    if not isinstance(asked, Number):
        option = option_of(asked, guess)
        if option is asked.right:
            return say("That is so."), reason(option)
        return say("It comes out otherwise."), f"{tell(option.why)} {say('The answer:')} {answer_of(asked)}"
    if is_right(asked, guess):
        return say("Near enough."), answer_of(asked)
    times = max(guess / asked.answer, asked.answer / guess) if guess * asked.answer > 0 else 0
    if 2 <= times < 1e6:
        verdict = (say("{times} times too large.", times=number(times, 2)) if guess > asked.answer else
                   say("{times} times too small.", times=number(times, 2)))
    else:
        verdict = say("Too large.") if guess > asked.answer else say("Too small.")
    trap = min(asked.traps, key=lambda trap: abs(guess - trap.value))
    caught = abs(guess - trap.value) <= 0.02 * abs(trap.value)
    way = tell(trap.why).format(**values_of(asked)) if caught else ""
    return verdict, f"{way} {say('The answer:')} {answer_of(asked)}".strip()


# --- pages without a kernel -------------------------------------------------------------------------

def opens(summary, body):
    """A line that opens to show more: a page's own way, which needs no kernel."""
    return f"<details><summary>{page(summary)}</summary><p>{page(body)}</p></details>"


def as_page(asked):
    """A question for a page without a kernel: each option opens its answer."""
    if isinstance(asked, Number):
        answers = opens(say("The answer"), answer_of(asked))
    else:
        answers = "".join(f"<li>{opens(tell(o.text), marked(asked, o))}</li>" for o in asked.options())
        answers = f'<ul style="list-style:none;padding-left:1em">{answers}</ul>'
    return f"<p>{page(tell(asked.ask))}</p>{answers}"


def as_text(asked):
    """A question in plain text, its answer at the end."""
    options = [] if isinstance(asked, Number) else [
        f"  {letter}) {tell(o.text)}" for letter, o in zip("abcd", asked.options())]
    return "\n".join([tell(asked.ask), *options, f"  {say('The answer:')} {answer_of(asked)}"])


def boxed(title, body):
    """A question's place on a page."""
    return (f'<div lang="{language()}" style="border-left:4px solid #0072B2;padding:.1em .8em;margin:.4em 0">'
            f"<p><b>{page(title)}</b></p>{body}</div>")


# --- widgets ----------------------------------------------------------------------------------------

class Prompt(anywidget.AnyWidget):
    """One question, as it stands: options to press or a box for a number, and what is said to it (asked.js).

    Its texts are HTML. answer(given) is called with the place of the option that was pressed, or with what was typed.
    """
    _esm = "".join(Path(__file__).with_name(name).read_text("utf-8") for name in ("skin.js", "asked.js"))
    _css = Path(__file__).with_name("asked.css")
    language = traitlets.Unicode().tag(sync=True)
    ask = traitlets.Unicode().tag(sync=True)
    options = traitlets.List().tag(sync=True)          # text, mark, kind; and truth, a mark seen once it is compared
    box = traitlets.Dict().tag(sync=True)              # label, unit, button, value; {} where there are options
    closed = traitlets.Bool().tag(sync=True)           # nothing is to be pressed any more
    said = traitlets.Unicode().tag(sync=True)          # read out whenever it changes
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, answer=None, **traits):
        words = {"busy": say("Another cell is running: the answer comes when it has finished."),
                 "restarted": say("The kernel was restarted: run this cell again."),
                 "asleep": say("Run this cell to wake its controls."),
                 "scrolls": say("wider than its place: arrow keys move it")}
        super().__init__(language=language(), words=words, **traits)
        answer_meanwhile(self)
        self.answer = answer
        self.on_msg(lambda _, content, buffers: self.press(content["given"]))

    def press(self, given):
        """What a press of a button does."""
        if not self.closed:
            with self.hold_sync():
                self.answer(given)
        self.send("heard")


def shown(option, mark="", kind=""):
    """An option as a Prompt shows it: a mark, that is a sign and a word, and what kind it is for the eye."""
    return {"text": page(tell(option.text)), "mark": mark, "kind": kind}


class Asked(W.VBox):
    """Prompts in a frame; in their place, where no kernel runs, a page (and plain text) to read and open."""

    def __init__(self, children, still, frame="lstm-frame"):
        super().__init__(children)
        self.still = still
        self.add_class(frame)

    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), **self.still._repr_mimebundle_()}


def paragraph(text):
    """A paragraph that says in which language it is."""
    return f'<p lang="{language()}">{page(text)}</p>'


def predict(id):
    """Asks for a guess before a demo. The first guess is kept; then the answer may be opened and compared.

    id: of a prediction, as "04-half-life". ValueError for one that its chapter does not have.
    """
    asked, title = find(id), say("Predict")
    prompt = Prompt(ask=f"<b>{page(title)}</b>{paragraph(tell(asked.ask))}")

    def kept():
        guess = progress.read()[0]["predictions"].get(id, {}).get("guess")
        fits = isinstance(guess, int | float) if isinstance(asked, Number) else option_of(asked, guess)
        return guess if fits else None

    def compared(guess, remark=""):
        verdict, why = compare(asked, guess)
        text = with_unit(number(guess), asked) if isinstance(asked, Number) else tell(option_of(asked, guess).text)
        told = say("Your guess: {text}. It is kept. See what comes next, then compare.", text=text)
        prompt.said = paragraph(f"{told} {remark}") + opens(say("Compare with the answer"), f"{verdict} {why}")
        if isinstance(asked, Number):
            prompt.box = {**prompt.box, "value": number(guess)}
        else:
            mine = f"✎ {say('Your guess')} ·", "chosen"
            prompt.options = [{**shown(o, *(mine if o.id == guess else ())),
                               "truth": f"✓ {say('Right.')}" if o is asked.right else ""} for o in asked.options()]
        prompt.closed = True

    def guessed(guess):
        remark = progress.keep("predictions", id, guess=guess, right=is_right(asked, guess))
        compared(guess if (first := kept()) is None else first, remark)         # another notebook may have been first

    def entered(text):
        try:
            guess = read_number(text)
        except ValueError:
            prompt.said = paragraph(say("Please type a number."))
        else:
            guessed(guess)

    if isinstance(asked, Number):
        prompt.answer = entered
        prompt.box = {"label": say("Your guess"), "unit": tell(asked.unit), "button": say("That is my guess")}
    else:
        prompt.answer = lambda place: guessed(asked.options()[place].id)
        prompt.options = [shown(option) for option in asked.options()]
    if (before := kept()) is not None:
        compared(before)
    return Asked([prompt], Note(f"{title}\n{as_text(asked)}", boxed(title, as_page(asked))))


def tried(question, entry):
    """The options that were tried, by what is kept: the wrong ones in their order, and the right one, once found.

    An entry of an older version knows only the first, and whether the right one was found.
    """
    ids = entry["tried"] if isinstance(entry.get("tried"), list) else [entry.get("first")]
    right = question.right.id in ids or entry.get("found") is True
    return [option for id in ids if (option := option_of(question, id)) in question.wrong] + [question.right] * right


def quiz(code):
    """The quiz of a chapter, "00" to "12". What was tried is kept and stands there again; what is solved is closed.

    ValueError for another code.
    """
    questions = chapter(code).QUESTIONS
    kept, score = progress.read()[0]["answers"], Prompt()
    entries = {q.id: kept.get(q.id, {}) for q in questions}

    def add_up():
        answered = [bool(entry.get("right")) for entry in entries.values() if entry]
        left = [str(k) for k, q in enumerate(questions, 1) if q.right not in tried(q, entries[q.id])]
        told = say("Answered: {k} of {n}. Right at the first try: {right}.", k=len(answered), n=len(questions),
                   right=sum(answered))
        rest = say("Still to solve: {numbers}.", numbers=", ".join(left)) if left else say("All are solved.")
        score.said = paragraph(f"{told} {rest}")

    def ask(k, question):
        def show(remark=""):
            known = tried(question, entries[question.id])
            marks = [(f"✓ {say('Right.')}", "right") if o is question.right else (f"✗ {say('No.')}", "wrong")
                     for o in question.options()]
            prompt.options = [shown(o, *(mark if o in known else ())) for o, mark in zip(question.options(), marks)]
            prompt.closed = question.right in known
            prompt.said = paragraph(f"{marked(question, known[-1])} {remark}") if known else ""

        def chosen(place):
            entry = progress.read()[0]["answers"].get(question.id, entries[question.id])
            option, known, remark = question.options()[place], tried(question, entry), ""
            if question.right not in known:                           # in another notebook, that is
                right, ids = option is question.right, [o.id for o in known if o is not option] + [option.id]
                new = {"first": option.id, "right": right, "tried": ids, **({"found": True} if right else {})}
                entry, remark = {**new, **entry, "tried": ids}, progress.keep("answers", question.id, **new)
            entries[question.id] = entry
            show(remark)
            add_up()

        prompt = Prompt(chosen, ask=paragraph(f"{k}. {tell(question.ask)}"))
        show()
        return prompt

    rows = [ask(k, question) for k, question in enumerate(questions, 1)]
    add_up()
    title = say("Quiz of chapter {code}", code=code)
    text = "\n".join([title, *(f"{k}. {as_text(q)}" for k, q in enumerate(questions, 1))])
    items = "".join(f"<li>{as_page(q)}</li>" for q in questions)
    still = Note(text, boxed(title, f"<ol>{items}</ol>"))
    return Asked([W.HTML(f"<b>{page(title)}</b>"), *rows, score], still)


def find(id):
    """The prediction with this id. ValueError naming those of its chapter if there is none."""
    known = chapter(id[:2]).PREDICTIONS if isinstance(id, str) and id[:2] in CHAPTERS else []
    for asked in known:
        if asked.id == id:
            return asked
    names = ", ".join(asked.id for asked in known) or 'a chapter\'s, as "04-half-life"'
    raise ValueError(f"id is {id!r}; expected one of the predictions: {names}")
