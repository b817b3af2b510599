"""Special functions: by their integrals and series, or by Python's math."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .making import COLUMN, EMPTY, F32, NUMBER, ROW, STRIDED, A, B, Sample, case, elementwise, pairs

NAN = np.array([np.nan])


def each(function: Callable[..., float]) -> Callable[..., Any]:
    """A function of Python floats, on arrays that broadcast; NaN of NaN."""

    def reference(*arrays: Any) -> Any:
        result = np.empty(np.broadcast_shapes(*[x.shape for x in arrays]), arrays[0].dtype)
        for index, at in zip(np.ndindex(result.shape), np.broadcast(*arrays), strict=True):
            result[index] = np.nan if np.isnan(at).any() else function(*map(float, at))
        return result

    return reference


STEP = 0.02
POINTS = np.arange(-5.5, 4, STEP)
SHARES = 1 / (1 + np.exp(-math.pi * np.sinh(POINTS)))
WEIGHTS = STEP * math.pi * np.cosh(POINTS) * SHARES * (1 - SHARES)


def integral(function: Callable[[np.ndarray], np.ndarray], low: float, high: float) -> float:
    """The tanh-sinh rule: exact to the last digits, also where the integrand has a singularity at an end."""
    return (high - low) * float(WEIGHTS @ function(low + (high - low) * SHARES))


def log_gamma(x: float) -> float:
    return math.inf if x in (0, -2) else math.lgamma(x)


def zeta(x: float, q: float) -> float:
    """Euler and Maclaurin: twenty terms of the series, and an expansion of the others."""
    n = q + 20
    rest = n ** (1 - x) / (x - 1) + n**-x / 2 + x * n ** (-x - 1) / 12 - x * (x + 1) * (x + 2) * n ** (-x - 3) / 720
    rest += math.prod(x + i for i in range(5)) * n ** (-x - 5) / 30240
    rest -= math.prod(x + i for i in range(7)) * n ** (-x - 7) / 1209600
    return sum((q + k) ** -x for k in range(20)) + rest


def digamma(x: float) -> float:
    """The asymptotic expansion at x + 20, and back; by reflection below 0."""
    if x < 0:
        return digamma(1 - x) - math.pi / math.tan(math.pi * x)
    n = x + 20
    far = math.log(n) - 1 / (2 * n) - 1 / (12 * n**2) + 1 / (120 * n**4) - 1 / (252 * n**6) + 1 / (240 * n**8)
    return far - sum(1 / (x + k) for k in range(20))


def polygamma(a: float, x: float) -> float:
    return digamma(x) if a == 0 else (-1) ** int(a + 1) * math.gamma(a + 1) * zeta(a + 1, x)


def igamma(a: float, x: float) -> float:
    return integral(lambda t: t ** (a - 1) * np.exp(-t), 0, x) / math.gamma(a)


def igamma_by_a(a: float, x: float) -> float:
    """The series of igamma, x^(a+k) exp(-x) / Γ(a+k+1), differentiated term by term."""
    terms = ((math.log(x) - digamma(a + k + 1), (a + k) * math.log(x) - x - math.lgamma(a + k + 1)) for k in range(80))
    return sum(factor * math.exp(log_term) for factor, log_term in terms)


def betainc(a: float, b: float, x: float) -> float:
    beta = math.gamma(a) * math.gamma(b) / math.gamma(a + b)
    return integral(lambda t: t ** (a - 1) * (1 - t) ** (b - 1), 0, x) / beta


def erf_inverse(function: Callable[[float], float], y: float) -> float:
    """By bisection."""
    low, high = -6.0, 6.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < y else (low, middle)
    return low


def normal_cdf(x: float) -> float:
    return math.erfc(-x / math.sqrt(2)) / 2


ORDERS = np.array([[0.0], [1.0], [3.0]])

SAMPLES: dict[str, list[Sample]] = {
    "erf": elementwise(each(math.erf), A, F32, np.array([np.nan, np.inf, -np.inf, -0.0, 5.0])),
    "erfc": elementwise(each(math.erfc), A, F32, np.array([np.nan, np.inf, -np.inf, -0.0, 5.0])),
    "erfinv": elementwise(each(lambda y: erf_inverse(math.erf, y)), A, F32, NAN),
    "ndtri": elementwise(each(lambda y: erf_inverse(normal_cdf, y)), np.abs(A), np.abs(F32), NAN),
    "lgamma": elementwise(each(log_gamma), A, B * 9, F32, np.array([np.nan, np.inf, 0.0, -2.0])),
    "digamma": elementwise(each(digamma), A, B * 9, F32, NAN),
    "polygamma": [
        case(ORDERS, ROW, reference=each(polygamma)),
        case(ORDERS.astype(np.float32), ROW.astype(np.float32), reference=each(polygamma)),
        case(np.float64(2), B * 9, reference=each(polygamma)),
        case(NUMBER * 0, NUMBER, reference=each(polygamma)),
        case(EMPTY, ROW, reference=each(polygamma)),
    ],
    "zeta": [
        case(x, q, reference=each(zeta))
        for x, q in ((B + 1.5, ROW), (COLUMN + 1, ROW), (ROW + 2, NAN), (NUMBER + 1, NUMBER), (EMPTY, ROW))
    ],
    "igamma": pairs(each(igamma), (COLUMN * 3, ROW * 3), (NAN, ROW)),
    "igammac": pairs(each(lambda a, x: 1 - igamma(a, x)), (COLUMN * 3, ROW * 3), (NAN, ROW)),
    "igamma_by_a": [
        case(a, x, reference=each(igamma_by_a))
        for a, x in ((B, ROW), (COLUMN * 9, ROW * 9), (EMPTY, ROW), (NUMBER, NUMBER))
    ],
    "betainc": [
        case(a, b, x, reference=each(betainc))
        for a, b, x in (
            (B, ROW + 1, np.abs(A)), (COLUMN, NUMBER + 1, ROW / 2), (NUMBER, NUMBER + 1, STRIDED), (EMPTY, ROW, ROW),
        )
    ],
}  # fmt: skip
