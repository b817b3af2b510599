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
from eagernb.core.tensor import CPU, EagerTensor, Symbol, Tensor, key_of


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
    ``size``, ``T`` and ``mT``.

    An Array is a name for a tensor. ``x[key] = value`` makes a new tensor, which a tape records, and lets the Array
    stand for it; the old one, and what was computed from it, stay. No memory is shared: assigning to a part, as in
    ``x[1:][0] = value``, raises ValueError, because it would not reach the whole.

    >>> import eagernb.numpy as xp
    >>> x = xp.asarray([1, 2, 3])
    >>> x[x > 1] = 0
    >>> x + xp.asarray([0.5, 0.5, 0.5], dtype=xp.float32)
    Array([1.5, 0.5, 0.5], dtype=float64)
    """

    __slots__ = ()

    _is_part: bool
    _tensor: Tensor

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Tensor:
        """The tensor that the Array stands for now. Operations take this one, so that no tape holds the name."""
        return as_tensor(self)

    def _in_kind(self, tensor: Tensor) -> Array:
        return as_array(tensor)

    def __copy__(self) -> Array:
        return as_array(as_tensor(self))

    def __deepcopy__(self, memo: Any) -> Array:
        return as_array(as_tensor(self))

    @property
    def shape(self) -> Shape:  # type: ignore[override]
        return Shape(self._dims)

    @property
    def size(self) -> int | None:
        """The number of elements; None while a dimension is unknown."""
        return super().shape.num_elements()

    def to_device(self, device: str, /, *, stream: Any = None) -> Array:
        """The array itself: there is one device, the CPU."""
        check_device(device)
        if stream is not None:
            raise ValueError("to_device: the CPU has no streams; leave `stream` out.")
        return self

    def _only_element(self, wanted: str) -> Any:
        if self.dtype.is_complex and wanted != "complex":
            raise TypeError(f"A complex array cannot become Python's {wanted}. Use xp.real(x) or xp.abs(x) first.")
        return super()._only_element(wanted)

    def _stand_for(self, tensor: Tensor) -> None:
        """Be a name for another tensor from now on."""
        raise NotImplementedError


class EagerArray(Array, EagerTensor):
    """An Array with a value."""

    __slots__ = ("_is_part", "_tensor")

    def _stand_for(self, tensor: Tensor) -> None:
        if isinstance(tensor, Symbol):
            raise TypeError(
                "While a graph is traced, a symbol cannot be assigned to elements of an array from outside: its values "
                "would change only when the graph runs. Copy it inside first, with xp.asarray(x, copy=True)."
            )
        self._array, self._key, self._tensor = tensor._array, key_of(tensor), tensor

    def __repr__(self) -> str:
        values = np.array2string(np.asarray(self._array), separator=", ", prefix="Array(")
        return f"Array({values}, dtype={self.dtype.name})"

    __str__ = __repr__


class SymbolicArray(Array, Symbol):  # type: ignore[misc]
    """An Array that stands for a value while a graph is traced."""

    __slots__ = ("_is_part", "_tensor")

    def _stand_for(self, tensor: Any) -> None:
        self._value, self._spec, self._line, self._key = tensor._value, tensor._spec, tensor._line, key_of(tensor)
        self._tensor = tensor


def as_array(tensor: Tensor, is_part: bool = False) -> Array:
    """The same tensor as an Array: of the same key, so that a tape takes the two for one.

    ``is_part`` says that it was taken out of another one, of which NumPy would give a view.
    """
    if isinstance(tensor, Array):
        return tensor
    array: Any
    if isinstance(tensor, Symbol):
        array = SymbolicArray(tensor._value, tensor._spec, tensor._tracer, tensor._line)
    else:
        array = EagerArray._of(tensor._array)
    array._key, array._tensor, array._is_part = key_of(tensor), tensor, is_part
    return array


def as_tensor(tensor: Tensor) -> Tensor:
    """The same tensor, whose operators follow TensorFlow's rules again."""
    return tensor._tensor if isinstance(tensor, Array) else tensor


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
    """Raise ValueError for another device than the one there is, the CPU, by TensorFlow's name or any other."""
    if device not in (None, CPU, "cpu", "CPU", "CPU:0", "/CPU:0", "/cpu:0"):
        raise ValueError(f"There is no device {device!r}: the only one is {CPU!r}.")
