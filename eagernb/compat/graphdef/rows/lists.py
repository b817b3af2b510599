"""Lists of tensors, of which TensorArrays are made, and the stacks on which gradients keep what they need.

An entry of a stack is several tensors of any dtypes, while TensorFlow's lists hold tensors of one. So a stack is a list
of lists there: of one for each entry, which holds one for each tensor, which holds the tensor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.compat.graphdef.mapping import Row, row_of_type
from eagernb.compat.graphdef.read import number
from eagernb.core.dtypes import DType, int32, int64, variant
from eagernb.core.op import find_op
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_value
from eagernb.graph.ir import CONSTANT, Node, Value

# Writing


def _shape(writer: Any, node: Node, shape: TensorShape) -> str:
    """A constant with what is known of the shape of elements: -1 for what is not."""
    sizes: Any = -1 if shape.rank is None else [-1 if d is None else d for d in shape]
    return writer.constant(f"{writer.name_of(node)}/element_shape", np.array(sizes, np.int32))


def _inner(spec: TensorSpec) -> TensorShape:
    """The shape of elements that lie along the first axis of something."""
    return TensorShape(None) if spec.shape.rank is None else spec.shape[1:]


def _write_reserve(writer: Any, node: Node) -> None:
    spec = node.params["spec"]
    inputs = [_shape(writer, node, spec.shape), writer.value(node.inputs[0])]
    attributes = {"element_dtype": spec.dtype, "shape_type": int32}
    writer.node(writer.name_of(node), "TensorListReserve", inputs, attributes, node)


def _write_size(writer: Any, node: Node) -> None:
    writer.node(writer.name_of(node), "TensorListLength", [writer.value(node.inputs[0])], {}, node)


def _get(writer: Any, name: str, values: str, index: str, shape: str, dtype: DType, node: Node | None = None) -> str:
    return writer.node(name, "TensorListGetItem", [values, index, shape], {"element_dtype": dtype}, node)


def _set(
    writer: Any, name: str, values: str, index: str, item: str, dtype: DType, node: Node | None, grows: bool = False
) -> str:
    attributes = {"element_dtype": dtype, "resize_if_index_out_of_bounds": grows}
    return writer.node(name, "TensorListSetItem", [values, index, item], attributes, node)


def _write_get(writer: Any, node: Node) -> None:
    values, index = map(writer.value, node.inputs)
    spec = node.params["spec"]
    _get(writer, writer.name_of(node), values, index, _shape(writer, node, spec.shape), spec.dtype, node)


def _write_get_or(writer: Any, node: Node) -> None:
    """TensorFlow gives zeros of the shape for what was not set, and only zeros are ever asked for."""
    values, index, otherwise = map(writer.value, node.inputs)
    name, dtype = writer.name_of(node), node.specs[0].dtype
    shape = writer.node(writer.unique(f"{name}/Shape"), "Shape", [otherwise], {"T": dtype, "out_type": int32})
    _get(writer, name, values, index, shape, dtype, node)


def _write_set(writer: Any, node: Node) -> None:
    values, index, item = map(writer.value, node.inputs)
    dtype = node.inputs[2].spec.dtype
    _set(writer, writer.name_of(node), values, index, item, dtype, node, node.params["grows"])


def _write_pop(writer: Any, node: Node) -> None:
    spec = node.params["spec"]
    inputs = [writer.value(node.inputs[0]), _shape(writer, node, spec.shape)]
    writer.node(writer.name_of(node), "TensorListPopBack", inputs, {"element_dtype": spec.dtype}, node)


def _write_clear(writer: Any, node: Node) -> None:
    """Zeros take the place of what is cleared."""
    spec, name = node.params["spec"], writer.name_of(node)
    if not spec.shape.is_fully_defined():
        raise NotImplementedError("the shape of the elements of the TensorArray must be known: give element_shape")
    values, index = map(writer.value, node.inputs)
    if node.inputs[1].spec.shape.rank == 0:
        zero = writer.constant(f"{name}/zeros", np.zeros(spec.dims, spec.dtype.numpy))
        _set(writer, name, values, index, zero, spec.dtype, node)
        return
    count = _count(node.inputs[1])
    zeros = writer.constant(f"{name}/zeros", np.zeros((count, *spec.dims), spec.dtype.numpy))
    writer.node(name, "TensorListScatterIntoExistingList", [values, zeros, index], {"element_dtype": spec.dtype}, node)


def _count(indices: Value) -> int:
    count = indices.spec.dims[0]
    if count is None:
        raise NotImplementedError("the number of indices into the TensorArray must be known")
    return count


def _write_add_at(writer: Any, node: Node) -> None:
    """TensorFlow can only replace elements: one after the other is read, added to and set."""
    values, indices, pieces = map(writer.value, node.inputs)
    name, dtype = writer.name_of(node), node.inputs[2].spec.dtype
    count = _count(node.inputs[1])
    shape = _shape(writer, node, _inner(node.inputs[2].spec))

    def parts(of: str, dtype: DType) -> list[str]:
        attributes = {"num": count, "T": dtype, "axis": 0}
        unpacked = writer.node(writer.unique(f"{name}/unstack"), "Unpack", [of], attributes)
        return [f"{unpacked}:{i}" if i else unpacked for i in range(count)]

    for i, (index, piece) in enumerate(zip(parts(indices, int32), parts(pieces, dtype), strict=True)):
        before = _get(writer, writer.unique(f"{name}/get"), values, index, shape, dtype)
        total = writer.node(writer.unique(f"{name}/add"), "AddV2", [before, piece], {"T": dtype})
        last = i == count - 1
        own = name if last else writer.unique(f"{name}/set")
        values = _set(writer, own, values, index, total, dtype, node if last else None)
    if not count:
        writer.node(name, "Identity", [values], {"T": variant}, node)


def _write_stack(writer: Any, node: Node) -> None:
    spec, count = node.params["spec"], node.params["count"]
    inputs = [writer.value(node.inputs[0]), _shape(writer, node, spec.shape)]
    attributes = {"element_dtype": spec.dtype, "num_elements": -1 if count is None else count}
    writer.node(writer.name_of(node), "TensorListStack", inputs, attributes, node)


def _write_unstack(writer: Any, node: Node) -> None:
    spec = node.inputs[0].spec
    inputs = [writer.value(node.inputs[0]), _shape(writer, node, _inner(spec))]
    attributes = {"element_dtype": spec.dtype, "shape_type": int32}
    writer.node(writer.name_of(node), "TensorListFromTensor", inputs, attributes, node)


def _write_gather(writer: Any, node: Node) -> None:
    spec, (values, indices) = node.params["spec"], map(writer.value, node.inputs)
    inputs = [values, indices, _shape(writer, node, spec.shape)]
    writer.node(writer.name_of(node), "TensorListGather", inputs, {"element_dtype": spec.dtype}, node)


def _write_scatter(writer: Any, node: Node) -> None:
    values, indices, pieces = map(writer.value, node.inputs)
    attributes = {"element_dtype": node.inputs[2].spec.dtype}
    writer.node(writer.name_of(node), "TensorListScatterIntoExistingList", [values, pieces, indices], attributes, node)


def _write_join(writer: Any, node: Node) -> None:
    """``list_join`` gives the lengths, too; ``list_unsplit`` is given them."""
    spec, (values, *lengths) = node.params["spec"], map(writer.value, node.inputs)
    shape = TensorShape([None, *spec.shape[1:]]) if spec.shape.rank else spec.shape
    leading = lengths or [writer.constant(f"{writer.name_of(node)}/leading_dims", np.zeros(0, np.int64))]
    if lengths and node.inputs[1].spec.dtype is not int64:
        cast = {"SrcT": node.inputs[1].spec.dtype, "DstT": int64}
        leading = [writer.node(writer.unique(f"{writer.name_of(node)}/Cast"), "Cast", lengths, cast)]
    attributes = {"element_dtype": spec.dtype, "shape_type": int32}
    inputs = [values, _shape(writer, node, shape), *leading]
    writer.node(writer.name_of(node), "TensorListConcatV2", inputs, attributes, node)


def _write_split(writer: Any, node: Node) -> None:
    value, lengths = map(writer.value, node.inputs)
    spec, of_lengths = (given.spec for given in node.inputs)
    if of_lengths.dtype is not int64:
        cast = {"SrcT": of_lengths.dtype, "DstT": int64}
        lengths = writer.node(writer.unique(f"{writer.name_of(node)}/Cast"), "Cast", [lengths], cast)
    shape = TensorShape(None) if spec.shape.rank is None else TensorShape([None, *spec.shape[1:]])
    inputs = [value, _shape(writer, node, shape), lengths]
    attributes = {"element_dtype": spec.dtype, "shape_type": int32}
    writer.node(writer.name_of(node), "TensorListSplit", inputs, attributes, node)


def _write_sum(writer: Any, node: Node) -> None:
    inputs = [writer.value(value) for value in node.inputs]
    writer.node(writer.name_of(node), "AddN", inputs, {"N": len(inputs), "T": variant}, node)


def _write_zeros(writer: Any, node: Node) -> None:
    writer.node(writer.name_of(node), "ZerosLike", [writer.value(node.inputs[0])], {"T": variant}, node)


def _empty(writer: Any, name: str, dtype: DType, node: Node | None = None) -> str:
    inputs = [writer.constant(f"{name}/{key}", np.int32(-1)) for key in ("element_shape", "max_num_elements")]
    return writer.node(name, "EmptyTensorList", inputs, {"element_dtype": dtype, "shape_type": int32}, node)


def _push(writer: Any, name: str, values: str, item: str, dtype: DType, node: Node | None = None) -> str:
    return writer.node(name, "TensorListPushBack", [values, item], {"element_dtype": dtype}, node)


def _write_stack_empty(writer: Any, node: Node) -> None:
    _empty(writer, writer.name_of(node), variant, node)


def _write_stack_push(writer: Any, node: Node) -> None:
    name = writer.name_of(node)
    entry = _empty(writer, writer.unique(f"{name}/entry"), variant)
    for value in node.inputs[1:]:
        item, dtype = writer.value(value), value.spec.dtype
        if dtype is not variant:
            none = _empty(writer, writer.unique(f"{name}/no_item"), dtype)
            item = _push(writer, writer.unique(f"{name}/item"), none, item, dtype)
        entry = _push(writer, writer.unique(f"{name}/entry"), entry, item, variant)
    _push(writer, name, writer.value(node.inputs[0]), entry, variant, node)


def _write_stack_pop(writer: Any, node: Node) -> None:
    name = writer.name_of(node)
    anything = writer.constant(f"{name}/element_shape", np.int32(-1))

    def pop(own: str, values: str, dtype: DType, of: Node | None = None) -> str:
        return writer.node(own, "TensorListPopBack", [values, anything], {"element_dtype": dtype}, of)

    entry = f"{pop(name, writer.value(node.inputs[0]), variant, node)}:1"
    for value in reversed(node.values[1:]):
        popped = pop(writer.unique(f"{name}/entry"), entry, variant)
        entry, item, dtype = popped, f"{popped}:1", value.spec.dtype
        if dtype is not variant:
            item = f"{pop(writer.unique(f'{name}/item'), item, dtype)}:1"
            shape = value.spec.shape
            if shape.rank is not None:
                item = writer.node(writer.unique(f"{name}/shaped"), "EnsureShape", [item], {"T": dtype, "shape": shape})
        writer.stand_in(value, item)


# Reading


def _element(reader: Any, shape: Any) -> TensorSpec:
    """What an input says of the elements."""
    known = static_value(shape)
    dtype = reader.attribute("element_dtype")
    if dtype is variant:
        return TensorSpec([], dtype)
    if known is None or known.ndim == 0:
        return TensorSpec(None, dtype)
    return TensorSpec([None if size < 0 else int(size) for size in known], dtype)


def _read_empty(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    none = reader.constant_beside(np.int32(0))
    return reader.build(find_op("list_reserve"), [none], {"spec": _element(reader, inputs[0])})


def _read_reserve(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("list_reserve"), [inputs[1]], {"spec": _element(reader, inputs[0])})


def _read_push(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    values, item = inputs
    end = reader.extra("list_size", [values], {}, "size")
    return reader.build(find_op("list_set"), [values, end, item], {"grows": True})


def _read_pop(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("list_pop"), [inputs[0]], {"spec": _element(reader, inputs[1])})


def _read_get(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    values, index, shape = inputs
    if static_value(shape) is not None:
        return reader.build(find_op("list_get"), [values, index], {"spec": _element(reader, shape)})
    zero = reader.constant_beside(np.zeros([], reader.attribute("element_dtype").numpy))
    zeros = reader.extra("broadcast_to", [zero], {"shape": number(shape)}, "zeros")
    return reader.build(find_op("list_get_or"), [values, index, zeros], {})


def _read_set(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    grows = bool(reader.attribute("resize_if_index_out_of_bounds", False))
    return reader.build(find_op("list_set"), inputs, {"grows": grows})


def _read_stack(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    count = reader.attribute("num_elements", -1)
    params = {"spec": _element(reader, inputs[1]), "count": None if count < 0 else count}
    return reader.build(find_op("list_stack"), inputs[:1], params)


def _read_gather(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("list_gather"), inputs[:2], {"spec": _element(reader, inputs[2])})


def _read_scatter(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    values, pieces, indices = inputs
    return reader.build(find_op("list_scatter"), [values, indices, pieces], {"grows": True})


def _read_scatter_v2(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    pieces, indices, shape, size = inputs
    if (static_value(size) or 0) < 0:
        size = reader.constant_beside(np.int32(0))
    values = reader.extra("list_reserve", [size], {"spec": _element(reader, shape)}, "reserve")
    return reader.build(find_op("list_scatter"), [values, indices, pieces], {"grows": True})


def _read_concat(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("list_join"), inputs[:1], {"spec": _element(reader, inputs[1])})


def _read_split(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("list_split"), [inputs[0], inputs[2]], {})


def _read_from_tensor(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("list_unstack"), inputs[:1], {})


def _read_length(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("list_size"), inputs, {})


def _read_element_shape(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    """Lists here do not know it: whoever asks is told that any shape will do."""
    return reader.build(CONSTANT, [], {"value": np.array(-1, np.int32)})


def _read_optional(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    """What a branch of TensorFlow's keeps for its gradient: several tensors, or nothing if it was not taken."""
    params = {"capacity": 1, "specs": tuple(TensorSpec(x.shape, x.dtype) for x in inputs)}
    if not inputs:
        return reader.build(find_op("stack_empty"), [], params)
    empty = reader.extra("stack_empty", [], params, "empty")
    return reader.build(find_op("stack_push"), [empty, *inputs], {})


