"""The identity, and multiples of it.

>>> import eagernb as tf
>>> operator = tf.linalg.LinearOperatorScaledIdentity(3, multiplier=2.0)
>>> operator.matvec([1.0, 2.0, 3.0]).numpy(), float(operator.determinant())
(array([2., 4., 6.], dtype=float32), 8.0)
"""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, float32
from eagernb.linear_operators import hints
from eagernb.linear_operators.checks import assert_real
from eagernb.linear_operators.diag import LinearOperatorDiag
from eagernb.linear_operators.operands import adjoined, column, held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, given_batch, given_size, in_batch, sizes
from eagernb.ops.arithmetic import abs
from eagernb.ops.assertions import assert_positive
from eagernb.ops.casting import cast
from eagernb.ops.compare import equal
from eagernb.ops.complex import conj, real
from eagernb.ops.creation import ones, zeros
from eagernb.ops.diagonals import diag_part, set_diag
from eagernb.ops.exponential import log, sqrt
from eagernb.ops.where import where


class LinearOperatorIdentity(LinearOperator):
    """The identity [..., n, n].

    A product or a solution costs nothing: the argument itself, repeated to ``batch_shape`` where that is larger. The
    numbers of it (trace, determinant, ...) are known.

    With ``assert_proper_shapes``, sizes that are known only when a graph runs are checked then. TypeError for a
    ``num_rows`` or ``batch_shape`` that is no integer or is a variable, ValueError for negative ones or hints that are
    not True.

    >>> LinearOperatorIdentity(2, batch_shape=[3]).matmul([[1.0], [2.0]]).shape
    TensorShape([3, 2, 1])
    """

    def __init__(
        self, num_rows: Any, batch_shape: Any = None, dtype: Any = None, is_non_singular: bool = True,
        is_self_adjoint: bool = True, is_positive_definite: bool = True, is_square: bool = True,
        assert_proper_shapes: bool = False, name: str = "LinearOperatorIdentity",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        hints.always(True, is_self_adjoint, "An identity operator is always self adjoint.")
        hints.always(True, is_non_singular, "An identity operator is always non-singular.")
        hints.always(True, is_positive_definite, "An identity operator is always positive-definite.")
        hints.always(True, is_square, "An identity operator is always square.")
        super().__init__(as_dtype(dtype or float32), None, True, True, True, True, name, parameters)
        self._num_rows, self._batch_shape = given_size(num_rows, "num_rows"), given_batch(batch_shape)
        self._assert_proper_shapes = assert_proper_shapes

    def _sizes(self) -> Sizes:
        return (*(self._batch_shape or ()), self._num_rows, self._num_rows)

    def _repeated(self, x: Any) -> Any:
        if self._assert_proper_shapes:
            self._check_rows(x, self._num_rows)
        if not self._batch_shape:
            return x
        return in_batch(broadcast_sizes(sizes(x)[:-2], self._batch_shape), x)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._repeated(adjoined(x, adjoint_arg))

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._repeated(adjoined(rhs, adjoint_arg))

    def _product(self, right: LinearOperator) -> LinearOperator:
        return right

    def _quotient(self, right: LinearOperator) -> LinearOperator:
        return right

    def _inverse(self) -> LinearOperator:
        return self

    def _cholesky(self) -> LinearOperator:
        return LinearOperatorIdentity(self._num_rows, self._batch_shape, self.dtype)

    def _diag_part(self) -> Any:
        return ones(self._sizes()[:-1], self.dtype)

    def _trace(self) -> Any:
        return cast(self._num_rows, self.dtype) * ones(self._sizes()[:-2], self.dtype)

    def _determinant(self) -> Any:
        return ones(self._sizes()[:-2], self.dtype)

    def _log_abs_determinant(self) -> Any:
        return zeros(self._sizes()[:-2], self.dtype)

    def _cond(self) -> Any:
        return ones(self._sizes()[:-2], self.dtype)

    def _eigvals(self) -> Any:
        return ones(self._sizes()[:-1], self.dtype)

    def _add_to_tensor(self, x: Any) -> Any:
        x = self._repeated(x)
        return set_diag(x, diag_part(x) + scalar_like(1, x))

    def _assert_non_singular(self) -> None:
        """Always so."""

    _assert_positive_definite = _assert_self_adjoint = _assert_non_singular

    def __getitem__(self, slices: Any) -> LinearOperator:
        batch = sizes(ones(self._batch_shape or ())[slices])
        return LinearOperatorIdentity(**(self.parameters | {"batch_shape": batch}))


class LinearOperatorScaledIdentity(LinearOperator):
    """A number times the identity, [..., n, n]: a ``multiplier`` [...] for each matrix of the batch.

    A product or a solution is one multiplication for each element, O(n k) for k columns; the determinant is a power. A
    real one is always self-adjoint.

    With ``assert_proper_shapes``, sizes that are known only when a graph runs are checked then. TypeError for a
    ``num_rows`` that is no integer or is a variable, ValueError for a negative one, and for ``is_self_adjoint=False``
    with a real multiplier.

    >>> LinearOperatorScaledIdentity(2, [1.0, 3.0]).to_dense().numpy()
    array([[[1., 0.],
            [0., 1.]],
    <BLANKLINE>
           [[3., 0.],
            [0., 3.]]], dtype=float32)
    """

    _axes: ClassVar[dict[str, Any]] = {"multiplier": 0}

    def __init__(
        self, num_rows: Any, multiplier: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool = True, assert_proper_shapes: bool = False,
        name: str = "LinearOperatorScaledIdentity",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._multiplier = held(multiplier, "multiplier", 0)
        if not self._multiplier.dtype.is_complex:
            is_self_adjoint = hints.always(True, is_self_adjoint, "A real diagonal operator is always self adjoint.")
        is_square = hints.always(True, is_square, "A ScaledIdentity operator is always square.")
        super().__init__(
            self._multiplier.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name,
            parameters,
        )  # fmt: skip
        self._num_rows = given_size(num_rows, "num_rows")
        self._assert_proper_shapes = assert_proper_shapes

    @property
    def multiplier(self) -> Any:
        """The number, or one for each matrix of the batch."""
        return self._multiplier

    def _sizes(self) -> Sizes:
        return (*sizes(self._multiplier), self._num_rows, self._num_rows)

    def _factor(self, adjoint: bool) -> Any:
        return column(column(conj(self._multiplier) if adjoint else self._multiplier))

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._checked(adjoined(x, adjoint_arg)) * self._factor(adjoint)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._checked(adjoined(rhs, adjoint_arg)) / self._factor(adjoint)

    def _checked(self, x: Any) -> Any:
        if self._assert_proper_shapes:
            self._check_rows(x, self._num_rows)
        return x

    def _scaled(self, multiplier: Any, **known: Any) -> LinearOperator:
        return LinearOperatorScaledIdentity(self._num_rows, multiplier, **known)

    def _product(self, right: LinearOperator) -> LinearOperator:
        if isinstance(right, LinearOperatorScaledIdentity):
            return self._scaled(self.multiplier * right.multiplier, **hints.of_commuting(self, right))
        if isinstance(right, LinearOperatorDiag):
            return LinearOperatorDiag(column(self.multiplier) * right.diag, **hints.of_commuting(self, right))
        return super()._product(right)

    def _quotient(self, right: LinearOperator) -> LinearOperator:
        if isinstance(right, LinearOperatorScaledIdentity):
            return self._scaled(right.multiplier / self.multiplier, **hints.of_commuting(self, right))
        if isinstance(right, LinearOperatorDiag):
            return LinearOperatorDiag(right.diag / column(self.multiplier), **hints.of_commuting(self, right))
        return super()._quotient(right)

    def _adjoint(self) -> LinearOperator:
        return self._scaled(conj(self.multiplier), **hints.shared(self))

    def _inverse(self) -> LinearOperator:
        return self._scaled(1.0 / self.multiplier, **hints.shared(self))

    def _cholesky(self) -> LinearOperator:
        return self._scaled(sqrt(self.multiplier), is_self_adjoint=True, is_positive_definite=True)

    def _diag_part(self) -> Any:
        return ones(self._sizes()[:-1], self.dtype) * column(self.multiplier)

    def _eigvals(self) -> Any:
        return self._diag_part()

    def _trace(self) -> Any:
        return self.multiplier * cast(self._num_rows, self.dtype)

    def _determinant(self) -> Any:
        return self.multiplier ** cast(self._num_rows, self.dtype)

    def _log_abs_determinant(self) -> Any:
        logarithm = log(abs(self.multiplier))
        return cast(self._num_rows, logarithm.dtype) * logarithm

    def _cond(self) -> Any:
        one = scalar_like(1, convert_to_tensor(self.multiplier))
        return where(equal(self.multiplier, 0), scalar_like(float("nan"), one), one)

    def _add_to_tensor(self, x: Any) -> Any:
        x = in_batch(broadcast_sizes(self._sizes()[:-2], sizes(x)[:-2]), x)
        return set_diag(x, diag_part(x) + column(self.multiplier))

    def _assert_non_singular(self) -> Any:
        return assert_positive(abs(self.multiplier), message="LinearOperator was singular")

    def _assert_positive_definite(self) -> Any:
        return assert_positive(real(self.multiplier), message="LinearOperator was not positive definite.")

    def _assert_self_adjoint(self) -> Any:
        return assert_real(self.multiplier, "LinearOperator was not self-adjoint")
