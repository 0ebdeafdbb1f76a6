# %% [markdown] id="title" lang="en" slideshow={"slide_type": "slide"}
# # 02 · Applications
#
# One network, five trades: it judges a review, continues a tale, translates, puts words to a picture and to a film. Each is
# trained here, before your eyes, in a few seconds; then it is yours to try, and to break.
#
# By the end you have written the four functions that every such program needs: *decode, sample, measure, mask*. And you know for
# each application what it beats, and where it fails.
#
# *You need*: chapter 01. The LSTM that does the work is a closed box until chapter 08; here you see what it is good for.
# *It takes*: an hour and a half; the computing, less than a minute.

# %% [markdown] id="title" lang="fr" slideshow={"slide_type": "slide"}
# # 02 · Applications
#
# Un réseau, cinq métiers : il juge une critique, continue un conte, traduit, met des mots sur une image et sur un film. Chacun
# est entraîné ici, sous vos yeux, en quelques secondes ; ensuite, à vous de l'essayer, et de le prendre en défaut.
#
# À la fin, vous aurez écrit les quatre fonctions dont tout programme de ce genre a besoin : *décoder, tirer au sort, mesurer,
# masquer*. Et vous saurez, pour chaque application, ce qu'elle dépasse et où elle échoue.
#
# *Il vous faut* : le chapitre 01. Le LSTM qui fait le travail reste une boîte fermée jusqu'au chapitre 08 ; ici, on voit à quoi il
# sert. *Durée* : une heure et demie, dont moins d'une minute de calcul.

# %% id="imports"
import argparse
from itertools import islice
from pathlib import Path

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.neighbors import KNeighborsClassifier

from lstmlib import LSTM, Model, exam, load, save, train
from workbook import (
    applications, check, corpora, expect, inputs, language, loaders, mine, plots, predict,
    progress_bar, quiz, say, true, value,
)

# %% [markdown] id="map" lang="en" slideshow={"slide_type": "subslide"}
# | what comes in | what goes out | application |
# |---|---|---|
# | many words | one answer | sentiment |
# | many words | the next one, at each step | word prediction |
# | many words | many others, after the last | translation |
# | one picture | many words | image captions |
# | many pictures | many words | video captions |
#
# Each network has to beat a rival *without memory*. These are **the baselines**: a bag of words, pairs of words, a dictionary, one
# look. Without a baseline, a score says nothing.

# %% [markdown] id="map" lang="fr" slideshow={"slide_type": "subslide"}
# | ce qui entre | ce qui sort | application |
# |---|---|---|
# | plusieurs mots | une réponse | analyse de sentiments |
# | plusieurs mots | le suivant, à chaque pas | prédiction de mots |
# | plusieurs mots | plusieurs autres, après le dernier | traduction |
# | une image | plusieurs mots | légende d'image |
# | plusieurs images | plusieurs mots | légende de film |
#
# Chaque réseau doit dépasser un rival *sans mémoire*. Ce sont **les points de comparaison** : un sac de mots, des paires de mots, un
# dictionnaire, un seul regard. Sans point de comparaison, un score ne dit rien.

# %% [markdown] id="sentiment" lang="en" slideshow={"slide_type": "slide"}
# ## 1 · Is the review good? The sentiment
#
# A small grammar writes reviews. “Not” and “never” turn the mood round, and what comes after “but” has the last word. The network
# reads one word per step and answers at the full stop. `<?>` is a word that it is not allowed to know. Two adjectives are **never
# negated** in the lessons: “lovely” and “dull”. Keep that in mind when you guess.

# %% [markdown] id="sentiment" lang="fr" slideshow={"slide_type": "slide"}
# ## 1 · L'avis est-il bon ? Lire les sentiments
#
# Une petite grammaire écrit des critiques. « Pas » et « jamais » renversent l'avis, et ce qui suit « mais » a le dernier mot. Le
# réseau lit un mot par pas et répond au point final. `<?>` est un mot qu'on lui cache. Dans les leçons, deux adjectifs ne sont **jamais
# niés** : « superbe » et « nul ». Gardez-le en tête en pariant.

# %% id="reviews"
def learn(model, corpus, updates, lr=1e-2, sample=None):
    with progress_bar(updates, sample=sample):
        for step in islice(train(model, corpus.learn, lr=lr), updates):
            pass


reviews = corpora.sentiment()
batch = next(reviews.learn.batches(np.random.default_rng(1), 6))
for ids, mood in zip(batch.x.T, batch.target[0]):
    print("+" if mood else "−", corpora.spelled(reviews.words.words[k] for k in ids))

# %% id="predict-sentiment"
predict("02-never-negated")

# %% id="learn-sentiment"
critic = Model(LSTM, D=len(reviews.words), H=32, K=2)
line = say("the film was not good")
learn(critic, reviews, 300,
      sample=lambda: f"{line}: {inputs.moods(critic, reviews.words, line.split())[-1]:.0%} +")

