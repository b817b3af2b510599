"""What became of the nodes of a traced graph, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from eagernb.graph import Graph, Node
from eagernb.notebook.language import say, translated
from eagernb.passes.pipeline import PASSES

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
        self._renewed: dict[Node, str] = {}  # traced node -> in which way another one stands for it
        self._merged: dict[Node, int] = defaultdict(int)
        for node in all_nodes(run.optimized):
            for root in self.roots(node):
                self.became[root].append(node)
        for result in run.passes:
            for change in result.changes:
                self._note(result.name, change.sentence, change.removed, change.kept)

    def _note(self, name: str, sentence: str, removed: Sequence[Node], kept: Node | None) -> None:
        stands_for = {root for node in removed for root in self.roots(node)}
        if kept is not None and kept.graphs and not kept.is_source and kept not in removed:
            # They still run, as parts of an operation that has a graph of them.
            inside = {root for graph in kept.graphs for node in all_nodes(graph) for root in self.roots(node)}
            for root in stands_for & inside:
                self.joined.setdefault(root, say("{name}: {sentence}", name=name, sentence=translated(sentence)))
            stands_for -= inside
            removed = [node for node in removed if stands_for & set(self.roots(node))]
            if not removed:
                return
        for root in stands_for:
            self.reasons.setdefault(root, say("{name}: {sentence}", name=name, sentence=translated(sentence)))
        if kept is None or kept in removed:
            return
        if set(kept.origin) & set(removed):
            for root in stands_for & set(self.roots(kept)):
                self._renewed.setdefault(root, PASSES[name].done)
        elif roots := self.roots(kept):
            self._merged[roots[0]] += len(removed)

    def roots(self, node: Node) -> list[Node]:
        """Return the nodes of the traced graph that a node goes back to."""
        if node in self._traced:
            return [node]
        if node not in self._known:
            self._known[node] = list(dict.fromkeys(root for origin in node.origin for root in self.roots(origin)))
        return self._known[node]

    def badge(self, node: Node) -> str:
        """Return what marks a node of the optimised graph that stands for others."""
        roots = self.roots(node)
        merged = sum(self._merged[root] for root in roots)
        parts = list(
            dict.fromkeys(translated(self._renewed[r]) for r in roots if r in self._renewed and not r.is_source)
        )[:1]
        return " ".join([*parts, f"×{merged + 1}"] if merged else parts)
