"""tf.compat.v1.nn: TensorFlow 2's, but for what had other arguments."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from eagernb.compat.v1.old_names import dropout, softmax_cross_entropy_with_logits
from eagernb.core.convert import convert_to_tensor
from eagernb.core.name_scope import name_scope
from eagernb.core.sparse_tensor import SparseTensor
from eagernb.core.tensor import Tensor
from eagernb.ops import losses, named_convolutions, named_pooling
from eagernb.ops import softmax as softmaxes
from eagernb.ops.activations import relu
from eagernb.ops.arithmetic import add, maximum
from eagernb.ops.casting import cast
from eagernb.ops.ctc_decoders import beam_search
from eagernb.ops.matmul import matmul
from eagernb.ops.normalization import batch_normalization
from eagernb.ops.reduce import reduce_mean, reduce_variance
from eagernb.ops.shape import size
from eagernb.ops.stop_gradient import stop_gradient

__all__ = [
    "avg_pool", "conv2d", "ctc_beam_search_decoder", "dropout", "fused_batch_norm", "log_softmax", "max_pool",
    "relu_layer", "softmax", "softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits_v2", "xw_plus_b",
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


def fused_batch_norm(
    x: Any, scale: Any, offset: Any, mean: Any = None, variance: Any = None, epsilon: float = 0.001,
    data_format: str = "NHWC", is_training: bool = True, name: str | None = None, exponential_avg_factor: float = 1.0,
) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
    """Images [n, height, width, channels] normalized channel by channel, and the means and variances of the channels.

    While training these are the batch's (the variance that is given back divides by one less than the count), mixed by
    ``exponential_avg_factor`` with those given, if it is not 1; otherwise those given. ValueError for channels first.
    """
    if data_format != "NHWC":
        raise ValueError(f"fused_batch_norm takes images whose channels are last, NHWC, not {data_format}.")
    image = convert_to_tensor(x)
    with name_scope(name or "FusedBatchNormV3"):
        if not is_training:
            # As in TensorFlow, gradients reach the images, the scale and the offset, and by the first result only.
            mean, variance = stop_gradient(mean), stop_gradient(variance)
            return batch_normalization(image, mean, variance, offset, scale, epsilon), mean, variance
        batch_mean, batch_variance = reduce_mean(image, [0, 1, 2]), reduce_variance(image, [0, 1, 2])
        result = batch_normalization(image, batch_mean, batch_variance, offset, scale, epsilon)
        batch_mean = stop_gradient(batch_mean)
        count = cast(size(image) / size(batch_mean), image.dtype)
        batch_variance = stop_gradient(batch_variance) * (count / maximum(count - 1.0, 1.0))
        if exponential_avg_factor != 1.0:
            kept = 1.0 - exponential_avg_factor
            batch_mean = mean * kept + batch_mean * exponential_avg_factor
            batch_variance = variance * kept + batch_variance * exponential_avg_factor
        return result, batch_mean, batch_variance


def ctc_beam_search_decoder(
    inputs: Any, sequence_length: Any, beam_width: int = 100, top_paths: int = 1, merge_repeated: bool = True
) -> tuple[list[SparseTensor], Tensor]:
    """``tf.nn.ctc_beam_search_decoder``, which gives labels that follow each other once, unless told not to.

    So it does although a blank is between them: "hello" is never found. TensorFlow 2 does not.
    """
    return beam_search(inputs, sequence_length, beam_width, top_paths, bool(merge_repeated))


def __getattr__(name: str) -> Any:
    return getattr(import_module("eagernb.nn"), name)


def __dir__() -> list[str]:
    return sorted({*__all__, *import_module("eagernb.nn").__all__})
