"""Reductions over segments: their number is a param, or that of sorted ones follows from known ids."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from eagernb.core.dtypes import OF_NUMPY
from eagernb.executors.xla.table import known, rules


def _unsorted(update: str, empty: Any) -> Any:
    """The rule of a reduction that gives ``empty(dtype)`` for a segment without rows; negative ids are dropped."""

    def lowered(data: Any, segment_ids: Any, num_segments: int) -> Any:
        dims = (num_segments, *data.shape[segment_ids.ndim :])
        ids = jnp.where(segment_ids < 0, num_segments, segment_ids)
        start = jnp.full(dims, empty(data.dtype), data.dtype)
        return getattr(start.at[ids], update)(data, mode="drop")

    return lowered


def _sorted_segments(update: str, empty: int) -> Any:
    reduce = _unsorted(update, lambda dtype: empty)

    def lowered(data: Any, segment_ids: Any) -> Any:
        ids = known(segment_ids)
        return reduce(data, ids, int(ids[-1]) + 1 if ids.size else 0)

    return lowered


def _segment_extremum(update: str) -> Any:
    def lowered(data: Any, segment_ids: Any) -> Any:
        ids = known(segment_ids)
        count = int(ids[-1]) + 1 if ids.size else 0
        first = jnp.asarray(data)[np.searchsorted(ids, np.arange(count)).clip(0, max(len(ids) - 1, 0))]
        found = getattr(first.at[ids], update)(data)
        there = np.isin(np.arange(count), ids).reshape(-1, *[1] * (data.ndim - 1))
        return jnp.where(there, found, 0)  # a segment without rows has 0

    return lowered


def _segment_mean(data: Any, segment_ids: Any) -> Any:
    ids = known(segment_ids)
    wide = jnp.float64 if data.dtype.kind in "iu" else data.dtype
    total = _sorted_segments("add", 0)(data.astype(wide), ids)
    count = np.maximum(np.bincount(ids, minlength=len(total)), 1).reshape(-1, *[1] * (data.ndim - 1))
    mean = total / count.astype(wide)
    return jnp.trunc(mean) if data.dtype.kind in "iu" else mean


rules({
    "unsorted_segment_sum": _unsorted("add", lambda dtype: 0),
    "unsorted_segment_prod": _unsorted("multiply", lambda dtype: 1),
    "unsorted_segment_max": _unsorted("max", lambda dtype: OF_NUMPY[dtype].min),
    "unsorted_segment_min": _unsorted("min", lambda dtype: OF_NUMPY[dtype].max),
})  # fmt: skip
rules({
    "segment_sum": _sorted_segments("add", 0),
    "segment_prod": _sorted_segments("multiply", 1),
    "segment_max": _segment_extremum("max"),
    "segment_min": _segment_extremum("min"),
    "segment_mean": _segment_mean,
}, asks=True)  # fmt: skip
