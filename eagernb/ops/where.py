"""Picking by condition: ``where`` and ``boolean_mask``.

>>> import eagernb as tf
>>> x = tf.constant([1, -2, 3])
>>> tf.where(x > 0, x, 0).numpy(), tf.boolean_mask(x, x > 0).numpy()
(array([1, 0, 3], dtype=int32), array([1, 3], dtype=int32))
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int64
from eagernb.core.late import sizes_of
from eagernb.core.laws import Laws
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import TensorShape, broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.families import BROADCAST_REMEDY, elements, unbroadcast
from eagernb.ops.gather import gather
from eagernb.ops.selecting import select
from eagernb.ops.shape import reshape, squeeze

WHERE = register(
    Op(
        "where", ("condition", "x", "y"),
        kernel=select,  # np.where without branching: selecting.py
        infer=lambda condition, x, y: TensorSpec(broadcast_dims(condition.dims, x.dims, y.dims), x.dtype),
        rules=(
            None,
            Rule.of(lambda g, condition, like_x: unbroadcast(where(condition, g, scalar_like(0, g)), like_x)),
            Rule.of(lambda g, condition, like_y: unbroadcast(where(condition, scalar_like(0, g), g), like_y)),
        ),
        label="where", family="elementwise", fresh=True, typed=(1, 2), flops=elements, remedy=BROADCAST_REMEDY,
        total=True, laws=Laws(selects=True), broadcasts=True,
    )
)  # fmt: skip


def where(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> Tensor:
    """x where the condition holds, y elsewhere; with the condition alone, the positions where it holds.

    All three broadcast; x and y have one dtype, which is the result's. The positions are int64 [number of them, rank of
    the condition]. ShapeError or DTypeError if they do not go together; ValueError if only one of x and y is given.

    >>> where([True, False], 1.0, 0.0).numpy(), where([False, True]).numpy()
    (array([1., 0.], dtype=float32), array([[1]]))
    """
    if x is None and y is None:
        return apply(WHERE_TRUE, (condition,))
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    return apply(WHERE, (convert_to_tensor(condition, dtypes.bool_), x, y))


def _where_true_spec(condition: TensorSpec) -> TensorSpec:
    if not condition.dims:
        raise ValueError("a scalar has no positions; reshape it to [1] first")
    return TensorSpec([None, len(condition.dims)], int64)


def _where_true_kernel(condition: Any) -> Any:
    if not condition.ndim:
        raise ValueError("a scalar has no positions")
    return np.argwhere(condition).astype(np.int64)


WHERE_TRUE = register(
    Op(
        "where_true", ("condition",),
        kernel=_where_true_kernel,
        infer=_where_true_spec,
        rules=(None,), label="where", family="indexing", flops=lambda ins, outs: ins[0].size or 0,
    )
)  # fmt: skip


def boolean_mask(tensor: Any, mask: Any, axis: Any = None, name: str = "boolean_mask") -> Tensor:
    """The elements (or slices) where ``mask`` is true, in order.

    The mask's shape must be that of the tensor's axes from ``axis`` on, which become a single one: as long as the mask
    has true elements. ValueError for another shape, or a mask that is a scalar.

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
