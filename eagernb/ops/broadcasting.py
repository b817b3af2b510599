"""Broadcasting asked for by name: broadcast_to; and the sum that is its gradient.

>>> import eagernb as tf
>>> tf.broadcast_to([1, 2, 3], [2, 3]).numpy()
array([[1, 2, 3],
       [1, 2, 3]], dtype=int32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import NUMBERS
from eagernb.core.late import apply_late, is_of_unknown_length, known_dims, late_vector
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.families import sum_to
from eagernb.ops.shape import by_tensor, rearranging


def _broadcast_spec(x: TensorSpec, shape: tuple[Any, ...]) -> TensorSpec:
    dims = known_dims(shape)
    result = TensorSpec(broadcast_dims(x.dims, dims)).shape
    if len(result) != len(dims) or not result.is_compatible_with(dims):
        raise ValueError(f"{list(x.dims)} does not broadcast to {list(shape)}")
    return TensorSpec(dims, x.dtype)


def _broadcast_kernel(x: Any, shape: tuple[int, ...]) -> Any:
    if x.ndim:
        return np.broadcast_to(x, shape)
    # The gradient of every sum comes this way. NumPy takes ten times as long for a view, which is slower to read too.
    result = np.empty(shape, x.dtype)
    result.fill(x if isinstance(x, np.generic) else x[()])
    return result


BROADCAST_TO = rearranging(
    "broadcast_to", _broadcast_kernel, _broadcast_spec,
    lambda g, dims_x: sum_to(g, dims_x), label="broadcast", movement="expand",
)  # fmt: skip

BROADCAST_BY_TENSOR = by_tensor(BROADCAST_TO, "broadcast_by_tensor")


def broadcast_to(input: Any, shape: Any, name: str | None = None) -> Tensor:
    """Repeated to a larger shape by the broadcasting rule, without a copy.

    Axes are counted from the last; one of size 1, or one that is missing, is repeated. ShapeError if that does not give
    the shape.

    >>> broadcast_to([1, 2], [2, 2]).numpy()
    array([[1, 2],
           [1, 2]], dtype=int32)
    """
    if is_of_unknown_length(shape):
        return apply(BROADCAST_BY_TENSOR, (input, shape))
    return apply_late(BROADCAST_TO, (input,), shape=late_vector(shape, "shape"))


def _summed_to(g: Any, like: Any) -> Any:
    extra = g.ndim - like.ndim
    axes = tuple(i for i in range(g.ndim) if i < extra or (like.shape[i - extra] == 1 != g.shape[i]))
    return np.reshape(np.add.reduce(g, axes, g.dtype) if axes else g, like.shape)


SUM_TO_LIKE = register(
    Op("sum_to_like", ("g", "like"), _summed_to, infer=lambda g, like: TensorSpec(like.shape, g.dtype),
       rules=(Rule.of(lambda g, dims_g: broadcast_to(g, dims_g)), None), label="Σ", family="shape", dtypes=NUMBERS,
       linear=True, flops=lambda ins, outs: ins[0].size or 0,
       unchanged=lambda g, like: g.shape == like.shape and g.shape.is_fully_defined())
)  # fmt: skip
