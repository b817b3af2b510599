"""Windows: weights that fade a piece of a signal in and out, so that its ends do not look like sudden changes.

>>> import eagernb as tf
>>> tf.signal.hann_window(4).numpy()
array([0. , 0.5, 1. , 0.5], dtype=float32)
"""

from __future__ import annotations

from math import pi
from typing import Any

from eagernb.core.dtypes import DType, as_dtype, float32
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.ops.activations import relu
from eagernb.ops.arithmetic import square
from eagernb.ops.arranging import reverse
from eagernb.ops.bessel import bessel_i0e
from eagernb.ops.casting import cast
from eagernb.ops.creation import ones
from eagernb.ops.cumulative import cumsum
from eagernb.ops.exponential import exp, sqrt
from eagernb.ops.joining import concat
from eagernb.ops.ranges import range as arange
from eagernb.ops.trigonometry import cos, sin


def _floating(dtype: Any) -> DType:
    chosen = as_dtype(dtype)
    if not chosen.is_floating:
        raise ValueError(f"dtype must be a floating point type. Found {chosen!r}")
    return chosen


def _raised_cosine(window_length: Any, periodic: Any, dtype: Any, base: float, wave: float) -> Tensor:
    dtype, length = _floating(dtype), static_int(window_length, "window_length")
    if length == 1:
        return ones([1], dtype)
    # A symmetric window of even length is a periodic one that is shorter by one, and so is every one of odd length.
    count = cast(length + int(bool(periodic)) * (1 - length % 2) - 1, dtype)
    return cast(base - wave * cos(2 * pi * cast(arange(length), dtype) / count), dtype)


def hann_window(window_length: Any, periodic: Any = True, dtype: Any = float32, name: str | None = None) -> Tensor:
    """0.5 - 0.5 cos(2πn / N): a wave of a cosine. ``periodic`` leaves out the last 0, for pieces that overlap.

    A vector; ValueError unless ``dtype`` is a float.

    >>> hann_window(4).numpy().round(4)
    array([0. , 0.5, 1. , 0.5], dtype=float32)
    """
    return _raised_cosine(window_length, periodic, dtype, 0.5, 0.5)


def hamming_window(window_length: Any, periodic: Any = True, dtype: Any = float32, name: str | None = None) -> Tensor:
    """0.54 - 0.46 cos(2πn / N); see ``hann_window``.

    >>> hamming_window(4).numpy().round(4)
    array([0.08, 0.54, 1.  , 0.54], dtype=float32)
    """
    return _raised_cosine(window_length, periodic, dtype, 0.54, 0.46)


def kaiser_window(window_length: Any, beta: Any = 12.0, dtype: Any = float32, name: str | None = None) -> Tensor:
    """I0(β sqrt(1 - x²)) / I0(β), x from -1 to 1 (Kaiser and Schafer, 1980): a larger β fades more slowly.

    A vector; ValueError unless ``dtype`` is a float.

    >>> kaiser_window(3, beta=0.0).numpy()
    array([1., 1., 1.], dtype=float32)
    """
    dtype, length = _floating(dtype), static_int(window_length, "window_length")
    if length == 1:
        return ones([1], dtype)
    half = (length - 1) / 2
    place = cast(arange(-half, half + 0.1, dtype=float32), dtype) / cast(half, dtype)
    shape = cast(beta, dtype)
    bent = shape * sqrt(relu(1 - square(place)))
    return exp(bent - shape) * (bessel_i0e(bent) / bessel_i0e(shape))


def kaiser_bessel_derived_window(
    window_length: Any, beta: Any = 12.0, dtype: Any = float32, name: str | None = None
) -> Tensor:
    """The square roots of the sums of a Kaiser window, up and down again: squares of overlapping halves add up to 1.

    Of an even length, [window_length]; an odd one is rounded down. ValueError for a dtype that is no float.

    >>> window = kaiser_bessel_derived_window(4).numpy()
    >>> (window[:2] ** 2 + window[2:] ** 2).round(4)
    array([1., 1.], dtype=float32)
    """
    length = static_int(window_length, "window_length")
    sums = cumsum(kaiser_window(length // 2 + 1, beta, dtype))
    half = sqrt(sums[:-1] / sums[-1])
    return concat([half, reverse(half, [0])], 0)


def vorbis_window(window_length: Any, dtype: Any = float32, name: str | None = None) -> Tensor:
    """sin(π/2 sin²(π (n + 1/2) / N)): squares of overlapping halves add up to 1.

    A vector; ValueError unless ``dtype`` is a float.

    >>> window = vorbis_window(4).numpy()
    >>> (window[:2] ** 2 + window[2:] ** 2).round(4)
    array([1., 1.], dtype=float32)
    """
    dtype, length = _floating(dtype), static_int(window_length, "window_length")
    place = cast(arange(length), dtype) + 0.5
    return sin(pi / 2 * square(sin(pi / cast(length, dtype) * place)))
