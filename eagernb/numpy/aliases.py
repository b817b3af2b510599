"""Which function of this namespace answers for which of NumPy's.

Most have the standard's name in NumPy too, and differ in which arguments may be given by position: NumPy's own
signature tells which is which. Those that differ in more are written out below.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

import eagernb.numpy as xp
from eagernb.core.apply import apply
from eagernb.core.op import Op, all_ops
from eagernb.core.shape import TensorShape
from eagernb.core.static import static_ints
from eagernb.core.tensor import Tensor
from eagernb.numpy.promotion import promoted, tensor
from eagernb.ops import joining
from eagernb.ops import shape as shapes
from eagernb.ops.casting import cast

IMPLEMENTATIONS: dict[Callable[..., Any], Callable[..., Any]] = {}


def _bare(function: Callable[..., Any]) -> Callable[..., Any]:
    """Without the conversion to Arrays: np.exp of a plain tensor is a plain tensor."""
    return getattr(function, "__wrapped__", function)


def _elementwise(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*inputs: Any, **kwargs: Any) -> Any:
        return NotImplemented if kwargs else function(*inputs)  # no out=, where=, dtype=

    return call


def _of_kernel(op: Op) -> Callable[..., Any]:
    return _elementwise(lambda *inputs: apply(op, inputs))


def _translated(theirs: Callable[..., Any], ours: Callable[..., Any]) -> Callable[..., Any]:
    """Our function, called as NumPy's is; NotImplemented where an argument is given that ours does not have."""
    signature = inspect.signature(theirs)
    parameters = inspect.signature(ours).parameters.values()
    by_position = [p.name for p in parameters if p.kind is p.POSITIONAL_ONLY]
    by_name = {p.name for p in parameters if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)}

    def call(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs).arguments
        names = iter(list(given))
        positional = [given.pop(name) for name, _ in zip(names, by_position, strict=False)]
        named = {name: value for name, value in given.items() if not _is_default(value, signature.parameters[name])}
        if len(positional) < len(by_position) or not named.keys() <= by_name:
            return NotImplemented
        return ours(*positional, **named)

    return call


def _is_default(value: Any, parameter: inspect.Parameter) -> bool:
    return value is parameter.default or value is np._NoValue


