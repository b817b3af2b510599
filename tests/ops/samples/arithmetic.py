"""Arithmetic and rounding."""

import numpy as np

from .making import DIVISORS, F32, INTS, SPECIAL, A, B, Sample, W, Z, case, elementwise, pairs

TEXTS = np.array([[b"a", b"bc", b""]], object)

SAMPLES: dict[str, list[Sample]] = {
    "add_texts": [
        case(TEXTS, TEXTS, reference=lambda x, y: np.array([[b"aa", b"bcbc", b""]], object)),
        case(TEXTS, np.array([[b"x"], [b"y"]], object),
             reference=lambda x, y: np.array([[b"ax", b"bcx", b"x"], [b"ay", b"bcy", b"y"]], object)),
        case(TEXTS[:0], TEXTS, reference=lambda x, y: np.zeros((0, 3), object)),
    ],
    "add": pairs(lambda x, y: x + y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "subtract": pairs(lambda x, y: x - y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "multiply": pairs(lambda x, y: x * y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1]), (Z, W)),
    "divide": pairs(lambda x, y: x / y, (SPECIAL, SPECIAL[::-1]), (Z, W)),
    "floordiv": pairs(lambda x, y: np.floor(x / y).astype(x.dtype), (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "floormod": [
        *pairs(lambda x, y: (x - y * np.floor(x / y)).astype(x.dtype), (INTS, DIVISORS)),
        case(np.array([-1.0, 1.0, -0.0, np.inf, 3.0]), np.array([np.inf, -np.inf, 2.0, 2.0, 0.0]),
             reference=lambda x, y: np.array([np.inf, -np.inf, -0.0, np.nan, np.nan])),
    ],
    "truncatediv": pairs(lambda x, y: np.trunc(x / y).astype(x.dtype), (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "truncatemod": pairs(lambda x, y: (x - y * np.trunc(x / y)).astype(x.dtype), (INTS, DIVISORS)),
    "nextafter": pairs(lambda x, y: x + np.sign(y - x) * np.spacing(x), (np.float64(1), np.float64(2))),
    "maximum": pairs(lambda x, y: np.where(np.isnan(x) | (x > y), x, y), (INTS, DIVISORS)),
    "minimum": pairs(lambda x, y: np.where(np.isnan(x) | (x < y), x, y), (INTS, DIVISORS)),
    "squared_difference": [
        *pairs(lambda x, y: (x - y) ** 2, (INTS, DIVISORS)),
        case(np.complex64(Z), np.complex64(W), reference=lambda x, y: (np.abs(x - y) ** 2).astype(x.dtype)),
    ],
    "pow": [
        *pairs(lambda x, y: x**y, (INTS, np.abs(DIVISORS))),
        case(Z, W, reference=lambda x, y: np.exp(y * np.log(x))),
    ],
    "negative": elementwise(lambda x: -x, A, INTS, SPECIAL, Z),
    "square": elementwise(lambda x: x * x, A, INTS, SPECIAL, Z),
    "abs": [*elementwise(np.abs, A, INTS, SPECIAL), case(Z, reference=lambda z: np.hypot(z.real, z.imag))],
    "sign": elementwise(np.sign, A, INTS, SPECIAL),
    "reciprocal": elementwise(lambda x: 1 / x, A, F32, SPECIAL, Z),
    "floor": elementwise(np.floor),
    "ceil": elementwise(np.ceil),
    "round": elementwise(np.round, A, INTS, SPECIAL, np.array([0.5, 1.5, -0.5, 2.5])),
    "rint": elementwise(np.round, A * 9, np.array([0.5, 1.5, -0.5, 2.5]), F32),
    "add_n": [
        case(A, B, A, reference=lambda *xs: xs[0] + xs[1] + xs[2]),
        case(INTS, reference=lambda x: x),
        case(SPECIAL, SPECIAL, reference=lambda x, y: x + y),
    ],
}  # fmt: skip
