"""tf.compat.v1.layers: functions that make variables and use them, as TensorFlow 1's tutorials stack them.

>>> import eagernb.compat.v1 as tf
>>> with tf.Graph().as_default():
...     y = dense(tf.zeros([2, 3]), 4, activation=tf.nn.relu)
...     print(y.shape, [v.name for v in tf.trainable_variables()])
(2, 4) ['dense/kernel:0', 'dense/bias:0']
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from eagernb.compat.v1.collections import GraphKeys
from eagernb.compat.v1.initializers import ones_initializer, zeros_initializer
from eagernb.compat.v1.variable_scope import get_variable, variable_scope
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import static_graph
from eagernb.core.tensor import Tensor
from eagernb.graph.cond import cond
from eagernb.ops import named_convolutions, named_pooling
from eagernb.ops.arithmetic import add, maximum
from eagernb.ops.casting import cast
from eagernb.ops.dropout import dropout as drop
from eagernb.ops.matmul import matmul
from eagernb.ops.normalization import batch_normalization as normalize
from eagernb.ops.normalization import moments
from eagernb.ops.shape import reshape, size
from eagernb.ops.tensordot import tensordot

__all__ = [
    "average_pooling2d", "batch_normalization", "conv2d", "dense", "dropout", "flatten", "max_pooling2d",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


Activation = Callable[[Tensor], Tensor]


def _finished(x: Tensor, units: int, use_bias: bool, bias: dict[str, Any], activation: Activation | None) -> Tensor:
    if use_bias:
        x = add(x, get_variable("bias", [units], x.dtype, **bias), name="BiasAdd")
    return x if activation is None else activation(x)


def _known(x: Tensor, axis: int, layer: str) -> int:
    size = None if x.shape.rank is None else x.shape[axis]
    if size is None:
        raise ValueError(
            f"The last dimension of the inputs to `{layer}` should be defined, but their shape is {x.shape}. Give the "
            "placeholder a shape."
        )
    return size


def dense(
    inputs: Any, units: int, activation: Activation | None = None, use_bias: bool = True,
    kernel_initializer: Any = None, bias_initializer: Any = None, kernel_regularizer: Any = None,
    bias_regularizer: Any = None, activity_regularizer: Any = None, kernel_constraint: Any = None,
    bias_constraint: Any = None, trainable: bool = True, name: str | None = None, reuse: Any = None,
) -> Tensor:  # fmt: skip
    """``activation(inputs @ kernel + bias)``, along the last axis of the inputs, whose size must be known."""
    x = convert_to_tensor(inputs)
    with variable_scope(name, "dense", reuse=reuse):
        kernel = get_variable(
            "kernel", [_known(x, -1, "dense"), units], x.dtype, kernel_initializer, kernel_regularizer, trainable,
            constraint=kernel_constraint,
        )  # fmt: skip
        rank = x.shape.rank
        product = matmul(x, kernel) if rank == 2 else tensordot(x, kernel, [[(rank or 0) - 1], [0]])
        bias = {"initializer": bias_initializer or zeros_initializer(), "regularizer": bias_regularizer,
                "trainable": trainable, "constraint": bias_constraint}  # fmt: skip
        return _finished(product, units, use_bias, bias, activation)


def _two(value: Any) -> list[int]:
    return [value, value] if isinstance(value, int) else list(value)


def _channels_last(data_format: str, layer: str) -> None:
    if data_format != "channels_last":
        raise ValueError(f"{layer} takes images whose channels are last: data_format='channels_last'.")


def conv2d(
    inputs: Any, filters: int, kernel_size: Any, strides: Any = (1, 1), padding: str = "valid",
    data_format: str = "channels_last", dilation_rate: Any = (1, 1), activation: Activation | None = None,
    use_bias: bool = True, kernel_initializer: Any = None, bias_initializer: Any = None,
    kernel_regularizer: Any = None, bias_regularizer: Any = None, activity_regularizer: Any = None,
    kernel_constraint: Any = None, bias_constraint: Any = None, trainable: bool = True, name: str | None = None,
    reuse: Any = None,
) -> Tensor:  # fmt: skip
    """``activation(conv2d(inputs, kernel) + bias)`` of images [n, height, width, channels]."""
    _channels_last(data_format, "conv2d")
    x = convert_to_tensor(inputs)
    with variable_scope(name, "conv2d", reuse=reuse):
        kernel = get_variable(
            "kernel", [*_two(kernel_size), _known(x, -1, "conv2d"), filters], x.dtype, kernel_initializer,
            kernel_regularizer, trainable, constraint=kernel_constraint,
        )  # fmt: skip
        result = named_convolutions.conv2d(
            x, kernel, _two(strides), padding.upper(), dilations=_two(dilation_rate), name="Conv2D"
        )
        bias = {"initializer": bias_initializer or zeros_initializer(), "regularizer": bias_regularizer,
                "trainable": trainable, "constraint": bias_constraint}  # fmt: skip
        return _finished(result, filters, use_bias, bias, activation)


def max_pooling2d(
    inputs: Any, pool_size: Any, strides: Any, padding: str = "valid", data_format: str = "channels_last",
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """The largest element under each position of a window."""
    _channels_last(data_format, "max_pooling2d")
    return named_pooling.max_pool2d(inputs, _two(pool_size), _two(strides), padding.upper(), name=name)


def average_pooling2d(
    inputs: Any, pool_size: Any, strides: Any, padding: str = "valid", data_format: str = "channels_last",
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """The mean of the elements under each position of a window."""
    _channels_last(data_format, "average_pooling2d")
    return named_pooling.avg_pool2d(inputs, _two(pool_size), _two(strides), padding.upper(), name=name)


def flatten(inputs: Any, name: str | None = None, data_format: str = "channels_last") -> Tensor:
    """All axes but the first as one, whose size must be known."""
    x = convert_to_tensor(inputs)
    sizes = [_known(x, axis, "flatten") for axis in range(1, x.shape.rank or 1)]
    return reshape(x, [-1, math.prod(sizes)], name=name or "flatten/Reshape")


def dropout(
    inputs: Any, rate: Any = 0.5, noise_shape: Any = None, seed: int | None = None, training: Any = False,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Zeros in the place of some elements, the others larger for it, while ``training``: a bool or a tensor of one."""
    x = convert_to_tensor(inputs)
    return _while_training(training, lambda: drop(x, rate, noise_shape, seed), lambda: x)


