"""Picking elements: slices, gather, where, one_hot.

>>> import eagernb as tf
>>> x = tf.constant([[1, 2, 3], [4, 5, 6]])
>>> x[0, ::-1].numpy(), x[..., tf.newaxis].shape
(array([3, 2, 1], dtype=int32), TensorShape([2, 3, 1]))
>>> tf.gather(x, [2, 0], axis=1).numpy()
array([[3, 1],
       [6, 4]], dtype=int32)
"""

# Gradient rules name functions from further down, which mypy takes for undetermined.
# mypy: disable-error-code="has-type"

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor, is_tensor
from eagernb.core.dtypes import INTEGERS, as_dtype, int64
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.late import Late, apply_late, known_dims, late_int, late_ints, late_shape, sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims, TensorShape, broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int, static_value
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError, ShapeError
from eagernb.ops.families import BROADCAST_REMEDY, elements, unbroadcast
from eagernb.ops.shape import reshape, squeeze


class Slice(NamedTuple):
    """Python's slice, hashable."""

    start: Any  # like stop and step an int, None, or what stands for an int that is known only when the graph runs
    stop: Any
    step: Any


Key = tuple[Any, ...]  # of ints, Slices, Ellipsis and None


def getitem(x: Tensor, key: Any) -> Tensor:
    """``x[key]``: numbers, slices, Ellipsis, newaxis, or a boolean mask. There is no fancy integer indexing."""
    if is_mask(key):
        return boolean_mask(x, key)
    return apply_late(STRIDED_SLICE, (x,), key=late_key(key))


def is_mask(key: Any) -> bool:
    """Whether indexing with it means boolean_mask."""
    return isinstance(key, bool) or getattr(key, "dtype", None) == dtypes.bool_


def late_key(key: Any) -> Key:
    """What is between the brackets of ``x[...]``, with Python numbers for tensors, as far as they are known."""
    return tuple(map(_part, key if isinstance(key, (tuple, list)) else (key,)))


def _part(part: Any) -> Any:
    if part is None or part is Ellipsis:
        return part
    if isinstance(part, slice):
        return Slice(*(None if b is None else _part(b) for b in (part.start, part.stop, part.step)))
    if isinstance(part, (bool, np.bool_, float)) or (is_tensor(part) and (part._dims or part.dtype not in _INDICES)):
        raise DTypeError(_INDEX_KINDS.format(part))
    try:
        return late_int(part, "an index")
    except TypeError as error:
        raise TypeError(str(error) if is_tensor(part) else _INDEX_KINDS.format(part)) from None


_INDICES = (dtypes.int16, dtypes.int32, dtypes.int64)


_INDEX_KINDS = (
    "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are "
    "valid indices, got {!r}. For a list of positions use tf.gather."
)


def numpy_key(key: Key) -> tuple[Any, ...]:
    # The Ellipsis makes NumPy give an array, where it would else give a scalar.
    parts = tuple(slice(*part) if isinstance(part, Slice) else part for part in key)
    return parts if Ellipsis in parts else (*parts, Ellipsis)


def sliced_spec(x: TensorSpec, key: Key) -> TensorSpec:
    named = sum(part is not None and part is not Ellipsis for part in key)
    if named > len(x.dims) or key.count(Ellipsis) > 1:
        raise IndexError(f"{named} positions for {len(x.dims)} axes, or more than one `...`")
    rest = (Slice(None, None, None),) * (len(x.dims) - named)
    at = key.index(Ellipsis) if Ellipsis in key else len(key)
    dims, result = iter(x.dims), []
    for part in (*key[:at], *rest, *key[at + 1 :]):
        size = 1 if part is None else next(dims)
        if part is None:
            result.append(size)
        elif isinstance(part, Slice):
            late = any(isinstance(bound, Late) for bound in part)
            result.append(None if late or size is None else len(range(*slice(*part).indices(size))))
        elif isinstance(part, Late):
            continue
        elif size is not None and not -size <= part < size:
            raise IndexError(f"index {part} is outside of an axis of size {size}")
    return TensorSpec(result, x.dtype)


STRIDED_SLICE = register(
    Op(
        "strided_slice", ("x",),
        kernel=lambda x, key: x[numpy_key(key)],
        infer=sliced_spec,
        rules=(
            Rule.of(lambda g, dims_x, key: apply_late(STRIDED_SLICE_GRAD, (g,), shape=sizes_of(dims_x), key=key)),
        ),
        label="x[…]", family="indexing",
    )
)  # fmt: skip


