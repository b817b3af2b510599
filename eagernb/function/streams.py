"""A function that is called within a traced one draws random numbers from sequences of that call."""

from __future__ import annotations

from dataclasses import replace

from eagernb.graph.ir import Graph, Node, Value
from eagernb.ops.random_seeds import Stream
from eagernb.passes.inside import with_graphs


def with_own_streams(graph: Graph) -> Graph:
    """The graph with streams that begin where its own ones began, as for each call TensorFlow has operations anew.

    It is the graph itself if nothing in it draws.
    """

    def change(node: Node, inputs: tuple[Value, ...]) -> Node:
        seed = node.params.get("seed")
        if isinstance(seed, Stream):
            return replace(node, inputs=inputs, params={**node.params, "seed": seed.again()}, origin=(node,))
        if node.graphs:
            new = with_graphs(node, [with_own_streams(inner) for inner in node.graphs])
            return new if new is node else replace(new, inputs=inputs)
        return node

    return graph.rebuild(change)
