"""The QR decomposition: orthonormal columns times a triangle.

>>> import eagernb as tf
>>> q, r = tf.linalg.qr([[3.0, 1.0], [4.0, 2.0]])
>>> abs(r).numpy().round(4)
array([[5. , 2.2],
       [0. , 0.4]], dtype=float32)
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import INEXACT
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.diagonals import lower_half
from eagernb.ops.joining import concat
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import cubic, in_single, matrix
from eagernb.ops.shape import adjoint
from eagernb.ops.solve import triangular_solve


class Qr(NamedTuple):
    """A matrix of orthonormal columns, and an upper triangular one."""

    q: Tensor
    r: Tensor


def _qr_infer(x: TensorSpec, full_matrices: bool) -> tuple[TensorSpec, TensorSpec]:
    rows, columns = matrix(x.dims)
    small = None if rows is None or columns is None else min(rows, columns)
    inner = rows if full_matrices else small
    return TensorSpec([*x.dims[:-2], rows, inner], x.dtype), TensorSpec([*x.dims[:-2], inner, columns], x.dtype)


@in_single
def _qr_kernel(x: Any, full_matrices: bool) -> Any:
    return tuple(np.linalg.qr(x, "complete" if full_matrices else "reduced"))


def _qr_rule(g: Any, x: Tensor, out: Any, full_matrices: bool) -> Tensor:
    """Of A = [X, Y] with X square, only X has an orthogonal factor of its own: A = Q [U, V], V = Q^H Y."""
    (dq, dr), (q, r) = g, out
    rows, columns = x._dims[-2:]
    if rows is None or columns is None:
        raise NotImplementedError("The gradient of qr needs the numbers of rows and columns to be known.")
    if full_matrices and rows > columns:
        raise NotImplementedError(
            "The gradient of qr with full_matrices=True is not defined for more rows than columns: "
            "the further columns of q could be any. Use full_matrices=False."
        )
    if rows >= columns:
        return _tall(q, r, dq, dr)
    y, dv = x[..., rows:], dr[..., rows:]
    dx = _tall(q, r[..., :rows], dq + matmul(y, dv, adjoint_b=True), dr[..., :rows])
    return concat([dx, matmul(q, dv)], axis=-1)


def _tall(q: Tensor, r: Tensor, dq: Tensor, dr: Tensor) -> Tensor:
    """(dQ + Q S) R^-H, where S is the Hermitian matrix with the lower triangle of R dR^H - dQ^H Q.

    Its diagonal is real, since the diagonal of R is.
    """
    half = lower_half(matmul(r, dr, adjoint_b=True) - matmul(dq, q, adjoint_a=True))
    hermitian = half + adjoint(half)
    return adjoint(triangular_solve(r, adjoint(dq + matmul(q, hermitian)), lower=False))


QR = register(
    Op("qr", ("x",), _qr_kernel, _qr_infer, rules=(Rule.of(_qr_rule),), label="qr", family="linalg",
       dtypes=INEXACT, typed=(0,), multiple=True, flops=cubic(2))
)  # fmt: skip


def qr(input: Any, full_matrices: bool = False, name: str | None = None) -> Qr:
    """Q with orthonormal columns and upper triangular R with Q R = A, for matrices A [..., m, n].

    With k = min(m, n), Q is [..., m, k] and R [..., k, n]; with ``full_matrices``, [..., m, m] and [..., m, n].

    The gradient is that of Walter and Lehmann, "Algorithmic differentiation of linear algebra functions with
    application in optimum experimental design" (2012), and for wide matrices of Roberts and Roberts, "QR and LQ
    decomposition matrix backpropagation algorithms" (2020). ShapeError for a rank below 2, DTypeError for integers.

    >>> q, r = qr([[3.0, 5.0], [4.0, 5.0]])
    >>> abs(r.numpy()).round(4)
    array([[5., 7.],
           [0., 1.]], dtype=float32)
    """
    return Qr(*apply(QR, (input,), full_matrices=bool(full_matrices)))
