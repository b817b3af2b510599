"""Activations."""

import numpy as np

from .making import COLUMN, CUBE, F32, INTS, ROW, SPECIAL, STRIDED, A, B, Sample, case, elementwise, pairs

WIDE = CUBE * 5  # beyond 6 on either side of 0


def leaky(x: np.ndarray, alpha: float) -> np.ndarray:
    return np.where(x > 0, x, x * x.dtype.type(alpha))


def selu(x: np.ndarray) -> np.ndarray:
    scale, alpha = x.dtype.type(1.0507009873554805), x.dtype.type(1.6732632423543772)
    return np.where(x < 0, scale * alpha * (np.exp(x) - 1), scale * x)


SAMPLES: dict[str, list[Sample]] = {
    "relu_grad": pairs(
        lambda g, x: np.where(x > 0, g, g * 0), (B, A), (F32, INTS.astype(np.float32)), (SPECIAL, ROW[:1])
    ),
    "relu6": elementwise(lambda x: np.clip(x, 0, 6), WIDE, F32, INTS, SPECIAL),
    "selu": elementwise(selu),
    "softsign": elementwise(lambda x: x / (1 + abs(x))),
    "leaky_relu": [
        case(x, alpha=alpha, reference=leaky)
        for x, alpha in ((A, 0.2), (A, 1.5), (A, -0.5), (A, 0.0), (F32, 0.2), (SPECIAL, 0.2), (STRIDED - 0.5, 0.1))
    ],
    "leaky_relu_grad": [
        case(g, x, alpha=0.2, reference=lambda g, x, alpha: np.where(x > 0, g, 0.2 * g))
        for g, x in ((B, A), (COLUMN[:, 0], A[:, 1]), (SPECIAL, np.ones(6)))
    ],
}  # fmt: skip
