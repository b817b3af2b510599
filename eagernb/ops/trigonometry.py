"""Trigonometric and hyperbolic functions, elementwise; angles in radians.

>>> import eagernb as tf
>>> tf.tanh(tf.constant([0.0, 1.0])).numpy()
array([0.       , 0.7615942], dtype=float32)
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core.dtypes import FLOATS, INEXACT
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative, reciprocal, square
from eagernb.ops.complex import conj
from eagernb.ops.exponential import sqrt
from eagernb.ops.families import broadcasting, elementwise

sin = elementwise("sin", np.sin, lambda g, x: g * cos(conj(x)), allowed=INEXACT, doc="Sine, elementwise.")
cos = elementwise("cos", np.cos, lambda g, x: negative(g * sin(conj(x))), allowed=INEXACT, doc="Cosine, elementwise.")
tan = elementwise("tan", np.tan, lambda g, x: g * square(reciprocal(cos(conj(x)))), allowed=INEXACT,
                  doc="Tangent, elementwise.")  # fmt: skip
asin = elementwise("asin", np.arcsin, lambda g, x: g * reciprocal(sqrt(1 - square(conj(x)))), allowed=INEXACT,
                   doc="Inverse sine, elementwise; NaN outside [-1, 1].")  # fmt: skip
acos = elementwise("acos", np.arccos, lambda g, x: negative(g) * reciprocal(sqrt(1 - square(conj(x)))),
                   allowed=INEXACT, doc="Inverse cosine, elementwise; NaN outside [-1, 1].")  # fmt: skip
atan = elementwise("atan", np.arctan, lambda g, x: g * reciprocal(1 + square(conj(x))), allowed=INEXACT,
                   doc="Inverse tangent, elementwise.")  # fmt: skip
sinh = elementwise("sinh", np.sinh, lambda g, x: g * cosh(conj(x)), allowed=INEXACT,
                   doc="Hyperbolic sine, elementwise.")  # fmt: skip
cosh = elementwise("cosh", np.cosh, lambda g, x: g * sinh(conj(x)), allowed=INEXACT,
                   doc="Hyperbolic cosine, elementwise.")  # fmt: skip
tanh = elementwise("tanh", np.tanh, lambda g, out: g * (1 - square(conj(out))), allowed=INEXACT,
                   doc="Hyperbolic tangent, elementwise.")  # fmt: skip
asinh = elementwise("asinh", np.arcsinh, lambda g, out: g / cosh(conj(out)), allowed=INEXACT,
                    doc="Inverse hyperbolic sine, elementwise.")  # fmt: skip
acosh = elementwise("acosh", np.arccosh, lambda g, out: g / sinh(conj(out)), allowed=INEXACT,
                    doc="Inverse hyperbolic cosine, elementwise; NaN below 1.")  # fmt: skip
atanh = elementwise("atanh", np.arctanh, lambda g, x: g * reciprocal(1 - square(conj(x))), allowed=INEXACT,
                    doc="Inverse hyperbolic tangent, elementwise; NaN outside [-1, 1].")  # fmt: skip

_atan2 = broadcasting(
    "atan2", np.arctan2,
    lambda g, y, x: x * (g / (square(y) + square(x))), lambda g, y, x: negative(y) * (g / (square(y) + square(x))),
    inputs=("y", "x"), allowed=FLOATS, doc="",
)  # fmt: skip


def atan2(y: Any, x: Any, name: str | None = None) -> Tensor:
    """The angle of the point (x, y) from the positive x axis, from -π to π; y comes first, as in y / x.

    >>> atan2([1.0, -1.0], [0.0, -1.0]).numpy()
    array([ 1.5707964, -2.3561945], dtype=float32)
    """
    return _atan2(y, x)
