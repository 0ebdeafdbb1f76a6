"""What the chapters ask: guesses before a demo, and a quiz. One file per chapter, in both languages.

A wrong option is a belief that people really hold (BELIEFS); its answer names the experiment in which the
learner sees that it is not so (SEEN). A text is a pair, English and French; `backticks` mark code; {name} in
the texts of a Number stands for one of its values, written as the reader's language writes numbers.
"""

from typing import NamedTuple

from .room import rooms

CHAPTERS = "00 01 02 03 04 05 06 07 08 09".split()


class Option(NamedTuple):
    """One answer to choose: its id, what it says, why it is so or is not, where that is seen, whose belief.

    The id is what is kept of a learner's choice: it never changes, however its words are mended.
    """
    id: str
    text: tuple
    why: tuple
    see: str = ""                # a key of SEEN
    belief: int = 0              # a key of BELIEFS; 0 where the option is right


class Question(NamedTuple):
    """A question with one right option; as a prediction or in a quiz."""
    id: str
    ask: tuple
    right: Option
    wrong: list

    def options(self):
        """All options, the right one at a place that its id decides: the same one in every edition."""
        place = sum(self.id.encode()) % (len(self.wrong) + 1)
        return [*self.wrong[:place], self.right, *self.wrong[place:]]


class Trap(NamedTuple):
    """A wrong number and the way of thinking that leads to it."""
    value: float
    why: tuple
    belief: int


class Number(NamedTuple):
    """A prediction that is a number: the answer, the guesses that are near enough, why, known wrong ways."""
    id: str
    ask: tuple
    answer: float
    between: tuple               # guesses from between[0] to between[1] count as right
    unit: tuple
    why: tuple
    see: str
    traps: list
    values: dict = {}            # more numbers for the texts, beside {answer}


def chapter(code):
    """The module of a chapter, "00" to "09", with PREDICTIONS and QUESTIONS. ValueError for another code."""
    if code not in CHAPTERS:
        raise ValueError(f"code is {code!r}; expected a chapter, one of {', '.join(CHAPTERS)}")
    return rooms()[code].module("quiz")


def options(id):
    """The options of the question or prediction with this id; [] where there are none."""
    room = chapter(id[:2]) if id[:2] in CHAPTERS else None
    asked = [q for q in (*room.PREDICTIONS, *room.QUESTIONS) if q.id == id] if room else []
    return asked[0].options() if asked and isinstance(asked[0], Question) else []


# What people believe. Collected from forums, issues of public code, and well-read web pages.
BELIEFS = {
    1: "the number of units is the number of time steps",
    2: "an unrolled network has its own weights at every step",
    3: "f = 1 means: forget",
    4: "gates are either open or shut, or draw lots",
    5: "a layer has one value of each gate",
    6: "c stays between -1 and 1",
    7: "h and c are two outputs, a short and a long one",
    8: "the second tanh is there for looks",
    9: "the output gate protects the memory",
    10: "in an LSTM gradients do not vanish",
    11: "in an LSTM gradients cannot explode",
    12: "without a forget gate it is the same LSTM",
    13: "vanishing means that the whole gradient is near zero",
    14: "clipping cures vanishing",
    15: "a larger learning rate cures vanishing",
    16: "a spectral radius above 1 means that the gradient explodes",
    17: "a spectral radius below 1 means that nothing ever grows",
    18: "ReLU solves it",
    19: "the slope of the sigmoid, at most 1/4, makes the path through c vanish",
    20: "where nothing vanishes learning is easy",
    21: "the forget bias at the start does not matter",
    22: "the two biases of some libraries do two things",
    23: "the order of the gates is the same everywhere",
    24: "the state is learned, or stays by itself from one sequence to the next",
    25: "where the state is reset nothing is learned",
    26: "cutting the gradient off after some steps cuts the memory off, too",
    27: "cutting the gradient off only saves memory",
    28: "sequences in a batch must have one length",
    29: "the output of a recurrent network stays between -1 and 1",
    30: "there are as many hidden units as inputs",
    31: "the number of weights is the number of gates times H",
    32: "the gates share one whole: they add up to 1",
    33: "a curve that follows the curve is a prediction",
    34: "the loss falls, so the gradient is right",
    35: "a gradient check must give exactly 0",
    36: "only one arrow leads into h: the one from above, or the one from the next step",
    37: "an LSTM or a GRU is always better than an RNN",
    38: "all parts of the LSTM matter alike",
    39: "a picture of the gates explains the decision",
    40: "a network that reads both ways can answer while the words come in",
    41: "matrix products are taken entry by entry, or in the other order",
    42: "what is true of one activation is true of the others",
    43: "more units, or more training, make up for what was never shown",
    44: "only a recurrent network can see order",
    45: "decay takes off the same amount at every step",
    46: "what is trained on one length works on every length",
    47: "a bias without its second axis does the same",
    48: "softmax measures size: larger numbers, more certainty",
    49: "the candidate is one more gate, and σ would do for it",
    50: "i and the candidate are added, or the new overwrites the old",
    51: "a gate is a matter of the right constant",
    52: "the gates read the input alone",
    53: "what holds for one word is known for all words",
    54: "who cannot know answers at chance",
    55: "each kind of data needs its own kind of network",
    56: "loss, probability and perplexity are one number",
    57: "in use the decoder is helped as it is in training",
    58: "what is drawn first is computed first",
    59: "a letter means the same wherever it stands",
    60: "one good run is a proof, one bad run a refutation",
}


