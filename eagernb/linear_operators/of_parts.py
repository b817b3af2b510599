"""What operators that are made of a list of others have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.linear_operators.operator import LinearOperator


class OperatorOfParts(LinearOperator):
    """Base of products, Kronecker products and blocks on the diagonal. A subclass sets ``_operators``."""

    _axes: ClassVar[dict[str, Any]] = {"operators": 0}
    _operators: list[LinearOperator]

    @property
    def operators(self) -> list[LinearOperator]:
        """The operators that it is made of: factors from left to right, blocks from the top."""
        return self._operators

    def _has_square_parts(self) -> bool:
        return not any(part.is_square is False for part in self._operators)


class PartByPart(OperatorOfParts):
    """Base of those whose adjoint, inverse and Cholesky factor are made of these of each part.

    A subclass gives ``_of_each(method)``: one of its own kind, of what the method gives for each part.
    """

    def _of_each(self, method: str) -> LinearOperator:
        raise NotImplementedError

    def _adjoint(self) -> LinearOperator:
        return self._of_each("adjoint")

    def _inverse(self) -> LinearOperator:
        return self._of_each("inverse")

    def _cholesky(self) -> LinearOperator:
        if not all(part._can_use_cholesky() for part in self._operators):
            return super()._cholesky()
        return self._of_each("cholesky")
