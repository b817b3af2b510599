"""Array: a tensor whose operators follow the Array API standard.

An Array is a Tensor: every operation of eagernb takes it, tapes and tracers follow it. What is different is what
`x + y` means: the standard's promotion of dtypes instead of TensorFlow's refusal to mix them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from eagernb.core.shape import TensorShape
from eagernb.core.tensor import EagerTensor, Symbol, Tensor, key_of

DEVICE = "cpu"


class Shape(tuple):
    """The shape of an Array: a tuple, as the standard has it, that also answers TensorShape's questions.

    >>> Shape((2, 3)) + (4,), Shape((2, 3)).num_elements()
    ((2, 3, 4), 6)
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(TensorShape(self), name)


class Array(Tensor):
    """What every function of ``eagernb.numpy`` gives. Make one with ``asarray``.

    ``shape`` is a tuple (with None for a size that is not known while a graph is traced), and there are NumPy's
    ``size``, ``T`` and ``mT``. Arrays are immutable, like all tensors: ``x += y`` makes a new one.

    >>> import eagernb.numpy as xp
    >>> xp.asarray([1, 2]) + xp.asarray([0.5, 0.5], dtype=xp.float32)
    Array([1.5, 2.5], dtype=float64)
    """

    __slots__ = ()

    @property
    def shape(self) -> Shape:  # type: ignore[override]
        return Shape(self._dims)

    @property
    def size(self) -> int | None:
        """The number of elements; None while a dimension is unknown."""
        return super().shape.num_elements()

    @property
    def device(self) -> str:
        return DEVICE

    def to_device(self, device: str, /, *, stream: Any = None) -> Array:
        """The array itself: there is one device, the CPU."""
        check_device(device)
        if stream is not None:
            raise ValueError("to_device: the CPU has no streams; leave `stream` out.")
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        raise TypeError(
            "Arrays are immutable: assigning to elements is not possible. Make a new array instead, for example "
            "with xp.where(condition, value, x)."
        )


class EagerArray(Array, EagerTensor):
    """An Array with a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        values = np.array2string(np.asarray(self._array), separator=", ", prefix="Array(")
        return f"Array({values}, dtype={self.dtype.name})"

    __str__ = __repr__


class SymbolicArray(Array, Symbol):
    """An Array that stands for a value while a graph is traced."""

    __slots__ = ()


def as_array(tensor: Tensor) -> Array:
    """The same tensor as an Array: of the same key, so that a tape takes the two for one."""
    return tensor if isinstance(tensor, Array) else _as(EagerArray, SymbolicArray, tensor)


def as_tensor(tensor: Tensor) -> Tensor:
    """The same tensor, whose operators follow TensorFlow's rules again."""
    return _as(EagerTensor, Symbol, tensor) if isinstance(tensor, Array) else tensor


def _as(eager: Any, symbolic: Any, tensor: Any) -> Any:
    if isinstance(tensor, Symbol):
        same = symbolic(tensor._value, tensor._spec, tensor._tracer, tensor._line)
    else:
        same = eager(tensor._array)
    same._key = key_of(tensor)
    return same


def gives_arrays(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a function on tensors: those that it returns, also in a tuple or list, become Arrays."""
    return _giving(as_array, function)


def gives_tensors(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a function on Arrays: those that it returns become plain tensors."""
    return _giving(as_tensor, function)


def _giving(convert: Callable[[Tensor], Tensor], function: Callable[..., Any]) -> Callable[..., Any]:
    def converted(result: Any) -> Any:
        if isinstance(result, Tensor):
            return convert(result)
        if isinstance(result, list):
            return list(map(converted, result))
        if isinstance(result, tuple) and not isinstance(result, Shape):
            parts = map(converted, result)
            return type(result)(*parts) if hasattr(result, "_fields") else tuple(parts)
        return result

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        return converted(function(*args, **kwargs))

    return call


def check_device(device: Any) -> None:
    """Raise ValueError for a device that there is not. TensorFlow's name for the CPU is known too."""
    if device is not None and device != DEVICE and not (isinstance(device, str) and device.endswith("CPU:0")):
        raise ValueError(f"There is no device {device!r}: the only one is {DEVICE!r}.")