# Where it is seen: the chapter, and the name of what is done there.
SEEN = {
    "00-slider": ("00", ("Guess first, then move", "Pariez d'abord, bougez ensuite")),
    "00-notation": ("00", ("One thing, many names", "Une chose, plusieurs noms")),
    "01-bag": ("01", ("Which came first?", "Lequel est venu en premier ?")),
    "01-lengths": ("01", ("Which came first?", "Lequel est venu en premier ?")),
    "01-senses": ("01", ("Three senses, one code", "Trois sens, un seul code")),
    "01-orbit": ("01", ("A network that carries something along", "Un réseau qui emporte quelque chose")),
    "01-step": ("01", ("the exercise `rnn_step`", "l'exercice `rnn_step`")),
    "01-forward": ("01", ("the exercise `rnn_forward`", "l'exercice `rnn_forward`")),
    "01-softmax": ("01", ("the exercise `softmax`", "l'exercice `softmax`")),
    "02-sentiment": ("02", ("sentiment", "les sentiments")),
    "02-next-word": ("02", ("the next word", "le mot suivant")),
    "02-decoding": ("02", ("translation", "la traduction")),
    "02-thought": ("02", ("the sentence's “thought”", "la « pensée » de la phrase")),
    "02-picture": ("02", ("captions for pictures", "légender des images")),
    "02-baseline": ("02", ("the baselines", "les points de comparaison")),
    "02-perplexity": ("02", ("the exercise `perplexity`", "l'exercice `perplexity`")),
    "02-sampling": ("02", ("the exercise `sample`", "l'exercice `sample`")),
    "02-padding": ("02", ("the exercise `masked_loss`", "l'exercice `masked_loss`")),
    "04-slider": ("04", ("A memory that leaks", "Une mémoire qui fuit")),
    "04-hand": ("04", ("Forget by hand", "Oublier à la main")),
    "04-stream": ("04", ("Episodes without end", "Des épisodes sans fin")),
    "04-film": ("04", ("The film of f", "Le film de f")),
    "04-bias": ("04", ("Where the bias starts", "Le biais de départ")),
    "03-flow": ("03", ("Gradient against lag", "Le gradient selon le retard")),
    "03-recall": ("03", ("Name the symbol after the noise", "Nommer le symbole après le bruit")),
    "03-terms": ("03", ("The terms of dL/dW by their lag", "Les termes de dL/dW selon leur retard")),
    "03-clip": ("03", ("the exercise `clip`", "l'exercice `clip`")),
    "03-helps": ("03", ("What helps, and what it does not help",
                        "Ce qui aide, et ce que cela n'arrange pas")),
    "03-jacobian": ("03", ("the exercise `jacobian`", "l'exercice `jacobian`")),
    "04-gate": ("04", ("the exercise `forget_gate`", "l'exercice `forget_gate`")),
    "05-lock": ("05", ("Whether, and what", "Si, et quoi")),
    "05-marked": ("05", ("The marked symbol", "Le symbole marqué")),
    "05-film": ("05", ("The film of i", "Le film de i")),
    "05-honest": ("05", ("Where it does not matter", "Là où elle ne change rien")),
    "05-candidate": ("05", ("the exercise `candidate`", "l'exercice `candidate`")),
    "06-belt": ("06", ("The belt", "Le tapis roulant")),
    "06-count": ("06", ("Counting aⁿbⁿ", "Compter aⁿbⁿ")),
    "06-carousel": ("06", ("the exercise `carousel`", "l'exercice `carousel`")),
    "06-update": ("06", ("the exercise `cell_update`", "l'exercice `cell_update`")),
    "07-silence": ("07", ("What is said", "Ce qui se dit")),
    "07-secret": ("07", ("The secret", "Le secret")),
    "07-hidden": ("07", ("the exercise `hidden`", "l'exercice `hidden`")),
    "07-gate": ("07", ("the exercise `output_gate`", "l'exercice `output_gate`")),
    "08-step": ("08", ("the exercise `lstm_step`", "l'exercice `lstm_step`")),
    "08-back": ("08", ("the exercise `lstm_back`", "l'exercice `lstm_back`")),
    "08-check": ("08", ("the exercise `gradient_check`", "l'exercice `gradient_check`")),
    "08-broken": ("08", ("The broken gradient that still learns",
                         "Le gradient cassé qui apprend quand même")),
    "08-parity": ("08", ("The same numbers as PyTorch", "Les mêmes nombres que PyTorch")),
    "08-ablation": ("08", ("What is each part worth?", "Que vaut chaque pièce ?")),
    "09-diagram": ("09", ("The sheet, alive", "La fiche, vivante")),
    "09-next": ("09", ("Where next", "Et après ?")),
}
