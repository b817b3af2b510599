"""Kronecker products.

>>> import eagernb as tf
>>> left = tf.linalg.LinearOperatorFullMatrix([[1.0, 2.0], [3.0, 4.0]])
>>> operator = tf.linalg.LinearOperatorKronecker([left, tf.linalg.LinearOperatorIdentity(2)])
>>> operator.to_dense().numpy()
array([[1., 0., 2., 0.],
       [0., 1., 0., 2.],
       [3., 0., 4., 0.],
       [0., 3., 0., 4.]], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import mul
from typing import Any

from eagernb.core.tensor import Tensor
from eagernb.linear_operators import hints
from eagernb.linear_operators.checks import refuse
from eagernb.linear_operators.of_parts import PartByPart
from eagernb.linear_operators.operands import column, held_operators
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, sizes
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj
from eagernb.ops.shape import expand_dims, matrix_transpose, reshape


class LinearOperatorKronecker(PartByPart):
    """A_1 (x) A_2 (x) ... (x) A_k: the blocks of A_1 (x) B are B times the elements of A_1.

    With factors of size n_i, of N = n_1 ... n_k in all, a product with one vector costs O(N (n_1 + ... + n_k)) instead
    of O(N^2), a solution what N / n_i solutions with each factor cost: the factors are applied one after the other to
    the vector as a k-dimensional array (Charles Van Loan, "The ubiquitous Kronecker product", 2000, section 2).
    Determinant, trace, eigenvalues, adjoint, inverse and Cholesky factor are those of the factors, put together.

    ValueError for no operators or a contradicting hint, TypeError for different dtypes.

    >>> import eagernb as tf
    >>> factors = [tf.linalg.LinearOperatorDiag([1.0, 2.0]), tf.linalg.LinearOperatorDiag([3.0, 4.0])]
    >>> operator = LinearOperatorKronecker(factors)
    >>> operator.diag_part().numpy(), float(operator.determinant())
    (array([3., 4., 6., 8.], dtype=float32), 576.0)
    """

    def __init__(
        self, operators: Sequence[LinearOperator], is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str | None = None,
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._operators = operators = held_operators(operators)
        shared = hints.of_all(operators, parameters, "A Kronecker product", "factors")
        name = name or "_x_".join(factor.name for factor in operators)
        super().__init__(operators[0].dtype, **shared, is_square=is_square, name=name, parameters=parameters)

    def _sizes(self) -> Sizes:
        of_factors = [factor._sizes() for factor in self.operators]
        rows, columns = (reduce(mul, (size[axis] for size in of_factors)) for axis in (-2, -1))
        return (*broadcast_sizes(*(size[:-2] for size in of_factors)), rows, columns)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        rows, columns = self._sizes()[-2:]
        return self._one_by_one(
            lambda factor, y: factor.matmul(y, adjoint=adjoint), x, adjoint_arg, axis=-2 if adjoint else -1,
            size=columns if adjoint else rows,
        )  # fmt: skip

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._one_by_one(
            lambda factor, y: factor.solve(y, adjoint=adjoint), rhs, adjoint_arg, axis=-1, size=self._sizes()[-1]
        )

    def _one_by_one(
        self, apply: Callable[[LinearOperator, Tensor], Tensor], x: Tensor, adjoint_arg: bool, axis: int, size: Any
    ) -> Tensor:
        """Each factor, from the last to the first, on its axis of x, which is brought to the front: the axes
        (k, n_1, ..., n_last) become (m_last, k, n_1, ...), and in the end (m_1, ..., m_last, k).
        """
        y = conj(x) if adjoint_arg else matrix_transpose(x)
        columns = sizes(y)[-2]
        for factor in reversed(self.operators):
            y = reshape(y, (*sizes(y)[:-2], -1, factor._sizes()[axis]))
            y = apply(factor, matrix_transpose(y))
        return reshape(y, (*sizes(y)[:-2], size, columns))

    def _of_each(self, method: str) -> LinearOperator:
        return LinearOperatorKronecker([getattr(factor, method)() for factor in self.operators])

    def _to_dense(self) -> Any:
        def product(a: Tensor, b: Tensor) -> Tensor:
            apart = a[..., :, None, :, None] * b[..., None, :, None, :]
            *batch, m, p, n, q = sizes(apart)
            return reshape(apart, (*batch, m * p, n * q))

        return reduce(product, (factor.to_dense() for factor in self.operators))

    def _diag_part(self) -> Any:
        if not self._has_square_parts():
            return super()._diag_part()
        return self._outer("diag_part")

    def _eigvals(self) -> Any:
        return self._outer("eigvals")

    def _outer(self, method: str) -> Any:
        """All products of one number of each factor."""

        def product(a: Tensor, b: Tensor) -> Tensor:
            apart = column(a) * expand_dims(b, -2)
            *batch, m, n = sizes(apart)
            return reshape(apart, (*batch, m * n))

        return reduce(product, (getattr(factor, method)() for factor in self.operators))

    def _trace(self) -> Any:
        if not self._has_square_parts():
            return super()._trace()
        return reduce(mul, (factor.trace() for factor in self.operators))

    def _determinant(self) -> Any:
        """The product of the factors' determinants, each to the power of how often the factor occurs: N / n_i."""
        if not self._has_square_parts():
            return super()._determinant()
        total = self._sizes()[-1]
        return reduce(mul, (f.determinant() ** cast(total // f._sizes()[-1], f.dtype) for f in self.operators))

    def _log_abs_determinant(self) -> Any:
        if not self._has_square_parts():
            return super()._log_abs_determinant()
        total = self._sizes()[-1]
        counts = [cast(total // factor._sizes()[-1], self.dtype) for factor in self.operators]
        logarithms = [cast(factor.log_abs_determinant(), self.dtype) for factor in self.operators]
        return sum(count * logarithm for count, logarithm in zip(counts, logarithms, strict=True))

    def _assert_non_singular(self) -> Any:
        self._assert_of_each("assert_non_singular")

    def _assert_self_adjoint(self) -> Any:
        self._assert_of_each("assert_self_adjoint")

    def _assert_of_each(self, assertion: str) -> None:
        if not self._has_square_parts():
            refuse("All Kronecker factors must be square for the product to be invertible.")
        for factor in self.operators:
            getattr(factor, assertion)()
