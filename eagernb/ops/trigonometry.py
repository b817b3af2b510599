"""Trigonometric and hyperbolic functions, elementwise; angles in radians.

>>> import eagernb as tf
>>> tf.tanh(tf.constant([0.0, 1.0])).numpy()
array([0.       , 0.7615942], dtype=float32)
"""

from __future__ import annotations

import numpy as np

from eagernb.core.dtypes import FLOATS, INEXACT
from eagernb.ops.arithmetic import negative, reciprocal, square
from eagernb.ops.complex import conj
from eagernb.ops.exponential import sqrt
from eagernb.ops.families import broadcasting, elementwise

sin = elementwise("sin", np.sin, lambda g, x: g * cos(conj(x)), allowed=INEXACT, doc="Sine, elementwise.",
                  example="sin([0.0, 1.5707964]) -> [0. 1.]")  # fmt: skip
cos = elementwise("cos", np.cos, lambda g, x: negative(g * sin(conj(x))), allowed=INEXACT, doc="Cosine, elementwise.",
                  example="cos([0.0, 3.1415927]) -> [ 1. -1.]")  # fmt: skip
tan = elementwise("tan", np.tan, lambda g, x: g * square(reciprocal(cos(conj(x)))), allowed=INEXACT,
                  doc="Tangent, elementwise.",
                  example="tan([0.0, 1.0]) -> [0.     1.5574]")  # fmt: skip
asin = elementwise("asin", np.arcsin, lambda g, x: g * reciprocal(sqrt(1 - square(conj(x)))), allowed=INEXACT,
                   doc="Inverse sine, elementwise; NaN outside [-1, 1].",
                   example="asin([0.0, 1.0]) -> [0.     1.5708]")  # fmt: skip
acos = elementwise("acos", np.arccos, lambda g, x: negative(g) * reciprocal(sqrt(1 - square(conj(x)))),
                   allowed=INEXACT, doc="Inverse cosine, elementwise; NaN outside [-1, 1].",
                   example="acos([1.0, 0.0]) -> [0.     1.5708]")  # fmt: skip
atan = elementwise("atan", np.arctan, lambda g, x: g * reciprocal(1 + square(conj(x))), allowed=INEXACT,
                   doc="Inverse tangent, elementwise.",
                   example="atan([0.0, 1.0]) -> [0.     0.7854]")  # fmt: skip
sinh = elementwise("sinh", np.sinh, lambda g, x: g * cosh(conj(x)), allowed=INEXACT,
                   doc="Hyperbolic sine, elementwise.",
                   example="sinh([0.0, 1.0]) -> [0.     1.1752]")  # fmt: skip
cosh = elementwise("cosh", np.cosh, lambda g, x: g * sinh(conj(x)), allowed=INEXACT,
                   doc="Hyperbolic cosine, elementwise.",
                   example="cosh([0.0, 1.0]) -> [1.     1.5431]")  # fmt: skip
tanh = elementwise("tanh", np.tanh, lambda g, out: g * (1 - square(conj(out))), allowed=INEXACT,
                   doc="Hyperbolic tangent, elementwise.",
                   example="tanh([0.0, 1.0]) -> [0.     0.7616]")  # fmt: skip
asinh = elementwise("asinh", np.arcsinh, lambda g, out: g / cosh(conj(out)), allowed=INEXACT,
                    doc="Inverse hyperbolic sine, elementwise.",
                    example="asinh([0.0, 1.0]) -> [0.     0.8814]")  # fmt: skip
acosh = elementwise("acosh", np.arccosh, lambda g, out: g / sinh(conj(out)), allowed=INEXACT,
                    doc="Inverse hyperbolic cosine, elementwise; NaN below 1.",
                    example="acosh([1.0, 2.0]) -> [0.    1.317]")  # fmt: skip
atanh = elementwise("atanh", np.arctanh, lambda g, x: g * reciprocal(1 - square(conj(x))), allowed=INEXACT,
                    doc="Inverse hyperbolic tangent, elementwise; NaN outside [-1, 1].",
                    example="atanh([0.0, 0.5]) -> [0.     0.5493]")  # fmt: skip

atan2 = broadcasting(
    "atan2", np.arctan2,
    lambda g, y, x: x * (g / (square(y) + square(x))), lambda g, y, x: negative(y) * (g / (square(y) + square(x))),
    inputs=("y", "x"), allowed=FLOATS,
    doc="The angle of the point (x, y) from the positive x axis, from -π to π; y comes first, as in y / x.",
    example="atan2([1.0, -1.0], [0.0, -1.0]) -> [ 1.5708 -2.3562]",
)  # fmt: skip
