"""The extension linalg."""

import math
from typing import Any

import numpy as np
import pytest

import eagernb.numpy as xp
from eagernb.autodiff.check import check_gradients

from .comparing import COMPLEX, FLOATS, check, random

INEXACT = FLOATS + COMPLEX
every_dtype = pytest.mark.parametrize("dtype", INEXACT)


def transposed(x: np.ndarray) -> np.ndarray:
    return np.conj(np.swapaxes(x, -1, -2))


def positive(dtype: str, *shape: int) -> np.ndarray:
    """Positive definite matrices, well conditioned."""
    x = random(dtype, *shape)
    return (x @ transposed(x) / shape[-1] + 2 * np.eye(shape[-1])).astype(dtype)


@every_dtype
@pytest.mark.parametrize("shape", [(3, 3), (2, 1, 4, 4), (0, 3, 3), (1, 1)])
@pytest.mark.parametrize("name", ["cholesky", "det", "inv", "slogdet", "eigvalsh"])
def test_of_square_matrices(name: str, shape: tuple[int, ...], dtype: str) -> None:
    x = positive(dtype, *shape)
    check(getattr(xp.linalg, name), getattr(np.linalg, name), x, tolerance=1e-11)
    if name == "cholesky":
        check(xp.linalg.cholesky, np.linalg.cholesky, x, upper=True, tolerance=1e-11)


@every_dtype
@pytest.mark.parametrize("power", [0, 1, 2, 5, -1, -3])
def test_matrix_power(power: int, dtype: str) -> None:
    check(xp.linalg.matrix_power, np.linalg.matrix_power, positive(dtype, 2, 3, 3), power, tolerance=1e-11)


@every_dtype
def test_solve(dtype: str) -> None:
    for left, right in (
        ((3, 3), (3,)),
        ((3, 3), (3, 2)),
        ((2, 1, 3, 3), (4, 3, 2)),
        ((4, 3, 3), (3,)),
        ((0, 0), (0, 2)),
    ):
        check(xp.linalg.solve, np.linalg.solve, positive(dtype, *left), random(dtype, *right), tolerance=1e-11)


@every_dtype
@pytest.mark.parametrize("shape", [(3, 4), (4, 3), (2, 3, 3), (2, 5, 1)])
@pytest.mark.parametrize("whole", [False, True])
def test_decompositions_multiply_to_the_matrix(shape: tuple[int, ...], whole: bool, dtype: str) -> None:
    x, tolerance = random(dtype, *shape), 1e-5 if dtype in ("float32", "complex64") else 1e-11
    m, n, k = *shape[-2:], min(shape[-2:])
    u, s, vh = map(np.asarray, xp.linalg.svd(xp.asarray(x), full_matrices=whole))
    assert (u.shape[-2:], s.shape[-1], vh.shape[-2:]) == ((m, m if whole else k), k, (n if whole else k, n))
    np.testing.assert_allclose((u[..., :k] * s[..., None, :]) @ vh[..., :k, :], x, atol=tolerance)
    np.testing.assert_allclose(s, np.asarray(xp.linalg.svdvals(xp.asarray(x))), atol=tolerance)
    q, r = map(np.asarray, xp.linalg.qr(xp.asarray(x), mode="complete" if whole else "reduced"))
    assert (q.shape[-1], r.shape[-2]) == ((m, m) if whole else (k, k))
    np.testing.assert_allclose(q @ r, x, atol=tolerance)
    np.testing.assert_allclose(
        transposed(q) @ q, np.broadcast_to(np.eye(q.shape[-1]), (*shape[:-2], q.shape[-1], q.shape[-1])), atol=tolerance
    )


@every_dtype
def test_eigenvectors(dtype: str) -> None:
    x = random(dtype, 2, 3, 3)
    x = x + transposed(x)
    values, vectors = map(np.asarray, xp.linalg.eigh(xp.asarray(x)))
    assert values.dtype == x.real.dtype
    np.testing.assert_allclose(x @ vectors, vectors * values[..., None, :], atol=1e-4 if values.dtype == "f" else 1e-11)
    assert (np.diff(values) >= 0).all()


