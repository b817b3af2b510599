"""The extension fft."""

from typing import Any

import numpy as np
import pytest

import eagernb.numpy as xp
from eagernb.autodiff.check import check_gradients

from .comparing import COMPLEX, FLOATS, check, random

X = (3, 5, 4)
ALONG: list[dict[str, Any]] = [{}, {"n": 3}, {"n": 7}, {"n": 6, "axis": 1}, {"axis": 0, "norm": "ortho"},
                               {"norm": "forward"}]  # fmt: skip
AXES: list[dict[str, Any]] = [{}, {"axes": (0, 2)}, {"s": (2, 6), "axes": (1, 0)}, {"s": (-1, 6), "axes": (0, 1)},
                              {"s": (4, 5, 3), "axes": (2, 1, 0), "norm": "ortho"}, {"norm": "forward"}]  # fmt: skip
ONE = ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft"]
SEVERAL = ["fftn", "ifftn", "rfftn", "irfftn"]


def dtypes_of(name: str) -> list[str]:
    return FLOATS if name in ("rfft", "rfftn", "ihfft") else FLOATS + COMPLEX


@pytest.mark.parametrize(
    ("name", "dtype", "options"),
    [(name, dtype, kw) for names, options in ((ONE, ALONG), (SEVERAL, AXES)) for name in names
     for dtype in dtypes_of(name) for kw in options],
)  # fmt: skip
def test_transforms(name: str, dtype: str, options: dict[str, Any]) -> None:
    check(getattr(xp.fft, name), getattr(np.fft, name), random(dtype, *X), tolerance=1e-12, **options)


@pytest.mark.parametrize("name", ["fftfreq", "rfftfreq"])
@pytest.mark.parametrize("n", [1, 4, 5])
def test_frequencies(name: str, n: int) -> None:
    check(getattr(xp.fft, name), getattr(np.fft, name), n, d=0.25)
    single = getattr(xp.fft, name)(n, dtype=xp.float32)
    np.testing.assert_allclose(np.asarray(single), getattr(np.fft, name)(n).astype("float32"), strict=True)
    with pytest.raises(TypeError, match="floating"):
        getattr(xp.fft, name)(n, dtype=xp.int32)


@pytest.mark.parametrize("name", ["fftshift", "ifftshift"])
@pytest.mark.parametrize("axes", [None, 1, -1, (0, 2)])
def test_shifts(name: str, axes: Any) -> None:
    check(getattr(xp.fft, name), getattr(np.fft, name), random("float32", *X), axes=axes)


@pytest.mark.parametrize("name", [*ONE, *SEVERAL])
def test_gradients(name: str) -> None:
    options = {"n": 6} if name in ONE else {"s": (3, 6), "axes": (1, 0)}
    x = random("float64" if dtypes_of(name) == FLOATS else "complex128", 4, 5)
    check_gradients(lambda x: getattr(xp.fft, name)(xp.asarray(x), **options), x)
