"""Tracing a cell: its tensors become symbols, its operations a graph, its results concrete tensors again."""

from __future__ import annotations

from time import perf_counter_ns
from typing import Any

from eagernb.core.dispatch import KERNEL_ERRORS, current, spec_of
from eagernb.core.op import WRITE
from eagernb.core.source import user_line
from eagernb.core.tensor import EagerTensor, Symbol, Tensor, key_of
from eagernb.core.variable import Variable
from eagernb.errors import OpError
from eagernb.graph import Graph, Node, Tracer, Value
from eagernb.graph.executable import executable
from eagernb.graph.interpreter import Interpreter, replay
from eagernb.graph.ir import INPUT, VARIABLE
from eagernb.notebook.cell import Cell, point_at
from eagernb.notebook.effects import PythonEffects, graph_effects
from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.memory import MemoryMeter
from eagernb.notebook.names import held_names, user_names, variable_names
from eagernb.notebook.places import Places
from eagernb.notebook.recording import MAX_NODES
from eagernb.notebook.watch import Watch
from eagernb.passes import DEFAULT, optimize


class CellTrace:
    """One cell on its way through tracing, optimising and running.

    ``run()`` leaves concrete tensors under the names that the cell assigned and returns the value of its last
    expression. Whatever is raised, no symbol stays in the namespace; ``result`` holds what there is of the GraphRun.
    """

    def __init__(
        self, cell: Cell, passes: tuple[str, ...] = DEFAULT, fast_math: bool = False, executor: str = "interpreter",
        hlo: bool = False, max_nodes: int = MAX_NODES,
    ) -> None:  # fmt: skip
        self.cell = cell
        self.passes = passes
        self.fast_math = fast_math
        self.executor = executor
        self.hlo = hlo
        self.max_nodes = max_nodes
        self.shows_code = False
        self.result: GraphRun | None = None
        self.inputs: list[Any] = []  # the concrete tensors (and variables) of the graph's inputs
        self.written: dict[int, tuple[Variable, Any]] = {}  # variables that the graph assigns to, with the value before
        namespace = cell.shell.user_ns
        self._tracer = Tracer(
            "cell",
            find_line=lambda: user_line(cell.filename) or user_line(),
            variable_names=variable_names(namespace, cell.names_only_read),
        )
        self._places = Places(namespace, self._tracer)
        self._python = PythonEffects(cell)

    def run(self) -> Any:
        """Trace, optimise, run; raises what the cell raises, with the visible line in its traceback."""
        __tracebackhide__ = True
        began = perf_counter_ns()
        value, error = None, None
        try:
            with self._tracer:
                self._put_symbols()
                try:
                    with self._python:
                        value = self.cell.run_converted()
                finally:
                    self._places.take_back()
        except BaseException as raised:
            error = raised
        traced = perf_counter_ns() - began - self._python.took
        try:
            value = self._finish(value, error, traced)
        except BaseException as raised:
            error = error or raised  # what went wrong first is what the user should see
        finally:
            self._places.drop()
        if error is not None:
            raise self.cell.shortened(error)
        return value

    @property
    def made(self) -> set[int]:
        """The keys of the variables that the cell itself made."""
        return {variable._key for variable in self._tracer.created_variables}

    def _put_symbols(self) -> None:
        """Names that hold tensors, and that the cell mentions, become the graph's inputs."""
        namespace = self.cell.shell.user_ns
        for name in self.cell.names_mentioned:
            value = namespace.get(name)
            if isinstance(value, Tensor) and not isinstance(value, Symbol):
                symbol = value._in_kind(self._tracer.add_input(spec_of(value), name))
                symbol._key = key_of(value)  # a tape that followed the tensor follows its symbol
                self._places.put(name, symbol)

    def _finish(self, value: Any, error: BaseException | None, traced: int) -> Any:
        """Build the graph of what was traced, run it, and put its results where the symbols are."""
        __tracebackhide__ = True
        found = {symbol._value: symbol for symbol in self._places.find(value)}
        graph = self._tracer.graph(list(found.values())).without_unused_inputs()
        result = GraphRun(self.cell.source, graph, graph, timings={"trace": traced, "optimize": 0, "run": 0})
        result.shows_code = self.shows_code
        result.effects = [*self._python.found(), *graph_effects(graph, self.cell.filename)]
        self.result = result
        if error is not None:
            result.error = f"{type(error).__name__}: {error}"
            result.error_line = self.cell.line_of(error)
        result.names = self._value_names(graph, found)
        self.inputs = [self._places.tensor_of(node.name) for node in graph.inputs]
        self._optimize(result)
        renewed = dict(zip(found, result.optimized.outputs, strict=True))
        values: dict[Value, Any] = {}

        def concrete(symbol: Symbol) -> Any:
            output = renewed[symbol._value]
            if output.node.op is INPUT:
                return self._places.tensor_of(output.node.name)
            if output not in values:
                return symbol  # it was not reached; drop() sees to it
            tensor = values[output]
            if not isinstance(tensor, Tensor):
                tensor = EagerTensor._of(tensor)
                tensor._key = symbol._key
            return symbol._in_kind(tensor)

        try:
            self._execute(result, values)
        finally:
            self._places.fill(concrete)
        return self._places.filled(value, concrete)

    def _optimize(self, result: GraphRun) -> None:
        """Run the passes, and note what there is to say of the graph that runs."""
        result.optimized, result.passes = optimize(result.graph, self.passes, self.fast_math)
        result.timings["optimize"] = sum(p.nanoseconds for p in result.passes)
        result.executor = self.executor
        result.max_nodes = self.max_nodes
        if self.hlo and result.optimized.ops:
            result.programs |= xla_programs(result.optimized, self.arrays())

    def arrays(self) -> list[Any]:
        """The inputs as the graph takes them: arrays, and variables that are arguments."""
        return [x._array if isinstance(x, Tensor) else x for x in self.inputs]

    def _execute(self, result: GraphRun, values: dict[Value, Any]) -> None:
        """Run the optimised graph once, observed; ``values`` holds what was computed, also after a failure."""
        __tracebackhide__ = True
        graph = result.optimized
        self.written = written_variables(graph)
        if current() is not None:
            # A tape that is still open outside must see the operations as they were written: some stop gradients.
            values.update(zip(graph.outputs, replay(result.graph, self.inputs), strict=True))
            return
        if self.executor != "interpreter":
            self._run_whole(result, values)
            return
        meter = MemoryMeter()
        for array in (*(t._array for t in self.inputs), *(n.params["value"] for n in graph.constants)):
            meter.ignore(array)
        for variable in graph.variables:
            meter.ignore(variable._array)
        watch = Watch(graph, meter)
        try:
            Interpreter(graph).run(self.arrays(), watch.observe, values, watch.inside)
        except BaseException as error:
            self._note_failure(result, error, watch.waiting())
            raise
        finally:
            result.timings["run"] = perf_counter_ns() - watch.began
            result.peak = meter.peak
            result.runs = watch.runs()

    def _run_whole(self, result: GraphRun, values: dict[Value, Any]) -> None:
        """Have an executor run the graph that cannot be watched at it: there are no times of single operations."""
        __tracebackhide__ = True
        graph, began = result.optimized, perf_counter_ns()
        try:
            values.update(zip(graph.outputs, executable(graph, self.executor)(self.arrays()), strict=True))
        except BaseException as error:
            result.error = result.error or f"{type(error).__name__}: {error}"
            raise
        finally:
            result.timings["run"] = perf_counter_ns() - began

    def _note_failure(self, result: GraphRun, error: BaseException, way: list[Node]) -> None:
        result.error = result.error or f"{type(error).__name__}: {error}"
        if way and isinstance(error, (*KERNEL_ERRORS, OpError)):
            result.failed = way[-1]
            # A function that the cell calls may be from elsewhere: then it is the call's line.
            lines = [node.line for node in way if node.line is not None]
            if lines:
                line = next((line for line in reversed(lines) if line.filename == self.cell.filename), lines[-1])
                result.error_line = line.number
                point_at(error, line)

    def _value_names(self, graph: Graph, found: dict[Value, Symbol]) -> dict[Value, str]:
        """The user's names for values of the graph: of inputs, of results that have a name, of variables."""
        renewed = dict(zip(found, graph.outputs, strict=True))
        names = {node.values[0]: node.name for node in (*graph.inputs, *graph.nodes) if node.op in (INPUT, VARIABLE)}
        held = held_names(self.cell.shell.user_ns)
        names |= {node.values[0]: held[id(x)] for node in graph.nodes if id(x := node.params.get("held")) in held}
        for value, name in user_names(self.cell.shell.user_ns, self.cell.names_assigned):
            if isinstance(value, Symbol) and value._value in renewed:
                names.setdefault(renewed[value._value], name)
        return names


def xla_programs(graph: Graph, arrays: list[Any]) -> dict[str, str]:
    """What XLA is given and what it makes of that, by title; or why it cannot take the graph."""
    try:
        program = executable(graph, "xla")
        return {
            "The graph in StableHLO": program.text(arrays, "stablehlo"),  # type: ignore[attr-defined]
            "What XLA made of it": program.text(arrays, "optimized_hlo"),  # type: ignore[attr-defined]
        }
    except OpError as error:
        return {"XLA's program": str(error)}


def written_variables(graph: Graph) -> dict[int, tuple[Variable, Any]]:
    """The variables that a graph assigns to, by key, each with its present value."""
    written: dict[int, tuple[Variable, Any]] = {}
    for node in graph.nodes:
        if node.effect == WRITE and node.inputs and node.inputs[0].node.op is VARIABLE:
            variable = node.inputs[0].node.params["variable"]
            written[variable._key] = (variable, variable._array)
    return written
