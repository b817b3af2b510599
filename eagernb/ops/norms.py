"""Norms of vectors and matrices.

>>> import eagernb as tf
>>> x = tf.constant([[3.0, 0.0], [4.0, 0.0]])
>>> tf.norm(x).numpy(), tf.norm(x, ord=1, axis=0).numpy(), tf.norm(x, ord=np.inf, axis=[0, 1]).numpy()
(np.float32(5.0), array([7., 0.], dtype=float32), np.float32(4.0))
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.static import normal_axes
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import abs, pow
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj
from eagernb.ops.exponential import sqrt
from eagernb.ops.reduce import reduce_max, reduce_sum
from eagernb.ops.shape import expand_dims, squeeze, transpose
from eagernb.ops.svd import svd

MATRIX_ORDERS = ("euclidean", "fro", 1, 2, np.inf)


def norm(
    tensor: Any, ord: Any = "euclidean", axis: Any = None, keepdims: Any = None, name: str | None = None
) -> Tensor:
    """The norm of all elements, of the vectors along an axis (an int), or of the matrices on two (a pair).

    ``ord`` is "euclidean" (the root of the sum of squares), 1, 2, ``np.inf`` or, for vectors, any positive number. For
    matrices 1 and infinity are the largest sum of absolute values of a column and of a row, 2 is the largest singular
    value, and "fro" is another name of "euclidean". The gradient of the Euclidean norm at zero is NaN. DTypeError for
    integers, ShapeError for an axis that is not there, ValueError for an unknown ``ord``.

    >>> float(norm([3.0, 4.0])), norm([[3.0, 4.0], [6.0, 8.0]], axis=1).numpy()
    (5.0, array([ 5., 10.], dtype=float32))
    """
    axes = _checked(ord, axis)
    x = convert_to_tensor(tensor)
    if axes is not None and len(axes) == 2 and ord == 2:
        result = _largest_singular_value(x, axes)
    elif ord in ("euclidean", "fro", 2):
        result = sqrt(reduce_sum(x * conj(x), axis=axes, keepdims=True))
    elif ord == np.inf:
        sizes = abs(x) if axes is None or len(axes) == 1 else reduce_sum(abs(x), axis=axes[1], keepdims=True)
        result = reduce_max(sizes, axis=None if axes is None else axes[0], keepdims=True)
    elif ord == 1:
        result = reduce_sum(abs(x), axis=None if axes is None else axes[0], keepdims=True)
        result = result if axes is None or len(axes) == 1 else reduce_max(result, axis=axes[1], keepdims=True)
    else:
        result = pow(reduce_sum(pow(abs(x), ord), axis=axes, keepdims=True), 1.0 / ord)
    return result if keepdims else squeeze(result, axes)


def _checked(order: Any, axis: Any) -> tuple[int, ...] | None:
    """The axes as a tuple, None for all of them; ValueError unless there is such a norm."""
    if isinstance(axis, (tuple, list)) and len(axis) == 2:
        if not all(isinstance(a, int) for a in axis) or axis[0] == axis[1]:
            raise ValueError(f"norm: axis must be None, an integer, or a pair of different integers, not {axis}.")
        if order not in MATRIX_ORDERS:
            raise ValueError(f"norm: of matrices, ord must be one of {list(MATRIX_ORDERS)}, not {order!r}.")
        return tuple(axis)
    if axis is not None and not isinstance(axis, int):
        raise ValueError(f"norm: axis must be None, an integer, or a pair of different integers, not {axis!r}.")
    if order != "euclidean" and (not np.isreal(order) or isinstance(order, str) or order <= 0):
        raise ValueError(f"norm: of vectors, ord must be 'euclidean' or a positive number, not {order!r}.")
    return None if axis is None else (axis,)


def _largest_singular_value(x: Tensor, axes: tuple[int, ...]) -> Tensor:
    rank = len(x._dims)
    matrix_axes = normal_axes(axes, rank)
    order = [i for i in range(rank) if i not in matrix_axes] + list(matrix_axes)
    largest = reduce_max(svd(transpose(x, order), compute_uv=False), axis=-1, keepdims=True)
    return transpose(expand_dims(largest, -1), sorted(range(rank), key=order.__getitem__))


def normalize(tensor: Any, ord: Any = "euclidean", axis: Any = None, name: str | None = None) -> tuple[Tensor, Tensor]:
    """The tensor divided by its norm (see ``norm``), and the norm, its axes kept with size 1.

    DTypeError for integers.

    >>> [part.numpy().tolist() for part in normalize([3.0, 4.0])]
    [[0.6000000238418579, 0.800000011920929], [5.0]]
    """
    x = convert_to_tensor(tensor)
    size = cast(norm(x, ord, axis, keepdims=True), x.dtype)
    return x / size, size
