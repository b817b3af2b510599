"""Numbers among an op's params that are known only when the graph runs."""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.graph import Tracer, to_text, verify
from eagernb.graph.interpreter import interpret
from eagernb.passes.pipeline import optimize

NUMBER = tf.TensorSpec([], tf.int32)

# What it is with a Python number is what it has to be with a symbol.
LATE: list[Any] = [
    lambda x, n: tf.reshape(x, [n + 1, -1]),
    lambda x, n: tf.broadcast_to(x[:1], [n + 2, 4]),
    lambda x, n: tf.tile(x, [n + 1, n]),
    lambda x, n: tf.pad(x, [[0, n], [n, 0]]),
    lambda x, n: tf.pad(x, [[0, 0], [n, 0]], "REFLECT"),
    lambda x, n: x[n],
    lambda x, n: x[-n:, ::n],
    lambda x, n: x[..., n, None],
    lambda x, n: tf.slice(x, [0, n], [n, -1]),
    lambda x, n: tf.strided_slice(x, [n], [n + 1], shrink_axis_mask=1),
    lambda x, n: tf.split(x, [n, 4 - n], axis=1)[1],
    lambda x, n: tf.repeat(x, [n, n + 1], axis=0),
    lambda x, n: tf.roll(x, n, axis=1),
    lambda x, n: tf.one_hot([0, 1], n + 1),
    lambda x, n: tf.eye(n, n + 1, batch_shape=[n]),
    lambda x, n: tf.fill([n], x[0, 0]),
    lambda x, n: tf.range(n, 2 * n),
    lambda x, n: tf.linspace(x[0], x[1], n + 2),
    lambda x, n: tf.math.top_k(x, n).values,
    lambda x, n: tf.scatter_nd([[1]], x[:1], [n + 1, 4]),
    lambda x, n: tf.math.unsorted_segment_sum(x, [0, -1], n),
    lambda x, n: tf.sequence_mask([1, 0], n + 1),
    lambda x, n: tf.zeros([n, tf.shape(x)[1]]) + tf.ones_like(x[:1]),
]


@pytest.mark.parametrize("function", LATE)
def test_a_symbol_does_as_the_number_does(function: Any) -> None:
    x = tf.reshape(tf.range(8.0), [2, 4])[:, ::-1]
    want = function(x, 1)
    np.testing.assert_array_equal(tf.function(function)(x, tf.constant(1)).numpy(), want.numpy())


def test_graphs_with_late_numbers_are_verified_printed_and_optimised() -> None:
    tracer = Tracer("late")
    with tracer:
        x, n = tracer.add_input(tf.TensorSpec([None, 3]), "x"), tracer.add_input(NUMBER, "n")
        y = tf.reshape(x, [n, -1])[: n - 1]
    graph = tracer.graph([y])
    verify(graph)
    assert "late_reshape(%x, %n, shape=(?, -1)) : float32[?, ?]" in to_text(graph)
    optimized, _ = optimize(graph)
    for stage in (graph, optimized):
        assert interpret(stage, [tf.ones([2, 3]), tf.constant(3)])[0].shape == (2, 2)


def test_a_number_that_does_not_fit_fails_when_the_graph_runs_and_says_why() -> None:
    f = tf.function(lambda x, n: tf.reshape(x, [n, 2]))
    assert f(tf.ones([4]), tf.constant(2)).shape == (2, 2)
    with pytest.raises(tf.errors.InvalidArgumentError, match="reshape"):
        f(tf.ones([4]), tf.constant(3))


@pytest.mark.parametrize("size", [1.5, "a", tf.constant(1.5), tf.constant([1])])
def test_a_size_is_an_integer(size: Any) -> None:
    with pytest.raises(TypeError):
        tf.reshape([1.0], [size])
    with pytest.raises(TypeError):
        tf.function(lambda s: tf.zeros([s]))(size)


@pytest.mark.parametrize(
    "sum_of_sizes",
    [
        lambda sizes: tf.scatter_nd([[0], [0]], sizes, [1]),
        lambda sizes: tf.tensor_scatter_nd_add([0], [[0], [0]], sizes),
        lambda sizes: tf.reduce_sum(sizes, keepdims=True),
        lambda sizes: tf.math.unsorted_segment_sum(sizes, [0, 0], 1),
    ],
    ids=["scatter_nd", "tensor_scatter_nd_add", "reduce_sum", "unsorted_segment_sum"],
)
def test_what_is_computed_from_unknown_sizes_is_not_known_either(sum_of_sizes: Any) -> None:
    @tf.function(input_signature=[tf.TensorSpec([None, None])])
    def zeros(x: tf.Tensor) -> tf.Tensor:
        return tf.zeros(sum_of_sizes(tf.shape(x)))

    assert zeros(tf.ones([3, 4])).shape == [7]


def test_bfloat16_stays_where_a_number_is_known_only_later() -> None:
    @tf.function(input_signature=[tf.TensorSpec([None] * 4, tf.bfloat16)] * 2)
    def slope(x: tf.Tensor, filters: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(filters)
            y = tf.nn.conv2d(x, filters, 1, "SAME")
        return tape.gradient(y, filters)

    found = slope(tf.ones([1, 3, 3, 1], tf.bfloat16), tf.ones([2, 2, 1, 1], tf.bfloat16))
    assert found.dtype == tf.bfloat16
    assert found.numpy().dtype == tf.bfloat16.as_numpy_dtype
    assert found.numpy().ravel().tolist() == [9.0, 6.0, 6.0, 4.0]
