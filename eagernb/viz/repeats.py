"""Repeats: what a sequence does several times in a row, so that it can be drawn once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

# Twice is no repetition to a reader: both are drawn.
FEWEST = 3
# A longer stretch is not looked for.
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Repeat:
    """A stretch that occurs several ``times`` in a row: the ``places`` of its first occurrence, in the sequence.

    Repeats lie within one another: ``parent`` is the index of the one around, None for none.
    """

    times: int
    places: tuple[int, ...]
    parent: int | None = None


def find_repeats(keys: Sequence[Hashable]) -> tuple[list[int], list[Repeat]]:
    """Return for each place the one that it repeats (itself where none), and the repeats, outer ones first.

    What looks the same has the same key. The stretches that cover most are looked for first, and then what repeats
    inside of them.

    >>> find_repeats("xababab")
    ([0, 1, 2, 1, 2, 1, 2], [Repeat(times=3, places=(1, 2), parent=None)])
    """
    numbers: dict[Hashable, int] = {}
    return _find(np.fromiter((numbers.setdefault(key, len(numbers)) for key in keys), np.int64, len(keys)))


def _find(row: np.ndarray) -> tuple[list[int], list[Repeat]]:
    stands_for = list(range(len(row)))
    repeats: list[Repeat] = []
    for start, length, times in _runs(row):
        inner_for, inner = _find(row[start : start + length])
        index = len(repeats)
        repeats.append(Repeat(times, tuple(start + place for place in sorted(set(inner_for)))))
        for repeat in inner:
            places = tuple(start + place for place in repeat.places)
            repeats.append(Repeat(repeat.times, places, index + (0 if repeat.parent is None else repeat.parent + 1)))
        stands_for[start : start + length * times] = [start + place for place in inner_for] * times
    return stands_for, repeats


def _runs(row: np.ndarray) -> list[tuple[int, int, int]]:
    """Where a stretch repeats, how long it is and how often it occurs: those that cover most, none over another."""
    found: list[tuple[int, int, int, int]] = []
    for length in range(1, min(len(row) // FEWEST, _LONGEST) + 1):
        same = row[length:] == row[:-length]
        if not same.any():
            continue
        changes = np.flatnonzero(np.diff(same.view(np.int8), prepend=0, append=0))
        starts, ends = changes[::2], changes[1::2]
        times = (ends - starts) // length + 1
        enough = times >= FEWEST
        if enough.any():
            runs = zip(starts[enough].tolist(), times[enough].tolist(), strict=True)
            found += [(-length * often, length, start, often) for start, often in runs]
            if found[-1][0] == -len(row):
                break  # it is repetition through and through: no longer stretch covers more
    chosen: list[tuple[int, int, int]] = []
    taken = np.zeros(len(row), np.bool_)
    for covered, length, start, often in sorted(found):
        stretch = slice(start, start - covered)
        if not taken[stretch].any():
            taken[stretch] = True
            chosen.append((start, length, often))
    return sorted(chosen)