def _read_optional_value(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    shapes, types = reader.attribute("output_shapes"), reader.attribute("output_types")
    specs = tuple(map(TensorSpec, shapes, types))
    return reader.build(find_op("stack_pop"), inputs, {"specs": specs})[1:]


def _read_sum(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    if inputs[0].dtype is not variant:
        return reader.by_row(row_of_type("AddN"), message, inputs)
    total, *others = inputs
    for x in others[:-1]:
        total = reader.extra("variant_add", [total, x], {}, "sum")
    return reader.build(find_op("variant_add"), [total, others[-1]], {}) if others else total


_WRITERS = {
    "list_reserve": ("TensorListReserve", _write_reserve), "list_size": ("TensorListLength", _write_size),
    "list_get": ("TensorListGetItem", _write_get), "list_get_or": ("TensorListGetItem", _write_get_or),
    "list_set": ("TensorListSetItem", _write_set), "list_pop": ("TensorListPopBack", _write_pop),
    "list_clear": ("TensorListSetItem", _write_clear), "list_add_at": ("TensorListSetItem", _write_add_at),
    "list_stack": ("TensorListStack", _write_stack), "list_unstack": ("TensorListFromTensor", _write_unstack),
    "list_gather": ("TensorListGather", _write_gather),
    "list_scatter": ("TensorListScatterIntoExistingList", _write_scatter),
    "list_join": ("TensorListConcatV2", _write_join), "list_unsplit": ("TensorListConcatV2", _write_join),
    "list_split": ("TensorListSplit", _write_split), "variant_add": ("AddN", _write_sum),
    "variant_zeros": ("ZerosLike", _write_zeros), "stack_empty": ("EmptyTensorList", _write_stack_empty),
    "stack_push": ("TensorListPushBack", _write_stack_push), "stack_pop": ("TensorListPopBack", _write_stack_pop),
    "stack_count": ("TensorListLength", _write_size),
}  # fmt: skip
ROWS = [Row(op, kind, write=write) for op, (kind, write) in _WRITERS.items()]
READERS = {
    "EmptyTensorList": _read_empty, "TensorListReserve": _read_reserve, "TensorListPushBack": _read_push,
    "TensorListPopBack": _read_pop, "TensorListGetItem": _read_get, "TensorListSetItem": _read_set,
    "TensorListStack": _read_stack, "TensorListGather": _read_gather, "TensorListFromTensor": _read_from_tensor,
    "TensorListScatterIntoExistingList": _read_scatter, "TensorListScatterV2": _read_scatter_v2,
    "TensorListConcatV2": _read_concat, "TensorListSplit": _read_split, "TensorListLength": _read_length,
    "TensorListElementShape": _read_element_shape, "OptionalFromValue": _read_optional,
    "OptionalNone": _read_optional, "OptionalGetValue": _read_optional_value, "AddN": _read_sum,
}  # fmt: skip
