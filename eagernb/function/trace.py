"""Tracing a Python function: it runs once on symbols, and what it does is a graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from traceback import walk_tb
from typing import Any, NamedTuple

from eagernb.core import nest
from eagernb.core.composite import Composite, CompositeSpec
from eagernb.core.convert import convert_to_tensor
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.function.function_type import VariableSpec, value_of
from eagernb.function.signature import Signature
from eagernb.graph.ir import Graph, Node, Value
from eagernb.graph.part import tracer_around
from eagernb.graph.tracer import Tracer
from eagernb.ops.random_seeds import seeds_of_new_graph


class Output:
    """Stands in a traced function's result for an output of the graph."""

    def __init__(self, index: int) -> None:
        self.index = index


class CompositeOutput:
    """Stands in a traced function's result for a value that several outputs make, such as a dataset."""

    def __init__(self, spec: CompositeSpec, parts: list[Output]) -> None:
        self.spec, self.parts = spec, parts


class Trace(NamedTuple):
    """A graph, and how it belongs to the Python function that it was traced from.

    - ``result``: what the function returned, with an Output for each tensor, a CompositeOutput for what has several.
    - ``created``: the variables that it made.
    - ``constants``: tensors of the code around that are constants of the graph, by their nodes. (What was made while
      tracing nobody holds any more.)
    - ``captured``: symbols of the trace around, which are the last inputs.
    - ``first_values``: what the graph assigns to variables that it made, by their keys.
    """

    graph: Graph
    result: Any
    created: list[Variable]
    constants: dict[Node, Tensor]
    captured: list[Any]
    first_values: dict[int, Value]


def trace(function: Callable[..., Any], signature: Signature, known: Any) -> Trace:
    """Run the function once, on symbols for the tensors among its arguments; TypeError if its result is no tensor."""
    __tracebackhide__ = True
    tracer = Tracer(signature.name, parent=tracer_around(), random_seeds=seeds_of_new_graph())
    outputs: list[Any] = []
    names = iter(signature.names(known))
    variables: dict[int, Variable] = {}

    def symbolic(leaf: Any) -> Any:
        name = next(names)
        if isinstance(leaf, TensorSpec):
            return tracer.add_input(leaf, leaf.name or name)
        if isinstance(leaf, VariableSpec):
            if leaf.alias not in variables:
                variables[leaf.alias] = tracer.add_variable(leaf.variable, name)
            return variables[leaf.alias]
        if isinstance(leaf, CompositeSpec):
            return leaf._from_components([tracer.add_input(spec, name) for spec in leaf._component_specs])
        return value_of(leaf)

    def take(leaf: Any) -> Any:
        if leaf is None:
            return None
        if isinstance(leaf, IndexedSlices):
            shape = leaf.dense_shape
            return IndexedSlices(take(leaf.values), take(leaf.indices), None if shape is None else take(shape))
        if isinstance(leaf, Composite):
            return CompositeOutput(leaf._type_spec, [take(part) for part in leaf._components])
        outputs.append(_tensor(leaf, signature.name))
        return Output(len(outputs) - 1)

    try:
        with tracer:
            arguments = nest.map_structure(symbolic, known)
            result = function(*arguments["args"], **arguments["kwargs"])
            packed = nest.map_structure(take, result)
            graph = tracer.graph(outputs)
    except RecursionError as error:
        if tracer.parent is not None:
            raise
        raise RecursionError(_endless(signature.name, error)) from None
    del result
    outputs.clear()
    constants = {node: tensor for node, ref in tracer.constants.items() if (tensor := ref()) is not None}
    first_values = {key: symbol._value for key, symbol in tracer.first_values.items()}
    return Trace(graph, packed, tracer.created_variables, constants, tracer.captured, first_values)


def _endless(name: str, error: RecursionError) -> str:
    """What to say of a trace that came to no end: which function it was in most often."""
    package = __name__.partition(".")[0]
    calls: Counter[str] = Counter()
    for frame, _ in walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.partition(".")[0] not in (package, "malt"):
            calls[frame.f_code.co_name.removeprefix("tf__")] += 1
    often = calls.most_common(1)
    inside = f", in which {often[0][0]} calls itself again and again" if often else ""
    return (
        f"Tracing {name} came to no end{inside}. What ends a recursion must be a Python value: of an `if` on a tensor "
        "both branches are traced, and so is the call in one of them. Use a loop (`while`, tf.while_loop) instead, or "
        "pass the number that ends the recursion as a Python int."
    )


def _tensor(leaf: Any, name: str) -> Tensor:
    try:
        return convert_to_tensor(leaf)
    except (TypeError, ValueError):
        if isinstance(leaf, Tensor):
            raise
        raise TypeError(
            f"To be compatible with tf.function, Python functions must return zero or more Tensors or None values; "
            f"{name} returned {type(leaf).__name__}: {leaf!r}. A list, tuple or dict of tensors is fine too."
        ) from None


def given_tensors(arguments: Any) -> list[Any]:
    """The tensors among the arguments (those of datasets too), in nest's order, and each variable once.

    Raises ValueError for a TensorSpec.
    """
    found: list[Any] = []
    seen: set[int] = set()
    for leaf in nest.flatten(arguments):
        if isinstance(leaf, Tensor):
            found.append(leaf)
        elif isinstance(leaf, Variable) and leaf._handle._key not in seen:
            seen.add(leaf._handle._key)
            found.append(leaf._handle)
        elif isinstance(leaf, Composite):
            found += leaf._components
        elif isinstance(leaf, (TensorSpec, CompositeSpec)):
            raise ValueError(
                f"A tensor is needed where {leaf} was given: get_concrete_function takes specs, calls do not."
            )
    return found


def expected_tensors(known: Any) -> list[Any]:
    """The specs of the tensors that ``given_tensors`` finds among arguments of which this is known."""
    found: dict[Any, Any] = {}
    for i, leaf in enumerate(nest.flatten(known)):
        if isinstance(leaf, TensorSpec):
            found["tensor", i] = leaf
        elif isinstance(leaf, VariableSpec):
            found.setdefault(("variable", leaf.alias), leaf)
        elif isinstance(leaf, CompositeSpec):
            found.update({("component", i, n): spec for n, spec in enumerate(leaf._component_specs)})
    return list(found.values())
