"""The pages of the guide that list what the course claims: made by `pytest tests/test_claims.py --keep`."""
import re
import tomllib
from pathlib import Path

from lstmlib.sweep import SEEDS
from workbook.claims import all_claims
from workbook.plots import number
from workbook.words import speak

HERE = Path(__file__).resolve().parent
SAID = tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))
LABELS = {re.compile(re.escape(english).replace(r"\{\}", "(.+?)")): SAID[english]
          for english in sorted(SAID, key=lambda label: -len(label.replace("{}", "")))}       # what says more, first
BAR = re.compile(r"(?<!\\)\|")                       # between the cells of a row; in one it is \|
PAGES = [HERE.parent / "guide" / name for name in ("claims.md", "affirmations.md")]
HEADS = ("""# What the course claims, and what could overturn it

Each sentence was measured together with its control, on {seeds} seeds by which nothing was chosen, and shaken: the
first weights moved by some units in the last place, as on other processors ({shakes} × for each seed). In brackets: the
value nearest to the wrong side. `python start.py test --claims` measures it again, but for chapter 02;
`pytest tests/test_claims.py --keep` measures all and makes this page.
""", """# Ce que le cours affirme, et ce qui pourrait le renverser

Chaque phrase a été mesurée avec son contrôle, sur {seeds} graines qui n'ont servi à aucun choix, puis secouée : les
premiers poids déplacés de quelques unités du dernier chiffre, comme sur d'autres processeurs ({shakes} × par graine).
Entre parenthèses : la valeur la plus proche du mauvais côté. `python start.py test --claims` refait les mesures,
sauf au chapitre 02 ; `pytest tests/test_claims.py --keep` les refait toutes, avec cette page.
""")
ROWS = ("| the course says | its control | measured | source |", "| le cours dit | son contrôle | mesuré | source |")


def in_french(label):
    """What is measured, in French; names, formulas and numbers as they are."""
    for pattern, french in LABELS.items():
        if found := pattern.fullmatch(label):
            return french.format(*map(in_french, found.groups()))
    return re.sub(r"(?<=\d)\.(?=\d)", ",", label)


def measured(page):
    """{what the course says: the cell of what was measured} of a page."""
    rows = [BAR.split(line) for line in page.split("\n") if line.startswith("| ")]
    return {says.strip(): told.strip().replace("\\|", "|") for _, says, _, told, _, _ in rows}


def page(k, worst, shakes, earlier):
    """The page in language k (0: English), of {(place, what, rule, its French): (margin, worst value)}.

    earlier: the page as it was; what was not measured this time stays as it stands there.
    """
    lines, before, stood = [HEADS[k].format(seeds=len(SEEDS), shakes=shakes)], "", measured(earlier)
    speak("en" if k == 0 else "fr")
    for code, claim in all_claims():
        if code != before:
            lines += ["", f"## {code}", "", ROWS[k], "| --- | --- | --- | --- |"]
        found = [((f"{what}: ", f"{in_french(what)} : ")[k], rule[k], number(value, 2))
                 for (place, what, *rule), (_, value) in worst.items() if place == f"{code}-{claim.name}"]
        told = "<br>".join(f"{what}{rule} ({value})" for what, rule, value in found)
        told = BAR.sub(r"\\|", told or stood.get(claim.says[k], ""))
        lines.append(f"| {claim.says[k]} | {claim.control[k]} | {told} | {claim.source} |")
        before = code
    speak("en")
    return "\n".join(lines) + "\n"


def keep(worst, shakes):
    for k, path in enumerate(PAGES):
        path.write_text(page(k, worst, shakes, path.read_text(encoding="utf-8")), encoding="utf-8")
