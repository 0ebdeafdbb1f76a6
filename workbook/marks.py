"""Where the marks of a class go: JSON, a table, Gradescope, a page for each learner, a page about the class."""
import csv
import html
import io
import json
import os
from pathlib import Path

from . import mirror
from .exercises import book
from .progress import cell
from .words import language, say

STYLE = """body { max-width: 60em; margin: 2em auto; padding: 0 1em; font: 1em/1.5 system-ui, sans-serif; color: #222 }
table { border-collapse: collapse; margin: 1em 0 } th, td { border-bottom: 1px solid #ccc; padding: .3em .8em .3em 0;
text-align: left; vertical-align: top } pre { background: #f4f4f4; padding: .6em; overflow-x: auto }
img { max-width: 100% } td.n { text-align: right }"""


def write(rows, options):
    """Writes what the options ask for of the class; rows: (what JSON holds of a submission, its Grades)."""
    if options.json:
        whole(options.json, json.dumps([row for row, _ in rows], indent=1, ensure_ascii=False))
    if options.csv:
        whole(options.csv, "\ufeff" + table(rows))         # by this mark Excel knows UTF-8
    if options.report:
        whole(options.report, page(say("The class, seen from above"), mirror.body(rows, options.boards)))


def hand_back(name, row, grades, options):
    """Writes what the options ask for of one submission, which is called so."""
    if options.gradescope:
        told = json.dumps(gradescope(row, grades), indent=1, ensure_ascii=False)
        whole(options.gradescope / name / "results.json", told)
    if options.pages:
        whole(options.pages / f"{name}.html", page(name, verdicts(row, grades)))


def names(submissions):
    """A name for each submission: its path below the folder that all lie in, in one piece."""
    paths = [Path(os.path.abspath(submission)) for submission in submissions]
    home = os.path.commonpath([path.parent for path in paths])
    return ["-".join(path.relative_to(home).with_suffix("").parts) for path in paths]


def table(rows):
    """CSV: a line for each submission, a column for each exercise. No text of a learner's becomes a formula."""
    scores = [{g.exercise: g.score for g in grades} for _, grades in rows]
    columns = [name for name in book() if any(name in score for score in scores)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["submission", "score", "of", "remark", *columns])
    for (row, _), score in zip(rows, scores):
        writer.writerow([*(cell(row[key]) for key in ("submission", "score", "of", "remark")),
                         *(score.get(name, "") for name in columns)])
    return out.getvalue()


def gradescope(row, grades):
    """What Gradescope reads as results.json."""
    tests = [{"name": g.exercise, "number": g.chapter, "score": g.score, "max_score": 1, "output": g.said,
              "output_format": "text", "status": "passed" if g.score else "failed", "visibility": "visible"}
             for g in grades]
    return {"score": row["score"], "output": row["remark"], "output_format": "text", "visibility": "visible",
            "tests": tests}


def verdicts(row, grades):
    """What the judge would have shown the learner."""
    parts = [f"<p>{html.escape(row['remark'])}</p>" if row["remark"] else
             f"<p>{say('  {score} of {n}', score=row['score'], n=row['of'])}</p>"]
    for g in grades:
        stopped = g.said if g.kind in ("missing", "crash", "syntax") or not g.page else ""
        parts.append(f"<h2>{g.chapter} · {html.escape(g.exercise)}: {g.score}</h2>{g.page}"
                     + f"<p>{html.escape(stopped)}</p>" * bool(stopped))
    return "".join(parts)


def page(title, body):
    """A page that needs nothing else."""
    return (f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8"><meta name="viewport" '
            f'content="width=device-width"><title>{html.escape(title)}</title><style>{STYLE}</style></head>'
            f"<body><main><h1>{html.escape(title)}</h1>{body}</main></body></html>\n")


def whole(path, text):
    """A whole file or none; what is no file (/dev/stdout) is written to."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path if path.exists() and not path.is_file() else path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", errors="replace", newline="")      # a learner's words may be odd
        part.replace(path)
    finally:
        if part != path:
            part.unlink(missing_ok=True)
