"""Assertions about ranks, shapes and dtypes, which are known before an operation runs.

>>> import eagernb as tf
>>> tf.debugging.assert_shapes([(tf.ones([8, 3]), ("batch", 3)), (tf.ones([8]), ("batch",))])
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor, is_dense_tensor
from eagernb.core.dtypes import DType, as_dtype, float32
from eagernb.core.static import static_value
from eagernb.core.tensor import Tensor
from eagernb.ops.assertions import assert_equal
from eagernb.ops.shape import shape


def assert_rank(x: Any, rank: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise ValueError unless x has this rank.

    >>> assert_rank([[1, 2]], 2)
    """
    _check_rank(x, (_rank(rank),), "rank", message)


def assert_rank_at_least(x: Any, rank: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise ValueError unless x has this rank or a higher one.

    >>> assert_rank_at_least(1.0, 1)
    Traceback (most recent call last):
        ...
    ValueError: The tensor must have rank at least 1. Received rank 0, shape ().
    """
    x = convert_to_tensor(x)
    least = _rank(rank)
    if len(x._dims) < least:
        raise ValueError(_wrong_rank(x, f"rank at least {least}", message))


def assert_rank_in(x: Any, ranks: Sequence[Any], message: str | None = None, name: str | None = None) -> None:
    """Raise ValueError unless x has one of these ranks.

    >>> assert_rank_in([[1, 2]], [1, 2])
    """
    allowed = tuple(map(_rank, ranks))
    _check_rank(x, allowed, "rank in", message)


def assert_scalar(tensor: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise ValueError unless the tensor has rank 0.

    >>> assert_scalar(1.0)
    """
    x = convert_to_tensor(tensor)
    if x._dims:
        raise ValueError(_with(message, f"Expected scalar shape, saw shape: {x.shape}."))


def _rank(value: Any) -> int:
    known = static_value(value) if is_dense_tensor(value) else np.asarray(value)
    if known is None:
        raise TypeError(f"A rank must be known while a graph is traced, but {value!r} gets its value only later.")
    if known.ndim:
        raise ValueError(f"A rank must be a scalar, not {value!r}.")
    if known.dtype.kind not in "iu":
        raise TypeError(f"A rank must be an integer, not {value!r}.")
    return int(known)


def _check_rank(x: Any, allowed: tuple[int, ...], words: str, message: str | None) -> None:
    x = convert_to_tensor(x)
    if len(x._dims) not in allowed:
        raise ValueError(_wrong_rank(x, f"{words} {allowed[0] if words == 'rank' else allowed}", message))


def _wrong_rank(x: Tensor, wanted: str, message: str | None) -> str:
    return _with(message, f"The tensor must have {wanted}. Received rank {len(x._dims)}, shape {x.shape}.")


def _with(message: str | None, text: str) -> str:
    return f"{message}.  {text}" if message else text


def assert_integer(x: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise TypeError unless x has an integer dtype.

    >>> assert_integer(1.5)
    Traceback (most recent call last):
        ...
    TypeError: Expected integers. Found a tensor of float32.
    """
    x = convert_to_tensor(x)
    if not x.dtype.is_integer:
        raise TypeError(_with(message, f"Expected integers. Found a tensor of {x.dtype.name}."))


def assert_type(tensor: Any, tf_type: Any, message: str | None = None, name: str | None = None) -> None:
    """Raise TypeError unless the tensor has this dtype.

    >>> import eagernb as tf
    >>> assert_type(1.5, tf.float32)
    """
    x, wanted = convert_to_tensor(tensor), as_dtype(tf_type)
    if x.dtype != wanted:
        raise TypeError(_with(message, f"The tensor must be of type {wanted!r}; it is of {x.dtype!r}."))


def assert_same_float_dtype(tensors: Iterable[Any] | None = None, dtype: Any = None) -> DType:
    """The floating-point dtype that all tensors have (float32 for none); ValueError if they differ or are no floats.

    >>> import eagernb as tf
    >>> assert_same_float_dtype([tf.constant(1.0), tf.constant(2.0)])
    tf.float32
    """
    wanted = None if dtype is None else as_dtype(dtype)
    for tensor in tensors or ():
        if wanted is not None and tensor.dtype != wanted:
            raise ValueError(f"{tensor!r} is of {tensor.dtype!r}; it must be of {wanted!r}, as the others are.")
        wanted = tensor.dtype
    wanted = wanted or float32
    if not wanted.is_floating:
        raise ValueError(f"Expected a floating-point dtype, got {wanted!r}.")
    return wanted


def assert_proper_iterable(values: Any) -> None:
    """Raise TypeError unless the value is a list, tuple or the like; tensors, arrays and text are not, here.

    >>> assert_proper_iterable([1, 2])
    """
    if is_dense_tensor(values) or isinstance(values, (np.ndarray, bytes, str)):
        raise TypeError(f'Expected a "proper" iterable, such as a list, not {type(values)}.')
    if not hasattr(values, "__iter__"):
        raise TypeError(f"Expected an iterable, not {type(values)}.")


def is_numeric_tensor(tensor: Any) -> bool:
    """Whether the value is a tensor of numbers.

    >>> import eagernb as tf
    >>> is_numeric_tensor(tf.constant(1.0)), is_numeric_tensor(1.0)
    (True, False)
    """
    return isinstance(tensor, Tensor) and tensor.dtype.is_numeric


_ANY_NUMBER = (Ellipsis, "*")
_ANY_SIZE = (None, ".")


def assert_shapes(
    shapes: Any, data: Any = None, summarize: int | None = None, message: str | None = None, name: str | None = None
) -> None:
    """Raise ValueError unless each tensor has the shape that is said of it, and equal letters mean equal sizes.

    ``shapes`` is a list of pairs (or a dict) of a tensor and a tuple. In that an integer stands for itself, text for
    a size that must be the same wherever the text stands, None or "." for any size; with ``...`` or "*" in the first
    place, only the last dimensions are looked at. "ND" is short for ("N", "D"). A size that is not known while a graph
    is traced is compared each time that the graph runs.

    >>> import eagernb as tf
    >>> assert_shapes([(tf.ones([2, 3]), ("N", "D")), (tf.ones([4]), "D")])
    Traceback (most recent call last):
        ...
    ValueError: Dimension 0 must have size 3, as 'D' has elsewhere. Received size 4, shape (4,).
    """
    __tracebackhide__ = True
    known: dict[Any, Any] = {}
    for tensor, wanted in shapes.items() if isinstance(shapes, Mapping) else shapes:
        x = convert_to_tensor(tensor)
        symbols = tuple(wanted) if isinstance(wanted, Iterable) else (wanted,)
        from_end = bool(symbols) and symbols[0] in _ANY_NUMBER
        symbols = symbols[from_end:]
        if any(symbol in _ANY_NUMBER for symbol in symbols):
            raise ValueError(_with(message, f"... (or '*') may stand in the first place only, not in {wanted!r}."))
        if not symbols and not from_end and tuple(x._dims) in ((), (1,)):
            continue
        if from_end:
            assert_rank_at_least(x, len(symbols), message)
        elif symbols:
            assert_rank(x, len(symbols), message)
        else:
            assert_rank_in(x, (0, 1), message)
        for axis, symbol in enumerate(symbols, start=-len(symbols) if from_end else 0):
            if symbol not in _ANY_SIZE:
                _check_size(x, axis, symbol, known, message)


def _check_size(x: Tensor, axis: int, symbol: Any, known: dict[Any, Any], message: str | None) -> None:
    __tracebackhide__ = True
    explicit = isinstance(symbol, (int, np.integer))
    size: Any = x._dims[axis]
    if size is None:
        size = shape(x)[axis]
    wanted = int(symbol) if explicit else known.setdefault(symbol, size)
    text = f"Dimension {axis} must have size {wanted}" + ("." if explicit else f", as {symbol!r} has elsewhere.")
    if is_dense_tensor(size) or is_dense_tensor(wanted):
        assert_equal(size, wanted, message=_with(message, f"{text} Shape {x.shape}."))
    elif size != wanted:
        raise ValueError(_with(message, f"{text} Received size {size}, shape {x.shape}."))
