"""Matrices."""

import numpy as np

from .making import CUBE, INTS, A, B, Sample, case

SAMPLES: dict[str, list[Sample]] = {
    "matmul": [
        case(A, B, transpose_a=False, transpose_b=True, reference=lambda x, y, **_: np.einsum("ik,jk->ij", x, y)),
        case(A, B, transpose_a=True, transpose_b=False, reference=lambda x, y, **_: np.einsum("ki,kj->ij", x, y)),
        case(A, CUBE, transpose_a=False, transpose_b=False, reference=lambda x, y, **_: np.einsum("ik,bkj->bij", x, y)),
        case(CUBE, CUBE[:1, ::-1], transpose_a=True, transpose_b=False,
             reference=lambda x, y, **_: np.einsum("bki,kj->bij", x, y[0])),
        case(CUBE, A, transpose_a=True, transpose_b=True, reference=lambda x, y, **_: np.einsum("bki,jk->bij", x, y)),
        case(INTS, INTS, transpose_a=False, transpose_b=True, reference=lambda x, y, **_: x.dot(y.T)),
    ],
}  # fmt: skip
