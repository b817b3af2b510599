"""Elementwise functions and operators: NumPy's values and dtypes for all dtypes and pairs of them."""

import operator
from typing import Any

import numpy as np
import pytest

import eagernb.numpy as xp

from .comparing import ALL, COMPLEX, FLOATS, INTS, NUMERIC, check

UNARY = {
    "abs": NUMERIC, "acos": NUMERIC, "acosh": NUMERIC, "asin": NUMERIC, "asinh": NUMERIC, "atan": NUMERIC,
    "atanh": NUMERIC, "bitwise_invert": ["bool", *INTS], "ceil": INTS + FLOATS, "conj": NUMERIC, "cos": NUMERIC,
    "cosh": NUMERIC, "exp": NUMERIC, "expm1": NUMERIC, "floor": INTS + FLOATS, "imag": NUMERIC, "isfinite": ALL,
    "isinf": ALL, "isnan": ALL, "log": NUMERIC, "log1p": NUMERIC, "log2": NUMERIC, "log10": NUMERIC,
    "logical_not": ALL, "negative": NUMERIC, "positive": NUMERIC, "real": NUMERIC, "reciprocal": FLOATS + COMPLEX,
    "round": NUMERIC, "sign": NUMERIC, "signbit": FLOATS, "sin": NUMERIC, "sinh": NUMERIC, "square": NUMERIC,
    "sqrt": NUMERIC, "tan": NUMERIC, "tanh": NUMERIC, "trunc": INTS + FLOATS,
}  # fmt: skip
REAL = INTS + FLOATS
BINARY = {
    "add": NUMERIC, "atan2": REAL, "bitwise_and": ["bool", *INTS], "bitwise_left_shift": INTS,
    "bitwise_or": ["bool", *INTS], "bitwise_right_shift": INTS, "bitwise_xor": ["bool", *INTS], "copysign": REAL,
    "divide": NUMERIC, "equal": ALL, "floor_divide": REAL, "greater": REAL, "greater_equal": REAL, "hypot": REAL,
    "less": REAL, "less_equal": REAL, "logaddexp": REAL, "logical_and": ALL, "logical_or": ALL, "logical_xor": ALL,
    "maximum": REAL, "minimum": REAL, "multiply": NUMERIC, "nextafter": FLOATS, "not_equal": ALL, "pow": NUMERIC,
    "remainder": REAL, "subtract": NUMERIC,
}  # fmt: skip
OPERATORS = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv,
    "floor_divide": operator.floordiv, "remainder": operator.mod, "pow": operator.pow, "equal": operator.eq,
    "not_equal": operator.ne, "less": operator.lt, "less_equal": operator.le, "greater": operator.gt,
    "greater_equal": operator.ge, "bitwise_and": operator.and_, "bitwise_or": operator.or_,
    "bitwise_xor": operator.xor, "bitwise_left_shift": operator.lshift, "bitwise_right_shift": operator.rshift,
}  # fmt: skip


def values(dtype: str) -> np.ndarray:
    """Distinct small numbers, with signs where there are signs."""
    kind = np.dtype(dtype).kind
    if kind == "b":
        return np.array([True, False, True])
    if kind == "u":
        return np.array([3, 1, 7], dtype)
    if kind == "i":
        return np.array([3, -2, 7], dtype)
    parts = np.array([0.75, -2.5, 4.0])
    return (parts + 1j * parts[::-1] if kind == "c" else parts).astype(dtype)


def second(name: str, dtype: str) -> np.ndarray:
    """The other operand, as a column: no negative shifts or integer exponents."""
    column = values(dtype)[:, None]
    return np.abs(column).astype(dtype) if name in ("bitwise_left_shift", "bitwise_right_shift", "pow") else column


def promotes(a: str, b: str) -> bool:
    """Whether the standard says to which dtype: not so for uint64 and a signed integer."""
    return "uint64" not in (a, b) or np.dtype(a).kind == np.dtype(b).kind


@pytest.mark.parametrize(("name", "dtype"), [(name, dtype) for name, dtypes in UNARY.items() for dtype in dtypes])
def test_one_argument(name: str, dtype: str) -> None:
    function = getattr(np, name)
    for x in (values(dtype), values(dtype)[1], values(dtype)[:0]):
        check(getattr(xp, name), lambda x: np.asarray(function(x)).astype(_dtype(name, x)), np.asarray(x))


def _dtype(name: str, x: np.ndarray) -> np.dtype:
    with np.errstate(all="ignore"):
        return getattr(np, name)(x).dtype


@pytest.mark.parametrize(
    ("name", "a", "b"),
    [(name, a, b) for name, dtypes in BINARY.items() for a in dtypes for b in dtypes if promotes(a, b)],
)
def test_two_arguments_are_promoted(name: str, a: str, b: str) -> None:
    x, y = values(a), second(name, b)
    check(getattr(xp, name), getattr(np, name), x, y)
    if name in OPERATORS and name not in ("logical_and", "logical_or"):
        check(OPERATORS[name], OPERATORS[name], x, y)


NUMBERS: dict[str, list[Any]] = {"b": [True], "iu": [2, True], "f": [2, 2.5, -0.0, True], "c": [2, 2.5, 1 + 2j]}


@pytest.mark.parametrize(("name", "dtype"), [(name, dtype) for name, dtypes in BINARY.items() for dtype in dtypes])
def test_python_numbers_take_the_dtype_of_the_array(name: str, dtype: str) -> None:
    x = np.abs(values(dtype)).astype(dtype) if name == "pow" else values(dtype)
    numbers = next(numbers for kinds, numbers in NUMBERS.items() if np.dtype(dtype).kind in kinds)
    for number in numbers:
        if name in ("floor_divide", "remainder") and not number:
            continue
        check(getattr(xp, name), getattr(np, name), x, number)
        if name not in ("bitwise_left_shift", "bitwise_right_shift", "pow"):
            check(lambda x, name=name, number=number: getattr(xp, name)(number, x),
                  lambda x, name=name, number=number: getattr(np, name)(number, x), x)  # fmt: skip
        if name in OPERATORS:
            check(OPERATORS[name], OPERATORS[name], x, number)


@pytest.mark.parametrize(
    "symbol", [operator.neg, operator.pos, operator.abs, operator.invert], ids=lambda f: f.__name__
)
def test_operators_of_one_argument(symbol: Any) -> None:
    for dtype in INTS if symbol is operator.invert else NUMERIC:
        check(symbol, symbol, values(dtype))
    if symbol is operator.invert:
        check(symbol, symbol, values("bool"))


def test_operators_refuse_what_is_no_number() -> None:
    x = xp.asarray([1.0])
    for other in ("1", [1.0], None, {}):
        with pytest.raises(TypeError):
            x + other
        with pytest.raises(TypeError):
            other + x


@pytest.mark.parametrize("dtype", INTS + FLOATS)
def test_clip(dtype: str) -> None:
    x = values(dtype)
    for bounds in ((1, 5), (None, 3), (2, None), (None, None), (x - x + 2, x[:1])):
        check(
            xp.clip,
            lambda x, low, high: np.asarray(np.clip(x, low, high)) if low is not None or high is not None else x,
            x,
            *bounds,
        )
    assert xp.clip(xp.asarray(x), min=2, max=3).dtype == dtype


def test_clip_passes_nan_on() -> None:
    nan = float("nan")
    x = xp.asarray([nan, 1.0, 1.0])
    got = xp.clip(x, xp.asarray([0.0, nan, 0.0]), xp.asarray([2.0, 2.0, nan]))
    assert np.isnan(np.asarray(got)).all()
