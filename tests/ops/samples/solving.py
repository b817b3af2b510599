"""Inverses, determinants, systems of equations."""

import numpy as np

from . import textbook
from .making import CUBE, Sample, case
from .textbook import each

rng = np.random.default_rng(3)
N2, N3 = rng.normal(size=(2, 2)) + 2 * np.eye(2), rng.normal(size=(2, 3, 3)) + 2 * np.eye(3)
Z3 = rng.normal(size=(3, 3)) + 1j * rng.normal(size=(3, 3)) + 2 * np.eye(3)
RHS, ZRHS = CUBE[..., :2], CUBE[0] + 1j * CUBE[1]
STRIDED = np.kron(N3[0], np.ones((2, 2)))[::2, ::-2]
NOTHING, NO_BATCH = np.zeros((2, 0, 0)), np.zeros((0, 2, 2))
SINGLE = N3.astype(np.float32)
SQUARES = (N2, N3, Z3, STRIDED, SINGLE, Z3.astype(np.complex64), N2[:1, :1], NO_BATCH)
NAN = np.array([[1.0, np.nan], [0.0, 1.0]])


def system(a, b, adjoint):  # type: ignore[no-untyped-def]
    return each(textbook.inv)(textbook.adjoint(a) if adjoint else a) @ b


def triangular(a, b, lower, adjoint):  # type: ignore[no-untyped-def]
    return system(np.tril(a) if lower else np.triu(a), b, adjoint)


def tridiagonal(held, b):  # type: ignore[no-untyped-def]
    dense = [np.diag(main) + np.diag(upper[:-1], 1) + np.diag(lower[1:], -1)
             for upper, main, lower in held.reshape(-1, 3, held.shape[-1])]  # fmt: skip
    return each(textbook.inv)(np.reshape(dense, (*held.shape[:-2], *dense[0].shape))) @ b


def slogdet(x):  # type: ignore[no-untyped-def]
    value = each(textbook.det)(x)
    return value / np.abs(value), np.log(np.abs(value)).astype(x.dtype)


BANDS, ZBANDS = CUBE + 5 * np.array([[0], [1], [0]]), (CUBE[0] + 1j * CUBE[1])[:, :3]
ONES = np.ones(2)

SAMPLES: dict[str, list[Sample]] = {
    "inv": [
        *(case(x, adjoint=a, reference=lambda x, adjoint: each(textbook.inv)(textbook.adjoint(x) if adjoint else x))
          for x in SQUARES for a in (False, True)),
        case(NOTHING, adjoint=False, reference=lambda x, adjoint: x),
        case(np.array([[2, 1], [4, 0.5]], np.float16), adjoint=False,
             reference=lambda x, adjoint: np.array([[-0.16666666, 0.33333333], [1.3333333, -0.66666666]], np.float16)),
    ],
    "solve": [
        *(case(a, b, adjoint=adj, reference=system) for adj in (False, True) for a, b in (
            (N3, RHS), (N2, RHS[0, :2]), (Z3, ZRHS), (STRIDED, RHS[0, ::-1, ::-1]), (SINGLE, RHS.astype(np.float32)),
            (N3, RHS[..., :0]), (NO_BATCH, NO_BATCH))),
        case(NOTHING, np.zeros((2, 0, 3)), adjoint=False, reference=lambda a, b, adjoint: b),
    ],
    "triangular_solve": [
        *(case(a, b, lower=lower, adjoint=adj, reference=triangular)
          for lower in (False, True) for adj in (False, True) for a, b in (
            (N3, RHS), (N3[:1], RHS), (N3, RHS[0]), (Z3, ZRHS), (STRIDED, RHS[1]), (SINGLE, RHS.astype(np.float32)))),
        case(NO_BATCH, NO_BATCH, lower=True, adjoint=False, reference=lambda a, b, **_: b),
        case(NOTHING, np.zeros((2, 0, 3)), lower=True, adjoint=False, reference=lambda a, b, **_: b),
        case(np.diag([1, 0]).astype(np.float32), np.array([[1], [2]], np.float32), lower=True, adjoint=False,
             reference=lambda a, b, **_: np.array([[1], [np.inf]], np.float32)),
    ],
    "tridiagonal_solve": [
        case(BANDS, np.concatenate([RHS, RHS[:, :1]], 1), reference=tridiagonal),
        case(ZBANDS, ZRHS, reference=tridiagonal),
        case(BANDS[0, :, ::-1].astype(np.float32), np.ones((4, 1), np.float32), reference=tridiagonal),
        case(np.array([[9.0], [4.0], [9.0]]), np.array([[2.0]]), reference=tridiagonal),
        case(np.zeros((3, 2)).astype(np.float32), np.ones((2, 1), np.float32),
             reference=lambda held, b: np.full_like(b, np.nan)),
        case(np.zeros((2, 3, 0)), np.zeros((2, 0, 1)), reference=lambda held, b: b),
    ],
    "det": [
        *(case(x, reference=each(textbook.det)) for x in (*SQUARES, NAN, NAN[::-1, ::-1])),
        case(NOTHING, reference=lambda x: ONES),
        case(np.ones((2, 2), np.float32), reference=lambda x: np.float32(0)),
    ],
    "slogdet": [
        *(case(x, reference=slogdet) for x in SQUARES[:-1]),
        case(NOTHING, reference=lambda x: (ONES, 0 * ONES)),
        case(np.ones((2, 2), np.float32), reference=lambda x: (np.float32(0), np.float32(-np.inf))),
        case(NAN[::-1, ::-1], reference=lambda x: (np.float64(np.nan),) * 2),
    ],
}  # fmt: skip
