"""Neural networks: softmax and cross entropies, convolutions, pooling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.compat.graphdef.mapping import In, Row, TypeOf
from eagernb.compat.graphdef.read import formula, number
from eagernb.core.dtypes import int32
from eagernb.core.op import find_op
from eagernb.graph.ir import Node
from eagernb.ops.reduce import reduce_sum

_SPATIAL = {1: "a single axis", 2: "NHWC", 3: "NDHWC"}


def _last_axis(node: Node) -> None:
    rank = node.inputs[-1].spec.shape.rank
    if node.params["axis"] not in (-1, None if rank is None else rank - 1):
        raise NotImplementedError("TensorFlow's op works along the last axis only")


def _matrix_logits(node: Node) -> None:
    if node.inputs[-1].spec.shape.rank != 2:
        raise NotImplementedError("TensorFlow's op takes logits of rank 2: reshape them")
    if "axis" in node.params:
        _last_axis(node)


def _write_cross_entropy_grad(writer: Any, node: Node) -> None:
    """The gradient is the second output of TensorFlow's op, times what arrives."""
    g, labels, logits = map(writer.value, node.inputs)
    name, dtype = writer.name_of(node), node.inputs[2].spec.dtype
    kind, attributes = "SoftmaxCrossEntropyWithLogits", {"T": dtype}
    if node.op.name.startswith("sparse"):
        kind, attributes = "SparseSoftmaxCrossEntropyWithLogits", {"T": dtype, "Tlabels": node.inputs[1].spec.dtype}
    both = writer.node(writer.unique(f"{name}/{kind}"), kind, [logits, labels], attributes)
    last = writer.constant(f"{name}/ExpandDims/dim", -1, int32)
    column = writer.node(writer.unique(f"{name}/ExpandDims"), "ExpandDims", [g, last], {"T": dtype, "Tdim": int32})
    writer.node(name, "Mul", [column, f"{both}:1"], {"T": dtype}, node)


