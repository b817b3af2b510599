"""Products of matrices and vectors: the part of linear algebra that the standard has in its main namespace.

>>> import eagernb.numpy as xp
>>> xp.matmul(xp.asarray([[1, 2], [3, 4]]), xp.asarray([1.0, 1.0]))
Array([3., 7.], dtype=float64)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.tensor import Tensor
from eagernb.numpy.array import gives_arrays
from eagernb.numpy.promotion import promoted, tensor
from eagernb.ops import matmul as matrix_products
from eagernb.ops import reduce
from eagernb.ops import shape as shapes
from eagernb.ops import tensordot as contractions
from eagernb.ops.complex import conj


@gives_arrays
def matmul(x1: Any, x2: Any, /) -> Tensor:
    """The matrix product of the last two axes; a vector counts as a row on the left, as a column on the right."""
    a, b = promoted(x1, x2)
    row, column = len(a._dims) == 1, len(b._dims) == 1
    product = matrix_products.matmul(shapes.expand_dims(a, 0) if row else a, shapes.expand_dims(b, 1) if column else b)
    dropped = [-2] * row + [-1] * column
    return shapes.squeeze(product, dropped) if dropped else product


@gives_arrays
def matrix_transpose(x: Any, /) -> Tensor:
    """The last two axes swapped."""
    return shapes.matrix_transpose(tensor(x))


@gives_arrays
def tensordot(x1: Any, x2: Any, /, *, axes: Any = 2) -> Tensor:
    """The sum of products over axes of both: the last n of x1 and first n of x2, or those in a pair of lists."""
    a, b = promoted(x1, x2)
    return contractions.tensordot(a, b, axes)


@gives_arrays
def vecdot(x1: Any, x2: Any, /, *, axis: int = -1) -> Tensor:
    """The sum of conj(x1) x2 along an axis; the other axes broadcast."""
    if axis >= 0:
        raise ValueError(f"vecdot: axis is {axis}; it must be negative, so that it means the same axis of both.")
    a, b = promoted(x1, x2)
    if a._dims[axis] != b._dims[axis]:
        raise ValueError(f"vecdot: axis {axis} has size {a._dims[axis]} in one array and {b._dims[axis]} in the other.")
    return reduce.reduce_sum((conj(a) if a.dtype.is_complex else a) * b, axis)
