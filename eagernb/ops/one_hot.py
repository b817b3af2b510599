"""``one_hot``: rows of zeros with a one at an index each.

>>> import eagernb as tf
>>> tf.one_hot([2, 0], depth=3).numpy()
array([[0., 0., 1.],
       [1., 0., 0.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import INTEGERS, as_dtype
from eagernb.core.late import Late, apply_late, known_dims, late_shape
from eagernb.core.op import Op, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int, static_value
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError


def _one_hot_spec(indices: TensorSpec, depth: int, axis: int, on: Any, off: Any, dtype: Any) -> TensorSpec:
    at = normal_axis(axis, len(indices.dims) + 1)
    if not isinstance(depth, Late) and depth < 0:
        raise ValueError(f"depth must not be negative, but is {depth}")
    return TensorSpec([*indices.dims[:at], *known_dims([depth]), *indices.dims[at:]], dtype)


def _one_hot_kernel(indices: Any, depth: int, axis: int, on: Any, off: Any, dtype: Any) -> Any:
    hot = indices[..., None] == np.arange(depth)
    if on == 1 and off == 0:
        marks = hot.astype(dtype.numpy)
    else:
        marks = np.where(hot, np.array(on, dtype.numpy), np.array(off, dtype.numpy))
    return marks if axis == -1 else np.moveaxis(marks, -1, axis)


# It costs no floating-point operations: it compares integers.
ONE_HOT = register(
    Op("one_hot", ("indices",), _one_hot_kernel, _one_hot_spec, rules=(None,), label="one_hot", family="indexing",
       dtypes=INTEGERS, typed=(0,))
)  # fmt: skip


def one_hot(
    indices: Any, depth: Any, on_value: Any = None, off_value: Any = None, axis: Any = None, dtype: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """A new axis of size ``depth``, with ``on_value`` (1) at the index and ``off_value`` (0) elsewhere.

    The axis is the last, or stands before the given one. An index outside [0, depth) gives a row of ``off_value``.
    float32 unless a value or ``dtype`` says otherwise; DTypeError for indices that are not integers, or two values of
    different dtypes.

    >>> one_hot([0, 2], 3).numpy()
    array([[1., 0., 0.],
           [0., 0., 1.]], dtype=float32)
    """
    given = [convert_to_tensor(v, dtype) for v in (on_value, off_value) if v is not None]
    if len({v.dtype for v in given}) > 1:
        raise DTypeError(f"one_hot: on_value is {given[0].dtype.name}, but off_value {given[1].dtype.name}.")
    if dtype is None:
        dtype = given[0].dtype if given else dtypes.float32
    on, off = (convert_to_tensor(x if v is None else v, dtype) for v, x in ((on_value, 1), (off_value, 0)))
    axis = -1 if axis is None else static_int(axis, "axis")
    return apply_late(
        ONE_HOT, (indices,), depth=late_shape(depth, "depth")[0], axis=axis,
        on=_static_number(on), off=_static_number(off),
        dtype=as_dtype(dtype),
    )  # fmt: skip


def _static_number(value: Tensor) -> Any:
    known = static_value(value)
    if known is None:
        raise TypeError("one_hot: on_value and off_value must be known while a graph is traced. Use Python numbers.")
    return known.item()
