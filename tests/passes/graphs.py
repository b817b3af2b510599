"""Graphs for tests: traced from a function of named inputs."""

from collections.abc import Callable
from typing import Any

from eagernb.core.spec import TensorSpec
from eagernb.graph import Graph, Tracer


def trace(function: Callable[..., Any], *shapes: Any, dtype: str = "float32") -> Graph:
    """The graph of ``function``, with an input x, y, z, ... for each shape."""
    tracer = Tracer("graph")
    with tracer:
        result = function(*[tracer.add_input(TensorSpec(s, dtype), n) for s, n in zip(shapes, "xyzuvw", strict=False)])
    return tracer.graph(result if isinstance(result, (tuple, list)) else [result])
