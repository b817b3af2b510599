"""Products, quotients and logarithms in which a zero wins, whatever stands beside it: 0 instead of NaN.

>>> import eagernb as tf
>>> tf.math.divide_no_nan([1.0, 0.0], 0.0).numpy(), tf.math.xlogy(0.0, 0.0).numpy()
(array([0., 0.], dtype=float32), np.float32(0.0))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.apply import as_tensors
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import INEXACT
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import as_floats, negative
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj
from eagernb.ops.families import broadcasting


def _unless_y_is_zero(kernel: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, y: np.where(y == 0, x.dtype.type(0), kernel(x, y))


def _unless_x_is_zero(kernel: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, y: np.where(x == 0, x, kernel(x, y))  # a zero keeps its sign


def _not_zero(x: Tensor) -> Tensor:
    """1 where x is not 0, else 0: with this for x, what is left of x · f(y) is its derivative f(y)."""
    return cast(x != 0, x.dtype)


_divide_no_nan = broadcasting(
    "divide_no_nan", _unless_y_is_zero(np.true_divide),
    lambda g, y: _divide_no_nan(g, conj(y)),
    lambda g, x, y: g * _divide_no_nan(_divide_no_nan(negative(conj(x)), conj(y)), conj(y)),
    label="÷, 0 for ÷0", allowed=INEXACT,
)  # fmt: skip
multiply_no_nan = broadcasting(
    "multiply_no_nan", _unless_y_is_zero(np.multiply),
    lambda g, y: multiply_no_nan(g, conj(y)), lambda g, x: multiply_no_nan(conj(x), g),
    label="×, 0 for ×0", allowed=INEXACT,
    doc="x * y, elementwise, and 0 where y is 0, even if x is infinite or NaN.",
    example="multiply_no_nan([2.0, float('inf')], [3.0, 0.0]) -> [6. 0.]",
)  # fmt: skip
xdivy = broadcasting(
    "xdivy", _unless_x_is_zero(np.true_divide),
    lambda g, x, y: g * xdivy(_not_zero(x), conj(y)), lambda g, x, y: g * xdivy(negative(conj(x)), conj(y) ** 2),
    label="x÷y", allowed=INEXACT, doc="x / y, elementwise, and 0 where x is 0.",
    example="xdivy([1.0, 0.0], [2.0, 0.0]) -> [0.5 0. ]",
)  # fmt: skip
xlogy = broadcasting(
    "xlogy", _unless_x_is_zero(lambda x, y: x * np.log(y)),
    lambda g, x, y: g * xlogy(_not_zero(x), conj(y)), lambda g, x, y: g * xdivy(conj(x), conj(y)),
    label="x log y", allowed=INEXACT, doc="x * log(y), elementwise, and 0 where x is 0.",
    example="xlogy([2.0, 0.0], [10.0, 0.0]) -> [4.6052 0.    ]",
)  # fmt: skip
xlog1py = broadcasting(
    "xlog1py", _unless_x_is_zero(lambda x, y: x * np.log1p(y)),
    lambda g, x, y: g * xlog1py(_not_zero(x), conj(y)), lambda g, x, y: g * xdivy(conj(x), conj(y) + 1),
    label="x log(1+y)", allowed=INEXACT, doc="x * log(1 + y), elementwise, and 0 where x is 0; accurate near y = 0.",
    example="xlog1py([2.0, 0.0], [9.0, -1.0]) -> [4.6052 0.    ]",
)  # fmt: skip


def divide_no_nan(x: Any, y: Any, name: str | None = None) -> Tensor:
    """x / y, elementwise, and 0 where y is 0; integers become floats as in ``tf.divide``.

    The inputs broadcast, and are of one dtype: ShapeError or DTypeError if they do not go together.

    >>> divide_no_nan([3, 4], [0, 2])
    <tf.Tensor: shape=(2,), dtype=float64, numpy=array([0., 2.])>
    """
    return _divide_no_nan(*as_floats(*as_tensors(_divide_no_nan.op, (x, y))))  # type: ignore[attr-defined]


def reciprocal_no_nan(x: Any, name: str | None = None) -> Tensor:
    """1 / x, elementwise, and 0 where x is 0.

    Takes floats or complex numbers, whose shape stays; DTypeError for integers.

    >>> reciprocal_no_nan([2.0, 0.0]).numpy()
    array([0.5, 0. ], dtype=float32)
    """
    x = convert_to_tensor(x)
    return _divide_no_nan(cast(1, x.dtype), x)
