"""Which values of a graph lie in the same memory, and when nothing needs that memory any more."""

from __future__ import annotations

from collections.abc import Mapping

from eagernb.graph.ir import Graph, Node, Value


class _Region:
    """Memory that some values share. ``end`` is the last position at which one of them is used."""

    __slots__ = ("end", "joined", "owned")

    def __init__(self, end: int, owned: bool) -> None:
        self.end = end
        self.owned = owned  # nothing outside the graph refers to it
        self.joined: _Region | None = None  # the region that it has become a part of


class Lifetimes:
    """Goes through a graph node by node, and knows of every value so far whose memory it is in.

    >>> import eagernb as tf
    >>> f = tf.function(lambda x: tf.reshape(tf.exp(x) * 2.0, [2]))
    >>> graph = f.get_concrete_function(tf.TensorSpec([2, 1])).graph
    >>> lifetimes = Lifetimes(graph)
    >>> for position, node in enumerate(graph.nodes):
    ...     print(node.name, [lifetimes.is_free(value, position) for value in node.inputs])
    ...     lifetimes.add(node)
    x []
    exp [False]
    constant []
    multiply [True, False]
    reshape [True]
    """

    def __init__(self, graph: Graph) -> None:
        self._last = {value: position for position, node in enumerate(graph.nodes) for value in node.inputs}
        self._last.update(dict.fromkeys(graph.outputs, len(graph.nodes)))
        self._regions: dict[Value, _Region] = {}
        self._position = 0

    def is_free(self, value: Value, position: int) -> bool:
        """Whether the node at this position may write where the value is: nothing else uses that memory from there on.

        The node itself may still read it.
        """
        region = self._region(value)
        return region.owned and region.end <= position

    def share(self, x: Value, y: Value) -> bool:
        """Whether two values may lie in the same memory."""
        return self._region(x) is self._region(y)

    def add(self, node: Node, reuses: Mapping[Value, Value] | None = None) -> None:
        """The next node of the graph: its outputs lie in new memory, or where its inputs are.

        ``reuses`` says which outputs are written where an input is.
        """
        position, self._position = self._position, self._position + 1
        pure = node.pure
        fresh = node.op.fresh and pure
        for value in node.values:
            region = _Region(self._last.get(value, position), fresh or (pure and bool(node.inputs)))
            self._regions[value] = region
            if reuses and value in reuses:
                self._join(region, self._region(reuses[value]))
            elif not fresh:
                for given in node.inputs:
                    self._join(self._region(value), self._region(given))
        if not pure:  # what has an effect may keep what it is given
            for given in node.inputs:
                self._region(given).owned = False

    def _region(self, value: Value) -> _Region:
        region = self._regions[value]
        while region.joined is not None:
            if region.joined.joined is not None:
                region.joined = region.joined.joined  # the way is shorter the next time
            region = region.joined
        return region

    @staticmethod
    def _join(one: _Region, other: _Region) -> None:
        if one is not other:
            one.joined = other
            other.end = max(one.end, other.end)
            other.owned = one.owned and other.owned
