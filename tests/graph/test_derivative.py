"""The derivative of a graph: what is saved, and that all its graphs hold together."""

from typing import Any

import numpy as np
import pytest

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.graph.derivative import Derivative, derivative_of
from eagernb.graph.interpreter import interpret
from eagernb.graph.ir import Graph
from eagernb.graph.tracer import Tracer
from eagernb.graph.verify import verify

FUNCTIONS: dict[str, Any] = {
    "one use": lambda x, y: tf.sin(x) * y,
    "shared": lambda x, y: [x * y, tf.exp(x * y)],
    "an input as it is": lambda x, y: [x, y],
    "an output twice": lambda x, y: [x * y] * 2,
    "a constant": lambda x, y: [tf.constant(1.0), x],
    "no use of an input": lambda x, y: x * x,
    "integers between": lambda x, y: x * tf.cast(tf.cast(y, tf.int32), tf.float32),
    "cond": lambda x, y: tf.cond(x > y, lambda: x * y, lambda: tf.sin(x)),
    "while": lambda x, y: tf.while_loop(lambda z: z < 9.0, lambda z: (z * y + x * x,), (x,))[0],
    "both": lambda x, y: tf.while_loop(
        lambda k, _: k < 3, lambda k, z: (k + 1, tf.cond(z > 1.0, lambda: z * y, lambda: z + x)), (0, x)
    )[1],
}

BOTH = frozenset({0, 1})


def graph_of(function: Any) -> Graph:
    tracer = Tracer("f")
    with tracer:
        x, y = (tracer.add_input(TensorSpec([], "float32"), name) for name in "xy")
        result = function(x, y)
        return tracer.graph(result if isinstance(result, list) else [result])


def verify_all(graph: Graph) -> None:
    verify(graph)
    for node in graph.nodes:
        for inner in node.graphs:
            verify_all(inner)


def graphs(derivative: Derivative) -> list[Graph]:
    backs = [back.graph for back in (derivative.first, derivative.again) if back is not None]
    return [derivative.forward, derivative.bundled, *backs]


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("varying", [0, 1, 2])
@pytest.mark.parametrize("followed", [BOTH, frozenset({1})], ids=["both", "second"])
def test_all_graphs_of_a_derivative_hold_together(
    function: Any, again: bool, varying: int, followed: frozenset[int]
) -> None:
    derivative = derivative_of(graph_of(function), followed, again, varying)
    for graph in graphs(derivative):
        verify_all(graph)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_way_back_gives_what_a_tape_gives(function: Any) -> None:
    graph = graph_of(function)
    derivative = derivative_of(graph, BOTH)
    inputs = [tf.constant(2.5), tf.constant(1.5)]
    outputs = interpret(derivative.forward, inputs)
    g = [tf.constant(float(i + 1)) for i in range(derivative.count)]
    back, arriving = derivative.way_back([*g, *[None] * (len(outputs) - len(g))], outputs)
    found = interpret(back.graph, [*derivative.with_saved(inputs, outputs[derivative.count :]), *arriving])
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        result = function(*inputs)
    expected = tape.gradient(result, inputs, g if isinstance(result, list) else g[0])
    assert back.wanted == tuple(i for i, one in enumerate(expected) if one is not None)
    for position, one in zip(back.wanted, found, strict=True):
        np.testing.assert_allclose(one.numpy(), expected[position].numpy(), rtol=1e-6)


def test_inputs_and_constants_are_not_saved_a_second_time() -> None:
    derivative = derivative_of(graph_of(lambda x, y: x * y * 2.0), BOTH)
    assert (sorted(derivative.saved), derivative.extra) == ([0, 1], ())


def test_what_is_needed_of_a_linear_function_is_nothing() -> None:
    derivative = derivative_of(graph_of(lambda x, y: x + y), BOTH)
    assert (derivative.saved, derivative.extra) == ((), ())


def test_what_each_turn_changes_has_a_gradient_even_if_nothing_depends_on_it() -> None:
    graph = graph_of(lambda x, y: [tf.constant(3.0), y])
    assert derivative_of(graph, BOTH).first.wanted == (1,)
    assert derivative_of(graph, BOTH, varying=2).first.wanted == (0, 1)


def test_what_only_the_gradient_of_something_else_needs_is_not_saved() -> None:
    derivative = derivative_of(graph_of(lambda x, y: tf.sin(x) * y), frozenset({1}))
    assert (derivative.first.wanted, derivative.first.graph.count_ops()) == ((1,), {"multiply": 1})
    assert len(derivative.saved) == 1


def test_it_is_found_once() -> None:
    graph = graph_of(lambda x, y: x * y)
    assert derivative_of(graph, BOTH) is derivative_of(graph, BOTH)


def test_nodes_of_the_way_back_have_the_line_of_what_they_are_the_gradient_of() -> None:
    def function(x: Any, y: Any) -> Any:
        z = tf.sin(x)
        return z * y

    back = derivative_of(graph_of(function), BOTH).first.graph
    lines = {node.op.name: node.line.text for node in back.ops if node.line is not None}
    assert lines["cos"] == "z = tf.sin(x)"
