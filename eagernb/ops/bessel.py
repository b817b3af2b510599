"""Bessel functions, and integrals that have names, elementwise. The values are SciPy's.

An ``e`` at the end stands for exponentially scaled: ``i0e(x)`` is exp(-|x|) i0(x), ``k0e(x)`` is exp(x) k0(x), which
stay in range where the unscaled ones do not.

>>> import eagernb as tf
>>> tf.math.special.bessel_j0([0.0, 1.0]).numpy(), tf.math.bessel_i0e(1000.0).numpy()
(array([1.       , 0.7651977], dtype=float32), np.float32(0.012617241))
"""

from __future__ import annotations

import math
from typing import Any

from eagernb.core.apply import scalar_like
from eagernb.core.dtypes import FLOATS, WIDE_FLOATS
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative, reciprocal, sign, square
from eagernb.ops.exponential import exp, log
from eagernb.ops.families import elementwise
from eagernb.ops.special import replacing, scipy_kernel
from eagernb.ops.trigonometry import cos, sin
from eagernb.ops.where import where


def _bessel(name: str, rule: Any, doc: str, example: str) -> Any:
    return elementwise(f"bessel_{name}", scipy_kernel(name), rule, label=name, allowed=FLOATS, doc=doc, example=example)


def _negative(x: Any) -> Any:
    return x < 0


def _right(name: str, left: float, rule: Any, doc: str, example: str) -> Any:
    """A function that is defined right of 0; on the left, TensorFlow has the limit at 0 where SciPy has NaN."""
    kernel = replacing(scipy_kernel(name), _negative, left)
    return elementwise(f"bessel_{name}", kernel, rule, label=name, allowed=FLOATS, doc=doc, example=example)


def _at(x: Tensor, point: float, value: float, elsewhere: Tensor) -> Tensor:
    """A derivative whose formula has a gap at one point."""
    return where(x == scalar_like(point, x), scalar_like(value, x), elsewhere)


bessel_i0 = _bessel("i0", lambda g, x: g * bessel_i1(x),
                    "The modified Bessel function of order 0, Σ (x/2)²ᵏ / (k!)², k from 0, elementwise.",
                    "bessel_i0([0.5, 1.0]) -> [1.0635 1.2661]")  # fmt: skip
bessel_i0e = _bessel("i0e", lambda g, x, out: g * (bessel_i1e(x) - sign(x) * out),
                     "exp(-|x|) bessel_i0(x), elementwise: in range where bessel_i0 is not.",
                     "bessel_i0e([0.5, 1.0]) -> [0.645  0.4658]")  # fmt: skip
bessel_i1 = _bessel("i1", lambda g, x, out: g * _at(x, 0, 1, bessel_i0(x) - out / x),
                    "The modified Bessel function of order 1, the derivative of bessel_i0, elementwise.",
                    "bessel_i1([0.5, 1.0]) -> [0.2579 0.5652]")  # fmt: skip
bessel_i1e = _bessel("i1e", lambda g, x, out: g * _at(x, 0, 0.5, bessel_i0e(x) - out * (sign(x) + reciprocal(x))),
                     "exp(-|x|) bessel_i1(x), elementwise: in range where bessel_i1 is not.",
                     "bessel_i1e([0.5, 1.0]) -> [0.1564 0.2079]")  # fmt: skip
bessel_j0 = _bessel("j0", lambda g, x: negative(g * bessel_j1(x)),
                    "The Bessel function of the first kind and order 0, elementwise.",
                    "bessel_j0([0.5, 1.0]) -> [0.9385 0.7652]")  # fmt: skip
bessel_j1 = _bessel("j1", lambda g, x, out: g * _at(x, 0, 0.5, bessel_j0(x) - out / x),
                    "The Bessel function of the first kind and order 1, elementwise.",
                    "bessel_j1([0.5, 1.0]) -> [0.2423 0.4401]")  # fmt: skip
