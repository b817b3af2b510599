"""Reductions along axes.

>>> import eagernb as tf
>>> x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
>>> float(tf.reduce_sum(x)), tf.reduce_mean(x, axis=0).numpy(), tf.reduce_max(x, axis=1, keepdims=True).numpy()
(10.0, array([2., 3.], dtype=float32), array([[2.],
       [4.]], dtype=float32))
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from eagernb.core.apply import scalar_like, unary
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import BOOLS, OF_NUMPY, REAL, WIDE_FLOATS
from eagernb.core.late import apply_late, sizes_of
from eagernb.core.laws import Laws
from eagernb.core.shape import UnknownDims
from eagernb.core.static import normal_axes, static_ints
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.ops.arithmetic import realdiv, square
from eagernb.ops.broadcasting import BROADCAST_TO
from eagernb.ops.casting import cast
from eagernb.ops.compare import equal, is_finite
from eagernb.ops.complex import conj, real
from eagernb.ops.cumulative import cumprod
from eagernb.ops.exponential import exp, log, sqrt
from eagernb.ops.families import reduction, reshape_to
from eagernb.ops.shape import RESHAPE, reshape, size, squeeze, transpose
from eagernb.ops.stop_gradient import stop_gradient
from eagernb.ops.where import where

# Called by position, since NumPy takes nearly twice as long over a small array if it has to look for names: the array,
# axis, dtype, out, keepdims, initial. Any, because its stubs have keepdims by name only.
_sum: Any = np.add.reduce
_prod: Any = np.multiply.reduce
_max: Any = np.maximum.reduce
_min: Any = np.minimum.reduce
_any: Any = np.logical_or.reduce
_all: Any = np.logical_and.reduce


def _restored(g: Tensor, dims: Any, axis: Any) -> Tensor:
    """g with the reduced axes back, as size 1."""
    if axis is None and isinstance(dims, UnknownDims):
        return g  # a single number broadcasts as it is
    axes = normal_axes(axis, len(dims))
    if None in dims:
        dims = sizes_of(dims)
        return apply_late(RESHAPE, (g,), shape=tuple(1 if i in axes else d for i, d in enumerate(dims)))
    return reshape_to(g, [1 if i in axes else d for i, d in enumerate(dims)])


def _spread(g: Tensor, dims_x: Any, axis: Any) -> Tensor:
    """g repeated along the reduced axes, to the shape from before the reduction."""
    if dims_x.__class__ is tuple and g.__class__ is EagerTensor and not g._array.shape:  # the gradient of a loss
        return _broadcaster(dims_x)(g)
    if isinstance(dims_x, UnknownDims) and axis is None:
        return where(equal(dims_x.symbol, dims_x.symbol), g, g)  # whatever it compares to, it broadcasts
    if g._dims:  # a single number broadcasts as it is
        g = _restored(g, dims_x, axis)
    if None in dims_x:
        return apply_late(BROADCAST_TO, (g,), shape=sizes_of(dims_x))
    return _broadcaster(dims_x)(g)


@lru_cache(256)
def _broadcaster(shape: tuple[int, ...]) -> Callable[..., Tensor]:
    return unary(BROADCAST_TO, shape=shape)  # every loss that is a sum or mean needs it: the short way


PLAIN_SUM = 10_000  # elements: up to here a sum is NumPy's own, along whichever axes


def _is_of_short_rows(x: Any, axis: Any) -> bool:
    """Whether all axes but the last are summed over, and there is much more of them than of that."""
    return (
        x.shape[-1] <= 64
        and x.dtype in WIDE_FLOATS
        and x.flags.c_contiguous
        and axis is not None
        and normal_axes(axis, x.ndim) == tuple(range(x.ndim - 1))
    )


def _sum_kernel(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    if x.size > PLAIN_SUM and not keepdims and _is_of_short_rows(x, axis):  # a bias's gradient: NumPy takes its time
        return np.einsum("ij->j", x.reshape(-1, x.shape[-1]))
    return _sum(x, axis, x.dtype, None, keepdims)


reduce_sum = reduction(
    "reduce_sum", _sum_kernel, _spread, label="Σ", linear=True, laws=Laws(repeats="add", start=0.0),
    doc="The sum along the axes, in the dtype of the input.",
    example="reduce_sum([[1, 2], [3, 4]], axis=0) -> [4 6]",
)  # fmt: skip


def _count(dims: Any, axis: Any) -> Any:
    """How many elements become one: a number, or a symbol if a size is unknown yet."""
    if axis is None and None not in dims:
        return math.prod(dims)
    if axis is None and isinstance(dims, UnknownDims):
        return size(dims.symbol)
    axes = normal_axes(axis, len(dims))
    if None in [dims[a] for a in axes]:
        dims = sizes_of(dims)
    return math.prod(dims[a] for a in axes)


def _integer_mean(x: Any, axis: Any, keepdims: bool, count: int) -> Any:
    """As TensorFlow has it: summed in 64 bits, truncated towards zero, 0 of nothing."""
    wide = np.int64 if x.dtype.kind == "i" else np.uint64
    total = _sum(x, axis, wide, None, keepdims)
    return ((total - np.fmod(total, wide(count))) // wide(count)).astype(x.dtype)


def _mean_kernel(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    count = _count(x.shape, axis)
    if x.dtype.kind in "iu":
        return _integer_mean(x, axis, keepdims, count)
    return np.true_divide(_sum_kernel(x, axis, keepdims), x.dtype.type(count))


def _divided(g: Tensor, dims_x: Any, axis: Any) -> Tensor:
    """g divided among the elements that became one."""
    count = _count(dims_x, axis)
    return realdiv(g, cast(count, g.dtype) if isinstance(count, Tensor) else scalar_like(count, g))


reduce_mean = reduction(
    "reduce_mean", _mean_kernel,
    lambda g, dims_x, axis: _spread(_divided(g, dims_x, axis), dims_x, axis), label="mean", linear=True,
    doc="The mean along the axes; of integers, an integer truncated towards zero.",
    example="reduce_mean([[1.0, 2.0], [3.0, 4.0]], axis=1) -> [1.5 3.5]",
)  # fmt: skip


def _extremum_rule(g: Tensor, x: Tensor, out: Tensor, axis: Any) -> Tensor:
    """g to the extreme elements, evenly split among ties."""
    hit = cast(x == _restored(out, x._dims, axis), g.dtype)
    shares = reduce_sum(hit, axis=axis, keepdims=True)
    return hit / shares * _restored(g, x._dims, axis)


reduce_max = reduction(
    "reduce_max",
    lambda x, axis=None, keepdims=False: _max(x, axis, None, None, keepdims, OF_NUMPY[x.dtype].lowest),
    _extremum_rule, label="max", allowed=REAL, laws=Laws(repeats="maximum"),
    doc="The largest element along the axes; ties share the gradient evenly.",
    example="reduce_max([[1, 5], [7, 3]], axis=1) -> [5 7]",
)  # fmt: skip
reduce_min = reduction(
    "reduce_min",
    lambda x, axis=None, keepdims=False: _min(x, axis, None, None, keepdims, OF_NUMPY[x.dtype].highest),
    _extremum_rule, label="min", allowed=REAL, laws=Laws(repeats="minimum"),
    doc="The smallest element along the axes; ties share the gradient evenly.",
    example="reduce_min([[1, 5], [7, 3]], axis=1) -> [1 3]",
)  # fmt: skip


def _prod_rule(g: Tensor, x: Tensor, axis: Any) -> Tensor:
    """g times the product of all others: exact with zeros, since nothing is divided."""
    rank = len(x._dims)
    axes = normal_axes(axis, rank)
    kept = [i for i in range(rank) if i not in axes]
    order = [*kept, *axes]
    moved = transpose(x, order)
    dims = sizes_of(x._dims) if None in x._dims else x._dims
    flat = reshape(moved, [math.prod(dims[i] for i in kept), math.prod(dims[i] for i in axes)])
    others = cumprod(flat, 1, exclusive=True) * cumprod(flat, 1, exclusive=True, reverse=True)
    back = transpose(reshape_to(others, moved._dims), sorted(range(rank), key=order.__getitem__))
    return conj(back) * _restored(g, x._dims, axis)


reduce_prod = reduction(
    "reduce_prod",
    lambda x, axis=None, keepdims=False: _prod(x, axis, x.dtype, None, keepdims),
    _prod_rule, label="Π", laws=Laws(repeats="multiply"),
    doc="The product along the axes; its gradient is exact where elements are 0.",
    example="reduce_prod([[1, 2], [3, 4]], axis=1) -> [ 2 12]",
)  # fmt: skip


def _norm_kernel(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    squares = _sum_kernel(x * np.conjugate(x), axis, keepdims)
    return np.sqrt(squares).astype(x.dtype)


reduce_euclidean_norm = reduction(
    "reduce_euclidean_norm", _norm_kernel,
    lambda g, x, out, axis: x / (_restored(out, x._dims, axis) / _restored(g, x._dims, axis)), label="√Σx²",
    doc="The root of the sum of squares along the axes; of integers, truncated. Its gradient is NaN where it is 0.",
    example="reduce_euclidean_norm([[3.0, 4.0], [5.0, 12.0]], axis=1) -> [ 5. 13.]",
)  # fmt: skip
reduce_any = reduction(
    "reduce_any", lambda x, axis=None, keepdims=False: _any(x, axis, None, None, keepdims),
    label="any", allowed=BOOLS, laws=Laws(repeats="logical_or"),
    doc="Whether any element along the axes is true.",
    example="reduce_any([[True, False], [False, False]], axis=1) -> [ True False]",
)  # fmt: skip
reduce_all = reduction(
    "reduce_all", lambda x, axis=None, keepdims=False: _all(x, axis, None, None, keepdims),
    label="all", allowed=BOOLS, laws=Laws(repeats="logical_and"),
    doc="Whether all elements along the axes are true.",
    example="reduce_all([[True, True], [True, False]], axis=1) -> [ True False]",
)  # fmt: skip


def reduce_variance(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The mean squared distance from the mean along the axes (divided by n, not n - 1).

    ``axis``, ``keepdims`` and shapes are those of ``reduce_sum``. TypeError for integers.

    >>> float(reduce_variance([1.0, 3.0]))
    1.0
    """
    x = convert_to_tensor(input_tensor)
    if x.dtype.is_integer:
        raise TypeError(f"reduce_variance needs floats or complex numbers, not {x.dtype.name}. Use tf.cast to convert.")
    distance = x - reduce_mean(x, axis, keepdims=True)
    squared = real(conj(distance) * distance) if x.dtype.is_complex else square(distance)
    return reduce_mean(squared, axis, keepdims)


