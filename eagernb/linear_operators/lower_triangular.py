"""Lower triangular matrices.

>>> import eagernb as tf
>>> operator = tf.linalg.LinearOperatorLowerTriangular([[2.0, 0.0], [1.0, 4.0]])
>>> operator.solvevec([2.0, 9.0]).numpy(), float(operator.determinant())
(array([1., 2.], dtype=float32), 8.0)
"""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.linear_operators import hints
from eagernb.linear_operators.checks import assert_no_zeros
from eagernb.linear_operators.diag import LinearOperatorDiag
from eagernb.linear_operators.operands import adjoined, held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, sizes
from eagernb.ops.arithmetic import abs
from eagernb.ops.diagonals import band_part, diag_part
from eagernb.ops.exponential import log
from eagernb.ops.matmul import matmul
from eagernb.ops.reduce import reduce_prod, reduce_sum
from eagernb.ops.shape import expand_dims
from eagernb.ops.solve import triangular_solve


class LinearOperatorLowerTriangular(LinearOperator):
    """A lower triangular matrix [..., n, n]: what ``tril`` has above its diagonal is not read.

    A solution costs O(n^2 k) for k columns, by substitution (a dense matrix has to be factorized first, in O(n^3)); the
    determinant costs O(n). A product costs O(n^2 k), as for a dense matrix.

    ValueError for less than two axes.

    >>> LinearOperatorLowerTriangular([[1.0, 99.0], [2.0, 3.0]]).to_dense().numpy()
    array([[1., 0.],
           [2., 3.]], dtype=float32)
    """

    _axes: ClassVar[dict[str, Any]] = {"tril": 2}

    def __init__(
        self, tril: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str = "LinearOperatorLowerTriangular",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        is_square = hints.always(True, is_square, "Only square lower triangular operators supported at this time.")
        self._tril = held(tril, "tril", 2)
        super().__init__(
            self._tril.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, parameters
        )

    @property
    def tril(self) -> Any:
        """The matrix that was given: what stands above its diagonal is passed over."""
        return self._tril

    def _sizes(self) -> Sizes:
        return sizes(self._tril)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return matmul(self._to_dense(), x, adjoint_a=adjoint, adjoint_b=adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return triangular_solve(self._tril, adjoined(rhs, adjoint_arg), lower=True, adjoint=adjoint)

    def _product(self, right: LinearOperator) -> LinearOperator:
        if isinstance(right, LinearOperatorDiag):
            return LinearOperatorLowerTriangular(
                self.to_dense() * expand_dims(right.diag, -2), is_non_singular=hints.both_non_singular(self, right)
            )
        return super()._product(right)

    def _to_dense(self) -> Any:
        return band_part(self._tril, -1, 0)

    def _diag_part(self) -> Any:
        return diag_part(self._tril)

    def _determinant(self) -> Any:
        return reduce_prod(self._diag_part(), axis=[-1])

    def _log_abs_determinant(self) -> Any:
        return reduce_sum(log(abs(self._diag_part())), axis=[-1])

    def _eigvals(self) -> Any:
        return self._diag_part()

    def _assert_non_singular(self) -> Any:
        return assert_no_zeros(self._diag_part(), "Singular operator: Diagonal contained zero values.")
