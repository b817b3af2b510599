"""Dense matrices, as operators among others.

>>> import eagernb as tf
>>> operator = tf.linalg.LinearOperatorFullMatrix([[2.0, 1.0], [1.0, 3.0]], is_self_adjoint=True)
>>> operator.solvevec([3.0, 4.0]).numpy().round(4), operator.H is operator
(array([1., 1.], dtype=float32), True)
"""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import complex64, complex128, float16, float32, float64
from eagernb.linear_operators import hints
from eagernb.linear_operators.operands import held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, sizes
from eagernb.ops.matmul import matmul

_DTYPES = (float16, float32, float64, complex64, complex128)


class LinearOperatorFullMatrix(LinearOperator):
    """A matrix [..., m, n] that has no structure, held as it is.

    A product costs O(m n k) for k columns, a solution or a determinant O(n^3): half as much by Cholesky's method if the
    hints say that it is self-adjoint and positive definite.

    TypeError for integers, ValueError for less than two axes.

    >>> LinearOperatorFullMatrix([[1.0, 2.0]]).matvec([1.0, 1.0]).numpy()
    array([3.], dtype=float32)
    """

    _axes: ClassVar[dict[str, Any]] = {"matrix": 2}

    def __init__(
        self, matrix: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str = "LinearOperatorFullMatrix",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._matrix = held(matrix, "matrix", 2)
        if self._matrix.dtype not in _DTYPES:
            raise TypeError(
                f"Argument `matrix` must have dtype in {[d.name for d in _DTYPES]}. "
                f"Received: {self._matrix.dtype.name}."
            )
        dtype = self._matrix.dtype
        super().__init__(
            dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, parameters
        )

    @property
    def matrix(self) -> Any:
        """The matrix."""
        return self._matrix

    def _sizes(self) -> Sizes:
        return sizes(self._matrix)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return matmul(self._matrix, x, adjoint_a=adjoint, adjoint_b=adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._dense_solve(rhs, adjoint, adjoint_arg)

    def _to_dense(self) -> Any:
        return convert_to_tensor(self._matrix)

    def _warn_of_default(self, method: str) -> None:
        """The dense way is its own."""
