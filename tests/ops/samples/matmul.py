"""Products of matrices and sums of products."""

import numpy as np

from .making import CUBE, EMPTY, F32, INTS, NUMBER, ROW, SPECIAL, STRIDED, A, B, Sample, case

Z, W = A + 1j * B, B.T - 2j * A.T
SQUARES = np.stack([CUBE[0, :, :3], CUBE[1, :, 1:]])


def product(x: np.ndarray, y: np.ndarray, **_: bool) -> np.ndarray:
    """The definition: rows times columns, for one pair of matrices."""
    return np.array([[sum(a * b for a, b in zip(row, column, strict=True)) for column in y.T] for row in x], x.dtype)


def einsum(*arrays: np.ndarray, equation: str) -> np.ndarray:
    return np.einsum(equation, *arrays)  # it does not multiply matrices, but walks over the indices


SAMPLES: dict[str, list[Sample]] = {
    "matmul": [
        case(A, B, transpose_a=False, transpose_b=True, reference=lambda x, y, **_: np.einsum("ik,jk->ij", x, y)),
        case(A, B, transpose_a=True, transpose_b=False, reference=lambda x, y, **_: np.einsum("ki,kj->ij", x, y)),
        case(A, CUBE, transpose_a=False, transpose_b=False, reference=lambda x, y, **_: np.einsum("ik,bkj->bij", x, y)),
        case(CUBE, CUBE[:1, ::-1], transpose_a=True, transpose_b=False,
             reference=lambda x, y, **_: np.einsum("bki,kj->bij", x, y[0])),
        case(CUBE, A, transpose_a=True, transpose_b=True, reference=lambda x, y, **_: np.einsum("bki,jk->bij", x, y)),
        case(INTS, INTS, transpose_a=False, transpose_b=True, reference=lambda x, y, **_: x.dot(y.T)),
        case(F32, F32.T, transpose_a=False, transpose_b=False, reference=product),
        case(STRIDED, A.T, transpose_a=False, transpose_b=False, reference=product),
        case(Z, W, transpose_a=False, transpose_b=False, reference=product),
        case(Z, Z, transpose_a=True, transpose_b=False, reference=lambda x, y, **_: product(x.T, y)),
        case(Z, Z[None], transpose_a=False, transpose_b=True, reference=lambda x, y, **_: product(x, y[0].T)[None]),
        case(EMPTY, A.T, transpose_a=False, transpose_b=False, reference=lambda x, y, **_: np.zeros((0, 2))),
        case(EMPTY, EMPTY, transpose_a=True, transpose_b=False, reference=lambda x, y, **_: np.zeros((3, 3))),
        case(SPECIAL[:, None], SPECIAL[None], transpose_a=False, transpose_b=False, reference=product),
    ],
    "einsum": [
        case(x, y, equation=equation, reference=einsum)
        for equation, x, y in (
            ("ij,kj->ik", A, B),
            ("ij,kj->ki", STRIDED, A),
            ("bij,bik->bjk", CUBE, CUBE[:, ::-1]),
            ("ij,ij->", A, B),
            ("ij,ij->ji", A, B),
            ("ij,k->k", A, ROW),
            ("i,j->ij", ROW, ROW),
            (",ij->ij", NUMBER, A),
            ("iij,kkj->ki", SQUARES.T, SQUARES.T[::-1, ::-1]),
            ("...ij,...jk->...ik", CUBE[:, None], CUBE.transpose(0, 2, 1)),
            ("...i,...i->...", A, ROW),
            ("i...,...->...i", CUBE, CUBE[0]),
            ("i...,...->...i", CUBE, CUBE[0, :, :1]),
            ("ij,jk->ik", EMPTY, A.T),
            ("ji,jk->ik", EMPTY, EMPTY),
            ("ij,jk->ik", Z, W),
            ("ij,kj->ik", F32, F32),
            ("ij,kj->ik", INTS, INTS),
        )
    ],
    "einsum_single": [
        case(x, equation=equation, reference=einsum)
        for equation, x in (
            ("ij->ji", A),
            ("ij->", STRIDED),
            ("ijk->ki", CUBE),
            ("bii->b", SQUARES),
            ("bii->ib", SQUARES),
            ("iii->i", SQUARES[:, :2, :2]),
            ("iib->", SQUARES.T),
            ("...i->...", CUBE),
            ("...ij->ji...", CUBE),
            ("->", NUMBER),
            ("ij->j", EMPTY),
            ("ij->ji", Z),
            ("i->", SPECIAL),
            ("ij->j", INTS),
        )
    ],
}  # fmt: skip
