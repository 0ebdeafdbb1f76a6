"""Exercises of chapter 08, the full cell."""

import numpy as np

from ..cells import LSTM, State, Tape, join, sigmoid
from ..judge import Exercise, Mistake, Puzzle, rows_of_symbols
from ..unroll import forward
from .sheet import BACK, CANDIDATE, CELL, EACH_STEP, FORGET, HIDDEN
from .sheet import LSTM as SHEET

# --- exercises and puzzles ----------------------------------------------------------------------------------


def gradient_check(loss, w, eps):
    """The gradient of a loss by central differences: (loss(w + eps) - loss(w - eps)) / 2 eps, for one weight
    after the other.

    loss: a function of an array of the shape of w, which returns one number; w: an array of any shape; eps: a
    small number. Returns dw, of the shape of w: dw[k] is how the loss answers to w[k] alone. w must be left
    as it is.
    """
    dw = np.zeros_like(w)
    for k in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[k] += eps
        down[k] -= eps
        dw[k] = (loss(up) - loss(down)) / (2 * eps)
    return dw


def lstm_step(p, s, x):
    """One moment of an LSTM.

    p: the weights, p["W"] (4, H, H+D) and p["b"] (4, H, 1), in the order f, i, o, g; s: State(h, c), both (H,
    B); x (D, B). Returns State(h, c), the new ones, and the tape of the moment, Tape(z, f, i, o, g, c_prev,
    c, h): z = [h; x] (H+D, B), the rest (H, B). Plain tuples in this order will do. s must be left as it is.
    """
    W, b = p["W"], p["b"]
    h, c = s
    z = join(h, x)
    f = sigmoid(W[0] @ z + b[0])
    i = sigmoid(W[1] @ z + b[1])
    o = sigmoid(W[2] @ z + b[2])
    g = np.tanh(W[3] @ z + b[3])
    c_new = f * c + i * g
    h_new = o * np.tanh(c_new)
    return State(h_new, c_new), Tape(z, f, i, o, g, c, c_new, h_new)


def lstm_forward(p, s, x):
    """An LSTM reads a whole sequence.

    p, s: as for lstm_step; x (T, D, B). Returns three things: h (T, H, B), the hidden states after each
    moment; the last State(h, c); and the tape, Tape(z, f, i, o, g, c_prev, c, h), each field stacked over
    time, (T, ·, B): with a list of the T tapes, Tape(*map(np.stack, zip(*tapes))). Your own lstm_step may be
    used.
    """
    W, b = p["W"], p["b"]
    h, c = s
    hs, tapes = [], []
    for x_t in x:
        z = join(h, x_t)
        f = sigmoid(W[0] @ z + b[0])
        i = sigmoid(W[1] @ z + b[1])
        o = sigmoid(W[2] @ z + b[2])
        g = np.tanh(W[3] @ z + b[3])
        c_new = f * c + i * g
        h_new = o * np.tanh(c_new)
        hs.append(h_new)
        tapes.append(Tape(z, f, i, o, g, c, c_new, h_new))
        h, c = h_new, c_new
    return np.stack(hs), State(h, c), Tape(*map(np.stack, zip(*tapes)))


def lstm_back(p, ds, tape):
    """One moment of an LSTM, backwards: who is to blame for the loss?

    p: as for lstm_step; ds: State(dh, dc), the blame on the new h and on the new c, (H, B) each, dc being
    that which comes along the belt from later moments; tape: what lstm_step kept. Returns three things: dp, a
    dict {"W" (4, H, H+D), "b" (4, H, 1)}, summed over the batch; the State(dh, dc) before this moment, (H, B)
    each; and dx (D, B).
    """
    z, f, i, o, g, c_prev, c, h = tape
    dh, dc_next = ds
    do = dh * np.tanh(c)
    dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
    df = dc * c_prev
    di = dc * g
    dg = dc * i
    da_f = df * f * (1 - f)
    da_i = di * i * (1 - i)
    da_o = do * o * (1 - o)
    da_g = dg * (1 - g ** 2)
    da = np.stack([da_f, da_i, da_o, da_g])
    dW = da @ z.T
    db = da.sum(-1, keepdims=True)
    W_f, W_i, W_o, W_g = p["W"]
    dz = W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ da_g
    H = len(c)
    return {"W": dW, "b": db}, State(dz[:H], dc * f), dz[H:]


def lstm_backward(p, tape, dh, ds):
    """Backpropagation through time: the whole way back, from the last moment to the first.

    p: as for lstm_step; tape: of the whole sequence, as lstm_forward gives it, each field (T, ·, B); dh (T,
    H, B): the blame that each moment's read-out puts on h[t]; ds: State(dh, dc), the blame on the last state
    from whatever reads on from there. Returns three things, as lstm_back does: dp, a dict {"W" (4, H, H+D),
    "b" (4, H, 1)}, summed over batch and time; the State(dh, dc) before the first moment; and dx (T, D, B).
    Your own lstm_back may be used.
    """
    dh_next, dc_next = ds
    W_f, W_i, W_o, W_g = p["W"]
    dW, db, dxs = 0, 0, []
    for t in reversed(range(len(dh))):
        z, f, i, o, g, c_prev, c, h = (q[t] for q in tape)
        dh_t = dh[t] + dh_next
        do = dh_t * np.tanh(c)
        dc = dc_next + dh_t * o * (1 - np.tanh(c) ** 2)
        df = dc * c_prev
        di = dc * g
        dg = dc * i
        da_f = df * f * (1 - f)
        da_i = di * i * (1 - i)
        da_o = do * o * (1 - o)
        da_g = dg * (1 - g ** 2)
        da = np.stack([da_f, da_i, da_o, da_g])
        dW = dW + da @ z.T
        db = db + da.sum(-1, keepdims=True)
        dz = W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ da_g
        H = len(c)
        dh_next, dc_next = dz[:H], dc * f
        dxs.append(dz[H:])
    return {"W": dW, "b": db}, State(dh_next, dc_next), np.stack(dxs[::-1])


# --- the inputs: random states, biases and blame everywhere, so that no mistake can hide --------------------


class _Wavy:
    """A loss that no polynomial of low degree imitates; its gradient differs from weight to weight."""

    def __init__(self, rng, shape):
        self.a, self.k = rng.normal(size=shape), rng.uniform(0.5, 1.5, shape)

    def __call__(self, w):
        return float(np.sum(self.a * np.sin(self.k * w)) + 0.1 * np.sum(w) ** 3)


def check_inputs(rng, n):
    """A loss, weights, and an eps large enough to tell one-sided from central differences."""
    yield _Wavy(rng, (n.H, n.D)), rng.normal(size=(n.H, n.D)) / 2, 0.05
    yield _Wavy(rng, (n.K,)), rng.normal(size=n.K) / 2, 0.02


def lstm_weights(rng, n):
    """Weights, a state and a sequence, all random."""
    W = rng.normal(size=(4, n.H, n.H + n.D)) / np.sqrt(n.H + n.D) * 1.5
    p = {"W": W, "b": rng.normal(size=(4, n.H, 1))}
    return p, State(*rng.uniform(-1, 1, (2, n.H, n.B))), rng.normal(size=(n.T, n.D, n.B))


def step_inputs(rng, n):
    """p, s, x of one moment."""
    p, s, x = lstm_weights(rng, n)
    yield p, s, x[0]


def forward_inputs(rng, n):
    """p, s, x of a sequence."""
    yield lstm_weights(rng, n)


def back_inputs(rng, n):
    """p, ds, tape of one moment."""
    p, s, x = lstm_weights(rng, n)
    yield p, State(*rng.normal(size=(2, n.H, n.B))), LSTM.step(p, s, x[0])[1]


def backward_inputs(rng, n):
    """p, tape, dh, ds of a sequence."""
    p, s, x = lstm_weights(rng, n)
    dh, ds = rng.normal(size=(n.T, n.H, n.B)), State(*rng.normal(size=(2, n.H, n.B)))
    yield p, forward(LSTM, p, x, s).tape, dh, ds


# --- where a sequence goes wrong ----------------------------------------------------------------------------


def look_step(f, p, s, x):
    """Every quantity of one moment, in the order in which they are computed, (1, ·, B) each."""
    (h, c), tape = f(p, s, x)
    named = {f"tape.{name}": q for name, q in zip(Tape._fields, tape)} | {"s.c": c, "s.h": h}
    return {name: np.asarray(q)[None] for name, q in named.items()}


def look_forward(f, p, s, x):
    """Every quantity of every moment, in the order in which they are computed."""
    h, _, tape = f(p, s, x)
    names = "z", "f", "i", "o", "g", "c", "h"
    named = dict(zip(Tape._fields, tape))
    return {f"tape.{name}": np.asarray(named[name]) for name in names} | {"h": np.asarray(h)}


def look_back(f, p, ds, tape):
    """da of one moment, (1, H, B) for each gate."""
    def backward(p, film, _, ds):
        return f(p, ds, Tape(*(q[0] for q in film)))
    return look_backward(backward, p, Tape(*(q[None] for q in tape)), ds[0][None], ds)


def look_backward(f, p, tape, dh, ds):
    """da of every moment, (T, H, B) for each gate: where z holds a single 1, dW is the da of its moment."""
    T, H, B = dh.shape
    da = np.zeros((4, T, H, B))
    for t, k in np.ndindex(T, B):
        z = np.zeros_like(tape.z)
        z[t, 0, k] = 1
        da[:, t, :, k] = f(p, tape._replace(z=z), dh, ds)[0]["W"][:, :, 0]
    return {f"da_{gate}": da[k] for k, gate in enumerate("fiog")}


def around_back(p, ds, tape):
    """What a moment's da is made of, (1, H, B) each."""
    return {name: q[None] for name, q in tape._asdict().items() if name != "z"}


def around_backward(p, tape, dh, ds):
    """What every moment's da is made of, (T, H, B) each."""
    return {"dh": dh, **{name: q for name, q in tape._asdict().items() if name != "z"}}


# --- known mistakes of the way forward ----------------------------------------------------------------------

GATES = ("f = sigmoid(W[0] @ z + b[0])", "i = sigmoid(W[1] @ z + b[1])",
         "o = sigmoid(W[2] @ z + b[2])", "g = np.tanh(W[3] @ z + b[3])")


def _rows(*rows):
    """Edits that give the gates f, i, o, g these rows of W and b."""
    return tuple(text for gate, old, new in zip(GATES, range(4), rows) if old != new
                 for text in (gate, gate.replace(f"[{old}]", f"[{new}]")))


ROWS = ("The rows of p[\"W\"] and p[\"b\"] are f, i, o, g: the three sigmoids first.",
        "Les rangées de p[\"W\"] et p[\"b\"] sont f, i, o, g : les trois sigmoïdes d'abord.")


