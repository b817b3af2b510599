"""Reductions along axes, and running ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
from jax import lax

from eagernb.core.dtypes import OF_NUMPY, DType
from eagernb.core.static import normal_axis
from eagernb.executors.xla.rules.arithmetic import is_integer
from eagernb.executors.xla.table import rules


def _extremum(reduce: Callable[..., Any], begins_with: Callable[[DType], Any]) -> Callable[..., Any]:
    def lowered(x: Any, axis: Any, keepdims: bool) -> Any:
        return reduce(x, axis, keepdims=keepdims, initial=x.dtype.type(begins_with(OF_NUMPY[x.dtype])))

    return lowered


def _mean(x: Any, axis: Any, keepdims: bool) -> Any:
    if not is_integer(x):
        return jnp.mean(x, axis, keepdims=keepdims)
    wide = jnp.int64 if x.dtype.kind == "i" else jnp.uint64
    total = jnp.sum(x, axis, dtype=wide, keepdims=keepdims)
    count = x.size // max(total.size, 1)
    return lax.div(total, jnp.full_like(total, count)) if count else jnp.zeros_like(total)


def _norm(x: Any, axis: Any, keepdims: bool) -> Any:
    return jnp.sqrt(jnp.sum(x * jnp.conj(x), axis, dtype=x.dtype, keepdims=keepdims))


def _without_nan(x: Any, instead: float) -> Any:
    return x if is_integer(x) or x.dtype.kind == "b" else jnp.where(jnp.isnan(x), instead, x)


def _argmax(x: Any, axis: int, dtype: DType) -> Any:
    return jnp.argmax(_without_nan(x, -jnp.inf), axis)


def _argmin(x: Any, axis: int, dtype: DType) -> Any:
    return jnp.argmin(_without_nan(x, jnp.inf), axis)


def _first(x: Any, axis: int, position: Any, extremum: Any, never: float) -> Any:
    if x.dtype.kind == "c":  # ordered by the real part, then by the imaginary one
        x = jnp.where(x.real == extremum(x.real, axis, keepdims=True), x.imag, never)
    return position(x, axis)


def _logaddexp_scan(x: Any, axis: int) -> Any:
    return lax.associative_scan(jnp.logaddexp, x, axis=axis)


def _running(accumulate: Any, first: float) -> Any:
    """The rule of a running reduction, which starts with ``first`` where it leaves out the element itself."""

    def lowered(x: Any, axis: int, exclusive: bool, reverse: bool) -> Any:
        axis = normal_axis(axis, x.ndim)
        x = jnp.flip(x, axis) if reverse else x
        if exclusive and x.shape[axis]:
            before = jnp.full_like(lax.slice_in_dim(x, 0, 1, axis=axis), first)
            x = jnp.concatenate([before, lax.slice_in_dim(x, 0, x.shape[axis] - 1, axis=axis)], axis)
        result = accumulate(x, axis)
        return jnp.flip(result, axis) if reverse else result

    return lowered


rules({
    "reduce_sum": lambda x, axis, keepdims: jnp.sum(x, axis, dtype=x.dtype, keepdims=keepdims),
    "reduce_prod": lambda x, axis, keepdims: jnp.prod(x, axis, dtype=x.dtype, keepdims=keepdims),
    "reduce_max": _extremum(jnp.max, lambda dtype: dtype.lowest),
    "reduce_min": _extremum(jnp.min, lambda dtype: dtype.highest),
    "reduce_mean": _mean,
    "reduce_all": lambda x, axis, keepdims: jnp.all(x, axis, keepdims=keepdims),
    "reduce_any": lambda x, axis, keepdims: jnp.any(x, axis, keepdims=keepdims),
    "reduce_euclidean_norm": _norm,
    "argmax": _argmax,
    "argmin": _argmin,
    "first_largest": lambda x, axis: _first(x, axis, jnp.argmax, jnp.max, -jnp.inf),
    "first_smallest": lambda x, axis: _first(x, axis, jnp.argmin, jnp.min, jnp.inf),
    "cumsum": _running(lambda x, axis: jnp.cumsum(x, axis, dtype=x.dtype), 0),
    "cumprod": _running(lambda x, axis: jnp.cumprod(x, axis, dtype=x.dtype), 1),
    "cumulative_logsumexp": _running(_logaddexp_scan, -jnp.inf),
})  # fmt: skip
