"""Cutting a graph of its own out of others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from eagernb.graph.ir import CONSTANT, INPUT, VARIABLE, Graph, Node, Value
from eagernb.graph.names import free_name


def cut(nodes: Iterable[Node], inputs: Sequence[Value], outputs: Sequence[Value], name: str) -> Graph:
    """The graph of these nodes, which must be in order, with new inputs in the place of these values.

    A constant or a variable that is used but not among the nodes is taken along.
    """
    new: dict[Value, Value] = {}
    result: list[Node] = []
    given = set(inputs)
    nodes = [node for node in nodes if not node.values or node.values[0] not in given]
    used = [value for node in nodes for value in node.inputs] + list(outputs)
    taken = {node.name for node in nodes} | {v.node.name for v in used if v not in given}
    for index, value in enumerate(inputs):
        chosen = free_name(value.node.name, taken)  # which is taken where two outputs of one node are inputs, say
        node = Node(INPUT, (), {"spec": value.spec, "index": index}, (value.spec,), chosen, value.node.line)
        result.append(node)
        new[value] = node.values[0]

    def renewed(value: Value) -> Value:
        if value not in new:
            assert value.node.op in (CONSTANT, VARIABLE), f"{value!r} is computed outside of the cut"
            result.append(value.node)
            new[value] = value
        return new[value]

    for node in nodes:
        operands = tuple(map(renewed, node.inputs))
        kept = node if operands == node.inputs else replace(node, inputs=operands)
        result.append(kept)
        new.update(zip(node.values, kept.values, strict=True))
    outs = tuple(map(renewed, outputs))
    return Graph(tuple(result[: len(inputs)]), tuple(result), outs, name)