# %% [markdown] id="sentiment-score" lang="en"
# **Observe.** The exam has reviews that were never read. The baseline is a *bag of words*: it counts the words, forgets their order,
# and weighs them (logistic regression). The last dot is the exam on “not lovely”, “never dull” and the like.

# %% [markdown] id="sentiment-score" lang="fr"
# **Observez.** L'examen porte sur des critiques jamais lues. Le point de comparaison est un *sac de mots* : il compte les mots,
# oublie leur ordre et les pèse (régression logistique). Le dernier point est l'examen sur « pas superbe », « jamais nul », etc.

# %% id="score-sentiment"
score = {say("bag of words"): [applications.bag_of_words(reviews)],
         "LSTM": [exam(critic, reviews.exam)],
         say("LSTM, never negated"): [exam(critic, reviews.new)]}
bag, ours, odd = (value(name, found[0]) for name, found in score.items())
expect(plots.spread(score, ylabel=say("accuracy"), chance=.5,
                    text=say("Is the review good? Accuracy in the exam, chance 0.5.")),
       bag < .65, ours > .95, odd < .25)

# %% [markdown] id="sentiment-explain" lang="en"
# **Explain.** Six of the eight adjectives are negated half of the time, and the two sides of a “but” disagree. So the words alone say next
# to nothing: what counts is which word stands *before* which, and a bag does not know. The network does. But it has also learned that
# “lovely” is never negated, and so it passes over the “not”. *What it has never read negated, it does not negate.* It has not learned a
# rule of language; it has learned these sentences.

# %% [markdown] id="sentiment-explain" lang="fr"
# **Expliquez.** Six des huit adjectifs sont niés une fois sur deux, et de part et d'autre d'un « mais » les avis s'opposent. Seuls, les
# mots ne disent donc presque rien. Ce qui compte, c'est quel mot vient *avant* quel autre, et le sac n'en sait rien. Le réseau, si. Mais il
# a aussi appris que « superbe » n'est jamais nié, et il passe sur la négation. *Ce qu'il n'a jamais lu nié, il ne le nie pas.* Il n'a pas
# appris une règle de la langue ; il a appris ces phrases-là.

# %% [markdown] id="sentiment-try" lang="en" slideshow={"slide_type": "subslide"}
# **Your own review.** The bars show what the network would say *if the review ended there*. Try a “not”, a “but”, a word it has never
# read; then find the sentence that fools it. Look at the bar after “but … was”: it is sure before it has read the adjective. In
# this corpus the two halves always disagree, and it has noticed. Choose *the gates, word by word* to open the box a little: f, i, o and c.

# %% [markdown] id="sentiment-try" lang="fr" slideshow={"slide_type": "subslide"}
# **Votre propre critique.** Les barres montrent ce que dirait le réseau *si la critique s'arrêtait là*. Essayez une négation, un
# « mais », un mot qu'il n'a jamais lu ; puis trouvez la phrase qui le trompe. Regardez la barre après « mais … est » : il est sûr de lui
# avant d'avoir lu l'adjectif. Dans ce corpus, les deux moitiés se contredisent toujours, et il s'en est aperçu. Choisissez *les
# portes, mot à mot* pour entrouvrir la boîte : f, i, o et c.

# %% id="try-sentiment"
inputs.review(critic, reviews.words, say("The film was never good but the song was not silly"))

# %% [markdown] id="mask" lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 2.1 · `masked_loss(losses, mask)`.** Reviews differ in length, a batch is a rectangle: short ones are filled up with
# *padding*. What the network says there must not count. `losses` (T, B) are the losses of each step, `mask` (T, B) is 1 where a step
# counts, else 0. Return the mean over the steps that count.

# %% [markdown] id="mask" lang="fr" slideshow={"slide_type": "subslide"}
# **Exercice 2.1 · `masked_loss(losses, mask)`.** Les critiques n'ont pas toutes la même longueur, un lot est un rectangle : on complète
# les plus courtes par du *remplissage*. Ce que le réseau y dit ne doit pas compter. `losses` (T, B) contient la perte de chaque pas,
# `mask` (T, B) vaut 1 là où un pas compte, 0 sinon. Renvoyez la moyenne sur les pas qui comptent.

# %% id="write-mask"
def masked_loss(losses, mask):
    raise NotImplementedError


check("masked_loss", masked_loss)

# %% [markdown] id="next" lang="en" slideshow={"slide_type": "slide"}
# ## 2 · Tell me the next word
#
# Many words in, and at each step a guess at **the next word**. The text is its own teacher: nobody has to label anything. We read
# short tales. Who lives where? *She* or *he*? Do the cats sleep, or does the cat? The rival knows pairs of words only (a *bigram*): how
# often each word has followed each other one.

