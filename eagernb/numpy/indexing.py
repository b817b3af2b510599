"""Choosing elements: take, and what `x[key]` means for an Array.

>>> import eagernb.numpy as xp
>>> x = xp.reshape(xp.arange(6), (2, 3))
>>> x[xp.asarray([0, -1]), xp.asarray([1, 2])], x[:, 0], x[x > 3]
(Array([1, 5], dtype=int64), Array([0, 3], dtype=int64), Array([4, 5], dtype=int64))
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

from eagernb.core.apply import scalar_like
from eagernb.core.convert import is_tensor
from eagernb.core.static import static_int, static_shape, static_value
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.numpy.array import gives_arrays
from eagernb.numpy.promotion import tensor
from eagernb.ops import indexing, numpy_indexing
from eagernb.ops.indexing import gather, where
from eagernb.ops.shape import reshape


def _from_the_start(indices: Tensor, size: int | None) -> Tensor:
    """Negative indices counted from the end of an axis."""
    count = scalar_like(static_int(size, "the size of the axis"), indices)
    return where(indices < scalar_like(0, indices), indices + count, indices)


@gives_arrays
def take(x: Any, indices: Any, /, *, axis: int | None = None) -> Tensor:
    """The slices at integer positions along an axis, which only a 1-D array may leave out."""
    x, indices = tensor(x), tensor(indices)
    if axis is None:
        if len(x._dims) != 1:
            raise ValueError(f"take: axis is needed for an array of {len(x._dims)} axes.")
        axis = 0
    axis = normalize_axis_index(axis, len(x._dims))
    return indexing.take(x, _from_the_start(indices, x._dims[axis]), axis)


@gives_arrays
def take_along_axis(x: Any, indices: Any, /, *, axis: int = -1) -> Tensor:
    """The elements at positions along an axis, for each place along the other axes their own."""
    return numpy_indexing.take_along_axis(tensor(x), tensor(indices), axis)


@gives_arrays
def getitem(x: Tensor, key: Any) -> Tensor:
    """``x[key]``: numbers, slices, ``...``, None, a boolean mask, or integer arrays for single elements."""
    parts = key if isinstance(key, tuple) else (key,)
    if not any(map(_is_array, parts)):
        return indexing.getitem(x, key)
    if any(isinstance(part, Symbol) for part in parts):
        return _traced(x, parts)
    return _chosen(x, tuple(static_value(part) if is_tensor(part) else part for part in parts))


def _is_array(part: Any) -> bool:
    """Whether NumPy would index with the array's values: not so for an integer without axes."""
    if isinstance(part, (bool, np.bool_)):
        return True
    return (is_tensor(part) or isinstance(part, np.ndarray)) and (len(part.shape) > 0 or part.dtype.kind == "b")


def _chosen(x: Tensor, key: tuple[Any, ...]) -> Tensor:
    """NumPy itself says which elements a key means: it gets an array of their positions in the flattened tensor."""
    dims = static_shape(x._dims, "the shape of an indexed array")
    positions = np.arange(np.prod(dims, dtype=np.int64)).reshape(dims)[key]
    return gather(reshape(x, [-1]), EagerTensor(np.asarray(positions)))


def _traced(x: Tensor, parts: tuple[Any, ...]) -> Tensor:
    """Where the positions get their values only when the graph runs: one mask, or one array of positions."""
    if len(parts) == 1:
        only = tensor(parts[0])
        return indexing.boolean_mask(x, only) if only.dtype.is_bool else take(x, only, axis=0)
    raise TypeError(
        "While a graph is traced, an array that gets its value when the graph runs can index alone: x[mask] or "
        "x[positions]. Use xp.take for another axis."
    )
