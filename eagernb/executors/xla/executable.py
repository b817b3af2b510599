"""XlaExecutable: a graph compiled by XLA, once for each set of shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from eagernb.core.dispatch import spec_of
from eagernb.core.dtypes import string, variant
from eagernb.core.variable import Variable
from eagernb.errors import UnimplementedError
from eagernb.executors.xla.backend import load_jax, wide_numbers
from eagernb.executors.xla.held import Held
from eagernb.executors.xla.lowering import (
    Item,
    NeedsValuesError,
    State,
    can_be_known,
    draws_before_the_run,
    lower,
)
from eagernb.executors.xla.refusals import refusal_of_graph
from eagernb.executors.xla.residence import Run, runner
from eagernb.executors.xla.table import UnboundedError
from eagernb.graph.ir import INPUT, VARIABLE, Graph

STAGES = ("stablehlo", "hlo", "optimized_hlo")


class Kept(NamedTuple):
    """An output that is a stack or list: which results it consists of, and how they are put together."""

    places: slice
    structure: Any


class Program(NamedTuple):
    """What XLA compiled: for these shapes, and for these values of those inputs that had to be known."""

    lowered: Any  # jax.stages.Lowered
    compiled: Any  # jax.stages.Compiled
    run: Run
    given: tuple[int, ...]  # which of the graph's inputs it takes as arrays; those that were known are in it already
    variables: tuple[Variable, ...]  # whose values it takes then
    outputs: tuple[Any, ...]  # a position among the results, a Kept, or the array itself where it was known
    assigned: tuple[Variable, ...]  # what the last results are the new values of

    @property
    def is_plain(self) -> bool:
        """Whether it knows nothing of variables, and its results are the outputs."""
        return not self.variables and all(out.__class__ is int for out in self.outputs)


class XlaExecutable:
    """Runs one graph any number of times.

    The program's inputs are the graph's, then the values of its variables, then random numbers: those are drawn by
    NumPy before the run, so that they are the same as in eager mode.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        load_jax()  # raises if there is none, here rather than at the first call
        self._variables = tuple({id(v._handle): v._handle for v in graph.variables}.values())
        self._draws = draws_before_the_run(graph)
        self._known: tuple[int, ...] = ()  # inputs whose values must be known
        self._programs: dict[Any, Program] = {}
        specs = [node.specs[0] for node in graph.inputs] + list(map(spec_of, self._variables))
        self._is_of_one_shape = all(s.shape.is_fully_defined() and s.dtype is not variant for s in specs)
        self._only: Program | None = None
        # How to call it from now on, where the only program takes the inputs and gives the outputs as they are.
        self.settled: Run | None = None

    def __call__(self, arrays: Sequence[Any]) -> list[Any]:
        """The outputs' arrays for the inputs' arrays; what the program assigns to variables is written at the end."""
        if self.settled is not None:
            return self.settled(arrays)
        program = self._only or self.program(arrays)
        results = program.run(self._fed(program, arrays))
        outputs = [
            results[out]
            if out.__class__ is int
            else Held(results[out.places], out.structure)
            if out.__class__ is Kept
            else out
            for out in program.outputs
        ]
        if program.assigned:
            for variable, value in zip(program.assigned, results[-len(program.assigned) :], strict=True):
                variable._array = value
        return outputs

    def _fed(self, program: Program, arrays: Sequence[Any]) -> list[Any]:
        fed: list[Any] = []
        for i in program.given:
            array = arrays[i]
            if array.__class__ is Held:
                fed += array.arrays
            else:
                fed.append(array)
        fed += [variable._array for variable in program.variables]
        fed += [node.op.kernel(**node.params) for node in self._draws]
        return fed

    def program(self, arrays: Sequence[Any]) -> Program:
        """The program for arrays of these shapes (and for these values, where they must be known)."""
        while True:
            key = (
                *map(_form, arrays),
                *(variable._array.shape for variable in self._variables),
                *(arrays[i].tobytes() for i in self._known),
            )
            found = self._programs.get(key)
            if found is None:
                try:
                    found = self._programs[key] = self._compile(arrays)
                except NeedsValuesError as needed:
                    self._require(needed.inputs, arrays)
                    continue
            if self._is_of_one_shape and not self._known and not any(isinstance(x, Variable) for x in arrays):
                self._only = found
                if found.is_plain and not self._draws:
                    self.settled = found.run
            return found

    def text(self, arrays: Sequence[Any], stage: str = "optimized_hlo") -> str:
        """The program for these arrays in XLA's own words.

        ``stage`` is "stablehlo" (what JAX hands over), "hlo" (the same in XLA's older language) or "optimized_hlo"
        (what XLA made of it).
        """
        program = self.program(arrays)
        if stage == "optimized_hlo":
            return program.compiled.as_text()
        if stage not in ("stablehlo", "hlo"):
            raise ValueError(f"Invalid stage selected: {stage!r}. Valid values are: {', '.join(map(repr, STAGES))}")
        return program.lowered.as_text(dialect=stage)

    def _require(self, inputs: frozenset[int], arrays: Sequence[Any]) -> None:
        for i in inputs:
            if not can_be_known(arrays[i]):
                name, brief = self.graph.inputs[i].name, self.graph.inputs[i].specs[0].brief
                reason = f"a size or position is computed from {name} ({brief}), so that shapes follow from its values"
                raise refusal_of_graph(self.graph, reason)
        self._known = tuple(sorted({*self._known, *inputs}))

    def _compile(self, arrays: Sequence[Any]) -> Program:
        jax = load_jax()
        for node in self.graph.nodes:
            if node.op in (INPUT, VARIABLE) and node.specs[0].dtype is string:
                raise refusal_of_graph(
                    self.graph, f"{node.name} is of {node.specs[0].dtype.name}, and XLA has numbers only"
                )
        given = tuple(i for i, x in enumerate(arrays) if i not in self._known and not isinstance(x, Variable))
        passed = [x._handle for x in arrays if isinstance(x, Variable)]
        variables = tuple({id(v): v for v in (*self._variables, *passed)}.values())
        outputs: tuple[Any, ...] = ()
        assigned: tuple[Variable, ...] = ()

        def function(*traced: Any) -> list[Any]:
            nonlocal outputs, assigned
            left = iter(traced)
            inputs = [Item(x._handle if isinstance(x, Variable) else x) for x in arrays]
            for i in given:
                array = arrays[i].value([next(left) for _ in arrays[i].arrays]) if _is_held(arrays[i]) else next(left)
                inputs[i] = Item(array, frozenset((i,)))
            state = State({id(variable): next(left) for variable in variables})
            drawn = {node: next(left) for node in self._draws}
            results, outputs = _collected(lower(self.graph, inputs, state, drawn))
            assigned = tuple(state.written.values())
            return results + [state.values[key] for key in state.written]

        function.__name__ = self.graph.name
        flat = [part for i in given for part in (arrays[i].arrays if _is_held(arrays[i]) else (arrays[i],))]
        wanted = [jax.ShapeDtypeStruct(x.shape, x.dtype) for x in (*flat, *(v._array for v in variables))]
        wanted += [jax.ShapeDtypeStruct(tuple(n.specs[0].dims), n.specs[0].dtype.numpy) for n in self._draws]
        with wide_numbers():
            try:
                lowered = jax.jit(function).lower(*wanted)
                compiled = lowered.compile()
            except UnboundedError:
                raise refusal_of_graph(self.graph, "a TensorArray grows by an unknown number: give it a size") from None
            except NotImplementedError as error:
                raise UnimplementedError(f"XLA cannot compile {self.graph.name}: {error}") from None
        return Program(lowered, compiled, runner(compiled), given, variables, outputs, assigned)


def _is_held(x: Any) -> bool:
    return isinstance(x, Held)


def _form(x: Any) -> Any:
    """What a program depends on of an input: its shape, or which variable it is, or how a stack is put together."""
    if isinstance(x, Variable):
        return id(x._handle), x._handle._array.shape
    return (x.structure, *(array.shape for array in x.arrays)) if _is_held(x) else x.shape


def _collected(items: Sequence[Item]) -> tuple[list[Any], tuple[Any, ...]]:
    """The arrays that the program gives, and for each output where it is among them, or itself if it is known."""
    results: list[Any] = []
    outputs: list[Any] = []
    for item in items:
        if item.is_known:
            outputs.append(item.array)
            continue
        arrays, structure = load_jax().tree.flatten(item.array)
        at = len(results)
        results += arrays
        outputs.append(at if arrays and arrays[0] is item.array else Kept(slice(at, len(results)), structure))
    return results, tuple(outputs)
