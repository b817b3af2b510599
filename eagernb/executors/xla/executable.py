"""XlaExecutable: a graph compiled by XLA, once for each set of shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.variable import Variable
from eagernb.errors import UnimplementedError
from eagernb.executors.xla import residence
from eagernb.executors.xla.backend import load_jax, wide_numbers
from eagernb.executors.xla.lowering import (
    Item,
    NeedsValuesError,
    State,
    can_be_known,
    draws_before_the_run,
    lower,
)
from eagernb.executors.xla.refusals import refusal_of_graph
from eagernb.graph.ir import INPUT, VARIABLE, Graph

STAGES = ("stablehlo", "hlo", "optimized_hlo")


class Program(NamedTuple):
    """What XLA compiled: for these shapes, and for these values of those inputs that had to be known."""

    lowered: Any  # jax.stages.Lowered
    compiled: Any  # jax.stages.Compiled
    given: tuple[int, ...]  # which of the graph's inputs it takes; those that were known are in it already
    outputs: tuple[Any, ...]  # a position among the results, or the array itself where it was known
    assigned: tuple[Variable, ...]  # what the last results are the new values of


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
        shapes = [node.specs[0].shape for node in graph.inputs] + [v.shape for v in self._variables]
        self._is_of_one_shape = all(shape.is_fully_defined() for shape in shapes)
        self._only: Program | None = None

    def __call__(self, arrays: Sequence[Any]) -> list[Any]:
        """The outputs' arrays for the inputs' arrays; what the program assigns to variables is written at the end."""
        program = self._only or self.program(arrays)
        if self._known:
            arrays = [arrays[i] for i in program.given]
        if self._variables or self._draws:
            drawn = [node.op.kernel(**node.params) for node in self._draws]
            arrays = [*arrays, *(variable._array for variable in self._variables), *drawn]
        results = residence.run(program.compiled, arrays)
        outputs = [results[out] if out.__class__ is int else out for out in program.outputs]
        if program.assigned:
            for variable, value in zip(program.assigned, results[-len(program.assigned) :], strict=True):
                variable._array = value
        return outputs

    run = __call__

    def program(self, arrays: Sequence[Any]) -> Program:
        """The program for arrays of these shapes (and for these values, where they must be known)."""
        while True:
            key = (
                *(array.shape for array in arrays),
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
            if self._is_of_one_shape and not self._known:
                self._only = found
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
            if node.op in (INPUT, VARIABLE) and node.specs[0].dtype.numpy.kind == "O":
                raise refusal_of_graph(
                    self.graph, f"{node.name} is of {node.specs[0].dtype.name}, and XLA has numbers only"
                )
        given = tuple(i for i in range(len(arrays)) if i not in self._known)
        count = len(given)
        outputs: tuple[Any, ...] = ()
        assigned: tuple[Variable, ...] = ()

        def function(*traced: Any) -> list[Any]:
            nonlocal outputs, assigned
            inputs = [Item(np.asarray(array)) for array in arrays]
            for i, array in zip(given, traced, strict=False):
                inputs[i] = Item(array, frozenset((i,)))
            values = dict(zip(map(id, self._variables), traced[count:], strict=False))
            drawn = dict(zip(self._draws, traced[count + len(self._variables) :], strict=True))
            state = State(values)
            items = lower(self.graph, inputs, state, drawn)
            results = [item.array for item in items if not item.is_known]
            places = iter(range(len(results)))
            outputs = tuple(item.array if item.is_known else next(places) for item in items)
            assigned = tuple(state.written.values())
            return results + [values[key] for key in state.written]

        function.__name__ = self.graph.name
        shapes = [arrays[i] for i in given] + [variable._array for variable in self._variables]
        wanted = [jax.ShapeDtypeStruct(x.shape, x.dtype) for x in shapes]
        wanted += [jax.ShapeDtypeStruct(tuple(n.specs[0].dims), n.specs[0].dtype.numpy) for n in self._draws]
        with wide_numbers():
            try:
                lowered = jax.jit(function).lower(*wanted)
                compiled = lowered.compile()
            except NotImplementedError as error:
                raise UnimplementedError(f"XLA cannot compile {self.graph.name}: {error}") from None
        return Program(lowered, compiled, given, outputs, assigned)
