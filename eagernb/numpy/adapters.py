"""The functions of NumPy whose arguments differ from the standard's, each with the arguments that NumPy gives it.

Where our operation lacks what an argument asks for (``out=``, ``where=``), the answer is NotImplemented, and NumPy
computes the result itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import eagernb.numpy as xp
from eagernb.core.shape import TensorShape
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.numpy.aliases import IMPLEMENTATIONS, implements
from eagernb.numpy.promotion import promoted, tensor
from eagernb.ops import joining, padding
from eagernb.ops import shape as shapes
from eagernb.ops.casting import cast
from eagernb.ops.complex import angle
from eagernb.ops.einsum import einsum

IMPLEMENTATIONS[np.amax], IMPLEMENTATIONS[np.amin] = IMPLEMENTATIONS[np.max], IMPLEMENTATIONS[np.min]  # other names


def _flat(x: Tensor) -> Tensor:
    return shapes.reshape(x, [-1])


@implements(np.transpose)
def _transpose(a: Any, axes: Any = None) -> Tensor:
    return shapes.transpose(tensor(a), axes)


@implements(np.squeeze)
def _squeeze(a: Any, axis: Any = None) -> Tensor:
    return shapes.squeeze(tensor(a), axis)


@implements(np.swapaxes)
def _swapaxes(a: Any, axis1: int, axis2: int) -> Tensor:
    order = list(range(len(tensor(a)._dims)))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return shapes.transpose(tensor(a), order)


@implements(np.ravel)
def _ravel(a: Any, order: str = "C") -> Tensor:
    return _flat(tensor(a)) if order == "C" else NotImplemented


@implements(np.copy)
def _copy(a: Any, order: str = "K", subok: bool = False) -> Tensor:
    return shapes.identity(tensor(a))


@implements(np.shape)
def _shape(a: Any) -> Any:
    return tensor(a).shape


@implements(np.ndim)
def _ndim(a: Any) -> int:
    return len(tensor(a)._dims)


@implements(np.size)
def _size(a: Any, axis: int | None = None) -> Any:
    return TensorShape(tensor(a)._dims).num_elements() if axis is None else tensor(a)._dims[axis]


@implements(np.clip)
def _clip(
    a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, *, min: Any = None, max: Any = None, **more: Any
) -> Tensor:
    return NotImplemented if out is not None or more else xp.clip(a, _either(a_min, min), _either(a_max, max))


def _either(first: Any, second: Any) -> Any:
    return second if first is None else first


@implements(np.round)
def _round(a: Any, decimals: int = 0, out: Any = None) -> Tensor:
    return NotImplemented if out is not None or decimals else xp.round(a)


def _spread_by(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(
        a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = False, **more: Any
    ) -> Tensor:
        if out is not None or more.keys() - {"correction"}:
            return NotImplemented
        x = tensor(a) if dtype is None else cast(tensor(a), dtype)
        return function(x, axis=axis, correction=more.get("correction", ddof), keepdims=keepdims is True)

    return call


implements(np.var)(_spread_by(xp.var))
implements(np.std)(_spread_by(xp.std))


def _running(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(a: Any, axis: int | None = None, dtype: Any = None, out: Any = None) -> Tensor:
        if out is not None:
            return NotImplemented
        return function(_flat(tensor(a)) if axis is None else a, axis=axis or 0, dtype=dtype)

    return call


implements(np.cumsum)(_running(xp.cumulative_sum))
implements(np.cumprod)(_running(xp.cumulative_prod))


def _sorted_by(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(a: Any, axis: int | None = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Tensor:
        return function(_flat(tensor(a)) if axis is None else a, axis=-1 if axis is None else axis)

    return call


implements(np.sort)(_sorted_by(xp.sort))
implements(np.argsort)(_sorted_by(xp.argsort))


@implements(np.take)
def _take(a: Any, indices: Any, axis: int | None = None, out: Any = None, mode: str = "raise") -> Tensor:
    if out is not None or mode != "raise":
        return NotImplemented
    return xp.take(_flat(tensor(a)) if axis is None else a, indices, axis=axis)


@implements(np.where)
def _where(condition: Any, x: Any = None, y: Any = None) -> Any:
    return xp.nonzero(condition) if x is None and y is None else xp.where(condition, x, y)


@implements(np.concatenate)
def _concatenate(arrays: Any, axis: int | None = 0, out: Any = None, **more: Any) -> Tensor:
    return NotImplemented if out is not None or more else xp.concat(arrays, axis=axis)


@implements(np.meshgrid)
def _meshgrid(*xi: Any, copy: bool = True, sparse: bool = False, indexing: str = "xy") -> Any:
    return NotImplemented if sparse else tuple(xp.meshgrid(*xi, indexing=indexing))


@implements(np.broadcast_arrays)
def _broadcast_arrays(*args: Any, subok: bool = False) -> Any:
    return tuple(xp.broadcast_arrays(*args))


@implements(np.dot)
def _dot(a: Any, b: Any, out: Any = None) -> Any:
    x, y = promoted(a, b)
    if out is not None:
        return NotImplemented
    if not x._dims or not y._dims:
        return xp.multiply(x, y)
    return xp.matmul(x, y) if len(y._dims) <= 2 else xp.tensordot(x, y, axes=([-1], [-2]))


@implements(np.atleast_1d)
def _atleast_1d(*arys: Any) -> Any:
    return _each(arys, lambda x: x if x._dims else shapes.reshape(x, [1]))


@implements(np.atleast_2d)
def _atleast_2d(*arys: Any) -> Any:
    return _each(arys, _as_rows)


def _each(values: Any, function: Callable[[Tensor], Tensor]) -> Any:
    results = tuple(function(tensor(value)) for value in values)
    return results[0] if len(results) == 1 else results


def _as_rows(x: Any) -> Tensor:
    x = tensor(x)
    return x if len(x._dims) > 1 else shapes.reshape(x, [1, -1])


@implements(np.vstack)
def _vstack(tup: Any, **more: Any) -> Tensor:
    return NotImplemented if more else xp.concat([_as_rows(x) for x in tup], axis=0)


@implements(np.hstack)
def _hstack(tup: Any, **more: Any) -> Tensor:
    parts = [_atleast_1d(x) for x in tup]
    return NotImplemented if more else xp.concat(parts, axis=0 if len(parts[0]._dims) == 1 else 1)


@implements(np.column_stack)
def _column_stack(tup: Any) -> Tensor:
    return xp.concat([x if len(x._dims) > 1 else shapes.reshape(x, [-1, 1]) for x in map(tensor, tup)], axis=1)


@implements(np.split)
def _split(ary: Any, indices_or_sections: Any, axis: int = 0) -> Any:
    x = tensor(ary)
    if isinstance(indices_or_sections, (int, np.integer)):
        return joining.split(x, int(indices_or_sections), axis)
    bounds = np.clip([0, *static_ints(indices_or_sections, "indices_or_sections"), x._dims[axis]], 0, x._dims[axis])
    sizes = np.diff(bounds)
    in_order = min(static_ints(indices_or_sections, "indices_or_sections"), default=0) >= 0 and bool(np.all(sizes >= 0))
    return joining.split(x, sizes.tolist(), axis) if in_order else NotImplemented


@implements(np.pad)
def _pad(array: Any, pad_width: Any, mode: Any = "constant", **more: Any) -> Tensor:
    if mode not in ("constant", "reflect", "symmetric") or more.keys() - {"constant_values"}:
        return NotImplemented
    x = tensor(array)
    widths = np.broadcast_to(np.asarray(pad_width), (len(x._dims), 2)).tolist()
    return padding.pad(x, widths, mode, more.get("constant_values", 0))


@implements(np.einsum)
def _einsum(*operands: Any, out: Any = None, optimize: Any = False, **more: Any) -> Tensor:
    if out is not None or more or not isinstance(operands[0], str):
        return NotImplemented
    return einsum(operands[0], *promoted(*operands[1:]))


@implements(np.outer)
def _outer(a: Any, b: Any, out: Any = None) -> Tensor:
    return NotImplemented if out is not None else xp.linalg.outer(_flat(tensor(a)), _flat(tensor(b)))


@implements(np.inner)
def _inner(a: Any, b: Any, /) -> Tensor:
    x, y = promoted(a, b)
    return x * y if not x._dims or not y._dims else xp.tensordot(x, y, axes=([-1], [-1]))


@implements(np.trace)
def _trace(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None, out: Any = None) -> Tensor:
    if out is not None:
        return NotImplemented
    return xp.linalg.trace(xp.moveaxis(a, (axis1, axis2), (-2, -1)), offset=offset, dtype=dtype)


@implements(np.diagonal)
def _diagonal(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Tensor:
    return xp.linalg.diagonal(xp.moveaxis(a, (axis1, axis2), (-2, -1)), offset=offset)


@implements(np.angle)
def _angle(z: Any, deg: bool = False) -> Tensor:
    return NotImplemented if deg else angle(tensor(z))


@implements(np.linalg.norm)
def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Tensor:
    x = tensor(x)
    if axis is None and ord is None:  # of all elements, as one vector
        return xp.linalg.vector_norm(x, keepdims=keepdims)
    axes = tuple(range(len(x._dims))) if axis is None else static_ints(axis, "axis")
    if len(axes) == 1:
        return xp.linalg.vector_norm(x, axis=axes, ord=2 if ord is None else ord, keepdims=keepdims)
    if len(axes) != 2:
        raise ValueError(f"norm: axis must be one axis or two, not {axes}.")
    norms = xp.linalg.matrix_norm(xp.moveaxis(x, axes, (-2, -1)), ord=ord, keepdims=keepdims)
    return xp.moveaxis(norms, (-2, -1), axes) if keepdims else norms
