"""What a graph starts from and leaves behind: constants, placeholders, variables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import Row
from eagernb.compat.graphdef.rows.indexing import key_bounds, read_key
from eagernb.compat.v1.ops import ASSIGN
from eagernb.core.dtypes import int32
from eagernb.core.op import find_op
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.variable import READ_VARIABLE
from eagernb.graph.ir import CONSTANT, VARIABLE, Node


def _write_constant(writer: Any, node: Node) -> None:
    spec = node.specs[0]
    writer.node(writer.name_of(node), "Const", [], {"value": node.params["value"], "dtype": spec.dtype}, node)


def _read_constant(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(CONSTANT, [], {"value": reader.attribute("value")})


def _write_placeholder(writer: Any, node: Node) -> None:
    spec = node.specs[0]
    writer.node(writer.name_of(node), "Placeholder", [], {"dtype": spec.dtype, "shape": spec.shape}, node)


def _read_placeholder(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    spec = TensorSpec(reader.attribute("shape", TensorShape(None)), reader.attribute("dtype"))
    return reader.build(find_op("placeholder"), [], {"spec": spec, "name": reader.name[:-1]})


def _write_placeholder_with_default(writer: Any, node: Node) -> None:
    attributes = {"dtype": node.specs[0].dtype, "shape": node.params["shape"]}
    writer.node(writer.name_of(node), "PlaceholderWithDefault", [writer.value(node.inputs[0])], attributes, node)


def _read_placeholder_with_default(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("placeholder_with_default"), inputs, {"shape": reader.attribute("shape")})


def _write_variable(writer: Any, node: Node) -> None:
    name, variable = writer.name_of(node), node.params["variable"]
    attributes = {
        "dtype": variable.dtype, "shape": variable.shape, "container": "", "shared_name": name, "debug_name": name,
        "allowed_devices": [],
    }  # fmt: skip
    writer.node(name, "VarHandleOp", [], attributes, node)


def _read_variable_handle(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    name = reader.name[:-1]
    return reader.graph.variable_class.imported(name, reader.attribute("shape"), reader.attribute("dtype")).handle


def _write_read(writer: Any, node: Node) -> None:
    inputs = [writer.value(node.inputs[0])]
    writer.node(writer.name_of(node), "ReadVariableOp", inputs, {"dtype": node.specs[0].dtype}, node)


def _writes(kind: str) -> Any:
    """Ours gives the new value, TensorFlow's nothing: a read that comes after it stands for that."""

    def write(writer: Any, node: Node) -> None:
        handle, value = map(writer.value, node.inputs)
        attributes: dict[str, Any] = {"dtype": node.specs[0].dtype}
        if kind == "AssignVariableOp":
            attributes["validate_shape"] = False
        name = writer.node(writer.name_of(node), kind, [handle, value], attributes, node)
        _stand_in(writer, node, handle, name)

    return write


def _stand_in(writer: Any, node: Node, handle: str, name: str) -> None:
    read = writer.unique(f"{name}/ReadVariableOp")
    writer.node(read, "ReadVariableOp", [handle], {"dtype": node.specs[0].dtype}, controls=[name])
    writer.stand_in(node.values[0], read)
    writer.done(node, read)


_SCATTERS = {
    "variable_scatter_add": "ResourceScatterAdd", "variable_scatter_sub": "ResourceScatterSub",
    "variable_scatter_mul": "ResourceScatterMul", "variable_scatter_div": "ResourceScatterDiv",
    "variable_scatter_max": "ResourceScatterMax", "variable_scatter_min": "ResourceScatterMin",
    "variable_scatter_update": "ResourceScatterUpdate",
}  # fmt: skip
_ND_SCATTERS = {
    "variable_scatter_nd_add": "ResourceScatterNdAdd", "variable_scatter_nd_sub": "ResourceScatterNdSub",
    "variable_scatter_nd_max": "ResourceScatterNdMax", "variable_scatter_nd_min": "ResourceScatterNdMin",
    "variable_scatter_nd_update": "ResourceScatterNdUpdate",
}  # fmt: skip


def _write_scatter(writer: Any, node: Node) -> None:
    spec, handle = node.specs[0], writer.value(node.inputs[0])
    kind = (_SCATTERS | _ND_SCATTERS)[node.op.name]
    attributes = {"T" if "Nd" in kind else "dtype": spec.dtype, "Tindices": node.inputs[1].spec.dtype}
    inputs = [writer.value(value) for value in node.inputs]
    name = writer.node(writer.name_of(node), kind, inputs, attributes, node)
    _stand_in(writer, node, handle, name)


