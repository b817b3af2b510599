"""Discrete Fourier transforms, along any axes.

A transform is linear, so that its gradient is its adjoint: the inverse transform, scaled the other way round.

>>> import eagernb as tf
>>> tf.signal.rfft(tf.constant([1.0, 0.0, 0.0, 0.0])).numpy()
array([1.+0.j, 1.+0.j, 1.+0.j], dtype=complex64)
>>> tf.signal.irfft(tf.signal.rfft(tf.constant([1.0, 2.0, 3.0, 4.0]))).numpy()
array([1., 2., 3., 4.], dtype=float32)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from eagernb.core.apply import apply
from eagernb.core.dtypes import COMPLEX, WIDE_FLOATS, DType, complex64, complex128, float32, float64
from eagernb.core.late import sizes_of
from eagernb.core.op import Op, Rule, register
from eagernb.core.spec import TensorSpec
from eagernb.core.static import normal_axes
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.ops.arithmetic import maximum
from eagernb.ops.arranging import roll
from eagernb.ops.complex import real
from eagernb.ops.padding import pad

_COMPLEX_OF = {float32: complex64, float64: complex128}
_REAL_OF = {complex64: float32, complex128: float64}

# The sizes by which a transform and its inverse divide belong together; a transform and its adjoint divide alike.
_ADJOINT = {"backward": "forward", "forward": "backward", "ortho": "ortho"}


def _flops(ins: Sequence[TensorSpec], outs: Sequence[TensorSpec], axes: Any, **params: Any) -> int:
    """The usual estimate for n elements: 5 n log2(n)."""
    x = max(ins[0], outs[0], key=lambda spec: spec.size or 0)
    n = math.prod(x.dims[a] or 1 for a in axes)
    return round(5 * (x.size or 0) * math.log2(n)) if n > 1 else 0


def _check(x: TensorSpec, axes: tuple[int, ...]) -> None:
    normal_axes(axes, len(x.dims))
    if any(x.dims[a] == 0 for a in axes):
        raise ValueError("a transform needs at least one element along each of its axes")


def _same(x: TensorSpec, axes: tuple[int, ...], norm: str) -> TensorSpec:
    _check(x, axes)
    return TensorSpec(x.shape, x.dtype)


def _resized(x: TensorSpec, axis: int, size: int | None, dtype: DType) -> TensorSpec:
    dims = list(x.dims)
    dims[axis] = size
    return TensorSpec(dims, dtype)


def _half(x: TensorSpec, axes: tuple[int, ...], norm: str) -> TensorSpec:
    _check(x, axes)
    if x.dtype not in _COMPLEX_OF:
        raise TypeError(f"there are no complex numbers of {x.dtype.name}. Use tf.cast(x, tf.float32)")
    n = x.dims[axes[-1]]
    return _resized(x, axes[-1], None if n is None else n // 2 + 1, _COMPLEX_OF[x.dtype])


def _whole(x: TensorSpec, axes: tuple[int, ...], norm: str, length: int) -> TensorSpec:
    _check(x, axes)
    if x.dims[axes[-1]] not in (None, length // 2 + 1):
        raise ValueError(f"a real signal of length {length} has {length // 2 + 1} frequencies, not {x.dims[axes[-1]]}")
    return _resized(x, axes[-1], length, _REAL_OF[x.dtype])


def _transform(name: str, kernel: Callable[..., Any], infer: Callable[..., Any], rule: Callable[..., Any],
               allowed: frozenset[np.dtype], label: str) -> Op:  # fmt: skip
    return register(
        Op(name, ("x",), kernel, infer, rules=(Rule.of(rule),), label=label, family="fft", dtypes=allowed, typed=(0,),
           linear=True, flops=_flops)
    )  # fmt: skip


FFT = _transform(
    "fft", lambda x, axes, norm: np.fft.fftn(x, axes=axes, norm=norm), _same,
    lambda g, axes, norm: apply(IFFT, (g,), axes=axes, norm=_ADJOINT[norm]), COMPLEX, "FFT",
)  # fmt: skip
IFFT = _transform(
    "ifft", lambda x, axes, norm: np.fft.ifftn(x, axes=axes, norm=norm), _same,
    lambda g, axes, norm: apply(FFT, (g,), axes=axes, norm=_ADJOINT[norm]), COMPLEX, "FFT⁻¹",
)  # fmt: skip


def _rfft_rule(g: Tensor, like_x: Any, axes: tuple[int, ...], norm: str) -> Tensor:
    """The frequencies that rfft leaves out get no gradient: zeros in their places."""
    size = sizes_of(like_x)[axes[-1]]
    widths = [(0, 0)] * len(g._dims)
    widths[axes[-1]] = (0, size - (size // 2 + 1))
    return real(apply(IFFT, (pad(g, widths),), axes=axes, norm=_ADJOINT[norm]))


def _irfft_rule(g: Tensor, axes: tuple[int, ...], norm: str, length: int) -> Tensor:
    """A frequency that stands for its mirror image too counts twice: all but 0 and, of even lengths, the last."""
    result = apply(RFFT, (g,), axes=axes, norm=_ADJOINT[norm])
    count = np.full(length // 2 + 1, 2, result.dtype.numpy)
    count[0] = 1
    if length % 2 == 0:
        count[-1] = 1
    along = [1] * len(g._dims)
    along[axes[-1]] = len(count)
    return result * EagerTensor._of(count.reshape(along))


RFFT = _transform(
    "rfft", lambda x, axes, norm: np.fft.rfftn(x, axes=axes, norm=norm), _half, _rfft_rule, WIDE_FLOATS, "rFFT"
)
IRFFT = _transform(
    "irfft",
    lambda x, axes, norm, length: np.fft.irfftn(x, [*(x.shape[a] for a in axes[:-1]), length], axes, norm),
    _whole, _irfft_rule, COMPLEX, "rFFT⁻¹",
)  # fmt: skip


def resized(x: Tensor, lengths: Sequence[int], axes: Sequence[int]) -> Tensor:
    """Cropped, or filled with zeros, to these lengths along these axes."""
    key: list[Any] = [slice(None)] * len(x._dims)
    widths: list[tuple[int, Any]] = [(0, 0)] * len(x._dims)
    sizes = sizes_of(x)
    for length, axis in zip(lengths, axes, strict=True):
        size = sizes[axis]
        if isinstance(size, int):
            key[axis] = slice(min(size, length))
            widths[axis] = (0, max(length - size, 0))
        else:  # known only when the graph runs
            key[axis] = slice(length)
            widths[axis] = (0, maximum(length - size, 0))
    if any(part != slice(None, d) for part, d in zip(key, x._dims, strict=True) if part != slice(None)):
        x = x[tuple(key)]
    return pad(x, widths) if any(not isinstance(after, int) or after for _, after in widths) else x


def fft(x: Tensor, axes: tuple[int, ...], norm: str = "backward") -> Tensor:
    """The transform of complex numbers along the axes."""
    return apply(FFT, (x,), axes=axes, norm=norm)


def ifft(x: Tensor, axes: tuple[int, ...], norm: str = "backward") -> Tensor:
    """The inverse of ``fft``."""
    return apply(IFFT, (x,), axes=axes, norm=norm)


def rfft(x: Tensor, axes: tuple[int, ...], norm: str = "backward") -> Tensor:
    """The transform of real numbers: of the last axis, only the frequencies that are not mirror images."""
    return apply(RFFT, (x,), axes=axes, norm=norm)


def irfft(x: Tensor, axes: tuple[int, ...], length: int, norm: str = "backward") -> Tensor:
    """The inverse of ``rfft``, of ``length`` along the last of the axes."""
    x = resized(x, [length // 2 + 1], axes[-1:])
    return apply(IRFFT, (x,), axes=axes, norm=norm, length=length)


def shifted(x: Tensor, axes: Sequence[int], direction: int) -> Tensor:
    """Each axis turned by half its size: forwards (1) or backwards (-1)."""
    sizes = sizes_of(x)
    return roll(x, [direction * (sizes[axis] // 2) for axis in axes], list(axes))
