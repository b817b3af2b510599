"""Choosing by bits gives what choosing element by element gives, to the bit."""

from typing import Any

import numpy as np
import pytest

from eagernb.ops import selecting

RNG = np.random.default_rng(0)
SPECIAL = np.array([np.nan, -np.nan, np.inf, -np.inf, 0.0, -0.0, 1e-310, 1.5])


def values(*shape: int) -> np.ndarray:
    return RNG.choice(SPECIAL, shape)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.int32, np.complex64])
@pytest.mark.parametrize(
    ("condition", "x", "y"),
    [
        (RNG.random((100, 101)) < 0.5, values(100, 101), values(100, 101)),
        (RNG.random((100, 101)) < 0.5, values(100, 101), np.array(0.0)),
        (RNG.random((100, 101)) < 0.5, np.array(0.0), values(100, 101)),
        (RNG.random((100, 101)) < 0.5, values(100, 101), np.array(-0.0)),
        (RNG.random((100, 101)) < 0.5, values(), values()),
        (RNG.random((100, 101)) < 0.5, values(101), values(100, 1)),
        (RNG.random((100, 101)) < 0.5, values(3, 100, 101), np.array(0.0)),
        (RNG.random((1, 9000)) < 0.5, values(3, 1), values(3, 9000)),
        ((RNG.random((200, 101)) < 0.5)[::2], values(101, 100).T, values(100, 202)[:, ::2]),
        (RNG.random((3, 4)) < 0.5, values(3, 4), values(4)),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_select_is_numpys_where(condition: Any, x: Any, y: Any, dtype: Any) -> None:
    x, y = (np.nan_to_num(a, posinf=7, neginf=-7).astype(dtype) if dtype is np.int32 else a.astype(dtype)
            for a in (x, y))  # fmt: skip
    got, want = selecting.select(condition, x, y), np.where(condition, x, y)
    assert (got.dtype, got.shape) == (want.dtype, want.shape)
    assert got.tobytes() == want.tobytes()
