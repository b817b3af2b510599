"""The Cholesky factor of a positive definite matrix, and what is computed with it.

>>> import eagernb as tf
>>> tf.linalg.cholesky([[4.0, 2.0], [2.0, 5.0]]).numpy()
array([[2., 0.],
       [1., 2.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.matrix_free import MatrixFree
from eagernb.core.op import Op, Rule, register
from eagernb.core.tensor import Tensor
from eagernb.ops.complex import real
from eagernb.ops.diagonals import diag_part, lower_half
from eagernb.ops.exponential import log
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import LAPACK, batches, cubic, square_like
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import adjoint
from eagernb.ops.solve import triangular_solve


def _cholesky_kernel(x: Any) -> Any:
    try:
        return np.linalg.cholesky(x)
    except np.linalg.LinAlgError:
        if x.ndim < 2 or x.shape[-1] != x.shape[-2]:
            raise
    result = np.empty_like(x)  # some matrix has none: it gets NaN, the others their factor
    for index in batches(x):
        try:
            result[index] = np.linalg.cholesky(x[index])
        except np.linalg.LinAlgError:
            result[index] = np.tril(np.full(x.shape[-2:], np.nan, x.dtype))
    return result


def _cholesky_rule(g: Tensor, out: Tensor) -> Tensor:
    """L^-H P(L^H G) L^-1, made Hermitian: P takes the lower triangle, and half of the diagonal."""
    inner = lower_half(matmul(out, g, adjoint_a=True))
    left = triangular_solve(out, inner, adjoint=True)
    return _hermitian_part(adjoint(triangular_solve(out, adjoint(left), adjoint=True)))


def _hermitian_part(x: Tensor) -> Tensor:
    return (x + adjoint(x)) * scalar_like(0.5, x)


CHOLESKY = register(
    Op("cholesky", ("x",), _cholesky_kernel, square_like, rules=(Rule.of(_cholesky_rule),), label="cholesky",
       family="linalg", dtypes=LAPACK, typed=(0,), flops=cubic(1 / 3))
)  # fmt: skip


def cholesky(input: Any, name: str | None = None) -> Tensor:
    """The lower triangular L with L L^H = A, for Hermitian positive definite matrices A [..., n, n].

    Only the lower triangle of A is read. The factor of a matrix that is not positive definite is NaN. The gradient is
    that of a Hermitian A: it is made Hermitian (Iain Murray, "Differentiation of the Cholesky decomposition", 2016).

    ShapeError unless the last two axes have one size, DTypeError for integers.

    >>> cholesky([[4.0, 2.0], [2.0, 5.0]]).numpy()
    array([[2., 0.],
           [1., 2.]], dtype=float32)
    """
    return input.cholesky() if isinstance(input, MatrixFree) else apply(CHOLESKY, (input,))


def cholesky_solve(chol: Any, rhs: Any, name: str | None = None) -> Tensor:
    """X in A X = B, given the Cholesky factor L of A = L L^H (see ``cholesky``).

    B is [..., n, k]. ShapeError for matrices that are not square or another number of rows, DTypeError for integers.

    >>> cholesky_solve(cholesky([[4.0, 2.0], [2.0, 5.0]]), [[8.0], [12.0]]).numpy()
    array([[1.],
           [2.]], dtype=float32)
    """
    return triangular_solve(chol, triangular_solve(chol, rhs), adjoint=True)


def logdet(matrix: Any, name: str | None = None) -> Tensor:
    """The logarithm of the determinant of Hermitian positive definite matrices, by their Cholesky factors.

    It is NaN for a matrix that is not positive definite. Of matrices [..., n, n], they are [...]. ShapeError for
    matrices that are not square, DTypeError for integers.

    >>> float(logdet([[4.0, 0.0], [0.0, 0.25]]))
    0.0
    """
    if isinstance(matrix, MatrixFree):
        return matrix._logdet()
    return 2.0 * reduce_sum(log(real(diag_part(cholesky(matrix)))), axis=[-1])
