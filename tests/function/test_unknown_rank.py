"""Functions of tensors of which not even the rank is known when they are traced."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf

ANY = [tf.TensorSpec(None, tf.float32)]


@pytest.mark.parametrize(
    "compute",
    [
        lambda x: tf.nn.relu(x) * 2.0 + x**2,
        lambda x: x == tf.constant([1.0, 4.0]),
        lambda x: tf.reduce_sum(x),
        lambda x: tf.reduce_mean(x, axis=0),
        lambda x: tf.matmul(x, x, transpose_b=True),
        lambda x: tf.expand_dims(x, 0),
        lambda x: tf.concat([x, x], 0),
        lambda x: tf.where(x > 1.0, x, 0.0),
        lambda x: tf.zeros_like(x) - tf.ones_like(x),
        lambda x: tf.rank(x) + tf.size(x) + tf.shape(x)[0],
        lambda x: x[0],
        lambda x: tf.cond(tf.reduce_sum(x) > 0.0, lambda: x * 2.0, lambda: x),
        lambda x: tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * 2.0), (0, x))[1],
    ],
)
def test_operations_take_any_rank(compute) -> None:
    x = tf.constant([[1.0, -2.0], [3.0, 4.0]])
    np.testing.assert_array_equal(tf.function(compute, input_signature=ANY)(x).numpy(), compute(x).numpy())


def test_one_trace_serves_all_ranks_and_so_does_its_gradient() -> None:
    f = tf.function(lambda x: x * x + 3.0 * x, input_signature=ANY)
    for shape in ([], [2], [2, 3]):
        x = tf.ones(shape)
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(x)
        np.testing.assert_array_equal(tape.gradient(y, x).numpy(), np.full(shape, 5.0, np.float32))
    assert f.experimental_get_tracing_count() == 1


@pytest.mark.parametrize("reduce", [tf.reduce_sum, tf.reduce_mean, tf.reduce_max])
def test_the_gradient_of_a_reduction_within(reduce) -> None:
    @tf.function(input_signature=ANY)
    def gradient(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = reduce(tf.exp(x) * 2.0)
        return tape.gradient(y, x)

    x = tf.constant([[0.0, 1.0], [2.0, 3.0]])
    np.testing.assert_array_equal(gradient(x).numpy(), gradient.python_function(x).numpy())


def test_what_needs_the_rank_says_so() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError, match="unstack"):
        tf.function(lambda x: tf.unstack(x), input_signature=ANY)(tf.ones([2]))


def test_the_result_of_numpy_function_goes_on() -> None:
    f = tf.function(lambda x: tf.numpy_function(np.sin, [x], tf.float32) + 1.0)
    assert float(f(tf.constant(0.0))) == 1.0


def test_a_loop_over_the_elements() -> None:
    @tf.function(input_signature=ANY)
    def total(x):
        found = 0.0
        for row in x:
            found += tf.reduce_sum(row)
        return found

    assert float(total(tf.ones([2, 3]))) == 6.0
