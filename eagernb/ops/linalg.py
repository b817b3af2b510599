"""Matrix products.

>>> import eagernb as tf
>>> a = tf.constant([[1.0, 2.0], [3.0, 4.0]])
>>> (a @ a).numpy()
array([[ 7., 10.],
       [15., 22.]], dtype=float32)
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from eagernb.core.apply import apply, binary
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import NUMBERS
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int, static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import UnimplementedError
from eagernb.ops.families import sum_to
from eagernb.ops.shape import expand_dims, reshape, squeeze, transpose


def _matmul_kernel(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Any:
    if a.ndim < 2 or b.ndim < 2:
        raise ValueError("both must have rank 2 or more")
    if transpose_a:
        a = a.swapaxes(-1, -2)
    if transpose_b:
        b = b.swapaxes(-1, -2)
    return np.matmul(a, b)


def _matmul_infer(a: TensorSpec, b: TensorSpec, transpose_a: bool = False, transpose_b: bool = False) -> TensorSpec:
    if len(a.dims) < 2 or len(b.dims) < 2:
        raise ValueError(
            f"both must have rank 2 or more, not {len(a.dims)} and {len(b.dims)}. For a vector use "
            "tf.linalg.matvec, or tf.expand_dims to make it a matrix"
        )
    *batch_a, rows, inner_a = a.dims if not transpose_a else (*a.dims[:-2], a.dims[-1], a.dims[-2])
    *batch_b, inner_b, columns = b.dims if not transpose_b else (*b.dims[:-2], b.dims[-1], b.dims[-2])
    if None not in (inner_a, inner_b) and inner_a != inner_b:
        raise ValueError(
            f"the inner dimensions differ: {inner_a} columns on the left, {inner_b} rows on the right. "
            "Check the order of the arguments, or transpose one with transpose_a=True or transpose_b=True"
        )
    return TensorSpec((*broadcast_dims(batch_a, batch_b), rows, columns), a.dtype)


def _matmul_flops(ins: Any, outs: Any, transpose_a: bool = False, transpose_b: bool = False) -> int:
    inner = ins[0].dims[-2 if transpose_a else -1] or 0
    return 2 * (outs[0].size or 0) * inner


def _matmul_rule_a(g: Tensor, b: Tensor, dims_a: Any, transpose_a: bool = False, transpose_b: bool = False) -> Tensor:
    if transpose_a:
        product = matmul(b, g, transpose_a=transpose_b, transpose_b=True)
    else:
        product = matmul(g, b, transpose_b=not transpose_b)
    return sum_to(product, dims_a)


def _matmul_rule_b(g: Tensor, a: Tensor, dims_b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Tensor:
    if transpose_b:
        product = matmul(g, a, transpose_a=True, transpose_b=transpose_a)
    else:
        product = matmul(a, g, transpose_a=not transpose_a)
    return sum_to(product, dims_b)


MATMUL = register(
    Op(
        "matmul",
        ("a", "b"),
        _matmul_kernel,
        _matmul_infer,
        rules=(Rule.of(_matmul_rule_a), Rule.of(_matmul_rule_b)),
        label="matmul",
        family="linalg",
        dtypes=NUMBERS,
        typed=(0, 1),
        flops=_matmul_flops,
    )
)
_matmul = binary(MATMUL, transpose_a=False, transpose_b=False)


def matmul(
    a: Any,
    b: Any,
    transpose_a: bool = False,
    transpose_b: bool = False,
    adjoint_a: bool = False,
    adjoint_b: bool = False,
    *,
    name: str | None = None,
) -> Tensor:
    """The matrix product of the last two axes; the axes before them are batches, which broadcast.

    Shapes [..., n, k] and [..., k, m] give [..., n, m]. ``a @ b`` is the same. ``transpose_a`` and ``transpose_b`` swap
    the last two axes of an argument first; so do ``adjoint_a`` and ``adjoint_b``, for real numbers.

    >>> matmul(convert_to_tensor([[1, 2]]), convert_to_tensor([[3, 4]]), transpose_b=True).numpy()
    array([[11]], dtype=int32)
    """
    __tracebackhide__ = True
    if adjoint_a or adjoint_b:
        if convert_to_tensor(a).dtype.is_complex:
            raise UnimplementedError("matmul: adjoint_a and adjoint_b of complex numbers are not supported.", "matmul")
        transpose_a, transpose_b = transpose_a or adjoint_a, transpose_b or adjoint_b
    if transpose_a or transpose_b:
        flags = {"transpose_a": bool(transpose_a), "transpose_b": bool(transpose_b)}
        return apply(MATMUL, (a, b), **flags)
    return _matmul(a, b)


def matvec(a: Any, b: Any, transpose_a: bool = False, name: str | None = None) -> Tensor:
    """The product of matrices [..., n, k] and vectors [..., k]: [..., n].

    >>> matvec(convert_to_tensor([[1, 2], [3, 4]]), convert_to_tensor([1, 1])).numpy()
    array([3, 7], dtype=int32)
    """
    a = convert_to_tensor(a)
    b = convert_to_tensor(b, a.dtype)
    return squeeze(matmul(a, expand_dims(b, -1), transpose_a=transpose_a), -1)


def tensordot(a: Any, b: Any, axes: Any, name: str | None = None) -> Tensor:
    """The sum of products over the given axes of both tensors.

    ``axes`` is a number n (the last n axes of a against the first n of b) or a pair of lists.

    >>> x = convert_to_tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> float(tensordot(x, x, [[0, 1], [0, 1]]))
    30.0
    """
    a = convert_to_tensor(a)
    b = convert_to_tensor(b, a.dtype)
    rank_a, rank_b = len(a._dims), len(b._dims)
    if isinstance(axes, (list, tuple)):
        summed_a = [normal_axis(i, rank_a) for i in static_ints(axes[0], "axes[0]")]
        summed_b = [normal_axis(i, rank_b) for i in static_ints(axes[1], "axes[1]")]
    else:
        count = static_int(axes, "axes")
        summed_a, summed_b = list(range(rank_a - count, rank_a)), list(range(count))
    kept_a = [i for i in range(rank_a) if i not in summed_a]
    kept_b = [i for i in range(rank_b) if i not in summed_b]
    rows = reshape(transpose(a, kept_a + summed_a), [_size(a, kept_a), _size(a, summed_a)])
    columns = reshape(transpose(b, summed_b + kept_b), [_size(b, summed_b), _size(b, kept_b)])
    return reshape(rows @ columns, [a._dims[i] for i in kept_a] + [b._dims[i] for i in kept_b])


def _size(x: Tensor, axes: list[int]) -> int:
    return math.prod(x._dims[i] for i in axes)  # type: ignore[misc]
