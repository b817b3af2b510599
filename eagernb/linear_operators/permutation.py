"""Permutations of a vector's elements.

>>> import eagernb as tf
>>> operator = tf.linalg.LinearOperatorPermutation([2, 0, 1])
>>> operator.matvec([10.0, 20.0, 30.0]).numpy(), operator.solvevec([30.0, 10.0, 20.0]).numpy()
(array([30., 10., 20.], dtype=float32), array([10., 20., 30.], dtype=float32))
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, float32, int32
from eagernb.core.static import static_value
from eagernb.linear_operators import hints
from eagernb.linear_operators.operands import adjoined, column, held
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, in_batch, sizes
from eagernb.ops.casting import cast
from eagernb.ops.compare import equal, greater
from eagernb.ops.creation import ones, zeros
from eagernb.ops.diagonals import band_part
from eagernb.ops.gather import gather
from eagernb.ops.ranges import range
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import expand_dims
from eagernb.ops.sorting import argsort


class LinearOperatorPermutation(LinearOperator):
    """The matrix [..., n, n] that puts element ``perm[i]`` of a vector at i.

    ``perm`` [..., n] holds each of 0 ... n-1 once. A product or a solution moves elements, O(n k) for k columns, and
    computes nothing. The determinant, 1 or -1, is the parity of the pairs that are out of order: O(n^2).

    TypeError unless ``perm`` holds integers, ValueError if it is no permutation or a scalar, and for hints that are not
    so.

    >>> LinearOperatorPermutation([1, 0]).to_dense().numpy()
    array([[0., 1.],
           [1., 0.]], dtype=float32)
    """

    _axes: ClassVar[dict[str, Any]] = {"perm": 1}

    def __init__(
        self, perm: Any, dtype: Any = float32, is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str = "LinearOperatorPermutation",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        self._perm = held(perm, "perm", 1)
        _check(self._perm)
        hints.always(True, is_non_singular, "A Permutation operator is always non-singular.")
        is_square = hints.always(True, is_square, "A Permutation operator is always square.")
        super().__init__(
            as_dtype(dtype), None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, parameters
        )

    @property
    def perm(self) -> Any:
        """Which element of its argument each element of a product is."""
        return self._perm

    def _sizes(self) -> Sizes:
        given = sizes(self._perm)
        return (*given, given[-1])

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        x, perm = adjoined(x, adjoint_arg), convert_to_tensor(self._perm)
        if adjoint and not self.is_self_adjoint:
            perm = argsort(perm, axis=-1)  # the inverse
        batch = broadcast_sizes(sizes(x)[:-2], sizes(perm)[:-1])
        return gather(in_batch(batch, x), in_batch(batch, perm, 1), axis=-2, batch_dims=len(batch))

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self._matmul(rhs, not adjoint, adjoint_arg)

    def _to_dense(self) -> Any:
        perm = convert_to_tensor(self._perm)
        return cast(equal(range(cast(self._sizes()[-1], perm.dtype)), column(perm)), self.dtype)

    def _diag_part(self) -> Any:
        perm = convert_to_tensor(self._perm)
        return cast(equal(range(cast(self._sizes()[-1], perm.dtype)), perm), self.dtype)

    def _determinant(self) -> Any:
        perm = convert_to_tensor(self._perm)
        out_of_order = band_part(cast(greater(column(perm), expand_dims(perm, -2)), int32), 0, -1)
        return cast(1 - 2 * (reduce_sum(out_of_order, axis=[-2, -1]) % 2), self.dtype)

    def _log_abs_determinant(self) -> Any:
        return zeros(self._sizes()[:-2], self.dtype)

    def _cond(self) -> Any:
        return ones(self._sizes()[:-2], self.dtype)

    def _assert_non_singular(self) -> None:
        """Always so."""


def _check(perm: Any) -> None:
    if not perm.dtype.is_integer:
        raise TypeError(f"Argument `perm` must be integer dtype. Received: {perm!r}.")
    known = static_value(perm)
    if known is not None and np.any(np.sort(known, axis=-1) != np.arange(known.shape[-1])):
        raise ValueError(
            f"Argument `perm` must be a vector of unique integers from 0 to {known.shape[-1] - 1}. Received: {perm!r}."
        )
