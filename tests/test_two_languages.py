"""The two languages say the same: links, formulas, code, shapes, numbers, signs, names; and no word its opposite."""
import re
from collections import Counter
from functools import cache

import pytest
from texts import pairs

CODE = r"```[\s\S]*?```|`[^`]+`"
FORMULA = r"\$\$[\s\S]*?\$\$|\$[^$\n]+\$"

# What may differ, and why: {what is compared: {a part of the place: why}}.
ALLOWED = {
    "links": {"guide [Pour les enseignants": "each to the other", "guide [La fiche": "each to the other",
              "guide The notebooks are the lecture": "each language has its page",
              "guide For students who have done": "each language has its page"},
    "code": {"c02_applications/chapter.py own-formats": "names of the reader's own files",
             "c10_summary/chapter.py print": "a command says its language",
             "guide * `python start.py`": "a command says its language",
             "guide * *Own laptops*": "a command says its language",
             "guide The notebooks are the lecture": "a command says its language",
             "guide | option | what it writes": "a folder is « un dossier »",
             "guide No day takes longer": "a command says its language",
             "guide Skip: 04": "a command says its language",
             "guide (in one line). A class": "a command says its language",
             "guide ```text": "the drawing has its words in it"},
    "names": {"guide | | alone": "a lab is « un TP »", "guide The first column": "a lab is « un TP »",
              "guide ## A practical": "a practical is « un TD »"},
    "signs": {"fr.po the constant error carousel: f near 1": "the printed sheet is narrow"},
    "negations": {"c00_start_here/chapter.py summary": "that is all: il n'y a pas d'autre mécanique",
                  "c02_applications/questions.toml guess 02-never-negated option right": "“not” is « une négation »",
                  "c07_output_gate/mistakes.toml hidden no-tanh": "before: avant que … ne",
                  "c08_full_cell/mistakes.toml step no-tanh-on-c": "before: avant que … ne",
                  "c08_full_cell/questions.toml question 08-q-carousel option nothing": "not amiss: tout va bien",
                  "c10_summary/questions.toml question 10-q-part option each": "that do not: qui s'en passent",
                  "shared/affine.toml sigmoid sigma-twice": "never leaves: reste",
                  "c02_applications/questions.toml guess 02-one-look option neighbour why": "only where: que si",
                  "c03_vanishing_gradient/chapter.py title": "its sentences are cut otherwise",
                  "c03_vanishing_gradient/questions.toml guess 03-fifty-steps option units": "enough: ne manque pas",
                  "c09_worth/chapter.py summary": "its sentences are cut otherwise",
                  "c03_vanishing_gradient/chapter.py helps": "stays: ne change pas",
                  "c08_full_cell/chapter.py judge": "its sentences are cut otherwise"},
    "trade": {"c00_start_here/chapter.py run": "where to write: un champ d'entrée",
              "c00_start_here/chapter.py hints": "two wrong answers: deux erreurs",
              "c01_rnn_basics/chapter.py explain-loss": "each: d'une graine à l'autre, chaque perte",
              "c07_output_gate/chapter.py film": "the trained W_o and b_o: les poids",
              "c10_summary/chapter.py lines": "they: les poids",
              "c10_summary/chapter.py glossary loss": "wrong: erreur",
              "c13_papers_say/chapter.py summary": "one of 1: un biais de 1"},
    "order": {"c06_cell_state/mistakes.toml cell_update f-plus-c": "what does f = 0 leave of c: de c avec f = 0"},
    "opposites": {"c10_summary/chapter.py lines": "keep as much as you forget: in another order",
                  "c08_full_cell/chapter.py lines": "is in the product: fait la somme",
                  "c02_applications/chapter.py far": "in French « au » and « à la » betray half of the homes",
                  "c10_summary/questions.toml question 10-q-falls option yes why": "by and large: en gros",
                  "c02_applications/questions.toml guess 02-never-negated option some": "half: une fois sur deux",
                  "c10_summary/questions.toml question 10-q-silent-leak option halved": "ten times divided by two",
                  "fr.po tomorrow, a letter by boat": "a letter that is sent is « un mot »"},
}