bessel_y0 = _right("y0", -math.inf, lambda g, x: negative(g * bessel_y1(x)),
                   "The Bessel function of the second kind and order 0, elementwise.",
                   "bessel_y0([0.5, 1.0]) -> [-0.4445  0.0883]")  # fmt: skip
bessel_y1 = _right("y1", -math.inf, lambda g, x, out: g * (bessel_y0(x) - out / x),
                   "The Bessel function of the second kind and order 1, elementwise.",
                   "bessel_y1([0.5, 1.0]) -> [-1.4715 -0.7812]")  # fmt: skip
bessel_k0 = _right("k0", math.inf, lambda g, x: negative(g * bessel_k1(x)),
                   "The modified Bessel function of the second kind and order 0, elementwise.",
                   "bessel_k0([0.5, 1.0]) -> [0.9244 0.421 ]")  # fmt: skip
bessel_k0e = _right("k0e", math.inf, lambda g, x, out: g * (out - bessel_k1e(x)),
                    "bessel_k0, exponentially scaled, elementwise.",
                    "bessel_k0e([0.5, 1.0]) -> [1.5241 1.1445]")  # fmt: skip
bessel_k1 = _right("k1", math.inf, lambda g, x, out: negative(g * (bessel_k0(x) + out / x)),
                   "The modified Bessel function of the second kind and order 1, elementwise.",
                   "bessel_k1([0.5, 1.0]) -> [1.6564 0.6019]")  # fmt: skip
bessel_k1e = _right("k1e", math.inf, lambda g, x, out: g * (out * (1 - reciprocal(x)) - bessel_k0e(x)),
                    "bessel_k1, exponentially scaled, elementwise.",
                    "bessel_k1e([0.5, 1.0]) -> [2.731  1.6362]")  # fmt: skip

dawsn = elementwise("dawsn", scipy_kernel("dawsn"), lambda g, x, out: g * (1 - 2 * x * out), allowed=WIDE_FLOATS,
                    doc="Dawson's integral exp(-x²) ∫₀ˣ exp(t²) dt, elementwise.",
                    example="dawsn([0.0, 1.0]) -> [0.     0.5381]")  # fmt: skip
expint = elementwise(
    "expint", replacing(scipy_kernel("expi"), _negative, math.nan), lambda g, x: g * exp(x) / x,
    label="Ei", allowed=WIDE_FLOATS,
    doc="The exponential integral Ei(x), of exp(t)/t up to x, elementwise; NaN for negative x.",
    example="expint([0.5, 1.0]) -> [0.4542 1.8951]",
)  # fmt: skip
spence = elementwise(
    "spence", scipy_kernel("spence"), lambda g, x: g * _at(x, 1, -1, log(x) / (1 - x)), allowed=WIDE_FLOATS,
    doc="Spence's integral of log(t)/(1 - t) from 1 to x, also known as the dilogarithm of 1 - x, elementwise.",
    example="spence([1.0, 2.0]) -> [ 0.     -0.8225]",
)  # fmt: skip


def _fresnel(which: int) -> Any:
    def kernel(x: Any) -> Any:
        from scipy import special

        return special.fresnel(x)[which]

    return kernel


fresnel_sin = elementwise(
    "fresnel_sin", _fresnel(0), lambda g, x: g * sin(math.pi / 2 * square(x)), label="S", allowed=WIDE_FLOATS,
    doc="Fresnel's integral of sin(π t²/2) from 0 to x, elementwise.",
    example="fresnel_sin([0.0, 1.0]) -> [0.     0.4383]",
)  # fmt: skip
fresnel_cos = elementwise(
    "fresnel_cos", _fresnel(1), lambda g, x: g * cos(math.pi / 2 * square(x)), label="C", allowed=WIDE_FLOATS,
    doc="Fresnel's integral of cos(π t²/2) from 0 to x, elementwise.",
    example="fresnel_cos([0.0, 1.0]) -> [0.     0.7799]",
)  # fmt: skip
