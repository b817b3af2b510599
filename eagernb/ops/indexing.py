"""Picking by condition: ``where`` and ``boolean_mask``; and ``one_hot``, which marks what is picked.

>>> import eagernb as tf
>>> x = tf.constant([1, -2, 3])
>>> tf.where(x > 0, x, 0).numpy(), tf.boolean_mask(x, x > 0).numpy()
(array([1, 0, 3], dtype=int32), array([1, 3], dtype=int32))
"""

# Gradient rules name functions from further down, which mypy takes for undetermined.
# mypy: disable-error-code="has-type"

from __future__ import annotations

import math
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import INTEGERS, as_dtype, int64
from eagernb.core.late import Late, apply_late, known_dims, late_shape, sizes_of
from eagernb.core.laws import Laws
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import TensorShape, broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axis, static_int, static_value
from eagernb.core.tensor import Tensor
from eagernb.errors import DTypeError
from eagernb.ops.families import BROADCAST_REMEDY, elements, unbroadcast
from eagernb.ops.gather import gather
from eagernb.ops.selecting import select
from eagernb.ops.shape import reshape, squeeze


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
        kernel=select,
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
    hot = indices[..., None] == np.arange(depth)
    if on == 1 and off == 0:
        marks = hot.astype(dtype.numpy)
    else:
        marks = np.where(hot, np.array(on, dtype.numpy), np.array(off, dtype.numpy))
    return marks if axis == -1 else np.moveaxis(marks, -1, axis)


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
    on, off = (convert_to_tensor(x if v is None else v, dtype) for v, x in ((on_value, 1), (off_value, 0)))
    axis = -1 if axis is None else static_int(axis, "axis")
    return apply_late(
        ONE_HOT, (indices,), depth=late_shape(depth, "depth")[0], axis=axis,
        on=_static_number(on), off=_static_number(off),
        dtype=as_dtype(dtype),
    )  # fmt: skip


def _static_number(value: Tensor) -> Any:
    known = static_value(value)
    if known is None:
        raise TypeError("one_hot: on_value and off_value must be known while a graph is traced. Use Python numbers.")
    return known.item()
