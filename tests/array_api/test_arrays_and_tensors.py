"""Arrays are tensors: the two meet in functions, tapes and graphs."""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
import eagernb.numpy as xp
from eagernb.autodiff.check import check_gradients

X = np.array([[0.3, 0.7, -0.4], [0.9, -0.2, 0.6]])

# Functions of the namespace through which gradients flow.
DIFFERENTIABLE = {
    "mixed dtypes": lambda x: x * xp.asarray([1, 2, 3]) + xp.asarray(0.5, dtype=xp.float32),
    "exp2 of parts": lambda x: xp.pow(2.0, x) / (1 + xp.abs(x)),
    "atan2": lambda x: xp.atan2(x, 2 - x),
    "hypot": lambda x: xp.hypot(x, 1.5),
    "logaddexp": lambda x: xp.logaddexp(x, 2 * x),
    "copysign": lambda x: xp.copysign(x, -1.0),
    "log2": lambda x: xp.log2(x + 2) + xp.log10(x + 3) + xp.log1p(x),
    "remainder": lambda x: xp.remainder(x, 0.37),
    "maximum": lambda x: xp.maximum(x, 0.1) - xp.minimum(x, 0.2),
    "clip": lambda x: xp.clip(x, -0.3, 0.65),
    "sinh": lambda x: xp.sinh(x) * xp.acosh(x + 2) + xp.atanh(x) - xp.asin(x) * xp.acos(x),
    "mean": lambda x: xp.mean(x, axis=0),
    "std": lambda x: xp.std(x, axis=1, correction=1),
    "prod": lambda x: xp.prod(x, axis=-1),
    "max": lambda x: xp.max(x, axis=1),
    "cumulative_sum": lambda x: xp.cumulative_sum(x, axis=1, include_initial=True),
    "cumulative_prod": lambda x: xp.cumulative_prod(x, axis=0),
    "diff": lambda x: xp.diff(x, append=x[:, :1]),
    "sort": lambda x: xp.sort(x, descending=True) * xp.asarray([1.0, 2.0, 3.0]),
    "take": lambda x: xp.take(x, xp.asarray([-1, 0, 0]), axis=1),
    "take_along_axis": lambda x: xp.take_along_axis(x, xp.argsort(x), axis=-1),
    "where": lambda x: xp.where(x > 0, x**2, -x),
    "concat": lambda x: xp.concat([x, xp.ones((1, 3), dtype=xp.int8)]),
    "stack": lambda x: xp.stack([x, 2 * x], axis=1),
    "tile": lambda x: xp.tile(x, (2, 1, 2)),
    "repeat": lambda x: xp.repeat(x, 2, axis=1),
    "roll": lambda x: xp.roll(x, 1),
    "flip": lambda x: xp.flip(x, axis=0) * x,
    "unstack": lambda x: xp.unstack(x)[1] * xp.unstack(x, axis=0)[0],
    "meshgrid": lambda x: xp.meshgrid(x[0, :], x[1, :])[0],
    "tril": lambda x: xp.tril(x, k=-1) + xp.triu(x),
    "matmul": lambda x: x @ x.T,
    "vector matmul": lambda x: x @ x[0, :],
    "vecdot": lambda x: xp.vecdot(x, x[:1, :]),
    "tensordot": lambda x: xp.tensordot(x, x, axes=((0,), (0,))),
    "masked": lambda x: x[x > 0.25],
    "positions": lambda x: x[xp.asarray([0, 1]), xp.asarray([2, -1])],
    "unique": lambda x: xp.unique_values(x),
    "complex": lambda x: xp.abs(xp.exp(1j * x) + x),
    "real": lambda x: xp.real(xp.conj(x + 2j) * (x - 1j)),
}
every_function = pytest.mark.parametrize("function", list(DIFFERENTIABLE.values()), ids=list(DIFFERENTIABLE))


@every_function
def test_gradients(function: Any) -> None:
    check_gradients(lambda x: function(xp.asarray(x)), X, tolerance=1e-5)


