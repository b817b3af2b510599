"""The weights with which images are resized; tests/parity has the images."""

import numpy as np

from .making import Sample, case

HALVES = np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]])

SAMPLES: dict[str, list[Sample]] = {
    "resize_weights": [
        case(old=4, new=2, method="area", antialias=False, reference=lambda **_: np.float32(HALVES)),
        case(old=4, new=2, method="bilinear", antialias=False, reference=lambda **_: np.float32(HALVES)),
        case(old=5, new=7, method="lanczos5", antialias=True),
        case(old=7, new=3, method="bicubic", antialias=False),
    ],
    "resize_positions": [case(old=3, new=6, reference=lambda **_: np.repeat(np.arange(3, dtype=np.int32), 2))],
}
