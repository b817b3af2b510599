"""Arithmetic, elementwise.

>>> import eagernb as tf
>>> (tf.constant([1.0, 2.0]) + [[10.0], [20.0]]).numpy()
array([[11., 12.],
       [21., 22.]], dtype=float32)
>>> (tf.constant([7, -7]) // 2).numpy(), (tf.constant([7, -7]) % 2).numpy()
(array([ 3, -4], dtype=int32), array([1, 1], dtype=int32))
"""

# Gradient rules name functions from further down, which mypy takes for undetermined.
# mypy: disable-error-code="has-type"

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, as_tensors, plain, scalar_like
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.ops.casting import cast
from eagernb.ops.families import broadcasting, elements, elementwise
from eagernb.ops.indexing import where

add = broadcasting(
    "add", np.add, lambda g: g, lambda g: g,
    label="+", commutative=True, doc="x + y, elementwise.",
)  # fmt: skip
subtract = broadcasting(
    "subtract", np.subtract, lambda g: g, lambda g: negative(g),
    label="−", doc="x - y, elementwise.",
)  # fmt: skip
multiply = broadcasting(
    "multiply", np.multiply, lambda g, y: g * y, lambda g, x: g * x,
    label="×", commutative=True, allowed=dtypes.NUMBERS | dtypes.BOOLS, doc="x * y, elementwise; of bools, and.",
)  # fmt: skip
negative = elementwise("negative", np.negative, lambda g: negative(g), label="−x", allowed=dtypes.SIGNED,
                       doc="-x, elementwise.")  # fmt: skip

_divide = broadcasting(
    "divide", np.true_divide, lambda g, y: g / y, lambda g, x, y: g * (negative(x) / y / y),
    label="÷", allowed=dtypes.INEXACT, doc="x / y of floats, elementwise.",
)  # fmt: skip


def divide(x: Any, y: Any, name: str | None = None) -> Tensor:
    """x / y, elementwise, by Python's rule: integers give floats.

    int8 and int16 (signed or not) give float32, larger integers float64.

    >>> divide([1, 2], 2)
    <tf.Tensor: shape=(2,), dtype=float64, numpy=array([0.5, 1. ])>
    """
    x, y = _same_type(x, y)
    if x.dtype.is_integer and y.dtype == x.dtype:
        wide = dtypes.float32 if x.dtype.size <= 2 else dtypes.float64
        x, y = cast(x, wide), cast(y, wide)
    return _divide(x, y)


truediv = divide


def _same_type(x: Any, y: Any) -> Sequence[Tensor]:
    x, y = plain(x, y), plain(y, x)
    if x.__class__ is EagerTensor and y.__class__ is EagerTensor:
        return x, y
    return as_tensors(_divide.op, (x, y))  # type: ignore[attr-defined]


def _no_zero(kernel: Any) -> Any:
    def checked(x: Any, y: Any) -> Any:
        if y.dtype.kind in "iu" and not np.all(y):
            raise ValueError("integer division by zero. Mask the zeros first, for example with tf.where")
        return kernel(x, y)

    return checked


floordiv = broadcasting(
    "floordiv", _no_zero(np.floor_divide), label="⌊÷⌋", allowed=dtypes.REAL,
    doc="x // y rounded towards minus infinity, elementwise; integers raise for a zero in y.",
)  # fmt: skip
floormod = broadcasting(
    "floormod", _no_zero(np.mod), lambda g: g, lambda g, x, y: g * negative(floordiv(x, y)),
    label="mod", allowed=dtypes.REAL, doc="x % y with the sign of y, elementwise; integers raise for a zero in y.",
)  # fmt: skip
maximum = broadcasting(
    "maximum", np.maximum,
    lambda g, x, y: _where(x >= y, g), lambda g, x, y: _where_not(x >= y, g),
    label="max", allowed=dtypes.REAL,
    doc="The larger of x and y, elementwise; NaN wins. At a tie the gradient goes to x.",
)  # fmt: skip
minimum = broadcasting(
    "minimum", np.minimum,
    lambda g, x, y: _where(x <= y, g), lambda g, x, y: _where_not(x <= y, g),
    label="min", allowed=dtypes.REAL,
    doc="The smaller of x and y, elementwise; NaN wins. At a tie the gradient goes to x.",
)  # fmt: skip
squared_difference = broadcasting(
    "squared_difference", lambda x, y: np.square(x - y),
    lambda g, x, y: g * 2 * (x - y), lambda g, x, y: g * -2 * (x - y),
    label="(x−y)²", commutative=True, doc="(x - y)², elementwise.",
)  # fmt: skip


