"""Products and quotients of two operators that have no structure in common: compositions of the two."""

from __future__ import annotations

from eagernb.linear_operators import hints
from eagernb.linear_operators.operator import LinearOperator


def composed(left: LinearOperator, right: LinearOperator) -> LinearOperator:
    """left @ right. An identity on the right vanishes, zeros there are all that is left."""
    from eagernb.linear_operators.composition import LinearOperatorComposition
    from eagernb.linear_operators.identity import LinearOperatorIdentity
    from eagernb.linear_operators.zeros import LinearOperatorZeros

    if isinstance(right, LinearOperatorIdentity):
        return left
    if isinstance(right, LinearOperatorZeros):
        return right.absorbing(left)
    return LinearOperatorComposition([left, right], **hints.of_product(left, right))


def solved(left: LinearOperator, right: LinearOperator) -> LinearOperator:
    """left^-1 @ right."""
    from eagernb.linear_operators.composition import LinearOperatorComposition
    from eagernb.linear_operators.identity import LinearOperatorIdentity
    from eagernb.linear_operators.inversion import LinearOperatorInversion

    if isinstance(right, LinearOperatorIdentity):
        return left.inverse()
    return LinearOperatorComposition([LinearOperatorInversion(left), right], **hints.of_product(left, right))
