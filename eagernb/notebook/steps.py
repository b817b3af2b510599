"""Optimising, step by step: what each pass did to the boxes of the traced graph, and what it saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from eagernb.graph import Graph, Node
from eagernb.graph.cost import graph_cost, peak_bytes
from eagernb.graph.ir import CONSTANT, INPUT
from eagernb.graph.printer import preview
from eagernb.notebook import words
from eagernb.notebook.box_words import LONGEST_VALUE
from eagernb.notebook.graph_sketch import TOP, node_box, path_inside
from eagernb.notebook.history import all_nodes
from eagernb.notebook.language import say, translated
from eagernb.notebook.nested_words import all_ops
from eagernb.passes.pipeline import PASSES

if TYPE_CHECKING:
    from eagernb.notebook.graph_run import GraphRun
    from eagernb.passes import Change, PassResult


class Needs(NamedTuple):
    """What a graph needs: operations, arithmetic, and bytes; what is inside of branches and loops counts once.

    ``nbytes`` are those of all results, ``peak`` those of the results that are alive at one moment, at most.
    """

    ops: int
    flops: int
    nbytes: int
    peak: int

    @classmethod
    def of(cls, graph: Graph) -> Needs:
        cost = graph_cost(graph)
        return cls(all_ops(graph), cost.flops, cost.bytes, peak_bytes(graph))


class Mark(NamedTuple):
    """What a step did to a box of the traced graph.

    ``word`` says it; ``now`` is what the box stands for from here on, if it is another thing; ``gone`` whether nothing
    is left of it; ``into`` the box that serves in its place, if there is one; ``known`` whether the operation is a
    constant from here on, which is counted as an operation saved.
    """

    word: str
    now: str = ""
    gone: bool = False
    into: str = ""
    known: bool = False


@dataclass(frozen=True)
class Step:
    """One run of a pass that changed the graph. ``title`` is the pass's name, and which of its rounds it is.

    ``in_place`` are the bytes of results that are written where others were from here on.
    """

    title: str
    result: PassResult
    before: Needs
    after: Needs
    marks: dict[str, Mark]

    @property
    def name(self) -> str:
        return self.result.name

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.result.changes

    @property
    def in_place(self) -> int:
        return _reused(self.result.after) - _reused(self.result.before)

    @property
    def does(self) -> str:
        """What the pass does, in a few words."""
        return PASSES[self.name].does


def steps_of(run: GraphRun) -> list[Step]:
    """Return the steps from the traced graph to the optimised one, in their order."""
    boxes = TracedBoxes(run.graph)
    rounds: Counter[str] = Counter()
    steps: list[Step] = []
    needs, alive = Needs.of(run.graph), boxes.alive(run.graph)
    for result in run.passes:
        if not (result.changed or result.changes):
            continue
        rounds[result.name] += 1
        title = result.name if rounds[result.name] == 1 else f"{result.name}, round {rounds[result.name]}"
        needs_after, alive_after = Needs.of(result.after), boxes.alive(result.after)
        marks = _marks(result, boxes, alive, alive_after)
        steps.append(Step(title, result, needs, needs_after, marks))
        needs, alive = needs_after, alive_after
    return steps


def _reused(graph: Graph) -> int:
    """The bytes of results that are written where others were, in the graphs inside as well."""
    own = sum(place.spec.nbytes or 0 for place in graph.reuses.values())
    return own + sum(_reused(inside) for node in graph.nodes for inside in node.graphs)


def idle_passes(run: GraphRun) -> list[str]:
    """Return the passes that found nothing to do in any round."""
    return [name for name, changes in words.pass_changes(run).items() if not changes]


def drawn_nodes(graph: Graph, path: str = TOP) -> Iterator[tuple[Node, str]]:
    """Return the nodes of a graph and of the graphs in it, each with its box: one for each place where it is drawn."""
    for node in graph.nodes:
        if node.op is INPUT and path != TOP:
            continue  # what is passed in is drawn outside
        yield node, node_box(node, path)
        for index, inside in enumerate(node.graphs):
            yield from drawn_nodes(inside, path_inside(node, path, index))


class TracedBoxes:
    """The boxes of the traced graph, and which of them a node of a later graph stands for."""

    def __init__(self, graph: Graph) -> None:
        self._known: dict[Node, list[str]] = {}
        for node, box in drawn_nodes(graph):
            self._known.setdefault(node, []).append(box)

    def of(self, node: Node) -> list[str]:
        """Return the boxes that a node stands for: one of a graph that is called twice has two."""
        if node not in self._known:
            self._known[node] = list(dict.fromkeys(self._from(node)))
        return self._known[node]

    def _from(self, node: Node) -> Iterator[str]:
        origin = node.origin
        if len(origin) == 2 and any(origin[0] in graph.nodes for graph in origin[1].graphs):
            # It was taken out of a node around it, and stands for what is drawn in the frame of that.
            frames = tuple(f"{box}/" for box in self.of(origin[1]))
            yield from (box for box in self.of(origin[0]) if box.startswith(frames))
            return
        for node in origin:
            yield from self.of(node)

    def alive(self, graph: Graph) -> dict[str, Node]:
        """Return, by box, what stands for it; of a group of nodes, the one in the group that it became.

        Of several new nodes it is an operation: a constant among them is only what one of these takes.
        """
        found: dict[str, Node] = {}
        for node in all_nodes(graph):
            for box in self.of(node):
                other = found.get(box)
                is_inside = other is not None and any(node in inside.nodes for inside in other.graphs)
                if other is None or is_inside or (other.op is CONSTANT and node.op is not CONSTANT):
                    found[box] = node
        return found


def _marks(result: PassResult, boxes: TracedBoxes, before: dict[str, Node], after: dict[str, Node]) -> dict[str, Mark]:
    done = PASSES[result.name].done
    marks: dict[str, Mark] = {}

    def mark(found: Iterable[str], word: str, serves: Sequence[str] = ()) -> None:
        for box in found:
            if box not in before:
                continue
            was, now = before[box], after.get(box)
            # A way from one constant to another would only cross the picture.
            into = next((other for other in serves if other in after), "") if now is None and not was.is_source else ""
            told = _words_now(now) if now is not None and now.op is not was.op else ""
            known = now is not None and now.op is CONSTANT and not was.is_source
            marks[box] = Mark(word, told, now is None, into, known)

    for change in result.changes:
        # A node that is still itself has only lost or gained a part.
        word = say("changed") if change.kept in change.removed else translated(done)
        serves = boxes.of(change.kept) if change.kept is not None else ()
        for node in change.removed:
            mark(boxes.of(node), word, serves)
        if not change.removed:
            mark(serves, word)
    mark([box for box in before if box not in after and box not in marks], translated(done))
    return marks


def _words_now(node: Node) -> str:
    if node.op is not CONSTANT:
        return node.op.name
    value = preview(node.params["value"])
    return f"= {value}" if len(value) <= LONGEST_VALUE else say("a constant")
