"""Fourier transforms of signals: of complex numbers, of real ones, along the last axes or any.

>>> import eagernb as tf
>>> tf.signal.rfft([1.0, 0.0, -1.0, 0.0]).numpy()
array([0.+0.j, 2.+0.j, 0.+0.j], dtype=complex64)

The ops are in fft.py, which serves NumPy's names too; here are TensorFlow's arguments and errors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import complex64, float32, float64
from eagernb.core.static import normal_axes, static_ints
from eagernb.core.tensor import Tensor
from eagernb.errors import ShapeError
from eagernb.ops import fft as _ops
from eagernb.ops.declared import declared
from eagernb.ops.families import as_doctest

_LAST_AXES = {1: "last axis", 2: "last two axes", 3: "last three axes"}


def _complex(input: Any) -> Tensor:
    return convert_to_tensor(input, dtype_hint=complex64)


def _real(input: Any, name: str) -> Tensor:
    x = convert_to_tensor(input, dtype_hint=float32)
    if x.dtype not in (float32, float64):
        raise ValueError(f"{name} needs float32 or float64, not {x.dtype.name}. Use tf.cast to convert.")
    return x


def _half(input: Any, name: str) -> Tensor:
    x = _complex(input)
    if not x.dtype.is_complex:
        raise ValueError(f"{name} needs complex64 or complex128, not {x.dtype.name}. Use tf.cast to convert.")
    return x


def _last(x: Tensor, rank: int, name: str) -> tuple[int, ...]:
    """The last axes, as many as the transform has."""
    if len(x._dims) < rank:
        raise ShapeError(f"{name} needs a tensor of rank {rank} or more; this one has shape {x.shape}.", name)
    return tuple(range(len(x._dims) - rank, len(x._dims)))


def _lengths(fft_length: Any, axes: tuple[int, ...], name: str) -> tuple[int, ...]:
    given = static_ints(fft_length, "fft_length")
    if len(given) != len(axes):
        raise ShapeError(f"{name}: fft_length must have {len(axes)} numbers, not {len(given)}.", name)
    return given


def _resized(x: Tensor, fft_length: Any, axes: tuple[int, ...], name: str) -> Tensor:
    return x if fft_length is None else _ops.resized(x, _lengths(fft_length, axes, name), axes)


def _whole_lengths(x: Tensor, fft_length: Any, axes: tuple[int, ...], name: str) -> tuple[int, ...]:
    """The lengths of the real signal; the last one is even unless it is given."""
    if fft_length is not None:
        return _lengths(fft_length, axes, name)
    *others, last = static_ints([x._dims[a] for a in axes], "fft_length")
    return (*others, 2 * (last - 1))


_COMPLEX = (
    "The shape stays. Takes complex64 or complex128; DTypeError for a tensor of floats, ShapeError if there are too\n"
    "few axes."
)
_REAL = "Takes float32 or float64, else ValueError. ShapeError if there are too few axes."
_HALF = "Takes complex64 or complex128, else ValueError. ShapeError if there are too few axes."
_ANY_AXES = (
    "``fft_length`` crops the signal, or fills it up with zeros. ``norm`` says where sums are divided by their\n"
    "length: forward, backward (in the inverse), or ortho (by its root, in both). ValueError for an axis that is not\n"
    "there."
)


def _to_complex(called: str, rank: int, op: Callable[..., Tensor], doc: str, example: str) -> Callable[..., Tensor]:
    def transform(input: Any, name: str | None = None) -> Tensor:
        x = _complex(input)
        return op(x, _last(x, rank, called))

    return _named(transform, called, f"{doc}\n\n{_COMPLEX}", example)


def _of_real(called: str, rank: int, example: str) -> Callable[..., Tensor]:
    def transform(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
        x = _real(input_tensor, called)
        axes = _last(x, rank, called)
        return _ops.rfft(_resized(x, fft_length, axes, called), axes)

    return _named(
        transform, called,
        f"``{called[1:]}`` of real numbers along the {_LAST_AXES[rank]}: [..., n // 2 + 1] for an input [..., n].\n\n"
        "The values that are left out are the conjugates of the others: X[n - k] = conj(X[k]). ``fft_length``, a\n"
        f"number for each axis, crops the signal, or fills it up with zeros.\n{_REAL}", example,
    )  # fmt: skip


def _to_real(called: str, rank: int, example: str) -> Callable[..., Tensor]:
    def transform(input_tensor: Any, fft_length: Any = None, name: str | None = None) -> Tensor:
        x = _half(input_tensor, called)
        axes = _last(x, rank, called)
        *others, last = _whole_lengths(x, fft_length, axes, called)
        return _ops.irfft(_ops.resized(x, others, axes[:-1]), axes, last)

    return _named(
        transform, called,
        f"The inverse of ``{called[1:]}``: real numbers.\n\n"
        "``fft_length`` are the lengths of the result along the axes. By default they are the input's, and the last\n"
        f"one is 2 (n - 1) for an input [..., n]: an odd one must be given.\n{_HALF}", example,
    )  # fmt: skip


def _named(function: Any, called: str, doc: str, example: str) -> Any:
    function.__name__ = function.__qualname__ = called
    function.__doc__ = f"{doc}\n{as_doctest(example)}"
    return declared(function)


fft = _to_complex(
    "fft", 1, _ops.fft, "The discrete Fourier transform along the last axis: X[k] = Σ x[n] exp(-2πi k n / N).",
    "fft([1 + 0j, 1j, -1.0, -1j]) -> [0.+0.j 4.+0.j 0.+0.j 0.+0.j]",
)  # fmt: skip
fft2d = _to_complex(
    "fft2d", 2, _ops.fft, "``fft`` along each of the last two axes.",
    "fft2d([[1 + 0j, 1j], [1.0, 1j]])[0] -> [2.+2.j 2.-2.j]",
)  # fmt: skip
fft3d = _to_complex(
    "fft3d", 3, _ops.fft, "``fft`` along each of the last three axes.",
    "fft3d([[[1 + 0j, 1j]]])[0, 0] -> [1.+1.j 1.-1.j]",
)  # fmt: skip
ifft = _to_complex(
    "ifft", 1, _ops.ifft, "The inverse of ``fft``: x[n] = Σ X[k] exp(2πi k n / N) / N.",
    "ifft([0.0, 4.0, 0.0, 0.0]) -> [ 1.+0.j  0.+1.j -1.+0.j  0.-1.j]",
)  # fmt: skip
ifft2d = _to_complex(
    "ifft2d", 2, _ops.ifft, "The inverse of ``fft2d``.", "ifft2d([[4.0, 0.0]])[0] -> [2.+0.j 2.+0.j]",
)  # fmt: skip
ifft3d = _to_complex(
    "ifft3d", 3, _ops.ifft, "The inverse of ``fft3d``.", "ifft3d([[[4.0, 0.0]]])[0, 0] -> [2.+0.j 2.+0.j]",
)  # fmt: skip
rfft = _of_real("rfft", 1, "rfft([1.0, 0.0, -1.0, 0.0]) -> [0.+0.j 2.+0.j 0.+0.j]")
rfft2d = _of_real("rfft2d", 2, "rfft2d([[1.0, -1.0], [1.0, -1.0]])[0] -> [0.+0.j 4.+0.j]")
rfft3d = _of_real("rfft3d", 3, "rfft3d([[[1.0, -1.0]]])[0, 0] -> [0.+0.j 2.+0.j]")
irfft = _to_real("irfft", 1, "irfft([0.0, 2.0, 0.0]) -> [ 1.  0. -1.  0.]")
irfft2d = _to_real("irfft2d", 2, "irfft2d([[0.0, 2.0]])[0] -> [ 1. -1.]")
irfft3d = _to_real("irfft3d", 3, "irfft3d([[[0.0, 2.0]]])[0, 0] -> [ 1. -1.]")


def _chosen_axes(x: Tensor, axes: Any) -> tuple[int, ...]:
    return normal_axes(None if axes is None else static_ints(axes, "axes"), len(x._dims))


def _of_any_axes(
    called: str, convert: Callable[..., Tensor], op: Callable[..., Tensor], doc: str, example: str
) -> Callable[..., Tensor]:
    def transform(
        input_tensor: Any, fft_length: Any = None, axes: Any = None, norm: str | None = None, name: str | None = None
    ) -> Tensor:
        x = convert(input_tensor)
        along = _chosen_axes(x, axes)
        return op(_resized(x, fft_length, along, called), along, norm or "backward")

    return _named(transform, called, f"{doc}\n\n{_ANY_AXES}", example)


fftnd = _of_any_axes(
    "fftnd", _complex, _ops.fft, "``fft`` along each of some axes (all by default).",
    "fftnd([1 + 0j, 1j, -1.0, -1j], axes=[0]) -> [0.+0.j 4.+0.j 0.+0.j 0.+0.j]",
)  # fmt: skip
ifftnd = _of_any_axes(
    "ifftnd", _complex, _ops.ifft, "The inverse of ``fftnd``.", "ifftnd([4.0, 0.0]) -> [2.+0.j 2.+0.j]",
)  # fmt: skip
rfftnd = _of_any_axes(
    "rfftnd", lambda x: _real(x, "rfftnd"), _ops.rfft,
    "``fftnd`` of real numbers along some axes (all by default): of the last, its first n // 2 + 1 values.",
    "rfftnd([1.0, 0.0, -1.0, 0.0]) -> [0.+0.j 2.+0.j 0.+0.j]",
)  # fmt: skip


def irfftnd(
    input_tensor: Any, fft_length: Any = None, axes: Any = None, norm: str | None = None, name: str | None = None
) -> Tensor:
    """The inverse of ``rfftnd``: real numbers.

    ``fft_length`` and its default are those of ``irfft``, ``axes``, ``norm`` and errors those of ``fftnd``.

    >>> irfftnd([0.0, 2.0, 0.0]).numpy()
    array([ 1.,  0., -1.,  0.], dtype=float32)
    """
    x = _half(input_tensor, "irfftnd")
    along = _chosen_axes(x, axes)
    *others, last = _whole_lengths(x, fft_length, along, "irfftnd")
    return _ops.irfft(_ops.resized(x, others, along[:-1]), along, last, norm or "backward")


def fftshift(x: Any, axes: Any = None, name: str | None = None) -> Tensor:
    """The frequency 0 moved to the middle of the axes (all by default).

    The shape stays. ValueError for an axis that is not there.

    >>> fftshift([0, 1, 2, -2, -1]).numpy()
    array([-2, -1,  0,  1,  2], dtype=int32)
    """
    x = convert_to_tensor(x)
    return _ops.shifted(x, _chosen_axes(x, axes), 1)


def ifftshift(x: Any, axes: Any = None, name: str | None = None) -> Tensor:
    """The inverse of ``fftshift``.

    Errors as for ``fftshift``.

    >>> ifftshift([-2, -1, 0, 1, 2]).numpy()
    array([ 0,  1,  2, -2, -1], dtype=int32)
    """
    x = convert_to_tensor(x)
    return _ops.shifted(x, _chosen_axes(x, axes), -1)
