"""What a graph costs: floating-point operations, and bytes read and written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from eagernb.graph.ir import Graph, Node, Value


class Cost(NamedTuple):
    """``ops``: operations of the graph itself; ``flops``: operations on numbers, ``bytes``: what the results occupy, of
    these and of what is inside. Unknown sizes count as nothing.
    """

    ops: int
    flops: int
    bytes: int


def node_flops(node: Node) -> int:
    return node.op.flops(tuple(v.spec for v in node.inputs), node.specs, **node.params)


def node_bytes(node: Node) -> int:
    return sum(spec.nbytes or 0 for spec in node.specs)


def graph_cost(graph: Graph) -> Cost:
    """How many nodes compute something, and the sums over these; what is in branches, loops and calls counts once.

    >>> import eagernb as tf
    >>> f = tf.function(lambda x: tf.cond(x[0] > 0.0, lambda: x * 2.0, lambda: tf.exp(-x)), autograph=False)
    >>> graph_cost(f.get_concrete_function(tf.TensorSpec([100])).graph)
    Cost(ops=3, flops=301, bytes=1205)
    """
    alone = list(computing(graph))
    return Cost(len(graph.ops), sum(map(node_flops, alone)), sum(map(node_bytes, alone)))


def computing(graph: Graph) -> Iterator[Node]:
    """The operations that compute something themselves: not those that run graphs for it, but what is in these."""
    for node in graph.ops:
        if node.op.family == "control flow":
            for inside in node.graphs:
                yield from computing(inside)
        else:
            yield node


def peak_bytes(graph: Graph) -> int:
    """The most bytes that results of nodes occupy at one moment, each let go after its last use.

    What is written where an operand was (see ``Graph.reuses``) takes nothing more. Unknown sizes count as nothing, and
    a view as much as the array that it looks at.

    >>> import eagernb as tf
    >>> f = tf.function(lambda x: tf.exp(-x) * 2.0)
    >>> graph = f.get_concrete_function(tf.TensorSpec([1000])).graph
    >>> peak_bytes(graph), peak_bytes(graph.optimize(["plan_memory"]))
    (8000, 4000)
    """
    last = {value: position for position, node in enumerate(graph.nodes) for value in node.inputs}
    last |= dict.fromkeys(graph.outputs, len(graph.nodes))
    held = most = 0
    size: dict[Value, int] = {}  # of the memory that a value is the last to need
    for position, node in enumerate(graph.nodes):
        values = () if node.is_source else node.values
        for value in values:
            taken = graph.reuses.get(value)
            size[value] = value.spec.nbytes or 0 if taken is None else size.pop(taken, 0)
            held += size[value] if taken is None else 0
        most = max(most, held)
        for value in (*node.inputs, *values):
            if last.get(value, position) == position:
                held -= size.pop(value, 0)
    return most


def in_bytes(number: int) -> str:
    """A number of bytes in words.

    >>> in_bytes(64), in_bytes(4_000_000), in_bytes(1234)
    ('64 bytes', '4 MB', '1.23 kB')
    """
    for unit, words in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if number >= unit:
            return f"{number / unit:.3g} {words}"
    return f"{number} {'byte' if number == 1 else 'bytes'}"
