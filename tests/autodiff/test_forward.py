"""ForwardAccumulator: every op's tangents, nesting, memory. (Values that TensorFlow gives: tests/parity.)"""

import weakref
from typing import Any

import numpy as np
import pytest

import eagernb as tf
import eagernb.numpy as xp
from eagernb.core.op import Op

from ..ops.samples.making import Sample
from ..ops.test_contract import SMOOTH, smooth_function
from .test_tape import freed_without_collector


@pytest.mark.parametrize(("op", "sample"), SMOOTH)
def test_tangent_is_finite_difference(op: Op, sample: Sample) -> None:
    function, values = smooth_function(op, sample)
    rng = np.random.default_rng(0)
    directions = [rng.uniform(0.5, 1.5, x.shape) for x in values]
    directions = [
        d + 1j * rng.uniform(0.5, 1.5, x.shape) if x.dtype.kind == "c" else d
        for d, x in zip(directions, values, strict=True)
    ]

    def at(step: float) -> list[Any]:
        return function(*[tf.constant(x + step * d) for x, d in zip(values, directions, strict=True)])

    coarse = op.name == "cast"  # a float32 does not show small steps
    step, tolerance = (1e-2, 1e-3) if coarse else (1e-6, 1e-6)
    inputs = [tf.constant(x) for x in values]
    with tf.autodiff.ForwardAccumulator(inputs, [tf.constant(d) for d in directions]) as acc:
        result = function(*inputs)
    for out, above, below in zip(result, at(step), at(-step), strict=True):
        if out.dtype.is_differentiable:
            got = acc.jvp(out, unconnected_gradients="zero")
            assert (got.dtype, got.shape) == (out.dtype, out.shape)
            numeric = (above.numpy() - below.numpy()) / (2 * step)
            np.testing.assert_allclose(
                got, numeric, rtol=tolerance, atol=tolerance * (1 + np.abs(numeric).max(initial=0))
            )


def test_one_input_moves_and_another_is_fixed() -> None:
    x, y = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[1.0], [10.0]])
    with tf.autodiff.ForwardAccumulator(y, tf.constant([[1.0], [0.0]])) as acc:
        z = x * y + x @ y
    assert acc.jvp(z).numpy().tolist() == [[2.0, 3.0], [3.0, 3.0]]


def test_hessian_vector_product_forward_over_reverse() -> None:
    rng = np.random.default_rng(0)
    w, direction = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    x = tf.constant(rng.normal(size=(4, 3)))
    v = tf.Variable(w)

    def gradient() -> Any:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.softmax(tf.tanh(x @ v))[:, 0] ** 2)
        return tape.gradient(loss, v)

    with tf.autodiff.ForwardAccumulator(v, tf.constant(direction)) as acc:
        g = gradient()
    step = 1e-5
    v.assign(w + step * direction)
    above = gradient().numpy()
    v.assign(w - step * direction)
    np.testing.assert_allclose(acc.jvp(g), (above - gradient().numpy()) / (2 * step), rtol=1e-6, atol=1e-9)


def test_reverse_over_forward_sees_what_rules_do_with_the_result() -> None:
    # exp's rule multiplies by its result, which the tape outside has to know by then.
    x = tf.constant(0.5, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0, tf.float64)) as acc:
            y = tf.exp(tf.exp(x))
        first = acc.jvp(y)
    e = np.exp(0.5)
    np.testing.assert_allclose(tape.gradient(first, x), np.exp(e) * e * (1 + e), rtol=1e-12)


def test_three_accumulators_give_the_third_derivative() -> None:
    x, one = tf.constant(2.0), tf.constant(1.0)
    forward = tf.autodiff.ForwardAccumulator
    with forward(x, one) as third, forward(x, one) as second, forward(x, one) as first:
        y = x**4
    assert float(third.jvp(second.jvp(first.jvp(y)))) == 48.0


def test_batch_of_directions() -> None:
    x = tf.constant([1.0, 2.0])

    def column(direction: Any) -> Any:
        with tf.autodiff.ForwardAccumulator(x, direction) as acc:
            y = tf.stack([x[0] * x[1], x[0] ** 2])
        return acc.jvp(y)

    jacobian = tf.transpose(tf.vectorized_map(column, tf.eye(2)))
    assert jacobian.numpy().tolist() == [[2.0, 1.0], [2.0, 0.0]]


def test_tangent_lives_as_long_as_its_tensor() -> None:
    def make():  # type: ignore[no-untyped-def]
        references = []
        x = tf.constant([1.0, 2.0])
        with tf.autodiff.ForwardAccumulator(x, tf.ones([2])) as acc:
            middle = tf.exp(x)
            references.append(weakref.ref(acc.jvp(middle)))
            y = tf.sin(middle)
        del middle
        assert references[0]() is None
        references += [weakref.ref(acc.jvp(y)), weakref.ref(acc), weakref.ref(y)]
        return references

    freed_without_collector(make)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: np.sum(np.square(x)),
        lambda x: xp.sum(xp.asarray(x) ** 2),
        lambda x: xp.asarray(x)[0] ** 2 + xp.asarray(x)[1] ** 2,
    ],
)
def test_numpys_functions_are_followed(function: Any) -> None:
    for x in (tf.constant([1.0, 2.0]), tf.Variable([1.0, 2.0]), xp.asarray([1.0, 2.0], dtype=xp.float32)):
        with tf.autodiff.ForwardAccumulator(x, tf.constant([3.0, 5.0])) as acc:
            y = function(x)
        assert float(acc.jvp(y)) == 2 * (1 * 3 + 2 * 5)


def test_tangent_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\(2,\)"):
        tf.autodiff.ForwardAccumulator(tf.ones([2]), 1.0)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_accumulator_leaves_when_something_is_raised(error: type[BaseException]) -> None:
    from eagernb.core.dispatch import current

    x = tf.constant(1.0)
    with pytest.raises(error), tf.autodiff.ForwardAccumulator(x, x):
        raise error
    assert current() is None
