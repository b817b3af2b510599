"""Diagonal matrices.

>>> import eagernb as tf
>>> operator = tf.linalg.LinearOperatorDiag([1.0, 2.0])
>>> operator.solvevec([3.0, 4.0]).numpy(), float(operator.trace())
(array([3., 2.], dtype=float32), 3.0)
"""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.core.convert import convert_to_tensor
from eagernb.linear_operators import hints
from eagernb.linear_operators.checks import assert_no_zeros, assert_real
from eagernb.linear_operators.operands import adjoined, column, held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, in_batch, sizes
from eagernb.ops.arithmetic import abs
from eagernb.ops.assertions import assert_positive
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj, real
from eagernb.ops.diagonals import diag, diag_part, set_diag
from eagernb.ops.exponential import log, sqrt
from eagernb.ops.reduce import reduce_max, reduce_min, reduce_prod, reduce_sum


class LinearOperatorDiag(LinearOperator):
    """A diagonal matrix [..., n, n], given by its diagonal [..., n].

    Everything costs O(n), a product or a solution O(n k) for k columns; the dense matrix takes O(n^2) for each of them
    to be multiplied, and O(n^3) to be solved. A real one is always self-adjoint.

    ValueError for a scalar, or for ``is_self_adjoint=False`` with a real diagonal.

    >>> operator = LinearOperatorDiag([1.0, 4.0], is_positive_definite=True)
    >>> operator.cholesky().diag.numpy(), (operator @ operator).diag.numpy()
    (array([1., 2.], dtype=float32), array([ 1., 16.], dtype=float32))
    """

    _axes: ClassVar[dict[str, Any]] = {"diag": 1}

    def __init__(
        self, diag: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str = "LinearOperatorDiag",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._diag = held(diag, "diag", 1)
        if not self._diag.dtype.is_complex:
            is_self_adjoint = hints.always(True, is_self_adjoint, "A real diagonal operator is always self adjoint.")
        is_square = hints.always(True, is_square, "Only square diagonal operators currently supported.")
        super().__init__(
            self._diag.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, parameters
        )

    @property
    def diag(self) -> Any:
        """The elements on the diagonal."""
        return self._diag

    def _sizes(self) -> Sizes:
        given = sizes(self._diag)
        return (*given, given[-1])

    def _elements(self, adjoint: bool) -> Any:
        return conj(self._diag) if adjoint else self._diag

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return column(self._elements(adjoint)) * adjoined(x, adjoint_arg)

    def _matvec(self, x: Any, adjoint: bool = False) -> Any:
        return self._elements(adjoint) * x

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return adjoined(rhs, adjoint_arg) * column(1.0 / self._elements(adjoint))

    def _product(self, right: LinearOperator) -> LinearOperator:
        from eagernb.linear_operators.identity import LinearOperatorScaledIdentity
        from eagernb.linear_operators.lower_triangular import LinearOperatorLowerTriangular

        if isinstance(right, LinearOperatorDiag):
            return LinearOperatorDiag(self.diag * right.diag, **hints.of_commuting(self, right))
        if isinstance(right, LinearOperatorScaledIdentity):
            return LinearOperatorDiag(self.diag * column(right.multiplier), **hints.of_commuting(self, right))
        if isinstance(right, LinearOperatorLowerTriangular):
            return LinearOperatorLowerTriangular(
                column(self.diag) * right.to_dense(), is_non_singular=hints.both_non_singular(self, right)
            )
        return super()._product(right)

    def _quotient(self, right: LinearOperator) -> LinearOperator:
        from eagernb.linear_operators.identity import LinearOperatorScaledIdentity
        from eagernb.linear_operators.lower_triangular import LinearOperatorLowerTriangular

        if isinstance(right, LinearOperatorDiag):
            return LinearOperatorDiag(right.diag / self.diag, **hints.of_commuting(self, right))
        if isinstance(right, LinearOperatorScaledIdentity):
            return LinearOperatorDiag(column(right.multiplier) / self.diag, **hints.of_commuting(self, right))
        if isinstance(right, LinearOperatorLowerTriangular):
            return LinearOperatorLowerTriangular(
                right.to_dense() / column(self.diag), is_non_singular=hints.both_non_singular(self, right)
            )
        return super()._quotient(right)

    def _adjoint(self) -> LinearOperator:
        return LinearOperatorDiag(conj(self.diag), **hints.shared(self))

    def _inverse(self) -> LinearOperator:
        return LinearOperatorDiag(1.0 / self.diag, **hints.shared(self))

    def _cholesky(self) -> LinearOperator:
        return LinearOperatorDiag(sqrt(self.diag), is_self_adjoint=True, is_positive_definite=True)

    def _determinant(self) -> Any:
        return reduce_prod(self._diag, axis=[-1])

    def _log_abs_determinant(self) -> Any:
        return cast(reduce_sum(log(abs(self._diag)), axis=[-1]), self.dtype)

    def _to_dense(self) -> Any:
        return diag(self._diag)

    def _diag_part(self) -> Any:
        return self.diag

    def _add_to_tensor(self, x: Any) -> Any:
        x = in_batch(broadcast_sizes(self._sizes()[:-2], sizes(x)[:-2]), x)
        return set_diag(x, self._diag + diag_part(x))

    def _eigvals(self) -> Any:
        return convert_to_tensor(self.diag)

    def _cond(self) -> Any:
        magnitudes = abs(self.diag)
        return reduce_max(magnitudes, axis=-1) / reduce_min(magnitudes, axis=-1)

    def _assert_non_singular(self) -> Any:
        return assert_no_zeros(self._diag, "Singular operator: Diagonal contained zero values.")

    def _assert_positive_definite(self) -> Any:
        return assert_positive(
            real(self._diag),
            message="Diagonal operator had entries with non-positive real part, thus was not positive definite.",
        )

    def _assert_self_adjoint(self) -> Any:
        return assert_real(
            self._diag, "This diagonal operator contained non-zero imaginary values. Thus it was not self-adjoint."
        )