def step_mistakes(x):
    """Known mistakes of one moment; x: the name of the moment's input in the right answer's text."""
    z = f"z = join(h, {x})"
    return (
        Mistake("f and i swapped", _rows(1, 0, 2, 3), ("f and i take each other's weights.", ROWS[0]),
                ("f et i prennent les poids l'une de l'autre.", ROWS[1])),
        Mistake("o and g swapped", _rows(0, 1, 3, 2),
                ("o and g take each other's weights: you read W in the order of the sheet, f, i, c̃, "
                 "o.", ROWS[0]),
                ("o et g prennent les poids l'une de l'autre : vous lisez W dans l'ordre de la fiche, f, i, "
                 "c̃, o.", ROWS[1])),
        Mistake("PyTorch's order", _rows(1, 0, 3, 2),
                ("you read the gates in the order of PyTorch and Keras, i, f, g, o.", ROWS[0]),
                ("vous lisez les portes dans l'ordre de PyTorch et Keras, i, f, g, o.", ROWS[1])),
        Mistake("TensorFlow 1's order", _rows(2, 0, 3, 1),
                ("you read the gates in the order i, g, f, o.", ROWS[0]), ("vous lisez les portes dans "
                                                                           "l'ordre i, g, f, o.", ROWS[1])),
        Mistake("order i o f g", _rows(2, 0, 1, 3),
                ("you read the gates in the order i, o, f, g.", ROWS[0]), ("vous lisez les portes dans "
                                                                           "l'ordre i, o, f, g.", ROWS[1])),
        Mistake("i and o swapped", _rows(0, 2, 1, 3), ("i and o take each other's weights.", ROWS[0]),
                ("i et o prennent les poids l'une de l'autre.", ROWS[1])),
        Mistake("x over h", (z, f"z = join({x}, h)"),
                ("you put x over h: [x; h]. The weights expect the past above, the present "
                 "below.", "In which order does z join them?", FORGET[0]),
                ("vous placez x au-dessus de h : [x; h]. Les poids attendent le passé en haut, le présent "
                 "en bas.",
                 "Dans quel ordre z les empile-t-il ?", FORGET[1])),
        Mistake("one bias for f and i", ("W[1] @ z + b[1]", "W[1] @ z + b[0]"),
                ("i uses the bias of f.", "A line copied: look at the index of b.", FORGET[0]),
                ("i utilise le biais de f.", "Une ligne recopiée : regardez l'indice de b.", FORGET[1])),
        Mistake("one bias for f and o", ("W[2] @ z + b[2]", "W[2] @ z + b[0]"),
                ("o uses the bias of f.", "A line copied: look at the index of b.", FORGET[0]),
                ("o utilise le biais de f.", "Une ligne recopiée : regardez l'indice de b.", FORGET[1])),
        Mistake("o's bias everywhere", ("W[0] @ z + b[0]", "W[0] @ z + b[2]", "W[1] @ z + b[1]",
                                        "W[1] @ z + b[2]"),
                ("f and i use the bias of o.", "Lines copied: look at the index of b.", FORGET[0]),
                ("f et i utilisent le biais de o.", "Des lignes recopiées : regardez l'indice de "
                                                    "b.", FORGET[1])),
        Mistake("f's bias everywhere", ("W[1] @ z + b[1]", "W[1] @ z + b[0]", "W[2] @ z + b[2]",
                                        "W[2] @ z + b[0]",
                                        "W[3] @ z + b[3]", "W[3] @ z + b[0]"),
                ("all gates use the bias of f.", "Look at the index of b in each line.", FORGET[0]),
                ("toutes les portes utilisent le biais de f.", "Regardez l'indice de b à chaque "
                                                               "ligne.", FORGET[1])),
        Mistake("f's weights for i", ("W[1] @ z + b[1]", "W[0] @ z + b[0]"),
                ("i is a copy of f: it uses the weights of f.", "A line copied: look at the "
                                                                "indices.", SHEET[0]),
                ("i est une copie de f : elle utilise les poids de f.",
                 "Une ligne recopiée : regardez les indices.", SHEET[1])),
        Mistake("f's weights for o", ("W[2] @ z + b[2]", "W[0] @ z + b[0]"),
                ("o is a copy of f: it uses the weights of f.", "A line copied: look at the "
                                                                "indices.", SHEET[0]),
                ("o est une copie de f : elle utilise les poids de f.",
                 "Une ligne recopiée : regardez les indices.", SHEET[1])),
        Mistake("i's weights for g", ("W[3] @ z + b[3]", "W[1] @ z + b[1]"),
                ("the candidate uses the weights of the input gate.", "What has W[3] to do?", CANDIDATE[0]),
                ("le candidat utilise les poids de la porte d'entrée.", "À quoi sert W[3] ?", CANDIDATE[1])),
        Mistake("no biases", tuple(text for k in range(4) for text in (f" + b[{k}]", "")),
                ("the biases are missing.", "What is added to each product W·[h, x]?", FORGET[0]),
                ("il manque les biais.", "Qu'ajoute-t-on à chaque produit W·[h, x] ?", FORGET[1])),
        *(Mistake(f"no bias in {q}", (f" + b[{k}]", ""),
                  (f"the bias of {q} is missing.", f"Look at the line of {q}.", SHEET[0]),
                  (f"il manque le biais de {q}.", f"Regardez la ligne de {q}.", SHEET[1]))
          for k, q in enumerate("fiog")),
        Mistake("biases twice", tuple(text for k in range(4) for text in (f" + b[{k}]", f" + 2 * b[{k}]")),
                ("the biases are added twice.", "PyTorch has two bias vectors, we have one.", FORGET[0]),
                ("les biais sont ajoutés deux fois.", "PyTorch a deux vecteurs de biais, nous n'en avons "
                                                      "qu'un.", FORGET[1])),
        Mistake("old h ignored", (z, f"z = join(0 * h, {x})"),
                ("the old h does not reach the gates: zeros stand in its place.",
                 "What does z join?", FORGET[0]),
                ("l'ancien h n'arrive pas aux portes : des zéros prennent sa place.",
                 "Qu'est-ce que z empile ?", FORGET[1])),
        Mistake("x ignored", (z, f"z = join(h, 0 * {x})"),
                ("x does not reach the gates.", "What does z join?", FORGET[0]),
                ("x n'arrive pas aux portes.", "Qu'est-ce que z empile ?", FORGET[1])),
        Mistake("c for h in z", (z, f"z = join(c, {x})"),
                ("the gates are given c; they look at h, what was said.", "What does z join?", FORGET[0]),
                ("les portes reçoivent c ; elles regardent h, ce qui a été dit.",
                 "Qu'est-ce que z empile ?", FORGET[1])),
        Mistake("σ on the candidate", ("g = np.tanh(", "g = sigmoid("),
                ("the candidate is bent by σ: it can never be negative, so the memory could only "
                 "grow.", "Which function goes from −1 to 1?", CANDIDATE[0]),
                ("le candidat passe par σ : il ne peut être négatif, la mémoire ne pourrait que "
                 "croître.", "Quelle fonction va de −1 à 1 ?", CANDIDATE[1])),
        Mistake("ReLU on the candidate", ("g = np.tanh(", "g = (lambda a: np.maximum(a, 0))("),
                ("the candidate is bent by ReLU: never negative, and without an upper end.",
                 "Which function goes from −1 to 1?", CANDIDATE[0]),
                ("le candidat passe par ReLU : jamais négatif, et sans plafond.",
                 "Quelle fonction va de −1 à 1 ?", CANDIDATE[1])),
        Mistake("candidate not bent", ("g = np.tanh(", "g = ("),
                ("nothing bends the candidate.", "What stands in front of the bracket?", CANDIDATE[0]),
                ("rien n'écrase le candidat.", "Qu'y a-t-il devant la parenthèse ?", CANDIDATE[1])),
        Mistake("tanh on the gates", tuple(text for q in "fio" for text in (f"{q} = sigmoid(",
                                                                            f"{q} = np.tanh(")),
                ("the gates are bent by tanh: a gate at −1 would turn what it lets through upside down.",
                 "Which function stays between 0 and 1?", FORGET[0]),
                ("les portes passent par tanh : une porte à −1 retournerait ce qu'elle laisse passer.",
                 "Quelle fonction reste entre 0 et 1 ?", FORGET[1])),
        *(Mistake(f"tanh on {q}", (f"{q} = sigmoid(", f"{q} = np.tanh("),
                  (f"{q} is bent by tanh; it is a gate, between 0 and 1.",
                   f"Look at the line of {q}.", SHEET[0]),
                  (f"{q} passe par tanh ; c'est une porte, entre 0 et 1.",
                   f"Regardez la ligne de {q}.", SHEET[1])) for q in "fio"),
        Mistake("gates not bent", tuple(text for q in "fio" for text in (f"{q} = sigmoid(", f"{q} = (")),
                ("nothing bends the gates: they can be any number.", "What keeps a gate between 0 and "
                                                                     "1?", FORGET[0]),
                ("rien n'écrase les portes : elles peuvent prendre n'importe quelle valeur.",
                 "Qu'est-ce qui garde une porte entre 0 et 1 ?", FORGET[1])),
        Mistake("softmax on the gates", tuple(text for q in "fio" for text in (
                    f"{q} = sigmoid(", f"{q} = (lambda a: np.exp(a) / np.exp(a).sum(0))(")),
                ("the gates go through softmax, so that the units compete; each unit opens its gates by "
                 "itself.",
                 "σ acts on each number alone.", FORGET[0]),
                ("les portes passent par softmax, ce qui met les unités en concurrence ; chacune ouvre ses "
                 "portes seule.",
                 "σ agit sur chaque nombre séparément.", FORGET[1])),
        Mistake("biases outside",
                tuple(text for k in range(4) for text in (f" @ z + b[{k}])", f" @ z) + b[{k}]")),
                ("the biases are added after the bending, so a gate can leave its range.",
                 "Where does the bracket close: before b, or after it?", FORGET[0]),
                ("les biais sont ajoutés après la fonction : une porte peut sortir de son "
                 "intervalle.", "Où se ferme la parenthèse : avant b, ou après ?", FORGET[1])),
        Mistake("sums on the tape", ("z, f, i, o, g, c,", "z, *(W @ z + b), c,"),
                ("all is right but the tape: it holds the sums before σ and tanh.",
                 "The tape keeps the gates themselves: f, i, o, g."),
                ("tout est juste sauf la bande : elle contient les sommes avant σ et tanh.",
                 "La bande garde les portes elles-mêmes : f, i, o, g.")),
        Mistake("tanh(c) on the tape", ("c, c_new, h_new)", "c, np.tanh(c_new), h_new)"),
                ("all is right but the tape: in the place of c it holds tanh(c).",
                 "Tape(z, f, i, o, g, c_prev, c, h)."),
                ("tout est juste sauf la bande : à la place de c, elle contient tanh(c).",
                 "Tape(z, f, i, o, g, c_prev, c, h).")),
        Mistake("old h on the tape", ("c, c_new, h_new)", "c, c_new, h)"),
                ("all is right but the tape: its h is the old one.",
                 "Tape(z, f, i, o, g, c_prev, c, h): only c comes twice, old and new."),
                ("tout est juste sauf la bande : son h est l'ancien.",
                 "Tape(z, f, i, o, g, c_prev, c, h) : seul c y figure deux fois, ancien et nouveau.")),
        Mistake("x for z on the tape", ("z, f, i, o, g, c,", "z[len(c):], f, i, o, g, c,"),
                ("all is right but the tape: its z is x alone.",
                 "z = [h; x]: dW needs both."),
                ("tout est juste sauf la bande : son z est x seul.",
                 "z = [h; x] : dW a besoin des deux.")),
        Mistake("f and i swapped in c", ("f * c + i * g", "i * c + f * g"),
                ("f and i are swapped in the line of c: the forget gate belongs to the old "
                 "memory.", "Which gate asks “keep?”, which “write?”", CELL[0]),
                ("f et i sont échangées dans la ligne de c : la porte d'oubli va avec l'ancienne mémoire.",
                 "Quelle porte demande « garder ? », laquelle « écrire ? »", CELL[1])),
        Mistake("1 - f", ("f * c +", "(1 - f) * c +"),
                ("you keep 1 − f of the old memory; but f is what is kept: f = 1 keeps all.",
                 "What should f = 1 do to c?", CELL[0]),
                ("vous gardez 1 − f de l'ancienne mémoire ; or f est ce qui reste : f = 1 garde "
                 "tout.", "Que doit faire f = 1 à c ?", CELL[1])),
        Mistake("i = 1 - f", ("i = sigmoid(W[1] @ z + b[1])", "i = 1 - f"),
                ("your input gate is 1 − f: that is another cell (CIFG).",
                 "i has its own weights, W[1].", SHEET[0]),
                ("votre porte d'entrée est 1 − f : c'est une autre cellule (CIFG).",
                 "i a ses propres poids, W[1].", SHEET[1])),
        Mistake("1 - f writes", ("+ i * g", "+ (1 - f) * g"),
                ("1 − f writes in the place of i: that is another cell (CIFG).",
                 "What does i multiply?", CELL[0]),
                ("1 − f écrit à la place de i : c'est une autre cellule (CIFG).",
                 "Que multiplie i ?", CELL[1])),
        Mistake("i + g", ("+ i * g", "+ i + g"),
                ("i and g are added; a gate lets through by multiplying.",
                 "What does i = 0 let through?", CELL[0]),
                ("i et g sont additionnés ; une porte laisse passer en multipliant.",
                 "Que laisse passer i = 0 ?", CELL[1])),
        Mistake("no f", ("f * c +", "c +"),
                ("f does nothing: this is the cell of 1997, whose memory cannot be emptied.",
                 "What multiplies the old c?", CELL[0]),
                ("f ne fait rien : c'est la cellule de 1997, dont la mémoire ne peut se vider.",
                 "Qu'est-ce qui multiplie l'ancien c ?", CELL[1])),
        Mistake("no i", ("+ i * g", "+ g"),
                ("i does nothing: every candidate is written.", "What multiplies the candidate?", CELL[0]),
                ("i ne fait rien : chaque candidat s'écrit.", "Qu'est-ce qui multiplie le "
                                                              "candidat ?", CELL[1])),
        Mistake("f on all", ("f * c + i * g", "f * (c + i * g)"),
                ("f is applied to the new part too.", "What does f multiply? Look at the brackets.", CELL[0]),
                ("f s'applique aussi à la partie nouvelle.", "Que multiplie f ? Regardez les "
                                                             "parenthèses.", CELL[1])),
        Mistake("old c lost", ("f * c + i * g", "i * g"),
                ("the old memory is lost: the new part takes its place.",
                 "Two things are added in the line of c.", CELL[0]),
                ("l'ancienne mémoire est perdue : la partie nouvelle prend sa place.",
                 "Dans la ligne de c, deux choses s'additionnent.", CELL[1])),
        Mistake("h for c", ("f * c +", "f * h +"),
                ("f multiplies the old h; the memory is c.", "Which of the two states travels on the "
                                                             "belt?", CELL[0]),
                ("f multiplie l'ancien h ; la mémoire est c.", "Lequel des deux états voyage sur le "
                                                               "tapis ?", CELL[1])),
        Mistake("minus", ("c + i * g", "c - i * g"),
                ("the new part is subtracted.", "Which sign stands in the line of c?", CELL[0]),
                ("la partie nouvelle est soustraite.", "Quel signe y a-t-il dans la ligne de c ?", CELL[1])),
        Mistake("candidate bent twice", ("+ i * g", "+ i * np.tanh(g)"),
                ("g is bent a second time in the line of c.", "g is already tanh(…).", CELL[0]),
                ("g est écrasé une seconde fois dans la ligne de c.", "g est déjà tanh(…).", CELL[1])),
        Mistake("c squashed", ("c_new = f * c + i * g", "c_new = np.tanh(f * c + i * g)"),
                ("the new memory is squashed with tanh; on the belt nothing is.",
                 "tanh goes around c in the line of h, not here.", CELL[0]),
                ("la nouvelle mémoire est écrasée par tanh ; sur le tapis rien ne l'est.",
                 "tanh entoure c dans la ligne de h, pas ici.", CELL[1])),
        Mistake("no tanh on c", ("o * np.tanh(c_new)", "o * c_new"),
                ("the tanh is missing in the line of h.", "What happens to c before o lets it "
                                                          "through?", HIDDEN[0]),
                ("il manque le tanh dans la ligne de h.", "Que devient c avant que o ne le laisse "
                                                          "passer ?", HIDDEN[1])),
        Mistake("σ of c", ("o * np.tanh(c_new)", "o * sigmoid(c_new)"),
                ("c is bent by σ in the line of h: h could never be negative.",
                 "Which function goes from −1 to 1?", HIDDEN[0]),
                ("c passe par σ dans la ligne de h : h ne pourrait jamais être négatif.",
                 "Quelle fonction va de −1 à 1 ?", HIDDEN[1])),
        Mistake("tanh of the old c", ("o * np.tanh(c_new)", "o * np.tanh(c)"),
                ("h is made of the old c: it should say what has just been written.",
                 "Which c stands in the line of h, c_t or c_{t−1}?", HIDDEN[0]),
                ("h est fait de l'ancien c : il doit dire ce qui vient d'être écrit.",
                 "Quel c figure dans la ligne de h, c_t ou c_{t−1} ?", HIDDEN[1])),
        Mistake("no o", ("o * np.tanh(c_new)", "np.tanh(c_new)"),
                ("o does nothing: all of the memory is said.", "What multiplies tanh(c)?", HIDDEN[0]),
                ("o ne fait rien : toute la mémoire est dite.", "Qu'est-ce qui multiplie "
                                                                "tanh(c) ?", HIDDEN[1])),
        Mistake("tanh of the product", ("o * np.tanh(c_new)", "np.tanh(o * c_new)"),
                ("o is applied before the tanh.", "Which comes first in the line of h? Look at the "
                                                  "brackets.", HIDDEN[0]),
                ("o agit avant le tanh.", "Qu'est-ce qui vient d'abord dans la ligne de h ? Regardez les "
                                          "parenthèses.", HIDDEN[1])),
        Mistake("tanh of o", ("o * np.tanh(c_new)", "np.tanh(o) * c_new"),
                ("tanh is put around o; it belongs around c.", "Which of the two can be larger than "
                                                               "1?", HIDDEN[0]),
                ("tanh entoure o ; il doit entourer c.", "Lequel des deux peut dépasser 1 ?", HIDDEN[1])),
        Mistake("tanh of g", ("o * np.tanh(c_new)", "o * np.tanh(g)"),
                ("h is made of the candidate; it should be made of the memory c.",
                 "What stands in the brackets in the line of h?", HIDDEN[0]),
                ("h est fait du candidat ; il doit être fait de la mémoire c.",
                 "Qu'y a-t-il entre les parenthèses dans la ligne de h ?", HIDDEN[1])),
        Mistake("f for o", ("o * np.tanh(c_new)", "f * np.tanh(c_new)"),
                ("f stands in the place of o in the line of h.", "Which gate decides what is "
                                                                 "said?", HIDDEN[0]),
                ("f est à la place de o dans la ligne de h.", "Quelle porte décide de ce qui est "
                                                              "dit ?", HIDDEN[1])),
        Mistake("i for o", ("o * np.tanh(c_new)", "i * np.tanh(c_new)"),
                ("i stands in the place of o in the line of h.", "Which gate decides what is "
                                                                 "said?", HIDDEN[0]),
                ("i est à la place de o dans la ligne de h.", "Quelle porte décide de ce qui est "
                                                              "dit ?", HIDDEN[1])),
        Mistake("c_prev overwritten", ("g, c, c_new, h_new", "g, c_new, c_new, h_new"),
                ("all is right but the tape: its c_prev is the new c. The way back needs the old one.",
                 "Has the name of the old c been given to the new one before the tape was made?", CELL[0]),
                ("tout est juste sauf la bande : son c_prev est le nouveau c. La rétropropagation a besoin "
                 "de l'ancien.",
                 "Le nom de l'ancien c a-t-il été donné au nouveau avant de faire la bande ?", CELL[1])),
        Mistake("order of the tape", ("z, f, i, o, g, c,", "z, f, i, g, o, c,"),
                ("all is right but the tape: o and g stand in each other's place.",
                 "Tape(z, f, i, o, g, c_prev, c, h).", SHEET[0]),
                ("tout est juste sauf la bande : o et g sont à la place l'une de l'autre.",
                 "Tape(z, f, i, o, g, c_prev, c, h).", SHEET[1])),
        Mistake("order of the tape, i f", ("z, f, i, o, g, c,", "z, i, f, o, g, c,"),
                ("all is right but the tape: f and i stand in each other's place.",
                 "Tape(z, f, i, o, g, c_prev, c, h).", SHEET[0]),
                ("tout est juste sauf la bande : f et i sont à la place l'une de l'autre.",
                 "Tape(z, f, i, o, g, c_prev, c, h).", SHEET[1])),
        Mistake("order of the tape, h c", ("c, c_new, h_new)", "c, h_new, c_new)"),
                ("all is right but the tape: it ends with c, h, in this order.",
                 "Tape(z, f, i, o, g, c_prev, c, h).", SHEET[0]),
                ("tout est juste sauf la bande : elle finit par c, h, dans cet ordre.",
                 "Tape(z, f, i, o, g, c_prev, c, h).", SHEET[1])),
    )