def _while_training(training: Any, then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    if is_dense_tensor(training):
        return cond(cast(training, "bool"), then, otherwise)
    return then() if training else otherwise()


def batch_normalization(
    inputs: Any, axis: int = -1, momentum: float = 0.99, epsilon: float = 1e-3, center: bool = True,
    scale: bool = True, beta_initializer: Any = None, gamma_initializer: Any = None,
    moving_mean_initializer: Any = None, moving_variance_initializer: Any = None, beta_regularizer: Any = None,
    gamma_regularizer: Any = None, beta_constraint: Any = None, gamma_constraint: Any = None, training: Any = False,
    trainable: bool = True, name: str | None = None, reuse: Any = None, renorm: bool = False,
    renorm_clipping: Any = None, renorm_momentum: float = 0.99, fused: bool | None = None,
) -> Tensor:  # fmt: skip
    """Inputs normalized along the last axis: by the batch's mean and variance while ``training``, else by moving ones.

    These move when the operations in the collection "update_ops" run: let the training step depend on them. For images
    they take the variance that divides by one less than the count. ValueError for another axis.
    """
    x = convert_to_tensor(inputs)
    rank = x.shape.rank
    if rank is None or axis not in (-1, rank - 1) or renorm:
        raise ValueError("batch_normalization takes the last axis of inputs whose rank is known, without renorm.")
    units = [_known(x, -1, "batch_normalization")]
    with variable_scope(name, "batch_normalization", reuse=reuse):
        ones, zeros = ones_initializer(), zeros_initializer()
        gamma = beta = None
        if scale:
            gamma = get_variable("gamma", units, x.dtype, gamma_initializer or ones, gamma_regularizer, trainable,
                                 constraint=gamma_constraint)  # fmt: skip
        if center:
            beta = get_variable("beta", units, x.dtype, beta_initializer or zeros, beta_regularizer, trainable,
                                constraint=beta_constraint)  # fmt: skip
        moving_mean = get_variable("moving_mean", units, x.dtype, moving_mean_initializer or zeros, trainable=False)
        moving_variance = get_variable(
            "moving_variance", units, x.dtype, moving_variance_initializer or ones, trainable=False
        )
        means, variances = moving_mean.read_value(), moving_variance.read_value()
        batch_means, batch_variances = moments(x, list(range(rank - 1)))
        mean, variance = _while_training(
            training, lambda: (batch_means, batch_variances), lambda: (means, variances)
        )  # fmt: skip
        if is_dense_tensor(training) or training:
            _move(moving_mean, _while_training(training, lambda: batch_means, lambda: means), momentum)
            fresh = _unbiased(batch_variances, x) if rank == 4 else batch_variances
            _move(moving_variance, _while_training(training, lambda: fresh, lambda: variances), momentum)
        return normalize(x, mean, variance, beta, gamma, epsilon)


def _unbiased(variance: Tensor, x: Tensor) -> Tensor:
    count = cast(size(x) / size(variance), x.dtype)
    return variance * (count / maximum(count - 1.0, 1.0))


def _move(moving: Any, value: Tensor, momentum: float) -> None:
    """An operation that moves a variable a step towards the value, for who trains."""
    update = moving.assign_sub((moving.read_value() - value) * (1.0 - momentum))
    graph = static_graph()
    if graph is not None:
        graph.add_to_collection(GraphKeys.UPDATE_OPS, update.op)
