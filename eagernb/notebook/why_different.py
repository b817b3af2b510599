"""Why a result differs between eager mode and the graph: what it depends on says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from eagernb.core.op import WRITE
from eagernb.graph import Graph, Node
from eagernb.graph.ir import VARIABLE
from eagernb.notebook.enumeration import capped, join
from eagernb.notebook.history import all_nodes
from eagernb.notebook.language import say
from eagernb.passes.pipeline import PASSES

if TYPE_CHECKING:
    from eagernb.notebook.comparison import ResultComparison
    from eagernb.notebook.graph_run import GraphRun


def why_different(result: ResultComparison, run: GraphRun, fast_math: bool) -> str:
    """Return the reason in a sentence or two; empty where none is known.

    A result that has no name in the graph is taken to depend on all of it.
    """
    needed = set(_needed(run, result.name))
    if random := [node for node in needed if node.op.family == "random"]:
        return say("It comes from random numbers{where}: each mode draws its own.", where=_where(random))
    if outside := [node for node in needed if node.op.family == "outside"]:
        return say("It comes from outside of the graph{where}, and may be another each time.", where=_where(outside))
    if fast_math and (changes := _inexact(run, needed)):
        reason = say("With --fast-math results are the same for real numbers, but rounded differently:")
        return f"{reason} {' '.join(capped(changes, 3))}"
    if result.largest_difference is not None and not fast_math:
        # Passes keep every bit, and both modes have the same kernels.
        return say("Python computes a part of it, and not the same each time: a clock, a counter, a file.")
    return ""


def _needed(run: GraphRun, name: str) -> Iterator[Node]:
    """The nodes of the traced graph that a result depends on, those in graphs inside as well."""
    graph = run.graph
    left = [value.node for value, known in run.names.items() if known == name]
    for variable in [node for node in left if node.op is VARIABLE]:
        left += [node for node in graph.nodes if node.effect == WRITE and any(v.node is variable for v in node.inputs)]
    left = left or list(graph.nodes)
    seen: set[Node] = set()
    while left:
        node = left.pop()
        if node not in seen:
            seen.add(node)
            left += [value.node for value in node.inputs]
            yield node
            yield from _inside(node.graphs)


def _inside(graphs: Iterable[Graph]) -> Iterator[Node]:
    for graph in graphs:
        yield from all_nodes(graph)


def _where(nodes: Iterable[Node]) -> str:
    """The user's lines, in brackets."""
    lines = sorted({node.line.number for node in nodes if node.line})
    if not lines:
        return ""
    numbers = join(map(str, lines))
    return f" ({say('line {n}', n=numbers) if len(lines) == 1 else say('lines {numbers}', numbers=numbers)})"


def _inexact(run: GraphRun, needed: set[Node]) -> list[str]:
    """What the passes that rounding may tell from the cell's code say of these nodes."""
    names = {node.name for node in needed}
    return [
        change.sentence
        for result in run.passes
        if PASSES[result.name].takes_fast_math
        for change in result.changes
        if any(node.name in names for node in change.removed)
    ]
