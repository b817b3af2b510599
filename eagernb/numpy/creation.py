"""Making arrays: of Python's values, of one number, of sequences of numbers.

Where no dtype is given, floats are float64 and integers int64, as in NumPy.

>>> import eagernb.numpy as xp
>>> xp.asarray([[1, 2], [3, 4]]).dtype, xp.zeros((2,)).dtype, xp.arange(3)
(tf.int64, tf.float64, Array([0, 1, 2], dtype=int64))
"""

from __future__ import annotations

from typing import Any

import numpy as np

from eagernb.core import dlpack
from eagernb.core.apply import scalar_like
from eagernb.core.convert import holds_tensor, is_dense_tensor
from eagernb.core.dtypes import DType, as_dtype, complex128, float64
from eagernb.core.shape import broadcast_dims
from eagernb.core.static import static_shape, static_value
from eagernb.core.tensor import EagerTensor, Tensor
from eagernb.numpy.array import Array, check_device, gives_arrays
from eagernb.numpy.promotion import new, tensor, wide_floats
from eagernb.ops import ranges
from eagernb.ops.broadcasting import broadcast_to
from eagernb.ops.casting import cast
from eagernb.ops.shape import identity, reshape
from eagernb.ops.where import where


@gives_arrays
def asarray(obj: Any, /, *, dtype: Any = None, device: Any = None, copy: bool | None = None) -> Tensor:
    """An array of a Python number, a nested list, anything of NumPy's, or a tensor.

    An Array that has the dtype is returned as it is, or copied with ``copy=True``. All but tensors, which never change,
    is copied: it raises ValueError with ``copy=False``.
    """
    check_device(device)
    if isinstance(obj, Array) and not copy and (dtype is None or obj.dtype == dtype):
        return obj
    if copy is False and not (is_dense_tensor(obj) and (dtype is None or obj.dtype == dtype)):
        raise ValueError("asarray(copy=False): only a tensor that has the dtype already can be taken as it is.")
    if holds_tensor(obj):
        x = tensor(obj) if dtype is None else cast(tensor(obj), dtype)
        return identity(x) if copy and x is obj else x
    return new(obj, dtype)


@gives_arrays
def from_dlpack(x: Any, /, *, device: Any = None, copy: bool | None = None) -> Tensor:
    """An array of anything that has ``__dlpack__``. It is copied, so that it never changes, unless ``copy=False``."""
    check_device(device)
    return dlpack.from_dlpack(x, copy)


def _number(value: Any) -> Any:
    """A Python or NumPy number, also out of a 0-d tensor whose value is known."""
    return static_value(value) if is_dense_tensor(value) else value


@gives_arrays
def arange(
    start: Any, /, stop: Any = None, step: Any = 1, *, dtype: Any = None, device: Any = None
) -> Tensor:  # fmt: skip
    """start, start + step, ... below ``stop``; with one argument, from 0 up to it."""
    check_device(device)
    start, stop = (0, start) if stop is None else (start, stop)
    bounds = [_number(v) for v in (start, stop, step)]
    return EagerTensor._of(np.arange(*bounds, dtype=None if dtype is None else as_dtype(dtype).numpy))


def _filled(name: str, value: int) -> tuple[Any, Any]:
    def make(shape: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
        check_device(device)
        return EagerTensor._of(np.full(static_shape(shape, "shape"), value, _default(dtype).numpy))

    def like(x: Any, /, *, dtype: Any = None, device: Any = None) -> Tensor:
        x = tensor(x)
        return make(x.shape, dtype=dtype or x.dtype, device=device)

    make.__name__, like.__name__ = name, f"{name}_like"
    make.__doc__ = f"An array of {name if value else 'zeros'}."
    like.__doc__ = f"{name.capitalize()} of another array's shape and dtype."
    return gives_arrays(make), gives_arrays(like)


def _default(dtype: Any) -> DType:
    return float64 if dtype is None else as_dtype(dtype)


zeros, zeros_like = _filled("zeros", 0)
ones, ones_like = _filled("ones", 1)
empty, empty_like = _filled("empty", 0)


@gives_arrays
def full(shape: Any, fill_value: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """An array of one value everywhere."""
    check_device(device)
    return broadcast_to(asarray(fill_value, dtype=dtype), static_shape(shape, "shape"))


@gives_arrays
def full_like(x: Any, /, fill_value: Any, *, dtype: Any = None, device: Any = None) -> Tensor:
    """One value everywhere, in another array's shape and dtype."""
    x = tensor(x)
    return full(x.shape, fill_value, dtype=dtype or x.dtype, device=device)


@gives_arrays
def eye(n_rows: int, n_cols: int | None = None, /, *, k: int = 0, dtype: Any = None, device: Any = None) -> Tensor:
    """A matrix with ones on its k-th diagonal and zeros elsewhere."""
    check_device(device)
    return EagerTensor._of(np.eye(n_rows, n_cols, k=k, dtype=_default(dtype).numpy))


@gives_arrays
def linspace(
    start: Any, stop: Any, /, num: int, *, dtype: Any = None, device: Any = None, endpoint: bool = True
) -> Tensor:
    """``num`` numbers at equal distances from start to stop (which is left out without ``endpoint``)."""
    check_device(device)
    if is_dense_tensor(start) or is_dense_tensor(stop):
        low, high = wide_floats(start, stop)
        if low.dtype.is_floating:  # a gradient flows to them
            points = ranges.linspace(low, high, num if endpoint else num + 1)
            points = points if endpoint else points[:-1]
            return points if dtype is None else cast(points, dtype)
    first, last = _number(start), _number(stop)
    if dtype is None:
        dtype = complex128 if np.iscomplexobj(first) or np.iscomplexobj(last) else float64
    return EagerTensor._of(np.linspace(first, last, num, endpoint=endpoint, dtype=as_dtype(dtype).numpy))


@gives_arrays
def meshgrid(*arrays: Any, indexing: str = "xy") -> list[Tensor]:
    """The coordinates of a grid, one array for each axis, from the coordinates along each axis."""
    if indexing not in ("xy", "ij"):
        raise ValueError(f'meshgrid: indexing is {indexing!r}, not "xy" or "ij".')
    axes = list(range(len(arrays)))
    if indexing == "xy":
        axes[:2] = axes[1::-1]
    lines = [
        reshape(tensor(x), [-1 if i == axis else 1 for i in range(len(arrays))])
        for x, axis in zip(arrays, axes, strict=True)
    ]
    dims = broadcast_dims(*(line._dims for line in lines))
    return [broadcast_to(line, dims) for line in lines]


@gives_arrays
def tril(x: Any, /, *, k: int = 0) -> Tensor:
    """The elements on and below the k-th diagonal of matrices, zeros above."""
    x = tensor(x)
    return where(_below(x, k), x, scalar_like(0, x))


@gives_arrays
def triu(x: Any, /, *, k: int = 0) -> Tensor:
    """The elements on and above the k-th diagonal of matrices, zeros below."""
    x = tensor(x)
    return where(_below(x, k - 1), scalar_like(0, x), x)


def _below(x: Tensor, k: int) -> Tensor:
    """Where a matrix is on or below its k-th diagonal."""
    if len(x._dims) < 2:
        raise ValueError(f"tril and triu need matrices, not shape {x.shape}.")
    rows, columns = static_shape(x._dims[-2:], "the shape of the matrix")
    return EagerTensor._of(np.tri(rows, columns, k, dtype=bool))
