"""What the standard says of zeros, infinities and NaN, with the signs of zeros."""

import cmath
import math
from math import inf, nan, pi
from typing import Any

import numpy as np
import pytest

import eagernb.numpy as xp

# function: x -> result, one or several; where there are two arguments, x1, x2 -> result.
REAL = {
    "abs": "-0.0 -> 0.0 | -inf -> inf | nan -> nan",
    "acos": "nan -> nan | 1.5 -> nan | 1.0 -> 0.0",
    "acosh": "nan -> nan | 0.5 -> nan | 1.0 -> 0.0 | inf -> inf",
    "asin": "nan -> nan | -1.5 -> nan | 0.0 -> 0.0 | -0.0 -> -0.0",
    "asinh": "-0.0 -> -0.0 | inf -> inf | -inf -> -inf | nan -> nan",
    "atan": "0.0 -> 0.0 | -0.0 -> -0.0 | inf -> pi/2 | -inf -> -pi/2",
    "atanh": "nan -> nan | -2.0 -> nan | 2.0 -> nan | -1.0 -> -inf | 1.0 -> inf | -0.0 -> -0.0",
    "ceil": "-0.5 -> -0.0 | inf -> inf | -0.0 -> -0.0 | nan -> nan | 2.0 -> 2.0",
    "cos": "0.0 -> 1.0 | -0.0 -> 1.0 | inf -> nan",
    "cosh": "-0.0 -> 1.0 | -inf -> inf | nan -> nan",
    "exp": "-0.0 -> 1.0 | inf -> inf | -inf -> 0.0 | nan -> nan",
    "expm1": "0.0 -> 0.0 | -0.0 -> -0.0 | inf -> inf | -inf -> -1.0 | nan -> nan",
    "floor": "0.5 -> 0.0 | -0.0 -> -0.0 | -inf -> -inf | nan -> nan",
    "isfinite": "inf -> False | nan -> False | -0.0 -> True",
    "isinf": "-inf -> True | nan -> False | 1.0 -> False",
    "isnan": "nan -> True | inf -> False",
    "log": "nan -> nan | -1.0 -> nan | 0.0 -> -inf | -0.0 -> -inf | 1.0 -> 0.0 | inf -> inf",
    "log1p": "-2.0 -> nan | -1.0 -> -inf | -0.0 -> -0.0 | inf -> inf",
    "log2": "-0.0 -> -inf | 1.0 -> 0.0 | 8.0 -> 3.0 | inf -> inf",
    "log10": "0.0 -> -inf | 1.0 -> 0.0 | 1000.0 -> 3.0 | -1.0 -> nan",
    "round": "0.5 -> 0.0 | 1.5 -> 2.0 | -2.5 -> -2.0 | -0.0 -> -0.0 | inf -> inf | nan -> nan",
    "sign": "-3.0 -> -1.0 | 0.0 -> 0.0 | inf -> 1.0 | nan -> nan",
    "signbit": "-0.0 -> True | 0.0 -> False | -inf -> True | -nan -> True | nan -> False",
    "sin": "0.0 -> 0.0 | -0.0 -> -0.0 | inf -> nan",
    "sinh": "-0.0 -> -0.0 | -inf -> -inf",
    "sqrt": "nan -> nan | -1.0 -> nan | -0.0 -> -0.0 | inf -> inf",
    "tan": "-0.0 -> -0.0 | inf -> nan",
    "tanh": "-0.0 -> -0.0 | inf -> 1.0 | -inf -> -1.0",
    "trunc": "-0.5 -> -0.0 | 2.7 -> 2.0 | -inf -> -inf | nan -> nan",
    "add": "inf, -inf -> nan | inf, 1.0 -> inf | -0.0, -0.0 -> -0.0 | -0.0, 0.0 -> 0.0 | 1.0, -1.0 -> 0.0",
    "atan2": "1.0, -0.0 -> pi/2 | 0.0, -0.0 -> pi | -0.0, -0.0 -> -pi | -0.0, -1.0 -> -pi | 1.0, inf -> 0.0 "
    "| -1.0, inf -> -0.0 | -1.0, -inf -> -pi | inf, -inf -> 3*pi/4 | nan, 1.0 -> nan",
    "copysign": "1.0, -0.0 -> -1.0 | -3.0, 0.0 -> 3.0 | 2.0, -nan -> -2.0 | nan, -1.0 -> -nan | nan, 1.0 -> nan",
    "divide": "inf, inf -> nan | 0.0, 0.0 -> nan | 1.0, -0.0 -> -inf | -1.0, -0.0 -> inf | 1.0, -inf -> -0.0",
    "equal": "nan, nan -> False | -0.0, 0.0 -> True | inf, inf -> True",
    "floor_divide": "nan, 1.0 -> nan | inf, -inf -> nan | 0.0, -0.0 -> nan | -0.0, 2.0 -> -0.0 | 0.0, -2.0 -> -0.0 "
    "| 2.0, 0.0 -> inf | 2.0, -0.0 -> -inf | inf, 2.0 -> inf | inf, -2.0 -> -inf | -inf, 2.0 -> -inf "
    "| -inf, -2.0 -> inf | 2.0, inf -> 0.0 | -2.0, -inf -> 0.0 | 7.0, -2.0 -> -4.0",
    "hypot": "inf, nan -> inf | nan, 1.0 -> nan | -0.0, -0.0 -> 0.0 | 1e200, 1e200 -> 2**0.5*1e200",
    "logaddexp": "nan, 1.0 -> nan | inf, 1.0 -> inf | -inf, 2.0 -> 2.0 | -inf, -inf -> -inf",
    "maximum": "nan, 1.0 -> nan | 1.0, nan -> nan | -inf, 2.0 -> 2.0",
    "minimum": "nan, inf -> nan | -inf, nan -> nan | 1.0, 2.0 -> 1.0",
    "multiply": "inf, 0.0 -> nan | -1.0, 0.0 -> -0.0 | -inf, 2.0 -> -inf",
    "nextafter": "nan, 1.0 -> nan | -0.0, 0.0 -> 0.0 | 0.0, -0.0 -> -0.0 | 1.0, 2.0 -> 1 + 2**-52",
    "pow": "2.0, nan -> nan | nan, 0.0 -> 1.0 | nan, -0.0 -> 1.0 | 1.0, nan -> 1.0 | 2.0, -inf -> 0.0 "
    "| -1.0, inf -> 1.0 | 0.5, -inf -> inf | -inf, 3.0 -> -inf | -inf, 2.0 -> inf | -inf, -3.0 -> -0.0 "
    "| -0.0, 3.0 -> -0.0 | -0.0, -3.0 -> -inf | 0.0, -2.0 -> inf | -8.0, 1/3 -> nan",
    "remainder": "nan, 1.0 -> nan | inf, 2.0 -> nan | 0.0, 0.0 -> nan | -0.0, 2.0 -> 0.0 | 0.0, -2.0 -> -0.0 "
    "| 2.0, 0.0 -> nan | 2.0, inf -> 2.0 | 2.0, -inf -> -inf | -2.0, inf -> inf | -2.0, -inf -> -2.0",
    "subtract": "inf, inf -> nan | 0.0, 0.0 -> 0.0 | -0.0, 0.0 -> -0.0",
}
CASES = [(name, *case.split(" -> ")) for name, cases in REAL.items() for case in cases.split(" | ")]


