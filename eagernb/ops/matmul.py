"""Matrix products.

>>> import eagernb as tf
>>> a = tf.constant([[1.0, 2.0], [3.0, 4.0]])
>>> (a @ a).numpy()
array([[ 7., 10.],
       [15., 22.]], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core.apply import apply, as_tensors, binary
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import NUMBERS, DType, as_dtype, int8, int32, uint8
from eagernb.core.matrix_free import MatrixFree
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import DTypeError, ShapeError
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj
from eagernb.ops.families import sum_to
from eagernb.ops.shape import adjoint, expand_dims, squeeze


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


def _matmul_kernel(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Any:
    if a.ndim < 2 or b.ndim < 2:
        raise ValueError("both must have rank 2 or more")
    if transpose_a:
        a = a.swapaxes(-1, -2)
    if transpose_b:
        b = b.swapaxes(-1, -2)
        if a.shape[-1] == b.shape[-2] == 1:  # the gradient of a product with one column: NumPy is slow at that
            return a * b + a.dtype.type(0)  # a sum begins at 0.0, so that it is never -0.0
    if a.ndim == b.ndim == 2 and a.dtype.kind == "f":  # (of complex numbers, another last bit)
        return a.dot(b)  # the same, and for small matrices twice as fast
    return np.matmul(a, b)


def _matmul_rule_a(g: Tensor, b: Tensor, dims_a: Any, transpose_a: bool = False, transpose_b: bool = False) -> Tensor:
    b = conj(b)
    product = _products[transpose_b, True](b, g) if transpose_a else _products[False, not transpose_b](g, b)
    return sum_to(product, dims_a)


def _matmul_rule_b(g: Tensor, a: Tensor, dims_b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Tensor:
    a = conj(a)
    product = _products[True, transpose_a](g, a) if transpose_b else _products[not transpose_a, False](a, g)
    return sum_to(product, dims_b)


def _matmul_flops(ins: Any, outs: Any, transpose_a: bool = False, transpose_b: bool = False) -> int:
    inner = ins[0].dims[-2 if transpose_a else -1] or 0
    return 2 * (outs[0].size or 0) * inner


MATMUL = register(
    Op("matmul", ("a", "b"), _matmul_kernel, _matmul_infer, rules=(Rule.of(_matmul_rule_a), Rule.of(_matmul_rule_b)),
       label="matmul", family="linalg", dtypes=NUMBERS, typed=(0, 1), linear=True, fresh=True, total=True,
       flops=_matmul_flops, swaps=("transpose_a", "transpose_b"))
)  # fmt: skip


def _with_operator(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Any:
    """What the short way is not for: a ``tf.linalg.LinearOperator`` among the factors, or anything to be converted."""
    a, b = inputs
    if isinstance(a, MatrixFree) or isinstance(b, MatrixFree):
        return _operator_product(a, b, False, False)
    return apply(op, inputs, **params)


# By (transpose_a, transpose_b).
_products = {
    (a, b): binary(MATMUL, _with_operator, transpose_a=a, transpose_b=b) for a in (False, True) for b in (False, True)
}
plain_matmul = _products[False, False]  # what `a @ b` calls: matmul without its options


def matmul(
    a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False, adjoint_a: bool = False,
    adjoint_b: bool = False, a_is_sparse: bool = False, b_is_sparse: bool = False, output_type: Any = None,
    grad_a: bool = False, grad_b: bool = False, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The matrix product of the last two axes; the axes before them are batches, which broadcast.

    Shapes [..., n, k] and [..., k, m] give [..., n, m]. ``a @ b`` is the same, but that an array ``a`` keeps its own
    dtype here. ``transpose_a`` and ``transpose_b`` swap the last two axes of an argument first; ``adjoint_a`` and
    ``adjoint_b`` conjugate it as well. With ``output_type=tf.int32``, 8-bit integers are multiplied without overflow.
    The hints ``a_is_sparse``, ``b_is_sparse``, ``grad_a`` and ``grad_b`` change nothing here. ShapeError where k
    differs, a rank is less than 2 or the batches do not broadcast; DTypeError unless both are numbers of one dtype;
    ValueError for an argument both transposed and adjoined.

    >>> matmul(convert_to_tensor([[1, 2]]), convert_to_tensor([[3, 4]]), transpose_b=True).numpy()
    array([[11]], dtype=int32)
    """
    __tracebackhide__ = True
    if a.__class__ is not EagerTensor and not (is_dense_tensor(a) or isinstance(a, MatrixFree)):
        a = convert_to_tensor(a)  # its dtype decides: b's is not asked, as it is in `a @ b`
    if not (transpose_a or transpose_b or adjoint_a or adjoint_b or output_type is not None):
        return plain_matmul(a, b)
    if isinstance(a, MatrixFree) or isinstance(b, MatrixFree):
        if transpose_a or transpose_b:
            raise ValueError("matmul: an operator can be adjoined (adjoint_a, adjoint_b), not transposed.")
        return _operator_product(a, b, adjoint_a, adjoint_b)
    if (transpose_a and adjoint_a) or (transpose_b and adjoint_b):
        raise ValueError("matmul: an argument can be transposed or adjoined (transposed and conjugated), not both.")
    a, b = as_tensors(MATMUL, (a, b)) if output_type is None else _as_output(a, b, as_dtype(output_type))
    a, b = conj(a) if adjoint_a else a, conj(b) if adjoint_b else b
    return _products[bool(transpose_a or adjoint_a), bool(transpose_b or adjoint_b)](a, b)