@cache
def prose(text, french):
    """A text without code, formulas, addresses and emphasis; its numbers with a point."""
    text = re.sub(rf"{CODE}|{FORMULA}|(?<=\])\([^)\s]+\)", "‹›", text)
    text = re.sub(r"(?<!\s)\*+|\*+(?!\s)", "", text.replace("’", "'"))
    text = re.sub(r"\s+", " ", re.sub(r"\[[sx]\]", "", text))
    if french:
        text = text.replace("·e ", " ")
        text = re.sub(r"(?<=\d)\{?,\}?(?=\d)", ".", re.sub(r"(?<=\d) (?=\d{3}\b)", "", text))
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)


def links(text, french):
    return re.findall(r"\]\((?:\.\./chapters/(?:en|fr)/)?([^)\s]+)\)", text)


def formulas(text, french):
    found = re.findall(FORMULA, re.sub(CODE, "", text))
    return [re.sub(r"\s+", "", formula).replace("{,}", ".").strip("$.,;") for formula in found]


def code(text, french):
    return re.findall(CODE, text)


def fields(text, french):
    return set(re.findall(r"{\w*", re.sub(FORMULA, "", text)))


def shapes(text, french):
    return re.findall(r"\((?:\w(?:[+·]\w)*, )+\w(?:[+·]\w)*\)", prose(text, french))


