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
    if prod(dim for dim in condition.shape.as_list() if dim is not None) > 1:
        raise ValueError(f"condition of {statement} expected to be `tf.bool` scalar, got {condition!r}; {hint}")
    return without_ones(condition)


def without_ones(condition: Tensor) -> Tensor:
    """A tensor of one element as a scalar; any other as it is."""
    dims = condition.shape.as_list()
    one = bool(dims) and prod(1 if dim is None else dim for dim in dims) == 1
    return reshape(condition, ()) if one else condition
