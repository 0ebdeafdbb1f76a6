"""Exercises of chapter 02, applications."""

from copy import deepcopy

import numpy as np

from ..judge import Exercise, Mistake, Said, own
from ..words import say
from .sheet import APPLICATIONS

# --- exercises and puzzles ----------------------------------------------------------------------------------


def greedy(step, s, start, stop, longest):
    """Lets a network write: the most likely word, then the most likely one after it, and so on.

    step(s, word) -> s, y: the network reads one word (its number) in the state s; y (K,) are the scores of
    the next word. s: the first state; start: the first word to be read; stop: the word that ends a sentence;
    longest: so many words at most are written. Returns the list of the words written, without start, without
    stop.
    """
    words, word = [], start
    while len(words) < longest:
        s, y = step(s, word)
        word = int(np.argmax(y))
        if word == stop:
            break
        words.append(word)
    return words


def sample(y, temperature, rng):
    """Draws the next word at random: word k with the probability softmax(y / temperature)[k].

    y (K,) scores; temperature > 0: near 0 the best word always wins, large ones make all alike; rng:
    np.random.default_rng(…), whose rng.choice(K, p=…) or rng.random() draws. Returns one whole number from 0
    to K-1.
    """
    p = np.exp(y / temperature)
    p = p / p.sum()
    return int(rng.choice(len(y), p=p))


def perplexity(losses):
    """Between how many equally likely words a model hesitates, on average: e to the power of its mean loss.

    losses: an array of any shape, the surprise -log p(the right word) of each step, in nats (natural
    logarithm); returns one number.
    """
    return np.exp(np.mean(losses))


def masked_loss(losses, mask):
    """The mean loss over the steps that count: padding is left out.

    losses (T, B), mask (T, B): 1.0 where a step counts, 0.0 where the sequence had ended and only padding
    stands. Each step that counts has the same weight, whichever sequence it belongs to. Returns one number.
    """
    return (losses * mask).sum() / mask.sum()


class _Writer:
    """A small network that writes, with a taste for stopping that grows from word to word."""

    def __init__(self, rng, K):
        self.E, self.A, self.V = rng.normal(size=(K, 4)), rng.normal(size=(4, 4)), 2 * rng.normal(size=(K, 4))
        self.calls = 0

    def __call__(self, s, word):
        self.calls += 1
        if self.calls > 200:
            raise RuntimeError("step was called 200 times: this sentence never ends")
        h, age = s
        h = np.tanh(self.A @ h + self.E[word])
        y = self.V @ h
        y[1] = np.sort(y)[-2] + 0.5 * (age - 4.5)
        return (h, age + 1), y


def writers(rng, n):
    """Sentences that end by themselves, and sentences that are cut short."""
    K = n.K + 6
    yield _Writer(rng, K), (rng.normal(size=4), 0), 0, 1, 30
    yield _Writer(rng, K), (rng.normal(size=4), -20), 0, 1, n.T


def scores(rng, n):
    """Scores in a random order, at a low and at a high temperature."""
    y = rng.permutation(1.2 - 0.6 * np.arange(n.K))
    yield y, 0.3, rng.spawn(1)[0]
    yield y + 1, 3.0, rng.spawn(1)[0]


class _Even:
    """A random generator that draws evenly: n draws by `choice` or `random` hit each probability up to 1/n.

    Whatever else it is asked for comes from an ordinary generator, and `fair` is False from then on.
    """

    def __init__(self, rng, n):
        self.rng, self.numbers = rng, list(rng.permutation((np.arange(n) + 0.5) / n))
        self.used, self.fair = False, True

    def random(self, size=None, **more):
        self.used = True
        if size is None and self.numbers:
            return self.numbers.pop()
        self.fair = False
        return self.rng.random(size, **more)

    def choice(self, a, size=None, replace=True, p=None, **more):
        self.used = True
        if p is None and size is None and replace:
            p = np.full(a if np.ndim(a) == 0 else len(a), 1 / (a if np.ndim(a) == 0 else len(a)))
        strange = p is None or abs(np.sum(p) - 1) > 1e-6 or np.min(p) < 0 or np.size(a) not in (1, np.size(p))
        if strange or size not in (None, 1):
            self.fair = False
            return self.rng.choice(a, size, replace, p, **more)
        k = min(int(np.searchsorted(np.cumsum(p), self.random())), len(p) - 1)
        word = np.asarray(k if np.ndim(a) == 0 else a[k])[()]
        return word if size is None else np.array([word])

    def __getattr__(self, name):
        self.used, self.fair = True, False
        return getattr(self.rng, name)