def _unslice(g: Any, shape: tuple[int, ...], key: Key) -> Any:
    result = np.zeros(shape, g.dtype)
    result[numpy_key(key)] = g
    return result


STRIDED_SLICE_GRAD = register(
    Op(
        "strided_slice_grad", ("g",), _unslice,
        infer=lambda g, shape, key: TensorSpec(known_dims(shape), g.dtype),
        rules=(Rule.of(lambda g, key: apply_late(STRIDED_SLICE, (g,), key=key)),),
        label="x[…]'", family="indexing",
    )
)  # fmt: skip


def slice_(input_: Any, begin: Any, size: Any, name: str | None = None) -> Tensor:
    """The block that starts at ``begin`` and has ``size`` (-1: to the end).

    >>> slice_(convert_to_tensor([1, 2, 3, 4]), [1], [2]).numpy()
    array([2, 3], dtype=int32)
    """
    x = convert_to_tensor(input_)
    rank = len(x._dims)
    starts, sizes = late_ints(begin, "begin", rank), late_ints(size, "size", rank)
    if len(starts) != rank or len(sizes) != rank:
        raise ShapeError(f"slice: begin and size need a number for each of the {rank} axes.")
    return apply_late(SLICE, (x,), begin=starts, size=sizes)


def _slice_kernel(x: Any, begin: tuple[int, ...], size: tuple[int, ...]) -> Any:
    _slice_spec(TensorSpec.from_tensor(x), begin, size)
    return x[tuple(slice(a, None if n == -1 else a + n) for a, n in zip(begin, size, strict=True))]


def _slice_spec(x: TensorSpec, begin: tuple[Any, ...], size: tuple[Any, ...]) -> TensorSpec:
    dims = []
    for start, length, dim in zip(known_dims(begin), known_dims(size), x.dims, strict=True):
        if (start is not None and start < 0) or (length is not None and length < -1):
            raise ValueError(f"begin {list(begin)} must not be negative, nor size {list(size)} but for -1")
        if None not in (start, length, dim) and start + max(length, 0) > dim:  # type: ignore[operator, type-var]
            raise ValueError(f"begin {list(begin)} and size {list(size)} go beyond the shape {x.shape}")
        to_the_end = None if start is None or dim is None else dim - start
        dims.append(to_the_end if length == -1 else length)
    return TensorSpec(dims, x.dtype)


def _slice_rule(g: Tensor, dims_x: Any, begin: tuple[Any, ...]) -> Tensor:
    from eagernb.ops.shape import pad

    ends = zip(begin, sizes_of(dims_x), sizes_of(g), strict=True)
    return pad(g, [(start, total - start - taken) for start, total, taken in ends])


SLICE = register(
    Op("slice", ("x",), _slice_kernel, _slice_spec, rules=(Rule.of(_slice_rule),), label="slice", family="indexing")
)


def strided_slice(
    input_: Any, begin: Any, end: Any, strides: Any = None, begin_mask: int = 0, end_mask: int = 0,
    ellipsis_mask: int = 0, new_axis_mask: int = 0, shrink_axis_mask: int = 0, var: Any = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """What ``x[begin:end:strides]`` gives, with lists for several axes.

    The masks are sets of bits, one for each position: the bound there is left out (``begin_mask``, ``end_mask``), or
    what stands there is an Ellipsis, a new axis, or a single index (``begin``'s) rather than a slice.

    >>> strided_slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, 3], shrink_axis_mask=1).numpy()
    array([2, 3], dtype=int32)
    """
    starts, stops = late_ints(begin, "begin"), late_ints(end, "end")
    steps = (1,) * len(starts) if strides is None else late_ints(strides, "strides")
    if not len(starts) == len(stops) == len(steps):
        raise ShapeError("strided_slice: begin, end and strides need as many numbers.")
    key: list[Any] = []
    for i, (start, stop, step) in enumerate(zip(starts, stops, steps, strict=True)):
        bit = 1 << i
        if ellipsis_mask & bit:
            key.append(Ellipsis)
        elif new_axis_mask & bit:
            key.append(None)
        elif shrink_axis_mask & bit:
            key.append(start)
        else:
            key.append(slice(None if begin_mask & bit else start, None if end_mask & bit else stop, step))
    return getitem(convert_to_tensor(input_), tuple(key))


def _gather_kernel(params: Any, indices: Any, axis: int, batch_dims: int) -> Any:
    _check_kind(indices)
    axis, batch_dims = _gather_axes(params.shape, indices.shape, axis, batch_dims)
    limit = params.shape[axis]
    if indices.size and (indices.min() < 0 or indices.max() >= limit):
        bad = indices[(indices < 0) | (indices >= limit)].flat[0]
        raise ValueError(f"index {bad} is not in [0, {limit})")
    if not batch_dims:
        return np.take(params, indices, axis)
    blocks, batch_indices = _batches(params, indices, axis, batch_dims)
    picked = blocks[np.arange(len(blocks))[:, None], :, batch_indices].swapaxes(1, 2)
    return picked.reshape(params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1 :])


