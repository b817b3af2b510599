"""Reductions over segments whose number is a param. (Those over sorted segments: counting.py.)"""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp

from eagernb.executors.xla.table import rules


def _limits(dtype: Any) -> Any:
    return (jnp.finfo if jnp.issubdtype(dtype, jnp.floating) else jnp.iinfo)(dtype)


def unsorted(update: str, empty: Any) -> Any:
    """The rule of a reduction that gives ``empty(dtype)`` for a segment without rows; negative ids are dropped."""

    def lowered(data: Any, segment_ids: Any, num_segments: int) -> Any:
        dims = (num_segments, *data.shape[segment_ids.ndim :])
        ids = jnp.where(segment_ids < 0, num_segments, segment_ids)
        start = jnp.full(dims, empty(data.dtype), data.dtype)
        return getattr(start.at[ids], update)(data, mode="drop")

    return lowered


rules({
    "unsorted_segment_sum": unsorted("add", lambda dtype: 0),
    "unsorted_segment_prod": unsorted("multiply", lambda dtype: 1),
    "unsorted_segment_max": unsorted("max", lambda dtype: _limits(dtype).min),
    "unsorted_segment_min": unsorted("min", lambda dtype: _limits(dtype).max),
})  # fmt: skip
