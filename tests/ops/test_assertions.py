"""Assertions that fail: what the messages show, and that graphs keep them."""

import pytest

import eagernb as tf


def test_message_shows_where_it_fails_and_the_values() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        tf.debugging.assert_equal([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.5], [3.0, 5.0]], message="weights", summarize=2)
    assert str(caught.value).splitlines() == [
        "weights",
        "Condition x == y did not hold.",
        "Indices of the first 2 values where it fails:",
        "[[0 1]",
        " [1 1]]",
        "Corresponding x values:",
        "[2. 4.]",
        "Corresponding y values:",
        "[2.5 5. ]",
        "First 2 elements of x:",
        "[1. 2.]",
        "First 2 elements of y:",
        "[1.  2.5]",
    ]


def test_assert_shows_its_data() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        tf.debugging.Assert(tf.constant(False), ["loss is", tf.range(5)])
    assert "loss is\n0, 1, 2, ..." in str(caught.value)


def test_assertion_stays_in_a_graph_whose_result_does_not_need_it() -> None:
    ran = tf.Variable(0)

    @tf.function
    def f(x: tf.Tensor) -> tf.Tensor:
        ran.assign_add(1)
        tf.debugging.assert_positive(x, message="x")
        ran.assign_add(10)
        return tf.constant(1.0)

    f(tf.constant([1.0]))
    assert int(ran.numpy()) == 11
    with pytest.raises(tf.errors.InvalidArgumentError, match="Condition x > 0") as caught:
        f(tf.constant([1.0, -1.0]))
    assert int(ran.numpy()) == 12  # what comes before has happened, what comes after has not
    assert "tf.debugging.assert_positive(x" in str(caught.value)


def test_unknown_sizes_are_compared_at_each_run() -> None:
    @tf.function(input_signature=[tf.TensorSpec([None]), tf.TensorSpec([None])])
    def f(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        tf.debugging.assert_shapes([(x, "N"), (y, "N")])
        return tf.reduce_sum(x) + tf.reduce_sum(y)

    assert float(f(tf.ones([2]), tf.ones([2]))) == 4.0
    with pytest.raises(tf.errors.InvalidArgumentError, match="'N'"):
        f(tf.ones([2]), tf.ones([3]))
