"""What chapter 13 claims of the papers' tables, and the controls."""
import numpy as np

from lstmlib.cells import LSTM, RNN
from lstmlib.sweep import SEEDS, trained
from lstmlib.tasks import embedded_reber
from workbook import kept
from workbook.claims import claim
from workbook.expected import every, median, value

from .answers import words_right
from .papers import TABLES, as_batch, embedded_word


def afresh(table, row, most=None, seeds=SEEDS):
    """What the networks of a row give now, learning from `most` sequences where that is less."""
    measure, net, _ = TABLES[table].nets[row]
    return np.array([measure(net._replace(most=most or net.most), seed) for seed in seeds])


@claim("By the rule of 1997 the cell of 1997 learns temporal order from fewer sequences than in its paper.",
       "Selon le critère de 1997, la cellule de 1997 apprend l'ordre temporel avec moins de séquences que dans "
       "l'article.",
       control=("an RNN with more weights and as many sequences as the paper took",
                "un RNN qui a plus de poids, avec autant de séquences que dans l'article"),
       source="Hochreiter & Schmidhuber 1997")
def order_is_learned_sooner():
    return (every("sequences, f = 1", afresh("order", "f = 1")) < 31390,
            every("sequences, RNN", afresh("order", "RNN", 31390)) > 31390)


@claim("On temporal order a forget bias of 5 costs nothing, and one of 1 more than three times as many sequences.",
       "Sur l'ordre temporel, un biais d'oubli de 5 ne coûte rien, et un biais de 1 demande plus de trois fois plus de "
       "séquences.",
       control=("f pinned at 1", "f fixé à 1"), source="Gers et al. 2000")
def a_high_bias_costs_nothing():
    pinned, five, one = (np.median(afresh("order", row, 31390)) for row in ("f = 1", "bias 5", "bias 1"))
    return (value("bias 5 over f = 1, medians", five / pinned) < 1.5,
            value("bias 1 over f = 1, medians", one / pinned) > 3)


@claim("By the last letter but one of the embedded Reber grammar an RNN is nearly as good as an LSTM; by the rule of "
       "1997, which allows no error, most LSTMs solve it, and clearly fewer RNNs.",
       "Pour l'avant-dernière lettre de la grammaire de Reber emboîtée, un RNN vaut presque un LSTM ; selon le "
       "critère de 1997, qui n'admet aucune erreur, la plupart des LSTM réussissent, et nettement moins de RNN.",
       control=("LSTMs of as many units, taught as long; 36 seeds, which the chapter does not have",
                "des LSTM d'autant d'unités, entraînés aussi longtemps ; 36 graines, autres que celles du chapitre"))
def two_rules():
    reber, rng = embedded_reber(), np.random.default_rng(13)
    batch, legal = as_batch([embedded_word(rng) for _ in range(512)])

    def judged(model):
        y = model(batch.x).y
        return reber.score(y, batch.target, batch.mask), words_right(y, legal, batch.mask).mean()
    (lstm, lstm_words), (rnn, rnn_words) = (
        np.array([judged(trained(cell, reber, 16, 600, seed)) for seed in range(105, 141)]).T for cell in (LSTM, RNN))
    solved, by_rnn = (value(f"{name}: seeds that get there, of 36", (words == 1).sum())
                      for name, words in (("LSTM", lstm_words), ("RNN", rnn_words)))
    return (median("RNN, last but one", rnn) > 0.95, median("LSTM, last but one", lstm) > 0.99,
            solved > 20, by_rnn < 24, solved > by_rnn)


@claim("By the rule of 1997 an LSTM without output gate learns the embedded Reber grammar as fast as one with it; an "
       "RNN mostly learns it, too, but later.",
       "Selon le critère de 1997, un LSTM sans porte de sortie apprend la grammaire de Reber emboîtée aussi vite "
       "qu'avec ; un RNN l'apprend le plus souvent aussi, mais plus tard.",
       control=("an LSTM with the gate; all on twenty-four more seeds than the table has",
                "un LSTM avec la porte ; tous sur vingt-quatre graines de plus que dans le tableau"))
def reber_needs_no_output_gate():
    whole, open_, rnn = (afresh("Reber", row, seeds=range(105, 129)) for row in ("f = 1", "f = 1, o = 1", "RNN"))
    lstm, o_1, plain = (value(f"{name}: seeds that get there, of 24", np.isfinite(found).sum())
                        for name, found in (("LSTM", whole), ("LSTM, o = 1", open_), ("RNN", rnn)))
    return (value("strings, o = 1 over o learned, medians", np.median(open_) / np.median(whole)) < 1.5,
            value("strings, RNN over LSTM, medians", np.median(rnn) / np.median(whole)) > 1.5,
            o_1 > 18, plain > 12, lstm > plain)


@claim("In a stream of Reber words most cells of 1997 are soon wrong; with a forget gate, or emptied from outside, "
       "they are right for thousands of letters.",
       "Dans un flux de mots de Reber, la plupart des cellules de 1997 se trompent vite ; avec une porte d'oubli, ou "
       "si leur état est vidé de l'extérieur, elles ont juste pendant des milliers de lettres.",
       control=("the kept table: f pinned at 1, with and without a reset",
                "le tableau enregistré : f fixé à 1, avec et sans remise à zéro"), source="Gers et al. 2000")
def a_stream_asks_for_forgetting():
    found = kept("papers")
    return (median("kept: letters, f = 1", found["stream", "f = 1"]) < 200,
            median("kept: letters, learned f", found["stream", "learned f"]) > 1000,
            median("kept: letters, f = 1, reset", found["stream", "f = 1, reset"]) > 1000)
