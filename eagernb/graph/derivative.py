"""The derivative of a graph: a forward graph that also gives what the way back needs, and the graph of the way back.

Both are found by tracing the graph once more under a tape: what is traced before the tape is asked is the forward
graph, what comes after is the backward graph, and the values of the first that the second uses are saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from eagernb.autodiff.backprop import zeros_of
from eagernb.autodiff.tape import GradientTape
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import spec_of
from eagernb.core.op import Op
from eagernb.core.source import SourceLine
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Symbol
from eagernb.graph.cut import cut
from eagernb.graph.interpreter import replay
from eagernb.graph.ir import CONSTANT, Graph, Node, Value
from eagernb.graph.tracer import Tracer
from eagernb.ops.saved_stack import empty_stack, push


class Backward(NamedTuple):
    """A graph from what is saved and the gradients that arrive to the gradients of the inputs ``wanted``."""

    graph: Graph
    wanted: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Derivative:
    """How a graph is run so that its gradient can be computed, and how that is done.

    - ``forward``: the graph, with further outputs: what is saved and is no input.
    - ``first``: the way back from the gradients of the graph's differentiable outputs.
    - ``again``: the way back from those and the gradients of the further outputs (of those that are differentiable),
      for second derivatives. None unless it was asked for.
    - ``saved``: of each saved value, which input it is, or None for the next of the further outputs.
    """

    forward: Graph
    first: Backward
    again: Backward | None
    saved: tuple[int | None, ...]
    count: int  # of the graph's own outputs

    @property
    def extra(self) -> tuple[TensorSpec, ...]:
        """The specs of the further outputs."""
        return tuple(value.spec for value in self.forward.outputs[self.count :])

    def with_saved(self, inputs: Sequence[Any] | Mapping[int, Any], extra: Sequence[Any]) -> list[Any]:
        """What is saved, from the inputs (by number) and the further outputs."""
        left = iter(extra)
        return [next(left) if position is None else inputs[position] for position in self.saved]

    def way_back(self, g: Sequence[Any], likes: Sequence[Any]) -> tuple[Backward, list[Any]]:
        """Which way back is for these gradients of ``forward``'s outputs, and what it takes: zeros for None."""
        later = any(one is not None for one in g[self.count :])
        back = self.again if later else self.first
        assert back is not None, "a tape that follows a second derivative was not seen"
        used = list(zip(g, likes, strict=True))[: None if later else self.count]
        return back, [zeros_of(x) if one is None else one for one, x in used if x.dtype.is_differentiable]

    @cached_property
    def bundled(self) -> Graph:
        """``forward``, but with all further outputs in one: the only entry of a stack."""
        tracer = Tracer(self.forward.name)
        with tracer:
            inputs = [tracer.add_input(node.specs[0], node.name) for node in self.forward.inputs]
            outputs = replay(self.forward, inputs)
            bundle = push(empty_stack(1, self.extra), outputs[self.count :])
            return tracer.graph([*outputs[: self.count], bundle])


_found: WeakKeyDictionary[Graph, dict[Any, Derivative]] = WeakKeyDictionary()


def derivative_of(graph: Graph, followed: frozenset[int], again: bool = False, varying: int = 0) -> Derivative:
    """The graph's derivative with respect to those inputs that are ``followed``, by number.

    With ``again``, for gradients of gradients too. The first ``varying`` inputs are those that each turn of a loop
    changes: they have a gradient in any case, zeros if nothing depends on them, and are saved like what is computed.
    """
    known = _found.setdefault(graph, {})
    key = (followed, again, varying)
    if key not in known:
        wanted = followed | set(range(varying))
        first = _Joint(graph, wanted, [], varying, again)
        saved = first.uses
        last = None
        if again:
            # What the second derivatives need of the forward graph must be saved as well: that is soon complete.
            last = _Joint(graph, wanted, saved, varying, again)
            while not set(last.uses) <= set(saved):
                saved = list(dict.fromkeys([*saved, *last.uses]))
                last = _Joint(graph, wanted, saved, varying, again)
        known[key] = _cut(graph, first, last, saved, varying)
    return known[key]


Place = tuple[int, int]  # of a value in a trace: the number of its node, and which of its outputs


