"""The questions of the course for other programs: cards for Anki, and a bank for Moodle.

Anki: a text file with tabs and headers, as its manual has it under "Text Files"; the first column is a note's guid,
so what is imported again is updated. Moodle: GIFT, in which ~ = # { } : stand behind a backslash where they are text.
"""
import csv
import io
import re

from .questions import answer_of, marked, page, tell, values_of
from .quizzes import CHAPTERS, Number, chapter
from .words import say


def asked():
    """(code, question or prediction) of the whole course."""
    return [(code, one) for code in CHAPTERS for kind in chapter(code) for one in kind]


def anki():
    """(text, how many cards): on the front a question and its options, on the back the answer and why."""
    out = io.StringIO()
    out.write("#separator:tab\n#html:true\n#guid column:1\n#notetype:Basic\n#tags column:4\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for code, one in asked():
        options = "" if isinstance(one, Number) else "".join(f"<li>{page(tell(o.text))}</li>" for o in one.options())
        writer.writerow([f"lstm-{one.id}", f"<p>{page(tell(one.ask))}</p>" + f"<ul>{options}</ul>" * bool(options),
                         page(answer_of(one)), f"lstm chapter-{code}"])
    return out.getvalue(), len(asked())


def escaped(text):
    """A text within GIFT; `backticks` become code."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", page(text)).replace("\n", " ")


def moodle():
    """(text, how many questions): each wrong option and each known wrong number has its own answer."""
    parts, before = [], ""
    for code, one in asked():
        if code != before:
            parts.append(f"$CATEGORY: LSTM/{say('Chapter')} {code}")
            before = code
        if isinstance(one, Number):
            low, high = one.between
            why, values = escaped(tell(one.why).format(**values_of(one))), values_of(one)
            lines = [f"=%100%{low:.10g}..{high:.10g}#{why}"]
            lines += [f"=%0%{trap.value:.10g}:{abs(trap.value) * .02:.10g}#{escaped(tell(trap.why).format(**values))}"
                      for trap in one.traps if not low <= trap.value <= high]
            ask = tell(one.ask) + f" ({tell(one.unit)})" * bool(tell(one.unit))
        else:
            lines = [f"{'=' if o is one.right else '~'}{escaped(tell(o.text))}#{escaped(marked(one, o))}"
                     for o in one.options()]
            ask = tell(one.ask)
        kind = "#" if isinstance(one, Number) else ""
        parts.append(f"::{one.id}::[html]{escaped(ask)} {{{kind}\n" + "\n".join(lines) + "\n}")
    return "\n\n".join(parts) + "\n", len(asked())
