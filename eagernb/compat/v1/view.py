"""A traced function's graph as TensorFlow shows it: Operations, and tensors with names such as "add:0"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from eagernb.compat.v1.graph import Graph
from eagernb.compat.v1.operation import GraphTensor, Operation
from eagernb.core.op import find_op
from eagernb.graph.ir import Node, Value


class FuncGraph(Graph):
    """The nodes of a trace as Operations, to be looked at: it can be neither added to nor run in a Session.

    Results are called "Identity", "Identity_1", ...: operations that stand for them, as in TensorFlow.
    """

    def __init__(self, name: str, tracer: Any = None) -> None:
        super().__init__()
        self.name = name
        if tracer is not None:  # which still takes its tensors
            self._tracer = tracer
        self._of: dict[Node, Operation] = {}
        self.finalize()

    def show(self, nodes: Iterable[Node]) -> FuncGraph:
        """Add what is not there yet of these nodes, of which each comes after its inputs."""
        for node in nodes:
            if node not in self._of:
                operation = Operation(self, node, list(self.tensors(node.inputs)), (), len(self._operations))
                self._of[node] = self._operations[node.name] = operation
        return self

    def show_results(self, values: Sequence[Value]) -> list[GraphTensor]:
        """Add an operation for each result; their outputs."""
        identities = [
            Node(find_op("identity"), (value,), {}, (value.spec,), self.unique_name("Identity")) for value in values
        ]
        self.show(identities)
        return list(self.tensors(node.values[0] for node in identities))

    def tensors(self, values: Iterable[Value]) -> Iterator[GraphTensor]:
        """The tensors that stand for values of the nodes."""
        return (self._of[value.node].outputs[value.index] for value in values)

    @property
    def building_function(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"FuncGraph(name={self.name}, id={id(self)})"
