"""Tensors that are checked to hold finite numbers, on their way and on the gradient's way back.

>>> import eagernb as tf
>>> tf.debugging.check_numerics([1.0, float("inf")], "the weights")
Traceback (most recent call last):
    ...
eagernb.errors.InvalidArgumentError: the weights : Tensor had Inf values
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import BFLOAT16, FLOATS
from eagernb.core.op import WRITE, Op, Rule, register
from eagernb.core.tensor import Tensor
from eagernb.errors import InvalidArgumentError
from eagernb.ops.families import elements


def _check_kernel(tensor: Any, message: str) -> Any:
    if not np.isfinite(tensor).all():
        found = " and ".join(name for name, test in (("Inf", np.isinf), ("NaN", np.isnan)) if test(tensor).any())
        raise InvalidArgumentError(f"{message} : Tensor had {found} values", "check_numerics")
    return tensor


def _check_rule(g: Tensor, message: str) -> Tensor:
    return check_numerics(g, f"{message}: its gradient")


CHECK_NUMERICS = register(
    Op(
        "check_numerics", ("tensor",), _check_kernel, infer=lambda tensor, message: tensor,
        rules=(Rule.of(_check_rule),), label="finite?", family="assertion", dtypes=FLOATS | {BFLOAT16},
        typed=(0,), effect=WRITE, flops=elements,
    )
)  # fmt: skip


def check_numerics(tensor: Any, message: str, name: str | None = None) -> Tensor:
    """The tensor itself; InvalidArgumentError with the message if there is a NaN or an infinity in it.

    The gradient that flows back through it is checked too. For a check of every operation, see
    ``tf.debugging.enable_check_numerics``.

    >>> check_numerics([1.0, float("nan")], "the loss")
    Traceback (most recent call last):
        ...
    eagernb.errors.InvalidArgumentError: the loss : Tensor had NaN values
    """
    __tracebackhide__ = True
    return apply(CHECK_NUMERICS, (tensor,), message=message)


def assert_all_finite(x: Any, message: str, name: str | None = None) -> Tensor:
    """The tensor itself; InvalidArgumentError with the message if there is a NaN or an infinity in it.

    >>> assert_all_finite([1.0, 2.0], "the loss").numpy()
    array([1., 2.], dtype=float32)
    """
    __tracebackhide__ = True
    return check_numerics(x, message)
