"""Functions of each element by itself, with the standard's promotion of dtypes.

>>> import eagernb.numpy as xp
>>> xp.add(xp.asarray([1, 2], dtype=xp.int8), xp.asarray([0.5], dtype=xp.float32))
Array([1.5, 2.5], dtype=float32)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.core.apply import scalar_like
from eagernb.core.dtypes import DType, bool_
from eagernb.core.tensor import Tensor
from eagernb.numpy.array import gives_arrays
from eagernb.numpy.promotion import floats, promoted, tensor, wide_floats
from eagernb.ops import (
    arithmetic,
    bitwise,
    compare,
    exponential,
    numpy_elementwise,
    rounding,
    trigonometry,
)
from eagernb.ops import complex as complex_ops
from eagernb.ops.casting import cast
from eagernb.ops.creation import zeros_like
from eagernb.ops.shape import identity

Elementwise = Callable[..., Tensor]


def _named(name: str, function: Elementwise, doc: str) -> Elementwise:
    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    return gives_arrays(function)


def _unary(name: str, op: Elementwise, doc: str, prepare: Callable[[Any], Tensor] = tensor) -> Elementwise:
    def function(x: Any, /) -> Tensor:
        __tracebackhide__ = True
        return op(prepare(x))

    return _named(name, function, doc)


def _floating(name: str, op: Elementwise, doc: str) -> Elementwise:
    """A function whose values are not whole: ints are converted first."""
    return _unary(name, op, f"{doc}, elementwise.", lambda x: floats(x)[0])


def _binary(name: str, op: Elementwise, doc: str, prepare: Callable[..., tuple[Tensor, ...]] = promoted) -> Elementwise:
    def function(x1: Any, x2: Any, /) -> Tensor:
        __tracebackhide__ = True
        return op(*prepare(x1, x2))

    return _named(name, function, doc)


def _except(kind: Callable[[DType], bool], special: Elementwise, otherwise: Elementwise) -> Elementwise:
    """Another function for the dtypes of a kind."""

    def function(x: Tensor, *others: Tensor) -> Tensor:
        __tracebackhide__ = True
        return (special if kind(x.dtype) else otherwise)(x, *others)

    return function


def _integer(dtype: DType) -> bool:
    return dtype.is_integer


def _unsigned(dtype: DType) -> bool:
    return dtype.is_unsigned


def _whole(dtype: DType) -> bool:
    return dtype.is_integer or dtype.is_bool


def _complex(dtype: DType) -> bool:
    return dtype.is_complex


def _bool(dtype: DType) -> bool:
    return dtype.is_bool


# Of ints, bools and complex numbers TensorFlow has fewer functions than the standard.


def _never(x: Tensor) -> Tensor:
    return zeros_like(x, bool_)


def _always(x: Tensor) -> Tensor:
    return compare.logical_not(_never(x))


def _of_parts(test: Elementwise, join: Elementwise) -> Elementwise:
    return lambda z: join(test(complex_ops.real(z)), test(complex_ops.imag(z)))


def _test(test: Elementwise, of_ints: Elementwise, join: Elementwise) -> Elementwise:
    return _except(_whole, of_ints, _except(_complex, _of_parts(test, join), test))


def _sign_of_unsigned(x: Tensor) -> Tensor:
    return cast(compare.greater(x, scalar_like(0, x)), x.dtype)


def truth(x: Any) -> Tensor:
    """Which elements count as True: those that are not 0."""
    return x if (x := tensor(x)).dtype.is_bool else compare.not_equal(x, scalar_like(0, x))


def _truths(x1: Any, x2: Any) -> tuple[Tensor, Tensor]:
    return truth(x1), truth(x2)


def _rounded_parts(z: Tensor) -> Tensor:
    return complex_ops.complex(rounding.round(complex_ops.real(z)), rounding.round(complex_ops.imag(z)))


abs = _unary("abs", _except(_unsigned, identity, arithmetic.abs), "The absolute value, elementwise.")
acos = _floating("acos", trigonometry.acos, "The inverse cosine")
acosh = _floating("acosh", trigonometry.acosh, "The inverse hyperbolic cosine")
add = _binary("add", _except(_bool, compare.logical_or, arithmetic.add), "x1 + x2, elementwise.")
asin = _floating("asin", trigonometry.asin, "The inverse sine")
asinh = _floating("asinh", trigonometry.asinh, "The inverse hyperbolic sine")
atan = _floating("atan", trigonometry.atan, "The inverse tangent")
atan2 = _binary("atan2", trigonometry.atan2, "The angle of the point (x2, x1), elementwise.", floats)
atanh = _floating("atanh", trigonometry.atanh, "The inverse hyperbolic tangent")
bitwise_and = _binary("bitwise_and", _except(_bool, compare.logical_and, bitwise.bitwise_and),
                      "x1 & x2, elementwise.")  # fmt: skip
bitwise_invert = _unary("bitwise_invert", _except(_bool, compare.logical_not, bitwise.invert), "~x, elementwise.")
bitwise_left_shift = _binary("bitwise_left_shift", bitwise.left_shift, "x1 << x2, elementwise.")
bitwise_or = _binary("bitwise_or", _except(_bool, compare.logical_or, bitwise.bitwise_or), "x1 | x2, elementwise.")
bitwise_right_shift = _binary("bitwise_right_shift", bitwise.right_shift, "x1 >> x2, elementwise.")
bitwise_xor = _binary("bitwise_xor", _except(_bool, compare.logical_xor, bitwise.bitwise_xor),
                      "x1 ^ x2, elementwise.")  # fmt: skip
ceil = _unary("ceil", _except(_whole, identity, rounding.ceil), "Rounded towards infinity, elementwise.")
conj = _unary("conj", _except(_complex, complex_ops.conj, identity), "The complex conjugate, elementwise.")
copysign = _binary("copysign", numpy_elementwise.copysign, "|x1| with the sign of x2, elementwise.", floats)
cos = _floating("cos", trigonometry.cos, "The cosine")
cosh = _floating("cosh", trigonometry.cosh, "The hyperbolic cosine")
divide = _binary("divide", arithmetic.divide, "x1 / x2, elementwise; of ints, in float64.", wide_floats)
equal = _binary("equal", compare.equal, "x1 == x2, elementwise.")
exp = _floating("exp", exponential.exp, "e to the power x")
expm1 = _floating(
    "expm1", _except(_complex, numpy_elementwise.complex_expm1, exponential.expm1), "exp(x) - 1, accurate near 0"
)
floor = _unary("floor", _except(_whole, identity, rounding.floor), "Rounded towards minus infinity, elementwise.")
floor_divide = _binary("floor_divide", numpy_elementwise.floor_divide,
                       "x1 / x2 rounded towards minus infinity, elementwise.")  # fmt: skip
greater = _binary("greater", compare.greater, "x1 > x2, elementwise.")
greater_equal = _binary("greater_equal", compare.greater_equal, "x1 >= x2, elementwise.")
hypot = _binary("hypot", numpy_elementwise.hypot, "sqrt(x1² + x2²), elementwise.", floats)
imag = _unary("imag", complex_ops.imag, "The imaginary part, elementwise.")
isfinite = _unary("isfinite", _test(compare.is_finite, _always, compare.logical_and),
                  "Whether it is neither infinite nor NaN, elementwise.")  # fmt: skip
isinf = _unary("isinf", _test(compare.is_inf, _never, compare.logical_or), "Whether it is infinite, elementwise.")
isnan = _unary("isnan", _test(compare.is_nan, _never, compare.logical_or), "Whether it is NaN, elementwise.")
less = _binary("less", compare.less, "x1 < x2, elementwise.")
less_equal = _binary("less_equal", compare.less_equal, "x1 <= x2, elementwise.")
log = _floating("log", exponential.log, "The natural logarithm")
log10 = _floating("log10", numpy_elementwise.log10, "The logarithm to base 10")
log1p = _floating("log1p", exponential.log1p, "log(1 + x), accurate near 0")
log2 = _floating("log2", numpy_elementwise.log2, "The logarithm to base 2")
logaddexp = _binary("logaddexp", numpy_elementwise.logaddexp, "log(exp(x1) + exp(x2)), elementwise.", floats)
logical_and = _binary("logical_and", compare.logical_and, "Whether both are true, elementwise.", _truths)
logical_not = _unary("logical_not", compare.logical_not, "Whether it is false, elementwise.", truth)
logical_or = _binary("logical_or", compare.logical_or, "Whether one is true, elementwise.", _truths)
logical_xor = _binary("logical_xor", compare.logical_xor, "Whether just one is true, elementwise.", _truths)
maximum = _binary("maximum", arithmetic.maximum, "The larger of x1 and x2, elementwise; NaN wins.")
minimum = _binary("minimum", arithmetic.minimum, "The smaller of x1 and x2, elementwise; NaN wins.")
multiply = _binary("multiply", arithmetic.multiply, "x1 * x2, elementwise.")
negative = _unary("negative", _except(_unsigned, numpy_elementwise.negated, arithmetic.negative), "-x, elementwise.")
nextafter = _binary("nextafter", rounding.nextafter, "The next number from x1 towards x2, elementwise.", floats)
not_equal = _binary("not_equal", compare.not_equal, "x1 != x2, elementwise.")
positive = _unary("positive", identity, "x itself.")
pow = _binary("pow", _except(_integer, numpy_elementwise.integer_power, arithmetic.pow),
              "x1 to the power x2, elementwise.")  # fmt: skip
real = _unary("real", complex_ops.real, "The real part, elementwise.")
reciprocal = _unary("reciprocal", arithmetic.reciprocal, "1 / x, elementwise.", lambda x: wide_floats(x)[0])
remainder = _binary("remainder", numpy_elementwise.remainder, "x1 % x2, with the sign of x2, elementwise.")
round = _unary(
    "round",
    _except(_whole, identity, _except(_complex, _rounded_parts, rounding.round)),
    "Rounded to whole numbers, elementwise.",
)
sign = _unary("sign", _except(_unsigned, _sign_of_unsigned, arithmetic.sign),
              "-1, 0 or 1 by the sign; of complex numbers x / |x|, elementwise.")  # fmt: skip
signbit = _unary("signbit", numpy_elementwise.signbit, "Whether the sign is minus, elementwise.",
                 lambda x: floats(x)[0])  # fmt: skip
sin = _floating("sin", trigonometry.sin, "The sine")
sinh = _floating("sinh", trigonometry.sinh, "The hyperbolic sine")
sqrt = _floating("sqrt", exponential.sqrt, "The square root")
square = _unary("square", arithmetic.square, "x², elementwise.")
subtract = _binary("subtract", arithmetic.subtract, "x1 - x2, elementwise.")
tan = _floating("tan", trigonometry.tan, "The tangent")
tanh = _floating("tanh", trigonometry.tanh, "The hyperbolic tangent")
trunc = _unary("trunc", _except(_whole, identity, numpy_elementwise.trunc), "Rounded towards zero, elementwise.")


@gives_arrays
def clip(x: Any, /, min: Any = None, max: Any = None) -> Tensor:
    """x limited to [min, max], elementwise; a bound of None is none. The dtype is that of x."""
    x = tensor(x)
    for bound, limited in ((min, arithmetic.maximum), (max, arithmetic.minimum)):
        if bound is not None:
            x = limited(*promoted(x, bound))
    return x
