"""verify: what must hold of every graph, asked after every pass."""

from __future__ import annotations

from eagernb.core.dispatch import infer
from eagernb.graph.fused import FUSED, may_overwrite
from eagernb.graph.ir import Graph, Value
from eagernb.graph.lifetimes import Lifetimes


class InvalidGraphError(AssertionError):
    """A graph breaks its own rules: a pass (or the tracer) has a fault."""


def verify(graph: Graph) -> None:
    """Raise InvalidGraphError unless nodes come after their inputs, have unique names and the inferred specs."""
    seen: set[Value] = set()
    names: set[str] = set()
    for node in graph.nodes:
        if node.name in names:
            raise InvalidGraphError(f"Two nodes are named {node.name!r}.")
        names.add(node.name)
        for value in node.inputs:
            if value not in seen:
                raise InvalidGraphError(f"{node!r} uses {value!r} before it is computed.")
        if not node.is_source:
            inferred = infer(node.op, [value.spec for value in node.inputs], dict(node.params))
            if inferred != node.specs:
                raise InvalidGraphError(f"{node!r} claims {node.specs}, but inference says {inferred}.")
            for inside in node.graphs:
                verify(inside)
        seen.update(node.values)
    for value in graph.outputs:
        if value not in seen:
            raise InvalidGraphError(f"The output {value!r} is not in the graph.")
    _verify_reuse(graph)
    nodes = set(graph.nodes)
    for node in graph.inputs:
        if node not in nodes:
            raise InvalidGraphError(f"The input {node!r} is not among the nodes.")


def _verify_reuse(graph: Graph) -> None:
    """The plan of memory: nothing is written where something is that is still needed."""
    if not graph.reuses:
        return
    lifetimes = Lifetimes(graph)
    left = dict(graph.reuses)
    for position, node in enumerate(graph.nodes):
        for out in node.values:
            place = left.pop(out, None)
            if place is None:
                continue
            if place not in node.inputs:
                raise InvalidGraphError(f"{out!r} is to be written into {place!r}, which {node!r} does not have.")
            inside = node.op is not FUSED or may_overwrite(node.params["graph"], out.index, node.inputs.index(place))
            if not inside or not lifetimes.is_free(place, position):
                raise InvalidGraphError(f"{out!r} is to be written into {place!r}, which is still needed.")
        lifetimes.add(node, graph.reuses)
    if left:
        raise InvalidGraphError(f"{next(iter(left))!r} is to be written somewhere, but is not in the graph.")
