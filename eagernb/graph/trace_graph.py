"""Making a graph of what a function does with symbols of given specs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.core.spec import TensorSpec
from eagernb.graph.ir import Graph
from eagernb.graph.tracer import Tracer


def graph_of(name: str, specs: Sequence[TensorSpec], function: Callable[[list[Any]], list[Any]]) -> Graph:
    """The graph from inputs of these specs to the function's results for them."""
    tracer = Tracer(name)
    with tracer:
        values: list[Any] = [tracer.add_input(spec, f"x{i}") for i, spec in enumerate(specs)]
        return tracer.graph(function(values))
