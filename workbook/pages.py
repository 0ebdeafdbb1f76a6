"""The chapters as web pages, to read and to print without a network: python -m workbook pages [FOLDER]

Formulas are MathML, pictures and machines lie in the page, links lead to the page beside it. By default the pages
go into the folder `pages`.
"""
import argparse
from pathlib import Path

import nbformat
from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .room import COURSE
from .words import language, say, speak

STYLE = """<style>
body { max-width: 900px; margin: 0 auto }
body > main > em { color: #555; font: italic 14px sans-serif }
math { font-size: 1.1em }
body .jp-RenderedText pre { word-break: normal; overflow-wrap: anywhere }
@media print {
  .highlight pre { white-space: pre-wrap; overflow-wrap: anywhere }
  details::details-content { content-visibility: visible; block-size: auto }
  .jp-OutputArea-output svg, .jp-OutputArea-output img, table { break-inside: avoid }
}
</style>"""


class Prose(IPythonRenderer):
    """Markdown as HTML with formulas as MathML; a link to a notebook leads to its page."""

    def inline_math(self, body):
        """A formula in a sentence."""
        return convert(body)

    def block_math(self, body):
        """A formula on lines of its own."""
        return convert(body, display="block")

    def link(self, text, url, title=None):
        """A link."""
        return super().link(text, url.replace(".ipynb", ".html") if "://" not in url else url, title)


@pass_context
def markdown(context, source):
    """nbconvert's filter markdown2html, which JupyterLab's own export takes from here, too."""
    prose = Prose(escape=False, attachments=context.get("cell", {}).get("attachments", {}), exclude_anchor_links=True)
    return MarkdownWithMath(renderer=prose).render(source)


FILTERS = {"markdown2html": markdown, "clean_html": "".join}     # what is ours is clean: a fifth of the work is saved


def exporter():
    """What makes a page of a notebook. Nothing in it is fetched from elsewhere."""
    remark = say("A page to read. To move the sliders and be answered: {command}", command="python start.py")
    page = HTMLExporter(language_code=language(), filters=FILTERS)
    page.raw_template = "".join([
        "{% extends 'index.html.j2' %}",
        *(f"{{% block html_head_js{block} %}}{{% endblock %}}" for block in ("", "_mathjax", "_mermaidjs")),
        f"{{% block html_head_css %}}{STYLE}{{% endblock %}}",
        f"{{% block body_header %}}{{{{ super() }}}}<em>{remark}</em>{{% endblock %}}"])
    return page


def main(words):
    """The command line: [fr|en] [FOLDER]. Returns the exit code."""
    if words[:1] in (["fr"], ["en"]):
        speak(words.pop(0))
    parser = argparse.ArgumentParser(prog="pages", description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path("pages"))
    folder, page = parser.parse_args(words).folder, exporter()
    folder.mkdir(parents=True, exist_ok=True)
    for chapter in sorted((COURSE.parent / "chapters" / language()).glob("*.ipynb")):
        made, _ = page.from_notebook_node(nbformat.read(chapter, as_version=4),
                                          {"metadata": {"name": chapter.stem, "path": str(chapter.parent)}})
        (folder / chapter.name).with_suffix(".html").write_text(made, encoding="utf-8", newline="\n")
    print(say("The pages lie in {folder}; begin with {first}.", folder=folder.resolve(), first="00-start-here.html"))
    return 0
