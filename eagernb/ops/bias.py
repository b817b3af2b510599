"""bias_add: a number for each channel."""

from __future__ import annotations

from typing import Any

from eagernb.core.apply import as_tensors
from eagernb.core.shape import TensorShape
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.arithmetic import add
from eagernb.ops.shape import reshape


def bias_add(value: Any, bias: Any, data_format: str | None = None, name: str | None = None) -> Tensor:
    """value + bias, the bias being 1-D and as long as the axis of the channels.

    This is the last one, or with a ``data_format`` such as "NCHW" the second. ShapeError for a rank below 2 and another
    number of channels, ValueError for an unknown ``data_format``.

    >>> bias_add([[1.0, 2.0]], [10.0, 20.0]).numpy()
    array([[11., 22.]], dtype=float32)
    """
    first = data_format is not None and data_format.startswith("NC")
    if not (data_format is None or first or (data_format.startswith("N") and data_format.endswith("C"))):
        raise ValueError(f"bias_add: `data_format` must be of the form `N...C` or `NC...`, not {data_format!r}.")
    value, bias = as_tensors(add.op, (value, bias))  # type: ignore[attr-defined]
    if value.shape.rank is None and not first:
        return add(value, bias)
    channels = value._dims[1 if first else -1 :][:1]
    if len(value._dims) < 2 or len(bias._dims) != 1 or not TensorShape(channels).is_compatible_with(bias.shape):
        raise ShapeError(
            f"bias_add: the value must have rank 2 or more, and the bias be 1-D and as long as its "
            f"{'second' if first else 'last'} axis; got shapes {value.shape} and {bias.shape}.",
            "bias_add",
        )
    return add(value, reshape(bias, [-1, *[1] * (len(value._dims) - 2)]) if first else bias)
