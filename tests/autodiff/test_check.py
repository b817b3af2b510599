"""The checker itself: it must notice wrong rules."""

import numpy as np
import pytest

import eagernb as tf
from eagernb.autodiff.check import check_gradients, numeric_gradients
from eagernb.core.dispatch import dispatch
from eagernb.core.op import Op, Rule


def test_numeric_gradient_of_cube() -> None:
    [g] = numeric_gradients(lambda x: x**3, [1.0, 2.0])
    # the weights of the two elements are 0.5 + 1/3 and 0.5 + 2/3
    assert g == pytest.approx([3.0 * (0.5 + 1 / 3), 12.0 * (0.5 + 2 / 3)])


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: tf.stop_gradient(x) * x,  # half of the gradient
        lambda x: x + tf.reverse(tf.stop_gradient(x) - x, [0]),  # the elements change places
        lambda x: tf.stop_gradient(x * x),  # none at all
    ],
)
def test_wrong_gradient_is_noticed(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AssertionError, match="finite differences"):
        check_gradients(wrong, [1.0, 2.0])


def test_a_complex_gradient_points_along_both_axes() -> None:
    z = np.array([1.0 + 2.0j, -0.5j])
    [gradient] = numeric_gradients(lambda z: tf.math.real(z) * 3 + tf.math.imag(z) * 5, z)
    np.testing.assert_allclose(gradient, np.array([5 / 6, 7 / 6]) * (3 + 5j), rtol=1e-6)  # the weights, times 3 + 5i


def test_a_rule_that_forgets_to_conjugate_is_noticed() -> None:
    op = Op("no_conjugate", ("z",), np.conjugate, infer=lambda z: z, rules=(Rule.of(lambda g: g),))
    with pytest.raises(AssertionError, match="gradient of input 0"):
        check_gradients(lambda z: dispatch(op, (z,), {}), np.array([1.0 + 2.0j]))
