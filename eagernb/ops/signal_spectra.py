"""Spectra of pieces of a signal: the short-time Fourier transform, cosine transforms, the mel scale.

>>> import eagernb as tf
>>> wave = tf.sin(tf.range(64.0) * 0.7)
>>> tf.signal.stft(wave, frame_length=16, frame_step=8).shape
TensorShape([7, 9])
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, log2, pi, sqrt
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import as_dtype, complex64, float32
from eagernb.core.static import static_int
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops import fft
from eagernb.ops.arithmetic import negative, square
from eagernb.ops.arranging import reverse, tile
from eagernb.ops.casting import cast
from eagernb.ops.complex import real
from eagernb.ops.joining import concat, split
from eagernb.ops.no_nan import divide_no_nan
from eagernb.ops.padding import pad
from eagernb.ops.reduce import reduce_sum
from eagernb.ops.shape import reshape
from eagernb.ops.signal_frames import frame, overlap_and_add
from eagernb.ops.signal_windows import hann_window, vorbis_window

Window = Callable[..., Tensor]


def _fft_length(frame_length: int, fft_length: Any) -> int:
    """By default the next power of two."""
    return 2 ** ceil(log2(frame_length)) if fft_length is None else static_int(fft_length, "fft_length")


def _rfft(x: Tensor, length: int) -> Tensor:
    axes = (len(x._dims) - 1,)
    return fft.rfft(fft.resized(x, [length], axes), axes)


def _floats(value: Any) -> Tensor:
    return convert_to_tensor(value, dtype_hint=float32)


def stft(
    signals: Any, frame_length: Any, frame_step: Any, fft_length: Any = None, window_fn: Window | None = hann_window,
    pad_end: bool = False, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The short-time Fourier transform [..., frames, fft_length // 2 + 1] of signals [..., samples].

    Each piece of the signal is multiplied by the window and transformed. ``window_fn(length, dtype=...)`` makes the
    window; None is for none. ``fft_length`` is the next power of two by default. ShapeError for a scalar.

    >>> import eagernb as tf
    >>> stft(tf.ones([1000]), frame_length=256, frame_step=128).shape
    TensorShape([6, 129])
    >>> stft([1.0, -1.0, 1.0, -1.0], frame_length=4, frame_step=4, window_fn=None).numpy()
    array([[0.+0.j, 0.+0.j, 4.+0.j]], dtype=complex64)
    """
    length = static_int(frame_length, "frame_length")
    pieces = frame(_floats(signals), length, frame_step, pad_end)
    if window_fn is not None:
        pieces = pieces * window_fn(length, dtype=pieces.dtype)
    return _rfft(pieces, _fft_length(length, fft_length))


