"""verify() catches every way in which a graph can be broken."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import eagernb as tf
from eagernb.core.spec import TensorSpec
from eagernb.graph import Graph, Tracer, verify
from eagernb.graph.verify import InvalidGraphError


@pytest.fixture
def graph() -> Graph:
    tracer = Tracer("graph")
    with tracer:
        x = tracer.add_input(TensorSpec([2], "float32"), "x")
        y = tf.exp(x + 1.0)
    return tracer.graph([y])


def test_sound_graph_passes(graph: Graph) -> None:
    verify(graph)


def last(graph: Graph, **changes: Any) -> Graph:
    node = replace(graph.nodes[-1], **changes)
    return replace(graph, nodes=(*graph.nodes[:-1], node), outputs=node.values)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda g: replace(g, nodes=g.nodes[::-1]), "before it is computed"),
        (lambda g: replace(g, nodes=g.nodes[:-2] + g.nodes[-1:]), "before it is computed"),
        (lambda g: replace(g, nodes=g.nodes[:-1]), "output .* is not in the graph"),
        (lambda g: replace(g, nodes=(*g.nodes, g.nodes[-1])), "Two nodes are named 'exp'"),
        (lambda g: last(g, name="add"), "Two nodes are named 'add'"),
        (lambda g: last(g, specs=(TensorSpec([3], "float32"),)), "claims"),
        (lambda g: last(g, specs=(TensorSpec([2], "float64"),)), "claims"),
        (lambda g: replace(g, nodes=g.nodes[1:], inputs=g.inputs), "before it is computed"),
        (lambda g: replace(g, inputs=(replace(g.inputs[0], name="y"),)), "not among the nodes"),
    ],
)
def test_broken_graph_is_caught(graph: Graph, broken: Callable[[Graph], Graph], message: str) -> None:
    with pytest.raises(InvalidGraphError, match=message):
        verify(broken(graph))
