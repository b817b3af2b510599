"""Activation functions of neural networks.

>>> import eagernb as tf
>>> tf.nn.relu(tf.constant([-1.0, 2.0])).numpy()
array([0., 2.], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS, REAL, float32
from eagernb.core.tensor import Tensor
from eagernb.ops.casting import cast
from eagernb.ops.families import elementwise
from eagernb.ops.indexing import where

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


def leaky_relu(features: Any, alpha: float = 0.2, name: str | None = None) -> Tensor:
    """x, or alpha * x where x is negative, elementwise; integers become float32."""
    x = convert_to_tensor(features)
    x = cast(x, float32) if x.dtype.is_integer else x
    return where(x > scalar_like(0, x), x, x * alpha)
