"""A window with gaps, of one that has none: the elements under it are brought together first.

>>> import eagernb as tf
>>> signal = tf.constant([[[1.0], [2.0], [3.0], [4.0]]])
>>> double = lambda x, count, padding: 2.0 * x
>>> tf.nn.with_space_to_batch(signal, [2], "VALID", double)[0, :, 0].numpy()
array([2., 4., 6., 8.], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import int32
from eagernb.core.late import sizes_of
from eagernb.core.static import get_static_value
from eagernb.core.tensor import Tensor
from eagernb.ops.space_to_batch import batch_to_space, required_space_to_batch_paddings, space_to_batch


def with_space_to_batch(
    input: Any, dilation_rate: Any, padding: Any, op: Callable[[Tensor, int, str], Tensor], filter_shape: Any = None,
    spatial_dims: Sequence[int] | None = None, data_format: str | None = None,
) -> Tensor:  # fmt: skip
    """``op(input, count of spatial axes, padding)`` as if its window had gaps: on every r-th element, r times over.

    ``dilation_rate`` [count] says how far apart the elements are. ``padding`` is ``"VALID"``, ``"SAME"``, which needs
    the ``filter_shape``, or a list of pairs for all axes. ``spatial_dims`` are the axes, by default those after the
    first (after the second, for a ``data_format`` that begins with NC). ValueError for what does not go together.

    >>> import eagernb as tf
    >>> signal = tf.constant([[[1.0], [2.0], [3.0], [4.0]]])
    >>> pool = lambda x, count, padding: tf.nn.max_pool1d(x, 2, 1, padding)
    >>> tf.nn.with_space_to_batch(signal, [2], "VALID", pool)[0, :, 0].numpy()  # of the elements two apart
    array([3., 4.], dtype=float32)
    """
    x, rates = convert_to_tensor(input), np.array(get_static_value(convert_to_tensor(dilation_rate, int32)))
    if rates.ndim != 1:
        raise ValueError(f"`dilation_rate.shape.rank` must be 1. Received: dilation_rate={dilation_rate}")
    count = len(rates)
    first = 2 if data_format is not None and data_format.startswith("NC") else 1
    axes = list(range(first, first + count)) if spatial_dims is None else [int(axis) for axis in spatial_dims]
    if axes != sorted(set(axes)) or min(axes) < 1:
        raise ValueError(
            f"`spatial_dims` must be a monotonically increasing sequence of positive integers. Received: {spatial_dims}"
        )
    if len(x._dims) < axes[-1] + 2 - first:
        raise ValueError(f"`input.shape.rank` must be at least {axes[-1] + 2 - first}. Received: {x.shape}")
    if rates.min() < 1:
        raise ValueError(f"`dilation_rate` must be positive. Received: dilation_rate={dilation_rate}")
    if (rates == 1).all():
        return op(x, count, padding)
    base = _base_paddings(padding, filter_shape, rates, first)
    paddings, crops = required_space_to_batch_paddings([sizes_of(x)[axis] for axis in axes], rates, base)
    # Axes between the batch and the spatial ones, and among them, stay as they are.
    position = {axis: i for i, axis in enumerate(axes)}
    between = range(1, axes[-1] + 1)
    block = [int(rates[position[axis]]) if axis in position else 1 for axis in between]
    pads, cuts = (
        [[pairs[position[axis], side] if axis in position else 0 for side in (0, 1)] for axis in between]
        for pairs in (paddings, crops)
    )
    return batch_to_space(op(space_to_batch(x, block, pads), count, "VALID"), block, cuts)


def _base_paddings(padding: Any, filter_shape: Any, rates: Any, first: int) -> Any:
    """What is put before and behind each spatial axis for a window with these gaps."""
    if not isinstance(padding, str):
        return np.array(padding)[2:] if first == 2 else np.array(padding)[1:-1]
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"`padding` must be one of 'SAME' or 'VALID'. Received: padding={padding}")
    if padding == "VALID":
        return np.zeros((len(rates), 2), np.int32)
    if filter_shape is None:
        raise ValueError("`filter_shape` must be specified for `padding='SAME'`.")
    extra = (np.array(get_static_value(convert_to_tensor(filter_shape)))[: len(rates)] - 1) * rates
    return np.stack([extra // 2, extra - extra // 2], 1)