# %% [markdown] id="next" lang="fr" slideshow={"slide_type": "slide"}
# ## 2 · Dites-moi le mot suivant
#
# Plusieurs mots entrent, et à chaque pas le réseau devine **le mot suivant**. Le texte est son propre maître : personne n'a rien à
# étiqueter. Nous lisons de petits contes. Qui vit où ? *Elle* ou *il* ? Le chat dort-il, ou les chats dorment-ils ? Le rival
# ne connaît que des paires de mots (un *bigramme*) : combien de fois chaque mot en a suivi un autre.

# %% id="tales"
tales = corpora.tales()
batch = next(tales.learn.batches(np.random.default_rng(2), 4))
for ids in batch.target.T:
    print(corpora.spelled(tales.words.words[k] for k in ids))

# %% [markdown] id="perplexity" lang="en"
# **Exercise 2.2 · `perplexity(losses)`.** How good is a guesser? Its *perplexity* says between how many equally likely words it
# hesitates: e to the power of the mean loss (the losses are in nats, so the base is e). One number.

# %% [markdown] id="perplexity" lang="fr"
# **Exercice 2.2 · `perplexity(losses)`.** Que vaut un devin ? Sa *perplexité* dit entre combien de mots également probables il hésite :
# e à la puissance de la perte moyenne (les pertes sont en nats, la base est donc e). Un seul nombre.

# %% id="write-perplexity"
def perplexity(losses):
    raise NotImplementedError


check("perplexity", perplexity)

# %% id="predict-agreement"
predict("02-agreement")

# %% id="learn-tales"
teller = Model(LSTM, D=len(tales.words), H=48, K=len(tales.words))
first = corpora.words(say("the cats behind the dog"))
learn(teller, tales, 300, lr=2e-2,
      sample=lambda: corpora.spelled([*first, *applications.goes_on(teller, tales.words, first)]))

# %% id="score-tales"
batch = next(tales.exam.batches(np.random.default_rng(5), 400))
verbs, forms = corpora.agreement(batch, tales.words)  # asked only where the nearest noun misleads
rivals = {say("pairs of words"): applications.bigram(tales, batch.x), "LSTM": teller(batch.x).y}
agree = {who: applications.recalled(y, verbs, forms) for who, y in rivals.items()}
hesitates = {who: corpora.perplexity(y, batch.target, batch.mask) for who, y in rivals.items()}
pairs, ours = (value(say("verb agreement, {who}", who=who), share) for who, share in agree.items())
fewer = hesitates["LSTM"] / hesitates[say("pairs of words")]
expect(pairs < .3, ours > .9,
       value(say("perplexity of the LSTM, divided by that of pairs of words"), fewer) < .7)

# %% [markdown] id="far" lang="en" slideshow={"slide_type": "subslide"}
# **How far does its memory reach?** Three things have to be carried along: the number of the subject (some three words), *she* or *he*
# (some ten), and the home named in the first sentence (some twenty). We look only at the places where the answer depends on it. Chance is one
# half for the first two, one quarter for the home.

# %% [markdown] id="far" lang="fr" slideshow={"slide_type": "subslide"}
# **Jusqu'où porte sa mémoire ?** Trois choses sont à retenir : le nombre du sujet (sur trois mots environ), *elle* ou *il* (une
# dizaine), et le lieu nommé dans la première phrase (une vingtaine). On ne regarde que les endroits où la réponse en dépend. Au hasard : une fois
# sur deux, pour les trois (« au » ou « à la » trahit déjà la moitié des lieux).

# %% id="score-far"
def reach(words, nth):
    ids = tales.words.ids(words.split())
    times = np.cumsum(np.isin(batch.target, ids), axis=0)
    place = batch._replace(mask=batch.mask * (times == nth))
    return [applications.recalled(teller(batch.x).y, place, ids)]


far = {say("the verb's number"): [agree["LSTM"]], say("she or he"): reach(say("she he"), 1),
       say("the home"): reach(say("lake mill bridge hill"), 2)}
near, *distant = (value(name, found[0]) for name, found in far.items())
expect(plots.spread(far, ylabel=say("accuracy"),
                    text=say("What the LSTM remembers, near and far.")),
       near > .9, *(what < .7 for what in distant))

# %% [markdown] id="far-explain" lang="en"
# **An honest failure.** What is near is learned first. *She* or *he*, and the home, are guesses still: it will make the fox a *he*, and send
# him home to another place. Train five times as long, and *she* and *he* come right as well; the home perhaps. Why the far past is learned last, and by some
# networks never, is chapter 03.

# %% [markdown] id="far-explain" lang="fr"
# **Un échec honnête.** Ce qui est proche s'apprend d'abord. *Elle* ou *il*, et le lieu, sont encore devinés : la renarde deviendra *il* et
# rentrera ailleurs que chez elle. Entraînez cinq fois plus longtemps, et *elle* ou *il* viendra juste aussi ; le lieu, peut-être. Pourquoi
# le passé lointain s'apprend en dernier, et parfois jamais, c'est le chapitre 03.

