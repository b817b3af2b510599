"""Losses: cross-entropies of logits, which are log-probabilities but for a constant.

>>> import eagernb as tf
>>> logits = tf.constant([[2.0, 0.0], [0.0, 0.0]])
>>> tf.nn.sparse_softmax_cross_entropy_with_logits([0, 1], logits).numpy()
array([0.12692805, 0.6931472 ], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS, int32, int64
from eagernb.core.late import sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.ops.activations import relu
from eagernb.ops.arithmetic import abs, multiply, negative, square
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.casting import cast
from eagernb.ops.compare import logical_and
from eagernb.ops.exponential import exp, log, log1p
from eagernb.ops.one_hot import one_hot
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import expand_dims
from eagernb.ops.softmax import log_softmax, log_softmax_kernel, softmax, softmax_flops, softmax_kernel, softmax_rule
from eagernb.ops.where import where


def _cross_entropy_spec(labels: TensorSpec, logits: TensorSpec, axis: int) -> TensorSpec:
    if not labels.shape.is_compatible_with(logits.shape):
        raise ValueError(
            f"labels and logits must have one shape, not {labels.shape} and {logits.shape}. For class numbers "
            "use tf.nn.sparse_softmax_cross_entropy_with_logits"
        )
    at = normal_axis(axis, len(logits.dims))
    return TensorSpec([d for i, d in enumerate(logits.dims) if i != at], logits.dtype)


def _cross_entropy_kernel(labels: Any, logits: Any, axis: int) -> Any:
    if labels.shape != logits.shape:
        raise ValueError("labels and logits must have one shape")
    return np.add.reduce(labels * -log_softmax_kernel(logits, axis), axis)


# The gradient with respect to the logits, softmax - labels, is an op of its own: every step of training computes it.
CROSS_ENTROPY = register(
    Op(
        "softmax_cross_entropy", ("labels", "logits"), _cross_entropy_kernel, _cross_entropy_spec,
        rules=(
            Rule.of(lambda g, logits, axis: negative(expand_dims(g, axis) * log_softmax(logits, axis))),
            Rule.of(lambda g, labels, logits, axis: apply(CROSS_ENTROPY_GRAD, (g, labels, logits), axis=axis)),
        ),
        label="softmax CE", family="nn", dtypes=FLOATS, typed=(0, 1), flops=softmax_flops,
    )
)  # fmt: skip


def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: Any = -1, name: str | None = None) -> Tensor:
    """-sum(labels * log(softmax(logits))) along an axis, for labels that are probabilities.

    Both have one shape, [..., classes]; the result is without that axis: a loss, in nats, for each item. Labels become
    the logits' dtype; those of a single item serve for all of a batch. ShapeError if the shapes differ.

    >>> softmax_cross_entropy_with_logits([[0.0, 1.0]], [[0.0, 0.0]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    logits = convert_to_tensor(logits)
    labels, axis = cast(labels, logits.dtype), static_int(axis, "axis")
    if labels._dims != logits._dims and _is_one_item(labels, logits, axis):
        labels = broadcast_to(labels, logits.shape)
    return apply(CROSS_ENTROPY, (labels, logits), axis=axis)


def _is_one_item(labels: Tensor, logits: Tensor, axis: int) -> bool:
    """Whether the labels have as many elements as there are classes, along the axis of the classes."""
    return labels._dims[axis:][:1] == logits._dims[axis:][:1] == (labels.shape.num_elements(),)


def _curvature(g: Tensor, gradient: Tensor, logits: Tensor, axis: int = -1) -> Tensor:
    """The second derivative with respect to the logits: that of softmax."""
    return softmax_rule(g * expand_dims(gradient, axis), softmax(logits, axis), axis)


CROSS_ENTROPY_GRAD = register(
    Op(
        "softmax_cross_entropy_grad", ("gradient", "labels", "logits"),
        kernel=lambda gradient, labels, logits, axis: (
            np.expand_dims(gradient, axis) * (softmax_kernel(logits, axis) - labels)
        ),
        infer=lambda gradient, labels, logits, axis: TensorSpec(labels.shape.merge_with(logits.shape), logits.dtype),
        rules=(
            Rule.of(lambda g, labels, logits, axis: reduce_sum(g * (softmax(logits, axis) - labels), axis)),
            Rule.of(lambda g, gradient, axis: negative(g * expand_dims(gradient, axis))),
            Rule.of(_curvature),
        ),
        label="softmax CE'", family="nn", dtypes=FLOATS, typed=(0, 1, 2), flops=softmax_flops,
    )
)  # fmt: skip


_CLASS_NUMBERS = (int32.numpy, int64.numpy)


def _sparse_spec(labels: TensorSpec, logits: TensorSpec) -> TensorSpec:
    if not logits.dims or not labels.shape.is_compatible_with(logits.dims[:-1]):
        raise ValueError(
            f"labels of shape {labels.shape} must have the shape of logits, {logits.shape}, without its last axis"
        )
    if labels.dtype.numpy not in _CLASS_NUMBERS:
        raise TypeError(
            f"labels must be class numbers (int32 or int64), not {labels.dtype.name}. For probabilities use "
            "tf.nn.softmax_cross_entropy_with_logits"
        )
    return TensorSpec(logits.dims[:-1], logits.dtype)


def _sparse_kernel(labels: Any, logits: Any) -> Any:
    if not logits.ndim or labels.dtype not in _CLASS_NUMBERS or labels.shape != logits.shape[:-1]:
        raise ValueError("labels must be integers and have the shape of logits without the last axis")
    classes = logits.shape[-1]
    if labels.size and (labels.min() < 0 or labels.max() >= classes):
        bad = labels[(labels < 0) | (labels >= classes)].flat[0]
        raise ValueError(f"Received a label value of {bad} which is outside the valid range of [0, {classes})")
    picked = np.take_along_axis(log_softmax_kernel(logits, -1), labels[..., None], -1)
    return -picked[..., 0]


SPARSE_CROSS_ENTROPY = register(
    Op(
        "sparse_softmax_cross_entropy", ("labels", "logits"), _sparse_kernel, _sparse_spec,
        rules=(None, Rule.of(lambda g, labels, logits: apply(SPARSE_CROSS_ENTROPY_GRAD, (g, labels, logits)))),
        label="softmax CE", family="nn", dtypes=FLOATS, typed=(1,), flops=softmax_flops,
    )
)  # fmt: skip


def sparse_softmax_cross_entropy_with_logits(labels: Any, logits: Any, name: str | None = None) -> Tensor:
    """-log(softmax(logits)[label]) along the last axis, for labels that are class numbers (int32 or int64).

    Labels [...] and logits [..., classes] give [...]: a loss, in nats, for each item. InvalidArgumentError for a label
    outside [0, classes), ShapeError or DTypeError for what are no such labels.

    >>> sparse_softmax_cross_entropy_with_logits([1], [[0.0, 0.0]]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    return apply(SPARSE_CROSS_ENTROPY, (labels, convert_to_tensor(logits)))


def _sparse_grad_kernel(gradient: Any, labels: Any, logits: Any) -> Any:
    """softmax - one_hot(labels), without the many zeros of one_hot."""
    result = softmax_kernel(logits, -1)
    rows = result.reshape(labels.size, logits.shape[-1])
    rows[np.arange(labels.size), labels.ravel()] -= 1
    return gradient[..., None] * result


def _sparse_grad_rule(g: Tensor, labels: Tensor, logits: Tensor) -> Tensor:
    return reduce_sum(g * (softmax(logits) - one_hot(labels, sizes_of(logits)[-1], dtype=logits.dtype)), -1)


SPARSE_CROSS_ENTROPY_GRAD = register(
    Op(
        "sparse_softmax_cross_entropy_grad", ("gradient", "labels", "logits"), _sparse_grad_kernel,
        infer=lambda gradient, labels, logits: TensorSpec([*labels.dims, logits.dims[-1]], logits.dtype),
        rules=(Rule.of(_sparse_grad_rule), None, Rule.of(lambda g, gradient, logits: _curvature(g, gradient, logits))),
        label="softmax CE'", family="nn", dtypes=FLOATS, typed=(0, 2), flops=softmax_flops,
    )
)  # fmt: skip


def sigmoid_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: str | None = None) -> Tensor:
    """The cross-entropy of independent yes-no labels: max(x, 0) - x * z + log(1 + exp(-|x|)), elementwise.

    x are the logits and z the labels, of one shape and float dtype; ValueError if the shapes differ.

    >>> sigmoid_cross_entropy_with_logits([1.0], [0.0]).numpy().round(4)
    array([0.6931], dtype=float32)
    """
    z, x = _of_one_shape(labels, logits, "logits", "labels")
    # where, not abs and max: their gradients at 0 would not add up to sigmoid(0) - z.
    zero = scalar_like(0, x)
    positive = x >= zero
    return where(positive, x, zero) - x * z + log1p(exp(where(positive, negative(x), x)))


def weighted_cross_entropy_with_logits(labels: Any, logits: Any, pos_weight: Any, name: str | None = None) -> Tensor:
    """``sigmoid_cross_entropy_with_logits`` in which what a positive label costs is multiplied by ``pos_weight``.

    For labels z and logits x: -pos_weight * z * log(sigmoid(x)) - (1 - z) * log(1 - sigmoid(x)), without overflow. A
    weight above 1 makes for fewer false negatives (higher recall), one below 1 for fewer false positives. Elementwise,
    of two tensors of one shape; ValueError if the shapes differ.

    >>> weighted_cross_entropy_with_logits([1.0, 0.0], [0.0, 0.0], pos_weight=2.0).numpy().round(4)
    array([1.3863, 0.6931], dtype=float32)
    """
    z, x = _of_one_shape(labels, logits, "logits", "labels")
    weight = (pos_weight - 1) * z + 1
    return (1 - z) * x + weight * (log1p(exp(negative(abs(x)))) + relu(negative(x)))


def log_poisson_loss(
    targets: Any, log_input: Any, compute_full_loss: bool = False, name: str | None = None
) -> Tensor:  # fmt: skip
    """exp(c) - c * z: minus the log-likelihood of counts z under Poisson's law of mean exp(c), but for log(z!).

    ``compute_full_loss`` adds log(z!) by Stirling's formula for z > 1: z * log(z) - z + 0.5 * log(2 pi z). Elementwise,
    of two tensors of one shape; ValueError if the shapes differ.

    >>> log_poisson_loss([1.0], [0.0]).numpy()
    array([1.], dtype=float32)
    """
    z, c = _of_one_shape(targets, log_input, "log_input", "targets")
    loss = exp(c) - c * z
    if not compute_full_loss:
        return loss
    stirling = z * log(z) - z + 0.5 * log(2 * np.pi * z)
    zero, one = scalar_like(0, z), scalar_like(1, z)
    return loss + where(logical_and(z >= zero, z <= one), zero, stirling)


def _of_one_shape(targets: Any, values: Any, value_name: str, target_name: str) -> tuple[Tensor, Tensor]:
    x, z = convert_to_tensor(values), convert_to_tensor(targets)
    if not x.shape.is_compatible_with(z.shape):
        raise ValueError(
            f"`{value_name}` and `{target_name}` must have the same shape, received ({x.shape} vs {z.shape})."
        )
    return z, x


def l2_loss(t: Any, name: str | None = None) -> Tensor:
    """sum(t²) / 2 over all elements, as a scalar; DTypeError for other than floats.

    >>> float(l2_loss([3.0, 4.0]))
    12.5
    """
    t = convert_to_tensor(t)
    if not t.dtype.is_floating:
        raise DTypeError(f"l2_loss needs floats, not {t.dtype.name}. Use tf.cast to convert.", "l2_loss")
    return multiply(reduce_sum(square(t)), 0.5)
