"""Tracing a cell: its tensors become symbols, its operations a graph, its results concrete tensors again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from time import perf_counter_ns
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.dispatch import KERNEL_ERRORS, spec_of
from eagernb.core.op import WRITE
from eagernb.core.source import SourceLine, user_line
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.core.variable import Variable
from eagernb.errors import OpError
from eagernb.executors.interpreter import Interpreter
from eagernb.graph import Graph, Node, Tracer, Value
from eagernb.graph.ir import INPUT, VARIABLE
from eagernb.graph.printer import preview
from eagernb.notebook.cell import Cell
from eagernb.notebook.graph_run import GraphRun, NodeRun
from eagernb.notebook.memory import MemoryMeter
from eagernb.notebook.names import user_names, variable_names
from eagernb.passes import DEFAULT, optimize


class CellTrace:
    """One cell on its way through tracing, optimising and running.

    ``run()`` leaves concrete tensors under the names that the cell assigned and returns the value of its last
    expression. Whatever is raised, no symbol stays in the namespace; ``result`` holds what there is of the GraphRun.
    """

    def __init__(self, cell: Cell, passes: tuple[str, ...] = DEFAULT, keep_arrays: bool = False) -> None:
        self.cell = cell
        self.passes = passes
        self.arrays: dict[Value, Any] | None = {} if keep_arrays else None  # what each node gave, to time it again
        self.result: GraphRun | None = None
        self.inputs: list[Tensor] = []  # the concrete tensors of the graph's inputs
        self.written: dict[int, tuple[Variable, Any]] = {}  # variables that the graph assigns to, with the value before
        self._namespace: dict[str, Any] = cell.shell.user_ns
        self._replaced: dict[str, tuple[Tensor, Symbol]] = {}
        self._tracer = Tracer(
            "cell",
            find_line=lambda: user_line(cell.filename) or user_line(),
            variable_names=variable_names(self._namespace, cell.names_only_read),
        )

    def run(self) -> Any:
        """Trace, optimise, run; raises what the cell raises, with the visible line in its traceback."""
        __tracebackhide__ = True
        began = perf_counter_ns()
        value, error = None, None
        try:
            with self._tracer:
                self._put_symbols()
                try:
                    value = self.cell.run()
                finally:
                    self._take_symbols_back()
        except BaseException as raised:
            error = raised
        traced = perf_counter_ns() - began
        try:
            value = self._finish(value, error, traced)
        except BaseException as raised:
            self._drop_symbols()
            error = error or raised  # what went wrong first is what the user should see
        if error is not None:
            raise self.cell.shortened(error)
        return value

    def _put_symbols(self) -> None:
        """Names that hold tensors, and that the cell mentions, become the graph's inputs."""
        for name in self.cell.names_mentioned:
            value = self._namespace.get(name)
            if isinstance(value, Tensor) and not isinstance(value, Symbol):
                symbol = self._tracer.add_input(spec_of(value), name)
                self._replaced[name] = (value, symbol)
                self._namespace[name] = symbol

    def _take_symbols_back(self) -> None:
        """Inputs that the cell did not assign to are the tensors that they were."""
        for name, (tensor, symbol) in self._replaced.items():
            if self._namespace.get(name) is symbol:
                self._namespace[name] = tensor

    def _finish(self, value: Any, error: BaseException | None, traced: int) -> Any:
        """Build the graph of what was traced, run it, and put its results where the symbols are."""
        __tracebackhide__ = True
        places = self._places()
        found = {symbol._value: symbol for place in (*places.values(), value) for symbol in self._symbols(place)}
        graph = self._tracer.graph(list(found.values())).without_unused_inputs()
        result = GraphRun(self.cell.source, graph, graph, timings={"trace": traced, "optimize": 0, "run": 0})
        self.result = result
        if error is not None:
            result.error = f"{type(error).__name__}: {error}"
            result.error_line = self.cell.line_of(error)
            if not isinstance(error, Exception):  # an interrupt: run nothing more
                self._drop_symbols()
                return None
        result.names = self._value_names(graph, found)
        result.optimized, result.passes = optimize(graph, self.passes)
        result.timings["optimize"] = sum(p.nanoseconds for p in result.passes)
        by_name = {name: tensor for name, (tensor, _) in self._replaced.items()}
        self.inputs = [by_name[node.name] for node in graph.inputs]
        values = self._execute(result)
        renewed = dict(zip(found, result.optimized.outputs, strict=True))

        def concrete(symbol: Symbol) -> Any:
            return EagerTensor(values[renewed[symbol._value]])

        for name, place in places.items():
            self._namespace[name] = self._replace(place, concrete, {})
        return self._replace(value, concrete, {})

    def _execute(self, result: GraphRun) -> dict[Value, Any]:
        """Run the optimised graph once, observed. What was computed before a failure is kept under its names."""
        __tracebackhide__ = True
        graph = result.optimized
        meter = MemoryMeter()
        for array in (*(t._array for t in self.inputs), *(n.params["value"] for n in graph.constants)):
            meter.ignore(array)
        self.written = written_variables(graph)
        for variable in graph.variables:
            meter.ignore(variable._array)
        values: dict[Value, Any] = {}
        began = perf_counter_ns()

        def observe(node: Node, arrays: tuple[Any, ...], start: int, stop: int) -> None:
            for array in arrays:
                meter.track(array)
            if self.arrays is not None:
                self.arrays.update(zip(node.values, arrays, strict=True))
            nbytes = sum(int(array.nbytes) for array in arrays)
            previews = tuple(preview(np.asarray(array)) for array in arrays)
            result.runs.append(NodeRun(node, start - began, stop - start, previews, nbytes, meter.alive))

        try:
            Interpreter(graph).run([t._array for t in self.inputs], observe, values)
        except BaseException as error:
            self._keep_what_ran(result, error, values)
            raise
        finally:
            result.timings["run"] = perf_counter_ns() - began
            result.peak = meter.peak
        return values

    def _keep_what_ran(self, result: GraphRun, error: BaseException, values: dict[Value, Any]) -> None:
        result.error = result.error or f"{type(error).__name__}: {error}"
        ran = {run.node for run in result.runs}
        waiting = [node for node in result.optimized.ops if node not in ran]
        if waiting and isinstance(error, (*KERNEL_ERRORS, OpError)):
            result.failed = waiting[0]
            if waiting[0].line is not None:
                result.error_line = waiting[0].line.number
                point_at(error, waiting[0].line)
        renewed = dict(zip(result.graph.outputs, result.optimized.outputs, strict=True))

        def concrete(symbol: Symbol) -> Any:
            value = renewed.get(self._pruned(symbol, result))
            return EagerTensor(values[value]) if value in values else symbol

        for name, place in self._places().items():
            self._namespace[name] = self._replace(place, concrete, {})

    def _pruned(self, symbol: Symbol, result: GraphRun) -> Any:
        """The symbol's value in the result's graph, found by its node's name (pruning inputs rebuilds nodes)."""
        by_name = {(v.node.name, v.index): v for v in result.graph.outputs}
        return by_name.get((symbol._value.node.name, symbol._value.index))

    def _drop_symbols(self) -> None:
        """No symbol may stay behind: names that hold one are unbound, or hold again what they held before."""
        for name, place in self._places().items():
            if any(True for _ in self._symbols(place)):
                if name in self._replaced:
                    self._namespace[name] = self._replaced[name][0]
                elif isinstance(place, (list, dict)):
                    self._replace(place, lambda symbol: None, {})
                else:
                    del self._namespace[name]

    def _places(self) -> dict[str, Any]:
        """The user's names that may hold symbols now: all that the cell mentions."""
        names = dict.fromkeys([*self.cell.names_assigned, *self.cell.names_mentioned])
        return {name: self._namespace[name] for name in names if name in self._namespace}

    def _symbols(self, value: Any, seen: set[int] | None = None) -> Iterator[Symbol]:
        """The symbols of this trace in a value: the value itself, or inside lists, tuples and dicts."""
        seen = set() if seen is None else seen
        if isinstance(value, Symbol):
            if value._tracer is self._tracer:
                yield value
        elif nest.is_nested(value) and id(value) not in seen:
            seen.add(id(value))
            for item in value.values() if isinstance(value, dict) else value:
                yield from self._symbols(item, seen)

    def _replace(self, value: Any, concrete: Callable[[Symbol], Any], done: dict[int, Any]) -> Any:
        """The value with concrete tensors for symbols. Lists and dicts are changed in place: others may hold them."""
        if isinstance(value, Symbol):
            return concrete(value) if value._tracer is self._tracer else value
        if not nest.is_nested(value) or id(value) in done:
            return done.get(id(value), value)
        if not any(True for _ in self._symbols(value)):
            return value
        if isinstance(value, list):
            done[id(value)] = value
            value[:] = [self._replace(item, concrete, done) for item in value]
        elif isinstance(value, dict):
            done[id(value)] = value
            for key in value:
                value[key] = self._replace(value[key], concrete, done)
        else:
            items = [self._replace(item, concrete, done) for item in value]
            done[id(value)] = type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
        return done.get(id(value), value)

    def _value_names(self, graph: Graph, found: dict[Value, Symbol]) -> dict[Value, str]:
        """The user's names for values of the graph: of inputs, of results that have a name, of variables."""
        renewed = dict(zip(found, graph.outputs, strict=True))
        names = {node.values[0]: node.name for node in (*graph.inputs, *graph.nodes) if node.op in (INPUT, VARIABLE)}
        for value, name in user_names(self._namespace, self.cell.names_assigned):
            if isinstance(value, Symbol) and value._value in renewed:
                names.setdefault(renewed[value._value], name)
        return names


def written_variables(graph: Graph) -> dict[int, tuple[Variable, Any]]:
    """The variables that a graph assigns to, by key, each with its present value."""
    written: dict[int, tuple[Variable, Any]] = {}
    for node in graph.nodes:
        if node.op.effect == WRITE and node.inputs and node.inputs[0].node.op is VARIABLE:
            variable = node.inputs[0].node.params["variable"]
            written[variable._key] = (variable, variable._array)
    return written


def point_at(error: BaseException, line: SourceLine) -> None:
    """Let the exception's traceback end at a line of the user's, which is not running any more."""
    # Python makes traceback entries from running code only: so run a line with that number in that file.
    code = compile("\n" * (line.number - 1) + "raise error", line.filename, "exec")
    with suppress(type(error)):
        exec(code, {"error": error.with_traceback(None), "__name__": "__main__"})
