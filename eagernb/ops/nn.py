"""Neural network ops: activations and cross-entropies.

>>> import eagernb as tf
>>> tf.nn.relu(tf.constant([-1.0, 2.0])).numpy()
array([0., 2.], dtype=float32)
>>> tf.nn.softmax(tf.constant([1.0, 1.0])).numpy()
array([0.5, 0.5], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS, REAL, float32
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.arithmetic import add, multiply, negative, square
from eagernb.ops.casting import cast
from eagernb.ops.exponential import exp, log1p
from eagernb.ops.families import elementwise
from eagernb.ops.indexing import one_hot, where
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import expand_dims

relu = elementwise(
    "relu", lambda x: np.maximum(x, x.dtype.type(0)), lambda g, out: g * cast(out > scalar_like(0, out), g.dtype),
    allowed=REAL, doc="max(x, 0), elementwise; NaN stays, the gradient at 0 is 0.",
)  # fmt: skip


def _elu_rule(g: Tensor, x: Tensor, out: Tensor) -> Tensor:
    return where(x < scalar_like(0, x), g * (out + 1), g)


elu = elementwise(
    "elu", lambda x: np.where(x < 0, np.expm1(np.minimum(x, 0)), x), _elu_rule, allowed=FLOATS,
    doc="x, or exp(x) - 1 where x is negative, elementwise.",
)  # fmt: skip
stop_gradient_ = elementwise("stop_gradient", lambda x: x, label="stop", doc="x, to which no gradient flows back.")


def stop_gradient(input: Any, name: str | None = None) -> Tensor:
    """The same value, treated as a constant by gradient tapes.

    >>> float(stop_gradient(2.0))
    2.0
    """
    return stop_gradient_(input)


def leaky_relu(features: Any, alpha: float = 0.2, name: str | None = None) -> Tensor:
    """x, or alpha * x where x is negative, elementwise; integers become float32."""
    x = convert_to_tensor(features)
    x = cast(x, float32) if x.dtype.is_integer else x
    return where(x > scalar_like(0, x), x, x * alpha)


def _shifted(x: Any, axis: int) -> Any:
    return x - np.maximum.reduce(x, axis, keepdims=True) if x.size else x


def _softmax_kernel(x: Any, axis: int) -> Any:
    normal_axis(axis, x.ndim)
    e = np.exp(_shifted(x, axis))
    return e / np.add.reduce(e, axis, keepdims=True)


def _log_softmax_kernel(x: Any, axis: int) -> Any:
    normal_axis(axis, x.ndim)
    shifted = _shifted(x, axis)
    return shifted - np.log(np.add.reduce(np.exp(shifted), axis, keepdims=True))


def _same_spec(x: TensorSpec, axis: int) -> TensorSpec:
    normal_axis(axis, len(x.dims))
    return x


def _softmax_flops(ins: Any, outs: Any, **params: Any) -> int:
    return 5 * (ins[-1].size or 0)  # shift (2), exponential, sum, quotient for each element


def _softmax_rule(g: Tensor, out: Tensor, axis: int) -> Tensor:
    return (g - reduce_sum(g * out, axis=axis, keepdims=True)) * out


def _log_softmax_rule(g: Tensor, out: Tensor, axis: int) -> Tensor:
    return g - exp(out) * reduce_sum(g, axis=axis, keepdims=True)


SOFTMAX = register(
    Op("softmax", ("logits",), _softmax_kernel, _same_spec, rules=(Rule.of(_softmax_rule),), label="softmax",
       family="nn", dtypes=FLOATS, typed=(0,), flops=_softmax_flops)
)  # fmt: skip
LOG_SOFTMAX = register(
    Op("log_softmax", ("logits",), _log_softmax_kernel, _same_spec, rules=(Rule.of(_log_softmax_rule),),
       label="log softmax", family="nn", dtypes=FLOATS, typed=(0,), flops=_softmax_flops)
)  # fmt: skip


def softmax(logits: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """exp(x) / sum(exp(x)) along an axis (the last by default), without overflow."""
    return apply(SOFTMAX, (logits,), axis=-1 if axis is None else static_int(axis, "axis"))


def log_softmax(logits: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """log(softmax(x)), accurate where the softmax would underflow."""
    return apply(LOG_SOFTMAX, (logits,), axis=-1 if axis is None else static_int(axis, "axis"))


def _cross_entropy_kernel(labels: Any, logits: Any, axis: int) -> Any:
    if labels.shape != logits.shape:
        raise ValueError("labels and logits must have one shape")
    return -np.add.reduce(labels * _log_softmax_kernel(logits, axis), axis)


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
        label="softmax CE", family="nn", dtypes=FLOATS, typed=(0, 1), flops=_softmax_flops,
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
    picked = np.take_along_axis(_log_softmax_kernel(logits, -1), labels[..., None].astype(np.intp), -1)
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
       flops=_softmax_flops)
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


def bias_add(value: Any, bias: Any, data_format: str | None = None, name: str | None = None) -> Tensor:
    """value + bias, the bias being 1-D and as long as the last axis.

    >>> bias_add([[1.0, 2.0]], [10.0, 20.0]).numpy()
    array([[11., 22.]], dtype=float32)
    """
    value = convert_to_tensor(value)
    bias = convert_to_tensor(bias, value.dtype)
    if len(bias._dims) != 1 or len(value._dims) < 2 or bias._dims[0] != value._dims[-1]:
        raise ShapeError(
            f"bias_add: the bias must be 1-D and as long as the last axis of the value; got shapes {value.shape} and "
            f"{bias.shape}.",
            "bias_add",
        )
    if data_format not in (None, "NHWC", "N...C"):
        raise ValueError(f"bias_add: data_format {data_format!r} is not supported; the channels come last.")
    return add(value, bias)


def l2_loss(t: Any, name: str | None = None) -> Tensor:
    """sum(t²) / 2.

    >>> float(l2_loss([3.0, 4.0]))
    12.5
    """
    return multiply(reduce_sum(square(convert_to_tensor(t))), 0.5)
