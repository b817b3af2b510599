"""Cutting a graph of its own out of others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from eagernb.graph.ir import CONSTANT, INPUT, VARIABLE, Graph, Node, Value


def cut(nodes: Iterable[Node], inputs: Sequence[Value], outputs: Sequence[Value], name: str) -> Graph:
    """The graph of these nodes, which must be in order, with new inputs in the place of these values.

    A constant or a variable that is used but not among the nodes is taken along.
    """
    new: dict[Value, Value] = {}
    result: list[Node] = []
    names: set[str] = set()
    for index, value in enumerate(inputs):
        chosen = value.node.name if value.node.name not in names else f"{value.node.name}_{value.index}_{index}"
        names.add(chosen)
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
        if node.values and node.values[0] in new:
            continue
        operands = tuple(map(renewed, node.inputs))
        kept = node if operands == node.inputs else replace(node, inputs=operands)
        result.append(kept)
        new.update(zip(node.values, kept.values, strict=True))
    outs = tuple(map(renewed, outputs))
    return Graph(tuple(result[: len(inputs)]), tuple(_uniquely_named(result)), outs, name)


def _uniquely_named(nodes: Sequence[Node]) -> Sequence[Node]:
    names = [node.name for node in nodes]
    assert len(set(names)) == len(names), names
    return nodes
