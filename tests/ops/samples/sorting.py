"""Sorting, searching, unique values, histograms: the references are Python's own sorted, bisect and dicts."""

import bisect
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.dtypes import int32, int64

from .making import CUBE, EMPTY, INTS, SPECIAL, STRIDED, A, Sample, case

TIES = np.array([2.0, 1.0, 2.0, 1.0, 3.0], np.float32)  # float32: there is no derivative to compare with at a tie
LIMITS = np.array([3, np.iinfo(np.int32).min, np.iinfo(np.int32).max, 0], np.int32)
BYTES = np.array([3, 0, 255, 7], np.uint8)


def order(values: Any, descending: bool) -> list[int]:
    """Positions in sorted order, by Python's stable sort of exact numbers, NaN last."""
    sign = -1 if descending else 1
    return sorted(range(len(values)), key=lambda i: (math.isnan(values[i]), sign * values[i].item()))


def along(function: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda x, axis, descending: np.apply_along_axis(lambda row: function((row, descending)), axis, x)


def sorting(function: Callable[[Any], Any]) -> list[Sample]:
    reference = along(function)
    plain = [(x, axis) for x in (A, CUBE, STRIDED) for axis in (0, -1)]
    special = [(TIES, 0), (SPECIAL, -1), (LIMITS, 0), (BYTES, 0), (INTS, 1), (SPECIAL.astype(np.float16), 0)]
    samples = [case(x, axis=a, descending=d, reference=reference) for x, a in plain + special for d in (False, True)]
    return [*samples, case(EMPTY, axis=1, descending=False, reference=lambda x, **_: function((x, False)))]


def top_k(x: Any, k: int, dtype: Any) -> Any:
    rows = [order(row, True)[:k] for row in x.reshape(-1, x.shape[-1])]
    indices = np.array(rows, dtype.numpy).reshape(*x.shape[:-1], k)
    return np.take_along_axis(x, indices.astype(int), -1), indices


def in_top_k(targets: Any, predictions: Any, k: int) -> Any:
    def is_in(target: int, row: Any) -> bool:
        if not 0 <= target < len(row) or not all(map(math.isfinite, row)):
            return False
        return sum(p > row[target] for p in row) < k

    return np.array([is_in(*pair) for pair in zip(targets, predictions, strict=True)], bool)


def searchsorted(sequence: Any, values: Any, side: str, dtype: Any) -> Any:
    find = bisect.bisect_left if side == "left" else bisect.bisect_right
    rows = sequence.reshape(-1, sequence.shape[-1]).tolist()
    found = [[find(row, v) for v in wanted] for row, wanted in zip(rows, values.reshape(len(rows), -1), strict=True)]
    return np.array(found, dtype.numpy).reshape(values.shape)


def unique(x: Any, dtype: Any) -> Any:
    counts: dict[Any, int] = {}
    places = []
    for item in x.tolist():
        counts[item] = counts.get(item, 0) + 1
        places.append(list(counts).index(item))
    return np.array(list(counts), x.dtype), np.array(places, dtype.numpy), np.array(list(counts.values()), dtype.numpy)


def bins(values: Any, value_range: Any, nbins: int, dtype: Any) -> Any:
    low, high = value_range
    edges = [low + (high - low) * i / nbins for i in range(1, nbins)]
    return np.array([bisect.bisect_right(edges, v) for v in values.flat], dtype.numpy).reshape(values.shape)


SCORES = np.array([[0.1, 0.8, 0.1], [0.2, 0.3, 0.5], [0.3, 0.3, 0.4], [0.1, np.nan, 0.2], [1, 2, 3]], np.float32)
ROWS, WANTED = np.array([[1.0, 3.0, 3.0, 5.0], [2.0, 4.0, 6.0, 8.0]]), np.array([[0.0, 3.0, 9.0], [4.0, 4.5, 1.0]])
MANY = np.array([3, 1, 3, 2, 1, 3], np.int32)
SPREAD = np.array([[-1.0, 0.1, 1.5], [2.1, 4.9, 15.0]])

SAMPLES: dict[str, list[Sample]] = {
    "sort": sorting(lambda row: [row[0][i] for i in order(*row)] if row[0].ndim == 1 else row[0]),
    "argsort": sorting(
        lambda row: np.array(order(*row), np.int32) if row[0].ndim == 1 else row[0].astype(np.int32)
    ),
    "top_k": [
        case(x, k=k, dtype=d, reference=top_k)
        for x, k, d in ((A, 2, int32), (CUBE, 1, int64), (TIES, 4, int32), (INTS, 3, int32), (STRIDED, 0, int32))
    ],
    "in_top_k": [
        case(np.array([1, 0, 2, 0, 7], np.int32), SCORES, k=k, reference=in_top_k) for k in (0, 1, 2, 3)
    ],
    "searchsorted": [
        case(x, v, side=side, dtype=int32, reference=searchsorted)
        for x, v in ((ROWS, WANTED), (ROWS[0], WANTED[0]), (ROWS[:, ::2], WANTED[:, :0])) for side in ("left", "right")
    ],
    "unique": [
        case(x, dtype=int32, reference=lambda x, dtype: unique(x, dtype)[:2]) for x in (MANY, TIES, MANY[:0], MANY[::2])
    ],
    "unique_with_counts": [case(x, dtype=int64, reference=unique) for x in (MANY, TIES, MANY[:0])],
    "invert_permutation": [
        case(np.array([2, 0, 3, 1], np.int32), reference=lambda x: np.array([1, 3, 0, 2], np.int32)),
        case(np.array([], np.int64), reference=lambda x: x),
    ],
    "histogram_fixed_width": [
        case(SPREAD, np.array([0.0, 5.0]), nbins=5, dtype=int32,
             reference=lambda x, edges, **_: np.array([2, 1, 1, 0, 2], np.int32)),
        case(SPREAD[:0], np.array([0.0, 5.0]), nbins=2, dtype=int64, reference=lambda x, edges, **_: np.array([0, 0])),
    ],
    "histogram_fixed_width_bins": [
        case(x, np.array([0.0, 5.0]), nbins=5, dtype=int32, reference=bins)
        for x in (SPREAD, SPREAD.T[::-1], SPREAD[:0])
    ],
}  # fmt: skip