STATE = (
    Mistake("(c, h)", ("State(h_new, c_new)", "State(c_new, h_new)"),
            ("the new state is (c, h); it should be (h, c).", "State(h, c): what is said first, then what "
                                                              "is kept.", SHEET[0]),
            ("le nouvel état est (c, h) ; ce doit être (h, c).", "State(h, c) : d'abord ce qui est dit, "
                                                                 "puis ce qui est gardé.", SHEET[1])),
    Mistake("state unpacked as (c, h)", ("h, c = s", "c, h = s"),
            ("the old state is unpacked as (c, h); it comes as (h, c).",
             "Look at the line that takes s apart.", SHEET[0]),
            ("l'ancien état est déballé comme (c, h) ; il arrive comme (h, c).",
             "Regardez la ligne qui défait s.", SHEET[1])),
    Mistake("old c ignored", ("h, c = s", "h, c = s[0], 0 * s[1]"),
            ("the old c is not used: zeros stand in its place.", "Where does c come from before the line of "
                                                                 "c?", CELL[0]),
            ("l'ancien c ne sert pas : des zéros prennent sa place.", "D'où vient c avant la ligne de "
                                                                      "c ?", CELL[1])),
    Mistake("no tape", ("return State(h_new, c_new), Tape(z, f, i, o, g, c, c_new, h_new)",
                        "return State(h_new, c_new)"),
            ("you return the state alone; the tape is missing.", "Two things: the new State, and Tape(z, f, "
                                                                 "i, o, g, c_prev, c, h).", SHEET[0]),
            ("vous ne renvoyez que l'état ; il manque la bande.", "Deux choses : le nouveau State, et "
                                                                  "Tape(z, f, i, o, g, c_prev, c, "
                                                                  "h).", SHEET[1])),
    Mistake("old state returned", ("State(h_new, c_new)", "State(h, c)"),
            ("you return the state that came in.", "The new h and the new c are asked.", SHEET[0]),
            ("vous renvoyez l'état qui est arrivé.", "On demande le nouveau h et le nouveau c.", SHEET[1])),
    Mistake("old c returned", ("State(h_new, c_new)", "State(h_new, c)"),
            ("the new h is returned with the old c: the memory does not move on.",
             "Which c belongs into the new State?", CELL[0]),
            ("le nouveau h est renvoyé avec l'ancien c : la mémoire n'avance pas.",
             "Quel c va dans le nouveau State ?", CELL[1])),
)

