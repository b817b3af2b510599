"""From our graphs to GraphDef."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from eagernb.compat.graphdef.attributes import RESOURCE, FunctionName, set_attribute
from eagernb.compat.graphdef.library import add_function
from eagernb.compat.graphdef.mapping import Count, In, Number, OutputCount, Param, Rest, Row, TypeOf, row_of
from eagernb.compat.graphdef.rows.refused import reason_for
from eagernb.core.dtypes import DType, as_dtype, int32
from eagernb.core.graph_messages import messages
from eagernb.core.late import Late
from eagernb.core.op import find_op
from eagernb.core.shape import TensorShape
from eagernb.errors import UnimplementedError
from eagernb.graph.ir import INPUT, VARIABLE, Graph, Node, Value
from eagernb.graph.names import free_name

# The version of TensorFlow's graphs whose ops are written: that of TensorFlow 2.21.
PRODUCER = 2474
_VALID = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$")


class Writer:
    """A GraphDef that grows: a row's own ``write`` adds nodes to it.

    ``controls`` are the names that nodes have to come after. With ``ordered``, effects come one after the other, too:
    in functions, where TensorFlow knows no other order.
    """

    def __init__(
        self, controls: Mapping[str, Sequence[str]] | None = None, ordered: bool = False, around: Writer | None = None
    ) -> None:
        self.graph_def = messages().GraphDef()
        self.graph_def.versions.producer = PRODUCER
        self._controls = dict(controls or {})
        self._ordered = ordered
        self._functions: _Functions = _Functions() if around is None else around._functions
        self._names: dict[Node, str] = {}
        self._taken: set[str] = set()
        self._outputs: dict[Value, str] = {}  # where an output is not that of the node of the same name
        self._done: dict[Node, str] = {}  # where a node's effect has not happened once the node of the same name ran
        self._variables: set[Value] = set()  # arguments that stand for variables
        self.last_effect: str | None = None

    def add_all(self, nodes: Iterable[Node]) -> None:
        """Write nodes that are in an order in which they can run."""
        nodes = list(nodes)
        for node in nodes:
            if node not in self._names:
                self.name_of(node)  # so that constants in between do not take their names
        for node in nodes:
            if self._ordered and node.effect is not None and not node.is_source:
                if self.last_effect is not None:
                    self._controls[node.name] = [self.last_effect]
                self.add(node)
                self.last_effect = self._done.get(node, self.name_of(node))
            else:
                self.add(node)

    def function(self, node: Node, graph: Graph, of_variables: Sequence[bool]) -> FunctionName:
        """Write a graph that a node runs as a function, once; ``of_variables``: which inputs stand for variables."""
        key = graph, tuple(of_variables)
        if key in self._functions.names:
            return self._functions.names[key]
        name = self._functions.unique(re.sub(r"[^A-Za-z0-9_]", "_", f"{node.name}_{graph.name}"))
        self._functions.names[key] = made = FunctionName(name)
        inside = Writer(ordered=True, around=self)
        arguments: dict[str, DType] = {}
        for inner, of_variable in zip(graph.inputs, of_variables, strict=True):
            argument = inside.unique(_argument_name(inner.name))
            value = inner.values[0]
            if of_variable:
                inside._variables.add(value)
            inside.stand_in(value, argument)
            arguments[argument] = inside.dtype(value)
        inside.add_all(inner for inner in graph.nodes if inner.op is not INPUT)
        results = [(inside.value(value), inside.dtype(value)) for value in graph.outputs]
        add_function(
            self._functions.library, name, inside.graph_def.node, arguments, results, effects=inside.last_effect
        )
        return made

    def dtype(self, value: Value) -> DType:
        """The type of a value in TensorFlow's graph."""
        return RESOURCE if value.node.op is VARIABLE or value in self._variables else value.spec.dtype

    def finish(self) -> Any:
        """The GraphDef, with its functions."""
        if self._functions.library.function:
            self.graph_def.library.CopyFrom(self._functions.library)
        return self.graph_def

    def add(self, node: Node) -> None:
        """Write one of our nodes; UnimplementedError if there is nothing like it in TensorFlow."""
        row = row_of(node.op)
        try:
            if row is None:
                raise NotImplementedError(reason_for(node.op) or "there is no mapping to an op of TensorFlow")
            if row.check is not None:
                row.check(node)
            if row.write is not None:
                row.write(self, node)
                return
        except NotImplementedError as reason:
            line = f" (line {node.line.number}: {node.line.text})" if node.line else ""
            raise UnimplementedError(
                f"The operation {node.op.name!r}, %{node.name}{line}, cannot be written as a GraphDef: {reason}. "
                "Compute it from other operations, or export the part of the graph before it.",
                node.op.name,
            ) from None
        inputs = [name for part in self._parts(row, node) for name in self._inputs(part, node)]
        kind = row.variant(node) if row.variant else row.type
        attributes = {name: _attribute(source, node) for name, source in row.attrs.items()}
        self.node(self.name_of(node), kind, inputs, attributes, node)

    def node(
        self, name: str, kind: str, inputs: Sequence[str], attributes: Mapping[str, Any], node: Node | None = None,
        controls: Sequence[str] = (),
    ) -> str:  # fmt: skip
        """Add a NodeDef, with the control inputs of the node of ours that it stands for; its name."""
        message = self.graph_def.node.add(name=name, op=kind, input=list(inputs))
        before = [*controls, *(self._controls.get(node.name, ()) if node is not None else ())]
        message.input.extend(f"^{control}" for control in before)
        for key, value in attributes.items():
            set_attribute(message.attr[key], value)
        return name

    def constant(self, name: str, value: Any, dtype: DType | None = None) -> str:
        """Add a constant that TensorFlow needs and our graph has among an op's params; its name."""
        array = np.asarray(value, None if dtype is None else dtype.numpy)
        return self.node(self.unique(name), "Const", [], {"value": array, "dtype": as_dtype(array.dtype)})

    def name_of(self, node: Node) -> str:
        """The name of a node as TensorFlow allows it."""
        if node not in self._names:
            name = node.name if _VALID.match(node.name) else re.sub(r"[^A-Za-z0-9_.\\/>-]", "_", f"node{node.name}")
            self._names[node] = self.unique(name)
        return self._names[node]

    def unique(self, name: str) -> str:
        return free_name(name, self._taken)

    def value(self, value: Value) -> str:
        """The input that stands for a value."""
        if value in self._outputs:
            return self._outputs[value]
        name = self.name_of(value.node)
        return f"{name}:{value.index}" if value.index else name

    def stand_in(self, value: Value, name: str) -> None:
        """Let another node's output be what our value is."""
        self._outputs[value] = name

    def done(self, node: Node, name: str) -> None:
        """Let what our node does be done only once the node of this name has run."""
        self._done[node] = name

    def numbers(self, name: str, value: Any, node: Node, dtype: DType = int32) -> str:
        """Params as an input: a constant, or, where some are computed by the graph, those packed together."""
        if isinstance(value, Late):
            return self._late(name, value, node, dtype)
        if isinstance(value, Sequence) and any(isinstance(item, Late) for item in value):
            parts = [self.numbers(f"{name}/{i}", item, node, dtype) for i, item in enumerate(value)]
            return self.node(self.unique(name), "Pack", parts, {"N": len(parts), "T": dtype, "axis": 0})
        return self.constant(name, list(value) if isinstance(value, range) else value, dtype)

    def broadcast(self, name: str, x: str, shape: TensorShape, dtype: DType) -> str:
        """Add a broadcast to a shape, which must be known."""
        if not shape.is_fully_defined():
            raise NotImplementedError("the shape of the result must be known")
        attributes = {"T": dtype, "Tidx": int32}
        return self.node(
            self.unique(name), "BroadcastTo", [x, self.constant(f"{name}/shape", list(shape), int32)], attributes
        )

    def _late(self, name: str, late: Late, node: Node, dtype: DType) -> str:
        source = node.inputs[late.position]
        if source.spec.dtype is dtype:
            return self.value(source)
        attributes = {"SrcT": source.spec.dtype, "DstT": dtype}
        return self.node(self.unique(f"{name}/Cast"), "Cast", [self.value(source)], attributes)

    def _parts(self, row: Row, node: Node) -> Sequence[Any]:
        # Not the node's own op: a late form takes any number of inputs.
        return [In(i) for i in range(len(find_op(row.op).inputs))] if row.inputs is None else row.inputs

    def _inputs(self, part: Any, node: Node) -> list[str]:
        if isinstance(part, In):
            return [self.value(node.inputs[part.position])]
        if isinstance(part, Rest):
            return [self.value(value) for value in node.inputs[part.position :]]
        assert isinstance(part, Number)
        dtype = node.inputs[0].spec.dtype if part.dtype is None else part.dtype
        numbers = part.write(node.params[part.param], node)
        return [self.numbers(f"{self.name_of(node)}/{part.name or part.param}", numbers, node, dtype)]


