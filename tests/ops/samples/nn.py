"""Softmax and losses."""

import numpy as np

from .making import CUBE, LABELS, A, Sample, case, softmax

SAMPLES: dict[str, list[Sample]] = {
    "softmax": [case(x, axis=a, reference=softmax) for x, a in ((A, -1), (CUBE, 0), (CUBE, 1))],
    "log_softmax": [
        case(x, axis=a, reference=lambda x, axis: np.log(softmax(x, axis))) for x, a in ((A, -1), (CUBE, 0), (CUBE, 1))
    ],
    "softmax_cross_entropy": [
        case(LABELS, A, axis=-1, reference=lambda p, x, axis: -(p * np.log(softmax(x, 1))).sum(1)),
        case(LABELS.T, A.T, axis=0, reference=lambda p, x, axis: -(p * np.log(softmax(x, 0))).sum(0)),
    ],
    "sparse_softmax_cross_entropy": [
        case(np.array([2, 0]), A, reference=lambda i, x: -np.log(softmax(x, 1)[[0, 1], i])),
    ],
}  # fmt: skip
