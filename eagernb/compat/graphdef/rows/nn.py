"""Neural networks: softmax and cross entropies, convolutions, pooling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eagernb.compat.graphdef.mapping import Row
from eagernb.compat.graphdef.read import formula, number
from eagernb.core.dtypes import int32, int64
from eagernb.core.name_scope import name_scope
from eagernb.core.op import find_op
from eagernb.core.spec import TensorSpec
from eagernb.graph.ir import INPUT, Node
from eagernb.ops.arithmetic import maximum
from eagernb.ops.casting import cast
from eagernb.ops.normalization import batch_normalization
from eagernb.ops.reduce import reduce_mean, reduce_sum, reduce_variance
from eagernb.ops.shape import size

_SPATIAL = {1: "a single axis", 2: "NHWC", 3: "NDHWC"}


def _is_last(node: Node) -> bool:
    rank = node.inputs[-1].spec.shape.rank
    return node.params.get("axis", -1) in (-1, None if rank is None else rank - 1)


def _write_softmax(writer: Any, node: Node) -> None:
    """TensorFlow's op works along the last axis: another one is brought there, and back afterwards."""
    name, spec = writer.name_of(node), node.specs[0]
    kind, attributes = ("Softmax" if node.op.name == "softmax" else "LogSoftmax"), {"T": spec.dtype}
    x = writer.value(node.inputs[0])
    if _is_last(node):
        writer.node(name, kind, [x], attributes, node)
        return
    if spec.shape.rank is None:
        raise NotImplementedError("the rank must be known")
    order = list(range(spec.shape.rank))
    axis = node.params["axis"]
    order[axis], order[-1] = order[-1], order[axis]
    there, back = (writer.constant(f"{name}/{key}", order, int32) for key in ("perm", "perm_back"))
    turning = {"T": spec.dtype, "Tperm": int32}
    turned = writer.node(writer.unique(f"{name}/transpose"), "Transpose", [x, there], turning)
    result = writer.node(writer.unique(f"{name}/{kind}"), kind, [turned], attributes)
    writer.node(name, "Transpose", [result, back], turning, node)


