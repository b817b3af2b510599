"""Comparing a cell: eager and as a graph, from the same state, and which of the two pays."""

from __future__ import annotations

import contextlib
import copy
import random as python_random
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter_ns
from typing import Any

import numpy as np
from IPython.utils.capture import capture_output

from eagernb.core import nest
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.graph.executable import default_executor, make_executable
from eagernb.graph.interpreter import Interpreter
from eagernb.notebook.call_cost import CallCost, KernelClock, Lap, clock_graph, eager_cost, graph_cost
from eagernb.notebook.cell import Cell
from eagernb.notebook.comparison import Comparison, ResultComparison
from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.names import variable_names
from eagernb.notebook.record_cell import CellRecording
from eagernb.notebook.recording import MAX_NODES, Recording
from eagernb.notebook.trace_cell import CellTrace
from eagernb.notebook.why_different import why_different
from eagernb.ops import random
from eagernb.passes import DEFAULT

# Timed runs of each mode: the fastest counts, as the one least disturbed. A slow cell is timed once.
_REPEATS = 5
_SLOW = 500_000_000  # nanoseconds


class State:
    """What a cell can change and can be set back: names, containers and arrays under them, seeds.

    Variables are not here: the recorder notes the old value of each that is assigned to.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._names = dict(namespace)
        self._contents: dict[int, tuple[Any, Any]] = {}
        for name, value in self._names.items():
            if not name.startswith("_") and name not in ("In", "Out"):
                self._remember(value)
        self._seeds = (random.get_state(), python_random.getstate(), np.random.get_state())

    def _remember(self, value: Any) -> None:
        if not (isinstance(value, (list, dict, set, deque, tuple, np.ndarray)) or _is_array(value)):
            return
        if id(value) in self._contents:
            return
        self._contents[id(value)] = (value, copy.copy(value))
        if not (isinstance(value, np.ndarray) or _is_array(value)):
            for item in value.values() if isinstance(value, dict) else value:
                self._remember(item)

    def restore(self, written: dict[int, tuple[Variable, Any]]) -> None:
        """Put all of it back, and the variables to the values given."""
        self._namespace.clear()
        self._namespace.update(self._names)
        for value, content in self._contents.values():
            if isinstance(value, np.ndarray):
                if value.flags.writeable:
                    value[...] = content
            elif _is_array(value):
                value._stand_for(content)
            elif not isinstance(value, tuple):
                value.clear()
                (value.extend if isinstance(value, (list, deque)) else value.update)(content)
        for variable, array in written.values():
            variable._array = array
        ours, pythons, numpys = self._seeds
        random.set_state(ours)
        python_random.setstate(pythons)
        np.random.set_state(numpys)


def _is_array(value: Any) -> bool:
    """Whether it is an Array of eagernb.numpy, which can be assigned to in place."""
    return hasattr(type(value), "_stand_for")


class CellComparison:
    """One cell in both modes; ``result`` is the Comparison, or what there is of it when one of them fails."""

    def __init__(
        self, cell: Cell, passes: tuple[str, ...] = DEFAULT, fast_math: bool = False, max_nodes: int = MAX_NODES
    ) -> None:
        self.cell = cell
        self.passes = passes
        self.max_nodes = max_nodes
        self.fast_math = fast_math
        self.result: Comparison | Recording | GraphRun | None = None

    def run(self) -> Any:
        """Run the cell eagerly, then as a graph; the state that stays is the graph's. Raises what the cell raises."""
        __tracebackhide__ = True
        notes = [_NOTE]
        state = State(self.cell.shell.user_ns)
        recorded = CellRecording(self.cell, max_nodes=self.max_nodes)
        self.result = recorded.result
        eager_value = recorded.run()
        # A variable that the cell made is compared under the name that it has now, if it has one.
        written = recorded.recorder.written
        eager = self._results(eager_value, written)
        costs: dict[str, CallCost] = {}
        after = State(self.cell.shell.user_ns)
        finished = {key: (variable, variable._array) for key, (variable, _) in written.items()}
        try:
            eager_time, clock = self._time_eager(state, written)
            if clock.names == [op.name for op in recorded.result.ops]:
                costs["eager"] = eager_cost(recorded.result.ops, clock.laps, clock.rest, eager_time)
        except Exception as error:
            eager_time = recorded.result.timings["recorded"]
            notes.append(
                f"The cell cannot be run again ({type(error).__name__}: {error}), so the time includes recording."
            )
        except BaseException as error:
            after.restore(finished)
            self.cell.shortened(error)
            raise
        state.restore(written)
        traced = CellTrace(self.cell, self.passes, self.fast_math, max_nodes=self.max_nodes)
        try:
            value = traced.run()
        finally:
            self.result = traced.result or self.result
        assert traced.result is not None
        older = {key: pair for key, pair in traced.written.items() if key not in traced.made}
        graph = self._results(value, written | older)
        timings = dict(traced.result.timings)
        graph_time, interpreted, laps, rest = self._time_graph(traced)
        costs["graph"] = graph_cost(traced.result.ops, laps, rest, interpreted)
        self.result = Comparison(
            recorded.result,
            traced.result,
            [
                self._explained(_compare(name, eager.get(name), graph.get(name)), traced.result)
                for name in eager | graph
                if not all(isinstance(result, _Number) for result in (eager.get(name), graph.get(name)) if result)
            ],
            {
                "eager": eager_time,
                "trace": timings["trace"],
                "optimize": timings["optimize"],
                "graph": graph_time,
                "interpreter": interpreted,
            },
            {"eager": recorded.result.peak, "graph": traced.result.peak},
            notes,
            costs,
        )
        return value

    def _explained(self, result: ResultComparison, run: GraphRun) -> ResultComparison:
        return result if result.equal else replace(result, reason=why_different(result, run, self.fast_math))

    def _time_eager(self, state: State, written: dict[int, tuple[Variable, Any]]) -> tuple[int, KernelClock]:
        """The fastest of some runs without the recorder, in nanoseconds, and of as many runs with the clock.

        What they print is not shown again.
        """
        times: list[int] = []
        clocks: list[KernelClock] = []
        while len(times) < _REPEATS and sum(times) < _SLOW:
            state.restore(written)
            with _quiet():
                start = perf_counter_ns()
                self.cell.run()
                times.append(perf_counter_ns() - start)
            state.restore(written)
            with _quiet(), KernelClock() as clock:
                self.cell.run()
            clocks.append(clock)
        return min(times), min(clocks, key=lambda clock: sum(map(sum, clock.laps)))

    def _time_graph(self, traced: CellTrace) -> tuple[int, int, list[Lap], int]:
        """The fastest of some runs of the optimised graph, in nanoseconds: as a function runs it, in the interpreter,
        and under the clock, which needs the interpreter.

        Variables and seeds stay as they are.
        """
        assert traced.result is not None
        interpreter = Interpreter(traced.result.optimized)
        ways = (make_executable(traced.result.optimized, default_executor()), interpreter.run)
        inputs = [t._array for t in traced.inputs]
        after = [(variable, variable._array) for variable, _ in traced.written.values()]
        seeds = random.get_state()
        times: tuple[list[int], ...] = ([], [])
        clocked: list[tuple[list[Lap], int]] = []

        def begin() -> None:
            for variable, before in traced.written.values():
                variable._array = before

        try:
            begin()
            with _quiet():
                ways[0](inputs)  # the first run may compile
            while len(clocked) < _REPEATS and sum(map(sum, times)) < _SLOW:
                for run, took in zip(ways, times, strict=True):
                    begin()
                    with _quiet():
                        start = perf_counter_ns()
                        run(inputs)
                        took.append(perf_counter_ns() - start)
                begin()
                with _quiet():
                    clocked.append(clock_graph(interpreter, inputs))
        finally:
            for variable, array in after:
                variable._array = array
            random.set_state(seeds)
        traced.result.calls += 1 + 3 * len(clocked)
        return min(times[0]), min(times[1]), *min(clocked, key=lambda found: sum(map(sum, found[0])))

    def _results(self, value: Any, written: dict[int, tuple[Variable, Any]]) -> dict[str, Any]:
        """What the cell leaves behind: the names it assigns, the variables it changes, its last value."""
        namespace = self.cell.shell.user_ns
        names = variable_names(namespace, self.cell.names_only_read)
        results = {
            name: _frozen(namespace[name])
            for name in self.cell.names_assigned
            if name in namespace and (_has_tensors(namespace[name]) or type(namespace[name]) in _NUMBERS)
        }
        for variable, _ in written.values():
            results[names.get(id(variable), variable.name)] = _frozen(variable)
        if _has_tensors(value):
            results["the last value"] = _frozen(value)
        return results


