"""Isotonic regression: by its definition as the extreme of means over intervals."""

from typing import Any

import numpy as np

from .making import Sample, case

X = np.array([[3.0, 1.0, 2.0, 0.5, 7.0], [1.0, 3.5, 4.0, 2.0, 1.5]])


def by_intervals(x: Any) -> Any:
    """Each is the least, over where an interval begins before it, of the largest mean up to where it may end."""
    n = x.shape[1]
    solutions = np.array(
        [[min(max(row[j : k + 1].mean() for k in range(i, n)) for j in range(i + 1)) for i in range(n)] for row in x]
    )
    steps = np.abs(np.diff(solutions, axis=1)) > 1e-12
    return solutions, np.pad(np.cumsum(steps, axis=1), ((0, 0), (1, 0))).astype(np.int32)


SAMPLES: dict[str, list[Sample]] = {"isotonic_regression": [case(X, reference=by_intervals)]}
