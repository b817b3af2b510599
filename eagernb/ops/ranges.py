"""Ranges, and what is made of them: grids and masks.

The values of a range of Python numbers are known at once, so that it is a plain tensor: a tape does not record it, a
graph holds it as a constant.

>>> import eagernb as tf
>>> tf.range(3).numpy(), tf.linspace(0.0, 1.0, 3).numpy()
(array([0, 1, 2], dtype=int32), array([0. , 0.5, 1. ], dtype=float32))
>>> [grid.numpy().tolist() for grid in tf.meshgrid([1, 2], [3, 4])]
[[[1, 2], [1, 2]], [[3, 3], [4, 4]]]
"""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import as_constant, convert_to_tensor, is_dense_tensor
from eagernb.core.dispatch import suspended
from eagernb.core.dtypes import BFLOAT16, FLOATS, bool_, float64, int32, int64
from eagernb.core.late import Late, apply_late, known_dims, late_int, sizes_of
from eagernb.core.op import Op, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int, static_value
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.ops.arithmetic import maximum
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.casting import cast
from eagernb.ops.compare import less
from eagernb.ops.families import elements, unbroadcasting
from eagernb.ops.reduce import reduce_max, reduce_sum
from eagernb.ops.shape import expand_dims, reshape

_RANGES = FLOATS | {int32.numpy, int64.numpy}


def _range_spec(start: TensorSpec, limit: TensorSpec, delta: TensorSpec) -> TensorSpec:
    if start.dims or limit.dims or delta.dims:
        raise ValueError("start, limit and delta must be scalars")
    return TensorSpec([None], start.dtype)


def _range_kernel(start: Any, limit: Any, delta: Any) -> Any:
    if start.ndim or limit.ndim or delta.ndim:
        raise ValueError("not three numbers")
    first, last, step = start.item(), limit.item(), delta.item()
    if step == 0 or (last - first) / step < 0:
        raise ValueError(f"steps of {step} do not lead from {first} to {last}")
    return np.arange(first, last, step, dtype=start.dtype)


RANGE = register(
    Op("range", ("start", "limit", "delta"), _range_kernel, _range_spec, rules=(None, None, None), label="range",
       family="shape", dtypes=_RANGES, typed=(0, 1, 2))
)  # fmt: skip


def range(start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str = "range") -> Tensor:
    """start, start + delta, ... below ``limit``; with one argument, from 0 up to it.

    The dtype is the widest of the arguments', in the order int32, int64, float32, float64. InvalidArgumentError for a
    step of 0, or one that leads away from the limit; ShapeError unless all are scalars.

    >>> range(3, 18, 5).numpy()
    array([ 3,  8, 13], dtype=int32)
    """
    if limit is None:
        start, limit = 0, start
    plain = dtype is None and start.__class__ is limit.__class__ is delta.__class__ is int
    if plain and 0 <= start <= limit < 2**31 and 0 < delta < 2**31:  # what most ranges are
        return as_constant(np.arange(start, limit, delta, dtype=np.int32), name)
    given = [convert_to_tensor(v, None if is_dense_tensor(v) else dtype) for v in (start, limit, delta)]
    if dtype is None:
        dtype = max((v.dtype for v in given), key=lambda d: (d.is_floating, d.size))
    numbers = [cast(v, dtype) for v in given]
    known = [static_value(v) for v in numbers]
    if any(value is None for value in known):
        return apply(RANGE, numbers)
    with suspended():
        values = apply(RANGE, [EagerTensor._of(value) for value in known])
    return as_constant(values._array, name)


def _linspace_spec(start: TensorSpec, stop: TensorSpec, num: Any, axis: int) -> TensorSpec:
    dims = broadcast_dims(start.dims, stop.dims)
    at = normal_axis(axis, len(dims) + 1)
    if not isinstance(num, Late) and num < 0:
        raise ValueError(f"num must not be negative, but is {num}")
    return TensorSpec([*dims[:at], *known_dims([num]), *dims[at:]], start.dtype)


