"""Arrays of every dtype, and the comparison of what eagernb.numpy and NumPy make of them."""

from collections.abc import Callable
from typing import Any

import numpy as np

import eagernb.numpy as xp

INTS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["float32", "float64"]
COMPLEX = ["complex64", "complex128"]
NUMERIC = INTS + FLOATS + COMPLEX
ALL = ["bool", *NUMERIC]

rng = np.random.default_rng(5)


def random(dtype: str, *shape: int) -> np.ndarray:
    """Small numbers, zeros and ties among the integers."""
    if np.dtype(dtype).kind in "fc":
        imaginary = 1j * rng.normal(size=shape) if np.dtype(dtype).kind == "c" else 0
        return np.asarray(rng.normal(size=shape) * 3 + imaginary).astype(dtype)
    return np.asarray(rng.integers(0 if np.dtype(dtype).kind in "bu" else -5, 9, shape)).astype(dtype)


def lifted(value: Any) -> Any:
    """NumPy's arrays and dtypes in a structure of arguments, as the namespace's."""
    if isinstance(value, np.ndarray):
        return xp.asarray(value)
    if isinstance(value, np.dtype):
        return getattr(xp, value.name)
    if isinstance(value, (list, tuple)):
        return type(value)(map(lifted, value))
    return {key: lifted(v) for key, v in value.items()} if isinstance(value, dict) else value


def assert_same(got: Any, want: Any, tolerance: float = 0.0) -> None:
    """Arrays of one dtype and shape, with equal values; the same in tuples and lists."""
    if isinstance(want, (list, tuple)):
        assert len(got) == len(want)
        assert getattr(got, "_fields", None) == getattr(want, "_fields", None)
        for a, b in zip(got, want, strict=True):
            assert_same(a, b, tolerance)
        return
    assert isinstance(got, xp.Array)
    want = np.asarray(want)
    assert got.dtype == want.dtype
    assert got.shape == want.shape
    scale = tolerance * (1e7 if want.dtype.name in ("float32", "complex64") else 1)
    np.testing.assert_allclose(np.asarray(got), want, rtol=scale, atol=scale)


def check(
    ours: Callable[..., Any], theirs: Callable[..., Any], *args: Any, tolerance: float = 1e-13, **kwargs: Any
) -> None:
    """Ours on Arrays gives what theirs gives on NumPy's arrays."""
    with np.errstate(all="ignore"):
        want = theirs(*args, **kwargs)
    assert_same(ours(*lifted(args), **lifted(kwargs)), want, tolerance)
