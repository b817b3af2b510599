"""tensordot: a product of tensors, summed over chosen axes of both.

>>> import eagernb as tf
>>> images, filters = tf.ones([2, 5, 4]), tf.ones([4, 5])
>>> tf.tensordot(images, filters, axes=[[1, 2], [1, 0]]).numpy()
array([20., 20.], dtype=float32)
"""

from __future__ import annotations

import math
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.late import sizes_of
from eagernb.core.static import static_int, static_ints
from eagernb.core.tensor import Tensor
from eagernb.ops.matmul import matmul
from eagernb.ops.shape import reshape, transpose


def tensordot(a: Any, b: Any, axes: Any, name: str | None = None) -> Tensor:
    """The sum of products over the given axes of both tensors.

    ``axes`` is a number n (the last n axes of ``a`` against the first n of ``b``; 0 gives the outer product) or a pair:
    an axis, or a list of axes, of each. The result has the remaining axes of ``a``, then those of ``b``. Raises
    ValueError if the axes do not go together in number, IndexError if there is no such axis, ShapeError where their
    sizes differ, DTypeError unless both are numbers of one dtype.

    >>> x = [[1.0, 2.0], [3.0, 4.0]]
    >>> float(tensordot(x, x, [[0, 1], [0, 1]]))  # 1 + 4 + 9 + 16
    30.0
    """
    a, b = convert_to_tensor(a), convert_to_tensor(b)
    summed_a, summed_b = _summed_axes(axes, len(a._dims), len(b._dims))
    kept_a = [i for i in range(len(a._dims)) if i not in summed_a]
    kept_b = [i for i in range(len(b._dims)) if i not in summed_b]
    product = matmul(_matrix(a, kept_a, summed_a), _matrix(b, summed_b, kept_b))
    dims = [a._dims[i] for i in kept_a] + [b._dims[i] for i in kept_b]
    if dims.count(None) > 1:
        dims = [sizes_of(a)[i] for i in kept_a] + [sizes_of(b)[i] for i in kept_b]
    return _reshaped(product, dims)


def _summed_axes(axes: Any, rank_a: int, rank_b: int) -> tuple[list[int], list[int]]:
    pair = axes if isinstance(axes, (list, tuple)) else _from_array(axes)
    if pair is None:
        count = static_int(axes, "axes")
        if not 0 <= count <= min(rank_a, rank_b):
            raise ValueError(f"tensordot: axes={count} must be at least 0 and at most the smaller rank, "
                             f"{min(rank_a, rank_b)}.")  # fmt: skip
        return list(range(rank_a - count, rank_a)), list(range(count))
    if len(pair) != 2:
        raise ValueError(f"tensordot: axes must be an integer or a pair, one entry for each tensor, not {axes!r}.")
    summed_a, summed_b = (static_ints(part, "axes") for part in pair)
    if len(summed_a) != len(summed_b):
        raise ValueError(f"tensordot: {len(summed_a)} axes of the first tensor, but {len(summed_b)} of the second.")
    return _from_start(summed_a, rank_a), _from_start(summed_b, rank_b)


def _from_array(axes: Any) -> Any:
    """The two rows of an array of axes; None for a single number."""
    return list(axes) if getattr(axes, "ndim", 0) else None


def _from_start(axes: tuple[int, ...], rank: int) -> list[int]:
    for axis in axes:
        if not -rank <= axis < rank:
            raise IndexError(f"tensordot: there is no axis {axis} in a tensor of rank {rank}.")
    counted = [axis % rank for axis in axes]
    if len(set(counted)) < len(counted):
        raise ValueError(f"tensordot: an axis is named twice in {list(axes)}.")
    return counted


def _matrix(x: Tensor, rows: list[int], columns: list[int]) -> Tensor:
    """The tensor with some of its axes as rows, the others as columns."""
    order = rows + columns
    if order != sorted(order):
        x = transpose(x, order)
    count = len(rows)
    dims = [_product(x._dims[:count]), _product(x._dims[count:])]
    if dims.count(None) > 1 and list(x._dims) != dims:
        sizes = sizes_of(x)
        dims = [math.prod(sizes[:count]), math.prod(sizes[count:])]
    return _reshaped(x, dims)


def _product(sizes: Any) -> int | None:
    return None if None in sizes else math.prod(sizes)


def _reshaped(x: Tensor, dims: list[Any]) -> Tensor:
    """Reshaped where it changes anything; one size may be None, and follows from the others when the graph runs."""
    return x if list(x._dims) == dims else reshape(x, [-1 if d is None else d for d in dims])
