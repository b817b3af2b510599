"""The singular value decomposition, and what follows from it: rank and pseudo-inverse.

>>> import eagernb as tf
>>> a = tf.constant([[3.0, 0.0], [0.0, 0.0], [0.0, -2.0]])
>>> s, u, v = tf.linalg.svd(a)
>>> s.numpy(), tf.linalg.matrix_rank(a).numpy()
(array([3., 2.], dtype=float32), np.int32(2))
>>> tf.linalg.pinv(a).numpy().round(4) + 0.0
array([[ 0.3333,  0.    ,  0.    ],
       [ 0.    ,  0.    , -0.5   ]], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.ops.arithmetic import negative, reciprocal, square
from eagernb.ops.casting import cast
from eagernb.ops.creation import zeros_like
from eagernb.ops.diagonals import diag, diag_part, set_diag
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import LAPACK, batches, cubic, matrix
from eagernb.ops.reduce import reduce_max, reduce_sum
from eagernb.ops.shape import adjoint, expand_dims


def _svd_infer(x: TensorSpec, full_matrices: bool) -> tuple[TensorSpec, TensorSpec, TensorSpec]:
    rows, columns = matrix(x.dims)
    values = _values_infer(x)
    small = values.dims[-1]
    u = TensorSpec([*x.dims[:-2], rows, rows if full_matrices else small], x.dtype)
    v = TensorSpec([*x.dims[:-2], columns, columns if full_matrices else small], x.dtype)
    return values, u, v


def _values_infer(x: TensorSpec) -> TensorSpec:
    rows, columns = matrix(x.dims)
    small = None if rows is None or columns is None else min(rows, columns)
    return TensorSpec([*x.dims[:-2], small], x.dtype.real_dtype)


def _svd_kernel(x: Any, full_matrices: bool) -> Any:
    try:
        u, s, vh = np.linalg.svd(x, full_matrices)
    except np.linalg.LinAlgError:
        if x.ndim < 2:
            raise
        return _svd_or_nan(x, full_matrices)
    return s, u, np.conjugate(vh.swapaxes(-1, -2))


def _svd_or_nan(x: Any, full_matrices: bool) -> Any:
    """Some matrix, that holds NaN or infinity, has no decomposition: it gets NaN, the others theirs."""
    specs = _svd_infer(TensorSpec(x.shape, x.dtype), full_matrices)
    results = tuple(np.full(static_ints(y.dims, "the shape"), np.nan, y.dtype.numpy) for y in specs)
    for index in batches(x):
        if np.isfinite(x[index]).all():
            for result, part in zip(results, _svd_kernel(x[index], full_matrices), strict=True):
                result[index] = part
    return results


def safe_reciprocal(x: Tensor) -> Tensor:
    """1/x, but 0 at 0 and small near it: where two values are equal, their vectors could be any of a plane.

    TensorFlow broadens likewise: x / (x² + 1e-20).
    """
    return x * reciprocal(square(x) + scalar_like(1e-20, x))


def gaps(values: Tensor) -> Tensor:
    """The matrix of 1 / (value j - value i) for each pair of values, with zeros on the diagonal."""
    return set_diag(safe_reciprocal(expand_dims(values, -2) - expand_dims(values, -1)), zeros_like(values))


def _svd_rule(g: Any, out: Any, full_matrices: bool) -> Tensor:
    """U (dS + (F ∘ (X - X^H)) S + S (F ∘ (Y - Y^H))) V^H + (I - U U^H) dU S^-1 V^H + U S^-1 dV^H (I - V V^H).

    X = U^H dU, Y = V^H dV, and F holds 1 / (s_j² - s_i²). For complex matrices there is a further term, since the
    singular vectors of a pair can turn together.
    """
    (ds, du, dv), (s, u, v) = g, out
    if full_matrices:
        u, du, v, dv = *_leading(u, du, v), *_leading(v, dv, u)
    f, s_row = cast(gaps(square(s)), u.dtype), expand_dims(cast(s, u.dtype), -2)
    x, y = matmul(u, du, adjoint_a=True), matmul(v, dv, adjoint_a=True)
    inner = diag(cast(ds, u.dtype)) + f * (x - adjoint(x)) * s_row + adjoint(s_row) * f * (y - adjoint(y))
    inverse = safe_reciprocal(s_row)
    if u.dtype.is_complex:
        turning = diag(diag_part(y))
        inner = inner + adjoint(inverse) * (adjoint(turning) - turning) * scalar_like(0.5, u)
    result = matmul(u, matmul(inner, v, adjoint_b=True))
    if _tall(u):
        result = result + matmul((du - matmul(u, x)) * inverse, v, adjoint_b=True)
    if _tall(v):
        result = result + matmul(u * inverse, dv - matmul(v, y), adjoint_b=True)
    return result


def _tall(u: Tensor) -> bool:
    """Whether the columns may not span the whole space."""
    rows, columns = u._dims[-2:]
    return rows is None or rows != columns


def _leading(u: Tensor, du: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """The columns of U that belong to singular values, and their gradient with what flows through the further one.

    That one is orthogonal to them, so that it turns as they do: u^H dU1 = -(U1^H du)^H.
    """
    rows, small = u._dims[-2], v._dims[-2]
    if rows is None or small is None or rows - small > 1:
        raise NotImplementedError(
            "The gradient of svd with full_matrices=True is not defined where the numbers of rows and columns differ "
            "by more than one: the further singular vectors could be any. Use full_matrices=False."
        )
    if rows <= small:
        return u, du
    first, further, d_further = u[..., :small], u[..., small:], du[..., small:]
    return first, du[..., :small] - matmul(further, matmul(d_further, first, adjoint_a=True))


SVD = register(
    Op("svd", ("x",), _svd_kernel, _svd_infer, rules=(Rule.of(_svd_rule),), label="svd", family="linalg",
       dtypes=LAPACK, typed=(0,), multiple=True, flops=cubic(12))
)  # fmt: skip


def _values_rule(g: Tensor, x: Tensor) -> Tensor:
    _, u, v = svd(x)
    return matmul(u * expand_dims(cast(g, u.dtype), -2), v, adjoint_b=True)


SINGULAR_VALUES = register(
    Op("singular_values", ("x",), lambda x: _svd_kernel(x, False)[0], _values_infer, rules=(Rule.of(_values_rule),),
       label="svd", family="linalg", dtypes=LAPACK, typed=(0,), flops=cubic(4))
)  # fmt: skip


def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: str | None = None) -> Any:
    """s, u, v with A = U diag(S) V^H, for matrices A [..., m, n]; only s without ``compute_uv``.

    The singular values s [..., k], k = min(m, n), are real and sorted, the largest first. The columns of u [..., m, k]
    and v [..., n, k] are orthonormal; with ``full_matrices`` they are [..., m, m] and [..., n, n]. They are determined
    but for their signs. (NumPy gives u, s and the adjoint of v.)

    The gradient is that of James Townsend, "Differentiating the singular value decomposition" (2016), and for complex
    matrices of Wan and Zhang, "Automatic differentiation for complex valued SVD" (2019). With ``full_matrices`` it is
    defined where m and n differ by one at most.
    """
    if compute_uv:
        return apply(SVD, (tensor,), full_matrices=bool(full_matrices))
    return apply(SINGULAR_VALUES, (tensor,))


def matrix_rank(a: Any, tol: Any = None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The number of singular values above ``tol`` (by default the largest times max(m, n) times the precision)."""
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


def _precision(a: Tensor) -> float:
    """The rounding error to expect in singular values, relative to the largest."""
    return max(static_ints(a._dims[-2:], "the shape of a")) * float(np.finfo(a.dtype.numpy).eps)


def _pinv_infer(a: TensorSpec, rcond: TensorSpec) -> TensorSpec:
    rows, columns = matrix(a.dims)
    return TensorSpec([*a.dims[:-2], columns, rows], a.dtype)


def _pinv_kernel(a: Any, rcond: Any) -> Any:
    s, u, v = _svd_kernel(a, False)
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
    pseudo-inverses and nonlinear least squares problems whose variables separate" (1973).
    """
    a = _float_matrix(convert_to_tensor(a), "pinv")
    if rcond is None:
        rcond = 10 * _precision(a)
    return apply(PINV, (a, convert_to_tensor(rcond, a.dtype)))
