"""Tensors from nothing: constants, ranges, identity matrices.

Their values are known at once, so they are plain tensors: a tape does not record them, a graph holds them as constants.

>>> import eagernb as tf
>>> tf.range(3).numpy(), tf.eye(2).numpy()
(array([0, 1, 2], dtype=int32), array([[1., 0.],
       [0., 1.]], dtype=float32))
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.convert import array_from, convert_to_tensor, holds_tensor, is_tensor
from eagernb.core.dtypes import BFLOAT16, as_dtype, float32, kind_of, string
from eagernb.core.static import static_int, static_shape, static_value
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.errors import InvalidArgumentError, ShapeError
from eagernb.ops.casting import cast
from eagernb.ops.shape import broadcast_to


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str = "Const") -> Tensor:
    """A tensor of a Python or NumPy value; a single value is repeated to ``shape``.

    Python floats become float32, ints int32; NumPy arrays keep their dtype and are copied.

    >>> constant([[1, 2], [3, 4]], dtype="float32").shape, constant(0, shape=[2]).numpy()
    (TensorShape([2, 2]), array([0, 0], dtype=int32))
    """
    if is_tensor(value):
        tensor = convert_to_tensor(value)
        if dtype is not None:
            tensor = cast(tensor, dtype)
        if isinstance(tensor, Symbol):
            return tensor
        array = tensor._array
    elif holds_tensor(value):
        raise ValueError("constant takes numbers and arrays only. Use tf.stack to make a tensor of tensors.")
    else:
        array = array_from(value, dtype)
    if shape is not None:
        dims = static_shape(shape, "shape")
        if array.size == 1:
            array = np.full(dims, array)
        elif array.size != np.prod(dims):
            raise TypeError(f"Cannot fit {array.size} elements into a constant of shape {list(dims)}.")
        array = array.reshape(dims)
    return EagerTensor(array)


def zeros(shape: Any, dtype: Any = float32, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of zeros (False for bool, empty texts for string)."""
    dtype = as_dtype(dtype)
    return EagerTensor(np.full(static_shape(shape, "shape"), b"" if dtype is string else 0, dtype.numpy))


def ones(shape: Any, dtype: Any = float32, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of ones (True for bool)."""
    return EagerTensor(np.ones(static_shape(shape, "shape"), as_dtype(dtype).numpy))


def fill(dims: Any, value: Any, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of one value everywhere.

    >>> fill([2], 9).numpy()
    array([9, 9], dtype=int32)
    """
    scalar = convert_to_tensor(value)
    if scalar._dims:
        raise ShapeError(f"fill: the value must be a scalar, not a tensor of shape {scalar.shape}.", "fill")
    return broadcast_to(scalar, dims)


def zeros_like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Tensor:
    """Zeros of another tensor's shape and dtype."""
    x = convert_to_tensor(input)
    return zeros(x.shape, dtype or x.dtype)


def ones_like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Tensor:
    """Ones of another tensor's shape and dtype."""
    x = convert_to_tensor(input)
    return ones(x.shape, dtype or x.dtype)


def eye(
    num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = float32, name: str | None = None
) -> Tensor:
    """The identity matrix, repeated over ``batch_shape``."""
    rows, columns = static_shape((num_rows, num_rows if num_columns is None else num_columns), "shape")
    matrix = np.eye(rows, columns, dtype=as_dtype(dtype).numpy)
    batch = () if batch_shape is None else static_shape(batch_shape, "batch_shape")
    return EagerTensor(np.broadcast_to(matrix, batch + matrix.shape).copy())


def range(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str = "range") -> Tensor:
    """start, start + delta, ... below ``limit``; with one argument, from 0 up to it.

    >>> range(3, 18, 5).numpy()
    array([ 3,  8, 13], dtype=int32)
    """
    if limit is None:
        start, limit = 0, start
    values = [_known(v, "range") for v in (start, limit, delta)]
    if dtype is None:
        order = [v.dtype for v in values]
        dtype = max(order, key=lambda d: (kind_of(d) == "f", d.itemsize))
    else:
        dtype = as_dtype(dtype).numpy
    first, last, step = (v.astype(dtype).item() for v in values)
    if step == 0 or (last - first) / step < 0:
        raise InvalidArgumentError(f"range: steps of {step} do not lead from {first} to {last}.", "range")
    return EagerTensor(np.arange(first, last, step, dtype=dtype))


def linspace(start: Any, stop: Any, num: Any, name: str | None = None, axis: Any = 0) -> Tensor:
    """``num`` values at equal distances from start to stop, both included.

    >>> linspace(0.0, 1.0, 3).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
    a, b = _known(start, "linspace"), _known(stop, "linspace")
    if kind_of(a.dtype) != "f":
        a, b = a.astype(np.float64), b.astype(np.float64)
    count = static_int(num, "num")
    if count < 0:
        raise InvalidArgumentError(f"linspace: num must not be negative; it is {count}.", "linspace")
    wide = np.float32 if a.dtype == BFLOAT16 else a.dtype
    points = np.linspace(a.astype(wide), b.astype(wide), count, axis=static_int(axis, "axis"), dtype=wide)
    return EagerTensor(points.astype(a.dtype))


def _known(value: Any, name: str) -> np.ndarray:
    if not is_tensor(value):
        return array_from(value)
    known = static_value(value)
    if known is None:
        raise TypeError(
            f"{name}: its arguments must be known while a graph is traced, but {value!r} gets its value only when "
            "the graph runs."
        )
    return np.asarray(known)
