"""The inverse of an operator, which is never computed: multiplying by it is solving."""

from __future__ import annotations

from typing import Any

from eagernb.linear_operators import hints
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.same_conditions import SameConditions
from eagernb.linear_operators.sizes import Sizes


class LinearOperatorInversion(SameConditions):
    """A^-1 for an operator A.

    A product costs what A's solution costs, and the other way round.

    ValueError where a hint says that A is singular or not square, or contradicts one of A's.

    >>> import eagernb as tf
    >>> operator = tf.linalg.LinearOperatorLowerTriangular([[2.0, 0.0], [1.0, 4.0]])
    >>> inverse = operator.inverse()
    >>> type(inverse).__name__, inverse.matvec([2.0, 9.0]).numpy()
    ('LinearOperatorInversion', array([1., 2.], dtype=float32))
    """

    def __init__(
        self, operator: LinearOperator, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str | None = None,
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._operator = operator
        if operator.is_non_singular is False or is_non_singular is False:
            raise ValueError(f"{operator.name} has no inverse: is_non_singular must be True or None, not False.")
        if operator.is_square is False or is_square is False:
            raise ValueError(f"{operator.name} has no inverse: is_square must be True or None, not False.")
        agreed = {hint: hints.agreeing(operator, hint, parameters[hint], "inverse") for hint in hints.NAMES}
        super().__init__(operator.dtype, **agreed, name=name or f"{operator.name}_inv", parameters=parameters)

    def _sizes(self) -> Sizes:
        return self.operator._sizes()

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.solve(x, adjoint=adjoint, adjoint_arg=adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.matmul(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)

    def _quotient(self, right: LinearOperator) -> LinearOperator:
        return self.operator.matmul(right)

    def _inverse(self) -> LinearOperator:
        return self.operator

    def _determinant(self) -> Any:
        return 1.0 / self.operator.determinant()

    def _log_abs_determinant(self) -> Any:
        return -self.operator.log_abs_determinant()

    def _eigvals(self) -> Any:
        return 1.0 / self.operator.eigvals()