FORWARD = (
    Mistake("h0 ignored", ("h, c = s\n", "h, c = 0 * s[0], s[1]\n"),
            ("your loop starts with h = 0; it should start from the state s that it was given.",
             "What are h and c before the loop?"),
            ("votre boucle part de h = 0 ; elle doit partir de l'état s qu'on lui donne.",
             "Que valent h et c avant la boucle ?")),
    Mistake("c0 ignored", ("h, c = s\n", "h, c = s[0], 0 * s[1]\n"),
            ("your loop starts with c = 0; it should start from the state s that it was given.",
             "What are h and c before the loop?"),
            ("votre boucle part de c = 0 ; elle doit partir de l'état s qu'on lui donne.",
             "Que valent h et c avant la boucle ?")),
    Mistake("s ignored", ("h, c = s\n", "h, c = 0 * s[0], 0 * s[1]\n"),
            ("your loop starts from zeros; it should start from the state s that it was given.",
             "What are h and c before the loop?"),
            ("votre boucle part de zéros ; elle doit partir de l'état s qu'on lui donne.",
             "Que valent h et c avant la boucle ?")),
    Mistake("state unpacked as (c, h)", ("h, c = s\n", "c, h = s\n"),
            ("s is unpacked as (c, h); it comes as (h, c).", "Look at the line that takes s apart."),
            ("s est déballé comme (c, h) ; il arrive comme (h, c).", "Regardez la ligne qui défait s.")),
    Mistake("h not carried", ("h, c = h_new, c_new", "c = c_new"),
            ("h is not carried to the next step: each step reads the first h again.",
             "Which h does the next turn of the loop read?"),
            ("h n'est pas transmis au pas suivant : chaque pas relit le premier h.",
             "Quel h le tour suivant de la boucle lit-il ?")),
    Mistake("c not carried", ("h, c = h_new, c_new", "h = h_new"),
            ("c is not carried to the next step: each step reads the first c again.",
             "Which c does the next turn of the loop read?"),
            ("c n'est pas transmis au pas suivant : chaque pas relit le premier c.",
             "Quel c le tour suivant de la boucle lit-il ?")),
    Mistake("c not carried, but returned", ("h, c = h_new, c_new", "h, last = h_new, c_new",
                                            "State(h, c)", "State(h, last)"),
            ("c is not carried to the next step: each step reads the first c again.",
             "Which c does the next turn of the loop read?"),
            ("c n'est pas transmis au pas suivant : chaque pas relit le premier c.",
             "Quel c le tour suivant de la boucle lit-il ?")),
    Mistake("h not carried, but returned", ("h, c = h_new, c_new", "last, c = h_new, c_new",
                                            "State(h, c)", "State(last, c)"),
            ("h is not carried to the next step: each step reads the first h again.",
             "Which h does the next turn of the loop read?"),
            ("h n'est pas transmis au pas suivant : chaque pas relit le premier h.",
             "Quel h le tour suivant de la boucle lit-il ?")),
    Mistake("one array for all",
            ("h, c = s\n", "h, c = s[0].copy(), s[1].copy()\n", "hs.append(h_new)", "hs.append(h)",
             "h, c = h_new, c_new", "h[:], c[:] = h_new, c_new"),
            ("h and c are overwritten in place: what you have put into the lists changes with them.",
             "`h[:] = …` writes into the array that is already in the list; `h = …` makes a new one."),
            ("h et c sont écrasés sur place : ce que vous avez rangé dans les listes change avec eux.",
             "`h[:] = …` écrit dans le tableau déjà rangé dans la liste ; `h = …` en crée un nouveau.")),
    Mistake("h with the first state", ("np.stack(hs), S", "np.stack([s[0], *hs]), S"),
            ("the first h, that came in, stands at the front of your h: there are T + 1.",
             "x has T moments: the first h is that after x[0]."),
            ("le premier h, celui qui est arrivé, figure en tête de vos h : il y en a T + 1.",
             "x a T instants : le premier h est celui d'après x[0].")),
    Mistake("examples first", ("np.stack(hs), S", "np.stack(hs).transpose(2, 0, 1), S"),
            ("the batch is your first axis; here it is the last: (T, H, B).",
             "Is there a `transpose` too many?"),
            ("le lot est votre premier axe ; ici c'est le dernier : (T, H, B).",
             "Y a-t-il un `transpose` de trop ?")),
    Mistake("all c for the state", ("State(h, c), T", "np.stack([tape.c for tape in tapes]), T"),
            ("your second result is c at all moments; the last State(h, c) is asked. (The tape holds all c.)",
             "h (T, H, B), State(h, c), Tape(…)."),
            ("votre deuxième résultat est c à tous les instants ; on demande le dernier State(h, c). (La "
             "bande contient tous les c.)",
             "h (T, H, B), State(h, c), Tape(…).")),
    Mistake("state not carried", ("        h, c = h_new, c_new\n", ""),
            ("the state is not carried: each step starts from the first state again.",
             "Which state does the next turn of the loop read?"),
            ("l'état n'est pas transmis : chaque pas repart du premier état.",
             "Quel état le tour suivant de la boucle lit-il ?")),
    Mistake("state not carried, but returned",
            ("        h, c = h_new, c_new\n", "        last = State(h_new, c_new)\n", "State(h, c)", "last"),
            ("the state is not carried: each step starts from the first state again.",
             "Which state does the next turn of the loop read? Is its name the one that you return?"),
            ("l'état n'est pas transmis : chaque pas repart du premier état.",
             "Quel état le tour suivant de la boucle lit-il ? Porte-t-il le nom de celui que vous "
             "renvoyez ?")),
    Mistake("c and h swapped on the way", ("h, c = h_new, c_new", "h, c = c_new, h_new"),
            ("h and c change places from step to step.", "State(h, c): in which order do you carry them?"),
            ("h et c échangent leurs places d'un pas à l'autre.", "State(h, c) : dans quel ordre les "
                                                                  "transmettez-vous ?")),
    Mistake("same x", ("z = join(h, x_t)", "z = join(h, x[0])"),
            ("every step reads the first input.", "Which x does the t-th turn of the loop read?"),
            ("chaque pas lit la première entrée.", "Quel x le t-ième tour de boucle lit-il ?")),
    Mistake("x of the moment before", ("for x_t in x:", "for x_t in np.roll(x, 1, 0):"),
            ("step t reads x[t-1]; at t = 0 that wraps round to the last input.",
             "Which x does the t-th turn of the loop read?"),
            ("le pas t lit x[t-1] ; à t = 0, on retombe sur la dernière entrée.",
             "Quel x le t-ième tour de boucle lit-il ?")),
    Mistake("time reversed", ("for x_t in x:", "for x_t in x[::-1]:"),
            ("the sequence is read backwards.", "In which order does your loop go through x?"),
            ("la séquence est lue à l'envers.", "Dans quel ordre votre boucle parcourt-elle x ?")),
    Mistake("first x left out", ("for x_t in x:", "for x_t in x[1:]:"),
            ("the first input is left out.", "Where does your loop begin?"),
            ("la première entrée est oubliée.", "Où commence votre boucle ?")),
    Mistake("last x left out", ("for x_t in x:", "for x_t in x[:-1]:"),
            ("the last input is left out.", "Where does your loop end? `range(T)` goes from 0 to T − 1."),
            ("la dernière entrée est oubliée.", "Où finit votre boucle ? `range(T)` va de 0 à T − 1.")),
    Mistake("returned in the loop", ("        h, c = h_new, c_new\n", "        h, c = h_new, c_new\n        "
                                                                      "break\n"),
            ("only one moment is read: the `return` stands inside the loop.",
             "How far is the last line indented?"),
            ("un seul instant est lu : le `return` est dans la boucle.",
             "Quelle est l'indentation de la dernière ligne ?")),
    Mistake("c listed for h", ("hs.append(h_new)", "hs.append(c_new)"),
            ("you collect c; the hidden states h are asked.", "What goes into the list?", HIDDEN[0]),
            ("vous rassemblez c ; on demande les états cachés h.", "Que met-on dans la liste ?", HIDDEN[1])),
    Mistake("old h listed", ("hs.append(h_new)", "hs.append(h)"),
            ("you collect the h from before each step: one moment late.",
             "In the loop: first the new h, then keep it."),
            ("vous rassemblez le h d'avant chaque pas : un instant de retard.",
             "Dans la boucle : d'abord le nouveau h, ensuite on le garde.")),
    Mistake("(c, h) at the end", ("State(h, c)", "State(c, h)"),
            ("the last state is (c, h); it should be (h, c).", "State(h, c): what is said first, then what "
                                                               "is kept."),
            ("le dernier état est (c, h) ; ce doit être (h, c).", "State(h, c) : d'abord ce qui est dit, "
                                                                  "puis ce qui est gardé.")),
    Mistake("first state returned", ("State(h, c)", "s"),
            ("you return the state s that came in; the last state is asked.",
             "Which h and c does the loop leave behind?"),
            ("vous renvoyez l'état s qui est arrivé ; on demande le dernier.",
             "Quels h et c la boucle laisse-t-elle ?")),
    Mistake("last h only", ("np.stack(hs), S", "hs[-1], S"),
            ("you return the last h alone as h; all moments are asked, (T, H, B).",
             "Keep each h in a list, and stack the list at the end."),
            ("vous ne renvoyez que le dernier h ; on demande tous les instants, (T, H, B).",
             "Gardez chaque h dans une liste, puis empilez-la à la fin.")),
    Mistake("h reversed", ("np.stack(hs), S", "np.stack(hs[::-1]), S"),
            ("your h stand in reverse order.", "Do you put each new h at the front of the list?"),
            ("vos h sont dans l'ordre inverse.", "Mettez-vous chaque nouveau h en tête de liste ?")),
    Mistake("tapes not stacked", ("Tape(*map(np.stack, zip(*tapes)))", "tapes"),
            ("your tape is a list of T tapes; one Tape is expected, each of its fields stacked over time.",
             "`zip(*tapes)` turns a list of T tapes into 8 rows of T arrays; `np.stack` makes one array of "
             "each row."),
            ("votre bande est une liste de T bandes ; on attend un seul Tape, dont chaque champ est empilé "
             "le long du temps.",
             "`zip(*tapes)` fait d'une liste de T bandes 8 suites de T tableaux ; `np.stack` en fait chaque "
             "fois un tableau.")),
    Mistake("last tape only", ("Tape(*map(np.stack, zip(*tapes)))", "tapes[-1]"),
            ("you return the tape of the last moment; that of all moments is asked, each field (T, ·, "
             "B).", "Keep each tape in a list, and stack them field by field."),
            ("vous renvoyez la bande du dernier instant ; on demande celle de tous, chaque champ (T, ·, B).",
             "Gardez chaque bande dans une liste, et empilez-les champ par champ.")),
    Mistake("no tape", (", Tape(*map(np.stack, zip(*tapes)))", ""),
            ("the tape is missing: three things are returned, h, the last state, the tape.",
             "Keep each tape in a list, and stack them field by field."),
            ("il manque la bande : on renvoie trois choses, h, le dernier état, la bande.",
             "Gardez chaque bande dans une liste, et empilez-les champ par champ.")),
    Mistake("h and c of all moments", ("    return np.stack(hs), State(h, c), Tape(*map(np.stack, "
                                       "zip(*tapes)))",
                                       "    return np.stack(hs), np.stack([tape.c for tape in tapes])"),
            ("you return h and c of all moments; three things are asked: h, the last state, the tape (which "
             "holds all c).",
             "h (T, H, B), State(h, c), Tape(…)."),
            ("vous renvoyez h et c de tous les instants ; on demande trois choses : h, le dernier état, la "
             "bande (qui contient tous les c).",
             "h (T, H, B), State(h, c), Tape(…).")),
)

# --- known mistakes of the way back -------------------------------------------------------------------------

SLOPE = ("da of a gate = its blame × its own slope: f·(1 − f) for a σ, 1 − g² for the tanh of g.",
         "da d'une porte = sa part de blâme × sa propre pente : f·(1 − f) pour un σ, 1 − g² pour le tanh de "
         "g.")
LINE_H = ("From h_t = o_t * tanh(c_t): dc gets dh × o × (1 − tanh²(c)), do gets dh × tanh(c).",
          "De h_t = o_t * tanh(c_t) : dc reçoit dh × o × (1 − tanh²(c)), do reçoit dh × tanh(c).")
LINE_C = ("From c_t = f_t * c_{t−1} + i_t * c̃_t: each factor gets dc times its partner.",
          "De c_t = f_t * c_{t−1} + i_t * c̃_t : chaque facteur reçoit dc fois son partenaire.")


