"""The forget gate as a film, for pages that run nothing: one SVG, moved by its own style sheet.

`python -m workbook moving` writes guide/forget-gate.svg, which the README shows. Every frame is what the explorer
draws; on the way the gate closes at the full stop, and the second verb finds its subject.
"""
from pathlib import Path

from workbook.words import speak

from .pictures import SENTENCES, draw_forget_by_hand

HOME = Path(__file__).resolve().parents[2] / "guide" / "forget-gate.svg"
CLOSING = (1., .8, .6, .4, .2, 0.)            # f at the full stop, frame by frame
SECONDS = (2., .5, .5, .5, .5, 3.)            # how long each frame stands
RUNS = 3                                      # then it rests on its last frame


def frames():
    """The pictures of the film in English, in their order."""
    speak("en")
    stop = [word for word, _, _ in SENTENCES["en"]].index(".")
    opened = [1.] * len(SENTENCES["en"])
    return [draw_forget_by_hand((*opened[:stop], f, *opened[stop + 1:]), SENTENCES["en"]) for f in CLOSING]


def spoken():
    """What the film shows, for whoever cannot see it: how it begins and how it ends."""
    first, *_, last = frames()
    return f"First: {first.text} Then the gate closes at the full stop: {last.text}"


def film():
    """The SVG. Whoever asked for less motion sees the last frame."""
    pages = [picture.figure.svg(spoken()) for picture in frames()]
    head = pages[0][:pages[0].index(">") + 1]
    rules, groups, begun = [], [], 0.
    for k, (page, lasts) in enumerate(zip(pages, SECONDS)):
        at, end = (100 * t / sum(SECONDS) for t in (begun, begun + lasts))
        last = k == len(pages) - 1
        shown = f"{at:.1f}%{{opacity:1}}" + ("" if last else f"{end:.1f}%{{opacity:0}}")
        before = "0%{opacity:0}" if k else ""
        rules.append(f"#f{k}{{opacity:{int(last)};animation:s{k} {sum(SECONDS):g}s step-end {RUNS} both}}"
                     f"@keyframes s{k}{{{before}{shown}100%{{opacity:{int(last)}}}}}")
        groups.append(f'<g id="f{k}">{page[page.index(">") + 1:-len("</svg>")]}</g>')
        begun += lasts
    still = "@media (prefers-reduced-motion:reduce){g{animation:none!important}}"
    return "\n".join([head, f"<style>{''.join(rules)}{still}</style>", *groups, "</svg>"]) + "\n"


def main(words):
    """The command line. Returns the exit code."""
    HOME.write_text(film(), encoding="utf-8")
    print(HOME)
    return 0
