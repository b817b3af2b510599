"""tf.compat.v1.nn: TensorFlow 2's, but for what had other arguments."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from eagernb.compat.v1.old_names import dropout, softmax_cross_entropy_with_logits
from eagernb.core.name_scope import name_scope
from eagernb.core.tensor import Tensor
from eagernb.ops import losses, named_convolutions, named_pooling
from eagernb.ops import softmax as softmaxes
from eagernb.ops.activations import relu
from eagernb.ops.arithmetic import add
from eagernb.ops.matmul import matmul

__all__ = [
    "avg_pool", "conv2d", "dropout", "log_softmax", "max_pool", "relu_layer", "softmax",
    "softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits_v2", "xw_plus_b",
]  # fmt: skip


def conv2d(
    input: Any, filter: Any = None, strides: Any = None, padding: Any = None, use_cudnn_on_gpu: bool = True,
    data_format: str = "NHWC", dilations: Any = (1, 1, 1, 1), name: str | None = None, filters: Any = None,
) -> Tensor:  # fmt: skip
    """``tf.nn.conv2d``, with the filters also as ``filter``."""
    given = filters if filter is None else filter
    return named_convolutions.conv2d(input, given, strides, padding, data_format, list(dilations), name=name)


def max_pool(
    value: Any = None, ksize: Any = None, strides: Any = None, padding: Any = None, data_format: str = "NHWC",
    name: str | None = None, input: Any = None,
) -> Tensor:  # fmt: skip
    """``tf.nn.max_pool2d``, with the image also as ``value``."""
    image = input if value is None else value
    return named_pooling.max_pool2d(image, ksize, strides, padding, data_format, name=name)


def avg_pool(
    value: Any = None, ksize: Any = None, strides: Any = None, padding: Any = None, data_format: str = "NHWC",
    name: str | None = None, input: Any = None,
) -> Tensor:  # fmt: skip
    """``tf.nn.avg_pool2d``, with the image also as ``value``."""
    image = input if value is None else value
    return named_pooling.avg_pool2d(image, ksize, strides, padding, data_format, name=name)


def softmax(logits: Any, axis: Any = None, name: str | None = None, dim: Any = None) -> Tensor:
    """``tf.nn.softmax``, with the axis also as ``dim``."""
    return softmaxes.softmax(logits, dim if axis is None else axis, name=name)


def log_softmax(logits: Any, axis: Any = None, name: str | None = None, dim: Any = None) -> Tensor:
    """``tf.nn.log_softmax``, with the axis also as ``dim``."""
    return softmaxes.log_softmax(logits, dim if axis is None else axis, name=name)


def xw_plus_b(x: Any, weights: Any, biases: Any, name: str = "xw_plus_b") -> Tensor:
    """``x @ weights + biases``."""
    with name_scope(name) as scope:
        return add(matmul(x, weights), biases, name=scope)


def relu_layer(x: Any, weights: Any, biases: Any, name: str = "relu_layer") -> Tensor:
    """``relu(x @ weights + biases)``."""
    with name_scope(name) as scope:
        return relu(add(matmul(x, weights), biases), name=scope)


def softmax_cross_entropy_with_logits_v2(
    labels: Any, logits: Any, axis: Any = None, name: str | None = None, dim: Any = None
) -> Tensor:
    """The cross entropy of logits, for labels given as probabilities; the gradient reaches both."""
    axis = dim if axis is None else axis
    return losses.softmax_cross_entropy_with_logits(labels, logits, -1 if axis is None else axis, name)


def __getattr__(name: str) -> Any:
    return getattr(import_module("eagernb.nn"), name)