def _where(condition: Tensor, g: Tensor) -> Tensor:
    return where(condition, g, scalar_like(0, g))


def _power(x: Any, y: Any) -> Any:
    if y.dtype.kind in "i" and np.any(y < 0):
        raise ValueError("integers cannot be raised to a negative power. Use tf.cast(x, tf.float32) first")
    return np.power(x, y)


def _log_where_defined(x: Tensor) -> Tensor:
    """log(x), 0 where x is not positive: there x**y does not depend smoothly on y."""
    from eagernb.ops.exponential import log

    positive = x > scalar_like(0, x)
    return where(positive, log(where(positive, x, scalar_like(1, x))), scalar_like(0, x))


pow = broadcasting(
    "pow", _power,
    lambda g, x, y: g * y * pow(x, y - scalar_like(1, y)), lambda g, x, out: g * out * _log_where_defined(x),
    label="xʸ", allowed=dtypes.SIGNED, doc="x to the power y, elementwise.",
)  # fmt: skip
square = elementwise("square", np.square, lambda g, x: g * 2 * x, label="x²", doc="x², elementwise.")
abs = elementwise("abs", np.absolute, lambda g, x: g * sign(x), label="|x|", allowed=dtypes.SIGNED_REAL,
                  doc="The absolute value, elementwise; its gradient at 0 is 0.")  # fmt: skip
sign = elementwise("sign", np.sign, lambda g: g * scalar_like(0, g), allowed=dtypes.SIGNED_REAL,
                   doc="-1, 0 or 1 by the sign of x, elementwise; its gradient is 0.")  # fmt: skip
reciprocal = elementwise("reciprocal", np.reciprocal, lambda g, out: negative(g * out * out), label="1/x",
                         allowed=dtypes.INEXACT, doc="1 / x, elementwise.")  # fmt: skip
floor = elementwise("floor", np.floor, allowed=dtypes.FLOATS, label="⌊x⌋",
                    doc="Rounded towards minus infinity; no gradient.")  # fmt: skip
ceil = elementwise("ceil", np.ceil, allowed=dtypes.FLOATS, label="⌈x⌉",
                   doc="Rounded towards infinity; no gradient.")  # fmt: skip
round = elementwise("round", np.round, allowed=dtypes.REAL, label="round",
                    doc="Rounded to the nearest integer, halves to the even one; no gradient.")  # fmt: skip

ADD_N = register(
    Op(
        "add_n",
        ("*inputs",),
        kernel=lambda *arrays: _sum(arrays),
        infer=lambda *specs: _same_shape(specs),
        rules=(Rule(lambda g, inputs: [g] * len(inputs), ("like_inputs",)),),
        label="Σ",
        family="elementwise",
        dtypes=dtypes.NUMBERS,
        typed=(0,),
        flops=lambda ins, outs, **params: elements(ins, outs) * (len(ins) - 1),
    )
)


def add_n(inputs: Any, name: str | None = None) -> Tensor:
    """The sum of a list of tensors of one shape.

    >>> add_n([[1, 2], [10, 20]]).numpy()
    array([11, 22], dtype=int32)
    """
    tensors = list(inputs)
    if not tensors:
        raise ValueError("add_n needs at least one tensor.")
    return apply(ADD_N, tensors)


def _sum(arrays: tuple[Any, ...]) -> Any:
    if len({array.shape for array in arrays}) > 1:
        raise ValueError("the shapes differ")
    total = arrays[0]
    for array in arrays[1:]:
        total = total + array
    return total


def _same_shape(specs: tuple[TensorSpec, ...]) -> TensorSpec:
    shape = specs[0].shape
    for spec in specs[1:]:
        shape = shape.merge_with(spec.shape)
    return TensorSpec(shape, specs[0].dtype)


def _where_not(condition: Tensor, g: Tensor) -> Tensor:
    return where(condition, scalar_like(0, g), g)
