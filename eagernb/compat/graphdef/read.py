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
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np

from eagernb.compat.graphdef.attributes import python_value
from eagernb.compat.graphdef.library import nodes_of, results_of
from eagernb.compat.graphdef.mapping import In, Number, Param, Rest, Row, reader_of_type, row_of_type
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dispatch import dispatch, static_graph
from eagernb.core.late import late_call, late_int, late_ints
from eagernb.core.name_scope import name_scope
from eagernb.core.op import Op, find_op
from eagernb.core.tensor import EagerTensor
from eagernb.errors import InvalidArgumentError, UnimplementedError
from eagernb.graph.ir import CONSTANT

# Control flow of TensorFlow 1, which has loops in the graph itself.
OLD_CONTROL_FLOW = frozenset(
    prefix + kind
    for kind in ("Switch", "Merge", "Enter", "Exit", "NextIteration", "LoopCond")
    for prefix in ("", "Ref")
)


class Reader:
    """Adds the nodes of a GraphDef to the default graph, one by one: a row's own ``read`` is given it."""

    def __init__(
        self, graph: Any, names: Mapping[str, str], replaced: Mapping[str, Any], functions: Mapping[str, Any]
    ) -> None:
        self.graph = graph
        self._names = names  # in the graph, by those in the GraphDef
        self.outputs: dict[str, list[Any]] = {}
        self.operations: dict[str, Any] = {}
        self._replaced = replaced  # tensors of the graph that stand for some of the GraphDef's
        self._functions = functions  # those of the library, by their names
        self._message: Any = None
        self._built: Any = None  # the last operation

    def add(self, message: Any) -> None:
        """Add the operations for one NodeDef."""
        self._message, self._built = message, None
        data = [self.tensor(name) for name in message.input if not name.startswith("^")]
        row, read = row_of_type(message.op), reader_of_type(message.op)
        try:
            if read is None and row is not None:
                read = row.read
            with self._after([name[1:] for name in message.input if name.startswith("^")]):
                outputs = read(self, message, data) if read is not None else self.by_row(row, message, data)
        except (NotImplementedError, KeyError) as reason:
            raise UnimplementedError(
                f"The node {message.name!r} of type {message.op} cannot be imported: {reason}.", message.op
            ) from None
        if outputs is None:  # an operation without outputs
            outputs = []
        self.outputs[message.name] = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
        first = self.outputs[message.name][:1]
        self.operations[message.name] = self._built or next((getattr(x, "op", None) for x in first), None)

    def _after(self, names: Sequence[str]) -> Any:
        """A context of what runs after these nodes."""
        return self.graph.control_dependencies([self.operations[name] for name in names])

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
        return self.graph.add(*late_call(find_op(op), inputs, params), unique + "/")[0]

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
        self._built = operation = self.graph.add_operation(form, operands, marked, self.name)
        return tuple(operation.outputs) if op.multiple else operation.outputs[0]

    def do(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> None:
        """Build an op for its effect: TensorFlow's gives nothing."""
        self.build(op, inputs, params)

    def constant_beside(self, array: np.ndarray) -> Any:
        """A constant that the node needs here, and does not in TensorFlow."""
        return self.extra("constant", [], {"value": array}, "Const")

    # Functions of the library

    def run(self, function: str, inputs: Sequence[Any]) -> list[Any]:
        """The results of a function for these inputs: its nodes go into the branch, body or function being traced."""
        return FunctionReader(self, function, inputs).results()

    def definition(self, function: str) -> Any:
        """The FunctionDef of this name."""
        if function not in self._functions:
            raise NotImplementedError(f"the library has no function {function!r}")
        return self._functions[function]

    def argument_names(self, function: str) -> list[str]:
        """The names of a function's arguments."""
        return [argument.name for argument in self.definition(function).signature.input_arg]

    def stays(self, function: str) -> set[int]:
        """Which of its arguments a loop's body gives as they are."""
        definition = self.definition(function)
        passing = {node.name: node.input[0] for node in definition.node_def if node.op == "Identity"}
        found = set()
        for i, (name, result) in enumerate(
            zip(self.argument_names(function), definition.signature.output_arg, strict=True)
        ):
            source = definition.ret[result.name]
            while (node := source.partition(":")[0]) in passing:
                source = passing[node]
            if source == name:
                found.add(i)
        return found

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


class FunctionReader(Reader):
    """Adds the nodes of a function to the sub-graph that is being traced."""

    def __init__(self, around: Reader, name: str, inputs: Sequence[Any]) -> None:
        super().__init__(around.graph, {}, {}, around._functions)
        self._inside_of = [*getattr(around, "_inside_of", ()), name]
        if name in self._inside_of[:-1]:
            raise NotImplementedError(f"the function {name!r} calls itself")
        self._definition = self.definition(name)
        names = self.argument_names(name)
        if len(names) != len(inputs):
            raise NotImplementedError(f"the function {name!r} takes {len(names)} arguments, not {len(inputs)}")
        self.outputs = {argument: [x] for argument, x in zip(names, inputs, strict=True)}

    def results(self) -> list[Any]:
        """The function's results."""
        for node in in_order(nodes_of(self._definition), self.outputs):
            self.add(node)
        return [self.tensor(name) for name in results_of(self._definition)]

    def _after(self, names: Sequence[str]) -> Any:
        return nullcontext()  # the order in which operations are added is that in which they run

    @property
    def name(self) -> str:
        return self._message.name + "/"

    def build(self, op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
        return dispatch(*late_call(op, inputs, params))

    def extra(self, op: str, inputs: Sequence[Any], params: dict[str, Any], name: str) -> Any:
        return dispatch(*late_call(find_op(op), inputs, params))


def formula(function: Callable[..., Any]) -> Any:
    """A reader for an op that is a formula of others; the last of these has the name of the node."""

    def read(reader: Reader, message: Any, inputs: Sequence[Any]) -> Any:
        with name_scope(reader.name):
            value = function(*inputs)
        return reader.build(find_op("identity"), [value], {})

    return read


def number(tensor: Any) -> Any:
    """An input as a param: a constant as Python numbers, else the tensors of the numbers that the graph computes."""
    if isinstance(tensor, EagerTensor):
        return plain(tensor._array)
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

    >>> import eagernb as tf
    >>> with tf.Graph().as_default() as graph:
    ...     y = tf.constant(2.0, name="x") * 3.0
    >>> with tf.Graph().as_default(), tf.compat.v1.Session() as session:
    ...     (result,) = import_graph_def(graph.as_graph_def(), return_elements=["mul:0"])
    ...     result.name, float(session.run(result))
    ('import/mul:0', 6.0)
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
    _check_types(graph_def)
    functions = {function.signature.name: function for function in graph_def.library.function}
    nodes = list(graph_def.node)
    reader = Reader(graph, {node.name: graph.claim(prefix + node.name) for node in nodes}, replaced, functions)
    for node in in_order(nodes):
        reader.add(node)
    if return_elements is None:
        return None
    return [_element(reader, wanted) for wanted in return_elements]


def _element(reader: Reader, wanted: str) -> Any:
    node, colon, index = str(wanted).partition(":")
    if node not in reader.operations or (colon and int(index) >= len(reader.outputs[node])):
        raise ValueError(f"Requested return_element {wanted!r} not found in graph_def.")
    return reader.outputs[node][int(index)] if colon else reader.operations[node]


def in_order(nodes: Sequence[Any], given: Collection[str] = ()) -> list[Any]:
    """The nodes, each behind its inputs, of which some are given; as they are written, where that is such an order."""
    position = {node.name: i for i, node in enumerate(nodes)}
    if len(position) < len(nodes):
        raise ValueError("Two nodes of the GraphDef have the same name.")
    waits: list[int] = []
    uses: list[list[int]] = [[] for _ in nodes]
    for i, node in enumerate(nodes):
        inputs = {name.lstrip("^").partition(":")[0] for name in node.input}.difference(given)
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
        raise InvalidArgumentError("The nodes of the GraphDef depend on each other in a circle.")
    return order


def _check_types(graph_def: Any) -> None:
    """Raise UnimplementedError for all nodes at once that cannot be imported, those in functions too."""
    where: dict[str, list[str]] = {}
    found = [("", node) for node in graph_def.node]
    found += [
        (f" of the function {function.signature.name!r}", node)
        for function in graph_def.library.function
        for node in function.node_def
    ]
    for place, node in found:
        if node.op in OLD_CONTROL_FLOW:
            raise UnimplementedError(
                f"The node {node.name!r}{place} is {node.op}, of TensorFlow 1's control flow. Export the graph anew "
                "with branches and loops as functions: call tf.compat.v1.enable_control_flow_v2() in TensorFlow before "
                "building it.",
                node.op,
            )
        if row_of_type(node.op) is None and reader_of_type(node.op) is None:
            where.setdefault(node.op, []).append(f"{node.name!r}{place}")
    if not where:
        return
    lines = [f"  {kind}: {', '.join(names[:3])}{', ...' if names[3:] else ''}" for kind, names in sorted(where.items())]
    raise UnimplementedError(
        "The GraphDef has nodes that cannot be imported, as nothing here corresponds to their types:\n"
        + "\n".join(lines)
        + "\nExport a part of the graph without them: tf.compat.v1.graph_util.extract_sub_graph cuts it.",
        min(where),
    )
