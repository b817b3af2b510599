"""What the adjoint and the inverse of an operator have in common with it."""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.linear_operators.operator import LinearOperator


class SameConditions(LinearOperator):
    """Base of operators that are singular, definite or self-adjoint just where the one they are made of is.

    A subclass sets ``_operator``.
    """

    _axes: ClassVar[dict[str, Any]] = {"operator": 0}
    _operator: LinearOperator

    @property
    def operator(self) -> LinearOperator:
        """The operator whose adjoint or inverse it is."""
        return self._operator

    def _cond(self) -> Any:
        return self.operator.cond()

    def _assert_non_singular(self) -> Any:
        return self.operator.assert_non_singular()

    def _assert_positive_definite(self) -> Any:
        return self.operator.assert_positive_definite()

    def _assert_self_adjoint(self) -> Any:
        return self.operator.assert_self_adjoint()
