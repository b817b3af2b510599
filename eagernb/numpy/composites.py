"""NumPy's functions that the standard does not have, put together from the namespace's own.

Where an argument asks for what only NumPy does, the answer is NotImplemented, and NumPy computes the result itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

import eagernb.numpy as xp
from eagernb.core.tensor import Tensor
from eagernb.numpy.adapters import IMPLEMENTATIONS as IMPLEMENTATIONS  # completed by this module
from eagernb.numpy.aliases import implements
from eagernb.numpy.promotion import floats, promoted, tensor, wide_floats
from eagernb.ops import diagonals, joining


@implements(np.cross)
def _cross(a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: int | None = None) -> Tensor:
    axes = (axisa, axisb, axisc) if axis is None else (axis, axis, axis)
    x, y = xp.moveaxis(tensor(a), axes[0], -1), xp.moveaxis(tensor(b), axes[1], -1)
    if x._dims[-1] != 3 or y._dims[-1] != 3:
        return NotImplemented
    return xp.moveaxis(xp.linalg.cross(x, y), -1, axes[2])


@implements(np.diag)
def _diag(v: Any, k: int = 0) -> Tensor:
    x = tensor(v)
    if len(x._dims) == 1:
        return diagonals.diag(x, k=k)
    return xp.linalg.diagonal(x, offset=k) if len(x._dims) == 2 else NotImplemented


@implements(np.vdot)
def _vdot(a: Any, b: Any, /) -> Tensor:
    return xp.vecdot(xp.reshape(tensor(a), (-1,)), xp.reshape(tensor(b), (-1,)))


@implements(np.kron)
def _kron(a: Any, b: Any) -> Tensor:
    x, y = promoted(a, b)
    rank = max(len(x._dims), len(y._dims))
    x, y = (xp.reshape(t, (1,) * (rank - len(t._dims)) + tuple(t._dims)) for t in (x, y))
    dims = tuple(m * n for m, n in zip(x._dims, y._dims, strict=True))
    between = [d for n in x._dims for d in (n, 1)], [d for n in y._dims for d in (1, n)]
    return xp.reshape(xp.reshape(x, tuple(between[0])) * xp.reshape(y, tuple(between[1])), dims)


@implements(np.append)
def _append(arr: Any, values: Any, axis: int | None = None) -> Tensor:
    return xp.concat([tensor(arr), tensor(values)], axis=axis)


@implements(np.dstack)
def _dstack(tup: Any) -> Tensor:
    return xp.concat([_with_depth(tensor(x)) for x in tup], axis=2)


def _with_depth(x: Tensor) -> Tensor:
    dims = tuple(x._dims)
    return x if len(dims) > 2 else xp.reshape(x, (1, *dims, 1) if len(dims) == 1 else (dims or (1, 1)) + (1,))


@implements(np.array_split)
def _array_split(ary: Any, indices_or_sections: Any, axis: int = 0) -> Any:
    if not isinstance(indices_or_sections, (int, np.integer)):
        return np.split(tensor(ary), indices_or_sections, axis)
    x, parts = tensor(ary), int(indices_or_sections)
    length = x._dims[axis]
    if parts < 1 or length is None:
        return NotImplemented
    size, longer = divmod(length, parts)
    return joining.split(x, [size + 1] * longer + [size] * (parts - longer), axis)


@implements(np.hsplit)
def _hsplit(ary: Any, indices_or_sections: Any) -> Any:
    x = tensor(ary)
    return np.split(x, indices_or_sections, axis=1 if len(x._dims) > 1 else 0)


@implements(np.vsplit)
def _vsplit(ary: Any, indices_or_sections: Any) -> Any:
    return np.split(tensor(ary), indices_or_sections, axis=0)


@implements(np.fliplr)
def _fliplr(m: Any) -> Tensor:
    return xp.flip(m, axis=1)


@implements(np.flipud)
def _flipud(m: Any) -> Tensor:
    return xp.flip(m, axis=0)


@implements(np.ptp)
def _ptp(a: Any, axis: Any = None, out: Any = None, **more: Any) -> Tensor:
    if out is not None:
        return NotImplemented
    keepdims = more.get("keepdims", False) is True
    return xp.max(a, axis=axis, keepdims=keepdims) - xp.min(a, axis=axis, keepdims=keepdims)


@implements(np.average)
def _average(a: Any, axis: Any = None, weights: Any = None, returned: bool = False, **more: Any) -> Any:
    keepdims = more.get("keepdims", False) is True
    if weights is None:
        return NotImplemented if returned else xp.mean(a, axis=axis, keepdims=keepdims)
    x, w = wide_floats(a, weights)
    if w._dims != x._dims:  # along one axis
        if len(w._dims) != 1 or not isinstance(axis, (int, np.integer)):
            return NotImplemented
        w = xp.moveaxis(xp.broadcast_to(w, tuple(xp.moveaxis(x, axis, -1)._dims)), -1, axis)
    total = xp.sum(w, axis=axis, keepdims=keepdims)
    mean = xp.sum(x * w, axis=axis, keepdims=keepdims) / total
    return (mean, total) if returned else mean


@implements(np.reciprocal)
def _reciprocal(x: Any, **more: Any) -> Tensor:
    known = tensor(x)  # of integers it is a whole number, as nobody but NumPy has it
    return NotImplemented if more or not known.dtype.is_differentiable else xp.reciprocal(known)


def _times(factor: float) -> Callable[..., Any]:
    def call(x: Any, **more: Any) -> Tensor:
        return NotImplemented if more else floats(x)[0] * factor

    return call


implements(np.deg2rad, np.radians)(_times(math.pi / 180))
implements(np.rad2deg, np.degrees)(_times(180 / math.pi))


@implements(np.exp2)
def _exp2(x: Any, **more: Any) -> Tensor:
    return NotImplemented if more else 2 ** floats(x)[0]