@every_function
def test_graphs(function: Any) -> None:
    traced = tf.function(lambda x: function(xp.asarray(x)))
    want = function(xp.asarray(X))
    got = traced(tf.constant(X))
    assert got.dtype == want.dtype
    np.testing.assert_allclose(got.numpy(), np.asarray(want), rtol=1e-14)


def test_second_derivatives() -> None:
    x = xp.asarray([1.0, 2.0])
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = xp.sum(x**3)
        g = inner.gradient(y, x)
    np.testing.assert_allclose(outer.gradient(g, x).numpy(), [6.0, 12.0])


def test_an_array_of_a_tensor_is_the_same_to_a_tape() -> None:
    t = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(t)
        y = xp.sum(xp.asarray(t) * xp.asarray([3.0, 4.0]))
    assert tape.gradient(y, t).numpy().tolist() == [3.0, 4.0]


def test_variables() -> None:
    v = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = xp.sum(xp.square(v) * xp.asarray(3))
    assert tape.gradient(y, v).numpy().tolist() == [6.0, 12.0]


def test_an_arrays_operators_promote_and_a_tensors_do_not() -> None:
    a, t = xp.asarray([1.0]), tf.constant([1.0])
    assert (type(a + t), (a + t).dtype) == (type(a), tf.float64)
    assert (type(t + a), (t + a).dtype) == (type(a), tf.float64)
    with pytest.raises(tf.errors.InvalidArgumentError):
        t + tf.constant([1.0], tf.float64)


def test_operations_of_tf_give_tensors() -> None:
    a = xp.asarray([[1.0, 4.0]])
    for result in (tf.sqrt(a), tf.reduce_sum(a), tf.concat([a, a], 0), tf.convert_to_tensor(a), tf.identity(a)):
        assert isinstance(result, tf.Tensor)
        assert not isinstance(result, xp.Array)
    assert isinstance(xp.sqrt(tf.constant([4.0])), xp.Array)


def test_the_shape_is_a_tuple_that_tf_understands() -> None:
    a = xp.zeros((2, 3))
    assert isinstance(a.shape, tuple)
    assert (a.shape, (*a.shape[1:], 4), a.size, a.ndim) == ((2, 3), (3, 4), 6, 2)
    assert (a.shape.rank, a.shape.as_list(), a.shape.num_elements()) == (2, [2, 3], 6)
    assert tf.zeros(a.shape).shape == a.shape


def test_arrays_and_numpys_arrays() -> None:
    a, n = xp.asarray([1, 2]), np.array([0.5, 0.5], np.float32)
    for result in (a + n, n + a, np.add(n, a), np.concatenate([a, n]), np.exp(a)):
        assert isinstance(result, xp.Array)
        assert result.dtype == tf.float64
    assert np.median(a) == 1.5


def test_sizes_that_are_not_known_yet() -> None:
    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float64)])
    def function(x: Any) -> Any:
        a = xp.asarray(x)
        assert a.shape == (None, 3)
        assert a.size is None
        return xp.sum(xp.exp(a) * a, axis=1)

    np.testing.assert_allclose(function(tf.constant(X)).numpy(), (np.exp(X) * X).sum(1))


def test_a_constant_is_one_node_of_a_graph() -> None:
    a = xp.asarray([1.0, 2.0])

    @tf.function
    def function(x: Any) -> Any:
        return (x + a) * a - a

    graph = str(function.get_concrete_function(tf.constant([1.0, 1.0], tf.float64)).graph)
    assert graph.count("constant()") <= 1


def test_arrays_within_vectorized_map_are_examples_of_the_batch():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])

    def squares(row):
        return xp.sum(xp.multiply(row, row))

    assert tf.vectorized_map(squares, x).numpy().tolist() == [5.0, 25.0]
    assert tf.function(lambda x: tf.vectorized_map(squares, x))(x).numpy().tolist() == [5.0, 25.0]