def _check_kind(indices: Any) -> None:
    if indices.dtype.kind != "i":
        raise TypeError("not integers, or unsigned ones")


def _gather_axes(params: Dims, indices: Dims, axis: int, batch_dims: int) -> tuple[int, int]:
    """axis and batch_dims counted from the start; ValueError where the shapes do not allow them."""
    axis = normal_axis(axis, len(params))
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


def _gather_spec(params: TensorSpec, indices: TensorSpec, axis: int, batch_dims: int) -> TensorSpec:
    at, batch_dims = _gather_axes(params.dims, indices.dims, axis, batch_dims)
    _check_integers(indices)
    return TensorSpec([*params.dims[:at], *indices.dims[batch_dims:], *params.dims[at + 1 :]], params.dtype)


def _check_integers(indices: TensorSpec) -> None:
    if indices.dtype not in _INDICES:
        raise TypeError(f"the indices must be int32 or int64, not {indices.dtype.name}. Use tf.cast to convert")


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
       rules=(replace(Rule.of(_gather_rule), sparse=_gather_sparse_rule), None), label="gather", family="indexing")
)  # fmt: skip


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
        label="gather'", family="indexing", dtypes=dtypes.NUMBERS, flops=lambda ins, outs, **params: ins[0].size or 0,
    )
)  # fmt: skip