@pytest.mark.parametrize(("name", "arguments", "result"), CASES)
def test_real(name: str, arguments: str, result: str) -> None:
    given = np.atleast_1d(eval(f"({arguments},)"))
    want = eval(result)
    got = np.asarray(getattr(xp, name)(*(xp.asarray(x) for x in given)))[()]
    np.testing.assert_allclose(got, want, rtol=1e-15)
    if isinstance(want, float) and (want == 0 or name == "copysign"):
        assert np.signbit(got) == np.signbit(want)


Z = complex
COMPLEX: list[tuple[str, Any, Any]] = [
    ("expm1", Z(-0.0, 0.0), Z(0.0, 0.0)),
    ("expm1", Z(inf, 0.0), Z(inf, 0.0)),
    ("expm1", Z(-inf, 2.0), Z(-1.0, 0.0)),
    ("expm1", Z(-inf, inf), Z(-1.0, 0.0)),
    ("expm1", Z(inf, inf), Z(inf, nan)),
    ("expm1", Z(-inf, nan), Z(-1.0, 0.0)),
    ("expm1", Z(inf, nan), Z(inf, nan)),
    ("expm1", Z(nan, 0.0), Z(nan, 0.0)),
    ("expm1", Z(1.0, inf), Z(nan, nan)),
    ("exp", Z(-inf, inf), Z(0.0, 0.0)),
    ("exp", Z(nan, 0.0), Z(nan, 0.0)),
    ("exp", Z(inf, 0.0), Z(inf, 0.0)),
    ("log", Z(-0.0, 0.0), Z(-inf, pi)),
    ("log", Z(0.0, 0.0), Z(-inf, 0.0)),
    ("log", Z(inf, inf), Z(inf, pi / 4)),
    ("log1p", Z(-1.0, 0.0), Z(-inf, 0.0)),
    ("sqrt", Z(-0.0, 0.0), Z(0.0, 0.0)),
    ("sqrt", Z(2.0, inf), Z(inf, inf)),
    ("sqrt", Z(-inf, 1.0), Z(0.0, inf)),
    ("abs", Z(inf, nan), inf),
    ("abs", Z(3.0, -4.0), 5.0),
    ("tanh", Z(inf, inf), Z(1.0, 0.0)),
    ("cosh", Z(0.0, inf), Z(nan, 0.0)),
    ("sinh", Z(inf, 0.0), Z(inf, 0.0)),
    ("acos", Z(-inf, inf), Z(3 * pi / 4, -inf)),
    ("asinh", Z(inf, 2.0), Z(inf, 0.0)),
    ("atanh", Z(1.0, 0.0), Z(inf, 0.0)),
    ("sign", Z(3.0, -4.0), Z(0.6, -0.8)),
    ("sign", Z(0.0, 0.0), Z(0.0, 0.0)),
    ("sign", Z(nan, 1.0), Z(nan, nan)),
    ("round", Z(0.5, -1.5), Z(0.0, -2.0)),
    ("isnan", Z(1.0, nan), True),
    ("isinf", Z(nan, -inf), True),
    ("isfinite", Z(1.0, inf), False),
]


