"""What the adjoint and the inverse of an operator have in common with it."""

from __future__ import annotations

from typing import Any

from eagernb.linear_operators.operator import LinearOperator


class SameConditions(LinearOperator):
    """Base of operators that are singular, definite or self-adjoint just where the one they are made of is."""

    @property
    def operator(self) -> LinearOperator:
        """The operator that it is made of."""
        raise NotImplementedError

    def _cond(self) -> Any:
        return self.operator.cond()

    def _assert_non_singular(self) -> Any:
        return self.operator.assert_non_singular()

    def _assert_positive_definite(self) -> Any:
        return self.operator.assert_positive_definite()

    def _assert_self_adjoint(self) -> Any:
        return self.operator.assert_self_adjoint()
