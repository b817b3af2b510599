"""Matrices of three diagonals: they are multiplied and solved in a number of steps proportional to their size.

Three ways to write them are allowed, of which the first two waste no memory:

- "compact": one tensor [..., 3, n], whose rows are the upper, the main and the lower diagonal. The last element of the
  upper one and the first of the lower one are not read.
- "sequence": a list of the three, the upper and the lower one of n or of n - 1 elements.
- "matrix": [..., n, n], of which nothing else is read.

>>> import eagernb as tf
>>> diagonals = [[1.0, 1.0, 0.0], [2.0, 2.0, 2.0], [0.0, 1.0, 1.0]]
>>> tf.linalg.tridiagonal_matmul(diagonals, [[1.0], [2.0], [3.0]]).numpy().ravel()
array([4., 8., 8.], dtype=float32)
>>> tf.linalg.tridiagonal_solve(diagonals, [4.0, 8.0, 8.0]).numpy().round(4)
array([1., 2., 3.], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, as_tensors
from eagernb.core.convert import convert_to_tensor
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError, UnimplementedError
from eagernb.ops.arithmetic import negative
from eagernb.ops.complex import conj
from eagernb.ops.diagonals import diag_part
from eagernb.ops.joining import stack
from eagernb.ops.matrix_specs import LAPACK, batches, matrix, merged, same_size
from eagernb.ops.padding import pad
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import expand_dims, matrix_transpose, squeeze


def _solution_dims(diagonals: Dims, rhs: Dims) -> Dims:
    three, n = matrix(diagonals)
    same_size(3, three, "three diagonals are needed")
    rows, columns = matrix(rhs)
    batch = merged(diagonals[:-2], rhs[:-2])
    return (*batch, same_size(n, rows, "the matrix and the right-hand side differ in size"), columns)


def _solve_infer(diagonals: TensorSpec, rhs: TensorSpec) -> TensorSpec:
    return TensorSpec(_solution_dims(diagonals.dims, rhs.dims), rhs.dtype)


def _solve_kernel(diagonals: Any, rhs: Any) -> Any:
    from scipy.linalg.lapack import get_lapack_funcs

    _solution_dims(diagonals.shape, rhs.shape)
    (gtsv,) = get_lapack_funcs(("gtsv",), (rhs,))
    result = np.empty_like(rhs)
    for index in batches(rhs) if rhs.size else ():
        upper, main, lower = diagonals[index]
        if main.size == 1:
            result[index] = rhs[index] / main
            continue
        *_, solution, singular = gtsv(lower[1:], main, upper[:-1], rhs[index])
        result[index] = np.nan if singular else solution
    return result


def _solve_rule_diagonals(g: Tensor, diagonals: Tensor, out: Tensor) -> Tensor:
    """The three diagonals of -Y X^H, Y being the gradient of the right-hand side."""
    flowing, x = _solve_rule_rhs(g, diagonals), conj(out)
    products = [flowing * _upwards(x), flowing * x, flowing * _downwards(x)]
    return negative(stack([reduce_sum(product, axis=-1) for product in products], axis=-2))


def _solve_rule_rhs(g: Tensor, diagonals: Tensor) -> Tensor:
    """The solution with the adjoint matrix: its diagonals change places, each moved by one."""
    held = conj(diagonals)
    upper, main, lower = held[..., 0, :, None], held[..., 1, :], held[..., 2, :, None]
    turned = [squeeze(_upwards(lower), -1), main, squeeze(_downwards(upper), -1)]
    return apply(TRIDIAGONAL_SOLVE, (stack(turned, axis=-2), g))


TRIDIAGONAL_SOLVE = register(
    Op("tridiagonal_solve", ("diagonals", "rhs"), _solve_kernel, _solve_infer,
       rules=(Rule.of(_solve_rule_diagonals), Rule.of(_solve_rule_rhs)), label="tridiagonal_solve", family="linalg",
       dtypes=LAPACK, typed=(0, 1), flops=lambda ins, outs, **params: 8 * (outs[0].size or 0))
)  # fmt: skip


def _upwards(x: Tensor) -> Tensor:
    """The rows moved up by one, zeros below."""
    return pad(x, [[0, 0]] * (len(x._dims) - 2) + [[0, 1], [0, 0]])[..., 1:, :]


def _downwards(x: Tensor) -> Tensor:
    """The rows moved down by one, zeros above."""
    return pad(x, [[0, 0]] * (len(x._dims) - 2) + [[1, 0], [0, 0]])[..., :-1, :]


def tridiagonal_solve(
    diagonals: Any,
    rhs: Any,
    diagonals_format: str = "compact",
    transpose_rhs: bool = False,
    conjugate_rhs: bool = False,
    name: str | None = None,
    partial_pivoting: bool = True,
    perturb_singular: bool = False,
) -> Tensor:
    """X in A X = B for tridiagonal matrices A, and B [..., n, k] or [..., n]; NaN for a singular one.

    ``diagonals``: [..., 3, n], the upper, the main and the lower one ("compact"), a list of the three ("sequence"), or
    matrices [..., n, n] ("matrix"). ``transpose_rhs`` and ``conjugate_rhs`` are applied to B first. Rows are always
    exchanged where that helps, also with ``partial_pivoting=False``; ``perturb_singular`` is not supported. ShapeError
    for shapes that do not go together, ValueError for an unknown format.

    >>> tridiagonal_solve([[1.0, 0.0], [2.0, 4.0], [0.0, 0.0]], [3.0, 4.0]).numpy()
    array([1., 1.], dtype=float32)
    """
    if perturb_singular:
        if not partial_pivoting:
            raise ValueError("tridiagonal_solve: partial_pivoting must be True if perturb_singular is.")
        raise UnimplementedError("tridiagonal_solve: perturb_singular=True is not supported.", "tridiagonal_solve")
    held, b = as_tensors(TRIDIAGONAL_SOLVE, (_compact(diagonals, diagonals_format), rhs))
    vector = len(b._dims) == len(held._dims) - 1
    if len(held._dims) < 2 or not (vector or len(b._dims) == len(held._dims)):
        raise ShapeError(f"tridiagonal_solve: diagonals {held.shape} and right-hand side {b.shape} do not go together.")
    if vector:
        b = expand_dims(b, -1)
    elif transpose_rhs:
        b = matrix_transpose(b)
    x = apply(TRIDIAGONAL_SOLVE, (held, conj(b) if conjugate_rhs else b))
    return squeeze(x, -1) if vector else x


def tridiagonal_matmul(diagonals: Any, rhs: Any, diagonals_format: str = "compact", name: str | None = None) -> Tensor:
    """The product of tridiagonal matrices with matrices [..., n, k].

    ``diagonals`` and ``diagonals_format`` as for ``tridiagonal_solve``. ShapeError where they do not go together,
    ValueError for another format.

    >>> tridiagonal_matmul([[1.0, 0.0], [2.0, 4.0], [0.0, 0.0]], [[1.0], [1.0]]).numpy()
    array([[3.],
           [4.]], dtype=float32)
    """
    held, x = as_tensors(TRIDIAGONAL_SOLVE, (_compact(diagonals, diagonals_format), rhs))
    if len(held._dims) != len(x._dims) or held._dims[-1] != x._dims[-2]:
        raise ShapeError(
            f"tridiagonal_matmul: diagonals {held.shape} and right-hand side {x.shape} do not go together."
        )
    upper, main, lower = (held[..., i, :, None] for i in range(3))
    return upper * _upwards(x) + main * x + lower * _downwards(x)


def _compact(diagonals: Any, form: str) -> Tensor:
    if form == "compact":
        return convert_to_tensor(diagonals)
    if form == "matrix":
        return diag_part(diagonals, k=(-1, 1), align="LEFT_RIGHT")
    if form != "sequence":
        raise ValueError(f"diagonals_format must be 'compact', 'sequence' or 'matrix', not {form!r}.")
    if not isinstance(diagonals, (list, tuple)) or len(diagonals) != 3:
        raise ValueError("diagonals must be a list of three with diagonals_format='sequence'.")
    upper, main, lower = map(convert_to_tensor, diagonals)
    n = main._dims[-1]
    return stack([_padded(upper, n, [0, 1]), main, _padded(lower, n, [1, 0])], axis=-2)


def _padded(x: Tensor, n: int | None, side: list[int]) -> Tensor:
    if x._dims[-1] == n:
        return x
    if n is None or x._dims[-1] != n - 1:
        raise ShapeError(f"A side diagonal must have {n} elements, or one less, not {x._dims[-1]}.")
    return pad(x, [[0, 0]] * (len(x._dims) - 1) + [side])
