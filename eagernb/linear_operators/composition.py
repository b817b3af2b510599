"""Products of operators, kept as their factors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import mul
from typing import Any

from eagernb.linear_operators import hints
from eagernb.linear_operators.lower_triangular import LinearOperatorLowerTriangular
from eagernb.linear_operators.of_parts import OperatorOfParts
from eagernb.linear_operators.operands import held_operators, sum_of_logarithms
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes
from eagernb.ops.arithmetic import sign
from eagernb.ops.shape import expand_dims


class LinearOperatorComposition(OperatorOfParts):
    """A_1 A_2 ... A_k for a list of operators: ``left @ right`` of two that have no structure in common.

    The factors are never multiplied: a product goes through them from the right, a solution from the left, a
    determinant is the product of theirs, each at the sum of the factors' costs. A product of the form A A^H (the
    factors are the same objects, or each other's ``H``) is self-adjoint, and positive definite if it is non-singular.

    ValueError for no operators, for sizes that do not go together (once its shape is asked for), or a contradicting
    hint; TypeError for different dtypes.

    >>> import eagernb as tf
    >>> lower = tf.linalg.LinearOperatorLowerTriangular([[2.0, 0.0], [1.0, 1.0]])
    >>> diagonal = tf.linalg.LinearOperatorDiag([1.0, 3.0])
    >>> operator = LinearOperatorComposition([diagonal, lower, diagonal])
    >>> float(operator.determinant()), operator.matvec([1.0, 1.0]).numpy()
    (18.0, array([ 2., 12.], dtype=float32))
    """

    def __init__(
        self, operators: Sequence[LinearOperator], is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str | None = None,
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._operators = operators = held_operators(operators)
        is_non_singular = hints.always_if(
            all(factor.is_non_singular for factor in operators), is_non_singular,
            "The composition of non-singular operators is always non-singular.",
        )  # fmt: skip
        gram = _has_form_aah(operators)
        alone = len(operators) == 1 and operators[0].is_self_adjoint
        is_self_adjoint = hints.always_if(
            gram or alone, is_self_adjoint, "The composition has the form A @ A.H, hence it must be self-adjoint."
        )
        is_square = hints.always_if(gram, is_square, "The composition has the form A @ A.H, hence it must be square.")
        is_positive_definite = hints.always_if(
            gram and is_non_singular, is_positive_definite,
            "The composition is non-singular and has the form A @ A.H, hence it must be positive-definite.",
        )  # fmt: skip
        super().__init__(
            operators[0].dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square,
            name or "_o_".join(factor.name for factor in operators), parameters,
        )  # fmt: skip

    def _sizes(self) -> Sizes:
        for left, right in zip(self.operators, self.operators[1:], strict=False):
            inner = left.domain_dimension, right.range_dimension
            if None not in inner and inner[0] != inner[1]:
                raise ValueError(
                    f"Dimensions {inner[0]} and {inner[1]} are not compatible: {left.name} has shape {left.shape}, "
                    f"{right.name} on its right {right.shape}."
                )
        first, last = self.operators[0]._sizes(), self.operators[-1]._sizes()
        batch = broadcast_sizes(*(factor._sizes()[:-2] for factor in self.operators))
        return (*batch, first[-2], last[-1])

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        first, *others = self.operators if adjoint else reversed(self.operators)
        result = first.matmul(x, adjoint=adjoint, adjoint_arg=adjoint_arg)
        for factor in others:
            result = factor.matmul(result, adjoint=adjoint)
        return result

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        first, *others = reversed(self.operators) if adjoint else self.operators
        result = first.solve(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)
        for factor in others:
            result = factor.solve(result, adjoint=adjoint)
        return result

    def _determinant(self) -> Any:
        if not self._has_square_parts():
            return super()._determinant()
        return reduce(mul, (factor.determinant() for factor in self.operators))

    def _log_abs_determinant(self) -> Any:
        if not self._has_square_parts():
            return super()._log_abs_determinant()
        return sum_of_logarithms(self.operators)

    def _cholesky(self) -> LinearOperator:
        """Of L L^H the factor is L, but for the signs: those of a Cholesky factor's diagonal are positive."""
        lower = self.operators[0]
        if len(self.operators) != 2 or not isinstance(lower, LinearOperatorLowerTriangular) or lower.dtype.is_complex:
            return super()._cholesky()
        if not _has_form_aah(self.operators):
            return super()._cholesky()
        signs = expand_dims(sign(lower.diag_part()), -2)
        return LinearOperatorLowerTriangular(lower.tril * signs, is_non_singular=lower.is_non_singular)

    def _assert_non_singular(self) -> Any:
        if not self._has_square_parts():
            return super()._assert_non_singular()
        for factor in self.operators:
            factor.assert_non_singular()
        return None


def _has_form_aah(operators: Sequence[LinearOperator]) -> bool:
    """Whether the factors read A B B^H A^H, as far as can be told from which objects they are."""
    pairs = zip(operators, reversed(operators), strict=True)
    return len(operators) % 2 == 0 and all(_are_adjoint(left, right) for left, right in pairs)


def _are_adjoint(left: LinearOperator, right: LinearOperator) -> bool:
    if left is right:
        return bool(left.is_self_adjoint)
    return left.H is right or right.H is left
