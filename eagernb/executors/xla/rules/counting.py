"""Ops whose shape follows from some of their inputs' values, which therefore must be known while compiling."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from eagernb.core.op import find_op
from eagernb.executors.xla.rules.segments import unsorted
from eagernb.executors.xla.table import known, rules


def _bincount(values: Any, weights: Any, minlength: int | None, maxlength: int | None) -> Any:
    length = minlength
    if length is None or length != maxlength:
        length = max(int(known(values).max(initial=-1)) + 1, minlength or 0)
        length = length if maxlength is None else min(length, maxlength)
    bins = jnp.zeros((*values.shape[:-1], length), weights.dtype)
    rows = np.indices(values.shape)[:-1]
    return bins.at[(*rows, jnp.where(jnp.asarray(values) < 0, length, values))].add(weights, mode="drop")


def _confusion_matrix(labels: Any, predictions: Any, weights: Any, num_classes: int | None) -> Any:
    if num_classes is None:
        num_classes = int(max(known(labels).max(initial=-1), known(predictions).max(initial=-1))) + 1
    return jnp.zeros((num_classes, num_classes), weights.dtype).at[labels, predictions].add(weights, mode="drop")


def _partition(data: Any, partitions: Any, num_partitions: int) -> Any:
    return tuple(jnp.asarray(data)[known(partitions) == i] for i in range(num_partitions))


def _stitch(*values: Any, count: int) -> Any:
    indices, data = list(map(known, values[:count])), values[count:]
    rank = indices[0].ndim
    length = max((at.max() + 1 for at in indices if at.size), default=0)
    result = jnp.zeros((length, *data[0].shape[rank:]), data[0].dtype)
    for at, rows in zip(indices, data, strict=True):
        result = result.at[at].set(rows)
    return result


def _sorted_segments(update: str, empty: int) -> Any:
    reduce = unsorted(update, lambda dtype: empty)

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


def _of_known(name: str) -> Any:
    """The rule of an op all of whose inputs must be known: its kernel."""
    kernel = find_op(name).kernel
    return lambda *values: kernel(*map(known, values))


rules({
    "range": _of_known("range"),
    "broadcast_dynamic_shape": _of_known("broadcast_dynamic_shape"),
    "bincount": _bincount,
    "confusion_matrix": _confusion_matrix,
    "dynamic_partition": _partition,
    "dynamic_stitch": _stitch,
    "segment_sum": _sorted_segments("add", 0),
    "segment_prod": _sorted_segments("multiply", 1),
    "segment_max": _segment_extremum("max"),
    "segment_min": _segment_extremum("min"),
    "segment_mean": _segment_mean,
}, asks=True)  # fmt: skip
