"""Changing parts of variables: what was read before stays, failures change nothing, graphs keep the order."""

import numpy as np
import pytest

import eagernb as tf


def test_what_was_read_before_keeps_its_value() -> None:
    v = tf.Variable([1.0, 2.0, 3.0])
    before, part = v.read_value(), v[1:]
    v[1:].assign([7.0, 8.0])
    v.scatter_nd_add([[0]], [10.0])
    assert before.numpy().tolist() == [1.0, 2.0, 3.0]
    assert part.numpy().tolist() == [2.0, 3.0]
    assert v.numpy().tolist() == [11.0, 7.0, 8.0]


@pytest.mark.parametrize("indices", [[[0], [9]], [[0], [-1]]])
def test_a_failed_update_changes_nothing(indices: list[list[int]]) -> None:
    v = tf.Variable([1.0, 2.0])
    with pytest.raises(tf.errors.InvalidArgumentError, match="not in"):
        v.scatter_nd_add(indices, [1.0, 1.0])
    assert v.numpy().tolist() == [1.0, 2.0]


def test_a_graph_reads_and_writes_parts_in_the_order_of_the_code() -> None:
    v = tf.Variable([0.0, 0.0])

    @tf.function
    def f(x: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        v[0].assign(x)
        first = v[0] + 0.0
        v.scatter_nd_add([[0]], x[None])
        v[1].assign(v[0] * 10.0)
        return first, v.read_value()

    for x in (1.0, 2.0):
        first, last = f(tf.constant(x))
        assert float(first) == x
        assert last.numpy().tolist() == [2 * x, 20 * x]


def test_symbolic_slice_assigns_like_an_eager_one() -> None:
    v = tf.Variable(np.zeros((2, 3)))
    tf.function(lambda: v[:, 1].assign([5.0, 6.0]))()
    assert v.numpy()[:, 1].tolist() == [5.0, 6.0]
    with pytest.raises(tf.errors.InvalidArgumentError, match=r"shape \[3\].*cannot be broadcast"):
        tf.function(lambda: v[:, 1].assign([5.0, 6.0, 7.0]))()