def back_mistakes(dh):
    """Known mistakes of one moment on the way back; dh: what the blame on h is called in the right answer."""
    dc = f"dc_next + {dh} * o * (1 - np.tanh(c) ** 2)"
    again = tuple(text for q in "fio" for text in (f"d{q} * {q} * (1 - {q})",
                                                   f"d{q} * sigmoid({q}) * (1 - sigmoid({q}))"))
    return (
        Mistake("dc overwritten", (dc, f"{dh} * o * (1 - np.tanh(c) ** 2)"),
                ("dc from later moments is lost: the part through h takes its place, instead of being added.",
                 "Two arrows lead into c: along the belt, and through h. `+=`, or `=`?", LINE_H[0]),
                ("le dc des instants suivants est perdu : la part venue de h le remplace au lieu de s'y "
                 "ajouter.",
                 "Deux flèches arrivent en c : par le tapis, et par h. `+=`, ou `=` ?", LINE_H[1])),
        Mistake("dc without h", (dc, "dc_next"),
                ("the blame that reaches c through h is missing.", "h = o * tanh(c): c is to blame for h, "
                                                                   "too.", LINE_H[0]),
                ("il manque la part de blâme qui arrive en c par h.", "h = o * tanh(c) : c est aussi "
                                                                      "responsable de h.", LINE_H[1])),
        Mistake("tanh' of c missing", (dc, f"dc_next + {dh} * o"),
                ("the slope of the tanh around c is missing.", "dh × o × …?", LINE_H[0]),
                ("il manque la pente du tanh qui entoure c.", "dh × o × … ?", LINE_H[1])),
        Mistake("1 - c²", (dc, f"dc_next + {dh} * o * (1 - c ** 2)"),
                ("the slope of tanh at c is 1 − tanh²(c), not 1 − c²: c itself has not been through "
                 "tanh.", "Which number is squared in the line of dc?", LINE_H[0]),
                ("la pente de tanh en c est 1 − tanh²(c), et non 1 − c² : c n'est pas passé par tanh.",
                 "Quel nombre est mis au carré dans la ligne de dc ?", LINE_H[1])),
        Mistake("tanh of tanh", (dc, f"dc_next + {dh} * o * (1 - np.tanh(np.tanh(c)) ** 2)"),
                ("tanh is applied twice in its slope.", "1 − tanh²(c): how often has c been through tanh in "
                                                        "your line?", LINE_H[0]),
                ("tanh est appliquée deux fois dans sa pente.", "1 − tanh²(c) : combien de fois c "
                                                                "passe-t-il par tanh dans votre "
                                                                "ligne ?", LINE_H[1])),
        Mistake("1 - h²", (dc, f"dc_next + {dh} * o * (1 - h ** 2)"),
                ("the slope of tanh at c is 1 − tanh²(c), not 1 − h²: h also has o in it.",
                 "Which number is squared in the line of dc?", LINE_H[0]),
                ("la pente de tanh en c est 1 − tanh²(c), et non 1 − h² : h contient aussi o.",
                 "Quel nombre est mis au carré dans la ligne de dc ?", LINE_H[1])),
        Mistake("square forgotten", (dc, f"dc_next + {dh} * o * (1 - np.tanh(c))"),
                ("the square is missing in the slope of tanh.", "1 − tanh², in the line of dc.", LINE_H[0]),
                ("il manque le carré dans la pente de tanh.", "1 − tanh², dans la ligne de dc.", LINE_H[1])),
        Mistake("slope at the old c", (dc, f"dc_next + {dh} * o * (1 - np.tanh(c_prev) ** 2)"),
                ("the slope of tanh is taken at the old c; h was made of the new one.",
                 "Which c is in the line of dc?", LINE_H[0]),
                ("la pente de tanh est prise en l'ancien c ; h est fait du nouveau.",
                 "Quel c figure dans la ligne de dc ?", LINE_H[1])),
        Mistake("o missing", (dc, f"dc_next + {dh} * (1 - np.tanh(c) ** 2)"),
                ("o is missing: what it shut off bears no blame.", "By what was tanh(c) multiplied on the "
                                                                   "way forward?", LINE_H[0]),
                ("il manque o : ce qu'elle a coupé ne porte aucun blâme.",
                 "Par quoi tanh(c) était-il multiplié à l'aller ?", LINE_H[1])),
        Mistake("inverse function's slope", (dc, f"dc_next + {dh} * o / (1 - np.tanh(c) ** 2)"),
                ("you divide by the slope of tanh: that is the slope of the inverse function.",
                 "A slope multiplies.", LINE_H[0]),
                ("vous divisez par la pente de tanh : c'est la pente de la fonction inverse.",
                 "Une pente multiplie.", LINE_H[1])),
        Mistake("df with the new c", ("df = dc * c_prev", "df = dc * c"),
                ("df is made with the new c; f multiplied the old one.",
                 "Whose partner is f in the line of c?", LINE_C[0]),
                ("df est fait avec le nouveau c ; f multipliait l'ancien.",
                 "De qui f est-elle le partenaire dans la ligne de c ?", LINE_C[1])),
        Mistake("di and dg swapped", ("di = dc * g", "di = dc * i", "dg = dc * i", "dg = dc * g"),
                ("di and dg are swapped: i gets the blame times g, g gets it times i.",
                 "Each factor gets dc times its *partner*.", LINE_C[0]),
                ("di et dg sont échangés : i reçoit le blâme fois g, g le reçoit fois i.",
                 "Chaque facteur reçoit dc fois son *partenaire*.", LINE_C[1])),
        Mistake("di with i", ("di = dc * g", "di = dc * i"),
                ("di is made with i itself; i was multiplied by g.", "Each factor gets dc times its "
                                                                     "*partner*.", LINE_C[0]),
                ("di est fait avec i elle-même ; i était multipliée par g.",
                 "Chaque facteur reçoit dc fois son *partenaire*.", LINE_C[1])),
        Mistake("dg with g", ("dg = dc * i", "dg = dc * g"),
                ("dg is made with g itself; g was multiplied by i.", "Each factor gets dc times its "
                                                                     "*partner*.", LINE_C[0]),
                ("dg est fait avec g lui-même ; g était multiplié par i.",
                 "Chaque facteur reçoit dc fois son *partenaire*.", LINE_C[1])),
        Mistake("i missing in dg", ("dg = dc * i", "dg = dc"),
                ("i is missing in dg.", "By what was g multiplied on the way forward?", LINE_C[0]),
                ("il manque i dans dg.", "Par quoi g était-il multiplié à l'aller ?", LINE_C[1])),
        Mistake("g missing in di", ("di = dc * g", "di = dc"),
                ("g is missing in di.", "By what was i multiplied on the way forward?", LINE_C[0]),
                ("il manque g dans di.", "Par quoi i était-elle multipliée à l'aller ?", LINE_C[1])),
        Mistake("do with c", (f"do = {dh} * np.tanh(c)", f"do = {dh} * c"),
                ("do is made with c; o multiplied tanh(c).", "What is o's partner in the line of "
                                                             "h?", LINE_H[0]),
                ("do est fait avec c ; o multipliait tanh(c).", "Quel est le partenaire de o dans la ligne "
                                                                "de h ?", LINE_H[1])),
        Mistake("do with the old c", (f"do = {dh} * np.tanh(c)", f"do = {dh} * np.tanh(c_prev)"),
                ("do is made with the old c; o multiplied the tanh of the new one.",
                 "What is o's partner in the line of h?", LINE_H[0]),
                ("do est fait avec l'ancien c ; o multipliait le tanh du nouveau.",
                 "Quel est le partenaire de o dans la ligne de h ?", LINE_H[1])),
        Mistake("do with dc", (f"do = {dh} * np.tanh(c)", "do = dc_next * np.tanh(c)"),
                ("do gets its blame from dc; o stands in the line of h, so it is dh that blames "
                 "it.", "Who uses o?", LINE_H[0]),
                ("do reçoit son blâme de dc ; o est dans la ligne de h, c'est donc dh qui le lui "
                 "donne.", "Qui se sert de o ?", LINE_H[1])),
        *(Mistake(f"σ' of {q} missing", (f"d{q} * {q} * (1 - {q})", f"d{q}"),
                  (f"the slope of σ is missing in da_{q}.", f"From d{q} to da_{q}: through the σ.", SLOPE[0]),
                  (f"il manque la pente de σ dans da_{q}.", f"De d{q} à da_{q} : à travers σ.", SLOPE[1]))
          for q in "fio"),
        Mistake("σ' of all missing", tuple(text for q in "fio" for text in (f"d{q} * {q} * (1 - "
                                                                            f"{q})", f"d{q}")),
                ("the slopes of σ are missing in da_f, da_i and da_o.",
                 "From df to da_f: through the σ.", SLOPE[0]),
                ("il manque les pentes de σ dans da_f, da_i et da_o.",
                 "De df à da_f : à travers σ.", SLOPE[1])),
        *(Mistake(f"half a slope of {q}", (f"d{q} * {q} * (1 - {q})", f"d{q} * (1 - {q})"),
                  (f"half of the slope of σ is missing in da_{q}.", f"σ' has two factors, {q} and 1 − "
                                                                    f"{q}.", SLOPE[0]),
                  (f"il manque la moitié de la pente de σ dans da_{q}.",
                   f"σ' a deux facteurs, {q} et 1 − {q}.", SLOPE[1])) for q in "fio"),
        Mistake("σ applied again", again,
                ("σ is applied to the gates a second time: f is already σ of its sum, so its slope is "
                 "f·(1 − f).", "The tape holds the gates themselves.", SLOPE[0]),
                ("σ est appliquée une seconde fois aux portes : f est déjà σ de sa somme, sa pente est "
                 "f·(1 − f).",
                 "La bande contient les portes elles-mêmes.", SLOPE[1])),
        Mistake("σ and tanh applied again", (*again, "dg * (1 - g ** 2)", "dg * (1 - np.tanh(g) ** 2)"),
                ("σ and tanh are applied a second time: f and g on the tape are bent already; their slopes "
                 "are f·(1 − f) and 1 − g².",
                 "The tape holds the gates themselves.", SLOPE[0]),
                ("σ et tanh sont appliquées une seconde fois : sur la bande, f et g sont déjà écrasées ; "
                 "leurs pentes sont f·(1 − f) et 1 − g².",
                 "La bande contient les portes elles-mêmes.", SLOPE[1])),
        Mistake("o's slope for f", ("df * f * (1 - f)", "df * o * (1 - o)"),
                ("da_f has the slope of o.", "A line copied: each gate has its own slope.", SLOPE[0]),
                ("da_f a la pente de o.", "Une ligne recopiée : chaque porte a sa propre pente.", SLOPE[1])),
        Mistake("f's slope for i", ("di * i * (1 - i)", "di * f * (1 - f)"),
                ("da_i has the slope of f.", "A line copied: each gate has its own slope.", SLOPE[0]),
                ("da_i a la pente de f.", "Une ligne recopiée : chaque porte a sa propre pente.", SLOPE[1])),
        Mistake("f's slope for o", ("do * o * (1 - o)", "do * f * (1 - f)"),
                ("da_o has the slope of f.", "A line copied: each gate has its own slope.", SLOPE[0]),
                ("da_o a la pente de f.", "Une ligne recopiée : chaque porte a sa propre pente.", SLOPE[1])),
        Mistake("σ' on g", ("dg * (1 - g ** 2)", "dg * g * (1 - g)"),
                ("da_g has the slope of a σ; g went through tanh.", "Which function made g?", SLOPE[0]),
                ("da_g a la pente d'un σ ; g est passé par tanh.", "Quelle fonction a fait g ?", SLOPE[1])),
        Mistake("tanh' of g missing", ("dg * (1 - g ** 2)", "dg"),
                ("the slope of tanh is missing in da_g.", "From dg to da_g: through the tanh.", SLOPE[0]),
                ("il manque la pente de tanh dans da_g.", "De dg à da_g : à travers tanh.", SLOPE[1])),
        Mistake("tanh of g again", ("dg * (1 - g ** 2)", "dg * (1 - np.tanh(g) ** 2)"),
                ("tanh is applied to g a second time: g is already a tanh, so its slope is 1 − "
                 "g².", "The tape holds g itself.", SLOPE[0]),
                ("tanh est appliquée une seconde fois à g : g est déjà un tanh, sa pente est 1 − "
                 "g².", "La bande contient g lui-même.", SLOPE[1])),
        Mistake("square of g forgotten", ("dg * (1 - g ** 2)", "dg * (1 - g)"),
                ("the square is missing in the slope of g.", "1 − g².", SLOPE[0]),
                ("il manque le carré dans la pente de g.", "1 − g².", SLOPE[1])),
        Mistake("tanh' on the gates",
                tuple(text for q in "fio" for text in (f"d{q} * {q} * (1 - {q})", f"d{q} * (1 - {q} ** 2)")),
                ("the gates have the slope of tanh; they went through σ.",
                 "Which function made f, i and o?", SLOPE[0]),
                ("les portes ont la pente de tanh ; elles sont passées par σ.",
                 "Quelle fonction a fait f, i et o ?", SLOPE[1])),
        *(Mistake(f"tanh' on {q}", (f"d{q} * {q} * (1 - {q})", f"d{q} * (1 - {q} ** 2)"),
                  (f"da_{q} has the slope of tanh; {q} went through σ.",
                   f"Which function made {q}?", SLOPE[0]),
                  (f"da_{q} a la pente de tanh ; {q} est passée par σ.",
                   f"Quelle fonction a fait {q} ?", SLOPE[1])) for q in "fio"),
        *(Mistake(f"d{q} from the old dc", (f"d{q} = dc *", f"d{q} = dc_next *"),
                  (f"d{q} is made with the dc that came in; what came through h is missing.",
                   "First complete dc, then use it.", LINE_H[0]),
                  (f"d{q} est fait avec le dc qui est arrivé ; il y manque ce qui est venu de h.",
                   "Complétez d'abord dc, puis servez-vous-en.", LINE_H[1]))
          for q in "fig"),
        Mistake("do with h", (f"do = {dh} * np.tanh(c)", f"do = {dh} * h"),
                ("do is made with h; o multiplied tanh(c), and h has o in it already.",
                 "What is o's partner in the line of h?", LINE_H[0]),
                ("do est fait avec h ; o multipliait tanh(c), et h contient déjà o.",
                 "Quel est le partenaire de o dans la ligne de h ?", LINE_H[1])),
        Mistake("tanh missing in do", (f"do = {dh} * np.tanh(c)", f"do = {dh}"),
                ("tanh(c) is missing in do.", "By what was o multiplied on the way forward?", LINE_H[0]),
                ("il manque tanh(c) dans do.", "Par quoi o était-elle multipliée à l'aller ?", LINE_H[1])),
        Mistake("c_prev missing in df", ("df = dc * c_prev", "df = dc"),
                ("the old c is missing in df.", "By what was f multiplied on the way forward?", LINE_C[0]),
                ("il manque l'ancien c dans df.", "Par quoi f était-elle multipliée à l'aller ?", LINE_C[1])),
        Mistake("minus", ("np.stack([da_f, da_i, da_o, da_g])", "-np.stack([da_f, da_i, da_o, da_g])",
                          "dz = W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ da_g",
                          "dz = -(W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ da_g)"),
                ("the sign of all da is turned round. A gradient points uphill; whoever learns takes the "
                 "minus.", "Is there a minus too many?"),
                ("le signe de tous les da est inversé. Un gradient pointe vers le haut ; c'est "
                 "l'apprentissage qui prend le moins.", "Y a-t-il un moins de trop ?")),
        Mistake("x alone in dW", ("da @ z.T", "da @ z[len(c):].T"),
                ("dW is made with x alone; W acted on [h; x].",
                 "dW has the shape of W, (4, H, H+D)."),
                ("dW est fait avec x seul ; W agissait sur [h; x].",
                 "dW a la forme de W, (4, H, H+D).")),
        Mistake("dh again", ("dz[:H]", f"dz[:H] + {dh}"),
                ("the dh that came in is added to the one that goes back; no arrow leads from h_t straight "
                 "to h_{t−1}.", "By which way does blame reach the old h? Through z alone."),
                ("le dh qui est arrivé est ajouté à celui qui repart ; aucune flèche ne va directement de "
                 "h_t à h_{t−1}.", "Par où le blâme atteint-il l'ancien h ? Par z seul.")),
        Mistake("order of the gates", ("[da_f, da_i, da_o, da_g]", "[da_f, da_i, da_g, da_o]"),
                ("dW and db hold o and g in each other's place.", "The rows are f, i, o, g."),
                ("dans dW et db, o et g sont à la place l'une de l'autre.", "Les rangées sont f, i, o, g.")),
        Mistake("order of the gates, i f", ("[da_f, da_i, da_o, da_g]", "[da_i, da_f, da_o, da_g]"),
                ("dW and db hold f and i in each other's place.", "The rows are f, i, o, g."),
                ("dans dW et db, f et i sont à la place l'une de l'autre.", "Les rangées sont f, i, o, g.")),
        Mistake("order of the gates, PyTorch", ("[da_f, da_i, da_o, da_g]", "[da_i, da_f, da_g, da_o]"),
                ("dW and db are in PyTorch's order, i, f, g, o.", "The rows are f, i, o, g."),
                ("dW et db sont dans l'ordre de PyTorch, i, f, g, o.", "Les rangées sont f, i, o, g.")),
        Mistake("dW mean over the batch", ("da @ z.T", "da @ z.T / z.shape[1]"),
                ("dW is averaged over the batch; it should be summed. (If a mean is wanted, the loss takes "
                 "it.)", "Is there a division by the number of examples?"),
                ("dW est moyenné sur le lot ; il doit être sommé. (Si l'on veut une moyenne, c'est la perte "
                 "qui la prend.)",
                 "Y a-t-il une division par le nombre d'exemples ?")),
        Mistake("db mean over the batch", ("da.sum(-1, keepdims=True)", "da.mean(-1, keepdims=True)"),
                ("db is averaged over the batch; it should be summed.", "`mean`, or `sum`?"),
                ("db est moyenné sur le lot ; il doit être sommé.", "`mean`, ou `sum` ?")),
        Mistake("both means", ("da @ z.T", "da @ z.T / z.shape[1]", "da.sum(-1, keepdims=True)",
                               "da.mean(-1, keepdims=True)"),
                ("dW and db are averaged over the batch; they should be summed.",
                 "Is there a division by the number of examples?"),
                ("dW et db sont moyennés sur le lot ; ils doivent être sommés.",
                 "Y a-t-il une division par le nombre d'exemples ?")),
        Mistake("db not summed", ("da.sum(-1, keepdims=True)", "da"),
                ("db is not summed over the batch: one bias serves all examples.",
                 "db has the shape of b, (4, H, 1)."),
                ("db n'est pas sommé sur le lot : un même biais sert à tous les exemples.",
                 "db a la forme de b, (4, H, 1).")),
        Mistake("db has lost an axis", ("da.sum(-1, keepdims=True)", "da.sum(-1)"),
                ("db has lost its last axis: (4, H) for (4, H, 1).", "`keepdims=True`."),
                ("db a perdu son dernier axe : (4, H) au lieu de (4, H, 1).", "`keepdims=True`.")),
        Mistake("db summed over the units", ("da.sum(-1, keepdims=True)", "da.sum(1, keepdims=True)"),
                ("db is summed over the units; it should be summed over the batch, the last "
                 "axis.", "db has the shape of b, (4, H, 1)."),
                ("db est sommé sur les unités ; il faut sommer sur le lot, le dernier axe.",
                 "db a la forme de b, (4, H, 1).")),
        Mistake("db summed over everything", ("da.sum(-1, keepdims=True)", "da.sum()"),
                ("db is one number: `sum` without an axis adds up everything.",
                 "db has the shape of b, (4, H, 1)."),
                ("db est un seul nombre : `sum` sans axe additionne tout.",
                 "db a la forme de b, (4, H, 1).")),
        Mistake("the new h in dW", ("da @ z.T", "da @ join(h, z[len(h):]).T"),
                ("dW is made with the new h; the gates were fed with the old one, which is in z.",
                 "By what was W multiplied on the way forward?"),
                ("dW est fait avec le nouveau h ; les portes ont reçu l'ancien, celui de z.",
                 "Par quoi W était-elle multipliée à l'aller ?")),
        *(Mistake(f"dz without {q}", ("dz = W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ da_g",
                                      "dz = " + " + ".join(f"W_{k}.T @ da_{k}" for k in "fiog" if k != q)),
                  (f"the blame that {q} passes back to [h; x] is missing in dz.",
                   "All four looked at [h; x]: four terms are added."),
                  (f"il manque dans dz la part de blâme que {q} renvoie à [h; x].",
                   "Les quatre ont regardé [h; x] : quatre termes s'additionnent."))
          for q in "fiog"),
        Mistake("dz of g alone", ("dz = W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ "
                                  "da_g", "dz = W_g.T @ da_g"),
                ("dz holds one gate's blame only: each line overwrites the one before.",
                 "All four looked at [h; x]: four terms are added. `+=`, or `=`?"),
                ("dz ne contient que la part d'une porte : chaque ligne écrase la précédente.",
                 "Les quatre ont regardé [h; x] : quatre termes s'additionnent. `+=`, ou `=` ?")),
        Mistake("W not transposed", ("W_f.T @ da_f + W_i.T @ da_i + W_o.T @ da_o + W_g.T @ da_g",
                                     "W_f @ da_f + W_i @ da_i + W_o @ da_o + W_g @ da_g"),
                ("W is not transposed on the way back: (H, H+D) cannot meet (H, B).",
                 "Forwards W leads from [h; x] to a; back from da to dz leads Wᵀ."),
                ("W n'est pas transposée au retour : (H, H+D) ne peut rencontrer (H, B).",
                 "À l'aller, W mène de [h; x] à a ; au retour, de da à dz, c'est Wᵀ.")),
        Mistake("wrong slices of dz", ("dz[:H]", "dz[-H:]", "dz[H:]", "dz[:-H]"),
                ("dz is cut as [dx; dh]; it is [dh; dx], as z is [h; x].", "The first H rows of z are h."),
                ("dz est coupé en [dx; dh] ; c'est [dh; dx], comme z est [h; x].",
                 "Les H premières lignes de z sont h.")),
        Mistake("slices of dz swapped", ("dz[:H]", "dz[later:]", "dz[H:]", "dz[:H]", "dz[later:]", "dz[H:]"),
                ("dh and dx are swapped when dz is cut.", "The first H rows of z are h, the last D are x."),
                ("dh et dx sont échangés quand dz est coupé.", "Les H premières lignes de z sont h, les D "
                                                               "dernières x.")),
        Mistake("f missing in dc", ("dc * f", "dc * 1"),
                ("f is missing in the dc that goes back: the memory passed through f on its way.",
                 "Differentiate c_t = f_t * c_{t−1} + … by c_{t−1}.", CELL[0]),
                ("il manque f dans le dc qui repart : la mémoire est passée par f en chemin.",
                 "Dérivez c_t = f_t * c_{t−1} + … par rapport à c_{t−1}.", CELL[1])),
        Mistake("dc times i", ("dc * f", "dc * i"),
                ("the dc that goes back is multiplied by i; the old memory passed through f.",
                 "Differentiate c_t = f_t * c_{t−1} + … by c_{t−1}.", CELL[0]),
                ("le dc qui repart est multiplié par i ; l'ancienne mémoire est passée par f.",
                 "Dérivez c_t = f_t * c_{t−1} + … par rapport à c_{t−1}.", CELL[1])),
        Mistake("dc times o", ("dc * f", "dc * o"),
                ("the dc that goes back is multiplied by o; the old memory passed through f.",
                 "Differentiate c_t = f_t * c_{t−1} + … by c_{t−1}.", CELL[0]),
                ("le dc qui repart est multiplié par o ; l'ancienne mémoire est passée par f.",
                 "Dérivez c_t = f_t * c_{t−1} + … par rapport à c_{t−1}.", CELL[1])),
        Mistake("dc times c_prev", ("dc * f", "dc * c_prev"),
                ("the dc that goes back is multiplied by the old c: that is df. The old c's partner is "
                 "f.", "Each factor gets dc times its *partner*.", LINE_C[0]),
                ("le dc qui repart est multiplié par l'ancien c : c'est df. Le partenaire de l'ancien c est "
                 "f.",
                 "Chaque facteur reçoit dc fois son *partenaire*.", LINE_C[1])),
        Mistake("old dc goes back", ("dc * f", "dc_next * f"),
                ("the dc that goes back lacks what came through h in this moment.",
                 "Which dc is multiplied by f: the one that came in, or the full one?", LINE_H[0]),
                ("au dc qui repart, il manque ce qui est venu de h à cet instant.",
                 "Quel dc est multiplié par f : celui qui est arrivé, ou le total ?", LINE_H[1])),
        Mistake("dc for the gates without h",
                tuple(text for old in ("df = dc * c_prev", "di = dc * g", "dg = dc * i")
                      for text in (old, old.replace("dc", "dc_next"))),
                ("f, i and g get their blame from the dc that came in, without what came through "
                 "h.", "First complete dc, then use it.", LINE_H[0]),
                ("f, i et g reçoivent leur blâme du dc qui est arrivé, sans ce qui est venu de "
                 "h.", "Complétez d'abord dc, puis servez-vous-en.", LINE_H[1])),
    )


