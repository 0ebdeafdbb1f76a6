"""Text, pictures and films as sequences: tokenizers, and five corpora small enough to be learned in seconds.

A corpus says what is learned from, what is kept for the exam, and what is new: things made of known parts
that were never put together in the lessons. Texts are in the reader's language. Files of one's own: see
loaders.
"""

import itertools
import re
import unicodedata
from collections import Counter
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import regex

from lstmlib.model import cross_entropy
from lstmlib.tasks import Batch, Task
from workbook.words import language

# --- from text to numbers, and back -----------------------------------------------------------------

GAP, UNKNOWN = "", "<?>"         # ids 0 and 1 of every vocabulary: nothing; a word that is not in it
END = "."                        # what a caption, a translation, a review ends with
LONGEST = 40                     # longer tokens (addresses, rubbish) have no place in a vocabulary

ELISION = r"(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)'(?=\w)"         # l' herbe, but: aujourd'hui
WORD = r"\w.*?\b"                # up to where Unicode says that a word ends (UAX 29)
TOKEN = regex.compile(rf"{ELISION}|{WORD}(?:-{WORD})*|(?!\s)\X", regex.WORD | regex.VERSION1)
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))            # soft hyphens, joints of width 0


def words(text):
    """The words of a text of any script, in small letters: elided ones ("l'") apart, each sign of punctuation a word
    of its own.

    Accents are composed (NFC), so that é is one letter however it was typed; ’ becomes '.
    """
    return TOKEN.findall(unicodedata.normalize("NFC", text.translate(UNSEEN)).lower().replace("’", "'"))


def characters(text):
    """The characters of a text, accents composed (NFC)."""
    return list(unicodedata.normalize("NFC", text))


class Vocabulary(NamedTuple):
    """The words that a model knows. words[0] is GAP, words[1] UNKNOWN; index finds the id of a word."""
    words: list
    index: dict

    def ids(self, tokens):
        """The ids (N,) of tokens; 1 for those not known."""
        return np.array([self.index.get(token, 1) for token in tokens], int)

    def __len__(self):
        return len(self.words)


def vocabulary(tokens, limit=10_000):
    """A Vocabulary of the most frequent tokens, at most `limit` with GAP and UNKNOWN; equals in alphabetical
    order.

    tokens: an iterable of any length, or a list of words kept in a file. Rare tokens are dropped on the way
    when more than 500 000 different ones have been met. Raises ValueError if there is none, or limit < 3.
    """
    if limit < 3:
        raise ValueError(f"limit is {limit}; expected at least 3: a gap, the unknown and one word")
    count, tokens = Counter(), iter(tokens)
    while some := list(itertools.islice(tokens, 100_000)):
        count.update(token for token in some if 0 < len(token) <= LONGEST)
        if len(count) > 500_000:
            count = Counter({token: n for token, n in count.items() if n > 1})
    del count[UNKNOWN]
    if not count:
        raise ValueError("tokens is empty; expected at least one word")
    known = sorted(sorted(count), key=count.get, reverse=True)[:limit - 2]
    return of_words([GAP, UNKNOWN, *known])


def of_words(known):
    """The Vocabulary of a list of words in their order, as kept beside a model: of_words(more["vocabulary"]).
    """
    known = [str(word) for word in known]
    return Vocabulary(known, {word: k for k, word in enumerate(known)})


def spelled(tokens):
    """Words as a sentence: spaces where they belong, and capitals."""
    text, begins, inside, last = "", True, False, ""
    for token in filter(None, tokens):
        closing = token == "»" or token == '"' and inside
        opening = token == "«" or token == '"' and not inside
        inside ^= token == '"'
        thin = language() == "fr" and (token in ";:!?»" or last == "«")
        tight = (token in ".,)]" or last.endswith("'") or last in ("(", "[") or token in ";:!?" and not thin
                 or token == '"' and closing or last == '"' and inside)
        text += "\u00a0" if thin else "" if tight or not text else " "
        text += token[0].upper() + token[1:] if begins or token == "i" and language() == "en" else token
        begins = opening or token in ".!?" or begins and not token[0].isalpha()
        if closing and last in ("!", "?"):
            begins = False
        last = token
    return text