def test_names_of_the_parts() -> None:
    x = xp.eye(2)
    assert xp.linalg.svd(x)._fields == ("U", "S", "Vh")
    assert xp.linalg.qr(x)._fields == ("Q", "R")
    assert xp.linalg.eigh(x)._fields == ("eigenvalues", "eigenvectors")
    assert xp.linalg.slogdet(x)._fields == ("sign", "logabsdet")


@every_dtype
@pytest.mark.parametrize("order", ["fro", "nuc", 1, -1, 2, -2, math.inf, -math.inf])
@pytest.mark.parametrize("keepdims", [False, True])
def test_matrix_norm(order: Any, keepdims: bool, dtype: str) -> None:
    for shape in ((3, 4), (2, 4, 3)):
        check(xp.linalg.matrix_norm, np.linalg.matrix_norm, random(dtype, *shape), ord=order, keepdims=keepdims,
              tolerance=1e-12)  # fmt: skip


@every_dtype
@pytest.mark.parametrize("order", [2, 1, 0, 3, -1, 2.5, math.inf, -math.inf])
@pytest.mark.parametrize("axis", [None, 0, -1, (0, 1)])
def test_vector_norm(order: Any, axis: Any, dtype: str) -> None:
    for keepdims in (False, True):
        check(xp.linalg.vector_norm, np.linalg.vector_norm, random(dtype, 3, 4) + 1, axis=axis, ord=order,
              keepdims=keepdims, tolerance=1e-12)  # fmt: skip


def test_norms_of_no_elements_are_zero() -> None:
    for order in (2, 1, math.inf):
        assert float(xp.linalg.vector_norm(xp.zeros(0), ord=order)) == 0.0


@every_dtype
def test_rank_and_pseudo_inverse(dtype: str) -> None:
    x = random(dtype, 2, 4, 3)
    x[..., 2] = x[..., 0] + x[..., 1]
    tolerances = np.array([1e-3, 0.9]).astype(x.real.dtype)
    for kwargs in ({"rtol": 1e-4}, {"rtol": tolerances}):
        check(xp.linalg.matrix_rank, np.linalg.matrix_rank, x, **kwargs)
        check(xp.linalg.pinv, np.linalg.pinv, x, tolerance=1e-9, **kwargs)
    check(xp.linalg.matrix_rank, np.linalg.matrix_rank, x[..., :2])


@pytest.mark.parametrize(
    "call",
    [
        lambda x: xp.linalg.det(x),
        lambda x: xp.linalg.slogdet(x).logabsdet,
        lambda x: xp.linalg.inv(x),
        lambda x: xp.linalg.cholesky(x @ x.mT, upper=True),
        lambda x: xp.linalg.eigvalsh(x + x.T),
        lambda x: xp.linalg.svdvals(x),
        lambda x: xp.linalg.pinv(x[:, :2]),
        lambda x: xp.linalg.matrix_power(x, -3),
        lambda x: xp.linalg.matrix_norm(x, ord="nuc"),
        lambda x: xp.linalg.matrix_norm(x, ord=-1),
        lambda x: xp.linalg.vector_norm(x, axis=1, ord=3),
        lambda x: xp.linalg.solve(x, x[:, 0]),
        lambda x: xp.linalg.cross(x, x[::-1, :]),
        lambda x: xp.linalg.diagonal(x, offset=1),
        lambda x: xp.linalg.trace(x),
        lambda x: xp.linalg.qr(x).R ** 2,
        lambda x: xp.linalg.outer(x[0, :], x[1, :]),
    ],
)
def test_gradients(call: Any) -> None:
    x = np.array([[2.0, -0.3, 0.5], [0.4, 1.5, -0.6], [0.1, 0.7, 1.1]])
    check_gradients(lambda x: call(xp.asarray(x)), x, tolerance=1e-5)
