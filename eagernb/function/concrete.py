"""ConcreteFunction: one trace of a function, and how it is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eagernb.core import nest
from eagernb.core.dispatch import Handler, current
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.core.variable import Variable
from eagernb.errors import InvalidArgumentError
from eagernb.executors import make_executable
from eagernb.function.describe import describe, one_line
from eagernb.function.signature import Signature
from eagernb.function.trace import Output, Trace, given_tensors
from eagernb.graph.call import call
from eagernb.graph.ir import Graph, Node
from eagernb.graph.lift import lifted, read_variables
from eagernb.passes import optimize
from eagernb.passes.pipeline import PASSES, default_passes

_new = object.__new__


class ConcreteFunction:
    """A graph, and how to get from arguments to its inputs and from its outputs to the function's result.

    ``graph`` is what was traced, ``optimized`` what runs, ``passes`` what was done to it on the way.
    """

    def __init__(self, trace: Trace, known: Any, signature: Signature, executor: str = "numpy_source") -> None:
        self.graph = trace.graph
        self.executor = executor
        self.known = (
            known  # the arguments, with a spec for each tensor; also keeps objects alive whose id is in the key
        )
        self.signature = signature
        self.optimized, self.passes = optimize(self.graph, _passes_for(executor))
        self._execute = make_executable(self.optimized, executor)
        self._result = trace.result
        self._constants = trace.constants
        self.captured = trace.captured  # symbols of the trace around
        self._single = isinstance(self._result, Output)
        self._read = read_variables(self.graph)
        self._lifted: dict[tuple[Node, ...], Graph] = {}

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result for arguments that fit; Python values must be those that it was traced with, or left out.

        Raises TypeError for arguments that the function does not take, InvalidArgumentError for a tensor of another
        dtype or shape.
        """
        __tracebackhide__ = True
        arguments = self._with_literals(args, kwargs)
        tensors = given_tensors(arguments)
        nodes = self.graph.inputs
        for tensor, node in zip(tensors, nodes, strict=False):
            spec = node.specs[0]
            if tensor.dtype is not spec.dtype or not spec.shape.is_compatible_with(tensor.shape):
                raise InvalidArgumentError(
                    f"{self.name}: the argument {node.name!r} was expected to be {spec.brief}, but it is "
                    f"{TensorSpec(tensor.shape, tensor.dtype).brief}. Call the tf.function itself to trace for it."
                )
        return self.call(tensors)

    def _with_literals(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The arguments, with the Python values of the trace where none is given."""
        __tracebackhide__ = True
        names = self.signature.parameters
        literals = {
            name: value
            for name, value in [*zip(names, self.known["args"], strict=False), *self.known["kwargs"].items()]
            if not any(isinstance(leaf, TensorSpec) for leaf in nest.flatten(value))
        }
        given = {**literals, **dict(zip(names, args, strict=False)), **kwargs}
        if len(args) > len(names):
            return self.signature.bind(args, kwargs)[0]  # raises
        positional = [p.name for p in self.signature.python.parameters.values() if p.kind is p.POSITIONAL_ONLY]
        first = tuple(given.pop(name) for name in positional if name in given)
        if self.signature.python.parameters and any(
            p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in self.signature.python.parameters.values()
        ):
            return self.signature.bind(args, kwargs)[0]
        return self.signature.bind(first, given)[0]

    def call(self, tensors: Sequence[Any]) -> Any:
        """The result for the tensors and variables among the arguments, in nest's order."""
        __tracebackhide__ = True
        handler = current()
        if handler is None:
            arrays = self._execute([x._array if isinstance(x, Tensor) else x for x in tensors])
            if self._single:
                return EagerTensor(arrays[0])
            outputs = [EagerTensor(a) for a in arrays]
        else:
            outputs = self._call_watched(handler, tensors)
        return self._packed(outputs)

    def _packed(self, outputs: Sequence[Any]) -> Any:
        return nest.map_structure(lambda leaf: outputs[leaf.index] if isinstance(leaf, Output) else leaf, self._result)

    def _call_watched(self, handler: Handler, tensors: Sequence[Any]) -> list[Any]:
        """The outputs, as one operation that tapes, tracers and recorders see."""
        __tracebackhide__ = True
        for variable in [*self._read, *(x for x in tensors if isinstance(x, Variable))]:
            handler.accessed(variable)
        nodes = tuple(node for node, constant in self._constants.items() if _is_followed(handler, constant))
        if nodes not in self._lifted:
            self._lifted[nodes] = lifted(self.graph, nodes)
        constants = [self._constants[node] for node in nodes]
        inputs = [*tensors, *self.captured, *self.graph.variables, *constants]
        return call(self._lifted[nodes], inputs, self.executor)

    def compiler_ir(self, arguments: Sequence[Any]) -> Callable[..., str]:
        """A function of ``stage`` that gives XLA's program for these arguments, of which tensors may be TensorSpecs."""
        given = [x for x in arguments if isinstance(x, (Tensor, TensorSpec, Variable))]
        arrays = [_array_like(x) if not isinstance(x, Variable) else x for x in given]

        def text(stage: str = "hlo", device_name: str | None = None, platform_name: str | None = None) -> str:
            return self._execute.text(arrays, stage)  # type: ignore[attr-defined]

        return text

    def direct(self) -> Callable[[Sequence[Any]], Any] | None:
        """What gives the result for arrays alone, where nothing needs to be looked at."""
        execute, kind = self._execute, self._result.__class__
        if self.captured:
            return None

        def run(arrays: Sequence[Any]) -> EagerTensor:
            out = _new(EagerTensor)
            out._array = execute(arrays)[0]
            out._key = 0
            return out

        if self._single:
            return run
        if kind in (list, tuple) and all(isinstance(leaf, Output) for leaf in self._result):
            return lambda arrays: kind([*map(EagerTensor, execute(arrays))])
        return lambda arrays: self._packed([*map(EagerTensor, execute(arrays))])

    @property
    def name(self) -> str:
        return self.graph.name

    @property
    def structured_input_signature(self) -> tuple[Any, Any]:
        """The arguments that it was traced with, with a TensorSpec for each tensor: positional ones, and others."""
        return self.known["args"], self.known["kwargs"]

    @property
    def structured_outputs(self) -> Any:
        """The result, with a TensorSpec for each tensor."""
        return self._packed([value.spec for value in self.graph.outputs])

    @property
    def inputs(self) -> list[TensorSpec]:
        """What each input of the graph must be."""
        return [TensorSpec(node.specs[0].shape, node.specs[0].dtype, node.name) for node in self.graph.inputs]

    @property
    def outputs(self) -> list[TensorSpec]:
        """What each output of the graph is."""
        return [value.spec for value in self.graph.outputs]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables that it reads or assigns to."""
        return self.graph.variables

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        return tuple(v for v in self.variables if v.trainable)

    @property
    def captured_inputs(self) -> list[Any]:
        """What it uses from outside: variables, and tensors of the code around."""
        return [*self.variables, *self._constants.values()]

    def pretty_printed_signature(self, verbose: bool = True) -> str:
        """Its parameters, what it returns and captures, in TensorFlow's format."""
        return describe(self) if verbose else one_line(self)

    def __repr__(self) -> str:
        return f"<ConcreteFunction {one_line(self)}>"

    def __str__(self) -> str:
        return f"ConcreteFunction {describe(self)}"


def _array_like(x: Tensor | TensorSpec) -> Any:
    return x._array if isinstance(x, Tensor) else np.zeros(x.dims, x.dtype.numpy)


def _passes_for(executor: str) -> tuple[str, ...]:
    """XLA fuses operations and plans memory itself."""
    names = default_passes()
    return tuple(name for name in names if not PASSES[name].finishes) if executor == "xla" else names


def _is_followed(handler: Handler | None, tensor: Tensor) -> bool:
    while tensor._key and handler is not None:
        if handler.follows(tensor):
            return True
        handler = handler.outer
    return False
