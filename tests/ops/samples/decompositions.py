"""Factorizations, eigenvalues, singular values, functions of matrices."""

from typing import Any

import numpy as np

import eagernb as tf
from eagernb.core.dtypes import int32, int64

from . import textbook
from .making import Sample, case
from .solving import N2, N3, NAN, NO_BATCH, NOTHING, SINGLE, STRIDED, Z3
from .textbook import adjoint, each, hermitian

rng = np.random.default_rng(4)
TALL = rng.normal(size=(2, 4, 3))
ZTALL = rng.normal(size=(3, 2)) + 1j * rng.normal(size=(3, 2))
POSITIVE, ZPOSITIVE = N3 @ adjoint(N3), Z3 @ adjoint(Z3)
LOW_RANK = (TALL[0, :, :2], TALL[1, :2])  # its two factors
UNIT = np.array([[0.0, 1.0], [-1.0, 0.5]])
SHAPES = (TALL, adjoint(TALL), N3, TALL[0, :, ::-2], ZTALL, adjoint(ZTALL), Z3, SINGLE)
HERMITIANS = (N2, N3, Z3, STRIDED, SINGLE, N2[:1, :1])


def hermitian_part(x: Any) -> Any:
    return (x + tf.linalg.adjoint(x)) / 2


def of_eigh(e: Any, v: Any) -> Any:
    """The eigenvalues, the absolute squares of the vectors' elements, and a function of the matrix."""
    return e, tf.math.real(v * tf.math.conj(v)), tf.matmul(v * e[..., None, :] ** 2, v, adjoint_b=True)


def eigh(x):  # type: ignore[no-untyped-def]
    x = hermitian(x)
    squares = each(lambda x: np.stack([np.diag(p).real for p in textbook.projectors(x)], -1))(x)
    return each(textbook.real_eigenvalues)(x).astype(x.dtype), squares.astype(x.real.dtype), x @ x


def of_eig(e: Any, v: Any) -> Any:
    """Functions of the matrix, and the squares of the vectors' lengths."""
    inverse = tf.linalg.inv(v)
    powers = [tf.matmul(v * e[..., None, :] ** k, inverse) for k in (1, 2, 3)]
    return *powers, tf.reduce_sum(tf.math.real(v * tf.math.conj(v)), -2)


def eig(x):  # type: ignore[no-untyped-def]
    wanted = np.result_type(x, np.complex64)
    powers = [y.astype(wanted) for y in (x, x @ x, x @ x @ x)]
    return *powers, np.ones(x.shape[:-1], x.real.dtype)


def power_sums(e: Any) -> Any:
    return tuple(tf.reduce_sum(e**k, -1) for k in (1, 2, 3))


def traces(x):  # type: ignore[no-untyped-def]
    return tuple(np.einsum("...ii->...", y) for y in eig(x)[:3])


def of_svd(s: Any, u: Any, v: Any) -> Any:
    """The singular values, a function of the matrix, and the projectors on the spaces of the vectors."""
    k = s.shape[-1]
    inverse = u[..., :k] / tf.cast(s, u.dtype)[..., None, :]
    return s, tf.matmul(inverse, v[..., :k], adjoint_b=True), *(tf.matmul(w, w, adjoint_b=True) for w in (u, v))


def svd(x, full_matrices):  # type: ignore[no-untyped-def]
    rows, columns = x.shape[-2:]
    inverse = each(textbook.pinv)(x)
    units = [np.broadcast_to(np.eye(n), (*x.shape[:-2], n, n)).astype(x.dtype) for n in (rows, columns)]
    spaces = units if full_matrices else [x @ inverse, inverse @ x]
    return each(textbook.singular_values)(x).astype(x.real.dtype), adjoint(inverse), *spaces


def defined(x: np.ndarray, full_matrices: bool) -> bool:
    return not full_matrices or abs(x.shape[-1] - x.shape[-2]) < 2


