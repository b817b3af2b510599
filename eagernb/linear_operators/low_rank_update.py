"""An operator plus a matrix of low rank.

>>> import eagernb as tf
>>> base = tf.linalg.LinearOperatorDiag([1.0, 2.0, 4.0])
>>> operator = tf.linalg.LinearOperatorLowRankUpdate(base, u=[[1.0], [1.0], [0.0]])
>>> operator.to_dense().numpy()
array([[2., 1., 0.],
       [1., 3., 0.],
       [0., 0., 4.]], dtype=float32)
>>> float(operator.determinant())
20.0
"""

from __future__ import annotations

from typing import Any, ClassVar

from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import Tensor
from eagernb.linear_operators import hints
from eagernb.linear_operators.diag import LinearOperatorDiag
from eagernb.linear_operators.identity import LinearOperatorIdentity
from eagernb.linear_operators.operands import adjoined, held, sum_of_logarithms, twice_log_of_diagonal
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import Sizes, broadcast_sizes, sizes
from eagernb.linear_operators.systems import solve_in_batch
from eagernb.ops.arithmetic import abs
from eagernb.ops.casting import cast
from eagernb.ops.cholesky import cholesky, cholesky_solve
from eagernb.ops.complex import conj
from eagernb.ops.determinants import det
from eagernb.ops.exponential import exp, log
from eagernb.ops.matmul import matmul
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import expand_dims