def columns(rows, T=None, right=False):
    """Rows of ids as columns (T, N), filled up with 0 at their ends, or (right) at their starts; and the mask
    of what is there.
    """
    T = T or max(map(len, rows))
    ids, mask = np.zeros((T, len(rows)), int), np.zeros((T, len(rows)), np.float32)
    for k, row in enumerate(rows):
        there = slice(T - len(row), T) if right else slice(len(row))
        ids[there, k], mask[there, k] = row, 1
    return ids, mask


# --- corpora ----------------------------------------------------------------------------------------


class Corpus(NamedTuple):
    """Something to read. Each task draws from its own part: learn, exam (unseen), new (known parts, never
    together).
    """
    learn: Task
    exam: Task
    new: Task | None
    words: Vocabulary                    # what is read, or what is written where a source is read first
    source: Vocabulary | None = None     # what is read first, where that is text


def drawn(name, D, K, x, target, mask, **how):
    """A Task whose batches are drawn from the last axis of arrays: x (or a pair of them), target, mask."""
    def batches(rng, B):
        while True:
            k = rng.integers(0, target.shape[-1], B)
            some = tuple(a[..., k] for a in x) if isinstance(x, tuple) else x[..., k]
            yield Batch(some, target[..., k], mask[..., k])
    return Task(name, D, K, batches, **how)


def pick(rng, things):
    """One of a list, all alike probable (many times quicker than rng.choice)."""
    return things[rng.integers(len(things))]


def distinct(write, n, rng):
    """The first n different things that write(rng) gives, in the order they came; fewer if there seem to be
    no more.
    """
    found = {}
    for _ in range(20 * n):
        thing = write(rng)
        found.setdefault(str(thing), thing)
        if len(found) == n:
            break
    return list(found.values())


def perplexity(y, target, mask=None):
    """Among how many words one hesitates: e to the power of the mean surprise in nats."""
    return float(np.exp(cross_entropy(y, target, mask)[0]))


# --- sentiment --------------------------------------------------------------------------------------

OPINIONS = {
    "en": {"noun": "film book song play", "not": "not never", "very": "very really so", "but": "but",
           "good": "good lovely clever funny", "bad": "bad dull silly ugly", "never negated": "lovely dull"},
    "fr": {"noun": "film livre chanson pièce", "not": "pas jamais", "very": "très vraiment si", "but": "mais",
           "good": "drôle superbe réussi/réussie passionnant/passionnante",
           "bad": "pénible nul/nulle raté/ratée ennuyeux/ennuyeuse", "never negated": "superbe nul nulle"},
}


def reviews(lang, rng):
    """A review in words, and its mood: 1 good, 0 bad. "The film was not dull." After "but" comes what counts.
    """
    say = {name: words.split() for name, words in OPINIONS[lang].items()}

    def clause(mood):
        negated, much = rng.random() < 0.5, rng.random() < 0.5
        noun, adjective = pick(rng, say["noun"]), pick(rng, say["good" if mood ^ negated else "bad"])
        no = [pick(rng, say["not"])] * negated
        very = [pick(rng, say["very"])] * much
        if lang == "en":
            return ["the", noun, "was", *no, *very, adjective]
        she = noun in ("chanson", "pièce")
        adjective = adjective.split("/")[-1 if she else 0]
        return [("le", "la")[she], noun, *["n'"] * negated, "est", *no, *very, adjective]

    mood = int(rng.integers(2))
    before = [*clause(1 - mood), *say["but"]] if rng.random() < 0.4 else []
    return [*before, *clause(mood), END], mood


def sentiment(lang=None, n=6000):
    """Short reviews with "not" and "but"; two adjectives are never negated, except in what is new.

    x: ids (T, B); the answer, 1 good or 0 bad, is asked at the full stop. Nouns are made unknown now and
    then, so that a model has met words it does not know. lang: "en" or "fr"; default: the reader's.
    """
    lang = lang or language()
    rng = np.random.default_rng(0)
    odd = OPINIONS[lang]["never negated"].split()
    negated = re.compile(rf"\b({'|'.join(OPINIONS[lang]['not'].split())})( \w+)? ({'|'.join(odd)})\b")
    texts = distinct(lambda rng: reviews(lang, rng), n, rng)
    known = vocabulary(word for text, _ in texts for word in text)
    new = [(text, mood) for text, mood in texts if negated.search(" ".join(text)) and len(text) < 9]
    texts = [text for text in texts if not negated.search(" ".join(text[0]))]
    cut = int(0.8 * len(texts))
    nouns = known.ids(OPINIONS[lang]["noun"].split())

    def task(texts, hide):
        x, there = columns([known.ids(text) for text, _ in texts])
        x[np.isin(x, nouns) & (rng.random(x.shape) < hide)] = 1
        mask = there * (np.cumsum(there, 0) == there.sum(0))
        moods = np.broadcast_to([mood for _, mood in texts], x.shape)
        return drawn("sentiment", len(known), 2, x, moods, mask)
    return Corpus(task(texts[:cut], 0.1), task(texts[cut:], 0), task(new, 0), known)


