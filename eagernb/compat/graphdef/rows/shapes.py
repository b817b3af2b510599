"""Shapes, and moving elements around without computing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import Count, In, Number, OutputCount, Param, Rest, Row, TypeOf, row_of_type
from eagernb.compat.graphdef.read import number, plain
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32, variant
from eagernb.core.name_scope import name_scope
from eagernb.core.op import find_op
from eagernb.core.shape import TensorShape
from eagernb.graph.ir import CONSTANT, Node
from eagernb.ops.one_hot import one_hot


def _listed(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _reversed_axes(perm: Any, node: Node) -> Any:
    return range(len(node.inputs[0].spec.dims))[::-1] if perm is None else perm


def _dims(shape: Any, node: Node) -> TensorShape:
    return TensorShape(shape)


def _axes_or_all(axis: list[int]) -> tuple[int, ...] | None:
    return tuple(axis) or None


def _write_split(writer: Any, node: Node) -> None:
    name, sizes, axis = writer.name_of(node), node.params["sizes"], node.params["axis"]
    value, dtype = writer.value(node.inputs[0]), node.inputs[0].spec.dtype
    if len(set(sizes)) == 1:
        dim = writer.constant(f"{name}/split_dim", axis, int32)
        writer.node(name, "Split", [dim, value], {"num_split": len(sizes), "T": dtype}, node)
        return
    inputs = [value, writer.numbers(f"{name}/sizes", sizes, node), writer.constant(f"{name}/split_dim", axis, int32)]
    writer.node(name, "SplitV", inputs, {"num_split": len(sizes), "T": dtype, "Tlen": int32}, node)


def _read_split(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    axis, x = number(inputs[0]), inputs[1]
    size, count = x.shape[axis], reader.attribute("num_split")
    if size is None:
        raise NotImplementedError("the size of what is split is unknown")
    return reader.build(find_op("split"), [x], {"sizes": (size // count,) * count, "axis": axis})


def _read_split_v(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    x, sizes, axis = inputs[0], number(inputs[1]), number(inputs[2])
    if -1 in sizes:
        rest = x.shape[axis] - sum(size for size in sizes if size != -1)
        sizes = tuple(rest if size == -1 else size for size in sizes)
    return reader.build(find_op("split"), [x], {"sizes": sizes, "axis": axis})


def _pad_type(node: Node) -> str:
    if node.params["mode"] != "CONSTANT":
        return "MirrorPad"
    return "PadV2" if node.params["value"] else "Pad"


def _write_pad(writer: Any, node: Node) -> None:
    name, kind, dtype = writer.name_of(node), _pad_type(node), node.inputs[0].spec.dtype
    inputs = [writer.value(node.inputs[0]), writer.numbers(f"{name}/paddings", node.params["paddings"], node)]
    attributes: dict[str, Any] = {"T": dtype, "Tpaddings": int32}
    if kind == "PadV2":
        inputs.append(writer.constant(f"{name}/constant_values", node.params["value"], dtype))
    if kind == "MirrorPad":
        attributes["mode"] = node.params["mode"]
    writer.node(name, kind, inputs, attributes, node)


def _read_pad(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    source = inputs[1]._value.node
    if source.op is not CONSTANT:
        raise NotImplementedError("its paddings are computed by the graph")
    mode = reader.attribute("mode", b"CONSTANT").decode()
    value = number(inputs[2]) if len(inputs) > 2 else 0
    params = {"paddings": plain(source.params["value"]), "mode": mode, "value": value}
    return reader.build(find_op("pad"), inputs[:1], params)


def _read_fill(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("broadcast_to"), [inputs[1]], {"shape": _listed(number(inputs[0]))})


def _read_zeros_like(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    x = inputs[0]
    if x.dtype is variant:
        return reader.build(find_op("variant_zeros"), inputs, {})
    ones = reader.extra("ones_like", [x], {}, "ones")
    return reader.build(find_op("subtract"), [ones, ones], {})


def _read_shapes(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    params = {"dtype": reader.attribute("out_type", int32)}
    first, *others = inputs
    return [reader.build(find_op("shape"), [first], params), *(reader.extra("shape", [x], params, "n") for x in others)]


def _read_concat_offset(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    """Where each of several tensors begins in what they are joined to."""
    axis, *shapes = inputs
    with name_scope(reader.name):
        along = one_hot(number(axis), shapes[0].shape[0], dtype=int32)
        first = reader.build(find_op("subtract"), [along, along], {})
        offsets, total = [first], first
        for shape in shapes[:-1]:
            total = total + shape * along
            offsets.append(total)
    return offsets


class _SummedAxes:
    """The output of TensorFlow's BroadcastGradientArgs: the axes along which something of a shape was broadcast."""

    def __init__(self, like: Any) -> None:
        self.like = like


