"""What an executor is: it makes a graph into something that runs. ``register_executor`` is how one more is added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.graph.ir import Graph

# Gives the outputs' arrays for the inputs' arrays, any number of times, from any thread.
Executable = Callable[[Sequence[Any]], list[Any]]

_EXECUTORS: dict[str, Callable[[Graph], Executable]] = {}


def register_executor(name: str, make: Callable[[Graph], Executable]) -> None:
    """Add an executor: ``make(graph)`` gives what runs the graph. Its name must be new."""
    if name in _EXECUTORS:
        raise ValueError(f"There is already an executor named {name!r}.")
    _EXECUTORS[name] = make


def executors() -> tuple[str, ...]:
    """The names of all executors."""
    return tuple(_EXECUTORS)


def make_executable(graph: Graph, executor: str = "numpy_source") -> Executable:
    """The graph, ready to run; ValueError for an executor that there is not."""
    try:
        make = _EXECUTORS[executor]
    except KeyError:
        raise ValueError(f"There is no executor {executor!r}, only {', '.join(executors())}.") from None
    return make(graph)
