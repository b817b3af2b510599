"""Slices, gathering and scattering. Positions out of range are not found out: XLA cannot raise.

As with TensorFlow's XLA, what is gathered there is the nearest element, and what is scattered there is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from eagernb.core.dtypes import DType
from eagernb.core.late import Late
from eagernb.core.static import normal_axis
from eagernb.executors.xla.rules.shapes import transposed
from eagernb.executors.xla.table import known, rules
from eagernb.ops.slicing import Slice, numpy_key


def _coordinates(indices: Any) -> tuple[Any, ...]:
    return tuple(jnp.moveaxis(indices, -1, 0))


def _slice(x: Any, begin: Any, size: Any) -> Any:
    return x[tuple(slice(a, None if n == -1 else a + n) for a, n in zip(begin, size, strict=True))]


def late_key(key: Any, numbers: Sequence[Any]) -> tuple[Any, ...]:
    """A key with what is late in it: an index may be computed, while the bounds of a slice have to be known."""

    def bound(part: Any) -> Any:
        return int(known(numbers[part.position])) if isinstance(part, Late) else part

    parts = [
        numbers[part.position]
        if isinstance(part, Late)
        else slice(*map(bound, part))
        if isinstance(part, Slice)
        else part
        for part in key
    ]
    return (*parts, *([] if Ellipsis in key else [Ellipsis]))


def _late_slice_grad(g: Any, *numbers: Any, shape: Any, key: Any) -> Any:
    values = (g, *numbers)
    sizes = [int(known(values[n.position])) if isinstance(n, Late) else n for n in shape]
    return jnp.zeros(sizes, g.dtype).at[late_key(key, values)].set(g)


def _late_slice(x: Any, *numbers: Any, begin: Any, size: Any) -> Any:
    """Where it begins may be computed. What would go beyond the end is moved back, as XLA does."""
    values = (x, *numbers)
    starts = [values[n.position] if isinstance(n, Late) else n for n in begin]
    sizes = [int(known(values[n.position])) if isinstance(n, Late) else n for n in size]
    sizes = [
        have - int(known(np.asarray(start) if isinstance(start, int) else start)) if n == -1 else n
        for n, start, have in zip(sizes, starts, x.shape, strict=True)
    ]
    return lax.dynamic_slice(jnp.asarray(x), [jnp.asarray(start, jnp.int64) for start in starts], sizes)


def _gather(params: Any, indices: Any, axis: int, batch_dims: int) -> Any:
    batch_dims = normal_axis(batch_dims, indices.ndim + 1) if batch_dims < 0 else batch_dims
    axis = normal_axis(axis, params.ndim)
    if not batch_dims:
        return jnp.take(params, indices, axis, mode="clip")
    batch = [np.arange(n).reshape(-1, *[1] * (indices.ndim - i - 1)) for i, n in enumerate(indices.shape[:batch_dims])]
    between = [slice(None)] * (axis - batch_dims)
    limit = params.shape[axis] - 1
    if not between:
        return params[(*batch, jnp.clip(indices, 0, limit))]
    moved = jnp.moveaxis(params, axis, batch_dims)
    picked = moved[(*batch, jnp.clip(indices, 0, limit))]
    extra = indices.ndim - batch_dims  # the axes of the indices go where the axis was
    for _ in range(extra):
        picked = jnp.moveaxis(picked, batch_dims, axis + extra - 1)
    return picked


def _gather_grad(g: Any, indices: Any, shape: Any, axis: int, batch_dims: int) -> Any:
    return transposed(lambda params: _gather(params, indices, axis, batch_dims), shape, g)


def _gather_nd(params: Any, indices: Any) -> Any:
    if not indices.shape[-1]:
        return jnp.broadcast_to(params, indices.shape[:-1] + params.shape)
    key = _coordinates(indices)
    return params[tuple(jnp.clip(at, 0, size - 1) for at, size in zip(key, params.shape, strict=False))]


def _with_batch_positions(indices: Any, batch_dims: int) -> Any:
    batch = np.indices(indices.shape[:-1], indices.dtype)[:batch_dims]
    return jnp.concatenate([np.moveaxis(batch, 0, -1), indices], -1)


def updated_at(tensor: Any, indices: Any) -> Any:
    """What updates are applied to; an index below 0 is out of range, not counted from the end."""
    key = tuple(jnp.where(at < 0, size, at) for at, size in zip(_coordinates(indices), tensor.shape, strict=False))
    return tensor.at[key if key else ...]


def _along(x: Any, indices: Any, axis: int) -> tuple[Any, ...]:
    axis = normal_axis(axis, len(x))
    own = np.ogrid[tuple(slice(n) for n in x)]
    return (*own[:axis], indices, *own[axis + 1 :])


def _one_hot(indices: Any, depth: int, axis: int, on: Any, off: Any, dtype: DType) -> Any:
    marks = jnp.where(indices[..., None] == np.arange(depth), np.array(on, dtype.numpy), np.array(off, dtype.numpy))
    return marks if axis == -1 else jnp.moveaxis(marks, -1, axis)


def _invert_permutation(x: Any) -> Any:
    return jnp.zeros_like(x).at[x].set(jnp.arange(x.size, dtype=x.dtype))


def _unravel_index(indices: Any, dims: Any) -> Any:
    strides = jnp.cumprod(jnp.concatenate([dims[1:], jnp.ones(1, dims.dtype)])[::-1])[::-1].astype(dims.dtype)
    column = (-1, *[1] * indices.ndim)
    return lax.rem(*jnp.broadcast_arrays(indices // strides.reshape(column), dims.reshape(column)))


rules({
    "slice": _slice,
    "strided_slice": lambda x, key: x[numpy_key(key)],
    "strided_slice_grad": lambda g, shape, key: jnp.zeros(shape, g.dtype).at[numpy_key(key)].set(g),
    "gather": _gather,
    "gather_grad": _gather_grad,
    "gather_nd": _gather_nd,
    "with_batch_positions": _with_batch_positions,
    "scatter_nd": lambda indices, updates, shape: updated_at(jnp.zeros(shape, updates.dtype), indices).add(updates),
    "tensor_scatter_nd_add": lambda tensor, indices, updates: updated_at(tensor, indices).add(updates),
    "tensor_scatter_nd_sub": lambda tensor, indices, updates: updated_at(tensor, indices).add(-updates),
    "tensor_scatter_nd_max": lambda tensor, indices, updates: updated_at(tensor, indices).max(updates),
    "tensor_scatter_nd_min": lambda tensor, indices, updates: updated_at(tensor, indices).min(updates),
    "tensor_scatter_nd_update": lambda tensor, indices, updates: updated_at(tensor, indices).set(updates),
    "take_along_axis": lambda x, indices, axis: x[_along(x.shape, indices, axis)],
    "take_along_axis_grad": lambda g, indices, shape, axis: (
        jnp.zeros(shape, g.dtype).at[_along(shape, indices, axis)].add(g)
    ),
    "one_hot": _one_hot,
    "invert_permutation": _invert_permutation,
    "unravel_index": _unravel_index,
})  # fmt: skip
rules({
    "late_slice": _late_slice,
    "late_strided_slice": lambda x, *numbers, key: jnp.asarray(x)[late_key(key, (x, *numbers))],
    "late_strided_slice_grad": _late_slice_grad,
}, asks=True)  # fmt: skip
