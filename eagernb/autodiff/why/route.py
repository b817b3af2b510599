"""Route: the way from a source to a target through all that a tape knows of, the operations without gradient too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from eagernb.autodiff.trail import KnownPlace, Stop
from eagernb.core.op import Op

if TYPE_CHECKING:
    from eagernb.autodiff.tape import GradientTape


class Step(NamedTuple):
    """An operation on the way, in the order of execution: recorded, or a stop."""

    op: Op
    inputs: Sequence[int]
    outputs: Sequence[int]
    passes: frozenset[int]  # the inputs to which a gradient flows
    stop: Stop | None = None
    graph: Any = None  # of a traced function, the one that ran


class Leg(NamedTuple):
    """A step of a route, and the value that it gives there; ``passes`` is whether a gradient comes back through it."""

    step: Step
    output: int
    passes: bool


def steps_of(tape: GradientTape) -> list[Step] | None:
    """All that the tape knows of; None if it was used up, and is asked about a gradient that it gave."""
    trail = tape.trail
    entries: Any = trail.past
    if tape._answers:
        entries = [(plan, keys, outputs, plan.graphs(saved)) for plan, keys, outputs, saved, _ in tape._entries]
    if entries is None:
        return None if not tape._answers and tape._used else []
    return list(_merged(entries, trail.stops))


def _merged(entries: Sequence[Any], stops: Sequence[Stop]) -> Iterator[Step]:
    waiting = iter(stops)
    stop = next(waiting, None)
    for recorded in range(len(entries) + 1):
        while stop is not None and stop.recorded <= recorded:
            yield Step(stop.op, stop.inputs, stop.outputs, _passed(stop), stop)
            stop = next(waiting, None)
        if recorded < len(entries):
            plan, inputs, outputs, graphs = entries[recorded]
            positions = {step.position for step in plan.steps}
            passes = inputs if None in positions else [inputs[p] for p in positions]
            yield Step(plan.op, inputs, outputs, frozenset(passes), graph=graphs[0] if len(graphs) == 1 else None)


def _passed(stop: Stop) -> frozenset[int]:
    """The inputs that a gradient would flow to, if one came: behind the stop that the others follow from."""
    if stop.paused or stop.place is not None or not stop.dtype.startswith(("float", "bfloat", "complex")):
        return frozenset()
    return frozenset(key for i, key in enumerate(stop.inputs) if stop.op.rule_for(i) is not None)


def find_route(steps: Sequence[Step], lost: set[int], source: int, target: int) -> list[Leg] | None:
    """The way with the fewest stops, and the shortest of those; None if the target was not computed from the source."""
    cost = {source: (0, 0)}
    came_by: dict[int, tuple[int, Leg]] = {}
    for step in steps:
        for key in step.inputs:
            if key not in cost:
                continue
            for output in step.outputs:
                passes = key in step.passes and (step.stop is not None or output not in lost)
                if step.graph is not None:
                    inside = _inside(step, key, output)
                    if inside is None:  # this result is made of something else
                        continue
                    passes = passes and all(leg.passes for leg in inside)
                price = (cost[key][0] + (not passes), cost[key][1] + 1)
                if output not in cost or price < cost[output]:
                    cost[output] = price
                    came_by[output] = key, Leg(step, output, passes)
    if target not in cost:
        return None
    legs: list[Leg] = []
    while target != source:
        start, leg = came_by[target]
        inside = None if leg.passes or leg.step.graph is None else _inside(leg.step, start, target)
        legs += [leg] if inside is None else inside[::-1]
        target = start
    return legs[::-1]


def _inside(step: Step, source: int, target: int) -> list[Leg] | None:
    """The way through the graph of a traced function, from one of its inputs to one of its outputs."""
    graph = step.graph
    steps, keys = _steps_in(graph)
    ways = [
        find_route(steps, set(), keys[node.values[0]], keys[graph.outputs[step.outputs.index(target)]])
        for key, node in zip(step.inputs, graph.inputs, strict=False)
        if key == source
    ]
    found = [way for way in ways if way is not None]
    return min(found, key=lambda way: sum(not leg.passes for leg in way), default=None)


def _steps_in(graph: Any) -> tuple[list[Step], dict[Any, int]]:
    """The nodes of a graph as steps, and the keys of its values there, which are no tensor's."""
    values = [value for node in (*graph.inputs, *graph.nodes) for value in node.values]
    keys = {value: -1 - i for i, value in enumerate(values)}
    steps = []
    for node in graph.nodes:
        inputs, outputs = [keys[value] for value in node.inputs], [keys[value] for value in node.values]
        passing = any(spec.dtype.is_differentiable for spec in node.specs)
        passes = {key for i, key in enumerate(inputs) if passing and node.op.rule_for(i) is not None}
        stop = None
        if len(passes) < len(inputs):
            dtype = node.specs[0].dtype.name if node.specs else ""
            place = KnownPlace(node.line) if node.line else None
            stop = Stop(0, node.op, inputs, tuple(outputs), dtype, place, paused=False)
        nested = node.params["graph"] if node.op.graphs == ("graph",) else None
        steps.append(Step(node.op, inputs, outputs, frozenset(passes), stop, nested))
    return steps, keys