BACK_RETURN = (
    Mistake("(dc, dh)", ("State(dz[:H], dc * f)", "State(dc * f, dz[:H])"),
            ("the state's blame is (dc, dh); it should be (dh, dc).", "State(dh, dc), as State(h, c)."),
            ("le blâme de l'état est (dc, dh) ; ce doit être (dh, dc).",
             "State(dh, dc), comme State(h, c).")),
    Mistake("ds unpacked as (dc, dh)", ("dh, dc_next = ds", "dc_next, dh = ds"),
            ("ds is unpacked as (dc, dh); it comes as (dh, dc).", "Look at the line that takes ds apart."),
            ("ds est déballé comme (dc, dh) ; il arrive comme (dh, dc).",
             "Regardez la ligne qui défait ds.")),
    Mistake("dc_next again", ("dc * f", "dc * f + dc_next"),
            ("the dc that came in is added once more to the one that goes back: dc holds it already.",
             "What is ∂c_t/∂c_{t−1} along the belt?", CELL[0]),
            ("le dc qui est arrivé est ajouté encore une fois à celui qui repart : dc le contient déjà.",
             "Que vaut ∂c_t/∂c_{t−1} le long du tapis ?", CELL[1])),
    Mistake("whole dz as dx", ("dz[H:]", "dz"),
            ("dx is the whole of dz; x is the last D rows of z.", "Cut dz as z was joined."),
            ("dx est dz tout entier ; x n'en est que les D dernières lignes.",
             "Coupez dz comme z a été empilé.")),
)

