"""The graphs inside of a graph: branches, conditions and bodies of loops, functions that are called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from eagernb.graph.ir import CONSTANT, INPUT, Expansion, Graph, Node, Value
from eagernb.graph.names import free_name
from eagernb.passes.change import Change

Run = Callable[..., tuple[Graph, list[Change]]]


def everywhere(run: Run) -> Run:
    """A pass that works on one graph, made to work on those inside of it as well."""

    def run_everywhere(graph: Graph, **options: Any) -> tuple[Graph, list[Change]]:
        after, changes = run(graph, **options)
        if not any(node.op.graphs for node in after.nodes):
            return after, changes
        done: dict[Graph, Graph] = {}  # the same graph may be called several times

        def inner(graph: Graph, holder: Node) -> Graph:
            if graph not in done:
                done[graph], more = run_everywhere(graph, **options)
                changes.extend(placed(more, graph, holder))
            return done[graph]

        def change(node: Node, inputs: tuple[Value, ...]) -> Node:
            if node.op.fresh:
                return node  # a group that was made at the end stays as it is: its results are in memory of their own
            new = with_graphs(node, [inner(graph, node) for graph in node.graphs])
            return new if new is node else replace(new, inputs=inputs)

        return after.rebuild(change), changes

    return run_everywhere


def placed(changes: Sequence[Change], graph: Graph, holder: Node) -> list[Change]:
    """The changes of a graph as those of the graph around it: they say in which node they were."""
    place = f"{graph.name} of %{holder.name}"
    return [change._replace(inside=f"{change.inside} in {place}" if change.inside else place) for change in changes]


def with_graphs(node: Node, graphs: Sequence[Graph], **params: Any) -> Node:
    """The node with other graphs, in the order of ``node.graphs``, and other params."""
    if not params and all(new is old for new, old in zip(graphs, node.graphs, strict=True)):
        return node
    left = iter(graphs)
    held = {
        name: tuple(next(left) for _ in old) if isinstance(old := node.params[name], tuple) else next(left)
        for name in node.op.graphs
    }
    return replace(node, params={**node.params, **held, **params}, origin=(node,))


def passed_on(node: Node, inputs: tuple[Value, ...] | None = None) -> tuple[Value, ...]:
    """Those of a node's inputs (or of others in their place) that its graphs take."""
    given = node.inputs if inputs is None else inputs
    return given[1:] if node.op.chooses else given


def carried(node: Node) -> int:
    """How many of a node's outputs come back as the first inputs: those of a loop."""
    return node.params[node.op.carries] if node.op.carries else 0


def narrowed(graph: Graph, inputs: Sequence[int], outputs: Sequence[int] | None = None) -> Graph:
    """The graph with only some of its inputs (nothing may use the others), and some of its outputs."""
    if outputs is not None and list(outputs) != list(range(len(graph.outputs))):
        graph = replace(graph, outputs=tuple(graph.outputs[i] for i in outputs))
    if list(inputs) == list(range(len(graph.inputs))):
        return graph
    place = {old: new for new, old in enumerate(inputs)}

    def change(node: Node, operands: tuple[Value, ...]) -> Node | None:
        if node.op is not INPUT:
            return node
        index = node.params["index"]
        return _numbered(node, place[index]) if index in place else None

    return graph.rebuild(change)


def _numbered(node: Node, index: int) -> Node:
    return node if node.params["index"] == index else replace(node, params={**node.params, "index": index})


class Transplant:
    """Nodes of an inner graph on their way into the graph around it, under names that nothing has there."""

    def __init__(self, graph: Graph) -> None:
        self._names = {node.name for node in graph.nodes}

    def unique(self, name: str) -> str:
        """The name, with a number if there is one of that name already."""
        return free_name(name, self._names)

    def move(self, node: Node, into: Node, new: dict[Value, Value]) -> Node:
        """The inner node as one that stands where the node ``into`` is; ``new`` says what its inputs are there.

        It comes from both: a graph may be run by several nodes.
        """
        scope = node.scope if into.scope == "forward" else into.scope
        inputs = tuple([new[value] for value in node.inputs])
        moved = Node(
            node.op, inputs, node.params, node.specs, self.unique(f"{into.name}_{node.name}"), node.line or into.line,
            scope, (node, into),
        )  # fmt: skip
        new.update(zip(node.values, moved.values, strict=True))
        return moved

    def whole(self, graph: Graph, into: Node, inputs: Sequence[Value]) -> Expansion:
        """All of a graph in the place of the node that runs it."""
        new = {node.values[0]: inputs[node.params["index"]] for node in graph.inputs}
        nodes = [self.move(node, into, new) for node in graph.nodes if node.op is not INPUT]
        return Expansion(nodes, tuple(new[value] for value in graph.outputs))


def is_constant(value: Value) -> bool:
    """Whether a value never changes."""
    return value.node.op is CONSTANT
