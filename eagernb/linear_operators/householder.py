"""Reflections at a hyperplane.

>>> import eagernb as tf
>>> operator = tf.linalg.LinearOperatorHouseholder([1.0, 0.0])
>>> operator.matvec([3.0, 4.0]).numpy(), float(operator.determinant())
(array([-3.,  4.], dtype=float32), -1.0)
"""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import Tensor
from eagernb.linear_operators import hints
from eagernb.linear_operators.checks import refuse
from eagernb.linear_operators.operands import adjoined, column, held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, sizes
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj
from eagernb.ops.creation import fill, ones, zeros
from eagernb.ops.diagonals import diag_part, set_diag
from eagernb.ops.joining import concat
from eagernb.ops.matmul import matmul
from eagernb.ops.normalization import l2_normalize


class LinearOperatorHouseholder(LinearOperator):
    """The reflection I - 2 v v^H for ``reflection_axis`` v [..., n], which is made of length 1.

    It turns v round and leaves all that is orthogonal to v (Alston Householder, "Unitary triangularization of a
    nonsymmetric matrix", 1958). It is its own adjoint and its own inverse. A product or a solution costs O(n k) for k
    columns; the determinant is -1.

    ValueError for a scalar, and for hints that are not so.

    >>> operator = LinearOperatorHouseholder([3.0, 4.0])
    >>> operator.inverse() is operator, operator.matvec([3.0, 4.0]).numpy().round(4)
    (True, array([-3., -4.], dtype=float32))
    """

    _axes: ClassVar[dict[str, Any]] = {"reflection_axis": 1}

    def __init__(
        self, reflection_axis: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str = "LinearOperatorHouseholder",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._reflection_axis = held(reflection_axis, "reflection_axis", 1)
        is_self_adjoint = hints.always(True, is_self_adjoint, "A Householder operator is always self adjoint.")
        is_positive_definite = hints.always(
            False, is_positive_definite, "A Householder operator is always non-positive definite."
        )
        is_square = hints.always(True, is_square, "A Householder operator is always square.")
        super().__init__(
            self._reflection_axis.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name,
            parameters,
        )  # fmt: skip

    @property
    def reflection_axis(self) -> Any:
        """The vector that is turned round, as it was given."""
        return self._reflection_axis

    def _sizes(self) -> Sizes:
        given = sizes(self._reflection_axis)
        return (*given, given[-1])

    def _unit(self) -> Tensor:
        return l2_normalize(convert_to_tensor(self._reflection_axis), axis=-1)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        x, v = adjoined(x, adjoint_arg), column(self._unit())
        return x - scalar_like(2, v) * v * matmul(v, x, adjoint_a=True)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._matmul(rhs, adjoint, adjoint_arg)

    def _inverse(self) -> LinearOperator:
        return self

    def _to_dense(self) -> Any:
        v = column(self._unit())
        product = scalar_like(-2, v) * matmul(v, v, adjoint_b=True)
        return set_diag(product, diag_part(product) + scalar_like(1, v))

    def _diag_part(self) -> Any:
        v = self._unit()
        return scalar_like(1, v) - scalar_like(2, v) * v * conj(v)

    def _trace(self) -> Any:
        *batch, _, n = self._sizes()
        return cast(n - 2, self.dtype) * ones(tuple(batch), self.dtype)

    def _determinant(self) -> Any:
        return fill(self._sizes()[:-2], scalar_like(-1, self._unit()))

    def _log_abs_determinant(self) -> Any:
        return zeros(self._sizes()[:-2], self.dtype)

    def _eigvals(self) -> Any:
        *batch, _, n = self._sizes()
        return concat([fill((*batch, 1), scalar_like(-1, self._unit())), ones((*batch, n - 1), self.dtype)], axis=-1)

    def _cond(self) -> Any:
        return ones(self._sizes()[:-2], self.dtype)

    def _assert_non_singular(self) -> None:
        """Always so."""

    _assert_self_adjoint = _assert_non_singular

    def _assert_positive_definite(self) -> Any:
        refuse("Householder operators are always non-positive definite.")
