"""The functions that transformations are given: traced once, when the dataset is made, and run for each element."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from eagernb.autograph.convert import convert
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.data.structure import component_specs, components, element_spec_of, normalized, packed
from eagernb.executors import Executable
from eagernb.graph.executable import executable
from eagernb.graph.interpreter import replay
from eagernb.graph.ir import Graph
from eagernb.graph.part import tracer_around
from eagernb.graph.subgraphs import sees_inside
from eagernb.graph.tracer import Tracer


class TracedFunction:
    """A function of elements as a graph: ``run`` takes the arrays of its arguments, then those of ``captured``.

    ``output_spec`` is the spec of what it returns.
    """

    def __init__(self, graph: Graph, output_spec: Any, captured: list[Tensor]) -> None:
        self.graph = graph
        self.output_spec = output_spec
        self.captured = captured  # symbols of the trace around: the transformation is given them as inputs

    @cached_property
    def run(self) -> Executable:
        whole = executable(self.graph, "numpy_source")

        def run(arrays: Sequence[Any]) -> Any:
            if not sees_inside():
                return whole(arrays)
            # One operation after the other, where numbers are looked at.
            return [result._array for result in replay(self.graph, list(map(EagerTensor._of, arrays)))]

        return run

    def __repr__(self) -> str:
        return self.graph.name


def traced(func: Callable[..., Any], transformation: str, *argument_specs: Any, unpack: bool = True) -> TracedFunction:
    """Trace a function for arguments of these specs; a single one that is a plain tuple becomes several (``unpack``).

    Raises ValueError for what is no function, or makes variables, TypeError for a result that is no element.
    """
    __tracebackhide__ = True
    if not callable(func):
        raise ValueError(f"Argument `func` must be a callable. Received func={func} (of type {type(func)})")
    name = f"Dataset_{transformation}_{getattr(func, '__name__', type(func).__name__)}"
    tracer = Tracer("".join(c if c.isalnum() else "_" for c in name), parent=tracer_around())
    with tracer:
        inputs = iter([tracer.add_input(spec, spec.name or "element") for spec in component_specs(argument_specs)])
        arguments = [packed(spec, inputs) for spec in argument_specs]
        if unpack and len(arguments) == 1 and type(arguments[0]) is tuple:
            arguments = list(arguments[0])
        result = convert(func)(*arguments)
        if isinstance(result, list):  # such as numpy_function returns; inside of tuples and dicts a list is stacked
            result = tuple(result)
        element = _element(result, transformation)
        graph = tracer.graph(components(element))
        output_spec = element_spec_of(element)
    if tracer.created_variables:
        raise ValueError(
            f"The function passed to Dataset.{transformation}() makes a tf.Variable each time that it runs. Make it "
            "outside."
        )
    return TracedFunction(graph, output_spec, tracer.captured)


def _element(result: Any, transformation: str) -> Any:
    __tracebackhide__ = True
    try:
        return normalized(result)
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"Unsupported return value from function passed to Dataset.{transformation}(): {result!r}. It must be a "
            f"tensor, or a tuple or dict of tensors. ({error})"
        ) from error
