"""What a graph does many times, drawn once: stretches that repeat in it or in the graphs inside, or whole lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from eagernb.core.op import READ
from eagernb.graph import Node
from eagernb.graph.ir import CONSTANT
from eagernb.notebook.graph_sketch import node_box
from eagernb.notebook.language import say
from eagernb.notebook.quantities import count
from eagernb.viz import Box, Diagram, Repeat, draw_once, find_repeats

if TYPE_CHECKING:
    from eagernb.notebook.graph_sketch import Scope


class Once:
    """Which boxes of a graph are drawn as another one: those of stretches that repeat or, ``by_line``, of one line.

    A node that runs graphs itself stays as it is: what repeats inside of it is looked for there.
    """

    def __init__(self, by_line: bool = False) -> None:
        self._by_line = by_line
        self._stands_for: dict[str, str] = {}
        self._repeats: list[Repeat] = []
        self._places: list[str] = []
        self._titles: dict[str, Box] = {}
        self._hidden: set[Node] = set()

    def look_for(self, scope: Scope, kind: Callable[[Node], str | None]) -> None:
        """Note what repeats in a graph that is about to be drawn; ``kind`` tells nodes apart that look differently."""
        # The reading of a variable is no step of its own in the picture.
        nodes = [node for node in scope.graph.nodes if not node.is_source and node.effect != READ]
        ids = [node_box(node, scope.path) for node in nodes]
        if self._by_line:
            self._note_lines(nodes, ids)
        else:
            self._note_repeats(ids, *find_repeats([_look(node, kind(node)) for node in nodes]))
        used = {value.node: True for value in scope.graph.outputs}
        for node, box_id in zip(nodes, ids, strict=True):
            for value in node.inputs:
                if value.node.op is CONSTANT:
                    used[value.node] = used.get(value.node, False) or box_id not in self._stands_for
        self._hidden |= {node for node, is_drawn in used.items() if not is_drawn}

    def _note_repeats(self, ids: Sequence[str], stands_for: Sequence[int], repeats: Sequence[Repeat]) -> None:
        outer, places = len(self._repeats), len(self._places)
        for repeat in repeats:
            parent = None if repeat.parent is None else outer + repeat.parent
            self._repeats.append(Repeat(repeat.times, tuple(places + place for place in repeat.places), parent))
        self._places += ids
        self._stands_for |= {ids[own]: ids[place] for own, place in enumerate(stands_for) if own != place}

    def _note_lines(self, nodes: Sequence[Node], ids: Sequence[str]) -> None:
        lines: dict[tuple[int | None, str], list[str]] = {}
        for node, box_id in zip(nodes, ids, strict=True):
            if not node.graphs:
                lines.setdefault((node.line.number if node.line else None, node.scope), []).append(box_id)
        for (line, phase), (first, *others) in lines.items():
            if others:
                self._stands_for |= dict.fromkeys(others, first)
                title = ("∂ " if phase == "gradient" else "") + (say("line {n}", n=line) if line else say("elsewhere"))
                said = count(len(others) + 1, "operation")
                self._titles[first] = Box(first, title, (said,), "nested", f"{title}\n{said}")

    def drawn_as(self, box_id: str) -> str:
        """Return the box in whose place a node is drawn; empty where it has one of its own."""
        return self._stands_for.get(box_id, "")

    def hides(self, node: Node) -> bool:
        """Whether a constant is not drawn: only nodes use it that are drawn as others, which have theirs."""
        return node in self._hidden

    def drawn(self, diagram: Diagram) -> tuple[Diagram, dict[str, str]]:
        """Return the diagram with frames and numbers, and for each box that is not drawn the one in its place."""
        more = Counter(self._stands_for.values())
        whole, drawn_as = draw_once(diagram, {}, self._repeats, self._places, self._titles, more)
        return whole, drawn_as | self._stands_for


def _look(node: Node, kind: str | None) -> Hashable:
    """What is told of a node in its box, but for its name and those of its results."""
    if node.graphs:
        return node
    return node.op.name, node.line.number if node.line else None, node.scope, node.specs, kind
