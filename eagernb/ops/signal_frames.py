"""Signals cut into pieces that overlap, and put together again.

>>> import eagernb as tf
>>> pieces = tf.signal.frame(tf.range(6), frame_length=4, frame_step=2)
>>> pieces.numpy(), tf.signal.overlap_and_add(pieces, 2).numpy()
(array([[0, 1, 2, 3],
       [2, 3, 4, 5]], dtype=int32), array([0, 1, 4, 6, 4, 5], dtype=int32))
"""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.late import late_int, sizes_of
from eagernb.core.static import normal_axis, static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError, ShapeError
from eagernb.ops.arithmetic import maximum
from eagernb.ops.gather import gather
from eagernb.ops.padding import pad
from eagernb.ops.ranges import range as arange
from eagernb.ops.shape import reshape


def frame(
    signal: Any, frame_length: Any, frame_step: Any, pad_end: bool = False, pad_value: Any = 0, axis: int = -1,
    name: str | None = None,
) -> Tensor:  # fmt: skip
    """Pieces of ``frame_length`` that begin ``frame_step`` apart: the axis becomes two, the pieces and their samples.

    What is left at the end goes, or is filled up with ``pad_value`` if ``pad_end``. ShapeError for a scalar,
    ValueError for an axis that is not there, InvalidArgumentError for a step below 1.

    >>> frame([1, 2, 3, 4, 5], frame_length=3, frame_step=2).numpy()
    array([[1, 2, 3],
           [3, 4, 5]], dtype=int32)
    """
    x = convert_to_tensor(signal)
    if not x._dims:
        raise ShapeError("frame: the signal must have at least one axis; it is a scalar.", "frame")
    at = normal_axis(axis, len(x._dims))
    length, step = static_int(frame_length, "frame_length"), static_int(frame_step, "frame_step")
    if step < 1:
        raise InvalidArgumentError(f"frame: frame_step must be 1 or more, not {step}.", "frame")
    samples = sizes_of(x)[at]
    if pad_end:
        count = -(-samples // step)
        missing = length + step * (count - 1) - samples
        missing = max(0, missing) if isinstance(missing, int) else maximum(0, missing)
        pairs = [(0, missing if i == at else 0) for i in range(len(x._dims))]
        x = pad(x, pairs, constant_values=pad_value)
    else:
        count = 1 + (samples - length) // step
        count = max(0, count) if isinstance(count, int) else maximum(0, count)
    starts = arange(late_int(count, "frames")) * step
    whole = reshape(x, sizes_of(x))  # so that the gradient is a tensor of its size
    return gather(whole, starts[:, None] + arange(length), axis=at)


def overlap_and_add(signal: Any, frame_step: Any, name: str | None = None) -> Tensor:
    """The sum of pieces [..., frames, frame_length] that begin ``frame_step`` apart.

    The result is [..., (frames - 1) * frame_step + frame_length]. ShapeError for a rank below 2, ValueError for a step
    that is no integer.

    >>> overlap_and_add([[1, 2, 3], [3, 4, 5]], frame_step=2).numpy()
    array([1, 2, 6, 4, 5], dtype=int32)
    """
    x = convert_to_tensor(signal)
    if len(x._dims) < 2:
        raise ShapeError(f"overlap_and_add: pieces of rank 2 or more are needed, not of shape {x.shape}.")
    step = convert_to_tensor(frame_step)
    if not step.dtype.is_integer:
        raise ValueError(f"frame_step must be an integer. Got {step.dtype.name}.")
    hop = static_int(step, "frame_step")
    *outside, frames, length = sizes_of(x)
    length = static_int(length, "frame_length")
    parts = -(-length // hop)
    none = [(0, 0)] * len(outside)
    filled = reshape(pad(x, [*none, (0, 0), (0, parts * hop - length)]), [*outside, frames, parts, hop])
    # Each part of a piece lies on a later stretch of the result than the part before it.
    total: Any = 0
    for i in range(parts):
        total = total + pad(filled[..., i, :], [*none, (i, parts - 1 - i), (0, 0)])
    whole = reshape(total, [*outside, (frames + parts - 1) * hop])
    return whole[..., : length + hop * (frames - 1)]