def numbers(text, french):
    """But for 0, which is also « nul » and « aucun »."""
    return [n for n in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", prose(text, french)) if n != "0"]


def signs(text, french):
    """Each operator between its two neighbours, words being alike; between two words it is punctuation."""
    sides = r"((?:(?<!\w)[\w.̃]+'?|[^\w\s])?)"
    found = re.findall(rf"(?={sides} ?([=<>·×*/^²√≤≥≈∂∞→←↑↓±+−]) ?{sides})", prose(text, french))
    return [(known(a), sign, known(b)) for a, sign, b in found if (known(a), known(b)) != ("…", "…")]


def known(word):
    """A letter with its index, a number or a bracket as it is; "…" for a word."""
    word = word.strip(".,;:")
    return word if re.fullmatch(r"(?![aAILDàÀy]$)[^\W\d](_\w+)?|[\d.]+|[^\w.{}]|tanh|exp|log", word) else "…"


LETTER = re.compile(r"(?<![\w'.·-])(?:[b-xzBCE-HJKN-XZρεθμσ]|c̃|[a-z]_[\w−]+|W_\w|tanh)(?![\w'̃]|\.\w)")


def letters(text, french):
    """The quantities that are named by a letter; tanh, σ and c̃ too."""
    return set(LETTER.findall(re.sub(r"'s\b", "", prose(text, french))))


def names(text, french):
    """LSTM, ReLU, PyTorch; people whose work is told of."""
    people = "Elman|Gers|Greff|Hochreiter|Jozefowicz|Pascanu|Schmidhuber"
    return re.findall(rf"\b(?!MB\b|FI|FOLDER|DOSSIER)[A-Z]\w*[A-Z]\w*?(?=s?\b)|\b(?:{people})\b", prose(text, french))


def but_for_what_is_allowed(what, differ):
    """The places that differ; an allowance that nobody needs is a fault as well, and none is for its neighbours."""
    of = {key: re.compile(re.escape(key) + r"(?![\w-])") for key in ALLOWED.get(what, {})}
    assert {key for key, here in of.items() if any(map(here.search, differ))} == set(of)
    return {place: how for place, how in differ.items() if not any(here.search(place) for here in of.values())}


EXACT = links, formulas, code, fields, shapes, numbers, signs, letters, names


@pytest.mark.parametrize("what", EXACT, ids=lambda what: what.__name__)
def test_both_say_the_same(what):
    differ = {}
    for place, english, french in pairs():
        said, dit = (Counter(what(text, is_french)) for text, is_french in ((english, False), (french, True)))
        if said != dit:
            differ[place] = dict(said - dit), dict(dit - said)
    assert but_for_what_is_allowed(what.__name__, differ) == {}


def test_letters_and_names_come_in_the_same_order():
    """Where there are as many of them: “f near 1, i near 0” is not « i proche de 1, f proche de 0 »."""
    turned = {}
    for place, *both in pairs():
        texts = [re.sub(r"'s\b", "", prose(text, k == 1)) for k, text in enumerate(both)]
        for what, longest in ((LETTER.findall, 250), (lambda text: names(text, False), 5000)):
            said, dit = map(what, texts)
            if said != dit and sorted(said) == sorted(dit) and len(texts[0]) < longest:
                turned[place] = said, dit
    assert but_for_what_is_allowed("order", turned) == {}


# Words of which one must not stand for another: in each line, English = French, kinds apart by |.
OPPOSITES = """
forget gate = porte d'oubli | input gate = porte d'entrée | output gate = porte de sortie
forget|forgot = oubli | remember|keep|kept|holds = gard|retien|retenu|souvien|souven|conserv
above|beyond|exceed = au-dessus|au-delà|dépass | below|under = dessous|sous
larger|greater|bigger|largest|greatest = plus grand | smaller|smallest = plus petit
(?:large|great|big)\\b = grand | (?:small|little)\\b = petit|peu\\b
first = premi|d'abord | last(?! (?:\\w+ )?but) = (?<!avant-)derni|final|enfin | last (?:\\w+ )?but = avant-derni
(?:on|to) the left|leftmost = gauche | (?:on|to) the right|rightmost = droite
before|earlier|previous = avant|d'avance|précéd | after|later = après
open = ouvr|ouver | shut|clos = ferm
ris|gr[eo]w|climb|up\\b = mont|grandi|cro[iî]|augment | f[ae]ll|shrink|drop|down\\b = bais|descend|diminu|tomb|décroî
explo = explo | vanish = évan
row = ligne|rangée | column = colonne
always = toujours | never = jamais
near = proche|près | far = loin
positive = positi | negative = négati
some\\b = certain|quelques | all\\b|every\\b|each\\b = tou[st]|toutes|chaque|chacun
at least = au moins | at most = au plus
top|upper = haut | lowest|bottom|lower = bas\\b|bas[se]
input = entrée | output = sortie
new|anew = neuf|neuv|nouve | old = ancien|vieux
long = longu?e?s?\\b | short = court|brève|bref
true = vrai | false = fau
sum|add = somm|addition|ajout | mean|average = moyen | median = médian | product|multipl = produit|multipl | divi = divi
hidden state = états? cachés? | cell state|cell's state = états? de (?:la )?cellule
weight = poids | bias = biais
sigmoid|σ = sigmoïde|σ | tanh = tanh
encoder = encodeur | decoder = décodeur
singular = singulier | plural = pluriel
high = haut|élevé | low = bas\\b|basse|faible
fast|quick = vite|rapid | slow = lent
better|best = mieux|meilleur | worse|worst = pire|moins bien
maxim = maxim | minim = minim
even = pair | odd = impair
early = tôt | should = devr
necessary = nécessaire | sufficient = suffi
loss(?:es)?\\b = perte | score = score | error = erreur
speech = parole | handwriting = écriture | music = musique
sentence = phrase | word = mot | letter = lettre
picture|image = image|figure | video|film = film|vidéo
hour = heure | minute = minute | second = seconde
yes = oui | no = non
half|halv = demi|moitié|fois sur deux|divis\\w+ (?:\\w+ )?par deux | twice|double|two|both|second = deux|doubl|second |
thr(?:ee|ice)|third = trois|tiers | four|quarter = quatre|quart | five|fifth = cinq | six\\b|sixth = six |
seven\\b = sept | eight\\b|eighth = huit | ten\\b|tenth = dix | twelve|dozen = douz | twenty = vingt |
thirty = trent | forty = quarante | fifty = cinquante | hundred = cent | thousand = mill
""".strip().replace("|\n", "| ")


def groups():
    for line in OPPOSITES.split("\n"):
        yield [tuple(re.compile(rf"\b(?:{half.strip()})") for half in kind.split(" = "))
               for kind in line.split(" | ")]


def order(group, text, half):
    """Which kinds of a group a text names, in its order."""
    return [k for _, k in sorted((found.start(), k) for k, kind in enumerate(group)
                                 for found in kind[half].finditer(text))]


def side_by_side(*both):
    """Two texts sentence by sentence, where they have as many; else whole."""
    parts = [re.split(r"(?<=[.;:!?]) |(?<=[.;:!?][»”]) ", re.sub(r" (?=[;:!?»])", "", text)) for text in both]
    return zip(*parts) if len(parts[0]) == len(parts[1]) else [both]


def test_no_word_stands_for_its_opposite():
    """“Clipping cures explosion, not vanishing”: nor do two change places within a sentence."""
    swapped, low = {}, [(place, prose(en, False).lower(), prose(fr, True).lower()) for place, en, fr in pairs()]
    for group in groups():
        for place, *texts in low:
            if order(group, texts[0], 0) == order(group, texts[1], 1):
                continue
            for said, dit in side_by_side(*texts):
                orders = order(group, said, 0), order(group, dit, 1)
                more = [orders[0].count(k) - orders[1].count(k) for k in range(len(group))]
                if min(more) < 0 < max(more) or orders[0] != orders[1] and not any(more):
                    swapped[place] = {group[k][0].pattern: n for k, n in enumerate(more)}
    assert but_for_what_is_allowed("opposites", swapped) == {}


# Words of the trade, which a chapter says as often in either language: one that is lost was taken for another.
TRADE = """noise|noisy = bruit | seed = graine | loss = perte | update = mises? à jour | half-li = demi-vie
column = colonne | input = entrée | output = sortie | sigmoid|σ = sigmoïde|σ | weight = poids|pondér|pèse | bias = biais
error = erreur"""


def test_a_word_of_the_trade_is_said_as_often():
    """“It depends on the weight alone” is not « il ne dépend que de ce qu'on a écrit »."""
    lost = {}
    for place, *both in pairs():
        for word in TRADE.replace("\n", " | ").split(" | ") if "/chapter.py " in place else ():
            said, dit = (len(re.findall(rf"\b(?:{half})", prose(text, k == 1), re.I))
                         for k, (half, text) in enumerate(zip(word.split(" = "), both)))
            if said != dit:
                lost.setdefault(place, []).append((word, said, dit))
    assert but_for_what_is_allowed("trade", lost) == {}


# What denies surely, and what may deny: where one language surely does, the other may.
DENIES = (r"\b(?:not|never|cannot|nothing|nobody|nowhere|neither)\b|n't\b",
          r"\bn(?:e |').{1,40}?\b(?:pas|jamais|rien|aucun)")
MAY_DENY = (r"n't\b|\b(?:not?|never|nothing|none|nobody|without|neither|nor|cannot|nowhere|hardly|seldom|(?:un|in)\w+|"
            r"\w+less|less|only|differ\w*|wrong|fails?|but|miss\w*|lack\w*|instead|alone|too|still|loses?|lost|other|else|any|stops?|once)\b",
            r"\bn'|\b(?:ne|pas|jamais|rien|aucun\w*|sans|ni|non|personne|null?e?|guère|seul\w*|mais|manqu\w*|rarement|lieu|"
            r"moins|sauf|cach\w*|ignor\w*|hors|(?:in|im|il|dé)\w+|peu|plus|déjà|autre\w*|échoue|trop|avant)\b")


def test_what_one_language_denies_the_other_does_not_say():
    """Sentence by sentence, where both have as many."""
    alone = {}
    for place, *both in pairs():
        for texts in side_by_side(*(prose(text, k == 1) for k, text in enumerate(both))):
            for k in (0, 1):
                if re.search(DENIES[k], texts[k], re.I) and not re.search(MAY_DENY[1 - k], texts[1 - k], re.I):
                    alone.setdefault(place, []).append(texts)
    assert but_for_what_is_allowed("negations", alone) == {}