# %% [markdown] id="sample" lang="en" slideshow={"slide_type": "subslide"}
# **Exercise 2.3 · `sample(y, temperature, rng)`.** To tell a tale, draw the next word at random, with the probabilities
# $\mathrm{softmax}(y / \tau)$. The temperature $\tau$ says how boldly: near 0 always the likeliest word, large values make all alike.
# `y` (K,) are scores, `rng` a NumPy generator; return one whole number from 0 to K − 1.
#
# Then **begin a tale yourself**. Temperature 0: always the same. Above 1.5: words go wild. Try “the cats that the dog sees”.

# %% [markdown] id="sample" lang="fr" slideshow={"slide_type": "subslide"}
# **Exercice 2.3 · `sample(y, temperature, rng)`.** Pour conter, tirez le mot suivant au hasard, avec les probabilités
# $\mathrm{softmax}(y / \tau)$. La température $\tau$ dit avec quelle audace : près de 0, toujours le mot le plus probable ; grande, elle
# rend tous les mots égaux. `y` (K,) contient les scores, `rng` est un générateur de NumPy ; renvoyez un entier de 0 à K − 1.
#
# Puis **commencez un conte vous-même**. Température 0 : toujours le même. Au-delà de 1,5 : les mots s'affolent. Essayez « les chats que
# le chien voit ».

# %% id="write-sample"
def sample(y, temperature, rng):
    raise NotImplementedError


check("sample", sample)

# %% id="try-tales"
inputs.beginning(teller, tales.words, say("A fox lives near the mill"))

# %% [markdown] id="reference" lang="en" slideshow={"slide_type": "subslide"}
# **Real text, letter by letter.** Every Python carries the reference of its language, for `help()`: some 450,000 characters written by
# people. Nothing changes but the tokens: characters instead of words. Half a minute would be better; we take four seconds.
# It learns letters, spaces, short words, endings, and that the text is about Python. It learns nothing of what the text *says*.

# %% [markdown] id="reference" lang="fr" slideshow={"slide_type": "subslide"}
# **Un vrai texte, lettre à lettre.** Chaque Python emporte la référence de son langage, pour `help()` : quelque 450 000 caractères écrits
# par des humains, en anglais. Rien ne change, sauf l'unité : le caractère au lieu du mot. Une demi-minute ferait mieux ; nous prenons
# quatre secondes. Il apprend les lettres, les espaces, les mots courts, les terminaisons, et que le texte parle de Python. De ce que le
# texte *dit*, il n'apprend rien.

# %% id="learn-reference"
reference = corpora.reference(T=40)
scribe = Model(LSTM, D=len(reference.words), H=64, K=len(reference.words))
learn(scribe, reference, 400, lr=2e-2,
      sample=lambda: "The " + "".join(applications.goes_on(scribe, reference.words, "The ", 40)))

batch = next(reference.exam.batches(np.random.default_rng(5), 200))
by_pairs = corpora.perplexity(applications.bigram(reference, batch.x), batch.target)
ours = corpora.perplexity(scribe(batch.x).y, batch.target)
expect(value(say("perplexity of the LSTM, divided by that of pairs of characters"),
             ours / by_pairs) < .8)

# %% id="try-reference"
inputs.beginning(scribe, reference.words, "The ", split=corpora.characters, longest=300)

# %% [markdown] id="translation" lang="en" slideshow={"slide_type": "slide"}
# ## 3 · From English to French, and back: translation
#
# Word for word does not do. “The small green house” is “la petite maison verte”: the adjectives change places, and they agree with a noun
# that comes later. So read *first*, to the end, and write *then*. An **encoder** reads the sentence; its last state becomes the first
# state of a **decoder**, which writes (Sutskever et al., 2014). All that passes from one to the other is that
# state: h and c, 48 numbers each.

# %% [markdown] id="translation" lang="fr" slideshow={"slide_type": "slide"}
# ## 3 · Du français à l'anglais, et retour : la traduction
#
# Mot à mot, cela ne marche pas. « The small green house », c'est « la petite maison verte » : les adjectifs changent de place, et
# s'accordent avec un nom qui vient plus tard. Donc lire *d'abord*, jusqu'au bout, puis écrire. Un **encodeur** lit la phrase ; son dernier
# état devient le premier état d'un **décodeur**, qui écrit (Sutskever et al., 2014). De l'un à l'autre ne passe
# que cet état : h et c, 48 nombres chacun.

# %% id="learn-translation"
ways = {lang: corpora.translation(lang) for lang in ("en", "fr")}  # from English, from French
translators = {lang: applications.EncoderDecoder(len(way.source), 48, len(way.words))
               for lang, way in ways.items()}
