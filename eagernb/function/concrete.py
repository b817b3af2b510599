"""ConcreteFunction: one trace of a function, and how it is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import Handler, current, spec_of
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable
from eagernb.errors import InvalidArgumentError
from eagernb.executors import make_executable
from eagernb.function.function_type import Constraint, FunctionType, Handle, VariableSpec
from eagernb.function.signature import Signature
from eagernb.function.streams import with_own_streams
from eagernb.function.trace import CompositeOutput, Output, Trace, expected_tensors, given_tensors
from eagernb.graph.call import call
from eagernb.graph.executable import find_executor
from eagernb.graph.ir import VARIABLE, Graph, Node
from eagernb.graph.lift import lifted, read_variables
from eagernb.ops.random_seeds import graph_seeds
from eagernb.passes import optimize
from eagernb.passes.pipeline import PASSES, default_passes


class ConcreteFunction:
    """A graph, and how to get from arguments to its inputs and from its outputs to the function's result.

    ``graph`` is what was traced, ``optimized`` what runs, ``passes`` what was done to it on the way.
    """

    def __init__(self, trace: Trace, known: Any, signature: Signature, executor: str = "numpy_source") -> None:
        self._graph = trace.graph
        self.executor = executor
        # The arguments, with a spec for each tensor; also keeps objects alive whose id is in the key.
        self.known = known
        self.signature = signature
        self.optimized, self.passes = optimize(self._graph, _passes_for(executor))
        self._execute = make_executable(self.optimized, executor)
        self._result = trace.result
        self._constants = trace.constants
        self.captured = trace.captured  # symbols of the trace around
        self._single = isinstance(self._result, Output)
        self._expected = expected_tensors(known)
        self._read = read_variables(self._graph)
        self._lifted: dict[tuple[Node, ...], Graph] = {}

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in ("call", "captured", "direct", "known", "signature")]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result for arguments as it was traced with, or for the tensors among them alone, in order or by name.

        Raises TypeError for arguments that do not fit, InvalidArgumentError for a tensor of another dtype or shape.
        """
        __tracebackhide__ = True
        try:
            tensors = given_tensors(self.function_type.fit(args, kwargs))
        except TypeError as error:
            try:
                tensors = self._tensors_alone(args, kwargs)
            except TypeError as second:
                raise TypeError(f"{error}\nFallback to flat signature also failed due to: {second}") from None
        return self.call(self._checked(tensors))

    def _tensors_alone(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
        """The tensors for the inputs of the graph, by position and by the inputs' names."""
        names = [node.name for node in self._graph.inputs[: len(self._expected)]]
        shown = f"{self.name}({', '.join(names)})"
        if len(args) > len(names):
            raise TypeError(f"{shown} takes {len(names)} positional arguments, got {len(args)}.")
        missing = [name for name in names[len(args) :] if name not in kwargs]
        if missing:
            raise TypeError(f"{shown} missing required arguments: {', '.join(missing)}.")
        twice = [name for name in names[: len(args)] if name in kwargs]
        if twice:
            raise TypeError(f"{shown} got two values for {twice[0]!r}.")
        unknown = sorted(set(kwargs) - set(names))
        if unknown:
            raise TypeError(f"{shown} got unexpected keyword arguments: {', '.join(unknown)}.")
        given = [*args, *(kwargs[name] for name in names[len(args) :])]
        for i, value in enumerate(given):
            if not isinstance(value, (Tensor, Variable)):
                raise TypeError(
                    f"{shown}: expected argument #{i}(zero-based) to be a Tensor; got {type(value).__name__} ({value})."
                )
        return given

    def _checked(self, tensors: Sequence[Any]) -> list[Any]:
        """The tensors and variables, if the graph can take them."""
        if len(tensors) != len(self._expected):
            raise InvalidArgumentError(
                f"{self.name} was traced for {len(self._expected)} different tensors and variables, but "
                f"{len(tensors)} were given. Call the tf.function itself to trace for them."
            )
        taken = []
        for tensor, spec, node in zip(tensors, self._expected, self._graph.inputs, strict=False):
            wants_variable = isinstance(spec, VariableSpec)
            kind = "a variable, " if wants_variable else ""
            if isinstance(tensor, Variable):
                tensor = tensor._handle if wants_variable else convert_to_tensor(tensor)
            fits = tensor.dtype is spec.dtype and spec.shape.is_compatible_with(tensor.shape)
            if not fits or isinstance(tensor, Variable) is not wants_variable:
                raise InvalidArgumentError(
                    f"{self.name}: the argument {node.name!r} was expected to be {kind}{node.specs[0].brief}, but it "
                    f"is {TensorSpec(tensor.shape, tensor.dtype).brief}. Call the tf.function itself to trace for it."
                )
            taken.append(tensor)
        return taken

    def call(self, tensors: Sequence[Any]) -> Any:
        """The result for the tensors and variables among the arguments, in nest's order."""
        __tracebackhide__ = True
        handler = current()
        if handler is None:
            arrays = self._execute([x._array if isinstance(x, Tensor) else x for x in tensors])
            if self._single:
                return EagerTensor._of(arrays[0])
            outputs = [EagerTensor._of(a) for a in arrays]
        else:
            outputs = self._call_watched(handler, tensors)
        return self._packed(outputs)

    def _packed(self, outputs: Sequence[Any]) -> Any:
        return nest.map_structure(lambda leaf: _value(leaf, outputs), self._result)

    def _call_watched(self, handler: Handler, tensors: Sequence[Any]) -> list[Any]:
        """The outputs, as one operation that tapes, tracers and recorders see."""
        __tracebackhide__ = True
        for variable in [*self._read, *(x for x in tensors if isinstance(x, Variable))]:
            handler.accessed(variable)
        nodes = tuple(node for node, constant in self._constants.items() if _is_followed(handler, constant))
        if nodes not in self._lifted:
            self._lifted[nodes] = lifted(self._graph, nodes)
        constants = [self._constants[node] for node in nodes]
        inputs = [*tensors, *self.captured, *self._graph.variables, *constants]
        graph = self._lifted[nodes]
        if graph_seeds() is not None:
            graph = with_own_streams(graph)
        return call(graph, inputs, self.executor)

    def compiler_ir(self, arguments: Sequence[Any]) -> Callable[..., str]:
        """A function of ``stage`` that gives XLA's program for these arguments, of which tensors may be TensorSpecs."""
        given = [x for x in arguments if isinstance(x, (Tensor, TensorSpec, Variable))]
        arrays = [_array_like(x) if not isinstance(x, Variable) else x for x in given]

        def text(stage: str = "hlo", device_name: str | None = None, platform_name: str | None = None) -> str:
            return self._execute.text(arrays, stage)  # type: ignore[attr-defined]

        return text

    def direct(self) -> Callable[[Sequence[Any]], Any] | None:
        """What gives the result for arrays alone, where nothing needs to be looked at."""
        kind = self._result.__class__
        if self.captured:
            return None
        # XLA's, once it has run: a call less, where a program takes some microseconds.
        execute = getattr(self._execute, "settled", None) or self._execute

        def run(arrays: Sequence[Any]) -> EagerTensor:
            out = EagerTensor()
            out._array = execute(arrays)[0]
            out._key = 0
            return out

        if self._single:
            return run
        if kind in (list, tuple) and all(isinstance(leaf, Output) for leaf in self._result):
            return lambda arrays: kind([*map(EagerTensor._of, execute(arrays))])
        return lambda arrays: self._packed([*map(EagerTensor._of, execute(arrays))])

    @property
    def graph(self) -> Any:
        """The graph as it was traced."""
        return self._graph

    @property
    def name(self) -> str:
        return self._graph.name

    @cached_property
    def function_type(self) -> FunctionType:
        """Its parameters, what they must be, what it returns and captures, as TensorFlow tells them."""
        captures = {id(x): Handle() if isinstance(x, Variable) else spec_of(x) for x in self.captured_inputs}
        return FunctionType.of_known(self.signature.python, self.known, Constraint(self._output_specs()), captures)

    def _output_specs(self) -> Any:
        def spec(leaf: Any) -> Any:
            if isinstance(leaf, Output):
                found = self._graph.outputs[leaf.index].spec
                return TensorSpec(found.shape, found.dtype)
            if isinstance(leaf, IndexedSlices):
                return IndexedSlices(spec(leaf.values), spec(leaf.indices), spec(leaf.dense_shape))
            return leaf.spec if isinstance(leaf, CompositeOutput) else leaf

        return nest.map_structure(spec, self._result)

    @property
    def structured_input_signature(self) -> tuple[Any, Any]:
        """The arguments that it was traced with, with a TensorSpec for each tensor: positional ones, and others."""
        return self.function_type.named

    @property
    def structured_outputs(self) -> Any:
        """The result, with the graph's tensor for each tensor."""
        return self._packed(self.outputs)

    @property
    def output_shapes(self) -> Any:
        """The result, with a TensorShape for each tensor."""
        return nest.map_structure(lambda spec: TensorShape(getattr(spec, "shape", None)), self._output_specs())

    @property
    def output_dtypes(self) -> Any:
        """The result, with a DType for each tensor."""
        return nest.map_structure(lambda spec: getattr(spec, "dtype", None), self._output_specs())

    @property
    def inputs(self) -> list[Any]:
        """The graph's tensors that arguments go in by."""
        return self._graph.tensors[0]

    @property
    def outputs(self) -> list[Any]:
        """The graph's tensors that are results."""
        return self._graph.tensors[1]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables that it reads or assigns to."""
        return self._graph.variables

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        return tuple(v for v in self.variables if v.trainable)

    @property
    def _captures(self) -> list[Node]:
        """The nodes that stand for something outside: variables and tensors."""
        return [node for node in self._graph.nodes if node.op is VARIABLE or node in self._constants]

    @property
    def captured_inputs(self) -> list[Any]:
        """What it uses from outside: variables, and tensors of the code around."""
        inside = [self._constants.get(node) for node in self._captures]
        return [node.params["variable"] if x is None else x for x, node in zip(inside, self._captures, strict=True)]

    def pretty_printed_signature(self, verbose: bool = True) -> str:
        """Its parameters, what it returns and captures, in TensorFlow's format."""
        return repr(self.function_type) if verbose else str(self.function_type)

    def __repr__(self) -> str:
        return f"<ConcreteFunction {self.function_type} at 0x{id(self):X}>"

    def __str__(self) -> str:
        return f"ConcreteFunction {self.function_type!r}"


def _array_like(x: Tensor | TensorSpec) -> Any:
    return x._array if isinstance(x, Tensor) else np.zeros(x.dims, x.dtype.numpy)


def _passes_for(executor: str) -> tuple[str, ...]:
    names = default_passes()
    return tuple(name for name in names if not PASSES[name].finishes) if find_executor(executor).fuses else names


def _is_followed(handler: Handler | None, tensor: Tensor) -> bool:
    while tensor._key and handler is not None:
        if handler.follows(tensor):
            return True
        handler = handler.outer
    return False


def _value(leaf: Any, outputs: Sequence[Any]) -> Any:
    """What stands for this part of a result, once the graph's outputs are there."""
    if isinstance(leaf, CompositeOutput):
        return leaf.spec._from_components([outputs[part.index] for part in leaf.parts])
    if isinstance(leaf, IndexedSlices):
        return IndexedSlices(*(_value(part, outputs) for part in (leaf.values, leaf.indices, leaf.dense_shape)))
    return outputs[leaf.index] if isinstance(leaf, Output) else leaf
