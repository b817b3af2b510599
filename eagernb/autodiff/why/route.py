"""Route: the way from a source to a target through all that a tape knows of, the operations without gradient too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from eagernb.autodiff.trail import Stop
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


class Leg(NamedTuple):
    """A step of a route, and the value that it gives there; ``passes`` is whether a gradient comes back through it."""

    step: Step
    output: int
    passes: bool


def steps_of(tape: GradientTape) -> list[Step] | None:
    """All that the tape knows of; None if it was used up, and is asked about a gradient that it gave."""
    trail = tape.trail
    entries: Any = [entry[:3] for entry in tape._entries] if tape._answers else trail.past
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
            plan, inputs, outputs = entries[recorded]
            positions = {step.position for step in plan.steps}
            passes = inputs if None in positions else [inputs[p] for p in positions]
            yield Step(plan.op, inputs, outputs, frozenset(passes))


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
                price = (cost[key][0] + (not passes), cost[key][1] + 1)
                if output not in cost or price < cost[output]:
                    cost[output] = price
                    came_by[output] = key, Leg(step, output, passes)
    if target not in cost:
        return None
    legs: list[Leg] = []
    while target != source:
        target, leg = came_by[target]
        legs.append(leg)
    return legs[::-1]