for lang, sentence in (("en", "the small cat sees a big house"),
                       ("fr", "le petit chat voit une grande maison")):
    source = ways[lang].source.ids(sentence.split())[:, None]
    learn(translators[lang], ways[lang], 800,
          sample=lambda lang=lang, source=source: applications.says(
              translators[lang], ways[lang], source))

# %% [markdown] id="greedy" lang="en"
# In the lessons the decoder is helped: before it writes a word, it is given the right word that comes before (*teacher forcing*). In use
# there is no teacher. It reads what it has just said itself.
#
# **Exercise 2.4 · `greedy(step, s, start, stop, longest)`.** Let a decoder write. `step(s, word)` reads one word (a number) in the state `s`
# and returns the new state and the scores `y` (K,) of the next word. Begin with `start`, take the likeliest word each time, end at
# `stop` or after `longest` words. Return the list of words, without `start` and `stop`. The cell below
# sets your loop to work on the trained translator.

# %% [markdown] id="greedy" lang="fr"
# Pendant les leçons, le décodeur est aidé : avant d'écrire un mot, il reçoit le bon mot précédent (*forçage par la référence*). À l'usage,
# plus de maître : il lit ce qu'il vient de dire lui-même.
#
# **Exercice 2.4 · `greedy(step, s, start, stop, longest)`.** Faites écrire un décodeur. `step(s, word)` lit un mot (un numéro) dans l'état
# `s` et renvoie le nouvel état et les scores `y` (K,) du mot suivant. Commencez par `start`, prenez chaque fois le mot le plus probable,
# arrêtez-vous à `stop` ou après `longest` mots. Renvoyez la liste des mots, sans `start` ni `stop`. La
# cellule suivante met votre boucle au travail, sur le traducteur entraîné.

# %% id="write-greedy"
def greedy(step, s, start, stop, longest):
    raise NotImplementedError


check("greedy", greedy)

# %% id="use-greedy"
way, translator = ways[language()], translators[language()]
read = say("the small green girl sees a big black book")
source = way.source.ids(read.split())[:, None]                # (S, 1)


def step(s, word):
    trace = translator.decoder(np.array([[word]]), s)
    return trace.s, trace.y[0, :, 0]


said = mine("greedy")(step, translator.encoder(source).s, 0, way.words.index[corpora.END], 20)
wrote = corpora.spelled(way.words.words[k] for k in said)
expect(inputs.draw_sentence(translator, way, read),
       true(say("your loop writes the same"), wrote == applications.says(translator, way, source)))

# %% id="score-translation"
score, expected = {}, []
for lang, name in (("en", say("English → French")), ("fr", say("French → English"))):
    corpus, model = ways[lang], translators[lang]
    rivals = {say("dictionary, {way}", way=name): applications.word_for_word(corpus),
              say("LSTM, {way}", way=name): applications.exact(model, corpus.exam),
              say("new pairs, {way}", way=name): applications.exact(model, corpus.new)}
    dictionary, ours, new = (value(*found) for found in rivals.items())
    expected += [dictionary < .2, ours > .8, new < .7]
    score |= {rival: [share] for rival, share in rivals.items()}
expect(plots.spread(score, ylabel=say("sentences without a mistake"), text=say(
           "Sentences without a mistake, both ways; new pairs are of an adjective and a noun.")),
       *expected)

# %% [markdown] id="translation-explain" lang="en" slideshow={"slide_type": "subslide"}
# **Explain.** A dictionary has no way to agree or to change places. The network does both, hardly ever with a mistake, on sentences it has
# never read. **The honest failure**: four pairs (“green house”, “black dog”, “white table”, “green boy”) never came in the lessons, though
# each of their words did. There it stumbles, and drops or swaps a word: try one below. It recombines, but not freely.
#
# And everything goes through one state of fixed size, whether the sentence has five words or fifty. Ours have nine at most, and the state
# is large enough. On real text, one of the first networks of this kind did much worse as sentences grew (Cho et al., 2014, *On the properties
# of neural machine translation*); another had no such trouble once it was given its sentences backwards (Sutskever et al.,
# 2014). *Attention* lets the decoder look back at every word; chapter 10 says where to read on.

# %% [markdown] id="translation-explain" lang="fr" slideshow={"slide_type": "subslide"}
# **Expliquez.** Un dictionnaire ne sait ni accorder ni déplacer. Le réseau fait les deux, presque toujours sans faute, sur des phrases qu'il n'a
# jamais lues.
# **L'échec honnête** : quatre paires (« maison verte », « chien noir », « table blanche », « garçon vert ») ne sont jamais venues dans
# les leçons, alors que chacun de leurs mots y était. Là, il trébuche, oublie un mot ou le remplace : essayez-en une ci-dessous. Il recombine,
# mais pas librement.
#
# Et tout passe par un seul état de taille fixe, que la phrase ait cinq mots ou cinquante. Les nôtres en ont neuf au plus, et la place suffit. Sur
# de vrais textes, l'un des premiers réseaux de ce genre perdait beaucoup quand les phrases s'allongeaient (Cho et al., 2014, *On the properties
# of neural machine translation*) ; un autre n'a plus eu cette difficulté quand on lui a donné ses phrases à l'envers (Sutskever et al., 2014).
# L'*attention* laisse le décodeur revenir à chaque mot ; le chapitre 10 dit où lire la suite.

