"""Tensors from nothing: constants, zeros and ones, identity matrices.

Their values are known at once, so they are plain tensors: a tape does not record them, a graph holds them as constants.

>>> import eagernb as tf
>>> tf.zeros(3).numpy(), tf.eye(2).numpy()
(array([0., 0., 0.], dtype=float32), array([[1., 0.],
       [0., 1.]], dtype=float32))
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.convert import array_from, as_constant, convert_to_tensor, holds_tensor, is_dense_tensor
from eagernb.core.dtypes import as_dtype, float32, string
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.late import is_of_unknown_length, late_shape
from eagernb.core.static import static_shape
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.errors import DTypeError, ShapeError
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.casting import cast
from eagernb.ops.shape import expand_dims
from eagernb.ops.shape import shape as shape_of


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str = "Const") -> Tensor:
    """A tensor of a Python or NumPy value; a single value is repeated to ``shape``.

    Python floats become float32, ints int32; NumPy arrays keep their dtype and are copied. TypeError where ``shape``
    has room for another number of elements, DTypeError where ``dtype`` cannot hold the value or is not that of a
    tensor, ValueError for rows of different lengths and for a ``shape`` that is not fully known.

    >>> constant([[1, 2], [3, 4]], dtype="float32").shape, constant(0, shape=[2]).numpy()
    (TensorShape([2, 2]), array([0, 0], dtype=int32))
    """
    if isinstance(value, IndexedSlices):
        raise ValueError(f"constant takes numbers and arrays only, not {value}. Use tf.convert_to_tensor.")
    if is_dense_tensor(value):
        if dtype is not None and value.dtype != dtype and isinstance(value, EagerTensor):
            raise DTypeError(
                f"constant of a {value.dtype.name} tensor cannot be {as_dtype(dtype).name}: {value!r}. "
                "Use tf.cast to convert it."
            )
        tensor = convert_to_tensor(value) if dtype is None else cast(value, dtype)
        if isinstance(tensor, Symbol):
            return tensor
        array = tensor._array
    elif holds_tensor(value):
        raise ValueError("constant takes numbers and arrays only. Use tf.stack to make a tensor of tensors.")
    else:
        array = array_from(value, dtype)
    if shape is not None:
        dims = static_shape(shape, "shape")
        if array.size == 1 and array.ndim < 2:  # a matrix is not repeated, as in TensorFlow
            array = np.full(dims, array)
        elif array.size != np.prod(dims):
            error = ShapeError if array.size == 1 else TypeError
            raise error(f"Cannot fit {array.size} elements of shape {array.shape} into a constant of shape {dims}.")
        array = array.reshape(dims)
    return as_constant(array, name)


def zeros(shape: Any, dtype: Any = float32, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of zeros of a shape (False for bool, empty texts for string), float32 by default.

    ShapeError for a negative size, DTypeError for a size that is no integer.

    >>> zeros([2, 3], "int32").numpy()
    array([[0, 0, 0],
           [0, 0, 0]], dtype=int32)
    """
    return _full(shape, b"" if as_dtype(dtype) is string else 0, dtype, name or "zeros")


def ones(shape: Any, dtype: Any = float32, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of ones of a shape (True for bool), float32 by default; DTypeError for strings.

    >>> ones([2]).numpy()
    array([1., 1.], dtype=float32)
    """
    if as_dtype(dtype) is string:
        raise DTypeError("ones: there is no 1 among texts. Use tf.fill.", "ones")
    return _full(shape, 1, dtype, name or "ones")


def _full(shape: Any, value: Any, dtype: Any, name: str) -> Tensor:
    """A tensor of one value; its shape may be known only when the graph runs."""
    numpy = as_dtype(dtype).numpy
    if is_of_unknown_length(shape):
        return broadcast_to(EagerTensor._of(np.array(value, numpy)), shape)
    dims = late_shape(shape, "shape")
    if any(is_dense_tensor(d) for d in dims):
        return broadcast_to(EagerTensor._of(np.array(value, numpy)), dims)
    return as_constant(np.full(dims, value, numpy), name)


def fill(dims: Any, value: Any, name: str | None = None, layout: Any = None) -> Tensor:
    """A tensor of the shape ``dims`` with one value everywhere, in that value's dtype.

    ShapeError unless the value is a scalar.

    >>> fill([2], 9).numpy()
    array([9, 9], dtype=int32)
    """
    scalar = convert_to_tensor(value)
    if scalar._dims:
        raise ShapeError(f"fill: the value must be a scalar, not a tensor of shape {scalar.shape}.", "fill")
    return broadcast_to(scalar, dims if is_of_unknown_length(dims) else late_shape(dims, "dims"))


def zeros_like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Tensor:
    """Zeros of another tensor's shape, and of its dtype unless another one is given; no gradient. Of texts, empty ones.

    >>> zeros_like([[1.5, 2.5]]).numpy()
    array([[0., 0.]], dtype=float32)
    """
    x = convert_to_tensor(input)
    if x.shape.rank is None:
        return filled_like(x, 0, dtype or x.dtype)
    return zeros(x._dims, dtype or x.dtype, name or "zeros_like")


def ones_like(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> Tensor:
    """Ones of another tensor's shape, and of its dtype unless another one is given; no gradient. DTypeError for texts.

    >>> ones_like([1.5, 2.5], dtype="int32").numpy()
    array([1, 1], dtype=int32)
    """
    x = convert_to_tensor(input)
    if x.shape.rank is None:
        return filled_like(x, 1, dtype or x.dtype)
    return ones(x._dims, dtype or x.dtype, name or "ones_like")


def filled_like(x: Tensor, value: int, dtype: Any) -> Tensor:
    """A tensor of one value, in the shape of a symbol of unknown rank."""
    return broadcast_to(EagerTensor._of(np.array(value, as_dtype(dtype).numpy)), shape_of(x))


def eye(
    num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = float32, name: str | None = None
) -> Tensor:
    """The identity matrix [num_rows, num_columns] (square by default), repeated over ``batch_shape``.

    ShapeError for a negative size.

    >>> eye(2, 3).numpy()
    array([[1., 0., 0.],
           [0., 1., 0.]], dtype=float32)
    >>> eye(2, batch_shape=[5]).shape
    TensorShape([5, 2, 2])
    """
    rows, columns = late_shape((num_rows, num_rows if num_columns is None else num_columns), "shape")
    batch = () if batch_shape is None else late_shape(batch_shape, "batch_shape")
    if any(is_dense_tensor(d) for d in (rows, columns, *batch)):
        from eagernb.ops.compare import equal
        from eagernb.ops.ranges import range

        diagonal = equal(expand_dims(range(rows), 1), range(columns))
        return broadcast_to(cast(diagonal, dtype), (*batch, rows, columns))
    matrix = np.eye(rows, columns, dtype=as_dtype(dtype).numpy)
    return as_constant(np.broadcast_to(matrix, batch + matrix.shape).copy(), name or "eye")