def _read_broadcast_gradient_args(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return [_SummedAxes(_of_shape(reader, shape)) for shape in inputs]


def _of_shape(reader: Any, shape: Any) -> Any:
    """Something that has the shape that a tensor says."""
    if hasattr(shape, "op") and shape.op.node.op.name == "shape":
        return shape.op.inputs[0]
    return reader.extra("broadcast_to", [convert_to_tensor(0.0)], {"shape": _listed(number(shape))}, "like")


def _read_sum(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    x, axes = inputs
    if not isinstance(axes, _SummedAxes):
        return reader.by_row(row_of_type("Sum"), message, inputs)
    like = axes.like if axes.like.dtype is x.dtype else reader.extra("cast", [axes.like], {"dtype": x.dtype}, "like")
    return reader.build(find_op("sum_to_like"), [x, like], {})


def _write_sum_to_like(writer: Any, node: Node) -> None:
    """As TensorFlow does it: the axes follow from the two shapes."""
    name, dtype = writer.name_of(node), node.inputs[0].spec.dtype
    asked = {"T": dtype, "out_type": int32}
    g, like = (
        writer.node(writer.unique(f"{name}/Shape"), "Shape", [writer.value(value)], asked) for value in node.inputs
    )
    axes = writer.node(writer.unique(f"{name}/axes"), "BroadcastGradientArgs", [like, g], {"T": int32})
    summed = {"T": dtype, "Tidx": int32, "keep_dims": False}
    total = writer.node(writer.unique(f"{name}/Sum"), "Sum", [writer.value(node.inputs[0]), axes], summed)
    writer.node(name, "Reshape", [total, like], {"T": dtype, "Tshape": int32}, node)


def _sizes(shape: TensorShape) -> tuple[Any, ...] | None:
    return None if shape.rank is None else tuple(shape.as_list())


def _ensuring(node: Node) -> str:
    """Of a shape of which nothing is known, TensorFlow makes one of no rank."""
    return "Identity" if node.params["shape"] is None else "EnsureShape"


def _of_numbers(node: Node) -> None:
    if any(value.spec.shape.rank != 0 for value in node.inputs[:2]):
        raise NotImplementedError("TensorFlow's op goes from one number to another")


def _shift(shift: Any, node: Node) -> Any:
    return [-count for count in shift] if node.params["back"] else shift


def _known_way(node: Node) -> None:
    if node.params["back"] and not all(isinstance(count, int) for count in node.params["shift"]):
        raise NotImplementedError("how far it is rolled back must be known")


_ASKING = {"T": TypeOf(), "out_type": Param("dtype")}

ROWS = [
    Row("shape", "Shape", attrs=_ASKING),
    Row("size", "Size", attrs=_ASKING),
    Row("rank", "Rank", attrs={"T": TypeOf()}, params={"dtype": int32}),
    Row("ones_like", "OnesLike"),
    Row("reshape", "Reshape", [In(0), Number("shape", read=_listed)], {"T": TypeOf(), "Tshape": int32}),
    Row("reshape_by_tensor", "Reshape", attrs={"T": TypeOf(), "Tshape": TypeOf(1)}),
    Row("transpose", "Transpose", [In(0), Number("perm", write=_reversed_axes)], {"T": TypeOf(), "Tperm": int32},
        name="transpose"),
    Row("expand_dims", "ExpandDims", [In(0), Number("axis", name="dim")], {"T": TypeOf(), "Tdim": int32}),
    Row("squeeze", "Squeeze",
        attrs={"T": TypeOf(), "squeeze_dims": Param("axis", lambda axis, node: axis or (), _axes_or_all)}),
    Row("broadcast_to", "BroadcastTo", [In(0), Number("shape", read=_listed)], {"T": TypeOf(), "Tidx": int32}),
    Row("broadcast_by_tensor", "BroadcastTo", attrs={"T": TypeOf(), "Tidx": TypeOf(1)}),
    Row("tile", "Tile", [In(0), Number("multiples", read=_listed)], {"T": TypeOf(), "Tmultiples": int32}),
    Row("reverse", "ReverseV2", [In(0), Number("axis", read=_listed)], {"T": TypeOf(), "Tidx": int32}),
    Row("concat", "ConcatV2", [Rest(), Number("axis")], {"N": Count(), "T": TypeOf(), "Tidx": int32}, name="concat"),
    Row("stack", "Pack", [Rest()], {"N": Count(), "T": TypeOf(), "axis": Param("axis")}, name="stack"),
    Row("unstack", "Unpack", attrs={"num": OutputCount(), "T": TypeOf(), "axis": Param("axis")}, name="unstack"),
    Row("split", "Split", name="split", write=_write_split, read=_read_split),
    Row("pad", "Pad", variant=_pad_type, write=_write_pad, read=_read_pad, also=["PadV2", "MirrorPad"]),
    Row("ensure_shape", "EnsureShape", variant=_ensuring,
        attrs={"T": TypeOf(), "shape": Param("shape", _dims, _sizes)}),
    Row("range", "Range", attrs={"Tidx": TypeOf()}, name="range"),
    Row("linspace", "LinSpace", [In(0), In(1), Number("num")], {"T": TypeOf(), "Tidx": int32}, params={"axis": 0},
        check=_of_numbers, name="linspace"),
    Row("pad_grad", "MirrorPadGrad", [In(0), Number("paddings")],
        {"T": TypeOf(), "Tpaddings": int32, "mode": Param("mode", read=bytes.decode)}),
    Row("sum_to_like", "Reshape", name="SumToLike", write=_write_sum_to_like),
    Row("roll", "Roll", [In(0), Number("shift", write=_shift, read=_listed), Number("axis", read=_listed)],
        {"T": TypeOf(), "Tshift": int32, "Taxis": int32}, params={"back": False}, check=_known_way),
]  # fmt: skip
READERS = {
    "BroadcastGradientArgs": _read_broadcast_gradient_args, "ConcatOffset": _read_concat_offset, "Fill": _read_fill,
    "ShapeN": _read_shapes, "SplitV": _read_split_v, "Sum": _read_sum, "ZerosLike": _read_zeros_like,
}  # fmt: skip