# %% id="try-translation"
inputs.sentence(translator, way, say("The small black cat sees a white house."))

# %% id="try-back"
other = {"en": "fr", "fr": "en"}[language()]
inputs.sentence(translators[other], ways[other], say("La petite fille verte aime un chat noir."))

# %% [markdown] id="thought" lang="en" slideshow={"slide_type": "subslide"}
# **Look at the sentence's “thought”.** Three hundred sentences, each placed by what the encoder kept of it: the 48 numbers of c, in the
# two directions in which they differ most. Colours: the gender that the first noun has *in French*. First picture: the encoder of *English*.
# English nouns have no gender!

# %% [markdown] id="thought" lang="fr" slideshow={"slide_type": "subslide"}
# **Regardez la « pensée » de la phrase.** Trois cents phrases, chacune placée d'après ce que l'encodeur en a gardé : les 48 nombres de c,
# vus dans les deux directions où ils diffèrent le plus. Couleurs : le genre que le premier nom a *en français*. Première
# image : l'encodeur de l'*anglais*. Les noms anglais n'ont pas de genre !

# %% id="thought-french"
FEMININE = set("girl house car table fille maison voiture table".split())
NOUNS = FEMININE | set("cat dog boy book chat chien garçon livre".split())


def gender(sentence):
    noun = next(word for word in sentence if word in NOUNS)
    return say("feminine") if noun in FEMININE else say("masculine")


picture, alike = inputs.thoughts(translators["en"], ways["en"], gender)
same = say("share of dots whose nearest neighbour has the same gender (chance: 0.5)")
expect(picture, value(same, alike) > .85)

# %% id="thought-english"
picture, less_alike = inputs.thoughts(translators["fr"], ways["fr"], gender)
expect(picture, value(same, less_alike) < .8)

# %% [markdown] id="thought-explain" lang="en"
# Whoever writes French needs the gender, so the encoder of English has to find it, and puts it first. Whoever writes English has no use
# for it: there the dots are mixed. *A state keeps what is needed, not what was read.* A picture shows what goes together, though, not what is
# used; for that one has to take it away and see what breaks.

# %% [markdown] id="thought-explain" lang="fr"
# Pour écrire en français, il faut le genre : l'encodeur de l'anglais doit donc le trouver, et le met au premier plan. Pour écrire en
# anglais, il ne sert à rien : là, les points se mêlent. *Un état garde ce dont on a besoin, non ce qui a été lu.* Mais une image montre ce
# qui va ensemble, pas ce qui sert ; pour le savoir, il faut l'ôter et voir ce qui casse.

# %% [markdown] id="picture" lang="en" slideshow={"slide_type": "slide"}
# ## 4 · What is on the picture? Captions for pictures
#
# A picture comes in at one step, words go out at many: captions for pictures. Real handwriting (the digits of scikit-learn), laid on the
# left or the right of a sheet, in black or white ink. The exam is on *other handwritings*. If the sheets were split at random, the same digit
# would come in lessons and exam, in another ink, and the score would flatter.

# %% [markdown] id="picture" lang="fr" slideshow={"slide_type": "slide"}
# ## 4 · Qu'y a-t-il sur l'image ? Légender des images
#
# Une image entre en un pas, des mots sortent en plusieurs : c'est légender des images. De vraies écritures (les chiffres de scikit-learn), à
# gauche ou à droite d'une feuille, à l'encre noire ou blanche. L'examen porte sur *d'autres écritures*. Si l'on répartissait les feuilles au
# hasard, le même chiffre viendrait dans les leçons et à l'examen, dans une autre encre, et le score serait flatteur.

# %% id="pictures"
digits = corpora.digits()
batch = next(corpora.digits(noise=0).learn.batches(np.random.default_rng(4), 4))
plots.gallery([-sheet.reshape(8, 16) for sheet in batch.x[0][0].T],
              [corpora.spelled(applications.until_end(digits.words, ids))
               for ids in batch.target.T])

# %% id="predict-picture"
predict("02-one-look")

# %% id="learn-pictures"
viewer = applications.EncoderDecoder(digits.learn.D, 64, len(digits.words))
learn(viewer, digits, 1000, lr=5e-3, sample=lambda: applications.says(viewer, digits, batch.x[0]))

score = {say("always the commonest"): [applications.at_a_glance(digits, DummyClassifier())],
         "LSTM": [applications.exact(viewer, digits.exam)],
         say("nearest neighbour"): [applications.at_a_glance(
             corpora.digits(noise=0), KNeighborsClassifier(1), n=12_000)]}
