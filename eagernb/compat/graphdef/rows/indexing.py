"""Taking parts of tensors, by positions and ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import In, Number, Param, Row, TypeOf
from eagernb.compat.graphdef.read import number
from eagernb.core.dtypes import as_dtype, int32
from eagernb.core.op import find_op
from eagernb.graph.ir import Node
from eagernb.ops.slicing import Slice

_MASKS = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")


def _write_strided_slice(writer: Any, node: Node) -> None:
    inputs, masks = key_bounds(writer, node)
    attributes = {"T": node.inputs[0].spec.dtype, "Index": int32, **masks}
    writer.node(writer.name_of(node), "StridedSlice", [writer.value(node.inputs[0]), *inputs], attributes, node)


def _write_strided_slice_grad(writer: Any, node: Node) -> None:
    inputs, masks = key_bounds(writer, node)
    name = writer.name_of(node)
    shape = writer.numbers(f"{name}/shape", node.params["shape"], node)
    attributes = {"T": node.inputs[0].spec.dtype, "Index": int32, **masks}
    writer.node(name, "StridedSliceGrad", [shape, *inputs, writer.value(node.inputs[0])], attributes, node)


def key_bounds(writer: Any, node: Node) -> tuple[list[str], dict[str, int]]:
    """The inputs begin, end and strides for a key, and the masks that say what its parts are."""
    begin: list[Any] = []
    end: list[Any] = []
    strides: list[Any] = []
    masks = dict.fromkeys(_MASKS, 0)
    for i, part in enumerate(node.params["key"]):
        bit, bounds = 1 << i, (0, 0, 1)
        if part is None:
            masks["new_axis_mask"] |= bit
        elif part is Ellipsis:
            masks["ellipsis_mask"] |= bit
        elif isinstance(part, Slice):
            masks["begin_mask"] |= bit * (part.start is None)
            masks["end_mask"] |= bit * (part.stop is None)
            bounds = (part.start or 0, part.stop or 0, 1 if part.step is None else part.step)
        else:
            masks["shrink_axis_mask"] |= bit
            after = part + 1 if isinstance(part, int) else 0
            if not isinstance(part, int):  # the end is not looked at, but has to be there
                after = part
            bounds = (part, after or _LAST, 1)
        for numbers, bound in zip((begin, end, strides), bounds, strict=True):
            numbers.append(bound)
    name = writer.name_of(node)
    parts = (("stack", begin), ("stack_1", end), ("stack_2", strides))
    return [writer.numbers(f"{name}/{part}", numbers, node) for part, numbers in parts], masks


_LAST = 2**31 - 1  # the end behind the position -1


def _read_strided_slice(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("strided_slice"), inputs[:1], {"key": read_key(reader, inputs[1:])})


def _read_strided_slice_grad(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    shape, *bounds, g = inputs
    params = {"shape": _listed(number(shape)), "key": read_key(reader, bounds)}
    return reader.build(find_op("strided_slice_grad"), [g], params)


def read_key(reader: Any, inputs: Sequence[Any]) -> tuple[Any, ...]:
    begin, end, strides = (number(x) for x in inputs)
    masks = {name: reader.attribute(name, 0) for name in _MASKS}
    key: list[Any] = []
    for i, (start, stop, step) in enumerate(zip(begin, end, strides, strict=True)):
        bit = 1 << i
        if masks["ellipsis_mask"] & bit:
            key.append(Ellipsis)
        elif masks["new_axis_mask"] & bit:
            key.append(None)
        elif masks["shrink_axis_mask"] & bit:
            key.append(start)
        else:
            key.append(
                Slice(None if masks["begin_mask"] & bit else start, None if masks["end_mask"] & bit else stop, step)
            )
    return tuple(key)


def _write_one_hot(writer: Any, node: Node) -> None:
    name, params = writer.name_of(node), node.params
    dtype = as_dtype(params["dtype"])
    inputs = [
        writer.value(node.inputs[0]),
        writer.numbers(f"{name}/depth", params["depth"], node),
        writer.constant(f"{name}/on_value", params["on"], dtype),
        writer.constant(f"{name}/off_value", params["off"], dtype),
    ]
    attributes = {"axis": params["axis"], "T": dtype, "TI": node.inputs[0].spec.dtype}
    writer.node(name, "OneHot", inputs, attributes, node)


def _read_one_hot(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    depth, on, off = (number(x) for x in inputs[1:])
    params = {"depth": depth, "axis": reader.attribute("axis", -1), "on": on, "off": off, "dtype": inputs[2].dtype}
    return reader.build(find_op("one_hot"), inputs[:1], params)


def _write_gather_grad(writer: Any, node: Node) -> None:
    """TensorFlow's op adds up rows: the axis is brought to the front, and back afterwards."""
    name, (g, indices), params = writer.name_of(node), node.inputs[:2], node.params
    rank, of_places = g.spec.shape.rank, indices.spec.shape.rank
    if params["batch_dims"] or rank is None or of_places is None:
        raise NotImplementedError("TensorFlow's op adds up rows of a known rank, without batches")
    own = len(params["shape"])
    axis = params["axis"] % own
    dtype = g.spec.dtype

    def turned(x: str, suffix: str, order: Sequence[int]) -> str:
        if list(order) == sorted(order):
            return x
        inputs = [x, writer.constant(f"{name}/{suffix}/perm", list(order), int32)]
        return writer.node(writer.unique(f"{name}/{suffix}"), "Transpose", inputs, {"T": dtype, "Tperm": int32})

    places = range(axis, axis + of_places)  # the axes of g that are those of the positions
    front = turned(writer.value(g), "front", [*places, *(i for i in range(rank) if i not in places)])
    count = writer.numbers(f"{name}/num_segments", params["shape"][axis], node)
    attributes = {"T": dtype, "Tindices": indices.spec.dtype, "Tnumsegments": int32}
    inputs = [front, writer.value(indices), count]
    if axis == 0:
        writer.node(name, "UnsortedSegmentSum", inputs, attributes, node)
        return
    sums = writer.node(writer.unique(f"{name}/UnsortedSegmentSum"), "UnsortedSegmentSum", inputs, attributes)
    back = turned(sums, "back", [*range(1, axis + 1), 0, *range(axis + 1, own)])
    writer.node(name, "Identity", [back], {"T": dtype}, node)


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


