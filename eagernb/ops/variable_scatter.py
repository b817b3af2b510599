"""Changing and reading rows and single elements of variables, by their numbers.

>>> import eagernb as tf
>>> v = tf.Variable([1.0, 2.0, 3.0])
>>> v.scatter_nd_add([[0], [2]], [5.0, 5.0]).numpy()
array([6., 2., 8.], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.convert import convert_to_tensor
from eagernb.core.op import Op
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.core.variable import UnreadVariable, Variable
from eagernb.ops.gather import gather
from eagernb.ops.gather_nd import gather_nd
from eagernb.ops.state import change, updating

_INDICES = frozenset({dtypes.int32, dtypes.int64})


def _rows_spec(variable: TensorSpec, indices: TensorSpec, updates: TensorSpec) -> TensorSpec:
    _check_indices(indices)
    wanted = (*indices.dims, *variable.dims[1:])
    if not variable.dims or (updates.dims and not TensorSpec(wanted).shape.is_compatible_with(updates.shape)):
        raise ValueError(
            f"updates must have the shape {list(wanted)} (that of the indices, then that of a row), or be one number"
        )
    return variable


def _check_indices(indices: TensorSpec) -> None:
    if indices.dtype not in _INDICES:
        raise TypeError(f"the indices must be int32 or int64, not {indices.dtype.name}. Use tf.cast to convert")


def _check_rows(indices: Any, count: int) -> None:
    if indices.size and (indices.min() < 0 or indices.max() >= count):
        bad = indices[(indices < 0) | (indices >= count)].flat[0]
        raise ValueError(f"index {bad} is not in [0, {count})")


Combine = Callable[[Any, Any, Any], None]  # (array, key, updates): change the array there; a key may repeat


def _divide(array: Any, key: Any, updates: Any) -> None:
    if not np.all(updates):
        raise ValueError("updates must not contain 0")
    if dtypes.kind_of(array.dtype) in "fc":
        np.divide.at(array, key, updates)
        return
    # Integers are truncated towards zero, where NumPy's floor_divide.at would round down.
    sign = np.sign(array)
    np.multiply.at(sign, key, np.sign(updates))
    size = np.abs(array)
    np.floor_divide.at(size, key, np.abs(updates))
    array[...] = sign * size


def _set(array: Any, key: Any, updates: Any) -> None:
    array[key] = updates


_COMBINE: dict[str, tuple[Combine, Any, str, str]] = {
    "add": (np.add.at, dtypes.NUMBERS, "+=", "Add to the present values."),
    "sub": (np.subtract.at, dtypes.NUMBERS, "−=", "Subtract from the present values."),
    "mul": (np.multiply.at, dtypes.NUMBERS, "×=", "Multiply the present values."),
    "div": (_divide, dtypes.NUMBERS, "÷=", "Divide the present values; integers are truncated towards zero."),
    "max": (np.maximum.at, dtypes.REAL, "max", "Keep the larger of the present and the new value."),
    "min": (np.minimum.at, dtypes.REAL, "min", "Keep the smaller of the present and the new value."),
    "update": (_set, dtypes.ANY, ":=", "Set new values; where an index repeats, the last is kept."),
}


def _rows_op(how: str, combine: Combine, allowed: Any, symbol: str) -> Op:
    def kernel(array: Any, indices: Any, updates: Any) -> None:
        _check_rows(indices, len(array))
        combine(array, indices, updates)

    name = f"variable_scatter_{how}"
    return updating(name, kernel, _rows_spec, ("indices", "updates"), label=f"rows {symbol}", dtypes=allowed)


def _rows_method(how: str, op: Op, doc: str) -> Callable[..., UnreadVariable]:
    def method(self: Variable, sparse_delta: Any, use_locking: bool = False, name: str | None = None) -> UnreadVariable:
        __tracebackhide__ = True
        indices, values = _parts(self, sparse_delta)
        return change(op, self, indices, values)

    method.__name__ = method.__qualname__ = f"scatter_{how}"
    method.__doc__ = f"{doc} ``sparse_delta`` is an IndexedSlices: row numbers, and a row (or number) for each."
    return method


def _parts(variable: Variable, delta: Any) -> tuple[Tensor, Tensor]:
    if not (hasattr(delta, "indices") and hasattr(delta, "values")):
        raise TypeError(f"sparse_delta must be a tf.IndexedSlices, not {delta!r}.")
    return convert_to_tensor(delta.indices), convert_to_tensor(delta.values, variable.dtype)


def _nd_spec(variable: TensorSpec, indices: TensorSpec, updates: TensorSpec) -> TensorSpec:
    _check_indices(indices)
    depth = indices.dims[-1] if indices.dims else 1
    if depth is None:
        return variable
    if depth > len(variable.dims) or not variable.dims:
        raise ValueError(f"the indices have {depth} coordinates for a variable of rank {len(variable.dims)}")
    wanted = (*indices.dims[:-1], *variable.dims[depth:])
    if not TensorSpec(wanted).shape.is_compatible_with(updates.shape):
        raise ValueError(f"updates must have the shape {list(wanted)} (a block for each row of the indices)")
    return variable


def _nd_op(how: str, combine: Combine, allowed: Any, symbol: str) -> Op:
    def kernel(array: Any, indices: Any, updates: Any) -> None:
        key = tuple(np.moveaxis(indices, -1, 0))
        for coordinates, count in zip(key, array.shape, strict=False):
            _check_rows(coordinates, count)
        combine(array, key, updates)

    name = f"variable_scatter_nd_{how}"
    return updating(name, kernel, _nd_spec, ("indices", "updates"), label=f"at {symbol}", dtypes=allowed)


def _nd_method(how: str, op: Op, doc: str) -> Callable[..., UnreadVariable]:
    def method(self: Variable, indices: Any, updates: Any, name: str | None = None) -> UnreadVariable:
        __tracebackhide__ = True
        at = convert_to_tensor(indices)
        if len(at._dims) == 1:  # one coordinate each
            at = at[:, None]
        return change(op, self, at, convert_to_tensor(updates, self.dtype))

    method.__name__ = method.__qualname__ = f"scatter_nd_{how}"
    method.__doc__ = f"{doc} The last axis of ``indices`` has the coordinates of one element or block."
    return method


def _batch_spec(variable: TensorSpec, indices: TensorSpec, updates: TensorSpec) -> TensorSpec:
    _check_indices(indices)
    rank = len(indices.dims)
    if not 1 <= rank <= len(variable.dims):
        raise ValueError(f"the indices' rank must be from 1 to the variable's rank, {len(variable.dims)}")
    wanted = (*indices.dims, *variable.dims[rank:])
    if not TensorSpec(wanted).shape.is_compatible_with(updates.shape):
        raise ValueError(f"updates must have the shape {list(wanted)} (that of the indices, then that of a row)")
    return variable


def _batch_set(array: Any, indices: Any, updates: Any) -> None:
    axis = indices.ndim - 1
    _check_rows(indices, array.shape[axis])
    array[(*np.indices(indices.shape)[:-1], indices)] = updates


BATCH_SCATTER = updating(
    "variable_batch_scatter_update", _batch_set, _batch_spec, ("indices", "updates"), label="batch rows :="
)


def batch_scatter_update(
    self: Variable, sparse_delta: Any, use_locking: bool = False, name: str | None = None
) -> UnreadVariable:
    """Set rows in each item of a batch: all axes of the indices but the last count the batch."""
    __tracebackhide__ = True
    indices, values = _parts(self, sparse_delta)
    return change(BATCH_SCATTER, self, indices, values)


def sparse_read(self: Variable, indices: Any, name: str | None = None) -> Tensor:
    """The rows at the indices."""
    return gather(self, indices)


def _gather_nd(self: Variable, indices: Any, name: str | None = None) -> Tensor:
    """The elements or blocks at the coordinates."""
    return gather_nd(self, indices)


METHODS: dict[str, Callable[..., Any]] = {
    "batch_scatter_update": batch_scatter_update,
    "sparse_read": sparse_read,
    "gather_nd": _gather_nd,
}
for _how, (_combine, _allowed, _symbol, _doc) in _COMBINE.items():
    METHODS[f"scatter_{_how}"] = _rows_method(_how, _rows_op(_how, _combine, _allowed, _symbol), _doc)
    if _how not in ("mul", "div"):
        METHODS[f"scatter_nd_{_how}"] = _nd_method(_how, _nd_op(_how, _combine, _allowed, _symbol), _doc)