common, ours, nearest = (found[0] for found in score.values())
expect(plots.spread(score, ylabel=say("captions without a mistake"),
                    text=say("Captions without a mistake, on other handwritings.")),
       value(say("always the commonest"), common) < .1, value("LSTM", ours) > .75,
       value(say("nearest neighbour, minus the LSTM"), nearest - ours) > 0)

# %% [markdown] id="picture-explain" lang="en"
# **The honest result**: far above chance, and *below* a rival that learns nothing at all. The nearest neighbour looks up the most similar
# picture and copies its caption. A plain classifier that picks among whole captions does as well as the network. One look needs no memory;
# the recurrent part only writes the sentence. And pictures want other eyes than ours: convolutions. Now draw.

# %% [markdown] id="picture-explain" lang="fr"
# **Le résultat honnête** : très au-dessus du hasard, et *au-dessous* d'un rival qui n'apprend rien du tout. Le plus proche voisin cherche
# l'image la plus ressemblante et recopie sa légende. Un simple classifieur, qui choisit parmi les légendes entières, vaut le réseau. Un
# seul regard ne demande pas de mémoire ; la partie récurrente ne fait qu'écrire la phrase. Et les images demandent d'autres yeux que les
# nôtres : des convolutions. À vous de dessiner.

# %% id="try-pictures"
inputs.digit(viewer, digits)

# %% [markdown] id="film" lang="en" slideshow={"slide_type": "slide"}
# ## 5 · What happens in the film? Captions for films
#
# Eight frames, one per step; then the caption. A shape takes four steps one way, then three another. What the baseline sees is the
# last frame: the shape is there, but not where it came from.

# %% [markdown] id="film" lang="fr" slideshow={"slide_type": "slide"}
# ## 5 · Que se passe-t-il dans le film ? Légender des films
#
# Huit images, une par pas ; puis la légende. Une forme fait quatre pas dans un sens, puis trois dans un autre. Le point de comparaison
# ne voit que la dernière image : la forme y est, mais pas d'où elle vient.

# %% id="learn-films"
films = corpora.films()
watcher = applications.EncoderDecoder(films.learn.D, 64, len(films.words))
batch = next(films.exam.batches(np.random.default_rng(0), 1))
learn(watcher, films, 1000, lr=5e-3, sample=lambda: applications.says(watcher, films, batch.x[0]))

score = {say("last frame"): [applications.at_a_glance(films, KNeighborsClassifier(5))],
         "LSTM": [applications.exact(watcher, films.exam)],
         say("LSTM, new captions"): [applications.exact(watcher, films.new)]}
last, ours, new = (value(name, found[0]) for name, found in score.items())
expect(plots.spread(score, ylabel=say("captions without a mistake"),
                    text=say("Captions without a mistake, of films never seen.")),
       last < .15, ours > .85, new > .5)

# %% [markdown] id="film-explain" lang="en"
# **Explain.** Here memory earns its keep. Even captions that it has *never read* mostly come right: it puts “bar”, “left”, “up”
# together anew. **Where it fails**: it has only seen films that turn after frame 5. Set the turn much earlier or later below, and
# watch it go wrong.

# %% [markdown] id="film-explain" lang="fr"
# **Expliquez.** Ici, la mémoire sert vraiment. Même des légendes qu'il n'a *jamais lues* sont justes le plus souvent : il combine à neuf
# « barre », « à gauche », « en haut ». **Où il échoue** : il n'a vu que des films qui tournent après l'image 5. Choisissez ci-dessous
# un moment bien plus tôt ou plus tard, et voyez-le se tromper.

# %% id="try-films"
inputs.path(watcher, films)

# %% [markdown] id="own" lang="en" slideshow={"slide_type": "slide"}
# ## 6 · Bring your own data
#
# The same few lines, on a file of yours. Put its name in the first one; here it is a module of Python itself, read as text. Nothing leaves your
# machine.

# %% [markdown] id="own" lang="fr" slideshow={"slide_type": "slide"}
# ## 6 · Apportez vos données
#
# Les mêmes quelques lignes, sur un fichier à vous. Mettez son nom dans la première ; ici, c'est un module de Python lui-même, lu comme un texte.
# Rien ne quitte votre machine.

# %% id="own-text"
path = argparse.__file__                                     # "my_text.txt"
# by words: loaders.text(path, corpora.words)
text = loaders.text(path, T=40)
writer = Model(LSTM, len(text.words), 48, len(text.words))
learn(writer, text, 150, lr=2e-2)
inputs.beginning(writer, text.words, "def ", split=corpora.characters, longest=200)