def gather(
    params: Any, indices: Any, validate_indices: Any = None, axis: Any = None, batch_dims: Any = 0,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """The slices of ``params`` at integer positions along an axis (by default, the first after the batches).

    The first ``batch_dims`` axes of both are batches: each item of ``params`` has indices of its own. The
    result's shape is params.shape[:axis] + indices.shape[batch_dims:] + params.shape[axis + 1:]. Each index must be in
    [0, size): negative ones raise ShapeError, as in TensorFlow.

    >>> gather(convert_to_tensor([[1, 2, 3], [4, 5, 6]]), [[0, 2], [1, 1]], batch_dims=1).numpy()
    array([[1, 3],
           [5, 5]], dtype=int32)
    """
    batch_dims = static_int(batch_dims, "batch_dims")
    axis = batch_dims if axis is None else static_int(axis, "axis")
    return apply(GATHER, (params, indices), axis=axis, batch_dims=batch_dims)


def take(params: Any, indices: Any, axis: int) -> Tensor:
    """``gather`` for what is no look-up in a table: its gradient is a plain tensor, along the first axis too."""
    x = convert_to_tensor(params)
    # The gradient is an IndexedSlices for axis 0 alone: an axis that is counted from the end does not ask for one.
    return gather(x, indices, axis=normal_axis(axis, len(x._dims)) - len(x._dims))


def positions(indices: Any) -> tuple[Any, ...]:
    """Coordinates along the last axis as NumPy wants them: an array for each axis."""
    return tuple(np.moveaxis(indices, -1, 0))


def check_positions(indices: Any, shape: Any) -> None:
    """ValueError where coordinates are not within the shape."""
    limits = np.array(shape[: indices.shape[-1]], np.int64)
    bad = ((indices < 0) | (indices >= limits)).any(axis=-1)
    if bad.any():
        raise ValueError(f"the position {indices[bad][0].tolist()} is not in [0, {limits.tolist()})")


def _gather_nd_kernel(params: Any, indices: Any) -> Any:
    _check_kind(indices)
    if not indices.ndim or indices.shape[-1] > params.ndim:
        raise ValueError("no coordinates, or too many")
    check_positions(indices, params.shape)
    if not indices.shape[-1]:  # each row of no coordinates picks all of params
        return np.broadcast_to(params, indices.shape[:-1] + params.shape)
    return params[positions(indices)]


def _gather_nd_spec(params: TensorSpec, indices: TensorSpec) -> TensorSpec:
    _check_integers(indices)
    if not indices.dims:
        raise ValueError("the indices must have rank 1 or more")
    depth = indices.dims[-1]
    if depth is None or depth > len(params.dims):
        raise ValueError(f"indices name {depth} axes, but params has rank {len(params.dims)}")
    return TensorSpec([*indices.dims[:-1], *params.dims[depth:]], params.dtype)


def _gather_nd_rule(g: Tensor, like_params: Any, indices: Tensor) -> Tensor:
    from eagernb.ops.scatter import scatter_nd

    return scatter_nd(indices, g, like_params._dims)


def _gather_nd_sparse_rule(g: Any, like_params: Any, indices: Tensor) -> Any:
    g = convert_to_tensor(g)
    if indices._dims[-1] != 1 or len(indices._dims) != 2:
        return _gather_nd_rule(g, like_params, indices)
    return IndexedSlices.of_rows(g, squeeze(indices, [-1]), like_params)


GATHER_ND = register(
    Op("gather_nd", ("params", "indices"), _gather_nd_kernel, _gather_nd_spec,
       rules=(replace(Rule.of(_gather_nd_rule), sparse=_gather_nd_sparse_rule), None), label="gather_nd",
       family="indexing")
)  # fmt: skip


def _with_batch_kernel(indices: Any, batch_dims: int) -> Any:
    batch = np.indices(indices.shape[:-1], indices.dtype)[:batch_dims]
    return np.concatenate([np.moveaxis(batch, 0, -1), indices], -1)


def _with_batch_spec(indices: TensorSpec, batch_dims: int) -> TensorSpec:
    _check_integers(indices)
    depth = indices.dims[-1]
    return TensorSpec([*indices.dims[:-1], None if depth is None else depth + batch_dims], indices.dtype)


WITH_BATCH = register(
    Op("with_batch_positions", ("indices",), _with_batch_kernel, _with_batch_spec, rules=(None,), label="batch",
       family="indexing")
)  # fmt: skip


def gather_nd(
    params: Any, indices: Any, batch_dims: Any = 0, name: str | None = None, bad_indices_policy: str = ""
) -> Tensor:
    """The elements (or slices) at positions given by the last axis of ``indices``.

    The first ``batch_dims`` axes of both are batches: the positions are within the item of the batch.

    >>> gather_nd(convert_to_tensor([[1, 2], [3, 4]]), [[0, 1], [1, 0]]).numpy()
    array([2, 3], dtype=int32)
    """
    from eagernb.ops.scatter import check_policy

    check_policy(bad_indices_policy)
    x, batch_dims = convert_to_tensor(params), static_int(batch_dims, "batch_dims")
    if batch_dims:
        indices = convert_to_tensor(indices)
        if not 0 <= batch_dims < len(indices._dims):
            raise ValueError(
                f"gather_nd: batch_dims {batch_dims} must be in [0, {len(indices._dims)}), below the rank."
            )
        indices = apply(WITH_BATCH, (indices,), batch_dims=batch_dims)
        shared = x.shape[:batch_dims], indices.shape[:batch_dims]
        if not shared[0].is_compatible_with(shared[1]):
            raise ShapeError(f"gather_nd: the batches have shapes {shared[0]} and {shared[1]}, which must agree.")
    return apply(GATHER_ND, (x, indices))


def boolean_mask(tensor: Any, mask: Any, axis: Any = None, name: str = "boolean_mask") -> Tensor:
    """The elements (or slices) where ``mask`` is true, in order.

    >>> boolean_mask(convert_to_tensor([1, 2, 3]), [True, False, True]).numpy()
    array([1, 3], dtype=int32)
    """
    x, mask = convert_to_tensor(tensor), convert_to_tensor(mask)
    axis = 0 if axis is None else static_int(axis, "axis")
    covered = len(mask._dims)
    if not covered:
        raise ValueError("boolean_mask: the mask cannot be a scalar.")
    if not TensorShape(x._dims[axis : axis + covered]).is_compatible_with(mask._dims):
        raise ValueError(
            f"boolean_mask: Shapes {x.shape[axis:]} and {mask.shape} are incompatible: the mask must match the "
            "tensor's leading dimensions."
        )
    sizes = sizes_of(x)
    flat = reshape(x, [*sizes[:axis], math.prod(sizes[axis : axis + covered]), *sizes[axis + covered :]])
    return gather(flat, squeeze(where(reshape(mask, [-1])), 1), axis=axis)


SELECT = register(
    Op(
        "where", ("condition", "x", "y"),
        kernel=np.where,
        infer=lambda condition, x, y: TensorSpec(broadcast_dims(condition.dims, x.dims, y.dims), x.dtype),
        rules=(
            None,
            Rule.of(lambda g, condition, like_x: unbroadcast(where(condition, g, scalar_like(0, g)), like_x)),
            Rule.of(lambda g, condition, like_y: unbroadcast(where(condition, scalar_like(0, g), g), like_y)),
        ),
        label="where", family="elementwise", typed=(1, 2), flops=elements, remedy=BROADCAST_REMEDY,
    )
)  # fmt: skip


def _where_true_kernel(condition: Any) -> Any:
    if not condition.ndim:
        raise ValueError("a scalar has no positions")
    return np.argwhere(condition).astype(np.int64)


def _where_true_spec(condition: TensorSpec) -> TensorSpec:
    if not condition.dims:
        raise ValueError("a scalar has no positions; reshape it to [1] first")
    return TensorSpec([None, len(condition.dims)], int64)


WHERE_TRUE = register(
    Op(
        "where_true", ("condition",),
        kernel=_where_true_kernel,
        infer=_where_true_spec,
        rules=(None,), label="where", family="indexing", flops=lambda ins, outs: ins[0].size or 0,
    )
)  # fmt: skip


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """x where the condition holds, y elsewhere, all three broadcast; with the condition alone, the positions.

    >>> where([True, False], 1.0, 0.0).numpy(), where([False, True]).numpy()
    (array([1., 0.], dtype=float32), array([[1]]))
    """
    if x is None and y is None:
        return apply(WHERE_TRUE, (condition,))
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    return apply(SELECT, (convert_to_tensor(condition, dtypes.bool_), x, y))


def _one_hot_kernel(indices: Any, depth: int, axis: int, on: Any, off: Any, dtype: Any) -> Any:
    hot = np.expand_dims(indices, -1) == np.arange(depth)
    return np.moveaxis(np.where(hot, np.array(on, dtype.numpy), np.array(off, dtype.numpy)), -1, axis)


def _one_hot_spec(indices: TensorSpec, depth: int, axis: int, on: Any, off: Any, dtype: Any) -> TensorSpec:
    at = normal_axis(axis, len(indices.dims) + 1)
    if not isinstance(depth, Late) and depth < 0:
        raise ValueError(f"depth must not be negative, but is {depth}")
    return TensorSpec([*indices.dims[:at], *known_dims([depth]), *indices.dims[at:]], dtype)


ONE_HOT = register(
    Op("one_hot", ("indices",), _one_hot_kernel, _one_hot_spec, rules=(None,), label="one_hot", family="indexing",
       dtypes=INTEGERS, typed=(0,))
)  # fmt: skip


def one_hot(
    indices: Any, depth: Any, on_value: Any = None, off_value: Any = None, axis: Any = None, dtype: Any = None,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """A new axis of size ``depth``, with ``on_value`` (1) at the index and ``off_value`` (0) elsewhere.

    An index outside [0, depth) gives a row of ``off_value``. float32 unless a value or ``dtype`` says otherwise.

    >>> one_hot([0, 2], 3).numpy()
    array([[1., 0., 0.],
           [0., 0., 1.]], dtype=float32)
    """
    given = [convert_to_tensor(v, dtype) for v in (on_value, off_value) if v is not None]
    if len({v.dtype for v in given}) > 1:
        raise DTypeError(f"one_hot: on_value is {given[0].dtype.name}, but off_value {given[1].dtype.name}.")
    if dtype is None:
        dtype = given[0].dtype if given else dtypes.float32
    axis = -1 if axis is None else static_int(axis, "axis")
    return apply_late(
        ONE_HOT, (indices,), depth=late_shape(depth, "depth")[0], axis=axis,
        on=1 if on_value is None else _static_number(given[0]),
        off=0 if off_value is None else _static_number(given[-1]),
        dtype=as_dtype(dtype),
    )  # fmt: skip


def _static_number(value: Tensor) -> Any:
    known = static_value(value)
    if known is None:
        raise TypeError("one_hot: on_value and off_value must be known while a graph is traced. Use Python numbers.")
    return known.item()
