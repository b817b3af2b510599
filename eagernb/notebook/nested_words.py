"""What runs inside of conditionals, loops, calls and fused operations, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from eagernb.graph import Graph, Node
from eagernb.notebook.enumeration import MOST_NAMES, capped, join
from eagernb.notebook.language import say, say_count
from eagernb.notebook.quantities import count

if TYPE_CHECKING:
    from eagernb.notebook.graph_run import GraphRun
    from eagernb.notebook.watch import NodeRun, SubgraphRun


def inner_ops(graph: Graph) -> int:
    """Return how many operations a graph has with those of its sub-graphs; those fused into one in the place of it."""
    return sum((not _is_fused(node)) + sum(map(inner_ops, node.graphs)) for node in graph.ops)


def all_ops(graph: Graph) -> int:
    """Return how many operations are carried out one by one if each runs once: those inside of a fused one are not."""
    nested = (inner for node in graph.ops if not _is_fused(node) for inner in node.graphs)
    return len(graph.ops) + sum(map(all_ops, nested))


def _is_fused(node: Node) -> bool:
    return bool(node.graphs) and node.op.family == "elementwise"


def inside_words(graph: Graph) -> str:
    """Return how many operations run inside of others; empty where none does."""
    inside = sum(map(inner_ops, (inner for node in graph.ops for inner in node.graphs)))
    return say(" with {n} inside", n=f"{inside:,}") if inside else ""


def graph_names(node: Node) -> tuple[str, ...]:
    """Return what a node's sub-graphs are called: true and false, condition and body, or the function's name."""
    if node.op.graphs == ("cond", "body"):
        return (say("condition"), say("body"))
    if node.op.graphs != ("branches",):
        return tuple(graph.name for graph in node.graphs)
    if node.inputs[0].spec.dtype.name == "bool":
        return (say("true"), say("false"))
    *numbers, last = (say("branch {n}", n=index) for index in range(len(node.graphs)))
    return (*numbers, say("{branch} and any other", branch=last))


def branch_words(node: Node, index: int, ran: SubgraphRun | None) -> tuple[str, bool | None]:
    """Return what to call a branch and whether it was taken, None where that is not known."""
    name = graph_names(node)[index]
    if ran is None:
        return name, None
    if not ran.times:
        return say("{branch}: not run", branch=name), False
    return say_count(ran.times, "{branch}: taken", "{branch}: taken {n} times", branch=name), True


def turns_words(turns: int) -> str:
    """Return how often the body of a loop ran.

    >>> turns_words(1), turns_words(12)
    ('1 turn', '12 turns')
    """
    return count(turns, "turn")


def inside_sentences(run: GraphRun) -> list[str]:
    """Return what ran inside the nodes that have sub-graphs, as deep as they go."""
    return [sentence for ran in run.runs for sentence in _inside(ran, "")]


def _inside(ran: NodeRun, indent: str) -> Iterable[str]:
    node = ran.node
    if not node.graphs:
        return
    where = say(", line {n}", n=node.line.number) if node.line else ""
    if node.op.graphs == ("cond", "body"):
        told = say("ran {turns}", turns=turns_words(ran.inside[1].times))
    elif node.op.graphs == ("branches",):
        told = "; ".join(branch_words(node, index, part)[0] for index, part in enumerate(ran.inside))
    else:
        is_call = node.op.family == "control flow"
        told = say("ran {names}", names=join(graph_names(node))) if is_call else say("ran as one")
    yield f"{indent}%{node.name}{where}: {told}."
    for name, part in zip(graph_names(node), ran.inside, strict=True):
        if part.runs:
            ops = (f"{r.node.op.name} ×{r.times}" if r.times > 1 else r.node.op.name for r in part.runs)
            yield f"{indent}  {name}: {', '.join(capped(list(ops), MOST_NAMES))}."
        for inner in part.runs:
            yield from _inside(inner, f"{indent}    ")
