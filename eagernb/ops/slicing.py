"""Slices: ``x[...]`` with numbers, ranges, Ellipsis and new axes, and ``strided_slice``.

(``tf.slice`` is in block_slice.py.)

>>> import eagernb as tf
>>> x = tf.constant([[1, 2, 3], [4, 5, 6]])
>>> x[0, ::-1].numpy(), x[..., tf.newaxis].shape
(array([3, 2, 1], dtype=int32), TensorShape([2, 3, 1]))
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.late import Late, apply_late, known_dims, late_int, late_ints, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError, ShapeError
from eagernb.ops.gather import INDICES
from eagernb.ops.where import boolean_mask


class Slice(NamedTuple):
    """Python's slice, hashable."""

    start: Any  # like stop and step an int, None, or what stands for an int that is known only when the graph runs
    stop: Any
    step: Any


Key = tuple[Any, ...]  # of ints, Slices, Ellipsis and None


def sliced_spec(x: TensorSpec, key: Key) -> TensorSpec:
    """What ``x[key]`` looks like."""
    named = sum(part is not None and part is not Ellipsis for part in key)
    if named > len(x.dims) or key.count(Ellipsis) > 1:
        raise IndexError(
            f"{named} positions for {len(x.dims)} axes, or more than one `...`; a list is one position "
            "for each axis, and tf.gather takes several of one axis"
        )
    rest = (Slice(None, None, None),) * (len(x.dims) - named)
    at = key.index(Ellipsis) if Ellipsis in key else len(key)
    dims, result = iter(x.dims), []
    for part in (*key[:at], *rest, *key[at + 1 :]):
        size = 1 if part is None else next(dims)
        if part is None:
            result.append(size)
        elif isinstance(part, Slice):
            late = any(isinstance(bound, Late) for bound in part)
            result.append(None if late or size is None else len(range(*slice(*part).indices(size))))
        elif isinstance(part, Late):
            continue
        elif size is not None and not -size <= part < size:
            raise IndexError(f"index {part} is outside of an axis of size {size}")
    return TensorSpec(result, x.dtype)


@lru_cache
def numpy_key(key: Key) -> tuple[Any, ...]:
    """The key as NumPy takes it, with an Ellipsis: so NumPy gives an array, where it would else give a scalar."""
    parts = tuple(slice(*part) if isinstance(part, Slice) else part for part in key)
    return parts if Ellipsis in parts else (*parts, Ellipsis)


def _takes_all(part: Any) -> bool:
    """Whether a part of a key stands for an axis, or several, from the first element to the last."""
    return part is Ellipsis or (isinstance(part, Slice) and part in (Slice(None, None, None), Slice(None, None, 1)))


STRIDED_SLICE = register(
    Op(
        "strided_slice", ("x",),
        kernel=lambda x, key: x[numpy_key(key)],
        infer=sliced_spec,
        rules=(
            Rule.of(lambda g, dims_x, key: apply_late(STRIDED_SLICE_GRAD, (g,), shape=sizes_of(dims_x), key=key)),
        ),
        label="x[…]", family="indexing", moves=True, linear=True, total=True,
        unchanged=lambda x, key: all(map(_takes_all, key)),
    )
)  # fmt: skip


def getitem(x: Tensor, key: Any) -> Tensor:
    """``x[key]``: numbers, slices, Ellipsis, newaxis, or a boolean mask. There is no fancy integer indexing."""
    if is_mask(key):
        return boolean_mask(x, key)
    return apply_late(STRIDED_SLICE, (x,), key=late_key(key))


def strided_slice(
    input_: Any, begin: Any, end: Any, strides: Any = None, begin_mask: int = 0, end_mask: int = 0,
    ellipsis_mask: int = 0, new_axis_mask: int = 0, shrink_axis_mask: int = 0, var: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """What ``x[begin:end:strides]`` gives, with lists for several axes.

    The masks are sets of bits, one for each position: the bound there is left out (``begin_mask``, ``end_mask``), or
    what stands there is an Ellipsis, a new axis, or a single index (``begin``'s) rather than a slice. ShapeError for
    lists of different lengths, more positions than axes, several Ellipses, a step of 0, or a single index that is not
    there or has a step of its own.

    >>> strided_slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, 3], shrink_axis_mask=1).numpy()
    array([2, 3], dtype=int32)
    """
    starts, stops = late_ints(begin, "begin"), late_ints(end, "end")
    steps = (1,) * len(starts) if strides is None else late_ints(strides, "strides")
    if not len(starts) == len(stops) == len(steps):
        raise ShapeError("strided_slice: begin, end and strides need as many numbers.")
    if ellipsis_mask & ellipsis_mask - 1:
        raise ShapeError("strided_slice: one Ellipsis at most, so one bit of ellipsis_mask.")
    key: list[Any] = []
    for i, (start, stop, step) in enumerate(zip(starts, stops, steps, strict=True)):
        bit = 1 << i
        if ellipsis_mask & bit:
            key.append(Ellipsis)
        elif new_axis_mask & bit:
            key.append(None)
        elif shrink_axis_mask & bit:
            if isinstance(step, int) and step <= 0:
                raise ShapeError(f"strided_slice: a single index has the step 1, not {step}.")
            key.append(start)
        else:
            key.append(slice(None if begin_mask & bit else start, None if end_mask & bit else stop, step))
    return getitem(convert_to_tensor(input_), tuple(key))


def _unslice(g: Any, shape: tuple[int, ...], key: Key) -> Any:
    result = np.zeros(shape, g.dtype)
    result[numpy_key(key)] = g
    return result


STRIDED_SLICE_GRAD = register(
    Op(
        "strided_slice_grad", ("g",), _unslice,
        infer=lambda g, shape, key: TensorSpec(known_dims(shape), g.dtype),
        rules=(Rule.of(lambda g, key: apply_late(STRIDED_SLICE, (g,), key=key)),),
        label="x[…]'", family="indexing", moves=True, linear=True, fresh=True,
    )
)  # fmt: skip


def is_mask(key: Any) -> bool:
    """Whether indexing with it means boolean_mask."""
    dtype = getattr(key, "dtype", None)
    return isinstance(key, bool) or (dtype is not None and dtype == dtypes.bool_)


def late_key(key: Any) -> Key:
    """What is between the brackets of ``x[...]``, with Python numbers for tensors, as far as they are known."""
    if key.__class__ is int:
        return (key,)
    return tuple(map(_part, key if isinstance(key, (tuple, list)) else (key,)))


def _part(part: Any) -> Any:
    if part is None or part is Ellipsis or part.__class__ is int:
        return part
    if isinstance(part, slice):
        return Slice(*(None if b is None else _part(b) for b in (part.start, part.stop, part.step)))
    if isinstance(part, (bool, np.bool_, float)) or (
        is_dense_tensor(part) and (part._dims or part.dtype not in INDICES)
    ):
        raise DTypeError(_INDEX_KINDS.format(part))
    try:
        return late_int(part, "an index")
    except TypeError as error:
        raise TypeError(str(error) if is_dense_tensor(part) else _INDEX_KINDS.format(part)) from None


_INDEX_KINDS = (
    "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are "
    "valid indices, got {!r}. For a list of positions use tf.gather."
)
