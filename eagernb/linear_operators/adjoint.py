"""The adjoint of an operator, without another copy of its elements."""

from __future__ import annotations

from typing import Any

from eagernb.linear_operators import hints
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.same_conditions import SameConditions
from eagernb.linear_operators.sizes import Sizes
from eagernb.ops.complex import conj
from eagernb.ops.shape import adjoint as adjoint_of


class LinearOperatorAdjoint(SameConditions):
    """A^H for an operator A: its transpose, conjugated.

    Each method asks A's own with ``adjoint`` turned round, and costs what that costs.

    ValueError for a hint that A's contradicts.

    >>> import eagernb as tf
    >>> operator = tf.linalg.LinearOperatorLowerTriangular([[1.0, 0.0], [2.0, 3.0]])
    >>> LinearOperatorAdjoint(operator).to_dense().numpy()
    array([[1., 2.],
           [0., 3.]], dtype=float32)
    """

    def __init__(
        self, operator: LinearOperator, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str | None = None,
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._operator = operator
        agreed = {hint: hints.agreeing(operator, hint, parameters[hint], "adjoint") for hint in hints.NAMES}
        super().__init__(operator.dtype, **agreed, name=name or f"{operator.name}_adjoint", parameters=parameters)

    def _sizes(self) -> Sizes:
        *batch, rows, columns = self.operator._sizes()
        return (*batch, columns, rows)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.matmul(x, adjoint=not adjoint, adjoint_arg=adjoint_arg)

    def _matvec(self, x: Any, adjoint: bool = False) -> Any:
        return self.operator.matvec(x, adjoint=not adjoint)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.solve(rhs, adjoint=not adjoint, adjoint_arg=adjoint_arg)

    def _solvevec(self, rhs: Any, adjoint: bool = False) -> Any:
        return self.operator.solvevec(rhs, adjoint=not adjoint)

    def _adjoint(self) -> LinearOperator:
        return self.operator

    def _to_dense(self) -> Any:
        return adjoint_of(self.operator.to_dense())

    def _diag_part(self) -> Any:
        return conj(self.operator.diag_part())

    def _trace(self) -> Any:
        return conj(self.operator.trace())

    def _determinant(self) -> Any:
        return conj(self.operator.determinant())

    def _log_abs_determinant(self) -> Any:
        return self.operator.log_abs_determinant()

    def _eigvals(self) -> Any:
        return self.operator.eigvals()
