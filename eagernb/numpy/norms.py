"""Norms of vectors and matrices, of any of the standard's orders."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import scalar_like
from eagernb.core.tensor import Tensor
from eagernb.numpy.array import gives_arrays
from eagernb.numpy.manipulation import axes_of
from eagernb.numpy.promotion import wide_floats
from eagernb.ops import reduce
from eagernb.ops.arithmetic import abs, maximum, pow, square
from eagernb.ops.casting import cast
from eagernb.ops.compare import not_equal
from eagernb.ops.exponential import sqrt
from eagernb.ops.shape import expand_dims
from eagernb.ops.svd import svd


@gives_arrays
def vector_norm(x: Any, /, *, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Tensor:
    """The norm of the vectors along the axes (of all elements as one vector by default).

    ``ord`` is any number: 2 the length, 1 the sum of absolute values, infinity the largest and minus infinity the
    smallest of them, 0 how many are not zero; else sum(|x|^ord)^(1/ord).
    """
    sizes = abs(wide_floats(x)[0])
    axes = axes_of(axis, len(sizes._dims))
    if ord == np.inf:
        return maximum(reduce.reduce_max(sizes, axes, keepdims), scalar_like(0, sizes))  # of no elements, 0
    if ord == -np.inf:
        return reduce.reduce_min(sizes, axes, keepdims)
    if ord == 0:
        return reduce.reduce_sum(cast(not_equal(sizes, scalar_like(0, sizes)), sizes.dtype), axes, keepdims)
    if ord == 1:
        return reduce.reduce_sum(sizes, axes, keepdims)
    if ord == 2:
        return sqrt(reduce.reduce_sum(square(sizes), axes, keepdims))
    return pow(reduce.reduce_sum(pow(sizes, scalar_like(ord, sizes)), axes, keepdims), scalar_like(1 / ord, sizes))


@gives_arrays
def matrix_norm(x: Any, /, *, keepdims: bool = False, ord: Any = "fro") -> Tensor:
    """The norm of matrices: of the last two axes.

    ``ord`` is "fro" (the root of the sum of squares), "nuc" (the sum of the singular values), 2 or -2 (the largest or
    smallest singular value), 1 or -1 (the largest or smallest sum of a column's absolute values), or plus or minus
    infinity (of a row's).
    """
    (x,) = wide_floats(x)
    if len(x._dims) < 2:
        raise ValueError(f"matrix_norm needs matrices, not shape {x.shape}.")
    if ord in ("fro", None):
        return sqrt(reduce.reduce_sum(square(abs(x)), (-2, -1), keepdims))
    if ord in ("nuc", 2, -2):
        of = {"nuc": reduce.reduce_sum, 2: reduce.reduce_max, -2: reduce.reduce_min}[ord]
        return _last_two(of(svd(x, compute_uv=False), -1), keepdims)
    if ord in (1, -1, np.inf, -np.inf):
        sums = reduce.reduce_sum(abs(x), -2 if ord in (1, -1) else -1)
        return _last_two((reduce.reduce_max if ord > 0 else reduce.reduce_min)(sums, -1), keepdims)
    raise ValueError(f'matrix_norm: ord is {ord!r}, not one of "fro", "nuc", 1, -1, 2, -2, inf, -inf or None.')


def _last_two(norms: Tensor, keepdims: bool) -> Tensor:
    return expand_dims(expand_dims(norms, -1), -1) if keepdims else norms