def _operator_product(a: Any, b: Any, adjoint_a: bool, adjoint_b: bool) -> Any:
    """The product of an operator and a matrix, or of two operators: an operator multiplies from the left."""
    if isinstance(a, MatrixFree):
        return a.matmul(b, adjoint=adjoint_a, adjoint_arg=adjoint_b)
    return adjoint(b.matmul(a, adjoint=not adjoint_b, adjoint_arg=not adjoint_a))  # A B = (B^H A^H)^H


_BYTES = (int8, uint8)


def _as_output(a: Any, b: Any, dtype: DType) -> tuple[Tensor, Tensor]:
    """The arguments in the dtype of the product; 8-bit integers widen to int32, all else must have it already."""
    a, b = convert_to_tensor(a), convert_to_tensor(b)
    if dtype is int32 and a.dtype in _BYTES and b.dtype in _BYTES:
        return cast(a, dtype), cast(b, dtype)
    if not (a.dtype is b.dtype is dtype):
        raise DTypeError(
            f"matmul of {a.dtype.name} and {b.dtype.name} cannot give output_type {dtype.name}: only 8-bit integers "
            "change, to int32. Use tf.cast on the arguments or on the result.",
            "matmul",
        )
    return a, b


def matvec(
    a: Any, b: Any, transpose_a: bool = False, adjoint_a: bool = False, a_is_sparse: bool = False,
    b_is_sparse: bool = False, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The product of matrices [..., n, k] and vectors [..., k]: [..., n].

    ``transpose_a`` swaps the last two axes of ``a`` first, ``adjoint_a`` conjugates it as well. ShapeError where k
    differs or there is no matrix, DTypeError unless both are of one dtype.

    >>> matvec(convert_to_tensor([[1, 2], [3, 4]]), convert_to_tensor([1, 1])).numpy()
    array([3, 7], dtype=int32)
    """
    if isinstance(a, MatrixFree):
        return a.matvec(b, adjoint=adjoint_a)
    a, b = convert_to_tensor(a), convert_to_tensor(b)
    if not b._dims:
        raise ShapeError(f"matvec: the second argument must be a vector [..., k], not a scalar; a is {a.shape}.")
    return squeeze(matmul(a, expand_dims(b, -1), transpose_a=transpose_a, adjoint_a=adjoint_a), -1)
