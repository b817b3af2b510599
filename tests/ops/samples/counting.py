"""Occurrences and agreements."""

import numpy as np

from .making import Sample, case

VALUES, ROWS = np.array([1, 5, 1, 2], np.int32), np.array([[0, 2, 2], [1, 1, 1]])
WEIGHTS = np.array([0.5, 1.5, 2.0, 4.0])
LABELS, PREDICTIONS = np.array([0, 2, 2, 1]), np.array([0, 2, 1, 1])
NOTHING = np.array([], np.int64)

SAMPLES: dict[str, list[Sample]] = {
    "bincount": [
        case(VALUES, WEIGHTS, minlength=None, maxlength=None, reference=lambda *_, **__: [0, 2.5, 4, 0, 0, 1.5]),
        case(VALUES, WEIGHTS, minlength=8, maxlength=None, reference=lambda *_, **__: [0, 2.5, 4, 0, 0, 1.5, 0, 0]),
        case(VALUES, WEIGHTS, minlength=None, maxlength=3, reference=lambda *_, **__: [0, 2.5, 4]),
        case(ROWS, ROWS, minlength=4, maxlength=4, reference=lambda *_, **__: [[0, 0, 4, 0], [0, 3, 0, 0]]),
        case(ROWS[:, ::-2], ROWS[:, ::-2], minlength=None, maxlength=None,
             reference=lambda *_, **__: [[0, 0, 2], [0, 2, 0]]),
        case(NOTHING, NOTHING, minlength=None, maxlength=None, reference=lambda *_, **__: NOTHING),
    ],
    "confusion_matrix": [
        case(LABELS, PREDICTIONS, WEIGHTS, num_classes=None,
             reference=lambda *_, **__: [[0.5, 0, 0], [0, 4, 0], [0, 2, 1.5]]),
        case(LABELS, PREDICTIONS, LABELS, num_classes=4,
             reference=lambda *_, **__: [[0, 0, 0, 0], [0, 1, 0, 0], [0, 2, 2, 0], [0, 0, 0, 0]]),
        case(NOTHING, NOTHING, NOTHING, num_classes=1, reference=lambda *_, **__: [[0]]),
    ],
}  # fmt: skip
