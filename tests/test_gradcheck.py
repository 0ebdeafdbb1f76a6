"""The two judges of derivatives: how right they are, and what they refuse."""
import numpy as np
import pytest

from lstmlib.gradcheck import central_difference, complex_step

W = np.random.default_rng(0).normal(size=(2, 3))


def loss(w):
    return (np.sin(w) ** 2 * np.exp(w)).sum() * w[0, 1]


def slope():
    rest = (np.sin(W) ** 2 * np.exp(W)).sum()
    exact = W[0, 1] * (2 * np.sin(W) * np.cos(W) + np.sin(W) ** 2) * np.exp(W)
    exact[0, 1] += rest
    return exact


def test_the_complex_step_is_right_to_the_last_digits():
    assert np.allclose(complex_step(loss, W), slope(), rtol=1e-14, atol=1e-15)


def test_the_complex_step_needs_no_luck_with_its_size():
    for eps in (1e-8, 1e-20, 1e-100, 1e-300):
        assert np.allclose(complex_step(loss, W, eps), slope(), rtol=1e-14, atol=1e-15)


def test_the_central_difference_is_right_to_eight_digits_and_worse_with_another_step():
    error = {eps: np.abs(central_difference(loss, W, eps) - slope()).max() for eps in (1e-2, 1e-6, 1e-12)}
    assert error[1e-6] < 1e-8 < 1e-5 < min(error[1e-2], error[1e-12])
    assert np.array_equal(central_difference(loss, W), central_difference(loss, W, 1e-6))


def test_the_error_of_the_central_difference_shrinks_with_the_square_of_its_step():
    coarse, fine = (np.abs(central_difference(loss, W, eps) - slope()).max() for eps in (1e-2, 1e-3))
    assert 90 < coarse / fine < 110


@pytest.mark.parametrize("check", [complex_step, central_difference])
def test_w_is_given_back_as_it_was_and_its_shape_with_the_answer(check):
    for w in (W.copy(), W.astype(np.float32), np.array(2.0), np.arange(3)):
        before = w.copy()
        grad = check(lambda w: (w * w).sum(), w)
        assert np.array_equal(w, before)
        assert grad.shape == w.shape and grad.dtype == np.float64
        assert np.allclose(grad, 2.0 * w)


@pytest.mark.parametrize("check", [complex_step, central_difference])
def test_every_number_is_moved_alone(check):
    seen = []
    check(lambda w: seen.append(w.copy()) or w.sum(), W)
    assert all((w != W).sum() == 1 for w in seen)
    assert len(seen) == W.size * (1 if check is complex_step else 2)


@pytest.mark.parametrize("check", [complex_step, central_difference])
def test_an_infinite_number_has_the_slope_0(check):
    with np.errstate(invalid="ignore"):
        grad = check(lambda w: np.tanh(w).sum(), np.array([np.inf, 0, -np.inf]))
    assert np.allclose(grad, [0, 1, 0])


def test_the_complex_step_says_when_the_imaginary_part_is_lost():
    with pytest.raises(ValueError, match=r"complex_step: loss\(w\) is .*, a real number for a complex w"):
        complex_step(lambda w: np.abs(w).sum(), W)


@pytest.mark.parametrize("check", [complex_step, central_difference])
def test_a_loss_is_one_number(check):
    with pytest.raises(ValueError, match=rf"{check.__name__}: loss\(w\) has shape \(2, 3\); expected one"):
        check(lambda w: w * w, W)
    assert np.allclose(check(lambda w: (w * w).sum(keepdims=True), W), 2 * W)


def test_the_central_difference_takes_real_losses_and_a_positive_step():
    with pytest.raises(ValueError, match=r"central_difference: loss\(w\) is .*j\); expected a real number"):
        central_difference(lambda w: w.sum() + 1j, W)
    for eps in (0, -1e-6, np.nan):
        with pytest.raises(ValueError, match=f"central_difference: eps = {eps}; expected a small positive"):
            central_difference(loss, W, eps)
