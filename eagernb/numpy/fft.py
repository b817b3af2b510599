"""Fourier transforms under the standard's names.

>>> import eagernb.numpy as xp
>>> xp.fft.fftfreq(4), xp.fft.rfft(xp.asarray([1.0, 0.0, 0.0]))
(Array([ 0.  ,  0.25, -0.5 , -0.25], dtype=float64), Array([1.+0.j, 1.+0.j], dtype=complex128))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eagernb.core.dtypes import as_dtype, float64
from eagernb.core.static import static_int
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.errors import DTypeError
from eagernb.numpy.array import check_device, gives_arrays
from eagernb.numpy.manipulation import axes_of
from eagernb.numpy.promotion import converted, result_dtype, tensor
from eagernb.ops import fft as ops
from eagernb.ops.complex import conj

__all__ = [
    "fft", "fftfreq", "fftn", "fftshift", "hfft", "ifft", "ifftn", "ifftshift", "ihfft", "irfft", "irfftn", "rfft",
    "rfftfreq", "rfftn",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__


_NORMS = ("backward", "ortho", "forward")


def _prepared(
    x: Any, lengths: Sequence[int | None] | None, axes: Sequence[int] | None, norm: Any, complex: bool
) -> tuple[Tensor, tuple[int, ...]]:
    """The signal, complex or real, cropped or filled up to the lengths; and the axes."""
    if norm not in (None, *_NORMS):
        raise ValueError(f"fft: norm is {norm!r}, not one of {', '.join(_NORMS)}.")
    x = tensor(x)
    if not complex and x.dtype.is_complex:
        raise DTypeError("rfft is of real numbers, and these are complex. Use fft.")
    narrow, wide = (np.complex64, np.complex128) if complex else (np.float32, np.float64)
    (x,) = converted(result_dtype(x, narrow if x.dtype.is_differentiable else wide), x)  # integers as in NumPy
    if axes is None:
        axes = range(len(x._dims)) if lengths is None else range(len(x._dims) - len(lengths), len(x._dims))
    axes = axes_of(tuple(axes), len(x._dims))
    if lengths is not None:
        sizes = [x._dims[a] if n in (None, -1) else n for n, a in zip(lengths, axes, strict=True)]
        x = ops.resized(x, [static_int(n, "the length of a transform") for n in sizes], axes)
    return x, axes


def _along_axes(name: str, op: Callable[..., Tensor], complex: bool, doc: str) -> Callable[..., Any]:
    def transform(x: Any, /, *, s: Any = None, axes: Any = None, norm: str = "backward") -> Tensor:
        x, axes = _prepared(x, s, axes, norm, complex)
        return op(x, axes, norm or "backward")

    transform.__name__ = transform.__qualname__ = name
    transform.__doc__ = doc
    return gives_arrays(transform)


def _along_axis(name: str, op: Callable[..., Tensor], complex: bool, doc: str) -> Callable[..., Any]:
    def transform(x: Any, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Tensor:
        x, axes = _prepared(x, (n,), (axis,), norm, complex)
        return op(x, axes, norm or "backward")

    transform.__name__ = transform.__qualname__ = name
    transform.__doc__ = doc
    return gives_arrays(transform)


fft = _along_axis("fft", ops.fft, True, "The transform along an axis.")
ifft = _along_axis("ifft", ops.ifft, True, "The inverse of ``fft``.")
fftn = _along_axes("fftn", ops.fft, True, "The transform along several axes.")
ifftn = _along_axes("ifftn", ops.ifft, True, "The inverse of ``fftn``.")
rfft = _along_axis("rfft", ops.rfft, False, "The transform of real numbers along an axis: its first n // 2 + 1 values.")
rfftn = _along_axes("rfftn", ops.rfft, False, "The transform of real numbers along several axes.")


def _signal(x: Any, s: Sequence[int | None] | None, axes: Any, norm: Any) -> tuple[Tensor, tuple[int, ...], int]:
    """Half a spectrum, its axes, and the length of the real signal along the last of them."""
    last = None if s is None else s[-1]
    x, axes = _prepared(x, None if s is None else (*s[:-1], None), axes, norm, True)
    bins = static_int(x._dims[axes[-1]], "the number of frequencies")
    return x, axes, 2 * (bins - 1) if last in (None, -1) else static_int(last, "the length of the signal")


@gives_arrays
def irfft(x: Any, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Tensor:
    """The inverse of ``rfft``, of length n (by default the even one)."""
    x, axes, length = _signal(x, (n,), (axis,), norm)
    return ops.irfft(x, axes, length, norm or "backward")


@gives_arrays
def irfftn(x: Any, /, *, s: Any = None, axes: Any = None, norm: str = "backward") -> Tensor:
    """The inverse of ``rfftn``."""
    x, axes, length = _signal(x, s, axes, norm)
    return ops.irfft(x, axes, length, norm or "backward")


_OPPOSITE = {"backward": "forward", "forward": "backward", "ortho": "ortho"}


@gives_arrays
def hfft(x: Any, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Tensor:
    """The real transform of a signal that equals its own mirror image, conjugated; half of it is given."""
    x, axes, length = _signal(x, (n,), (axis,), norm)
    return ops.irfft(conj(x), axes, length, _OPPOSITE[norm or "backward"])


@gives_arrays
def ihfft(x: Any, /, *, n: int | None = None, axis: int = -1, norm: str = "backward") -> Tensor:
    """The inverse of ``hfft``."""
    x, axes = _prepared(x, (n,), (axis,), norm, False)
    return conj(ops.rfft(x, axes, _OPPOSITE[norm or "backward"]))


def _frequencies(name: str, doc: str) -> Callable[..., Any]:
    def frequencies(n: int, /, *, d: float = 1.0, dtype: Any = None, device: Any = None) -> Tensor:
        check_device(device)
        wanted = float64 if dtype is None else as_dtype(dtype)
        if not wanted.is_floating:
            raise DTypeError(f"{name}: dtype must be a real floating-point one, not {wanted.name}.")
        return EagerTensor._of(getattr(np.fft, name)(n, d).astype(wanted.numpy))

    frequencies.__name__ = frequencies.__qualname__ = name
    frequencies.__doc__ = doc
    return gives_arrays(frequencies)


fftfreq = _frequencies("fftfreq", "The frequencies of the values of ``fft``, for n samples at a distance of d.")
rfftfreq = _frequencies("rfftfreq", "The frequencies of the values of ``rfft``, for n samples at a distance of d.")


@gives_arrays
def fftshift(x: Any, /, *, axes: Any = None) -> Tensor:
    """The frequency 0 moved to the middle."""
    x = tensor(x)
    return ops.shifted(x, axes_of(axes, len(x._dims)), 1)


@gives_arrays
def ifftshift(x: Any, /, *, axes: Any = None) -> Tensor:
    """The inverse of ``fftshift``."""
    x = tensor(x)
    return ops.shifted(x, axes_of(axes, len(x._dims)), -1)
