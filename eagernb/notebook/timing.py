"""Timing again what a cell did: each operation's kernel, and what calling it from Python costs on top.

An operation is called again on the very tensors of the recorded call, so nothing of the user's code is repeated. An
operation with an effect (assign, print, random) is not called again.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import get_clock_info, perf_counter_ns
from typing import Any

from eagernb.core.dispatch import dispatch, suspended
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.graph.ir import CONSTANT, VARIABLE, Graph, Value

# The clock's own step, in nanoseconds: a time of a few steps says little.
RESOLUTION = max(1, round(get_clock_info("perf_counter").resolution * 1e9))


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
        """Whether the kernel is so fast that the clock hardly sees it."""
        return self.kernel is not None and self.kernel.median < 10 * RESOLUTION


@dataclass(frozen=True)
class Call:
    """An operation that can be timed: its op, its concrete inputs and params, and what a table says of it."""

    op: Op
    inputs: tuple[Any, ...]
    params: dict[str, Any]
    label: str
    result: str
    line: int | None


def time_calls(calls: Sequence[Call], repeats: int, progress: Callable[[int], None] | None = None) -> list[OpTiming]:
    """Time every call ``repeats`` times, one round of all calls after the other, so that a disturbance is spread.

    ``progress`` is told after each round. Raises ValueError for less than one repeat.
    """
    if repeats < 1:
        raise ValueError(f"repeats must be at least 1, not {repeats}.")
    kernels: list[list[int]] = [[] for _ in calls]
    dispatches: list[list[int]] = [[] for _ in calls]
    with suspended():
        for done in range(repeats):
            for call, kernel_times, dispatch_times in zip(calls, kernels, dispatches, strict=True):
                if call.op.pure:
                    kernel, whole = _time_once(call)
                    kernel_times.append(kernel)
                    dispatch_times.append(max(0, whole - kernel))
            if progress is not None:
                progress(done + 1)
    return [
        OpTiming(
            call.label, call.result, call.line, Spread.of(kernel) if kernel else None, Spread.of(rest) if rest else None
        )
        for call, kernel, rest in zip(calls, kernels, dispatches, strict=True)
    ]


def _time_once(call: Call) -> tuple[int, int]:
    """Nanoseconds of the kernel on the arrays, and of the op on the tensors."""
    arrays = [x._array for x in call.inputs]
    kernel, params = call.op.kernel, call.params
    start = perf_counter_ns()
    kernel(*arrays, **params)
    middle = perf_counter_ns()
    dispatch(call.op, call.inputs, params)
    return middle - start, perf_counter_ns() - middle


def recorded_calls(recording: Any, calls: Sequence[tuple[Op, tuple[Any, ...], dict[str, Any]]]) -> list[Call]:
    """The calls that a recorder has kept, with the words of its recording."""
    return [
        Call(op, inputs, params, recorded.label, _result_text(recorded.outputs), recorded.line)
        for recorded, (op, inputs, params) in zip(recording.ops, calls, strict=False)
    ]


def _result_text(outputs: Sequence[Any]) -> str:
    return ", ".join(f"{out.name} {out.type_text}".strip() for out in outputs)


def graph_calls(
    graph: Graph, inputs: Sequence[Tensor], arrays: dict[Value, Any], names: dict[Value, str]
) -> list[Call]:
    """The operations of a graph on the arrays of a run: ``arrays`` holds what each node gave."""
    values: dict[Value, Any] = {value: EagerTensor(array) for value, array in arrays.items()}
    for node, tensor in zip(graph.inputs, inputs, strict=True):
        values[node.values[0]] = tensor
    for node in graph.nodes:
        if node.op is CONSTANT:
            values[node.values[0]] = EagerTensor(node.params["value"])
        elif node.op is VARIABLE:
            values[node.values[0]] = node.params["variable"]
    return [
        Call(
            node.op,
            tuple(values[value] for value in node.inputs),
            dict(node.params),
            node.op.label,
            ", ".join(f"{names.get(v, '')} {v.spec}".strip() for v in node.values),
            node.line.number if node.line else None,
        )
        for node in graph.ops
    ]
