"""Exponentials and casts."""

import numpy as np

from eagernb.core.dtypes import complex128, float32, float64, int32, uint8

from .making import BOOLS, F32, INTS, SPECIAL, A, B, Sample, Z, case, elementwise


def bytes_of(x: np.ndarray) -> np.ndarray:
    return np.frombuffer(x.tobytes(), np.uint8).reshape(*x.shape, x.itemsize)


SAMPLES: dict[str, list[Sample]] = {
    "exp": elementwise(lambda x: np.e**x, A, F32, SPECIAL, Z),
    "expm1": elementwise(lambda x: np.e**x - 1, A, F32, SPECIAL, Z),
    "log": elementwise(lambda x: np.log2(x) / np.log2(np.e), B, SPECIAL, Z),
    "log1p": elementwise(lambda x: np.log(1 + x), B, SPECIAL, Z),
    "rsqrt": elementwise(lambda x: 1 / np.sqrt(x), B, SPECIAL, Z),
    "sqrt": elementwise(lambda x: np.where(x == 0, x, x**0.5), B, np.abs(SPECIAL), Z),
    "sigmoid": elementwise(lambda x: 0.5 * (1 + np.tanh(x / 2)), A, F32, SPECIAL, Z),
    "softplus": elementwise(lambda x: np.log(1 + np.exp(x))),
    "relu": elementwise(lambda x: np.where(x > 0, x, x * 0), A, INTS),
    "elu": elementwise(lambda x: np.where(x > 0, x, np.exp(x) - 1), A, F32),
    "stop_gradient": elementwise(lambda x: x),
    "bitcast": [
        case(F32, dtype=int32, reference=lambda x, dtype: np.frombuffer(x.tobytes(), np.int32).reshape(2, 3)),
        case(F32[:, ::-1], dtype=uint8, reference=lambda x, dtype: bytes_of(x)),
        case(INTS[:, :2], dtype=float64, reference=lambda x, dtype: np.frombuffer(x.tobytes(), np.float64)),
        case(np.float32(1), dtype=uint8, reference=lambda x, dtype: np.array([0, 0, 128, 63], np.uint8)),
    ],
    "cast": [
        case(A, dtype=float32, reference=lambda x, dtype: np.float32(x)),
        case(F32, dtype=float64, reference=lambda x, dtype: np.float64(x)),
        case(A * 9, dtype=int32, reference=lambda x, dtype: np.trunc(x).astype(np.int32)),
        case(Z, dtype=float64, reference=lambda x, dtype: x.view(float).reshape(2, 3, 2)[..., 0]),
        case(A, dtype=complex128, reference=lambda x, dtype: x + 0j),
        case(BOOLS, dtype=float32, reference=lambda x, dtype: np.where(x, np.float32(1), np.float32(0))),
    ],
}  # fmt: skip
