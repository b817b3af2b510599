"""Variables, printing, random numbers."""

import io

import numpy as np

from .making import NUMBER, A, B, Sample, case

SAMPLES: dict[str, list[Sample]] = {
    "read_variable": [case([A], reference=lambda v: v)],
    "assign": [case([A], B, reference=lambda v, x: x)],
    "assign_add": [case([A], B, reference=lambda v, x: v + x)],
    "assign_sub": [case([A], B, reference=lambda v, x: v - x)],
    "print": [
        case(A, NUMBER, texts=("x: ", " ", "\n"), stream=io.StringIO(), summarize=3,
             reference=lambda *xs, **_: np.array(False)),
    ],
}  # fmt: skip
