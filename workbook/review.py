"""Questions that come back: what a quiz asked is asked again, the next day where it was missed, else later and later.

    due_today()                                in a notebook: up to ten questions that are due today
    python start.py review                     the same in a terminal
    python start.py review --anki FILE         all questions of the course as cards for Anki
    python start.py review --moodle FILE       the same for Moodle, in its GIFT format

Only what its learner has met in a quiz comes back, beliefs once held first. An answer that is right moves a question
one step further, a wrong one back to the first.
"""
import sys
from datetime import date, timedelta
from pathlib import Path

from . import cards, progress
from .questions import Asked, Prompt, as_page, as_text, boxed, marked, page, paragraph, shown, tell
from .quizzes import CHAPTERS, chapter
from .widgets import Note
from .words import say, speak

AFTER = 1, 3, 7, 21                        # days, step by step; whoever has come to the end stays there
MOST = 10                                  # questions a day


def after(step, today):
    """The day on which a question at this step is due."""
    return (today + timedelta(AFTER[step])).isoformat()


def standing(question, kept):
    """(step, due day) of a question that was met, from what is kept; None of one that was not.

    At first its quiz decides: due after a day where the first answer was wrong, else after the second interval.
    """
    if entry := kept["reviews"].get(question.id):
        return entry["step"], entry["due"]
    if entry := kept["answers"].get(question.id):
        step = int(bool(entry.get("right")))
        return step, after(step, date.fromisoformat(entry["time"][:10]))
    return None


def due(kept, today):
    """Up to MOST questions that are due: first those whose first answer in the quiz was a belief, then the oldest."""
    met = [(q, standing(q, kept)) for code in CHAPTERS for q in chapter(code).QUESTIONS]
    late = [(q, day) for q, (_, day) in filter(lambda pair: pair[1], met) if day <= today.isoformat()]
    late.sort(key=lambda pair: (bool(kept["answers"].get(pair[0].id, {}).get("right")), pair[1]))
    return [q for q, _ in late[:MOST]]


def answered(question, option, kept, today):
    """Keeps what an answer means for when the question comes again; returns a remark, "" where all went well."""
    step, _ = standing(question, kept)
    step = min(step + 1, len(AFTER) - 1) if option is question.right else 0
    return progress.keep("reviews", question.id, step=step, due=after(step, today))


def nothing(kept, today):
    """Why no question is due, and when the next one will be."""
    days = [found[1] for code in CHAPTERS for q in chapter(code).QUESTIONS if (found := standing(q, kept))]
    if not days:
        return say("Nothing is to be repeated yet: what you answer in the quiz of a chapter comes back here.")
    wait = (date.fromisoformat(min(days)) - today).days
    return say("Nothing is due today. The next question comes back in {n} day[s].", n=wait)


def due_today():
    """Up to ten questions that are due today, to be answered once each."""
    today, (kept, remark) = date.today(), progress.read()
    questions, title = due(kept, today), say("Questions that come back")
    if not questions:
        return Note(told := f"{remark} {nothing(kept, today)}".strip(), paragraph(told))

    def ask(k, question):
        def chosen(place):
            option = question.options()[place]
            remark = answered(question, option, progress.read()[0], today)
            mine, truth = (f"✎ {say('Your answer')} ·", "chosen"), f"✓ {say('Right.')}"
            prompt.options = [{**shown(o, *(mine if o is option else ())),
                               "truth": truth if o is question.right else ""} for o in question.options()]
            prompt.said = paragraph(f"{marked(question, option)} {remark}")
            prompt.closed = True

        options = [shown(option) for option in question.options()]
        prompt = Prompt(chosen, ask=paragraph(f"{k}. {tell(question.ask)}"), options=options)
        return prompt

    items = "".join(f"<li>{as_page(q)}</li>" for q in questions)
    still = Note("\n".join([title, *map(as_text, questions)]), boxed(title, f"<ol>{items}</ol>"))
    head = Prompt(ask=f"<b>{page(title)}</b>{paragraph(remark)}")
    return Asked([head, *(ask(k, question) for k, question in enumerate(questions, 1))], still)


def converse(hear=input):
    """The same in a terminal; hear: reads a line. The end of what is typed ends it, and so does an empty line."""
    today, (kept, remark) = date.today(), progress.read()
    questions = due(kept, today)
    print("\n".join(filter(None, [remark, "" if questions else nothing(kept, today)])))
    for k, question in enumerate(questions, 1):
        letters = dict(zip("abcd", question.options()))
        print("\n".join([f"{k}. {tell(question.ask)}", *(f"  {a}) {tell(o.text)}" for a, o in letters.items())]))
        letter = None
        while letter not in letters:
            try:
                letter = hear(say("{letters}, or Enter to stop: ", letters=", ".join(letters))).strip().lower()
            except EOFError:
                letter = ""
            if not letter:
                return
        option = letters[letter]
        print(marked(question, option), answered(question, option, progress.read()[0], today), "\n")


def main(words):
    """The command line; returns the exit code."""
    if words[:1] in (["fr"], ["en"]):
        speak(words.pop(0))
    if len(words) == 2 and words[0] in ("--anki", "--moodle"):
        made, n = cards.anki() if words[0] == "--anki" else cards.moodle()
        Path(words[1]).write_text(made, encoding="utf-8", newline="")
        print(say("{n} question[s] written to {name}.", n=n, name=words[1]))
    elif not words and progress.work_folder():
        converse()
    elif not words:
        print(say("No progress is kept here: this is no work folder."))
    else:
        print("python -m workbook review [fr|en] [--anki FILE | --moodle FILE]", file=sys.stderr)
        return 2
    return 0