@pytest.mark.parametrize(("name", "x", "want"), COMPLEX)
def test_complex(name: str, x: complex, want: Any) -> None:
    got = np.asarray(getattr(xp, name)(xp.asarray(x)))[()]
    for part in ("real", "imag"):
        np.testing.assert_allclose(getattr(got, part), getattr(want, part), rtol=1e-15)


@pytest.mark.parametrize("scale", [1e-3, 1e-9, 1e-17])
def test_complex_expm1_is_accurate_near_zero(scale: float) -> None:
    x = scale * (0.6 + 0.8j)
    series = sum(x**k / math.factorial(k) for k in range(1, 8))
    assert cmath.isclose(complex(xp.expm1(xp.asarray(x))), series, rel_tol=1e-14)


EMPTY = np.zeros((0, 2))


@pytest.mark.parametrize(
    ("name", "want"),
    [("sum", 0), ("prod", 1), ("mean", nan), ("var", nan), ("std", nan), ("all", True), ("any", False),
     ("count_nonzero", 0)],
)  # fmt: skip
def test_of_no_elements(name: str, want: Any) -> None:
    for axis, dims in ((None, ()), (0, (2,)), ((0, 1), ())):
        np.testing.assert_array_equal(np.asarray(getattr(xp, name)(xp.asarray(EMPTY), axis=axis)), np.full(dims, want))


@pytest.mark.parametrize("name", ["sum", "prod", "max", "min", "mean", "var", "std"])
def test_nan_wins_in_reductions(name: str) -> None:
    assert np.isnan(np.asarray(getattr(xp, name)(xp.asarray([1.0, nan, 3.0]))))


def test_more_is_taken_off_than_there_is() -> None:
    with np.errstate(all="ignore"):
        assert float(xp.var(xp.asarray([1.0, 3.0]), correction=2)) == inf
        assert np.isnan(float(xp.std(xp.asarray([1.0]), correction=1)))