def _read_scatter(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    op = next(op for op, kind in (_SCATTERS | _ND_SCATTERS).items() if kind == message.op)
    return reader.do(find_op(op), [_variable(inputs[0]), *inputs[1:]], {})


def _changes(op: str) -> Any:
    def read(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
        chosen = ASSIGN if op == "assign" else find_op(op)
        return reader.do(chosen, [_variable(inputs[0]), inputs[1]], {})

    return read


def _changes_reference(op: str) -> Any:
    """TensorFlow 1's ops on references, which give the variable again."""

    def read(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
        chosen = ASSIGN if op == "assign" else find_op(op)
        return reader.build(chosen, [_variable(inputs[0]), inputs[1]], {})

    return read


def _variable(tensor: Any) -> Any:
    if tensor._value.node.op is not VARIABLE:
        raise NotImplementedError("its first input is not a variable")
    return tensor._value.node.params["variable"]


def _read_read(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(READ_VARIABLE, [_variable(inputs[0])], {})


def _read_identity(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    x = inputs[0]
    if x._value.node.op is VARIABLE:  # of TensorFlow 1's kind, which are tensors themselves
        return _read_read(reader, message, inputs)
    return reader.build(find_op("identity"), inputs, {})


def _write_no_op(writer: Any, node: Node) -> None:
    writer.node(writer.name_of(node), "NoOp", [], {}, node)


def _read_no_op(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("no_op"), [], {})


def _write_is_initialized(writer: Any, node: Node) -> None:
    writer.node(writer.name_of(node), "VarIsInitializedOp", [writer.value(node.inputs[0])], {}, node)


def _read_is_initialized(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("is_initialized"), [_variable(inputs[0])], {})


def _read_gradient_descent(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    variable, rate, gradient = inputs
    step = reader.extra("multiply", [rate, gradient], {}, "step")
    return reader.do(find_op("assign_sub"), [_variable(variable), step], {})


def _write_count(writer: Any, node: Node) -> None:
    attributes = {"limit": node.params["limit"], "T": node.specs[0].dtype}
    writer.node(writer.name_of(node), "ResourceCountUpTo", [writer.value(node.inputs[0])], attributes, node)


def _read_count(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("count_up_to"), [_variable(inputs[0])], {"limit": reader.attribute("limit")})


def _write_slice(writer: Any, node: Node) -> None:
    handle, value = map(writer.value, node.inputs[:2])
    bounds, masks = key_bounds(writer, node)
    attributes = {"T": node.specs[0].dtype, "Index": int32, **masks}
    inputs = [handle, *bounds, value]
    name = writer.node(writer.name_of(node), "ResourceStridedSliceAssign", inputs, attributes, node)
    _stand_in(writer, node, handle, name)


def _read_slice(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    handle, *bounds, value = inputs
    return reader.do(find_op("assign_slice"), [_variable(handle), value], {"key": read_key(reader, bounds)})


ROWS = [
    Row("constant", "Const", write=_write_constant, read=_read_constant),
    Row("input", "Placeholder", write=_write_placeholder, read=_read_placeholder),
    Row("placeholder", "Placeholder", write=_write_placeholder, read=_read_placeholder),
    Row("placeholder_with_default", "PlaceholderWithDefault", write=_write_placeholder_with_default,
        read=_read_placeholder_with_default),
    Row("variable", "VarHandleOp", write=_write_variable, read=_read_variable_handle,
        also=["VariableV2", "Variable"]),
    Row("read_variable", "ReadVariableOp", write=_write_read, read=_read_read),
    Row("assign_variable", "AssignVariableOp", write=_writes("AssignVariableOp"), read=_changes("assign")),
    Row("assign", "AssignVariableOp", write=_writes("AssignVariableOp"), read=_changes("assign")),
    Row("assign_add", "AssignAddVariableOp", write=_writes("AssignAddVariableOp"), read=_changes("assign_add")),
    Row("assign_sub", "AssignSubVariableOp", write=_writes("AssignSubVariableOp"), read=_changes("assign_sub")),
    *(Row(op, kind, write=_write_scatter, read=_read_scatter) for op, kind in (_SCATTERS | _ND_SCATTERS).items()),
    Row("count_up_to", "ResourceCountUpTo", write=_write_count, read=_read_count),
    Row("assign_slice", "ResourceStridedSliceAssign", write=_write_slice, read=_read_slice),
    Row("timestamp", "Timestamp", attrs={}),
    Row("is_initialized", "VarIsInitializedOp", write=_write_is_initialized, read=_read_is_initialized),
    Row("no_op", "NoOp", write=_write_no_op, read=_read_no_op),
]  # fmt: skip
READERS = {
    "Identity": _read_identity, "Assign": _changes_reference("assign"),
    "AssignAdd": _changes_reference("assign_add"), "AssignSub": _changes_reference("assign_sub"),
    "ResourceApplyGradientDescent": _read_gradient_descent,
}  # fmt: skip
