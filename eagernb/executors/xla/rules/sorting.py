"""Sorting, searching and counting."""

from __future__ import annotations

import math
from typing import Any

import jax
import jax.numpy as jnp

from eagernb.core.dtypes import DType
from eagernb.core.static import normal_axis
from eagernb.executors.xla.table import rules


def _order(x: Any, axis: int, descending: bool) -> Any:
    """The positions of the elements in sorted order; equal ones keep the order that they have, NaN comes last."""
    if descending:  # what turns the order around, also for the lowest integer and for unsigned ones
        x = ~x if x.dtype.kind in "iu" else -x
    # As in NumPy, zeros are equal whatever their sign.
    keys = x if x.dtype.kind in "iu" else jnp.where(x == 0, jnp.zeros_like(x), x)
    return jnp.argsort(keys, axis=normal_axis(axis, x.ndim), stable=True)


def _sorted_order(x: Any, axis: int, descending: bool) -> Any:
    """The same, but turned around from the back: NaN comes first in descending order."""
    if not descending:
        return _order(x, axis, False)
    return x.shape[axis] - 1 - jnp.flip(_order(jnp.flip(x, axis), axis, False), axis)


def _top_k(x: Any, k: int, dtype: DType) -> Any:
    indices = _order(x, -1, True)[..., :k]
    return jnp.take_along_axis(x, indices, -1), indices


def _in_top_k(targets: Any, predictions: Any, k: int) -> Any:
    classes = predictions.shape[1]
    known = (targets >= 0) & (targets < classes) & jnp.isfinite(predictions).all(axis=1)
    if not classes:
        return known
    chosen = jnp.take_along_axis(predictions, jnp.clip(targets, 0, classes - 1)[:, None], 1)
    return known & ((predictions > chosen).sum(axis=1) < k)


def _searchsorted(sorted_sequence: Any, values: Any, side: Any, dtype: DType) -> Any:
    rows = math.prod(sorted_sequence.shape[:-1])
    search = jax.vmap(lambda sequence, wanted: jnp.searchsorted(sequence, wanted, side))
    sequences, wanted = (x.reshape(rows, x.shape[-1]) for x in (sorted_sequence, values))
    return search(sequences, wanted).reshape(values.shape)


def _bins(values: Any, value_range: Any, nbins: int, dtype: DType) -> Any:
    low, high = value_range[0], value_range[1]
    width = (high - low).astype(jnp.float64) / nbins
    place = (jnp.maximum(values, low) - low) / width.astype(values.dtype)
    return jnp.clip(place, 0, nbins - 1).astype(dtype.numpy)


def _histogram(values: Any, value_range: Any, nbins: int, dtype: DType) -> Any:
    return jnp.zeros(nbins, dtype.numpy).at[_bins(values, value_range, nbins, dtype)].add(1)


rules({
    "argsort": _order,
    "sort": lambda x, axis, descending: jnp.take_along_axis(x, _order(x, axis, descending), axis),
    "sorted_order": _sorted_order,
    "top_k": _top_k,
    "in_top_k": _in_top_k,
    "searchsorted": _searchsorted,
    "insertion_points": lambda sequence, values, side: jnp.searchsorted(sequence, values, side),
    "histogram_fixed_width": _histogram,
    "histogram_fixed_width_bins": _bins,
})  # fmt: skip
