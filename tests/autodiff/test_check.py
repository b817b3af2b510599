"""The checker itself: it must notice wrong rules."""

import pytest

import eagernb as tf
from eagernb.autodiff.check import check_gradients, numeric_gradients


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
