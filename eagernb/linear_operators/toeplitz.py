"""Toeplitz matrices: those with one number along each diagonal.

>>> import eagernb as tf
>>> tf.linalg.LinearOperatorToeplitz(col=[1.0, 2.0, 3.0], row=[1.0, -2.0, -3.0]).to_dense().numpy()
array([[ 1., -2., -3.],
       [ 2.,  1., -2.],
       [ 3.,  2.,  1.]], dtype=float32)
"""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import Tensor
from eagernb.linear_operators import hints
from eagernb.linear_operators.circulant import LinearOperatorCirculant
from eagernb.linear_operators.operands import adjoined, as_complex, held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, in_batch, in_common_batch, sizes
from eagernb.ops.arranging import reverse
from eagernb.ops.assertions import assert_equal
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj
from eagernb.ops.creation import ones, zeros_like
from eagernb.ops.fft import fft
from eagernb.ops.gather import gather
from eagernb.ops.joining import concat
from eagernb.ops.ranges import range
from eagernb.ops.shape import expand_dims


class LinearOperatorToeplitz(LinearOperator):
    """A Toeplitz matrix [..., n, n], given by its first column and its first row, both [..., n].

    The corner is the column's. A product costs O(k n log n) for k columns: the matrix is a corner of a circulant one of
    size 2 n (Gene Golub and Charles Van Loan, "Matrix Computations", 4th edition, section 4.8.4). A solution costs
    O(n^3), by the dense matrix.

    ValueError for scalars, and for a column and a row of different lengths.

    >>> LinearOperatorToeplitz([1.0, 2.0], [1.0, 5.0]).matvec([1.0, 1.0]).numpy().round(3)
    array([6., 3.], dtype=float32)
    """

    _axes: ClassVar[dict[str, Any]] = {"col": 1, "row": 1}

    def __init__(
        self, col: Any, row: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str = "LinearOperatorToeplitz",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._col, self._row = held(col, "col", 1), held(row, "row", 1)
        lengths = self._col.shape[-1], self._row.shape[-1]
        if None not in lengths and lengths[0] != lengths[1]:
            raise ValueError(
                f"Expected square matrix, got row and col with mismatched dimensions: {lengths[1]} and {lengths[0]}."
            )
        is_square = hints.always(True, is_square, "Only square Toeplitz operators currently supported.")
        super().__init__(
            self._row.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, parameters
        )

    @property
    def col(self) -> Any:
        """The first column."""
        return self._col

    @property
    def row(self) -> Any:
        """The first row."""
        return self._row

    def _sizes(self) -> Sizes:
        given = broadcast_sizes(sizes(self._col), sizes(self._row))
        return (*given, given[-1])

    def _sides(self) -> list[Tensor]:
        return in_common_batch(convert_to_tensor(self._col), convert_to_tensor(self._row), rank=1)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        x, (col, row) = adjoined(x, adjoint_arg), self._sides()
        # The first column of the circulant matrix: beside and below the corner, its diagonals go on round the edge.
        first = concat([col, zeros_like(col[..., :1]), reverse(row[..., 1:], axis=[-1])], axis=-1)
        circulant = LinearOperatorCirculant(fft(as_complex(first), axes=(-1,)), self.dtype)
        product = circulant.matmul(concat([x, zeros_like(x)], axis=-2), adjoint=adjoint)
        return product[..., : self._sizes()[-1], :]

    def _to_dense(self) -> Any:
        col, row = self._sides()
        n = self._sizes()[-1]
        diagonals = concat([reverse(col, axis=[-1]), row[..., 1:]], axis=-1)  # from the lower left to the upper right
        places = range(n) + expand_dims(range(n - 1, -1, -1), -1)
        return gather(diagonals, places, axis=-1)

    def _diag_part(self) -> Any:
        return in_batch(self._sizes()[:-2], self._col[..., :1], 1) * ones([self._sizes()[-1]], self.dtype)

    def _trace(self) -> Any:
        return in_batch(self._sizes()[:-2], self._col[..., 0], 0) * cast(self._sizes()[-1], self.dtype)

    def _assert_self_adjoint(self) -> Any:
        return assert_equal(
            self.row, conj(self.col), message="row and col are not conjugate, and so this operator is not self-adjoint."
        )
