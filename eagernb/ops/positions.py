"""Where the extreme elements are: argmax and argmin.

>>> import eagernb as tf
>>> tf.argmax([[1, 9, 3], [7, 5, 6]], axis=1).numpy()
array([1, 0])
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import BOOLS, REAL, as_dtype, int16, int32, int64, uint16
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.ops.families import reduced_dims


def _arg_op(name: str, kernel: Callable[..., Any]) -> Op:
    return register(
        Op(
            name,
            ("x",),
            kernel=lambda x, axis, dtype: np.asarray(kernel(x, normal_axis(axis, x.ndim))).astype(dtype.numpy),
            infer=lambda x, axis, dtype: TensorSpec(reduced_dims(x, axis, False), dtype),
            rules=(None,),
            label=name,
            family="reduction",
            dtypes=REAL | BOOLS,
            typed=(0,),
            flops=lambda ins, outs, **params: ins[0].size or 0,
        )
    )


def _argmax(x: Any, axis: int) -> Any:
    # NumPy would answer the first NaN; TensorFlow's comparison skips it.
    x = np.where(np.isnan(x), -np.inf, x) if x.dtype.kind == "f" else x
    return np.argmax(x, axis)


ARGMAX = _arg_op("argmax", _argmax)


def argmax(input: Any, axis: Any = None, output_type: Any = int64, name: str | None = None) -> Tensor:
    """The index of the largest element along an axis (0 by default), the first at a tie; NaN is skipped.

    The result has the shape without that axis, and ``output_type``. ShapeError for an axis that is not there,
    DTypeError for complex numbers and strings.

    >>> int(argmax([1.0, 3.0, 3.0]))
    1
    """
    return _position(ARGMAX, input, axis, output_type)


def _argmin(x: Any, axis: int) -> Any:
    x = np.where(np.isnan(x), np.inf, x) if x.dtype.kind == "f" else x
    return np.argmin(x, axis)


ARGMIN = _arg_op("argmin", _argmin)


def argmin(input: Any, axis: Any = None, output_type: Any = int64, name: str | None = None) -> Tensor:
    """The index of the smallest element along an axis (0 by default), the first at a tie; NaN is skipped.

    Shapes and errors as for ``argmax``.

    >>> argmin([[3, 1], [0, 2]], axis=1).numpy()
    array([1, 0])
    """
    return _position(ARGMIN, input, axis, output_type)


_INDICES = (int16, uint16, int32, int64)


def _position(op: Op, value: Any, axis: Any, output_type: Any) -> Tensor:
    axis, dtype = 0 if axis is None else static_int(axis, "axis"), as_dtype(output_type)
    if dtype not in _INDICES:
        raise DTypeError(f"{op.name} gives positions as int16, uint16, int32 or int64, not as {dtype.name}.", op.name)
    return apply(op, (value,), axis=axis, dtype=dtype)
