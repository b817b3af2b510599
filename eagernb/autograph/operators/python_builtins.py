"""Counterparts of Python's built-in functions for tensors; whatever is no tensor gets Python's own."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from eagernb.autograph.operators.staging import is_staged
from eagernb.autograph.overloads import overload
from eagernb.core.convert import is_dense_tensor
from eagernb.core.dtypes import float32, int32, string
from eagernb.ops.arithmetic import abs as tensor_abs
from eagernb.ops.arithmetic import maximum
from eagernb.ops.casting import cast
from eagernb.ops.gather import gather
from eagernb.ops.ranges import range as tensor_range
from eagernb.ops.shape import shape as shape_of
from eagernb.ops.sorting import argsort, sort
from eagernb.ops.tensor_array import TensorArray


def len_(s: Any) -> Any:
    """``len``: the static length of a tensor where it is known, otherwise the symbol of it."""
    __tracebackhide__ = True
    own = overload("len", s)
    if own is not None:
        return own(s)
    if isinstance(s, TensorArray):
        return s.size()
    if not is_staged(s):
        return len(s)
    dims = [None] if s.shape.rank is None else s.shape.as_list()
    if not dims:
        raise ValueError(f"len requires a non-scalar tensor, got one of shape {s.shape}")
    return shape_of(s)[0] if dims[0] is None else dims[0]


def abs_(x: Any) -> Any:
    return tensor_abs(x) if is_dense_tensor(x) else abs(x)


def float_(x: Any = 0) -> Any:
    """``float``: a cast to float32."""
    __tracebackhide__ = True
    return cast(_number(x), float32) if is_staged(x) else float(x)


def int_(x: Any = 0, *base: Any, **keywords: Any) -> Any:
    """``int``: a cast to int32."""
    __tracebackhide__ = True
    if not is_staged(x):
        return int(x, *base, **keywords)
    if [*base, *keywords.values()] not in ([], [10]):
        raise NotImplementedError(f"base {[*base, *keywords.values()][0]} not supported for int")
    return cast(_number(x), int32)


def _number(x: Any) -> Any:
    if x.dtype is string:
        raise NotImplementedError("Texts in tensors cannot be read as numbers in a graph.")
    return x


def range_(start_or_stop: Any, *rest: Any) -> Any:
    """``range``: tf.range if any of the numbers is a tensor, and empty where Python's would be."""
    __tracebackhide__ = True
    if not any(is_staged(number) for number in (start_or_stop, *rest)):
        return range(start_or_stop, *rest)
    if len(rest) == 2:
        return tensor_range(start_or_stop, *rest)
    start, stop = (start_or_stop, *rest) if rest else (0, start_or_stop)
    return tensor_range(start, maximum(start, stop))


def sorted_(iterable: Any, *, key: Any = None, reverse: bool = False) -> Any:
    """``sorted``: tf.sort of a vector."""
    __tracebackhide__ = True
    if not is_staged(iterable):
        return sorted(iterable, key=key, reverse=reverse)
    direction = "DESCENDING" if reverse else "ASCENDING"
    if iterable.shape.rank != 1:
        raise ValueError("sort only supports only 1D tensors")
    if key is None:
        return sort(iterable, direction=direction)
    from eagernb.autodiff.vectorized_map import vectorized_map

    return gather(iterable, argsort(vectorized_map(key, iterable), direction=direction))


def _by_overload(name: str, position: int = 0) -> Callable[..., Any]:
    python = getattr(builtins, name)

    def called(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        own = overload(name, args[position]) if len(args) > position else None
        return (python if own is None else own)(*args, **kwargs)

    return called


_COUNTERPARTS: dict[Any, Callable[..., Any]] = {
    abs: abs_,
    float: float_,
    int: int_,
    len: len_,
    range: range_,
    sorted: sorted_,
    enumerate: _by_overload("enumerate"),
    zip: _by_overload("zip"),
    map: _by_overload("map", 1),
    filter: _by_overload("filter", 1),
    any: _by_overload("any"),
    all: _by_overload("all"),
    next: _by_overload("next"),
}


def counterpart(function: Any) -> Any:
    """What converted code calls instead of a built-in function or class."""
    try:
        return _COUNTERPARTS.get(function, function)
    except TypeError:  # a class whose metaclass has no hash
        return function
