"""Where elements are, in which order, and which there are.

>>> import eagernb.numpy as xp
>>> x = xp.asarray([3.0, 1.0, 2.0, 1.0])
>>> xp.argmax(x), xp.sort(x, descending=True), xp.unique_values(x)
(Array(0, dtype=int64), Array([3., 2., 1., 1.], dtype=float64), Array([1., 2., 3.], dtype=float64))
"""

from __future__ import annotations

from typing import Any, NamedTuple

from eagernb.core.apply import apply
from eagernb.core.dtypes import int64
from eagernb.core.op import Op
from eagernb.core.tensor import Tensor
from eagernb.numpy.array import gives_arrays
from eagernb.numpy.elementwise import truth
from eagernb.numpy.promotion import promoted, tensor
from eagernb.ops import gather, numpy_indexing
from eagernb.ops import where as wheres
from eagernb.ops.casting import cast
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import expand_dims, reshape


@gives_arrays
def argmax(x: Any, /, *, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """The index of the first largest element along an axis, or (None) among all elements."""
    return _first(numpy_indexing.FIRST_LARGEST, tensor(x), axis, keepdims)


@gives_arrays
def argmin(x: Any, /, *, axis: int | None = None, keepdims: bool = False) -> Tensor:
    """The index of the first smallest element along an axis, or (None) among all elements."""
    return _first(numpy_indexing.FIRST_SMALLEST, tensor(x), axis, keepdims)


def _first(op: Op, x: Tensor, axis: int | None, keepdims: bool) -> Tensor:
    if axis is None:
        found = apply(op, (reshape(x, [-1]),), axis=0)
        return reshape(found, [1] * len(x._dims)) if keepdims else found
    found = apply(op, (x,), axis=axis)
    return expand_dims(found, axis) if keepdims else found


@gives_arrays
def count_nonzero(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """How many elements along the axes are not zero."""
    return reduce_sum(cast(truth(x), int64), axis, keepdims)


@gives_arrays
def nonzero(x: Any, /) -> tuple[Tensor, ...]:
    """The indices of the elements that are not zero: for each axis an array."""
    x = tensor(x)
    if not x._dims:
        raise ValueError("nonzero needs an array with at least one axis. Reshape it to (1,) first.")
    positions = wheres.where(truth(x))
    return tuple(positions[:, axis] for axis in range(len(x._dims)))


@gives_arrays
def searchsorted(x1: Any, x2: Any, /, *, side: str = "left", sorter: Any = None) -> Tensor:
    """Where the values x2 would have to be inserted into x1, so that it stays sorted.

    ``sorter`` are the indices that sort x1, if it is not sorted.
    """
    if side not in ("left", "right"):
        raise ValueError(f'searchsorted: side is {side!r}, not "left" or "right".')
    sequence, values = promoted(x1, x2)
    if sorter is not None:
        sequence = gather.take(sequence, tensor(sorter), 0)
    return apply(numpy_indexing.INSERTION_POINTS, (sequence, values), side=side)


@gives_arrays
def where(condition: Any, x1: Any, x2: Any, /) -> Tensor:
    """x1 where the condition holds, x2 elsewhere; all three broadcast."""
    a, b = promoted(x1, x2)
    return wheres.where(truth(condition), a, b)


@gives_arrays
def argsort(x: Any, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Tensor:
    """The indices that sort along an axis. Equal elements keep their order, ``stable`` or not."""
    return apply(numpy_indexing.SORTED_ORDER, (tensor(x),), axis=axis, descending=bool(descending))


@gives_arrays
def sort(x: Any, /, *, axis: int = -1, descending: bool = False, stable: bool = True) -> Tensor:
    """The elements sorted along an axis, NaN last (first, if descending)."""
    x = tensor(x)
    return numpy_indexing.take_along_axis(x, argsort(x, axis=axis, descending=descending), axis)


class UniqueAll(NamedTuple):
    """What ``unique_all`` gives."""

    values: Tensor
    indices: Tensor
    inverse_indices: Tensor
    counts: Tensor


class UniqueCounts(NamedTuple):
    """What ``unique_counts`` gives."""

    values: Tensor
    counts: Tensor


class UniqueInverse(NamedTuple):
    """What ``unique_inverse`` gives."""

    values: Tensor
    inverse_indices: Tensor


def _unique(x: Any) -> UniqueAll:
    x = tensor(x)
    indices, inverse, counts = apply(numpy_indexing.UNIQUE_ELEMENTS, (x,))
    return UniqueAll(gather.take(reshape(x, [-1]), indices, 0), indices, inverse, counts)


@gives_arrays
def unique_all(x: Any, /) -> UniqueAll:
    """The different elements in ascending order; where each is first; which each element is; how many there are.

    Every NaN is an element of its own.
    """
    return _unique(x)


@gives_arrays
def unique_counts(x: Any, /) -> UniqueCounts:
    """The different elements, and how often each is there."""
    found = _unique(x)
    return UniqueCounts(found.values, found.counts)


@gives_arrays
def unique_inverse(x: Any, /) -> UniqueInverse:
    """The different elements, and for each element of x which of them it is."""
    found = _unique(x)
    return UniqueInverse(found.values, found.inverse_indices)


@gives_arrays
def unique_values(x: Any, /) -> Tensor:
    """The different elements, in ascending order."""
    return _unique(x).values
