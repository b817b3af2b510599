"""Choosing elements: take, and what `x[key]` means for an Array.

>>> import eagernb.numpy as xp
>>> x = xp.reshape(xp.arange(6), (2, 3))
>>> x[xp.asarray([0, -1]), xp.asarray([1, 2])], x[:, 0], x[x > 3]
(Array([1, 5], dtype=int64), Array([0, 3], dtype=int64), Array([4, 5], dtype=int64))
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

from eagernb.core.apply import scalar_like
from eagernb.core.convert import is_dense_tensor
from eagernb.core.dtypes import int32, int64
from eagernb.core.static import static_int, static_shape, static_value
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.numpy.array import Array, as_array, gives_arrays
from eagernb.numpy.promotion import converted, tensor
from eagernb.ops import gather, numpy_indexing, slicing
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.casting import cast
from eagernb.ops.scatter import tensor_scatter_nd_update
from eagernb.ops.shape import reshape
from eagernb.ops.where import boolean_mask, where


def _from_the_start(indices: Tensor, size: int | None) -> Tensor:
    """Negative indices counted from the end of an axis."""
    count = scalar_like(static_int(size, "the size of the axis"), indices)
    return where(indices < scalar_like(0, indices), indices + count, indices)


@gives_arrays
def take(x: Any, indices: Any, /, *, axis: int | None = None) -> Tensor:
    """The slices at integer positions along an axis, which only a 1-D array may leave out."""
    x, indices = tensor(x), _wide(tensor(indices))
    if axis is None:
        if len(x._dims) != 1:
            raise ValueError(f"take: axis is needed for an array of {len(x._dims)} axes.")
        axis = 0
    axis = normalize_axis_index(axis, len(x._dims))
    return gather.take(x, _from_the_start(indices, x._dims[axis]), axis)


@gives_arrays
def take_along_axis(x: Any, indices: Any, /, *, axis: int = -1) -> Tensor:
    """The elements at positions along an axis, for each place along the other axes their own."""
    return numpy_indexing.take_along_axis(tensor(x), _wide(tensor(indices)), axis)


def _wide(indices: Tensor) -> Tensor:
    """Positions of the smaller and the unsigned dtypes as int64, in which the length of any axis fits."""
    return cast(indices, int64) if indices.dtype.is_integer and indices.dtype not in (int32, int64) else indices


def getitem(x: Tensor, key: Any) -> Array:
    """``x[key]``: numbers, slices, ``...``, None, a boolean mask, or integer arrays for single elements."""
    parts = _parts(key)
    if not any(map(_is_array, parts)):
        return as_array(slicing.getitem(tensor(x), parts), is_part=True)
    if any(isinstance(part, Symbol) for part in parts):
        return _traced(tensor(x), parts)
    return as_array(gather.take(reshape(tensor(x), [-1]), EagerTensor._of(_positions(x, parts)), 0))


def setitem(x: Array, key: Any, value: Any) -> None:
    """``x[key] = value``: x stands for a new tensor from now on, with the value (of x's dtype) in those places."""
    if x._is_part:
        raise ValueError(
            "This array was taken out of another one (x[...] or x.T), which would not change. Assign to that "
            "one, as in x[rows, columns] = value, or copy the part first: xp.asarray(part, copy=True)."
        )
    parts = _parts(key)
    whole = tensor(x)
    (new,) = converted(whole.dtype, value)
    if any(isinstance(part, Symbol) for part in parts):
        x._stand_for(_masked(whole, parts, new))
        return
    positions = _positions(x, parts)
    flat = tensor_scatter_nd_update(
        reshape(whole, [-1]), EagerTensor._of(positions.reshape(-1, 1)), reshape(_fitted(new, positions.shape), [-1])
    )
    x._stand_for(reshape(flat, whole._dims))


def _fitted(value: Tensor, dims: tuple[int, ...]) -> Tensor:
    """A value broadcast to the shape of the places; more axes of size 1 than these have are no matter."""
    extra = len(value._dims) - len(dims)
    if extra > 0 and set(value._dims[:extra]) == {1}:
        value = reshape(value, value._dims[extra:])
    return broadcast_to(value, dims)


def _masked(x: Tensor, parts: tuple[Any, ...], value: Tensor) -> Tensor:
    if len(parts) == 1 and parts[0].dtype.is_bool and parts[0]._dims == x._dims and not value._dims:
        return where(tensor(parts[0]), value, x)
    raise TypeError(
        "While a graph is traced, x[key] = value needs a key that is known then, or a mask of x's shape and one value. "
        "Use xp.where, or tf.tensor_scatter_nd_update."
    )


def _parts(key: Any) -> tuple[Any, ...]:
    """What the key says of each axis; a list of positions is an array, as in NumPy."""
    return tuple(
        np.asarray(part) if isinstance(part, list) else part for part in (key if type(key) is tuple else (key,))
    )


def _is_array(part: Any) -> bool:
    """Whether NumPy would index with the array's values: not so for an integer without axes."""
    if isinstance(part, (bool, np.bool_)):
        return True
    return (is_dense_tensor(part) or isinstance(part, np.ndarray)) and (len(part.shape) > 0 or part.dtype == np.bool_)


def _positions(x: Tensor, key: tuple[Any, ...]) -> np.ndarray:
    """NumPy itself says which elements a key means: it gets an array of their positions in the flattened tensor."""
    dims = static_shape(x._dims, "the shape of an indexed array")
    known = tuple(static_value(part) if is_dense_tensor(part) else part for part in key)
    return np.asarray(np.arange(math.prod(dims)).reshape(dims)[known])


def _traced(x: Tensor, parts: tuple[Any, ...]) -> Array:
    """Where the positions get their values only when the graph runs: one mask, or one array of positions."""
    if len(parts) == 1:
        only = tensor(parts[0])
        return as_array(boolean_mask(x, only)) if only.dtype.is_bool else take(x, only, axis=0)
    raise TypeError(
        "While a graph is traced, an array that gets its value when the graph runs can index alone: x[mask] or "
        "x[positions]. Use xp.take for another axis."
    )
