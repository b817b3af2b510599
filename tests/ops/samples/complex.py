"""Complex numbers and their parts."""

import numpy as np

from .making import COLUMN, EMPTY, NUMBER, ROW, SPECIAL, STRIDED, A, B, Sample, case

FINITE = A + 1j * B
Z = np.array([[1 + 2j, -3j], [np.inf - 1j, complex(0.0, np.nan)], [complex(-0.0, -0.0), 2.5]])


def two_parts(x: float, y: float) -> np.ndarray:
    return np.array([[complex(a, b) for a, b in zip(*pair, strict=True)] for pair in zip(x, y, strict=True)])


SAMPLES: dict[str, list[Sample]] = {
    "conj": [
        case(x, reference=lambda z: two_parts(z.real, -z.imag).astype(z.dtype))
        for x in (FINITE, Z, Z.astype(np.complex64), Z[::-2, ::-1])
    ],
    "real": [case(x, reference=lambda z: z.view(z.real.dtype)[:, ::2]) for x in (FINITE, Z, Z.astype(np.complex64))],
    "imag": [case(x, reference=lambda z: z.view(z.real.dtype)[:, 1::2]) for x in (FINITE, Z, Z.astype(np.complex64))],
    "angle": [
        case(x, reference=lambda z: np.arctan2(z.imag, z.real))
        for x in (FINITE, Z, Z.astype(np.complex64), FINITE[::-1, ::2])
    ],
    "complex": [
        case(A, B, reference=two_parts),
        case(STRIDED, ROW, reference=lambda x, y: two_parts(x, np.stack([y] * 3))),
        case(COLUMN, ROW, reference=lambda x, y: two_parts(np.hstack([x] * 3), np.stack([y] * 2))),
        case(NUMBER, NUMBER, reference=lambda x, y: complex(x, y)),
        case(EMPTY, ROW, reference=lambda x, y: np.zeros((0, 3), complex)),
        case(SPECIAL[None], SPECIAL[None, ::-1], reference=two_parts),
        case(A.astype(np.float32), B.astype(np.float32), reference=lambda x, y: two_parts(x, y).astype(np.complex64)),
    ],
}
