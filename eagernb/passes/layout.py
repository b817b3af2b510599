"""Which values lie in memory row by row.

NumPy adds up in the order in which numbers lie in memory, and some of its functions take another way for numbers that
do not lie side by side. So a pass that spares a copy can change the last bit of a sum further on, unless both the copy
and what it copies lie row by row: as C has it, the last axis fastest.
"""

from __future__ import annotations

from collections.abc import Container

from eagernb.graph.ir import CONSTANT, Graph, Node, Value
from eagernb.passes.inside import passed_on

# Ops of these may give a part of an input, or axes in another order; of others, only if they say so.
_MAY_REARRANGE = frozenset({"shape", "indexing", "linalg", "outside"})


def in_rows(value: Value, otherwise: Container[Node]) -> bool:
    """Whether a value surely lies row by row: ``otherwise`` holds the nodes of which that is not sure."""
    return value.spec.shape.rank == 0 or value.node not in otherwise


def repeats_rows(value: Value, otherwise: Container[Node]) -> bool:
    """Whether a value lies row by row, or is one that does, repeated: as an operand, that makes no difference."""
    if in_rows(value, otherwise):
        return True
    return value.node.op.movement == "expand" and in_rows(value.node.inputs[0], otherwise)


def gives_rows(node: Node, otherwise: Container[Node]) -> bool:
    """Whether a node gives values that lie row by row. The arguments of a graph are taken to do so."""
    op = node.op
    if op is CONSTANT:
        return bool(node.params["value"].flags.c_contiguous)
    if op.graphs and not op.fresh:
        return not any(other_outputs(graph, others) for graph, others in inside(node, otherwise))
    if not node.inputs or op.effect or op.swaps:
        return True
    if op.movement == "expand":  # a single number is written to every place, all else is repeated as a view
        return node.inputs[0].spec.shape.rank == 0
    if not (op.fresh or op.movement == "reshape" or op.family not in _MAY_REARRANGE):
        return False
    return all(in_rows(value, otherwise) for value in node.inputs)


def inside(node: Node, otherwise: Container[Node]) -> list[tuple[Graph, frozenset[int]]]:
    """The graphs that a node runs, each with the numbers of its inputs that may not lie row by row."""
    given = passed_on(node)
    others = frozenset(i for i, value in enumerate(given) if not in_rows(value, otherwise))
    if node.op.carries:  # what a turn gives is what the next one takes
        body = node.graphs[-1]
        while not (more := other_outputs(body, others)) <= others:
            others |= more
    return [(graph, others) for graph in node.graphs]


def other_outputs(graph: Graph, inputs: frozenset[int]) -> frozenset[int]:
    """The numbers of the outputs that may not lie row by row, where these inputs may not."""
    otherwise = {node for node in graph.inputs if node.params["index"] in inputs}
    for node in graph.nodes:
        if not gives_rows(node, otherwise):
            otherwise.add(node)
    return frozenset(i for i, value in enumerate(graph.outputs) if not in_rows(value, otherwise))
