"""``gather``: slices along an axis, by their numbers.

>>> import eagernb as tf
>>> x = tf.constant([[1, 2, 3], [4, 5, 6]])
>>> tf.gather(x, [2, 0], axis=1).numpy()
array([[3, 1],
       [6, 4]], dtype=int32)
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.late import apply_late, known_dims, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.shape import reshape

INDICES = (dtypes.int16, dtypes.int32, dtypes.int64)
_UNSIGNED = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}


def _gather_spec(params: TensorSpec, indices: TensorSpec, axis: int, batch_dims: int) -> TensorSpec:
    at, batch_dims = _gather_axes(params.dims, indices.dims, axis, batch_dims)
    check_integers(indices)
    return TensorSpec([*params.dims[:at], *indices.dims[batch_dims:], *params.dims[at + 1 :]], params.dtype)


def _gather_kernel(params: Any, indices: Any, axis: int, batch_dims: int) -> Any:
    check_kind(indices)
    axis, batch_dims = _gather_axes(params.shape, indices.shape, axis, batch_dims)
    limit = params.shape[axis]
    if indices.size and indices.view(_UNSIGNED[indices.itemsize]).max() >= limit:  # negative ones become the largest
        bad = indices[(indices < 0) | (indices >= limit)].flat[0]
        raise ValueError(f"index {bad} is not in [0, {limit})")
    if not batch_dims:
        return np.take(params, indices, axis)
    blocks, batch_indices = _batches(params, indices, axis, batch_dims)
    picked = blocks[np.arange(len(blocks))[:, None], :, batch_indices].swapaxes(1, 2)
    return picked.reshape(params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1 :])


def _gather_rule(g: Tensor, like_params: Any, indices: Tensor, axis: int, batch_dims: int) -> Tensor:
    shape = sizes_of(like_params)
    return apply_late(GATHER_GRAD, (g, indices), shape=shape, axis=axis, batch_dims=batch_dims)


def _gather_sparse_rule(g: Any, like_params: Any, indices: Tensor, axis: int, batch_dims: int) -> Any:
    g = convert_to_tensor(g)
    if axis != 0 or batch_dims:
        return _gather_rule(g, like_params, indices, axis, batch_dims)
    rows = reshape(g, [-1, *sizes_of(like_params)[1:]])
    return IndexedSlices.of_rows(rows, reshape(indices, [-1]), like_params)


GATHER = register(
    Op("gather", ("params", "indices"), _gather_kernel, _gather_spec,
       rules=(replace(Rule.of(_gather_rule), sparse=_gather_sparse_rule), None), label="gather", family="indexing",
       moves=True, linear=True)
)  # fmt: skip


def gather(
    params: Any, indices: Any, validate_indices: Any = None, axis: Any = None, batch_dims: Any = 0,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """The slices of ``params`` at integer positions along an axis (by default, the first after the batches).

    The first ``batch_dims`` axes of both are batches: each item of ``params`` has indices of its own. The result's
    shape is params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1:]. Each index must be in [0,
    size): others, negative ones too, raise InvalidArgumentError, as in TensorFlow. DTypeError unless they are int16,
    int32 or int64.

    >>> gather([10, 20, 30], [2, 0]).numpy()
    array([30, 10], dtype=int32)
    >>> gather(convert_to_tensor([[1, 2, 3], [4, 5, 6]]), [[0, 2], [1, 1]], batch_dims=1).numpy()
    array([[1, 3],
           [5, 5]], dtype=int32)
    """
    batch_dims = static_int(batch_dims, "batch_dims")
    axis = batch_dims if axis is None else static_int(axis, "axis")
    return apply(GATHER, (params, indices), axis=axis, batch_dims=batch_dims)


def _ungather(g: Any, indices: Any, shape: tuple[int, ...], axis: int, batch_dims: int) -> Any:
    axis, batch_dims = _gather_axes(shape, indices.shape, axis, batch_dims)
    result = np.zeros(shape, g.dtype)
    if not batch_dims:
        np.add.at(result, (slice(None),) * axis + (indices,), g)
        return result
    blocks, batch_indices = _batches(result, indices, axis, batch_dims)
    batch, before, _, after = blocks.shape
    given = g.reshape(batch, before, batch_indices.shape[1], after).swapaxes(1, 2)
    key: Any = (np.arange(batch)[:, None], slice(None), batch_indices)
    np.add.at(blocks, key, given)
    return blocks.reshape(shape)


GATHER_GRAD = register(
    Op(
        "gather_grad", ("g", "indices"), _ungather,
        infer=lambda g, indices, shape, axis, batch_dims: TensorSpec(known_dims(shape), g.dtype),
        rules=(
            Rule.of(lambda g, indices, axis, batch_dims: gather(g, indices, axis=axis, batch_dims=batch_dims)),
            None,
        ),
        label="gather'", family="indexing", dtypes=dtypes.NUMBERS, linear=True,
        flops=lambda ins, outs, **params: ins[0].size or 0,
    )
)  # fmt: skip


def take(params: Any, indices: Any, axis: int) -> Tensor:
    """``gather`` for what is no look-up in a table: its gradient is a plain tensor, along the first axis too."""
    x = convert_to_tensor(params)
    # The gradient is an IndexedSlices for axis 0 alone: an axis that is counted from the end does not ask for one.
    return gather(x, indices, axis=normal_axis(axis, len(x._dims)) - len(x._dims))


def _gather_axes(params: Dims, indices: Dims, axis: int, batch_dims: int) -> tuple[int, int]:
    """axis and batch_dims counted from the start; ValueError where the shapes do not allow them."""
    axis = normal_axis(axis, len(params))
    if not batch_dims:
        return axis, 0
    if not -len(indices) <= batch_dims <= len(indices):
        raise ValueError(f"batch_dims {batch_dims} is out of range for indices of rank {len(indices)}")
    batch_dims = batch_dims + len(indices) if batch_dims < 0 else batch_dims
    if batch_dims > axis:
        raise ValueError(f"batch_dims {batch_dims} must not be greater than the axis, {axis}")
    if not TensorSpec(params[:batch_dims]).shape.is_compatible_with(indices[:batch_dims]):
        raise ValueError(f"the first {batch_dims} axes are batches, and must agree")
    return axis, batch_dims


def _batches(x: Any, indices: Any, axis: int, batch_dims: int) -> tuple[Any, Any]:
    """x as [batch, before, along the axis, after], and the indices as [batch, index]."""
    batch, before, after = (math.prod(s) for s in (x.shape[:batch_dims], x.shape[batch_dims:axis], x.shape[axis + 1 :]))
    return x.reshape(batch, before, x.shape[axis], after), indices.reshape(batch, math.prod(indices.shape[batch_dims:]))


def check_integers(indices: TensorSpec) -> None:
    """TypeError unless these can be indices."""
    if indices.dtype not in INDICES:
        raise TypeError(f"the indices must be int16, int32 or int64, not {indices.dtype.name}. Use tf.cast to convert")


def check_kind(indices: Any) -> None:
    """A kernel's last line of defence: inference says it better, with the dtype and the remedy (`check_integers`)."""
    if indices.dtype.kind != "i":
        raise TypeError("not integers, or unsigned ones")
