"""What one call of a cell costs, operation by operation: arithmetic in the kernel, and Python and dispatch around it.

The clocks here note when each kernel starts and stops, and when each operation is through. What passes between one
operation and the next besides the kernel is Python: the cell's own, the call of the operation, the tape. What the
clocks themselves take is left out, and the rest is scaled to the time of a run that nothing disturbs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter_ns
from typing import Any, NamedTuple

from eagernb.core.dispatch import Handler
from eagernb.core.op import Op
from eagernb.graph import Graph, Node
from eagernb.graph.interpreter import Inside, Interpreter, Observer
from eagernb.notebook.recording import BACKWARD, FORWARD, RecordedOp


class Lap(NamedTuple):
    """One operation: nanoseconds of Python and dispatch since the operation before it, and of its kernel."""

    python: int
    kernel: int


@dataclass(frozen=True)
class OpCost:
    """What an operation costs within a call, in nanoseconds; ``line`` and ``source`` are the user's."""

    name: str
    label: str
    phase: str
    line: int | None
    source: str
    python: int
    kernel: int


@dataclass(frozen=True)
class CallCost:
    """A call: its operations in order, and ``rest``, the Python after the last of them. All of it is ``total``."""

    ops: tuple[OpCost, ...]
    rest: int

    @property
    def kernel(self) -> int:
        """Nanoseconds of arithmetic."""
        return sum(op.kernel for op in self.ops)

    @property
    def python(self) -> int:
        """Nanoseconds of Python and dispatch."""
        return sum(op.python for op in self.ops) + self.rest

    @property
    def total(self) -> int:
        return self.kernel + self.python


class _Stopwatch:
    """Turns moments into laps."""

    def __init__(self) -> None:
        self.laps: list[Lap] = []
        self._since = perf_counter_ns()

    def leave_out(self, nanoseconds: int) -> None:
        """Count this time, which has just passed, as nobody's."""
        self._since += nanoseconds

    def lap(self, stop: int, kernel: int) -> None:
        """An operation was through at this moment; what comes from now on belongs to the next one."""
        self.laps.append(Lap(max(stop - self._since - kernel, 0), kernel))
        self._since = perf_counter_ns()

    def rest(self) -> int:
        return perf_counter_ns() - self._since


class KernelClock(Handler):
    """Times what runs eagerly while it is active; afterwards ``laps`` and ``rest`` have it."""

    sees_inside = True

    def __init__(self) -> None:
        self.rest = 0
        self.names: list[str] = []
        self._watch = _Stopwatch()
        self._clocked: dict[int, Op] = {}  # by id of an op, the op with a kernel that times itself
        self._kernel = 0

    @property
    def laps(self) -> list[Lap]:
        return self._watch.laps

    def __enter__(self) -> KernelClock:
        self.activate()
        self._watch = _Stopwatch()
        return self

    def __exit__(self, *_: object) -> None:
        self.rest = self._watch.rest()
        self.deactivate()

    def handle(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        __tracebackhide__ = True
        reached = perf_counter_ns()
        if id(op) not in self._clocked:
            self._clocked[id(op)] = replace(op, kernel=self._timed(op))
        clocked = self._clocked[id(op)]
        self.names.append(op.name)
        self._kernel = 0
        self._watch.leave_out(perf_counter_ns() - reached)
        result = self.pass_on(clocked, inputs, params)
        self._watch.lap(perf_counter_ns(), self._kernel)
        return result

    def _timed(self, op: Op) -> Any:
        def kernel(*arrays: Any, **params: Any) -> Any:
            start = perf_counter_ns()
            result = op.kernel(*arrays, **params)
            self._kernel = perf_counter_ns() - start
            return result

        return kernel


def clock_graph(interpreter: Interpreter, arrays: Sequence[Any]) -> tuple[list[Lap], int]:
    """Have a graph run once: a lap for each of its operations, and what came after the last.

    An operation that runs graphs itself counts the kernels in these as its own, and all else there as dispatch.
    """
    watch = _Stopwatch()
    inside = 0  # nanoseconds of kernels within the operation that runs graphs at present

    def observe(node: Node, _: tuple[Any, ...], start: int, stop: int) -> None:
        nonlocal inside
        watch.lap(stop, inside if node.graphs else stop - start)
        inside = 0

    def observe_inside(node: Node, _: tuple[Any, ...], start: int, stop: int) -> None:
        nonlocal inside
        if not node.graphs:
            inside += stop - start

    def within(_: Node, __: Graph) -> tuple[Observer, Inside]:
        return observe_inside, within

    interpreter.run(arrays, observe, inside=within)
    return watch.laps, watch.rest()


def eager_cost(ops: Sequence[RecordedOp], laps: Sequence[Lap], rest: int, total: int) -> CallCost:
    """The recorded operations with their laps, as shares of a call that takes ``total`` nanoseconds."""
    said = [(op.name, op.label, op.phase, op.line, op.source) for op in ops]
    return _scaled(said, laps, rest, total)


def graph_cost(nodes: Sequence[Node], laps: Sequence[Lap], rest: int, total: int) -> CallCost:
    """The nodes with their laps, as shares of a run that takes ``total`` nanoseconds."""
    said = [
        (
            node.op.name,
            node.op.label,
            FORWARD if node.scope == FORWARD else BACKWARD,
            node.line.number if node.line else None,
            node.line.text if node.line else "",
        )
        for node in nodes
    ]
    return _scaled(said, laps, rest, total)


def _scaled(
    said: Sequence[tuple[str, str, str, int | None, str]], laps: Sequence[Lap], rest: int, total: int
) -> CallCost:
    """The kernels as they were timed, and Python scaled to what is left of the total for it."""
    kernel = sum(lap.kernel for lap in laps)
    python = sum(lap.python for lap in laps) + rest
    by_kernel = min(1.0, total / kernel) if kernel else 1.0
    by_python = max(total - kernel, 0) / python if python else 0.0
    return CallCost(
        tuple(
            OpCost(*words, round(lap.python * by_python), round(lap.kernel * by_kernel))
            for words, lap in zip(said, laps, strict=True)
        ),
        round(rest * by_python),
    )
