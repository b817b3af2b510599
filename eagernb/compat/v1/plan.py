"""What of a static graph has to run for some fetches and feeds, and how it is run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from eagernb.compat.v1.operation import GraphTensor, Operation
from eagernb.core.spec import TensorSpec
from eagernb.core.variable import READ_VARIABLE
from eagernb.errors import OpError
from eagernb.executors import make_executable
from eagernb.graph.executable import Executable
from eagernb.graph.interpreter import Interpreter
from eagernb.graph.ir import INPUT, VARIABLE, Graph, Node, Value
from eagernb.graph.specialize import specialize
from eagernb.ops.shape_algebra import ENSURE_SHAPE
from eagernb.passes import optimize
from eagernb.passes.pipeline import default_passes

# So many shapes of what is fed get code of their own; all that come later share one that takes any.
_MOST_SHAPES = 8


class Plan:
    """The operations that the fetches need, in the order in which they were made, with inputs for what is fed.

    ``place_of`` gives the place of a variable in the session. What is fed for the first time in these shapes runs node
    by node: an initializer, or a look at a value, costs less than the passes would. From the second time on, the graph
    is optimised for the shapes and runs as generated code, as functions do.
    """

    def __init__(
        self, tensors: Sequence[GraphTensor], operations: Sequence[Operation], fed: Sequence[GraphTensor],
        place_of: Callable[[Any], Any],
    ) -> None:  # fmt: skip
        self.graph = graph_for(tensors, operations, fed, place_of)
        self.executables: dict[tuple[Any, ...], Executable] = {}  # by the shapes of what is fed
        self._count = len(tensors)
        self._seen: set[tuple[Any, ...]] = set()
        self._interpret: Executable = Interpreter(self.graph).run

    def run(self, arrays: Sequence[Any]) -> list[Any]:
        """The fetched tensors' arrays for those that are fed."""
        shapes = tuple([array.shape for array in arrays])
        execute = self.executables.get(shapes)
        if execute is None:
            execute = self._executable(shapes)
        return execute(arrays)[: self._count]

    def _executable(self, shapes: tuple[Any, ...]) -> Executable:
        if shapes in self._seen:
            self.executables[shapes] = made = self._for_shapes(shapes)
            return made
        if len(self._seen) == _MOST_SHAPES:
            return self._for_any_shapes
        self._seen.add(shapes)
        return self._interpret

    def _for_shapes(self, shapes: tuple[Any, ...]) -> Executable:
        specs = [TensorSpec(shape, node.specs[0].dtype) for shape, node in zip(shapes, self.graph.inputs, strict=True)]
        try:
            graph = specialize(self.graph, specs)
        except OpError:  # these shapes do not fit together: an error of the run, that names the user's line
            return self._for_any_shapes
        return self._for_any_shapes if graph is self.graph else _optimized(graph)

    @cached_property
    def _for_any_shapes(self) -> Executable:
        return _optimized(self.graph)


def _optimized(graph: Graph) -> Executable:
    return make_executable(optimize(graph, default_passes())[0])


def graph_for(
    tensors: Sequence[GraphTensor], operations: Sequence[Operation], fed: Sequence[GraphTensor],
    place_of: Callable[[Any], Any],
) -> Graph:  # fmt: skip
    """What has to run for these tensors and operations, with an input for each tensor that is fed."""
    new: dict[Value, Value] = {}
    inputs: list[Node] = []
    for index, tensor in enumerate(fed):
        name = f"{tensor.name}_fed"  # no operation's name has a colon
        node = Node(INPUT, (), {"spec": tensor._spec, "index": index}, (tensor._spec,), name)
        inputs.append(node)
        new[tensor._value] = node.values[0]
    read: dict[Value, Value] = {}  # by what stands for a variable
    nodes: list[Node] = list(inputs)
    for operation in _needed([t.op for t in tensors if t._value not in new], operations, set(new)):
        node = _changed(operation.node, new, place_of)
        nodes.append(node)
        handle = operation.node.values[0] if node.op is VARIABLE else None
        if handle is not None and any(tensor._value == handle for tensor in tensors):  # who fetches it wants its value
            read[handle] = Value(Node(READ_VARIABLE, node.values, {}, node.specs, f"{node.name}:read"), 0)
            nodes.append(read[handle].node)
        for before, after in zip(operation.node.values, node.values, strict=True):
            new.setdefault(before, after)
        for tensor in operation.outputs:
            if tensor._spec != tensor._value.spec and new[tensor._value].node is node:  # set_shape() said more
                value = new[tensor._value]
                params = {"shape": tuple(tensor.shape)}
                said = Node(ENSURE_SHAPE, (value,), params, (tensor._spec,), f"{tensor.name}_set")
                nodes.append(said)
                new[tensor._value] = said.values[0]
    # What is fetched as an operation runs, whether or not its values are wanted: it may fail.
    asked = [*(t._value for t in tensors), *(value for operation in operations for value in operation.node.values)]
    outputs = [read[value] if value in read else new[value] for value in asked]
    return Graph(tuple(inputs), tuple(nodes), tuple(outputs), "session")


def _changed(node: Node, new: dict[Value, Value], place_of: Callable[[Any], Any]) -> Node:
    """The node with what takes the place of its inputs; a variable's with its place in the session."""
    if node.op is VARIABLE:
        return replace(node, params={"variable": place_of(node.params["variable"])}, origin=(node,))
    inputs = tuple([new[value] for value in node.inputs])
    return node if inputs == node.inputs else replace(node, inputs=inputs, origin=(node,))


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
