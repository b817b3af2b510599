"""A graph that is called as one operation: gradients, what is kept, and who sees inside."""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.graph.ir import Graph
from eagernb.graph.verify import verify


def traced(function: Any) -> Any:
    return tf.function(function, autograph=False)


def names(graph: Graph) -> list[str]:
    return [node.op.name for node in graph.ops]


def test_a_function_inside_of_another_is_one_node() -> None:
    inner = traced(lambda x: tf.sin(x) * x)
    graph = traced(lambda x: inner(x) + inner(x * 2.0)).get_concrete_function(tf.constant(1.0)).graph
    assert names(graph) == ["call", "multiply", "call", "add"]
    verify(graph)


def test_so_is_its_gradient() -> None:
    inner = traced(lambda x: tf.sin(x) * x)

    @traced
    def f(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = inner(x)
        return tape.gradient(y, x)

    assert names(f.get_concrete_function(tf.constant(1.0)).graph).count("call") == 2


def test_a_branch_may_call_the_function_that_a_loop_calls() -> None:
    inner = traced(lambda x: tf.sin(x) * x)

    def total(x: Any) -> Any:
        return tf.while_loop(
            lambda k, _: k < 4,
            lambda k, y: (k + 1, tf.cond(k % 2 == 0, lambda: inner(y), lambda: y + inner(x))), (0, x),
        )[1]  # fmt: skip

    x = tf.constant(1.3, tf.float64)
    found = []
    for function in (total, traced(total)):
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = function(x)
            g = tape.gradient(y, x)
        found.append([y.numpy(), g.numpy(), outer.gradient(g, x).numpy()])
    np.testing.assert_allclose(found[1], found[0], rtol=1e-12)


def test_the_third_derivative_takes_as_many_tapes() -> None:
    x = tf.constant(1.5, tf.float64)
    f = traced(lambda x: tf.while_loop(lambda k, _: k < 4, lambda k, y: (k + 1, y * x), (0, x))[1])  # x ** 5
    with tf.GradientTape() as third:
        third.watch(x)
        with tf.GradientTape() as second:
            second.watch(x)
            with tf.GradientTape() as first:
                first.watch(x)
                y = f(x)
            g = first.gradient(y, x)
        h = second.gradient(g, x)
    np.testing.assert_allclose(third.gradient(h, x).numpy(), 60 * 1.5**2, rtol=1e-12)


@pytest.mark.parametrize("size", [1, 3])
def test_vectorized_map_of_a_function_is_that_of_its_python_code(size: int) -> None:
    x = tf.constant(np.arange(size * 2, dtype=np.float32).reshape(size, 2) - 1.0)

    def function(row: Any) -> Any:
        return tf.cond(row[0] > 0.0, lambda: tf.reduce_sum(row * row), lambda: tf.reduce_prod(row))

    expected = [function(row).numpy() for row in tf.unstack(x)]
    np.testing.assert_array_equal(tf.vectorized_map(traced(function), x).numpy(), expected)
    np.testing.assert_array_equal(traced(lambda x: tf.vectorized_map(traced(function), x))(x).numpy(), expected)


def test_a_function_of_a_function_keeps_the_order_of_effects(capfd: pytest.CaptureFixture[str]) -> None:
    v = tf.Variable(0)
    add = traced(lambda n: tf.print("adds", n, "to", v) or v.assign_add(n))

    @traced
    def f(n):
        add(n)
        tf.while_loop(lambda k: k < 2, lambda k: (add(k), k + 1)[1:], (0,))
        return add(n)

    assert int(f(tf.constant(5))) == 11
    assert capfd.readouterr().err.splitlines() == ["adds 5 to 0", "adds 0 to 5", "adds 1 to 5", "adds 5 to 6"]
