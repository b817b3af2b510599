"""The LU factorization P A = L U, and what is computed with it.

>>> import eagernb as tf
>>> factors, order = tf.linalg.lu([[1.0, 2.0], [2.0, 0.0]])
>>> factors.numpy(), order.numpy()
(array([[2. , 0. ],
       [0.5, 2. ]], dtype=float32), array([1, 0], dtype=int32))
>>> tf.linalg.lu_reconstruct(factors, order).numpy()
array([[1., 2.],
       [2., 0.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import DType, as_dtype, int32
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.creation import eye, ones
from eagernb.ops.diagonals import band_part, diag_part, set_diag
from eagernb.ops.gather import gather
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import LAPACK, batches, cubic, matrix, square
from eagernb.ops.shape import adjoint
from eagernb.ops.solve import triangular_solve
from eagernb.ops.sorting import argsort


class Lu(NamedTuple):
    """L (without its diagonal of ones) and U in one matrix, and the rows of A in the order of those of L U."""

    lu: Tensor
    p: Tensor


def _lu_infer(x: TensorSpec, dtype: DType) -> tuple[TensorSpec, TensorSpec]:
    n = square(x.dims)
    return TensorSpec([*x.dims[:-2], n, n], x.dtype), TensorSpec([*x.dims[:-2], n], dtype)


def _lu_kernel(x: Any, dtype: DType) -> Any:
    from scipy.linalg.lapack import get_lapack_funcs

    square(x.shape)
    (getrf,) = get_lapack_funcs(("getrf",), (x,))
    factors, order = np.empty_like(x), np.empty(x.shape[:-1], dtype.numpy)
    order[...] = np.arange(x.shape[-1])
    for index in batches(x) if x.shape[-1] else ():
        factors[index], swaps, singular = getrf(x[index])
        if singular or np.isnan(factors[index]).any():
            raise ValueError("the matrix is singular, or holds NaN")
        rows = order[index]
        for row, other in enumerate(swaps):
            rows[[row, other]] = rows[[other, row]]
    return factors, order


def _lu_rule(g: Any, out: Any) -> Tensor:
    """P^T L^-H (tril(L^H G, -1) + triu(G U^H)) U^-H: G holds the gradients of L, below its diagonal, and of U.

    It follows from P dA = dL U + L dU, where L^-1 dL is strictly lower triangular and dU U^-1 upper triangular.
    """
    factors, order = out
    lower, upper = _triangles(factors)
    inner = band_part(matmul(lower, g[0], adjoint_a=True), -1, 0)
    inner = set_diag(inner, diag_part(inner) * scalar_like(0, inner))
    inner = inner + band_part(matmul(g[0], upper, adjoint_b=True), 0, -1)
    left = triangular_solve(lower, inner, adjoint=True)
    return _rows(adjoint(triangular_solve(upper, adjoint(left), lower=False)), argsort(order))


LU = register(
    Op("lu", ("x",), _lu_kernel, _lu_infer, rules=(Rule.of(_lu_rule),), label="lu", family="linalg",
       dtypes=LAPACK, typed=(0,), multiple=True, flops=cubic(2 / 3))
)  # fmt: skip


def lu(input: Any, output_idx_type: Any = int32, name: str | None = None) -> Lu:
    """The factors of square matrices [..., n, n], rows being exchanged for the largest pivots.

    Returns ``lu``, which holds L below the diagonal (its own diagonal is ones) and U on and above it, and ``p`` [...,
    n], with ``input[..., p, :] = L U``. Raises InvalidArgumentError for a singular matrix.

    >>> factors, order = lu([[1.0, 2.0], [2.0, 0.0]])
    >>> factors.numpy(), order.numpy()
    (array([[2. , 0. ],
           [0.5, 2. ]], dtype=float32), array([1, 0], dtype=int32))
    """
    return Lu(*apply(LU, (input,), dtype=as_dtype(output_idx_type)))


def _triangles(factors: Tensor) -> tuple[Tensor, Tensor]:
    """L, with ones on its diagonal, and U."""
    dims = static_ints(factors._dims[:-1], "the shape of lu")
    return set_diag(band_part(factors, -1, 0), ones(dims, factors.dtype)), band_part(factors, 0, -1)


def _rows(x: Tensor, order: Tensor) -> Tensor:
    """The rows of each matrix in another order."""
    batch = len(order._dims) - 1
    return gather(x, order, axis=-2, batch_dims=batch)


def _factors(lower_upper: Any, perm: Any) -> tuple[Tensor, Tensor]:
    factors, order = convert_to_tensor(lower_upper, dtype_hint="float32"), convert_to_tensor(perm)
    square(factors._dims)
    if len(order._dims) != len(factors._dims) - 1:
        raise ShapeError(f"lower_upper {factors.shape} needs a perm of one axis less, not {order.shape}.")
    return factors, order


def lu_reconstruct(lower_upper: Any, perm: Any, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The matrices that ``lu`` gave these factors of. ``validate_args`` changes nothing: shapes are always checked.

    ShapeError unless ``perm`` has one axis less.

    >>> lu_reconstruct(*lu([[1.0, 2.0], [2.0, 0.0]])).numpy()
    array([[1., 2.],
           [2., 0.]], dtype=float32)
    """
    factors, order = _factors(lower_upper, perm)
    return _rows(matmul(*_triangles(factors)), argsort(order))


def lu_solve(lower_upper: Any, perm: Any, rhs: Any, validate_args: bool = False, name: str | None = None) -> Tensor:
    """X in A X = B, given ``lu(A)``; batches broadcast.

    ShapeError unless ``rhs`` has as many rows.

    >>> a = [[1.0, 2.0], [2.0, 0.0]]
    >>> lu_solve(*lu(a), rhs=[[5.0], [2.0]]).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    factors, order = _factors(lower_upper, perm)
    b = convert_to_tensor(rhs, dtype_hint=factors.dtype)
    rows, columns = matrix(b._dims)
    if rows != factors._dims[-1]:
        raise ShapeError(f"lu_solve: lower_upper {factors.shape} needs as many rows in rhs, which is {b.shape}.")
    batch = static_ints(broadcast_dims(order._dims[:-1], b._dims[:-2]), "the batch of lu_solve")
    if batch:
        order = broadcast_to(order, (*batch, rows))
        b = broadcast_to(b, (*batch, rows, columns))
    lower, _ = _triangles(factors)
    return triangular_solve(factors, triangular_solve(lower, _rows(b, order)), lower=False)


def lu_matrix_inverse(lower_upper: Any, perm: Any, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The inverse of A, given ``lu(A)``.

    ValueError for factors that are not square.

    >>> lu_matrix_inverse(*lu([[1.0, 2.0], [2.0, 0.0]])).numpy()
    array([[ 0.  ,  0.5 ],
           [ 0.5 , -0.25]], dtype=float32)
    """
    factors, order = _factors(lower_upper, perm)
    *batch, n = static_ints(factors._dims[:-1], "the shape of lower_upper")
    return lu_solve(factors, order, eye(n, batch_shape=batch, dtype=factors.dtype))
