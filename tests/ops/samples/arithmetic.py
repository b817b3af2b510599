"""Arithmetic."""

import numpy as np

from .making import BOOLS, DIVISORS, F32, FLAGS, INTS, SPECIAL, A, B, Sample, case, elementwise, pairs

SAMPLES: dict[str, list[Sample]] = {
    "add": pairs(lambda x, y: x + y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "subtract": pairs(lambda x, y: x - y, (INTS, DIVISORS), (SPECIAL, SPECIAL[::-1])),
    "multiply": pairs(lambda x, y: x * y, (INTS, DIVISORS), (BOOLS, FLAGS), (SPECIAL, SPECIAL[::-1])),
    "divide": pairs(lambda x, y: x / y, (SPECIAL, SPECIAL[::-1])),
    "floordiv": pairs(lambda x, y: np.floor(x / y).astype(x.dtype), (INTS, DIVISORS)),
    "floormod": pairs(lambda x, y: (x - y * np.floor(x / y)).astype(x.dtype), (INTS, DIVISORS)),
    "maximum": pairs(lambda x, y: np.where(np.isnan(x) | (x > y), x, y), (INTS, DIVISORS)),
    "minimum": pairs(lambda x, y: np.where(np.isnan(x) | (x < y), x, y), (INTS, DIVISORS)),
    "squared_difference": pairs(lambda x, y: (x - y) ** 2, (INTS, DIVISORS)),
    "pow": pairs(lambda x, y: x**y, (INTS, np.abs(DIVISORS))),
    "negative": elementwise(lambda x: -x, A, INTS, SPECIAL),
    "square": elementwise(lambda x: x * x, A, INTS, SPECIAL),
    "abs": elementwise(np.abs, A, INTS, SPECIAL),
    "sign": elementwise(np.sign, A, INTS, SPECIAL),
    "reciprocal": elementwise(lambda x: 1 / x, A, F32, SPECIAL),
    "floor": elementwise(np.floor),
    "ceil": elementwise(np.ceil),
    "round": elementwise(np.round, A, INTS, SPECIAL, np.array([0.5, 1.5, -0.5, 2.5])),
    "add_n": [
        case(A, B, A, reference=lambda *xs: xs[0] + xs[1] + xs[2]),
        case(INTS, reference=lambda x: x),
        case(SPECIAL, SPECIAL, reference=lambda x, y: x + y),
    ],
}  # fmt: skip
