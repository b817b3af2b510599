"""What an if or a loop can decide by: a scalar bool."""

from __future__ import annotations

from math import prod
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import bool_
from eagernb.core.tensor import Tensor
from eagernb.ops.shape import reshape


def scalar_condition(value: Any, statement: str) -> Tensor:
    """The condition as a tensor of rank 0; ValueError if it is no bool, or has several elements."""
    __tracebackhide__ = True
    condition = convert_to_tensor(value)
    hint = "to check for None, use `is not None`"
    if condition.dtype is not bool_:
        raise ValueError(
            f"condition of {statement} expected to be `tf.bool` scalar, got {condition!r}; to use as boolean Tensor, "
            f"use `tf.cast`; {hint}"
        )
    dims = condition.shape.as_list()
    if not dims:
        return condition
    if prod(dim for dim in dims if dim is not None) > 1:
        raise ValueError(f"condition of {statement} expected to be `tf.bool` scalar, got {condition!r}; {hint}")
    return reshape(condition, ())