BACKWARD = (
    Mistake("ds.h ignored", ("dh_next, dc_next = ds\n", "dh_next, dc_next = 0 * ds[0], ds[1]\n"),
            ("the blame on the last h, ds.h, is ignored.", "What is dh_next before the loop?"),
            ("le blâme sur le dernier h, ds.h, est ignoré.", "Que vaut dh_next avant la boucle ?")),
    Mistake("ds.c ignored", ("dh_next, dc_next = ds\n", "dh_next, dc_next = ds[0], 0 * ds[1]\n"),
            ("the blame on the last c, ds.c, is ignored.", "What is dc_next before the loop?"),
            ("le blâme sur le dernier c, ds.c, est ignoré.", "Que vaut dc_next avant la boucle ?")),
    Mistake("ds ignored", ("dh_next, dc_next = ds\n", "dh_next, dc_next = 0 * ds[0], 0 * ds[1]\n"),
            ("the blame on the last state, ds, is ignored.", "What are dh_next and dc_next before the loop?"),
            ("le blâme sur le dernier état, ds, est ignoré.", "Que valent dh_next et dc_next avant la "
                                                              "boucle ?")),
    Mistake("ds unpacked as (dc, dh)", ("dh_next, dc_next = ds\n", "dc_next, dh_next = ds\n"),
            ("ds is unpacked as (dc, dh); it comes as (dh, dc).", "Look at the line that takes ds apart."),
            ("ds est déballé comme (dc, dh) ; il arrive comme (dh, dc).",
             "Regardez la ligne qui défait ds.")),
    Mistake("loop forwards", ("for t in reversed(range(len(dh))):", "for t in range(len(dh)):"),
            ("your loop runs forwards; blame travels from the last moment to the first.",
             "In which order does your loop take t?"),
            ("votre boucle avance ; le blâme voyage du dernier instant au premier.",
             "Dans quel ordre votre boucle prend-elle t ?")),
    Mistake("loop forwards, dx in order", ("for t in reversed(range(len(dh))):",
                                           "for t in range(len(dh)):", "dxs[::-1]", "dxs"),
            ("your loop runs forwards; blame travels from the last moment to the first.",
             "In which order does your loop take t?"),
            ("votre boucle avance ; le blâme voyage du dernier instant au premier.",
             "Dans quel ordre votre boucle prend-elle t ?")),
    Mistake("dh_next not added", ("dh_t = dh[t] + dh_next", "dh_t = dh[t]"),
            ("the blame that comes back from the next moment is not added to dh[t].",
             "Two arrows lead into h[t]: from the read-out, and from the next step."),
            ("le blâme qui revient de l'instant suivant n'est pas ajouté à dh[t].",
             "Deux flèches arrivent en h[t] : de la lecture, et du pas suivant.")),
    Mistake("dh[t] not added", ("dh_t = dh[t] + dh_next", "dh_t = dh_next"),
            ("dh[t], the blame from this moment's read-out, is not added.",
             "Two arrows lead into h[t]: from the read-out, and from the next step."),
            ("dh[t], le blâme de la lecture de cet instant, n'est pas ajouté.",
             "Deux flèches arrivent en h[t] : de la lecture, et du pas suivant.")),
    Mistake("do before dh_next", ("do = dh_t * np.tanh(c)", "do = dh[t] * np.tanh(c)"),
            ("do is made of dh[t] alone: the blame from the next moment comes too late for it.",
             "First complete dh, then use it.", LINE_H[0]),
            ("do est fait de dh[t] seul : le blâme de l'instant suivant arrive trop tard pour "
             "lui.", "Complétez d'abord dh, puis servez-vous-en.", LINE_H[1])),
    Mistake("dh[t] twice", ("dh_t = dh[t] + dh_next", "dh_t = 2 * dh[t] + dh_next"),
            ("dh[t] is added twice.",
             "Count how often dh[t] enters."),
            ("dh[t] est ajouté deux fois.",
             "Comptez combien de fois dh[t] entre.")),
    Mistake("dh of the moment before", ("dh_t = dh[t] + dh_next", "dh_t = dh[t - 1] + dh_next"),
            ("you add dh[t-1]; in moment t the blame of its own read-out, dh[t], comes in.",
             "Which index has dh in your loop?"),
            ("vous ajoutez dh[t-1] ; à l'instant t, c'est le blâme de sa propre lecture, dh[t], qui arrive.",
             "Quel indice dh a-t-il dans votre boucle ?")),
    Mistake("dh[t] into c", ("dc = dc_next + dh_t", "dc = dc_next + dh[t] + dh_t"),
            ("dh[t] is added to dc as well; it blames h, and reaches c only through o and tanh.",
             "What does the read-out see: h, or c?"),
            ("dh[t] est aussi ajouté à dc ; il concerne h, et n'atteint c qu'à travers o et tanh.",
             "Que voit la lecture : h, ou c ?")),
    Mistake("last blame returned", ("State(dh_next, dc_next)", "State(*ds)"),
            ("you return the ds that came in; that before the first moment is asked.",
             "Which dh and dc does the loop leave behind?"),
            ("vous renvoyez le ds qui est arrivé ; on demande celui d'avant le premier instant.",
             "Quels dh et dc la boucle laisse-t-elle ?")),
    Mistake("dc before dh_next", ("dc_next + dh_t * o", "dc_next + dh[t] * o"),
            ("dc is made of dh[t] alone: the blame that comes back from the next moment is missing in "
             "it.", "First complete dh, then use it.", LINE_H[0]),
            ("dc est fait de dh[t] seul : il y manque le blâme qui revient de l'instant suivant.",
             "Complétez d'abord dh, puis servez-vous-en.", LINE_H[1])),
    Mistake("dc_next not passed", ("dh_next, dc_next = dz[:H], dc * f", "dh_next = dz[:H]"),
            ("dc is not passed on to the moment before: the belt is cut.",
             "What should the next turn of the loop find in dc_next?", CELL[0]),
            ("dc n'est pas transmis à l'instant précédent : le tapis est coupé.",
             "Que doit trouver le tour suivant de la boucle dans dc_next ?", CELL[1])),
    Mistake("dc_next zero", ("dh_next, dc_next = dz[:H], dc * f", "dh_next, dc_next = dz[:H], 0 * c"),
            ("dc is set to zero at each step: the belt is cut.", "What should the next turn of the loop "
                                                                 "find in dc_next?", CELL[0]),
            ("dc est remis à zéro à chaque pas : le tapis est coupé.",
             "Que doit trouver le tour suivant de la boucle dans dc_next ?", CELL[1])),
    Mistake("dh_next not passed", ("dh_next, dc_next = dz[:H], dc * f", "dc_next = dc * f"),
            ("dh is not passed on to the moment before.", "What should the next turn of the loop find in "
                                                          "dh_next?", EACH_STEP[0]),
            ("dh n'est pas transmis à l'instant précédent.", "Que doit trouver le tour suivant de la boucle "
                                                             "dans dh_next ?", EACH_STEP[1])),
    Mistake("dh_next zero", ("dh_next, dc_next = dz[:H], dc * f", "dh_next, dc_next = 0 * dz[:H], dc * f"),
            ("dh is set to zero at each step: blame no longer travels through h.",
             "What should the next turn of the loop find in dh_next?", EACH_STEP[0]),
            ("dh est remis à zéro à chaque pas : le blâme ne voyage plus par h.",
             "Que doit trouver le tour suivant de la boucle dans dh_next ?", EACH_STEP[1])),
    Mistake("nothing passed", ("        dh_next, dc_next = dz[:H], dc * f\n", ""),
            ("neither dh nor dc is passed on to the moment before.", "What should the next turn of the loop "
                                                                     "find?", EACH_STEP[0]),
            ("ni dh ni dc ne sont transmis à l'instant précédent.", "Que doit trouver le tour suivant de la "
                                                                    "boucle ?", EACH_STEP[1])),
    Mistake("dh_next piles up", ("dh_next, dc_next = dz[:H], dc * f", "dh_next, dc_next = dh_next + dz[:H], "
                                                                      "dc * f"),
            ("dh_next is added up over the steps; each moment passes on its own dz only.",
             "`=`, or `+=`?", EACH_STEP[0]),
            ("dh_next s'accumule au fil des pas ; chaque instant ne transmet que son propre dz.",
             "`=`, ou `+=` ?", EACH_STEP[1])),
    Mistake("dc_next piles up", ("dh_next, dc_next = dz[:H], dc * f", "dh_next, dc_next = dz[:H], dc_next + "
                                                                      "dc * f"),
            ("dc_next is added up over the steps; dc holds what came before already.",
             "`=`, or `+=`?", CELL[0]),
            ("dc_next s'accumule au fil des pas ; dc contient déjà ce qui précède.",
             "`=`, ou `+=` ?", CELL[1])),
    Mistake("dW overwritten", ("dW = dW + da @ z.T", "dW = da @ z.T"),
            ("dW is overwritten at each step: only that of the first moment is left.",
             "The same W serves at every step, so the blame adds up. `+=`, or `=`?"),
            ("dW est écrasé à chaque pas : il ne reste que celui du premier instant.",
             "La même W sert à chaque pas, le blâme s'additionne donc. `+=`, ou `=` ?")),
    Mistake("db overwritten", ("db = db + da.sum(-1, keepdims=True)", "db = da.sum(-1, keepdims=True)"),
            ("db is overwritten at each step: only that of the first moment is left.",
             "The same b serves at every step, so the blame adds up. `+=`, or `=`?"),
            ("db est écrasé à chaque pas : il ne reste que celui du premier instant.",
             "Le même b sert à chaque pas, le blâme s'additionne donc. `+=`, ou `=` ?")),
    Mistake("dp overwritten", ("dW = dW + da", "dW = da", "db = db + da", "db = da"),
            ("dW and db are overwritten at each step: only those of the first moment are left.",
             "The same weights serve at every step, so the blame adds up. `+=`, or `=`?"),
            ("dW et db sont écrasés à chaque pas : il ne reste que ceux du premier instant.",
             "Les mêmes poids servent à chaque pas, le blâme s'additionne donc. `+=`, ou `=` ?")),
    Mistake("mean over time", ("\"W\": dW, \"b\": db", "\"W\": dW / len(dh), \"b\": db / len(dh)"),
            ("dW and db are averaged over time; they should be summed.", "Is there a division by T?"),
            ("dW et db sont moyennés sur le temps ; ils doivent être sommés.",
             "Y a-t-il une division par T ?")),
    Mistake("dx not reversed", ("dxs[::-1]", "dxs"),
            ("dx is in the order of the loop, last moment first.", "The first to be computed belongs to the "
                                                                   "last moment: turn the list round."),
            ("dx est dans l'ordre de la boucle, le dernier instant d'abord.",
             "Le premier calculé appartient au dernier instant : retournez la liste.")),
    Mistake("(dc, dh)", ("State(dh_next, dc_next)", "State(dc_next, dh_next)"),
            ("the first state's blame is (dc, dh); it should be (dh, dc).", "State(dh, dc), as State(h, c)."),
            ("le blâme du premier état est (dc, dh) ; ce doit être (dh, dc).",
             "State(dh, dc), comme State(h, c).")),
    Mistake("tape of the first moment", ("(q[t] for q in tape)", "(q[0] for q in tape)"),
            ("every step reads the tape of the first moment.", "Which moment of the tape does the loop "
                                                               "take?"),
            ("chaque pas lit la bande du premier instant.", "Quel instant de la bande la boucle "
                                                            "prend-elle ?")),
    Mistake("tape reversed", ("(q[t] for q in tape)", "(q[len(dh) - 1 - t] for q in tape)"),
            ("the tape is read from the front while dh is read from the end.",
             "Both must be of the same moment t."),
            ("la bande est lue par le début alors que dh l'est par la fin.",
             "Les deux doivent être du même instant t.")),
    Mistake("first moment left out", ("reversed(range(len(dh)))", "range(len(dh) - 1, 0, -1)"),
            ("the loop stops before t = 0.", "`range(T - 1, -1, -1)` ends with 0."),
            ("la boucle s'arrête avant t = 0.", "`range(T - 1, -1, -1)` finit par 0.")),
    Mistake("last moment left out", ("reversed(range(len(dh)))", "reversed(range(len(dh) - 1))"),
            ("the loop leaves out the last moment, T − 1.", "Where does the loop begin?"),
            ("la boucle oublie le dernier instant, T − 1.", "Où commence la boucle ?")),
)

