"""The singular value decomposition.

>>> import eagernb as tf
>>> a = tf.constant([[3.0, 0.0], [0.0, 0.0], [0.0, -2.0]])
>>> s, u, v = tf.linalg.svd(a)
>>> s.numpy()
array([3., 2.], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import reciprocal, square
from eagernb.ops.casting import cast
from eagernb.ops.creation import zeros_like
from eagernb.ops.diagonals import diag, diag_part, set_diag
from eagernb.ops.matmul import matmul
from eagernb.ops.matrix_specs import LAPACK, batches, cubic, matrix
from eagernb.ops.shape import adjoint, expand_dims


def _values_infer(x: TensorSpec) -> TensorSpec:
    rows, columns = matrix(x.dims)
    small = None if rows is None or columns is None else min(rows, columns)
    return TensorSpec([*x.dims[:-2], small], x.dtype.real_dtype)


def _values_rule(g: Tensor, x: Tensor) -> Tensor:
    _, u, v = svd(x)
    return matmul(u * expand_dims(cast(g, u.dtype), -2), v, adjoint_b=True)


SINGULAR_VALUES = register(
    Op("singular_values", ("x",), lambda x: svd_kernel(x, False)[0], _values_infer, rules=(Rule.of(_values_rule),),
       label="svd", family="linalg", dtypes=LAPACK, typed=(0,), flops=cubic(4))
)  # fmt: skip


def _svd_infer(x: TensorSpec, full_matrices: bool) -> tuple[TensorSpec, TensorSpec, TensorSpec]:
    rows, columns = matrix(x.dims)
    values = _values_infer(x)
    small = values.dims[-1]
    u = TensorSpec([*x.dims[:-2], rows, rows if full_matrices else small], x.dtype)
    v = TensorSpec([*x.dims[:-2], columns, columns if full_matrices else small], x.dtype)
    return values, u, v


def svd_kernel(x: Any, full_matrices: bool) -> Any:
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
            for result, part in zip(results, svd_kernel(x[index], full_matrices), strict=True):
                result[index] = part
    return results


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


SVD = register(
    Op("svd", ("x",), svd_kernel, _svd_infer, rules=(Rule.of(_svd_rule),), label="svd", family="linalg",
       dtypes=LAPACK, typed=(0,), multiple=True, flops=cubic(12))
)  # fmt: skip


def svd(tensor: Any, full_matrices: bool = False, compute_uv: bool = True, name: str | None = None) -> Any:
    """s, u, v with A = U diag(S) V^H, for matrices A [..., m, n]; only s without ``compute_uv``.

    The singular values s [..., k], k = min(m, n), are real and sorted, the largest first. The columns of u [..., m, k]
    and v [..., n, k] are orthonormal; with ``full_matrices`` they are [..., m, m] and [..., n, n]. They are determined
    but for their signs. (NumPy gives u, s and the adjoint of v.)

    The gradient is that of James Townsend, "Differentiating the singular value decomposition" (2016), and for complex
    matrices of Wan and Zhang, "Automatic differentiation for complex valued SVD" (2019). With ``full_matrices`` it is
    defined where m and n differ by one at most. ShapeError for a rank below 2, DTypeError for integers.

    >>> s, u, v = svd([[0.0, 2.0], [3.0, 0.0]])
    >>> s.numpy(), abs(u.numpy())
    (array([3., 2.], dtype=float32), array([[0., 1.],
           [1., 0.]], dtype=float32))
    """
    if compute_uv:
        return apply(SVD, (tensor,), full_matrices=bool(full_matrices))
    return apply(SINGULAR_VALUES, (tensor,))


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


def safe_reciprocal(x: Tensor) -> Tensor:
    """1/x, but 0 at 0 and small near it: where two values are equal, their vectors could be any of a plane.

    TensorFlow broadens likewise: x / (x² + 1e-20).
    """
    return x * reciprocal(square(x) + scalar_like(1e-20, x))


def gaps(values: Tensor) -> Tensor:
    """The matrix of 1 / (value j - value i) for each pair of values, with zeros on the diagonal."""
    return set_diag(safe_reciprocal(expand_dims(values, -2) - expand_dims(values, -1)), zeros_like(values))
