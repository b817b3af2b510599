"""Cutting a graph of its own out of others, and lifting what a graph refers to into inputs."""

from collections.abc import Callable
from typing import Any

import pytest

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.graph.cut import cut
from eagernb.graph.interpreter import interpret, replay
from eagernb.graph.ir import Graph
from eagernb.graph.lift import lifted, read_variables
from eagernb.graph.tracer import Tracer
from eagernb.graph.verify import verify


def traced(function: Callable[[Any], Any]) -> Graph:
    tracer = Tracer("f")
    with tracer:
        return tracer.graph([function(tracer.add_input(TensorSpec([], "float32"), "x"))])


def test_a_part_of_a_graph_computes_what_it_does_there() -> None:
    graph = traced(lambda x: tf.sin(x * 2.0) + 1.0)
    sine, add = graph.ops[-2:]
    rest = cut([add], [sine.values[0]], [add.values[0]], "rest")
    verify(rest)
    assert float(interpret(rest, [tf.constant(5.0)])[0]) == 6.0
    assert rest.nodes[-1] is not add  # its input is another
    assert graph.ops[-1] is add  # and the graph is what it was


def test_what_is_neither_given_nor_constant_cannot_be_cut_off() -> None:
    graph = traced(lambda x: tf.sin(x * 2.0) + 1.0)
    with pytest.raises(AssertionError, match="outside of the cut"):
        cut([graph.ops[-1]], [], [graph.ops[-1].values[0]], "rest")


def test_an_input_may_be_the_output() -> None:
    graph = traced(lambda x: x * 2.0)
    product = graph.ops[-1].values[0]
    same = cut([], [product, product], [product], "same")
    verify(same)
    assert [node.name for node in same.inputs] == ["multiply", "multiply_1"]


def test_lifted_variables_and_constants_are_inputs() -> None:
    v = tf.Variable(3.0)
    graph = traced(lambda x: x * v + tf.constant(4.0))
    found = lifted(graph, graph.constants)
    verify(found)
    assert (len(found.inputs), found.variables, found.constants) == (3, (), ())
    [result] = replay(found, [tf.constant(2.0), v, tf.constant(10.0)])
    assert float(result) == 16.0


def test_a_graph_without_variables_is_lifted_as_it_is() -> None:
    graph = traced(lambda x: x * 2.0)
    assert lifted(graph) is graph


def test_variables_that_are_only_assigned_to_are_not_read() -> None:
    read, assigned, inside = (tf.Variable(float(i)) for i in range(3))

    def function(x: tf.Tensor) -> tf.Tensor:
        assigned.assign(x)
        return tf.cond(x > 0.0, lambda: inside + x, lambda: x) * read

    assert {v.ref() for v in read_variables(traced(function))} == {read.ref(), inside.ref()}