def reduce_std(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """The standard deviation along the axes: the root of ``reduce_variance``. Its gradient is NaN where it is 0.

    TypeError for integers, ShapeError for an axis that is not there.

    >>> reduce_std([[1.0, 3.0], [5.0, 7.0]], axis=1).numpy()
    array([1., 1.], dtype=float32)
    """
    return sqrt(reduce_variance(input_tensor, axis, keepdims))


def reduce_logsumexp(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
    """log(sum(exp(x))) along the axes, shifted by the largest element so that nothing overflows.

    ``axis``, ``keepdims`` and shapes are those of ``reduce_sum``. DTypeError for integers.

    >>> float(reduce_logsumexp([1000.0, -1000.0]))
    1000.0
    """
    x = convert_to_tensor(input_tensor)
    axes = None if axis is None else static_ints(axis, "axis")
    largest = stop_gradient(reduce_max(x, axes, keepdims=True))
    # Of infinities only (or of nothing) there is no shift: infinity minus infinity would be NaN.
    largest = where(is_finite(largest), largest, scalar_like(0, largest))
    result = log(reduce_sum(exp(x - largest), axes, keepdims=True)) + largest
    if keepdims:
        return result
    if axes is None:
        return reshape(result, [])
    return squeeze(result, axes) if axes else result
