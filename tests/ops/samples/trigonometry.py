"""Trigonometric and hyperbolic functions."""

import numpy as np

from .making import COLUMN, EMPTY, F32, NUMBER, ROW, SPECIAL, A, B, Sample, Z, case, elementwise

SAMPLES: dict[str, list[Sample]] = {
    "sin": [*elementwise(np.sin), case(Z, reference=lambda z: (np.exp(1j * z) - np.exp(-1j * z)) / 2j)],
    "cos": [*elementwise(np.cos), case(Z, reference=lambda z: (np.exp(1j * z) + np.exp(-1j * z)) / 2)],
    "tan": elementwise(lambda x: np.sin(x) / np.cos(x), A, F32, SPECIAL, Z),
    "asin": [*elementwise(np.arcsin, A), case(Z, reference=lambda z: -1j * np.log(1j * z + np.sqrt(1 - z * z)))],
    "acos": [
        *elementwise(np.arccos, A),
        case(Z, reference=lambda z: np.pi / 2 + 1j * np.log(1j * z + np.sqrt(1 - z * z))),
    ],
    "atan": [*elementwise(np.arctan), case(Z, reference=lambda z: 0.5j * (np.log(1 - 1j * z) - np.log(1 + 1j * z)))],
    "sinh": elementwise(lambda x: (np.exp(x) - np.exp(-x)) / 2, A, Z),
    "cosh": elementwise(lambda x: (np.exp(x) + np.exp(-x)) / 2, A, Z),
    "tanh": elementwise(lambda x: 1 - 2 / (np.exp(2 * x) + 1), A, Z),
    "asinh": elementwise(lambda x: np.log(x + np.sqrt(x * x + 1)), A, F32, Z),
    "acosh": [
        case(x, reference=lambda x: np.log(x + np.sqrt(x - 1) * np.sqrt(x + 1)))
        for x in (B + 1, F32 + 2, np.array([np.nan, np.inf, 0.5, 1.0]), Z, EMPTY, NUMBER + 1)
    ],
    "atanh": elementwise(lambda x: (np.log(1 + x) - np.log(1 - x)) / 2, A, F32, np.array([np.nan, 2.0, -0.0]), Z),
    "atan2": [
        *(case(y, x, reference=lambda y, x: np.angle(x + 1j * y)) for y, x in ((A, B), (COLUMN, ROW), (EMPTY, ROW))),
        case(np.array([0.0, -0.0, 0.0, -0.0, np.inf, np.nan]), np.array([0.0, 0.0, -0.0, -0.0, -np.inf, 1.0]),
             reference=lambda y, x: np.array([0.0, -0.0, np.pi, -np.pi, 0.75 * np.pi, np.nan])),
    ],
}  # fmt: skip
