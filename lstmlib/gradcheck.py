"""Is this derivative right? Two ways to ask the loss itself, one number after the other.

Both are slow (a loss or two for each number in w) and both are independent of every formula that they judge.
"""

import numpy as np


def complex_step(loss, w, eps=1e-30):
    """∂loss/∂w from a step in the imaginary direction, Im loss(w + iε) / ε: right to the last digit or two.

    Nothing is subtracted, so nothing cancels, and ε may be as small as one likes.      Squire & Trapp (1998).
    loss: takes a complex array of the shape of w, returns one number; on its way it may not use abs, compare,
    or cut numbers to their real part. Returns an array of float64 of the shape of w.
    Raises ValueError if loss returns a real number (it has lost the imaginary part) or more than one number.
    """
    w = np.array(w, complex)
    grad = np.empty(w.shape)
    for k in np.ndindex(w.shape):
        real, w[k] = w[k], w[k] + 1j * eps
        value = _one("complex_step", loss(w))
        if not np.iscomplexobj(value):
            raise ValueError(f"complex_step: loss(w) is {value}, a real number for a complex w; expected a "
                             "complex number: somewhere on the way the imaginary part was lost")
        grad[k], w[k] = value.imag / eps, real
    return grad


def central_difference(loss, w, eps=1e-6):
    """∂loss/∂w as (loss(w + ε) - loss(w - ε)) / 2ε: for smooth losses; right to about eight digits.

    A larger ε is wrong by the third derivative (times ε²), a smaller one because of rounding (by 1e-16 / ε).
    loss: takes a float64 array of the shape of w, returns one real number. Returns a float64 array like w.
    Raises ValueError if eps is not positive, or loss returns a complex number or more than one number.
    """
    if not eps > 0:
        raise ValueError(f"central_difference: eps = {eps}; expected a small positive number")
    w = np.array(w, float)
    grad = np.empty(w.shape)
    for k in np.ndindex(w.shape):
        middle = w[k]
        w[k] = middle + eps
        above = _one("central_difference", loss(w))
        w[k] = middle - eps
        below = _one("central_difference", loss(w))
        if np.iscomplexobj(above) or np.iscomplexobj(below):
            raise ValueError(f"central_difference: loss(w) is {above}; expected a real number")
        grad[k], w[k] = (above - below) / (2 * eps), middle
    return grad


def _one(name, value):
    if np.size(value) != 1:
        raise ValueError(f"{name}: loss(w) has shape {np.shape(value)}; expected one number")
    return np.asarray(value).reshape(())[()]
