"""What became of the nodes of a traced graph, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from eagernb.graph import Graph, Node

if TYPE_CHECKING:
    from eagernb.notebook.graph_run import GraphRun


def all_nodes(graph: Graph) -> Iterator[Node]:
    """Return the nodes of a graph and of all graphs in it."""
    for node in graph.nodes:
        yield node
        for inside in node.graphs:
            yield from all_nodes(inside)


class History:
    """Goes by the nodes' origins, and by what the passes say of their changes, those in sub-graphs too."""

    def __init__(self, run: GraphRun) -> None:
        self._traced = set(all_nodes(run.graph))
        self._known: dict[Node, list[Node]] = {}
        self.reasons: dict[Node, str] = {}  # traced node -> why it is gone
        self.joined: dict[Node, str] = {}  # traced node -> which operation it became a part of, in a sentence
        self.became: dict[Node, list[Node]] = defaultdict(list)  # traced node -> nodes of the optimised graph
        self._folded: set[Node] = set()
        self._merged: dict[Node, int] = defaultdict(int)
        for node in all_nodes(run.optimized):
            for root in self._roots(node):
                self.became[root].append(node)
        for result in run.passes:
            for change in result.changes:
                self._note(result.name, change.sentence, change.removed, change.kept)

    def _note(self, name: str, sentence: str, removed: Sequence[Node], kept: Node | None) -> None:
        stands_for = {root for node in removed for root in self._roots(node)}
        if kept is not None and kept.graphs and not kept.is_source and kept not in removed:
            # They still run, as parts of an operation that has a graph of them.
            inside = {root for graph in kept.graphs for node in all_nodes(graph) for root in self._roots(node)}
            for root in stands_for & inside:
                self.joined.setdefault(root, f"{name}: {sentence}")
            stands_for -= inside
            removed = [node for node in removed if stands_for & set(self._roots(node))]
            if not removed:
                return
        for root in stands_for:
            self.reasons.setdefault(root, f"{name}: {sentence}")
        for root in self._roots(kept) if kept else ():
            # A node that was only given a new form (its value) is its own successor.
            if root in stands_for:
                self._folded.add(root)
            else:
                self._merged[root] += len(removed)

    def _roots(self, node: Node) -> list[Node]:
        """The nodes of the traced graph that a node goes back to."""
        if node in self._traced:
            return [node]
        if node not in self._known:
            self._known[node] = list(dict.fromkeys(root for origin in node.origin for root in self._roots(origin)))
        return self._known[node]

    def badge(self, node: Node) -> str:
        """Return what marks a node of the optimised graph that stands for others."""
        roots = self._roots(node)
        merged = sum(self._merged[root] for root in roots)
        parts = ["folded"] if any(root in self._folded and not root.is_source for root in roots) else []
        return " ".join([*parts, f"×{merged + 1}"] if merged else parts)