class LinearOperatorLowRankUpdate(LinearOperator):
    """L + U D V^H for a ``base_operator`` L [..., m, n], ``u`` [..., m, r] and ``v`` [..., n, r].

    V is U if it is not given; D has the diagonal ``diag_update`` [..., r], ones by default. A product costs L's and
    O((m + n) r k) for k columns. A solution costs two of L's with k columns, one with r, and O(n r k + r^3), by the
    Woodbury identity (Max Woodbury, "Inverting modified matrices", 1950):

        (L + U D V^H)^-1 = L^-1 - L^-1 U C^-1 V^H L^-1,    C = D^-1 + V^H L^-1 U.

    The determinant is det(C) det(D) det(L), the matrix determinant lemma. C, the capacitance, is r x r: its Cholesky
    factor is used where L is self-adjoint and positive definite, D positive and V not given.

    ValueError for shapes that do not go together, and for hints that contradict what follows from L's.

    >>> base = LinearOperatorDiag([2.0, 2.0])
    >>> LinearOperatorLowRankUpdate(base, [[1.0], [1.0]]).solvevec([4.0, 4.0]).numpy()
    array([1., 1.], dtype=float32)
    """

    _axes: ClassVar[dict[str, Any]] = {"base_operator": 0, "u": 2, "diag_update": 1, "v": 2}

    def __init__(
        self, base_operator: LinearOperator, u: Any, diag_update: Any = None, v: Any = None,
        is_diag_update_positive: bool | None = None, is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None, is_positive_definite: bool | None = None, is_square: bool | None = None,
        name: str = "LinearOperatorLowRankUpdate",
    ) -> None:  # fmt: skip
        parameters = hints.given(locals())
        if diag_update is None:
            is_diag_update_positive = hints.always(
                True, is_diag_update_positive, "The default diagonal is the identity, which is positive."
            )
        symmetric = base_operator.is_self_adjoint and v is None
        self._is_definite = bool(symmetric and base_operator.is_positive_definite and is_diag_update_positive)
        if symmetric and not base_operator.dtype.is_complex:
            is_self_adjoint = hints.always(True, is_self_adjoint, "L + U D U^H with a self-adjoint L is self-adjoint.")
        if self._is_definite:
            contradiction = "The arguments imply that this is a self-adjoint positive-definite operator."
            is_positive_definite = hints.always(True, is_positive_definite, contradiction)
            is_self_adjoint = hints.always(True, is_self_adjoint, contradiction)
            hints.always(True, is_non_singular, contradiction)
        self._base_operator = base_operator
        self._u = held(u, "u", 2)
        self._v = None if v is None else held(v, "v", 2)
        self._diag_update = None if diag_update is None else held(diag_update, "diag_update", 1)
        self._is_diag_update_positive = is_diag_update_positive
        dtype = base_operator.dtype
        super().__init__(
            dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, parameters
        )
        self._check_shapes()

    @property
    def base_operator(self) -> LinearOperator:
        """The operator L to which the rest is added."""
        return self._base_operator

    @property
    def u(self) -> Any:
        """The matrix U."""
        return self._u

    @property
    def v(self) -> Any:
        """The matrix V; U where none was given."""
        return self._u if self._v is None else self._v

    @property
    def diag_update(self) -> Any:
        """The diagonal of D; None where it is the identity."""
        return self._diag_update

    @property
    def is_diag_update_positive(self) -> bool | None:
        """Whether D is positive, as far as that was promised."""
        return self._is_diag_update_positive

    @property
    def diag_operator(self) -> LinearOperator:
        """D as an operator."""
        if self._diag_update is None:
            return LinearOperatorIdentity(sizes(self._u)[-1], dtype=self.dtype)
        return LinearOperatorDiag(self._diag_update, is_positive_definite=self._is_diag_update_positive or None)

    def _check_shapes(self) -> None:
        (m, n), u, v = self.base_operator.shape[-2:], self.u.shape, self.v.shape
        ranks = {u[-1], v[-1], u[-1] if self._diag_update is None else self._diag_update.shape[-1]} - {None}
        fits = {u[-2], m} - {None}, {v[-2], n} - {None}, ranks
        if any(len(sizes_of_axis) > 1 for sizes_of_axis in fits):
            given = "" if self._diag_update is None else f", diag_update {self._diag_update.shape}"
            raise ValueError(
                f"The shapes do not go together: base_operator {self.base_operator.shape}, u {u}, v {v}{given}. They "
                "are [..., m, n], [..., m, r], [..., n, r] and [..., r]."
            )
        self._sizes()  # the batches broadcast

    def _sizes(self) -> Sizes:
        base, batches = self.base_operator._sizes(), [sizes(self.u)[:-2], sizes(self.v)[:-2]]
        if self._diag_update is not None:
            batches.append(sizes(self._diag_update)[:-1])
        return (*broadcast_sizes(base[:-2], *batches), *base[-2:])

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        x = adjoined(x, adjoint_arg)
        u, v = (self.v, self.u) if adjoint else (self.u, self.v)
        low = matmul(u, self.diag_operator.matmul(matmul(v, x, adjoint_a=True), adjoint=adjoint))
        return self.base_operator.matmul(x, adjoint=adjoint) + low

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        if self.base_operator.is_non_singular is False:
            raise ValueError("Solve not implemented unless this is a perturbation of a non-singular LinearOperator.")
        u, v = (self.v, self.u) if adjoint else (self.u, self.v)
        base_solution = self.base_operator.solve(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)
        inner, capacitance = matmul(v, base_solution, adjoint_a=True), self._capacitance()
        if self._is_definite:
            inner = cholesky_solve(cholesky(capacitance), inner)
        else:
            inner = solve_in_batch(capacitance, inner, adjoint)
        return base_solution - self.base_operator.solve(matmul(u, inner), adjoint=adjoint)

    def _capacitance(self) -> Tensor:
        """C = D^-1 + V^H L^-1 U."""
        product = matmul(self.v, self.base_operator.solve(self.u), adjoint_a=True)
        return self.diag_operator.inverse().to_dense() + product

    def _determinant(self) -> Any:
        if self.is_positive_definite:
            return cast(exp(self.log_abs_determinant()), self.dtype)
        return det(self._capacitance()) * self.diag_operator.determinant() * self.base_operator.determinant()

    def _log_abs_determinant(self) -> Any:
        if self._is_definite:
            of_capacitance = twice_log_of_diagonal(cholesky(self._capacitance()))
        else:
            of_capacitance = cast(log(abs(det(self._capacitance()))), self.dtype)
        return of_capacitance + sum_of_logarithms([self.diag_operator, self.base_operator])

    def _diag_part(self) -> Any:
        if self.base_operator.is_square is not True:
            return super()._diag_part()
        products = convert_to_tensor(self.u) * conj(self.v)
        if self._diag_update is not None:
            products = products * expand_dims(self._diag_update, -2)
        return reduce_sum(products, axis=-1) + self.base_operator.diag_part()

    def _assert_self_adjoint(self) -> Any:
        if self._v is None and self._diag_update is None:
            return self.base_operator.assert_self_adjoint()
        return super()._assert_self_adjoint()