CHECK = (
    Mistake("one-sided", ("(loss(up) - loss(down)) / (2 * eps)", "(loss(up) - loss(w)) / eps"),
            ("you take a one-sided difference: its error shrinks with eps only, that of the central one "
             "with eps².", "Look from both sides, w + eps and w − eps."),
            ("vous prenez une différence d'un seul côté : son erreur diminue avec eps seulement, celle de "
             "la différence centrée avec eps².",
             "Regardez des deux côtés, w + eps et w − eps.")),
    Mistake("one-sided, from below", ("(loss(up) - loss(down)) / (2 * eps)", "(loss(w) - loss(down)) / eps"),
            ("you take a one-sided difference, from below.", "Look from both sides, w + eps and w − eps."),
            ("vous prenez une différence d'un seul côté, par en dessous.",
             "Regardez des deux côtés, w + eps et w − eps.")),
    Mistake("eps for 2 eps", ("(2 * eps)", "eps"),
            ("you divide by eps; from w − eps to w + eps it is 2 eps.", "Your gradient is twice too large."),
            ("vous divisez par eps ; de w − eps à w + eps, il y a 2 eps.",
             "Votre gradient est deux fois trop grand.")),
    Mistake("brackets", ("/ (2 * eps)", "/ 2 * eps"),
            ("without brackets Python divides by 2, then multiplies by eps.",
             "What belongs under the fraction bar goes between brackets."),
            ("sans parenthèses, Python divise par 2 puis multiplie par eps.",
             "Ce qui est sous la barre de fraction se met entre parenthèses.")),
    Mistake("not divided", (" / (2 * eps)", ""),
            ("the difference of the losses is not divided by the distance.", "A slope is rise over run."),
            ("la différence des pertes n'est pas divisée par la distance.",
             "Une pente est une hauteur divisée par une longueur.")),
    Mistake("all weights at once", ("up[k] += eps", "up += eps", "down[k] -= eps", "down -= eps"),
            ("you move all weights at once; each should be moved alone.",
             "`w + eps` moves every entry. Which one is to move?"),
            ("vous déplacez tous les poids à la fois ; il faut les déplacer un par un.",
             "`w + eps` déplace chaque entrée. Laquelle doit bouger ?")),
    Mistake("one array twice", ("up, down = w.copy(), w.copy()", "up = down = w.copy()"),
            ("w + eps and w − eps are the same array: `a = w` gives it a second name, no copy, so both "
             "losses are equal.", "`.copy()`."),
            ("w + eps et w − eps sont le même tableau : `a = w` lui donne un second nom, sans copie ; les "
             "deux pertes sont égales.", "`.copy()`.")),
    Mistake("not put back", ("        up, down = w.copy(), w.copy()\n", "",
                             "    dw = np.zeros_like(w)\n", "    dw = np.zeros_like(w)\n    up, down = "
                                                            "w.copy(), w.copy()\n"),
            ("a weight that was moved is not put back before the next one's turn.",
             "Each weight is moved alone, all others being as they were."),
            ("un poids déplacé n'est pas remis en place avant le tour du suivant.",
             "Chaque poids bouge seul, tous les autres étant comme avant.")),
    Mistake("left where it was moved", ("up, down = w.copy(), w.copy()",
                                        "up, down = w.copy(), w.copy(); w = down"),
            ("a weight that was moved stays at w − eps while the others have their turn.",
             "Put it back before the next one: `+ eps`, `− 2 eps`, `+ eps`."),
            ("un poids déplacé reste en w − eps pendant le tour des autres.",
             "Remettez-le en place avant le suivant : `+ eps`, `− 2 eps`, `+ eps`.")),
    Mistake("down not moved back", ("down[k] -= eps", "down[k] -= 0"),
            ("the second loss is taken at w, not at w − eps (moved up by eps, it must go down by 2 eps), "
             "yet you divide by 2 eps.",
             "Look from both sides, w + eps and w − eps."),
            ("la seconde perte est prise en w, et non en w − eps (monté de eps, il faut descendre de 2 "
             "eps), et vous divisez pourtant par 2 eps.",
             "Regardez des deux côtés, w + eps et w − eps.")),
    Mistake("rows", ("np.ndindex(w.shape)", "range(len(w))"),
            ("you move whole rows of w; each weight should be moved alone.",
             "`np.ndindex(w.shape)` goes through all indices."),
            ("vous déplacez des lignes entières de w ; chaque poids doit bouger seul.",
             "`np.ndindex(w.shape)` parcourt tous les indices.")),
    Mistake("magnitude", ("loss(up) - loss(down)", "abs(loss(up) - loss(down))"),
            ("the sign is lost: a slope can fall.",
             "Is there an `abs` too many?"),
            ("le signe est perdu : une pente peut descendre.",
             "Y a-t-il un `abs` de trop ?")),
    Mistake("sign", ("loss(up) - loss(down)", "loss(down) - loss(up)"),
            ("the sign is turned round.", "w + eps first, w − eps second."),
            ("le signe est inversé.", "D'abord w + eps, ensuite w − eps.")),
    Mistake("sum", ("loss(up) - loss(down)", "loss(up) + loss(down)"),
            ("the two losses are added; a slope is their difference.", "Which sign stands between them?"),
            ("les deux pertes sont additionnées ; une pente est leur différence.",
             "Quel signe y a-t-il entre elles ?")),
    Mistake("flat", ("    return dw", "    return dw.ravel()"),
            ("the gradient is flat; it should have the shape of w.", "`reshape`, or `np.ndindex(w.shape)`."),
            ("le gradient est aplati ; il doit avoir la forme de w.", "`reshape`, ou "
                                                                      "`np.ndindex(w.shape)`.")),
    Mistake("one number", ("    return dw", "    return dw.sum()"),
            ("you return one number; a slope for each weight is asked.", "dw has the shape of w."),
            ("vous renvoyez un seul nombre ; on demande une pente par poids.", "dw a la forme de w.")),
    Mistake("own eps", ("up[k] += eps", "up[k] += 1e-4", "down[k] -= eps", "down[k] -= 1e-4",
                        "2 * eps", "2e-4"),
            ("you use an eps of your own; use the one that is given.", "eps is an argument."),
            ("vous utilisez votre propre eps ; prenez celui qui est donné.", "eps est un argument.")),
    Mistake("relative step", ("up[k] += eps", "up[k] *= 1 + eps", "down[k] -= eps", "down[k] *= 1 - eps"),
            ("you move by a share of the weight; move by eps itself.", "`+ eps`, not `* (1 + eps)`."),
            ("vous déplacez d'une fraction du poids ; déplacez de eps, tel quel.",
             "`+ eps`, et non `* (1 + eps)`.")),
)

EXERCISES = (
    Exercise(gradient_check, check_inputs, "dw", "the shape of w", CHECK, BACK),
    Exercise(lstm_step, step_inputs, "s, tape", "State (H, B) and Tape", STATE + step_mistakes("x"), SHEET,
             look=look_step),
    Exercise(lstm_forward, forward_inputs, "h, s, tape", "(T, H, B), State (H, B), Tape (T, ·, B)",
             FORWARD + step_mistakes("x_t"), EACH_STEP, look=look_forward),
    Exercise(lstm_back, back_inputs, "dp, ds, dx", "those of p, s and x",
             BACK_RETURN + back_mistakes("dh"), BACK, look=look_back, around=around_back),
    Exercise(lstm_backward, backward_inputs, "dp, ds, dx", "those of p, s and x",
             BACKWARD + back_mistakes("dh_t"), BACK, look=look_backward, around=around_backward,
             backwards=True),
)


def accumulator(W, b):
    """One LSTM unit that adds up what it is given, until it is told to empty itself.

    At each step comes x = [v, empty]: v is -1, 0 or 1; with empty = 1 the sum starts anew, with this very v.
    After every step the cell state c must be within 0.5 of the sum of all v since then (rounded, it is the
    sum). For 40 steps; h and c are 0 at the start. Returns W (4, 1, 3), for the gates f, i, o, g, whose
    columns meet h, v, empty; and b (4, 1, 1).
    """
    rng = np.random.default_rng(8)
    for rows in (*rows_of_symbols(6, 12, rng), rng.choice(6, (40, 200), p=(0.1, 0.2, 0.6, 0.02, 0.03, 0.05))):
        B = rows.shape[1]
        s, total = State(np.zeros((1, B)), np.zeros((1, B))), np.zeros(B)
        for t, symbol in enumerate(rows):
            v, empty = symbol % 3 - 1, symbol // 3
            s, _ = LSTM.step({"W": W, "b": b}, s, np.stack([v, empty]).astype(float))
            total = np.where(empty, 0, total) + v
            bad = np.flatnonzero(np.abs(s.c[0] - total) >= 0.5)
            if bad.size:
                k = bad[0]
                row = [(f"{q % 3 - 1:+d}".replace("+0", "0"), q // 3) for q in rows[:t + 1, k]]
                en, fr = (", ".join(v + word * e for v, e in row) for word in (" and empty", " et vide"))
                return (f"after “{en}” c is {s.c[0, k]:.2f}, and should be near {int(total[k])}.",
                        f"après « {fr} », c vaut {s.c[0, k]:.2f}" + f", et devrait être proche de "
                                                                    f"{int(total[k])}.")
    return None


def accumulator_weights():
    """An accepted answer."""
    W, b = np.zeros((4, 1, 3)), np.zeros((4, 1, 1))
    W[0, 0, 2], b[0] = -40, 20   # kept, unless empty
    b[1] = 20                    # always written
    W[3, 0, 1] = 4               # v itself, nearly
    return W, b


PUZZLES = (
    Puzzle(accumulator_weights, {"W": (4, 1, 3), "b": (4, 1, 1)}, accumulator, (
        "f must be 1, but for one signal that makes it 0. i is always 1. And tanh(w·v) is nearly −1, 0 or 1 "
        "if w is large enough.", CELL[0]), (
        "f doit valoir 1, sauf quand un signal la met à 0. i vaut toujours 1. Et tanh(w·v) vaut presque −1, "
        "0 ou 1 si w est assez grand.", CELL[1])),
)
