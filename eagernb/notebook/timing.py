"""Timing again what a cell did: each operation's kernel, and what calling it from Python costs on top.

An operation is called again on the very tensors of the recorded call, so nothing of the user's code is repeated. An
operation with an effect (assign, print, random) is not called again.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from time import get_clock_info, perf_counter_ns
from typing import Any

from eagernb.core.dispatch import dispatch, suspended
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.graph.ir import CONSTANT, VARIABLE, Graph, Value


def _resolution() -> int:
    """The shortest time that the clock can tell from none, in nanoseconds: what it claims, or what it shows if more."""
    readings = [perf_counter_ns() for _ in range(200)]
    steps = [after - before for before, after in pairwise(readings) if after > before]
    return max(1, round(get_clock_info("perf_counter").resolution * 1e9), min(steps, default=1))


RESOLUTION = _resolution()


@dataclass(frozen=True)
class Spread:
    """Median and quartiles of some times, in nanoseconds.

    >>> Spread.of([3, 1, 2, 5, 4])
    Spread(median=3.0, low=2.0, high=4.0)
    """

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, times: Sequence[int]) -> Spread:
        if len(times) < 2:
            return cls(float(times[0]), float(times[0]), float(times[0]))
        low, median, high = statistics.quantiles(times, n=4, method="inclusive")
        return cls(median, low, high)


@dataclass(frozen=True)
class OpTiming:
    """One operation's times: the kernel alone, and the Python dispatch around it; None for an effect."""

    label: str
    result: str
    line: int | None
    kernel: Spread | None
    dispatch: Spread | None

    @property
    def below_resolution(self) -> bool:
        """Whether the kernel is so fast that the clock hardly sees it: its time may be off by half."""
        return self.kernel is not None and self.kernel.median < 2 * RESOLUTION


@dataclass(frozen=True, eq=False)
class Call:
    """An operation that can be timed: its op, its concrete inputs and params, and what a table says of it."""

    op: Op
    inputs: tuple[Any, ...]
    params: dict[str, Any]
    label: str
    result: str
    line: int | None


def time_calls(calls: Sequence[Call], rounds: int, progress: Callable[[int], None] | None = None) -> list[OpTiming]:
    """Time every call ``rounds`` times, one round of all calls after the other, so that a disturbance is spread.

    ``progress`` is told after each round. Raises ValueError for less than one round.
    """
    timed = iter(call_times([call for call in calls if call.op.pure], rounds, progress))
    return [
        OpTiming(call.label, call.result, call.line, *(map(Spread.of, next(timed)) if call.op.pure else (None, None)))
        for call in calls
    ]


def call_times(
    calls: Sequence[Call], rounds: int, progress: Callable[[int], None] | None = None
) -> list[tuple[list[int], list[int]]]:
    """Return for each call its times in nanoseconds, a kernel's and a dispatch's for each round; see ``time_calls``."""
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1, not {rounds}.")
    clocks = [_Clock(call) for call in calls]
    with suspended():
        for done in range(rounds):
            for clock in clocks:
                clock.run()
            if progress is not None:
                progress(done + 1)
    return [(clock.kernels, clock.dispatches) for clock in clocks]


class _Clock:
    """Times one call: the kernel from inside it, the dispatch as what the whole call takes beyond that.

    (Timing kernel and call apart would favour whichever comes second: its arrays are in the cache by then.)
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self._op = replace(call.op, kernel=self._kernel)
        self.kernels: list[int] = []
        self.dispatches: list[int] = []

    def _kernel(self, *arrays: Any, **params: Any) -> Any:
        start = perf_counter_ns()
        result = self._call.op.kernel(*arrays, **params)
        self.kernels.append(perf_counter_ns() - start)
        return result

    def run(self) -> None:
        start = perf_counter_ns()
        dispatch(self._op, self._call.inputs, self._call.params)
        self.dispatches.append(perf_counter_ns() - start - self.kernels[-1])


def recorded_calls(recording: Any, calls: Sequence[tuple[Op, tuple[Any, ...], dict[str, Any]]]) -> list[Call]:
    """The calls that a recorder has kept, with the words of its recording."""
    return [
        Call(op, inputs, params, recorded.name, _result_text(recorded.outputs), recorded.line)
        for recorded, (op, inputs, params) in zip(recording.ops, calls, strict=False)
    ]


def _result_text(outputs: Sequence[Any]) -> str:
    return ", ".join(f"{out.name} {out.type_text}".strip() for out in outputs)


def graph_calls(
    graph: Graph, inputs: Sequence[Tensor], arrays: dict[Value, Any], names: dict[Value, str]
) -> list[Call]:
    """The operations of a graph on the arrays of a run: ``arrays`` holds what each node gave."""
    values: dict[Value, Any] = {value: EagerTensor._of(array) for value, array in arrays.items()}
    for node, tensor in zip(graph.inputs, inputs, strict=True):
        values[node.values[0]] = tensor
    for node in graph.nodes:
        if node.op is CONSTANT:
            values[node.values[0]] = EagerTensor._of(node.params["value"])
        elif node.op is VARIABLE:
            values[node.values[0]] = node.params["variable"]
    return [
        Call(
            node.op,
            tuple(values[value] for value in node.inputs),
            dict(node.params),
            node.op.name,
            ", ".join(f"{names.get(v, '')} {v.spec.brief}".strip() for v in node.values),
            node.line.number if node.line else None,
        )
        for node in graph.ops
    ]