def inverse_stft_window_fn(frame_step: Any, forward_window_fn: Window = hann_window, name: str | None = None) -> Window:
    """A ``window_fn`` for ``inverse_stft`` that undoes the window of ``stft``: with it the signal comes back.

    At each place it is w / Σ w², where the sum goes over the frames that overlap there (Griffin and Lim, 1984).

    >>> inverse_stft_window_fn(2)(4, dtype="float32").numpy().round(4)
    array([0., 1., 1., 1.], dtype=float32)
    """
    step = static_int(frame_step, "frame_step")

    def window(frame_length: Any, dtype: Any) -> Tensor:
        length = static_int(frame_length, "frame_length")
        forward = forward_window_fn(length, dtype=dtype)
        parts = -(-length // step)
        squares = reshape(pad(square(forward), [(0, parts * step - length)]), [parts, step])
        total = reshape(tile(reduce_sum(squares, 0, keepdims=True), [parts, 1]), [parts * step])[:length]
        return divide_no_nan(forward, total)

    return window


def inverse_stft(
    stfts: Any, frame_length: Any, frame_step: Any, fft_length: Any = None,
    window_fn: Window | None = hann_window, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The signals of their short-time Fourier transforms: pieces transformed back, windowed and added up.

    ShapeError for a rank below 2.

    >>> import eagernb as tf
    >>> x = tf.ones([8])
    >>> back = inverse_stft(stft(x, 4, 2), 4, 2, window_fn=inverse_stft_window_fn(2))
    >>> back[2:6].numpy().round(4)
    array([1., 1., 1., 1.], dtype=float32)
    """
    x = convert_to_tensor(stfts, dtype_hint=complex64)
    length = static_int(frame_length, "frame_length")
    axes = (len(x._dims) - 1,)
    pieces = fft.resized(fft.irfft(x, axes, _fft_length(length, fft_length)), [length], axes)
    if window_fn is not None:
        pieces = pieces * window_fn(length, dtype=pieces.dtype)
    return overlap_and_add(pieces, frame_step)


def _check_dct(type: Any, n: Any, axis: Any, norm: Any) -> None:
    if axis != -1:
        raise NotImplementedError(f"axis must be -1. Got: {axis}")
    if n is not None and n < 1:
        raise ValueError("n should be a positive integer or None")
    if type not in (1, 2, 3, 4):
        raise ValueError("Types I, II, III and IV (I)DCT are supported.")
    if type == 1 and norm == "ortho":
        raise ValueError("Normalization is not supported for the Type-I DCT.")
    if norm not in (None, "ortho"):
        raise ValueError(f"Unknown normalization. Expected None or 'ortho', got: {norm}")


def dct(
    input: Any, type: int = 2, n: int | None = None, axis: int = -1, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The discrete cosine transform of type 1, 2, 3 or 4 along the last axis.

    Of N numbers x, the k-th result is

    - of type 2: 2 Σ x[n] cos(π k (2n + 1) / 2N);
    - of type 3, its inverse but for a factor: x[0] + 2 Σ x[n] cos(π (2k + 1) n / 2N), n from 1;
    - of type 4, its own inverse but for a factor: 2 Σ x[n] cos(π (2k + 1) (2n + 1) / 4N);
    - of type 1: x[0] + (-1)^k x[N - 1] + 2 Σ x[n] cos(π k n / (N - 1)), n from 1 to N - 2.

    ``n`` cuts the input, or fills it up with zeros. ``norm="ortho"`` scales, so that the transform keeps lengths. The
    shape stays, but for ``n``. ValueError for another type or normalization, NotImplementedError for another axis than
    the last.

    >>> dct([1.0, 1.0, 1.0, 1.0], norm="ortho").numpy().round(4) + 0.0
    array([2., 0., 0., 0.], dtype=float32)
    """
    _check_dct(type, n, axis, norm)
    x = _floats(input)
    if n is not None:
        x = fft.resized(x, [n], (len(x._dims) - 1,))
    return _dct(x, type, norm)


def _dct(x: Tensor, type: int, norm: str | None) -> Tensor:
    length = static_int(x._dims[-1], "the last axis")
    if type == 1:
        if length < 2:
            raise ValueError("Type-I DCT requires the dimension to be greater than one.")
        return real(_rfft(concat([x, reverse(x[..., 1:-1], [-1])], -1), 2 * length - 2))
    if type == 4:
        twice = _dct(fft.resized(x, [2 * length], (len(x._dims) - 1,)), 2, None)[..., 1::2]
        return twice * (sqrt(0.5) / sqrt(length)) if norm == "ortho" else twice
    numbers = np.complex128 if x.dtype.size == 8 else np.complex64
    turn = np.arange(length) * pi * 0.5 / length
    first = np.where(np.arange(length) == 0, sqrt(0.5), 1.0)
    if type == 2:
        half = _rfft(x, 2 * length)[..., :length]
        turned = half * convert_to_tensor((2 * np.exp(-1j * turn)).astype(numbers))
        result = real(turned)
        return result * convert_to_tensor((first * sqrt(0.5 / length)).tolist(), x.dtype) if norm == "ortho" else result
    weights = sqrt(length / 2) / first if norm == "ortho" else np.full(length, float(length))
    scaled = x * convert_to_tensor(weights.tolist(), x.dtype)
    turned = cast(scaled, numbers) * convert_to_tensor((2 * np.exp(1j * turn)).astype(numbers))
    return fft.irfft(turned, (len(x._dims) - 1,), 2 * length)[..., :length]


def idct(
    input: Any, type: int = 2, n: int | None = None, axis: int = -1, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The inverse of ``dct`` of the same type with ``norm="ortho"``; without, up to a factor (2n for type 2).

    Errors as for ``dct``.

    >>> idct([2.0, 0.0, 0.0, 0.0], norm="ortho").numpy().round(4)
    array([1., 1., 1., 1.], dtype=float32)
    """
    _check_dct(type, n, axis, norm)
    return dct(input, {1: 1, 2: 3, 3: 2, 4: 4}[type], n, axis, norm)


def mdct(
    signals: Any, frame_length: Any, window_fn: Window | None = vorbis_window, pad_end: bool = False,
    norm: str | None = None, name: str | None = None,
) -> Tensor:  # fmt: skip
    """The modified discrete cosine transform [..., frames, frame_length // 2] of pieces that overlap by half.

    Of a piece x of length 2N: X[k] = 2 Σ w[n] x[n] cos(π (2n + 1 + N) (2k + 1) / 4N) (Princen and Bradley, 1986), where
    w is the window of ``window_fn``; None is for √½ throughout. ``norm`` as for ``dct``. ValueError unless
    ``frame_length`` is a multiple of 4.

    >>> import eagernb as tf
    >>> mdct(tf.ones([16]), frame_length=4).shape
    TensorShape([7, 2])
    """
    length = static_int(frame_length, "frame_length")
    if length % 4:
        raise ValueError("The frame length must be a multiple of 4.")
    pieces = frame(_floats(signals), length, length // 2, pad_end)
    pieces = pieces * (sqrt(0.5) if window_fn is None else window_fn(length, dtype=pieces.dtype))
    a, b, c, d = split(pieces, 4, axis=-1)
    folded = concat([negative(reverse(c, [-1]) + d), a - reverse(b, [-1])], -1)
    return dct(folded, type=4, norm=norm)


def inverse_mdct(
    mdcts: Any, window_fn: Window | None = vorbis_window, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The signals of their modified discrete cosine transforms; the two ends come back only in part.

    Of frames [..., frames, half], they are [..., (frames + 1) * half]. ShapeError for a rank below 2.

    >>> import eagernb as tf
    >>> inverse_mdct(mdct(tf.ones([8]), 4, norm="ortho"), norm="ortho")[2:6].numpy().round(4)
    array([1., 1., 1., 1.], dtype=float32)
    """
    x = _floats(mdcts)
    if len(x._dims) < 2:
        raise ShapeError(f"inverse_mdct: frames of rank 2 or more are needed, not of shape {x.shape}.", "inverse_mdct")
    half = static_int(x._dims[-1], "the last axis")
    unfolded = dct(x, type=4, norm=norm)
    if norm is None:
        unfolded = unfolded * (0.5 / half)
    a, b = split(unfolded, 2, axis=-1)
    pieces = concat([b, negative(concat([reverse(b, [-1]), reverse(a, [-1]), a], -1))], -1)
    pieces = pieces * (sqrt(0.5) if window_fn is None else window_fn(2 * half, dtype=x.dtype))
    return overlap_and_add(pieces, half)


def _mel(hertz: Any) -> Any:
    """The pitch that is heard (O'Shaughnessy, 1987)."""
    return 1127.0 * np.log(1.0 + hertz / 700.0)


def linear_to_mel_weight_matrix(
    num_mel_bins: int = 20, num_spectrogram_bins: int = 129, sample_rate: Any = 8000,
    lower_edge_hertz: float = 125.0, upper_edge_hertz: float = 3800.0, dtype: Any = float32, name: str | None = None,
) -> Tensor:  # fmt: skip
    """A matrix [spectrogram bins, mel bins]: triangles of frequencies, as wide as the ear's.

    ``tf.tensordot(magnitudes, matrix, 1)`` makes mel spectrograms of magnitudes of ``stft``. A column is a triangle on
    the scale of pitches as they are heard, 1127 log(1 + hertz / 700) (O'Shaughnessy, 1987), 1 in its middle and 0 where
    the middles of its neighbours are. Raises ValueError for edges beyond 0 and half the sample rate, or in the wrong
    order.

    >>> linear_to_mel_weight_matrix(num_mel_bins=20, num_spectrogram_bins=129).shape
    TensorShape([129, 20])
    >>> linear_to_mel_weight_matrix(1, 5, 8000, 0.0, 4000.0).numpy().ravel().round(2)  # 0, 1000, ..., 4000 hertz
    array([0.  , 0.93, 0.58, 0.25, 0.  ], dtype=float32)
    """
    wanted, rate = as_dtype(dtype), float(np.asarray(sample_rate))
    if num_mel_bins <= 0:
        raise ValueError(f"num_mel_bins must be positive. Got: {num_mel_bins}")
    if lower_edge_hertz < 0 or lower_edge_hertz >= upper_edge_hertz:
        raise ValueError(f"lower_edge_hertz {lower_edge_hertz} must be in [0, {upper_edge_hertz}).")
    if rate <= 0 or upper_edge_hertz > rate / 2:
        raise ValueError(f"upper_edge_hertz {upper_edge_hertz} must not be larger than half of sample_rate {rate}.")
    if not wanted.is_floating:
        raise ValueError(f"dtype must be a floating point type. Got: {wanted!r}")
    bins = _mel(np.linspace(0, rate / 2, num_spectrogram_bins)[1:, None])
    edges = np.linspace(_mel(lower_edge_hertz), _mel(upper_edge_hertz), num_mel_bins + 2)
    lower, center, upper = edges[:-2], edges[1:-1], edges[2:]
    weights = np.maximum(0, np.minimum((bins - lower) / (center - lower), (upper - bins) / (upper - center)))
    return convert_to_tensor(np.pad(weights, ((1, 0), (0, 0))).astype(wanted.numpy))


def mfccs_from_log_mel_spectrograms(log_mel_spectrograms: Any, name: str | None = None) -> Tensor:
    """Mel-frequency cepstral coefficients: ``dct`` of logarithms of mel spectrograms / √(2 bins), which is HTK's scale.

    The shape [..., frames, bins] stays. ShapeError where there are no bins.

    >>> mfccs_from_log_mel_spectrograms([[1.0, 1.0]]).numpy().round(4) + 0.0  # [2 (1 + 1), 2 (cos π/4 + cos 3π/4)] / √4
    array([[2., 0.]], dtype=float32)
    """
    x = _floats(log_mel_spectrograms)
    if not x._dims or not (bins := static_int(x._dims[-1], "the last axis")):
        raise ShapeError(
            f"mfccs_from_log_mel_spectrograms: num_mel_bins, the size of the last axis of {x.shape}, must be positive.",
            "mfccs_from_log_mel_spectrograms",
        )
    return dct(x, type=2) * (1 / sqrt(2 * bins))
