"""What several rooms try answers on."""
import numpy as np


def gate_inputs(rng, n):
    """W, b, h, x for one gate: all random, none zero."""
    W, b = rng.normal(size=(n.H, n.H + n.D)), rng.normal(size=(n.H, 1))
    yield W, b, rng.uniform(-1, 1, (n.H, n.B)), rng.normal(size=(n.D, n.B))


def gate_corners(rng, n):
    """The same, wide open, shut and in between, from weights of zeros, too; one example."""
    W, b, h, x = next(gate_inputs(rng, n))
    yield 0 * W, np.array([[40.0], [-40.0], [0.0]]), h, x
    yield W * 0 + [[40.0], [-40.0], [0.0]], b, np.array([[1.0], [-1.0], [1.0]]), 0 * x


def rows_of_symbols(symbols, longest, rng, up_to=20000):
    """Rows of the symbols 0 … symbols-1, the shortest first, as arrays (T, B).

    While they are not more than up_to, all rows of a length; then those that begin with one symbol and go on
    with another, and 200 random ones.
    """
    for T in range(1, longest + 1):
        if symbols**T <= up_to:
            yield np.arange(symbols**T) // symbols ** np.arange(T)[::-1, None] % symbols
        else:
            first, then = np.divmod(np.arange(symbols**2), symbols)
            plain = np.concatenate([first[None], np.tile(then, (T - 1, 1))])
            yield np.concatenate([plain, rng.integers(symbols, size=(T, 200))], axis=1)