def how_often(f, y, temperature, rng, n=60):
    """The frequency of each word: in n even draws, or where the answer draws in its own way, in 2000."""
    even = _Even(deepcopy(rng), n)
    draws = [f(y, temperature, even) for _ in range(n)]
    for k in draws:
        if k is None or callable(k):
            return k
        if np.ndim(k) or isinstance(k, str) or k != int(k) or not 0 <= k < len(y):
            told = say("each call should return a whole number from 0 to {last}, the number of a word; yours "
                       "returned {what}.", last=len(y) - 1, what=f"`{k!r}`"[:60])
            raise Said("structure", told, own(APPLICATIONS))
    if not even.used and len(set(draws)) > 1:
        raise Said("rng", say("your draw does not use `rng`: with it, the same seed gives the same words "
                              "again."), own(APPLICATIONS))
    if not even.fair:
        n, rng = 2000, deepcopy(rng)
        draws = [f(y, temperature, rng) for _ in range(n)]
    return np.bincount(np.array(draws, int), minlength=len(y)) / n


def surprises(rng, n):
    """Losses in nats, of two shapes."""
    yield (rng.uniform(0.2, 4, (n.T, n.B)),)
    yield (rng.uniform(0.2, 2, n.K),)


def padded(rng, n):
    """Losses in nats, large on the padding, and a mask that leaves no sequence empty."""
    ends = rng.integers(1, n.T + 1, n.B)
    ends[0] = n.T - 2
    mask = (np.arange(n.T)[:, None] < ends).astype(float)
    yield rng.uniform(0.1, 3, (n.T, n.B)) + 2 * (1 - mask), mask


