"""Arithmetic, elementwise.

>>> import eagernb as tf
>>> (tf.constant([1.0, 2.0]) + [[10.0], [20.0]]).numpy()
array([[11., 12.],
       [21., 22.]], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from eagernb.core import dtypes
from eagernb.core.apply import apply, as_tensors, quick_operand, scalar_like
from eagernb.core.composite import Composite
from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.indexed_slices import IndexedSlices
from eagernb.core.large import spread
from eagernb.core.laws import Laws
from eagernb.core.op import Op
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.ops.casting import cast
from eagernb.ops.complex import conj
from eagernb.ops.creation import zeros_like
from eagernb.ops.families import broadcasting, elementwise
from eagernb.ops.where import where

_add_texts = broadcasting(
    "add_texts", lambda x, y: np.array(np.add(x, y), object), label="+", allowed=dtypes.STRINGS,
)  # fmt: skip


def texts_or_carefully(op: Op, inputs: Sequence[Any], params: dict[str, Any]) -> Tensor:
    """What the short way of adding is not for: strings, and anything to be converted."""
    __tracebackhide__ = True
    tensors = as_tensors(op, inputs)
    return _add_texts(*tensors) if tensors[0].dtype is dtypes.string else apply(op, tensors, **params)


add = broadcasting(
    "add", np.add, lambda g: g, lambda g: g,
    label="+", commutative=True, otherwise=texts_or_carefully, first_decides=True,
    laws=Laws(identity=-0.0, associative=True, negated="subtract"),  # -0.0 + 0.0 is 0.0
    doc="x + y, elementwise; of strings, one after the other.\n\n"
    "Before a tensor, a number or array keeps its own dtype (unlike in ``1 + x``).",
    example="add([1, 2], 10) -> [11 12]",
)  # fmt: skip
subtract = broadcasting(
    "subtract", np.subtract, lambda g: g, lambda g: negative(g),
    label="−", laws=Laws(identity=0.0, of_itself=0, negated="add"), doc="x - y, elementwise.",
    example="subtract([1, 2], 10) -> [-9 -8]",
)  # fmt: skip
multiply = broadcasting(
    "multiply", np.multiply, lambda g, y: g * conj(y), lambda g, x: g * conj(x),
    label="×", commutative=True,
    laws=Laws(identity=1, absorbing=0, associative=True, odd=True, strength={-1: "negative"}),
    doc="x * y, elementwise.",
    example="multiply([1, 2], 10) -> [10 20]",
)  # fmt: skip
negative = elementwise("negative", np.negative, lambda g: negative(g), label="−x", allowed=dtypes.SIGNED,
                       laws=Laws(involution=True, negates=True), doc="-x, elementwise.",
                       example="negative([1, -2]) -> [-1  2]")  # fmt: skip

_divide = broadcasting(
    "divide", np.true_divide,
    lambda g, y: g / conj(y), lambda g, x, y: g * (negative(conj(x)) / conj(y) / conj(y)),
    label="÷", allowed=dtypes.INEXACT,
    laws=Laws(identity=1, of_itself=1, odd=True, reciprocal="multiply", strength={-1: "negative"}),
    doc="x / y of floats, elementwise.",
    example="realdiv([1.0, 2.0], 4.0) -> [0.25 0.5 ]",
)  # fmt: skip


def divide(x: Any, y: Any, name: str | None = None) -> Tensor:
    """x / y, elementwise, by Python's rule: integers give floats.

    int8 and int16 (signed or not) give float32, larger integers float64. The inputs broadcast, and are of one dtype:
    ShapeError or DTypeError if they do not go together.

    >>> divide([1, 2], 2)
    <tf.Tensor: shape=(2,), dtype=float64, numpy=array([0.5, 1. ])>
    """
    x, y = quick_operand(x, y), quick_operand(y, x)
    if not (x.__class__ is EagerTensor and y.__class__ is EagerTensor and x._array.dtype.kind in "fc"):
        x, y = as_floats(*as_tensors(_divide.op, (x, y)))  # type: ignore[attr-defined]
    return _divide(x, y)


def as_floats(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Integers of one dtype as the floats that a quotient of them has; anything else as it is."""
    if x.dtype.is_integer and y.dtype == x.dtype:
        wide = dtypes.float32 if x.dtype.size <= 2 else dtypes.float64
        return cast(x, wide), cast(y, wide)
    return x, y


