"""specialize: a graph for inputs of known sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eagernb.core.dispatch import infer
from eagernb.core.spec import TensorSpec
from eagernb.graph.ir import INPUT, Graph, Node, Value


def specialize(graph: Graph, specs: Sequence[TensorSpec]) -> Graph:
    """The graph with these specs for its inputs, and whatever follows from them for its other nodes.

    Graphs inside of nodes stay as they are. ShapeError or DTypeError where a node cannot take what it would get.
    """

    def change(node: Node, inputs: tuple[Value, ...]) -> Node:
        if node.op is INPUT:
            spec = specs[node.params["index"]]
            if spec == node.specs[0]:
                return node
            return replace(node, params={**node.params, "spec": spec}, specs=(spec,), origin=(node,))
        if node.is_source or inputs is node.inputs:
            return node
        new = infer(node.op, [value.spec for value in inputs], dict(node.params))
        return replace(node, inputs=inputs, specs=new, origin=(node,))

    return graph.rebuild(change)
