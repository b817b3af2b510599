"""Trigonometric and hyperbolic functions, elementwise; angles in radians.

>>> import eagernb as tf
>>> tf.tanh(tf.constant([0.0, 1.0])).numpy()
array([0.       , 0.7615942], dtype=float32)
"""

# Gradient rules name functions from further down, which mypy takes for undetermined.
# mypy: disable-error-code="has-type"

from __future__ import annotations

import numpy as np

from eagernb.core.dtypes import INEXACT
from eagernb.ops.arithmetic import negative, reciprocal, square
from eagernb.ops.exponential import rsqrt
from eagernb.ops.families import elementwise

sin = elementwise("sin", np.sin, lambda g, x: g * cos(x), allowed=INEXACT, doc="Sine, elementwise.")
cos = elementwise("cos", np.cos, lambda g, x: negative(g * sin(x)), allowed=INEXACT, doc="Cosine, elementwise.")
tan = elementwise("tan", np.tan, lambda g, x: g * square(reciprocal(cos(x))), allowed=INEXACT,
                  doc="Tangent, elementwise.")  # fmt: skip
asin = elementwise("asin", np.arcsin, lambda g, x: g * rsqrt(1 - square(x)), allowed=INEXACT,
                   doc="Inverse sine, elementwise.")  # fmt: skip
acos = elementwise("acos", np.arccos, lambda g, x: negative(g * rsqrt(1 - square(x))), allowed=INEXACT,
                   doc="Inverse cosine, elementwise.")  # fmt: skip
atan = elementwise("atan", np.arctan, lambda g, x: g * reciprocal(1 + square(x)), allowed=INEXACT,
                   doc="Inverse tangent, elementwise.")  # fmt: skip
sinh = elementwise("sinh", np.sinh, lambda g, x: g * cosh(x), allowed=INEXACT, doc="Hyperbolic sine, elementwise.")
cosh = elementwise("cosh", np.cosh, lambda g, x: g * sinh(x), allowed=INEXACT,
                   doc="Hyperbolic cosine, elementwise.")  # fmt: skip
tanh = elementwise("tanh", np.tanh, lambda g, out: g * (1 - square(out)), allowed=INEXACT,
                   doc="Hyperbolic tangent, elementwise.")  # fmt: skip
