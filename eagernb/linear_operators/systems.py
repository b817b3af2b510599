"""Systems of equations with dense matrices whose batches broadcast."""

from __future__ import annotations

from functools import reduce
from operator import mul

from eagernb.core.tensor import Tensor
from eagernb.linear_operators.sizes import in_common_batch, sizes
from eagernb.ops.shape import reshape, transpose
from eagernb.ops.solve import solve


def solve_in_batch(matrix: Tensor, rhs: Tensor, adjoint: bool) -> Tensor:
    """X in A X = B, or in A^H X = B, for matrices A [..., n, n] and B [..., n, k].

    One matrix for a batch of B's is factorized once: the columns of all of them are solved for together.

    >>> import eagernb as tf
    >>> solve_in_batch(tf.constant([[2.0]]), tf.constant([[[2.0, 4.0]], [[6.0, 8.0]]]), adjoint=False).numpy()
    array([[[1., 2.]],
    <BLANKLINE>
           [[3., 4.]]], dtype=float32)
    """
    batch_axes = len(rhs._dims) - 2
    if len(matrix._dims) > 2 or not batch_axes:
        matrix, rhs = in_common_batch(matrix, rhs)
        return solve(matrix, rhs, adjoint=adjoint)
    *batch, n, k = sizes(rhs)
    side_by_side = transpose(rhs, [batch_axes, *range(batch_axes), batch_axes + 1])  # [n, ..., k]
    solution = solve(matrix, reshape(side_by_side, (n, reduce(mul, batch, k))), adjoint=adjoint)
    return transpose(reshape(solution, (n, *batch, k)), [*range(1, batch_axes + 1), 0, batch_axes + 1])
