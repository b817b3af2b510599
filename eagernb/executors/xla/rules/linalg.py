"""Matrices. Singular ones give infinities or NaN where a kernel would raise: XLA cannot."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from eagernb.core.dtypes import DType
from eagernb.executors.xla.table import rule, rules


def _adjoint(x: Any) -> Any:
    return jnp.conj(jnp.swapaxes(x, -1, -2))


def _wide(function: Any) -> Any:
    """LAPACK knows no float16 and no bfloat16: those are computed in float32."""

    def lowered(*arrays: Any, **params: Any) -> Any:
        widened = [x.astype(jnp.float32) if x.dtype.kind == "f" and x.dtype.itemsize < 4 else x for x in arrays]
        return function(*widened, **params)

    return lowered


def _matmul(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Any:
    a = jnp.swapaxes(a, -1, -2) if transpose_a else a
    b = jnp.swapaxes(b, -1, -2) if transpose_b else b
    return jnp.matmul(a, b, precision=lax.Precision.HIGHEST)  # else devices that have it may use a shorter format


def _einsum(*operands: Any, equation: str) -> Any:
    return jnp.einsum(equation, *operands, precision=lax.Precision.HIGHEST)


def _svd(x: Any, full_matrices: bool) -> Any:
    u, s, vh = jnp.linalg.svd(x, full_matrices)
    return s, u, _adjoint(vh)


@rule("pinv")
def _pinv(a: Any, rcond: Any) -> Any:
    s, u, v = _svd(a, False)
    largest = jnp.max(s, axis=-1, initial=0, keepdims=True)
    inverse = jnp.where(jnp.isnan(s), s, jnp.where(s > jnp.expand_dims(rcond, -1) * largest, 1 / s, 0))
    return jnp.matmul(v * jnp.expand_dims(inverse, -2), _adjoint(u))


def _lu(x: Any, dtype: DType) -> Any:
    factors, _, order = lax.linalg.lu(x)
    return factors, order


def _solve(matrix: Any, rhs: Any, adjoint: bool) -> Any:
    return jnp.linalg.solve(_adjoint(matrix) if adjoint else matrix, rhs)


def _triangular_solve(matrix: Any, rhs: Any, lower: bool, adjoint: bool) -> Any:
    batch = np.broadcast_shapes(matrix.shape[:-2], rhs.shape[:-2])
    matrix, rhs = (jnp.broadcast_to(x, (*batch, *x.shape[-2:])) for x in (matrix, rhs))
    return lax.linalg.triangular_solve(
        matrix, rhs, left_side=True, lower=lower, transpose_a=adjoint, conjugate_a=adjoint
    )


def _tridiagonal_solve(diagonals: Any, rhs: Any) -> Any:
    """As a dense system: elimination with pivoting of neighbouring rows would be a loop, which XLA runs row by row."""
    size = diagonals.shape[-1]
    matrix = sum(
        jnp.where(np.eye(size, k=offset, dtype=bool), diagonals[..., 1 - offset, :, None], 0) for offset in (1, 0, -1)
    )
    solution = jnp.linalg.solve(matrix, rhs)
    singular = jnp.isnan(solution).any(axis=(-2, -1), keepdims=True)
    return jnp.where(singular, jnp.nan, solution)


rules({
    "matmul": _matmul,
    "einsum": _einsum,
    "einsum_single": _einsum,
    "cholesky": _wide(lambda x: jnp.linalg.cholesky(x, symmetrize_input=False)),
    "det": _wide(jnp.linalg.det),
    "slogdet": _wide(lambda x: tuple(jnp.linalg.slogdet(x))),
    "inv": _wide(lambda x, adjoint: jnp.linalg.inv(_adjoint(x) if adjoint else x)),
    "qr": _wide(lambda x, full_matrices: tuple(jnp.linalg.qr(x, "complete" if full_matrices else "reduced"))),
    "svd": _svd,
    "singular_values": lambda x: jnp.linalg.svd(x, compute_uv=False),
    "eigh": lambda x: tuple(jnp.linalg.eigh(x, UPLO="L", symmetrize_input=False)),
    "eigvalsh": lambda x: jnp.linalg.eigh(x, UPLO="L", symmetrize_input=False)[0],
    "lu": _lu,
    "solve": _solve,
    "triangular_solve": _triangular_solve,
    "tridiagonal_solve": _tridiagonal_solve,
    "expm": jax.scipy.linalg.expm,
})  # fmt: skip
