"""Timing a graph as a whole, under other passes and other executors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter_ns
from typing import Any

from IPython.utils.capture import capture_output

from eagernb.core.dispatch import suspended
from eagernb.graph import Graph, Node, Value
from eagernb.graph.executable import make_executable
from eagernb.graph.interpreter import Interpreter
from eagernb.notebook.graph_pictures import value_names
from eagernb.notebook.timing import Call, Spread, graph_calls
from eagernb.notebook.trace_cell import CellTrace, written_variables
from eagernb.ops import random
from eagernb.passes import optimize


class GraphTimer:
    """Optimises and runs what a cell was traced into, again and again; nothing that a run changes stays changed."""

    def __init__(self, trace: CellTrace) -> None:
        assert trace.result is not None
        self._run = trace.result
        self._inputs = trace.inputs
        self._arrays = trace.arrays()
        self._fast_math = trace.fast_math

    def optimized(self, passes: Sequence[str]) -> Graph:
        """The graph after these passes; ValueError for one that there is not."""
        return optimize(self._run.graph, tuple(passes), self._fast_math)[0]

    def calls(self, graph: Graph) -> list[Call]:
        """The operations of a graph, to be timed one by one."""
        arrays: dict[Value, Any] = {}

        def keep(node: Node, results: tuple[Any, ...], start: int, stop: int) -> None:
            arrays.update(zip(node.values, results, strict=True))

        with _Restoring(graph), suspended(), capture_output():
            Interpreter(graph).run(self._arrays, keep)
        return graph_calls(graph, self._inputs, arrays, value_names(replace(self._run, optimized=graph)))

    def time(
        self, graph: Graph, executor: str, rounds: int, progress: Callable[[int], None] | None = None
    ) -> Spread:  # fmt: skip
        """How long one run of the whole graph takes; MissingExtraError for an executor that is not installed."""
        execute = make_executable(graph, executor)
        times = []
        with suspended(), _Restoring(graph) as state, capture_output():
            execute(self._arrays)  # the first run may compile
            for done in range(rounds):
                state.restore()
                start = perf_counter_ns()
                execute(self._arrays)
                times.append(perf_counter_ns() - start)
                if progress is not None:
                    progress(done + 1)
        return Spread.of(times)


class _Restoring:
    """Puts variables and random numbers back to where they were."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def __enter__(self) -> _Restoring:
        self._variables = list(written_variables(self._graph).values())
        self._seeds = random.get_state()
        return self

    def restore(self) -> None:
        for variable, array in self._variables:
            variable._array = array
        random.set_state(self._seeds)

    def __exit__(self, *_: object) -> None:
        self.restore()
