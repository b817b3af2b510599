"""Pooling."""

from typing import Any

import numpy as np

from eagernb.core.dtypes import int32, int64

from .. import naive_windows as naive
from .making import Sample, case, rng


def shuffled(*shape: int) -> np.ndarray:
    """Numbers far enough apart that a small change does not change which one is the largest."""
    return rng.permutation(np.prod(shape)).reshape(shape) / 10.0


def params(window: Any, strides: Any, padding: Any, dilations: Any = None) -> dict[str, Any]:
    return {"window": window, "strides": strides, "padding": padding, "dilations": dilations or (1,) * len(window)}


TWO = params((2, 2), (2, 2), "VALID")
SETS = [
    (shuffled(2, 4, 6, 3), TWO),
    (shuffled(2, 5, 5, 2), params((2, 2), (2, 2), "SAME")),
    (shuffled(1, 5, 6, 2), params((3, 2), (1, 2), "SAME")),
    (shuffled(1, 5, 6, 2), params((3, 3), (1, 1), "VALID")),
    (shuffled(1, 6, 6, 2), params((2, 2), (1, 1), "VALID", (2, 3))),
    (shuffled(1, 5, 7, 1), params((2, 2), (3, 3), "VALID")),  # some elements are under no window
    (shuffled(2, 7, 3), params((3,), (2,), "SAME")),
    (shuffled(1, 3, 4, 3, 2), params((2, 2, 2), (1, 2, 1), "SAME")),
]
MIXED = [
    (np.array([1.0, np.nan, 3.0, -np.inf, -np.inf, -0.0, np.inf, np.nan]).reshape(1, 2, 4, 1), TWO),
    (np.arange(32, dtype=np.float32).reshape(1, 4, 4, 2) % 5, TWO),
    (np.arange(32, dtype=np.int32).reshape(1, 4, 4, 2) % 5 - 9, params((3, 3), (2, 2), "SAME")),
    (np.ones((1, 3, 3, 1), np.float32), params((2, 2), (1, 1), "SAME")),
    (np.ones((1, 2, 2, 2, 1), np.float32), params((2, 2, 2), (2, 2, 2), "SAME")),
    (rng.normal(size=(4, 2, 6, 6)).transpose(1, 3, 2, 0)[:, ::2], params((2, 2), (2, 2), "SAME")),
    (np.zeros((0, 4, 4, 1)), TWO),
]


def gradient_for(x: np.ndarray, pool: Any, options: dict[str, Any]) -> np.ndarray:
    """A gradient for the result, of whole numbers."""
    shape = pool(x, **options).shape
    return (np.arange(np.prod(shape)) % 7 - 3).reshape(shape).astype(x.dtype)


EXPLICIT = (shuffled(1, 4, 4, 1) - 9, params((2, 2), (1, 2), ((1, 0), (1, 1))))
AVERAGED = [*SETS, (rng.normal(size=(1, 3, 3, 2)).astype(np.float32), params((3, 3), (1, 1), "SAME"))]
LARGEST = [*SETS, EXPLICIT, *MIXED]


def first_largest(x: Any, rows: Any, columns: Any, overlapping: bool) -> Any:
    """Which element of x is the largest in each region, by looking at one after the other."""
    _, height, width, channels = x.shape
    found = np.zeros((len(x), len(rows) - 1, len(columns) - 1, channels), np.int64)
    for b, i, j, c in np.ndindex(found.shape):
        places = [
            (r, s)
            for r in range(rows[i], min(rows[i + 1] + overlapping, height))
            for s in range(columns[j], min(columns[j + 1] + overlapping, width))
        ]
        row, column = max(places, key=lambda place: x[b, *place, c])
        found[b, i, j, c] = ((b * height + row) * width + column) * channels + c
    return found


SAMPLES: dict[str, list[Sample]] = {
    "max_pool": [case(x, reference=naive.max_pool, **p) for x, p in LARGEST],
    "max_pool_grad": [
        case(x, gradient_for(x, naive.max_pool, p), reference=naive.max_pool_grad, **p) for x, p in LARGEST
    ],
    "max_pool_grad_grad": [
        case(x, np.cos(np.arange(x.size)).reshape(x.shape).astype(x.dtype),
             reference=naive.max_pool_grad_grad, **p)
        for x, p in LARGEST
    ],
    "max_pool_argmax": [
        case(x, dtype=dtype, include_batch=batch, reference=naive.max_pool_argmax, **p)
        for x, p in (*SETS[:-1], *MIXED[1:4]) for dtype, batch in ((int64, False), (int32, True))
    ],
    "avg_pool": [case(x, reference=naive.avg_pool, **p) for x, p in AVERAGED],
    "avg_pool_grad": [
        case(gradient_for(x, naive.avg_pool, p), image=x.shape[1:-1], reference=naive.avg_pool_grad, **p)
        for x, p in AVERAGED
    ],
    "fractional_argmax": [
        case(shuffled(2, 5, 6, 2), np.array([0, 2, 3, 5]), np.array([0, 1, 3, 4, 6]), overlapping=overlapping,
             reference=first_largest)
        for overlapping in (False, True)
    ],
}  # fmt: skip
