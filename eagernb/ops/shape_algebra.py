"""Reckoning with shapes: what two broadcast to, whether one fits, coordinates of a position.

>>> import eagernb as tf
>>> tf.broadcast_static_shape(tf.TensorShape([1, 3]), tf.TensorShape([4, 1]))
TensorShape([4, 3])
>>> tf.unravel_index(5, [2, 3]).numpy()
array([1, 2], dtype=int32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import Dims, TensorShape, broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor

_INDICES = frozenset({dtypes.int32.numpy, dtypes.int64.numpy})


def broadcast_static_shape(shape_x: Any, shape_y: Any) -> TensorShape:
    """The shape that two shapes broadcast to, as far as they are known; ValueError if they do not go together.

    >>> broadcast_static_shape([2, 1], [1, 3])
    TensorShape([2, 3])
    """
    x, y = TensorShape(shape_x), TensorShape(shape_y)
    if x.rank is None or y.rank is None:
        return TensorShape(None)
    return TensorShape(broadcast_dims(tuple(x), tuple(y)))


def _broadcast_args_spec(x: TensorSpec, y: TensorSpec) -> TensorSpec:
    if len(x.dims) != 1 or len(y.dims) != 1:
        raise ValueError("shapes are vectors")
    ranks = (x.dims[0], y.dims[0])
    return TensorSpec([None if None in ranks else max(ranks)], x.dtype)  # type: ignore[type-var]


BROADCAST_ARGS = register(
    Op("broadcast_dynamic_shape", ("shape_x", "shape_y"),
       kernel=lambda x, y: np.array(np.broadcast_shapes(tuple(x), tuple(y)), x.dtype), infer=_broadcast_args_spec,
       rules=(None, None), label="broadcast shape", family="shape", dtypes=_INDICES, typed=(0, 1))
)  # fmt: skip


def broadcast_dynamic_shape(shape_x: Any, shape_y: Any) -> Tensor:
    """The shape, as a tensor, that two shapes (vectors of integers) broadcast to.

    InvalidArgumentError if they do not go together, DTypeError unless both hold int32 or int64.

    >>> broadcast_dynamic_shape([2, 1], [1, 3]).numpy()
    array([2, 3], dtype=int32)
    """
    return apply(BROADCAST_ARGS, (shape_x, shape_y))


def _ensured(x: TensorSpec, shape: Dims | None) -> TensorSpec:
    return TensorSpec(x.shape.merge_with(shape), x.dtype)


def _ensure_kernel(x: Any, shape: Dims | None) -> Any:
    if not TensorShape(x.shape).is_compatible_with(shape):
        raise ValueError("another shape")
    return x


ENSURE_SHAPE = register(
    Op("ensure_shape", ("x",), _ensure_kernel, _ensured,
       rules=(Rule.of(lambda g, shape: ensure_shape(g, shape)),), label="ensure shape", family="shape",
       moves=True, linear=True)
)  # fmt: skip


def ensure_shape(x: Any, shape: Any, name: str | None = None) -> Tensor:
    """x, if its shape fits ``shape``, in which None stands for any size; else ShapeError, when it runs at the latest.

    While a graph is traced, it also tells what is not known of the shape yet.

    >>> ensure_shape([[1, 2]], [None, 2]).shape
    TensorShape([1, 2])
    """
    dims = TensorShape(shape)
    return apply(ENSURE_SHAPE, (x,), shape=None if dims.rank is None else tuple(dims))


def _unravelled(indices: TensorSpec, dims: TensorSpec) -> TensorSpec:
    if len(dims.dims) != 1:
        raise ValueError("dims must be a shape, a vector")
    return TensorSpec([dims.dims[0], *indices.dims], indices.dtype)


UNRAVEL = register(
    Op("unravel_index", ("indices", "dims"),
       kernel=lambda indices, dims: np.array(np.unravel_index(indices, tuple(dims))).astype(indices.dtype),
       infer=_unravelled, rules=(None, None), label="unravel", family="indexing", dtypes=_INDICES, typed=(0, 1))
)  # fmt: skip


def unravel_index(indices: Any, dims: Any, name: str | None = None) -> Tensor:
    """The coordinates, in a tensor of shape ``dims``, of positions counted through all of its elements row by row.

    The result has a row for each axis: shape [rank, *indices.shape]. InvalidArgumentError for a position that is not
    there, ShapeError unless ``dims`` is a vector, DTypeError unless both hold int32 or int64.

    >>> unravel_index([5, 0], dims=[2, 3]).numpy()
    array([[1, 0],
           [2, 0]], dtype=int32)
    """
    return apply(UNRAVEL, (indices, dims))
