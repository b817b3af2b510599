"""Least squares."""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.ops.cholesky import cholesky, cholesky_solve
from eagernb.ops.creation import eye
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import matrix as matrix_sizes
from eagernb.ops.pinv import PINV


def lstsq(matrix: Any, rhs: Any, l2_regularizer: Any = 0.0, fast: bool = True, name: str | None = None) -> Tensor:
    """X that minimizes |A X - B|² + l2_regularizer |X|², for A [..., m, n] and B [..., m, k]; the smallest such X.

    By default it solves the normal equations with a Cholesky factor, which squares the condition number: it is NaN for
    a matrix that has not full rank. With ``fast=False`` it uses the pseudo-inverse, and no ``l2_regularizer``.
    ShapeError where the numbers of rows differ, ValueError for a rank below 2, DTypeError for integers.

    >>> lstsq([[1.0], [1.0]], [[2.0], [4.0]]).numpy().round(4)
    array([[3.]], dtype=float32)
    """
    a = convert_to_tensor(matrix)
    b = convert_to_tensor(rhs, a.dtype)
    rows, columns = static_ints(matrix_sizes(a._dims), "the shape of the matrix")
    if not fast:
        rcond = max(rows, columns) * np.finfo(a.dtype.numpy).eps
        return matmul(apply(PINV, (a, convert_to_tensor(rcond, a.dtype.real_dtype))), b)
    tall = rows >= columns
    gramian = matmul(a, a, adjoint_a=tall, adjoint_b=not tall)
    if not isinstance(l2_regularizer, (int, float)) or l2_regularizer:
        unit = eye(min(rows, columns), dtype=a.dtype)
        gramian = gramian + unit * convert_to_tensor(l2_regularizer, a.dtype)
    factor = cholesky(gramian)
    if tall:
        return cholesky_solve(factor, matmul(a, b, adjoint_a=True))
    return matmul(a, cholesky_solve(factor, b), adjoint_a=True)
