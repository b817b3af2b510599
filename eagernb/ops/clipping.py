"""Clipping: limits on values and on norms.

>>> import eagernb as tf
>>> tf.clip_by_value(tf.constant([-2.0, 0.5, 9.0]), 0.0, 1.0).numpy()
array([0. , 0.5, 1. ], dtype=float32)
>>> gradients, norm = tf.clip_by_global_norm([tf.constant([3.0, 0.0]), tf.constant([4.0])], 2.5)
>>> [g.numpy().tolist() for g in gradients], float(norm)
([[1.5, 0.0], [2.0]], 5.0)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eagernb.core.apply import scalar_like
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.indexed_slices import IndexedSlices, on_rows
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.arithmetic import divide, maximum, minimum, multiply, subtract
from eagernb.ops.casting import cast
from eagernb.ops.exponential import sqrt
from eagernb.ops.joining import stack
from eagernb.ops.losses import l2_loss
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.where import where


@on_rows
def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: str | None = None) -> Tensor:
    """t limited to [clip_value_min, clip_value_max], elementwise; the gradient passes inside, bounds included.

    The limits must have t's dtype and broadcast to t's shape: ShapeError if they would change it, DTypeError for what
    are no real numbers. Where the lower one is the larger, it wins.

    >>> clip_by_value([-2.0, 0.5, 9.0], 0.0, 1.0).numpy()
    array([0. , 0.5, 1. ], dtype=float32)
    """
    t = convert_to_tensor(t)
    clipped = maximum(minimum(t, clip_value_max), clip_value_min)
    _check_shape(clipped, t, "clip_by_value")
    return clipped


@on_rows
def clip_by_norm(t: Any, clip_norm: Any, axes: Any = None, name: str | None = None) -> Tensor:
    """t scaled down, where its norm is larger than ``clip_norm``, to have this norm: t * clip_norm / norm.

    The norm is the root of the sum of squares over ``axes`` (all by default). A negative ``clip_norm`` counts as 0. The
    shape stays; ShapeError where ``clip_norm`` would change it, DTypeError for integers.

    >>> clip_by_norm([3.0, 4.0], 2.5).numpy()
    array([1.5, 2. ], dtype=float32)
    """
    t = convert_to_tensor(t)
    if isinstance(clip_norm, (int, float)):
        clip_norm = scalar_like(max(clip_norm, 0), t)
    else:
        clip_norm = maximum(cast(clip_norm, t.dtype), scalar_like(0, t))
    squares = reduce_sum(t * t, axes, keepdims=True)
    positive = squares > scalar_like(0, t)
    # The root of 0 has no finite gradient: it is kept out of the computation altogether.
    norm = where(positive, sqrt(where(positive, squares, scalar_like(1, t))), squares)
    scaled = multiply(t, clip_norm)
    _check_shape(scaled, t, "clip_by_norm")
    return divide(scaled, maximum(norm, clip_norm))


def global_norm(t_list: Any, name: str | None = None) -> Tensor:
    """The norm of all elements of a list of tensors together, as of one long vector: √(Σ x²), a scalar.

    Entries that are None are left out; of nothing it is 0. TypeError unless ``t_list`` is a list or tuple, DTypeError
    for integers.

    >>> float(global_norm([[3.0], None, [4.0]]))
    5.0
    """
    losses = [l2_loss(_values(t)) for t in _sequence(t_list) if t is not None]
    return sqrt(reduce_sum(stack(losses)) * 2.0) if losses else convert_to_tensor(0.0)


def clip_by_global_norm(
    t_list: Any, clip_norm: Any, use_norm: Any = None, name: str | None = None
) -> tuple[list[Tensor | None], Tensor]:
    """All tensors of a list scaled by clip_norm / norm where their global norm is larger than ``clip_norm``.

    Returns the list, entries that are None staying so, and the norm: ``use_norm`` where it is given, else
    ``global_norm(t_list)``. A norm of infinity gives NaN everywhere, so that it is noticed. The direction of the
    gradient stays the same (Pascanu et al., 2012). TypeError unless ``t_list`` is a list or tuple.

    >>> clipped, norm = clip_by_global_norm([[3.0, 0.0], None, [4.0]], 2.5)
    >>> clipped[0].numpy(), clipped[1], float(norm)
    (array([1.5, 0. ], dtype=float32), None, 5.0)
    """
    given = _sequence(t_list)
    norm = global_norm(given) if use_norm is None else convert_to_tensor(use_norm)
    clip_norm = convert_to_tensor(clip_norm, norm.dtype)
    one = scalar_like(1, norm)
    scale = clip_norm * minimum(one / norm, one / clip_norm) + subtract(norm, norm)  # inf - inf is NaN
    return [t if t is None else _scaled(t, scale) for t in given], norm


def _values(t: Any) -> Any:
    return t.values if isinstance(t, IndexedSlices) else t


@on_rows
def _scaled(t: Any, scale: Tensor) -> Tensor:
    t = convert_to_tensor(t)
    return t * cast(scale, t.dtype)


def _sequence(t_list: Any) -> list[Any]:
    if not isinstance(t_list, Sequence) or is_dense_tensor(t_list) or isinstance(t_list, str):
        raise TypeError(f"`t_list` should be a sequence of tensors, not {type(t_list).__name__}. Put it into a list.")
    return list(t_list)


def _check_shape(result: Tensor, t: Tensor, op: str) -> None:
    if not result.shape.is_compatible_with(t.shape):
        raise ShapeError(
            f"{op}: the limits broadcast a tensor of shape {t.shape} to {result.shape}; its shape must stay the same.",
            op,
        )