_POSITIONS = {"T": TypeOf(), "Tindices": TypeOf(1)}
_SCATTERS = {
    "tensor_scatter_nd_update": "TensorScatterUpdate", "tensor_scatter_nd_add": "TensorScatterAdd",
    "tensor_scatter_nd_sub": "TensorScatterSub", "tensor_scatter_nd_max": "TensorScatterMax",
    "tensor_scatter_nd_min": "TensorScatterMin",
}  # fmt: skip
_SEGMENTS = {
    "unsorted_segment_sum": "UnsortedSegmentSum", "unsorted_segment_prod": "UnsortedSegmentProd",
    "unsorted_segment_max": "UnsortedSegmentMax", "unsorted_segment_min": "UnsortedSegmentMin",
}  # fmt: skip

ROWS = [
    Row("gather", "GatherV2", [In(0), In(1), Number("axis")],
        {"Tparams": TypeOf(), "Tindices": TypeOf(1), "Taxis": int32, "batch_dims": Param("batch_dims")}),
    Row("gather_nd", "GatherNd", attrs={"Tparams": TypeOf(), "Tindices": TypeOf(1)}),
    Row("strided_slice", "StridedSlice", name="strided_slice", write=_write_strided_slice, read=_read_strided_slice),
    Row("strided_slice_grad", "StridedSliceGrad", write=_write_strided_slice_grad, read=_read_strided_slice_grad),
    Row("gather_grad", "UnsortedSegmentSum", name="GatherGrad", write=_write_gather_grad),
    Row("slice", "Slice", [In(0), Number("begin", read=_listed), Number("size", read=_listed)],
        {"T": TypeOf(), "Index": int32}),
    Row("one_hot", "OneHot", name="one_hot", write=_write_one_hot, read=_read_one_hot),
    Row("where_true", "Where"),
    Row("scatter_nd", "ScatterNd", [In(0), In(1), Number("shape", None, read=_listed)],
        {"T": TypeOf(1), "Tindices": TypeOf(0)}),
    *(Row(op, kind, attrs=_POSITIONS) for op, kind in _SCATTERS.items()),
    *(
        Row(op, kind, [In(0), In(1), Number("num_segments")], {**_POSITIONS, "Tnumsegments": int32})
        for op, kind in _SEGMENTS.items()
    ),
]  # fmt: skip
