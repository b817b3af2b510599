"""bias_add: a number for each channel."""

from __future__ import annotations

from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops.arithmetic import add


def bias_add(value: Any, bias: Any, data_format: str | None = None, name: str | None = None) -> Tensor:
    """value + bias, the bias being 1-D and as long as the last axis.

    >>> bias_add([[1.0, 2.0]], [10.0, 20.0]).numpy()
    array([[11., 22.]], dtype=float32)
    """
    value = convert_to_tensor(value)
    bias = convert_to_tensor(bias, value.dtype)
    if len(bias._dims) != 1 or len(value._dims) < 2 or bias._dims[0] != value._dims[-1]:
        raise ShapeError(
            f"bias_add: the bias must be 1-D and as long as the last axis of the value; got shapes {value.shape} and "
            f"{bias.shape}.",
            "bias_add",
        )
    if data_format not in (None, "NHWC", "N...C"):
        raise ValueError(f"bias_add: data_format {data_format!r} is not supported; the channels come last.")
    return add(value, bias)
