"""Executable: a graph made ready to run, by an executor that is chosen by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from eagernb.graph.interpreter import Interpreter
from eagernb.graph.ir import Graph

# From the arrays of the graph's inputs (a Variable itself, where an input stands for one) to those of its outputs, any
# number of times, from any thread.
Executable = Callable[[Sequence[Any]], list[Any]]


class Executor(NamedTuple):
    """Who runs graphs. ``make(graph)`` gives what runs one.

    ``whole``: it makes something of a graph as a whole, so that where the graph is called in another one, the call is
    left to it, whoever runs that. ``fuses``: it fuses operations and plans memory itself.
    """

    make: Callable[[Graph], Executable]
    whole: bool = False
    fuses: bool = False


_EXECUTORS: dict[str, Executor] = {}
_default = "numpy_source"
_made: WeakKeyDictionary[Graph, dict[str, Executable]] = WeakKeyDictionary()


def register_executor(name: str, make: Callable[[Graph], Executable], whole: bool = False, fuses: bool = False) -> None:
    """Add an executor (see ``Executor``). Its name must be new."""
    if name in _EXECUTORS:
        raise ValueError(f"There is already an executor named {name!r}.")
    _EXECUTORS[name] = Executor(make, whole, fuses)


def executors() -> tuple[str, ...]:
    """The names of all executors."""
    return tuple(_EXECUTORS)


def find_executor(name: str) -> Executor:
    """The executor of this name; ValueError if there is none."""
    try:
        return _EXECUTORS[name]
    except KeyError:
        raise ValueError(f"There is no executor {name!r}, only {', '.join(executors())}.") from None


def make_executable(graph: Graph, executor: str = "numpy_source") -> Executable:
    """The graph, ready to run; ValueError for an executor that there is not."""
    return find_executor(executor).make(graph)


_prepare: list[Callable[[Graph], Graph]] = []


def prepare_by(optimize: Callable[[Graph], Graph]) -> None:
    """Let graphs that are called as one operation go through this first."""
    _prepare.append(optimize)


def default_executor() -> str:
    """The executor of functions that do not ask for one."""
    return _default


def set_default_executor(name: str) -> None:
    """Choose the executor of the functions that are traced from now on and do not ask for one."""
    global _default
    _default = name


def executable(graph: Graph, executor: str) -> Executable:
    """The graph, optimised and ready to run, once for each graph: what it made is kept as long as the graph is."""
    made = _made.setdefault(graph, {})
    if executor not in made:
        prepared = graph
        for optimize in _prepare:
            prepared = optimize(prepared)
        made[executor] = make_executable(prepared, executor)
    return made[executor]


register_executor("interpreter", lambda graph: Interpreter(graph).run)
