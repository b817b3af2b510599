"""dead_code: what no result depends on is not computed."""

from __future__ import annotations

from eagernb.core.op import WRITE
from eagernb.graph.ir import INPUT, Graph
from eagernb.passes.change import Change


def dead_code(graph: Graph) -> tuple[Graph, list[Change]]:
    """Drop nodes that neither an output nor an effect needs. Inputs stay: they are the graph's signature."""
    live = {value.node for value in graph.outputs}
    for node in reversed(graph.nodes):
        if node in live or node.effect == WRITE or node.op is INPUT:
            live.add(node)
            live.update(value.node for value in node.inputs)
    changes = [Change(f"No result depends on %{node.name}.", (node,)) for node in graph.nodes if node not in live]

    return graph.rebuild(lambda node, inputs: node if node in live else None), changes
