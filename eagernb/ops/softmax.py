"""Softmax and its logarithm.

>>> import eagernb as tf
>>> tf.nn.softmax(tf.constant([1.0, 1.0])).numpy()
array([0.5, 0.5], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import FLOATS
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.exponential import exp
from eagernb.ops.reduce import reduce_sum

# Called by position, which is faster; Any, because NumPy's stubs have keepdims by name only.
_sum: Any = np.add.reduce
_max: Any = np.maximum.reduce


def _same_spec(x: TensorSpec, axis: int) -> TensorSpec:
    normal_axis(axis, len(x.dims))
    return x


def softmax_kernel(x: Any, axis: int) -> Any:
    normal_axis(axis, x.ndim)
    e = np.exp(_shifted(x, axis))
    return e / _sum(e, axis, None, None, True)


def softmax_rule(g: Tensor, out: Tensor, axis: int) -> Tensor:
    return (g - reduce_sum(g * out, axis=axis, keepdims=True)) * out


def softmax_flops(ins: Any, outs: Any, **params: Any) -> int:
    return 5 * (ins[-1].size or 0)  # shift (2), exponential, sum, quotient for each element


SOFTMAX = register(
    Op("softmax", ("logits",), softmax_kernel, _same_spec, rules=(Rule.of(softmax_rule),), label="softmax",
       family="nn", dtypes=FLOATS, typed=(0,), total=True, flops=softmax_flops)
)  # fmt: skip


def softmax(logits: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """exp(x) / sum(exp(x)) along an axis (the last by default), without overflow: positive numbers that add up to 1.

    The shape stays. Takes floats; DTypeError for other dtypes, ShapeError for an axis that is not there.

    >>> softmax([[0.0, 0.0], [1000.0, 0.0]]).numpy()
    array([[0.5, 0.5],
           [1. , 0. ]], dtype=float32)
    """
    return apply(SOFTMAX, (logits,), axis=-1 if axis is None else static_int(axis, "axis"))


def log_softmax_kernel(x: Any, axis: int) -> Any:
    normal_axis(axis, x.ndim)
    shifted = _shifted(x, axis)
    return shifted - np.log(_sum(np.exp(shifted), axis, None, None, True))


def _log_softmax_rule(g: Tensor, out: Tensor, axis: int) -> Tensor:
    return g - exp(out) * reduce_sum(g, axis=axis, keepdims=True)


LOG_SOFTMAX = register(
    Op("log_softmax", ("logits",), log_softmax_kernel, _same_spec, rules=(Rule.of(_log_softmax_rule),),
       label="log softmax", family="nn", dtypes=FLOATS, typed=(0,), total=True, flops=softmax_flops)
)  # fmt: skip


def log_softmax(logits: Any, axis: Any = None, name: str | None = None) -> Tensor:
    """log(softmax(x)) along an axis (the last by default), accurate where the softmax would underflow.

    Shapes and errors as for ``softmax``.

    >>> log_softmax([1000.0, 0.0]).numpy()
    array([    0., -1000.], dtype=float32)
    """
    return apply(LOG_SOFTMAX, (logits,), axis=-1 if axis is None else static_int(axis, "axis"))


def _shifted(x: Any, axis: int) -> Any:
    return x - _max(x, axis, None, None, True) if x.size else x