EXERCISES = (
    Exercise(greedy, writers, "words", "a list of whole numbers", (
        Mistake("start read again", ("step(s, word)", "step(s, start)"),
                ("the network reads `start` at every step; it should read the word it has just "
                 "written.", "What is given to `step` in the second turn of the loop?"),
                ("le réseau lit `start` à chaque pas ; il doit lire le mot qu'il vient d'écrire.",
                 "Que reçoit `step` au deuxième tour de boucle ?")),
        Mistake("state not carried", ("s, y = step", "_, y = step"),
                ("the state is not carried: each word is read in the first state, with nothing "
                 "remembered.", "`step` returns a new state. Where does it go?"),
                ("l'état n'est pas transmis : chaque mot est lu dans le premier état, sans aucun "
                 "souvenir.", "`step` renvoie un nouvel état. Où va-t-il ?")),
        Mistake("s and y swapped", ("s, y = step", "y, s = step"),
                ("`step` returns the state first, then the scores: you take them the other way round.",
                 "step(s, word) -> s, y."),
                ("`step` renvoie d'abord l'état, puis les scores : vous les prenez dans l'autre sens.",
                 "step(s, word) -> s, y.")),
        Mistake("neither carried", ("s, y = step(s, word)", "_, y = step(s, start)"),
                ("neither the state nor the word is carried to the next step: every step is the "
                 "first.", "What does `step` get in the second turn of the loop?"),
                ("ni l'état ni le mot ne passent au pas suivant : chaque pas est le premier.",
                 "Que reçoit `step` au deuxième tour de boucle ?")),
        Mistake("least likely", ("np.argmax", "np.argmin"),
                ("you take the word with the smallest score.", "`argmax`."),
                ("vous prenez le mot au plus petit score.", "`argmax`.")),
        Mistake("stop included", ("        if word == stop:\n            break\n        "
                                  "words.append(word)", "        words.append(word)\n        if word == "
                                                        "stop:\n            break"),
                ("`stop` is among your words; it ends the sentence and is no part of it.",
                 "Which comes first: keeping the word, or asking whether it is `stop`?"),
                ("`stop` figure parmi vos mots ; il termine la phrase sans en faire partie.",
                 "Que faites-vous d'abord : garder le mot, ou demander si c'est `stop` ?")),
        Mistake("start included", ("words, word = [], start\n", "words, word = [start], start\n"),
                ("`start` is among your words; only what the network writes should be.",
                 "What is in the list before the loop? (It counts towards `longest`, too.)"),
                ("`start` figure parmi vos mots ; seul ce que le réseau écrit doit y être.",
                 "Que contient la liste avant la boucle ? (Cela compte aussi dans `longest`.)")),
        Mistake("start added", ("return words", "return [start] + words"),
                ("`start` is among your words; only what the network writes should be.",
                 "What is in the list before the loop?"),
                ("`start` figure parmi vos mots ; seul ce que le réseau écrit doit y être.",
                 "Que contient la liste avant la boucle ?")),
        Mistake("start and stop included", ("words, word = [], start\n    while len(words) < "
                                            "longest:", "words, word = [start], start\n    while len(words) "
                                                        "<= longest:",
                                            "        if word == stop:\n            break\n        "
                                            "words.append(word)", "        words.append(word)\n        if "
                                                                  "word == stop:\n            break"),
                ("`start` and `stop` are among your words; only what stands between them should "
                 "be.", "What is in the list before the loop, and when do you ask for `stop`?"),
                ("`start` et `stop` figurent parmi vos mots ; seul ce qui est entre les deux doit y "
                 "être.", "Que contient la liste avant la boucle, et quand testez-vous `stop` ?")),
        Mistake("stop overlooked", ("        if word == stop:\n            break\n", ""),
                ("you never look for `stop`: the sentence always goes on to `longest`.",
                 "What should happen when the network writes `stop`?"),
                ("vous ne guettez jamais `stop` : la phrase continue toujours jusqu'à `longest`.",
                 "Que doit-il se passer quand le réseau écrit `stop` ?")),
        Mistake("stop skipped", ("            break", "            continue"),
                ("`stop` is skipped, and the sentence goes on; it should end.", "`continue`, or `break`?"),
                ("`stop` est sauté et la phrase continue ; elle doit finir.", "`continue`, ou `break` ?")),
        Mistake("longest overlooked", ("while len(words) < longest:", "while True:"),
                ("nothing holds a sentence that does not end by itself: `longest` is not used.",
                 "Which condition does your loop have?"),
                ("rien n'arrête une phrase qui ne finit pas d'elle-même : `longest` ne sert pas.",
                 "Quelle condition votre boucle a-t-elle ?")),
        Mistake("never ends", ("while len(words) < longest:", "while True:",
                               "        if word == stop:\n            break\n", ""),
                ("your loop never ends: neither `stop` nor `longest` holds it.",
                 "Which two reasons to stop are there?"),
                ("votre boucle ne finit jamais : ni `stop` ni `longest` ne l'arrêtent.",
                 "Quelles sont les deux raisons de s'arrêter ?")),
        Mistake("one too many", ("len(words) < longest", "len(words) <= longest"),
                ("a sentence that does not end by itself gets one word too many.", "`<`, or `<=`?"),
                ("une phrase qui ne finit pas d'elle-même reçoit un mot de trop.", "`<`, ou `<=` ?")),
        Mistake("one too few", ("len(words) < longest", "len(words) < longest - 1"),
                ("a sentence that does not end by itself is one word too short.",
                 "How often does your loop turn?"),
                ("une phrase qui ne finit pas d'elle-même a un mot de moins.",
                 "Combien de tours fait votre boucle ?")),
        Mistake("last word only", ("return words", "return word"),
                ("you return the last word; the list of all words is asked.", "Keep each word in a list."),
                ("vous renvoyez le dernier mot ; on demande la liste de tous les mots.",
                 "Gardez chaque mot dans une liste.")),
        Mistake("first word only", ("        words.append(word)\n    return words",
                                    "        words.append(word)\n        return words"),
                ("only one word is written: the `return` stands inside the loop.",
                 "How far is the last line indented?"),
                ("un seul mot est écrit : le `return` est dans la boucle.",
                 "Quelle est l'indentation de la dernière ligne ?")),
        Mistake("score for word", ("int(np.argmax(y))", "y.max()"),
                ("you take the largest score itself; its place in y, the number of the word, is "
                 "asked.", "`max`, or `argmax`?"),
                ("vous prenez le plus grand score lui-même ; on demande sa place dans y, le numéro du "
                 "mot.", "`max`, ou `argmax` ?")),
    ), APPLICATIONS, play=lambda f, step, *rest: f(deepcopy(step), *rest)),
    Exercise(sample, scores, "frequencies", "one whole number", (
        Mistake("multiplied", ("y / temperature", "y * temperature"),
                ("you multiply by the temperature: hot and cold change places.",
                 "A low temperature should make the best word surer. Multiply, or divide?"),
                ("vous multipliez par la température : le chaud et le froid s'échangent.",
                 "Une température basse doit rendre le meilleur mot plus sûr. Multiplier, ou diviser ?")),
        Mistake("always the best", ("return int(rng.choice(len(y), p=p))", "return int(np.argmax(p))"),
                ("you always take the best word; draw one by chance.", "`rng.choice(K, p=…)`."),
                ("vous prenez toujours le meilleur mot ; on demande un tirage au sort.",
                 "`rng.choice(K, p=…)`.")),
        Mistake("all alike", ("rng.choice(len(y), p=p)", "rng.choice(len(y))"),
                ("all words are drawn alike: the probabilities are not given to `rng.choice`.", "`p=…`."),
                ("tous les mots sont tirés de la même façon : `rng.choice` ne reçoit pas les "
                 "probabilités.", "`p=…`.")),
        Mistake("temperature ignored", ("y / temperature", "y"),
                ("the temperature has no effect (dividing the probabilities by it and normalising them "
                 "again cancels out).",
                 "It divides the scores, before exp."),
                ("la température est sans effet (diviser les probabilités par elle puis les renormaliser ne "
                 "change rien).",
                 "Elle divise les scores, avant exp.")),
        Mistake("not normalised", ("    p = p / p.sum()\n", ""),
                ("the probabilities do not add up to 1.", "softmax divides by the sum."),
                ("les probabilités ne somment pas à 1.", "softmax divise par la somme.")),
        Mistake("worst first", ("y / temperature", "-y / temperature"),
                ("the sign is turned round: the worst word is drawn most often.", "exp(y / temperature)."),
                ("le signe est inversé : le pire mot est tiré le plus souvent.", "exp(y / temperature).")),
        Mistake("squared temperature", ("y / temperature", "y / temperature**2"),
                ("the temperature is applied twice.", "Count your divisions."),
                ("la température est appliquée deux fois.", "Comptez vos divisions.")),
        Mistake("root of the temperature", ("y / temperature", "y / temperature**0.5"),
                ("you divide by the root of the temperature.", "y / temperature, no more."),
                ("vous divisez par la racine de la température.", "y / temperature, sans plus.")),
        Mistake("no exp", ("np.exp(y / temperature)", "np.abs(y / temperature)"),
                ("there is no exp: scores are made into probabilities by softmax.",
                 "exp(y / temperature) / Σ exp(y / temperature)."),
                ("il n'y a pas d'exponentielle : c'est softmax qui fait des scores des "
                 "probabilités.", "exp(y / temperature) / Σ exp(y / temperature).")),
        Mistake("probabilities divided", ("p = p / p.sum()", "p = np.exp(y) / np.exp(y).sum() / "
                                                             "temperature\n    p = np.exp(p) / "
                                                             "np.exp(p).sum()"),
                ("softmax is taken twice: the temperature divides probabilities instead of "
                 "scores.", "Divide y first, then one softmax."),
                ("softmax est prise deux fois : la température divise des probabilités au lieu de "
                 "scores.", "Divisez d'abord y, puis une seule softmax.")),
    ), APPLICATIONS, play=how_often, tolerance=0.06),
    Exercise(perplexity, surprises,
             "perplexity", "()", (
        Mistake("base 2", ("np.exp(np.mean(losses))", "2 ** np.mean(losses)"),
                ("you take 2 to the power of the loss, but the losses are in nats: natural logarithms "
                 "belong to e.",
                 "Which power undoes the natural logarithm?"),
                ("vous élevez 2 à la puissance de la perte, mais les pertes sont en nats : au logarithme "
                 "népérien répond e.",
                 "Quelle puissance annule le logarithme népérien ?")),
        Mistake("median", ("np.mean(losses)", "np.median(losses)"),
                ("you take the median; the mean is asked.",
                 "`np.mean`."),
                ("vous prenez la médiane ; on demande la moyenne.",
                 "`np.mean`.")),
        Mistake("base 10", ("np.exp(np.mean(losses))", "10 ** np.mean(losses)"),
                ("you take 10 to the power of the loss, but the losses are in nats.",
                 "Which power undoes the natural logarithm?"),
                ("vous élevez 10 à la puissance de la perte, mais les pertes sont en nats.",
                 "Quelle puissance annule le logarithme népérien ?")),
        Mistake("mean of exp", ("np.exp(np.mean(losses))", "np.mean(np.exp(losses))"),
                ("you average the exponentials; one bad surprise then outweighs all. Average the losses "
                 "first.", "Which comes first, mean or exp?"),
                ("vous faites la moyenne des exponentielles ; une seule mauvaise surprise l'emporte alors. "
                 "Faites d'abord la moyenne des pertes.",
                 "Qu'est-ce qui vient d'abord, la moyenne ou exp ?")),
        Mistake("sum", ("np.mean(losses)", "np.sum(losses)"),
                ("you take the sum of the losses: the longer the text, the larger. The mean is "
                 "asked.", "`sum`, or `mean`?"),
                ("vous prenez la somme des pertes : elle grandit avec le texte. On demande la "
                 "moyenne.", "`sum`, ou `mean` ?")),
        Mistake("sign", ("np.exp(np.mean", "np.exp(-np.mean"),
                ("the sign is turned round: a loss is −log p already.", "A perplexity is at least 1."),
                ("le signe est inversé : une perte est déjà −log p.", "Une perplexité vaut au moins 1.")),
        Mistake("no exp", ("np.exp(np.mean(losses))", "np.mean(losses)"),
                ("that is the mean loss; its exponential is asked.", "Between how many words does the model "
                                                                     "hesitate?"),
                ("c'est la perte moyenne ; on demande son exponentielle.",
                 "Entre combien de mots le modèle hésite-t-il ?")),
        Mistake("each step", ("np.exp(np.mean(losses))", "np.exp(losses)"),
                ("you return one number for each step; one for all is asked.", "Where is the mean?"),
                ("vous renvoyez un nombre par pas ; on en demande un pour tous.", "Où est la moyenne ?")),
        Mistake("one axis", ("np.mean(losses)", "np.mean(losses, axis=0)"),
                ("you average along one axis only; over all steps is asked.", "`np.mean` without an axis."),
                ("vous ne moyennez que sur un axe ; il faut le faire sur tous les pas.",
                 "`np.mean` sans axe.")),
        Mistake("log", ("np.exp(np.mean(losses))", "np.log(np.mean(losses))"),
                ("you take the logarithm; the losses are logarithms already, its inverse is "
                 "asked.", "Which power undoes the natural logarithm?"),
                ("vous prenez le logarithme ; les pertes en sont déjà, on demande l'inverse.",
                 "Quelle puissance annule le logarithme népérien ?")),
        Mistake("divided by the length", ("np.mean(losses)", "np.sum(losses) / len(losses)"),
                ("`len` counts the first axis only; the mean is over all steps.",
                 "`np.mean`, or `losses.size`."),
                ("`len` ne compte que le premier axe ; la moyenne porte sur tous les pas.",
                 "`np.mean`, ou `losses.size`.")),
        Mistake("inverse", ("np.exp(np.mean(losses))", "1 / np.mean(losses)"),
                ("you take one over the mean loss; its exponential is asked.",
                 "e to the power of the mean loss."),
                ("vous prenez l'inverse de la perte moyenne ; on demande son exponentielle.",
                 "e à la puissance de la perte moyenne.")),
    ), APPLICATIONS),
    Exercise(masked_loss, padded, "loss", "()", (
        Mistake("mask ignored", ("(losses * mask).sum() / mask.sum()", "losses.mean()"),
                ("the padding counts as well: the mask is not used.", "Which steps should enter the sum?"),
                ("le remplissage compte aussi : le masque ne sert pas.",
                 "Quels pas doivent entrer dans la somme ?")),
        Mistake("divided by all", ("/ mask.sum()", "/ losses.size"),
                ("the sum leaves the padding out, but you divide by all steps: `mean` counts the "
                 "zeros.", "How many steps do count?"),
                ("la somme exclut le remplissage, mais vous divisez par tous les pas : `mean` compte les "
                 "zéros.", "Combien de pas comptent ?")),
        Mistake("only divided", ("(losses * mask).sum()", "losses.sum()"),
                ("the padding is in the sum, though not in the number you divide by.",
                 "Which steps should enter the sum?"),
                ("le remplissage est dans la somme, mais pas dans le nombre qui la divise.",
                 "Quels pas doivent entrer dans la somme ?")),
        Mistake("sum only", (" / mask.sum()", ""),
                ("that is the sum; the mean is asked.", "How many steps do count?"),
                ("c'est la somme ; on demande la moyenne.", "Combien de pas comptent ?")),
        Mistake("mask turned round", ("(losses * mask).sum() / mask.sum()",
                                      "(losses * (1 - mask)).sum() / (1 - mask).sum()"),
                ("the mask is turned round: you average over the padding.", "1.0 means that a step counts."),
                ("le masque est inversé : vous moyennez sur le remplissage.",
                 "1.0 veut dire que le pas compte.")),
        Mistake("each sequence alike", ("(losses * mask).sum() / mask.sum()",
                                        "((losses * mask).sum(0) / mask.sum(0)).mean()"),
                ("you average each sequence, then the sequences: steps of short ones weigh more. Each step "
                 "should have the same weight.",
                 "One sum, one division, for the whole batch."),
                ("vous moyennez chaque séquence, puis les séquences : les pas des plus courtes pèsent plus. "
                 "Chaque pas doit peser autant.",
                 "Une seule somme, une seule division, pour tout le lot.")),
        Mistake("one for each sequence", ("(losses * mask).sum() / mask.sum()",
                                          "(losses * mask).sum(0) / mask.sum(0)"),
                ("you return one loss for each sequence; one number is asked.", "Sum over both axes."),
                ("vous renvoyez une perte par séquence ; on demande un seul nombre.",
                 "Sommez sur les deux axes.")),
        Mistake("steps alike", ("(losses * mask).sum() / mask.sum()", "np.nanmean((losses * mask).sum(1) / "
                                                                      "mask.sum(1))"),
                ("you average each moment, then the moments. Each step should have the same "
                 "weight.", "One sum, one division, for the whole batch."),
                ("vous moyennez chaque instant, puis les instants. Chaque pas doit peser autant.",
                 "Une seule somme, une seule division, pour tout le lot.")),
        Mistake("divided by T", ("/ mask.sum()", "/ len(mask)"),
                ("you divide by T, the length of the first axis.", "How many steps do count?"),
                ("vous divisez par T, la longueur du premier axe.", "Combien de pas comptent ?")),
        Mistake("divided by B", ("/ mask.sum()", "/ mask.shape[1]"),
                ("you divide by B, the number of sequences.", "How many steps do count?"),
                ("vous divisez par B, le nombre de séquences.", "Combien de pas comptent ?")),
        Mistake("not reduced", ("(losses * mask).sum() / mask.sum()", "losses * mask"),
                ("you return a loss for each step; their mean is asked.", "Sum, and divide."),
                ("vous renvoyez une perte par pas ; on demande leur moyenne.", "Sommez, puis divisez.")),
        Mistake("mask as an index", ("(losses * mask).sum() / mask.sum()", "losses[mask].mean()"),
                ("the mask is made of floats, and floats are no index.",
                 "`mask == 1` or `mask.astype(bool)` makes a mask to pick with; or multiply by it."),
                ("le masque est fait de flottants, et un flottant n'est pas un indice.",
                 "`mask == 1` ou `mask.astype(bool)` donne un masque pour choisir ; ou multipliez par lui.")),
        Mistake("mask as whole numbers", ("(losses * mask).sum() / mask.sum()",
                                          "losses[mask.astype(int)].mean()"),
                ("as whole numbers the mask picks the rows 0 and 1, over and over.",
                 "`astype(bool)`, not `int`."),
                ("en nombres entiers, le masque choisit les lignes 0 et 1, encore et encore.",
                 "`astype(bool)`, et non `int`.")),
    ), APPLICATIONS),
)

PUZZLES = ()
