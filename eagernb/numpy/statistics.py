"""What many elements come to along axes: sums, means, extremes, truth.

Sums of small integers are int64 (uint64), as in NumPy.

>>> import eagernb.numpy as xp
>>> x = xp.asarray([[1, 2], [3, 4]])
>>> xp.sum(x, axis=0), xp.mean(x), xp.std(x, correction=1)
(Array([4, 6], dtype=int64), Array(2.5, dtype=float64), Array(1.29099445, dtype=float64))
"""

from __future__ import annotations

import math
from typing import Any

from eagernb.core.apply import scalar_like
from eagernb.core.dtypes import DType, as_dtype, int64, uint64
from eagernb.core.static import static_int, static_shape
from eagernb.core.tensor import Tensor
from eagernb.numpy.array import gives_arrays
from eagernb.numpy.elementwise import truth
from eagernb.numpy.manipulation import axes_of, concat
from eagernb.numpy.promotion import tensor, wide_floats
from eagernb.ops import cumulative, reduce
from eagernb.ops.arithmetic import abs, square, subtract
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.casting import cast
from eagernb.ops.compare import not_equal
from eagernb.ops.exponential import sqrt


def _total_dtype(dtype: DType, wanted: Any) -> DType:
    if wanted is not None:
        return as_dtype(wanted)
    return uint64 if dtype.is_unsigned else int64 if dtype.is_integer or dtype.is_bool else dtype


@gives_arrays
def sum(x: Any, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Tensor:
    """The sum along the axes (all by default)."""
    x = tensor(x)
    return reduce.reduce_sum(cast(x, _total_dtype(x.dtype, dtype)), axis, keepdims)


@gives_arrays
def prod(x: Any, /, *, axis: Any = None, dtype: Any = None, keepdims: bool = False) -> Tensor:
    """The product along the axes (all by default)."""
    x = tensor(x)
    return reduce.reduce_prod(cast(x, _total_dtype(x.dtype, dtype)), axis, keepdims)


@gives_arrays
def max(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """The largest element along the axes; NaN wins."""
    return reduce.reduce_max(tensor(x), axis, keepdims)


@gives_arrays
def min(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """The smallest element along the axes; NaN wins."""
    return reduce.reduce_min(tensor(x), axis, keepdims)


@gives_arrays
def mean(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """The mean along the axes; of ints, in float64."""
    return reduce.reduce_mean(wide_floats(x)[0], axis, keepdims)


@gives_arrays
def var(x: Any, /, *, axis: Any = None, correction: float = 0.0, keepdims: bool = False) -> Tensor:
    """The mean squared distance from the mean along the axes, the sum divided by their size - ``correction``."""
    x = wide_floats(x)[0]
    distance = subtract(x, reduce.reduce_mean(x, axis, keepdims=True))
    squares = square(abs(distance) if x.dtype.is_complex else distance)
    sizes = [x._dims[i] for i in axes_of(axis, len(x._dims))]
    count = math.prod(static_shape(sizes, "the size of the reduced axes")) - correction
    total = reduce.reduce_sum(squares, axis, keepdims)
    return total / scalar_like(count if count > 0 else 0, total)


@gives_arrays
def std(x: Any, /, *, axis: Any = None, correction: float = 0.0, keepdims: bool = False) -> Tensor:
    """The standard deviation along the axes: the root of ``var``."""
    return sqrt(tensor(var(x, axis=axis, correction=correction, keepdims=keepdims)))


@gives_arrays
def all(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """Whether all elements along the axes are true (not zero)."""
    return reduce.reduce_all(truth(x), axis, keepdims)


@gives_arrays
def any(x: Any, /, *, axis: Any = None, keepdims: bool = False) -> Tensor:
    """Whether any element along the axes is true (not zero)."""
    return reduce.reduce_any(truth(x), axis, keepdims)


def _cumulative(name: str, op: Any, identity: int, doc: str) -> Any:
    def function(x: Any, /, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False) -> Tensor:
        x = tensor(x)
        if axis is None:
            if len(x._dims) != 1:
                raise ValueError(f"{name}: axis is needed for an array of {len(x._dims)} axes.")
            axis = 0
        result = op(cast(x, _total_dtype(x.dtype, dtype)), axis)
        if not include_initial:
            return result
        (at,) = axes_of(axis, len(x._dims))
        dims = [1 if i == at else d for i, d in enumerate(static_shape(x._dims, "the shape"))]
        return concat([broadcast_to(scalar_like(identity, result), dims), result], axis=at)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    return gives_arrays(function)


cumulative_sum = _cumulative(
    "cumulative_sum", cumulative.cumsum, 0, "The running sum along an axis, after a 0 with ``include_initial``."
)
cumulative_prod = _cumulative(
    "cumulative_prod", cumulative.cumprod, 1, "The running product along an axis, after a 1 with ``include_initial``."
)


@gives_arrays
def diff(x: Any, /, *, axis: int = -1, n: int = 1, prepend: Any = None, append: Any = None) -> Tensor:
    """The differences of neighbours along an axis, taken ``n`` times; of bools, whether they differ."""
    parts = [part for part in (prepend, x, append) if part is not None]
    x = tensor(x) if len(parts) == 1 else tensor(concat(parts, axis=axis))
    (at,) = axes_of(axis, len(x._dims))
    before = (slice(None),) * at
    between = not_equal if x.dtype.is_bool else subtract
    for _ in range(static_int(n, "n")):
        x = between(x[(*before, slice(1, None))], x[(*before, slice(None, -1))])
    return x
