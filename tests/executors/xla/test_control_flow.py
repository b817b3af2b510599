"""Branches, loops and calls compiled by XLA, with their gradients, against the interpreter."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.errors import InvalidArgumentError
from eagernb.executors import make_executable
from eagernb.graph.call import call

from .test_executable import traced


def compare(function: Callable[..., Any], *inputs: Any) -> list[Any]:
    """What XLA gives, which must be what the interpreter gives."""
    tensors = [tf.constant(x) for x in inputs]
    program = traced(function, *tensors)
    arrays = [x._array for x in tensors]
    got = program(arrays)
    want = make_executable(program.graph, "interpreter")(arrays)
    for a, b in zip(got, want, strict=True):
        assert (a.dtype, a.shape) == (np.asarray(b).dtype, np.shape(b))
        np.testing.assert_allclose(a, b, rtol=1e-5)
    return got


def gradient(function: Callable[..., Any], order: int = 1) -> Callable[..., Any]:
    """The derivative with respect to the first argument."""

    def derivative(x: Any, *others: Any) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = gradient(function, order - 1)(x, *others) if order > 1 else function(x, *others)
        return tape.gradient(y, x)

    return derivative


def powers(x: Any, turns: int | None = 20) -> Any:
    """x, x², x⁴, ... up to 100."""
    return tf.while_loop(lambda y: y < 100.0, lambda y: [y * y], [x], maximum_iterations=turns)[0]


def test_only_the_branch_that_is_chosen_counts() -> None:
    def function(x: Any) -> Any:
        return tf.cond(x > 0.0, lambda: tf.sqrt(x), lambda: -x)

    assert compare(function, 4.0) == [2.0]
    assert compare(function, -4.0) == [4.0]


@pytest.mark.parametrize(("index", "result"), [(0, 10.0), (1, 11.0), (2, 12.0), (3, 12.0), (-1, 12.0)])
def test_a_number_that_is_no_branch_takes_the_last(index: int, result: float) -> None:
    branches = [lambda: tf.constant(10.0), lambda: tf.constant(11.0), lambda: tf.constant(12.0)]
    assert compare(lambda i: tf.switch_case(i, branches), index) == [result]


def test_a_branch_that_is_known_while_compiling_is_the_only_one_compiled() -> None:
    def function(x: Any) -> Any:
        big = tf.size(x) > 2
        return tf.cond(big, lambda: tf.reduce_sum(x), lambda: tf.cast(tf.unique(x)[0][0], tf.float32))

    assert compare(function, [1.0, 2.0, 3.0]) == [6.0]


@pytest.mark.parametrize("x", [3.0, -3.0])
@pytest.mark.parametrize("order", [1, 2, 3])
def test_gradients_of_branches(x: float, order: int) -> None:
    def function(x: Any) -> Any:
        return tf.cond(x > 0.0, lambda: tf.exp(x) * x, lambda: tf.sin(x) * tf.cos(x * x) * x)

    compare(gradient(function, order), x)


def test_gradients_of_branches_within_branches() -> None:
    def function(x: Any) -> Any:
        return tf.cond(
            x > 0.0,
            lambda: tf.cond(x > 2.0, lambda: x**3 * tf.sin(x), lambda: tf.exp(x)) * x,
            lambda: tf.sin(x),
        )

    for x in (3.0, 1.0, -1.0):
        compare(gradient(function), x)
        compare(gradient(function, 2), x)


def test_a_loop_runs_until_its_condition_fails() -> None:
    assert compare(lambda n: tf.while_loop(lambda i, s: i < n, lambda i, s: (i + 1, s + i), (0, 0)), 1000)[1] == 499500
    assert compare(lambda x: powers(x, None), 3.0) == [6561.0]
    assert compare(lambda x: powers(x, 1), 3.0) == [9.0]


@pytest.mark.parametrize("order", [1, 2])
def test_gradients_of_bounded_loops(order: int) -> None:
    compare(gradient(powers, order), 1.5)


def test_gradient_of_a_loop_with_a_branch_in_it_and_a_weight_from_outside() -> None:
    def function(w: Any, x: Any) -> Any:
        def turn(i: Any, y: Any) -> Any:
            return i + 1, tf.cond(y > 1.0, lambda: tf.sin(y) * w, lambda: y * w + x)

        return tf.while_loop(lambda i, y: i < 6, turn, (0, x), maximum_iterations=8)[1]

    compare(gradient(function), 1.3, 0.4)
    compare(gradient(function, 2), 1.3, 0.4)


def test_gradient_of_a_loop_within_a_loop() -> None:
    def inner(y: Any, x: Any) -> Any:
        return tf.while_loop(lambda j, z: j < 3, lambda j, z: (j + 1, z * x), (0, y), maximum_iterations=3)[1]

    def function(x: Any) -> Any:
        return tf.while_loop(
            lambda i, y: i < 2, lambda i, y: (i + 1, tf.sin(inner(y, x))), (0, x), maximum_iterations=2
        )[1]

    compare(gradient(function), 0.9)


def test_the_gradient_of_an_unbounded_loop_is_refused_with_the_remedy() -> None:
    program = traced(gradient(lambda x: powers(x, None)), tf.constant(1.5))
    with pytest.raises(InvalidArgumentError, match=r"while_loop: XLA cannot compile this.*maximum_iterations"):
        program([np.float32(1.5)])


def test_a_loop_variable_whose_shape_changes_is_refused() -> None:
    def function(x: Any) -> Any:
        return tf.while_loop(
            lambda y: tf.size(y) < 9, lambda y: [tf.concat([y, y], 0)], [x], shape_invariants=[tf.TensorShape([None])]
        )[0]

    with pytest.raises(InvalidArgumentError, match=r"has shape \[2\] here and \[4\] there"):
        traced(function, tf.ones(2))([np.ones(2, np.float32)])


def test_variables_change_within_branches_and_loops() -> None:
    v, w = tf.Variable(1.0), tf.Variable(0.0)

    def function(n: Any) -> Any:
        def turn(i: Any) -> Any:
            v.assign_add(1.0)
            tf.cond(v > 3.0, lambda: w.assign_add(v).read_value(), lambda: w.read_value())
            return [i + 1]

        tf.while_loop(lambda i: i < n, turn, [0])
        return v * 10.0

    program = traced(function, tf.constant(4))
    assert program([np.int32(4)]) == [50.0]
    assert (v.numpy(), w.numpy()) == (5.0, 9.0)
    assert program([np.int32(1)]) == [60.0]
    assert (v.numpy(), w.numpy()) == (6.0, 15.0)


def test_random_numbers_within_a_loop_are_those_of_eager_mode() -> None:
    def function(x: Any) -> Any:
        first = tf.random.uniform([])
        total = tf.while_loop(lambda i, s: i < 3, lambda i, s: (i + 1, s + tf.random.normal([])), (0, x))[1]
        return [first, total, tf.random.uniform([])]

    program = traced(function, tf.constant(0.0))
    tf.random.set_seed(1)
    want = make_executable(program.graph, "interpreter")([np.float32(0)])
    tf.random.set_seed(1)
    assert np.allclose(program([np.float32(0)]), want)


def test_tensor_arrays() -> None:
    def squares(n: Any, x: Any) -> Any:
        array = tf.TensorArray(tf.float32, size=4)
        array = tf.while_loop(lambda i, a: i < n, lambda i, a: (i + 1, a.write(i, x * x)), (0, array))[1]
        return array.stack()

    assert compare(squares, 3, [1.0, 2.0])[0].tolist() == [[1, 4], [1, 4], [1, 4], [0, 0]]
    assert compare(lambda x: tf.TensorArray(tf.float32, size=0, dynamic_size=True).write(0, x).stack(), 2.0) == [[2.0]]


def test_gradient_through_a_tensor_array() -> None:
    def function(x: Any) -> Any:
        array = tf.TensorArray(tf.float32, size=3)
        array = tf.while_loop(
            lambda i, a: i < 3, lambda i, a: (i + 1, a.write(i, x * tf.cast(i, tf.float32))), (0, array),
            maximum_iterations=3,
        )[1]  # fmt: skip
        return tf.reduce_sum(array.stack() ** 2)

    assert np.allclose(compare(gradient(function), 2.0), 20.0)


def test_a_list_that_grows_in_a_loop_is_refused() -> None:
    def function(n: Any) -> Any:
        array = tf.TensorArray(tf.int32, size=0, dynamic_size=True)
        return tf.while_loop(lambda i, a: i < n, lambda i, a: (i + 1, a.write(i, i)), (0, array))[1].stack()

    with pytest.raises(InvalidArgumentError, match="the TensorArray its size"):
        traced(function, tf.constant(3))([np.int32(3)])


def test_map_fn_and_scan() -> None:
    compare(lambda x: tf.map_fn(lambda row: tf.reduce_sum(row) * row, x), np.ones([3, 2], np.float32))
    compare(lambda x: tf.scan(lambda a, y: a * 0.5 + y, x), np.arange(5, dtype=np.float32))
    compare(gradient(lambda x: tf.map_fn(lambda y: tf.sin(y) * y, x)), np.arange(5, dtype=np.float32))


def test_a_list_that_grows_at_an_unknown_place_is_refused() -> None:
    array = tf.TensorArray(tf.int32, size=0, dynamic_size=True)
    with pytest.raises(InvalidArgumentError, match="a TensorArray grows"):
        traced(lambda n: array.write(n, n).stack(), tf.constant(3))([np.int32(3)])


def test_what_a_loop_saved_goes_from_one_program_to_another() -> None:
    def function(x: Any) -> Any:
        return [tf.while_loop(lambda y: y < 50.0, lambda y: [y * y * x], [x], maximum_iterations=9)[0] * x]

    graph = traced(function, tf.constant(2.0)).graph
    gradients = []
    for executor in ("xla", "interpreter"):
        x = tf.constant(1.5)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as tape:
                tape.watch(x)
                (y,) = call(graph, [x], executor)
            g = tape.gradient(y, x)
        gradients.append([float(y), float(g), float(outer.gradient(g, x))])
    assert np.allclose(*gradients)