class _Joint:
    """One trace of a graph and its gradients: those of its outputs, and of the values at the places ``saved``."""

    def __init__(self, graph: Graph, wanted: frozenset[int], saved: Sequence[Place], varying: int, again: bool) -> None:
        self.tracer = tracer = _LineTracer(graph.name)
        with tracer:
            inputs = [tracer.add_input(node.specs[0], node.name) for node in graph.inputs]
            with GradientTape(persistent=again, watch_accessed_variables=False) as tape:
                sources = {i: x for i, x in enumerate(inputs) if i in wanted and x.dtype.is_differentiable}
                tape.watch(list(sources.values()))
                outputs = replay(graph, inputs, tracer.reached)
            self.outputs = [tracer.value_of(x) for x in outputs]
            self.split = len(tracer._nodes)
            loop = [(n, 0) for n in range(varying)]
            tracer.symbols |= dict(zip(loop, inputs, strict=False))
            further = [tracer.symbols[place] for place in saved if place in tracer.symbols]
            targets = [x for x in (*outputs, *further) if x.dtype.is_differentiable]
            self.arriving = [tracer.add_input(spec_of(x), "g") for x in targets]
            self.gradients: dict[int, Value] = {}
            if targets and sources:
                self._differentiate(tape, targets, sources, varying)
        places = {value: (n, value.index) for n, node in enumerate(self.forward) for value in node.values}
        used = [value for node in self.backward for value in node.inputs] + list(self.gradients.values())
        self.uses = list(dict.fromkeys(places[v] for v in used if v in places and v.node.op is not CONSTANT))

    def _differentiate(self, tape: Any, targets: Any, sources: dict[int, Any], varying: int) -> None:
        found = tape.gradient(targets, list(sources.values()), self.arriving)
        for (position, x), g in zip(sources.items(), found, strict=True):
            if g is None and position < varying:
                g = zeros_of(x)
            if g is not None:
                self.gradients[position] = self.tracer.value_of(convert_to_tensor(g))

    @property
    def forward(self) -> list[Node]:
        return self.tracer._nodes[: self.split]

    @property
    def backward(self) -> list[Node]:
        return self.tracer._nodes[self.split + len(self.arriving) :]

    def value_at(self, place: Place) -> Value:
        return self.tracer._nodes[place[0]].values[place[1]]


def _cut(graph: Graph, first: _Joint, last: _Joint | None, saved: Sequence[Place], varying: int) -> Derivative:
    inputs = {value: n for n, node in enumerate(first.tracer._inputs) for value in node.values}
    positions = tuple(inputs.get(first.value_at(place)) for place in saved)
    positions = tuple(None if i is not None and i < varying else i for i in positions)
    extra = [first.value_at(place) for place, position in zip(saved, positions, strict=True) if position is None]
    given = tuple(first.tracer._inputs[: len(graph.inputs)])
    forward = Graph(given, tuple(first.forward), (*first.outputs, *extra), graph.name)

    def back(joint: _Joint) -> Backward:
        values = [*map(joint.value_at, saved), *(x._value for x in joint.arriving)]
        results = list(joint.gradients.values())
        return Backward(cut(joint.backward, values, results, f"gradient_of_{graph.name}"), tuple(joint.gradients))

    return Derivative(forward, back(first), None if last is None else back(last), positions, len(first.outputs))


class _LineTracer(Tracer):
    """A tracer that gives each node the line of the node that it repeats, or whose gradient it belongs to."""

    def __init__(self, name: str) -> None:
        super().__init__(name, find_line=lambda: self._at)
        self._at: SourceLine | None = None
        self.symbols: dict[Place, Symbol] = {}
        self._made: list[tuple[Symbol, SourceLine | None]] = []
        self._lines: dict[int, SourceLine | None] = {}  # of what is differentiated, by key

    def reached(self, node: Node) -> None:
        self._at = node.line

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        result = super().handle(op, inputs, params)
        number = len(self._nodes) - 1
        for index, symbol in enumerate(result if op.multiple else (result,)):
            self.symbols[number, index] = symbol
            self._made.append((symbol, self._at))
        return result

    def differentiating(self, key: int | None) -> None:
        super().differentiating(key)
        if key is not None and not self._lines:
            self._lines = {symbol._key: line for symbol, line in self._made if symbol._key}
        self._at = None if key is None else self._lines.get(key)
