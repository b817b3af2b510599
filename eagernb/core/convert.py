"""From Python and NumPy values to tensors, by TensorFlow's dtype rules."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np

from eagernb.core import dtypes, nest
from eagernb.core.dispatch import dispatch, spec_of, static_graph
from eagernb.core.large import copied
from eagernb.core.op import find_op
from eagernb.core.shape import TensorShape
from eagernb.core.spec import TypeSpec
from eagernb.core.tensor import EagerTensor, Symbol, Tensor
from eagernb.errors import DTypeError


def array_from(value: Any, dtype: Any = None) -> np.ndarray:
    """A fresh array of a Python or NumPy value.

    Python ints become int32 (int64 if they are too large), floats float32, text bytes; NumPy values keep their dtype.
    With ``dtype``, Python values of a kind that it cannot hold raise DTypeError; integers wrap, as in TensorFlow.

    >>> array_from([1, 2.5]).dtype, array_from(2**40).dtype, array_from(np.arange(2.0)).dtype
    (dtype('float32'), dtype('int64'), dtype('float64'))
    """
    wanted = None if dtype is None else dtypes.as_dtype(dtype).numpy
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(
            f"Can't convert non-rectangular Python sequence to Tensor ({error}). Every row needs the same length."
        ) from None
    if array.dtype.kind in "OUS":
        array = _bytes_array(value)
    elif dtypes.kind_of(array.dtype) in "VMm":
        raise _unsupported(value)
    first = _first_leaf(value)
    if isinstance(first, (np.ndarray, np.generic)) or hasattr(first, "__array__"):
        return copied(array, wanted or dtypes.of_array(array).numpy)
    if isinstance(first, bool) and array.dtype.kind != "b":
        raise ValueError(f"Can't convert Python sequence with mixed types to Tensor: {_shorten(value)}.")
    if (wanted is None or (wanted.kind in "iu" and wanted != np.uint64)) and _beyond_int64(value, array):
        raise ValueError(f"Can't convert Python sequence with out-of-range integer to Tensor: {_shorten(value)}.")
    return _cast_python(value, array, wanted or _python_default(array))


def _beyond_int64(value: Any, array: np.ndarray) -> bool:
    """Whether integers are too large for int64: NumPy has made uint64 of them, or floats."""
    if array.dtype.kind == "f" and array.size and np.abs(array).max() >= 2.0**63:
        return any(isinstance(leaf, int) and not -(2**63) <= leaf < 2**63 for leaf in nest.flatten(value))
    return array.dtype.kind == "u"


def _python_default(array: np.ndarray) -> np.dtype:
    if array.dtype.kind == "f":
        return np.dtype(np.float32)
    if array.dtype.kind in "iu":
        fits = array.size == 0 or (array.min() >= dtypes.int32.min and array.max() <= dtypes.int32.max)
        return np.dtype(np.int32 if fits else np.int64)
    return array.dtype


# From the kind of a Python value to the kinds of dtype that can hold it.
_PYTHON_CASTS = {"b": "biuf", "i": "iufc", "u": "iufc", "f": "fc", "c": "c", "O": "O"}
# TensorFlow makes the other integers of True and False, but not these.
_NOT_OF_BOOLS = tuple(map(np.dtype, ("int8", "int16", "uint8", "uint16", "uint32")))


def _cast_python(value: Any, array: np.ndarray, wanted: np.dtype) -> np.ndarray:
    kind = dtypes.kind_of(wanted)
    if array.dtype.kind == "f" and kind in "iu" and all(isinstance(leaf, int) for leaf in nest.flatten(value)):
        array = np.array(value, dtype=object).astype(wanted)  # NumPy makes floats of what int64 does not hold
    narrow = array.dtype.kind == "b" and wanted in _NOT_OF_BOOLS
    if array.size and (narrow or kind not in _PYTHON_CASTS[dtypes.kind_of(array.dtype)]):
        raise DTypeError(
            f"Cannot convert {_shorten(value)} to EagerTensor of dtype {dtypes.as_dtype(wanted).name}: "
            "its Python type does not fit. Use tf.cast on a tensor to round or truncate on purpose."
        )
    result = array.astype(wanted)
    checked = wanted.kind == "f" and array.dtype.kind == "f"  # what is out of range for bfloat16 becomes inf
    if checked and not np.array_equal(np.isinf(result), np.isinf(array)):
        raise ValueError(f"Cannot convert {_shorten(value)} to a tensor: it is out of range for {wanted.name}.")
    return result


def _bytes_array(value: Any) -> np.ndarray:
    """An array of bytes objects; text is encoded as UTF-8."""
    array = np.array(value, dtype=object)
    for index, item in np.ndenumerate(array):
        if not isinstance(item, (str, bytes)):
            raise _unsupported(value)
        array[index] = item.encode() if isinstance(item, str) else bytes(item)
    return array


def _unsupported(value: Any) -> ValueError:
    return ValueError(
        f"Attempt to convert a value ({_shorten(value)}) with an unsupported type ({type(value)}) to a Tensor."
    )


def _first_leaf(value: Any) -> Any:
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return value


def convert_to_tensor(value: Any, dtype: Any = None, dtype_hint: Any = None, name: str | None = None) -> Tensor:
    """A Tensor of a Python or NumPy value, a Variable or a list that holds tensors; a Tensor is returned as it is.

    Raises ValueError for a Tensor of another dtype than ``dtype`` (nothing is cast silently), TypeError or
    ValueError for values that do not fit ``dtype``.

    >>> convert_to_tensor([1, 2])
    <tf.Tensor: shape=(2,), dtype=int32, numpy=array([1, 2], dtype=int32)>
    """
    if value.__class__ is not EagerTensor:
        value = _as_tensor(value, dtype, dtype_hint)
    if dtype is not None and value.dtype != dtype:
        raise ValueError(
            f"Tensor conversion requested dtype {dtypes.as_dtype(dtype).name} for Tensor with dtype "
            f"{value.dtype.name}: {value!r}. Use tf.cast to convert it."
        )
    return value


def as_constant(array: Any, name: str) -> Tensor:
    """A tensor that holds this array; in a graph of TensorFlow 1, a constant of that graph."""
    graph = static_graph()
    return EagerTensor._of(array) if graph is None else graph.constant(array, name)


def is_tensor(x: Any) -> bool:
    """Whether it is a Tensor, or (a Variable, an Array of eagernb.numpy) stands for one.

    >>> import eagernb as tf
    >>> is_tensor(tf.constant(1)), is_tensor(tf.Variable(1)), is_tensor(1)
    (True, True, False)
    """
    return isinstance(x, Tensor) or hasattr(type(x), "__tf_tensor__")


def is_symbolic_tensor(x: Any) -> bool:
    """Whether it is a Tensor without a value yet, as in a ``tf.function`` that is being traced.

    >>> import eagernb as tf
    >>> is_symbolic_tensor(tf.constant(1)), bool(tf.function(is_symbolic_tensor)(tf.constant(1)))
    (False, True)
    """
    return isinstance(x, Symbol)


def _as_tensor(value: Any, dtype: Any, hint: Any) -> Tensor:
    if hasattr(type(value), "__tf_tensor__"):
        return value.__tf_tensor__()
    if isinstance(value, Tensor):
        return value
    if isinstance(value, (list, tuple)) and holds_tensor(value):
        return _stacked(value, dtype)
    if isinstance(value, TensorShape):
        if not value.is_fully_defined():
            raise ValueError(f"Cannot convert a partially known TensorShape {value} to a Tensor. Use tf.shape(x).")
        value = value.as_list()
    converted = _by_registered(value, dtype) if _registered else None
    if converted is not None:
        return converted
    if dtype is None and hint is not None:
        with suppress(TypeError, ValueError):  # a hint is only a preference
            return EagerTensor._of(array_from(value, hint))
    return EagerTensor._of(array_from(value, dtype))


# (priority, types, function) of register_tensor_conversion_function, in the order in which they are asked.
_registered: list[tuple[int, Any, Callable[..., Any]]] = []


def register_tensor_conversion_function(
    base_type: Any, conversion_func: Callable[..., Any], priority: int = 100
) -> None:
    """Let ``conversion_func(value, dtype, name, as_ref)`` make tensors of values of this type, or of these types.

    It may return NotImplemented to leave it to the next one; those of lower ``priority`` are asked first. Raises
    TypeError for numbers and NumPy arrays, whose conversion cannot be changed.

    >>> class Celsius:
    ...     degrees = 20.0
    >>> convert = lambda value, dtype, name, as_ref: convert_to_tensor(value.degrees)
    >>> register_tensor_conversion_function(Celsius, convert)
    >>> convert_to_tensor(Celsius()).numpy()
    np.float32(20.0)
    """
    types = base_type if isinstance(base_type, tuple) else (base_type,)
    if not all(isinstance(one, type) for one in types):
        raise TypeError(f"Argument `base_type` must be a type or a tuple of types, not {base_type!r}.")
    if any(issubclass(one, (int, float, complex, np.generic, np.ndarray)) for one in types):
        raise TypeError("Cannot register conversions for Python numeric types and NumPy scalars and arrays.")
    if not callable(conversion_func):
        raise TypeError(f"Argument `conversion_func` must be callable, not {conversion_func!r}.")
    _registered.append((priority, types, conversion_func))
    _registered.sort(key=lambda entry: entry[0])


def _by_registered(value: Any, dtype: Any) -> Tensor | None:
    for _, types, function in _registered:
        if isinstance(value, types):
            result = function(value, dtype=dtype, name=None, as_ref=False)
            if result is not NotImplemented:
                return result
    return None


def holds_tensor(value: Any) -> bool:
    """Whether there is a tensor in a nested list, or it is one itself."""
    if isinstance(value, (list, tuple)):
        return any(holds_tensor(item) for item in value)
    return is_tensor(value)


def _stacked(value: Any, dtype: Any) -> Tensor:
    """A nested list with tensors in it is stacked by an op, so that tapes and tracers see it."""
    if dtype is None:
        dtype = next(leaf.dtype for leaf in nest.flatten(value) if is_tensor(leaf))
    rows = [convert_to_tensor(item, dtype) for item in value]
    return dispatch(find_op("stack"), rows, {"axis": 0})


def _shorten(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def type_spec_from_value(value: Any) -> TypeSpec:
    """The spec of a tensor, a variable, a dataset or its like, or what can become a tensor; else TypeError.

    >>> type_spec_from_value([1.0, 2.0])
    TensorSpec(shape=(2,), dtype=tf.float32, name=None)
    """
    if hasattr(value, "_type_spec"):  # what is made of several tensors
        return value._type_spec
    try:
        return spec_of(value if is_tensor(value) else convert_to_tensor(value))
    except (TypeError, ValueError):
        raise TypeError(f"Could not build a TypeSpec for {value!r} with type {type(value).__name__}") from None