# --- the next word ----------------------------------------------------------------------------------


def tale(lang):
    """A function of rng that tells a tale, in words; and the least perplexity anybody can have who reads such
    tales.

    The lines are in tales.en.txt and tales.fr.txt: one of each group, all alike probable, the {names} filled
    in.
    """
    text = (files(__package__) / f"tales.{lang}.txt").read_text(encoding="utf-8")
    groups = [group.split("\n") for group in text.strip().split("\n\n")[1:]]

    def tell(rng):
        fill, told = {}, []
        for group in groups:
            line = pick(rng, group)
            if "=" in line:
                fill |= dict(pair.split("=") for pair in line.split())
            else:
                told += line.format(**fill).replace("_", " ").split()
        return told
    return tell, np.prod([len(group) for group in groups], dtype=float)


def tales(lang=None, n=2000):
    """Tales of thirty words: what will be the next? x, target: ids (T, B), the target being the word after.

    lang: as for sentiment. What has to be remembered: who lives where, what was found, whether the cats or
    the cat sleep.
    """
    tell, choices = tale(lang or language())
    rng = np.random.default_rng(0)
    texts = [tell(rng) for _ in range(n)]
    known = vocabulary(word for text in texts for word in text)
    ids, mask = columns([known.ids([*text, GAP]) for text in texts])             # the tale ends with a gap
    x = np.concatenate([np.zeros((1, n), int), ids[:-1]])
    cut = int(0.8 * n)
    told = {*map(tuple, texts[:cut])}
    unseen = [k for k in range(cut, n) if tuple(texts[k]) not in told]

    def task(part):
        V = len(known)
        return drawn("next word", V, V, x[:, part], ids[:, part], mask[:, part], score=perplexity)
    return Corpus(task(slice(cut)), task(unseen), None, known)


NUMBER = {"en": ("cat dog cow sleeps", "cats dogs cows sleep"),
          "fr": ("chat chien vache dort", "chats chiens vaches dorment")}


def agreement(batch, known, lang=None):
    """A batch of tales, asked only at verbs right after a noun that is not theirs, and has the other number.

    Returns the batch and the ids of the verb in singular and plural. "The cats behind the dog" … sleep.
    """
    one, many = (known.ids(forms.split()) for forms in NUMBER[lang or language()])
    noun = np.isin(batch.x, many) * 1 - np.isin(batch.x, one)
    verb = (batch.target == many[-1]) * 1 - (batch.target == one[-1])
    return batch._replace(mask=batch.mask * (noun * verb < 0)), np.array([one[-1], many[-1]])


