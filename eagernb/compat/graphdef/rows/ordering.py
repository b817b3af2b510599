"""Sorting, searching and counting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.compat.graphdef.mapping import Row, TypeOf
from eagernb.compat.graphdef.read import number
from eagernb.core.dtypes import int32
from eagernb.core.name_scope import name_scope
from eagernb.core.op import find_op
from eagernb.core.spec import TensorSpec
from eagernb.graph.ir import Node
from eagernb.ops.casting import cast
from eagernb.ops.counting import bincount
from eagernb.ops.creation import zeros
from eagernb.ops.joining import concat
from eagernb.ops.shape import expand_dims, shape


def _write_sort(writer: Any, node: Node) -> None:
    """As TensorFlow does it: the largest of all come first; the other way round, those of the reversed order.

    What reverses the order of numbers is the sign; of integers the complement, where nothing can overflow.
    """
    (value,), name = node.inputs, writer.name_of(node)
    spec, descending = value.spec, node.params["descending"]
    rank = spec.shape.rank
    if rank is None or spec.dims[node.params["axis"]] is None:
        raise NotImplementedError("the size of the axis must be known")
    axis = node.params["axis"] % rank
    order = [*(i for i in range(rank) if i != axis), axis]
    reverse = "Neg" if spec.dtype.is_floating else "Invert"
    attributes = {"T": spec.dtype}
    x = writer.value(value)
    if axis != rank - 1:
        x = _transposed(writer, f"{name}/transpose", x, order, spec)
    if not descending:
        x = writer.node(writer.unique(f"{name}/{reverse}"), reverse, [x], attributes)
    k = writer.constant(f"{name}/k", spec.dims[axis], int32)
    top = {"sorted": True, "T": spec.dtype, "Tk": int32, "index_type": int32}
    found = writer.node(writer.unique(f"{name}/TopKV2"), "TopKV2", [x, k], top)
    if node.op.name == "argsort":
        found, spec = f"{found}:1", TensorSpec(spec.shape, int32)
    elif not descending:
        found = writer.node(writer.unique(f"{name}/{reverse}"), reverse, [found], attributes)
    if axis != rank - 1:
        found = _transposed(writer, f"{name}/back", found, list(np.argsort(order)), spec)
    writer.node(name, "Identity", [found], {"T": spec.dtype}, node)


def _transposed(writer: Any, name: str, x: str, order: list[int], spec: TensorSpec) -> str:
    inputs = [x, writer.constant(f"{name}/perm", order, int32)]
    return writer.node(writer.unique(name), "Transpose", inputs, {"T": spec.dtype, "Tperm": int32})


def _search_type(node: Node) -> str:
    return "LowerBound" if node.params["side"] == "left" else "UpperBound"


def _write_search(writer: Any, node: Node) -> None:
    """TensorFlow's ops search in the rows of a matrix."""
    name, specs = writer.name_of(node), [value.spec for value in node.inputs]
    inputs = [writer.value(value) for value in node.inputs]
    ranks = {spec.shape.rank for spec in specs}
    if ranks != {2}:
        if None in ranks or any(spec.dims[-1] is None for spec in specs):
            raise NotImplementedError("the sizes of the last axes must be known")
        inputs = [_reshaped(writer, f"{name}/rows", x, [-1, s.dims[-1]], s) for x, s in zip(inputs, specs, strict=True)]
    attributes = {"T": specs[0].dtype, "out_type": node.params["dtype"]}
    if ranks == {2}:
        writer.node(name, _search_type(node), inputs, attributes, node)
        return
    if sum(d is None for d in specs[1].dims) > 1:
        raise NotImplementedError("the sizes of what is searched for must be known")
    found = writer.node(writer.unique(f"{name}/{_search_type(node)}"), _search_type(node), inputs, attributes)
    sizes = [-1 if d is None else d for d in specs[1].dims]
    shape = writer.constant(f"{name}/shape", sizes, int32)
    writer.node(name, "Reshape", [found, shape], {"T": node.params["dtype"], "Tshape": int32}, node)


def _reshaped(writer: Any, name: str, x: str, shape: Sequence[Any], spec: TensorSpec) -> str:
    inputs = [x, writer.constant(f"{name}/shape", shape, int32)]
    return writer.node(writer.unique(name), "Reshape", inputs, {"T": spec.dtype, "Tshape": int32})