SAMPLES: dict[str, list[Sample]] = {
    "cholesky": [
        *(case(x, reference=each(textbook.cholesky))._replace(domain=hermitian_part)
          for x in (POSITIVE, ZPOSITIVE, POSITIVE[0, :1, :1], POSITIVE[:, ::-1, ::-1], POSITIVE.astype(np.float32),
                    ZPOSITIVE.astype(np.complex64), NO_BATCH, NOTHING)),
        case(np.triu(np.full((2, 2), 9.0, np.float32), 1) + np.eye(2, dtype=np.float32), reference=np.tril),
        case(np.stack([-np.eye(2), 4 * np.eye(2)]).astype(np.float32), reference=lambda x: np.array(
            [[[np.nan, 0], [np.nan, np.nan]], [[2, 0], [0, 2]]], np.float32)),
    ],
    "lu": [
        *(case(x, dtype=int32, reference=lambda x, dtype: each(textbook.lu)(x))
          for x in (N2, N3, Z3, STRIDED, SINGLE, N3[:, ::-1], N2[:1, :1])),
        case(NOTHING, dtype=int64, reference=lambda x, dtype: (x, np.zeros((2, 0), np.int64))),
        case(NO_BATCH, dtype=int32, reference=lambda x, dtype: (x, np.zeros((0, 2), np.int32))),
    ],
    "qr": [
        *(case(x, full_matrices=f, reference=each(textbook.qr))
          for x in SHAPES for f in (False, True) if not f or x.shape[-2] <= x.shape[-1]),
        case(SINGLE[:, :, :2], full_matrices=True, reference=each(textbook.qr)),
        case(np.zeros((2, 0, 3)), full_matrices=True, reference=lambda x, **_: (NOTHING, x)),
        case(np.zeros((3, 0)), full_matrices=False, reference=lambda x, **_: (x, x[:0])),
        case(np.array([[2, 0], [0, 4]], np.float16), full_matrices=False,
             reference=lambda x, **_: (np.eye(2, dtype=np.float16), x)),
    ],
    "svd": [
        *(case(x, full_matrices=f, reference=svd)._replace(determined=of_svd)
          for x in SHAPES for f in (False, True) if defined(x, f)),
        case(TALL[0, :, :2].astype(np.float32), full_matrices=True, reference=svd)._replace(determined=of_svd),
        case(np.zeros((0, 3)), full_matrices=False, reference=lambda x, **_: (np.zeros(0), np.zeros((0, 0)), x.T)),
        case(NAN, full_matrices=False, reference=lambda x, **_: (np.full(2, np.nan), *[np.full((2, 2), np.nan)] * 2)),
    ],
    "singular_values": [
        *(case(x, reference=lambda x: each(textbook.singular_values)(x).astype(x.real.dtype)) for x in SHAPES),
        case(np.zeros((2, 0, 3)), reference=lambda x: np.zeros((2, 0))),
    ],
    "pinv": [
        *(case(x, np.array(1e-5, x.real.dtype), reference=lambda x, rcond: each(textbook.pinv)(x)) for x in SHAPES),
        case(LOW_RANK[0] @ LOW_RANK[1], np.array(1e-9),
             reference=lambda x, rcond: textbook.pinv(LOW_RANK[1]) @ textbook.pinv(LOW_RANK[0]))._replace(
                 domain=lambda x: x @ tf.linalg.adjoint(x) @ (LOW_RANK[0] @ LOW_RANK[1])),  # of the same rank
        case(np.stack([np.diag([4.0, 1.0])] * 2).astype(np.float32), np.array([0.5, 0.1], np.float32),
             reference=lambda x, rcond: np.array([[[0.25, 0], [0, 0]], [[0.25, 0], [0, 1]]], np.float32)),
        case(np.zeros((0, 3)), np.array(0.1), reference=lambda x, rcond: x.T),
        case(np.zeros((2, 3), np.float32), np.array(0.1, np.float32), reference=lambda x, rcond: x.T),
    ],
    "eigh": [
        *(case(x, reference=eigh)._replace(determined=of_eigh) for x in HERMITIANS),
        case(NOTHING, reference=lambda x: (np.zeros((2, 0)), x)),
        case(NO_BATCH, reference=lambda x: (np.zeros((0, 2)), x)),
    ],
    "eigvalsh": [
        *(case(x, reference=lambda x: each(textbook.real_eigenvalues)(hermitian(x)).astype(x.dtype))
          for x in HERMITIANS),
        case(NOTHING, reference=lambda x: np.zeros((2, 0))),
    ],
    "eig": [
        *(case(x, reference=eig)._replace(determined=of_eig) for x in (*HERMITIANS, UNIT)),
        case(NOTHING, reference=lambda x: (np.zeros((2, 0), complex), x.astype(complex))),
    ],
    "eigvals": [
        *(case(x, reference=traces)._replace(determined=power_sums) for x in (*HERMITIANS, UNIT)),
        case(NOTHING, reference=lambda x: np.zeros((2, 0), complex)),
    ],
    "expm": [
        *(case(x, reference=each(textbook.expm)) for x in (N2, N3, Z3, STRIDED, SINGLE, N2[:1, :1], NO_BATCH, NOTHING)),
        case(np.array([[np.inf, 1], [0, 1]], np.float32), reference=lambda x: np.full_like(x, np.nan)),
    ],
    "logm": [
        *(case(textbook.expm(x), reference=lambda _, x=x: x) for x in (0.5 * Z3, UNIT + 0j, 0.3 * Z3[::-1])),
        case(NOTHING + 0j, reference=lambda x: x),
        case(NAN + 0j, reference=lambda x: x * np.nan),
    ],
    "sqrtm": [
        *(case(x @ x, reference=lambda _, x=x: x)
          for x in (N3 + 2 * np.eye(3), Z3 + 3 * np.eye(3), UNIT + np.eye(2), N2[:1, :1])),
        case(NO_BATCH, reference=lambda x: x),
        case(-np.eye(2, dtype=np.float32), reference=lambda x: np.full_like(x, np.nan)),
    ],
}  # fmt: skip
