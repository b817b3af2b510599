"""What the ops that run graphs have in common: how a graph is run, and what is followed by a tape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.core.dispatch import active_handlers, current
from eagernb.core.op import READ
from eagernb.core.variable import Variable
from eagernb.graph.ir import Graph
from eagernb.graph.tracer import Tracer

# run(graph, arrays): the outputs' arrays. Kernels of ops with sub-graphs take it, so that whoever runs the graph around
# runs those inside too.
Run = Callable[[Graph, Sequence[Any]], Sequence[Any]]


def followers(inputs: Sequence[Any]) -> tuple[int, frozenset[int]]:
    """How many orders of gradients may flow through an operation on these, and to which of them.

    That is the number of tapes that follow one of them, where a tape that answers again counts twice.
    """
    orders = 0
    followed: set[int] = set()
    for handler in active_handlers():
        found = [i for i, x in enumerate(inputs) if x._key and handler.follows(x)]
        if found:
            orders += 2 if handler.answers_again else 1
            followed.update(found)
        if isinstance(handler, Tracer):
            break
    return orders, frozenset(followed)


def tell_of_variables(captured: Sequence[Any], graphs: Sequence[Graph]) -> None:
    """Let tapes watch the variables that the graphs read, of which these are the last inputs."""
    handler = current()
    if handler is None:
        return
    for at, variable in enumerate(captured):
        if isinstance(variable, Variable) and any(_reads(graph, at - len(captured)) for graph in graphs):
            handler.accessed(variable)


def _reads(graph: Graph, at: int) -> bool:
    node = graph.inputs[at]
    return any(
        user.op.effect == READ or bool(user.op.graphs)
        for user in graph.nodes
        if any(value.node is node for value in user.inputs)
    )


def sees_inside() -> bool:
    """Whether somebody must see every operation, those inside of functions and branches too."""
    for handler in active_handlers():
        if handler.sees_inside:
            return True
        if isinstance(handler, Tracer):
            break
    return False