def implements(*functions: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate the answer for a function of NumPy, which takes NumPy's arguments."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        for theirs in functions:
            IMPLEMENTATIONS[theirs] = function
        return function

    return register


# Every op whose kernel is a ufunc of NumPy's answers for it; the standard's functions below do so with promotion.
for _op in all_ops().values():
    if isinstance(_op.kernel, np.ufunc):
        IMPLEMENTATIONS[_op.kernel] = _of_kernel(_op)
for _theirs, _ours in ((np, xp), (np.linalg, xp.linalg), (np.fft, xp.fft)):
    for _name in dir(_ours):
        _function: Any = getattr(_theirs, _name, None)
        if isinstance(_function, np.ufunc):
            IMPLEMENTATIONS[_function] = _elementwise(_bare(getattr(_ours, _name)))
        elif hasattr(_function, "__wrapped__") and hasattr(getattr(_ours, _name), "__wrapped__"):
            IMPLEMENTATIONS[_function] = _translated(_function, _bare(getattr(_ours, _name)))


IMPLEMENTATIONS[np.amax], IMPLEMENTATIONS[np.amin] = IMPLEMENTATIONS[np.max], IMPLEMENTATIONS[np.min]
transpose, squeeze = shapes.transpose, shapes.squeeze
sort, argsort, take, cumulative_sum, cumulative_prod, concat, stack, var, std, matmul, where, nonzero = map(
    _bare,
    (xp.sort, xp.argsort, xp.take, xp.cumulative_sum, xp.cumulative_prod, xp.concat, xp.stack, xp.var, xp.std,
     xp.matmul, xp.where, xp.nonzero),
)  # fmt: skip


def _flat(x: Tensor) -> Tensor:
    return shapes.reshape(x, [-1])


@implements(np.transpose)
def _transpose(a: Any, axes: Any = None) -> Tensor:
    return transpose(tensor(a), axes)


@implements(np.squeeze)
def _squeeze(a: Any, axis: Any = None) -> Tensor:
    return squeeze(tensor(a), axis)


@implements(np.swapaxes)
def _swapaxes(a: Any, axis1: int, axis2: int) -> Tensor:
    order = list(range(len(tensor(a)._dims)))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return transpose(tensor(a), order)


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
def _clip(a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, *, min: Any = None, max: Any = None) -> Tensor:
    return NotImplemented if out is not None else _bare(xp.clip)(a, _either(a_min, min), _either(a_max, max))


def _either(first: Any, second: Any) -> Any:
    return second if first is None else first


@implements(np.round)
def _round(a: Any, decimals: int = 0, out: Any = None) -> Tensor:
    return NotImplemented if out is not None or decimals else _bare(xp.round)(a)


def _spread_by(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(
        a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = False, **more: Any
    ) -> Tensor:
        if out is not None or more.keys() - {"correction"}:
            return NotImplemented
        x = tensor(a) if dtype is None else cast(tensor(a), dtype)
        return function(x, axis=axis, correction=more.get("correction", ddof), keepdims=keepdims is True)

    return call


IMPLEMENTATIONS[np.var], IMPLEMENTATIONS[np.std] = _spread_by(var), _spread_by(std)


def _running(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(a: Any, axis: int | None = None, dtype: Any = None, out: Any = None) -> Tensor:
        if out is not None:
            return NotImplemented
        return function(_flat(tensor(a)) if axis is None else a, axis=axis or 0, dtype=dtype)

    return call


IMPLEMENTATIONS[np.cumsum], IMPLEMENTATIONS[np.cumprod] = _running(cumulative_sum), _running(cumulative_prod)


def _sorted_by(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(a: Any, axis: int | None = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Tensor:
        return function(_flat(tensor(a)) if axis is None else a, axis=-1 if axis is None else axis)

    return call


IMPLEMENTATIONS[np.sort], IMPLEMENTATIONS[np.argsort] = _sorted_by(sort), _sorted_by(argsort)


@implements(np.take)
def _take(a: Any, indices: Any, axis: int | None = None, out: Any = None, mode: str = "raise") -> Tensor:
    if out is not None or mode != "raise":
        return NotImplemented
    return take(_flat(tensor(a)) if axis is None else a, indices, axis=axis)


@implements(np.where)
def _where(condition: Any, x: Any = None, y: Any = None) -> Any:
    return nonzero(condition) if x is None and y is None else where(condition, x, y)


@implements(np.concatenate)
def _concatenate(arrays: Any, axis: int | None = 0, out: Any = None, **more: Any) -> Tensor:
    return NotImplemented if out is not None or more else concat(arrays, axis=axis)


@implements(np.meshgrid)
def _meshgrid(*xi: Any, copy: bool = True, sparse: bool = False, indexing: str = "xy") -> Any:
    return NotImplemented if sparse else tuple(_bare(xp.meshgrid)(*xi, indexing=indexing))


@implements(np.broadcast_arrays)
def _broadcast_arrays(*args: Any, subok: bool = False) -> Any:
    return tuple(_bare(xp.broadcast_arrays)(*args))


@implements(np.dot)
def _dot(a: Any, b: Any, out: Any = None) -> Any:
    x, y = promoted(a, b)
    if out is not None:
        return NotImplemented
    if not x._dims or not y._dims:
        return _bare(xp.multiply)(x, y)
    return matmul(x, y) if len(y._dims) <= 2 else _bare(xp.tensordot)(x, y, axes=([-1], [-2]))


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
    return NotImplemented if more else concat([_as_rows(x) for x in tup], axis=0)


@implements(np.hstack)
def _hstack(tup: Any, **more: Any) -> Tensor:
    parts = [_atleast_1d(x) for x in tup]
    return NotImplemented if more else concat(parts, axis=0 if len(parts[0]._dims) == 1 else 1)


@implements(np.column_stack)
def _column_stack(tup: Any) -> Tensor:
    return concat([x if len(x._dims) > 1 else shapes.reshape(x, [-1, 1]) for x in map(tensor, tup)], axis=1)


@implements(np.split)
def _split(ary: Any, indices_or_sections: Any, axis: int = 0) -> Any:
    x = tensor(ary)
    if isinstance(indices_or_sections, (int, np.integer)):
        return joining.split(x, int(indices_or_sections), axis)
    bounds = np.clip([0, *static_ints(indices_or_sections, "indices_or_sections"), x._dims[axis]], 0, x._dims[axis])
    return joining.split(x, np.diff(bounds).tolist(), axis)
