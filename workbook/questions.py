"""Guesses before a demo and the quiz of a chapter, as widgets; and as pages to read where no kernel runs.

The first guess is kept before the answer can be seen. What is guessed stays on this machine (progress.py).
"""
import html
import re

import anywidget
import ipywidgets as W
import traitlets

from . import progress
from .plots import number
from .quizzes import CHAPTERS, SEEN, Number, chapter
from .widgets import Note
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

LOOKS = """<style>
.lstm-asked { max-width: 60em; border-left: 4px solid #0072B2; padding: .1em .8em }
.lstm-asked button { white-space: normal; text-align: left; line-height: 1.4; padding: .3em .8em;
    margin: 2px 0; width: auto; height: auto; max-width: 100%; overflow: visible; flex: none }
.lstm-asked .widget-html-content, .lstm-asked [role=status] { line-height: 1.5 }
.lstm-asked p { margin: .4em 2px }
.lstm-asked :is(button, summary):focus-visible { outline: 3px solid #0072B2; outline-offset: 2px }
</style>"""


class Asked(W.VBox):
    """Questions to answer; in their place, where no kernel runs, a page (and plain text) to read and open."""

    def __init__(self, children, still):
        super().__init__([W.HTML(LOOKS), *children])
        self.still = still
        self.add_class("lstm-asked")

    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), **self.still._repr_mimebundle_()}


class Spoken(anywidget.AnyWidget):
    """A place for words that a screen reader reads out whenever they change."""
    value = traitlets.Unicode().tag(sync=True)
    _esm = """export default { render({ model, el }) {
      el.setAttribute("role", "status");
      const show = () => { el.innerHTML = model.get("value"); };
      model.on("change:value", show);
      show();
    } };"""


def paragraph(text):
    """A paragraph that says in which language it is."""
    return f'<p lang="{language()}">{page(text)}</p>'


def option_buttons(question, chosen):
    """One button for each option; chosen(option, button) is called when it is pressed."""
    buttons = []
    for option in question.options():
        button = W.Button(description=tell(option.text).replace("`", ""))
        button.on_click(lambda button, option=option: chosen(option, button))
        buttons.append(button)
    return buttons


def predict(id):
    """Asks for a guess before a demo. The first guess is kept; then the answer may be opened and compared.

    id: of a prediction, as "04-half-life". ValueError for one that its chapter does not have.
    """
    asked = find(id)
    said = Spoken()

    def compared(guess, text, remark=""):
        verdict, why = compare(asked, guess)
        told = say("Your guess: {text}. It is kept. See what comes next, then compare.", text=text)
        said.value = paragraph(f"{told} {remark}") + opens(say("Compare with the answer"), f"{verdict} {why}")
        for part in parts:
            part.disabled = True

    def guessed(guess, text):
        compared(guess, text, progress.keep("predictions", id, guess=guess, right=is_right(asked, guess)))

    if isinstance(asked, Number):
        box = W.Text(description=say("Your guess"), style={"description_width": "initial"},
                     layout={"width": "14em"})
        button = W.Button(description=say("That is my guess"))
        unit = W.HTML(page(tell(asked.unit)))
        parts, rows = [box, button], [W.HBox([box, unit, button], layout={"flex_flow": "row wrap"})]

        def entered(*_):
            try:
                guess = read_number(box.value)
            except ValueError:
                said.value = paragraph(say("Please type a number."))
            else:
                guessed(guess, with_unit(box.value.strip(), asked))

        button.on_click(entered)
        box.on_msg(lambda _, content, buffers: content.get("event") == "submit" and entered())
    else:
        parts = rows = option_buttons(asked, lambda option, _: guessed(option.id, tell(option.text)))

    before = progress.read()[0]["predictions"].get(id, {}).get("guess")
    if isinstance(asked, Number) and isinstance(before, int | float):
        compared(before, with_unit(number(before), asked))
    elif not isinstance(asked, Number) and (option := option_of(asked, before)):
        compared(before, tell(option.text))
    title = say("Predict")
    return Asked([W.HTML(f"<b>{page(title)}</b>{paragraph(tell(asked.ask))}"), *rows, said],
                 Note(f"{title}\n{as_text(asked)}", boxed(title, as_page(asked))))


def quiz(code):
    """The quiz of a chapter, "00" to "09". The first answer to each question is kept.

    ValueError for another code.
    """
    questions = chapter(code).QUESTIONS
    first = dict(progress.read()[0]["answers"])
    score, rows = Spoken(), []

    def add_up():
        answered = [first[q.id].get("right") for q in questions if q.id in first]
        score.value = paragraph(say("Answered: {k} of {n}. Right at the first try: {right}.", k=len(answered),
                                    n=len(questions), right=sum(map(bool, answered))))

    def ask(k, question):
        said = Spoken()

        def chosen(option, button):
            right = option is question.right
            remark = progress.keep("answers", question.id, first=option.id, right=right,
                                   **({"found": True} if right else {}))
            first.setdefault(question.id, {"right": right})
            button.button_style = "success" if right else "danger"
            button.description = f"{'✓' if right else '✗'} {tell(option.text)}".replace("`", "")
            said.value = paragraph(f"{marked(question, option)} {remark}")
            add_up()

        asked = W.HTML(paragraph(f"{k}. {tell(question.ask)}"))
        return W.VBox([asked, *option_buttons(question, chosen), said])

    add_up()
    rows = [ask(k, question) for k, question in enumerate(questions, 1)]
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
