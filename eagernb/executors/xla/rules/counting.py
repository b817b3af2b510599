"""Ops whose shape follows from some of their inputs' values, which therefore must be known while compiling."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from eagernb.core.op import find_op
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
}, asks=True)  # fmt: skip
