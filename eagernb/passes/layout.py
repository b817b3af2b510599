"""Which values lie in memory row by row.

NumPy adds up in the order in which numbers lie in memory, and some of its functions take another way for numbers that
do not lie side by side. So a pass that spares a copy can change the last bit of a sum further on, unless both the copy
and what it copies lie row by row: as C has it, the last axis fastest.
"""

from __future__ import annotations

from collections.abc import Container

from eagernb.graph.ir import CONSTANT, Node, Value

# Ops of these may give a part of an input, or axes in another order; of others, only if they say so.
_MAY_REARRANGE = frozenset({"shape", "indexing", "linalg", ""})


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
    if node.op is CONSTANT:
        return bool(node.params["value"].flags.c_contiguous)
    if not node.inputs or node.op.effect or node.op.swaps:
        return True
    if node.op.movement == "expand":  # a single number is written to every place, all else is repeated as a view
        return node.inputs[0].spec.shape.rank == 0
    new = node.op.fresh or node.op.movement == "reshape" or node.op.family not in _MAY_REARRANGE
    return new and all(in_rows(value, otherwise) for value in node.inputs)
