"""Segments and partitions: the references are loops over the segments."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .making import COLUMN, CUBE, INTS, STRIDED, A, Sample, case

FOUR = np.random.default_rng(1).uniform(0.5, 2, (4, 2))
SORTED, GAPS = np.array([0, 0, 1, 1], np.int32), np.array([1, 1, 1, 4])
MIXED, MATRIX = np.array([2, 0, -1, 2], np.int32), np.array([[1, 0, 1], [3, -1, 1]], np.int32)
LIMITS = np.finfo(np.float32)


def by_segment(reduce: Callable[..., Any], empty: float) -> Callable[..., Any]:
    def reference(data: Any, ids: Any, num_segments: int | None = None) -> Any:
        count = (max(ids.tolist(), default=-1) + 1) if num_segments is None else num_segments
        rest = data.shape[ids.ndim :]
        result = np.full((count, *rest), empty).astype(data.dtype)
        for i in range(count):
            if (ids == i).any():
                result[i] = reduce(data[ids == i], axis=0)
        return result

    return reference


def sorted_ids(reduce: Callable[..., Any], empty: float) -> list[Sample]:
    reference = by_segment(reduce, empty)
    arrays = [(FOUR, SORTED), (FOUR, GAPS), (CUBE, SORTED[1:3]), (STRIDED, SORTED[:3]), (INTS, SORTED[:2])]
    return [case(x, ids, reference=reference) for x, ids in (*arrays, (FOUR[:0], SORTED[:0]))]


def unsorted_ids(reduce: Callable[..., Any], empty: float) -> list[Sample]:
    reference = by_segment(reduce, empty)
    arrays = [(FOUR, MIXED, 3), (A, MATRIX, 5), (CUBE, MATRIX, 4), (FOUR[:0], MIXED[:0], 2)]
    return [case(x, ids, num_segments=n, reference=reference) for x, ids, n in arrays]


def unsorted_extremum(reduce: Callable[..., Any], empty: Any) -> list[Sample]:
    # Empty segments hold a number so large that finite differences are lost in it: these samples are float32.
    in_32 = [s._replace(inputs=(s.inputs[0].astype(np.float32), s.inputs[1])) for s in unsorted_ids(reduce, empty)]
    return [*in_32, case(FOUR, abs(MIXED) % 2, num_segments=2, reference=by_segment(reduce, empty))]


def mean(x: Any, axis: int) -> Any:
    return np.trunc(x.mean(axis)) if x.dtype.kind == "i" else x.mean(axis)


def stitched(*arrays: Any, count: int) -> Any:
    rows = {}
    for at, data in zip(arrays[:count], arrays[count:], strict=True):
        for place in np.ndindex(at.shape):
            rows[at[place].item()] = data[place]
    return np.array([rows[i] for i in range(len(rows))])


FIRST, SECOND = np.array([[3, 0], [1, 4]]), np.array(2)

SAMPLES: dict[str, list[Sample]] = {
    "segment_sum": sorted_ids(np.sum, 0),
    "segment_mean": sorted_ids(mean, 0),
    "segment_prod": sorted_ids(np.prod, 1),
    "segment_max": sorted_ids(np.max, 0),
    "segment_min": sorted_ids(np.min, 0),
    "unsorted_segment_sum": unsorted_ids(np.sum, 0),
    "unsorted_segment_prod": unsorted_ids(np.prod, 1),
    "unsorted_segment_max": unsorted_extremum(np.max, LIMITS.min),
    "unsorted_segment_min": unsorted_extremum(np.min, LIMITS.max),
    "dynamic_partition": [
        case(x, ids, num_partitions=3, reference=lambda x, ids, **_: tuple(x[ids == i] for i in range(3)))
        for x, ids in ((FOUR, abs(MIXED)), (CUBE, abs(MATRIX) % 3), (FOUR[:0], MIXED[:0]), (COLUMN[0], MIXED[:1]))
    ],
    "dynamic_stitch": [
        case(FIRST, SECOND, FOUR.reshape(2, 2, 2), FOUR[0] * 3, count=2, reference=stitched),
        # The row that is written over still gets a gradient, as in TensorFlow: in float32 nobody looks.
        case(np.array([1, 0]), np.array([1]), *np.split(FOUR[:3].astype(np.float32), [2]), count=2, reference=stitched),
    ],
}
