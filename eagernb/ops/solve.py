"""Inverses and systems of linear equations.

>>> import eagernb as tf
>>> a = tf.constant([[2.0, 1.0], [1.0, 3.0]])
>>> tf.linalg.solve(a, [[3.0], [5.0]]).numpy().round(4)
array([[0.8],
       [1.4]], dtype=float32)

The gradients are those of Mike Giles, "An extended collection of matrix derivative results for forward and reverse mode
algorithmic differentiation" (2008), sections 2.2.3 and 2.3.1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import INEXACT
from eagernb.core.matrix_free import MatrixFree
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims, broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative
from eagernb.ops.diagonals import band_part, diag
from eagernb.ops.families import sum_to
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import LAPACK, batches, cubic, in_single, matrix, merged, same_size, square, square_like

SINGULAR = "the matrix is singular, so that it has no inverse. tf.linalg.pinv exists for every matrix"


def _adjoint(x: Any) -> Any:
    return np.conjugate(x.swapaxes(-1, -2))


def _nonsingular(function: Any, *arrays: Any) -> Any:
    if np.isnan(arrays[0]).any():
        raise ValueError("the matrix holds NaN")
    try:
        return function(*arrays)
    except np.linalg.LinAlgError as error:
        raise ValueError(SINGULAR if "Singular" in str(error) else str(error)) from None


@in_single
def _inv_kernel(x: Any, adjoint: bool) -> Any:
    return _nonsingular(np.linalg.inv, _adjoint(x) if adjoint else x)


def _inv_rule(g: Tensor, out: Tensor, adjoint: bool) -> Tensor:
    """-A^-H G A^-H, and the same with G^H for the inverse of the adjoint."""
    inner = matmul(g, out, adjoint_a=adjoint, adjoint_b=not adjoint)
    return negative(matmul(out, inner, adjoint_a=not adjoint))


INV = register(
    Op("inv", ("x",), _inv_kernel, square_like, rules=(Rule.of(_inv_rule),), label="x⁻¹", family="linalg",
       dtypes=INEXACT, typed=(0,), flops=cubic(2))
)  # fmt: skip


def inv(input: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """The inverse of square matrices [..., n, n]; with ``adjoint``, that of their adjoints.

    To solve a system, ``solve`` is faster and more accurate. InvalidArgumentError for a singular matrix, ShapeError for
    matrices that are not square, DTypeError for integers.

    >>> inv([[1.0, 2.0], [0.0, 4.0]]).numpy()
    array([[ 1.  , -0.5 ],
           [ 0.  ,  0.25]], dtype=float32)
    """
    if isinstance(input, MatrixFree):
        return input.inverse().adjoint() if adjoint else input.inverse()
    return apply(INV, (input,), adjoint=bool(adjoint))


def _system_dims(a: Dims, b: Dims, batch_of: Callable[[Dims, Dims], Dims]) -> Dims:
    """The dimensions of X in A X = B."""
    rows, columns = matrix(b)
    rows = same_size(square(a), rows, "the numbers of rows of the matrix and of the right-hand side differ")
    return (*batch_of(a[:-2], b[:-2]), rows, columns)


def _solve_infer(matrix: TensorSpec, rhs: TensorSpec, adjoint: bool) -> TensorSpec:
    return TensorSpec(_system_dims(matrix.dims, rhs.dims, merged), matrix.dtype)


def _solve_kernel(matrix: Any, rhs: Any, adjoint: bool) -> Any:
    _system_dims(matrix.shape, rhs.shape, merged)
    return _nonsingular(np.linalg.solve, _adjoint(matrix) if adjoint else matrix, rhs)


def _solve_rule_matrix(g: Tensor, matrix: Tensor, out: Tensor, adjoint: bool) -> Tensor:
    flowing = solve(matrix, g, adjoint=not adjoint)
    return _outer(flowing, out, adjoint)


def _outer(flowing: Tensor, out: Tensor, adjoint: bool) -> Tensor:
    """The gradient of a matrix A, of X in A X = B, from the gradient of B."""
    if adjoint:
        flowing, out = out, flowing
    return negative(matmul(flowing, out, adjoint_b=True))


COLUMNS = "The right-hand side is a matrix [..., n, k]; of a vector b, make one with b[..., tf.newaxis]."
SOLVE = register(
    Op("solve", ("matrix", "rhs"), _solve_kernel, _solve_infer, remedy=COLUMNS,
       rules=(
           Rule.of(_solve_rule_matrix),
           Rule.of(lambda g, matrix, adjoint: solve(matrix, g, adjoint=not adjoint)),
       ),
       label="solve", family="linalg", dtypes=LAPACK, typed=(0, 1), flops=cubic(2 / 3))
)  # fmt: skip


def solve(matrix: Any, rhs: Any, adjoint: bool = False, name: str | None = None) -> Tensor:
    """X in A X = B, for square matrices A [..., n, n] and B [..., n, k]; with ``adjoint``, in A^H X = B.

    Batches must be equal. Raises InvalidArgumentError for a singular matrix. ShapeError for matrices that are not
    square or another number of rows, DTypeError for integers.

    >>> solve([[2.0, 0.0], [1.0, 1.0]], [[2.0], [3.0]]).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    if isinstance(matrix, MatrixFree):
        return matrix.solve(rhs, adjoint=adjoint)
    if isinstance(rhs, MatrixFree):
        raise ValueError("solve: a tensor as `matrix` and an operator as `rhs` do not go together. Use rhs.to_dense().")
    return apply(SOLVE, (matrix, rhs), adjoint=bool(adjoint))