def _read_cross_entropy(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    logits, labels = inputs
    sparse = message.op.startswith("Sparse")
    params: dict[str, Any] = {} if sparse else {"axis": -1}
    prefix = "sparse_" if sparse else ""
    loss = reader.build(find_op(f"{prefix}softmax_cross_entropy"), [labels, logits], params)
    ones = reader.extra("ones_like", [loss], {}, "ones")
    return [loss, reader.extra(f"{prefix}softmax_cross_entropy_grad", [ones, labels, logits], params, "backprop")]


def _four(values: Sequence[int]) -> list[int]:
    return [1, *values, 1]


def _spatial(node: Node) -> None:
    if len(node.params["strides"]) == 1:
        raise NotImplementedError("TensorFlow has no op for images of one axis: tf.expand_dims makes two of it")
    if not isinstance(node.params["padding"], str) and (len(node.params["strides"]) == 3 or "pool" in node.op.name):
        raise NotImplementedError("TensorFlow's op has no explicit padding")


def _window_attributes(node: Node) -> dict[str, Any]:
    params, rank = node.params, len(node.params["strides"])
    padding = params["padding"]
    attributes: dict[str, Any] = {
        "T": node.inputs[0].spec.dtype, "strides": _four(params["strides"]), "data_format": _SPATIAL[rank],
        "padding": padding if isinstance(padding, str) else "EXPLICIT",
    }  # fmt: skip
    if rank == 2 and node.op.name in ("conv", "max_pool", "conv_backprop_input", "conv_backprop_filter"):
        pairs = () if isinstance(padding, str) else ((0, 0), *padding, (0, 0))
        attributes["explicit_paddings"] = [n for pair in pairs for n in pair]
    if "conv" in node.op.name:
        attributes["dilations"] = _four(params["dilations"])
        if rank == 2:
            attributes["use_cudnn_on_gpu"] = True
    return attributes


def _conv_type(node: Node) -> str:
    return f"Conv{len(node.params['strides'])}D"


def _write_conv(writer: Any, node: Node) -> None:
    inputs = [writer.value(value) for value in node.inputs]
    writer.node(writer.name_of(node), _conv_type(node), inputs, _window_attributes(node), node)


def _write_conv_backprop(writer: Any, node: Node) -> None:
    """TensorFlow names the sizes of the whole result; ours those of one image, or of the filters."""
    name, rank = writer.name_of(node), len(node.params["strides"])
    of_filters = node.op.name == "conv_backprop_filter"
    first, y = map(writer.value, node.inputs)
    attributes = _window_attributes(node)
    kind = f"Conv{rank}DBackprop{'Filter' if of_filters else 'Input'}" + ("V2" if rank == 3 else "")
    if of_filters:
        inputs = [first, writer.numbers(f"{name}/sizes", node.params["filter_dims"], node), y]
    else:
        batch = node.inputs[1].spec.dims[0]
        if batch is None:
            raise NotImplementedError("the number of images must be known: give the placeholder a whole shape")
        inputs = [writer.numbers(f"{name}/sizes", [batch, *node.params["input_dims"]], node), first, y]
    writer.node(name, kind, inputs, attributes, node)


def _params_of_windows(reader: Any) -> dict[str, Any]:
    layout = reader.attribute("data_format", b"NHWC").decode()
    if not layout.endswith("C"):
        raise NotImplementedError(f"its data_format is {layout}, channels have to be last")
    padding: Any = reader.attribute("padding").decode()
    if padding == "EXPLICIT":
        numbers = reader.attribute("explicit_paddings")
        padding = tuple(zip(numbers[2:-2:2], numbers[3:-2:2], strict=True))
    strides = tuple(reader.attribute("strides")[1:-1])
    dilations = tuple((reader.attribute("dilations") or [1] * (len(strides) + 2))[1:-1])
    return {"strides": strides, "padding": padding, "dilations": dilations}


def _read_conv(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("conv"), inputs, _params_of_windows(reader))


def _pool_type(node: Node) -> str:
    kind = "MaxPool" if node.op.name == "max_pool" else "AvgPool"
    return f"{kind}3D" if len(node.params["strides"]) == 3 else kind


def _pool_check(node: Node) -> None:
    _spatial(node)
    if any(d != 1 for d in node.params["dilations"]):
        raise NotImplementedError("TensorFlow's op has no dilations")


def _write_pool(writer: Any, node: Node) -> None:
    attributes = _window_attributes(node) | {"ksize": _four(node.params["window"])}
    writer.node(writer.name_of(node), _pool_type(node), [writer.value(node.inputs[0])], attributes, node)


def _write_max_pool_grad(writer: Any, node: Node) -> None:
    """TensorFlow's op wants the pooled image as well."""
    x, g = map(writer.value, node.inputs)
    name = writer.name_of(node)
    attributes = _window_attributes(node) | {"ksize": _four(node.params["window"])}
    pooled = writer.node(writer.unique(f"{name}/MaxPool"), "MaxPool", [x], attributes)
    writer.node(name, "MaxPoolGrad", [x, pooled, g], attributes, node)


def _write_avg_pool_grad(writer: Any, node: Node) -> None:
    """TensorFlow names the sizes of the whole result; ours those of one image."""
    name, g = writer.name_of(node), node.inputs[0]
    batch, channels = g.spec.dims[0], g.spec.dims[-1]
    if batch is None or channels is None:
        raise NotImplementedError("the number of images must be known: give the placeholder a whole shape")
    sizes = writer.numbers(f"{name}/sizes", [batch, *node.params["image"], channels], node)
    attributes = _window_attributes(node) | {"ksize": _four(node.params["window"])}
    writer.node(name, "AvgPoolGrad", [sizes, writer.value(g)], attributes, node)


def _read_avg_pool_grad(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    window = tuple(reader.attribute("ksize")[1:-1])
    params = {**_params_of_windows(reader), "window": window, "image": tuple(number(inputs[0])[1:-1])}
    return reader.build(find_op("avg_pool_grad"), inputs[1:], params)


def _read_pool(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    window = tuple(reader.attribute("ksize")[1:-1])
    op = find_op("max_pool" if message.op.startswith("Max") else "avg_pool")
    return reader.build(op, inputs, {**_params_of_windows(reader), "window": window})


def _read_bias_add(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    if reader.attribute("data_format", b"NHWC") != b"NHWC":
        raise NotImplementedError("its channels are not last")
    return reader.build(find_op("add"), inputs, {})


def _read_conv_backprop(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    params = _params_of_windows(reader)
    if "Filter" in message.op:
        image, sizes, y = inputs
        return reader.build(find_op("conv_backprop_filter"), [image, y], {"filter_dims": number(sizes), **params})
    sizes, filters, y = inputs
    return reader.build(find_op("conv_backprop_input"), [filters, y], {"input_dims": number(sizes)[1:], **params})


def _read_max_pool_grad(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    window = tuple(reader.attribute("ksize")[1:-1])
    params = {**_params_of_windows(reader), "window": window}
    return reader.build(find_op("max_pool_grad"), [inputs[0], inputs[2]], params)


ROWS = [
    Row("softmax", "Softmax", params={"axis": -1}, check=_last_axis),
    Row("log_softmax", "LogSoftmax", params={"axis": -1}, check=_last_axis),
    Row("softmax_cross_entropy", "SoftmaxCrossEntropyWithLogits", [In(1), In(0)], {"T": TypeOf(1)},
        name="softmax_cross_entropy_with_logits", check=_matrix_logits, read=_read_cross_entropy),
    Row("sparse_softmax_cross_entropy", "SparseSoftmaxCrossEntropyWithLogits", [In(1), In(0)],
        {"T": TypeOf(1), "Tlabels": TypeOf(0)}, check=_matrix_logits, read=_read_cross_entropy),
    Row("softmax_cross_entropy_grad", "Mul", check=_matrix_logits, write=_write_cross_entropy_grad),
    Row("sparse_softmax_cross_entropy_grad", "Mul", check=_matrix_logits, write=_write_cross_entropy_grad),
    Row("conv", "Conv2D", check=_spatial, variant=_conv_type, write=_write_conv, read=_read_conv, also=["Conv3D"]),
    Row("conv_backprop_input", "Conv2DBackpropInput", check=_spatial, write=_write_conv_backprop,
        read=_read_conv_backprop, also=["Conv3DBackpropInputV2"]),
    Row("conv_backprop_filter", "Conv2DBackpropFilter", check=_spatial, write=_write_conv_backprop,
        read=_read_conv_backprop, also=["Conv3DBackpropFilterV2"]),
    Row("max_pool", "MaxPool", check=_pool_check, variant=_pool_type, write=_write_pool, read=_read_pool,
        also=["MaxPool3D"]),
    Row("avg_pool", "AvgPool", check=_pool_check, variant=_pool_type, write=_write_pool, read=_read_pool,
        also=["AvgPool3D"]),
    Row("avg_pool_grad", "AvgPoolGrad", check=_pool_check, write=_write_avg_pool_grad, read=_read_avg_pool_grad),
    Row("max_pool_grad", "MaxPoolGrad", check=_pool_check, write=_write_max_pool_grad, read=_read_max_pool_grad),
]  # fmt: skip
READERS = {
    "BiasAdd": _read_bias_add, "BiasAddV1": _read_bias_add,
    "BiasAddGrad": formula(lambda g: reduce_sum(g, list(range(len(g.shape) - 1)))),
    "L2Loss": formula(lambda x: reduce_sum(x * x) / 2.0),
}  # fmt: skip
