"""Lists that loops over tensors append to: they become TensorArrays, and are used like lists."""

from __future__ import annotations

import numpy as np
import pytest

import eagernb as tf

N = tf.constant(3)


def test_a_list_of_tensors_grows_with_the_loop():
    @tf.function
    def squares(n):
        parts = []
        for i in tf.range(n):
            parts.append(i * i)
        return tf.stack(parts), len(parts), parts[-1], parts[0], parts[1:]

    whole, length, last, first, rest = squares(tf.constant(4))
    assert whole.numpy().tolist() == [0, 1, 4, 9]
    assert (int(length), int(last), int(first), rest.numpy().tolist()) == (4, 9, 0, [1, 4, 9])
    assert squares(tf.constant(2))[0].numpy().tolist() == [0, 1]
    assert squares.experimental_get_tracing_count() == 1


def test_what_was_in_the_list_before_stays_at_its_head():
    @tf.function
    def running(x, n):
        parts, i = [x], 0
        while i < n:
            x = x * 2.0
            parts.append(x)
            i += 1
        return tf.concat(parts, axis=0), tf.stack(parts, axis=1)

    joined, columns = running(tf.constant([1.0, 2.0]), N)
    assert joined.numpy().tolist() == [1, 2, 2, 4, 4, 8, 8, 16]
    assert columns.numpy().tolist() == [[1, 2, 4, 8], [2, 4, 8, 16]]


def test_the_list_is_a_tensor_where_one_is_wanted():
    @tf.function
    def total(n):
        parts = []
        for i in tf.range(n):
            parts.append(tf.cast(i, tf.float32))
        doubled = 0.0
        for part in parts:
            doubled += 2.0 * part
        return tf.reduce_sum(parts), doubled, parts

    summed, doubled, parts = total(tf.constant(4))
    assert (float(summed), float(doubled), parts.numpy().tolist()) == (6.0, 12.0, [0, 1, 2, 3])


def test_gradients_flow_through_the_list():
    @tf.function
    def loss(x, n):
        parts = []
        for _ in tf.range(n):
            x = x * x
            parts.append(x)
        return tf.reduce_sum(tf.stack(parts))

    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = loss(x, N)
    assert float(y) == 4 + 16 + 256
    assert float(tape.gradient(y, x)) == 4 + 32 + 1024


def test_nested_loops_and_loops_one_after_another():
    @tf.function
    def pairs(n):
        parts = []
        for i in tf.range(n):
            for j in tf.range(i):
                parts.append(10 * i + j)
        for _ in range(2):
            parts.append(n)
        i = 0
        while i < n:
            parts.append(-i)
            i += 1
        return tf.stack(parts)

    assert pairs(N).numpy().tolist() == [10, 20, 21, 3, 3, 0, -1, -2]


def test_elements_of_changing_size():
    @tf.function
    def triangle(n):
        parts = []
        for i in tf.range(n):
            parts.append(tf.range(i))
        return tf.concat(parts, 0)

    assert triangle(tf.constant(4)).numpy().tolist() == [0, 0, 1, 0, 1, 2]


def test_lists_of_python_values_stay_pythons():
    seen = []

    @tf.function
    def f(n, given):
        names = []
        for _ in tf.range(n):
            names.append("step")
            seen.append("traced")
            given.append(1)
        return n

    given = []
    f(N, given)
    assert seen == ["traced"]


def test_python_loops_append_to_pythons_lists():
    @tf.function
    def f(x):
        parts = []
        for i in range(3):
            if i != 1:
                parts.append(x * i)
        assert type(parts) is list
        return tf.stack(parts)

    np.testing.assert_array_equal(f(tf.constant(2)), [0, 4])


def test_appending_in_a_branch_says_what_to_use():
    @tf.function
    def f(n):
        parts = []
        for i in tf.range(n):
            parts.append(i)
        if n > 2:
            parts.append(n)
        return parts

    with pytest.raises(TypeError, match=r"tf\.TensorArray"):
        f(N)
