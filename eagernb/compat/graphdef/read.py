"""From GraphDef to operations of a static graph.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default() as graph:
...     _ = tf.add(tf.placeholder(tf.float32, [], name="x"), 1.0, name="y")
>>> with tf.Graph().as_default():
...     (y,) = tf.import_graph_def(graph.as_graph_def(), return_elements=["y:0"], name="copy")
...     tf.Session().run(y, {"copy/x:0": 2.0})
np.float32(3.0)
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from eagernb.compat.graphdef.attributes import python_value
from eagernb.compat.graphdef.mapping import (
    In,
    Number,
    Param,
    Rest,
    Row,
    reader_of_type,
    row_of_type,
)
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.late import late_call, late_int, late_ints
from eagernb.core.name_scope import name_scope
from eagernb.core.op import Op, find_op
from eagernb.errors import InvalidArgumentError, UnimplementedError
from eagernb.graph.ir import CONSTANT


class Reader:
    """Adds the nodes of a GraphDef to the default graph, one by one: a row's own ``read`` is given it."""

    def __init__(self, graph: Any, names: Mapping[str, str], replaced: Mapping[str, Any]) -> None:
        self.graph = graph
        self._names = names  # in the graph, by those in the GraphDef
        self.outputs: dict[str, list[Any]] = {}
        self.operations: dict[str, Any] = {}
        self._replaced = replaced  # tensors of the graph that stand for some of the GraphDef's
        self._message: Any = None

    def add(self, message: Any) -> None:
        """Add the operations for one NodeDef."""
        self._message = message
        data = [self.tensor(name) for name in message.input if not name.startswith("^")]
        row, read = row_of_type(message.op), reader_of_type(message.op)
        try:
            if read is None and row is None:
                raise NotImplementedError("there is no mapping from it (graphdef.mapping.readable_types() lists those)")
            before = [self.operations[name[1:]] for name in message.input if name.startswith("^")]
            with self.graph.control_dependencies(before):
                if read is None and row is not None:
                    read = row.read
                outputs = read(self, message, data) if read is not None else self.by_row(row, message, data)
        except (NotImplementedError, KeyError) as reason:
            raise UnimplementedError(
                f"The node {message.name!r} of type {message.op} cannot be imported: {reason}.", message.op
            ) from None
        if isinstance(outputs, (list, tuple)):
            self.outputs[message.name] = list(outputs)
            self.operations[message.name] = getattr(outputs[0], "op", None)
        elif hasattr(outputs, "_value"):  # a tensor
            self.outputs[message.name], self.operations[message.name] = [outputs], outputs.op
        else:  # an operation without outputs
            self.outputs[message.name], self.operations[message.name] = [], outputs

    def tensor(self, name: str) -> Any:
        """The tensor that an input of a NodeDef names."""
        node, _, index = name.partition(":")
        full = f"{node}:{index or 0}"
        if full in self._replaced:
            return self._replaced[full]
        outputs = self.outputs.get(node)
        if outputs is None or int(index or 0) >= len(outputs):
            raise ValueError(f"Node {self._message.name!r}: Unknown input node {name!r}")
        return outputs[int(index or 0)]

    def extra(self, op: str, inputs: Sequence[Any], params: dict[str, Any], name: str) -> Any:
        """The output of one more op, under a name behind that of the node."""
        unique = self.graph.unique_name(f"{self.name}{name}")
        return self.graph.add(find_op(op), inputs, params, unique + "/")[0]

    @property
    def name(self) -> str:
        """The name of the operation that stands for the node, with the ``/`` that has it taken as it is."""
        return self._names[self._message.name] + "/"

    def attribute(self, name: str, default: Any = None) -> Any:
        """An attribute of the node as a Python value."""
        attributes = self._message.attr
        return python_value(attributes[name]) if name in attributes else default

    def build(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        """The outputs of an op under the name of the node."""
        form, operands, marked = late_call(op, inputs, params)
        outputs = self.graph.add_operation(form, operands, marked, self.name).outputs
        return tuple(outputs) if op.multiple else outputs[0]

    def by_row(self, row: Row | None, message: Any, data: Sequence[Any]) -> Any:
        """The outputs of the row's op, as the row says where its inputs and params are."""
        assert row is not None
        op = find_op(row.op)
        parts = [In(i) for i in range(len(op.inputs))] if row.inputs is None else row.inputs
        behind = len(parts) - next((i for i, part in enumerate(parts) if isinstance(part, Rest)), len(parts) - 1) - 1
        inputs: dict[int, Any] = {}
        params: dict[str, Any] = dict(row.params)
        waiting = list(data)
        for part in parts:
            if isinstance(part, Rest):
                count = len(waiting) - behind
                for i in range(count):
                    inputs[part.position + i] = waiting.pop(0)
            elif not waiting:
                raise NotImplementedError(f"it has {len(data)} inputs, which are too few")
            elif isinstance(part, In):
                inputs[part.position] = waiting.pop(0)
            else:
                assert isinstance(part, Number)
                params[part.param] = part.read(number(waiting.pop(0)))
        for name, source in row.attrs.items():
            if isinstance(source, Param):
                value = self.attribute(name)
                if value is None and name not in message.attr:
                    raise NotImplementedError(f"its attribute {name} is missing")
                params[source.param] = source.read(value)
        return self.build(op, [inputs[i] for i in sorted(inputs)], params)


def formula(function: Callable[..., Any]) -> Any:
    """A reader for an op that is a formula of others; the last of these has the name of the node."""

    def read(reader: Reader, message: Any, inputs: Sequence[Any]) -> Any:
        with name_scope(reader.name):
            value = function(*inputs)
        return reader.build(find_op("identity"), [value], {})

    return read


def number(tensor: Any) -> Any:
    """An input as a param: a constant as Python numbers, else the tensors of the numbers that the graph computes."""
    node = tensor._value.node
    if node.op is CONSTANT:
        return plain(node.params["value"])
    return late_ints(tensor, "an input") if tensor._dims else late_int(tensor, "an input")


def plain(array: np.ndarray) -> Any:
    """An array as Python numbers in tuples."""

    def tuples(value: Any) -> Any:
        return tuple(map(tuples, value)) if isinstance(value, list) else value

    return tuples(array.tolist())


def import_graph_def(
    graph_def: Any, input_map: Mapping[str, Any] | None = None, return_elements: Sequence[str] | None = None,
    name: str | None = None, op_dict: Any = None, producer_op_list: Any = None,
) -> list[Any] | None:  # fmt: skip
    """Add the nodes of a GraphDef to the default graph, their names behind ``name/`` ("import/" by default).

    ``input_map`` replaces some of its tensors, by their names in it, by tensors of the graph. ``return_elements`` are
    names in it of the operations and tensors to be returned.

    Raises TypeError for what is no GraphDef, ValueError for names that are not there, UnimplementedError for a node
    that has no counterpart.
    """
    graph = static_graph()
    if graph is None:
        raise RuntimeError(
            "import_graph_def adds to a static graph. Call it inside of `with tf.Graph().as_default():`, or after "
            "tf.compat.v1.disable_eager_execution()."
        )
    if not hasattr(graph_def, "node") or not hasattr(graph_def, "SerializeToString"):
        raise TypeError(f"Argument `graph_def` must be a GraphDef proto, not {type(graph_def).__name__}.")
    replaced = {_with_index(key): convert_to_tensor(value) for key, value in (input_map or {}).items()}
    if name == "":
        return _read(graph, graph_def, "", replaced, return_elements)
    with name_scope(name or "import") as prefix:
        return _read(graph, graph_def, prefix, replaced, return_elements)


def _with_index(name: str) -> str:
    return name if ":" in name else f"{name}:0"


def _read(
    graph: Any, graph_def: Any, prefix: str, replaced: Mapping[str, Any], return_elements: Sequence[str] | None
) -> list[Any] | None:
    names = {node.name for node in graph_def.node}
    missing = [key for key in replaced if key.partition(":")[0] not in names]
    if missing:
        raise ValueError(f"Attempted to map inputs that were not found in graph_def: [{', '.join(missing)}]")
    reader = Reader(graph, {node.name: graph.claim(prefix + node.name) for node in graph_def.node}, replaced)
    for node in _in_order(graph_def):
        reader.add(node)
    if return_elements is None:
        return None
    return [_element(reader, wanted) for wanted in return_elements]


def _element(reader: Reader, wanted: str) -> Any:
    node, colon, index = str(wanted).partition(":")
    if node not in reader.operations or (colon and int(index) >= len(reader.outputs[node])):
        raise ValueError(f"Requested return_element {wanted!r} not found in graph_def.")
    return reader.outputs[node][int(index)] if colon else reader.operations[node]


def _in_order(graph_def: Any) -> list[Any]:
    """The nodes, each behind its inputs; as they are written, where that is such an order."""
    nodes = list(graph_def.node)
    position = {node.name: i for i, node in enumerate(nodes)}
    if len(position) < len(nodes):
        raise ValueError("Two nodes of the GraphDef have the same name.")
    waits: list[int] = []
    uses: list[list[int]] = [[] for _ in nodes]
    for i, node in enumerate(nodes):
        inputs = {name.lstrip("^").partition(":")[0] for name in node.input}
        if unknown := [name for name in inputs if name not in position]:
            raise ValueError(f"Node {node.name!r}: Unknown input node {min(unknown)!r}")
        waits.append(len(inputs))
        for name in inputs:
            uses[position[name]].append(i)
    ready = [i for i, count in enumerate(waits) if not count]
    heapq.heapify(ready)
    order = []
    while ready:
        done = heapq.heappop(ready)
        order.append(nodes[done])
        for i in uses[done]:
            waits[i] -= 1
            if not waits[i]:
                heapq.heappush(ready, i)
    if len(order) < len(nodes):
        raise InvalidArgumentError(
            "The nodes of the GraphDef depend on each other in a circle: a loop of TensorFlow 1."
        )
    return order