# %% [markdown] id="own-formats" lang="en"
# | you have | you write |
# |---|---|
# | any text | `loaders.text("book.txt")`, or `loaders.text("book.txt", corpora.words)` |
# | reviews in folders `pos` and `neg` (IMDB's layout) | `loaders.reviews("aclImdb/train")` |
# | reviews in a table | `loaders.reviews("reviews.csv", text="review", mood="sentiment")` |
# | pairs of sentences with a tab between (Anki) | `corpora.translated(list(loaders.pairs("fra.txt")))` |
# | the same from Tatoeba, with numbers between | `loaders.pairs("pairs.tsv", columns=(1, 3))` |
#
# Files are read line by line, in UTF-8; another encoding is named: `encoding="cp1252"`. **What to expect on a laptop**, with H = 64 on one
# core: training reads some hundred thousand characters a second, or ten thousand words if the vocabulary has two thousand. So a novel takes
# seconds once through, a hundred megabytes a quarter of an hour; they fit, one byte a character. Real reviews need more words and more time:
# start with `limit=5000` and some thousand updates.
#
# A model and its words are kept in one file, without pickle, and come back the same:

# %% [markdown] id="own-formats" lang="fr"
# | vous avez | vous écrivez |
# |---|---|
# | un texte quelconque | `loaders.text("livre.txt")`, ou `loaders.text("livre.txt", corpora.words)` |
# | des critiques dans des dossiers `pos` et `neg` (comme IMDB) | `loaders.reviews("aclImdb/train")` |
# | des critiques dans un tableau | `loaders.reviews("avis.csv", text="texte", mood="avis")` |
# | des paires de phrases séparées par une tabulation (Anki) | `corpora.translated(list(loaders.pairs("fra.txt")))` |
# | les mêmes de Tatoeba, avec des numéros entre elles | `loaders.pairs("paires.tsv", columns=(1, 3))` |
#
# Les fichiers sont lus ligne à ligne, en UTF-8 ; un autre encodage se nomme : `encoding="cp1252"`. **À quoi s'attendre sur un portable**, avec
# H = 64 et un cœur : l'entraînement lit une centaine de milliers de caractères par seconde, ou dix mille mots si le vocabulaire en compte deux
# mille. Un roman passe donc en quelques secondes, cent mégaoctets en un quart d'heure ; ils tiennent en mémoire, un octet par caractère. De
# vraies critiques demandent plus de mots et plus de temps : commencez par `limit=5000` et quelques milliers de mises à jour.
#
# Un modèle et ses mots se gardent dans un seul fichier, sans pickle, et reviennent tels quels :

# %% id="own-load"
save("writer.npz", writer, vocabulary=text.words.words)
again, more = load("writer.npz")
Path("writer.npz").unlink()
x = next(text.exam.batches(np.random.default_rng(0), 4)).x
expect(true(say("the same words come back"), corpora.of_words(more["vocabulary"]) == text.words),
       true(say("and the same scores"), np.array_equal(again(x).y, writer(x).y)))

# %% [markdown] id="ask-quiz" lang="en"
# ## 7 · Quiz

# %% [markdown] id="ask-quiz" lang="fr"
# ## 7 · Quiz

# %% id="quiz"
quiz("02")

# %% [markdown] id="summary" lang="en" slideshow={"slide_type": "slide"}
# ## What you have earned
#
# | [the sheet](10-summary.ipynb), part 2 | you have seen | it beats | it fails |
# |---|---|---|---|
# | sentiment analysis | a review read word by word | a bag of words | what was never negated |
# | word prediction | tales, and real text by letters | pairs of words | what was said twenty words ago |
# | machine translation | encoder and decoder, both ways | a dictionary | new pairs of known words |
# | image captions | a digit of yours, in words | the commonest caption | the nearest neighbour beats it |
# | video captions | a path of yours, in words | the last frame | a turn at another moment |
#
# Next: [03 · The vanishing gradient](03-vanishing-gradient.ipynb): why the far past is so hard to learn.

# %% [markdown] id="summary" lang="fr" slideshow={"slide_type": "slide"}
# ## Ce que vous avez acquis
#
# | [la fiche](10-summary.ipynb), partie 2 | vous l'avez vu | il dépasse | il échoue |
# |---|---|---|---|
# | analyse de sentiments | une critique lue mot à mot | un sac de mots | ce qui ne fut jamais nié |
# | prédiction de mots | des contes, et un vrai texte lettre à lettre | des paires de mots | ce qui fut dit vingt mots plus haut |
# | traduction automatique | encodeur et décodeur, dans les deux sens | un dictionnaire | les paires nouvelles de mots connus |
# | sous-titrage d'images | votre chiffre, en mots | la légende la plus fréquente | le plus proche voisin le bat |
# | sous-titrage de vidéos | votre trajet, en mots | la dernière image | un virage à un autre moment |
#
# Suite : [03 · Le gradient évanescent](03-vanishing-gradient.ipynb) : pourquoi le passé lointain est si difficile à apprendre.
