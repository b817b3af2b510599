"""Loops over tensors that TensorFlow's AutoGraph does not have."""

from __future__ import annotations

import pytest

import eagernb as tf
from eagernb.autograph.operators.for_statement import for_stmt
from eagernb.autograph.overloads import register_overload


def test_the_else_of_a_loop_over_a_tensor():
    @tf.function
    def first_above(xs, limit):
        found = -1
        for x in xs:
            if x > limit:
                found = x
                break
        else:
            found = 100
        return found

    xs = tf.constant([1, 5, 7])
    assert [int(first_above(xs, tf.constant(limit))) for limit in (0, 4, 9)] == [1, 5, 100]


def test_the_else_of_a_while_loop():
    @tf.function
    def f(n, stop):
        i = 0
        while i < n:
            if i == stop:
                break
            i += 1
        else:
            i = -i
        return i

    assert [int(f(tf.constant(5), tf.constant(stop))) for stop in (3, 8)] == [3, -5]


def test_nested_ternaries_and_chains_whose_parts_have_effects():
    counted = tf.Variable(0)

    @tf.function
    def f(x):
        return 1 if 0 < counted.assign_add(x) < 10 else 2 if x > 5 else 3

    assert [int(f(tf.constant(x))) for x in (4, 6, 1)] == [1, 2, 3]
    assert int(counted) == 11


def test_asserts_are_checked_when_the_graph_runs():
    @tf.function
    def f(x):
        assert x > 0, f"{x.dtype.name} must be positive"
        return x

    assert int(f(tf.constant(1))) == 1
    with pytest.raises(tf.errors.InvalidArgumentError, match="int32 must be positive"):
        f(tf.constant(0))


def test_objects_can_say_how_a_graph_goes_over_them():
    class Twice:
        def __init__(self, tensor):
            self.tensor = tensor

    def over_twice(iterated, test, body, get_state, set_state, names, options):
        for _ in range(2):
            for_stmt(iterated.tensor, test, body, get_state, set_state, names, options)

    register_overload("for", Twice, over_twice)
    register_overload("len", Twice, lambda twice: 2 * twice.tensor.shape[0])

    @tf.function
    def total(xs):
        result = 0
        for x in Twice(xs):
            result = result * 10 + x
        return result, len(Twice(xs))

    result, length = total(tf.constant([1, 2]))
    assert (int(result), int(length)) == (1212, 4)
