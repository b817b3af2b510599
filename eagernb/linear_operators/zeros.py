"""The matrix of zeros.

>>> import eagernb as tf
>>> tf.linalg.LinearOperatorZeros(2, 3, is_square=False, is_self_adjoint=False).matvec([1.0, 2.0, 3.0]).numpy()
array([0., 0.], dtype=float32)
"""

from __future__ import annotations

from typing import Any

from eagernb.core.dtypes import as_dtype, float32
from eagernb.linear_operators import hints
from eagernb.linear_operators.checks import refuse
from eagernb.linear_operators.operands import adjoined
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, given_batch, given_size, in_batch, sizes
from eagernb.ops.creation import ones, zeros


class LinearOperatorZeros(LinearOperator):
    """Zeros [..., m, n]; n is m unless ``num_columns`` says something else, with ``is_square=False``.

    A product costs O(m k) for k columns, to fill the result; there is no solution. Nothing is held.

    With ``assert_proper_shapes``, sizes that are known only when a graph runs are checked then. TypeError for sizes
    that are no integers or are variables, ValueError for negative ones, for hints that are not so, and for
    ``is_square=True`` with unequal sizes.

    >>> float(LinearOperatorZeros(2).determinant())
    0.0
    """

    def __init__(
        self, num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = None,
        is_non_singular: bool = False, is_self_adjoint: bool = True, is_positive_definite: bool = False,
        is_square: bool = True, assert_proper_shapes: bool = False, name: str = "LinearOperatorZeros",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        if is_square:
            hints.always(True, is_self_adjoint, "A zero operator is always self adjoint.")
        hints.always(False, is_non_singular, "A zero operator is always singular.")
        hints.always(False, is_positive_definite, "A zero operator is always not positive-definite.")
        super().__init__(
            as_dtype(dtype or float32), None, False, is_self_adjoint, False, is_square, name, parameters
        )  # fmt: skip
        self._num_rows = given_size(num_rows, "num_rows")
        self._num_columns = self._num_rows if num_columns is None else given_size(num_columns, "num_columns")
        self._batch_shape = given_batch(batch_shape)
        self._assert_proper_shapes = assert_proper_shapes
        rows, columns = self.range_dimension, self.domain_dimension
        if is_square and None not in (rows, columns) and rows != columns:
            raise ValueError(
                f"LinearOperatorZeros initialized as is_square=True, but got num_rows({rows}) != num_columns({columns})"
            )

    def _sizes(self) -> Sizes:
        return (*(self._batch_shape or ()), self._num_rows, self._num_columns)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        x = adjoined(x, adjoint_arg)
        if self._assert_proper_shapes:
            self._check_rows(x, self._num_rows if adjoint else self._num_columns)
        *batch, _, k = sizes(x)
        rows = self._num_columns if adjoint else self._num_rows
        return zeros((*broadcast_sizes(tuple(batch), self._batch_shape or ()), rows, k), self.dtype)

    def _product(self, right: LinearOperator) -> LinearOperator:
        return self.absorbing(right)

    def absorbing(self, other: LinearOperator) -> LinearOperator:
        """The product with another operator, on whichever side: the zeros. ValueError unless both are square."""
        if not self.is_square or not other.is_square:
            raise ValueError(
                "Matmul with non-square `LinearOperator`s or non-square `LinearOperatorZeros` not supported at this "
                "time."
            )
        return self

    def _adjoint(self) -> LinearOperator:
        return LinearOperatorZeros(
            self._num_columns, self._num_rows, self._batch_shape, self.dtype, False, False, False, False
        )

    def _to_dense(self) -> Any:
        return zeros(self._sizes(), self.dtype)

    def _diag_part(self) -> Any:
        from eagernb.ops.diagonals import diag_part

        known = self.shape[-2:]
        if not known.is_fully_defined():
            return diag_part(self._to_dense())
        return zeros((*self._sizes()[:-2], min(known)), self.dtype)

    def _eigvals(self) -> Any:
        return self._diag_part()

    def _trace(self) -> Any:
        return zeros(self._sizes()[:-2], self.dtype)

    def _determinant(self) -> Any:
        return zeros(self._sizes()[:-2], self.dtype)

    def _add_to_tensor(self, x: Any) -> Any:
        return in_batch(broadcast_sizes(sizes(x)[:-2], self._batch_shape or ()), x)

    def _assert_non_singular(self) -> Any:
        refuse("Zero operators are always non-invertible.")

    def _assert_positive_definite(self) -> Any:
        refuse("Zero operators are always non-positive definite.")

    def _assert_self_adjoint(self) -> None:
        """Always so."""

    def __getitem__(self, slices: Any) -> LinearOperator:
        batch = sizes(ones(self._batch_shape or ())[slices])
        return LinearOperatorZeros(**(self.parameters | {"batch_shape": batch}))
