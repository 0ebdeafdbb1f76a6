"""The playground: one page, whole in itself, in which an LSTM and an RNN learn while the reader looks on.

`engine.js` is lstmlib once more, `tasks.js` four of its tasks, `page.js` what is shown and what hands can do;
`words.toml` holds all that is said, and what is claimed of each task.
"""
import json
import tomllib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..words import LANGUAGES, typeset

HERE = Path(__file__).parent
SCRIPTS = "engine.js", "tasks.js", "page.js"             # each leans on those before it alone


def told(language, part=None):
    """What words.toml holds (or a part of it), each text in one language."""
    part = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8")) if part is None else part
    if isinstance(part, list):
        return [told(language, one) for one in part]
    if not isinstance(part, dict):
        return part
    if set(part) == set(LANGUAGES):
        return typeset(part["fr"]) if language == "fr" else part[language]
    return {name: told(language, one) for name, one in part.items()}


def page(language, other="", home=""):
    """The page as HTML. other, home: where the same page in the other language stands, and the way back."""
    texts, source = told(language), {path.name: path.read_text(encoding="utf-8") for path in HERE.glob("*.*s")}
    read = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined).get_template
    return read("page.html").render(
        language=language, other=other, home=home, **texts,
        data=json.dumps({"language": language, **texts}, ensure_ascii=False).replace("<", "\\u003c"),
        style=source["page.css"], engine=source["engine.js"], scripts="\n".join(source[name] for name in SCRIPTS))
