"""The pages of the guide that list what the course claims: made by `pytest tests/test_claims.py --keep`."""
from pathlib import Path

from lstmlib.sweep import SEEDS
from workbook.claims import all_claims
from workbook.plots import number
from workbook.words import speak

PAGES = [Path(__file__).resolve().parent.parent / "guide" / name for name in ("claims.md", "affirmations.md")]
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


def page(k, worst, shakes):
    """The page in language k (0: English), of {(place, what, rule, its French): (margin, worst value)}."""
    lines, before = [HEADS[k].format(seeds=len(SEEDS), shakes=shakes)], ""
    speak("en" if k == 0 else "fr")
    for code, claim in all_claims():
        if code != before:
            lines += ["", f"## {code}", "", ROWS[k], "| --- | --- | --- | --- |"]
        found = [(what + ": " if k == 0 else "", rule[k], number(value, 2))
                 for (place, what, *rule), (_, value) in worst.items() if place == f"{code}-{claim.name}"]
        told = "<br>".join(f"{what}{rule} ({value})" for what, rule, value in found)
        lines.append(f"| {claim.says[k]} | {claim.control[k]} | {told} | {claim.source} |")
        before = code
    speak("en")
    return "\n".join(lines) + "\n"


def keep(worst, shakes):
    for k, path in enumerate(PAGES):
        path.write_text(page(k, worst, shakes), encoding="utf-8")