_NOTE = (
    "The cell ran several times, each time from the same names, variables and random seeds; the times are the "
    "fastest of the runs without recording. What it changes elsewhere (files, attributes of objects) is not set back."
)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with capture_output():
        yield


def _has_tensors(value: Any) -> bool:
    return any(isinstance(leaf, (Tensor, Variable)) for leaf in _leaves(value))


def _leaves(value: Any) -> list[Any]:
    try:
        return nest.flatten(value)
    except (TypeError, RecursionError):
        return []


class _Number(list[Any]):
    """A Python number, which a loop of the graph turns into a tensor."""


_NUMBERS = (bool, int, float)


def _frozen(value: Any) -> list[Any]:
    """The tensors in a value as arrays that later assignments do not change."""
    if type(value) in _NUMBERS:
        return _Number([value])
    return [leaf.numpy() for leaf in _leaves(value) if isinstance(leaf, (Tensor, Variable))]


def _compare(name: str, eager: list[Any] | None, graph: list[Any] | None) -> ResultComparison:
    if eager is None or graph is None:
        mode = "graph" if eager is None else "eager"
        return ResultComparison(name, False, f"It exists only in {mode} mode.")
    if isinstance(eager, _Number) and len(graph) == 1:
        same = graph[0].ndim == 0 and np.asarray(eager[0]).astype(graph[0].dtype) == graph[0]
        kinds = f"a Python {type(eager[0]).__name__} eagerly, a tensor as a graph"
        return ResultComparison(name, bool(same), f"{'Equal' if same else f'{eager[0]} and {graph[0]}'}: {kinds}.")
    if len(eager) != len(graph):
        return ResultComparison(name, False, f"It holds {len(eager)} tensors in eager mode, {len(graph)} in the graph.")
    for a, b in zip(map(np.asarray, eager), map(np.asarray, graph), strict=True):
        if a.shape != b.shape or a.dtype != b.dtype:
            detail = f"{a.dtype}{list(a.shape)} eagerly, {b.dtype}{list(b.shape)} as a graph."
            return ResultComparison(name, False, detail)
        different = _different(a, b)
        if different.any():
            count = f"{int(different.sum())} of {a.size} elements differ"
            if a.dtype.kind in "OSU":
                return ResultComparison(name, False, f"{count}.")
            with np.errstate(all="ignore"):
                distance = np.abs(a.astype(np.complex128) - b.astype(np.complex128))[different]
            largest = float(np.max(distance))
            by = "in the sign of zero" if largest == 0 else f"by {largest:.3g} at most"
            return ResultComparison(name, False, f"{count}, {by}.", largest)
    return ResultComparison(name, True, "Equal to the last bit.")


def _different(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Where two arrays differ. NaN equals NaN (hardware chooses its bits), but 0.0 is not -0.0."""
    different = a != b
    if a.dtype.kind in "fc":
        different &= ~(np.isnan(a) & np.isnan(b))
        for x, y in ((a.real, b.real), (a.imag, b.imag)):
            different |= (x == 0) & (y == 0) & (np.signbit(x) != np.signbit(y))
    return np.asarray(different)
