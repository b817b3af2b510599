"""What a graph costs: floating-point operations, and bytes read and written."""

from __future__ import annotations

from typing import NamedTuple

from eagernb.graph.ir import Graph, Node


class Cost(NamedTuple):
    """``flops``: operations on numbers; ``bytes``: what the results occupy. Unknown sizes count as nothing."""

    ops: int
    flops: int
    bytes: int


def node_flops(node: Node) -> int:
    return node.op.flops(tuple(v.spec for v in node.inputs), node.specs, **node.params)


def node_bytes(node: Node) -> int:
    return sum(spec.nbytes or 0 for spec in node.specs)


def graph_cost(graph: Graph) -> Cost:
    """The sum over all nodes that compute something."""
    ops = graph.ops
    return Cost(len(ops), sum(map(node_flops, ops)), sum(map(node_bytes, ops)))