def _read_softmax(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    return reader.build(find_op("softmax" if message.op == "Softmax" else "log_softmax"), inputs, {"axis": -1})


def _both_of_cross_entropy(writer: Any, node: Node, name: str, own: bool) -> str:
    """TensorFlow's op, which takes a matrix of logits, and gives the losses and the gradients; with the node's name."""
    labels, logits = node.inputs[-2:]
    if not _is_last(node):
        raise NotImplementedError("TensorFlow's op works along the last axis only")
    attributes, kind = {"T": logits.spec.dtype}, "SoftmaxCrossEntropyWithLogits"
    shapes = [[-1, _classes(node)], [-1, _classes(node)]]
    if node.op.name.startswith("sparse"):
        attributes, kind = {**attributes, "Tlabels": labels.spec.dtype}, f"Sparse{kind}"
        shapes[1] = [-1]
    inputs = [writer.value(logits), writer.value(labels)]
    if logits.spec.shape.rank != 2:
        inputs = [
            _reshaped(writer, f"{name}/{key}", x, shape, value.spec.dtype)
            for key, x, shape, value in zip(("logits", "labels"), inputs, shapes, (logits, labels), strict=True)
        ]
    return writer.node(
        name if own else writer.unique(f"{name}/{kind}"), kind, inputs, attributes, node if own else None
    )


def _classes(node: Node) -> int:
    shape = node.inputs[-1].spec.shape
    if shape.rank is None or (shape.rank != 2 and None in (shape[-1], *shape[1:-1])):
        raise NotImplementedError(
            "the sizes of the logits must be known, but for the first: TensorFlow's op takes matrices"
        )
    return -1 if shape[-1] is None else shape[-1]


def _reshaped(writer: Any, name: str, x: str, shape: Sequence[int], dtype: Any, node: Node | None = None) -> str:
    inputs = [x, writer.constant(f"{name}/shape", shape, int32)]
    own = name if node is not None else writer.unique(name)
    return writer.node(own, "Reshape", inputs, {"T": dtype, "Tshape": int32}, node)


def _write_cross_entropy(writer: Any, node: Node) -> None:
    name, shape = writer.name_of(node), node.inputs[-1].spec.shape
    if shape.rank == 2:
        _both_of_cross_entropy(writer, node, name, own=True)
        return
    both = _both_of_cross_entropy(writer, node, name, own=False)
    sizes = [-1 if d is None else d for d in shape[:-1]]
    _reshaped(writer, name, both, sizes, node.specs[0].dtype, node)


def _write_cross_entropy_grad(writer: Any, node: Node) -> None:
    """The gradient is the second output of TensorFlow's op, times what arrives."""
    name, spec = writer.name_of(node), node.inputs[2].spec
    gradient = f"{_both_of_cross_entropy(writer, node, name, own=False)}:1"
    if spec.shape.rank != 2:
        sizes = [-1 if d is None else d for d in spec.shape]
        gradient = _reshaped(writer, f"{name}/gradient", gradient, sizes, spec.dtype)
    last = writer.constant(f"{name}/ExpandDims/dim", -1, int32)
    inputs, attributes = [writer.value(node.inputs[0]), last], {"T": spec.dtype, "Tdim": int32}
    column = writer.node(writer.unique(f"{name}/ExpandDims"), "ExpandDims", inputs, attributes)
    writer.node(name, "Mul", [column, gradient], {"T": spec.dtype}, node)


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
    if len(node.params["strides"]) == 1 and "pool" in node.op.name:
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
    return f"Conv{max(2, len(node.params['strides']))}D"


def _with_two_axes(writer: Any, node: Node) -> None:
    """Write a convolution of images of one axis as TensorFlow does: they get another one, of size 1, before it."""
    name, params, spec = writer.name_of(node), node.params, node.specs[0]
    padding = params["padding"]
    wider = {
        **params, "strides": (1, *params["strides"]), "dilations": (1, *params["dilations"]),
        "padding": padding if isinstance(padding, str) else ((0, 0), *padding),
    }  # fmt: skip
    for key in ("input_dims", "filter_dims"):
        if key in params:
            wider[key] = (1, *params[key])
    of_filters = {"conv": (1,), "conv_backprop_input": (0,), "conv_backprop_filter": ()}[node.op.name]
    inputs = []
    for i, value in enumerate(node.inputs):
        axis = 0 if i in of_filters else 1
        inner, dims = value.spec, list(value.spec.dims)
        dims.insert(axis, 1)
        stand_in = Node(INPUT, (), {}, (TensorSpec(dims, inner.dtype),), f"{node.name}/{i}").values[0]
        at = [writer.value(value), writer.constant(f"{name}/ExpandDims/dim", axis, int32)]
        expanding = {"T": inner.dtype, "Tdim": int32}
        writer.stand_in(stand_in, writer.node(writer.unique(f"{name}/ExpandDims"), "ExpandDims", at, expanding))
        inputs.append(stand_in)
    axis = 0 if node.op.name == "conv_backprop_filter" else 1
    dims = list(spec.dims)
    dims.insert(axis, 1)
    whole = replace(node, inputs=tuple(inputs), params=wider, specs=(TensorSpec(dims, spec.dtype),), name=f"{name}/2D")
    (_write_conv if node.op.name == "conv" else _write_conv_backprop)(writer, whole)
    attributes = {"T": spec.dtype, "squeeze_dims": [axis]}
    writer.node(name, "Squeeze", [writer.value(whole.values[0])], attributes, node)


def _write_conv(writer: Any, node: Node) -> None:
    if len(node.params["strides"]) == 1:
        _with_two_axes(writer, node)
        return
    inputs = [writer.value(value) for value in node.inputs]
    writer.node(writer.name_of(node), _conv_type(node), inputs, _window_attributes(node), node)


def _write_conv_backprop(writer: Any, node: Node) -> None:
    """TensorFlow names the sizes of the whole result; ours those of one image, or of the filters."""
    if len(node.params["strides"]) == 1:
        _with_two_axes(writer, node)
        return
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
    kind = "MaxPoolGrad" if node.op.name == "max_pool_grad" else "MaxPoolGradGrad"
    writer.node(name, kind, [x, pooled, g], attributes, node)


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
    op = find_op("max_pool_grad" if message.op == "MaxPoolGrad" else "max_pool_grad_grad")
    return reader.build(op, [inputs[0], inputs[2]], params)


def _write_argmax(writer: Any, node: Node) -> None:
    params = node.params
    if not isinstance(params["padding"], str):
        raise NotImplementedError("TensorFlow's op has no explicit padding")
    attributes = {
        "T": node.inputs[0].spec.dtype, "ksize": _four(params["window"]), "strides": _four(params["strides"]),
        "padding": params["padding"], "Targmax": params["dtype"], "include_batch_in_index": params["include_batch"],
    }  # fmt: skip
    inputs = [writer.value(node.inputs[0])]
    name = writer.node(writer.name_of(node), "MaxPoolWithArgmax", inputs, attributes, node)
    writer.stand_in(node.values[0], f"{name}:1")


def _read_argmax(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    params = {**_params_of_windows(reader), "window": tuple(reader.attribute("ksize")[1:-1])}
    positions = {
        "dtype": reader.attribute("Targmax", int64), "include_batch": reader.attribute("include_batch_in_index", False),
    }  # fmt: skip
    pooled = reader.build(find_op("max_pool"), inputs, params)
    return [pooled, reader.extra("max_pool_argmax", inputs, {**params, **positions}, "argmax")]


ROWS = [
    Row("softmax", "Softmax", write=_write_softmax, read=_read_softmax),
    Row("log_softmax", "LogSoftmax", write=_write_softmax, read=_read_softmax),
    Row("softmax_cross_entropy", "SoftmaxCrossEntropyWithLogits", name="softmax_cross_entropy_with_logits",
        write=_write_cross_entropy, read=_read_cross_entropy),
    Row("sparse_softmax_cross_entropy", "SparseSoftmaxCrossEntropyWithLogits", write=_write_cross_entropy,
        read=_read_cross_entropy),
    Row("softmax_cross_entropy_grad", "Mul", write=_write_cross_entropy_grad),
    Row("sparse_softmax_cross_entropy_grad", "Mul", write=_write_cross_entropy_grad),
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
    Row("max_pool_grad_grad", "MaxPoolGradGrad", check=_pool_check, write=_write_max_pool_grad,
        read=_read_max_pool_grad),
    Row("max_pool_argmax", "MaxPoolWithArgmax", check=_pool_check, write=_write_argmax, read=_read_argmax),
    Row("max_pool_grad", "MaxPoolGrad", check=_pool_check, write=_write_max_pool_grad, read=_read_max_pool_grad),
]  # fmt: skip


def _read_batch_norm(reader: Any, message: Any, inputs: Sequence[Any]) -> Any:
    """Of images whose channels are last; what TensorFlow keeps for the gradient, nothing here asks for."""
    if reader.attribute("data_format", b"NHWC") != b"NHWC":
        raise NotImplementedError("its channels are not last")
    x, scale, offset, mean, variance = inputs
    with name_scope(reader.name):
        if reader.attribute("is_training", True):
            mean, variance = reduce_mean(x, [0, 1, 2]), reduce_variance(x, [0, 1, 2])
            count = cast(size(x), x.dtype) / cast(size(mean), x.dtype)
            unbiased = variance * (count / maximum(count - 1.0, 1.0))
        else:
            unbiased = variance
        normal = batch_normalization(x, mean, variance, offset, scale, reader.attribute("epsilon", 1e-4))
    return [reader.build(find_op("identity"), [normal], {}), mean, unbiased, mean, variance, variance]


READERS = {
    "FusedBatchNormV3": _read_batch_norm,
    "BiasAdd": _read_bias_add, "BiasAddV1": _read_bias_add,
    "BiasAddGrad": formula(lambda g: reduce_sum(g, list(range(len(g.shape) - 1)))),
    "L2Loss": formula(lambda x: reduce_sum(x * x) / 2.0),
}  # fmt: skip
