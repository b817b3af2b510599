"""Elementwise functions that NumPy and the Array API standard have, and TensorFlow has not.

They are operations like all others, under ``eagernb.numpy``'s names.

>>> import eagernb.numpy as xp
>>> xp.hypot(xp.asarray(3.0), 4.0), xp.log2(xp.asarray([1.0, 8.0]))
(Array(5., dtype=float64), Array([0., 3.], dtype=float64))
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from eagernb.core.apply import scalar_like
from eagernb.core.dtypes import COMPLEX, FLOATS, INEXACT, INTEGERS, NUMBERS, REAL, bool_
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative, reciprocal, sign
from eagernb.ops.complex import conj
from eagernb.ops.exponential import exp
from eagernb.ops.families import broadcasting, elementwise
from eagernb.ops.where import where

log2 = elementwise("log2", np.log2, lambda g, x: g * reciprocal(conj(x) * math.log(2)), label="log₂x", allowed=INEXACT,
                   doc="The logarithm to base 2, elementwise.",
                   example="log2([1.0, 8.0]) -> [0. 3.]")  # fmt: skip
log10 = elementwise("log10", np.log10, lambda g, x: g * reciprocal(conj(x) * math.log(10)), label="log₁₀x",
                    allowed=INEXACT, doc="The logarithm to base 10, elementwise.",
                    example="log10([1.0, 1000.0]) -> [0. 3.]")  # fmt: skip


def _expm1(x: Any) -> Any:
    # At infinities NumPy's formula gives NaN where exp(x) - 1 is right; near 0 it is the other way round.
    return np.where(np.isfinite(x) & (x != 0), np.expm1(x), np.exp(x) - 1)


complex_expm1 = elementwise("complex_expm1", _expm1, lambda g, x: g * conj(exp(x)), label="eˣ−1", allowed=COMPLEX,
                            doc="exp(x) - 1 of complex numbers, elementwise, accurate near 0.",
                            example="complex_expm1([0j]) -> [0.+0.j]")  # fmt: skip
trunc = elementwise("trunc", np.trunc, allowed=FLOATS, label="trunc",
                    doc="Rounded towards zero, elementwise; no gradient.",
                    example="trunc([1.5, -1.5]) -> [ 1. -1.]")  # fmt: skip
signbit = elementwise("signbit", np.signbit, allowed=FLOATS, dtype=bool_, label="−?",
                      doc="Whether the sign is minus, elementwise, also of -0.0 and NaN.",
                      example="signbit([0.0, -0.0]) -> [False  True]")  # fmt: skip


def _hypot_rule(g: Tensor, part: Tensor, out: Tensor) -> Tensor:
    """g x / hypot(x, y), and 0 at the origin."""
    zero = scalar_like(0, g)
    return where(out == zero, zero, g * part / out)


hypot = broadcasting(
    "hypot", np.hypot, lambda g, x, out: _hypot_rule(g, x, out), lambda g, y, out: _hypot_rule(g, y, out),
    label="√(x²+y²)", allowed=FLOATS, commutative=True,
    doc="The length of the hypotenuse, elementwise, without overflow; its gradient at the origin is 0.",
    example="hypot(3.0, 4.0) -> 5.0",
)  # fmt: skip


def _share(g: Tensor, part: Tensor, out: Tensor) -> Tensor:
    """g exp(part - out): how much of exp(x) + exp(y) this part is. Two infinite parts share evenly."""
    alike = part == out  # also where both are infinite, and their difference NaN
    return g * where(alike, scalar_like(1, g), exp(where(alike, scalar_like(0, g), part - out)))


logaddexp = broadcasting(
    "logaddexp", np.logaddexp, lambda g, x, out: _share(g, x, out), lambda g, y, out: _share(g, y, out),
    label="log(eˣ+eʸ)", allowed=FLOATS, commutative=True,
    doc="log(exp(x) + exp(y)), elementwise, without overflow.",
    example="logaddexp([0.0, 1000.0], [0.0, 0.0]) -> [6.931e-01 1.000e+03]",
)  # fmt: skip
copysign = broadcasting(
    "copysign", np.copysign, lambda g, x, y: g * sign(x) * copysign(scalar_like(1, y), y), label="±|x|", allowed=FLOATS,
    doc="|x| with the sign of y, elementwise; its gradient with respect to x is 0 at 0.",
    example="copysign([1.0, 2.0], -0.0) -> [-1. -2.]",
)  # fmt: skip


def _floor_divide(x: Any, y: Any) -> Any:
    if x.dtype.kind in "iu":
        return np.floor_divide(x, y)
    # NumPy follows Python, whose quotient of infinities is NaN; the standard prefers floor(x / y) there.
    return np.where(np.isinf(x) | np.isinf(y), np.floor(np.true_divide(x, y)), np.floor_divide(x, y))


floor_divide = broadcasting(
    "floor_divide", _floor_divide, label="⌊÷⌋", allowed=REAL,
    doc="x / y rounded towards minus infinity, elementwise; of an integer and 0, 0. No gradient.",
    example="floor_divide([7, -7], 2) -> [ 3 -4]",
)  # fmt: skip
remainder = broadcasting(
    "remainder", np.remainder, lambda g: g, lambda g, x, y: negative(g * floor_divide(x, y)), label="mod", allowed=REAL,
    doc="x - y floor_divide(x, y), elementwise: of y's sign; of an integer and 0, 0.",
    example="remainder([7, -7], 3) -> [1 2]",
)  # fmt: skip
integer_power = broadcasting(
    "integer_power", np.power, label="xʸ", allowed=INTEGERS, total=False,
    doc="x to the power y of integers, elementwise; a negative exponent raises.",
    example="integer_power([2, 3], 2) -> [4 9]",
)  # fmt: skip
negated = elementwise("negated", np.negative, lambda g: negated(g), label="−x", allowed=NUMBERS,
                      doc="-x, elementwise, also of unsigned integers, which wrap around.",
                      example="negated([1, -2]) -> [-1  2]")  # fmt: skip
