"""function: trace at the first call with a signature, run the graph at this and every later one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Hashable
from typing import Any

from eagernb.autograph.convert import as_it_is, convert
from eagernb.core import nest
from eagernb.core.convert import convert_to_tensor, is_tensor
from eagernb.core.dispatch import current, spec_of
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import UnimplementedError
from eagernb.function.signature import cache_key, canonical
from eagernb.graph.interpreter import Interpreter, replay
from eagernb.graph.ir import Graph
from eagernb.graph.tracer import Tracer
from eagernb.passes import optimize
from eagernb.passes.pipeline import default_passes

_eagerly = False


def run_functions_eagerly(run_eagerly: bool) -> None:
    """Whether functions run line by line, as Python, to be looked into with print and a debugger, or as graphs."""
    global _eagerly
    _eagerly = bool(run_eagerly)


def functions_run_eagerly() -> bool:
    """Whether functions run line by line instead of as graphs."""
    return _eagerly


class ConcreteFunction:
    """One trace: a graph, and how to get from arguments to its inputs and from its outputs to the result."""

    def __init__(self, graph: Graph, result: Any, keep: Any) -> None:
        self.graph = graph
        self.optimized, self.passes = optimize(graph, default_passes())
        self._interpreter = Interpreter(self.optimized)
        self._result = result  # the function's result, with an _Output where the graph gives a tensor
        self._keep = keep  # objects whose id is in the cache key must stay alive

    def call(self, tensors: list[Tensor]) -> Any:
        """The result for the tensors among the arguments, in nest's order."""
        if current() is None:
            outputs = [EagerTensor(a) for a in self._interpreter.run([t._array for t in tensors])]
        else:
            outputs = replay(self.graph, tensors)  # as it was written: optimised, it has lost what stops gradients
        return nest.map_structure(lambda leaf: outputs[leaf.index] if isinstance(leaf, _Output) else leaf, self._result)


class _Output:
    """Stands in a traced function's result for an output of the graph."""

    def __init__(self, index: int) -> None:
        self.index = index