def _reads_search(side: str) -> Any:
    def read(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
        return reader.build(
            find_op("searchsorted"), inputs, {"side": side, "dtype": reader.attribute("out_type", int32)}
        )

    return read


def _write_bincount(writer: Any, node: Node) -> None:
    """TensorFlow's op is told how many bins there are: one more than the largest value, within the limits."""
    name, (values, weights), params = writer.name_of(node), node.inputs, node.params
    dtype = values.spec.dtype
    if values.spec.shape.rank is None:
        raise NotImplementedError("the rank must be known")
    x, typed = writer.value(values), {"T": dtype}

    def step(kind: str, inputs: list[str], attributes: Any = typed) -> str:
        return writer.node(writer.unique(f"{name}/{kind}"), kind, inputs, attributes)

    axes = writer.constant(f"{name}/axes", list(range(values.spec.shape.rank)), int32)
    zero, one = (writer.constant(f"{name}/{key}", value, dtype) for key, value in (("zero", 0), ("one", 1)))
    largest = step("Max", [x, axes], {**typed, "Tidx": int32, "keep_dims": False})
    # The largest of no values is the lowest number: no bin.
    size = step("AddV2", [step("Maximum", [largest, step("Sub", [zero, one])]), one])
    if params["minlength"] is not None:
        size = step("Maximum", [size, writer.constant(f"{name}/minlength", params["minlength"], dtype)])
    if params["maxlength"] is not None:
        size = step("Minimum", [size, writer.constant(f"{name}/maxlength", params["maxlength"], dtype)])
    attributes = {"Tidx": dtype, "T": weights.spec.dtype, "binary_output": False}
    writer.node(name, "DenseBincount", [x, size, writer.value(weights)], attributes, node)


def _read_bincount(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    values, size, weights = inputs
    if reader.attribute("binary_output", False):
        raise NotImplementedError("it gives 1 for any count")
    count = number(size)
    if isinstance(count, int):
        return reader.build(find_op("bincount"), [values, weights], {"minlength": count, "maxlength": count})
    size = cast(size, int32)
    with name_scope(reader.name):  # as many bins as there are values, and more of them, or less
        bins = bincount(values, weights, axis=-1)
        more = zeros(concat([shape(values)[:-1], expand_dims(size, 0)], 0), bins.dtype)
        counts = concat([bins, more], -1)[..., :size]
    return reader.build(find_op("identity"), [counts], {})


def _write_confusion(writer: Any, node: Node) -> None:
    """The weights are added up at the positions that labels and predictions make together."""
    name, (labels, predictions, weights) = writer.name_of(node), node.inputs
    count = node.params["num_classes"]
    if count is None:
        raise NotImplementedError("the number of classes must be given: num_classes")
    pair = {"N": 2, "T": labels.spec.dtype, "axis": 1}
    both = writer.node(writer.unique(f"{name}/stack"), "Pack", [*map(writer.value, (labels, predictions))], pair)
    sizes = writer.constant(f"{name}/shape", np.array([count, count], labels.spec.dtype.numpy))
    attributes = {"T": weights.spec.dtype, "Tindices": labels.spec.dtype}
    writer.node(name, "ScatterNd", [both, writer.value(weights), sizes], attributes, node)


def _write_repeat(writer: Any, node: Node) -> None:
    """As positions: TensorFlow's function counts them out in the same way."""
    (x,), axis, repeats = node.inputs, node.params["axis"], node.params["repeats"]
    size = None if x.spec.shape.rank is None else x.spec.dims[axis]
    if not all(isinstance(count, int) for count in repeats) or size is None:
        raise NotImplementedError("the size of the axis, and how often each of it is repeated, must be known")
    name = writer.name_of(node)
    positions = writer.constant(f"{name}/indices", np.repeat(np.arange(size), repeats).astype(np.int32))
    attributes = {"Tparams": x.spec.dtype, "Tindices": int32, "Taxis": int32, "batch_dims": 0}
    writer.node(name, "GatherV2", [writer.value(x), positions, writer.constant(f"{name}/axis", axis, int32)],
                attributes, node)  # fmt: skip


def _write_stitch(writer: Any, node: Node) -> None:
    count, name = node.params["count"], writer.name_of(node)
    inputs = [writer.value(value) for value in node.inputs]
    for i, value in enumerate(node.inputs[:count]):
        if value.spec.dtype is not int32:
            cast = {"SrcT": value.spec.dtype, "DstT": int32}
            inputs[i] = writer.node(writer.unique(f"{name}/Cast"), "Cast", [inputs[i]], cast)
    attributes = {"N": count, "T": node.inputs[count].spec.dtype}
    writer.node(name, "DynamicStitch", inputs, attributes, node)


def _read_stitch(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("dynamic_stitch"), inputs, {"count": len(inputs) // 2})


def _of_a_vector(node: Node) -> None:
    if (node.inputs[0].spec.shape.rank or 0) > 1:
        raise NotImplementedError("TensorFlow's op takes a vector of positions: reshape them")


ROWS = [
    Row("sort", "TopKV2", write=_write_sort),
    Row("argsort", "TopKV2", write=_write_sort),
    Row("searchsorted", "LowerBound", variant=_search_type, write=_write_search),
    Row("bincount", "DenseBincount", write=_write_bincount, read=_read_bincount),
    Row("confusion_matrix", "ScatterNd", write=_write_confusion),
    Row("repeat", "GatherV2", write=_write_repeat),
    Row("dynamic_stitch", "DynamicStitch", write=_write_stitch, read=_read_stitch, also=["ParallelDynamicStitch"]),
    Row("isotonic_regression", "IsotonicRegression", attrs={"T": TypeOf(), "output_dtype": TypeOf()}),
    Row("unravel_index", "UnravelIndex", check=_of_a_vector, attrs={"Tidx": TypeOf()}),
    Row("broadcast_dynamic_shape", "BroadcastArgs"),
]
READERS = {"LowerBound": _reads_search("left"), "UpperBound": _reads_search("right")}
