"""Bessel functions and integrals that have names: by their integrals."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .making import F32, A, B, Sample, elementwise
from .special import NAN, each, integral


def mean(function: Callable[[float, float], float]) -> Callable[[float], float]:
    """1/π times the integral of function(x, θ) from 0 to π: the trapezoidal rule is exact for periodic functions."""
    angles = (np.arange(64) + 0.5) * math.pi / 64
    return lambda x: math.fsum(function(x, angle) for angle in angles) / 64


def decaying(function: Callable[[float, float], float]) -> Callable[[float], float]:
    """The integral of function(x, t) from 0 to infinity, of one that soon is nothing."""
    return lambda x: integral(lambda t: function(x, t), 0, math.acosh(1 + 750 / x))


def y0(x: float) -> float:
    def integrand(t: np.ndarray) -> np.ndarray:
        return np.cos(x * np.cos(t)) * (np.euler_gamma + math.log(2 * x) + 2 * np.log(np.sin(t)))

    return 4 / math.pi**2 * integral(integrand, 0, math.pi / 2)


def y1(x: float) -> float:
    """y0's derivative is -y1."""

    def integrand(t: np.ndarray) -> np.ndarray:
        logarithm = np.euler_gamma + math.log(2 * x) + 2 * np.log(np.sin(t))
        return np.cos(t) * np.sin(x * np.cos(t)) * logarithm - np.cos(x * np.cos(t)) / x

    return 4 / math.pi**2 * integral(integrand, 0, math.pi / 2)


def exponential_integral(x: float) -> float:
    """γ + log |x| and the integral of (exp(t) - 1) / t from 0 to x."""
    return np.euler_gamma + math.log(abs(x)) + integral(lambda t: np.expm1(t) / t, 0, x)


def spence(x: float) -> float:
    return integral(lambda t: np.log1p(t) / -t, 0, x - 1)


j0, i0 = mean(lambda x, t: math.cos(x * math.sin(t))), mean(lambda x, t: math.exp(x * math.cos(t)))
i1 = mean(lambda x, t: math.exp(x * math.cos(t)) * math.cos(t))
k0 = decaying(lambda x, t: np.exp(-x * np.cosh(t)))
k1 = decaying(lambda x, t: np.exp(-x * np.cosh(t)) * np.cosh(t))


def samples(function: Callable[[float], float], *arrays: Any) -> list[Sample]:
    return elementwise(each(function), *(arrays or (A, B * 4, F32, NAN)))


POSITIVE = (B, B * 4, np.abs(F32), NAN)
SAMPLES: dict[str, list[Sample]] = {
    "bessel_i0": samples(i0),
    "bessel_i0e": samples(lambda x: math.exp(-abs(x)) * i0(x)),
    "bessel_i1": samples(i1),
    "bessel_i1e": samples(lambda x: math.exp(-abs(x)) * i1(x)),
    "bessel_j0": samples(j0),
    "bessel_j1": samples(mean(lambda x, t: math.cos(t - x * math.sin(t)))),
    "bessel_y0": samples(y0, *POSITIVE),
    "bessel_y1": samples(y1, *POSITIVE),
    "bessel_k0": samples(k0, *POSITIVE),
    "bessel_k0e": samples(lambda x: math.exp(x) * k0(x), *POSITIVE),
    "bessel_k1": samples(k1, *POSITIVE),
    "bessel_k1e": samples(lambda x: math.exp(x) * k1(x), *POSITIVE),
    "dawsn": samples(lambda x: integral(lambda t: np.exp(t * t - x * x), 0, x)),
    "expint": samples(exponential_integral, *POSITIVE),
    "fresnel_sin": samples(lambda x: integral(lambda t: np.sin(math.pi * t * t / 2), 0, x)),
    "fresnel_cos": samples(lambda x: integral(lambda t: np.cos(math.pi * t * t / 2), 0, x)),
    "spence": samples(spence, *POSITIVE),
}