class Function:
    """A Python function that runs as a graph; what ``function`` returns."""

    def __init__(
        self, python_function: Callable[..., Any], name: str | None = None, input_signature: Any = None,
        convert: Callable[..., Any] = convert,
    ) -> None:  # fmt: skip
        self.python_function = python_function
        self._convert = convert  # autograph, or nothing
        self._traced = convert(python_function)
        self._name: str = name or getattr(python_function, "__name__", None) or "function"
        self._signature = inspect.signature(python_function)
        self._input_signature = None if input_signature is None else tuple(input_signature)
        self._traces: dict[Hashable, ConcreteFunction] = {}
        functools.update_wrapper(self, python_function, updated=())

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        if _eagerly:
            return self.python_function(*args, **kwargs)
        arguments, signature = self._bind(args, kwargs)
        concrete = self._concrete(signature)
        return concrete.call([leaf for leaf in nest.flatten(arguments) if isinstance(leaf, Tensor)])

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> ConcreteFunction:
        """The trace for these arguments, made if there is none; a TensorSpec stands for any tensor that fits it."""
        return self._concrete(self._bind(args, kwargs)[1])

    def experimental_get_tracing_count(self) -> int:
        """How often the Python function was traced."""
        return len(self._traces)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        # One Function for each object, kept on it: its traces belong to its variables.
        cached = instance.__dict__.get(f"_traced_{self._name}")
        if cached is None:
            method = self.python_function.__get__(instance, owner)
            cached = Function(method, self._name, self._input_signature, self._convert)
            instance.__dict__[f"_traced_{self._name}"] = cached
        return cached

    def _bind(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
        """The arguments, and their signature: the same with a TensorSpec for each tensor."""
        __tracebackhide__ = True
        try:
            bound = self._signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{self._name}{self._signature}: {error}.") from None
        bound.apply_defaults()
        arguments = canonical({"args": tuple(bound.args), "kwargs": dict(bound.kwargs)})
        signature = nest.map_structure(lambda leaf: spec_of(leaf) if isinstance(leaf, Tensor) else leaf, arguments)
        if self._input_signature is not None:
            specs = self._input_signature
            if len(args) > len(specs):
                raise TypeError(f"{self._name}: {len(args)} arguments, but input_signature has {len(specs)} specs.")
            given, rest = arguments["args"][: len(specs)], arguments["args"][len(specs) :]
            arguments["args"] = tuple(map(self._fit, specs, given)) + rest
            signature["args"] = specs + rest
        return arguments, signature

    def _fit(self, spec: Any, value: Any) -> Any:
        """The argument as a tensor that fits its spec, part by part if it is nested; TypeError if it does not."""
        __tracebackhide__ = True
        if nest.is_nested(spec):
            return nest.pack(spec, map(self._fit, nest.flatten(spec), nest.flatten(value)))
        if not isinstance(value, TensorSpec):
            value = convert_to_tensor(value, None if is_tensor(value) else spec.dtype)
        if not spec.is_compatible_with(value):
            raise TypeError(
                f"{self._name}: can not cast TensorSpec(shape={value.shape}, dtype={value.dtype!r}) to {spec}: "
                "the argument does not fit the input_signature."
            )
        return value

    def _concrete(self, signature: Any) -> ConcreteFunction:
        __tracebackhide__ = True
        key = cache_key(signature)
        if key not in self._traces:
            graph, result, created = self._trace(signature)
            if created:
                # The variables exist now: traced again, the function has to find them instead of making new ones.
                graph, result, created = self._trace(signature)
            if created:
                raise ValueError(
                    f"{self._name} makes a new tf.Variable at every call. A graph can only use variables that exist: "
                    "make it outside, or at the first call only, and keep it."
                )
            self._traces[key] = ConcreteFunction(graph, result, signature)
        return self._traces[key]

    def _trace(self, signature: Any) -> tuple[Graph, Any, list[Any]]:
        """The graph, the result with an _Output for each tensor, and the variables that were made on the way."""
        __tracebackhide__ = True
        tracer = Tracer(self._name)
        outputs: list[Any] = []

        def take(leaf: Any) -> Any:
            if leaf is None:
                return None
            outputs.append(_result_tensor(leaf, self._name))
            return _Output(len(outputs) - 1)

        with tracer:
            names = iter(_argument_names(signature, list(self._signature.parameters)))
            symbolic = nest.map_structure(lambda leaf: _symbolic(tracer, leaf, next(names)), signature)
            result = self._traced(*symbolic["args"], **symbolic["kwargs"])
            packed = nest.map_structure(take, result)
            return tracer.graph(outputs), packed, tracer.created_variables


def _result_tensor(leaf: Any, name: str) -> Tensor:
    try:
        return convert_to_tensor(leaf)
    except (TypeError, ValueError):
        if isinstance(leaf, Tensor):
            raise
        raise TypeError(
            f"{name} must return tensors, numbers or None to run as a graph, not {type(leaf).__name__}: {leaf!r}"
        ) from None


def _symbolic(tracer: Tracer, leaf: Any, name: str) -> Any:
    return tracer.add_input(leaf, name) if isinstance(leaf, TensorSpec) else leaf


def _argument_names(arguments: Any, parameters: list[str]) -> list[str]:
    """A name for every leaf, in nest's order: that of the parameter it belongs to."""
    names: list[str] = []
    for i, value in enumerate(arguments["args"]):
        names += [parameters[min(i, len(parameters) - 1)]] * len(nest.flatten(value))
    for key in sorted(arguments["kwargs"]):
        names += [key] * len(nest.flatten(arguments["kwargs"][key]))
    return names


def function(
    func: Callable[..., Any] | None = None,
    input_signature: Any = None,
    autograph: bool = True,
    jit_compile: bool | None = None,
    reduce_retracing: bool = False,
    experimental_implements: Any = None,
    experimental_autograph_options: Any = None,
    *,
    name: str | None = None,
) -> Any:
    """Make a function run as a graph: traced at the first call with new shapes, dtypes or Python values.

    As a decorator, with or without arguments. Python's own effects (print, append) happen while tracing only. With
    ``input_signature``, a list of TensorSpecs, there is one trace for all arguments that fit it.

    With ``autograph``, an `if` or a loop on tensors becomes a part of the graph; without, it raises TypeError.
    ``experimental_autograph_options`` are optional features of it (tf.autograph.experimental.Feature). Traces are never
    relaxed, whatever ``reduce_retracing``. ``jit_compile=True`` raises UnimplementedError.

    >>> import eagernb as tf
    >>> @function
    ... def double(x):
    ...     print("tracing")
    ...     return x + x
    >>> float(double(tf.constant(1.0))), float(double(tf.constant(2.0)))
    tracing
    (2.0, 4.0)
    """
    if jit_compile:
        raise UnimplementedError("function(jit_compile=True): graphs run in the interpreter only. Leave it out.")
    how = functools.partial(convert, features=experimental_autograph_options) if autograph else as_it_is
    if func is None:
        return lambda f: Function(f, name, input_signature, how)
    return Function(func, name, input_signature, how)
