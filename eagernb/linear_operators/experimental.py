"""tf.linalg.experimental: systems of equations solved by products alone."""

from __future__ import annotations

from typing import Any, NamedTuple

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32
from eagernb.core.tensor import Tensor
from eagernb.graph.while_loop import while_loop
from eagernb.linear_operators.operands import column
from eagernb.linear_operators.operator import LinearOperator
from eagernb.linear_operators.sizes import broadcast_sizes, in_batch, sizes
from eagernb.ops.compare import greater, less, logical_and
from eagernb.ops.complex import conj
from eagernb.ops.creation import constant, zeros_like
from eagernb.ops.norms import norm
from eagernb.ops.reduce import reduce_any, reduce_sum

__all__ = ["conjugate_gradient"]


def __dir__() -> list[str]:
    return __all__


class CGState(NamedTuple):
    """Where the iteration is: the number of steps, the solution, the residual, the direction, and what is left."""

    i: Tensor
    x: Tensor
    r: Tensor
    p: Tensor
    gamma: Tensor


def conjugate_gradient(
    operator: LinearOperator, rhs: Any, preconditioner: LinearOperator | None = None, x: Any = None, tol: float = 1e-5,
    max_iter: int = 20, name: str = "conjugate_gradient",
) -> CGState:  # fmt: skip
    """x in A x = b for vectors b [..., n], by the method of conjugate gradients: a product with A in each step.

    It ends after ``max_iter`` steps, or when the norm of the residual b - A x is at most ``tol`` times that of b, in
    the whole batch. Without rounding, n steps are enough; far fewer are where the eigenvalues of A, or of the
    ``preconditioner`` (about A^-1) times A, lie close together. ``x`` is where it begins, by default 0 (Magnus Hestenes
    and Eduard Stiefel, "Methods of conjugate gradients for solving linear systems", 1952).

    The result has the fields i (steps), x, r (the residual), p (the last direction) and gamma (r^H M r, M being the
    preconditioner). ValueError unless A's hints say that it is self-adjoint and positive definite.

    >>> import eagernb as tf
    >>> matrix = [[4.0, 1.0], [1.0, 3.0]]
    >>> a = tf.linalg.LinearOperatorFullMatrix(matrix, is_self_adjoint=True, is_positive_definite=True)
    >>> found = conjugate_gradient(a, tf.constant([6.0, 7.0]))
    >>> int(found.i), found.x.numpy().round(4)
    (2, array([1., 2.], dtype=float32))
    """
    if not (operator.is_self_adjoint and operator.is_positive_definite):
        raise ValueError("Expected a self-adjoint, positive definite operator.")
    rhs = convert_to_tensor(rhs)
    batches = [sizes(rhs)[:-1], operator._sizes()[:-2]]
    if preconditioner is not None:
        batches.append(preconditioner._sizes()[:-2])
    rhs = in_batch(broadcast_sizes(*batches), rhs, rank=1)

    def preconditioned(residual: Tensor) -> Tensor:
        return residual if preconditioner is None else preconditioner.matvec(residual)

    def goes_on(state: CGState) -> Any:
        return logical_and(less(state.i, max_iter), reduce_any(greater(_length(state.r), limit)))

    def step(state: CGState) -> tuple[CGState]:
        product = operator.matvec(state.p)
        alpha = column(state.gamma / _dot(state.p, product))
        x, r = state.x + alpha * state.p, state.r - alpha * product
        q = preconditioned(r)
        gamma = _dot(r, q)
        return (CGState(state.i + 1, x, r, q + column(gamma / state.gamma) * state.p, gamma),)

    limit = tol * _length(rhs)
    x = zeros_like(rhs) if x is None else in_batch(sizes(rhs)[:-1], convert_to_tensor(x), rank=1)
    r = rhs - operator.matvec(x)
    p = preconditioned(r)
    (found,) = while_loop(goes_on, step, (CGState(constant(0, int32), x, r, p, _dot(r, p)),))
    return found


def _dot(x: Tensor, y: Tensor) -> Tensor:
    return reduce_sum(conj(x) * y, axis=-1)


def _length(x: Tensor) -> Tensor:
    return norm(x, axis=-1)
