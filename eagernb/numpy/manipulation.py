"""Other shapes of the same elements: joined, repeated, moved.

>>> import eagernb.numpy as xp
>>> xp.concat([xp.asarray([1, 2]), xp.asarray([0.5])]), xp.moveaxis(xp.zeros((2, 3, 4)), 0, -1).shape
(Array([1. , 2. , 0.5], dtype=float64), (3, 4, 2))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index, normalize_axis_tuple

from eagernb.core.shape import broadcast_dims
from eagernb.core.static import static_int, static_ints, static_shape
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import ShapeError
from eagernb.numpy.array import gives_arrays
from eagernb.numpy.promotion import promoted, tensor
from eagernb.ops import arranging, broadcasting, joining
from eagernb.ops import shape as shapes
from eagernb.ops.gather import take


@gives_arrays
def broadcast_arrays(*arrays: Any) -> list[Tensor]:
    """The arrays, all broadcast to one shape."""
    tensors = list(map(tensor, arrays))
    dims = broadcast_dims(*(x._dims for x in tensors))
    return [broadcasting.broadcast_to(x, dims) for x in tensors]


@gives_arrays
def broadcast_to(x: Any, /, shape: Any) -> Tensor:
    """x repeated to a larger shape by the broadcasting rule."""
    return broadcasting.broadcast_to(tensor(x), shape)


@gives_arrays
def concat(arrays: Sequence[Any], /, *, axis: int | None = 0) -> Tensor:
    """The arrays joined along an axis; flattened before with ``axis=None``."""
    tensors = promoted(*arrays)
    if axis is None:
        tensors, axis = tuple(shapes.reshape(x, [-1]) for x in tensors), 0
    return joining.concat(tensors, axis)


@gives_arrays
def expand_dims(x: Any, /, *, axis: int = 0) -> Tensor:
    """An axis of size 1 more; IndexError where there is no such place."""
    x = tensor(x)
    return shapes.expand_dims(x, normalize_axis_index(axis, len(x._dims) + 1))


@gives_arrays
def flip(x: Any, /, *, axis: int | Sequence[int] | None = None) -> Tensor:
    """The elements in reverse order along the axes (all by default)."""
    x = tensor(x)
    return arranging.reverse(x, list(axes_of(axis, len(x._dims))))


def axes_of(axis: int | Sequence[int] | None, rank: int) -> tuple[int, ...]:
    """The axes meant, counted from the start; all of them for None."""
    return tuple(range(rank)) if axis is None else normalize_axis_tuple(static_ints(axis, "axis"), rank)


@gives_arrays
def moveaxis(x: Any, source: int | Sequence[int], destination: int | Sequence[int], /) -> Tensor:
    """Some axes at other places; the others keep their order."""
    x = tensor(x)
    sources, places = axes_of(source, len(x._dims)), axes_of(destination, len(x._dims))
    if len(sources) != len(places):
        raise ValueError(f"moveaxis: {len(sources)} axes cannot move to {len(places)} places.")
    order = [i for i in range(len(x._dims)) if i not in sources]
    for place, axis in sorted(zip(places, sources, strict=True)):
        order.insert(place, axis)
    return shapes.transpose(x, order)


@gives_arrays
def permute_dims(x: Any, /, axes: Sequence[int]) -> Tensor:
    """The axes in another order."""
    return shapes.transpose(tensor(x), axes)


@gives_arrays
def repeat(x: Any, repeats: Any, /, *, axis: int | None = None) -> Tensor:
    """Each element so many times in a row, along an axis or (None) of all elements.

    ``repeats`` must be known while a graph is traced, since the shape depends on it.
    """
    x = tensor(x)
    if axis is None:
        x, axis = shapes.reshape(x, [-1]), 0
    size = static_int(x._dims[axis], "the size of the axis")
    return _chosen(x, np.repeat(np.arange(size), static_ints(repeats, "repeats")), axis)


def _chosen(x: Tensor, positions: np.ndarray, axis: int) -> Tensor:
    return take(x, EagerTensor._of(positions), normalize_axis_index(axis, len(x._dims)))


@gives_arrays
def reshape(x: Any, /, shape: Any, *, copy: bool | None = None) -> Tensor:
    """The same elements, row by row, in another shape; one dimension may be -1."""
    return shapes.reshape(tensor(x), shape)


@gives_arrays
def roll(x: Any, /, shift: int | Sequence[int], *, axis: int | Sequence[int] | None = None) -> Tensor:
    """The elements moved along the axes; those that leave at one end come in at the other."""
    x = tensor(x)
    if axis is None:
        return shapes.reshape(roll(shapes.reshape(x, [-1]), shift, axis=0), x._dims)
    shifts, axes = static_ints(shift, "shift"), static_ints(axis, "axis")
    if len(shifts) not in (1, len(axes)):
        raise ValueError(f"roll: {len(shifts)} shifts for {len(axes)} axes.")
    for step, along in zip(shifts * (len(axes) if len(shifts) == 1 else 1), axes, strict=True):
        size = static_int(x._dims[along], "the size of the axis")
        x = _chosen(x, np.roll(np.arange(size), step), along)
    return x


@gives_arrays
def squeeze(x: Any, /, axis: int | Sequence[int]) -> Tensor:
    """Without the given axes, which must have size 1."""
    x = tensor(x)
    axes = axes_of(axis, len(x._dims))
    if any(x._dims[i] not in (1, None) for i in axes):
        raise ShapeError(f"squeeze: axes {list(axes)} of shape {x.shape} do not all have size 1.", "squeeze")
    return shapes.squeeze(x, axes) if axes else x


@gives_arrays
def stack(arrays: Sequence[Any], /, *, axis: int = 0) -> Tensor:
    """The arrays side by side along a new axis."""
    return joining.stack(promoted(*arrays), axis)


@gives_arrays
def tile(x: Any, repetitions: Sequence[int], /) -> Tensor:
    """x so many times along each axis; missing axes, or missing numbers, count as 1."""
    x, times = tensor(x), static_ints(repetitions, "repetitions")
    rank = max(len(x._dims), len(times))
    x = shapes.reshape(x, [1] * (rank - len(x._dims)) + list(static_shape(x._dims, "the shape")))
    return arranging.tile(x, [1] * (rank - len(times)) + list(times))


@gives_arrays
def unstack(x: Any, /, *, axis: int = 0) -> tuple[Tensor, ...]:
    """The slices along an axis."""
    return tuple(joining.unstack(tensor(x), axis=axis))
