"""Losses: cross-entropies of logits."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import multiply, negative, square
from eagernb.ops.exponential import exp, log1p
from eagernb.ops.indexing import one_hot, where
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import expand_dims
from eagernb.ops.softmax import log_softmax, log_softmax_kernel, softmax, softmax_flops


def _cross_entropy_kernel(labels: Any, logits: Any, axis: int) -> Any:
    if labels.shape != logits.shape:
        raise ValueError("labels and logits must have one shape")
    return -np.add.reduce(labels * log_softmax_kernel(logits, axis), axis)


def _cross_entropy_spec(labels: TensorSpec, logits: TensorSpec, axis: int) -> TensorSpec:
    if not labels.shape.is_compatible_with(logits.shape):
        raise ValueError(
            f"labels and logits must have one shape, not {labels.shape} and {logits.shape}. For class numbers "
            "use tf.nn.sparse_softmax_cross_entropy_with_logits"
        )
    at = normal_axis(axis, len(logits.dims))
    return TensorSpec([d for i, d in enumerate(logits.dims) if i != at], logits.dtype)


CROSS_ENTROPY = register(
    Op(
        "softmax_cross_entropy", ("labels", "logits"), _cross_entropy_kernel, _cross_entropy_spec,
        rules=(
            Rule.of(lambda g, logits, axis: negative(expand_dims(g, axis) * log_softmax(logits, axis))),
            Rule.of(lambda g, labels, logits, axis: expand_dims(g, axis) * (softmax(logits, axis) - labels)),
        ),
        label="softmax CE", family="nn", dtypes=FLOATS, typed=(0, 1), flops=softmax_flops,
    )
)  # fmt: skip


def softmax_cross_entropy_with_logits(labels: Any, logits: Any, axis: Any = -1, name: str | None = None) -> Tensor:
    """-sum(labels * log(softmax(logits))) along an axis, for labels that are probabilities.

    >>> softmax_cross_entropy_with_logits([[0.0, 1.0]], [[0.0, 0.0]]).numpy()
    array([0.6931472], dtype=float32)
    """
    return apply(CROSS_ENTROPY, (labels, convert_to_tensor(logits)), axis=static_int(axis, "axis"))


def _sparse_kernel(labels: Any, logits: Any) -> Any:
    classes = logits.shape[-1]
    if labels.dtype.kind not in "iu" or labels.shape != logits.shape[:-1]:
        raise ValueError("labels must be integers and have the shape of logits without the last axis")
    if labels.size and (labels.min() < 0 or labels.max() >= classes):
        bad = labels[(labels < 0) | (labels >= classes)].flat[0]
        raise ValueError(f"Received a label value of {bad} which is outside the valid range of [0, {classes})")
    picked = np.take_along_axis(log_softmax_kernel(logits, -1), labels[..., None].astype(np.intp), -1)
    return -picked[..., 0]


def _sparse_spec(labels: TensorSpec, logits: TensorSpec) -> TensorSpec:
    if not logits.dims or not labels.shape.is_compatible_with(logits.dims[:-1]):
        raise ValueError(
            f"labels of shape {labels.shape} must have the shape of logits, {logits.shape}, without its last axis"
        )
    if not labels.dtype.is_integer:
        raise TypeError(
            f"labels must be class numbers (integers), not {labels.dtype.name}. For probabilities use "
            "tf.nn.softmax_cross_entropy_with_logits"
        )
    return TensorSpec(logits.dims[:-1], logits.dtype)


def _sparse_rule(g: Tensor, labels: Tensor, logits: Tensor) -> Tensor:
    return expand_dims(g, -1) * (softmax(logits) - one_hot(labels, logits._dims[-1], dtype=logits.dtype))


SPARSE_CROSS_ENTROPY = register(
    Op("sparse_softmax_cross_entropy", ("labels", "logits"), _sparse_kernel, _sparse_spec,
       rules=(None, Rule.of(_sparse_rule)), label="softmax CE", family="nn", dtypes=FLOATS, typed=(1,),
       flops=softmax_flops)
)  # fmt: skip


def sparse_softmax_cross_entropy_with_logits(labels: Any, logits: Any, name: str | None = None) -> Tensor:
    """-log(softmax(logits)[label]) along the last axis, for labels that are class numbers.

    >>> sparse_softmax_cross_entropy_with_logits([1], [[0.0, 0.0]]).numpy()
    array([0.6931472], dtype=float32)
    """
    return apply(SPARSE_CROSS_ENTROPY, (labels, convert_to_tensor(logits)))


def sigmoid_cross_entropy_with_logits(labels: Any = None, logits: Any = None, name: str | None = None) -> Tensor:
    """The cross-entropy of independent yes-no labels: max(x, 0) - x * z + log(1 + exp(-|x|)), elementwise.

    >>> sigmoid_cross_entropy_with_logits([1.0], [0.0]).numpy()
    array([0.6931472], dtype=float32)
    """
    x = convert_to_tensor(logits)
    z = convert_to_tensor(labels, x.dtype)
    if x._dims != z._dims:
        raise ValueError(f"`logits` and `labels` must have the same shape, received ({x.shape} vs {z.shape}).")
    # where, not abs and max: their gradients at 0 would not add up to sigmoid(0) - z.
    zero = scalar_like(0, x)
    positive = x >= zero
    return where(positive, x, zero) - x * z + log1p(exp(where(positive, negative(x), x)))


def l2_loss(t: Any, name: str | None = None) -> Tensor:
    """sum(t²) / 2.

    >>> float(l2_loss([3.0, 4.0]))
    12.5
    """
    return multiply(reduce_sum(square(convert_to_tensor(t))), 0.5)