def truediv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """x / y, elementwise, as ``tf.divide``; but before a tensor, a number or array keeps its own dtype.

    >>> truediv([1, 2], 2)
    <tf.Tensor: shape=(2,), dtype=float64, numpy=array([0.5, 1. ])>
    """
    __tracebackhide__ = True
    return divide(x if is_dense_tensor(x) else convert_to_tensor(x), y)


realdiv = _divide


maximum = broadcasting(
    "maximum", np.maximum,
    lambda g, x, y: _where(x >= y, g), lambda g, x, y: _where_not(x >= y, g),
    label="max", allowed=dtypes.REAL, laws=Laws(idempotent=True),
    doc="The larger of x and y, elementwise; NaN wins. At a tie the gradient goes to x.",
    example="maximum([1, 5], 3) -> [3 5]",
)  # fmt: skip
minimum = broadcasting(
    "minimum", np.minimum,
    lambda g, x, y: _where(x <= y, g), lambda g, x, y: _where_not(x <= y, g),
    label="min", allowed=dtypes.REAL, laws=Laws(idempotent=True),
    doc="The smaller of x and y, elementwise; NaN wins. At a tie the gradient goes to x.",
    example="minimum([1, 5], 3) -> [1 3]",
)  # fmt: skip
squared_difference = broadcasting(
    "squared_difference", lambda x, y: _length_squared(spread(np.subtract, x, y)),
    lambda g, x, y: g * 2 * (x - y), lambda g, x, y: g * -2 * (x - y),
    label="(x−y)²", commutative=True, allowed=dtypes.INEXACT | {np.dtype(np.int32), np.dtype(np.int64)},
    doc="(x - y)², elementwise; of complex numbers, |x - y|².",
    example="squared_difference([1, 5], 3) -> [4 4]",
)  # fmt: skip


def _where(condition: Tensor, g: Tensor) -> Tensor:
    return where(condition, g, scalar_like(0, g))


def _where_not(condition: Tensor, g: Tensor) -> Tensor:
    return where(condition, scalar_like(0, g), g)


def _length_squared(x: Any) -> Any:
    return (x.real**2 + x.imag**2).astype(x.dtype) if x.dtype.kind == "c" else spread(np.square, x)


def _power(x: Any, y: Any) -> Any:
    if y.dtype.kind in "i" and np.any(y < 0):
        raise ValueError("integers cannot be raised to a negative power. Use tf.cast(x, tf.float32) first")
    return spread(np.power, x, y)


def _log_where_defined(x: Tensor) -> Tensor:
    """log(x), 0 where x is 0 or a negative real number: there x**y does not depend smoothly on y."""
    from eagernb.ops.exponential import log

    defined = x != 0 if x.dtype.is_complex else x > scalar_like(0, x)
    return where(defined, log(where(defined, x, scalar_like(1, x))), scalar_like(0, x))


pow = broadcasting(
    "pow", _power,
    lambda g, x, y: g * conj(y) * pow(conj(x), conj(y) - 1),
    lambda g, x, out: g * conj(out) * _log_where_defined(conj(x)),
    label="xʸ", allowed=dtypes.SIGNED,
    doc="x to the power y, elementwise; of integers, InvalidArgumentError for a negative y.",
    example="pow([2, 3], 2) -> [4 9]",
    # For a single number, NumPy takes these ways itself; for an array of it, the longer one.
    laws=Laws(identity=1, strength={2: "square", -1: "reciprocal"}), same_bits=False, total=False,
)  # fmt: skip
square = elementwise("square", np.square, lambda g, x: g * 2 * conj(x), label="x²",
                     laws=Laws(even=True), doc="x², elementwise.",
                     example="square([-3, 2]) -> [9 4]")  # fmt: skip
