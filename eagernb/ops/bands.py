"""Bands: several diagonals of a matrix, and how they are kept in the rows of another one.

A diagonal is numbered by column minus row: 0 is the main one, 1 the one above it. A band of several diagonals, the
highest first, is kept as the rows of a matrix, the shorter ones padded to the length of the longest. An alignment says
to which side those above the main diagonal are moved, and those below: RIGHT_LEFT pads the former on the left.

>>> band_of(2, 2, (0, 1), "RIGHT_LEFT").places  # of the diagonal above, which has one element, and of the main one
array([1, 0, 1])
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from eagernb.core.static import static_ints
from eagernb.errors import InvalidArgumentError

Bounds = tuple[int, int]  # the lowest and the highest diagonal
ALIGNMENTS = ("LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT")


class Band(NamedTuple):
    """Where the elements of a band are: in the matrix, and in the rows that hold its diagonals."""

    rows: np.ndarray
    columns: np.ndarray
    diagonals: np.ndarray
    places: np.ndarray


@lru_cache(maxsize=64)
def band_of(rows: int, columns: int, k: Bounds, align: str) -> Band:
    """The places of a band in matrices of this size."""
    above, below = align.split("_")
    longest = longest_in(rows, columns, k)
    parts = []
    for diagonal, offset in enumerate(range(k[1], k[0] - 1, -1)):
        steps = np.arange(longest_in(rows, columns, (offset, offset)))
        leftwards = (offset >= 0 and above == "LEFT") or (offset <= 0 and below == "LEFT")
        places = steps if leftwards else steps + longest - len(steps)
        parts.append((steps + max(-offset, 0), steps + max(offset, 0), np.full_like(steps, diagonal), places))
    return Band(*[np.concatenate(arrays) for arrays in zip(*parts, strict=True)])


def longest_in(rows: int, columns: int, k: Bounds) -> int:
    """The length of the longest diagonal of a band."""
    return max(0, min(rows + min(k[1], 0), columns - max(k[0], 0)))


def in_rows(band: Band, k: Bounds) -> tuple[Any, ...]:
    """The index of a band's elements in the array that holds its diagonals; a single one is no matrix, but a vector."""
    return (..., band.places) if k[0] == k[1] else (..., band.diagonals, band.places)


def matrix_size(length: int, k: Bounds, rows: int, columns: int) -> tuple[int, int]:
    """The size of the matrix whose longest diagonal is so long: as given, or the smallest; a square if free."""
    least = (length - min(k[1], 0), length + max(k[0], 0))
    if rows == columns == -1:
        return max(least), max(least)
    size = (least[0] if rows == -1 else rows, least[1] if columns == -1 else columns)
    if size[0] < least[0] or size[1] < least[1] or (size[0] != least[0] and size[1] != least[1]):
        raise ValueError(f"diagonals k={k} of length {length} do not fit {size[0]} rows and {size[1]} columns: the "
                         f"smallest matrix has {least[0]} and {least[1]}, and only one may be more")  # fmt: skip
    return size


def bounds_of(k: Any) -> Bounds:
    """The lowest and the highest diagonal of one number, a list of one, or a pair."""
    if k.__class__ is int:
        return k, k
    bounds = static_ints(k, "k")
    if len(bounds) not in (1, 2):
        raise InvalidArgumentError(f"k must be one diagonal or a pair (lowest, highest), not {list(bounds)}.")
    if bounds[0] > bounds[-1]:
        raise InvalidArgumentError(f"k={bounds}: the lowest diagonal comes first, then the highest.")
    return bounds[0], bounds[-1]


def alignment_of(align: str) -> str:
    """The alignment, if there is one of this name; else InvalidArgumentError."""
    if align not in ALIGNMENTS:
        raise InvalidArgumentError(f"align must be one of {', '.join(ALIGNMENTS)}, not {align!r}.")
    return align
