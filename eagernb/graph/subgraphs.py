"""What the ops that run graphs have in common: how a graph is run, and what is followed by a tape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eagernb.core.dispatch import active_handlers
from eagernb.graph.ir import Graph
from eagernb.graph.tracer import Tracer

# run(graph, arrays): the outputs' arrays. Kernels of ops with sub-graphs take it, so that whoever runs the graph around
# runs those inside too.
Run = Callable[[Graph, Sequence[Any]], Sequence[Any]]


def followers(inputs: Sequence[Any]) -> int:
    """How many orders of gradients may flow through an operation on these: the number of tapes that follow one of
    them, where a tape that answers again counts twice."""
    count = 0
    for handler in active_handlers():
        if any(x._key and handler.follows(x) for x in inputs):
            count += 2 if handler.answers_again else 1
        if isinstance(handler, Tracer):
            break
    return count


def sees_inside() -> bool:
    """Whether somebody must see every operation, those inside of functions and branches too."""
    for handler in active_handlers():
        if handler.sees_inside:
            return True
        if isinstance(handler, Tracer):
            break
    return False