def stream(ids, D, T=50, name="next character"):
    """A Task that reads one long text ids (N,): B readers, one text's length / B apart, take T ids at a time
    and go on.
    """
    def batches(rng, B):
        at = np.arange(B) * (len(ids) // B) + rng.integers(len(ids))
        for k in itertools.count():
            where = (at + k * T + np.arange(T + 1)[:, None]) % len(ids)
            yield Batch(ids[where[:-1]], ids[where[1:]], np.ones((T, B), np.float32), fresh=False)
    return Task(name, D, D, batches, score=perplexity)


def reference(T=50):
    """The reference of the Python language, read where every Python keeps it, in pydoc: about 450 000
    characters.

    Real text, in English, which differs a little from one Python to the next; its last tenth is kept for the
    exam.
    """
    from pydoc_data.topics import topics
    text = characters("\n\n".join(topics[name] for name in sorted(topics)))
    known = vocabulary(text)
    ids, cut = known.ids(text), int(0.9 * len(text))
    return Corpus(stream(ids[:cut], len(known), T), stream(ids[cut:], len(known), T), None, known)


# --- translation ------------------------------------------------------------------------------------

NOUNS = {"cat": ("chat", 0), "dog": ("chien", 0), "boy": ("garçon", 0), "book": ("livre", 0),
         "girl": ("fille", 1), "house": ("maison", 1), "car": ("voiture", 1), "table": ("table", 1)}
SIZES = {"": ("", ""), "small": ("petit", "petite"), "big": ("grand", "grande")}
HUES = {"": ("", ""), "black": ("noir", "noire"), "white": ("blanc", "blanche"), "green": ("vert", "verte")}
ARTICLES = {"the": ("le", "la"), "a": ("un", "une")}
VERBS = {"sees": "voit", "likes": "aime", "hides": "cache"}
APART = {"green house", "black dog", "white table", "green boy"}


def phrase(rng):
    """Somebody or something in both languages: "the small green house", "la petite maison verte"."""
    noun, size, hue, article = (pick(rng, list(table)) for table in (NOUNS, SIZES, HUES, ARTICLES))
    word, she = NOUNS[noun]
    return (f"{article} {size} {hue} {noun}",
            f"{ARTICLES[article][she]} {SIZES[size][she]} {word} {HUES[hue][she]}")


def translation(lang=None, n=12_000):
    """Sentences in English and in French, to be translated from the reader's language into the other.

    x: (ids of the source (S, B), filled up at the start, ids of the words written so far (T, B)); target: the
    next word. Four pairs of adjective and noun (APART) never come in the lessons: sentences with one of them
    are the new.
    """
    def pair(rng):
        subject, thing, verb = phrase(rng), phrase(rng), pick(rng, list(VERBS))
        sides = f"{subject[0]} {verb} {thing[0]}", f"{subject[1]} {VERBS[verb]} {thing[1]}"
        return [side.split() for side in sides]
    def odd(english):
        return any(f"{a} {b}" in APART for a, b in zip(english, english[1:]))
    pairs, way = distinct(pair, n, np.random.default_rng(0)), 1 if (lang or language()) == "en" else -1
    return translated([p[::way] for p in pairs if not odd(p[0])], [p[::way] for p in pairs if odd(p[0])])


def translated(pairs, new=(), limit=10_000):
    """The Corpus of pairs (words of the source, words of the translation); the last fifth is kept for the
    exam.
    """
    source = vocabulary((word for text, _ in pairs for word in text), limit)
    known = vocabulary(itertools.chain((word for _, text in pairs for word in text), [END]), limit)

    def task(pairs):
        read, _ = columns([source.ids(text) for text, _ in pairs], right=True)
        return writing("translation", len(source), read, known, [text for _, text in pairs])
    cut = int(0.8 * len(pairs))
    return Corpus(task(pairs[:cut]), task(pairs[cut:]), task(new) if len(new) else None, known, source)


def writing(name, D, read, known, texts):
    """A Task: having read, write. The decoder reads what should be written, one word late; it begins with a
    gap.
    """
    write, mask = columns([known.ids([*text, END]) for text in texts])
    before = np.concatenate([np.zeros((1, len(texts)), int), write[:-1]])
    return drawn(name, D, len(known), (read, before), write, mask)


# --- captions ---------------------------------------------------------------------------------------

NUMERALS = {"en": "zero one two three four five six seven eight nine".split(),
            "fr": "zéro un deux trois quatre cinq six sept huit neuf".split()}
SHAPES = {"square": [(0, 0), (0, 1), (1, 0), (1, 1)], "bar": [(0, 0), (0, 1), (0, 2)],
          "pole": [(0, 0), (1, 0), (2, 0)]}
WAYS = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}
IN_FRENCH = {"square": "un carré", "bar": "une barre", "pole": "un poteau", "left": "à gauche",
             "right": "à droite", "up": "vers le haut", "down": "vers le bas"}


def captioned(name, frames, texts, learn, exam, new, noise):
    """The Corpus of frames (T, D, N) and their captions; learn, exam, new: which of them, as indices.

    The frames are standardised, which is essential, and in the lessons a little noise is added, anew for each
    batch.
    """
    texts = [text.split() for text in texts]
    known = vocabulary(itertools.chain(*texts, [END]))

    def task(part, noise=0.0):
        clean = writing(name, frames.shape[1], frames[..., part], known, [texts[k] for k in part])

        def batches(rng, B):
            for batch in clean.batches(rng, B):
                read, before = batch.x
                read = (read + noise * rng.normal(size=read.shape)).astype(np.float32)
                yield batch._replace(x=(read, before))
        return clean._replace(batches=batches)
    return Corpus(task(learn, noise), task(exam), task(new), known)


