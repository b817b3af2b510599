"""Lifting: what a graph refers to from outside becomes inputs, so that gradients with respect to it exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eagernb.core.variable import Variable
from eagernb.graph.ir import INPUT, VARIABLE, Graph, Node


def lifted(graph: Graph, constants: Sequence[Node] = ()) -> Graph:
    """The graph with further inputs: its variables, in the order of ``graph.variables``, and then these constants.

    An input that stands for a variable is given the Variable itself.
    """
    further = [node for node in graph.nodes if node.op is VARIABLE] + list(constants)
    if not further:
        return graph
    at = {node: len(graph.inputs) + i for i, node in enumerate(further)}
    made: dict[Node, Node] = {}

    def change(node: Node, inputs: object) -> Node:
        if node not in at:
            return node
        params = {"spec": node.specs[0], "index": at[node]}
        made[node] = replace(node, op=INPUT, params=params, origin=(node,))
        return made[node]

    result = graph.rebuild(change)
    return replace(result, inputs=(*graph.inputs, *(made[node] for node in further)))


def read_variables(graph: Graph) -> list[Variable]:
    """The variables that the graph reads, itself or in a sub-graph: not those that it only assigns to."""
    read = {
        value.node: value.node.params["variable"]
        for node in graph.nodes
        for value in node.inputs
        if value.node.op is VARIABLE and (node.op.effect == "read" or node.op.graphs)
    }
    return list(read.values())
