"""What follows from singular values: the rank and the pseudo-inverse of a matrix.

>>> import eagernb as tf
>>> a = tf.constant([[3.0, 0.0], [0.0, 0.0], [0.0, -2.0]])
>>> int(tf.linalg.matrix_rank(a))
2
>>> tf.linalg.pinv(a).numpy().round(4) + 0.0
array([[ 0.3333,  0.    ,  0.    ],
       [ 0.    ,  0.    , -0.5   ]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32
from eagernb.core.late import sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.ops.arithmetic import maximum, negative
from eagernb.ops.casting import cast
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import LAPACK, cubic, matrix
from eagernb.ops.reduce import reduce_max, reduce_sum
from eagernb.ops.shape import adjoint
from eagernb.ops.svd import svd, svd_kernel


def _pinv_infer(a: TensorSpec, rcond: TensorSpec) -> TensorSpec:
    rows, columns = matrix(a.dims)
    return TensorSpec([*a.dims[:-2], columns, rows], a.dtype)


def _pinv_kernel(a: Any, rcond: Any) -> Any:
    s, u, v = svd_kernel(a, False)
    largest = np.max(s, axis=-1, initial=0, keepdims=True)
    kept = s > np.expand_dims(rcond, -1) * largest
    inverse = np.where(kept, np.reciprocal(s), s.dtype.type(0))
    inverse[np.isnan(s)] = np.nan
    return np.matmul(v * np.expand_dims(inverse, -2), np.conjugate(u.swapaxes(-1, -2)))


def _pinv_rule(g: Tensor, a: Tensor, out: Tensor) -> Tensor:
    """-P^H G P^H + (I - A P) G^H P P^H + P^H P G^H (I - P A), for P = pinv(A)."""
    p, p_h, g_h = out, adjoint(out), adjoint(g)
    within = negative(matmul(p_h, matmul(g, p_h)))
    right = matmul(g_h, matmul(p, p_h))
    left = matmul(matmul(p_h, p), g_h)
    return within + right - matmul(a, matmul(p, right)) + left - matmul(matmul(left, p), a)


PINV = register(
    Op("pinv", ("a", "rcond"), _pinv_kernel, _pinv_infer, rules=(Rule.of(_pinv_rule), None), label="pinv",
       family="linalg", dtypes=LAPACK, typed=(0,), flops=cubic(14))
)  # fmt: skip


def pinv(a: Any, rcond: Any = None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The Moore-Penrose pseudo-inverse [..., n, m] of matrices [..., m, n]: the inverse, where there is one.

    Singular values up to ``rcond`` times the largest count as zero; it is 10 max(m, n) times the precision, unless it
    is given, for all matrices or for each. The gradient is that of Golub and Pereyra, "The differentiation of
    pseudo-inverses and nonlinear least squares problems whose variables separate" (1973). ValueError for a rank below
    2, DTypeError for integers.

    >>> pinv([[2.0, 0.0], [0.0, 0.0]]).numpy()
    array([[0.5, 0. ],
           [0. , 0. ]], dtype=float32)
    """
    a = _float_matrix(convert_to_tensor(a), "pinv")
    if rcond is None:
        rcond = 10 * _precision(a)
    return apply(PINV, (a, convert_to_tensor(rcond, a.dtype)))


def matrix_rank(a: Any, tol: Any = None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The number of singular values above ``tol`` (by default the largest times max(m, n) times the precision).

    Of matrices [..., m, n], they are int32 [...]. ValueError for a rank below 2.

    >>> int(matrix_rank([[1.0, 2.0], [2.0, 4.0]]))
    1
    """
    a = _float_matrix(convert_to_tensor(a, dtype_hint="float32"), "matrix_rank")
    s = svd(a, compute_uv=False)
    if tol is None:
        tol = _precision(a) * reduce_max(s, axis=-1, keepdims=True)
    return reduce_sum(cast(s > tol, int32), axis=-1)


def _float_matrix(a: Tensor, name: str) -> Tensor:
    if not a.dtype.is_floating:
        raise DTypeError(f"{name}: the matrix must be of a floating-point dtype, not {a.dtype.name}.", name)
    matrix(a._dims)
    return a


def _precision(a: Tensor) -> Any:
    """The rounding error to expect in singular values, relative to the largest."""
    rows, columns = sizes_of(a)[-2:]
    known = isinstance(rows, int) and isinstance(columns, int)
    larger = max(rows, columns) if known else cast(maximum(rows, columns), a.dtype)
    return larger * float(np.finfo(a.dtype.numpy).eps)