def sheet(digit, white, right):
    """A digit (8, 8) from 0 to 1 on the left or the right of a sheet (8, 16), black on white or white on
    black.
    """
    blank = np.zeros((8, 16))
    blank[:, 8 * right:8 * right + 8] = digit
    return blank if white else 1 - blank


def digit_caption(lang, digit, white, right):
    """ "a white seven on the left" """
    if lang == "fr":
        return f"un {NUMERALS[lang][digit]} {('noir', 'blanc')[white]} à {('gauche', 'droite')[right]}"
    return f"a {('black', 'white')[white]} {NUMERALS[lang][digit]} on the {('left', 'right')[right]}"


def digits(lang=None, noise=0.3):
    """Handwritten digits on a sheet, and captions. One step is read, the 128 numbers of the sheet (1, 128,
    B).

    Real handwriting: scikit-learn's load_digits (Alpaydin & Kaynak 1998), 1797 pictures, each laid on the
    left and on the right in both inks. The exam is on other handwritings: the last fifth of the 1797. New:
    three captions held back.
    """
    from sklearn.datasets import load_digits
    data, lang = load_digits(), lang or language()
    how = [(k, white, right) for k in range(len(data.target)) for white in (0, 1) for right in (0, 1)]
    held = {(7, 1, 0), (4, 0, 1), (2, 1, 1)}
    new = np.array([(data.target[k], white, right) in held for k, white, right in how])
    late = np.array([k >= 0.8 * len(data.target) for k, _, _ in how])
    sheets = [sheet(data.images[k] / 16, white, right).ravel() for k, white, right in how]
    frames = np.stack(sheets, -1)[None]
    texts = [digit_caption(lang, data.target[k], white, right) for k, white, right in how]
    parts = np.flatnonzero(~new & ~late), np.flatnonzero(~new & late), np.flatnonzero(new & late)
    return captioned("captions of digits", standard(frames), texts, *parts, noise)


def standard(frames):
    """Sheets of pixels from 0 to 1 as a network reads them: mean 0, standard deviation 1 (of all four kinds
    of sheet).
    """
    return (frames - 0.5) / 0.45


def film(shape, first, then, row, column, n=6, T=8, turn=4):
    """A film (T, n, n): a shape goes one way, from moment `turn` on another; what leaves comes back on the
    other side.
    """
    at = np.array(SHAPES[shape]) + (row, column)
    frames = np.zeros((T, n, n))
    for t in range(T):
        frames[t, at[:, 0] % n, at[:, 1] % n] = 1
        at = at + WAYS[first if t < turn else then]
    return frames


def film_caption(lang, shape, first, then):
    """ "a bar moves left then up" """
    if lang == "fr":
        return f"{IN_FRENCH[shape]} va {IN_FRENCH[first]}" + f" puis {IN_FRENCH[then]}" * (first != then)
    return f"a {shape} moves {first}" + f" then {then}" * (first != then)


HELD = {("square", "left", "up"), ("bar", "down", "right"), ("pole", "right", "down"), ("square", "right", "left")}


def films(lang=None, noise=0.3, n=6, held=HELD):
    """Films of a moving shape, all 1728 of them, and captions. x: (frames (8, 36, B), ids of the words so
    far).

    The exam: a fifth of the films, with captions that were read beside other films. New: the captions held
    back, four whose neighbouring words have all been read together in others.
    """
    lang = lang or language()
    made = [(*way, r, c) for way in itertools.product(SHAPES, WAYS, WAYS) for r in range(n) for c in range(n)]
    new = np.array([way[:3] in held for way in made])
    frames = np.stack([film(*way, n=n).reshape(-1, n * n) for way in made], -1)
    order = np.random.default_rng(0).permutation(np.flatnonzero(~new))
    cut = int(0.8 * len(order))
    texts = [film_caption(lang, *way[:3]) for way in made]
    parts = order[:cut], order[cut:], np.flatnonzero(new)
    return captioned("captions of films", on_screen(frames), texts, *parts, noise)


def on_screen(frames):
    """Films of 0 and 1 as a network reads them: mean 0, standard deviation 1."""
    return (frames - 0.1) / 0.3