abs = elementwise(
    "abs", np.absolute, lambda g, x: cast(g, x.dtype) * sign(x), label="|x|",
    allowed=dtypes.SIGNED, dtype=lambda dtype: dtype.real_dtype, laws=Laws(even=True, idempotent=True),
    doc="The absolute value, elementwise: of complex numbers, their length. The gradient at 0 is 0.",
    example="abs([-3, 2]) -> [3 2]",
)  # fmt: skip
_sign = elementwise("sign", np.sign, lambda g: no_slope(g), allowed=dtypes.SIGNED_REAL,
                    laws=Laws(idempotent=True))  # fmt: skip


def sign(x: Any, name: str | None = None) -> Tensor:
    """-1, 0 or 1 by the sign of x, elementwise, with a gradient of 0; of complex numbers, x / |x|.

    The shape and the dtype stay; DTypeError for bool, text and unsigned integers.

    >>> sign([-3, 0, 4]).numpy(), sign([3 + 4j]).numpy()
    (array([-1,  0,  1], dtype=int32), array([0.6+0.8j]))
    """
    from eagernb.ops.no_nan import divide_no_nan

    x = x if isinstance(x, Composite) else convert_to_tensor(x)
    return divide_no_nan(x, cast(abs(x), x.dtype)) if x.dtype.is_complex else _sign(x)


def no_slope(g: Tensor) -> Tensor:
    """The gradient of what is flat wherever it has one: 0, or NaN where g is."""
    return multiply(g, scalar_like(0, g))


def where_flowing(g: Tensor, slope: Tensor) -> Tensor:
    """g times the slope, but 0 where nothing flows in: infinity times 0 would be NaN. By g, its slope is the slope."""
    from eagernb.ops.no_nan import multiply_no_nan

    return multiply_no_nan(slope, g)


reciprocal = elementwise(
    "reciprocal", np.reciprocal, lambda g, out: where_flowing(g, negative(conj(out) * conj(out))),
    label="1/x", allowed=dtypes.INEXACT, laws=Laws(inverse="reciprocal"), doc="1 / x, elementwise.",
    example="reciprocal([2.0, 4.0]) -> [0.5  0.25]",
)  # fmt: skip


def scalar_mul(scalar: Any, x: Any, name: str | None = None) -> Any:
    """A single number times a tensor (or an IndexedSlices), in its shape and dtype.

    ValueError if ``scalar`` is more than one number, DTypeError where it does not fit the dtype.

    >>> import eagernb as tf
    >>> scalar_mul(2, tf.constant([1.0, 2.0])).numpy()
    array([2., 4.], dtype=float32)
    """
    factor = convert_to_tensor(scalar, x.dtype)
    if factor._dims:
        raise ValueError(f"scalar_mul needs a scalar of shape (), not {factor.shape}. Use tf.multiply for tensors.")
    if isinstance(x, IndexedSlices):
        return x.with_values(multiply(factor, x.values))
    return multiply(factor, x)


def polyval(coeffs: list[Any], x: Any, name: str | None = None) -> Tensor:
    """The polynomial with these coefficients, the highest power's first, at x, elementwise (by Horner's rule).

    ValueError unless ``coeffs`` is a list.

    >>> polyval([2.0, 0.0, 1.0], 3.0)  # 2x² + 1
    <tf.Tensor: shape=(), dtype=float32, numpy=19.0>
    """
    if not isinstance(coeffs, list):
        raise ValueError(f"coeffs must be a list, not {type(coeffs).__name__}.")
    x = convert_to_tensor(x)
    if not coeffs:
        return zeros_like(x)
    value = convert_to_tensor(coeffs[0])
    for coefficient in coeffs[1:]:
        value = coefficient + value * x
    return value
