"""What a value looks like at a glance: its range, its mean, how its elements are spread; a few hundred bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

BINS = 8
# Of a tensor of no more elements each is kept.
_MOST_CELLS = 36
# Of a larger array a sample is looked at: the cell should not wait for its picture.
_EXACT = 2**17
_SAMPLE = 2**14


@dataclass(frozen=True, slots=True)
class Glance:
    """The least and the greatest element, their mean, and how many elements there are in each of ``BINS`` equal ranges.

    ``cells`` are the elements themselves where they are few and make up a vector or a matrix. Elements that are NaN or
    infinite are counted in ``odd`` and are in nothing else (NaN in ``cells``). Of a very large array ``sampled``
    elements were looked at; it is 0 where all were. What only rounding keeps from zero is given as zero: it would
    differ from processor to processor.

    >>> glance(np.float32([[1, 2], [3, 6]]))
    Glance(low=1.0, high=6.0, mean=3.0, bins=(1, 1, 0, 1, 0, 0, 0, 1), cells=(1.0, 2.0, 3.0, 6.0), odd=0, sampled=0)
    """

    low: float
    high: float
    mean: float
    bins: tuple[int, ...]
    cells: tuple[float, ...] = ()
    odd: int = 0
    sampled: int = 0


def glance(array: Any) -> Glance | None:
    """Look at an array of numbers; None where it has no elements, or is of texts or complex numbers."""
    kind = array.dtype.kind
    if not array.size or kind not in "fiubV" or array.dtype.names:
        return None
    flat, sampled = np.ravel(array) if array.size <= _EXACT else array.flat[:: array.size // _SAMPLE], 0
    if array.size > _EXACT:
        sampled = flat.size
    if kind in "bV":  # bool has no arithmetic, and of the types that are not NumPy's own some have none either
        try:
            flat = flat.astype(np.float32)
        except (TypeError, ValueError):
            return None
    elif flat.dtype == np.float16:  # whose sums overflow
        flat = flat.astype(np.float32)
    found = flat
    low, high = float(np.minimum.reduce(found)), float(np.maximum.reduce(found))
    if not (abs(low) < np.inf and abs(high) < np.inf):
        found = flat[np.isfinite(flat)]
        if not found.size:
            return Glance(0.0, 0.0, 0.0, (), (), flat.size, sampled)
        low, high = float(np.minimum.reduce(found)), float(np.maximum.reduce(found))
    noise = 8 * np.finfo(flat.dtype).eps * max(abs(low), abs(high)) if flat.dtype.kind == "f" else 0.0
    with np.errstate(over="ignore"):
        # NumPy adds floats pairwise, which is exact enough, and twice as fast as in another dtype.
        mean = float(np.add.reduce(found, dtype=None if found.dtype.kind == "f" else np.float64)) / found.size
    if abs(mean) == np.inf:
        mean = float(np.add.reduce(found / found.size, dtype=np.float64))
    return Glance(
        _rounded(low, noise),
        _rounded(high, noise),
        _rounded(mean, noise),
        _bins(found, low, high),
        tuple(_rounded(float(x), noise) for x in flat) if 1 < flat.size <= _MOST_CELLS and array.ndim <= 2 else (),
        flat.size - found.size,
        sampled,
    )


def _bins(flat: Any, low: float, high: float) -> tuple[int, ...]:
    if not 0 < high - low < np.inf:
        return (0,) * (BINS // 2) + (flat.size,) + (0,) * (BINS - BINS // 2 - 1)
    if flat.size > 2 * _SAMPLE:
        flat = flat[:: flat.size // _SAMPLE]
    places = ((flat.astype(np.float64) - low) * (BINS / (high - low))).astype(np.intp)
    counts = np.bincount(places, minlength=BINS).tolist()
    # The greatest element belongs to the last range.
    return (*counts[: BINS - 1], sum(counts[BINS - 1 :]))


def _rounded(value: float, noise: float) -> float:
    return 0.0 if abs(value) <= noise else value
