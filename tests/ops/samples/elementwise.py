"""Exponentials, trigonometry, activations, casts."""

import numpy as np

from eagernb.core.dtypes import float32, float64, int32

from .making import BOOLS, F32, INTS, SPECIAL, A, B, Sample, case, elementwise

SAMPLES: dict[str, list[Sample]] = {
    "exp": elementwise(lambda x: np.e**x),
    "expm1": elementwise(lambda x: np.e**x - 1),
    "log": elementwise(lambda x: np.log2(x) / np.log2(np.e), B, SPECIAL),
    "log1p": elementwise(lambda x: np.log(1 + x), B, SPECIAL),
    "rsqrt": elementwise(lambda x: 1 / np.sqrt(x), B, SPECIAL),
    "sqrt": elementwise(lambda x: np.where(x == 0, x, x**0.5), B, np.abs(SPECIAL)),
    "sigmoid": elementwise(lambda x: 0.5 * (1 + np.tanh(x / 2))),
    "softplus": elementwise(lambda x: np.log(1 + np.exp(x))),
    "sin": elementwise(np.sin),
    "cos": elementwise(np.cos),
    "tan": elementwise(lambda x: np.sin(x) / np.cos(x)),
    "asin": elementwise(np.arcsin, A),
    "acos": elementwise(np.arccos, A),
    "atan": elementwise(np.arctan),
    "sinh": elementwise(lambda x: (np.exp(x) - np.exp(-x)) / 2, A),
    "cosh": elementwise(lambda x: (np.exp(x) + np.exp(-x)) / 2, A),
    "tanh": elementwise(lambda x: 1 - 2 / (np.exp(2 * x) + 1), A),
    "relu": elementwise(lambda x: np.where(x > 0, x, x * 0), A, INTS),
    "elu": elementwise(lambda x: np.where(x > 0, x, np.exp(x) - 1), A, F32),
    "stop_gradient": elementwise(lambda x: x),
    "cast": [
        case(A, dtype=float32, reference=lambda x, dtype: np.float32(x)),
        case(F32, dtype=float64, reference=lambda x, dtype: np.float64(x)),
        case(A * 9, dtype=int32, reference=lambda x, dtype: np.trunc(x).astype(np.int32)),
        case(BOOLS, dtype=float32, reference=lambda x, dtype: np.where(x, np.float32(1), np.float32(0))),
    ],
}  # fmt: skip
