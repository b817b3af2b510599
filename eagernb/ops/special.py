"""Special functions: the error function, gamma and beta functions and their relatives, elementwise.

The values are SciPy's, which is imported at the first call.

>>> import eagernb as tf
>>> tf.math.erf([0.0, 1.0]).numpy(), tf.exp(tf.math.lgamma(5.0)).numpy()  # 4! = 24
(array([0.       , 0.8427008], dtype=float32), np.float32(24.0))
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from eagernb.core.apply import apply, scalar_like
from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import FLOATS, WIDE_FLOATS
from eagernb.core.large import spread
from eagernb.core.op import Op, Rule, register
from eagernb.core.shape import broadcast_dims
from eagernb.core.spec import TensorSpec
from eagernb.core.tensor import Tensor
from eagernb.ops.arithmetic import negative, square
from eagernb.ops.exponential import exp, log
from eagernb.ops.families import BROADCAST_REMEDY, broadcasting, elements, elementwise, no_gradient, unbroadcast
from eagernb.ops.no_nan import xlog1py, xlogy
from eagernb.ops.reduce import reduce_sum


def scipy_kernel(name: str) -> Callable[..., Any]:
    """The function of this name in scipy.special as a kernel."""

    def kernel(*arrays: Any) -> Any:
        from scipy import special

        with np.errstate(all="ignore"):  # 1/0 is no reason to warn, here or anywhere
            result = spread(getattr(special, name), *arrays)
        return result.astype(arrays[0].dtype, copy=False)  # SciPy has none for float16

    return kernel


def replacing(kernel: Callable[..., Any], where: Callable[[Any], Any], value: float) -> Callable[..., Any]:
    """The kernel with another value at some x, where SciPy's convention is not TensorFlow's."""

    def replaced(x: Any) -> Any:
        return np.where(where(x), x.dtype.type(value), kernel(x))

    return replaced


erf = elementwise(
    "erf", scipy_kernel("erf"), lambda g, x: g * (2 / math.sqrt(math.pi)) * exp(negative(square(x))),
    allowed=FLOATS, doc="The error function 2/√π ∫₀ˣ exp(-t²) dt, elementwise.",
    example="erf([0.0, 1.0]) -> [0.     0.8427]",
)  # fmt: skip
erfc = elementwise(
    "erfc", scipy_kernel("erfc"), lambda g, x: g * (-2 / math.sqrt(math.pi)) * exp(negative(square(x))),
    allowed=FLOATS, doc="1 - erf(x), elementwise, accurate where that is small.",
    example="erfc([0.0, 1.0]) -> [1.     0.1573]",
)  # fmt: skip
erfinv = elementwise(
    "erfinv", scipy_kernel("erfinv"), lambda g, out: g * (math.sqrt(math.pi) / 2) * exp(square(out)),
    allowed=WIDE_FLOATS, doc="The inverse of erf, elementwise; NaN outside [-1, 1].",
    example="erfinv([0.0, 0.5]) -> [0.     0.4769]",
)  # fmt: skip
ndtri = elementwise(
    "ndtri", scipy_kernel("ndtri"), lambda g, out: g * math.sqrt(2 * math.pi) * exp(square(out) / 2),
    allowed=WIDE_FLOATS, doc="The quantile of the standard normal distribution, elementwise; NaN outside [0, 1].",
    example="ndtri([0.5, 0.975]) -> [0.   1.96]",
)  # fmt: skip


def erfcinv(x: Any, name: str | None = None) -> Tensor:
    """The inverse of erfc, elementwise; NaN outside [0, 2].

    Takes floats, whose shape stays; DTypeError for integers.

    >>> erfcinv([0.5, 1.0]).numpy().round(4) + 0.0
    array([0.4769, 0.    ], dtype=float32)
    """
    return negative(ndtri(0.5 * convert_to_tensor(x))) * math.sqrt(0.5)


lgamma = elementwise(
    "lgamma", replacing(scipy_kernel("gammaln"), np.isneginf, math.inf), lambda g, x: g * digamma(x),
    label="log Γ", allowed=FLOATS, doc="log |Γ(x)|, elementwise.",
    example="lgamma([1.0, 5.0]) -> [0.     3.1781]",
)  # fmt: skip
digamma = elementwise(
    "digamma", replacing(scipy_kernel("digamma"), lambda x: x == 0, math.nan),
    lambda g, x: g * polygamma(scalar_like(1, x), x),
    label="ψ", allowed=FLOATS, doc="The derivative of lgamma, elementwise; NaN at 0, -1, -2, ...",
    example="digamma([1.0, 2.0]) -> [-0.5772  0.4228]",
)  # fmt: skip


def lbeta(x: Any, name: str | None = None) -> Tensor:
    """log |Beta(x)| along the last axis, which is reduced: Σ lgamma(x) - lgamma(Σ x).

    DTypeError for integers.

    >>> float(lbeta([1.0, 1.0]))
    0.0
    """
    x = convert_to_tensor(x)
    return reduce_sum(lgamma(x), axis=-1) - lgamma(reduce_sum(x, axis=-1))


polygamma = broadcasting(
    "polygamma", scipy_kernel("polygamma"), None, lambda g, a, x: g * polygamma(a + 1, x),
    inputs=("a", "x"), label="ψ⁽ᵃ⁾", allowed=WIDE_FLOATS,
    doc="The a-th derivative of digamma at x, elementwise, for a = 0, 1, 2, ...; no gradient by a.",
    example="polygamma(1.0, 1.0) -> 1.6449",
)  # fmt: skip
zeta = broadcasting(
    "zeta", scipy_kernel("zeta"), None, lambda g, x, q: g * negative(x) * zeta(x + 1, q),
    inputs=("x", "q"), label="ζ", allowed=WIDE_FLOATS,
    doc="The Hurwitz zeta function Σ (q + n)⁻ˣ over n = 0, 1, 2, ..., elementwise; no gradient by x.",
    example="zeta(2.0, 1.0) -> 1.6449",
)  # fmt: skip


def _by_x(a: Tensor, x: Tensor) -> Tensor:
    """The derivative of igamma by x, in logarithms, because Γ(a) overflows early."""
    return exp(negative(x) + (a - 1) * log(x) - lgamma(a))


def _unless_a_is_zero(kernel: Callable[..., Any], at_both: float = math.nan) -> Callable[..., Any]:
    """A function of (a, x) that is NaN where a is 0, but ``at_both`` where x is 0 too: as TensorFlow has it."""

    def run(a: Any, x: Any) -> Any:
        values = kernel(a, x)
        no_value = np.where(x == 0, values.dtype.type(at_both), values.dtype.type(math.nan))
        return np.where(a == 0, no_value, values)

    return run


igamma = broadcasting(
    "igamma", _unless_a_is_zero(scipy_kernel("gammainc"), at_both=0),
    lambda g, a, x: g * igamma_by_a(a, x), lambda g, a, x: g * _by_x(a, x),
    inputs=("a", "x"), allowed=WIDE_FLOATS,
    doc="The lower regularized incomplete gamma function ∫₀ˣ tᵃ⁻¹ exp(-t) dt / Γ(a), elementwise.",
    example="igamma(1.0, 1.0) -> 0.6321",
)  # fmt: skip
igammac = broadcasting(
    "igammac", _unless_a_is_zero(scipy_kernel("gammaincc")),
    lambda g, a, x: negative(g * igamma_by_a(a, x)), lambda g, a, x: negative(g * _by_x(a, x)),
    inputs=("a", "x"), allowed=WIDE_FLOATS,
    doc="1 - igamma(a, x), elementwise, accurate where that is small.",
    example="igammac(1.0, 1.0) -> 0.3679",
)  # fmt: skip


def _difference_by_a(a: Any, x: Any) -> Any:
    """The derivative of igamma by a, for which SciPy has no function: a central difference of eighth order.

    It is taken of the logarithm of igamma or of its complement, whichever is smaller. In steps that are small beside
    both a and √a, over which that is smooth, about 12 digits are right.
    """
    from scipy import special

    a64, x64 = np.broadcast_arrays(a.astype(np.float64), x.astype(np.float64))
    upper = special.gammaincc(a64, x64) < 0.5

    def part(at: Any) -> Any:
        return np.where(upper, special.gammaincc(at, x64), special.gammainc(at, x64))

    step = 0.015 * np.minimum(a64, np.sqrt(a64))
    slope = np.zeros(a64.shape)
    for i, weight in enumerate((4 / 5, -1 / 5, 4 / 105, -1 / 280), start=1):
        slope += weight * (np.log(part(a64 + i * step)) - np.log(part(a64 - i * step))) / step
    value = part(a64)
    return np.where(value == 0, 0, np.where(upper, -value, value) * slope).astype(a.dtype)


igamma_by_a = broadcasting(
    "igamma_by_a", _unless_a_is_zero(_difference_by_a), no_gradient("IgammaGradA"), no_gradient("IgammaGradA"),
    inputs=("a", "x"), allowed=WIDE_FLOATS,
)  # fmt: skip


def _betainc_rule(g: Tensor, a: Tensor, b: Tensor, x: Tensor, like_x: Any) -> Tensor:
    log_beta = lgamma(a) + lgamma(b) - lgamma(a + b)
    return unbroadcast(g * exp(xlog1py(b - 1, negative(x)) + xlogy(a - 1, x) - log_beta), like_x)


BETAINC = register(
    Op(
        "betainc",
        ("a", "b", "x"),
        scipy_kernel("betainc"),
        infer=lambda a, b, x: TensorSpec(broadcast_dims(a.dims, b.dims, x.dims), a.dtype),
        rules=(None, None, Rule.of(_betainc_rule)),
        label="betainc",
        family="elementwise",
        fresh=True,
        dtypes=WIDE_FLOATS,
        typed=(0, 1, 2),
        flops=elements,
        remedy=BROADCAST_REMEDY,
    )
)


def betainc(a: Any, b: Any, x: Any, name: str | None = None) -> Tensor:
    """The regularized incomplete beta function ∫₀ˣ tᵃ⁻¹ (1 - t)ᵇ⁻¹ dt / Beta(a, b), elementwise; gradient by x only.

    The inputs broadcast, and are of one dtype (float32 or float64): ShapeError or DTypeError if they do not go
    together.

    >>> float(betainc(1.0, 1.0, 0.25))
    0.25
    """
    return apply(BETAINC, (a, b, x))
