"""dead_code: what no result depends on is not computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eagernb.core.op import WRITE
from eagernb.graph.ir import INPUT, Expansion, Graph, Node, Value
from eagernb.passes.change import Change
from eagernb.passes.inside import carried, narrowed, placed, with_graphs


def dead_code(graph: Graph) -> tuple[Graph, list[Change]]:
    """Drop nodes that neither an output nor an effect needs. Inputs stay: they are the graph's signature.

    Of what runs a graph itself (a loop, a choice, a call) go the results that nobody uses, with all that only they
    need: loop variables, operations and inputs of the graph inside.
    """
    live = {value.node for value in graph.outputs}
    used = set(graph.outputs)
    slim: dict[Node, _Slim] = {}
    changes: list[Change] = []
    for node in reversed(graph.nodes):
        if node not in live and node.effect != WRITE and node.op is not INPUT:
            continue
        live.add(node)
        inputs: Sequence[Value] = node.inputs
        if node.op.graphs:
            slim[node] = found = _slimmed(node, [i for i, value in enumerate(node.values) if value in used])
            inputs = [node.inputs[i] for i in found.inputs]
        used.update(inputs)
        live.update([value.node for value in inputs])
    for node in graph.nodes:
        if node not in live:
            changes.append(Change(f"No result depends on %{node.name}.", (node,)))
        elif node in slim:
            changes += slim[node].changes

    def change(node: Node, inputs: tuple[Value, ...]) -> Node | Expansion | None:
        if node not in live:
            return None
        return slim[node].node(node, inputs) if node in slim else node

    return graph.rebuild(change), changes


@dataclass(frozen=True)
class _Slim:
    """What is left of a node that runs graphs: which of its inputs and outputs, and the graphs."""

    inputs: list[int]
    outputs: list[int]
    graphs: list[Graph]
    changes: list[Change]

    def node(self, node: Node, inputs: tuple[Value, ...]) -> Node | Expansion:
        """The node with what is left of it, and its outputs; the node itself if that is all."""
        narrower = len(self.inputs) < len(inputs) or len(self.outputs) < len(node.specs)
        params = {node.op.carries: len(self.outputs)} if node.op.carries and narrower else {}
        new = with_graphs(node, self.graphs, **params)
        if new is node and not narrower:
            return node
        kept = tuple(inputs[i] for i in self.inputs)
        new = replace(new, inputs=kept, specs=tuple(node.specs[i] for i in self.outputs), origin=(node,))
        place = {old: new.values[i] for i, old in enumerate(self.outputs)}
        return Expansion([new], tuple(place.get(i) for i in range(len(node.specs))))


def _slimmed(node: Node, outputs: list[int]) -> _Slim:
    """The node with these of its outputs, or those which a loop needs to go on as it does."""
    count, own = carried(node), int(node.op.chooses)
    if node.op.carries:
        outputs = _needed_variables(node, count, outputs)
    changes: list[Change] = []
    graphs: list[Graph] = []
    for position, graph in enumerate(node.graphs):
        condition = node.op.carries and position == 0  # it gives a truth value, all others the outputs
        after, more = dead_code(narrowed(graph, range(len(graph.inputs)), None if condition else outputs))
        graphs.append(after)
        changes += placed(more, graph, node)
    used = {input_ for graph in graphs for input_ in _used_inputs(graph)}
    inputs = [i for i in range(len(node.inputs) - own) if (i in outputs if i < count else i in used)]
    graphs = [narrowed(graph, inputs) for graph in graphs]
    for i in set(range(len(node.specs))) - set(outputs):
        changes.append(Change(f"Nothing uses {node.values[i]!r}, and %{node.name} does without it.", (node,), node))
    return _Slim([*range(own), *(i + own for i in inputs)], outputs, graphs, changes)


def _used_inputs(graph: Graph) -> set[int]:
    used = graph.used_nodes()
    return {node.params["index"] for node in graph.inputs if node in used}


def _needed_variables(node: Node, count: int, outputs: list[int]) -> list[int]:
    """The loop variables on which these outputs depend, the condition, or what the body does besides."""
    condition, body = node.graphs
    needed: set[int] = set()
    seen: set[Node] = set()
    left = [value.node for value in condition.outputs]
    left += [inner for graph in node.graphs for inner in graph.nodes if inner.effect == WRITE]
    wanted = list(outputs)
    while left or wanted:
        if not left:
            needed.add(wanted[-1])
            left.append(body.outputs[wanted.pop()].node)
            continue
        inner = left.pop()
        if inner in seen:
            continue
        seen.add(inner)
        if inner.op is INPUT and inner.params["index"] < count and inner.params["index"] not in needed:
            wanted.append(inner.params["index"])
        left += [value.node for value in inner.inputs]
    return sorted(needed)
