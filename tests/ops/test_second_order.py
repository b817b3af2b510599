"""Second derivatives of elementwise ops and reductions: the gradient's gradient is the gradient's finite difference."""

from typing import Any

import pytest

import eagernb as tf
from eagernb.autodiff.check import check_gradients
from eagernb.core.dispatch import dispatch
from eagernb.core.op import Op

from .samples.making import Sample
from .test_contract import SMOOTH, arguments, arrays


def has_second_derivative(op: Op, sample: Sample) -> bool:
    if op.name == "cumprod":  # by division, which where an element is 0 is right for the first derivative only
        return all(x.all() for x in arrays(sample))
    once = op.name in ("igamma", "igammac")  # their derivative by a has none, as in TensorFlow
    return op.family in ("elementwise", "reduction") and not once and sum(x.size for x in arrays(sample)) < 25


TWICE = [case for case in SMOOTH if has_second_derivative(*case.values)]


@pytest.mark.parametrize(("op", "sample"), TWICE)
def test_second_gradient_is_a_finite_difference(op: Op, sample: Sample) -> None:
    given = arguments(sample)
    moving = [i for i, x in enumerate(arrays(sample)) if x.dtype.kind in "fc" and op.rule_for(i)]

    def gradients(*values: Any) -> Any:
        inputs: list[Any] = list(given)
        for i, value in zip(moving, values, strict=True):
            inputs[i] = value
        with tf.GradientTape() as tape:
            tape.watch(values)
            y = dispatch(op, inputs, dict(sample.params))
        # Gradients of another direction in each element: a rule's g is not all ones.
        flowing = tf.cast(tf.reshape(tf.range(1.0, 1.0 + y.shape.num_elements()), y.shape), y.dtype)
        return [g for g in tape.gradient(y, values, output_gradients=flowing) if g is not None]

    coarse = op.name == "cast"  # a float32 does not show small steps
    step, tolerance = (1e-2, 1e-3) if coarse else (1e-6, 1e-5)
    check_gradients(gradients, *[arrays(sample)[i] for i in moving], step=step, tolerance=tolerance)


def test_what_has_no_second_derivative_says_so() -> None:
    a, x = tf.constant([2.0]), tf.constant([1.0])
    with tf.GradientTape() as outer:
        outer.watch(a)
        with tf.GradientTape() as inner:
            inner.watch(a)
            y = tf.math.igamma(a, x)
        g = inner.gradient(y, a)
    with pytest.raises(LookupError, match="IgammaGradA"):
        outer.gradient(g, a)
