"""Softmax and losses."""

import numpy as np

from .making import COLUMN, CUBE, LABELS, ROW, A, Sample, case, softmax

CLASSES = np.array([2, 0])


def sparse_grad(g: np.ndarray, i: np.ndarray, x: np.ndarray) -> np.ndarray:
    return g[..., None] * (softmax(x, -1) - np.eye(3)[i])


SAMPLES: dict[str, list[Sample]] = {
    "softmax": [case(x, axis=a, reference=softmax) for x, a in ((A, -1), (CUBE, 0), (CUBE, 1))],
    "log_softmax": [
        case(x, axis=a, reference=lambda x, axis: np.log(softmax(x, axis))) for x, a in ((A, -1), (CUBE, 0), (CUBE, 1))
    ],
    "softmax_cross_entropy": [
        case(LABELS, A, axis=-1, reference=lambda p, x, axis: -(p * np.log(softmax(x, 1))).sum(1)),
        case(LABELS.T, A.T, axis=0, reference=lambda p, x, axis: -(p * np.log(softmax(x, 0))).sum(0)),
        case(LABELS[:0], A[:0], axis=-1, reference=lambda p, x, axis: np.zeros(0)),
        case(LABELS[:, :0], A[:, :0], axis=-1, reference=lambda p, x, axis: np.zeros(2)),
    ],
    "softmax_cross_entropy_grad": [
        case(ROW[:2], LABELS, A, axis=-1, reference=lambda g, p, x, axis: g[:, None] * (softmax(x, 1) - p)),
        case(ROW[:2], LABELS.T, A.T, axis=0, reference=lambda g, p, x, axis: g * (softmax(x, 0) - p)),
    ],
    "sparse_softmax_cross_entropy": [
        case(CLASSES, A, reference=lambda i, x: -np.log(softmax(x, 1)[[0, 1], i])),
        case(CLASSES[:0], A[:0], reference=lambda i, x: np.zeros(0)),
        case(CLASSES[0], A[0], reference=lambda i, x: -np.log(softmax(x, 0)[i])),
    ],
    "sparse_softmax_cross_entropy_grad": [
        case(ROW[:2], CLASSES, A, reference=lambda g, i, x: g[:, None] * (softmax(x, 1) - np.eye(3)[i])),
        case(COLUMN, CLASSES[:, None], A[:, None], reference=sparse_grad),
    ],
}  # fmt: skip
