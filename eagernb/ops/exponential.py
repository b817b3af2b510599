"""Exponentials, logarithms and roots, elementwise.

>>> import eagernb as tf
>>> tf.exp(tf.constant([0.0, -1000.0])).numpy(), tf.sqrt(tf.constant([4.0, 9.0])).numpy()
(array([1., 0.], dtype=float32), array([2., 3.], dtype=float32))
>>> tf.sigmoid(tf.constant([-1000.0, 0.0, 1000.0])).numpy()
array([0. , 0.5, 1. ], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import scalar_like
from eagernb.core.dtypes import FLOATS, INEXACT
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import reciprocal
from eagernb.ops.families import elementwise
from eagernb.ops.indexing import where

exp = elementwise("exp", np.exp, lambda g, out: g * out, label="eˣ", allowed=INEXACT,
                  doc="e to the power x, elementwise.")  # fmt: skip
expm1 = elementwise("expm1", np.expm1, lambda g, x: g * exp(x), label="eˣ−1", allowed=INEXACT,
                    doc="exp(x) - 1, elementwise, accurate near 0.")  # fmt: skip
log = elementwise("log", np.log, lambda g, x: g * reciprocal(x), allowed=INEXACT,
                  doc="The natural logarithm, elementwise.")  # fmt: skip
log1p = elementwise("log1p", np.log1p, lambda g, x: g * reciprocal(x + 1), label="log(1+x)", allowed=INEXACT,
                    doc="log(1 + x), elementwise, accurate near 0.")  # fmt: skip
rsqrt = elementwise("rsqrt", lambda x: np.reciprocal(np.sqrt(x)), lambda g, out: g * -0.5 * (out * out * out),
                    label="1/√x", allowed=INEXACT, doc="1 / sqrt(x), elementwise.")  # fmt: skip


def _sqrt_rule(g: Tensor, out: Tensor) -> Tensor:
    """g / (2 sqrt(x)), and 0 where g is 0: so that where(x > 0, sqrt(x), 0) has no NaN at 0."""
    zero = scalar_like(0, g)
    return where(g == zero, zero, g * 0.5 / out)


sqrt = elementwise("sqrt", np.sqrt, _sqrt_rule, label="√x", allowed=INEXACT,
                   doc="The square root, elementwise; NaN for negative numbers.")  # fmt: skip


def _sigmoid(x: Any) -> Any:
    # Where exp(-x) overflows to infinity, its reciprocal is 0: the limit.
    return np.reciprocal(np.exp(-x) + x.dtype.type(1))


sigmoid = elementwise("sigmoid", _sigmoid, lambda g, out: g * out * (1 - out), label="σ", allowed=FLOATS,
                      doc="1 / (1 + exp(-x)), elementwise, without overflow.")  # fmt: skip
softplus = elementwise("softplus", lambda x: np.logaddexp(x, x.dtype.type(0)), lambda g, x: g * sigmoid(x),
                       allowed=FLOATS, doc="log(1 + exp(x)), elementwise, without overflow.")  # fmt: skip