def _triangular_infer(matrix: TensorSpec, rhs: TensorSpec, lower: bool, adjoint: bool) -> TensorSpec:
    return TensorSpec(_system_dims(matrix.dims, rhs.dims, broadcast_dims), matrix.dtype)


def _triangular_kernel(matrix: Any, rhs: Any, lower: bool, adjoint: bool) -> Any:
    from scipy.linalg.blas import get_blas_funcs

    dims: Any = _system_dims(matrix.shape, rhs.shape, broadcast_dims)
    result = np.empty(dims, matrix.dtype)
    if not result.size:
        return result
    trsm = get_blas_funcs("trsm", (matrix,))
    a = np.broadcast_to(matrix, (*result.shape[:-2], *matrix.shape[-2:]))
    b = np.broadcast_to(rhs, result.shape)
    for index in batches(result):
        result[index] = trsm(1.0, a[index], b[index], lower=lower, trans_a=2 if adjoint else 0)
    return result


def _triangular_rule_matrix(
    g: Tensor, matrix: Tensor, out: Tensor, dims_matrix: Any, lower: bool, adjoint: bool
) -> Tensor:
    flowing = triangular_solve(matrix, g, lower, not adjoint)
    triangle = band_part(_outer(flowing, out, adjoint), *((-1, 0) if lower else (0, -1)))
    return sum_to(triangle, dims_matrix)


def _triangular_rule_rhs(g: Tensor, matrix: Tensor, dims_rhs: Any, lower: bool, adjoint: bool) -> Tensor:
    return sum_to(triangular_solve(matrix, g, lower, not adjoint), dims_rhs)


TRIANGULAR_SOLVE = register(
    Op("triangular_solve", ("matrix", "rhs"), _triangular_kernel, _triangular_infer, remedy=COLUMNS,
       rules=(Rule.of(_triangular_rule_matrix), Rule.of(_triangular_rule_rhs)), label="triangular_solve",
       family="linalg", dtypes=LAPACK, typed=(0, 1),
       flops=lambda ins, outs, **params: (outs[0].size or 0) * (ins[0].dims[-1] or 0))
)  # fmt: skip


def triangular_solve(
    matrix: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: str | None = None
) -> Tensor:
    """X in A X = B, or A^H X = B, for triangular matrices A [..., n, n]: by substitution, without a factorization.

    Only the lower (or upper) triangle of A is read. Batches broadcast. ShapeError for matrices that are not square or
    another number of rows, DTypeError for integers. A zero on the diagonal gives infinities.

    >>> triangular_solve([[2.0, 99.0], [1.0, 4.0]], [[2.0], [9.0]]).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    return apply(TRIANGULAR_SOLVE, (matrix, rhs), lower=bool(lower), adjoint=bool(adjoint))


def banded_triangular_solve(
    bands: Any, rhs: Any, lower: bool = True, adjoint: bool = False, name: str | None = None
) -> Tensor:
    """X in A X = B for a triangular matrix given by its bands [..., number of bands, n], the highest diagonal first.

    The bands lie below the main diagonal with ``lower`` (padded on the left), else above it (padded on the right).
    ``rhs`` and X are [..., n, k]; ``adjoint`` solves A^H X = B. ShapeError where n differs, ValueError for bands of a
    rank below 2, DTypeError for integers.

    >>> banded_triangular_solve([[2.0, 3.0, 4.0], [0.0, 1.0, 1.0]], [[2.0], [4.0], [5.0]]).numpy()
    array([[1.],
           [1.],
           [1.]], dtype=float32)
    """
    bands = convert_to_tensor(bands)
    count, size = static_ints(matrix(bands._dims), "the shape of bands")
    k = (1 - count, 0) if lower else (0, count - 1)
    if count == 1:
        bands = bands[..., 0, :]  # of a single diagonal, diag expects no axis for their number
    dense = diag(bands, k=k, num_rows=size, num_cols=size, align="LEFT_RIGHT")
    return triangular_solve(dense, rhs, lower, adjoint)
