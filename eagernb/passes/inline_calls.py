"""inline_calls: what a call would run stands in its place, so that optimising goes on across it."""

from __future__ import annotations

from eagernb.graph.branches import chosen
from eagernb.graph.call import CALL
from eagernb.graph.executable import find_executor
from eagernb.graph.ir import Expansion, Graph, Node, Value
from eagernb.passes.change import Change
from eagernb.passes.inside import Transplant, is_constant, passed_on

# A graph that has grown beyond this keeps its other calls: each copy would be optimised by itself.
_MOST_NODES = 5_000


def inline_calls(graph: Graph) -> tuple[Graph, list[Change]]:
    """Put the graph of a called function in the place of the call, and a branch that is sure to be taken in its own."""
    changes: list[Change] = []
    if not any(node.op.graphs for node in graph.nodes):
        return graph, changes
    transplant = Transplant(graph)
    size = len(graph.nodes)

    def change(node: Node, inputs: tuple[Value, ...]) -> Node | Expansion:
        nonlocal size
        inner = _settled(node, inputs)
        if inner is None or size + len(inner.nodes) > _MOST_NODES:
            return node
        size += len(inner.nodes)
        if node.op.chooses:
            sentence = f"%{node.name} always runs {inner.name}, because {inputs[0]!r} never changes."
        else:
            sentence = f"%{node.name} gives way to the operations of {inner.name}."
        changes.append(Change(sentence, (node,)))
        return transplant.whole(inner, node, passed_on(node, inputs))

    return graph.rebuild(change), changes


def _settled(node: Node, inputs: tuple[Value, ...]) -> Graph | None:
    """The one graph that the node is sure to run once, as any executor would."""
    op = node.op
    if not op.graphs or op.carries:
        return None
    if not op.chooses:
        if op is not CALL or find_executor(node.params["executor"]).whole:  # a fused group is one on purpose, too
            return None
        return node.graphs[0]
    if not is_constant(inputs[0]):
        return None
    inner = node.graphs[chosen(inputs[0].node.params["value"], len(node.graphs))]
    # Where the other branches left a size open, the node's specs say less than this branch's.
    return inner if tuple(value.spec for value in inner.outputs) == node.specs else None
