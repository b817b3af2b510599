"""Tridiagonal matrices.

>>> import eagernb as tf
>>> operator = tf.linalg.LinearOperatorTridiag([[1.0, 1.0, 0.0], [2.0, 2.0, 2.0], [0.0, 1.0, 1.0]])
>>> operator.matvec([1.0, 2.0, 3.0]).numpy(), operator.solvevec([4.0, 8.0, 8.0]).numpy().round(4)
(array([4., 8., 8.], dtype=float32), array([1., 2., 3.], dtype=float32))
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import Tensor
from eagernb.linear_operators import hints
from eagernb.linear_operators.checks import assert_real
from eagernb.linear_operators.operands import adjoined, held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, in_common_batch, sizes
from eagernb.ops.arranging import roll
from eagernb.ops.assertions import assert_equal
from eagernb.ops.complex import conj
from eagernb.ops.diagonals import diag, diag_part
from eagernb.ops.joining import stack
from eagernb.ops.padding import pad
from eagernb.ops.tridiagonal import tridiagonal_matmul, tridiagonal_solve


class LinearOperatorTridiag(LinearOperator):
    """A matrix [..., n, n] of three diagonals.

    ``diagonals`` come in one of three formats: "compact", one tensor [..., 3, n] (the upper diagonal, whose last
    element is not read, the main, and the lower one, whose first is not read); "sequence", a list of these three
    [..., n]; "matrix", [..., n, n], of which nothing else is read. A product or a solution costs O(n k) for k columns.

    ValueError for another format.

    >>> LinearOperatorTridiag([[1.0, 0.0], [2.0, 3.0], [0.0, 4.0]]).to_dense().numpy()
    array([[2., 1.],
           [4., 3.]], dtype=float32)
    """

    def __init__(
        self, diagonals: Any, diagonals_format: str = "compact", is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str = "LinearOperatorTridiag",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        if diagonals_format not in ("compact", "matrix", "sequence"):
            raise ValueError(
                "Argument `diagonals_format` must be one of compact, matrix, or sequence. "
                f"Received: {diagonals_format!r}."
            )
        self._diagonals_format = diagonals_format
        if diagonals_format == "sequence":
            self._diagonals: Any = [held(d, f"diagonals[{i}]", 1) for i, d in enumerate(diagonals)]
            dtype = self._diagonals[0].dtype
        else:
            self._diagonals = held(diagonals, "diagonals", 2)
            dtype = self._diagonals.dtype
        super().__init__(
            dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, parameters
        )

    @property
    def diagonals(self) -> Any:
        """The three diagonals, as they were given."""
        return self._diagonals

    @property
    def diagonals_format(self) -> str:
        """In which form they were given: "compact", "matrix" or "sequence"."""
        return self._diagonals_format

    @property
    def _axes(self) -> dict[str, Any]:  # type: ignore[override]
        return {"diagonals": [1, 1, 1] if self._diagonals_format == "sequence" else 2}

    def _sizes(self) -> Sizes:
        if self._diagonals_format == "matrix":
            return sizes(self._diagonals)
        if self._diagonals_format == "compact":
            *batch, _, n = sizes(self._diagonals)
        else:
            batch = list(broadcast_sizes(*(sizes(d)[:-1] for d in self._diagonals)))
            n = sizes(self._diagonals[1])[-1]
        return (*batch, n, n)

    def _compact(self) -> Tensor:
        """The diagonals as one tensor [..., 3, n]."""
        if self._diagonals_format == "compact":
            return convert_to_tensor(self._diagonals)
        if self._diagonals_format == "matrix":
            *batch, _, n = sizes(self._diagonals)
            if isinstance(n, int) and n == 1:  # there is no other diagonal: zeros above and below
                return pad(self._diagonals, [[0, 0]] * len(batch) + [[1, 1], [0, 0]])
            return diag_part(self._diagonals, k=(-1, 1), align="LEFT_RIGHT")
        return stack(in_common_batch(*map(convert_to_tensor, self._diagonals), rank=1), axis=-2)

    def _elements(self, adjoint: bool) -> Tensor:
        """Those of the matrix, or of its adjoint: the upper and the lower diagonal change places."""
        if not adjoint:
            return self._compact()
        diagonals = conj(self._compact())
        upper, main, lower = (diagonals[..., i, :] for i in range(3))
        return stack([roll(lower, -1, axis=-1), main, roll(upper, 1, axis=-1)], axis=-2)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        diagonals, x = in_common_batch(self._elements(adjoint), adjoined(x, adjoint_arg))
        return tridiagonal_matmul(diagonals, x)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        diagonals, rhs = in_common_batch(self._elements(adjoint), adjoined(rhs, adjoint_arg))
        return tridiagonal_solve(diagonals, rhs)

    def _to_dense(self) -> Any:
        if self._diagonals_format == "matrix":
            return convert_to_tensor(self._diagonals)
        return diag(self._compact(), k=(-1, 1), align="LEFT_RIGHT")

    def _diag_part(self) -> Any:
        return self._compact()[..., 1, :]

    def _assert_self_adjoint(self) -> Any:
        diagonals = self._compact()
        upper, main, lower = (diagonals[..., i, :] for i in range(3))
        assert_real(main, "This tridiagonal operator contained non-zero imaginary values on the diagonal.")
        return assert_equal(
            conj(lower[..., 1:]), upper[..., :-1],
            message="This tridiagonal operator has non-conjugate subdiagonal and superdiagonal.",
        )  # fmt: skip