def _linspace_kernel(start: Any, stop: Any, num: int, axis: int) -> Any:
    wide = np.float32 if start.dtype == BFLOAT16 else start.dtype
    points = np.linspace(start.astype(wide), stop.astype(wide), num, axis=axis, dtype=wide)
    return points.astype(start.dtype)


def _summed_weights(g: Tensor, num: Any, axis: int, of_stop: bool) -> Tensor:
    """How much start or stop adds to each point, times g, summed over the points."""
    steps = cast(range(num), g.dtype)
    share = steps / cast(maximum(num - 1, 1), g.dtype)
    share = share if of_stop else 1 - share
    at = normal_axis(axis, len(g._dims))
    return reduce_sum(g * reshape(share, [-1, *[1] * (len(g._dims) - at - 1)]), axis=at)


LINSPACE = register(
    Op(
        "linspace", ("start", "stop"), _linspace_kernel, _linspace_spec,
        rules=(
            unbroadcasting(lambda g, num, axis: _summed_weights(g, num, axis, False), "dims_start"),
            unbroadcasting(lambda g, num, axis: _summed_weights(g, num, axis, True), "dims_stop"),
        ),
        label="linspace", family="shape", dtypes=FLOATS, typed=(0, 1), flops=elements,
    )
)  # fmt: skip


def linspace(start: Any, stop: Any, num: Any, name: str | None = None, axis: Any = 0) -> Tensor:
    """``num`` values at equal distances from start to stop, both included, along a new axis.

    ``start`` and ``stop`` broadcast; integers become float64. Gradients flow to both. ShapeError for a negative
    ``num``, and where the ends do not broadcast.

    >>> linspace(0.0, 1.0, 3).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
    first = convert_to_tensor(start)
    last = convert_to_tensor(stop, first.dtype)
    if not first.dtype.is_floating:
        first, last = cast(first, float64), cast(last, float64)
    params = {"num": late_int(num, "num"), "axis": static_int(axis, "axis")}
    if is_dense_tensor(start) or is_dense_tensor(stop) or is_dense_tensor(params["num"]):
        return apply_late(LINSPACE, (first, last), **params)
    with suspended():
        values = apply(LINSPACE, (first, last), **params)
    return as_constant(values._array, name or "linspace")


def meshgrid(*args: Any, indexing: str = "xy", name: str = "meshgrid") -> list[Tensor]:
    """Coordinate grids of several vectors: a tensor for each, all of one shape.

    With ``indexing="xy"`` the first vector runs along the second axis, as in a picture; with "ij" along the first.
    ValueError for another ``indexing``.

    >>> [grid.numpy().tolist() for grid in meshgrid([1, 2, 3], [4, 5], indexing="ij")]
    [[[1, 1], [2, 2], [3, 3]], [[4, 5], [4, 5], [4, 5]]]
    """
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got {indexing!r}")
    vectors = [reshape(x, [-1]) for x in args]
    places = list(builtins.range(len(vectors)))
    if indexing == "xy":
        places[:2] = places[:2][::-1]
    shape = [sizes_of(vectors[i])[0] for i in places]
    columns = [[-1 if at == place else 1 for at in builtins.range(len(vectors))] for place in places]
    return [broadcast_to(reshape(x, column), shape) for x, column in zip(vectors, columns, strict=True)]


def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = bool_, name: str | None = None) -> Tensor:
    """For each length a row that is true that many times: of shape lengths.shape + [maxlen].

    ``maxlen`` is the largest length by default. ValueError unless ``maxlen`` is a scalar, InvalidArgumentError if it is
    negative.

    >>> sequence_mask([1, 3]).numpy()
    array([[ True, False, False],
           [ True,  True,  True]])
    """
    counts = convert_to_tensor(lengths)
    longest = convert_to_tensor(maximum(reduce_max(counts), 0) if maxlen is None else maxlen, dtype_hint=counts.dtype)
    if longest._dims:
        raise ValueError(f"Argument `maxlen` must be scalar for sequence_mask, received `maxlen` = {maxlen!r}.")
    mask = less(range(cast(longest, counts.dtype)), expand_dims(counts, -1))
    return cast(mask, dtype)
