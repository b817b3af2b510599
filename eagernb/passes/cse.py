"""cse, common subexpression elimination: what is computed twice is computed once."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np

from eagernb.graph.ir import CONSTANT, INPUT, Graph, Node, Value
from eagernb.passes.change import Change


def cse(graph: Graph) -> tuple[Graph, list[Change]]:
    """Merge pure nodes with the same op, inputs and params; for a commutative op the inputs' order does not count."""
    changes: list[Change] = []
    first: dict[Hashable, Node] = {}

    def change(node: Node, inputs: tuple[Value, ...]) -> Node | tuple[Value, ...]:
        key = _key(node, inputs)
        if key is None:
            return node
        if key not in first:
            first[key] = node if inputs is node.inputs else node.with_inputs(inputs)
            return first[key]
        kept = first[key]
        if node.op is CONSTANT:
            sentence = f"%{node.name} holds the same value as %{kept.name}."
        else:
            sentence = f"%{node.name} computes the same {node.op.name} as %{kept.name}, so that one serves for both."
        changes.append(Change(sentence, (node,), kept))
        return kept.values

    return graph.rebuild(change), changes


def _key(node: Node, inputs: tuple[Value, ...]) -> Hashable | None:
    """What two nodes must share to be one; None for a node that must stay by itself."""
    if not node.pure or node.op is INPUT:
        return None
    operands: Any = [(id(value.node), value.index) for value in inputs]
    if node.op.commutative and not inputs[0].spec.dtype.is_complex:  # those NumPy multiplies with a fused step
        operands = sorted(operands)
    try:
        params = tuple((name, _hashable(value)) for name, value in sorted(node.params.items()))
        key = (node.op, tuple(operands), params)
        hash(key)
    except TypeError:
        return None
    return key


def _hashable(value: Any) -> Hashable:
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject:  # texts: their bytes would be addresses
            return (value.shape, *value.ravel().tolist())
        return (value.dtype.str, value.shape, value.tobytes())  # bytes, so that 0.0 and -0.0 stay apart
    # 1, 1.0 and True are equal in Python, but not as params.
    return (type(value).__name__, repr(value) if isinstance(value, float) else value)