class _Functions:
    """The functions that all writers of one GraphDef have written."""

    def __init__(self) -> None:
        self.library = messages().FunctionDefLibrary()
        self.names: dict[Any, FunctionName] = {}
        self._taken: set[str] = set()

    def unique(self, name: str) -> str:
        return free_name(name, self._taken)


def _argument_name(name: str) -> str:
    """The name as TensorFlow allows it for arguments: lower case, beginning with a letter."""
    name = re.sub(r"[^a-z0-9_]", "_", name.lower())
    return name if name[:1].isalpha() else f"x{name}"


def _attribute(source: Any, node: Node) -> Any:
    if isinstance(source, TypeOf):
        return node.specs[0].dtype if source.position is None else node.inputs[source.position].spec.dtype
    if isinstance(source, Count):
        return len(node.inputs)
    if isinstance(source, OutputCount):
        return len(node.specs)
    if isinstance(source, Param):
        return source.write(node.params[source.param], node)
    return source


def write(
    nodes: Iterable[Node], controls: Mapping[str, Sequence[str]] | None = None, outputs: Sequence[Value] = ()
) -> Any:
    """A GraphDef of nodes in an order in which they can run; ``controls``: the names each has to come after.

    ``outputs`` are the results of a function: nodes "Identity", "Identity_1", ... stand for them, as in TensorFlow.
    """
    writer = Writer(controls, ordered=bool(outputs))
    writer.add_all(nodes)
    before = () if writer.last_effect is None else (writer.last_effect,)
    for value in outputs:
        attributes = {"T": value.spec.dtype}
        writer.node(writer.unique("Identity"), "Identity", [writer.value(value)], attributes, controls=before)
    return writer.finish()


def node_def(node: Node, controls: Sequence[str]) -> Any:
    """The NodeDef of one node."""
    writer = Writer({node.name: controls})
    for value in node.inputs:
        writer.name_of(value.node)
    writer.name_of(node)
    row = row_of(node.op)
    if row is None:
        message = messages().NodeDef(name=node.name, op=node.op.name)
        message.input.extend([*map(writer.value, node.inputs), *(f"^{control}" for control in controls)])
        return message
    writer.add(node)
    return next(message for message in writer.graph_def.node if message.name == writer.name_of(node))
