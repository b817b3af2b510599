"""Products and quotients in which a zero wins."""

import numpy as np

from .making import SPECIAL, A, B, Sample, W, Z, case, pairs

ZEROS = np.array([0.0, 0.0, -0.0, 0.0, 2.0, np.nan])


def unless(zero: np.ndarray, value: np.ndarray) -> np.ndarray:
    result = np.array(value)
    result[np.broadcast_to(zero == 0, result.shape)] = 0
    return result


SAMPLES: dict[str, list[Sample]] = {
    "divide_no_nan": pairs(lambda x, y: unless(y, x / y), (SPECIAL, ZEROS), (Z, W)),
    "multiply_no_nan": pairs(lambda x, y: unless(y, x * y), (SPECIAL, ZEROS), (Z, W)),
    "xdivy": pairs(lambda x, y: unless(x, x / y), (ZEROS, SPECIAL), (Z, W)),
    "xlogy": pairs(lambda x, y: unless(x, x * np.log(y)), (ZEROS, SPECIAL), (Z, W)),
    "xlog1py": [
        *pairs(lambda x, y: unless(x, x * np.log(1 + y)), (ZEROS, SPECIAL), (Z, W)),
        case(B, A * 1e-9, reference=lambda x, y: x * (y - y * y / 2)),
    ],
}  # fmt: skip
