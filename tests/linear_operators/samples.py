"""An operator of each kind, with well-conditioned elements drawn at random, and what NumPy says is its matrix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import eagernb as tf


class Draw:
    """Elements of a dtype, for operators of this batch shape and size."""

    def __init__(self, seed: int, dtype: str, batch: tuple[int, ...], n: int) -> None:
        self._random = np.random.default_rng(seed)
        self.dtype, self.batch, self.n = dtype, batch, n

    def array(self, *shape: int) -> Any:
        dims = (*self.batch, *shape)
        values = self._random.uniform(-1, 1, dims)
        if self.dtype.startswith("complex"):
            values = values + 1j * self._random.uniform(-1, 1, dims)
        return values.astype(self.dtype)

    def away_from_zero(self, *shape: int) -> Any:
        values = self.array(*shape)
        return (values / np.abs(values) * (1 + np.abs(values))).astype(self.dtype)

    def matrix(self, n: int) -> Any:
        """With the diagonal strong enough that it is far from singular."""
        return (self.array(n, n) + (n + 1) * np.eye(n)).astype(self.dtype)

    def definite(self, n: int) -> Any:
        a = self.matrix(n)
        return (a @ np.conj(np.swapaxes(a, -1, -2))).astype(self.dtype)

    def permutation(self) -> Any:
        return self._random.permuted(np.broadcast_to(np.arange(self.n), (*self.batch, self.n)), axis=-1)


def _tridiagonal(d: Draw, form: str) -> Any:
    upper, lower, main = d.array(d.n), d.array(d.n), 3 * d.away_from_zero(d.n)
    if form == "sequence":
        return tf.linalg.LinearOperatorTridiag([upper, main, lower], form)
    compact = np.stack([upper, main, lower], axis=-2)
    if form == "compact":
        return tf.linalg.LinearOperatorTridiag(compact)
    return tf.linalg.LinearOperatorTridiag(tf.linalg.diag(compact, k=(-1, 1), align="LEFT_RIGHT"), form)


def _circulant(d: Draw, kind: Any, *shape: int) -> Any:
    """Of a random kernel with a strong first element, whose spectrum is far from 0."""
    kernel = d.array(*shape)
    kernel[..., *[0] * len(shape)] += np.prod(shape) + 1
    spectrum = np.fft.fftn(kernel, axes=range(-len(shape), 0))
    narrow = "complex64" if d.dtype in ("float32", "complex64") else "complex128"
    return kind(spectrum.astype(narrow), d.dtype)


def _toeplitz(d: Draw) -> Any:
    col, row = d.array(d.n), d.array(d.n)
    col[..., 0] += d.n + 1
    row[..., 0] = col[..., 0]
    return tf.linalg.LinearOperatorToeplitz(col, row)


def _low_rank(d: Draw, **options: bool) -> Any:
    base = tf.linalg.LinearOperatorDiag(3 * d.away_from_zero(d.n))
    small = 1 / (1 + d.n)
    diag_update = d.away_from_zero(2) if options.get("diag") else None
    v = small * d.array(d.n, 2) if options.get("v") else None
    return tf.linalg.LinearOperatorLowRankUpdate(base, small * d.array(d.n, 2), diag_update, v)


def _definite_low_rank(d: Draw) -> Any:
    diag = np.abs(d.away_from_zero(d.n)).astype(d.dtype)
    base = tf.linalg.LinearOperatorDiag(diag, is_self_adjoint=True, is_positive_definite=True)
    update = np.abs(d.away_from_zero(2)).astype(d.dtype)
    return tf.linalg.LinearOperatorLowRankUpdate(base, d.array(d.n, 2), update, is_diag_update_positive=True)


def _full(d: Draw, n: int | None = None) -> Any:
    return tf.linalg.LinearOperatorFullMatrix(d.matrix(n or d.n))


def _definite(d: Draw) -> Any:
    return tf.linalg.LinearOperatorFullMatrix(d.definite(d.n), is_self_adjoint=True, is_positive_definite=True)


def _lower(d: Draw) -> Any:
    return tf.linalg.LinearOperatorLowerTriangular(d.matrix(d.n))


def _diag(d: Draw) -> Any:
    return tf.linalg.LinearOperatorDiag(d.away_from_zero(d.n))


def _block_lower(d: Draw) -> Any:
    below = tf.linalg.LinearOperatorFullMatrix(d.array(d.n, 2))
    last = [tf.linalg.LinearOperatorFullMatrix(d.array(1, 2)), tf.linalg.LinearOperatorFullMatrix(d.array(1, d.n))]
    rows = [[_full(d, 2)], [below, _diag(d)], [*last, _full(d, 1)]]
    return tf.linalg.LinearOperatorBlockLowerTriangular(rows)


def _gram(d: Draw) -> Any:
    lower = tf.linalg.LinearOperatorLowerTriangular(d.matrix(d.n), is_non_singular=True)
    return tf.linalg.LinearOperatorComposition([lower, lower.H])


L = tf.linalg
OPERATORS: dict[str, Callable[[Draw], Any]] = {
    "identity": lambda d: L.LinearOperatorIdentity(d.n, d.batch or None, d.dtype),
    "scaled_identity": lambda d: L.LinearOperatorScaledIdentity(d.n, d.away_from_zero()),
    "diag": _diag,
    "full_matrix": _full,
    "definite": _definite,
    "lower_triangular": _lower,
    "tridiag_compact": lambda d: _tridiagonal(d, "compact"),
    "tridiag_sequence": lambda d: _tridiagonal(d, "sequence"),
    "tridiag_matrix": lambda d: _tridiagonal(d, "matrix"),
    "toeplitz": _toeplitz,
    "circulant": lambda d: _circulant(d, L.LinearOperatorCirculant, d.n),
    "circulant_2d": lambda d: _circulant(d, L.LinearOperatorCirculant2D, 2, d.n),
    "circulant_3d": lambda d: _circulant(d, L.LinearOperatorCirculant3D, 2, 1, d.n),
    "householder": lambda d: L.LinearOperatorHouseholder(d.away_from_zero(d.n)),
    "permutation": lambda d: L.LinearOperatorPermutation(d.permutation(), d.dtype),
    "kronecker": lambda d: L.LinearOperatorKronecker([_full(d, 2), _diag(d), _full(d, 1)]),
    "low_rank": _low_rank,
    "low_rank_diag": lambda d: _low_rank(d, diag=True),
    "low_rank_v": lambda d: _low_rank(d, diag=True, v=True),
    "low_rank_definite": _definite_low_rank,
    "block_diag": lambda d: L.LinearOperatorBlockDiag(
        [_full(d, 2), _diag(d), L.LinearOperatorIdentity(1, dtype=d.dtype)]
    ),
    "block_lower_triangular": _block_lower,
    "composition": lambda d: L.LinearOperatorComposition([_diag(d), _lower(d), _full(d)]),
    "gram": _gram,
    "inversion": lambda d: L.LinearOperatorInversion(_lower(d)),
    "adjoint": lambda d: L.LinearOperatorAdjoint(_full(d)),
}  # fmt: skip
