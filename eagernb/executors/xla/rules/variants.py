"""Stacks, and the lists that TensorArrays are."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np

from eagernb.core.spec import TensorSpec
from eagernb.executors.xla.table import UnboundedError, known, rules
from eagernb.executors.xla.variants import Elements, Entries, plus, zeros


def _pop(stack: Any, specs: Any) -> tuple[Any, ...]:
    below, entry = stack.pop()
    return (below, *entry)


def _grown(values: Elements, size: int) -> Elements:
    if size <= values.size:
        return values
    if values.array is None:
        return Elements(None, size)
    more = jnp.zeros((size - values.size, *values.array.shape[1:]), values.array.dtype)
    return Elements(jnp.concatenate([values.array, more]), size)


def _room_for(values: Elements, index: Any, grows: bool) -> Elements:
    """The list, as large as a known index wants it; a list without a size cannot wait for one that is not known."""
    if not grows:
        return values
    if not isinstance(index, (np.ndarray, np.generic)):
        if values.size:
            return values
        raise UnboundedError
    return _grown(values, int(index.max(initial=-1)) + 1)


def _set(values: Elements, index: Any, value: Any, grows: bool) -> Elements:
    values = _room_for(values, index, grows).like(value)
    return Elements(values.array.at[index].set(value, mode="drop"), values.size)


def _get(values: Elements, index: Any, spec: TensorSpec) -> Any:
    values = _like_spec(values, spec)
    return values.array[jnp.clip(index, 0, values.size - 1)]


def _get_or(values: Elements, index: Any, otherwise: Any) -> Any:
    return otherwise if values.array is None else values.array[jnp.clip(index, 0, values.size - 1)]


def _like_spec(values: Elements, spec: TensorSpec) -> Elements:
    if values.array is None and spec.shape.is_fully_defined():
        return Elements(jnp.zeros((values.size, *spec.dims), spec.dtype.numpy), values.size)
    if values.array is None:
        raise ValueError(f"the shape of an element is not known: {spec.shape}. Make the TensorArray with element_shape")
    return values


def _take_last(values: Elements, spec: TensorSpec) -> tuple[Elements, Any]:
    array = _like_spec(values, spec).array
    return Elements(array[:-1], values.size - 1), array[-1]


def _clear(values: Elements, indices: Any, spec: TensorSpec) -> Elements:
    return values if values.array is None else Elements(values.array.at[indices].set(0, mode="drop"), values.size)


def _stack(values: Elements, spec: TensorSpec, count: int | None) -> Any:
    if not values.size:
        return jnp.zeros([0, *(0 if d is None else d for d in spec.dims)], spec.dtype.numpy)
    return _like_spec(values, spec).array


def _scatter(values: Elements, indices: Any, pieces: Any, grows: bool) -> Elements:
    values = _room_for(values, indices, grows)
    values = values.like(jnp.zeros(pieces.shape[1:], pieces.dtype))
    return Elements(values.array.at[indices].set(pieces, mode="drop"), values.size)


def _add_at(values: Elements, indices: Any, pieces: Any) -> Elements:
    values = values.like(jnp.zeros(pieces.shape[1:], pieces.dtype))
    return Elements(values.array.at[indices].add(pieces, mode="drop"), values.size)


def _join(values: Elements, spec: TensorSpec) -> tuple[Any, Any]:
    array = _like_spec(values, spec).array
    length = array.shape[1] if array.ndim > 1 else 0
    return array.reshape(-1, *array.shape[2:]), jnp.full(values.size, length, jnp.int64)


def _unsplit(values: Elements, lengths: Any, spec: TensorSpec) -> Any:
    return jnp.zeros(spec.dims, spec.dtype.numpy) if values.array is None else _join(values, spec)[0]


def _split(value: Any, lengths: Any) -> Elements:
    sizes = set(known(lengths).tolist())
    if len(sizes) > 1:
        raise ValueError(f"XLA has lists of elements of one shape only, not of lengths {sorted(sizes)}")
    return Elements(jnp.asarray(value).reshape(len(lengths), -1, *value.shape[1:]), len(lengths))


rules({
    "stack_empty": lambda capacity, specs: Entries((), capacity),
    "stack_push": lambda stack, *entry: stack.push(entry),
    "stack_pop": _pop,
    "stack_count": lambda stack: stack.count,
    "variant_add": plus,
    "variant_zeros": zeros,
    "list_reserve": lambda size, spec: Elements(None, int(known(size))),
    "list_size": lambda values: jnp.int32(values.size),
    "list_get": _get,
    "list_get_or": _get_or,
    "list_set": _set,
    "list_clear": _clear,
    "list_pop": _take_last,
    "list_stack": _stack,
    "list_unstack": lambda value: Elements(jnp.asarray(value), value.shape[0]),
    "list_gather": lambda values, indices, spec: _like_spec(values, spec).array[jnp.clip(indices, 0, values.size - 1)],
    "list_scatter": _scatter,
    "list_add_at": _add_at,
    "list_join": _join,
    "list_split": _split,
    "list_unsplit": _unsplit,
}, asks=True)  # fmt: skip
