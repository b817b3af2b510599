"""MatrixFree: what acts as a matrix without holding its elements. Functions of matrices hand over to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class MatrixFree:
    """Base of ``tf.linalg.LinearOperator``: ``tf.linalg.det(x)`` and its like ask the operator for its own way.

    It stands here for those functions to know it by, so that operators are loaded only where they are used.
    """

    _logdet: Callable[..., Any]
    adjoint: Callable[..., Any]
    cholesky: Callable[..., Any]
    determinant: Callable[..., Any]
    diag_part: Callable[..., Any]
    inverse: Callable[..., Any]
    matmul: Callable[..., Any]
    matvec: Callable[..., Any]
    solve: Callable[..., Any]
    trace: Callable[..., Any]
