"""Watching a graph run: what each node gave, how long it took, and how often the nodes of sub-graphs ran."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from time import perf_counter_ns
from typing import Any

import numpy as np

from eagernb.graph import Graph, Node
from eagernb.graph.interpreter import Inside, Observer
from eagernb.graph.printer import preview
from eagernb.notebook.glance import Glance, glance
from eagernb.notebook.memory import MemoryMeter
from eagernb.notebook.recording import BACKWARD, FEW, FORWARD
from eagernb.notebook.tensor_words import range_text

# Of a smaller result in a sub-graph a copy is kept: a loop shows its last turn, and should not pay for all others.
_SMALL = 4096
# After so many nodes the range of a value is all that is told of it: elements take longer to write out.
_PREVIEWED = 1000


@dataclass(frozen=True)
class NodeRun:
    """How one node of the optimised graph ran: ``start`` and ``duration`` in nanoseconds, a preview of its outputs.

    ``glances`` are the range and the spread of each output, None where a preview says as much or it is no numbers.
    ``alive`` is the bytes of computed values that were alive just after it. A node of a sub-graph may run several
    ``times``: then ``duration`` is the sum, and the rest is of the last time. ``inside`` says how its own sub-graphs
    ran, one each.
    """

    node: Node
    start: int
    duration: int
    previews: tuple[str, ...]
    nbytes: int
    alive: int
    times: int = 1
    inside: tuple[SubgraphRun, ...] = ()
    glances: tuple[Glance | None, ...] = ()

    @property
    def phase(self) -> str:
        """Whether it belongs to the forward or to the backward pass."""
        return phase_of(self.node)

    @property
    def values(self) -> list[str]:
        """Its outputs in words: the few elements of a small one, the range and the mean of a larger one."""
        pairs = zip_longest(self.previews, self.glances)
        return [range_text(look) if look is not None else preview for preview, look in pairs]


def phase_of(node: Node) -> str:
    """Return whether a node belongs to the forward or to the backward pass."""
    return FORWARD if node.scope == FORWARD else BACKWARD


@dataclass(frozen=True)
class SubgraphRun:
    """How one sub-graph of a node ran: how many ``times``, and its nodes in their order."""

    graph: Graph
    times: int
    runs: tuple[NodeRun, ...]


class Watch:
    """Observes an Interpreter's run: ``runs()`` gives what there is to say of each node, those of sub-graphs within.

    What watching itself takes is not counted as time of the nodes around.
    """

    def __init__(self, graph: Graph, meter: MemoryMeter) -> None:
        self.meter = meter
        self.began = perf_counter_ns()
        self.spent = 0  # by watching, in nanoseconds
        self._top = _GraphWatch(graph, self)
        self._top.times = 1

    @property
    def observe(self) -> Observer:
        return self._top.observe

    @property
    def inside(self) -> Inside:
        return self._top.inside

    def runs(self) -> list[NodeRun]:
        return list(self._top.result().runs)

    def waiting(self) -> list[Node]:
        """The node that would have finished next, and those in it: after a failure, the way to the one that failed."""
        return self._top.waiting()


class _GraphWatch:
    def __init__(self, graph: Graph, watch: Watch) -> None:
        self.graph = graph
        self.times = 0
        self._watch = watch
        self._nodes: dict[Node, _NodeWatch] = {}
        self._finished = 0  # in the present turn
        self._spent_before = 0  # by watching, when the last node had finished

    def enter(self) -> None:
        self.times += 1
        self._finished = 0
        self._spent_before = self._watch.spent

    def observe(self, node: Node, arrays: tuple[Any, ...], start: int, stop: int) -> None:
        entered = perf_counter_ns()
        watch = self._watch
        for array in arrays:
            watch.meter.track(array)
        took = stop - start - (watch.spent - self._spent_before)
        self._node(node).note(arrays, start - watch.began, max(took, 0), watch.meter.alive)
        self._finished += 1
        watch.spent += perf_counter_ns() - entered
        self._spent_before = watch.spent

    def inside(self, node: Node, graph: Graph) -> tuple[Observer, Inside]:
        of = self._node(node).graphs(self._watch)[graph]
        of.enter()
        return of.observe, of.inside

    def _node(self, node: Node) -> _NodeWatch:
        if node not in self._nodes:
            self._nodes[node] = _NodeWatch(node)
        return self._nodes[node]

    def result(self) -> SubgraphRun:
        ran = [self._nodes[node] for node in self.graph.ops if node in self._nodes]
        found = tuple(one.result(brief=index >= _PREVIEWED) for index, one in enumerate(ran) if one.times)
        return SubgraphRun(self.graph, self.times, found)

    def waiting(self) -> list[Node]:
        left = self.graph.ops[self._finished :]
        if not left:
            return []
        # A sub-graph that is through has nothing waiting: the one that is not is where it stopped.
        deeper = [of.waiting() for of in self._node(left[0]).inside.values() if of.times]
        return [left[0], *next(filter(None, deeper), [])]


class _NodeWatch:
    def __init__(self, node: Node) -> None:
        self.node = node
        self.times = 0
        self.inside: dict[Graph, _GraphWatch] = {}
        self._start = self._duration = self._nbytes = self._alive = 0
        self._last: list[Any] = []  # copies of arrays, or what there is to say of them

    def graphs(self, watch: Watch) -> dict[Graph, _GraphWatch]:
        if not self.inside:
            self.inside = {graph: _GraphWatch(graph, watch) for graph in self.node.graphs}
        return self.inside

    def note(self, arrays: tuple[Any, ...], start: int, took: int, alive: int) -> None:
        if not self.times:
            self._start = start
        self.times += 1
        self._duration += took
        self._nbytes = sum(int(array.nbytes) for array in arrays)
        self._alive = alive
        self._last = list(map(_kept, arrays))

    def result(self, brief: bool) -> NodeRun:
        looks = [x if isinstance(x, tuple) else _looked_at(x, brief) for x in self._last]
        previews, glances = tuple(one for one, _ in looks), tuple(look for _, look in looks)
        inside = tuple(
            self.inside[graph].result() if graph in self.inside else SubgraphRun(graph, 0, ())
            for graph in self.node.graphs
        )
        return NodeRun(
            self.node, self._start, self._duration, previews, self._nbytes, self._alive, self.times, inside, glances
        )


def _kept(array: Any) -> Any:
    is_small = isinstance(array, (np.ndarray, np.generic)) and array.nbytes <= _SMALL
    return array.copy() if is_small else _looked_at(np.asarray(array))


def _looked_at(array: Any, brief: bool = False) -> tuple[str, Glance | None]:
    """A few elements of an array, and its range and spread where it has more than these; ``brief``: only the range."""
    look = glance(array) if array.size > FEW else None
    return range_text(look) if brief and look is not None else preview(array), look
