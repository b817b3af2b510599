"""What of a static graph has to run for some fetches and feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eagernb.compat.v1.operation import GraphTensor, Operation
from eagernb.graph.interpreter import Interpreter
from eagernb.graph.ir import INPUT, Graph, Node, Value


class Plan:
    """The operations that the fetches need, in the order in which they were made, with inputs for what is fed."""

    def __init__(self, tensors: Sequence[GraphTensor], operations: Sequence[Operation], fed: Sequence[GraphTensor]):
        new: dict[Value, Value] = {}
        inputs: list[Node] = []
        for index, tensor in enumerate(fed):
            name = f"{tensor.name}_fed"  # no operation's name has a colon
            node = Node(INPUT, (), {"spec": tensor._spec, "index": index}, (tensor._spec,), name)
            inputs.append(node)
            new[tensor._value] = node.values[0]
        nodes: list[Node] = list(inputs)
        for operation in _needed([t.op for t in tensors if t._value not in new], operations, set(new)):
            node = operation.node
            changed = tuple(new.get(value, value) for value in node.inputs)
            if changed != node.inputs:
                node = replace(node, inputs=changed, origin=(node,))
                for before, after in zip(operation.node.values, node.values, strict=True):
                    new.setdefault(before, after)
            nodes.append(node)
        outputs = tuple(new.get(tensor._value, tensor._value) for tensor in tensors)
        self.graph = Graph(tuple(inputs), tuple(nodes), outputs, "session")
        self._interpreter = Interpreter(self.graph)

    def run(self, arrays: Sequence[Any]) -> list[Any]:
        """The fetched tensors' arrays for those that are fed."""
        return self._interpreter.run(arrays)


def _needed(tensor_ops: Sequence[Operation], operations: Sequence[Operation], fed: set[Value]) -> list[Operation]:
    found: set[Operation] = set()
    waiting = [*tensor_ops, *operations]
    while waiting:
        operation = waiting.pop()
        if operation in found:
            continue
        found.add(operation)
        waiting += operation.control_inputs
        waiting += [tensor.op for tensor in operation.inputs if tensor._value not in fed]
    return sorted(found, key=lambda operation: operation.position)
