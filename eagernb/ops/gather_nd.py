"""``gather_nd``: elements, or slices, by their coordinates.

>>> import eagernb as tf
>>> x = tf.constant([[1, 2, 3], [4, 5, 6]])
>>> tf.gather_nd(x, [[0, 0], [1, 2]]).numpy(), tf.gather_nd(x, [[1]]).numpy()
(array([1, 6], dtype=int32), array([[4, 5, 6]], dtype=int32))
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.convert import convert_to_tensor
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.gather import check_integers, check_kind
from eagernb.ops.shape import squeeze


def _gather_nd_spec(params: TensorSpec, indices: TensorSpec) -> TensorSpec:
    check_integers(indices)
    if not indices.dims:
        raise ValueError("the indices must have rank 1 or more")
    depth = indices.dims[-1]
    if depth is None or depth > len(params.dims):
        raise ValueError(f"indices name {depth} axes, but params has rank {len(params.dims)}")
    return TensorSpec([*indices.dims[:-1], *params.dims[depth:]], params.dtype)


def _gather_nd_kernel(params: Any, indices: Any) -> Any:
    check_kind(indices)
    if not indices.ndim or indices.shape[-1] > params.ndim:
        raise ValueError("no coordinates, or too many")
    check_positions(indices, params.shape)
    if not indices.shape[-1]:  # each row of no coordinates picks all of params
        return np.broadcast_to(params, indices.shape[:-1] + params.shape)
    return params[positions(indices)]


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
       family="indexing", moves=True, linear=True)
)  # fmt: skip


def gather_nd(
    params: Any, indices: Any, batch_dims: Any = 0, name: str | None = None, bad_indices_policy: str = ""
) -> Tensor:
    """The elements (or slices) at positions given by the last axis of ``indices``.

    For indices [..., depth] the result's shape is indices.shape[:-1] + params.shape[depth:]. The first ``batch_dims``
    axes of both are batches: the positions are within the item of the batch. InvalidArgumentError for a position out of
    range.

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


def _with_batch_spec(indices: TensorSpec, batch_dims: int) -> TensorSpec:
    check_integers(indices)
    depth = indices.dims[-1]
    return TensorSpec([*indices.dims[:-1], None if depth is None else depth + batch_dims], indices.dtype)


def _with_batch_kernel(indices: Any, batch_dims: int) -> Any:
    batch = np.indices(indices.shape[:-1], indices.dtype)[:batch_dims]
    return np.concatenate([np.moveaxis(batch, 0, -1), indices], -1)


WITH_BATCH = register(
    Op("with_batch_positions", ("indices",), _with_batch_kernel, _with_batch_spec, rules=(None,), label="batch",
       family="indexing")
)  # fmt: skip


def positions(indices: Any) -> tuple[Any, ...]:
    """Coordinates along the last axis as NumPy wants them: an array for each axis."""
    return tuple(np.moveaxis(indices, -1, 0))


def check_positions(indices: Any, shape: Any) -> None:
    """ValueError where coordinates are not within the shape."""
    limits = np.array(shape[: indices.shape[-1]], np.int64)
    bad = ((indices < 0) | (indices >= limits)).any(axis=-1)
    if bad.any():
        raise ValueError(f"the position {indices[bad][0].tolist()} is not in [0, {limits.tolist()})")
